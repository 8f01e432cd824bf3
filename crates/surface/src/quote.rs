//! A quote as people and programs see it, the same on portal, desk and API: every figure with why
//! it is what it is, where the money goes, and what changed since it was seen before, with the
//! facts that changed it. No figure is computed here.

use crate::names::{outcome_name, reason_name};
use data_encoding::BASE64URL_NOPAD;
use kernel::{Basis, Money, Reason};
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{Note, Tone, bdi, money, money_signed},
};
use returns::{
    Changed, FigureChange, OutcomeQuote, Quote, QuoteKind, QuoteLine, Revision, SalesOrder, Seen,
    TenderKind,
};

/// Why a figure is what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The reason itself.
    pub reason: Reason,
    /// The sentence.
    pub text: String,
    /// The citation of a law, the clause of a policy, or the rule of the arithmetic.
    pub source: Option<String>,
}

impl Why {
    fn of(l: L10n, reason: &Reason) -> Self {
        let source = match &reason.basis {
            Basis::Law { citation, .. } => Some(citation.to_string()),
            Basis::Policy { clause } => Some(clause.to_string()),
            Basis::Arithmetic { rule } => Some(rule.to_string()),
            Basis::Order | Basis::Person => None,
        };
        Self {
            text: l.reason(reason),
            source,
            reason: reason.clone(),
        }
    }
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub kind: QuoteKind,
    /// Index of the order line; none for outbound delivery.
    pub line: Option<u16>,
    /// Units it covers; 0 where units make no sense.
    pub units: u32,
    /// Its name, with the item.
    pub name: String,
    /// Signed minor units, tax included.
    pub minor: i64,
    /// The tax inside, with the same sign.
    pub tax_minor: i64,
    /// Why.
    pub why: Option<Why>,
    /// What it was before, if it was something else.
    pub was_minor: Option<i64>,
    /// The facts that changed it.
    pub changed_by: Vec<String>,
}

/// What changed once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The totals before and after.
    pub totals: String,
    /// The facts, one sentence each.
    pub facts: Vec<String>,
}

/// A quote with everything said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// Figure by figure; figures that are gone stand with 0 and what they were.
    pub rows: Vec<Row>,
    /// The total, without bonus.
    pub total: Money,
    /// The total before, if it was another.
    pub was_total: Option<Money>,
    /// The tax inside the total.
    pub tax: Money,
    /// Promotional credit on top, minor units.
    pub bonus_minor: i64,
    /// Where the money goes, by name.
    pub goes: Vec<(String, Money)>,
    /// What else is to say: what was waived, who pays the way back.
    pub notes: Vec<Why>,
    /// What changed, the newest first.
    pub changes: Vec<Change>,
}

/// Who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The customer.
    Customer,
    /// A person of the house: sees which clause and rule each figure rests on.
    House,
}

impl Panel {
    /// A quote nothing has changed in.
    pub fn of(l: L10n, order: &SalesOrder, quote: &Quote) -> Self {
        Self::revised(l, order, quote, &[])
    }

    /// A quote with what changed in it, oldest change first; figures are compared with the last.
    pub fn revised(l: L10n, order: &SalesOrder, quote: &Quote, revisions: &[Revision]) -> Self {
        let last = revisions.last();
        let mut rows: Vec<Row> = quote
            .lines
            .iter()
            .map(|q| row(l, order, quote, q))
            .collect();
        for change in last.iter().flat_map(|r| &r.figures) {
            let by = last.map(|r| r.why(change)).unwrap_or_default();
            let by: Vec<String> = by.into_iter().map(|c| fact(l, order, c)).collect();
            let own = |r: &&mut Row| r.kind == change.kind && r.line == change.line;
            let mut own: Vec<&mut Row> = rows.iter_mut().filter(own).collect();
            match &mut own[..] {
                [] => rows.push(gone(l, order, change, by)),
                [row] => {
                    row.was_minor = Some(change.from_minor);
                    row.changed_by = by;
                }
                // Several of a kind were compared together: which one it was is not known.
                [first, ..] => first.changed_by = by,
            }
        }
        let said: Vec<&str> = rows
            .iter()
            .filter_map(|r| Some(r.why.as_ref()?.text.as_str()))
            .collect();
        let mut notes: Vec<Why> = Vec::new();
        for reason in &quote.reasons {
            let why = Why::of(l, reason);
            if !said.contains(&why.text.as_str()) && notes.iter().all(|n| n.text != why.text) {
                notes.push(why);
            }
        }
        let goes = quote.tenders.iter().map(|share| {
            let paid = order.tenders.get(usize::from(share.tender));
            let name = paid.map_or_else(String::new, |t| l.t(tender_key(t.kind)));
            (name, Money::new(share.minor, quote.total.currency))
        });
        let back = (quote.difference_minor > 0).then(|| {
            let paid = Money::new(quote.difference_minor, quote.total.currency);
            (l.t("quote-difference-payment"), paid)
        });
        Self {
            goes: back.into_iter().chain(goes).collect(),
            rows,
            total: quote.total,
            was_total: last.map(|r| r.from).filter(|was| *was != quote.total),
            tax: Money::new(quote.tax_minor(), quote.total.currency),
            bonus_minor: quote.bonus_minor,
            notes,
            changes: revisions
                .iter()
                .rev()
                .map(|r| change(l, order, r))
                .collect(),
        }
    }

