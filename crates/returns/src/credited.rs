//! What a payment of money gave back: which goods, charges and delivery, at which rates of tax, to
//! the cent. This is what a credit note is made of.
//!
//! The money of a grant is laid end to end and its payments are cut from it in order, so payments
//! in any split carry all the goods and all the tax. On the value of a line every document takes
//! the lowest stretch no other living document holds: when all is paid, the tax of the documents is
//! the tax in the books.

use crate::account::OrderAccount;
use crate::case::ReturnCase;
use crate::economics::{Taxes, each, total};
use crate::event::{Event, What};
use crate::freed::cut;
use crate::order::{OrderLine, SalesOrder};
use crate::promoted::{promoted, promotion_taxes};
use crate::quote::Quote;
use crate::refund::{Value, add_by_rate};
use kernel::{Bps, CaseId, ObligationId, cumulative_share, prorate};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

/// What a part is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CreditedKind {
    /// Goods of a line.
    Goods,
    /// Charges that follow the goods of a line.
    Charge,
    /// Outbound delivery.
    Shipping,
    /// A promotion: negative when taken back from the customer.
    Promotion,
}

/// One part at one rate of tax.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditedPart {
    /// What it is about.
    pub kind: CreditedKind,
    /// Index of the order line; none for delivery and promotions.
    pub line: Option<u16>,
    /// Units of the line the grant settled; 0 where it added money to units settled before.
    pub units: u32,
    /// Only a part of what the grant gave for them.
    pub part: bool,
    /// With tax, minor units.
    pub gross: i64,
    /// The tax inside, minor units.
    pub tax: i64,
    /// All rates on it together; none where the sale named no tax.
    pub rate: Option<Bps>,
}

/// A stretch of the value of a case's units of a line, or of the order's delivery, that a document
/// has given back. Half open, minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stretch {
    /// The line; none for delivery.
    pub line: Option<u16>,
    /// Where it begins.
    pub from: i64,
    /// Where it ends.
    pub to: i64,
}

/// What one payment gave back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Credited {
    /// Its parts; they sum to the payment.
    pub parts: Vec<CreditedPart>,
    /// The stretches it takes.
    pub stretches: Vec<Stretch>,
}

/// A turn of the money of an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It was paid.
    Paid,
    /// It came back.
    Returned,
}

/// Every turn of an obligation's money, oldest first: paid, came back, paid again. Each has one
/// document. Empty for what is no money of the order.
pub fn turns(events: &[Event], obligation: ObligationId) -> Vec<Turn> {
    let mut turns = Vec::new();
    let mut is_money = false;
    for event in events {
        match &event.what {
            What::ObligationCreated {
                obligation: o,
                kind,
                ..
            } if *o == obligation => is_money = kind.is_money(),
            What::PaymentSettled { obligation: o, .. }
                if *o == obligation && turns.last() != Some(&Turn::Paid) =>
            {
                turns.push(Turn::Paid);
            }
            // What never was paid came back for the first time: nothing was documented.
            What::PaymentReturned { obligation: o, .. }
                if *o == obligation && turns.last() == Some(&Turn::Paid) =>
            {
                turns.push(Turn::Returned);
            }
            _ => {}
        }
    }
    if is_money { turns } else { Vec::new() }
}

