# Das Portal für Kundinnen und Kunden: einfache Worte, kurze Sätze, eine Frage je Seite.
portal-this-language = Deutsch
portal-languages = Sprache
portal-questions = Fragen? Schreiben Sie uns:
portal-continue = Weiter
portal-back = Zurück
portal-change = Ändern
portal-leave = Auf diesem Gerät bin ich fertig
portal-rma = Rückgabenummer

portal-step-order = Bestellung
portal-step-items = Artikel
portal-step-reason = Grund
portal-step-outcome = Wunsch
portal-step-send = Versand
portal-step-check = Prüfen

portal-landing-title = Rückgabe
portal-landing-lede = In wenigen Minuten zur Rückgabe, ohne Konto.
portal-start = Rückgabe beginnen
portal-follow = Rückgabe verfolgen
portal-policy-title = Unsere Rückgaberegeln in Kürze
portal-policy-special = Regeln für bestimmte Waren, Gründe und Orte
portal-policy-law = Ihre gesetzlichen Rechte sind nie geringer. Bevor Sie etwas absenden, sehen Sie, was Sie zurückbekommen und warum.

portal-find-title = Um welche Bestellung geht es?
portal-follow-title = Rückgabe verfolgen
portal-open-title = Ihre Rückgabe öffnen
portal-find-lede = Mit der Bestellnummer und Ihrer E-Mail-Adresse oder Postleitzahl finden wir sie.
portal-open-lede = Bitte zeigen Sie, dass die Bestellung Ihnen gehört.
portal-find-late = Ihr letzter Besuch ist eine Weile her. Bitte suchen Sie Ihre Bestellung noch einmal; Angefangenes bleibt erhalten.
portal-find-number = Bestellnummer
portal-find-number-hint = Sie steht in Ihrer Bestellbestätigung.
portal-find-proof = E-Mail-Adresse oder Postleitzahl
portal-find-proof-hint = Die aus Ihrer Bestellung.
portal-find-number-missing = Geben Sie die Bestellnummer ein
portal-find-proof-missing = Geben Sie die E-Mail-Adresse oder Postleitzahl der Bestellung ein
portal-find-wrong = Mit diesen Angaben finden wir keine Bestellung. Prüfen Sie die Nummer und die E-Mail-Adresse oder Postleitzahl.

portal-items-title = Welche Artikel möchten Sie zurückgeben?
portal-items-lede = Bestellung { $number }
portal-items-none = Wählen Sie mindestens einen Artikel
portal-items-wrong = Wählen Sie eine der angezeigten Mengen
portal-items-many = Wählen Sie höchstens 50 Artikel; für mehr schreiben Sie uns bitte
portal-items-nothing = Aus dieser Bestellung kann gerade nichts zurückgegeben werden
portal-items-nothing-do = Warum, steht unten bei jedem Artikel.
portal-items-returns = Rückgaben dieser Bestellung
portal-item-bought = { $n ->
    [one] { $n } gekauft
   *[other] { $n } gekauft
}
portal-item-of = Artikel { $n } von { $total }
portal-item-not-sent = { $n ->
    [one] { $n } noch nicht an Sie versandt. Zum Stornieren schreiben Sie uns.
   *[other] { $n } noch nicht an Sie versandt. Zum Stornieren schreiben Sie uns.
}
portal-item-in-return = { $n ->
    [one] { $n } ist schon in Rückgabe
   *[other] { $n } sind schon in Rückgabe
}
portal-units-label = Wie viele?
portal-units-none = Keine
portal-units = { $n }
portal-lost = Diese Antworten passen nicht zur Bestellung
portal-lost-do = Noch einmal mit den Artikeln beginnen

