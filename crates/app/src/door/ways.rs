//! The ways in: passkeys, authenticator apps with recovery codes, sign-in services of other firms,
//! and a password for emergencies.
//!
//! Each of them signs somebody in, or proves again that the holder of a session is still there.

use super::{DoorError, EventKind, Method, Opened, Origin};
use crate::{
    App, AppError,
    signin::{Held, hash},
};
use kernel::{Role, Timestamp, UserId};
use ports::{AppSecret, Passkey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::{
    Kind, Val, Write,
    questions::signin::{self, AccountRow, AuthenticatorRow},
    tables,
};
use tokio::sync::Semaphore;
use uuid::Uuid;

/// Passwords hashed at the same time.
static HASHING: Semaphore = Semaphore::const_new(2);

/// How long a challenge waits for its answer.
const CHALLENGE_MS: i64 = 600_000;
/// How long a password for emergencies works.
const PASSWORD_MS: i64 = 24 * 3_600_000;
/// A hash no password has: what the password of an account that is not there is held against, so
/// that the answer takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$\
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The kinds of ways in that are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayKind {
    /// A passkey.
    Passkey,
    /// An authenticator app.
    App,
    /// A recovery code.
    Recovery,
    /// The password for emergencies.
    Password,
}

impl WayKind {
    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::App => "totp",
            Self::Recovery => "recovery",
            Self::Password => "password",
        }
    }
}

/// A way in as its owner sees it.
#[derive(Debug, Clone)]
pub struct Way {
    /// Which.
    pub id: Uuid,
    /// Of what kind.
    pub kind: String,
    /// What its owner calls it.
    pub name: String,
    /// Added.
    pub added: Timestamp,
    /// Last used.
    pub used: Option<Timestamp>,
}

/// A secret for an authenticator app, shown until a code proves that the app has it.
#[derive(Debug, Clone)]
pub struct AppOffer {
    /// The challenge.
    pub ceremony: String,
    /// The secret.
    pub secret: AppSecret,
}

/// What is kept while a browser is away at a sign-in service.
#[derive(Serialize, Deserialize)]
struct Away {
    service: String,
    shared: bool,
    kept: String,
}

/// Names are compared without regard to case.
pub(super) fn known_as(name: &str) -> String {
    name.trim().to_lowercase()
}

/// A recovery code as it is kept: typed with or without dashes, in either case.
pub(super) fn recovery_hash(code: &str) -> String {
    let code: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    data_encoding::HEXLOWER.encode(&Sha256::digest(code.as_bytes()))
}

pub(super) fn of_kind(
    rows: &[AuthenticatorRow],
    kind: WayKind,
) -> impl Iterator<Item = &AuthenticatorRow> {
    rows.iter().filter(move |row| row.kind == kind.as_str())
}

pub(super) fn bodies(rows: &[AuthenticatorRow], kind: WayKind) -> Vec<String> {
    of_kind(rows, kind).map(|row| row.body.clone()).collect()
}

/// The row of a passkey with this id.
fn holding<'a>(rows: &'a [AuthenticatorRow], id: &[u8]) -> Option<&'a AuthenticatorRow> {
    let wanted = passkey_uuid(id);
    of_kind(rows, WayKind::Passkey).find(|row| row.authenticator_id == wanted)
}

/// A passkey is stored under the first half of the hash of its id.
pub(super) fn passkey_uuid(id: &[u8]) -> Uuid {
    let hash = Sha256::digest(id);
    let mut half = [0; 16];
    half.copy_from_slice(&hash[..16]);
    Uuid::from_bytes(half)
}

