//! The law the house decides under: the shipped packs, packs the house or a client published, and
//! the sign-offs of reviewers. A case pins the version it was opened under; every version a case
//! can have is kept, so a newer pack never changes a past decision.

use crate::{App, directory::Directory, error::AppError, ledger::count};
use data_encoding::HEXLOWER;
use kernel::{Actor, CaseId, ClientId, Date, Permission, Scope, Timestamp};
use law::{LawBook, PackError, RuleEntry};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{Arc, PoisonError, RwLock},
};
use store::{
    Store, Write, WriteError,
    questions::{cases, law as questions},
    tables,
};
use uuid::Uuid;

pub use store::questions::law::{PackRow, SignOffRow};

/// The client id of what holds for everybody.
pub const HOUSE: i64 = 0;
/// The stream of the law in each client's event log.
const STREAM: CaseId = CaseId(Uuid::from_u128(0x6c61_7700_0000_4000_8000_0000_0000_0001));
/// How often a publication is tried again after losing a race.
const RACES_MAX: usize = 8;
/// Longest note, characters.
const NOTE_MAX: usize = 2_000;

/// Books by the first day they decide new cases, oldest first.
type Shelf = Vec<(Date, Arc<LawBook>)>;

/// Everything known of the law at one moment.
#[derive(Debug, Default)]
struct Known {
    packs: Vec<PackRow>,
    shelves: HashMap<i64, Shelf>,
    signed: HashMap<(i64, String, String), SignOffRow>,
}

/// The law in memory.
#[derive(Debug)]
pub(crate) struct Laws {
    shipped: Arc<LawBook>,
    known: RwLock<Arc<Known>>,
    kept: RwLock<HashMap<String, Arc<LawBook>>>,
}

/// A publication that was stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Published {
    /// Which version of the pack it is.
    pub version: i64,
    /// SHA-256 of its text, hex.
    pub hash: String,
    /// Version of the whole law with it.
    pub book: String,
}

#[derive(Serialize)]
struct Fact<'a> {
    schema: u16,
    at: Timestamp,
    by: Actor,
    what: Told<'a>,
}

