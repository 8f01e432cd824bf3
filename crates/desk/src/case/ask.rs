//! What each action asks: its title, which names amount and person, and its fields, filled with
//! what was typed before or with what the rule suggests.

use super::{Open, Shown, act::Act};
use crate::{asked, words};
use kernel::{ReasonCode, cumulative_share};
use maud::{Markup, html};
use policy::Outcome;
use redress_http::{
    L10n,
    ui::{Choice, Field, FieldError, Kind, Select, TextArea, bdi, checkbox},
};
use returns::{CaseLine, Verdict};

/// Grounds a person may decline on.
pub const GROUNDS: &[ReasonCode] = &[
    ReasonCode::WindowClosed,
    ReasonCode::CategoryExcluded,
    ReasonCode::FinalSale,
    ReasonCode::ReasonNotAccepted,
    ReasonCode::EvidenceMissing,
    ReasonCode::StatutoryWithdrawalEnded,
    ReasonCode::WrongItemReceived,
    ReasonCode::UnitsMissing,
];

/// Title and fields of an action.
pub fn ask(shown: &Shown<'_>, act: Act, open: &Open) -> (String, Markup) {
    let fields = match act {
        Act::Announce => announce(shown, open),
        Act::Authorise => authorise(shown, open),
        Act::Decline => decline(shown, open),
        Act::Decide => decide(shown, open),
        Act::AskApproval => html! {
            p { (shown.desk.l().t("desk-why-ask-approval")) }
            (decide(shown, open))
            (TextArea::new("why", shown.desk.l().t("desk-field-ask-why")).rows(2).max(2000)
                .hint(shown.desk.l().t("desk-field-ask-why-hint")).value(open.form.get("why"))
                .error(said(shown.desk.l(), open, "why")).required())
        },
        Act::Resolve
        | Act::Goodwill
        | Act::Proof
        | Act::CarrierClaim
        | Act::CarrierAnswer
        | Act::VendorAnswer
        | Act::Donate
        | Act::Donated
        | Act::Workshop
        | Act::Mended
        | Act::Beyond => super::claim::fields(shown, act, open),
        Act::Exchange => super::swap::fields(shown, open),
        Act::SendBack => html! { (about(open)) (super::swap::wanted(shown, open)) },
        Act::Ask | Act::Evidence => evidence(shown, act, open),
        Act::Close | Act::Retry => {
            html! { (about(open)) p { (shown.desk.l().t(&format!("desk-why-{}", act.as_str()))) } }
        }
        Act::Sent => html! {
            (about(open))
            (text(shown.desk.l(), "reference", "desk-field-reference", open, false))
        },
        Act::AskAccount => html! { (about(open)) p { (shown.desk.l().t("desk-why-ask-account")) } },
        Act::Redirect => super::payout::redirect(shown, open),
        Act::PaidOutside => super::payout::outside(shown, open),
        Act::Cancel => note(shown.desk.l(), open, false),
        _ => html! { (about(open)) (note(shown.desk.l(), open, true)) },
    };
    (title(shown, act, open), fields)
}

fn title(shown: &Shown<'_>, act: Act, open: &Open) -> String {
    let (l, case) = (shown.desk.l(), &shown.page.case);
    let customer = match shown.customer() {
        name if name.is_empty() => l.t("desk-the-customer"),
        name => name,
    };
    let owed = open
        .form
        .get("about")
        .parse()
        .ok()
        .and_then(|id| case.obligation(id));
    let minor = match (act, owed) {
        (Act::Decide | Act::AskApproval, _) => suggested(shown),
        (Act::Charge, Some(hold)) => super::swap::chargeable(shown, hold.id),
        (_, Some(owed)) => owed.minor,
        _ => app::commit::amount_of(case),
    };
    let units: u32 = match act {
        Act::Exchange => case.lines.iter().map(|c| c.quantities.grantable()).sum(),
        _ => case.lines.iter().map(open_units).sum(),
    };
    l.t_args(
        &format!("desk-title-{}", act.as_str()),
        &[
            ("customer", customer.into()),
            ("amount", shown.said(minor).into()),
            ("units", units.into()),
            ("rma", (&*case.rma).into()),
        ],
    )
}

pub fn about(open: &Open) -> Markup {
    html! { input type="hidden" name="about" value=(open.form.get("about")); }
}

fn note(l: L10n, open: &Open, required: bool) -> Markup {
    let area = TextArea::new("note", l.t("desk-field-note"))
        .hint(l.t("desk-field-note-hint"))
        .rows(3)
        .max(2000)
        .value(open.form.get("note"))
        .error(said(l, open, "note"));
    html! { (if required { area.required() } else { area }) }
}

fn text(l: L10n, name: &str, label: &str, open: &Open, required: bool) -> Markup {
    let field = Field::new(name, l.t(label))
        .max(200)
        .value(open.form.get(name))
        .error(said(l, open, name));
    html! { (if required { field.required() } else { field }) }
}

pub fn said(l: L10n, open: &Open, field: &str) -> Option<String> {
    FieldError::find(&open.errors, field).map(|m| l.say(m))
}

