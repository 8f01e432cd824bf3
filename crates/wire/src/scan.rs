//! Carrier scans as carriers' webhooks tell them: EasyPost tracker bodies and UPS Track Alert.
//! Only read here; what a code means is for logistics.

use crate::{
    error::WireError,
    limits::{MAX_WEBHOOK, parse_json},
};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// Most scans taken from one body.
pub const MAX_SCANS: usize = 500;
/// Longest tracking number or code, bytes.
const MAX_CODE: usize = 64;

/// One scan of one parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarrierScan {
    /// Carrier's tracking number.
    pub tracking: String,
    /// Status in the sender's taxonomy: EasyPost's `status`, UPS's status `type`.
    pub code: String,
    /// The finer code under it (EasyPost `status_detail`, UPS `code`); may be empty.
    pub raw_code: String,
    /// When it happened.
    pub at: Timestamp,
    /// Town, region and country as told; may be empty.
    pub place: String,
}

#[derive(Deserialize)]
struct EasyPostEvent {
    result: Tracker,
}

#[derive(Deserialize)]
struct Tracker {
    #[serde(rename = "tracking_code")]
    code: String,
    #[serde(default, rename = "tracking_details")]
    details: Vec<Checkpoint>,
}

#[derive(Deserialize)]
struct Checkpoint {
    status: Option<String>,
    status_detail: Option<String>,
    datetime: Timestamp,
    tracking_location: Option<Location>,
}

#[derive(Deserialize)]
struct Location {
    city: Option<String>,
    #[serde(alias = "stateProvince")]
    state: Option<String>,
    country: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TrackAlert {
    #[serde(rename = "trackingNumber")]
    number: String,
    activity_location: Option<Location>,
    activity_status: UpsStatus,
    gmt_activity_date: String,
    gmt_activity_time: String,
}

#[derive(Deserialize)]
struct UpsStatus {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    code: String,
}

/// Scans of an EasyPost tracker: the `Tracker` itself or the `Event` around it. Oldest first,
/// as sent; the same scans come again with every update.
pub fn from_easypost(body: &[u8]) -> Result<Vec<CarrierScan>, WireError> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Body {
        Event(EasyPostEvent),
        Tracker(Tracker),
    }
    let tracker = match parse_json(body, MAX_WEBHOOK)? {
        Body::Event(event) => event.result,
        Body::Tracker(tracker) => tracker,
    };
    if tracker.details.len() > MAX_SCANS {
        return Err(WireError::Json(format!(
            "expected at most {MAX_SCANS} scans"
        )));
    }
    let scan = |d: Checkpoint| {
        bounded(CarrierScan {
            tracking: tracker.code.clone(),
            code: d.status.unwrap_or_default(),
            raw_code: d.status_detail.unwrap_or_default(),
            at: d.datetime,
            place: place(d.tracking_location),
        })
    };
    tracker.details.into_iter().map(scan).collect()
}

/// The one scan of a UPS Track Alert. Its GMT time is taken; the local one has no offset.
pub fn from_ups(body: &[u8]) -> Result<CarrierScan, WireError> {
    let alert: TrackAlert = parse_json(body, MAX_WEBHOOK)?;
    let time = format!("{} {}", alert.gmt_activity_date, alert.gmt_activity_time);
    let at = jiff::civil::DateTime::strptime("%Y%m%d %H%M%S", &time)
        .and_then(|t| t.to_zoned(jiff::tz::TimeZone::UTC))
        .map_err(|_| WireError::Json("expected gmtActivityDate and gmtActivityTime".into()))?
        .timestamp();
    bounded(CarrierScan {
        tracking: alert.number,
        code: alert.activity_status.kind,
        raw_code: alert.activity_status.code,
        at,
        place: place(alert.activity_location),
    })
}

fn place(location: Option<Location>) -> String {
    let parts = location
        .map(|l| [l.city, l.state, l.country])
        .unwrap_or_default();
    let parts: Vec<String> = parts
        .into_iter()
        .flatten()
        .filter(|p| !p.is_empty())
        .collect();
    parts.join(", ").chars().take(128).collect()
}

fn bounded(scan: CarrierScan) -> Result<CarrierScan, WireError> {
    let sizes = [&scan.tracking, &scan.code, &scan.raw_code].map(String::len);
    if scan.tracking.is_empty() || sizes.iter().any(|s| *s > MAX_CODE) {
        return Err(WireError::Json(
            "expected a tracking number and codes of 1..=64 bytes".into(),
        ));
    }
    Ok(scan)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ups_time_is_gmt() {
        let body = br#"{"trackingNumber":"1Z1","gmtActivityDate":"20240423",
            "gmtActivityTime":"131519","activityLocation":{"city":"X","stateProvince":"NC",
            "country":"US"},"activityStatus":{"type":"I","code":"OT"}}"#;
        let scan = from_ups(body).unwrap();
        assert_eq!(scan.at.to_string(), "2024-04-23T13:15:19Z");
        assert_eq!(
            (scan.place.as_str(), scan.raw_code.as_str()),
            ("X, NC, US", "OT")
        );
        assert!(from_ups(b"{}").is_err());
    }
}
