//! Reconciliation: what banks report, what waits, what does not agree, and days.

use super::{assembled::Assembled, maybe, rows};
use crate::{Expect, Kind, Statement, Store, StoreError, Val};
use kernel::ClientId;
use sqlx::FromRow;
use uuid::Uuid;

/// A statement of account.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct StatementRow {
    /// The account's number.
    pub account: String,
    /// Currency code.
    pub currency: String,
    /// The bank's name of it.
    pub statement: String,
    /// First day, ISO.
    pub from_on: String,
    /// Last day, ISO.
    pub until_on: String,
    /// The bank's number of it.
    pub number: Option<i64>,
    /// Balance it begins with, minor units.
    pub opening_minor: i64,
    /// Balance it ends with.
    pub closing_minor: i64,
    /// Sum of its bookings.
    pub booked_minor: i64,
    /// Bookings that name payments of ours.
    pub ours: i64,
    /// Other bookings.
    pub others: i64,
    /// When it came, milliseconds.
    pub received_at: i64,
}

/// A booking of a payment of ours.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct EntryRow {
    /// The account's number.
    pub account: String,
    /// `statement` or `notice`.
    pub source: String,
    /// The bank's reference of it.
    pub reference: String,
    /// The payment.
    pub obligation_id: Uuid,
    /// Which try.
    pub attempt: i64,
    /// `out` or `back`.
    pub way: String,
    /// Minor units.
    pub amount_minor: i64,
    /// Currency code.
    pub currency: String,
    /// Booking day, ISO.
    pub booked_on: String,
    /// The report it stands in.
    pub statement: String,
}

/// What a provider said about a try.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct WordRow {
    /// The payment.
    pub obligation_id: Uuid,
    /// Which try.
    pub attempt: i64,
    /// Who said it.
    pub source: String,
    /// In which message.
    pub message: String,
    /// `accepted`, `failed`, `paid` or `returned`.
    pub said: String,
    /// The provider's code; empty if none.
    pub code: String,
    /// When we heard it, milliseconds.
    pub at: i64,
}

/// A booking that names no payment of ours, or a sum of a provider's report.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct LineRow {
    /// The account's number, or the provider.
    pub account: String,
    /// Names it within the account.
    pub reference: String,
    /// Counts bookings of the same reference, from 0.
    pub n: i64,
    /// `credit`, `debit`, `charge`, `payout`, `sales`, `refunds`, `fees`, `chargeback`, `chargebacks` or
    /// `rest`.
    pub kind: String,
    /// Minor units; negative when it left the account.
    pub amount_minor: i64,
    /// Currency code.
    pub currency: String,
    /// Booking day, ISO.
    pub booked_on: String,
    /// The report it stands in.
    pub statement: String,
    /// What the bank says about it; of a chargeback the provider's number of the payment.
    pub said: String,
}

/// Breaks that began on one day, in one currency.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct AgeRow {
    /// The day, ISO.
    pub since_on: String,
    /// Currency code.
    pub currency: String,
    /// How many.
    pub breaks: i64,
    /// What is at stake in them, minor units.
    pub stake_minor: i64,
    /// How many of them were found lately.
    pub fresh: i64,
}

/// A payment that is on its way.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct WaitRow {
    /// The payment.
    pub obligation_id: Uuid,
    /// Since which day, ISO.
    pub since_on: String,
}

/// Something that does not agree.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct BreakRow {
    /// The client.
    pub client_id: i64,
    /// Which.
    pub break_id: Uuid,
    /// Its version, from 1.
    pub rev: i64,
    /// `open`, `taken`, `closed` or `gone`.
    pub state: String,
    /// Currency code.
    pub currency: String,
    /// What does not agree.
    pub kind: String,
    /// Why, most likely.
    pub cause: String,
    /// The payment or the statement.
    pub subject: String,
    /// The payment, if it is about one.
    pub obligation_id: Option<Uuid>,
    /// Its case.
    pub case_id: Option<Uuid>,
    /// What we expect, minor units.
    pub expected_minor: i64,
    /// What was found, minor units …
    pub found_minor: i64,
    /// … of this currency.
    pub found_currency: String,
    /// Since which day, ISO.
    pub since_on: String,
    /// Who took or closed it.
    pub by_user: Option<Uuid>,
    /// Why it was closed; empty before.
    pub reason: String,
    /// When it was found, milliseconds.
    pub opened_at: i64,
    /// Last change, milliseconds.
    pub updated_at: i64,
}

