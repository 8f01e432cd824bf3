//! One line against one policy: a look-up and comparisons. Total and deterministic; makes no
//! text and reads no clock. What the law says is added by the decision, not here.

use crate::{
    answer::{
        Bonus, ClauseRef, Clauses, EvidenceGiven, FeeRule, PolicyAnswer, PolicyFacts, Verdict,
    },
    compile::Policy,
    layer::{BonusRule, Fee, Refund, RefundTier},
    table::{Cell, ReasonRule},
    words::{Anchor, Condition, EvidenceDemand, Fault, FeeKind, FinalSale, Payer, ShippingRule},
};
use kernel::{Bps, Currency, Date, ReasonCode};
use smallvec::SmallVec;

/// A verdict, the clause that decided it, and whether that clause yields to the law.
type Decided = (Verdict, ClauseRef, bool);

/// The day a window counts from.
#[derive(Debug, Clone, Copy)]
struct AnchorDay {
    day: Date,
    /// Taken from dispatch and the usual transit, because delivery is not known.
    estimated: bool,
}

impl Policy {
    /// What this policy says about one line.
    ///
    /// Order of the verdict: a reason not taken; then, unless the seller is at fault, an
    /// exclusion, a final sale, eligibility, the condition of the goods; a window over, or not
    /// known to have begun after so long that it could be over; evidence missing; else eligible.
    pub fn evaluate(&self, facts: &PolicyFacts) -> PolicyAnswer {
        let cell = self.cell(facts.channel, facts.market, facts.category);
        let reason = &cell.reasons[facts.reason.index()];
        let fault = self.own_fault(facts.own_reason).unwrap_or(reason.fault);
        let sellers = fault.is_sellers_side();
        let anchor = anchor_day(cell, facts);
        let (days, day_clause) = reason.days.unwrap_or(cell.days);
        let extended = |day| self.extended(plus_days(day, days), facts.placed_on, day_clause);
        // Before its anchor a window has no end, but none before this one.
        let (end, window) = extended(anchor.map_or_else(|| earliest(cell, facts), |a| a.day));
        let window_until = anchor.map(|_| end);

        let refused = if !reason.accepted {
            Some((ReasonCode::ReasonNotAccepted, reason.clause, false))
        } else if sellers {
            None
        } else {
            refused(cell, facts)
        };
        let (verdict, decided_by, yields_to_law) = match refused {
            Some((code, clause, yields)) => (Verdict::Outside(code), clause, yields),
            None => in_time(cell, facts, reason, anchor, end, window),
        };

        let fees = if sellers {
            SmallVec::new()
        } else {
            fees(cell, facts, anchor)
        };
        let through_fee = fees.iter().find(|fee| fee.kind == FeeKind::ReturnLabel);
        let (label_paid_by, label) = match through_fee {
            _ if sellers => (Payer::Merchant, cell.label.1),
            Some(fee) => (Payer::Customer, fee.clause),
            None => cell.label,
        };
        // What is not there yet cannot stay.
        let there = verdict == Verdict::Eligible && anchor.is_some();
        let keeps_goods = there && keeps_goods(cell, facts);
        let refund = &cell.refund.0;
        let tier = tier(refund, fault, facts.requested_minor, facts.currency);
        let (control, within_days, control_clause) = tier.map_or(
            (refund.control, refund.within_days, cell.refund.1),
            |tier| (tier.control, tier.within_days, tier.clause),
        );
        let (outcomes, outcomes_clause) = match reason.outcomes {
            Some(own) => (own, reason.clause),
            None => cell.outcomes,
        };
        PolicyAnswer {
            verdict,
            yields_to_law,
            window_until,
            fault,
            fees,
            label_paid_by,
            shipping_rule: shipping(cell, sellers),
            promotion_rule: self.promotion(),
            outcomes,
            store_credit_bonus: bonus(cell.store_credit_bonus.0.as_deref(), facts.currency),
            exchange_bonus: bonus(cell.exchange_bonus.0.as_deref(), facts.currency),
            returnless: keeps_goods,
            donate: keeps_goods && cell.donates(),
            auto_approve_up_to: cell.auto_approve.0.get(facts.currency),
            refund_control: control,
            refund_within_days: within_days,
            statutory_refund_control: refund.statutory.map_or(control, |s| s.min(control)),
            grade_deductions: if fault == Fault::Consumer {
                cell.grades.0
            } else {
                [Bps(0); 5]
            },
            return_to: cell.return_to,
            route: cell.route,
            clauses: Clauses {
                verdict: decided_by,
                window,
                reason: reason.clause,
                outcomes: outcomes_clause,
                label,
                shipping: cell.shipping.1,
                approval: cell.auto_approve.1,
                returnless: cell.returnless.1,
                refund_control: control_clause,
                bonus: cell.store_credit_bonus.1,
                grades: cell.grades.1,
            },
        }
    }

