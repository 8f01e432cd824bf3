//! The books of a client: rows of the journal for a write, and the questions pages ask. Which
//! accounts move is decided in `returns::journal`; every figure here is a question to the journal
//! or to the sums kept with it.

use crate::{App, commit::int, directory::Client, error::AppError};
use kernel::{CaseId, ClientId, Currency, Date, Permission, Scope, Timestamp};
use returns::journal::{Account, Posting};
use std::{fmt, str::FromStr};
use store::{Val, Write, questions::books, tables};

pub use store::questions::books::{AccountLine, BalanceRow, Cursor, JournalRow, NEWEST};

/// A month of the books, in the client's time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(i64);

impl Month {
    /// The month a day is in.
    pub fn of(day: Date) -> Self {
        Self(i64::from(day.year()) * 100 + i64::from(day.month()))
    }

    /// As the store keeps it: year * 100 + month.
    pub const fn number(self) -> i64 {
        self.0
    }

    /// Its first day.
    pub fn first_day(self) -> Option<Date> {
        let (year, month) = (self.0 / 100, self.0 % 100);
        Date::new(year.try_into().ok()?, month.try_into().ok()?, 1).ok()
    }

    /// The month after it.
    pub fn next(self) -> Self {
        Self(if self.0 % 100 == 12 {
            self.0 + 89
        } else {
            self.0 + 1
        })
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0 / 100, self.0 % 100)
    }
}

impl FromStr for Month {
    type Err = AppError;
    fn from_str(s: &str) -> Result<Self, AppError> {
        let day = format!("{s}-01").parse::<Date>();
        day.map(Self::of)
            .map_err(|_| AppError::field("month", "help-month"))
    }
}

/// Which months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first one.
    pub from: Month,
    /// The last one.
    pub to: Month,
}

impl Period {
    /// From one month to another, not before it.
    pub fn new(from: Month, to: Month) -> Result<Self, AppError> {
        if from <= to {
            Ok(Self { from, to })
        } else {
            Err(AppError::field("to", "help-period"))
        }
    }
}

/// An account of a client over a period, with a page of its postings.
#[derive(Debug, Clone)]
pub struct AccountPage {
    /// Opening balance, what moved in the period, closing balance.
    pub balance: BalanceRow,
    /// Postings of the period, newest first.
    pub lines: Vec<AccountLine>,
}

/// The journal rows of postings.
pub(crate) fn rows(
    client: &Client,
    currency: Currency,
    stream: CaseId,
    postings: &[Posting],
    at: impl Fn(u64) -> Timestamp,
) -> Vec<Vec<Val>> {
    let row = |p: &Posting| {
        let at = at(p.version);
        vec![
            client.id.into(),
            stream.0.into(),
            int(p.version).into(),
            i64::from(p.n).into(),
            at.as_millisecond().into(),
            Month::of(client.day(at)).number().into(),
            currency.code().into(),
            p.transfer.debit().as_str().into(),
            p.transfer.credit().as_str().into(),
            p.transfer.minor().into(),
            p.why.as_str().into(),
        ]
    };
    postings.iter().map(row).collect()
}

/// Adds postings of a stream at one moment to a write, and what they add to the sums.
pub(crate) fn put(
    write: &mut Write,
    client: &Client,
    currency: Currency,
    stream: CaseId,
    postings: &[Posting],
    at: Timestamp,
) {
    let month = Month::of(client.day(at)).number();
    let part = i64::from(stream.0.as_bytes()[15]) % books::PARTS;
    let sum = |account: Account, debit: i64, credit: i64| {
        vec![
            client.id.into(),
            currency.code().into(),
            account.as_str().into(),
            month.into(),
            part.into(),
            debit.into(),
            credit.into(),
        ]
    };
    for p in postings {
        let t = p.transfer;
        write.row(&tables::ACCOUNT_BALANCE, sum(t.debit(), t.minor(), 0));
        write.row(&tables::ACCOUNT_BALANCE, sum(t.credit(), 0, t.minor()));
    }
    for row in rows(client, currency, stream, postings, |_| at) {
        write.row(&tables::JOURNAL, row);
    }
}

impl App {
    /// Every account of a client that ever moved, over a period, by currency and in the order of
    /// the books. The debits of a currency are its credits.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn trial_balance(
        &self,
        scope: &Scope,
        client: ClientId,
        period: Period,
    ) -> Result<Vec<BalanceRow>, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        let (from, to) = (period.from.number(), period.to.number());
        let mut rows = books::trial_balance(self.store(), client, from, to).await?;
        let place = |name: &str| Account::ALL.iter().position(|a| a.as_str() == name);
        rows.sort_by(|a, b| {
            (&a.currency, place(&a.account)).cmp(&(&b.currency, place(&b.account)))
        });
        Ok(rows)
    }

    /// The balance of one account over a period.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn account_balance(
        &self,
        scope: &Scope,
        client: ClientId,
        (currency, account): (Currency, Account),
        period: Period,
    ) -> Result<BalanceRow, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        let which = (currency.code(), account.as_str());
        let (from, to) = (period.from.number(), period.to.number());
        Ok(books::balance(self.store(), client, which, from, to).await?)
    }

    /// An account over a period: its balance and its postings, newest first, before the cursor.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn account_page(
        &self,
        scope: &Scope,
        client: ClientId,
        (currency, account): (Currency, Account),
        period: Period,
        before: Option<Cursor>,
        limit: i64,
    ) -> Result<AccountPage, AppError> {
        let which = (currency, account);
        let balance = self.account_balance(scope, client, which, period).await?;
        let directory = self.directory();
        let whose = directory.client(client).ok_or(AppError::Missing)?;
        let start = |month: Month| {
            let day = month.first_day().and_then(|d| whose.midnight(d));
            day.map_or(i64::MAX, Timestamp::as_millisecond)
        };
        let end = (start(period.to.next()), uuid::Uuid::nil(), 0, 0);
        let before = before.map_or(end, |b| b.min(end));
        let lines = books::account_lines(
            self.store(),
            client,
            (currency.code(), account.as_str()),
            start(period.from),
            &before,
            limit,
        )
        .await?;
        Ok(AccountPage { balance, lines })
    }

    /// What a case moved, in the order it happened.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn journal_of_case(
        &self,
        scope: &Scope,
        client: ClientId,
        case: CaseId,
    ) -> Result<Vec<JournalRow>, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        Ok(books::journal_of(self.store(), client, case).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_read_write_and_follow_each_other() {
        let december: Month = "2026-12".parse().unwrap();
        assert_eq!(
            (december.number(), december.to_string().as_str()),
            (202_612, "2026-12")
        );
        assert_eq!(december.next().to_string(), "2027-01");
        assert_eq!(
            december.first_day(),
            Some(kernel::Date::constant(2026, 12, 1))
        );
        for wrong in ["2026-13", "2026", "12-2026", ""] {
            assert!(wrong.parse::<Month>().is_err(), "{wrong}");
        }
        let period = Period::new(december.next(), december);
        assert!(period.is_err());
    }
}
