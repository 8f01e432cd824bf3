# Le portail des acheteurs : mots simples, phrases courtes, une question par page.
portal-this-language = Français
portal-languages = Langue
portal-questions = Des questions ? Écrivez-nous :
portal-continue = Continuer
portal-back = Retour
portal-change = Modifier
portal-leave = J’ai fini sur cet appareil
portal-rma = Numéro de retour

portal-step-order = Commande
portal-step-items = Articles
portal-step-reason = Motif
portal-step-outcome = Souhait
portal-step-send = Envoi
portal-step-check = Vérifier

portal-landing-title = Retours
portal-landing-lede = Commencez un retour en quelques minutes. Pas besoin de compte.
portal-start = Commencer un retour
portal-follow = Suivre un retour
portal-policy-title = Nos règles de retour en bref
portal-policy-special = Règles pour certains articles, motifs et lieux
portal-policy-law = Vos droits légaux ne sont jamais moindres. Avant tout envoi, vous voyez ce que vous recevez et pourquoi.

portal-find-title = De quelle commande s’agit-il ?
portal-follow-title = Suivre un retour
portal-open-title = Ouvrir votre retour
portal-find-lede = Avec le numéro de commande et votre adresse e-mail ou code postal, nous la trouvons.
portal-open-lede = Merci de montrer que la commande est à vous.
portal-find-late = Votre dernière visite date un peu. Retrouvez votre commande ; les réponses en cours sont gardées.
portal-find-number = Numéro de commande
portal-find-number-hint = Il est dans votre confirmation de commande.
portal-find-proof = Adresse e-mail ou code postal
portal-find-proof-hint = Celui donné avec la commande.
portal-find-number-missing = Entrez le numéro de commande
portal-find-proof-missing = Entrez l’adresse e-mail ou le code postal de la commande
portal-find-wrong = Nous ne trouvons pas de commande avec ces informations. Vérifiez le numéro et l’adresse e-mail ou le code postal.

portal-items-title = Quels articles voulez-vous renvoyer ?
portal-items-lede = Commande { $number }
portal-items-none = Choisissez au moins un article
portal-items-wrong = Choisissez une des quantités affichées
portal-items-many = Choisissez 50 articles au plus ; pour davantage, écrivez-nous
portal-items-nothing = Rien de cette commande ne peut être renvoyé maintenant
portal-items-nothing-do = Pour chaque article, vous voyez ci-dessous pourquoi.
portal-items-returns = Retours de cette commande
portal-item-bought = { $n ->
    [one] { $n } acheté
   *[other] { $n } achetés
}
portal-item-of = Article { $n } sur { $total }
portal-item-not-sent = { $n ->
    [one] { $n } pas encore expédié. Écrivez-nous pour l’annuler.
   *[other] { $n } pas encore expédiés. Écrivez-nous pour les annuler.
}
portal-item-in-return = { $n ->
    [one] { $n } est déjà en retour
   *[other] { $n } sont déjà en retour
}
portal-units-label = Combien ?
portal-units-none = Aucun
portal-units = { $n }
portal-lost = Ces réponses ne vont pas avec cette commande
portal-lost-do = Recommencer avec les articles