/// What the payment of `obligation` gives back. `events` are all of the case; `held` are the
/// stretches of documents that stand, each with its case. None for an obligation that is not of
/// the case or no money of the order.
pub fn credited(
    order: &SalesOrder,
    account: &OrderAccount,
    case: &ReturnCase,
    events: &[Event],
    obligation: ObligationId,
    held: &[(CaseId, Stretch)],
) -> Option<Credited> {
    let owed = case.obligation(obligation).filter(|o| o.kind.is_money())?;
    let grant = case.grants.get(usize::from(owed.grant))?;
    let cut = cut(case, owed)?;
    let (own, promotion) = (cut.promotion, cut.promotion_whole);
    let mut out = Credited::default();
    for (figure, minor) in cut.paid() {
        let part = minor != figure.minor;
        match figure.line {
            Some((line, units)) => {
                goods(
                    order,
                    account,
                    case.id,
                    held,
                    &mut out,
                    (line, units),
                    minor,
                    part,
                );
            }
            None => shipping(order, held, &mut out, minor, part),
        }
    }
    if own != 0 {
        let taxes = promotion_taxes(events, owed.grant, grant.promotion_minor).map(
            |(promoted_all, taxes)| {
                // In step with the payments before it, so that all of them carry all of the tax.
                let done = promoted_all - promotion + cut.promotion_before;
                let (done, step, whole) = (done.abs(), own.abs(), promoted_all.abs());
                each(&taxes, |t| cumulative_share(t.minor, done, step, whole))
            },
        );
        promoted(order, &mut out, own, taxes.as_ref());
    }
    Some(out)
}

/// The lowest free stretches of a value that come to `minor`; what lies beyond its end is taken
/// after it.
fn free(
    held: &[(CaseId, Stretch)],
    own: &[Stretch],
    of: impl Fn(&(CaseId, Stretch)) -> bool,
    line: Option<u16>,
    minor: i64,
) -> SmallVec<[(i64, i64); 2]> {
    let theirs = held.iter().filter(|h| of(h)).map(|h| h.1);
    let ours = own.iter().copied();
    let mut taken: SmallVec<[Stretch; 8]> = theirs.chain(ours).filter(|s| s.line == line).collect();
    taken.sort_unstable_by_key(|s| s.from);
    let (mut out, mut at, mut left) = (SmallVec::new(), 0, minor);
    for stretch in &taken {
        let gap = (stretch.from - at).min(left);
        if gap > 0 {
            out.push((at, at + gap));
            left -= gap;
        }
        at = at.max(stretch.to);
    }
    if left > 0 {
        out.push((at, at + left));
    }
    out
}

#[expect(
    clippy::too_many_arguments,
    reason = "one caller; a struct would say it twice"
)]
fn goods(
    order: &SalesOrder,
    account: &OrderAccount,
    case: CaseId,
    held: &[(CaseId, Stretch)],
    out: &mut Credited,
    (line, units): (u16, u32),
    minor: i64,
    part: bool,
) {
    let stretches = free(held, &out.stretches, |h| h.0 == case, Some(line), minor);
    let value = order.line(line).zip(account.claim_of(case, line));
    let value = value.map(|(sold, claim)| (sold, Value::of_claim(sold, claim)));
    let mut taxes = Taxes::new();
    let mut groups = Vec::new();
    if let Some((sold, value)) = &value {
        for (from, to) in &stretches {
            add_by_rate(&mut taxes, &value.taxes(*from, *to));
        }
        groups = groups_of(sold, value);
    }
    for (from, to) in stretches {
        let line = Some(line);
        out.stretches.push(Stretch { line, from, to });
    }
    for (kind, rate, gross, tax) in split(&groups, minor, &taxes) {
        out.parts.push(CreditedPart {
            kind,
            line: Some(line),
            units,
            part,
            gross,
            tax,
            rate,
        });
    }
}

fn shipping(
    order: &SalesOrder,
    held: &[(CaseId, Stretch)],
    out: &mut Credited,
    minor: i64,
    part: bool,
) {
    let economics = &order.shipping.economics;
    // Delivery belongs to the order: the documents of all its cases share it.
    let stretches = free(held, &out.stretches, |_| true, None, minor);
    let mut taxes = each(&economics.taxes, |_| 0);
    for (from, to) in stretches {
        add_by_rate(&mut taxes, &economics.tax_shares(from, to - from));
        out.stretches.push(Stretch {
            line: None,
            from,
            to,
        });
    }
    out.parts.push(CreditedPart {
        kind: CreditedKind::Shipping,
        line: None,
        units: 1,
        part,
        gross: minor,
        tax: total(&taxes),
        rate: rate_of(&taxes),
    });
}

