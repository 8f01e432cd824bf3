//! Whether a seller's stated policy gives less than the law: every dimension is compared on
//! orders at the boundary, and a breach is shown by an order where the policy gives less.

use super::{
    facts::FactError,
    terms::{DayKind, PolicyAct, PolicyForm, PolicyRefundStart, PolicyStart, PolicyTerms, online},
};
use crate::{
    Circumstance, Circumstances, Entitlement, Exemption, Holidays, LawBook, LawFacts, Payer,
    RefundEvent, Right, SaleChannel, WhyNone,
    calendar::{Period, Rollover, Unit},
    rule::{Body, RightRule},
    words::{DeductionKind, MetBy, UnitWord, WindowStart},
};
use jiff::{Span, civil::Date};
use kernel::Place;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// How a policy stands to the law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PolicyVerdict {
    /// The packs do not know the place: a person must look.
    Unknown,
    /// The law asks nothing.
    NoFloor,
    /// It gives at least what the law gives.
    Meets,
    /// Lawful only if shown as the statute demands.
    NeedsDisclosure,
    /// It gives less than the law for some order.
    Undercuts,
}

/// An order on which a policy gives less than the law.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// How it was bought.
    pub channel: Option<SaleChannel>,
    /// Day of the contract.
    pub contract_date: Option<Date>,
    /// Possession.
    pub delivered_on: Option<Date>,
    /// The notice left the buyer.
    pub notice_sent_on: Option<Date>,
    /// Price as a decimal amount.
    pub price: Option<String>,
    /// What else matters, in words.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

/// A dimension on which the policy gives less.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Breach {
    /// Name of the term.
    pub term: &'static str,
    /// The order that shows it.
    pub witness: Witness,
    /// What the policy does with it.
    pub policy_outcome: Value,
    /// What the law gives.
    pub law_outcome: Value,
}

/// What a policy check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckResult {
    /// The verdict.
    pub verdict: PolicyVerdict,
    /// Names of the terms that give less.
    pub breaches: Vec<&'static str>,
    /// Rules that decide, base first.
    pub rule_ids: Vec<String>,
    /// Citations, national first.
    pub citations: Vec<String>,
    /// Each breach with the order that shows it.
    pub witnesses: Vec<Breach>,
}

/// Compares a policy with the law of a place for contracts of `on` (the packs' own day if it is
/// absent).
///
/// # Errors
/// [`FactError`] when the place or a figure of the policy cannot be read.
pub fn check_policy(
    book: &LawBook,
    jurisdiction: &str,
    terms: &PolicyTerms,
    on: Option<Date>,
) -> Result<CheckResult, FactError> {
    let wrong = |field: &str, what: String| FactError {
        field: field.to_owned(),
        what,
    };
    let (country, subdivision) =
        crate::book::place_key(jurisdiction).map_err(|e| wrong("jurisdiction", e.message))?;
    let fee = percent(&terms.restocking_fee_percent)
        .ok_or_else(|| wrong("restocking_fee_percent", "is not a percentage".to_owned()))?;
    let on = on
        .or(book.as_of())
        .unwrap_or_else(|| jiff::civil::date(2026, 1, 1));
    if !(1900..=2200).contains(&on.year()) {
        return Err(wrong(
            "contract_date",
            "is not between 1900 and 2200".to_owned(),
        ));
    }
    let place = Place {
        country,
        subdivision,
    };
    let channels = if terms.channels.is_empty() {
        online()
    } else {
        terms.channels.clone()
    };
    let found: Vec<CheckResult> = channels
        .iter()
        .map(|channel| one_channel(book, place, *channel, terms, fee, on))
        .collect();
    let verdict = found.iter().map(|r| r.verdict).max();
    let mut out = result(verdict.unwrap_or(PolicyVerdict::Unknown));
    for part in found.into_iter().filter(|r| r.verdict == out.verdict) {
        let add = |to: &mut Vec<String>, from: Vec<String>| {
            for item in from {
                if !to.contains(&item) {
                    to.push(item);
                }
            }
        };
        add(&mut out.rule_ids, part.rule_ids);
        add(&mut out.citations, part.citations);
        for breach in part.witnesses {
            if !out.breaches.contains(&breach.term) {
                out.breaches.push(breach.term);
                out.witnesses.push(breach);
            }
        }
    }
    Ok(out)
}

