# Le cadre du bureau : la navigation et ce que dit chacune de ses pages.
desk-nav-home = Accueil
desk-nav-queue = File d’attente
desk-nav-new = Nouveau retour
desk-nav-dock = Réception
desk-nav-money = Paiements
desk-nav-stock = Stock
desk-nav-jobs = Tâches
desk-nav-security = Sécurité
desk-nav-ledger = Registre
desk-nav-behind = En coulisses
desk-sandbox = Données de démonstration : rien ici n’est réel.
desk-col-client = Client
desk-nav-approvals = Approbations
desk-nav-clocks = Délais
lawdesk-title = Bureau du droit
desk-help-count = Indiquez un nombre entier
desk-help-amount = Indiquez un montant comme 12,50
help-choice = une des valeurs que nomme la description

# Pages of the house in the menu
account-title = Mon compte
limits-title = Limites
people-title = Personnes
privacy-title = Données personnelles
