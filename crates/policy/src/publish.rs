//! A policy for machines: structured data in the words of schema.org, and an open JSON form with
//! every clause and figure. Both are canonical JSON (RFC 8785), so one version gives the same
//! bytes for ever.

use crate::{
    compile::Policy,
    describe::{ClauseArg, ClauseScope, ClauseText, Listed, describe},
    source::{AmountsSource, RulesSource},
    words::{FeeKind, Outcome, Payer},
};
use kernel::{CountryCode, Currency, Money};
use serde_json::{Map, Value, json};

/// The name of the open form.
pub const SCHEMA: &str = "redress-policy/1";

/// What the open form looks like, as JSON Schema (draft 2020-12).
pub const JSON_SCHEMA: &str = include_str!("open.schema.json");

/// A policy could not be written as JSON. Every valid policy can.
#[derive(Debug, thiserror::Error)]
#[error("the policy cannot be written as JSON: {0}")]
pub struct PublishError(#[from] serde_json::Error);

/// `MerchantReturnPolicy` of schema.org, one per market and one for everywhere else, as JSON-LD.
/// Search engines know only the general rules; categories are in the open form.
///
/// # Errors
/// [`PublishError`] never for a policy that was compiled.
pub fn schema_org(policy: &Policy) -> Result<String, PublishError> {
    let source = policy.source();
    let named: Vec<CountryCode> = source
        .markets
        .values()
        .flat_map(|m| m.countries.iter().copied())
        .collect();
    let mut list = Vec::new();
    let rest: Vec<CountryCode> = source
        .countries
        .iter()
        .copied()
        .filter(|c| !named.contains(c))
        .collect();
    list.push(merchant_policy(policy, &rest, &[&source.rules]));
    for market in source.markets.values() {
        list.push(merchant_policy(
            policy,
            &market.countries,
            &[&market.rules, &source.rules],
        ));
    }
    write(&json!({ "@context": "https://schema.org", "@graph": list }))
}

/// One `MerchantReturnPolicy`; `levels` from the deepest up.
fn merchant_policy(policy: &Policy, countries: &[CountryCode], levels: &[&RulesSource]) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("@type", "MerchantReturnPolicy".into());
    put("identifier", policy.hash().to_string().into());
    if !countries.is_empty() {
        put(
            "applicableCountry",
            countries.iter().map(CountryCode::as_str).collect(),
        );
    }
    let window = |level: &&RulesSource| level.window.as_ref().and_then(|w| w.days);
    let days = levels.iter().find_map(window).unwrap_or(0);
    let category = if days == 0 {
        "https://schema.org/MerchantReturnNotPermitted"
    } else {
        "https://schema.org/MerchantReturnFiniteReturnWindow"
    };
    put("returnPolicyCategory", category.into());
    put("merchantReturnDays", days.into());
    put("returnMethod", "https://schema.org/ReturnByMail".into());
    let outcomes = levels
        .iter()
        .find_map(|l| l.outcomes.as_deref())
        .unwrap_or(&[]);
    let types = outcomes.iter().filter_map(|outcome| match outcome {
        Outcome::Refund => Some("https://schema.org/FullRefund"),
        Outcome::StoreCredit => Some("https://schema.org/StoreCreditRefund"),
        Outcome::Exchange | Outcome::Replacement => Some("https://schema.org/ExchangeRefund"),
        Outcome::Repair => None,
    });
    let mut types: Vec<&str> = types.collect();
    types.dedup();
    put("refundType", types.into());
    let currency = policy.default_currency();
    let fee = |kind: FeeKind| {
        levels
            .iter()
            .find_map(|l| l.fees.get(&kind))
            .filter(|f| !f.none)
    };
    let label = fee(FeeKind::ReturnLabel).and_then(|f| price(f.amount.as_ref()?, currency?));
    let pays = levels
        .iter()
        .find_map(|l| l.label)
        .unwrap_or(Payer::Customer);
    if let Some(price) = label {
        put("returnFees", "https://schema.org/ReturnShippingFees".into());
        put("returnShippingFeesAmount", price);
    } else if pays == Payer::Merchant {
        put("returnFees", "https://schema.org/FreeReturn".into());
    } else {
        put(
            "returnFees",
            "https://schema.org/ReturnFeesCustomerResponsibility".into(),
        );
    }
    put(
        "itemDefectReturnFees",
        "https://schema.org/FreeReturn".into(),
    );
    if let Some(fee) = fee(FeeKind::Restocking) {
        let amount = fee.amount.as_ref().and_then(|a| price(a, currency?));
        let rate = fee.rate.map(|rate| {
            let share = format!("{}.{:02}", rate.0 / 100, rate.0 % 100);
            serde_json::from_str(&share).unwrap_or(Value::Null)
        });
        if let Some(value) = amount.or(rate) {
            put("restockingFee", value);
        }
    }
    let seasons = policy.source().holidays.iter().map(|h| {
        json!({
            "@type": "MerchantReturnPolicySeasonalOverride",
            "startDate": h.ordered_from.to_string(),
            "endDate": h.ordered_to.to_string(),
            "merchantReturnDays": h.return_until.to_string(),
            "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
        })
    });
    let seasons: Vec<Value> = seasons.collect();
    if !seasons.is_empty() {
        put("returnPolicySeasonalOverride", seasons.into());
    }
    Value::Object(out)
}

