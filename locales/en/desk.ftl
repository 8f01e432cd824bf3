# Words of the desk: everything people sign in for except the dock.

# Frame and navigation
desk-demo = Demo
desk-order = Order
desk-client = Client
desk-all-clients = All clients
desk-customer = Customer
desk-the-customer = the customer
desk-open = Open
desk-yes = Yes
desk-no = No
desk-filter = Filter

# Signing in
desk-sign-in = Sign in
desk-sign-in-who = Your administrator can send you a new one.
desk-sign-in-once = This link works once. Press the button to use it on this device.
desk-sign-in-now = Sign in here
desk-sign-in-gone = This link no longer works
desk-sign-in-gone-do = It was used before or is too old. Each link works once, for 24 hours.

# Home
desk-hello = Hello { $name }
desk-due-next = Due next
desk-all-done = Nothing is waiting for you
desk-all-done-why = New requests appear here by themselves.
desk-trouble = Should be empty
desk-nothing-stuck = All clear
desk-look-now = Look now
desk-tile-unknown = Payments of unknown outcome
desk-tile-failed = Payments refused
desk-tile-returned = Payments that came back
desk-tile-dead = Jobs given up
desk-leaves = { $n ->
    [one] { $n } entry
   *[other] { $n } entries
}
desk-no-checkpoint = Nothing signed yet

# Queues
desk-queue-title = Queues
desk-queue-review = Review
desk-queue-attention = Attention
desk-queue-info = Waiting for answer
desk-queue-goods = On the way
desk-queue-dock = At the dock
desk-queue-money = Paying
desk-queue-done = Done
desk-queue-is-review = A person decides
desk-queue-is-attention = Held, appealed, disputed or payment stuck
desk-queue-is-info = The customer was asked for something
desk-queue-is-goods = Goods are expected
desk-queue-is-dock = Goods are here to be counted and graded
desk-queue-is-money = Decided; money or goods go out
desk-queue-is-done = Closed, declined, cancelled or expired
desk-queue-empty = Nothing here
desk-queue-empty-why = This queue is empty. Look at another one, or choose all clients.
desk-rows = { $n ->
    [one] { $n } case on this page
   *[other] { $n } cases on this page
}
desk-first-rows = The first { $n } are shown; work them off to see more.

# Columns
desk-col-rma = Return
desk-col-order = Order
desk-col-item = Item
desk-col-status = Status
desk-col-due = Due
desk-col-age = Opened
desk-col-amount = Amount
desk-col-kind = What is owed
desk-col-gateway = Way
desk-col-attempts = Tries
desk-col-said = Last answer
desk-col-since = Untouched
desk-col-job = Job
desk-col-do = Do
desk-col-sku = Article
desk-col-place = Place
desk-col-bucket = Stock
desk-col-why = Why
desk-col-list = List price
desk-col-discount = Discounts
desk-col-tax = Tax inside
desk-col-paid = Paid
desk-col-free = Can come back
desk-col-version = No.
desk-col-event = Event
desk-col-when = When
desk-col-proof = Proof

# Due times
desk-due-minutes = in { $n } min
desk-due-hours = in { $n } h
desk-due-days = { $n ->
    [one] in { $n } day
   *[other] in { $n } days
}
desk-overdue-minutes = overdue { $n } min
desk-overdue-hours = overdue { $n } h
desk-overdue-days = { $n ->
    [one] overdue { $n } day
   *[other] overdue { $n } days
}