portal-reason-title = Pourquoi le renvoyez-vous ?
portal-reason-label = Choisissez le motif qui convient le mieux
portal-reason-missing = Choisissez un motif
portal-details-title = Dites-nous en un peu plus
portal-opened = Il est ouvert ou a été utilisé
portal-opened-hint = Le scellé ou l’emballage est ouvert, ou il a été essayé plus longtemps qu’en magasin.
portal-opened-short = ouvert ou utilisé
portal-lacks = Qu’est-ce qui est vrai pour cet article ?
portal-lacks-hint = Cochez ce qui convient. Cela décide s’il peut revenir selon les règles de la boutique ; vos droits légaux restent les mêmes.
portal-lacks-unopened = Il a été ouvert
portal-lacks-unused = Il a été utilisé ou porté
portal-lacks-packaging = L’emballage d’origine manque
portal-lacks-tags = Les étiquettes sont enlevées
portal-lacks-complete = Une pièce ou un accessoire manque
portal-note = Quel est le problème ?
portal-note-optional = Quelque chose à nous dire ? (facultatif)
portal-note-hint = Quelques mots suffisent. N’écrivez pas de numéro de carte ou de compte.
portal-note-long = Raccourcissez à 500 caractères
portal-serial = Numéro de série
portal-serial-hint = Il est sur l’appareil ou sa boîte.
portal-photos = { $n ->
    [one] Il nous faudra { $n } photo
   *[other] Il nous faudra { $n } photos
}
portal-claim-photos = Photos, si elles montrent le problème
portal-claim-photo-kept = La photo { $n } est gardée avec ce formulaire
portal-photos-later = Vous pourrez les ajouter sur la page de votre retour dès qu’il est envoyé.
portal-photos-mail = Ou envoyez-les par e-mail
portal-photos-hint = JPEG, PNG ou WebP, six au plus à la fois. Le lieu et l’appareil en sont retirés.
portal-photos-given = Vos photos
portal-photo-n = Photo { $n }
portal-photos-many = Choisissez six photos au plus.
portal-photos-unread = L’un des fichiers n’est pas une photo lisible. Choisissez JPEG, PNG ou WebP.

portal-outcome-title = Que souhaitez-vous ?
portal-outcome-label = Choisissez
portal-outcome-missing = Choisissez ce que vous souhaitez
portal-outcome-none = Nous ne pouvons rien proposer ici
portal-outcome-none-do = Sur la dernière page, vous voyez pourquoi et ce que vous pouvez faire.
portal-outcome-exchange = Une autre taille ou couleur à la place
portal-outcome-store-credit = À dépenser dans la boutique, sans date de fin
portal-outcome-replacement = Le même article à nouveau
portal-outcome-repair = Nous le réparons et le renvoyons
portal-outcome-refund = Sur le moyen de paiement utilisé
portal-outcome-whole = Tous les articles jusqu’ici : { $amount }.
portal-outcome-every = Afficher tous les choix, remboursement compris
portal-bonus = L’avoir comprend { $amount } en plus.
portal-variant = Taille ou couleur souhaitée
portal-variant-hint = Seulement pour un échange.

portal-send-title = Comment remettez-vous le colis ?
portal-send-label = Choisissez
portal-send-missing = Choisissez comment vous remettez le colis
portal-send-print = Imprimer l’étiquette
portal-send-print-note = Un PDF pour votre imprimante ; collez-le sur le colis.
portal-send-show = Montrer un code sur le téléphone
portal-send-show-note = Sans imprimante ; l’étiquette est imprimée au point de dépôt.

portal-check-title = Vérifier et envoyer
portal-check-answers = Vos réponses
portal-check-approved = Tout peut revenir. Rien n’est envoyé avant votre accord.
portal-check-partly = Une partie peut revenir. Ci-dessous, vous voyez pourquoi.
portal-check-review = Une personne va d’abord regarder.
portal-check-info = Il nous faut encore un peu d’information avant de décider.
portal-check-all-declined = Selon les règles de la boutique, cela ne peut pas revenir.
portal-check-send = Envoyer la demande
portal-check-send-anyway = Demander quand même
portal-check-declined = Vous pouvez quand même demander
portal-check-declined-do = Vous recevez la décision par écrit et pouvez la contester ; une personne regarde alors. Votre droit légal de rétractation reste à part :
portal-verdict-authorise = Peut revenir
portal-verdict-keep = À garder, argent rendu
portal-verdict-donate = À donner, argent remboursé
portal-all-items = Pour tous les articles
portal-verdict-review = Une personne regarde
portal-verdict-info = Il manque quelque chose
portal-verdict-decline = Non accepté
portal-words = Article { $line } : { $words }
portal-words-variant = Souhaite à la place : { $variant }.
portal-words-serial = Numéro de série : { $serial }.

