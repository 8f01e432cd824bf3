//! The front page of a client's portal: the two ways in, and the policy in plain words.

use crate::{frame, visit::Visit};
use app::App;
use axum::extract::State;
use maud::{Markup, html};
use policy::describe;
use redress_http::ui::{Action, Icon, Weight, card};
use surface::clause_words;

/// `GET /p/{client}`.
pub async fn page(visit: Visit, State(app): State<App>) -> Markup {
    let l = visit.l();
    let client = &visit.client;
    let tagline = client.settings.brand.tagline.get(&l.lang());
    let today = client.day(app.now());
    let directory = app.directory();
    let clauses = directory
        .policy_on(client.id, today)
        .map(|p| describe(p))
        .unwrap_or_default();
    let (general, special): (Vec<_>, Vec<_>) = clauses.iter().partition(|c| is_general(&c.id));
    let body = html! {
        div.stack.stack-lg {
            div {
                h1 { (l.t("portal-landing-title")) }
                p.lede { (tagline.map_or_else(|| l.t("portal-landing-lede"), Clone::clone)) }
            }
            div.stack {
                (Action::link(l.t("portal-start"), visit.url("/find"))
                    .weight(Weight::Primary).large().icon(Icon::Box))
                (Action::link(l.t("portal-follow"), visit.url("/find?for=follow"))
                    .large().icon(Icon::BoxSearch))
            }
            (card(&l.t("portal-withdraw-title"), &html! {
                div.stack {
                    p { (l.t("portal-withdraw-short")) }
                    (Action::link(l.t("portal-withdraw-here"), visit.url("/withdraw")).icon(Icon::Scale))
                }
            }))
            @if !general.is_empty() {
                (card(&l.t("portal-policy-title"), &html! { div.stack {
                    ul { @for clause in &general { li { (clause_words(l, clause)) } } }
                    @if !special.is_empty() {
                        details {
                            summary { (l.t("portal-policy-special")) }
                            ul { @for clause in &special { li { (clause_words(l, clause)) } } }
                        }
                    }
                    p.hint { (l.t("portal-policy-law")) }
                    (Action::link(l.t("policy-read"), visit.url("/policy")).icon(Icon::Book))
                } }))
            }
        }
    };
    frame::page(&visit, &l.t("portal-landing-title"), body)
}

/// The clauses everybody wants to know; the others are about single goods, reasons or markets.
fn is_general(id: &str) -> bool {
    matches!(id, "window" | "outcomes" | "refund" | "shipping" | "label") || id.starts_with("fee.")
}
