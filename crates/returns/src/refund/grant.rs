//! Booking what was decided on the account of the order: units and money per line, delivery,
//! promotions, and where the money goes (R14). The one way a grant reaches an account.

use crate::account::{AccountChange, Entries, OrderAccount};
use crate::difference::{BackTo, money_of};
use crate::event::GrantLine;
use crate::order::SalesOrder;
use crate::quote::{TenderShare, TenderStrategy};
use crate::refusal::{Refusal, RefusalCode};
use crate::tender::split_tenders;
use kernel::CaseId;
use policy::Outcome;
use smallvec::SmallVec;

/// The figures of a grant.
#[derive(Debug, Clone, Copy)]
pub struct Figures<'a> {
    /// Per line.
    pub lines: &'a [GrantLine],
    /// Outbound delivery, minor units.
    pub shipping_minor: i64,
    /// Promotions: negative when taken back, positive when given back.
    pub promotion_minor: i64,
}

/// A grant on the account: what is owed because of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// Money per tender.
    pub tenders: SmallVec<[TenderShare; 1]>,
    /// Money that goes back to differences that were paid, by the obligation of each.
    pub collected: BackTo,
    /// Money no known tender takes; paid back by other means.
    pub unplaced_minor: i64,
    /// Credit with the client.
    pub credit_minor: i64,
    /// The entries, in order.
    pub entries: Entries,
}

/// Books a grant of a case. On refusal `account` may be half changed: work on a copy.
pub fn book(
    account: &mut OrderAccount,
    order: &SalesOrder,
    case: CaseId,
    figures: &Figures<'_>,
    strategy: TenderStrategy,
) -> Result<Booked, Refusal> {
    let mut entries = Entries::new();
    let mut post = |account: &mut OrderAccount, change| {
        account.post(order, case, change).map(|e| entries.push(e))
    };
    let given = figures.lines.iter().filter(|g| is_money(g.outcome));
    let given: i64 = given.map(|g| g.minor).sum::<i64>() + figures.shipping_minor;
    if given + figures.promotion_minor < 0 {
        return Err(Refusal::new(RefusalCode::WrongAmount));
    }
    // What is taken back makes room for the figures it is taken from.
    if figures.promotion_minor != 0 {
        let taken_minor = -figures.promotion_minor;
        post(account, AccountChange::Promotion { taken_minor })?;
    }
    let (mut refund, mut credit) = (figures.shipping_minor, 0_i64);
    for g in figures.lines {
        let (line, units, minor) = (g.line, g.units, g.minor);
        match g.outcome {
            Outcome::Refund => refund += minor,
            Outcome::StoreCredit => credit += minor,
            Outcome::Exchange | Outcome::Replacement | Outcome::Repair => {
                post(account, AccountChange::Swapped { line, units })?;
                continue;
            }
        }
        post(account, AccountChange::Granted { line, units, minor })?;
    }
    if figures.shipping_minor > 0 {
        let minor = figures.shipping_minor;
        post(account, AccountChange::ShippingGranted { minor })?;
    }
    (refund, credit) = with_promotion(refund, credit, figures.promotion_minor);
    let collected = account.back_to(case, money_of(figures.lines), refund);
    for (by, minor) in &collected {
        let (by, minor) = (*by, *minor);
        post(account, AccountChange::BackReserved { by, minor })?;
        refund -= minor;
    }
    let tenders = split_tenders(&order.tenders, account, strategy, refund);
    for share in &tenders {
        let (tender, minor) = (share.tender, share.minor);
        post(account, AccountChange::TenderReserved { tender, minor })?;
    }
    let placed: i64 = tenders.iter().map(|s| s.minor).sum();
    Ok(Booked {
        tenders,
        collected,
        unplaced_minor: refund - placed,
        credit_minor: credit,
        entries,
    })
}

/// Money and credit after promotions: what is taken back comes off the money first; what is
/// given back is money, or credit where everything else is credit.
pub(super) fn with_promotion(refund: i64, credit: i64, promotion: i64) -> (i64, i64) {
    if refund == 0 && credit > 0 {
        return (0, credit + promotion);
    }
    let money = refund + promotion;
    (money.max(0), credit + money.min(0))
}

const fn is_money(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Refund | Outcome::StoreCredit)
}
