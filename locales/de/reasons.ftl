# Ein Satz je kernel::ReasonCode. Werte: $date, $amount, $number, $text. Einfache Worte, für
# Kundschaft und Team gleichermaßen.
reason-window-open = Sie haben rechtzeitig gefragt: Rückgaben nehmen wir bis { $date } an.
reason-window-closed = Die Rückgabefrist ist vorbei. Der letzte Tag war { $date }.
reason-window-not-started = Die Rückgabefrist hat noch nicht begonnen. Sie beginnt, wenn die Ware ankommt.
reason-category-excluded = Der Shop nimmt Waren dieser Art nicht zurück.
reason-not-eligible = Der Shop nimmt Rückgaben dieses Werts oder dieser Anzahl nicht an.
reason-condition-not-met = Die Ware ist nicht in dem Zustand, den der Shop verlangt.
reason-final-sale = Dieser Artikel wurde ohne Rückgaberecht verkauft, der Shop nimmt ihn nicht zurück.
reason-reason-not-accepted = Der Shop nimmt Rückgaben aus dem genannten Grund nicht an.
reason-evidence-missing = Für die Entscheidung fehlt uns noch etwas: { $text }.
reason-above-approval-limit = Das liegt über { $amount }, deshalb muss erst ein Mensch zustimmen.
reason-returnless-below-threshold = Sie können den Artikel behalten. Unter { $amount } muss er nicht zurückgeschickt werden.
reason-returnless-donate = Sie müssen den Artikel nicht zurückschicken. Bitte spenden Sie ihn an eine gemeinnützige Einrichtung in Ihrer Nähe.
reason-statutory-withdrawal = Nach dem Gesetz können Sie es sich anders überlegen und bis { $date } widerrufen.
reason-statutory-withdrawal-open = Nach dem Gesetz können Sie es sich anders überlegen und widerrufen; noch läuft kein letzter Tag.
reason-statutory-withdrawal-ended = Das gesetzliche Widerrufsrecht ist abgelaufen. Der letzte Tag war { $date }.
reason-statutory-exemption = Das Gesetz macht beim Widerrufsrecht eine Ausnahme: { $text }.
reason-statutory-conformity = Nach dem Gesetz haftet der Verkäufer für mangelhafte Ware bis { $date }.
reason-statutory-conformity-open = Nach dem Gesetz haftet der Verkäufer für mangelhafte Ware; das Gesetz nennt keinen letzten Tag.
reason-statutory-short-term-reject = Nach dem Gesetz können Sie mangelhafte Ware bis { $date } ablehnen und Ihr Geld zurückbekommen.
reason-statutory-short-term-reject-open = Nach dem Gesetz können Sie mangelhafte Ware ablehnen und Ihr Geld zurückbekommen; das Gesetz nennt keinen letzten Tag.
reason-no-statutory-floor = Das Recht an Ihrem Wohnort schreibt hier nichts vor, es gelten die Regeln des Shops.
reason-law-overrides-policy = Das Gesetz gibt Ihnen mehr als die Regeln des Shops, deshalb gilt das Gesetz.
reason-business-buyer = Hier hat ein Unternehmen gekauft, deshalb gelten die Verbraucherrechte nicht.
reason-merchant-fault = Der Fehler liegt nicht bei Ihnen: keine Gebühr, und der Rückweg ist bezahlt.
reason-no-units-left = Sie möchten mehr Stück zurückgeben, als noch möglich ist. { $number ->
    [0] Es ist keines mehr übrig.
    [one] Es ist noch eines übrig.
   *[other] Es sind noch { $number } übrig.
}
reason-unit-in-other-case = Dieser Artikel gehört schon zur Rückgabe { $text }.
reason-not-fulfilled = Dieser Artikel ist noch nicht versandt. Sie können ihn stattdessen stornieren.
reason-nothing-paid = Für diesen Artikel wurde nichts bezahlt, deshalb gibt es nichts zu erstatten.
reason-paid-value = So viel wurde bezahlt: { $amount }.
reason-discount-share = Die Rabatte der Bestellung haben den Listenpreis um { $amount } gesenkt, deshalb werden sie nicht erstattet.
reason-partial-amount = Ein Teil des bezahlten Preises: { $amount } einschließlich Steuer.
reason-charge-refunded = Diese Abgabe wird mit der Ware erstattet: { $amount }.
reason-gift-card-spent = { $amount } vom Guthaben der Karte wurden schon ausgegeben.
reason-promotion-kept = Sie behalten den Rabatt, obwohl der Rest der Bestellung allein ihn nicht erreicht hätte.
reason-promotion-clawed-back = Was Sie behalten, hätte den Rabatt nicht erreicht, deshalb werden { $amount } davon zurückgenommen.
reason-promotion-restored = { $amount } Rabatt, die früher zurückgenommen wurden, bekommen Sie wieder.
reason-bonus-credit = { $amount } Guthaben zusätzlich. Es ist ein Bonus und wird nie ausgezahlt.
reason-value-loss-not-taken = Für Wertverlust wird hier nichts abgezogen. Es wären { $amount } gewesen.
reason-shipping-with-rest = Die Lieferkosten ({ $amount }) werden erstattet, sobald auch der Rest der Bestellung zurückkommt.
reason-fee-charged = Nach den Regeln des Shops fällt eine Gebühr von { $amount } an.
reason-fee-waived = Die Gebühr entfällt hier.
reason-shipping-refunded = Für die Lieferung bekommen Sie { $amount } zurück.
reason-shipping-kept = Die Lieferkosten werden nicht erstattet.
reason-return-cost-customer = Das Zurückschicken zahlen Sie: { $amount }.
reason-return-cost-merchant = Das Zurückschicken zahlt der Shop.
reason-value-loss-deducted = { $amount } werden abgezogen, weil die Ware durch Gebrauch an Wert verloren hat.
reason-ceiling-applied = Die Erstattung ist auf { $amount } begrenzt. Mehr ist von der Zahlung nicht übrig.
reason-override = Das hat ein Mensch mit Befugnis entschieden. Der Grund: { $text }.
reason-refund-control = Das Geld geht raus, sobald dies erfüllt ist: { $text }.
reason-refund-due = Die Erstattung muss spätestens am { $date } erfolgen.
reason-outcomes-limited = In diesem Fall bieten wir an: { $text }.
reason-wrong-item-received = Angekommen ist etwas anderes als angekündigt.
reason-units-missing = Es kamen weniger Stück an als angekündigt. { $number ->
    [one] Eines fehlt.
   *[other] { $number } fehlen.
}
reason-needs-review = Das muss sich erst ein Mensch ansehen, bevor es weitergeht.
