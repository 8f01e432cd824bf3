//! The statutory clocks as the house works with them: their rows, the worklist, the watch that
//! reminds of them and records when one is over, and the report of breaches. What is counted,
//! and from when, is decided in `returns`.

use crate::{
    App,
    cases::Call,
    commit::Job,
    directory::Client,
    error::AppError,
    jobs::{Done, Retry},
};
use jiff::ToSpan as _;
use kernel::{CaseId, ClientId, Date, JobId, Permission, Scope, Timestamp};
use returns::{
    ClockKind, ClockState, Command, Outcome, REMIND_DAYS, ReturnCase, SalesOrder, StatutoryClock,
};
use store::{
    Val, Write,
    questions::clocks::{self, Cursor},
};

pub use store::questions::clocks::ClockRow;

/// Clocks looked at in one round of the watch.
const ROUND_MAX: i64 = 32;
/// How long a clock that had nothing to say is left alone, milliseconds.
const PUT_OFF_MS: i64 = 3_600_000;
/// The longest period of a breach report, days.
const REPORT_DAYS_MAX: i64 = 731;
/// The most breaches a report lists per client.
pub const REPORT_ROWS_MAX: i64 = 5_000;

/// The lists a clock can stand on.
pub const LISTS: &[&str] = &["work", "waiting", "done"];

/// What those who look after clocks are told.
#[derive(Debug)]
pub struct AlertFacts<'a> {
    /// Whose.
    pub client: &'a Client,
    /// The case.
    pub case: &'a ReturnCase,
    /// The clock.
    pub clock: &'a StatutoryClock,
    /// Its last lawful day has passed.
    pub breached: bool,
    /// Where they are written to.
    pub to: &'a str,
    /// Where the pages are reached from outside.
    pub base_url: &'a str,
}

/// The row of a clock: dates as they are, and the moments they end where the consumer is.
pub(crate) fn clock_row(
    client: &Client,
    order: &SalesOrder,
    case: &ReturnCase,
    clock: &StatutoryClock,
) -> Vec<Val> {
    let day = |day: Option<Date>| day.map_or_else(String::new, |d| d.to_string());
    let end = |day: Option<Date>| {
        let end = day.and_then(|d| client.local_end(order.place, d));
        end.map_or(i64::MAX, Timestamp::as_millisecond)
    };
    let list = list_of(clock);
    let (work_at, due_at) = (end(clock.strict), end(clock.due));
    let remind = clock
        .strict
        .and_then(|d| d.checked_sub((REMIND_DAYS + 1).days()).ok());
    let ring_at = match (list, clock.breached_on, clock.reminded_on) {
        ("work", None, None) => end(remind).min(due_at),
        ("work", None, Some(_)) => due_at,
        _ => i64::MAX,
    };
    vec![
        case.client.into(),
        case.id.0.into(),
        clock.kind.as_str().into(),
        (&*clock.rule).into(),
        list.into(),
        clock.state.as_str().into(),
        (&*clock.citation).into(),
        (&*case.rma).into(),
        (&*order.number).into(),
        order.place.country.as_str().into(),
        clock.started.map_or("", |s| s.by.as_str()).into(),
        day(clock.started.map(|s| s.on)).into(),
        day(clock.strict).into(),
        day(clock.due).into(),
        day(clock.met_on()).into(),
        day(clock.breached_on).into(),
        work_at.into(),
        due_at.into(),
        clock.breached_on.map_or(0, |_| due_at).into(),
        ring_at.into(),
    ]
}

/// Who has to do something about a clock: `work`, `waiting` or `done`.
pub fn list_of(clock: &StatutoryClock) -> &'static str {
    match clock.state {
        ClockState::Open if clock.runs() && clock.kind.is_owed() => "work",
        ClockState::Open => "waiting",
        ClockState::Met { .. } | ClockState::Ended { .. } => "done",
    }
}

/// What the worklist is asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// One of [`LISTS`]; `work` unless named.
    pub list: Option<&'static str>,
    /// Clocks of this kind only.
    pub kind: Option<ClockKind>,
    /// After this row.
    pub after: Option<Cursor>,
}

/// How much is on the worklist, over every client of the scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClockCounts {
    /// The day to work towards has passed.
    pub late: i64,
    /// It ends within a day.
    pub today: i64,
    /// It ends within three days.
    pub soon: i64,
    /// Everything that runs.
    pub all: i64,
}

