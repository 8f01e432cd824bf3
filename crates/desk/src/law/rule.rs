//! A place with its rules, one rule in full, and signing it off.

use super::{may_sign, period, review_badge, word, wording};
use crate::{form::Form, frame::Desk};
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use law::{LawBook, RuleEntry, pack::Evidence};
use maud::{Markup, html};
use redress_http::{
    L10n, Problem,
    ui::{
        self, Action, Column, Definition, Icon, Note, Row, Table, TextArea, Tone, badge, card,
        csrf_field, definitions, form_actions,
    },
};
use serde::Deserialize;
use serde_json::Value;
use surface::Failure;

/// Fields that stand elsewhere on the page, or say nothing to people.
const ELSEWHERE: &[&str] = &[
    "title",
    "instrument",
    "articles",
    "confidence",
    "review_status",
    "notes",
    "evidence",
    "cases",
    "effective_from",
    "effective_to",
];

/// `GET /desk/law/place/{code}`
pub async fn place(desk: Desk, Path(code): Path<String>) -> Result<Response, Failure> {
    let l = desk.l();
    let book = desk.app.law_today(None);
    let place = book.jurisdiction(&code).ok_or(Problem::not_found())?;
    let columns = vec![
        Column::text(l.t("desk-law-rule")),
        Column::text(l.t("desk-law-gives")),
        Column::text(l.t("desk-law-window")),
        Column::text(l.t("desk-law-refund")).wide_only(),
        Column::text(l.t("desk-law-state")),
    ];
    let rows = book.rules_of(&code).into_iter().map(|rule| {
        let fields = rule.fields();
        let kind = fields.get("right_type").and_then(Value::as_str);
        Row::new(vec![
            html! { (rule.title) div.muted.small { (rule.citation) } },
            html! { (kind.map(|k| word(l, k)).unwrap_or_default()) },
            html! { (period(l, &fields, "window")) },
            html! { (period(l, &fields, "refund")) },
            html! { (review_badge(&desk, rule)) " " (confidence(l, rule)) },
        ])
        .href(format!("/desk/law/rule/{}", rule.id))
    });
    let rows: Vec<Row> = rows.collect();
    let duties: Vec<_> = book.obligations_of(&code);
    let chain: Vec<&str> = book.chain(&code).iter().map(|j| j.name.as_str()).collect();
    let body = html! {
        div.page-head { div {
            h1 { (place.name) " (" (place.code) ")" }
            p.lede { (chain.join(" → ")) }
        } }
        div.stack {
            @if let Some(words) = &place.change_of_mind_floor {
                (Note::new(Tone::Neutral, l.t("desk-law-change-of-mind")).body(html! { p { (word(l, words)) } }))
            }
            (Table::new(l.t("desk-law-rules"), columns, rows))
            @if !duties.is_empty() {
                (card(&l.t("desk-law-duties"), &html! {
                    ul.plain-list.stack {
                        @for duty in duties {
                            li { p { (duty.duty) } p.muted.small { (duty.instrument) " " (duty.articles.join(", ")) } }
                        }
                    }
                }))
            }
        }
    };
    let title = format!("{} · {}", place.code, l.t("desk-law-title"));
    Ok(desk
        .page(title, "/desk/law", false, body)
        .await?
        .render()
        .into_response())
}

fn confidence(l: L10n, rule: &RuleEntry) -> Markup {
    let tone = match rule.confidence.as_str() {
        "high" => Tone::Good,
        "medium" => Tone::Neutral,
        _ => Tone::Warn,
    };
    badge(
        tone,
        &word(l, &format!("confidence_{}", rule.confidence.as_str())),
    )
}

/// `?done=signed`
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    done: Option<String>,
}

/// `GET /desk/law/rule/{id}`
pub async fn rule(
    desk: Desk,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    show(&desk, &id, asked.done.as_deref(), None).await
}

async fn show(
    desk: &Desk,
    id: &str,
    done: Option<&str>,
    problem: Option<(Problem, String)>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let book = desk.app.law_today(None);
    let versions: Vec<_> = book.rule(id).cloned().collect();
    let first = versions.first().ok_or(Problem::not_found())?;
    let body = html! {
        div.page-head { div {
            h1 { (first.title) }
            p.lede { (first.citation) }
            p.muted.small { (first.id) " · " (first.jurisdictions.join(", ")) }
        } }
        div.stack {
            @if let Some((problem, _)) = &problem {
                (Note::new(Tone::Bad, problem.title(l)).body(html! { p { (problem.what_to_do(l)) } }))
            }
            @for one in &versions { (version(desk, &book, one, problem.as_ref().map(|p| p.1.as_str()))) }
        }
    };
    let mut page = desk
        .page(first.title.clone(), "/desk/law", false, body)
        .await?;
    if let Some((tone, words)) = desk.done(done) {
        page = page.flash(tone, words);
    }
    let mut answer = page.render().into_response();
    if let Some((problem, _)) = problem {
        *answer.status_mut() = problem.status;
    }
    Ok(answer)
}