/// What was typed, or what the rule suggests when nothing was typed yet.
pub fn typed(open: &Open, name: &str, suggestion: String) -> String {
    let sent = open.form.0.iter().find(|(n, _)| n == name);
    sent.map_or(suggestion, |(_, v)| v.clone())
}

/// Units of a line a person can let back or decline.
pub const fn open_units(line: &CaseLine) -> u32 {
    line.quantities.decidable()
}

/// Every line of the order that units are free of, with what the dock has counted.
fn announce(shown: &Shown<'_>, open: &Open) -> Markup {
    let (l, page) = (shown.desk.l(), shown.page);
    let here = |at: u16| page.case.line(at).map_or(0, |c| c.quantities.unexpected);
    let lines = (0_u16..).zip(&page.order.lines);
    let lines = lines.map(|(at, sold)| (at, sold, page.account.free_units(&page.order, at)));
    let mut form = open.form.clone();
    if form.get("version").is_empty() {
        // Nothing was typed yet: what was counted is the likely answer.
        let counted = page
            .case
            .lines
            .iter()
            .map(|c| (c.line, c.quantities.unexpected));
        let counted = counted.filter(|(_, units)| *units > 0);
        form.0
            .extend(counted.map(|(at, units)| (format!("units-{at}"), units.to_string())));
    }
    html! {
        p.muted { (l.t("desk-why-announce")) }
        @for (at, sold, free) in lines.filter(|(_, _, free)| *free > 0) {
            fieldset.act-block {
                legend {
                    (bdi(&sold.title))
                    @if here(at) > 0 { " · " (l.t_args("desk-announce-here", &[("n", here(at).into())])) }
                }
                (asked::fields(l, (&page.order, &page.policy), (at, free), &form, &open.errors))
            }
        }
    }
}

fn units(shown: &Shown<'_>, open: &Open) -> Markup {
    let l = shown.desk.l();
    let lines = || shown.page.case.lines.iter().filter(|c| open_units(c) > 0);
    html! {
        @for line in lines() {
            @let name = format!("units-{}", line.line);
            div.act-line {
                span { (bdi(&words::item(&shown.page.order, line.line))) }
                (Field::new(&name, l.t("desk-field-units")).kind(Kind::Number).narrow()
                    .hint(l.t_args("desk-field-units-of", &[("n", open_units(line).into())]))
                    .value(typed(open, &name, open_units(line).to_string()))
                    .error(said(l, open, &name)))
            }
        }
    }
}

fn authorise(shown: &Shown<'_>, open: &Open) -> Markup {
    let l = shown.desk.l();
    let verdicts = || {
        shown
            .page
            .case
            .decision
            .iter()
            .flat_map(|d| &d.lines)
            .map(|d| d.verdict)
    };
    let against = shown.page.case.decision.is_none() || verdicts().any(|v| v == Verdict::Decline);
    html! {
        (units(shown, open))
        (checkbox("keep", &l.t("desk-field-keep"), "1", open.form.ticked("keep"),
            Some(&l.t("desk-field-keep-hint"))))
        (reason(l, open, against))
    }
}

pub fn reason(l: L10n, open: &Open, needed: bool) -> Markup {
    let hint = if needed {
        "desk-field-reason-needed"
    } else {
        "desk-field-reason-hint"
    };
    html! {
        (TextArea::new("reason", l.t("desk-field-reason")).rows(2).max(2000).hint(l.t(hint))
            .value(open.form.get("reason")).error(said(l, open, "reason")))
    }
}

fn decline(shown: &Shown<'_>, open: &Open) -> Markup {
    let l = shown.desk.l();
    let choices = GROUNDS
        .iter()
        .map(|g| Choice::new(g.as_str(), words::code(l, "ground", g.as_str())))
        .collect();
    html! {
        (units(shown, open))
        (Select::new("ground", l.t("desk-field-ground"), choices)
            .prompt(l.t("desk-field-choose")).value(open.form.get("ground"))
            .error(said(l, open, "ground")).required())
        (TextArea::new("note", l.t("desk-field-decline-note")).rows(3).max(2000)
            .hint(l.t("desk-field-decline-note-hint"))
            .value(open.form.get("note")).error(said(l, open, "note")))
    }
}

fn evidence(shown: &Shown<'_>, act: Act, open: &Open) -> Markup {
    let l = shown.desk.l();
    let case = &shown.page.case;
    let about = |c: &&CaseLine| match act {
        Act::Ask => c.quantities.undecided() > 0,
        _ => c.missing.is_some(),
    };
    let lines: Vec<&CaseLine> = case.lines.iter().filter(about).collect();
    let choices = lines
        .iter()
        .map(|c| Choice::new(c.line.to_string(), words::item(&shown.page.order, c.line)))
        .collect();
    let first = lines
        .first()
        .map_or_else(String::new, |c| c.line.to_string());
    html! {
        (Select::new("line", l.t("desk-field-line"), choices).value(typed(open, "line", first))
            .error(said(l, open, "line")))
        (Field::new("photos", l.t("desk-field-photos")).kind(Kind::Number).narrow()
            .value(typed(open, "photos", "1".into())).error(said(l, open, "photos")))
        (checkbox("words", &l.t("desk-field-words"), "1", open.form.ticked("words"), None))
        (checkbox("serial", &l.t("desk-field-serial"), "1", open.form.ticked("serial"), None))
        @if act == Act::Ask {
            (TextArea::new("note", l.t("desk-field-question")).rows(3).max(2000)
                .hint(l.t("desk-field-note-hint")).value(open.form.get("note"))
                .error(said(l, open, "note")).required())
        }
    }
}

