//! Limits of authority as data: what a person may decide alone, per refund, per case, per customer
//! and per day, and what a client decides in a day at all. An administrator sets them; each change
//! is an event. What is used is counted in the write of the decision itself, behind a guard, so
//! that decisions made at once cannot pass a limit together. What a limit means for a grant is
//! decided in `returns`.

use crate::{
    App,
    cases::{Call, Loaded, permission_for},
    commit::int,
    error::AppError,
    people::Natural,
    privacy::words::Reader,
};
use jiff::ToSpan as _;
use kernel::{Actor, CaseId, ClientId, Currency, Date, Permission, Role, Scope, Timestamp, UserId};
use returns::{Command, Outcome, What};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::{
    Val, Write, WriteError,
    questions::{
        approvals::{self, Counter},
        cases,
    },
    tables,
};
use uuid::Uuid;

pub use store::questions::approvals::{ApprovalRow, LimitRow};

/// The stream of a client's limits in its event log.
const STREAM: CaseId = CaseId(Uuid::from_u128(0x6c69_6d69_7473_4000_8000_0000_0000_0001));
/// Longest time a limit on a customer looks back, days.
pub const CUSTOMER_DAYS_MAX: u16 = 365;
/// A counter without a limit still counts.
const NO_LIMIT: i64 = i64::MAX / 4;

/// What a role may decide alone, minor units of one currency. What is not set is not limited here;
/// the client's policy limits each refund in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleLimits {
    /// Whose.
    pub role: Role,
    /// In one decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<i64>,
    /// In one case, by all people together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<i64>,
    /// For one customer in [`Limits::customer_days`], by all people together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<i64>,
    /// By one person in a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<i64>,
}

/// The limits of one client in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Per role.
    pub roles: Vec<RoleLimits>,
    /// How many days, today included, a limit on a customer counts.
    pub customer_days: u16,
    /// What people decide for the client in a day at all, approvals included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_day: Option<i64>,
}

impl Limits {
    fn of(&self, role: Option<Role>) -> Option<&RoleLimits> {
        self.roles.iter().find(|r| Some(r.role) == role)
    }

    fn check(&self) -> Result<(), AppError> {
        let all = self.roles.iter();
        let all = all.flat_map(|r| [r.refund, r.case, r.customer, r.day]);
        let fits = |minor: i64| (0..=NO_LIMIT).contains(&minor);
        if !all.chain([self.client_day]).flatten().all(fits) {
            return Err(AppError::field("limits", "help-limit-amount"));
        }
        let twice = |r: &RoleLimits| self.roles.iter().filter(|o| o.role == r.role).count() > 1;
        if self.roles.iter().any(twice) {
            return Err(AppError::field("roles", "help-limit-role"));
        }
        if !(1..=CUSTOMER_DAYS_MAX).contains(&self.customer_days) {
            return Err(AppError::field("customer_days", "help-limit-days"));
        }
        Ok(())
    }
}

/// What limits leave to a person, minor units; what is not limited is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Room {
    /// In one decision.
    pub refund: Option<i64>,
    /// In the case, with what people decided in it before.
    pub case: Option<i64>,
    /// Left for the customer.
    pub customer_left: Option<i64>,
    /// Left of the person's own day.
    pub day_left: Option<i64>,
    /// Left of the client's day.
    pub client_left: Option<i64>,
}

impl Room {
    /// The least of what cumulative limits leave.
    pub fn left(&self) -> Option<i64> {
        let all = [self.customer_left, self.day_left, self.client_left];
        all.into_iter().flatten().min()
    }
}

/// What somebody decided today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// Who; none for the client as a whole.
    pub person: Option<UserId>,
    /// How much, minor units.
    pub used_minor: i64,
    /// The most a day, where there is a limit.
    pub limit_minor: Option<i64>,
}

/// People shown with what they used of a day.
const USED_MAX: i64 = 200;

/// A counter with the most it may come to today.
struct Counted {
    counter: Counter,
    most: i64,
}

/// What a decision about money is judged with beside the case.
#[derive(Default)]
pub(crate) struct Purse {
    pub(crate) room: Room,
    pub(crate) is_payee: bool,
    pub(crate) payout: Option<Arc<str>>,
    pub(crate) same_person: Vec<UserId>,
    counted: Vec<Counted>,
}

