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
clause-scope-category = Warengruppe: { $name }
clause-scope-product = Artikel: { $name }

clause-window = { $anchor ->
    [fulfilled] Sie können Waren innerhalb { $days ->
        [one] eines Tages
       *[other] von { $days } Tagen
    } nach dem Versand zurückgeben.
    [ordered] Sie können Waren innerhalb { $days ->
        [one] eines Tages
       *[other] von { $days } Tagen
    } nach der Bestellung zurückgeben.
    [delivered] Sie können Waren innerhalb { $days ->
        [one] eines Tages
       *[other] von { $days } Tagen
    } nach der Lieferung zurückgeben.
    [last_parcel] Sie können Waren innerhalb { $days ->
        [one] eines Tages
       *[other] von { $days } Tagen
    } nach der Ankunft des letzten Pakets zurückgeben.
   *[other] Sie können diese Waren innerhalb { $days ->
        [one] eines Tages
       *[other] von { $days } Tagen
    } zurückgeben.
}
clause-window-as-law = Gibt Ihnen das Recht Ihres Landes mehr Zeit, so haben Sie diese Zeit.
clause-window-reason = Bei diesem Grund ({ $reason }) müssen Sie sich innerhalb { $days ->
        [one] eines Tages
       *[other] von { $days } Tagen
    } melden.
