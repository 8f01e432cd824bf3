//! Sealing what older versions stored in clear. Goes through a client's rows in the order of their
//! ids, remembers how far it came, and may be cut short and gone on with at any time; what is stored
//! meanwhile is sealed already.
//!
//! Words inside events of before are not touched: the log commits to them as they are.

use super::{
    people::{contact_place, external_hash, opened, put_index},
    sealed::at,
};
use crate::{App, AppError};
use kernel::{CaseId, ClientId, Permission, Scope};
use privacy::{Purpose, field, text::is_sealed};
use store::{
    Write, WriteError,
    questions::{cases, declarations, documents, found, privacy as stored},
    tables,
};
use uuid::Uuid;

/// Rows looked at in one step.
const PAGE: i64 = 200;

/// What a step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Sealed {
    /// Rows that were in clear and are sealed now.
    pub sealed: u64,
    /// Rows somebody changed meanwhile: looked at again next time.
    pub left: u64,
}

impl App {
    /// Seals what is stored of a client in clear: contacts, declarations, photographs, documents.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn seal_old(&self, scope: &Scope, client: ClientId) -> Result<Sealed, AppError> {
        Self::check(scope, Permission::Administer, client)?;
        let mut done = Sealed::default();
        for part in ["customer", "declaration", "photo", "document"] {
            let cursor = stored::seal_cursor(self.store(), client, part).await?;
            let (mut after, mut count) = cursor.unwrap_or((Uuid::nil(), 0));
            loop {
                let step = match part {
                    "customer" => self.seal_customers(client, after).await?,
                    "declaration" => self.seal_declarations(client, after).await?,
                    "photo" => self.seal_photos(client, after).await?,
                    _ => self.seal_documents(client, after).await?,
                };
                let Some((last, found)) = step else { break };
                after = last;
                count += i64::try_from(found.sealed).unwrap_or(0);
                done.sealed += found.sealed;
                done.left += found.left;
                let mut write = Write::new();
                let row = vec![client.into(), part.into(), after.into(), count.into()];
                write.row(&tables::SEAL_CURSOR, row);
                self.store().write(write).await?;
            }
            if done.left > 0 {
                // From the start again next time: few rows are in clear by then.
                let mut write = Write::new();
                let row = vec![client.into(), part.into(), Uuid::nil().into(), count.into()];
                write.row(&tables::SEAL_CURSOR, row);
                self.store().write(write).await?;
            }
        }
        Ok(done)
    }

    async fn seal_customers(
        &self,
        client: ClientId,
        after: Uuid,
    ) -> Result<Option<(Uuid, Sealed)>, AppError> {
        let page = stored::customers_after(self.store(), client, after, PAGE).await?;
        let Some(last) = page.last().map(|r| r.customer_id) else {
            return Ok(None);
        };
        let keys = self.client_keys(client).await?;
        let mut done = Sealed::default();
        for row in page {
            if is_sealed(&row.contact) || row.contact.is_empty() {
                continue;
            }
            let id = row.customer_id;
            let mut contact = opened(client, id, None, &row.contact)?;
            let mut write = Write::new();
            let external = if row.external_id.starts_with("h1:") {
                row.external_id.clone()
            } else {
                contact.external = Some(row.external_id.clone());
                external_hash(&keys, &row.external_id)
            };
            let key = self
                .person_key_for(&mut write, client, id, Purpose::Person)
                .await?;
            let json = serde_json::to_string(&contact)?;
            let sealed = self.seal_text(&key, &contact_place(client, id), &json);
            write.statement(stored::contact_seal(client, &row, sealed, external));
            put_index(&mut write, &keys, client, id, None, &contact);
            self.count(write, &mut done).await?;
        }
        Ok(Some((last, done)))
    }

    async fn seal_declarations(
        &self,
        client: ClientId,
        after: Uuid,
    ) -> Result<Option<(Uuid, Sealed)>, AppError> {
        let page = declarations::after(self.store(), client, after, PAGE).await?;
        let Some(last) = page.last().map(|r| r.declaration_id) else {
            return Ok(None);
        };
        let mut done = Sealed::default();
        for row in page {
            if is_sealed(&row.record) || row.record.is_empty() {
                continue;
            }
            let mut write = Write::new();
            let sealed = self.sealed_declaration(&mut write, &row).await?;
            write.statement(declarations::seal(&row, &sealed));
            self.count(write, &mut done).await?;
        }
        Ok(Some((last, done)))
    }

    async fn seal_photos(
        &self,
        client: ClientId,
        after: Uuid,
    ) -> Result<Option<(Uuid, Sealed)>, AppError> {
        let store = self.store();
        let page = cases::cases_after(store, client, after, PAGE).await?;
        let Some((last, _)) = page.last() else {
            return Ok(None);
        };
        let last = *last;
        let mut done = Sealed::default();
        for (case, _) in page {
            let case = CaseId(case);
            for photo in found::photos(store, client, case).await? {
                // Pictures are large: one at a time.
                let bytes = found::photo(store, client, case, photo.photo_id).await?;
                let bytes = bytes.unwrap_or_default();
                if bytes.is_empty() || bytes.starts_with(kernel::SEALED_PREFIX.as_bytes()) {
                    continue;
                }
                let Some(head) = cases::case_head(store, client, case).await? else {
                    continue;
                };
                let mut write = Write::new();
                let key = self
                    .person_key_for(&mut write, client, head.customer_id, Purpose::Person)
                    .await?;
                let place = at(client, head.customer_id, &field::PHOTO, photo.photo_id);
                let sealed = self.seal_file(&key, &place, &bytes);
                write.statement(found::photo_seal(client, case, photo.photo_id, sealed));
                self.count(write, &mut done).await?;
            }
        }
        Ok(Some((last, done)))
    }

    async fn seal_documents(
        &self,
        client: ClientId,
        after: Uuid,
    ) -> Result<Option<(Uuid, Sealed)>, AppError> {
        let page = documents::contents_after(self.store(), client, after, PAGE).await?;
        let Some(last) = page.last().map(|r| r.document_id) else {
            return Ok(None);
        };
        let mut done = Sealed::default();
        for row in page {
            if is_sealed(&row.body) {
                continue;
            }
            let mut write = Write::new();
            let (subject, id) = (row.customer_id, row.document_id);
            let key = self
                .person_key_for(&mut write, client, subject, Purpose::Papers)
                .await?;
            let seal = |field, text: &str| match text {
                "" => String::new(),
                text => self.seal_text(&key, &at(client, subject, field, id), text),
            };
            let body = seal(&field::DOCUMENT, &row.body);
            let xml = seal(&field::DOCUMENT_XML, &row.xml);
            write.statement(documents::seal(client, id, &row.body, body, xml));
            self.count(write, &mut done).await?;
        }
        Ok(Some((last, done)))
    }

    async fn count(&self, write: Write, done: &mut Sealed) -> Result<(), AppError> {
        match self.store().write(write).await {
            Ok(_) => done.sealed += 1,
            Err(WriteError::Lost { .. } | WriteError::Conflict { .. }) => done.left += 1,
            Err(e) => return Err(e.into()),
        }
        Ok(())
    }
}
