//! From what the domain decided to what is stored: one [`Write`] with the events, their ledger
//! leaves, the read models, the account and the work that follows. Nothing else writes cases.
//! Everything here is a function of the outcome, so `rebuild` can make the same rows again.

pub(crate) mod asked;
mod job;
mod shelf;
mod stock;
mod way;

pub use job::Job;
pub(crate) use shelf::hold_rows;
pub(crate) use stock::stock_of;
pub use way::{gateway_of, taker_of};

use crate::{
    App,
    clocks::{alert_jobs, clock_row},
    directory::Client,
    documents,
    error::AppError,
    ledger::leaf_hash,
};
use kernel::{CaseId, ClientId, Timestamp};
use returns::{
    Effect, Event, Obligation, ObligationState, OrderAccount, Outcome, Parcel, Path, ReturnCase,
    SalesOrder, Status, StatutoryClock, journal::postings,
};
use serde::Serialize;
use store::{Val, Write, tables};

/// The queues a case can stand in, in the order the desk shows them.
pub const QUEUES: &[&str] = &[
    "review",
    "attention",
    "info",
    "goods",
    "dock",
    "money",
    "done",
];

/// The queue a case stands in: who has to do something next.
pub fn queue_of(case: &ReturnCase) -> &'static str {
    use ObligationState as O;
    // A customer who did not pay can try again, and falls back when the day is over.
    let stuck = |o: &Obligation| {
        matches!(o.state, O::Failed | O::Returned | O::Unknown)
            && !(o.state == O::Failed && case.is_for_customer(o.id))
    };
    let held = |id: &kernel::ObligationId| case.obligation(*id).is_some_and(|o| o.state.is_open());
    let out = |e: &returns::Exchange| e.late && e.security_charged_minor.is_none();
    let late = |c: &StatutoryClock| c.runs() && c.breached_on.is_some();
    match case.status() {
        Status::Submitted | Status::InReview | Status::Reopened => "review",
        Status::OnHold | Status::Appealed | Status::Disputed => "attention",
        _ if case.obligations.iter().any(stuck) => "attention",
        // Somebody has to say whether a lost dispute took the place of this refund.
        _ if case.held_back.iter().any(held) => "attention",
        _ if case.live_exchanges().any(out) => "attention",
        _ if case.statutory.iter().any(late) => "attention",
        Status::Declined | Status::Closed | Status::Cancelled | Status::Expired => "done",
        Status::Arrived | Status::Inspecting => "dock",
        _ if case.taken_back => "review",
        Status::NeedsInfo => "info",
        Status::Authorised
        | Status::PartlyAuthorised
        | Status::AwaitingGoods
        | Status::InTransit => "goods",
        Status::Decided | Status::Settling | Status::Settled => "money",
    }
}

/// When the case is due next: the legal or promised clock of its queue, or a working rhythm of
/// the house where no clock runs. Milliseconds; `i64::MAX` for a case that is done.
pub fn due_at(case: &ReturnCase, client: &Client) -> i64 {
    const HOUR: i64 = 3_600_000;
    let after = |hours: i64| case.changed_at.as_millisecond() + hours * HOUR;
    let end_of = |day: Option<kernel::Date>| {
        day.and_then(|d| d.tomorrow().ok())
            .and_then(|d| client.midnight(d))
            .map(Timestamp::as_millisecond)
    };
    let owed = case
        .statutory
        .iter()
        .filter(|c| c.kind.is_owed() && c.runs());
    let promised = [case.money_promised(), case.answer_promised()];
    let days = owed.filter_map(|c| c.strict);
    let legal = end_of(days.chain(promised.into_iter().flatten()).min()).unwrap_or(i64::MAX);
    match queue_of(case) {
        "done" => i64::MAX,
        "review" => after(24).min(legal),
        "attention" => after(4).min(legal),
        "info" => after(7 * 24).min(legal),
        "goods" => end_of(case.clocks.authorise_expires).unwrap_or_else(|| after(21 * 24)),
        "dock" => after(48).min(legal),
        _ => after(72).min(legal),
    }
}

