//! The policy language from outside: files, inheritance, windows, fees, hash.

use jiff::civil::date;
use kernel::{Bps, CountryCode, Currency, Date, ReasonCode, Role};
use policy::{
    ConditionSet, EvidenceDemand, EvidenceGiven, Fault, FeeAmount, FeeKind, Grade, Outcome, Payer,
    Policy, PolicyFacts, RefundControl, ReturnReason, SalesChannel, ShippingRule, Verdict,
    describe,
};
use proptest::prelude::*;

const GIFTWARE: &str = include_str!("../../../packs/policies/giftware.toml");
const APPAREL: &str = include_str!("../../../packs/policies/apparel.toml");
const MARKETPLACE: &str = include_str!("../../../packs/policies/marketplace.toml");

const SMALL: &str = r#"
name = "Small"
currencies = ["EUR"]
languages = ["en"]
authorisation_days = 14
[rules]
window = { days = 30 }
outcomes = ["refund"]
"#;

#[expect(
    clippy::unwrap_used,
    reason = "a test helper: failing is its way to report"
)]
fn load(text: &str) -> Policy {
    Policy::parse_toml(text).unwrap()
}

fn facts(policy: &Policy, category: &str) -> PolicyFacts {
    PolicyFacts {
        placed_on: date(2026, 3, 1),
        delivered_on: Some(date(2026, 3, 10)),
        last_delivered_on: Some(date(2026, 3, 10)),
        fulfilled_on: Some(date(2026, 3, 5)),
        asked_on: date(2026, 3, 12),
        channel: SalesChannel::Online,
        market: CountryCode::literal("DE"),
        category: policy.category(category),
        final_sale: false,
        opened: false,
        lacks: ConditionSet::EMPTY,
        reason: ReturnReason::ChangedMind,
        own_reason: None,
        wanted: None,
        units: 1,
        requested_minor: 5_000,
        order_minor: 5_000,
        currency: Currency::EUR,
        evidence: EvidenceGiven::default(),
        returnless_used_365d: 0,
    }
}

#[expect(
    clippy::unwrap_used,
    reason = "a test helper: failing is its way to report"
)]
fn errors(text: &str) -> String {
    Policy::parse_toml(text).unwrap_err().to_string()
}

#[test]
fn the_demo_policies_compile_and_describe_themselves() {
    for text in [GIFTWARE, APPAREL, MARKETPLACE] {
        let policy = load(text);
        let clauses = describe(&policy);
        assert!(clauses.len() > 15);
        assert!(clauses.iter().any(|c| c.id == "window"));
        for lang in ["en", "de", "fr", "es", "pl", "ar"] {
            let path = format!(
                "{}/../../locales/{lang}/policy.ftl",
                env!("CARGO_MANIFEST_DIR")
            );
            let messages = std::fs::read_to_string(path).unwrap();
            for clause in &clauses {
                let wanted = format!("\n{} =", clause.message_key);
                assert!(
                    messages.contains(&wanted),
                    "{lang} lacks {}",
                    clause.message_key
                );
            }
        }
    }
}

