//! What a buyer disputes: the reason codes of schemes and providers, read into one category. The
//! codes are facts of Visa's, Mastercard's, American Express's and Discover's published rules, and
//! of the documented values of Stripe and PayPal. Families of codes do not overlap, so a code
//! says its category without its scheme.

use serde::{Deserialize, Serialize};

macro_rules! named {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $item:ident = $text:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$doc])* $item,)* }

        impl $name {
            /// Every one, in the order pages show them.
            pub const ALL: &[Self] = &[$(Self::$item),*];

            /// The stable written form.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$item => $text,)* }
            }

            /// The one written as `text`.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|a| a.as_str() == text)
            }
        }
    };
}

pub(super) use named;

named! {
    /// What the buyer says.
    Category {
        /// They did not pay this.
        Fraud = "fraud",
        /// Nothing came.
        NotReceived = "not_received",
        /// It is not what was sold, or broken.
        NotAsDescribed = "not_as_described",
        /// They are owed a refund that did not come: goods went back, or it was promised.
        CreditNotProcessed = "credit_not_processed",
        /// They cancelled.
        Cancelled = "cancelled",
        /// They paid twice, or in another way.
        Duplicate = "duplicate",
        /// Another amount was taken.
        WrongAmount = "wrong_amount",
        /// The payment was not authorised as the scheme asks, or processed wrongly.
        Processing = "processing",
        /// Anything else.
        Other = "other",
    }
}

named! {
    /// Whose rules the dispute follows.
    Scheme {
        /// Visa.
        Visa = "visa",
        /// Mastercard.
        Mastercard = "mastercard",
        /// American Express.
        Amex = "amex",
        /// Discover and Diners.
        Discover = "discover",
        /// PayPal.
        Paypal = "paypal",
        /// Another, or not told.
        Other = "other",
    }
}

impl Scheme {
    /// The scheme of a provider's word (`mc`, `visa`, …); of the family of the code otherwise.
    pub fn of(word: &str, code: &str) -> Self {
        let word = word.trim().to_ascii_lowercase();
        match word.as_str() {
            w if w.starts_with("visa") => Self::Visa,
            w if w.starts_with("mc") || w.starts_with("master") => Self::Mastercard,
            w if w.starts_with("amex") || w.starts_with("american") => Self::Amex,
            w if w.starts_with("disc") || w.starts_with("diners") => Self::Discover,
            w if w.starts_with("paypal") => Self::Paypal,
            _ => family(&code.trim().to_ascii_uppercase()),
        }
    }
}

fn family(code: &str) -> Scheme {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let visa = code
        .split_once('.')
        .is_some_and(|(a, b)| matches!(a, "10" | "11" | "12" | "13") && digits(b));
    let amex = code.len() == 3
        && code.starts_with(['A', 'C', 'F', 'M', 'P', 'R'])
        && code.get(1..).is_some_and(digits);
    match () {
        () if visa => Scheme::Visa,
        () if code.len() == 4 && code.starts_with("48") && digits(code) => Scheme::Mastercard,
        () if amex => Scheme::Amex,
        () if is_paypal(code) => Scheme::Paypal,
        () if matches!(code, "RG" | "RM" | "RN2" | "AP" | "DP" | "AW" | "CD" | "PM") => {
            Scheme::Discover
        }
        () if code.starts_with("UA0") => Scheme::Discover,
        () => Scheme::Other,
    }
}

fn is_paypal(code: &str) -> bool {
    matches!(
        code,
        "MERCHANDISE_OR_SERVICE_NOT_RECEIVED"
            | "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED"
            | "UNAUTHORISED"
            | "DUPLICATE_TRANSACTION"
            | "PAYMENT_BY_OTHER_MEANS"
            | "CANCELED_RECURRING_BILLING"
            | "PROBLEM_WITH_REMITTANCE"
    )
}

