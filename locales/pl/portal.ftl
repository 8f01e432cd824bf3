# Portal dla kupujących: proste słowa, krótkie zdania, jedno pytanie na stronę.
portal-this-language = Polski
portal-languages = Język
portal-questions = Pytania? Napisz do nas:
portal-continue = Dalej
portal-back = Wstecz
portal-change = Zmień
portal-leave = Kończę na tym urządzeniu
portal-rma = Numer zwrotu

portal-step-order = Zamówienie
portal-step-items = Artykuły
portal-step-reason = Powód
portal-step-outcome = Życzenie
portal-step-send = Wysyłka
portal-step-check = Sprawdź

portal-landing-title = Zwroty
portal-landing-lede = Zgłoś zwrot w kilka minut. Nie potrzebujesz konta.
portal-start = Zgłoś zwrot
portal-follow = Śledź zwrot
portal-policy-title = Nasze zasady zwrotów w skrócie
portal-policy-special = Zasady dla niektórych towarów, powodów i miejsc
portal-policy-law = Twoje ustawowe prawa nigdy nie są mniejsze. Zanim coś wyślesz, zobaczysz, co dostaniesz i dlaczego.

portal-find-title = O które zamówienie chodzi?
portal-follow-title = Śledź zwrot
portal-open-title = Otwórz swój zwrot
portal-find-lede = Znajdziemy je po numerze zamówienia i adresie e-mail lub kodzie pocztowym.
portal-open-lede = Pokaż, że to Twoje zamówienie.
portal-find-late = Od ostatniej wizyty minęło trochę czasu. Znajdź zamówienie jeszcze raz; rozpoczęte odpowiedzi zostają.
portal-find-number = Numer zamówienia
portal-find-number-hint = Jest w potwierdzeniu zamówienia.
portal-find-proof = Adres e-mail lub kod pocztowy
portal-find-proof-hint = Ten podany przy zamówieniu.
portal-find-number-missing = Podaj numer zamówienia
portal-find-proof-missing = Podaj adres e-mail lub kod pocztowy z zamówienia
portal-find-wrong = Nie znajdujemy zamówienia z tymi danymi. Sprawdź numer i adres e-mail lub kod pocztowy.

portal-items-title = Które artykuły chcesz odesłać?
portal-items-lede = Zamówienie { $number }
portal-items-none = Wybierz co najmniej jeden artykuł
portal-items-wrong = Wybierz jedną z podanych ilości
portal-items-many = Wybierz najwyżej 50 artykułów; w sprawie większej liczby napisz do nas
portal-items-nothing = Z tego zamówienia nie można teraz nic odesłać
portal-items-nothing-do = Poniżej przy każdym artykule widzisz dlaczego.
portal-items-returns = Zwroty z tego zamówienia
portal-item-bought = { $n ->
    [one] Kupiono { $n } sztukę
    [few] Kupiono { $n } sztuki
    [many] Kupiono { $n } sztuk
   *[other] Kupiono { $n } sztuki
}
portal-item-of = Artykuł { $n } z { $total }
portal-item-not-sent = { $n ->
    [one] { $n } jeszcze niewysłany. Napisz do nas, aby go anulować.
    [few] { $n } jeszcze niewysłane. Napisz do nas, aby je anulować.
    [many] { $n } jeszcze niewysłanych. Napisz do nas, aby je anulować.
   *[other] { $n } jeszcze niewysłane. Napisz do nas, aby je anulować.
}
portal-item-in-return = { $n ->
    [one] { $n } jest już w zwrocie
    [few] { $n } są już w zwrocie
    [many] { $n } jest już w zwrocie
   *[other] { $n } jest już w zwrocie
}
portal-units-label = Ile?
portal-units-none = Żaden
portal-units = { $n }
portal-lost = Te odpowiedzi nie pasują do zamówienia
portal-lost-do = Zacznij od nowa od artykułów

