//! Rules that no order reaches, and orders that no rule answers. Every combination of channel,
//! market and goods is tried on every edge of the policy; what no answer ever rests on is dead.

use crate::{
    finding::{Finding, Kind},
    grid,
    order::Order,
    said::{Phrase, Said},
};
use jiff::civil::Date;
use kernel::CountryCode;
use policy::{
    ClauseRef, Condition, Outcome, Policy, PolicyAnswer, ReturnReason, SalesChannel, Verdict,
    describe,
};
use std::{collections::BTreeSet, sync::Arc};

/// Dead rules and gaps of a policy.
pub(crate) fn find(policy: &Policy, on: Date) -> Vec<Finding> {
    // Outside every season: in season its window would hide all others.
    let on = grid::ordinary_day(policy.source(), on);
    let hit = hits(policy, on);
    let known: BTreeSet<String> = hit
        .iter()
        .map(|c| policy.clause_id(*c).to_string())
        .collect();
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    for clause in describe(policy) {
        let id = clause.id.as_str();
        // What takes an inherited fee away leaves no trace in an answer.
        let quiet = clause.message_key == "clause-fee-none";
        if quiet
            || clause.explains
            || !is_rule(id)
            || known.contains(id)
            || !seen.insert(id.to_owned())
        {
            continue;
        }
        let help = "another rule always speaks first; drop it, or change the other";
        let what = Phrase::new("finding-dead").in_english("no order reaches this rule");
        out.push(Finding::new(
            Kind::Unreachable,
            policy.source(),
            id,
            what,
            help,
        ));
    }
    out.extend(gaps(policy, on));
    out
}

/// Clauses whose reach shows in an answer. Grades matter at the dock, terms of objection later,
/// and the wording of final sale is a text.
fn is_rule(id: &str) -> bool {
    let last = id.rsplit('.').next().unwrap_or(id);
    let quiet = ["appeal", "final_sale", "exchange"].contains(&last);
    !quiet && !id.contains("grades.")
}

/// Every clause some order's answer rests on.
fn hits(policy: &Policy, on: Date) -> BTreeSet<ClauseRef> {
    let mut hit = BTreeSet::new();
    let source = policy.source();
    for channel in grid::channels(source) {
        for country in grid::countries(source) {
            for goods in grid::goods(source) {
                sweep(policy, on, channel, country, goods, &mut |answer| {
                    collect(answer, &mut hit);
                });
            }
        }
    }
    hit
}

/// Tries every edge for one combination, dimension by dimension: two dimensions are tried
/// together where a rule looks at both.
pub(crate) fn sweep(
    policy: &Policy,
    on: Date,
    channel: SalesChannel,
    country: CountryCode,
    (category, product): grid::Goods,
    see: &mut impl FnMut(&PolicyAnswer),
) {
    let mut plain = Order::plain(policy, country.as_str().into(), country, on);
    (plain.channel, plain.category, plain.product) = (channel, category, product);
    edges(policy, &plain, &mut |order| {
        see(&policy.evaluate(&order.facts(policy)));
    });
}

/// Every order on an edge that starts from `plain`, simplest first.
pub(crate) fn edges(policy: &Policy, plain: &Order, see: &mut impl FnMut(&Order)) {
    let source = policy.source();
    let mut firsts = vec![plain.clone()];
    for season in &source.holidays {
        // The order that gains most from a season: placed on its first day, there at once.
        let day = Some(season.ordered_from);
        firsts.push(Order {
            placed_on: season.ordered_from,
            sent_on: day,
            delivered_on: day,
            last_parcel_on: day,
            asked_on: season.ordered_from,
            ..plain.clone()
        });
    }
    let own = source
        .reasons
        .iter()
        .filter_map(|(path, own)| Some((own.code?, Some(path.as_str().into()))));
    let core = ReturnReason::ALL.iter().map(|r| (*r, None));
    let reasons: Vec<(ReturnReason, Option<Arc<str>>)> = core.chain(own).collect();
    let values: Vec<i64> = grid::values(source, plain.currency).into_iter().collect();
    let lates = grid::lates(source);
    for first in &firsts {
        for (reason, own_reason) in &reasons {
            let base = Order {
                reason: *reason,
                own_reason: own_reason.clone(),
                ..first.clone()
            };
            see(&base);
            for day in grid::asks(policy, &base, &lates) {
                for opened in [false, true] {
                    see(&Order {
                        opened,
                        ..base.asked(day)
                    });
                }
            }
            for value in &values {
                see(&Order {
                    value_minor: *value,
                    order_minor: *value,
                    ..base.clone()
                });
            }
            others(policy, &base, see);
        }
    }
}

/// What is looked at by itself.
fn others(policy: &Policy, base: &Order, see: &mut impl FnMut(&Order)) {
    see(&Order {
        final_sale: true,
        ..base.clone()
    });
    see(&Order {
        evidence: false,
        ..base.clone()
    });
    for condition in Condition::ALL {
        see(&Order {
            lacks: vec![*condition],
            ..base.clone()
        });
    }
    for units in grid::units(policy.source()) {
        see(&Order {
            units,
            ..base.clone()
        });
    }
    for wanted in Outcome::ALL {
        see(&Order {
            wanted: Some(*wanted),
            ..base.clone()
        });
    }
    see(&Order {
        delivered_on: None,
        last_parcel_on: None,
        ..base.clone()
    });
}

