//! Declaring without a proof: whoever names an order we cannot find, or does not want to prove it,
//! still withdraws. The declaration is kept and acknowledged; a person matches it. Also Argentina's
//! revocation, which must not take a second step.

use crate::{
    frame, label,
    limit::{Address, Limits},
    pass::{self, Keys},
    visit::{Posted, Visit},
};
use app::{
    App, AppError,
    declarations::{DeclarationKind, DeclarationRow, FIELD_MAX, NewDeclaration},
};
use axum::{Extension, extract::State, response::Response};
use kernel::DeclarationId;
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{
        Action, Definition, ErrorSummary, Field, FieldError, Icon, Kind, Note, Tone, Weight,
        actions, bdi, card, csrf_field, definitions, form_actions,
    },
};
use std::sync::Arc;
use surface::Failure;

/// The longest answer, as the form says it.
const MAX: u16 = 254;

/// What is wrong with the three answers.
pub fn faults(posted: &Posted) -> Vec<FieldError> {
    let missing = |name: &'static str, key: &'static str| {
        let value = posted.get(name);
        let wrong = value.is_empty() || value.chars().count() > FIELD_MAX;
        wrong.then(|| FieldError::new(name, key))
    };
    [
        missing("name", "portal-withdraw-name-missing"),
        missing("number", "portal-find-number-missing"),
        missing("email", "portal-withdraw-email-missing"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The second step for an order we do not know: what will be declared, in the words given.
pub fn confirm_page(app: &App, visit: &Visit, given: &Posted) -> Markup {
    let l = visit.l();
    let key = app.mint(app.now()).simple().to_string();
    let body = html! {
        form.stack method="post" action=(visit.url("/withdraw/declare")) {
            (csrf_field(&visit.view.csrf))
            input type="hidden" name="key" value=(key);
            @for name in ["name", "number", "email"] {
                input type="hidden" name=(name) value=(given.get(name));
            }
            div {
                h1 { (l.t("portal-withdraw-confirm-title")) }
                p.lede { (l.t_args("portal-withdraw-statement-all", &[
                    ("client", visit.client.name.as_str().into()), ("number", given.get("number").into()),
                ])) }
            }
            (definitions(&[
                Definition::new(l.t("receipt-consumer"), bdi(given.get("name"))),
                Definition::new(l.t("receipt-order"), bdi(given.get("number"))),
                Definition::new(l.t("portal-withdraw-ack-to"), bdi(given.get("email"))),
            ]))
            (Note::new(Tone::Neutral, l.t("portal-withdraw-unmatched")).body(html! {
                p { (l.t("portal-withdraw-unmatched-do")) }
            }))
            (form_actions(&[
                Action::submit(l.t("portal-withdraw-confirm")).large(),
                Action::link(l.t("portal-back"), visit.url("/withdraw")).weight(Weight::Ghost),
            ]))
        }
    };
    frame::page(visit, &l.t("portal-withdraw-confirm-title"), body)
}

fn declaration_of(visit: &Visit, posted: &Posted, kind: DeclarationKind) -> NewDeclaration {
    NewDeclaration {
        kind,
        name: posted.get("name").to_owned(),
        order_ref: posted.get("number").to_owned(),
        email: posted.get("email").to_owned(),
        goods: String::new(),
        lang: visit.l().lang(),
        form_key: posted.get("key").to_owned(),
    }
}

/// `POST /p/{client}/withdraw/declare`: the declaration of somebody we do not know.
pub async fn submit(
    visit: Visit,
    State(app): State<App>,
    Extension(keys): Extension<Arc<Keys>>,
    Extension(limits): Extension<Arc<Limits>>,
    from: Address,
    posted: Posted,
) -> Result<Response, Failure> {
    let tried = (posted.get("number"), posted.get("email"));
    limits.count(visit.client.id, tried, from, app.now())?;
    let new = declaration_of(&visit, &posted, DeclarationKind::Withdrawal);
    match app.declare(visit.client.id, &new, app.now()).await {
        Ok(row) => {
            let id = DeclarationId(row.declaration_id);
            Ok(done(&app, &visit, keys.key(&app).await?, id))
        }
        Err(AppError::Invalid(_)) => Ok(frame::go(&visit.url("/withdraw?again=1"), [])),
        Err(e) => Err(e.into()),
    }
}

/// On to the acknowledgement, which only this browser may see.
pub fn done(app: &App, visit: &Visit, key: &[u8; 32], id: DeclarationId) -> Response {
    let mark = pass::mark(app, visit, key, id);
    frame::go(&visit.url("/withdraw/done"), [mark])
}

/// The visit in the language the declaration was made in, like its acknowledgement.
fn as_declared(visit: Visit, row: &DeclarationRow) -> Visit {
    match row.lang.parse() {
        Ok(lang) => visit.speaking(lang, "receipt-title"),
        Err(_) => visit,
    }
}

async fn declared(app: &App, visit: &Visit, keys: &Keys) -> Result<DeclarationRow, Failure> {
    let id = pass::marked(app, visit, keys.key(app).await?).ok_or(Problem::not_found())?;
    Ok(app.declaration(visit.client.id, id).await?)
}

/// `GET /p/{client}/withdraw/done`
pub async fn done_page(
    visit: Visit,
    State(app): State<App>,
    Extension(keys): Extension<Arc<Keys>>,
) -> Result<Markup, Failure> {
    let row = declared(&app, &visit, &keys).await?;
    let visit = as_declared(visit, &row);
    let l = visit.l();
    let receipt = surface::declared(l, &visit.client, &row);
    let rows: Vec<_> = receipt
        .rows
        .iter()
        .map(|(name, value)| Definition::new(name, bdi(value)))
        .collect();
    let body = html! {
        div.stack {
            (Note::new(Tone::Good, l.t("portal-withdraw-done")).body(html! {
                p { (l.t("portal-withdraw-done-mail")) " " (bdi(&row.email)) }
            }))
            div { h1 { (l.t("receipt-title")) } p.lede { (receipt.statement) } }
            (card(&l.t("receipt-content"), &definitions(&rows)))
            @if row.state == "open" { p { (l.t("portal-withdraw-next-person")) } }
            (hash_card(&visit, &receipt))
            (actions(&[
                Action::link(l.t("portal-receipt-pdf"), visit.url("/withdraw/done.pdf"))
                    .icon(Icon::Download).weight(Weight::Primary),
            ]))
        }
    };
    Ok(frame::page(&visit, &l.t("receipt-title"), body))
}

/// The hash and how to check it: the record itself, as it was hashed.
pub fn hash_card(visit: &Visit, receipt: &surface::Receipt) -> Markup {
    let l = visit.l();
    card(
        &l.t("receipt-hash"),
        &html! {
            p { code { (receipt.sha256) } }
            p.hint { (l.t("receipt-hash-note")) }
            details { summary { (l.t("receipt-record")) } pre { (receipt.record) } }
        },
    )
}

/// `GET /p/{client}/withdraw/done.pdf`
pub async fn done_pdf(
    visit: Visit,
    State(app): State<App>,
    Extension(keys): Extension<Arc<Keys>>,
) -> Result<Response, Failure> {
    let row = declared(&app, &visit, &keys).await?;
    let visit = as_declared(visit, &row);
    let receipt = surface::declared(visit.l(), &visit.client, &row);
    let document = receipt.document(visit.l(), &visit.client.name);
    let bytes = paper::document_pdf(&document).map_err(AppError::fault)?;
    Ok(label::pdf_answer(&format!("{}.pdf", row.code), bytes))
}

/// `GET /p/{client}/revoke`: Argentina's button leads here; one page, one step.
pub async fn revoke_page(visit: Visit, State(app): State<App>) -> Markup {
    revoke_form(&app, &in_spanish(visit), &Posted::default(), &[])
}

/// Who revokes lives in Argentina: the form speaks Spanish unless they chose another language.
fn in_spanish(visit: Visit) -> Visit {
    match "es".parse() {
        Ok(es) => visit.speaking(es, "portal-revoke-lede"),
        Err(_) => visit,
    }
}

fn revoke_form(app: &App, visit: &Visit, given: &Posted, errors: &[FieldError]) -> Markup {
    let l = visit.l();
    let error = |name: &str| FieldError::find(errors, name).map(|key| l.say(key));
    let key = match given.get("key") {
        "" => app.mint(app.now()).simple().to_string(),
        known => known.to_owned(),
    };
    let body = html! {
        form.stack method="post" action=(visit.url("/revoke")) {
            (csrf_field(&visit.view.csrf))
            input type="hidden" name="key" value=(key);
            (ErrorSummary { l, errors })
            div {
                h1 lang="es" { (l.t("portal-revoke-button")) }
                p.lede { (l.t("portal-revoke-lede")) }
            }
            (Field::new("name", l.t("portal-withdraw-name")).value(given.get("name"))
                .error(error("name")).max(MAX).autocomplete("name").required())
            (Field::new("number", l.t("portal-find-number")).value(given.get("number"))
                .error(error("number")).max(MAX).required())
            (Field::new("email", l.t("portal-revoke-email")).kind(Kind::Email)
                .hint(l.t("portal-revoke-email-hint")).value(given.get("email"))
                .error(error("email")).max(MAX).required())
            (form_actions(&[Action::submit(l.t("portal-revoke-send")).large()]))
        }
    };
    frame::page(visit, &l.t("portal-revoke-button"), body)
}

/// `POST /p/{client}/revoke`: the code is given at once, the law allows a day.
pub async fn revoke(
    visit: Visit,
    State(app): State<App>,
    Extension(keys): Extension<Arc<Keys>>,
    Extension(limits): Extension<Arc<Limits>>,
    from: Address,
    posted: Posted,
) -> Result<Response, Failure> {
    let visit = in_spanish(visit);
    let errors = faults(&posted);
    if !errors.is_empty() {
        return Ok(frame::again(revoke_form(&app, &visit, &posted, &errors)));
    }
    let tried = (posted.get("number"), posted.get("email"));
    limits.count(visit.client.id, tried, from, app.now())?;
    let new = declaration_of(&visit, &posted, DeclarationKind::Revocation);
    match app.declare(visit.client.id, &new, app.now()).await {
        Ok(row) => {
            let id = DeclarationId(row.declaration_id);
            Ok(done(&app, &visit, keys.key(&app).await?, id))
        }
        Err(AppError::Invalid(wrong)) => {
            let wrong = wrong.into_iter();
            let errors: Vec<_> = wrong.map(|f| FieldError::new(f.field, f.help)).collect();
            Ok(frame::again(revoke_form(&app, &visit, &posted, &errors)))
        }
        Err(e) => Err(e.into()),
    }
}

/// Whether somebody in Argentina is among those the client sells to: then the button must be on
/// every page (Disposición 954/2025).
pub fn sells_to_argentina(visit: &Visit) -> bool {
    let markets = &visit.client.settings.markets;
    markets.iter().any(|country| country.as_str() == "AR")
}
