//! A policy as clauses to read: message keys (`clause-*` in the message files) with their
//! figures. No sentence is made here; surfaces put them into words.

use crate::{
    compile::Policy,
    source::{AmountsSource, FeeSource, RulesSource, Wording},
};
use kernel::{Bps, Currency, Date, Money};

/// A figure of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClauseArg {
    /// A count, mostly of days.
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

/// One clause: its id, the message that says it, and the figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseText {
    /// Stable clause id.
    pub id: String,
    /// Message key, `clause-*`.
    pub message_key: &'static str,
    /// Named figures of the message; `scope` names the level and is empty for the whole client.
    pub args: Vec<(&'static str, ClauseArg)>,
}

/// Every clause of `policy`: client, channels, markets, categories, seasons, final sale.
pub fn describe(policy: &Policy) -> Vec<ClauseText> {
    let source = policy.source();
    let mut out = Describer {
        currency: policy.default_currency(),
        clauses: Vec::new(),
    };
    out.level(&source.rules, "", "");
    for (channel, rules) in &source.channels {
        out.level(rules, &format!("channel.{channel}."), channel.as_str());
    }
    for (name, market) in &source.markets {
        out.level(&market.rules, &format!("market.{name}."), name);
    }
    for (path, rules) in &source.categories {
        out.level(rules, &format!("category.{path}."), path);
    }
    for holiday in &source.holidays {
        out.clauses.push(ClauseText {
            id: format!("holiday.{}", holiday.id),
            message_key: "clause-holiday",
            args: vec![
                ("from", ClauseArg::Day(holiday.ordered_from)),
                ("to", ClauseArg::Day(holiday.ordered_to)),
                ("until", ClauseArg::Day(holiday.return_until)),
            ],
        });
    }
    if !source.final_sale.is_empty() {
        let args = vec![("text", ClauseArg::Wording(source.final_sale.clone()))];
        let id = "final_sale".to_owned();
        out.clauses.push(ClauseText {
            id,
            message_key: "clause-final-sale",
            args,
        });
    }
    out.clauses
}

struct Describer {
    currency: Option<Currency>,
    clauses: Vec<ClauseText>,
}

impl Describer {
    fn level(&mut self, rules: &RulesSource, prefix: &str, scope: &str) {
        let mut say = |name: &str, message_key, mut args: Vec<(&'static str, ClauseArg)>| {
            args.push(("scope", ClauseArg::Name(scope.to_owned())));
            self.clauses.push(ClauseText {
                id: format!("{prefix}{name}"),
                message_key,
                args,
            });
        };
        let amount = |amounts: &AmountsSource| amount(amounts, self.currency);
        if let Some(days) = rules.window.as_ref().and_then(|w| w.days) {
            let anchor = rules.window.as_ref().and_then(|w| w.anchor);
            let mut args = vec![("days", ClauseArg::Number(days.into()))];
            args.push((
                "anchor",
                ClauseArg::Word(anchor.map_or("inherited", |a| a.as_str())),
            ));
            say("window", "clause-window", args);
        }
        for (reason, rule) in &rules.reasons {
            let word = || ("reason", ClauseArg::Word(reason.as_str()));
            if let Some(days) = rule.days {
                let args = vec![word(), ("days", ClauseArg::Number(days.into()))];
                say(&format!("window.{reason}"), "clause-window-reason", args);
            }
            let id = format!("reason.{reason}");
            if rule.accepted == Some(false) {
                say(&id, "clause-reason-not-accepted", vec![word()]);
            }
            if let Some(e) = rule.evidence {
                let photos = ("photos", ClauseArg::Number(e.photos.into()));
                let flag = |set: bool| ClauseArg::Number(i64::from(set));
                let args = vec![
                    word(),
                    photos,
                    ("note", flag(e.note)),
                    ("serial", flag(e.serial)),
                ];
                say(&id, "clause-evidence", args);
            }
        }
        for (kind, fee) in &rules.fees {
            let (key, mut args) = fee_text(fee, self.currency);
            args.push(("kind", ClauseArg::Word(kind.as_str())));
            say(&format!("fee.{kind}"), key, args);
        }
        if let Some(outcomes) = &rules.outcomes {
            let has = |o| ClauseArg::Number(i64::from(outcomes.contains(&o)));
            let names = crate::words::Outcome::ALL.iter();
            say(
                "outcomes",
                "clause-outcomes",
                names.map(|o| (o.as_str(), has(*o))).collect(),
            );
        }
        if let Some(limit) = rules.auto_approve.as_ref().and_then(amount) {
            say("approval", "clause-approval", vec![("amount", limit)]);
        }
        if let Some(limit) = rules.returnless.as_ref().and_then(|r| amount(&r.up_to)) {
            say("returnless", "clause-returnless", vec![("amount", limit)]);
        }
        if let Some(refund) = &rules.refund {
            let args = vec![("control", ClauseArg::Word(refund.control.as_str()))];
            say("refund", "clause-refund", args);
        }
        if let Some(shipping) = &rules.shipping {
            let args = vec![("rule", ClauseArg::Word(shipping.rule.as_str()))];
            say("shipping", "clause-shipping", args);
        }
        if let Some(payer) = rules.label {
            say(
                "label",
                "clause-label",
                vec![("payer", ClauseArg::Word(payer.as_str()))],
            );
        }
        if let Some(exclusion) = &rules.exclusion {
            let id = prefix.strip_suffix('.').unwrap_or("exclusion").to_owned();
            let args = vec![
                ("ground", ClauseArg::Word(exclusion.ground.as_str())),
                (
                    "opened",
                    ClauseArg::Number(i64::from(exclusion.only_opened)),
                ),
                ("text", ClauseArg::Wording(exclusion.text.clone())),
                ("scope", ClauseArg::Name(scope.to_owned())),
            ];
            self.clauses.push(ClauseText {
                id,
                message_key: "clause-exclusion",
                args,
            });
        }
    }
}

fn fee_text(
    fee: &FeeSource,
    currency: Option<Currency>,
) -> (&'static str, Vec<(&'static str, ClauseArg)>) {
    let mut args = vec![("opened", ClauseArg::Number(i64::from(fee.only_opened)))];
    if let Some(days) = fee.after_days {
        args.push(("after", ClauseArg::Number(days.into())));
    }
    if let Some(rate) = fee.rate {
        args.push(("rate", ClauseArg::Rate(rate)));
        return ("clause-fee-rate", args);
    }
    match fee.amount.as_ref().and_then(|a| amount(a, currency)) {
        Some(amount) => {
            args.push(("amount", amount));
            ("clause-fee-amount", args)
        }
        None => ("clause-fee-none", args),
    }
}

/// The amount in the default currency.
fn amount(amounts: &AmountsSource, currency: Option<Currency>) -> Option<ClauseArg> {
    let currency = currency?;
    let text = amounts.get(currency.code())?;
    Money::parse(text, currency).ok().map(ClauseArg::Amount)
}
