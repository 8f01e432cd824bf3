//! Contacts of customers: read, changed, imported and found.

use super::vault::ClientKeys;
use crate::{App, AppError, intake::StoredContact};
use kernel::{ClientId, CustomerId, Permission, Scope};
use privacy::{
    Key, Place, Purpose, field,
    index::{By, TOKEN},
};
use std::{collections::BTreeSet, sync::Arc};
use store::{
    Write,
    questions::{
        orders,
        privacy::{self as stored, ContactRow, PersonKeyRow},
    },
    tables,
};
use uuid::Uuid;

/// People a look-up answers at most.
const FOUND_MAX: usize = 50;
/// Rows of one token that are looked at.
const TOKEN_ROWS: i64 = 2_000;

/// A customer somebody looked for.
#[derive(Debug, Clone)]
pub struct Found {
    /// Whose customer.
    pub client: ClientId,
    /// Who.
    pub customer: CustomerId,
    /// What is stored about them.
    pub contact: StoredContact,
    /// Their orders, newest first.
    pub orders: Vec<orders::OrderHead>,
}

/// A contact with what it takes to change it.
pub(crate) struct Known {
    pub(crate) contact: StoredContact,
    pub(crate) key: Option<Key>,
    /// As it is stored, to see whether somebody else changed it.
    pub(crate) stored: String,
}

/// A change of a contact: lost if somebody else changed it meanwhile.
pub(crate) struct ContactChange {
    client: ClientId,
    customer: CustomerId,
    stored: String,
    sealed: String,
    before: Option<StoredContact>,
    after: StoredContact,
    keys: Arc<ClientKeys>,
    at: i64,
}

impl ContactChange {
    /// Adds it to a write.
    pub(crate) fn put(&self, write: &mut Write) {
        let (client, customer) = (self.client, self.customer.0);
        write.statement(stored::contact_change(
            client,
            customer,
            &self.stored,
            self.sealed.clone(),
            self.at,
        ));
        put_index(
            write,
            &self.keys,
            client,
            customer,
            self.before.as_ref(),
            &self.after,
        );
    }
}

pub(crate) const fn contact_place(client: ClientId, customer: Uuid) -> Place<'static> {
    Place {
        client,
        subject: customer,
        field: &field::CONTACT,
        row: customer,
    }
}

impl App {
    /// The contact of a customer, empty if none is stored or it was erased. Callers check the scope.
    pub(crate) async fn contact(
        &self,
        client: ClientId,
        customer: CustomerId,
    ) -> Result<StoredContact, AppError> {
        let known = self.known(client, customer).await?;
        Ok(known.map(|k| k.contact).unwrap_or_default())
    }

    /// What is known about a customer; none if nothing ever was.
    pub(crate) async fn known(
        &self,
        client: ClientId,
        customer: CustomerId,
    ) -> Result<Option<Known>, AppError> {
        let Some(row) = stored::contact(self.store(), client, customer).await? else {
            return Ok(None);
        };
        let ContactRow {
            contact,
            key_version,
            wrapped,
        } = row;
        let key = match key_version.zip(wrapped) {
            Some((key_version, wrapped)) => {
                let row = PersonKeyRow {
                    key_version,
                    wrapped,
                };
                let purpose = Purpose::Person;
                Some(self.unwrapped(client, customer.0, purpose, &row).await?)
            }
            None => None,
        };
        Ok(Some(Known {
            contact: opened(client, customer.0, key.as_ref(), &contact)?,
            key,
            stored: contact,
        }))
    }

    /// Changes what is kept about a person; nothing is written where nothing changes.
    pub(crate) async fn change_contact(
        &self,
        client: ClientId,
        customer: CustomerId,
        change: impl FnOnce(&mut StoredContact),
    ) -> Result<(), AppError> {
        let Some(changed) = self.contact_changed(client, customer, change).await? else {
            return Ok(());
        };
        let mut write = Write::new();
        changed.put(&mut write);
        match self.store().write(write).await {
            // Changed by somebody else in between: the caller looks again.
            Err(store::WriteError::Lost { .. } | store::WriteError::Conflict { .. }) => {
                Err(AppError::Busy)
            }
            other => other.map(drop).map_err(AppError::from),
        }
    }

    /// A change of what is kept about a person, to be put into a write; none where nothing changes.
    /// A person without a key gets one at once.
    pub(crate) async fn contact_changed(
        &self,
        client: ClientId,
        customer: CustomerId,
        change: impl FnOnce(&mut StoredContact),
    ) -> Result<Option<ContactChange>, AppError> {
        let known = self.known(client, customer).await?;
        let known = known.ok_or(AppError::Missing)?;
        let mut after = known.contact.clone();
        change(&mut after);
        if after == known.contact {
            return Ok(None);
        }
        let key = match known.key {
            Some(key) => key,
            None => {
                self.ensure_person(client, customer.0, Purpose::Person)
                    .await?
            }
        };
        Ok(Some(ContactChange {
            client,
            customer,
            sealed: self.seal_contact(&key, client, customer.0, &after)?,
            before: privacy::text::is_sealed(&known.stored).then_some(known.contact),
            stored: known.stored,
            after,
            keys: self.client_keys(client).await?,
            at: self.now().as_millisecond(),
        }))
    }

    /// A contact as it is stored.
    pub(crate) fn seal_contact(
        &self,
        key: &Key,
        client: ClientId,
        customer: Uuid,
        contact: &StoredContact,
    ) -> Result<String, AppError> {
        let json = serde_json::to_string(contact)?;
        Ok(self.seal_text(key, &contact_place(client, customer), &json))
    }