    /// The end of a window with holidays, and the clause that sets it. A holiday lengthens a
    /// window, it never shortens one.
    fn extended(&self, own_end: Date, placed_on: Date, clause: ClauseRef) -> (Date, ClauseRef) {
        let (mut end, mut by) = (own_end, clause);
        for holiday in &self.holidays {
            let in_season = holiday.from <= placed_on && placed_on <= holiday.to;
            if in_season && holiday.until > end {
                (end, by) = (holiday.until, holiday.clause);
            }
        }
        (end, by)
    }
}

/// What stands against a return for which nobody but the customer has a reason.
fn refused(cell: &Cell, facts: &PolicyFacts) -> Option<(ReasonCode, ClauseRef, bool)> {
    if let Some(exclusion) = cell.exclusion
        && (!exclusion.only_opened || facts.opened)
    {
        return Some((
            ReasonCode::CategoryExcluded,
            exclusion.clause,
            exclusion.where_lawful,
        ));
    }
    let (final_sale, clause) = cell.final_sale;
    if facts.final_sale && final_sale != FinalSale::Never {
        let yields = final_sale == FinalSale::WhereLawful;
        return Some((ReasonCode::FinalSale, clause, yields));
    }
    let (eligibility, clause) = &cell.eligibility;
    if let Some(rule) = eligibility
        && !rule.takes(facts.requested_minor, facts.units, facts.currency)
    {
        return Some((ReasonCode::NotEligible, *clause, false));
    }
    let (wanted, clause) = cell.condition;
    let broken = wanted.and(facts.lacks);
    let seal = facts.opened && wanted.has(Condition::Unopened);
    (seal || !broken.is_empty()).then_some((ReasonCode::ConditionNotMet, clause, false))
}

/// The verdict of the window and the evidence. `end` is the last day, or the earliest it could be.
fn in_time(
    cell: &Cell,
    facts: &PolicyFacts,
    reason: &ReasonRule,
    anchor: Option<AnchorDay>,
    end: Date,
    window: ClauseRef,
) -> Decided {
    if facts.asked_on > end {
        return if anchor.is_none_or(|a| a.estimated) {
            (Verdict::NotStarted, window, false)
        } else {
            (
                Verdict::Outside(ReasonCode::WindowClosed),
                window,
                cell.as_law,
            )
        };
    }
    let missing = missing(reason.evidence, facts.evidence);
    if missing == EvidenceDemand::default() {
        (Verdict::Eligible, window, false)
    } else {
        (Verdict::NeedsEvidence(missing), reason.clause, false)
    }
}

/// The earliest day a window whose anchor is not known can count from: nothing is sent before it
/// is ordered, and nothing comes before it is sent.
fn earliest(cell: &Cell, facts: &PolicyFacts) -> Date {
    let before = match cell.anchor {
        Anchor::Ordered | Anchor::Fulfilled => None,
        Anchor::Delivered => facts.fulfilled_on,
        Anchor::LastParcel => facts.delivered_on.or(facts.fulfilled_on),
    };
    before.unwrap_or(facts.placed_on)
}

