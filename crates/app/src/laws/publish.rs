//! Changing the law of the house: packs published and retired, rules signed off. Every change is
//! compiled before it is stored and told in the event log of each client it concerns.

use super::{HOUSE, RACES_MAX, STREAM, content_of};
use crate::{App, error::AppError};
use data_encoding::HEXLOWER;
use kernel::{Actor, ClientId, Date, Permission, Scope, Timestamp};
use law::PackError;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use store::{
    Write, WriteError,
    questions::{
        cases,
        law::{self as questions, PackRow},
    },
    tables,
};
use uuid::Uuid;

/// Longest note, characters.
const NOTE_MAX: usize = 2_000;

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
#[expect(
    clippy::enum_variant_names,
    reason = "the words under which events of the law are stored"
)]
enum Told<'a> {
    LawPackPublished {
        name: &'a str,
        version: i64,
        hash: &'a str,
        effective_from: Date,
        house: bool,
        note: &'a str,
    },
    LawPackRetired {
        name: &'a str,
        version: i64,
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

impl App {
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
        if pack.source.trim().is_empty() {
            return Err(AppError::field("source", "help-law-source"));
        }
        self.put_pack(scope, (client, &clients), pack).await
    }

    /// Takes a published pack back: from a day on new cases are decided without it, under the
    /// pack of the house or the one that was shipped. The cases opened under it keep it.
    ///
    /// # Errors
    /// As [`App::publish_law`]; [`AppError::Missing`] where there is no such pack, or none any
    /// more.
    pub async fn retire_law(
        &self,
        scope: &Scope,
        client: Option<ClientId>,
        pack: &NewPack<'_>,
    ) -> Result<Result<Published, PackError>, AppError> {
        let clients = self.may_set_law(scope, client)?;
        let owner = client.map_or(HOUSE, |c| c.0);
        let packs = questions::packs(self.store()).await?;
        let mut mine = packs
            .iter()
            .filter(|p| p.client_id == owner && p.name == pack.name);
        if mine.next_back().is_none_or(PackRow::retires) {
            return Err(AppError::Missing);
        }
        let nothing = NewPack {
            source: "",
            ..*pack
        };
        self.put_pack(scope, (client, &clients), &nothing).await
    }

    /// Stores the next version of a pack once every book with it was compiled.
    async fn put_pack(
        &self,
        scope: &Scope,
        (client, clients): (Option<ClientId>, &[ClientId]),
        pack: &NewPack<'_>,
    ) -> Result<Result<Published, PackError>, AppError> {
        let note = words(pack.note).ok_or_else(|| AppError::field("note", "desk-help-text"))?;
        let hash = HEXLOWER.encode(&Sha256::digest(pack.source.as_bytes()));
        let at = self.now();
        let owner = client.map_or(HOUSE, |c| c.0);
        let all: Vec<i64> = self.directory().clients().iter().map(|c| c.id.0).collect();
        let effective_from = pack.effective_from.to_string();
        for _ in 0..RACES_MAX {
            let mut packs = questions::packs(self.store()).await?;
            let same = packs
                .iter()
                .filter(|p| p.client_id == owner && p.name == pack.name);
            let last = same.max_by_key(|p| p.version);
            // The same text for the same day again is the same publication.
            let known = last
                .filter(|p| p.hash == hash && p.effective_from == effective_from)
                .map(|p| p.version);
            let row = PackRow {
                client_id: owner,
                name: pack.name.to_owned(),
                version: known.unwrap_or(last.map_or(0, |p| p.version) + 1),
                hash: hash.clone(),
                source: pack.source.to_owned(),
                effective_from: effective_from.clone(),
                note: note.clone(),
                by_user: user_of(scope),
                published_at: at.as_millisecond(),
            };
            if known.is_none() {
                packs.push(row.clone());
            }
            let (shelves, _) = match self.0.laws.shelves(&packs, &all) {
                Ok(made) => made,
                Err(refused) => return Ok(Err(refused)),
            };
            let shelf = shelves.get(&owner).and_then(|s| s.last());
            let published = Published {
                version: row.version,
                hash: hash.clone(),
                book: shelf.map_or_else(String::new, |(_, b)| b.version().to_owned()),
            };
            if known.is_some() {
                return Ok(Ok(published));
            }
            let mut write = Write::new();
            write.row(&tables::LAW_PACK, pack_values(&row));
            for one in clients {
                let told = told_of(&row, pack.effective_from, client.is_none(), &note);
                self.put_law_fact(&mut write, *one, scope, at, told).await?;
            }
            match self.store().write(write).await {
                Ok(_) => {
                    self.reload_law().await?;
                    return Ok(Ok(published));
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
            Told::LawPackRetired { .. } => "law_pack_retired",
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

fn told_of<'r>(row: &'r PackRow, effective_from: Date, house: bool, note: &'r str) -> Told<'r> {
    if row.retires() {
        return Told::LawPackRetired {
            name: &row.name,
            version: row.version,
            effective_from,
            house,
            note,
        };
    }
    Told::LawPackPublished {
        name: &row.name,
        version: row.version,
        hash: &row.hash,
        effective_from,
        house,
        note,
    }
}