portal-reason-title = Warum geben Sie das zurück?
portal-reason-label = Wählen Sie den Grund, der am besten passt
portal-reason-missing = Wählen Sie einen Grund
portal-details-title = Noch ein paar Angaben
portal-opened = Es ist geöffnet oder wurde benutzt
portal-opened-hint = Siegel oder Verpackung sind offen, oder es wurde länger probiert als im Laden.
portal-opened-short = geöffnet oder benutzt
portal-lacks = Was trifft auf diesen Artikel zu?
portal-lacks-hint = Kreuzen Sie an, was zutrifft. Davon hängt ab, ob er nach den Regeln des Händlers zurückkommen kann; Ihre gesetzlichen Rechte bleiben, wie sie sind.
portal-lacks-unopened = Er wurde geöffnet
portal-lacks-unused = Er wurde benutzt oder getragen
portal-lacks-packaging = Die Originalverpackung fehlt
portal-lacks-tags = Die Etiketten sind ab
portal-lacks-complete = Ein Teil oder Zubehör fehlt
portal-note = Was ist los?
portal-note-optional = Sollten wir etwas wissen? (freiwillig)
portal-note-hint = Wenige Worte genügen. Bitte keine Karten- oder Kontonummern.
portal-note-long = Kürzen Sie das auf 500 Zeichen
portal-serial = Seriennummer
portal-serial-hint = Sie steht auf dem Gerät oder seinem Karton.
portal-photos = { $n ->
    [one] Wir brauchen { $n } Foto
   *[other] Wir brauchen { $n } Fotos
}
portal-claim-photos = Fotos, wenn sie zeigen, was nicht stimmt
portal-claim-photo-kept = Foto { $n } bleibt in diesem Formular
portal-photos-later = Sie können sie auf der Seite Ihrer Retoure hinzufügen, sobald sie abgeschickt ist.
portal-photos-mail = Oder per E-Mail senden
portal-photos-hint = JPEG, PNG oder WebP, höchstens sechs auf einmal. Ort und Kamera werden daraus entfernt.
portal-photos-given = Ihre Fotos
portal-photo-n = Foto { $n }
portal-photos-many = Wählen Sie höchstens sechs Fotos.
portal-photos-unread = Eine der Dateien ist kein lesbares Foto. Wählen Sie JPEG, PNG oder WebP.

portal-outcome-title = Was möchten Sie?
portal-outcome-label = Wählen Sie eines
portal-outcome-missing = Wählen Sie, was Sie möchten
portal-outcome-none = Hier können wir nichts anbieten
portal-outcome-none-do = Auf der letzten Seite sehen Sie, warum, und was Sie tun können.
portal-outcome-exchange = Stattdessen eine andere Größe oder Farbe
portal-outcome-store-credit = Zum Einkaufen im Shop, ohne Ablaufdatum
portal-outcome-replacement = Denselben Artikel noch einmal
portal-outcome-repair = Wir reparieren es und schicken es zurück
portal-outcome-refund = Auf dem Weg, auf dem Sie bezahlt haben
portal-outcome-whole = Alle Artikel bisher: { $amount }.
portal-outcome-every = Alle Möglichkeiten zeigen, auch Geld zurück
portal-bonus = Im Guthaben sind { $amount } extra enthalten.
portal-variant = Gewünschte Größe oder Farbe
portal-variant-hint = Nur für einen Umtausch.

portal-send-title = Wie geben Sie das Paket ab?
portal-send-label = Wählen Sie eines
portal-send-missing = Wählen Sie, wie Sie das Paket abgeben
portal-send-print = Etikett drucken
portal-send-print-note = Ein PDF für Ihren Drucker; kleben Sie es auf das Paket.
portal-send-show = Code auf dem Handy zeigen
portal-send-show-note = Ohne Drucker; das Etikett wird dort gedruckt, wo Sie es abgeben.

portal-check-title = Prüfen und absenden
portal-check-answers = Ihre Antworten
portal-check-approved = Alles kann zurück. Abgeschickt wird erst, wenn Sie bestätigen.
portal-check-partly = Ein Teil kann zurück. Unten sehen Sie, warum.
portal-check-review = Hier schaut zuerst ein Mensch darauf.
portal-check-info = Bevor wir entscheiden können, brauchen wir noch etwas von Ihnen.
portal-check-all-declined = Nach den Regeln des Shops kann das nicht zurück.
portal-check-send = Rückgabe absenden
portal-check-send-anyway = Trotzdem anfragen
portal-check-declined = Sie können trotzdem anfragen
portal-check-declined-do = Sie bekommen die Entscheidung schriftlich und können widersprechen; dann schaut ein Mensch darauf. Ihr gesetzliches Widerrufsrecht besteht daneben:
portal-verdict-authorise = Kann zurück
portal-verdict-keep = Behalten, Geld zurück
portal-all-items = Für alle Artikel
portal-verdict-donate = Spenden, Geld zurück
portal-verdict-review = Ein Mensch schaut
portal-verdict-info = Es fehlt etwas
portal-verdict-decline = Nicht angenommen
portal-words = Artikel { $line }: { $words }
portal-words-variant = Wunsch: { $variant }.
portal-words-serial = Seriennummer: { $serial }.

