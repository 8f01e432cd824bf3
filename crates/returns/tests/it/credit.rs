//! Store credit as an account, and the journal of a case to the cent.

use crate::shop::{Shop, request, settle_all};
use crate::support::{AGENT, ask, day, e22, id};
use kernel::{Actor, CaseId, CreditId, CreditUseId, Currency, CustomerId, ObligationId, Timestamp};
use policy::ReturnReason;
use proptest::prelude::*;
use returns::credit::{
    CreditAccount, CreditCommand as Do, CreditError, CreditEvent, CreditLot, CreditWhat, handle,
    postings, replay,
};
use returns::journal::{Account, Transfer, balance};

/// An account with everything that happened to it.
struct Book {
    account: CreditAccount,
    events: Vec<CreditEvent>,
    moved: Vec<Transfer>,
}

impl Book {
    fn new() -> Self {
        Self {
            account: CreditAccount::open(CreditId(id(1)), CustomerId(id(2)), Currency::EUR),
            events: Vec::new(),
            moved: Vec::new(),
        }
    }

    fn send(&mut self, command: &Do, on: &str) -> Result<Vec<CreditWhat>, CreditError> {
        let what = handle(&self.account, command, day(on))?;
        let version = self.account.version;
        let event = |what: &CreditWhat| CreditEvent {
            at: Timestamp::UNIX_EPOCH,
            by: Actor::System,
            what: what.clone(),
        };
        let events: Vec<CreditEvent> = what.iter().map(event).collect();
        // What a case books when it pays a lot, or takes one back.
        for w in &what {
            let (lot, sign) = match w {
                CreditWhat::CreditIssued { lot, .. } => (lot.clone(), 1),
                CreditWhat::CreditWithdrawn { obligation } => {
                    let lot = self.account.lots.iter().find(|l| l.from == *obligation);
                    (lot.unwrap().clone(), -1)
                }
                _ => continue,
            };
            let to = if lot.promotional {
                Account::PromotionalCredit
            } else {
                Account::StoreCredit
            };
            let given = Transfer::new(Account::Clearing, to, sign * lot.given_minor);
            self.moved.extend(given);
        }
        self.moved
            .extend(postings(version, &events).iter().map(|p| p.transfer));
        for w in &what {
            self.account.apply(w);
        }
        self.events.extend(events);
        // The log is the account, and the books hold what the account holds.
        assert_eq!(
            replay(self.account.id, &self.events).as_ref(),
            (!self.events.is_empty()).then_some(&self.account)
        );
        for promotional in [false, true] {
            let books = if promotional {
                Account::PromotionalCredit
            } else {
                Account::StoreCredit
            };
            assert_eq!(
                -balance(&self.moved, books),
                self.account.booked(promotional)
            );
        }
        assert!(self.account.lots.iter().all(|l| l.left_minor >= 0));
        Ok(what)
    }

    fn give(&mut self, n: u128, promotional: bool, until: Option<&str>, minor: i64) {
        self.send(&issue(n, promotional, until, minor), "2026-11-01")
            .unwrap();
    }

    fn balance(&self, on: &str) -> i64 {
        self.account.balance(day(on))
    }
}

fn issue(n: u128, promotional: bool, until: Option<&str>, minor: i64) -> Do {
    Do::Issue {
        case: CaseId(id(9)),
        lot: CreditLot {
            from: ObligationId(id(n)),
            promotional,
            until: until.map(day),
            given_minor: minor,
            left_minor: minor,
        },
    }
}

fn used(n: u128) -> CreditUseId {
    CreditUseId(id(n))
}

fn spend(n: u128, minor: i64) -> Do {
    Do::Spend {
        id: used(n),
        minor,
        reference: "W-1".into(),
    }
}

fn hold(n: u128, minor: i64) -> Do {
    Do::Hold {
        id: used(n),
        minor,
        reference: "W-1".into(),
    }
}

/// A paid lot that stays, a promotional one to the end of the year, a paid one to January.
fn three() -> Book {
    let mut book = Book::new();
    book.give(1, false, None, 3_600);
    book.give(2, true, Some("2026-12-31"), 360);
    book.give(3, false, Some("2027-01-31"), 500);
    book
}

#[test]
fn promotional_credit_is_spent_first_and_expires() {
    let mut book = three();
    let again = book.send(&issue(1, false, None, 3_600), "2026-11-02");
    assert_eq!(again, Err(CreditError::Twice));
    assert_eq!(book.balance("2026-12-31"), 4_460);
    let spent = book.send(&spend(1, 400), "2026-12-01").unwrap();
    let [CreditWhat::CreditSpent { spent }] = spent.as_slice() else {
        panic!("{spent:?}")
    };
    let parts = spent.parts.iter().map(|p| (p.from.0.as_u128(), p.minor));
    assert_eq!(parts.collect::<Vec<_>>(), [(2, 360), (3, 40)]);
    let more = book.send(&spend(2, 4_061), "2026-12-01");
    assert_eq!(more, Err(CreditError::TooMuch(4_060)));
    assert_eq!(book.account.ends_on(), Some(day("2027-02-01")));
    let ended = book.send(&Do::Expire, "2027-02-01").unwrap();
    assert_eq!(ended.len(), 1);
    // A paid lot that ended is income of its own; a bonus that ended never cost anything.
    assert_eq!(balance(&book.moved, Account::Breakage), -460);
    assert_eq!(book.balance("2027-02-01"), 3_600);
    assert!(book.send(&Do::Expire, "2027-02-01").unwrap().is_empty());
    let none = book.send(&spend(3, 0), "2027-02-01");
    assert_eq!(none, Err(CreditError::Amount));
}

