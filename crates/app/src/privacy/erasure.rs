//! What an erasure is: how far it has come, what went, what is held, and its events in the log.

use crate::{AppError, directory::Client};
use kernel::{Actor, ClientId, CustomerId, Date, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{
    Kind, Val,
    questions::{cases, privacy::ErasureRow},
};
use uuid::Uuid;

/// The events of an erasure begin so.
pub(crate) const PREFIX: &str = "erasure_";

/// Why something of a person is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hold {
    /// A return is not finished: the contract is still to be performed (GDPR Art. 17(3)(b)).
    OpenCase,
    /// Money of a return is on its way or stuck.
    OpenMoney,
    /// A statutory period runs.
    Clock,
    /// The payment is disputed: legal claims (GDPR Art. 17(3)(e)).
    Dispute,
    /// The client owes store credit.
    StoreCredit,
    /// Documents tax law tells to keep (GDPR Art. 17(3)(b)).
    Papers,
}

impl Hold {
    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OpenCase => "open_case",
            Self::OpenMoney => "open_money",
            Self::Clock => "clock",
            Self::Dispute => "dispute",
            Self::StoreCredit => "store_credit",
            Self::Papers => "papers",
        }
    }

    /// Whether everything waits for it; papers alone let the rest go.
    pub(crate) const fn holds_all(self) -> bool {
        !matches!(self, Self::Papers)
    }
}

/// Something that is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Held {
    /// Why.
    pub hold: Hold,
    /// What: the number of a return, a document or an order.
    pub what: String,
    /// The first day it is not kept any more, where it is known.
    pub until: Option<Date>,
}

/// How far an erasure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErasureState {
    /// Nothing has gone yet: all of it is held.
    Waiting,
    /// The person is gone; documents are held.
    Partial,
    /// Nothing is left.
    Done,
}

impl ErasureState {
    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Partial => "partial",
            Self::Done => "done",
        }
    }
}

/// What went, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Went {
    /// Contacts: name, addresses, telephone, bank account.
    pub contacts: u32,
    /// Returns whose words nobody can read any more.
    pub returns: u32,
    /// Photographs.
    pub photos: u32,
    /// Declarations.
    pub declarations: u32,
    /// Evidence packs.
    pub packs: u32,
    /// Messages.
    pub messages: u32,
    /// Documents.
    pub papers: u32,
}

/// What is stored of an erasure beside its state.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Body {
    pub(crate) went: Went,
    pub(crate) held: Vec<Held>,
    /// When the person went, and when the documents did.
    #[serde(default)]
    pub(crate) person_at: Option<Timestamp>,
    #[serde(default)]
    pub(crate) papers_at: Option<Timestamp>,
}

/// An erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// Which.
    pub id: Uuid,
    /// Whose customer it was.
    pub client: ClientId,
    /// How far it is.
    pub state: ErasureState,
    /// The keyed hash of the person, hex.
    pub subject: String,
    /// The person, as long as something is held.
    pub target: Option<CustomerId>,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Who asked.
    pub by: Option<kernel::UserId>,
    /// Why.
    pub reason: String,
    /// What went.
    pub went: Went,
    /// What is held.
    pub held: Vec<Held>,
    /// When the person went.
    pub person_at: Option<Timestamp>,
    /// When the documents went.
    pub papers_at: Option<Timestamp>,
}

/// What a certificate of erasure is made of.
#[derive(Debug, Clone)]
pub struct Certificate {
    /// Whose customer it was.
    pub client: Arc<Client>,
    /// The erasure.
    pub erasure: Erasure,
    /// The receipt of its first event in the client's log (C2SP tlog-proof); none while it waits
    /// for its index.
    pub proof: Option<String>,
}

/// One line of the list of erasures: whoever has it knows nobody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Listed {
    /// The client's number.
    pub client: i64,
    /// Keyed hash of the person, hex.
    pub subject: String,
    /// When it was asked for, milliseconds.
    pub at: i64,
    /// The erasure it was.
    pub erasure: Uuid,
}

/// An event of an erasure, in the form of a case's events. No personal data: the hash is keyed.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Fact {
    pub(crate) schema: u16,
    pub(crate) at: Timestamp,
    pub(crate) by: Actor,
    pub(crate) what: Told,
}

/// What happened.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(
    clippy::enum_variant_names,
    reason = "they are the names of events, which say what of"
)]
pub(crate) enum Told {
    /// It was asked for, and everything is held.
    ErasureAsked { subject: String, held: Vec<Held> },
    /// The person is gone.
    ErasurePerson {
        subject: String,
        went: Went,
        held: Vec<Held>,
    },
    /// The documents are gone, too.
    ErasurePapers { subject: String, papers: u32 },
}

impl Told {
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::ErasureAsked { .. } => "erasure_asked",
            Self::ErasurePerson { .. } => "erasure_person",
            Self::ErasurePapers { .. } => "erasure_papers",
        }
    }
}

/// An erasure as it is stored.
pub(crate) fn read(row: &ErasureRow) -> Result<Erasure, AppError> {
    let body: Body = serde_json::from_str(&row.body)?;
    let state = [
        ErasureState::Waiting,
        ErasureState::Partial,
        ErasureState::Done,
    ]
    .into_iter()
    .find(|s| s.as_str() == row.state);
    Ok(Erasure {
        id: row.erasure_id,
        client: ClientId(row.client_id),
        state: state.ok_or_else(|| AppError::fault("an erasure in no state"))?,
        subject: data_encoding::HEXLOWER.encode(&row.subject),
        target: row.target.map(CustomerId),
        asked_at: Timestamp::from_millisecond(row.asked_at).unwrap_or_default(),
        by: row.by_user.map(kernel::UserId),
        reason: row.reason.clone(),
        went: body.went,
        held: body.held,
        person_at: body.person_at,
        papers_at: body.papers_at,
    })
}

pub(crate) fn values(row: &ErasureRow) -> Vec<Val> {
    let id = |id: Option<Uuid>| id.map_or(Val::Null(Kind::Uuid), Val::Uuid);
    vec![
        row.client_id.into(),
        row.erasure_id.into(),
        row.version.into(),
        row.state.as_str().into(),
        row.subject.clone().into(),
        id(row.target),
        row.asked_at.into(),
        row.look_at.into(),
        id(row.by_user),
        row.reason.as_str().into(),
        row.body.as_str().into(),
    ]
}

/// What is wrong with the stream of an erasure.
pub(crate) fn stream_fault(events: &[cases::EventRow], row: Option<&ErasureRow>) -> Option<String> {
    let Some(row) = row else {
        return Some("an erasure is in the log and not stored".to_owned());
    };
    let mut person = false;
    for event in events {
        match serde_json::from_str::<Fact>(&event.body) {
            Ok(fact) => person |= matches!(fact.what, Told::ErasurePerson { .. }),
            Err(e) => return Some(format!("event {} cannot be read: {e}", event.version)),
        }
    }
    let gone = row.state != ErasureState::Waiting.as_str();
    (person != gone).then(|| format!("an erasure stands as {} and is logged otherwise", row.state))
}
