//! The work that follows a commit: labels, payments, reconciliations, messages, webhooks.
//!
//! A job is claimed under a lease, carried out, and marked done in the same write as the command
//! that records its result. Every handler may run twice: it looks at the case first. A failure
//! puts the job off with growing pauses; after [`TRIES_MAX`] tries it is dead and visible, but a
//! payment of unknown outcome is asked about for ever.

use crate::{
    App, acknowledge,
    cases::{Answer, Call, Loaded},
    commit::Job,
    directory::Client,
    error::AppError,
};
use futures::{StreamExt as _, stream};
use kernel::{CaseId, ClientId, JobId, ParcelId, Permission, Scope, Timestamp};
use logistics::{CompanyPrefix, Sscc};
use returns::{Command, Notice, ReturnCase, SalesOrder};
use std::time::Duration;
use store::{
    Write,
    questions::{self, people::EndpointRow, work::JobRow},
};
use tokio::sync::watch;

/// Tries before a job is given up.
pub const TRIES_MAX: i64 = 8;
/// How long a claimed job stays invisible; longer than any port may take.
const LEASE_MS: i64 = 60_000;
/// Jobs claimed at once.
const CLAIM_MAX: i64 = 32;
/// Jobs a worker carries out at the same time: enough that their writes share a commit, few
/// enough that requests of people come first.
const AT_ONCE: usize = 8;
/// The same while many people wait for answers, as long as no job is late: work that follows
/// does not slow down those who ask, and catches up when fewer do.
const AT_ONCE_BUSY: usize = 2;
/// So many callers who wait are many.
const BUSY: usize = 8;
/// A job that has waited so long is late, whoever else waits.
const LATE_MS: i64 = 10_000;
/// How often the outbox is looked at when nobody rings.
const TICK: Duration = Duration::from_millis(500);
/// How often a node looks whether another one changed the law.
const FOLLOW: Duration = Duration::from_secs(5);

/// The name the built-in carrier goes by in events and on labels.
pub const OFFLINE_CARRIER: &str = "redress-offline";

/// What a message to a customer is made of.
#[derive(Debug)]
pub struct NoticeFacts<'a> {
    /// What about.
    pub notice: Notice,
    /// Whose customer.
    pub client: &'a Client,
    /// The case.
    pub case: &'a ReturnCase,
    /// The order.
    pub order: &'a SalesOrder,
    /// Who to write to, as stored; personal data.
    pub contact: &'a crate::intake::StoredContact,
    /// When it is written.
    pub at: Timestamp,
    /// Where the pages are reached from outside.
    pub base_url: &'a str,
    /// Where what the customer still owes can be paid.
    pub pay_links: &'a [(kernel::ObligationId, String)],
}

/// How a job ended.
pub(crate) enum Done {
    /// Finished in the same write as its result.
    Stored,
    /// There is nothing to do, or what was to do is done; mark it so.
    Nothing,
    /// Not yet: look again after this many seconds. Never counts as a failure.
    Later(i64),
}

/// Why a job must be tried again.
pub(crate) struct Retry(pub(crate) String);

impl<E: std::fmt::Display> From<E> for Retry {
    fn from(e: E) -> Self {
        Self(e.to_string())
    }
}

/// The jobs of each case in the order they were claimed; cases in the order of their first job.
fn by_case(jobs: Vec<JobRow>) -> Vec<Vec<JobRow>> {
    let mut cases: Vec<Vec<JobRow>> = Vec::new();
    for job in jobs {
        let same = |c: &&mut Vec<JobRow>| {
            c.first()
                .is_some_and(|j| (j.client_id, j.case_id) == (job.client_id, job.case_id))
        };
        match cases.iter_mut().find(same) {
            Some(case) => case.push(job),
            None => cases.push(vec![job]),
        }
    }
    cases
}

/// How a job ended whose command was given so.
fn recorded(given: Result<Answer, AppError>, job: JobId) -> Result<Done, Retry> {
    match given {
        Ok(_) => Ok(Done::Stored),
        Err(AppError::Refused(refusal)) => {
            tracing::info!(job = %job, code = %refusal.code, "the case has moved on");
            Ok(Done::Nothing)
        }
        Err(e) => Err(e.into()),
    }
}

