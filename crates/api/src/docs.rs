//! The documentation page: our own description drawn with our own components. No script, nothing
//! from elsewhere; every operation comes with a `curl` that can be pasted.

use axum::Json;
use maud::{Markup, html};
use redress_http::{
    L10n, Page, Surface, View,
    ui::{Tone, badge},
};
use serde_json::Value;
use std::{collections::BTreeMap, fmt::Write as _, sync::Arc};
use surface::door::{Door, Doors};

/// The order of the sections; others follow.
const SECTIONS: &[&str] = &[
    "Returns",
    "Decide",
    "Goods",
    "Refunds",
    "Documents",
    "Orders",
    "Policies",
    "Events",
    "Ledger",
    "Webhooks",
    "Security",
    "Law",
];

pub fn routes(description: Value) -> Doors {
    let description = Arc::new(description);
    let for_page = description.clone();
    let all = Door::anybody();
    Doors::programs()
        .get("/openapi.json", all, async move || {
            Json(description.as_ref().clone())
        })
        .get("/docs/api", all, async move |view: View| {
            page(&view, &for_page)
        })
}

struct Operation<'d> {
    method: &'d str,
    path: &'d str,
    value: &'d Value,
}

impl Operation<'_> {
    fn id(&self) -> String {
        let path = self.path.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        format!("{}{}", self.method, path)
    }
}

fn page(view: &View, description: &Value) -> Markup {
    let l = view.l;
    let sections = sections(description);
    Page::new(view, Surface::Plain, l.t("api-title"))
        .body(html! { div.docs {
            h1 { (l.t("api-title")) }
            p.lede { (words(description["info"]["description"].as_str().unwrap_or_default())) }
            p { a href="/openapi.json" { (l.t("api-download")) } }
            (start(l))
            h2 { (l.t("api-contents")) }
            nav.docs-index aria-label=(l.t("api-contents")) {
                @for (tag, operations) in &sections {
                    div {
                        h3 { (tag) }
                        ul { @for o in operations { (entry(o)) } }
                    }
                }
            }
            @for (tag, operations) in &sections {
                section { h2 { (tag) } @for o in operations { (operation(l, description, o)) } }
            }
        } })
        .render()
}

/// A line of the contents.
fn entry(o: &Operation<'_>) -> Markup {
    html! {
        li {
            a href={ "#" (o.id()) } { (text(o.value, "summary")) }
            code { (o.method.to_uppercase()) " " (short(o.path)) }
        }
    }
}

