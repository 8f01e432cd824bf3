//! Declarations of consumers: the statutory withdrawal, and Argentina's revocation. A declaration
//! is stored and acknowledged before anybody looks for the order, so that none is ever lost; the
//! portal or a person then matches it, and the case counts from the day it came in.
//!
//! Each declaration has its own stream of events in the client's log, beside the cases.

use crate::{
    App, acknowledge,
    cases::{Answer, Call, OrderKey},
    commit::Job,
    directory::Client,
    error::AppError,
    jobs::{Done, Retry},
};
use kernel::{
    Actor, CaseId, ClientId, Date, DeclarationId, JobId, Lang, OrderId, Permission, Scope,
    Timestamp,
};
use policy::{EvidenceGiven, Outcome, ReturnReason};
use returns::{Command, Declared, Path, RequestedLine};
use serde::{Deserialize, Serialize};
use store::{
    Kind, Val, Write, WriteError,
    questions::{declarations, work},
    tables,
};
use uuid::Uuid;

pub use store::questions::declarations::DeclarationRow;

/// Longest answer taken, characters.
pub const FIELD_MAX: usize = 254;
/// How often a match is tried again after losing a race.
const RACES_MAX: usize = 16;

/// The states a declaration can stand in.
pub const STATES: &[&str] = &["open", "matched", "closed"];

/// What is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclarationKind {
    /// Withdrawal from a distance contract (Directive 2011/83/EU Art. 11a).
    Withdrawal,
    /// Revocation of a purchase (Argentina: Disposición 954/2025).
    Revocation,
}

impl DeclarationKind {
    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Withdrawal => "withdrawal",
            Self::Revocation => "revocation",
        }
    }
}

/// What somebody declares.
#[derive(Clone, PartialEq, Eq)]
pub struct NewDeclaration {
    /// What.
    pub kind: DeclarationKind,
    /// Who.
    pub name: String,
    /// The contract as they name it.
    pub order_ref: String,
    /// Where the acknowledgement goes.
    pub email: String,
    /// The goods it names; empty for the whole contract.
    pub goods: String,
    /// The language they read.
    pub lang: Lang,
    /// The form it is made with; sending it twice declares once.
    pub form_key: String,
}

impl std::fmt::Debug for NewDeclaration {
    // It holds a person's name and address.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewDeclaration({})", self.kind.as_str())
    }
}

/// What an acknowledgement is made of.
#[derive(Debug)]
pub struct AckFacts<'a> {
    /// To whom it was declared.
    pub client: &'a Client,
    /// The declaration.
    pub declaration: &'a DeclarationRow,
    /// Where the pages are reached from outside.
    pub base_url: &'a str,
}

/// An event of a declaration, in the form of a case's events.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Fact {
    pub(crate) schema: u16,
    pub(crate) at: Timestamp,
    pub(crate) by: Actor,
    pub(crate) what: Told,
}

/// What happened to a declaration. No personal data: the hash commits to the record.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Told {
    /// It came in.
    Declared {
        declaration: DeclarationId,
        kind: DeclarationKind,
        received_on: Date,
        sha256: String,
    },
    /// The acknowledgement went out.
    DeclarationAcknowledged { sha256: String },
    /// Its order was found; the case names the declaration.
    DeclarationMatched { order: OrderId },
    /// A person closed it without a case.
    DeclarationClosed { note: String },
}

impl Told {
    const fn name(&self) -> &'static str {
        match self {
            Self::Declared { .. } => "declared",
            Self::DeclarationAcknowledged { .. } => "declaration_acknowledged",
            Self::DeclarationMatched { .. } => "declaration_matched",
            Self::DeclarationClosed { .. } => "declaration_closed",
        }
    }
}

/// The stream of a declaration in the event log.
const fn stream(id: Uuid) -> CaseId {
    CaseId(id)
}