#[test]
fn a_purchase_that_is_undone_gives_back_what_it_took_and_no_more_time() {
    let mut book = three();
    book.send(&spend(1, 400), "2026-12-31").unwrap();
    book.send(&Do::Void { id: used(1) }, "2027-01-01").unwrap();
    // The bonus came back after its last day: it ends at once.
    assert_eq!(book.balance("2027-01-01"), 4_100);
    assert_eq!(balance(&book.moved, Account::PromotionCost), -360);
    let twice = book.send(&Do::Void { id: used(1) }, "2027-01-01");
    assert_eq!(twice, Err(CreditError::Unknown));
}

#[test]
fn what_is_held_is_nobody_elses_and_is_spent_in_part_or_freed() {
    let mut book = three();
    book.send(&hold(1, 4_000), "2026-11-10").unwrap();
    assert_eq!(
        book.send(&spend(2, 461), "2026-11-10"),
        Err(CreditError::TooMuch(460))
    );
    let part = Do::SpendHeld {
        id: used(1),
        minor: Some(1_000),
    };
    book.send(&part, "2026-11-11").unwrap();
    assert_eq!(
        (book.balance("2026-11-11"), book.account.held()),
        (3_460, 0)
    );
    assert_eq!(book.send(&part, "2026-11-11"), Err(CreditError::Unknown));
    book.send(&hold(3, 100), "2026-11-11").unwrap();
    book.send(&Do::Void { id: used(3) }, "2026-11-12").unwrap();
    assert_eq!(book.balance("2026-11-12"), 3_460);
    // Nobody buys: after a week it is free again without anybody asking.
    book.send(&hold(4, 3_460), "2026-11-12").unwrap();
    assert_eq!(book.account.ends_on(), Some(day("2026-11-20")));
    book.send(&spend(5, 3_460), "2026-11-20").unwrap();
    assert_eq!(book.balance("2026-11-20"), 0);
}

#[test]
fn credit_is_taken_back_whole_or_not_at_all() {
    let mut book = three();
    let back = |n: u128| Do::Withdraw {
        obligation: ObligationId(id(n)),
    };
    book.send(&spend(1, 400), "2026-11-10").unwrap();
    assert_eq!(
        book.send(&back(3), "2026-11-10"),
        Err(CreditError::Used(460))
    );
    assert_eq!(book.send(&back(8), "2026-11-10"), Err(CreditError::Used(0)));
    book.send(&back(1), "2026-11-10").unwrap();
    assert_eq!(book.balance("2026-11-10"), 460);
    // Paid again after it came back.
    book.send(&issue(1, false, None, 3_600), "2026-11-11")
        .unwrap();
    assert_eq!(book.balance("2026-11-11"), 4_060);
}

/// E22, goodwill: 27.41 of 36.00; fee 3.60 and label 4.99 are kept, with their tax.
#[test]
fn a_refund_is_booked_to_the_cent() {
    let mut shop = Shop::new(e22("US"), "approved");
    let asked = request(vec![ask(0, 1, ReturnReason::ChangedMind)]);
    shop.send(None, &asked, "2026-11-10", AGENT).unwrap();
    assert_eq!(shop.balance(Account::ShopperLiability), -2_741);
    assert_eq!(shop.balance(Account::Tax), 438);
    assert_eq!(shop.balance(Account::Returns), 3_600 - 575);
    assert_eq!(shop.balance(Account::FeeIncome), -(859 - 137));
    settle_all(&mut shop, 0);
    assert_eq!(shop.balance(Account::ShopperLiability), 0);
    assert_eq!(shop.balance(Account::Clearing), -2_741);
}

fn any_step() -> impl Strategy<Value = (Do, u8)> {
    let n = || 0_u128..12;
    let command = prop_oneof![
        (n(), any::<bool>(), 0_i64..600, prop::option::of(1_i8..28)).prop_map(
            |(n, promotional, minor, last)| {
                let until = last.map(|d| format!("2026-11-{d:02}"));
                issue(n, promotional, until.as_deref(), minor)
            }
        ),
        (n(), 0_i64..900).prop_map(|(n, minor)| spend(n + 100, minor)),
        (n(), 0_i64..900).prop_map(|(n, minor)| hold(n + 100, minor)),
        (n(), prop::option::of(0_i64..900)).prop_map(|(n, minor)| Do::SpendHeld {
            id: used(n + 100),
            minor
        }),
        n().prop_map(|n| Do::Void { id: used(n + 100) }),
        n().prop_map(|n| Do::Withdraw {
            obligation: ObligationId(id(n))
        }),
        Just(Do::Expire),
    ];
    (command, 0_u8..3)
}

proptest! {
    /// Whatever is asked in any order, no lot goes below nothing, the log gives the account again,
    /// and the books hold what the account holds (checked in `Book::send`).
    #[test]
    fn any_history_of_credit_keeps_its_books(
        steps in proptest::collection::vec(any_step(), 0..60),
    ) {
        let (mut book, mut at) = (Book::new(), 1);
        for (command, pass) in steps {
            at = (at + i32::from(pass)).min(30);
            book.send(&command, &format!("2026-11-{at:02}")).ok();
        }
    }

    /// Whatever is written down, the accounts together come to nothing.
    #[test]
    fn a_journal_cannot_be_out_of_balance(
        rows in proptest::collection::vec((0_usize..16, 0_usize..16, any::<i32>()), 0..50),
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
