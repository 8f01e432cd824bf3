//! Streaming verification of a whole stored log against its signed checkpoints: the first
//! index that does not hold, and why. Reading rows and recomputing leaves is the caller's.

use crate::checkpoint::Checkpoint;
use crate::hash::Hash;
use crate::tree::Frontier;

/// What is known of the event behind a stored leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Leaf hash recomputed from the stored event and salt.
    Recomputed(Hash),
    /// Event or salt was erased on purpose, with a record of it; only the leaf remains.
    Erased,
    /// The event is gone and nothing says why.
    Missing,
}

/// One leaf of the stored log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditRow {
    /// Index in the log, from 0.
    pub index: u64,
    /// Leaf hash as stored.
    pub stored: Hash,
    /// What its event gives.
    pub evidence: Evidence,
}

/// The first thing that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// The event no longer gives the stored leaf.
    #[error("index {index}: the event was changed after it was logged")]
    Changed {
        /// First bad index.
        index: u64,
    },
    /// The leaf has no event.
    #[error("index {index}: the event is missing")]
    Missing {
        /// First bad index.
        index: u64,
    },
    /// An index was left out.
    #[error("index {index} is missing, the next one is {found}")]
    Gap {
        /// The index that should have come.
        index: u64,
        /// The index that came.
        found: u64,
    },
    /// An index came again, or rows are out of order.
    #[error("index {index} came twice")]
    Duplicate {
        /// The repeated index.
        index: u64,
    },
    /// The leaves before a checkpoint do not give its root: some leaf from `confirmed` on
    /// was replaced together with its event.
    #[error("the first {size} leaves give root {computed}, the checkpoint says {signed}")]
    WrongRoot {
        /// Size of the newest checkpoint that held, 0 for none.
        confirmed: u64,
        /// Size of the checkpoint.
        size: u64,
        /// Root of the stored leaves.
        computed: Hash,
        /// Root that was signed.
        signed: Hash,
    },
    /// A checkpoint covers more leaves than are stored: the log was cut or an old copy restored.
    #[error("a checkpoint covers {signed} leaves, only {stored} are stored")]
    Rollback {
        /// Leaves stored.
        stored: u64,
        /// Leaves that the checkpoint covers.
        signed: u64,
    },
}

impl Finding {
    /// The first bad index; for a wrong root, the first that may be bad.
    pub fn index(&self) -> u64 {
        match self {
            Self::Changed { index }
            | Self::Missing { index }
            | Self::Gap { index, .. }
            | Self::Duplicate { index } => *index,
            Self::WrongRoot { confirmed, .. } => *confirmed,
            Self::Rollback { stored, .. } => *stored,
        }
    }
}

/// What a log that holds amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditReport {
    /// Leaves stored.
    pub size: u64,
    /// Root over all of them.
    pub root: Hash,
    /// Leaves whose event was erased, so that only the leaf was checked.
    pub erased: u64,
    /// Leaves covered by the newest checkpoint; the rest awaits one.
    pub signed: u64,
}

/// A running audit; memory does not grow with the log.
#[derive(Debug)]
pub struct Audit {
    frontier: Frontier,
    erased: u64,
    /// Checkpoints still ahead, largest first.
    ahead: Vec<Checkpoint>,
    signed: u64,
}

impl Audit {
    /// Starts at index 0. The checkpoints' signatures must have been verified
    /// ([`Checkpoint::open`]); their order does not matter.
    ///
    /// # Errors
    /// [`Finding::WrongRoot`] for a checkpoint of an empty log that has another root.
    pub fn new(mut checkpoints: Vec<Checkpoint>) -> Result<Self, Finding> {
        checkpoints.sort_by_key(|c| std::cmp::Reverse(c.size));
        let mut audit = Self {
            frontier: Frontier::default(),
            erased: 0,
            ahead: checkpoints,
            signed: 0,
        };
        audit.check_heads()?;
        Ok(audit)
    }

    /// Takes the next leaf, in order of index.
    ///
    /// # Errors
    /// The first [`Finding`]; the audit is over then.
    pub fn push(&mut self, row: AuditRow) -> Result<(), Finding> {
        let next = self.frontier.size();
        if row.index > next {
            return Err(Finding::Gap {
                index: next,
                found: row.index,
            });
        }
        if row.index < next {
            return Err(Finding::Duplicate { index: row.index });
        }
        match row.evidence {
            Evidence::Recomputed(hash) if hash == row.stored => {}
            Evidence::Recomputed(_) => return Err(Finding::Changed { index: row.index }),
            Evidence::Missing => return Err(Finding::Missing { index: row.index }),
            Evidence::Erased => self.erased += 1,
        }
        self.frontier.push(row.stored);
        self.check_heads()
    }

    /// Ends the audit after the last leaf.
    ///
    /// # Errors
    /// [`Finding::Rollback`] when a checkpoint covers more than was stored.
    pub fn finish(self) -> Result<AuditReport, Finding> {
        let (size, root) = (self.frontier.size(), self.frontier.root());
        if let Some(newest) = self.ahead.first() {
            return Err(Finding::Rollback {
                stored: size,
                signed: newest.size,
            });
        }
        Ok(AuditReport {
            size,
            root,
            erased: self.erased,
            signed: self.signed,
        })
    }

    fn check_heads(&mut self) -> Result<(), Finding> {
        while let Some(head) = self.ahead.pop_if(|head| head.size == self.frontier.size()) {
            let computed = self.frontier.root();
            if computed != head.root {
                let (confirmed, signed) = (self.signed, head.root);
                return Err(Finding::WrongRoot {
                    confirmed,
                    size: head.size,
                    computed,
                    signed,
                });
            }
            self.signed = head.size;
        }
        Ok(())
    }
}

/// Audits a whole log in one call: [`Audit`] over `rows` in order of index.
///
/// # Errors
/// The first [`Finding`].
pub fn first_bad(
    rows: impl IntoIterator<Item = AuditRow>,
    checkpoints: Vec<Checkpoint>,
) -> Result<AuditReport, Finding> {
    let mut audit = Audit::new(checkpoints)?;
    rows.into_iter().try_for_each(|row| audit.push(row))?;
    audit.finish()
}