/// Text with its `code` marked as such.
fn words(text: &str) -> Markup {
    html! {
        @for (i, part) in text.split('`').enumerate() {
            @if i % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// How to begin: a key, a client, the first call.
fn start(l: L10n) -> Markup {
    html! {
        h2 { (l.t("api-start")) }
        p { (l.t("api-start-words")) }
        pre tabindex="0" { code { "export BASE=http://127.0.0.1:8080 CLIENT=northbeam KEY=…\ncurl -s $BASE/api/v1/clients/$CLIENT/returns -H \"Authorization: Bearer $KEY\"" } }
    }
}

fn sections(description: &Value) -> Vec<(String, Vec<Operation<'_>>)> {
    let mut by_tag: BTreeMap<String, Vec<Operation<'_>>> = BTreeMap::new();
    for (path, item) in description["paths"].as_object().into_iter().flatten() {
        for (method, value) in item.as_object().into_iter().flatten() {
            let tag = value["tags"][0].as_str().unwrap_or_default().to_owned();
            by_tag.entry(tag).or_default().push(Operation {
                method,
                path,
                value,
            });
        }
    }
    let rank = |tag: &str| {
        SECTIONS
            .iter()
            .position(|s| *s == tag)
            .unwrap_or(SECTIONS.len())
    };
    let mut list: Vec<_> = by_tag.into_iter().collect();
    list.sort_by_key(|(tag, _)| rank(tag));
    list
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// The path without what all share.
fn short(path: &str) -> &str {
    path.strip_prefix("/api/v1/clients/{client}")
        .unwrap_or(path)
}

fn operation(l: L10n, description: &Value, o: &Operation<'_>) -> Markup {
    let tone = match o.method {
        "get" => Tone::Neutral,
        "delete" => Tone::Warn,
        _ => Tone::Accent,
    };
    let body = schema_of(
        description,
        &o.value["requestBody"]["content"]["application/json"],
    );
    html! {
        section.card id=(o.id()) {
            header.card-head { h3 { (text(o.value, "summary")) } div.card-aside { (badge(tone, &o.method.to_uppercase())) } }
            div.card-body {
                p { code { (o.path) } }
                @if let Some(rest) = more(text(o.value, "description"), text(o.value, "summary")) { p { (words(rest)) } }
                (fields(l, &l.t("api-parameters"), &parameters(o)))
                @if let Some(schema) = body { (fields(l, &l.t("api-body"), &properties(schema))) }
                (answers(l, o))
                pre tabindex="0" { code { (curl(o, body)) } }
            }
        }
    }
}

/// The description without the summary it may begin with.
fn more<'t>(description: &'t str, summary: &str) -> Option<&'t str> {
    let rest = description
        .strip_prefix(summary)
        .unwrap_or(description)
        .trim();
    (!rest.is_empty()).then_some(rest)
}

fn schema_of<'d>(description: &'d Value, content: &'d Value) -> Option<&'d Value> {
    let name = content["schema"]["$ref"].as_str()?.rsplit('/').next()?;
    Some(&description["components"]["schemas"][name])
}

struct FieldRow {
    name: String,
    kind: String,
    required: bool,
    words: String,
}

fn parameters(o: &Operation<'_>) -> Vec<FieldRow> {
    let rows = o.value["parameters"].as_array().into_iter().flatten();
    rows.map(|p| FieldRow {
        name: text(p, "name").to_owned(),
        kind: text(p, "in").to_owned(),
        required: p["required"] == true,
        words: text(p, "description").to_owned(),
    })
    .collect()
}

fn properties(schema: &Value) -> Vec<FieldRow> {
    let required: Vec<&str> = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let rows = schema["properties"].as_object().into_iter().flatten();
    rows.map(|(name, p)| FieldRow {
        name: name.clone(),
        kind: kind_of(p),
        required: required.contains(&name.as_str()),
        words: text(p, "description").to_owned(),
    })
    .collect()
}

fn kind_of(property: &Value) -> String {
    let named = |v: &Value| {
        v["$ref"]
            .as_str()
            .and_then(|r| r.rsplit('/').next())
            .map(str::to_owned)
    };
    match &property["type"] {
        Value::String(kind) if kind == "array" => {
            named(&property["items"]).map_or_else(|| kind.clone(), |item| format!("{item}[]"))
        }
        Value::String(kind) => kind.clone(),
        Value::Array(kinds) => kinds
            .first()
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        _ => named(property).unwrap_or_default(),
    }
}

fn fields(l: L10n, title: &str, rows: &[FieldRow]) -> Markup {
    html! {
        @if !rows.is_empty() {
            h4 { (title) }
            table.table {
                tbody {
                    @for row in rows {
                        tr {
                            td { code { (row.name) } }
                            td { (row.kind) @if row.required { " · " (l.t("api-required")) } }
                            td { (words(&row.words)) }
                        }
                    }
                }
            }
        }
    }
}

fn answers(l: L10n, o: &Operation<'_>) -> Markup {
    let list = o.value["responses"].as_object();
    html! {
        h4 { (l.t("api-answers")) }
        ul { @for (status, answer) in list.into_iter().flatten() {
            li { code { (status) } " " (words(text(answer, "description"))) }
        } }
    }
}

fn curl(o: &Operation<'_>, body: Option<&Value>) -> String {
    let part = |part: &str| match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
        Some(name) => format!("${}", name.to_uppercase()),
        None => part.to_owned(),
    };
    let path = o.path.split('/').map(part).collect::<Vec<_>>().join("/");
    let mut line = String::from("curl -s");
    if o.method != "get" {
        let _ = write!(line, " -X {}", o.method.to_uppercase());
    }
    let _ = write!(
        line,
        " \"$BASE{path}\" \\\n  -H \"Authorization: Bearer $KEY\""
    );
    if let Some(schema) = body {
        let _ = write!(line, " \\\n  -H 'Content-Type: application/json'");
        if o.method == "post" {
            let _ = write!(line, " -H \"Idempotency-Key: $(uuidgen)\"");
        }
        let _ = write!(line, " \\\n  -d '{}'", schema["example"]);
    }
    line
}
