//! What may be done to an account of credit: a command and the account in, what happened or why
//! not out. Whatever has ended by the day of a command ends first, so no command sees it.

use super::{CreditAccount, CreditLot, CreditPart, CreditUse, CreditWhat};
use jiff::ToSpan as _;
use kernel::{CaseId, CreditUseId, Date, ObligationId};
use std::sync::Arc;

/// Purchases an account remembers and can undo; as many empty lots are kept.
pub const RETAINED: usize = 200;
/// Holds at once.
const HOLDS_MAX: usize = 50;
/// How many days credit is held for a purchase that is not made.
pub const HOLD_DAYS: i64 = 7;

/// A command to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreditCommand {
    /// An obligation is paid as credit.
    Issue {
        /// The case it comes from.
        case: CaseId,
        /// The lot.
        lot: CreditLot,
    },
    /// The obligation is owed again: take its credit back, all of it.
    Withdraw {
        /// Which.
        obligation: ObligationId,
    },
    /// Hold credit for a purchase.
    Hold {
        /// The id of the hold.
        id: CreditUseId,
        /// Minor units.
        minor: i64,
        /// The client's own reference.
        reference: Arc<str>,
    },
    /// Pay for a purchase.
    Spend {
        /// The id of the purchase.
        id: CreditUseId,
        /// Minor units.
        minor: i64,
        /// The client's own reference.
        reference: Arc<str>,
    },
    /// Pay with what is held. What is held beyond the amount is free again.
    SpendHeld {
        /// Which hold; the purchase has the same id.
        id: CreditUseId,
        /// Minor units; none for all of it.
        minor: Option<i64>,
    },
    /// Free what is held, or undo what was spent.
    Void {
        /// Which.
        id: CreditUseId,
    },
    /// Let end what has ended.
    Expire,
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
    /// Some of the credit of the obligation was used; names what is left in minor units.
    #[error("the credit was used: only {0} minor units of it are left")]
    Used(i64),
    /// Nothing is held and nothing was spent under this id, or it was undone, or it is too old.
    #[error("there is no such hold or purchase, or it was undone before")]
    Unknown,
    /// The id names another hold or purchase.
    #[error("this id names another hold or purchase")]
    SameId,
    /// Too many holds at once.
    #[error("an account holds credit for at most {HOLDS_MAX} purchases at once")]
    TooManyHolds,
}

/// Judges a command. Pure; `today` is the day in the client's time zone. Nothing to do gives no
/// events.
pub fn handle(
    account: &CreditAccount,
    command: &CreditCommand,
    today: Date,
) -> Result<Vec<CreditWhat>, CreditError> {
    let mut now = account.clone();
    let mut out = Vec::new();
    end(&mut now, today, &mut out);
    let before = out.len();
    judge(&now, command, today, &mut out)?;
    for what in &out[before..] {
        now.apply(what);
    }
    // What was freed may have ended while it was held.
    end(&mut now, today, &mut out);
    Ok(out)
}

/// Ends holds and lots that have passed their last day.
fn end(now: &mut CreditAccount, today: Date, out: &mut Vec<CreditWhat>) {
    let over = |h: &&CreditUse| h.held_until.is_some_and(|last| today > last);
    let over: Vec<CreditUseId> = now.held.iter().filter(over).map(|h| h.id).collect();
    for id in over {
        let what = CreditWhat::CreditReleased { id };
        now.apply(&what);
        out.push(what);
    }
    let ended = now.lots.iter().filter(|l| !l.is_live(today));
    let parts: Vec<CreditPart> = ended
        .filter(|l| l.left_minor > 0)
        .map(|l| CreditPart {
            from: l.from,
            promotional: l.promotional,
            minor: l.left_minor,
        })
        .collect();
    if !parts.is_empty() {
        let what = CreditWhat::CreditExpired { parts };
        now.apply(&what);
        out.push(what);
    }
}

