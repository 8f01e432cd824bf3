//! Store credit as an account: lots with a last day, spent in a fixed order, expired as a fact.
//! Promotional lots are spent first and are never money (R13).

use super::{Account as A, Transfer};
use kernel::{Date, ObligationId};
use serde::{Deserialize, Serialize};

/// Credit from one obligation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditLot {
    /// The obligation it was paid by; credit is given once per obligation.
    pub from: ObligationId,
    /// Promotional: not paid for by the shopper.
    pub promotional: bool,
    /// The last day it can be spent; none if it does not expire.
    pub until: Option<Date>,
    /// What is left of it, minor units.
    pub left_minor: i64,
}

/// What was spent of a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// Which lot.
    pub from: ObligationId,
    /// Minor units.
    pub minor: i64,
}

/// Why credit cannot be changed so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CreditError {
    /// Not more than zero.
    #[error("an amount of credit is more than zero")]
    Amount,
    /// More than there is; names what there is in minor units.
    #[error("there are only {0} minor units of credit")]
    TooMuch(i64),
    /// The obligation gave credit before.
    #[error("this obligation gave credit before")]
    Twice,
}

/// The credit of one shopper with one client in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CreditAccount {
    /// Its lots, in the order they were given.
    pub lots: Vec<CreditLot>,
}

impl CreditAccount {
    /// What can be spent on a day.
    pub fn balance(&self, on: Date) -> i64 {
        let live = self.lots.iter().filter(|l| l.is_live(on));
        live.map(|l| l.left_minor).sum()
    }

    /// Adds a lot.
    pub fn give(&mut self, lot: CreditLot) -> Result<(), CreditError> {
        if lot.left_minor <= 0 {
            return Err(CreditError::Amount);
        }
        if self.lots.iter().any(|l| l.from == lot.from) {
            return Err(CreditError::Twice);
        }
        self.lots.push(lot);
        Ok(())
    }

    /// Spends credit on a day: promotional first, then what expires first, then what was given
    /// first. All of it or nothing.
    pub fn spend(&mut self, minor: i64, on: Date) -> Result<Vec<Spent>, CreditError> {
        if minor <= 0 {
            return Err(CreditError::Amount);
        }
        let balance = self.balance(on);
        if minor > balance {
            return Err(CreditError::TooMuch(balance));
        }
        let mut turn: Vec<usize> = (0..self.lots.len())
            .filter(|i| self.lots[*i].is_live(on))
            .collect();
        turn.sort_by_key(|i| {
            let lot = &self.lots[*i];
            (!lot.promotional, lot.until.is_none(), lot.until)
        });
        let (mut left, mut spent) = (minor, Vec::new());
        for i in turn {
            let lot = &mut self.lots[i];
            let part = lot.left_minor.min(left);
            if part > 0 {
                lot.left_minor -= part;
                left -= part;
                let from = lot.from;
                spent.push(Spent { from, minor: part });
            }
        }
        Ok(spent)
    }

    /// Ends what has expired before `on`, and what that moves: promotional credit that was never
    /// used costs nothing; paid credit becomes income only where the law lets it expire.
    pub fn expire(&mut self, on: Date) -> Vec<Transfer> {
        let mut out = Vec::new();
        for lot in self.lots.iter_mut().filter(|l| !l.is_live(on)) {
            let (from, to) = if lot.promotional {
                (A::PromotionalCredit, A::PromotionCost)
            } else {
                (A::StoreCredit, A::Recovered)
            };
            out.extend(Transfer::new(from, to, lot.left_minor));
            lot.left_minor = 0;
        }
        out
    }
}

impl CreditLot {
    fn is_live(&self, on: Date) -> bool {
        self.until.is_none_or(|last| on <= last)
    }
}