/// Everything one command stores, before the parts only the caller knows (answer, finished job).
pub(crate) struct Commit<'a> {
    pub(crate) client: &'a Client,
    pub(crate) order: &'a SalesOrder,
    /// The account of the order before the command.
    pub(crate) account: &'a OrderAccount,
    pub(crate) before: Option<&'a ReturnCase>,
    pub(crate) outcome: &'a Outcome,
    pub(crate) at: Timestamp,
}

impl App {
    /// Fills `write` with the rows of a commit.
    pub(crate) fn put_commit(
        &self,
        write: &mut Write,
        commit: &Commit<'_>,
    ) -> Result<(), AppError> {
        let Commit {
            client,
            order,
            account,
            before,
            outcome,
            at,
        } = *commit;
        let case = &outcome.case;
        let known = before.map_or(0, |c| c.version);
        if !outcome.entries.is_empty() {
            put_account(write, client.id, &outcome.account)?;
        }
        for entry in &outcome.entries {
            write.row(
                &tables::ACCOUNT_ENTRY,
                vec![
                    client.id.into(),
                    order.id.0.into(),
                    int(entry.seq).into(),
                    entry.case.0.into(),
                    serde_json::to_string(entry)?.into(),
                    at.as_millisecond().into(),
                ],
            );
        }
        // Refuses to store a command whose books would not say what the account says.
        let (events, entries) = (&outcome.events, &outcome.entries);
        let posted = postings(order, account, before, case.id, events, entries);
        let posted = posted.map_err(AppError::fault)?;
        crate::books::put(write, client, order.currency, case.id, &posted, at);
        put_case(write, client, order, case)?;
        for (event, version) in outcome.events.iter().zip(known + 1..) {
            self.put_event(write, client.id, case.id, version, event)?;
            self.put_stock(write, client, order, case, event);
        }
        for obligation in &case.obligations {
            if before.and_then(|c| c.obligation(obligation.id)) != Some(obligation) {
                put_obligation(write, client, order, case, obligation);
            }
        }
        asked::put(write, before, case);
        crate::payouts::put_asks(write, before, case);
        for clock in &case.statutory {
            if before.and_then(|c| c.clock(clock.kind, &clock.rule)) != Some(clock) {
                write.row(
                    &tables::STATUTORY_CLOCK,
                    clock_row(client, order, case, clock),
                );
            }
        }
        for parcel in &case.parcels {
            if before.and_then(|c| c.parcels.iter().find(|p| p.id == parcel.id)) != Some(parcel) {
                put_parcel(write, case, parcel);
            }
        }
        for effect in &outcome.effects {
            if let Effect::MoveShelf { sku, units, to } = effect {
                write.statement(shelf::statement(client.id, sku, *units, *to));
            }
        }
        let held = before.map(hold_rows).unwrap_or_default();
        for (key, row) in hold_rows(case) {
            if held.get(&key) != Some(&row) {
                write.row(&tables::SHELF_HOLD, row);
            }
        }
        for obligation in documents::moved(client, case, &outcome.events) {
            let job = Job::Document { obligation };
            self.put_job(write, client.id, case.id, &job, at)?;
        }
        for job in self.jobs_of(client, case, &outcome.effects) {
            let run_at = match &job {
                Job::Pay { .. } => asked::due(client, &outcome.events, at),
                Job::Lapse { at, .. } => Some(*at),
                Job::Watch { on, .. } => on.tomorrow().ok().and_then(|d| client.midnight(d)),
                _ => None,
            };
            self.put_job_at(write, client.id, case.id, &job, (at, run_at.unwrap_or(at)))?;
        }
        Ok(())
    }

