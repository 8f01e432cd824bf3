//! Mail to a server that speaks SMTP (RFC 5321), over TLS unless the address says otherwise. What
//! it refuses for good is never tried again; everything else is, by the job queue, under the same
//! `Message-ID`.

use crate::compose;
use async_trait::async_trait;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use ports::{Mail, Mailer, SendError};
use std::time::Duration;

/// How long one conversation may take; shorter than a job's lease.
const CONVERSATION_MAX: Duration = Duration::from_secs(20);

/// Hands mail to a server.
#[derive(Clone)]
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    domain: String,
}

impl std::fmt::Debug for SmtpMailer {
    // The transport holds a password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SmtpMailer({})", self.domain)
    }
}

/// An address of a mail server that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the address of the mail server cannot be used: {0}")]
pub struct BadServer(String);

impl SmtpMailer {
    /// Mail to the server at `url`: `smtps://user:password@host`, or
    /// `smtp://user:password@host?tls=required` for STARTTLS; plain `smtp://host` only makes
    /// sense on the same machine. `domain` ends the `Message-ID`s.
    ///
    /// # Errors
    /// [`BadServer`] for an address that is none of these; it does not connect yet.
    pub fn new(url: &str, domain: impl Into<String>) -> Result<Self, BadServer> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url);
        // The message of the library could quote the address and with it the password.
        let builder = builder.map_err(|_| BadServer("smtp(s)://[user:password@]host".into()))?;
        Ok(Self {
            transport: builder.timeout(Some(CONVERSATION_MAX)).build(),
            domain: domain.into(),
        })
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        let message = compose(mail, &self.domain)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(e) if e.is_permanent() => Err(SendError::Never(e.to_string())),
            Err(e) => Err(SendError::Later(e.to_string())),
        }
    }
}
