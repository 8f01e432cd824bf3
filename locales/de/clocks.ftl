# Gesetzliche Fristen. `-you` richtet sich an Verbraucher, `-house` an Menschen im Haus.
clock-window-end = Recht gilt bis
clock-acknowledgement = Eingangsbestätigung
clock-delivery = Verspätete Lieferung
clock-withholding = Geld darf einbehalten werden bis
clock-remedy = Reparatur oder Ersatz
clock-refund = Erstattung
clock-is-open = offen
clock-is-met = erledigt
clock-is-ended = entfallen

clock-by-contract = Bestellung vom { $date }
clock-by-delivery = Lieferung am { $date }
clock-by-notice-sent = Erklärung abgesandt am { $date }
clock-by-notice-received = Erklärung eingegangen am { $date }
clock-by-goods-back = Ware zurück am { $date }
clock-by-proof-of-sending = Nachweis der Absendung vom { $date }
clock-by-trader-agreed = Zusage am { $date }
clock-by-right-vested = Anspruch entstanden am { $date }

clock-withdraw-runs-you = Sie können bis { $date } widerrufen.
clock-withdraw-waits-you = Sie können jetzt schon widerrufen. Die Frist beginnt, wenn Sie alles erhalten haben.
clock-withdraw-met-you = Sie haben am { $done } widerrufen, rechtzeitig.
clock-withdraw-met-late-you = Sie haben am { $done } widerrufen. Ein Mensch prüft, ob das rechtzeitig war.
clock-withdraw-ended-you = Die Frist für den Widerruf ohne Grund endete am { $date }.
clock-reject-runs-you = Sie können mangelhafte Ware bis { $date } gegen Ihr Geld zurückweisen.
clock-reject-ended-you = Die kurze Frist, mangelhafte Ware zurückzuweisen, endete am { $date }.
clock-claim-runs-you = Wir stehen für Mängel ein, die sich bis { $date } zeigen.
clock-claim-ended-you = Die Zeit, in der wir für Mängel einstehen, endete am { $date }.

clock-acknowledgement-waits-you = Wir müssen Ihre Erklärung unverzüglich bestätigen.
clock-acknowledgement-runs-you = Wir müssen Ihre Erklärung bis { $date } bestätigen.
clock-acknowledgement-late-you = Wir hätten Ihre Erklärung bis { $date } bestätigen müssen. Bitte schreiben Sie uns.
clock-acknowledgement-met-you = Wir haben Ihre Erklärung am { $done } bestätigt.
clock-acknowledgement-met-late-you = Wir haben Ihre Erklärung am { $done } bestätigt.

clock-delivery-waits-you = Wir müssen unverzüglich liefern.
clock-delivery-runs-you = Wir müssen bis { $date } liefern. Danach können Sie vom Vertrag zurücktreten.
clock-delivery-late-you = Die Lieferung war bis { $date } fällig. Sie können zurücktreten und bekommen alles zurück.
clock-delivery-met-you = Geliefert am { $done }.
clock-delivery-met-late-you = Verspätet geliefert am { $done }.

clock-withholding-waits-you = Wir dürfen das Geld einbehalten, bis die Ware zurück ist oder Sie die Absendung nachweisen.

clock-remedy-waits-you = Wir müssen den Mangel in angemessener Zeit beheben.
clock-remedy-runs-you = Wir müssen den Mangel bis { $date } beheben.
clock-remedy-late-you = Wir hätten den Mangel bis { $date } beheben müssen. Sie können jetzt Ihr Geld verlangen.
clock-remedy-met-you = Behoben am { $done }.
clock-remedy-met-late-you = Verspätet behoben am { $done }.

clock-refund-waits-you = Nach dem Gesetz bekommen Sie Ihr Geld zurück; der Tag steht fest, wenn die Ware zurück ist oder Sie die Absendung nachweisen.
clock-refund-runs-you = Wir müssen bis { $date } erstatten.
clock-refund-late-you = Wir hätten bis { $date } erstatten müssen. Wir sind zu spät; bitte schreiben Sie uns, wenn Sie nichts hören.
clock-refund-met-you = Wir haben am { $done } erstattet.
clock-refund-met-late-you = Wir haben am { $done } erstattet, später als das Gesetz erlaubt.

clock-unreviewed = ungeprüft
clock-unreviewed-why = Diese Regel hat noch kein Jurist abgezeichnet.
clocks-title = Was das Gesetz zählt
clocks-portal-note = Diese Tage folgen aus dem Gesetz und gelten, was auch immer die Regeln des Shops sagen.

clock-reviewed = abgezeichnet
