# Rama pulpitu: nawigacja i to, co mówi każda jego strona.
desk-nav-home = Start
desk-nav-queue = Kolejka
desk-nav-new = Nowy zwrot
desk-nav-dock = Przyjęcia
desk-nav-money = Płatności
desk-nav-stock = Stany
desk-nav-jobs = Zadania
desk-nav-security = Bezpieczeństwo
desk-nav-ledger = Rejestr
desk-nav-behind = Zaplecze
desk-sandbox = Dane pokazowe: nic tu nie jest prawdziwe.
desk-col-client = Klient
desk-nav-approvals = Zatwierdzenia
desk-nav-clocks = Terminy
lawdesk-title = Pulpit prawny
desk-help-count = Podaj liczbę całkowitą
desk-help-amount = Podaj kwotę, na przykład 12,50
help-choice = jedna z wartości podanych w opisie

# Pages of the house in the menu
account-title = Moje konto
limits-title = Limity
people-title = Osoby
privacy-title = Dane osobowe
