# Clauses of a client's return policy. `$scope` is the level a clause belongs to (a channel, market
# or category); empty for the whole client. Figures arrive formatted.

clause-window = { $anchor ->
    [fulfilled] You can return goods within { $days } days of dispatch.
    [ordered] You can return goods within { $days } days of your order.
    [delivered] You can return goods within { $days } days of delivery.
   *[other] You can return these goods within { $days } days.
}
clause-window-reason = For this reason ({ $reason }) you have { $days } days.
clause-holiday = Orders placed from { $from } to { $to } can be returned until { $until }.
clause-final-sale = { $text }
clause-exclusion = { $text }
clause-reason-not-accepted = This reason is not accepted: { $reason }.
clause-evidence = For this reason ({ $reason }) please send: { $photos ->
    [0] no photos
    [one] { $photos } photo
   *[other] { $photos } photos
}{ $note ->
    [0] {""}
   *[other] , a short description
}{ $serial ->
    [0] {""}
   *[other] , the serial number
}.
clause-fee-rate = { $kind ->
    [restocking] Restocking fee
    [handling] Handling fee
    [return_label] Return label
   *[late] Fee for late returns
}: { $rate } of the price you paid{ $opened ->
    [0] {""}
   *[other] {" "}if the seal is broken
}. Nothing if we or the carrier are at fault.
clause-fee-amount = { $kind ->
    [restocking] Restocking fee
    [handling] Handling fee
    [return_label] Return label
   *[late] Fee for late returns
}: { $amount }{ $opened ->
    [0] {""}
   *[other] {" "}if the seal is broken
}. Nothing if we or the carrier are at fault.
clause-fee-none = { $kind ->
    [restocking] No restocking fee.
    [handling] No handling fee.
    [return_label] The return label is free.
   *[late] No fee for late returns.
}
clause-outcomes = You can choose:{ $refund ->
    [0] {""}
   *[other] {" "}refund;
}{ $store_credit ->
    [0] {""}
   *[other] {" "}store credit;
}{ $exchange ->
    [0] {""}
   *[other] {" "}exchange;
}{ $replacement ->
    [0] {""}
   *[other] {" "}replacement;
}{ $repair ->
    [0] {""}
   *[other] {" "}repair;
}
clause-approval = Returns up to { $amount } are approved at once; larger ones are looked at by a person.
clause-returnless = For some faults up to { $amount } you may keep the goods.
clause-refund = { $control ->
    [immediate] We refund at once.
    [approved] We refund when the return is approved.
    [first_scan] We refund when the carrier has scanned your parcel.
    [delivered] We refund when your parcel has reached us.
    [received] We refund when we have counted the goods.
   *[inspected] We refund when we have inspected the goods.
}
clause-shipping = { $rule ->
    [none] Outbound delivery is not refunded.
    [pro_rata] Outbound delivery is refunded in proportion.
    [full] Outbound delivery is refunded in full.
   *[full_on_full_order] Outbound delivery is refunded when you return the whole order.
}
clause-label = { $payer ->
    [merchant] We pay for the way back.
   *[customer] You pay for the way back unless we or the carrier are at fault.
}
