# Die Bestätigung eines Widerrufs: Seite, PDF und E-Mail.
receipt-title = Eingangsbestätigung des Widerrufs
receipt-statement = { $client } hat Ihren Widerruf des Vertrags zur Bestellung { $order } am { $moment } erhalten.
receipt-content = Inhalt der Erklärung
receipt-number = Nummer
receipt-order = Bestellung
receipt-consumer = Erklärt von
receipt-email = E-Mail-Adresse
receipt-goods = Waren
receipt-moment = Eingegangen
receipt-hash = Prüfsumme (SHA-256)
receipt-hash-note = Sie entsteht aus der Niederschrift Ihrer Erklärung. Wäre darin ein Zeichen geändert, sähe sie anders aus.
