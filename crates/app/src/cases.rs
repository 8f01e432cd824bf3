//! Commands to cases: load the facts in one question, let `returns` judge, store in one write.
//! A command that loses a race against another one is judged again on the fresh facts; a command
//! made for a version that has passed is told so.

use crate::{
    App,
    commit::{Commit, amount_of, queue_of},
    directory::Client,
    error::AppError,
    limits::Purse,
    live::News,
    standing::Standing,
};
use kernel::{
    Actor, CaseId, ClientId, Lang, Money, ObligationId, OrderId, ParcelId, Permission, Scope,
    Timestamp,
};
use policy::Policy;
use returns::{
    Authority, Command, Ctx, Decision, Ids, OrderAccount, Outcome, Path, RefusalCode,
    RequestedLine, ReturnCase, SalesOrder, Seen, Status,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use store::{Write, WriteError, questions};

pub mod answers;
mod needs;
mod quote;

pub use needs::permission_for;

/// How often a command is judged again after losing a race.
const RACES_MAX: usize = 16;

/// The time a cap on returnless refunds looks back.
const YEAR_MS: i64 = 365 * 86_400_000;

/// Longest idempotency key, characters.
pub const KEY_MAX: usize = 128;

/// The caller's key for a POST and the hash of what was posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idempotency {
    key: String,
    request: [u8; 32],
}

impl Idempotency {
    /// A key of 1 to [`KEY_MAX`] printable ASCII characters for these request bytes.
    pub fn new(key: &str, request: &[u8]) -> Result<Self, AppError> {
        let fits = (1..=KEY_MAX).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
        if !fits {
            return Err(AppError::field("Idempotency-Key", "help-idempotency-key"));
        }
        Ok(Self {
            key: key.to_owned(),
            request: Sha256::digest(request).into(),
        })
    }

    /// The key.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// The row that keeps the answer for a repeat.
    pub(crate) fn row(
        &self,
        client: ClientId,
        stream: CaseId,
        answer: String,
        at: Timestamp,
    ) -> Vec<store::Val> {
        vec![
            client.into(),
            self.key.as_str().into(),
            self.request.to_vec().into(),
            stream.0.into(),
            answer.into(),
            at.as_millisecond().into(),
        ]
    }
}

/// Who calls, when, and under which idempotency key.
#[derive(Debug, Clone)]
pub struct Call<'a> {
    /// Who, with which rights.
    pub scope: &'a Scope,
    /// The moment the command counts for. Surfaces pass now; a replay of history passes its own.
    pub at: Timestamp,
    /// Set for POSTs that carry a key.
    pub idempotency: Option<Idempotency>,
    /// The language a customer asks in; kept with the case that is opened, for all mail about it.
    pub lang: Option<Lang>,
    /// The quote whoever asks for a return has seen: if it is another one now, nothing is done and
    /// the answer says what changed.
    pub agreed: Option<Seen>,
}

impl<'a> Call<'a> {
    /// A call at `at` without a key.
    pub const fn new(scope: &'a Scope, at: Timestamp) -> Self {
        Self {
            scope,
            at,
            idempotency: None,
            lang: None,
            agreed: None,
        }
    }
}

/// What a command led to, as callers and stored answers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The case.
    pub case: CaseId,
    /// Its number for the consumer.
    pub rma: Arc<str>,
    /// Its version now.
    pub version: u64,
    /// Its status now.
    pub status: Status,
    /// What it is worth to the customer.
    pub amount: Money,
    /// The decision on the request, if one was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// What the law gives, for an answer that opens a case.
    #[serde(default, skip_serializing_if = "Standing::is_empty")]
    pub standing: Standing,
    /// The stored answer to the same request made before: nothing was done now.
    #[serde(skip)]
    pub replayed: bool,
}