fn price(amounts: &AmountsSource, currency: Currency) -> Option<Value> {
    let value = amounts.get(currency.code())?;
    Some(json!({
        "@type": "MonetaryAmount",
        "currency": currency.code(),
        "value": value,
    }))
}

/// The open form: the version, the whole source, and every clause with its message key and
/// figures, in reading order.
///
/// # Errors
/// [`PublishError`] never for a policy that was compiled.
pub fn open_json(policy: &Policy) -> Result<String, PublishError> {
    let clauses: Vec<Value> = describe(policy).iter().map(clause).collect();
    write(&json!({
        "schema": SCHEMA,
        "version": policy.hash().to_string(),
        "policy": serde_json::to_value(policy.source())?,
        "clauses": clauses,
    }))
}

fn clause(text: &ClauseText) -> Value {
    let scope = match &text.scope {
        ClauseScope::Client => json!({ "level": "client" }),
        ClauseScope::Channel(name) => json!({ "level": "channel", "name": name }),
        ClauseScope::Market { name, .. } => json!({ "level": "market", "name": name }),
        ClauseScope::Category(name) => json!({ "level": "category", "name": name }),
        ClauseScope::Product(name) => json!({ "level": "product", "name": name }),
    };
    let figures: Map<String, Value> = text
        .args
        .iter()
        .map(|(name, arg)| ((*name).to_owned(), figure(arg)))
        .collect();
    json!({ "id": text.id, "scope": scope, "says": text.message_key, "figures": figures })
}

fn figure(arg: &ClauseArg) -> Value {
    let money = |m: &Money| json!({ "currency": m.currency.code(), "value": m.decimal() });
    match arg {
        ClauseArg::Number(n) => json!(n),
        ClauseArg::Amount(m) => money(m),
        ClauseArg::Rate(rate) => json!({ "basis_points": rate.0 }),
        ClauseArg::Day(day) => json!(day.to_string()),
        ClauseArg::Word(word) => json!(word),
        ClauseArg::AllOf(list) | ClauseArg::AnyOf(list) => list.iter().map(listed).collect(),
        ClauseArg::Reasons(list) => list.iter().map(|r| json!(r.as_str())).collect(),
        ClauseArg::Name(name) => json!(name),
        ClauseArg::Wording(wording) => wording
            .iter()
            .map(|(lang, text)| (lang.as_str().to_owned(), json!(text)))
            .collect(),
    }
}

fn listed(item: &Listed) -> Value {
    match item.count {
        Some(count) => json!({ "word": item.word, "count": count }),
        None => json!({ "word": item.word }),
    }
}

fn write(value: &Value) -> Result<String, PublishError> {
    Ok(serde_json_canonicalizer::to_string(value)?)
}
