//! The rights on a case, for ten places, as they are counted by hand from the guide to the rule
//! data (`docs/law.md`, "How days are counted"). Every order is placed on Monday 18 May 2026 and
//! asked for on Monday 1 June.

use crate::bench::Bench;
use app::cases::{Call, OrderKey, Request};
use kernel::{CaseId, Role, Scope};
use policy::{EvidenceGiven, Outcome, ReturnReason};
use returns::{Path, RequestedLine};
use testkit::{ALFA, Fixture};
use wire::Told;

/// One order and what its buyer asks.
struct Sold {
    place: &'static str,
    currency: &'static str,
    delivered: &'static str,
    policy_shown: bool,
    reason: ReturnReason,
}

async fn opened(bench: &Bench, sold: &Sold) -> CaseId {
    let app = &bench.world.app;
    let number = format!("R-{}", sold.place);
    let (country, part) = sold.place.split_once('-').unwrap_or((sold.place, ""));
    let mut draft = Fixture::draft(&number, 1, bench.world.now());
    draft.delivery = kernel::Place {
        country: country.parse().unwrap(),
        subdivision: (!part.is_empty()).then(|| part.parse().unwrap()),
    };
    draft.currency = sold.currency.parse().unwrap();
    draft.told = Told {
        policy: Some(sold.policy_shown),
        ..Told::default()
    };
    for line in &mut draft.lines {
        line.delivered_on = Some(sold.delivered.parse().unwrap());
    }
    Fixture::orders(app, ALFA, vec![draft]).await;
    let request = Request {
        order: OrderKey::Number(number),
        lines: vec![RequestedLine {
            line: 0,
            units: 1,
            reason: sold.reason,
            wanted: Outcome::Refund,
            evidence: EvidenceGiven {
                photos: 2,
                note: true,
                serial: true,
            },
            opened: false,
            noticed_on: None,
            own: None,
            lacks: policy::ConditionSet::EMPTY,
        }],
        path: Path::Ordinary,
    };
    let system = Scope::system();
    let call = Call::new(&system, bench.world.now());
    let answer = app.request_return(&call, ALFA, &request).await.unwrap();
    answer.case
}

/// The table of rights on the case: each row with its cells, tags left out.
async fn table(bench: &Bench, sold: &Sold) -> Vec<Vec<String>> {
    let case = opened(bench, sold).await;
    let lead = bench.browser(Role::TeamLead).await;
    let page = lead.get(&format!("/desk/{ALFA}/{case}")).await.body;
    let (_, card) = page.split_once("Rights by law: ").expect("the card");
    let (card, _) = card.split_once("</section>").unwrap();
    let rows = card.split("<tr>").skip(1);
    rows.map(|row| row.split("<td").skip(1).map(words).collect())
        .filter(|row: &Vec<String>| !row.is_empty())
        .collect()
}

