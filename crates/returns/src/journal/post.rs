//! What a command moves between accounts, from the entries and events it led to. The one place
//! where a case becomes bookkeeping.

use super::{Account as A, Transfer};
use crate::account::{AccountChange, OrderAccount};
use crate::case::{ObligationKind, ReturnCase};
use crate::decision::Decision;
use crate::event::What;
use crate::handle::Outcome;
use crate::order::{SalesOrder, Tender};
use crate::quote::QuoteKind;
use crate::refund::Value;
use crate::refusal::Refusal;
use kernel::cumulative_share;

/// The transfers of a command. `before` is the account of the order before it. An error means
/// that entries and account do not belong together.
pub fn transfers(
    order: &SalesOrder,
    before: &OrderAccount,
    outcome: &Outcome,
) -> Result<Vec<Transfer>, Refusal> {
    let mut account = before.clone();
    let mut out = Vec::new();
    for entry in &outcome.entries {
        entry_moves(order, &account, outcome, entry, &mut out);
        account.post(order, entry.case, entry.change)?;
    }
    for event in &outcome.events {
        let (id, sign) = match &event.what {
            What::PaymentSettled { obligation, .. } => (*obligation, 1),
            What::PaymentReturned { obligation, .. } => (*obligation, -1),
            _ => continue,
        };
        let bonus = outcome.case.obligation(id);
        if let Some(o) = bonus.filter(|o| o.kind == ObligationKind::Bonus) {
            out.extend(Transfer::new(
                A::PromotionCost,
                A::PromotionalCredit,
                sign * o.minor,
            ));
        }
    }
    Ok(out)
}

/// One entry of the account.
fn entry_moves(
    order: &SalesOrder,
    account: &OrderAccount,
    outcome: &Outcome,
    entry: &crate::account::AccountEntry,
    out: &mut Vec<Transfer>,
) {
    let case = entry.case;
    match entry.change {
        AccountChange::Granted { line, units, minor } => {
            let done = account.claim_of(case, line).map_or(0, |c| c.granted_minor);
            owed(minor, tax(order, account, entry, line, done, minor), out);
            let fee = fee(order, account, &outcome.case, entry, line, units, minor);
            let top = done + minor;
            let fee_tax = tax(order, account, entry, line, top, fee);
            out.extend(Transfer::new(A::Returns, A::FeeIncome, fee - fee_tax));
        }
        AccountChange::ShippingGranted { minor } => {
            let done = account.shipping_granted_minor;
            owed(minor, order.shipping.economics.tax_share(done, minor), out);
        }
        AccountChange::Promotion { taken_minor } => {
            let quote = outcome.case.decision.as_ref().map(|d| &d.quote);
            let same = quote.filter(|q| q.promotion_minor() == -taken_minor);
            let lines = same.iter().flat_map(|q| &q.lines);
            let own = lines.filter(|l| l.kind == QuoteKind::Promotion);
            owed(-taken_minor, own.map(|l| l.tax_minor).sum(), out);
        }
        AccountChange::Ungranted { line, minor } => {
            let back = if let Some(line) = line {
                let done = account.claim_of(case, line).map_or(0, |c| c.granted_minor);
                tax(order, account, entry, line, done - minor, minor)
            } else {
                let done = account.shipping_granted_minor - minor;
                order.shipping.economics.tax_share(done, minor)
            };
            owed(-minor, -back, out);
        }
        AccountChange::Settled { obligation, minor } => {
            let to = paid_from(order, &outcome.case, obligation);
            out.extend(Transfer::new(A::ShopperLiability, to, minor));
        }
        AccountChange::Reversed { obligation, minor } => {
            let to = paid_from(order, &outcome.case, obligation);
            out.extend(Transfer::new(A::ShopperLiability, to, -minor));
        }
        AccountChange::ChargebackLost { minor } => {
            out.extend(Transfer::new(A::Chargebacks, A::Clearing, minor));
        }
        AccountChange::PaidMore { minor, .. } => {
            out.extend(Transfer::new(A::Clearing, A::Sales, minor));
        }
        AccountChange::Claimed { .. }
        | AccountChange::Released { .. }
        | AccountChange::Swapped { .. }
        | AccountChange::Unswapped { .. }
        | AccountChange::TenderReserved { .. }
        // What it was for comes as `Ungranted`.
        | AccountChange::Freed { .. }
        // The sale itself is in the client's own books.
        | AccountChange::Captured { .. } => {}
    }
}

/// Money owed to the shopper: the sale and its tax are taken back.
fn owed(minor: i64, tax: i64, out: &mut Vec<Transfer>) {
    out.extend(Transfer::new(A::Returns, A::ShopperLiability, minor - tax));
    out.extend(Transfer::new(A::Tax, A::ShopperLiability, tax));
}

/// The tax inside a stretch of what a case holds of a line (R6).
fn tax(
    order: &SalesOrder,
    account: &OrderAccount,
    entry: &crate::account::AccountEntry,
    line: u16,
    from: i64,
    minor: i64,
) -> i64 {
    let (Some(sold), Some(claim)) = (order.line(line), account.claim_of(entry.case, line)) else {
        return 0;
    };
    let value = Value::of_claim(sold, claim);
    let taxes = value.taxes(from, from + minor);
    taxes.iter().map(|t| t.minor).sum()
}

/// The fees kept with a grant: the quoted ones for its units, as far as the grant leaves room.
fn fee(
    order: &SalesOrder,
    account: &OrderAccount,
    case: &ReturnCase,
    entry: &crate::account::AccountEntry,
    line: u16,
    units: u32,
    minor: i64,
) -> i64 {
    let Some(decision) = case.decision.as_ref().filter(|_| units > 0) else {
        return 0;
    };
    let kept = quoted_fees(decision, line);
    let whole = decision.lines.iter().find(|d| d.line == line);
    let whole = whole.map_or(0, |d| i64::from(d.units));
    let done = account.claim_of(entry.case, line);
    let done = done.map_or(0, |c| i64::from(c.granted_units));
    let share = cumulative_share(kept, done, i64::from(units), whole);
    let worth = account.next_gross(order, entry.case, line, units);
    share.clamp(0, (worth - minor).max(0))
}

fn quoted_fees(decision: &Decision, line: u16) -> i64 {
    let own = decision.quote.lines.iter().filter(|l| l.line == Some(line));
    let fees = own.filter(|l| matches!(l.kind, QuoteKind::Fee | QuoteKind::ReturnLabel));
    -fees.map(|l| l.minor).sum::<i64>()
}

/// Where a paid obligation took its money: credit the client issued, or the bank.
fn paid_from(order: &SalesOrder, case: &ReturnCase, id: kernel::ObligationId) -> A {
    let Some(o) = case.obligation(id) else {
        return A::Clearing;
    };
    let tender = o.tender.and_then(|t| order.tenders.get(usize::from(t)));
    let own = |t: &Tender| t.kind.is_own_instrument();
    if o.kind == ObligationKind::StoreCredit || tender.is_some_and(own) {
        A::StoreCredit
    } else {
        A::Clearing
    }
}