/// What was done about a break.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct NoteRow {
    /// The version it made.
    pub rev: i64,
    /// When, milliseconds.
    pub at: i64,
    /// Who; none for the reconciliation itself.
    pub by_user: Option<Uuid>,
    /// `found`, `changed`, `taken`, `released`, `closed`, `reopened` or `gone`.
    pub act: String,
    /// The reason it was closed for; empty otherwise.
    pub reason: String,
    /// In words; may be empty.
    pub note: String,
}

/// The reconciliation of a day.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct RunRow {
    /// The day, ISO.
    pub day: String,
    /// `working` or `done`.
    pub state: String,
    /// How often it was begun.
    pub epoch: i64,
    /// Last sign of its worker, milliseconds.
    pub seen_at: i64,
    /// How far it is …
    pub done: i64,
    /// … of how much.
    pub total: i64,
    /// It looked at what changed after this moment, milliseconds …
    pub from_at: i64,
    /// … up to this one.
    pub until_at: i64,
}

/// What the reconciliation of a day came to in one currency.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DayRow {
    /// The day, ISO.
    pub day: String,
    /// Currency code.
    pub currency: String,
    /// Payments whose sides agree, of those it looked at.
    pub even_count: i64,
    /// Their sum, minor units.
    pub even_minor: i64,
    /// Payments on their way.
    pub waiting_count: i64,
    /// Their sum.
    pub waiting_minor: i64,
    /// Breaks found on this day and open at its end.
    pub fresh_count: i64,
    /// All breaks open at its end.
    pub broken_count: i64,
    /// What is at stake in them.
    pub broken_minor: i64,
}

