//! The answer to a dispute: the pack as a document of the kind `OTHER` with a note. PayPal keeps no id
//! of ours beside it, so the note ends with our key, by which the answer is found again.

use super::gateway::PayPalGateway;
use crate::http::{Part, multipart, plain};
use ports::{EvidenceOrder, GatewayError};
use serde::Deserialize;

#[derive(Deserialize)]
struct Disputed {
    #[serde(default)]
    evidences: Vec<Evidence>,
}

#[derive(Deserialize)]
struct Evidence {
    #[serde(default)]
    notes: Option<String>,
}

/// What PayPal answers says nothing we do not know.
#[derive(Deserialize)]
struct Taken {}

impl PayPalGateway {
    pub(super) async fn hand_over(&self, order: &EvidenceOrder) -> Result<(), GatewayError> {
        let path = format!(
            "/v1/customer/disputes/{}/provide-evidence",
            plain(&order.dispute)?
        );
        let input = serde_json::json!({ "evidences": [{
            "evidence_type": "OTHER",
            "notes": format!("{} [{}]", order.note, order.key),
        }]});
        let input = input.to_string();
        let (kind, form) = multipart(&[
            Part {
                name: "input",
                file: Some(("input.json", "application/json")),
                content: input.as_bytes(),
            },
            Part {
                name: "file1",
                file: Some(("evidence.pdf", "application/pdf")),
                content: &order.pdf,
            },
        ]);
        let request = self
            .http
            .post(self.url(&path)?)
            .header("PayPal-Request-Id", &order.key)
            .header("Content-Type", kind)
            .body(form);
        let Taken {} = self.call(request).await?;
        Ok(())
    }

    pub(super) async fn look_for(&self, order: &EvidenceOrder) -> Result<bool, GatewayError> {
        let path = format!("/v1/customer/disputes/{}", plain(&order.dispute)?);
        let disputed: Disputed = self.get(&path).await?;
        let ours = |e: &Evidence| e.notes.as_deref().is_some_and(|n| n.contains(&order.key));
        Ok(disputed.evidences.iter().any(ours))
    }
}
