//! A client's policy from a draft to a version: the one door that pages, API and command line go
//! through. Drafts are kept as typed, whether they are a policy or not; what may be published, and
//! whose approval it needs, is decided in [`policy::draft`]. Publishing is an event of the
//! client's log with a leaf.
//!
//! Checks and backtests are long work: asked for here, done in [`runs`].

pub mod backtest;
mod publish;
pub mod runs;
pub mod trial;

use crate::{App, error::AppError};
use kernel::{Actor, ClientId, Date, DraftId, Permission, PolicyHash, RunId, Scope, UserId};
use policy::{
    Policy, PolicyErrors,
    draft::{ContentHash, Flow, Refusal, Seal, Subject, TEXT_MAX},
};
use std::{collections::HashMap, sync::Arc};
use store::{
    Write, WriteError,
    questions::policies::{self as questions, DraftRow, RunRow},
    tables,
};
use uuid::Uuid;

pub use analysis::{Phrase, Value as PhraseValue};
pub use publish::{NewVersion, Published, stream_fault};
pub use runs::{Below, CheckRun, Flaw, Found, Run, RunKind, Shift};

/// Longest title and reason, characters.
pub const WORDS_MAX: usize = 2_000;
/// Largest test table, bytes.
pub const TESTS_MAX: usize = 1 << 20;
/// Drafts shown in a list.
pub const DRAFTS_MAX: i64 = 100;

/// Whether a draft is still worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftState {
    /// It is.
    Open,
    /// It became a version.
    Published,
    /// Nobody wants it any more.
    Dropped,
}

impl DraftState {
    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Published => "published",
            Self::Dropped => "dropped",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        [Self::Open, Self::Published, Self::Dropped]
            .into_iter()
            .find(|s| s.as_str() == text)
    }
}

/// A policy that is being written.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Which.
    pub id: DraftId,
    /// Whose.
    pub client: ClientId,
    /// How often it was stored; a change names the one it was made on.
    pub rev: i64,
    /// Whether it is still worked on.
    pub state: DraftState,
    /// What its author calls it.
    pub title: String,
    /// The version it started from.
    pub base: Option<PolicyHash>,
    /// The text as typed.
    pub text: String,
    /// The first day it is to hold.
    pub from: Date,
    /// Who wrote, asked and approved.
    pub flow: Flow,
    /// Rows of its test table, CSV.
    pub tests: String,
    /// Who began it.
    pub created_by: UserId,
    /// Who changed it last …
    pub updated_by: UserId,
    /// … and when, milliseconds.
    pub updated_at: i64,
    /// Hash of text and day.
    pub content: ContentHash,
    /// The policy the text is, or what is wrong with it.
    pub compiled: Result<Arc<Policy>, PolicyErrors>,
    row: DraftRow,
}

/// How far a draft is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The text is no policy yet.
    Broken,
    /// Not checked as it is.
    Unchecked,
    /// The check runs.
    Checking,
    /// The check found that it is below the law.
    Undercut,
    /// It can be sent for review.
    Ready,
    /// It waits for a second person.
    InReview,
    /// It can be published.
    Approved,
    /// It is a version.
    Published,
    /// It was dropped.
    Dropped,
}

impl Stage {
    /// Every stage.
    pub const ALL: &[Self] = &[
        Self::Broken,
        Self::Unchecked,
        Self::Checking,
        Self::Undercut,
        Self::Ready,
        Self::InReview,
        Self::Approved,
        Self::Published,
        Self::Dropped,
    ];

    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Unchecked => "unchecked",
            Self::Checking => "checking",
            Self::Undercut => "undercut",
            Self::Ready => "ready",
            Self::InReview => "in_review",
            Self::Approved => "approved",
            Self::Published => "published",
            Self::Dropped => "dropped",
        }
    }
}

/// A draft with its newest check and what may happen next.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The draft.
    pub draft: Draft,
    /// Its newest check, of whatever content.
    pub check: Option<CheckRun>,
    /// Whether that check looked at what the draft is now, under today's law.
    pub check_holds: bool,
    /// How far it is.
    pub stage: Stage,
    /// What would be approved, once it was sent for review.
    pub seal: Option<Seal>,
    /// The first day it may hold from; none for a client's first version.
    pub earliest: Option<Date>,
    /// What stands against sending it for review, warnings aside.
    pub refusal: Option<Refusal>,
}

/// What an author types.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    /// What the draft is called.
    pub title: &'a str,
    /// The policy as TOML, as it is.
    pub text: &'a str,
    /// The first day it is to hold.
    pub from: Date,
}