pub(crate) mod sql {
    super::super::sql! {
        RECON_OWED_CHANGED = "SELECT obligation_id FROM obligation \
            WHERE client_id = $1 AND state = $2 AND updated_at > $3";
        RECON_ENTRIES_NEW = "SELECT obligation_id FROM bank_entry \
            WHERE client_id = $1 AND received_at > $2";
        RECON_WORDS_NEW = "SELECT obligation_id FROM gateway_word \
            WHERE client_id = $1 AND at > $2";
        RECON_WAITING = "SELECT obligation_id, since_on FROM recon_wait \
            WHERE client_id = $1 AND since_on >= $2 ORDER BY since_on, obligation_id";
        RECON_BREAKS = "SELECT client_id, break_id, rev, state, currency, kind, cause, subject, \
            obligation_id, case_id, expected_minor, found_minor, found_currency, since_on, \
            by_user, reason, opened_at, updated_at FROM recon_break \
            WHERE client_id = $1 AND state = $2 ORDER BY since_on, break_id";
        RECON_BREAKS_ENDED = "SELECT client_id, break_id, rev, state, currency, kind, cause, \
            subject, obligation_id, case_id, expected_minor, found_minor, found_currency, \
            since_on, by_user, reason, opened_at, updated_at FROM recon_break \
            WHERE client_id = $1 AND state = $2 ORDER BY updated_at DESC LIMIT $3";
        RECON_BREAK = "SELECT client_id, break_id, rev, state, currency, kind, cause, subject, \
            obligation_id, case_id, expected_minor, found_minor, found_currency, since_on, \
            by_user, reason, opened_at, updated_at FROM recon_break \
            WHERE client_id = $1 AND break_id = $2";
        RECON_NOTES = "SELECT rev, at, by_user, act, reason, note FROM recon_note \
            WHERE client_id = $1 AND break_id = $2 ORDER BY rev";
        RECON_STATEMENTS = "SELECT account, currency, statement, from_on, until_on, number, \
            opening_minor, closing_minor, booked_minor, ours, others, received_at \
            FROM bank_statement WHERE client_id = $1 AND until_on >= $2 \
            ORDER BY until_on, statement";
        RECON_FIRST_DAY = "SELECT from_on FROM bank_statement \
            WHERE client_id = $1 AND account = $2 AND currency = $3 ORDER BY from_on LIMIT 1";
        RECON_STATEMENT_KNOWN = "SELECT received_at FROM bank_statement \
            WHERE client_id = $1 AND account = $2 AND currency = $3 AND statement = $4";
        RECON_NUMBERED = "SELECT obligation_id, attempts FROM obligation \
            WHERE client_id = $1 AND gateway = $2 AND provider_ref = $3 LIMIT 2";
        RECON_NUMBERED_BEFORE = "SELECT obligation_id, attempt FROM bank_entry \
            WHERE client_id = $1 AND account IN ('adyen', 'paypal', 'stripe') AND account = $2 \
                AND reference = $3 LIMIT 1";
        RECON_DISPUTES = "SELECT body, updated_at FROM dispute \
            WHERE client_id = $1 AND updated_at >= $2";
        RECON_LINES_OF = "SELECT account, reference, n, kind, amount_minor, currency, booked_on, \
            statement, said FROM account_line \
            WHERE client_id = $1 AND account = $2 AND reference = $3 ORDER BY n";
        RECON_LINES_SAYING = "SELECT account, reference, n, kind, amount_minor, currency, \
            booked_on, statement, said FROM account_line \
            WHERE client_id = $1 AND account = $2 AND kind = 'chargeback' AND said = $3 \
            ORDER BY reference, n";
        RECON_LINES = "SELECT account, reference, n, kind, amount_minor, currency, booked_on, \
            statement, said FROM account_line WHERE client_id = $1 AND booked_on >= $2 \
            ORDER BY booked_on, account, reference, n";
        RECON_BREAKS_PAGE = "SELECT client_id, break_id, rev, state, currency, kind, cause, \
            subject, obligation_id, case_id, expected_minor, found_minor, found_currency, \
            since_on, by_user, reason, opened_at, updated_at FROM recon_break \
            WHERE client_id = $1 AND state = $2 AND (since_on, break_id) > ($3, $4) \
            ORDER BY since_on, break_id LIMIT $5";
        RECON_AGES = "SELECT since_on, currency, CAST(count(*) AS BIGINT) AS breaks, \
            CAST(sum(CASE WHEN found_currency = currency THEN abs(expected_minor - found_minor) \
                ELSE expected_minor END) AS BIGINT) AS stake_minor, \
            CAST(sum(CASE WHEN opened_at >= $3 THEN 1 ELSE 0 END) AS BIGINT) AS fresh \
            FROM recon_break WHERE client_id = $1 AND state = $2 \
            GROUP BY since_on, currency ORDER BY since_on, currency";
        RECON_DAYS = "SELECT day, currency, even_count, even_minor, waiting_count, \
            waiting_minor, fresh_count, broken_count, broken_minor FROM recon_day \
            WHERE client_id = $1 AND day <= $2 ORDER BY day DESC, currency DESC LIMIT $3";
        RECON_RUN = "SELECT day, state, epoch, seen_at, done, total, from_at, until_at \
            FROM recon_run WHERE client_id = $1 AND day = $2";
        RECON_RUN_BEFORE = "SELECT day, state, epoch, seen_at, done, total, from_at, until_at \
            FROM recon_run WHERE client_id = $1 AND day < $2 ORDER BY day DESC LIMIT 1";
        RECON_TAKE = "INSERT INTO recon_run (client_id, day, state, epoch, seen_at, done, total, \
            from_at, until_at) VALUES ($1, $2, 'working', 1, $3, 0, 0, $5, $5) \
            ON CONFLICT (client_id, day) DO UPDATE \
            SET state = 'working', epoch = recon_run.epoch + 1, seen_at = excluded.seen_at, \
                done = 0, total = 0 \
            WHERE recon_run.state = 'done' OR recon_run.seen_at < $4 RETURNING epoch";
        RECON_STEP = "UPDATE recon_run SET seen_at = $4, done = $5, total = $6 \
            WHERE client_id = $1 AND day = $2 AND epoch = $3";
        RECON_DONE = "UPDATE recon_run SET state = 'done', until_at = $4 \
            WHERE client_id = $1 AND day = $2 AND epoch = $3";
    }
}

/// Takes the reconciliation of `$2`: new, done before, or not seen since `$4`.
pub fn take(params: Vec<Val>) -> Statement {
    held("recon_take", sql::RECON_TAKE, params, &[Kind::Int])
}

/// Says how far it is, under its epoch.
pub fn step(params: Vec<Val>) -> Statement {
    held("recon_step", sql::RECON_STEP, params, &[])
}

/// Ends it, under its epoch.
pub fn end(params: Vec<Val>) -> Statement {
    held("recon_done", sql::RECON_DONE, params, &[])
}

fn held(
    name: &'static str,
    sql: &'static str,
    params: Vec<Val>,
    returns: &'static [Kind],
) -> Statement {
    Statement {
        name,
        sql,
        params,
        returns,
        expect: Expect::Some,
    }
}

