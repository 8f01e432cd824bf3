//! A client's return policy in public: the version in force, older and coming ones, and what is made
//! from each (`surface::edition`). Nothing here needs a pass: this is what the client promises
//! everybody.

use crate::{frame, visit::Visit};
use app::{App, directory::PolicyVersion};
use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, PreEscaped, html};
use policy::publish;
use redress_http::{
    L10n, Problem,
    ui::{Action, Icon, actions},
};
use surface::{Edition, Failure};

/// The shortest beginning of a hash that names a version.
const SHORTEST: usize = 8;

/// The versions of a client that customers may read, in the order they come into force.
fn versions(visit: &Visit, app: &App) -> Vec<PolicyVersion> {
    app.directory().versions(visit.client.id).to_vec()
}

/// The position of the version in force today.
fn current(visit: &Visit, versions: &[PolicyVersion]) -> Option<usize> {
    let today = visit.client.day(visit.now);
    let at = versions.iter().rposition(|v| v.effective_from <= today);
    at.or_else(|| (!versions.is_empty()).then_some(0))
}

fn edition<'a>(visit: &'a Visit, portal: &'a str, version: &'a PolicyVersion) -> Edition<'a> {
    Edition {
        l: visit.l(),
        policy: &version.policy,
        client: &visit.client.name,
        from: Some(version.effective_from),
        portal,
    }
}

fn portal(visit: &Visit) -> String {
    format!("{}{}", visit.base_url, visit.url(""))
}

/// `GET /p/{client}/policy`: the rules for orders of today.
pub async fn page(visit: Visit, State(app): State<App>) -> Result<Markup, Failure> {
    let versions = versions(&visit, &app);
    let at = current(&visit, &versions).ok_or(Problem::not_found())?;
    show(&visit, &versions, at)
}

/// `GET /p/{client}/policy/{version}`: one version by the first letters of its hash.
pub async fn version(
    visit: Visit,
    State(app): State<App>,
    Path((_, name)): Path<(String, String)>,
) -> Result<Markup, Failure> {
    let versions = versions(&visit, &app);
    let at = find(&versions, &name).ok_or(Problem::not_found())?;
    show(&visit, &versions, at)
}

/// The newest version whose hash begins so.
fn find(versions: &[PolicyVersion], name: &str) -> Option<usize> {
    let named = |v: &PolicyVersion| v.policy.hash().to_string().starts_with(name);
    let found = versions.iter().rposition(named)?;
    (name.len() >= SHORTEST).then_some(found)
}

fn show(visit: &Visit, versions: &[PolicyVersion], at: usize) -> Result<Markup, Failure> {
    let l = visit.l();
    let version = versions.get(at).ok_or(Problem::not_found())?;
    let portal = portal(visit);
    let edition = edition(visit, &portal, version);
    let to = |tail: &str| visit.url(&format!("/policy/{}{tail}", edition.version()));
    let data = publish::schema_org(&version.policy).map_err(app::AppError::fault)?;
    // A closing tag inside a text would end the element.
    let data = data.replace('<', "\\u003c");
    let body = html! {
        (edition.page())
        script type="application/ld+json" nonce=(visit.view.nonce) { (PreEscaped(data)) }
        (actions(&[
            Action::link(l.t("portal-start"), visit.url("/find")).icon(Icon::Box),
            Action::link(l.t("policy-open-sheet"), to("/sheet.pdf")).icon(Icon::Printer),
            Action::link(l.t("policy-open-insert"), to("/insert.pdf")).icon(Icon::Printer),
            Action::link(l.t("policy-open-data"), to("/open.json")).icon(Icon::Book),
        ]))
        @if versions.len() > 1 {
            nav.policy-versions aria-label=(l.t("policy-versions")) {
                h2 { (l.t("policy-versions")) }
                ul {
                    @if at > 0 { li { a href=(to("/changes")) { (l.t("policy-open-changes")) } } }
                    @for (i, other) in versions.iter().enumerate().rev() {
                        @if i != at { li { (link(visit, l, other)) } }
                    }
                }
            }
        }
    };
    Ok(frame::page(visit, &l.t("policy-title"), body))
}

fn link(visit: &Visit, l: L10n, version: &PolicyVersion) -> Markup {
    let edition = edition(visit, "", version);
    let day = l.date(version.effective_from);
    html! {
        a href=(visit.url(&format!("/policy/{}", edition.version()))) {
            (l.t_args("policy-from", &[("date", day.into())]))
        }
    }
}

/// `GET /p/{client}/policy/{version}/{form}`: what is made from a version.
pub async fn form(
    visit: Visit,
    State(app): State<App>,
    Path((_, name, form)): Path<(String, String, String)>,
) -> Result<Response, Failure> {
    let versions = versions(&visit, &app);
    let at = find(&versions, &name).ok_or(Problem::not_found())?;
    let version = versions.get(at).ok_or(Problem::not_found())?;
    let portal = portal(&visit);
    let edition = edition(&visit, &portal, version);
    Ok(match form.as_str() {
        "sheet.pdf" => pdf(edition.sheet().map_err(app::AppError::fault)?),
        "insert.pdf" => pdf(edition.insert().map_err(app::AppError::fault)?),
        "open.json" => {
            let text = publish::open_json(&version.policy).map_err(app::AppError::fault)?;
            typed("application/json", text.into_bytes())
        }
        "structured.json" => {
            let text = publish::schema_org(&version.policy).map_err(app::AppError::fault)?;
            typed("application/ld+json", text.into_bytes())
        }
        "changes" => match at.checked_sub(1).and_then(|i| versions.get(i)) {
            Some(before) => changes(&visit, &edition, before).into_response(),
            None => Redirect::to(&visit.url(&format!("/policy/{name}"))).into_response(),
        },
        _ => return Err(Problem::not_found().into()),
    })
}

fn changes(visit: &Visit, edition: &Edition<'_>, before: &PolicyVersion) -> Markup {
    let l = visit.l();
    let back = visit.url(&format!("/policy/{}", edition.version()));
    let body = html! {
        (edition.changes_page(&before.policy))
        (actions(&[Action::link(l.t("policy-read"), back).icon(Icon::Book)]))
    };
    frame::page(visit, &l.t("changes-title"), body)
}

fn pdf(bytes: Vec<u8>) -> Response {
    typed("application/pdf", bytes)
}

fn typed(media: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media),
        (header::CACHE_CONTROL, "public, max-age=300"),
    ];
    (headers, bytes).into_response()
}

/// `GET /schema/redress-policy-1.json`: the shape of the open form.
pub async fn schema() -> Response {
    (
        StatusCode::OK,
        [
            (header::CONTENT_TYPE, "application/schema+json"),
            (header::CACHE_CONTROL, "public, max-age=86400"),
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        ],
        publish::JSON_SCHEMA,
    )
        .into_response()
}
