//! An exchange as shoppers see it: on the check page with its figures and, for goods in advance,
//! the words they agree to; on the page of the return with what waits for what.

use crate::{
    draft::{Draft, Pick},
    pass::Shopper,
    rights, swap,
    visit::{Posted, Visit},
};
use app::{
    App,
    cases::{Call, OrderKey},
    swaps::Picked,
    views::CasePage,
};
use kernel::{Currency, Money};
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{
        Action, Definition, FieldError, Icon, Note, Select, Tone, Weight, actions, bdi, card,
        checkbox, csrf_field, definitions, form_actions, money, pill,
    },
};
use returns::{Exchange, ObligationState, SalesOrder};
use std::sync::Arc;
use surface::{Failure, outcome_name};

/// What was picked for an item, with its figures.
pub struct Chosen {
    /// Index of the order line.
    pub line: u16,
    /// Units.
    pub units: u32,
    /// The choice.
    pub pick: Pick,
    /// What it comes to.
    pub picked: Picked,
}

/// The picks of a draft at today's prices; an article that is gone is left out, and the domain
/// then says so.
pub async fn chosen(shopper: &Shopper, app: &App, draft: &Draft) -> Result<Vec<Chosen>, Failure> {
    let client = shopper.visit.client.id;
    let call = Call::new(&shopper.scope, app.now());
    let order = OrderKey::Id(shopper.order);
    let mut all = Vec::new();
    for item in &draft.items {
        let Some(pick) = &item.pick else { continue };
        let article = app.article(&shopper.scope, client, &pick.sku).await?;
        let (line, units) = (item.line, item.units);
        let articles = article.into_iter().collect();
        let priced = app
            .price_picks(&call, client, &order, (line, units), articles)
            .await?;
        all.extend(priced.into_iter().map(|picked| Chosen {
            line,
            units,
            pick: pick.clone(),
            picked,
        }));
    }
    Ok(all)
}

/// The name of the box that says yes to the security for a line.
fn consent_name(line: u16) -> String {
    format!("consent-{line}")
}

/// The words a shopper agrees to, for goods that go out first.
pub fn consent(visit: &Visit, order: &SalesOrder, c: &Chosen) -> Option<String> {
    let (hold, until) = c.picked.advance.filter(|_| c.pick.advance)?;
    let l = visit.l();
    let title = order.line(c.line).map_or("", |sold| &sold.title);
    let amount = l.money(Money::new(hold, order.currency));
    Some(l.t_args(
        "portal-advance-consent",
        &[
            ("client", visit.client.name.as_str().into()),
            ("item", title.into()),
            ("new", c.picked.article.title().into()),
            ("amount", amount.into()),
            ("date", l.date_long(until).into()),
        ],
    ))
}

/// The picks as they are asked for; boxes that must be ticked and are not are errors.
pub fn asked(
    visit: &Visit,
    order: &SalesOrder,
    all: &[Chosen],
    posted: &Posted,
) -> Result<Vec<app::swaps::Pick>, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut picks = Vec::new();
    for c in all {
        let words = consent(visit, order, c);
        let name = consent_name(c.line);
        if words.is_some() && posted.get(&name) != "yes" {
            errors.push(FieldError::new(name, "portal-advance-missing"));
        }
        picks.push(app::swaps::Pick {
            line: c.line,
            units: c.units,
            sku: c.pick.sku.clone(),
            fallback: c.pick.fallback,
            consent: words.map(Arc::from),
        });
    }
    if errors.is_empty() {
        Ok(picks)
    } else {
        Err(errors)
    }
}

/// The exchanges of a draft, figure by figure.
pub fn figures(visit: &Visit, order: &SalesOrder, all: &[Chosen]) -> Markup {
    let l = visit.l();
    html! {
        @for c in all {
            (card(&l.t("portal-swap-card"), &html! {
                div.stack {
                    p { strong { @if c.units > 1 { (c.units) " × " } (bdi(&c.picked.article.title())) } }
                    (sums(l, order.currency, &Sums::of(&c.picked)))
                    p.hint { (l.t_args("portal-swap-fallback-is", &[
                        ("outcome", outcome_name(l, c.pick.fallback).into())])) }
                    @if !c.picked.in_stock {
                        (Note::new(Tone::Warn, swap::difference(l, &c.picked, order.currency)))
                    }
                }
            }))
        }
    }
}

/// The boxes to tick before goods go out first.
pub fn consents(
    visit: &Visit,
    order: &SalesOrder,
    all: &[Chosen],
    errors: &[FieldError],
) -> Markup {
    let l = visit.l();
    html! {
        @for c in all {
            @if let Some(words) = consent(visit, order, c) {
                @let name = consent_name(c.line);
                div.field.field-invalid[FieldError::find(errors, &name).is_some()] {
                    (checkbox(&name, &words, "yes", false, Some(&l.t("portal-advance-hint"))))
                }
            }
        }
    }
}

/// The figures of an exchange.
struct Sums {
    returned: i64,
    new: i64,
    promotional: i64,
    collect: i64,
    refund: i64,
}

impl Sums {
    const fn of(picked: &Picked) -> Self {
        let s = &picked.sum;
        Self {
            returned: s.returned_minor,
            new: s.new_minor,
            promotional: s.promotional_used_minor,
            collect: s.collect_minor,
            refund: s.refund_minor,
        }
    }

    fn agreed(e: &Exchange) -> Self {
        Self {
            returned: e.returned_minor,
            new: e.new_minor,
            promotional: e.promotional_minor,
            collect: e.collect.map_or(0, |c| c.1),
            refund: e.refund_minor,
        }
    }
}

