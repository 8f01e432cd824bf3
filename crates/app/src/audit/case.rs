//! What one case must satisfy: its events replay to the stored state, its read models say the
//! same, its stock movements are those of its events, and what must follow is waiting.

use super::{AuditFinding, Invariant, books::journal_pairs};
use crate::{
    App, AppError,
    books::rows as journal_rows,
    clocks::clock_row,
    commit::{Job, asked::approval_row, case_row, hold_rows, obligation_row, parcel_row, stock_of},
    directory::Client,
    payouts::ask_rows,
};
use kernel::{CaseId, ClientId, ObligationId, OrderId, Timestamp};
use returns::{
    AccountEntry, CaseLine, Event, ObligationState, OrderAccount, ReturnCase, SalesOrder, What,
    journal::{Posting, postings},
    replay,
};
use std::{collections::BTreeMap, sync::Arc};
use store::{
    Val,
    questions::{
        Also,
        approvals::{self, ApprovalRow},
        articles::{self, HoldRow},
        books::{self, JournalRow},
        cases::{self, CaseHead, CaseRow, EventRow, ParcelRow, StockRow},
        clocks::{self, ClockRow},
        money::{self, ObligationRow},
        orders::{self, AccountEntryRow},
        payouts::{self, AskRow},
        work::{self, JobRow},
    },
    tables::{self, Table},
};

/// Columns that tell when or how a row was written, not what the case is: they depend on the
/// last commit that touched the row, or on the client's settings then.
fn is_circumstance(table: &Table, column: &str) -> bool {
    match table.name {
        "return_case" => false,
        // Put off when there was nothing to say.
        "statutory_clock" => column == "ring_at",
        // In the time zone of that moment.
        "journal" => column == "month",
        _ => matches!(column, "updated_at" | "gateway"),
    }
}

/// Columns of a case that an audit does not compare: the due time follows the client's time zone
/// of that moment, and the state is compared as a value.
const NOT_AUDITED: &[&str] = &["due_at", "state"];

/// Everything stored about one case.
pub(super) struct CaseFacts {
    client: Arc<Client>,
    id: CaseId,
    pub(super) events: Vec<EventRow>,
    row: Option<CaseRow>,
    head: Option<CaseHead>,
    obligations: Vec<ObligationRow>,
    parcels: Vec<ParcelRow>,
    stock: Vec<StockRow>,
    clocks: Vec<ClockRow>,
    holds: Vec<HoldRow>,
    approvals: Vec<ApprovalRow>,
    asks: Vec<AskRow>,
    jobs: Vec<JobRow>,
    /// Every entry of the order's account, those of other cases too.
    entries: Vec<AccountEntryRow>,
    journal: Vec<JournalRow>,
}

impl CaseFacts {
    pub(super) async fn load(
        app: &App,
        client: ClientId,
        id: CaseId,
        events: Vec<EventRow>,
    ) -> Result<Self, AppError> {
        let store = app.store();
        let row = cases::case_load(store, client, id, Also::NOTHING).await?;
        let entries = match &row {
            Some(row) => orders::account_entries(store, client, OrderId(row.order_id)).await?,
            None => Vec::new(),
        };
        Ok(Self {
            client: app
                .directory()
                .client(client)
                .ok_or(AppError::Missing)?
                .clone(),
            id,
            events,
            row,
            entries,
            journal: books::journal_of(store, client, id).await?,
            head: cases::case_head(store, client, id).await?,
            obligations: money::obligations_of_case(store, client, id).await?,
            parcels: cases::parcels_of_case(store, client, id).await?,
            stock: cases::stock_of_case(store, client, id).await?,
            clocks: clocks::of_case(store, client, id).await?,
            holds: articles::holds_of_case(store, client, id).await?,
            approvals: approvals::of_case(store, client, id).await?,
            asks: payouts::of_case(store, client, id).await?,
            jobs: work::jobs_of_case(store, client, id).await?,
        })
    }

    /// The events, read.
    pub(super) fn log(&self) -> Result<Vec<Event>, String> {
        let mut log = Vec::with_capacity(self.events.len());
        for (row, version) in self.events.iter().zip(1_i64..) {
            if row.version != version {
                return Err(format!(
                    "event {version} is missing, the next one is {}",
                    row.version
                ));
            }
            let event: Event = serde_json::from_str(&row.body)
                .map_err(|e| format!("event {version} cannot be read: {e}"))?;
            log.push(event);
        }
        Ok(log)
    }

