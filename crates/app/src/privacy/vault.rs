//! The keys in use. A client's keys are unwrapped once and kept in memory; a person's key is
//! unwrapped when their data is needed and forgotten with it.

use crate::{App, AppError};
use kernel::ClientId;
use privacy::{IndexKey, Key, NONCE, Place, Purpose, field};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, PoisonError, RwLock},
};
use store::{
    Write,
    questions::{
        people,
        privacy::{self as stored, ClientKeyRow, PersonKeyRow},
    },
    tables,
};
use uuid::Uuid;

/// The secret that is the root key of this number: `privacy_root:1`.
pub(crate) const ROOT: &str = "privacy_root:";
/// The version of a client's key for look-ups.
pub(crate) const INDEX: i64 = 0;

/// The keys of one client.
#[derive(Debug)]
pub(crate) struct ClientKeys {
    pub(crate) index: IndexKey,
    /// What wraps the keys of people; the highest is used for new ones.
    pub(crate) wraps: BTreeMap<i64, Key>,
}

impl ClientKeys {
    /// The version new keys are wrapped by, and the key.
    pub(crate) fn newest(&self) -> Result<(i64, &Key), AppError> {
        let newest = self.wraps.last_key_value();
        let newest = newest.map(|(version, key)| (*version, key));
        newest.ok_or_else(|| AppError::fault("a client has no key"))
    }

    /// The key of a person as it is stored.
    pub(crate) fn unwrap(
        &self,
        client: ClientId,
        subject: Uuid,
        purpose: Purpose,
        version: i64,
        wrapped: &[u8],
    ) -> Result<Key, AppError> {
        let outer = self.wraps.get(&version);
        let outer = outer.ok_or_else(|| AppError::fault("the key of a person has no wrapper"))?;
        outer
            .unwrap(&person_place(client, subject, purpose), wrapped)
            .map_err(AppError::fault)
    }
}

/// Client keys in memory.
#[derive(Debug, Default)]
pub(crate) struct Vault(RwLock<HashMap<ClientId, Arc<ClientKeys>>>);

impl Vault {
    fn get(&self, client: ClientId) -> Option<Arc<ClientKeys>> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.get(&client).cloned()
    }

    fn put(&self, client: ClientId, keys: &Arc<ClientKeys>) {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(client, keys.clone());
    }
}

/// Where the wrapped key of a client stands.
pub(crate) const fn client_place(client: ClientId, version: i64) -> Place<'static> {
    Place {
        client,
        subject: Uuid::nil(),
        field: &field::CLIENT_KEY,
        row: Uuid::from_u128(version.unsigned_abs() as u128),
    }
}

/// Where the wrapped key of a person stands.
pub(crate) const fn person_place(
    client: ClientId,
    subject: Uuid,
    purpose: Purpose,
) -> Place<'static> {
    Place {
        client,
        subject,
        field: &field::PERSON_KEY,
        row: Uuid::from_u128(purpose as u128),
    }
}

impl App {
    /// A fresh nonce.
    pub(crate) fn nonce(&self) -> [u8; NONCE] {
        let mut nonce = [0; NONCE];
        self.0.entropy.fill(&mut nonce);
        nonce
    }

    /// The root keys by their number, the newest last. Without one in the secrets or the database
    /// the first is made there.
    pub(crate) async fn roots(&self) -> Result<BTreeMap<i64, Key>, AppError> {
        let mut found = self.roots_known().await?;
        if found.is_empty() {
            let first = Key::new(self.random32()).to_hex();
            let mut write = Write::new();
            let row = vec![format!("{ROOT}1").into(), first.into()];
            write.row(&tables::HOUSE_SETTING, row);
            self.store().write(write).await?;
            found = self.roots_known().await?;
        }
        Ok(found)
    }

    async fn roots_known(&self) -> Result<BTreeMap<i64, Key>, AppError> {
        let mut all = self.0.secrets.starting(ROOT);
        // What the file names wins over the database.
        for (name, value) in people::settings(self.store()).await? {
            if name.starts_with(ROOT) {
                all.entry(name).or_insert(value);
            }
        }
        let read = |(name, value): (String, String)| {
            let number = name.strip_prefix(ROOT).and_then(|n| n.parse().ok());
            let key = Key::from_hex(&value);
            number.zip(key).ok_or_else(|| {
                AppError::fault(format!(
                    "the secret {name} is not a root key: 64 hex digits"
                ))
            })
        };
        all.into_iter().map(read).collect()
    }

    /// The keys of a client, made on first use.
    pub(crate) async fn client_keys(&self, client: ClientId) -> Result<Arc<ClientKeys>, AppError> {
        match self.0.vault.get(client) {
            Some(known) => Ok(known),
            None => self.client_keys_fresh(client).await,
        }
    }