impl App {
    /// Keeps what a challenge asked until it is answered; gives what its answer names it by.
    pub(super) async fn await_answer(
        &self,
        kind: &str,
        user: Option<UserId>,
        kept: &str,
    ) -> Result<String, AppError> {
        let now = self.now().as_millisecond();
        let token = self.token();
        let mut write = Write::new();
        write.statement(signin::ceremonies_prune(now));
        write.row(
            &tables::CEREMONY,
            vec![
                hash(&token).into(),
                kind.into(),
                user.map_or(Val::Null(Kind::Uuid), |u| u.0.into()),
                kept.into(),
                (now + CHALLENGE_MS).into(),
            ],
        );
        self.store().write(write).await?;
        Ok(token)
    }

    /// What was kept of a challenge, once.
    pub(super) async fn asked(&self, kind: &str, token: &str) -> Result<String, DoorError> {
        let now = self.now().as_millisecond();
        let mut write = Write::new();
        write.statement(signin::ceremony_take(hash(token), kind, now));
        let taken = self.store().write(write).await?;
        let kept = taken.first().and_then(|rows| rows.first()?.first()?.text());
        kept.map(str::to_owned)
            .ok_or(DoorError::Refused("no challenge"))
    }

    /// The account of a person, unless it is disabled.
    async fn open_account(&self, user: UserId) -> Result<Option<AccountRow>, AppError> {
        let row = signin::account(self.store(), user.0).await?;
        Ok(row.filter(|row| row.disabled_at.is_none()))
    }

    /// Opens a session in the same write as what was spent for it.
    async fn let_in(
        &self,
        mut write: Write,
        user: UserId,
        (method, shared): (Method, bool),
        from: &Origin,
    ) -> Result<Opened, DoorError> {
        let opened = self.put_session(&mut write, user, method, shared, from);
        let kind = if method == Method::Password {
            EventKind::BreakGlass
        } else {
            EventKind::SignedIn
        };
        self.note(&mut write, kind, Some(user), (Some(method), ""), from);
        self.store().write(write).await?;
        Ok(opened)
    }

    /// Asks a browser for a passkey; JSON for the script of the page.
    pub async fn passkey_ask(&self) -> Result<String, DoorError> {
        let challenge = self.proofs()?.passkey_ask()?;
        let ceremony = self.await_answer("passkey", None, &challenge.kept).await?;
        Ok(asked_json(&ceremony, &challenge.asked))
    }

    /// Signs in by a passkey.
    pub async fn passkey_sign_in(
        &self,
        (ceremony, answer): (&str, &str),
        shared: bool,
        from: &Origin,
    ) -> Result<Opened, DoorError> {
        let _turn = self.may_try(None, from).await?;
        match self.passkey_proof(ceremony, answer, None).await {
            Ok((user, write)) => {
                self.let_in(write, user, (Method::Passkey, shared), from)
                    .await
            }
            Err(DoorError::Refused(class)) => {
                let method = (Method::Passkey, class);
                Err(self.failed(None, None, method, from).await?)
            }
            Err(e) => Err(e),
        }
    }

    /// Checks the answer to a challenge; gives whose passkey it was and a write that notes its use.
    async fn passkey_proof(
        &self,
        ceremony: &str,
        answer: &str,
        only: Option<UserId>,
    ) -> Result<(UserId, Write), DoorError> {
        let proofs = self.proofs()?;
        let kept = self.asked("passkey", ceremony).await?;
        let (user, id) = proofs.passkey_claims(answer)?;
        let user = UserId(user);
        if only.is_some_and(|only| only != user) {
            return Err(DoorError::Refused("another person"));
        }
        let rows = signin::authenticators(self.store(), user.0).await?;
        if self.open_account(user).await?.is_none() {
            return Err(DoorError::Refused("disabled"));
        }
        let key = proofs.passkey_check(&kept, answer, &bodies(&rows, WayKind::Passkey))?;
        let row = holding(&rows, &id).ok_or(DoorError::Refused("unknown passkey"))?;
        let mut write = Write::new();
        let used = Some(self.now().as_millisecond());
        write.row(&tables::AUTHENTICATOR, passkey_row(row, &key, used));
        Ok((user, write))
    }