portal-quote-title = Was Sie zurückbekommen
portal-quote-total = Sie bekommen zurück
portal-quote-with-bonus = Mit dem Extraguthaben
portal-quote-tax = Enthält { $amount } Steuer.
portal-quote-goods = { $n ->
    [one] { $item }
   *[other] { $n } × { $item }
}
portal-quote-charge = Abgabe
portal-quote-shipping = Lieferung
portal-quote-promotion = Rabattaktion
portal-quote-fee = Gebühr
portal-quote-label = Rücksendeetikett
portal-quote-deduction = Wertverlust
portal-quote-ceiling = Grenze des Bezahlten
portal-quote-bonus = Extraguthaben
portal-clocks-title = Tage, die zählen
portal-clock-window = Rückgabefrist endet
portal-clock-withdrawal = Widerrufsrecht endet
portal-clock-refund = Geld zurück spätestens
portal-clock-promised = Geld zurück, wie der Händler verspricht
portal-clock-send = Abgeben bis
portal-rights-title = Ihre gesetzlichen Rechte
portal-rights-note = Diese Rechte gelten, was auch immer die Regeln des Shops sagen.

portal-done-title = Ihre Rückgabe ist bei uns eingegangen
portal-done-mail = Wir schreiben auch an
portal-done-follow = Diese Rückgabe verfolgen
portal-label-title = Ihr Rücksendeetikett
portal-label-print = Etikett öffnen (PDF)
portal-label-no-printer = Kein Drucker? Diesen Code zeigen
portal-label-soon = Ihr Etikett entsteht gerade
portal-label-soon-do = Das dauert wenige Sekunden. Laden Sie diese Seite neu.
portal-qr-alt = Code dieser Rückgabe
portal-qr-show = Zeigen Sie diesen Code, wo Sie das Paket abgeben.

portal-next = Wie es weitergeht
portal-next-refund = Ihr Geld bekommen Sie spätestens am { $date }.
portal-status-order = Bestellung { $number }
portal-history = Was geschehen ist
portal-to-order = Zurück zur Bestellung
portal-worth-title = Was Sie bekommen
portal-worth-how = So wurde gerechnet
portal-kind-bonus = Extraguthaben
portal-kind-collect = Was Sie zuzahlen
portal-kind-hold = Sicherheit für vorab geschickte Ware
portal-payment-requested = Bewilligt; wir schicken es ab
portal-payment-sent = Unterwegs zu Ihnen
portal-payment-settled = Bestätigt: angekommen
portal-payment-returned = Es kam zu uns zurück; wir bringen das in Ordnung

portal-stage-asked = Angefragt
portal-stage-approved = Genehmigt
portal-stage-sent = Versandt
portal-stage-arrived = Angekommen
portal-stage-paid = Bezahlt

portal-status-submitted = Eingegangen
portal-status-submitted-next = Wir sehen uns Ihre Anfrage jetzt an.
portal-status-needs-info = Wir brauchen etwas von Ihnen
portal-status-needs-info-next = Beantworten Sie die Frage auf dieser Seite. Dann geht es weiter.
portal-status-in-review = Ein Mensch schaut darauf
portal-status-in-review-next = Sie bekommen per E-Mail Antwort und müssen nichts tun.
portal-status-authorised = Genehmigt
portal-status-authorised-next = Ihr Etikett kommt gleich. Packen Sie dann die Artikel ein und geben Sie sie ab.
portal-status-partly-authorised = Teilweise genehmigt
portal-status-partly-authorised-next = Schicken Sie nur die genehmigten Artikel zurück. Für die anderen sehen Sie unten, warum.
portal-status-declined = Nicht angenommen
portal-status-declined-next = Unten sehen Sie, warum. Sie können widersprechen; dann schaut ein Mensch darauf.
portal-status-awaiting-goods = Wir warten auf Ihr Paket
portal-status-awaiting-goods-next = Packen Sie die Artikel ein, kleben Sie das Etikett auf und geben Sie das Paket ab.
portal-status-in-transit = Unterwegs zu uns
portal-status-in-transit-next = Der Paketdienst hat Ihr Paket. Wir schreiben, wenn es ankommt.
portal-status-arrived = Angekommen
portal-status-arrived-next = Wir packen es jetzt aus und zählen.
portal-status-inspecting = Wird geprüft
portal-status-inspecting-next = Wir prüfen die Artikel und entscheiden dann über das Geld.
portal-status-decided = Entschieden
portal-status-decided-next = Die Entscheidung ist gefallen; unten sehen Sie, was Sie bekommen.
portal-status-settling = Geld ist unterwegs
portal-status-settling-next = Bis Banken es anzeigen, können einige Tage vergehen.
portal-status-settled = Bezahlt
portal-status-settled-next = Sie müssen nichts mehr tun.
portal-status-closed = Abgeschlossen
portal-status-closed-next = Alles ist erledigt. Schreiben Sie uns, wenn etwas fehlt.
portal-status-on-hold = Angehalten
portal-status-on-hold-next = Wir müssen zuerst eine Frage klären und schreiben Ihnen.
portal-status-appealed = Ihr Widerspruch wird geprüft
portal-status-appealed-next = Jemand, der vorher nicht entschieden hat, sieht ihn an und schreibt Ihnen.
portal-status-disputed = Bei Ihrer Bank
portal-status-disputed-next = Sie haben das Geld über Ihre Bank zurückgefordert. Wir warten auf deren Entscheidung.
portal-status-cancelled = Abgesagt
portal-status-cancelled-next = Es kommt nichts zurück. Solange die Frist läuft, können Sie neu beginnen.
portal-status-expired = Zu spät
portal-status-expired-next = Das Paket wurde nicht rechtzeitig abgegeben. Schreiben Sie uns, wenn Sie es versandt haben.
portal-status-reopened = Wieder geöffnet
portal-status-reopened-next = Wir sehen noch einmal darauf und schreiben Ihnen.

