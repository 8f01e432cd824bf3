//! A shop with one order: commands go in, and after every one the invariants 1, 2, 3 and 5 of the
//! architecture are checked.

use crate::support::{AGENT, World};
use kernel::{Actor, CaseId, ObligationId};
use returns::journal::{Account, Posting, balance, postings};
use returns::{
    Command, Credited, Effect, Event, ObligationKind, ObligationState, OrderAccount, Path, Refusal,
    RequestedLine, ReturnCase, SalesOrder, Status, Stretch, Turn, credited, handle, replay, turns,
};

/// An order with its account and cases, as a store would hold them.
pub(crate) struct Shop {
    pub(crate) world: World,
    pub(crate) order: SalesOrder,
    pub(crate) account: OrderAccount,
    pub(crate) entries: Vec<returns::AccountEntry>,
    pub(crate) cases: Vec<(ReturnCase, Vec<Event>)>,
    pub(crate) journal: Vec<(CaseId, Posting)>,
    /// A document for every payment that stands.
    pub(crate) documents: Vec<(CaseId, ObligationId, Credited)>,
    pub(crate) seed: u128,
}

impl Shop {
    pub(crate) fn new(order: SalesOrder, control: &str) -> Self {
        let account = OrderAccount::open(&order);
        let world = World::new(control);
        Self {
            world,
            order,
            account,
            entries: Vec::new(),
            cases: Vec::new(),
            journal: Vec::new(),
            documents: Vec::new(),
            seed: 10,
        }
    }

    /// Sends a command to a case, or opens a new one, and checks the invariants.
    pub(crate) fn send(
        &mut self,
        at: Option<usize>,
        command: &Command,
        today: &str,
        user: u128,
    ) -> Result<Vec<Effect>, Refusal> {
        self.seed += 1;
        let mut ctx = self.world.ctx(today, user, self.seed);
        if matches!(command, Command::Expire | Command::Close) {
            ctx.actor = Actor::System;
        }
        let known = at.map(|i| self.cases[i].0.clone());
        let outcome = handle(known.as_ref(), &self.order, &self.account, command, &ctx)?;
        // Same input, same outcome.
        let again = handle(known.as_ref(), &self.order, &self.account, command, &ctx)?;
        assert_eq!(again, outcome);

        let mut log = at.map(|i| self.cases[i].1.clone()).unwrap_or_default();
        let mut walk = known;
        for event in &outcome.events {
            let before = walk.as_ref().map(ReturnCase::status);
            match &mut walk {
                Some(case) => case.apply(event),
                None => walk = ReturnCase::open(event),
            }
            let after = walk.as_ref().unwrap().status();
            if let Some(before) = before {
                assert!(
                    before.may_lead_to(after),
                    "{before} -> {after} by {}",
                    event.name()
                );
            } else {
                assert!(matches!(after, Status::Submitted), "opened as {after}");
            }
            log.push(event.clone());
        }
        let before = at.map(|i| &self.cases[i].0);
        let moved = postings(
            &self.order,
            &self.account,
            before,
            outcome.case.id,
            &outcome.events,
            &outcome.entries,
        );
        let id = outcome.case.id;
        self.journal
            .extend(moved.unwrap().into_iter().map(|p| (id, p)));
        self.entries.extend(&outcome.entries);
        self.account = outcome.account;
        match at {
            Some(i) => self.cases[i] = (outcome.case, log),
            None => self.cases.push((outcome.case, log)),
        }
        self.document(id);
        self.check();
        // No case is closed over a running money clock.
        if matches!(command, Command::Close) {
            let (case, _) = &self.cases[at.unwrap_or(0)];
            let mut clocks = case.statutory.iter();
            assert!(!clocks.any(returns::StatutoryClock::money_runs));
        }
        Ok(outcome.effects)
    }

    /// Issues and takes back documents as payments of a case settle and come back.
    fn document(&mut self, id: CaseId) {
        let Some((case, log)) = self.cases.iter().find(|c| c.0.id == id) else {
            return;
        };
        for owed in &case.obligations {
            let known = self.documents.iter().position(|d| d.1 == owed.id);
            match (turns(log, owed.id).last(), known) {
                (Some(Turn::Paid), None) => {
                    let held = self.documents.iter();
                    let held = held.flat_map(|d| d.2.stretches.iter().map(|s| (d.0, *s)));
                    let held: Vec<_> = held.collect();
                    let (order, account) = (&self.order, &self.account);
                    let paid = credited(order, account, case, log, owed.id, &held).unwrap();
                    self.documents.push((id, owed.id, paid));
                }
                (Some(Turn::Returned), Some(at)) => drop(self.documents.remove(at)),
                _ => {}
            }
        }
    }