/// Payments in one state that changed after a moment, milliseconds.
pub async fn owed_changed(
    store: &Store,
    client: ClientId,
    state: &str,
    after: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let found: Vec<(Uuid,)> = rows!(store, sql::RECON_OWED_CHANGED, client.0, state, after)?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Payments of which something was booked or said after a moment, milliseconds; some twice.
pub async fn heard_of(
    store: &Store,
    client: ClientId,
    after: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let mut found: Vec<(Uuid,)> = rows!(store, sql::RECON_ENTRIES_NEW, client.0, after)?;
    let words: Vec<(Uuid,)> = rows!(store, sql::RECON_WORDS_NEW, client.0, after)?;
    found.extend(words);
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// Payments on their way since a day or later, oldest first.
pub async fn waiting(
    store: &Store,
    client: ClientId,
    from: &str,
) -> Result<Vec<WaitRow>, StoreError> {
    Ok(rows!(store, sql::RECON_WAITING, client.0, from)?)
}

/// Breaks in one state, oldest first.
pub async fn breaks(
    store: &Store,
    client: ClientId,
    state: &str,
) -> Result<Vec<BreakRow>, StoreError> {
    Ok(rows!(store, sql::RECON_BREAKS, client.0, state)?)
}

/// The newest breaks that ended in one state, newest first.
pub async fn ended(
    store: &Store,
    client: ClientId,
    state: &str,
    limit: i64,
) -> Result<Vec<BreakRow>, StoreError> {
    Ok(rows!(
        store,
        sql::RECON_BREAKS_ENDED,
        client.0,
        state,
        limit
    )?)
}

/// One break.
pub async fn one_break(
    store: &Store,
    client: ClientId,
    id: Uuid,
) -> Result<Option<BreakRow>, StoreError> {
    Ok(maybe!(store, sql::RECON_BREAK, client.0, id)?)
}

/// What was done about a break, oldest first.
pub async fn notes(store: &Store, client: ClientId, id: Uuid) -> Result<Vec<NoteRow>, StoreError> {
    Ok(rows!(store, sql::RECON_NOTES, client.0, id)?)
}

/// Statements that end on a day or after it, in the order of days.
pub async fn statements(
    store: &Store,
    client: ClientId,
    from: &str,
) -> Result<Vec<StatementRow>, StoreError> {
    Ok(rows!(store, sql::RECON_STATEMENTS, client.0, from)?)
}

/// The first day any statement of an account is about.
pub async fn first_day(
    store: &Store,
    client: ClientId,
    account: &str,
    currency: &str,
) -> Result<Option<String>, StoreError> {
    let found: Option<(String,)> =
        maybe!(store, sql::RECON_FIRST_DAY, client.0, account, currency)?;
    Ok(found.map(|(day,)| day))
}

/// Whether a report was taken in before: by account, currency code and name.
pub async fn statement_known(
    store: &Store,
    client: ClientId,
    (account, currency, statement): (&str, &str, &str),
) -> Result<bool, StoreError> {
    let found: Option<(i64,)> = maybe!(
        store,
        sql::RECON_STATEMENT_KNOWN,
        client.0,
        account,
        currency,
        statement
    )?;
    Ok(found.is_some())
}

/// The payment and its try that a provider's own number of a refund names: as it told us, else as
/// it booked it before under that name. None if several would fit.
pub async fn numbered(
    store: &Store,
    client: ClientId,
    (provider, number): (&str, &str),
    booked_as: &str,
) -> Result<Option<(Uuid, i64)>, StoreError> {
    if number.is_empty() {
        return Ok(None);
    }
    let told: Vec<(Uuid, i64)> = rows!(store, sql::RECON_NUMBERED, client.0, provider, number)?;
    match told.as_slice() {
        [one] => return Ok(Some(*one)),
        [] => {}
        _ => return Ok(None),
    }
    Ok(maybe!(
        store,
        sql::RECON_NUMBERED_BEFORE,
        client.0,
        provider,
        booked_as
    )?)
}

/// Disputes that changed at a moment or after it, in no order: each as JSON, and when it changed
/// last, milliseconds.
pub async fn disputes(
    store: &Store,
    client: ClientId,
    since_ms: i64,
) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(rows!(store, sql::RECON_DISPUTES, client.0, since_ms)?)
}

/// Bookings of one name within an account, whenever they were.
pub async fn lines_of(
    store: &Store,
    client: ClientId,
    (account, reference): (&str, &str),
) -> Result<Vec<LineRow>, StoreError> {
    Ok(rows!(
        store,
        sql::RECON_LINES_OF,
        client.0,
        account,
        reference
    )?)
}

/// Chargebacks of one payment, whenever they were booked.
pub async fn chargebacks_of(
    store: &Store,
    client: ClientId,
    (account, payment): (&str, &str),
) -> Result<Vec<LineRow>, StoreError> {
    Ok(rows!(
        store,
        sql::RECON_LINES_SAYING,
        client.0,
        account,
        payment
    )?)
}

/// Bookings without a key of ours from a day on, oldest first.
pub async fn lines(
    store: &Store,
    client: ClientId,
    from: &str,
) -> Result<Vec<LineRow>, StoreError> {
    Ok(rows!(store, sql::RECON_LINES, client.0, from)?)
}

/// Breaks in one state after a place in the list, oldest first.
pub async fn breaks_after(
    store: &Store,
    client: ClientId,
    state: &str,
    (since_on, id): (&str, Uuid),
    limit: i64,
) -> Result<Vec<BreakRow>, StoreError> {
    Ok(rows!(
        store,
        sql::RECON_BREAKS_PAGE,
        client.0,
        state,
        since_on,
        id,
        limit
    )?)
}

/// Breaks in one state, counted by the day they began; `fresh` were found at `fresh_from` or later,
/// milliseconds.
pub async fn ages(
    store: &Store,
    client: ClientId,
    state: &str,
    fresh_from: i64,
) -> Result<Vec<AgeRow>, StoreError> {
    Ok(rows!(store, sql::RECON_AGES, client.0, state, fresh_from)?)
}

/// Days of a client up to one, newest first.
pub async fn days(
    store: &Store,
    client: ClientId,
    until: &str,
    limit: i64,
) -> Result<Vec<DayRow>, StoreError> {
    Ok(rows!(store, sql::RECON_DAYS, client.0, until, limit)?)
}

/// The reconciliation of a day.
pub async fn run(store: &Store, client: ClientId, day: &str) -> Result<Option<RunRow>, StoreError> {
    Ok(maybe!(store, sql::RECON_RUN, client.0, day)?)
}

/// The newest one before a day.
pub async fn run_before(
    store: &Store,
    client: ClientId,
    day: &str,
) -> Result<Option<RunRow>, StoreError> {
    Ok(maybe!(store, sql::RECON_RUN_BEFORE, client.0, day)?)
}

/// Which rows of a payment.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of {
    Obligations,
    Entries,
    Words,
    Breaks,
}

