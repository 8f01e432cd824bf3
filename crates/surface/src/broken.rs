//! What keeps a text from being a policy, in the reader's language.

use kernel::Role;
use policy::Wrong;
use redress_http::{FluentValue, L10n};

/// What is wrong and what to write instead. Names of the policy language and values stay as they
/// are written in the text.
pub fn broken_words(l: L10n, wrong: &Wrong) -> (String, String) {
    let values = values(l, wrong);
    let key = wrong.key();
    (
        l.t_args(key, &values),
        l.t_args(&format!("{key}-help"), &values),
    )
}

fn values(l: L10n, wrong: &Wrong) -> Vec<(&'static str, FluentValue<'static>)> {
    let number = |n: i64| FluentValue::from(l.number(n));
    match wrong {
        Wrong::TooLarge { most } => {
            vec![("most", number(i64::try_from(*most).unwrap_or(i64::MAX)))]
        }
        Wrong::UnknownName { name, .. }
        | Wrong::Missing { name, .. }
        | Wrong::NoCategory { name } => vec![("name", name.clone().into())],
        Wrong::UnknownValue { value, .. } => vec![("name", value.clone().into())],
        Wrong::OutOfRange { value, least, most } => vec![
            // As it is written in the text: without grouping.
            ("value", value.to_string().into()),
            ("least", least.to_string().into()),
            ("most", most.to_string().into()),
        ],
        Wrong::Count { count, least, most } => vec![
            ("value", number(*count)),
            ("least", number(*least)),
            ("most", number(*most)),
        ],
        Wrong::NameLength { length, most } => {
            vec![("value", number(*length)), ("most", number(*most))]
        }
        Wrong::TwoMarkets { country } => vec![("country", l.country(*country).into())],
        Wrong::NoRole => {
            let roles: Vec<&str> = Role::ALL.iter().map(|r| r.as_str()).collect();
            vec![("list", l.any_of(&roles).into())]
        }
        Wrong::NoText { lang } => vec![("lang", lang.as_str().to_owned().into())],
        Wrong::OtherCurrency { code } => vec![("name", code.clone().into())],
        Wrong::BadAmount { text, currency } => vec![
            ("name", text.clone().into()),
            ("currency", currency.code().to_owned().into()),
        ],
        Wrong::NoAmount { currency } => vec![("currency", currency.code().to_owned().into())],
        Wrong::NotToml { .. }
        | Wrong::BadValue { .. }
        | Wrong::GroupOrReason
        | Wrong::NoGroup
        | Wrong::NoWindow
        | Wrong::NoOutcomes
        | Wrong::BadName
        | Wrong::BadArticle
        | Wrong::DayOrder
        | Wrong::NoBonus
        | Wrong::ShippingOnFault
        | Wrong::FallingGrades
        | Wrong::NothingOffered
        | Wrong::FeeSize
        | Wrong::LateFee
        | Wrong::TaxMode
        | Wrong::AmountRange
        | Wrong::NoHash { .. } => Vec::new(),
    }
}
