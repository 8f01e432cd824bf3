# Potwierdzenie otrzymania odstąpienia: strona, PDF i wiadomość.
receipt-title = Potwierdzenie otrzymania odstąpienia
receipt-statement = Odstąpienie od umowy dotyczącej zamówienia { $order } dotarło do { $client } { $moment }.
receipt-content = Treść oświadczenia
receipt-number = Numer
receipt-order = Zamówienie
receipt-consumer = Oświadcza
receipt-email = Adres e-mail
receipt-goods = Towary
receipt-moment = Otrzymano
receipt-hash = Suma kontrolna (SHA-256)
receipt-hash-note = Powstaje z poniższego zapisu, który jest też w wiadomości jako record.txt. Sprawdzi ją każde narzędzie SHA-256: „sha256sum record.txt” daje tę samą liczbę. Gdyby zmieniono choć jedną literę zapisu, byłaby inna.
receipt-statement-withdrawal = Odstąpienie od umowy dotyczącej zamówienia { $order } dotarło do { $client } { $moment }.
receipt-statement-revocation = Odwołanie zakupu z zamówienia { $order } dotarło do { $client } { $moment }.
receipt-goods-all = cała umowa
receipt-record = Zapis
