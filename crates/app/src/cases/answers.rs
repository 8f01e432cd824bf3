//! Stored answers to requests that are about no case: imports, endpoints. Commands to cases keep
//! theirs in their own write.

use super::Idempotency;
use crate::{App, AppError};
use kernel::ClientId;
use store::{Write, WriteError, questions, tables};

impl App {
    /// The stored answer to a request that is about no case, under the caller's key.
    ///
    /// # Errors
    /// [`AppError::KeyReused`] when the key belongs to another request.
    pub async fn answered_before(
        &self,
        client: ClientId,
        key: &Idempotency,
    ) -> Result<Option<serde_json::Value>, AppError> {
        let stored = questions::orders::answer_under(self.store(), client, &key.key).await?;
        let Some((answer, hash)) = stored else {
            return Ok(None);
        };
        if hash != key.request {
            return Err(AppError::KeyReused);
        }
        Ok(Some(serde_json::from_str(&answer)?))
    }

    /// Keeps the answer to a request that is about no case. Whoever was first with the key wins.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn remember_answer(
        &self,
        client: ClientId,
        key: &Idempotency,
        answer: &serde_json::Value,
    ) -> Result<(), AppError> {
        let mut write = Write::new();
        write.row(
            &tables::IDEMPOTENCY,
            vec![
                client.into(),
                key.key.as_str().into(),
                key.request.to_vec().into(),
                uuid::Uuid::nil().into(),
                answer.to_string().into(),
                self.now().as_millisecond().into(),
            ],
        );
        match self.store().write(write).await {
            Ok(_) | Err(WriteError::Conflict { .. }) => Ok(()),
            Err(e) => Err(e.into()),
        }
    }
}
