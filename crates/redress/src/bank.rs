//! Payment files: one spool per client, and the loop that closes batches, reads the bank's
//! answers and hands them to the house.

use crate::config::Config;
use anyhow::Context as _;
use app::{App, settings::GatewayChoice};
use async_trait::async_trait;
use gateways::iso20022::{BatchId, Debtor, FileGateway, Spool, Subject, payment_key};
use kernel::ClientId;
use ports::{GatewayError, PaymentGateway, PaymentOrder, PaymentState, Submission};
use std::{collections::HashMap, time::Duration};
use tokio::sync::watch;

/// How often batches are closed and answers read.
const TICK: Duration = Duration::from_secs(2);

/// The banks of all clients behind one gateway name; an order goes to its own client's.
#[derive(Debug, Default)]
pub struct Banks {
    by_client: HashMap<ClientId, FileGateway>,
}

impl Banks {
    /// Opens the spools under `data/bank/<client>` of every client that pays by files.
    pub fn open(config: &Config, directory: &app::directory::Directory) -> anyhow::Result<Self> {
        let mut banks = Self::default();
        for client in directory.clients() {
            let settings = &client.settings;
            let Some(payer) = &settings.payer else {
                continue;
            };
            if settings.gateway != GatewayChoice::Iso20022 {
                continue;
            }
            let debtor = Debtor {
                name: payer.name.clone(),
                iban: payer
                    .iban
                    .parse()
                    .with_context(|| format!("the account of {}", client.name))?,
                bic: payer.bic.clone(),
            };
            let spool = Spool::open(config.data.join("bank").join(&client.slug), debtor)?;
            banks.by_client.insert(client.id, FileGateway::new(spool));
        }
        Ok(banks)
    }

    /// Closes batches and takes in answers until `stop` turns true.
    pub async fn run(&self, app: App, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            for (client, gateway) in &self.by_client {
                if let Err(error) = exchange(&app, *client, gateway).await {
                    tracing::warn!(%client, %error, "the bank's folder could not be worked through");
                }
            }
            tokio::select! {
                () = tokio::time::sleep(TICK) => {}
                _ = stop.changed() => {}
            }
        }
    }
}

/// One round with one bank.
async fn exchange(app: &App, client: ClientId, gateway: &FileGateway) -> anyhow::Result<()> {
    let now = app.now();
    let day = app
        .directory()
        .client(client)
        .map(|c| c.day(now))
        .context("no such client")?;
    gateway.flush(BatchId(app.mint(now)), now, day).await?;
    for file in gateway.read_inbox().await? {
        match &file.answers {
            Ok(answers) => {
                for answer in answers {
                    let Subject::Payment { end_to_end_id } = &answer.subject else {
                        continue;
                    };
                    // A booking that is none of ours: the account has other payments too.
                    let Some(key) = payment_key(end_to_end_id) else {
                        continue;
                    };
                    app.payment_answer(key, &answer.state(), "iso20022", &file.name)
                        .await?;
                }
            }
            // It is moved to `done` all the same: the log names it and nothing of it was used.
            Err(error) => tracing::error!(file = file.name, %error, "a bank file cannot be read"),
        }
        gateway.acknowledge(file.name).await?;
    }
    Ok(())
}

#[async_trait]
impl PaymentGateway for Banks {
    fn name(&self) -> &'static str {
        "iso20022"
    }

    async fn submit(&self, order: &PaymentOrder) -> Result<Submission, GatewayError> {
        self.of(order)?.submit(order).await
    }

    async fn find(&self, order: &PaymentOrder) -> Result<Option<PaymentState>, GatewayError> {
        self.of(order)?.find(order).await
    }
}

impl Banks {
    fn of(&self, order: &PaymentOrder) -> Result<&FileGateway, GatewayError> {
        self.by_client
            .get(&order.client)
            .ok_or_else(|| GatewayError::NotSent("this client has no bank account set up".into()))
    }
}
