//! Claims at the desk: what is on file, what the carrier owes, and the forms that settle a claim,
//! make up for something, move a repair on, or let goods be given away.

use super::{Open, Shown, act::Act, ask};
use crate::{form::Form, words};
use app::views::CasePage;
use kernel::{Currency, Money};
use maud::{Markup, html};
use policy::Outcome;
use redress_http::{
    L10n,
    ui::{
        self, Action, Choice, Field, FieldError, Kind, Note, Select, TextArea, Tone, Weight,
        actions, bdi, pill,
    },
};
use returns::{
    CaseLine, ClaimKind, Command, Count, GrantLine, Proof, ProofKind, RepairStep, Speaks,
    VendorCharge,
};

/// The card of a claim: kind, proofs, carrier claims, donations; nothing where there is none.
pub fn card(shown: &Shown<'_>, queue: &str) -> Markup {
    let (l, case) = (shown.desk.l(), &shown.page.case);
    let any = case.claim.is_some()
        || !case.proofs.is_empty()
        || !case.carrier_claims.is_empty()
        || !case.vendor_charges.is_empty()
        || !case.donations.is_empty();
    if !any {
        return html! {};
    }
    let kind = case.claim.map(|k| pill(Tone::Warn, &name(l, k)));
    ui::card_with(
        &l.t("desk-claim"),
        kind.as_ref(),
        &html! {
            div.stack {
                @if case.claim == Some(ClaimKind::NotReceived) { (stands(shown)) }
                @if !case.proofs.is_empty() {
                    ul.plain-list {
                        @for p in &case.proofs {
                            li.cluster {
                                (pill(speaks_tone(p.speaks), &words::code(l, "speaks", p.speaks.as_str())))
                                span { (words::code(l, "proof", p.kind.as_str())) }
                                span.muted { (ui::date(l, p.on)) }
                                span { (bdi(&p.reference)) }
                            }
                        }
                    }
                } @else if case.claim.is_some() { p.muted { (l.t("desk-claim-no-proof")) } }
                @for (n, c) in case.carrier_claims.iter().enumerate() {
                    div.owed {
                        div.cluster {
                            span.strong { (l.t("desk-carrier-claim")) " " (bdi(&c.carrier)) }
                            @match c.recovered_minor {
                                None => (pill(Tone::Accent, &l.t("desk-carrier-open"))),
                                Some(0) => (pill(Tone::Bad, &l.t("desk-carrier-refused"))),
                                Some(_) => (pill(Tone::Good, &l.t("desk-carrier-paid"))),
                            }
                            span.push.strong { (shown.money(c.recovered_minor.unwrap_or(c.asked_minor))) }
                        }
                        p.muted.small { span.mono { (bdi(&c.tracking)) } " · " (ui::date(l, c.filed_on)) }
                        @if c.recovered_minor.is_none() {
                            (actions(&[Action::link(l.t("desk-act-carrier-answer"),
                                format!("{}?queue={queue}&do=carrier-answer&about={n}", shown.href()))
                                .weight(Weight::Secondary)]))
                        }
                    }
                }
                @for v in &case.vendor_charges { (vendor(shown, queue, v)) }
                @for d in &case.donations {
                    div.cluster {
                        span { (l.number(d.units.into())) " × " (bdi(&words::item(&shown.page.order, d.line))) }
                        @match &d.proof {
                            Some(proof) => { (pill(Tone::Good, &l.t("desk-donated"))) span.muted { (bdi(proof)) } },
                            None => (pill(Tone::Warn, &l.t("desk-donation-open"))),
                        }
                    }
                }
            }
        },
    )
}

/// What a vendor is asked to bear, and what it paid.
fn vendor(shown: &Shown<'_>, queue: &str, charge: &VendorCharge) -> Markup {
    let l = shown.desk.l();
    let asked = shown.page.case.vendor_asked_minor(charge.line);
    let (tone, key, minor) = match (asked, charge.recovered_minor) {
        (0, 0) => (Tone::Bad, "desk-carrier-refused", charge.answered_minor),
        (0, paid) => (Tone::Good, "desk-carrier-paid", paid),
        _ => (Tone::Accent, "desk-carrier-open", asked),
    };
    html! {
        div.owed {
            div.cluster {
                span.strong { (l.t("desk-vendor-charge")) " " (bdi(&charge.vendor)) }
                (pill(tone, &l.t(key)))
                span.push.strong { (shown.money(minor)) }
            }
            p.muted.small { (bdi(&words::item(&shown.page.order, charge.line))) }
            @if asked != 0 {
                (actions(&[Action::link(l.t("desk-act-vendor-answer"),
                    format!("{}?queue={queue}&do=vendor-answer&about={}", shown.href(), charge.line))
                    .weight(Weight::Secondary)]))
            }
        }
    }
}

