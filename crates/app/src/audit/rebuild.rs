//! Read models made again from the event log and the account entries. The log is never changed.

use super::{
    case::{CaseFacts, Pair, case_rows},
    order,
    stream::Cases,
};
use crate::{App, AppError, commit::account_row};
use kernel::{ClientId, Permission, Scope};
use std::collections::BTreeMap;
use store::{
    Write,
    questions::{articles, cases, orders},
    tables,
};
use uuid::Uuid;

/// Orders read at once.
const PAGE: i64 = 200;

/// What a rebuild did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RebuildReport {
    /// Orders looked at.
    pub orders: u64,
    /// Cases looked at.
    pub cases: u64,
    /// Rows that differed from the log, by table; written unless it was a dry run.
    pub changed: BTreeMap<&'static str, u64>,
    /// Orders and cases whose log cannot be replayed, left as they are, with the reason.
    pub skipped: Vec<String>,
}

impl App {
    /// Makes every read model again and writes the rows that differ; with `dry_run` only counts
    /// them. Rows that belong to nothing in the log are left for a person to judge.
    ///
    /// Nothing else may write meanwhile: a command that commits between the reading and the
    /// writing of a case would have its row put back. Stop servers and workers first.
    ///
    /// # Errors
    /// [`AppError::Denied`] when the scope administers nothing; faults of the database. What was
    /// written before stays; running it again is safe.
    pub async fn rebuild(&self, scope: &Scope, dry_run: bool) -> Result<RebuildReport, AppError> {
        if !scope.permissions().has(Permission::Administer) {
            return Err(AppError::Denied(Permission::Administer));
        }
        self.reload_directory().await?;
        let mut report = RebuildReport::default();
        for client in self.clients_for(scope, Permission::Administer) {
            self.rebuild_orders(client, dry_run, &mut report).await?;
            self.rebuild_cases(client, dry_run, &mut report).await?;
            self.rebuild_levels(client, dry_run, &mut report).await?;
            self.rebuild_reserved(client, dry_run, &mut report).await?;
            self.rebuild_balances(client, dry_run, &mut report).await?;
        }
        Ok(report)
    }

