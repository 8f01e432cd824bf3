//! From a decision to stated terms: what the policy and the law said about a line, in the words
//! of the refund arithmetic. No figure is computed here.

use crate::decide::Facts;
use crate::decision::{LineDecision, RequestedLine, Verdict};
use crate::floor;
use crate::quote::Quote;
use crate::refund::{
    self, Amount, Fee, FeeSize, FeeTax, Gives, LineTerms, Request, StatutoryRight,
};
use kernel::Basis;
use law::Entitlement;
use policy::{ClauseRef, FeeAmount, FeeKind, Outcome, PolicyAnswer};

/// What the approval limit of a line looks at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Priced {
    /// Paid value of the units.
    pub goods: i64,
    /// The approval limit and its clause; none when the order has no such line.
    pub approval: Option<(Option<i64>, ClauseRef)>,
}

impl Priced {
    /// A line the order does not have.
    pub(crate) const NOTHING: Self = Self {
        goods: 0,
        approval: None,
    };
}

/// The paid value of the very units that would come back, charges that follow them included.
pub(crate) fn worth(facts: &Facts<'_>, asked: &RequestedLine) -> i64 {
    let (order, account) = (facts.order, facts.account);
    match facts.case {
        Some(case) => account.claimed_gross(order, case, asked.line, asked.units),
        None => account.free_gross(order, asked.line, asked.units),
    }
}

/// The terms of a line that is worth nothing.
pub(crate) fn nothing(line: u16) -> LineTerms {
    LineTerms {
        gives: Gives::Nothing,
        ..LineTerms::plain(line, 0)
    }
}

/// The terms of a line: the policy's, and the right that carries it. What it ends in is known
/// once the whole request is decided.
pub(crate) fn terms(
    facts: &Facts<'_>,
    asked: &RequestedLine,
    answer: &PolicyAnswer,
    right: Option<&Entitlement>,
) -> LineTerms {
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
    LineTerms {
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
            free_way_back: matches!(
                r.return_cost,
                law::Payer::Trader | law::Payer::NotApplicable
            ),
        }),
        fees: answer.fees.iter().map(fee).collect(),
        deduction: None,
        label_paid_by: answer.label_paid_by,
        shipping: answer.shipping_rule,
        shipping_basis: basis(answer.clauses.shipping),
        bonus: answer.store_credit_bonus,
    }
}

/// The itemised quote of all lines that are not declined.
pub(crate) fn quote(
    facts: &Facts<'_>,
    decisions: &[LineDecision],
    terms: &mut [LineTerms],
) -> Quote {
    for (d, terms) in decisions.iter().zip(terms.iter_mut()) {
        terms.gives = gives(d);
        terms.travels = d.verdict != Verdict::AuthoriseReturnless;
        terms.label_paid_by = d.terms.label_paid_by;
    }
    refund::quote(&Request {
        order: facts.order,
        account: facts.account,
        case: facts.case,
        lines: terms,
        label_cost_minor: facts.label_cost_minor,
        tenders: facts.tenders,
    })
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
