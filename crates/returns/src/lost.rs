//! What disputes took from the account of an order, and where it is counted: on lines they are about,
//! or on the order as a whole. What the buyer's bank gave back is not given back again.

use crate::account::{LineAccount, OrderAccount};
use crate::order::SalesOrder;
use crate::refusal::{Refusal, RefusalCode};
use kernel::CaseId;
use serde::{Deserialize, Serialize};

/// What one dispute took from one order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostPart {
    /// The stream of the dispute.
    pub dispute: CaseId,
    /// The line it is about; none for the order as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u16>,
    /// Minor units.
    pub minor: i64,
}

impl OrderAccount {
    /// What a dispute took, where it is counted.
    pub fn lost_to(&self, dispute: CaseId) -> Vec<LostPart> {
        let own = self.lost.iter().filter(|l| l.dispute == dispute);
        own.copied().collect()
    }

    /// Lost to disputes about a line.
    pub fn lost_on(&self, line: u16) -> i64 {
        self.lines
            .get(usize::from(line))
            .map_or(0, |l| l.lost_minor)
    }

    /// What a line can still give where a dispute about it was lost: its worth less what was
    /// granted on it to any case, and less what the buyer's bank took.
    pub(crate) fn line_room(&self, order: &SalesOrder, line: u16) -> i64 {
        let (Some(sold), Some(account)) = (order.line(line), self.lines.get(usize::from(line)))
        else {
            return 0;
        };
        if account.lost_minor == 0 {
            return i64::MAX;
        }
        let more: i64 = account.claims.iter().map(|c| c.paid_more_minor).sum();
        let granted: i64 = account.claims.iter().map(|c| c.granted_minor).sum();
        (sold.worth(0, sold.quantity) + more - granted - account.lost_minor).max(0)
    }

    /// Whether more was granted and lost than there was, on the order or on a line a dispute is
    /// about: what is not paid yet would be paid twice.
    pub fn is_over(&self, order: &SalesOrder) -> bool {
        let over = |(sold, account): (&crate::order::OrderLine, &LineAccount)| {
            let more: i64 = account.claims.iter().map(|c| c.paid_more_minor).sum();
            let granted: i64 = account.claims.iter().map(|c| c.granted_minor).sum();
            account.lost_minor > 0
                && granted + account.lost_minor > sold.worth(0, sold.quantity) + more
        };
        self.refundable_minor() < 0 || order.lines.iter().zip(&self.lines).any(over)
    }

    pub(crate) fn lose(
        &mut self,
        dispute: CaseId,
        line: Option<u16>,
        minor: i64,
    ) -> Result<(), Refusal> {
        if let Some(line) = line {
            let unknown = || Refusal::new(RefusalCode::UnknownLine).on_line(line);
            let account = self.lines.get_mut(usize::from(line)).ok_or_else(unknown)?;
            account.lost_minor += minor;
        }
        self.chargebacks_lost_minor += minor;
        let same = |l: &&mut LostPart| l.dispute == dispute && l.line == line;
        match self.lost.iter_mut().find(same) {
            Some(part) => part.minor += minor,
            None => self.lost.push(LostPart {
                dispute,
                line,
                minor,
            }),
        }
        self.lost.retain(|l| l.minor != 0);
        Ok(())
    }
}
