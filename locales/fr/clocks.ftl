# Les délais légaux, dits au consommateur.
clock-window-end = Droit utilisable jusqu’au
clock-acknowledgement = Accusé de réception
clock-delivery = Livraison en retard
clock-withholding = L’argent peut être retenu jusqu’au
clock-remedy = Réparation ou remplacement
clock-refund = Remboursement
clock-is-open = en cours
clock-is-met = fait
clock-is-ended = terminé

clock-by-contract = commande du { $date }
clock-by-delivery = livraison le { $date }
clock-by-notice-sent = avis envoyé le { $date }
clock-by-notice-received = avis reçu le { $date }
clock-by-goods-back = articles revenus le { $date }
clock-by-proof-of-sending = preuve d’envoi du { $date }
clock-by-trader-agreed = accord du { $date }
clock-by-right-vested = droit né le { $date }

clock-withdraw-runs-you = Vous pouvez vous rétracter jusqu’au { $date }.
clock-withdraw-waits-you = Vous pouvez vous rétracter dès maintenant. Le délai commence quand vous avez tout reçu.
clock-withdraw-met-you = Vous vous êtes rétracté le { $done }, à temps.
clock-withdraw-met-late-you = Vous vous êtes rétracté le { $done }. Une personne regarde si c’était à temps.
clock-withdraw-ended-you = Le délai pour vous rétracter sans motif s’est terminé le { $date }.
clock-reject-runs-you = Vous pouvez refuser un article défectueux et être remboursé jusqu’au { $date }.
clock-reject-ended-you = Le court délai pour refuser un article défectueux s’est terminé le { $date }.
clock-claim-runs-you = Nous répondons des défauts qui apparaissent jusqu’au { $date }.
clock-claim-ended-you = Le temps pendant lequel nous répondons des défauts s’est terminé le { $date }.

clock-acknowledgement-waits-you = Nous devons confirmer votre déclaration sans délai.
clock-acknowledgement-runs-you = Nous devons confirmer votre déclaration au plus tard le { $date }.
clock-acknowledgement-late-you = Nous aurions dû confirmer votre déclaration au plus tard le { $date }. Merci de nous écrire.
clock-acknowledgement-met-you = Nous avons confirmé votre déclaration le { $done }.
clock-acknowledgement-met-late-you = Nous avons confirmé votre déclaration le { $done }.

clock-delivery-waits-you = Nous devons livrer sans délai.
clock-delivery-runs-you = Nous devons livrer au plus tard le { $date }. Après, vous pouvez mettre fin au contrat.
clock-delivery-late-you = La livraison était due le { $date }. Vous pouvez mettre fin au contrat et tout récupérer.
clock-delivery-met-you = Livré le { $done }.
clock-delivery-met-late-you = Livré en retard, le { $done }.

clock-withholding-waits-you = Nous pouvons garder l’argent jusqu’au retour des articles ou à la preuve de leur envoi.

clock-remedy-waits-you = Nous devons réparer ou remplacer dans un délai raisonnable.
clock-remedy-runs-you = Nous devons réparer ou remplacer au plus tard le { $date }.
clock-remedy-late-you = Nous aurions dû réparer ou remplacer au plus tard le { $date }. Vous pouvez maintenant demander votre argent.
clock-remedy-met-you = Réglé le { $done }.
clock-remedy-met-late-you = Réglé en retard, le { $done }.

clock-refund-waits-you = La loi dit que vous récupérez votre argent ; le jour est fixé quand les articles sont revenus ou quand vous prouvez l’envoi.
clock-refund-runs-you = Nous devons vous rembourser au plus tard le { $date }.
clock-refund-late-you = Nous aurions dû vous rembourser au plus tard le { $date }. Nous sommes en retard ; écrivez-nous si vous n’avez pas de nouvelles.
clock-refund-met-you = Nous vous avons remboursé le { $done }.
clock-refund-met-late-you = Nous vous avons remboursé le { $done }, plus tard que la loi ne le permet.

clock-unreviewed = non vérifié
clock-unreviewed-why = Aucun juriste n’a encore validé cette règle.
clocks-title = Ce que compte la loi
clocks-portal-note = Ces jours viennent de la loi et valent quelles que soient les règles de la boutique.

clock-reviewed = validé