pub(super) fn of_payments(client: ClientId, which: Of, ids: &[Uuid]) -> Assembled {
    let mut all = Assembled::new(match which {
        Of::Obligations => {
            "SELECT client_id, obligation_id, case_id, order_id, kind, state, gateway, \
             amount_minor, currency, attempts, provider_ref, detail, created_at, updated_at \
             FROM obligation WHERE client_id = "
        }
        Of::Entries => {
            "SELECT account, source, reference, obligation_id, attempt, way, amount_minor, \
             currency, booked_on, statement FROM bank_entry WHERE client_id = "
        }
        Of::Words => {
            "SELECT obligation_id, attempt, source, message, said, code, at FROM gateway_word \
             WHERE client_id = "
        }
        Of::Breaks => {
            "SELECT client_id, break_id, rev, state, currency, kind, cause, subject, \
             obligation_id, case_id, expected_minor, found_minor, found_currency, since_on, \
             by_user, reason, opened_at, updated_at FROM recon_break WHERE client_id = "
        }
    });
    all.bind(client).push(" AND obligation_id IN (");
    for (i, id) in ids.iter().enumerate() {
        all.push(if i == 0 { "" } else { ", " }).bind(*id);
    }
    all.push(")");
    all
}

/// Our rows of these payments.
pub async fn obligations_of(
    store: &Store,
    client: ClientId,
    ids: &[Uuid],
) -> Result<Vec<super::money::ObligationRow>, StoreError> {
    of_payments(client, Of::Obligations, ids).rows(store).await
}

/// What was booked of these payments.
pub async fn entries_of(
    store: &Store,
    client: ClientId,
    ids: &[Uuid],
) -> Result<Vec<EntryRow>, StoreError> {
    of_payments(client, Of::Entries, ids).rows(store).await
}

/// What was said about these payments.
pub async fn words_of(
    store: &Store,
    client: ClientId,
    ids: &[Uuid],
) -> Result<Vec<WordRow>, StoreError> {
    of_payments(client, Of::Words, ids).rows(store).await
}

/// Breaks of these payments, in any state.
pub async fn breaks_of(
    store: &Store,
    client: ClientId,
    ids: &[Uuid],
) -> Result<Vec<BreakRow>, StoreError> {
    of_payments(client, Of::Breaks, ids).rows(store).await
}
