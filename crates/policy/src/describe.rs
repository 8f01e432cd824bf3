//! A policy as clauses to read: an ordered list of message keys (`clause-*` in the message files)
//! with their figures. No sentence is made here; surfaces put them into words.

use crate::{
    compile::Policy,
    source::{AmountsSource, FeeSource, PolicySource, RefundSource, RulesSource, Wording},
    words::{Anchor, Condition, FeeKind, FeeTax, FinalSale, Outcome, ReturnReason},
};
use kernel::{Bps, CountryCode, Currency, Date, Money};

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
    /// A word of a closed set, in its written form; it chooses the sentence.
    Word(&'static str),
    /// Things that all hold.
    AllOf(Vec<Listed>),
    /// Things one of which can be chosen.
    AnyOf(Vec<Listed>),
    /// Reasons for a return, any of them.
    Reasons(Vec<ReturnReason>),
    /// A name the client chose: a category path, a season.
    Name(String),
    /// A text the client wrote, by language.
    Wording(Wording),
}

/// A thing in a list: its word, and how many of it where that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// A word of a closed set, in its written form.
    pub word: &'static str,
    /// How many; none where it is not counted.
    pub count: Option<u8>,
}

impl Listed {
    const fn one(word: &'static str) -> Self {
        Self { word, count: None }
    }
}

