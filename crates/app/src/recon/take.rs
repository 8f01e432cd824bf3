//! What banks and providers report, kept as it came. Hearing it again changes nothing.

use super::PROVIDERS;
use crate::{App, AppError};
use kernel::{ClientId, ObligationId, Permission, Scope};
use ports::{
    AccountEntry, AccountReport, Attempt, FileFault, LooseEntry, LooseKind, NumberedEntry,
    PaymentKey, PaymentState,
};
use reconcile::{Said, Source, Way};
use std::collections::HashMap;
use store::{Kind, Val, Write, questions::recon as questions, tables};

/// Rows of one write.
const AT_ONCE: usize = 1_000;

/// Largest file that is taken in from a page or by API, bytes.
pub const FILE_MAX: usize = 16 << 20;

/// What a file held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportTaken {
    /// Whose account: its number, or the card processor.
    pub account: String,
    /// The sender's name of the report.
    pub report: String,
    /// Currency code.
    pub currency: String,
    /// First and last day of a statement; none for a notification.
    pub days: Option<(kernel::Date, kernel::Date)>,
    /// Payments of ours in it.
    pub ours: usize,
    /// Everything else in it.
    pub others: usize,
    /// Whether it had been taken in before: then nothing has changed.
    pub known: bool,
}

impl App {
    /// Takes in a file of a bank or a card processor: everything in it, or nothing and what is
    /// wrong with it. The same file again changes nothing.
    ///
    /// # Errors
    /// By scope; faults of the database; what was kept until then is found again.
    pub async fn take_report_file(
        &self,
        scope: &Scope,
        client: ClientId,
        bytes: Vec<u8>,
    ) -> Result<Result<Vec<ReportTaken>, Vec<FileFault>>, AppError> {
        Self::check(scope, Permission::MoneyOperate, client)?;
        let reader = self.0.reports.clone();
        let read = tokio::task::spawn_blocking(move || reader.read(&bytes)).await;
        let mut reports = match read.map_err(AppError::fault)? {
            Ok(reports) => reports,
            Err(faults) => return Ok(Err(faults)),
        };
        let mut taken = Vec::with_capacity(reports.len());
        for report in &mut reports {
            self.name_numbered(client, report).await?;
            let known = questions::statement_known(
                self.store(),
                client,
                (&report.account, report.currency.code(), &report.id),
            );
            taken.push(ReportTaken {
                account: report.account.clone(),
                report: report.id.clone(),
                currency: report.currency.code().to_owned(),
                days: report.statement.as_ref().map(|s| (s.from, s.until)),
                ours: report.entries.len(),
                others: report.others + report.numbered.len(),
                known: known.await?,
            });
        }
        self.take_reports(client, &reports).await?;
        Ok(Ok(taken))
    }

    /// Finds the payments of refunds that are named by the provider's own number: we kept it when
    /// it told us, or when it booked the refund before.
    async fn name_numbered(
        &self,
        client: ClientId,
        report: &mut AccountReport,
    ) -> Result<(), AppError> {
        let mut seen: HashMap<String, u32> = HashMap::new();
        for line in std::mem::take(&mut report.numbered) {
            let about = (report.account.as_str(), line.number.as_str());
            let before = NumberedEntry::reference(&line.number, false);
            let found = questions::numbered(self.store(), client, about, &before).await?;
            let key = found.and_then(|(obligation, attempt)| {
                let attempt = u8::try_from(attempt).ok().and_then(Attempt::new)?;
                let obligation = ObligationId(obligation);
                Some(PaymentKey {
                    obligation,
                    attempt,
                })
            });
            let Some(key) = key else {
                report.numbered.push(line);
                continue;
            };
            let reference = NumberedEntry::reference(&line.number, line.is_back);
            let n = seen.entry(reference.clone()).or_default();
            report.entries.push(AccountEntry {
                n: *n,
                reference,
                key,
                is_back: line.is_back,
                amount: line.amount,
                on: line.on,
            });
            *n += 1;
        }
        Ok(())
    }

