# Wörter des Rahmens und der Bausteine. Jede Oberfläche hat ihre eigene Datei.
app-name = Redress
ui-skip = Zum Inhalt springen
ui-menu = Menü
ui-main-nav = Hauptnavigation
ui-search = Suchen oder springen zu
ui-theme = Zwischen hell und dunkel wechseln
ui-sign-out = Abmelden
ui-language = Sprache
ui-this-language = Deutsch
ui-language-some = Manche Seiten gibt es nur auf Deutsch und Englisch.
ui-reconnecting = Verbindung wird wiederhergestellt
ui-copied = Kopiert
ui-copy = Kopieren
ui-copy-value = { $value } kopieren
ui-cancel = Abbrechen
ui-errors-title = Bitte prüfen Sie diese Angaben
ui-breadcrumbs = Sie sind hier
ui-pages = Seiten
ui-previous = Zurück
ui-next = Weiter
ui-step-of = Schritt { $n } von { $total }
count-items = { $n ->
    [one] { $n } Artikel
   *[other] { $n } Artikel
}

# Datum
ago-now = gerade eben
ago-minutes = vor { $n } Min.
ago-hours = { $n ->
    [one] vor { $n } Stunde
   *[other] vor { $n } Stunden
}
ago-days = { $n ->
    [one] vor { $n } Tag
   *[other] vor { $n } Tagen
}

# Wörter für die Skripte
js-close = Schließen
js-shortcuts = Tastenkürzel
js-shortcuts-on = Kürzel mit einzelnen Buchstaben sind an
js-palette = Befehl oder Vorgangsnummer eingeben
js-palette-empty = Nichts gefunden
js-saved = Entwurf gespeichert
js-save-failed = Entwurf noch nicht gespeichert; neuer Versuch läuft
js-offline = Keine Verbindung. Ihr Text bleibt hier erhalten.
js-scans-waiting = Scans warten auf den Versand
js-next-row = Nächster Eintrag der Liste
js-previous-row = Voriger Eintrag der Liste
js-search = Suchen
js-help = Diese Hilfe
js-network = Das hat den Server nicht erreicht. Prüfen Sie die Verbindung und versuchen Sie es noch einmal.
