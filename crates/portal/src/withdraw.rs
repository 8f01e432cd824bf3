//! The statutory withdrawal from a distance contract (Directive (EU) 2023/2673, Art. 11a): two
//! clearly labelled steps, no reason, no account, open whether or not the ordinary window is.
//! The declaration is acknowledged at once with its content, date and time.

use crate::{
    Rma, declare, frame, items, label,
    limit::{Address, Limits},
    pass::{self, Keys, Shopper},
    status,
    visit::{Posted, Visit},
};
use app::{
    App, AppError,
    cases::{Call, OrderKey},
    declarations::{DeclarationKind, NewDeclaration},
    views::{CasePage, OrderPage, Proof},
};
use axum::{
    Extension,
    extract::State,
    response::{IntoResponse, Response},
};
use kernel::DeclarationId;
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{
        Action, Definition, ErrorSummary, Field, FieldError, Icon, Kind, Note, Tone, Weight,
        actions, bdi, card, checkbox, csrf_field, definitions, form_actions,
    },
};
use returns::Path;
use std::sync::Arc;
use surface::{Failure, Receipt};

/// The longest answer taken, characters.
const FIELD_MAX: u16 = 254;

/// `GET /p/{client}/withdraw`: identify the contract.
pub async fn page(visit: Visit) -> Markup {
    form(&visit, &Posted::default(), &[])
}

fn form(visit: &Visit, given: &Posted, errors: &[FieldError]) -> Markup {
    let l = visit.l();
    let error = |name: &str| FieldError::find(errors, name).map(|key| l.say(key));
    let body = html! {
        form.stack method="post" action=(visit.url("/withdraw")) {
            (csrf_field(&visit.view.csrf))
            (ErrorSummary { l, errors })
            div {
                h1 { (l.t("portal-withdraw-here")) }
                p.lede { (l.t("portal-withdraw-lede")) }
            }
            (Field::new("name", l.t("portal-withdraw-name")).value(given.get("name"))
                .error(error("name")).max(FIELD_MAX).autocomplete("name").required())
            (Field::new("number", l.t("portal-find-number")).hint(l.t("portal-find-number-hint"))
                .value(given.get("number")).error(error("number")).max(FIELD_MAX).required())
            (Field::new("email", l.t("portal-withdraw-email")).hint(l.t("portal-withdraw-email-hint"))
                .kind(Kind::Email).value(given.get("email")).error(error("email")).max(FIELD_MAX).required())
            (form_actions(&[Action::submit(l.t("portal-withdraw-next")).large()]))
            p.hint { (l.t("portal-withdraw-step")) }
        }
    };
    frame::page(visit, &l.t("portal-withdraw-here"), body)
}

/// `POST /p/{client}/withdraw`: nothing is declared yet.
pub async fn identify(
    visit: Visit,
    State(app): State<App>,
    Extension(keys): Extension<Arc<Keys>>,
    Extension(limits): Extension<Arc<Limits>>,
    from: Address,
    posted: Posted,
) -> Result<Response, Failure> {
    let errors = declare::faults(&posted);
    if !errors.is_empty() {
        return Ok(frame::again(form(&visit, &posted, &errors)));
    }
    let tried = (posted.get("number"), posted.get("email"));
    limits.count(visit.client.id, tried, from, app.now())?;
    let proof = Proof {
        number: posted.get("number").to_owned(),
        email_or_postcode: posted.get("email").to_owned(),
    };
    match app.prove_order(visit.client.id, &proof).await? {
        Some(order) => {
            let pass = pass::give(&app, &visit, keys.key(&app).await?, order);
            Ok(frame::go(&visit.url("/withdraw/confirm"), [pass]))
        }
        // No proof is needed to declare: a person looks for the order afterwards.
        None => Ok(declare::confirm_page(&app, &visit, &posted).into_response()),
    }
}

/// `GET /p/{client}/withdraw/confirm`: what will be declared.
pub async fn confirm_page(shopper: Shopper, State(app): State<App>) -> Result<Markup, Failure> {
    let order = items::order_of(&shopper, &app).await?;
    let key = app.mint(app.now()).simple().to_string();
    Ok(confirm_form(&shopper.visit, &order, &key, None, None))
}