/// What the quote still gives for the grantable units of a line, within what is refundable.
pub fn suggested_for(shown: &Shown<'_>, line: &CaseLine) -> i64 {
    let (case, page) = (&shown.page.case, shown.page);
    let units = line.quantities.grantable();
    let ceiling = page.account.ceiling(&page.order, case.id, line.line, units);
    let Some(decision) = &case.decision else {
        return ceiling;
    };
    let Some(decided) = decision.lines.iter().find(|d| d.line == line.line) else {
        return ceiling;
    };
    let quoted = decision.quote.of_line(line.line);
    let (done, step) = (i64::from(line.quantities.granted), i64::from(units));
    let share = cumulative_share(quoted, done, step, i64::from(decided.units));
    // What the condition of the goods takes off since, spread over the units it is of.
    let counting = i64::from(line.counting().max(1));
    let loss = cumulative_share(
        super::quote::loss_since(page, line.line),
        done,
        step,
        counting,
    );
    (share + loss).clamp(0, ceiling)
}

/// What is still quoted for delivery.
pub fn suggested_shipping(shown: &Shown<'_>) -> i64 {
    let (case, page) = (&shown.page.case, shown.page);
    let quoted = case
        .decision
        .as_ref()
        .map_or(0, |d| d.quote.shipping_minor());
    let left = quoted - case.shipping_granted_minor;
    left.clamp(0, page.account.shipping_ceiling(&page.order))
}

fn suggested(shown: &Shown<'_>) -> i64 {
    let lines = shown
        .page
        .case
        .lines
        .iter()
        .filter(|c| c.quantities.grantable() > 0);
    lines.map(|c| suggested_for(shown, c)).sum::<i64>() + suggested_shipping(shown)
}

fn decide(shown: &Shown<'_>, open: &Open) -> Markup {
    let (l, page) = (shown.desk.l(), shown.page);
    let case = &page.case;
    let decimal = |minor: i64| shown.amount(minor).decimal();
    let limit = page
        .policy
        .authority_limit(shown.desk.person.role, case.currency)
        .unwrap_or(0);
    let room = shown.room;
    let limit = limit.min(room.refund.unwrap_or(i64::MAX));
    let in_case = room.case.map(|most| most - case.granted_by_people_minor());
    let left = [
        ("desk-limit-case", in_case),
        ("desk-limit-customer", room.customer_left),
        ("desk-limit-day", room.day_left),
        ("desk-limit-client", room.client_left),
    ];
    html! {
        (super::quote::beside_a_choice(shown))
        @for line in case.lines.iter().filter(|c| c.quantities.grantable() > 0) {
            @let (units, outcome, amount) = names(line.line);
            @let decided = case.decision.as_ref()
                .and_then(|d| d.lines.iter().find(|d| d.line == line.line));
            @let wanted = decided.and_then(|d| d.offered.first().copied()).unwrap_or(line.wanted);
            @let choices = Outcome::ALL.iter().map(|o| Choice::new(o.as_str(), words::code(l, "outcome", o.as_str())));
            fieldset.act-line {
                legend { (bdi(&words::item(&page.order, line.line))) }
                (Field::new(&units, l.t("desk-field-units")).kind(Kind::Number).narrow()
                    .value(typed(open, &units, line.quantities.grantable().to_string()))
                    .error(said(l, open, &units)))
                (Select::new(&outcome, l.t("desk-field-outcome"), choices.collect())
                    .value(typed(open, &outcome, wanted.as_str().into())).error(said(l, open, &outcome)))
                (Field::new(&amount, l.t("desk-field-amount")).kind(Kind::Amount).narrow()
                    .prefix(case.currency.code())
                    .value(typed(open, &amount, decimal(suggested_for(shown, line))))
                    .error(said(l, open, &amount)))
            }
        }
        @if page.order.shipping.economics.gross > 0 {
            (Field::new("shipping", l.t("desk-field-shipping")).kind(Kind::Amount).narrow()
                .prefix(case.currency.code())
                .value(typed(open, "shipping", decimal(suggested_shipping(shown))))
                .error(said(l, open, "shipping")))
        }
        (reason(l, open, false))
        p.muted.small {
            (l.t_args("desk-your-limit", &[("amount", shown.said(limit).into())]))
            @for (key, left) in left {
                @if let Some(left) = left {
                    " " (l.t_args(key, &[("amount", shown.said(left.max(0)).into())]))
                }
            }
        }
    }
}

/// The field names of a granted line: units, outcome, amount.
pub fn names(line: u16) -> (String, String, String) {
    (
        format!("units-{line}"),
        format!("outcome-{line}"),
        format!("amount-{line}"),
    )
}