/// What bears the same rates: goods, or charges that follow them.
struct Group {
    kind: CreditedKind,
    gross: i64,
    taxes: Taxes,
}

impl Group {
    fn bears(&self, rate: Bps) -> Option<i64> {
        let same = self.taxes.iter().find(|t| t.rate == rate);
        same.map(|t| t.minor)
    }
}

/// The goods of a value, and the charges that bear other rates than they do.
fn groups_of(sold: &OrderLine, value: &Value<'_>) -> Vec<Group> {
    let mut groups = vec![Group {
        kind: CreditedKind::Goods,
        gross: 0,
        taxes: Taxes::new(),
    }];
    for run in value.runs() {
        let (gross, taxes) = sold.economics.paid(run.first, run.count);
        add(&mut groups, CreditedKind::Goods, gross, &taxes);
        for charge in sold.following() {
            let (gross, taxes) = charge.economics.paid(run.first, run.count);
            add(&mut groups, CreditedKind::Charge, gross, &taxes);
        }
    }
    groups
}

fn add(groups: &mut Vec<Group>, kind: CreditedKind, gross: i64, taxes: &Taxes) {
    let rates = |taxes: &Taxes| {
        let mut rates: SmallVec<[Bps; 4]> = taxes.iter().map(|t| t.rate).collect();
        rates.sort_unstable();
        rates
    };
    let own = |g: &&mut Group| {
        let fresh = g.kind == kind && g.gross == 0 && g.taxes.is_empty();
        fresh || rates(&g.taxes) == rates(taxes)
    };
    if let Some(group) = groups.iter_mut().find(own) {
        group.gross += gross;
        add_by_rate(&mut group.taxes, taxes);
    } else {
        groups.push(Group {
            kind,
            gross,
            taxes: taxes.clone(),
        });
    }
}

/// An amount and its tax spread over the groups it is of, in proportion.
fn split(
    groups: &[Group],
    minor: i64,
    taxes: &Taxes,
) -> Vec<(CreditedKind, Option<Bps>, i64, i64)> {
    let Some(first) = groups.first() else {
        return vec![(CreditedKind::Goods, None, minor, 0)];
    };
    if groups.len() == 1 {
        return vec![(first.kind, rate_of(&first.taxes), minor, total(taxes))];
    }
    let weights: Vec<i64> = groups.iter().map(|g| g.gross).collect();
    let mut tax: Vec<i64> = vec![0; groups.len()];
    for t in taxes {
        let own: Vec<i64> = groups
            .iter()
            .map(|g| g.bears(t.rate).unwrap_or(0))
            .collect();
        for (sum, more) in tax.iter_mut().zip(prorate(t.minor, &own)) {
            *sum += more;
        }
    }
    let gross = prorate(minor, &weights);
    let each = groups.iter().zip(gross.into_iter().zip(tax));
    each.map(|(g, (gross, tax))| (g.kind, rate_of(&g.taxes), gross, tax))
        .filter(|part| part.2 != 0 || part.3 != 0)
        .collect()
}

/// All rates on the same amount as one.
pub(crate) fn rate_of(taxes: &Taxes) -> Option<Bps> {
    (!taxes.is_empty()).then(|| Bps(taxes.iter().map(|t| t.rate.0).sum()))
}

/// The quote a grant was made from, by the number of the grant from 0: the last one before it.
pub fn quote_of(events: &[Event], grant: u16) -> Option<&Quote> {
    let (mut quote, mut granted) = (None, 0);
    for event in events {
        match &event.what {
            What::Assessed { decision } => quote = Some(&decision.quote),
            What::Granted { .. } if granted == grant => return quote,
            What::Granted { .. } => granted += 1,
            _ => {}
        }
    }
    None
}