fn words(html: &str) -> String {
    let mut tag = true;
    let mut out = String::new();
    for c in html.chars() {
        match c {
            '<' => {
                tag = true;
                out.push(' ');
            }
            '>' if tag => tag = false,
            c if !tag => out.push(c),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The cell of a row, for the right in this column.
fn cell<'t>(table: &'t [Vec<String>], row: &str, right: usize) -> &'t str {
    let found = table.iter().find(|r| r.first().is_some_and(|n| n == row));
    found.map_or("", |r| r[right + 1].as_str())
}

async fn says(bench: &Bench, sold: Sold, expected: [&str; 4]) {
    let table = table(bench, &sold).await;
    let seen = ["Stands", "Last day", "Money due", "Way back paid by"].map(|r| cell(&table, r, 0));
    for (seen, expected) in seen.into_iter().zip(expected) {
        assert!(seen.starts_with(expected), "{}: {table:#?}", sold.place);
    }
}

const MIND: ReturnReason = ReturnReason::ChangedMind;

const fn sold(place: &'static str, currency: &'static str, delivered: &'static str) -> Sold {
    Sold {
        place,
        currency,
        delivered,
        policy_shown: true,
        reason: MIND,
    }
}

#[tokio::test]
async fn the_union_counts_fourteen_days_and_refunds_fourteen_after_the_notice() {
    let bench = Bench::new().await;
    // Friday 22 May and fourteen days is Friday 5 June; the notice of 1 June and fourteen days is
    // Monday 15 June, later if the goods are not back.
    for place in ["DE", "FR"] {
        let due = "Monday, 15 June 2026 or when the goods are back";
        let expected = ["open", "Friday, 5 June 2026", due, "Buyer"];
        says(&bench, sold(place, "EUR", "2026-05-22"), expected).await;
    }
}

#[tokio::test]
async fn the_kingdom_counts_from_the_goods_and_moves_no_day() {
    let bench = Bench::new().await;
    let due = "once what starts the period has happened goods back or proof of sending";
    let expected = ["open", "Friday, 5 June 2026", due, "Buyer"];
    says(&bench, sold("GB", "GBP", "2026-05-22"), expected).await;
}

#[tokio::test]
async fn two_states_give_thirty_days_from_the_purchase_where_no_policy_was_shown() {
    let bench = Bench::new().await;
    for place in ["US-CA", "US-NY"] {
        let hidden = Sold {
            policy_shown: false,
            ..sold(place, "USD", "2026-05-22")
        };
        let due = "the law fixes no number of days";
        let expected = ["open", "Wednesday, 17 June 2026", due, "Not settled"];
        says(&bench, hidden, expected).await;
    }
    let shown = table(&bench, &sold("US", "USD", "2026-05-22")).await;
    assert!(shown.is_empty(), "{shown:?}");
}

#[tokio::test]
async fn japan_counts_the_day_of_delivery_as_the_first_of_eight() {
    let bench = Bench::new().await;
    let hidden = Sold {
        policy_shown: false,
        ..sold("JP", "JPY", "2026-05-27")
    };
    let due = "the law fixes no number of days";
    let expected = ["open", "Wednesday, 3 June 2026", due, "Buyer"];
    says(&bench, hidden, expected).await;
}

#[tokio::test]
async fn brazil_gives_seven_days_and_everything_back_at_once() {
    let bench = Bench::new().await;
    let sold = sold("BR", "BRL", "2026-05-27");
    let expected = ["open", "Wednesday, 3 June 2026", "at once", "Seller"];
    says(&bench, sold, expected).await;
}

#[tokio::test]
async fn australia_guarantees_without_a_last_day() {
    let bench = Bench::new().await;
    let broken = Sold {
        reason: ReturnReason::Defective,
        ..sold("AU", "AUD", "2026-05-22")
    };
    let due = "the law fixes no number of days";
    let expected = ["open", "no last day", due, "Buyer"];
    says(&bench, broken, expected).await;
}

#[tokio::test]
async fn turkiye_gives_fourteen_days_at_the_seller_s_cost_and_settles_no_refund_day() {
    let bench = Bench::new().await;
    let sold = sold("TR", "TRY", "2026-05-22");
    let due = "not settled what starts the period";
    let expected = ["open", "Friday, 5 June 2026", due, "Seller"];
    says(&bench, sold, expected).await;
}

#[tokio::test]
async fn switzerland_gives_nothing_online_and_says_so() {
    let bench = Bench::new().await;
    let case = opened(&bench, &sold("CH", "CHF", "2026-05-22")).await;
    let lead = bench.browser(Role::TeamLead).await;
    let page = lead.get(&format!("/desk/{ALFA}/{case}")).await.body;
    assert!(page.contains("gives no right to return goods that are as they should be"));
}

#[tokio::test]
async fn a_faulty_purchase_has_rights_beside_each_other_and_the_best_is_marked() {
    let bench = Bench::new().await;
    let broken = Sold {
        reason: ReturnReason::Defective,
        ..sold("DE", "EUR", "2026-05-22")
    };
    let table = table(&bench, &broken).await;
    let find = |row: &str| table.iter().find(|r| r[0] == row).unwrap();
    // Withdrawal until 5 June gives the money; the guarantee of two years repairs first, at the
    // seller's cost.
    let (last, gives) = (find("Last day"), find("Gives first"));
    assert_eq!(last.len(), 3, "two rights: {table:#?}");
    let column = usize::from(last[1].starts_with("Friday, 5 June 2026"));
    let (withdrawal, guarantee) = if column == 1 { (1, 2) } else { (2, 1) };
    assert!(
        last[guarantee].starts_with("Monday, 22 May 2028") && last[guarantee].ends_with("best")
    );
    assert!(gives[withdrawal].ends_with("best") && !gives[guarantee].ends_with("best"));
    assert!(find("Way back paid by")[guarantee].ends_with("best"));
    assert!(find("Remedies in order")[guarantee].contains("repair or replacement"));
}
