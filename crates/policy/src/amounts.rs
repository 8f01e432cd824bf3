//! Amounts per currency, read once. A policy names few currencies, so a scan beats a map.

use crate::{error::Findings, source::AmountsSource, wrong::Wrong};
use kernel::{Currency, Money};
use smallvec::SmallVec;

/// Largest amount a policy may name, in minor units; far above any order, far below overflow.
const LARGEST: i64 = 1_000_000_000_000;

/// Minor units by currency.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Amounts(SmallVec<[(Currency, i64); 3]>);

impl Amounts {
    /// Reads `source`; every one of `currencies` must be named and no other.
    pub(crate) fn read(
        source: &AmountsSource,
        currencies: &[Currency],
        path: &str,
        findings: &mut Findings,
    ) -> Self {
        let mut out = SmallVec::new();
        for code in source.keys() {
            let known = currencies.iter().any(|c| c.code() == code);
            let code = code.clone();
            findings.demand(known, path, Wrong::OtherCurrency { code });
        }
        for currency in currencies {
            let Some(text) = source.get(currency.code()) else {
                let currency = *currency;
                findings.note(path, Wrong::NoAmount { currency });
                continue;
            };
            match Money::parse(text, *currency) {
                Ok(money) if (0..=LARGEST).contains(&money.minor) => {
                    out.push((*currency, money.minor));
                }
                Ok(_) => findings.note(path, Wrong::AmountRange),
                Err(_) => {
                    let (text, currency) = (text.clone(), *currency);
                    findings.note(path, Wrong::BadAmount { text, currency });
                }
            }
        }
        Self(out)
    }

    /// The amount in `currency`, minor units.
    pub(crate) fn get(&self, currency: Currency) -> Option<i64> {
        self.0
            .iter()
            .find(|(c, _)| *c == currency)
            .map(|(_, minor)| *minor)
    }
}