portal-quote-title = Ce que vous recevez
portal-quote-total = Vous recevez
portal-quote-with-bonus = Avec l’avoir en plus
portal-quote-tax = Dont { $amount } de taxe.
portal-quote-goods = { $n ->
    [one] { $item }
   *[other] { $n } × { $item }
}
portal-quote-charge = Supplément
portal-quote-shipping = Livraison
portal-quote-promotion = Promotion
portal-quote-fee = Frais
portal-quote-label = Étiquette de retour
portal-quote-deduction = Perte de valeur
portal-quote-ceiling = Limite de ce qui a été payé
portal-quote-bonus = Avoir en plus
portal-clocks-title = Les jours qui comptent
portal-clock-window = Fin du délai de retour
portal-clock-withdrawal = Fin du droit de rétractation
portal-clock-refund = Argent rendu au plus tard le
portal-clock-promised = Remboursement promis par la boutique
portal-clock-send = À remettre au plus tard le
portal-rights-title = Vos droits selon la loi
portal-rights-note = Ces droits valent quelles que soient les règles de la boutique.

portal-done-title = Votre demande de retour nous est parvenue
portal-done-mail = Nous écrivons aussi à
portal-done-follow = Suivre ce retour
portal-label-title = Votre étiquette de retour
portal-label-print = Ouvrir l’étiquette (PDF)
portal-label-no-printer = Pas d’imprimante ? Montrez ce code
portal-label-soon = Votre étiquette se prépare
portal-label-soon-do = Cela prend quelques secondes. Rechargez cette page.
portal-qr-alt = Code de ce retour
portal-qr-show = Montrez ce code au point de dépôt.

portal-next = La suite
portal-next-refund = Vous recevez votre argent au plus tard le { $date }.
portal-status-order = Commande { $number }
portal-history = Ce qui s’est passé
portal-to-order = Revenir à la commande
portal-worth-title = Ce que vous recevez
portal-worth-how = Comment c’est calculé
portal-kind-bonus = Avoir en plus
portal-kind-collect = Ce que vous ajoutez
portal-kind-hold = Garantie pour un envoi avant retour
portal-payment-requested = Accordé ; nous l’envoyons
portal-payment-sent = En route vers vous
portal-payment-settled = Confirmé : arrivé
portal-payment-returned = Cela nous est revenu ; nous réglons la question

portal-stage-asked = Demandé
portal-stage-approved = Accepté
portal-stage-sent = Envoyé
portal-stage-arrived = Arrivé
portal-stage-paid = Payé

portal-status-submitted = Reçu
portal-status-submitted-next = Nous regardons votre demande maintenant.
portal-status-needs-info = Il nous manque quelque chose
portal-status-needs-info-next = Répondez à la question sur cette page. Puis nous continuons.
portal-status-in-review = Une personne regarde
portal-status-in-review-next = Vous recevez une réponse par e-mail. Vous n’avez rien à faire.
portal-status-authorised = Accepté
portal-status-authorised-next = Votre étiquette arrive. Emballez ensuite les articles et remettez-les.
portal-status-partly-authorised = Accepté en partie
portal-status-partly-authorised-next = Renvoyez seulement les articles acceptés. Pour les autres, vous voyez pourquoi ci-dessous.
portal-status-declined = Non accepté
portal-status-declined-next = Ci-dessous, vous voyez pourquoi. Vous pouvez contester ; une personne regarde alors.
portal-status-awaiting-goods = Nous attendons votre colis
portal-status-awaiting-goods-next = Emballez les articles, collez l’étiquette et remettez le colis.
portal-status-in-transit = En route vers nous
portal-status-in-transit-next = Le transporteur a votre colis. Nous écrivons quand il arrive.
portal-status-arrived = Arrivé
portal-status-arrived-next = Nous le déballons et comptons maintenant.
portal-status-inspecting = En contrôle
portal-status-inspecting-next = Nous contrôlons les articles, puis nous décidons de l’argent.
portal-status-decided = Décidé
portal-status-decided-next = La décision est prise ; voyez ci-dessous ce que vous recevez.
portal-status-settling = L’argent est en route
portal-status-settling-next = Les banques peuvent mettre quelques jours à l’afficher.
portal-status-settled = Payé
portal-status-settled-next = Vous n’avez plus rien à faire.
portal-status-closed = Terminé
portal-status-closed-next = Tout est fait. Écrivez-nous s’il manque quelque chose.
portal-status-on-hold = En attente
portal-status-on-hold-next = Nous devons d’abord éclaircir une question et vous écrivons.
portal-status-appealed = Votre réclamation est à l’étude
portal-status-appealed-next = Une personne qui n’a pas décidé avant l’examine et vous écrit.
portal-status-disputed = Chez votre banque
portal-status-disputed-next = Vous avez demandé l’argent à votre banque. Nous attendons sa décision.
portal-status-cancelled = Annulé
portal-status-cancelled-next = Rien ne revient. Vous pouvez recommencer tant que le délai court.
portal-status-expired = Trop tard
portal-status-expired-next = Le colis n’a pas été remis à temps. Écrivez-nous si vous l’avez envoyé.
portal-status-reopened = Rouvert
portal-status-reopened-next = Nous regardons encore une fois et vous écrivons.