/// The lines that can be withdrawn from, with their units: those sent and in no return.
fn open_lines(order: &OrderPage) -> Vec<(u16, u32)> {
    let lines = (0..).zip(&order.order.lines);
    let open = lines.map(|(i, _)| (i, order.account.free_units(&order.order, i)));
    open.filter(|(_, free)| *free > 0).collect()
}

fn confirm_form(
    visit: &Visit,
    page: &OrderPage,
    key: &str,
    error: Option<&str>,
    problem: Option<&Problem>,
) -> Markup {
    let l = visit.l();
    let lines = open_lines(page);
    let number: &str = &page.order.number;
    let errors: Vec<_> = error
        .map(|key| FieldError::new("line", key))
        .into_iter()
        .collect();
    let body = html! {
        form.stack method="post" action=(visit.url("/withdraw/confirm")) {
            (csrf_field(&visit.view.csrf))
            input type="hidden" name="key" value=(key);
            (ErrorSummary { l, errors: &errors })
            @if let Some(problem) = problem {
                (Note::new(Tone::Bad, problem.title(l)).body(html! { p { (problem.what_to_do(l)) } }))
            }
            div {
                h1 { (l.t("portal-withdraw-confirm-title")) }
                p.lede { (l.t_args("portal-withdraw-statement", &[
                    ("client", visit.client.name.as_str().into()), ("number", number.into()),
                ])) }
            }
            @if lines.is_empty() {
                (Note::new(Tone::Warn, l.t("portal-withdraw-nothing")).body(html! {
                    p { (l.t("portal-withdraw-nothing-do")) }
                    @for case in &page.cases {
                        p { a href=(visit.url(&format!("/r/{}", case.rma))) { (case.rma) } }
                    }
                }))
            } @else {
                (card(&l.t("portal-withdraw-items"), &html! {
                    div.stack #f-line {
                        @for (line, units) in &lines {
                            @let title = page.order.line(*line).map_or("", |sold| &sold.title);
                            (checkbox("line", &format!("{units} × {title}"), &line.to_string(), true, None))
                        }
                    }
                }))
            }
            (definitions(&[
                Definition::new(l.t("receipt-consumer"), bdi(&page.contact.name)),
                Definition::new(l.t("portal-withdraw-ack-to"), bdi(&page.contact.email)),
            ]))
            p { (l.t("portal-withdraw-after")) }
            (form_actions(&[
                Action::submit(l.t("portal-withdraw-confirm")).large(),
                Action::link(l.t("portal-back"), visit.url("/withdraw")).weight(Weight::Ghost),
            ]))
        }
    };
    frame::page(visit, &l.t("portal-withdraw-confirm-title"), body)
}

