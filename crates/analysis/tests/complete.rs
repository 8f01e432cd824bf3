//! The check looks only at edges. Random orders, which know nothing of edges, must show nothing
//! that it has not found.
//!
//! `REDRESS_ORDERS` sets how many are tried per policy and place; `REDRESS_SEED` which.

mod support;

use analysis::{Against, Dimension, Order, check, judge};
use jiff::Span;
use kernel::Currency;
use policy::{Condition, Outcome, Policy, ReturnReason, SalesChannel};
use std::collections::BTreeSet;

/// Orders per policy and place when nothing else is said.
const ORDERS: u64 = 2_000;

/// Policies that are below the law in many ways at once.
const POLICIES: [&str; 3] = [
    include_str!("../../policy/tests/data/everything.toml"),
    "name = \"Mean\"\ncurrencies = [\"EUR\"]\nlanguages = [\"en\"]\nauthorisation_days = 14\n\
     [rules]\nwindow = { days = 10, anchor = \"ordered\" }\noutcomes = [\"store_credit\"]\n\
     condition = [\"tags\", \"packaging\"]\neligibility = { min_value = { EUR = \"7.00\" }, max_units = 3 }\n\
     fees = { restocking = { rate = 1500, only_opened = true }, late = { rate = 500, after_days = 5 } }\n\
     grades = { a = 100, b = 200, c = 300, d = 400, e = 500 }\n\
     reasons = { style = { accepted = false }, other = { evidence = { note = true } } }\n\
     [categories.sealed.exclusion]\nground = \"hygiene\"\ntext = { en = \"No.\" }\n",
    "name = \"Late\"\ncurrencies = [\"EUR\"]\nlanguages = [\"en\"]\nauthorisation_days = 14\n\
     [disclosure]\nwithdrawal_right = false\nreturn_costs = false\n\
     [rules]\nwindow = { days = 14, anchor = \"last_parcel\" }\noutcomes = [\"refund\"]\n\
     refund = { control = \"delivered\", within_days = 2, tiers = [{ up_to = { EUR = \"30.00\" }, control = \"first_scan\", within_days = 9 }] }\n\
     fees = { return_label = { amount = { EUR = \"4.00\" }, waiver = { order_from = { EUR = \"60.00\" } } } }\n\
     reasons = { defective = { fault = \"consumer\", days = 400 } }\n\
     [channels.store]\nwindow = { days = 400 }\nfinal_sale = \"never\"\n",
];

struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u32) -> u32 {
        u32::try_from(self.next() % u64::from(n)).unwrap_or(0)
    }

    fn of<T: Clone>(&mut self, list: &[T]) -> T {
        let n = u32::try_from(list.len()).unwrap_or(1);
        list[self.below(n) as usize].clone()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "how many orders a test tries is set from outside"
)]
fn number(name: &str, default: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn draw(policy: &Policy, code: &str, dice: &mut Dice) -> Order {
    let day = |n: u32| support::on().saturating_add(Span::new().days(n));
    let placed = dice.below(400);
    let delivered = placed + dice.below(40);
    let last = delivered + dice.of(&[0, 0, 3, 60]);
    let length = dice.of(&[20, 20, 60, 800]);
    let asked = delivered + dice.below(length);
    let goods: Vec<String> = policy.source().categories.keys().cloned().collect();
    let value = i64::from(dice.below(9_000)) + 1;
    let lacks: Vec<Condition> = if dice.below(3) == 0 {
        vec![dice.of(Condition::ALL)]
    } else {
        Vec::new()
    };
    Order {
        place: code.into(),
        country: support::place(code).country,
        channel: dice.of(&[
            SalesChannel::Online,
            SalesChannel::Store,
            SalesChannel::Phone,
        ]),
        category: (dice.below(2) == 0 && !goods.is_empty()).then(|| dice.of(&goods).into()),
        product: None,
        placed_on: day(placed),
        sent_on: Some(day(placed)),
        delivered_on: Some(day(delivered)),
        last_parcel_on: Some(day(last)),
        asked_on: day(asked),
        reason: dice.of(ReturnReason::ALL),
        own_reason: None,
        opened: dice.below(2) == 0,
        final_sale: dice.below(4) == 0,
        lacks,
        evidence: dice.below(2) == 0,
        wanted: dice.of(&[None, Some(Outcome::Refund), Some(Outcome::StoreCredit)]),
        units: 1 + dice.below(5),
        value_minor: value,
        order_minor: value + i64::from(dice.below(9_000)),
        currency: Currency::EUR,
    }
}

#[test]
fn what_random_orders_show_the_check_has_found() {
    let law = support::law();
    let (orders, seed) = (number("REDRESS_ORDERS", ORDERS), number("REDRESS_SEED", 4));
    let mut shown: BTreeSet<Dimension> = BTreeSet::new();
    for (which, text) in POLICIES.iter().enumerate() {
        let policy = support::load(text);
        for code in ["DE", "FR", "GB", "ES"] {
            let place = support::place(code);
            let against = Against {
                places: vec![place],
            };
            let report = check(&policy, &law, &against, support::on());
            let found: BTreeSet<(Dimension, String)> = report
                .undercuts()
                .map(|(f, u)| (u.dimension, f.clause.clone()))
                .collect();
            let mut dice = Dice(seed + which as u64);
            for n in 0..orders {
                let order = draw(&policy, code, &mut dice);
                for breach in judge(&policy, &law, place, &order) {
                    assert!(
                        found.contains(&breach),
                        "order {n}: {breach:?} of {order}\nfound {found:?}"
                    );
                    shown.insert(breach.0);
                }
            }
        }
    }
    // The draw must show most ways to fall short, or finding them all would prove little.
    assert!(shown.len() >= 11, "{shown:?}");
    println!("{orders} orders for each of 3 policies and 4 places, seed {seed}: all found");
}
