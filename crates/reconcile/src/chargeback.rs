//! What a provider booked of disputes, one by one, against what we hold each of them to be.

use crate::{Break, Cause, Kind, Terms};
use kernel::{Date, Money};

/// How a dispute stands, as far as money is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not decided: the provider may have taken the money already, or not.
    Open,
    /// Lost, and the buyer keeps the money.
    Lost,
    /// Over, and the money is ours.
    Kept,
}

/// A dispute as we hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disputed {
    /// What it is over; none where nobody said.
    pub amount: Option<Money>,
    /// How it stands.
    pub standing: Standing,
    /// The day it began: what was taken before the first report is not looked for.
    pub from: Date,
    /// The day of its last change.
    pub since: Date,
}

/// One booking of a provider about a dispute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// How much; negative when it was taken from us.
    pub amount: Money,
    /// The day.
    pub on: Date,
}

/// Holds a dispute against its bookings. `terms` are those of the provider's reports: while they do
/// not cover the days after its last change, nothing can be missing.
pub fn judge_dispute(ours: &Disputed, booked: &[Taken], terms: &Terms) -> Option<Break> {
    let currency = match (booked.first(), ours.amount) {
        (Some(first), _) => first.amount.currency,
        (None, Some(amount)) => amount.currency,
        (None, None) => return None,
    };
    let of = booked.iter().filter(|t| t.amount.currency == currency);
    let sum: i64 = of.map(|t| t.amount.minor).sum();
    let last = booked.iter().map(|t| t.on).max();
    let since = last.unwrap_or(ours.since).max(ours.since);
    let told = |kind, cause, expected: i64| {
        Some(Break {
            kind,
            cause,
            expected: Money::new(expected, currency),
            found: Money::new(sum, currency),
            since,
        })
    };
    let waited = terms.had_time(since) && !terms.began_before(ours.from);
    // What was disputed in another currency was taken at a rate nobody told us.
    let over = ours.amount.filter(|a| a.currency == currency);
    let over = over.map(|a| a.minor.saturating_neg());
    match ours.standing {
        Standing::Lost if sum >= 0 && waited => {
            let cause = if booked.is_empty() {
                Cause::BankIsLate
            } else {
                Cause::MessageLost
            };
            told(Kind::ChargebackMissing, cause, over.unwrap_or(0))
        }
        // Twice, or more than was disputed; less is what was settled on.
        Standing::Lost | Standing::Open if over.is_some_and(|over| sum < over) => told(
            Kind::ChargebackDiffers,
            Cause::ChargesAdded,
            over.unwrap_or(0),
        ),
        Standing::Kept if sum < 0 && waited => told(Kind::ChargebackKept, Cause::BankIsLate, 0),
        Standing::Kept if sum > 0 => told(Kind::ChargebackDiffers, Cause::CarriedOutTwice, 0),
        _ => None,
    }
}

/// Bookings about a dispute nobody told us of.
pub fn judge_unheard(booked: &[Taken]) -> Option<Break> {
    let first = booked.iter().min_by_key(|t| t.on)?;
    let currency = first.amount.currency;
    let of = booked.iter().filter(|t| t.amount.currency == currency);
    Some(Break {
        kind: Kind::ChargebackUnknown,
        cause: Cause::MessageLost,
        expected: Money::zero(currency),
        found: Money::new(of.map(|t| t.amount.minor).sum(), currency),
        since: first.on,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Covered;
    use kernel::Currency;

    const DAY: Date = Date::constant(2026, 11, 2);

    fn euro(minor: i64) -> Money {
        Money::new(minor, Currency::EUR)
    }

    fn taken(minors: &[i64]) -> Vec<Taken> {
        let of = |minor: &i64| Taken {
            amount: euro(*minor),
            on: DAY,
        };
        minors.iter().map(of).collect()
    }

    fn said(standing: Standing, minors: &[i64], covered: bool) -> Option<&'static str> {
        let ours = Disputed {
            amount: Some(euro(2_500)),
            standing,
            from: DAY,
            since: DAY,
        };
        let until = if covered {
            Date::constant(2026, 11, 30)
        } else {
            DAY
        };
        let terms = Terms {
            patience: Terms::PATIENCE,
            covered: Some(Covered {
                from: Date::constant(2026, 10, 1),
                until,
            }),
        };
        judge_dispute(&ours, &taken(minors), &terms).map(|b| b.kind.as_str())
    }

    #[test]
    fn what_a_provider_took_follows_from_how_the_dispute_stands() {
        use Standing::{Kept, Lost, Open};
        for (standing, minors, expected) in [
            (Open, &[][..], None),
            (Open, &[-2_500], None),
            (Open, &[-2_500, -2_500], Some("chargeback_differs")),
            (Lost, &[-2_500], None),
            // A second chargeback after the first was given back.
            (Lost, &[-2_500, 2_500, -2_500], None),
            (Lost, &[-2_000], None),
            (Lost, &[-2_600], Some("chargeback_differs")),
            (Lost, &[], Some("chargeback_missing")),
            (Lost, &[-2_500, 2_500], Some("chargeback_missing")),
            (Kept, &[], None),
            (Kept, &[-2_500, 2_500], None),
            (Kept, &[-2_500], Some("chargeback_kept")),
            (Kept, &[2_500], Some("chargeback_differs")),
        ] {
            assert_eq!(
                said(standing, minors, true),
                expected,
                "{standing:?} {minors:?}"
            );
        }
    }

    #[test]
    fn what_was_taken_before_the_first_report_is_not_missed() {
        let ours = Disputed {
            amount: Some(euro(2_500)),
            standing: Standing::Lost,
            from: Date::constant(2026, 9, 1),
            since: DAY,
        };
        let covered = Some(Covered {
            from: Date::constant(2026, 10, 1),
            until: Date::constant(2026, 11, 30),
        });
        let patience = Terms::PATIENCE;
        assert_eq!(
            judge_dispute(&ours, &[], &Terms { patience, covered }),
            None
        );
    }

    #[test]
    fn nothing_is_missing_before_reports_cover_the_days_after() {
        assert_eq!(said(Standing::Lost, &[], false), None);
        assert_eq!(said(Standing::Kept, &[-2_500], false), None);
        assert_eq!(judge_unheard(&[]), None);
        let unheard = judge_unheard(&taken(&[-700, 200]));
        assert_eq!(unheard.map(|b| b.found), Some(euro(-500)));
    }
}
