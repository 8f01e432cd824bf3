//! What banks and providers report, kept as it came. Hearing it again changes nothing.

use super::PROVIDERS;
use crate::{App, AppError};
use kernel::ClientId;
use ports::{AccountReport, LooseEntry, LooseKind, PaymentKey, PaymentState};
use reconcile::{Said, Source, Way};
use store::{Kind, Val, Write, tables};

/// Rows of one write.
const AT_ONCE: usize = 1_000;

impl App {
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