    /// The case its events add up to.
    pub(super) fn replayed(&self) -> Result<(ReturnCase, Vec<Event>), String> {
        if self.events.is_empty() {
            return Err("the case has no events".to_owned());
        }
        let log = self.log()?;
        let case = replay(&log).map_err(|e| format!("its events are no case: {e}"))?;
        if case.id != self.id || case.client != self.client.id {
            return Err("its first event is about another case".to_owned());
        }
        Ok((case, log))
    }

    /// The journal its events and the entries of its order give.
    fn books(&self, order: &SalesOrder) -> Result<Vec<Posting>, AppError> {
        let fault = |e: &dyn std::fmt::Display| AppError::fault(format!("its books: {e}"));
        let log = self.log().map_err(|e| fault(&e))?;
        let read = |row: &AccountEntryRow| serde_json::from_str(&row.body);
        let entries: Result<Vec<AccountEntry>, _> = self.entries.iter().map(read).collect();
        let entries = entries.map_err(|e| fault(&e))?;
        let fresh = OrderAccount::open(order);
        postings(order, &fresh, None, self.id, &log, &entries).map_err(|e| fault(&e))
    }

    /// When an event was recorded.
    fn at(&self, version: u64) -> Timestamp {
        let at = |row: &&EventRow| u64::try_from(row.version) == Ok(version);
        let found = self.events.iter().find(at).map_or(0, |row| row.at);
        Timestamp::from_millisecond(found).unwrap_or_default()
    }

    /// The order, read.
    pub(super) fn order(&self) -> Result<SalesOrder, String> {
        let row = self.row.as_ref().ok_or("there are events and no case")?;
        serde_json::from_str(&row.order_body).map_err(|e| format!("its order cannot be read: {e}"))
    }
}

/// Checks one case.
pub(super) fn check(facts: &CaseFacts) -> Vec<AuditFinding> {
    let order = facts.row.as_ref().map(|row| OrderId(row.order_id));
    let (client, case) = (facts.client.id, Some(facts.id));
    let tell = |(invariant, words): (Invariant, String)| AuditFinding {
        invariant,
        client,
        order,
        case,
        words,
    };
    let replayed = facts
        .replayed()
        .and_then(|(case, log)| Ok((case, log, facts.order()?)));
    let (case, log, order) = match replayed {
        Ok(replayed) => replayed,
        Err(words) => return vec![tell((Invariant::Replay, words))],
    };
    let mut found = Vec::new();
    if case.order != order.id {
        found.push((Invariant::Replay, "it stands at another order".to_owned()));
    }
    let told = |words: Vec<String>, i: Invariant| words.into_iter().map(move |w| (i, w));
    found.extend(told(state_faults(facts, &case), Invariant::Replay));
    match case_rows(facts, &order, &case) {
        Ok(pairs) => {
            found.extend(told(
                pairs.iter().filter_map(Pair::fault).collect(),
                Invariant::Replay,
            ));
        }
        Err(e) => found.push((Invariant::Replay, e.to_string())),
    }
    found.extend(told(
        case.lines.iter().filter_map(unit_fault).collect(),
        Invariant::Units,
    ));
    found.extend(told(clock_faults(&log), Invariant::Clocks));
    found.extend(told(stock_faults(facts, &order, &log), Invariant::Stock));
    found.extend(told(work_faults(facts, &case), Invariant::Work));
    found.into_iter().map(tell).collect()
}

fn state_faults(facts: &CaseFacts, case: &ReturnCase) -> Vec<String> {
    let Some(row) = &facts.row else {
        return Vec::new();
    };
    match serde_json::from_str::<ReturnCase>(&row.state) {
        Ok(stored) if stored == *case => Vec::new(),
        Ok(stored) => vec![format!(
            "the stored state (version {}) is not what its {} events give",
            stored.version, case.version
        )],
        Err(e) => vec![format!("the stored state cannot be read: {e}")],
    }
}

