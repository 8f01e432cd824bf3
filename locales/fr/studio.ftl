# Atelier des règles : brouillons, contrôle, relecture, approbation et publication.

# Pages
studio-title = Règles de retour
studio-lede = Ce qui est promis aux clients : rédigé, contrôlé par rapport à la loi, approuvé par une seconde personne, publié.
studio-tabs = Ce brouillon
studio-tab-write = Rédiger
studio-tab-check = Contrôler et publier
studio-version = Version { $n }
studio-from-day = à partir du { $day }
studio-line = ligne { $n }

# Versions et brouillons d’un client
studio-in-force = En vigueur
studio-next = Suivante
studio-coming = À venir
studio-drafts = Brouillons
studio-draft = Brouillon
studio-stage = État
studio-changed = Modifié
studio-no-drafts = Aucun brouillon n’est ouvert
studio-no-drafts-why = Commencez-en un à partir de la version en vigueur, changez ce qui doit changer, et faites-le contrôler.
studio-begin = Commencer un brouillon
studio-draft-title = Titre
studio-from = Vaut pour les commandes à partir du
studio-from-hint = Au plus tôt à partir de demain : toutes les commandes d’un jour ont les mêmes conditions.
studio-start = Partir de
studio-start-version = Version { $n }, à partir du { $day }
studio-start-empty = Règles vides
studio-history = Versions
studio-version-column = Version
studio-published = Publiée par
studio-approved = Approuvée par
studio-note = Remarque
studio-house = La maison
studio-nobody = personne
studio-goes-back = Revient à la version { $n }.
studio-no-versions = Rien n’est encore publié
studio-no-versions-why = La première version peut valoir pour les commandes de n’importe quel jour.
studio-roll-back = Revenir à une version plus ancienne
studio-roll-back-why = L’ancien texte devient un nouveau brouillon. Il est contrôlé et approuvé comme tout autre, et les commandes passées entre-temps gardent leurs conditions.
studio-back-to = Revenir à la version { $n }
studio-facts = Cette version
studio-content-hash = Empreinte du contenu
studio-seal = Sceau
studio-law = Contrôlée selon le droit

# Où en est un brouillon
studio-stage-broken = Pas encore lisible
studio-stage-unchecked = Pas contrôlé
studio-stage-checking = Contrôle en cours
studio-stage-undercut = En dessous de la loi
studio-stage-ready = Prêt pour la relecture
studio-stage-in-review = En relecture
studio-stage-approved = Approuvé
studio-stage-published = Publié
studio-stage-dropped = Abandonné
studio-step-write = Rédiger
studio-step-check = Contrôler
studio-step-review = Demander une relecture
studio-step-approve = Seconde personne
studio-step-publish = Publier

# Éditeur
studio-text = Texte des règles
studio-text-hint = TOML. Tout ce que vous écrivez est gardé, même si ce ne sont pas encore des règles.
studio-save = Enregistrer
studio-save-check = Enregistrer et contrôler
studio-preview = Ce que lisent les clients
studio-errors = { $n ->
    [one] Un point ne va pas
   *[other] { $n } points ne vont pas
}
studio-reads = Le texte forme des règles valables
studio-reads-check = Contrôlez-le pour voir s’il est quelque part en dessous de la loi, et ce qui change pour les clients.
studio-clean = Le contrôle n’a rien trouvé
studio-found = { $n ->
    [one] Le contrôle a trouvé un point
   *[other] Le contrôle a trouvé { $n } points
}

