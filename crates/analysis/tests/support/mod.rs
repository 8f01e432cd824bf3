//! What the tests of this crate share: a lawful policy to bend, and short ways to ask.
#![allow(dead_code, reason = "each test file uses its part")]

use analysis::{Against, Dimension, Finding, Report, Undercut};
use jiff::civil::{Date, date};
use kernel::Place;
use law::LawBook;
use policy::Policy;

/// A policy that is nowhere below the law of the European Union or the United Kingdom.
pub const LAWFUL: &str = r#"
name = "Lawful"
currencies = ["EUR"]
languages = ["en"]
authorisation_days = 14
[appeal]
days = 30
answer_days = 5
[rules]
window = { days = 30, anchor = "last_parcel", as_law = true }
final_sale = "never"
outcomes = ["refund", "store_credit"]
auto_approve = { EUR = "100.00" }
label = "customer"
shipping = { rule = "full_on_full_order" }
refund = { control = "inspected", statutory = "first_scan" }
"#;

pub fn on() -> Date {
    date(2026, 11, 23)
}

#[expect(
    clippy::unwrap_used,
    reason = "a test helper: failing is its way to report"
)]
pub fn load(text: &str) -> Policy {
    Policy::parse_toml(text).unwrap()
}

#[expect(
    clippy::unwrap_used,
    reason = "a test helper: failing is its way to report"
)]
pub fn law() -> LawBook {
    LawBook::builtin().unwrap()
}

#[expect(
    clippy::unwrap_used,
    reason = "a test helper: failing is its way to report"
)]
pub fn place(code: &str) -> Place {
    match code.split_once('-') {
        Some((country, sub)) => Place {
            country: country.parse().unwrap(),
            subdivision: Some(sub.parse().unwrap()),
        },
        None => Place::country(code.parse().unwrap()),
    }
}

/// The check of a policy text at one place.
pub fn check(text: &str, code: &str) -> Report {
    let against = Against {
        places: vec![place(code)],
    };
    analysis::check(&load(text), &law(), &against, on())
}

/// The undercut of a dimension, which must be there.
#[expect(clippy::panic, reason = "a test helper: failing is its way to report")]
pub fn undercut(report: &Report, dimension: Dimension) -> (&Finding, &Undercut) {
    let found = report.undercuts().find(|(_, u)| u.dimension == dimension);
    found.unwrap_or_else(|| panic!("no {dimension:?} in {:#?}", report.findings))
}