/// What the law says where goods never came, against what is on file.
fn stands(shown: &Shown<'_>) -> Markup {
    let (l, case) = (shown.desk.l(), &shown.page.case);
    let proven = case.proofs.iter().any(|p| p.speaks == Speaks::Delivered);
    let statutory = case.decision.iter().flat_map(|d| &d.lines);
    let key = match (statutory.clone().any(|d| d.terms.statutory), proven) {
        (true, false) => "desk-claim-law-stands",
        (true, true) => "desk-claim-law-disputed",
        (false, _) => "desk-claim-no-law",
    };
    let tone = if proven { Tone::Warn } else { Tone::Accent };
    maud::Render::render(&Note::new(tone, l.t(key)))
}

const fn speaks_tone(speaks: Speaks) -> Tone {
    match speaks {
        Speaks::Delivered => Tone::Good,
        Speaks::NotDelivered => Tone::Bad,
        Speaks::Open => Tone::Neutral,
    }
}

/// The name of a kind of claim.
pub fn name(l: L10n, kind: ClaimKind) -> String {
    l.t(&format!("claim-{}", kind.as_str().replace('_', "-")))
}

/// Whether an act about claims is possible now.
pub fn possible(page: &CasePage, act: Act) -> bool {
    let case = &page.case;
    let open = !case.closed && !case.cancelled;
    let undecided = case.lines.iter().any(|l| l.quantities.undecided() > 0);
    match act {
        Act::Resolve => open && case.claim.is_some() && undecided,
        Act::Goodwill => open && !case.lines.is_empty(),
        Act::Proof => open,
        Act::CarrierClaim => open && (case.claim.is_some() || !case.proofs.is_empty()),
        Act::Donate => open && undecided && case.claim.is_none(),
        Act::Donated => !case.cancelled && case.donations.iter().any(|d| d.proof.is_none()),
        _ => false,
    }
}

fn choices<'a>(
    l: L10n,
    set: &'a str,
    codes: impl Iterator<Item = &'static str> + 'a,
) -> Vec<Choice> {
    codes
        .map(|code| Choice::new(code, words::code(l, set, code)))
        .collect()
}

fn undecided(page: &CasePage) -> impl Iterator<Item = &CaseLine> {
    let lines = page.case.lines.iter();
    lines.filter(|l| l.quantities.undecided() > 0)
}

/// The fields of a form about claims.
pub fn fields(shown: &Shown<'_>, act: Act, open: &Open) -> Markup {
    let l = shown.desk.l();
    let currency = shown.page.case.currency.code();
    let error = |name: &str| ask::said(l, open, name);
    let lines = || {
        let all = shown.page.case.lines.iter();
        let choice =
            |c: &CaseLine| Choice::new(c.line.to_string(), words::item(&shown.page.order, c.line));
        all.map(choice).collect::<Vec<_>>()
    };
    let text = |name: &'static str, label: &str, required: bool| {
        let field = Field::new(name, l.t(label))
            .max(200)
            .value(open.form.get(name));
        let field = field.error(error(name));
        if required { field.required() } else { field }
    };
    html! {
        input type="hidden" name="about" value=(open.form.get("about"));
        @match act {
            Act::Resolve => {
                (resolve(shown, open))
                (why(l, open))
            }
            Act::Goodwill => {
                (Select::new("line", l.t("desk-field-line"), lines()).value(ask::typed(open, "line", String::new())))
                (Field::new("amount", l.t("desk-field-amount")).kind(Kind::Amount).narrow().prefix(currency)
                    .value(open.form.get("amount")).error(error("amount")).required())
                (Select::new("outcome", l.t("desk-field-outcome"),
                    choices(l, "outcome", [Outcome::StoreCredit, Outcome::Refund].iter().map(|o| o.as_str())))
                    .value(open.form.get("outcome")))
                (why(l, open))
                p.muted.small { (l.t_args("desk-your-limit", &[("amount", shown.said(limit(shown)).into())])) }
            }
            Act::Proof => {
                (Select::new("kind", l.t("desk-proof-kind"), choices(l, "proof", ProofKind::ALL.iter().map(|k| k.as_str())))
                    .value(open.form.get("kind")))
                (Select::new("speaks", l.t("desk-proof-speaks"), choices(l, "speaks", Speaks::ALL.iter().map(|k| k.as_str())))
                    .value(open.form.get("speaks")))
                (Field::new("on", l.t("desk-proof-on")).kind(Kind::Date).narrow()
                    .value(ask::typed(open, "on", shown.page.client.day(shown.desk.now).to_string())).error(error("on")))
                (text("reference", "desk-proof-reference", true))
            }
            Act::CarrierClaim => {
                (text("carrier", "desk-carrier", true))
                (text("tracking", "desk-carrier-tracking", true))
                (Field::new("amount", l.t("desk-carrier-amount")).kind(Kind::Amount).narrow().prefix(currency)
                    .value(ask::typed(open, "amount", shown.amount(worth(shown)).decimal())).error(error("amount")).required())
            }
            Act::CarrierAnswer => { (answer(shown, open, "desk-carrier-recovered")) }
            Act::VendorAnswer if gets_back(shown.page, open.form.get("about")) => {
                (answer(shown, open, "desk-vendor-given-back"))
            }
            Act::VendorAnswer => { (answer(shown, open, "desk-vendor-recovered")) }
            Act::Workshop | Act::Mended => { (text("note", "desk-repair-number", true)) }
            Act::Beyond => { (why(l, open)) }
            Act::Donate => {
                @for line in undecided(shown.page) {
                    @let name = format!("units-{}", line.line);
                    div.act-line {
                        span { (bdi(&words::item(&shown.page.order, line.line))) }
                        (Field::new(&name, l.t("desk-field-units")).kind(Kind::Number).narrow()
                            .value(ask::typed(open, &name, line.quantities.undecided().to_string())).error(error(&name)))
                    }
                }
                (ask::reason(l, open, true))
            }
            Act::Donated => {
                (Select::new("line", l.t("desk-field-line"), lines()).value(open.form.get("line")))
                (text("reference", "desk-donation-proof", true))
            }
            _ => {}
        }
    }
}

