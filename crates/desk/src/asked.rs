//! The fields for what comes back of one order line and why: the same in a new return and where
//! goods that came unannounced are told apart.

use crate::{form::Form, words};
use app::views::OrderPage;
use kernel::Lang;
use maud::{Markup, html};
use policy::{Condition, ConditionSet, EvidenceGiven, Outcome, Policy, ReturnReason};
use redress_http::{
    L10n,
    ui::{Choice, Field, FieldError, Kind, Select, checkbox},
};
use returns::{OrderLine, RequestedLine, SalesOrder};
use std::sync::Arc;

/// What marks a client's own reason in a form.
const OWN: &str = "own:";

/// The fields of one line, with what was typed.
pub fn fields(
    l: L10n,
    (order, policy): (&SalesOrder, &Policy),
    (at, free): (u16, u32),
    form: &Form,
    errors: &[FieldError],
) -> Markup {
    let field = |name: &str| format!("{name}-{at}");
    let error = |name: &str| FieldError::find(errors, &field(name)).map(|m| l.say(m));
    let outcomes = Outcome::ALL
        .iter()
        .map(|o| Choice::new(o.as_str(), words::code(l, "outcome", o.as_str())))
        .collect();
    let demanded = order
        .line(at)
        .map_or(ConditionSet::EMPTY, |sold| demanded(order, policy, sold));
    html! {
        div.form-grid {
            (Field::new(field("units"), l.t("desk-field-units")).kind(Kind::Number)
                .hint(l.t_args("desk-field-units-of", &[("n", free.into())]))
                .value(form.get(&field("units"))).error(error("units")))
            (Select::new(field("reason"), l.t("desk-field-why"), reasons(l, policy))
                .prompt(l.t("desk-field-choose"))
                .value(form.get(&field("reason"))).error(error("reason")))
            (Select::new(field("wanted"), l.t("desk-field-wanted"), outcomes)
                .value(form.get(&field("wanted"))))
            (Field::new(field("photos"), l.t("desk-field-photos")).kind(Kind::Number)
                .value(form.get(&field("photos"))).error(error("photos")))
        }
        div.cluster.gap-top {
            (checkbox(&field("opened"), &l.t("desk-field-opened"), "1", form.ticked(&field("opened")), None))
            (checkbox(&field("words"), &l.t("desk-field-words"), "1", form.ticked(&field("words")), None))
            (checkbox(&field("serial"), &l.t("desk-field-serial"), "1", form.ticked(&field("serial")), None))
            @for condition in demanded.iter() {
                @let name = field(&format!("lacks-{condition}"));
                (checkbox(&name, &words::code(l, "lacks", condition.as_str()), "1", form.ticked(&name), None))
            }
        }
    }
}

/// The languages the client writes to customers in.
fn spoken(page: &OrderPage) -> Vec<L10n> {
    let theirs = &page.client.settings.languages;
    L10n::all()
        .filter(|l| theirs.is_empty() || theirs.contains(&l.lang()))
        .collect()
}

/// In which language the customer is written to: the one they chose, else the usual one of the
/// country the goods went to, else the client's first; the agent knows better.
pub fn language(l: L10n, page: &OrderPage, form: &Form) -> Markup {
    let all = spoken(page);
    let country = page.order.place.country;
    let guesses = [
        form.get("lang").parse().ok(),
        page.contact.lang,
        Lang::usual_in(country),
        page.client.settings.languages.first().copied(),
    ];
    let known = |lang: &Lang| all.iter().any(|l| l.lang() == *lang);
    let guess = guesses.into_iter().flatten().find(known);
    let choices = all
        .iter()
        .map(|l| Choice::new(l.lang().as_str(), l.t("ui-this-language")));
    html! {
        (Select::new("lang", l.t("desk-customer-language"), choices.collect())
            .hint(l.t("desk-customer-language-hint"))
            .value(guess.unwrap_or(Lang::EN).as_str()))
    }
}

/// The language chosen in the form, if the client writes in it.
pub fn lang(page: &OrderPage, form: &Form) -> Option<Lang> {
    let lang = form.get("lang").parse().ok()?;
    let known = spoken(page).iter().any(|l| l.lang() == lang);
    known.then_some(lang)
}

/// The states the policy asks of a line that are asked beside whether it was opened.
fn demanded(order: &SalesOrder, policy: &Policy, sold: &OrderLine) -> ConditionSet {
    let goods = policy.goods(&sold.category, &sold.sku);
    let all = policy.conditions(order.channel, order.place.country, goods);
    let asked = all.iter().filter(|c| *c != Condition::Unopened);
    asked.fold(ConditionSet::EMPTY, ConditionSet::with)
}

/// The client's own reasons, then the codes every client knows.
fn reasons(l: L10n, policy: &Policy) -> Vec<Choice> {
    let own = policy.own_reasons().filter(|r| r.code.is_some());
    let own = own.filter_map(|r| {
        let text = policy.own_reason_text(r.path, l.lang())?;
        Some(Choice::new(format!("{OWN}{}", r.path), text))
    });
    let codes = ReturnReason::ALL
        .iter()
        .map(|r| Choice::new(r.as_str(), words::code(l, "reason", r.as_str())));
    own.chain(codes).collect()
}

/// The lines somebody filled in.
pub fn read(
    order: &SalesOrder,
    policy: &Policy,
    form: &Form,
    errors: &mut Vec<FieldError>,
) -> Vec<RequestedLine> {
    let mut lines = Vec::new();
    for (line, sold) in (0_u16..).zip(&order.lines) {
        let units = form.count(&format!("units-{line}"), errors);
        if units == 0 {
            continue;
        }
        let field = format!("reason-{line}");
        let Some((reason, own)) = reason(policy, form.get(&field)) else {
            errors.push(FieldError::new(field, "desk-help-choose"));
            continue;
        };
        let photos = form.count(&format!("photos-{line}"), errors);
        let lacks = demanded(order, policy, sold)
            .iter()
            .filter(|c| form.ticked(&format!("lacks-{c}-{line}")));
        lines.push(RequestedLine {
            line,
            units,
            reason,
            own,
            wanted: Outcome::parse(form.get(&format!("wanted-{line}"))).unwrap_or(Outcome::Refund),
            evidence: EvidenceGiven {
                photos: u8::try_from(photos.min(10)).unwrap_or(10),
                note: form.ticked(&format!("words-{line}")),
                serial: form.ticked(&format!("serial-{line}")),
            },
            opened: form.ticked(&format!("opened-{line}")),
            lacks: lacks.fold(ConditionSet::EMPTY, ConditionSet::with),
            noticed_on: None,
        });
    }
    lines
}

fn reason(policy: &Policy, text: &str) -> Option<(ReturnReason, Option<Arc<str>>)> {
    match text.strip_prefix(OWN) {
        Some(path) => policy
            .own_reason(path)
            .map(|(_, code)| (code, Some(path.into()))),
        None => ReturnReason::parse(text).map(|code| (code, None)),
    }
}
