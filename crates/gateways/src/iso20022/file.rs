//! [`Spool`] as a [`PaymentGateway`]: the blocking work on its own threads, one call at a time.

use super::{BatchId, InboxFile, Spool, SpoolError, end_to_end_id};
use async_trait::async_trait;
use kernel::{Date, Timestamp};
use ports::{GatewayError, PaymentGateway, PaymentOrder, PaymentState, Submission};
use std::sync::{Arc, Mutex, PoisonError};

/// Pays through files. One per client, over a directory of its own.
#[derive(Debug, Clone)]
pub struct FileGateway {
    spool: Arc<Mutex<Spool>>,
}

impl FileGateway {
    /// A gateway over `spool`.
    pub fn new(spool: Spool) -> Self {
        Self {
            spool: Arc::new(Mutex::new(spool)),
        }
    }

    /// See [`Spool::flush`].
    pub async fn flush(
        &self,
        batch: BatchId,
        created: Timestamp,
        execute_on: Date,
    ) -> Result<Vec<String>, SpoolError> {
        self.with(move |s| s.flush(batch, created, execute_on))
            .await
    }

    /// See [`Spool::read_inbox`].
    pub async fn read_inbox(&self) -> Result<Vec<InboxFile>, SpoolError> {
        self.with(Spool::read_inbox).await
    }

    /// See [`Spool::acknowledge`].
    pub async fn acknowledge(&self, name: String) -> Result<(), SpoolError> {
        self.with(move |s| s.acknowledge(&name)).await
    }

    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Spool) -> Result<T, SpoolError> + Send + 'static,
    ) -> Result<T, SpoolError> {
        let spool = Arc::clone(&self.spool);
        let job = tokio::task::spawn_blocking(move || {
            // The files are the state; a panic elsewhere leaves nothing half done in memory.
            work(&spool.lock().unwrap_or_else(PoisonError::into_inner))
        });
        job.await.unwrap_or_else(|e| {
            Err(SpoolError::Io(
                "spool".into(),
                std::io::Error::other(e.to_string()),
            ))
        })
    }
}

#[async_trait]
impl PaymentGateway for FileGateway {
    fn name(&self) -> &'static str {
        "iso20022"
    }

    async fn submit(&self, order: &PaymentOrder) -> Result<Submission, GatewayError> {
        let provider_ref = end_to_end_id(order.key());
        let order = order.clone();
        match self.with(move |s| s.add(&order)).await {
            Ok(()) => Ok(Submission::Accepted { provider_ref }),
            Err(SpoolError::Order(problem)) => Err(GatewayError::Refused {
                code: "order".into(),
                reason: problem.into(),
            }),
            // The first order under this key may be on its way: not a refusal of the payment.
            Err(error @ SpoolError::Changed(_)) => Err(GatewayError::Unknown(error.to_string())),
            // The order may be on disk although its sync failed; adding it again is harmless.
            Err(error) => Err(GatewayError::NotSent(error.to_string())),
        }
    }

    async fn find(&self, order: &PaymentOrder) -> Result<Option<PaymentState>, GatewayError> {
        let order = order.clone();
        let found = self.with(move |s| s.state(&order)).await;
        found.map_err(|e| GatewayError::Unknown(e.to_string()))
    }
}
