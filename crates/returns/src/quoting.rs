//! Refund arithmetic of a decision: goods at what was paid, fees on it (R8), merchant fault and
//! statutory rights (R9, R10), outbound delivery, the order's ceiling (R5), tenders (R14).

use crate::decide::Facts;
use crate::decision::{LineDecision, RequestedLine, Verdict};
use crate::floor;
use crate::order::OrderLine;
use crate::quote::{Quote, QuoteKind, QuoteLine};
use crate::tender::split_tenders;
use kernel::{Basis, Bps, Money, Reason, ReasonCode, cumulative_share, prorate};
use law::{Entitlement, Outbound};
use policy::{ClauseRef, FeeKind, Outcome, Payer, PolicyAnswer, ShippingRule};
use smallvec::SmallVec;
use std::sync::Arc;

/// Paid value of units and the tax inside it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Goods {
    /// With tax.
    pub gross: i64,
    /// The tax.
    pub tax: i64,
}

/// What a line's money depends on, before it is known whether the line goes ahead.
pub(crate) struct Priced {
    /// Paid value of the units.
    pub goods: i64,
    tax: i64,
    /// The approval limit and its clause; none when the order has no such line.
    pub approval: Option<(Option<i64>, ClauseRef)>,
    lines: SmallVec<[Fee; 2]>,
    reasons: SmallVec<[Reason; 2]>,
    bonus: Bps,
    shipping_rule: (ShippingRule, Basis),
    outbound: (Outbound, Basis),
    /// The policy takes a fee for the label, so its cost is not taken again.
    has_label_fee: bool,
}

struct Fee {
    kind: QuoteKind,
    minor: i64,
    reason: u16,
}

impl Priced {
    /// A line that is worth nothing.
    pub(crate) fn nothing(_line: u16) -> Self {
        Self {
            goods: 0,
            tax: 0,
            approval: None,
            lines: SmallVec::new(),
            reasons: SmallVec::new(),
            bonus: Bps(0),
            shipping_rule: (ShippingRule::None, Basis::Order),
            outbound: (Outbound::No, Basis::Order),
            has_label_fee: false,
        }
    }
}

/// The paid value of the very units that would come back.
pub(crate) fn goods(facts: &Facts<'_>, asked: &RequestedLine, sold: &OrderLine) -> Goods {
    let runs: SmallVec<[crate::account::Run; 2]> = match facts.case {
        Some(case) => {
            let claim = facts.account.claim_of(case, asked.line);
            claim.map_or_else(SmallVec::new, |c| SmallVec::from_slice(&c.runs))
        }
        None => facts
            .account
            .free_runs(facts.order, asked.line, asked.units)
            .unwrap_or_default(),
    };
    let (mut goods, mut left) = (Goods::default(), asked.units);
    for run in &runs {
        let part = run.count.min(left);
        let units = sold.economics.units(run.first, part);
        goods.gross += units.gross;
        goods.tax += units.tax();
        left -= part;
    }
    goods
}