/// What a carrier or vendor answered: whether it pays, how much, and in which currency.
fn answer(shown: &Shown<'_>, open: &Open, label: &str) -> Markup {
    let l = shown.desk.l();
    html! {
        (Select::new("answer", l.t("desk-answer"), choices(l, "answer", [PAID, REFUSED].into_iter()))
            .value(open.form.get("answer")))
        (Field::new("amount", l.t(label)).kind(Kind::Amount).narrow()
            .hint(l.t("desk-answer-amount-hint")).value(open.form.get("amount")).error(ask::said(l, open, "amount")))
        (Field::new("currency", l.t("desk-answer-currency")).narrow()
            .value(ask::typed(open, "currency", shown.page.case.currency.code().to_owned()))
            .error(ask::said(l, open, "currency")))
    }
}

const PAID: &str = "paid";
const REFUSED: &str = "refused";

/// Whether the vendor of a line has paid for money that was given up since.
fn gets_back(page: &CasePage, line: &str) -> bool {
    line.parse()
        .is_ok_and(|line| page.case.vendor_asked_minor(line) < 0)
}

/// The answer of a posted form. Nothing typed is no refusal: that is said.
fn answered(form: &Form, own: Currency, errors: &mut Vec<FieldError>) -> Money {
    let code = form.get("currency").trim().to_uppercase();
    let Ok(currency) = code.parse::<Currency>() else {
        errors.push(FieldError::new("currency", "desk-help-currency"));
        return Money::zero(own);
    };
    if form.get("answer") == REFUSED {
        return Money::zero(currency);
    }
    let known = errors.len();
    let minor = form.amount("amount", currency, errors);
    if minor <= 0 && errors.len() == known {
        errors.push(FieldError::new("amount", "desk-help-amount"));
    }
    Money::new(minor, currency)
}

fn why(l: L10n, open: &Open) -> Markup {
    html! {
        (TextArea::new("note", l.t("desk-field-reason")).rows(2).max(2000)
            .value(open.form.get("note")).error(ask::said(l, open, "note")).required())
    }
}

fn limit(shown: &Shown<'_>) -> i64 {
    let page = shown.page;
    page.policy
        .authority_limit(shown.desk.person.role, page.case.currency)
        .unwrap_or(0)
}

/// Paid value of everything the case is about.
fn worth(shown: &Shown<'_>) -> i64 {
    let (page, case) = (shown.page, &shown.page.case);
    let of = |c: &CaseLine| {
        let units = c.quantities.announced;
        page.account
            .claimed_gross(&page.order, case.id, c.line, units)
    };
    case.lines.iter().map(of).sum()
}

