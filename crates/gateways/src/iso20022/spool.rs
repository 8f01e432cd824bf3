//! The directory a bank connection shares with us, as plain blocking file work.
//!
//! ```text
//! open/<end-to-end-id>.json      orders waiting for the next file
//! batches/<message-id>/…         the orders of one file, and `written` once its XML is on disk
//! outbox/<message-id>.xml        for the bank connection to take away
//! inbox/*.xml                    for the bank connection to fill
//! done/*.xml                     read and acknowledged
//! states/<end-to-end-id>.json    what the bank last said, for `find`
//! ```
//!
//! Every file appears whole (temporary name, fsync, rename) and every step can be repeated after
//! a crash: a batch is claimed by renaming `open/`, its XML follows from its content alone, and
//! it leaves for `outbox/` by one rename, so it never leaves twice. One process owns a spool.

use super::{BankAnswer, BatchId, Debtor, FileError, PaymentFile, Subject, XML_MAX};
use super::{end_to_end_id, pain001, payment_key, read_message, xml::XmlError};
use kernel::{Date, Timestamp};
use ports::{AccountReport, PaymentOrder, PaymentState};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

const HEADER: &str = "batch.json";

/// Why the spool could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// The disk said no.
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
    /// A file of ours is not what we wrote.
    #[error("{0} is damaged: {1}")]
    Damaged(PathBuf, serde_json::Error),
    /// The batch cannot be written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The key was used before for another amount or account.
    #[error("{0} is already ordered with other content")]
    Changed(String),
    /// The order does not belong in a bank file.
    #[error("{0}")]
    Order(&'static str),
}

/// When and for which day a batch was closed; enough to write the same file again.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    batch: BatchId,
    created: Timestamp,
    execute_on: Date,
}

/// One inbox file and what it says.
#[derive(Debug)]
pub struct InboxFile {
    /// Its name; give it back to [`Spool::acknowledge`].
    pub name: String,
    /// Its answers about single payments, file and group answers already spread over their
    /// payments; or why it cannot be read, for a person to see.
    pub answers: Result<Vec<BankAnswer>, XmlError>,
    /// What it says was booked on the account; or why that cannot be read.
    pub reports: Result<Vec<AccountReport>, XmlError>,
}

/// The directory, and whose account pays.
#[derive(Debug)]
pub struct Spool {
    root: PathBuf,
    debtor: Debtor,
}

impl Spool {
    /// Opens the spool at `root`, making its folders.
    pub fn open(root: impl Into<PathBuf>, debtor: Debtor) -> Result<Self, SpoolError> {
        let spool = Self {
            root: root.into(),
            debtor,
        };
        for name in ["open", "batches", "outbox", "inbox", "done", "states"] {
            let dir = spool.root.join(name);
            fs::create_dir_all(&dir).map_err(at(&dir))?;
        }
        Ok(spool)
    }

    /// Puts an order into the open batch. Again with the same order: no effect.
    pub fn add(&self, order: &PaymentOrder) -> Result<(), SpoolError> {
        pain001::check(order).map_err(SpoolError::Order)?;
        let name = format!("{}.json", end_to_end_id(order.key()));
        if let Some(known) = self.order(&name)? {
            let same = known == *order;
            return if same {
                Ok(())
            } else {
                Err(SpoolError::Changed(order.key().to_string()))
            };
        }
        write_json(&self.root.join("open").join(name), order)
    }

    /// The order stored under this file name, open or in a batch.
    fn order(&self, name: &str) -> Result<Option<PaymentOrder>, SpoolError> {
        let mut places = vec![self.root.join("open")];
        places.extend(dirs(&self.root.join("batches"))?);
        let found = places
            .into_iter()
            .map(|p| p.join(name))
            .find(|p| p.exists());
        found.map(|path| read_json(&path)).transpose()
    }