impl App {
    /// Stores a declaration and sends its acknowledgement on the way. Takes no scope: everybody
    /// may declare, with no account and no proof. The same form gives the same declaration.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for an empty or overlong answer or an address that cannot be one;
    /// faults of the database.
    pub async fn declare(
        &self,
        client: ClientId,
        new: &NewDeclaration,
        at: Timestamp,
    ) -> Result<DeclarationRow, AppError> {
        let directory = self.directory();
        let whose = directory.client(client).ok_or(AppError::Missing)?;
        check_fields(new)?;
        let store = self.store();
        let known = declarations::by_form(store, client, &new.form_key).await?;
        if let Some(known) = self.opened_declaration(known).await? {
            return Ok(known);
        }
        let row = self.row_of(whose, new, at);
        let mut write = Write::new();
        let sealed = self.sealed_declaration(&mut write, &row).await?;
        write.row(&tables::DECLARATION, values(&sealed));
        let received_on = whose.day(at);
        let told = Told::Declared {
            declaration: DeclarationId(row.declaration_id),
            kind: new.kind,
            received_on,
            sha256: row.sha256.clone(),
        };
        self.put_told(&mut write, &row, 1, Actor::Shopper, at, told)?;
        let job = Job::Acknowledge {
            declaration: DeclarationId(row.declaration_id),
        };
        self.put_job(&mut write, client, stream(row.declaration_id), &job, at)?;
        match store.write(write).await {
            Ok(_) => {
                self.0.work.notify_one();
                self.0.leaves.notify_one();
                Ok(row)
            }
            // The same form twice at once: the other one was first.
            Err(WriteError::Conflict { .. }) => {
                let known = declarations::by_form(store, client, &new.form_key).await?;
                let known = self.opened_declaration(known).await?;
                known.ok_or(AppError::Busy)
            }
            Err(e) => Err(e.into()),
        }
    }

    fn row_of(&self, client: &Client, new: &NewDeclaration, at: Timestamp) -> DeclarationRow {
        let code = format!("W{}", self.new_rma().trim_start_matches('R'));
        let goods = if new.goods.is_empty() {
            "the whole contract"
        } else {
            &new.goods
        };
        let record = acknowledge::lines(&[
            ("declaration", new.kind.as_str()),
            ("seller", &client.name),
            ("number", &code),
            ("order", &new.order_ref),
            ("consumer", &new.name),
            ("e-mail", &new.email),
            ("goods", goods),
            ("received", &at.to_string()),
            // Without it, who has the hash alone could try names and addresses.
            ("reference", &acknowledge::reference(&self.random32())),
        ]);
        DeclarationRow {
            client_id: client.id.0,
            declaration_id: self.mint(at),
            form_key: new.form_key.clone(),
            kind: new.kind.as_str().to_owned(),
            state: STATES[0].to_owned(),
            order_ref: new.order_ref.clone(),
            name: new.name.clone(),
            email: new.email.clone(),
            lang: new.lang.as_str().to_owned(),
            goods: new.goods.clone(),
            sha256: acknowledge::sha256(&record),
            record,
            code,
            received_at: at.as_millisecond(),
            received_on: client.day(at).to_string(),
            acknowledged_at: 0,
            version: 1,
            case_id: None,
            note: String::new(),
        }
    }

    /// A declaration, for who holds its id: the one who declared, by a signed cookie, or people
    /// who may read cases.
    ///
    /// # Errors
    /// [`AppError::Missing`] if there is none.
    pub async fn declaration(
        &self,
        client: ClientId,
        id: DeclarationId,
    ) -> Result<DeclarationRow, AppError> {
        let found = declarations::by_id(self.store(), client, id).await?;
        let found = self.opened_declaration(found).await?;
        found.ok_or(AppError::Missing)
    }

