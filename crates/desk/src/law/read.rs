//! The facts of a question as they stand in the address, read into a case. Every wrong field is
//! named; what was typed stays in the form.

use super::place::place_of;
use crate::form::Form;
use jiff::civil::Date;
use kernel::{Currency, Money};
use law::{
    Buyer, Circumstance, LawBook, SaleChannel, Solicitation, SubChannel, Subject,
    vectors::{
        AskedKind, CaseFacts, InformedFacts, LineFacts, PolicyFacts, RequestFacts, ReturnFacts,
        SealState, SealType, ShippingFacts, Told, Wanted,
    },
};
use redress_http::ui::FieldError;
use serde_json::Value;
use std::{collections::BTreeMap, ops::RangeInclusive};

/// Lines a question can have.
pub const LINES_MAX: usize = 6;
/// Years in which dates make sense.
const YEARS: RangeInclusive<i16> = 1900..=2200;
/// Longest value of a field, characters.
const VALUE_MAX: usize = 80;
/// Most fields.
const FIELDS_MAX: usize = 400;
/// Years after the last day of a case for which holidays are looked up.
const YEARS_AFTER: i16 = 3;
/// Most years of holidays given to a case.
const HOLIDAY_YEARS_MAX: i16 = 30;

/// Kinds of request, as the address writes them.
pub const KINDS: &[(&str, AskedKind)] = &[
    ("change_of_mind", AskedKind::ChangeOfMind),
    ("defect", AskedKind::Defect),
    ("non_delivery", AskedKind::NonDelivery),
    ("payment_refund", AskedKind::PaymentRefund),
    ("payment_dispute", AskedKind::PaymentDispute),
];
/// What can be wanted for a defect.
pub const WANTED: &[(&str, Wanted)] = &[
    ("repair", Wanted::Repair),
    ("replacement", Wanted::Replacement),
    ("reject", Wanted::Reject),
    ("final_reject", Wanted::FinalReject),
    ("refund", Wanted::Refund),
    ("termination", Wanted::Termination),
    ("price_reduction", Wanted::PriceReduction),
];
/// Seals, and whether they are broken.
pub const SEALS: &[(&str, SealType, SealState)] = &[
    ("hygiene_intact", SealType::Hygiene, SealState::Intact),
    (
        "hygiene_broken",
        SealType::Hygiene,
        SealState::BrokenAfterDelivery,
    ),
    ("media_intact", SealType::Media, SealState::Intact),
    (
        "media_broken",
        SealType::Media,
        SealState::BrokenAfterDelivery,
    ),
    (
        "film_removed",
        SealType::ProtectiveFilm,
        SealState::BrokenAfterDelivery,
    ),
];
/// Whether the buyer was told of the right.
pub const TOLD: &[(&str, Told)] = &[("yes", Told::Yes), ("late", Told::Late), ("no", Told::No)];

/// The form as typed, kept within bounds.
pub fn bounded(fields: Vec<(String, String)>) -> Form {
    let short = |text: String| text.chars().take(VALUE_MAX).collect::<String>();
    let fields = fields.into_iter().take(FIELDS_MAX);
    Form(
        fields
            .map(|(name, value)| (short(name), short(value)))
            .collect(),
    )
}

/// Something was asked; an address with a place alone only fills the form in.
pub fn is_asked(form: &Form) -> bool {
    !form.get("contract").is_empty() || !form.get("ask").is_empty()
}

/// Every value of a field that can be chosen more than once.
pub fn chosen<'f>(form: &'f Form, name: &'f str) -> impl Iterator<Item = &'f str> {
    form.0
        .iter()
        .filter(move |(n, v)| n == name && !v.is_empty())
        .map(|(_, v)| v.as_str())
}

/// The code of the place: one that was written wins over one that was chosen.
pub fn place(form: &Form) -> String {
    let written = form.get("elsewhere");
    let code = if written.is_empty() {
        form.get("place")
    } else {
        written
    };
    code.to_uppercase()
}

/// The currency written, or that of the place.
pub fn currency(form: &Form, book: &LawBook) -> String {
    match form.get("currency") {
        "" => book
            .jurisdiction(&place(form))
            .map_or_else(|| "EUR".to_owned(), |j| j.currency.clone()),
        text => text.to_uppercase(),
    }
}

