//! The CloudEvents 1.0 envelope in its structured JSON form
//! (`application/cloudevents+json`), as our outgoing webhooks use it.

use crate::{
    error::WireError,
    limits::{MAX_WEBHOOK, parse_json},
};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Media type of a structured event.
pub const MEDIA_TYPE: &str = "application/cloudevents+json";

/// One event (CloudEvents 1.0, required attributes first). Unknown extension attributes of
/// others are passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CloudEvent {
    /// Always `1.0`.
    pub specversion: String,
    /// Unique together with `source`; the consumer's key against repeats.
    pub id: String,
    /// URI reference of who says it.
    pub source: String,
    /// What happened, reverse-DNS.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Timestamp>,
    /// What it happened to, inside `source`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Media type of `data`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub datacontenttype: Option<String>,
    /// What is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
}

impl CloudEvent {
    /// An event with JSON data.
    pub fn new(id: &str, source: &str, kind: &str, time: Timestamp, data: Value) -> Self {
        Self {
            specversion: "1.0".to_owned(),
            id: id.to_owned(),
            source: source.to_owned(),
            kind: kind.to_owned(),
            time: Some(time),
            subject: None,
            datacontenttype: Some("application/json".to_owned()),
            data: Some(data),
        }
    }

    /// Reads a structured event and checks its required attributes.
    pub fn parse(body: &[u8]) -> Result<Self, WireError> {
        let event: Self = parse_json(body, MAX_WEBHOOK)?;
        let required = [&event.id, &event.source, &event.kind];
        if event.specversion != "1.0" || required.iter().any(|v| v.is_empty()) {
            return Err(WireError::Json(
                "expected a CloudEvents 1.0 id, source and type".into(),
            ));
        }
        Ok(event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trips_and_refuses_other_versions() {
        let time = "2026-01-10T09:00:00Z".parse().unwrap();
        let event = CloudEvent::new("1", "/redress", "x.case.settled", time, Value::from(3));
        let json = serde_json::to_string(&event).unwrap();
        assert!(json.contains(r#""type":"x.case.settled""#), "{json}");
        assert_eq!(CloudEvent::parse(json.as_bytes()).unwrap(), event);
        assert!(CloudEvent::parse(json.replace("1.0", "0.3").as_bytes()).is_err());
    }
}