impl App {
    /// Begins a draft; of nothing, or of a published version.
    ///
    /// # Errors
    /// [`AppError::Denied`] without the right to write policies; [`AppError::Invalid`] for a text
    /// or title that is too long or empty; [`AppError::Missing`] for an unknown base.
    pub async fn begin_draft(
        &self,
        scope: &Scope,
        client: ClientId,
        typed: &Typed<'_>,
        base: Option<PolicyHash>,
    ) -> Result<DraftId, AppError> {
        let flow = Flow::default();
        self.begin(scope, client, typed, base, flow).await
    }

    /// Begins a draft that goes back to an older version: its text, checked and approved like any
    /// other, becomes a new version.
    ///
    /// # Errors
    /// As [`App::begin_draft`].
    pub async fn begin_rollback(
        &self,
        scope: &Scope,
        client: ClientId,
        number: i64,
        (title, from): (&str, Date),
    ) -> Result<DraftId, AppError> {
        Self::check(scope, Permission::PolicyWrite, client)?;
        let directory = self.directory();
        let versions = directory.versions(client);
        let old = versions.iter().find(|v| v.publication.number == number);
        let old = old.ok_or(AppError::Missing)?;
        let base = directory.policy_on(client, Date::MAX).map(|p| p.hash());
        let flow = Flow {
            goes_back_to: Some(number),
            ..Flow::default()
        };
        let text = &old.publication.source;
        let typed = Typed { title, text, from };
        self.begin(scope, client, &typed, base, flow).await
    }

    async fn begin(
        &self,
        scope: &Scope,
        client: ClientId,
        typed: &Typed<'_>,
        base: Option<PolicyHash>,
        mut flow: Flow,
    ) -> Result<DraftId, AppError> {
        let who = writer(scope, client)?;
        bounded(typed)?;
        let directory = self.directory();
        directory.client(client).ok_or(AppError::Missing)?;
        if let Some(base) = base {
            directory.policy(client, base).ok_or(AppError::Missing)?;
        }
        flow.changed(who);
        let now = self.now();
        let id = DraftId(self.mint(now));
        let at = now.as_millisecond();
        let mut write = Write::new();
        write.row(
            &tables::POLICY_DRAFT,
            vec![
                client.into(),
                id.0.into(),
                1.into(),
                DraftState::Open.as_str().into(),
                typed.title.trim().into(),
                base.map_or_else(String::new, |b| b.to_string()).into(),
                typed.text.into(),
                typed.from.to_string().into(),
                serde_json::to_string(&flow)?.into(),
                "".into(),
                who.0.into(),
                at.into(),
                who.0.into(),
                at.into(),
            ],
        );
        self.store().write(write).await?;
        Ok(id)
    }