portal-event-requested = Vous avez demandé le retour
portal-event-info-asked = Nous vous avons demandé quelque chose
portal-event-info-answered = Vous avez répondu
portal-event-authorised = Accepté
portal-event-kept = Accepté ; vous gardez l’article
portal-event-declined = Non accepté
portal-event-label = Étiquette faite
portal-event-shipped = Remis au transporteur
portal-event-delivered = Livré chez nous
portal-event-received = Déballé et compté
portal-event-graded = Contrôlé
portal-event-granted = Argent accordé
portal-event-sent = Argent envoyé
portal-event-paid = Argent arrivé
portal-event-returned = L’argent nous est revenu
portal-event-cancelled = Annulé
portal-event-appealed = Vous avez contesté
portal-event-upheld = Réclamation décidée : la décision est maintenue
portal-event-overturned = Réclamation décidée en votre faveur
portal-event-expired = Pas remis à temps
portal-event-reopened = Rouvert
portal-event-closed = Terminé

portal-question-title = Il nous faut ceci de votre part
portal-question-send = Envoyer la réponse
portal-question-empty = Écrivez une réponse
portal-appeal-title = Pas d’accord ?
portal-appeal-lede = Dites pourquoi. Une personne qui n’a pas décidé avant l’examine.
portal-appeal-answer = Quelqu’un d’autre examine votre réclamation. Vous aurez une réponse au plus tard le { $date }.
portal-appeal-until = Vous pouvez contester jusqu’au { $date }.
portal-appeal-label = Votre réclamation
portal-appeal-send = Envoyer la réclamation
portal-appeal-missing = Dites pourquoi vous n’êtes pas d’accord
portal-cancel-title = Annuler ce retour
portal-cancel-lede = Le retour { $rma } se termine et son étiquette n’est plus valable.
portal-cancel-send = L’annuler