#[test]
fn findings_name_the_place_and_the_way_out() {
    let spelled = errors(&SMALL.replace("days = 30", "dayz = 30"));
    assert!(
        spelled.contains("line 7") && spelled.contains("dayz"),
        "{spelled}"
    );
    assert!(spelled.contains("fixed sets"), "{spelled}");
    let open = errors(&format!("{SMALL}[rules\n"));
    assert!(
        open.contains("line 9") && open.contains("not TOML"),
        "{open}"
    );
    let range = errors(&SMALL.replace("days = 30", "days = 9999"));
    assert!(
        range.contains("rules.window") && range.contains("from 0 to 3650"),
        "{range}"
    );
    let amount = format!("{SMALL}auto_approve = {{ EUR = \"1e3\", USD = \"1\" }}\n");
    let amount = errors(&amount);
    assert!(
        amount.contains("rules.auto_approve") && amount.contains("12.50"),
        "{amount}"
    );
    assert!(amount.contains("USD"), "every finding at once: {amount}");
    let fee = errors(&format!("{SMALL}fees = {{ late = {{ rate = 500 }} }}\n"));
    assert!(
        fee.contains("rules.fees.late") && fee.contains("after_days"),
        "{fee}"
    );
    let both = format!("{SMALL}fees = {{ handling = {{ rate = 500, none = true }} }}\n");
    assert!(errors(&both).contains("exactly one"));
    let negative = format!("{SMALL}fees = {{ handling = {{ amount = {{ EUR = \"-1\" }} }} }}\n");
    assert!(errors(&negative).contains("out of range"));
    let unfair = format!("{SMALL}shipping = {{ rule = \"none\", on_fault = \"none\" }}\n");
    assert!(errors(&unfair).contains("R9"));
    let twice =
        format!("{SMALL}[markets.a]\ncountries = [\"DE\"]\n[markets.b]\ncountries = [\"DE\"]\n");
    assert!(errors(&twice).contains("DE is in two markets"));
    let role = format!("{SMALL}[authority]\nboss = {{ EUR = \"1\" }}\n");
    assert!(errors(&role).contains("team_lead"));
    let wordless = format!(
        "{SMALL}[categories.food.exclusion]\nground = \"perishable\"\ntext = {{ de = \"Nein\" }}\n"
    );
    assert!(errors(&wordless).contains("categories.food.exclusion.text"));
    assert!(errors(&"#".repeat(300_000)).contains("larger"));
}

#[test]
fn the_hash_is_of_the_content() {
    let base = load(SMALL).hash();
    let reordered = r#"
authorisation_days=14 # two weeks
languages=["en"]
promotion = "keep"
rules.outcomes=["refund"]
currencies=["EUR"]
rules.window.days=30
name="Small"
"#;
    assert_eq!(load(reordered).hash(), base);
    assert_ne!(load(&SMALL.replace("30", "31")).hash(), base);
    assert_eq!(load(SMALL).hash().to_string().len(), 64);
}

#[test]
fn a_window_counts_from_its_anchor_and_its_last_day_counts() {
    let cases: [(&str, Option<Date>); 4] = [
        ("anchor = \"delivered\"", Some(date(2026, 4, 9))),
        ("anchor = \"fulfilled\"", Some(date(2026, 4, 4))),
        ("anchor = \"ordered\"", Some(date(2026, 3, 31))),
        ("transit_days = 7", Some(date(2026, 4, 9))),
    ];
    for (anchor, end) in cases {
        let policy = load(&SMALL.replace("days = 30", &format!("days = 30, {anchor}")));
        let mut asked = facts(&policy, "");
        assert_eq!(policy.evaluate(&asked).window_until, end, "{anchor}");
        asked.asked_on = end.unwrap();
        assert_eq!(policy.evaluate(&asked).verdict, Verdict::Eligible);
        asked.asked_on = end.unwrap().tomorrow().unwrap();
        let closed = Verdict::Outside(ReasonCode::WindowClosed);
        assert_eq!(policy.evaluate(&asked).verdict, closed);
    }
    let policy = load(SMALL);
    let waiting = PolicyFacts {
        delivered_on: None,
        ..facts(&policy, "")
    };
    let answer = policy.evaluate(&waiting);
    assert_eq!(
        (answer.verdict, answer.window_until),
        (Verdict::Eligible, None)
    );
    let transit = load(&SMALL.replace("days = 30", "days = 30, transit_days = 7"));
    assert_eq!(
        transit.evaluate(&waiting).window_until,
        Some(date(2026, 4, 11))
    );
}

