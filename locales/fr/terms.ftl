# Les mots pour les codes dans les phrases : term-<code>.
term-refund = Remboursement
term-store-credit = Avoir
term-exchange = Échange
term-replacement = Remplacement
term-repair = Réparation

term-photos = des photos
term-note = une courte description
term-serial = le numéro de série

term-immediate = vous avez demandé
term-approved = le retour est accepté
term-first-scan = le transporteur a enregistré votre colis
term-delivered = votre colis est chez nous
term-received = les articles sont comptés
term-inspected = les articles sont contrôlés

term-size-small = Trop petit
term-size-large = Trop grand
term-colour = La couleur ne me plaît pas
term-style = Le style ne me plaît pas
term-changed-mind = J’ai changé d’avis
term-ordered-by-mistake = Commandé par erreur
term-better-price = Trouvé moins cher
term-late-delivery = Arrivé trop tard
term-not-as-described = Ne correspond pas à la description
term-wrong-item = J’ai reçu le mauvais article
term-missing-parts = Il manque des pièces
term-damaged-in-transit = Arrivé abîmé
term-defective = Ne fonctionne pas
term-defective-in-warranty = Tombé en panne sous garantie
term-unauthorised-purchase = Je ne l’ai pas commandé
term-recall = L’article est rappelé
term-refused-or-undeliverable = Il n’a pas été livré
term-other = Un autre motif

term-custom-altered = fait ou modifié selon vos souhaits
term-perishable = produits qui se périment vite
term-plants-flowers = plantes et fleurs
term-food = denrées alimentaires
term-sealed-hygiene-unsealed = scellé pour l’hygiène et ouvert
term-inseparably-mixed = mélangé à d’autres biens sans retour possible
term-sealed-media-unsealed = enregistrements ou logiciels scellés, ouverts
term-newspaper-single-issue = journaux et magazines au numéro
term-digital-begun-with-consent = contenu numérique commencé avec votre accord
term-digital-downloaded = contenu numérique déjà téléchargé
term-marked-final-sale = marqué comme vente définitive
term-personal-use = biens d’usage personnel
