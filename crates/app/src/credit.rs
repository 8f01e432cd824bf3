//! Store credit: what obligations pay into it, what shoppers spend of it, what ends. The rules are
//! in `returns::credit`; here an account is loaded, judged and stored in one write with its events,
//! their leaves and their postings. Its event key is the guard: of two purchases on one version
//! one is judged again.

use crate::{
    App, books,
    cases::{Call, Idempotency, Loaded, stored_under},
    commit::int,
    directory::Client,
    error::AppError,
    intake::ids,
    privacy::people::is_hashed,
};
use kernel::{
    CaseId, ClientId, CreditId, CreditUseId, Currency, CustomerId, Date, Money, ObligationId,
    Permission, Scope, Timestamp,
};
use returns::{
    ObligationKind, Outcome, Refusal, RefusalCode, What,
    credit::{self, CreditAccount, CreditCommand, CreditError, CreditEvent, CreditLot, CreditWhat},
};
use serde::{Deserialize, Serialize};
use store::{
    Val, Write, WriteError,
    questions::{cases, credit as stored},
    tables,
};

pub use store::questions::credit::{CreditRow, Cursor, NEWEST};

/// How often a command to one account is judged again after losing a race: a whole crowd at one
/// till gets its answers.
const RACES_MAX: usize = 200;
/// Accounts the watch looks at in one round.
const ROUND_MAX: i64 = 100;
/// Longest reference of a purchase, characters.
const REFERENCE_MAX: usize = 100;

/// What is asked of an account from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreditAsk {
    /// Hold credit for a purchase.
    Hold {
        /// How much.
        amount: Money,
        /// The client's own reference.
        reference: String,
    },
    /// Pay for a purchase.
    Spend {
        /// How much.
        amount: Money,
        /// The client's own reference.
        reference: String,
    },
    /// Pay with what is held.
    SpendHeld {
        /// Which hold.
        id: CreditUseId,
        /// How much of it; all of it unless told.
        amount: Option<Money>,
    },
    /// Free what is held, or undo a purchase.
    Void {
        /// Which.
        id: CreditUseId,
    },
}

/// What became of it, as callers and stored answers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditAnswer {
    /// The account.
    pub credit: CreditId,
    /// Its version now.
    pub version: u64,
    /// The hold or purchase it is about.
    pub id: CreditUseId,
    /// What can be spent now.
    pub available: Money,
    /// What of that is promotional.
    pub promotional: Money,
    /// What is held for purchases.
    pub held: Money,
    /// The stored answer to the same request made before: nothing was done now.
    #[serde(skip)]
    pub replayed: bool,
}

/// A line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// Its version.
    pub version: u64,
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub what: CreditWhat,
    /// What it added to what can be spent, minor units.
    pub minor: i64,
    /// What could be spent after it, minor units.
    pub balance: i64,
}

/// An account with everything that happened to it.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The account as it is stored.
    pub row: CreditRow,
    /// The account.
    pub account: CreditAccount,
    /// Today, in the client's time zone.
    pub today: Date,
    /// What happened, oldest first.
    pub lines: Vec<StatementLine>,
}

