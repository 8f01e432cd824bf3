//! Claims, goodwill, repairs and donations: what people decide where nothing comes back, or comes
//! back to be mended. The rule never decides a claim; the law may forbid to refuse one.

use super::Work;
use crate::account::AccountChange;
use crate::case::{ObligationKind, ObligationState as S};
use crate::claim::{
    CarrierClaim, ClaimKind, Donation, MAX_FILED, Proof, RepairStep, Speaks, VendorBears,
    VendorCharge,
};
use crate::command::Command;
use crate::event::{Count, GrantLine, What};
use crate::refusal::{Refusal, RefusalCode};
use kernel::{Actor, Money, ObligationId};
use policy::{Fault, Outcome};
use std::sync::Arc;

impl Work<'_> {
    pub(super) fn claim_command(&mut self, command: &Command) -> Result<(), Refusal> {
        // Carriers, vendors and charities answer weeks later, when the case has ended.
        let answer = matches!(
            command,
            Command::EndCarrierClaim { .. }
                | Command::EndVendorClaim { .. }
                | Command::ProveDonation { .. }
        );
        if !(answer && self.case.closed) {
            self.must_be_open()?;
        }
        match command {
            Command::ResolveClaim {
                lines,
                shipping_minor,
                reason,
            } => self.resolve(lines, *shipping_minor, reason),
            Command::GiveGoodwill {
                line,
                minor,
                outcome,
                reason,
            } => self.goodwill(*line, *minor, *outcome, reason),
            Command::FileProof { proof } => self.file_proof(proof),
            Command::FileCarrierClaim {
                carrier,
                tracking,
                minor,
            } => self.file_carrier_claim(carrier, tracking, *minor),
            Command::EndCarrierClaim { number, recovered } => {
                self.end_carrier_claim(*number, *recovered)
            }
            Command::EndVendorClaim { line, recovered } => self.end_vendor_claim(*line, *recovered),
            Command::MoveRepair {
                obligation,
                step,
                note,
            } => self.move_repair(*obligation, *step, note),
            Command::LetDonate { lines, reason } => self.let_donate(lines, reason.as_ref()),
            Command::ProveDonation { line, reference } => self.prove_donation(*line, reference),
            _ => Err(self.illegal()),
        }
    }

    /// Settles a claim: the units stay where they are, and what is granted follows as for any
    /// other case.
    fn resolve(
        &mut self,
        lines: &[GrantLine],
        shipping_minor: i64,
        reason: &Arc<str>,
    ) -> Result<(), Refusal> {
        if self.case.claim.is_none() {
            return Err(self.illegal());
        }
        if reason.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::NeedsReason));
        }
        for g in lines.iter().filter(|g| g.units > 0) {
            let unknown = || Refusal::new(RefusalCode::UnknownLine).on_line(g.line);
            let l = self.case.line(g.line).ok_or_else(unknown)?;
            let open = l.quantities.undecided();
            if g.units > open {
                let refusal = Refusal::new(RefusalCode::WrongQuantity);
                return Err(refusal.on_line(g.line).with_allowed(open));
            }
            self.done(What::LineAuthorised {
                line: g.line,
                units: g.units,
                keep: true,
                overridden: None,
            });
        }
        self.decide(lines, shipping_minor, Some(reason))
    }

    /// Makes up for something within the giver's own limit: no right of the customer, so no quote
    /// to hold it against; never more than was paid.
    fn goodwill(
        &mut self,
        line: u16,
        minor: i64,
        outcome: Outcome,
        reason: &Arc<str>,
    ) -> Result<(), Refusal> {
        self.not_own_matter()?;
        let unknown = || Refusal::new(RefusalCode::UnknownLine).on_line(line);
        let l = self.case.line(line).ok_or_else(unknown)?;
        let open = l.quantities.undecided();
        if minor <= 0 || !matches!(outcome, Outcome::Refund | Outcome::StoreCredit) {
            return Err(Refusal::new(RefusalCode::WrongAmount).on_line(line));
        }
        if reason.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::NeedsReason));
        }
        self.check_authority(minor)?;
        let given = GrantLine {
            line,
            units: 0,
            outcome,
            minor,
        };
        self.grant(self.ctx.actor, &[given], 0, Some(reason.clone()))?;
        if self.case.claim == Some(ClaimKind::Goodwill) && open > 0 {
            // Nothing else was asked for: the goods stay and are not in question.
            self.done(What::UnitsKept { line, units: open });
        }
        Ok(())
    }

    fn file_proof(&mut self, proof: &Proof) -> Result<(), Refusal> {
        Self::must_have_room(self.case.proofs.len())?;
        if proof.on > self.ctx.local_day.max(self.ctx.today) || proof.reference.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::NeedsReason));
        }
        self.done(What::ProofFiled {
            proof: Box::new(proof.clone()),
        });
        Ok(())
    }

    fn file_carrier_claim(
        &mut self,
        carrier: &Arc<str>,
        tracking: &Arc<str>,
        minor: i64,
    ) -> Result<(), Refusal> {
        Self::must_have_room(self.case.carrier_claims.len())?;
        if !(1..=crate::economics::MAX_LINE_MINOR).contains(&minor) {
            return Err(Refusal::new(RefusalCode::WrongAmount));
        }
        self.done(What::CarrierClaimFiled {
            claim: Box::new(CarrierClaim {
                carrier: carrier.clone(),
                tracking: tracking.clone(),
                asked_minor: minor,
                filed_on: self.ctx.today,
                recovered_minor: None,
            }),
        });
        Ok(())
    }

    fn end_carrier_claim(&mut self, number: u16, recovered: Money) -> Result<(), Refusal> {
        let found = self.case.carrier_claims.get(usize::from(number));
        let claim = found.ok_or(Refusal::new(RefusalCode::UnknownObligation))?;
        if claim.recovered_minor.is_some() {
            return Err(self.illegal());
        }
        let asked_minor = claim.asked_minor;
        let recovered_minor = self.answered(recovered)?;
        if !(0..=asked_minor).contains(&recovered_minor) {
            return Err(Refusal::new(RefusalCode::WrongAmount));
        }
        self.done(What::CarrierClaimEnded {
            number,
            recovered_minor,
        });
        Ok(())
    }

    /// The vendors of these lines bear what is about to be granted for them, where the client has
    /// agreed so with them. Once a line is theirs it stays theirs.
    pub(super) fn ask_vendors(&mut self, by: Actor, lines: &[GrantLine]) {
        let money = |g: &&GrantLine| {
            g.minor > 0 && matches!(g.outcome, Outcome::Refund | Outcome::StoreCredit)
        };
        for g in lines.iter().filter(money) {
            let sold = self.order.line(g.line);
            let Some(vendor) = sold.and_then(|l| l.vendor.clone()) else {
                continue;
            };
            let line = self.case.line(g.line);
            let fault = line.and_then(|l| l.terms).map(|t| t.fault);
            let bears = match self.ctx.vendors {
                VendorBears::Never => false,
                VendorBears::Fault => fault == Some(Fault::Merchant),
                VendorBears::Always => true,
            };
            if bears && self.case.vendor_charge(g.line).is_none() {
                let charge = VendorCharge {
                    line: g.line,
                    vendor,
                    before_minor: line.map_or(0, |l| l.granted_minor),
                    answered_minor: 0,
                    recovered_minor: 0,
                };
                self.emit(
                    by,
                    What::VendorBears {
                        charge: Box::new(charge),
                    },
                );
            }
        }
    }

    fn end_vendor_claim(&mut self, line: u16, recovered: Money) -> Result<(), Refusal> {
        if self.case.vendor_charge(line).is_none() {
            return Err(Refusal::new(RefusalCode::UnknownLine).on_line(line));
        }
        let asked_minor = self.case.vendor_asked_minor(line);
        if asked_minor == 0 {
            return Err(self.illegal());
        }
        let answered = self.answered(recovered);
        let recovered_minor = answered.map_err(|r| r.on_line(line))?;
        if !(asked_minor.min(0)..=asked_minor.max(0)).contains(&recovered_minor) {
            let limit = Money::new(asked_minor, self.order.currency);
            let refusal = Refusal::new(RefusalCode::WrongAmount).on_line(line);
            return Err(refusal.with_limit(limit));
        }
        self.done(What::VendorAnswered {
            line,
            asked_minor,
            recovered_minor,
        });
        Ok(())
    }

    /// The minor units of an answer about a claim in the currency of the order. What was answered in
    /// another currency is never taken for it: what the claim is worth there is not ours to say.
    fn answered(&self, recovered: Money) -> Result<i64, Refusal> {
        if recovered.currency == self.order.currency {
            return Ok(recovered.minor);
        }
        Err(Refusal::new(RefusalCode::WrongCurrency))
    }

    fn must_have_room(filed: usize) -> Result<(), Refusal> {
        if filed < MAX_FILED {
            Ok(())
        } else {
            Err(Refusal::new(RefusalCode::TooLarge))
        }
    }

    /// A repair goes on: to the workshop once the goods are here, back to the customer, or given up
    /// so that another remedy can follow.
    fn move_repair(
        &mut self,
        obligation: ObligationId,
        step: RepairStep,
        note: &Arc<str>,
    ) -> Result<(), Refusal> {
        let unknown = || Refusal::new(RefusalCode::UnknownObligation);
        let owed = self.case.obligation(obligation).cloned();
        let owed = owed.filter(|o| o.kind == ObligationKind::Repair);
        let owed = owed.ok_or_else(unknown)?;
        if !matches!(owed.state, S::Requested | S::Failed) {
            return Err(self.illegal());
        }
        let known = self.case.repair(obligation);
        let mended = self.case.repaired_lines(obligation);
        let here = mended.iter().all(|c| {
            let q = self.case.line(c.line).map(|l| l.quantities);
            q.is_some_and(|q| q.expected() == 0)
        });
        let fits = match step {
            RepairStep::AtWorkshop => known.is_none() && here,
            RepairStep::Returned => known == Some(RepairStep::AtWorkshop),
            RepairStep::BeyondRepair => here,
        };
        if !fits {
            return Err(self.illegal());
        }
        if step == RepairStep::BeyondRepair {
            if note.trim().is_empty() {
                return Err(Refusal::new(RefusalCode::NeedsReason));
            }
            for c in &mended {
                let (line, units) = (c.line, c.units);
                self.post(AccountChange::Unswapped { line, units })?;
            }
        }
        self.done(What::RepairMoved {
            obligation,
            step,
            note: note.clone(),
        });
        match step {
            RepairStep::AtWorkshop => Ok(()),
            RepairStep::Returned => self.payment(&Command::PaymentSettled {
                obligation,
                reference: note.clone(),
            }),
            RepairStep::BeyondRepair => {
                self.done(What::ObligationCanceled {
                    obligation,
                    note: note.clone(),
                    freed: None,
                });
                Ok(())
            }
        }
    }

    /// Lets the customer give units away; money follows when there is proof of it.
    fn let_donate(&mut self, lines: &[Count], reason: Option<&Arc<str>>) -> Result<(), Refusal> {
        Self::must_have_room(self.case.donations.len())?;
        for c in lines {
            let donation = Donation {
                line: c.line,
                units: c.units,
                proof: None,
            };
            if self.case.donations.iter().any(|d| d.line == c.line) {
                return Err(Refusal::new(RefusalCode::LineTwice).on_line(c.line));
            }
            self.done(What::DonationAgreed { donation });
        }
        self.authorise(lines, true, reason)
    }

    fn prove_donation(&mut self, line: u16, reference: &Arc<str>) -> Result<(), Refusal> {
        let mut open = self.case.donations.iter().filter(|d| d.proof.is_none());
        if !open.any(|d| d.line == line) {
            return Err(Refusal::new(RefusalCode::UnknownLine).on_line(line));
        }
        if reference.trim().is_empty() {
            return Err(Refusal::new(RefusalCode::NeedsReason));
        }
        let reference = reference.clone();
        self.done(What::DonationProved { line, reference });
        self.grant_what_is_due()
    }

    /// Whether nobody may refuse these units: the goods were never handed over as far as anybody
    /// can prove, and the law gives a right for that.
    pub(super) fn must_stand(&self, line: u16) -> bool {
        let proven = self
            .case
            .proofs
            .iter()
            .any(|p| p.speaks == Speaks::Delivered);
        let decision = self.case.decision.as_ref();
        let own = decision.and_then(|d| d.lines.iter().find(|d| d.line == line));
        let right = own.is_some_and(|d| d.terms.statutory);
        self.case.claim == Some(ClaimKind::NotReceived) && right && !proven
    }
}
