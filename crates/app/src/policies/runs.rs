//! Long work on drafts: checks here, backtests in `backtest`. A run is a row with progress; one
//! worker at a time holds it under a lease, says how far it is, and stores the result once. A
//! cancelled run stops at the next step; one whose worker died is taken up by another.

use super::{Draft, backtest::Params};
use crate::{App, error::AppError};
use analysis::{Against, Change, Finding, Order, Phrase, Report};
use kernel::{ClientId, Date, DraftId, Permission, RunId, Scope, UserId};
use law::LawBook;
use policy::{
    Policy,
    draft::{Checked, ContentHash},
};
use serde::{Deserialize, Serialize};
use std::{
    future::Future,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};
use store::{
    Kind, Val, Write, WriteError,
    questions::policies::{self as questions, RunRow},
    tables,
};
use tokio::sync::watch;

/// How long a run belongs to its worker without a word of it.
const LEASE_MS: i64 = 30_000;
/// How often progress is stored.
const BEAT: Duration = Duration::from_millis(300);
/// How often the table is looked at when nobody rings.
const TICK: Duration = Duration::from_secs(1);
/// Changes kept of a comparison; the rest is counted.
const CHANGES_MAX: usize = 200;

/// What a run does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunKind {
    /// Holds the draft against the law and against the version in force.
    Check,
    /// Decides the cases of the last days again.
    Backtest,
}

impl RunKind {
    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Backtest => "backtest",
        }
    }
}

/// A run as callers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Which.
    pub id: RunId,
    /// Of which draft.
    pub draft: DraftId,
    /// `check` or `backtest`.
    pub kind: String,
    /// `open`, `done`, `failed` or `cancelled`.
    pub state: String,
    /// The content it looks at.
    pub content: ContentHash,
    /// How far it is …
    pub done: i64,
    /// … of how much; 0 until it has begun.
    pub total: i64,
    /// Who asked for it.
    pub by: UserId,
    /// When, milliseconds.
    pub created_at: i64,
    /// When it ended, milliseconds.
    pub finished_at: Option<i64>,
    /// What it was asked, as JSON.
    #[serde(skip)]
    pub params: String,
    /// What it found as JSON, or why it failed.
    #[serde(skip)]
    pub result: String,
}

impl Run {
    pub(super) fn of(row: RunRow) -> Self {
        Self {
            id: RunId(row.run_id),
            draft: DraftId(row.draft_id),
            kind: row.kind,
            state: row.state,
            content: ContentHash::stored(row.content),
            done: row.done,
            total: row.total,
            by: UserId(row.by_user),
            created_at: row.created_at,
            finished_at: row.finished_at,
            params: row.params,
            result: row.result,
        }
    }

    /// Whether it waits or works.
    pub fn is_open(&self) -> bool {
        self.state == "open"
    }
}

/// A check and what it found.
#[derive(Debug, Clone)]
pub struct CheckRun {
    /// The run.
    pub run: Run,
    /// The result, once it is done.
    pub found: Option<Found>,
}

impl CheckRun {
    pub(super) fn of(row: RunRow) -> Result<Self, AppError> {
        let run = Run::of(row);
        let done = run.state == "done";
        let found = done.then(|| serde_json::from_str(&run.result));
        Ok(Self {
            found: found.transpose()?,
            run,
        })
    }

    /// What it came to, once it is done.
    pub fn checked(&self) -> Option<&Checked> {
        self.found.as_ref().map(|f| &f.checked)
    }
}

/// What a check of a draft found, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What it came to.
    pub checked: Checked,
    /// How many places were looked at.
    pub places: usize,
    /// The gravest first.
    pub findings: Vec<Flaw>,
    /// Who is better or worse off than under the version in force; losses first.
    pub changes: Vec<Shift>,
    /// Changes beyond those.
    pub more_changes: usize,
}

/// A finding with its line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flaw {
    /// `undercut`, `contradiction`, `unreachable`, `unknown_ground` or `gap`.
    pub kind: String,
    /// Line of the text, from 1.
    pub line: Option<usize>,
    /// Path of the value in the text; empty for the policy as a whole.
    pub path: String,
    /// What is wrong, in English …
    pub what: String,
    /// … and as a message; none in checks stored before findings had them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what_said: Option<Phrase>,
    /// What to do, in English; as a message it is `<key of what_said>-help`.
    pub help: String,
    /// The simplest order that shows it, as an English sentence …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// … and as messages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order_said: Vec<Phrase>,
    /// The same as data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<serde_json::Value>,
    /// Both outcomes and the citation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<Below>,
}

