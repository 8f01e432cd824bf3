//! Which figures of a grant the money of a given-up obligation was for, so that their ceilings
//! are free again. A grant's figures are laid end to end, delivery last, and given-up money is
//! taken from the end: exact in every order of giving up, and never more than a figure had.

use crate::case::{ObligationKind, ObligationState, ReturnCase};
use kernel::ObligationId;
use policy::Outcome;
use smallvec::SmallVec;

/// Parts of a freed amount: the order line (none: outbound delivery) and minor units.
pub(crate) type Freed = SmallVec<[(Option<u16>, i64); 2]>;

/// What is free again when this obligation is given up.
pub(crate) fn freed_by(case: &ReturnCase, id: ObligationId) -> Freed {
    let Some(owed) = case.obligation(id).filter(|o| o.kind.is_money()) else {
        return Freed::new();
    };
    let Some(grant) = case.grants.get(usize::from(owed.grant)) else {
        return Freed::new();
    };
    let outcome = if owed.kind == ObligationKind::StoreCredit {
        Outcome::StoreCredit
    } else {
        Outcome::Refund
    };
    let mut figures: Freed = grant
        .lines
        .iter()
        .filter(|g| g.outcome == outcome)
        .map(|g| (Some(g.line), g.minor))
        .collect();
    if outcome == Outcome::Refund {
        figures.push((None, grant.shipping_minor));
    }
    let before: i64 = case
        .obligations
        .iter()
        .filter(|o| o.grant == owed.grant && o.kind == owed.kind && o.id != id)
        .filter(|o| o.state == ObligationState::Canceled)
        .map(|o| o.minor)
        .sum();
    let whole: i64 = figures.iter().map(|f| f.1).sum();
    let (from, to) = (whole - before - owed.minor, whole - before);
    let mut at = 0;
    figures.retain(|figure| {
        let (start, end) = (at, at + figure.1);
        at = end;
        figure.1 = end.min(to) - start.max(from);
        figure.1 > 0
    });
    figures
}
