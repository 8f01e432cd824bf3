//! Scans: anything a label can hold, wherever the caret is. A scan only looks; sending it again
//! under its id changes nothing.

use crate::{
    bench::Bench,
    fields::Fields,
    recent::{self, Found, Scanned},
};
use app::{App, views::CaseHead};
use axum::{
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{CaseId, ClientId, Permission};
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{Column, Icon, Row, Table, Tone, bdi, card, empty, scan_state},
};
use serde::Deserialize;
use surface::Failure;

/// Longest code taken, bytes.
const CODE_MAX: usize = 200;

/// `/dock`: ready for the next parcel.
pub async fn home(State(app): State<App>, bench: Bench) -> Result<Markup, Failure> {
    let l = bench.view.l;
    let shelf = crate::strays::waiting(&app, &bench).await?;
    let work = match bench.scans.first() {
        Some(scan) if scan.found == Found::Nothing => html! {
            (scan_state(Tone::Bad, &l.t("dock-word-stop"), &scan.code))
            p { a.btn.btn-lg href={ "/dock/unexpected?code=" (query(&scan.code)) } { (l.t("dock-unexpected-go")) } }
        },
        _ => html! {
            (scan_state(Tone::Neutral, &l.t("dock-word-ready"), &l.t("dock-ready-detail")))
        },
    };
    let keys = card(
        &l.t("dock-how"),
        &html! {
            ol { @for n in 1..=4 { li { (l.t(&format!("dock-how-{n}"))) } } }
            p.hint { (l.t("dock-undo")) }
        },
    );
    let title = l.t("dock-title");
    Ok(bench.page(
        &title,
        &html! { h1.visually-hidden { (title) } (work) (shelf) (keys) },
    ))
}

/// The returns a code stands for, of clients this person receives for.
async fn found(app: &App, bench: &Bench, code: &str) -> Result<Vec<CaseHead>, Failure> {
    let scope = &bench.person.scope;
    let mut heads = app.find_scanned(scope, code).await?;
    if heads.is_empty() {
        // No label of ours: perhaps the order number on the packing slip.
        heads = app.find_cases(scope, code).await?;
    }
    heads.retain(|h| scope.may(Permission::DockWork, ClientId(h.client_id)));
    Ok(heads)
}

/// `client/case` of a return, as in addresses.
fn place(app: &App, head: &CaseHead) -> String {
    let directory = app.directory();
    let slug = directory
        .client(ClientId(head.client_id))
        .map_or("", |c| &c.slug);
    format!("{slug}/{}", CaseId(head.case_id))
}

/// `POST /dock/scan`: remembers the scan and goes where it leads. The script gets a bare status,
/// so that it can beep: 204 for one, 409 for several, 404 for none.
pub async fn take(
    State(app): State<App>,
    bench: Bench,
    headers: HeaderMap,
    body: String,
) -> Result<Response, Failure> {
    let fields = Fields::parse(&body);
    let code = fields.text("scan").to_owned();
    if code.is_empty() || code.len() > CODE_MAX {
        return Err(crate::fields::wrong("scan", "dock-scan-needed").into());
    }
    let heads = found(&app, &bench, &code).await?;
    let (what, to) = match heads.as_slice() {
        [one] => (Found::One, place(&app, one)),
        [] => (Found::Nothing, String::new()),
        _ => (Found::Several, String::new()),
    };
    let at = app.now();
    let given = fields.text("scan_id");
    let id = if given.is_empty() {
        app.mint(at).to_string()
    } else {
        given.to_owned()
    };
    let scan = Scanned {
        id,
        code: code.clone(),
        found: what,
        place: to,
        at: at.as_millisecond(),
    };
    let target = target(&scan);
    let by_script = fields.has("scan_id");
    let mut response = match (by_script, what) {
        (false, _) => Redirect::to(&target).into_response(),
        (true, Found::One) => StatusCode::NO_CONTENT.into_response(),
        (true, Found::Several) => StatusCode::CONFLICT.into_response(),
        (true, Found::Nothing) => StatusCode::NOT_FOUND.into_response(),
    };
    if let Some(cookie) = recent::with(&headers, scan) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

fn target(scan: &Scanned) -> String {
    match (scan.found, scan.href()) {
        (Found::One, Some(href)) => href,
        (Found::Several, _) => format!("/dock/choose?code={}", query(&scan.code)),
        _ => format!("/dock/unexpected?code={}", query(&scan.code)),
    }
}

/// A value for a query.
fn query(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// `/dock/now`: where the last scan leads, told to the script.
pub async fn now(bench: Bench) -> Result<Response, Failure> {
    let scan = bench.scans.first().ok_or(Problem::not_found())?;
    let to = HeaderValue::try_from(target(scan)).map_err(|_| Problem::not_found())?;
    Ok((StatusCode::OK, [("hx-redirect", to)]).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Code {
    pub code: String,
}

/// `/dock/choose`: several returns answer to one code.
pub async fn choose(
    State(app): State<App>,
    bench: Bench,
    Query(Code { code }): Query<Code>,
) -> Result<Markup, Failure> {
    let l = bench.view.l;
    let heads = found(&app, &bench, &code).await?;
    let directory = app.directory();
    let rows = heads.iter().map(|h| {
        let name = directory
            .client(ClientId(h.client_id))
            .map_or("", |c| &c.name);
        let cells = vec![
            html! { (h.rma) },
            html! { (name) },
            bdi(&h.title),
            html! { (h.order_number) },
        ];
        Row::new(cells).href(format!("/dock/{}", place(&app, h)))
    });
    let columns = [
        "dock-col-rma",
        "dock-col-client",
        "dock-col-title",
        "dock-col-order",
    ];
    let columns = columns.map(|key| Column::text(l.t(key))).to_vec();
    let title = l.t("dock-choose-title");
    let list = if heads.is_empty() {
        empty(
            Icon::BoxSearch,
            &l.t("dock-word-unexpected"),
            &l.t("dock-do-unexpected"),
            None,
        )
    } else {
        html! { (Table::new(title.clone(), columns, rows.collect())) }
    };
    Ok(bench.page(
        &title,
        &html! {
            (scan_state(Tone::Warn, &l.t("dock-word-choose"), &code))
            h1 { (title) }
            (list)
        },
    ))
}
