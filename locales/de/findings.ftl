# Was die Prüfung einer Richtlinie findet und was eine Änderung bewirkt. Namen der Sprache der
# Richtlinien (as_law, only_opened) stehen, wie sie in der Datei stehen.

# Unter dem Recht
finding-window = Die Frist endet, bevor das Recht der Kundin oder des Kunden endet
finding-window-help = Verlängern, ab last_parcel zählen oder as_law = true hinzufügen.
finding-exclusion = Der Ausschluss geht weiter, als das Recht erlaubt
finding-exclusion-help = Enger fassen (only_opened), auf Märkte beschränken, die ihn erlauben, oder where_lawful = true hinzufügen.
finding-final-sale = Vom Umtausch ausgeschlossene Ware könnte nach dem Gesetz zurückgegeben werden
finding-final-sale-help = Dort final_sale = "where_lawful" oder "never" schreiben.
finding-reason = Ein Grund wird abgelehnt, obwohl das Recht keinen verlangt
finding-reason-help = Den Grund an diesen Orten annehmen.
finding-eligibility = Anfragen mit gewissem Wert oder gewisser Stückzahl werden abgelehnt, obwohl das Recht sie annimmt
finding-eligibility-help = Die Grenze an diesen Orten streichen.
finding-condition = Ware wird wegen ihres Zustands abgelehnt, obwohl das Recht sie zurücknehmen lässt
finding-condition-help = Die Bedingung streichen; ein Wertverlust darf stattdessen nach Stufe abgezogen werden.
finding-evidence = Nachweise werden verlangt, obwohl das Recht keinen Grund braucht
finding-evidence-help = Den Nachweis bei diesem Grund streichen.
finding-fee = Eine Gebühr wird genommen, obwohl das Recht keine erlaubt
finding-fee-help = waiver = { "{" } statutory = true { "}" } hinzufügen, oder none = true an diesen Orten.
finding-deduction = Es wird abgezogen, wo das Recht keinen Abzug erlaubt
finding-deduction-help = Bei den Stufen A und B nichts abziehen, oder an diesen Orten gar nichts.
finding-refund-form = Was das Recht gibt, kann nicht gewählt werden
finding-refund-form-help = "refund" (bei Mängeln auch "replacement" oder "repair") zu outcomes hinzufügen.
finding-outbound = Was für die Lieferung bezahlt wurde, wird behalten
finding-outbound-help = shipping.rule = "full_on_full_order" oder mehr schreiben.
finding-return-cost = Die Kundschaft zahlt einen Rückweg, den der Händler zahlen muss
finding-return-cost-help = label = "merchant" schreiben und an diesen Orten keine Gebühr return_label.
finding-refund-time = Das Geld geht später, als das Recht erlaubt
finding-refund-time-help = statutory = "first_scan" oder früher schreiben, und ein kleineres within_days.

# Beide Ergebnisse einer Bestellung
finding-when = { $control ->
    [immediate] sofort
    [approved] sobald die Rückgabe genehmigt ist
    [first_scan] sobald der Paketdienst das Paket erfasst hat
    [delivered] sobald das Paket da ist
    [received] sobald die Ware gezählt ist
   *[inspected] sobald die Ware geprüft ist
}{ $days ->
    [0] {""}
    [one] {" "}oder einen Tag danach
   *[other] {" "}oder bis zu { $days } Tage danach
}
finding-policy-refuses = { $code ->
    [category_excluded] lehnt ab: Die Ware ist ausgeschlossen
    [final_sale] lehnt ab: vom Umtausch ausgeschlossen verkauft
    [reason_not_accepted] lehnt ab: Dieser Grund wird nicht angenommen
    [not_eligible] lehnt ab: Dieser Wert oder diese Stückzahl wird nicht angenommen
    [condition_not_met] lehnt ab: Die Ware ist nicht im verlangten Zustand
   *[any] lehnt ab
}
finding-policy-closed = lehnt ab: Die Frist endete am { $day }
finding-policy-evidence = verlangt Nachweise beim Grund { $reason }
finding-policy-outbound = behält, was für die Lieferung bezahlt wurde, auch wenn die ganze Bestellung zurückkommt
finding-policy-deduction = behält { $rate } des Preises bei Ware der Stufe { $grade }
finding-policy-pays = erstattet { finding-when }; hier am { $day }
finding-policy-fee = { fee-name }: { $amount }
finding-policy-return-cost = die Kundschaft zahlt den Rückweg
finding-policy-offers = bietet nur { $outcomes }
finding-law-until = das Recht kann bis { $day } ausgeübt werden
finding-law-open = das Recht kann ausgeübt werden; das Gesetz nennt keinen letzten Tag
finding-law-evidence = das Recht braucht weder Grund noch Nachweis
finding-law-outbound = was für die Standardlieferung bezahlt wurde, kommt auch zurück
finding-law-no-deduction = nichts darf abgezogen werden
finding-law-deduction = nur Wertverlust durch mehr Umgang, als zum Ansehen der Ware nötig ist
finding-law-due = das Geld ist am { $day } fällig
finding-law-return-cost = der Händler zahlt den Rückweg
finding-law-no-fee = für die Ausübung des Rechts darf keine Gebühr genommen werden
finding-law-repair = gibt Reparatur oder Ersatz
finding-law-refund = gibt das Geld zurück

