//! The seeded simulation: shoppers, agents, the dock, workers, a moody payment provider and a
//! process that dies, one step after the other in an order the seed decides. After every step
//! the invariants of the house are checked; at the end the outside world becomes well-behaved,
//! everything drains, and the books of both sides must agree. A broken seed names itself.
//!
//! Faults: answers lost before and after the effect, refusals, payments that come back, messages
//! late, twice and out of order, crashes at any use of clock, chance or provider (that is: between
//! any two writes), restarts, jobs that run twice.

mod books;
mod declare;

mod swaps;

use crate::{ALFA, Behaviour, Fixture, World, outside::Effect};
use app::{
    cases::{Call, OrderKey, Request},
    swaps::Pick,
};
use kernel::{CaseId, ObligationId, OrderId, Role, Scope};
use policy::{EvidenceGiven, Grade, Outcome, ReturnReason};
use ports::{PaymentKey, PaymentState};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};
use returns::{
    AccountEntry, Command, Count, Disposition, Event, GrantLine, ObligationState, OrderAccount,
    Path, RequestedLine, ReturnCase, SalesOrder,
};
use std::collections::{HashMap, HashSet};
use store::questions;

/// Steps of one seed before everything drains.
const STEPS: u32 = 30;

/// Steps that touch nothing of ours, so there is nothing to check after them.
const IDLE: &[&str] = &[
    "time passes",
    "provider",
    "no case",
    "no message",
    "no parcel",
    "no credit",
];

/// What one seed did, for the summary line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    /// Steps taken.
    pub steps: u64,
    /// Crashes survived.
    pub crashes: u64,
    /// Cases opened.
    pub cases: u64,
    /// Payments that moved money.
    pub paid: u64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.steps += other.steps;
        self.crashes += other.crashes;
        self.cases += other.cases;
        self.paid += other.paid;
    }
}

/// One seed on one order of a shared world.
struct Run<'w> {
    world: &'w mut World,
    rng: ChaCha8Rng,
    order: OrderId,
    number: String,
    cases: Vec<CaseId>,
    /// Versions that were acknowledged: they must never be gone.
    acked: HashMap<CaseId, u64>,
    /// Obligations of this order's cases.
    mine: HashSet<ObligationId>,
    /// Messages of the provider that have not come yet, or will come again.
    mail: Vec<(PaymentKey, PaymentState, u64)>,
    messages: u64,
    /// Pages of the provider the customer was really led to.
    shown: HashSet<PaymentKey>,
    crash_at: Option<i64>,
    declared: Vec<declare::Declared>,
    tally: Tally,
}

/// Runs `seed` on a fresh order of `world`.
///
/// # Panics
/// When an invariant breaks; the message names the seed.
pub async fn run_seed(world: &mut World, seed: u64) -> Tally {
    world.begin(seed);
    let number = format!("SIM-{seed}");
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let units = 1 + rng.next_u32() % 4;
    Fixture::orders(
        &world.app,
        ALFA,
        vec![Fixture::draft(&number, units, world.now())],
    )
    .await;
    let system = Scope::system();
    let page = world
        .app
        .order_page(&system, ALFA, &OrderKey::Number(number.clone()))
        .await;
    let order = page.unwrap_or_else(|e| panic!("seed {seed}: {e}")).order.id;
    let mut run = Run {
        world,
        rng,
        order,
        number,
        cases: Vec::new(),
        acked: HashMap::new(),
        mine: HashSet::new(),
        mail: Vec::new(),
        messages: 0,
        shown: HashSet::new(),
        crash_at: None,
        declared: Vec::new(),
        tally: Tally::default(),
    };
    run.fill_shelf().await;
    for step in 0..STEPS {
        let what = run.step().await;
        run.tally.steps += 1;
        if IDLE.contains(&what) {
            continue;
        }
        if let Err(broken) = run.check().await {
            panic!("seed {seed}, step {step} ({what}): {broken}");
        }
    }
    if let Err(broken) = run.drain().await {
        panic!("seed {seed}, at the end: {broken}");
    }
    run.tally.cases = run.cases.len() as u64;
    run.tally
}

