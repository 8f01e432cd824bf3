//! Requests that are about no case, done once under a key: imports, endpoints, drafts. The key is
//! taken before the work and gets the answer after it, so that of equal requests at the same
//! moment one works and the others wait for its answer. Commands to cases keep theirs in their own
//! write.

use super::Idempotency;
use crate::{App, AppError};
use kernel::ClientId;
use std::time::Duration;
use store::{Statement, Val, Write, questions::answers};

/// How long a key is taken before the same request may have it again: whoever took it then has
/// died, for nobody works longer than [`WORK_MAX`]. Clocks of nodes must agree within the rest.
pub const TAKEN_MAX: Duration = Duration::from_mins(2);
/// How long one may work under a key.
pub const WORK_MAX: Duration = Duration::from_secs(90);

/// The right to work under a key.
#[derive(Debug)]
pub struct Taken {
    client: ClientId,
    key: String,
    /// When, milliseconds: the name of this one beside those who take the key later.
    at: i64,
}

impl Taken {
    fn named(&self) -> Vec<Val> {
        vec![self.client.into(), self.key.as_str().into(), self.at.into()]
    }
}

/// What a request finds under its key.
#[derive(Debug)]
pub enum Turn {
    /// Nothing: it is this one's to do.
    Ours(Taken),
    /// The answer of the first.
    Answered(serde_json::Value),
    /// Another one is at it.
    UnderWay,
}

impl App {
    /// Takes the key for a request that is about no case, unless it was answered under it before
    /// or is being worked on.
    ///
    /// # Errors
    /// [`AppError::KeyReused`] when the key belongs to another request.
    pub async fn take_key(&self, client: ClientId, key: &Idempotency) -> Result<Turn, AppError> {
        let at = self.now().as_millisecond();
        let lease = i64::try_from(TAKEN_MAX.as_millis()).unwrap_or(i64::MAX);
        let lapsed = at.saturating_sub(lease);
        if let Some(kept) = answers::under(self.store(), client, &key.key).await? {
            if kept.request_hash != key.request {
                return Err(AppError::KeyReused);
            }
            if !kept.answer.is_empty() {
                return Ok(Turn::Answered(serde_json::from_str(&kept.answer)?));
            }
            if kept.at >= lapsed {
                return Ok(Turn::UnderWay);
            }
        }
        let params = vec![
            client.into(),
            key.key.as_str().into(),
            key.request.to_vec().into(),
            uuid::Uuid::nil().into(),
            at.into(),
            lapsed.into(),
        ];
        let mut write = Write::new();
        write.statement(answers::take(params));
        let written = self.store().write(write).await?;
        // No row: another one was faster.
        Ok(if written.iter().all(Vec::is_empty) {
            Turn::UnderWay
        } else {
            let key = key.key.clone();
            Turn::Ours(Taken { client, key, at })
        })
    }

    /// Keeps the answer to the request that took a key.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn keep_answer(
        &self,
        taken: Taken,
        answer: &serde_json::Value,
    ) -> Result<(), AppError> {
        let mut params = taken.named();
        params.push(answer.to_string().into());
        self.settle(answers::keep(params)).await
    }

    /// Lets go of a key: the request was refused, and the same one may be sent again.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn let_go(&self, taken: Taken) -> Result<(), AppError> {
        self.settle(answers::let_go(taken.named())).await
    }

    async fn settle(&self, statement: Statement) -> Result<(), AppError> {
        let mut write = Write::new();
        write.statement(statement);
        self.store().write(write).await?;
        Ok(())
    }
}
