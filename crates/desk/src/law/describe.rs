//! A rule in plain words: one row for each thing it says, in the order a case asks for them.

mod money;
mod other;
mod time;

use super::words;
use law::{LawBook, RuleEntry, words::Circumstance};
use maud::{Markup, Render, html};
use redress_http::{L10n, ui::Definition};

/// Rows being collected.
struct Rows<'a> {
    l: L10n,
    book: &'a LawBook,
    list: Vec<Definition>,
}

impl Rows<'_> {
    /// A row called `key`: the answer, and what qualifies it below.
    fn put(&mut self, key: &str, answer: &str, below: &[Markup]) {
        let value = html! {
            span.strong { (answer) }
            @for line in below { div.small { (line) } }
        };
        self.row(key, value);
    }

    fn row(&mut self, key: &str, value: impl Render) {
        self.list
            .push(Definition::new(self.l.t(&format!("lawdesk-{key}")), value));
    }

    /// A sentence of the packs under its own name, if the rule has one.
    fn theirs(&mut self, key: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.row(key, words::theirs(text));
        }
    }

    fn word(&self, set: &str, code: &str) -> String {
        words::word(self.l, set, code)
    }

    /// `lawdesk-<key>` with one value filled in.
    fn say(&self, key: &str, value: impl Into<String>) -> Markup {
        let value: String = value.into();
        html! { (self.l.t_args(&format!("lawdesk-{key}"), &[("x", value.into())])) }
    }

    fn facts(&self, all: &[Circumstance]) -> String {
        words::list(self.l, "fact", all.iter().map(|c| c.as_str()))
    }
}

/// Lines that are there, in order.
fn some(lines: impl IntoIterator<Item = Option<Markup>>) -> Vec<Markup> {
    lines.into_iter().flatten().collect()
}

/// Everything the rule says about a case.
pub fn rule(l: L10n, book: &LawBook, rule: &RuleEntry) -> Vec<Definition> {
    let mut rows = Rows {
        l,
        book,
        list: Vec::new(),
    };
    let c = &rule.content;
    other::scope(&mut rows, c);
    time::window(&mut rows, c);
    time::longer(&mut rows, c);
    money::refund(&mut rows, c);
    money::outbound(&mut rows, c);
    time::goods_back(&mut rows, c);
    money::return_cost(&mut rows, c);
    money::deduction(&mut rows, c);
    other::remedy(&mut rows, c);
    other::burden(&mut rows, c);
    money::late(&mut rows, c);
    other::exemptions(&mut rows, c);
    other::duties(&mut rows, c);
    rows.list
}