# Widersprüche, tote Regeln, Lücken
finding-market-unsold = Der Markt { $name } hat keine Bestellungen: Keines seiner Länder steht in countries
finding-market-unsold-help = Die Länder hinzufügen oder den Markt streichen.
finding-label-twice = Der Händler zahlt den Rückweg, und die Kundschaft zahlt eine Gebühr für das Etikett
finding-label-twice-help = Eines behalten: label = "merchant" oder fees.return_label.
finding-reason-says-more = Der Grund wird nicht angenommen; seine Tage, Nachweise und Möglichkeiten sagen also nichts
finding-reason-says-more-help = Diese streichen oder den Grund annehmen.
finding-fee-waived = Die Gebühr entfällt bei jeder angebotenen Möglichkeit; niemand zahlt sie
finding-fee-waived-help = none = true schreiben.
finding-cap-below = Die Obergrenze liegt unter dem Betrag; der Betrag wird nie genommen
finding-cap-below-help = Die Obergrenze als amount schreiben.
finding-stay-above-approval = Ware darf bis zu einem höheren Wert bleiben, als eine Regel genehmigen darf; jedes Mal muss eine Person hinsehen
finding-stay-above-approval-help = auto_approve erhöhen oder returnless.up_to senken.
finding-values-crossed = Der kleinste Wert liegt über dem größten; nichts wird angenommen
finding-values-crossed-help = Die beiden tauschen.
finding-bonus-not-offered = Es gibt einen Bonus für { $outcome }, was nicht angeboten wird
finding-bonus-not-offered-help = Anbieten oder den Bonus streichen.
finding-prefer-not-offered = Ein Umtausch soll zuerst kommen, wird aber nirgends angeboten
finding-prefer-not-offered-help = In outcomes anbieten oder prefer streichen.
finding-authority-crossed = Sachbearbeitende dürfen höhere Beträge entscheiden als Teamleitungen
finding-authority-crossed-help = Die beiden tauschen.
finding-dead = Keine Bestellung erreicht diese Regel
finding-dead-help = Immer spricht eine andere Regel zuerst; diese streichen oder die andere ändern.
finding-ground = Das Recht kennt keine Ausnahme „{ $name }“
finding-ground-help = Einen Namen der Rechtspakete nehmen, etwa sealed_hygiene_unsealed; so trägt der Grund nichts.
finding-gap-label = Nirgends steht, wer den Rückweg zahlt; die Kundschaft tut es
finding-gap-label-help = label hinzufügen.
finding-gap-shipping = Nirgends steht, wann die Lieferung erstattet wird; sie wird es nur, wenn der Händler schuld ist
finding-gap-shipping-help = shipping = { "{" } rule = "full_on_full_order" { "}" } hinzufügen.
finding-gap-refund = Nirgends steht, wann das Geld geht; es wartet auf die Kontrolle der Ware
finding-gap-refund-help = refund = { "{" } control = "received" { "}" } hinzufügen.
finding-gap-approval = Keine Regel darf etwas genehmigen; jede Rückgabe sieht eine Person an
finding-gap-approval-help = auto_approve hinzufügen.
finding-gap-appeal = Nirgends steht, wie man einer Entscheidung widerspricht
finding-gap-appeal-help = appeal = { "{" } days = 30, answer_days = 5 { "}" } hinzufügen.
finding-gap-final-sale = Vom Umtausch ausgeschlossene Ware wird abgelehnt, und kein Text sagt es
finding-gap-final-sale-help = [final_sale] mit einem Text hinzufügen, oder final_sale = "never".
finding-gap-reason = Kein eigener Grund des Auftraggebers steht für { $reason }
finding-gap-reason-help = Einen hinzufügen, damit man ihn nennen kann.
finding-gap-before-delivery = Ware, die am üblichen Liefertag noch unterwegs ist, hat keine Antwort; eine Person sieht nach
finding-gap-before-delivery-help = transit_days ergänzen oder der Frist einen Tag mehr geben.

