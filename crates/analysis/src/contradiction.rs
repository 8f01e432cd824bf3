//! Rules that say different things about the same orders, or nothing at all: what can be seen
//! from the source alone.

use crate::{
    finding::{Finding, Kind},
    said::{Phrase, Said, Value},
};
use kernel::Money;
use policy::{
    FeeKind, Outcome, Payer, Policy, PolicySource,
    source::{AmountsSource, RulesSource},
};

/// Every contradiction of a policy.
pub(crate) fn find(policy: &Policy) -> Vec<Finding> {
    let source = policy.source();
    let mut out = Finder {
        source,
        findings: Vec::new(),
    };
    out.level(&source.rules, "");
    for (channel, rules) in &source.channels {
        out.level(rules, &format!("channel.{channel}."));
    }
    for (name, market) in &source.markets {
        out.level(&market.rules, &format!("market.{name}."));
        let sold = &source.countries;
        let reached = sold.is_empty() || market.countries.iter().any(|c| sold.contains(c));
        if !reached {
            let what = Phrase::new("finding-market-unsold")
                .with("name", Value::Name(name.clone()))
                .in_english(format!(
                    "none of its countries is in `countries`: market {name} has no orders"
                ));
            out.note(
                Kind::Unreachable,
                &format!("market.{name}.window"),
                what,
                "add them, or drop the market",
            );
        }
    }
    for (path, rules) in &source.categories {
        out.level(rules, &format!("category.{path}."));
    }
    for (sku, product) in &source.products {
        out.level(&product.rules, &format!("product.{sku}."));
    }
    out.authority();
    out.prefer();
    out.findings
}

struct Finder<'a> {
    source: &'a PolicySource,
    findings: Vec<Finding>,
}

