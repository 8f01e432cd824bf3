//! What a dispute must satisfy: its row is what its events give, what it takes from its order is
//! what the order's account holds, and its postings follow from the account's entries.

use super::{
    AuditFinding, Invariant, RebuildReport,
    books::journal_pairs,
    case::{Pair, paired},
    stream::events_now,
};
use crate::{App, AppError, books::rows as journal_rows, disputes::row as dispute_row};
use kernel::{CaseId, ClientId, Currency, DisputeId, OrderId, Timestamp};
use returns::{
    AccountEntry, SalesOrder,
    dispute::{DisputeEvent, DisputeWhat, postings, replay},
    journal::Posting,
};
use std::collections::BTreeSet;
use store::{
    Val,
    questions::{Also, books, disputes, disputes::DisputeRow, orders},
    tables,
};

/// What every dispute's stream begins with.
pub(super) const HEARD: &str = "dispute_heard";

fn stored(d: DisputeRow) -> Vec<Val> {
    vec![
        d.client_id.into(),
        d.dispute_id.into(),
        d.version.into(),
        d.list.into(),
        d.state.into(),
        d.provider.into(),
        d.reference.into(),
        d.payment.into(),
        d.order_id.map_or(Val::Null(store::Kind::Uuid), Val::Uuid),
        d.order_number.into(),
        d.category.into(),
        d.scheme.into(),
        d.reason.into(),
        d.amount_minor.into(),
        d.currency.into(),
        d.lost_minor.into(),
        d.place.into(),
        d.heard_at.into(),
        d.updated_at.into(),
        d.pack.into(),
        d.body.into(),
    ]
}

impl App {
    /// The row of a dispute and its postings, as they should be and as they are; in words what
    /// stands in the way.
    async fn dispute_pairs(
        &self,
        client: ClientId,
        stream: CaseId,
    ) -> Result<Result<Vec<Pair>, String>, AppError> {
        let store = self.store();
        let directory = self.directory();
        let whose = directory.client(client).ok_or(AppError::Missing)?;
        let rows = events_now(store, client, stream).await?;
        let read = rows.iter().map(|e| serde_json::from_str(&e.body));
        let events: Vec<DisputeEvent> = match read.collect() {
            Ok(events) => events,
            Err(e) => return Ok(Err(format!("an event cannot be read: {e}"))),
        };
        let id = DisputeId(stream.0);
        let Some(dispute) = replay(id, &events) else {
            return Ok(Err("its first event opens no dispute".to_owned()));
        };
        let at = |version: u64| {
            let before = usize::try_from(version.saturating_sub(1)).ok();
            let event = before.and_then(|i| events.get(i));
            event.map_or(Timestamp::UNIX_EPOCH, |e| e.at)
        };
        let want = dispute_row(client, &dispute, at(dispute.version))?;
        let have = disputes::by_id(store, client, id).await?;
        let mut pairs: Vec<Pair> = paired(
            &tables::DISPUTE,
            std::iter::once(((), want)),
            have.map(|row| ((), stored(row))).into_iter(),
        );
        let mut postings: Vec<(Currency, Posting)> = Vec::new();
        let mut counted = 0;
        for order in orders_of(&events) {
            let Some((currency, entries)) = self.entries_of(client, order, stream).await? else {
                return Ok(Err(format!("its order {order} is gone")));
            };
            for entry in &entries {
                counted += match entry.change {
                    returns::AccountChange::DisputeLost { minor, .. } => minor,
                    returns::AccountChange::DisputeFreed { minor, .. } => -minor,
                    _ => 0,
                };
            }
            let own = self::postings(&entries);
            postings.extend(own.into_iter().map(|p| (currency, p)));
        }
        if counted != dispute.lost_minor {
            let lost = dispute.lost_minor;
            return Ok(Err(format!(
                "it takes {lost} minor units by its events and {counted} by its order's account"
            )));
        }
        let mut want = Vec::new();
        for (currency, posting) in postings {
            want.extend(journal_rows(whose, currency, stream, &[posting], at));
        }
        let have = books::journal_of(store, client, stream).await?;
        pairs.extend(journal_pairs(client, want, &have));
        Ok(Ok(pairs))
    }

    async fn entries_of(
        &self,
        client: ClientId,
        order: OrderId,
        stream: CaseId,
    ) -> Result<Option<(Currency, Vec<AccountEntry>)>, AppError> {
        let store = self.store();
        let Some(row) = orders::order_by_id(store, client, order, Also::NOTHING).await? else {
            return Ok(None);
        };
        let sold: SalesOrder = serde_json::from_str(&row.body)?;
        let entries = orders::account_entries(store, client, order).await?;
        let own = entries.iter().filter(|e| e.case_id == stream.0);
        let own: Result<Vec<AccountEntry>, _> =
            own.map(|e| serde_json::from_str(&e.body)).collect();
        Ok(Some((sold.currency, own?)))
    }

    /// Checks the stream of one dispute; looks again at what looks wrong.
    pub(super) async fn audit_dispute(
        &self,
        client: ClientId,
        stream: CaseId,
    ) -> Result<Vec<AuditFinding>, AppError> {
        let mut words = Vec::new();
        for _ in 0..2 {
            words = match self.dispute_pairs(client, stream).await? {
                Ok(pairs) => pairs.iter().filter_map(Pair::fault).collect(),
                Err(words) => vec![words],
            };
            if words.is_empty() {
                break;
            }
        }
        let finding = |words| AuditFinding {
            invariant: Invariant::Books,
            client,
            order: None,
            case: Some(stream),
            words,
        };
        Ok(words.into_iter().map(finding).collect())
    }

    pub(super) async fn rebuild_dispute(
        &self,
        client: ClientId,
        stream: CaseId,
        dry_run: bool,
        report: &mut RebuildReport,
    ) -> Result<(), AppError> {
        match self.dispute_pairs(client, stream).await? {
            Ok(pairs) => self.write_pairs(pairs, dry_run, report).await,
            Err(words) => {
                report
                    .skipped
                    .push(format!("{}: {words}", DisputeId(stream.0)));
                Ok(())
            }
        }
    }
}

/// Every order a dispute was ever about.
fn orders_of(events: &[DisputeEvent]) -> BTreeSet<OrderId> {
    let order = |e: &DisputeEvent| match e.what {
        DisputeWhat::DisputeLinked { order, .. } => Some(order),
        _ => None,
    };
    events.iter().filter_map(order).collect()
}
