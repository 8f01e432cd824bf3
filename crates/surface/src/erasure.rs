//! The certificate of an erasure on paper, and everything about one person as a page to read.

use app::privacy::{Certificate, Export};
use jiff::tz::TimeZone;
use maud::{DOCTYPE, html};
use paper::{Block, Column, Document, Table};
use redress_http::L10n;
use serde_json::Value;

/// The certificate: what went, what is held and why, and the proof in the log.
pub fn erasure_certificate(l: L10n, certificate: &Certificate) -> Document {
    let Certificate {
        client,
        erasure,
        proof,
    } = certificate;
    let zone = TimeZone::get(&client.settings.time_zone).unwrap_or(TimeZone::UTC);
    let moment = |at| l.date_time(at, &zone);
    let went = &erasure.went;
    let counted = [
        ("privacy-went-contacts", went.contacts),
        ("privacy-went-returns", went.returns),
        ("privacy-went-photos", went.photos),
        ("privacy-went-declarations", went.declarations),
        ("privacy-went-packs", went.packs),
        ("privacy-went-messages", went.messages),
        ("privacy-went-papers", went.papers),
    ];
    let counted = counted.iter().filter(|(_, n)| *n > 0);
    let counted = counted.map(|(key, n)| (l.t(key), n.to_string())).collect();
    let mut rows = vec![
        (l.t("privacy-erasure"), erasure.id.to_string()),
        (l.t("privacy-subject"), erasure.subject.clone()),
        (l.t("privacy-asked"), moment(erasure.asked_at)),
        (
            l.t("privacy-state"),
            l.t(&format!("privacy-state-{}", erasure.state.as_str())),
        ),
    ];
    if let Some(at) = erasure.person_at {
        rows.push((l.t("privacy-person-at"), moment(at)));
    }
    if let Some(at) = erasure.papers_at.filter(|_| went.papers > 0) {
        rows.push((l.t("privacy-papers-at"), moment(at)));
    }
    let mut blocks = vec![
        Block::Paragraph(l.t("privacy-certificate-says")),
        Block::KeyValue(rows),
        Block::Heading(l.t("privacy-went")),
        Block::KeyValue(counted),
        Block::Heading(l.t("privacy-held")),
    ];
    if erasure.held.is_empty() {
        blocks.push(Block::Paragraph(l.t("privacy-held-nothing")));
    } else {
        let column = |key, share| Column {
            title: l.t(key),
            share,
            align: paper::Align::Start,
        };
        let row = |held: &app::privacy::Held| {
            vec![
                held.what.clone(),
                l.t(&format!("privacy-hold-{}", held.hold.as_str())),
                held.until
                    .map_or_else(|| l.t("privacy-until-over"), |day| l.date_long(day)),
            ]
        };
        blocks.push(Block::Table(Table {
            columns: vec![
                column("privacy-what", 2),
                column("privacy-why", 4),
                column("privacy-until", 2),
            ],
            rows: erasure.held.iter().map(row).collect(),
            total: false,
        }));
    }
    blocks.push(Block::Heading(l.t("privacy-stays")));
    blocks.push(Block::Paragraph(l.t("privacy-stays-says")));
    blocks.push(Block::Heading(l.t("privacy-proof")));
    blocks.push(Block::Paragraph(match proof {
        Some(proof) => proof.clone(),
        None => l.t("privacy-proof-later"),
    }));
    Document {
        title: l.t("privacy-certificate"),
        issuer: client.name.clone(),
        lang: l.lang().as_str().to_owned(),
        blocks,
        footer: client.name.clone(),
    }
}

/// Everything about a person as one page that needs nothing else to be read: names and values as
/// they are stored, nothing interpreted.
pub fn person_page(export: &Export) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { (export.client) } }
            body {
                h1 { (export.client) }
                p { (export.at) }
                (value(&export.json))
            }
        }
    };
    page.into_string()
}

fn value(json: &Value) -> maud::Markup {
    html! {
        @match json {
            Value::Object(fields) => dl {
                @for (name, inner) in fields {
                    dt { (name) }
                    dd { (value(inner)) }
                }
            },
            Value::Array(all) => ol { @for inner in all { li { (value(inner)) } } },
            Value::String(text) => (text),
            Value::Null => "–",
            other => (other.to_string()),
        }
    }
}
