# L’accusé de réception d’une rétractation : page, PDF et message.
receipt-title = Accusé de réception de la rétractation
receipt-statement = { $client } a reçu votre rétractation du contrat sur la commande { $order } le { $moment }.
receipt-content = Contenu de la déclaration
receipt-number = Numéro
receipt-order = Commande
receipt-consumer = Déclaré par
receipt-email = Adresse e-mail
receipt-goods = Articles
receipt-moment = Reçu
receipt-hash = Somme de contrôle (SHA-256)
receipt-hash-note = Elle est faite à partir de l’enregistrement ci-dessous, joint aussi au message sous le nom record.txt. Tout outil SHA-256 la vérifie : « sha256sum record.txt » donne ce même nombre. Si une seule lettre changeait, il serait différent.
receipt-statement-withdrawal = { $client } a reçu votre rétractation du contrat sur la commande { $order } le { $moment }.
receipt-statement-revocation = { $client } a reçu votre révocation de l’achat de la commande { $order } le { $moment }.
receipt-goods-all = tout le contrat
receipt-record = L’enregistrement
