# Policy studio: drafts of a client's policy, their check, review, approval and publication.

# Pages
studio-title = Policies
studio-lede = What customers are promised: drafted, checked against the law, approved by a second person, published.
studio-tabs = This draft
studio-tab-write = Write
studio-tab-check = Check and publish
studio-version = Version { $n }
studio-from-day = from { $day }
studio-line = line { $n }

# A client's versions and drafts
studio-in-force = In force
studio-next = Next
studio-coming = To come
studio-drafts = Drafts
studio-draft = Draft
studio-stage = State
studio-changed = Changed
studio-no-drafts = No draft is open
studio-no-drafts-why = Begin one from the version in force, change what is to change, and have it checked.
studio-begin = Begin a draft
studio-draft-title = Title
studio-from = Holds for orders from
studio-from-hint = At the earliest from tomorrow: all orders of one day get the same terms.
studio-start = Start from
studio-start-version = Version { $n }, from { $day }
studio-start-empty = An empty policy
studio-history = Versions
studio-version-column = Version
studio-published = Published by
studio-approved = Approved by
studio-note = Note
studio-house = The house
studio-nobody = nobody
studio-goes-back = Goes back to version { $n }.
studio-no-versions = Nothing is published yet
studio-no-versions-why = The first version may hold for orders of any day.
studio-roll-back = Go back to an older version
studio-roll-back-why = The old text becomes a new draft. It is checked and approved like any other, and orders placed meanwhile keep their terms.
studio-back-to = Back to version { $n }
studio-facts = This version
studio-content-hash = Content hash
studio-seal = Seal
studio-law = Checked against law

# How far a draft is
studio-stage-broken = Not readable yet
studio-stage-unchecked = Not checked
studio-stage-checking = Being checked
studio-stage-undercut = Below the law
studio-stage-ready = Ready for review
studio-stage-in-review = In review
studio-stage-approved = Approved
studio-stage-published = Published
studio-stage-dropped = Dropped
studio-step-write = Write
studio-step-check = Check
studio-step-review = Ask for review
studio-step-approve = Second person
studio-step-publish = Publish

# Editor
studio-text = Policy text
studio-text-hint = TOML. Everything you type is kept, also while it is not a policy yet.
studio-save = Save
studio-save-check = Save and check
studio-preview = What customers read
studio-errors = { $n ->
    [one] One thing is wrong
   *[other] { $n } things are wrong
}
studio-reads = The text is a policy
studio-reads-check = Check it to see whether it is below the law anywhere, and what changes for customers.
studio-clean = The check found nothing
studio-found = { $n ->
    [one] The check found one thing
   *[other] The check found { $n } things
}

# Check and publish
studio-next-step = Next step
studio-check = Check
studio-checking = Checking against the law
studio-places = { $done } of { $total } places
studio-cancel = Stop
studio-do-broken = The text is not a policy yet. The editor shows line by line what is wrong.
studio-do-unchecked = This text and day were not checked. The check holds them against the law of every place the policy sells to, and against the version in force.
studio-do-law = The law has changed since the check. Check again.
studio-do-undercut = There are orders for which this policy gives less than the law. It cannot be published; each finding below shows one such order and what to change.
studio-do-ready = The check stands. A second person must approve exactly this text, day and law before it can be published.
studio-do-review = { $name } asks for approval of exactly this:
studio-do-publish = { $name } approved it. Published, it holds for orders placed from { $day } on; orders before keep their terms.
studio-is-published = Published. It holds for orders placed from { $day } on.
studio-is-dropped = This draft was given up. Its text is kept.
studio-too-early = It can hold from { $day } on at the earliest. Change the day and check again.
studio-reason = Why the warnings may stay
studio-reason-hint = Published with the version, for whoever asks later.
studio-ask-review = Ask for review
studio-approve = Approve exactly this
studio-no-approver = You cannot approve policies. The client's own people and administrators can.
studio-own = You had a hand in this draft, so somebody else must approve it.
studio-publish = Publish
studio-written-by = Written by
studio-drop = Give this draft up
studio-drop-why = It leaves the list. The text is kept, but nobody can work on it any more.
studio-findings = Findings
studio-checked-places = { $places ->
    [one] Checked against the law of one place.
   *[other] Checked against the law of { $places } places.
}
studio-their-words = No lawyer has reviewed a rule unless the law desk says so.
studio-kind-undercut = Below the law
studio-kind-contradiction = Contradiction
studio-kind-unreachable = Never reached
studio-kind-ground = Unknown ground
studio-kind-gap = Gap
studio-witness = Such an order
studio-help = What to do:
studio-policy-gives = The policy gives
studio-law-gives = The law gives
studio-source = Source:
studio-also-in = Also in:
studio-changes = Who is better or worse off
studio-changes-why = Against the version in force, each with the simplest order that shows it.
studio-no-changes = Nobody is treated differently
studio-no-changes-why = No order gets another answer than under the version in force.
studio-who = Customers
studio-aspect = In what
studio-before = Now
studio-after = Then
studio-example = Such an order
studio-worse = worse off
studio-better = better off
studio-different = otherwise
studio-more-changes = { $n ->
    [one] One change more is not shown.
   *[other] { $n } changes more are not shown.
}