/// `POST /p/{client}/withdraw/confirm`: the declaration.
pub async fn confirm(
    shopper: Shopper,
    State(app): State<App>,
    Extension(keys): Extension<Arc<Keys>>,
    posted: Posted,
) -> Result<Response, Failure> {
    let visit = &shopper.visit;
    let page = items::order_of(&shopper, &app).await?;
    let key = posted.get("key").to_owned();
    let chosen: Vec<u16> = posted.all("line").filter_map(|v| v.parse().ok()).collect();
    let fresh = || app.mint(app.now()).simple().to_string();
    if chosen.is_empty() && !open_lines(&page).is_empty() {
        let form = confirm_form(visit, &page, &fresh(), Some("portal-withdraw-none"), None);
        return Ok(frame::again(form));
    }
    let lines: Vec<(u16, u32)> = chosen
        .iter()
        // A repeat of this very form finds none left; its declaration answers before that counts.
        .map(|line| (*line, page.account.free_units(&page.order, *line).max(1)))
        .collect();
    let goods: Vec<String> = lines
        .iter()
        .filter_map(|(line, units)| Some(format!("{units} × {}", page.order.line(*line)?.title)))
        .collect();
    let new = NewDeclaration {
        kind: DeclarationKind::Withdrawal,
        name: page.contact.name.clone(),
        order_ref: page.order.number.to_string(),
        email: page.contact.email.clone(),
        goods: goods.join("; "),
        lang: visit.l().lang(),
        form_key: key,
    };
    // First it is kept and acknowledged, whatever becomes of it then.
    let declared = app.declare(visit.client.id, &new, app.now()).await?;
    let id = DeclarationId(declared.declaration_id);
    let call = Call::new(&shopper.scope, app.now());
    let order = OrderKey::Id(shopper.order);
    match app
        .match_declaration(&call, visit.client.id, id, &order, &lines)
        .await
    {
        Ok(answer) => Ok(frame::go(
            &visit.url(&format!("/r/{}/receipt?new=1", answer.rma)),
            [],
        )),
        // Nothing left to send back, or a limit of the order: a person looks; the declaration holds.
        Err(AppError::Refused(refusal)) => {
            tracing::info!(code = %refusal.code, "a declaration waits for a person");
            Ok(declare::done(&app, visit, keys.key(&app).await?, id))
        }
        Err(other) => Err(other.into()),
    }
}

/// The acknowledgement of a withdrawal; other returns have none. A case that was opened from a
/// declaration shows that declaration's.
async fn receipt_of(app: &App, visit: &Visit, page: &CasePage) -> Result<Receipt, Failure> {
    if page.case.path != Path::Withdrawal {
        return Err(Problem::not_found().into());
    }
    let l = visit.l();
    if let Some(id) = page.case.declaration {
        let declaration = app.declaration(visit.client.id, id).await?;
        return Ok(surface::declared(l, &page.client, &declaration));
    }
    Ok(surface::receipt(
        l,
        &page.client,
        &page.case,
        &page.order,
        &page.contact,
    ))
}

/// `GET /p/{client}/r/{rma}/receipt`.
pub async fn receipt_page(
    shopper: Shopper,
    Rma(rma): Rma,
    State(app): State<App>,
) -> Result<Markup, Failure> {
    let visit = &shopper.visit;
    let l = visit.l();
    let page = status::case_of(&shopper, &app, &rma).await?;
    let receipt = receipt_of(&app, visit, &page).await?;
    let rows: Vec<_> = receipt
        .rows
        .iter()
        .map(|(name, value)| Definition::new(name, bdi(value)))
        .collect();
    let body = html! {
        div.stack {
            @if visit.asked("new") == "1" {
                (Note::new(Tone::Good, l.t("portal-withdraw-done")).body(html! {
                    p { (l.t("portal-withdraw-done-mail")) " " (bdi(&page.contact.email)) }
                }))
            }
            div { h1 { (l.t("receipt-title")) } p.lede { (receipt.statement) } }
            (card(&l.t("receipt-content"), &definitions(&rows)))
            (declare::hash_card(visit, &receipt))
            (actions(&[
                Action::link(l.t("portal-receipt-pdf"), visit.url(&format!("/r/{rma}/receipt.pdf")))
                    .icon(Icon::Download).weight(Weight::Primary),
                Action::link(l.t("portal-done-follow"), visit.url(&format!("/r/{rma}"))).icon(Icon::BoxSearch),
            ]))
        }
    };
    Ok(frame::page(visit, &l.t("receipt-title"), body))
}

/// `GET /p/{client}/r/{rma}/receipt.pdf`.
pub async fn receipt_pdf(
    shopper: Shopper,
    Rma(rma): Rma,
    State(app): State<App>,
) -> Result<Response, Failure> {
    let visit = &shopper.visit;
    let page = status::case_of(&shopper, &app, &rma).await?;
    let receipt = receipt_of(&app, visit, &page).await?;
    let bytes = paper::document_pdf(&receipt.document(visit.l(), &visit.client.name));
    let bytes = bytes.map_err(AppError::fault)?;
    Ok(label::pdf_answer(&format!("{rma}-receipt.pdf"), bytes))
}
