# The shopper's portal: plain words, short sentences, one question per page.
portal-this-language = English
portal-languages = Language
portal-questions = Questions? Write to us:
portal-continue = Continue
portal-back = Back
portal-change = Change
portal-leave = I am done on this device
portal-rma = Return number

portal-step-order = Order
portal-step-items = Items
portal-step-reason = Reason
portal-step-outcome = Outcome
portal-step-send = Sending
portal-step-check = Check

portal-landing-title = Returns
portal-landing-lede = Start a return in a few minutes. You need no account.
portal-start = Start a return
portal-follow = Follow a return
portal-policy-title = Our return policy in short
portal-policy-special = Rules for certain goods, reasons and places
portal-policy-law = Your rights by law are never less than this. Before you send anything you see what you get back and why.

portal-find-title = Which order is it about?
portal-follow-title = Follow a return
portal-open-title = Open your return
portal-find-lede = With the order number and your e-mail address or postcode we find it.
portal-open-lede = Please show that the order is yours.
portal-find-late = Your last visit was a while ago. Please find your order again; answers on the way are kept.
portal-find-number = Order number
portal-find-number-hint = It is in your order confirmation.
portal-find-proof = E-mail address or postcode
portal-find-proof-hint = The one you gave with the order.
portal-find-number-missing = Enter the order number
portal-find-proof-missing = Enter the e-mail address or postcode of the order
portal-find-wrong = We find no order with these details. Check the number and the e-mail address or postcode.

portal-items-title = Which items do you want to send back?
portal-items-lede = Order { $number }
portal-items-none = Choose at least one item
portal-items-wrong = Choose one of the quantities shown
portal-items-many = Choose at most 50 items; for more please write to us
portal-items-nothing = Nothing of this order can be sent back right now
portal-items-nothing-do = Below you see why for each item.
portal-items-returns = Returns of this order
portal-item-bought = { $n ->
    [one] { $n } bought
   *[other] { $n } bought
}
portal-item-of = Item { $n } of { $total }
portal-item-not-sent = { $n ->
    [one] { $n } not sent to you yet. Write to us to cancel it.
   *[other] { $n } not sent to you yet. Write to us to cancel them.
}
portal-item-in-return = { $n ->
    [one] { $n } is already in return
   *[other] { $n } are already in return
}
portal-units-label = How many?
portal-units-none = None
portal-units = { $n }
portal-lost = These answers do not fit this order
portal-lost-do = Start again with the items

portal-reason-title = Why are you sending it back?
portal-reason-label = Choose the reason that fits best
portal-reason-missing = Choose a reason
portal-details-title = Tell us a little more
portal-opened = It is opened or was used
portal-opened-hint = The seal or packaging is broken, or it was tried for longer than in a shop.
portal-opened-short = opened or used
portal-lacks = What is true for this item?
portal-lacks-hint = Tick what applies. It decides whether it can come back under the shop's own rules; your legal rights stay as they are.
portal-lacks-unopened = It was opened
portal-lacks-unused = It was used or worn
portal-lacks-packaging = The original packaging is missing
portal-lacks-tags = The tags are off
portal-lacks-complete = A part or accessory is missing
portal-note = What is the matter?
portal-note-optional = Anything we should know? (optional)
portal-note-hint = A few words are enough. Please write no card or account numbers.
portal-note-long = Shorten this to 500 characters
portal-serial = Serial number
portal-serial-hint = You find it on the device or its box.
portal-photos = { $n ->
    [one] We will need { $n } photo
   *[other] We will need { $n } photos
}
portal-claim-photos = Photos, if they show what is wrong
portal-claim-photo-kept = Photo { $n } is kept with this form
portal-photos-later = You can add them on the page of your return as soon as it is sent.
portal-photos-mail = Or send them by e-mail
portal-photos-hint = JPEG, PNG or WebP, six at most at a time. Place and camera are removed from them.
portal-photos-given = Your photos
portal-photo-n = Photo { $n }
portal-photos-many = Choose six photos at most.
portal-photos-unread = One of the files is no photo we can read. Choose JPEG, PNG or WebP.

