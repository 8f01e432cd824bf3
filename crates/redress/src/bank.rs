//! Payment files: one spool per client, and the loop that closes batches, reads the bank's
//! answers and hands them to the house.

use crate::{adapters::SystemEntropy, config::Config};
use anyhow::Context as _;
use app::App;
use app::folders::{Epoch, FOLDER_LEASE, Folder};
use async_trait::async_trait;
use gateways::iso20022::{BankAnswer, BatchId, Debtor, FileGateway, Spool, Subject, payment_key};
use kernel::ClientId;
use ports::{
    Entropy as _, GatewayError, PaymentGateway, PaymentKey, PaymentOrder, PaymentState, Submission,
};
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashMap,
    fs,
    path::Path,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::sync::watch;
use uuid::Uuid;

/// How often batches are closed and answers read.
const TICK: Duration = Duration::from_secs(2);

/// Nothing is begun in a folder this long before its lease ends.
const LEASE_MARGIN: Duration = Duration::from_secs(15);

/// The banks of all clients behind one gateway name; an order goes to its own client's.
#[derive(Debug, Default)]
pub struct Banks {
    by_client: HashMap<ClientId, Bank>,
}

/// One client's folder, and whether this process may work in it.
#[derive(Debug)]
struct Bank {
    gateway: FileGateway,
    folder: Folder,
    held: Mutex<Option<Held>>,
}

/// A lease, and when it was last kept.
#[derive(Debug, Clone, Copy)]
struct Held {
    epoch: Epoch,
    since: Instant,
}

impl Bank {
    fn held(&self) -> Option<Held> {
        *self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the folder or keeps it; whether it is ours now.
    async fn hold(&self, app: &App) -> anyhow::Result<bool> {
        // Before the question: the lease runs from when the database heard it.
        let since = Instant::now();
        let before = self.held();
        let epoch = match before {
            Some(held) if app.keep_folder(&self.folder, held.epoch).await? => Some(held.epoch),
            _ => app.take_folder(&self.folder).await?,
        };
        let now = epoch.map(|epoch| Held { epoch, since });
        match (before, now) {
            (Some(_), None) => tracing::error!(
                client = %self.folder.client,
                "another process works in the bank's folder now; this one stops"
            ),
            (None, Some(_)) => tracing::info!(
                client = %self.folder.client, "the bank's folder is this process's"
            ),
            _ => {}
        }
        *self.held.lock().unwrap_or_else(PoisonError::into_inner) = now;
        Ok(now.is_some())
    }

    fn is_here(&self) -> bool {
        self.held()
            .is_some_and(|held| held.since.elapsed() + LEASE_MARGIN < FOLDER_LEASE)
    }
}

/// The name of the folder, made when it is first opened; it moves with the folder.
fn folder_id(root: &Path) -> anyhow::Result<Uuid> {
    let path = root.join("folder.id");
    if !path.is_file() {
        let mut bits = [0; 16];
        SystemEntropy.fill(&mut bits);
        let fresh = uuid::Builder::from_random_bytes(bits).into_uuid();
        let made = root.join("folder.id.new");
        fs::write(&made, fresh.to_string())?;
        fs::File::open(&made)?.sync_all()?;
        fs::rename(&made, &path)?;
    }
    let text = fs::read_to_string(&path)?;
    text.trim()
        .parse()
        .with_context(|| format!("{} is no name of a folder", path.display()))
}

/// Where this process works: the machine and the directory, so that it is known again after a
/// restart. Two processes on one directory are kept apart by its lock.
fn place(data: &Path) -> anyhow::Result<Uuid> {
    let host = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let path = data.canonicalize()?;
    let mut hash = Sha256::new();
    for part in [host.trim().as_bytes(), path.as_os_str().as_encoded_bytes()] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    Ok(uuid::Builder::from_custom_bytes(hash.finalize()[..16].try_into()?).into_uuid())
}

impl Banks {
    /// Opens the spools under `data/bank/<client>` of every client with an account to pay from: also
    /// one that pays back through a processor may pay to a bank account instead.
    pub fn open(config: &Config, directory: &app::directory::Directory) -> anyhow::Result<Self> {
        let mut banks = Self::default();
        for client in directory.clients() {
            let settings = &client.settings;
            let Some(payer) = &settings.payer else {
                continue;
            };
            let debtor = Debtor {
                name: payer.name.clone(),
                iban: payer
                    .iban
                    .parse()
                    .with_context(|| format!("the account of {}", client.name))?,
                bic: payer.bic.clone(),
            };
            let root = config.data.join("bank").join(&client.slug);
            let gateway = FileGateway::new(Spool::open(&root, debtor)?);
            let folder = Folder {
                client: client.id,
                folder: folder_id(&root)?,
                holder: place(&config.data)?,
            };
            let held = Mutex::default();
            let bank = Bank {
                gateway,
                folder,
                held,
            };
            banks.by_client.insert(client.id, bank);
        }
        Ok(banks)
    }

