//! Law packs of the house and its clients, the books cases were decided under, and sign-offs.

use super::{maybe, rows};
use crate::{Store, StoreError};
use sqlx::FromRow;
use uuid::Uuid;

/// A published version of a pack. Client 0 is the house: it holds for everybody.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PackRow {
    /// The client, or 0.
    pub client_id: i64,
    /// Its name; one named like a shipped pack takes its place.
    pub name: String,
    /// Which version of it, from 1.
    pub version: i64,
    /// SHA-256 of the text, hex.
    pub hash: String,
    /// The TOML text.
    pub source: String,
    /// First day it decides new cases.
    pub effective_from: String,
    /// Why it was published.
    pub note: String,
    /// Who published it.
    pub by_user: Uuid,
    /// When, milliseconds.
    pub published_at: i64,
}

impl PackRow {
    /// The version that takes the pack back: it has no text.
    pub const fn retires(&self) -> bool {
        self.source.is_empty()
    }
}

/// What changes when somebody publishes a pack or signs a rule off: nothing is ever deleted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, FromRow)]
pub struct LawState {
    /// Published versions of packs.
    pub packs: i64,
    /// Sign-offs.
    pub sign_offs: i64,
}

/// A sign-off of one wording of a rule.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct SignOffRow {
    /// The client, or 0 for everybody.
    pub client_id: i64,
    /// The rule.
    pub rule: String,
    /// SHA-256 of what it says, hex.
    pub content: String,
    /// The reviewer's name.
    pub reviewer: String,
    /// Who signed.
    pub by_user: Uuid,
    /// What they looked at.
    pub note: String,
    /// When, milliseconds.
    pub at: i64,
}

pub(crate) mod sql {
    super::super::sql! {
        LAW_PACKS = "SELECT client_id, name, version, hash, source, effective_from, note, \
            by_user, published_at FROM law_pack ORDER BY client_id, name, version";
        LAW_BOOK = "SELECT packs FROM law_book WHERE version = $1";
        LAW_STATE = "SELECT (SELECT COUNT(*) FROM law_pack) AS packs, \
            (SELECT COUNT(*) FROM law_sign_off) AS sign_offs";
        LAW_SIGN_OFFS = "SELECT client_id, rule, content, reviewer, by_user, note, at \
            FROM law_sign_off ORDER BY client_id, rule, content";
    }
}

/// Every published pack, oldest version first.
pub async fn packs(store: &Store) -> Result<Vec<PackRow>, StoreError> {
    Ok(crate::seeing(None, async { rows!(store, sql::LAW_PACKS) }).await?)
}

/// The packs of a kept book as JSON: a list of name and text.
pub async fn book(store: &Store, version: &str) -> Result<Option<String>, StoreError> {
    let row: Option<(String,)> = maybe!(store, sql::LAW_BOOK, version)?;
    Ok(row.map(|(packs,)| packs))
}

/// How many packs and sign-offs there are.
pub async fn state(store: &Store) -> Result<LawState, StoreError> {
    let row: Option<LawState> =
        crate::seeing(None, async { maybe!(store, sql::LAW_STATE) }).await?;
    Ok(row.unwrap_or_default())
}

/// Every sign-off.
pub async fn sign_offs(store: &Store) -> Result<Vec<SignOffRow>, StoreError> {
    Ok(crate::seeing(None, async { rows!(store, sql::LAW_SIGN_OFFS) }).await?)
}
