//! What changed in a quote: one table row for each kind of fact, before a request is made and over
//! the life of a case; nothing where nothing changed.

use crate::shop::{Shop, request};
use crate::support::{AGENT, LEAD, World, ask, day, e22, input, order_in};
use kernel::CaseId;
use policy::{EvidenceDemand, EvidenceGiven, Grade, Outcome, ReturnReason};
use returns::account::AccountChange;
use returns::{
    CaseQuote, Changed, Command, Count, OrderAccount, Path, QuoteKind, RequestedLine, Revision,
    SalesOrder, Seen, case_quote, decide, revise,
};

const DAY: &str = "2026-11-10";

fn seen(world: &World, order: &SalesOrder, lines: &[RequestedLine], on: &str) -> Seen {
    let account = OrderAccount::open(order);
    seen_with(world, order, &account, lines, on)
}

fn seen_with(
    world: &World,
    order: &SalesOrder,
    account: &OrderAccount,
    lines: &[RequestedLine],
    on: &str,
) -> Seen {
    let facts = world.facts(order, account, lines, Path::Ordinary, on);
    Seen::of_request(&facts, &decide(&facts))
}

/// The figures of a revision as (kind, line, before, now).
fn figures(r: &Revision) -> Vec<(QuoteKind, Option<u16>, i64, i64)> {
    let mut all: Vec<_> = r
        .figures
        .iter()
        .map(|f| (f.kind, f.line, f.from_minor, f.to_minor))
        .collect();
    all.sort_by_key(|f| (f.1, format!("{:?}", f.0)));
    all
}

/// What changes, the lines then, the day then, how it is named, and the new total.
type Row<'a> = (&'a str, &'a [RequestedLine], &'a str, Vec<Changed>, i64);

#[test]
fn each_fact_of_a_request_that_changes_is_named_with_its_figures() {
    let world = World::new("inspected");
    let order = e22("US");
    let plain = ask(0, 1, ReturnReason::ChangedMind);
    let before = seen(&world, &order, std::slice::from_ref(&plain), DAY);
    assert_eq!(before.total.minor, 2_741);
    assert_eq!(revise(&before, &before), None);

    let defective = ask(0, 1, ReturnReason::Defective);
    let two = ask(0, 2, ReturnReason::ChangedMind);
    let credit = RequestedLine {
        wanted: Outcome::StoreCredit,
        ..plain.clone()
    };
    let both = [plain.clone(), ask(1, 1, ReturnReason::ChangedMind)];
    let table: [Row<'_>; 5] = [
        (
            "the reason",
            std::slice::from_ref(&defective),
            DAY,
            vec![Changed::Reason {
                line: 0,
                from: ReturnReason::ChangedMind,
                to: ReturnReason::Defective,
            }],
            3_600,
        ),
        (
            "the count",
            std::slice::from_ref(&two),
            DAY,
            vec![Changed::Asked {
                line: 0,
                from: 1,
                to: 2,
            }],
            5_981,
        ),
        (
            "the outcome",
            std::slice::from_ref(&credit),
            DAY,
            vec![Changed::Wanted {
                line: 0,
                from: Outcome::Refund,
                to: Outcome::StoreCredit,
            }],
            2_741,
        ),
        (
            "a line more",
            &both,
            DAY,
            vec![Changed::Asked {
                line: 1,
                from: 0,
                to: 1,
            }],
            2_741 + 2_025,
        ),
        (
            "the day",
            std::slice::from_ref(&plain),
            "2026-12-20",
            vec![
                Changed::Decided {
                    line: 0,
                    granted: false,
                },
                Changed::Day {
                    from: day(DAY),
                    to: day("2026-12-20"),
                },
            ],
            0,
        ),
    ];
    for (what, lines, on, facts, total) in table {
        let now = seen(&world, &order, lines, on);
        let r = revise(&before, &now).unwrap_or_else(|| panic!("{what}: nothing changed"));
        assert_eq!(r.facts, facts, "{what}");
        assert_eq!((r.from.minor, r.to.minor), (2_741, total), "{what}");
        assert!(!r.figures.is_empty(), "{what}");
        for f in &r.figures {
            assert_ne!(f.from_minor, f.to_minor, "{what}");
            assert!(!r.why(f).is_empty(), "{what}: a figure without a why");
        }
        // The other way round the figures are swapped.
        let back = revise(&now, &before).unwrap();
        let swapped: Vec<_> = figures(&r).iter().map(|f| (f.0, f.1, f.3, f.2)).collect();
        let mut swapped = swapped;
        swapped.sort_by_key(|f| (f.1, format!("{:?}", f.0)));
        assert_eq!(figures(&back), swapped, "{what}");
    }
}

