# Rahmen des Pults: Navigation und was jede seiner Seiten sagt.
desk-nav-home = Start
desk-nav-queue = Warteschlange
desk-nav-new = Neue Retoure
desk-nav-dock = Wareneingang
desk-nav-money = Zahlungen
desk-nav-stock = Bestand
desk-nav-jobs = Aufträge
desk-nav-security = Sicherheit
desk-nav-ledger = Hauptbuch
desk-nav-behind = Im Hintergrund
desk-sandbox = Demodaten: nichts hiervon ist echt.
desk-col-client = Auftraggeber
desk-nav-approvals = Freigaben
desk-nav-clocks = Fristen
lawdesk-title = Rechtspult
desk-help-count = Geben Sie eine ganze Zahl ein
desk-help-amount = Geben Sie einen Betrag wie 12,50 ein
help-choice = einer der Werte, die die Beschreibung nennt

# Pages of the house in the menu
account-title = Mein Konto
limits-title = Grenzen
people-title = Personen
privacy-title = Personenbezogene Daten