fn sums(l: L10n, currency: Currency, s: &Sums) -> Markup {
    let amount = |minor| money(l, Money::new(minor, currency));
    let mut rows = vec![
        Definition::new(l.t("portal-swap-new"), amount(s.new)),
        Definition::new(l.t("portal-swap-returned"), amount(-s.returned)),
    ];
    if s.promotional > 0 {
        rows.push(Definition::new(
            l.t("portal-swap-same-price"),
            amount(-s.promotional),
        ));
    }
    rows.push(match (s.collect, s.refund) {
        (0, 0) => Definition::new(l.t("portal-swap-nothing"), amount(0)).strong(),
        (0, refund) => Definition::new(l.t("portal-swap-you-get"), amount(refund)).strong(),
        (collect, _) => Definition::new(l.t("portal-swap-you-pay"), amount(collect)).strong(),
    });
    definitions(&rows)
}

/// The same on a page that is about one exchange.
pub fn agreed_sums(l: L10n, currency: Currency, e: &Exchange) -> Markup {
    sums(l, currency, &Sums::agreed(e))
}

/// Exchanges of a return: what was wished for, what was agreed, what waits for what.
pub fn cards(visit: &Visit, page: &CasePage) -> Markup {
    let l = visit.l();
    let case = &page.case;
    html! {
        @for wish in &case.wishes {
            (card(&l.t("portal-swap-card"), &html! {
                div.cluster {
                    strong { (bdi(&wish.item.title)) }
                    (pill(Tone::Neutral, &l.t("portal-swap-wished")))
                }
            }))
        }
        @for e in case.exchanges.iter().filter(|e| !e.undone || e.fell_back) { (one(visit, page, e)) }
    }
}

fn one(visit: &Visit, page: &CasePage, e: &Exchange) -> Markup {
    let l = visit.l();
    let (tone, key) = stage(page, e);
    let link = page.pay_links.iter().filter(|(id, _)| {
        e.collect.is_some_and(|c| c.0 == *id) || e.advance.as_ref().is_some_and(|a| a.0 == *id)
    });
    let title = e
        .items
        .iter()
        .map(|i| &*i.title)
        .collect::<Vec<_>>()
        .join(", ");
    card(
        &l.t("portal-swap-card"),
        &html! {
            div.stack {
                div.cluster { strong { (bdi(&title)) } (pill(tone, &l.t(key))) }
                @if !e.undone {
                    (agreed_sums(l, page.case.currency, e))
                    @if let Some(day) = e.pay_by.filter(|_| link.clone().next().is_some()) {
                        p { (l.t("portal-pay-until")) " " strong { (rights::long_date(l, day)) } }
                    }
                    @for (id, href) in link {
                        @let minor = page.case.obligation(*id).map_or(0, |o| o.minor);
                        @let amount = l.money(Money::new(minor, page.case.currency));
                        @let security = e.advance.as_ref().is_some_and(|a| a.0 == *id);
                        @let key = if security { "portal-pay-hold-button" } else { "portal-pay-button" };
                        (actions(&[Action::link(l.t_args(key, &[("amount", amount.into())]), href)
                            .weight(Weight::Primary).icon(Icon::CreditCard)]))
                    }
                    @if let Some((_, terms)) = &e.advance {
                        details { summary { (l.t("portal-advance-agreed")) } p.hint { (bdi(&terms.consent)) } }
                    }
                    (send_back(visit, page, e))
                }
            }
        },
    )
}

/// Where an exchange stands.
fn stage(page: &CasePage, e: &Exchange) -> (Tone, &'static str) {
    let state = |id| page.case.obligation(id).map(|o| o.state);
    let open = |id| state(id).is_some_and(ObligationState::is_open);
    if e.fell_back {
        return (Tone::Warn, "portal-swap-fell-back");
    }
    if state(e.goods) == Some(ObligationState::Settled) {
        return match &e.advance {
            Some(_) if e.security_charged_minor.is_none() => (Tone::Accent, "portal-swap-out"),
            _ => (Tone::Good, "portal-swap-sent"),
        };
    }
    let unpaid = e.collect.is_some_and(|c| open(c.0));
    let unsecured = e.advance.as_ref().is_some_and(|a| open(a.0));
    if unpaid || unsecured {
        (Tone::Warn, "portal-swap-to-pay")
    } else if e.cleared || e.advance.is_some() {
        (Tone::Accent, "portal-swap-packing")
    } else {
        (Tone::Accent, "portal-swap-reserved")
    }
}

/// The form to send the new article back, once it went out and nothing else is open.
fn send_back(visit: &Visit, page: &CasePage, e: &Exchange) -> Markup {
    let l = visit.l();
    let sent = page.case.obligation(e.goods).map(|o| o.state) == Some(ObligationState::Settled);
    let out = |line: u16| {
        let line = page.case.line(line);
        line.is_some_and(|l| l.quantities.expected() > 0)
    };
    if !sent || page.case.closed || e.lines.iter().any(|c| out(c.line)) {
        return html! {};
    }
    let choices = [policy::Outcome::Refund, policy::Outcome::StoreCredit]
        .map(|o| redress_http::ui::Choice::new(o.as_str(), outcome_name(l, o)));
    html! {
        details {
            summary { (l.t("portal-send-back-title")) }
            form.stack method="post" action=(visit.url(&format!("/r/{}/send-back", page.case.rma))) {
                (csrf_field(&visit.view.csrf))
                input type="hidden" name="goods" value=(e.goods);
                p { (l.t("portal-send-back-lede")) }
                (Select::new("wanted", l.t("portal-outcome-title"), choices.to_vec()))
                (form_actions(&[Action::submit(l.t("portal-send-back-send")).weight(Weight::Secondary)]))
            }
        }
    }
}
