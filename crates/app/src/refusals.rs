//! What was refused at the edge: kept for who runs the installation. Refusals alike within a moment
//! are one row, and a day has a bound, so that nobody fills the disk by being refused.

use crate::{App, AppError};
use kernel::{ClientId, Permission, Scope, Timestamp};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
pub use store::questions::security::SecurityRow;
use store::{Write, questions::security, tables};
use tokio::sync::watch;
use uuid::Uuid;

/// How long refusals alike are put together.
const MOMENT: Duration = Duration::from_secs(1);
/// Different refusals of one moment; more are only counted.
const APART_MAX: usize = 200;
/// Rows of one client in one day and process; more are only counted.
const DAY_MAX: u32 = 5_000;
/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;
/// Characters kept of each part.
const WORDS_MAX: usize = 200;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Refusal {
    /// The client it is about, if it is about one.
    pub client: Option<ClientId>,
    /// What happened.
    pub kind: &'static str,
    /// Who.
    pub actor: String,
    /// The route, as it is declared.
    pub route: String,
    /// What it was about.
    pub object: String,
    /// The network it came from.
    pub address: String,
}

/// Refusals of the moment.
#[derive(Debug, Default)]
pub(crate) struct Refusals(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// When each was first seen, and how often.
    now: HashMap<Refusal, (Timestamp, i64)>,
    /// Those not kept apart, by client.
    more: HashMap<i64, i64>,
    /// Which day it is and how many rows each client has had.
    day: (i64, HashMap<i64, u32>),
}

impl Refusals {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn owner(client: Option<ClientId>) -> i64 {
    client.map_or(crate::laws::HOUSE, |client| client.0)
}

impl App {
    /// Takes a refusal down; it is stored within a moment.
    pub fn refused(&self, mut refusal: Refusal) {
        for part in [&mut refusal.object, &mut refusal.actor] {
            *part = part.chars().take(WORDS_MAX).collect();
        }
        let now = self.now();
        let mut state = self.0.refusals.lock();
        if state.now.len() >= APART_MAX && !state.now.contains_key(&refusal) {
            *state.more.entry(owner(refusal.client)).or_default() += 1;
            return;
        }
        state.now.entry(refusal).or_insert((now, 0)).1 += 1;
    }

    /// Stores what was taken down since.
    ///
    /// # Errors
    /// Faults of the database; what could not be stored is gone, the log has its number.
    pub async fn store_refusals(&self) -> Result<(), AppError> {
        let now = self.now();
        let rows = {
            let mut state = self.0.refusals.lock();
            let today = now.as_millisecond().div_euclid(DAY_MS);
            if state.day.0 != today {
                state.day = (today, HashMap::new());
            }
            let mut rows = Vec::new();
            for (refusal, (at, times)) in std::mem::take(&mut state.now) {
                let client = owner(refusal.client);
                let used = state.day.1.entry(client).or_default();
                *used += 1;
                if *used > DAY_MAX {
                    *state.more.entry(client).or_default() += times;
                } else {
                    rows.push((client, refusal, at, times));
                }
            }
            let full: Vec<i64> = state.more.keys().copied().collect();
            for client in full {
                // The day's last row says how many more there were; those after it wait.
                let used = state.day.1.entry(client).or_default();
                if *used > DAY_MAX + 1 {
                    continue;
                }
                *used += 1;
                let times = state.more.remove(&client).unwrap_or_default();
                let more = Refusal {
                    client: Some(ClientId(client)),
                    kind: "more",
                    actor: String::new(),
                    route: String::new(),
                    object: String::new(),
                    address: String::new(),
                };
                rows.push((client, more, now, times));
            }
            rows
        };
        if rows.is_empty() {
            return Ok(());
        }
        let mut write = Write::new();
        let many = rows.len();
        for (client, r, at, times) in rows {
            let row = vec![
                client.into(),
                self.mint(at).into(),
                at.as_millisecond().into(),
                r.kind.into(),
                r.actor.into(),
                r.route.into(),
                r.object.into(),
                r.address.into(),
                times.into(),
            ];
            write.row(&tables::SECURITY_EVENT, row);
        }
        let stored = self.store().write(write).await;
        if stored.is_err() {
            tracing::error!(many, "refusals could not be stored");
        }
        stored.map(drop).map_err(AppError::from)
    }

    /// Stores refusals until it is told to stop, and what is left then.
    pub async fn run_refusals(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            tokio::select! {
                _ = stop.changed() => {}
                () = tokio::time::sleep(MOMENT) => {}
            }
            if let Err(error) = self.store_refusals().await {
                tracing::warn!(%error, "refusals are not stored");
            }
        }
    }

    /// What was refused about a client, newest first.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn security_events(
        &self,
        scope: &Scope,
        client: ClientId,
        before: (i64, Uuid),
        limit: i64,
    ) -> Result<Vec<SecurityRow>, AppError> {
        Self::check(scope, Permission::Administer, client)?;
        Ok(security::events_before(self.store(), client, before, limit).await?)
    }

    /// The newest of every client in reach and of the house, newest first.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn security_newest(
        &self,
        scope: &Scope,
        limit: i64,
    ) -> Result<Vec<SecurityRow>, AppError> {
        if !scope.permissions().has(Permission::Administer) {
            return Err(AppError::Denied(Permission::Administer));
        }
        let mut clients = self.clients_for(scope, Permission::Administer);
        clients.push(ClientId(crate::laws::HOUSE));
        let start = (i64::MAX, Uuid::max());
        let mut all = Vec::new();
        for client in clients {
            all.extend(security::events_before(self.store(), client, start, limit).await?);
        }
        all.sort_by_key(|row| std::cmp::Reverse((row.at, row.event_id)));
        all.truncate(usize::try_from(limit).unwrap_or_default());
        Ok(all)
    }
}
