//! A policy as clauses to read: an ordered list of message keys (`clause-*` in the message files)
//! with their figures. No sentence is made here; surfaces put them into words.

use crate::{
    compile::Policy,
    source::{AmountsSource, FeeSource, PolicySource, RefundSource, RulesSource, Wording},
    words::{Condition, FeeKind, FeeTax, FinalSale, Outcome, ReturnReason},
};
use kernel::{Bps, Currency, Date, Money};

/// A figure of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClauseArg {
    /// A count, mostly of days; sentences choose their plural by it.
    Number(i64),
    /// An amount in the default currency of the policy.
    Amount(Money),
    /// A rate.
    Rate(Bps),
    /// A day.
    Day(Date),
    /// A word of a closed set, in its written form.
    Word(&'static str),
    /// A name the client chose: a category path, a season.
    Name(String),
    /// A text the client wrote, by language.
    Wording(Wording),
}

/// Which orders a clause is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClauseScope {
    /// All of them.
    Client,
    /// Those of a channel, in its written form.
    Channel(&'static str),
    /// Those of a market, by its name.
    Market(String),
    /// Goods of a category, by its path.
    Category(String),
    /// One article, by its number.
    Product(String),
}

/// One clause: its id, the message that says it, and the figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseText {
    /// Stable clause id; the parts of one clause share its beginning.
    pub id: String,
    /// What it is about.
    pub scope: ClauseScope,
    /// Message key, `clause-*`.
    pub message_key: &'static str,
    /// Named figures of the message.
    pub args: Args,
}