/// How an undercut stands to the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Below {
    /// In what the policy gives less.
    pub dimension: String,
    /// What the policy would do, in English …
    pub policy: String,
    /// … and as a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_said: Option<Phrase>,
    /// What the law demands, in English …
    pub law: String,
    /// … and as a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub law_said: Option<Phrase>,
    /// The rule of the law packs.
    pub rule: String,
    /// Its citation.
    pub citation: String,
    /// Every place that shows the same.
    pub places: Vec<String>,
}

/// One thing that changes for some customers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// `worse`, `better` or `different`.
    pub direction: String,
    /// In what.
    pub aspect: String,
    /// Line of the clause that decides.
    pub line: Option<usize>,
    /// Its path.
    pub path: String,
    /// What the version in force does, in English …
    pub before: String,
    /// … and as a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before_said: Option<Phrase>,
    /// What the draft does, in English …
    pub after: String,
    /// … and as a message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after_said: Option<Phrase>,
    /// The simplest order that shows it, in English …
    pub order: String,
    /// … and as messages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub order_said: Vec<Phrase>,
}

/// The written form of a plain enum value.
fn name(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

impl Flaw {
    fn of(text: &str, finding: &Finding) -> Self {
        Self {
            kind: finding.kind.as_str().to_owned(),
            line: policy::line_of(text, &finding.path),
            path: finding.path.clone(),
            what: finding.what.to_string(),
            what_said: Some(finding.what.phrase.clone()),
            help: finding.help.clone(),
            order: finding.witness.as_ref().map(ToString::to_string),
            order_said: finding.witness.as_ref().map_or_else(Vec::new, Order::told),
            witness: finding
                .witness
                .as_ref()
                .and_then(|w| serde_json::to_value(w).ok()),
            below: finding.undercut.as_ref().map(|u| Below {
                dimension: name(&u.dimension),
                policy: u.policy.to_string(),
                policy_said: Some(u.policy.phrase.clone()),
                law: u.law.to_string(),
                law_said: Some(u.law.phrase.clone()),
                rule: u.rule.clone(),
                citation: u.citation.clone(),
                places: u.places.iter().map(ToString::to_string).collect(),
            }),
        }
    }
}

impl Shift {
    fn of(text: &str, change: &Change) -> Self {
        Self {
            direction: name(&change.direction),
            aspect: change.aspect.to_owned(),
            line: policy::line_of(text, &change.path),
            path: change.path.clone(),
            before: change.before.to_string(),
            before_said: Some(change.before.phrase.clone()),
            after: change.after.to_string(),
            after_said: Some(change.after.phrase.clone()),
            order: change.example.to_string(),
            order_said: change.example.told(),
        }
    }
}

fn came_to(report: &Report, content: ContentHash) -> Checked {
    let errors = report.findings.iter().filter(|f| f.kind.is_error()).count();
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Checked {
        content,
        law: report.law.clone(),
        undercuts: number(errors),
        warnings: number(report.findings.len() - errors),
    }
}

/// How far a run is, shared between the work and the one who looks after it.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    done: AtomicI64,
    total: AtomicI64,
    stopped: AtomicBool,
}

/// The run was cancelled, or its worker is to end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stopped;

impl Meter {
    pub(crate) fn at(&self, done: i64, total: i64) -> Result<(), Stopped> {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        if self.stopped.load(Ordering::Relaxed) {
            Err(Stopped)
        } else {
            Ok(())
        }
    }

    fn read(&self) -> (i64, i64) {
        (
            self.done.load(Ordering::Relaxed),
            self.total.load(Ordering::Relaxed),
        )
    }
}

/// Ends the work when nobody waits for it any more.
struct StopOnDrop(Arc<Meter>);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.stopped.store(true, Ordering::Relaxed);
    }
}

/// What a check looks at.
struct CheckOf {
    policy: Arc<Policy>,
    text: String,
    law: Arc<LawBook>,
    content: ContentHash,
    in_force: Option<Arc<Policy>>,
    on: Date,
}

