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
receipt-hash-note = Sie entsteht aus dem Protokoll unten, das der Mail auch als record.txt beiliegt. Jedes SHA-256-Werkzeug prüft sie: „sha256sum record.txt“ ergibt genau diese Zahl. Wäre ein Buchstabe des Protokolls geändert, wäre sie eine andere.
receipt-statement-withdrawal = { $client } hat Ihren Widerruf des Vertrags über die Bestellung { $order } am { $moment } erhalten.
receipt-statement-revocation = { $client } hat Ihren Rücktritt vom Kauf mit der Bestellung { $order } am { $moment } erhalten.
receipt-goods-all = der ganze Vertrag
receipt-record = Das Protokoll