    /// Signs in by a code of an authenticator app, or a recovery code, for the account known by
    /// this e-mail address.
    pub async fn code_sign_in(
        &self,
        (name, code): (&str, &str),
        shared: bool,
        from: &Origin,
    ) -> Result<Opened, DoorError> {
        let name = known_as(name);
        let _turn = self.may_try(Some(&name), from).await?;
        let owner = signin::name_owner(self.store(), "email", &name).await?;
        // The same questions and the same work for an account that is not there.
        let user = UserId(owner.unwrap_or_default());
        let account = self.open_account(user).await?;
        let proven = match self.code_proof(user, code).await {
            Ok(proven) if account.is_some() => Ok(proven),
            Ok(_) => Err(DoorError::Refused("disabled")),
            Err(e) => Err(e),
        };
        let known = owner.map(UserId);
        let ended = match proven {
            Ok((method, write)) => self.let_in(write, user, (method, shared), from).await,
            Err(e) => Err(e),
        };
        match ended {
            Err(DoorError::Refused(class)) => {
                let what = (Method::App, class);
                Err(self.failed(Some(&name), known, what, from).await?)
            }
            other => other,
        }
    }

    /// Checks a code of a person; gives the way in and a write that spends it.
    async fn code_proof(&self, user: UserId, code: &str) -> Result<(Method, Write), DoorError> {
        let (proofs, key) = (self.proofs()?, self.secret("app_codes").await?);
        let now = self.now().as_millisecond();
        let rows = signin::authenticators(self.store(), user.0).await?;
        let mut write = Write::new();
        let digits = code.chars().filter(char::is_ascii_digit).count();
        let others = code
            .chars()
            .any(|c| !c.is_ascii_digit() && !c.is_whitespace());
        if digits != 6 || others {
            write.statement(signin::recovery_spend(user.0, &recovery_hash(code)));
            return Ok((Method::Recovery, write));
        }
        let mut class = "no app";
        for row in of_kind(&rows, WayKind::App) {
            match proofs.app_step(&key, user.0, &row.body, code, now / 1_000) {
                Ok(step) => {
                    let id = row.authenticator_id;
                    let kind = WayKind::App.as_str();
                    let spend = signin::authenticator_step(user.0, kind, id, step, now);
                    write.statement(spend);
                    return Ok((Method::App, write));
                }
                Err(ports::ProofError::Refused(why)) => class = why,
                Err(e) => return Err(e.into()),
            }
        }
        Err(DoorError::Refused(class))
    }

    /// Shows again who holds a session, by a passkey.
    pub async fn passkey_unlock(
        &self,
        (session, held): (&str, &Held),
        (ceremony, answer): (&str, &str),
        from: &Origin,
    ) -> Result<(), DoorError> {
        let user = held.person.id;
        let _turn = self.may_try(None, from).await?;
        match self.passkey_proof(ceremony, answer, Some(user)).await {
            Ok((_, write)) => {
                self.proven(session, user, Method::Passkey, write, from)
                    .await
            }
            Err(DoorError::Refused(class)) => {
                let what = (Method::Passkey, class);
                Err(self.failed(None, Some(user), what, from).await?)
            }
            Err(e) => Err(e),
        }
    }

    /// Shows again who holds a session, by a code.
    pub async fn code_unlock(
        &self,
        (session, held): (&str, &Held),
        code: &str,
        from: &Origin,
    ) -> Result<(), DoorError> {
        let user = held.person.id;
        let account = user.to_string();
        let _turn = self.may_try(Some(&account), from).await?;
        let ended = match self.code_proof(user, code).await {
            Ok((method, write)) => self.proven(session, user, method, write, from).await,
            Err(e) => Err(e),
        };
        match ended {
            Err(DoorError::Refused(class)) => {
                let what = (Method::App, class);
                Err(self.failed(Some(&account), Some(user), what, from).await?)
            }
            other => other,
        }
    }

