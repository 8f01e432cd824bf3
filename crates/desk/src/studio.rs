//! The policy studio: what a client's policy is and was, and the way of a draft to a version. An
//! author types beside line-precise findings and the sentences customers will read; the check
//! shows orders for which the draft gives less than the law; another person approves. Everything
//! goes through the same functions of `app` as API and command line. Words are in
//! `locales/*/studio.ftl`.

mod backtest;
mod check;
mod overview;
mod said;
mod tests;
mod version;
mod windows;
mod write;

use crate::frame::Desk;
use app::{
    directory::Client,
    policies::{Stage, Standing},
};
use kernel::{DraftId, Permission as P};
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{self, Crumb, Tab, Tone, pill},
};
use std::sync::Arc;
use surface::{
    Failure,
    door::{Door, Doors},
};

/// The routes under `/studio`.
pub fn router() -> Doors {
    let read = Door::right(P::CaseRead);
    let here = read.at_slug();
    let write = Door::right(P::PolicyWrite).at_slug();
    let acts = Door::any_of(&[P::PolicyWrite, P::PolicyApprove]).at_slug();
    Doors::pages()
        .get("/studio", read, overview::clients)
        .get("/studio/{client}", here, overview::page)
        .post("/studio/{client}", write, overview::begin)
        .get("/studio/{client}/version/{number}", here, version::page)
        .post(
            "/studio/{client}/version/{number}/rollback",
            write,
            overview::roll_back,
        )
        .get("/studio/{client}/{draft}", here, write::page)
        .post("/studio/{client}/{draft}", write, write::save)
        .ask("/studio/{client}/{draft}/look", here, write::look)
        .get("/studio/{client}/{draft}/windows", here, windows::page)
        .post("/studio/{client}/{draft}/windows", write, windows::save)
        .get("/studio/{client}/{draft}/check", here, check::page)
        .post("/studio/{client}/{draft}/do/{act}", acts, check::act)
        .get("/studio/{client}/{draft}/tests", here, tests::page)
        .post("/studio/{client}/{draft}/tests", write, tests::send)
        .get("/studio/{client}/{draft}/backtest", here, backtest::page)
        .post("/studio/{client}/{draft}/backtest", write, backtest::start)
        .post(
            "/studio/{client}/{draft}/backtest/{run}/cancel",
            write,
            backtest::cancel,
        )
        .get(
            "/studio/{client}/{draft}/backtest/{run}/{bucket}",
            here,
            backtest::bucket,
        )
}

/// The client of an address, if the reader works for it.
fn client_of(desk: &Desk, slug: &str) -> Result<Arc<Client>, Failure> {
    let clients = desk.clients();
    let found = clients.into_iter().find(|c| c.slug == slug);
    found.ok_or_else(|| Problem::not_found().into())
}

fn draft_id(text: &str) -> Result<DraftId, Failure> {
    text.parse().map_err(|_| Problem::not_found().into())
}

fn href(client: &Client) -> String {
    format!("/studio/{}", client.slug)
}

fn draft_href(client: &Client, draft: DraftId) -> String {
    format!("/studio/{}/{draft}", client.slug)
}

/// The way back up.
fn crumbs(desk: &Desk, client: Option<&Client>) -> Markup {
    let l = desk.l();
    let mut list = vec![Crumb {
        label: l.t("studio-title"),
        href: "/studio".into(),
    }];
    list.extend(client.map(|c| Crumb {
        label: c.name.clone(),
        href: href(c),
    }));
    ui::breadcrumbs(l, &list)
}

/// The title of a draft, how far it is, and its pages.
fn head(desk: &Desk, client: &Client, standing: &Standing, current: &str) -> Markup {
    let draft = &standing.draft;
    html! {
        div.page-head { div { h1 { (ui::bdi(&draft.title)) } p.lede { (stage(desk, standing.stage)) } } }
        (tabs(desk, client, draft.id, current))
    }
}

/// The pages of one draft.
fn tabs(desk: &Desk, client: &Client, draft: DraftId, current: &str) -> Markup {
    let l = desk.l();
    let base = draft_href(client, draft);
    let list = [
        ("write", ""),
        ("windows", "/windows"),
        ("check", "/check"),
        ("tests", "/tests"),
        ("backtest", "/backtest"),
    ]
    .map(|(name, path)| Tab {
        label: l.t(&format!("studio-tab-{name}")),
        href: format!("{base}{path}"),
        count: None,
        current: name == current,
    });
    ui::tabs(l, &l.t("studio-tabs"), &list)
}

/// How far a draft is, as a pill.
fn stage(desk: &Desk, stage: Stage) -> Markup {
    let tone = match stage {
        Stage::Broken | Stage::Undercut => Tone::Bad,
        Stage::Unchecked | Stage::Dropped => Tone::Neutral,
        Stage::Checking | Stage::InReview => Tone::Warn,
        Stage::Ready => Tone::Accent,
        Stage::Approved | Stage::Published => Tone::Good,
    };
    pill(
        tone,
        &desk.l().t(&format!(
            "studio-stage-{}",
            stage.as_str().replace('_', "-")
        )),
    )
}

/// Where a finding points to: its line, as a link into the editor, and its path.
fn place(l: redress_http::L10n, line: Option<usize>, path: &str, into: Option<&str>) -> Markup {
    html! {
        @if let Some(line) = line {
            @let words = l.t_args("studio-line", &[("n", line.to_string().into())]);
            @match into {
                Some(href) => a.studio-line href={ (href) "#line-" (line) } data-line=(line) { (words) },
                None => a.studio-line href="#f-text" data-line=(line) { (words) },
            }
            " "
        }
        @if !path.is_empty() { code { (path) } }
    }
}
