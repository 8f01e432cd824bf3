//! The answer to a dispute: the pack is uploaded as a file, then named as the evidence of the dispute,
//! which is submitted with it. Both calls carry our key, and the dispute keeps it as metadata, by which
//! an answer that was lost on the way is found again.

use super::gateway::StripeGateway;
use crate::http::{Part, multipart, plain};
use ports::{EvidenceOrder, GatewayError};
use reqwest::Url;
use serde::Deserialize;

/// The kind of file that can be evidence.
const PURPOSE: &[u8] = b"dispute_evidence";

#[derive(Deserialize)]
struct File {
    id: String,
}

#[derive(Deserialize)]
struct Disputed {
    #[serde(default)]
    metadata: Metadata,
    #[serde(default)]
    evidence_details: Details,
}

#[derive(Deserialize, Default)]
struct Metadata {
    #[serde(default)]
    redress_key: Option<String>,
}

#[derive(Deserialize, Default)]
struct Details {
    #[serde(default)]
    submission_count: u32,
}

impl Disputed {
    fn holds(&self, order: &EvidenceOrder) -> bool {
        self.metadata.redress_key.as_deref() == Some(&*order.key)
            && self.evidence_details.submission_count > 0
    }
}

impl StripeGateway {
    fn dispute(&self, order: &EvidenceOrder) -> Result<Url, GatewayError> {
        let path = format!("/v1/disputes/{}", plain(&order.dispute)?);
        let url = self.refunds.join(&path);
        url.map_err(|e| GatewayError::NotSent(e.to_string()))
    }

    /// Files are taken in at a host of their own.
    fn files(&self) -> Result<Url, GatewayError> {
        let url = self.refunds.join("/v1/files");
        let mut url = url.map_err(|e| GatewayError::NotSent(e.to_string()))?;
        if url.host_str() == Some("api.stripe.com") {
            url.set_host(Some("files.stripe.com"))
                .map_err(|e| GatewayError::NotSent(e.to_string()))?;
        }
        Ok(url)
    }

    pub(super) async fn hand_over(&self, order: &EvidenceOrder) -> Result<(), GatewayError> {
        let dispute = self.dispute(order)?;
        let (kind, form) = multipart(&[
            Part {
                name: "purpose",
                file: None,
                content: PURPOSE,
            },
            Part {
                name: "file",
                file: Some(("evidence.pdf", "application/pdf")),
                content: &order.pdf,
            },
        ]);
        let upload = self
            .http
            .post(self.files()?)
            .header("Idempotency-Key", format!("{}-file", order.key))
            .header("Content-Type", kind)
            .body(form);
        // A file that nothing names does nothing: whatever became of the upload, it may be made again.
        let file: File = self.call(upload).await.map_err(|e| match e {
            GatewayError::Unknown(why) => GatewayError::NotSent(why),
            other => other,
        })?;
        let form = [
            ("evidence[uncategorized_file]", file.id.as_str()),
            ("evidence[uncategorized_text]", order.note.as_str()),
            ("metadata[redress_key]", order.key.as_str()),
            ("submit", "true"),
        ];
        let request = self
            .http
            .post(dispute)
            .header("Idempotency-Key", &order.key);
        let disputed: Disputed = self.call(request.form(&form)).await?;
        if disputed.holds(order) {
            Ok(())
        } else {
            Err(GatewayError::Unknown(
                "the dispute does not name our answer".into(),
            ))
        }
    }

    pub(super) async fn look_for(&self, order: &EvidenceOrder) -> Result<bool, GatewayError> {
        let disputed: Disputed = self.call(self.http.get(self.dispute(order)?)).await?;
        Ok(disputed.holds(order))
    }
}