/// The fees of the policy for a line, or why they do not apply.
pub(crate) fn price(
    facts: &Facts<'_>,
    asked: &RequestedLine,
    goods: Goods,
    answer: &PolicyAnswer,
    right: Option<&Entitlement>,
) -> Priced {
    let basis = |clause: ClauseRef| Basis::Policy {
        clause: facts.policy.clause_id(clause),
    };
    let money = |minor: i64| Money::new(minor, facts.order.currency);
    let mut lines = SmallVec::new();
    let mut reasons: SmallVec<[Reason; 2]> = SmallVec::new();
    let mut left = goods.gross;
    for fee in &answer.fees {
        let minor = fee.amount(goods.gross).min(left);
        if minor == 0 {
            continue;
        }
        if let Some(right) = right {
            let reason = Reason::new(ReasonCode::FeeWaived, floor::basis(right));
            reasons.push(reason.on_line(asked.line).with_amount(money(minor)));
            continue;
        }
        left -= minor;
        let kind = match fee.kind {
            FeeKind::ReturnLabel => QuoteKind::ReturnLabel,
            FeeKind::Restocking | FeeKind::Handling | FeeKind::Late => QuoteKind::Fee,
        };
        lines.push(Fee {
            kind,
            minor,
            reason: index(reasons.len()),
        });
        let reason = Reason::new(ReasonCode::FeeCharged, basis(fee.clause));
        reasons.push(
            reason
                .on_line(asked.line)
                .with_amount(money(minor))
                .with_text(fee.kind.as_str()),
        );
    }
    if answer.fault.is_sellers_side() {
        let reason = Reason::new(ReasonCode::MerchantFault, basis(answer.clauses.reason));
        reasons.push(reason.on_line(asked.line));
    }
    let shipping_basis = basis(answer.clauses.shipping);
    Priced {
        goods: goods.gross,
        tax: goods.tax,
        approval: Some((answer.auto_approve_up_to, answer.clauses.approval)),
        has_label_fee: lines.iter().any(|f: &Fee| f.kind == QuoteKind::ReturnLabel),
        lines,
        reasons,
        bonus: answer.store_credit_bonus,
        shipping_rule: (answer.shipping_rule, shipping_basis),
        outbound: right.map_or((Outbound::No, Basis::Order), |r| {
            (r.refunds_outbound, floor::basis(r))
        }),
    }
}

/// The itemised quote of all lines that are not declined.
pub(crate) fn quote(
    facts: &Facts<'_>,
    decisions: &[LineDecision],
    mut priced: SmallVec<[Priced; 2]>,
) -> Quote {
    let mut lines: SmallVec<[QuoteLine; 3]> = SmallVec::new();
    let mut reasons: SmallVec<[Reason; 1]> = SmallVec::new();
    for (decision, price) in decisions.iter().zip(&mut priced).filter(|(d, _)| pays(d)) {
        let base = index(reasons.len());
        reasons.extend(price.reasons.drain(..));
        let goods = QuoteLine {
            kind: QuoteKind::Goods,
            line: Some(decision.line),
            units: decision.units,
            minor: price.goods,
            tax_minor: price.tax,
            because: None,
        };
        let mut taken = 0;
        lines.push(goods);
        for fee in &price.lines {
            // Tax follows the goods (R6): a fee takes its share of their tax with it.
            let tax = cumulative_share(price.tax, taken, fee.minor, price.goods);
            taken += fee.minor;
            lines.push(QuoteLine {
                kind: fee.kind,
                line: Some(decision.line),
                units: 0,
                minor: -fee.minor,
                tax_minor: -tax,
                because: Some(base + fee.reason),
            });
        }
    }
    label(facts, decisions, &priced, &mut lines, &mut reasons);
    shipping(facts, decisions, &priced, &mut lines, &mut reasons);
    ceiling(facts, &mut lines, &mut reasons);
    let bonus_minor = bonus(decisions, &priced, &mut lines);
    let counts = |l: &&QuoteLine| l.kind != QuoteKind::Bonus;
    let total: i64 = lines.iter().filter(counts).map(|l| l.minor).sum();
    let tenders = split_tenders(
        &facts.order.tenders,
        facts.account,
        facts.tenders,
        total - credit(decisions, &lines),
    );
    Quote {
        lines,
        total: Money::new(total, facts.order.currency),
        tenders,
        bonus_minor,
        reasons,
    }
}

/// Whether a line may end in money or credit.
fn pays(decision: &LineDecision) -> bool {
    let money = matches!(
        decision.offered.first(),
        Some(Outcome::Refund | Outcome::StoreCredit)
    );
    decision.verdict != Verdict::Decline && money
}

/// The part of the total that becomes store credit and goes to no tender.
fn credit(decisions: &[LineDecision], lines: &[QuoteLine]) -> i64 {
    let takes_credit = |l: &QuoteLine| {
        decisions
            .iter()
            .any(|d| Some(d.line) == l.line && d.offered.first() == Some(&Outcome::StoreCredit))
    };
    lines
        .iter()
        .filter(|l| l.kind != QuoteKind::Bonus && takes_credit(l))
        .map(|l| l.minor)
        .sum()
}

