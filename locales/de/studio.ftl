# Richtlinien: Entwürfe, ihre Prüfung, Durchsicht, Freigabe und Veröffentlichung.

# Seiten
studio-title = Richtlinien
studio-lede = Was Kundinnen und Kunden versprochen wird: entworfen, am Recht geprüft, von einer zweiten Person freigegeben, veröffentlicht.
studio-tabs = Dieser Entwurf
studio-tab-write = Schreiben
studio-tab-check = Prüfen und veröffentlichen
studio-version = Fassung { $n }
studio-from-day = ab { $day }
studio-line = Zeile { $n }

# Fassungen und Entwürfe eines Mandanten
studio-in-force = In Kraft
studio-next = Nächste
studio-coming = Kommt
studio-drafts = Entwürfe
studio-draft = Entwurf
studio-stage = Stand
studio-changed = Geändert
studio-no-drafts = Kein Entwurf ist offen
studio-no-drafts-why = Beginnen Sie einen aus der geltenden Fassung, ändern Sie, was sich ändern soll, und lassen Sie ihn prüfen.
studio-begin = Entwurf beginnen
studio-draft-title = Titel
studio-from = Gilt für Bestellungen ab
studio-from-hint = Frühestens ab morgen: Alle Bestellungen eines Tages haben dieselben Bedingungen.
studio-start = Ausgehen von
studio-start-version = Fassung { $n }, ab { $day }
studio-start-empty = Einer leeren Richtlinie
studio-history = Fassungen
studio-version-column = Fassung
studio-published = Veröffentlicht von
studio-approved = Freigegeben von
studio-note = Anmerkung
studio-house = Das Haus
studio-nobody = niemand
studio-goes-back = Kehrt zu Fassung { $n } zurück.
studio-no-versions = Noch ist nichts veröffentlicht
studio-no-versions-why = Die erste Fassung darf für Bestellungen jedes Tages gelten.
studio-roll-back = Zu einer älteren Fassung zurückkehren
studio-roll-back-why = Der alte Text wird ein neuer Entwurf. Er wird geprüft und freigegeben wie jeder andere; Bestellungen dazwischen behalten ihre Bedingungen.
studio-back-to = Zurück zu Fassung { $n }
studio-facts = Diese Fassung
studio-content-hash = Hash des Inhalts
studio-seal = Siegel
studio-law = Geprüft am Rechtsstand

# Wie weit ein Entwurf ist
studio-stage-broken = Noch nicht lesbar
studio-stage-unchecked = Nicht geprüft
studio-stage-checking = Wird geprüft
studio-stage-undercut = Unter dem Recht
studio-stage-ready = Bereit zur Durchsicht
studio-stage-in-review = In Durchsicht
studio-stage-approved = Freigegeben
studio-stage-published = Veröffentlicht
studio-stage-dropped = Aufgegeben
studio-step-write = Schreiben
studio-step-check = Prüfen
studio-step-review = Durchsicht erbitten
studio-step-approve = Zweite Person
studio-step-publish = Veröffentlichen

# Editor
studio-text = Text der Richtlinie
studio-text-hint = TOML. Alles, was Sie tippen, bleibt erhalten, auch solange es noch keine Richtlinie ist.
studio-save = Speichern
studio-save-check = Speichern und prüfen
studio-preview = Was Kundinnen und Kunden lesen
studio-errors = { $n ->
    [one] Eine Sache stimmt nicht
   *[other] { $n } Dinge stimmen nicht
}
studio-reads = Der Text ist eine Richtlinie
studio-reads-check = Prüfen Sie, ob sie irgendwo unter dem Recht liegt und was sich für Kunden ändert.
studio-clean = Die Prüfung fand nichts
studio-found = { $n ->
    [one] Die Prüfung fand eine Sache
   *[other] Die Prüfung fand { $n } Dinge
}