# Contrôler et publier
studio-next-step = Étape suivante
studio-check = Contrôler
studio-checking = Contrôle par rapport à la loi
studio-places = { $done } lieux sur { $total }
studio-cancel = Arrêter
studio-do-broken = Le texte ne forme pas encore des règles. L’éditeur montre ligne par ligne ce qui ne va pas.
studio-do-unchecked = Ce texte et ce jour n’ont pas été contrôlés. Le contrôle les compare à la loi de chaque lieu où l’on vend, et à la version en vigueur.
studio-do-law = La loi a changé depuis le contrôle. Contrôlez de nouveau.
studio-do-undercut = Il y a des commandes pour lesquelles ces règles donnent moins que la loi. Elles ne peuvent pas être publiées ; chaque constat ci-dessous montre une telle commande et ce qu’il faut changer.
studio-do-ready = Le contrôle tient. Une seconde personne doit approuver exactement ce texte, ce jour et cet état du droit avant la publication.
studio-do-review = { $name } demande l’approbation de ceci, exactement :
studio-do-publish = { $name } a approuvé. Une fois publiées, les règles valent pour les commandes à partir du { $day } ; les commandes antérieures gardent leurs conditions.
studio-is-published = Publié. Vaut pour les commandes à partir du { $day }.
studio-is-dropped = Ce brouillon a été abandonné. Son texte est gardé.
studio-too-early = Il peut valoir au plus tôt à partir du { $day }. Changez le jour et contrôlez de nouveau.
studio-reason = Pourquoi les avertissements peuvent rester
studio-reason-hint = Publié avec la version, pour qui le demandera plus tard.
studio-ask-review = Demander une relecture
studio-approve = Approuver exactement ceci
studio-no-approver = Vous ne pouvez pas approuver de règles. Les personnes du client et les administrateurs le peuvent.
studio-own = Vous avez participé à ce brouillon : quelqu’un d’autre doit l’approuver.
studio-publish = Publier
studio-written-by = Rédigé par
studio-drop = Abandonner ce brouillon
studio-drop-why = Il quitte la liste. Le texte est gardé, mais personne ne peut plus y travailler.
studio-findings = Constats
studio-checked-places = { $places ->
    [one] Contrôlé selon la loi d’un lieu.
   *[other] Contrôlé selon la loi de { $places } lieux.
}
studio-their-words = Aucun juriste n’a relu une règle, sauf si le bureau du droit le dit.
studio-kind-undercut = En dessous de la loi
studio-kind-contradiction = Contradiction
studio-kind-unreachable = Jamais atteint
studio-kind-ground = Fondement inconnu
studio-kind-gap = Lacune
studio-witness = Une telle commande
studio-help = Que faire :
studio-policy-gives = Ce que font les règles
studio-law-gives = Ce que donne la loi
studio-source = Source :
studio-also-in = Aussi à :
studio-changes = Qui y gagne ou y perd
studio-changes-why = Par rapport à la version en vigueur, chaque fois avec la commande la plus simple qui le montre.
studio-no-changes = Personne n’est traité autrement
studio-no-changes-why = Aucune commande ne reçoit une autre réponse que sous la version en vigueur.
studio-who = Clients
studio-aspect = En quoi
studio-before = Maintenant
studio-after = Ensuite
studio-example = Une telle commande
studio-worse = perdent
studio-better = gagnent
studio-different = autrement
studio-more-changes = { $n ->
    [one] Un autre changement n’est pas montré.
   *[other] { $n } autres changements ne sont pas montrés.
}

# Champs
help-date = Indiquez un jour, comme 2027-03-01.
help-studio-title = Donnez un titre de 1 à 120 caractères.
help-studio-text = Le texte dépasse 256 Kio.
help-studio-tests = Le tableau d’essais dépasse 1 Mio.
help-studio-reason = 2 000 caractères au plus.
help-studio-alone = Dites pourquoi personne d’autre ne l’approuve.

# Pourquoi un brouillon n’avance pas
problem-policy-no-policy = Le texte ne forme pas des règles
problem-policy-no-policy-do = Corrigez ce que marque l’éditeur, puis contrôlez de nouveau.
problem-policy-not-checked = Il n’a pas été contrôlé tel qu’il est
problem-policy-not-checked-do = Contrôlez le brouillon, puis réessayez.
problem-policy-law-changed = La loi a changé depuis le contrôle
problem-policy-law-changed-do = Contrôlez de nouveau le brouillon selon la loi d’aujourd’hui.
problem-policy-undercut = Les règles sont en dessous de la loi
problem-policy-undercut-do = Lisez la commande que montre chaque constat et changez la règle qu’il nomme. Rien n’a été publié.
problem-policy-warnings = Les avertissements du contrôle demandent une raison
problem-policy-warnings-do = Dites pourquoi ils peuvent rester, ou changez les règles qu’ils nomment.
problem-policy-too-early = Le premier jour est trop proche
problem-policy-too-early-do = Choisissez demain ou un jour suivant : toutes les commandes d’un jour ont les mêmes conditions.
problem-policy-not-in-review = Personne n’a demandé de relecture du brouillon tel qu’il est
problem-policy-not-in-review-do = Contrôlez-le et demandez une relecture ; tout changement annule la demande précédente.
problem-policy-other-seal = Le brouillon a changé depuis qu’il vous a été montré
problem-policy-other-seal-do = Relisez-le tel qu’il est maintenant, puis approuvez.
problem-policy-second-person = Quelqu’un d’autre doit l’approuver
problem-policy-second-person-do = Demandez à une personne qui n’a ni rédigé le brouillon ni demandé sa relecture.
problem-policy-not-approved = Personne ne l’a approuvé tel qu’il est
problem-policy-not-approved-do = Demandez à une seconde personne d’approuver exactement ce texte, ce jour et cet état du droit.
problem-policy-closed = Le brouillon est clos
problem-policy-closed-do = Il a été publié ou abandonné. Commencez-en un nouveau.