    async fn rebuild_orders(
        &self,
        client: ClientId,
        dry_run: bool,
        report: &mut RebuildReport,
    ) -> Result<(), AppError> {
        let mut after = Uuid::nil();
        loop {
            let page = orders::orders_after(self.store(), client, after, PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = last.order_id;
            let mut write = Write::new();
            for row in &page {
                report.orders += 1;
                let account = match order::replay(self.store(), client, row).await? {
                    Ok(replayed) => replayed.account,
                    Err(words) => {
                        report
                            .skipped
                            .push(format!("order {}: {words}", row.number));
                        continue;
                    }
                };
                // Which order a payment belongs to is kept at import; orders of before are told here.
                if let Ok(order) = serde_json::from_str(&row.body) {
                    for payment in crate::intake::payment_rows(&order) {
                        write.row(&tables::ORDER_PAYMENT, payment);
                    }
                }
                let same = serde_json::from_str(&row.account)
                    .is_ok_and(|a: returns::OrderAccount| a == account);
                if !same || i64::try_from(account.seq) != Ok(row.account_seq) {
                    *report
                        .changed
                        .entry(tables::ORDER_ACCOUNT.name)
                        .or_default() += 1;
                    write.row(&tables::ORDER_ACCOUNT, account_row(client, &account)?);
                }
            }
            self.write_again(write, dry_run).await?;
        }
    }

    async fn rebuild_cases(
        &self,
        client: ClientId,
        dry_run: bool,
        report: &mut RebuildReport,
    ) -> Result<(), AppError> {
        let mut log = Cases::new(client);
        while let Some((id, events)) = log.next(self.store()).await? {
            // Declarations, documents and what a client is ruled by have no read model of their own.
            if events.first().is_some_and(|e| {
                ["declared", crate::documents::ISSUED].contains(&e.kind.as_str())
                    || ["law_", "policy_", "limits_"]
                        .iter()
                        .any(|of| e.kind.starts_with(of))
            }) {
                continue;
            }
            if events
                .first()
                .is_some_and(|e| e.kind == super::dispute::HEARD)
            {
                self.rebuild_dispute(client, id, dry_run, report).await?;
                continue;
            }
            if events
                .first()
                .is_some_and(|e| e.kind.starts_with(crate::recon::log::PREFIX))
            {
                self.rebuild_break(client, id, &events, dry_run, report)
                    .await?;
                continue;
            }
            if events.first().is_some_and(|e| e.kind == "credit_issued") {
                self.rebuild_credit(client, id, dry_run, report).await?;
                continue;
            }
            report.cases += 1;
            let facts = CaseFacts::load(self, client, id, events).await?;
            let replayed = facts
                .replayed()
                .and_then(|(case, _)| Ok((case, facts.order()?)));
            let (case, order) = match replayed {
                Ok(replayed) => replayed,
                Err(words) => {
                    report.skipped.push(format!("{id}: {words}"));
                    continue;
                }
            };
            match case_rows(&facts, &order, &case) {
                Ok(pairs) => self.write_pairs(pairs, dry_run, report).await?,
                Err(e) => report.skipped.push(format!("{id}: {e}")),
            }
        }
        Ok(())
    }

    /// The row of a break, from its last event.
    async fn rebuild_break(
        &self,
        client: ClientId,
        id: kernel::CaseId,
        events: &[store::questions::cases::EventRow],
        dry_run: bool,
        report: &mut RebuildReport,
    ) -> Result<(), AppError> {
        let want = match crate::recon::log::replayed(client, id, events) {
            Ok(want) => want,
            Err(words) => {
                report.skipped.push(format!("break {id}: {words}"));
                return Ok(());
            }
        };
        let row = store::questions::recon::one_break(self.store(), client, id.0).await?;
        if row.is_some_and(|row| row.rev > want.rev || row == want) {
            return Ok(());
        }
        let table = &tables::RECON_BREAK;
        *report.changed.entry(table.name).or_default() += 1;
        let mut write = Write::new();
        write.row(table, crate::recon::break_values(&want));
        self.write_again(write, dry_run).await
    }

    /// Stock levels are sums: what they lack is added.
    async fn rebuild_levels(
        &self,
        client: ClientId,
        dry_run: bool,
        report: &mut RebuildReport,
    ) -> Result<(), AppError> {
        let mut write = Write::new();
        for (sku, location, bucket, units) in cases::stock_drift(self.store(), client).await? {
            *report.changed.entry(tables::STOCK_LEVEL.name).or_default() += 1;
            let row = vec![
                client.into(),
                sku.into(),
                location.into(),
                bucket.into(),
                units.into(),
            ];
            write.row(&tables::STOCK_LEVEL, row);
        }
        self.write_again(write, dry_run).await
    }

    /// What is set aside of an article is a sum too.
    async fn rebuild_reserved(
        &self,
        client: ClientId,
        dry_run: bool,
        report: &mut RebuildReport,
    ) -> Result<(), AppError> {
        let mut write = Write::new();
        for (sku, units) in articles::reserved_drift(self.store(), client).await? {
            *report.changed.entry(tables::ARTICLE.name).or_default() += 1;
            write.statement(articles::add_reserved(client, &sku, units));
        }
        if !dry_run && !write.is_empty() {
            self.store().write(write).await?;
        }
        Ok(())
    }

    /// Writes the rows that are not as they should be.
    pub(super) async fn write_pairs(
        &self,
        pairs: Vec<Pair>,
        dry_run: bool,
        report: &mut RebuildReport,
    ) -> Result<(), AppError> {
        let mut write = Write::new();
        for Pair { table, want, .. } in pairs.into_iter().filter(Pair::is_stale) {
            *report.changed.entry(table.name).or_default() += 1;
            if let Some(row) = want {
                write.row(table, row);
            }
        }
        self.write_again(write, dry_run).await
    }

    pub(super) async fn write_again(&self, write: Write, dry_run: bool) -> Result<(), AppError> {
        if !dry_run && !write.batches.is_empty() {
            self.store().write(write).await?;
        }
        Ok(())
    }
}
