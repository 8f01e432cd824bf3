//! The played card processor of demo clients. It holds no money and keeps no books: its page is in
//! the portal, where somebody presses "pay" or "decline", and what they press comes back as a
//! message like any provider's.

use async_trait::async_trait;
use kernel::ClientId;
use ports::{
    CaptureOrder, Checkout, CheckoutOrder, GatewayError, PaymentGateway, PaymentOrder,
    PaymentState, Submission,
};

/// The played card processor.
#[derive(Debug, Clone, Copy, Default)]
pub struct Till;

#[async_trait]
impl PaymentGateway for Till {
    fn name(&self) -> &'static str {
        "sandbox"
    }

    async fn submit(&self, _: &PaymentOrder) -> Result<Submission, GatewayError> {
        Err(GatewayError::Refused {
            code: "takes_only".to_owned(),
            reason: "the played till pays nothing out".to_owned(),
        })
    }

    async fn find(&self, _: &PaymentOrder) -> Result<Option<PaymentState>, GatewayError> {
        Ok(None)
    }

    async fn open_checkout(&self, order: &CheckoutOrder) -> Result<Checkout, GatewayError> {
        Ok(Checkout {
            reference: format!("till-{}", order.key()),
            url: format!("{}/till", order.page),
        })
    }

    async fn find_checkout(
        &self,
        order: &CheckoutOrder,
    ) -> Result<Option<PaymentState>, GatewayError> {
        // Open until somebody presses a button on it.
        Ok(order
            .opened
            .clone()
            .map(|provider_ref| PaymentState::Pending { provider_ref }))
    }

    async fn capture(&self, order: &CaptureOrder) -> Result<Submission, GatewayError> {
        Ok(Submission::Settled {
            provider_ref: format!("till-{}", order.key),
        })
    }

    async fn find_capture(
        &self,
        order: &CaptureOrder,
    ) -> Result<Option<PaymentState>, GatewayError> {
        Ok(Some(PaymentState::Settled {
            on: None,
            provider_ref: format!("till-{}", order.key),
        }))
    }

    async fn release(&self, _: ClientId, _: &str) -> Result<(), GatewayError> {
        Ok(())
    }
}
