//! Where the money of an obligation lies among the figures of its grant, and which of them are free
//! again when it is given up. A grant's figures of one kind of money lie end to end, delivery last;
//! its obligations are cut from them in the order they were created. Documents
//! (`credited`) read the same cut, so money that is given up frees what no other payment gives back.

use crate::account::OrderAccount;
use crate::case::{Grant, Obligation, ObligationKind, ObligationState, ReturnCase};
use kernel::{ObligationId, cumulative_share};
use policy::Outcome;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// A figure of a grant, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreedFigure {
    /// The order line; none for outbound delivery.
    pub line: Option<u16>,
    /// Minor units.
    pub minor: i64,
}

/// What is free again because money was given up.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Freed {
    /// What may be granted again.
    pub figures: Vec<FreedFigure>,
    /// The promotion inside that money, as it was granted: negative where it had been taken from
    /// the customer. Taking and giving it back is undone.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub promotion_minor: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
const fn is_zero(minor: &i64) -> bool {
    *minor == 0
}

/// A figure of a grant with the units it settled.
pub(crate) struct Figure {
    /// Line and units; none for delivery.
    pub line: Option<(u16, u32)>,
    /// Minor units.
    pub minor: i64,
}

/// The figures of a grant that are paid as this kind of money, end to end.
pub(crate) fn figures(grant: &Grant, kind: ObligationKind) -> SmallVec<[Figure; 4]> {
    let outcome = if kind == ObligationKind::StoreCredit {
        Outcome::StoreCredit
    } else {
        Outcome::Refund
    };
    let lines = grant.lines.iter().filter(|g| g.outcome == outcome);
    let mut out: SmallVec<[Figure; 4]> = lines
        .map(|g| Figure {
            line: Some((g.line, g.units)),
            minor: g.minor,
        })
        .collect();
    if outcome == Outcome::Refund {
        out.push(Figure {
            line: None,
            minor: grant.shipping_minor,
        });
    }
    out
}

/// The part of a grant's figures an obligation pays.
pub(crate) struct Cut {
    /// The figures it is cut from.
    pub figures: SmallVec<[Figure; 4]>,
    /// Where it begins among them, minor units.
    pub from: i64,
    /// Where it ends.
    pub to: i64,
    /// What promotions took from this payment (negative), or gave to it.
    pub promotion: i64,
    /// The same for the payments before it.
    pub promotion_before: i64,
    /// The same for all payments of this kind of money.
    pub promotion_whole: i64,
}

impl Cut {
    /// Its parts: index of the figure and minor units.
    fn parts(&self, to: i64) -> impl Iterator<Item = (&Figure, i64)> {
        let mut at = 0;
        let from = self.from;
        self.figures.iter().filter_map(move |figure| {
            let (start, end) = (at, at + figure.minor);
            at = end;
            let minor = end.min(to) - start.max(from);
            (minor > 0).then_some((figure, minor))
        })
    }

    /// What it pays, figure by figure.
    pub(crate) fn paid(&self) -> impl Iterator<Item = (&Figure, i64)> {
        self.parts(self.to)
    }
}

/// Where the money of `owed` lies; none where its grant is not known.
pub(crate) fn cut(case: &ReturnCase, owed: &Obligation) -> Option<Cut> {
    let grant = case.grants.get(usize::from(owed.grant))?;
    let figures = figures(grant, owed.kind);
    let sum: i64 = figures.iter().map(|f| f.minor).sum();
    let same = |o: &&Obligation| o.grant == owed.grant && o.kind == owed.kind;
    let before = case.obligations.iter().take_while(|o| o.id != owed.id);
    let before: i64 = before.filter(same).map(|o| o.minor).sum();
    let whole: i64 = case.obligations.iter().filter(same).map(|o| o.minor).sum();
    let promotion_whole = whole - sum;
    let promotion = cumulative_share(promotion_whole, before, owed.minor, whole);
    let promotion_before = cumulative_share(promotion_whole, 0, before, whole);
    let from = before - promotion_before;
    Some(Cut {
        figures,
        from,
        to: from + owed.minor - promotion,
        promotion,
        promotion_before,
        promotion_whole,
    })
}

/// What is free again when this obligation is given up; none for what is no money of the order.
pub(crate) fn freed_by(
    case: &ReturnCase,
    account: &OrderAccount,
    id: ObligationId,
) -> Option<Freed> {
    let owed = case.obligation(id).filter(|o| o.kind.is_money())?;
    // A grant of which money was given up before that was kept frees the rest the same way: two
    // ways on one grant could free a figure twice.
    let older = |o: &Obligation| {
        (o.grant, o.kind) == (owed.grant, owed.kind)
            && o.state == ObligationState::Canceled
            && !o.freed_in_place
    };
    if case.obligations.iter().any(older) {
        return Some(Freed {
            figures: freed_from_the_end(case, id).to_vec(),
            promotion_minor: 0,
        });
    }
    let cut = cut(case, owed)?;
    // What another return was given back meanwhile cannot be undone here.
    let promotion_minor = cut.promotion.max(-account.clawed_minor.max(0));
    let parts = cut.parts(cut.from + owed.minor - promotion_minor);
    let figures = parts.map(|(figure, minor)| FreedFigure {
        line: figure.line.map(|l| l.0),
        minor,
    });
    Some(Freed {
        figures: figures.collect(),
        promotion_minor,
    })
}

/// What was free again in events of before the figures were kept in them: the last figures first.
pub(crate) fn freed_from_the_end(
    case: &ReturnCase,
    id: ObligationId,
) -> SmallVec<[FreedFigure; 2]> {
    let Some(owed) = case.obligation(id).filter(|o| o.kind.is_money()) else {
        return SmallVec::new();
    };
    let Some(grant) = case.grants.get(usize::from(owed.grant)) else {
        return SmallVec::new();
    };
    let figures = figures(grant, owed.kind);
    let before: i64 = case
        .obligations
        .iter()
        .filter(|o| o.grant == owed.grant && o.kind == owed.kind && o.id != id)
        .filter(|o| o.state == ObligationState::Canceled)
        .map(|o| o.minor)
        .sum();
    let whole: i64 = figures.iter().map(|f| f.minor).sum();
    let (from, to) = (whole - before - owed.minor, whole - before);
    let mut at = 0;
    let mut out = SmallVec::new();
    for figure in &figures {
        let (start, end) = (at, at + figure.minor);
        at = end;
        let minor = end.min(to) - start.max(from);
        if minor > 0 {
            out.push(FreedFigure {
                line: figure.line.map(|l| l.0),
                minor,
            });
        }
    }
    out
}