portal-reason-title = Dlaczego to odsyłasz?
portal-reason-label = Wybierz powód, który pasuje najlepiej
portal-reason-missing = Wybierz powód
portal-details-title = Powiedz nam trochę więcej
portal-opened = Jest otwarte lub było używane
portal-opened-hint = Plomba lub opakowanie jest naruszone albo towar wypróbowano dłużej niż w sklepie.
portal-opened-short = otwarte lub używane
portal-lacks = Co dotyczy tego artykułu?
portal-lacks-hint = Zaznacz, co pasuje. Od tego zależy, czy może wrócić według zasad sklepu; Twoje prawa ustawowe się nie zmieniają.
portal-lacks-unopened = Został otwarty
portal-lacks-unused = Był używany lub noszony
portal-lacks-packaging = Brakuje oryginalnego opakowania
portal-lacks-tags = Metki są oderwane
portal-lacks-complete = Brakuje części lub akcesorium
portal-note = Co się stało?
portal-note-optional = Czy powinniśmy coś wiedzieć? (nieobowiązkowo)
portal-note-hint = Wystarczy kilka słów. Nie podawaj numerów kart ani kont.
portal-note-long = Skróć to do 500 znaków
portal-serial = Numer seryjny
portal-serial-hint = Jest na urządzeniu lub na pudełku.
portal-photos = { $n ->
    [one] Będziemy potrzebować { $n } zdjęcia
    [few] Będziemy potrzebować { $n } zdjęć
    [many] Będziemy potrzebować { $n } zdjęć
   *[other] Będziemy potrzebować { $n } zdjęcia
}
portal-claim-photos = Zdjęcia, jeśli pokazują, co jest nie tak
portal-claim-photo-kept = Zdjęcie { $n } zostaje w tym formularzu
portal-photos-later = Możesz je dodać na stronie zwrotu, gdy tylko go wyślesz.
portal-photos-mail = Albo wyślij je e-mailem
portal-photos-hint = JPEG, PNG lub WebP, najwyżej sześć naraz. Miejsce i aparat są z nich usuwane.
portal-photos-given = Twoje zdjęcia
portal-photo-n = Zdjęcie { $n }
portal-photos-many = Wybierz najwyżej sześć zdjęć.
portal-photos-unread = Jeden z plików nie jest czytelnym zdjęciem. Wybierz JPEG, PNG lub WebP.

portal-outcome-title = Co wybierasz?
portal-outcome-label = Wybierz jedno
portal-outcome-missing = Wybierz, co wolisz
portal-outcome-none = Tu nie możemy nic zaproponować
portal-outcome-none-do = Na ostatniej stronie zobaczysz dlaczego i co możesz zrobić.
portal-outcome-exchange = Inny rozmiar lub kolor w zamian
portal-outcome-store-credit = Do wydania w sklepie, bez terminu ważności
portal-outcome-replacement = Ten sam artykuł jeszcze raz
portal-outcome-repair = Naprawimy i odeślemy
portal-outcome-refund = Na ten sam środek płatniczy, którym zapłacono
portal-outcome-whole = Wszystkie artykuły do tej pory: { $amount }.
portal-outcome-every = Pokaż wszystkie możliwości, także zwrot pieniędzy
portal-bonus = Środki na zakupy zawierają dodatkowe { $amount }.
portal-variant = Jaki rozmiar lub kolor w zamian
portal-variant-hint = Tylko przy wymianie.

portal-send-title = Jak nadasz paczkę?
portal-send-label = Wybierz jedno
portal-send-missing = Wybierz, jak nadasz paczkę
portal-send-print = Wydrukuj etykietę
portal-send-print-note = Plik PDF do drukarki; naklej go na paczkę.
portal-send-show = Pokaż kod na telefonie
portal-send-show-note = Bez drukarki; etykieta zostanie wydrukowana w miejscu nadania.

portal-check-title = Sprawdź i wyślij
portal-check-answers = Twoje odpowiedzi
portal-check-approved = Wszystko można odesłać. Nic nie zostanie wysłane, zanim potwierdzisz.
portal-check-partly = Część można odesłać. Poniżej widzisz dlaczego.
portal-check-review = Najpierw spojrzy na to pracownik.
portal-check-info = Zanim zdecydujemy, potrzebujemy jeszcze czegoś od Ciebie.
portal-check-all-declined = Według zasad sklepu tego nie można odesłać.
portal-check-send = Wyślij zgłoszenie
portal-check-send-anyway = Zgłoś mimo to
portal-check-declined = Możesz zgłosić to mimo to
portal-check-declined-do = Dostaniesz decyzję na piśmie i możesz się odwołać; wtedy spojrzy na to pracownik. Ustawowe prawo odstąpienia jest osobną sprawą:
portal-verdict-authorise = Można odesłać
portal-verdict-keep = Zostaje u Ciebie, zwrot pieniędzy
portal-verdict-donate = Do oddania, zwrot pieniędzy
portal-all-items = Dla wszystkich artykułów
portal-verdict-review = Sprawdza pracownik
portal-verdict-info = Czegoś brakuje
portal-verdict-decline = Nie przyjęto
portal-words = Artykuł { $line }: { $words }
portal-words-variant = W zamian: { $variant }.
portal-words-serial = Numer seryjny: { $serial }.

