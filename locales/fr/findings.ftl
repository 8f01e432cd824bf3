# Ce que trouve le contrôle des règles et ce que change une nouvelle version. Les noms du langage des
# règles (as_law, only_opened) restent tels qu’ils sont écrits dans le fichier.

# En dessous de la loi
finding-window = Le délai finit avant le droit du client
finding-window-help = Allongez-le, comptez à partir de last_parcel, ou ajoutez as_law = true.
finding-exclusion = L’exclusion va plus loin que la loi ne le permet
finding-exclusion-help = Réduisez-la (only_opened), limitez-la aux marchés qui la permettent, ou ajoutez where_lawful = true.
finding-final-sale = La loi permet de retourner des articles vendus à titre définitif
finding-final-sale-help = Écrivez-y final_sale = "where_lawful" ou "never".
finding-reason = Un motif est refusé alors que le droit n’en demande aucun
finding-reason-help = Acceptez le motif à ces endroits.
finding-eligibility = Des demandes sont refusées pour leur valeur ou leur nombre alors que la loi les admet
finding-eligibility-help = Supprimez la limite à ces endroits.
finding-condition = Des articles sont refusés pour leur état alors que la loi en permet le retour
finding-condition-help = Supprimez la condition ; la perte de valeur peut être déduite selon l’état constaté.
finding-evidence = Des preuves sont exigées alors que le droit ne demande aucun motif
finding-evidence-help = Supprimez les preuves pour ce motif.
finding-fee = Des frais sont pris alors que la loi n’en permet aucun
finding-fee-help = Ajoutez waiver = { "{" } statutory = true { "}" }, ou none = true à ces endroits.
finding-deduction = Une déduction est faite là où la loi n’en permet aucune
finding-deduction-help = Ne déduisez rien pour les états A et B, ou rien du tout à ces endroits.
finding-refund-form = Le client ne peut pas choisir ce que la loi lui donne
finding-refund-form-help = Ajoutez "refund" (ou "replacement" ou "repair" pour les défauts) à outcomes.
finding-outbound = Ce qui a été payé pour la livraison est gardé
finding-outbound-help = Écrivez shipping.rule = "full_on_full_order" ou mieux.
finding-return-cost = Le client paie un envoi de retour que le vendeur doit payer
finding-return-cost-help = Écrivez label = "merchant" et aucun frais return_label à ces endroits.
finding-refund-time = L’argent part plus tard que la loi ne le permet
finding-refund-time-help = Écrivez statutory = "first_scan" ou plus tôt, et un within_days plus petit.

# Les deux résultats d’une commande
finding-when = { $control ->
    [immediate] tout de suite
    [approved] dès que le retour est accepté
    [first_scan] dès que le transporteur a enregistré le colis
    [delivered] dès que le colis est arrivé
    [received] dès que les articles sont comptés
   *[inspected] dès que les articles sont contrôlés
}{ $days ->
    [0] {""}
    [one] , ou un jour plus tard
   *[other] , ou jusqu’à { $days } jours plus tard
}
finding-policy-refuses = { $code ->
    [category_excluded] refuse : les articles sont exclus
    [final_sale] refuse : vendu à titre définitif
    [reason_not_accepted] refuse : ce motif n’est pas accepté
    [not_eligible] refuse : cette valeur ou ce nombre n’est pas accepté
    [condition_not_met] refuse : les articles ne sont pas dans l’état demandé
   *[any] refuse
}
finding-policy-closed = refuse : le délai a pris fin le { $day }
finding-policy-evidence = demande des preuves pour le motif { $reason }
finding-policy-outbound = garde ce qui a été payé pour la livraison, même si toute la commande revient
finding-policy-deduction = garde { $rate } du prix pour des articles d’état { $grade }
finding-policy-pays = rembourse { finding-when } ; ici le { $day }
finding-policy-fee = { fee-name } : { $amount }
finding-policy-return-cost = le client paie le retour
finding-policy-offers = n’offre que { $outcomes }
finding-law-until = le droit peut être exercé jusqu’au { $day }
finding-law-open = le droit peut être exercé ; la loi ne fixe pas de dernier jour
finding-law-evidence = le droit ne demande ni motif ni preuve
finding-law-outbound = le prix de la livraison standard est remboursé aussi
finding-law-no-deduction = rien ne peut être déduit
finding-law-deduction = seulement la perte de valeur due à plus de manipulations qu’il n’en faut pour voir l’article
finding-law-due = l’argent est dû le { $day }
finding-law-return-cost = le vendeur paie le retour
finding-law-no-fee = aucuns frais ne peuvent être pris pour l’exercice du droit
finding-law-repair = donne droit à la réparation ou au remplacement
finding-law-refund = donne droit au remboursement