impl Purse {
    /// Counts what the outcome decides, in its own write: by whoever decided it for good, which is
    /// the approver where there is one.
    pub(crate) fn spend(
        &self,
        write: &mut Write,
        call: &Call<'_>,
        loaded: &Loaded,
        outcome: &Outcome,
    ) {
        let minor = decided(call, outcome);
        if minor <= 0 {
            return;
        }
        let (client, day) = (loaded.client.id, loaded.client.day(call.at));
        for one in &self.counted {
            let amount = (minor, one.most);
            let currency = loaded.order.currency;
            write.statement(approvals::use_more(
                client,
                currency,
                one.counter,
                day,
                amount,
            ));
        }
    }
}

/// What people decided for good in an outcome, minor units: also what the rule pays at once on the
/// word of a person that goods stay with the customer.
fn decided(call: &Call<'_>, outcome: &Outcome) -> i64 {
    let what = || outcome.events.iter().map(|e| (&e.what, e.by));
    let asked = what().any(|(w, _)| matches!(w, What::ApprovalAsked { .. }));
    let is_person = |by: Actor| matches!(by, Actor::User { .. });
    let keeps = is_person(call.scope.actor())
        && what().any(|(w, _)| matches!(w, What::LineAuthorised { keep: true, .. }));
    let of = |(what, by): (&What, Actor)| match what {
        What::Granted {
            lines,
            shipping_minor,
            ..
        } if !asked && (keeps || is_person(by)) => {
            lines.iter().map(|g| g.minor).sum::<i64>() + shipping_minor
        }
        What::ApprovalGiven { grant, .. } => outcome
            .case
            .approval(*grant)
            .map_or(0, |a| a.payload.total()),
        _ => 0,
    };
    what().map(of).sum()
}

/// Whether a command may decide money, by itself or with what follows from it.
const fn decides_money(command: &Command) -> bool {
    matches!(
        command,
        Command::Decide { .. }
            | Command::Authorise { keep: true, .. }
            | Command::LetDonate { .. }
            | Command::AskApproval { .. }
            | Command::AskAgain { .. }
            | Command::Approve { .. }
            | Command::Exchange { .. }
            | Command::ResolveClaim { .. }
            | Command::GiveGoodwill { .. }
            | Command::Overturn { .. }
            | Command::EndSecurity { .. }
    )
}

/// Whether it matters for a command who the person is, beside what they may decide: what two
/// people do, and what nobody does for themselves.
const fn concerns_person(command: &Command) -> bool {
    matches!(
        command,
        Command::InviteAccount
            | Command::AskDestination { .. }
            | Command::GiveDestination { .. }
            | Command::ProposeManual { .. }
            | Command::ConfirmManual { .. }
            | Command::TakeBack { .. }
            | Command::Uphold { .. }
    )
}

impl App {
    /// What a decision is judged with: limits, what of them is used, whether the order is the
    /// person's own, and which bank account is on file.
    pub(crate) async fn purse(
        &self,
        call: &Call<'_>,
        loaded: &Loaded,
        command: &Command,
    ) -> Result<Purse, AppError> {
        let person = match call.scope.actor() {
            Actor::User { id } => Some(id),
            _ => None,
        };
        let sends = matches!(
            command,
            Command::PaymentSent { .. }
                | Command::PaymentPending { .. }
                | Command::PaymentSettled { .. }
        );
        let approved = loaded
            .case
            .as_ref()
            .is_some_and(|c| !c.approvals.is_empty());
        let decides = decides_money(command) && person.is_some();
        let concerns = decides || concerns_person(command) && person.is_some();
        if !(concerns || sends && approved) {
            return Ok(Purse::default());
        }
        let (client, order) = (loaded.client.id, &loaded.order);
        let contact = self.contact(client, order.customer).await?;
        let mut purse = Purse {
            payout: contact.payout_no.map(|no| no.to_string().into()),
            ..Purse::default()
        };
        let Some(person) = person.filter(|_| concerns) else {
            return Ok(purse);
        };
        let natural = self.natural(person).await?;
        if natural.has_left(person) {
            // Their session is remembered for a moment longer than they are here.
            return Err(AppError::Denied(permission_for(command)));
        }
        purse.is_payee = natural.is_paid_by(&contact);
        purse.same_person.clone_from(&natural.accounts);
        if decides {
            self.limit_purse(call, loaded, &natural, &mut purse).await?;
        }
        Ok(purse)
    }

