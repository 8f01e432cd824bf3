//! What the demo firm's banks say about the weeks before it opens: a statement of every account and
//! currency for every banking day, with the payments the story made. Two faults are planted at one
//! client, so that reconciliation has something to show; everything else agrees.

use app::{
    App, AppError,
    directory::Client,
    recon::{AccountEntry, AccountReport, Balances},
    settle::PaymentKey,
};
use jiff::{ToSpan as _, civil::Weekday};
use kernel::{Currency, Date, Money, ObligationId, Timestamp};
use std::collections::BTreeMap;
use store::questions::money::{ObligationRow, obligations_in_state};

/// Days the statements reach back.
const DAYS: i64 = 35;
/// Payments looked at for one client.
const ROWS_MAX: i64 = 50_000;
/// What lies on an account when the first statement begins, minor units.
const OPENING: i64 = 250_000_000;
/// Payments an account must have before a fault is planted among them.
const ENOUGH: usize = 12;
/// How old, in days, the planted faults are at least: a payment is missed after three banking days.
const FAULT_DAYS: i64 = 7;
/// What a bank on the way took off, minor units.
const TAKEN: i64 = 150;

/// One payment as the bank booked it.
struct Booked {
    key: PaymentKey,
    amount: Money,
    on: Date,
}

/// Delivers the statements of every client that pays by bank files and reconciles its day.
pub(crate) async fn deliver(app: &App, now: Timestamp) -> Result<(), AppError> {
    let mut planted = false;
    for client in app.directory().clients() {
        let Some(payer) = &client.settings.payer else {
            continue;
        };
        if client.settings.gateway.as_str() != "iso20022" {
            continue;
        }
        let today = client.day(now);
        let first = today.checked_sub(DAYS.days()).map_err(AppError::fault)?;
        let store = app.store();
        let rows = obligations_in_state(store, &[client.id], "settled", ROWS_MAX).await?;
        let mut accounts: BTreeMap<&str, Vec<Booked>> = BTreeMap::new();
        for row in &rows {
            if let Some(booked) = booked(client, row, (first, today)) {
                accounts.entry(&row.currency).or_default().push(booked);
            }
        }
        for (currency, mut payments) in accounts {
            let currency: Currency = currency.parse().map_err(AppError::fault)?;
            payments.sort_by_key(|p| (p.on, p.key));
            if !planted && payments.len() >= ENOUGH {
                planted = plant(&mut payments, today)?;
            }
            let reports = statements(&payer.iban, currency, &payments, (first, today))?;
            app.take_reports(client.id, &reports).await?;
        }
        app.reconcile_day(client.id).await?;
    }
    Ok(())
}

/// A payment of the last weeks on the banking day it is booked.
fn booked(client: &Client, row: &ObligationRow, (first, today): (Date, Date)) -> Option<Booked> {
    if row.gateway != "iso20022" || row.kind != "refund" {
        return None;
    }
    let at = Timestamp::from_millisecond(row.updated_at).ok()?;
    let mut on = client.day(at);
    while !is_banking(on) {
        on = on.tomorrow().ok()?;
    }
    if on < first || on >= today {
        return None;
    }
    let attempt = u8::try_from(row.attempts.max(1)).ok();
    let key = PaymentKey {
        obligation: ObligationId(row.obligation_id),
        attempt: attempt.and_then(app::settle::Attempt::new)?,
    };
    let currency: Currency = row.currency.parse().ok()?;
    let amount = Money::new(row.amount_minor, currency);
    Some(Booked { key, amount, on })
}

/// Leaves one payment out and takes a little off another; whether there were two that are old enough.
fn plant(payments: &mut Vec<Booked>, today: Date) -> Result<bool, AppError> {
    let old = today
        .checked_sub(FAULT_DAYS.days())
        .map_err(AppError::fault)?;
    let Some(last) = payments.iter().rposition(|p| p.on <= old) else {
        return Ok(false);
    };
    if last < 2 {
        return Ok(false);
    }
    if let Some(short) = payments.get_mut(last - 1)
        && short.amount.minor > TAKEN
    {
        short.amount.minor -= TAKEN;
    }
    payments.remove(last);
    Ok(true)
}

fn is_banking(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// One statement for each banking day, each beginning where the one before ended.
fn statements(
    account: &str,
    currency: Currency,
    payments: &[Booked],
    (first, today): (Date, Date),
) -> Result<Vec<AccountReport>, AppError> {
    let (mut reports, mut balance, mut day) = (Vec::new(), OPENING, first);
    while day < today {
        if is_banking(day) {
            let of_day = payments.iter().filter(|p| p.on == day);
            let entries: Vec<AccountEntry> = of_day
                .map(|p| AccountEntry {
                    reference: format!("DEMO-{}", p.key),
                    n: 0,
                    key: p.key,
                    is_back: false,
                    amount: p.amount,
                    on: p.on,
                })
                .collect();
            let booked: i64 = entries.iter().map(|e| -e.amount.minor).sum();
            reports.push(AccountReport {
                id: format!("DEMO-{}-{day}", currency.code()),
                account: account.to_owned(),
                currency,
                statement: Some(Balances {
                    from: day,
                    until: day,
                    number: i64::try_from(reports.len() + 1).ok(),
                    opening_minor: balance,
                    closing_minor: balance + booked,
                    booked_minor: booked,
                }),
                entries,
                numbered: Vec::new(),
                others: 0,
                loose: Vec::new(),
            });
            balance += booked;
        }
        day = day.tomorrow().map_err(AppError::fault)?;
    }
    Ok(reports)
}
