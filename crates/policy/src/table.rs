//! Levels laid over each other: one [`Cell`] holds everything a policy says about one
//! combination of channel, market and category.
//!
//! Precedence: a deeper level wins (client, channel, market, category, child category); a window
//! for a reason wins over every general window, whatever its level, so that a short window for a
//! category never shortens the time for faults.

use crate::{
    amounts::Amounts,
    answer::ClauseRef,
    layer::{ClauseBook, Exclusion, Fee, Layer, Refund, Returnless},
    words::{
        Anchor, EvidenceDemand, Fault, OutcomeSet, Payer, REASONS, RefundControl, ReturnReason,
        ShippingRule,
    },
};
use kernel::{Bps, CountryCode};
use std::sync::Arc;

/// What applies to one reason.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReasonRule {
    pub(crate) accepted: bool,
    pub(crate) fault: Fault,
    pub(crate) days: Option<(u16, ClauseRef)>,
    pub(crate) evidence: EvidenceDemand,
    pub(crate) outcomes: Option<OutcomeSet>,
    pub(crate) clause: ClauseRef,
}

/// Everything that applies to one combination.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub(crate) days: (u16, ClauseRef),
    pub(crate) anchor: Anchor,
    pub(crate) transit_days: Option<u16>,
    pub(crate) exclusion: Option<Exclusion>,
    pub(crate) reasons: [ReasonRule; REASONS],
    pub(crate) fees: Vec<Arc<Fee>>,
    pub(crate) outcomes: (OutcomeSet, ClauseRef),
    pub(crate) store_credit_bonus: Bps,
    pub(crate) auto_approve: (Amounts, ClauseRef),
    pub(crate) returnless: (Option<Arc<Returnless>>, ClauseRef),
    pub(crate) refund: (Refund, ClauseRef),
    pub(crate) shipping: ((ShippingRule, ShippingRule), ClauseRef),
    pub(crate) label: (Payer, ClauseRef),
    pub(crate) grades: [Bps; 5],
    pub(crate) return_to: Option<CountryCode>,
}

impl Cell {
    /// The strictest policy: what holds where a client says nothing.
    pub(crate) fn silent(clauses: &mut ClauseBook) -> Self {
        let mut clause = |id: &str| clauses.number(id);
        let reasons = std::array::from_fn(|i| {
            let reason = ReturnReason::ALL[i];
            ReasonRule {
                accepted: true,
                fault: reason.default_fault(),
                days: None,
                evidence: EvidenceDemand::default(),
                outcomes: None,
                clause: clause(&format!("reason.{reason}")),
            }
        });
        let refund = Refund {
            control: RefundControl::Inspected,
            tiers: Arc::default(),
        };
        Self {
            days: (0, clause("window")),
            anchor: Anchor::Delivered,
            transit_days: None,
            exclusion: None,
            reasons,
            fees: Vec::new(),
            outcomes: (OutcomeSet::EMPTY, clause("outcomes")),
            store_credit_bonus: Bps(0),
            auto_approve: (Amounts::default(), clause("approval")),
            returnless: (None, clause("returnless")),
            refund: (refund, clause("refund")),
            shipping: (
                (ShippingRule::None, ShippingRule::FullOnFullOrder),
                clause("shipping"),
            ),
            label: (Payer::Customer, clause("label")),
            grades: [Bps(0); 5],
            return_to: None,
        }
    }

    /// This cell with `layer` on top.
    pub(crate) fn with(mut self, layer: &Layer) -> Self {
        put(&mut self.days, layer.days);
        put(&mut self.anchor, layer.anchor);
        self.transit_days = layer.transit_days.or(self.transit_days);
        self.exclusion = layer.exclusion.or(self.exclusion);
        for patch in &layer.reasons {
            let rule = &mut self.reasons[patch.reason.index()];
            put(&mut rule.accepted, patch.accepted);
            put(&mut rule.fault, patch.fault);
            put(&mut rule.evidence, patch.evidence);
            rule.days = patch.days.or(rule.days);
            rule.outcomes = patch.outcomes.or(rule.outcomes);
            rule.clause = patch.clause;
        }
        for (kind, fee) in &layer.fees {
            self.fees.retain(|known| known.kind != *kind);
            self.fees.extend(fee.clone());
        }
        self.fees.sort_by_key(|fee| fee.kind);
        put(&mut self.outcomes, layer.outcomes);
        put(&mut self.store_credit_bonus, layer.store_credit_bonus);
        put(&mut self.auto_approve, layer.auto_approve.clone());
        if let Some((rule, clause)) = &layer.returnless {
            self.returnless = (Some(rule.clone()), *clause);
        }
        put(&mut self.refund, layer.refund.clone());
        put(&mut self.shipping, layer.shipping);
        put(&mut self.label, layer.label);
        put(&mut self.grades, layer.grades);
        self.return_to = layer.return_to.or(self.return_to);
        self
    }
}

/// Replaces `slot` if there is something new.
fn put<T>(slot: &mut T, new: Option<T>) {
    if let Some(value) = new {
        *slot = value;
    }
}
