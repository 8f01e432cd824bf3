//! The application as a whole: its store, its ports to the outside, its law book, and the
//! directory of clients and policies kept in memory. Cheap to clone.

use crate::{directory::Directory, error::AppError, live::Live};
use kernel::{ClientId, CountryCode, Date, IdSource, Permission, Place, Scope, Timestamp};
use law::{Holidays, LawBook};
use ports::{Clock, Entropy, Mailer, PaymentGateway, WebhookSender};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc, Mutex, PoisonError, RwLock,
        atomic::{AtomicUsize, Ordering},
    },
};
use store::{Store, Write, questions::people};
use tokio::sync::Notify;
use uuid::Uuid;

/// What an [`App`] is built from.
pub struct House {
    /// The open database.
    pub store: Store,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Gives random bits.
    pub entropy: Arc<dyn Entropy>,
    /// Ways to pay out.
    pub gateways: Vec<Arc<dyn PaymentGateway>>,
    /// Posts webhooks to clients.
    pub webhooks: Arc<dyn WebhookSender>,
    /// Writes and sends messages to customers.
    pub post: Post,
    /// Reads files of banks and card processors.
    pub reports: Arc<dyn ports::ReportReader>,
    /// Where the pages are reached from outside, without a trailing slash; printed in QR codes.
    pub base_url: String,
    /// The name ledger origins start with, e.g. `returns.example.com/ledger`.
    pub ledger_origin: String,
    /// Secrets kept outside the database.
    pub secrets: Secrets,
}

/// Secrets of the installation by name (`ledger_seed:4`, `secret:csrf_key`), given from outside.
/// One that is not among them is made on first use and kept in the database.
#[derive(Clone, Default)]
pub struct Secrets(BTreeMap<String, String>);

impl Secrets {
    /// These secrets.
    pub const fn new(secrets: BTreeMap<String, String>) -> Self {
        Self(secrets)
    }

    fn get(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }

    /// Those whose names start so.
    pub(crate) fn starting(&self, with: &str) -> BTreeMap<String, String> {
        let all = self.0.iter().filter(|(name, _)| name.starts_with(with));
        all.map(|(n, v)| (n.clone(), v.clone())).collect()
    }
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secrets({})", self.0.len())
    }
}

/// Messages to customers: who words them and who carries them.
#[derive(Clone)]
pub struct Post {
    /// Words a notice in the customer's language.
    pub writer: Arc<dyn NoticeWriter>,
    /// Carries it.
    pub mailer: Arc<dyn Mailer>,
}

/// Words a notice. Implemented where the message files are.
pub trait NoticeWriter: Send + Sync {
    /// The mail, or `None` if there is nobody to write to.
    fn write(&self, notice: &crate::jobs::NoticeFacts<'_>) -> Option<ports::Mail>;

    /// The acknowledgement of a declaration, with its content, its moment and its hash; `None`
    /// only where nobody writes at all.
    fn acknowledge(&self, facts: &crate::declarations::AckFacts<'_>) -> Option<ports::Mail> {
        let _ = facts;
        None
    }

    /// A reminder of a statutory clock, or the news that one is over, to people of the house or
    /// the client; `None` where nobody is to be told by mail.
    fn alert(&self, alert: &crate::clocks::AlertFacts<'_>) -> Option<ports::Mail> {
        let _ = alert;
        None
    }

    /// A reminder that the answer to a dispute is due, to people of the house or the client; `None`
    /// where nobody is to be told by mail.
    fn dispute_due(&self, facts: &crate::disputes::DueFacts<'_>) -> Option<ports::Mail> {
        let _ = facts;
        None
    }

    /// The evidence pack of a dispute as PDF; `None` only where nobody writes at all.
    ///
    /// # Errors
    /// In words, when it cannot be drawn.
    fn evidence_pack(
        &self,
        facts: &crate::disputes::PackFacts,
        lang: kernel::Lang,
    ) -> Option<Result<Vec<u8>, String>> {
        let _ = (facts, lang);
        None
    }
}

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) gateways: HashMap<&'static str, Arc<dyn PaymentGateway>>,
    pub(crate) webhooks: Arc<dyn WebhookSender>,
    pub(crate) post: Post,
    pub(crate) reports: Arc<dyn ports::ReportReader>,
    pub(crate) base_url: String,
    pub(crate) ledger_origin: String,
    pub(crate) secrets: Secrets,
    /// Keys of personal data in use.
    pub(crate) vault: crate::privacy::vault::Vault,
    pub(crate) laws: crate::laws::Laws,
    pub(crate) live: Live,
    /// Rung after a commit that left work behind.
    pub(crate) work: Notify,
    /// Rung after a commit that left leaves without an index.
    pub(crate) leaves: Notify,
    /// Rung when a check or a backtest was asked for.
    pub(crate) runs: Notify,
    /// Commands under way whose caller waits for the answer.
    pub(crate) asking: Asking,
    /// Who was asked about a moment ago.
    pub(crate) remembered: crate::signin::Remembered,
    pub(crate) trying: crate::door::Trying,
    /// How people show who they are.
    pub(crate) door: crate::door::Door,
    /// Whose turn it is to number a document.
    pub(crate) numbering: crate::documents::Numbering,
    /// What was refused a moment ago.
    pub(crate) refusals: crate::refusals::Refusals,
    ids: Mutex<IdSource>,
    directory: RwLock<Arc<Directory>>,
    holidays: RwLock<HashMap<(String, Place, i16), Arc<Holidays>>>,
}