# The case
desk-opened = Opened { $when }
desk-version = Version { $n }
desk-moved = This case has changed since you opened the form. You can still send it: you will see what changed, and what you typed is kept.
desk-lines = Items and units
desk-strays = Came along, not on the order
desk-timeline = What happened
desk-events = { $n ->
    [one] { $n } event
   *[other] { $n } events
}
desk-parcels = Parcels
desk-siblings = Other returns of this order
desk-stock-moves = Stock movements
desk-follow-up = Follow-up work
desk-proofs = Proofs
desk-why = Why
desk-offer = Can be offered:
desk-policy-version = Policy { $name }, version { $hash }, in force at purchase
desk-way-back = Way back paid by
desk-money-goes = Money goes
desk-statutory = Carried by law
desk-clock-window = Return window until
desk-clock-withdrawal = Legal withdrawal until
desk-clock-send = To be sent by
desk-clock-refund = Refund due by
desk-missing = Still missing: { $what }
desk-missing-photos = { $n ->
    [one] { $n } photo
   *[other] { $n } photos
}
desk-missing-words = a description
desk-missing-serial = the serial number
desk-no-verdict = The rule has not judged this case
desk-no-verdict-why = Goods came unannounced, or the import brought the case as it is. A person decides.
desk-quote = Quote
desk-quote-total = Refund
desk-money = Money
desk-owed = { $amount } still owed
desk-all-paid = All paid
desk-attempts = { $n ->
    [one] { $n } try
   *[other] { $n } tries
}
desk-stuck-failed = The payment was refused
desk-stuck-failed-do = Nothing was paid. Put right what is wrong, then pay again; the same key is used, so it cannot go out twice.
desk-stuck-returned = The payment came back
desk-stuck-returned-do = Ask the customer for another account, then pay again.
desk-stuck-unknown = Nobody knows yet whether this was paid
desk-stuck-unknown-do = The provider is being asked. It is never sent again blindly; there is nothing to do now.
desk-override = Against the rule
desk-count-unexpected = more than expected
desk-photos = Photos
desk-photo-n = Photo { $n } of { $item }
desk-promise-money = Refund promised
desk-promise-money-runs = The policy promises the money by { $date }.
desk-promise-money-late = The policy promised the money by { $date }. It is overdue.
desk-promise-answer = Answer promised
desk-promise-answer-runs = The customer objected. The policy promises an answer by { $date }.
desk-promise-answer-late = The policy promised an answer to the objection by { $date }. It is overdue.
desk-promise-basis = Promise of the client's policy
desk-event-line-donated = { $units } × { $item } may stay and go to a charity
desk-count-missing = missing
desk-count-stray = not on the order
desk-basis-law = Law: { $citation }
desk-basis-policy = Policy, clause { $clause }
desk-basis-order = A fact of the order
desk-basis-arithmetic = Refund rule { $rule }
desk-basis-person = A person's decision
desk-actor-user = A colleague
desk-actor-shopper = The customer
desk-actor-rule = The rule
desk-actor-system = Redress
desk-actor-provider = Outside provider

