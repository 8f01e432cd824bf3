//! What a whole case comes to now: the units that still count, in the condition they came back in,
//! under the terms of its policy and its law, as if nothing of it had been granted yet. The
//! quote people see beside the one that was agreed.

use crate::case::{CaseLine, ReturnCase};
use crate::decide::{self, Facts};
use crate::decision::{Decision, LineDecision, Verdict};
use crate::floor::Whole;
use crate::quote::{Quote, QuoteKind, QuoteLine};
use crate::quoting;
use crate::refund::{Deduction, FeeSize, FeeTax, LineTerms};
use kernel::{Basis, Bps, ReasonCode, cumulative_share};

/// The quote of `case` as it stands now. `facts` are the case's: its account, its own lines as
/// asked ([`CaseLine::requested`]), its days.
pub fn present(facts: &Facts<'_>, case: &ReturnCase) -> Quote {
    let account = facts.account.before_grants(case);
    let mut facts = Facts {
        account: &account,
        ..*facts
    };
    let agreed = case.decision.as_ref();
    let (mut lines, _, mut terms) = decide::each(&facts);
    let mut label = None;
    for (d, terms) in lines.iter_mut().zip(&mut terms) {
        let Some(line) = case.line(d.line) else {
            continue;
        };
        let units = line.counting();
        if let Some(share) = agreed.and_then(|a| keep_fees(a, line, terms)) {
            label = Some(label.unwrap_or(0) + share);
        }
        (d.units, terms.units) = (units, units);
        stand(d, line);
        terms.deduction = loss(&facts, line, d);
    }
    if let Some(share) = label {
        facts.label_cost_minor = share;
    }
    quoting::quote(&facts, &lines, &mut terms)
}

/// What the customer pays for the label itself, not a fee that stands for it.
fn is_label_cost(quote: &Quote, line: &QuoteLine) -> bool {
    let why = line.because.and_then(|i| quote.reasons.get(usize::from(i)));
    line.kind == QuoteKind::ReturnLabel
        && why.is_some_and(|r| r.code == ReasonCode::ReturnCostCustomer)
}

/// Fees as they were agreed, in equal steps per unit (R4): what a grant of these units takes. Gives
/// the share of the label's cost, where the customer bears it.
fn keep_fees(agreed: &Decision, line: &CaseLine, terms: &mut LineTerms) -> Option<i64> {
    let quote = &agreed.quote;
    let decided = agreed.lines.iter().find(|d| d.line == line.line)?;
    let (units, whole) = (i64::from(line.counting()), i64::from(decided.units));
    // Rounded as the sum of them is, so that they come to what is granted.
    let (mut so_far, mut taken, mut label) = (0, 0, None);
    let own = |l: &&QuoteLine| {
        l.line == Some(line.line) && matches!(l.kind, QuoteKind::Fee | QuoteKind::ReturnLabel)
    };
    for charged in quote.lines.iter().filter(own) {
        so_far += charged.minor;
        let share = cumulative_share(so_far, 0, units, whole) - taken;
        taken += share;
        if is_label_cost(quote, charged) {
            label = Some(label.unwrap_or(0) - share);
            continue;
        }
        let why = charged
            .because
            .and_then(|i| quote.reasons.get(usize::from(i)));
        let name = why.and_then(|r| r.text.as_deref()).unwrap_or_default();
        if let Some(fee) = terms.fees.iter_mut().find(|f| f.name == name) {
            (fee.size, fee.tax, fee.cap) = (FeeSize::Flat(-share), FeeTax::Included, None);
        }
    }
    label
}

/// What people and the rule made of the line counts, not what the rule would say again.
fn stand(d: &mut LineDecision, line: &CaseLine) {
    let q = &line.quantities;
    d.verdict = match (line.counting(), q.authorised) {
        (0, _) => Verdict::Decline,
        (_, 0) => d.verdict,
        (_, let_back) if q.kept == let_back => Verdict::AuthoriseReturnless,
        _ => Verdict::Authorise,
    };
    if let Some(terms) = line.terms {
        d.terms = terms;
    }
    if q.authorised > 0 && d.offered.is_empty() {
        d.offered.push(line.wanted);
    }
}

/// What the policy takes off for the condition the units came back in, where the law allows it.
fn loss(facts: &Facts<'_>, line: &CaseLine, d: &LineDecision) -> Option<Deduction> {
    let asked = facts.lines.iter().find(|a| a.line == line.line)?;
    let sold = facts.order.line(line.line)?;
    if line.lots.iter().all(|lot| !lot.accepted) {
        return None;
    }
    let whole = Whole::of(facts.order);
    let policy = decide::policy_facts(facts, &whole, asked, sold, 0);
    let answer = facts.policy.evaluate(&policy);
    let claim = facts.account.claim_of(facts.case?, line.line)?;
    let counting = line.counting();
    let mut left = counting;
    let paid: i64 = claim
        .runs
        .iter()
        .map(|run| {
            let count = run.count.min(left);
            left -= count;
            sold.economics.units_gross(run.first, count)
        })
        .sum();
    let (mut done, mut exact, mut steepest) = (0_i64, 0_i64, Bps(0));
    for lot in line.lots.iter().filter(|lot| lot.accepted) {
        let rate = answer.grade_deduction(lot.grade);
        let units = i64::from(lot.units);
        let share = cumulative_share(paid, done, units, i64::from(counting.max(1)));
        exact = exact.saturating_add(rate.of(share));
        done += units;
        if rate.0 > steepest.0 {
            steepest = rate;
        }
    }
    Some(Deduction {
        rate: steepest,
        allowed_by: d.terms.may_deduct.then(|| {
            let clause = facts.policy.clause_id(answer.clauses.grades);
            Basis::Policy { clause }
        }),
        evidenced: true,
        limit: Some(exact),
    })
}