    /// Customers with this e-mail address, telephone number, postcode or name, of every client where
    /// the scope may see people. A name is found by all of its words.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn find_people(&self, scope: &Scope, text: &str) -> Result<Vec<Found>, AppError> {
        let text: String = text.trim().chars().take(254).collect();
        let mut found = Vec::new();
        for client in self.clients_for(scope, Permission::CaseRequest) {
            if scope.clients().is_some_and(<[ClientId]>::is_empty) {
                break;
            }
            for customer in self.matching(client, &text).await? {
                let heads =
                    orders::orders_of_customer(self.store(), client, CustomerId(customer), 20)
                        .await?;
                // What stands for a person without an order is a declaration or a parcel.
                if heads.is_empty() || found.len() >= FOUND_MAX {
                    continue;
                }
                found.push(Found {
                    client,
                    customer: CustomerId(customer),
                    contact: self.contact(client, CustomerId(customer)).await?,
                    orders: heads,
                });
            }
        }
        Ok(found)
    }

    /// Everybody a text stands for at one client: people and declarations.
    pub(crate) async fn matching(
        &self,
        client: ClientId,
        text: &str,
    ) -> Result<Vec<Uuid>, AppError> {
        let keys = self.client_keys(client).await?;
        let index = &keys.index;
        if text.contains('@') {
            return self.with_token(client, index.token(By::Email, text)).await;
        }
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let mut all = Vec::new();
        if digits > 0 {
            if digits >= 7 {
                all.extend(
                    self.with_token(client, index.token(By::Phone, text))
                        .await?,
                );
            }
            let postcode = index.token(By::Postcode, text);
            all.extend(self.with_token(client, postcode).await?);
            all.extend(
                self.with_token(client, index.token(By::External, text))
                    .await?,
            );
        } else {
            let mut words = index.names(text).into_iter();
            if let Some(first) = words.next() {
                all = self.with_token(client, Some(first)).await?;
            }
            for word in words {
                let also = self.with_token(client, Some(word)).await?;
                all.retain(|id| also.binary_search(id).is_ok());
            }
        }
        all.sort_unstable();
        all.dedup();
        all.truncate(FOUND_MAX);
        Ok(all)
    }

    async fn with_token(
        &self,
        client: ClientId,
        token: Option<[u8; TOKEN]>,
    ) -> Result<Vec<Uuid>, AppError> {
        match token {
            Some(token) => {
                let mut found = stored::indexed(self.store(), client, &token, TOKEN_ROWS).await?;
                found.sort_unstable();
                Ok(found)
            }
            None => Ok(Vec::new()),
        }
    }

    /// The id of a customer of another system. A number that is an e-mail address goes in under the
    /// client's key, so that the id tells nothing to who tries addresses.
    pub(crate) async fn customer_of(
        &self,
        client: ClientId,
        external: &str,
    ) -> Result<CustomerId, AppError> {
        let keys = self.client_keys(client).await?;
        Ok(customer_id(&keys, client, external))
    }
}

/// See [`App::customer_of`].
pub(crate) fn customer_id(keys: &ClientKeys, client: ClientId, external: &str) -> CustomerId {
    if external.contains('@') {
        crate::intake::ids::customer_id(client, &external_hash(keys, external))
    } else {
        crate::intake::ids::customer_id(client, external)
    }
}

/// A customer's number in the other system as it is stored.
pub(crate) fn external_hash(keys: &ClientKeys, external: &str) -> String {
    let token = keys.index.token(By::External, external).unwrap_or_default();
    format!("h1:{}", data_encoding::HEXLOWER.encode(&token))
}

/// Whether a stored customer's number is a hash, or stands for one that was erased.
pub(crate) fn is_hashed(external: &str) -> bool {
    external.starts_with("h1:") || external.starts_with("erased:")
}

/// The contact as it was stored: sealed, in clear by an older version, or erased.
pub(crate) fn opened(
    client: ClientId,
    customer: Uuid,
    key: Option<&Key>,
    contact: &str,
) -> Result<StoredContact, AppError> {
    if contact.is_empty() || (key.is_none() && privacy::text::is_sealed(contact)) {
        return Ok(StoredContact::default());
    }
    let place = contact_place(client, customer);
    let json = privacy::text::open(key, &place, contact)
        .map_err(|e| AppError::fault(format!("customer {customer}: {e}")))?;
    Ok(serde_json::from_str(&json)?)
}

/// Adds to a write what a person is found by, and takes out what they are not found by any more.
/// `before` is the contact as it was sealed; none where nothing was indexed yet.
pub(crate) fn put_index(
    write: &mut Write,
    keys: &ClientKeys,
    client: ClientId,
    subject: Uuid,
    before: Option<&StoredContact>,
    contact: &StoredContact,
) {
    let old = before.map(|c| tokens(keys, c)).unwrap_or_default();
    let new = tokens(keys, contact);
    let row = |token: &[u8; TOKEN]| vec![client.into(), token.to_vec().into(), subject.into()];
    for token in old.difference(&new) {
        write.remove(&tables::PERSON_INDEX, row(token));
    }
    for token in new.difference(&old) {
        write.row(&tables::PERSON_INDEX, row(token));
    }
}

fn tokens(keys: &ClientKeys, contact: &StoredContact) -> BTreeSet<[u8; TOKEN]> {
    let index = &keys.index;
    let mut all: BTreeSet<_> = index.names(&contact.name).into_iter().collect();
    all.extend(index.token(By::Email, &contact.email));
    all.extend(index.token(By::Phone, &contact.phone));
    all.extend(index.token(By::Postcode, &contact.postcode));
    let external = contact.external.as_deref();
    all.extend(external.and_then(|e| index.token(By::External, e)));
    all
}