/// The day the window counts from, once it has happened or can be guessed.
fn anchor_day(cell: &Cell, facts: &PolicyFacts) -> Option<AnchorDay> {
    let known = match cell.anchor {
        Anchor::Ordered => Some(facts.placed_on),
        Anchor::Fulfilled => facts.fulfilled_on,
        Anchor::Delivered => facts.delivered_on,
        Anchor::LastParcel => facts.last_delivered_on,
    };
    if let Some(day) = known {
        return Some(AnchorDay {
            day,
            estimated: false,
        });
    }
    if !matches!(cell.anchor, Anchor::Delivered | Anchor::LastParcel) {
        return None;
    }
    let (transit, sent) = (cell.transit_days?, facts.fulfilled_on?);
    Some(AnchorDay {
        day: plus_days(sent, transit),
        estimated: true,
    })
}

/// `day` and `days` more; stays on the last representable day instead of failing.
fn plus_days(day: Date, days: u16) -> Date {
    kernel::plus_days(day, days).unwrap_or(Date::MAX)
}

/// Evidence demanded and not given.
fn missing(demand: EvidenceDemand, given: EvidenceGiven) -> EvidenceDemand {
    EvidenceDemand {
        photos: demand.photos.saturating_sub(given.photos),
        note: demand.note && !given.note,
        serial: demand.serial && !given.serial,
    }
}

fn shipping(cell: &Cell, sellers: bool) -> ShippingRule {
    let (voluntary, on_fault) = cell.shipping.0;
    if sellers { on_fault } else { voluntary }
}

fn bonus(rule: Option<&BonusRule>, currency: Currency) -> Bonus {
    rule.map_or(Bonus::NONE, |rule| Bonus {
        rate: rule.rate,
        cap: rule.cap.as_ref().and_then(|cap| cap.get(currency)),
    })
}

/// The fees that apply when the seller is not at fault.
fn fees(cell: &Cell, facts: &PolicyFacts, anchor: Option<AnchorDay>) -> SmallVec<[FeeRule; 2]> {
    let bit = 1_u32 << facts.reason.index();
    // Nobody is late by a guess.
    let known = anchor.filter(|a| !a.estimated).map(|a| a.day);
    let applies = |fee: &Fee| {
        let late = fee
            .after_days
            .is_none_or(|days| known.is_some_and(|day| facts.asked_on > plus_days(day, days)));
        fee.reasons & bit != 0 && (!fee.only_opened || facts.opened) && late
    };
    let mut out = SmallVec::new();
    for fee in cell.fees.iter().filter(|fee| applies(fee)) {
        let waiver = &fee.waiver;
        let taken = facts.wanted.is_none_or(|o| !waiver.outcomes.has(o));
        let large = waiver
            .order_from
            .as_ref()
            .and_then(|amounts| amounts.get(facts.currency));
        let small = large.is_none_or(|from| facts.order_minor < from);
        if let Some(amount) = fee.size.amount(facts.currency).filter(|_| taken && small) {
            let cap = fee.cap.as_ref().and_then(|cap| cap.get(facts.currency));
            out.push(FeeRule {
                kind: fee.kind,
                amount,
                tax: fee.tax,
                cap,
                statutory_waived: waiver.statutory,
                clause: fee.clause,
            });
        }
    }
    out
}

/// Whether the goods may stay: reason listed, value under the threshold, customer under the cap,
/// and not worth bringing back.
fn keeps_goods(cell: &Cell, facts: &PolicyFacts) -> bool {
    cell.returnless.0.as_ref().is_some_and(|rule| {
        let limit = rule.up_to.get(facts.currency);
        let pays = rule.economics.as_ref().is_some_and(|e| {
            let cost = e.return_cost.get(facts.currency);
            cost.is_none_or(|cost| e.resale.of(facts.requested_minor) > cost)
        });
        rule.reasons & (1 << facts.reason.index()) != 0
            && limit.is_some_and(|limit| facts.requested_minor <= limit)
            && facts.returnless_used_365d < rule.max_per_365_days
            && !pays
    })
}

/// The first tier that fits.
fn tier(refund: &Refund, fault: Fault, minor: i64, currency: Currency) -> Option<&RefundTier> {
    refund.tiers.iter().find(|tier| {
        let amount = tier
            .up_to
            .as_ref()
            .is_none_or(|a| a.get(currency).is_some_and(|l| minor <= l));
        tier.fault.is_none_or(|f| f == fault) && amount
    })
}