# Events, one sentence each
desk-event-requested = Return { $code } asked for: { $units ->
    [one] { $units } unit
   *[other] { $units } units
}, { $kind }
desk-event-assessed = Judged by policy and law, worth { $amount }
desk-event-info-asked = Asked for evidence about { $item }
desk-event-info-answered = Evidence given about { $item }
desk-event-line-authorised = { $units } × { $item } may come back
desk-event-line-kept = { $units } × { $item } may stay with the customer
desk-event-line-declined = { $units } × { $item } declined: { $code }
desk-event-label-created = Label { $code } made, { $kind }
desk-event-ship-scanned = Parcel handed over on { $date }
desk-event-delivery-scanned = Parcel delivered to us on { $date }
desk-event-received = { $units ->
    [one] { $units } unit
   *[other] { $units } units
} counted at the dock on { $date }
desk-event-refund-due-set = Refund due by { $date }
desk-event-refund-promised = The policy promises the money by { $date }
desk-event-lines-announced = { $units ->
    [one] 1 unit that came unannounced was told apart
   *[other] { $units } units that came unannounced were told apart
}
desk-event-recognised = { $units ->
    [one] 1 unit that lay at the dock is the one authorised
   *[other] { $units } units that lay at the dock are the ones authorised
}
desk-event-recounted = Second count: { $units } × { $item } less
desk-lacks-unopened = seal broken
desk-lacks-unused = used or worn
desk-lacks-packaging = without the original packaging
desk-lacks-tags = without the tags
desk-lacks-complete = parts are missing
desk-event-graded = { $units } × { $item } inspected: { $kind }, taken back
desk-event-graded-rejected = { $units } × { $item } inspected: { $kind }, not taken back
desk-event-disposed = { $units } × { $item }: { $kind }
desk-event-granted = { $amount } granted
desk-event-obligation-created = { $kind } of { $amount } owed
desk-event-exchanged = Exchange agreed: { $item }
desk-event-exchange-undone = Exchange undone: the units are open again
desk-event-exchange-returned = The new goods are to come back
desk-event-security-ended = Security ended, { $amount } charged
desk-event-charge-returned = Goods came after all: { $amount } of the charged security goes back
desk-event-payment-sent = { $kind } of { $amount } sent
desk-event-payment-pending = { $kind } of { $amount } is being processed
desk-event-payment-settled = { $kind } of { $amount } arrived ({ $code })
desk-event-payment-failed = { $kind } of { $amount } refused: { $code }
desk-event-payment-returned = { $kind } of { $amount } came back: { $code }
desk-event-payment-unknown = Outcome of { $kind } of { $amount } unknown; the provider is asked
desk-event-payment-retried = { $kind } of { $amount } to be paid again
desk-event-obligation-canceled = { $kind } of { $amount } given up
desk-event-cancelled = Cancelled
desk-event-appealed = The customer disagrees
desk-event-appeal-upheld = Decision confirmed after appeal
desk-event-appeal-overturned = Decision changed after appeal
desk-event-held = Put on hold
desk-event-hold-released = Hold released
desk-event-dispute-opened = The bank opened a chargeback ({ $code })
desk-event-dispute-closed = Chargeback ended, { $amount } lost
desk-event-noted = Note
desk-event-expired = Expired: the goods were not sent in time
desk-event-reopened = Reopened
desk-event-closed = Closed
desk-event-clocks-counted = Statutory clocks counted
desk-event-clock-reminded = Reminder: { $kind } to be worked towards by { $date }
desk-event-clock-breached = Late by law: { $kind } was due by { $date }
desk-event-acknowledged = Withdrawal acknowledged on { $date }
desk-event-sending-proved = Sending proved, of { $date }

