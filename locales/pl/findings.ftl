# Co znajduje kontrola zasad i co zmienia nowa wersja. Nazwy języka zasad (as_law, only_opened) zostają
# takie, jak w pliku.

# Poniżej prawa
finding-window = Termin kończy się wcześniej niż prawo klienta
finding-window-help = Wydłuż go, licz od last_parcel albo dodaj as_law = true.
finding-exclusion = Wyłączenie jest szersze, niż pozwala prawo
finding-exclusion-help = Zawęź je (only_opened), ogranicz do rynków, które na nie pozwalają, albo dodaj where_lawful = true.
finding-final-sale = Prawo pozwala zwrócić towar z wyprzedaży końcowej
finding-final-sale-help = Wpisz tam final_sale = "where_lawful" albo "never".
finding-reason = Powód jest odrzucany, choć prawo żadnego nie wymaga
finding-reason-help = Przyjmij ten powód w tych miejscach.
finding-eligibility = Zgłoszenia są odrzucane ze względu na wartość lub liczbę, choć prawo je dopuszcza
finding-eligibility-help = Usuń granicę w tych miejscach.
finding-condition = Towar jest odrzucany ze względu na stan, choć prawo pozwala go zwrócić
finding-condition-help = Usuń warunek; utratę wartości można potrącić według klasy.
finding-evidence = Wymagane są dowody, choć prawo nie wymaga powodu
finding-evidence-help = Usuń dowody przy tym powodzie.
finding-fee = Pobierana jest opłata, choć prawo na żadną nie pozwala
finding-fee-help = Dodaj waiver = { "{" } statutory = true { "}" } albo none = true w tych miejscach.
finding-deduction = Potrącenie tam, gdzie prawo na żadne nie pozwala
finding-deduction-help = Nie potrącaj nic przy klasach A i B albo w tych miejscach w ogóle.
finding-refund-form = Klient nie może wybrać tego, co daje prawo
finding-refund-form-help = Dodaj "refund" (a przy wadach "replacement" lub "repair") do outcomes.
finding-outbound = Zapłata za dostawę zostaje u sprzedawcy
finding-outbound-help = Wpisz shipping.rule = "full_on_full_order" lub lepiej.
finding-return-cost = Klient płaci za odesłanie, za które musi zapłacić sprzedawca
finding-return-cost-help = Wpisz label = "merchant" i żadnej opłaty return_label w tych miejscach.
finding-refund-time = Pieniądze wychodzą później, niż pozwala prawo
finding-refund-time-help = Wpisz statutory = "first_scan" lub wcześniej oraz mniejsze within_days.

# Oba wyniki zamówienia
finding-when = { $control ->
    [immediate] od razu
    [approved] gdy zwrot zostanie zatwierdzony
    [first_scan] gdy przewoźnik zeskanuje paczkę
    [delivered] gdy paczka dotrze
    [received] gdy towar zostanie policzony
   *[inspected] gdy towar zostanie sprawdzony
}{ $days ->
    [0] {""}
    [one] {" "}lub dzień później
    [few] {" "}lub do { $days } dni później
    [many] {" "}lub do { $days } dni później
   *[other] {" "}lub do { $days } dnia później
}
finding-policy-refuses = { $code ->
    [category_excluded] odmowa: towar jest wyłączony
    [final_sale] odmowa: sprzedane jako wyprzedaż końcowa
    [reason_not_accepted] odmowa: ten powód nie jest przyjmowany
    [not_eligible] odmowa: ta wartość lub liczba nie jest przyjmowana
    [condition_not_met] odmowa: towar nie jest w wymaganym stanie
   *[any] odmowa
}
finding-policy-closed = odmowa: termin minął { $day }
finding-policy-evidence = żąda dowodów przy powodzie { $reason }
finding-policy-outbound = zatrzymuje zapłatę za dostawę, nawet gdy wraca całe zamówienie
finding-policy-deduction = zatrzymuje { $rate } ceny przy towarze klasy { $grade }
finding-policy-pays = zwraca { finding-when }; tutaj { $day }
finding-policy-fee = { fee-name }: { $amount }
finding-policy-return-cost = za odesłanie płaci klient
finding-policy-offers = oferuje tylko { $outcomes }
finding-law-until = z prawa można skorzystać do { $day }
finding-law-open = z prawa można skorzystać; ustawa nie podaje ostatniego dnia
finding-law-evidence = prawo nie wymaga ani powodu, ani dowodów
finding-law-outbound = wraca też zapłata za zwykłą dostawę
finding-law-no-deduction = nic nie wolno potrącić
finding-law-deduction = tylko utratę wartości przez używanie ponad to, co konieczne do obejrzenia towaru
finding-law-due = pieniądze należą się { $day }
finding-law-return-cost = za odesłanie płaci sprzedawca
finding-law-no-fee = za skorzystanie z prawa nie wolno pobrać opłaty
finding-law-repair = daje naprawę lub wymianę
finding-law-refund = daje zwrot pieniędzy

