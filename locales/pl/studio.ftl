# Pracownia zasad: szkice, kontrola, przegląd, zatwierdzenie i publikacja.

# Strony
studio-title = Zasady zwrotów
studio-lede = Co obiecuje się klientom: napisane, sprawdzone z prawem, zatwierdzone przez drugą osobę, opublikowane.
studio-tabs = Ten szkic
studio-tab-write = Pisanie
studio-tab-check = Kontrola i publikacja
studio-version = Wersja { $n }
studio-from-day = od { $day }
studio-line = wiersz { $n }

# Wersje i szkice klienta
studio-in-force = Obowiązuje
studio-next = Następna
studio-coming = Nadchodzi
studio-drafts = Szkice
studio-draft = Szkic
studio-stage = Stan
studio-changed = Zmiana
studio-no-drafts = Nie ma otwartego szkicu
studio-no-drafts-why = Zacznij od obowiązującej wersji, zmień, co ma się zmienić, i zleć kontrolę.
studio-begin = Zacznij szkic
studio-draft-title = Tytuł
studio-from = Obowiązuje dla zamówień od
studio-from-hint = Najwcześniej od jutra: wszystkie zamówienia z jednego dnia mają te same warunki.
studio-start = Punkt wyjścia
studio-start-version = Wersja { $n }, od { $day }
studio-start-empty = Puste zasady
studio-history = Wersje
studio-version-column = Wersja
studio-published = Publikacja
studio-approved = Zatwierdzenie
studio-note = Uwaga
studio-house = Firma prowadząca
studio-nobody = nikt
studio-goes-back = Powrót do wersji { $n }.
studio-no-versions = Nic jeszcze nie opublikowano
studio-no-versions-why = Pierwsza wersja może obowiązywać dla zamówień z dowolnego dnia.
studio-roll-back = Wróć do starszej wersji
studio-roll-back-why = Stary tekst staje się nowym szkicem. Jest sprawdzany i zatwierdzany jak każdy inny, a zamówienia złożone w międzyczasie zachowują swoje warunki.
studio-back-to = Powrót do wersji { $n }
studio-facts = Ta wersja
studio-content-hash = Skrót treści
studio-seal = Pieczęć
studio-law = Sprawdzono ze stanem prawa

# Jak daleko jest szkic
studio-stage-broken = Jeszcze nieczytelny
studio-stage-unchecked = Niesprawdzony
studio-stage-checking = W trakcie kontroli
studio-stage-undercut = Poniżej prawa
studio-stage-ready = Gotowy do przeglądu
studio-stage-in-review = W przeglądzie
studio-stage-approved = Zatwierdzony
studio-stage-published = Opublikowany
studio-stage-dropped = Porzucony
studio-step-write = Pisanie
studio-step-check = Kontrola
studio-step-review = Prośba o przegląd
studio-step-approve = Druga osoba
studio-step-publish = Publikacja

# Edytor
studio-text = Tekst zasad
studio-text-hint = TOML. Wszystko, co piszesz, zostaje zapisane, także gdy nie są to jeszcze zasady.
studio-save = Zapisz
studio-save-check = Zapisz i sprawdź
studio-preview = Co czytają klienci
studio-errors = { $n ->
    [one] Jedna rzecz się nie zgadza
    [few] { $n } rzeczy się nie zgadzają
    [many] { $n } rzeczy się nie zgadza
   *[other] { $n } rzeczy się nie zgadza
}
studio-reads = Tekst jest poprawnym zapisem zasad
studio-reads-check = Sprawdź, czy gdzieś nie jest poniżej prawa i co zmienia się dla klientów.
studio-clean = Kontrola nic nie znalazła
studio-found = { $n ->
    [one] Kontrola znalazła jedną rzecz
    [few] Kontrola znalazła { $n } rzeczy
    [many] Kontrola znalazła { $n } rzeczy
   *[other] Kontrola znalazła { $n } rzeczy
}

