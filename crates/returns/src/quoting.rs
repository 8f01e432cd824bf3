//! From a decision to stated terms: what the policy and the law said about a line, in the words
//! of the refund arithmetic. No figure is computed here.

use crate::decide::Facts;
use crate::decision::{LineDecision, RequestedLine, Verdict};
use crate::floor;
use crate::order::OrderLine;
use crate::quote::Quote;
use crate::refund::{
    self, Amount, Fee, FeeSize, FeeTax, Gives, LineTerms, Request, StatutoryRight, Value,
};
use kernel::Basis;
use law::Entitlement;
use policy::{ClauseRef, FeeAmount, FeeKind, Outcome, PolicyAnswer};
use smallvec::SmallVec;

/// What a line's money depends on, before it is known whether the line goes ahead.
pub(crate) struct Priced {
    /// Paid value of the units.
    pub goods: i64,
    /// The approval limit and its clause; none when the order has no such line.
    pub approval: Option<(Option<i64>, ClauseRef)>,
    terms: LineTerms,
}

impl Priced {
    /// A line that is worth nothing.
    pub(crate) fn nothing(line: u16) -> Self {
        Self {
            goods: 0,
            approval: None,
            terms: LineTerms {
                gives: Gives::Nothing,
                ..LineTerms::plain(line, 0)
            },
        }
    }
}

/// The paid value of the very units that would come back, charges that follow them included.
pub(crate) fn worth(facts: &Facts<'_>, asked: &RequestedLine, sold: &OrderLine) -> i64 {
    let runs = refund::runs(&request(facts, &[]), asked.line, asked.units);
    Value::new(sold, &runs).first(asked.units).gross()
}

/// The terms of a line: the policy's, and the right that carries it.
pub(crate) fn price(
    facts: &Facts<'_>,
    asked: &RequestedLine,
    worth: i64,
    answer: &PolicyAnswer,
    right: Option<&Entitlement>,
) -> Priced {
    let basis = |clause: ClauseRef| Basis::Policy {
        clause: facts.policy.clause_id(clause),
    };
    let fee = |rule: &policy::FeeRule| Fee {
        name: rule.kind.as_str(),
        is_label: rule.kind == FeeKind::ReturnLabel,
        size: match rule.amount {
            FeeAmount::Flat(minor) => FeeSize::Flat(minor),
            FeeAmount::Rate(rate) => FeeSize::Rate(rate),
        },
        tax: match rule.tax {
            policy::FeeTax::Included => FeeTax::Included,
            policy::FeeTax::Added => FeeTax::Excluded,
        },
        cap: rule.cap,
        basis: basis(rule.clause),
        waived: None,
    };
    Priced {
        goods: worth,
        approval: Some((answer.auto_approve_up_to, answer.clauses.approval)),
        terms: LineTerms {
            line: asked.line,
            units: asked.units,
            after: 0,
            amount: Amount::Paid,
            gives: Gives::Nothing,
            travels: true,
            fault: answer.fault,
            fault_basis: basis(answer.clauses.reason),
            right: right.map(|r| StatutoryRight {
                basis: floor::basis(r),
                outbound: r.refunds_outbound,
            }),
            fees: answer.fees.iter().map(fee).collect(),
            deduction: None,
            label_paid_by: answer.label_paid_by,
            shipping: answer.shipping_rule,
            shipping_basis: basis(answer.clauses.shipping),
            bonus: answer.store_credit_bonus,
        },
    }
}

/// The itemised quote of all lines that are not declined.
pub(crate) fn quote(
    facts: &Facts<'_>,
    decisions: &[LineDecision],
    priced: SmallVec<[Priced; 2]>,
) -> Quote {
    let terms: SmallVec<[LineTerms; 2]> = decisions
        .iter()
        .zip(priced)
        .map(|(d, price)| LineTerms {
            gives: gives(d),
            travels: d.verdict != Verdict::AuthoriseReturnless,
            label_paid_by: d.terms.label_paid_by,
            ..price.terms
        })
        .collect();
    refund::quote(&request(facts, &terms))
}

fn request<'a>(facts: &Facts<'a>, lines: &'a [LineTerms]) -> Request<'a> {
    Request {
        order: facts.order,
        account: facts.account,
        case: facts.case,
        lines,
        label_cost_minor: facts.label_cost_minor,
        tenders: facts.tenders,
    }
}

/// What a line may end in.
fn gives(decision: &LineDecision) -> Gives {
    match decision.offered.first() {
        _ if decision.verdict == Verdict::Decline => Gives::Nothing,
        Some(Outcome::Refund) => Gives::Money,
        Some(Outcome::StoreCredit) => Gives::Credit,
        _ => Gives::Nothing,
    }
}