impl Run<'_> {
    fn below(&mut self, n: u32) -> u32 {
        self.rng.next_u32() % n
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    async fn step(&mut self) -> &'static str {
        if self.chance(25) {
            self.crash_at = Some(i64::from(self.below(30)));
        }
        if self.chance(30) {
            let mood = match self.below(6) {
                0 => Behaviour::Pend,
                1 => Behaviour::Refuse,
                2 => Behaviour::Unreachable,
                3 => Behaviour::SettleSilently,
                4 => Behaviour::DropSilently,
                _ => Behaviour::Settle,
            };
            self.world.bank.script([mood]);
        }
        let what = match self.below(17) {
            14 | 15 => self.customer_pays().await,
            16 => self.page_ends(),
            0 | 1 => self.request().await,
            2..=4 => self.work().await,
            5 => self.provider_ends(),
            6 => self.message_comes().await,
            7 => {
                let seconds = i64::from(self.below(3600));
                self.world.pass(seconds);
                "time passes"
            }
            12 => self.shop().await,
            13 => self.declare().await,
            _ => self.command().await,
        };
        self.crash_at = None;
        what
    }

    /// Arms the crash this step has in store, right before what may crash.
    fn arm(&mut self) {
        if let Some(seam) = self.crash_at.take() {
            self.world.plan.arm(seam);
        }
    }

    /// What was stored is all that is left. The app itself keeps nothing in memory that a
    /// command needs, so it is really opened again only now and then.
    async fn crashed(&mut self) {
        self.tally.crashes += 1;
        if self.chance(10) {
            self.world.restart().await;
        }
    }

    async fn request(&mut self) -> &'static str {
        let line = u16::from(self.chance(30));
        let units = 1 + self.below(2);
        let withdrawal = self.chance(40);
        let reason = match self.below(3) {
            0 => ReturnReason::ChangedMind,
            1 => ReturnReason::DamagedInTransit,
            _ => ReturnReason::SizeSmall,
        };
        let swaps = !withdrawal && line == 0 && self.chance(40);
        let nth = self.below(3);
        let (sku, ..) = self.article(nth);
        let consent = self.chance(30).then(|| "yes".into());
        let pick = Pick {
            line,
            units,
            sku,
            fallback: Outcome::Refund,
            consent,
        };
        let picks = if swaps { vec![pick] } else { Vec::new() };
        let request = Request {
            order: OrderKey::Number(self.number.clone()),
            lines: vec![RequestedLine {
                line,
                units,
                reason,
                wanted: if swaps {
                    Outcome::Exchange
                } else {
                    Outcome::Refund
                },
                evidence: EvidenceGiven {
                    photos: 2,
                    note: true,
                    serial: false,
                },
                opened: false,
                noticed_on: None,
                own: None,
                lacks: policy::ConditionSet::EMPTY,
            }],
            path: if withdrawal {
                Path::Withdrawal
            } else {
                Path::Ordinary
            },
        };
        let scope = Scope::shopper(ALFA, self.order);
        let call = Call::new(&scope, self.world.now());
        self.arm();
        let asked = self
            .world
            .survive(
                self.world
                    .app
                    .request_exchange(&call, ALFA, &request, &picks),
            )
            .await;
        match asked {
            Err(_) => self.crashed().await,
            Ok(Ok(answer)) => {
                self.acked.insert(answer.case, answer.version);
            }
            Ok(Err(_)) => {}
        }
        self.learn_cases().await;
        "request"
    }

    /// A crash after the commit leaves a case nobody was told of: it exists all the same.
    async fn learn_cases(&mut self) {
        let heads =
            questions::cases::cases_of_order(self.world.app.store(), ALFA, self.order).await;
        self.cases = heads
            .unwrap_or_default()
            .iter()
            .map(|h| CaseId(h.case_id))
            .collect();
    }

    async fn work(&mut self) -> &'static str {
        self.arm();
        match self.world.survive(self.world.app.run_due_jobs()).await {
            Err(_) => self.crashed().await,
            Ok(done) => {
                done.unwrap_or_else(|e| panic!("the outbox: {e}"));
            }
        }
        "worker"
    }

    fn provider_ends(&mut self) -> &'static str {
        let pending = self.own_keys(|e| matches!(e.state, PaymentState::Pending { .. }));
        let settled = self.own_keys(|e| matches!(e.state, PaymentState::Settled { .. }));
        let provider_ref = "bank-late".to_owned();
        let told = if let Some(key) = pending.first() {
            let state = if self.chance(70) {
                PaymentState::Settled {
                    on: None,
                    provider_ref,
                }
            } else {
                PaymentState::Failed {
                    code: "RC01".into(),
                    reason: String::new(),
                }
            };
            Some((*key, self.world.bank.finish(*key, state)))
        } else if self.chance(15) {
            // Settled money comes back days later.
            settled.first().map(|key| {
                let state = PaymentState::Returned {
                    code: "AC04".into(),
                    reason: String::new(),
                };
                (*key, self.world.bank.finish(*key, state))
            })
        } else {
            None
        };
        if let Some((key, state)) = told {
            self.messages += 1;
            let copies = 1 + self.below(2);
            for _ in 0..copies {
                self.mail.push((key, state.clone(), self.messages));
            }
        }
        "provider"
    }

    async fn message_comes(&mut self) -> &'static str {
        if self.mail.is_empty() {
            return "no message";
        }
        let count = u32::try_from(self.mail.len()).unwrap_or(1);
        let at = self.below(count) as usize;
        let (key, state, message) = self.mail.swap_remove(at);
        let id = message.to_string();
        self.arm();
        let app = &self.world.app;
        let heard = self
            .world
            .survive(app.payment_answer(key, &state, "sim-bank", &id))
            .await;
        match heard {
            // Not acknowledged: the provider will say it again.
            Err(_) => {
                self.mail.push((key, state, message));
                self.crashed().await;
            }
            Ok(taken) => {
                taken.unwrap_or_else(|e| panic!("a message: {e}"));
            }
        }
        "message"
    }

    fn own_keys(&self, wanted: impl Fn(&Effect) -> bool) -> Vec<PaymentKey> {
        let effects = self.world.bank.effects_of(&self.mine);
        let mut keys: Vec<PaymentKey> = effects
            .into_iter()
            .filter(|(_, e)| wanted(e))
            .map(|(key, _)| key)
            .collect();
        keys.sort_unstable();
        keys
    }

    /// Somebody does something to a case: sometimes sensible, sometimes not, sometimes twice.
    async fn command(&mut self) -> &'static str {
        if self.cases.is_empty() {
            return "no case";
        }
        let count = u32::try_from(self.cases.len()).unwrap_or(1);
        let at = self.below(count) as usize;
        let id = self.cases[at];
        let system = Scope::system();
        let Ok(page) = self.world.app.case_page(&system, ALFA, id).await else {
            return "no case";
        };
        let line = page.case.lines.first().map_or(0, |l| l.line);
        let parcel = page.case.parcels.first().map(|p| p.id);
        let today = page.client.day(self.world.now());
        let units = 1 + self.below(3);
        let swap = page.case.live_exchanges().next().map(|e| e.goods);
        let (role, command) = match self.below(14) {
            11 => {
                let Some(obligation) = swap else {
                    return "no case";
                };
                let reference = "parcel".into();
                let sent = Command::PaymentSettled {
                    obligation,
                    reference,
                };
                (Role::Finance, sent)
            }
            12 => {
                let Some(goods) = swap else {
                    return "no case";
                };
                let note = "simulated".into();
                (Role::TeamLead, Command::CallOffExchange { goods, note })
            }
            13 => {
                let Some(goods) = swap else {
                    return "no case";
                };
                let note = "simulated".into();
                let end = if self.chance(50) {
                    Command::FallBack { goods, note }
                } else {
                    Command::EndSecurity {
                        goods,
                        charge: false,
                        note,
                    }
                };
                (Role::TeamLead, end)
            }
            0 => (
                Role::TeamLead,
                Command::Authorise {
                    lines: vec![Count { line, units }],
                    keep: false,
                    reason: Some("simulated".into()),
                },
            ),
            1 => (
                Role::Agent,
                Command::Decline {
                    lines: vec![Count { line, units }],
                    ground: kernel::ReasonCode::WindowClosed,
                    note: Some("simulated".into()),
                },
            ),
            2 | 3 => {
                let Some(parcel) = parcel else {
                    return "no parcel";
                };
                let scan = if self.chance(50) {
                    Command::ShipScan { parcel, on: today }
                } else {
                    Command::DeliverScan { parcel, on: today }
                };
                (Role::DockOperator, scan)
            }
            4 | 5 => {
                let complete = self.chance(30);
                let counts = vec![Count { line, units }];
                (
                    Role::DockOperator,
                    Command::Receive {
                        parcel,
                        counts,
                        strays: vec![],
                        complete,
                    },
                )
            }
            6 => {
                let grade = if self.chance(60) { Grade::A } else { Grade::C };
                let accept = self.chance(80);
                (
                    Role::DockOperator,
                    Command::Grade {
                        line,
                        units,
                        grade,
                        accept,
                        wrong_item: false,
                        note: None,
                    },
                )
            }
            7 => (
                Role::DockOperator,
                Command::Dispose {
                    line,
                    units,
                    grade: Grade::A,
                    disposition: Disposition::Restock,
                },
            ),
            8 => {
                let minor = i64::from(self.below(9000));
                let outcome = if self.chance(40) {
                    Outcome::StoreCredit
                } else {
                    Outcome::Refund
                };
                let grant = GrantLine {
                    line,
                    units,
                    outcome,
                    minor,
                };
                (
                    Role::TeamLead,
                    Command::Decide {
                        lines: vec![grant],
                        shipping_minor: i64::from(self.below(2)) * 695,
                        reason: Some("simulated".into()),
                    },
                )
            }
            9 => match page.case.obligations.first() {
                Some(o) => (Role::Finance, Command::RetryPayment { obligation: o.id }),
                None => (Role::Agent, Command::Close),
            },
            _ => (Role::Agent, Command::Cancel { note: None }),
        };
        let scope = Fixture::scope(role);
        let call = Call::new(&scope, self.world.now());
        let expected = self.chance(50).then_some(page.case.version);
        self.arm();
        let app = &self.world.app;
        let done = self
            .world
            .survive(app.command(&call, ALFA, id, expected, &command))
            .await;
        match done {
            Err(_) => self.crashed().await,
            Ok(Ok(answer)) => {
                self.acked.insert(id, answer.version);
            }
            // Refused, denied or stale: a normal answer.
            Ok(Err(app::AppError::Fault { detail })) => panic!("{command:?}: {detail}"),
            Ok(Err(_)) => {}
        }
        command_name(&command)
    }

    /// The invariants, on this order, from the stored rows alone.
    async fn check(&mut self) -> Result<(), String> {
        let store = self.world.app.store();
        let said = |e: &dyn std::fmt::Display| e.to_string();
        let row = questions::orders::order_by_id(
            store,
            ALFA,
            self.order,
            store::questions::Also::NOTHING,
        )
        .await
        .map_err(|e| said(&e))?
        .ok_or("the order is gone")?;
        let order: SalesOrder = serde_json::from_str(&row.body).map_err(|e| said(&e))?;
        let account: OrderAccount = serde_json::from_str(&row.account).map_err(|e| said(&e))?;
        let entries = questions::orders::account_entries(store, ALFA, self.order)
            .await
            .map_err(|e| said(&e))?;
        let entries: Result<Vec<_>, _> = entries
            .iter()
            .map(|e| serde_json::from_str(&e.body))
            .collect();
        let entries: Vec<AccountEntry> = entries.map_err(|e| said(&e))?;
        let replayed = OrderAccount::replay(&order, &entries)
            .map_err(|e| format!("the account does not replay: {e}"))?;
        same("account", &replayed, &account)?;
        self.learn_cases().await;
        let (mut owed, mut from, mut liability) = (HashMap::new(), Vec::new(), 0);
        for id in self.cases.clone() {
            let (case, events) = self.check_case(id).await?;
            from.extend(case.declaration.map(|declared| (declared, id)));
            liability += self.check_books(&order, id, &events, &entries).await?;
            for o in &case.obligations {
                self.mine.insert(o.id);
                owed.insert(o.id, (o.minor, o.state, o.attempts));
            }
        }
        if liability != account.pending_minor {
            return Err(format!(
                "the books owe {liability}, the account {}",
                account.pending_minor
            ));
        }
        self.check_declarations(&from).await?;
        self.check_money(&account, &owed)
    }

    async fn check_case(&self, id: CaseId) -> Result<(ReturnCase, Vec<Event>), String> {
        let system = Scope::system();
        let page = self
            .world
            .app
            .case_page(&system, ALFA, id)
            .await
            .map_err(|e| e.to_string())?;
        let replayed = returns::replay(&page.events).map_err(|e| e.to_string())?;
        same("case", &replayed, &page.case)?;
        if page.case.version < self.acked.get(&id).copied().unwrap_or(0) {
            return Err(format!("an acknowledged command on {id} is gone"));
        }
        for l in &page.case.lines {
            let q = &l.quantities;
            if q.authorised + q.declined > q.announced + q.unexpected
                || q.accepted + q.rejected > q.received + q.unexpected
                || q.settled > q.accepted + q.kept
            {
                return Err(format!("units do not balance: {q:?}"));
            }
        }
        for o in &page.case.obligations {
            let row = page.obligations.iter().find(|r| r.obligation_id == o.id.0);
            let row = row.ok_or("an obligation has no row")?;
            if row.amount_minor != o.minor || row.attempts != i64::from(o.attempts) {
                return Err(format!("the row of {} is not its obligation", o.id));
            }
            // What people see to, and what the customer has not begun to pay, waits for them.
            let by_hand = o.kind.is_by_hand() && o.state == ObligationState::Requested;
            let waits =
                !by_hand && (o.state == ObligationState::Requested || o.state.is_in_flight());
            let followed = page
                .jobs
                .iter()
                .any(|j| j.state == "open" && matches!(j.kind.as_str(), "pay" | "reconcile"));
            if waits && !followed {
                let jobs: Vec<_> = page
                    .jobs
                    .iter()
                    .map(|j| (&j.kind, &j.state, &j.body))
                    .collect();
                let events: Vec<_> = page.events.iter().map(returns::Event::name).collect();
                return Err(format!(
                    "{} is {:?} and nobody follows it: {jobs:?} {events:?}",
                    o.id, o.state
                ));
            }
        }
        Ok((page.case, page.events))
    }

    /// Both sides' books: never above what was captured, never twice under one obligation unless
    /// the first payment came back or failed.
    fn check_money(
        &self,
        account: &OrderAccount,
        owed: &HashMap<ObligationId, (i64, ObligationState, u16)>,
    ) -> Result<(), String> {
        let (mut out, mut kept) = (0, HashMap::<ObligationId, u32>::new());
        for (key, effect) in self.world.bank.effects_of(&self.mine) {
            let Some((minor, ..)) = owed.get(&key.obligation) else {
                return Err(format!("money moved under {key}, which nobody owes"));
            };
            if effect.amount.minor != *minor || effect.paid > 1 {
                return Err(format!("{key}: owed {minor}, {effect:?}"));
            }
            if effect.paid > 0 && matches!(effect.state, PaymentState::Settled { .. }) {
                out += effect.amount.minor;
                *kept.entry(key.obligation).or_default() += 1;
            }
        }
        if let Some((id, n)) = kept.iter().find(|(_, n)| **n > 1) {
            return Err(format!("{id} was paid {n} times"));
        }
        let captured = account.captured_minor - account.chargebacks_lost_minor;
        if out > captured || account.refunded_minor + account.pending_minor > account.captured_minor
        {
            return Err(format!("{out} paid of {captured} captured: {account:?}"));
        }
        Ok(())
    }

    /// The outside world behaves; everything must come to rest and both books agree.
    async fn drain(&mut self) -> Result<(), String> {
        while !self.mail.is_empty() {
            self.message_comes().await;
        }
        for _ in 0..30 {
            // Whoever has not paid by now does not.
            for page in self.world.bank.open_pages(&self.mine) {
                self.world.bank.end_page(page.key.obligation, false);
            }
            for key in self.own_keys(|e| matches!(e.state, PaymentState::Pending { .. })) {
                let provider_ref = "bank-end".to_owned();
                let state = PaymentState::Settled {
                    on: None,
                    provider_ref,
                };
                self.world.bank.finish(key, state);
            }
            self.world.bank.behave();
            self.world.run_jobs().await;
            self.check().await?;
            if !self.has_open_jobs().await? && self.all_acknowledged().await.is_ok() {
                break;
            }
            // Past any pause between tries, and past the hour a pending payment waits.
            self.world.pass(3700);
        }
        self.all_acknowledged().await?;
        let system = Scope::system();
        for id in self.cases.clone() {
            let page = self
                .world
                .app
                .case_page(&system, ALFA, id)
                .await
                .map_err(|e| e.to_string())?;
            self.check_pages(&page)?;
            for o in &page.case.obligations {
                let key = |(k, e): &(PaymentKey, Effect)| {
                    k.obligation == o.id
                        && matches!(e.state, PaymentState::Settled { .. })
                        && e.paid > 0
                };
                let paid = self.world.bank.effects_of(&self.mine).iter().any(key);
                let settled = o.state == ObligationState::Settled;
                if o.kind == returns::ObligationKind::Refund && paid != settled {
                    return Err(format!(
                        "{}: we say {:?}, the provider paid: {paid}",
                        o.id, o.state
                    ));
                }
                self.tally.paid += u64::from(paid);
            }
            if let Some(job) = page.jobs.iter().find(|j| waits_for_work(j)) {
                return Err(format!(
                    "the job {} of {id} never ends: {}",
                    job.kind, job.last_error
                ));
            }
        }
        Ok(())
    }
}

