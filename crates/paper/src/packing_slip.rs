//! The slip that goes into the parcel: which goods of which return, so that the dock can count.

use crate::{Align, Block, Column, Document, Table};
use logistics::LabelData;

/// One line of goods in the parcel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedLine {
    /// The client's article number.
    pub sku: String,
    /// What the customer calls it.
    pub title: String,
    /// Units to put into the parcel.
    pub units: u32,
    /// The reason given, in the customer's words; may be empty.
    pub reason: String,
}

/// The words of the slip, in the customer's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlipWords {
    /// BCP 47 language of these words.
    pub lang: String,
    /// "Packing slip".
    pub title: String,
    /// "Put this slip into the parcel."
    pub instruction: String,
    /// "Article".
    pub sku: String,
    /// "Description".
    pub description: String,
    /// "Units".
    pub units: String,
    /// "Reason".
    pub reason: String,
    /// "Parcel".
    pub parcel: String,
}

/// The slip as a document; print it with [`crate::document_pdf`].
pub fn packing_slip(label: &LabelData, lines: &[PackedLine], words: &SlipWords) -> Document {
    let captions = &label.captions;
    let facts = [
        (&captions.rma, label.rma.to_string()),
        (&captions.reference, label.reference.clone()),
        (&words.parcel, label.sscc.grouped()),
        (&captions.from, label.from.name.clone()),
        (&captions.return_by, label.return_by.clone()),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    let column = |title: &String, share, align| Column {
        title: title.clone(),
        share,
        align,
    };
    let row = |l: &PackedLine| {
        vec![
            l.sku.clone(),
            l.title.clone(),
            l.reason.clone(),
            l.units.to_string(),
        ]
    };
    let table = Table {
        columns: vec![
            column(&words.sku, 18, Align::Start),
            column(&words.description, 45, Align::Start),
            column(&words.reason, 25, Align::Start),
            column(&words.units, 12, Align::End),
        ],
        rows: lines.iter().map(row).collect(),
        total: false,
    };
    Document {
        title: words.title.clone(),
        issuer: label.brand.clone(),
        lang: words.lang.clone(),
        blocks: vec![
            Block::KeyValue(facts.map(|(k, v)| (k.clone(), v)).collect()),
            Block::Paragraph(words.instruction.clone()),
            Block::Table(table),
        ],
        footer: format!("{} · {}", label.brand, label.rma),
    }
}
