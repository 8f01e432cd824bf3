//! The record of the door: every sign-in, refusal, lock and change of a way in.

use super::{Method, Origin};
use crate::{App, AppError};
use kernel::{Permission, Scope, Timestamp, UserId};
use std::collections::HashSet;
use store::{
    Kind, Val, Write,
    questions::signin::{self, Which},
    tables,
};

/// Events read for one page or file.
pub const EVENTS_MAX: i64 = 5_000;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal,)*) => {
        /// What happened at the door.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum EventKind { $($(#[$doc])* $name,)* }

        impl EventKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable written form.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

kinds! {
    /// Somebody signed in.
    SignedIn = "signed_in",
    /// A proof did not hold; the detail is its class.
    Refused = "refused",
    /// Tries were cut off.
    TooMany = "too_many",
    /// A session locked.
    Locked = "locked",
    /// Its holder showed again who they are.
    Unlocked = "unlocked",
    /// Somebody signed out.
    SignedOut = "signed_out",
    /// One or all other sessions were ended.
    SessionsEnded = "sessions_ended",
    /// The password for emergencies opened the door.
    BreakGlass = "break_glass",
    /// A password for emergencies was made.
    BreakGlassMade = "break_glass_made",
    /// A way in was added.
    WayAdded = "way_added",
    /// A way in was taken away.
    WayRemoved = "way_removed",
    /// Somebody was invited, or again.
    Invited = "invited",
    /// An account was disabled.
    Disabled = "disabled",
    /// A disabled account was let in again.
    Enabled = "enabled",
    /// Role or clients of an account changed.
    RightsChanged = "rights_changed",
    /// An API key was made.
    KeyMade = "key_made",
    /// An API key was taken back.
    KeyRevoked = "key_revoked",
    /// An API key was used for the first time on a day.
    KeyUsed = "key_used",
}

/// Something that happened at the door.
#[derive(Debug, Clone)]
pub struct Happened {
    /// When.
    pub at: Timestamp,
    /// Whose account, where it is known.
    pub user: Option<UserId>,
    /// What, as [`EventKind::as_str`] writes it.
    pub kind: String,
    /// By which way in, as [`Method::as_str`] writes it; may be empty.
    pub method: String,
    /// More about it.
    pub detail: String,
    /// Where from.
    pub address: String,
    /// Browser and system.
    pub device: String,
}

impl App {
    /// Adds an event to a write.
    pub(super) fn note(
        &self,
        write: &mut Write,
        kind: EventKind,
        user: Option<UserId>,
        (method, detail): (Option<Method>, &str),
        from: &Origin,
    ) {
        let now = self.now();
        write.row(
            &tables::SIGNIN_EVENT,
            vec![
                now.as_millisecond().into(),
                self.mint(now).into(),
                user.map_or(Val::Null(Kind::Uuid), |u| u.0.into()),
                kind.as_str().into(),
                method.map_or("", Method::as_str).into(),
                detail.into(),
                from.shown.as_str().into(),
                from.device.as_str().into(),
            ],
        );
    }

    /// What happened at the door from `from` to before `until`, newest first, for an administrator:
    /// of accounts that lie within their clients, and of strangers.
    pub async fn door_events(
        &self,
        scope: &Scope,
        (user, kind): (Option<UserId>, Option<&str>),
        (from, until): (Timestamp, Timestamp),
    ) -> Result<Vec<Happened>, AppError> {
        if !scope.permissions().has(Permission::Administer) {
            return Err(AppError::Denied(Permission::Administer));
        }
        let ours: HashSet<UserId> = self
            .accounts(scope)
            .await?
            .into_iter()
            .map(|account| account.id)
            .collect();
        let which = match (user, kind) {
            (Some(user), _) => Which::Of(user.0),
            (None, Some(kind)) => Which::Kind(kind),
            (None, None) => Which::All,
        };
        let range = (from.as_millisecond(), until.as_millisecond());
        let rows = signin::events(self.store(), which, range, EVENTS_MAX).await?;
        Ok(rows
            .into_iter()
            .filter(|row| row.user_id.is_none_or(|id| ours.contains(&UserId(id))))
            .filter(|row| kind.is_none_or(|kind| row.kind == kind))
            .map(|row| Happened {
                at: Timestamp::from_millisecond(row.at).unwrap_or_default(),
                user: row.user_id.map(UserId),
                kind: row.kind,
                method: row.method,
                detail: row.detail,
                address: row.address,
                device: row.device,
            })
            .collect())
    }
}
