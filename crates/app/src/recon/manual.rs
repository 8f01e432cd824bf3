//! Payments people made outside: they carry no key of ours, so they are looked for among the debits
//! of statements by the reference and the amount two people named.

use super::{LineRow, lines::subject_of, look::Run, money};
use crate::{App, AppError};
use kernel::{ClientId, Date};
use ports::LooseKind;
use reconcile::{Booking, Source, Way};
use std::collections::{BTreeMap, BTreeSet};
use store::questions::{money::ObligationRow, payouts, recon as questions};
use uuid::Uuid;

/// The name these payments go by among gateways.
pub(super) const BY_HAND: &str = "manual";

/// What was found on statements of payments made outside.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The booking of a payment, with its currency.
    pub(super) booked: BTreeMap<Uuid, (Booking, String)>,
    /// The debits that are explained by it.
    pub(super) explained: BTreeSet<String>,
}

/// Letters and digits alone: banks break references and change their case.
fn plain(text: &str) -> String {
    let kept = text.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// Holds payments against debits: each debit explains one payment, the oldest first.
fn pair(paid: &[ObligationRow], lines: &[LineRow]) -> Found {
    let mut found = Found::default();
    for o in paid.iter().filter(|o| o.gateway == BY_HAND) {
        let reference = plain(&o.provider_ref);
        let fits = |l: &&LineRow| {
            !reference.is_empty()
                && LooseKind::parse(&l.kind) == Some(LooseKind::Debit)
                && l.currency == o.currency
                && l.amount_minor == -o.amount_minor
                && !found.explained.contains(&subject_of(l))
                && (plain(&l.said).contains(&reference) || plain(&l.reference).contains(&reference))
        };
        let Some(line) = lines.iter().find(fits) else {
            continue;
        };
        let booking = (|| {
            Some(Booking {
                attempt: u8::try_from(o.attempts).ok()?,
                way: Way::Out,
                amount: money(o.amount_minor, &o.currency)?,
                on: line.booked_on.parse().ok()?,
                source: Source::Statement,
            })
        })();
        if let Some(booking) = booking {
            let of = (booking, o.currency.clone());
            found.booked.insert(o.obligation_id, of);
            found.explained.insert(subject_of(line));
        }
    }
    found
}

impl App {
    /// Looks for the payments of a client that were made outside since a day.
    pub(super) async fn made_outside(
        &self,
        run: &Run<'_>,
        since: Date,
        lines: &[LineRow],
    ) -> Result<Found, AppError> {
        let client: ClientId = run.client.id;
        let from = run
            .client
            .midnight(since)
            .map_or(0, kernel::Timestamp::as_millisecond);
        let ids = payouts::manual_since(self.store(), client, from).await?;
        if ids.is_empty() {
            return Ok(Found::default());
        }
        let mut paid = questions::obligations_of(self.store(), client, &ids).await?;
        paid.sort_by_key(|o| (o.created_at, o.obligation_id));
        Ok(pair(&paid, lines))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paid(n: u128, reference: &str, minor: i64) -> ObligationRow {
        ObligationRow {
            client_id: 1,
            obligation_id: Uuid::from_u128(n),
            case_id: Uuid::nil(),
            order_id: Uuid::nil(),
            kind: "refund".into(),
            state: "settled".into(),
            gateway: BY_HAND.into(),
            amount_minor: minor,
            currency: "EUR".into(),
            attempts: 1,
            provider_ref: reference.into(),
            detail: String::new(),
            created_at: 0,
            updated_at: 0,
        }
    }

    fn line(n: i64, said: &str, minor: i64) -> LineRow {
        LineRow {
            account: "DE1".into(),
            reference: format!("L{n}"),
            n: 0,
            kind: LooseKind::Debit.as_str().into(),
            amount_minor: -minor,
            currency: "EUR".into(),
            booked_on: "2026-06-02".into(),
            statement: "S1".into(),
            said: said.into(),
        }
    }

    #[test]
    fn a_payment_is_found_by_reference_and_amount_and_explains_one_debit() {
        let twice = [paid(1, "RF 2026/17", 8000), paid(2, "RF-2026-17", 8000)];
        let lines = [
            line(1, "SEPA RF2026 17 LINDQVIST", 8000),
            line(2, "RF 2026/17", 7999),
            line(3, "something else", 8000),
        ];
        let found = pair(&twice, &lines);
        assert_eq!(found.booked.len(), 1, "one debit is one payment");
        assert!(found.booked.contains_key(&Uuid::from_u128(1)));
        assert_eq!(found.explained.len(), 1);
        assert!(found.explained.contains("DE1 L1"));
    }
}
