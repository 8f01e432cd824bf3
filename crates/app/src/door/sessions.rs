//! Sessions: opened by a way in, locked when nothing is done, ended one by one or all at once.

use super::{DoorError, EventKind, Method, Origin};
use crate::{
    App, AppError,
    signin::{Held, LINK_HOURS, Person, hash},
};
use kernel::{ClientId, UserId};
pub use store::questions::signin::SessionRow;
use store::{Kind, Val, Write, WriteError, questions::signin, tables};
use uuid::Uuid;

/// How a credential that is an invitation is marked.
const INVITATION: &str = "invite";

/// A session that was just opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// Its token, for the cookie.
    pub token: String,
    /// Whose it is.
    pub user: UserId,
    /// By which way in.
    pub method: Method,
}

impl App {
    /// Adds a session to a write: a fresh token whatever the browser had before.
    pub(super) fn put_session(
        &self,
        write: &mut Write,
        user: UserId,
        method: Method,
        shared: bool,
        from: &Origin,
    ) -> Opened {
        let (now, rules) = (self.now(), self.rules());
        let at = now.as_millisecond();
        let token = self.token();
        let idle = if shared {
            rules.shared_idle_minutes
        } else {
            rules.idle_minutes
        };
        write.statement(signin::sessions_prune(user.0, at));
        write.row(
            &tables::SESSION,
            vec![
                hash(&token).into(),
                self.mint(now).into(),
                user.0.into(),
                method.as_str().into(),
                from.device.as_str().into(),
                from.shown.as_str().into(),
                at.into(),
                at.into(),
                at.into(),
                (at + rules.session_hours * 3_600_000).into(),
                (idle * 60_000).into(),
            ],
        );
        Opened {
            token,
            user,
            method,
        }
    }

    /// Spends a one-time link and opens a session. In a sandbox it is a whole one; elsewhere its
    /// holder may only add a way in.
    pub async fn sign_in(&self, link: &str, from: &Origin) -> Result<Opened, DoorError> {
        let _turn = self.may_try(None, from).await?;
        let now = self.now().as_millisecond();
        let take = async |kind: &str| {
            let mut spend = Write::new();
            spend.statement(signin::credential_take(hash(link), kind, now));
            self.store().write(spend).await
        };
        let (mut spent, mut invitation) = (take(INVITATION).await, true);
        if let Err(WriteError::Lost { .. }) = spent {
            (spent, invitation) = (take("link").await, false);
        }
        let spent = match spent {
            Err(WriteError::Lost { .. }) => {
                return Err(self
                    .failed(None, None, (Method::Link, "link"), from)
                    .await?);
            }
            other => other?,
        };
        let user = spent.first().and_then(|rows| rows.first()?.first()?.uuid());
        let user = UserId(user.ok_or(DoorError::Refused("link"))?);
        let account = signin::account(self.store(), user.0).await?;
        let account = account.filter(|a| a.disabled_at.is_none());
        let account = account.ok_or(DoorError::Refused("disabled"))?;
        let clients: Vec<ClientId> =
            serde_json::from_str(&account.clients).map_err(AppError::from)?;
        let directory = self.directory();
        let sandbox = !invitation
            && !clients.is_empty()
            && clients.iter().all(|id| {
                let client = directory.client(*id);
                client.is_some_and(|c| c.settings.sandbox)
            });
        let method = if sandbox {
            Method::Link
        } else {
            Method::Invitation
        };
        let mut write = Write::new();
        let opened = self.put_session(&mut write, user, method, false, from);
        let what = (Some(method), "");
        self.note(&mut write, EventKind::SignedIn, Some(user), what, from);
        self.store().write(write).await?;
        Ok(opened)
    }

    /// Adds an invitation for a person to a write, and gives its address.
    pub(super) fn put_invitation(&self, write: &mut Write, user: UserId) -> String {
        let (now, token) = (self.now().as_millisecond(), self.token());
        write.row(
            &tables::CREDENTIAL,
            vec![
                hash(&token).into(),
                INVITATION.into(),
                user.0.into(),
                "invitation".into(),
                (now + LINK_HOURS * 3_600_000).into(),
                Val::Null(Kind::Int),
                now.into(),
            ],
        );
        format!("{}/sign-in/{token}", self.base_url())
    }

    /// Ends a session.
    pub async fn sign_out(&self, session: &str, from: &Origin) -> Result<(), AppError> {
        let held = self.holder(session).await?;
        let mut write = Write::new();
        write.statement(signin::session_drop(hash(session)));
        if let Some(held) = held {
            let user = Some(held.person.id);
            self.note(&mut write, EventKind::SignedOut, user, (None, ""), from);
        }
        self.store().write(write).await?;
        self.0.remembered.forget(&hash(session));
        Ok(())
    }

    /// Locks a session before its time, or writes down that it locked: once.
    pub async fn lock(&self, session: &str, held: &Held, from: &Origin) -> Result<(), AppError> {
        let mut write = Write::new();
        write.statement(signin::session_lock(hash(session)));
        let user = Some(held.person.id);
        self.note(&mut write, EventKind::Locked, user, (None, ""), from);
        match self.store().write(write).await {
            // It was locked already.
            Ok(_) | Err(WriteError::Lost { .. }) => {}
            Err(e) => return Err(e.into()),
        }
        self.0.remembered.forget(&hash(session));
        Ok(())
    }

    /// Notes that the holder of a session showed again who they are.
    pub(super) async fn proven(
        &self,
        session: &str,
        user: UserId,
        method: Method,
        mut write: Write,
        from: &Origin,
    ) -> Result<(), DoorError> {
        let now = self.now().as_millisecond();
        let proven = signin::session_proven(hash(session), now, method.as_str(), user.0);
        write.statement(proven);
        let what = (Some(method), "");
        self.note(&mut write, EventKind::Unlocked, Some(user), what, from);
        self.store().write(write).await?;
        self.0.remembered.forget(&hash(session));
        Ok(())
    }

    /// The live sessions of a person, oldest first.
    pub async fn sessions_of(&self, user: UserId) -> Result<Vec<SessionRow>, AppError> {
        let now = self.now().as_millisecond();
        Ok(signin::sessions_of(self.store(), user.0, now).await?)
    }

    /// Ends one session of a person, or all of them.
    pub async fn end_sessions(
        &self,
        user: UserId,
        one: Option<Uuid>,
        from: &Origin,
    ) -> Result<(), AppError> {
        let mut write = Write::new();
        let which = match one {
            Some(session) => signin::session_end(user.0, session),
            None => signin::sessions_end(user.0),
        };
        write.statement(which);
        let detail = if one.is_some() { "one" } else { "all" };
        self.note(
            &mut write,
            EventKind::SessionsEnded,
            Some(user),
            (None, detail),
            from,
        );
        self.store().write(write).await?;
        self.0.remembered.forget_person(user);
        Ok(())
    }

    /// Passes if a person showed who they are within the last `minutes`.
    pub fn is_fresh(&self, person: &Person, minutes: i64) -> bool {
        person.is_fresh(self.now(), minutes)
    }
}