    fn put_event(
        &self,
        write: &mut Write,
        client: ClientId,
        case: CaseId,
        version: u64,
        event: &Event,
    ) -> Result<(), AppError> {
        self.put_fact(
            write,
            client,
            case,
            (int(version), event.name(), event.at),
            event,
        )
    }

    /// Adds an event of a stream to a write, with the leaf it is logged under. `fact` is written
    /// in the form of an event: its time under `at`, its kind under `what.type`.
    pub(crate) fn put_fact(
        &self,
        write: &mut Write,
        client: ClientId,
        stream: CaseId,
        (version, kind, at): (i64, &str, Timestamp),
        fact: &impl Serialize,
    ) -> Result<(), AppError> {
        let body = ledger::canonical_json(fact).map_err(AppError::fault)?;
        let body = String::from_utf8(body).map_err(AppError::fault)?;
        let salt = self.random32();
        let number = u64::try_from(version).map_err(AppError::fault)?;
        let leaf = leaf_hash(client, stream, number, kind, &body, &salt)?;
        write.row(
            &tables::EVENT,
            vec![
                client.into(),
                stream.0.into(),
                version.into(),
                kind.into(),
                at.as_millisecond().into(),
                body.into(),
                salt.to_vec().into(),
            ],
        );
        write.row(
            &tables::LEDGER_PENDING,
            vec![
                client.into(),
                stream.0.into(),
                version.into(),
                leaf.0.to_vec().into(),
            ],
        );
        Ok(())
    }

    /// Adds a job to a write.
    pub(crate) fn put_job(
        &self,
        write: &mut Write,
        client: ClientId,
        case: CaseId,
        job: &Job,
        at: Timestamp,
    ) -> Result<(), AppError> {
        self.put_job_at(write, client, case, job, (at, at))
    }

    pub(crate) fn put_job_at(
        &self,
        write: &mut Write,
        client: ClientId,
        case: CaseId,
        job: &Job,
        (at, run_at): (Timestamp, Timestamp),
    ) -> Result<(), AppError> {
        write.row(
            &tables::OUTBOX,
            vec![
                client.into(),
                self.mint(at).into(),
                case.0.into(),
                job.kind().into(),
                "open".into(),
                serde_json::to_string(job)?.into(),
                0.into(),
                run_at.as_millisecond().into(),
                "".into(),
                at.as_millisecond().into(),
            ],
        );
        Ok(())
    }

    fn jobs_of(&self, client: &Client, case: &ReturnCase, effects: &[Effect]) -> Vec<Job> {
        let directory = self.directory();
        let tell = |event: &str, data: &serde_json::Value| -> Vec<Job> {
            let to = |e: &store::questions::people::EndpointRow| Job::Webhook {
                endpoint: e.endpoint_id,
                version: case.version,
                event: event.to_owned(),
                data: data.clone(),
            };
            directory.endpoints(client.id).iter().map(to).collect()
        };
        effects
            .iter()
            .flat_map(|effect| match effect {
                Effect::CreateLabel { parcel } => vec![Job::Label { parcel: *parcel }],
                Effect::PayObligation { obligation, .. } => {
                    vec![Job::Pay {
                        obligation: *obligation,
                    }]
                }
                Effect::Reconcile { obligation } => {
                    vec![Job::Reconcile {
                        obligation: *obligation,
                    }]
                }
                Effect::ReleaseHold { obligation } => vec![Job::ReleaseHold {
                    obligation: *obligation,
                }],
                Effect::WatchExchange { goods, on } => vec![Job::Watch {
                    goods: *goods,
                    on: *on,
                }],
                Effect::MoveShelf { sku, units, to } => tell(
                    "redress.exchange.stock",
                    &serde_json::json!({
                        "case": case.id, "rma": case.rma, "sku": sku, "units": units, "to": to,
                    }),
                ),
                Effect::Notify { notice } => vec![Job::Notify { notice: *notice }],
                Effect::PushStock {
                    line,
                    units,
                    grade,
                    disposition,
                } => tell(
                    "redress.stock.moved",
                    &serde_json::json!({
                        "case": case.id, "rma": case.rma, "line": line, "units": units,
                        "grade": grade, "disposition": disposition,
                    }),
                ),
                Effect::Webhook => tell(
                    "redress.return.changed",
                    &serde_json::json!({
                        "case": case.id, "rma": case.rma, "order": case.order,
                        "status": case.status(), "version": case.version,
                    }),
                ),
                Effect::ClockAlert {
                    kind,
                    due,
                    breached,
                } => {
                    let name = if *breached {
                        "redress.clock.breached"
                    } else {
                        "redress.clock.near"
                    };
                    let mut jobs = tell(
                        name,
                        &serde_json::json!({
                            "case": case.id, "rma": case.rma, "clock": kind, "due": due,
                        }),
                    );
                    jobs.extend(alert_jobs(client, *kind, *due, *breached));
                    jobs
                }
                Effect::Lapse { about, at } => vec![Job::Lapse {
                    about: *about,
                    at: *at,
                }],
                // The attention queue shows it: nothing goes outside.
                Effect::Attention { .. } => Vec::new(),
            })
            .collect()
    }