    /// Drafts of a client that are worked on, the last changed first, each with how far it is.
    ///
    /// # Errors
    /// [`AppError::Missing`] outside the scope.
    pub async fn drafts(&self, scope: &Scope, client: ClientId) -> Result<Vec<Standing>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        let open = DraftState::Open.as_str();
        let rows = questions::drafts(self.store(), client, open, DRAFTS_MAX).await?;
        let checks = questions::newest_checks(self.store(), client, open).await?;
        let mut checks: HashMap<Uuid, _> = checks.into_iter().map(|r| (r.draft_id, r)).collect();
        let drafts = rows.into_iter().map(|row| {
            let check = checks.remove(&row.draft_id);
            self.standing(Draft::of(row)?, check)
        });
        drafts.collect()
    }

    /// How many drafts each client the scope may read has open; those with none are left out.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn draft_counts(&self, scope: &Scope) -> Result<HashMap<ClientId, i64>, AppError> {
        let clients = self.clients_for(scope, Permission::CaseRead);
        let open = DraftState::Open.as_str();
        let counts = questions::draft_counts(self.store(), &clients, open).await?;
        Ok(counts.into_iter().map(|(c, n)| (ClientId(c), n)).collect())
    }

    /// A draft and how far it is.
    ///
    /// # Errors
    /// [`AppError::Missing`] for one that is not there or not in scope.
    pub async fn draft(
        &self,
        scope: &Scope,
        client: ClientId,
        draft: DraftId,
    ) -> Result<Standing, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        let draft = self.load_draft(client, draft).await?;
        let runs = questions::runs_of_draft(self.store(), client, draft.id, "check", 1).await?;
        self.standing(draft, runs.into_iter().next())
    }

    pub(crate) async fn load_draft(
        &self,
        client: ClientId,
        draft: DraftId,
    ) -> Result<Draft, AppError> {
        let row = questions::draft(self.store(), client, draft).await?;
        Draft::of(row.ok_or(AppError::Missing)?)
    }

    fn standing(&self, draft: Draft, check: Option<RunRow>) -> Result<Standing, AppError> {
        let check = check.map(CheckRun::of).transpose()?;
        let law = self.law_on(draft.client, draft.from);
        let earliest = self.earliest(draft.client);
        let checked = check.as_ref().and_then(CheckRun::checked);
        let subject = draft.subject(earliest, checked, law.version());
        let check_holds =
            checked.is_some_and(|c| c.content == draft.content && c.law == law.version());
        let reviewed =
            draft.flow.review.as_ref().filter(|r| {
                subject.seal(&r.reason, draft.flow.goes_back_to).as_ref() == Ok(&r.seal)
            });
        // Any reason stands for one here: whether warnings need it is asked when it is given.
        let refusal = subject.seal("-", draft.flow.goes_back_to).err();
        let runs_now = check
            .as_ref()
            .is_some_and(|c| c.run.is_open() && c.run.content == draft.content);
        let stage = match draft.state {
            DraftState::Published => Stage::Published,
            DraftState::Dropped => Stage::Dropped,
            DraftState::Open => match &refusal {
                Some(Refusal::NoPolicy) => Stage::Broken,
                Some(_) if runs_now => Stage::Checking,
                Some(Refusal::Undercut { .. }) => Stage::Undercut,
                Some(Refusal::TooEarly { .. }) => Stage::Ready,
                Some(_) => Stage::Unchecked,
                None if subject.may_publish(&draft.flow).is_ok() => Stage::Approved,
                None if reviewed.is_some() => Stage::InReview,
                None => Stage::Ready,
            },
        };
        let seal = reviewed.map(|r| r.seal.clone());
        Ok(Standing {
            draft,
            check,
            check_holds,
            stage,
            seal,
            earliest,
            refusal,
        })
    }

    /// The law orders of `from` are decided under, as it is known today.
    pub(crate) fn law_on(&self, client: ClientId, from: Date) -> Arc<law::LawBook> {
        let today = self.today(client);
        self.0.laws.on(client.0, from.max(today))
    }

    pub(crate) fn today(&self, client: ClientId) -> Date {
        let now = self.now();
        let directory = self.directory();
        let utc = || now.to_zoned(jiff::tz::TimeZone::UTC).date();
        directory.client(client).map_or_else(utc, |c| c.day(now))
    }

    /// The first day a new version may hold from; none where nothing is published yet.
    pub(crate) fn earliest(&self, client: ClientId) -> Option<Date> {
        let directory = self.directory();
        let any = !directory.versions(client).is_empty();
        any.then(|| self.today(client).saturating_add(jiff::Span::new().days(1)))
    }

    /// Stores what was typed, as it is. A changed text or day voids check, review and approval; a
    /// changed title does not. Returns the new `rev`.
    ///
    /// # Errors
    /// [`AppError::Stale`] when somebody stored it since `rev` was read; [`AppError::Policy`] for
    /// a closed draft.
    pub async fn save_draft(
        &self,
        scope: &Scope,
        client: ClientId,
        draft: DraftId,
        rev: i64,
        typed: &Typed<'_>,
    ) -> Result<i64, AppError> {
        let who = writer(scope, client)?;
        bounded(typed)?;
        let mut draft = self.load_draft(client, draft).await?;
        let title = typed.title.trim();
        let same = draft.text == typed.text && draft.from == typed.from;
        if same && draft.title == title {
            return Ok(draft.rev);
        }
        if !same {
            draft.flow.changed(who);
        }
        draft.row.title = title.to_owned();
        draft.row.body = typed.text.to_owned();
        draft.row.effective_from = typed.from.to_string();
        self.store_draft(draft, rev, who, Write::new()).await
    }

    /// Stores the test table of a draft; it is no part of what is published.
    ///
    /// # Errors
    /// As [`App::save_draft`].
    pub async fn save_tests(
        &self,
        scope: &Scope,
        client: ClientId,
        draft: DraftId,
        tests: &str,
    ) -> Result<(), AppError> {
        let who = writer(scope, client)?;
        if tests.len() > TESTS_MAX {
            return Err(AppError::field("tests", "help-studio-tests"));
        }
        let mut draft = self.load_draft(client, draft).await?;
        tests.clone_into(&mut draft.row.tests);
        let rev = draft.rev;
        self.store_draft(draft, rev, who, Write::new()).await?;
        Ok(())
    }

    /// Gives a draft up.
    ///
    /// # Errors
    /// As [`App::save_draft`].
    pub async fn drop_draft(
        &self,
        scope: &Scope,
        client: ClientId,
        draft: DraftId,
    ) -> Result<(), AppError> {
        let who = writer(scope, client)?;
        let mut draft = self.load_draft(client, draft).await?;
        DraftState::Dropped
            .as_str()
            .clone_into(&mut draft.row.state);
        let rev = draft.rev;
        self.store_draft(draft, rev, who, Write::new()).await?;
        Ok(())
    }

    /// Stores a changed draft with what goes along; the draft must be open and at `rev`.
    async fn store_draft(
        &self,
        draft: Draft,
        rev: i64,
        who: UserId,
        mut write: Write,
    ) -> Result<i64, AppError> {
        if draft.state != DraftState::Open {
            return Err(Refusal::Closed.into());
        }
        let stale = |current: i64| AppError::Stale {
            current: u64::try_from(current).unwrap_or(0),
        };
        if draft.rev != rev {
            return Err(stale(draft.rev));
        }
        let row = DraftRow {
            flow: serde_json::to_string(&draft.flow)?,
            updated_by: who.0,
            updated_at: self.now().as_millisecond(),
            ..draft.row
        };
        write.statement(questions::save_draft(&row));
        match self.store().write(write).await {
            Ok(_) => Ok(rev + 1),
            Err(WriteError::Lost { .. }) => Err(stale(rev + 1)),
            // Another event of this client's policies came first: the caller reads it again.
            Err(WriteError::Conflict { .. }) => Err(AppError::Busy),
            Err(e) => Err(e.into()),
        }
    }

    /// Asks for a check of a draft as it is; the same content is checked once.
    ///
    /// # Errors
    /// [`AppError::Policy`] for a text that is no policy or a closed draft.
    pub async fn check_draft(
        &self,
        scope: &Scope,
        client: ClientId,
        draft: DraftId,
    ) -> Result<RunId, AppError> {
        writer(scope, client)?;
        let standing = self.draft(scope, client, draft).await?;
        if let Some(check) = standing
            .check
            .as_ref()
            .filter(|_| standing.check_holds || standing.stage == Stage::Checking)
        {
            return Ok(check.run.id);
        }
        self.begin_run(scope, &standing.draft, RunKind::Check, "{}")
            .await
    }
}