# Sprzeczności, martwe reguły, luki
finding-market-unsold = Rynek { $name } nie ma zamówień: żadnego z jego krajów nie ma w countries
finding-market-unsold-help = Dodaj je albo usuń rynek.
finding-label-twice = Za odesłanie płaci sprzedawca, a klient płaci opłatę za etykietę
finding-label-twice-help = Zostaw jedno: label = "merchant" albo fees.return_label.
finding-reason-says-more = Powód nie jest przyjmowany, więc jego dni, dowody i możliwości nic nie znaczą
finding-reason-says-more-help = Usuń je albo przyjmij powód.
finding-fee-waived = Opłata odpada przy każdej oferowanej możliwości, więc nikt jej nie płaci
finding-fee-waived-help = Wpisz none = true.
finding-cap-below = Górna granica jest niższa niż kwota, więc kwota nigdy nie jest pobierana
finding-cap-below-help = Wpisz górną granicę jako amount.
finding-stay-above-approval = Towar może zostać do większej wartości, niż reguła może zatwierdzić, więc za każdym razem musi spojrzeć pracownik
finding-stay-above-approval-help = Podnieś auto_approve albo obniż returnless.up_to.
finding-values-crossed = Najmniejsza wartość jest większa od największej, więc nic nie jest przyjmowane
finding-values-crossed-help = Zamień je miejscami.
finding-bonus-not-offered = Jest premia za { $outcome }, ale tego się nie oferuje
finding-bonus-not-offered-help = Dodaj to do oferty albo usuń premię.
finding-prefer-not-offered = Wymiana ma być pierwsza, ale nic jej nie oferuje
finding-prefer-not-offered-help = Dodaj ją do outcomes albo usuń prefer.
finding-authority-crossed = Konsultanci mogą decydować o większych kwotach niż liderzy zespołów
finding-authority-crossed-help = Zamień je miejscami.
finding-dead = Żadne zamówienie nie dociera do tej reguły
finding-dead-help = Zawsze pierwsza odzywa się inna reguła; usuń tę albo zmień tamtą.
finding-ground = Prawo nie zna wyjątku „{ $name }”
finding-ground-help = Użyj nazwy z pakietów prawnych, na przykład sealed_hygiene_unsealed; w tej postaci podstawa niczego nie wnosi.
finding-gap-label = Nigdzie nie napisano, kto płaci za odesłanie; płaci klient
finding-gap-label-help = Dodaj label.
finding-gap-shipping = Nigdzie nie napisano, kiedy zwraca się dostawę; tylko z winy sprzedawcy
finding-gap-shipping-help = Dodaj shipping = { "{" } rule = "full_on_full_order" { "}" }.
finding-gap-refund = Nigdzie nie napisano, kiedy wychodzą pieniądze; czekają na sprawdzenie towaru
finding-gap-refund-help = Dodaj refund = { "{" } control = "received" { "}" }.
finding-gap-approval = Żadna reguła nie może niczego zatwierdzić; każdy zwrot ogląda pracownik
finding-gap-approval-help = Dodaj auto_approve.
finding-gap-appeal = Nigdzie nie napisano, jak sprzeciwić się decyzji
finding-gap-appeal-help = Dodaj appeal = { "{" } days = 30, answer_days = 5 { "}" }.
finding-gap-final-sale = Towar z wyprzedaży końcowej jest odrzucany, a żaden tekst o tym nie mówi
finding-gap-final-sale-help = Dodaj [final_sale] z tekstem albo final_sale = "never".
finding-gap-reason = Żaden własny powód klienta nie odpowiada powodowi { $reason }
finding-gap-reason-help = Dodaj taki, żeby kupujący mogli go podać.
finding-gap-before-delivery = Towar, który w zwykłym dniu dostawy jest jeszcze w drodze, nie ma odpowiedzi; patrzy pracownik
finding-gap-before-delivery-help = Dodaj transit_days albo wydłuż termin o dzień.

