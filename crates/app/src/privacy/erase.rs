//! Erasing a person: their keys are destroyed and what they are found by is removed, so that nothing
//! of them can be read in any copy of the data. Amounts, dates, decisions and hashes stay, and with
//! them every proof. What the law tells to keep is held: an open return, a dispute, money owed, a
//! statutory period, documents of tax law. The rest then waits, and a watch erases it when the
//! hold ends.
//!
//! Each erasure has its own stream of events in the client's log. The list of erasures names people
//! by keyed hashes; a house that was put back from a backup erases them again from it.

use super::erasure::{
    Body, Certificate, Erasure, ErasureState, Fact, Held, Hold, Told, Went, read, values,
};
use crate::{App, AppError, cases::Call};
use kernel::{
    Actor, CaseId, ClientId, CustomerId, Date, DeclarationId, OrderId, Permission, Scope, Timestamp,
};
use privacy::{Purpose, index::By};
use returns::{ObligationState, ReturnCase};
use std::collections::BTreeSet;
use store::{
    Write, WriteError,
    questions::{
        Also, cases, credit, disputes, documents, found, orders,
        privacy::{self as stored, ErasureRow},
        work,
    },
    tables,
};
use uuid::Uuid;

/// Whole calendar years documents are kept after the year they were issued in. Ten is the longest
/// that tax laws of the places served ask for (Germany: eight for vouchers, ten for books, AO 147).
pub const PAPERS_YEARS: i16 = 10;
/// Longest reason, characters.
const REASON_MAX: usize = 500;
/// Orders of one person that are looked at.
const ORDERS_MAX: i64 = 10_000;
/// When a hold without a day is looked at again.
const LOOK_AGAIN_MS: i64 = 24 * 3_600_000;
/// Erasures moved on at once.
const DUE_MAX: i64 = 16;
/// Everything of a person that has to be looked at.
#[derive(Default)]
pub(crate) struct Traces {
    pub(crate) orders: Vec<OrderId>,
    pub(crate) cases: Vec<ReturnCase>,
    pub(crate) declarations: Vec<DeclarationId>,
    pub(crate) disputes: Vec<disputes::DisputeRow>,
    pub(crate) documents: Vec<documents::DocumentHead>,
}

