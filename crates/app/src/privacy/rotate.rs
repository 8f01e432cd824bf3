//! The change of keys. Only wrapped keys are written anew, never the data under them; each step may
//! be cut short and done again.

use super::vault::{ROOT, client_place, person_place, unwrap_client};
use crate::{App, AppError};
use kernel::{ClientId, Permission, Scope};
use privacy::{Key, Purpose};
use store::{Write, questions::privacy as stored, tables};

/// Keys of people wrapped anew in one write.
const PAGE: i64 = 100;

/// What a change of keys did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Rotated {
    /// The number of the key that is used now.
    pub number: i64,
    /// Keys wrapped anew.
    pub rewrapped: u64,
}

impl App {
    /// A fresh root key as a line of a secrets file, under the next free number.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn next_root(&self, scope: &Scope) -> Result<(String, String), AppError> {
        house(scope)?;
        let last = self.roots().await?.last_key_value().map_or(0, |(n, _)| *n);
        let name = format!("{ROOT}{}", last + 1);
        Ok((name, Key::new(self.random32()).to_hex()))
    }

    /// Where the root keys lie: the highest number, and whether the database holds one.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn root_state(&self) -> Result<(i64, bool), AppError> {
        let roots = self.roots().await?;
        let stored = store::questions::people::settings(self.store()).await?;
        let inside = stored.iter().any(|(name, _)| name.starts_with(ROOT));
        Ok((roots.last_key_value().map_or(0, |(n, _)| *n), inside))
    }

    /// Whether the keys of a client can be read with the secrets given.
    ///
    /// # Errors
    /// [`AppError::Fault`] saying which is missing.
    pub async fn check_keys(&self, client: ClientId) -> Result<(), AppError> {
        self.client_keys_fresh(client).await.map(drop)
    }

    /// Makes a new root key in the database, for a house that keeps its secrets there.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn new_root_inside(&self, scope: &Scope) -> Result<(), AppError> {
        let (name, key) = self.next_root(scope).await?;
        let mut write = Write::new();
        write.row(&tables::HOUSE_SETTING, vec![name.into(), key.into()]);
        self.store().write(write).await?;
        Ok(())
    }

    /// Wraps the keys of every client by the newest root key.
    ///
    /// # Errors
    /// By scope; [`AppError::Fault`] where an old root key is missing.
    pub async fn rotate_root(&self, scope: &Scope) -> Result<Rotated, AppError> {
        house(scope)?;
        let roots = self.roots().await?;
        let newest = roots.last_key_value();
        let (number, root) = newest.ok_or_else(|| AppError::fault("there is no root key"))?;
        let mut done = Rotated {
            number: *number,
            rewrapped: 0,
        };
        for client in self.directory().clients() {
            for row in stored::client_keys(self.store(), client.id).await? {
                if row.root == *number {
                    continue;
                }
                let key = unwrap_client(client.id, &row, &roots)?;
                let place = client_place(client.id, row.version);
                let wrapped = root.wrap(&place, self.nonce(), &key);
                let mut write = Write::new();
                write.statement(stored::client_key_rewrap(
                    client.id,
                    row.version,
                    row.root,
                    *number,
                    wrapped,
                ));
                self.store().write(write).await?;
                done.rewrapped += 1;
            }
            self.client_keys_fresh(client.id).await?;
        }
        Ok(done)
    }

    /// Gives a client a new key and wraps the keys of its people by it; the old one is destroyed
    /// when it wraps nothing any more. The key for look-ups stays.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn rotate_client(
        &self,
        scope: &Scope,
        client: ClientId,
    ) -> Result<Rotated, AppError> {
        house(scope)?;
        let roots = self.roots().await?;
        let before = self.client_keys_fresh(client).await?;
        let (newest, _) = before.newest()?;
        // One that was cut short is gone on with.
        let number = if before.wraps.len() > 1 {
            newest
        } else {
            let mut write = Write::new();
            let row = self.new_client_key(client, newest + 1, &roots)?;
            write.row(&tables::CLIENT_KEY, row);
            self.store().write(write).await?;
            newest + 1
        };
        let keys = self.client_keys_fresh(client).await?;
        let (_, outer) = keys.newest()?;
        let mut done = Rotated {
            number,
            rewrapped: 0,
        };
        for old in keys.wraps.keys().filter(|v| **v != number) {
            loop {
                let page = stored::people_under(self.store(), client, *old, PAGE).await?;
                if page.is_empty() {
                    break;
                }
                let mut write = Write::new();
                for row in &page {
                    let purpose = Purpose::ALL
                        .into_iter()
                        .find(|p| p.as_str() == row.purpose)
                        .ok_or_else(|| AppError::fault("a key without a purpose"))?;
                    let key = keys.unwrap(client, row.subject, purpose, *old, &row.wrapped)?;
                    let place = person_place(client, row.subject, purpose);
                    let wrapped = outer.wrap(&place, self.nonce(), &key);
                    write.statement(stored::person_rewrap(client, row, number, wrapped));
                }
                self.store().write(write).await?;
                done.rewrapped += page.len() as u64;
            }
        }
        // A server that runs goes on wrapping under the key it knows until it starts again: what is
        // old goes in a later run, which finds nobody under it.
        if done.rewrapped == 0 {
            let mut write = Write::new();
            for old in keys.wraps.keys().filter(|v| **v != number) {
                write.statement(stored::client_key_drop(client, *old));
            }
            if !write.is_empty() {
                self.store().write(write).await?;
            }
        }
        self.client_keys_fresh(client).await?;
        Ok(done)
    }
}

/// Keys are for the house alone.
fn house(scope: &Scope) -> Result<(), AppError> {
    if scope.clients().is_none() {
        Ok(())
    } else {
        Err(AppError::Denied(Permission::Administer))
    }
}
