# Why a text is not a policy, line by line in the editor, and what to write instead (-help). Names of
# the policy language stay as they are written in the file.
broken-too-large = The text is longer than { $most } bytes
broken-too-large-help = Move categories that share rules under one parent.
broken-toml = This is not TOML
broken-toml-help = The line, or what is open before it, cannot be read. Look for a missing bracket or quote.
broken-unknown-name = The policy language has no name “{ $name }”
broken-unknown-name-help = Check the spelling; the names that can stand here are listed below.
broken-unknown-value = “{ $name }” is not a possible value here
broken-unknown-value-help = Choose one of the fixed values listed below.
broken-missing = “{ $name }” is missing
broken-missing-help = Every policy must say this; add it.
broken-value = This value cannot stand here
broken-value-help = It is of another kind than expected, or outside its fixed set; the detail is below.
broken-range = { $value } is out of range
broken-range-help = Write a value from { $least } to { $most }.
broken-count = There are too few or too many of them: { $value }
broken-count-help = Have from { $least } to { $most }.
broken-name-length = The name is empty or too long (bytes: { $value })
broken-name-length-help = Give a name of 1 to { $most } bytes.
broken-two-markets = A country is in two markets: { $country }
broken-two-markets-help = List it in one market only.
broken-no-category = The policy has no category “{ $name }”
broken-no-category-help = Name a category that has rules here, or leave it out.
broken-group-or-reason = Is it a group or a reason?
broken-group-or-reason-help = A group has no code; a reason that can be chosen has one.
broken-no-group = Its group is not written
broken-no-group-help = Write the group too: it has a text of its own.
broken-no-window = The window for everything is missing
broken-no-window-help = Add rules.window = { "{" } days = 30 { "}" }.
broken-no-outcomes = Nothing says what customers can get
broken-no-outcomes-help = Add rules.outcomes = ["refund"].
broken-name = This name cannot be part of an address
broken-name-help = Use 1 to 40 of a–z, 0–9, _ and -; children after a slash.
broken-article = This is no article number
broken-article-help = Use 1 to 64 plain characters without spaces.
broken-role = There is no such role
broken-role-help = Write { $list }.
broken-day-order = The days are out of order
broken-day-order-help = ordered_from, ordered_to and return_until must follow each other.
broken-no-bonus = There is no bonus for this
broken-no-bonus-help = Only store_credit and exchange can have one.
broken-shipping = When the seller is at fault, delivery cannot be kept
broken-shipping-help = Write pro_rata, full or full_on_full_order.
broken-grades = A worse grade deducts less than a better one
broken-grades-help = Let the values rise from a to e.
broken-no-text = The text in “{ $lang }” is missing or longer than 1,000 bytes
broken-no-text-help = Say it in every language of languages, in one to three sentences.
broken-nothing-offered = Nothing is offered
broken-nothing-offered-help = Offer at least one of refund, store_credit, exchange, replacement and repair.
broken-fee-size = It is not clear how high the fee is
broken-fee-size-help = Give exactly one of rate (hundredths of a per cent), amount and none = true.
broken-late-fee = A fee for late returns needs its day
broken-late-fee-help = Add after_days: the number of days from which a return is late.
broken-tax-mode = A tax mode stands without an amount
broken-tax-mode-help = Only an amount has a tax mode; a rate is of the price with tax.
broken-other-currency = “{ $name }” is no currency of this policy
broken-other-currency-help = Use the upper-case codes listed in currencies.
broken-amount-range = The amount is out of range
broken-amount-range-help = Amounts start at 0.
broken-amount = “{ $name }” is not an amount of { $currency }
broken-amount-help = Write a decimal such as "12.50", without grouping and with no more decimals than the currency has.
broken-no-amount = There is no amount in { $currency }
broken-no-amount-help = Add { $currency } = "…".
broken-no-hash = The policy cannot be given its hash
broken-no-hash-help = This is ours to mend; please report it.
