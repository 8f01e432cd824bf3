//! What is set per client besides its policy: brand, time zone, docks, gateway, label prices.
//! Stored as one JSON value in the directory.

use kernel::Lang;
use logistics::RoutingRule;
use returns::{Obligation, SalesOrder, TenderStrategy, VendorBears};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a client looks to its shoppers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brand {
    /// Accent colour as six hex digits.
    pub accent: String,
    /// Where a shopper writes to.
    pub support_email: String,
    /// One line under the name in the portal.
    pub tagline: BTreeMap<Lang, String>,
}

/// Which way money goes out when it cannot go back to the instrument that paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatewayChoice {
    /// Payment files to and from the client's bank.
    Iso20022,
    /// A card processor that speaks Stripe's refund API.
    Stripe,
    /// Adyen.
    Adyen,
    /// PayPal.
    Paypal,
}

impl GatewayChoice {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Iso20022, Self::Stripe, Self::Adyen, Self::Paypal];

    /// The name the gateway's adapter goes by.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Iso20022 => "iso20022",
            Self::Stripe => "stripe",
            Self::Adyen => "adyen",
            Self::Paypal => "paypal",
        }
    }

    /// The way an adapter's name stands for.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.as_str() == name)
    }

    /// Whether it pays back to the instrument that paid.
    pub const fn pays_back(self) -> bool {
        !matches!(self, Self::Iso20022)
    }

    /// The processor a payment's reference names, and the reference the processor knows:
    /// `paypal:3C679366HH908993F`. A reference without such a name belongs to the client's way.
    /// Only payments by card or wallet carry one.
    pub fn of_payment(reference: &str) -> (Option<Self>, &str) {
        let named = reference
            .split_once(':')
            .and_then(|(name, rest)| Some((Self::named(name)?, rest)));
        match named {
            Some((way, rest)) if way.pays_back() => (Some(way), rest),
            _ => (None, reference),
        }
    }

    /// The processor the payment names that an obligation goes back to.
    pub fn that_took(order: &SalesOrder, obligation: &Obligation) -> Option<Self> {
        let tender = order.tenders.get(usize::from(obligation.tender?))?;
        Self::of_payment(&tender.reference).0
    }
}

/// The client's own account at its bank, from which payment files pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayerAccount {
    /// Its holder.
    pub name: String,
    /// Its IBAN.
    pub iban: String,
    /// The bank's BIC, where the bank wants one.
    #[serde(default)]
    pub bic: Option<String>,
}

/// How long store credit lasts. Credit is promised for the time it is given for: a change is for
/// credit given from then on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreditTerms {
    /// Months promotional credit can be spent for.
    #[serde(default = "CreditTerms::year")]
    pub promotional_months: u16,
    /// Months paid credit can be spent for; it does not end unless set. Fewer than
    /// [`CreditTerms::PAID_MIN`] are read as that many.
    #[serde(default)]
    pub paid_months: Option<u16>,
}

impl Default for CreditTerms {
    fn default() -> Self {
        Self {
            promotional_months: Self::year(),
            paid_months: None,
        }
    }
}

impl CreditTerms {
    /// Paid credit is the shopper's money: five years is what US federal law asks of gift cards
    /// (12 CFR 1005.20(e)) and longer than the limitation period of most places. Where a law does
    /// not let it end at all, leave `paid_months` out.
    pub const PAID_MIN: u16 = 60;

    const fn year() -> u16 {
        12
    }

    /// The last day credit given on a day can be spent.
    pub fn until(&self, promotional: bool, given: kernel::Date) -> Option<kernel::Date> {
        let months = if promotional {
            self.promotional_months
        } else {
            self.paid_months?.max(Self::PAID_MIN)
        };
        given.checked_add(jiff::Span::new().months(months)).ok()
    }
}

/// On which terms goods go out in advance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdvanceTerms {
    /// Days for the others to be back. Card schemes keep a hold for about a week: 1 to 7.
    pub days: u8,
}

/// The legal entity that sells: who its credit notes are from, and how they are numbered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalEntity {
    /// Name, address, tax number.
    pub party: invoice::Party,
    /// What stands before each number, e.g. `LL-CN-`. Numbers go on when it changes.
    pub number_prefix: String,
    /// Digits a number has at least.
    pub number_digits: u8,
}

impl LegalEntity {
    /// A number as it is printed.
    pub fn number(&self, n: i64) -> String {
        let width = usize::from(self.number_digits);
        format!("{}{n:0width$}", self.number_prefix)
    }
}

/// Settings of one client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientSettings {
    /// Look of the portal.
    pub brand: Brand,
    /// Languages of its shoppers; the first is the default.
    pub languages: Vec<Lang>,
    /// IANA time zone in which its days are counted.
    pub time_zone: String,
    /// How refunds spread over several tenders (R14).
    #[serde(default)]
    pub tender_strategy: TenderStrategy,
    /// How money goes out.
    pub gateway: GatewayChoice,
    /// The account payment files pay from; none where no files are made.
    #[serde(default)]
    pub payer: Option<PayerAccount>,
    /// Where return parcels go; the first rule that fits.
    pub docks: Vec<RoutingRule>,
    /// GS1 company prefix its parcels are numbered under.
    pub gs1_prefix: String,
    /// What a return label costs, minor units by currency code.
    pub label_cost: BTreeMap<String, i64>,
    /// Countries it sells to, where that changes what its pages must show.
    #[serde(default)]
    pub markets: Vec<kernel::CountryCode>,
    /// Where reminders and breaches of statutory clocks are mailed to; nowhere unless set. They
    /// stand on the desk's worklist in any case.
    #[serde(default)]
    pub clock_alerts: Option<String>,
    /// How long store credit lasts.
    #[serde(default)]
    pub credit: CreditTerms,
    /// Whether new goods may go out before the others are back, against a security on the
    /// customer's card; never unless set.
    #[serde(default)]
    pub advance: Option<AdvanceTerms>,
    /// Who its credit notes are from; none are issued unless set.
    #[serde(default)]
    pub seller: Option<LegalEntity>,
    /// When the vendors of a marketplace bear what its customers get back; never unless set, as
    /// some shops name the maker of goods where a marketplace names who sold them.
    #[serde(default)]
    pub vendors_bear: VendorBears,
    /// How long a refund a person decided waits before it is sent, seconds: so long it can be
    /// taken back.
    #[serde(default = "ClientSettings::undo")]
    pub undo_seconds: u16,
    /// How long nothing is sent to an account that was named instead of what paid, hours: so long
    /// the customer can object.
    #[serde(default = "ClientSettings::cooling")]
    pub cooling_hours: u16,
    /// A demo client: marked on every page, no outside effects but the simulated ones.
    #[serde(default)]
    pub sandbox: bool,
}

impl ClientSettings {
    /// Long enough to see a slip of the finger, short enough for nobody to wait.
    const fn undo() -> u16 {
        30
    }

    /// A night and a day to read one's mail.
    const fn cooling() -> u16 {
        24
    }
}