/// How many lines the form shows: those filled in, and as many more as were asked for.
pub fn rows(form: &Form) -> usize {
    let filled = (1..=LINES_MAX)
        .rev()
        .find(|n| {
            ["item", "price", "delivered"]
                .iter()
                .any(|f| !form.get(&format!("{f}{n}")).is_empty())
        })
        .unwrap_or(1);
    let asked = form.get("lines").parse().unwrap_or(1);
    filled.max(asked).min(LINES_MAX)
}

/// Reads one word of a closed list; empty is `or`.
fn one_of<T: Copy>(
    form: &Form,
    name: &str,
    list: &[(&str, T)],
    or: T,
    errors: &mut Vec<FieldError>,
) -> T {
    match form.get(name) {
        "" => or,
        text => list.iter().find(|(word, _)| *word == text).map_or_else(
            || {
                errors.push(FieldError::new(name, "lawdesk-wrong-choice"));
                or
            },
            |(_, value)| *value,
        ),
    }
}

fn day(form: &Form, name: &str, errors: &mut Vec<FieldError>) -> Option<Date> {
    let text = form.get(name);
    if text.is_empty() {
        return None;
    }
    match text.parse::<Date>() {
        Ok(day) if YEARS.contains(&day.year()) => Some(day),
        Ok(_) => {
            errors.push(FieldError::new(name, "lawdesk-wrong-year"));
            None
        }
        Err(_) => {
            errors.push(FieldError::new(name, "lawdesk-wrong-day"));
            None
        }
    }
}

/// A decimal amount as the engine takes it; a decimal comma is understood.
fn amount(
    form: &Form,
    name: &str,
    currency: Option<Currency>,
    errors: &mut Vec<FieldError>,
) -> Option<String> {
    let text = form.get(name);
    if text.is_empty() {
        return None;
    }
    let plain = if text.contains('.') {
        text.to_owned()
    } else {
        text.replacen(',', ".", 1)
    };
    match Money::parse(&plain, currency?) {
        Ok(money) if money.minor >= 0 => Some(plain),
        _ => {
            errors.push(FieldError::new(name, "lawdesk-wrong-amount"));
            None
        }
    }
}

fn count(form: &Form, name: &str, or: u32, errors: &mut Vec<FieldError>) -> u32 {
    match form.get(name) {
        "" => or,
        text => text
            .parse()
            .ok()
            .filter(|n| *n <= 10_000)
            .unwrap_or_else(|| {
                errors.push(FieldError::new(name, "lawdesk-wrong-count"));
                or
            }),
    }
}