    /// Declarations in one state over every client where the scope may ask for returns, oldest
    /// first: they name people.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn declarations(
        &self,
        scope: &Scope,
        state: &str,
        after: Option<(i64, Uuid)>,
        limit: i64,
    ) -> Result<Vec<DeclarationRow>, AppError> {
        let clients = self.clients_for(scope, Permission::CaseRequest);
        let after = after.unwrap_or((i64::MIN, Uuid::nil()));
        let rows = declarations::in_state(self.store(), &clients, state, after, limit).await?;
        self.opened_declarations(rows).await
    }

    /// Opens the case of a declaration, counted from the day it came in. Without lines it is about
    /// every unit that can still come back. Matching twice gives the same case.
    ///
    /// # Errors
    /// A refusal, for example when no unit is left: the declaration stays open; by scope.
    pub async fn match_declaration(
        &self,
        call: &Call<'_>,
        client: ClientId,
        id: DeclarationId,
        order: &OrderKey,
        lines: &[(u16, u32)],
    ) -> Result<Answer, AppError> {
        Self::check(call.scope, Permission::CaseRequest, client)?;
        for _ in 0..RACES_MAX {
            let row = self.declaration(client, id).await?;
            if let Some(case) = row.case_id {
                let found = self.load_case(call, client, CaseId(case)).await?;
                let case = found.case.ok_or(AppError::Missing)?;
                return Ok(Answer::of(&case, crate::standing::Standing::default()));
            }
            if row.state != STATES[0] {
                return Err(AppError::field("declaration", "help-declaration-closed"));
            }
            let loaded = self.load_order(call, client, order).await?;
            let command = match request_of(&loaded, &row, lines) {
                Ok(command) => command,
                Err(refused) if self.moved_on(client, &row).await? => {
                    tracing::debug!(%refused, "matched by somebody else meanwhile");
                    continue;
                }
                Err(refused) => return Err(refused),
            };
            let told = Told::DeclarationMatched {
                order: loaded.order.id,
            };
            let mut fact = Write::new();
            let version = row.version + 1;
            self.put_told(&mut fact, &row, version, call.scope.actor(), call.at, told)?;
            let matched = |write: &mut Write, outcome: &returns::Outcome| {
                write.statement(declarations::matched(&row, outcome.case.id));
                copy(&fact, write);
            };
            // Who declared in a language is written to in it, whoever finds the order.
            let call = &Call {
                lang: row.lang.parse().ok(),
                ..call.clone()
            };
            match self.command_on(call, &loaded, &command, &matched).await {
                // Refused for the units the other match took: that one is the answer.
                Some(Err(AppError::Refused(_))) if self.moved_on(client, &row).await? => {}
                Some(answer) => return answer,
                None => {}
            }
        }
        Err(AppError::Busy)
    }

    /// Whether somebody changed the declaration since `row` was read.
    async fn moved_on(&self, client: ClientId, row: &DeclarationRow) -> Result<bool, AppError> {
        let id = DeclarationId(row.declaration_id);
        Ok(self.declaration(client, id).await?.version != row.version)
    }

    /// Closes a declaration that leads to no case, with words.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without words or for one that is not open; by scope.
    pub async fn close_declaration(
        &self,
        call: &Call<'_>,
        client: ClientId,
        id: DeclarationId,
        note: &str,
    ) -> Result<(), AppError> {
        Self::check(call.scope, Permission::CaseDecide, client)?;
        let note: String = note.trim().chars().take(2_000).collect();
        if note.is_empty() {
            return Err(AppError::field("note", "desk-help-text"));
        }
        let row = self.declaration(client, id).await?;
        let note = self.sealed_note(client, row.declaration_id, &note).await?;
        let mut write = Write::new();
        write.statement(declarations::close(&row, &note));
        let told = Told::DeclarationClosed { note: note.clone() };
        let version = row.version + 1;
        self.put_told(&mut write, &row, version, call.scope.actor(), call.at, told)?;
        match self.store().write(write).await {
            Ok(_) => {
                self.0.leaves.notify_one();
                Ok(())
            }
            Err(WriteError::Lost { .. } | WriteError::Conflict { .. }) => {
                Err(AppError::field("declaration", "help-declaration-closed"))
            }
            Err(e) => Err(e.into()),
        }
    }

    /// Sends the acknowledgement and records that it went out; an address that takes none leaves
    /// the job for a person to see.
    pub(crate) async fn acknowledge_declaration(
        &self,
        client: ClientId,
        id: DeclarationId,
        job: JobId,
    ) -> Result<Done, Retry> {
        let row = self.declaration(client, id).await?;
        if row.acknowledged_at > 0 {
            return Ok(Done::Nothing);
        }
        let directory = self.directory();
        let whose = directory.client(client).ok_or(AppError::Missing)?;
        let facts = AckFacts {
            client: whose,
            declaration: &row,
            base_url: self.base_url(),
        };
        if let Some(mut mail) = self.0.post.writer.acknowledge(&facts) {
            // Equal for every try, so that a repeat is recognised by receivers.
            mail.id = job.to_string();
            match self.0.post.mailer.send(&mail).await {
                Ok(()) => {}
                Err(ports::SendError::Never(why) | ports::SendError::Later(why)) => {
                    return Err(Retry(why));
                }
            }
        }
        let at = self.now();
        // What was matched meanwhile has another version; what was acknowledged has the mark.
        let row = self.declaration(client, id).await?;
        if row.acknowledged_at > 0 {
            return Ok(Done::Nothing);
        }
        let sha256 = row.sha256.clone();
        let told = Told::DeclarationAcknowledged { sha256 };
        let version = row.version + 1;
        let mut write = Write::new();
        self.put_told(&mut write, &row, version, Actor::System, at, told)?;
        write.statement(declarations::acknowledge(&row, at.as_millisecond()));
        let Some(case) = row.case_id else {
            write.statement(work::finish(client, job));
            self.store().write(write).await.map_err(AppError::from)?;
            self.0.leaves.notify_one();
            return Ok(Done::Stored);
        };
        // The case it led to counts until it was acknowledged: told in the same write.
        let scope = Scope::system();
        let call = Call::new(&scope, at);
        let command = Command::Acknowledge {
            sha256: row.sha256.as_str().into(),
        };
        let both = |all: &mut Write, _: &returns::Outcome| {
            all.statement(declarations::acknowledge(&row, at.as_millisecond()));
            all.statement(work::finish(client, job));
            copy(&write, all);
        };
        self.command_with(&call, client, CaseId(case), None, &command, &both)
            .await?;
        Ok(Done::Stored)
    }

    fn put_told(
        &self,
        write: &mut Write,
        row: &DeclarationRow,
        version: i64,
        by: Actor,
        at: Timestamp,
        told: Told,
    ) -> Result<(), AppError> {
        let name = told.name();
        let fact = Fact {
            schema: returns::SCHEMA,
            at,
            by,
            what: told,
        };
        let stream = stream(row.declaration_id);
        let client = ClientId(row.client_id);
        self.put_fact(write, client, stream, (version, name, at), &fact)
    }
}

