//! The compiled policy and a naive reading of its source agree on random orders.
//!
//! `REDRESS_ORDERS` sets how many are tried per policy; `REDRESS_SEED` which.

mod naive;

use jiff::{Span, civil::date};
use kernel::{CountryCode, Currency};
use naive::{Goods, Plain};
use policy::{
    Condition, ConditionSet, EvidenceGiven, Outcome, Policy, PolicyAnswer, PolicyFacts,
    ReturnReason, SalesChannel, Verdict,
};

const POLICIES: [&str; 4] = [
    include_str!("data/everything.toml"),
    include_str!("../../../packs/policies/apparel.toml"),
    include_str!("../../../packs/policies/giftware.toml"),
    include_str!("../../../packs/policies/marketplace.toml"),
];
/// Orders per policy when nothing else is said.
const ORDERS: u64 = 40_000;

/// `SplitMix64`: small, seeded, good enough to pick cases.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap_or(0)
    }

    fn of<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }

    fn coin(&mut self) -> bool {
        self.next() & 1 == 0
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "how many orders a test tries is set from outside"
)]
fn number(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

/// A random order for a policy, biased towards the edges of its windows and amounts.
fn draw(policy: &Policy, dice: &mut Dice) -> (PolicyFacts, Goods) {
    let source = policy.source();
    let day = |n: usize| {
        date(2026, 10, 20).saturating_add(Span::new().days(i64::try_from(n).unwrap_or(0)))
    };
    let placed = dice.below(90);
    let sent = placed + dice.below(4);
    let came = sent + dice.of(&[0, 1, 3, 40]);
    let last = came + dice.of(&[0, 0, 2, 50]);
    let windows = [0, 1, 7, 14, 15, 20, 30, 31, 45, 46, 60, 61, 90, 730, 731];
    let from = dice.of(&[placed, sent, sent + 7, came, last]);
    let asked = from + dice.of(&windows) + dice.below(2);
    let categories: Vec<String> = source.categories.keys().cloned().collect();
    let mut category = dice.of(&[categories, vec![String::new(), "toys".into()]].concat());
    if dice.below(4) == 0 {
        category.push_str("/child");
    }
    let products: Vec<String> = source.products.keys().cloned().collect();
    let sku = if dice.below(4) == 0 && !products.is_empty() {
        dice.of(&products)
    } else {
        "plain".to_owned()
    };
    let leaves: Vec<String> = source.reasons.keys().cloned().collect();
    let own = (dice.coin() && !leaves.is_empty()).then(|| dice.of(&leaves));
    let known = own.as_deref().and_then(|path| policy.own_reason(path));
    let reason = known.map_or_else(|| dice.of(ReturnReason::ALL), |(_, code)| code);
    let yen = "JPY".parse().unwrap_or(Currency::EUR);
    let currency = dice.of(&[Currency::EUR, Currency::USD, yen]);
    let lacks: Vec<Condition> = Condition::ALL
        .iter()
        .copied()
        .filter(|_| dice.below(4) == 0)
        .collect();
    let values = [
        0, 799, 800, 499, 500, 1200, 1201, 1500, 1501, 3000, 5000, 5001, 8001, 250_000,
    ];
    let requested = dice.of(&values) + i64::try_from(dice.below(2)).unwrap_or(0);
    let (delivered, all) = (dice.below(5) > 0, dice.below(5) > 0);
    let facts = PolicyFacts {
        placed_on: day(placed),
        fulfilled_on: (delivered || dice.coin()).then(|| day(sent)),
        delivered_on: delivered.then(|| day(came)),
        last_delivered_on: (delivered && all).then(|| day(last)),
        asked_on: day(asked),
        channel: dice.of(SalesChannel::ALL),
        market: CountryCode::literal(dice.of(&["DE", "US", "GB", "SE", "JP", "CH", "BR"])),
        category: policy.goods(&category, &sku),
        final_sale: dice.below(5) == 0,
        opened: dice.coin(),
        lacks: ConditionSet::of(&lacks),
        reason,
        own_reason: known.map(|(id, _)| id),
        wanted: dice.of(&[None, Some(Outcome::Refund), Some(Outcome::Exchange)]),
        units: u32::try_from(1 + dice.below(6)).unwrap_or(1),
        requested_minor: requested,
        order_minor: requested + dice.of(&[0, 14_999, 15_000, 20_000]),
        currency,
        evidence: EvidenceGiven {
            photos: u8::try_from(dice.below(4)).unwrap_or(0),
            note: dice.coin(),
            serial: dice.coin(),
        },
        returnless_used_365d: u32::try_from(dice.below(4)).unwrap_or(0),
    };
    let own_reason = own.filter(|_| known.is_some());
    (
        facts,
        Goods {
            category,
            sku,
            own_reason,
        },
    )
}

/// The compiled answer in the words of the naive one.
fn plain(answer: &PolicyAnswer, facts: &PolicyFacts) -> Plain {
    let paid = facts.requested_minor;
    Plain {
        verdict: answer.verdict,
        yields: answer.yields_to_law,
        window_until: answer.window_until,
        fault: answer.fault,
        fees: answer
            .fees
            .iter()
            .map(|f| (f.kind, f.amount(paid, paid.max(0) / 7), f.statutory_waived))
            .collect(),
        label: answer.label_paid_by,
        shipping: answer.shipping_rule,
        outcomes: answer.outcomes.iter().collect(),
        bonuses: [
            answer.store_credit_bonus.of(paid),
            answer.exchange_bonus.of(paid),
        ],
        returnless: answer.returnless,
        donate: answer.donate,
        auto_approve: answer.auto_approve_up_to,
        control: (
            answer.refund_control,
            answer.refund_within_days,
            answer.statutory_refund_control,
        ),
        grades: answer.grade_deductions,
        return_to: answer.return_to,
        route: answer.route,
    }
}

#[test]
fn the_compiled_policy_agrees_with_a_naive_reading() {
    let (orders, seed) = (number("REDRESS_ORDERS", ORDERS), number("REDRESS_SEED", 4));
    let mut seen = std::collections::BTreeSet::new();
    for (which, text) in POLICIES.iter().enumerate() {
        let policy = Policy::parse_toml(text).unwrap();
        let mut dice = Dice(seed + which as u64);
        for n in 0..orders {
            let (facts, goods) = draw(&policy, &mut dice);
            let answer = policy.evaluate(&facts);
            let naive = naive::evaluate(policy.source(), &facts, &goods);
            assert_eq!(
                plain(&answer, &facts),
                naive,
                "order {n} of {which}: {facts:?} {goods:?}"
            );
            seen.insert(match answer.verdict {
                Verdict::Eligible => "eligible",
                Verdict::Outside(code) => code.as_str(),
                Verdict::NeedsEvidence(_) => "needs_evidence",
                Verdict::NotStarted => "not_started",
            });
        }
    }
    // The draw must reach every kind of answer, or agreeing would prove little.
    assert_eq!(seen.len(), 9, "{seen:?}");
    println!(
        "{orders} orders per policy, {} policies, seed {seed}: no disagreement",
        POLICIES.len()
    );
}