portal-quote-title = Co dostaniesz
portal-quote-total = Dostaniesz
portal-quote-with-bonus = Z dodatkowymi środkami
portal-quote-tax = Zawiera { $amount } podatku.
portal-quote-goods = { $n ->
    [one] { $item }
   *[other] { $n } × { $item }
}
portal-quote-charge = Dopłata
portal-quote-shipping = Dostawa
portal-quote-promotion = Promocja
portal-quote-fee = Opłata
portal-quote-label = Etykieta zwrotna
portal-quote-deduction = Utrata wartości
portal-quote-ceiling = Limit zapłaconej kwoty
portal-quote-bonus = Dodatkowe środki
portal-clocks-title = Ważne dni
portal-clock-window = Koniec czasu na zwrot
portal-clock-withdrawal = Koniec prawa odstąpienia
portal-clock-refund = Zwrot pieniędzy najpóźniej
portal-clock-promised = Zwrot pieniędzy obiecany przez sklep
portal-clock-send = Nadaj do
portal-rights-title = Twoje prawa ustawowe
portal-rights-note = Te prawa obowiązują niezależnie od zasad sklepu.

portal-done-title = Mamy Twoje zgłoszenie zwrotu
portal-done-mail = Piszemy też na adres
portal-done-follow = Śledź ten zwrot
portal-label-title = Twoja etykieta zwrotna
portal-label-print = Otwórz etykietę (PDF)
portal-label-no-printer = Nie masz drukarki? Pokaż ten kod
portal-label-soon = Etykieta właśnie powstaje
portal-label-soon-do = To potrwa kilka sekund. Odśwież tę stronę.
portal-qr-alt = Kod tego zwrotu
portal-qr-show = Pokaż ten kod w miejscu nadania paczki.

portal-next = Co dalej
portal-next-refund = Pieniądze dostaniesz najpóźniej { $date }.
portal-status-order = Zamówienie { $number }
portal-history = Co się wydarzyło
portal-to-order = Wróć do zamówienia
portal-worth-title = Co dostaniesz
portal-worth-how = Jak to policzono
portal-kind-bonus = Dodatkowe środki
portal-kind-collect = Ile dopłacasz
portal-kind-hold = Zabezpieczenie za towar wysłany z góry
portal-payment-requested = Przyznane; wysyłamy
portal-payment-sent = W drodze do Ciebie
portal-payment-settled = Potwierdzone: dotarło
portal-payment-returned = Wróciło do nas; naprawiamy to

portal-stage-asked = Zgłoszony
portal-stage-approved = Zatwierdzony
portal-stage-sent = Wysłany
portal-stage-arrived = Dotarł
portal-stage-paid = Zapłacony

portal-status-submitted = Przyjęto
portal-status-submitted-next = Właśnie patrzymy na Twoje zgłoszenie.
portal-status-needs-info = Potrzebujemy czegoś od Ciebie
portal-status-needs-info-next = Odpowiedz na pytanie na tej stronie. Potem ruszamy dalej.
portal-status-in-review = Sprawdza pracownik
portal-status-in-review-next = Odpowiedź dostaniesz e-mailem. Nic nie musisz robić.
portal-status-authorised = Zatwierdzono
portal-status-authorised-next = Etykieta jest w drodze. Potem spakuj artykuły i nadaj paczkę.
portal-status-partly-authorised = Zatwierdzono częściowo
portal-status-partly-authorised-next = Odeślij tylko zatwierdzone artykuły. Przy pozostałych widzisz poniżej dlaczego.
portal-status-declined = Nie przyjęto
portal-status-declined-next = Poniżej widzisz dlaczego. Możesz się odwołać; wtedy spojrzy na to pracownik.
portal-status-awaiting-goods = Czekamy na Twoją paczkę
portal-status-awaiting-goods-next = Spakuj artykuły, naklej etykietę i nadaj paczkę.
portal-status-in-transit = W drodze do nas
portal-status-in-transit-next = Przewoźnik ma Twoją paczkę. Napiszemy, gdy dotrze.
portal-status-arrived = Dotarła
portal-status-arrived-next = Właśnie ją rozpakowujemy i liczymy.
portal-status-inspecting = W trakcie sprawdzania
portal-status-inspecting-next = Sprawdzamy artykuły, a potem decydujemy o pieniądzach.
portal-status-decided = Zdecydowano
portal-status-decided-next = Decyzja zapadła; poniżej widzisz, co dostaniesz.
portal-status-settling = Pieniądze są w drodze
portal-status-settling-next = Banki mogą pokazać je dopiero po kilku dniach.
portal-status-settled = Zapłacono
portal-status-settled-next = Nic więcej nie musisz robić.
portal-status-closed = Zakończono
portal-status-closed-next = Wszystko załatwione. Napisz do nas, jeśli czegoś brakuje.
portal-status-on-hold = Wstrzymano
portal-status-on-hold-next = Musimy najpierw coś wyjaśnić i napiszemy do Ciebie.
portal-status-appealed = Rozpatrujemy Twoje odwołanie
portal-status-appealed-next = Patrzy na nie osoba, która wcześniej nie decydowała, i do Ciebie napisze.
portal-status-disputed = W Twoim banku
portal-status-disputed-next = Sprawę zwrotu pieniędzy prowadzi Twój bank. Czekamy na jego decyzję.
portal-status-cancelled = Odwołano
portal-status-cancelled-next = Nic nie wraca. Dopóki trwa czas na zwrot, możesz zacząć od nowa.
portal-status-expired = Za późno
portal-status-expired-next = Paczki nie nadano na czas. Napisz do nas, jeśli została wysłana.
portal-status-reopened = Otwarto ponownie
portal-status-reopened-next = Patrzymy na to jeszcze raz i napiszemy do Ciebie.

