//! One walk over a stored log in order of index: leaves against events, roots against
//! checkpoints, tiles against leaves. Stops at the first leaf that does not hold.

use super::{count, heads::Heads, leaf_hash, stored, verify::LedgerFinding};
use crate::AppError;
use kernel::{CaseId, ClientId, Timestamp};
use ledger::{
    Audit, AuditRow, Evidence, Finding, Hash, TileAppender, TileId, canonical_json,
    hash::HASH_BYTES, tile::TILE_WIDTH,
};
use serde_json::Value;
use std::collections::BTreeMap;
use store::{
    Store,
    questions::ledger::{self as log, LeafEventRow},
};
use uuid::Uuid;

/// Leaves read at once.
const PAGE: i64 = 1_000;

/// Where a walk ended.
pub(super) struct Walked {
    /// Leaves before the first bad one.
    pub size: u64,
    /// Root of all leaves; none if one was bad.
    pub root: Option<Hash>,
    /// What does not hold, a bad leaf first.
    pub findings: Vec<LedgerFinding>,
}

/// Takes every leaf up to the newest head.
pub(super) async fn walk(
    store: &Store,
    client: ClientId,
    heads: Heads,
    mut progress: impl FnMut(u64, u64),
) -> Result<Walked, AppError> {
    let limit = heads.head.max(heads.newest());
    let mut tiles = TileCheck::default();
    let mut audit = match Audit::new(heads.checkpoints) {
        Ok(audit) => audit,
        Err(e) => return Ok(stopped(&e, LedgerFinding::of_log(e.to_string()))),
    };
    // From the smallest number there is: a row below index 0 is no leaf of the log.
    let mut from = i64::MIN;
    loop {
        let page = log::leaves_with_events(store, client, from, PAGE).await?;
        let Some(last) = page.last() else { break };
        from = last.idx.saturating_add(1);
        for row in page.iter().filter(|row| row.idx < stored(limit)) {
            let (leaf, words) = examine(client, row);
            tiles.push(leaf.stored);
            if let Err(e) = audit.push(leaf) {
                tiles.check(store, client, true).await?;
                let finding = locate(store, client, &e, row, words, &tiles).await?;
                return Ok(stopped(&e, finding));
            }
        }
        tiles.check(store, client, false).await?;
        progress(count(from).min(limit), limit);
        if from >= stored(limit) {
            break;
        }
    }
    tiles.check(store, client, true).await?;
    let mut findings = Vec::from_iter(tiles.first_wrong);
    findings.extend(leaf_beyond(store, client, limit).await?);
    Ok(match audit.finish() {
        Ok(report) => Walked {
            size: report.size,
            root: Some(report.root),
            findings,
        },
        Err(e) => {
            let cut = LedgerFinding {
                index: Some(e.index()),
                ..LedgerFinding::of_log(e.to_string())
            };
            findings.insert(0, cut);
            Walked {
                size: e.index(),
                root: None,
                findings,
            }
        }
    })
}

fn stopped(e: &Finding, finding: LedgerFinding) -> Walked {
    Walked {
        size: e.index(),
        root: None,
        findings: vec![finding],
    }
}

/// The finding for what the audit found at `row`, as exactly as it can be said.
async fn locate(
    store: &Store,
    client: ClientId,
    e: &Finding,
    row: &LeafEventRow,
    words: Option<String>,
    tiles: &TileCheck,
) -> Result<LedgerFinding, AppError> {
    let at = |row: &LeafEventRow, words: String| LedgerFinding {
        index: Some(e.index()),
        case: Some(CaseId(row.case_id)),
        version: Some(count(row.version)),
        words,
    };
    if !matches!(e, Finding::WrongRoot { .. }) {
        let words =
            words.filter(|_| matches!(e, Finding::Changed { .. } | Finding::Missing { .. }));
        return Ok(at(row, words.unwrap_or_else(|| e.to_string())));
    }
    // A leaf was replaced together with its event. The tiles still hold what was published,
    // unless they were changed as well.
    let exact = tiles
        .first_wrong
        .as_ref()
        .and_then(|f| f.index)
        .filter(|i| *i >= e.index());
    let Some(index) = exact else {
        return Ok(LedgerFinding {
            index: Some(e.index()),
            ..LedgerFinding::of_log(e.to_string())
        });
    };
    let found = log::leaves_with_events(store, client, stored(index), 1).await?;
    let words = format!("index {index}: the leaf is not the one in the published tile; {e}");
    Ok(found.first().map_or_else(
        || LedgerFinding {
            index: Some(index),
            ..LedgerFinding::of_log(words.clone())
        },
        |row| LedgerFinding {
            index: Some(index),
            ..at(row, words.clone())
        },
    ))
}

/// A leaf that no head covers. The log may have grown during the walk; then its head has too.
async fn leaf_beyond(
    store: &Store,
    client: ClientId,
    limit: u64,
) -> Result<Option<LedgerFinding>, AppError> {
    let next = log::leaves_with_events(store, client, stored(limit), 1).await?;
    let Some(row) = next.first() else {
        return Ok(None);
    };
    let head = log::head(store, client).await?.map_or(0, |head| head.size);
    Ok((row.idx >= head).then(|| LedgerFinding {
        index: Some(count(row.idx)),
        case: Some(CaseId(row.case_id)),
        version: Some(count(row.version)),
        words: format!("the leaf is beyond the head of {head} leaves"),
    }))
}