/// One version of a rule: since when, what it says, what it rests on, who answers for it.
fn version(desk: &Desk, book: &LawBook, rule: &RuleEntry, typed: Option<&str>) -> Markup {
    let l = desk.l();
    let day = |d: Option<kernel::Date>| {
        d.map(|d| l.date(d))
            .unwrap_or_else(|| l.t("desk-law-open-end"))
    };
    let fields = rule.fields();
    let said: Vec<Definition> = fields
        .iter()
        .filter(|(name, _)| !ELSEWHERE.contains(&name.as_str()))
        .map(|(name, value)| Definition::new(word(l, name), in_words(l, value)))
        .collect();
    html! {
        (ui::card_with(
            &l.t_args("desk-law-in-force", &[
                ("from", day(rule.content.effective_from).into()),
                ("to", day(rule.content.effective_to).into()),
            ]),
            Some(&html! { div.cluster { (review_badge(desk, rule)) (confidence(l, rule)) } }),
            &html! { div.stack {
                (definitions(&said))
                @if let Some(notes) = &rule.notes { p { (notes) } }
                p.muted.small { (l.t("desk-law-origin")) " " (rule.origin) }
            } },
        ))
        (card(&l.t("desk-law-sources"), &html! {
            ul.plain-list.stack {
                @for evidence in &rule.evidence {
                    li { @match evidence {
                        Evidence::Source { id } => @match book.source(id) {
                            Some(source) => {
                                a href=(source.address) rel="noreferrer external" { (source.address) }
                                p.muted.small { (source.read) }
                            },
                            None => (id),
                        },
                        Evidence::Knowledge { what, verify_by } => {
                            p { (what) }
                            p.muted.small { (l.t_args("desk-law-verify", &[("who", verify_by.as_str().into())])) }
                        },
                    } }
                }
            }
        }))
        @if let Some(signed) = desk.app.signed_off(None, rule) {
            (Note::new(Tone::Good, l.t("desk-law-signed-title")).body(html! {
                p { (signed.reviewer) ": " (ui::bdi(&signed.note)) }
            }))
        } @else if may_sign(desk) {
            (card(&l.t("desk-law-sign"), &html! {
                form.stack method="post" action={ "/desk/law/rule/" (rule.id) "/sign" } {
                    (csrf_field(&desk.view.csrf))
                    input type="hidden" name="content" value=(wording(rule));
                    p { (l.t("desk-law-sign-lede")) }
                    (TextArea::new("note", l.t("desk-law-sign-note")).value(typed.unwrap_or_default()).required())
                    (form_actions(&[Action::submit(l.t("desk-law-sign")).icon(Icon::Check)]))
                }
            }))
        } @else {
            p.muted { (l.t("clock-unreviewed-why")) }
        }
    }
}

/// A value of a rule as people read it.
fn in_words(l: L10n, value: &Value) -> Markup {
    match value {
        Value::Null => html! {},
        Value::Bool(true) => html! { (l.t("desk-yes")) },
        Value::Bool(false) => html! { (l.t("desk-no")) },
        Value::Number(n) => html! { (n.to_string()) },
        Value::String(s) => html! { (word(l, s)) },
        Value::Array(list) => html! {
            @for (i, one) in list.iter().enumerate() { @if i > 0 { ", " } (in_words(l, one)) }
        },
        Value::Object(map) => html! {
            @for (i, (name, one)) in map.iter().filter(|(_, v)| !v.is_null()).enumerate() {
                @if i > 0 { "; " } (word(l, name)) ": " (in_words(l, one))
            }
        },
    }
}

/// `POST /desk/law/rule/{id}/sign`
pub async fn sign(
    desk: Desk,
    Path(id): Path<String>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form = Form(fields);
    let text = |name: &str| form.text(name).map(|t| t.to_string()).unwrap_or_default();
    let (content, note) = (text("content"), text("note"));
    let signed = desk.app.sign_off(
        desk.scope(),
        None,
        (&id, &content),
        (&desk.person.name, &note),
    );
    match signed.await {
        Ok(()) => Ok(Redirect::to(&format!("/desk/law/rule/{id}?done=signed")).into_response()),
        Err(error @ app::AppError::Invalid(_)) => {
            show(&desk, &id, None, Some((Failure::from(error).0, note))).await
        }
        Err(error) => Err(error.into()),
    }
}