# Prüfen und veröffentlichen
studio-next-step = Nächster Schritt
studio-check = Prüfen
studio-checking = Wird am Recht geprüft
studio-places = { $done } von { $total } Orten
studio-cancel = Anhalten
studio-do-broken = Der Text ist noch keine Richtlinie. Der Editor zeigt Zeile für Zeile, was nicht stimmt.
studio-do-unchecked = Dieser Text und Tag wurden nicht geprüft. Die Prüfung hält sie gegen das Recht jedes Ortes, an den verkauft wird, und gegen die geltende Fassung.
studio-do-law = Das Recht hat sich seit der Prüfung geändert. Prüfen Sie erneut.
studio-do-undercut = Es gibt Bestellungen, für die diese Richtlinie weniger gibt als das Recht. Sie kann nicht veröffentlicht werden; jeder Befund zeigt eine solche Bestellung und was zu ändern ist.
studio-do-ready = Die Prüfung steht. Eine zweite Person muss genau diesen Text, Tag und Rechtsstand freigeben, bevor er veröffentlicht werden kann.
studio-do-review = { $name } bittet um Freigabe von genau diesem:
studio-do-publish = { $name } hat freigegeben. Veröffentlicht gilt sie für Bestellungen ab { $day }; frühere behalten ihre Bedingungen.
studio-is-published = Veröffentlicht. Sie gilt für Bestellungen ab { $day }.
studio-is-dropped = Dieser Entwurf wurde aufgegeben. Sein Text bleibt erhalten.
studio-too-early = Sie kann frühestens ab { $day } gelten. Ändern Sie den Tag und prüfen Sie erneut.
studio-reason = Warum die Warnungen bleiben dürfen
studio-reason-hint = Wird mit der Fassung veröffentlicht, für alle, die später fragen.
studio-ask-review = Um Durchsicht bitten
studio-approve = Genau dies freigeben
studio-no-approver = Sie können keine Richtlinien freigeben. Die Leute des Mandanten und die Verwaltung können es.
studio-own = Sie waren an diesem Entwurf beteiligt; jemand anderes muss ihn freigeben.
studio-publish = Veröffentlichen
studio-written-by = Geschrieben von
studio-drop = Diesen Entwurf aufgeben
studio-drop-why = Er verschwindet aus der Liste. Der Text bleibt erhalten, aber niemand kann mehr daran arbeiten.
studio-findings = Befunde
studio-checked-places = { $places ->
    [one] Geprüft am Recht eines Ortes.
   *[other] Geprüft am Recht von { $places } Orten.
}
studio-their-words = Keine Regel ist anwaltlich geprüft, wenn es die Rechtsseiten nicht sagen.
studio-kind-undercut = Unter dem Recht
studio-kind-contradiction = Widerspruch
studio-kind-unreachable = Nie erreicht
studio-kind-ground = Unbekannter Grund
studio-kind-gap = Lücke
studio-witness = Eine solche Bestellung
studio-help = Was zu tun ist:
studio-policy-gives = Die Richtlinie gibt
studio-law-gives = Das Recht gibt
studio-source = Quelle:
studio-also-in = Auch in:
studio-changes = Wer besser oder schlechter steht
studio-changes-why = Gegen die geltende Fassung, jeweils mit der einfachsten Bestellung, die es zeigt.
studio-no-changes = Niemand wird anders behandelt
studio-no-changes-why = Keine Bestellung bekommt eine andere Antwort als unter der geltenden Fassung.
studio-who = Kunden
studio-aspect = Worin
studio-before = Jetzt
studio-after = Dann
studio-example = Eine solche Bestellung
studio-worse = schlechter
studio-better = besser
studio-different = anders
studio-more-changes = { $n ->
    [one] Eine weitere Änderung wird nicht gezeigt.
   *[other] { $n } weitere Änderungen werden nicht gezeigt.
}

# Felder
help-date = Nennen Sie einen Tag, etwa 2027-03-01.
help-studio-title = Geben Sie einen Titel von 1 bis 120 Zeichen an.
help-studio-text = Der Text ist länger als 256 KiB.
help-studio-tests = Die Testtabelle ist länger als 1 MiB.
help-studio-reason = Höchstens 2.000 Zeichen.
help-studio-alone = Sagen Sie, warum niemand sonst freigibt.

# Warum es mit einem Entwurf nicht weitergeht
problem-policy-no-policy = Der Text ist keine Richtlinie
problem-policy-no-policy-do = Berichtigen Sie, was der Editor markiert, und prüfen Sie erneut.
problem-policy-not-checked = So, wie er ist, wurde er nicht geprüft
problem-policy-not-checked-do = Prüfen Sie den Entwurf und versuchen Sie es noch einmal.
problem-policy-law-changed = Das Recht hat sich seit der Prüfung geändert
problem-policy-law-changed-do = Prüfen Sie den Entwurf erneut am heutigen Recht.
problem-policy-undercut = Die Richtlinie liegt unter dem Recht
problem-policy-undercut-do = Lesen Sie die Bestellung jedes Befunds und ändern Sie die genannte Regel. Nichts wurde veröffentlicht.
problem-policy-warnings = Die Warnungen der Prüfung brauchen einen Grund
problem-policy-warnings-do = Sagen Sie, warum sie bleiben dürfen, oder ändern Sie die genannten Regeln.
problem-policy-too-early = Der erste Tag ist zu früh
problem-policy-too-early-do = Wählen Sie morgen oder einen späteren Tag: Alle Bestellungen eines Tages haben dieselben Bedingungen.
problem-policy-not-in-review = Für den Entwurf, wie er ist, hat niemand um Durchsicht gebeten
problem-policy-not-in-review-do = Prüfen Sie ihn und bitten Sie um Durchsicht; jede Änderung macht frühere Bitten ungültig.
problem-policy-other-seal = Der Entwurf hat sich geändert, seit er Ihnen gezeigt wurde
problem-policy-other-seal-do = Lesen Sie ihn noch einmal, wie er jetzt ist, und geben Sie dann frei.
problem-policy-second-person = Jemand anderes muss freigeben
problem-policy-second-person-do = Bitten Sie eine Person, die den Entwurf weder geschrieben noch zur Durchsicht gegeben hat.
problem-policy-not-approved = So, wie er ist, hat ihn niemand freigegeben
problem-policy-not-approved-do = Bitten Sie eine zweite Person, genau diesen Text, Tag und Rechtsstand freizugeben.
problem-policy-closed = Der Entwurf ist abgeschlossen
problem-policy-closed-do = Er wurde veröffentlicht oder aufgegeben. Beginnen Sie einen neuen.

