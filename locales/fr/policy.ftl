# Les clauses des conditions de retour d’un client, telles que les acheteurs les lisent : mots simples,
# phrases courtes. Montants, taux et jours arrivent déjà écrits ; les nombres choisissent ici leur pluriel.

clause-scope-channel = { $channel ->
    [online] Commandes sur le site
    [store] Achats en magasin
    [marketplace] Commandes sur une place de marché
    [phone] Commandes par téléphone
   *[business] Commandes professionnelles
}
clause-scope-market = Marché : { $name }
clause-scope-category = Produits : { $name }
clause-scope-product = Article : { $name }

# Parties de phrases.
within-days = { $days ->
    [one] { $days } jour
   *[other] { $days } jours
}
quoted = « { $text } »
fee-name = { $kind ->
    [restocking] Frais de remise en stock
    [handling] Frais de traitement
    [return_label] Étiquette de retour
   *[late] Frais de retour tardif
}
refund-when = { $control ->
    [immediate] tout de suite
    [approved] dès que le retour est accepté
    [first_scan] dès que le transporteur a enregistré votre colis
    [delivered] dès que votre colis est chez nous
    [received] dès que nous avons compté les articles
   *[inspected] dès que nous avons contrôlé les articles
}{ $days ->
    [0] {""}
    [one] , ou un jour plus tard
   *[other] , ou jusqu’à { $days } jours plus tard
}
refund-who = { $fault ->
    [merchant] Si c’est notre faute,
    [carrier] Si c’est la faute du transporteur,
    [consumer] Si vous avez changé d’avis,
    [none] Si ce n’est la faute de personne,
   *[any] Dans les autres cas,
}
list-refund = un remboursement
list-store-credit = un avoir
list-exchange = un échange
list-replacement = un remplacement
list-repair = une réparation
list-unopened = non ouverts
list-unused = non utilisés
list-packaging = dans leur emballage d’origine
list-tags = avec leurs étiquettes
list-complete = avec tous leurs éléments
list-photos = { $n ->
    [one] une photo
   *[other] { $n } photos
}
list-note = une courte description
list-serial = le numéro de série