/// Ordered on 1 March, sent on the 5th, not there yet: thirty days from the 5th nobody can be late,
/// on the next day nobody knows.
#[test]
fn before_delivery_everybody_is_in_time_who_cannot_be_late() {
    let stays = "returnless = { up_to = { EUR = \"20000.00\" }, reasons = [\"changed_mind\"], max_per_365_days = 9 }\n";
    let policy = load(&format!("{SMALL}{stays}"));
    let asks = |asked_on: Date, came: Option<Date>| {
        let waiting = PolicyFacts {
            delivered_on: came,
            asked_on,
            ..facts(&policy, "")
        };
        policy.evaluate(&waiting)
    };
    let (last, next) = (date(2026, 4, 4), date(2026, 4, 5));
    let answer = asks(last, None);
    assert_eq!(answer.verdict, Verdict::Eligible);
    assert!(!answer.returnless, "what has not come cannot stay");
    assert_eq!(asks(next, None).verdict, Verdict::NotStarted);
    // Whenever it comes from now on, who asked was in time.
    for came in [date(2026, 3, 5), date(2026, 3, 20), last] {
        let there = asks(last, Some(came));
        assert_eq!((there.verdict, there.returnless), (Verdict::Eligible, true));
    }
    let unsent = PolicyFacts {
        fulfilled_on: None,
        delivered_on: None,
        asked_on: date(2026, 3, 31),
        ..facts(&policy, "")
    };
    assert_eq!(policy.evaluate(&unsent).verdict, Verdict::Eligible);
}

/// Client 10, store 20, UK 30, apparel 40, apparel/shoes 50, defective 99 at client level.
#[test]
fn the_deeper_level_wins_and_reasons_win_over_levels() {
    let policy = load(&format!(
        "{}reasons = {{ defective = {{ days = 99 }} }}\n\
         [channels.store]\nwindow = {{ days = 20 }}\n\
         [markets.uk]\ncountries = [\"GB\"]\nrules = {{ window = {{ days = 30 }} }}\n\
         [categories.apparel]\nwindow = {{ days = 40 }}\nlabel = \"merchant\"\n\
         [categories.\"apparel/shoes\"]\nwindow = {{ days = 50 }}\n",
        SMALL.replace("30", "10")
    ));
    let table = [
        (SalesChannel::Online, "DE", "toys", 10, "window"),
        (
            SalesChannel::Store,
            "DE",
            "toys",
            20,
            "channel.store.window",
        ),
        (SalesChannel::Store, "GB", "toys", 30, "market.uk.window"),
        (
            SalesChannel::Online,
            "GB",
            "apparel",
            40,
            "category.apparel.window",
        ),
        (
            SalesChannel::Store,
            "GB",
            "apparel/hats",
            40,
            "category.apparel.window",
        ),
        (
            SalesChannel::Store,
            "GB",
            "apparel/shoes/boots",
            50,
            "category.apparel/shoes.window",
        ),
    ];
    for (channel, market, category, days, clause) in table {
        let mut asked = facts(&policy, category);
        (asked.channel, asked.market) = (channel, market.parse().unwrap());
        let answer = policy.evaluate(&asked);
        let end = date(2026, 3, 10).saturating_add(jiff::Span::new().days(days));
        assert_eq!(answer.window_until, Some(end), "{category}");
        assert_eq!(&*policy.clause_id(answer.clauses.window), clause);
        let inherits = category.starts_with("apparel");
        assert_eq!(
            answer.label_paid_by == Payer::Merchant,
            inherits,
            "{category}"
        );
        asked.reason = ReturnReason::Defective;
        let answer = policy.evaluate(&asked);
        assert_eq!(answer.window_until, Some(date(2026, 6, 17)));
        assert_eq!(
            &*policy.clause_id(answer.clauses.window),
            "window.defective"
        );
    }
}

#[test]
fn a_holiday_lengthens_and_never_shortens() {
    let policy = load(GIFTWARE);
    let mut asked = facts(&policy, "");
    asked.placed_on = date(2026, 11, 1);
    asked.delivered_on = Some(date(2026, 11, 5));
    asked.asked_on = date(2027, 1, 31);
    let answer = policy.evaluate(&asked);
    assert_eq!(answer.verdict, Verdict::Eligible);
    assert_eq!(
        &*policy.clause_id(answer.clauses.window),
        "holiday.winter-2026"
    );
    asked.placed_on = date(2026, 10, 31);
    assert_eq!(
        policy.evaluate(&asked).window_until,
        Some(date(2026, 12, 5))
    );
    asked.placed_on = date(2026, 12, 24);
    asked.delivered_on = Some(date(2027, 1, 15));
    assert_eq!(
        policy.evaluate(&asked).window_until,
        Some(date(2027, 2, 14))
    );
}