impl Answer {
    pub(crate) fn of(case: &ReturnCase, standing: Standing) -> Self {
        Self {
            case: case.id,
            rma: case.rma.clone(),
            version: case.version,
            status: case.status(),
            amount: Money::new(amount_of(case), case.currency),
            decision: case.decision.clone(),
            standing,
            replayed: false,
        }
    }
}

/// Which order a request is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderKey {
    /// By our id.
    Id(OrderId),
    /// By the number the buyer knows.
    Number(String),
}

/// A request for a return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Of which order.
    pub order: OrderKey,
    /// What is to come back.
    pub lines: Vec<RequestedLine>,
    /// Which way it is asked.
    pub path: Path,
}

/// The facts a command is judged on.
pub(crate) struct Loaded {
    pub(crate) client: Arc<Client>,
    pub(crate) policy: Arc<Policy>,
    pub(crate) order: SalesOrder,
    pub(crate) account: OrderAccount,
    pub(crate) case: Option<ReturnCase>,
    /// The law: the version the case pins, or today's for a new one.
    pub(crate) law: Arc<law::LawBook>,
    /// Refunds of the customer at this client, in the 365 days before, that let the goods stay.
    pub(crate) kept_before: u32,
    stored: Option<(String, Vec<u8>)>,
}

/// Rows that go into the same write as a command's own: the finished job, the message taken in.
type Extra<'e> = &'e (dyn Fn(&mut Write, &Outcome) + Sync);

impl App {
    /// Asks for a return. With an idempotency key, asking again gives the stored answer.
    pub async fn request_return(
        &self,
        call: &Call<'_>,
        client: ClientId,
        request: &Request,
    ) -> Result<Answer, AppError> {
        Self::check(call.scope, Permission::CaseRequest, client)?;
        let command = Command::Request {
            lines: request.lines.clone(),
            path: request.path,
            notice_sent_on: None,
            declared: None,
            wishes: Vec::new(),
            claim: None,
        };
        self.open_case(call, client, &request.order, &command).await
    }

    /// Opens a case; the caller has checked the scope.
    pub(crate) async fn open_case(
        &self,
        call: &Call<'_>,
        client: ClientId,
        order: &OrderKey,
        command: &Command,
    ) -> Result<Answer, AppError> {
        let _asking = self.0.asking.begin();
        for _ in 0..RACES_MAX {
            let loaded = self.load_order(call, client, order).await?;
            if let Some(answer) = stored_answer(call, &loaded)? {
                return Ok(answer);
            }
            self.as_agreed(call, &loaded, command)?;
            match self
                .carry_out(call, &loaded, command, None, &|_, _| ())
                .await
            {
                Err(Lost::Race) => {}
                Err(Lost::Other(e)) => return Err(e),
                Ok(answer) => return Ok(answer),
            }
        }
        Err(AppError::Busy)
    }

    /// Adds the customer's own words to a case: what goes with a request or an answer, where the
    /// command itself only says that words were given.
    pub async fn add_words(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
        words: &str,
    ) -> Result<Answer, AppError> {
        Self::check(call.scope, Permission::CaseRequest, client)?;
        let command = Command::Note { note: words.into() };
        self.command_with(call, client, case, None, &command, &|_, _| ())
            .await
    }

    /// Gives a command to a case. `expected` is the version the caller saw; without it the
    /// command counts for whatever the case is now (scans, payment answers).
    pub async fn command(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
        expected: Option<u64>,
        command: &Command,
    ) -> Result<Answer, AppError> {
        Self::check(call.scope, permission_for(command), client)?;
        let _asking = self.0.asking.begin();
        self.command_with(call, client, case, expected, command, &|_, _| ())
            .await
    }

