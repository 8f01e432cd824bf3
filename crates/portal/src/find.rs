//! Proving to know an order: its number and an e-mail address or postcode of it. A wrong number
//! and a wrong proof get the same answer in the same time; tries are limited.

use crate::{
    Rma, frame,
    frame::At,
    limit::{Address, Limits},
    pass::{self, Keys, MaybeShopper},
    visit::{Posted, Visit},
};
use app::{App, views::Proof};
use axum::{
    Extension,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use redress_http::ui::{
    Action, ErrorSummary, Field, FieldError, Note, Tone, csrf_field, form_actions,
};
use std::sync::Arc;
use surface::Failure;

/// The longest number, address or postcode taken, characters.
const PROOF_MAX: u16 = 254;

/// `GET /p/{client}/find`.
pub async fn page(visit: Visit) -> Markup {
    let to = if visit.asked("for") == "follow" {
        To::Follow
    } else {
        To::Items
    };
    form(&visit, &to, &Posted::default(), &[])
}

/// Where a proof leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// To the items of a new return.
    Items,
    /// To the returns there are.
    Follow,
    /// To this return.
    Return(String),
}

/// The page that asks.
pub fn form(visit: &Visit, to: &To, given: &Posted, errors: &[FieldError]) -> Markup {
    let l = visit.l();
    let (title, lede, action) = match to {
        To::Items => ("portal-find-title", "portal-find-lede", visit.url("/find")),
        To::Follow => (
            "portal-follow-title",
            "portal-find-lede",
            visit.url("/find?for=follow"),
        ),
        To::Return(rma) => (
            "portal-open-title",
            "portal-open-lede",
            visit.url(&format!("/r/{rma}")),
        ),
    };
    let error = |name: &str| FieldError::find(errors, name).map(|key| l.say(key));
    let body = html! {
        @if *to == To::Items { (frame::steps(visit, At::Order, "")) }
        form.stack method="post" action=(action) {
            (csrf_field(&visit.view.csrf))
            (ErrorSummary { l, errors })
            @if visit.asked("late") == "1" {
                (Note::new(Tone::Warn, l.t("portal-find-late")))
            }
            div { h1 { (l.t(title)) } p.lede { (l.t(lede)) } }
            @if let To::Return(rma) = to {
                p { (l.t("portal-rma")) ": " strong { (rma) } }
            }
            (Field::new("number", l.t("portal-find-number")).hint(l.t("portal-find-number-hint"))
                .value(given.get("number")).error(error("number")).max(PROOF_MAX).required())
            (Field::new("proof", l.t("portal-find-proof")).hint(l.t("portal-find-proof-hint"))
                .value(given.get("proof")).error(error("proof")).max(PROOF_MAX)
                .autocomplete("email").required())
            (form_actions(&[Action::submit(l.t("portal-continue")).large()]))
        }
    };
    frame::page(visit, &l.t(title), body)
}

/// `POST /p/{client}/find`.
pub async fn submit(
    visit: Visit,
    State(app): State<App>,
    Extension(keys): Extension<Arc<Keys>>,
    Extension(limits): Extension<Arc<Limits>>,
    from: Address,
    posted: Posted,
) -> Result<Response, Failure> {
    let to = if visit.asked("for") == "follow" {
        To::Follow
    } else {
        To::Items
    };
    prove(&app, &visit, (&keys, &limits, from), to, &posted).await
}

/// `POST /p/{client}/r/{rma}`: the proof on the page of a return.
pub async fn submit_for_return(
    visit: Visit,
    Rma(rma): Rma,
    State(app): State<App>,
    Extension(keys): Extension<Arc<Keys>>,
    Extension(limits): Extension<Arc<Limits>>,
    from: Address,
    posted: Posted,
) -> Result<Response, Failure> {
    prove(
        &app,
        &visit,
        (&keys, &limits, from),
        To::Return(rma),
        &posted,
    )
    .await
}

async fn prove(
    app: &App,
    visit: &Visit,
    (keys, limits, from): (&Keys, &Limits, Address),
    to: To,
    posted: &Posted,
) -> Result<Response, Failure> {
    let proof = Proof {
        number: posted.get("number").to_owned(),
        email_or_postcode: posted.get("proof").to_owned(),
    };
    let mut errors = Vec::new();
    for (field, value, key) in [
        ("number", &proof.number, "portal-find-number-missing"),
        (
            "proof",
            &proof.email_or_postcode,
            "portal-find-proof-missing",
        ),
    ] {
        if value.is_empty() || value.len() > usize::from(PROOF_MAX) {
            errors.push(FieldError::new(field, key));
        }
    }
    if !errors.is_empty() {
        return Ok(frame::again(form(visit, &to, posted, &errors)));
    }
    let tried = (proof.number.as_str(), proof.email_or_postcode.as_str());
    limits.count(visit.client.id, tried, from, app.now())?;
    let Some(order) = app.prove_order(visit.client.id, &proof).await? else {
        let errors = [FieldError::new("number", "portal-find-wrong")];
        return Ok((
            StatusCode::UNPROCESSABLE_ENTITY,
            form(visit, &to, posted, &errors),
        )
            .into_response());
    };
    let pass = pass::give(app, visit, keys.key(app).await?, order);
    let next = match to {
        To::Items | To::Follow => visit.url("/return/items"),
        To::Return(rma) => visit.url(&format!("/r/{rma}")),
    };
    Ok(frame::go(&next, [pass]))
}

/// `POST /p/{client}/leave`: forgets the pass, on a shared phone.
pub async fn leave(MaybeShopper(visit, _): MaybeShopper, State(app): State<App>) -> Response {
    frame::go(&visit.url(""), [pass::take(&app, &visit)])
}