impl Category {
    /// The category of a reason, in any case of letters: a code of a scheme, or a word of Stripe's
    /// or PayPal's. Not known is [`Category::Other`].
    pub fn of(code: &str) -> Self {
        let code = code.trim().to_ascii_uppercase().replace(['-', ' '], "_");
        match code.as_str() {
            "10.1"
            | "10.2"
            | "10.3"
            | "10.4"
            | "10.5"
            | "4837"
            | "4840"
            | "4849"
            | "4863"
            | "4870"
            | "4871"
            | "F10"
            | "F14"
            | "F24"
            | "F29"
            | "F30"
            | "F31"
            | "FR2"
            | "FR4"
            | "FR6"
            | "UA01"
            | "UA02"
            | "UA05"
            | "UA06"
            | "UA10"
            | "UA11"
            | "UNAUTHORISED"
            | "FRAUDULENT"
            | "UNRECOGNIZED"
            | "DEBIT_NOT_AUTHORIZED"
            | "FRAUD" => Self::Fraud,
            "13.1"
            | "13.9"
            | "4855"
            | "C08"
            | "RG"
            | "MERCHANDISE_OR_SERVICE_NOT_RECEIVED"
            | "PRODUCT_NOT_RECEIVED"
            | "NOT_RECEIVED" => Self::NotReceived,
            // Mastercard keeps one code for most that buyers say about goods.
            "13.3"
            | "13.4"
            | "13.5"
            | "4853"
            | "C31"
            | "C32"
            | "RM"
            | "MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED"
            | "PRODUCT_UNACCEPTABLE"
            | "NOT_AS_DESCRIBED" => Self::NotAsDescribed,
            "13.6" | "4860" | "C02" | "C04" | "RN2" | "CREDIT_NOT_PROCESSED" => {
                Self::CreditNotProcessed
            }
            "13.2"
            | "13.7"
            | "4841"
            | "4859"
            | "C05"
            | "C18"
            | "C28"
            | "AP"
            | "CANCELED_RECURRING_BILLING"
            | "SUBSCRIPTION_CANCELED"
            | "CANCELLED" => Self::Cancelled,
            "12.6"
            | "12.6.1"
            | "12.6.2"
            | "P08"
            | "C14"
            | "DP"
            | "PM"
            | "DUPLICATE_TRANSACTION"
            | "PAYMENT_BY_OTHER_MEANS"
            | "DUPLICATE" => Self::Duplicate,
            "12.5" | "4831" | "P05" | "AW" | "INCORRECT_AMOUNT" | "WRONG_AMOUNT" => {
                Self::WrongAmount
            }
            "11.1"
            | "11.2"
            | "11.3"
            | "12.1"
            | "12.2"
            | "12.3"
            | "12.4"
            | "12.7"
            | "4807"
            | "4808"
            | "4812"
            | "4834"
            | "4842"
            | "4846"
            | "4850"
            | "A01"
            | "A02"
            | "A08"
            | "P01"
            | "P03"
            | "P04"
            | "P07"
            | "P22"
            | "P23"
            | "PROBLEM_WITH_REMITTANCE"
            | "INCORRECT_ACCOUNT_DETAILS"
            | "INSUFFICIENT_FUNDS"
            | "BANK_CANNOT_PROCESS"
            | "PROCESSING" => Self::Processing,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_every_family_are_read() {
        for (code, category, scheme) in [
            ("10.4", Category::Fraud, Scheme::Visa),
            ("13.6", Category::CreditNotProcessed, Scheme::Visa),
            (" 4853", Category::NotAsDescribed, Scheme::Mastercard),
            ("4837", Category::Fraud, Scheme::Mastercard),
            ("C08", Category::NotReceived, Scheme::Amex),
            ("c31", Category::NotAsDescribed, Scheme::Amex),
            ("RG", Category::NotReceived, Scheme::Discover),
            ("UNAUTHORISED", Category::Fraud, Scheme::Paypal),
            ("product_not_received", Category::NotReceived, Scheme::Other),
            ("no such code", Category::Other, Scheme::Other),
        ] {
            assert_eq!(Category::of(code), category, "{code}");
            assert_eq!(Scheme::of("", code), scheme, "{code}");
        }
        assert_eq!(Scheme::of("mc", "13.1"), Scheme::Mastercard);
    }
}