/// A stored row as the audit takes it, and what is wrong with it in words.
fn examine(client: ClientId, row: &LeafEventRow) -> (AuditRow, Option<String>) {
    let index = count(row.idx);
    let Some(stored) = Hash::from_slice(&row.leaf_hash) else {
        let words = format!("index {index}: the stored leaf is no hash");
        let leaf = AuditRow {
            index,
            stored: Hash::empty_root(),
            evidence: Evidence::Missing,
        };
        return (leaf, Some(words));
    };
    let fault = match (&row.kind, row.at, &row.body, &row.salt) {
        (Some(kind), Some(at), Some(body), Some(salt)) => {
            let key = (row.case_id, row.version);
            fault_of(client, key, (kind, at, body, salt), &row.leaf_hash)
        }
        _ => Some("the event is missing".to_owned()),
    };
    let evidence = if fault.is_some() {
        Evidence::Missing
    } else {
        Evidence::Recomputed(stored)
    };
    (
        AuditRow {
            index,
            stored,
            evidence,
        },
        fault.map(|words| format!("index {index}: {words}")),
    )
}

/// What is wrong with a stored event, given as `(kind, at, body, salt)`, if anything: it must
/// give the stored leaf, be canonical JSON, and agree with the columns beside it.
pub(super) fn fault_of(
    client: ClientId,
    (case, version): (Uuid, i64),
    (kind, at, body, salt): (&str, i64, &str, &[u8]),
    stored: &[u8],
) -> Option<String> {
    let Ok(salt) = salt.try_into() else {
        return Some("the event's salt is not 32 bytes long".to_owned());
    };
    let form = form_fault(kind, at, body);
    match leaf_hash(client, CaseId(case), count(version), kind, body, salt) {
        Ok(hash) if hash.0 == stored => form.map(str::to_owned),
        _ => {
            let why = form.map(|words| format!(" ({words})")).unwrap_or_default();
            Some(format!("the event was changed after it was logged{why}"))
        }
    }
}

fn form_fault(kind: &str, at: i64, body: &str) -> Option<&'static str> {
    let Ok(event) = serde_json::from_str::<Value>(body) else {
        return Some("its body is not JSON");
    };
    if canonical_json(&event).ok().as_deref() != Some(body.as_bytes()) {
        return Some("its body is not in canonical form");
    }
    let text = |pointer| event.pointer(pointer).and_then(Value::as_str);
    if text("/what/type") != Some(kind) {
        return Some("its kind is not the one in its body");
    }
    let told: Option<Timestamp> = text("/at").and_then(|t| t.parse().ok());
    if told.map(Timestamp::as_millisecond) != Some(at) {
        return Some("its time is not the one in its body");
    }
    None
}

/// Tiles rebuilt from the leaves, held against the stored ones.
#[derive(Default)]
struct TileCheck {
    appender: TileAppender,
    /// The open tile of each level as of the last check.
    open: BTreeMap<u8, (TileId, Vec<u8>)>,
    first_wrong: Option<LedgerFinding>,
}

impl TileCheck {
    fn push(&mut self, leaf: Hash) {
        self.appender.push(leaf);
    }

    /// Checks the tiles completed since the last call; at the end of the walk (`last`) also the
    /// open ones.
    async fn check(&mut self, store: &Store, client: ClientId, last: bool) -> Result<(), AppError> {
        let mut made = Vec::new();
        for (id, bytes) in self.appender.take_tiles() {
            if id.is_full() {
                self.open
                    .retain(|_, (open, _)| open.level() != id.level() || open.index() > id.index());
                made.push((id, bytes));
            } else {
                self.open.insert(id.level(), (id, bytes));
            }
        }
        if last {
            made.extend(std::mem::take(&mut self.open).into_values());
        }
        if self.first_wrong.is_some() {
            return Ok(());
        }
        let keys: Vec<(i64, i64)> = made
            .iter()
            .map(|(id, _)| (i64::from(id.level()), stored(id.index())))
            .collect();
        let found = log::tiles(store, client, &keys).await?;
        self.first_wrong = made.iter().zip(&keys).find_map(|((id, want), key)| {
            let hit = found
                .iter()
                .find(|(level, tile, _)| (*level, *tile) == *key);
            tile_fault(*id, want, hit.map(|(_, _, bytes)| bytes.as_slice()))
        });
        Ok(())
    }
}

/// How a stored tile differs from the one its leaves make, if it does. A wider one is the same
/// tile at a later size.
fn tile_fault(id: TileId, want: &[u8], found: Option<&[u8]>) -> Option<LedgerFinding> {
    let path = id.path();
    let Some(found) = found else {
        return Some(LedgerFinding::of_log(format!("{path} is missing")));
    };
    let (mut pairs, given) = (
        want.chunks(HASH_BYTES).zip(0_u64..),
        found.chunks(HASH_BYTES),
    );
    let mut given = given.fuse();
    let wrong = pairs.find(|(hash, _)| given.next() != Some(*hash))?.1;
    let index = (id.level() == 0).then(|| id.index() * u64::from(TILE_WIDTH) + wrong);
    let words = format!("{path} is not what the leaves make, from hash {wrong} on");
    Some(LedgerFinding {
        index,
        ..LedgerFinding::of_log(words)
    })
}