    /// Signs in by the password for emergencies, which is spent by it.
    pub async fn password_sign_in(
        &self,
        (name, password): (&str, &str),
        from: &Origin,
    ) -> Result<Opened, DoorError> {
        let name = known_as(name);
        let _turn = self.may_try(Some(&name), from).await?;
        let proofs = self.proofs()?.clone();
        let now = self.now().as_millisecond();
        let owner = signin::name_owner(self.store(), "email", &name).await?;
        let user = UserId(owner.unwrap_or_default());
        let rows = signin::authenticators(self.store(), user.0).await?;
        let account = self.open_account(user).await?;
        let row = of_kind(&rows, WayKind::Password).find(|row| row.counter > now);
        let kept = row.map_or_else(|| NOBODY.to_owned(), |row| row.body.clone());
        let given = password.to_owned();
        // Each takes 19 MiB for a while, whoever asks.
        let _place = HASHING.try_acquire().map_err(|_| DoorError::TooMany(1))?;
        let right = tokio::task::spawn_blocking(move || proofs.password_is(&kept, &given));
        let right = right.await.map_err(AppError::fault)?;
        let admin = account.is_some_and(|a| Role::parse(&a.role) == Some(Role::Admin));
        let ended = match row.filter(|_| right && admin) {
            Some(row) => {
                let mut write = Write::new();
                let kind = WayKind::Password.as_str();
                let id = row.authenticator_id;
                write.statement(signin::authenticator_drop(user.0, kind, id));
                tracing::error!(user = %user, "the password for emergencies was used");
                self.let_in(write, user, (Method::Password, true), from)
                    .await
            }
            None => Err(DoorError::Refused("password")),
        };
        match ended {
            Err(DoorError::Refused(class)) => {
                let what = (Method::Password, class);
                let known = owner.map(UserId);
                Err(self.failed(Some(&name), known, what, from).await?)
            }
            other => other,
        }
    }

    /// Makes a password for emergencies for an administrator and gives it, this once.
    pub async fn break_glass(&self, user: UserId, from: &Origin) -> Result<String, DoorError> {
        let account = self.open_account(user).await?;
        let account = account.ok_or(DoorError::App(AppError::Missing))?;
        if Role::parse(&account.role) != Some(Role::Admin) {
            return Err(DoorError::Refused("not an administrator"));
        }
        let random = self.random32();
        let (secret, salt) = random.split_at(16);
        let password = data_encoding::BASE32_NOPAD.encode(secret).to_lowercase();
        let mut salted = [0; 16];
        salted.copy_from_slice(salt);
        let hash = self.proofs()?.password_hash(&password, salted)?;
        let now = self.now();
        let mut write = Write::new();
        let kind = WayKind::Password;
        write.statement(signin::authenticators_drop(user.0, kind.as_str()));
        self.put_way(
            &mut write,
            (user, kind, self.mint(now)),
            (kind.as_str(), &hash),
            now.as_millisecond() + PASSWORD_MS,
        );
        let what = (Some(Method::Password), "");
        self.note(
            &mut write,
            EventKind::BreakGlassMade,
            Some(user),
            what,
            from,
        );
        self.store().write(write).await?;
        Ok(password)
    }

    /// Sends a browser to a sign-in service: its address, and a state the browser brings back.
    pub async fn service_begin(
        &self,
        service: &str,
        shared: bool,
    ) -> Result<(String, String), DoorError> {
        let state = self.token();
        let back = self.service_back(service);
        let challenge = self.service(service)?.begin(&back, &state).await?;
        let away = Away {
            service: service.to_owned(),
            shared,
            kept: challenge.kept,
        };
        let kept = serde_json::to_string(&away).map_err(AppError::from)?;
        let now = self.now().as_millisecond();
        let mut write = Write::new();
        write.statement(signin::ceremonies_prune(now));
        write.row(
            &tables::CEREMONY,
            vec![
                hash(&state).into(),
                "service".into(),
                Val::Null(Kind::Uuid),
                kept.into(),
                (now + CHALLENGE_MS).into(),
            ],
        );
        self.store().write(write).await?;
        Ok((challenge.asked, state))
    }