    /// The panel without a frame.
    pub fn body(&self, l: L10n, reader: Reader) -> Markup {
        let amount = |minor| Money::new(minor, self.total.currency);
        let total = match reader {
            Reader::Customer => l.t("portal-quote-total"),
            Reader::House => l.t("desk-quote-total"),
        };
        html! {
            div.stack {
                (self.changed(l))
                dl.facts.quote {
                    @for row in &self.rows {
                        div {
                            dt {
                                (bdi(&row.name))
                                @if let Some(why) = &row.why { (said(why, reader)) }
                                @if reader == Reader::House && row.tax_minor != 0 {
                                    span.quote-why { (l.t_args("quote-tax-inside", &[("amount", l.money(amount(row.tax_minor)).into())])) }
                                }
                                @for by in &row.changed_by { span.quote-why.quote-by { (by) } }
                            }
                            dd { (figure(l, row, self.total)) }
                        }
                    }
                    div.facts-strong {
                        dt { (total) }
                        dd { (was(l, self.was_total)) (money(l, self.total)) }
                    }
                    @if self.bonus_minor > 0 {
                        div.facts-strong {
                            dt { (l.t("portal-quote-with-bonus")) }
                            dd { (money(l, amount(self.total.minor + self.bonus_minor))) }
                        }
                    }
                    @for (tender, share) in &self.goes {
                        div {
                            dt.muted { (l.t_args("quote-goes", &[("tender", tender.as_str().into())])) }
                            dd.muted { (money(l, *share)) }
                        }
                    }
                }
                ul.plain-list {
                    @for note in &self.notes { li { (note.text) @if let Some(source) = source(note, reader) { " " span.hint { (source) } } } }
                    @if self.tax.minor != 0 {
                        li.hint { (l.t_args("portal-quote-tax", &[("amount", l.money(self.tax).into())])) }
                    }
                }
            }
        }
    }

    /// What changed, before the figures; nothing while nothing did.
    pub fn changed(&self, l: L10n) -> Markup {
        html! {
            @if !self.changes.is_empty() {
                (Note::new(Tone::Warn, l.t("quote-changed-title")).body(html! {
                    @for change in &self.changes {
                        p { (change.totals) }
                        ul { @for fact in &change.facts { li { (fact) } } }
                    }
                }))
            }
        }
    }
}

fn row(l: L10n, order: &SalesOrder, quote: &Quote, q: &QuoteLine) -> Row {
    let reason = q.because.and_then(|i| quote.reasons.get(usize::from(i)));
    Row {
        kind: q.kind,
        line: q.line,
        units: q.units,
        name: name(l, order, q.kind, q.line, q.units),
        minor: q.minor,
        tax_minor: q.tax_minor,
        why: reason.map(|r| Why::of(l, r)),
        was_minor: None,
        changed_by: Vec::new(),
    }
}

