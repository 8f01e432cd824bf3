//! What documents must satisfy: each is stored as its event says and with the hash it commits to,
//! and the numbers of a client have no gap.

use super::{AuditFinding, Invariant};
use crate::{
    App, AppError,
    acknowledge::sha256,
    documents::{Content, Fact, Told},
};
use kernel::{CaseId, ClientId, DocumentId};
use store::questions::{cases::EventRow, documents, privacy};

impl App {
    /// Checks the stream of one document.
    pub(super) async fn audit_document(
        &self,
        client: ClientId,
        stream: CaseId,
        events: &[EventRow],
    ) -> Result<Vec<AuditFinding>, AppError> {
        let tell = |words: String| AuditFinding {
            invariant: Invariant::Books,
            client,
            order: None,
            case: Some(stream),
            words,
        };
        let id = DocumentId(stream.0);
        let head = documents::by_id(self.store(), client, id).await?;
        let Some(head) = head else {
            return Ok(vec![tell("a document is in the log and not stored".into())]);
        };
        let mut found = Vec::new();
        let stored = match self.document_content(client, id).await? {
            Content::Here { body, xml } if xml.is_empty() => sha256(&body),
            Content::Here { xml, .. } => sha256(&xml),
            Content::Missing => String::new(),
            // Erased after the time it had to be kept: what is left is its hash.
            Content::Erased { buyer } => {
                let keys = self.client_keys(client).await?;
                let subject = keys.index.erased(buyer);
                let erased = privacy::erasures_of(self.store(), client, &subject).await?;
                if !erased.iter().any(|e| e.state == "done") {
                    let words = "it cannot be read, and its buyer was not erased".to_owned();
                    found.push(tell(words));
                }
                head.sha256.clone()
            }
        };
        for event in events {
            let fact: Fact = match serde_json::from_str(&event.body) {
                Ok(fact) => fact,
                Err(e) => {
                    found.push(tell(format!("event {} cannot be read: {e}", event.version)));
                    continue;
                }
            };
            let Told::DocumentIssued {
                number,
                kind,
                case,
                obligation,
                gross_minor,
                tax_minor,
                sha256,
                ..
            } = fact.what;
            if sha256 != stored || head.sha256 != stored {
                found.push(tell(format!("document {number} is not what was issued")));
            }
            let same = head.name == number
                && head.kind == kind.as_str()
                && head.case_id == case.0
                && head.obligation_id == obligation.0
                && (head.gross_minor, head.tax_minor) == (gross_minor, tax_minor);
            if !same {
                found.push(tell(format!(
                    "document {number} is not filed as it was issued"
                )));
            }
        }
        if events.len() != 1 {
            found.push(tell(format!("document {} was changed", head.name)));
        }
        Ok(found)
    }

    /// Checks that no number of the client's series is missing. The count is read after
    /// the last number: documents issued meanwhile only make it larger.
    pub(super) async fn audit_numbers(
        &self,
        client: ClientId,
    ) -> Result<Vec<AuditFinding>, AppError> {
        let last = documents::last(self.store(), client).await?;
        let count = documents::count(self.store(), client).await?;
        let gap = (count < last).then(|| AuditFinding {
            invariant: Invariant::Books,
            client,
            order: None,
            case: None,
            words: format!("the last document has number {last}, and there are {count}"),
        });
        Ok(gap.into_iter().collect())
    }
}
