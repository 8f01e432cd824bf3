# Les mots du cadre et des composants. Chaque surface garde ses propres mots dans ses propres fichiers.
app-name = Redress
ui-skip = Aller au contenu
ui-menu = Menu
ui-main-nav = Navigation principale
ui-search = Chercher ou aller à
ui-theme = Passer du clair au sombre
ui-sign-out = Se déconnecter
ui-language = Langue
ui-this-language = Français
ui-language-some = Certaines pages n’existent qu’en anglais et en allemand.
ui-reconnecting = Nouvelle connexion
ui-copied = Copié
ui-copy = Copier
ui-copy-value = Copier { $value }
ui-cancel = Annuler
ui-errors-title = Merci de vérifier ces réponses
ui-breadcrumbs = Vous êtes ici
ui-pages = Pages
ui-previous = Précédent
ui-next = Suivant
ui-step-of = Étape { $n } sur { $total }
count-items = { $n ->
    [one] { $n } article
   *[other] { $n } articles
}

# Durées
ago-now = à l’instant
ago-minutes = il y a { $n } min
ago-hours = { $n ->
    [one] il y a { $n } heure
   *[other] il y a { $n } heures
}
ago-days = { $n ->
    [one] il y a { $n } jour
   *[other] il y a { $n } jours
}

# Mots affichés par le script
js-close = Fermer
js-shortcuts = Raccourcis clavier
js-shortcuts-on = Les raccourcis d’une lettre sont actifs
js-palette = Tapez une commande ou un numéro de dossier
js-palette-empty = Rien trouvé
js-saved = Brouillon enregistré
js-save-failed = Brouillon pas encore enregistré ; nouvel essai
js-offline = Pas de connexion. Ce que vous écrivez est gardé ici.
js-scans-waiting = lectures en attente d’envoi
js-next-row = Suivant dans la liste
js-previous-row = Précédent dans la liste
js-search = Chercher
js-help = Cette aide
js-network = Le serveur n’a pas été atteint. Vérifiez la connexion et réessayez.