fn gone(l: L10n, order: &SalesOrder, change: &FigureChange, changed_by: Vec<String>) -> Row {
    Row {
        kind: change.kind,
        line: change.line,
        units: 0,
        name: name(l, order, change.kind, change.line, 1),
        minor: change.to_minor,
        tax_minor: 0,
        why: None,
        was_minor: Some(change.from_minor),
        changed_by,
    }
}

/// The name of a figure: the item itself, or what is added or taken and for which item.
/// What a line of a quote is about.
pub fn line_name(l: L10n, order: &SalesOrder, line: &QuoteLine) -> String {
    name(l, order, line.kind, line.line, line.units)
}

fn name(l: L10n, order: &SalesOrder, kind: QuoteKind, line: Option<u16>, units: u32) -> String {
    let key = match kind {
        QuoteKind::Goods => "portal-quote-goods",
        QuoteKind::Charge => "portal-quote-charge",
        QuoteKind::Shipping => "portal-quote-shipping",
        QuoteKind::Promotion => "portal-quote-promotion",
        QuoteKind::Fee => "portal-quote-fee",
        QuoteKind::ReturnLabel => "portal-quote-label",
        QuoteKind::Deduction => "portal-quote-deduction",
        QuoteKind::Ceiling => "portal-quote-ceiling",
        QuoteKind::Bonus => "portal-quote-bonus",
    };
    let item = line.map(|at| item(order, at)).unwrap_or_default();
    let named = l.t_args(key, &[("item", item.clone().into()), ("n", units.into())]);
    match kind {
        QuoteKind::Goods => named,
        _ if item.is_empty() || order.lines.len() < 2 => named,
        _ => format!("{named} · {item}"),
    }
}

fn item(order: &SalesOrder, line: u16) -> String {
    order
        .line(line)
        .map_or_else(String::new, |sold| sold.title.to_string())
}

const fn tender_key(kind: TenderKind) -> &'static str {
    match kind {
        TenderKind::Card => "quote-tender-card",
        TenderKind::GiftCard => "quote-tender-gift-card",
        TenderKind::StoreCredit => "quote-tender-store-credit",
        TenderKind::Bank => "quote-tender-bank",
    }
}

/// The clause of a policy and the rule of the arithmetic are for the house; a law is for all.
fn source(why: &Why, reader: Reader) -> Option<&str> {
    let law = matches!(why.reason.basis, Basis::Law { .. });
    let shown = law || reader == Reader::House;
    why.source.as_deref().filter(|_| shown)
}

fn said(why: &Why, reader: Reader) -> Markup {
    html! {
        span.quote-why {
            (why.text)
            @if let Some(source) = source(why, reader) { " (" (source) ")" }
        }
    }
}

fn figure(l: L10n, row: &Row, total: Money) -> Markup {
    let amount = |minor| Money::new(minor, total.currency);
    let plain = matches!(
        row.kind,
        QuoteKind::Goods | QuoteKind::Charge | QuoteKind::Shipping
    );
    html! {
        (was(l, row.was_minor.map(amount)))
        @if plain && row.minor >= 0 { (money(l, amount(row.minor))) }
        @else { (money_signed(l, amount(row.minor))) }
    }
}

/// What stood here before, struck out; said aloud as what was before.
fn was(l: L10n, before: Option<Money>) -> Markup {
    html! {
        @if let Some(before) = before {
            span.visually-hidden { (l.t("quote-before")) " " }
            s.quote-was { (money(l, before)) }
            " "
            span.visually-hidden { (l.t("quote-now")) " " }
        }
    }
}

fn change(l: L10n, order: &SalesOrder, revision: &Revision) -> Change {
    let totals = [
        ("from", l.money(revision.from).into()),
        ("to", l.money(revision.to).into()),
    ];
    Change {
        totals: l.t_args("quote-changed-total", &totals),
        facts: revision.facts.iter().map(|c| fact(l, order, c)).collect(),
    }
}

