//! The page of one return: where it stands, what happens next and by when, what the customer
//! gets and why, their rights, and what they can do now. Also the page right after asking.

use crate::{
    Rma, act, find, frame, label,
    pass::{MaybeShopper, Shopper},
    quote, refund, rights, stages, swapped,
    visit::{Posted, Visit},
};
use app::{App, cases::OrderKey, views::CasePage};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use kernel::{CaseId, Money, Scope};
use maud::{Markup, html};
use redress_http::{
    L10n, Problem,
    ui::{
        Action, Definition, Icon, Note, Tone, Weight, actions, bdi, card, definitions, icon, money,
        pill,
    },
};
use returns::{Obligation, ObligationKind, ObligationState, Path};
use surface::{Failure, way};

/// The return with this number, if it is of the order the pass is for.
pub async fn case_of(shopper: &Shopper, app: &App, rma: &str) -> Result<CasePage, Failure> {
    let client = shopper.visit.client.id;
    let order = app
        .order_page(&shopper.scope, client, &OrderKey::Id(shopper.order))
        .await?;
    let head = order
        .cases
        .iter()
        .find(|c| c.rma == rma)
        .ok_or(Problem::not_found())?;
    Ok(app
        .case_page(&shopper.scope, client, CaseId(head.case_id))
        .await?)
}

/// `GET /p/{client}/r/{rma}`: the return, or the page that asks for the proof. A pass for another
/// order is no pass.
pub async fn page(
    MaybeShopper(visit, order): MaybeShopper,
    Rma(rma): Rma,
    State(app): State<App>,
) -> Result<Response, Failure> {
    let Some(order) = order else {
        return Ok(ask_for_proof(&visit, rma));
    };
    let scope = Scope::shopper(visit.client.id, order);
    let shopper = Shopper {
        visit,
        scope,
        order,
    };
    match case_of(&shopper, &app, &rma).await {
        Ok(case) => Ok(draw(&shopper.visit, &case, &act::Given::default()).into_response()),
        Err(failure) if failure.0.status == axum::http::StatusCode::NOT_FOUND => {
            Ok(ask_for_proof(&shopper.visit, rma))
        }
        Err(failure) => Err(failure),
    }
}

fn ask_for_proof(visit: &Visit, rma: String) -> Response {
    find::form(visit, &find::To::Return(rma), &Posted::default(), &[]).into_response()
}

/// The page; `given` holds what was typed into a form of it that could not be taken.
pub fn draw(visit: &Visit, page: &CasePage, given: &act::Given) -> Markup {
    let l = visit.l();
    let case = &page.case;
    let status = case.status();
    let body = html! {
        div.stack {
            div.page-head {
                div {
                    p.hint { (l.t("portal-rma")) }
                    h1 { (case.rma) }
                    p.lede { (l.t_args("portal-status-order", &[("number", (*page.order.number).into())])) }
                }
                (pill(stages::tone(status), &stages::name(l, status)))
            }
            (given.summary(l))
            (stages::steps(l, case))
            (Note::new(stages::tone(status), l.t("portal-next")).body(html! {
                p { (stages::next(l, status)) }
            }))
            (rights::clocks(visit, page))
            (act::questions(visit, page, given))
            (act::given_photos(visit, page))
            (swapped::cards(visit, page))
            (label_card(visit, page, false))
            (worth(visit, page))
            (refund::card_of(visit, page))
            (credit(visit, page))
            @if let Some(decision) = &case.decision {
                (quote::items(l, &page.order, decision))
                (quote::clocks(l, &case.clocks))
            }
            (rights::side_by_side(l, &page.order, &page.standing))
            @if case.path == Path::Withdrawal { (receipt_link(visit, page)) }
            (card(&l.t("portal-history"), &stages::history(l, case, &page.events, |at| visit.client.day(at))))
            (act::appeal_card(visit, page, given))
            (act::cancel_card(visit, page))
            p { a href=(visit.url("/return/items")) { (l.t("portal-to-order")) } }
        }
    };
    frame::page(visit, &case.rma, body)
}

fn receipt_link(visit: &Visit, page: &CasePage) -> Markup {
    let l = visit.l();
    card(
        &l.t("receipt-title"),
        &html! {
            div.stack {
                p { (l.t("portal-receipt-kept")) }
                (actions(&[Action::link(
                    l.t("portal-receipt-open"),
                    visit.url(&format!("/r/{}/receipt", page.case.rma)),
                ).icon(Icon::Receipt)]))
            }
        },
    )
}

