//! What agents say, ask and do not promise, from the policy version that decides, in the customer's
//! language: a page of its own, and a card beside a case.

use crate::frame::Desk;
use app::directory::Client;
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use kernel::{ClientId, Lang, PolicyHash};
use maud::{Markup, html};
use policy::Policy;
use redress_http::{
    Id, L10n, Problem,
    ui::{self, Tab, tabs},
};
use serde::Deserialize;
use surface::{Edition, Failure};

/// What is asked of the page.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    lang: Option<Lang>,
    version: Option<PolicyHash>,
}

/// `GET /script/{client}`
pub async fn page(
    desk: Desk,
    Id(id): Id<ClientId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let missing = || Failure(Problem::not_found());
    if !desk.scope().reaches(id) {
        return Err(missing());
    }
    let directory = desk.app.directory();
    let client = directory.client(id).ok_or_else(missing)?;
    let policy = match asked.version {
        Some(hash) => directory.policy(id, hash),
        None => directory.policy_on(id, client.day(desk.now)),
    };
    let policy = policy.ok_or_else(missing)?;
    let spoken = asked.lang.map_or_else(|| first(client), L10n::new);
    let languages: Vec<Tab> = L10n::all()
        .map(|l| Tab {
            label: l.t("portal-this-language"),
            href: href(id, policy, l),
            count: None,
            current: l == spoken,
        })
        .collect();
    let title = desk.l().t("script-title");
    let body = html! {
        div.page-head { div { h1 { (title) } } }
        div.stack {
            (tabs(desk.l(), &desk.l().t("portal-languages"), &languages))
            (ui::card(&client.name, &block(spoken, client, policy)))
        }
    };
    let frame = desk.page(title, "/desk", false, body).await?;
    Ok(frame.render().into_response())
}

/// The card beside a case, in the client's first language, folded; other languages are a page.
pub fn card(l: L10n, client: &Client, policy: &Policy) -> Markup {
    let spoken = first(client);
    ui::card(
        &l.t("script-title"),
        &html! {
            details {
                summary { (l.t("script-say")) ", " (l.t("script-ask")) ", " (l.t("script-never")) }
                (block(spoken, client, policy))
            }
            p { a href=(href(client.id, policy, spoken)) { (l.t("portal-languages")) } }
        },
    )
}

fn block(spoken: L10n, client: &Client, policy: &Policy) -> Markup {
    let edition = Edition {
        l: spoken,
        policy,
        client: &client.name,
        from: None,
        portal: "",
    };
    edition.script_block()
}

/// The language customers of the client are spoken to in.
fn first(client: &Client) -> L10n {
    let languages = &client.settings.languages;
    languages.first().map_or(L10n::EN, |lang| L10n::new(*lang))
}

fn href(client: ClientId, policy: &Policy, l: L10n) -> String {
    format!(
        "/script/{client}?version={}&lang={}",
        policy.hash(),
        l.lang()
    )
}
