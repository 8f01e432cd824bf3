//! What can be wrong with a policy, closed: each way has its English sentence, what to do about
//! it, and the key of the message that says both in the reader's language (`broken-…` and
//! `broken-…-help`, with the values as they stand here).

use kernel::{CountryCode, Currency, Lang, Role};

/// One way for a text not to be a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// Longer than a policy may be.
    #[error("the file is larger than {most} bytes")]
    TooLarge {
        /// Most bytes.
        most: usize,
    },
    /// Not even TOML; in the words of the library.
    #[error("this is not TOML: {detail}")]
    NotToml {
        /// What the library said.
        detail: String,
    },
    /// A name the policy language does not have.
    #[error("{detail}")]
    UnknownName {
        /// The name.
        name: String,
        /// What the library said: it lists the names there are.
        detail: String,
    },
    /// A value outside its fixed set.
    #[error("{detail}")]
    UnknownValue {
        /// The value.
        value: String,
        /// What the library said: it lists the values there are.
        detail: String,
    },
    /// Something every policy must say.
    #[error("{detail}")]
    Missing {
        /// The name.
        name: String,
        /// What the library said.
        detail: String,
    },
    /// A value of another kind (text for a number), or one that says nothing.
    #[error("{detail}")]
    BadValue {
        /// What the library said.
        detail: String,
    },
    /// A number outside its bounds.
    #[error("{value} is out of range")]
    OutOfRange {
        /// The number.
        value: i64,
        /// The least allowed.
        least: i64,
        /// The most allowed.
        most: i64,
    },
    /// A list or table of too few or too many.
    #[error("there are {count} of them, which is out of range")]
    Count {
        /// How many there are.
        count: i64,
        /// The fewest allowed.
        least: i64,
        /// The most allowed.
        most: i64,
    },
    /// An empty or a too long name.
    #[error("the name has {length} bytes, which is out of range")]
    NameLength {
        /// Bytes of the name.
        length: i64,
        /// The most allowed.
        most: i64,
    },
    /// A country of two markets.
    #[error("{country} is in two markets")]
    TwoMarkets {
        /// The country.
        country: CountryCode,
    },
    /// An article of a category without rules.
    #[error("there is no category {name:?}")]
    NoCategory {
        /// The category named.
        name: String,
    },
    /// A reason of the client's own that is neither a group nor a reason.
    #[error("is it a group or a reason?")]
    GroupOrReason,
    /// A reason below a group that is not written.
    #[error("its group is not written")]
    NoGroup,
    /// No window for everything.
    #[error("the client-wide window is missing")]
    NoWindow,
    /// No outcomes for everything.
    #[error("no outcomes")]
    NoOutcomes,
    /// A name that cannot be part of an address.
    #[error("the name cannot be part of a clause id")]
    BadName,
    /// An article number with spaces, or too long.
    #[error("this is no article number")]
    BadArticle,
    /// An unknown role.
    #[error("no such role")]
    NoRole,
    /// Days that do not follow each other.
    #[error("the days are out of order")]
    DayOrder,
    /// A bonus for an outcome that has none.
    #[error("this outcome has no bonus")]
    NoBonus,
    /// Delivery kept although the seller is at fault.
    #[error("none is not allowed")]
    ShippingOnFault,
    /// A worse grade that deducts less.
    #[error("deductions fall")]
    FallingGrades,
    /// A text that lacks a language, or is too long.
    #[error("no text in {:?}, or a longer one than 1000 bytes", lang.as_str())]
    NoText {
        /// The language.
        lang: Lang,
    },
    /// An empty list of outcomes.
    #[error("no outcome is offered")]
    NothingOffered,
    /// A fee without a size, or with two.
    #[error("the size of the fee is not clear")]
    FeeSize,
    /// A late fee from no day on.
    #[error("a late fee needs its day")]
    LateFee,
    /// A tax mode of a rate.
    #[error("the tax mode has no amount")]
    TaxMode,
    /// An amount in a currency the policy does not have.
    #[error("{code:?} is no currency of this policy")]
    OtherCurrency {
        /// What was written.
        code: String,
    },
    /// An amount below nothing or beyond all orders.
    #[error("the amount is out of range")]
    AmountRange,
    /// An amount that is not one.
    #[error(
        "{text:?} is not an amount of {currency} (no exponent, no grouping, no more decimals than it has)"
    )]
    BadAmount {
        /// What was written.
        text: String,
        /// In which currency.
        currency: Currency,
    },
    /// A currency without an amount.
    #[error("no amount in {currency}")]
    NoAmount {
        /// The currency.
        currency: Currency,
    },
    /// A policy that has no hash: ours to mend.
    #[error("{detail}")]
    NoHash {
        /// What the library said.
        detail: String,
    },
}

