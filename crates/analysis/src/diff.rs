//! Who is better or worse off under a new version of a policy, with an order that shows it. Both
//! versions are tried on the edges of either; between two edges neither changes.

use crate::{
    clause::path_of,
    coverage::edges,
    grid,
    order::Order,
    said::{Phrase, Said, Value, rates},
};
use jiff::civil::Date;
use kernel::CountryCode;
use policy::{FeeRule, Outcome, Payer, Policy, PolicyAnswer, SalesChannel, ShippingRule, Verdict};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

/// Whether customers gain or lose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// They get less.
    Worse,
    /// They get more.
    Better,
    /// They get something else.
    Different,
}

/// One thing that changes for some customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// For better or worse.
    pub direction: Direction,
    /// In what.
    pub aspect: &'static str,
    /// The clause of the new version that decides.
    pub clause: String,
    /// Its path.
    pub path: String,
    /// What the old version did.
    pub before: Said,
    /// What the new one does.
    pub after: Said,
    /// The simplest order that shows it.
    pub example: Order,
    /// How many of the orders tried show it; a measure of reach, not a forecast.
    pub orders: u64,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = match self.direction {
            Direction::Worse => "worse",
            Direction::Better => "better",
            Direction::Different => "different",
        };
        write!(
            f,
            "{direction}: {}: {} -> {}",
            self.aspect, self.before, self.after
        )?;
        write!(f, " ({})\n  order: {}", self.path, self.example)
    }
}

