//! The invariants of the house, checked on a live database, and read models made again from the
//! log. Reads a client's orders and cases page by page, so memory does not grow with them.
//!
//! What one order must satisfy is in [`order`], what one case must in [`case`], writing read
//! models again in [`rebuild`]. Nothing stored is trusted: whatever cannot be read is a finding.

mod books;
mod case;
mod declaration;
mod dispute;
mod document;
mod order;
pub mod rebuild;
mod stream;

pub use rebuild::RebuildReport;

use crate::{App, AppError};
use case::CaseFacts;
use kernel::{CaseId, ClientId, OrderId, Permission, Scope};
use std::fmt;
use store::questions::{Also, articles, cases, orders};
use stream::Cases;
use uuid::Uuid;

/// Orders read at once.
const PAGE: i64 = 200;
/// Findings kept; a broken database would otherwise fill the memory with them.
const FINDINGS_MAX: usize = 1_000;

/// Which promise does not hold; the numbers are those of the architecture's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Invariant {
    /// 1: payouts stay within what was captured; an obligation pays at most once.
    Money,
    /// 2 and 3: units are in one place at a time and add up.
    Units,
    /// 5: events replay to the stored case, and the read models say the same.
    Replay,
    /// 5: every event has a leaf, and the log holds.
    Ledger,
    /// 7: what must follow a commit is waiting to be done.
    Work,
    /// 8: no clock for money was closed over, and each withdrawal was acknowledged once.
    Clocks,
    /// 7: stock movements are those of the events, levels are their sums, and what is set aside of
    /// an article is what exchanges keep on the shelf.
    Stock,
    /// 9: the journal is what events and entries give, balances are its sums, and store credit is
    /// what the books say shoppers hold.
    Books,
}

impl Invariant {
    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Units => "units",
            Self::Replay => "replay",
            Self::Ledger => "ledger",
            Self::Work => "work",
            Self::Clocks => "clocks",
            Self::Stock => "stock",
            Self::Books => "books",
        }
    }
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditFinding {
    /// Which promise.
    pub invariant: Invariant,
    /// Whose.
    pub client: ClientId,
    /// The order, if it is about one.
    pub order: Option<OrderId>,
    /// The case, if it is about one.
    pub case: Option<CaseId>,
    /// What is wrong.
    pub words: String,
}

impl fmt::Display for AuditFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: client {}", self.invariant.as_str(), self.client)?;
        self.order.map_or(Ok(()), |order| write!(f, ", {order}"))?;
        self.case.map_or(Ok(()), |case| write!(f, ", {case}"))?;
        write!(f, ": {}", self.words)
    }
}

/// What an audit saw.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditReport {
    /// Clients audited.
    pub clients: u64,
    /// Orders audited.
    pub orders: u64,
    /// Cases audited.
    pub cases: u64,
    /// Events replayed.
    pub events: u64,
    /// Orders where a chargeback was lost on money that had been paid back before. No rule of
    /// ours can prevent that; someone should ask for the money.
    pub double_recoveries: u64,
    /// What does not hold; the first thousand.
    pub findings: Vec<AuditFinding>,
    /// Findings beyond those.
    pub more: u64,
}

impl AuditReport {
    /// Whether everything holds.
    pub fn is_ok(&self) -> bool {
        self.findings.is_empty()
    }

    fn add(&mut self, found: Vec<AuditFinding>) {
        for finding in found {
            if self.findings.len() < FINDINGS_MAX {
                self.findings.push(finding);
            } else {
                self.more += 1;
            }
        }
    }
}

impl App {
    /// Checks every client in `scope` for which it may administer. `progress` hears the report
    /// so far, now and then.
    ///
    /// The database may be in use: what looks wrong is looked at again as it is now, and told
    /// only if it is still wrong.
    ///
    /// # Errors
    /// [`AppError::Denied`] when the scope administers nothing; faults of the database.
    pub async fn audit(
        &self,
        scope: &Scope,
        mut progress: impl FnMut(&AuditReport),
    ) -> Result<AuditReport, AppError> {
        if !scope.permissions().has(Permission::Administer) {
            return Err(AppError::Denied(Permission::Administer));
        }
        self.reload_directory().await?;
        let mut report = AuditReport::default();
        for client in self.clients_for(scope, Permission::Administer) {
            report.clients += 1;
            self.audit_orders(client, &mut report, &mut progress)
                .await?;
            self.audit_cases(client, &mut report, &mut progress).await?;
            self.audit_levels(client, &mut report).await?;
            report.add(self.audit_books(client).await?);
            report.add(self.audit_numbers(client).await?);
            let log = self.verify_ledger(scope, client, |_, _| ()).await?;
            let of_log = |f: crate::ledger::LedgerFinding| AuditFinding {
                invariant: Invariant::Ledger,
                client,
                order: None,
                case: f.case,
                words: f.words,
            };
            report.add(log.findings.into_iter().map(of_log).collect());
            progress(&report);
        }
        Ok(report)
    }