portal-event-requested = Zgłoszono zwrot
portal-event-info-asked = Poprosiliśmy Cię o coś
portal-event-info-answered = Przyszła Twoja odpowiedź
portal-event-authorised = Zatwierdzono
portal-event-kept = Zatwierdzono; artykuł zostaje u Ciebie
portal-event-declined = Nie przyjęto
portal-event-label = Utworzono etykietę
portal-event-shipped = Przekazano przewoźnikowi
portal-event-delivered = Dostarczono do nas
portal-event-received = Rozpakowano i policzono
portal-event-graded = Sprawdzono
portal-event-granted = Przyznano pieniądze
portal-event-sent = Wysłano pieniądze
portal-event-paid = Pieniądze dotarły
portal-event-returned = Pieniądze do nas wróciły
portal-event-cancelled = Odwołano
portal-event-appealed = Złożono odwołanie
portal-event-upheld = Odwołanie rozpatrzono: decyzja zostaje
portal-event-overturned = Odwołanie rozpatrzono na Twoją korzyść
portal-event-expired = Nie nadano na czas
portal-event-reopened = Otwarto ponownie
portal-event-closed = Zakończono

portal-question-title = Potrzebujemy tego od Ciebie
portal-question-send = Wyślij odpowiedź
portal-question-empty = Napisz odpowiedź
portal-appeal-title = Nie zgadzasz się?
portal-appeal-lede = Napisz dlaczego. Spojrzy na to osoba, która wcześniej nie decydowała.
portal-appeal-answer = Ktoś inny rozpatruje Twoje odwołanie. Odpowiedź otrzymasz najpóźniej { $date }.
portal-appeal-until = Odwołać się możesz do { $date }.
portal-appeal-label = Twoje odwołanie
portal-appeal-send = Wyślij odwołanie
portal-appeal-missing = Napisz, dlaczego się nie zgadzasz
portal-cancel-title = Odwołaj ten zwrot
portal-cancel-lede = Zwrot { $rma } zostanie zakończony, a jego etykieta straci ważność.
portal-cancel-send = Odwołaj

