//! Refund arithmetic: from an order, its account and stated terms to an itemised [`Quote`], with
//! a reason for each figure. Rules R1-R16 of `docs/money.md`; nothing else computes refunds.
//!
//! What a policy or a law says is not known here: whoever calls has turned it into
//! [`LineTerms`]. No I/O, no clock; integers of minor units throughout.

mod ceiling;
mod delivery;
mod draft;
mod exchange;
mod fees;
mod fx;
mod goods;
mod grant;
mod promotions;
mod terms;
mod value;

pub use exchange::{ExchangeSum, NewGoods, exchange};
pub use fx::{FxError, FxRate};
pub use grant::{Booked, Figures, book};
pub use promotions::{claw_back_due, units_gone};
pub use terms::{Amount, Deduction, Fee, FeeSize, FeeTax, Gives, LineTerms, StatutoryRight};
pub use value::Value;
pub(crate) use value::add_by_rate;

use crate::account::OrderAccount;
use crate::order::SalesOrder;
use crate::quote::{Quote, QuoteKind, TenderStrategy};
use crate::tender::split_tenders;
use draft::Draft;
use kernel::{CaseId, Money};

/// What the arithmetic looks at.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The order as sold.
    pub order: &'a SalesOrder,
    /// What was granted on it before.
    pub account: &'a OrderAccount,
    /// The case that holds the units already; none for a dry run.
    pub case: Option<CaseId>,
    /// Per line what it asks and what holds for it.
    pub lines: &'a [LineTerms],
    /// What the label costs if the customer pays it, minor units.
    pub label_cost_minor: i64,
    /// How money is spread over several tenders.
    pub tenders: TenderStrategy,
}

/// The itemised quote.
///
/// Order of the figures: goods and the charges that follow them, fees, loss of value; then once
/// for all lines the label, outbound delivery, promotions lost; then the ceiling of the order.
/// A bonus stands beside the total.
pub fn quote(request: &Request<'_>) -> Quote {
    let mut draft = Draft::new(request.order.currency, request.lines.len());
    for terms in request.lines {
        goods::add(request, terms, &mut draft);
        fees::add(request, terms, &mut draft);
    }
    delivery::label(request, &mut draft);
    let gone = promotions::gone_with(request);
    delivery::outbound(request, &gone, &mut draft);
    promotions::add(request, &gone, &mut draft);
    ceiling::add(request, &mut draft);
    let bonus_minor = ceiling::bonus(request, &mut draft);
    let total = draft.total();
    let credits = request.lines.iter().filter(|t| t.gives == Gives::Credit);
    let credit: i64 = credits.map(|t| draft.of_line(t.line)).sum();
    let promotion: i64 = draft
        .lines
        .iter()
        .filter(|l| l.kind == QuoteKind::Promotion)
        .map(|l| l.minor)
        .sum();
    let (money, _) = grant::with_promotion(total - credit - promotion, credit, promotion);
    let back = differences(request, &draft, money);
    let tenders = split_tenders(
        &request.order.tenders,
        request.account,
        request.tenders,
        money - back,
    );
    Quote {
        lines: draft.lines,
        total: Money::new(total, request.order.currency),
        tenders,
        difference_minor: back,
        bonus_minor,
        reasons: draft.reasons,
    }
}

/// What of the money goes back to differences that were paid for these lines (R14).
fn differences(request: &Request<'_>, draft: &Draft, money: i64) -> i64 {
    let Some(case) = request.case else {
        return 0;
    };
    let own = request.lines.iter().filter(|t| t.gives != Gives::Credit);
    let own = own.map(|t| (t.line, draft.of_line(t.line)));
    let back = request.account.back_to(case, own, money);
    back.iter().map(|b| b.1).sum()
}
