//! A question to the law: facts in the address, the answer on the page. Nothing is stored.

use super::{answer, ask, books, examples, path, read, tabs, words};
use crate::{form::Form, frame::Desk};
use axum::{
    extract::RawQuery,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use law::vectors;
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{self, ErrorSummary, FieldError, Note, Tone},
};
use surface::Failure;

/// Longest question.
const QUERY_MAX: usize = 8 << 10;

/// `GET /law/try?place=DE&contract=2026-03-02&…`
pub async fn page(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Failure> {
    let query = query.unwrap_or_default();
    let fields: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    if query.len() > QUERY_MAX {
        return Err(redress_http::Problem::too_large().into());
    }
    // Browsers send empty fields too; an address without them is one that can be shared.
    if fields.iter().any(|(_, value)| value.trim().is_empty()) {
        return Ok(Redirect::to(&shared(&fields)).into_response());
    }
    let form = read::bounded(fields);
    let l = desk.l();
    let book = books::current(&desk);
    let (answer, errors) = if read::is_asked(&form) {
        answered(l, &book, &form)
    } else {
        (html! {}, Vec::new())
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let body = html! {
        div.page-head { div { h1 { (l.t("lawdesk-tab-try")) } p.lede { (l.t("lawdesk-try-lede")) } } }
        div.stack {
            (ui::tabs(l, &l.t("lawdesk-title"), &tabs(&desk, "/law/try")))
            (chips(l, &query))
            (ErrorSummary { l, errors: &errors })
            (answer)
            (ask::form(l, &book, &form, &errors))
        }
    };
    let page = desk
        .page(l.t("lawdesk-tab-try"), "/law", false, body)
        .await?;
    Ok((status, page.render()).into_response())
}

/// The address without the fields that say nothing.
fn shared(fields: &[(String, String)]) -> String {
    let mut out = form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields.iter().filter(|(_, value)| !value.trim().is_empty()) {
        out.append_pair(name, value.trim());
    }
    examples::href(&out.finish())
}

fn chips(l: L10n, query: &str) -> Markup {
    html! {
        nav.law-examples aria-label=(l.t("lawdesk-examples")) {
            span.small.muted { (l.t("lawdesk-examples")) }
            ul {
                @for (name, facts) in examples::EXAMPLES {
                    li { a class={ "pill " @if *facts == query { "tone-accent" } @else { "tone-neutral" } } href=(examples::href(facts)) aria-current=[(*facts == query).then_some("true")] {
                        (l.t(&format!("lawdesk-example-{name}")))
                    } }
                }
            }
        }
    }
}

fn answered(l: L10n, book: &law::LawBook, form: &Form) -> (Markup, Vec<FieldError>) {
    let facts = match read::facts(form, book) {
        Ok(facts) => facts,
        Err(errors) => return (html! {}, errors),
    };
    let (explained, rights) = match (
        vectors::explain(book, &facts),
        vectors::rights(book, &facts),
    ) {
        (Ok(explained), Ok(rights)) => (explained, rights),
        (Err(e), _) | (_, Err(e)) => return (refused(l, &e), Vec::new()),
    };
    let markup = html! {
        div.stack #answer {
            (answer::outcome(l, book, &facts, &explained.outcome))
            (answer::side_by_side(l, &rights))
            (path::path(l, book, &facts, &explained))
        }
    };
    (markup, Vec::new())
}

/// What the engine itself refuses, in its words.
fn refused(l: L10n, error: &vectors::FactError) -> Markup {
    html! {
        (Note::new(Tone::Bad, l.t("lawdesk-refused")).body(html! { p { (words::theirs(&error.to_string())) } }))
    }
}
