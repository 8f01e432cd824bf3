//! An order to try a policy with: what a person needs to see the point, nothing more.

use crate::said::{Phrase, Value};
use jiff::civil::Date;
use kernel::{CountryCode, Currency, Money};
use policy::{
    Condition, ConditionSet, EvidenceGiven, Outcome, Policy, PolicyFacts, ReturnReason,
    SalesChannel,
};
use serde::Serialize;
use std::{fmt, sync::Arc};

/// One line of an invented order and what is asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Order {
    /// Where it was delivered: a country, or a country and its subdivision (`US-NY`).
    pub place: Arc<str>,
    /// The country of that place.
    #[serde(skip)]
    pub country: CountryCode,
    /// How it was sold.
    pub channel: SalesChannel,
    /// The category, if it matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Arc<str>>,
    /// The article, if it matters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<Arc<str>>,
    /// Day of the order.
    pub placed_on: Date,
    /// Day of dispatch.
    pub sent_on: Option<Date>,
    /// Day the line came.
    pub delivered_on: Option<Date>,
    /// Day the last parcel of the order came.
    pub last_parcel_on: Option<Date>,
    /// Day the customer asks.
    pub asked_on: Date,
    /// Why.
    pub reason: ReturnReason,
    /// The same in the client's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_reason: Option<Arc<str>>,
    /// The seal is broken.
    pub opened: bool,
    /// Sold as final.
    pub final_sale: bool,
    /// Conditions the goods do not meet.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<Condition>,
    /// The customer has given all evidence one could ask for.
    pub evidence: bool,
    /// What the customer would like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Outcome>,
    /// Units asked for.
    pub units: u32,
    /// What was paid for them, minor units.
    pub value_minor: i64,
    /// What was paid for all goods of the order, minor units.
    pub order_minor: i64,
    /// Currency of the order.
    pub currency: Currency,
}

impl Order {
    /// The plainest order: sent and delivered within two days, asked for on the day of delivery.
    pub(crate) fn plain(policy: &Policy, place: Arc<str>, country: CountryCode, on: Date) -> Self {
        let day = |n: i32| on.saturating_add(jiff::Span::new().days(n));
        Self {
            place,
            country,
            channel: SalesChannel::Online,
            category: None,
            product: None,
            placed_on: on,
            sent_on: Some(day(1)),
            delivered_on: Some(day(2)),
            last_parcel_on: Some(day(2)),
            asked_on: day(2),
            reason: ReturnReason::ChangedMind,
            own_reason: None,
            opened: false,
            final_sale: false,
            lacks: Vec::new(),
            evidence: true,
            wanted: None,
            units: 1,
            value_minor: 10_000,
            order_minor: 10_000,
            currency: policy.default_currency().unwrap_or(Currency::EUR),
        }
    }

    /// The same as facts for `policy`.
    pub fn facts(&self, policy: &Policy) -> PolicyFacts {
        let category = self.category.as_deref().unwrap_or("");
        let goods = match &self.product {
            Some(sku) => policy.goods(category, sku),
            None => policy.category(category),
        };
        let own = self.own_reason.as_deref();
        PolicyFacts {
            placed_on: self.placed_on,
            delivered_on: self.delivered_on,
            last_delivered_on: self.last_parcel_on,
            fulfilled_on: self.sent_on,
            asked_on: self.asked_on,
            channel: self.channel,
            market: self.country,
            category: goods,
            final_sale: self.final_sale,
            opened: self.opened,
            lacks: ConditionSet::of(&self.lacks),
            reason: self.reason,
            own_reason: own
                .and_then(|path| policy.own_reason(path))
                .map(|(id, _)| id),
            wanted: self.wanted,
            units: self.units,
            requested_minor: self.value_minor,
            order_minor: self.order_minor,
            currency: self.currency,
            evidence: if self.evidence {
                EvidenceGiven {
                    photos: u8::MAX,
                    note: true,
                    serial: true,
                }
            } else {
                EvidenceGiven::default()
            },
            returnless_used_365d: 0,
        }
    }

