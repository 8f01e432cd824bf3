//! Which dock a return parcel goes to.
//!
//! Rules are tried in the order the client wrote them; the first that fits and whose location
//! may take the parcel wins. No cleverness: a person must be able to say why a parcel went there.

use crate::label::Address;
use kernel::{ClientId, CountryCode};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A place that takes returns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// Short code on scans and stock movements, e.g. "LEJ1".
    pub code: String,
    /// The address on the label.
    pub address: Address,
    /// True when it may take batteries, aerosols and the like.
    pub takes_hazmat: bool,
}

/// What routing knows of a parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParcelFacts {
    /// Whose goods.
    pub client: ClientId,
    /// Where it is sent from.
    pub from: CountryCode,
    /// Dangerous goods inside.
    pub hazmat: bool,
}

/// One rule; what it does not name, it does not care about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutingRule {
    /// Only this client.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<ClientId>,
    /// Only parcels from these countries; empty means every country.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub countries: BTreeSet<CountryCode>,
    /// Only dangerous goods, or only others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hazmat: Option<bool>,
    /// Where to.
    pub to: Location,
}

/// No rule fits: a person has to give the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no routing rule takes a parcel of client {client} from {from} (hazmat: {hazmat})")]
pub struct NoRoute {
    /// Whose goods.
    pub client: ClientId,
    /// Where from.
    pub from: CountryCode,
    /// Dangerous goods inside.
    pub hazmat: bool,
}

impl RoutingRule {
    /// True when the rule speaks about this parcel and its location may take it.
    pub fn fits(&self, parcel: &ParcelFacts) -> bool {
        self.client.is_none_or(|c| c == parcel.client)
            && (self.countries.is_empty() || self.countries.contains(&parcel.from))
            && self.hazmat.is_none_or(|h| h == parcel.hazmat)
            && (!parcel.hazmat || self.to.takes_hazmat)
    }
}

/// The location of the first rule that fits.
pub fn route<'r>(rules: &'r [RoutingRule], parcel: &ParcelFacts) -> Result<&'r Location, NoRoute> {
    let ParcelFacts {
        client,
        from,
        hazmat,
    } = *parcel;
    rules
        .iter()
        .find(|r| r.fits(parcel))
        .map(|r| &r.to)
        .ok_or(NoRoute {
            client,
            from,
            hazmat,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DE: CountryCode = CountryCode::literal("DE");
    const GB: CountryCode = CountryCode::literal("GB");

    fn location(code: &str, takes_hazmat: bool) -> Location {
        let address = Address {
            name: code.to_owned(),
            lines: vec!["1 Dock Road".to_owned()],
        };
        Location {
            code: code.to_owned(),
            address,
            takes_hazmat,
        }
    }

    fn rule(client: Option<i64>, countries: &[CountryCode], to: Location) -> RoutingRule {
        let countries = countries.iter().copied().collect();
        RoutingRule {
            client: client.map(ClientId),
            countries,
            hazmat: None,
            to,
        }
    }

    #[test]
    fn the_first_fitting_rule_wins_and_hazmat_is_never_sent_to_the_wrong_dock() {
        let rules = [
            rule(Some(7), &[GB], location("BHX1", false)),
            rule(None, &[DE, GB], location("LEJ1", false)),
            rule(None, &[], location("RTM1", true)),
        ];
        let to = |client, from, hazmat| {
            route(
                &rules,
                &ParcelFacts {
                    client: ClientId(client),
                    from,
                    hazmat,
                },
            )
            .map(|l| l.code.as_str())
        };
        assert_eq!(to(7, GB, false), Ok("BHX1"));
        assert_eq!(to(8, GB, false), Ok("LEJ1"));
        assert_eq!(to(7, GB, true), Ok("RTM1"));
        assert_eq!(to(7, CountryCode::literal("US"), false), Ok("RTM1"));
        assert_eq!(
            route(
                &rules[..2],
                &ParcelFacts {
                    client: ClientId(7),
                    from: GB,
                    hazmat: true
                }
            ),
            Err(NoRoute {
                client: ClientId(7),
                from: GB,
                hazmat: true
            })
        );
    }
}