    async fn audit_orders(
        &self,
        client: ClientId,
        report: &mut AuditReport,
        progress: &mut impl FnMut(&AuditReport),
    ) -> Result<(), AppError> {
        let mut after = Uuid::nil();
        loop {
            let page = orders::orders_after(self.store(), client, after, PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = last.order_id;
            for row in &page {
                let id = OrderId(row.order_id);
                let mut seen = order::check(self.store(), client, row).await?;
                if !seen.findings.is_empty()
                    && let Some(now) =
                        orders::order_by_id(self.store(), client, id, Also::NOTHING).await?
                {
                    seen = order::check(self.store(), client, &now).await?;
                }
                report.orders += 1;
                report.double_recoveries += u64::from(seen.double_recovery);
                report.add(seen.findings);
            }
            progress(report);
        }
    }

    async fn audit_levels(
        &self,
        client: ClientId,
        report: &mut AuditReport,
    ) -> Result<(), AppError> {
        let drift = cases::stock_drift(self.store(), client).await?;
        let level = |(sku, location, bucket, units): cases::StockLevel| {
            format!("the level of {sku} at {location} in {bucket} lacks {units} of its movements")
        };
        let mut words: Vec<String> = drift.into_iter().map(level).collect();
        for (sku, units) in articles::reserved_drift(self.store(), client).await? {
            words.push(format!(
                "what is set aside of {sku} lacks {units} of what exchanges keep on the shelf"
            ));
        }
        let finding = |words| AuditFinding {
            invariant: Invariant::Stock,
            client,
            order: None,
            case: None,
            words,
        };
        report.add(words.into_iter().map(finding).collect());
        Ok(())
    }

    async fn audit_cases(
        &self,
        client: ClientId,
        report: &mut AuditReport,
        progress: &mut impl FnMut(&AuditReport),
    ) -> Result<(), AppError> {
        let mut log = Cases::new(client);
        while let Some((id, events)) = log.next(self.store()).await? {
            let of_client = events.first().map_or("", |e| e.kind.as_str());
            if ["law_", "policy_", "limits_"]
                .iter()
                .any(|of| of_client.starts_with(of))
            {
                report.events += events.len() as u64;
                let words = if of_client.starts_with("law_") {
                    crate::laws::stream_fault(&events)
                } else if of_client.starts_with("limits_") {
                    crate::limits::stream_fault(&events)
                } else {
                    let directory = self.directory();
                    crate::policies::stream_fault(&events, directory.versions(client))
                };
                report.add(of_stream(client, id, words));
                continue;
            }
            if of_client.starts_with(crate::recon::log::PREFIX) {
                report.events += events.len() as u64;
                let row = store::questions::recon::one_break(self.store(), client, id.0).await?;
                let words = crate::recon::log::stream_fault(client, id, &events, row.as_ref());
                report.add(of_stream(client, id, words));
                continue;
            }
            if of_client.starts_with(crate::privacy::erasure::PREFIX) {
                report.events += events.len() as u64;
                let row = store::questions::privacy::erasure(self.store(), client, id.0).await?;
                let words = crate::privacy::erasure::stream_fault(&events, row.as_ref());
                report.add(of_stream(client, id, words));
                continue;
            }
            if events.first().is_some_and(|e| e.kind == "credit_issued") {
                report.events += events.len() as u64;
                report.add(self.audit_credit(client, id).await?);
                continue;
            }
            if events.first().is_some_and(|e| e.kind == dispute::HEARD) {
                report.events += events.len() as u64;
                report.add(self.audit_dispute(client, id).await?);
                continue;
            }
            if events.first().is_some_and(|e| e.kind == "declared") {
                report.events += events.len() as u64;
                report.add(self.audit_declaration(client, id, &events).await?);
                continue;
            }
            if events
                .first()
                .is_some_and(|e| e.kind == crate::documents::ISSUED)
            {
                report.events += events.len() as u64;
                report.add(self.audit_document(client, id, &events).await?);
                continue;
            }
            let facts = CaseFacts::load(self, client, id, events).await?;
            let mut findings = case::check(&facts);
            if !findings.is_empty() {
                let events = stream::events_now(self.store(), client, id).await?;
                findings = case::check(&CaseFacts::load(self, client, id, events).await?);
            }
            report.cases += 1;
            report.events += facts.events.len() as u64;
            report.add(findings);
            if report.cases.is_multiple_of(500) {
                progress(report);
            }
        }
        Ok(())
    }
}

/// What is wrong with a stream, as a finding.
fn of_stream(client: ClientId, id: CaseId, words: Option<String>) -> Vec<AuditFinding> {
    let finding = words.map(|words| AuditFinding {
        invariant: Invariant::Replay,
        client,
        order: None,
        case: Some(id),
        words,
    });
    finding.into_iter().collect()
}
