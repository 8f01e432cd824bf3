# What the check of a policy finds, and what a change does: findings with what to do about them
# (-help), both outcomes of an order, the order told thing by thing, what changes for customers.
# Names of the policy language (as_law, only_opened) stay as they are written in the file.

# Below the law
finding-window = The window ends before the customer’s right does
finding-window-help = Lengthen it, count from last_parcel, or add as_law = true.
finding-exclusion = The exclusion is wider than the law allows
finding-exclusion-help = Narrow it (only_opened), limit it to markets that allow it, or add where_lawful = true.
finding-final-sale = Goods sold as final could be returned by law
finding-final-sale-help = Write final_sale = "where_lawful" or "never" there.
finding-reason = A reason is refused although the right needs none
finding-reason-help = Take the reason in these places.
finding-eligibility = Requests of some value or number are refused although the law takes them
finding-eligibility-help = Drop the bound in these places.
finding-condition = Goods are refused for their state although the law takes them back
finding-condition-help = Drop the condition; loss of value may be deducted by grade instead.
finding-evidence = Evidence is demanded although the right needs no reason
finding-evidence-help = Drop the evidence for this reason.
finding-fee = A fee is taken although the law allows none
finding-fee-help = Add waiver = { "{" } statutory = true { "}" }, or none = true in these places.
finding-deduction = A deduction is taken where the law allows none
finding-deduction-help = Deduct nothing for grades A and B, or nothing at all in these places.
finding-refund-form = The customer cannot choose what the law gives
finding-refund-form-help = Add "refund" (or "replacement" or "repair" for faults) to the outcomes.
finding-outbound = What was paid for delivery is kept
finding-outbound-help = Write shipping.rule = "full_on_full_order" or better.
finding-return-cost = The customer pays a way back that the seller must pay
finding-return-cost-help = Write label = "merchant" and no return_label fee in these places.
finding-refund-time = Money goes later than the law allows
finding-refund-time-help = Write statutory = "first_scan" or earlier, and a smaller within_days.

# Both outcomes of an order
finding-when = { $control ->
    [immediate] at once
    [approved] when the return is approved
    [first_scan] when the carrier has scanned the parcel
    [delivered] when the parcel has arrived
    [received] when the goods are counted
   *[inspected] when the goods are checked
}{ $days ->
    [0] {""}
    [one] {" "}or one day later
   *[other] {" "}or up to { $days } days later
}
finding-policy-refuses = { $code ->
    [category_excluded] refuses: the goods are excluded
    [final_sale] refuses: sold as final
    [reason_not_accepted] refuses: this reason is not taken
    [not_eligible] refuses: this value or number is not taken
    [condition_not_met] refuses: the goods are not in the state demanded
   *[any] refuses
}
finding-policy-closed = refuses: the window closed on { $day }
finding-policy-evidence = asks for evidence with the reason { $reason }
finding-policy-outbound = keeps what was paid for delivery, even when the whole order comes back
finding-policy-deduction = keeps { $rate } of the price for goods of grade { $grade }
finding-policy-pays = refunds { finding-when }; here on { $day }
finding-policy-fee = { fee-name }: { $amount }
finding-policy-return-cost = the customer pays the way back
finding-policy-offers = offers only { $outcomes }
finding-law-until = the right can be used until { $day }
finding-law-open = the right can be used; the law fixes no last day
finding-law-evidence = the right needs no reason and no evidence
finding-law-outbound = what was paid for standard delivery comes back too
finding-law-no-deduction = nothing may be taken off
finding-law-deduction = only loss of value by more handling than a look at the goods needs
finding-law-due = the money is due on { $day }
finding-law-return-cost = the seller pays the way back
finding-law-no-fee = no fee may be taken for using the right
finding-law-repair = gives repair or replacement
finding-law-refund = gives the money back

