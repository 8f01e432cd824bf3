//! What the books of a client must satisfy: balances are the sums of the journal, store credit is
//! what the books say shoppers hold, and each account of credit is what its events give. That the
//! journal of a case follows from its events and entries is checked with the case.

use super::{
    AuditFinding, Invariant, RebuildReport,
    case::{Pair, paired},
    stream::events_now,
};
use crate::{App, AppError, books::rows as journal_rows, credit::row as credit_row};
use kernel::{CaseId, ClientId, CreditId, Timestamp};
use returns::{
    credit::{CreditEvent, postings, replay},
    journal::Account,
};
use std::collections::BTreeMap;
use store::{
    Val, Write,
    questions::{
        books::{self, JournalRow},
        credit::{self, CreditRow},
    },
    tables,
};

/// Journal rows of a stream as they should be and as they are.
pub(super) fn journal_pairs(
    client: ClientId,
    want: Vec<Vec<Val>>,
    have: &[JournalRow],
) -> Vec<Pair> {
    let key = |row: &[Val]| {
        (
            row[2].int().unwrap_or_default(),
            row[3].int().unwrap_or_default(),
        )
    };
    let want = want.into_iter().map(|row| (key(&row), row));
    let have = have.iter().map(|j| {
        let row = vec![
            client.into(),
            j.case_id.into(),
            j.version.into(),
            j.n.into(),
            j.at.into(),
            j.month.into(),
            j.currency.clone().into(),
            j.debit.clone().into(),
            j.credit.clone().into(),
            j.minor.into(),
            j.why.clone().into(),
        ];
        ((j.version, j.n), row)
    });
    paired(&tables::JOURNAL, want, have)
}

fn stored_credit(a: CreditRow) -> Vec<Val> {
    vec![
        a.client_id.into(),
        a.credit_id.into(),
        a.customer_id.into(),
        a.currency.into(),
        a.version.into(),
        a.paid_minor.into(),
        a.promotional_minor.into(),
        a.held_minor.into(),
        a.ends_at.into(),
        a.updated_at.into(),
        a.state.into(),
    ]
}

impl App {
    /// Balances against their postings, and store credit against the books.
    pub(super) async fn audit_books(
        &self,
        client: ClientId,
    ) -> Result<Vec<AuditFinding>, AppError> {
        let mut words = Vec::new();
        for (currency, account, month, debit, credit) in books::drift(self.store(), client).await? {
            words.push(format!(
                "the balance of {account} in {currency}, month {month}, lacks {debit} of its \
                 debits and {credit} of its credits"
            ));
        }
        let mut held: BTreeMap<(String, &str), i64> = BTreeMap::new();
        let shoppers = [Account::StoreCredit, Account::PromotionalCredit].map(Account::as_str);
        for row in books::trial_balance(self.store(), client, 0, i64::MAX).await? {
            if let Some(account) = shoppers.iter().find(|a| **a == row.account) {
                let closing = row.closing_minor();
                held.insert((row.currency, account), -closing);
            }
        }
        for (currency, paid, promotional) in credit::sums(self.store(), client).await? {
            for (account, minor) in shoppers.iter().zip([paid, promotional]) {
                *held.entry((currency.clone(), account)).or_default() -= minor;
            }
        }
        for ((currency, account), minor) in held.into_iter().filter(|(_, minor)| *minor != 0) {
            words.push(format!(
                "the books say that shoppers hold {minor} minor units of {account} in {currency} \
                 more than their accounts"
            ));
        }
        let finding = |words| AuditFinding {
            invariant: Invariant::Books,
            client,
            order: None,
            case: None,
            words,
        };
        Ok(words.into_iter().map(finding).collect())
    }

    /// An account of store credit and its postings, as they should be and as they are.
    async fn credit_pairs(
        &self,
        client: ClientId,
        stream: CaseId,
    ) -> Result<Result<Vec<Pair>, String>, AppError> {
        let store = self.store();
        let directory = self.directory();
        let whose = directory.client(client).ok_or(AppError::Missing)?;
        let rows = events_now(store, client, stream).await?;
        let read = rows.iter().map(|e| serde_json::from_str(&e.body));
        let events: Vec<CreditEvent> = match read.collect() {
            Ok(events) => events,
            Err(e) => return Ok(Err(format!("an event cannot be read: {e}"))),
        };
        let id = CreditId(stream.0);
        let Some(account) = replay(id, &events) else {
            return Ok(Err("its first event opens no account".to_owned()));
        };
        let at = |version: u64| {
            let before = usize::try_from(version.saturating_sub(1)).ok();
            let event = before.and_then(|i| events.get(i));
            event.map_or(Timestamp::UNIX_EPOCH, |e| e.at)
        };
        let want = credit_row(whose, &account, at(account.version))?;
        let have = credit::load(store, client, id, None).await?;
        let mut pairs: Vec<Pair> = paired(
            &tables::CREDIT_ACCOUNT,
            std::iter::once(((), want)),
            have.map(|row| ((), stored_credit(row))).into_iter(),
        );
        let posted = postings(0, &events);
        let want = journal_rows(whose, account.currency, stream, &posted, at);
        let have = books::journal_of(store, client, stream).await?;
        pairs.extend(journal_pairs(client, want, &have));
        Ok(Ok(pairs))
    }

    /// Checks one account of store credit; looks again at what looks wrong.
    pub(super) async fn audit_credit(
        &self,
        client: ClientId,
        stream: CaseId,
    ) -> Result<Vec<AuditFinding>, AppError> {
        let mut words = Vec::new();
        for _ in 0..2 {
            words = match self.credit_pairs(client, stream).await? {
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

    pub(super) async fn rebuild_credit(
        &self,
        client: ClientId,
        stream: CaseId,
        dry_run: bool,
        report: &mut RebuildReport,
    ) -> Result<(), AppError> {
        match self.credit_pairs(client, stream).await? {
            Ok(pairs) => self.write_pairs(pairs, dry_run, report).await,
            Err(words) => {
                report
                    .skipped
                    .push(format!("{}: {words}", CreditId(stream.0)));
                Ok(())
            }
        }
    }

    /// Balances are sums: what they lack is added.
    pub(super) async fn rebuild_balances(
        &self,
        client: ClientId,
        dry_run: bool,
        report: &mut RebuildReport,
    ) -> Result<(), AppError> {
        let mut write = Write::new();
        for (currency, account, month, debit, credit) in books::drift(self.store(), client).await? {
            let table = &tables::ACCOUNT_BALANCE;
            *report.changed.entry(table.name).or_default() += 1;
            let row = vec![
                client.into(),
                currency.into(),
                account.into(),
                month.into(),
                0.into(),
                debit.into(),
                credit.into(),
            ];
            write.row(table, row);
        }
        self.write_again(write, dry_run).await
    }
}
