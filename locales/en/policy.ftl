# Clauses of a client's return policy as customers read them. Short words, short sentences: a test
# holds the English text to grade 9 or lower. Amounts, rates and days arrive formatted; counts
# arrive as numbers and choose their plural here.

clause-scope-channel = { $channel ->
    [online] Orders from the web shop
    [store] Goods bought in a store
    [marketplace] Marketplace orders
    [phone] Orders by phone
   *[business] Business orders
}
clause-scope-market = Market: { $name }
clause-scope-category = Category: { $name }
clause-scope-product = Article: { $name }

clause-window = { $anchor ->
    [fulfilled] You can return goods within { $days ->
        [one] one day
       *[other] { $days } days
    } of dispatch.
    [ordered] You can return goods within { $days ->
        [one] one day
       *[other] { $days } days
    } of your order.
    [delivered] You can return goods within { $days ->
        [one] one day
       *[other] { $days } days
    } of delivery.
    [last_parcel] You can return goods within { $days ->
        [one] one day
       *[other] { $days } days
    } of the day your last parcel came.
   *[other] You can return these goods within { $days ->
        [one] one day
       *[other] { $days } days
    }.
}
clause-window-as-law = If the law of your country gives you more time, you have that time.
clause-window-reason = For this reason ({ $reason }) you have { $days ->
        [one] one day
       *[other] { $days } days
    }.
clause-holiday = Orders placed from { $from } to { $to } can be returned until { $until }.
clause-final-sale-never = You can return sale goods like all other goods.
clause-final-sale-lawful = You can still return final sale goods if the law gives you the right to.
clause-final-sale = { $text }
clause-exclusion = { $text }{ $lawful ->
    [0] {""}
   *[other] {" "}If the law gives you the right to return them, you can.
}
clause-condition = Please send the goods back:{ $unopened ->
    [0] {""}
   *[other] {" "}unopened;
}{ $unused ->
    [0] {""}
   *[other] {" "}unused;
}{ $packaging ->
    [0] {""}
   *[other] {" "}in their own box;
}{ $tags ->
    [0] {""}
   *[other] {" "}with the tags on;
}{ $complete ->
    [0] {""}
   *[other] {" "}with all parts;
}
clause-condition-none = We take these goods back in any state.
clause-min-value = We take back goods worth { $amount } or more.
clause-max-value = We take back goods worth up to { $amount }.
clause-max-units = We take back up to { $units ->
        [one] one piece
       *[other] { $units } pieces
    } of one article.
clause-reason-not-accepted = We do not take this reason: { $reason }.
clause-evidence = For this reason ({ $reason }) please send: { $photos ->
    [0] no photos
    [one] { $photos } photo
   *[other] { $photos } photos
}{ $note ->
    [0] {""}
   *[other] , a short note
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
}{ $after ->
    [0] {""}
   *[other] {" "}if you ask more than { $after } days later
}. Nothing if we or the carrier are at fault.
clause-fee-amount = { $kind ->
    [restocking] Restocking fee
    [handling] Handling fee
    [return_label] Return label
   *[late] Fee for late returns
}: { $amount }{ $taxed ->
    [0] {""}
   *[other] {" "}plus tax
}{ $opened ->
    [0] {""}
   *[other] {" "}if the seal is broken
}{ $after ->
    [0] {""}
   *[other] {" "}if you ask more than { $after } days later
}. Nothing if we or the carrier are at fault.
clause-fee-none = { $kind ->
    [restocking] No restocking fee.
    [handling] No handling fee.
    [return_label] The return label is free.
   *[late] No fee for late returns.
}
clause-fee-cap = This fee is never more than { $amount }.
clause-fee-statutory = You pay no such fee if you use a right the law gives you.
clause-fee-order = You pay no such fee if your order came to { $amount } or more.
clause-fee-outcomes = You pay no such fee if you choose:{ $refund ->
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
clause-outcomes-reason = For this reason ({ $reason }) you can choose:{ $refund ->
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
clause-bonus = { $outcome ->
    [exchange] If you choose an exchange, you get { $rate } on top.
   *[other] If you choose store credit, you get { $rate } on top.
}
clause-label = { $payer ->
    [merchant] We pay for the way back.
   *[customer] You pay for the way back unless we or the carrier are at fault.
}
clause-shipping = { $rule ->
    [none] We do not refund what you paid for delivery.
    [pro_rata] We refund a fair share of what you paid for delivery.
    [full] We refund all you paid for delivery.
   *[full_on_full_order] We refund what you paid for delivery when you return the whole order.
}
clause-grade = { $grade ->
    [a] Sealed goods: we keep { $rate } of the price.
    [b] Opened goods: we keep { $rate } of the price.
    [c] Goods that show wear: we keep { $rate } of the price.
    [d] Goods that need repair: we keep { $rate } of the price.
   *[e] Goods that are broken: we keep { $rate } of the price.
}
clause-refund = We refund { $control ->
    [immediate] at once
    [approved] when the return is approved
    [first_scan] when the carrier has scanned your parcel
    [delivered] when your parcel has reached us
    [received] when we have counted the goods
   *[inspected] when we have checked the goods
}{ $days ->
    [0] {""}
    [one] {" "}or one day later
   *[other] {" "}or up to { $days } days later
}.
clause-refund-statutory = If you use a right the law gives you, we refund { $control ->
    [immediate] at once
    [approved] when the return is approved
    [first_scan] when the carrier has scanned your parcel
    [delivered] when your parcel has reached us
    [received] when we have counted the goods
   *[inspected] when we have checked the goods
}.
clause-refund-tier = { $fault ->
    [merchant] If we are at fault,
    [carrier] If the carrier is at fault,
    [consumer] If you changed your mind,
    [none] If nobody is at fault,
   *[any] In these cases
} we refund { $control ->
    [immediate] at once
    [approved] when the return is approved
    [first_scan] when the carrier has scanned your parcel
    [delivered] when your parcel has reached us
    [received] when we have counted the goods
   *[inspected] when we have checked the goods
}{ $days ->
    [0] {""}
    [one] {" "}or one day later
   *[other] {" "}or up to { $days } days later
}.
clause-refund-tier-amount = { $fault ->
    [merchant] If we are at fault,
    [carrier] If the carrier is at fault,
    [consumer] If you changed your mind,
    [none] If nobody is at fault,
   *[any] In these cases
} we refund goods up to { $amount } { $control ->
    [immediate] at once
    [approved] when the return is approved
    [first_scan] when the carrier has scanned your parcel
    [delivered] when your parcel has reached us
    [received] when we have counted the goods
   *[inspected] when we have checked the goods
}{ $days ->
    [0] {""}
    [one] {" "}or one day later
   *[other] {" "}or up to { $days } days later
}.
clause-returnless = { $instead ->
    [donate] For some faults up to { $amount } you may give the goods to a charity.
   *[other] For some faults up to { $amount } you may keep the goods.
}
clause-approval = We approve returns up to { $amount } at once. A person looks at larger ones.
clause-appeal = If you do not agree with us, tell us within { $days ->
        [one] one day
       *[other] { $days } days
    }. Another person answers you within { $answer ->
        [one] one day
       *[other] { $answer } days
    }.
