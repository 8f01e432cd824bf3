//! Limits of authority on a page: what each role may decide alone for a client and currency, who
//! has used how much of today, every version with who and why; and the form to set others.

use crate::{form::Form, frame::Desk, words};
use app::{
    AppError,
    limits::{CUSTOMER_DAYS_MAX, Limits, RoleLimits, Used},
};
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{ClientId, Currency, Money, Permission, Role, UserId};
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{
        Action, Column, ErrorSummary, Field, FieldError, Kind, Note, Row, Tab, Table, TextArea,
        Tone, bdi, card, csrf_field, form_actions, tabs,
    },
};
use serde::Deserialize;
use std::collections::HashMap;
use surface::{
    Failure,
    signed::{FRESH_MINUTES, fresh},
};

/// Roles that can be given limits: those that decide money.
const ROLES: [Role; 3] = [Role::Agent, Role::TeamLead, Role::Admin];
/// The limits of a role, as fields are named.
const OF_ROLE: [&str; 4] = ["refund", "case", "customer", "day"];

/// `?done=limits-set`
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    done: Option<String>,
}

/// What was typed and what stood against it.
#[derive(Default)]
struct Open {
    form: Form,
    errors: Vec<FieldError>,
    problem: Option<Problem>,
}

/// `GET /limits`
pub async fn first(desk: Desk) -> Result<Response, Failure> {
    desk.must(Permission::Administer)?;
    let clients = desk.clients();
    let client = clients.first().ok_or_else(Problem::not_found)?;
    let currency = client.settings.label_cost.keys().next();
    let currency = currency.map_or("EUR", String::as_str);
    Ok(Redirect::to(&format!("/limits/{}/{currency}", client.id)).into_response())
}

/// `GET /limits/{client}/{currency}`
pub async fn page(
    desk: Desk,
    Path(path): Path<(String, String)>,
    Query(which): Query<Which>,
) -> Result<Response, Failure> {
    let (client, currency) = read(&path)?;
    show(&desk, client, currency, &which, &Open::default()).await
}

fn read((client, currency): &(String, String)) -> Result<(ClientId, Currency), Failure> {
    let missing = || Failure(Problem::not_found());
    Ok((
        client.parse().map_err(|_| missing())?,
        currency.parse().map_err(|_| missing())?,
    ))
}

async fn show(
    desk: &Desk,
    client: ClientId,
    currency: Currency,
    which: &Which,
    open: &Open,
) -> Result<Response, Failure> {
    desk.must(Permission::Administer)?;
    let l = desk.l();
    let versions = desk.app.limits(desk.scope(), client, currency).await?;
    let used = desk.app.limits_used(desk.scope(), client, currency).await?;
    let names = desk.app.user_names().await?;
    let now: Option<Limits> = versions
        .first()
        .map(|v| serde_json::from_str(&v.body))
        .transpose()
        .map_err(AppError::from)?;
    let clients: Vec<Tab> = desk
        .clients()
        .iter()
        .flat_map(|c| {
            let currencies = c.settings.label_cost.keys();
            currencies.map(|code| Tab {
                label: format!("{} · {code}", c.name),
                href: format!("/limits/{}/{code}", c.id),
                count: None,
                current: c.id == client && code == currency.code(),
            })
        })
        .collect();
    let said = |minor: i64| l.money(Money::new(minor, currency));
    let body = html! {
        div.page-head { div { h1 { (l.t("limits-title")) } p.lede { (l.t("limits-lede")) } } }
        div.stack {
            (tabs(l, &l.t("limits-title"), &clients))
            (card(&l.t("limits-now"), &form(desk, (client, currency), now.as_ref(), open)))
            (card(&l.t("limits-used"), &usage(desk, &used, &names, &said)))
            (card(&l.t("limits-versions"), &html! {
                @if versions.is_empty() { p.muted { (l.t("limits-none")) } }
                ol.plain-list reversed {
                    @for v in &versions {
                        li {
                            strong { (l.t_args("limits-version", &[("n", v.version.into())])) }
                            " · " (v.by_user.and_then(|id| names.get(&UserId(id)).cloned()).unwrap_or_else(|| l.t("desk-actor-system")))
                            " · " (l.ago(words::moment(v.at), desk.now)) " · " (bdi(&v.reason))
                            (in_words(desk, &v.body, &said))
                        }
                    }
                }
            }))
        }
    };
    let mut page = desk
        .page(l.t("limits-title"), "/limits", false, body)
        .await?;
    if let Some((tone, words)) = desk.done(which.done.as_deref()) {
        page = page.flash(tone, words);
    }
    let mut answer = page.render().into_response();
    if let Some(problem) = &open.problem {
        *answer.status_mut() = problem.status;
    }
    Ok(answer)
}