/// What changes from `old` to `new` for orders from `on` on; losses first.
pub fn diff(old: &Policy, new: &Policy, on: Date) -> Vec<Change> {
    let mut found: BTreeMap<(Direction, &'static str, String), Change> = BTreeMap::new();
    // Outside the seasons of both: a season hides what changes in the windows under it.
    let mut on = on;
    loop {
        let later = grid::ordinary_day(new.source(), grid::ordinary_day(old.source(), on));
        if later == on {
            break;
        }
        on = later;
    }
    let union = |f: &dyn Fn(&Policy) -> Vec<String>| -> BTreeSet<String> {
        f(old).into_iter().chain(f(new)).collect()
    };
    let categories = union(&|p| p.source().categories.keys().cloned().collect());
    let products = union(&|p| p.source().products.keys().cloned().collect());
    let mut goods: Vec<grid::Goods> = vec![(None, None)];
    goods.extend(categories.into_iter().map(|path| (Some(path.into()), None)));
    goods.extend(products.into_iter().map(|sku| (None, Some(sku.into()))));
    let both = [old.source(), new.source()];
    let channels: BTreeSet<SalesChannel> = both.iter().flat_map(|s| grid::channels(s)).collect();
    let countries: BTreeSet<CountryCode> = both.iter().flat_map(|s| grid::countries(s)).collect();
    for channel in channels {
        for country in &countries {
            for (category, product) in &goods {
                let mut plain = Order::plain(new, country.as_str().into(), *country, on);
                plain.channel = channel;
                (plain.category, plain.product) = (category.clone(), product.clone());
                let mut see = |order: &Order| compare(old, new, order, &mut found);
                edges(new, &plain, &mut see);
                edges(old, &plain, &mut see);
            }
        }
    }
    found.into_values().collect()
}

fn compare(
    old: &Policy,
    new: &Policy,
    order: &Order,
    found: &mut BTreeMap<(Direction, &'static str, String), Change>,
) {
    let before = old.evaluate(&order.facts(old));
    let after = new.evaluate(&order.facts(new));
    for change in aspects(order, &before, &after) {
        let (aspect, direction, was, is, clause) = change;
        let clause = new.clause_id(clause).to_string();
        let key = (direction, aspect, clause.clone());
        if let Some(known) = found.get_mut(&key) {
            known.orders += 1;
            continue;
        }
        let path = path_of(new.source(), &clause);
        found.insert(
            key,
            Change {
                direction,
                aspect,
                clause,
                path,
                before: was,
                after: is,
                example: order.clone(),
                orders: 1,
            },
        );
    }
}

type Aspect = (&'static str, Direction, Said, Said, policy::ClauseRef);

/// Every aspect in which two answers differ for the customer.
fn aspects(order: &Order, before: &PolicyAnswer, after: &PolicyAnswer) -> Vec<Aspect> {
    let mut out = Vec::new();
    let c = &after.clauses;
    let mut add = |aspect, better: Option<bool>, was: Said, is: Said, clause| {
        let direction = match better {
            Some(true) => Direction::Better,
            Some(false) => Direction::Worse,
            None => Direction::Different,
        };
        out.push((aspect, direction, was, is, clause));
    };
    let (was, is) = (rank(before), rank(after));
    if was != is {
        add(
            "verdict",
            Some(is > was),
            verdict(before),
            verdict(after),
            c.verdict,
        );
        return out;
    }
    if was == 0 {
        return out;
    }
    if before.window_until != after.window_until {
        // A window that has not begun has no last day to compare.
        let days = before.window_until.zip(after.window_until);
        let better = days.map(|(was, is)| is > was);
        let day = |a: &PolicyAnswer| match a.window_until {
            None => Phrase::new("finding-is-open").in_english("open"),
            Some(day) => Phrase::new("finding-is-day")
                .with("day", Value::Day(day))
                .in_english(day.to_string()),
        };
        add("window", better, day(before), day(after), c.window);
    }
    let total =
        |fees: &[FeeRule]| -> i64 { fees.iter().map(|f| f.amount(order.value_minor, 0)).sum() };
    let (was, is) = (total(&before.fees), total(&after.fees));
    if was != is {
        let clause = after.fees.first().map_or(c.reason, |f| f.clause);
        let money = |minor| {
            let money = kernel::Money::new(minor, order.currency);
            Phrase::new("finding-is-amount")
                .amount("amount", money)
                .in_english(money.decimal())
        };
        add("fees", Some(is < was), money(was), money(is), clause);
    }
    if before.label_paid_by != after.label_paid_by {
        let better = after.label_paid_by == Payer::Merchant;
        let who = |a: &PolicyAnswer| {
            Phrase::new("finding-is-payer")
                .code("payer", a.label_paid_by.as_str())
                .in_english(a.label_paid_by.to_string())
        };
        add(
            "way back paid by",
            Some(better),
            who(before),
            who(after),
            c.label,
        );
    }
    if before.outcomes != after.outcomes {
        let list = |a: &PolicyAnswer| {
            let codes: Vec<&str> = a.outcomes.iter().map(Outcome::as_str).collect();
            Phrase::new("finding-is-list")
                .terms("list", codes.iter().copied())
                .in_english(codes.join(", "))
        };
        let more = before.outcomes.iter().all(|o| after.outcomes.has(o));
        let less = after.outcomes.iter().all(|o| before.outcomes.has(o));
        let better = if more {
            Some(true)
        } else {
            less.then_some(false)
        };
        add("outcomes", better, list(before), list(after), c.outcomes);
    }
    if before.shipping_rule != after.shipping_rule {
        let better = worth(after.shipping_rule) > worth(before.shipping_rule);
        let rule = |a: &PolicyAnswer| {
            Phrase::new("finding-is-shipping")
                .code("rule", a.shipping_rule.as_str())
                .in_english(a.shipping_rule.to_string())
        };
        add(
            "delivery refunded",
            Some(better),
            rule(before),
            rule(after),
            c.shipping,
        );
    }
    let control = |a: &PolicyAnswer| (a.refund_control, a.refund_within_days);
    if control(before) != control(after) {
        let say = |a: &PolicyAnswer| {
            Phrase::new("finding-is-money")
                .code("control", a.refund_control.as_str())
                .with("days", Value::Number(a.refund_within_days.into()))
                .in_english(format!(
                    "{} + {} days",
                    a.refund_control, a.refund_within_days
                ))
        };
        let better = control(after) < control(before);
        add(
            "money goes",
            Some(better),
            say(before),
            say(after),
            c.refund_control,
        );
    }
    if before.returnless != after.returnless {
        let say = |a: &PolicyAnswer| {
            let (code, text) = if a.returnless {
                ("stay", "stay")
            } else {
                ("back", "come back")
            };
            Phrase::new("finding-is-goods")
                .code("goods", code)
                .in_english(text)
        };
        add(
            "goods",
            Some(after.returnless),
            say(before),
            say(after),
            c.returnless,
        );
    }
    let deducted = |a: &PolicyAnswer| a.grade_deductions.iter().map(|b| b.0).sum::<i32>();
    if deducted(before) != deducted(after) {
        let say = |a: &PolicyAnswer| {
            let all: Vec<String> = a.grade_deductions.iter().map(|b| b.percent()).collect();
            Phrase::new("finding-is-rates")
                .with("rates", rates(&a.grade_deductions))
                .in_english(all.join("/"))
        };
        let better = deducted(after) < deducted(before);
        add(
            "deductions by grade",
            Some(better),
            say(before),
            say(after),
            c.reason,
        );
    }
    out
}

/// How much a verdict gives.
fn rank(answer: &PolicyAnswer) -> u8 {
    match answer.verdict {
        Verdict::Outside(_) => 0,
        Verdict::NotStarted => 1,
        Verdict::NeedsEvidence(_) => 2,
        Verdict::Eligible => 3,
    }
}

fn verdict(answer: &PolicyAnswer) -> Said {
    let taken = |code, text: &str| {
        Phrase::new("finding-is-taken")
            .code("how", code)
            .in_english(text)
    };
    match answer.verdict {
        Verdict::Outside(code) => Phrase::new("finding-is-refused")
            .code("code", code.as_str())
            .in_english(format!("refused ({code})")),
        Verdict::NotStarted => taken("person", "a person looks"),
        Verdict::NeedsEvidence(_) => taken("evidence", "taken with evidence"),
        Verdict::Eligible => taken("taken", "taken"),
    }
}

fn worth(rule: ShippingRule) -> u8 {
    match rule {
        ShippingRule::None => 0,
        ShippingRule::FullOnFullOrder => 1,
        ShippingRule::ProRata => 2,
        ShippingRule::Full => 3,
    }
}