    /// The same for callers inside the house that store more in the same write; the caller has
    /// checked the scope.
    pub(crate) async fn command_with(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
        expected: Option<u64>,
        command: &Command,
        extra: Extra<'_>,
    ) -> Result<Answer, AppError> {
        for _ in 0..RACES_MAX {
            let loaded = self.load_case(call, client, case).await?;
            if let Some(answer) = stored_answer(call, &loaded)? {
                return Ok(answer);
            }
            let current = loaded.case.as_ref().map_or(0, |c| c.version);
            if expected.is_some_and(|v| v != current) {
                return Err(AppError::Stale { current });
            }
            match self
                .carry_out(call, &loaded, command, expected, extra)
                .await
            {
                Err(Lost::Race) => {}
                Err(Lost::Other(e)) => return Err(e),
                Ok(answer) => return Ok(answer),
            }
        }
        Err(AppError::Busy)
    }

    /// Gives a command on facts just loaded; `None` if another write came first.
    pub(crate) async fn command_on(
        &self,
        call: &Call<'_>,
        loaded: &Loaded,
        command: &Command,
        extra: Extra<'_>,
    ) -> Option<Result<Answer, AppError>> {
        match self.carry_out(call, loaded, command, None, extra).await {
            Err(Lost::Race) => None,
            Err(Lost::Other(e)) => Some(Err(e)),
            Ok(answer) => Some(Ok(answer)),
        }
    }

    pub(crate) async fn load_order(
        &self,
        call: &Call<'_>,
        client: ClientId,
        key: &OrderKey,
    ) -> Result<Loaded, AppError> {
        let also = also(call);
        let row = match key {
            OrderKey::Id(id) => {
                questions::orders::order_by_id(self.store(), client, *id, also).await?
            }
            OrderKey::Number(number) => {
                questions::orders::order_by_number(self.store(), client, number, also).await?
            }
        };
        let row = row.ok_or(AppError::Missing)?;
        if !call.scope.reaches_order(client, OrderId(row.order_id)) {
            return Err(AppError::Missing);
        }
        Ok(Loaded {
            kept_before: u32::try_from(row.kept_before).unwrap_or(u32::MAX),
            stored: row.answer.zip(row.answer_hash),
            ..self
                .loaded(client, &row.body, &row.account, None, call.at)
                .await?
        })
    }

    /// A case with its order, account and policy; missing if it is not in the caller's scope.
    pub(crate) async fn load_case(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
    ) -> Result<Loaded, AppError> {
        let row = questions::cases::case_load(self.store(), client, case, also(call)).await?;
        let row = row.ok_or(AppError::Missing)?;
        if !call.scope.reaches_order(client, OrderId(row.order_id)) {
            return Err(AppError::Missing);
        }
        Ok(Loaded {
            kept_before: u32::try_from(row.kept_before).unwrap_or(u32::MAX),
            stored: row.answer.zip(row.answer_hash),
            ..self
                .loaded(
                    client,
                    &row.order_body,
                    &row.account,
                    Some(&row.state),
                    call.at,
                )
                .await?
        })
    }

    async fn loaded(
        &self,
        client: ClientId,
        order: &str,
        account: &str,
        case: Option<&str>,
        at: Timestamp,
    ) -> Result<Loaded, AppError> {
        let directory = self.directory();
        let client = directory.client(client).cloned().ok_or(AppError::Missing)?;
        let order: SalesOrder = serde_json::from_str(order)?;
        let policy = directory
            .policy(client.id, order.policy)
            .cloned()
            .ok_or_else(|| {
                AppError::fault(format!(
                    "order {} pins policy {}, which is gone",
                    order.id, order.policy
                ))
            })?;
        let case: Option<ReturnCase> = case.map(serde_json::from_str).transpose()?;
        // A case is judged for its whole life under the law it was opened under.
        let law = match &case {
            Some(case) if !case.law.is_empty() => {
                self.0.laws.version(self.store(), &case.law).await?
            }
            _ => self.0.laws.on(client.id.0, client.day(at)),
        };
        Ok(Loaded {
            client,
            policy,
            law,
            account: serde_json::from_str(account)?,
            case,
            order,
            kept_before: 0,
            stored: None,
        })
    }

