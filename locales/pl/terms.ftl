# Słowa dla kodów wewnątrz zdań: term-<kod>.
term-refund = Zwrot pieniędzy
term-store-credit = Środki na zakupy
term-exchange = Wymiana
term-replacement = Nowy egzemplarz
term-repair = Naprawa

term-photos = zdjęcia
term-note = krótki opis
term-serial = numer seryjny

term-immediate = zgłoszono zwrot
term-approved = zwrot jest zatwierdzony
term-first-scan = przewoźnik zeskanował paczkę
term-delivered = paczka do nas dotarła
term-received = towar jest policzony
term-inspected = towar jest sprawdzony

term-size-small = Za małe
term-size-large = Za duże
term-colour = Kolor mi się nie podoba
term-style = Styl mi się nie podoba
term-changed-mind = Zmiana zdania
term-ordered-by-mistake = Zamówione przez pomyłkę
term-better-price = Gdzie indziej jest taniej
term-late-delivery = Przyszło za późno
term-not-as-described = Niezgodne z opisem
term-wrong-item = Przyszedł inny artykuł
term-missing-parts = Brakuje części
term-damaged-in-transit = Przyszło uszkodzone
term-defective = Nie działa
term-defective-in-warranty = Zepsuło się na gwarancji
term-unauthorised-purchase = Nie było zamawiane przeze mnie
term-recall = Wycofane z rynku
term-refused-or-undeliverable = Nie doręczono
term-other = Inny powód

term-custom-altered = wykonane lub zmienione na życzenie
term-perishable = towary, które szybko się psują
term-plants-flowers = rośliny i kwiaty
term-food = żywność
term-sealed-hygiene-unsealed = zaplombowane ze względów higienicznych i otwarte
term-inseparably-mixed = trwale połączone z innymi rzeczami
term-sealed-media-unsealed = zaplombowane nagrania lub programy, otwarte
term-newspaper-single-issue = pojedyncze gazety i czasopisma
term-digital-begun-with-consent = treści cyfrowe rozpoczęte za Twoją zgodą
term-digital-downloaded = treści cyfrowe już pobrane
term-marked-final-sale = oznaczone jako wyprzedaż końcowa
term-personal-use = rzeczy do użytku osobistego
