//! Statutory conditions that the packs state as short fixed sentences with a figure in them.
//! Each is read here into numbers once, when a pack is loaded; any other sentence is refused.

use crate::{
    SaleChannel,
    calendar::{Period, Rollover, Unit},
};
use kernel::{Currency, Money};

/// Matches `text` against `pattern` word by word and returns what its holes hold: `#` is a
/// number (digits or a word up to twelve), `$` a currency. A closing remark in parentheses is
/// left out of `text` first.
fn scan<'t>(pattern: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let text = match text.rfind(" (") {
        Some(at) if text.ends_with(')') => text.get(..at)?,
        _ => text,
    };
    let mut holes = Vec::new();
    let mut words = text.split_whitespace();
    for expected in pattern.split_whitespace() {
        let word = words.next()?;
        let bare = word.trim_end_matches([',', ';']);
        match expected.trim_end_matches([',', ';']) {
            "#" => {
                number(bare).is_some().then_some(())?;
                holes.push(bare);
            }
            "$" => {
                bare.parse::<Currency>().ok()?;
                holes.push(bare);
            }
            literal => (literal == bare).then_some(())?,
        }
    }
    words.next().is_none().then_some(holes)
}

fn number(word: &str) -> Option<u16> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let spelled = WORDS.iter().position(|w| *w == word);
    spelled
        .and_then(|n| u16::try_from(n).ok())
        .or_else(|| word.parse().ok())
}

fn money(currency: &str, amount: &str) -> Option<Money> {
    Money::parse(amount, currency.parse().ok()?).ok()
}

/// From which value of the contract on a rule applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Threshold {
    /// Only contracts made this way have a threshold; `None` is every way.
    pub channel: Option<SaleChannel>,
    /// The contract must be worth more than this, or at least this.
    pub value: Money,
    /// "At least" instead of "more than".
    pub at_least: bool,
    /// Another value away from the buyer's home.
    pub elsewhere: Option<Money>,
    /// Only contracts paid and performed at once have a threshold.
    pub paid_at_once: bool,
    /// Not where the buyer asked for the negotiation.
    pub not_if_requested: bool,
}

/// Reads a `scope_threshold`.
pub(crate) fn threshold(text: &str) -> Option<Threshold> {
    let off = Some(SaleChannel::OffPremises);
    let plain = |holes: &[&str], channel, at_least| {
        Some(Threshold {
            channel,
            value: money(holes.first()?, holes.get(1)?)?,
            at_least,
            elsewhere: None,
            paid_at_once: false,
            not_if_requested: false,
        })
    };
    for (pattern, at_least) in [
        ("off-premises contracts up to $ # outside scope", false),
        (
            "off-premises contracts of not more than $ # outside scope",
            false,
        ),
        ("off-premises contracts under $ # outside scope", true),
        ("off-premises sales up to $ # outside scope", false),
        ("off-premises sales under $ # outside scope", true),
    ] {
        if let Some(holes) = scan(pattern, text) {
            return plain(&holes, off, at_least);
        }
    }
    if let Some(holes) = scan(
        "off-premises contracts paid at once up to $ # outside scope",
        text,
    ) {
        return plain(&holes, off, false).map(|t| Threshold {
            paid_at_once: true,
            ..t
        });
    }
    let asked = "price above $ #; not where the customer asked for the negotiation or at a fair \
                 or market stand";
    if let Some(holes) = scan(asked, text) {
        return plain(&holes, None, false).map(|t| Threshold {
            not_if_requested: true,
            ..t
        });
    }
    for pattern in [
        "price over $ # or unknown",
        "price over $ #",
        "price above $ #",
    ] {
        if let Some(holes) = scan(pattern, text) {
            return plain(&holes, None, false);
        }
    }
    let two = "$ # or more at the buyer's home or dormitory, $ # or more at other temporary places";
    let holes = scan(two, text)?;
    plain(&holes, None, true).and_then(|t| {
        Some(Threshold {
            elsewhere: Some(money(holes.get(2)?, holes.get(3)?)?),
            ..t
        })
    })
}

/// Another window where no copy of the contract came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Alternative {
    /// Days from the contract.
    pub days: u16,
    /// A copy sent within so many days of the contract still keeps the ordinary window; `None`
    /// where any copy does.
    pub copy_within: Option<u16>,
}

