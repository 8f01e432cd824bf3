//! The page behind a pay link: what is asked, why, figure by figure, and until when. Nothing is
//! taken here: the card page is the provider's. Whoever has the link may look and pay.

use crate::{frame, rights, swapped, visit::Visit};
use app::{
    App, AppError,
    checkout::{PayPage, ToPay},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::Money;
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{
        Action, Definition, Icon, Note, Tone, Weight, actions, bdi, card, csrf_field, definitions,
        form_actions,
    },
};
use returns::{ObligationKind, ObligationState};
use surface::Failure;

/// The token of a link in a path.
type Token = Path<(String, String)>;

/// `GET /p/{client}/pay/{token}`.
pub async fn page(
    visit: Visit,
    Path((_, token)): Token,
    State(app): State<App>,
) -> Result<Markup, Failure> {
    let page = app.pay_page(visit.client.id, &token).await?;
    Ok(draw(&visit, &page, &token, None))
}

fn draw(visit: &Visit, page: &PayPage, token: &str, problem: Option<&Problem>) -> Markup {
    let l = visit.l();
    let (o, e) = (&page.obligation, &page.exchange);
    let hold = o.kind == ObligationKind::Hold;
    let amount = l.money(Money::new(o.minor, page.case.currency));
    let args = [
        ("amount", amount.into()),
        ("rma", (*page.case.rma).into()),
        ("client", visit.client.name.as_str().into()),
    ];
    let title = l.t_args(
        if hold {
            "portal-pay-hold-title"
        } else {
            "portal-pay-title"
        },
        &args,
    );
    let body = html! {
        div.stack {
            div {
                p.hint { (l.t("portal-rma")) " " (page.case.rma) }
                h1 { (title) }
                p.lede { (l.t_args(if hold { "portal-pay-hold-lede" } else { "portal-pay-lede" }, &args)) }
            }
            @if let Some(problem) = problem {
                (Note::new(Tone::Bad, problem.title(l)).body(html! { p { (problem.what_to_do(l)) } }))
            }
            (state(visit, page))
            (card(&l.t("portal-pay-why"), &html! {
                div.stack {
                    ul.plain-list {
                        @for c in &e.lines {
                            li { (l.t("portal-pay-back")) ": " @if c.units > 1 { (c.units) " × " }
                                (bdi(page.order.line(c.line).map_or("", |s| &s.title))) }
                        }
                        @for i in &e.items {
                            li { (l.t("portal-pay-new")) ": "
                                @if i.economics.quantity > 1 { (i.economics.quantity) " × " } (bdi(&i.title)) }
                        }
                    }
                    (swapped::agreed_sums(l, page.case.currency, e))
                    @if let Some((_, terms)) = e.advance.as_ref().filter(|_| hold) {
                        p { strong { (l.t("portal-advance-agreed")) } }
                        p { (bdi(&terms.consent)) }
                    }
                }
            }))
            @if asks(page) && page.online {
                form method="post" action=(visit.url(&format!("/pay/{token}"))) {
                    (csrf_field(&visit.view.csrf))
                    p.hint { (l.t("portal-pay-next")) }
                    (form_actions(&[Action::submit(l.t(if hold { "portal-pay-hold-go" } else { "portal-pay-go" }))
                        .large().icon(Icon::CreditCard)]))
                }
            }
            @if asks(page) && !page.online { (transfer(visit, page)) }
        }
    };
    frame::page(visit, &title, body)
}

/// Whether something can still be paid here.
fn asks(page: &PayPage) -> bool {
    page.obligation.state.is_open() && !page.over
}

/// Where the payment stands, and until when it can be made.
fn state(visit: &Visit, page: &PayPage) -> Markup {
    let l = visit.l();
    let until = rights::long_date(l, page.until);
    let note = match page.obligation.state {
        ObligationState::Settled => Note::new(Tone::Good, l.t("portal-pay-done"))
            .body(html! { p { (l.t("portal-pay-done-next")) } }),
        ObligationState::Canceled => Note::new(Tone::Neutral, l.t("portal-pay-gone"))
            .body(html! { p { (l.t("portal-pay-gone-next")) } }),
        _ if page.over => Note::new(Tone::Warn, l.t("portal-pay-over"))
            .body(html! { p { (l.t("portal-pay-gone-next")) } }),
        ObligationState::Failed => Note::new(Tone::Warn, l.t("portal-pay-failed"))
            .body(html! { p { (l.t("portal-pay-until")) " " strong { (until) } } }),
        _ => Note::new(Tone::Accent, l.t("portal-pay-open")).body(html! {
            p { (l.t("portal-pay-until")) " " strong { (until) } ". " (l.t("portal-pay-until-else")) }
        }),
    };
    maud::Render::render(&note)
}

