# Statutory clocks. Said to the consumer; what people of the house read is in `clocks-house.ftl`.
clock-window-end = Right can be used until
clock-acknowledgement = Acknowledgement
clock-delivery = Late delivery
clock-withholding = Money may be kept until
clock-remedy = Repair or replacement
clock-refund = Refund
clock-is-open = open
clock-is-met = done
clock-is-ended = no longer

clock-by-contract = order of { $date }
clock-by-delivery = delivery on { $date }
clock-by-notice-sent = notice sent on { $date }
clock-by-notice-received = notice received on { $date }
clock-by-goods-back = goods back on { $date }
clock-by-proof-of-sending = proof of sending of { $date }
clock-by-trader-agreed = agreed on { $date }
clock-by-right-vested = right arose on { $date }

clock-withdraw-runs-you = You can cancel until { $date }.
clock-withdraw-waits-you = You can cancel now. The time limit starts when you have received everything.
clock-withdraw-met-you = You cancelled on { $done }, in time.
clock-withdraw-met-late-you = You cancelled on { $done }. A person looks at whether that was in time.
clock-withdraw-ended-you = The time to cancel without a reason ended on { $date }.
clock-reject-runs-you = You can reject faulty goods for your money until { $date }.
clock-reject-ended-you = The short time to reject faulty goods ended on { $date }.
clock-claim-runs-you = We answer for defects that show by { $date }.
clock-claim-ended-you = The time we answer for defects ended on { $date }.

clock-acknowledgement-waits-you = We must confirm your declaration without delay.
clock-acknowledgement-runs-you = We must confirm your declaration by { $date }.
clock-acknowledgement-late-you = We should have confirmed your declaration by { $date }. Please write to us.
clock-acknowledgement-met-you = We confirmed your declaration on { $done }.
clock-acknowledgement-met-late-you = We confirmed your declaration on { $done }.

clock-delivery-waits-you = We must deliver without delay.
clock-delivery-runs-you = We must deliver by { $date }. After that you can end the contract.
clock-delivery-late-you = Delivery was due by { $date }. You can end the contract and get everything back.
clock-delivery-met-you = Delivered on { $done }.
clock-delivery-met-late-you = Delivered late, on { $done }.

clock-withholding-waits-you = We may keep the money until the goods are back or you show that you sent them.

clock-remedy-waits-you = We must put the goods right within a reasonable time.
clock-remedy-runs-you = We must put the goods right by { $date }.
clock-remedy-late-you = We should have put the goods right by { $date }. You can now ask for your money.
clock-remedy-met-you = Put right on { $done }.
clock-remedy-met-late-you = Put right late, on { $done }.

clock-refund-waits-you = The law says that you get your money back; the day is fixed when the goods are back or you show that you sent them.
clock-refund-runs-you = We must refund you by { $date }.
clock-refund-late-you = We should have refunded you by { $date }. We are late; please write to us if you do not hear from us.
clock-refund-met-you = We refunded you on { $done }.
clock-refund-met-late-you = We refunded you on { $done }, later than the law allows.

clock-unreviewed = unreviewed
clock-unreviewed-why = No lawyer has signed this rule off yet.
clocks-title = What the law counts
clocks-portal-note = These days follow from the law and hold whatever the rules of the shop say.

clock-reviewed = signed off
