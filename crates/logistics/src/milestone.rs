//! The one tracking vocabulary, and how each carrier's codes are read into it.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Where a parcel stands, the same word for every carrier.
///
/// The order is that of a journey and breaks ties between scans of the same second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Milestone {
    /// The carrier knows of the label; nobody has seen the parcel.
    LabelCreated,
    /// The label was voided before or instead of a journey.
    Cancelled,
    /// Dropped off, collected or first accepted: the carrier has it (settles "first scan" clients).
    FirstScan,
    /// Moving between facilities.
    InTransit,
    /// Delay, damage, failed attempt, wrong address: somebody has to look.
    Exception,
    /// With the driver.
    OutForDelivery,
    /// Waiting at a collection point.
    AvailableForPickup,
    /// On its way back to the person who sent it.
    ReturnToSender,
    /// Handed over at the destination.
    Delivered,
    /// The carrier says it will not arrive.
    Lost,
}

impl Milestone {
    /// All of them, in journey order.
    pub const ALL: [Self; 10] = [
        Self::LabelCreated,
        Self::Cancelled,
        Self::FirstScan,
        Self::InTransit,
        Self::Exception,
        Self::OutForDelivery,
        Self::AvailableForPickup,
        Self::ReturnToSender,
        Self::Delivered,
        Self::Lost,
    ];

    /// The stable code in files, events and the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LabelCreated => "label_created",
            Self::Cancelled => "cancelled",
            Self::FirstScan => "first_scan",
            Self::InTransit => "in_transit",
            Self::Exception => "exception",
            Self::OutForDelivery => "out_for_delivery",
            Self::AvailableForPickup => "available_for_pickup",
            Self::ReturnToSender => "return_to_sender",
            Self::Delivered => "delivered",
            Self::Lost => "lost",
        }
    }

    /// True when the carrier must have held the parcel to say so; a label print is no such proof.
    pub const fn carrier_has_it(self) -> bool {
        matches!(
            self,
            Self::FirstScan
                | Self::InTransit
                | Self::OutForDelivery
                | Self::AvailableForPickup
                | Self::ReturnToSender
                | Self::Delivered
        )
    }

    /// EasyPost tracker `status`, refined by `status_detail` (may be empty); `None` for `unknown`
    /// and words we have not met. Source: EasyPost Tracker object.
    pub fn from_easypost(status: &str, detail: &str) -> Option<Self> {
        match (status, detail) {
            ("failure" | "error", "lost") => Some(Self::Lost),
            ("in_transit", "received_at_origin_facility") => Some(Self::FirstScan),
            ("pre_transit", _) => Some(Self::LabelCreated),
            ("in_transit", _) => Some(Self::InTransit),
            ("out_for_delivery", _) => Some(Self::OutForDelivery),
            ("available_for_pickup", _) => Some(Self::AvailableForPickup),
            ("delivered", _) => Some(Self::Delivered),
            ("return_to_sender", _) => Some(Self::ReturnToSender),
            ("failure" | "error", _) => Some(Self::Exception),
            ("cancelled", _) => Some(Self::Cancelled),
            _ => None,
        }
    }

    /// ShipEngine two-letter `status_code`; `None` for `UN`. Source: ShipEngine API 3.0.
    pub fn from_shipengine(code: &str) -> Option<Self> {
        match code {
            "NY" => Some(Self::LabelCreated),
            "AC" => Some(Self::FirstScan),
            "IT" => Some(Self::InTransit),
            "EX" | "AT" => Some(Self::Exception),
            "SP" => Some(Self::AvailableForPickup),
            "DE" => Some(Self::Delivered),
            _ => None,
        }
    }

    /// UPS activity status `type` and `code` (may be empty); `None` for updates of the promised
    /// date (`U`) and words we have not met. Type `D` also covers "loaded on the vehicle", so only
    /// the code `FS` is a handover: money may hang on it. Source: UPS Track Alert description for
    /// `M MV X I U D`; the older one-letter types of the Tracking API for the rest.
    pub fn from_ups(status_type: &str, code: &str) -> Option<Self> {
        match (status_type, code) {
            ("D", "FS") => Some(Self::Delivered),
            ("M", _) => Some(Self::LabelCreated),
            ("MV", _) => Some(Self::Cancelled),
            ("P", _) => Some(Self::FirstScan),
            ("D" | "O", _) | ("I", "OT") => Some(Self::OutForDelivery),
            ("I" | "W" | "DO" | "DD", _) => Some(Self::InTransit),
            ("X", _) => Some(Self::Exception),
            ("RS", _) => Some(Self::ReturnToSender),
            _ => None,
        }
    }
}

impl fmt::Display for Milestone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Milestone {
    type Err = kernel::error::ParseError;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|m| m.code() == s)
            .ok_or_else(|| kernel::error::ParseError::new(s, "a tracking milestone"))
    }
}

/// Whose codes a scan file or webhook speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeBook {
    /// Our own [`Milestone::code`]s: the built-in offline carrier.
    Redress,
    /// EasyPost `status`, or `status/status_detail`.
    Easypost,
    /// ShipEngine `status_code`.
    Shipengine,
    /// UPS activity status `type/code`.
    Ups,
}

impl CodeBook {
    /// The milestone `code` means in this book; `None` when it says nothing about the parcel.
    pub fn read(self, code: &str) -> Option<Milestone> {
        let (main, detail) = code.split_once('/').unwrap_or((code, ""));
        match self {
            Self::Redress => code.parse().ok(),
            Self::Easypost => Milestone::from_easypost(main, detail),
            Self::Shipengine => Milestone::from_shipengine(code),
            Self::Ups => Milestone::from_ups(main, detail),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_round_trip_and_match_the_wire() {
        for m in Milestone::ALL {
            assert_eq!(m.code().parse::<Milestone>().unwrap(), m);
            assert_eq!(serde_json::to_value(m).unwrap(), m.code());
        }
        assert!(Milestone::ALL.is_sorted());
    }

    #[test]
    fn every_published_carrier_word_is_mapped() {
        // EasyPost's ten words and ShipEngine's eight; only "unknown" says nothing.
        let easypost = "pre_transit in_transit out_for_delivery delivered available_for_pickup \
                        return_to_sender failure cancelled error";
        for word in easypost.split_whitespace() {
            assert!(CodeBook::Easypost.read(word).is_some(), "{word}");
        }
        for word in "AC IT DE EX AT NY SP".split_whitespace() {
            assert!(CodeBook::Shipengine.read(word).is_some(), "{word}");
        }
        assert_eq!(CodeBook::Easypost.read("unknown"), None);
        assert_eq!(CodeBook::Shipengine.read("UN"), None);
        assert_eq!(
            CodeBook::Easypost.read("failure/lost"),
            Some(Milestone::Lost)
        );
        // The two examples of the UPS Track Alert description.
        assert_eq!(CodeBook::Ups.read("I/OT"), Some(Milestone::OutForDelivery));
        assert_eq!(CodeBook::Ups.read("D/FS"), Some(Milestone::Delivered));
        // Loaded on the delivery vehicle is of type D too.
        assert_eq!(CodeBook::Ups.read("D"), Some(Milestone::OutForDelivery));
        assert_eq!(CodeBook::Ups.read("U"), None);
    }
}
