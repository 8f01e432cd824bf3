//! What the shopper would like for an item, with what each choice gives, and how the parcel will
//! be handed in.

use crate::{
    draft::{Draft, Send},
    frame,
    frame::At,
    items,
    pass::Shopper,
    quote,
    visit::{Posted, Visit},
    why::{Place, outcome_icon},
    words::Words,
};
use app::{
    App,
    cases::{Call, OrderKey, Request},
    standing::Quoted,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use kernel::Money;
use maud::{Markup, html};
use policy::Outcome;
use redress_http::ui::{
    Action, Choice, ErrorSummary, FieldError, Icon, Note, Radios, Tone, Weight, csrf_field,
    form_actions, money,
};
use returns::{Decision, Path, Verdict};
use surface::{Failure, outcome_name};

/// The order outcomes are shown in: what keeps the goods in use before money, as far as the
/// policy offers it. Money is never hidden and never preselected away.
const ORDER: [Outcome; 5] = [
    Outcome::Exchange,
    Outcome::StoreCredit,
    Outcome::Replacement,
    Outcome::Repair,
    Outcome::Refund,
];

/// `GET /p/{client}/return/outcome`.
pub async fn outcome_page(shopper: Shopper, State(app): State<App>) -> Result<Response, Failure> {
    let place = match Place::read(&shopper, &app).await? {
        Ok(place) => place,
        Err(lost) => return Ok(lost),
    };
    let offers = offers(&shopper, &app, &place).await?;
    Ok(outcome_form(&shopper.visit, &place, &offers, &[]).into_response())
}

/// The address of the page with every choice on it.
const EVERY: &str = "every";

const fn is_money(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Refund | Outcome::StoreCredit)
}

/// Whether only other goods are shown at first. Never where the law gives a right to money, never
/// to somebody who chose money or asked for every choice, and only if there is an exchange.
fn goods_first(visit: &Visit, place: &Place, offers: &[Offer]) -> bool {
    let mut decisions = offers.iter().flat_map(|o| &o.decision.lines);
    place.policy.prefers_exchange()
        && offers.iter().any(|o| o.outcome == Outcome::Exchange)
        && offers.iter().any(|o| is_money(o.outcome))
        && !place.item.wanted.is_some_and(is_money)
        && visit.asked(EVERY).is_empty()
        && !decisions.any(|d| d.terms.statutory)
}

/// An outcome offered for the item.
pub struct Offer {
    /// What.
    pub outcome: Outcome,
    /// The decision on the item alone.
    pub decision: Decision,
    /// What all items answered so far would give together; none for a single one.
    pub whole: Option<Money>,
}

/// Each outcome offered for the item with the decision it would get.
pub async fn offers(shopper: &Shopper, app: &App, place: &Place) -> Result<Vec<Offer>, Failure> {
    let Some(reason) = place.item.reason else {
        return Ok(Vec::new());
    };
    let others: Vec<_> = place
        .draft
        .items
        .iter()
        .filter(|i| i.line != place.item.line)
        .filter_map(|i| Some(i.asked(i.reason?, i.wanted?)))
        .collect();
    let asked = |outcome: &Outcome| place.item.asked(reason, *outcome);
    let alone = ORDER.iter().map(|o| vec![asked(o)]);
    let together = ORDER
        .iter()
        .filter(|_| !others.is_empty())
        .map(|o| others.iter().cloned().chain([asked(o)]).collect());
    let choices: Vec<_> = alone.chain(together).collect();
    let call = Call::new(&shopper.scope, app.now());
    let order = OrderKey::Id(shopper.order);
    let mut decisions = app
        .quote_choices(&call, shopper.visit.client.id, &order, &choices)
        .await?;
    let together = decisions.split_off(ORDER.len());
    let pairs = ORDER.into_iter().zip(decisions).enumerate();
    let offers = pairs.map(|(at, (outcome, decision))| Offer {
        outcome,
        decision,
        whole: together.get(at).map(|d| with_bonus(&d.quote)),
    });
    let offered = |o: &Offer| {
        let line = o.decision.lines.first();
        line.is_some_and(|l| l.offered.contains(&o.outcome))
    };
    Ok(offers.filter(offered).collect())
}