impl App {
    /// Commands an account. With an idempotency key, commanding again gives the stored answer.
    ///
    /// # Errors
    /// A refusal that names what there is; [`AppError::Missing`] for an unknown account, hold or
    /// purchase; by scope.
    pub async fn credit_command(
        &self,
        call: &Call<'_>,
        client: ClientId,
        credit: CreditId,
        ask: &CreditAsk,
    ) -> Result<CreditAnswer, AppError> {
        Self::check(call.scope, Permission::CreditSpend, client)?;
        let directory = self.directory();
        let whose = directory.client(client).ok_or(AppError::Missing)?;
        let key = call.idempotency.as_ref().map(Idempotency::key);
        let fresh = CreditUseId(self.mint(call.at));
        for _ in 0..RACES_MAX {
            let row = stored::load(self.store(), client, credit, key).await?;
            let row = row.ok_or(AppError::Missing)?;
            let known = row.answer.as_deref().zip(row.answer_hash.as_deref());
            if let Some(answer) = stored_under::<CreditAnswer>(call, known)? {
                let replayed = true;
                return Ok(CreditAnswer { replayed, ..answer });
            }
            let account: CreditAccount = serde_json::from_str(&row.state)?;
            let (id, command) = command_of(ask, fresh, account.currency)?;
            let mut write = Write::new();
            let now = self.put_credit(&mut write, whose, account, &command, call)?;
            let today = whose.day(call.at);
            let money = |minor| Money::new(minor, now.currency);
            let answer = CreditAnswer {
                credit,
                version: now.version,
                id,
                available: money(now.balance(today)),
                promotional: money(now.promotional(today)),
                held: money(now.held()),
                replayed: false,
            };
            if let Some(idempotency) = &call.idempotency {
                let body = serde_json::to_string(&answer)?;
                let stream = CaseId(credit.0);
                write.row(
                    &tables::IDEMPOTENCY,
                    idempotency.row(client, stream, body, call.at),
                );
            }
            match self.store().write(write).await {
                Ok(_) => {
                    self.0.leaves.notify_one();
                    return Ok(answer);
                }
                Err(WriteError::Conflict { .. }) => {}
                Err(e) => return Err(e.into()),
            }
        }
        Err(AppError::Busy)
    }

    /// Judges a command to an account and adds what follows to a write; the account afterwards.
    fn put_credit(
        &self,
        write: &mut Write,
        client: &Client,
        mut account: CreditAccount,
        command: &CreditCommand,
        call: &Call<'_>,
    ) -> Result<CreditAccount, AppError> {
        let what = credit::handle(&account, command, client.day(call.at))
            .map_err(|e| refused(e, account.currency))?;
        if what.is_empty() {
            return Ok(account);
        }
        let (version, by) = (account.version, call.scope.actor());
        let event = |what| CreditEvent {
            at: call.at,
            by,
            what,
        };
        let events: Vec<CreditEvent> = what.into_iter().map(event).collect();
        let stream = CaseId(account.id.0);
        for (event, version) in events.iter().zip(version + 1..) {
            account.apply(&event.what);
            let head = (int(version), event.what.name(), event.at);
            self.put_fact(write, client.id, stream, head, event)?;
        }
        let posted = credit::postings(version, &events);
        books::put(write, client, account.currency, stream, &posted, call.at);
        write.row(&tables::CREDIT_ACCOUNT, row(client, &account, call.at)?);
        Ok(account)
    }

    /// Adds to the write of a case what its outcome pays into store credit, or takes back.
    pub(crate) async fn put_credit_of(
        &self,
        write: &mut Write,
        call: &Call<'_>,
        loaded: &Loaded,
        outcome: &Outcome,
    ) -> Result<(), AppError> {
        let mut account: Option<CreditAccount> = None;
        for command in Self::credit_commands(call, loaded, outcome) {
            let known = match account.take() {
                Some(known) => known,
                None => self.credit_of(loaded).await?,
            };
            account = Some(self.put_credit(write, &loaded.client, known, &command, call)?);
        }
        Ok(())
    }

    /// The account of the customer of an order in its currency, opened if there is none.
    async fn credit_of(&self, loaded: &Loaded) -> Result<CreditAccount, AppError> {
        let (client, order) = (loaded.client.id, &loaded.order);
        let id = ids::credit_id(client, order.customer, order.currency);
        match stored::load(self.store(), client, id, None).await? {
            Some(row) => Ok(serde_json::from_str(&row.state)?),
            None => Ok(CreditAccount::open(id, order.customer, order.currency)),
        }
    }