/// The case, or what is wrong with it, field by field.
pub fn facts(form: &Form, book: &LawBook) -> Result<CaseFacts, Vec<FieldError>> {
    let mut errors = Vec::new();
    let e = &mut errors;
    let place = place(form);
    let written = place_of(&place);
    if place.is_empty() {
        e.push(FieldError::new("place", "lawdesk-wrong-place-missing"));
    } else if written.is_err() {
        e.push(FieldError::new("elsewhere", "lawdesk-wrong-place"));
    }
    let money = currency(form, book);
    let parsed: Option<Currency> = money.parse().ok();
    if parsed.is_none() {
        e.push(FieldError::new("currency", "lawdesk-wrong-currency"));
    }
    let contract = day(form, "contract", e);
    if contract.is_none() && form.get("contract").is_empty() {
        e.push(FieldError::new("contract", "lawdesk-wrong-day-missing"));
    }
    let lines = lines(form, parsed, e);
    if lines.is_empty() {
        e.push(FieldError::new("price1", "lawdesk-wrong-no-line"));
    }
    let told = one_of(form, "told", TOLD, Told::Yes, e);
    let told_on = day(form, "told_on", e);
    if told == Told::Late && told_on.is_none() && form.get("told_on").is_empty() {
        e.push(FieldError::new("told_on", "lawdesk-wrong-told-on"));
    }
    let words = |all: &[Circumstance]| all.iter().map(|c| (c.as_str(), *c)).collect::<Vec<_>>();
    let known = words(Circumstance::ALL);
    let other: BTreeMap<String, Value> = chosen(form, "fact")
        .filter(|word| known.iter().any(|(w, _)| w == word))
        .map(|word| (word.to_owned(), Value::Bool(true)))
        .collect();
    let channels = SaleChannel::ALL
        .iter()
        .map(|c| (c.as_str(), *c))
        .collect::<Vec<_>>();
    let ways = SubChannel::ALL
        .iter()
        .map(|c| (c.as_str(), Some(*c)))
        .collect::<Vec<_>>();
    let came = Solicitation::ALL
        .iter()
        .map(|c| (c.as_str(), *c))
        .collect::<Vec<_>>();
    let buyers = Buyer::ALL
        .iter()
        .map(|c| (c.as_str(), *c))
        .collect::<Vec<_>>();
    let request = request(form, parsed, &lines, e);
    let mut facts = CaseFacts {
        jurisdiction: place,
        channel: one_of(form, "channel", &channels, SaleChannel::Distance, e),
        sub_channel: one_of(form, "way", &ways, None, e),
        solicitation: one_of(form, "came", &came, Solicitation::None, e),
        buyer: one_of(form, "buyer", &buyers, Buyer::Consumer, e),
        contract_date: contract.unwrap_or_default(),
        currency: money,
        informed: InformedFacts {
            withdrawal_right: told,
            on: told_on,
            return_cost: !form.ticked("cost_not_told"),
        },
        trader_offered_collection: form.ticked("collection"),
        trader_agreed_to_pay_return: form.ticked("pays_return"),
        lines: lines.into_iter().map(|(_, line)| line).collect(),
        outbound_shipping: ShippingFacts {
            paid: amount(form, "shipping", parsed, e),
            least_expensive_standard: amount(form, "standard", parsed, e),
            standard_for_kept_lines: amount(form, "standard_kept", parsed, e),
        },
        request,
        back: ReturnFacts {
            dispatched_on: day(form, "sent_back", e),
            proof_supplied_on: day(form, "proof", e),
            received_on: day(form, "back", e),
            value_loss: amount(form, "loss", parsed, e),
            value_loss_cause: form.text("loss_cause").map(|t| t.to_string()),
        },
        public_holidays: Vec::new(),
        policy: (form.get("policy") == "shown").then(|| PolicyFacts {
            disclosed: true,
            text: String::new(),
        }),
        contract_copy_received_on: day(form, "copy", e),
        contract_document_received_on: day(form, "document", e),
        order_complete_on: day(form, "complete", e),
        promised_ship_by: day(form, "ship_by", e),
        promised_delivery_by: day(form, "deliver_by", e),
        delay_consent: form.ticked("delay_consent"),
        revised_ship_by: day(form, "revised_by", e),
        payment: form.text("payment").map(|t| t.to_string()),
        disclosure_failure: form.ticked("disclosure_failure"),
        obstruction_ended_on: day(form, "obstruction", e),
        statement_sent_on: day(form, "statement", e),
        other,
    };
    if !errors.is_empty() {
        return Err(errors);
    }
    if let Ok(place) = written {
        let days = book.holidays(place, years(&facts));
        facts.public_holidays = days.days().to_vec();
    }
    Ok(facts)
}

/// The years a case touches, for its holidays.
pub fn years(facts: &CaseFacts) -> RangeInclusive<i16> {
    let r = &facts.request;
    let days = [
        facts.informed.on,
        r.notice_sent_on,
        r.notice_received_on,
        r.refund_agreed_on,
        r.return_accepted_on,
        r.terminated_on,
        r.repaired_goods_received_on,
        facts.back.proof_supplied_on,
        facts.back.received_on,
        facts.revised_ship_by,
        facts.promised_ship_by,
        facts.promised_delivery_by,
    ];
    let delivered = facts.lines.iter().filter_map(|l| l.delivered_on);
    let first = facts.contract_date.year();
    let last = days
        .into_iter()
        .flatten()
        .chain(delivered)
        .map(Date::year)
        .max();
    let end = last.unwrap_or(first).max(first).saturating_add(YEARS_AFTER);
    first..=end.min(first.saturating_add(HOLIDAY_YEARS_MAX))
}

