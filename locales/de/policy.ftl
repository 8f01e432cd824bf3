# Klauseln der Rückgabebedingungen eines Kunden. `$scope` ist die Ebene der Klausel (Kanal, Markt
# oder Kategorie), leer für alles. Zahlen kommen fertig formatiert.

clause-window = { $anchor ->
    [fulfilled] Sie können Waren innerhalb von { $days } Tagen nach dem Versand zurückgeben.
    [ordered] Sie können Waren innerhalb von { $days } Tagen nach der Bestellung zurückgeben.
    [delivered] Sie können Waren innerhalb von { $days } Tagen nach der Lieferung zurückgeben.
   *[other] Sie können diese Waren innerhalb von { $days } Tagen zurückgeben.
}
clause-window-reason = Bei diesem Grund ({ $reason }) haben Sie { $days } Tage Zeit.
clause-holiday = Bestellungen vom { $from } bis zum { $to } können Sie bis zum { $until } zurückgeben.
clause-final-sale = { $text }
clause-exclusion = { $text }
clause-reason-not-accepted = Dieser Grund wird nicht angenommen: { $reason }.
clause-evidence = Bei diesem Grund ({ $reason }) senden Sie bitte: { $photos ->
    [0] keine Fotos
    [one] { $photos } Foto
   *[other] { $photos } Fotos
}{ $note ->
    [0] {""}
   *[other] , eine kurze Beschreibung
}{ $serial ->
    [0] {""}
   *[other] , die Seriennummer
}.
clause-fee-rate = { $kind ->
    [restocking] Wiedereinlagerung
    [handling] Bearbeitung
    [return_label] Rücksendeetikett
   *[late] Späte Rückgabe
}: { $rate } des bezahlten Preises{ $opened ->
    [0] {""}
   *[other] {" "}bei gebrochenem Siegel
}. Nichts, wenn wir oder der Paketdienst verantwortlich sind.
clause-fee-amount = { $kind ->
    [restocking] Wiedereinlagerung
    [handling] Bearbeitung
    [return_label] Rücksendeetikett
   *[late] Späte Rückgabe
}: { $amount }{ $opened ->
    [0] {""}
   *[other] {" "}bei gebrochenem Siegel
}. Nichts, wenn wir oder der Paketdienst verantwortlich sind.
clause-fee-none = { $kind ->
    [restocking] Keine Gebühr für die Wiedereinlagerung.
    [handling] Keine Bearbeitungsgebühr.
    [return_label] Das Rücksendeetikett ist kostenlos.
   *[late] Keine Gebühr für späte Rückgabe.
}
clause-outcomes = Sie können wählen:{ $refund ->
    [0] {""}
   *[other] {" "}Erstattung;
}{ $store_credit ->
    [0] {""}
   *[other] {" "}Guthaben;
}{ $exchange ->
    [0] {""}
   *[other] {" "}Umtausch;
}{ $replacement ->
    [0] {""}
   *[other] {" "}Ersatz;
}{ $repair ->
    [0] {""}
   *[other] {" "}Reparatur;
}
clause-approval = Rückgaben bis { $amount } werden sofort genehmigt; größere prüft ein Mensch.
clause-returnless = Bei manchen Mängeln bis { $amount } dürfen Sie die Ware behalten.
clause-refund = { $control ->
    [immediate] Wir erstatten sofort.
    [approved] Wir erstatten, sobald die Rückgabe genehmigt ist.
    [first_scan] Wir erstatten, sobald der Paketdienst Ihr Paket erfasst hat.
    [delivered] Wir erstatten, sobald Ihr Paket bei uns ist.
    [received] Wir erstatten, sobald wir die Ware gezählt haben.
   *[inspected] Wir erstatten, sobald wir die Ware geprüft haben.
}
clause-shipping = { $rule ->
    [none] Die Lieferkosten werden nicht erstattet.
    [pro_rata] Die Lieferkosten werden anteilig erstattet.
    [full] Die Lieferkosten werden ganz erstattet.
   *[full_on_full_order] Die Lieferkosten werden erstattet, wenn Sie die ganze Bestellung zurückgeben.
}
clause-label = { $payer ->
    [merchant] Wir zahlen die Rücksendung.
   *[customer] Sie zahlen die Rücksendung, außer wenn wir oder der Paketdienst verantwortlich sind.
}