fn result(verdict: PolicyVerdict) -> CheckResult {
    CheckResult {
        verdict,
        breaches: Vec::new(),
        rule_ids: Vec::new(),
        citations: Vec::new(),
        witnesses: Vec::new(),
    }
}

/// Tenths of a percent are enough for any fee; kept as basis points.
fn percent(text: &str) -> Option<i64> {
    let (whole, rest) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let rest = format!("{rest:0<2}");
    (rest.len() == 2).then_some(())?;
    let bps = whole.parse::<i64>().ok()? * 100 + rest.parse::<i64>().ok()?;
    (0..=10_000).contains(&bps).then_some(bps)
}

fn one_channel(
    book: &LawBook,
    place: Place,
    channel: SaleChannel,
    terms: &PolicyTerms,
    fee: i64,
    on: Date,
) -> CheckResult {
    let holidays = Holidays::none();
    let days = |n: i64| on.checked_add(Span::new().days(n)).unwrap_or(on);
    let order = |disclosed: bool| LawFacts {
        channel,
        policy_disclosed: disclosed,
        circumstances: Circumstances::NONE.with_if(Circumstance::DisclosureFailure, !disclosed),
        delivered_on: Some(days(2)),
        line_delivered_on: Some(days(2)),
        notice_sent_on: days(3),
        notice_received_on: days(3),
        ..LawFacts::new(place, on, &holidays)
    };
    if !book.covers(place) {
        return result(PolicyVerdict::Unknown);
    }
    let lawful = book.entitlements(&order(true));
    let silent = book.entitlements(&order(false));
    let conditional = |e: &&Entitlement| {
        matches!(
            e.right,
            Right::UndisclosedPolicyRefund
                | Right::DefaultReturn
                | Right::CancelForDisclosureFailure
        )
    };
    let firm = lawful.best().filter(|e| !conditional(e));
    let Some(right) = firm.or_else(|| silent.entitlements.iter().find(conditional)) else {
        let none = lawful.none;
        let known = none.as_ref().filter(|n| n.why != WhyNone::NotCovered);
        let Some(none) = known else {
            return result(PolicyVerdict::Unknown);
        };
        return CheckResult {
            rule_ids: none.rules.iter().map(ToString::to_string).collect(),
            citations: vec![none.citation.to_string()],
            ..result(PolicyVerdict::NoFloor)
        };
    };
    let Body::Right(rule) = &right.detail.body else {
        return result(PolicyVerdict::Unknown);
    };
    let less = Comparison {
        terms,
        fee,
        right,
        rule,
        channel,
        on,
    }
    .breaches();
    let verdict = match (firm.is_some(), less.is_empty()) {
        (_, true) => PolicyVerdict::Meets,
        (true, false) => PolicyVerdict::Undercuts,
        (false, false) if terms.disclosed_before_purchase => PolicyVerdict::Meets,
        (false, false) => PolicyVerdict::NeedsDisclosure,
    };
    let shown = if verdict == PolicyVerdict::Undercuts {
        less
    } else {
        Vec::new()
    };
    CheckResult {
        rule_ids: right.rules.iter().map(ToString::to_string).collect(),
        citations: vec![right.citation.to_string()],
        breaches: shown.iter().map(|b| b.term).collect(),
        witnesses: shown,
        ..result(verdict)
    }
}

/// One policy against one right.
struct Comparison<'a> {
    terms: &'a PolicyTerms,
    fee: i64,
    right: &'a Entitlement,
    rule: &'a RightRule,
    channel: SaleChannel,
    on: Date,
}

