//! RFC 8785 canonical JSON, with a guard for the one place where that format loses data.

use serde::Serialize;
use serde_json::Value;

/// The largest integer that JSON canonicalisation keeps exact: 2^53 - 1.
pub const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;

/// Why a value has no canonical form.
#[derive(Debug, thiserror::Error)]
pub enum CanonicalError {
    /// RFC 8785 writes every number as a double, so two such integers could share one text.
    #[error("the integer {0} is beyond 2^53 - 1; write it as a string")]
    InexactInteger(String),
    /// The value does not serialise to JSON.
    #[error("not representable as JSON")]
    Json(#[from] serde_json::Error),
}

/// The canonical bytes of `value`: same value, same bytes, whatever the key order was.
///
/// # Errors
/// [`CanonicalError::InexactInteger`] rather than a silent rounding; [`CanonicalError::Json`]
/// when `value` does not serialise.
pub fn canonical_json(value: &impl Serialize) -> Result<Vec<u8>, CanonicalError> {
    let value = serde_json::to_value(value)?;
    refuse_inexact(&value)?;
    Ok(serde_json_canonicalizer::to_vec(&value)?)
}

fn refuse_inexact(value: &Value) -> Result<(), CanonicalError> {
    match value {
        Value::Number(n) => {
            let magnitude = n.as_u64().or_else(|| n.as_i64().map(i64::unsigned_abs));
            match magnitude {
                Some(m) if m > MAX_SAFE_INTEGER => {
                    Err(CanonicalError::InexactInteger(n.to_string()))
                }
                _ => Ok(()),
            }
        }
        Value::Array(items) => items.iter().try_for_each(refuse_inexact),
        Value::Object(map) => map.values().try_for_each(refuse_inexact),
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The example of RFC 8785, section 3.2.2.
    #[test]
    fn rfc_8785_example() {
        let text = r#"{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],
            "string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}"#;
        let value: Value = serde_json::from_str(text).unwrap();
        let want = "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
            \"string\":\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";
        assert_eq!(
            String::from_utf8(canonical_json(&value).unwrap()).unwrap(),
            want
        );
    }

    #[test]
    fn integers_that_would_round_are_refused() {
        assert!(canonical_json(&json!({"a": [MAX_SAFE_INTEGER]})).is_ok());
        assert!(canonical_json(&json!({"a": [MAX_SAFE_INTEGER + 1]})).is_err());
        assert!(canonical_json(&json!(i64::MIN)).is_err());
    }
}