portal-outcome-title = What would you like?
portal-outcome-label = Choose one
portal-outcome-missing = Choose what you would like
portal-outcome-none = We can offer nothing here
portal-outcome-none-do = On the last page you see why, and what you can do about it.
portal-outcome-exchange = Another size or colour instead
portal-outcome-store-credit = To spend in the shop, with no end date
portal-outcome-replacement = The same article again
portal-outcome-repair = We repair it and send it back
portal-outcome-refund = To the payment method you used
portal-outcome-whole = All items so far: { $amount }.
portal-outcome-every = Show every choice, money back too
portal-bonus = Store credit includes { $amount } extra.
portal-variant = Size or colour you want instead
portal-variant-hint = Only for an exchange.

portal-send-title = How will you hand in the parcel?
portal-send-label = Choose one
portal-send-missing = Choose how you hand in the parcel
portal-send-print = Print the label
portal-send-print-note = A PDF for your printer; stick it on the parcel.
portal-send-show = Show a code on the phone
portal-send-show-note = No printer needed; the label is printed where you hand it in.

portal-check-title = Check and send
portal-check-answers = Your answers
portal-check-approved = Everything can come back. Nothing is sent before you confirm.
portal-check-partly = Some of it can come back. Below you see why.
portal-check-review = A person will look at this first.
portal-check-info = We need a little more from you before we can decide.
portal-check-all-declined = By the rules of the shop this cannot come back.
portal-check-send = Send the return
portal-check-send-anyway = Ask for it anyway
portal-check-declined = You can still ask
portal-check-declined-do = You get the decision in writing and can object to it; then a person looks. Your right to withdraw by law is separate:
portal-verdict-authorise = Can come back
portal-verdict-keep = Keep it, money back
portal-all-items = For all items
portal-verdict-donate = Give it to charity, money back
portal-verdict-review = A person looks
portal-verdict-info = More needed
portal-verdict-decline = Not accepted
portal-words = Item { $line }: { $words }
portal-words-variant = Wants instead: { $variant }.
portal-words-serial = Serial number: { $serial }.

portal-quote-title = What you get back
portal-quote-total = You get back
portal-quote-with-bonus = With the extra credit
portal-quote-tax = Includes { $amount } tax.
portal-quote-goods = { $n ->
    [one] { $item }
   *[other] { $n } × { $item }
}
portal-quote-charge = Charge
portal-quote-shipping = Delivery
portal-quote-promotion = Promotion
portal-quote-fee = Fee
portal-quote-label = Return label
portal-quote-deduction = Loss of value
portal-quote-ceiling = Limit of what was paid
portal-quote-bonus = Extra credit
portal-clocks-title = Days that count
portal-clock-window = Return window ends
portal-clock-withdrawal = Right to withdraw ends
portal-clock-refund = Money back at the latest
portal-clock-promised = Money back, as the shop promises
portal-clock-send = Hand over by
portal-rights-title = Your rights by law
portal-rights-note = These rights hold whatever the rules of the shop say.

portal-done-title = Your return has been sent to us
portal-done-mail = We also write to
portal-done-follow = Follow this return
portal-label-title = Your return label
portal-label-print = Open the label (PDF)
portal-label-no-printer = No printer? Show this code
portal-label-soon = Your label is being made
portal-label-soon-do = It takes a few seconds. Load this page again.
portal-qr-alt = Code of this return
portal-qr-show = Show this code where you hand in the parcel.

portal-next = What happens next
portal-next-refund = You get your money by { $date } at the latest.
portal-status-order = Order { $number }
portal-history = What has happened
portal-to-order = Back to the order
portal-worth-title = What you get
portal-worth-how = How this was worked out
portal-kind-bonus = Extra credit
portal-kind-collect = What you pay on top
portal-kind-hold = Security for goods sent in advance
portal-payment-requested = Granted; we are sending it
portal-payment-sent = On its way to you
portal-payment-settled = Confirmed: it has arrived
portal-payment-returned = It came back to us; we are putting it right

