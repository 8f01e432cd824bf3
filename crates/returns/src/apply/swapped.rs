//! What claims, donations, repairs and exchanges change in a case; the rest is in `apply`.

use crate::case::ReturnCase;
use crate::claim::{Repair, RepairStep};
use crate::event::What;
use kernel::ObligationId;

impl ReturnCase {
    pub(super) fn claimed(&mut self, what: &What) {
        match what {
            What::Claimed { claim } => self.claim = Some(*claim),
            What::UnitsKept { line, units } => {
                self.on_line(*line, |l| l.quantities.announced -= units);
            }
            What::ProofFiled { proof } => self.proofs.push((**proof).clone()),
            What::CarrierClaimFiled { claim } => self.carrier_claims.push((**claim).clone()),
            What::CarrierClaimEnded {
                number,
                recovered_minor,
            } => {
                if let Some(claim) = self.carrier_claims.get_mut(usize::from(*number)) {
                    claim.recovered_minor = Some(*recovered_minor);
                }
            }
            What::VendorBears { charge } => self.vendor_charges.push((**charge).clone()),
            What::VendorAnswered {
                line,
                asked_minor,
                recovered_minor,
            } => {
                for v in self.vendor_charges.iter_mut().filter(|v| v.line == *line) {
                    v.answered_minor += asked_minor;
                    v.recovered_minor += recovered_minor;
                }
            }
            What::RepairMoved {
                obligation, step, ..
            } => {
                self.repairs.push(Repair {
                    obligation: *obligation,
                    step: *step,
                });
                if *step == RepairStep::BeyondRepair {
                    for c in self.repaired_lines(*obligation) {
                        self.on_line(c.line, |l| l.quantities.granted -= c.units);
                    }
                }
            }
            What::DonationAgreed { donation } => self.donations.push(donation.clone()),
            What::DonationProved { line, reference } => {
                for d in self.donations.iter_mut().filter(|d| d.line == *line) {
                    d.proof = Some(reference.clone());
                }
            }
            _ => {}
        }
    }

    pub(super) fn swap(&mut self, what: &What) {
        match what {
            What::ExchangeWished { wish } => self.wishes.push((**wish).clone()),
            What::WishSoldOut { line, wanted } => {
                self.wishes.retain(|w| w.line != *line);
                self.on_line(*line, |l| l.wanted = *wanted);
            }
            What::Exchanged { exchange } => {
                let agreed = |line: u16| exchange.lines.iter().any(|c| c.line == line);
                self.wishes.retain(|w| !agreed(w.line));
                self.exchanges.push((**exchange).clone());
            }
            What::ExchangeLate { goods } => {
                for e in self.exchanges.iter_mut().filter(|e| e.goods == *goods) {
                    e.late = true;
                }
            }
            What::ExchangeCleared { goods } => {
                for e in self.exchanges.iter_mut().filter(|e| e.goods == *goods) {
                    e.cleared = true;
                }
            }
            What::ExchangeUndone { goods, fallback } => {
                let Some(lines) = self.lines_of(*goods) else {
                    return;
                };
                for e in self.exchanges.iter_mut().filter(|e| e.goods == *goods) {
                    e.undone = true;
                    if fallback.is_some() {
                        (e.fell_back, e.cleared) = (true, false);
                    }
                }
                for c in lines {
                    self.on_line(c.line, |l| {
                        l.quantities.granted -= c.units;
                        l.wanted = fallback.unwrap_or(l.wanted);
                    });
                }
            }
            What::ExchangeReturned { goods, wanted } => {
                for c in self.lines_of(*goods).unwrap_or_default() {
                    // The new goods take the place of those that came back or stayed.
                    self.on_line(c.line, |l| {
                        l.wanted = *wanted;
                        let q = &mut l.quantities;
                        let kept = q.kept.min(c.units);
                        let back = c.units - kept;
                        q.kept -= kept;
                        q.received = q.received.saturating_sub(back);
                        q.accepted = q.accepted.min(q.received.saturating_sub(q.rejected));
                    });
                }
            }
            What::ChargeReturned { goods, minor } => {
                for e in self.exchanges.iter_mut().filter(|e| e.goods == *goods) {
                    e.charge_returned_minor += minor;
                }
            }
            What::SecurityEnded {
                goods,
                charged_minor,
                collect,
                ..
            } => {
                for e in self.exchanges.iter_mut().filter(|e| e.goods == *goods) {
                    e.security_charged_minor = Some(*charged_minor);
                    e.security_collect = *collect;
                }
            }
            _ => {}
        }
    }

    fn lines_of(&self, goods: ObligationId) -> Option<Vec<crate::event::Count>> {
        let found = self.exchanges.iter().find(|e| e.goods == goods);
        found.map(|e| e.lines.clone())
    }
}