fn judge(
    now: &CreditAccount,
    command: &CreditCommand,
    today: Date,
    out: &mut Vec<CreditWhat>,
) -> Result<(), CreditError> {
    match command {
        CreditCommand::Issue { case, lot } => {
            if lot.given_minor <= 0 || lot.left_minor != lot.given_minor {
                return Err(CreditError::Amount);
            }
            if now.lots.iter().any(|l| l.from == lot.from) {
                return Err(CreditError::Twice);
            }
            out.push(CreditWhat::CreditIssued {
                customer: now.customer,
                currency: now.currency,
                case: *case,
                lot: lot.clone(),
            });
        }
        CreditCommand::Withdraw { obligation } => {
            let lot = now.lots.iter().find(|l| l.from == *obligation);
            match lot {
                Some(lot) if lot.left_minor == lot.given_minor => {
                    let obligation = *obligation;
                    out.push(CreditWhat::CreditWithdrawn { obligation });
                }
                Some(lot) => return Err(CreditError::Used(lot.left_minor)),
                None => return Err(CreditError::Used(0)),
            }
        }
        CreditCommand::Hold {
            id,
            minor,
            reference,
        } => {
            fresh(now, *id)?;
            if now.held.len() >= HOLDS_MAX {
                return Err(CreditError::TooManyHolds);
            }
            let held = CreditUse {
                id: *id,
                reference: reference.clone(),
                parts: parts_for(now, *minor, today)?,
                held_until: today.checked_add(HOLD_DAYS.days()).ok(),
            };
            out.push(CreditWhat::CreditHeld { held });
        }
        CreditCommand::Spend {
            id,
            minor,
            reference,
        } => {
            fresh(now, *id)?;
            let spent = CreditUse {
                id: *id,
                reference: reference.clone(),
                parts: parts_for(now, *minor, today)?,
                held_until: None,
            };
            out.push(CreditWhat::CreditSpent { spent });
        }
        CreditCommand::SpendHeld { id, minor } => {
            let held = now.held.iter().find(|h| h.id == *id);
            let held = held.ok_or(CreditError::Unknown)?;
            spend_held(held, minor.unwrap_or(held.minor()), out)?;
        }
        CreditCommand::Void { id } => {
            if now.held.iter().any(|h| h.id == *id) {
                out.push(CreditWhat::CreditReleased { id: *id });
            } else {
                let spent = now.spent.iter().find(|s| s.id == *id);
                let spent = spent.ok_or(CreditError::Unknown)?.clone();
                out.push(CreditWhat::CreditRestored { spent });
            }
        }
        CreditCommand::Expire => {}
    }
    Ok(())
}

/// Refuses an id that was used before.
fn fresh(now: &CreditAccount, id: CreditUseId) -> Result<(), CreditError> {
    let known = now.held.iter().chain(&now.spent).any(|u| u.id == id);
    if known {
        return Err(CreditError::SameId);
    }
    Ok(())
}

/// Spends a hold. Less than what is held goes back first and is spent again from the same lots,
/// those that were taken first.
fn spend_held(held: &CreditUse, minor: i64, out: &mut Vec<CreditWhat>) -> Result<(), CreditError> {
    let most = held.minor();
    if minor <= 0 {
        return Err(CreditError::Amount);
    }
    if minor > most {
        return Err(CreditError::TooMuch(most));
    }
    let mut left = minor;
    let mut parts = held.parts.clone();
    for part in &mut parts {
        part.minor = part.minor.min(left);
        left -= part.minor;
    }
    parts.retain(|p| p.minor > 0);
    let spent = CreditUse {
        parts,
        held_until: None,
        ..held.clone()
    };
    if minor < most {
        out.push(CreditWhat::CreditReleased { id: held.id });
    }
    out.push(CreditWhat::CreditSpent { spent });
    Ok(())
}

/// The parts an amount is taken from: promotional credit first, then what expires first, then
/// what was given first. All of it or nothing.
fn parts_for(now: &CreditAccount, minor: i64, today: Date) -> Result<Vec<CreditPart>, CreditError> {
    if minor <= 0 {
        return Err(CreditError::Amount);
    }
    let balance = now.balance(today);
    if minor > balance {
        return Err(CreditError::TooMuch(balance));
    }
    let live = now.lots.iter().filter(|l| l.is_live(today));
    let mut turn: Vec<&CreditLot> = live.filter(|l| l.left_minor > 0).collect();
    turn.sort_by_key(|l| (!l.promotional, l.until.is_none(), l.until));
    let (mut left, mut parts) = (minor, Vec::new());
    for lot in turn {
        let part = lot.left_minor.min(left);
        if part > 0 {
            left -= part;
            parts.push(CreditPart {
                from: lot.from,
                promotional: lot.promotional,
                minor: part,
            });
        }
    }
    Ok(parts)
}