# Actions: button (act), title of the form (title), button that sends it (do), toast (done)
desk-act-authorise = Authorise
desk-act-announce = Say what came
desk-act-decide = Refund
desk-act-decline = Decline
desk-act-ask = Ask
desk-act-evidence = Record evidence
desk-act-uphold = Uphold
desk-act-overturn = Overturn
desk-act-release = Release
desk-act-reopen = Reopen
desk-act-close = Close
desk-act-note = Note
desk-act-hold = Hold
desk-act-appeal = Take down appeal
desk-act-cancel = Cancel return
desk-act-sent = Goods sent
desk-act-retry = Pay again
desk-act-drop = Give up
desk-title-authorise = Let { $units ->
    [one] { $units } unit
   *[other] { $units } units
} of { $customer } come back, worth { $amount }?
desk-title-decide = Give { $customer } { $amount }?
desk-title-announce = What came with return { $rma }?
desk-title-decline = Decline { $units ->
    [one] { $units } unit
   *[other] { $units } units
} of { $customer }, worth { $amount }?
desk-title-ask = Ask { $customer } for evidence
desk-title-evidence = Record what { $customer } has given
desk-title-uphold = Confirm the decision on { $amount } for { $customer }?
desk-title-overturn = Change the decision on { $amount } for { $customer }?
desk-title-release = Go on with return { $rma } of { $customer }?
desk-title-reopen = Bring return { $rma } of { $customer } back?
desk-title-close = Close return { $rma } of { $customer }?
desk-title-note = Note on return { $rma }
desk-title-hold = Stop return { $rma } of { $customer }, worth { $amount }?
desk-title-appeal = { $customer } disagrees with the decision
desk-title-cancel = Cancel the return of { $customer }, worth { $amount }?
desk-title-sent = Goods worth { $amount } have left for { $customer }?
desk-title-retry = Pay { $amount } to { $customer } again?
desk-title-drop = Give up paying { $amount } to { $customer }?
desk-do-authorise = Authorise
desk-do-announce = Record and judge
desk-do-decide = Give it
desk-do-decline = Decline
desk-do-ask = Send the question
desk-do-evidence = Record
desk-do-uphold = Confirm the decision
desk-do-overturn = Change the decision
desk-do-release = Go on
desk-do-reopen = Reopen
desk-do-close = Close
desk-do-note = Save note
desk-do-hold = Put on hold
desk-do-appeal = Take it down
desk-do-cancel = Cancel the return
desk-do-sent = Yes, sent
desk-do-retry = Pay again
desk-do-drop = Give up
desk-done-authorise = Authorised. The customer is told.
desk-done-announce = Recorded and judged.
desk-done-decide = Granted. The payment is on its way.
desk-done-decline = Declined. The customer is told how to appeal.
desk-done-ask = The question was sent.
desk-done-evidence = Recorded, and judged again.
desk-done-uphold = The decision stands.
desk-done-overturn = The decision was changed. Decide the units again.
desk-done-release = The case goes on.
desk-done-reopen = The case is open again.
desk-done-close = The case is closed.
desk-done-note = Note saved.
desk-done-hold = The case is on hold.
desk-done-appeal = The appeal was taken down. Another person decides it.
desk-done-cancel = The return was cancelled.
desk-done-sent = Recorded as sent.
desk-done-retry = It will be paid again.
desk-done-drop = Given up. The amount is free again.
desk-done-created = The return was created.
desk-done-claimed = The claim was made.
desk-claim-new = New claim
desk-claim-link = Did something never come, is it missing, broken, or do you want to make up for something?
desk-claim-make = Make the claim
desk-claim-about = About which items
desk-claim-declared = The customer declares that it is so
desk-claim-declared-hint = Filed as a proof that nothing came; the carrier is asked with it.
desk-claim-not-received-note = The parcel did not arrive, whatever the tracking says.
desk-claim-missing-item-note = The parcel came, but not everything was in it.
desk-claim-damaged-note = It was broken when it was opened.
desk-claim-not-as-described-note = It is clearly something else than what was offered.
desk-claim-goodwill-note = Nothing is wrong by law or policy; the shop makes up for it.
desk-done-job = The job will be tried again.
desk-why-close = Everything is done. A closed case can be reopened with a reason.
desk-why-announce = Nobody announced these goods. Say which units they are and why they come back; the rule then judges them like any request.
desk-announce-here = { $n } at the dock
desk-why-retry = The payment goes out under the same key, so it cannot be made twice.

# Fields
desk-field-units = Units
desk-field-units-of = up to { $n }
desk-field-amount = Amount
desk-field-shipping = Delivery charge to give back
desk-field-outcome = They get
desk-field-wanted = They want
desk-field-why = Why
desk-field-opened = Seal or packaging broken
desk-field-keep = The customer keeps the goods
desk-field-keep-hint = Needs a reason unless the rule says so itself.
desk-field-reason = Reason
desk-field-reason-hint = Only needed when you decide against the rule or above the quote.
desk-field-reason-needed = The rule says otherwise: say why you decide against it. It is kept with the case.
desk-field-ground = Ground
desk-field-choose = Choose
desk-field-decline-note = Words to the customer
desk-field-decline-note-hint = Needed where the law gives a right that you dispute.
desk-field-note = Note
desk-field-note-hint = It becomes part of the permanent record: no names, addresses or account numbers.
desk-field-question = Question to the customer
desk-field-line = About
desk-field-photos = Photos
desk-field-words = Description
desk-field-serial = Serial number
desk-field-reference = Delivery note or tracking number
desk-your-limit = Your own limit for this client is { $amount }.
desk-help-text = Write a few words
desk-help-choose = Choose one
desk-help-photos = Enter at most 10
desk-help-one-line = Enter the number of units for at least one item

# New return
desk-new-lede = For a customer on the phone. Find the order first.
desk-new-order = Order number
desk-new-order-hint = As on the confirmation
desk-new-find = Find order
desk-new-unknown = There is no such order of this client. Check the number.
desk-customer-language = Language of the customer
desk-customer-language-hint = Mail about this return comes in it.
desk-new-path = What is asked
desk-new-quote = See what they get
desk-new-create = Create return
desk-new-nothing-yet = Choose what comes back, then look at the result before you create it.
desk-new-none-free = Nothing of this can come back: not sent yet, or in another return.