clause-holiday = Bestellungen vom { $from } bis zum { $to } können Sie bis zum { $until } zurückgeben.
clause-final-sale-never = Sie können reduzierte Ware zurückgeben wie jede andere.
clause-final-sale-lawful = Artikel im Endverkauf können Sie zurückgeben, wenn das Gesetz Ihnen das Recht dazu gibt.
clause-final-sale = { $text }
clause-exclusion = { $text }{ $lawful ->
    [0] {""}
   *[other] {" "}Gibt Ihnen das Gesetz das Recht zur Rückgabe, so gilt dieses Recht.
}
clause-condition = Bitte senden Sie die Ware zurück:{ $unopened ->
    [0] {""}
   *[other] {" "}ungeöffnet;
}{ $unused ->
    [0] {""}
   *[other] {" "}unbenutzt;
}{ $packaging ->
    [0] {""}
   *[other] {" "}in der eigenen Verpackung;
}{ $tags ->
    [0] {""}
   *[other] {" "}mit Etikett;
}{ $complete ->
    [0] {""}
   *[other] {" "}mit allen Teilen;
}
clause-condition-none = Diese Waren nehmen wir in jedem Zustand zurück.
clause-min-value = Wir nehmen Waren ab einem Wert von { $amount } zurück.
clause-max-value = Wir nehmen Waren bis zu einem Wert von { $amount } zurück.
clause-max-units = Wir nehmen bis zu { $units ->
        [one] ein Stück
       *[other] { $units } Stück
    } eines Artikels zurück.
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
}{ $after ->
    [0] {""}
   *[other] {" "}bei Rückgabe nach mehr als { $after } Tagen
}. Nichts, wenn wir oder der Paketdienst verantwortlich sind.
clause-fee-amount = { $kind ->
    [restocking] Wiedereinlagerung
    [handling] Bearbeitung
    [return_label] Rücksendeetikett
   *[late] Späte Rückgabe
}: { $amount }{ $taxed ->
    [0] {""}
   *[other] {" "}zuzüglich Steuer
}{ $opened ->
    [0] {""}
   *[other] {" "}bei gebrochenem Siegel
}{ $after ->
    [0] {""}
   *[other] {" "}bei Rückgabe nach mehr als { $after } Tagen
}. Nichts, wenn wir oder der Paketdienst verantwortlich sind.
clause-fee-none = { $kind ->
    [restocking] Keine Gebühr für die Wiedereinlagerung.
    [handling] Keine Bearbeitungsgebühr.
    [return_label] Das Rücksendeetikett ist kostenlos.
   *[late] Keine Gebühr für späte Rückgabe.
}
clause-fee-cap = Diese Gebühr ist nie höher als { $amount }.
clause-fee-statutory = Nutzen Sie ein gesetzliches Recht, so zahlen Sie diese Gebühr nicht.
clause-fee-order = Ab einem Bestellwert von { $amount } zahlen Sie diese Gebühr nicht.
clause-fee-outcomes = Sie zahlen diese Gebühr nicht, wenn Sie dies wählen:{ $refund ->
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
clause-outcomes-reason = Bei diesem Grund ({ $reason }) können Sie wählen:{ $refund ->
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
clause-bonus = { $outcome ->
    [exchange] Wählen Sie einen Umtausch, so erhalten Sie { $rate } zusätzlich.
   *[other] Wählen Sie ein Guthaben, so erhalten Sie { $rate } zusätzlich.
}
clause-label = { $payer ->
    [merchant] Wir zahlen die Rücksendung.
   *[customer] Sie zahlen die Rücksendung, außer wenn wir oder der Paketdienst verantwortlich sind.
}
clause-shipping = { $rule ->
    [none] Die Lieferkosten werden nicht erstattet.
    [pro_rata] Die Lieferkosten werden anteilig erstattet.
    [full] Die Lieferkosten werden ganz erstattet.
   *[full_on_full_order] Die Lieferkosten werden erstattet, wenn Sie die ganze Bestellung zurückgeben.
}
clause-grade = { $grade ->
    [a] Versiegelte Ware: Wir behalten { $rate } des Preises ein.
    [b] Geöffnete Ware: Wir behalten { $rate } des Preises ein.
    [c] Ware mit Gebrauchsspuren: Wir behalten { $rate } des Preises ein.
    [d] Ware, die repariert werden muss: Wir behalten { $rate } des Preises ein.
   *[e] Zerstörte Ware: Wir behalten { $rate } des Preises ein.
}
clause-refund = Wir erstatten { $control ->
    [immediate] sofort
    [approved] sobald die Rückgabe genehmigt ist
    [first_scan] sobald der Paketdienst Ihr Paket erfasst hat
    [delivered] sobald Ihr Paket bei uns ist
    [received] sobald wir die Ware gezählt haben
   *[inspected] sobald wir die Ware geprüft haben
}{ $days ->
    [0] {""}
    [one] {" "}oder einen Tag danach
   *[other] {" "}oder bis zu { $days } Tage danach
}.
clause-refund-statutory = Nutzen Sie ein gesetzliches Recht, so erstatten wir { $control ->
    [immediate] sofort
    [approved] sobald die Rückgabe genehmigt ist
    [first_scan] sobald der Paketdienst Ihr Paket erfasst hat
    [delivered] sobald Ihr Paket bei uns ist
    [received] sobald wir die Ware gezählt haben
   *[inspected] sobald wir die Ware geprüft haben
}.
clause-refund-tier = { $fault ->
    [merchant] Sind wir verantwortlich,
    [carrier] Ist der Paketdienst verantwortlich,
    [consumer] Gefällt Ihnen die Ware nicht,
    [none] Ist niemand verantwortlich,
   *[any] In diesen Fällen
} erstatten wir { $control ->
    [immediate] sofort
    [approved] sobald die Rückgabe genehmigt ist
    [first_scan] sobald der Paketdienst Ihr Paket erfasst hat
    [delivered] sobald Ihr Paket bei uns ist
    [received] sobald wir die Ware gezählt haben
   *[inspected] sobald wir die Ware geprüft haben
}{ $days ->
    [0] {""}
    [one] {" "}oder einen Tag danach
   *[other] {" "}oder bis zu { $days } Tage danach
}.
clause-refund-tier-amount = { $fault ->
    [merchant] Sind wir verantwortlich,
    [carrier] Ist der Paketdienst verantwortlich,
    [consumer] Gefällt Ihnen die Ware nicht,
    [none] Ist niemand verantwortlich,
   *[any] In diesen Fällen
} erstatten wir Waren bis { $amount } { $control ->
    [immediate] sofort
    [approved] sobald die Rückgabe genehmigt ist
    [first_scan] sobald der Paketdienst Ihr Paket erfasst hat
    [delivered] sobald Ihr Paket bei uns ist
    [received] sobald wir die Ware gezählt haben
   *[inspected] sobald wir die Ware geprüft haben
}{ $days ->
    [0] {""}
    [one] {" "}oder einen Tag danach
   *[other] {" "}oder bis zu { $days } Tage danach
}.
clause-returnless = { $instead ->
    [donate] Bei manchen Mängeln bis { $amount } dürfen Sie die Ware spenden.
   *[other] Bei manchen Mängeln bis { $amount } dürfen Sie die Ware behalten.
}
clause-approval = Rückgaben bis { $amount } genehmigen wir sofort. Größere prüft ein Mensch.
clause-appeal = Sind Sie nicht einverstanden, so schreiben Sie uns innerhalb { $days ->
        [one] eines Tages
       *[other] von { $days } Tagen
    }. Ein anderer Mensch antwortet innerhalb { $answer ->
        [one] eines Tages
       *[other] von { $answer } Tagen
    }.