    async fn carry_out(
        &self,
        call: &Call<'_>,
        loaded: &Loaded,
        command: &Command,
        expected: Option<u64>,
        extra: Extra<'_>,
    ) -> Result<Answer, Lost> {
        let mut write = Write::new();
        let sealed = self.sealed(&mut write, loaded, command).await?;
        let command = &*sealed;
        let sold_out = self.sold_out(loaded, command).await?;
        let purse = self.purse(call, loaded, command).await?;
        let outcome = self.judge(call, loaded, command, &sold_out, &purse)?;
        let standing = if loaded.case.is_none() {
            self.rights_standing(loaded, self.rights_of(loaded, &outcome.case, call.at))
        } else {
            Standing::default()
        };
        let answer = Answer::of(&outcome.case, standing);
        if outcome.events.is_empty() {
            // Words nobody keeps need no key.
            write = Write::new();
        }
        if let Some(idempotency) = &call.idempotency {
            let body = serde_json::to_string(&answer).map_err(AppError::from)?;
            let row = idempotency.row(loaded.client.id, outcome.case.id, body, call.at);
            write.row(&store::tables::IDEMPOTENCY, row);
        }
        extra(&mut write, &outcome);
        if !outcome.events.is_empty() {
            let commit = Commit {
                client: &loaded.client,
                order: &loaded.order,
                account: &loaded.account,
                before: loaded.case.as_ref(),
                outcome: &outcome,
                at: call.at,
            };
            self.put_commit(&mut write, &commit)?;
            self.put_credit_of(&mut write, call, loaded, &outcome)
                .await?;
            purse.spend(&mut write, call, loaded, &outcome);
        }
        if write.is_empty() {
            return Ok(answer);
        }
        match self.store().write(write).await {
            Ok(_) => {}
            // Someone was faster: on this case, this order, this key or this RMA number.
            Err(WriteError::Conflict { table }) if table != "inbound" => {
                let known = loaded.case.as_ref().map_or(0, |c| c.version);
                return Err(match expected {
                    Some(_) if table == "event" => match self.stale(call, loaded).await {
                        // The case is as it was: what goes with it was changed.
                        AppError::Stale { current } if current == known => Lost::Race,
                        stale => stale.into(),
                    },
                    _ => Lost::Race,
                });
            }
            // What goes with it was changed by somebody else: look at it again.
            Err(WriteError::Lost { .. }) => return Err(Lost::Race),
            Err(e) => return Err(AppError::from(e).into()),
        }
        self.after_commit(&outcome);
        Ok(answer)
    }

    fn after_commit(&self, outcome: &Outcome) {
        let case = &outcome.case;
        if !outcome.events.is_empty() {
            self.0.leaves.notify_one();
            self.live().tell(News {
                client: case.client,
                case: case.id,
                version: case.version,
                queue: queue_of(case),
            });
        }
        if !outcome.effects.is_empty() {
            self.0.work.notify_one();
        }
    }

    async fn stale(&self, call: &Call<'_>, loaded: &Loaded) -> AppError {
        let Some(case) = &loaded.case else {
            return AppError::Busy;
        };
        match self.load_case(call, case.client, case.id).await {
            Ok(fresh) => AppError::Stale {
                current: fresh.case.map_or(0, |c| c.version),
            },
            Err(e) => e,
        }
    }