clause-window = { $anchor ->
    [fulfilled] Vous pouvez retourner les articles sous { within-days } après l’expédition.
    [ordered] Vous pouvez retourner les articles sous { within-days } après votre commande.
    [delivered] Vous pouvez retourner les articles sous { within-days } après la livraison.
    [last_parcel] Vous pouvez retourner les articles sous { within-days } après l’arrivée de votre dernier colis.
   *[inherited] Vous pouvez retourner ces articles sous { within-days }.
}
clause-window-anchor = { $anchor ->
    [fulfilled] Ici, les jours comptent à partir de l’expédition.
    [ordered] Ici, les jours comptent à partir de votre commande.
    [delivered] Ici, les jours comptent à partir de la livraison.
   *[last_parcel] Ici, les jours comptent à partir de l’arrivée de votre dernier colis.
}
clause-window-transit = Si nous ne connaissons pas le jour de livraison, nous comptons { within-days } de trajet.
clause-window-as-law = Si la loi de votre pays vous donne plus de temps, vous avez ce temps.
clause-window-not-as-law = Ce délai est le nôtre. La loi peut vous donner d’autres droits.
clause-window-reason = Pour ce motif, vous avez { within-days } : { $reason }.
clause-holiday = Les commandes passées du { $from } au { $to } peuvent être retournées jusqu’au { $until }.
clause-final-sale-never = Vous pouvez retourner les articles soldés comme tous les autres.
clause-final-sale-lawful = Vous pouvez retourner les articles en vente définitive si la loi vous en donne le droit.
clause-final-sale-always = Ici, les articles en vente définitive ne sont pas repris.
clause-final-sale = { $text }
clause-exclusion = { $text }
clause-exclusion-opened = Tant que le scellé est intact, vous pouvez retourner ces articles.
clause-exclusion-lawful = Si la loi vous donne le droit de retourner ces articles, vous le pouvez.
clause-condition = Merci de renvoyer les articles { $states }.
clause-condition-none = Nous reprenons ces articles dans tout état.
clause-min-value = Nous reprenons les articles à partir de { $amount }.
clause-max-value = Nous reprenons les articles jusqu’à { $amount }.
clause-max-units = { $units ->
    [one] Nous reprenons une pièce par article.
   *[other] Nous reprenons jusqu’à { $units } pièces par article.
}
clause-reason-not-accepted = Nous ne reprenons rien pour ce motif : { $reason }.
clause-reason-fault = { $fault ->
    [merchant] Pour ce motif, la faute est la nôtre : { $reason }.
    [carrier] Pour ce motif, la faute est celle du transporteur : { $reason }.
    [consumer] Ce motif compte comme un changement d’avis : { $reason }.
   *[none] Pour ce motif, personne n’est en faute : { $reason }.
}
clause-evidence = Si vous donnez ce motif, merci de nous envoyer { $things } : { $reason }.
clause-own-reason = Vous pouvez aussi donner ce motif : { $text }.
clause-own-reason-fault = { $fault ->
    [merchant] Vous pouvez aussi donner ce motif, et la faute est la nôtre : { $text }.
    [carrier] Vous pouvez aussi donner ce motif, et la faute est celle du transporteur : { $text }.
    [consumer] Vous pouvez aussi donner ce motif, qui compte comme un changement d’avis : { $text }.
   *[none] Vous pouvez aussi donner ce motif, et personne n’est en faute : { $text }.
}
clause-fee-rate = { fee-name } : { $rate } du prix payé{ $opened ->
    [0] {""}
   *[other] , si le scellé est rompu
}{ $after ->
    [0] {""}
    [one] , si vous demandez après plus d’un jour
   *[other] , si vous demandez après plus de { $after } jours
}.
clause-fee-amount = { fee-name } : { $amount }{ $taxed ->
    [0] {""}
   *[other] {" "}plus taxe
}{ $opened ->
    [0] {""}
   *[other] , si le scellé est rompu
}{ $after ->
    [0] {""}
    [one] , si vous demandez après plus d’un jour
   *[other] , si vous demandez après plus de { $after } jours
}.
clause-fee-none = { $kind ->
    [restocking] Pas de frais de remise en stock.
    [handling] Pas de frais de traitement.
    [return_label] L’étiquette de retour est gratuite.
   *[late] Pas de frais pour un retour tardif.
}
clause-fee-fault = Si c’est notre faute ou celle du transporteur, il n’y a pas de frais.
clause-fee-cap = Ces frais ne dépassent jamais { $amount }.
clause-fee-reasons = Ces frais ne valent que pour ce motif : { $reasons }.
clause-fee-statutory = Vous ne payez pas ces frais si vous utilisez un droit que la loi vous donne.
clause-fee-order = Vous ne payez pas ces frais si votre commande atteignait { $amount }.
clause-fee-outcomes = Vous ne payez pas ces frais si vous choisissez { $outcomes }.
clause-outcomes = Vous pouvez choisir { $outcomes }.
clause-outcomes-reason = Pour ce motif, vous pouvez choisir { $outcomes } : { $reason }.
clause-bonus = { $outcome ->
    [exchange] Si vous choisissez un échange, vous recevez { $rate } en plus.
   *[store_credit] Si vous choisissez un avoir, vous recevez { $rate } en plus.
}
clause-bonus-cap = Ce supplément ne dépasse jamais { $amount }.
clause-prefer = Un échange est proposé d’abord. Le remboursement reste à un pas, et là où la loi vous y donne droit, il figure à côté.
clause-promotion = { $rule ->
    [keep] Vous gardez votre remise, quoi que vous retourniez.
   *[claw_back] Si le reste de la commande ne donne pas droit à la remise, nous la déduisons du remboursement.
}
clause-label = { $payer ->
    [merchant] Nous payons le retour.
   *[customer] Vous payez le retour, sauf si c’est notre faute ou celle du transporteur.
}
clause-send-by = Merci de remettre le colis sous { within-days } après notre accord.
clause-shipping = { $rule ->
    [none] Les frais de livraison ne sont pas remboursés.
    [pro_rata] Les frais de livraison sont remboursés en proportion.
    [full] Les frais de livraison sont remboursés en entier.
   *[full_on_full_order] Les frais de livraison sont remboursés si vous retournez toute la commande.
}
clause-shipping-fault = { $rule ->
    [pro_rata] Si c’est notre faute, les frais de livraison sont remboursés en proportion.
    [full] Si c’est notre faute, les frais de livraison sont remboursés en entier.
   *[full_on_full_order] Si c’est notre faute, les frais de livraison sont remboursés quand toute la commande revient.
}
clause-grade = { $grade ->
    [a] Articles scellés : nous gardons { $rate } du prix.
    [b] Articles ouverts : nous gardons { $rate } du prix.
    [c] Articles avec des traces d’usage : nous gardons { $rate } du prix.
    [d] Articles à réparer : nous gardons { $rate } du prix.
   *[e] Articles cassés : nous gardons { $rate } du prix.
}
clause-refund = Nous remboursons { refund-when }.
clause-refund-statutory = Si vous utilisez un droit que la loi vous donne, nous remboursons { refund-when }.
clause-refund-tier = { refund-who } nous remboursons { refund-when }.
clause-refund-tier-amount = { refund-who } nous remboursons les articles jusqu’à { $amount } { refund-when }.
clause-returnless = { $instead ->
    [donate] Jusqu’à { $amount }, vous pouvez donner les articles à une association au lieu de les renvoyer. Cela vaut pour ces motifs : { $reasons }.
   *[keep] Jusqu’à { $amount }, vous pouvez garder les articles sans les renvoyer. Cela vaut pour ces motifs : { $reasons }.
}
clause-returnless-max = { $times ->
    [one] Nous le proposons une fois par an.
   *[other] Nous le proposons jusqu’à { $times } fois par an.
}
clause-returnless-economics = Nous le proposons quand le renvoi coûterait plus que la valeur des articles pour nous.
clause-approval = Nous acceptons tout de suite les retours jusqu’à { $amount }. Au-delà, une personne les examine.
clause-appeal = Si vous n’êtes pas d’accord, écrivez-nous sous { within-days }. { $answer ->
    [one] Une autre personne vous répond sous { $answer } jour.
   *[other] Une autre personne vous répond sous { $answer } jours.
}