/// What a line has come to so far.
fn so_far(lines: &[QuoteLine], line: u16) -> i64 {
    lines
        .iter()
        .filter(|l| l.line == Some(line))
        .map(|l| l.minor)
        .sum()
}

/// The label, once, where the customer bears the way back and no fee stands for it.
fn label(
    facts: &Facts<'_>,
    decisions: &[LineDecision],
    priced: &[Priced],
    lines: &mut SmallVec<[QuoteLine; 3]>,
    reasons: &mut SmallVec<[Reason; 1]>,
) {
    if facts.label_cost_minor <= 0 {
        return;
    }
    let mut bearing: SmallVec<[(u16, i64, i64, i64); 2]> = SmallVec::new();
    for (d, p) in decisions.iter().zip(priced) {
        let travels = pays(d) && d.verdict != Verdict::AuthoriseReturnless;
        if travels && d.terms.label_paid_by == Payer::Customer && !p.has_label_fee {
            bearing.push((d.line, so_far(lines, d.line), p.tax, p.goods));
        } else if travels && d.terms.label_paid_by == Payer::Merchant {
            // One line the merchant answers for makes the parcel the merchant's.
            return;
        }
    }
    let worth: i64 = bearing.iter().map(|b| b.1).sum();
    let cost = facts.label_cost_minor.min(worth);
    if cost == 0 {
        return;
    }
    let because = Some(index(reasons.len()));
    let reason = Reason::new(ReasonCode::ReturnCostCustomer, Basis::Order);
    reasons.push(reason.with_amount(Money::new(cost, facts.order.currency)));
    let weights: SmallVec<[i64; 2]> = bearing.iter().map(|b| b.1).collect();
    for ((line, left, tax, goods), part) in bearing.into_iter().zip(prorate(cost, &weights)) {
        if part > 0 {
            let tax_minor = -cumulative_share(tax, goods - left, part, goods);
            let kind = QuoteKind::ReturnLabel;
            lines.push(QuoteLine {
                kind,
                line: Some(line),
                units: 0,
                minor: -part,
                tax_minor,
                because,
            });
        }
    }
}

/// Outbound delivery: the policy's rule or the law's, whichever gives more.
fn shipping(
    facts: &Facts<'_>,
    decisions: &[LineDecision],
    priced: &[Priced],
    lines: &mut SmallVec<[QuoteLine; 3]>,
    reasons: &mut SmallVec<[Reason; 1]>,
) {
    let charge = &facts.order.shipping;
    let paid = charge.economics.gross;
    let left = paid - facts.account.shipping_granted_minor;
    if left <= 0 || !decisions.iter().any(pays) {
        return;
    }
    let whole = returns_whole_order(facts, decisions);
    let goods_paid: i64 = facts.order.lines.iter().map(|l| l.economics.gross).sum();
    let mut best: (i64, Basis) = (0, Basis::Order);
    let mut better = |minor: i64, basis: &Basis| {
        if minor > best.0 {
            best = (minor, basis.clone());
        }
    };
    let mut in_proportion = 0;
    for (_, p) in decisions.iter().zip(priced).filter(|(d, _)| pays(d)) {
        let (rule, basis) = &p.shipping_rule;
        match rule {
            ShippingRule::Full => better(left, basis),
            ShippingRule::FullOnFullOrder if whole => better(left, basis),
            ShippingRule::None | ShippingRule::FullOnFullOrder => {}
            ShippingRule::ProRata => {
                in_proportion += cumulative_share(paid, 0, p.goods, goods_paid);
                better(if whole { left } else { in_proportion.min(left) }, basis);
            }
        }
        let (outbound, basis) = &p.outbound;
        match outbound {
            Outbound::Standard if whole => better(charge.standard_minor.min(left), basis),
            Outbound::Whole if whole => better(left, basis),
            Outbound::No | Outbound::Standard | Outbound::Whole => {}
        }
    }
    let (minor, basis) = best;
    let money = |minor| Money::new(minor, facts.order.currency);
    if minor == 0 {
        reasons.push(Reason::new(ReasonCode::ShippingKept, Basis::Order).with_amount(money(left)));
        return;
    }
    let because = Some(index(reasons.len()));
    reasons.push(Reason::new(ReasonCode::ShippingRefunded, basis).with_amount(money(minor)));
    let done = facts.account.shipping_granted_minor;
    lines.push(QuoteLine {
        kind: QuoteKind::Shipping,
        line: None,
        units: 0,
        minor,
        tax_minor: charge.economics.tax_share(done, minor),
        because,
    });
}

