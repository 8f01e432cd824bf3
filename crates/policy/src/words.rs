//! The closed sets a policy is written in: reasons, faults, anchors, outcomes, controls.
//! No figures and no rules live here, only names.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! closed_set {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant,)* }

        impl $name {
            /// Every value, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable written form.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The value written as `text`, if there is one.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.as_str() == text)
            }

            /// Position in [`Self::ALL`].
            pub const fn index(self) -> usize {
                self as usize
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

closed_set! {
    /// Why the goods come back: the core codes every client's own list maps to, so that figures
    /// compare across clients.
    ReturnReason {
        /// Too small.
        SizeSmall = "size_small",
        /// Too large.
        SizeLarge = "size_large",
        /// Colour not as hoped.
        Colour = "colour",
        /// Style not as hoped.
        Style = "style",
        /// Simply no longer wanted.
        ChangedMind = "changed_mind",
        /// Ordered by mistake.
        OrderedByMistake = "ordered_by_mistake",
        /// Cheaper elsewhere.
        BetterPrice = "better_price",
        /// Came too late.
        LateDelivery = "late_delivery",
        /// Significantly not as described.
        NotAsDescribed = "not_as_described",
        /// Another article was sent.
        WrongItem = "wrong_item",
        /// Parts or units are missing.
        MissingParts = "missing_parts",
        /// Damaged on the way.
        DamagedInTransit = "damaged_in_transit",
        /// Does not work, found soon after delivery.
        Defective = "defective",
        /// Stopped working later, inside the warranty.
        DefectiveInWarranty = "defective_in_warranty",
        /// Bought without the account holder's consent.
        UnauthorisedPurchase = "unauthorised_purchase",
        /// The maker or an authority calls it back.
        Recall = "recall",
        /// Refused at the door or undeliverable.
        RefusedOrUndeliverable = "refused_or_undeliverable",
        /// Anything else, with a note.
        Other = "other",
    }
}

/// How many reasons there are; the length of every per-reason table.
pub(crate) const REASONS: usize = ReturnReason::ALL.len();

impl ReturnReason {
    /// Whose fault the reason speaks of unless a policy says otherwise.
    pub const fn default_fault(self) -> Fault {
        match self {
            Self::SizeSmall
            | Self::SizeLarge
            | Self::Colour
            | Self::Style
            | Self::ChangedMind
            | Self::OrderedByMistake
            | Self::BetterPrice
            | Self::RefusedOrUndeliverable => Fault::Consumer,
            Self::NotAsDescribed
            | Self::WrongItem
            | Self::MissingParts
            | Self::Defective
            | Self::DefectiveInWarranty
            | Self::Recall => Fault::Merchant,
            Self::LateDelivery | Self::DamagedInTransit => Fault::Carrier,
            Self::UnauthorisedPurchase | Self::Other => Fault::None,
        }
    }
}

closed_set! {
    /// Whose fault a return is; drives fees and who pays the label.
    Fault {
        /// The consumer's choice or mistake.
        Consumer = "consumer",
        /// The merchant's.
        Merchant = "merchant",
        /// The carrier's; towards the consumer the merchant answers for it.
        Carrier = "carrier",
        /// Nobody's.
        None = "none",
    }
}

impl Fault {
    /// Whether the consumer is owed a return free of charge (rule R9): merchant or carrier.
    pub const fn is_sellers_side(self) -> bool {
        matches!(self, Self::Merchant | Self::Carrier)
    }
}

closed_set! {
    /// The way the order was placed.
    SalesChannel {
        /// The client's own web shop or app.
        Online = "online",
        /// A shop with a door.
        Store = "store",
        /// Someone else's marketplace, or a vendor's offer on the client's.
        Marketplace = "marketplace",
        /// By telephone or from a catalogue.
        Phone = "phone",
        /// Business customers.
        Business = "business",
    }
}

closed_set! {
    /// The day a return window counts from.
    Anchor {
        /// The day of delivery of the line.
        Delivered = "delivered",
        /// The day on which the last parcel of the order was delivered; most statutes count so.
        LastParcel = "last_parcel",
        /// The day of dispatch.
        Fulfilled = "fulfilled",
        /// The day of the order.
        Ordered = "ordered",
    }
}

closed_set! {
    /// What a customer may get.
    Outcome {
        /// Money back to the original payment.
        Refund = "refund",
        /// Credit with the client.
        StoreCredit = "store_credit",
        /// Another article.
        Exchange = "exchange",
        /// The same article again.
        Replacement = "replacement",
        /// The article, repaired.
        Repair = "repair",
    }
}

/// A set of [`Outcome`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct OutcomeSet(u8);

impl OutcomeSet {
    /// No outcome at all.
    pub const EMPTY: Self = Self(0);

    /// The set of these outcomes.
    pub fn of(list: &[Outcome]) -> Self {
        Self(list.iter().fold(0, |bits, o| bits | 1 << o.index()))
    }

    /// Whether `outcome` is offered.
    pub const fn has(self, outcome: Outcome) -> bool {
        self.0 & (1 << outcome.index()) != 0
    }

    /// Whether nothing is offered.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The outcomes of the set, in order.
    pub fn iter(self) -> impl Iterator<Item = Outcome> {
        Outcome::ALL.iter().copied().filter(move |o| self.has(*o))
    }
}

closed_set! {
    /// A fee a policy may take; each is its own line of a quote, never negative goods (R8).
    FeeKind {
        /// For putting goods back on sale.
        Restocking = "restocking",
        /// For handling the return.
        Handling = "handling",
        /// For the return label the merchant provides.
        ReturnLabel = "return_label",
        /// For asking late in the window.
        Late = "late",
    }
}

closed_set! {
    /// How the amount of a fee stands to tax (R8). A rate always is a share of the price with tax.
    FeeTax {
        /// The amount holds the tax.
        Included = "included",
        /// Tax comes on top, at the rate of the goods.
        Added = "added",
    }
}

closed_set! {
    /// Whether a mark "final sale" keeps goods from coming back without a fault.
    FinalSale {
        /// The mark does not matter here.
        Never = "never",
        /// Only where the law gives no right to return the goods.
        WhereLawful = "where_lawful",
        /// Always.
        Always = "always",
    }
}

closed_set! {
    /// A state the goods must be in to be taken back without a fault.
    Condition {
        /// Seal or packaging not broken.
        Unopened = "unopened",
        /// Not used or worn beyond trying.
        Unused = "unused",
        /// In the original packaging.
        Packaging = "packaging",
        /// With the tags attached.
        Tags = "tags",
        /// With all parts and accessories.
        Complete = "complete",
    }
}

/// A set of [`Condition`]s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ConditionSet(u8);

impl ConditionSet {
    /// No condition at all.
    pub const EMPTY: Self = Self(0);

    /// The set of these conditions.
    pub fn of(list: &[Condition]) -> Self {
        Self(list.iter().fold(0, |bits, c| bits | 1 << c.index()))
    }

    /// Whether `condition` is in the set.
    pub const fn has(self, condition: Condition) -> bool {
        self.0 & (1 << condition.index()) != 0
    }

    /// Whether the set is empty.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set with `condition` in it.
    #[must_use]
    pub const fn with(self, condition: Condition) -> Self {
        Self(self.0 | 1 << condition.index())
    }

    /// What is in both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The conditions of the set, in order.
    pub fn iter(self) -> impl Iterator<Item = Condition> {
        Condition::ALL.iter().copied().filter(move |c| self.has(*c))
    }
}

/// Written as the list of its names.
impl Serialize for ConditionSet {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for ConditionSet {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Vec::<Condition>::deserialize(d).map(|list| Self::of(&list))
    }
}

closed_set! {
    /// Where goods of a kind should go first; the warehouse may know better.
    Route {
        /// The returns centre.
        Warehouse = "warehouse",
        /// A shop of the client.
        Store = "store",
        /// The vendor who sold them.
        Vendor = "vendor",
        /// A workshop that repairs or refurbishes.
        Workshop = "workshop",
    }
}

closed_set! {
    /// What becomes of goods that need not come back.
    Instead {
        /// The customer keeps them.
        Keep = "keep",
        /// The customer gives them to a charity.
        Donate = "donate",
    }
}

closed_set! {
    /// Who pays the way back.
    Payer {
        /// The merchant.
        Merchant = "merchant",
        /// The customer.
        Customer = "customer",
    }
}

closed_set! {
    /// When outbound delivery comes back to the customer.
    ShippingRule {
        /// Never.
        None = "none",
        /// In proportion to the goods returned.
        ProRata = "pro_rata",
        /// In full, whatever is returned.
        Full = "full",
        /// In full when the whole order is returned, else not.
        FullOnFullOrder = "full_on_full_order",
    }
}

closed_set! {
    /// What the client would rather give than money. Nothing is taken away by it: money stays one
    /// step away, and where the law gives a right to it, beside the others.
    Prefer {
        /// Other goods.
        Exchange = "exchange",
    }
}

closed_set! {
    /// What happens to a threshold promotion when the rest of the order no longer reaches it (R11).
    PromotionRule {
        /// The customer keeps it.
        Keep = "keep",
        /// It is taken back from the refund.
        ClawBack = "claw_back",
    }
}

closed_set! {
    /// The event after which money may go, from the earliest to the latest.
    RefundControl {
        /// At once.
        Immediate = "immediate",
        /// When the return is approved.
        Approved = "approved",
        /// At the carrier's first scan.
        FirstScan = "first_scan",
        /// When the carrier has delivered.
        Delivered = "delivered",
        /// When the dock has counted.
        Received = "received",
        /// When the goods are inspected.
        Inspected = "inspected",
    }
}

closed_set! {
    /// Condition of a returned unit.
    Grade {
        /// Sealed.
        A = "a",
        /// Open box, complete.
        B = "b",
        /// Works, shows wear.
        C = "c",
        /// Repairable.
        D = "d",
        /// Scrap.
        E = "e",
    }
}

closed_set! {
    /// Why a category cannot be returned without a fault; every exclusion states one.
    ExclusionGround {
        /// Sealed for health or hygiene.
        Hygiene = "hygiene",
        /// Made or engraved for this customer.
        CustomMade = "custom_made",
        /// Spoils or expires quickly.
        Perishable = "perishable",
        /// Sealed recordings or software.
        SealedMedia = "sealed_media",
        /// Digital content, keys, downloads.
        Digital = "digital",
        /// Gift cards and vouchers.
        GiftCard = "gift_card",
        /// Dangerous to send back.
        Hazardous = "hazardous",
        /// Sold as clearance.
        Clearance = "clearance",
    }
}

/// Evidence a reason demands before a request is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EvidenceDemand {
    /// Photos, at least this many (at most 10).
    pub photos: u8,
    /// A note in the customer's words.
    pub note: bool,
    /// The serial number.
    pub serial: bool,
}
