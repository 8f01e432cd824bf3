//! A credit note on paper and, for the shopper, what it was for: the same figures as the XML, in
//! the reader's words. Why each amount is what it is stands with the quote it was granted from.

use app::{
    documents::{DocumentHead, DocumentPage},
    views::CasePage,
};
use invoice::{Address, Category, CreditNote, Item, ItemKind, Kind, Party, TaxId, TaxKey};
use kernel::{Money, ObligationId};
use paper::{Align, Block, Column, Document, Table};
use redress_http::L10n;
use returns::{Quote, QuoteLine, SalesOrder};

/// The title of a document: what it is.
pub fn document_title(l: L10n, kind: Kind) -> String {
    l.t(match kind {
        Kind::CreditNote => "document-credit-note",
        Kind::Correction => "document-correction",
    })
}

/// The name its file is saved under, without its ending.
pub fn document_file(page: &DocumentPage) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    page.note.number.chars().map(safe).collect()
}

/// The document on A4, with what its amount is made of where that is known.
pub fn document_paper(l: L10n, page: &DocumentPage, why: &[Why]) -> Document {
    let note = &page.note;
    let mut blocks = vec![
        Block::KeyValue(facts(l, note)),
        Block::Table(lines(l, note)),
        Block::Heading(l.t("document-taxes")),
        Block::Table(taxes(l, note)),
    ];
    let mut reasons: Vec<String> = note
        .taxes
        .iter()
        .filter_map(|row| exemption(l, row.key.category))
        .collect();
    reasons.dedup();
    blocks.extend(reasons.into_iter().map(Block::Paragraph));
    blocks.push(Block::Paragraph(match note.kind {
        Kind::CreditNote => l.t("document-paid"),
        Kind::Correction => l.t("document-came-back"),
    }));
    if !why.is_empty() {
        blocks.push(Block::Heading(l.t("document-why")));
        blocks.push(Block::Table(reasons_table(l, note, why)));
    }
    blocks.push(Block::Heading(l.t("document-proof")));
    blocks.push(Block::KeyValue(vec![(
        l.t("document-hash"),
        page.head.sha256.clone(),
    )]));
    blocks.push(Block::Paragraph(l.t("document-proof-note")));
    Document {
        title: format!("{} {}", document_title(l, note.kind), note.number),
        issuer: page.client.name.clone(),
        lang: l.lang().as_str().to_owned(),
        blocks,
        footer: footer(&note.seller),
    }
}

fn facts(l: L10n, note: &CreditNote) -> Vec<(String, String)> {
    let mut facts = vec![
        (l.t("document-number"), note.number.clone()),
        (l.t("document-date"), l.date_long(note.issued_on)),
    ];
    if let Some(earlier) = &note.corrects {
        let of = format!("{}, {}", earlier.number, l.date_long(earlier.issued_on));
        facts.push((l.t("document-corrects"), of));
    }
    facts.push((l.t("document-order"), note.order.clone()));
    facts.push((l.t("document-return"), note.case.clone()));
    facts.push((l.t("document-seller"), party(&note.seller)));
    if let Some(TaxId::Vat(id)) = &note.seller.tax_id {
        facts.push((l.t("document-vat-id"), id.clone()));
    } else if let Some(TaxId::Local(id)) = &note.seller.tax_id {
        facts.push((l.t("document-tax-number"), id.clone()));
    }
    facts.push((l.t("document-buyer"), party(&note.buyer)));
    if let Some(TaxId::Vat(id)) = &note.buyer.tax_id {
        facts.push((l.t("document-buyer-vat"), id.clone()));
    }
    facts
}

fn party(who: &Party) -> String {
    let Address {
        lines,
        city,
        postcode,
        country,
    } = &who.address;
    let town = format!("{postcode} {city}").trim().to_owned();
    let all = std::iter::once(&who.name).chain(lines).map(String::as_str);
    let all = all.chain([town.as_str(), country.as_str()]);
    let all: Vec<&str> = all.filter(|line| !line.is_empty()).collect();
    all.join("\n")
}