    /// Lets the domain judge a command on loaded facts.
    fn judge(
        &self,
        call: &Call<'_>,
        loaded: &Loaded,
        command: &Command,
        sold_out: &[Arc<str>],
        purse: &Purse,
    ) -> Result<Outcome, AppError> {
        let Loaded {
            client,
            policy,
            order,
            account,
            case,
            ..
        } = loaded;
        let today = client.day(call.at);
        let id = || self.mint(call.at);
        let pool = match command {
            // Only these can grant, and only a grant makes obligations.
            Command::AddLabel { .. } | Command::Note { .. } | Command::PaymentSent { .. } => 0,
            _ => Ids::obligations_needed(order, account),
        };
        let obligations: Vec<ObligationId> = (0..pool).map(|_| ObligationId(id())).collect();
        let rma = if case.is_some() {
            Arc::from("")
        } else {
            self.new_rma()
        };
        let role = call.scope.role();
        let limit = role.and_then(|r| policy.authority_limit(r, order.currency));
        let room = &purse.room;
        let authority = Authority {
            // A role the policy does not name decides nothing with money, nor does a shopper; the
            // house itself acts only on what the rule, a provider or an import said.
            limit_minor: match call.scope.actor() {
                Actor::User { .. } => Some(limit.unwrap_or(0).min(room.refund.unwrap_or(i64::MAX))),
                Actor::System => None,
                _ => Some(0),
            },
            may_override: call.scope.may(Permission::CaseOverride, client.id) && role.is_some(),
            case_minor: room.case,
            left_minor: room.left(),
            is_payee: purse.is_payee,
        };
        let ctx = Ctx {
            now: call.at,
            today,
            local_day: client.local_day(order.place, call.at),
            actor: call.scope.actor(),
            authority,
            expected_version: None,
            ids: Ids {
                case: CaseId(id()),
                rma,
                parcel: ParcelId(id()),
                obligations: &obligations,
            },
            policy,
            law: &loaded.law,
            holidays: &self.holidays(&loaded.law, order.place, today),
            label_cost_minor: client.label_cost(order.currency),
            lang: call.lang,
            returnless_used_365d: loaded.kept_before,
            tenders: client.settings.tender_strategy,
            vendors: client.settings.vendors_bear,
            sold_out,
            payout: purse.payout.clone(),
            same_person: &purse.same_person,
            cooling_hours: client.settings.cooling_hours,
        };
        returns::handle(case.as_ref(), order, account, command, &ctx).map_err(|refusal| {
            match (refusal.code, case) {
                (RefusalCode::StaleVersion, Some(case)) => AppError::Stale {
                    current: case.version,
                },
                _ => AppError::Refused(refusal),
            }
        })
    }

    pub(crate) fn new_rma(&self) -> Arc<str> {
        let mut bits = [0; 8];
        self.0.entropy.fill(&mut bits);
        logistics::Rma::from_random_bits(u64::from_be_bytes(bits))
            .to_string()
            .into()
    }
}

/// A command that was not stored.
enum Lost {
    /// Another write came first; judge again on fresh facts.
    Race,
    /// For good.
    Other(AppError),
}

impl From<AppError> for Lost {
    fn from(e: AppError) -> Self {
        Self::Other(e)
    }
}

/// What is asked with the facts of a command: the answer to its key, and how often the customer
/// kept the goods in the year before.
fn also<'c>(call: &'c Call<'_>) -> questions::Also<'c> {
    let until = call.at.as_millisecond();
    questions::Also {
        idempotency_key: call.idempotency.as_ref().map(|i| i.key.as_str()),
        kept_after_ms: until - YEAR_MS,
        kept_until_ms: until,
    }
}

fn stored_answer(call: &Call<'_>, loaded: &Loaded) -> Result<Option<Answer>, AppError> {
    let known = loaded.stored.as_ref();
    let known = known.map(|(answer, hash)| (answer.as_str(), hash.as_slice()));
    let stored: Option<Answer> = stored_under(call, known)?;
    Ok(stored.map(|answer| Answer {
        replayed: true,
        ..answer
    }))
}

/// The answer stored under the key of a call, given what is stored and the hash of its request.
pub(crate) fn stored_under<T: serde::de::DeserializeOwned>(
    call: &Call<'_>,
    known: Option<(&str, &[u8])>,
) -> Result<Option<T>, AppError> {
    let (Some(idempotency), Some((answer, hash))) = (&call.idempotency, known) else {
        return Ok(None);
    };
    if hash != idempotency.request {
        return Err(AppError::KeyReused);
    }
    Ok(Some(serde_json::from_str(answer)?))
}
