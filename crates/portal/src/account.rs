//! The pages behind the one-time links about a bank account: to name one for a refund that cannot
//! go back to what paid, and to say that a change was not one's own. Looking changes nothing; to
//! name an account, whoever holds the link proves once more to know the order.

use crate::{
    frame,
    limit::{Address, Limits},
    visit::{Posted, Visit},
};
use app::{
    App, AppError,
    payouts::{AccountGiven, HOLDER_MAX, LinkOver, LinkPage, LinkPurpose},
};
use axum::{
    Extension,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{
        Action, Definition, ErrorSummary, Field, FieldError, Icon, Note, TextArea, Tone, Weight,
        csrf_field, definitions, form_actions,
    },
};
use std::sync::Arc;
use surface::Failure;

/// The longest field taken, characters.
const FIELD_MAX: u16 = 254;

/// The token of a link in a path.
type Token = Path<(String, String)>;

/// `GET /p/{client}/account/{token}`
pub async fn page(
    visit: Visit,
    Path((_, token)): Token,
    State(app): State<App>,
) -> Result<Response, Failure> {
    let page = app
        .link_page(visit.client.id, &token, LinkPurpose::Account)
        .await?;
    Ok(match page.over {
        Some(over) => (StatusCode::GONE, gone(&visit, over)).into_response(),
        None => form(&visit, &page, &token, &Posted::default(), &[]).into_response(),
    })
}

/// Why a link cannot be used, and what to do then.
fn gone(visit: &Visit, over: LinkOver) -> Markup {
    let l = visit.l();
    let key = match over {
        LinkOver::Used => "portal-account-used",
        LinkOver::Late => "portal-account-late",
        LinkOver::Nothing => "portal-account-nothing",
    };
    let body = html! {
        div.stack {
            h1 { (l.t("portal-account-gone")) }
            p.lede { (l.t(key)) }
            p { (l.t_args("portal-account-help", &[("mail", visit.client.settings.brand.support_email.as_str().into())])) }
        }
    };
    frame::page(visit, &l.t("portal-account-gone"), body)
}

fn form(
    visit: &Visit,
    page: &LinkPage,
    token: &str,
    given: &Posted,
    errors: &[FieldError],
) -> Markup {
    let l = visit.l();
    let error = |name: &str| FieldError::find(errors, name).map(|key| l.say(key));
    let differs = errors
        .iter()
        .any(|e| e.field == "reason" || e.message == "help-holder-differs");
    let asks_reason = differs || !given.get("reason").is_empty();
    let amount = l.money(page.amount);
    let holder_max = u16::try_from(HOLDER_MAX).unwrap_or(FIELD_MAX);
    let body = html! {
        form.stack method="post" action=(visit.url(&format!("/account/{token}"))) {
            (csrf_field(&visit.view.csrf))
            (ErrorSummary { l, errors })
            div {
                p.hint { (l.t("portal-rma")) " " (page.case.rma) }
                h1 { (l.t("portal-account-title")) }
                p.lede { (l.t_args("portal-account-lede", &[("amount", amount.into())])) }
            }
            (Field::new("holder", l.t("portal-account-holder")).hint(l.t("portal-account-holder-hint"))
                .value(given.get("holder")).error(error("holder")).max(holder_max)
                .autocomplete("name").required())
            (Field::new("iban", l.t("portal-account-iban")).hint(l.t("portal-account-iban-hint"))
                .value(given.get("iban")).error(error("iban")).max(FIELD_MAX)
                .autocomplete("off").required())
            @if asks_reason {
                (TextArea::new("reason", l.t("portal-account-reason")).rows(2).max(500)
                    .hint(l.t("portal-account-reason-hint"))
                    .value(given.get("reason")).error(error("reason")))
            }
            (Field::new("proof", l.t("portal-find-proof")).hint(l.t("portal-account-proof-hint"))
                .value(given.get("proof")).error(error("proof")).max(FIELD_MAX)
                .autocomplete("email").required())
            p.hint { (l.t("portal-account-next")) }
            (form_actions(&[Action::submit(l.t("portal-account-send")).large().icon(Icon::Check)]))
        }
    };
    frame::page(visit, &l.t("portal-account-title"), body)
}