# Order, search, money, jobs, stock
desk-sold = What was sold
desk-cases = Returns
desk-orders = Orders
desk-no-cases = No returns of this order yet.
desk-account = Account of the order
desk-captured = Paid by the customer
desk-refunded = Paid back
desk-on-its-way = Granted, on its way
desk-charged-back = Lost to chargebacks
desk-refundable = Can still be refunded
desk-paid-with = Paid with
desk-delivered = delivered { $date }
desk-final-sale = Final sale
desk-payout-known = A bank account for refunds is known.
desk-payout-unknown = No bank account for refunds is known.
desk-search = Search
desk-search-for = Return or order number
desk-search-lede = Finds returns and orders of your clients by their number.
desk-search-none = Nothing found
desk-search-none-why = Check the number. Only clients you work for are searched.
desk-money-lede = What is owed to customers and how far it is, longest untouched first.
desk-money-none = Nothing in this state
desk-money-none-why = Look at another state.
desk-jobs-lede = Labels, payments, messages and webhooks that follow decisions.
desk-jobs-none = No jobs in this state
desk-jobs-none-why = That is how it should be.
desk-job-retry = Try again
desk-stock-lede = Returned goods by article, place and what they can be used for.
desk-stock-none = No returned goods yet
desk-stock-none-why = They appear here when the dock counts them.

# Ledger
desk-ledger-lede = Every event is an entry that cannot be changed without being found out.
desk-ledger-none = No ledgers
desk-ledger-none-why = You have no client whose ledger you may read.
desk-ledger-size = Entries
desk-ledger-waiting = Waiting for their place
desk-ledger-signed = Last signed
desk-ledger-key = Public key of the log
desk-ledger-checkpoint = Newest signed checkpoint
desk-ledger-verify = Verify all
desk-ledger-ok = All { $n } entries hold
desk-ledger-ok-why = Every event was hashed again, and every signed checkpoint agrees.
desk-ledger-bad = { $n ->
    [one] { $n } thing does not hold
   *[other] { $n } things do not hold
}
desk-ledger-bad-do = Stop changing the database, keep a copy, and run: redress ledger verify
desk-proofs-of = Proofs of return { $rma }
desk-proofs-lede = Each receipt proves that one event is in the log, and can be checked without us.
desk-receipt = Download receipt
desk-receipt-waits = Waits for its place in the log
desk-check-yourself = Check it yourself
desk-check-how = Save a receipt, then run this anywhere; no database and no connection is needed:
desk-back-to-case = Back to the case

