# One sentence per kernel::ReasonCode. Values: $date, $amount, $number, $text. Plain words, said to
# the shopper as well as to the agent.
reason-window-open = You asked in time: returns are accepted until { $date }.
reason-window-closed = The return window has closed. The last day was { $date }.
reason-window-not-started = The return window has not started yet. It starts when the goods arrive.
reason-category-excluded = The shop does not take back goods of this kind.
reason-not-eligible = The shop takes no returns of this value or this number.
reason-condition-not-met = The goods are not in the state the shop asks for.
reason-final-sale = This item was sold as final sale, so the shop does not take it back.
reason-reason-not-accepted = The shop does not accept returns for the reason given.
reason-evidence-missing = We need something more to decide: { $text }.
reason-above-approval-limit = This is above { $amount }, so a person must approve it first.
reason-returnless-below-threshold = You can keep the item. Below { $amount } it need not be sent back.
reason-returnless-donate = You need not send the item back. Please give it to a charity near you.
reason-statutory-withdrawal = By law you may change your mind and withdraw until { $date }.
reason-statutory-withdrawal-open = By law you may change your mind and withdraw; no last day runs yet.
reason-statutory-withdrawal-ended = The legal right to withdraw has ended. The last day was { $date }.
reason-statutory-exemption = The law makes an exception to the right to withdraw: { $text }.
reason-statutory-conformity = By law the seller answers for faulty goods until { $date }.
reason-statutory-conformity-open = By law the seller answers for faulty goods; the law names no last day.
reason-statutory-short-term-reject = By law you may reject faulty goods and get your money back until { $date }.
reason-statutory-short-term-reject-open = By law you may reject faulty goods and get your money back; the law names no last day.
reason-no-statutory-floor = The law where you live sets no minimum here, so the shop's policy decides.
reason-law-overrides-policy = The law gives you more than the shop's policy, so the law applies.
reason-business-buyer = This was bought by a business, so consumer rights do not apply.
reason-merchant-fault = The fault is not yours: there is no fee, and the way back is paid.
reason-no-units-left = You asked for more units than can still come back. { $number ->
    [0] None are left.
    [one] One is left.
   *[other] { $number } are left.
}
reason-unit-in-other-case = This item is already part of return { $text }.
reason-not-fulfilled = This item has not been shipped yet. You can cancel it instead.
reason-nothing-paid = Nothing was paid for this item, so there is nothing to refund.
reason-paid-value = This is what was paid: { $amount }.
reason-discount-share = The discounts of the order took { $amount } off the list price, so they are not refunded.
reason-partial-amount = A part of what was paid: { $amount }, tax included.
reason-charge-refunded = This charge comes back with the goods: { $amount }.
reason-gift-card-spent = { $amount } of the gift card was spent already.
reason-promotion-kept = You keep the discount, although the rest of the order alone would not have earned it.
reason-promotion-clawed-back = What you keep would not have earned the discount, so { $amount } of it is taken back.
reason-promotion-restored = { $amount } of discount that was taken back before is given back.
reason-bonus-credit = { $amount } of extra credit on top. It is promotional and is never paid out.
reason-value-loss-not-taken = Nothing is taken off for loss of value here. It would have been { $amount }.
reason-shipping-with-rest = Delivery ({ $amount }) is refunded once the rest of the order comes back too.
reason-fee-charged = The policy takes a fee of { $amount }.
reason-fee-waived = The fee does not apply here.
reason-shipping-refunded = You get { $amount } back for delivery.
reason-shipping-kept = The delivery charge is not refunded.
reason-return-cost-customer = You pay for sending it back: { $amount }.
reason-return-cost-merchant = The shop pays for sending it back.
reason-value-loss-deducted = { $amount } is taken off because the goods lost value through use.
reason-ceiling-applied = The refund is limited to { $amount }, which is all that is left of what was paid.
reason-override = A person with authority decided this. Their reason: { $text }.
reason-refund-control = The money is sent as soon as this is met: { $text }.
reason-refund-due = The refund must be made by { $date } at the latest.
reason-outcomes-limited = In this case we can offer: { $text }.
reason-wrong-item-received = What arrived is not what was announced.
reason-units-missing = Fewer units arrived than were announced. { $number ->
    [one] One is missing.
   *[other] { $number } are missing.
}
reason-needs-review = A person needs to look at this before it goes on.