impl App {
    /// Drains the outbox until `stop` turns true.
    pub async fn run_worker(&self, mut stop: watch::Receiver<bool>) {
        let mut followed = tokio::time::Instant::now();
        while !*stop.borrow() {
            if followed.elapsed() >= FOLLOW {
                followed = tokio::time::Instant::now();
                if let Err(error) = self.follow_law().await {
                    tracing::warn!(%error, "the law could not be read again");
                }
            }
            let ran = match self.run_due(AT_ONCE).await {
                Ok(ran) => ran,
                Err(error) => {
                    tracing::warn!(%error, "the outbox could not be read");
                    0
                }
            };
            if ran == 0 {
                tokio::select! {
                    () = self.0.work.notified() => {}
                    () = tokio::time::sleep(TICK) => {}
                    _ = stop.changed() => {}
                }
            }
        }
    }

    /// Claims and runs what is due now, one after the other; returns how many jobs it ran. Tests
    /// and the simulator call this instead of [`App::run_worker`]: the same seed must do the same.
    pub async fn run_due_jobs(&self) -> Result<usize, AppError> {
        self.run_due(1).await
    }

    /// Claims what is due now and runs `at_once` of it at the same time; the jobs of one case
    /// follow each other as they were claimed. A job whose outcome cannot be stored stays claimed
    /// until its lease ends and is no reason to leave the others.
    async fn run_due(&self, at_once: usize) -> Result<usize, AppError> {
        let now = self.now().as_millisecond();
        let jobs = questions::work::claim(self.store(), now, now + LEASE_MS, CLAIM_MAX).await?;
        let ran = jobs.len();
        let at_once = self.beside_people(&jobs, now, at_once);
        let mut failure = None;
        let mut cases = stream::iter(by_case(jobs))
            .map(|jobs| self.run_in_turn(jobs))
            .buffer_unordered(at_once);
        while let Some(done) = cases.next().await {
            failure = done.err().or(failure);
        }
        if let Some(failure) = failure {
            return Err(failure);
        }
        Ok(ran + self.ring_clocks().await? + self.end_credit().await? + self.end_holds().await?)
    }

    /// How many of these jobs run at the same time beside people who wait.
    fn beside_people(&self, jobs: &[JobRow], now: i64, at_once: usize) -> usize {
        let late = |j: &JobRow| j.attempts <= 1 && now - j.created_at > LATE_MS;
        if self.0.asking.many() < BUSY || jobs.iter().any(late) {
            return at_once;
        }
        at_once.min(AT_ONCE_BUSY)
    }

    async fn run_in_turn(&self, jobs: Vec<JobRow>) -> Result<(), AppError> {
        for job in jobs {
            self.run_job(&job).await?;
        }
        Ok(())
    }

    async fn run_job(&self, row: &JobRow) -> Result<(), AppError> {
        let (client, id) = (ClientId(row.client_id), JobId(row.job_id));
        let outcome = match serde_json::from_str::<Job>(&row.body) {
            Ok(job) => {
                // Boxed: what a job may go through makes a large future, and many run at once.
                Box::pin(self.carry_out_job(client, CaseId(row.case_id), id, &job)).await
            }
            Err(e) => Err(Retry::from(e)),
        };
        let mut write = Write::new();
        let now = self.now().as_millisecond();
        match outcome {
            Ok(Done::Stored) => return Ok(()),
            Ok(Done::Nothing) => write.statement(questions::work::finish(client, id)),
            Ok(Done::Later(seconds)) => {
                write.statement(questions::work::retry(client, id, now + seconds * 1000, ""));
            }
            Err(Retry(error)) => {
                tracing::warn!(job = %id, kind = row.kind, attempts = row.attempts, error, "job failed");
                let forever = matches!(
                    row.kind.as_str(),
                    "reconcile" | "pay" | "release_hold" | "document" | "dispute"
                );
                write.statement(if row.attempts < TRIES_MAX || forever {
                    let at = now + self.pause_ms(row.attempts);
                    questions::work::retry(client, id, at, &error)
                } else {
                    questions::work::bury(client, id, &error)
                });
            }
        }
        self.store().write(write).await?;
        Ok(())
    }

    /// 2, 4, 8 … seconds, at most an hour, with up to a quarter of jitter.
    fn pause_ms(&self, attempts: i64) -> i64 {
        let seconds = 1_i64 << attempts.clamp(1, 12);
        let base = seconds.min(3600) * 1000;
        let jitter = self.0.entropy.bits() % 1000;
        base + base / 4 * i64::try_from(jitter).unwrap_or(0) / 1000
    }