/// A read-model row as it should be and as it is.
pub(super) struct Pair {
    pub(super) table: &'static Table,
    pub(super) want: Option<Vec<Val>>,
    pub(super) have: Option<Vec<Val>>,
}

impl Pair {
    /// Columns that differ in what the log decides.
    fn differing(&self) -> Vec<&'static str> {
        let (Some(want), Some(have)) = (&self.want, &self.have) else {
            return Vec::new();
        };
        let columns = self.table.columns.iter().zip(want.iter().zip(have));
        let differ = columns.filter(|(_, (want, have))| want != have);
        differ
            .map(|((name, _), _)| *name)
            .filter(|c| !is_circumstance(self.table, c))
            .collect()
    }

    /// What is wrong for an audit.
    pub(super) fn fault(&self) -> Option<String> {
        let table = self.table.name;
        match (&self.want, &self.have) {
            (Some(_), None) => Some(format!("a row of {table} is missing")),
            (None, Some(_)) => Some(format!("a row of {table} belongs to nothing in the case")),
            _ => {
                let mut columns = self.differing();
                columns.retain(|c| !NOT_AUDITED.contains(c));
                let list = columns.join(", ");
                (!columns.is_empty()).then(|| format!("{table} says otherwise in: {list}"))
            }
        }
    }

    /// Whether writing the row again would change what is derived from the log.
    pub(super) fn is_stale(&self) -> bool {
        self.want.is_some() && (self.have.is_none() || !self.differing().is_empty())
    }
}

/// Every read-model row of a case, as it should be and as it is.
pub(super) fn case_rows(
    facts: &CaseFacts,
    order: &SalesOrder,
    case: &ReturnCase,
) -> Result<Vec<Pair>, AppError> {
    let client = &facts.client;
    let head = facts.head.as_ref().zip(facts.row.as_ref());
    let mut pairs = vec![Pair {
        table: &tables::RETURN_CASE,
        want: Some(case_row(client, order, case)?),
        have: head.map(|(head, row)| stored_case(head, row)),
    }];
    let owed = case
        .obligations
        .iter()
        .map(|o| (o.id.0, obligation_row(client, order, case, o)));
    let stored = facts
        .obligations
        .iter()
        .map(|o| (o.obligation_id, stored_obligation(o)));
    pairs.extend(paired(&tables::OBLIGATION, owed, stored));
    let sent = case.parcels.iter().map(|p| (p.id.0, parcel_row(case, p)));
    let stored = facts
        .parcels
        .iter()
        .map(|p| (p.parcel_id, stored_parcel(client.id, p)));
    pairs.extend(paired(&tables::PARCEL, sent, stored));
    let key = |kind: &str, rule: &str| format!("{kind} {rule}");
    let counted = case.statutory.iter().map(|c| {
        (
            key(c.kind.as_str(), &c.rule),
            clock_row(client, order, case, c),
        )
    });
    let stored = facts
        .clocks
        .iter()
        .map(|c| (key(&c.kind, &c.rule), stored_clock(c)));
    pairs.extend(paired(&tables::STATUTORY_CLOCK, counted, stored));
    let stored = facts.holds.iter().map(|h| {
        let key = (h.obligation_id, h.sku.clone());
        (key, stored_hold(client.id, h))
    });
    pairs.extend(paired(
        &tables::SHELF_HOLD,
        hold_rows(case).into_iter(),
        stored,
    ));
    let asked = case
        .approvals
        .iter()
        .map(|a| (i64::from(a.grant), approval_row(client.id, case, a)));
    let stored = facts
        .approvals
        .iter()
        .map(|a| (a.grant_no, stored_approval(a)));
    pairs.extend(paired(&tables::APPROVAL, asked, stored));
    let key = |row: &[Val]| row.get(2).and_then(Val::uuid).unwrap_or_default();
    let asks = ask_rows(case).into_iter().map(|row| (key(&row), row));
    let stored = facts.asks.iter().map(|a| (a.subject, stored_ask(a)));
    pairs.extend(paired(&tables::PAYOUT_ASK, asks, stored));
    let posted = facts.books(order)?;
    let want = journal_rows(client, order.currency, facts.id, &posted, |v| facts.at(v));
    pairs.extend(journal_pairs(client.id, want, &facts.journal));
    Ok(pairs)
}