#[test]
fn fees_follow_reason_seal_and_fault() {
    let policy = load(APPAREL);
    let mut asked = facts(&policy, "electronics/audio");
    assert!(policy.evaluate(&asked).fees.is_empty());
    asked.opened = true;
    let fees = policy.evaluate(&asked).fees;
    assert_eq!((fees.len(), fees[0].kind), (1, FeeKind::Restocking));
    assert_eq!(fees[0].amount, FeeAmount::Rate(Bps(1000)));
    assert_eq!(
        (fees[0].amount(5_000, 0), fees[0].amount(500_000, 0)),
        (500, 8_000)
    );
    assert_eq!((fees[0].amount(-5, 0), fees[0].amount(0, 0)), (0, 0));
    let clause = policy.clause_id(fees[0].clause);
    assert_eq!(&*clause, "category.electronics.fee.restocking");
    asked.reason = ReturnReason::Defective;
    let faulty = policy.evaluate(&asked);
    assert!(faulty.fees.is_empty() && faulty.label_paid_by == Payer::Merchant);
    assert_eq!(
        (faulty.fault, faulty.shipping_rule),
        (Fault::Merchant, ShippingRule::Full)
    );
    assert_eq!(faulty.grade_deduction(Grade::E), Bps(0));
    let missing = EvidenceDemand {
        photos: 1,
        note: true,
        serial: true,
    };
    assert_eq!(faulty.verdict, Verdict::NeedsEvidence(missing));
    asked.evidence = EvidenceGiven {
        photos: 1,
        note: true,
        serial: true,
    };
    assert_eq!(policy.evaluate(&asked).verdict, Verdict::Eligible);
    assert!(policy.evaluate(&asked).outcomes.has(Outcome::Repair));

    let mut late = facts(&policy, "apparel/shirts");
    late.asked_on = date(2026, 4, 24);
    assert!(policy.evaluate(&late).fees.is_empty(), "day 45 is not late");
    late.asked_on = date(2026, 4, 25);
    assert_eq!(policy.evaluate(&late).fees[0].amount(10_000, 0), 300);
    late.market = CountryCode::literal("US");
    let answer = policy.evaluate(&late);
    let kinds: Vec<FeeKind> = answer.fees.iter().map(|f| f.kind).collect();
    assert_eq!(kinds, [FeeKind::ReturnLabel, FeeKind::Late]);
    assert_eq!(answer.label_paid_by, Payer::Customer);
}

#[test]
fn exclusions_and_final_sale_yield_to_the_sellers_fault() {
    let policy = load(APPAREL);
    let mut swim = facts(&policy, "apparel/swimwear/bikinis");
    assert_eq!(policy.evaluate(&swim).verdict, Verdict::Eligible);
    swim.opened = true;
    let answer = policy.evaluate(&swim);
    assert_eq!(
        answer.verdict,
        Verdict::Outside(ReasonCode::CategoryExcluded)
    );
    assert_eq!(
        &*policy.clause_id(answer.clauses.verdict),
        "category.apparel/swimwear"
    );
    swim.final_sale = true;
    swim.reason = ReturnReason::WrongItem;
    swim.evidence.photos = 1;
    assert_eq!(policy.evaluate(&swim).verdict, Verdict::Eligible);
    let sale = PolicyFacts {
        final_sale: true,
        ..facts(&policy, "apparel")
    };
    assert_eq!(
        policy.evaluate(&sale).verdict,
        Verdict::Outside(ReasonCode::FinalSale)
    );
    let price = PolicyFacts {
        reason: ReturnReason::BetterPrice,
        market: CountryCode::literal("US"),
        ..facts(&policy, "apparel")
    };
    let refused = Verdict::Outside(ReasonCode::ReasonNotAccepted);
    assert_eq!(policy.evaluate(&price).verdict, refused);
}