# Codes in words
desk-status-submitted = Submitted
desk-status-needs-info = Needs information
desk-status-in-review = In review
desk-status-authorised = Authorised
desk-status-partly-authorised = Partly authorised
desk-status-declined = Declined
desk-status-awaiting-goods = Awaiting goods
desk-status-in-transit = In transit
desk-status-arrived = Arrived
desk-status-inspecting = Inspecting
desk-status-decided = Decided
desk-status-settling = Paying
desk-status-settled = Paid
desk-status-closed = Closed
desk-status-on-hold = On hold
desk-status-appealed = Appealed
desk-status-disputed = Chargeback
desk-status-cancelled = Cancelled
desk-status-expired = Expired
desk-status-reopened = Reopened
desk-verdict-pane = What the rule says
desk-verdict-authorise = Authorise
desk-verdict-keep = Refund, goods stay
desk-verdict-review = A person decides
desk-verdict-info = Information missing
desk-verdict-decline = Decline
desk-verdict-was-let = Let back by a person
desk-verdict-was-declined = Declined by a person
desk-path-ordinary = Return
desk-path-withdrawal = Legal withdrawal
desk-path-is-ordinary = Under the client's policy, never less than the law
desk-path-is-withdrawal = No reason needed within the legal period
desk-reason-size-small = Too small
desk-reason-size-large = Too large
desk-reason-colour = Colour not as hoped
desk-reason-style = Style not as hoped
desk-reason-changed-mind = Changed mind
desk-reason-ordered-by-mistake = Ordered by mistake
desk-reason-better-price = Cheaper elsewhere
desk-reason-late-delivery = Came too late
desk-reason-not-as-described = Not as described
desk-reason-wrong-item = Wrong item sent
desk-reason-missing-parts = Parts are missing
desk-reason-damaged-in-transit = Damaged on the way
desk-reason-defective = Does not work
desk-reason-defective-in-warranty = Stopped working later
desk-reason-unauthorised-purchase = Bought without consent
desk-reason-recall = Recalled
desk-reason-refused-or-undeliverable = Refused or undeliverable
desk-reason-other = Something else
desk-outcome-refund = Money back
desk-outcome-store-credit = Store credit
desk-outcome-exchange = Exchange
desk-outcome-replacement = Replacement
desk-outcome-repair = Repair
desk-kind-refund = Refund
desk-kind-store-credit = Store credit
desk-kind-bonus = Bonus
desk-kind-exchange = Exchange
desk-kind-replacement = Replacement
desk-kind-repair = Repair
desk-kind-collect = Difference to pay
desk-kind-hold = Security
desk-state-requested = Owed
desk-state-sent = Sent
desk-state-pending = Being processed
desk-state-unknown = Outcome unknown
desk-state-settled = Arrived
desk-state-failed = Refused
desk-state-returned = Came back
desk-state-canceled = Given up
desk-state-is-requested = Decided and not sent yet. Goods wait here until somebody says they have left.
desk-state-is-sent = Handed to the provider; no answer yet.
desk-state-is-pending = The provider is working on it.
desk-state-is-unknown = Nobody knows whether these were paid. They are asked about, never sent again blindly.
desk-state-is-settled = Arrived at the customer.
desk-state-is-failed = Refused by the provider; still owed.
desk-state-is-returned = Paid and came back; owed again.
desk-state-is-canceled = Given up with a reason.
desk-stage-requested = Requested
desk-stage-sent = Sent
desk-stage-pending = Processing
desk-stage-settled = Arrived
desk-gateway-house-credit = Store credit account
desk-gateway-goods = Sent by people
desk-gateway-iso20022 = Bank transfer
desk-gateway-stripe = Back to the card
desk-fault-no-payout-account = No bank account of the customer is known
desk-fault-payout-account-changed = The bank account changed after the approval
desk-fault-bad-payout-account = The bank account number is wrong
desk-fault-no-gateway = No way to pay is set up
desk-fault-too-many-attempts = Tried too often
desk-fault-canceled = Stopped by the provider
desk-fault-AC01 = Account number wrong (AC01)
desk-fault-AC04 = Account closed (AC04)
desk-fault-AC06 = Account blocked (AC06)
desk-fault-AM04 = Not enough money on our account (AM04)
desk-fault-BE04 = Address of the account holder missing (BE04)
desk-tender-card = Card
desk-tender-gift-card = Gift card
desk-tender-store-credit = Store credit
desk-tender-bank = Bank transfer
desk-quote-shipping = Delivery
desk-quote-bonus = Bonus
desk-ground-window-closed = The return window has closed
desk-ground-category-excluded = Goods of this kind are excluded
desk-ground-final-sale = Final sale
desk-ground-reason-not-accepted = The reason is not accepted
desk-ground-evidence-missing = Evidence was not given
desk-ground-statutory-withdrawal-ended = The legal period has ended
desk-ground-wrong-item-received = Another item arrived
desk-ground-units-missing = Units are missing
desk-grade-a = A, sealed
desk-grade-b = B, open box
desk-grade-c = C, shows wear
desk-grade-d = D, repairable
desk-grade-e = E, scrap
desk-disposition-restock = back on sale
desk-disposition-open-box = on sale as open box
desk-disposition-refurbish = to be refurbished
desk-disposition-repair = to be repaired
desk-disposition-return-to-vendor = back to the vendor
desk-disposition-liquidate = sold off
desk-disposition-donate = given away
desk-disposition-recycle = recycled
desk-disposition-destroy = destroyed
desk-disposition-hold = held until someone decides
desk-disposition-ship-back = back to the customer
desk-disposition-return-received = counted at the dock
desk-bucket-sellable = Sellable
desk-bucket-open-box = Open box
desk-bucket-workshop = Workshop
desk-bucket-quarantine = Quarantine
desk-bucket-vendor = For the vendor
desk-bucket-liquidation = Liquidation
desk-bucket-donation = Donation
desk-bucket-waste = Waste
desk-units-announced = Asked
desk-units-authorised = Let back
desk-units-declined = Declined
desk-units-received = Counted
desk-units-accepted = Taken back
desk-units-granted = Granted
desk-units-settled = Done
desk-units-missing = missing
desk-units-unexpected = unexpected
desk-units-rejected = not taken back
desk-units-kept = kept
desk-parcel-waiting = Label made
desk-parcel-shipped = On the way
desk-parcel-delivered = Delivered
desk-parcel-received = Counted
desk-carrier-redress-offline = own label
desk-channel-online = Online
desk-channel-store = Store
desk-channel-marketplace = Marketplace
desk-channel-phone = Phone
desk-channel-business = Business
desk-payer-merchant = the shop
desk-payer-customer = the customer
desk-control-immediate = at once
desk-control-approved = when approved
desk-control-first-scan = at the first carrier scan
desk-control-delivered = when delivered
desk-control-received = when counted
desk-control-inspected = when inspected
desk-job-label = Make a label
desk-job-pay = Pay
desk-job-reconcile = Ask what became of a payment
desk-job-notify = Write to the customer
desk-job-webhook = Tell the client's system
desk-jobstate-open = Open
desk-jobstate-done = Done
desk-jobstate-dead = Given up

