//! The money and the units of one order, across all its cases: who holds which unit, what was
//! granted, what is on its way, what was paid. An append-only run of [`AccountEntry`]s; posting
//! one checks the ceilings (R5) and that no unit is in two cases, whatever the interleaving.
//! What a case means is not known here.

use crate::case::{Obligation, ObligationState, ReturnCase};
use crate::difference::Collected;
use crate::lost::LostPart;
use crate::order::SalesOrder;
use crate::refusal::{Refusal, RefusalCode};
use kernel::{CaseId, Currency, Money, ObligationId, OrderId};
use serde::{Deserialize, Serialize};
use smallvec::{SmallVec, smallvec};

/// A run of units of a line: `count` units from `first`, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The first unit.
    pub first: u32,
    /// How many.
    pub count: u32,
}

impl Run {
    pub(crate) const fn end(self) -> u32 {
        self.first.saturating_add(self.count)
    }
}

/// The units of one line one case holds, in order, and what was granted for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The case.
    pub case: CaseId,
    /// Its units.
    pub runs: SmallVec<[Run; 1]>,
    /// Units a grant covers: the first ones of the runs.
    pub granted_units: u32,
    /// Of those, units that were swapped for other goods: their value stayed with the customer.
    #[serde(default)]
    pub swapped_units: u32,
    /// Granted for them, minor units.
    pub granted_minor: i64,
    /// Paid on top when units were swapped for dearer goods, minor units.
    #[serde(default)]
    pub paid_more_minor: i64,
}

impl Claim {
    /// Units held.
    pub fn units(&self) -> u32 {
        self.runs.iter().map(|r| r.count).sum()
    }
}

/// The ledger of one order line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LineAccount {
    /// Who holds what.
    pub claims: Vec<Claim>,
    /// Lost to disputes that are about this line, minor units.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub lost_minor: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_zero(minor: &i64) -> bool {
    *minor == 0
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AccountChange {
    /// The case takes these units.
    Claimed {
        /// Index of the order line.
        line: u16,
        /// Which units.
        run: Run,
    },
    /// The case gives these units up.
    Released {
        /// Index of the order line.
        line: u16,
        /// Which units.
        run: Run,
    },
    /// A grant reserves money for units of a line.
    Granted {
        /// Index of the order line.
        line: u16,
        /// Units covered from now on; 0 adds money to covered ones, or gives a part of the value
        /// of units that stay with the customer.
        units: u32,
        /// Minor units; 0 for goods instead of money.
        minor: i64,
    },
    /// A grant settles units with other goods: their value stays with the customer.
    Swapped {
        /// Index of the order line.
        line: u16,
        /// Units covered from now on.
        units: u32,
    },
    /// Swapped units are open again: the new goods came back or never went out.
    Unswapped {
        /// Index of the order line.
        line: u16,
        /// Units.
        units: u32,
    },
    /// The customer paid a difference for dearer goods: it comes in and may go back with them.
    PaidMore {
        /// Index of the order line.
        line: u16,
        /// Minor units.
        minor: i64,
        /// By which obligation; none in entries of before that was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<ObligationId>,
    },
    /// That payment came back to the customer by itself.
    PaidLess {
        /// Of which obligation.
        by: ObligationId,
        /// Minor units.
        minor: i64,
    },
    /// A part of what was granted will go back to the payment of a difference.
    BackReserved {
        /// By which obligation it was paid.
        by: ObligationId,
        /// Minor units.
        minor: i64,
    },
    /// A grant takes promotions back from what it reserves, or gives back what was taken.
    Promotion {
        /// Minor units taken from the customer; negative when given back.
        taken_minor: i64,
    },
    /// What a line was granted may be granted again: its obligation was given up.
    Ungranted {
        /// Index of the order line; none for outbound delivery.
        line: Option<u16>,
        /// Minor units.
        minor: i64,
    },
    /// The promotion inside money that was given up is undone.
    PromotionFreed {
        /// As it was granted: negative where it had been taken from the customer. Minor units.
        minor: i64,
        /// The tax inside, minor units.
        tax_minor: i64,
    },
    /// A grant reserves money for outbound delivery.
    ShippingGranted {
        /// Minor units.
        minor: i64,
    },
    /// Reserved money was paid.
    Settled {
        /// By which obligation.
        obligation: ObligationId,
        /// Minor units.
        minor: i64,
    },
    /// Paid money came back; it is reserved again.
    Reversed {
        /// By which obligation.
        obligation: ObligationId,
        /// Minor units.
        minor: i64,
    },
    /// A part of what was granted will go back to this tender (R14).
    TenderReserved {
        /// Index of the tender.
        tender: u16,
        /// Minor units.
        minor: i64,
    },
    /// Reserved money is free again: its obligation was given up.
    Freed {
        /// Of which obligation.
        obligation: ObligationId,
        /// The tender it would have gone back to.
        tender: Option<u16>,
        /// The payment of a difference it would have gone back to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        back_to: Option<ObligationId>,
        /// Minor units.
        minor: i64,
    },
    /// A chargeback was lost.
    ChargebackLost {
        /// Minor units.
        minor: i64,
    },
    /// The buyer has won a dispute, or was let have it.
    DisputeLost {
        /// Index of the order line it is about; none for the order as a whole.
        line: Option<u16>,
        /// Minor units.
        minor: i64,
    },
    /// A dispute that counted as lost does not any more.
    DisputeFreed {
        /// Where it was counted.
        line: Option<u16>,
        /// Minor units.
        minor: i64,
    },
    /// More money came in for the order.
    Captured {
        /// Minor units.
        minor: i64,
    },
}