/// What happened to the law of a client.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Told<'a> {
    LawPackPublished {
        name: &'a str,
        version: i64,
        hash: &'a str,
        effective_from: Date,
        house: bool,
        note: &'a str,
    },
    LawSignedOff {
        rule: &'a str,
        content: &'a str,
        house: bool,
        note: &'a str,
    },
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
        let signed = questions::sign_offs(store).await?.into_iter();
        let signed = signed.map(|s| ((s.client_id, s.rule.clone(), s.content.clone()), s));
        let known = Known {
            packs,
            shelves,
            signed: signed.collect(),
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

/// The version of each pack in force on a day; a client's own before the house's.
fn in_force<'p>(packs: &[&'p PackRow], day: Date) -> BTreeMap<&'p str, &'p PackRow> {
    let from = |p: &PackRow| p.effective_from.parse::<Date>().unwrap_or(Date::MAX);
    let rank = |p: &PackRow| (p.client_id != HOUSE, from(p), p.version);
    let mut own: BTreeMap<&str, &PackRow> = BTreeMap::new();
    for pack in packs.iter().copied().filter(|p| from(p) <= day) {
        let known = own.entry(&pack.name).or_insert(pack);
        if rank(pack) > rank(known) {
            *known = pack;
        }
    }
    own
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
        let content = content_of(rule);
        let of = |client: i64| {
            let key = (client, rule.id.to_string(), content.clone());
            known.signed.get(&key).cloned()
        };
        client.and_then(|c| of(c.0)).or_else(|| of(HOUSE))
    }

    /// Publishes a pack for one client, or for everybody. The whole law with it is compiled
    /// first, on every day on which it changes; a pack that does not hold is refused with file
    /// and line and nothing is stored.
    ///
    /// # Errors
    /// [`AppError::Denied`] without the right to administer; [`AppError::Invalid`] without a name
    /// or a note. The inner error is the pack's.
    pub async fn publish_law(
        &self,
        scope: &Scope,
        client: Option<ClientId>,
        pack: &NewPack<'_>,
    ) -> Result<Result<Published, PackError>, AppError> {
        let clients = self.may_set_law(scope, client)?;
        let name_ok = (1..=64).contains(&pack.name.len())
            && pack
                .name
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !name_ok {
            return Err(AppError::field("name", "help-law-name"));
        }
        let note = words(pack.note).ok_or_else(|| AppError::field("note", "desk-help-text"))?;
        let hash = HEXLOWER.encode(&Sha256::digest(pack.source.as_bytes()));
        let at = self.now();
        for _ in 0..RACES_MAX {
            let mut packs = questions::packs(self.store()).await?;
            let owner = client.map_or(HOUSE, |c| c.0);
            let same = packs
                .iter()
                .filter(|p| p.client_id == owner && p.name == pack.name);
            let row = PackRow {
                client_id: owner,
                name: pack.name.to_owned(),
                version: same.map(|p| p.version).max().unwrap_or(0) + 1,
                hash: hash.clone(),
                source: pack.source.to_owned(),
                effective_from: pack.effective_from.to_string(),
                note: note.clone(),
                by_user: user_of(scope),
                published_at: at.as_millisecond(),
            };
            packs.push(row.clone());
            let all: Vec<i64> = self.directory().clients().iter().map(|c| c.id.0).collect();
            let (shelves, _) = match self.0.laws.shelves(&packs, &all) {
                Ok(made) => made,
                Err(refused) => return Ok(Err(refused)),
            };
            let mut write = Write::new();
            write.row(&tables::LAW_PACK, pack_values(&row));
            let told = || Told::LawPackPublished {
                name: &row.name,
                version: row.version,
                hash: &row.hash,
                effective_from: pack.effective_from,
                house: client.is_none(),
                note: &note,
            };
            for one in &clients {
                self.put_law_fact(&mut write, *one, scope, at, told())
                    .await?;
            }
            match self.store().write(write).await {
                Ok(_) => {
                    self.reload_law().await?;
                    let shelf = shelves.get(&owner).and_then(|s| s.last());
                    return Ok(Ok(Published {
                        version: row.version,
                        hash,
                        book: shelf.map_or_else(String::new, |(_, b)| b.version().to_owned()),
                    }));
                }
                Err(WriteError::Conflict { .. }) => {}
                Err(e) => return Err(e.into()),
            }
        }
        Err(AppError::Busy)
    }

    /// Signs a rule off as it is worded now: a named reviewer answers for it. Signing the same
    /// wording again changes nothing.
    ///
    /// # Errors
    /// [`AppError::Denied`] for who is no reviewer; [`AppError::Missing`] for an unknown rule or
    /// one that was reworded since it was read; [`AppError::Invalid`] without words.
    pub async fn sign_off(
        &self,
        scope: &Scope,
        client: Option<ClientId>,
        (rule, content): (&str, &str),
        (reviewer, note): (&str, &str),
    ) -> Result<(), AppError> {
        let clients = self.may_review(scope, client)?;
        let note = words(note).ok_or_else(|| AppError::field("note", "desk-help-text"))?;
        let book = self.law_today(client);
        let entry = book
            .rule(rule)
            .find(|r| content_of(r) == content)
            .cloned()
            .ok_or(AppError::Missing)?;
        let at = self.now();
        let owner = client.map_or(HOUSE, |c| c.0);
        for _ in 0..RACES_MAX {
            if self.signed_off(client, &entry).is_some() {
                return Ok(());
            }
            let mut write = Write::new();
            write.row(
                &tables::LAW_SIGN_OFF,
                vec![
                    owner.into(),
                    rule.into(),
                    content.into(),
                    reviewer.into(),
                    user_of(scope).into(),
                    note.as_str().into(),
                    at.as_millisecond().into(),
                ],
            );
            for one in &clients {
                let told = Told::LawSignedOff {
                    rule,
                    content,
                    house: client.is_none(),
                    note: &note,
                };
                self.put_law_fact(&mut write, *one, scope, at, told).await?;
            }
            match self.store().write(write).await {
                Ok(_) => return self.reload_law().await,
                Err(WriteError::Conflict { .. }) => self.reload_law().await?,
                Err(e) => return Err(e.into()),
            }
        }
        Err(AppError::Busy)
    }

    /// Reads packs and sign-offs again.
    pub async fn reload_law(&self) -> Result<(), AppError> {
        let now = self.now();
        let laws = &self.0.laws;
        laws.reload(self.store(), &self.directory(), now).await?;
        self.0.leaves.notify_one();
        Ok(())
    }

    /// The clients a change of the law concerns, if the scope may make it: a change for everybody
    /// needs everybody in scope.
    fn may_set_law(
        &self,
        scope: &Scope,
        client: Option<ClientId>,
    ) -> Result<Vec<ClientId>, AppError> {
        self.concerned(scope, client, Permission::Administer)
    }

    fn may_review(
        &self,
        scope: &Scope,
        client: Option<ClientId>,
    ) -> Result<Vec<ClientId>, AppError> {
        self.concerned(scope, client, Permission::LawReview)
    }

    fn concerned(
        &self,
        scope: &Scope,
        client: Option<ClientId>,
        permission: Permission,
    ) -> Result<Vec<ClientId>, AppError> {
        let directory = self.directory();
        let all: Vec<ClientId> = match client {
            Some(one) => vec![one],
            None => directory.clients().iter().map(|c| c.id).collect(),
        };
        if !scope.permissions().has(permission) {
            return Err(AppError::Denied(permission));
        }
        for one in &all {
            Self::check(scope, permission, *one)?;
        }
        Ok(all)
    }

    async fn put_law_fact(
        &self,
        write: &mut Write,
        client: ClientId,
        scope: &Scope,
        at: Timestamp,
        what: Told<'_>,
    ) -> Result<(), AppError> {
        let before = cases::events_of_case(self.store(), client, STREAM).await?;
        let version = before.last().map_or(0, |e| e.version) + 1;
        let kind = match what {
            Told::LawPackPublished { .. } => "law_pack_published",
            Told::LawSignedOff { .. } => "law_signed_off",
        };
        let fact = Fact {
            schema: returns::SCHEMA,
            at,
            by: scope.actor(),
            what,
        };
        self.put_fact(write, client, STREAM, (version, kind, at), &fact)
    }
}