#[test]
fn the_order_and_the_law_are_named_when_they_change_the_figures() {
    let world = World::new("inspected");
    let order = e22("DE");
    let lines = [ask(0, 2, ReturnReason::Defective)];
    let before = seen(&world, &order, &lines, DAY);
    assert_eq!(before.total.minor, 7_200);
    // A chargeback was lost meanwhile: less is left than was quoted.
    let mut account = OrderAccount::open(&order);
    let lost = AccountChange::ChargebackLost { minor: 8_000 };
    account
        .post(&order, CaseId(crate::support::id(9)), lost)
        .unwrap();
    let now = seen_with(&world, &order, &account, &lines, DAY);
    let r = revise(&before, &now).unwrap();
    assert_eq!(r.facts, [Changed::Order]);
    assert_eq!((r.from.minor, r.to.minor), (7_200, 2_145));
    let took = |f: &(QuoteKind, Option<u16>, i64, i64)| f.0 == QuoteKind::Ceiling && f.3 == -5_055;
    assert!(figures(&r).iter().any(took), "{:?}", figures(&r));
    // The client tells another price: no fact of the line did it.
    let tax: &[i32] = &[1900];
    let dearer = order_in(
        "DE",
        "EUR",
        &[input(4_100, 2, tax), input(2_500, 1, tax)],
        1_050,
        true,
        &[input(695, 1, tax)],
    );
    let now = seen(&world, &dearer, &lines, DAY);
    assert_eq!(revise(&before, &now).unwrap().facts, [Changed::Order]);
    // Another version of the law and another quote.
    let mut newer = seen(&world, &order, &[ask(0, 1, ReturnReason::Defective)], DAY);
    newer.lines = before.lines.clone();
    newer.order = before.order.clone();
    newer.law.as_mut().unwrap().law = "another".into();
    let r = revise(&before, &newer).unwrap();
    assert!(matches!(&r.facts[..], [Changed::Law { to, .. }] if &**to == "another"));
}

/// The quote of case 0 now.
fn quote(shop: &Shop) -> CaseQuote {
    let (case, log) = &shop.cases[0];
    let asked = case.requested();
    let on = case.asked_on.to_string();
    let facts = shop
        .world
        .facts(&shop.order, &shop.account, &asked, case.path, &on);
    let facts = returns::Facts {
        case: Some(case.id),
        label_cost_minor: case.label_cost_minor,
        claim: case.claim,
        ..facts
    };
    case_quote(&facts, case, log).unwrap()
}

fn shop(country: &str, units: u32, reason: ReturnReason) -> Shop {
    let mut shop = Shop::new(e22(country), "inspected");
    let lines = vec![ask(0, units, reason)];
    shop.send(None, &request(lines), DAY, AGENT).unwrap();
    assert_eq!(quote(&shop).revisions, []);
    shop
}

fn came(units: u32) -> Command {
    Command::Receive {
        parcel: None,
        counts: vec![Count { line: 0, units }],
        strays: vec![],
        complete: true,
    }
}

fn graded(units: u32, grade: Grade, accept: bool) -> Command {
    Command::Grade {
        line: 0,
        units,
        grade,
        accept,
        wrong_item: false,
        note: Some("seen".into()),
    }
}

fn run(shop: &mut Shop, commands: &[Command]) {
    for command in commands {
        shop.send(Some(0), command, DAY, LEAD).unwrap();
    }
}

#[test]
fn each_fact_of_a_case_that_changes_is_named_with_its_figures() {
    // Quoted for two units in the United States: 72.00 less 10 % less the label of 4.99.
    let table: [(&str, Vec<Command>, Vec<Changed>, i64); 4] = [
        (
            "one did not come",
            vec![came(1)],
            vec![Changed::Missing { line: 0, units: 1 }],
            2_990,
        ),
        (
            "one was not taken back",
            vec![came(2), graded(1, Grade::E, false)],
            vec![Changed::Rejected { line: 0, units: 1 }],
            2_990,
        ),
        (
            "both are worn",
            vec![came(2), graded(2, Grade::C, true)],
            vec![Changed::Grade {
                line: 0,
                grade: Grade::C,
                units: 2,
            }],
            5_981 - 1_800,
        ),
        (
            "one is worn, one is broken",
            vec![
                came(2),
                graded(1, Grade::C, true),
                graded(1, Grade::D, true),
            ],
            vec![
                Changed::Grade {
                    line: 0,
                    grade: Grade::C,
                    units: 1,
                },
                Changed::Grade {
                    line: 0,
                    grade: Grade::D,
                    units: 1,
                },
            ],
            5_981 - 900 - 2_160,
        ),
    ];
    for (what, commands, facts, total) in table {
        let mut shop = shop("US", 2, ReturnReason::ChangedMind);
        assert_eq!(quote(&shop).now.total.minor, 5_981);
        run(&mut shop, &commands);
        let quote = quote(&shop);
        let [r] = &quote.revisions[..] else {
            panic!("{what}: {:?}", quote.revisions);
        };
        assert_eq!(r.facts, facts, "{what}");
        assert_eq!((r.from.minor, r.to.minor), (5_981, total), "{what}");
        assert_eq!(quote.now.total.minor, total, "{what}");
        for f in &r.figures {
            assert!(r.why(f).iter().all(|c| c.line() == Some(0)), "{what}");
        }
    }
}