    /// Keeps statements and notifications of a client's account. A statement counts once all of
    /// its bookings are kept.
    ///
    /// # Errors
    /// Faults of the database; what was kept until then is found again.
    pub async fn take_reports(
        &self,
        client: ClientId,
        reports: &[AccountReport],
    ) -> Result<(), AppError> {
        for report in reports {
            let at = self.now().as_millisecond();
            let source = match report.statement {
                Some(_) => Source::Statement,
                None => Source::Notice,
            };
            for entries in report.entries.chunks(AT_ONCE) {
                let mut write = Write::new();
                for e in entries {
                    let way = if e.is_back { Way::Back } else { Way::Out };
                    let row = vec![
                        client.into(),
                        e.key.obligation.0.into(),
                        report.account.as_str().into(),
                        source.as_str().into(),
                        e.reference.as_str().into(),
                        i64::from(e.n).into(),
                        i64::from(e.key.attempt.number()).into(),
                        way.as_str().into(),
                        e.amount.minor.into(),
                        e.amount.currency.code().into(),
                        e.on.to_string().into(),
                        report.id.as_str().into(),
                        at.into(),
                    ];
                    write.row(&tables::BANK_ENTRY, row);
                }
                self.store().write(write).await?;
            }
            let Some(s) = &report.statement else {
                continue;
            };
            for lines in report.loose.chunks(AT_ONCE) {
                let mut write = Write::new();
                for line in lines.iter().filter(|l| counts(l)) {
                    let row = vec![
                        client.into(),
                        report.account.as_str().into(),
                        line.reference.as_str().into(),
                        i64::from(line.n).into(),
                        line.kind.as_str().into(),
                        line.minor.into(),
                        report.currency.code().into(),
                        line.on.to_string().into(),
                        report.id.as_str().into(),
                        line.text.as_str().into(),
                        at.into(),
                    ];
                    write.row(&tables::ACCOUNT_LINE, row);
                }
                if !write.is_empty() {
                    self.store().write(write).await?;
                }
            }
            let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            let mut write = Write::new();
            if PROVIDERS.contains(&&*report.account) {
                // Taken in when chargebacks were summed up, it is kept one by one now.
                let sum = format!("{}/{}", report.id, LooseKind::Chargebacks.as_str());
                let key = vec![
                    client.into(),
                    report.account.as_str().into(),
                    sum.into(),
                    0.into(),
                ];
                write.remove(&tables::ACCOUNT_LINE, key);
            }
            let row = vec![
                client.into(),
                report.account.as_str().into(),
                report.currency.code().into(),
                report.id.as_str().into(),
                s.from.to_string().into(),
                s.until.to_string().into(),
                s.number.map_or(Val::Null(Kind::Int), Val::Int),
                s.opening_minor.into(),
                s.closing_minor.into(),
                s.booked_minor.into(),
                count(report.entries.len()).into(),
                count(report.others).into(),
                at.into(),
            ];
            write.row(&tables::BANK_STATEMENT, row);
            self.store().write(write).await?;
        }
        Ok(())
    }

    /// Keeps what a provider said about payments in one message, apart from what was booked.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn take_words(
        &self,
        client: ClientId,
        source: &str,
        message: &str,
        words: &[(PaymentKey, PaymentState)],
    ) -> Result<(), AppError> {
        let at = self.now().as_millisecond();
        for words in words.chunks(AT_ONCE) {
            let mut write = Write::new();
            for (key, state) in words {
                let (said, code) = said(state);
                let row = vec![
                    client.into(),
                    key.obligation.0.into(),
                    i64::from(key.attempt.number()).into(),
                    source.into(),
                    message.into(),
                    said.as_str().into(),
                    code.into(),
                    at.into(),
                ];
                write.row(&tables::GATEWAY_WORD, row);
            }
            self.store().write(write).await?;
        }
        Ok(())
    }
}

/// Whether a booking without a key of ours is kept: what came in is other people's business, unless a
/// provider paid it.
fn counts(line: &LooseEntry) -> bool {
    let says = line.text.to_lowercase();
    line.kind != LooseKind::Credit || PROVIDERS.iter().any(|p| says.contains(p))
}

fn said(state: &PaymentState) -> (Said, &str) {
    match state {
        PaymentState::Pending { .. } => (Said::Accepted, ""),
        PaymentState::Settled { .. } => (Said::Paid, ""),
        PaymentState::Failed { code, .. } => (Said::Failed, code),
        PaymentState::Returned { code, .. } => (Said::Returned, code),
        PaymentState::Canceled => (Said::Failed, "canceled"),
    }
}
