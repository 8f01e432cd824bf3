//! Sealed columns other than contacts: declarations, senders of parcels, photographs, documents,
//! packs. What an older version stored in clear is read as it is.

use crate::{App, AppError, declarations::DeclarationRow, strays::StrayRow};
use kernel::ClientId;
use privacy::{Field, Key, Place, Purpose, field, index::By};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use store::{
    Write, WriteError,
    questions::privacy::{self as stored, PersonKeyRow},
    tables,
};
use uuid::Uuid;

/// How sealed bytes begin; no picture and no PDF does.
const MARK: &[u8] = kernel::SEALED_PREFIX.as_bytes();
/// How often a key is looked for again after somebody else made it.
const RACES_MAX: usize = 8;

/// Where a value of a person stands.
pub(crate) const fn at(
    client: ClientId,
    subject: Uuid,
    field: &'static Field,
    row: Uuid,
) -> Place<'static> {
    Place {
        client,
        subject,
        field,
        row,
    }
}

/// What is personal in a declaration; sealed together in `record`.
#[derive(Serialize, Deserialize)]
struct Said {
    name: String,
    email: String,
    order_ref: String,
    goods: String,
    record: String,
}

impl App {
    /// The key of a person to seal with, made and stored if there is none yet.
    pub(crate) async fn ensure_person(
        &self,
        client: ClientId,
        subject: Uuid,
        purpose: Purpose,
    ) -> Result<Key, AppError> {
        for _ in 0..RACES_MAX {
            let mut write = Write::new();
            let key = self
                .person_key_for(&mut write, client, subject, purpose)
                .await?;
            if write.is_empty() {
                return Ok(key);
            }
            match self.store().write(write).await {
                Ok(_) => return Ok(key),
                Err(WriteError::Conflict { .. }) => {}
                Err(e) => return Err(e.into()),
            }
        }
        Err(AppError::Busy)
    }

    /// Bytes as they are stored.
    pub(crate) fn seal_file(&self, key: &Key, place: &Place<'_>, plain: &[u8]) -> Vec<u8> {
        [MARK, &self.seal_bytes(key, place, plain)].concat()
    }

    /// Stored bytes; none if nobody can read them any more.
    pub(crate) async fn open_file(
        &self,
        place: &Place<'_>,
        stored: Vec<u8>,
    ) -> Result<Option<Vec<u8>>, AppError> {
        let Some(sealed) = stored.strip_prefix(MARK) else {
            return Ok(Some(stored));
        };
        let purpose = place.field.purpose();
        let key = self
            .person_key(place.client, place.subject, purpose)
            .await?;
        // A key made after an erasure opens nothing from before it.
        Ok(key.and_then(|key| key.open(place, sealed).ok()))
    }

    /// A stored text; none if nobody can read it any more.
    pub(crate) fn open_text(key: Option<&Key>, place: &Place<'_>, stored: &str) -> Option<String> {
        let opened = privacy::text::open(key, place, stored);
        opened.ok().map(std::borrow::Cow::into_owned)
    }

    /// Keys of many people at once.
    pub(crate) async fn person_keys(
        &self,
        client: ClientId,
        subjects: &[Uuid],
        purpose: Purpose,
    ) -> Result<HashMap<Uuid, Key>, AppError> {
        let rows = stored::person_keys(self.store(), client, subjects, purpose.as_str()).await?;
        let mut keys = HashMap::with_capacity(rows.len());
        for row in rows {
            let wrapped = PersonKeyRow {
                key_version: row.key_version,
                wrapped: row.wrapped,
            };
            let key = self
                .unwrapped(client, row.subject, purpose, &wrapped)
                .await?;
            keys.insert(row.subject, key);
        }
        Ok(keys)
    }

