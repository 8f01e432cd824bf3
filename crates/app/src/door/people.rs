//! Who may come at all: invited by somebody who cannot give more than they have, changed, and gone
//! within seconds.

use super::{DoorError, EventKind, Method, Origin, ways::known_as};
use crate::{App, AppError, signin::Person};
use kernel::{Actor, ClientId, Permission, Role, Scope, Timestamp, UserId};
use std::collections::HashMap;
use store::{
    Write, WriteError,
    questions::{
        people,
        signin::{self, AccountRow},
    },
};

/// An account as an administrator sees it.
#[derive(Debug, Clone)]
pub struct Account {
    /// Who.
    pub id: UserId,
    /// Display name.
    pub name: String,
    /// The e-mail address they are known by.
    pub email: Option<String>,
    /// Role.
    pub role: Role,
    /// The clients they work for.
    pub clients: Vec<ClientId>,
    /// Since when it is disabled.
    pub disabled: Option<Timestamp>,
}

/// Somebody who was invited.
#[derive(Debug, Clone)]
pub struct Invited {
    /// Who.
    pub id: UserId,
    /// Where they add their way in, once.
    pub link: String,
}

/// Whether what somebody is to have lies within what `by` has.
fn within(by: &Scope, role: Role, clients: &[ClientId]) -> bool {
    by.permissions().has(Permission::Administer)
        && by.permissions().covers(role.permissions())
        && clients.iter().all(|client| by.reaches(*client))
}

fn denied() -> AppError {
    AppError::Denied(Permission::Administer)
}

/// Who did it, for the record.
fn by_whom(by: &Scope) -> String {
    match by.actor() {
        Actor::User { id } => format!("by {id}"),
        _ => "command line".to_owned(),
    }
}

/// An address a person can be known by: something, an at sign, a host.
fn plausible(email: &str) -> bool {
    email.len() <= 200
        && email.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.ends_with('.') && !host.contains('@')
        })
        && email.chars().all(|c| !c.is_whitespace() && !c.is_control())
}

impl App {
    /// Invites somebody: an account, and a link that lets them add a way in, within a day, once.
    pub async fn invite(
        &self,
        by: &Scope,
        (name, email): (&str, Option<&str>),
        (role, clients): (Role, &[ClientId]),
        from: &Origin,
    ) -> Result<Invited, AppError> {
        if !within(by, role, clients) {
            return Err(denied());
        }
        let name: String = name.trim().chars().take(80).collect();
        let email = email.map(known_as).filter(|email| !email.is_empty());
        let mut wrong = Vec::new();
        let mut field = |field: &str, help| {
            wrong.push(crate::FieldError {
                field: field.to_owned(),
                help,
            });
        };
        if name.is_empty() {
            field("name", "people-name-needed");
        }
        if clients.is_empty() {
            field("clients", "people-clients-needed");
        }
        if let Some(email) = &email {
            if !plausible(email) {
                field("email", "people-email-wrong");
            } else if signin::name_owner(self.store(), "email", email)
                .await?
                .is_some()
            {
                field("email", "people-email-taken");
            }
        }
        if !wrong.is_empty() {
            return Err(AppError::Invalid(wrong));
        }
        let now = self.now();
        let id = UserId(self.mint(now));
        let mut write = Write::new();
        Self::put_user(&mut write, id, &name, role, clients, now)?;
        if let Some(email) = &email {
            self.put_name(&mut write, "email", email, id);
        }
        let link = self.put_invitation(&mut write, id);
        let (what, who) = (by_whom(by), Some(id));
        let what = (Some(Method::Invitation), what.as_str());
        self.note(&mut write, EventKind::Invited, who, what, from);
        self.store().write(write).await?;
        Ok(Invited { id, link })
    }

    /// An account an administrator may change: all of it lies within what they have.
    async fn subject(&self, by: &Scope, user: UserId) -> Result<AccountRow, AppError> {
        let row = signin::account(self.store(), user.0).await?;
        let row = row.ok_or(AppError::Missing)?;
        let role = Role::parse(&row.role).ok_or(AppError::Missing)?;
        let clients: Vec<ClientId> = serde_json::from_str(&row.clients)?;
        if !by.permissions().has(Permission::Administer) {
            return Err(denied());
        }
        // Nobody of another client's is seen; one they share is seen and not theirs to change.
        if !clients.is_empty() && !clients.iter().any(|client| by.reaches(*client)) {
            return Err(AppError::Missing);
        }
        if within(by, role, &clients) {
            Ok(row)
        } else {
            Err(denied())
        }
    }

    /// A new link for somebody who has no way in, or lost it: their old ways in are taken away, and
    /// their sessions end.
    pub async fn invite_again(
        &self,
        by: &Scope,
        user: UserId,
        from: &Origin,
    ) -> Result<Invited, AppError> {
        let row = self.subject(by, user).await?;
        if row.disabled_at.is_some() {
            return Err(AppError::Missing);
        }
        let mut write = Write::new();
        write.statement(signin::credentials_drop(user.0));
        write.statement(signin::sessions_end(user.0));
        for kind in ["passkey", "totp", "recovery", "password"] {
            write.statement(signin::authenticators_drop(user.0, kind));
        }
        write.statement(signin::names_drop(user.0, "subject"));
        let link = self.put_invitation(&mut write, user);
        let what = by_whom(by);
        let what = (Some(Method::Invitation), what.as_str());
        self.note(&mut write, EventKind::Invited, Some(user), what, from);
        self.store().write(write).await?;
        self.0.remembered.forget_person(user);
        Ok(Invited { id: user, link })
    }

