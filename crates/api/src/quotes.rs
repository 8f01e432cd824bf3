//! Quotes as programs read them: the panel people see, figure by figure, and what changed in it.

use crate::output::{Amount, ReasonView};
use app::views::CasePage;
use kernel::Timestamp;
use policy::Outcome;
use redress_http::L10n;
use returns::{CaseQuote, Changed, OutcomeQuote, Quote, QuoteKind, Revision, SalesOrder};
use serde::Serialize;
use surface::quote::{Panel, fact};
use utoipa::ToSchema;

/// What a return is worth, line by line.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuoteView {
    /// The lines, by order line, then delivery.
    pub lines: Vec<QuoteLineView>,
    /// What the customer gets, without bonus.
    pub total: Amount,
    /// Promotional credit on top, minor units.
    pub bonus_minor: i64,
    /// The tax inside the total, minor units.
    pub tax_minor: i64,
    /// Where the money goes, tender by tender of the order.
    pub tenders: Vec<TenderView>,
    /// What goes back to payments of a difference for dearer goods instead, minor units.
    pub difference_minor: i64,
    /// What else is to say: fees waived, who pays the way back, a ceiling.
    pub notes: Vec<ReasonView>,
}

/// What goes back to one tender.
#[derive(Debug, Serialize, ToSchema)]
pub struct TenderView {
    /// Index into the tenders of the order.
    pub tender: u16,
    /// Minor units.
    pub minor: i64,
}

/// One line of a quote.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuoteLineView {
    /// `goods`, `charge`, `shipping`, `promotion`, `fee`, `return_label`, `deduction`, `ceiling` or
    /// `bonus`.
    #[schema(value_type = String)]
    pub kind: QuoteKind,
    /// Index of the order line; absent for outbound delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u16>,
    /// Units it covers.
    pub units: u32,
    /// Its name in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Signed minor units, tax included; fees and deductions are negative.
    pub minor: i64,
    /// The tax inside, with the same sign.
    pub tax_minor: i64,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<ReasonView>,
}

impl QuoteView {
    /// A quote; with its order, figures have names.
    pub fn plain(l: L10n, order: Option<&SalesOrder>, quote: &Quote) -> Self {
        let panel = order.map(|order| Panel::of(l, order, quote));
        let reason = |at: Option<u16>| quote.reasons.get(usize::from(at?));
        let lines = quote.lines.iter().enumerate().map(|(at, q)| QuoteLineView {
            kind: q.kind,
            line: q.line,
            units: q.units,
            name: panel
                .as_ref()
                .and_then(|p| p.rows.get(at))
                .map_or_else(String::new, |row| row.name.clone()),
            minor: q.minor,
            tax_minor: q.tax_minor,
            because: reason(q.because).map(|r| ReasonView::of(l, r)),
        });
        let notes = panel.iter().flat_map(|p| &p.notes);
        Self {
            lines: lines.collect(),
            total: quote.total.into(),
            bonus_minor: quote.bonus_minor,
            tax_minor: quote.tax_minor(),
            tenders: quote
                .tenders
                .iter()
                .map(|t| TenderView {
                    tender: t.tender,
                    minor: t.minor,
                })
                .collect(),
            difference_minor: quote.difference_minor,
            notes: notes.map(|n| ReasonView::of(l, &n.reason)).collect(),
        }
    }
}

/// What a return comes to now.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseQuoteView {
    /// The quote as it stands now: the units that still count, in the condition they came back in.
    pub now: QuoteView,
    /// What changed since it was first quoted, oldest first.
    pub changes: Vec<RevisionView>,
    /// What each outcome that can still be chosen comes to, the one chosen now first.
    pub choices: Vec<OutcomeQuoteView>,
}

/// A change of a quote.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevisionView {
    /// When it was quoted anew; absent for what changed since the last quote.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    pub at: Option<Timestamp>,
    /// The total before.
    pub from: Amount,
    /// The total then.
    pub to: Amount,
    /// Figures that differ.
    pub figures: Vec<FigureChangeView>,
    /// Facts that differ.
    pub facts: Vec<FactView>,
}

/// A figure before and after.
#[derive(Debug, Serialize, ToSchema)]
pub struct FigureChangeView {
    /// As in a quote line.
    #[schema(value_type = String)]
    pub kind: QuoteKind,
    /// Index of the order line; absent for outbound delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u16>,
    /// Before, signed minor units; 0 when it is new.
    pub from_minor: i64,
    /// After; 0 when it is gone.
    pub to_minor: i64,
    /// The facts that explain it, by their place in `facts`.
    pub because: Vec<usize>,
}

/// A fact that is another one than before: `asked`, `reason`, `wanted`, `state`, `evidence`,
/// `missing`, `rejected`, `grade`, `decided`, `law`, `holidays`, `day` or `order`.
#[derive(Debug, Serialize, ToSchema)]
pub struct FactView {
    /// Which, with what it was and is.
    #[schema(value_type = Object)]
    pub changed: Changed,
    /// The sentence in the language asked for.
    pub text: String,
}

/// What one outcome comes to.
#[derive(Debug, Serialize, ToSchema)]
pub struct OutcomeQuoteView {
    /// Which.
    #[schema(value_type = String)]
    pub outcome: Outcome,
    /// Money or credit, without bonus; 0 for goods.
    pub total: Amount,
    /// Promotional credit on top, minor units.
    pub bonus_minor: i64,
    /// What counts towards goods instead, minor units.
    pub worth_minor: i64,
}

impl CaseQuoteView {
    /// The quote of a case in a reader's language.
    pub fn of(l: L10n, page: &CasePage, quote: &CaseQuote) -> Self {
        let choice = |c: &OutcomeQuote| OutcomeQuoteView {
            outcome: c.outcome,
            total: c.quote.total.into(),
            bonus_minor: c.quote.bonus_minor,
            worth_minor: c.worth_minor,
        };
        Self {
            now: QuoteView::plain(l, Some(&page.order), &quote.now),
            changes: quote
                .revisions
                .iter()
                .map(|r| RevisionView::of(l, &page.order, r))
                .collect(),
            choices: quote.choices.iter().map(choice).collect(),
        }
    }
}

impl RevisionView {
    fn of(l: L10n, order: &SalesOrder, revision: &Revision) -> Self {
        let place = |wanted: &Changed| revision.facts.iter().position(|c| c == wanted);
        let figures = revision.figures.iter().map(|f| FigureChangeView {
            kind: f.kind,
            line: f.line,
            from_minor: f.from_minor,
            to_minor: f.to_minor,
            because: revision.why(f).into_iter().filter_map(place).collect(),
        });
        Self {
            at: revision.at,
            from: revision.from.into(),
            to: revision.to.into(),
            figures: figures.collect(),
            facts: revision
                .facts
                .iter()
                .map(|changed| FactView {
                    text: fact(l, order, changed),
                    changed: changed.clone(),
                })
                .collect(),
        }
    }
}