# Kontrola i publikacja
studio-next-step = Następny krok
studio-check = Sprawdź
studio-checking = Porównywanie z prawem
studio-places = Miejsca: { $done } z { $total }
studio-cancel = Zatrzymaj
studio-do-broken = Tekst nie jest jeszcze poprawnym zapisem zasad. Edytor pokazuje wiersz po wierszu, co się nie zgadza.
studio-do-unchecked = Ten tekst i dzień nie zostały sprawdzone. Kontrola porównuje je z prawem każdego miejsca sprzedaży i z obowiązującą wersją.
studio-do-law = Prawo zmieniło się od czasu kontroli. Sprawdź ponownie.
studio-do-undercut = Są zamówienia, którym te zasady dają mniej niż prawo. Nie można ich opublikować; każdy wynik poniżej pokazuje takie zamówienie i mówi, co zmienić.
studio-do-ready = Kontrola jest ważna. Zanim będzie można opublikować, druga osoba musi zatwierdzić dokładnie ten tekst, dzień i stan prawa.
studio-do-review = { $name } prosi o zatwierdzenie dokładnie tego:
studio-do-publish = Zatwierdzenie: { $name }. Po publikacji obowiązuje dla zamówień od { $day }; wcześniejsze zachowują swoje warunki.
studio-is-published = Opublikowano. Obowiązuje dla zamówień od { $day }.
studio-is-dropped = Ten szkic porzucono. Jego tekst jest zachowany.
studio-too-early = Może obowiązywać najwcześniej od { $day }. Zmień dzień i sprawdź ponownie.
studio-reason = Dlaczego ostrzeżenia mogą zostać
studio-reason-hint = Publikowane razem z wersją, dla każdego, kto później zapyta.
studio-ask-review = Poproś o przegląd
studio-approve = Zatwierdź dokładnie to
studio-no-approver = Nie możesz zatwierdzać zasad. Mogą to zrobić osoby po stronie klienta i administratorzy.
studio-own = Masz udział w tym szkicu, więc musi go zatwierdzić ktoś inny.
studio-publish = Opublikuj
studio-written-by = Autorzy
studio-drop = Porzuć ten szkic
studio-drop-why = Znika z listy. Tekst jest zachowany, ale nikt nie może już nad nim pracować.
studio-findings = Wyniki kontroli
studio-checked-places = { $places ->
    [one] Sprawdzono z prawem jednego miejsca.
    [few] Sprawdzono z prawem { $places } miejsc.
    [many] Sprawdzono z prawem { $places } miejsc.
   *[other] Sprawdzono z prawem { $places } miejsca.
}
studio-their-words = Żadnej reguły nie sprawdził prawnik, chyba że pulpit prawny mówi inaczej.
studio-kind-undercut = Poniżej prawa
studio-kind-contradiction = Sprzeczność
studio-kind-unreachable = Nieosiągalne
studio-kind-ground = Nieznana podstawa
studio-kind-gap = Luka
studio-witness = Takie zamówienie
studio-help = Co zrobić:
studio-policy-gives = Co dają zasady
studio-law-gives = Co daje prawo
studio-source = Źródło:
studio-also-in = Także w:
studio-changes = Kto zyskuje, a kto traci
studio-changes-why = W porównaniu z obowiązującą wersją, za każdym razem z najprostszym zamówieniem, które to pokazuje.
studio-no-changes = Nikt nie jest traktowany inaczej
studio-no-changes-why = Żadne zamówienie nie dostaje innej odpowiedzi niż w obowiązującej wersji.
studio-who = Klienci
studio-aspect = W czym
studio-before = Teraz
studio-after = Potem
studio-example = Takie zamówienie
studio-worse = tracą
studio-better = zyskują
studio-different = inaczej
studio-more-changes = { $n ->
    [one] Jednej dalszej zmiany nie pokazano.
    [few] { $n } dalszych zmian nie pokazano.
    [many] { $n } dalszych zmian nie pokazano.
   *[other] { $n } dalszej zmiany nie pokazano.
}