fn footer(seller: &Party) -> String {
    let register = seller.registration.as_deref();
    let parts = [
        Some(seller.name.as_str()),
        register,
        seller.email.as_deref(),
    ];
    let parts: Vec<&str> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

fn column(title: String, share: u16, align: Align) -> Column {
    Column {
        title,
        share,
        align,
    }
}

fn lines(l: L10n, note: &CreditNote) -> Table {
    let money = |minor| l.money(Money::new(minor, note.currency));
    let mut rows: Vec<Vec<String>> = note
        .items
        .iter()
        .map(|item| {
            let a = item.amount;
            vec![
                item_name(l, item),
                l.number(item.units),
                rate(l, a.key),
                money(a.net),
                money(a.tax),
                money(a.net + a.tax),
            ]
        })
        .collect();
    rows.extend(note.adjustments.iter().map(|adjustment| {
        let a = adjustment.amount;
        let name = l.t("document-promotion");
        let figures = [money(a.net), money(a.tax), money(a.net + a.tax)];
        [vec![name, String::new(), rate(l, a.key)], figures.to_vec()].concat()
    }));
    let t = &note.totals;
    rows.push(vec![
        l.t("document-total"),
        String::new(),
        String::new(),
        money(t.net),
        money(t.tax),
        money(t.gross),
    ]);
    Table {
        columns: vec![
            column(l.t("document-item"), 40, Align::Start),
            column(l.t("document-units"), 12, Align::End),
            column(l.t("document-rate"), 12, Align::End),
            column(l.t("document-net"), 18, Align::End),
            column(l.t("document-tax"), 18, Align::End),
            column(l.t("document-gross"), 18, Align::End),
        ],
        rows,
        total: true,
    }
}

fn taxes(l: L10n, note: &CreditNote) -> Table {
    let money = |minor| l.money(Money::new(minor, note.currency));
    let rows = note.taxes.iter().map(|row| {
        vec![
            rate(l, row.key),
            money(row.net),
            money(row.tax),
            money(row.net + row.tax),
        ]
    });
    Table {
        columns: vec![
            column(l.t("document-rate"), 52, Align::Start),
            column(l.t("document-net"), 18, Align::End),
            column(l.t("document-tax"), 18, Align::End),
            column(l.t("document-gross"), 18, Align::End),
        ],
        rows: rows.collect(),
        total: false,
    }
}

fn reasons_table(l: L10n, note: &CreditNote, why: &[Why]) -> Table {
    let money = |minor| l.money(Money::new(minor, note.currency));
    let rows = why
        .iter()
        .map(|w| vec![w.name.clone(), w.because.clone(), money(w.minor)]);
    Table {
        columns: vec![
            column(l.t("document-item"), 36, Align::Start),
            column(l.t("document-because"), 52, Align::Start),
            column(l.t("document-amount"), 18, Align::End),
        ],
        rows: rows.collect(),
        total: false,
    }
}

fn rate(l: L10n, key: TaxKey) -> String {
    match key.category {
        Category::Standard | Category::ZeroRated => l.percent(key.rate),
        Category::Exempt
        | Category::Export
        | Category::OutsideScope
        | Category::ReverseCharge
        | Category::IntraCommunity => l.t("document-no-tax"),
    }
}

fn exemption(l: L10n, category: Category) -> Option<String> {
    let key = match category {
        Category::Standard | Category::ZeroRated => return None,
        Category::Exempt => "document-exempt",
        Category::Export => "document-export",
        Category::OutsideScope => "document-outside-scope",
        Category::ReverseCharge => "document-reverse-charge",
        Category::IntraCommunity => "document-intra-community",
    };
    Some(l.t(key))
}

fn item_name(l: L10n, item: &Item) -> String {
    let name = match item.kind {
        ItemKind::Goods => item.name.clone(),
        ItemKind::Charge => l.t_args("document-charge", &[("item", item.name.as_str().into())]),
        ItemKind::Delivery => l.t("document-delivery"),
        ItemKind::Promotion => l.t("document-promotion"),
    };
    if item.part {
        l.t_args("document-part", &[("item", name.as_str().into())])
    } else {
        name
    }
}

/// A figure of a quote with the reason for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// What it is for.
    pub name: String,
    /// Signed, minor units.
    pub minor: i64,
    /// Why it is what it is; empty where it needs none.
    pub because: String,
}

/// The quote the payment of a document was granted from.
pub fn quote_of_document<'a>(page: &'a CasePage, head: &DocumentHead) -> Option<&'a Quote> {
    let owed = page.case.obligation(ObligationId(head.obligation_id))?;
    let quote = returns::quote_of(&page.events, owed.grant)?;
    // A part of it, or what a person decided instead, is not explained by its figures.
    (quote.total.minor == head.gross_minor).then_some(quote)
}

/// Why the amount is what it is, figure by figure, in the words of the reasons.
pub fn why(l: L10n, order: &SalesOrder, quote: &Quote) -> Vec<Why> {
    let because = |line: &QuoteLine| {
        let reason = line.because.and_then(|i| quote.reasons.get(usize::from(i)));
        reason.map_or_else(String::new, |r| l.reason(r))
    };
    let one = |line: &QuoteLine| Why {
        name: crate::quote::line_name(l, order, line),
        minor: line.minor,
        because: because(line),
    };
    quote.lines.iter().map(one).collect()
}
