//! Payment processors: one account per client behind each gateway's name.

use crate::config::{Config, private};
use anyhow::Context as _;
use app::directory::Directory;
use async_trait::async_trait;
use gateways::{
    adyen::AdyenGateway,
    paypal::{Credentials, PayPalGateway},
    stripe::StripeGateway,
};
use kernel::ClientId;
use ports::{
    Asking, CaptureOrder, Checkout, CheckoutOrder, EvidenceOrder, GatewayError, PaymentGateway,
    PaymentOrder, PaymentState, Submission,
};
use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::Arc,
    time::Duration,
};

/// How long one call may take.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A client's account and the secrets its messages are signed with, where we check them ourselves.
struct Account<G> {
    gateway: G,
    signed_with: Vec<String>,
}

/// The accounts of all clients at one processor; an order goes to its own client's.
pub struct Accounts<G> {
    name: &'static str,
    by_client: HashMap<ClientId, Account<G>>,
}

/// Every processor.
pub struct Cards {
    /// Processors that speak Stripe's API.
    pub stripe: Arc<Accounts<StripeGateway>>,
    /// Adyen.
    pub adyen: Arc<Accounts<AdyenGateway>>,
    /// PayPal.
    pub paypal: Arc<Accounts<PayPalGateway>>,
}

impl Cards {
    /// Reads the keys of every client that is configured.
    pub fn open(config: &Config, directory: &Directory) -> anyhow::Result<Self> {
        let written = &config.processors;
        Ok(Self {
            stripe: Accounts::open("stripe", directory, &written.stripe, |a| {
                let gateway = StripeGateway::new(&a.base, secret(&a.secret_file)?, TIMEOUT)?;
                let signed_with = a.webhook_secret_file.as_deref().map(secrets);
                Ok(Account {
                    gateway,
                    signed_with: signed_with.transpose()?.unwrap_or_default(),
                })
            })?,
            adyen: Accounts::open("adyen", directory, &written.adyen, |a| {
                let key = secret(&a.api_key_file)?;
                Ok(Account {
                    gateway: AdyenGateway::new(&a.base, &a.merchant_account, &key, TIMEOUT)?,
                    signed_with: secrets(&a.hmac_key_file)?,
                })
            })?,
            paypal: Accounts::open("paypal", directory, &written.paypal, |a| {
                let who = Credentials {
                    id: a.client_id.clone(),
                    secret: secret(&a.secret_file)?,
                    webhook: a.webhook_id.clone(),
                };
                Ok(Account {
                    gateway: PayPalGateway::new(&a.base, who, TIMEOUT)?,
                    signed_with: Vec::new(),
                })
            })?,
        })
    }

    /// Each processor as a way to pay.
    pub fn gateways(&self) -> [Arc<dyn PaymentGateway>; 3] {
        [self.stripe.clone(), self.adyen.clone(), self.paypal.clone()]
    }
}

/// The secret a file holds alone.
fn secret(path: &Path) -> anyhow::Result<String> {
    Ok(private(path)?.trim().to_owned())
}

/// The secrets a file holds, one a line: two while one is being replaced.
fn secrets(path: &Path) -> anyhow::Result<Vec<String>> {
    let text = private(path)?;
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    let found: Vec<String> = lines.map(str::to_owned).collect();
    anyhow::ensure!(!found.is_empty(), "{} is empty", path.display());
    Ok(found)
}

impl<G> Accounts<G> {
    fn open<A>(
        name: &'static str,
        directory: &Directory,
        written: &BTreeMap<String, A>,
        account: impl Fn(&A) -> anyhow::Result<Account<G>>,
    ) -> anyhow::Result<Arc<Self>> {
        let mut by_client = HashMap::new();
        for (slug, a) in written {
            let client = directory
                .client_by_slug(slug)
                .with_context(|| format!("[{name}.{slug}] names no client of this house"))?;
            let opened = account(a).with_context(|| format!("[{name}.{slug}]"))?;
            by_client.insert(client.id, opened);
        }
        Ok(Arc::new(Self { name, by_client }))
    }

    /// The account of a client and the secrets its messages are signed with.
    pub fn account(&self, client: ClientId) -> Option<(&G, Vec<&str>)> {
        let account = self.by_client.get(&client)?;
        let secrets = account.signed_with.iter().map(String::as_str);
        Some((&account.gateway, secrets.collect()))
    }

    fn of(&self, client: ClientId) -> Result<&G, GatewayError> {
        let account = self.by_client.get(&client).map(|a| &a.gateway);
        account.ok_or_else(|| {
            GatewayError::NotSent(format!("this client has no account at {}", self.name))
        })
    }
}

#[async_trait]
impl<G: PaymentGateway> PaymentGateway for Accounts<G> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn asking(&self) -> Asking {
        // All accounts here are of one processor.
        let any = self.by_client.values().next();
        any.map_or(Asking::LookUp, |a| a.gateway.asking())
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

    fn takes_evidence(&self, client: ClientId) -> bool {
        self.of(client).is_ok_and(|g| g.takes_evidence(client))
    }

    async fn submit_evidence(&self, order: &EvidenceOrder) -> Result<(), GatewayError> {
        self.of(order.client)?.submit_evidence(order).await
    }

    async fn find_evidence(&self, order: &EvidenceOrder) -> Result<bool, GatewayError> {
        self.of(order.client)?.find_evidence(order).await
    }
}