#[test]
fn returnless_limits_and_tiers() {
    let policy = load(GIFTWARE);
    let mut asked = facts(&policy, "");
    asked.reason = ReturnReason::DamagedInTransit;
    asked.evidence.photos = 2;
    asked.requested_minor = 1_200;
    assert!(policy.evaluate(&asked).returnless);
    assert!(
        !policy
            .evaluate(&PolicyFacts {
                requested_minor: 1_201,
                ..asked
            })
            .returnless
    );
    assert!(
        !policy
            .evaluate(&PolicyFacts {
                returnless_used_365d: 3,
                ..asked
            })
            .returnless
    );
    assert!(
        !policy
            .evaluate(&PolicyFacts {
                evidence: EvidenceGiven::default(),
                ..asked
            })
            .returnless
    );
    assert_eq!(
        policy.evaluate(&asked).refund_control,
        RefundControl::Approved
    );
    let mind = facts(&policy, "");
    assert_eq!(
        policy.evaluate(&mind).refund_control,
        RefundControl::Inspected
    );
    let cheap = PolicyFacts {
        requested_minor: 4_000,
        ..mind
    };
    assert_eq!(
        policy.evaluate(&cheap).refund_control,
        RefundControl::Delivered
    );
    assert_eq!(policy.evaluate(&mind).auto_approve_up_to, Some(15_000));
    let dollars = PolicyFacts {
        currency: Currency::USD,
        ..asked
    };
    let foreign = policy.evaluate(&dollars);
    assert_eq!(
        (foreign.auto_approve_up_to, foreign.returnless),
        (None, false)
    );
    assert_eq!(
        policy.authority_limit(Role::TeamLead, Currency::EUR),
        Some(100_000)
    );
    assert_eq!(
        policy.authority_limit(Role::DockOperator, Currency::EUR),
        None
    );
}

/// How much a verdict grants; later must never grant more.
fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Eligible | Verdict::NeedsEvidence(_) => 1,
        Verdict::Outside(_) | Verdict::NotStarted => 0,
    }
}

proptest! {
    #[test]
    fn later_is_never_more_eligible_and_answers_repeat(
        which in 0_usize..3, reason in 0_usize..18, channel in 0_usize..5, asked in 0_i32..900,
        later in 0_i32..900, category in "(apparel|electronics|food|tools)(/swimwear|/software)?",
        opened: bool, final_sale: bool, delivered: bool, minor in -10_i64..1_000_000,
    ) {
        let policy = load([GIFTWARE, APPAREL, MARKETPLACE][which]);
        let day = |n: i32| date(2026, 11, 1).saturating_add(jiff::Span::new().days(n));
        let mut f = facts(&policy, &category);
        f.placed_on = day(0);
        f.fulfilled_on = Some(day(1));
        f.delivered_on = delivered.then(|| day(3));
        f.reason = ReturnReason::ALL[reason];
        f.channel = SalesChannel::ALL[channel];
        (f.opened, f.final_sale, f.requested_minor) = (opened, final_sale, minor);
        f.asked_on = day(asked);
        let first = policy.evaluate(&f);
        prop_assert_eq!(&first, &policy.evaluate(&f));
        for fee in &first.fees {
            prop_assert!((0..=minor.max(0)).contains(&fee.amount(minor, minor / 7)));
        }
        prop_assert!(!first.fault.is_sellers_side() || first.fees.is_empty());
        f.asked_on = day(asked + later);
        prop_assert!(rank(policy.evaluate(&f).verdict) <= rank(first.verdict));
    }

    #[test]
    fn formatting_never_changes_the_hash(blank in "[ \t]{0,8}", comment in "[a-zA-Z ]{0,30}") {
        let dressed = SMALL.replace('\n', &format!("{blank}# {comment}\n{blank}"));
        prop_assert_eq!(load(&dressed).hash(), load(SMALL).hash());
    }
}
