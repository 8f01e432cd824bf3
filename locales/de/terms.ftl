# Wörter für Kürzel in Sätzen: term-<Kürzel>.
term-refund = Geld zurück
term-store-credit = Guthaben
term-exchange = Umtausch
term-replacement = Ersatz
term-repair = Reparatur

term-photos = Fotos
term-note = eine kurze Beschreibung
term-serial = die Seriennummer

term-immediate = Sie haben gefragt
term-approved = die Rückgabe ist genehmigt
term-first-scan = der Paketdienst hat Ihr Paket erfasst
term-delivered = Ihr Paket ist bei uns angekommen
term-received = die Ware ist gezählt
term-inspected = die Ware ist geprüft

term-size-small = Zu klein
term-size-large = Zu groß
term-colour = Die Farbe gefällt mir nicht
term-style = Der Stil gefällt mir nicht
term-changed-mind = Ich habe es mir anders überlegt
term-ordered-by-mistake = Aus Versehen bestellt
term-better-price = Anderswo günstiger gefunden
term-late-delivery = Es kam zu spät
term-not-as-described = Es entspricht nicht der Beschreibung
term-wrong-item = Falscher Artikel geliefert
term-missing-parts = Es fehlen Teile
term-damaged-in-transit = Es kam beschädigt an
term-defective = Es funktioniert nicht
term-defective-in-warranty = Es ging innerhalb der Garantie kaputt
term-unauthorised-purchase = Ich habe es nicht bestellt
term-recall = Es wurde zurückgerufen
term-refused-or-undeliverable = Es wurde nicht zugestellt
term-other = Ein anderer Grund

term-custom-altered = nach Ihren Wünschen gefertigt oder geändert
term-perishable = schnell verderbliche Ware
term-plants-flowers = Pflanzen und Blumen
term-food = Lebensmittel
term-sealed-hygiene-unsealed = aus Hygienegründen versiegelt und geöffnet
term-inseparably-mixed = untrennbar mit anderem vermischt
term-sealed-media-unsealed = versiegelte Aufnahmen oder Software, geöffnet
term-newspaper-single-issue = einzelne Zeitungen und Zeitschriften
term-digital-begun-with-consent = digitale Inhalte, mit Ihrer Zustimmung begonnen
term-digital-downloaded = bereits geladene digitale Inhalte
term-marked-final-sale = als Endverkauf gekennzeichnet
term-personal-use = Ware für den persönlichen Gebrauch