    async fn limit_purse(
        &self,
        call: &Call<'_>,
        loaded: &Loaded,
        natural: &Natural,
        purse: &mut Purse,
    ) -> Result<(), AppError> {
        let (client, currency) = (loaded.client.id, loaded.order.currency);
        let Some(row) = approvals::limit(self.store(), client, currency).await? else {
            return Ok(());
        };
        let limits: Limits = serde_json::from_str(&row.body)?;
        // A role the limits do not name decides nothing: who set some set them all.
        let none = RoleLimits {
            role: call.scope.role().unwrap_or(Role::Agent),
            refund: Some(0),
            case: None,
            customer: None,
            day: None,
        };
        let own = limits.of(call.scope.role()).unwrap_or(&none);
        let today = loaded.client.day(call.at);
        let back = i64::from(limits.customer_days.max(1)) - 1;
        let from = today.checked_sub(back.days()).map_err(AppError::fault)?;
        let counters: [(Counter, Date, Option<i64>); 3] = [
            (("agent", natural.id), today, own.day),
            (("client", Uuid::nil()), today, limits.client_day),
            (("customer", loaded.order.customer.0), from, own.customer),
        ];
        let mut left = [None; 3];
        for ((counter, from, limit), left) in counters.into_iter().zip(&mut left) {
            let used = |from, until| {
                approvals::used(self.store(), client, currency, counter, (from, until))
            };
            let mut past = match today.yesterday() {
                Ok(yesterday) if from < today => used(from, yesterday).await?,
                _ => 0,
            };
            if counter.0 == "agent" && limit.is_some() {
                // What they decided under an account before it was known to be theirs.
                for other in natural.accounts.iter().filter(|u| u.0 != natural.id) {
                    let (client, days) = (client, (today, today));
                    let counter = ("agent", other.0);
                    past += approvals::used(self.store(), client, currency, counter, days).await?;
                }
            }
            let now = match limit {
                Some(_) => used(today, today).await?,
                None => 0,
            };
            *left = limit.map(|limit| limit - past - now);
            purse.counted.push(Counted {
                counter,
                most: limit.map_or(NO_LIMIT, |limit| limit - past),
            });
        }
        purse.room = Room {
            refund: own.refund,
            case: own.case,
            day_left: left[0],
            client_left: left[1],
            customer_left: left[2],
        };
        Ok(())
    }