# La rétractation légale ; les deux libellés suivent la directive (UE) 2023/2673.
portal-withdraw-title = Droit de rétractation
portal-withdraw-short = Acheté à distance ? La loi vous permet de vous rétracter du contrat sans donner de motif.
portal-withdraw-here = Renoncer au contrat ici
portal-withdraw-lede = Sans motif et sans compte. Rien n’est déclaré avant votre confirmation à la page suivante.
portal-withdraw-name = Votre nom
portal-withdraw-name-missing = Entrez votre nom
portal-withdraw-email = Adresse e-mail de la commande
portal-withdraw-email-hint = Nous y envoyons l’accusé de réception.
portal-withdraw-email-missing = Entrez l’adresse e-mail de la commande
portal-withdraw-next = Continuer vers la confirmation
portal-withdraw-step = Étape 1 sur 2
portal-withdraw-confirm-title = Confirmer votre rétractation
portal-withdraw-statement = Je me rétracte du contrat avec { $client } sur la commande { $number } pour ces articles :
portal-withdraw-items = Articles
portal-withdraw-none = Laissez au moins un article coché
portal-withdraw-ack-to = L’accusé de réception va à
portal-withdraw-after = Vous recevez tout de suite un accusé avec date et heure, puis ce qu’il faut pour renvoyer les articles.
portal-withdraw-confirm = Confirmer la rétractation
portal-withdraw-nothing = Aucun article de cette commande n’est ouvert ici
portal-withdraw-nothing-do = Tout est déjà en retour ou n’a pas encore été envoyé. Vous pouvez quand même confirmer : votre rétractation compte dès maintenant, et une personne règle le reste.
portal-withdraw-done = Votre rétractation a été reçue
portal-withdraw-done-mail = Nous envoyons aussi cet accusé à
portal-receipt-kept = Votre rétractation et le moment de sa réception sont enregistrés.
portal-receipt-open = Ouvrir l’accusé de réception
portal-receipt-pdf = Enregistrer en PDF
portal-withdraw-email-wrong = Entrez une adresse e-mail comme nom@example.com
portal-withdraw-statement-all = Je me rétracte du contrat avec { $client } sur la commande { $number }.
portal-withdraw-unmatched = Nous n’avons pas trouvé cette commande tout seuls
portal-withdraw-unmatched-do = Vous pouvez quand même confirmer : votre rétractation compte dès ce moment et est confirmée tout de suite. Une personne cherche ensuite la commande.
portal-withdraw-next-person = Une personne cherche maintenant votre commande et vous écrit pour la suite.
# Le libellé est celui que demande la loi argentine (Disposición 954/2025), dans sa langue.
portal-revoke-button = Botón de arrepentimiento
portal-revoke-lede = Vous pouvez révoquer votre achat sous 10 jours, sans motif et sans frais. Vous recevez tout de suite le code de votre demande.
portal-revoke-email = Adresse e-mail
portal-revoke-email-hint = Nous y envoyons le code de votre demande.
portal-revoke-send = Révoquer l’achat

portal-credit-title = Votre avoir
portal-credit-now = Vous pouvez dépenser
portal-credit-promotional = dont { $amount } de bonus, utilisé en premier et jamais versé en argent
portal-credit-ends = La prochaine partie peut être dépensée jusqu’au { $day }.
portal-account-title = Où verser votre remboursement ?
portal-account-lede = Nous versons { $amount } sur un compte bancaire que vous indiquez ici. Cette page sert une fois.
portal-account-holder = Nom du titulaire du compte
portal-account-holder-hint = Comme sur votre carte bancaire ou votre relevé.
portal-account-iban = IBAN
portal-account-iban-hint = Deux lettres et jusqu’à 32 autres caractères, sur votre relevé ou votre carte.
portal-account-reason = Pourquoi le compte n’est-il pas à votre nom ?
portal-account-reason-hint = Par exemple : le compte de ma compagne.
portal-account-proof-hint = Comme dans votre commande, pour montrer que c’est vous.
portal-account-proof-wrong = Ce n’est pas l’adresse e-mail ou le code postal de la commande.
portal-account-next = Une personne vérifie le compte avant tout paiement, et nous vous écrivons.
portal-account-send = Utiliser ce compte
portal-account-done-title = Merci : nous avons votre compte
portal-account-done = Une personne le vérifie maintenant. Vous recevez un e-mail avant tout paiement.
portal-account-home = Vers l’accueil
portal-account-gone = Ce lien ne fonctionne plus
portal-account-used = Il a déjà servi une fois ; il n’est fait que pour cela.
portal-account-late = Son délai est passé.
portal-account-nothing = Il n’y a plus rien pour quoi indiquer un compte.
portal-account-help = S’il vous en faut un nouveau, écrivez à { $mail }.
portal-object-title = Arrêter ce changement ?
portal-object-lede = Quelqu’un a indiqué un autre compte bancaire pour votre remboursement. Si ce n’était pas vous, arrêtez-le ici : le remboursement retourne alors au moyen de paiement d’origine.
portal-object-amount = Votre remboursement
portal-object-send = Ce n’était pas moi : arrêter
portal-object-else = Si c’était vous, fermez cette page. Rien ne change.
portal-object-done-title = Arrêté
portal-object-done = Le remboursement retourne au moyen de paiement d’origine. L’un de nous examine ce qui s’est passé.