/// Adds the rows of one write to another.
fn copy(from: &Write, to: &mut Write) {
    for batch in &from.batches {
        for values in &batch.rows {
            to.row(batch.table, values.clone());
        }
    }
}

/// The command that opens the case of a declaration.
fn request_of(
    loaded: &crate::cases::Loaded,
    row: &DeclarationRow,
    lines: &[(u16, u32)],
) -> Result<Command, AppError> {
    let free = |line: u16| loaded.account.free_units(&loaded.order, line);
    let all: Vec<(u16, u32)> = if lines.is_empty() {
        let count = u16::try_from(loaded.order.lines.len()).unwrap_or(u16::MAX);
        (0..count)
            .map(|i| (i, free(i)))
            .filter(|l| l.1 > 0)
            .collect()
    } else {
        lines.to_vec()
    };
    if all.is_empty() {
        let refusal = returns::Refusal::new(returns::RefusalCode::NoUnitsLeft);
        return Err(refusal.with_allowed(0).into());
    }
    let at = Timestamp::from_millisecond(row.received_at).map_err(AppError::fault)?;
    let received_on = loaded.client.local_day(loaded.order.place, at);
    let acknowledged = (row.acknowledged_at > 0)
        .then(|| Timestamp::from_millisecond(row.acknowledged_at).ok())
        .flatten();
    let line = |(line, units): &(u16, u32)| RequestedLine {
        line: *line,
        units: *units,
        reason: ReturnReason::ChangedMind,
        wanted: Outcome::Refund,
        evidence: EvidenceGiven::default(),
        opened: false,
        noticed_on: None,
        own: None,
        lacks: policy::ConditionSet::EMPTY,
    };
    Ok(Command::Request {
        lines: all.iter().map(line).collect(),
        path: Path::Withdrawal,
        notice_sent_on: None,
        declared: Some(Declared {
            id: DeclarationId(row.declaration_id),
            received_on,
            acknowledged_on: acknowledged.map(|at| loaded.client.local_day(loaded.order.place, at)),
        }),
        wishes: Vec::new(),
        claim: None,
    })
}

fn check_fields(new: &NewDeclaration) -> Result<(), AppError> {
    let fits = |text: &str| (1..=FIELD_MAX).contains(&text.trim().chars().count());
    for (name, text, key) in [
        ("name", &new.name, "portal-withdraw-name-missing"),
        ("number", &new.order_ref, "portal-find-number-missing"),
        ("email", &new.email, "portal-withdraw-email-missing"),
    ] {
        if !fits(text) {
            return Err(AppError::field(name, key));
        }
    }
    // Only what no mail server would take is turned away: a withdrawal must not fail on form.
    let address = new.email.split_once('@');
    let looks = address.is_some_and(|(local, domain)| {
        let clean = |s: &str| !s.is_empty() && !s.contains(|c: char| c.is_whitespace() || c == '@');
        clean(local) && clean(domain)
    });
    if !looks {
        return Err(AppError::field("email", "portal-withdraw-email-wrong"));
    }
    if new.form_key.is_empty() || new.form_key.len() > 64 || new.goods.len() > 8_000 {
        return Err(AppError::field("key", "portal-withdraw-name-missing"));
    }
    Ok(())
}

fn values(row: &DeclarationRow) -> Vec<Val> {
    let text = |t: &String| Val::from(t.clone());
    vec![
        row.client_id.into(),
        row.declaration_id.into(),
        text(&row.code),
        text(&row.form_key),
        text(&row.kind),
        text(&row.state),
        text(&row.order_ref),
        text(&row.name),
        text(&row.email),
        text(&row.lang),
        text(&row.goods),
        text(&row.record),
        text(&row.sha256),
        row.received_at.into(),
        text(&row.received_on),
        row.acknowledged_at.into(),
        row.version.into(),
        row.case_id.map_or(Val::Null(Kind::Uuid), Val::Uuid),
        text(&row.note),
    ]
}
