//! What a run makes of rows: the sides of one payment, and how a break is found, changed, or goes.

use super::{BY_BANK, BreakRow, Noted, PROVIDERS, StatementRow, money};
use crate::{App, AppError, directory::Client};
use kernel::{ClientId, Date, ObligationId, Timestamp};
use reconcile::{
    Believed, Booking, Break, Covered, Kind, Owed, Statement, Terms, Verdict, Word, judge,
    judge_unowed,
};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use store::{Val, Write, questions::money::ObligationRow, tables};
use uuid::Uuid;

/// One run while it works.
pub(super) struct Run<'a> {
    pub(super) app: &'a App,
    pub(super) client: &'a Client,
    pub(super) day: Date,
    pub(super) from_at: i64,
    pub(super) until: Timestamp,
    pub(super) epoch: i64,
    pub(super) waiting: BTreeSet<Uuid>,
    /// The days the statements of a way and a currency cover.
    pub(super) covered: BTreeMap<(String, String), Covered>,
    pub(super) sums: BTreeMap<String, Sums>,
    /// Payments made outside that were found on statements.
    pub(super) outside: super::manual::Found,
}

/// What a run came to in a currency.
#[derive(Debug, Default)]
pub(super) struct Sums {
    pub(super) even: (i64, i64),
    pub(super) waiting: (i64, i64),
    pub(super) waiting_since: Option<Date>,
}

/// Everything of some payments.
pub(super) struct Sides {
    pub(super) ours: BTreeMap<Uuid, ObligationRow>,
    pub(super) booked: BTreeMap<Uuid, Vec<(Booking, String)>>,
    pub(super) words: BTreeMap<Uuid, Vec<Word>>,
    pub(super) breaks: BTreeMap<Uuid, Vec<BreakRow>>,
}

/// Whether a client's payments are seen one by one on its bank's statements.
pub(super) fn pays_by_bank(client: &Client) -> bool {
    client.settings.gateway.as_str() == BY_BANK && client.settings.payer.is_some()
}

/// Whether a client's day is reconciled: its payments stand on statements or in reports.
pub(super) fn is_reconciled(client: &Client) -> bool {
    pays_by_bank(client) || PROVIDERS.contains(&client.settings.gateway.as_str())
}

/// The statements of each account and currency, each with the name its breaks go by.
pub(super) type Chains = BTreeMap<(String, String), Vec<(String, Statement)>>;

pub(super) fn chains(rows: &[StatementRow]) -> Chains {
    let mut chains = Chains::new();
    for r in rows {
        let statement = (|| {
            Some(Statement {
                id: r.statement.clone(),
                from: r.from_on.parse().ok()?,
                until: r.until_on.parse().ok()?,
                number: r.number.and_then(|n| u64::try_from(n).ok()),
                opening: money(r.opening_minor, &r.currency)?,
                closing: money(r.closing_minor, &r.currency)?,
                booked_minor: r.booked_minor,
            })
        })();
        if let Some(statement) = statement {
            let key = (r.account.clone(), r.currency.clone());
            let subject = format!("{} {}", r.account, r.statement);
            chains.entry(key).or_default().push((subject, statement));
        }
    }
    chains
}

/// The sides of one payment against each other; what follows goes into the write.
pub(super) fn look_at(
    run: &Run<'_>,
    id: Uuid,
    sides: &Sides,
    sums: &mut BTreeMap<String, Sums>,
    write: &mut Write,
) -> Result<(), AppError> {
    let booked = sides.booked.get(&id).map(Vec::as_slice).unwrap_or_default();
    let outside = run.outside.booked.get(&id).cloned();
    let booked: Vec<(Booking, String)> = booked.iter().cloned().chain(outside).collect();
    let bookings: Vec<Booking> = booked.iter().map(|(b, _)| b.clone()).collect();
    let ours = sides.ours.get(&id);
    // A provider of which no report was ever read is not looked at.
    let is_seen = |o: &ObligationRow| {
        let way = (way_seen(o), o.currency.clone());
        o.kind == "refund" && (way.0 == BY_BANK || run.covered.contains_key(&way))
    };
    let judged = match ours {
        // Paid another way, and no bank spoke of it: the sides of other ways are not here.
        Some(o) if bookings.is_empty() && !is_seen(o) => None,
        Some(o) if o.kind == "refund" => owed(run, o).map(|owed| {
            let words = sides.words.get(&id).map(Vec::as_slice).unwrap_or_default();
            let way = (way_seen(o), o.currency.clone());
            let covered = run.covered.get(&way).copied();
            let terms = Terms {
                patience: Terms::PATIENCE,
                covered,
            };
            (
                o.currency.as_str(),
                owed.since,
                judge(&owed, &bookings, words, &terms),
            )
        }),
        // Nobody owes it, or it is nothing a bank pays.
        _ => booked
            .first()
            .map(|(b, currency)| (currency.as_str(), b.on, judge_unowed(&bookings))),
    };
    let Some((currency, since, verdict)) = judged else {
        return Ok(());
    };
    let of = sums.entry(currency.to_owned()).or_default();
    let minor = ours.map_or(0, |o| o.amount_minor);
    let mut waits = false;
    let known = sides.breaks.get(&id).map(Vec::as_slice).unwrap_or_default();
    let mut broken_id = None;
    match verdict {
        Verdict::Even => add(&mut of.even, minor),
        Verdict::Waiting => {
            waits = true;
            add(&mut of.waiting, minor);
            // A provider's reports have their own rhythm.
            if ours.is_some_and(|o| o.gateway == BY_BANK) {
                of.waiting_since = Some(of.waiting_since.map_or(since, |s| s.min(since)));
            }
        }
        Verdict::Broken(broken) => {
            let fact = Fact {
                subject: ObligationId(id).to_string(),
                obligation: Some((id, ours.map(|o| o.case_id))),
                currency,
                broken,
            };
            let row = break_id(run.client.id, fact.broken.kind, &fact.subject);
            let before = known.iter().find(|b| b.break_id == row);
            put_fact(run, row, &fact, before, write)?;
            broken_id = Some(row);
        }
    }
    for row in known.iter().filter(|b| Some(b.break_id) != broken_id) {
        agree_again(run, row, write)?;
    }
    let key: Vec<Val> = vec![run.client.id.into(), id.into()];
    if waits {
        let mut row = key;
        row.push(since.to_string().into());
        write.row(&tables::RECON_WAIT, row);
    } else if run.waiting.contains(&id) {
        write.remove(&tables::RECON_WAIT, key);
    }
    Ok(())
}

