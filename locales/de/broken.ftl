# Warum ein Text keine Richtlinie ist, Zeile für Zeile im Editor, und was stattdessen zu schreiben ist
# (-help). Namen der Richtliniensprache bleiben, wie sie in der Datei stehen.
broken-too-large = Der Text ist länger als { $most } Bytes
broken-too-large-help = Fassen Sie Kategorien mit gleichen Regeln unter einer gemeinsamen zusammen.
broken-toml = Das ist kein TOML
broken-toml-help = Die Zeile oder etwas Offenes davor lässt sich nicht lesen. Suchen Sie nach einer fehlenden Klammer oder einem fehlenden Anführungszeichen.
broken-unknown-name = Den Namen „{ $name }“ kennt die Richtliniensprache nicht
broken-unknown-name-help = Prüfen Sie die Schreibweise; was hier stehen kann, steht darunter.
broken-unknown-value = „{ $name }“ ist hier kein möglicher Wert
broken-unknown-value-help = Wählen Sie einen der festen Werte, die darunter stehen.
broken-missing = „{ $name }“ fehlt
broken-missing-help = Jede Richtlinie muss das sagen; ergänzen Sie es.
broken-value = Dieser Wert kann hier nicht stehen
broken-value-help = Er ist von anderer Art als erwartet oder nicht in der festen Menge; Näheres steht darunter.
broken-range = { $value } liegt außerhalb des Bereichs
broken-range-help = Schreiben Sie einen Wert von { $least } bis { $most }.
broken-count = Es sind zu wenige oder zu viele: { $value }
broken-count-help = Möglich sind { $least } bis { $most }.
broken-name-length = Der Name ist leer oder zu lang (Bytes: { $value })
broken-name-length-help = Geben Sie einen Namen von 1 bis { $most } Bytes an.
broken-two-markets = Ein Land steht in zwei Märkten: { $country }
broken-two-markets-help = Führen Sie es nur in einem Markt auf.
broken-no-category = Die Richtlinie hat keine Kategorie „{ $name }“
broken-no-category-help = Nennen Sie eine Kategorie, die hier Regeln hat, oder lassen Sie sie weg.
broken-group-or-reason = Ist das eine Gruppe oder ein Grund?
broken-group-or-reason-help = Eine Gruppe hat keinen Code; ein Grund, der gewählt werden kann, hat einen.
broken-no-group = Die Gruppe dazu fehlt
broken-no-group-help = Schreiben Sie auch die Gruppe: Sie hat einen eigenen Text.
broken-no-window = Die Frist für alles fehlt
broken-no-window-help = Ergänzen Sie rules.window = { "{" } days = 30 { "}" }.
broken-no-outcomes = Es fehlt, was Kundinnen und Kunden bekommen können
broken-no-outcomes-help = Ergänzen Sie rules.outcomes = ["refund"].
broken-name = Dieser Name kann nicht Teil einer Adresse sein
broken-name-help = Verwenden Sie 1 bis 40 Zeichen aus a–z, 0–9, _ und -; Unterkategorien nach einem Schrägstrich.
broken-article = Das ist keine Artikelnummer
broken-article-help = Verwenden Sie 1 bis 64 einfache Zeichen ohne Leerzeichen.
broken-role = Diese Rolle gibt es nicht
broken-role-help = Schreiben Sie { $list }.
broken-day-order = Die Tage stehen nicht in der richtigen Folge
broken-day-order-help = ordered_from, ordered_to und return_until müssen aufeinander folgen.
broken-no-bonus = Dafür gibt es keinen Bonus
broken-no-bonus-help = Nur store_credit und exchange können einen haben.
broken-shipping = Wenn der Verkäufer schuld ist, dürfen die Lieferkosten nicht einbehalten werden
broken-shipping-help = Schreiben Sie pro_rata, full oder full_on_full_order.
broken-grades = Eine schlechtere Stufe zieht weniger ab als eine bessere
broken-grades-help = Die Werte müssen von a bis e steigen.
broken-no-text = Der Text in „{ $lang }“ fehlt oder ist länger als 1.000 Bytes
broken-no-text-help = Sagen Sie es in jeder Sprache aus languages, in ein bis drei Sätzen.
broken-nothing-offered = Es wird nichts angeboten
broken-nothing-offered-help = Bieten Sie mindestens eines von refund, store_credit, exchange, replacement und repair an.
broken-fee-size = Es ist nicht klar, wie hoch die Gebühr ist
broken-fee-size-help = Geben Sie genau eines an: rate (Hundertstel eines Prozents), amount oder none = true.
broken-late-fee = Eine Gebühr für Verspätung braucht ihren Tag
broken-late-fee-help = Ergänzen Sie after_days: ab wie vielen Tagen eine Rücksendung zu spät ist.
broken-tax-mode = Eine Angabe zur Steuer steht ohne Betrag
broken-tax-mode-help = Nur ein Betrag hat eine Angabe zur Steuer; ein Satz gilt vom Preis mit Steuer.
broken-other-currency = „{ $name }“ ist keine Währung dieser Richtlinie
broken-other-currency-help = Verwenden Sie die Codes in Großbuchstaben, die in currencies stehen.
broken-amount-range = Der Betrag liegt außerhalb des Bereichs
broken-amount-range-help = Beträge beginnen bei 0.
broken-amount = „{ $name }“ ist kein Betrag in { $currency }
broken-amount-help = Schreiben Sie eine Dezimalzahl wie "12.50", ohne Tausendertrennung und mit höchstens so vielen Nachkommastellen, wie die Währung hat.
broken-no-amount = Es fehlt ein Betrag in { $currency }
broken-no-amount-help = Ergänzen Sie { $currency } = "…".
broken-no-hash = Die Richtlinie bekommt keinen Hashwert
broken-no-hash-help = Das müssen wir beheben; bitte melden Sie es.
