//! The rights of a line in plain words, the same on every surface: sentences to the consumer, each
//! with the dimension it is about, so that the best of several rights can be marked.

use jiff::civil::Date;
use kernel::Money;
use law::{
    Deduction, Dimension, LateScale, NoFloor, Outbound, Payer, RefundEvent, Remedy, Right,
    StandingRight, Status, words::UnitWord,
};
use redress_http::L10n;
use serde::Serialize;

/// What one right says in one dimension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What rights are compared by; none for what is not compared.
    pub about: Option<Dimension>,
    /// The sentence.
    pub words: String,
}

/// The name of a right.
pub fn name(l: L10n, right: Right) -> String {
    l.t(&format!("rights-name-{}", code(&right)))
}

/// The sentence that says how a right stands: until when it can be used, or why not.
pub fn stands(l: L10n, r: &StandingRight) -> String {
    let act = act(r.right);
    let date = |day: Option<Date>| day.map_or_else(String::new, |d| l.date_long(d));
    let (how, day, what) = match r.status {
        Status::Open { until: Some(day) } => ("until", Some(day), String::new()),
        Status::Open { until: None } => ("open", None, String::new()),
        Status::NotStarted => ("early", r.deadline, String::new()),
        Status::Ended { on } => ("ended", Some(on), String::new()),
        Status::Exempt(e) => {
            let tail = e.as_str().replace('_', "-");
            let short = format!("term-{tail}");
            let key = if l.has(&short) {
                short
            } else {
                format!("lawdesk-exempt-{tail}")
            };
            ("exempt", None, l.t(&key))
        }
    };
    let args = [("date", date(day).into()), ("what", what.into())];
    l.t_args(&format!("rights-{act}-{how}"), &args)
}

/// When the money must be back, in one sentence; nothing where the right is no longer usable.
pub fn refund(l: L10n, r: &StandingRight) -> Option<String> {
    if !r.is_usable() || r.remedy == Remedy::RepairOrReplaceFirst {
        return None;
    }
    let by = |key: &str, day: Date| l.t_args(key, &[("date", l.date_long(day).into())]);
    Some(match (r.due, r.not_before, r.awaits, r.refund_basis) {
        (Some(due), ..) => by("rights-refund-by", due.due),
        (None, Some(day), ..) => by("rights-refund-goods-by", day.due),
        (None, None, Some(event), _) => l.t(awaits(event)),
        (None, None, None, Some(word)) => l.t(basis(word)),
        (None, None, None, None) => return None,
    })
}

/// Everything a right gives, sentence by sentence, how it stands first.
pub fn sentences(l: L10n, r: &StandingRight) -> Vec<Said> {
    let mut all = vec![Said {
        about: Some(Dimension::LastDay),
        words: stands(l, r),
    }];
    if !r.is_usable() {
        return all;
    }
    let mut say = |about: Option<Dimension>, words: Option<String>| {
        all.extend(words.map(|words| Said { about, words }));
    };
    let day = |key: &str, day: Option<Date>| {
        day.map(|d| l.t_args(key, &[("date", l.date_long(d).into())]))
    };
    let gives = l.t(&format!("rights-gives-{}", code(&r.remedy)));
    say(Some(Dimension::Gives), Some(gives));
    say(Some(Dimension::RefundDue), refund(l, r));
    say(None, day("rights-cure-by", r.cure_by));
    let outbound = match r.outbound {
        Outbound::No => None,
        Outbound::Standard => Some(l.t("rights-outbound-standard")),
        Outbound::Whole => Some(l.t("rights-outbound-whole")),
    };
    say(Some(Dimension::Outbound), outbound);
    let cost = match r.return_cost {
        Payer::NotApplicable => None,
        payer => Some(l.t(&format!("rights-cost-{}", payer.as_str()))),
    };
    say(Some(Dimension::ReturnCost), cost);
    say(None, day("rights-return-by", r.return_by));
    let taken = (r.deduction != Deduction::None || r.right.needs_no_reason())
        .then(|| l.t(&format!("rights-deduct-{}", code(&r.deduction))));
    say(Some(Dimension::Deductions), taken);
    say(
        Some(Dimension::PresumedUntil),
        day("rights-presumed", r.presumed_until),
    );
    say(None, day("rights-notice-by", r.notice_by));
    let late = r.late_payment.as_ref().map(|late| match late.scale {
        LateScale::Double => "rights-late-double",
        LateScale::Interest { .. } => "rights-late-interest",
        LateScale::Steps { .. } => "rights-late-steps",
    });
    say(None, late.map(|key| l.t(key)));
    all
}