portal-event-requested = Sie haben die Rückgabe angefragt
portal-event-info-asked = Wir haben Sie etwas gefragt
portal-event-info-answered = Sie haben geantwortet
portal-event-authorised = Genehmigt
portal-event-kept = Genehmigt; Sie behalten den Artikel
portal-event-declined = Nicht angenommen
portal-event-label = Etikett erstellt
portal-event-shipped = Dem Paketdienst übergeben
portal-event-delivered = Bei uns zugestellt
portal-event-received = Ausgepackt und gezählt
portal-event-graded = Geprüft
portal-event-granted = Geld bewilligt
portal-event-sent = Geld abgeschickt
portal-event-paid = Geld angekommen
portal-event-returned = Geld kam zu uns zurück
portal-event-cancelled = Abgesagt
portal-event-appealed = Sie haben widersprochen
portal-event-upheld = Widerspruch entschieden: Es bleibt dabei
portal-event-overturned = Widerspruch zu Ihren Gunsten entschieden
portal-event-expired = Nicht rechtzeitig abgegeben
portal-event-reopened = Wieder geöffnet
portal-event-closed = Abgeschlossen

portal-question-title = Das brauchen wir von Ihnen
portal-question-send = Antwort absenden
portal-question-empty = Schreiben Sie eine Antwort
portal-appeal-title = Sie sind nicht einverstanden?
portal-appeal-lede = Sagen Sie, warum. Jemand, der vorher nicht entschieden hat, sieht es an.
portal-appeal-answer = Jemand anderes prüft Ihren Einspruch. Sie erhalten bis { $date } eine Antwort.
portal-appeal-until = Sie können bis { $date } Einspruch einlegen.
portal-appeal-label = Ihr Widerspruch
portal-appeal-send = Widerspruch absenden
portal-appeal-missing = Sagen Sie, warum Sie nicht einverstanden sind
portal-cancel-title = Diese Rückgabe absagen
portal-cancel-lede = Die Rückgabe { $rma } endet und ihr Etikett gilt nicht mehr.
portal-cancel-send = Absagen