    /// Documents say what was paid, to the cent, and together the tax of the books.
    fn check_documents(&self) {
        let obligations = || self.cases.iter().flat_map(|c| &c.0.obligations);
        let money = || obligations().filter(|o| o.kind.is_money());
        for (case, id, paid) in &self.documents {
            let owed = money().find(|o| o.id == *id).unwrap();
            assert_eq!(owed.state, ObligationState::Settled);
            assert_eq!(paid.parts.iter().map(|p| p.gross).sum::<i64>(), owed.minor);
            for p in &paid.parts {
                assert!(p.rate.is_some() || p.tax == 0, "{p:?}");
                assert!(p.tax.abs() <= p.gross.abs(), "{p:?}");
            }
            // No value is given back twice.
            for s in &paid.stretches {
                let others = self.documents.iter().filter(|d| d.1 != *id);
                let others = others.filter(|d| d.0 == *case || s.line.is_none());
                let mut others = others.flat_map(|d| &d.2.stretches);
                let apart = |o: &Stretch| o.line != s.line || o.to <= s.from || s.to <= o.from;
                assert!(others.all(apart), "{s:?}");
            }
        }
        let settled = money().filter(|o| o.state == ObligationState::Settled);
        assert_eq!(self.documents.len(), settled.count());
        // A grant that was given up leaves its own rounding in the books.
        if money().all(|o| o.state == ObligationState::Settled) {
            let parts = self.documents.iter().flat_map(|d| &d.2.parts);
            let tax: i64 = parts.map(|p| p.tax).sum();
            assert_eq!(tax, self.balance(Account::Tax));
        }
    }

    /// The invariants.
    fn check(&self) {
        let a = &self.account;
        // 1: money given back or on its way never exceeds what came in, less lost chargebacks
        // at the time of granting.
        assert!(a.refunded_minor >= 0 && a.pending_minor >= 0);
        if a.chargebacks_lost_minor == 0 {
            assert!(a.refunded_minor + a.pending_minor <= a.captured_minor);
        }
        let owed = |wanted: fn(ObligationState) -> bool| -> i64 {
            let all = self.cases.iter().flat_map(|c| &c.0.obligations);
            all.filter(|o| o.kind.is_money() && wanted(o.state))
                .map(|o| o.minor)
                .sum()
        };
        assert_eq!(a.refunded_minor, owed(|s| s == ObligationState::Settled));
        assert_eq!(a.pending_minor, owed(ObligationState::is_open));
        // The journal says what the account and the cases say.
        let of = |account| self.balance(account);
        assert_eq!(-of(Account::ShopperLiability), a.pending_minor);
        let paid = a.refunded_minor + a.chargebacks_lost_minor;
        let collected = a.captured_minor - self.order.captured_minor;
        assert_eq!(
            -of(Account::Clearing) - of(Account::StoreCredit),
            paid - collected
        );
        let bonus = self.cases.iter().flat_map(|c| &c.0.obligations);
        let bonus = bonus.filter(|o| o.kind == ObligationKind::Bonus);
        let bonus = bonus.filter(|o| o.is_house_credit(&self.order));
        assert_eq!(
            -of(Account::PromotionalCredit),
            bonus.map(|o| o.minor).sum::<i64>()
        );
        // R14: no payment gets back more than it brought.
        let refunds = || {
            let all = self.cases.iter().flat_map(|c| &c.0.obligations);
            all.filter(|o| o.kind == ObligationKind::Refund && o.state != ObligationState::Canceled)
        };
        for (t, tender) in (0_u16..).zip(&self.order.tenders) {
            let to: i64 = refunds()
                .filter(|o| o.tender == Some(t))
                .map(|o| o.minor)
                .sum();
            assert!(to <= tender.minor, "{to} to a payment of {}", tender.minor);
        }
        for c in &a.collected {
            let to = refunds().filter(|o| o.back_to == Some(c.by));
            assert_eq!(c.back_minor, to.map(|o| o.minor).sum::<i64>());
            assert!(c.back_minor <= c.minor);
        }
        // What carriers and vendors are asked and have not answered, and what they paid.
        let claims = || self.cases.iter().flat_map(|c| &c.0.carrier_claims);
        let open = claims().filter(|c| c.recovered_minor.is_none());
        let open: i64 = open.map(|c| c.asked_minor).sum();
        assert_eq!(of(Account::CarrierClaims), open);
        let charges = || {
            let all = self.cases.iter().map(|c| &c.0);
            all.flat_map(|c| c.vendor_charges.iter().map(move |v| (c, v)))
        };
        let asked: i64 = charges().map(|(c, v)| c.vendor_asked_minor(v.line)).sum();
        assert_eq!(of(Account::VendorRecoveries), asked);
        assert_eq!(-of(Account::ExpectedRecoveries), open + asked);
        let won: i64 = claims().filter_map(|c| c.recovered_minor).sum();
        let won = won + charges().map(|(_, v)| v.recovered_minor).sum::<i64>();
        assert_eq!(-of(Account::Recovered), won);
        assert_eq!(Account::ALL.iter().map(|x| of(*x)).sum::<i64>(), 0);
        // 3: every unit in at most one case, never more than were sent.
        for (i, line) in (0_u16..).zip(&a.lines) {
            let mut held = vec![false; self.order.lines[usize::from(i)].fulfilled as usize];
            for run in line.claims.iter().flat_map(|c| &c.runs) {
                for unit in run.first..run.first + run.count {
                    assert!(
                        !std::mem::replace(&mut held[unit as usize], true),
                        "unit {unit} twice"
                    );
                }
            }
            for claim in &line.claims {
                let gross = a.claimed_gross(&self.order, claim.case, i, claim.units());
                let most = gross + claim.paid_more_minor;
                assert!(claim.granted_minor <= most, "above what was paid");
            }
        }
        for (case, log) in &self.cases {
            for l in &case.lines {
                let q = l.quantities;
                assert!(q.authorised + q.declined <= q.announced, "{q:?}");
                assert!(q.received + q.missing + q.kept <= q.authorised, "{q:?}");
                assert!(q.accepted + q.rejected <= q.received, "{q:?}");
                assert!(q.settled <= q.accepted + q.kept, "{q:?}");
                assert!(q.granted <= q.authorised, "{q:?}");
            }
            // What a case says it granted is what it owes, given-up money left out.
            let owed = case.obligations.iter().filter(|o| o.kind.is_money());
            let owed = owed.filter(|o| o.state != ObligationState::Canceled);
            assert_eq!(case.granted_minor(), owed.map(|o| o.minor).sum::<i64>());
            // 5: the log is the state, and gives the same journal again.
            assert_eq!(&replay(log).unwrap(), case);
            let fresh = OrderAccount::open(&self.order);
            let again = postings(&self.order, &fresh, None, case.id, log, &self.entries).unwrap();
            let own = self.journal.iter().filter(|(id, _)| *id == case.id);
            assert_eq!(own.map(|(_, p)| *p).collect::<Vec<_>>(), again);
        }
        assert_eq!(
            &OrderAccount::replay(&self.order, &self.entries).unwrap(),
            a
        );
        for (i, e) in (1_u64..).zip(&self.entries) {
            assert_eq!(e.seq, i);
        }
        self.check_documents();
    }

