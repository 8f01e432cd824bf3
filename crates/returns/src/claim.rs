//! Claims: something went wrong and nothing may come back. Kind, proofs, what the carrier owes;
//! repairs step by step; donations. Plain data; what follows are obligations like any other (see
//! `handle/claim.rs`).

use kernel::{Date, ObligationId};
use policy::ReturnReason;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The most proofs, carrier claims or donations one case holds.
pub const MAX_FILED: usize = 100;

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal;)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable written form.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The one written as `text`, if there is one.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|k| k.as_str() == text)
            }
        }
    };
}

named! {
    /// What went wrong.
    ClaimKind {
        /// The parcel never came.
        NotReceived = "not_received";
        /// The parcel came, a unit was not in it.
        MissingItem = "missing_item";
        /// It came broken.
        Damaged = "damaged";
        /// It is significantly not as described.
        NotAsDescribed = "not_as_described";
        /// Nothing is wrong enough for a right; the house makes up for it.
        Goodwill = "goodwill";
    }
}

impl ClaimKind {
    /// The reason it stands for where policy and law ask for one.
    pub const fn reason(self) -> ReturnReason {
        match self {
            Self::NotReceived => ReturnReason::LateDelivery,
            Self::MissingItem => ReturnReason::MissingParts,
            Self::Damaged => ReturnReason::DamagedInTransit,
            Self::NotAsDescribed => ReturnReason::NotAsDescribed,
            Self::Goodwill => ReturnReason::Other,
        }
    }
}

named! {
    /// What a proof is.
    ProofKind {
        /// The carrier's proof of delivery.
        Delivery = "delivery";
        /// A signature at the door.
        Signature = "signature";
        /// A scan on the way.
        Scan = "scan";
        /// Where the van stood.
        Position = "position";
        /// A photograph.
        Photo = "photo";
        /// The consumer's signed declaration that nothing came.
        NonReceipt = "non_receipt";
        /// What somebody says: the carrier, a neighbour.
        Statement = "statement";
    }
}

named! {
    /// What a proof speaks for.
    Speaks {
        /// The goods were handed over.
        Delivered = "delivered";
        /// They were not.
        NotDelivered = "not_delivered";
        /// Neither.
        Open = "open";
    }
}

/// A proof on file. The words are free of personal data or refer to stored ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// What it is.
    pub kind: ProofKind,
    /// The day it is of.
    pub on: Date,
    /// What it speaks for.
    pub speaks: Speaks,
    /// Where it is kept, or its number at the carrier.
    pub reference: Arc<str>,
}

/// A claim against the carrier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarrierClaim {
    /// Which carrier.
    pub carrier: Arc<str>,
    /// Its number of the parcel.
    pub tracking: Arc<str>,
    /// What it is asked to pay, minor units.
    pub asked_minor: i64,
    /// The day it was filed.
    pub filed_on: Date,
    /// What it paid, once it is over; 0 if it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovered_minor: Option<i64>,
}

/// When the vendor of goods bears what a customer gets back for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VendorBears {
    /// Never: `vendor` of a line is a maker, or has another agreement with the client.
    #[default]
    Never,
    /// For goods that were not as sold: the fault is the seller's.
    Fault,
    /// For every return of its goods.
    Always,
}

/// What a vendor is asked to bear of what is granted for a line of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VendorCharge {
    /// Index of the order line.
    pub line: u16,
    /// Who sold the goods.
    pub vendor: Arc<str>,
    /// Granted for the line before, not theirs to bear; minor units.
    #[serde(default)]
    pub before_minor: i64,
    /// What has been answered of what was asked, minor units.
    #[serde(default)]
    pub answered_minor: i64,
    /// What they paid, minor units.
    #[serde(default)]
    pub recovered_minor: i64,
}

named! {
    /// How far a repair is. Before the first step it waits for the goods.
    RepairStep {
        /// At the workshop.
        AtWorkshop = "at_workshop";
        /// Repaired and on its way back; ends the repair.
        Returned = "returned";
        /// Not worth it: another remedy is due.
        BeyondRepair = "beyond_repair";
    }
}

/// A repair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// Its obligation.
    pub obligation: ObligationId,
    /// How far it is.
    pub step: RepairStep,
}

/// Units the customer gives away instead of sending them back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Donation {
    /// Index of the order line.
    pub line: u16,
    /// Units.
    pub units: u32,
    /// The proof that they were given away, once there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Arc<str>>,
}

impl crate::case::ReturnCase {
    /// What the vendor of a line bears.
    pub fn vendor_charge(&self, line: u16) -> Option<&VendorCharge> {
        self.vendor_charges.iter().find(|v| v.line == line)
    }

    /// What the vendor of a line is asked and has not answered, minor units; below zero when it
    /// gets back what it paid for money that was given up since.
    pub fn vendor_asked_minor(&self, line: u16) -> i64 {
        let granted = self.line(line).map_or(0, |l| l.granted_minor);
        self.vendor_charge(line)
            .map_or(0, |v| granted - v.before_minor - v.answered_minor)
    }
}
