# Clauses of a client's return policy as customers read them. Short words, short sentences: a test
# holds the English text to grade 9 or lower. Amounts, rates and days arrive formatted; counts
# arrive as numbers and choose their plural here. Lists arrive as “a, b or c”.

clause-scope-channel = { $channel ->
    [online] Orders from the web shop
    [store] Goods bought in a store
    [marketplace] Marketplace orders
    [phone] Orders by phone
   *[business] Business orders
}
clause-scope-market = Market: { $name }
clause-scope-category = Goods: { $name }
clause-scope-product = Article: { $name }

# Parts of sentences.
within-days = { $days ->
    [one] one day
   *[other] { $days } days
}
quoted = “{ $text }”
fee-name = { $kind ->
    [restocking] Restocking fee
    [handling] Handling fee
    [return_label] Return label
   *[late] Late fee
}
refund-when = { $control ->
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
}
refund-who = { $fault ->
    [merchant] If we are at fault,
    [carrier] If the carrier is at fault,
    [consumer] If you changed your mind,
    [none] If nobody is at fault,
   *[any] In other cases
}
list-refund = a refund
list-store-credit = store credit
list-exchange = an exchange
list-replacement = a replacement
list-repair = a repair
list-unopened = unopened
list-unused = unused
list-packaging = in their own box
list-tags = with the tags on
list-complete = with all parts
list-photos = { $n ->
    [one] one photo
   *[other] { $n } photos
}
list-note = a short note
list-serial = the serial number

