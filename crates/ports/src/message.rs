//! Telling others: mail to people, signed webhooks to systems. What is written and how it is
//! signed is decided before it gets here; these ports only carry it.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// The largest webhook body sent, in bytes.
pub const WEBHOOK_BODY_MAX: usize = 256 * 1024;

/// A file that goes with a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// Its bytes.
    pub content: Vec<u8>,
}

/// One mail to one recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// The part of the `Message-ID` before the `@`; equal for every try, so that a repeat is
    /// recognised by receivers.
    pub id: String,
    /// Sender address.
    pub from: String,
    /// Recipient address.
    pub to: String,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<String>,
    /// Subject; one line.
    pub subject: String,
    /// Plain text; always present.
    pub text: String,
    /// The same as HTML.
    pub html: Option<String>,
    /// Files.
    pub attachments: Vec<Attachment>,
}

/// A webhook to post; headers already hold its id, time and signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookRequest {
    /// The receiver's https address.
    pub url: String,
    /// Header names and values.
    pub headers: Vec<(String, String)>,
    /// The exact bytes that were signed; at most [`WEBHOOK_BODY_MAX`].
    pub body: Vec<u8>,
}

/// Why a message did not go out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Nobody took it; try again later.
    #[error("not delivered, may be tried again: {0}")]
    Later(String),
    /// It will never be taken: no such mailbox, a forbidden address.
    #[error("not deliverable: {0}")]
    Never(String),
}

/// Sends mail.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands one mail to the mail system. At least once: a repeat after a lost answer may
    /// arrive twice under the same `Message-ID`.
    async fn send(&self, mail: &Mail) -> Result<(), SendError>;

    /// Deletes what is kept of a mail: nothing, unless the mail system is this house itself.
    async fn forget(&self, id: &str) -> Result<(), SendError> {
        let _ = id;
        Ok(())
    }
}

/// Posts webhooks. Implementations refuse private network addresses and follow no redirects.
#[async_trait]
pub trait WebhookSender: Send + Sync {
    /// Whether an address would be posted to, as far as it can be told without looking its name up.
    fn would_post(&self, _url: &str) -> bool {
        true
    }

    /// Posts one request and gives the HTTP status; `Err` when there was no status at all.
    async fn post(&self, request: &WebhookRequest) -> Result<u16, SendError>;
}