    /// The journal of a case from its log and the entries of the order.
    pub(crate) fn journal_of(&self, case: &ReturnCase, log: &[Event]) -> Vec<(CaseId, Posting)> {
        let fresh = OrderAccount::open(&self.order);
        let moved = postings(&self.order, &fresh, None, case.id, log, &self.entries).unwrap();
        moved.into_iter().map(|p| (case.id, p)).collect()
    }

    /// The balance of an account of the books: debits less credits.
    pub(crate) fn balance(&self, account: Account) -> i64 {
        balance(self.journal.iter().map(|(_, p)| &p.transfer), account)
    }

    pub(crate) fn status(&self, case: usize) -> Status {
        self.cases[case].0.status()
    }
}

pub(crate) fn request(lines: Vec<RequestedLine>) -> Command {
    Command::Request {
        lines,
        path: Path::Ordinary,
        notice_sent_on: None,
        declared: None,
        wishes: Vec::new(),
        claim: None,
    }
}

pub(crate) fn settle_all(shop: &mut Shop, case: usize) {
    let owed: Vec<ObligationId> = shop.cases[case]
        .0
        .obligations
        .iter()
        .map(|o| o.id)
        .collect();
    for obligation in owed {
        let paid = Command::PaymentSettled {
            obligation,
            reference: returns::Obligation::credit_reference(obligation).into(),
        };
        shop.send(
            Some(case),
            &Command::PaymentSent { obligation },
            "2026-11-20",
            AGENT,
        )
        .ok();
        shop.send(Some(case), &paid, "2026-11-20", AGENT).unwrap();
        // The provider says it again: nothing happens.
        let events = shop.cases[case].1.len();
        shop.send(Some(case), &paid, "2026-11-20", AGENT).unwrap();
        assert_eq!(shop.cases[case].1.len(), events);
    }
}
