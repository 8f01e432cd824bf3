# Jedno zdanie na kod kernel::ReasonCode. Wartości: $date, $amount, $number, $text. Proste słowa,
# mówione do kupującego i do pracownika.
reason-window-open = Zgłoszono na czas: zwroty są przyjmowane do { $date }.
reason-window-closed = Czas na zwrot minął. Ostatnim dniem był { $date }.
reason-window-not-started = Czas na zwrot jeszcze nie biegnie. Zacznie się, gdy towar dotrze.
reason-category-excluded = Sklep nie przyjmuje zwrotów tego rodzaju towarów.
reason-not-eligible = Sklep nie przyjmuje zwrotów o tej wartości lub w tej liczbie.
reason-condition-not-met = Towar nie jest w stanie, którego wymaga sklep.
reason-final-sale = Ten artykuł pochodzi z wyprzedaży końcowej, więc sklep go nie przyjmuje.
reason-reason-not-accepted = Sklep nie przyjmuje zwrotów z podanego powodu.
reason-evidence-missing = Aby zdecydować, potrzebujemy jeszcze: { $text }.
reason-above-approval-limit = To więcej niż { $amount }, więc najpierw musi to zatwierdzić pracownik.
reason-returnless-below-threshold = Możesz zatrzymać artykuł. Poniżej { $amount } nie trzeba go odsyłać.
reason-returnless-donate = Nie musisz odsyłać artykułu. Oddaj go, proszę, organizacji charytatywnej w pobliżu.
reason-statutory-withdrawal = Ustawa pozwala zmienić zdanie i odstąpić do { $date }.
reason-statutory-withdrawal-open = Ustawa pozwala zmienić zdanie i odstąpić; ostatni dzień jeszcze nie biegnie.
reason-statutory-withdrawal-ended = Ustawowe prawo odstąpienia wygasło. Ostatnim dniem był { $date }.
reason-statutory-exemption = Ustawa robi wyjątek od prawa odstąpienia: { $text }.
reason-statutory-conformity = Według ustawy sprzedawca odpowiada za wady do { $date }.
reason-statutory-conformity-open = Według ustawy sprzedawca odpowiada za wady; ustawa nie podaje ostatniego dnia.
reason-statutory-short-term-reject = Ustawa pozwala odrzucić wadliwy towar i odzyskać pieniądze do { $date }.
reason-statutory-short-term-reject-open = Ustawa pozwala odrzucić wadliwy towar i odzyskać pieniądze; nie podaje ostatniego dnia.
reason-no-statutory-floor = Prawo w Twoim kraju nie wyznacza tu minimum, więc decydują zasady sklepu.
reason-law-overrides-policy = Ustawa daje Ci więcej niż zasady sklepu, więc obowiązuje ustawa.
reason-business-buyer = To zakup firmowy, więc prawa konsumenta nie obowiązują.
reason-merchant-fault = To nie Twoja wina: nie ma opłaty, a odesłanie jest opłacone.
reason-no-units-left = Zgłoszono więcej sztuk, niż można jeszcze odesłać. { $number ->
    [0] Nie została żadna.
    [one] Została jedna.
    [few] Zostały { $number }.
    [many] Zostało { $number }.
   *[other] Zostało { $number }.
}
reason-unit-in-other-case = Ten artykuł jest już w zwrocie { $text }.
reason-not-fulfilled = Ten artykuł nie został jeszcze wysłany. Możesz go zamiast tego anulować.
reason-nothing-paid = Za ten artykuł nic nie zapłacono, więc nie ma czego zwracać.
reason-paid-value = Tyle zapłacono: { $amount }.
reason-discount-share = Rabaty z zamówienia obniżyły cenę o { $amount }, więc tej kwoty nie zwracamy.
reason-partial-amount = Część zapłaconej kwoty: { $amount }, razem z podatkiem.
reason-charge-refunded = Ta dopłata wraca razem z towarem: { $amount }.
reason-gift-card-spent = Z karty podarunkowej wydano już { $amount }.
reason-promotion-kept = Zachowujesz rabat, choć sama reszta zamówienia by go nie dała.
reason-promotion-clawed-back = To, co zostaje, nie dałoby rabatu, więc odejmujemy { $amount }.
reason-promotion-restored = Oddajemy { $amount } rabatu, który wcześniej odjęto.
reason-bonus-credit = { $amount } dodatkowych środków. To premia i nigdy nie jest wypłacana.
reason-value-loss-not-taken = Za utratę wartości nic tu nie odejmujemy. Byłoby to { $amount }.
reason-shipping-with-rest = Koszt dostawy ({ $amount }) zwrócimy, gdy wróci też reszta zamówienia.
reason-fee-charged = Zasady przewidują opłatę { $amount }.
reason-fee-waived = Ta opłata tu nie obowiązuje.
reason-shipping-refunded = Za dostawę oddajemy { $amount }.
reason-shipping-kept = Kosztów dostawy nie zwracamy.
reason-return-cost-customer = Za odesłanie płacisz Ty: { $amount }.
reason-return-cost-merchant = Za odesłanie płaci sklep.
reason-value-loss-deducted = Odejmujemy { $amount }, bo towar stracił na wartości przez używanie.
reason-ceiling-applied = Zwrot jest ograniczony do { $amount }: tyle zostało z zapłaconej kwoty.
reason-override = Zdecydowała uprawniona osoba. Jej powód: { $text }.
reason-refund-control = Pieniądze wyślemy, gdy tylko spełni się warunek: { $text }.
reason-refund-due = Zwrot pieniędzy musi nastąpić najpóźniej { $date }.
reason-outcomes-limited = W tym przypadku możemy zaproponować: { $text }.
reason-wrong-item-received = Dotarło coś innego, niż zgłoszono.
reason-units-missing = Dotarło mniej sztuk, niż zgłoszono. { $number ->
    [one] Brakuje jednej.
   *[other] Brakuje { $number }.
}
reason-needs-review = Zanim pójdziemy dalej, musi na to spojrzeć pracownik.
