# Postanowienia zasad zwrotów klienta, tak jak czytają je kupujący: proste słowa, krótkie zdania.
# Kwoty, stawki i daty przychodzą gotowe; liczby wybierają tu swoją formę.

clause-scope-channel = { $channel ->
    [online] Zamówienia w sklepie internetowym
    [store] Zakupy w sklepie stacjonarnym
    [marketplace] Zamówienia na platformie handlowej
    [phone] Zamówienia przez telefon
   *[business] Zamówienia firmowe
}
clause-scope-market = Rynek: { $name }
clause-scope-category = Towary: { $name }
clause-scope-product = Artykuł: { $name }

# Części zdań.
within-days = { $days ->
    [one] jednego dnia
    [few] { $days } dni
    [many] { $days } dni
   *[other] { $days } dnia
}
quoted = „{ $text }”
fee-name = { $kind ->
    [restocking] Opłata za ponowne przyjęcie na stan
    [handling] Opłata manipulacyjna
    [return_label] Etykieta zwrotna
   *[late] Opłata za późny zwrot
}
refund-when = { $control ->
    [immediate] {" "}od razu
    [approved] , gdy zatwierdzimy zwrot
    [first_scan] , gdy przewoźnik zeskanuje paczkę
    [delivered] , gdy paczka do nas dotrze
    [received] , gdy policzymy towar
   *[inspected] , gdy sprawdzimy towar
}{ $days ->
    [0] {""}
    [one] {" "}lub dzień później
    [few] {" "}lub do { $days } dni później
    [many] {" "}lub do { $days } dni później
   *[other] {" "}lub do { $days } dnia później
}
refund-who = { $fault ->
    [merchant] Jeśli to nasza wina,
    [carrier] Jeśli to wina przewoźnika,
    [consumer] Jeśli zmienisz zdanie,
    [none] Jeśli to niczyja wina,
   *[any] W innych przypadkach
}
list-refund = zwrot pieniędzy
list-store-credit = środki na zakupy
list-exchange = wymianę
list-replacement = nowy egzemplarz
list-repair = naprawę
list-unopened = nieotwarty
list-unused = nieużywany
list-packaging = w oryginalnym opakowaniu
list-tags = z metkami
list-complete = ze wszystkimi częściami
list-photos = { $n ->
    [one] jedno zdjęcie
    [few] { $n } zdjęcia
    [many] { $n } zdjęć
   *[other] { $n } zdjęcia
}
list-note = krótki opis
list-serial = numer seryjny