/// Whatever the place, the reason and the outcome: the quote of a case nothing happened to is the
/// one that was agreed, line by line.
#[test]
fn a_case_nothing_happened_to_comes_to_what_was_agreed() {
    let reasons = [
        ReturnReason::ChangedMind,
        ReturnReason::Defective,
        ReturnReason::SizeSmall,
    ];
    let outcomes = [Outcome::Refund, Outcome::StoreCredit, Outcome::Replacement];
    let mut asked = 0;
    for country in ["US", "DE", "GB", "FR", "AU"] {
        for reason in reasons {
            for wanted in outcomes {
                for path in [Path::Ordinary, Path::Withdrawal] {
                    let mut shop = Shop::new(e22(country), "approved");
                    let want = |l| RequestedLine { wanted, ..l };
                    let lines = vec![want(ask(0, 2, reason)), want(ask(1, 1, reason))];
                    let mut command = request(lines);
                    if let Command::Request { path: p, .. } = &mut command {
                        *p = path;
                    }
                    shop.send(None, &command, DAY, AGENT).unwrap();
                    let agreed = shop.cases[0].0.decision.clone().unwrap().quote;
                    let now = quote(&shop);
                    let what = format!("{country} {reason:?} {wanted:?} {path:?}");
                    assert_eq!(now.revisions, [], "{what}");
                    let lines = |q: &returns::Quote| -> Vec<_> {
                        q.lines.iter().map(|l| (l.kind, l.line, l.minor)).collect()
                    };
                    assert_eq!(lines(&now.now), lines(&agreed), "{what}");
                    asked += 1;
                }
            }
        }
    }
    assert_eq!(asked, 90);
}

/// What is said to come is what comes: the rule grants the quote as it stands.
#[test]
fn what_is_granted_for_the_rest_is_what_the_quote_says() {
    let mut shop = shop("US", 2, ReturnReason::ChangedMind);
    run(&mut shop, &[came(1)]);
    let said = quote(&shop).now.total.minor;
    run(&mut shop, &[graded(1, Grade::A, true)]);
    assert_eq!(shop.cases[0].0.granted_minor(), said);
    // And it is still what the whole case comes to, now that it is granted.
    assert_eq!(quote(&shop).now.total.minor, said);
}

#[test]
fn a_grade_that_costs_nothing_and_money_that_goes_change_no_quote() {
    let mut shop = shop("DE", 2, ReturnReason::Defective);
    run(&mut shop, &[came(2), graded(2, Grade::D, true)]);
    // A fault of the seller: no loss of value is taken, and the rule has granted the whole.
    assert_eq!(shop.cases[0].0.granted_minor(), 7_200);
    let quote = quote(&shop);
    assert_eq!(quote.revisions, []);
    assert_eq!(quote.now.total.minor, 7_200);
    assert_eq!(quote.choices, []);
}

#[test]
fn what_a_person_declines_and_what_evidence_shows_is_named() {
    let mut shop = Shop::new(e22("US"), "inspected");
    shop.world.approve_nothing();
    let lines = vec![ask(0, 2, ReturnReason::ChangedMind)];
    shop.send(None, &request(lines), DAY, AGENT).unwrap();
    let decline = Command::Decline {
        lines: vec![Count { line: 0, units: 1 }],
        ground: kernel::ReasonCode::FinalSale,
        note: None,
    };
    run(&mut shop, std::slice::from_ref(&decline));
    let first = quote(&shop);
    let [r] = &first.revisions[..] else {
        panic!("{:?}", first.revisions);
    };
    let refused = Changed::Decided {
        line: 0,
        granted: false,
    };
    assert_eq!(r.facts, [refused]);
    assert_eq!((r.from.minor, r.to.minor), (5_981, 2_990));

    // Evidence changes nothing by itself here; what it does not change is not said to change.
    let mut shop = Shop::new(e22("US"), "inspected");
    shop.world.approve_nothing();
    let lines = vec![ask(0, 2, ReturnReason::ChangedMind)];
    shop.send(None, &request(lines), DAY, AGENT).unwrap();
    let asked = Command::AskInfo {
        line: 0,
        missing: EvidenceDemand {
            photos: 1,
            note: false,
            serial: false,
        },
        note: "a picture, please".into(),
    };
    let answer = Command::AnswerInfo {
        line: 0,
        evidence: EvidenceGiven {
            photos: 1,
            note: true,
            serial: false,
        },
    };
    run(&mut shop, &[asked, answer]);
    assert_eq!(quote(&shop).revisions, []);
}

#[test]
fn each_choice_comes_to_its_own_quote() {
    let shop = shop("US", 1, ReturnReason::ChangedMind);
    let quote = quote(&shop);
    let figure = |outcome| {
        let found = quote.choices.iter().find(|c| c.outcome == outcome);
        let found = found.unwrap();
        (found.quote.total.minor, found.quote.bonus_minor)
    };
    assert_eq!(quote.choices[0].outcome, Outcome::Refund);
    assert_eq!(figure(Outcome::Refund), (2_741, 0));
    let (credit, bonus) = figure(Outcome::StoreCredit);
    assert_eq!(credit, 2_741);
    assert!(bonus > 0, "credit earns a bonus");
    let goods = quote
        .choices
        .iter()
        .find(|c| c.outcome == Outcome::Replacement);
    assert_eq!(goods.unwrap().worth_minor, 3_600);
}