desk-clocks-title = What falls due by law
desk-clocks-lede = Every day the law counts, the nearest first. A clock cannot be paused or closed over.
desk-clocks-none = Nothing on this list
desk-clocks-none-why = Clocks appear when a customer uses a right and disappear when it is done.
desk-clocklist-work = To do
desk-clocklist-waiting = Without a day yet
desk-clocklist-done = Done
desk-clocks-late = Late
desk-clocks-is-late = day to work towards has passed
desk-clocks-today = Within a day
desk-clocks-is-today = today at the latest
desk-clocks-soon = Within three days
desk-clocks-is-soon = reminder is out
desk-clock-kind = Clock
desk-clock-all-kinds = All clocks
desk-clock-started = Started
desk-clock-strict = Work towards
desk-clock-due = Last lawful day
desk-clock-rule = Rule
desk-clock-late = late
desk-clock-met = Done on
desk-clock-days-late = Days late
desk-clock-by-contract = order
desk-clock-by-delivery = delivery
desk-clock-by-notice-sent = notice sent
desk-clock-by-notice-received = notice received
desk-clock-by-goods-back = goods back
desk-clock-by-proof-of-sending = proof of sending
desk-clock-by-trader-agreed = agreed
desk-clock-by-right-vested = right arose
desk-from = From
desk-to = To
desk-breaches-title = Breaches
desk-breaches-lede = Where the last lawful day passed before it was done.
desk-breaches-csv = All rows (CSV)
desk-breaches-sum = { $n ->
    [one] { $n } breach in this period, { $open } still open.
   *[other] { $n } breaches in this period, { $open } still open.
}
desk-breaches-none = Nothing was late
desk-breaches-none-why = Choose another period, or enjoy the moment.
desk-declarations-title = Declarations
desk-declarations-lede = Withdrawals whose order nobody found yet. Each is acknowledged and counts from the moment it came in.
desk-declarations-none = No declaration waits
desk-declarations-none-why = Withdrawals on orders we know are matched on their own.
desk-declared-open = Waiting
desk-declared-matched = Matched
desk-declared-closed = Closed
desk-declared-kind = Declaration
desk-declared-kind-withdrawal = Withdrawal from contract
desk-declared-kind-revocation = Revocation (Argentina)
desk-declared-acknowledged = acknowledged
desk-declared-not-acknowledged = not acknowledged yet
desk-declared-order = Number of the order
desk-declared-order-hint = The withdrawal becomes a return of this order, counted from the day it came in.
desk-declared-match = Match to this order
desk-declared-close = Close without a return
desk-declared-note = Why
desk-declared-note-hint = Write to the customer first; then say here what came out.
desk-done-matched = Matched: this is the return
desk-done-declared-closed = Closed
desk-job-acknowledge = Acknowledge a declaration
desk-job-alert = Mail about a clock
# The law desk.
desk-law-signed-title = Signed off
desk-law-sign = Sign this rule off
desk-law-sign-lede = You answer for the rule as it is worded here. Another wording needs another signature; the signature is kept in the event log.
desk-law-sign-note = What you looked at
desk-done-signed = Signed off
desk-law-packs = Law packs
desk-law-packs-lede = Corrections and additions of the house and its clients. A new pack decides new cases only; an open case keeps the law it began under.
desk-law-packs-none = Nothing of your own
desk-law-packs-none-why = The shipped law decides. A pack with the name of a shipped one takes its place; any other name is added.
desk-law-pack = Pack
desk-law-pack-name = Name
desk-law-pack-name-hint = Small letters, digits and hyphens, such as “de” or “our-corrections”.
desk-law-effective = Decides new cases from
desk-law-note = Why
desk-law-everybody = Everybody
desk-law-source = Text (TOML)
desk-law-source-hint = The whole pack. It is compiled with everything else before anything is stored.
desk-law-publish = Publish
desk-done-published = Published
desk-law-refused = This pack does not hold
desk-rights = Rights by law: { $items }
desk-law-version = Law
desk-holidays-version = Holidays
desk-law-retired = taken back
desk-job-document = Issue a credit note

