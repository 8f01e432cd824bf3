//! A parcel nobody announced. With the order number from the box a return is opened for it and
//! counting goes on; without one the goods are kept until somebody knows whose they are (`strays`).

use crate::{bench::Bench, fields::Fields, scan::Code, strays};
use app::{
    App, AppError,
    cases::{Call, Idempotency, OrderKey},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::Permission;
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{Action, Choice, ErrorSummary, Field, FieldError, Select, Tone, csrf_field, scan_state},
};
use surface::Failure;

/// `/dock/unexpected`.
pub async fn page(
    State(app): State<App>,
    bench: Bench,
    Query(Code { code }): Query<Code>,
) -> Markup {
    let mut fields = Fields::default();
    fields.set("code", code);
    fields.set("key", app.mint(app.now()).to_string());
    draw(&app, &bench, &fields, &[])
}

pub fn draw(app: &App, bench: &Bench, fields: &Fields, errors: &[FieldError]) -> Markup {
    let l = bench.view.l;
    let directory = app.directory();
    let mine = app.clients_for(&bench.person.scope, Permission::DockWork);
    let clients: Vec<Choice> = mine
        .iter()
        .filter_map(|id| directory.client(*id))
        .map(|c| Choice::new(c.slug.clone(), c.name.clone()))
        .collect();
    let only = if let [one] = mine.as_slice() {
        directory.client(*one)
    } else {
        None
    };
    let client = if fields.has("client") {
        fields.text("client")
    } else {
        only.map_or("", |c| &c.slug)
    };
    let error = |name| FieldError::find(errors, name).map(|m| l.say(m));
    let title = l.t("dock-unexpected-title");
    bench.page(&title, &html! {
        (scan_state(Tone::Warn, &l.t("dock-word-unexpected"), fields.text("code")))
        h1 { (title) }
        (ErrorSummary { l, errors })
        form.stack method="post" action="/dock/unexpected" {
            (csrf_field(&bench.view.csrf))
            input type="hidden" name="code" value=(fields.text("code"));
            input type="hidden" name="key" value=(fields.text("key"));
            (Select::new("client", l.t("dock-col-client"), clients.clone()).prompt(l.t("dock-choose-client"))
                .value(client).error(error("client")).required())
            (Field::new("order", l.t("dock-order")).hint(l.t("dock-order-hint")).max(128)
                .value(fields.text("order")).error(error("order")).required())
            (Action::submit(l.t("dock-unexpected-open")).large())
        }
        (strays::keep_form(bench, &clients, client, fields, errors))
    })
}

/// `POST /dock/unexpected`: opens a return without lines for the order.
pub async fn open(State(app): State<App>, bench: Bench, body: String) -> Result<Response, Failure> {
    let fields = Fields::parse(&body);
    let again = |field: &str, help: &str| {
        let errors = [FieldError::new(field, help)];
        let page = draw(&app, &bench, &fields, &errors);
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    let Ok(client) = bench.client(&app, fields.text("client")) else {
        return again("client", "dock-choose-client");
    };
    let order = fields.text("order");
    if order.is_empty() {
        return again("order", "dock-order-hint");
    }
    let key = Idempotency::new(fields.text("key"), order.as_bytes())?;
    let call = Call {
        idempotency: Some(key),
        ..Call::new(&bench.person.scope, app.now())
    };
    let order = OrderKey::Number(order.to_owned());
    match app.open_unannounced(&call, client.id, &order).await {
        Ok(answer) => {
            Ok(Redirect::to(&format!("/dock/{}/{}", client.slug, answer.case)).into_response())
        }
        Err(AppError::Missing) => again("order", "dock-order-unknown"),
        // The same form with another order: a new attempt.
        Err(AppError::KeyReused) => Err(Problem::stale().into()),
        Err(e) => Err(e.into()),
    }
}