impl Comparison<'_> {
    fn breaches(&self) -> Vec<Breach> {
        [
            self.window(),
            self.start(),
            self.act(),
            self.categories(),
            self.packaging(),
            self.restocking(),
            self.form(),
            self.refund_days(),
            self.refund_start(),
            self.outbound(),
            self.return_cost(),
            self.information(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn day(&self, n: i64) -> Date {
        self.on.checked_add(Span::new().days(n)).unwrap_or(self.on)
    }

    fn breach(
        &self,
        term: &'static str,
        delivered: i64,
        notice: i64,
        more: &[(&str, Value)],
        policy_outcome: Value,
        law_outcome: Value,
    ) -> Breach {
        let more = more.iter().map(|(k, v)| ((*k).to_owned(), v.clone()));
        Breach {
            term,
            witness: Witness {
                channel: Some(self.channel),
                contract_date: Some(self.on),
                delivered_on: Some(self.day(delivered)),
                notice_sent_on: Some(self.day(notice)),
                price: Some("100.00".to_owned()),
                more: more.collect(),
            },
            policy_outcome,
            law_outcome,
        }
    }

    /// The policy's last day when its window starts on `start`; `None` is without end.
    fn policy_end(&self, start: Date) -> Option<Date> {
        let period = Period {
            length: self.terms.window_days?,
            unit: match self.terms.day_kind {
                DayKind::Calendar => Unit::CalendarDay,
                DayKind::Business => Unit::BusinessDay,
            },
            include_start: false,
            rollover: Rollover::None,
        };
        period.end(start, &Holidays::none())
    }

    /// Window length and kind of day: same start, every day of the week, no rollover taken
    /// against a policy that is silent about it.
    fn window(&self) -> Option<Breach> {
        let law = self.rule.window.period?;
        let none = Holidays::none();
        (0..7).find_map(|n| {
            let start = self.day(n);
            let (policy, lawful) = (self.policy_end(start)?, law.end_strict(start, &none)?);
            (policy < lawful).then(|| {
                let shorter = self.terms.window_days.is_some_and(|d| d < law.length);
                let term = if shorter { "window_days" } else { "day_kind" };
                let gap = self.on.until(lawful).map_or(0, |s| i64::from(s.get_days()));
                self.breach(
                    term,
                    n,
                    gap,
                    &[],
                    serde_json::json!({"accepted": false, "deadline": policy}),
                    serde_json::json!({"accepted": true, "deadline": lawful}),
                )
            })
        })
    }

    /// Delivery long after the order, and a last parcel long after the first.
    fn start(&self) -> Option<Breach> {
        use WindowStart as S;
        let law = match self.rule.window.start {
            S::PossessionLastGood
            | S::Delivery
            | S::Supply
            | S::ContractOrDeliveryLater
            | S::ContractDocumentOrDeliveryLater
            | S::DeliveryOrDocumentLater
            | S::DeliveryOrDiscoveryIfHidden => PolicyStart::Delivery,
            _ => PolicyStart::Order,
        };
        let parcels = self.rule.window.start == S::PossessionLastGood
            || self.terms.window_start != PolicyStart::FirstDelivery;
        if self.terms.window_start >= law || !parcels {
            return None;
        }
        let policy = self.policy_end(self.on)?;
        let wait = i64::from(self.terms.window_days?) * 2 + 10;
        let lawful = self
            .rule
            .window
            .period?
            .end(self.day(wait), &Holidays::none())?;
        Some(self.breach(
            "window_start",
            wait,
            wait + 1,
            &[],
            serde_json::json!({"accepted": false, "deadline": policy}),
            serde_json::json!({"accepted": true, "deadline": lawful}),
        ))
    }

    /// Sent on the last day, received after it.
    fn act(&self) -> Option<Breach> {
        let law = match self.rule.window.met_by {
            MetBy::ReceiptOfNotice => PolicyAct::NoticeReceived,
            MetBy::Dispatch | MetBy::ReturnOrAttempt => PolicyAct::GoodsSent,
            MetBy::Return => PolicyAct::GoodsReceivedByTrader,
            _ => PolicyAct::SendingNotice,
        };
        if self.terms.met_by <= law {
            return None;
        }
        let last = self.policy_end(self.day(2))?;
        let notice = self.on.until(last).map_or(2, |s| i64::from(s.get_days()));
        Some(self.breach(
            "met_by",
            2,
            notice,
            &[("goods_received_on", serde_json::json!(self.day(notice + 5)))],
            serde_json::json!({"accepted": false, "deadline": last}),
            serde_json::json!({"accepted": true}),
        ))
    }

    /// A ban on a category whose goods are as they should be.
    fn categories(&self) -> Option<Breach> {
        let banned = self.terms.excluded_categories.iter().find(|name| {
            let exemption = Exemption::of(name).or(match name.as_str() {
                "personalised" | "personalized" | "made_to_measure" | "engraved" => {
                    Some(Exemption::CustomMade)
                }
                _ => None,
            });
            !exemption.is_some_and(|e| self.rule.exemptions.contains(e))
        })?;
        Some(self.breach(
            "excluded_categories",
            2,
            8,
            &[
                ("category", banned.as_str().into()),
                ("seal_state", "intact".into()),
            ],
            serde_json::json!({"accepted": false}),
            serde_json::json!({"accepted": true}),
        ))
    }

    fn packaging(&self) -> Option<Breach> {
        let lawful = self
            .rule
            .exemptions
            .contains(Exemption::OriginalPackagingMissing)
            || self.rule.deduction.kind == DeductionKind::OriginalElements;
        (self.terms.requires_original_packaging && !lawful).then(|| {
            self.breach(
                "requires_original_packaging",
                2,
                8,
                &[("packaging", "missing".into())],
                serde_json::json!({"accepted": false}),
                serde_json::json!({"accepted": true}),
            )
        })
    }

    fn restocking(&self) -> Option<Breach> {
        // A statutory fee of a share and a fixed most is exceeded by any share on dear goods.
        let lawful = match self.rule.deduction.fee {
            Some((percent, most)) if most.minor > 0 => i64::from(percent) * 100,
            _ => 0,
        };
        let capped = self.rule.deduction.fee.is_some() && self.fee > 0;
        (self.fee > lawful || capped).then(|| {
            self.breach(
                "restocking_fee",
                2,
                8,
                &[],
                serde_json::json!({"accepted": true, "fee_basis_points": self.fee}),
                serde_json::json!({"accepted": true, "fee_basis_points": lawful}),
            )
        })
    }

    fn form(&self) -> Option<Breach> {
        let refund = self.rule.refund.as_ref();
        let credit = refund.is_some_and(|r| {
            r.form
                .is_some_and(crate::words::RefundForm::allows_store_credit)
        });
        let worse = match self.terms.refund_form {
            PolicyForm::OriginalMethod => false,
            PolicyForm::BankTransfer => refund.is_some_and(|r| r.original_method),
            PolicyForm::StoreCredit => !credit,
            PolicyForm::ExchangeOnly => true,
        };
        worse.then(|| {
            self.breach(
                "refund_form",
                2,
                8,
                &[],
                serde_json::json!({"accepted": true, "refund_form": self.terms.refund_form}),
                serde_json::json!({"accepted": true, "refund_form": "original_method"}),
            )
        })
    }

    fn refund_days(&self) -> Option<Breach> {
        let refund = self.rule.refund.as_ref()?;
        let law = refund.period?;
        // A duty to refund on receipt is one about what starts the days.
        if matches!(
            refund.unit,
            UnitWord::AtReturn | UnitWord::OnReceiptOfGoodsOrProof
        ) {
            return None;
        }
        let days = self.terms.refund_days?;
        let none = Holidays::none();
        (0..7).find_map(|n| {
            let start = self.day(8 + n);
            let policy = start.checked_add(Span::new().days(i64::from(days))).ok()?;
            let lawful = law.end_strict(start, &none)?;
            (policy > lawful).then(|| {
                self.breach(
                    "refund_days",
                    2,
                    8 + n,
                    &[],
                    serde_json::json!({"accepted": true, "refund_due": policy}),
                    serde_json::json!({"accepted": true, "refund_due": lawful}),
                )
            })
        })
    }

    /// Proof of sending early, arrival late, inspection later still.
    fn refund_start(&self) -> Option<Breach> {
        let refund = self.rule.refund.as_ref()?;
        let law = refund.period?;
        let event = match refund.start {
            RefundEvent::GoodsReceivedOrProofOfSending => PolicyRefundStart::GoodsSent,
            RefundEvent::GoodsReceived
            | RefundEvent::Return
            | RefundEvent::RequiredRefund
            | RefundEvent::TraderInformedOrGoodsReceived => PolicyRefundStart::GoodsReceived,
            RefundEvent::TraderAgreedRefund
            | RefundEvent::ReturnAccepted
            | RefundEvent::Acceptance => PolicyRefundStart::Inspection,
            RefundEvent::Unsettled => return None,
            _ => PolicyRefundStart::Notice,
        };
        if self.terms.refund_start <= event {
            return None;
        }
        let days = i64::from(self.terms.refund_days?);
        let policy = self.day(60 + days);
        let lawful = law.end(self.day(8), &Holidays::none())?;
        Some(self.breach(
            "refund_start",
            2,
            8,
            &[
                ("dispatched_on", serde_json::json!(self.day(8))),
                ("proof_supplied_on", serde_json::json!(self.day(8))),
                ("goods_received_on", serde_json::json!(self.day(59))),
                ("inspected_on", serde_json::json!(self.day(60))),
            ],
            serde_json::json!({"accepted": true, "refund_due": policy}),
            serde_json::json!({"accepted": true, "refund_due": lawful}),
        ))
    }

    fn outbound(&self) -> Option<Breach> {
        let owed = self.right.refunds_outbound != crate::Outbound::No;
        (owed && !self.terms.refunds_standard_outbound).then(|| {
            self.breach(
                "refunds_standard_outbound",
                2,
                8,
                &[("outbound_paid", "4.90".into())],
                serde_json::json!({"accepted": true, "refund": "100.00"}),
                serde_json::json!({"accepted": true, "min_refund": "104.90"}),
            )
        })
    }

    /// Who pays the way back, told of it or not.
    fn return_cost(&self) -> Option<Breach> {
        if self.terms.return_cost != Payer::Consumer {
            return None;
        }
        let untold = !self.terms.discloses_return_cost
            && self.rule.trader_if.has(Circumstance::ReturnCostNotInformed);
        (self.right.return_cost == Payer::Trader || untold).then(|| {
            self.breach(
                "return_cost",
                2,
                8,
                &[],
                serde_json::json!({"accepted": true, "return_cost": "consumer"}),
                serde_json::json!({"accepted": true, "return_cost": "trader"}),
            )
        })
    }

    /// A buyer who is never told has more time.
    fn information(&self) -> Option<Breach> {
        let extension = self.rule.extension.as_ref()?;
        let longer = extension.when == Circumstance::WithdrawalRightNotInformed
            && !self.terms.discloses_withdrawal_right;
        let last = self.policy_end(self.day(2))?;
        let law = self
            .rule
            .window
            .period?
            .end(self.day(2), &Holidays::none())?;
        let late = self
            .on
            .until(last.max(law))
            .map_or(0, |s| i64::from(s.get_days()))
            + 1;
        longer.then(|| {
            self.breach(
                "discloses_withdrawal_right",
                2,
                late,
                &[("informed", "no".into())],
                serde_json::json!({"accepted": false, "deadline": last}),
                serde_json::json!({"accepted": true}),
            )
        })
    }
}