impl CheckOf {
    fn run(&self, meter: &Meter) -> Result<Found, Stopped> {
        let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let mut progress = |done, total| meter.at(number(done), number(total));
        let report = analysis::check_while(
            &self.policy,
            &self.law,
            &Against::default(),
            self.on,
            &mut progress,
        )?;
        let changes = self.in_force.as_ref().map_or_else(Vec::new, |old| {
            if old.hash() == self.policy.hash() {
                Vec::new()
            } else {
                analysis::diff(old, &self.policy, self.on)
            }
        });
        let shift = |c: &Change| Shift::of(&self.text, c);
        Ok(Found {
            checked: came_to(&report, self.content.clone()),
            places: report.places,
            findings: report
                .findings
                .iter()
                .map(|f| Flaw::of(&self.text, f))
                .collect(),
            more_changes: changes.len().saturating_sub(CHANGES_MAX),
            changes: changes.iter().take(CHANGES_MAX).map(shift).collect(),
        })
    }
}

/// Checks at once, for callers that wait.
pub(super) async fn check_now(
    policy: Arc<Policy>,
    law: Arc<LawBook>,
    (content, on): (ContentHash, Date),
) -> Result<Checked, AppError> {
    let work = move || {
        let report = analysis::check(&policy, &law, &Against::default(), on);
        came_to(&report, content)
    };
    let checked = tokio::task::spawn_blocking(work).await;
    checked.map_err(AppError::fault)
}

impl App {
    /// Stores a run to be done; the caller has checked the scope.
    pub(super) async fn begin_run(
        &self,
        scope: &Scope,
        draft: &Draft,
        kind: RunKind,
        params: &str,
    ) -> Result<RunId, AppError> {
        let by = super::person(scope, Permission::PolicyWrite)?;
        if draft.state != super::DraftState::Open {
            return Err(policy::draft::Refusal::Closed.into());
        }
        if draft.compiled.is_err() {
            return Err(policy::draft::Refusal::NoPolicy.into());
        }
        let now = self.now();
        let (id, at) = (RunId(self.mint(now)), now.as_millisecond());
        let mut write = Write::new();
        write.row(
            &tables::POLICY_RUN,
            vec![
                draft.client.into(),
                id.0.into(),
                draft.id.0.into(),
                kind.as_str().into(),
                "open".into(),
                draft.content.as_str().into(),
                params.into(),
                0.into(),
                0.into(),
                "".into(),
                by.0.into(),
                at.into(),
                at.into(),
                Val::Null(Kind::Int),
            ],
        );
        self.store().write(write).await?;
        self.0.runs.notify_one();
        Ok(id)
    }