# Contradictions, règles mortes, lacunes
finding-market-unsold = Le marché { $name } n’a pas de commandes : aucun de ses pays n’est dans countries
finding-market-unsold-help = Ajoutez-les, ou supprimez le marché.
finding-label-twice = Le marchand paie le retour et le client paie des frais pour l’étiquette
finding-label-twice-help = Gardez soit label = "merchant", soit fees.return_label.
finding-reason-says-more = Le motif n’est pas accepté : ses jours, preuves et choix ne disent donc rien
finding-reason-says-more-help = Supprimez-les, ou acceptez le motif.
finding-fee-waived = Les frais sont levés pour tout ce qui est offert : personne ne les paie
finding-fee-waived-help = Écrivez none = true.
finding-cap-below = Le plafond est sous le montant : le montant n’est jamais pris
finding-cap-below-help = Écrivez le plafond comme amount.
finding-stay-above-approval = Des articles peuvent rester jusqu’à plus qu’une règle ne peut approuver : une personne doit regarder chaque fois
finding-stay-above-approval-help = Augmentez auto_approve ou baissez returnless.up_to.
finding-values-crossed = La plus petite valeur dépasse la plus grande : rien n’est accepté
finding-values-crossed-help = Échangez les deux.
finding-bonus-not-offered = Il y a un bonus pour { $outcome }, qui n’est pas offert
finding-bonus-not-offered-help = Offrez ce choix, ou supprimez le bonus.
finding-prefer-not-offered = Un échange doit venir en premier, mais rien n’en propose
finding-prefer-not-offered-help = Proposez-le dans outcomes, ou supprimez prefer.
finding-authority-crossed = Les agents peuvent décider de plus grands montants que les chefs d’équipe
finding-authority-crossed-help = Échangez les deux.
finding-dead = Aucune commande n’atteint cette règle
finding-dead-help = Une autre règle parle toujours avant ; supprimez celle-ci, ou changez l’autre.
finding-ground = La loi ne connaît pas d’exception « { $name } »
finding-ground-help = Prenez un nom des fichiers de droit, comme sealed_hygiene_unsealed ; tel quel, le motif ne porte rien.
finding-gap-label = Rien ne dit qui paie le retour ; c’est le client
finding-gap-label-help = Ajoutez label.
finding-gap-shipping = Rien ne dit quand la livraison est remboursée ; elle ne l’est que si le vendeur est en faute
finding-gap-shipping-help = Ajoutez shipping = { "{" } rule = "full_on_full_order" { "}" }.
finding-gap-refund = Rien ne dit quand l’argent part ; il attend le contrôle
finding-gap-refund-help = Ajoutez refund = { "{" } control = "received" { "}" }.
finding-gap-approval = Aucune règle ne peut approuver ; une personne regarde chaque retour
finding-gap-approval-help = Ajoutez auto_approve.
finding-gap-appeal = Rien ne dit comment contester une décision
finding-gap-appeal-help = Ajoutez appeal = { "{" } days = 30, answer_days = 5 { "}" }.
finding-gap-final-sale = Les articles en vente définitive sont refusés, et aucun texte ne le dit
finding-gap-final-sale-help = Ajoutez [final_sale] avec un texte, ou final_sale = "never".
finding-gap-reason = Aucun motif propre au client ne correspond à { $reason }
finding-gap-reason-help = Ajoutez-en un, pour que les acheteurs puissent le dire.
finding-gap-before-delivery = Une marchandise encore en route le jour où elle arrive d’habitude n’a pas de réponse ; une personne regarde
finding-gap-before-delivery-help = Ajoutez transit_days, ou donnez un jour de plus au délai.

# Une commande, point par point
finding-order-comma = ,{" "}
finding-order-place = { $name }
finding-order-channel = { $channel ->
    [online] en ligne
    [store] en magasin
    [marketplace] sur une place de marché
    [phone] par téléphone
   *[business] à une entreprise
}
finding-order-category = catégorie { $name }
finding-order-article = article { $name }
finding-order-placed = commandé le { $day }
finding-order-delivered = livré le { $day }
finding-order-undelivered = pas livré
finding-order-last-parcel = dernier colis le { $day }
finding-order-asked = demandé le { $day }
finding-order-reason = motif { $reason }
finding-order-own-reason = dans les mots du client { $name }
finding-order-paid = payé { $amount }
finding-order-units = { $n ->
    [one] { $n } pièce
   *[other] { $n } pièces
}
finding-order-seal = { $seal ->
    [broken] scellé rompu
   *[intact] scellé intact
}
finding-order-final-sale = vente définitive
finding-order-lacks = { $condition ->
    [unopened] ouvert
    [unused] utilisé
    [packaging] sans l’emballage d’origine
    [tags] sans les étiquettes
   *[complete] incomplet
}
finding-order-no-evidence = aucune preuve donnée
finding-order-wants = souhaite { $outcome }

# Ce qui change pour les clients
finding-aspect-verdict = Réponse
finding-aspect-window = Délai
finding-aspect-fees = Frais
finding-aspect-way-back-paid-by = Qui paie le retour
finding-aspect-outcomes = Ce qu’ils peuvent choisir
finding-aspect-delivery-refunded = Livraison remboursée
finding-aspect-money-goes = Quand l’argent part
finding-aspect-goods = Les articles
finding-aspect-deductions-by-grade = Déductions selon l’état
finding-is-open = ouvert
finding-is-day = jusqu’au { $day }
finding-is-amount = { $amount }
finding-is-payer = { $payer ->
    [merchant] le marchand
   *[customer] le client
}
finding-is-list = { $list }
finding-is-shipping = { $rule ->
    [none] jamais
    [pro_rata] une part équitable
    [full] en entier
   *[full_on_full_order] en entier si toute la commande revient
}
finding-is-money = { finding-when }
finding-is-goods = { $goods ->
    [stay] restent
   *[back] reviennent
}
finding-is-rates = A–E : { $rates }
finding-is-taken = { $how ->
    [person] une personne regarde
    [evidence] accepté avec preuves
   *[taken] accepté
}
finding-is-refused = { $code ->
    [category_excluded] refusé : les articles sont exclus
    [final_sale] refusé : vendu à titre définitif
    [reason_not_accepted] refusé : ce motif n’est pas accepté
    [not_eligible] refusé : cette valeur ou ce nombre n’est pas accepté
    [condition_not_met] refusé : les articles ne sont pas dans l’état demandé
   *[window_closed] refusé : le délai est passé
}
