# Statutory clocks. `-you` is said to the consumer, `-house` to people of the house.
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
clock-withdraw-runs-house = Can be cancelled until { $date }
clock-withdraw-waits-house = Can be cancelled; the period has not started
clock-withdraw-met-house = Cancelled on { $done }
clock-withdraw-met-late-house = Cancelled on { $done }, after the period
clock-withdraw-ended-house = Period to cancel ended on { $date }
clock-reject-runs-you = You can reject faulty goods for your money until { $date }.
clock-reject-ended-you = The short time to reject faulty goods ended on { $date }.
clock-reject-runs-house = Can be rejected until { $date }
clock-reject-ended-house = Short-term rejection ended on { $date }
clock-claim-runs-you = We answer for defects that show by { $date }.
clock-claim-ended-you = The time we answer for defects ended on { $date }.
clock-claim-runs-house = Liability for defects until { $date }
clock-claim-ended-house = Liability for defects ended on { $date }

clock-acknowledgement-waits-you = We must confirm your declaration without delay.
clock-acknowledgement-runs-you = We must confirm your declaration by { $date }.
clock-acknowledgement-late-you = We should have confirmed your declaration by { $date }. Please write to us.
clock-acknowledgement-met-you = We confirmed your declaration on { $done }.
clock-acknowledgement-met-late-you = We confirmed your declaration on { $done }.
clock-acknowledgement-waits-house = To be acknowledged without delay
clock-acknowledgement-runs-house = To be acknowledged by { $date }
clock-acknowledgement-late-house = Not acknowledged by { $date }
clock-acknowledgement-met-house = Acknowledged on { $done }
clock-acknowledgement-met-late-house = Acknowledged late, on { $done }

clock-delivery-waits-you = We must deliver without delay.
clock-delivery-runs-you = We must deliver by { $date }. After that you can end the contract.
clock-delivery-late-you = Delivery was due by { $date }. You can end the contract and get everything back.
clock-delivery-met-you = Delivered on { $done }.
clock-delivery-met-late-you = Delivered late, on { $done }.
clock-delivery-waits-house = Delivery without delay
clock-delivery-runs-house = To be delivered by { $date }
clock-delivery-late-house = Not delivered by { $date }
clock-delivery-met-house = Delivered on { $done }
clock-delivery-met-late-house = Delivered late, on { $done }

clock-withholding-waits-you = We may keep the money until the goods are back or you show that you sent them.
clock-withholding-waits-house = Money may be kept until goods or proof of sending come
clock-withholding-ended-house = May not be kept since { $done }

clock-remedy-waits-you = We must put the goods right within a reasonable time.
clock-remedy-runs-you = We must put the goods right by { $date }.
clock-remedy-late-you = We should have put the goods right by { $date }. You can now ask for your money.
clock-remedy-met-you = Put right on { $done }.
clock-remedy-met-late-you = Put right late, on { $done }.
clock-remedy-waits-house = To be put right within a reasonable time
clock-remedy-runs-house = To be put right by { $date }
clock-remedy-late-house = Not put right by { $date }
clock-remedy-met-house = Put right on { $done }
clock-remedy-met-late-house = Put right late, on { $done }

clock-refund-waits-you = The law says that you get your money back; the day is fixed when the goods are back or you show that you sent them.
clock-refund-runs-you = We must refund you by { $date }.
clock-refund-late-you = We should have refunded you by { $date }. We are late; please write to us if you do not hear from us.
clock-refund-met-you = We refunded you on { $done }.
clock-refund-met-late-you = We refunded you on { $done }, later than the law allows.
clock-refund-waits-house = Refund day not fixed yet
clock-refund-runs-house = To be refunded by { $date }
clock-refund-late-house = Not refunded by { $date }
clock-refund-met-house = Refunded on { $done }
clock-refund-met-late-house = Refunded late, on { $done }
clock-refund-ended-house = Nothing owed any more
clock-work-by = Work towards { $date }

clock-unreviewed = unreviewed
clock-unreviewed-why = No lawyer has signed this rule off yet.
clocks-title = What the law counts
clocks-portal-note = These days follow from the law and hold whatever the rules of the shop say.

alert-near-subject = { $kind } due by { $date }: return { $rma }
alert-near = The law counts to { $date } on return { $rma } of { $client }. Work towards { $strict }.
alert-over-subject = Late: { $kind } was due by { $date }, return { $rma }
alert-over = The last lawful day on return { $rma } of { $client } was { $date }. It is not done.
alert-rule = Rule
alert-open = Open the return
clock-reviewed = signed off
