# Klauseln der Rückgabebedingungen eines Kunden, wie die Käufer sie lesen: kurze Wörter, kurze Sätze.
# Beträge, Sätze und Tage kommen fertig formatiert; Anzahlen kommen als Zahl und wählen hier ihre Form.

clause-scope-channel = { $channel ->
    [online] Bestellungen im Webshop
    [store] Einkäufe im Laden
    [marketplace] Bestellungen auf dem Marktplatz
    [phone] Bestellungen am Telefon
   *[business] Geschäftskunden
}
clause-scope-market = Markt: { $name }
clause-scope-category = Waren: { $name }
clause-scope-product = Artikel: { $name }

# Teile von Sätzen.
within-days = { $days ->
    [one] eines Tages
   *[other] von { $days } Tagen
}
quoted = „{ $text }“
fee-name = { $kind ->
    [restocking] Wiedereinlagerung
    [handling] Bearbeitung
    [return_label] Rücksendeetikett
   *[late] Späte Rückgabe
}
refund-when = { $control ->
    [immediate] {" "}sofort
    [approved] , sobald die Rückgabe genehmigt ist
    [first_scan] , sobald der Paketdienst Ihr Paket erfasst hat
    [delivered] , sobald Ihr Paket bei uns ist
    [received] , sobald wir die Ware gezählt haben
   *[inspected] , sobald wir die Ware geprüft haben
}{ $days ->
    [0] {""}
    [one] {" "}oder einen Tag danach
   *[other] {" "}oder bis zu { $days } Tage danach
}
refund-who = { $fault ->
    [merchant] Liegt es an uns,
    [carrier] Liegt es am Paketdienst,
    [consumer] Haben Sie es sich anders überlegt,
    [none] Kann niemand etwas dafür,
   *[any] In anderen Fällen
}
list-refund = Erstattung
list-store-credit = Guthaben
list-exchange = Umtausch
list-replacement = Ersatz
list-repair = Reparatur
list-unopened = ungeöffnet
list-unused = unbenutzt
list-packaging = in der Originalverpackung
list-tags = mit Etikett
list-complete = mit allen Teilen
list-photos = { $n ->
    [one] ein Foto
   *[other] { $n } Fotos
}
list-note = eine kurze Beschreibung
list-serial = die Seriennummer