impl Finder<'_> {
    fn note(&mut self, kind: Kind, clause: &str, what: Said, help: &str) {
        let finding = Finding::new(kind, self.source, clause, what, help);
        self.findings.push(finding);
    }

    fn level(&mut self, rules: &RulesSource, prefix: &str) {
        let clause = |name: &str| format!("{prefix}{name}");
        let label_fee = rules
            .fees
            .get(&FeeKind::ReturnLabel)
            .is_some_and(|f| !f.none);
        if rules.label == Some(Payer::Merchant) && label_fee {
            let what = Phrase::new("finding-label-twice").in_english(
                "the merchant pays the way back and the customer pays a fee for the label",
            );
            let help = "keep one of label = \"merchant\" and fees.return_label";
            self.note(Kind::Contradiction, &clause("label"), what, help);
        }
        for (reason, rule) in &rules.reasons {
            let says_more =
                rule.days.is_some() || rule.evidence.is_some() || rule.outcomes.is_some();
            if rule.accepted == Some(false) && says_more {
                let what = Phrase::new("finding-reason-says-more").in_english(
                    "the reason is not taken, so its days, evidence and outcomes say nothing",
                );
                let help = "drop them, or take the reason";
                self.note(
                    Kind::Contradiction,
                    &clause(&format!("reason.{reason}")),
                    what,
                    help,
                );
            }
        }
        for (kind, fee) in &rules.fees {
            let waived_for_all = fee.waiver.as_ref().is_some_and(|w| {
                let offered = rules
                    .outcomes
                    .as_ref()
                    .or(self.source.rules.outcomes.as_ref());
                offered.is_some_and(|o| o.iter().all(|o| w.outcomes.contains(o)))
            });
            if waived_for_all {
                let what = Phrase::new("finding-fee-waived")
                    .in_english("the fee is waived for every outcome offered, so nobody pays it");
                self.note(
                    Kind::Contradiction,
                    &clause(&format!("fee.{kind}")),
                    what,
                    "write none = true",
                );
            }
            let (amount, cap) = (fee.amount.as_ref(), fee.cap.as_ref());
            if let (Some(amount), Some(cap)) = (amount, cap)
                && self.any(amount, cap, |amount, cap| amount > cap)
            {
                let what = Phrase::new("finding-cap-below")
                    .in_english("the cap is below the amount, so the amount is never taken");
                self.note(
                    Kind::Contradiction,
                    &clause(&format!("fee.{kind}")),
                    what,
                    "write the cap as amount",
                );
            }
        }
        if let (Some(returnless), Some(limit)) = (&rules.returnless, &rules.auto_approve)
            && self.any(&returnless.up_to, limit, |stay, limit| stay > limit)
        {
            let what = Phrase::new("finding-stay-above-approval").in_english("goods may stay up to more than a rule may approve, so a person must look each time");
            let help = "raise auto_approve or lower returnless.up_to";
            self.note(Kind::Contradiction, &clause("returnless"), what, help);
        }
        if let Some(rule) = &rules.eligibility
            && let (Some(min), Some(max)) = (&rule.min_value, &rule.max_value)
            && self.any(min, max, |min, max| min > max)
        {
            let what = Phrase::new("finding-values-crossed")
                .in_english("the smallest value is above the largest, so nothing is taken");
            self.note(
                Kind::Contradiction,
                &clause("eligibility"),
                what,
                "exchange the two",
            );
        }
        let offered = rules
            .outcomes
            .as_ref()
            .or(self.source.rules.outcomes.as_ref());
        for outcome in [Outcome::StoreCredit, Outcome::Exchange] {
            let never = offered.is_some_and(|o| !o.contains(&outcome));
            if rules.bonuses.contains_key(&outcome) && never {
                let what = Phrase::new("finding-bonus-not-offered")
                    .terms("outcome", [outcome.as_str()])
                    .in_english(format!(
                        "there is a bonus for {outcome}, which is not offered"
                    ));
                let help = "offer it, or drop the bonus";
                self.note(
                    Kind::Contradiction,
                    &clause(&format!("bonus.{outcome}")),
                    what,
                    help,
                );
            }
        }
    }

    /// More power below than above.
    fn authority(&mut self) {
        let limits = &self.source.authority;
        if let (Some(agent), Some(lead)) = (limits.get("agent"), limits.get("team_lead"))
            && self.any(agent, lead, |agent, lead| agent > lead)
        {
            let what = Phrase::new("finding-authority-crossed")
                .in_english("agents may decide larger amounts than team leads");
            self.note(
                Kind::Contradiction,
                "authority.agent",
                what,
                "exchange the two",
            );
        }
    }

    /// An exchange is to come first and is offered nowhere.
    fn prefer(&mut self) {
        let source = self.source;
        let markets = source.markets.values().map(|m| &m.rules);
        let products = source.products.values().map(|p| &p.rules);
        let levels = std::iter::once(&source.rules)
            .chain(source.channels.values())
            .chain(markets)
            .chain(source.categories.values())
            .chain(products);
        let exchange = |o: &Vec<Outcome>| o.contains(&Outcome::Exchange);
        let mut offers = levels.flat_map(|rules| {
            let reasons = rules.reasons.values().filter_map(|r| r.outcomes.as_ref());
            rules.outcomes.iter().chain(reasons)
        });
        if source.prefer.is_some() && !offers.any(exchange) {
            let what = Phrase::new("finding-prefer-not-offered")
                .in_english("an exchange is to come first, and nothing offers one");
            let help = "offer it in outcomes, or drop prefer";
            self.note(Kind::Contradiction, "prefer", what, help);
        }
    }

    /// Whether `wrong` holds in some currency of the policy.
    fn any(&self, a: &AmountsSource, b: &AmountsSource, wrong: impl Fn(i64, i64) -> bool) -> bool {
        self.source.currencies.iter().any(|currency| {
            let minor = |amounts: &AmountsSource| {
                let text = amounts.get(currency.code())?;
                Money::parse(text, *currency).ok().map(|m| m.minor)
            };
            matches!((minor(a), minor(b)), (Some(a), Some(b)) if wrong(a, b))
        })
    }
}