/// Which orders a clause is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClauseScope {
    /// All of them.
    Client,
    /// Those of a channel, in its written form.
    Channel(&'static str),
    /// Those delivered to some countries.
    Market {
        /// Its name in the policy.
        name: String,
        /// The countries.
        countries: Vec<CountryCode>,
    },
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
    /// True when it only explains: what an order gets never rests on this clause alone.
    pub explains: bool,
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
        let scope = ClauseScope::Market {
            name: name.clone(),
            countries: market.countries.clone(),
        };
        out.enter(scope, format!("market.{name}."));
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
            explains: false,
        });
    }

    /// Says more about a rule that has a clause of its own.
    fn explain(&mut self, name: &str, message_key: &'static str, args: Args) {
        self.say(name, message_key, args);
        if let Some(last) = self.clauses.last_mut() {
            last.explains = true;
        }
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
        let days = vec![number("days", source.authorisation_days)];
        self.explain("send_by", "clause-send-by", days);
        let rule = vec![("rule", ClauseArg::Word(source.promotion.as_str()))];
        self.explain("promotion", "clause-promotion", rule);
        if source.prefer.is_some() {
            self.explain("prefer", "clause-prefer", Vec::new());
        }
        for (path, own) in &source.reasons {
            if own.code.is_none() {
                continue;
            }
            let mut args = vec![("text", ClauseArg::Wording(own.text.clone()))];
            let key = own.fault.map_or("clause-own-reason", |fault| {
                args.push(("fault", ClauseArg::Word(fault.as_str())));
                "clause-own-reason-fault"
            });
            self.explain(&format!("own.{path}"), key, args);
        }
    }

    fn level(&mut self, rules: &RulesSource) {
        self.window(rules);
        self.refusals(rules);
        self.reasons(rules);
        for (kind, fee) in &rules.fees {
            self.fee(*kind, fee);
        }
        if rules.fees.values().any(|fee| !fee.none) {
            self.explain("fees.fault", "clause-fee-fault", Vec::new());
        }
        if let Some(outcomes) = &rules.outcomes {
            let args = vec![("outcomes", any_of(outcomes))];
            self.say("outcomes", "clause-outcomes", args);
        }
        for (outcome, bonus) in &rules.bonuses {
            let args = vec![
                ("outcome", ClauseArg::Word(outcome.as_str())),
                ("rate", ClauseArg::Rate(bonus.rate)),
            ];
            let id = format!("bonus.{outcome}");
            self.say(&id, "clause-bonus", args);
            self.explain_amount(&format!("{id}.cap"), "clause-bonus-cap", bonus.cap.as_ref());
        }
        self.money(rules);
    }

    fn window(&mut self, rules: &RulesSource) {
        let Some(window) = &rules.window else { return };
        let anchor = |a: Anchor| ("anchor", ClauseArg::Word(a.as_str()));
        match (window.days, window.anchor) {
            (Some(days), given) => {
                let inherited = ("anchor", ClauseArg::Word("inherited"));
                let args = vec![number("days", days), given.map_or(inherited, anchor)];
                self.say("window", "clause-window", args);
            }
            (None, Some(given)) => {
                self.explain("window.anchor", "clause-window-anchor", vec![anchor(given)]);
            }
            (None, None) => {}
        }
        if let Some(days) = window.transit_days {
            let args = vec![number("days", days)];
            self.explain("window.transit", "clause-window-transit", args);
        }
        match window.as_law {
            Some(true) => self.explain("window.as_law", "clause-window-as-law", Vec::new()),
            Some(false) => self.explain("window.as_law", "clause-window-not-as-law", Vec::new()),
            None => {}
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
                ("text", ClauseArg::Wording(exclusion.text.clone())),
            ];
            self.say(id, "clause-exclusion", args);
            // The id of a level's exclusion is the level itself, without the dot.
            if let Some(last) = self.clauses.last_mut() {
                last.id = last.id.trim_end_matches('.').to_owned();
            }
            for (set, name, key) in [
                (
                    exclusion.only_opened,
                    "exclusion.opened",
                    "clause-exclusion-opened",
                ),
                (
                    exclusion.where_lawful,
                    "exclusion.lawful",
                    "clause-exclusion-lawful",
                ),
            ] {
                if set {
                    self.explain(name, key, Vec::new());
                }
            }
        }
        match rules.final_sale {
            Some(FinalSale::Never) => {
                self.say("final_sale", "clause-final-sale-never", Vec::new());
            }
            Some(FinalSale::WhereLawful) => {
                self.say("final_sale", "clause-final-sale-lawful", Vec::new());
            }
            Some(FinalSale::Always) => {
                self.explain("final_sale", "clause-final-sale-always", Vec::new());
            }
            None => {}
        }
        match rules.condition.as_deref() {
            None => {}
            Some([]) => self.say("condition", "clause-condition-none", Vec::new()),
            Some(list) => {
                let wanted = Condition::ALL.iter().filter(|c| list.contains(c));
                let states = wanted.map(|c| Listed::one(c.as_str())).collect();
                let args = vec![("states", ClauseArg::AllOf(states))];
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
            let word = || ("reason", ClauseArg::Reasons(vec![*reason]));
            if let Some(days) = rule.days {
                let args = vec![word(), number("days", days)];
                self.say(&format!("window.{reason}"), "clause-window-reason", args);
            }
            let id = format!("reason.{reason}");
            if rule.accepted == Some(false) {
                self.say(&id, "clause-reason-not-accepted", vec![word()]);
            }
            if let Some(fault) = rule.fault {
                let args = vec![word(), ("fault", ClauseArg::Word(fault.as_str()))];
                self.explain(&format!("{id}.fault"), "clause-reason-fault", args);
            }
            if let Some(e) = rule.evidence {
                let photos = (e.photos > 0).then_some(Listed {
                    word: "photos",
                    count: Some(e.photos),
                });
                let note = e.note.then_some(Listed::one("note"));
                let serial = e.serial.then_some(Listed::one("serial"));
                let things: Vec<_> = [photos, note, serial].into_iter().flatten().collect();
                if !things.is_empty() {
                    let args = vec![word(), ("things", ClauseArg::AllOf(things))];
                    self.say(&id, "clause-evidence", args);
                }
            }
            if let Some(outcomes) = &rule.outcomes {
                let args = vec![word(), ("outcomes", any_of(outcomes))];
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
        } else if fee.none {
            "clause-fee-none"
        } else {
            self.optional_amount(&mut args, "amount", fee.amount.as_ref());
            args.push(flag("taxed", fee.tax == Some(FeeTax::Added)));
            "clause-fee-amount"
        };
        self.say(&id, key, args);
        self.explain_amount(&format!("{id}.cap"), "clause-fee-cap", fee.cap.as_ref());
        if let Some(reasons) = &fee.reasons {
            let args = vec![("reasons", ClauseArg::Reasons(reasons.clone()))];
            self.explain(&format!("{id}.reasons"), "clause-fee-reasons", args);
        }
        let Some(waiver) = &fee.waiver else { return };
        if waiver.statutory {
            self.explain(&format!("{id}.waiver"), "clause-fee-statutory", Vec::new());
        }
        if !waiver.outcomes.is_empty() {
            let args = vec![("outcomes", any_of(&waiver.outcomes))];
            self.explain(&format!("{id}.waiver"), "clause-fee-outcomes", args);
        }
        let from = waiver.order_from.as_ref();
        self.explain_amount(&format!("{id}.waiver"), "clause-fee-order", from);
    }

    fn money(&mut self, rules: &RulesSource) {
        if let Some(payer) = rules.label {
            let args = vec![("payer", ClauseArg::Word(payer.as_str()))];
            self.say("label", "clause-label", args);
        }
        if let Some(shipping) = &rules.shipping {
            let args = vec![("rule", ClauseArg::Word(shipping.rule.as_str()))];
            self.say("shipping", "clause-shipping", args);
            let args = vec![("rule", ClauseArg::Word(shipping.on_fault.as_str()))];
            self.explain("shipping.fault", "clause-shipping-fault", args);
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
            args.push(("reasons", ClauseArg::Reasons(rule.reasons.clone())));
            self.say("returnless", "clause-returnless", args);
            let times = vec![number("times", rule.max_per_365_days)];
            self.explain("returnless.max", "clause-returnless-max", times);
            if rule.economics.is_some() {
                let key = "clause-returnless-economics";
                self.explain("returnless.economics", key, Vec::new());
            }
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
            self.explain("refund.statutory", "clause-refund-statutory", args);
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

    /// Explains a limit, if there is one.
    fn explain_amount(&mut self, id: &str, key: &'static str, amount: Option<&AmountsSource>) {
        let mut args = Args::new();
        self.optional_amount(&mut args, "amount", amount);
        if !args.is_empty() {
            self.explain(id, key, args);
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

fn any_of(outcomes: &[Outcome]) -> ClauseArg {
    let offered = Outcome::ALL.iter().filter(|o| outcomes.contains(o));
    ClauseArg::AnyOf(offered.map(|o| Listed::one(o.as_str())).collect())
}