/// The clauses an answer rests on. A fee on a refused return, goods that do not stay, and a bonus
/// on what is not offered rest on nothing.
fn collect(answer: &PolicyAnswer, hit: &mut BTreeSet<ClauseRef>) {
    let c = &answer.clauses;
    hit.extend([c.verdict, c.window, c.reason]);
    if matches!(answer.verdict, Verdict::Outside(_)) {
        return;
    }
    hit.extend([
        c.outcomes,
        c.label,
        c.shipping,
        c.approval,
        c.refund_control,
    ]);
    hit.extend(answer.fees.iter().map(|f| f.clause));
    hit.extend(answer.returnless.then_some(c.returnless));
    let credit = answer.outcomes.has(Outcome::StoreCredit) && answer.store_credit_bonus.rate.0 > 0;
    hit.extend(credit.then_some(c.bonus));
}

/// Orders and questions about which the policy says nothing.
fn gaps(policy: &Policy, on: Date) -> Vec<Finding> {
    let source = policy.source();
    let mut out = Vec::new();
    let mut gap = |clause: &str, what: Said, help: &str, witness: Option<Order>| {
        let mut finding = Finding::new(Kind::Gap, source, clause, what, help);
        finding.witness = witness;
        out.push(finding);
    };
    let silent = |says: fn(&policy::source::RulesSource) -> bool| !says(&source.rules);
    if silent(|r| r.label.is_some() || r.fees.contains_key(&policy::FeeKind::ReturnLabel)) {
        gap(
            "label",
            Phrase::new("finding-gap-label")
                .in_english("nothing says who pays the way back; customers do"),
            "add label",
            None,
        );
    }
    if silent(|r| r.shipping.is_some()) {
        let what = Phrase::new("finding-gap-shipping").in_english(
            "nothing says when delivery is refunded; it is not, unless the seller is at fault",
        );
        gap(
            "shipping",
            what,
            "add shipping = { rule = \"full_on_full_order\" }",
            None,
        );
    }
    if silent(|r| r.refund.is_some()) {
        let what = Phrase::new("finding-gap-refund")
            .in_english("nothing says when money goes; it waits for the inspection");
        gap(
            "refund",
            what,
            "add refund = { control = \"received\" }",
            None,
        );
    }
    if silent(|r| r.auto_approve.is_some()) {
        let what = Phrase::new("finding-gap-approval")
            .in_english("no rule may approve anything; a person looks at every return");
        gap("approval", what, "add auto_approve", None);
    }
    if source.appeal.is_none() {
        let what = Phrase::new("finding-gap-appeal")
            .in_english("nothing says how to object to a decision");
        gap(
            "appeal",
            what,
            "add appeal = { days = 30, answer_days = 5 }",
            None,
        );
    }
    let sale = grid::levels(source).all(|l| l.final_sale.is_none());
    if source.final_sale.is_empty() && sale {
        let what = Phrase::new("finding-gap-final-sale")
            .in_english("goods marked as final sale are refused, and no text says so");
        let help = "add [final_sale] with a text, or final_sale = \"never\"";
        gap("final_sale", what, help, None);
    }
    if !source.reasons.is_empty() {
        let coded = |code: ReturnReason| source.reasons.values().any(|r| r.code == Some(code));
        let faults = ReturnReason::ALL
            .iter()
            .filter(|r| r.default_fault().is_sellers_side());
        for code in faults.filter(|r| !coded(**r) && **r != ReturnReason::Recall) {
            let what = Phrase::new("finding-gap-reason")
                .terms("reason", [code.as_str()])
                .in_english(format!("no reason of the client's own stands for {code}"));
            gap(
                "reasons",
                what,
                "add one, so that customers can say it",
                None,
            );
        }
    }
    for waiting in unanswered(policy, on) {
        let clause = policy.clause_id(policy.evaluate(&waiting.facts(policy)).clauses.window);
        let what = Phrase::new("finding-gap-before-delivery").in_english(
            "goods still on their way when they usually come have no answer; a person looks",
        );
        let help = "add transit_days, or give the window a day more";
        gap(&clause, what, help, Some(waiting));
    }
    out
}

/// One order per clause whose goods, still under way on the day they usually come, may already be
/// too late: the window is shorter than the way.
fn unanswered(policy: &Policy, on: Date) -> Vec<Order> {
    let source = policy.source();
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for channel in grid::channels(source) {
        for country in grid::countries(source) {
            for (category, product) in grid::goods(source) {
                for reason in ReturnReason::ALL {
                    let plain = Order::plain(policy, country.as_str().into(), country, on);
                    let waiting = Order {
                        channel,
                        category: category.clone(),
                        product: product.clone(),
                        reason: *reason,
                        delivered_on: None,
                        last_parcel_on: None,
                        ..plain
                    };
                    let answer = policy.evaluate(&waiting.facts(policy));
                    if answer.verdict == Verdict::NotStarted && seen.insert(answer.clauses.window) {
                        out.push(waiting);
                    }
                }
            }
        }
    }
    out
}