    async fn carry_out_job(
        &self,
        client: ClientId,
        case: CaseId,
        id: JobId,
        job: &Job,
    ) -> Result<Done, Retry> {
        let scope = Scope::system();
        let call = Call::new(&scope, self.now());
        if let Job::Acknowledge { declaration } = job {
            return self.acknowledge_declaration(client, *declaration, id).await;
        }
        match job {
            Job::Dispute { dispute } => return self.follow_dispute_job(client, *dispute).await,
            Job::DisputeDue {
                dispute,
                due_at,
                days,
            } => {
                return self
                    .remind_of_dispute(&call, client, *dispute, (*due_at, *days))
                    .await;
            }
            Job::DisputePack { dispute, lang } => {
                // Boxed: it reads everything about the order.
                return Box::pin(self.make_pack(&call, client, *dispute, *lang)).await;
            }
            _ => {}
        }
        let loaded = self.load_case(&call, client, case).await?;
        match job {
            // Done above: it has no case yet.
            Job::Acknowledge { .. }
            | Job::Dispute { .. }
            | Job::DisputeDue { .. }
            | Job::DisputePack { .. } => Ok(Done::Nothing),
            Job::Label { parcel } => self.make_label(&call, &loaded, id, *parcel).await,
            // Boxed: what a payment may go through makes a large future.
            Job::Pay { obligation } => Box::pin(self.pay(&call, loaded, id, *obligation)).await,
            Job::Reconcile { obligation } => self.reconcile(&call, &loaded, id, *obligation).await,
            Job::ReleaseHold { obligation } => self.release_hold(&loaded, *obligation).await,
            Job::Document { obligation } => {
                // Boxed: it reads and writes more than most jobs.
                Box::pin(self.issue_documents(&call, &loaded, id, *obligation)).await
            }
            Job::Watch { goods, .. } => self.watch_exchange(&call, &loaded, id, *goods).await,
            Job::Notify { notice } => self.write_notice(&call, &loaded, id, *notice).await,
            Job::Alert {
                clock,
                due,
                breached,
            } => {
                self.send_alert(&loaded, id, (*clock, *due, *breached))
                    .await
            }
            Job::Webhook {
                endpoint,
                version,
                event,
                data,
            } => {
                self.post_webhook(&loaded, id, (*endpoint, *version, event, data))
                    .await
            }
        }
    }

    /// Numbers the parcel and records its label. The built-in carrier needs nobody: the label is
    /// drawn from the case when it is asked for, always the same.
    async fn make_label(
        &self,
        call: &Call<'_>,
        loaded: &Loaded,
        job: JobId,
        parcel: ParcelId,
    ) -> Result<Done, Retry> {
        let Some(case) = &loaded.case else {
            return Ok(Done::Nothing);
        };
        if case.parcels.iter().any(|p| p.id == parcel) || case.closed || case.cancelled {
            return Ok(Done::Nothing);
        }
        let prefix: CompanyPrefix = loaded.client.settings.gs1_prefix.parse()?;
        let serial = self.0.entropy.bits() % (u128::from(Sscc::max_serial(&prefix)) + 1);
        let sscc = Sscc::new(3, &prefix, u64::try_from(serial)?)?;
        let command = Command::AddLabel {
            parcel,
            carrier: OFFLINE_CARRIER.into(),
            tracking: sscc.digits().into(),
        };
        self.record_on(call, loaded, &command, job).await
    }

    /// Gives a command and finishes the job in the same write. A refusal means the case has
    /// moved on: then there is nothing left to do.
    pub(crate) async fn record(
        &self,
        call: &Call<'_>,
        case: &ReturnCase,
        command: &Command,
        job: JobId,
    ) -> Result<Done, Retry> {
        let finish = |write: &mut Write, _: &returns::Outcome| {
            write.statement(questions::work::finish(case.client, job));
        };
        let given = self.command_with(call, case.client, case.id, None, command, &finish);
        recorded(given.await, job)
    }