fn stored_ask(row: &AskRow) -> Vec<Val> {
    vec![
        row.client_id.into(),
        row.case_id.into(),
        row.subject.into(),
        row.kind.as_str().into(),
        row.state.as_str().into(),
        row.hash.as_str().into(),
        row.amount_minor.into(),
        row.currency.as_str().into(),
        row.asked_by
            .map_or(Val::Null(store::Kind::Uuid), Into::into),
        row.asked_at.into(),
        row.updated_at.into(),
    ]
}

fn stored_approval(row: &ApprovalRow) -> Vec<Val> {
    vec![
        row.client_id.into(),
        row.case_id.into(),
        row.grant_no.into(),
        row.state.as_str().into(),
        row.hash.as_str().into(),
        row.amount_minor.into(),
        row.currency.as_str().into(),
        row.asked_by
            .map_or(Val::Null(store::Kind::Uuid), Into::into),
        row.asked_at.into(),
        row.updated_at.into(),
    ]
}

pub(super) fn paired<K: Ord>(
    table: &'static Table,
    want: impl Iterator<Item = (K, Vec<Val>)>,
    have: impl Iterator<Item = (K, Vec<Val>)>,
) -> Vec<Pair> {
    let mut pairs: BTreeMap<K, Pair> = want
        .map(|(key, row)| {
            (
                key,
                Pair {
                    table,
                    want: Some(row),
                    have: None,
                },
            )
        })
        .collect();
    for (key, row) in have {
        let pair = pairs.entry(key).or_insert(Pair {
            table,
            want: None,
            have: None,
        });
        pair.have = Some(row);
    }
    pairs.into_values().collect()
}

fn stored_case(head: &CaseHead, row: &CaseRow) -> Vec<Val> {
    vec![
        head.client_id.into(),
        head.case_id.into(),
        head.rma.clone().into(),
        row.order_id.into(),
        head.order_number.clone().into(),
        head.customer_id.into(),
        head.version.into(),
        head.status.clone().into(),
        head.queue.clone().into(),
        head.path.clone().into(),
        head.title.clone().into(),
        head.country.clone().into(),
        head.currency.clone().into(),
        head.amount_minor.into(),
        head.due_at.into(),
        head.opened_at.into(),
        head.updated_at.into(),
        row.kept_units.into(),
        row.state.clone().into(),
    ]
}

fn stored_obligation(o: &ObligationRow) -> Vec<Val> {
    vec![
        o.client_id.into(),
        o.obligation_id.into(),
        o.case_id.into(),
        o.order_id.into(),
        o.kind.clone().into(),
        o.state.clone().into(),
        o.gateway.clone().into(),
        o.amount_minor.into(),
        o.currency.clone().into(),
        o.attempts.into(),
        o.provider_ref.clone().into(),
        o.detail.clone().into(),
        o.created_at.into(),
        o.updated_at.into(),
    ]
}

fn stored_clock(c: &ClockRow) -> Vec<Val> {
    let text = |t: &String| Val::from(t.clone());
    vec![
        c.client_id.into(),
        c.case_id.into(),
        text(&c.kind),
        text(&c.rule),
        text(&c.list),
        text(&c.state),
        text(&c.citation),
        text(&c.rma),
        text(&c.order_number),
        text(&c.country),
        text(&c.started_by),
        text(&c.started_on),
        text(&c.strict_on),
        text(&c.due_on),
        text(&c.met_on),
        text(&c.breached_on),
        c.work_at.into(),
        c.due_at.into(),
        c.over_at.into(),
        c.ring_at.into(),
    ]
}

fn stored_parcel(client: ClientId, p: &ParcelRow) -> Vec<Val> {
    vec![
        client.into(),
        p.parcel_id.into(),
        p.case_id.into(),
        p.tracking.clone().into(),
        p.carrier.clone().into(),
        p.milestone.clone().into(),
        p.updated_at.into(),
    ]
}

fn stored_hold(client: ClientId, h: &HoldRow) -> Vec<Val> {
    vec![
        client.into(),
        h.obligation_id.into(),
        h.sku.clone().into(),
        h.case_id.into(),
        h.units.into(),
    ]
}