# Pola
help-date = Podaj dzień, na przykład 2027-03-01.
help-studio-title = Podaj tytuł od 1 do 120 znaków.
help-studio-text = Tekst jest dłuższy niż 256 KiB.
help-studio-tests = Tabela prób jest dłuższa niż 1 MiB.
help-studio-reason = Najwyżej 2000 znaków.
help-studio-alone = Podaj, dlaczego nikt inny nie zatwierdza.

# Dlaczego szkic nie idzie dalej
problem-policy-no-policy = Tekst nie jest poprawnym zapisem zasad
problem-policy-no-policy-do = Popraw to, co zaznacza edytor, i sprawdź ponownie.
problem-policy-not-checked = W obecnej postaci nie został sprawdzony
problem-policy-not-checked-do = Sprawdź szkic i spróbuj ponownie.
problem-policy-law-changed = Prawo zmieniło się od czasu kontroli
problem-policy-law-changed-do = Sprawdź szkic ponownie z dzisiejszym prawem.
problem-policy-undercut = Zasady są poniżej prawa
problem-policy-undercut-do = Przeczytaj zamówienie przy każdym wyniku i zmień wskazaną regułę. Niczego nie opublikowano.
problem-policy-warnings = Ostrzeżenia kontroli wymagają uzasadnienia
problem-policy-warnings-do = Napisz, dlaczego mogą zostać, albo zmień wskazane reguły.
problem-policy-too-early = Pierwszy dzień jest za wcześnie
problem-policy-too-early-do = Wybierz jutro lub późniejszy dzień: wszystkie zamówienia z jednego dnia mają te same warunki.
problem-policy-not-in-review = Nikt nie poprosił o przegląd szkicu w obecnej postaci
problem-policy-not-in-review-do = Sprawdź go i poproś o przegląd; każda zmiana unieważnia wcześniejszą prośbę.
problem-policy-other-seal = Szkic zmienił się, odkąd był pokazany
problem-policy-other-seal-do = Przeczytaj go ponownie w obecnej postaci, a potem zatwierdź.
problem-policy-second-person = Musi go zatwierdzić ktoś inny
problem-policy-second-person-do = Poproś osobę, która ani nie pisała szkicu, ani nie prosiła o jego przegląd.
problem-policy-not-approved = Nikt nie zatwierdził go w obecnej postaci
problem-policy-not-approved-do = Poproś drugą osobę o zatwierdzenie dokładnie tego tekstu, dnia i stanu prawa.
problem-policy-closed = Szkic jest zamknięty
problem-policy-closed-do = Został opublikowany lub porzucony. Zacznij nowy.