# Der gesetzliche Widerruf; die zwei Beschriftungen sind die der Richtlinie (EU) 2023/2673.
portal-withdraw-title = Widerrufsrecht
portal-withdraw-short = Im Fernabsatz gekauft? Nach dem Gesetz können Sie den Vertrag ohne Angabe von Gründen widerrufen.
portal-withdraw-here = Vertrag hier widerrufen
portal-withdraw-lede = Ohne Grund und ohne Konto. Erklärt wird erst etwas, wenn Sie auf der nächsten Seite bestätigen.
portal-withdraw-name = Ihr Name
portal-withdraw-name-missing = Geben Sie Ihren Namen ein
portal-withdraw-email = E-Mail-Adresse der Bestellung
portal-withdraw-email-hint = Dorthin schicken wir die Eingangsbestätigung.
portal-withdraw-email-missing = Geben Sie die E-Mail-Adresse der Bestellung ein
portal-withdraw-next = Weiter zur Bestätigung
portal-withdraw-step = Schritt 1 von 2
portal-withdraw-confirm-title = Widerruf bestätigen
portal-withdraw-statement = Ich widerrufe den Vertrag mit { $client } zur Bestellung { $number } über diese Artikel:
portal-withdraw-items = Artikel
portal-withdraw-none = Lassen Sie mindestens einen Artikel angekreuzt
portal-withdraw-ack-to = Bestätigung geht an
portal-withdraw-after = Sie bekommen sofort eine Bestätigung mit Datum und Uhrzeit, danach alles für die Rücksendung.
portal-withdraw-confirm = Widerruf bestätigen
portal-withdraw-nothing = Kein Artikel dieser Bestellung ist hier offen
portal-withdraw-nothing-do = Alles ist schon in einer Rücksendung oder wurde noch nicht verschickt. Sie können den Widerruf trotzdem bestätigen: Er gilt ab jetzt, und ein Mensch klärt den Rest.
portal-withdraw-done = Ihr Widerruf ist eingegangen
portal-withdraw-done-mail = Diese Bestätigung schicken wir auch an
portal-receipt-kept = Ihr Widerruf und sein Eingang sind festgehalten.
portal-receipt-open = Bestätigung öffnen
portal-receipt-pdf = Als PDF speichern
portal-withdraw-email-wrong = Geben Sie eine E-Mail-Adresse ein, etwa name@example.com
portal-withdraw-statement-all = Ich widerrufe den Vertrag mit { $client } über die Bestellung { $number }.
portal-withdraw-unmatched = Wir haben diese Bestellung nicht von selbst gefunden
portal-withdraw-unmatched-do = Sie können trotzdem bestätigen: Ihr Widerruf gilt ab diesem Moment und wird sofort bestätigt. Danach sucht ein Mensch die Bestellung.
portal-withdraw-next-person = Ein Mensch sucht jetzt Ihre Bestellung und schreibt Ihnen zum Weiteren.
# Die Aufschrift ist die, die das argentinische Recht verlangt (Disposición 954/2025), in seiner Sprache.
portal-revoke-button = Botón de arrepentimiento
portal-revoke-lede = Sie können den Kauf binnen 10 Tagen ohne Grund und ohne Kosten widerrufen. Sie bekommen sofort die Nummer Ihres Antrags.
portal-revoke-email = E-Mail-Adresse
portal-revoke-email-hint = Dorthin schicken wir die Nummer Ihres Antrags.
portal-revoke-send = Kauf widerrufen

portal-credit-title = Ihr Guthaben
portal-credit-now = Sie können ausgeben
portal-credit-promotional = davon { $amount } als Bonus, der zuerst verbraucht und nie ausgezahlt wird
portal-credit-ends = Der nächste Teil gilt bis { $day }.
portal-account-title = Wohin soll Ihre Erstattung gehen?
portal-account-lede = Wir zahlen { $amount } auf ein Bankkonto, das Sie hier nennen. Diese Seite gilt einmal.
portal-account-holder = Name des Kontoinhabers
portal-account-holder-hint = Wie er auf Ihrer Bankkarte oder dem Kontoauszug steht.
portal-account-iban = IBAN
portal-account-iban-hint = Zwei Buchstaben und bis zu 32 weitere Zeichen, auf Kontoauszug oder Bankkarte.
portal-account-reason = Warum läuft das Konto nicht auf Ihren Namen?
portal-account-reason-hint = Zum Beispiel: das Konto meiner Partnerin.
portal-account-proof-hint = Wie bei Ihrer Bestellung, damit wir sehen, dass Sie es sind.
portal-account-proof-wrong = Das ist nicht die E-Mail-Adresse oder Postleitzahl der Bestellung.
portal-account-next = Jemand prüft das Konto, bevor etwas gezahlt wird, und wir schreiben Ihnen.
portal-account-send = Dieses Konto verwenden
portal-account-done-title = Danke: Wir haben Ihr Konto
portal-account-done = Jemand prüft es jetzt. Bevor etwas gezahlt wird, bekommen Sie eine E-Mail.
portal-account-home = Zur Startseite
portal-account-gone = Dieser Link gilt nicht mehr
portal-account-used = Er wurde schon einmal verwendet; nur dafür ist er da.
portal-account-late = Seine Zeit ist abgelaufen.
portal-account-nothing = Es gibt nichts mehr, wofür ein Konto nötig wäre.
portal-account-help = Wenn Sie einen neuen brauchen, schreiben Sie an { $mail }.
portal-object-title = Diese Änderung anhalten?
portal-object-lede = Jemand hat ein anderes Bankkonto für Ihre Erstattung genannt. Wenn Sie das nicht waren, halten Sie es hier an: Die Erstattung geht dann dahin zurück, womit Sie gezahlt haben.
portal-object-amount = Ihre Erstattung
portal-object-send = Das war ich nicht: anhalten
portal-object-else = Wenn Sie es waren, schließen Sie diese Seite. Es ändert sich nichts.
portal-object-done-title = Angehalten
portal-object-done = Die Erstattung geht dahin zurück, womit Sie gezahlt haben. Jemand von uns sieht sich an, was geschehen ist.