    /// Closes batches and takes in answers until `stop` turns true.
    pub async fn run(&self, app: App, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            for (client, bank) in &self.by_client {
                let worked = match bank.hold(&app).await {
                    Ok(true) => exchange(&app, *client, &bank.gateway).await,
                    Ok(false) => Ok(()),
                    Err(e) => Err(e),
                };
                if let Err(error) = worked {
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
    let mut has_statement = false;
    for file in gateway.read_inbox().await? {
        let reports = match &file.reports {
            Ok(reports) => reports.as_slice(),
            Err(error) => {
                tracing::error!(file = file.name, %error, "a statement cannot be taken whole");
                &[]
            }
        };
        app.take_reports(client, reports).await?;
        has_statement |= reports.iter().any(|r| r.statement.is_some());
        match &file.answers {
            Ok(answers) => {
                if matches!(&file.reports, Ok(reports) if reports.is_empty()) {
                    app.take_words(client, "iso20022", &file.name, &words(answers))
                        .await?;
                }
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
    if has_statement {
        app.reconcile_day(client).await?;
    }
    Ok(())
}

/// What answers say about payments of ours.
fn words(answers: &[BankAnswer]) -> Vec<(PaymentKey, PaymentState)> {
    let word = |answer: &BankAnswer| match &answer.subject {
        Subject::Payment { end_to_end_id } => {
            payment_key(end_to_end_id).map(|key| (key, answer.state()))
        }
        _ => None,
    };
    answers.iter().filter_map(word).collect()
}

#[async_trait]
impl PaymentGateway for Banks {
    fn name(&self) -> &'static str {
        "iso20022"
    }

    fn is_here(&self, client: ClientId) -> bool {
        // Who has no folder at all is told so when it submits.
        self.by_client.get(&client).is_none_or(Bank::is_here)
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
        let refuse = |why: &str| GatewayError::NotSent(why.into());
        let bank = self
            .by_client
            .get(&order.client)
            .ok_or_else(|| refuse("this client has no bank account set up"))?;
        if bank.is_here() {
            Ok(&bank.gateway)
        } else {
            Err(refuse("another process works in the bank's folder"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_keeps_its_name_and_a_process_its_place() {
        let data = tempfile::tempdir().unwrap();
        let [one, two] = ["one", "two"].map(|name| data.path().join(name));
        for root in [&one, &two] {
            fs::create_dir(root).unwrap();
        }
        let name = folder_id(&one).unwrap();
        assert_eq!(folder_id(&one).unwrap(), name, "the same when opened again");
        assert_ne!(folder_id(&two).unwrap(), name, "another folder");
        fs::copy(one.join("folder.id"), two.join("folder.id")).unwrap();
        assert_eq!(folder_id(&two).unwrap(), name, "a copy has its name");
        fs::write(one.join("folder.id"), "cut sho").unwrap();
        assert!(folder_id(&one).is_err());
        assert_eq!(place(&one).unwrap(), place(&one).unwrap());
        assert_ne!(place(&one).unwrap(), place(&two).unwrap());
    }

    #[test]
    fn a_lease_that_was_not_kept_ends_before_others_may_take_it() {
        let data = tempfile::tempdir().unwrap();
        let debtor = Debtor {
            name: "Alfa".to_owned(),
            iban: "DE89370400440532013000".parse().unwrap(),
            bic: None,
        };
        let bank = Bank {
            gateway: FileGateway::new(Spool::open(data.path(), debtor).unwrap()),
            folder: Folder {
                client: ClientId(1),
                folder: Uuid::nil(),
                holder: Uuid::nil(),
            },
            held: Mutex::default(),
        };
        assert!(!bank.is_here(), "before it was taken");
        // A monotonic clock may be younger than a lease.
        let kept = FOLDER_LEASE.saturating_sub(LEASE_MARGIN);
        let Some(long_ago) = Instant::now().checked_sub(kept) else {
            return;
        };
        for (since, here) in [(Instant::now(), true), (long_ago, false)] {
            *bank.held.lock().unwrap() = Some(Held {
                epoch: Epoch::FIRST,
                since,
            });
            assert_eq!(bank.is_here(), here);
        }
    }
}