# Approvals
approval-title = Approvals
approval-lede = Payments above the limit of whoever decided them. Nothing leaves before a second person approves exactly what is shown.
approval-none = Nothing here
approval-none-why = Payments that need a second person show up here by themselves.
desk-approval-state-waiting = Waiting
desk-approval-state-given = Approved
desk-approval-state-refused = Refused
approval-asks = { $who } asks for { $amount }
approval-why = Why
approval-pays = What is paid
approval-hash = Seal
approval-own = You asked for this: another person answers.
desk-approval-tender-card = Back to the card payment
desk-approval-tender-bank = Back to the bank transfer
desk-approval-tender-gift-card = Back to the gift card
desk-approval-tender-store-credit = Back to store credit
approval-void = Voided: something changed since it was asked for
approval-void-amount = The amount changed from { $from } to { $to }.
approval-void-payments = The payments it is made of changed.
approval-void-account = The customer's bank account changed.
approval-void-decision = The decision it rests on changed.
approval-void-do = Whoever asked has to ask again; nothing is paid until then.
desk-approval-do-approve = Approve
desk-approval-do-refuse = Refuse
approval-refuse-why = Why not
desk-done-approval-approve = Approved; the payment is on its way.
desk-done-approval-refuse = Refused; the case is to be decided anew.
desk-act-ask-approval = Ask for approval
desk-act-take-back = Take back
desk-act-ask-again = Ask for approval again
desk-title-ask-approval = Ask for approval of { $amount } for { $customer }?
desk-title-take-back = Take the { $amount } back?
desk-title-ask-again = Ask again for approval of { $amount }?
desk-done-ask-approval = Asked. Nothing is paid before a second person approves it.
desk-done-take-back = Taken back; nothing was sent.
desk-done-ask-again = Asked again.
desk-why-ask-approval = For amounts above your own limit. A second person sees exactly what is paid, and why you ask.
desk-field-ask-why = Why it should be approved
desk-field-ask-why-hint = The approver reads this; no personal data.
desk-limit-case = Left in this case: { $amount }.
desk-limit-customer = Left for this customer: { $amount }.
desk-limit-day = Left of your day: { $amount }.
desk-limit-client = Left of the client's day: { $amount }.
desk-event-approval-asked = Approval of { $amount } asked for ({ $code })
desk-event-approval-given = Approved ({ $code })
desk-event-approval-voided = Approval void: something changed ({ $code })
desk-event-approval-refused = Not approved ({ $code })
desk-event-grant-taken-back = Refund taken back before it was sent