    /// The order as sentences, one for each thing that matters, in the order people tell them.
    pub fn told(&self) -> Vec<Phrase> {
        let named = |key, name: &str| Phrase::new(key).with("name", Value::Name(name.to_owned()));
        let on = |key, day| Phrase::new(key).with("day", Value::Day(day));
        let mut out = vec![
            named("finding-order-place", &self.place),
            Phrase::new("finding-order-channel").code("channel", self.channel.as_str()),
        ];
        out.extend(
            self.category
                .iter()
                .map(|c| named("finding-order-category", c)),
        );
        out.extend(
            self.product
                .iter()
                .map(|p| named("finding-order-article", p)),
        );
        out.push(on("finding-order-placed", self.placed_on));
        out.push(match self.delivered_on {
            Some(day) => on("finding-order-delivered", day),
            None => Phrase::new("finding-order-undelivered"),
        });
        let last = self
            .last_parcel_on
            .filter(|d| Some(*d) != self.delivered_on);
        out.extend(last.map(|day| on("finding-order-last-parcel", day)));
        out.push(on("finding-order-asked", self.asked_on));
        out.push(Phrase::new("finding-order-reason").terms("reason", [self.reason.as_str()]));
        out.extend(
            self.own_reason
                .iter()
                .map(|own| named("finding-order-own-reason", own)),
        );
        let paid = Money::new(self.value_minor, self.currency);
        out.push(Phrase::new("finding-order-paid").amount("amount", paid));
        if self.units != 1 {
            let units = Value::Number(self.units.into());
            out.push(Phrase::new("finding-order-units").with("n", units));
        }
        let seal = if self.opened { "broken" } else { "intact" };
        out.push(Phrase::new("finding-order-seal").code("seal", seal));
        if self.final_sale {
            out.push(Phrase::new("finding-order-final-sale"));
        }
        for lack in &self.lacks {
            out.push(Phrase::new("finding-order-lacks").code("condition", lack.as_str()));
        }
        if !self.evidence {
            out.push(Phrase::new("finding-order-no-evidence"));
        }
        let wanted = self.wanted.iter();
        out.extend(
            wanted.map(|w| Phrase::new("finding-order-wants").terms("outcome", [w.as_str()])),
        );
        out
    }

    /// The same order, asked for on another day.
    #[must_use]
    pub(crate) fn asked(&self, on: Date) -> Self {
        Self {
            asked_on: on,
            ..self.clone()
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.place, self.channel)?;
        for (name, value) in [("category", &self.category), ("article", &self.product)] {
            if let Some(value) = value {
                write!(f, ", {name} {value}")?;
            }
        }
        write!(f, ", ordered {}", self.placed_on)?;
        match self.delivered_on {
            Some(day) => write!(f, ", delivered {day}")?,
            None => write!(f, ", not delivered")?,
        }
        if let Some(day) = self
            .last_parcel_on
            .filter(|d| Some(*d) != self.delivered_on)
        {
            write!(f, ", last parcel {day}")?;
        }
        write!(f, ", asked {}, reason {}", self.asked_on, self.reason)?;
        if let Some(own) = &self.own_reason {
            write!(f, " ({own})")?;
        }
        let value = Money::new(self.value_minor, self.currency);
        write!(f, ", paid {} {}", value.decimal(), self.currency.code())?;
        if self.units != 1 {
            write!(f, ", {} units", self.units)?;
        }
        write!(
            f,
            ", seal {}",
            if self.opened { "broken" } else { "intact" }
        )?;
        if self.final_sale {
            write!(f, ", final sale")?;
        }
        for lack in &self.lacks {
            write!(f, ", not {lack}")?;
        }
        if !self.evidence {
            write!(f, ", no evidence given")?;
        }
        if let Some(wanted) = self.wanted {
            write!(f, ", wants {wanted}")?;
        }
        Ok(())
    }
}