/// A version of the limits, role by role.
fn in_words(desk: &Desk, body: &str, said: &dyn Fn(i64) -> String) -> Markup {
    let l = desk.l();
    let Ok(limits) = serde_json::from_str::<Limits>(body) else {
        return html! { br; span.mono.small { (body) } };
    };
    let of_role = |r: &RoleLimits| {
        let set = OF_ROLE.iter().enumerate().filter_map(|(i, name)| {
            let label = l.t(&format!("limits-{name}"));
            Some(format!("{label} {}", said(get(r, i)?)))
        });
        let all: Vec<String> = set.collect();
        if all.is_empty() {
            return l.t("limits-no-limit");
        }
        all.join(" · ")
    };
    html! {
        ul.small.plain-list {
            @for r in &limits.roles {
                li { (l.t(&format!("role-{}", r.role.as_str()))) ": " (of_role(r)) }
            }
            @if let Some(most) = limits.client_day {
                li { (l.t("limits-client-day")) ": " (said(most)) }
            }
        }
    }
}

fn usage(
    desk: &Desk,
    used: &[Used],
    names: &HashMap<UserId, String>,
    said: &dyn Fn(i64) -> String,
) -> Markup {
    let l = desk.l();
    if used.is_empty() {
        return html! { p.muted { (l.t("limits-used-none")) } };
    }
    let rows = used.iter().map(|u| -> Row {
        let who = match u.person {
            Some(id) => names
                .get(&id)
                .cloned()
                .unwrap_or_else(|| l.t("desk-actor-user")),
            None => l.t("limits-whole-client"),
        };
        Row::new(vec![
            html! { (bdi(&who)) },
            html! { (said(u.used_minor)) },
            html! { @if let Some(most) = u.limit_minor { (said(most)) } @else { (l.t("limits-no-limit")) } },
        ])
    });
    let columns = vec![
        Column::text(l.t("limits-who")),
        Column::figure(l.t("limits-used-today")),
        Column::figure(l.t("limits-of")),
    ];
    html! { (Table::new(l.t("limits-used"), columns, rows.collect())) }
}

fn name_of(role: Role, limit: &str) -> String {
    format!("{}-{limit}", role.as_str())
}

const fn get(of: &RoleLimits, limit: usize) -> Option<i64> {
    match limit {
        0 => of.refund,
        1 => of.case,
        2 => of.customer,
        _ => of.day,
    }
}

