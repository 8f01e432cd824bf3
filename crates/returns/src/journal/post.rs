//! What a case moves between accounts: from the events and account entries of one command, or
//! from all of them again in a replay, which gives the same. The one place where a case becomes
//! bookkeeping.

use super::{Account as A, Posting, Postings, Transfer, Why};
use crate::account::{AccountChange, AccountEntry, OrderAccount};
use crate::case::{Obligation, ObligationKind, ObligationState, ReturnCase};
use crate::decision::Decision;
use crate::event::{Event, What};
use crate::order::{SalesOrder, Tender};
use crate::quote::QuoteKind;
use crate::refund::Value;
use crate::refusal::Refusal;
use kernel::{CaseId, ObligationId, cumulative_share};

/// Why there is no journal of these events and entries.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// The entries do not belong to the account.
    #[error("the account entries do not follow each other: {0}")]
    Entries(Refusal),
    /// The events do not belong to the case.
    #[error("the events do not follow each other")]
    Events,
    /// The journal and the account would not agree on what shoppers are owed.
    #[error("the journal owes {journal} minor units more, the account {account}")]
    Liability {
        /// What the journal says was added to the liability.
        journal: i64,
        /// What the account says was added to what is granted and not paid.
        account: i64,
    },
}

/// The postings of a run of events of one case: those of one command on top of `case`, or all of
/// its life on top of nothing. `account` is the account of the order before the first of
/// `entries`, which may hold entries of other cases between its own.
///
/// # Errors
/// When events, entries and account do not belong together; and when the liability to the shopper
/// would not be what the account says is granted and not paid.
pub fn postings(
    order: &SalesOrder,
    account: &OrderAccount,
    case: Option<&ReturnCase>,
    id: CaseId,
    events: &[Event],
    entries: &[AccountEntry],
) -> Result<Vec<Posting>, JournalError> {
    let moves = |e: &Event| {
        matches!(
            e.what,
            What::PaymentSettled { .. }
                | What::PaymentReturned { .. }
                | What::CarrierClaimFiled { .. }
                | What::CarrierClaimEnded { .. }
                | What::VendorAnswered { .. }
        )
    };
    if entries.is_empty() && !events.iter().any(moves) {
        return Ok(Vec::new());
    }
    let mut out = Postings::default();
    let (mut account, mut case) = (account.clone(), case.cloned());
    let (mut rest, mut owed) = (entries, 0);
    let mut house = Vec::new();
    for event in events {
        if let Some(known) = &mut case {
            let about = match event.what {
                What::PaymentSettled { obligation, .. }
                | What::PaymentReturned { obligation, .. } => Some(obligation),
                _ => None,
            };
            let before = about.and_then(|id| known.obligation(id).cloned());
            known.apply(event);
            recovery(known, &event.what, &mut out);
            let after = about.and_then(|id| known.obligation(id));
            if let Some((before, after)) = before.as_ref().zip(after) {
                let is_house = before.is_house_credit(order) || after.is_house_credit(order);
                house.retain(|id| *id != after.id);
                if is_house {
                    house.push(after.id);
                    if let Some((why, moved)) = bonus(before, after) {
                        out.add(known.version, why, Some(moved));
                    }
                }
            }
        } else {
            case = ReturnCase::open(event);
        }
        let known = case.as_ref().ok_or(JournalError::Events)?;
        while let Some((entry, after)) = rest.split_first() {
            if entry.case == id && entry.version > known.version {
                break;
            }
            rest = after;
            let before = account.pending_minor;
            if entry.case == id {
                entry_moves(order, &account, known, entry, &house, &mut out);
            }
            let posted = account.post(order, entry.case, entry.change);
            posted.map_err(JournalError::Entries)?;
            if entry.case == id {
                owed += account.pending_minor - before;
            }
        }
    }
    let out = out.finish();
    let moved = out.iter().map(|p| &p.transfer);
    let said = -super::balance(moved, A::ShopperLiability);
    if said != owed {
        return Err(JournalError::Liability {
            journal: said,
            account: owed,
        });
    }
    Ok(out)
}