    fn credit_commands(call: &Call<'_>, loaded: &Loaded, outcome: &Outcome) -> Vec<CreditCommand> {
        let case = &outcome.case;
        let settings = &loaded.client.settings.credit;
        let today = loaded.client.day(call.at);
        let order = &loaded.order;
        let before = |id: ObligationId| {
            let known = loaded.case.as_ref().and_then(|c| c.obligation(id));
            known.is_some_and(|o| o.is_house_credit(order))
        };
        let of = |event: &returns::Event| match event.what {
            What::PaymentSettled { obligation, .. } => {
                let owed = case.obligation(obligation)?;
                if !owed.is_house_credit(order) || before(obligation) {
                    return None;
                }
                let promotional = owed.kind == ObligationKind::Bonus;
                Some(CreditCommand::Issue {
                    case: case.id,
                    lot: CreditLot {
                        from: obligation,
                        promotional,
                        until: settings.until(promotional, today),
                        given_minor: owed.minor,
                        left_minor: owed.minor,
                    },
                })
            }
            What::PaymentReturned { obligation, .. } if before(obligation) => {
                Some(CreditCommand::Withdraw { obligation })
            }
            _ => None,
        };
        outcome.events.iter().filter_map(of).collect()
    }

    /// Lets credit end that has passed its last day, and holds nobody used. Returns in how many
    /// accounts something ended.
    pub(crate) async fn end_credit(&self) -> Result<usize, AppError> {
        let now = self.now();
        let due = stored::ending(self.store(), now.as_millisecond(), ROUND_MAX).await?;
        let mut ended = 0;
        for row in &due {
            match self.end_credit_of(row, now).await {
                Ok(done) => ended += usize::from(done),
                // The audit names what is wrong with it; the watch goes on.
                Err(error) => {
                    let credit = CreditId(row.credit_id);
                    tracing::warn!(%credit, %error, "store credit could not be ended");
                }
            }
        }
        Ok(ended)
    }

    async fn end_credit_of(&self, row: &CreditRow, now: Timestamp) -> Result<bool, AppError> {
        let (scope, directory) = (Scope::system(), self.directory());
        let client = directory.client(ClientId(row.client_id));
        let client = client.ok_or(AppError::Missing)?;
        let account: CreditAccount = serde_json::from_str(&row.state)?;
        let (call, mut write) = (Call::new(&scope, now), Write::new());
        self.put_credit(&mut write, client, account, &CreditCommand::Expire, &call)?;
        if write.is_empty() {
            return Ok(false);
        }
        match self.store().write(write).await {
            Ok(_) => {
                self.0.leaves.notify_one();
                Ok(true)
            }
            // Somebody used it meanwhile, which let it end as well.
            Err(WriteError::Conflict { .. }) => Ok(false),
            Err(e) => Err(e.into()),
        }
    }

    /// Accounts of a client, last changed first, before the cursor.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn credit_accounts(
        &self,
        scope: &Scope,
        client: ClientId,
        before: Option<Cursor>,
        limit: i64,
    ) -> Result<Vec<CreditRow>, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        let before = before.unwrap_or(NEWEST);
        let rows = stored::recent(self.store(), client, before, limit).await?;
        self.with_numbers(client, rows).await
    }

    /// The accounts of a customer, named as the client names them, one per currency.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn credit_of_customer(
        &self,
        scope: &Scope,
        client: ClientId,
        external: &str,
    ) -> Result<Vec<CreditRow>, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        let customer = self.customer_of(client, external).await?;
        Ok(stored::of_customer(self.store(), client, customer).await?)
    }

    /// Accounts with the numbers their customers have at the client; none where it was erased.
    async fn with_numbers(
        &self,
        client: ClientId,
        mut rows: Vec<CreditRow>,
    ) -> Result<Vec<CreditRow>, AppError> {
        for row in &mut rows {
            let contact = self.contact(client, CustomerId(row.customer_id)).await?;
            // Stored in clear by an older version, the number stands in the row.
            let clear = row.external_id.take().filter(|e| !is_hashed(e));
            row.external_id = contact.external.or(clear);
        }
        Ok(rows)
    }

    /// The accounts of a customer, for a page of theirs; the caller has checked the scope.
    pub(crate) async fn credit_held_by(
        &self,
        client: ClientId,
        customer: CustomerId,
    ) -> Result<Vec<CreditAccount>, AppError> {
        let rows = stored::of_customer(self.store(), client, customer).await?;
        let read = |row: CreditRow| Ok(serde_json::from_str(&row.state)?);
        rows.into_iter().map(read).collect()
    }

    /// An account and everything that happened to it.
    ///
    /// # Errors
    /// [`AppError::Missing`] for an unknown account; by scope.
    pub async fn credit_statement(
        &self,
        scope: &Scope,
        client: ClientId,
        credit: CreditId,
    ) -> Result<Statement, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        let row = stored::load(self.store(), client, credit, None).await?;
        let rows = self.with_numbers(client, row.into_iter().collect()).await?;
        let row = rows.into_iter().next().ok_or(AppError::Missing)?;
        let account: CreditAccount = serde_json::from_str(&row.state)?;
        let events = cases::events_of_case(self.store(), client, CaseId(credit.0)).await?;
        let mut walk = CreditAccount::open(credit, account.customer, account.currency);
        let mut lines = Vec::with_capacity(events.len());
        for event in &events {
            let event: CreditEvent = serde_json::from_str(&event.body)?;
            let before = walk.booked(true) + walk.booked(false) - walk.held();
            walk.apply(&event.what);
            let balance = walk.booked(true) + walk.booked(false) - walk.held();
            lines.push(StatementLine {
                version: walk.version,
                at: event.at,
                what: event.what,
                minor: balance - before,
                balance,
            });
        }
        let directory = self.directory();
        let whose = directory.client(client).ok_or(AppError::Missing)?;
        Ok(Statement {
            row,
            account,
            today: whose.day(self.now()),
            lines,
        })
    }
}