# Contradictions, dead rules, gaps
finding-market-unsold = Market { $name } has no orders: none of its countries is in countries
finding-market-unsold-help = Add them, or drop the market.
finding-label-twice = The merchant pays the way back and the customer pays a fee for the label
finding-label-twice-help = Keep one of label = "merchant" and fees.return_label.
finding-reason-says-more = The reason is not taken, so its days, evidence and outcomes say nothing
finding-reason-says-more-help = Drop them, or take the reason.
finding-fee-waived = The fee is waived for every outcome offered, so nobody pays it
finding-fee-waived-help = Write none = true.
finding-cap-below = The cap is below the amount, so the amount is never taken
finding-cap-below-help = Write the cap as amount.
finding-stay-above-approval = Goods may stay up to more than a rule may approve, so a person must look each time
finding-stay-above-approval-help = Raise auto_approve or lower returnless.up_to.
finding-values-crossed = The smallest value is above the largest, so nothing is taken
finding-values-crossed-help = Exchange the two.
finding-bonus-not-offered = There is a bonus for { $outcome }, which is not offered
finding-bonus-not-offered-help = Offer it, or drop the bonus.
finding-prefer-not-offered = An exchange is to come first, and nothing offers one
finding-prefer-not-offered-help = Offer it in outcomes, or drop prefer.
finding-authority-crossed = Agents may decide larger amounts than team leads
finding-authority-crossed-help = Exchange the two.
finding-dead = No order reaches this rule
finding-dead-help = Another rule always speaks first; drop it, or change the other.
finding-ground = The law knows no exemption “{ $name }”
finding-ground-help = Use a name of the law packs, such as sealed_hygiene_unsealed; as it stands the ground carries nothing.
finding-gap-label = Nothing says who pays the way back; customers do
finding-gap-label-help = Add label.
finding-gap-shipping = Nothing says when delivery is refunded; it is not, unless the seller is at fault
finding-gap-shipping-help = Add shipping = { "{" } rule = "full_on_full_order" { "}" }.
finding-gap-refund = Nothing says when money goes; it waits for the inspection
finding-gap-refund-help = Add refund = { "{" } control = "received" { "}" }.
finding-gap-approval = No rule may approve anything; a person looks at every return
finding-gap-approval-help = Add auto_approve.
finding-gap-appeal = Nothing says how to object to a decision
finding-gap-appeal-help = Add appeal = { "{" } days = 30, answer_days = 5 { "}" }.
finding-gap-final-sale = Goods marked as final sale are refused, and no text says so
finding-gap-final-sale-help = Add [final_sale] with a text, or final_sale = "never".
finding-gap-reason = No reason of the client’s own stands for { $reason }
finding-gap-reason-help = Add one, so that customers can say it.
finding-gap-before-delivery = Goods still on their way when they usually come have no answer; a person looks
finding-gap-before-delivery-help = Add transit_days, or give the window a day more.

# An order, told thing by thing
finding-order-comma = ,{" "}
finding-order-place = { $name }
finding-order-channel = { $channel ->
    [online] online
    [store] in a store
    [marketplace] on a marketplace
    [phone] by phone
   *[business] to a business
}
finding-order-category = category { $name }
finding-order-article = article { $name }
finding-order-placed = ordered on { $day }
finding-order-delivered = delivered on { $day }
finding-order-undelivered = not delivered
finding-order-last-parcel = last parcel on { $day }
finding-order-asked = asked on { $day }
finding-order-reason = reason { $reason }
finding-order-own-reason = in the client’s words { $name }
finding-order-paid = paid { $amount }
finding-order-units = { $n ->
    [one] { $n } unit
   *[other] { $n } units
}
finding-order-seal = { $seal ->
    [broken] seal broken
   *[intact] seal intact
}
finding-order-final-sale = final sale
finding-order-lacks = { $condition ->
    [unopened] not unopened
    [unused] not unused
    [packaging] not in the original packaging
    [tags] without the tags
   *[complete] not complete
}
finding-order-no-evidence = no evidence given
finding-order-wants = wants { $outcome }

# What changes for customers
finding-aspect-verdict = Answer
finding-aspect-window = Window
finding-aspect-fees = Fees
finding-aspect-way-back-paid-by = Who pays the way back
finding-aspect-outcomes = What they can choose
finding-aspect-delivery-refunded = Delivery refunded
finding-aspect-money-goes = When money goes
finding-aspect-goods = The goods
finding-aspect-deductions-by-grade = Deductions by grade
finding-is-open = open
finding-is-day = until { $day }
finding-is-amount = { $amount }
finding-is-payer = { $payer ->
    [merchant] the merchant
   *[customer] the customer
}
finding-is-list = { $list }
finding-is-shipping = { $rule ->
    [none] never
    [pro_rata] a fair share
    [full] all of it
   *[full_on_full_order] all of it when the whole order comes back
}
finding-is-money = { finding-when }
finding-is-goods = { $goods ->
    [stay] stay
   *[back] come back
}
finding-is-rates = A–E: { $rates }
finding-is-taken = { $how ->
    [person] a person looks
    [evidence] taken with evidence
   *[taken] taken
}
finding-is-refused = { $code ->
    [category_excluded] refused: the goods are excluded
    [final_sale] refused: sold as final
    [reason_not_accepted] refused: this reason is not taken
    [not_eligible] refused: this value or number is not taken
    [condition_not_met] refused: the goods are not in the state demanded
   *[window_closed] refused: the window is over
}