fn resolve(shown: &Shown<'_>, open: &Open) -> Markup {
    let l = shown.desk.l();
    let page = shown.page;
    let outcomes = [Outcome::Refund, Outcome::Replacement, Outcome::StoreCredit];
    html! {
        @for line in undecided(page) {
            @let (units, outcome, amount) = ask::names(line.line);
            @let quoted = page.case.decision.as_ref().map_or(0, |d| d.quote.of_line(line.line));
            fieldset.act-line {
                legend { (bdi(&words::item(&page.order, line.line))) }
                (Field::new(&units, l.t("desk-field-units")).kind(Kind::Number).narrow()
                    .value(ask::typed(open, &units, line.quantities.undecided().to_string()))
                    .error(ask::said(l, open, &units)))
                (Select::new(&outcome, l.t("desk-field-outcome"), choices(l, "outcome", outcomes.iter().map(|o| o.as_str())))
                    .value(ask::typed(open, &outcome, line.wanted.as_str().into())).error(ask::said(l, open, &outcome)))
                (Field::new(&amount, l.t("desk-field-amount")).kind(Kind::Amount).narrow()
                    .prefix(page.case.currency.code())
                    .value(ask::typed(open, &amount, shown.amount(quoted).decimal()))
                    .error(ask::said(l, open, &amount)))
            }
        }
        @if page.order.shipping.economics.gross > 0 {
            (Field::new("shipping", l.t("desk-field-shipping")).kind(Kind::Amount).narrow()
                .prefix(page.case.currency.code())
                .value(ask::typed(open, "shipping", shown.amount(ask::suggested_shipping(shown)).decimal()))
                .error(ask::said(l, open, "shipping")))
        }
    }
}

/// The command of a posted form about claims.
pub fn command(
    page: &CasePage,
    act: Act,
    form: &Form,
    errors: &mut Vec<FieldError>,
) -> Option<Command> {
    let currency = page.case.currency;
    let line = |errors: &mut Vec<FieldError>| {
        form.get("line").parse().unwrap_or_else(|_| {
            errors.push(FieldError::new("line", "desk-help-choose"));
            0
        })
    };
    Some(match act {
        Act::Resolve => {
            let mut lines = Vec::new();
            for l in undecided(page) {
                let (units, outcome, amount) = ask::names(l.line);
                let granted = GrantLine {
                    line: l.line,
                    units: form.count(&units, errors),
                    outcome: Outcome::parse(form.get(&outcome)).unwrap_or(l.wanted),
                    minor: form.amount(&amount, currency, errors),
                };
                if granted.units > 0 {
                    lines.push(granted);
                }
            }
            Command::ResolveClaim {
                lines,
                shipping_minor: form.amount("shipping", currency, errors),
                reason: form.needed("note", errors),
            }
        }
        Act::Goodwill => Command::GiveGoodwill {
            line: line(errors),
            minor: form.amount("amount", currency, errors),
            outcome: Outcome::parse(form.get("outcome")).unwrap_or(Outcome::StoreCredit),
            reason: form.needed("note", errors),
        },
        Act::Proof => Command::FileProof {
            proof: Proof {
                kind: ProofKind::parse(form.get("kind"))?,
                speaks: Speaks::parse(form.get("speaks"))?,
                on: form.get("on").parse().unwrap_or_else(|_| {
                    errors.push(FieldError::new("on", "desk-help-choose"));
                    page.case.asked_on
                }),
                reference: form.needed("reference", errors),
            },
        },
        Act::CarrierClaim => Command::FileCarrierClaim {
            carrier: form.needed("carrier", errors),
            tracking: form.needed("tracking", errors),
            minor: form.amount("amount", currency, errors),
        },
        Act::CarrierAnswer => Command::EndCarrierClaim {
            number: form.get("about").parse().ok()?,
            recovered: answered(form, currency, errors),
        },
        Act::VendorAnswer => {
            let paid = answered(form, currency, errors);
            let sign = if gets_back(page, form.get("about")) {
                -1
            } else {
                1
            };
            Command::EndVendorClaim {
                line: form.get("about").parse().ok()?,
                recovered: Money::new(sign * paid.minor, paid.currency),
            }
        }
        Act::Workshop | Act::Mended | Act::Beyond => Command::MoveRepair {
            obligation: super::post::obligation(form, errors)?,
            step: match act {
                Act::Workshop => RepairStep::AtWorkshop,
                Act::Mended => RepairStep::Returned,
                _ => RepairStep::BeyondRepair,
            },
            note: form.needed("note", errors),
        },
        Act::Donate => {
            let units = undecided(page).map(|l| Count {
                line: l.line,
                units: form.count(&format!("units-{}", l.line), errors),
            });
            let lines: Vec<Count> = units.collect();
            Command::LetDonate {
                lines: lines.into_iter().filter(|c| c.units > 0).collect(),
                reason: form.text("reason"),
            }
        }
        Act::Donated => Command::ProveDonation {
            line: line(errors),
            reference: form.needed("reference", errors),
        },
        _ => return None,
    })
}