impl App {
    /// The clocks of a case.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn clocks_of(
        &self,
        scope: &Scope,
        client: ClientId,
        case: CaseId,
    ) -> Result<Vec<ClockRow>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        Self::must_list(scope)?;
        Ok(clocks::of_case(self.store(), client, case).await?)
    }

    /// One list of clocks over every client of the scope, next day first.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn clock_list(
        &self,
        scope: &Scope,
        wanted: &Wanted,
        limit: i64,
    ) -> Result<Vec<ClockRow>, AppError> {
        let clients = self.clients_for(scope, Permission::CaseRead);
        Ok(clocks::on_list(
            self.store(),
            &clients,
            wanted.list.unwrap_or(LISTS[0]),
            wanted.kind.map(ClockKind::as_str),
            wanted.after.as_ref().unwrap_or(&clocks::START),
            limit,
        )
        .await?)
    }

    /// How much is on the worklist now.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn clock_counts(&self, scope: &Scope) -> Result<ClockCounts, AppError> {
        const DAY: i64 = 86_400_000;
        let now = self.now().as_millisecond();
        let clients = self.clients_for(scope, Permission::CaseRead);
        let ends = [now, now + DAY, now + 3 * DAY, i64::MAX];
        let found = clocks::counts_before(self.store(), &clients, &ends).await?;
        match found.as_slice() {
            [late, today, soon, all] => Ok(ClockCounts {
                late: *late,
                today: *today,
                soon: *soon,
                all: *all,
            }),
            _ => Ok(ClockCounts::default()),
        }
    }

    /// What was late at a client, from `from` to `to`, both days inside, oldest first; at most
    /// [`REPORT_ROWS_MAX`] rows.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a period that ends before it begins or is longer than two years;
    /// by scope.
    pub async fn breaches(
        &self,
        scope: &Scope,
        client: ClientId,
        from: Date,
        to: Date,
    ) -> Result<Vec<ClockRow>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        Self::must_list(scope)?;
        let days = from.until(to).map_or(-1, |span| i64::from(span.get_days()));
        if !(0..REPORT_DAYS_MAX).contains(&days) {
            return Err(AppError::field("to", "help-period"));
        }
        let directory = self.directory();
        let whose = directory.client(client).ok_or(AppError::Missing)?;
        let at = |day: Option<Date>| day.and_then(|d| whose.midnight(d));
        let bound = || AppError::field("from", "help-period");
        let from = at(Some(from)).ok_or_else(bound)?.as_millisecond();
        let to = at(to.tomorrow().ok()).ok_or_else(bound)?.as_millisecond();
        // A clock is over when the day after its last one begins, so that moment belongs to it.
        Ok(clocks::over(self.store(), client, from + 1, to + 1, REPORT_ROWS_MAX).await?)
    }

    /// Looks at clocks that are near their day or past it: reminds, or records the breach.
    /// Returns how many it looked at. A clock that is recounted meanwhile simply rings again.
    pub(crate) async fn ring_clocks(&self) -> Result<usize, AppError> {
        let now = self.now();
        let due = clocks::ringing(self.store(), now.as_millisecond(), ROUND_MAX).await?;
        for row in &due {
            self.ring_clock(row, now).await?;
        }
        Ok(due.len())
    }

    async fn ring_clock(&self, row: &ClockRow, now: Timestamp) -> Result<(), AppError> {
        let scope = Scope::system();
        let call = Call::new(&scope, now);
        let (client, case) = (ClientId(row.client_id), CaseId(row.case_id));
        let put_off = |write: &mut Write| {
            let now = now.as_millisecond();
            write.statement(clocks::put_off(row, now + PUT_OFF_MS, now));
        };
        let Some(kind) = ClockKind::parse(&row.kind) else {
            let mut write = Write::new();
            put_off(&mut write);
            self.store().write(write).await?;
            return Ok(());
        };
        let command = Command::RingClock {
            kind,
            rule: row.rule.as_str().into(),
            breached: row.due_at <= now.as_millisecond(),
        };
        let nothing_said = |write: &mut Write, outcome: &Outcome| {
            if outcome.events.is_empty() {
                put_off(write);
            }
        };
        match self
            .command_with(&call, client, case, None, &command, &nothing_said)
            .await
        {
            Ok(_) => Ok(()),
            // Busy now, or a row that belongs to nothing: the audit names it; the watch goes on.
            Err(AppError::Busy | AppError::Refused(_) | AppError::Missing) => {
                let mut write = Write::new();
                put_off(&mut write);
                self.store().write(write).await?;
                Ok(())
            }
            Err(e) => Err(e),
        }
    }

    /// Writes to those who look after the client's clocks.
    pub(crate) async fn send_alert(
        &self,
        loaded: &crate::cases::Loaded,
        job: JobId,
        (kind, due, breached): (ClockKind, Date, bool),
    ) -> Result<Done, Retry> {
        let Some(case) = &loaded.case else {
            return Ok(Done::Nothing);
        };
        let Some(to) = &loaded.client.settings.clock_alerts else {
            return Ok(Done::Nothing);
        };
        let mut found = case.statutory.iter();
        let Some(clock) = found.find(|c| c.kind == kind && c.due == Some(due)) else {
            return Ok(Done::Nothing);
        };
        let facts = AlertFacts {
            client: &loaded.client,
            case,
            clock,
            breached,
            to,
            base_url: self.base_url(),
        };
        let Some(mut mail) = self.0.post.writer.alert(&facts) else {
            return Ok(Done::Nothing);
        };
        mail.id = job.to_string();
        match self.0.post.mailer.send(&mail).await {
            Ok(()) | Err(ports::SendError::Never(_)) => Ok(Done::Nothing),
            Err(ports::SendError::Later(why)) => Err(Retry(why)),
        }
    }
}

/// The jobs an alert makes, besides webhooks: a mail, where the client named an address.
pub(crate) fn alert_jobs(client: &Client, kind: ClockKind, due: Date, breached: bool) -> Vec<Job> {
    let wanted = client.settings.clock_alerts.is_some();
    let job = wanted.then_some(Job::Alert {
        clock: kind,
        due,
        breached,
    });
    job.into_iter().collect()
}
