//! The law desk: which rights hold where, each rule in plain words with what it rests on, a form
//! to try cases, and what changed between versions of the packs. Packs are published and rules
//! signed off here; every sentence about the law comes from the packs. Words are in `locales/*/lawdesk.ftl`.

mod answer;
mod ask;
pub mod beside;
pub mod books;
mod changes;
mod describe;
mod examples;
mod matrix;
mod packs;
mod path;
mod place;
mod read;
mod rule;
mod sign;
mod try_it;
mod words;

use crate::frame::Desk;
use kernel::Permission as P;
use law::LawBook;
use redress_http::ui::{Action, Icon, Tab, Weight};
use serde_json::{Value, json};
use surface::door::{Door, Doors};

/// The routes under `/law`.
pub fn router() -> Doors {
    let read = Door::right(P::CaseRead).of_the_house();
    Doors::pages()
        .get("/law", read, matrix::page)
        .get("/law/try", read, try_it::page)
        .get("/law/changes", read, changes::page)
        .get("/law/packs", read, packs::page)
        .post("/law/packs", Door::right(P::Administer), packs::publish)
        .get("/law/rule/{id}", read, rule::page)
        .post("/law/rule/{id}/sign", Door::right(P::LawReview), sign::send)
        .get("/law/{code}", read, place::page)
}

/// The pages of the desk that are about the law as a whole.
fn tabs(desk: &Desk, current: &str) -> Vec<Tab> {
    [
        ("lawdesk-tab-places", "/law"),
        ("lawdesk-tab-try", "/law/try"),
        ("lawdesk-tab-changes", "/law/changes"),
        ("desk-law-packs", "/law/packs"),
    ]
    .map(|(key, href)| Tab {
        label: desk.l().t(key),
        href: href.to_owned(),
        count: None,
        current: href == current,
    })
    .to_vec()
}

/// A link to the form, with the place filled in.
fn try_here(desk: &Desk, code: &str) -> Action {
    Action::link(
        desk.l().t("lawdesk-try-here"),
        format!("/law/try?place={code}"),
    )
    .icon(Icon::Scale)
    .weight(Weight::Secondary)
}

/// Places for the palette: by code or by name in the reader's language.
pub fn found(desk: &Desk, text: &str) -> Vec<Value> {
    let l = desk.l();
    let book = books::current(desk);
    let text = text.to_lowercase();
    places_named(l, &book, &text)
        .into_iter()
        .take(5)
        .map(|(code, name)| {
            json!({ "label": l.t_args("lawdesk-palette", &[("place", name.into())]),
                "href": format!("/law/{code}"), "hint": code })
        })
        .collect()
}

fn places_named(l: redress_http::L10n, book: &LawBook, text: &str) -> Vec<(String, String)> {
    let fits = |code: &str, name: &str| {
        code.eq_ignore_ascii_case(text) || name.to_lowercase().contains(text)
    };
    book.jurisdictions()
        .map(|j| (j.code.clone(), words::place(l, j)))
        .filter(|(code, name)| fits(code, name))
        .collect()
}