    /// A declaration as it is stored, with a key of its own that goes into `write`.
    pub(crate) async fn sealed_declaration(
        &self,
        write: &mut Write,
        row: &DeclarationRow,
    ) -> Result<DeclarationRow, AppError> {
        let (client, id) = (ClientId(row.client_id), row.declaration_id);
        let keys = self.client_keys(client).await?;
        let key = self
            .person_key_for(write, client, id, Purpose::Person)
            .await?;
        let mut tokens = keys.index.names(&row.name);
        tokens.extend(keys.index.token(By::Email, &row.email));
        tokens.sort_unstable();
        tokens.dedup();
        for token in tokens {
            let values = vec![client.into(), token.to_vec().into(), id.into()];
            write.row(&tables::PERSON_INDEX, values);
        }
        let said = serde_json::to_string(&Said {
            name: row.name.clone(),
            email: row.email.clone(),
            order_ref: row.order_ref.clone(),
            goods: row.goods.clone(),
            record: row.record.clone(),
        })?;
        let note = match row.note.as_str() {
            "" => String::new(),
            note => self.seal_text(&key, &at(client, id, &field::DECLARATION_NOTE, id), note),
        };
        Ok(DeclarationRow {
            name: String::new(),
            email: String::new(),
            order_ref: String::new(),
            goods: String::new(),
            record: self.seal_text(&key, &at(client, id, &field::DECLARATION, id), &said),
            note,
            ..row.clone()
        })
    }

    /// The note a declaration is closed with, as it is stored.
    pub(crate) async fn sealed_note(
        &self,
        client: ClientId,
        declaration: Uuid,
        note: &str,
    ) -> Result<String, AppError> {
        let key = self
            .ensure_person(client, declaration, Purpose::Person)
            .await?;
        let place = at(client, declaration, &field::DECLARATION_NOTE, declaration);
        Ok(self.seal_text(&key, &place, note))
    }

    /// Declarations with what was said in them; empty where it was erased.
    pub(crate) async fn opened_declarations(
        &self,
        rows: Vec<DeclarationRow>,
    ) -> Result<Vec<DeclarationRow>, AppError> {
        let mut keys: HashMap<i64, HashMap<Uuid, Key>> = HashMap::new();
        let clients: BTreeSet<i64> = rows.iter().map(|r| r.client_id).collect();
        for client in clients {
            let own = rows.iter().filter(|r| r.client_id == client);
            let ids: Vec<Uuid> = own.map(|r| r.declaration_id).collect();
            let found = self
                .person_keys(ClientId(client), &ids, Purpose::Person)
                .await?;
            keys.insert(client, found);
        }
        let open = |row: DeclarationRow| {
            let (client, id) = (ClientId(row.client_id), row.declaration_id);
            let key = keys.get(&client.0).and_then(|k| k.get(&id));
            let note = at(client, id, &field::DECLARATION_NOTE, id);
            let note = Self::open_text(key, &note, &row.note).unwrap_or_default();
            if !privacy::text::is_sealed(&row.record) {
                return Ok(DeclarationRow { note, ..row });
            }
            let place = at(client, id, &field::DECLARATION, id);
            let Some(said) = Self::open_text(key, &place, &row.record) else {
                let record = String::new();
                return Ok(DeclarationRow {
                    record,
                    note,
                    ..row
                });
            };
            let said: Said = serde_json::from_str(&said)?;
            Ok(DeclarationRow {
                name: said.name,
                email: said.email,
                order_ref: said.order_ref,
                goods: said.goods,
                record: said.record,
                note,
                ..row
            })
        };
        rows.into_iter().map(open).collect()
    }

    /// One declaration with what was said in it.
    pub(crate) async fn opened_declaration(
        &self,
        row: Option<DeclarationRow>,
    ) -> Result<Option<DeclarationRow>, AppError> {
        let opened = self.opened_declarations(row.into_iter().collect()).await?;
        Ok(opened.into_iter().next())
    }

    /// Goods without an order with who sent them.
    pub(crate) async fn opened_strays(
        &self,
        mut rows: Vec<StrayRow>,
    ) -> Result<Vec<StrayRow>, AppError> {
        let clients: BTreeSet<i64> = rows.iter().map(|r| r.client_id).collect();
        for client in clients {
            let own = rows.iter().filter(|r| r.client_id == client);
            let ids: Vec<Uuid> = own.map(|r| r.stray_id).collect();
            let client = ClientId(client);
            let keys = self.person_keys(client, &ids, Purpose::Person).await?;
            for row in rows.iter_mut().filter(|r| r.client_id == client.0) {
                let place = at(client, row.stray_id, &field::STRAY, row.stray_id);
                let opened = Self::open_text(keys.get(&row.stray_id), &place, &row.sender);
                row.sender = opened.unwrap_or_default();
            }
        }
        Ok(rows)
    }
}
