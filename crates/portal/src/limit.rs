//! How often somebody may try to prove an order: few tries per order number, more per address.
//! In memory of this process; a restart forgets.

use axum::{extract::FromRequestParts, http::request::Parts};
use kernel::{ClientId, Timestamp};
use redress_http::{Problem, peer};
use std::{
    collections::HashMap,
    convert::Infallible,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

/// Tries for one order number in one span.
const PER_ORDER: u32 = 6;
/// Tries from one address in one span.
const PER_ADDRESS: u32 = 40;
/// Tries with one e-mail address or postcode in one span: somebody who has a list of them.
const PER_PROOF: u32 = 40;
/// Tries at one client in one span, from wherever they come.
const PER_CLIENT: u32 = 2_000;
/// The span, seconds.
const SPAN: i64 = 900;
/// Counters kept before old ones are thrown away.
const KEPT: usize = 20_000;

#[derive(Debug, PartialEq, Eq, Hash)]
enum What {
    Order(ClientId, String),
    Address(IpAddr),
    Proof(ClientId, String),
    Client(ClientId),
}

/// The address a request comes from: the peer of the connection, or what a configured proxy says.
#[derive(Debug, Clone, Copy)]
pub struct Address(pub Option<IpAddr>);

impl<S: Send + Sync> FromRequestParts<S> for Address {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(peer::of(&parts.extensions)))
    }
}

/// The counters.
#[derive(Debug, Default)]
pub struct Limits(Mutex<HashMap<What, (i64, u32)>>);

impl Limits {
    /// Counts a try; too many answer 429 with the seconds to wait. A right try counts as well,
    /// so that the answer tells nothing.
    pub fn count(
        &self,
        client: ClientId,
        (number, proof): (&str, &str),
        from: Address,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let plain = |text: &str| {
            text.trim()
                .to_lowercase()
                .chars()
                .take(64)
                .collect::<String>()
        };
        let (number, proof) = (plain(number), plain(proof));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = now.as_second();
        if all.len() > KEPT {
            all.retain(|_, (since, _)| now - *since < SPAN);
        }
        let mut wait = 0;
        let address = from.0.map(|ip| (What::Address(ip), PER_ADDRESS));
        let proof = Some((What::Proof(client, proof), PER_PROOF));
        let order = Some((What::Order(client, number), PER_ORDER));
        let whole = Some((What::Client(client), PER_CLIENT));
        for (what, most) in [whole, address, proof, order].into_iter().flatten() {
            // Once a wider bound is passed nothing narrower is counted: memory has its bound, too.
            if wait > 0 {
                break;
            }
            let (since, tries) = all.entry(what).or_insert((now, 0));
            if now - *since >= SPAN {
                (*since, *tries) = (now, 0);
            }
            *tries = tries.saturating_add(1);
            if *tries > most {
                wait = wait.max(*since + SPAN - now);
            }
        }
        match u16::try_from(wait) {
            Ok(0) => Ok(()),
            seconds => Err(Problem::too_many(seconds.unwrap_or(u16::MAX))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_per_order_more_per_address_and_time_heals() {
        let limits = Limits::default();
        let at = |s| Timestamp::from_second(s).unwrap();
        let from = Address(Some(IpAddr::from([192, 0, 2, 1])));
        for _ in 0..PER_ORDER {
            assert!(
                limits
                    .count(ClientId(1), (" A-1", "x"), from, at(0))
                    .is_ok()
            );
        }
        let refused = limits
            .count(ClientId(1), ("a-1 ", "x"), from, at(100))
            .unwrap_err();
        assert_eq!(
            (refused.status.as_u16(), refused.retry_after),
            (429, Some(800))
        );
        assert!(
            limits
                .count(ClientId(2), ("A-1", "x"), from, at(100))
                .is_ok(),
            "another client"
        );
        for i in 0..PER_ADDRESS {
            let _ = limits.count(ClientId(1), (&format!("B-{i}"), "y"), from, at(100));
        }
        assert!(
            limits
                .count(ClientId(1), ("C-1", "z"), from, at(100))
                .is_err(),
            "one address"
        );
        let other = Address(Some(IpAddr::from([192, 0, 2, 2])));
        assert!(
            limits
                .count(ClientId(1), ("C-2", "z"), other, at(100))
                .is_ok()
        );
        assert!(
            limits
                .count(ClientId(1), ("A-1", "x"), from, at(1_000))
                .is_ok(),
            "later"
        );
    }

    #[test]
    fn a13_many_addresses_together_are_bounded_too() {
        let at = |s| Timestamp::from_second(s).unwrap();
        let from = |i: u32| {
            Address(Some(IpAddr::from([
                198,
                51,
                100,
                u8::try_from(i % 200).unwrap(),
            ])))
        };
        // One leaked e-mail address held against order after order, from two hundred places.
        let limits = Limits::default();
        let passed = (0..8_000_u32).filter(|i| {
            let number = format!("A-{i}");
            let tried = (number.as_str(), "kim@example.com");
            limits.count(ClientId(1), tried, from(*i), at(0)).is_ok()
        });
        assert_eq!(passed.count(), PER_PROOF as usize);
        // A list of pairs: what one place may is not what two hundred may together.
        let limits = Limits::default();
        let passed = (0..8_000_u32).filter(|i| {
            let (number, proof) = (format!("A-{i}"), format!("{i}@example.com"));
            limits
                .count(ClientId(1), (&number, &proof), from(*i), at(0))
                .is_ok()
        });
        assert_eq!(passed.count(), PER_CLIENT as usize);
        let kept = limits.0.lock().unwrap().len();
        assert!(
            kept <= 2 * PER_CLIENT as usize + 201,
            "{kept} counters are kept"
        );
        // Another client is not shut with it.
        assert!(
            limits
                .count(ClientId(2), ("B-1", "x"), from(7), at(0))
                .is_ok()
        );
    }
}