/// Where a payment is seen: what people paid outside stands on the bank's statements.
fn way_seen(o: &ObligationRow) -> String {
    if o.gateway == super::manual::BY_HAND {
        return BY_BANK.to_owned();
    }
    o.gateway.clone()
}

fn owed(run: &Run<'_>, row: &ObligationRow) -> Option<Owed> {
    let believed = match row.state.as_str() {
        "requested" => Believed::Requested,
        "sent" | "pending" | "unknown" => Believed::Sent,
        "settled" => Believed::Settled,
        "failed" | "canceled" => Believed::Failed,
        "returned" => Believed::Returned,
        _ => return None,
    };
    let at = Timestamp::from_millisecond(row.updated_at).ok()?;
    Some(Owed {
        attempt: u8::try_from(row.attempts).ok()?,
        amount: money(row.amount_minor, &row.currency)?,
        believed,
        since: run.client.day(at),
    })
}

/// Something that does not agree, and what it is about.
pub(super) struct Fact<'a> {
    pub(super) subject: String,
    pub(super) obligation: Option<(Uuid, Option<Uuid>)>,
    pub(super) currency: &'a str,
    pub(super) broken: Break,
}

/// Finds a break, or changes the one that is known; one that a person closed stays closed until
/// the figures are others.
pub(super) fn put_fact(
    run: &Run<'_>,
    id: Uuid,
    fact: &Fact<'_>,
    known: Option<&BreakRow>,
    write: &mut Write,
) -> Result<(), AppError> {
    let b = &fact.broken;
    let now = run.until.as_millisecond();
    let act = match known {
        None => "found",
        Some(k) if same(k, b) && k.state != "gone" => return Ok(()),
        Some(k) if k.state == "gone" || k.state == "closed" => "reopened",
        Some(_) => "changed",
    };
    let still = known.filter(|_| act == "changed");
    let row = BreakRow {
        client_id: run.client.id.0,
        break_id: id,
        rev: known.map_or(1, |k| k.rev + 1),
        state: still.map_or("open", |k| k.state.as_str()).to_owned(),
        currency: fact.currency.to_owned(),
        kind: b.kind.as_str().to_owned(),
        cause: b.cause.as_str().to_owned(),
        subject: fact.subject.clone(),
        obligation_id: fact.obligation.map(|(id, _)| id),
        case_id: fact.obligation.and_then(|(_, case)| case),
        expected_minor: b.expected.minor,
        found_minor: b.found.minor,
        found_currency: b.found.currency.code().to_owned(),
        since_on: b.since.to_string(),
        by_user: still.and_then(|k| k.by_user),
        reason: String::new(),
        opened_at: still.map_or(now, |k| k.opened_at),
        updated_at: now,
    };
    run.app.put_break(write, &row, &by_itself(act))
}

/// Whether a break is still what is known of it.
fn same(known: &BreakRow, b: &Break) -> bool {
    let figures = (
        known.expected_minor,
        known.found_minor,
        &*known.found_currency,
    );
    figures == (b.expected.minor, b.found.minor, b.found.currency.code())
        && known.cause == b.cause.as_str()
}

/// An open break whose sides agree again goes by itself.
pub(super) fn agree_again(
    run: &Run<'_>,
    row: &BreakRow,
    write: &mut Write,
) -> Result<(), AppError> {
    if !matches!(row.state.as_str(), "open" | "taken") {
        return Ok(());
    }
    let gone = BreakRow {
        rev: row.rev + 1,
        state: "gone".to_owned(),
        updated_at: run.until.as_millisecond(),
        ..row.clone()
    };
    run.app.put_break(write, &gone, &by_itself("gone"))
}

fn by_itself(act: &str) -> Noted<'_> {
    Noted {
        by: None,
        act,
        reason: "",
        note: "",
    }
}

/// The same break has the same id on every day.
pub(super) fn break_id(client: ClientId, kind: Kind, subject: &str) -> Uuid {
    let hash = Sha256::digest(format!("{client}\n{}\n{subject}", kind.as_str()));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

fn add(to: &mut (i64, i64), minor: i64) {
    to.0 += 1;
    to.1 = to.1.saturating_add(minor);
}

pub(super) fn add_up(to: &mut BTreeMap<String, Sums>, more: BTreeMap<String, Sums>) {
    for (currency, sums) in more {
        let of = to.entry(currency).or_default();
        for (sum, more) in [(&mut of.even, sums.even), (&mut of.waiting, sums.waiting)] {
            sum.0 += more.0;
            sum.1 = sum.1.saturating_add(more.1);
        }
        let both = of.waiting_since.into_iter().chain(sums.waiting_since);
        of.waiting_since = both.min();
    }
}