/// What was asked of a carrier, and what carriers and vendors answered.
fn recovery(case: &ReturnCase, what: &What, out: &mut Postings) {
    let mut put = |why, debit, credit, minor| {
        out.add(case.version, why, Transfer::new(debit, credit, minor));
    };
    match what {
        What::CarrierClaimFiled { claim } => {
            let asked = claim.asked_minor;
            put(
                Why::CarrierAsked,
                A::CarrierClaims,
                A::ExpectedRecoveries,
                asked,
            );
        }
        What::CarrierClaimEnded {
            number,
            recovered_minor: won,
        } => {
            let claim = case.carrier_claims.get(usize::from(*number));
            let refused = claim.map_or(0, |c| c.asked_minor) - won;
            put(Why::CarrierPaid, A::ClientFunds, A::CarrierClaims, *won);
            put(Why::CarrierPaid, A::ExpectedRecoveries, A::Recovered, *won);
            put(
                Why::CarrierRefused,
                A::ExpectedRecoveries,
                A::CarrierClaims,
                refused,
            );
        }
        What::VendorAnswered {
            asked_minor,
            recovered_minor: won,
            ..
        } => {
            put(Why::VendorPaid, A::ClientFunds, A::VendorRecoveries, *won);
            put(Why::VendorPaid, A::ExpectedRecoveries, A::Recovered, *won);
            put(
                Why::VendorRefused,
                A::ExpectedRecoveries,
                A::VendorRecoveries,
                asked_minor - won,
            );
        }
        _ => {}
    }
}

/// A bonus that was paid out as promotional credit, or came back after it was.
fn bonus(before: &Obligation, after: &Obligation) -> Option<(Why, Transfer)> {
    if after.kind != ObligationKind::Bonus {
        return None;
    }
    let settled = |o: &Obligation| o.state == ObligationState::Settled;
    let (why, minor) = match (settled(before), settled(after)) {
        (false, true) => (Why::BonusGiven, after.minor),
        (true, false) => (Why::BonusBack, -after.minor),
        _ => return None,
    };
    let moved = Transfer::new(A::PromotionCost, A::PromotionalCredit, minor)?;
    Some((why, moved))
}

