//! Where a refund goes when an order was paid in several ways (R14).

use crate::account::OrderAccount;
use crate::order::Tender;
use crate::quote::{TenderShare, TenderStrategy};
use kernel::prorate;
use smallvec::SmallVec;

/// Splits `minor` over the tenders of an order, never more to one than is left of it. What no
/// tender can take (payments the import did not know of) goes to the last one.
pub fn split_tenders(
    tenders: &[Tender],
    account: &OrderAccount,
    strategy: TenderStrategy,
    minor: i64,
) -> SmallVec<[TenderShare; 1]> {
    // One way of paying takes all, whatever is left of it.
    if let [_] = tenders {
        return shares_of(&[minor]);
    }
    let mut left: SmallVec<[i64; 4]> = SmallVec::new();
    for (i, t) in tenders.iter().enumerate() {
        left.push((t.minor - account.tenders_reserved.get(i).copied().unwrap_or(0)).max(0));
    }
    let mut order: SmallVec<[usize; 4]> = (0..tenders.len()).collect();
    let mut shares: SmallVec<[i64; 4]> = match strategy {
        TenderStrategy::Ratio => return shares_of(&ratio(&left, minor)),
        TenderStrategy::Last => {
            order.reverse();
            SmallVec::from_elem(0, tenders.len())
        }
        TenderStrategy::OwnFirst => {
            order.sort_by_key(|i| !tenders[*i].kind.is_own_instrument());
            SmallVec::from_elem(0, tenders.len())
        }
        TenderStrategy::First => SmallVec::from_elem(0, tenders.len()),
    };
    let mut rest = minor;
    for i in &order {
        let part = left[*i].min(rest);
        shares[*i] += part;
        rest -= part;
    }
    if let (true, Some(last)) = (rest > 0, order.last()) {
        shares[*last] += rest;
    }
    shares_of(&shares)
}

/// In proportion to what is left of each; the leftover cent goes by largest remainder (R3).
fn ratio(left: &[i64], minor: i64) -> SmallVec<[i64; 4]> {
    SmallVec::from_vec(prorate(minor, left))
}

fn shares_of(shares: &[i64]) -> SmallVec<[TenderShare; 1]> {
    let paid = (0_u16..).zip(shares).filter(|(_, minor)| **minor > 0);
    paid.map(|(tender, minor)| TenderShare {
        tender,
        minor: *minor,
    })
    .collect()
}