/// How many commands are under way whose caller waits for the answer.
#[derive(Debug, Default)]
pub(crate) struct Asking(AtomicUsize);

/// One of them, as long as it lives.
pub(crate) struct Asked<'a>(&'a AtomicUsize);

impl Asking {
    pub(crate) fn begin(&self) -> Asked<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Asked(&self.0)
    }

    pub(crate) fn many(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for Asked<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The application; every surface and worker holds one.
#[derive(Clone)]
pub struct App(pub(crate) Arc<Inner>);

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "App({})", self.0.store.engine_name())
    }
}

impl App {
    /// Puts the house together and reads its directory.
    pub async fn open(house: House) -> Result<Self, AppError> {
        let directory = Directory::load(&house.store).await?;
        let laws = crate::laws::Laws::open(&house.store, &directory, house.clock.now()).await?;
        let gateways = house.gateways.into_iter().map(|g| (g.name(), g)).collect();
        Ok(Self(Arc::new(Inner {
            store: house.store,
            clock: house.clock,
            entropy: house.entropy,
            gateways,
            webhooks: house.webhooks,
            post: house.post,
            reports: house.reports,
            base_url: house.base_url,
            ledger_origin: house.ledger_origin,
            secrets: house.secrets,
            vault: crate::privacy::vault::Vault::default(),
            laws,
            live: Live::default(),
            work: Notify::new(),
            leaves: Notify::new(),
            runs: Notify::new(),
            asking: Asking::default(),
            remembered: crate::signin::Remembered::default(),
            trying: crate::door::Trying::default(),
            door: crate::door::Door::default(),
            numbering: crate::documents::Numbering::default(),
            refusals: crate::refusals::Refusals::default(),
            ids: Mutex::default(),
            directory: RwLock::new(Arc::new(directory)),
            holidays: RwLock::default(),
        })))
    }

    /// The time now.
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// A new id at `now`.
    pub fn mint(&self, now: Timestamp) -> Uuid {
        let mut ids = self.0.ids.lock().unwrap_or_else(PoisonError::into_inner);
        ids.mint(now, self.0.entropy.bits())
    }

    /// 32 random bytes: salts, tokens, seeds.
    pub fn random32(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.0.entropy.fill(&mut bytes);
        bytes
    }

    /// A secret of the installation: the one given from outside, else the one in the database.
    pub(crate) async fn setting(&self, name: &str) -> Result<Option<String>, AppError> {
        match self.0.secrets.get(name) {
            Some(given) => Ok(Some(given)),
            None => Ok(people::setting(self.store(), name).await?),
        }
    }

    /// Every secret in the database by name: to move them out of it.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn stored_secrets(&self) -> Result<BTreeMap<String, String>, AppError> {
        Ok(people::settings(self.store()).await?.into_iter().collect())
    }

    /// Takes secrets out of the database that are kept elsewhere from now on.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn forget_secrets(
        &self,
        names: impl IntoIterator<Item = &str>,
    ) -> Result<(), AppError> {
        let mut write = Write::new();
        for name in names {
            write.statement(people::setting_drop(name));
        }
        self.store().write(write).await?;
        Ok(())
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// News of changes.
    pub fn live(&self) -> &Live {
        &self.0.live
    }

    /// Where the pages are reached from outside.
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// Clients and policies as last read.
    pub fn directory(&self) -> Arc<Directory> {
        self.0
            .directory
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Reads clients and policies again, after set-up changed them.
    pub async fn reload_directory(&self) -> Result<(), AppError> {
        let fresh = Arc::new(Directory::load(&self.0.store).await?);
        *self
            .0
            .directory
            .write()
            .unwrap_or_else(PoisonError::into_inner) = fresh;
        self.reload_law().await
    }

    /// Public holidays at a place in the years a case opened on `day` can touch.
    pub(crate) fn holidays(&self, law: &LawBook, place: Place, day: Date) -> Arc<Holidays> {
        let key = (law.version().to_owned(), place, day.year());
        let known = self
            .0
            .holidays
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&key)
            .cloned();
        known.unwrap_or_else(|| {
            let table = Arc::new(law.holidays(place, day.year() - 1..=day.year() + 2));
            let mut all = self
                .0
                .holidays
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            all.entry(key).or_insert(table).clone()
        })
    }

    /// Passes if `scope` may do `permission` on `client`; a client outside the scope is missing,
    /// not denied.
    pub fn check(scope: &Scope, permission: Permission, client: ClientId) -> Result<(), AppError> {
        if !scope.reaches(client) {
            return Err(AppError::Missing);
        }
        if scope.may(permission, client) {
            Ok(())
        } else {
            Err(AppError::Denied(permission))
        }
    }

    /// The clients of a scope that hold `permission`; every client for the house itself.
    pub fn clients_for(&self, scope: &Scope, permission: Permission) -> Vec<ClientId> {
        if !scope.permissions().has(permission) {
            return Vec::new();
        }
        match scope.clients() {
            Some(list) => list.to_vec(),
            None => self.directory().clients().iter().map(|c| c.id).collect(),
        }
    }

    /// The countries whose law the packs know, for forms.
    pub fn country_of(text: &str) -> Option<CountryCode> {
        text.parse().ok()
    }
}
