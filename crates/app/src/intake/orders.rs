//! Importing orders: a stream of drafts becomes orders, accounts and customers, written in
//! batches. Taking the same stream in twice changes nothing the second time.

use super::{contact::StoredContact, sold};
use crate::{
    App, AppError,
    directory::Client,
    privacy::{
        people::{customer_id, external_hash, put_index},
        vault::ClientKeys,
    },
    settings::GatewayChoice,
};
use kernel::{ClientId, CustomerId, Permission, Scope};
use privacy::Purpose;
use returns::{OrderAccount, SalesOrder};
use std::collections::{HashMap, HashSet};
use store::{
    Write, WriteError,
    questions::{
        orders,
        privacy::{self as stored, CustomerRow},
    },
    tables,
};
use wire::{Fault, OrderDraft, RowError};

/// Orders written together.
const BATCH_ORDERS: usize = 500;
/// How often a batch is tried again after somebody else made the key of one of its people.
const RACES_MAX: usize = 8;
/// Lines written together at most, so that a batch of very long orders stays small.
const BATCH_LINES: usize = 20_000;

/// How to import.
#[derive(Debug, Clone, Copy, Default)]
pub struct ImportOptions {
    /// Checks everything and writes nothing.
    pub dry_run: bool,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct ImportReport {
    /// Orders read.
    pub read: u64,
    /// Lines in them.
    pub lines: u64,
    /// Orders stored.
    pub stored: u64,
    /// Orders that were here already, exactly as told now.
    pub already_there: u64,
    /// Orders that were here and are told differently now; the stored one stands, because cases
    /// were decided on it.
    pub changed_elsewhere: u64,
    /// Orders whose total is not what was captured for it (part payments, refunds made
    /// elsewhere); stored, and refunds end at what was captured.
    pub not_fully_paid: u64,
    /// Records that are rightly no part of an order: fees, samples, empty rows.
    pub left_out: u64,
    /// Records that are wrong; nothing of their order is stored.
    pub rejected: u64,
}

/// Who hears how an import goes.
pub struct Watch<'a> {
    /// Every record that was not taken.
    pub rejected: &'a mut (dyn FnMut(&RowError) + Send),
    /// After every batch.
    pub progress: &'a mut (dyn FnMut(&ImportReport) + Send),
}

/// An order on its way to the store.
struct Ready {
    order: SalesOrder,
    external_customer: String,
    contact: Option<StoredContact>,
}

impl App {
    /// Takes in a stream of orders of a client. Memory stays bounded by one batch. Whatever was
    /// stored before a fault stays; import again to go on.
    pub async fn import_orders(
        &self,
        scope: &Scope,
        client: ClientId,
        drafts: impl Iterator<Item = Result<OrderDraft, RowError>> + Send,
        options: ImportOptions,
        watch: &mut Watch<'_>,
    ) -> Result<ImportReport, AppError> {
        Self::check(scope, Permission::OrderImport, client)?;
        let directory = self.directory();
        let client = directory.client(client).ok_or(AppError::Missing)?;
        let keys = self.client_keys(client.id).await?;
        let mut report = ImportReport::default();
        let (mut batch, mut lines) = (Vec::new(), 0);
        for item in drafts {
            match item {
                Ok(draft) => {
                    report.read += 1;
                    report.lines += draft.lines.len() as u64;
                    match self.ready(client, &keys, &draft)? {
                        Ok(ready) => {
                            lines += ready.order.lines.len();
                            batch.push(ready);
                        }
                        Err(error) => {
                            report.rejected += 1;
                            (watch.rejected)(&error);
                        }
                    }
                }
                Err(error) => {
                    let left_out = error.fault.is_left_out();
                    *(if left_out {
                        &mut report.left_out
                    } else {
                        &mut report.rejected
                    }) += 1;
                    (watch.rejected)(&error);
                }
            }
            if batch.len() >= BATCH_ORDERS || lines >= BATCH_LINES {
                self.store_batch(client.id, std::mem::take(&mut batch), options, &mut report)
                    .await?;
                lines = 0;
                (watch.progress)(&report);
            }
        }
        self.store_batch(client.id, batch, options, &mut report)
            .await?;
        (watch.progress)(&report);
        if report.stored > 0 && !options.dry_run {
            // Boxed: it may post to many cases.
            Box::pin(self.link_disputes(client.id)).await?;
        }
        Ok(report)
    }

    /// The order of a draft; the inner error is about the draft, the outer about the house.
    fn ready(
        &self,
        client: &Client,
        keys: &ClientKeys,
        draft: &OrderDraft,
    ) -> Result<Result<Ready, RowError>, AppError> {
        let day = client.day(draft.placed_at);
        let directory = self.directory();
        let policy = directory
            .policy_on(client.id, day)
            .ok_or_else(|| AppError::field("client", "client-needs-policy"))?;
        let order = sold::sales_order(client.id, draft, day, policy.source(), policy.hash());
        let external = sold::external_customer(draft);
        let ready = order.map(|order| Ready {
            order: SalesOrder {
                customer: customer_id(keys, client.id, &external),
                ..order
            },
            external_customer: external,
            contact: draft.contact.as_ref().map(StoredContact::from),
        });
        // The line of the file is not known here: the order is named instead.
        Ok(ready.map_err(|why| {
            RowError::new(
                0,
                Fault::Inconsistent,
                "order",
                &draft.number,
                &why.to_string(),
            )
        }))
    }

