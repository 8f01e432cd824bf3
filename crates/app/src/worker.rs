//! Who runs the jobs of the outbox, and how many at the same time. Whatever a job does is in
//! `jobs`.
//!
//! A worker holds some jobs under a lease and starts the next one whenever a place is free, so
//! that one slow provider keeps one place and not the others. The jobs of one case follow each
//! other as they were claimed.

use crate::{App, error::AppError};
use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};
use store::questions::{self, work::JobRow};
use tokio::{
    sync::watch,
    task::{self, JoinSet},
};
use uuid::Uuid;

/// How long a claimed job stays invisible; longer than any port may take.
const LEASE_MS: i64 = 60_000;
/// Jobs a worker carries out at the same time: enough that their writes share a commit and that
/// providers answer many at once, few enough that requests of people come first.
const AT_ONCE: usize = 32;
/// Jobs a worker holds, those that run included: the next ones lie ready when a place is free.
const HELD_MAX: usize = 4 * AT_ONCE;
/// The same as [`AT_ONCE`] while many people wait for answers, as long as no job is late: work that
/// follows does not slow down those who ask, and catches up when fewer do.
const AT_ONCE_BUSY: usize = 2;
/// So many callers who wait are many.
const BUSY: usize = 8;
/// A job that has waited so long is late, whoever else waits.
const LATE_MS: i64 = 10_000;
/// How often the outbox is looked at when nobody rings, and how often clocks are.
const TICK: Duration = Duration::from_millis(500);
/// How often a node looks whether another one changed the law.
const FOLLOW: Duration = Duration::from_secs(5);

/// A client and a case.
type Key = (i64, Uuid);

const fn key(job: &JobRow) -> Key {
    (job.client_id, job.case_id)
}

/// Claimed jobs that do not run yet: those whose case is free, in the order they were claimed, and
/// behind each busy case what follows.
#[derive(Debug, Default)]
struct Waiting {
    ready: VecDeque<JobRow>,
    behind: HashMap<Key, VecDeque<JobRow>>,
    held: usize,
}

impl Waiting {
    /// Takes claimed jobs in.
    fn take(&mut self, jobs: Vec<JobRow>) {
        for job in jobs {
            self.held += 1;
            if let Some(behind) = self.behind.get_mut(&key(&job)) {
                behind.push_back(job);
            } else {
                self.behind.insert(key(&job), VecDeque::new());
                self.ready.push_back(job);
            }
        }
    }

    /// A job of this case has ended. The next one of the case may run; after a job whose outcome could
    /// not be stored, all of them stay claimed until their leases end.
    fn ended(&mut self, case: Key, is_stored: bool) {
        self.held = self.held.saturating_sub(1);
        let Some(behind) = self.behind.get_mut(&case) else {
            return;
        };
        let next = if is_stored { behind.pop_front() } else { None };
        if let Some(next) = next {
            self.ready.push_back(next);
        } else if let Some(left) = self.behind.remove(&case) {
            self.held = self.held.saturating_sub(left.len());
        }
    }
}

/// The jobs of each case in the order they were claimed; cases in the order of their first job.
fn by_case(jobs: Vec<JobRow>) -> Vec<Vec<JobRow>> {
    let mut cases: Vec<Vec<JobRow>> = Vec::new();
    for job in jobs {
        let same = |c: &&mut Vec<JobRow>| c.first().is_some_and(|j| key(j) == key(&job));
        match cases.iter_mut().find(same) {
            Some(case) => case.push(job),
            None => cases.push(vec![job]),
        }
    }
    cases
}

impl App {
    /// Drains the outbox until `stop` turns true; what was claimed until then is carried out.
    pub async fn run_worker(&self, stop: watch::Receiver<bool>) {
        tokio::join!(self.drain(stop.clone()), self.watch_clocks(stop));
    }

    /// Jobs run as tasks of their own, so that every core takes part and one that panics ends alone.
    async fn drain(&self, mut stop: watch::Receiver<bool>) {
        let mut waiting = Waiting::default();
        let mut running: JoinSet<bool> = JoinSet::new();
        let mut cases: HashMap<task::Id, Key> = HashMap::new();
        // Whether there may be more than what was claimed.
        let mut more = true;
        loop {
            let stopping = *stop.borrow();
            if more
                && !stopping
                && waiting.held < HELD_MAX
                && waiting.ready.len() + running.len() < AT_ONCE
            {
                more = self.claim_into(&mut waiting).await;
            }
            let places = self.places(&waiting.ready);
            while running.len() < places {
                let Some(job) = waiting.ready.pop_front() else {
                    break;
                };
                let case = key(&job);
                let app = self.clone();
                let started = running.spawn(async move { app.run_held(&job).await });
                cases.insert(started.id(), case);
            }
            if stopping && waiting.held == 0 {
                return;
            }
            tokio::select! {
                Some(ended) = running.join_next_with_id(), if !running.is_empty() => {
                    let (id, is_stored) = match ended {
                        Ok((id, is_stored)) => (id, is_stored),
                        Err(panicked) => (panicked.id(), false),
                    };
                    if let Some(case) = cases.remove(&id) {
                        waiting.ended(case, is_stored);
                    }
                }
                () = self.0.work.notified(), if !stopping => more = true,
                () = tokio::time::sleep(TICK) => more = true,
                _ = stop.changed(), if !stopping => {}
            }
        }
    }

    /// How many jobs run at the same time beside people who wait.
    fn places(&self, ready: &VecDeque<JobRow>) -> usize {
        let now = self.now().as_millisecond();
        let late = |j: &JobRow| j.attempts <= 1 && now - j.created_at > LATE_MS;
        if self.0.asking.many() < BUSY || ready.iter().any(late) {
            return AT_ONCE;
        }
        AT_ONCE_BUSY
    }