/// What a quote gives in money and credit, promotional credit counted in.
fn with_bonus(quote: &returns::Quote) -> Money {
    Money::new(quote.total.minor + quote.bonus_minor, quote.total.currency)
}

fn outcome_form(visit: &Visit, place: &Place, offers: &[Offer], errors: &[FieldError]) -> Markup {
    let l = visit.l();
    let folded = errors.is_empty() && goods_first(visit, place, offers);
    let shown = offers.iter().filter(|o| !folded || !is_money(o.outcome));
    let choices = shown.map(|offer| {
        let (outcome, quote) = (offer.outcome, &offer.decision.quote);
        let mut note = l.t(&format!(
            "portal-outcome-{}",
            outcome.as_str().replace('_', "-")
        ));
        if let Some(whole) = offer.whole.filter(|whole| whole.minor > 0) {
            note.push(' ');
            note.push_str(&l.t_args("portal-outcome-whole", &[("amount", l.money(whole).into())]));
        }
        let choice = Choice::new(outcome.as_str(), outcome_name(l, outcome))
            .note(note)
            .icon(outcome_icon(outcome));
        match outcome {
            Outcome::Refund | Outcome::StoreCredit if quote.total.minor > 0 => {
                choice.figure(money(l, with_bonus(quote)))
            }
            _ => choice,
        }
    });
    let bonus = offers
        .iter()
        .find(|o| !folded && o.outcome == Outcome::StoreCredit && o.decision.quote.bonus_minor > 0);
    let error = FieldError::find(errors, "outcome").map(|key| l.say(key));
    let body = html! {
        (frame::steps(visit, At::Outcome, &place.draft.encode()))
        form.stack method="post" action=(place.url(visit, "outcome")) {
            (csrf_field(&visit.view.csrf))
            (ErrorSummary { l, errors })
            div { (place.heading(visit)) h1 { (l.t("portal-outcome-title")) } }
            @if offers.is_empty() {
                // Nothing is offered: the check page says why and what can be done about it.
                input type="hidden" name="outcome" value=(Outcome::Refund);
                (Note::new(Tone::Warn, l.t("portal-outcome-none")).body(html! { p { (l.t("portal-outcome-none-do")) } }))
            } @else {
                (Radios::new("outcome", l.t("portal-outcome-label"), choices.collect())
                    .value(place.item.wanted.map_or("", Outcome::as_str)).error(error).required())
                @if folded {
                    p { a href={ (place.url(visit, "outcome")) "&" (EVERY) "=1" } { (l.t("portal-outcome-every")) } }
                }
                @if let Some(Offer { decision: d, .. }) = bonus {
                    p.hint {
                        (l.t_args("portal-bonus", &[("amount",
                            l.money(Money::new(d.quote.bonus_minor, d.quote.total.currency)).into())]))
                    }
                }
            }
            (form_actions(&[
                Action::submit(l.t("portal-continue")).large(),
                Action::link(l.t("portal-back"), place.url(visit, "details")).weight(Weight::Ghost),
            ]))
        }
    };
    frame::page(visit, &l.t("portal-outcome-title"), body)
}

/// `POST /p/{client}/return/outcome`.
pub async fn outcome_submit(
    shopper: Shopper,
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let visit = &shopper.visit;
    let mut place = match Place::read(&shopper, &app).await? {
        Ok(place) => place,
        Err(lost) => return Ok(lost),
    };
    let offers = offers(&shopper, &app, &place).await?;
    let chosen = Outcome::parse(posted.get("outcome"));
    let fits = |o: &Outcome| offers.is_empty() || offers.iter().any(|offer| offer.outcome == *o);
    let Some(outcome) = chosen.filter(fits) else {
        let errors = [FieldError::new("outcome", "portal-outcome-missing")];
        return Ok(frame::again(outcome_form(visit, &place, &offers, &errors)));
    };
    let exchange = outcome == Outcome::Exchange;
    let mut words = Words::of(visit, place.item.line);
    if !exchange {
        words.variant.clear();
    }
    if let Some(item) = place.draft.items.get_mut(place.n) {
        item.wanted = Some(outcome);
        item.pick = item.pick.take().filter(|_| exchange);
    }
    let keep = words.keep(&app, visit, place.item.line);
    if exchange {
        return Ok(frame::go(&place.url(visit, "exchange"), [keep]));
    }
    Ok(frame::go(&visit.url(&after(&place.draft)), [keep]))
}