# Testtabelle
studio-tab-tests = Testtabelle
studio-tab-backtest = Rückrechnung
studio-one-order = Eine Bestellung ausprobieren
studio-try = Entscheiden
studio-try-keep = Entscheiden und als Zeile behalten
studio-answer = Antwort
studio-offered = Angeboten:
studio-test-place = Geliefert nach (DE, US-NY)
studio-test-channel = Verkauft
studio-test-category = Kategorie
studio-test-sku = Artikelnummer
studio-test-ordered = Bestellt am
studio-test-delivered = Geliefert am
studio-test-asked = Gefragt am
studio-test-reason = Grund
studio-test-wanted = Gewünscht
studio-test-units = Stück
studio-test-price = Einzelpreis
studio-test-currency = Währung
studio-test-expect = Erwartet
studio-test-nothing = Nichts Bestimmtes
studio-test-opened = Siegel gebrochen
studio-test-final-sale = Als Endverkauf verkauft
studio-test-evidence = Alle Nachweise liegen vor
studio-test-order = Bestellung
studio-channel-online = online
studio-channel-store = im Laden
studio-channel-marketplace = auf einem Marktplatz
studio-channel-phone = am Telefon
studio-channel-business = an ein Unternehmen
studio-ending-declined = abgelehnt
studio-ending-asked = Nachfrage
studio-ending-review = eine Person sieht nach
studio-ending-partly = teilweise gewährt
studio-ending-granted = gewährt
studio-ending-kept = gewährt, Ware bleibt
studio-table = Testtabelle
studio-table-none = Noch keine Zeilen
studio-table-none-why = Behalten Sie Bestellungen, die Sie ausprobieren, oder fügen Sie eine Tabelle ein. Sie bleiben beim Entwurf und laufen bei jedem Blick neu.
studio-table-sum = { $good } von { $all } Zeilen mit Erwartung kommen heraus wie erwartet.
studio-row = Zeile
studio-money = Geld
studio-why = Weil
studio-as-expected = wie erwartet
studio-not-expected = anders als erwartet
studio-row-bad = nicht lesbar
studio-csv = Viele auf einmal
studio-csv-text = Zeilen als CSV
studio-csv-hint = Eine Bestellung je Zeile, höchstens 1.000. Spalten dürfen fehlen oder anders stehen.
studio-csv-file = Oder aus einer Datei nehmen
studio-csv-run = Speichern und ausführen
studio-csv-columns = Spalten und ein Beispiel

# Rückrechnung
studio-replay = Noch einmal entscheiden
studio-replay-why = Echte Fälle der letzten Tage werden noch einmal entschieden, auf den Tatsachen von damals, unter der Fassung ihres Kaufs und unter diesem Entwurf. An keinem Fall ändert sich etwas.
studio-replay-days = Tage zurück
studio-replay-none = Noch keine Rückrechnung
studio-replay-none-why = Sehen Sie, wie viele Menschen gewonnen oder verloren hätten, bevor es jemand tut.
studio-replay-old = Der Entwurf hat sich seit dieser Rückrechnung geändert.
studio-replaying = Fälle werden noch einmal entschieden
studio-replay-cases = { $done } von { $total } Fällen
studio-replay-failed = Die Rückrechnung ist gescheitert
studio-replay-stopped = Die Rückrechnung wurde angehalten, oder der Entwurf änderte sich, bevor sie begann.
studio-replayed = Fälle: { $cases }, Menschen: { $people }, Tage: { $days }.
studio-replay-how = Geld ist, was eine Regel sofort gewährt; was eine Person oder ein Nachweis entscheidet, zählt noch als nichts. Ausnahmen für Waren sind die des Verkaufs.
studio-endings = Was aus den Fällen wird
studio-cases = Fälle
studio-people = { $n ->
    [one] { $n } Mensch
   *[other] { $n } Menschen
}
studio-people-column = Menschen
studio-money-before = Geld jetzt
studio-money-after = Geld dann
studio-fare-worse = Schlechter
studio-fare-better = Besser
studio-fare-other = Anders
studio-fare-same = gleich
studio-unasked = Unangekündigte Waren entscheidet keine Richtlinie. Ausgelassene Fälle: { $n }.
studio-incomplete = Nur die ersten 200.000 geänderten Fälle wurden zum Ansehen behalten; gezählt sind alle.
studio-case = Rückgabe
studio-opened = Gefragt am
studio-country = Land
studio-clause = Klausel des Entwurfs
studio-no-cases = Hier sind keine Fälle
studio-no-cases-why = In dieser Rückrechnung endet nichts so.
help-studio-days = Geben Sie 1 bis 1.100 Tage an.
help-studio-row = Diese Zeile passt nicht zu den Spalten.
help-studio-place = Geben Sie ein Land wie DE an, oder eines mit seinem Teil wie US-NY.
help-studio-currency = Geben Sie eine Währung der Richtlinie an, etwa EUR.