impl Run<'_> {
    async fn has_open_jobs(&self) -> Result<bool, String> {
        for case in &self.cases {
            let jobs = questions::work::jobs_of_case(self.world.app.store(), ALFA, *case);
            let jobs = jobs.await.map_err(|e| e.to_string())?;
            if jobs.iter().any(waits_for_work) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// A look at an exchange waits for its day, not for a worker.
fn waits_for_work(job: &app::views::JobRow) -> bool {
    job.state == "open" && job.kind != "watch"
}

fn command_name(command: &Command) -> &'static str {
    match command {
        Command::Authorise { .. } => "authorise",
        Command::Decline { .. } => "decline",
        Command::ShipScan { .. } | Command::DeliverScan { .. } => "scan",
        Command::Receive { .. } => "receive",
        Command::Grade { .. } => "grade",
        Command::Dispose { .. } => "dispose",
        Command::Decide { .. } => "decide",
        Command::RetryPayment { .. } => "retry payment",
        Command::Cancel { .. } => "cancel",
        Command::PaymentSettled { .. } => "goods sent",
        Command::CallOffExchange { .. } | Command::FallBack { .. } => "exchange ends",
        _ => "command",
    }
}

fn same<T: PartialEq + std::fmt::Debug>(
    what: &str,
    replayed: &T,
    stored: &T,
) -> Result<(), String> {
    if replayed == stored {
        return Ok(());
    }
    Err(format!(
        "the stored {what} is not its replay:\n{stored:?}\n{replayed:?}"
    ))
}