portal-stage-asked = Asked
portal-stage-approved = Approved
portal-stage-sent = Sent
portal-stage-arrived = Arrived
portal-stage-paid = Paid

portal-status-submitted = Received
portal-status-submitted-next = We look at your request now.
portal-status-needs-info = We need something from you
portal-status-needs-info-next = Answer the question on this page. Then we go on.
portal-status-in-review = A person is looking at it
portal-status-in-review-next = You get an answer by e-mail. You need to do nothing.
portal-status-authorised = Approved
portal-status-authorised-next = Your label is on its way. Then pack the items and hand them over.
portal-status-partly-authorised = Partly approved
portal-status-partly-authorised-next = Send only the approved items back. For the others you see why below.
portal-status-declined = Not accepted
portal-status-declined-next = Below you see why. You can object; then a person looks.
portal-status-awaiting-goods = Waiting for your parcel
portal-status-awaiting-goods-next = Pack the items, put the label on and hand the parcel over.
portal-status-in-transit = On its way to us
portal-status-in-transit-next = The carrier has your parcel. We write when it arrives.
portal-status-arrived = Arrived
portal-status-arrived-next = We unpack and count it now.
portal-status-inspecting = Being checked
portal-status-inspecting-next = We check the items and then decide about the money.
portal-status-decided = Decided
portal-status-decided-next = The decision is made; see below what you get.
portal-status-settling = Money is on its way
portal-status-settling-next = Banks may take a few days to show it.
portal-status-settled = Paid
portal-status-settled-next = You have nothing left to do.
portal-status-closed = Closed
portal-status-closed-next = Everything is done. Write to us if something is missing.
portal-status-on-hold = On hold
portal-status-on-hold-next = We must clear up a question first and write to you.
portal-status-appealed = Your objection is being looked at
portal-status-appealed-next = Somebody who did not decide before looks at it and writes to you.
portal-status-disputed = With your bank
portal-status-disputed-next = You asked your bank to get the money back. We wait for its decision.
portal-status-cancelled = Called off
portal-status-cancelled-next = Nothing comes back. You can start a new return while the window is open.
portal-status-expired = Too late
portal-status-expired-next = The parcel was not handed over in time. Write to us if you have sent it.
portal-status-reopened = Opened again
portal-status-reopened-next = We look at it once more and write to you.

portal-event-requested = You asked for the return
portal-event-info-asked = We asked you for something
portal-event-info-answered = You answered
portal-event-authorised = Approved
portal-event-kept = Approved; you keep the item
portal-event-declined = Not accepted
portal-event-label = Label made
portal-event-shipped = Handed over to the carrier
portal-event-delivered = Delivered to us
portal-event-received = Unpacked and counted
portal-event-graded = Checked
portal-event-granted = Money granted
portal-event-sent = Money sent
portal-event-paid = Money arrived
portal-event-returned = Money came back to us
portal-event-cancelled = Called off
portal-event-appealed = You objected
portal-event-upheld = Objection decided: the decision stands
portal-event-overturned = Objection decided in your favour
portal-event-expired = Not handed over in time
portal-event-reopened = Opened again
portal-event-closed = Closed

portal-question-title = We need this from you
portal-question-send = Send the answer
portal-question-empty = Write an answer
portal-appeal-title = You disagree?
portal-appeal-lede = Say why. Somebody who did not decide before looks at it.
portal-appeal-answer = Somebody else looks at your objection. You get an answer by { $date }.
portal-appeal-until = You can object until { $date }.
portal-appeal-label = Your objection
portal-appeal-send = Send the objection
portal-appeal-missing = Say why you disagree
portal-cancel-title = Call this return off
portal-cancel-lede = Return { $rma } ends and its label is no longer valid.
portal-cancel-send = Call it off

