//! What a policy answers beside what a right gives, dimension by dimension. More in one dimension
//! never makes up for less in another.

use crate::{
    order::Order,
    said::{Phrase, Said, Value, rates},
};
use jiff::{Span, civil::Date};
use kernel::{Money, ReasonCode};
use law::{
    Deduction, Entitlement, Holidays, Outbound, Payer, RefundEvents, Remedy, RequestKind, Right,
};
use policy::{
    ClauseRef, FeeKind, Grade, Outcome, PolicyAnswer, RefundControl, ShippingRule, Verdict,
};
use serde::Serialize;

/// In what a policy can give less than a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// The time to ask.
    Window,
    /// Goods excluded.
    Exclusion,
    /// Goods sold as final.
    FinalSale,
    /// A reason that is not taken.
    Reason,
    /// The value or number that is not taken.
    Eligibility,
    /// The state of the goods.
    Condition,
    /// Evidence for a right that needs no reason.
    Evidence,
    /// A fee.
    Fee,
    /// A deduction for the state of the goods.
    Deduction,
    /// Money, or only something else.
    RefundForm,
    /// What was paid for delivery.
    Outbound,
    /// The cost of the way back.
    ReturnCost,
    /// The day by which the money is back.
    RefundTime,
}

/// One dimension in which the policy gives less.
#[derive(Debug, Clone)]
pub(crate) struct Breach {
    pub(crate) dimension: Dimension,
    pub(crate) clause: ClauseRef,
    pub(crate) policy: Said,
    pub(crate) law: Said,
}

/// Whether a right answers what is asked: one without a reason for a change of mind, one that
/// rests on a fault for a fault. Who has a fault may also withdraw; that is tried as a change of
/// mind. Banks' rules are not a return policy's business.
pub(crate) fn answers(right: &Entitlement, request: RequestKind) -> bool {
    match right.right {
        Right::ShortTermReject | Right::Conformity => matches!(request, RequestKind::Defect { .. }),
        Right::NonDelivery => request == RequestKind::NonDelivery,
        Right::PaymentRefund | Right::PaymentDispute => false,
        Right::Withdrawal
        | Right::CoolingOff
        | Right::DefaultReturn
        | Right::CancelForDisclosureFailure
        | Right::UndisclosedPolicyRefund => request == RequestKind::ChangeOfMind,
    }
}

/// Whether a right needs no fault of the goods.
fn needs_no_reason(right: &Entitlement) -> bool {
    right.right.needs_no_reason()
}