    /// What limits leave to the caller for a case, as the desk shows it.
    ///
    /// # Errors
    /// [`AppError::Missing`] for a case the scope does not reach; by scope.
    pub async fn room(
        &self,
        scope: &Scope,
        client: ClientId,
        case: CaseId,
    ) -> Result<Room, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        let call = Call::new(scope, self.now());
        let loaded = self.load_case(&call, client, case).await?;
        let mut purse = Purse::default();
        if let Actor::User { id } = scope.actor() {
            let natural = self.natural(id).await?;
            self.limit_purse(&call, &loaded, &natural, &mut purse)
                .await?;
        }
        Ok(purse.room)
    }

    /// Sets the limits of a client in one currency. What holds for a decision is what is set when
    /// it is made.
    ///
    /// # Errors
    /// The field that does not fit; [`AppError::Busy`] when somebody else set them meanwhile; by
    /// scope.
    pub async fn set_limits(
        &self,
        scope: &Scope,
        client: ClientId,
        currency: Currency,
        limits: &Limits,
        reason: &str,
    ) -> Result<i64, AppError> {
        Self::check(scope, Permission::Administer, client)?;
        limits.check()?;
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > 500 {
            return Err(AppError::field("reason", "help-limit-reason"));
        }
        let at = self.now();
        let before = approvals::limit(self.store(), client, currency).await?;
        let version = before.map_or(0, |l| l.version) + 1;
        let by = match scope.actor() {
            Actor::User { id } => id.0.into(),
            _ => Val::Null(store::Kind::Uuid),
        };
        let mut write = Write::new();
        write.row(
            &tables::AUTHORITY_LIMIT,
            vec![
                client.into(),
                currency.code().into(),
                version.into(),
                serde_json::to_string(limits)?.into(),
                by,
                reason.into(),
                at.as_millisecond().into(),
            ],
        );
        let told = Fact {
            schema: returns::SCHEMA,
            at,
            by: scope.actor(),
            what: Told::LimitsSet {
                currency,
                version,
                limits,
                reason,
            },
        };
        let events = cases::events_of_case(self.store(), client, STREAM).await?;
        let number = int(events.len() as u64) + 1;
        self.put_fact(
            &mut write,
            client,
            STREAM,
            (number, "limits_set", at),
            &told,
        )?;
        match self.store().write(write).await {
            Ok(_) => {}
            Err(WriteError::Conflict { .. }) => return Err(AppError::Busy),
            Err(e) => return Err(e.into()),
        }
        self.0.leaves.notify_one();
        Ok(version)
    }

    /// The limits of a client in one currency with what held before, newest first.
    ///
    /// # Errors
    /// By scope.
    pub async fn limits(
        &self,
        scope: &Scope,
        client: ClientId,
        currency: Currency,
    ) -> Result<Vec<LimitRow>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        Ok(approvals::limit_versions(self.store(), client, currency, 50).await?)
    }

    /// Who decided how much today in a currency, most first, the client as a whole before all.
    ///
    /// # Errors
    /// By scope.
    pub async fn limits_used(
        &self,
        scope: &Scope,
        client: ClientId,
        currency: Currency,
    ) -> Result<Vec<Used>, AppError> {
        Self::check(scope, Permission::Administer, client)?;
        let directory = self.directory();
        let today = directory
            .client(client)
            .ok_or(AppError::Missing)?
            .day(self.now());
        let row = approvals::limit(self.store(), client, currency).await?;
        let limits: Option<Limits> = row.map(|r| serde_json::from_str(&r.body)).transpose()?;
        let of = |kind| {
            let on = (today, kind);
            approvals::used_on(self.store(), client, currency, on, USED_MAX)
        };
        let mut all: Vec<Used> = of("client")
            .await?
            .into_iter()
            .map(|u| Used {
                person: None,
                used_minor: u.used_minor,
                limit_minor: limits.as_ref().and_then(|l| l.client_day),
            })
            .collect();
        let mut people = of("agent").await?;
        people.sort_by_key(|u| -u.used_minor);
        let roles = self.people().await?;
        for u in people {
            let role = roles.iter().find(|p| p.id.0 == u.who).map(|p| p.role);
            let own = limits.as_ref().and_then(|l| l.of(role));
            all.push(Used {
                person: Some(UserId(u.who)),
                used_minor: u.used_minor,
                limit_minor: own.and_then(|o| o.day),
            });
        }
        Ok(all)
    }

    /// Grants in one state of approval (`waiting`, `given`, `refused`, `dropped`) over every client
    /// of the scope, longest waiting first.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn approvals(
        &self,
        scope: &Scope,
        state: &str,
        limit: i64,
    ) -> Result<Vec<ApprovalRow>, AppError> {
        let clients = self.clients_for(scope, Permission::CaseRead);
        Ok(approvals::in_state(self.store(), &clients, state, limit).await?)
    }

    /// How many grants wait for approval, over every client of the scope.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn approvals_waiting(&self, scope: &Scope) -> Result<i64, AppError> {
        let clients = self.clients_for(scope, Permission::CaseRead);
        Ok(approvals::count(self.store(), &clients, "waiting").await?)
    }

    /// An approval with what would be paid now, as whoever answers it is shown.
    ///
    /// # Errors
    /// [`AppError::Missing`] where there is no such case or approval in scope.
    pub async fn approval(
        &self,
        scope: &Scope,
        client: ClientId,
        case: CaseId,
        grant: u16,
    ) -> Result<Asked, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        let call = Call::new(scope, self.now());
        let loaded = self.load_case(&call, client, case).await?;
        let case = loaded.case.as_ref().ok_or(AppError::Missing)?;
        let asked = case.approval(grant).ok_or(AppError::Missing)?;
        let known = self.known(client, loaded.order.customer).await?;
        let (contact, key) = known.map_or_else(Default::default, |k| (k.contact, k.key));
        let reader = Reader::new(key, &loaded.order);
        let account = contact.payout_no.map(|no| no.to_string().into());
        Ok(Asked {
            rma: case.rma.clone(),
            version: case.version,
            now: returns::Payload::of(case, &loaded.order, grant, account.as_ref()),
            approval: reader.value(asked.clone())?,
        })
    }
}

/// An approval and what would be paid now.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The number of the case.
    pub rma: Arc<str>,
    /// Its version: an answer is given to this one.
    pub version: u64,
    /// What was asked for, and what was said.
    pub approval: returns::Approval,
    /// What would be paid now.
    pub now: returns::Payload,
}

impl Asked {
    /// Whether what was asked for is no longer what would be paid.
    pub fn is_void(&self) -> bool {
        self.approval.hash != self.now.hash()
    }
}

#[derive(Serialize)]
struct Fact<'a> {
    schema: u16,
    at: Timestamp,
    by: Actor,
    what: Told<'a>,
}

/// What happened to the limits of a client.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Told<'a> {
    LimitsSet {
        currency: Currency,
        version: i64,
        limits: &'a Limits,
        reason: &'a str,
    },
}

/// What is wrong with the events of a client's limits: a gap, or one of another kind.
pub(crate) fn stream_fault(events: &[cases::EventRow]) -> Option<String> {
    let mut numbered = events.iter().zip(1_i64..);
    let wrong = numbered.find(|(e, n)| e.version != *n || e.kind != "limits_set");
    wrong.map(|(_, n)| format!("event {n} of the limits is missing or not theirs"))
}