impl Wrong {
    /// What the TOML library says of a text that is TOML, but no policy. Its sentences begin the
    /// same way for the same fault; what begins otherwise is a bad value.
    pub(crate) fn form(detail: &str) -> Self {
        let detail = detail.trim().to_owned();
        let quoted = |start: &str| {
            let rest = detail.strip_prefix(start)?;
            let (name, _) = rest.split_once('`')?;
            Some(name.to_owned())
        };
        if let Some(name) = quoted("unknown field `") {
            Self::UnknownName { name, detail }
        } else if let Some(value) = quoted("unknown variant `") {
            Self::UnknownValue { value, detail }
        } else if let Some(name) = quoted("missing field `") {
            Self::Missing { name, detail }
        } else {
            Self::BadValue { detail }
        }
    }

    /// The key of its message.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "broken-too-large",
            Self::NotToml { .. } => "broken-toml",
            Self::UnknownName { .. } => "broken-unknown-name",
            Self::UnknownValue { .. } => "broken-unknown-value",
            Self::Missing { .. } => "broken-missing",
            Self::BadValue { .. } => "broken-value",
            Self::OutOfRange { .. } => "broken-range",
            Self::Count { .. } => "broken-count",
            Self::NameLength { .. } => "broken-name-length",
            Self::TwoMarkets { .. } => "broken-two-markets",
            Self::NoCategory { .. } => "broken-no-category",
            Self::GroupOrReason => "broken-group-or-reason",
            Self::NoGroup => "broken-no-group",
            Self::NoWindow => "broken-no-window",
            Self::NoOutcomes => "broken-no-outcomes",
            Self::BadName => "broken-name",
            Self::BadArticle => "broken-article",
            Self::NoRole => "broken-role",
            Self::DayOrder => "broken-day-order",
            Self::NoBonus => "broken-no-bonus",
            Self::ShippingOnFault => "broken-shipping",
            Self::FallingGrades => "broken-grades",
            Self::NoText { .. } => "broken-no-text",
            Self::NothingOffered => "broken-nothing-offered",
            Self::FeeSize => "broken-fee-size",
            Self::LateFee => "broken-late-fee",
            Self::TaxMode => "broken-tax-mode",
            Self::OtherCurrency { .. } => "broken-other-currency",
            Self::AmountRange => "broken-amount-range",
            Self::BadAmount { .. } => "broken-amount",
            Self::NoAmount { .. } => "broken-no-amount",
            Self::NoHash { .. } => "broken-no-hash",
        }
    }

    /// What the TOML library said, which is English whoever reads it.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::NotToml { detail }
            | Self::UnknownName { detail, .. }
            | Self::UnknownValue { detail, .. }
            | Self::Missing { detail, .. }
            | Self::BadValue { detail }
            | Self::NoHash { detail } => Some(detail),
            _ => None,
        }
    }

    /// What to write instead, in English.
    pub fn help(&self) -> String {
        let fixed = match self {
            Self::OutOfRange { least, most, .. } => {
                return format!("write a value from {least} to {most}");
            }
            Self::Count { least, most, .. } => return format!("have from {least} to {most}"),
            Self::NameLength { most, .. } => return format!("give a name of 1 to {most} bytes"),
            Self::NoAmount { currency } => return format!("add {currency} = \"...\""),
            Self::NoRole => {
                let roles: Vec<&str> = Role::ALL.iter().map(|r| r.as_str()).collect();
                return format!("one of {}", roles.join(", "));
            }
            Self::TooLarge { .. } => "move categories that share rules under one parent",
            Self::NotToml { .. } => {
                "the line, or what is open before it, is not TOML: look for a missing bracket or quote"
            }
            Self::UnknownName { .. }
            | Self::UnknownValue { .. }
            | Self::Missing { .. }
            | Self::BadValue { .. } => "names and values are fixed sets; see the policy reference",
            Self::TwoMarkets { .. } => "list it in one market only",
            Self::NoCategory { .. } => "name a category this policy has rules for, or leave it out",
            Self::GroupOrReason => "a group has no code, a reason that can be chosen has one",
            Self::NoGroup => "write the group too: it has a text of its own",
            Self::NoWindow => "add rules.window = { days = 30 }",
            Self::NoOutcomes => "add rules.outcomes = [\"refund\"]",
            Self::BadName => "use 1 to 40 of a-z, 0-9, _ and -; children after a slash",
            Self::BadArticle => "use 1 to 64 printable ASCII characters without spaces",
            Self::DayOrder => "ordered_from, ordered_to, return_until must follow each other",
            Self::NoBonus => "store_credit or exchange",
            Self::ShippingOnFault => {
                "when the seller is at fault outbound delivery comes back (R9): pro_rata, \
                 full or full_on_full_order"
            }
            Self::FallingGrades => {
                "a worse grade never deducts less: list rising values from a to e"
            }
            Self::NoText { .. } => {
                "say it in every language of `languages`, in one to three sentences"
            }
            Self::NothingOffered => {
                "offer at least one of refund, store_credit, exchange, replacement, repair"
            }
            Self::FeeSize => "give exactly one of rate (basis points), amount, none = true",
            Self::LateFee => "add after_days: the days after the anchor from which it is late",
            Self::TaxMode => "only an amount has a tax mode; a rate is of the price with tax",
            Self::OtherCurrency { .. } => "use the upper-case codes listed in `currencies`",
            Self::AmountRange => "from 0 upwards",
            Self::BadAmount { .. } => "write a decimal such as \"12.50\"",
            Self::NoHash { .. } => "report this: every valid policy has a hash",
        };
        fixed.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::Wrong;
    use crate::Policy;

    /// The library's sentences are not ours: a new version of it that speaks otherwise fails here.
    #[test]
    fn faults_of_form_are_told_apart() {
        const SMALL: &str = "name = \"P\"\ncurrencies = [\"EUR\"]\nlanguages = [\"en\"]\n\
            authorisation_days = 14\n[rules]\nwindow = { days = 30 }\noutcomes = [\"refund\"]\n";
        for (from, to, line, key) in [
            ("{ days", "{ dayz", 6, "broken-unknown-name"),
            ("\"refund\"", "\"refnud\"", 7, "broken-unknown-value"),
            ("days = 30", "days = \"x\"", 6, "broken-value"),
            ("[\"EUR\"]", "[\"EURO\"]", 2, "broken-value"),
            ("[rules]", "[rules", 5, "broken-toml"),
            ("name = \"P\"\n", "", 1, "broken-missing"),
        ] {
            let errors = Policy::parse_toml(&SMALL.replace(from, to)).unwrap_err();
            let [e] = errors.0.as_slice() else {
                panic!("{errors}")
            };
            assert_eq!((e.line, e.wrong.key()), (Some(line), key), "{errors}");
            assert!(e.wrong.detail().is_some(), "{errors}");
        }
        let name = Wrong::form("unknown field `dayz`, expected `days`");
        assert!(matches!(name, Wrong::UnknownName { name, .. } if name == "dayz"));
    }
}