/// Everything in which `answer` gives less than `right`, which the buyer can use on that day.
pub(crate) fn breaches(
    order: &Order,
    answer: &PolicyAnswer,
    right: &Entitlement,
    holidays: &Holidays,
) -> Vec<Breach> {
    let mut out = Vec::new();
    let until = || match right.deadline {
        Some(day) => Phrase::new("finding-law-until")
            .with("day", Value::Day(day))
            .in_english(format!("the right can be used until {day}")),
        None => Phrase::new("finding-law-open")
            .in_english("the right can be used; the law fixes no last day"),
    };
    let mut add = |dimension, clause, policy: Said, law: Said| {
        out.push(Breach {
            dimension,
            clause,
            policy,
            law,
        });
    };
    if let Verdict::Outside(code) = answer.verdict {
        if !answer.yields_to_law {
            let (dimension, said) = refusal(code, answer);
            add(dimension, answer.clauses.verdict, said, until());
        }
        return out;
    }
    if let Verdict::NeedsEvidence(_) = answer.verdict
        && needs_no_reason(right)
    {
        let said = Phrase::new("finding-policy-evidence")
            .terms("reason", [order.reason.as_str()])
            .in_english(format!(
                "asks for evidence with the reason {}",
                order.reason
            ));
        let law = Phrase::new("finding-law-evidence")
            .in_english("the right needs no reason and no evidence");
        add(Dimension::Evidence, answer.clauses.verdict, said, law);
    }
    fees(order, answer, right, &mut add);
    outcomes(answer, right, &mut add);
    if right.refunds_outbound != Outbound::No && answer.shipping_rule == ShippingRule::None {
        let said = Phrase::new("finding-policy-outbound")
            .in_english("keeps what was paid for delivery, even when the whole order comes back");
        let law = Phrase::new("finding-law-outbound")
            .in_english("what was paid for standard delivery comes back too");
        add(Dimension::Outbound, answer.clauses.shipping, said, law);
    }
    if needs_no_reason(right)
        && let Some(grade) = deduction(answer, right)
    {
        let law = match right.deduction {
            Deduction::None => {
                Phrase::new("finding-law-no-deduction").in_english("nothing may be taken off")
            }
            _ => Phrase::new("finding-law-deduction")
                .in_english("only loss of value by more handling than a look at the goods needs"),
        };
        let rate = answer.grade_deduction(grade);
        let said = Phrase::new("finding-policy-deduction")
            .with("rate", rates(&[rate]))
            .with("grade", Value::Name(grade.as_str().to_uppercase()))
            .in_english(format!(
                "keeps {} of the price for goods of grade {grade}",
                rate.percent()
            ));
        add(Dimension::Deduction, answer.clauses.grades, said, law);
    }
    if let Some((paid, due)) = late_money(order, answer, right, holidays) {
        let said = Phrase::new("finding-policy-pays")
            .code("control", answer.statutory_refund_control.as_str())
            .with("days", Value::Number(answer.refund_within_days.into()))
            .with("day", Value::Day(paid))
            .in_english(format!(
                "pays {} ({} day(s) after), here on {paid}",
                answer.statutory_refund_control, answer.refund_within_days
            ));
        let law = Phrase::new("finding-law-due")
            .with("day", Value::Day(due))
            .in_english(format!("the money is due on {due}"));
        add(
            Dimension::RefundTime,
            answer.clauses.refund_control,
            said,
            law,
        );
    }
    out
}

fn refusal(code: ReasonCode, answer: &PolicyAnswer) -> (Dimension, Said) {
    let refuses = |text: &str| {
        Phrase::new("finding-policy-refuses")
            .code("code", code.as_str())
            .in_english(text)
    };
    let until = |day: Date| {
        Phrase::new("finding-policy-closed")
            .with("day", Value::Day(day))
            .in_english(format!("refuses: the window closed on {day}"))
    };
    match code {
        ReasonCode::CategoryExcluded => (
            Dimension::Exclusion,
            refuses("refuses: the goods are excluded"),
        ),
        ReasonCode::FinalSale => (Dimension::FinalSale, refuses("refuses: sold as final")),
        ReasonCode::ReasonNotAccepted => (
            Dimension::Reason,
            refuses("refuses: this reason is not taken"),
        ),
        ReasonCode::NotEligible => (
            Dimension::Eligibility,
            refuses("refuses: this value or number is not taken"),
        ),
        ReasonCode::ConditionNotMet => (
            Dimension::Condition,
            refuses("refuses: the goods are not in the state demanded"),
        ),
        _ => (
            Dimension::Window,
            answer
                .window_until
                .map_or_else(|| refuses("refuses"), until),
        ),
    }
}

fn fees(
    order: &Order,
    answer: &PolicyAnswer,
    right: &Entitlement,
    add: &mut impl FnMut(Dimension, ClauseRef, Said, Said),
) {
    let free = matches!(right.return_cost, Payer::Trader | Payer::NotApplicable);
    let law_free =
        || Phrase::new("finding-law-return-cost").in_english("the seller pays the way back");
    for fee in answer.fees.iter().filter(|f| !f.statutory_waived) {
        let minor = fee.amount(order.value_minor, 0);
        if minor == 0 {
            continue;
        }
        let amount = Money::new(minor, order.currency);
        let said = Phrase::new("finding-policy-fee")
            .code("kind", fee.kind.as_str())
            .amount("amount", amount)
            .in_english(format!(
                "takes {} {} ({})",
                amount.decimal(),
                amount.currency.code(),
                fee.kind
            ));
        if fee.kind != FeeKind::ReturnLabel {
            let law = Phrase::new("finding-law-no-fee")
                .in_english("no fee may be taken for using the right");
            add(Dimension::Fee, fee.clause, said, law);
        } else if free {
            add(Dimension::ReturnCost, fee.clause, said, law_free());
        }
    }
    let label_fee = answer.fees.iter().any(|f| f.kind == FeeKind::ReturnLabel);
    if free && !label_fee && answer.label_paid_by == policy::Payer::Customer {
        let said =
            Phrase::new("finding-policy-return-cost").in_english("the customer pays the way back");
        add(
            Dimension::ReturnCost,
            answer.clauses.label,
            said,
            law_free(),
        );
    }
}