/// The lines that were filled in, with the number of their row.
fn lines(
    form: &Form,
    currency: Option<Currency>,
    errors: &mut Vec<FieldError>,
) -> Vec<(usize, LineFacts)> {
    let mut out = Vec::new();
    let subjects: Vec<_> = Subject::ALL.iter().map(|s| (s.as_str(), *s)).collect();
    let seals: Vec<_> = SEALS
        .iter()
        .map(|(word, kind, state)| (*word, Some((*kind, *state))))
        .collect();
    for n in 1..=LINES_MAX {
        let field = |name: &str| format!("{name}{n}");
        let used = ["item", "price", "delivered"]
            .iter()
            .any(|f| !form.get(&field(f)).is_empty());
        if !used {
            continue;
        }
        let price = amount(form, &field("price"), currency, errors);
        if form.get(&field("price")).is_empty() {
            errors.push(FieldError::new(
                field("price"),
                "lawdesk-wrong-price-missing",
            ));
        }
        let seal = one_of(form, &field("seal"), &seals, None, errors);
        let name = match form.get(&field("item")) {
            "" => n.to_string(),
            text => text.to_owned(),
        };
        if out.iter().any(|(_, l): &(usize, LineFacts)| l.line == name) {
            errors.push(FieldError::new(field("item"), "lawdesk-wrong-same-name"));
        }
        let line = LineFacts {
            line: name,
            category: String::new(),
            subject: Some(one_of(
                form,
                &field("subject"),
                &subjects,
                Subject::Goods,
                errors,
            )),
            unit_price: price.unwrap_or_else(|| "0".to_owned()),
            qty: count(form, &field("qty"), 1, errors),
            delivered_on: day(form, &field("delivered"), errors),
            seal_type: seal.map(|(kind, _)| kind),
            seal_state: seal.map(|(_, state)| state),
            traits: chosen(form, &field("trait")).map(str::to_owned).collect(),
            delivery_kind: None,
        };
        out.push((n, line));
    }
    out
}

fn request(
    form: &Form,
    currency: Option<Currency>,
    lines: &[(usize, LineFacts)],
    e: &mut Vec<FieldError>,
) -> RequestFacts {
    let wanted: Vec<_> = WANTED.iter().map(|(word, w)| (*word, Some(*w))).collect();
    let asked: Vec<String> = lines
        .iter()
        .filter(|(n, _)| !form.ticked(&format!("kept{n}")))
        .map(|(_, l)| l.line.clone())
        .collect();
    if asked.is_empty() && !lines.is_empty() {
        e.push(FieldError::new("item1", "lawdesk-wrong-all-kept"));
    }
    RequestFacts {
        kind: one_of(form, "kind", KINDS, AskedKind::ChangeOfMind, e),
        notice_sent_on: day(form, "sent", e),
        notice_received_on: day(form, "received", e),
        lines: asked,
        remedy: one_of(form, "wanted", &wanted, None, e),
        defect_noticed_on: day(form, "noticed", e),
        refund_agreed_on: day(form, "agreed", e),
        return_accepted_on: day(form, "accepted", e),
        terminated_on: day(form, "ended", e),
        extra_period_ends_on: day(form, "extra", e),
        repair_requested_on: day(form, "repair", e),
        repaired_goods_received_on: day(form, "repaired", e),
        failed_repairs: count(form, "failed", 0, e),
        major_failure: form.ticked("major"),
        price_reduction: amount(form, "reduction", currency, e),
        other: BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(query: &str) -> Form {
        bounded(
            form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    #[test]
    fn a_question_is_read_and_every_wrong_field_is_named() {
        let book = LawBook::builtin().unwrap();
        let asked =
            form("place=de&contract=2026-03-02&price1=89,90&delivered1=2026-03-04&sent=2026-03-10");
        let facts = facts(&asked, &book).unwrap();
        assert_eq!(facts.jurisdiction, "DE");
        assert_eq!(facts.currency, "EUR");
        assert_eq!(facts.lines[0].unit_price, "89.90");
        assert!(facts.public_holidays.contains(&Date::constant(2026, 4, 6)));

        let wrong = form(
            "place=Germany&contract=2026-02-30&currency=XX1&told=late&price1=9.999&sent=1-1-1&channel=fax&kept1=1&qty1=-1",
        );
        let names: Vec<String> = super::facts(&wrong, &book)
            .unwrap_err()
            .into_iter()
            .map(|e| e.field)
            .collect();
        for field in [
            "elsewhere",
            "contract",
            "currency",
            "told_on",
            "sent",
            "channel",
            "qty1",
        ] {
            assert!(names.iter().any(|n| n == field), "{field} in {names:?}");
        }
    }

    #[test]
    fn holidays_stay_within_bounds() {
        let book = LawBook::builtin().unwrap();
        let far = form("place=DE&contract=1950-01-01&price1=1&delivered1=2150-01-01");
        assert!(facts(&far, &book).unwrap().public_holidays.len() < 1_000);
    }
}
