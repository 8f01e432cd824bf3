//! Card processors: one account per client behind one gateway name.

use crate::config::Config;
use anyhow::Context as _;
use app::directory::Directory;
use async_trait::async_trait;
use gateways::stripe::StripeGateway;
use kernel::ClientId;
use ports::{
    CaptureOrder, Checkout, CheckoutOrder, GatewayError, PaymentGateway, PaymentOrder,
    PaymentState, Submission,
};
use std::{collections::HashMap, time::Duration};

/// How long one call may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The card processors of all clients; an order goes to its own client's.
#[derive(Default)]
pub struct Cards {
    by_client: HashMap<ClientId, StripeGateway>,
}

impl Cards {
    /// Reads the keys of every client that is configured.
    pub fn open(config: &Config, directory: &Directory) -> anyhow::Result<Self> {
        let mut cards = Self::default();
        for (slug, account) in &config.stripe {
            let client = directory
                .client_by_slug(slug)
                .with_context(|| format!("[stripe.{slug}] names no client of this house"))?;
            let path = &account.secret_file;
            let secret = std::fs::read_to_string(path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            let gateway = StripeGateway::new(&account.base, secret.trim().to_owned(), TIMEOUT)?;
            cards.by_client.insert(client.id, gateway);
        }
        Ok(cards)
    }

    fn of(&self, client: ClientId) -> Result<&StripeGateway, GatewayError> {
        self.by_client
            .get(&client)
            .ok_or_else(|| GatewayError::NotSent("this client has no card processor set up".into()))
    }
}

#[async_trait]
impl PaymentGateway for Cards {
    fn name(&self) -> &'static str {
        "stripe"
    }

    async fn submit(&self, order: &PaymentOrder) -> Result<Submission, GatewayError> {
        self.of(order.client)?.submit(order).await
    }

    async fn find(&self, order: &PaymentOrder) -> Result<Option<PaymentState>, GatewayError> {
        self.of(order.client)?.find(order).await
    }

    async fn open_checkout(&self, order: &CheckoutOrder) -> Result<Checkout, GatewayError> {
        self.of(order.client)?.open_checkout(order).await
    }

    async fn find_checkout(
        &self,
        order: &CheckoutOrder,
    ) -> Result<Option<PaymentState>, GatewayError> {
        self.of(order.client)?.find_checkout(order).await
    }

    async fn capture(&self, order: &CaptureOrder) -> Result<Submission, GatewayError> {
        self.of(order.client)?.capture(order).await
    }

    async fn find_capture(
        &self,
        order: &CaptureOrder,
    ) -> Result<Option<PaymentState>, GatewayError> {
        self.of(order.client)?.find_capture(order).await
    }

    async fn release(&self, client: ClientId, hold: &str) -> Result<(), GatewayError> {
        self.of(client)?.release(client, hold).await
    }
}
