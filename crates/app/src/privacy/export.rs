//! Everything about one person, for the person (GDPR Art. 15): one JSON value, and the files that
//! belong to it.

use super::{access::Act, erase::Traces};
use crate::{App, AppError, cases::OrderKey, intake::StoredContact};
use kernel::{CaseId, ClientId, CustomerId, DocumentId, OrderId, Permission, Scope, Timestamp};
use privacy::{Purpose, field};
use serde_json::{Value, json};
use store::questions::{cases, credit, found, money};

/// Everything about a person.
#[derive(Debug, Clone)]
pub struct Export {
    /// The client's name.
    pub client: String,
    /// When it was made.
    pub at: Timestamp,
    /// What is known about the person themselves.
    pub contact: StoredContact,
    /// The whole as JSON.
    pub json: Value,
    /// Files: their name, and their bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

impl App {
    /// Takes out everything about a person; that it was done is logged with the reason.
    ///
    /// # Errors
    /// [`AppError::Missing`] for nobody; [`AppError::Invalid`] without a reason; by scope.
    pub async fn export_person(
        &self,
        scope: &Scope,
        client: ClientId,
        customer: CustomerId,
        reason: &str,
    ) -> Result<Export, AppError> {
        Self::check(scope, Permission::Administer, client)?;
        let known = self.known(client, customer).await?;
        let contact = known.ok_or(AppError::Missing)?.contact;
        let who = (Some(customer), None);
        self.note_access(scope, client, Act::Export, who, reason)
            .await?;
        let traces = self.traces(client, customer).await?;
        let mut files = Vec::new();
        let mut orders = Vec::new();
        for order in &traces.orders {
            orders.push(self.export_order(scope, client, *order, &mut files).await?);
        }
        let mut declarations = Vec::new();
        for id in &traces.declarations {
            let d = self.declaration(client, *id).await?;
            declarations.push(json!({
                "number": d.code, "kind": d.kind, "name": d.name, "email": d.email,
                "order": d.order_ref, "goods": d.goods, "received": stamp(d.received_at),
                "record": d.record, "sha256": d.sha256,
            }));
        }
        let documents = self
            .export_documents(scope, client, &traces, &mut files)
            .await?;
        let credits = credit::of_customer(self.store(), client, customer).await?;
        let credits = credits.iter().map(|c| {
            json!({
                "currency": c.currency, "paid_minor": c.paid_minor,
                "promotional_minor": c.promotional_minor,
            })
        });
        let directory = self.directory();
        let name = directory
            .client(client)
            .map_or_else(String::new, |c| c.name.clone());
        let at = self.now();
        let json = json!({
            "made_at": at, "controller": name, "customer": customer.0,
            "contact": contact, "orders": orders, "declarations": declarations,
            "documents": documents, "store_credit": credits.collect::<Vec<_>>(),
            "held_by_law": self.holds(client, customer, &traces, at).await?,
        });
        Ok(Export {
            client: name,
            at,
            contact,
            json,
            files,
        })
    }

    async fn export_order(
        &self,
        scope: &Scope,
        client: ClientId,
        order: OrderId,
        files: &mut Vec<(String, Vec<u8>)>,
    ) -> Result<Value, AppError> {
        let store = self.store();
        let page = self.order_page(scope, client, &OrderKey::Id(order)).await?;
        let reader = self.reader(&page.order).await?;
        let mut returns = Vec::new();
        for head in &page.cases {
            let case = CaseId(head.case_id);
            let events = cases::events_of_case(store, client, case).await?;
            let events: Result<Vec<Value>, _> = events
                .iter()
                .map(|e| serde_json::from_str(&reader.json(&e.body)))
                .collect();
            let owed = money::obligations_of_case(store, client, case).await?;
            let owed = owed.iter().map(|o| {
                json!({
                    "kind": o.kind, "state": o.state, "amount_minor": o.amount_minor,
                    "currency": o.currency, "created": stamp(o.created_at),
                })
            });
            let owed: Vec<Value> = owed.collect();
            for photo in found::photos(store, client, case).await? {
                let bytes = found::photo(store, client, case, photo.photo_id).await?;
                let customer = page.order.customer.0;
                let place = super::sealed::at(client, customer, &field::PHOTO, photo.photo_id);
                let opened = self.open_file(&place, bytes.unwrap_or_default()).await?;
                if let Some(bytes) = opened.filter(|b| !b.is_empty()) {
                    files.push((format!("{}-{}.jpg", head.rma, photo.photo_id), bytes));
                }
            }
            returns.push(json!({
                "number": head.rma, "status": head.status, "opened": stamp(head.opened_at),
                "amount_minor": head.amount_minor, "currency": head.currency,
                "events": events?, "payments": owed,
            }));
        }
        Ok(json!({ "order": page.order, "returns": returns }))
    }

    async fn export_documents(
        &self,
        scope: &Scope,
        client: ClientId,
        traces: &Traces,
        files: &mut Vec<(String, Vec<u8>)>,
    ) -> Result<Vec<Value>, AppError> {
        let mut all = Vec::new();
        for head in &traces.documents {
            let id = DocumentId(head.document_id);
            let content = match self.document(scope, client, id).await {
                Ok(page) => page,
                Err(AppError::Missing) => continue,
                Err(e) => return Err(e),
            };
            if !content.xml.is_empty() {
                files.push((format!("{}.xml", head.name), content.xml.into_bytes()));
            }
            all.push(json!({
                "number": head.name, "kind": head.kind, "issued": stamp(head.issued_at),
                "gross_minor": head.gross_minor, "tax_minor": head.tax_minor,
                "currency": head.currency, "says": content.note,
            }));
        }
        Ok(all)
    }

    /// The customers an e-mail address or a customer's number stands for, for the commands of an
    /// operator.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn people_named(
        &self,
        scope: &Scope,
        client: ClientId,
        text: &str,
    ) -> Result<Vec<CustomerId>, AppError> {
        Self::check(scope, Permission::Administer, client)?;
        let mut found = Vec::new();
        for id in self.matching(client, text).await? {
            if self.known(client, CustomerId(id)).await?.is_some() {
                found.push(CustomerId(id));
            }
        }
        if found.is_empty() {
            let customer = self.customer_of(client, text).await?;
            if self.known(client, customer).await?.is_some() {
                found.push(customer);
            }
        }
        Ok(found)
    }

    /// Whether a person's key exists: what is sealed under it can be read.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn can_be_read(
        &self,
        client: ClientId,
        customer: CustomerId,
    ) -> Result<bool, AppError> {
        let key = self.person_key(client, customer.0, Purpose::Person).await?;
        Ok(key.is_some())
    }
}

fn stamp(ms: i64) -> String {
    Timestamp::from_millisecond(ms)
        .unwrap_or_default()
        .to_string()
}
