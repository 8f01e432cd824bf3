//! What does not agree, and what people do about it: take it, give it back, close it with a reason
//! and words, open it again. Every act makes a version with a note of who did it.

use super::{
    BreakRow, DayRow, EntryRow, NoteRow, Noted, OPEN, Progress, RunRow, WordRow, lines::subject_of,
};
use crate::{App, AppError, cases::Call};
use kernel::{Actor, BreakId, ClientId, Permission, Scope};
use serde::{Deserialize, Serialize};
use store::{
    Write, WriteError,
    questions::{money::ObligationRow, recon as questions},
};
use uuid::Uuid;

/// Ended breaks of each kind of end that are listed.
const ENDED_MAX: i64 = 200;
/// Most open breaks on one page.
const OPEN_MAX: usize = 1_000;
/// Longest note, characters.
const NOTE_MAX: usize = 1_000;

/// Why a break is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// The bank or the provider has put it right or will.
    PutRight,
    /// The case was put right by hand.
    CaseCorrected,
    /// It is right as it is; the note says why.
    Explained,
    /// It is borne as a loss.
    WrittenOff,
}

impl Closing {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::PutRight,
        Self::CaseCorrected,
        Self::Explained,
        Self::WrittenOff,
    ];

    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PutRight => "put_right",
            Self::CaseCorrected => "case_corrected",
            Self::Explained => "explained",
            Self::WrittenOff => "written_off",
        }
    }

    /// The one written so.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.as_str() == text)
    }
}

/// What somebody does about a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Looks after it.
    Take,
    /// Gives it back.
    Release,
    /// Closes it.
    Close(Closing),
    /// Opens one that was closed.
    Reopen,
}

/// A place in the list of open breaks: after this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreakPlace {
    since_on: String,
    id: Uuid,
}

/// A page of open breaks.
#[derive(Debug, Clone)]
pub struct OpenBreaks {
    /// Them, oldest first.
    pub rows: Vec<BreakRow>,
    /// Where the next page begins; none on the last one.
    pub next: Option<BreakPlace>,
}

/// One break with its three sides.
#[derive(Debug, Clone)]
pub struct BreakPage {
    /// The break.
    pub row: BreakRow,
    /// What was done about it, oldest first.
    pub notes: Vec<NoteRow>,
    /// Our side; none when nobody owes it.
    pub ours: Option<ObligationRow>,
    /// What the provider said, oldest first.
    pub words: Vec<WordRow>,
    /// What was booked, oldest first.
    pub booked: Vec<EntryRow>,
    /// What the bank says about a booking without a key of ours; empty otherwise.
    pub said: String,
}

