//! Goods that came without anything that names an order. They are kept, so that nothing on the
//! bench is lost, until somebody knows whose they are; then they go to a return.

use crate::{
    App, AppError,
    cases::{Answer, Call, Idempotency, OrderKey},
    privacy::sealed::at,
};
use kernel::{Actor, CaseId, ClientId, Permission, Scope, StrayId};
use privacy::{Purpose, field};
use returns::{Command, Path, Stray};
use sha2::{Digest as _, Sha256};
use store::{
    Kind, Val, Write, WriteError,
    questions::{found, privacy::person_destroy},
    tables,
};
use uuid::Uuid;

pub use found::StrayRow;

/// Goods of one client that are listed at once.
const LISTED: i64 = 200;
/// Longest text of one field, characters.
const TEXT_MAX: usize = 200;

/// What was found in a parcel nobody can name an order for.
#[derive(Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is, as read on it.
    pub label: String,
    /// Units.
    pub units: u32,
    /// Who sent it, as far as the parcel says; personal data.
    pub sender: String,
    /// The carrier's number, if there is one.
    pub tracking: String,
}

/// Where goods belong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Belongs {
    /// To an order nobody has returned anything of: a return is opened for them.
    Order(String),
    /// To this return.
    Case(CaseId),
}

impl App {
    /// Keeps goods without an order. The same form sent twice keeps them once.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for texts or units out of bounds; by scope.
    pub async fn keep_stray(
        &self,
        scope: &Scope,
        client: ClientId,
        form_key: &str,
        found: &Found,
    ) -> Result<StrayId, AppError> {
        Self::check(scope, Permission::DockWork, client)?;
        let long = |text: &str| text.chars().count() > TEXT_MAX;
        if found.label.trim().is_empty() || long(&found.label) {
            return Err(AppError::field("label", "dock-stray-hint"));
        }
        if found.units == 0 || found.units > 1_000_000 {
            return Err(AppError::field("units", "dock-whole-number"));
        }
        if long(&found.sender) || long(&found.tracking) {
            return Err(AppError::field("sender", "dock-text-long"));
        }
        if !(1..=64).contains(&form_key.len()) {
            return Err(AppError::field("key", "dock-reload"));
        }
        let now = self.now();
        let (id, by) = (self.mint(now), user_of(scope));
        let mut write = Write::new();
        let sender = match found.sender.trim() {
            "" => String::new(),
            sender => {
                let key = self
                    .person_key_for(&mut write, client, id, Purpose::Person)
                    .await?;
                self.seal_text(&key, &at(client, id, &field::STRAY, id), sender)
            }
        };
        write.row(
            &tables::STRAY_RECEIPT,
            vec![
                client.into(),
                id.into(),
                form_key.into(),
                "open".into(),
                found.label.trim().into(),
                i64::from(found.units).into(),
                sender.into(),
                found.tracking.trim().into(),
                by.into(),
                now.as_millisecond().into(),
                Val::Null(Kind::Uuid),
            ],
        );
        match self.store().write(write).await {
            Ok(_) => Ok(StrayId(id)),
            Err(WriteError::Conflict { .. }) => {
                let kept = found::stray_of_form(self.store(), client, form_key).await?;
                Ok(StrayId(kept.ok_or(AppError::Busy)?.stray_id))
            }
            Err(e) => Err(e.into()),
        }
    }

    /// Goods that wait for an order, of every client the scope receives or asks for.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn open_strays(&self, scope: &Scope) -> Result<Vec<StrayRow>, AppError> {
        let mut clients = self.clients_for(scope, Permission::DockWork);
        clients.extend(self.clients_for(scope, Permission::CaseRequest));
        clients.sort_unstable();
        clients.dedup();
        let rows = found::strays_open(self.store(), &clients, LISTED).await?;
        self.opened_strays(rows).await
    }

    /// Gives goods to the return they belong to, or opens one for their order. Trying again after
    /// a failure goes on where it stopped.
    ///
    /// # Errors
    /// [`AppError::Missing`] when there are no such goods, order or return; by scope.
    pub async fn match_stray(
        &self,
        call: &Call<'_>,
        client: ClientId,
        id: StrayId,
        to: &Belongs,
    ) -> Result<Answer, AppError> {
        if !call.scope.may(Permission::DockWork, client) {
            Self::check(call.scope, Permission::CaseRequest, client)?;
        }
        let goods = found::stray(self.store(), client, id).await?;
        let goods = goods
            .filter(|s| s.state == "open")
            .ok_or(AppError::Missing)?;
        let case = match to {
            Belongs::Case(case) => *case,
            Belongs::Order(number) => {
                // Opened before and not got further: the same return again.
                let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(number)[..8]);
                let key = Idempotency::new(&format!("stray-{id}-{hash}"), number.as_bytes())?;
                let once = Call {
                    idempotency: Some(key),
                    ..call.clone()
                };
                let command = Command::Request {
                    lines: Vec::new(),
                    path: Path::Ordinary,
                    notice_sent_on: None,
                    declared: None,
                    wishes: Vec::new(),
                    claim: None,
                };
                let order = OrderKey::Number(number.clone());
                self.open_case(&once, client, &order, &command).await?.case
            }
        };
        let command = Command::Receive {
            parcel: None,
            counts: Vec::new(),
            strays: vec![Stray {
                label: goods.label.as_str().into(),
                units: u32::try_from(goods.units).unwrap_or(1),
            }],
            complete: false,
        };
        let matched = |write: &mut Write, _: &returns::Outcome| {
            // Whose they are is known now: who sent them is of no more use.
            write.statement(found::stray_match(client, id, case));
            write.statement(person_destroy(client, id.0, Purpose::Person.as_str()));
        };
        let call = Call::new(call.scope, call.at);
        self.command_with(&call, client, case, None, &command, &matched)
            .await
    }
}

fn user_of(scope: &Scope) -> Uuid {
    match scope.actor() {
        Actor::User { id } => id.0,
        _ => Uuid::nil(),
    }
}