clause-window = { $anchor ->
    [fulfilled] Towar możesz zwrócić w ciągu { within-days } od wysyłki.
    [ordered] Towar możesz zwrócić w ciągu { within-days } od zamówienia.
    [delivered] Towar możesz zwrócić w ciągu { within-days } od dostawy.
    [last_parcel] Towar możesz zwrócić w ciągu { within-days } od nadejścia ostatniej paczki.
   *[inherited] Ten towar możesz zwrócić w ciągu { within-days }.
}
clause-window-anchor = { $anchor ->
    [fulfilled] Tu dni liczą się od wysyłki.
    [ordered] Tu dni liczą się od zamówienia.
    [delivered] Tu dni liczą się od dostawy.
   *[last_parcel] Tu dni liczą się od nadejścia ostatniej paczki.
}
clause-window-transit = { $days ->
    [one] Jeśli nie znamy dnia dostawy, doliczamy jeden dzień na drogę.
    [few] Jeśli nie znamy dnia dostawy, doliczamy { $days } dni na drogę.
    [many] Jeśli nie znamy dnia dostawy, doliczamy { $days } dni na drogę.
   *[other] Jeśli nie znamy dnia dostawy, doliczamy { $days } dnia na drogę.
}
clause-window-as-law = Jeśli prawo Twojego kraju daje Ci więcej czasu, masz ten czas.
clause-window-not-as-law = Ten czas dajemy od siebie. Prawo może dać Ci inne uprawnienia.
clause-window-reason = Z tego powodu towar możesz zwrócić w ciągu { within-days }: { $reason }.
clause-holiday = Zamówienia złożone od { $from } do { $to } można zwrócić do { $until }.
clause-final-sale-never = Przecenione towary możesz zwrócić tak jak inne.
clause-final-sale-lawful = Towary z wyprzedaży końcowej możesz zwrócić, jeśli prawo Ci na to pozwala.
clause-final-sale-always = Tu nie przyjmujemy towarów z wyprzedaży końcowej.
clause-final-sale = { $text }
clause-exclusion = { $text }
clause-exclusion-opened = Dopóki plomba jest nienaruszona, możesz zwrócić ten towar.
clause-exclusion-lawful = Jeśli prawo pozwala Ci zwrócić ten towar, możesz to zrobić.
clause-condition = Odeślij towar w takim stanie: { $states }.
clause-condition-none = Ten towar przyjmujemy w każdym stanie.
clause-min-value = Przyjmujemy towary o wartości od { $amount }.
clause-max-value = Przyjmujemy towary o wartości do { $amount }.
clause-max-units = { $units ->
    [one] Przyjmujemy jedną sztukę artykułu.
    [few] Przyjmujemy do { $units } sztuk artykułu.
    [many] Przyjmujemy do { $units } sztuk artykułu.
   *[other] Przyjmujemy do { $units } sztuki artykułu.
}
clause-reason-not-accepted = Z tego powodu nie przyjmujemy zwrotów: { $reason }.
clause-reason-fault = { $fault ->
    [merchant] Przy tym powodzie winę bierzemy na siebie: { $reason }.
    [carrier] Przy tym powodzie winę ponosi przewoźnik: { $reason }.
    [consumer] Ten powód liczy się jak zmiana zdania: { $reason }.
   *[none] Przy tym powodzie nikt nie jest winny: { $reason }.
}
clause-evidence = Jeśli podasz ten powód, wyślij nam { $things }: { $reason }.
clause-own-reason = Możesz też podać ten powód: { $text }.
clause-own-reason-fault = { $fault ->
    [merchant] Możesz też podać ten powód, a winę bierzemy na siebie: { $text }.
    [carrier] Możesz też podać ten powód, a winę ponosi przewoźnik: { $text }.
    [consumer] Możesz też podać ten powód; liczy się jak zmiana zdania: { $text }.
   *[none] Możesz też podać ten powód; nikt nie jest winny: { $text }.
}
clause-fee-rate = { fee-name }: { $rate } zapłaconej ceny{ $opened ->
    [0] {""}
   *[other] , jeśli plomba jest naruszona
}{ $after ->
    [0] {""}
    [one] , jeśli zgłosisz się po więcej niż jednym dniu
    [few] , jeśli zgłosisz się po więcej niż { $after } dniach
    [many] , jeśli zgłosisz się po więcej niż { $after } dniach
   *[other] , jeśli zgłosisz się po więcej niż { $after } dnia
}.
clause-fee-amount = { fee-name }: { $amount }{ $taxed ->
    [0] {""}
   *[other] {" "}plus podatek
}{ $opened ->
    [0] {""}
   *[other] , jeśli plomba jest naruszona
}{ $after ->
    [0] {""}
    [one] , jeśli zgłosisz się po więcej niż jednym dniu
    [few] , jeśli zgłosisz się po więcej niż { $after } dniach
    [many] , jeśli zgłosisz się po więcej niż { $after } dniach
   *[other] , jeśli zgłosisz się po więcej niż { $after } dnia
}.
clause-fee-none = { $kind ->
    [restocking] Bez opłaty za ponowne przyjęcie na stan.
    [handling] Bez opłaty manipulacyjnej.
    [return_label] Etykieta zwrotna jest bezpłatna.
   *[late] Bez opłaty za późny zwrot.
}
clause-fee-fault = Jeśli to wina nasza lub przewoźnika, nie ma żadnej opłaty.
clause-fee-cap = Ta opłata nigdy nie przekracza { $amount }.
clause-fee-reasons = Tę opłatę pobieramy tylko z tego powodu: { $reasons }.
clause-fee-statutory = Nie płacisz jej, jeśli korzystasz z prawa, które daje Ci ustawa.
clause-fee-order = Nie płacisz jej, jeśli zamówienie miało wartość co najmniej { $amount }.
clause-fee-outcomes = Nie płacisz jej, jeśli wybierzesz { $outcomes }.
clause-outcomes = Możesz wybrać { $outcomes }.
clause-outcomes-reason = Z tego powodu możesz wybrać { $outcomes }: { $reason }.
clause-bonus = { $outcome ->
    [exchange] Jeśli wybierzesz wymianę, dostaniesz { $rate } więcej.
   *[store_credit] Jeśli wybierzesz środki na zakupy, dostaniesz { $rate } więcej.
}
clause-bonus-cap = Ten dodatek nigdy nie przekracza { $amount }.
clause-prefer = Najpierw pokazujemy wymianę. Zwrot pieniędzy jest o krok dalej, a gdy prawo daje Ci do niego prawo, widać go obok.
clause-promotion = { $rule ->
    [keep] Zachowujesz rabat, cokolwiek zwrócisz.
   *[claw_back] Jeśli reszta zamówienia nie daje rabatu, odejmiemy go od zwrotu.
}
clause-label = { $payer ->
    [merchant] My płacimy za odesłanie.
   *[customer] Ty płacisz za odesłanie, chyba że to wina nasza lub przewoźnika.
}
clause-send-by = Nadaj paczkę w ciągu { within-days } od naszej zgody.
clause-shipping = { $rule ->
    [none] Nie zwracamy kosztów dostawy.
    [pro_rata] Zwracamy koszty dostawy proporcjonalnie.
    [full] Zwracamy całe koszty dostawy.
   *[full_on_full_order] Zwracamy koszty dostawy, gdy zwrócisz całe zamówienie.
}
clause-shipping-fault = { $rule ->
    [pro_rata] Jeśli to nasza wina, zwracamy koszty dostawy proporcjonalnie.
    [full] Jeśli to nasza wina, zwracamy całe koszty dostawy.
   *[full_on_full_order] Jeśli to nasza wina, zwracamy koszty dostawy, gdy wraca całe zamówienie.
}
clause-grade = { $grade ->
    [a] Towar z plombą: potrącamy { $rate } ceny.
    [b] Towar otwarty: potrącamy { $rate } ceny.
    [c] Towar ze śladami użycia: potrącamy { $rate } ceny.
    [d] Towar do naprawy: potrącamy { $rate } ceny.
   *[e] Towar zniszczony: potrącamy { $rate } ceny.
}
clause-refund = Zwracamy pieniądze{ refund-when }.
clause-refund-statutory = Jeśli korzystasz z prawa, które daje Ci ustawa, zwracamy pieniądze{ refund-when }.
clause-refund-tier = { refund-who } zwracamy pieniądze{ refund-when }.
clause-refund-tier-amount = { refund-who } zwracamy pieniądze za towary do { $amount }{ refund-when }.
clause-returnless = { $instead ->
    [donate] Towary do { $amount } możesz oddać na cele dobroczynne zamiast odsyłać. Dotyczy to tych powodów: { $reasons }.
   *[keep] Towary do { $amount } możesz zatrzymać i nie musisz ich odsyłać. Dotyczy to tych powodów: { $reasons }.
}
clause-returnless-max = { $times ->
    [one] Proponujemy to raz w roku.
    [few] Proponujemy to do { $times } razy w roku.
    [many] Proponujemy to do { $times } razy w roku.
   *[other] Proponujemy to do { $times } razu w roku.
}
clause-returnless-economics = Proponujemy to, gdy odesłanie kosztowałoby więcej, niż towar jest dla nas wart.
clause-approval = Zwroty do { $amount } zatwierdzamy od razu. Większe sprawdza pracownik.
clause-appeal = Jeśli się nie zgadzasz, napisz do nas w ciągu { within-days }. { $answer ->
    [one] Inna osoba odpowie w ciągu jednego dnia.
    [few] Inna osoba odpowie w ciągu { $answer } dni.
    [many] Inna osoba odpowie w ciągu { $answer } dni.
   *[other] Inna osoba odpowie w ciągu { $answer } dnia.
}
