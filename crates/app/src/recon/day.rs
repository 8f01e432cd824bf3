//! The reconciliation of a day. It looks at what changed since the day before, at what waited
//! then, and at what did not agree; so its work follows what moved, not what is kept. Doing it
//! again on the same day begins at the same moment and comes to the same result.

use super::{
    BreakRow, CHAIN_DAYS, LineRow, OPEN, RunRow,
    lines::{matched, rhythm_of, subject_of},
    look::{
        Chains, Fact, Run, Sides, Sums, add_up, agree_again, break_id, chains, is_reconciled,
        look_at, put_fact,
    },
    money, way_of,
};
use crate::{App, AppError, directory::Client};
use jiff::ToSpan as _;
use kernel::{ClientId, Date};
use reconcile::{
    Booking, Break, Cause, Covered, Kind, Said, Source, Statement, Terms, Way, Word, judge_chain,
    judge_reports, judge_silence,
};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};
use store::{
    Write, WriteError,
    questions::recon::{self as questions, DayRow},
    tables,
};
use tokio::sync::watch;
use uuid::Uuid;

/// Payments of one step.
const STEP: usize = 1_000;
/// How long a run belongs to its worker without a word of it, milliseconds.
const LEASE_MS: i64 = 60_000;
/// What was written shortly before a run may have become visible after it, milliseconds.
const OVERLAP_MS: i64 = 600_000;
/// How often the clock is looked at.
const TICK: Duration = Duration::from_mins(1);
/// How long after midnight a day is reconciled: banks deliver statements over night.
const FROM: Duration = Duration::from_hours(6);
/// How often a step is done again after people changed a break under it.
const RACES_MAX: usize = 8;
/// States of payments that may have changed.
const STATES: &[&str] = &[
    "requested",
    "sent",
    "pending",
    "unknown",
    "settled",
    "failed",
    "returned",
    "canceled",
];

/// How far a reconciliation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Payments looked at …
    pub done: i64,
    /// … of this many.
    pub total: i64,
}

impl App {
    /// Reconciles a client's present day; `None` when another process is at it.
    ///
    /// # Errors
    /// Faults of the database; the run may be begun again at once.
    pub async fn reconcile_day(&self, client: ClientId) -> Result<Option<Vec<DayRow>>, AppError> {
        let directory = self.directory();
        let client = Arc::clone(directory.client(client).ok_or(AppError::Missing)?);
        let until = self.now();
        let day = client.day(until);
        let named = day.to_string();
        let before = questions::run_before(self.store(), client.id, &named).await?;
        let from_at = before.map_or(0, |b| b.until_at - OVERLAP_MS);
        let now = until.as_millisecond();
        let mut write = Write::new();
        write.statement(questions::take(vec![
            client.id.into(),
            named.as_str().into(),
            now.into(),
            (now - LEASE_MS).into(),
            from_at.into(),
        ]));
        let epoch = match self.store().write(write).await {
            Ok(written) => written.first().and_then(|r| r.first()?.first()?.int()),
            Err(WriteError::Lost { .. }) => return Ok(None),
            Err(e) => return Err(e.into()),
        };
        let run = Run {
            app: self,
            client: &client,
            day,
            from_at,
            until,
            epoch: epoch.unwrap_or(1),
            waiting: BTreeSet::new(),
            covered: BTreeMap::new(),
            sums: BTreeMap::new(),
            outside: super::manual::Found::default(),
        };
        match self.work_through(run).await {
            Err(AppError::Stale { .. }) => Ok(None),
            done => done.map(Some),
        }
    }