    /// Claims what there is room for; whether there may be more.
    async fn claim_into(&self, waiting: &mut Waiting) -> bool {
        let now = self.now().as_millisecond();
        let room = HELD_MAX.saturating_sub(waiting.held);
        let limit = i64::try_from(room).unwrap_or(0);
        match questions::work::claim(self.store(), now, now + LEASE_MS, limit).await {
            Ok(jobs) => {
                let more = jobs.len() == room;
                waiting.take(jobs);
                more
            }
            Err(error) => {
                tracing::warn!(%error, "the outbox could not be read");
                false
            }
        }
    }

    /// Carries out a job that was claimed a while ago; whether its outcome is stored. One whose
    /// lease is over is left to whoever claims it next.
    async fn run_held(&self, job: &JobRow) -> bool {
        // Half of the lease is left for the job itself.
        if self.now().as_millisecond() + LEASE_MS / 2 >= job.run_at {
            return false;
        }
        match self.run_job(job).await {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%error, "the end of a job could not be stored");
                false
            }
        }
    }

    /// Rings clocks, ends store credit, and follows the law another node changed.
    async fn watch_clocks(&self, mut stop: watch::Receiver<bool>) {
        let mut followed = tokio::time::Instant::now();
        while !*stop.borrow() {
            if followed.elapsed() >= FOLLOW {
                followed = tokio::time::Instant::now();
                if let Err(error) = self.follow_law().await {
                    tracing::warn!(%error, "the law could not be read again");
                }
            }
            let rung = match self.ring_clocks().await {
                Ok(rung) => rung,
                Err(error) => {
                    tracing::warn!(%error, "clocks could not be looked at");
                    0
                }
            };
            let ended = match self.end_credit().await {
                Ok(ended) => ended,
                Err(error) => {
                    tracing::warn!(%error, "store credit could not be looked at");
                    0
                }
            };
            let freed = match self.end_holds().await {
                Ok(freed) => freed,
                Err(error) => {
                    tracing::warn!(%error, "erasures could not be looked at");
                    0
                }
            };
            if rung + ended + freed == 0 {
                tokio::select! {
                    () = tokio::time::sleep(TICK) => {}
                    _ = stop.changed() => {}
                }
            }
        }
    }

    /// Claims and runs what is due now, one after the other; returns how many jobs it ran. Tests
    /// and the simulator call this instead of [`App::run_worker`]: the same seed must do the same.
    /// A job whose outcome cannot be stored stays claimed until its lease ends, with those that
    /// follow it on its case, and is no reason to leave the others.
    pub async fn run_due_jobs(&self) -> Result<usize, AppError> {
        let now = self.now().as_millisecond();
        let limit = i64::try_from(AT_ONCE).unwrap_or(i64::MAX);
        let jobs = questions::work::claim(self.store(), now, now + LEASE_MS, limit).await?;
        let ran = jobs.len();
        let mut failure = None;
        for jobs in by_case(jobs) {
            for job in jobs {
                if let Err(error) = self.run_job(&job).await {
                    failure = Some(error);
                    break;
                }
            }
        }
        if let Some(failure) = failure {
            return Err(failure);
        }
        Ok(ran + self.ring_clocks().await? + self.end_credit().await? + self.end_holds().await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(case: u128, n: u128) -> JobRow {
        JobRow {
            client_id: 1,
            job_id: Uuid::from_u128(n),
            case_id: Uuid::from_u128(case),
            kind: "pay".to_owned(),
            state: "open".to_owned(),
            body: String::new(),
            attempts: 1,
            run_at: 0,
            last_error: String::new(),
            created_at: 0,
        }
    }

    fn start(waiting: &mut Waiting) -> Option<u128> {
        waiting.ready.pop_front().map(|j| j.job_id.as_u128())
    }

    #[test]
    fn a_slow_job_keeps_its_case_and_no_other() {
        let mut waiting = Waiting::default();
        waiting.take(vec![job(1, 11), job(1, 12), job(2, 21), job(1, 13)]);
        assert_eq!(start(&mut waiting), Some(11));
        assert_eq!(start(&mut waiting), Some(21), "11 is slow, 12 is behind it");
        assert_eq!(start(&mut waiting), None);
        waiting.take(vec![job(1, 14), job(3, 31)]);
        assert_eq!(start(&mut waiting), Some(31));
        let (one, two) = ((1, Uuid::from_u128(1)), (1, Uuid::from_u128(2)));
        waiting.ended(two, true);
        assert_eq!(start(&mut waiting), None);
        for next in [12, 13, 14] {
            waiting.ended(one, true);
            assert_eq!(start(&mut waiting), Some(next), "in the order claimed");
        }
        waiting.ended(one, true);
        assert_eq!(waiting.held, 1, "31 still runs");
        waiting.take(vec![job(1, 15)]);
        assert_eq!(start(&mut waiting), Some(15), "a case is free again");
    }

    #[test]
    fn what_follows_a_job_that_could_not_be_stored_waits_for_its_lease() {
        let mut waiting = Waiting::default();
        waiting.take(vec![job(1, 11), job(1, 12), job(2, 21)]);
        assert_eq!(start(&mut waiting), Some(11));
        waiting.ended((1, Uuid::from_u128(1)), false);
        assert_eq!(start(&mut waiting), Some(21));
        waiting.ended((1, Uuid::from_u128(2)), true);
        assert_eq!((start(&mut waiting), waiting.held), (None, 0));
    }
}
