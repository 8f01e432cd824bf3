//! The signed heads a log must agree with: every stored checkpoint, the head row, and
//! checkpoints kept elsewhere.

use super::{count, sequence::frontier_of, stored, verify::LedgerFinding};
use crate::AppError;
use kernel::ClientId;
use ledger::{Checkpoint, VerifierKey};
use store::{
    Store,
    questions::ledger::{self as log, HeadRow},
};

/// The heads, opened; what could not be opened is a finding.
pub(super) struct Heads {
    /// Checkpoints whose signature holds, in no order.
    pub checkpoints: Vec<Checkpoint>,
    /// Leaves the head row says there are.
    pub head: u64,
    /// What does not hold.
    pub findings: Vec<LedgerFinding>,
}

impl Heads {
    /// Reads them. Checkpoints come before the head, so that in a log that grows meanwhile the
    /// head is never the older one.
    pub(super) async fn load(
        store: &Store,
        client: ClientId,
        key: &VerifierKey,
        kept: &[String],
    ) -> Result<Self, AppError> {
        let mut heads = Self {
            checkpoints: Vec::new(),
            head: 0,
            findings: Vec::new(),
        };
        for (size, note) in log::checkpoints(store, client, i64::MAX).await? {
            match Checkpoint::open(&note, key) {
                Ok(opened) if stored(opened.size) == size => heads.checkpoints.push(opened),
                Ok(opened) => heads.wrong(format!(
                    "the checkpoint stored for {size} leaves was signed for {}",
                    opened.size
                )),
                Err(e) => heads.wrong(format!("the checkpoint at {size} leaves: {e}")),
            }
        }
        for note in kept {
            match Checkpoint::open(note, key) {
                Ok(opened) => heads.checkpoints.push(opened),
                Err(e) => heads.wrong(format!("a checkpoint kept elsewhere: {e}")),
            }
        }
        if let Some(row) = log::head(store, client).await? {
            heads.take_head(&row, key);
        }
        let (newest, head) = (heads.newest(), heads.head);
        if newest > head {
            heads.wrong(format!(
                "the head has {head} leaves, a checkpoint covers {newest}"
            ));
        }
        Ok(heads)
    }

    /// Leaves the newest checkpoint covers.
    pub(super) fn newest(&self) -> u64 {
        self.checkpoints.iter().map(|c| c.size).max().unwrap_or(0)
    }

    fn take_head(&mut self, row: &HeadRow, key: &VerifierKey) {
        self.head = count(row.size);
        match (Checkpoint::open(&row.checkpoint, key), frontier_of(row)) {
            (Ok(signed), Ok(edge)) => {
                if (edge.size(), edge.root()) != (signed.size, signed.root) {
                    self.wrong("the head is not what was signed".to_owned());
                }
                self.checkpoints.push(signed);
            }
            (Err(e), _) => self.wrong(format!("the head: {e}")),
            (_, Err(e)) => self.wrong(format!("the head: {e}")),
        }
    }

    fn wrong(&mut self, words: String) {
        self.findings.push(LedgerFinding::of_log(words));
    }
}