/// A changed fact as a sentence.
pub fn fact(l: L10n, order: &SalesOrder, changed: &Changed) -> String {
    let item = changed.line().map(|at| item(order, at)).unwrap_or_default();
    let say = |key: &str, args: &[(&str, redress_http::FluentValue<'_>)]| {
        let mut all = vec![("item", item.clone().into())];
        all.extend(args.iter().cloned());
        l.t_args(key, &all)
    };
    match changed {
        Changed::Asked { from, to, .. } => say(
            "quote-fact-asked",
            &[("from", (*from).into()), ("to", (*to).into())],
        ),
        Changed::Reason { from, to, .. } => say(
            "quote-fact-reason",
            &[
                ("from", reason_name(l, *from).into()),
                ("to", reason_name(l, *to).into()),
            ],
        ),
        Changed::Wanted { from, to, .. } => say(
            "quote-fact-wanted",
            &[
                ("from", outcome_name(l, *from).into()),
                ("to", outcome_name(l, *to).into()),
            ],
        ),
        Changed::State { .. } => say("quote-fact-state", &[]),
        Changed::Evidence { .. } => say("quote-fact-evidence", &[]),
        Changed::Missing { units, .. } => say("quote-fact-missing", &[("n", (*units).into())]),
        Changed::Rejected { units, .. } => say("quote-fact-rejected", &[("n", (*units).into())]),
        Changed::Grade { grade, units, .. } => {
            let letter = grade.as_str().to_ascii_lowercase();
            let grade = l.t(&format!("quote-grade-{letter}"));
            say(
                "quote-fact-grade",
                &[("n", (*units).into()), ("grade", grade.into())],
            )
        }
        Changed::Decided { granted: true, .. } => say("quote-fact-granted", &[]),
        Changed::Decided { granted: false, .. } => say("quote-fact-not-granted", &[]),
        Changed::Law { .. } => l.t("quote-fact-law"),
        Changed::Holidays => l.t("quote-fact-holidays"),
        Changed::Day { from, to } => l.t_args(
            "quote-fact-day",
            &[
                ("from", l.date_long(*from).into()),
                ("to", l.date_long(*to).into()),
            ],
        ),
        Changed::Order => l.t("quote-fact-order"),
    }
}

/// What each choice comes to, beside what is chosen now; nothing where there is no choice.
pub fn choices(l: L10n, choices: &[OutcomeQuote]) -> Markup {
    let Some(chosen) = choices.first() else {
        return html! {};
    };
    let whole = |c: &OutcomeQuote| c.quote.total.minor + c.quote.bonus_minor;
    let said = |c: &OutcomeQuote| {
        let amount = |minor| l.money(Money::new(minor, c.quote.total.currency));
        let difference = whole(c) - whole(chosen);
        let args = [("amount", amount(difference.abs()).into())];
        let mut words = if gives_goods(c) {
            let worth = amount(c.worth_minor);
            l.t_args("quote-choices-goods", &[("amount", worth.into())])
        } else if c.outcome == chosen.outcome {
            l.t("quote-choices-now")
        } else if gives_goods(chosen) {
            String::new()
        } else {
            match difference {
                1.. => l.t_args("quote-choices-more", &args),
                0 => l.t("quote-choices-same"),
                _ => l.t_args("quote-choices-less", &args),
            }
        };
        if c.quote.bonus_minor > 0 {
            let bonus = [("amount", amount(c.quote.bonus_minor).into())];
            let sep = if words.is_empty() { "" } else { "; " };
            words = format!("{words}{sep}{}", l.t_args("quote-choices-bonus", &bonus));
        }
        words
    };
    html! {
        dl.facts {
            @for c in choices {
                div {
                    dt { (outcome_name(l, c.outcome)) span.quote-why { (said(c)) } }
                    dd { @if !gives_goods(c) { (money(l, Money::new(whole(c), c.quote.total.currency))) } }
                }
            }
        }
    }
}

/// Goods go out instead of money.
const fn gives_goods(choice: &OutcomeQuote) -> bool {
    !matches!(
        choice.outcome,
        policy::Outcome::Refund | policy::Outcome::StoreCredit
    )
}

/// A quote somebody saw, as one text that comes back with their request, so that nobody agrees to
/// another one unseen. It is compared and never stored: who alters it only alters what they are
/// told was before.
pub fn token(seen: &Seen) -> String {
    BASE64URL_NOPAD.encode(&serde_json::to_vec(seen).unwrap_or_default())
}

/// The quote in a text made by [`token`]; none if it is not one.
pub fn read_token(text: &str) -> Option<Seen> {
    let json = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
    serde_json::from_slice(&json).ok()
}