impl Draft {
    fn of(row: DraftRow) -> Result<Self, AppError> {
        let from: Date = row.effective_from.parse().map_err(AppError::fault)?;
        let base = match row.base.as_str() {
            "" => None,
            hash => Some(hash.parse().map_err(AppError::fault)?),
        };
        let unreadable = || AppError::fault(format!("a draft in state {}", row.state));
        Ok(Self {
            id: DraftId(row.draft_id),
            client: ClientId(row.client_id),
            rev: row.rev,
            state: DraftState::parse(&row.state).ok_or_else(unreadable)?,
            title: row.title.clone(),
            base,
            text: row.body.clone(),
            from,
            flow: serde_json::from_str(&row.flow)?,
            tests: row.tests.clone(),
            created_by: UserId(row.created_by),
            updated_by: UserId(row.updated_by),
            updated_at: row.updated_at,
            content: ContentHash::of(&row.body, from),
            compiled: Policy::parse_toml(&row.body).map(Arc::new),
            row,
        })
    }

    fn subject<'a>(
        &'a self,
        earliest: Option<Date>,
        checked: Option<&'a policy::draft::Checked>,
        law: &'a str,
    ) -> Subject<'a> {
        Subject {
            client: self.client,
            content: &self.content,
            policy: self.compiled.as_ref().ok().map(|p| p.hash()),
            from: self.from,
            earliest,
            checked,
            law,
        }
    }
}

/// The person who writes: policies are not written by nobody.
fn writer(scope: &Scope, client: ClientId) -> Result<UserId, AppError> {
    App::check(scope, Permission::PolicyWrite, client)?;
    person(scope, Permission::PolicyWrite)
}

fn person(scope: &Scope, permission: Permission) -> Result<UserId, AppError> {
    match scope.actor() {
        Actor::User { id } => Ok(id),
        _ => Err(AppError::Denied(permission)),
    }
}

fn bounded(typed: &Typed<'_>) -> Result<(), AppError> {
    let title = typed.title.trim();
    if title.is_empty() || title.chars().count() > 120 {
        return Err(AppError::field("title", "help-studio-title"));
    }
    if typed.text.len() > TEXT_MAX {
        return Err(AppError::field("text", "help-studio-text"));
    }
    Ok(())
}