/// The read model of an account.
pub(crate) fn row(
    client: &Client,
    account: &CreditAccount,
    at: Timestamp,
) -> Result<Vec<Val>, AppError> {
    let ends = account.ends_on().and_then(|day| client.midnight(day));
    Ok(vec![
        client.id.into(),
        account.id.0.into(),
        account.customer.0.into(),
        account.currency.code().into(),
        int(account.version).into(),
        account.booked(false).into(),
        account.booked(true).into(),
        account.held().into(),
        ends.map_or(i64::MAX, Timestamp::as_millisecond).into(),
        at.as_millisecond().into(),
        serde_json::to_string(account)?.into(),
    ])
}

/// The command of what is asked, and the hold or purchase it is about.
fn command_of(
    ask: &CreditAsk,
    fresh: CreditUseId,
    currency: Currency,
) -> Result<(CreditUseId, CreditCommand), AppError> {
    let minor = |amount: &Money| {
        if amount.currency == currency {
            Ok(amount.minor)
        } else {
            Err(AppError::from(Refusal::new(RefusalCode::WrongCurrency)))
        }
    };
    let named = |reference: &str| {
        let reference = reference.trim();
        if (1..=REFERENCE_MAX).contains(&reference.chars().count()) {
            Ok(reference.into())
        } else {
            Err(AppError::field("reference", "help-credit-reference"))
        }
    };
    Ok(match ask {
        CreditAsk::Hold { amount, reference } => (
            fresh,
            CreditCommand::Hold {
                id: fresh,
                minor: minor(amount)?,
                reference: named(reference)?,
            },
        ),
        CreditAsk::Spend { amount, reference } => (
            fresh,
            CreditCommand::Spend {
                id: fresh,
                minor: minor(amount)?,
                reference: named(reference)?,
            },
        ),
        CreditAsk::SpendHeld { id, amount } => {
            let minor = amount.as_ref().map(minor).transpose()?;
            (*id, CreditCommand::SpendHeld { id: *id, minor })
        }
        CreditAsk::Void { id } => (*id, CreditCommand::Void { id: *id }),
    })
}

fn refused(error: CreditError, currency: Currency) -> AppError {
    let with = |code, minor| Refusal::new(code).with_limit(Money::new(minor, currency));
    AppError::from(match error {
        CreditError::TooMuch(there) => with(RefusalCode::CreditShort, there),
        CreditError::Used(left) => with(RefusalCode::CreditUsed, left),
        CreditError::Amount => Refusal::new(RefusalCode::WrongAmount),
        CreditError::TooManyHolds => Refusal::new(RefusalCode::TooLarge),
        CreditError::Unknown => return AppError::Missing,
        CreditError::Twice | CreditError::SameId => Refusal::new(RefusalCode::AlreadyExists),
    })
}