    async fn store_batch(
        &self,
        client: ClientId,
        batch: Vec<Ready>,
        options: ImportOptions,
        report: &mut ImportReport,
    ) -> Result<(), AppError> {
        let before = *report;
        for _ in 0..RACES_MAX {
            *report = before;
            // Boxed: it holds keys and rows of many people.
            let write = Box::pin(self.batch_write(client, &batch, report)).await?;
            if options.dry_run || write.batches.is_empty() {
                return Ok(());
            }
            match self.store().write(write).await {
                // Somebody else made the key of one of these people meanwhile: with theirs, again.
                Err(WriteError::Conflict { table }) if table == tables::PERSON.name => {}
                // Or changed what is kept about one of them.
                Err(WriteError::Lost { .. }) => {}
                other => return other.map(drop).map_err(AppError::from),
            }
        }
        Err(AppError::Busy)
    }

    async fn batch_write(
        &self,
        client: ClientId,
        batch: &[Ready],
        report: &mut ImportReport,
    ) -> Result<Write, AppError> {
        let mut write = Write::new();
        let mut numbers = HashSet::with_capacity(batch.len());
        let mut customers = HashMap::new();
        for ready in batch {
            let order = &ready.order;
            let body = serde_json::to_string(order)?;
            if !numbers.insert(order.number.clone()) {
                report.changed_elsewhere += 1;
                continue;
            }
            match orders::order_body(self.store(), client, &order.number).await? {
                Some(stored) if stored == body => report.already_there += 1,
                Some(_) => report.changed_elsewhere += 1,
                None => {
                    report.stored += 1;
                    report.not_fully_paid += u64::from(sold::gross(order) != order.captured_minor);
                    put_order(&mut write, order, body)?;
                    // What is told last replaces what was told before; an order that names no
                    // person changes none.
                    let told = customers
                        .entry(order.customer)
                        .or_insert((&*ready.external_customer, None));
                    told.1 = ready.contact.as_ref().or(told.1);
                }
            }
        }
        let keys = self.client_keys(client).await?;
        for (id, (external, told)) in customers {
            self.put_customer(&mut write, &keys, (client, id), external, told)
                .await?;
        }
        Ok(write)
    }

    /// Adds the customer of an order to a write: what is told now replaces what was told before, but
    /// an account to pay out to stays.
    async fn put_customer(
        &self,
        write: &mut Write,
        keys: &ClientKeys,
        (client, id): (ClientId, CustomerId),
        external: &str,
        told: Option<&StoredContact>,
    ) -> Result<(), AppError> {
        let row = |contact: String| {
            vec![
                client.into(),
                id.0.into(),
                external_hash(keys, external).into(),
                contact.into(),
                self.now().as_millisecond().into(),
            ]
        };
        let known = self.known(client, id).await?;
        let before = known.as_ref().map(|k| k.stored.clone());
        let is_new = known.is_none();
        let unnamed = StoredContact::default();
        let told = match told {
            Some(told) => told,
            None if !is_new => return Ok(()),
            // A guest of whom nothing was told: there is nothing to seal.
            None if external.starts_with("order:") => {
                write.row(&tables::NEW_CUSTOMER, row(String::new()));
                return Ok(());
            }
            None => &unnamed,
        };
        let (own, key, is_sealed) = known.map_or_else(Default::default, |k| {
            let is_sealed = privacy::text::is_sealed(&k.stored);
            (k.contact, k.key, is_sealed)
        });
        let contact = StoredContact {
            payout: own.payout.clone(),
            payout_no: own.payout_no,
            accounts: own.accounts.clone(),
            lang: own.lang,
            external: Some(external.to_owned()),
            // What was hashed about a known person stays as it was.
            salt: if is_new {
                Some(crate::acknowledge::reference(&self.random32()))
            } else {
                own.salt.clone()
            },
            ..told.clone()
        };
        if is_sealed && contact == own {
            return Ok(());
        }
        let key = match key {
            Some(key) => key,
            None => self.new_person(write, keys, client, id.0, Purpose::Person)?,
        };
        let sealed = self.seal_contact(&key, client, id.0, &contact)?;
        match before {
            // Somebody may change it meanwhile: then this is read again.
            Some(contact) => {
                let known = CustomerRow {
                    customer_id: id.0,
                    external_id: String::new(),
                    contact,
                    updated_at: 0,
                };
                let external = external_hash(keys, external);
                write.statement(stored::contact_seal(client, &known, sealed, external));
            }
            None => write.row(&tables::CUSTOMER, row(sealed)),
        }
        put_index(
            write,
            keys,
            client,
            id.0,
            is_sealed.then_some(&own),
            &contact,
        );
        Ok(())
    }
}

/// The payments an order names, as providers name them.
pub(crate) fn payment_rows(order: &SalesOrder) -> Vec<Vec<store::Val>> {
    let named = order.tenders.iter().filter(|t| !t.reference.is_empty());
    let row = |t: &returns::Tender| {
        let (_, payment) = GatewayChoice::of_payment(&t.reference);
        vec![order.client.into(), payment.into(), order.id.0.into()]
    };
    named.map(row).collect()
}

/// Adds an order and its fresh account to a write.
fn put_order(write: &mut Write, order: &SalesOrder, body: String) -> Result<(), AppError> {
    write.row(
        &tables::SALES_ORDER,
        vec![
            order.client.into(),
            order.id.0.into(),
            (&*order.number).into(),
            order.customer.0.into(),
            order.placed_at.as_millisecond().into(),
            order.place.country.as_str().into(),
            order.currency.code().into(),
            sold::gross(order).into(),
            body.into(),
        ],
    );
    for row in payment_rows(order) {
        write.row(&tables::ORDER_PAYMENT, row);
    }
    let account = OrderAccount::open(order);
    write.row(
        &tables::NEW_ORDER_ACCOUNT,
        vec![
            order.client.into(),
            order.id.0.into(),
            0.into(),
            account.captured_minor.into(),
            0.into(),
            serde_json::to_string(&account)?.into(),
        ],
    );
    Ok(())
}
