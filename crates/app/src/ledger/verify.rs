//! The check of a whole stored log and its report: every leaf from its event, every signed
//! checkpoint, the tiles, the head, and that no event is left out. Reads only; memory does not
//! grow with the number of events. Nothing stored is trusted, whatever text stands in a row.
//! The parts are in [`super::heads`] and [`super::walk`].

use super::{count, heads::Heads, walk};
use crate::{App, AppError};
use kernel::{CaseId, ClientId, Permission, Scope};
use ledger::Hash;
use store::{
    Store,
    questions::{
        cases::{self, EventRow},
        ledger::{self as log, PendingRow},
    },
};

/// Waiting leaves that are looked at; more than this waits only while nothing sequences.
const PENDING_MAX: i64 = 10_000;

/// Something in a log that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerFinding {
    /// Index in the log, if it is about one; for a wrong root the first that may be bad.
    pub index: Option<u64>,
    /// The case, if it is known.
    pub case: Option<CaseId>,
    /// The version of the event, if it is known.
    pub version: Option<u64>,
    /// What is wrong.
    pub words: String,
}

impl LedgerFinding {
    /// A finding about the log as such.
    pub(super) fn of_log(words: impl Into<String>) -> Self {
        Self {
            index: None,
            case: None,
            version: None,
            words: words.into(),
        }
    }
}

impl std::fmt::Display for LedgerFinding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(index) = self.index {
            write!(f, "entry {index}: ")?;
        }
        f.write_str(&self.words)
    }
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    /// Whose log.
    pub client: ClientId,
    /// The log's public key in vkey form.
    pub vkey: String,
    /// Leaves before the first bad one; all of them if there is none.
    pub size: u64,
    /// Root over all leaves; none if one of them does not hold.
    pub root: Option<Hash>,
    /// Leaves covered by the newest checkpoint that holds.
    pub signed: u64,
    /// Events not yet sequenced; that is no fault.
    pub pending: u64,
    /// Everything that does not hold, a bad leaf first. Leaves after the first bad one are not
    /// judged: their place depends on it.
    pub findings: Vec<LedgerFinding>,
}

impl VerifyReport {
    /// Whether everything holds.
    pub fn is_ok(&self) -> bool {
        self.findings.is_empty()
    }

    /// The first index that does not hold.
    pub fn first_bad(&self) -> Option<u64> {
        self.findings.iter().find_map(|f| f.index)
    }
}

impl App {
    /// Verifies a client's whole log. `progress` hears how many leaves are done and of how many.
    ///
    /// # Errors
    /// [`AppError::Missing`] or [`AppError::Denied`] by scope; faults of the database. What is
    /// wrong with the log is in the report, not an error.
    pub async fn verify_ledger(
        &self,
        scope: &Scope,
        client: ClientId,
        progress: impl FnMut(u64, u64),
    ) -> Result<VerifyReport, AppError> {
        self.verify_ledger_against(scope, client, &[], progress)
            .await
    }

    /// As [`App::verify_ledger`], and holds the log also against checkpoints kept elsewhere. A
    /// database put back to an older state as a whole is found only this way.
    ///
    /// # Errors
    /// As [`App::verify_ledger`].
    pub async fn verify_ledger_against(
        &self,
        scope: &Scope,
        client: ClientId,
        kept: &[String],
        progress: impl FnMut(u64, u64),
    ) -> Result<VerifyReport, AppError> {
        Self::check(scope, Permission::LedgerRead, client)?;
        let key = self.log_key(client).await?;
        let store = &self.0.store;
        let mut heads = Heads::load(store, client, &key, kept).await?;
        let mut sizes: Vec<u64> = heads.checkpoints.iter().map(|c| c.size).collect();
        let of_heads = std::mem::take(&mut heads.findings);
        let walked = walk::walk(store, client, heads, progress).await?;
        sizes.retain(|size| *size <= walked.size);
        let mut findings = walked.findings;
        findings.extend(of_heads);
        let unlogged = log::unlogged_events(store, client).await?;
        if unlogged != 0 {
            let words = format!("{unlogged} events have no leaf and none is waiting");
            findings.push(LedgerFinding::of_log(words));
        }
        findings.extend(check_pending(store, client).await?);
        Ok(VerifyReport {
            client,
            vkey: key.to_string(),
            size: walked.size,
            root: walked.root,
            signed: sizes.into_iter().max().unwrap_or(0),
            pending: count(log::pending_count(store, client).await?),
            findings,
        })
    }
}

/// Recomputes the leaves that wait for their index.
async fn check_pending(store: &Store, client: ClientId) -> Result<Vec<LedgerFinding>, AppError> {
    let waiting = log::pending(store, client, PENDING_MAX).await?;
    let mut findings = Vec::new();
    for of_case in waiting.chunk_by(|a, b| a.case_id == b.case_id) {
        let Some(first) = of_case.first() else {
            continue;
        };
        let case = CaseId(first.case_id);
        let events = cases::events_of_case(store, client, case).await?;
        findings.extend(of_case.iter().filter_map(|row| {
            let words = pending_fault(client, row, &events)?;
            let version = Some(count(row.version));
            Some(LedgerFinding {
                index: None,
                case: Some(case),
                version,
                words,
            })
        }));
    }
    Ok(findings)
}

fn pending_fault(client: ClientId, row: &PendingRow, events: &[EventRow]) -> Option<String> {
    let event = events.iter().find(|e| e.version == row.version);
    let fault = match event {
        None => Some("the event is missing".to_owned()),
        Some(e) => walk::fault_of(
            client,
            (e.case_id, e.version),
            (&e.kind, e.at, &e.body, &e.salt),
            &row.leaf_hash,
        ),
    };
    fault.map(|words| format!("waiting for its index: {words}"))
}