/// What one entry of the account moves.
fn entry_moves(
    order: &SalesOrder,
    account: &OrderAccount,
    case: &ReturnCase,
    entry: &AccountEntry,
    house: &[ObligationId],
    out: &mut Postings,
) {
    // Where a paid obligation took its money: credit of the house, or the bank.
    let paid_from = |id: ObligationId| {
        if house.contains(&id) {
            A::StoreCredit
        } else {
            A::Clearing
        }
    };
    let version = entry.version;
    let mut put = |why, debit, credit, minor| {
        out.add(version, why, Transfer::new(debit, credit, minor));
    };
    // What the vendor of the goods is asked to bear follows what is granted for them.
    let (asked_line, asked) = match entry.change {
        AccountChange::Granted { line, minor, .. } => (Some(line), minor),
        AccountChange::Ungranted { line, minor } => (line, -minor),
        _ => (None, 0),
    };
    if asked_line.is_some_and(|line| case.vendor_charge(line).is_some()) {
        put(
            Why::VendorAsked,
            A::VendorRecoveries,
            A::ExpectedRecoveries,
            asked,
        );
    }
    // Money owed to the shopper: the sale and its tax are taken back.
    let mut owed = |why, minor: i64, tax: i64| {
        put(why, A::Returns, A::ShopperLiability, minor - tax);
        put(why, A::Tax, A::ShopperLiability, tax);
    };
    match entry.change {
        AccountChange::Granted { line, units, minor } => {
            let done = account
                .claim_of(entry.case, line)
                .map_or(0, |c| c.granted_minor);
            owed(
                Why::Granted,
                minor,
                tax(order, account, entry, line, done, minor),
            );
            let fee = fee(order, account, case, entry, line, units, minor);
            let top = done + minor;
            let fee_tax = tax(order, account, entry, line, top, fee);
            put(Why::FeeKept, A::Returns, A::FeeIncome, fee - fee_tax);
        }
        AccountChange::ShippingGranted { minor } => {
            let done = account.shipping_granted_minor;
            let tax = order.shipping.economics.tax_share(done, minor);
            owed(Why::DeliveryGranted, minor, tax);
        }
        AccountChange::Promotion { taken_minor } => {
            let quote = case.decision.as_ref().map(|d| &d.quote);
            let same = quote.filter(|q| q.promotion_minor() == -taken_minor);
            let lines = same.iter().flat_map(|q| &q.lines);
            let own = lines.filter(|l| l.kind == QuoteKind::Promotion);
            owed(
                Why::Promotion,
                -taken_minor,
                own.map(|l| l.tax_minor).sum(),
            );
        }
        AccountChange::PromotionFreed { minor, tax_minor } => {
            owed(Why::GivenUp, -minor, -tax_minor);
        }
        AccountChange::Ungranted { line, minor } => {
            let back = if let Some(line) = line {
                let done = account
                    .claim_of(entry.case, line)
                    .map_or(0, |c| c.granted_minor);
                tax(order, account, entry, line, done - minor, minor)
            } else {
                let done = account.shipping_granted_minor - minor;
                order.shipping.economics.tax_share(done, minor)
            };
            owed(Why::GivenUp, -minor, -back);
        }
        AccountChange::Settled { obligation, minor } => {
            let to = paid_from(obligation);
            put(Why::Paid, A::ShopperLiability, to, minor);
        }
        AccountChange::Reversed { obligation, minor } => {
            let to = paid_from(obligation);
            put(Why::CameBack, A::ShopperLiability, to, -minor);
        }
        AccountChange::ChargebackLost { minor } => {
            put(Why::ChargebackLost, A::Chargebacks, A::Clearing, minor);
        }
        AccountChange::PaidMore { minor, .. } => {
            put(Why::Collected, A::Clearing, A::Sales, minor);
        }
        AccountChange::PaidLess { minor, .. } => {
            put(Why::CameBack, A::Sales, A::Clearing, minor);
        }
        // What disputes took is booked under the dispute, never under a case.
        AccountChange::DisputeLost { .. }
        | AccountChange::DisputeFreed { .. }
        | AccountChange::Claimed { .. }
        | AccountChange::Released { .. }
        | AccountChange::Swapped { .. }
        | AccountChange::Unswapped { .. }
        | AccountChange::TenderReserved { .. }
        | AccountChange::BackReserved { .. }
        // What it was for comes as `Ungranted`.
        | AccountChange::Freed { .. }
        // The sale itself is in the client's own books.
        | AccountChange::Captured { .. } => {}
    }
}

/// The tax inside a stretch of what a case holds of a line (R6).
fn tax(
    order: &SalesOrder,
    account: &OrderAccount,
    entry: &AccountEntry,
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
    entry: &AccountEntry,
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

impl Obligation {
    /// Whether it is paid as credit of the client itself: store credit, a bonus, and money that
    /// goes back to a gift card or store credit it was paid with.
    pub fn is_credit(&self, order: &SalesOrder) -> bool {
        let tender = self.tender.and_then(|t| order.tenders.get(usize::from(t)));
        let own = |t: &Tender| t.kind.is_own_instrument();
        match self.kind {
            ObligationKind::StoreCredit | ObligationKind::Bonus => true,
            ObligationKind::Refund => tender.is_some_and(own),
            _ => false,
        }
    }

    /// The reference under which the house pays its own credit.
    pub fn credit_reference(id: ObligationId) -> String {
        format!("credit-{id}")
    }

    /// Whether it was paid as credit of the house. Another system that says it paid used its own
    /// reference: then its own books hold the credit.
    pub fn is_house_credit(&self, order: &SalesOrder) -> bool {
        let own = || Self::credit_reference(self.id);
        self.state == ObligationState::Settled
            && self.is_credit(order)
            && self.reference.as_deref() == Some(&own())
    }
}