/// Where to transfer to, for a client nobody can pay online.
fn transfer(visit: &Visit, page: &PayPage) -> Markup {
    let l = visit.l();
    let Some(account) = &visit.client.settings.payer else {
        return maud::Render::render(&Note::new(Tone::Neutral, l.t("portal-pay-ask")));
    };
    let amount = l.money(Money::new(page.obligation.minor, page.case.currency));
    card(
        &l.t("portal-pay-transfer"),
        &definitions(&[
            Definition::new(l.t("portal-pay-to"), html! { (bdi(&account.name)) }),
            Definition::new("IBAN", html! { code { (account.iban) } }),
            Definition::new(l.t("portal-pay-amount"), html! { (amount) }).strong(),
            Definition::new(
                l.t("portal-pay-reference"),
                html! { code { (page.case.rma) } },
            ),
        ]),
    )
}

/// `POST /p/{client}/pay/{token}`: on to the provider's page. A page of ours may lead there, a form
/// may not: so a provider elsewhere is a link on a page of its own.
pub async fn start(
    visit: Visit,
    Path((_, token)): Token,
    State(app): State<App>,
) -> Result<Response, Failure> {
    let to = match Box::pin(app.start_payment(visit.client.id, &token)).await {
        Ok(ToPay::Provider(url)) => url,
        Ok(ToPay::Nothing) => visit.url(&format!("/pay/{token}")),
        Err(error @ (AppError::Busy | AppError::Invalid(_) | AppError::Refused(_))) => {
            let page = app.pay_page(visit.client.id, &token).await?;
            let problem = Failure::from(error).0;
            let status = problem.status;
            return Ok((status, draw(&visit, &page, &token, Some(&problem))).into_response());
        }
        Err(other) => return Err(other.into()),
    };
    if to.starts_with(&visit.base_url) || to.starts_with('/') {
        return Ok(frame::go(&to, []));
    }
    let l = visit.l();
    let body = html! {
        div.stack {
            div { h1 { (l.t("portal-pay-away-title")) } p.lede { (l.t("portal-pay-away")) } }
            (actions(&[
                Action::link(l.t("portal-pay-away-go"), to).weight(Weight::Primary).large().icon(Icon::ExternalLink),
                Action::link(l.t("portal-back"), visit.url(&format!("/pay/{token}"))).weight(Weight::Ghost),
            ]))
        }
    };
    Ok(frame::page(&visit, &l.t("portal-pay-away-title"), body).into_response())
}

/// `GET /p/{client}/pay/{token}/till`: the played card page of demo clients.
pub async fn till_page(
    visit: Visit,
    Path((_, token)): Token,
    State(app): State<App>,
) -> Result<Markup, Failure> {
    if !visit.client.settings.sandbox {
        return Err(Problem::not_found().into());
    }
    let page = app.pay_page(visit.client.id, &token).await?;
    let l = visit.l();
    let amount = l.money(Money::new(page.obligation.minor, page.case.currency));
    let open = page.obligation.state.is_in_flight();
    let action = visit.url(&format!("/pay/{token}/till"));
    let button = |answer: &'static str, key: &str, weight| {
        html! {
            form method="post" action=(action) {
                (csrf_field(&visit.view.csrf))
                input type="hidden" name="answer" value=(answer);
                (form_actions(&[Action::submit(l.t(key)).weight(weight)]))
            }
        }
    };
    let body = html! {
        div.stack {
            (Note::new(Tone::Warn, l.t("portal-till-note")))
            div { h1 { (l.t("portal-till-title")) } p.lede { (amount) } }
            @if open {
                (button("paid", "portal-till-pay", Weight::Primary))
                (button("declined", "portal-till-decline", Weight::Secondary))
            }
            p { a href=(visit.url(&format!("/pay/{token}"))) { (l.t("portal-till-leave")) } }
        }
    };
    Ok(frame::page(&visit, &l.t("portal-till-title"), body))
}

/// `POST /p/{client}/pay/{token}/till`.
pub async fn till(
    visit: Visit,
    Path((_, token)): Token,
    State(app): State<App>,
    posted: crate::visit::Posted,
) -> Result<Response, Failure> {
    let paid = match posted.get("answer") {
        "paid" => true,
        "declined" => false,
        _ => return Ok(StatusCode::UNPROCESSABLE_ENTITY.into_response()),
    };
    Box::pin(app.till_says(visit.client.id, &token, paid)).await?;
    Ok(frame::go(&visit.url(&format!("/pay/{token}")), []))
}
