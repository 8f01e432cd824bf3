//! The law the house decides under: the shipped packs, packs the house or a client published, and
//! the sign-offs of reviewers. A case pins the version it was opened under; every version a case
//! can have is kept, so a newer pack never changes a past decision.

use crate::{App, directory::Directory, error::AppError, ledger::count};
use data_encoding::HEXLOWER;
use kernel::{CaseId, ClientId, Date, Scope, Timestamp};
use law::{LawBook, PackError, RuleEntry};
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, PoisonError, RwLock},
};
use store::{Store, Write, questions::law as questions, tables};
use uuid::Uuid;

pub use store::questions::law::{LawState, PackRow, SignOffRow};

/// The client id of what holds for everybody.
pub const HOUSE: i64 = 0;
/// The stream of the law in each client's event log.
const STREAM: CaseId = CaseId(Uuid::from_u128(0x6c61_7700_0000_4000_8000_0000_0000_0001));
/// How often a publication is tried again after losing a race.
const RACES_MAX: usize = 8;
mod publish;

pub use publish::{NewPack, Published};

/// Books by the first day they decide new cases, oldest first.
type Shelf = Vec<(Date, Arc<LawBook>)>;

/// Everything known of the law at one moment.
#[derive(Debug, Default)]
struct Known {
    /// What tells that somebody published or signed meanwhile.
    state: LawState,
    packs: Vec<PackRow>,
    shelves: HashMap<i64, Shelf>,
    /// By rule; few rules have more than one.
    signed: HashMap<String, Vec<SignOffRow>>,
}

/// The law in memory.
#[derive(Debug)]
pub(crate) struct Laws {
    shipped: Arc<LawBook>,
    known: RwLock<Arc<Known>>,
    kept: RwLock<HashMap<String, Arc<LawBook>>>,
}

impl Laws {
    pub(crate) async fn open(
        store: &Store,
        directory: &Directory,
        now: Timestamp,
    ) -> Result<Self, AppError> {
        let laws = Self {
            shipped: Arc::new(LawBook::builtin().map_err(AppError::fault)?),
            known: RwLock::default(),
            kept: RwLock::default(),
        };
        laws.reload(store, directory, now).await?;
        Ok(laws)
    }

    /// Reads packs and sign-offs again and keeps every book a case can be opened under.
    pub(crate) async fn reload(
        &self,
        store: &Store,
        directory: &Directory,
        now: Timestamp,
    ) -> Result<(), AppError> {
        // First, so that what comes in meanwhile is read again rather than missed.
        let state = questions::state(store).await?;
        let packs = questions::packs(store).await?;
        let ids: Vec<i64> = directory.clients().iter().map(|c| c.id.0).collect();
        let (shelves, texts) = self.shelves(&packs, &ids).map_err(AppError::fault)?;
        for (version, packs) in texts {
            if questions::book(store, &version).await?.is_none() {
                let mut write = Write::new();
                let packs = serde_json::to_string(&packs)?;
                let kept_at = now.as_millisecond().into();
                write.row(
                    &tables::LAW_BOOK,
                    vec![version.into(), packs.into(), kept_at],
                );
                store.write(write).await?;
            }
        }
        let mut signed: HashMap<String, Vec<SignOffRow>> = HashMap::new();
        for row in questions::sign_offs(store).await? {
            signed.entry(row.rule.clone()).or_default().push(row);
        }
        let known = Known {
            state,
            packs,
            shelves,
            signed,
        };
        {
            let mut kept = self.kept.write().unwrap_or_else(PoisonError::into_inner);
            for (_, book) in known.shelves.values().flatten() {
                kept.insert(book.version().to_owned(), book.clone());
            }
        }
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(known);
        Ok(())
    }

    /// The books of the house and of each client, and the texts each is made of.
    #[expect(clippy::type_complexity, reason = "two maps of one walk")]
    fn shelves(
        &self,
        packs: &[PackRow],
        clients: &[i64],
    ) -> Result<(HashMap<i64, Shelf>, BTreeMap<String, Vec<(String, String)>>), PackError> {
        let mut made: HashMap<Vec<&str>, Arc<LawBook>> = HashMap::new();
        let mut texts = BTreeMap::new();
        let mut shelves = HashMap::new();
        for client in clients.iter().chain([&HOUSE]) {
            let mine: Vec<&PackRow> = packs
                .iter()
                .filter(|p| p.client_id == HOUSE || p.client_id == *client)
                .collect();
            let mut days: BTreeSet<Date> = mine
                .iter()
                .filter_map(|p| p.effective_from.parse().ok())
                .collect();
            days.insert(Date::MIN);
            let mut shelf = Vec::with_capacity(days.len());
            for day in days {
                let own = in_force(&mine, day);
                let key: Vec<&str> = own.values().map(|p| p.hash.as_str()).collect();
                let book = match made.get(&key) {
                    Some(book) => book.clone(),
                    None if own.is_empty() => self.shipped.clone(),
                    None => {
                        let list: Vec<(&str, &str)> =
                            own.iter().map(|(n, p)| (*n, p.source.as_str())).collect();
                        Arc::new(LawBook::with_packs(&list)?)
                    }
                };
                made.insert(key, book.clone());
                texts
                    .entry(book.version().to_owned())
                    .or_insert_with(|| all_texts(&own));
                shelf.push((day, book));
            }
            shelves.insert(*client, shelf);
        }
        Ok((shelves, texts))
    }