    /// Disables an account: sessions, links and keys end, those of accounts it answers for too.
    /// Live streams notice within seconds, on every node.
    pub async fn disable(&self, by: &Scope, user: UserId, from: &Origin) -> Result<(), AppError> {
        if by.actor() == (Actor::User { id: user }) {
            return Err(denied());
        }
        self.subject(by, user).await?;
        let now = self.now().as_millisecond();
        let mut write = Write::new();
        write.statement(signin::user_disable(user.0, now));
        write.statement(signin::sessions_end(user.0));
        write.statement(signin::credentials_drop(user.0));
        for revoke in signin::keys_revoke(user.0, now) {
            write.statement(revoke);
        }
        let what = by_whom(by);
        self.note(
            &mut write,
            EventKind::Disabled,
            Some(user),
            (None, &what),
            from,
        );
        self.change(write).await?;
        // What they asked for or approved and was not sent is void. Cut short, it is done again
        // by disabling them again.
        // In every client, whoever disables them and whomever that person sees.
        Box::pin(store::seeing(None, self.leaver_cut(user))).await?;
        Ok(())
    }

    /// Lets a disabled account in again, by the ways in it had. Its keys stay taken back.
    pub async fn enable(&self, by: &Scope, user: UserId, from: &Origin) -> Result<(), AppError> {
        self.subject(by, user).await?;
        let mut write = Write::new();
        write.statement(signin::user_enable(user.0));
        let what = by_whom(by);
        self.note(
            &mut write,
            EventKind::Enabled,
            Some(user),
            (None, &what),
            from,
        );
        self.change(write).await
    }

    /// Gives an account another role and other clients.
    pub async fn set_rights(
        &self,
        by: &Scope,
        user: UserId,
        (role, clients): (Role, &[ClientId]),
        from: &Origin,
    ) -> Result<(), AppError> {
        if by.actor() == (Actor::User { id: user }) || !within(by, role, clients) {
            return Err(denied());
        }
        self.subject(by, user).await?;
        if clients.is_empty() {
            return Err(AppError::field("clients", "people-clients-needed"));
        }
        let mut write = Write::new();
        let list = serde_json::to_string(clients)?;
        write.statement(signin::user_rights(user.0, role.as_str(), &list));
        let what = format!("{} {}", role.as_str(), by_whom(by));
        let kind = EventKind::RightsChanged;
        self.note(&mut write, kind, Some(user), (None, &what), from);
        self.change(write).await
    }

    /// Ends every session of an account.
    pub async fn end_sessions_of(
        &self,
        by: &Scope,
        user: UserId,
        from: &Origin,
    ) -> Result<(), AppError> {
        self.subject(by, user).await?;
        self.end_sessions(user, None, from).await
    }

    async fn change(&self, write: Write) -> Result<(), AppError> {
        let done = self.store().write(write).await;
        // Keys of others may be bound by these rights.
        self.0.remembered.forget_all();
        match done {
            // It is so already.
            Ok(_) | Err(WriteError::Lost { .. }) => Ok(()),
            Err(e) => Err(e.into()),
        }
    }

    /// Every account that works for a client of this administrator's, by name.
    pub async fn accounts(&self, by: &Scope) -> Result<Vec<Account>, AppError> {
        if !by.permissions().has(Permission::Administer) {
            return Err(denied());
        }
        let names = signin::names(self.store(), "email").await?;
        let mut emails: HashMap<_, _> = names.into_iter().map(|(name, id)| (id, name)).collect();
        let mut list = Vec::new();
        for user in people::users(self.store()).await? {
            let clients: Vec<ClientId> = serde_json::from_str(&user.clients)?;
            let Some(role) = Role::parse(&user.role) else {
                continue;
            };
            if !clients.is_empty() && !clients.iter().any(|client| by.reaches(*client)) {
                continue;
            }
            list.push(Account {
                id: UserId(user.user_id),
                email: emails.remove(&user.user_id),
                name: user.name,
                role,
                clients,
                disabled: user
                    .disabled_at
                    .and_then(|ms| Timestamp::from_millisecond(ms).ok()),
            });
        }
        list.sort_by(|a, b| (&a.name, a.id.0).cmp(&(&b.name, b.id.0)));
        Ok(list)
    }

    /// The roles an administrator may give: those that have nothing they have not.
    pub fn roles_within(by: &Scope) -> Vec<Role> {
        let roles = Role::ALL.iter().copied();
        roles.filter(|role| within(by, *role, &[])).collect()
    }

    /// The e-mail address a person is known by.
    pub async fn email_of(&self, person: &Person) -> Result<Option<String>, AppError> {
        let names = signin::names_of(self.store(), person.id.0, "email").await?;
        Ok(names.into_iter().next())
    }
}

impl From<DoorError> for AppError {
    fn from(error: DoorError) -> Self {
        match error {
            DoorError::App(e) => e,
            DoorError::Refused(_) => Self::Missing,
            DoorError::TooMany(_) => Self::Busy,
            DoorError::Unavailable(why) => Self::fault(why),
        }
    }
}