fn form(
    desk: &Desk,
    (client, currency): (ClientId, Currency),
    now: Option<&Limits>,
    open: &Open,
) -> Markup {
    let l = desk.l();
    let sent = !open.form.0.is_empty();
    let value = |name: &str, minor: Option<i64>| {
        if sent {
            return open.form.get(name).to_owned();
        }
        minor.map_or_else(String::new, |m| Money::new(m, currency).decimal())
    };
    let error = |name: &str| FieldError::find(&open.errors, name).map(|m| l.say(m));
    let of = |role: Role| now.and_then(|n| n.roles.iter().find(|r| r.role == role));
    let days = now.map_or(30, |n| n.customer_days).to_string();
    html! {
        form.stack method="post" action=(format!("/limits/{client}/{currency}")) {
            (csrf_field(&desk.view.csrf))
            (ErrorSummary { l, errors: &open.errors })
            @if let Some(problem) = &open.problem {
                @if open.errors.is_empty() {
                    (Note::new(Tone::Bad, problem.title(l)).body(html! { p { (problem.what_to_do(l)) } }))
                }
            }
            p.muted { (l.t("limits-empty")) }
            @for role in ROLES {
                fieldset.act-block {
                    legend { (l.t(&format!("role-{}", role.as_str()))) }
                    (redress_http::ui::checkbox(&name_of(role, "named"), &l.t("limits-decides"), "1",
                        if sent { open.form.ticked(&name_of(role, "named")) } else { now.is_none() || of(role).is_some() }, None))
                    div.act-line {
                        @for (i, limit) in OF_ROLE.iter().enumerate() {
                            @let name = name_of(role, limit);
                            (Field::new(&name, l.t(&format!("limits-{limit}"))).kind(Kind::Amount).narrow()
                                .prefix(currency.code())
                                .value(value(&name, of(role).and_then(|r| get(r, i))))
                                .error(error(&name)))
                        }
                    }
                }
            }
            div.act-line {
                (Field::new("customer_days", l.t("limits-customer-days")).kind(Kind::Number).narrow()
                    .value(if sent { open.form.get("customer_days").to_owned() } else { days })
                    .error(error("customer_days")))
                (Field::new("client_day", l.t("limits-client-day")).kind(Kind::Amount).narrow()
                    .prefix(currency.code()).value(value("client_day", now.and_then(|n| n.client_day)))
                    .error(error("client_day")))
            }
            (TextArea::new("reason", l.t("limits-reason")).rows(2).max(500)
                .value(open.form.get("reason")).error(error("reason")).required())
            (form_actions(&[Action::submit(l.t("limits-set"))]))
        }
    }
}

/// `POST /limits/{client}/{currency}`
pub async fn set(
    desk: Desk,
    Path(path): Path<(String, String)>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (client, currency) = read(&path)?;
    desk.must(Permission::Administer)?;
    let form = Form(fields);
    let mut errors = Vec::new();
    let mut amount = |name: &str| {
        let set = !form.get(name).is_empty();
        let minor = form.amount(name, currency, &mut errors);
        set.then_some(minor)
    };
    let named = |role: &Role| form.ticked(&name_of(*role, "named"));
    let roles: Vec<RoleLimits> = ROLES
        .into_iter()
        .filter(named)
        .map(|role| RoleLimits {
            role,
            refund: amount(&name_of(role, "refund")),
            case: amount(&name_of(role, "case")),
            customer: amount(&name_of(role, "customer")),
            day: amount(&name_of(role, "day")),
        })
        .collect();
    let client_day = amount("client_day");
    let customer_days = form.get("customer_days").parse().unwrap_or(0);
    if !(1..=CUSTOMER_DAYS_MAX).contains(&customer_days) {
        errors.push(FieldError::new("customer_days", "help-limit-days"));
    }
    let limits = Limits {
        roles,
        customer_days,
        client_day,
    };
    let problem = if errors.is_empty() {
        let done = async {
            fresh(&desk.app, &desk.person, FRESH_MINUTES)?;
            let reason = form.get("reason");
            let set = desk
                .app
                .set_limits(desk.scope(), client, currency, &limits, reason);
            set.await.map_err(Failure::from)
        };
        match done.await {
            Ok(_) => {
                let to = format!("/limits/{client}/{currency}?done=limits-set");
                return Ok(Redirect::to(&to).into_response());
            }
            Err(Failure(problem)) => problem,
        }
    } else {
        Problem::invalid(Vec::new())
    };
    errors.extend(problem.fields.iter().cloned());
    let open = Open {
        form,
        errors,
        problem: Some(problem),
    };
    show(&desk, client, currency, &Which::default(), &open).await
}