    fn put_stock(
        &self,
        write: &mut Write,
        client: &Client,
        order: &SalesOrder,
        case: &ReturnCase,
        event: &Event,
    ) {
        let (back, case) = (case.return_to(), case.id);
        let dock = client.dock_code(order.place.country, back);
        for (sku, bucket, quantity, reason) in stock_of(order, event) {
            write.row(
                &tables::STOCK_LEVEL,
                vec![
                    client.id.into(),
                    sku.as_str().into(),
                    dock.into(),
                    bucket.as_str().into(),
                    quantity.into(),
                ],
            );
            write.row(
                &tables::STOCK_MOVEMENT,
                vec![
                    client.id.into(),
                    self.mint(event.at).into(),
                    case.0.into(),
                    sku.into(),
                    dock.into(),
                    bucket.into(),
                    quantity.into(),
                    reason.into(),
                    event.at.as_millisecond().into(),
                ],
            );
        }
    }
}

/// Adds the account of an order to a write.
pub(crate) fn put_account(
    write: &mut Write,
    client: ClientId,
    account: &OrderAccount,
) -> Result<(), AppError> {
    write.row(&tables::ORDER_ACCOUNT, account_row(client, account)?);
    Ok(())
}

/// The row of an order account. A lost chargeback after a refund may exceed what was captured:
/// that is a fact to show, not a write to refuse, so the guard counts what we owe and paid only.
pub(crate) fn account_row(client: ClientId, account: &OrderAccount) -> Result<Vec<Val>, AppError> {
    Ok(vec![
        client.into(),
        account.order.0.into(),
        int(account.seq).into(),
        account.captured_minor.into(),
        (account.refunded_minor + account.pending_minor).into(),
        serde_json::to_string(account)?.into(),
    ])
}

fn put_case(
    write: &mut Write,
    client: &Client,
    order: &SalesOrder,
    case: &ReturnCase,
) -> Result<(), AppError> {
    write.row(&tables::RETURN_CASE, case_row(client, order, case)?);
    Ok(())
}

/// The read model of a case: everything lists sort, filter and show, and the state itself.
pub(crate) fn case_row(
    client: &Client,
    order: &SalesOrder,
    case: &ReturnCase,
) -> Result<Vec<Val>, AppError> {
    let path = match case.path {
        Path::Ordinary => "ordinary",
        Path::Withdrawal => "withdrawal",
    };
    Ok(vec![
        client.id.into(),
        case.id.0.into(),
        (&*case.rma).into(),
        order.id.0.into(),
        (&*order.number).into(),
        order.customer.0.into(),
        int(case.version).into(),
        case.status().as_str().into(),
        queue_of(case).into(),
        path.into(),
        title_of(order, case).into(),
        order.place.country.as_str().into(),
        case.currency.code().into(),
        amount_of(case).into(),
        due_at(case, client).into(),
        case.opened_at.as_millisecond().into(),
        case.changed_at.as_millisecond().into(),
        kept_units(case).into(),
        serde_json::to_string(case)?.into(),
    ])
}