/// Whether, after this request, no unit of the order stays with the customer for money.
fn returns_whole_order(facts: &Facts<'_>, decisions: &[LineDecision]) -> bool {
    (0_u16..).zip(&facts.order.lines).all(|(i, sold)| {
        let asked = decisions
            .iter()
            .filter(|d| d.line == i && d.verdict != Verdict::Decline);
        let asked: u32 = asked.map(|d| d.units).sum();
        let claims = facts
            .account
            .lines
            .get(usize::from(i))
            .map_or(&[][..], |l| &l.claims);
        let others = claims.iter().filter(|c| Some(c.case) != facts.case);
        let before: u32 = others.map(|c| c.granted_units).sum();
        asked.saturating_add(before) >= sold.quantity
    })
}

/// Cuts the quote to what the order can still give, in proportion to its lines (R3, R5).
fn ceiling(
    facts: &Facts<'_>,
    lines: &mut SmallVec<[QuoteLine; 3]>,
    reasons: &mut SmallVec<[Reason; 1]>,
) {
    let total: i64 = lines.iter().map(|l| l.minor).sum();
    let limit = facts.account.refundable_minor().max(0);
    if total <= limit {
        return;
    }
    let mut sums: SmallVec<[(Option<u16>, i64, i64); 3]> = SmallVec::new();
    for l in lines.iter() {
        match sums.iter_mut().find(|s| s.0 == l.line) {
            Some(sum) => {
                sum.1 += l.minor;
                sum.2 += l.tax_minor;
            }
            None => sums.push((l.line, l.minor, l.tax_minor)),
        }
    }
    let because = Some(index(reasons.len()));
    let basis = Basis::Arithmetic {
        rule: Arc::from("R5"),
    };
    let reason = Reason::new(ReasonCode::CeilingApplied, basis);
    reasons.push(reason.with_amount(Money::new(limit, facts.order.currency)));
    let weights: SmallVec<[i64; 3]> = sums.iter().map(|s| s.1).collect();
    for ((line, minor, tax), kept) in sums.into_iter().zip(prorate(limit, &weights)) {
        let cut = minor - kept;
        if cut > 0 {
            let tax_minor = -cumulative_share(tax, kept, cut, minor);
            lines.push(QuoteLine {
                kind: QuoteKind::Ceiling,
                line,
                units: 0,
                minor: -cut,
                tax_minor,
                because,
            });
        }
    }
}

/// Promotional credit on what becomes store credit (R13).
fn bonus(
    decisions: &[LineDecision],
    priced: &[Priced],
    lines: &mut SmallVec<[QuoteLine; 3]>,
) -> i64 {
    let mut sum = 0;
    for (d, p) in decisions.iter().zip(priced) {
        if pays(d) && d.offered.first() == Some(&Outcome::StoreCredit) {
            let minor = p.bonus.of(so_far(lines, d.line)).max(0);
            if minor > 0 {
                sum += minor;
                lines.push(QuoteLine {
                    kind: QuoteKind::Bonus,
                    line: Some(d.line),
                    units: 0,
                    minor,
                    tax_minor: 0,
                    because: None,
                });
            }
        }
    }
    sum
}

/// A position as the 16-bit index quotes use; a request is bounded far below it.
fn index(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