    fn known(&self) -> Arc<Known> {
        self.known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The law new cases of a client are opened under on `day`.
    pub(crate) fn on(&self, client: i64, day: Date) -> Arc<LawBook> {
        let known = self.known();
        let shelf = known.shelves.get(&client).or(known.shelves.get(&HOUSE));
        let found = shelf.and_then(|s| s.iter().rev().find(|(from, _)| *from <= day));
        found.map_or_else(|| self.shipped.clone(), |(_, book)| book.clone())
    }

    /// A version a case was opened under.
    pub(crate) async fn version(
        &self,
        store: &Store,
        version: &str,
    ) -> Result<Arc<LawBook>, AppError> {
        if let Some(book) = self
            .kept
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(version)
        {
            return Ok(book.clone());
        }
        let gone = || AppError::fault(format!("law {version} is not kept"));
        let packs = questions::book(store, version).await?.ok_or_else(gone)?;
        let packs: Vec<(String, String)> = serde_json::from_str(&packs)?;
        let packs: Vec<(&str, &str)> = packs.iter().map(|(n, t)| (&**n, &**t)).collect();
        let book = Arc::new(LawBook::parse(&packs).map_err(AppError::fault)?);
        self.kept
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(version.to_owned(), book.clone());
        Ok(book)
    }
}

/// The version of each pack in force on a day; a client's own before the house's, and none where
/// the last one retires the pack.
fn in_force<'p>(packs: &[&'p PackRow], day: Date) -> BTreeMap<&'p str, &'p PackRow> {
    let from = |p: &PackRow| p.effective_from.parse::<Date>().unwrap_or(Date::MAX);
    let mut last: BTreeMap<(i64, &str), &PackRow> = BTreeMap::new();
    for pack in packs.iter().copied().filter(|p| from(p) <= day) {
        let known = last.entry((pack.client_id, &pack.name)).or_insert(pack);
        if (from(pack), pack.version) > (from(known), known.version) {
            *known = pack;
        }
    }
    // The house is client 0 and comes first, so a client's own pack takes the place of its.
    let living = last.into_values().filter(|pack| !pack.retires());
    living.map(|pack| (&*pack.name, pack)).collect()
}

fn all_texts(own: &BTreeMap<&str, &PackRow>) -> Vec<(String, String)> {
    let shipped = LawBook::builtin_packs();
    let shipped = shipped.iter().filter(|(name, _)| !own.contains_key(name));
    shipped
        .map(|(n, t)| ((*n).to_owned(), (*t).to_owned()))
        .chain(own.iter().map(|(n, p)| ((*n).to_owned(), p.source.clone())))
        .collect()
}

/// SHA-256 of what a rule says, review state and place in the file left out: what a reviewer
/// signs. Another word in it makes another number, and the sign-off no longer holds.
pub fn content_of(rule: &RuleEntry) -> String {
    let mut fields = rule.fields();
    fields.remove("review_status");
    let bytes = ledger::canonical_json(&fields).unwrap_or_default();
    HEXLOWER.encode(&Sha256::digest(&bytes))
}

impl App {
    /// The law new cases are opened under today: of a client, or of the house.
    pub fn law_today(&self, client: Option<ClientId>) -> Arc<LawBook> {
        let directory = self.directory();
        let now = self.now();
        let whose = client.and_then(|c| directory.client(c));
        let day = whose.map_or_else(
            || now.to_zoned(jiff::tz::TimeZone::UTC).date(),
            |c| c.day(now),
        );
        self.0.laws.on(client.map_or(HOUSE, |c| c.0), day)
    }

    /// The law by the first day it decides new cases, oldest first: of a client, or of the house.
    /// The first is the law as it was shipped, from [`Date::MIN`].
    pub fn law_versions(&self, client: Option<ClientId>) -> Vec<(Date, Arc<LawBook>)> {
        let known = self.0.laws.known();
        let whose = client.map_or(HOUSE, |c| c.0);
        let shelf = known.shelves.get(&whose).or(known.shelves.get(&HOUSE));
        shelf.cloned().unwrap_or_default()
    }

    /// Published packs, oldest first: those of the house and those of clients in scope.
    pub fn law_packs(&self, scope: &Scope) -> Vec<PackRow> {
        let mine = |p: &&PackRow| p.client_id == HOUSE || scope.reaches(ClientId(p.client_id));
        let known = self.0.laws.known();
        known.packs.iter().filter(mine).cloned().collect()
    }

    /// Who signed a rule off as it is worded: for the client, or for everybody.
    pub fn signed_off(&self, client: Option<ClientId>, rule: &RuleEntry) -> Option<SignOffRow> {
        let known = self.0.laws.known();
        let rows = known.signed.get(&*rule.id)?;
        let content = content_of(rule);
        let of = |client: i64| {
            let mut rows = rows.iter();
            rows.find(|s| s.client_id == client && s.content == content)
        };
        let found = client.and_then(|c| of(c.0)).or_else(|| of(HOUSE));
        found.cloned()
    }

    /// Reads packs and sign-offs again.
    pub async fn reload_law(&self) -> Result<(), AppError> {
        let now = self.now();
        let laws = &self.0.laws;
        laws.reload(self.store(), &self.directory(), now).await?;
        self.0.leaves.notify_one();
        Ok(())
    }

    /// Reads packs and sign-offs again if another node changed them. The worker asks every few
    /// seconds, so every node decides under a new pack soon after it was published.
    pub async fn follow_law(&self) -> Result<(), AppError> {
        let state = questions::state(self.store()).await?;
        if self.0.laws.known().state == state {
            return Ok(());
        }
        self.reload_law().await
    }
}

/// Whether the events of the law of a client follow each other without a gap.
pub(crate) fn stream_fault(events: &[store::questions::cases::EventRow]) -> Option<String> {
    let mut versions = events.iter().zip(1_u64..);
    versions
        .find(|(e, n)| count(e.version) != *n)
        .map(|(_, n)| format!("event {n} of the law is missing"))
}