/// One change of an order's account; append-only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountEntry {
    /// Position: the account's `seq` after it. Contiguous from 1.
    pub seq: u64,
    /// The case it belongs to.
    pub case: CaseId,
    /// The version of the case after the command that posted it; 0 until the command is done.
    #[serde(default)]
    pub version: u64,
    /// What changed.
    pub change: AccountChange,
}

/// The account of one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderAccount {
    /// The order.
    pub order: OrderId,
    /// Its currency.
    pub currency: Currency,
    /// Entries posted; the number for optimistic concurrency.
    pub seq: u64,
    /// One per order line.
    pub lines: Vec<LineAccount>,
    /// Money received, minor units.
    pub captured_minor: i64,
    /// Granted and not paid.
    pub pending_minor: i64,
    /// Paid back.
    pub refunded_minor: i64,
    /// Lost to chargebacks.
    pub chargebacks_lost_minor: i64,
    /// Outbound delivery granted.
    pub shipping_granted_minor: i64,
    /// Promotions taken back so far because the rest of the order no longer earned them (R11).
    #[serde(default)]
    pub clawed_minor: i64,
    /// Per tender: what goes or went back to it.
    pub tenders_reserved: SmallVec<[i64; 2]>,
    /// Differences that were paid, in that order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collected: Vec<Collected>,
    /// What disputes took, each where it is counted; part of what was lost to chargebacks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<LostPart>,
}

/// A list of entries; most commands post few.
pub type Entries = SmallVec<[AccountEntry; 2]>;

impl OrderAccount {
    /// The account of an order nothing has happened to.
    pub fn open(order: &SalesOrder) -> Self {
        Self {
            order: order.id,
            currency: order.currency,
            seq: 0,
            lines: vec![LineAccount::default(); order.lines.len()],
            captured_minor: order.captured_minor,
            pending_minor: 0,
            refunded_minor: 0,
            chargebacks_lost_minor: 0,
            shipping_granted_minor: 0,
            clawed_minor: 0,
            tenders_reserved: smallvec![0; order.tenders.len()],
            collected: Vec::new(),
            lost: Vec::new(),
        }
    }