impl App {
    /// What an erasure of this person would leave, and why.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn erasure_preview(
        &self,
        scope: &Scope,
        client: ClientId,
        customer: CustomerId,
    ) -> Result<Vec<Held>, AppError> {
        Self::check(scope, Permission::Administer, client)?;
        if self.known(client, customer).await?.is_none() {
            return Err(AppError::Missing);
        }
        let traces = self.traces(client, customer).await?;
        self.holds(client, customer, &traces, self.now()).await
    }

    /// Erases a person, as far as nothing holds it; what is held goes when the hold ends. Asked
    /// again while one waits, the same erasure is looked at again.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason; [`AppError::Missing`] for nobody; by scope.
    pub async fn erase_person(
        &self,
        call: &Call<'_>,
        client: ClientId,
        customer: CustomerId,
        reason: &str,
    ) -> Result<Erasure, AppError> {
        Self::check(call.scope, Permission::Administer, client)?;
        let reason: String = reason.trim().chars().take(REASON_MAX).collect();
        if reason.is_empty() {
            return Err(AppError::field("reason", "privacy-reason-needed"));
        }
        if self.known(client, customer).await?.is_none() {
            return Err(AppError::Missing);
        }
        let keys = self.client_keys(client).await?;
        let subject = keys.index.erased(customer.0).to_vec();
        let before = stored::erasures_of(self.store(), client, &subject).await?;
        let open = before
            .into_iter()
            .find(|e| e.state == ErasureState::Waiting.as_str());
        let row = open.unwrap_or_else(|| ErasureRow {
            client_id: client.0,
            erasure_id: self.mint(call.at),
            version: 0,
            state: ErasureState::Waiting.as_str().to_owned(),
            subject,
            target: Some(customer.0),
            asked_at: call.at.as_millisecond(),
            look_at: 0,
            by_user: match call.scope.actor() {
                Actor::User { id } => Some(id.0),
                _ => None,
            },
            reason,
            body: String::new(),
        });
        self.move_erasure(call, row).await
    }

    /// Moves erasures on whose holds may have ended; how many.
    pub(crate) async fn end_holds(&self) -> Result<usize, AppError> {
        let now = self.now();
        let due = stored::erasures_due(self.store(), now.as_millisecond(), DUE_MAX).await?;
        let scope = Scope::system();
        let count = due.len();
        for row in due {
            let call = Call::new(&scope, now);
            match self.move_erasure(&call, row).await {
                // Somebody else moved it.
                Ok(_) | Err(AppError::Busy) => {}
                Err(e) => return Err(e),
            }
        }
        Ok(count)
    }

    /// One step of an erasure: looks at what holds it and destroys what nothing holds.
    async fn move_erasure(
        &self,
        call: &Call<'_>,
        mut row: ErasureRow,
    ) -> Result<Erasure, AppError> {
        let client = ClientId(row.client_id);
        let customer = CustomerId(row.target.ok_or(AppError::Missing)?);
        let traces = self.traces(client, customer).await?;
        let held = self.holds(client, customer, &traces, call.at).await?;
        let mut body: Body = match row.body.as_str() {
            "" => Body::default(),
            body => serde_json::from_str(body)?,
        };
        let is_new = row.version == 0;
        let waits = held.iter().any(|h| h.hold.holds_all());
        let papers = held.iter().any(|h| h.hold == Hold::Papers);
        let mut write = Write::new();
        let mut told = Vec::new();
        let mut mail = Vec::new();
        let subject = data_encoding::HEXLOWER.encode(&row.subject);
        if body.person_at.is_none() && !waits {
            mail = self
                .destroy_person(&mut write, client, customer, &traces, &mut body.went)
                .await?;
            body.person_at = Some(call.at);
            told.push(Told::ErasurePerson {
                subject: subject.clone(),
                went: body.went,
                held: held.clone(),
            });
        } else if is_new {
            told.push(Told::ErasureAsked {
                subject: subject.clone(),
                held: held.clone(),
            });
        }
        if body.person_at.is_some() && body.papers_at.is_none() && !papers {
            write.statement(stored::person_destroy(
                client,
                customer.0,
                Purpose::Papers.as_str(),
            ));
            let count = u32::try_from(traces.documents.len()).unwrap_or(u32::MAX);
            body.papers_at = Some(call.at);
            body.went.papers = count;
            if count > 0 {
                told.push(Told::ErasurePapers {
                    subject: subject.clone(),
                    papers: count,
                });
            }
        }
        let state = match (body.person_at, body.papers_at) {
            (None, _) => ErasureState::Waiting,
            (Some(_), None) => ErasureState::Partial,
            (Some(_), Some(_)) => ErasureState::Done,
        };
        row.look_at = self.look_again(client, state, &held, call.at)?;
        body.held = held;
        if state == ErasureState::Done {
            row.target = None;
        }
        state.as_str().clone_into(&mut row.state);
        row.body = serde_json::to_string(&body)?;
        let happened = !told.is_empty();
        let version = self.put_erasure_events(&mut write, call, &row, told)?;
        if is_new {
            let stored = ErasureRow {
                version,
                ..row.clone()
            };
            write.row(&tables::ERASURE, values(&stored));
        } else {
            // Guarded by the version it was read at, which counts its events.
            write.statement(stored::erasure_move(&row, version));
        }
        match self.store().write(write).await {
            Ok(_) => {}
            Err(WriteError::Lost { .. } | WriteError::Conflict { .. }) => {
                return Err(AppError::Busy);
            }
            Err(e) => return Err(e.into()),
        }
        if happened {
            self.0.leaves.notify_one();
        }
        for id in mail {
            // One that cannot be deleted is told; the erasure stands.
            if let Err(error) = self.0.post.mailer.forget(&id).await {
                tracing::warn!(id, %error, "a message of an erased person could not be deleted");
            }
        }
        read(&row)
    }

    /// When an erasure is looked at again: documents have their day, all else may end any day.
    fn look_again(
        &self,
        client: ClientId,
        state: ErasureState,
        held: &[Held],
        at: Timestamp,
    ) -> Result<i64, AppError> {
        let again = at.as_millisecond() + LOOK_AGAIN_MS;
        let last = held.iter().filter_map(|h| h.until).max();
        let Some(day) = last.filter(|_| state == ErasureState::Partial) else {
            return Ok(again);
        };
        let directory = self.directory();
        let whose = directory.client(client).ok_or(AppError::Missing)?;
        let day = whose.midnight(day).map(Timestamp::as_millisecond);
        Ok(day.unwrap_or(again).max(again))
    }

    /// Adds the events of a step to a write; the version after them.
    fn put_erasure_events(
        &self,
        write: &mut Write,
        call: &Call<'_>,
        row: &ErasureRow,
        told: Vec<Told>,
    ) -> Result<i64, AppError> {
        let (client, stream) = (ClientId(row.client_id), CaseId(row.erasure_id));
        let mut version = row.version;
        for what in told {
            version += 1;
            let name = what.name();
            let fact = Fact {
                schema: returns::SCHEMA,
                at: call.at,
                by: call.scope.actor(),
                what,
            };
            self.put_fact(write, client, stream, (version, name, call.at), &fact)?;
        }
        Ok(version)
    }

    /// Adds to a write what destroys a person; the messages to delete afterwards.
    async fn destroy_person(
        &self,
        write: &mut Write,
        client: ClientId,
        customer: CustomerId,
        traces: &Traces,
        went: &mut Went,
    ) -> Result<Vec<String>, AppError> {
        let store = self.store();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let person = Purpose::Person.as_str();
        write.statement(stored::person_destroy(client, customer.0, person));
        write.statement(stored::index_drop(client, customer.0));
        write.statement(stored::contact_erase(
            client,
            customer.0,
            &format!("erased:{}", customer.0),
            self.now().as_millisecond(),
        ));
        went.contacts = 1;
        went.returns = count(traces.cases.len());
        let mut mail = Vec::new();
        let mut streams: Vec<CaseId> = traces.cases.iter().map(|c| c.id).collect();
        for case in &traces.cases {
            went.photos += count(found::photos(store, client, case.id).await?.len());
            write.statement(found::photos_erase(client, case.id));
        }
        for dispute in &traces.disputes {
            went.packs += u32::from(!dispute.pack.is_empty());
            write.statement(disputes::packs_erase(client, dispute.dispute_id));
            streams.push(CaseId(dispute.dispute_id));
        }
        for declaration in &traces.declarations {
            write.statement(stored::person_destroy(client, declaration.0, person));
            write.statement(stored::index_drop(client, declaration.0));
            write.statement(store::questions::declarations::erase(client, *declaration));
            went.declarations += 1;
            streams.push(CaseId(declaration.0));
        }
        for stream in streams {
            let jobs = work::jobs_of_case(store, client, stream).await?;
            let messages = jobs
                .iter()
                .filter(|j| ["notify", "acknowledge"].contains(&j.kind.as_str()));
            mail.extend(messages.map(|j| kernel::JobId(j.job_id).to_string()));
            for job in jobs.iter().filter(|j| !j.last_error.is_empty()) {
                write.statement(work::error_erase(client, job.job_id));
            }
        }
        went.messages = count(mail.len());
        Ok(mail)
    }

    /// Everything that speaks of a person.
    pub(crate) async fn traces(
        &self,
        client: ClientId,
        customer: CustomerId,
    ) -> Result<Traces, AppError> {
        let store = self.store();
        let mut traces = Traces::default();
        let mut declared = BTreeSet::new();
        let heads = orders::orders_of_customer(store, client, customer, ORDERS_MAX).await?;
        for head in heads {
            let order = OrderId(head.order_id);
            traces.orders.push(order);
            traces
                .disputes
                .extend(disputes::of_order(store, client, order).await?);
            for case in cases::cases_of_order(store, client, order).await? {
                let id = CaseId(case.case_id);
                let row = cases::case_load(store, client, id, Also::NOTHING).await?;
                let Some(row) = row else { continue };
                let case: ReturnCase = serde_json::from_str(&row.state)?;
                declared.extend(case.declaration.map(|d| d.0));
                traces
                    .documents
                    .extend(documents::of_case(store, client, id).await?);
                traces.cases.push(case);
            }
        }
        // Declarations nobody matched to an order are found by the address.
        let contact = self.contact(client, customer).await?;
        let keys = self.client_keys(client).await?;
        if let Some(token) = keys.index.token(By::Email, &contact.email) {
            for id in stored::indexed(store, client, &token, ORDERS_MAX).await? {
                let found =
                    store::questions::declarations::by_id(store, client, DeclarationId(id)).await?;
                declared.extend(found.map(|d| d.declaration_id));
            }
        }
        traces.declarations = declared.into_iter().map(DeclarationId).collect();
        Ok(traces)
    }

    /// What the law tells to keep of a person now.
    pub(crate) async fn holds(
        &self,
        client: ClientId,
        customer: CustomerId,
        traces: &Traces,
        at: Timestamp,
    ) -> Result<Vec<Held>, AppError> {
        let directory = self.directory();
        let whose = directory.client(client).ok_or(AppError::Missing)?;
        let today = whose.day(at);
        let mut held = Vec::new();
        let mut hold = |hold, what: &str, until| {
            held.push(Held {
                hold,
                what: what.to_owned(),
                until,
            });
        };
        for case in &traces.cases {
            let ended = case.closed || case.cancelled || crate::commit::queue_of(case) == "done";
            if !ended {
                hold(Hold::OpenCase, &case.rma, None);
            }
            let moving = |o: &returns::Obligation| {
                !matches!(
                    o.state,
                    ObligationState::Settled | ObligationState::Canceled
                )
            };
            if case.obligations.iter().any(moving) {
                hold(Hold::OpenMoney, &case.rma, None);
            }
            if let Some(clock) = case.statutory.iter().find(|c| c.runs() && c.kind.is_owed()) {
                hold(Hold::Clock, &case.rma, clock.strict);
            }
        }
        for row in &traces.disputes {
            if crate::disputes::commit::read(row)?.state().holds() {
                hold(Hold::Dispute, &row.reference, None);
            }
        }
        for id in &traces.declarations {
            let row = store::questions::declarations::by_id(self.store(), client, *id).await?;
            if let Some(row) = row.filter(|r| r.state == "open") {
                hold(Hold::OpenCase, &row.code, None);
            }
        }
        for row in credit::of_customer(self.store(), client, customer).await? {
            if row.paid_minor + row.promotional_minor + row.held_minor > 0 {
                hold(Hold::StoreCredit, &row.currency, None);
            }
        }
        for document in &traces.documents {
            let issued = Timestamp::from_millisecond(document.issued_at).unwrap_or_default();
            let year = whose.day(issued).year().saturating_add(PAPERS_YEARS + 1);
            let until = Date::new(year, 1, 1).map_err(AppError::fault)?;
            if until > today {
                hold(Hold::Papers, &document.name, Some(until));
            }
        }
        held.sort();
        held.dedup();
        Ok(held)
    }

    /// Erasures of a client, newest first.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn erasures(
        &self,
        scope: &Scope,
        client: ClientId,
        limit: i64,
    ) -> Result<Vec<Erasure>, AppError> {
        Self::check(scope, Permission::Administer, client)?;
        let rows = stored::erasures(self.store(), client, i64::MAX, limit).await?;
        rows.iter().map(read).collect()
    }

    /// What the certificate of an erasure says.
    ///
    /// # Errors
    /// [`AppError::Missing`] for none; by scope.
    pub async fn erasure_certificate(
        &self,
        scope: &Scope,
        client: ClientId,
        id: Uuid,
    ) -> Result<Certificate, AppError> {
        Self::check(scope, Permission::Administer, client)?;
        let row = stored::erasure(self.store(), client, id).await?;
        let directory = self.directory();
        Ok(Certificate {
            client: directory.client(client).cloned().ok_or(AppError::Missing)?,
            erasure: read(&row.ok_or(AppError::Missing)?)?,
            proof: self.receipt_of_stream(client, CaseId(id)).await?,
        })
    }
}