# Tabela prób
studio-tab-tests = Tabela prób
studio-tab-backtest = Próba wsteczna
studio-one-order = Wypróbuj zamówienie
studio-try = Rozstrzygnij
studio-try-keep = Rozstrzygnij i zachowaj jako wiersz
studio-answer = Odpowiedź
studio-offered = W ofercie:
studio-test-place = Doręczone do (DE, US-NY)
studio-test-channel = Sprzedane
studio-test-category = Kategoria
studio-test-sku = Numer artykułu
studio-test-ordered = Zamówione
studio-test-delivered = Doręczone
studio-test-asked = Zgłoszone
studio-test-reason = Powód
studio-test-wanted = Oczekiwanie
studio-test-units = Sztuki
studio-test-price = Cena sztuki
studio-test-currency = Waluta
studio-test-expect = Oczekiwany wynik
studio-test-nothing = Nic szczególnego
studio-test-opened = Plomba zerwana
studio-test-final-sale = Sprzedane jako wyprzedaż końcowa
studio-test-evidence = Podano wszystkie dowody
studio-test-order = Zamówienie
studio-channel-online = przez internet
studio-channel-store = w sklepie
studio-channel-marketplace = na platformie handlowej
studio-channel-phone = przez telefon
studio-channel-business = dla firmy
studio-ending-declined = odmowa
studio-ending-asked = prośba o więcej
studio-ending-review = patrzy pracownik
studio-ending-partly = przyznano częściowo
studio-ending-granted = przyznano
studio-ending-kept = przyznano, towar zostaje
studio-table = Tabela prób
studio-table-none = Nie ma jeszcze wierszy
studio-table-none-why = Zachowaj wypróbowane zamówienia albo wklej tabelę. Zostają przy szkicu i są rozstrzygane od nowa przy każdym spojrzeniu.
studio-table-sum = Zgodnie z oczekiwaniem: { $good } z { $all }.
studio-row = Wiersz
studio-money = Pieniądze
studio-why = Ponieważ
studio-as-expected = zgodnie z oczekiwaniem
studio-not-expected = inaczej niż oczekiwano
studio-row-bad = nieczytelny
studio-csv = Wiele naraz
studio-csv-text = Wiersze w CSV
studio-csv-hint = Jedno zamówienie w wierszu, najwyżej 1000. Kolumny można pominąć lub ustawić w dowolnej kolejności.
studio-csv-file = Albo weź je z pliku
studio-csv-run = Zapisz i uruchom
studio-csv-columns = Kolumny i przykład

# Próba wsteczna
studio-replay = Rozstrzygnij ponownie
studio-replay-why = Prawdziwe sprawy z ostatnich dni są rozstrzygane ponownie, na podstawie ówczesnych faktów, według wersji z dnia zakupu i według tego szkicu. W żadnej sprawie nic się nie zmienia.
studio-replay-days = Ile dni wstecz
studio-replay-none = Nie było jeszcze próby wstecznej
studio-replay-none-why = Zobacz, ile osób zyskałoby lub straciło, zanim to się komuś przydarzy.
studio-replay-old = Szkic zmienił się od tej próby.
studio-replaying = Ponowne rozstrzyganie spraw
studio-replay-cases = Sprawy: { $done } z { $total }
studio-replay-failed = Próba wsteczna się nie udała
studio-replay-stopped = Próbę zatrzymano albo szkic zmienił się przed jej początkiem.
studio-replayed = Sprawy: { $cases }, osoby: { $people }, dni: { $days }.
studio-replay-how = Pieniądze to to, co reguła przyznaje od razu; o czym decyduje pracownik lub dowód, liczy się jeszcze jako nic. Wyjątki dla towarów są takie jak przy sprzedaży.
studio-endings = Co dzieje się ze sprawami
studio-cases = Sprawy
studio-people = { $n ->
    [one] { $n } osoba
    [few] { $n } osoby
    [many] { $n } osób
   *[other] { $n } osoby
}
studio-people-column = Osoby
studio-money-before = Kwota teraz
studio-money-after = Kwota potem
studio-fare-worse = Tracą
studio-fare-better = Zyskują
studio-fare-other = Inaczej
studio-fare-same = bez zmian
studio-unasked = Zasady nie rozstrzygają o towarach, których nikt nie zgłosił. Pominięte sprawy: { $n }.
studio-incomplete = Do obejrzenia zachowano tylko pierwsze 200 000 zmienionych spraw; policzono wszystkie.
studio-case = Zwrot
studio-opened = Zgłoszone
studio-country = Kraj
studio-clause = Punkt szkicu
studio-no-cases = Tu nie ma spraw
studio-no-cases-why = W tej próbie nic nie kończy się w ten sposób.
help-studio-days = Podaj liczbę dni od 1 do 1100.
help-studio-row = Ten wiersz nie pasuje do kolumn.
help-studio-place = Podaj kraj, jak DE, albo kraj z częścią, jak US-NY.
help-studio-currency = Podaj walutę z zasad, na przykład EUR.