    /// Closes the open batch as `batch` and puts its file into the outbox; also finishes any
    /// batch a crash left behind. Gives the message ids put out by this call; none when there
    /// was nothing to send.
    pub fn flush(
        &self,
        batch: BatchId,
        created: Timestamp,
        execute_on: Date,
    ) -> Result<Vec<String>, SpoolError> {
        let open = self.root.join("open");
        let claimed = self.root.join("batches").join(batch.message_id());
        // A stop after the claim below leaves no open folder behind.
        fs::create_dir_all(&open).map_err(at(&open))?;
        let waiting = orders(&open)?;
        if !claimed.exists() && !waiting.is_empty() {
            // Checked before the claim: a batch that cannot be written stays open.
            PaymentFile::new(batch, self.debtor.clone(), created, execute_on, waiting)?;
            write_json(
                &open.join(HEADER),
                &Header {
                    batch,
                    created,
                    execute_on,
                },
            )?;
            fs::rename(&open, &claimed).map_err(at(&claimed))?;
            sync_dir(&self.root)?;
            fs::create_dir_all(&open).map_err(at(&open))?;
        }
        let mut sent = Vec::new();
        for dir in dirs(&self.root.join("batches"))? {
            sent.extend(self.publish(&dir)?);
        }
        Ok(sent)
    }

    /// Writes and moves out the file of one claimed batch, unless that is done already.
    fn publish(&self, dir: &Path) -> Result<Option<String>, SpoolError> {
        let (ready, marker) = (dir.join("file.xml"), dir.join("written"));
        if !marker.exists() {
            write_whole(&ready, &self.file(dir)?.to_xml()?)?;
            write_whole(&marker, b"")?;
        }
        // With the marker there and the file gone, it has left already: never a second time.
        if !ready.exists() {
            return Ok(None);
        }
        let id = dir
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let out = self.root.join("outbox").join(format!("{id}.xml"));
        fs::rename(&ready, &out).map_err(at(&out))?;
        sync_dir(&self.root.join("outbox"))?;
        Ok(Some(id))
    }

    fn file(&self, dir: &Path) -> Result<PaymentFile, SpoolError> {
        let header: Header = read_json(&dir.join(HEADER))?;
        let Header {
            batch,
            created,
            execute_on,
        } = header;
        let file = PaymentFile::new(
            batch,
            self.debtor.clone(),
            created,
            execute_on,
            orders(dir)?,
        )?;
        Ok(file)
    }

    /// Reads every inbox file, oldest name first, and remembers the states for
    /// [`state`](Self::state). A file comes again until it is acknowledged; file it in the
    /// database first, then call [`acknowledge`](Self::acknowledge).
    pub fn read_inbox(&self) -> Result<Vec<InboxFile>, SpoolError> {
        let inbox = self.root.join("inbox");
        let mut out = Vec::new();
        for path in files(&inbox, "xml")? {
            let mut bytes = Vec::new();
            let file = File::open(&path).map_err(at(&path))?;
            let limit = u64::try_from(XML_MAX).unwrap_or(u64::MAX).saturating_add(1);
            file.take(limit)
                .read_to_end(&mut bytes)
                .map_err(at(&path))?;
            let (answers, reports) = match read_message(&bytes) {
                Ok(message) => (Ok(self.settle(message.answers)?), message.reports),
                Err(error) => (Err(error), Ok(Vec::new())),
            };
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            out.push(InboxFile {
                name,
                answers,
                reports,
            });
        }
        Ok(out)
    }

    /// Moves an inbox file away for good.
    pub fn acknowledge(&self, name: &str) -> Result<(), SpoolError> {
        let file = Path::new(name).file_name().unwrap_or_default();
        let done = self.root.join("done").join(file);
        fs::rename(self.root.join("inbox").join(file), &done).map_err(at(&done))
    }

    /// What the bank last said about a payment; pending while it said nothing; `None` when it
    /// was never ordered here.
    pub fn state(&self, order: &PaymentOrder) -> Result<Option<PaymentState>, SpoolError> {
        let name = format!("{}.json", end_to_end_id(order.key()));
        let path = self.root.join("states").join(&name);
        if path.exists() {
            return read_json(&path).map(Some);
        }
        let known = self.order(&name)?.is_some();
        let provider_ref = end_to_end_id(order.key());
        Ok(known.then_some(PaymentState::Pending { provider_ref }))
    }

    /// Spreads file and group answers over their payments and remembers the states.
    fn settle(&self, answers: Vec<BankAnswer>) -> Result<Vec<BankAnswer>, SpoolError> {
        let mut out = Vec::with_capacity(answers.len());
        for answer in answers {
            let ids = match &answer.subject {
                Subject::Payment { .. } => {
                    out.push(answer);
                    continue;
                }
                Subject::Group {
                    message_id,
                    group_id,
                } => self.members(message_id, Some(group_id)),
                Subject::File { message_id } => self.members(message_id, None),
            }?;
            out.extend(ids.into_iter().map(|end_to_end_id| BankAnswer {
                subject: Subject::Payment { end_to_end_id },
                ..answer.clone()
            }));
        }
        for answer in &out {
            self.remember(answer)?;
        }
        Ok(out)
    }

