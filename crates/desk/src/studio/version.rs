//! One published version: what customers read, its text, and what it changed.

use super::{client_of, crumbs, write};
use crate::frame::Desk;
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{self, Definition, card, definitions},
};
use surface::Failure;

/// `GET /studio/{client}/version/{number}`
pub async fn page(
    desk: Desk,
    Path((slug, number)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let client = client_of(&desk, &slug)?;
    let number: i64 = number.parse().map_err(|_| Problem::not_found())?;
    let directory = desk.app.directory();
    let versions = directory.versions(client.id);
    let version = versions.iter().find(|v| v.publication.number == number);
    let version = version.ok_or(Problem::not_found())?;
    let p = &version.publication;
    let code = |text: &str| html! { code.studio-hash { (text) } };
    let mut facts = vec![
        Definition::new(
            l.t("studio-from"),
            html! { (ui::date(l, version.effective_from)) },
        ),
        Definition::new(l.t("studio-content-hash"), code(&p.hash)),
    ];
    if !p.seal.is_empty() {
        facts.push(Definition::new(l.t("studio-seal"), code(&p.seal)));
        facts.push(Definition::new(l.t("studio-law"), code(&p.law)));
    }
    let title = l.t_args("studio-version", &[("n", number.to_string().into())]);
    let body = html! {
        (crumbs(&desk, Some(&client)))
        div.page-head { div { h1 { (title) } p.lede { (ui::bdi(&version.name)) } } }
        div.stack {
            (card(&l.t("studio-facts"), &definitions(&facts)))
            (card(&l.t("studio-preview"), &write::clauses(l, &version.policy)))
            (card(&l.t("studio-text"), &numbered(&p.source)))
        }
    };
    let page = desk.page(title, "/studio", false, body).await?;
    Ok(page.render().into_response())
}

/// A text with its lines numbered, each with an address.
pub fn numbered(text: &str) -> Markup {
    html! {
        ol.studio-lines tabindex="0" {
            @for (line, n) in text.lines().zip(1..) { li id={ "line-" (n) } { code { (line) } } }
        }
    }
}