# Fields
help-date = Give a day, like 2027-03-01.
help-studio-title = Give a title of 1 to 120 characters.
help-studio-text = The text is longer than 256 KiB.
help-studio-tests = The test table is longer than 1 MiB.
help-studio-reason = At most 2,000 characters.
help-studio-alone = Say why nobody else approves it.

# Why a draft does not go further
problem-policy-no-policy = The text is not a policy
problem-policy-no-policy-do = Put right what the editor marks, then check again.
problem-policy-not-checked = It was not checked as it is now
problem-policy-not-checked-do = Check the draft, then try again.
problem-policy-law-changed = The law has changed since the check
problem-policy-law-changed-do = Check the draft again under today's law.
problem-policy-undercut = The policy is below the law
problem-policy-undercut-do = Read the order each finding shows and change the rule it names. Nothing was published.
problem-policy-warnings = The warnings of the check need a reason
problem-policy-warnings-do = Say why they may stay, or change the rules they name.
problem-policy-too-early = The first day is too early
problem-policy-too-early-do = Choose tomorrow or a later day: all orders of one day get the same terms.
problem-policy-not-in-review = Nobody asked for a review of the draft as it is now
problem-policy-not-in-review-do = Check it and ask for a review; any change voids what was asked before.
problem-policy-other-seal = The draft changed since it was shown to you
problem-policy-other-seal-do = Read it again as it is now, then approve.
problem-policy-second-person = Somebody else must approve it
problem-policy-second-person-do = Ask a person who neither wrote the draft nor asked for its review.
problem-policy-not-approved = Nobody has approved it as it is now
problem-policy-not-approved-do = Ask a second person to approve exactly this text, day and law.
problem-policy-closed = The draft is closed
problem-policy-closed-do = It was published or given up. Begin a new one.

# Test table
studio-tab-tests = Test table
studio-tab-backtest = Backtest
studio-one-order = Try one order
studio-try = Decide it
studio-try-keep = Decide and keep as a row
studio-answer = Answer
studio-offered = On offer:
studio-test-place = Delivered to (DE, US-NY)
studio-test-channel = Sold
studio-test-category = Category
studio-test-sku = Article number
studio-test-ordered = Ordered on
studio-test-delivered = Delivered on
studio-test-asked = Asked on
studio-test-reason = Reason
studio-test-wanted = Wanted
studio-test-units = Units
studio-test-price = Price of one
studio-test-currency = Currency
studio-test-expect = Expected
studio-test-nothing = Nothing in particular
studio-test-opened = Seal broken
studio-test-final-sale = Sold as final
studio-test-evidence = All evidence given
studio-test-order = Order
studio-channel-online = online
studio-channel-store = in a store
studio-channel-marketplace = on a marketplace
studio-channel-phone = by phone
studio-channel-business = to a business
studio-ending-declined = declined
studio-ending-asked = asked for more
studio-ending-review = a person looks
studio-ending-partly = granted in part
studio-ending-granted = granted
studio-ending-kept = granted, goods stay
studio-table = Test table
studio-table-none = No rows yet
studio-table-none-why = Keep orders you try, or paste a table. They stay with the draft and run again whenever you look.
studio-table-sum = { $good } of { $all } rows with an expectation come out as expected.
studio-row = Line
studio-money = Money
studio-why = Because
studio-as-expected = as expected
studio-not-expected = not as expected
studio-row-bad = not readable
studio-csv = Many at once
studio-csv-text = Rows as CSV
studio-csv-hint = One order a row, at most 1,000. Columns may be left out or stand in any order.
studio-csv-file = Or take them from a file
studio-csv-run = Store and run
studio-csv-columns = Columns and an example

# Backtest
studio-replay = Decide them again
studio-replay-why = Real cases of the last days are decided again, on the facts as they were, under the version of their purchase and under this draft. Nothing of a case is changed.
studio-replay-days = Days to look back
studio-replay-none = No backtest yet
studio-replay-none-why = See how many people would have gained or lost before anybody does.
studio-replay-old = The draft changed since this backtest.
studio-replaying = Deciding cases again
studio-replay-cases = { $done } of { $total } cases
studio-replay-failed = The backtest failed
studio-replay-stopped = The backtest was stopped, or the draft changed before it began.
studio-replayed = Cases: { $cases }, people: { $people }, days: { $days }.
studio-replay-how = Money is what a rule grants at once; what a person or evidence decides counts as nothing yet. Exemptions of goods are those of the sale.
studio-endings = What becomes of the cases
studio-cases = Cases
studio-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
studio-people-column = People
studio-money-before = Money now
studio-money-after = Money then
studio-fare-worse = Worse off
studio-fare-better = Better off
studio-fare-other = Otherwise
studio-fare-same = the same
studio-unasked = Goods nobody announced are not decided by a policy. Cases left out: { $n }.
studio-incomplete = Only the first 200,000 changed cases were kept for looking at; all were counted.
studio-case = Return
studio-opened = Asked on
studio-country = Country
studio-clause = Clause of the draft
studio-no-cases = No cases here
studio-no-cases-why = Nothing of this backtest has this ending.
help-studio-days = Give a number of days from 1 to 1,100.
help-studio-row = This row does not fit the columns.
help-studio-place = Give a country like DE, or one with its part like US-NY.
help-studio-currency = Give a currency of the policy, like EUR.
