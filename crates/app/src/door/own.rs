//! A person's own ways in: added, listed, taken away. Only by who showed a moment ago who they are, or
//! comes by an invitation and has none.

use super::{
    DoorError, EventKind, Method, Opened, Origin, Way, WayKind,
    ways::{AppOffer, asked_json, bodies, of_kind, passkey_uuid, recovery_hash},
};
use crate::{
    App, AppError,
    signin::{Held, Person, hash},
};
use kernel::{Timestamp, UserId};
use store::{
    Write,
    questions::signin::{self, AuthenticatorRow},
};
use uuid::Uuid;

/// Recovery codes made at once.
pub const RECOVERY_CODES: usize = 10;
/// How recently somebody must have shown who they are to change their ways in, minutes.
const FRESH_MINUTES: i64 = 10;
/// Ways in of one kind that a person may have.
const WAYS_MAX: usize = 10;

impl App {
    /// The ways in of a person; of recovery codes how many are left.
    pub async fn ways(&self, user: UserId) -> Result<Vec<Way>, AppError> {
        let at = |ms| Timestamp::from_millisecond(ms).unwrap_or_default();
        let rows = signin::authenticators(self.store(), user.0).await?;
        Ok(rows
            .into_iter()
            .map(|row| Way {
                id: row.authenticator_id,
                kind: row.kind,
                name: row.name,
                added: at(row.created_at),
                used: row.used_at.map(at),
            })
            .collect())
    }

    /// Passes if a person may change their ways in: they showed who they are a moment ago, or come
    /// by an invitation and have none.
    fn may_change(&self, held: &Held, rows: &[AuthenticatorRow]) -> Result<(), DoorError> {
        let ways = [WayKind::Passkey, WayKind::App];
        let had = ways
            .iter()
            .any(|kind| of_kind(rows, *kind).next().is_some());
        let may = if held.bound {
            !had
        } else {
            !held.locked && held.person.is_fresh(self.now(), FRESH_MINUTES)
        };
        if may {
            Ok(())
        } else {
            Err(DoorError::Refused("not fresh"))
        }
    }

    /// Asks the browser of a signed-in person to make a passkey; JSON for the script of the page.
    pub async fn passkey_offer(&self, held: &Held) -> Result<String, DoorError> {
        let person = &held.person;
        let rows = signin::authenticators(self.store(), person.id.0).await?;
        self.may_change(held, &rows)?;
        let had = bodies(&rows, WayKind::Passkey);
        if had.len() >= WAYS_MAX {
            return Err(DoorError::Refused("enough passkeys"));
        }
        let name = self.account_name(person).await?;
        let challenge = self.proofs()?.passkey_new(person.id.0, &name, &had)?;
        let ceremony = self
            .await_answer("passkey new", Some(person.id), &challenge.kept)
            .await?;
        Ok(asked_json(&ceremony, &challenge.asked))
    }

    /// What a person's account is called in authenticators: their e-mail address, else their name.
    async fn account_name(&self, person: &Person) -> Result<String, AppError> {
        let names = signin::names_of(self.store(), person.id.0, "email").await?;
        Ok(names.into_iter().next().unwrap_or(person.name.clone()))
    }

    /// Keeps the passkey a browser made.
    pub async fn passkey_add(
        &self,
        (session, held): (&str, &Held),
        (ceremony, answer): (&str, &str),
        name: &str,
        from: &Origin,
    ) -> Result<Option<Opened>, DoorError> {
        let user = held.person.id;
        let rows = signin::authenticators(self.store(), user.0).await?;
        self.may_change(held, &rows)?;
        let kept = self.asked("passkey new", ceremony).await?;
        let key = self.proofs()?.passkey_made(&kept, answer)?;
        let mut write = Write::new();
        let name = short(name, "passkey");
        let way = (user, WayKind::Passkey, passkey_uuid(&key.id));
        self.put_way(&mut write, way, (&name, &key.body), 0);
        self.added(write, (session, held), (Method::Passkey, &name), from)
            .await
    }

    /// Stores a new way in; who came by an invitation is signed in by it from now on, with a
    /// session of its own.
    async fn added(
        &self,
        mut write: Write,
        (session, held): (&str, &Held),
        (method, name): (Method, &str),
        from: &Origin,
    ) -> Result<Option<Opened>, DoorError> {
        let user = held.person.id;
        let what = (Some(method), name);
        self.note(&mut write, EventKind::WayAdded, Some(user), what, from);
        let mut opened = None;
        if held.bound {
            write.statement(signin::session_drop(hash(session)));
            opened = Some(self.put_session(&mut write, user, method, false, from));
        }
        self.store().write(write).await?;
        self.0.remembered.forget_person(user);
        Ok(opened)
    }

    /// Offers the secret of an authenticator app; kept only once a code proves that it arrived.
    pub async fn app_offer(&self, held: &Held) -> Result<AppOffer, DoorError> {
        let person = &held.person;
        let rows = signin::authenticators(self.store(), person.id.0).await?;
        self.may_change(held, &rows)?;
        let (key, name) = (
            self.secret("app_codes").await?,
            self.account_name(person).await?,
        );
        let random = self.random32();
        let secret = self.proofs()?.app_new(&key, person.id.0, &name, random)?;
        let ceremony = self
            .await_answer("app", Some(person.id), &secret.sealed)
            .await?;
        Ok(AppOffer { ceremony, secret })
    }

