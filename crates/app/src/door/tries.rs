//! How often a proof may fail: per account and per address. Six digits are guessed in the end, so
//! an account has few tries in a quarter of an hour and few more in a day; the passkey beside it
//! knows no such limit, because it cannot be guessed.

use super::{DoorError, EventKind, Method, Origin};
use crate::App;
use kernel::UserId;
use sha2::{Digest as _, Sha256};
use store::{Write, questions::signin, tables};

/// A quarter of an hour, milliseconds.
const QUARTER: i64 = 900_000;
/// A day, milliseconds.
const DAY: i64 = 86_400_000;
/// Failed tries of one account in a quarter of an hour.
const ACCOUNT_QUARTER: i64 = 5;
/// Failed tries of one account in a day.
const ACCOUNT_DAY: i64 = 20;
/// Failed tries from one address in a quarter of an hour: a whole office may stand behind it.
const ADDRESS_QUARTER: i64 = 30;

/// One counter: whose, in which period, and how many it may hold.
struct Counter {
    who: String,
    period: i64,
    max: i64,
    ends: i64,
}

fn counters(account: Option<&str>, from: &Origin, now: i64) -> Vec<Counter> {
    let counter = |kind: &str, name: &str, length: i64, max: i64| {
        let hash = Sha256::digest(name.as_bytes());
        let name = data_encoding::HEXLOWER.encode(&hash[..16]);
        let period = now.div_euclid(length);
        Counter {
            who: format!("{kind}:{name}"),
            period,
            max,
            ends: (period + 1) * length,
        }
    };
    let mut list = vec![counter("address", &from.address, QUARTER, ADDRESS_QUARTER)];
    if let Some(account) = account {
        list.push(counter("account", account, QUARTER, ACCOUNT_QUARTER));
        list.push(counter("account-day", account, DAY, ACCOUNT_DAY));
    }
    list
}

impl App {
    /// Passes while there are tries left.
    pub(super) async fn may_try(
        &self,
        account: Option<&str>,
        from: &Origin,
    ) -> Result<(), DoorError> {
        let now = self.now().as_millisecond();
        for counter in counters(account, from, now) {
            let tries = signin::tries(self.store(), &counter.who, counter.period).await?;
            if tries >= counter.max {
                let seconds = (counter.ends - now) / 1_000 + 1;
                return Err(DoorError::TooMany(seconds.try_into().unwrap_or(u16::MAX)));
            }
        }
        Ok(())
    }

    /// Writes a failed try down, and counts it.
    pub(super) async fn failed(
        &self,
        account: Option<&str>,
        user: Option<UserId>,
        (method, class): (Method, &'static str),
        from: &Origin,
    ) -> Result<DoorError, DoorError> {
        let now = self.now().as_millisecond();
        let mut write = Write::new();
        for counter in counters(account, from, now) {
            let row = vec![counter.who.into(), counter.period.into(), 1_i64.into()];
            write.row(&tables::SIGNIN_TRY, row);
        }
        let what = (Some(method), class);
        self.note(&mut write, EventKind::Refused, user, what, from);
        self.store().write(write).await?;
        Ok(DoorError::Refused(class))
    }
}
