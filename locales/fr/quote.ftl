# Le devis, partout le même : ses montants, ce qui a changé et pourquoi.
quote-before = Avant :
quote-now = Maintenant :
quote-changed-title = Ce qui a changé dans ce montant
quote-changed-total = { $from } avant, { $to } maintenant.
quote-goes = Versé sur : { $tender }
quote-difference-payment = le paiement de la différence
quote-tax-inside = Dont { $amount } de taxes
quote-tender-card = carte
quote-tender-gift-card = carte cadeau
quote-tender-store-credit = avoir
quote-tender-bank = compte bancaire
quote-grade-a = scellé, comme neuf
quote-grade-b = ouvert, comme neuf
quote-grade-c = avec des traces d’usure
quote-grade-d = endommagé, réparable
quote-grade-e = irréparable
quote-fact-asked = { $item } : { $to } demandé au lieu de { $from }.
quote-fact-reason = { $item } : le motif est maintenant « { $to } » ; c’était « { $from } ».
quote-fact-wanted = { $item } : { $to } est demandé maintenant ; c’était { $from }.
quote-fact-state = { $item } : son état a été décrit autrement.
quote-fact-evidence = { $item } : les justificatifs ne sont plus les mêmes.
quote-fact-missing = { $item } : { $n ->
    [one] { $n } n’est pas arrivé.
   *[other] { $n } ne sont pas arrivés.
}
quote-fact-rejected = { $item } : { $n } non repris après contrôle.
quote-fact-grade = { $item } : { $n ->
    [one] { $n } contrôlé
   *[other] { $n } contrôlés
}, état : { $grade }.
quote-fact-granted = { $item } : accepté maintenant.
quote-fact-not-granted = { $item } : n’est plus accepté, en tout ou en partie.
quote-fact-law = Une autre version de la loi s’applique.
quote-fact-holidays = Le calendrier des jours fériés a changé.
quote-fact-day = La demande est faite maintenant le { $to } ; c’était le { $from }.
quote-fact-order = La commande a changé : par un autre retour, un remboursement, une rétrofacturation ou chez le vendeur.
quote-again-title = Le montant a changé depuis que vous l’avez vu
quote-again-do = Rien n’a encore été envoyé. Regardez les nouveaux montants et envoyez de nouveau si vous êtes d’accord.
quote-print = Montant à imprimer
quote-print-now = Imprimer
quote-sheet-of = Retour { $rma }, commande { $number }
quote-sheet-as-of = Situation au { $date }
quote-choices-title = Ce que donne chaque choix
quote-choices-now = votre choix
quote-choices-more = { $amount } de plus que votre choix
quote-choices-less = { $amount } de moins que votre choix
quote-choices-same = autant que votre choix
quote-choices-bonus = avec { $amount } d’avoir en plus
quote-choices-goods = Un article au lieu d’argent ; { $amount } sont déduits

way-title = Paiements, étape par étape
way-quoted = Calculé
way-approved = Approuvé
way-approved-wrong = non approuvé
way-sent = Envoyé
way-confirmed = Confirmé
way-confirmed-wrong = non arrivé