    /// Reconciles every client's day until `stop` turns true.
    pub async fn run_reconciliation(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let clients = self.directory().clients().to_vec();
            for client in clients.iter().filter(|c| is_reconciled(c)) {
                if let Err(error) = self.reconcile_if_due(client).await {
                    tracing::warn!(client = %client.id, %error, "the day could not be reconciled");
                }
            }
            tokio::select! {
                () = tokio::time::sleep(TICK) => {}
                _ = stop.changed() => {}
            }
        }
    }

    async fn reconcile_if_due(&self, client: &Client) -> Result<(), AppError> {
        let now = self.now();
        let day = client.day(now);
        if client.midnight(day).is_some_and(|m| now < m + FROM) {
            return Ok(());
        }
        let day = day.to_string();
        let found = questions::run(self.store(), client.id, &day).await?;
        if found.is_none_or(|r: RunRow| r.state != "done") {
            self.reconcile_day(client.id).await?;
        }
        Ok(())
    }

    async fn work_through(&self, mut run: Run<'_>) -> Result<Vec<DayRow>, AppError> {
        let client = run.client.id;
        let since = run.day.checked_sub(CHAIN_DAYS.days()).unwrap_or(run.day);
        let statements = questions::statements(self.store(), client, &since.to_string()).await?;
        let open = self.open_breaks(client).await?;
        let chains = chains(&statements);
        self.cover(&mut run, &chains).await?;
        let lines = questions::lines(self.store(), client, &since.to_string()).await?;
        run.outside = self.made_outside(&run, since, &lines).await?;
        let ids = self.touched(&mut run, &open).await?;
        let total = ids.len();
        for (n, step) in ids.chunks(STEP).enumerate() {
            let done = (n * STEP + step.len()).min(total);
            self.do_step(&mut run, step, (done, total)).await?;
        }
        let disputes = self.hold_disputes(&run, &lines, since).await?;
        self.hold_chains(&run, &chains, &lines, disputes).await?;
        self.finish(&run).await
    }

    /// Which payments to look at, each once.
    async fn touched(&self, run: &mut Run<'_>, open: &[BreakRow]) -> Result<Vec<Uuid>, AppError> {
        let client = run.client.id;
        let mut ids: BTreeSet<Uuid> = BTreeSet::new();
        for state in STATES {
            let found = questions::owed_changed(self.store(), client, state, run.from_at).await?;
            ids.extend(found);
        }
        ids.extend(questions::heard_of(self.store(), client, run.from_at).await?);
        let waiting = questions::waiting(self.store(), client, "").await?;
        run.waiting = waiting.iter().map(|w| w.obligation_id).collect();
        ids.extend(&run.waiting);
        ids.extend(open.iter().filter_map(|b| b.obligation_id));
        Ok(ids.into_iter().collect())
    }

    /// The days the statements of each way and currency cover without a hole.
    async fn cover(&self, run: &mut Run<'_>, chains: &Chains) -> Result<(), AppError> {
        for ((account, currency), chain) in chains {
            let id = run.client.id;
            let first = questions::first_day(self.store(), id, account, currency).await?;
            let Some(from) = first.and_then(|d| d.parse().ok()) else {
                continue;
            };
            let until = self.whole_until(run, chain).await?;
            let Some(until) = until else { continue };
            let covered = Covered { from, until };
            let way = (way_of(account).to_owned(), currency.clone());
            let so_far = run.covered.entry(way).or_insert(covered);
            // Two accounts in one currency: what both cover.
            so_far.from = so_far.from.min(from);
            so_far.until = so_far.until.min(until);
        }
        Ok(())
    }

    /// The last day before the first hole: a statement that is missing, or one that lacks a
    /// booking. What is not booked after it may be in the hole. A person may say that it is none.
    async fn whole_until(
        &self,
        run: &Run<'_>,
        chain: &[(String, Statement)],
    ) -> Result<Option<Date>, AppError> {
        let list: Vec<Statement> = chain.iter().map(|(_, s)| s.clone()).collect();
        let mut until = list.iter().map(|s| s.until).max();
        let terms = Terms {
            patience: Terms::PATIENCE,
            covered: None,
        };
        let mut broken = judge_chain(&list, None, run.day, &terms);
        if let Some(rhythm) = chain.first().and_then(|(s, _)| rhythm_of(account_of(s))) {
            broken.extend(judge_reports(&list, rhythm, run.day, &terms));
        }
        for (id, b) in broken {
            let is_hole = match b.kind {
                Kind::Gap => b.cause == Cause::StatementMissing,
                kind => matches!(kind, Kind::DoesNotAddUp | Kind::ReportMissing),
            };
            if !is_hole {
                continue;
            }
            let Some((subject, at)) = chain.iter().find(|(_, s)| s.id == id) else {
                continue;
            };
            let row = break_id(run.client.id, b.kind, subject);
            let known = questions::one_break(self.store(), run.client.id, row).await?;
            if known.is_some_and(|k| k.state == "closed") {
                continue;
            }
            if b.kind == Kind::ReportMissing {
                // It names the report before the hole.
                until = until.min(Some(at.until));
                continue;
            }
            let before = list.iter().map(|s| s.until).filter(|u| *u < at.until);
            until = until.min(before.max());
        }
        Ok(until)
    }

    async fn do_step(
        &self,
        run: &mut Run<'_>,
        ids: &[Uuid],
        (done, total): (usize, usize),
    ) -> Result<(), AppError> {
        for _ in 0..RACES_MAX {
            let sides = self.sides(run.client.id, ids).await?;
            let mut write = Write::new();
            let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            write.statement(questions::step(vec![
                run.client.id.into(),
                run.day.to_string().into(),
                run.epoch.into(),
                self.now().as_millisecond().into(),
                count(done).into(),
                count(total).into(),
            ]));
            let mut sums: BTreeMap<String, Sums> = BTreeMap::new();
            for id in ids {
                look_at(run, *id, &sides, &mut sums, &mut write)?;
            }
            match self.store().write(write).await {
                Ok(_) => {
                    self.0.leaves.notify_one();
                    add_up(&mut run.sums, sums);
                    return Ok(());
                }
                // Somebody took or closed one of the breaks: look again.
                Err(WriteError::Conflict { .. }) => {}
                Err(WriteError::Lost { .. }) => return Err(AppError::Stale { current: 0 }),
                Err(e) => return Err(e.into()),
            }
        }
        Err(AppError::Busy)
    }

    async fn sides(&self, client: ClientId, ids: &[Uuid]) -> Result<Sides, AppError> {
        let store = self.store();
        let ours = questions::obligations_of(store, client, ids).await?;
        let mut sides = Sides {
            ours: ours.into_iter().map(|o| (o.obligation_id, o)).collect(),
            booked: BTreeMap::new(),
            words: BTreeMap::new(),
            breaks: BTreeMap::new(),
        };
        for e in questions::entries_of(store, client, ids).await? {
            let booking = (|| {
                Some(Booking {
                    attempt: u8::try_from(e.attempt).ok()?,
                    way: Way::parse(&e.way)?,
                    amount: money(e.amount_minor, &e.currency)?,
                    on: e.booked_on.parse().ok()?,
                    source: Source::parse(&e.source)?,
                })
            })();
            let Some(booking) = booking else {
                return Err(AppError::fault(format!(
                    "booking {} is damaged",
                    e.reference
                )));
            };
            let of = sides.booked.entry(e.obligation_id).or_default();
            of.push((booking, e.currency));
        }
        for w in questions::words_of(store, client, ids).await? {
            let (Some(said), Ok(attempt)) = (Said::parse(&w.said), u8::try_from(w.attempt)) else {
                continue;
            };
            let of = sides.words.entry(w.obligation_id).or_default();
            of.push(Word { attempt, said });
        }
        for b in questions::breaks_of(store, client, ids).await? {
            if let Some(id) = b.obligation_id {
                sides.breaks.entry(id).or_default().push(b);
            }
        }
        Ok(sides)
    }

    /// Holds the chains of statements against themselves.
    async fn hold_chains(
        &self,
        run: &Run<'_>,
        chains: &Chains,
        lines: &[LineRow],
        (disputes, looked_at): (Vec<(String, Break)>, Vec<String>),
    ) -> Result<(), AppError> {
        let client = run.client.id;
        // Only what was looked at can agree again, and a gap is seen from both of its sides: the
        // oldest statement of a chain says nothing about the one before it.
        let mut subjects: BTreeSet<String> = lines.iter().map(subject_of).collect();
        subjects.extend(looked_at);
        let is_seen = |b: &BreakRow| {
            let is_gap = b.kind == Kind::Gap.as_str();
            chains.values().any(|chain| {
                let oldest = chain.iter().min_by(|(_, x), (_, y)| {
                    (x.until, x.number, &x.id).cmp(&(y.until, y.number, &y.id))
                });
                let is_oldest = oldest.is_some_and(|(subject, _)| *subject == b.subject);
                chain.iter().any(|(subject, _)| *subject == b.subject) && !(is_gap && is_oldest)
            }) || subjects.contains(&b.subject)
        };
        for _ in 0..RACES_MAX {
            let mut found: BTreeMap<Uuid, Fact<'_>> = BTreeMap::new();
            for ((account, currency), chain) in chains {
                let list: Vec<Statement> = chain.iter().map(|(_, s)| s.clone()).collect();
                let waiting = run.sums.get(currency).and_then(|s| s.waiting_since);
                let terms = Terms {
                    patience: Terms::PATIENCE,
                    covered: None,
                };
                let mut broken = match rhythm_of(account) {
                    None => judge_chain(&list, waiting, run.day, &terms),
                    Some(rhythm) => judge_reports(&list, rhythm, run.day, &terms),
                };
                if rhythm_of(account).is_some() {
                    let whole = judge_chain(&list, None, run.day, &terms);
                    let adds = |(_, b): &(String, Break)| b.kind == Kind::DoesNotAddUp;
                    broken.extend(whole.into_iter().filter(adds));
                }
                for (id, broken) in broken {
                    let named = chain.iter().find(|(_, s)| s.id == id);
                    let subject = named.map_or(id.as_str(), |(subject, _)| subject.as_str());
                    let fact = Fact {
                        subject: subject.to_owned(),
                        obligation: None,
                        currency,
                        broken,
                    };
                    found.insert(break_id(client, fact.broken.kind, &fact.subject), fact);
                }
            }
            for (currency, sums) in &run.sums {
                let Some(since) = sums.waiting_since else {
                    continue;
                };
                let Ok(known) = currency.parse() else {
                    continue;
                };
                // With a statement, its chain tells.
                if chains
                    .keys()
                    .any(|(account, c)| c == currency && rhythm_of(account).is_none())
                {
                    continue;
                }
                let terms = Terms {
                    patience: Terms::PATIENCE,
                    covered: None,
                };
                let Some(broken) = judge_silence(since, run.day, known, &terms) else {
                    continue;
                };
                let fact = Fact {
                    subject: currency.clone(),
                    obligation: None,
                    currency,
                    broken,
                };
                found.insert(break_id(client, Kind::Silent, currency), fact);
            }
            let loose = matched(run, chains, lines).breaks;
            for (subject, broken) in loose.into_iter().chain(disputes.iter().cloned()) {
                let id = break_id(client, broken.kind, &subject);
                let fact = Fact {
                    subject,
                    obligation: None,
                    currency: broken.found.currency.code(),
                    broken,
                };
                found.insert(id, fact);
            }
            let mut write = Write::new();
            let mut known: BTreeMap<Uuid, BreakRow> = BTreeMap::new();
            for b in self.open_breaks(client).await? {
                if b.obligation_id.is_none() && (b.kind == Kind::Silent.as_str() || is_seen(&b)) {
                    known.insert(b.break_id, b);
                }
            }
            for id in found.keys() {
                if let Some(row) = questions::one_break(self.store(), client, *id).await? {
                    known.insert(*id, row);
                }
            }
            for (id, row) in &known {
                if !found.contains_key(id) {
                    agree_again(run, row, &mut write)?;
                }
            }
            for (id, fact) in &found {
                put_fact(run, *id, fact, known.get(id), &mut write)?;
            }
            if write.is_empty() {
                return Ok(());
            }
            match self.store().write(write).await {
                Ok(_) => {
                    self.0.leaves.notify_one();
                    return Ok(());
                }
                Err(WriteError::Conflict { .. }) => {}
                Err(e) => return Err(e.into()),
            }
        }
        Err(AppError::Busy)
    }

    async fn finish(&self, run: &Run<'_>) -> Result<Vec<DayRow>, AppError> {
        let client = run.client.id;
        let mut days: BTreeMap<String, DayRow> = BTreeMap::new();
        let day = run.day.to_string();
        let row = |currency: &str| DayRow {
            day: day.clone(),
            currency: currency.to_owned(),
            even_count: 0,
            even_minor: 0,
            waiting_count: 0,
            waiting_minor: 0,
            fresh_count: 0,
            broken_count: 0,
            broken_minor: 0,
        };
        for (currency, sums) in &run.sums {
            let d = days
                .entry(currency.clone())
                .or_insert_with(|| row(currency));
            (d.even_count, d.even_minor) = sums.even;
            (d.waiting_count, d.waiting_minor) = sums.waiting;
        }
        for (_, currency) in run.covered.keys() {
            days.entry(currency.clone())
                .or_insert_with(|| row(currency));
        }
        let midnight = run.client.midnight(run.day).unwrap_or(run.until);
        for state in OPEN {
            let from = midnight.as_millisecond();
            for a in questions::ages(self.store(), client, state, from).await? {
                let d = days
                    .entry(a.currency.clone())
                    .or_insert_with(|| row(&a.currency));
                d.broken_count += a.breaks;
                d.broken_minor = d.broken_minor.saturating_add(a.stake_minor);
                d.fresh_count += a.fresh;
            }
        }
        let mut write = Write::new();
        write.statement(questions::end(vec![
            client.into(),
            day.as_str().into(),
            run.epoch.into(),
            run.until.as_millisecond().into(),
        ]));
        for d in days.values() {
            let values = vec![
                client.into(),
                d.day.as_str().into(),
                d.currency.as_str().into(),
                d.even_count.into(),
                d.even_minor.into(),
                d.waiting_count.into(),
                d.waiting_minor.into(),
                d.fresh_count.into(),
                d.broken_count.into(),
                d.broken_minor.into(),
            ];
            write.row(&tables::RECON_DAY, values);
        }
        match self.store().write(write).await {
            Ok(_) => Ok(days.into_values().collect()),
            Err(WriteError::Lost { .. }) => Err(AppError::Stale { current: 0 }),
            Err(e) => Err(e.into()),
        }
    }

    /// Breaks nobody has closed and that did not go by themselves.
    pub(super) async fn open_breaks(&self, client: ClientId) -> Result<Vec<BreakRow>, AppError> {
        let mut open = Vec::new();
        for state in OPEN {
            open.extend(questions::breaks(self.store(), client, state).await?);
        }
        Ok(open)
    }
}

/// The account a statement's subject begins with.
fn account_of(subject: &str) -> &str {
    subject.split(' ').next().unwrap_or_default()
}