    /// The same offer again, after a wrong code.
    pub async fn app_offered(&self, held: &Held, ceremony: &str) -> Result<AppOffer, DoorError> {
        let person = &held.person;
        let (key, name) = (
            self.secret("app_codes").await?,
            self.account_name(person).await?,
        );
        let sealed = self.asked("app", ceremony).await?;
        let secret = self
            .proofs()?
            .app_shown(&key, person.id.0, &name, &sealed)?;
        let ceremony = self
            .await_answer("app", Some(person.id), &secret.sealed)
            .await?;
        Ok(AppOffer { ceremony, secret })
    }

    /// Keeps an authenticator app whose first code is right. A wrong one costs a try and leaves
    /// the offer as it was: [`App::app_offered`].
    pub async fn app_add(
        &self,
        (session, held): (&str, &Held),
        (offer, code): (&AppOffer, &str),
        name: &str,
        from: &Origin,
    ) -> Result<Option<Opened>, DoorError> {
        let user = held.person.id;
        let account = user.to_string();
        let rows = signin::authenticators(self.store(), user.0).await?;
        self.may_change(held, &rows)?;
        let _turn = self.may_try(Some(&account), from).await?;
        if of_kind(&rows, WayKind::App).count() >= WAYS_MAX {
            return Err(DoorError::Refused("enough apps"));
        }
        let key = self.secret("app_codes").await?;
        let second = self.now().as_second();
        let sealed = &offer.secret.sealed;
        let step = match self.proofs()?.app_step(&key, user.0, sealed, code, second) {
            Ok(step) => step,
            Err(ports::ProofError::Refused(class)) => {
                let what = (Method::App, class);
                return Err(self.failed(Some(&account), Some(user), what, from).await?);
            }
            Err(e) => return Err(e.into()),
        };
        // The offer is spent with it.
        self.asked("app", &offer.ceremony).await?;
        let mut write = Write::new();
        let name = short(name, "app");
        let way = (user, WayKind::App, self.mint(self.now()));
        // The code that proved it does not sign in once more.
        self.put_way(&mut write, way, (&name, sealed), step);
        self.added(write, (session, held), (Method::App, &name), from)
            .await
    }

    /// Makes recovery codes in place of those there were, and gives them, this once.
    pub async fn recovery_codes(
        &self,
        held: &Held,
        from: &Origin,
    ) -> Result<Vec<String>, DoorError> {
        let user = held.person.id;
        if held.bound || held.locked || !held.person.is_fresh(self.now(), FRESH_MINUTES) {
            return Err(DoorError::Refused("not fresh"));
        }
        let mut write = Write::new();
        let kind = WayKind::Recovery;
        write.statement(signin::authenticators_drop(user.0, kind.as_str()));
        let now = self.now();
        let mut codes = Vec::with_capacity(RECOVERY_CODES);
        for _ in 0..RECOVERY_CODES {
            // Letters in it always, so that it is never taken for the code of an app.
            let random = self.random32();
            let code = data_encoding::BASE32_NOPAD
                .encode(&random[..10])
                .to_lowercase();
            let code = format!("r{}-{}-{}", &code[..5], &code[5..10], &code[10..16]);
            let way = (user, kind, self.mint(now));
            self.put_way(&mut write, way, ("", &recovery_hash(&code)), 0);
            codes.push(code);
        }
        let what = (Some(Method::Recovery), "");
        self.note(&mut write, EventKind::WayAdded, Some(user), what, from);
        self.store().write(write).await?;
        Ok(codes)
    }

    /// Takes a way in away from its owner; the last one stays.
    pub async fn way_remove(
        &self,
        held: &Held,
        (kind, id): (&str, Uuid),
        from: &Origin,
    ) -> Result<(), DoorError> {
        let user = held.person.id;
        let rows = signin::authenticators(self.store(), user.0).await?;
        self.may_change(held, &rows)?;
        let others = rows.iter().any(|row| {
            row.authenticator_id != id
                && [WayKind::Passkey.as_str(), WayKind::App.as_str()].contains(&row.kind.as_str())
        });
        if !others {
            return Err(DoorError::Refused("last way"));
        }
        let name = rows.iter().find(|row| row.authenticator_id == id);
        let name = name.map(|row| row.name.clone()).unwrap_or_default();
        let mut write = Write::new();
        write.statement(signin::authenticator_drop(user.0, kind, id));
        let what = (None, name.as_str());
        self.note(&mut write, EventKind::WayRemoved, Some(user), what, from);
        self.store().write(write).await?;
        Ok(())
    }
}

/// A name of at most forty characters, or the one for none.
fn short(name: &str, none: &str) -> String {
    let name: String = name.trim().chars().take(40).collect();
    if name.is_empty() {
        none.to_owned()
    } else {
        name
    }
}
