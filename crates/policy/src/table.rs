//! Levels laid over each other: one [`Cell`] holds everything a policy says about one
//! combination of channel, market and category.
//!
//! Precedence: a deeper level wins (client, channel, market, category, child
//! category, article); a window
//! for a reason wins over every general window, whatever its level, so that a short window for a
//! category never shortens the time for faults.

use crate::{
    amounts::Amounts,
    answer::ClauseRef,
    layer::{BonusRule, ClauseBook, Eligibility, Exclusion, Fee, Layer, Refund, Returnless},
    words::{
        Anchor, ConditionSet, EvidenceDemand, Fault, FinalSale, Instead, OutcomeSet, Payer,
        REASONS, RefundControl, ReturnReason, Route, ShippingRule,
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
    pub(crate) as_law: bool,
    pub(crate) exclusion: Option<Exclusion>,
    pub(crate) final_sale: (FinalSale, ClauseRef),
    pub(crate) condition: (ConditionSet, ClauseRef),
    pub(crate) eligibility: (Option<Arc<Eligibility>>, ClauseRef),
    pub(crate) reasons: [ReasonRule; REASONS],
    pub(crate) fees: Vec<Arc<Fee>>,
    pub(crate) outcomes: (OutcomeSet, ClauseRef),
    pub(crate) store_credit_bonus: (Option<Arc<BonusRule>>, ClauseRef),
    pub(crate) exchange_bonus: (Option<Arc<BonusRule>>, ClauseRef),
    pub(crate) auto_approve: (Amounts, ClauseRef),
    pub(crate) returnless: (Option<Arc<Returnless>>, ClauseRef),
    pub(crate) refund: (Refund, ClauseRef),
    pub(crate) shipping: ((ShippingRule, ShippingRule), ClauseRef),
    pub(crate) label: (Payer, ClauseRef),
    pub(crate) grades: ([Bps; 5], ClauseRef),
    pub(crate) return_to: Option<CountryCode>,
    pub(crate) route: Option<Route>,
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
            within_days: 0,
            statutory: None,
            tiers: Arc::default(),
        };
        Self {
            days: (0, clause("window")),
            anchor: Anchor::Delivered,
            transit_days: None,
            as_law: false,
            exclusion: None,
            final_sale: (FinalSale::Always, clause("final_sale")),
            condition: (ConditionSet::EMPTY, clause("condition")),
            eligibility: (None, clause("eligibility")),
            reasons,
            fees: Vec::new(),
            outcomes: (OutcomeSet::EMPTY, clause("outcomes")),
            store_credit_bonus: (None, clause("bonus.store_credit")),
            exchange_bonus: (None, clause("bonus.exchange")),
            auto_approve: (Amounts::default(), clause("approval")),
            returnless: (None, clause("returnless")),
            refund: (refund, clause("refund")),
            shipping: (
                (ShippingRule::None, ShippingRule::FullOnFullOrder),
                clause("shipping"),
            ),
            label: (Payer::Customer, clause("label")),
            grades: ([Bps(0); 5], clause("grades")),
            return_to: None,
            route: None,
        }
    }

    /// This cell with `layer` on top.
    pub(crate) fn with(mut self, layer: &Layer) -> Self {
        put(&mut self.days, layer.days);
        put(&mut self.anchor, layer.anchor);
        self.transit_days = layer.transit_days.or(self.transit_days);
        put(&mut self.as_law, layer.as_law);
        self.exclusion = layer.exclusion.or(self.exclusion);
        put(&mut self.final_sale, layer.final_sale);
        put(&mut self.condition, layer.condition);
        if let Some((rule, clause)) = &layer.eligibility {
            self.eligibility = (Some(rule.clone()), *clause);
        }
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
        if let Some((rule, clause)) = &layer.store_credit_bonus {
            self.store_credit_bonus = (Some(rule.clone()), *clause);
        }
        if let Some((rule, clause)) = &layer.exchange_bonus {
            self.exchange_bonus = (Some(rule.clone()), *clause);
        }
        put(&mut self.auto_approve, layer.auto_approve.clone());
        if let Some((rule, clause)) = &layer.returnless {
            self.returnless = (Some(rule.clone()), *clause);
        }
        put(&mut self.refund, layer.refund.clone());
        put(&mut self.shipping, layer.shipping);
        put(&mut self.label, layer.label);
        put(&mut self.grades, layer.grades);
        self.return_to = layer.return_to.or(self.return_to);
        self.route = layer.route.or(self.route);
        self
    }

    /// Whether goods that stay go to a charity.
    pub(crate) fn donates(&self) -> bool {
        let rule = self.returnless.0.as_ref();
        rule.is_some_and(|r| r.instead == Instead::Donate)
    }
}

/// Replaces `slot` if there is something new.
fn put<T>(slot: &mut T, new: Option<T>) {
    if let Some(value) = new {
        *slot = value;
    }
}
