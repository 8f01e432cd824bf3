//! What one order must satisfy: its account is the sum of its entries, every entry was allowed
//! when it was made, and no obligation was paid twice.

use super::{AuditFinding, Invariant};
use crate::AppError;
use kernel::{ClientId, ObligationId, OrderId};
use returns::{AccountChange, AccountEntry, OrderAccount, SalesOrder};
use std::collections::HashMap;
use store::{
    Store,
    questions::orders::{self, OrderRow},
};

/// What was seen of one order.
#[derive(Default)]
pub(super) struct OrderSeen {
    pub(super) findings: Vec<AuditFinding>,
    /// A chargeback was lost on money paid back before.
    pub(super) double_recovery: bool,
}

/// The account of an order, made again from its entries.
pub(super) struct Replayed {
    pub(super) account: OrderAccount,
    pub(super) entries: Vec<AccountEntry>,
}

/// Reads an order and makes its account again; in words what stands in the way.
pub(super) async fn replay(
    store: &Store,
    client: ClientId,
    row: &OrderRow,
) -> Result<Result<Replayed, String>, AppError> {
    let stored = orders::account_entries(store, client, OrderId(row.order_id)).await?;
    Ok(replay_of(row, &stored))
}

fn replay_of(row: &OrderRow, stored: &[orders::AccountEntryRow]) -> Result<Replayed, String> {
    let order: SalesOrder =
        serde_json::from_str(&row.body).map_err(|e| format!("the order cannot be read: {e}"))?;
    let mut entries = Vec::with_capacity(stored.len());
    for entry in stored {
        let read: AccountEntry = serde_json::from_str(&entry.body)
            .map_err(|e| format!("account entry {} cannot be read: {e}", entry.seq))?;
        if i64::try_from(read.seq) != Ok(entry.seq) || read.case.0 != entry.case_id {
            return Err(format!(
                "account entry {} is not the one of its row",
                entry.seq
            ));
        }
        entries.push(read);
    }
    let account = OrderAccount::replay(&order, &entries)
        .map_err(|refusal| format!("its account entries do not follow each other: {refusal}"))?;
    Ok(Replayed { account, entries })
}

/// Checks one order.
pub(super) async fn check(
    store: &Store,
    client: ClientId,
    row: &OrderRow,
) -> Result<OrderSeen, AppError> {
    let mut seen = OrderSeen::default();
    let mut tell = |invariant, words: String| {
        let order = Some(OrderId(row.order_id));
        seen.findings.push(AuditFinding {
            invariant,
            client,
            order,
            case: None,
            words,
        });
    };
    // Replaying posts every entry again: ceilings, and no unit in two cases, are checked there.
    let Replayed { account, entries } = match replay(store, client, row).await? {
        Ok(replayed) => replayed,
        Err(words) => {
            tell(Invariant::Money, words);
            return Ok(seen);
        }
    };
    match serde_json::from_str::<OrderAccount>(&row.account) {
        Ok(stored) if stored == account => {}
        Ok(_) => tell(
            Invariant::Money,
            "its account is not the sum of its entries".to_owned(),
        ),
        Err(e) => tell(Invariant::Money, format!("its account cannot be read: {e}")),
    }
    if i64::try_from(account.seq) != Ok(row.account_seq) {
        let (is, should) = (row.account_seq, account.seq);
        tell(
            Invariant::Money,
            format!("its account is at entry {is}, the last one is {should}"),
        );
    }
    let owed = account.refunded_minor.saturating_add(account.pending_minor);
    if owed > account.captured_minor || account.refunded_minor < 0 || account.pending_minor < 0 {
        let captured = account.captured_minor;
        tell(
            Invariant::Money,
            format!("{owed} of {captured} minor units are paid back or owed"),
        );
    }
    for words in paid_twice(&entries) {
        tell(Invariant::Money, words);
    }
    seen.double_recovery =
        owed.saturating_add(account.chargebacks_lost_minor) > account.captured_minor;
    Ok(seen)
}

/// Obligations that were settled while they were settled, or came back without having gone out.
fn paid_twice(entries: &[AccountEntry]) -> Vec<String> {
    let mut paid: HashMap<ObligationId, i64> = HashMap::new();
    let mut wrong = Vec::new();
    for entry in entries {
        match entry.change {
            AccountChange::Settled { obligation, minor } => {
                if let Some(before) = paid.insert(obligation, minor) {
                    wrong.push(format!("{obligation} was paid twice: {before} and {minor}"));
                }
            }
            AccountChange::Reversed { obligation, minor }
                if paid.remove(&obligation) != Some(minor) =>
            {
                wrong.push(format!(
                    "{obligation} came back with {minor}, not paid before"
                ));
            }
            _ => {}
        }
    }
    wrong
}
