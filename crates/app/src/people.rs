//! Who the people of the house are beside their accounts: which accounts are one person's, and
//! what tells an order of their own or of their household. Nobody is shown what found them.

use crate::{App, AppError, intake::StoredContact, payouts::known};
use kernel::{Timestamp, UserId};
use returns::Known;
use store::{Val, Write, questions::people, tables};
use uuid::Uuid;

pub use store::questions::people::PersonRow;

/// How people of the house are reached, as far as they said. `Debug` says nothing.
#[derive(Clone, Default)]
pub struct Reach {
    /// E-mail address.
    pub email: String,
    /// Telephone number.
    pub phone: String,
    /// Postcode.
    pub postcode: String,
    /// Street and number.
    pub street: String,
}

impl std::fmt::Debug for Reach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Reach(..)")
    }
}

/// The longest of these, characters.
const REACH_MAX: usize = 254;

/// The accounts of one natural person.
#[derive(Debug, Default)]
pub(crate) struct Natural {
    /// Who it is: what limits count by.
    pub(crate) id: Uuid,
    /// Every account of theirs.
    pub(crate) accounts: Vec<UserId>,
    rows: Vec<PersonRow>,
}

impl Natural {
    /// Whether the account that acts was disabled.
    pub(crate) fn has_left(&self, user: UserId) -> bool {
        let own = self.rows.iter().find(|r| r.user_id == user.0);
        own.is_some_and(|r| r.disabled_at.is_some())
    }

    /// Whether they are, or live with, who is paid: the customer, or a holder of their accounts.
    pub(crate) fn is_paid_by(&self, contact: &StoredContact) -> bool {
        let holders = contact.payout.iter().map(|p| p.holder.as_str());
        let holders = holders.chain(contact.accounts.iter().map(|a| a.holder.as_str()));
        let holders: Vec<&str> = holders.collect();
        self.rows.iter().any(|row| {
            let own = Known {
                name: &row.name,
                email: &row.email,
                phone: &row.phone,
                postcode: &row.postcode,
                street: &row.street,
            };
            let bears = |name: &&str| {
                let other = Known {
                    name,
                    ..Known::default()
                };
                own.is_close_to(&other)
            };
            own.is_close_to(&known(contact)) || holders.iter().any(bears)
        })
    }
}

impl App {
    /// The natural person behind an account.
    pub(crate) async fn natural(&self, user: UserId) -> Result<Natural, AppError> {
        let mut rows = people::persons(self.store()).await?;
        let own = rows.iter().find(|r| r.user_id == user.0);
        let id = own.map_or(user.0, PersonRow::natural);
        rows.retain(|r| r.natural() == id || r.user_id == user.0);
        let accounts = rows.iter().map(|r| UserId(r.user_id)).collect();
        Ok(Natural { id, accounts, rows })
    }

    /// Keeps who an account belongs to and how they are reached. Two accounts of one person name
    /// the same `person`: any id will do, the account that was first by custom.
    ///
    /// # Errors
    /// The field that is too long; faults of the database.
    pub fn put_person(
        write: &mut Write,
        user: UserId,
        person: Option<UserId>,
        reach: &Reach,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let fields = [
            ("email", &reach.email),
            ("phone", &reach.phone),
            ("postcode", &reach.postcode),
            ("street", &reach.street),
        ];
        for (field, value) in fields {
            if value.chars().count() > REACH_MAX {
                return Err(AppError::field(field, "help-too-long"));
            }
        }
        let trimmed = |text: &str| -> Val { text.trim().into() };
        write.row(
            &tables::APP_USER_PERSON,
            vec![
                user.0.into(),
                person.map_or(Val::Null(store::Kind::Uuid), |p| p.0.into()),
                trimmed(&reach.email),
                trimmed(&reach.phone),
                trimmed(&reach.postcode),
                trimmed(&reach.street),
                now.as_millisecond().into(),
            ],
        );
        Ok(())
    }

    /// Every account with what tells whose it is: for the command line of the house.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn persons(&self) -> Result<Vec<PersonRow>, AppError> {
        Ok(people::persons(self.store()).await?)
    }
}