    fn service_back(&self, service: &str) -> String {
        format!("{}/sign-in/from/{service}", self.base_url())
    }

    /// Signs in who comes back from a sign-in service: the account its subject is bound to, else
    /// the one that was invited under the e-mail address the service verified.
    pub async fn service_sign_in(
        &self,
        service: &str,
        (state, code, issuer): (&str, &str, Option<&str>),
        from: &Origin,
    ) -> Result<Opened, DoorError> {
        let _turn = self.may_try(None, from).await?;
        let ended = async {
            let kept = self.asked("service", state).await?;
            let away: Away = serde_json::from_str(&kept).map_err(AppError::from)?;
            if away.service != service {
                return Err(DoorError::Refused("another service"));
            }
            let back = self.service_back(service);
            let door = self.service(service)?;
            let claimed = door.finish(&back, &away.kept, code, issuer).await?;
            let mut write = Write::new();
            let subject = format!("{} {}", claimed.issuer, claimed.subject);
            let bound = signin::name_owner(self.store(), "subject", &subject).await?;
            let user = match (bound, &claimed.email) {
                (Some(user), _) => user,
                (None, None) => return Err(DoorError::Refused("mail not verified")),
                (None, Some(email)) => {
                    let found = signin::name_owner(self.store(), "email", email).await?;
                    let user = found.ok_or(DoorError::Refused("not invited"))?;
                    let had = signin::names_of(self.store(), user, "subject").await?;
                    let issuer = format!("{} ", claimed.issuer);
                    if had.iter().any(|name| name.starts_with(&issuer)) {
                        return Err(DoorError::Refused("another subject"));
                    }
                    self.put_name(&mut write, "subject", &subject, UserId(user));
                    user
                }
            };
            let user = UserId(user);
            if self.open_account(user).await?.is_none() {
                return Err(DoorError::Refused("disabled"));
            }
            self.let_in(write, user, (Method::Service, away.shared), from)
                .await
        }
        .await;
        match ended {
            Err(DoorError::Refused(class)) => {
                let what = (Method::Service, class);
                Err(self.failed(None, None, what, from).await?)
            }
            other => other,
        }
    }

    /// Adds a name to a write.
    pub(super) fn put_name(&self, write: &mut Write, kind: &str, name: &str, user: UserId) {
        let now = self.now().as_millisecond();
        write.row(
            &tables::SIGNIN_NAME,
            vec![kind.into(), name.into(), user.0.into(), now.into()],
        );
    }

    pub(super) fn put_way(
        &self,
        write: &mut Write,
        (user, kind, id): (UserId, WayKind, Uuid),
        (name, body): (&str, &str),
        counter: i64,
    ) {
        write.row(
            &tables::AUTHENTICATOR,
            vec![
                user.0.into(),
                kind.as_str().into(),
                id.into(),
                name.into(),
                body.into(),
                counter.into(),
                self.now().as_millisecond().into(),
                Val::Null(Kind::Int),
            ],
        );
    }
}

fn passkey_row(row: &AuthenticatorRow, key: &Passkey, used: Option<i64>) -> Vec<Val> {
    vec![
        row.user_id.into(),
        row.kind.as_str().into(),
        row.authenticator_id.into(),
        row.name.as_str().into(),
        key.body.as_str().into(),
        row.counter.into(),
        row.created_at.into(),
        used.into(),
    ]
}

/// What the script of a page reads: the challenge, and what its answer names it by.
pub(super) fn asked_json(ceremony: &str, asked: &str) -> String {
    // The token is base64url: nothing of it is escaped.
    format!("{{\"ceremony\":\"{ceremony}\",\"publicKey\":{asked}}}")
}
