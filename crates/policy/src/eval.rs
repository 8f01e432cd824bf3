//! One line against one policy: a look-up and comparisons. Total and deterministic; makes no
//! text and reads no clock. What the law says is added by the decision, not here.

use crate::{
    answer::ClauseRef,
    answer::{Clauses, EvidenceGiven, FeeRule, PolicyAnswer, PolicyFacts, Verdict},
    compile::Policy,
    layer::Fee,
    table::Cell,
    words::{Anchor, EvidenceDemand, Fault, FeeKind, Payer, RefundControl},
};
use jiff::Span;
use kernel::{Bps, Currency, Date, ReasonCode};
use smallvec::SmallVec;

impl Policy {
    /// What this policy says about one line.
    ///
    /// Order of the verdict: a reason not taken; an exclusion or final sale (neither holds when
    /// the seller is at fault); a window not begun or over; evidence missing; else eligible.
    pub fn evaluate(&self, facts: &PolicyFacts) -> PolicyAnswer {
        let cell = self.cell(facts.channel, facts.market, facts.category);
        let reason = &cell.reasons[facts.reason.index()];
        let fault = reason.fault;
        let sellers = fault.is_sellers_side();
        let anchor = anchor_day(cell, facts);
        let (days, day_clause) = reason.days.unwrap_or(cell.days);
        let own_end = anchor.map(|day| plus_days(day, days));
        let (window_until, window) = self.extended(own_end, facts.placed_on, day_clause);

        let missing = missing(reason.evidence, facts.evidence);
        let excluded = cell
            .exclusion
            .filter(|e| !sellers && (!e.only_opened || facts.opened));
        let (verdict, decided_by) = if !reason.accepted {
            (
                Verdict::Outside(ReasonCode::ReasonNotAccepted),
                reason.clause,
            )
        } else if let Some(exclusion) = excluded {
            (
                Verdict::Outside(ReasonCode::CategoryExcluded),
                exclusion.clause,
            )
        } else if facts.final_sale && !sellers {
            (Verdict::Outside(ReasonCode::FinalSale), self.final_sale)
        } else {
            match window_until {
                None => (Verdict::NotStarted, window),
                Some(end) if facts.asked_on > end => {
                    (Verdict::Outside(ReasonCode::WindowClosed), window)
                }
                Some(_) if missing != EvidenceDemand::default() => {
                    (Verdict::NeedsEvidence(missing), reason.clause)
                }
                Some(_) => (Verdict::Eligible, window),
            }
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
        let (voluntary, on_fault) = cell.shipping.0;
        let keeps_goods = verdict == Verdict::Eligible && keeps_goods(cell, facts);
        PolicyAnswer {
            verdict,
            window_until,
            fault,
            fees,
            label_paid_by,
            shipping_rule: if sellers { on_fault } else { voluntary },
            promotion_rule: self.promotion(),
            outcomes: reason.outcomes.unwrap_or(cell.outcomes.0),
            store_credit_bonus: cell.store_credit_bonus,
            returnless: keeps_goods,
            auto_approve_up_to: cell.auto_approve.0.get(facts.currency),
            refund_control: control(cell, fault, facts.requested_minor, facts.currency),
            grade_deductions: if fault == Fault::Consumer {
                cell.grades
            } else {
                [Bps(0); 5]
            },
            return_to: cell.return_to,
            clauses: Clauses {
                verdict: decided_by,
                window,
                reason: reason.clause,
                outcomes: if reason.outcomes.is_some() {
                    reason.clause
                } else {
                    cell.outcomes.1
                },
                label,
                shipping: cell.shipping.1,
                approval: cell.auto_approve.1,
                returnless: cell.returnless.1,
                refund_control: cell.refund.1,
            },
        }
    }

    /// The end of the window with holidays, and the clause that sets it. A holiday lengthens a
    /// window that has begun; it never shortens one.
    fn extended(
        &self,
        own_end: Option<Date>,
        placed_on: Date,
        clause: ClauseRef,
    ) -> (Option<Date>, ClauseRef) {
        let Some(mut end) = own_end else {
            return (None, clause);
        };
        let mut by = clause;
        for holiday in &self.holidays {
            let in_season = holiday.from <= placed_on && placed_on <= holiday.to;
            if in_season && holiday.until > end {
                (end, by) = (holiday.until, holiday.clause);
            }
        }
        (Some(end), by)
    }
}

/// The day the window counts from, once it has happened.
fn anchor_day(cell: &Cell, facts: &PolicyFacts) -> Option<Date> {
    match cell.anchor {
        Anchor::Ordered => Some(facts.placed_on),
        Anchor::Fulfilled => facts.fulfilled_on,
        Anchor::Delivered => facts.delivered_on.or_else(|| {
            let transit = cell.transit_days?;
            facts.fulfilled_on.map(|day| plus_days(day, transit))
        }),
    }
}

/// `day` and `days` more; stays on the last representable day instead of failing.
fn plus_days(day: Date, days: u16) -> Date {
    day.saturating_add(Span::new().days(days))
}

/// Evidence demanded and not given.
fn missing(demand: EvidenceDemand, given: EvidenceGiven) -> EvidenceDemand {
    EvidenceDemand {
        photos: demand.photos.saturating_sub(given.photos),
        note: demand.note && !given.note,
        serial: demand.serial && !given.serial,
    }
}

/// The fees that apply when the seller is not at fault.
fn fees(cell: &Cell, facts: &PolicyFacts, anchor: Option<Date>) -> SmallVec<[FeeRule; 2]> {
    let bit = 1_u32 << facts.reason.index();
    let applies = |fee: &Fee| {
        let late = fee
            .after_days
            .is_none_or(|days| anchor.is_some_and(|day| facts.asked_on > plus_days(day, days)));
        fee.reasons & bit != 0 && (!fee.only_opened || facts.opened) && late
    };
    let mut out = SmallVec::new();
    for fee in cell.fees.iter().filter(|fee| applies(fee)) {
        if let Some(amount) = fee.size.amount(facts.currency) {
            let cap = fee.cap.as_ref().and_then(|cap| cap.get(facts.currency));
            out.push(FeeRule {
                kind: fee.kind,
                amount,
                cap,
                clause: fee.clause,
            });
        }
    }
    out
}

/// Whether the goods may stay: reason listed, value under the threshold, customer under the cap.
fn keeps_goods(cell: &Cell, facts: &PolicyFacts) -> bool {
    cell.returnless.0.as_ref().is_some_and(|rule| {
        let limit = rule.up_to.get(facts.currency);
        rule.reasons & (1 << facts.reason.index()) != 0
            && limit.is_some_and(|limit| facts.requested_minor <= limit)
            && facts.returnless_used_365d < rule.max_per_365_days
    })
}

/// The first tier that fits, else the general control.
fn control(cell: &Cell, fault: Fault, minor: i64, currency: Currency) -> RefundControl {
    let refund = &cell.refund.0;
    let fits = |tier: &&crate::layer::RefundTier| {
        let amount = tier
            .up_to
            .as_ref()
            .is_none_or(|a| a.get(currency).is_some_and(|l| minor <= l));
        tier.fault.is_none_or(|f| f == fault) && amount
    };
    refund
        .tiers
        .iter()
        .find(fits)
        .map_or(refund.control, |tier| tier.control)
}