fn outcomes(
    answer: &PolicyAnswer,
    right: &Entitlement,
    add: &mut impl FnMut(Dimension, ClauseRef, Said, Said),
) {
    let has = |outcome| answer.outcomes.has(outcome);
    let money = has(Outcome::Refund);
    let (enough, law) = match right.remedy {
        Remedy::RepairOrReplaceFirst => (
            money || has(Outcome::Replacement) || has(Outcome::Repair),
            Phrase::new("finding-law-repair").in_english("gives repair or replacement"),
        ),
        _ => (
            money,
            Phrase::new("finding-law-refund").in_english("gives the money back"),
        ),
    };
    if !enough {
        let offered: Vec<&str> = answer.outcomes.iter().map(Outcome::as_str).collect();
        let said = Phrase::new("finding-policy-offers")
            .terms("outcomes", offered.iter().copied())
            .in_english(format!("offers only {}", offered.join(", ")));
        add(Dimension::RefundForm, answer.clauses.outcomes, said, law);
    }
}

/// The first grade with a deduction the law does not allow. Grades A and B are goods as a shop
/// would let one look at them: sealed, or opened and complete.
fn deduction(answer: &PolicyAnswer, right: &Entitlement) -> Option<Grade> {
    let allowed = |grade: Grade| match right.deduction {
        Deduction::None => false,
        _ => !matches!(grade, Grade::A | Grade::B),
    };
    let mut grades = Grade::ALL.iter().copied();
    grades.find(|g| answer.grade_deduction(*g).0 > 0 && !allowed(*g))
}

/// Days on which money goes under a policy's control, for goods sent and received so many days
/// after the notice.
pub fn money_days(control: RefundControl, within: u16, sent: u16, received: u16) -> u16 {
    let event = match control {
        RefundControl::Immediate | RefundControl::Approved => 0,
        RefundControl::FirstScan => sent,
        RefundControl::Delivered | RefundControl::Received | RefundControl::Inspected => received,
    };
    event.saturating_add(within)
}

/// The shortest way of the goods for which the policy pays after the day the law sets: the day it
/// pays and the day it should.
fn late_money(
    order: &Order,
    answer: &PolicyAnswer,
    right: &Entitlement,
    holidays: &Holidays,
) -> Option<(Date, Date)> {
    if right.remedy == Remedy::RepairOrReplaceFirst {
        return None;
    }
    let clock = right.refund_clock.as_ref()?;
    if clock.starts_on.is_some() {
        return None;
    }
    let notice = order.asked_on;
    let day = |n: u16| notice.saturating_add(Span::new().days(n));
    // Days of rest move the law's day by less than these.
    let length = clock.period.length.saturating_add(14);
    let edges = [0, 1, 2, clock.period.length, length];
    for sent in edges {
        for received in edges.map(|e| sent.saturating_add(e)) {
            let (proof, back) = (day(sent), day(received));
            let control = answer.statutory_refund_control;
            let event = day(money_days(control, 0, sent, received));
            // The trader agrees and accepts when its own control is met.
            let events = RefundEvents {
                goods_received: Some(back),
                proof_of_sending: Some(proof),
                agreed: Some(event),
                accepted: Some(event),
                ..RefundEvents::notice(notice, notice)
            };
            let due = clock.due(&events, holidays);
            let days = money_days(control, answer.refund_within_days, sent, received);
            if let Some(due) = due.filter(|due| day(days) > due.due) {
                return Some((day(days), due.due));
            }
        }
    }
    None
}