clause-window = { $anchor ->
    [fulfilled] Sie können Waren innerhalb { within-days } nach dem Versand zurückgeben.
    [ordered] Sie können Waren innerhalb { within-days } nach der Bestellung zurückgeben.
    [delivered] Sie können Waren innerhalb { within-days } nach der Lieferung zurückgeben.
    [last_parcel] Sie können Waren innerhalb { within-days } nach der Ankunft des letzten Pakets zurückgeben.
   *[inherited] Sie können diese Waren innerhalb { within-days } zurückgeben.
}
clause-window-anchor = { $anchor ->
    [fulfilled] Hier zählen die Tage ab dem Versand.
    [ordered] Hier zählen die Tage ab der Bestellung.
    [delivered] Hier zählen die Tage ab der Lieferung.
   *[last_parcel] Hier zählen die Tage ab der Ankunft des letzten Pakets.
}
clause-window-transit = { $days ->
    [one] Kennen wir den Tag der Lieferung nicht, rechnen wir einen Tag für den Weg.
   *[other] Kennen wir den Tag der Lieferung nicht, rechnen wir { $days } Tage für den Weg.
}
clause-window-as-law = Gibt Ihnen das Recht Ihres Landes mehr Zeit, so haben Sie diese Zeit.
clause-window-not-as-law = Diese Tage geben wir. Das Gesetz kann Ihnen andere Rechte geben.
clause-window-reason = Bei diesem Grund haben Sie { $days ->
    [one] einen Tag
   *[other] { $days } Tage
} Zeit: { $reason }.
clause-holiday = Bestellungen vom { $from } bis zum { $to } können Sie bis zum { $until } zurückgeben.
clause-final-sale-never = Sie können reduzierte Ware zurückgeben wie jede andere.
clause-final-sale-lawful = Artikel im Endverkauf können Sie zurückgeben, wenn das Gesetz Ihnen das Recht dazu gibt.
clause-final-sale-always = Artikel im Endverkauf nehmen wir hier nicht zurück.
clause-final-sale = { $text }
clause-exclusion = { $text }
clause-exclusion-opened = Solange das Siegel unverletzt ist, können Sie diese Waren zurückgeben.
clause-exclusion-lawful = Gibt Ihnen das Gesetz das Recht zur Rückgabe, so gilt dieses Recht.
clause-condition = Bitte senden Sie die Ware so zurück: { $states }.
clause-condition-none = Diese Waren nehmen wir in jedem Zustand zurück.
clause-min-value = Wir nehmen Waren ab einem Wert von { $amount } zurück.
clause-max-value = Wir nehmen Waren bis zu einem Wert von { $amount } zurück.
clause-max-units = { $units ->
    [one] Wir nehmen ein Stück eines Artikels zurück.
   *[other] Wir nehmen bis zu { $units } Stück eines Artikels zurück.
}
clause-reason-not-accepted = Aus diesem Grund nehmen wir nichts zurück: { $reason }.
clause-reason-fault = { $fault ->
    [merchant] Bei diesem Grund stehen wir dafür ein: { $reason }.
    [carrier] Bei diesem Grund steht der Paketdienst dafür ein: { $reason }.
    [consumer] Dieser Grund zählt, als hätten Sie es sich anders überlegt: { $reason }.
   *[none] Bei diesem Grund kann niemand etwas dafür: { $reason }.
}
clause-evidence = Nennen Sie diesen Grund, so senden Sie uns bitte { $things }: { $reason }.
clause-own-reason = Sie können auch diesen Grund nennen: { $text }.
clause-own-reason-fault = { $fault ->
    [merchant] Sie können auch diesen Grund nennen, und wir stehen dafür ein: { $text }.
    [carrier] Sie können auch diesen Grund nennen, und der Paketdienst steht dafür ein: { $text }.
    [consumer] Sie können auch diesen Grund nennen; er zählt, als hätten Sie es sich anders überlegt: { $text }.
   *[none] Sie können auch diesen Grund nennen; niemand kann etwas dafür: { $text }.
}
clause-fee-rate = { fee-name }: { $rate } des bezahlten Preises{ $opened ->
    [0] {""}
   *[other] , wenn das Siegel gebrochen ist
}{ $after ->
    [0] {""}
    [one] , wenn Sie nach mehr als einem Tag fragen
   *[other] , wenn Sie nach mehr als { $after } Tagen fragen
}.
clause-fee-amount = { fee-name }: { $amount }{ $taxed ->
    [0] {""}
   *[other] {" "}zuzüglich Steuer
}{ $opened ->
    [0] {""}
   *[other] , wenn das Siegel gebrochen ist
}{ $after ->
    [0] {""}
    [one] , wenn Sie nach mehr als einem Tag fragen
   *[other] , wenn Sie nach mehr als { $after } Tagen fragen
}.
clause-fee-none = { $kind ->
    [restocking] Keine Gebühr für die Wiedereinlagerung.
    [handling] Keine Bearbeitungsgebühr.
    [return_label] Das Rücksendeetikett ist kostenlos.
   *[late] Keine Gebühr für späte Rückgabe.
}
clause-fee-fault = Liegt es an uns oder am Paketdienst, so kostet die Rückgabe nichts.
clause-fee-cap = Diese Gebühr ist nie höher als { $amount }.
clause-fee-reasons = Diese Gebühr gilt nur bei diesem Grund: { $reasons }.
clause-fee-statutory = Nutzen Sie ein gesetzliches Recht, so zahlen Sie diese Gebühr nicht.
clause-fee-order = Ab einem Bestellwert von { $amount } zahlen Sie diese Gebühr nicht.
clause-fee-outcomes = Sie zahlen diese Gebühr nicht, wenn Sie dies wählen: { $outcomes }.
clause-outcomes = Sie haben die Wahl: { $outcomes }.
clause-outcomes-reason = Bei diesem Grund haben Sie die Wahl ({ $outcomes }): { $reason }.
clause-bonus = { $outcome ->
    [exchange] Wählen Sie einen Umtausch, so erhalten Sie { $rate } zusätzlich.
   *[store_credit] Wählen Sie ein Guthaben, so erhalten Sie { $rate } zusätzlich.
}
clause-bonus-cap = Zusätzlich erhalten Sie nie mehr als { $amount }.
clause-prefer = Ein Umtausch wird zuerst gezeigt. Die Erstattung bleibt einen Schritt entfernt, und wo das Gesetz Ihnen ein Recht darauf gibt, steht sie daneben.
clause-promotion = { $rule ->
    [keep] Ihren Rabatt behalten Sie, was auch immer Sie zurückgeben.
   *[claw_back] Gibt es für den Rest der Bestellung keinen Rabatt, ziehen wir ihn von der Erstattung ab.
}
clause-label = { $payer ->
    [merchant] Wir zahlen die Rücksendung.
   *[customer] Sie zahlen die Rücksendung, außer wenn es an uns oder am Paketdienst liegt.
}
clause-send-by = Bitte geben Sie das Paket innerhalb { within-days } nach unserer Zusage ab.
clause-shipping = { $rule ->
    [none] Die Lieferkosten werden nicht erstattet.
    [pro_rata] Die Lieferkosten werden anteilig erstattet.
    [full] Die Lieferkosten werden ganz erstattet.
   *[full_on_full_order] Die Lieferkosten werden erstattet, wenn Sie die ganze Bestellung zurückgeben.
}
clause-shipping-fault = { $rule ->
    [pro_rata] Liegt es an uns, so erstatten wir die Lieferkosten anteilig.
    [full] Liegt es an uns, so erstatten wir die Lieferkosten ganz.
   *[full_on_full_order] Liegt es an uns, so erstatten wir die Lieferkosten, wenn die ganze Bestellung zurückkommt.
}
clause-grade = { $grade ->
    [a] Versiegelte Ware: Wir behalten { $rate } des Preises ein.
    [b] Geöffnete Ware: Wir behalten { $rate } des Preises ein.
    [c] Ware mit Gebrauchsspuren: Wir behalten { $rate } des Preises ein.
    [d] Ware, die repariert werden muss: Wir behalten { $rate } des Preises ein.
   *[e] Zerstörte Ware: Wir behalten { $rate } des Preises ein.
}
clause-refund = Wir erstatten{ refund-when }.
clause-refund-statutory = Nutzen Sie ein gesetzliches Recht, so erstatten wir{ refund-when }.
clause-refund-tier = { refund-who } erstatten wir{ refund-when }.
clause-refund-tier-amount = { refund-who } erstatten wir Waren bis { $amount }{ refund-when }.
clause-returnless = { $instead ->
    [donate] Waren bis { $amount } dürfen Sie spenden statt zurückschicken. Das gilt bei diesen Gründen: { $reasons }.
   *[keep] Waren bis { $amount } dürfen Sie behalten und müssen nichts zurückschicken. Das gilt bei diesen Gründen: { $reasons }.
}
clause-returnless-max = { $times ->
    [one] Das bieten wir einmal im Jahr an.
   *[other] Das bieten wir bis zu { $times }-mal im Jahr an.
}
clause-returnless-economics = Das bieten wir an, wenn die Rücksendung mehr kostet, als die Ware uns noch wert ist.
clause-approval = Rückgaben bis { $amount } genehmigen wir sofort. Größere prüft ein Mensch.
clause-appeal = Sind Sie nicht einverstanden, so schreiben Sie uns innerhalb { within-days }. { $answer ->
    [one] Ein anderer Mensch antwortet innerhalb eines Tages.
   *[other] Ein anderer Mensch antwortet innerhalb von { $answer } Tagen.
}