    /// The account its entries add up to. Entries that do not fit are an error: the log and the
    /// order do not belong together, or someone changed one of them.
    pub fn replay(order: &SalesOrder, entries: &[AccountEntry]) -> Result<Self, Refusal> {
        let mut account = Self::open(order);
        for entry in entries {
            let posted = account.post(order, entry.case, entry.change)?;
            if posted.seq != entry.seq {
                return Err(Refusal::new(RefusalCode::StaleVersion));
            }
        }
        Ok(account)
    }

    /// What can still be given back on the whole order (R5). Negative after a lost chargeback
    /// on money that was given back before: a double recovery.
    pub fn refundable_minor(&self) -> i64 {
        self.captured_minor - self.refunded_minor - self.pending_minor - self.chargebacks_lost_minor
    }

    /// The account as if nothing had been granted to this case yet: what the whole of it comes
    /// to is asked of this one.
    pub(crate) fn before_grants(&self, case: &ReturnCase) -> Self {
        let mut account = self.clone();
        for claim in account.lines.iter_mut().flat_map(|l| &mut l.claims) {
            if claim.case == case.id {
                account.captured_minor -= claim.paid_more_minor;
                claim.paid_more_minor = 0;
                claim.granted_units = 0;
                claim.swapped_units = 0;
                claim.granted_minor = 0;
            }
        }
        let live = |o: &&Obligation| o.kind.is_money() && o.state != ObligationState::Canceled;
        for owed in case.obligations.iter().filter(live) {
            match owed.state {
                ObligationState::Settled => account.refunded_minor -= owed.minor,
                _ => account.pending_minor -= owed.minor,
            }
            let to = owed.tender.map(usize::from);
            if let Some(reserved) = to.and_then(|t| account.tenders_reserved.get_mut(t)) {
                *reserved -= owed.minor;
            }
        }
        account.shipping_granted_minor -= case.shipping_granted_minor;
        account.clawed_minor += case.promotion_granted_minor;
        account
    }

    /// Units of a line no case holds, of those that were sent.
    pub fn free_units(&self, order: &SalesOrder, line: u16) -> u32 {
        let (Some(sold), Some(account)) = (order.line(line), self.lines.get(usize::from(line)))
        else {
            return 0;
        };
        let held: u32 = account.claims.iter().map(Claim::units).sum();
        sold.fulfilled.min(sold.quantity).saturating_sub(held)
    }

    /// The claim of a case on a line.
    pub fn claim_of(&self, case: CaseId, line: u16) -> Option<&Claim> {
        self.lines
            .get(usize::from(line))?
            .claims
            .iter()
            .find(|c| c.case == case)
    }

    /// The lowest free units of a line, as runs that together hold `count`.
    pub fn free_runs(
        &self,
        order: &SalesOrder,
        line: u16,
        count: u32,
    ) -> Result<SmallVec<[Run; 2]>, Refusal> {
        let sold = order
            .line(line)
            .ok_or_else(|| Refusal::new(RefusalCode::UnknownLine).on_line(line))?;
        let account = self.lines.get(usize::from(line));
        let claims = account.map_or(&[][..], |l| &l.claims);
        let limit = sold.fulfilled.min(sold.quantity);
        let free = self.free_units(order, line);
        if count == 0 || count > free {
            let code = match (count, claims.is_empty()) {
                (0, _) => RefusalCode::WrongQuantity,
                (_, true) => RefusalCode::NoUnitsLeft,
                (_, false) => RefusalCode::UnitInOtherCase,
            };
            return Err(Refusal::new(code).on_line(line).with_allowed(free));
        }
        if claims.is_empty() {
            return Ok(smallvec![Run { first: 0, count }]);
        }
        let mut held: SmallVec<[Run; 8]> = claims.iter().flat_map(|c| c.runs.clone()).collect();
        held.sort_unstable_by_key(|r| r.first);
        let (mut runs, mut at, mut left) = (SmallVec::new(), 0, count);
        let fence = Run {
            first: limit,
            count: 0,
        };
        for taken in held.into_iter().chain([fence]) {
            let gap = taken.first.min(limit).saturating_sub(at).min(left);
            if gap > 0 {
                runs.push(Run {
                    first: at,
                    count: gap,
                });
                left -= gap;
            }
            at = at.max(taken.end());
        }
        Ok(runs)
    }

