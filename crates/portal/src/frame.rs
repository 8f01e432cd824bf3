//! The frame of every portal page: the client's brand, language links, the steps of the journey,
//! support address. And the answers that are not pages: redirects that set cookies.

use crate::declare;
use crate::visit::Visit;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use redress_http::{
    Page, Surface,
    page::Brand,
    ui::{Icon, Step, icon, stepper},
};

/// The questions of a return, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Which order.
    Order,
    /// Which items.
    Items,
    /// Why.
    Reason,
    /// What for.
    Outcome,
    /// How it comes back.
    Send,
    /// Everything once more.
    Check,
}

/// The steps over a page of the journey; `back` has the addresses of those done.
pub fn steps(visit: &Visit, at: At, draft: &str) -> Markup {
    let l = visit.l();
    // The pages about one item lead to the first: the others follow it.
    let to = |page: &str| Some(visit.url(&format!("/return/{page}?d={draft}&n=0")));
    let all = [
        ("portal-step-order", Some(visit.url("/find"))),
        ("portal-step-items", to("items")),
        ("portal-step-reason", to("reason")),
        ("portal-step-outcome", to("outcome")),
        ("portal-step-send", to("send")),
        ("portal-step-check", None),
    ];
    let list = all.map(|(key, href)| Step {
        label: l.t(key),
        href,
    });
    stepper(l, &list, at as usize)
}

/// A page in the client's brand.
pub fn page(visit: &Visit, title: &str, body: Markup) -> Markup {
    let l = visit.l();
    let brand = Brand {
        name: visit.client.name.clone(),
        css: visit.url("/brand.css"),
    };
    let support = &visit.client.settings.brand.support_email;
    let footer = html! {
        p {
            (l.t("portal-questions")) " " a href={ "mailto:" (support) } { (support) }
        }
        p { a href=(visit.url("/withdraw")) { (l.t("portal-withdraw-here")) } }
        @if declare::sells_to_argentina(visit) {
            p { a href=(visit.url("/revoke")) lang="es" { (l.t("portal-revoke-button")) } }
        }
    };
    Page::new(&visit.view, Surface::Portal, title)
        .brand(brand)
        .home(visit.url(""))
        .tools(languages(visit))
        .body(body)
        .footer(footer)
        .render()
}

/// This page in the client's other languages, under the name of this one.
fn languages(visit: &Visit) -> Markup {
    let l = visit.l();
    let all = &visit.client.settings.languages;
    let others = all.iter().filter(|lang| **lang != l.lang());
    html! {
        @if all.iter().any(|lang| *lang != l.lang()) {
            details.languages {
                summary.btn.btn-ghost {
                    (icon(Icon::Languages))
                    span.visually-hidden { (l.t("portal-languages")) ": " }
                    (l.t("portal-this-language"))
                }
                nav aria-label=(l.t("portal-languages")) {
                    @for lang in others {
                        a href=(visit.in_language(*lang)) hreflang=(lang) lang=(lang) dir="auto" {
                            (redress_http::L10n::new(*lang).t("portal-this-language"))
                        }
                    }
                }
            }
        }
    }
}

/// The page again with what must be put right.
pub fn again(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

/// On to another page (by GET), with cookies.
pub fn go(to: &str, cookies: impl IntoIterator<Item = Option<HeaderValue>>) -> Response {
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