    /// A run of a client in scope.
    ///
    /// # Errors
    /// [`AppError::Missing`] for one that is not there.
    pub async fn policy_run(
        &self,
        scope: &Scope,
        client: ClientId,
        run: RunId,
    ) -> Result<Run, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        let row = questions::run(self.store(), client, run).await?;
        row.map(Run::of).ok_or(AppError::Missing)
    }

    /// Cancels a run that has not ended; one that has stays as it is.
    ///
    /// # Errors
    /// [`AppError::Denied`] without the right to write policies.
    pub async fn cancel_run(
        &self,
        scope: &Scope,
        client: ClientId,
        run: RunId,
    ) -> Result<(), AppError> {
        Self::check(scope, Permission::PolicyWrite, client)?;
        let known = self.policy_run(scope, client, run).await?;
        self.end_run(client, run, ("cancelled", ""), (known.done, known.total))
            .await?;
        Ok(())
    }

    /// Whether it was still open.
    async fn end_run(
        &self,
        client: ClientId,
        run: RunId,
        end: (&str, &str),
        progress: (i64, i64),
    ) -> Result<bool, AppError> {
        let mut write = Write::new();
        let now = self.now().as_millisecond();
        write.statement(questions::end_run(client, run, end, progress, now));
        match self.store().write(write).await {
            Ok(_) => Ok(true),
            Err(WriteError::Lost { .. }) => Ok(false),
            Err(e) => Err(e.into()),
        }
    }

    /// Does checks and backtests until `stop` turns true, and notices what other processes
    /// published.
    pub async fn run_policies(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            let worked = tokio::select! {
                worked = self.policy_work() => worked,
                _ = stop.changed() => continue,
            };
            match worked {
                Ok(true) => {}
                Ok(false) => tokio::select! {
                    () = self.0.runs.notified() => {}
                    () = tokio::time::sleep(TICK) => {}
                    _ = stop.changed() => {}
                },
                Err(error) => {
                    tracing::warn!(%error, "checks and backtests cannot go on");
                    tokio::time::sleep(TICK).await;
                }
            }
        }
    }

    async fn policy_work(&self) -> Result<bool, AppError> {
        let known = self.directory().publications();
        if questions::publication_count(self.store()).await? != known {
            self.reload_directory().await?;
        }
        self.run_policy_run().await
    }

    /// Does the run that waits longest, to its end; false if none waits. Tests and the command
    /// line call this instead of [`App::run_policies`].
    ///
    /// # Errors
    /// Faults of the database; what goes wrong in a run is its result.
    pub async fn run_policy_run(&self) -> Result<bool, AppError> {
        let now = self.now().as_millisecond();
        let Some(row) = questions::run_due(self.store(), now).await? else {
            return Ok(false);
        };
        let mut write = Write::new();
        write.statement(questions::claim_run(&row, now + LEASE_MS));
        match self.store().write(write).await {
            Ok(_) => {}
            Err(WriteError::Lost { .. }) => return Ok(true),
            Err(e) => return Err(e.into()),
        }
        let meter = Arc::new(Meter::default());
        let (client, run) = (ClientId(row.client_id), RunId(row.run_id));
        let work = self.do_run(&row, &meter);
        let ended = match self.attended(client, run, &meter, work).await? {
            Some(Ok(Some(result))) => ("done", result),
            // Somebody else has ended it, or the draft moved on: there is nothing to store.
            None | Some(Ok(None)) => ("cancelled", String::new()),
            Some(Err(error)) => {
                tracing::warn!(%run, %error, "a run failed");
                ("failed", "fault".to_owned())
            }
        };
        self.end_run(client, run, (ended.0, &ended.1), meter.read())
            .await?;
        Ok(true)
    }

    /// Waits for work and stores its progress meanwhile; `None` when the run was cancelled.
    async fn attended<T>(
        &self,
        client: ClientId,
        run: RunId,
        meter: &Arc<Meter>,
        work: impl Future<Output = T>,
    ) -> Result<Option<T>, AppError> {
        let _stop = StopOnDrop(meter.clone());
        let mut work = pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return Ok(Some(done)),
                () = tokio::time::sleep(BEAT) => {
                    let mut write = Write::new();
                    let until = self.now().as_millisecond() + LEASE_MS;
                    write.statement(questions::beat_run(client, run, until, meter.read()));
                    match self.store().write(write).await {
                        Ok(_) => {}
                        Err(WriteError::Lost { .. }) => return Ok(None),
                        Err(e) => return Err(e.into()),
                    }
                }
            }
        }
    }

    /// The result of a run as it is stored; `None` when there is nothing to find any more.
    async fn do_run(&self, row: &RunRow, meter: &Arc<Meter>) -> Result<Option<String>, AppError> {
        let client = ClientId(row.client_id);
        let draft = self.load_draft(client, DraftId(row.draft_id)).await?;
        // The draft changed since it was asked for: what was asked about is gone.
        let (true, Ok(policy)) = (draft.content.as_str() == row.content, &draft.compiled) else {
            return Ok(None);
        };
        if row.kind == RunKind::Backtest.as_str() {
            let Params { days } = serde_json::from_str(&row.params)?;
            let whose = (client, draft.id, RunId(row.run_id));
            let found = self.replay_cases(whose, policy, days, meter).await?;
            return Ok(found.map(|f| serde_json::to_string(&f)).transpose()?);
        }
        let directory = self.directory();
        let in_force = directory.policy_on(client, draft.from).cloned();
        let check = CheckOf {
            policy: policy.clone(),
            law: self.law_on(client, draft.from),
            content: draft.content.clone(),
            in_force,
            on: draft.from.max(self.today(client)),
            text: draft.text,
        };
        let meter = meter.clone();
        let found = tokio::task::spawn_blocking(move || check.run(&meter)).await;
        match found.map_err(AppError::fault)? {
            Ok(found) => Ok(Some(serde_json::to_string(&found)?)),
            Err(Stopped) => Ok(None),
        }
    }
}