    /// Gross of the first `units` of what a case holds on a line.
    pub fn claimed_gross(&self, order: &SalesOrder, case: CaseId, line: u16, units: u32) -> i64 {
        let (Some(sold), Some(claim)) = (order.line(line), self.claim_of(case, line)) else {
            return 0;
        };
        prefix_gross(sold, &claim.runs, units)
    }

    /// Gross of the lowest free `units` of a line; 0 when there are not as many.
    pub fn free_gross(&self, order: &SalesOrder, line: u16, units: u32) -> i64 {
        let Some(sold) = order.line(line) else {
            return 0;
        };
        self.free_runs(order, line, units)
            .map_or(0, |runs| prefix_gross(sold, &runs, units))
    }

    /// Gross of the next `units` a grant of the case would cover.
    pub fn next_gross(&self, order: &SalesOrder, case: CaseId, line: u16, units: u32) -> i64 {
        let covered = self.claim_of(case, line).map_or(0, |c| c.granted_units);
        self.claimed_gross(order, case, line, covered.saturating_add(units))
            - self.claimed_gross(order, case, line, covered)
    }

    /// The most a grant of `units` more units may be worth: per unit gross less granted, and
    /// never more than the whole order can still give (R5).
    pub fn ceiling(&self, order: &SalesOrder, case: CaseId, line: u16, units: u32) -> i64 {
        self.line_ceiling(order, case, line, units)
            .min(self.refundable_minor())
            .max(0)
    }

    fn line_ceiling(&self, order: &SalesOrder, case: CaseId, line: u16, units: u32) -> i64 {
        let Some(claim) = self.claim_of(case, line) else {
            return 0;
        };
        let covered = match units {
            0 => claim.units(),
            more => claim.granted_units.saturating_add(more),
        };
        let left = self.claimed_gross(order, case, line, covered) + claim.paid_more_minor
            - claim.granted_minor;
        left.min(self.line_room(order, line))
    }

    /// The most outbound delivery that may still be given back.
    pub fn shipping_ceiling(&self, order: &SalesOrder) -> i64 {
        let left = order.shipping.economics.gross - self.shipping_granted_minor;
        left.min(self.refundable_minor()).max(0)
    }