/// `POST /p/{client}/account/{token}`
pub async fn send(
    visit: Visit,
    Path((_, token)): Token,
    State(app): State<App>,
    Extension(limits): Extension<Arc<Limits>>,
    from: Address,
    posted: Posted,
) -> Result<Response, Failure> {
    let page = app
        .link_page(visit.client.id, &token, LinkPurpose::Account)
        .await?;
    if let Some(over) = page.over {
        return Ok((StatusCode::GONE, gone(&visit, over)).into_response());
    }
    let mut errors = Vec::new();
    for (field, missing) in [
        ("holder", "help-holder"),
        ("iban", "help-iban"),
        ("proof", "portal-find-proof-missing"),
    ] {
        let text = posted.get(field);
        if text.is_empty() || text.chars().count() > usize::from(FIELD_MAX) {
            errors.push(FieldError::new(field, missing));
        }
    }
    if !errors.is_empty() {
        return Ok(frame::again(form(&visit, &page, &token, &posted, &errors)));
    }
    let tried = (&*page.order.number, posted.get("proof"));
    limits.count(visit.client.id, tried, from, app.now())?;
    let given = AccountGiven {
        holder: posted.get("holder").to_owned(),
        iban: posted.get("iban").to_owned(),
        reason: posted.get("reason").to_owned(),
    };
    let taken = Box::pin(app.give_account(visit.client.id, &token, posted.get("proof"), &given));
    match taken.await {
        Ok(_) => Ok(done(&visit, "portal-account-done").into_response()),
        Err(AppError::Invalid(fields)) => {
            let errors: Vec<FieldError> = fields
                .into_iter()
                .map(|f| FieldError::new(f.field, f.help))
                .collect();
            Ok(frame::again(form(&visit, &page, &token, &posted, &errors)))
        }
        Err(AppError::Missing) => {
            Ok((StatusCode::GONE, gone(&visit, LinkOver::Used)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn done(visit: &Visit, key: &str) -> Markup {
    let l = visit.l();
    let title = l.t(&format!("{key}-title"));
    let body = html! {
        div.stack {
            (Note::new(Tone::Good, &title).body(html! { p { (l.t(key)) } }))
            p { a href=(visit.url("")) { (l.t("portal-account-home")) } }
        }
    };
    frame::page(visit, &title, body)
}

/// `GET /p/{client}/object/{token}`
pub async fn object_page(
    visit: Visit,
    Path((_, token)): Token,
    State(app): State<App>,
) -> Result<Response, Failure> {
    let page = app
        .link_page(visit.client.id, &token, LinkPurpose::Object)
        .await?;
    Ok(match page.over {
        Some(over) => (StatusCode::GONE, gone(&visit, over)).into_response(),
        None => objection(&visit, &page, &token, None).into_response(),
    })
}

fn objection(visit: &Visit, page: &LinkPage, token: &str, problem: Option<&Problem>) -> Markup {
    let l = visit.l();
    let amount = l.money(page.amount);
    let body = html! {
        div.stack {
            div {
                p.hint { (l.t("portal-rma")) " " (page.case.rma) }
                h1 { (l.t("portal-object-title")) }
                p.lede { (l.t("portal-object-lede")) }
            }
            @if let Some(problem) = problem {
                (Note::new(Tone::Bad, problem.title(l)).body(html! { p { (problem.what_to_do(l)) } }))
            }
            (definitions(&[Definition::new(l.t("portal-object-amount"), html! { (amount) }).strong()]))
            form method="post" action=(visit.url(&format!("/object/{token}"))) {
                (csrf_field(&visit.view.csrf))
                (form_actions(&[Action::submit(l.t("portal-object-send")).large()
                    .weight(Weight::Danger).icon(Icon::ShieldAlert)]))
            }
            p.hint { (l.t("portal-object-else")) }
        }
    };
    frame::page(visit, &l.t("portal-object-title"), body)
}

/// `POST /p/{client}/object/{token}`
pub async fn object(
    visit: Visit,
    Path((_, token)): Token,
    State(app): State<App>,
) -> Result<Response, Failure> {
    let client = visit.client.id;
    let page = app.link_page(client, &token, LinkPurpose::Object).await?;
    if let Some(over) = page.over {
        return Ok((StatusCode::GONE, gone(&visit, over)).into_response());
    }
    match Box::pin(app.object_to_account(client, &token)).await {
        Ok(_) => Ok(done(&visit, "portal-object-done").into_response()),
        Err(AppError::Missing) => {
            Ok((StatusCode::GONE, gone(&visit, LinkOver::Used)).into_response())
        }
        Err(error @ (AppError::Refused(_) | AppError::Busy)) => {
            let problem = Failure::from(error).0;
            let status = problem.status;
            Ok((status, objection(&visit, &page, &token, Some(&problem))).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