/// The label: to print, or to show on the phone; a word when it is not there yet.
fn label_card(visit: &Visit, page: &CasePage, phone_first: bool) -> Markup {
    let l = visit.l();
    let case = &page.case;
    let expected: u32 = case
        .lines
        .iter()
        .map(|line| line.quantities.expected())
        .sum();
    if expected == 0 || case.cancelled || case.closed || case.expired {
        return html! {};
    }
    let Some(parcel) = case.parcels.last() else {
        return html! {
            (Note::new(Tone::Neutral, l.t("portal-label-soon")).body(html! { p { (l.t("portal-label-soon-do")) } }))
        };
    };
    if parcel.shipped_on.is_some() {
        return html! {};
    }
    let href = visit.url(&format!("/r/{}/label.pdf", case.rma));
    let print = html! {
        (Action::link(l.t("portal-label-print"), href).icon(Icon::Printer)
            .weight(if phone_first { Weight::Secondary } else { Weight::Primary }))
    };
    card(
        &l.t("portal-label-title"),
        &html! {
            div.stack {
                @if let Some(day) = case.clocks.authorise_expires {
                    p { (l.t("portal-clock-send")) ": " strong { (rights::long_date(l, day)) } }
                }
                @if phone_first { (label::qr_figure(visit, page)) } @else { (print) }
                @if phone_first { (print) } @else {
                    details { summary { (l.t("portal-label-no-printer")) } (label::qr_figure(visit, page)) }
                }
            }
        },
    )
}

/// What was granted, and how far each payment is.
fn worth(visit: &Visit, page: &CasePage) -> Markup {
    let l = visit.l();
    let case = &page.case;
    let figures = |q: &returns::CaseQuote| {
        html! {
            (quote::figures(l, &page.order, &q.now, &q.revisions))
            p { a href=(visit.url(&format!("/r/{}/quote", case.rma))) { (l.t("quote-print")) } }
        }
    };
    if case.obligations.is_empty() {
        return html! {
            @if let Some(q) = &page.quote {
                @let open = !case.cancelled && !case.expired;
                @if open && (q.now.total.minor > 0 || !q.revisions.is_empty()) { (figures(q)) }
            }
        };
    }
    html! {
        (payments(visit, page))
        @if let Some(q) = &page.quote {
            @if q.revisions.is_empty() {
                details { summary { (l.t("portal-worth-how")) } (figures(q)) }
            } @else { (figures(q)) }
        }
    }
}

/// What the customer gets, payment by payment; nothing before anything was granted.
fn payments(visit: &Visit, page: &CasePage) -> Markup {
    let case = &page.case;
    // New goods and what the customer pays for them stand with their exchange.
    let live = |o: &&Obligation| {
        o.state != ObligationState::Canceled && case.exchange_with(o.id).is_none()
    };
    if !case.obligations.iter().any(|o| live(&o)) {
        return html! {};
    }
    let rows = html! {
        div.stack { @for o in case.obligations.iter().filter(live) { (owed(visit, page, o)) } }
    };
    card(&visit.l().t("portal-worth-title"), &rows)
}

/// One payment: how much, how far it is, and when each of its steps was.
fn owed(visit: &Visit, page: &CasePage, o: &Obligation) -> Markup {
    let (l, case) = (visit.l(), &page.case);
    let mut stages = way::stages(case, &page.events, o);
    if o.state != ObligationState::Returned {
        // What failed is for the house to put right: for the customer it is still to come.
        way::without_failures(&mut stages);
    }
    html! {
        div.owed {
            div.cluster {
                span.strong { (kind_name(l, o.kind)) }
                @if o.kind.is_money() || o.kind == ObligationKind::Bonus {
                    span.push.strong { (money(l, Money::new(o.minor, case.currency))) }
                }
            }
            p.choice-note { (l.t(payment_key(o))) }
            @if o.kind.is_money() { (way::row(l, &stages, visit.client.zone(), None)) }
        }
    }
}

