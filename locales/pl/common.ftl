# Słowa ramy i komponentów. Każda powierzchnia trzyma własne słowa we własnych plikach.
app-name = Redress
ui-skip = Przejdź do treści
ui-menu = Menu
ui-main-nav = Nawigacja główna
ui-search = Szukaj lub przejdź do
ui-theme = Przełącz jasny i ciemny wygląd
ui-sign-out = Wyloguj
ui-language = Język
ui-this-language = Polski
ui-language-some = Niektóre strony są tylko po angielsku i niemiecku.
ui-reconnecting = Ponowne łączenie
ui-copied = Skopiowano
ui-copy = Kopiuj
ui-copy-value = Kopiuj { $value }
ui-cancel = Anuluj
ui-errors-title = Sprawdź te odpowiedzi
ui-breadcrumbs = Jesteś tutaj
ui-pages = Strony
ui-previous = Poprzednia
ui-next = Następna
ui-step-of = Krok { $n } z { $total }
count-items = { $n ->
    [one] { $n } artykuł
    [few] { $n } artykuły
    [many] { $n } artykułów
   *[other] { $n } artykułu
}

# Czas
ago-now = przed chwilą
ago-minutes = { $n } min temu
ago-hours = { $n ->
    [one] { $n } godzinę temu
    [few] { $n } godziny temu
    [many] { $n } godzin temu
   *[other] { $n } godziny temu
}
ago-days = { $n ->
    [one] { $n } dzień temu
    [few] { $n } dni temu
    [many] { $n } dni temu
   *[other] { $n } dnia temu
}

# Słowa pokazywane przez skrypt
js-close = Zamknij
js-shortcuts = Skróty klawiszowe
js-shortcuts-on = Skróty jednoliterowe są włączone
js-palette = Wpisz polecenie lub numer sprawy
js-palette-empty = Nic nie znaleziono
js-saved = Szkic zapisany
js-save-failed = Szkic jeszcze niezapisany; próbujemy ponownie
js-offline = Brak połączenia. To, co piszesz, zostaje tutaj.
js-scans-waiting = skany czekające na wysłanie
js-next-row = Następny na liście
js-previous-row = Poprzedni na liście
js-search = Szukaj
js-help = Ta pomoc
js-network = To nie dotarło do serwera. Sprawdź połączenie i spróbuj ponownie.
