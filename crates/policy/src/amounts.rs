//! Amounts per currency, read once. A policy names few currencies, so a scan beats a map.

use crate::{error::Findings, source::AmountsSource};
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
            let help = "use the upper-case codes listed in `currencies`";
            findings.demand(
                known,
                path,
                &format!("{code:?} is no currency of this policy"),
                help,
            );
        }
        for currency in currencies {
            match source
                .get(currency.code())
                .map(|text| Money::parse(text, *currency))
            {
                Some(Ok(money)) if (0..=LARGEST).contains(&money.minor) => {
                    out.push((*currency, money.minor));
                }
                Some(Ok(_)) => findings.note(path, "the amount is out of range", "from 0 upwards"),
                Some(Err(e)) => {
                    findings.note(path, e.to_string(), "write a decimal such as \"12.50\"");
                }
                None => {
                    let help = format!("add {currency} = \"...\"");
                    findings.note(path, format!("no amount in {currency}"), help);
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
