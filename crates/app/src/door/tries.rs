//! How often a proof may fail: per account and per address. Six digits are guessed in the end, so
//! an account has few tries in a quarter of an hour and few more in a day; the passkey beside it
//! knows no such limit, because it cannot be guessed.

use super::{DoorError, EventKind, Method, Origin};
use crate::App;
use kernel::UserId;
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
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

/// Accounts somebody is trying to get into at this moment, at this node.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trying(Arc<Mutex<HashSet<String>>>);

impl Trying {
    fn all(&self) -> MutexGuard<'_, HashSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The turn of one account, none while somebody else has it: tries in parallel would all be
    /// looked at before any of them was counted.
    fn turn(&self, account: &str) -> Option<Turn> {
        let free = self.all().insert(account.to_owned());
        free.then(|| Turn {
            trying: self.clone(),
            account: account.to_owned(),
        })
    }
}

/// A try under way; the next one of its account may follow when it is dropped.
#[derive(Debug)]
#[must_use = "the next try waits until it is dropped"]
pub(super) struct Turn {
    trying: Trying,
    account: String,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.trying.all().remove(&self.account);
    }
}

impl App {
    /// Passes while there are tries left; keep what it gives until a failure was counted. One try
    /// of an account at a time at each node: with several nodes, as many as there are nodes.
    pub(super) async fn may_try(
        &self,
        account: Option<&str>,
        from: &Origin,
    ) -> Result<Option<Turn>, DoorError> {
        let busy = || DoorError::TooMany(1);
        let turn = account.map(|account| self.0.trying.turn(account).ok_or_else(busy));
        let turn = turn.transpose()?;
        let now = self.now().as_millisecond();
        for counter in counters(account, from, now) {
            let tries = signin::tries(self.store(), &counter.who, counter.period).await?;
            if tries >= counter.max {
                let seconds = (counter.ends - now) / 1_000 + 1;
                return Err(DoorError::TooMany(seconds.try_into().unwrap_or(u16::MAX)));
            }
        }
        Ok(turn)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_tried_once_at_a_time() {
        let trying = Trying::default();
        let first = trying.turn("kim@house.example").unwrap();
        assert!(trying.turn("kim@house.example").is_none());
        assert!(trying.turn("ana@house.example").is_some());
        drop(first);
        assert!(trying.turn("kim@house.example").is_some());
    }
}