/// Reads a window's `alternative`.
pub(crate) fn alternative(text: &str) -> Option<Alternative> {
    let late = "# days from the contract if no copy was sent within # days of it";
    if let Some(holes) = scan(late, text) {
        return Some(Alternative {
            days: number(holes.first()?)?,
            copy_within: Some(number(holes.get(1)?)?),
        });
    }
    for pattern in [
        "# days after the agreement if no copy delivered",
        "# days after the contract if no copy received",
    ] {
        if let Some(holes) = scan(pattern, text) {
            return Some(Alternative {
                days: number(holes.first()?)?,
                copy_within: None,
            });
        }
    }
    None
}

/// Days instead of the window's where the buyer applies to the seller for credit; a promised
/// day takes the place of both. Reads a window's `if_promised`.
pub(crate) fn if_promised(text: &str) -> Option<u16> {
    let pattern = "the promised time replaces # days; # days where the buyer applies to the \
                   seller for credit";
    number(scan(pattern, text)?.get(1)?)
}

/// Months from the supply and days from the knowledge in which goods that are not as agreed can
/// be sent back. Reads a window's `mismatch_window`.
pub(crate) fn mismatch(text: &str) -> Option<(u16, u16)> {
    let pattern = "# months from supply and # days from knowledge where goods differ from the \
                   advertisement or contract";
    let holes = scan(pattern, text)?;
    Some((number(holes.first()?)?, number(holes.get(1)?)?))
}

/// Until when late information still shortens an extension.
pub(crate) fn late_within(text: &str) -> Option<Period> {
    let months = |holes: Vec<&str>, include_start| {
        Some(Period {
            length: number(holes.first()?)?,
            unit: Unit::Month,
            include_start,
            rollover: Rollover::None,
        })
    };
    if let Some(holes) = scan("# months from the start event", text) {
        return months(holes, false);
    }
    let holes = scan("# months beginning with the first of the # days", text)?;
    months(holes, true)
}

/// Months after the ordinary end of the window at which an extension ends in any case.
pub(crate) fn cap(text: &str) -> Option<u16> {
    let (head, tail) = text.split_once(" after the ")?;
    tail.ends_with("-day period").then_some(())?;
    number(scan("right lapses # months", head)?.first()?)
}

/// A cancellation fee: the lower of a share of the price (percent) and an amount.
pub(crate) fn fee_limit(text: &str) -> Option<(u16, Money)> {
    if let Some(holes) = scan("lower of # % of price and NIS #", text) {
        return Some((number(holes.first()?)?, money("ILS", holes.get(1)?)?));
    }
    let holes = scan("lower of # % of price and $ #", text)?;
    Some((
        number(holes.first()?)?,
        money(holes.get(1)?, holes.get(2)?)?,
    ))
}

/// Cash refunds: above this amount by cheque, within so many days; otherwise at once.
pub(crate) fn cash(text: &str) -> Option<(Money, u16)> {
    let holes = scan("at return, over $ # by check within # days", text)?;
    Some((
        money(holes.first()?, holes.get(1)?)?,
        number(holes.get(2)?)?,
    ))
}

/// Whether a refund's exception is that of a seller who gave the credit itself.
pub(crate) fn seller_credit_exception(text: &str) -> bool {
    text == "one billing cycle where the seller itself is the creditor"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_read_into_figures() {
        let at = threshold("off-premises contracts up to EUR 50 outside scope").unwrap();
        assert_eq!((at.value.minor, at.at_least), (5000, false));
        let gb = "off-premises contracts of not more than GBP 42 outside scope (reg 27(3))";
        assert_eq!(threshold(gb).unwrap().value.to_string(), "42.00 GBP");
        let us = "USD 25 or more at the buyer's home or dormitory, USD 130 or more at other \
                  temporary places";
        let us = threshold(us).unwrap();
        assert_eq!(
            (us.value.minor, us.elsewhere.unwrap().minor),
            (2500, 13_000)
        );
        assert!(threshold("price over AUD 100 or unknown").is_some());
        assert!(threshold("cheap things").is_none());
        assert_eq!(
            cap("right lapses four months after the seven-day period"),
            Some(4)
        );
        let (percent, most) = fee_limit("lower of 5 % of price and NIS 100").unwrap();
        assert_eq!((percent, most.to_string().as_str()), (5, "100.00 ILS"));
        let within = late_within("12 months beginning with the first of the 14 days").unwrap();
        assert!(within.include_start && within.length == 12);
    }
}
