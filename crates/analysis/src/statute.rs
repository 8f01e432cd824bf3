//! The law's side of a check: which places are looked at, and what the law says about an order.
//! Everything that knows the shape of the law's questions is here.

use crate::{Against, order::Order};
use jiff::civil::Date;
use kernel::Place;
use law::{
    Buyer, Circumstance, Circumstances, Exemption, Floor, Holidays, Informed, LawBook, LawFacts,
    RequestKind, SaleChannel,
};
use policy::{PolicySource, ReturnReason, SalesChannel, source::DisclosureSource};
use std::sync::Arc;

/// A place with its days of rest.
pub(crate) struct At {
    pub(crate) place: Place,
    pub(crate) code: Arc<str>,
    pub(crate) holidays: Holidays,
}

/// The places to look at: those asked for, else those the policy sells to, else all.
pub(crate) fn places(source: &PolicySource, law: &LawBook, against: &Against) -> Vec<Place> {
    if !against.places.is_empty() {
        return against.places.clone();
    }
    let sells =
        |place: &Place| source.countries.is_empty() || source.countries.contains(&place.country);
    known(law).into_iter().filter(sells).collect()
}

/// A place's code, `DE` or `US-NY`.
pub(crate) fn code(place: Place) -> String {
    match place.subdivision {
        Some(sub) => format!("{}-{}", place.country.as_str(), sub.as_str()),
        None => place.country.as_str().to_owned(),
    }
}

/// The kind of right a reason speaks of: 0 a change of mind, 1 a fault.
pub(crate) fn kind(reason: ReturnReason) -> u8 {
    use ReturnReason as R;
    u8::from(matches!(
        reason,
        R::NotAsDescribed
            | R::WrongItem
            | R::MissingParts
            | R::DamagedInTransit
            | R::Defective
            | R::DefectiveInWarranty
            | R::Recall
    ))
}

/// What an order asks of the law.
pub(crate) fn request(order: &Order) -> RequestKind {
    if kind(order.reason) == 1 {
        return RequestKind::Defect {
            noticed_on: order.asked_on,
        };
    }
    match order.delivered_on {
        Some(_) => RequestKind::ChangeOfMind,
        None => RequestKind::NonDelivery,
    }
}

/// The rights the buyer of `order` has at a place.
pub(crate) fn floor(
    law: &LawBook,
    at: &At,
    order: &Order,
    traits: &[Exemption],
    disclosure: DisclosureSource,
) -> Floor {
    law.entitlements(&LawFacts {
        buyer: if order.channel == SalesChannel::Business {
            Buyer::Business
        } else {
            Buyer::Consumer
        },
        channel: match order.channel {
            SalesChannel::Store => SaleChannel::InStore,
            _ => SaleChannel::Distance,
        },
        informed: if disclosure.withdrawal_right {
            Informed::Yes
        } else {
            Informed::No
        },
        informed_of_return_cost: disclosure.return_costs,
        policy_disclosed: disclosure.before_purchase,
        circumstances: Circumstances::NONE
            .with_if(Circumstance::DisclosureFailure, !disclosure.before_purchase),
        traits,
        delivered_on: order.last_parcel_on,
        line_delivered_on: order.delivered_on,
        request: request(order),
        notice_sent_on: order.asked_on,
        notice_received_on: order.asked_on,
        ..LawFacts::new(at.place, order.placed_on, &at.holidays)
    })
}

/// The holidays of a place around `on`, as many years as the longest window can reach.
pub(crate) fn at(law: &LawBook, place: Place, on: Date) -> At {
    At {
        place,
        code: code(place).into(),
        holidays: law.holidays(place, on.year()..=on.year().saturating_add(12)),
    }
}

/// Every place the law knows: countries and their parts; unions have no orders of their own.
fn known(law: &LawBook) -> Vec<Place> {
    let codes = law.jurisdictions().map(|j| j.code.as_str());
    codes.filter_map(parse).collect()
}

/// `DE` or `US-NY`; nothing for what is no country, such as a union.
fn parse(code: &str) -> Option<Place> {
    let (country, subdivision) = match code.split_once('-') {
        Some((country, sub)) => (country, Some(sub)),
        None => (code, None),
    };
    Some(Place {
        country: country.parse().ok()?,
        subdivision: subdivision.map(str::parse).transpose().ok()?,
    })
}