/// What the case is worth to the customer: granted so far, else quoted.
pub fn amount_of(case: &ReturnCase) -> i64 {
    let granted = case.granted_minor();
    let quoted = || case.decision.as_ref().map_or(0, |d| d.quote.total.minor);
    if granted > 0 { granted } else { quoted() }
}

/// Units the customer is paid for and keeps: what a policy's cap on such refunds counts.
fn kept_units(case: &ReturnCase) -> i64 {
    if case.cancelled {
        return 0;
    }
    case.lines
        .iter()
        .map(|l| i64::from(l.quantities.kept))
        .sum()
}

/// The first article and how many more lines there are; of the order, while nobody knows what
/// came back.
fn title_of(order: &SalesOrder, case: &ReturnCase) -> String {
    let first = case.lines.first().map_or(0, |l| l.line);
    let title = order.line(first).map_or("", |l| &l.title);
    match case.lines.len() {
        0 | 1 => title.to_owned(),
        n => format!("{title} (+{})", n - 1),
    }
}

fn put_obligation(
    write: &mut Write,
    client: &Client,
    order: &SalesOrder,
    case: &ReturnCase,
    obligation: &Obligation,
) {
    write.row(
        &tables::OBLIGATION,
        obligation_row(client, order, case, obligation),
    );
}

/// The read model of an obligation.
pub(crate) fn obligation_row(
    client: &Client,
    order: &SalesOrder,
    case: &ReturnCase,
    obligation: &Obligation,
) -> Vec<Val> {
    let created = case
        .grants
        .get(usize::from(obligation.grant))
        .map_or(case.opened_at, |g| g.at);
    let (reference, detail) = match obligation.state {
        ObligationState::Failed | ObligationState::Returned => {
            ("", obligation.reference.as_deref())
        }
        _ => (obligation.reference.as_deref().unwrap_or_default(), None),
    };
    vec![
        client.id.into(),
        obligation.id.0.into(),
        case.id.0.into(),
        order.id.0.into(),
        name_of(&obligation.kind).into(),
        name_of(&obligation.state).into(),
        gateway_of(client, order, obligation).into(),
        obligation.minor.into(),
        case.currency.code().into(),
        i64::from(obligation.attempts).into(),
        reference.into(),
        detail.unwrap_or_default().into(),
        created.as_millisecond().into(),
        case.changed_at.as_millisecond().into(),
    ]
}

/// The serialised name of a plain enum value.
fn name_of<T: Serialize>(value: &T) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn put_parcel(write: &mut Write, case: &ReturnCase, parcel: &Parcel) {
    write.row(&tables::PARCEL, parcel_row(case, parcel));
}

/// The read model of a parcel.
pub(crate) fn parcel_row(case: &ReturnCase, parcel: &Parcel) -> Vec<Val> {
    let milestone = match parcel {
        Parcel {
            received_on: Some(_),
            ..
        } => "received",
        Parcel {
            delivered_on: Some(_),
            ..
        } => "delivered",
        Parcel {
            shipped_on: Some(_),
            ..
        } => "in_transit",
        _ => "label_created",
    };
    vec![
        case.client.into(),
        parcel.id.0.into(),
        case.id.0.into(),
        (&*parcel.tracking).into(),
        (&*parcel.carrier).into(),
        milestone.into(),
        case.changed_at.as_millisecond().into(),
    ]
}

/// A counter as the database stores it; counters never come near 2^63.
pub(crate) fn int(counter: u64) -> i64 {
    i64::try_from(counter).unwrap_or(i64::MAX)
}