# Zamówienie, punkt po punkcie
finding-order-comma = ,{" "}
finding-order-place = { $name }
finding-order-channel = { $channel ->
    [online] przez internet
    [store] w sklepie
    [marketplace] na platformie handlowej
    [phone] przez telefon
   *[business] dla firmy
}
finding-order-category = kategoria { $name }
finding-order-article = artykuł { $name }
finding-order-placed = zamówione { $day }
finding-order-delivered = doręczone { $day }
finding-order-undelivered = niedoręczone
finding-order-last-parcel = ostatnia paczka { $day }
finding-order-asked = zgłoszone { $day }
finding-order-reason = powód { $reason }
finding-order-own-reason = słowami klienta { $name }
finding-order-paid = zapłacono { $amount }
finding-order-units = { $n ->
    [one] { $n } sztuka
    [few] { $n } sztuki
    [many] { $n } sztuk
   *[other] { $n } sztuki
}
finding-order-seal = { $seal ->
    [broken] plomba zerwana
   *[intact] plomba nienaruszona
}
finding-order-final-sale = wyprzedaż końcowa
finding-order-lacks = { $condition ->
    [unopened] otwarte
    [unused] używane
    [packaging] bez oryginalnego opakowania
    [tags] bez metek
   *[complete] niekompletne
}
finding-order-no-evidence = bez dowodów
finding-order-wants = oczekiwanie: { $outcome }

# Co zmienia się dla klientów
finding-aspect-verdict = Odpowiedź
finding-aspect-window = Termin
finding-aspect-fees = Opłaty
finding-aspect-way-back-paid-by = Kto płaci za odesłanie
finding-aspect-outcomes = Co można wybrać
finding-aspect-delivery-refunded = Zwrot za dostawę
finding-aspect-money-goes = Kiedy wychodzą pieniądze
finding-aspect-goods = Towar
finding-aspect-deductions-by-grade = Potrącenia według klasy
finding-is-open = otwarty
finding-is-day = do { $day }
finding-is-amount = { $amount }
finding-is-payer = { $payer ->
    [merchant] sprzedawca
   *[customer] klient
}
finding-is-list = { $list }
finding-is-shipping = { $rule ->
    [none] nigdy
    [pro_rata] sprawiedliwa część
    [full] w całości
   *[full_on_full_order] w całości, gdy wraca całe zamówienie
}
finding-is-money = { finding-when }
finding-is-goods = { $goods ->
    [stay] zostaje
   *[back] wraca
}
finding-is-rates = A–E: { $rates }
finding-is-taken = { $how ->
    [person] patrzy pracownik
    [evidence] przyjęte z dowodami
   *[taken] przyjęte
}
finding-is-refused = { $code ->
    [category_excluded] odmowa: towar jest wyłączony
    [final_sale] odmowa: sprzedane jako wyprzedaż końcowa
    [reason_not_accepted] odmowa: ten powód nie jest przyjmowany
    [not_eligible] odmowa: ta wartość lub liczba nie jest przyjmowana
    [condition_not_met] odmowa: towar nie jest w wymaganym stanie
   *[window_closed] odmowa: termin minął
}