/// A pack to publish.
#[derive(Debug, Clone, Copy)]
pub struct NewPack<'a> {
    /// Its name: lower-case letters, digits and hyphens; that of a shipped pack takes its place.
    pub name: &'a str,
    /// TOML text.
    pub source: &'a str,
    /// First day it decides new cases.
    pub effective_from: Date,
    /// Why it is published.
    pub note: &'a str,
}

fn words(note: &str) -> Option<String> {
    let note: String = note.trim().chars().take(NOTE_MAX).collect();
    (!note.is_empty()).then_some(note)
}

fn user_of(scope: &Scope) -> Uuid {
    match scope.actor() {
        Actor::User { id } => id.0,
        _ => Uuid::nil(),
    }
}

fn pack_values(row: &PackRow) -> Vec<store::Val> {
    let text = |t: &String| store::Val::from(t.clone());
    vec![
        row.client_id.into(),
        text(&row.name),
        row.version.into(),
        text(&row.hash),
        text(&row.source),
        text(&row.effective_from),
        text(&row.note),
        row.by_user.into(),
        row.published_at.into(),
    ]
}

/// Whether the events of the law of a client follow each other without a gap.
pub(crate) fn stream_fault(events: &[store::questions::cases::EventRow]) -> Option<String> {
    let mut versions = events.iter().zip(1_u64..);
    versions
        .find(|(e, n)| count(e.version) != *n)
        .map(|(_, n)| format!("event {n} of the law is missing"))
}