    /// The same on facts just loaded: they are asked for again only when another write came first.
    pub(crate) async fn record_on(
        &self,
        call: &Call<'_>,
        loaded: &Loaded,
        command: &Command,
        job: JobId,
    ) -> Result<Done, Retry> {
        let client = loaded.client.id;
        let finish = |write: &mut Write, _: &returns::Outcome| {
            write.statement(questions::work::finish(client, job));
        };
        match self.command_on(call, loaded, command, &finish).await {
            Some(given) => recorded(given, job),
            None => match &loaded.case {
                Some(case) => self.record(call, case, command, job).await,
                None => Ok(Done::Nothing),
            },
        }
    }

    async fn write_notice(
        &self,
        call: &Call<'_>,
        loaded: &Loaded,
        job: JobId,
        notice: Notice,
    ) -> Result<Done, Retry> {
        let Some(case) = &loaded.case else {
            return Ok(Done::Nothing);
        };
        let contact = self.contact(case.client, loaded.order.customer).await?;
        let pay_links = match notice {
            Notice::ToPay => self.pay_links(&loaded.client, case).await?,
            _ => Vec::new(),
        };
        let facts = NoticeFacts {
            notice,
            client: &loaded.client,
            case,
            order: &loaded.order,
            contact: &contact,
            at: self.now(),
            base_url: self.base_url(),
            pay_links: &pay_links,
        };
        let Some(mut mail) = self.0.post.writer.write(&facts) else {
            return Ok(Done::Nothing);
        };
        // Equal for every try, so that a repeat is recognised by receivers.
        mail.id = job.to_string();
        match self.0.post.mailer.send(&mail).await {
            // The law asks for an acknowledgement: that it went out is part of the record.
            Ok(()) if notice == Notice::Receipt && case.path == returns::Path::Withdrawal => {
                let record =
                    acknowledge::case_record(&loaded.client, case, &loaded.order, &contact);
                let sha256 = acknowledge::sha256(&record).into();
                let said = Command::Acknowledge { sha256 };
                self.record(call, case, &said, job).await
            }
            Ok(()) | Err(ports::SendError::Never(_)) => Ok(Done::Nothing),
            Err(ports::SendError::Later(why)) => Err(Retry(why)),
        }
    }

    async fn post_webhook(
        &self,
        loaded: &Loaded,
        job: JobId,
        (endpoint, version, event, data): (uuid::Uuid, u64, &str, &serde_json::Value),
    ) -> Result<Done, Retry> {
        let Some(case) = &loaded.case else {
            return Ok(Done::Nothing);
        };
        let directory = self.directory();
        let to = directory
            .endpoints(case.client)
            .iter()
            .find(|e| e.endpoint_id == endpoint);
        let Some(EndpointRow { url, secret, .. }) = to else {
            return Ok(Done::Nothing);
        };
        let source = format!("{}/clients/{}", self.base_url(), loaded.client.slug);
        let at = self.now();
        let event = wire::cloudevent::CloudEvent::new(
            &format!("{}/{version}/{job}", case.id),
            &source,
            event,
            case.changed_at,
            data.clone(),
        );
        let body = serde_json::to_vec(&event)?;
        let secret = wire::webhook::Secret::parse(secret)?;
        let id = job.to_string();
        let signature = wire::webhook::sign(&secret, &id, at, &body);
        let request = ports::WebhookRequest {
            url: url.clone(),
            headers: vec![
                ("content-type".into(), wire::cloudevent::MEDIA_TYPE.into()),
                ("webhook-id".into(), id),
                ("webhook-timestamp".into(), at.as_second().to_string()),
                ("webhook-signature".into(), signature),
            ],
            body,
        };
        match self.0.webhooks.post(&request).await {
            Ok(200..=299) => Ok(Done::Nothing),
            Ok(status) => Err(Retry(format!("the endpoint answered {status}"))),
            Err(ports::SendError::Never(why) | ports::SendError::Later(why)) => Err(Retry(why)),
        }
    }

    /// Gives a dead job new tries.
    pub async fn revive_job(
        &self,
        scope: &Scope,
        client: ClientId,
        job: JobId,
    ) -> Result<(), AppError> {
        Self::check(scope, Permission::JobsOperate, client)?;
        let mut write = Write::new();
        write.statement(questions::work::revive(
            client,
            job,
            self.now().as_millisecond(),
        ));
        match self.store().write(write).await {
            Err(store::WriteError::Lost { .. }) => Err(AppError::Missing),
            other => {
                other?;
                self.0.work.notify_one();
                Ok(())
            }
        }
    }
}