/// What the consumer can claim on `today` because the refund of `owed` is late; nothing while it
/// is not, or where the statute adds only interest at a rate no pack states.
pub fn late(l: L10n, r: &StandingRight, owed: Money, due: Date, today: Date) -> Option<String> {
    let claim = r.late_payment.as_ref()?.claim(owed, due, today)?;
    let args = [("amount", l.money(claim).into())];
    (claim.minor > 0).then(|| l.t_args("rights-late-now", &args))
}

/// Why the law gives nothing.
pub fn none(l: L10n, none: &NoFloor) -> String {
    l.t(&format!("rights-none-{}", code(&none.why)))
}

const fn act(right: Right) -> &'static str {
    match right {
        Right::Withdrawal | Right::CoolingOff | Right::CancelForDisclosureFailure => "cancel",
        Right::DefaultReturn | Right::UndisclosedPolicyRefund => "return",
        Right::ShortTermReject => "reject",
        Right::Conformity => "claim",
        Right::NonDelivery => "delivery",
        Right::PaymentRefund | Right::PaymentDispute => "card",
    }
}

const fn awaits(event: RefundEvent) -> &'static str {
    use RefundEvent as E;
    match event {
        E::TraderAgreedRefund | E::ReturnAccepted | E::Acceptance => "rights-refund-agreed",
        E::Unsettled => "rights-refund-unsettled",
        _ => "rights-refund-goods",
    }
}

const fn basis(word: UnitWord) -> &'static str {
    use UnitWord as U;
    match word {
        U::Immediately
        | U::Promptly
        | U::WithoutUndueDelay
        | U::AtReturn
        | U::OnReceiptOfGoodsOrProof
        | U::SimultaneousRestitution => "rights-refund-at-once",
        _ => "rights-refund-no-day",
    }
}

/// The written form of a plain enum value as the tail of a message key.
fn code<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word.replace('_', "-"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use law::{WhyNone, words::Payer as P};

    #[test]
    fn every_right_has_words_in_every_language() {
        const RIGHTS: &[Right] = &[
            Right::Withdrawal,
            Right::CoolingOff,
            Right::DefaultReturn,
            Right::CancelForDisclosureFailure,
            Right::UndisclosedPolicyRefund,
            Right::ShortTermReject,
            Right::Conformity,
            Right::NonDelivery,
            Right::PaymentRefund,
            Right::PaymentDispute,
        ];
        let mut keys: Vec<String> = Vec::new();
        for right in RIGHTS {
            keys.push(format!("rights-name-{}", code(right)));
            for how in ["until", "open", "early", "ended", "exempt"] {
                keys.push(format!("rights-{}-{how}", act(*right)));
            }
        }
        for remedy in [
            Remedy::Refund,
            Remedy::Reject,
            Remedy::ConsumerChooses,
            Remedy::RepairOrReplaceFirst,
        ] {
            keys.push(format!("rights-gives-{}", code(&remedy)));
        }
        for taken in [
            Deduction::None,
            Deduction::ExcessHandling,
            Deduction::Use,
            Deduction::Fee,
        ] {
            keys.push(format!("rights-deduct-{}", code(&taken)));
        }
        for payer in [P::Consumer, P::Trader, P::Unspecified] {
            keys.push(format!("rights-cost-{payer}"));
        }
        for why in [
            WhyNone::BusinessBuyer,
            WhyNone::InStore,
            WhyNone::NoStatute,
            WhyNone::PolicyDisclosed,
            WhyNone::NoDisclosureFailure,
            WhyNone::BelowThreshold,
            WhyNone::NotCovered,
        ] {
            keys.push(format!("rights-none-{}", code(&why)));
        }
        for lang in redress_http::i18n::LANGUAGES {
            let l = L10n::new(lang.parse().unwrap());
            for key in &keys {
                assert!(l.has(key), "{} lacks {key}", l.lang());
            }
        }
    }
}