/// The store credit the customer has now, and until when.
fn credit(visit: &Visit, page: &CasePage) -> Markup {
    let l = visit.l();
    let today = visit.client.day(visit.now);
    let rows: Vec<_> = page
        .credit
        .iter()
        .map(|account| {
            let amount = |minor| Money::new(minor, account.currency);
            let promotional = account.promotional(today);
            let value = html! {
                strong { (money(l, amount(account.balance(today)))) }
                @if promotional > 0 {
                    span.choice-note { (l.t_args("portal-credit-promotional", &[("amount", l.money(amount(promotional)).into())])) }
                }
                @if let Some(end) = account.next_end(today) {
                    span.choice-note { (l.t_args("portal-credit-ends", &[("day", l.date_long(end).into())])) }
                }
            };
            Definition::new(l.t("portal-credit-now"), value)
        })
        .collect();
    html! { @if !rows.is_empty() { (card(&l.t("portal-credit-title"), &definitions(&rows))) } }
}

fn kind_name(l: L10n, kind: ObligationKind) -> String {
    l.t(match kind {
        ObligationKind::Refund => "term-refund",
        ObligationKind::StoreCredit => "term-store-credit",
        ObligationKind::Bonus => "portal-kind-bonus",
        ObligationKind::Exchange => "term-exchange",
        ObligationKind::Replacement => "term-replacement",
        ObligationKind::Repair => "term-repair",
        ObligationKind::Collect => "portal-kind-collect",
        ObligationKind::Hold => "portal-kind-hold",
    })
}

const fn payment_key(o: &Obligation) -> &'static str {
    match o.state {
        ObligationState::Settled => "portal-payment-settled",
        ObligationState::Sent | ObligationState::Pending => "portal-payment-sent",
        ObligationState::Returned => "portal-payment-returned",
        // A failure or an unknown end is for the house to put right, not for the customer.
        _ => "portal-payment-requested",
    }
}

/// `GET /p/{client}/r/{rma}/quote`: what the customer gets and why, alone, to print.
pub async fn sheet(
    shopper: Shopper,
    Rma(rma): Rma,
    State(app): State<App>,
) -> Result<Markup, Failure> {
    let visit = &shopper.visit;
    let l = visit.l();
    let page = case_of(&shopper, &app, &rma).await?;
    let of = [
        ("rma", rma.as_str().into()),
        ("number", (&*page.order.number).into()),
    ];
    let today = l.date_long(visit.client.day(visit.now));
    let body = html! {
        div.stack {
            div {
                h1 { (l.t_args("quote-sheet-of", &of)) }
                p.hint { (l.t_args("quote-sheet-as-of", &[("date", today.into())])) }
            }
            @if let Some(q) = &page.quote { (quote::figures(l, &page.order, &q.now, &q.revisions)) }
            (payments(visit, &page))
            div.actions {
                button.btn type="button" data-print { (icon(Icon::Printer)) span { (l.t("quote-print-now")) } }
            }
            p { a href=(visit.url(&format!("/r/{rma}"))) { (l.t("portal-done-follow")) } }
        }
    };
    Ok(frame::page(visit, &l.t("portal-quote-title"), body))
}

/// `GET /p/{client}/r/{rma}/done`: right after asking.
pub async fn done(
    shopper: Shopper,
    Rma(rma): Rma,
    State(app): State<App>,
) -> Result<Markup, Failure> {
    let visit = &shopper.visit;
    let l = visit.l();
    let page = case_of(&shopper, &app, &rma).await?;
    let status = page.case.status();
    let phone_first = visit.asked("send") == "show";
    let email = &page.contact.email;
    let body = html! {
        div.stack {
            (Note::new(Tone::Good, l.t("portal-done-title")).body(html! {
                p { (l.t("portal-rma")) ": " strong { (rma) } }
                @if !email.is_empty() { p { (l.t("portal-done-mail")) " " (bdi(email)) } }
            }))
            div { h1 { (stages::name(l, status)) } p.lede { (stages::next(l, status)) } }
            (swapped::cards(visit, &page))
            (label_card(visit, &page, phone_first))
            (act::questions(visit, &page, &act::Given::default()))
            @if let Some(decision) = &page.case.decision { (quote::clocks(l, &quote::earliest(decision))) }
            (actions(&[Action::link(l.t("portal-done-follow"), visit.url(&format!("/r/{rma}")))
                .icon(Icon::BoxSearch)]))
        }
    };
    Ok(frame::page(visit, &l.t("portal-done-title"), body))
}