type Args = Vec<(&'static str, ClauseArg)>;

/// Every clause of `policy` in reading order: client, seasons, final sale, objection, channels,
/// markets, categories, articles.
pub fn describe(policy: &Policy) -> Vec<ClauseText> {
    let source = policy.source();
    let mut out = Describer {
        currency: policy.default_currency(),
        scope: ClauseScope::Client,
        prefix: String::new(),
        clauses: Vec::new(),
    };
    out.level(&source.rules);
    out.whole(source);
    for (channel, rules) in &source.channels {
        out.enter(
            ClauseScope::Channel(channel.as_str()),
            format!("channel.{channel}."),
        );
        out.level(rules);
    }
    for (name, market) in &source.markets {
        out.enter(ClauseScope::Market(name.clone()), format!("market.{name}."));
        out.level(&market.rules);
    }
    for (path, rules) in &source.categories {
        out.enter(
            ClauseScope::Category(path.clone()),
            format!("category.{path}."),
        );
        out.level(rules);
    }
    for (sku, product) in &source.products {
        out.enter(ClauseScope::Product(sku.clone()), format!("product.{sku}."));
        out.level(&product.rules);
    }
    out.clauses
}

struct Describer {
    currency: Option<Currency>,
    scope: ClauseScope,
    prefix: String,
    clauses: Vec<ClauseText>,
}

impl Describer {
    fn enter(&mut self, scope: ClauseScope, prefix: String) {
        (self.scope, self.prefix) = (scope, prefix);
    }

    fn say(&mut self, name: &str, message_key: &'static str, args: Args) {
        self.clauses.push(ClauseText {
            id: format!("{}{name}", self.prefix),
            scope: self.scope.clone(),
            message_key,
            args,
        });
    }

    /// What holds for the policy as a whole.
    fn whole(&mut self, source: &PolicySource) {
        for holiday in &source.holidays {
            let args = vec![
                ("from", ClauseArg::Day(holiday.ordered_from)),
                ("to", ClauseArg::Day(holiday.ordered_to)),
                ("until", ClauseArg::Day(holiday.return_until)),
            ];
            self.say(&format!("holiday.{}", holiday.id), "clause-holiday", args);
        }
        if !source.final_sale.is_empty() {
            let args = vec![("text", ClauseArg::Wording(source.final_sale.clone()))];
            self.say("final_sale", "clause-final-sale", args);
        }
        if let Some(appeal) = source.appeal {
            let args = vec![
                number("days", appeal.days),
                number("answer", appeal.answer_days),
            ];
            self.say("appeal", "clause-appeal", args);
        }
    }

    fn level(&mut self, rules: &RulesSource) {
        self.window(rules);
        self.refusals(rules);
        self.reasons(rules);
        for (kind, fee) in &rules.fees {
            self.fee(*kind, fee);
        }
        if let Some(outcomes) = &rules.outcomes {
            self.say("outcomes", "clause-outcomes", outcome_flags(outcomes));
        }
        for (outcome, bonus) in &rules.bonuses {
            let mut args = vec![
                ("outcome", ClauseArg::Word(outcome.as_str())),
                ("rate", ClauseArg::Rate(bonus.rate)),
            ];
            self.optional_amount(&mut args, "cap", bonus.cap.as_ref());
            self.say(&format!("bonus.{outcome}"), "clause-bonus", args);
        }
        self.money(rules);
    }

    fn window(&mut self, rules: &RulesSource) {
        let Some(window) = &rules.window else { return };
        if let Some(days) = window.days {
            let anchor = window.anchor.map_or("inherited", |a| a.as_str());
            let args = vec![number("days", days), ("anchor", ClauseArg::Word(anchor))];
            self.say("window", "clause-window", args);
        }
        if window.as_law == Some(true) {
            self.say("window.as_law", "clause-window-as-law", Vec::new());
        }
    }

    /// What is not taken back, or not in every state.
    fn refusals(&mut self, rules: &RulesSource) {
        if let Some(exclusion) = &rules.exclusion {
            let id = if self.prefix.is_empty() {
                "exclusion"
            } else {
                ""
            };
            let args = vec![
                ("ground", ClauseArg::Word(exclusion.ground.as_str())),
                flag("opened", exclusion.only_opened),
                flag("lawful", exclusion.where_lawful),
                ("text", ClauseArg::Wording(exclusion.text.clone())),
            ];
            self.say(id, "clause-exclusion", args);
            // The id of a level's exclusion is the level itself, without the dot.
            if let Some(last) = self.clauses.last_mut() {
                last.id = last.id.trim_end_matches('.').to_owned();
            }
        }
        match rules.final_sale {
            Some(FinalSale::Never) => {
                self.say("final_sale", "clause-final-sale-never", Vec::new());
            }
            Some(FinalSale::WhereLawful) => {
                self.say("final_sale", "clause-final-sale-lawful", Vec::new());
            }
            Some(FinalSale::Always) | None => {}
        }
        match rules.condition.as_deref() {
            None => {}
            Some([]) => self.say("condition", "clause-condition-none", Vec::new()),
            Some(list) => {
                let has = |c: &Condition| flag(c.as_str(), list.contains(c));
                let args = Condition::ALL.iter().map(has).collect();
                self.say("condition", "clause-condition", args);
            }
        }
        if let Some(rule) = &rules.eligibility {
            for (amounts, key) in [
                (&rule.min_value, "clause-min-value"),
                (&rule.max_value, "clause-max-value"),
            ] {
                let mut args = Args::new();
                self.optional_amount(&mut args, "amount", amounts.as_ref());
                if !args.is_empty() {
                    self.say("eligibility", key, args);
                }
            }
            if let Some(units) = rule.max_units {
                let args = vec![("units", ClauseArg::Number(units.into()))];
                self.say("eligibility", "clause-max-units", args);
            }
        }
    }

    fn reasons(&mut self, rules: &RulesSource) {
        for (reason, rule) in &rules.reasons {
            let word = |reason: &ReturnReason| ("reason", ClauseArg::Word(reason.as_str()));
            if let Some(days) = rule.days {
                let args = vec![word(reason), number("days", days)];
                self.say(&format!("window.{reason}"), "clause-window-reason", args);
            }
            let id = format!("reason.{reason}");
            if rule.accepted == Some(false) {
                self.say(&id, "clause-reason-not-accepted", vec![word(reason)]);
            }
            if let Some(e) = rule.evidence {
                let args = vec![
                    word(reason),
                    ("photos", ClauseArg::Number(e.photos.into())),
                    flag("note", e.note),
                    flag("serial", e.serial),
                ];
                self.say(&id, "clause-evidence", args);
            }
            if let Some(outcomes) = &rule.outcomes {
                let mut args = outcome_flags(outcomes);
                args.push(word(reason));
                self.say(&id, "clause-outcomes-reason", args);
            }
        }
    }

    fn fee(&mut self, kind: FeeKind, fee: &FeeSource) {
        let id = format!("fee.{kind}");
        let word = ("kind", ClauseArg::Word(kind.as_str()));
        let mut args = vec![word.clone(), flag("opened", fee.only_opened)];
        args.push(number("after", fee.after_days.unwrap_or(0)));
        let key = if let Some(rate) = fee.rate {
            args.push(("rate", ClauseArg::Rate(rate)));
            "clause-fee-rate"
        } else {
            self.optional_amount(&mut args, "amount", fee.amount.as_ref());
            args.push(flag("taxed", fee.tax == Some(FeeTax::Added)));
            if fee.none {
                "clause-fee-none"
            } else {
                "clause-fee-amount"
            }
        };
        self.say(&id, key, args);
        let mut cap = Args::new();
        self.optional_amount(&mut cap, "amount", fee.cap.as_ref());
        if !cap.is_empty() {
            self.say(&format!("{id}.cap"), "clause-fee-cap", cap);
        }
        let Some(waiver) = &fee.waiver else { return };
        if waiver.statutory {
            self.say(&format!("{id}.waiver"), "clause-fee-statutory", Vec::new());
        }
        if !waiver.outcomes.is_empty() {
            let args = outcome_flags(&waiver.outcomes);
            self.say(&format!("{id}.waiver"), "clause-fee-outcomes", args);
        }
        let mut from = Args::new();
        self.optional_amount(&mut from, "amount", waiver.order_from.as_ref());
        if !from.is_empty() {
            self.say(&format!("{id}.waiver"), "clause-fee-order", from);
        }
    }

    fn money(&mut self, rules: &RulesSource) {
        if let Some(payer) = rules.label {
            let args = vec![("payer", ClauseArg::Word(payer.as_str()))];
            self.say("label", "clause-label", args);
        }
        if let Some(shipping) = &rules.shipping {
            let args = vec![("rule", ClauseArg::Word(shipping.rule.as_str()))];
            self.say("shipping", "clause-shipping", args);
        }
        if let Some(grades) = &rules.grades {
            for (grade, rate) in grades.iter().filter(|(_, rate)| rate.0 > 0) {
                let args = vec![
                    ("grade", ClauseArg::Word(grade.as_str())),
                    ("rate", ClauseArg::Rate(*rate)),
                ];
                self.say(&format!("grades.{grade}"), "clause-grade", args);
            }
        }
        if let Some(refund) = &rules.refund {
            self.refund(refund);
        }
        if let Some(rule) = &rules.returnless {
            let mut args = vec![("instead", ClauseArg::Word(rule.instead.as_str()))];
            self.optional_amount(&mut args, "amount", Some(&rule.up_to));
            self.say("returnless", "clause-returnless", args);
        }
        let mut limit = Args::new();
        self.optional_amount(&mut limit, "amount", rules.auto_approve.as_ref());
        if !limit.is_empty() {
            self.say("approval", "clause-approval", limit);
        }
    }

    fn refund(&mut self, refund: &RefundSource) {
        let args = |control: &'static str, days| {
            vec![("control", ClauseArg::Word(control)), number("days", days)]
        };
        let general = args(refund.control.as_str(), refund.within_days);
        self.say("refund", "clause-refund", general);
        if let Some(control) = refund.statutory {
            let args = args(control.as_str(), 0);
            self.say("refund.statutory", "clause-refund-statutory", args);
        }
        for (i, tier) in refund.tiers.iter().enumerate() {
            let mut args = args(tier.control.as_str(), tier.within_days);
            args.push((
                "fault",
                ClauseArg::Word(tier.fault.map_or("any", |f| f.as_str())),
            ));
            self.optional_amount(&mut args, "amount", tier.up_to.as_ref());
            let key = if tier.up_to.is_some() {
                "clause-refund-tier-amount"
            } else {
                "clause-refund-tier"
            };
            self.say(&format!("refund.tier.{i}"), key, args);
        }
    }

    /// The amount in the default currency, if there is one.
    fn optional_amount(&self, args: &mut Args, name: &'static str, from: Option<&AmountsSource>) {
        let found = self.currency.and_then(|currency| {
            let text = from?.get(currency.code())?;
            Money::parse(text, currency).ok()
        });
        args.extend(found.map(|money| (name, ClauseArg::Amount(money))));
    }
}

fn number(name: &'static str, days: u16) -> (&'static str, ClauseArg) {
    (name, ClauseArg::Number(days.into()))
}

fn flag(name: &'static str, set: bool) -> (&'static str, ClauseArg) {
    (name, ClauseArg::Number(i64::from(set)))
}

fn outcome_flags(list: &[Outcome]) -> Args {
    let has = |o: &Outcome| flag(o.as_str(), list.contains(o));
    Outcome::ALL.iter().map(has).collect()
}