/// The page after the wishes for an item: the next one that has no answers yet, or the parcel.
pub fn after(draft: &Draft) -> String {
    let open = draft
        .items
        .iter()
        .position(|i| i.reason.is_none() || i.wanted.is_none());
    let d = draft.encode();
    match open {
        Some(n) => format!("/return/reason?d={d}&n={n}"),
        None => format!("/return/send?d={d}"),
    }
}

/// The answers so far with the decision they would get; answers that make no sense are answered
/// with the way back.
pub async fn decided(
    shopper: &Shopper,
    app: &App,
) -> Result<Result<(Draft, Request, Quoted), Response>, Failure> {
    let visit = &shopper.visit;
    let draft = Draft::decode(visit.asked("d"));
    let Some((draft, lines)) = draft.and_then(|d| d.requested().map(|lines| (d, lines))) else {
        return Ok(Err(items::lost(visit)));
    };
    let request = Request {
        order: OrderKey::Id(shopper.order),
        lines,
        path: Path::Ordinary,
    };
    let call = Call::new(&shopper.scope, app.now());
    let quoted = app.quote_return(&call, visit.client.id, &request).await?;
    Ok(Ok((draft, request, quoted)))
}

/// `GET /p/{client}/return/send`. Skipped when nothing has to come back.
pub async fn send_page(shopper: Shopper, State(app): State<App>) -> Result<Response, Failure> {
    let visit = &shopper.visit;
    let (draft, _, quoted) = match decided(&shopper, &app).await? {
        Ok(decided) => decided,
        Err(lost) => return Ok(lost),
    };
    let decision = quoted.decision;
    let stays = |v: Verdict| matches!(v, Verdict::AuthoriseReturnless | Verdict::Decline);
    if decision.lines.iter().all(|l| stays(l.verdict)) {
        return Ok(frame::go(
            &visit.url(&format!("/return/check?d={}", draft.encode())),
            [],
        ));
    }
    Ok(send_form(visit, &draft, &decision, &[]).into_response())
}

fn send_form(visit: &Visit, draft: &Draft, decision: &Decision, errors: &[FieldError]) -> Markup {
    let l = visit.l();
    let d = draft.encode();
    let last = draft.items.len().saturating_sub(1);
    let choices = vec![
        Choice::new("print", l.t("portal-send-print"))
            .note(l.t("portal-send-print-note"))
            .icon(Icon::Printer),
        Choice::new("show", l.t("portal-send-show"))
            .note(l.t("portal-send-show-note"))
            .icon(Icon::Qr),
    ];
    let error = FieldError::find(errors, "send").map(|key| l.say(key));
    let body = html! {
        (frame::steps(visit, At::Send, &d))
        form.stack method="post" action=(visit.url(&format!("/return/send?d={d}"))) {
            (csrf_field(&visit.view.csrf))
            (ErrorSummary { l, errors })
            div { h1 { (l.t("portal-send-title")) } p.lede { (quote::way_back(l, decision)) } }
            (Radios::new("send", l.t("portal-send-label"), choices)
                .value(draft.send.map_or("", Send::as_str)).error(error).required())
            (form_actions(&[
                Action::submit(l.t("portal-continue")).large(),
                Action::link(l.t("portal-back"), visit.url(&format!("/return/outcome?d={d}&n={last}")))
                    .weight(Weight::Ghost),
            ]))
        }
    };
    frame::page(visit, &l.t("portal-send-title"), body)
}

/// `POST /p/{client}/return/send`.
pub async fn send_submit(
    shopper: Shopper,
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let visit = &shopper.visit;
    let (mut draft, _, quoted) = match decided(&shopper, &app).await? {
        Ok(decided) => decided,
        Err(lost) => return Ok(lost),
    };
    let decision = quoted.decision;
    let Some(send) = Send::parse(posted.get("send")) else {
        let errors = [FieldError::new("send", "portal-send-missing")];
        return Ok(frame::again(send_form(visit, &draft, &decision, &errors)));
    };
    draft.send = Some(send);
    Ok(frame::go(
        &visit.url(&format!("/return/check?d={}", draft.encode())),
        [],
    ))
}