# Odstąpienie ustawowe; obie etykiety są zgodne z dyrektywą (UE) 2023/2673.
portal-withdraw-title = Prawo odstąpienia
portal-withdraw-short = Zakup na odległość? Ustawa pozwala odstąpić od umowy bez podania przyczyny.
portal-withdraw-here = Odstąp od umowy tutaj
portal-withdraw-lede = Bez podania przyczyny i bez konta. Nic nie zostanie oświadczone, zanim potwierdzisz na następnej stronie.
portal-withdraw-name = Imię i nazwisko
portal-withdraw-name-missing = Podaj imię i nazwisko
portal-withdraw-email = Adres e-mail z zamówienia
portal-withdraw-email-hint = Tam wyślemy potwierdzenie.
portal-withdraw-email-missing = Podaj adres e-mail z zamówienia
portal-withdraw-next = Przejdź do potwierdzenia
portal-withdraw-step = Krok 1 z 2
portal-withdraw-confirm-title = Potwierdź odstąpienie
portal-withdraw-statement = Odstępuję od umowy z { $client } dotyczącej zamówienia { $number } w zakresie tych artykułów:
portal-withdraw-items = Artykuły
portal-withdraw-none = Zostaw zaznaczony co najmniej jeden artykuł
portal-withdraw-ack-to = Potwierdzenie wyślemy na adres
portal-withdraw-after = Od razu dostaniesz potwierdzenie z datą i godziną, a potem wszystko, co potrzebne do odesłania.
portal-withdraw-confirm = Potwierdź odstąpienie
portal-withdraw-nothing = Żaden artykuł z tego zamówienia nie jest tu otwarty
portal-withdraw-nothing-do = Wszystko jest już w zwrocie albo nie zostało jeszcze wysłane. Możesz mimo to potwierdzić: odstąpienie liczy się od teraz, a resztę wyjaśni pracownik.
portal-withdraw-done = Otrzymaliśmy Twoje odstąpienie
portal-withdraw-done-mail = To potwierdzenie wysyłamy też na adres
portal-receipt-kept = Twoje odstąpienie i chwila jego otrzymania są zapisane.
portal-receipt-open = Otwórz potwierdzenie
portal-receipt-pdf = Zapisz jako PDF
portal-withdraw-email-wrong = Podaj adres e-mail, na przykład nazwa@example.com
portal-withdraw-statement-all = Odstępuję od umowy z { $client } dotyczącej zamówienia { $number }.
portal-withdraw-unmatched = Nie znaleźliśmy sami tego zamówienia
portal-withdraw-unmatched-do = Możesz mimo to potwierdzić: odstąpienie liczy się od tej chwili i zostanie od razu potwierdzone. Potem pracownik poszuka zamówienia.
portal-withdraw-next-person = Pracownik szuka teraz Twojego zamówienia i napisze do Ciebie w sprawie reszty.
# Napis wymagany przez prawo argentyńskie (Disposición 954/2025), w jego języku.
portal-revoke-button = Botón de arrepentimiento
portal-revoke-lede = Możesz odwołać zakup w ciągu 10 dni, bez podania przyczyny i bez kosztów. Od razu dostaniesz kod zgłoszenia.
portal-revoke-email = Adres e-mail
portal-revoke-email-hint = Tam wyślemy kod zgłoszenia.
portal-revoke-send = Odwołaj zakup

portal-credit-title = Twoje środki w sklepie
portal-credit-now = Możesz wydać
portal-credit-promotional = w tym { $amount } premii, która jest wydawana najpierw i nigdy nie jest wypłacana
portal-credit-ends = Następną część można wydać do { $day }.
portal-account-title = Dokąd ma trafić Twój zwrot?
portal-account-lede = Wypłacimy { $amount } na konto bankowe, które tu podasz. Ta strona działa raz.
portal-account-holder = Imię i nazwisko posiadacza konta
portal-account-holder-hint = Tak jak na karcie bankowej lub wyciągu.
portal-account-iban = IBAN
portal-account-iban-hint = Dwie litery i do 32 kolejnych znaków, na wyciągu lub karcie.
portal-account-reason = Dlaczego konto nie jest na Twoje nazwisko?
portal-account-reason-hint = Na przykład: konto mojej partnerki.
portal-account-proof-hint = Jak w zamówieniu, żeby było wiadomo, że to Ty.
portal-account-proof-wrong = To nie jest adres e-mail ani kod pocztowy zamówienia.
portal-account-next = Ktoś sprawdzi konto, zanim cokolwiek wypłacimy, i napiszemy do Ciebie.
portal-account-send = Użyj tego konta
portal-account-done-title = Dziękujemy: mamy Twoje konto
portal-account-done = Ktoś je teraz sprawdza. Zanim cokolwiek wypłacimy, dostaniesz e-mail.
portal-account-home = Na początek
portal-account-gone = Ten link już nie działa
portal-account-used = Został już raz użyty; tylko do tego służy.
portal-account-late = Jego czas minął.
portal-account-nothing = Nie ma już nic, do czego potrzebne byłoby konto.
portal-account-help = Jeśli potrzebujesz nowego, napisz na { $mail }.
portal-object-title = Zatrzymać tę zmianę?
portal-object-lede = Ktoś podał inne konto bankowe do Twojego zwrotu. Jeśli to nie Ty, zatrzymaj to tutaj: pieniądze wrócą tam, skąd zapłacono.
portal-object-amount = Twój zwrot
portal-object-send = To nie ja: zatrzymaj
portal-object-else = Jeśli to Ty, zamknij tę stronę. Nic się nie zmieni.
portal-object-done-title = Zatrzymano
portal-object-done = Pieniądze wrócą tam, skąd zapłacono. Ktoś z nas sprawdzi, co się stało.
