//! Store credit as an account, and the journal of a case to the cent.

use crate::shop::{Shop, request, settle_all};
use crate::support::{AGENT, ask, day, e22, id};
use kernel::ObligationId;
use policy::ReturnReason;
use proptest::prelude::*;
use returns::journal::{Account, CreditAccount, CreditError, CreditLot, Transfer, balance};

fn lot(n: u128, promotional: bool, until: Option<&str>, left_minor: i64) -> CreditLot {
    CreditLot {
        from: ObligationId(id(n)),
        promotional,
        until: until.map(day),
        left_minor,
    }
}

#[test]
fn promotional_credit_is_spent_first_and_expires() {
    let mut account = CreditAccount::default();
    account.give(lot(1, false, None, 3_600)).unwrap();
    account.give(lot(2, true, Some("2026-12-31"), 360)).unwrap();
    account
        .give(lot(3, false, Some("2027-01-31"), 500))
        .unwrap();
    let again = account.give(lot(1, false, None, 3_600));
    assert_eq!(again, Err(CreditError::Twice));
    assert_eq!(account.balance(day("2026-12-31")), 4_460);
    let spent = account.spend(400, day("2026-12-01")).unwrap();
    let spent: Vec<(u128, i64)> = spent
        .iter()
        .map(|s| (s.from.0.as_u128(), s.minor))
        .collect();
    assert_eq!(spent, [(2, 360), (3, 40)]);
    let more = account.spend(4_061, day("2026-12-01"));
    assert_eq!(more, Err(CreditError::TooMuch(4_060)));
    assert_eq!(account.balance(day("2026-12-01")), 4_060);
    let ended = account.expire(day("2027-02-01"));
    assert_eq!(balance(&ended, Account::StoreCredit), 460);
    assert_eq!(account.balance(day("2027-02-01")), 3_600);
    assert!(account.expire(day("2027-02-01")).is_empty());
    assert_eq!(
        account.spend(0, day("2027-02-01")),
        Err(CreditError::Amount)
    );
}

/// E22, goodwill: 27.41 of 36.00; fee 3.60 and label 4.99 are kept, with their tax.
#[test]
fn a_refund_is_booked_to_the_cent() {
    let mut shop = Shop::new(e22("US"), "approved");
    let asked = request(vec![ask(0, 1, ReturnReason::ChangedMind)]);
    shop.send(None, &asked, "2026-11-10", AGENT).unwrap();
    let of = |shop: &Shop, account| balance(&shop.journal, account);
    assert_eq!(of(&shop, Account::ShopperLiability), -2_741);
    assert_eq!(of(&shop, Account::Tax), 438);
    assert_eq!(of(&shop, Account::Returns), 3_600 - 575);
    assert_eq!(of(&shop, Account::FeeIncome), -(859 - 137));
    settle_all(&mut shop, 0);
    assert_eq!(of(&shop, Account::ShopperLiability), 0);
    assert_eq!(of(&shop, Account::Clearing), -2_741);
}

proptest! {
    /// Whatever is written down, the accounts together come to nothing.
    #[test]
    fn a_journal_cannot_be_out_of_balance(
        rows in proptest::collection::vec((0_usize..14, 0_usize..14, any::<i32>()), 0..50),
    ) {
        let all = Account::ALL;
        let journal: Vec<Transfer> = rows
            .iter()
            .filter_map(|(d, c, minor)| Transfer::new(all[*d], all[*c], i64::from(*minor)))
            .collect();
        prop_assert!(journal.iter().all(|t| t.minor() > 0 && t.debit() != t.credit()));
        prop_assert_eq!(all.iter().map(|a| balance(&journal, *a)).sum::<i64>(), 0);
    }
}