    /// The payments of one of our files or of one group in it; none for foreign files.
    fn members(&self, message_id: &str, group: Option<&str>) -> Result<Vec<String>, SpoolError> {
        let Some(batch) = BatchId::from_message_id(message_id) else {
            return Ok(Vec::new());
        };
        let dir = self.root.join("batches").join(batch.message_id());
        if !dir.exists() {
            return Ok(Vec::new());
        }
        let file = self.file(&dir)?;
        let wanted = file
            .groups()
            .iter()
            .filter(|g| group.is_none_or(|id| g.id == id));
        Ok(wanted
            .flat_map(|g| &g.orders)
            .map(|o| end_to_end_id(o.key()))
            .collect())
    }

    fn remember(&self, answer: &BankAnswer) -> Result<(), SpoolError> {
        let Subject::Payment { end_to_end_id: id } = &answer.subject else {
            return Ok(());
        };
        let Some(key) = payment_key(id) else {
            return Ok(());
        };
        let name = format!("{}.json", end_to_end_id(key));
        let Some(order) = self.order(&name)? else {
            return Ok(());
        };
        // Another amount than ordered is for a person to look at, not a state of the payment.
        if answer.amount().is_some_and(|a| a != order.amount) {
            return Ok(());
        }
        let path = self.root.join("states").join(&name);
        let known: Option<PaymentState> = if path.exists() {
            Some(read_json(&path)?)
        } else {
            None
        };
        let fresh = answer.state();
        if known.is_none_or(|k| rank(&fresh) > rank(&k)) {
            write_json(&path, &fresh)?;
        }
        Ok(())
    }
}

/// How final a state is. Messages arrive in any order and twice; a booking outranks a rejection
/// (money that moved is what counts), a return outranks the booking it undoes.
fn rank(state: &PaymentState) -> u8 {
    match state {
        PaymentState::Pending { .. } => 0,
        PaymentState::Canceled | PaymentState::Failed { .. } => 1,
        PaymentState::Settled { .. } => 2,
        PaymentState::Returned { .. } => 3,
    }
}

fn orders(dir: &Path) -> Result<Vec<PaymentOrder>, SpoolError> {
    let paths = files(dir, "json")?;
    paths
        .iter()
        .filter(|p| !p.ends_with(HEADER))
        .map(|p| read_json(p))
        .collect()
}

fn dirs(dir: &Path) -> Result<Vec<PathBuf>, SpoolError> {
    Ok(entries(dir)?.into_iter().filter(|p| p.is_dir()).collect())
}

fn files(dir: &Path, extension: &str) -> Result<Vec<PathBuf>, SpoolError> {
    let wanted = |p: &PathBuf| p.is_file() && p.extension().is_some_and(|e| e == extension);
    Ok(entries(dir)?.into_iter().filter(wanted).collect())
}

fn entries(dir: &Path) -> Result<Vec<PathBuf>, SpoolError> {
    let list = fs::read_dir(dir).map_err(at(dir))?;
    let mut paths = list
        .map(|e| e.map(|e| e.path()))
        .collect::<io::Result<Vec<_>>>()
        .map_err(at(dir))?;
    paths.sort();
    Ok(paths)
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, SpoolError> {
    let bytes = fs::read(path).map_err(at(path))?;
    serde_json::from_slice(&bytes).map_err(|e| SpoolError::Damaged(path.to_owned(), e))
}

fn write_json<T: Serialize>(path: &Path, value: &T) -> Result<(), SpoolError> {
    let bytes = serde_json::to_vec(value).map_err(|e| SpoolError::Damaged(path.to_owned(), e))?;
    write_whole(path, &bytes)
}

/// Writes under a temporary name, syncs, renames, syncs the folder.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), SpoolError> {
    let temporary = path.with_extension("tmp");
    let mut file = File::create(&temporary).map_err(at(&temporary))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(at(&temporary))?;
    fs::rename(&temporary, path).map_err(at(path))?;
    path.parent().map_or(Ok(()), sync_dir)
}

fn sync_dir(dir: &Path) -> Result<(), SpoolError> {
    File::open(dir).and_then(|d| d.sync_all()).map_err(at(dir))
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> SpoolError {
    let path = path.to_owned();
    move |error| SpoolError::Io(path, error)
}