# The statutory withdrawal; the two labels are those of Directive (EU) 2023/2673.
portal-withdraw-title = Right of withdrawal
portal-withdraw-short = You bought at a distance? By law you can withdraw from the contract without giving a reason.
portal-withdraw-here = Withdraw from contract here
portal-withdraw-lede = No reason and no account needed. Nothing is declared before you confirm on the next page.
portal-withdraw-name = Your name
portal-withdraw-name-missing = Enter your name
portal-withdraw-email = E-mail address of the order
portal-withdraw-email-hint = We send the acknowledgement there.
portal-withdraw-email-missing = Enter the e-mail address of the order
portal-withdraw-next = Continue to confirmation
portal-withdraw-step = Step 1 of 2
portal-withdraw-confirm-title = Confirm your withdrawal
portal-withdraw-statement = I withdraw from the contract with { $client } about order { $number } for these items:
portal-withdraw-items = Items
portal-withdraw-none = Leave at least one item ticked
portal-withdraw-ack-to = Acknowledgement goes to
portal-withdraw-after = You get an acknowledgement with date and time at once, then what you need to send the items back.
portal-withdraw-confirm = Confirm withdrawal
portal-withdraw-nothing = No item of this order is open here
portal-withdraw-nothing-do = Everything is in a return already or was not sent yet. You can confirm your withdrawal all the same: it counts from now, and a person sorts out the rest.
portal-withdraw-done = Your withdrawal has been received
portal-withdraw-done-mail = We also send this acknowledgement to
portal-receipt-kept = Your withdrawal and the moment we received it are on record.
portal-receipt-open = Open the acknowledgement
portal-receipt-pdf = Save as PDF
portal-withdraw-email-wrong = Enter an e-mail address such as name@example.com
portal-withdraw-statement-all = I withdraw from the contract with { $client } about order { $number }.
portal-withdraw-unmatched = We did not find this order on our own
portal-withdraw-unmatched-do = You can confirm all the same: your withdrawal counts from that moment and is acknowledged at once. A person then looks for the order.
portal-withdraw-next-person = A person looks for your order now and writes to you about the rest.
# The label is the one Argentine law asks for (Disposición 954/2025), in its language.
portal-revoke-button = Botón de arrepentimiento
portal-revoke-lede = You can revoke your purchase within 10 days without a reason and at no cost. You get the code of your request at once.
portal-revoke-email = E-mail address
portal-revoke-email-hint = We send the code of your request there.
portal-revoke-send = Revoke the purchase

portal-credit-title = Your store credit
portal-credit-now = You can spend
portal-credit-promotional = of that { $amount } as a bonus, which is spent first and never paid out
portal-credit-ends = The next part can be spent until { $day }.
portal-account-title = Where should your refund go?
portal-account-lede = We pay { $amount } to a bank account you name here. This page works once.
portal-account-holder = Name of the account holder
portal-account-holder-hint = As it stands on your bank card or statement.
portal-account-iban = IBAN
portal-account-iban-hint = Two letters and up to 32 more characters, on your statement or bank card.
portal-account-reason = Why is the account not in your name?
portal-account-reason-hint = For example: my partner’s account.
portal-account-proof-hint = As on your order, to show that it is you.
portal-account-proof-wrong = This is not the e-mail address or postcode of the order.
portal-account-next = Somebody checks the account before anything is paid, and we tell you by e-mail.
portal-account-send = Use this account
portal-account-done-title = Thank you: we have your account
portal-account-done = Somebody checks it now. You get an e-mail before anything is paid.
portal-account-home = To the start
portal-account-gone = This link no longer works
portal-account-used = It was used once already; that is all it is for.
portal-account-late = Its time is over.
portal-account-nothing = There is nothing left to name an account for.
portal-account-help = If you need a new one, write to { $mail }.
portal-object-title = Stop this change?
portal-object-lede = Somebody named another bank account for your refund. If that was not you, stop it here: the refund then goes back to what you paid with.
portal-object-amount = Your refund
portal-object-send = It was not me: stop it
portal-object-else = If it was you, close this page. Nothing changes.
portal-object-done-title = Stopped
portal-object-done = The refund goes back to what you paid with. Somebody of us looks at what happened.
