# Une phrase par code de kernel::ReasonCode. Valeurs : $date, $amount, $number, $text. Mots simples,
# dits au client comme à l’agent.
reason-window-open = Vous avez demandé à temps : les retours sont acceptés jusqu’au { $date }.
reason-window-closed = Le délai de retour est terminé. Le dernier jour était le { $date }.
reason-window-not-started = Le délai de retour n’a pas commencé. Il commence à l’arrivée des articles.
reason-category-excluded = La boutique ne reprend pas ce type d’articles.
reason-not-eligible = La boutique ne reprend pas cette valeur ou cette quantité.
reason-condition-not-met = Les articles ne sont pas dans l’état que la boutique demande.
reason-final-sale = Cet article a été vendu en vente définitive, la boutique ne le reprend donc pas.
reason-reason-not-accepted = La boutique n’accepte pas de retour pour ce motif.
reason-evidence-missing = Il nous faut encore ceci pour décider : { $text }.
reason-above-approval-limit = Cela dépasse { $amount }, une personne doit donc d’abord l’accepter.
reason-returnless-below-threshold = Vous pouvez garder l’article. En dessous de { $amount }, il n’est pas à renvoyer.
reason-returnless-donate = Vous n’avez pas besoin de renvoyer l’article. Merci de le donner à une association près de chez vous.
reason-statutory-withdrawal = La loi vous permet de changer d’avis et de vous rétracter jusqu’au { $date }.
reason-statutory-withdrawal-open = La loi vous permet de changer d’avis et de vous rétracter ; aucun dernier jour ne court encore.
reason-statutory-withdrawal-ended = Le délai légal de rétractation est terminé. Le dernier jour était le { $date }.
reason-statutory-exemption = La loi fait une exception au droit de rétractation : { $text }.
reason-statutory-conformity = Selon la loi, le vendeur répond des défauts jusqu’au { $date }.
reason-statutory-conformity-open = Selon la loi, le vendeur répond des défauts ; elle ne fixe pas de dernier jour.
reason-statutory-short-term-reject = La loi vous permet de refuser un article défectueux et d’être remboursé jusqu’au { $date }.
reason-statutory-short-term-reject-open = La loi vous permet de refuser un article défectueux et d’être remboursé ; elle ne fixe pas de dernier jour.
reason-no-statutory-floor = Là où vous vivez, la loi ne fixe pas de minimum ici ; les règles de la boutique décident.
reason-law-overrides-policy = La loi vous donne plus que les règles de la boutique ; la loi s’applique donc.
reason-business-buyer = C’est un achat professionnel, les droits des consommateurs ne s’appliquent donc pas.
reason-merchant-fault = Vous n’êtes pas en faute : il n’y a pas de frais, et le retour est payé.
reason-no-units-left = Vous avez demandé plus d’unités qu’il n’en reste à retourner. { $number ->
    [0] Il n’en reste aucune.
    [one] Il en reste { $number }.
   *[other] Il en reste { $number }.
}
reason-unit-in-other-case = Cet article fait déjà partie du retour { $text }.
reason-not-fulfilled = Cet article n’est pas encore expédié. Vous pouvez l’annuler à la place.
reason-nothing-paid = Rien n’a été payé pour cet article, il n’y a donc rien à rembourser.
reason-paid-value = Voici ce qui a été payé : { $amount }.
reason-discount-share = Les remises de la commande ont retiré { $amount } du prix ; cette somme n’est pas remboursée.
reason-partial-amount = Une partie de ce qui a été payé : { $amount }, taxes comprises.
reason-charge-refunded = Ces frais reviennent avec les articles : { $amount }.
reason-gift-card-spent = { $amount } de la carte cadeau ont déjà été dépensés.
reason-promotion-kept = Vous gardez la remise, même si le reste de la commande seul ne l’aurait pas obtenue.
reason-promotion-clawed-back = Ce que vous gardez n’aurait pas obtenu la remise ; { $amount } en sont donc repris.
reason-promotion-restored = { $amount } de remise repris auparavant vous sont rendus.
reason-bonus-credit = { $amount } d’avoir en plus. C’est un geste commercial, jamais versé en argent.
reason-value-loss-not-taken = Ici, rien n’est retiré pour perte de valeur. Cela aurait été { $amount }.
reason-shipping-with-rest = La livraison ({ $amount }) est remboursée quand le reste de la commande revient aussi.
reason-fee-charged = Les règles de la boutique prévoient des frais de { $amount }.
reason-fee-waived = Ces frais ne s’appliquent pas ici.
reason-shipping-refunded = { $amount } vous sont rendus pour la livraison.
reason-shipping-kept = Les frais de livraison ne sont pas remboursés.
reason-return-cost-customer = Vous payez le renvoi : { $amount }.
reason-return-cost-merchant = La boutique paie le renvoi.
reason-value-loss-deducted = { $amount } sont retirés, car les articles ont perdu de la valeur par l’usage.
reason-ceiling-applied = Le remboursement est limité à { $amount }, tout ce qui reste de ce qui a été payé.
reason-override = Une personne autorisée a décidé ainsi. Son motif : { $text }.
reason-refund-control = L’argent part dès que ceci est rempli : { $text }.
reason-refund-due = Le remboursement doit être fait au plus tard le { $date }.
reason-outcomes-limited = Dans ce cas, nous pouvons proposer : { $text }.
reason-wrong-item-received = Ce qui est arrivé n’est pas ce qui était annoncé.
reason-units-missing = Il est arrivé moins d’unités qu’annoncé. { $number ->
    [one] Il en manque { $number }.
   *[other] Il en manque { $number }.
}
reason-needs-review = Une personne doit regarder cela avant la suite.