impl App {
    /// Days of a client up to now, newest first, with a row for each currency.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn recon_days(
        &self,
        scope: &Scope,
        client: ClientId,
        limit: i64,
    ) -> Result<Vec<DayRow>, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        Ok(questions::days(self.store(), client, "9999", limit).await?)
    }

    /// How far today's reconciliation is, while it works.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn recon_progress(
        &self,
        scope: &Scope,
        client: ClientId,
    ) -> Result<Option<Progress>, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        let directory = self.directory();
        let whose = directory.client(client).ok_or(AppError::Missing)?;
        let day = whose.day(self.now()).to_string();
        let run = questions::run(self.store(), client, &day).await?;
        let working = run.filter(|r: &RunRow| r.state == "working");
        Ok(working.map(|r| Progress {
            done: r.done,
            total: r.total,
        }))
    }

    /// Reconciles a client's day because somebody asks for it.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn reconcile_now(
        &self,
        scope: &Scope,
        client: ClientId,
    ) -> Result<Option<Vec<DayRow>>, AppError> {
        Self::check(scope, Permission::MoneyOperate, client)?;
        self.reconcile_day(client).await
    }

    /// Breaks of a client that ended, newest first.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn recon_ended(
        &self,
        scope: &Scope,
        client: ClientId,
    ) -> Result<Vec<BreakRow>, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        let mut all = questions::ended(self.store(), client, "closed", ENDED_MAX).await?;
        all.extend(questions::ended(self.store(), client, "gone", ENDED_MAX).await?);
        all.sort_by_key(|b| std::cmp::Reverse(b.updated_at));
        Ok(all)
    }

    /// Open breaks of a client after a place in the list, oldest first, at most `limit`.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn recon_open(
        &self,
        scope: &Scope,
        client: ClientId,
        after: Option<&BreakPlace>,
        limit: usize,
    ) -> Result<OpenBreaks, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        let limit = limit.clamp(1, OPEN_MAX);
        let after = after.map_or(("", Uuid::nil()), |p| (p.since_on.as_str(), p.id));
        let one_more = i64::try_from(limit + 1).unwrap_or(i64::MAX);
        let mut rows = Vec::new();
        for state in OPEN {
            let store = self.store();
            rows.extend(questions::breaks_after(store, client, state, after, one_more).await?);
        }
        rows.sort_by(|a, b| (&a.since_on, a.break_id).cmp(&(&b.since_on, b.break_id)));
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(|last| BreakPlace {
            since_on: last.since_on.clone(),
            id: last.break_id,
        });
        Ok(OpenBreaks { rows, next })
    }

    /// One break with its three sides.
    ///
    /// # Errors
    /// [`AppError::Missing`] when there is none; by scope.
    pub async fn recon_break(
        &self,
        scope: &Scope,
        client: ClientId,
        id: BreakId,
    ) -> Result<BreakPage, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        let store = self.store();
        let row = questions::one_break(store, client, id.0).await?;
        let row = row.ok_or(AppError::Missing)?;
        let notes = questions::notes(store, client, id.0).await?;
        let of: Vec<_> = row.obligation_id.into_iter().collect();
        let (mut ours, mut words, mut booked) = (Vec::new(), Vec::new(), Vec::new());
        if !of.is_empty() {
            ours = questions::obligations_of(store, client, &of).await?;
            words = questions::words_of(store, client, &of).await?;
            booked = questions::entries_of(store, client, &of).await?;
        }
        let mut said = String::new();
        if row.obligation_id.is_none() {
            let lines = questions::lines(store, client, &row.since_on).await?;
            let line = lines.into_iter().find(|l| subject_of(l) == row.subject);
            said = line.map(|l| l.said).unwrap_or_default();
        }
        words.sort_by_key(|w| w.at);
        booked.sort_by(|a, b| (&a.booked_on, &a.reference).cmp(&(&b.booked_on, &b.reference)));
        Ok(BreakPage {
            row,
            notes,
            ours: ours.into_iter().next(),
            words,
            booked,
            said,
        })
    }

    /// Does something about version `rev` of a break.
    ///
    /// # Errors
    /// [`AppError::Stale`] when somebody was faster; [`AppError::Invalid`] for a note that is
    /// missing or too long, or an act that does not fit the state; by scope.
    pub async fn act_on_break(
        &self,
        call: &Call<'_>,
        client: ClientId,
        id: BreakId,
        rev: i64,
        act: Act,
        note: &str,
    ) -> Result<(), AppError> {
        Self::check(call.scope, Permission::MoneyOperate, client)?;
        let note = note.trim();
        let needs_words = matches!(act, Act::Close(_));
        if needs_words && note.is_empty() || note.chars().count() > NOTE_MAX {
            return Err(AppError::field("note", "recon-note-help"));
        }
        let row = questions::one_break(self.store(), client, id.0).await?;
        let row = row.ok_or(AppError::Missing)?;
        let stale = |current: i64| AppError::Stale {
            current: u64::try_from(current).unwrap_or(0),
        };
        if row.rev != rev {
            return Err(stale(row.rev));
        }
        let is_open = matches!(row.state.as_str(), "open" | "taken");
        if is_open == (act == Act::Reopen) || act == Act::Release && row.state != "taken" {
            return Err(AppError::field("act", "recon-act-help"));
        }
        let by = match call.scope.actor() {
            Actor::User { id } => Some(id.0),
            _ => None,
        };
        let (name, state, who, reason) = match act {
            Act::Take => ("taken", "taken", by, ""),
            Act::Release => ("released", "open", None, ""),
            Act::Close(reason) => ("closed", "closed", by, reason.as_str()),
            Act::Reopen => ("reopened", "open", None, ""),
        };
        let next = BreakRow {
            rev: rev + 1,
            state: state.to_owned(),
            by_user: who,
            reason: reason.to_owned(),
            updated_at: call.at.as_millisecond(),
            ..row.clone()
        };
        let mut write = Write::new();
        let noted = Noted {
            by,
            act: name,
            reason,
            note,
        };
        self.put_break(&mut write, &next, &noted)?;
        match self.store().write(write).await {
            Ok(_) => {
                self.0.leaves.notify_one();
                Ok(())
            }
            Err(WriteError::Conflict { .. }) => Err(stale(rev + 1)),
            Err(e) => Err(e.into()),
        }
    }
}