    /// The same as they stand in the database now.
    pub(crate) async fn client_keys_fresh(
        &self,
        client: ClientId,
    ) -> Result<Arc<ClientKeys>, AppError> {
        let roots = self.roots().await?;
        let mut rows = stored::client_keys(self.store(), client).await?;
        if !(rows.iter().any(|r| r.version == INDEX) && rows.iter().any(|r| r.version > INDEX)) {
            let mut write = Write::new();
            for version in [INDEX, 1] {
                let row = self.new_client_key(client, version, &roots)?;
                write.row(&tables::CLIENT_KEY, row);
            }
            self.store().write(write).await?;
            rows = stored::client_keys(self.store(), client).await?;
        }
        let (mut index, mut wraps) = (None, BTreeMap::new());
        for row in rows {
            let key = unwrap_client(client, &row, &roots)?;
            if row.version == INDEX {
                index = Some(IndexKey::new(key));
            } else {
                wraps.insert(row.version, key);
            }
        }
        let index = index.ok_or_else(|| AppError::fault("a client has no key for look-ups"))?;
        let keys = Arc::new(ClientKeys { index, wraps });
        self.0.vault.put(client, &keys);
        Ok(keys)
    }

    /// The row of a new key of a client.
    pub(crate) fn new_client_key(
        &self,
        client: ClientId,
        version: i64,
        roots: &BTreeMap<i64, Key>,
    ) -> Result<Vec<store::Val>, AppError> {
        let newest = roots.last_key_value();
        let (number, root) = newest.ok_or_else(|| AppError::fault("there is no root key"))?;
        let key = Key::new(self.random32());
        let wrapped = root.wrap(&client_place(client, version), self.nonce(), &key);
        Ok(vec![
            client.into(),
            version.into(),
            (*number).into(),
            wrapped.into(),
            self.now().as_millisecond().into(),
        ])
    }

    /// The key of a person as it is stored; none where there is none, or it was destroyed.
    pub(crate) async fn person_key(
        &self,
        client: ClientId,
        subject: Uuid,
        purpose: Purpose,
    ) -> Result<Option<Key>, AppError> {
        let row = stored::person_key(self.store(), client, subject, purpose.as_str()).await?;
        match row {
            Some(row) => Ok(Some(self.unwrapped(client, subject, purpose, &row).await?)),
            None => Ok(None),
        }
    }

    /// A person's key, unwrapped.
    pub(crate) async fn unwrapped(
        &self,
        client: ClientId,
        subject: Uuid,
        purpose: Purpose,
        row: &PersonKeyRow,
    ) -> Result<Key, AppError> {
        let mut keys = self.client_keys(client).await?;
        if !keys.wraps.contains_key(&row.key_version) {
            // Another process has changed the client's key.
            keys = self.client_keys_fresh(client).await?;
        }
        keys.unwrap(client, subject, purpose, row.key_version, &row.wrapped)
    }

    /// The key of a person to seal with; a new one goes into `write`. Ask once for each write.
    pub(crate) async fn person_key_for(
        &self,
        write: &mut Write,
        client: ClientId,
        subject: Uuid,
        purpose: Purpose,
    ) -> Result<Key, AppError> {
        if let Some(key) = self.person_key(client, subject, purpose).await? {
            return Ok(key);
        }
        let keys = self.client_keys(client).await?;
        self.new_person(write, &keys, client, subject, purpose)
    }

    /// Makes the key of a person.
    pub(crate) fn new_person(
        &self,
        write: &mut Write,
        keys: &ClientKeys,
        client: ClientId,
        subject: Uuid,
        purpose: Purpose,
    ) -> Result<Key, AppError> {
        let (version, outer) = keys.newest()?;
        let key = Key::new(self.random32());
        let place = person_place(client, subject, purpose);
        let wrapped = outer.wrap(&place, self.nonce(), &key);
        write.row(
            &tables::PERSON,
            vec![
                client.into(),
                subject.into(),
                purpose.as_str().into(),
                version.into(),
                wrapped.into(),
                self.now().as_millisecond().into(),
            ],
        );
        Ok(key)
    }

    /// Seals bytes of a person for their column and row.
    pub(crate) fn seal_bytes(&self, key: &Key, place: &Place<'_>, plain: &[u8]) -> Vec<u8> {
        key.seal(place, self.nonce(), plain)
    }

    /// Seals a text of a person for its column and row.
    pub(crate) fn seal_text(&self, key: &Key, place: &Place<'_>, plain: &str) -> String {
        privacy::text::seal(key, place, self.nonce(), plain)
    }
}

/// A client's key, unwrapped by the root key its row names.
pub(crate) fn unwrap_client(
    client: ClientId,
    row: &ClientKeyRow,
    roots: &BTreeMap<i64, Key>,
) -> Result<Key, AppError> {
    let root = roots.get(&row.root).ok_or_else(|| {
        AppError::fault(format!(
            "client {client} is sealed under root key {}, which is not among the secrets: put the \
             line \"{ROOT}{}\" back into the secrets file",
            row.root, row.root
        ))
    })?;
    root.unwrap(&client_place(client, row.version), &row.wrapped)
        .map_err(|_| {
            AppError::fault(format!(
                "the root key {} is not the one client {client} was sealed under",
                row.root
            ))
        })
}