# Eine Bestellung, Punkt für Punkt
finding-order-comma = ,{" "}
finding-order-place = { $name }
finding-order-channel = { $channel ->
    [online] online
    [store] im Laden
    [marketplace] auf einem Marktplatz
    [phone] am Telefon
   *[business] an ein Unternehmen
}
finding-order-category = Kategorie { $name }
finding-order-article = Artikel { $name }
finding-order-placed = bestellt am { $day }
finding-order-delivered = geliefert am { $day }
finding-order-undelivered = nicht geliefert
finding-order-last-parcel = letztes Paket am { $day }
finding-order-asked = angefragt am { $day }
finding-order-reason = Grund { $reason }
finding-order-own-reason = in Worten des Auftraggebers { $name }
finding-order-paid = bezahlt { $amount }
finding-order-units = { $n ->
    [one] { $n } Stück
   *[other] { $n } Stück
}
finding-order-seal = { $seal ->
    [broken] Siegel gebrochen
   *[intact] Siegel unversehrt
}
finding-order-final-sale = vom Umtausch ausgeschlossen
finding-order-lacks = { $condition ->
    [unopened] nicht ungeöffnet
    [unused] nicht unbenutzt
    [packaging] nicht in der Originalverpackung
    [tags] ohne Etiketten
   *[complete] nicht vollständig
}
finding-order-no-evidence = ohne Nachweise
finding-order-wants = gewünscht { $outcome }

# Was sich für die Kundschaft ändert
finding-aspect-verdict = Antwort
finding-aspect-window = Frist
finding-aspect-fees = Gebühren
finding-aspect-way-back-paid-by = Wer den Rückweg zahlt
finding-aspect-outcomes = Was zur Wahl steht
finding-aspect-delivery-refunded = Erstattung der Lieferung
finding-aspect-money-goes = Wann das Geld geht
finding-aspect-goods = Die Ware
finding-aspect-deductions-by-grade = Abzüge nach Stufe
finding-is-open = offen
finding-is-day = bis { $day }
finding-is-amount = { $amount }
finding-is-payer = { $payer ->
    [merchant] der Händler
   *[customer] die Kundschaft
}
finding-is-list = { $list }
finding-is-shipping = { $rule ->
    [none] nie
    [pro_rata] ein gerechter Anteil
    [full] ganz
   *[full_on_full_order] ganz, wenn die ganze Bestellung zurückkommt
}
finding-is-money = { finding-when }
finding-is-goods = { $goods ->
    [stay] bleibt
   *[back] kommt zurück
}
finding-is-rates = A–E: { $rates }
finding-is-taken = { $how ->
    [person] eine Person sieht nach
    [evidence] angenommen mit Nachweis
   *[taken] angenommen
}
finding-is-refused = { $code ->
    [category_excluded] abgelehnt: Die Ware ist ausgeschlossen
    [final_sale] abgelehnt: vom Umtausch ausgeschlossen verkauft
    [reason_not_accepted] abgelehnt: Dieser Grund wird nicht angenommen
    [not_eligible] abgelehnt: Dieser Wert oder diese Stückzahl wird nicht angenommen
    [condition_not_met] abgelehnt: Die Ware ist nicht im verlangten Zustand
   *[window_closed] abgelehnt: Die Frist ist vorbei
}
