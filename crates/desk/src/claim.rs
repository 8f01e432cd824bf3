//! A claim somebody makes by telephone or mail, written down at the desk: what went wrong with
//! which items of an order, and what is wanted for it. It becomes a case a person settles.

use crate::{asked, form::Form, frame::Desk};
use app::{
    AppError,
    cases::{Call, Idempotency, OrderKey},
    claims::Claimed,
    photos::Photo,
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
use surface::{
    Failure, claim, outcome_name,
    posted::{Posted, Uploaded},
};

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
    photos: Vec<Photo>,
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
    Uploaded { posted, files }: Uploaded,
) -> Result<Response, Failure> {
    desk.must(Permission::CaseRequest)?;
    let key = OrderKey::Id(order);
    let found = desk.app.order_page(desk.scope(), client, &key).await?;
    let mut errors = Vec::new();
    let (photos, wrong) = claim::photos(&posted, files).await;
    let claimed = read(&found, &posted, &mut errors);
    errors.extend(wrong);
    let form = Form(posted.0);
    let Some(claimed) = claimed.filter(|_| errors.is_empty()) else {
        let said = Said {
            form,
            photos,
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
                photos,
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
    let call = Call::new(desk.scope(), desk.now);
    let line = claimed.lines.first().map_or(0, |l| l.0);
    desk.app
        .keep_claim_photos(&call, client, made.case, line, &photos)
        .await?;
    Ok(Redirect::to(&format!("/desk/{client}/{}?done=claimed", made.case)).into_response())
}

fn read(page: &OrderPage, posted: &Posted, errors: &mut Vec<FieldError>) -> Option<Claimed> {
    let kind = ClaimKind::parse(posted.get("kind"));
    if kind.is_none() {
        errors.push(FieldError::new("kind", "portal-claim-kind-missing"));
    }
    let lines = claim::units(page, posted, "desk-help-one-line", errors);
    if posted.get("note").chars().count() > usize::from(NOTE_MAX) {
        errors.push(FieldError::new("note", "desk-help-text"));
    }
    let wanted = Outcome::parse(posted.get("wanted")).filter(|o| WANTED.contains(o));
    Some(Claimed {
        order: OrderKey::Id(page.order.id),
        kind: kind?,
        lines,
        wanted: wanted.unwrap_or(Outcome::Refund),
        declared: !posted.get("declared").is_empty(),
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
        form.stack method="post" action={ (here) "/claim" } enctype="multipart/form-data" {
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
    let open = claim::open_lines(page);
    html! {
        (Radios::new("kind", l.t("portal-claim-kind"), kinds.collect())
            .value(form.get("kind")).error(error("kind")).required())
        fieldset.field {
            legend { (l.t("desk-claim-about")) }
            div.stack {
                @for (at, free) in &open {
                    @let title = page.order.line(*at).map_or("", |line| &*line.title);
                    @let name = format!("units-{at}");
                    @let units = (0..=(*free).min(100)).map(|n| Choice::new(n.to_string(), l.number(n.into())));
                    (Select::new(&name, title, units.collect())
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
        (claim::pictures(l, &said.photos, error("photos").as_deref()))
        (checkbox("declared", &l.t("desk-claim-declared"), "yes", form.ticked("declared"),
            Some(&l.t("desk-claim-declared-hint"))))
    }
}