    /// Checks a change against the ceilings and carries it out. On refusal nothing changed.
    pub fn post(
        &mut self,
        order: &SalesOrder,
        case: CaseId,
        change: AccountChange,
    ) -> Result<AccountEntry, Refusal> {
        match change {
            AccountChange::Claimed { line, run } => self.take(order, case, line, run)?,
            AccountChange::Released { line, run } => self.give_up(order, case, line, run)?,
            AccountChange::Granted { line, units, minor } => {
                self.grant(order, case, line, units, minor)?;
            }
            AccountChange::ShippingGranted { minor } => {
                self.within(minor, self.shipping_ceiling(order))?;
                self.shipping_granted_minor += minor;
                self.pending_minor += minor;
            }
            AccountChange::Swapped { line, units } => {
                self.grant(order, case, line, units, 0)?;
                if let Some(claim) = self.claim_mut(case, line) {
                    claim.swapped_units += units;
                }
            }
            AccountChange::Unswapped { line, units } => self.unswap(case, line, units)?,
            AccountChange::PaidMore { line, minor, by } => {
                self.within(minor, i64::MAX - self.captured_minor)?;
                self.collect(case, line, minor, by)?;
            }
            AccountChange::PaidLess { by, minor } => self.uncollect(by, minor)?,
            AccountChange::BackReserved { by, minor } => {
                self.within(minor, self.captured_minor)?;
                self.give_back(by, minor)?;
            }
            AccountChange::Promotion { taken_minor } => self.promotion(taken_minor)?,
            AccountChange::Ungranted { line, minor } => self.ungrant(case, line, minor)?,
            // The money itself is freed by `Freed`.
            AccountChange::PromotionFreed { minor, .. } => {
                let back = minor.checked_neg();
                let back = back.ok_or(Refusal::new(RefusalCode::WrongAmount))?;
                self.within(back.max(0), self.clawed_minor)?;
                self.clawed_minor -= back;
            }
            AccountChange::Settled { minor, .. } => {
                self.within(minor, self.pending_minor)?;
                self.pending_minor -= minor;
                self.refunded_minor += minor;
            }
            AccountChange::Reversed { minor, .. } => {
                self.within(minor, self.refunded_minor)?;
                self.refunded_minor -= minor;
                self.pending_minor += minor;
            }
            AccountChange::TenderReserved { tender, minor } => {
                let unknown = || Refusal::new(RefusalCode::WrongAmount);
                self.within(minor, self.captured_minor)?;
                let slot = self.tenders_reserved.get_mut(usize::from(tender));
                *slot.ok_or_else(unknown)? += minor;
            }
            AccountChange::Freed {
                tender,
                back_to,
                minor,
                ..
            } => {
                self.within(minor, self.pending_minor)?;
                if let Some(by) = back_to {
                    self.give_back(by, -minor)?;
                }
                self.pending_minor -= minor;
                let slot = tender.and_then(|t| self.tenders_reserved.get_mut(usize::from(t)));
                if let Some(reserved) = slot {
                    *reserved -= minor;
                }
            }
            AccountChange::ChargebackLost { minor } => {
                self.within(minor, self.captured_minor - self.chargebacks_lost_minor)?;
                self.chargebacks_lost_minor += minor;
            }
            AccountChange::DisputeLost { line, minor } => {
                self.within(minor, self.captured_minor - self.chargebacks_lost_minor)?;
                self.lose(case, line, minor)?;
            }
            AccountChange::DisputeFreed { line, minor } => {
                let lost = self
                    .lost
                    .iter()
                    .find(|l| l.dispute == case && l.line == line);
                self.within(minor, lost.map_or(0, |l| l.minor))?;
                self.lose(case, line, -minor)?;
            }
            AccountChange::Captured { minor } => {
                self.within(minor, i64::MAX - self.captured_minor)?;
                self.captured_minor += minor;
            }
        }
        self.seq += 1;
        Ok(AccountEntry {
            seq: self.seq,
            case,
            version: 0,
            change,
        })
    }

    /// Refuses an amount that is negative or above `limit`.
    fn within(&self, minor: i64, limit: i64) -> Result<(), Refusal> {
        if minor < 0 {
            return Err(Refusal::new(RefusalCode::WrongAmount));
        }
        if minor > limit {
            let limit = Money::new(limit.max(0), self.currency);
            return Err(Refusal::new(RefusalCode::OverCeiling).with_limit(limit));
        }
        Ok(())
    }

    /// Takes promotions back out of reserved money, or gives back at most what was taken.
    fn promotion(&mut self, taken_minor: i64) -> Result<(), Refusal> {
        if taken_minor < 0 {
            let back = taken_minor.checked_neg();
            let back = back.ok_or(Refusal::new(RefusalCode::WrongAmount))?;
            self.within(back, self.clawed_minor.min(self.refundable_minor()))?;
        } else {
            // Taken from figures that follow: `refund::book` checks that they are as large.
            self.within(taken_minor, i64::MAX - self.clawed_minor)?;
        }
        self.clawed_minor += taken_minor;
        self.pending_minor -= taken_minor;
        Ok(())
    }