clause-window = { $anchor ->
    [fulfilled] You can return goods within { within-days } of dispatch.
    [ordered] You can return goods within { within-days } of your order.
    [delivered] You can return goods within { within-days } of delivery.
    [last_parcel] You can return goods within { within-days } of the day your last parcel came.
   *[inherited] You can return these goods within { within-days }.
}
clause-window-anchor = { $anchor ->
    [fulfilled] Here the days count from dispatch.
    [ordered] Here the days count from your order.
    [delivered] Here the days count from delivery.
   *[last_parcel] Here the days count from the day your last parcel came.
}
clause-window-transit = If we do not know the day of delivery, we count { within-days } for the way.
clause-window-as-law = If the law of your country gives you more time, you have that time.
clause-window-not-as-law = These days are ours. The law can give you other rights.
clause-window-reason = For this reason you have { within-days }: { $reason }.
clause-holiday = Orders placed from { $from } to { $to } can be returned until { $until }.
clause-final-sale-never = You can return sale goods like all other goods.
clause-final-sale-lawful = You can still return final sale goods if the law gives you the right to.
clause-final-sale-always = Final sale goods cannot be returned here.
clause-final-sale = { $text }
clause-exclusion = { $text }
clause-exclusion-opened = While the seal is intact, you can return these goods.
clause-exclusion-lawful = If the law gives you the right to return these goods, you can.
clause-condition = Please send the goods back { $states }.
clause-condition-none = We take these goods back in any state.
clause-min-value = We take back goods worth { $amount } or more.
clause-max-value = We take back goods worth up to { $amount }.
clause-max-units = { $units ->
    [one] We take back one piece of one article.
   *[other] We take back up to { $units } pieces of one article.
}
clause-reason-not-accepted = We do not take goods back for this reason: { $reason }.
clause-reason-fault = { $fault ->
    [merchant] With this reason we take the blame: { $reason }.
    [carrier] With this reason the carrier takes the blame: { $reason }.
    [consumer] This reason counts as a change of mind: { $reason }.
   *[none] With this reason nobody takes the blame: { $reason }.
}
clause-evidence = If you give this reason, please send us { $things }: { $reason }.
clause-own-reason = You can also give this reason: { $text }.
clause-own-reason-fault = { $fault ->
    [merchant] You can also give this reason, and we take the blame: { $text }.
    [carrier] You can also give this reason, and the carrier takes the blame: { $text }.
    [consumer] You can also give this reason, and it counts as a change of mind: { $text }.
   *[none] You can also give this reason, and nobody takes the blame: { $text }.
}
clause-fee-rate = { fee-name }: { $rate } of the price you paid{ $opened ->
    [0] {""}
   *[other] , if the seal is broken
}{ $after ->
    [0] {""}
    [one] , if you ask after more than one day
   *[other] , if you ask after more than { $after } days
}.
clause-fee-amount = { fee-name }: { $amount }{ $taxed ->
    [0] {""}
   *[other] {" "}plus tax
}{ $opened ->
    [0] {""}
   *[other] , if the seal is broken
}{ $after ->
    [0] {""}
    [one] , if you ask after more than one day
   *[other] , if you ask after more than { $after } days
}.
clause-fee-none = { $kind ->
    [restocking] No restocking fee.
    [handling] No handling fee.
    [return_label] The return label is free.
   *[late] No fee for late returns.
}
clause-fee-fault = There is no fee if we or the carrier are at fault.
clause-fee-cap = This fee is never more than { $amount }.
clause-fee-reasons = This fee is taken only for this reason: { $reasons }.
clause-fee-statutory = You pay no such fee if you use a right the law gives you.
clause-fee-order = You pay no such fee if your order came to { $amount } or more.
clause-fee-outcomes = You pay no such fee if you choose { $outcomes }.
clause-outcomes = You can choose { $outcomes }.
clause-outcomes-reason = For this reason you can choose { $outcomes }: { $reason }.
clause-bonus = { $outcome ->
    [exchange] If you choose an exchange, you get { $rate } on top.
   *[store_credit] If you choose store credit, you get { $rate } on top.
}
clause-bonus-cap = What you get on top is never more than { $amount }.
clause-prefer = An exchange is shown first. Money back stays one step away, and where the law gives you a right to it, it stands beside the exchange.
clause-promotion = { $rule ->
    [keep] You keep the discount you got, whatever you return.
   *[claw_back] If the rest of your order earns no discount, we take it off the refund.
}
clause-label = { $payer ->
    [merchant] We pay for the way back.
   *[customer] You pay for the way back unless we or the carrier are at fault.
}
clause-send-by = Please hand in the parcel within { within-days } of our yes.
clause-shipping = { $rule ->
    [none] We do not refund what you paid for delivery.
    [pro_rata] We refund a fair share of what you paid for delivery.
    [full] We refund all you paid for delivery.
   *[full_on_full_order] We refund what you paid for delivery when you return the whole order.
}
clause-shipping-fault = { $rule ->
    [pro_rata] If we are at fault, we refund a fair share of what you paid for delivery.
    [full] If we are at fault, we refund all you paid for delivery.
   *[full_on_full_order] If we are at fault, we refund delivery when the whole order comes back.
}
clause-grade = { $grade ->
    [a] Sealed goods: we keep { $rate } of the price.
    [b] Opened goods: we keep { $rate } of the price.
    [c] Goods that show wear: we keep { $rate } of the price.
    [d] Goods that need repair: we keep { $rate } of the price.
   *[e] Goods that are broken: we keep { $rate } of the price.
}
clause-refund = We refund { refund-when }.
clause-refund-statutory = If you use a right the law gives you, we refund { refund-when }.
clause-refund-tier = { refund-who } we refund { refund-when }.
clause-refund-tier-amount = { refund-who } we refund goods up to { $amount } { refund-when }.
clause-returnless = { $instead ->
    [donate] Goods up to { $amount } may go to a charity and need not come back. This is for these reasons: { $reasons }.
   *[keep] You may keep goods up to { $amount } and need not send them back. This is for these reasons: { $reasons }.
}
clause-returnless-max = { $times ->
    [one] We offer this once a year.
   *[other] We offer this up to { $times } times a year.
}
clause-returnless-economics = We offer this when sending the goods back would cost more than they are worth to us.
clause-approval = We approve returns up to { $amount } at once. A person looks at larger ones.
clause-appeal = If you do not agree with us, tell us within { within-days }. { $answer ->
    [one] Another person answers you within one day.
   *[other] Another person answers you within { $answer } days.
}
