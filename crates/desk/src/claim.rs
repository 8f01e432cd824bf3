//! A claim somebody makes by telephone or mail, written down at the desk: what went wrong with
//! which items of an order, and what is wanted for it. It becomes a case a person settles.

use crate::{asked, form::Form, frame::Desk};
use app::{
    AppError,
    cases::{Call, Idempotency, OrderKey},
    claims::Claimed,
    views::OrderPage,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{ClientId, OrderId, Permission};
use maud::{Markup, html};
use policy::Outcome;
use redress_http::{
    Ids, Problem,
    ui::{
        Action, Choice, Crumb, ErrorSummary, FieldError, Icon, Radios, Select, TextArea, Weight,
        actions, bdi, breadcrumbs, checkbox, csrf_field,
    },
};
use returns::ClaimKind;
use surface::{Failure, outcome_name};

/// What can be wanted for it.
const WANTED: [Outcome; 4] = [
    Outcome::Refund,
    Outcome::Replacement,
    Outcome::StoreCredit,
    Outcome::Repair,
];
/// Longest note, characters.
const NOTE_MAX: u16 = 2_000;

/// What was typed, and what stands against it.
#[derive(Default)]
struct Said {
    form: Form,
    errors: Vec<FieldError>,
    problem: Option<Problem>,
}

/// `GET /orders/{client}/{order}/claim`
pub async fn page(
    desk: Desk,
    Ids(client, order): Ids<ClientId, OrderId>,
) -> Result<Response, Failure> {
    desk.must(Permission::CaseRequest)?;
    let key = OrderKey::Id(order);
    let found = desk.app.order_page(desk.scope(), client, &key).await?;
    show(&desk, &found, Said::default()).await
}

/// `POST /orders/{client}/{order}/claim`. The same form sent twice is one claim.
pub async fn send(
    desk: Desk,
    Ids(client, order): Ids<ClientId, OrderId>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    desk.must(Permission::CaseRequest)?;
    let form = Form(fields);
    let key = OrderKey::Id(order);
    let found = desk.app.order_page(desk.scope(), client, &key).await?;
    let mut errors = Vec::new();
    let claimed = read(&found, &form, &mut errors);
    let Some(claimed) = claimed.filter(|_| errors.is_empty()) else {
        let said = Said {
            form,
            errors,
            problem: None,
        };
        return show(&desk, &found, said).await;
    };
    let mut call = Call::new(desk.scope(), desk.now);
    call.lang = asked::lang(&found, &form);
    let typed = format!("{claimed:?}");
    call.idempotency = Some(Idempotency::new(form.get("once"), typed.as_bytes())?);
    let made = match Box::pin(desk.app.request_claim(&call, client, &claimed)).await {
        Ok(made) => made,
        Err(AppError::Refused(refusal)) => {
            let problem = Some(surface::failure::refused(&refusal));
            let said = Said {
                form,
                errors,
                problem,
            };
            return show(&desk, &found, said).await;
        }
        Err(other) => return Err(other.into()),
    };
    if let Some(note) = form.text("note").filter(|_| !made.replayed) {
        let call = Call::new(desk.scope(), desk.now);
        desk.app.add_words(&call, client, made.case, &note).await?;
    }
    Ok(Redirect::to(&format!("/desk/{client}/{}?done=claimed", made.case)).into_response())
}

fn read(page: &OrderPage, form: &Form, errors: &mut Vec<FieldError>) -> Option<Claimed> {
    let kind = ClaimKind::parse(form.get("kind"));
    if kind.is_none() {
        errors.push(FieldError::new("kind", "portal-claim-kind-missing"));
    }
    let mut lines = Vec::new();
    for line in (0_u16..).take(page.order.lines.len()) {
        let name = format!("units-{line}");
        let units = form.count(&name, errors);
        if units > page.account.free_units(&page.order, line) {
            errors.push(FieldError::new(name, "portal-items-wrong"));
        } else if units > 0 {
            lines.push((line, units));
        }
    }
    if lines.is_empty() && errors.is_empty() {
        errors.push(FieldError::new("units-0", "desk-help-one-line"));
    }
    if form.get("note").chars().count() > usize::from(NOTE_MAX) {
        errors.push(FieldError::new("note", "desk-help-text"));
    }
    let wanted = Outcome::parse(form.get("wanted")).filter(|o| WANTED.contains(o));
    Some(Claimed {
        order: OrderKey::Id(page.order.id),
        kind: kind?,
        lines,
        wanted: wanted.unwrap_or(Outcome::Refund),
        declared: form.ticked("declared"),
    })
}

async fn show(desk: &Desk, page: &OrderPage, said: Said) -> Result<Response, Failure> {
    let (l, order) = (desk.l(), &page.order);
    let status = match (&said.problem, said.errors.is_empty()) {
        (Some(problem), _) => problem.status,
        (None, false) => StatusCode::UNPROCESSABLE_ENTITY,
        (None, true) => StatusCode::OK,
    };
    let once = match said.form.get("once") {
        "" => desk.app.mint(desk.now).to_string(),
        kept => kept.to_owned(),
    };
    let here = format!("/orders/{}/{}", order.client, order.id);
    let number = format!("{} {}", l.t("desk-order"), order.number);
    let body = html! {
        (breadcrumbs(l, &[Crumb { label: number, href: here.clone() }]))
        div.page-head {
            div {
                h1 { (l.t("desk-claim-new")) }
                p.lede {
                    (page.client.name) " · " (l.t("desk-order")) " " (bdi(&order.number))
                    @if !page.contact.name.is_empty() { " · " (bdi(&page.contact.name)) }
                }
            }
        }
        form.stack method="post" action={ (here) "/claim" } {
            (csrf_field(&desk.view.csrf))
            input type="hidden" name="once" value=(once);
            (ErrorSummary { l, errors: &said.errors })
            @if let Some(problem) = &said.problem { (problem.fragment(l)) }
            (fields(desk, page, &said))
            (actions(&[
                Action::submit(l.t("desk-claim-make")).icon(Icon::Check).key("mod+Enter"),
                Action::link(l.t("ui-cancel"), here.clone()).weight(Weight::Ghost),
            ]))
        }
    };
    let page = desk
        .page(l.t("desk-claim-new"), "/desk", false, body)
        .await?;
    Ok((status, page.render()).into_response())
}

fn fields(desk: &Desk, page: &OrderPage, said: &Said) -> Markup {
    let (l, form) = (desk.l(), &said.form);
    let error = |name: &str| FieldError::find(&said.errors, name).map(|m| l.say(m));
    let kinds = ClaimKind::ALL.iter().map(|kind| {
        let name = kind.as_str().replace('_', "-");
        let note = format!("desk-claim-{name}-note");
        Choice::new(kind.as_str(), l.t(&format!("claim-{name}"))).note(l.t(&note))
    });
    let wanted = WANTED.map(|o| Choice::new(o.as_str(), outcome_name(l, o)));
    let open: Vec<_> = (0_u16..)
        .zip(&page.order.lines)
        .map(|(at, sold)| (at, sold, page.account.free_units(&page.order, at)))
        .filter(|(_, _, free)| *free > 0)
        .collect();
    html! {
        (Radios::new("kind", l.t("portal-claim-kind"), kinds.collect())
            .value(form.get("kind")).error(error("kind")).required())
        fieldset.field {
            legend { (l.t("desk-claim-about")) }
            div.stack {
                @for (at, sold, free) in &open {
                    @let name = format!("units-{at}");
                    @let units = (0..=(*free).min(100)).map(|n| Choice::new(n.to_string(), l.number(n.into())));
                    (Select::new(&name, &*sold.title, units.collect())
                        .hint(l.t_args("desk-field-units-of", &[("n", (*free).into())]))
                        .value(form.get(&name)).error(error(&name)))
                }
                @if open.is_empty() { p.muted { (l.t("desk-new-none-free")) } }
            }
        }
        (asked::language(l, page, form))
        (Select::new("wanted", l.t("desk-field-wanted"), wanted.to_vec()).value(form.get("wanted")))
        (TextArea::new("note", l.t("desk-field-note")).rows(3).max(NOTE_MAX)
            .hint(l.t("desk-field-note-hint")).value(form.get("note")).error(error("note")))
        (checkbox("declared", &l.t("desk-claim-declared"), "yes", form.ticked("declared"),
            Some(&l.t("desk-claim-declared-hint"))))
    }
}