# Tableau d’essais
studio-tab-tests = Tableau d’essais
studio-tab-backtest = Rejeu
studio-one-order = Essayer une commande
studio-try = Décider
studio-try-keep = Décider et garder comme ligne
studio-answer = Réponse
studio-offered = Proposé :
studio-test-place = Livré à (DE, US-NY)
studio-test-channel = Vendu
studio-test-category = Catégorie
studio-test-sku = Référence
studio-test-ordered = Commandé le
studio-test-delivered = Livré le
studio-test-asked = Demandé le
studio-test-reason = Motif
studio-test-wanted = Souhaité
studio-test-units = Pièces
studio-test-price = Prix unitaire
studio-test-currency = Devise
studio-test-expect = Attendu
studio-test-nothing = Rien de particulier
studio-test-opened = Scellé rompu
studio-test-final-sale = Vendu à titre définitif
studio-test-evidence = Toutes les preuves sont là
studio-test-order = Commande
studio-channel-online = en ligne
studio-channel-store = en magasin
studio-channel-marketplace = sur une place de marché
studio-channel-phone = par téléphone
studio-channel-business = à une entreprise
studio-ending-declined = refusé
studio-ending-asked = complément demandé
studio-ending-review = à examiner
studio-ending-partly = accordé en partie
studio-ending-granted = accordé
studio-ending-kept = accordé, articles gardés
studio-table = Tableau d’essais
studio-table-none = Pas encore de lignes
studio-table-none-why = Gardez des commandes que vous essayez, ou collez un tableau. Elles restent avec le brouillon et sont décidées de nouveau à chaque visite.
studio-table-sum = Conformes à l’attente : { $good } sur { $all }.
studio-row = Ligne
studio-money = Argent
studio-why = Parce que
studio-as-expected = comme attendu
studio-not-expected = pas comme attendu
studio-row-bad = illisible
studio-csv = Beaucoup à la fois
studio-csv-text = Lignes en CSV
studio-csv-hint = Une commande par ligne, 1 000 au plus. Des colonnes peuvent manquer, et leur ordre est libre.
studio-csv-file = Ou les prendre dans un fichier
studio-csv-run = Enregistrer et exécuter
studio-csv-columns = Colonnes et exemple

# Rejeu
studio-replay = Décider de nouveau
studio-replay-why = De vrais dossiers des derniers jours sont décidés de nouveau, sur les faits d’alors, selon la version de leur achat et selon ce brouillon. Rien ne change dans aucun dossier.
studio-replay-days = Nombre de jours en arrière
studio-replay-none = Pas encore de rejeu
studio-replay-none-why = Voyez combien de personnes auraient gagné ou perdu, avant que cela n’arrive à quiconque.
studio-replay-old = Le brouillon a changé depuis ce rejeu.
studio-replaying = Nouvelle décision des dossiers
studio-replay-cases = { $done } dossiers sur { $total }
studio-replay-failed = Le rejeu a échoué
studio-replay-stopped = Le rejeu a été arrêté, ou le brouillon a changé avant son début.
studio-replayed = Dossiers : { $cases }, personnes : { $people }, jours : { $days }.
studio-replay-how = L’argent est ce qu’une règle accorde aussitôt ; ce qu’une personne ou une preuve décide compte encore pour rien. Les exceptions des articles sont celles de la vente.
studio-endings = Ce que deviennent les dossiers
studio-cases = Dossiers
studio-people = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
}
studio-people-column = Personnes
studio-money-before = Argent maintenant
studio-money-after = Argent ensuite
studio-fare-worse = Perdent
studio-fare-better = Gagnent
studio-fare-other = Autrement
studio-fare-same = inchangé
studio-unasked = Des règles ne décident pas d’articles que personne n’a annoncés. Dossiers laissés de côté : { $n }.
studio-incomplete = Seuls les 200 000 premiers dossiers changés peuvent être consultés ; tous sont comptés.
studio-case = Retour
studio-opened = Demandé le
studio-country = Pays
studio-clause = Clause du brouillon
studio-no-cases = Aucun dossier ici
studio-no-cases-why = Rien dans ce rejeu ne finit ainsi.
help-studio-days = Indiquez un nombre de jours de 1 à 1 100.
help-studio-row = Cette ligne ne correspond pas aux colonnes.
help-studio-place = Indiquez un pays comme DE, ou avec sa partie comme US-NY.
help-studio-currency = Indiquez une devise des règles, comme EUR.
