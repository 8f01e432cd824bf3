//! Rows that older versions did not keep, made once from what is stored, beside the running house.
//! A client's mark says that it is done; until then it begins again, which changes nothing.

use super::orders::payment_rows;
use crate::{App, AppError};
use kernel::ClientId;
use store::{Write, questions::orders, tables};
use tokio::sync::watch;
use uuid::Uuid;

/// Which order a payment belongs to.
const PAYMENTS: &str = "order_payment";
/// Orders read at once.
const PAGE: i64 = 200;

impl App {
    /// Makes for every client what older versions did not keep, and finds the orders of disputes
    /// that had none, then waits until `stop` turns true; stopped early, it begins again at the next
    /// start.
    pub async fn run_backfill(&self, mut stop: watch::Receiver<bool>) {
        for client in self.directory().clients().to_vec() {
            match self.backfill_payments(client.id, &stop).await {
                Ok(0) => {}
                Ok(orders) => tracing::info!(client = %client.id, orders, "payments are known"),
                Err(error) => tracing::warn!(client = %client.id, %error, "payments stay unknown"),
            }
        }
        // Nobody is left to tell when the sender is gone.
        let _ = stop.wait_for(|stop| *stop).await;
    }

    /// Notes which order each payment belongs to, for orders from before that was kept, then looks
    /// for the orders of disputes that had none. How many orders were looked at; none once it is
    /// done.
    ///
    /// # Errors
    /// Faults of the database; doing it again is safe.
    pub async fn backfill_payments(
        &self,
        client: ClientId,
        stop: &watch::Receiver<bool>,
    ) -> Result<u64, AppError> {
        if orders::backfilled(self.store(), client, PAYMENTS).await? {
            return Ok(0);
        }
        let (mut after, mut seen) = (Uuid::nil(), 0);
        loop {
            if *stop.borrow() {
                return Ok(seen);
            }
            let page = orders::orders_after(self.store(), client, after, PAGE).await?;
            let Some(last) = page.last() else {
                break;
            };
            after = last.order_id;
            let mut write = Write::new();
            for row in &page {
                seen += 1;
                // One that cannot be read is for the audit to name.
                if let Ok(order) = serde_json::from_str(&row.body) {
                    for payment in payment_rows(&order) {
                        write.row(&tables::ORDER_PAYMENT, payment);
                    }
                }
            }
            if !write.is_empty() {
                self.store().write(write).await?;
            }
        }
        self.link_disputes(client).await?;
        let mut write = Write::new();
        let now = self.now().as_millisecond();
        write.row(
            &tables::BACKFILL,
            vec![client.into(), PAYMENTS.into(), now.into()],
        );
        self.store().write(write).await?;
        Ok(seen)
    }
}