/// The order among the quantities of a line.
fn unit_fault(line: &CaseLine) -> Option<String> {
    let q = &line.quantities;
    let sum = |parts: &[u32]| parts.iter().map(|n| u64::from(*n)).sum::<u64>();
    let holds = sum(&[q.accepted, q.rejected]) <= sum(&[q.received, q.unexpected])
        && sum(&[q.received, q.missing, q.kept]) <= sum(&[q.authorised])
        && sum(&[q.authorised, q.declined]) <= sum(&[q.announced]);
    (!holds).then(|| format!("the units of line {} do not add up: {q:?}", line.line))
}

/// Nothing is closed over a running clock for money, and a withdrawal is acknowledged once.
fn clock_faults(log: &[Event]) -> Vec<String> {
    let mut found = Vec::new();
    let acknowledged = log
        .iter()
        .filter(|e| matches!(e.what, What::Acknowledged { .. }))
        .count();
    if acknowledged > 1 {
        found.push(format!("it was acknowledged {acknowledged} times"));
    }
    let Some(mut case) = log.first().and_then(ReturnCase::open) else {
        return found;
    };
    for event in log.iter().skip(1) {
        case.apply(event);
        let closed = matches!(event.what, What::Closed);
        if let Some(clock) = case.statutory.iter().find(|c| closed && c.money_runs()) {
            found.push(format!(
                "it was closed while {} ({}) ran",
                clock.kind, clock.rule
            ));
        }
    }
    found
}

type Movement = (String, String, i64, String);

fn stock_faults(facts: &CaseFacts, order: &SalesOrder, log: &[Event]) -> Vec<String> {
    let mut open: BTreeMap<Movement, i64> = BTreeMap::new();
    for movement in log.iter().flat_map(|event| stock_of(order, event)) {
        *open.entry(movement).or_default() += 1;
    }
    for row in &facts.stock {
        let key = (
            row.sku.clone(),
            row.bucket.clone(),
            row.quantity,
            row.reason.clone(),
        );
        *open.entry(key).or_default() -= 1;
    }
    open.retain(|_, left| *left != 0);
    let words = |((sku, bucket, quantity, reason), left): (Movement, i64)| {
        let what = if left > 0 {
            "is missing"
        } else {
            "follows from no event"
        };
        format!("the stock movement {quantity} {sku} into {bucket} ({reason}) {what}")
    };
    open.into_iter().map(words).collect()
}

/// Obligations that nothing will carry on.
fn work_faults(facts: &CaseFacts, case: &ReturnCase) -> Vec<String> {
    let waiting: Vec<(ObligationId, &str)> = facts
        .jobs
        .iter()
        .filter_map(|row| match serde_json::from_str(&row.body).ok()? {
            // A person looks at it: the house was put back from a backup.
            Job::Pay { obligation } if row.last_error.starts_with(work::RESTORED) => {
                Some((obligation, "open"))
            }
            Job::Pay { obligation } | Job::Reconcile { obligation } => {
                Some((obligation, row.state.as_str()))
            }
            _ => None,
        })
        .collect();
    let moving = |state| {
        use ObligationState as O;
        matches!(state, O::Requested | O::Sent | O::Unknown)
    };
    // Nothing goes out, and so nothing is to be done, before a second person says so.
    let asked = |o: &returns::Obligation| {
        o.state == ObligationState::Requested
            && case.exchange_with(o.id).is_none()
            && (case.approval(o.grant).is_some_and(|a| !a.is_given())
                || case.waits_for_destination(o.id)
                || case.waits_for_confirmation(o.id))
    };
    // The end of the dispute asks for the payment again.
    let disputed = |o: &returns::Obligation| {
        case.disputed
            && o.kind == returns::ObligationKind::Refund
            && o.state == ObligationState::Requested
    };
    case.obligations
        .iter()
        .filter(|o| !asked(o) && !disputed(o))
        // Goods are sent by people, who record it themselves.
        .filter(|o| moving(o.state) && !o.kind.is_by_hand())
        .filter(|o| !waiting.contains(&(o.id, "open")))
        .map(|o| {
            let why = if waiting.contains(&(o.id, "dead")) {
                "its job is dead"
            } else {
                "no job"
            };
            format!("{} is {:?} and nothing carries it on: {why}", o.id, o.state)
        })
        .collect()
}