    fn unswap(&mut self, case: CaseId, line: u16, units: u32) -> Result<(), Refusal> {
        let wrong = || Refusal::new(RefusalCode::WrongQuantity).on_line(line);
        let claim = self.claim_mut(case, line).ok_or_else(wrong)?;
        if units > claim.swapped_units {
            let allowed = claim.swapped_units;
            return Err(wrong().with_allowed(allowed));
        }
        claim.swapped_units -= units;
        claim.granted_units -= units;
        Ok(())
    }

    fn ungrant(&mut self, case: CaseId, line: Option<u16>, minor: i64) -> Result<(), Refusal> {
        let Some(line) = line else {
            self.within(minor, self.shipping_granted_minor)?;
            self.shipping_granted_minor -= minor;
            return Ok(());
        };
        let granted = self.claim_of(case, line).map_or(0, |c| c.granted_minor);
        self.within(minor, granted).map_err(|r| r.on_line(line))?;
        if let Some(claim) = self.claim_mut(case, line) {
            claim.granted_minor -= minor;
        }
        Ok(())
    }

    pub(crate) fn claim_mut(&mut self, case: CaseId, line: u16) -> Option<&mut Claim> {
        let account = self.lines.get_mut(usize::from(line))?;
        account.claims.iter_mut().find(|c| c.case == case)
    }

    fn take(
        &mut self,
        order: &SalesOrder,
        case: CaseId,
        line: u16,
        run: Run,
    ) -> Result<(), Refusal> {
        let unknown = || Refusal::new(RefusalCode::UnknownLine).on_line(line);
        let sold = order.line(line).ok_or_else(unknown)?;
        let free = self.free_units(order, line);
        let account = self.lines.get_mut(usize::from(line)).ok_or_else(unknown)?;
        if run.count == 0 || run.end() > sold.fulfilled.min(sold.quantity) {
            return Err(Refusal::new(RefusalCode::NoUnitsLeft)
                .on_line(line)
                .with_allowed(free));
        }
        let overlaps = |r: &Run| r.first < run.end() && run.first < r.end();
        if account.claims.iter().any(|c| c.runs.iter().any(overlaps)) {
            let refusal = Refusal::new(RefusalCode::UnitInOtherCase);
            return Err(refusal.on_line(line).with_allowed(free));
        }
        match account.claims.iter_mut().find(|c| c.case == case) {
            Some(claim) => claim.runs.push(run),
            None => account.claims.push(Claim {
                case,
                runs: smallvec![run],
                granted_units: 0,
                swapped_units: 0,
                granted_minor: 0,
                paid_more_minor: 0,
            }),
        }
        Ok(())
    }

    fn grant(
        &mut self,
        order: &SalesOrder,
        case: CaseId,
        line: u16,
        units: u32,
        minor: i64,
    ) -> Result<(), Refusal> {
        let held = self
            .claim_of(case, line)
            .map_or(0, |c| c.units() - c.granted_units);
        if units > held {
            let refusal = Refusal::new(RefusalCode::WrongQuantity);
            return Err(refusal.on_line(line).with_allowed(held));
        }
        self.within(minor, self.ceiling(order, case, line, units))
            .map_err(|r| r.on_line(line))?;
        let unknown = || Refusal::new(RefusalCode::UnknownLine).on_line(line);
        let claim = self.claim_mut(case, line).ok_or_else(unknown)?;
        claim.granted_units += units;
        claim.granted_minor += minor;
        self.pending_minor += minor;
        Ok(())
    }
}

/// Gross of the first `units` of these runs.
fn prefix_gross(sold: &crate::order::OrderLine, runs: &[Run], units: u32) -> i64 {
    let (mut sum, mut left) = (0, units);
    for run in runs {
        let part = run.count.min(left);
        sum += sold.worth(run.first, part);
        left -= part;
    }
    sum
}
