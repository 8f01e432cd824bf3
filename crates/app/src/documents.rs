//! Documents: the credit note of each payment that settled, and the correction of each that came
//! back. What a payment gave back is decided in `returns`, what a document says in `invoice`; here
//! both meet, get their number and are stored.
//!
//! The number is the key of the row: whoever writes on an old last number is refused and reads
//! again, so numbers have no gap and are in the order of commits. Each document has its own stream
//! of events in the client's log, beside the cases.

use crate::{
    App,
    acknowledge::sha256,
    cases::{Call, Loaded},
    directory::Client,
    error::AppError,
    intake::StoredContact,
    jobs::{Done, Retry},
    privacy::sealed::at,
    settings::LegalEntity,
};
use invoice::{
    Address, Adjustment, Category, CreditNote, Delivered, Draft, Item, ItemKind, Kind, Party,
    TaxId, TaxKey, Taxed, broken, ubl, untaxed,
};
use kernel::{
    Actor, CaseId, ClientId, DocumentId, JobId, ObligationId, OrderId, Permission, Scope, Timestamp,
};
use privacy::{Key, Purpose, field};
use returns::{
    Credited, CreditedKind, CreditedPart, Event, NoTax, ReturnCase, SalesOrder, Stretch, Turn, What,
};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use store::{
    Write, WriteError,
    questions::{cases, documents, work},
    tables,
};

pub use store::questions::documents::DocumentHead;

/// How often a document is numbered again after another process was faster.
const RACES_MAX: usize = 200;
/// The shape of the event.
const SCHEMA: u16 = 1;
/// The event every document begins and ends with.
pub(crate) const ISSUED: &str = "document_issued";

/// One at a time numbers documents of a client in this process, so that only other processes make
/// it read again.
#[derive(Debug, Default)]
pub(crate) struct Numbering(Mutex<HashMap<ClientId, Arc<tokio::sync::Mutex<()>>>>);

impl Numbering {
    async fn turn(&self, client: ClientId) -> tokio::sync::OwnedMutexGuard<()> {
        let own = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            all.entry(client).or_default().clone()
        };
        own.lock_owned().await
    }
}

/// What is stored of a document beside its XML.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Body {
    note: CreditNote,
    /// What of the order's value it gives back.
    stretches: Vec<Stretch>,
}

/// The event of a document, in the form of a case's events. No personal data: the hash commits to
/// the document.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Fact {
    schema: u16,
    at: Timestamp,
    by: Actor,
    pub(crate) what: Told,
}

/// What happened.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Told {
    /// It was issued.
    DocumentIssued {
        document: DocumentId,
        kind: Kind,
        number: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        corrects: Option<String>,
        case: CaseId,
        order: OrderId,
        obligation: ObligationId,
        currency: kernel::Currency,
        gross_minor: i64,
        tax_minor: i64,
        sha256: String,
    },
}

/// What a document says, as it is stored.
pub(crate) enum Content {
    /// There is none.
    Missing,
    /// Nobody can read it: it was erased when the time to keep it was over, or its key was lost.
    Erased { buyer: uuid::Uuid },
    /// Figures and parties as JSON, and UBL.
    Here { body: String, xml: String },
}

/// A document to show.
#[derive(Debug, Clone)]
pub struct DocumentPage {
    /// Whose.
    pub client: Arc<Client>,
    /// Number, payment, sums.
    pub head: DocumentHead,
    /// What it says; personal data.
    pub note: CreditNote,
    /// UBL; empty where the document cannot be one.
    pub xml: String,
}

impl App {
    /// Carries out a `document` job: every turn of the obligation's money that has no document yet
    /// gets one, in order.
    pub(crate) async fn issue_documents(
        &self,
        call: &Call<'_>,
        loaded: &Loaded,
        job: JobId,
        obligation: ObligationId,
    ) -> Result<Done, Retry> {
        let (Some(case), Some(seller)) = (&loaded.case, &loaded.client.settings.seller) else {
            return Ok(Done::Nothing);
        };
        let client = case.client;
        let events = cases::events_of_case(self.store(), client, case.id).await?;
        let events: Result<Vec<Event>, _> = events
            .iter()
            .map(|e| serde_json::from_str(&e.body))
            .collect();
        let events = events?;
        let turns = returns::turns(&events, obligation);
        let contact = self.contact(client, loaded.order.customer).await?;
        let customer = loaded.order.customer.0;
        let key = self
            .ensure_person(client, customer, Purpose::Papers)
            .await?;
        for _ in 0..RACES_MAX {
            let _turn = self.0.numbering.turn(client).await;
            // Read first: what is read after it can only be newer than what the number promises.
            let last = documents::last(self.store(), client).await?;
            let known = documents::of_order(self.store(), client, case.order).await?;
            let opened = |key: &Key, d: &documents::DocumentOfOrder| {
                let place = at(client, customer, &field::DOCUMENT, d.document_id);
                let body = Self::open_text(Some(key), &place, &d.body);
                body.ok_or_else(|| AppError::fault("a document of the order cannot be read"))
            };
            let known: Vec<Issued> = known
                .iter()
                .map(|d| {
                    Ok(Issued {
                        obligation: ObligationId(d.obligation_id),
                        case: CaseId(d.case_id),
                        turn: d.turn,
                        body: serde_json::from_str(&opened(&key, d)?)?,
                    })
                })
                .collect::<Result<_, AppError>>()?;
            let done = known.iter().filter(|d| d.obligation == obligation).count();
            let Some(turn) = turns.get(done) else {
                return Ok(Done::Nothing);
            };
            let number = seller.number(last + 1);
            let on = loaded.client.day(call.at);
            let (note, stretches) = match turn {
                Turn::Returned => {
                    let paid = known.iter().rfind(|d| d.obligation == obligation);
                    let paid = paid.ok_or_else(|| {
                        Retry("a payment came back that no document is about".to_owned())
                    })?;
                    (paid.body.note.correction(number, on)?, Vec::new())
                }
                Turn::Paid => {
                    let held = held(&known);
                    let (order, account) = (&loaded.order, &loaded.account);
                    let paid = returns::credited(order, account, case, &events, obligation, &held);
                    let paid = paid.ok_or_else(|| Retry("nothing was given back".to_owned()))?;
                    let draft = Draft {
                        number,
                        issued_on: on,
                        currency: case.currency,
                        lang: lang_of(&loaded.client, &contact),
                        seller: seller.party.clone(),
                        buyer: buyer_of(order, &contact),
                        delivered: delivered(order, &paid),
                        order: order.number.to_string(),
                        case: case.rma.to_string(),
                        items: Vec::new(),
                        adjustments: Vec::new(),
                    };
                    let note = CreditNote::new(filled(draft, order, seller, &paid))?;
                    (note, paid.stretches)
                }
            };
            let mut write = Write::new();
            let place = (last + 1, i64::try_from(done)? + 1);
            let body = Body { note, stretches };
            self.put_document(&mut write, call, (loaded, &key), obligation, place, &body)?;
            let is_last = done + 1 == turns.len();
            if is_last {
                write.statement(work::finish(client, job));
            }
            match self.store().write(write).await {
                Ok(_) => {
                    self.0.leaves.notify_one();
                    if is_last {
                        return Ok(Done::Stored);
                    }
                }
                Err(WriteError::Conflict { .. }) => {}
                Err(e) => return Err(e.into()),
            }
        }
        Err(Retry("others number documents all the time".to_owned()))
    }

    /// Adds a document, its event and its leaf to a write.
    fn put_document(
        &self,
        write: &mut Write,
        call: &Call<'_>,
        (loaded, key): (&Loaded, &Key),
        obligation: ObligationId,
        (number, turn): (i64, i64),
        body: &Body,
    ) -> Result<(), AppError> {
        let case = loaded.case.as_ref().ok_or(AppError::Missing)?;
        let note = &body.note;
        let id = DocumentId(self.mint(call.at));
        let faults = broken(note);
        let xml = if faults.is_empty() {
            ubl(note).map_err(AppError::fault)?
        } else {
            tracing::warn!(document = %id, ?faults, "a document is printed only: it is no EN 16931");
            String::new()
        };
        let stored = serde_json::to_string(body)?;
        let sha256 = sha256(if xml.is_empty() { &stored } else { &xml });
        let fact = Fact {
            schema: SCHEMA,
            at: call.at,
            by: Actor::System,
            what: Told::DocumentIssued {
                document: id,
                kind: note.kind,
                number: note.number.clone(),
                corrects: note.corrects.as_ref().map(|c| c.number.clone()),
                case: case.id,
                order: case.order,
                obligation,
                currency: note.currency,
                gross_minor: note.totals.gross,
                tax_minor: note.totals.tax,
                sha256: sha256.clone(),
            },
        };
        let client = case.client;
        self.put_fact(write, client, CaseId(id.0), (1, ISSUED, call.at), &fact)?;
        let customer = loaded.order.customer.0;
        let stored = self.seal_text(key, &at(client, customer, &field::DOCUMENT, id.0), &stored);
        let xml = match xml.as_str() {
            "" => xml,
            xml => self.seal_text(key, &at(client, customer, &field::DOCUMENT_XML, id.0), xml),
        };
        write.row(
            &tables::DOCUMENT,
            vec![
                client.into(),
                number.into(),
                id.0.into(),
                case.id.0.into(),
                case.order.0.into(),
                obligation.0.into(),
                turn.into(),
                note.kind.as_str().into(),
                note.number.as_str().into(),
                note.currency.code().into(),
                note.totals.gross.into(),
                note.totals.tax.into(),
                call.at.as_millisecond().into(),
                sha256.into(),
                stored.into(),
                xml.into(),
            ],
        );
        Ok(())
    }

    /// A document with what it says. Buyers stand in it, so it is for who may see them: shoppers
    /// of the order, the desk, and those who look after the money.
    ///
    /// # Errors
    /// [`AppError::Missing`] or [`AppError::Denied`] by scope; faults of the database.
    pub async fn document(
        &self,
        scope: &Scope,
        client: ClientId,
        id: DocumentId,
    ) -> Result<DocumentPage, AppError> {
        if !scope.may(Permission::CaseRequest, client) {
            Self::check(scope, Permission::MoneyRead, client)?;
        }
        let head = self.document_head(scope, client, id).await?;
        // What nobody can read any more is as good as gone.
        let Content::Here { body, xml } = self.document_content(client, id).await? else {
            return Err(AppError::Missing);
        };
        let body: Body = serde_json::from_str(&body)?;
        let directory = self.directory();
        Ok(DocumentPage {
            client: directory.client(client).cloned().ok_or(AppError::Missing)?,
            head,
            note: body.note,
            xml,
        })
    }

    /// The content of a document, opened.
    pub(crate) async fn document_content(
        &self,
        client: ClientId,
        id: DocumentId,
    ) -> Result<Content, AppError> {
        let Some(content) = documents::content(self.store(), client, id).await? else {
            return Ok(Content::Missing);
        };
        let customer = content.customer_id;
        let key = if privacy::text::is_sealed(&content.body) {
            self.person_key(client, customer, Purpose::Papers).await?
        } else {
            None
        };
        let open = |field, text: &str| {
            Self::open_text(key.as_ref(), &at(client, customer, field, id.0), text)
        };
        let body = open(&field::DOCUMENT, &content.body);
        let xml = open(&field::DOCUMENT_XML, &content.xml);
        Ok(match body.zip(xml) {
            Some((body, xml)) => Content::Here { body, xml },
            None => Content::Erased { buyer: customer },
        })
    }

    async fn document_head(
        &self,
        scope: &Scope,
        client: ClientId,
        id: DocumentId,
    ) -> Result<DocumentHead, AppError> {
        let head = documents::by_id(self.store(), client, id).await?;
        let head = head.ok_or(AppError::Missing)?;
        if scope.reaches_order(client, OrderId(head.order_id)) {
            Ok(head)
        } else {
            Err(AppError::Missing)
        }
    }

    /// Documents of a case, in the order they were issued.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn documents_of_case(
        &self,
        scope: &Scope,
        client: ClientId,
        case: CaseId,
    ) -> Result<Vec<DocumentHead>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        let mut all = documents::of_case(self.store(), client, case).await?;
        all.retain(|d| scope.reaches_order(client, OrderId(d.order_id)));
        Ok(all)
    }

    /// Documents of a client after a number, in their order.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn documents(
        &self,
        scope: &Scope,
        client: ClientId,
        after: i64,
        limit: i64,
    ) -> Result<Vec<DocumentHead>, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        Ok(documents::after(self.store(), client, after, limit).await?)
    }

    /// The receipt of a document's event (C2SP tlog-proof): with the log's key it proves to anybody,
    /// without us, that the document was issued with this number, sum and hash. None while the
    /// event waits for its index.
    ///
    /// # Errors
    /// As [`App::document`].
    pub async fn document_proof(
        &self,
        scope: &Scope,
        client: ClientId,
        id: DocumentId,
    ) -> Result<Option<String>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        self.document_head(scope, client, id).await?;
        self.receipt_of_stream(client, CaseId(id.0)).await
    }
}

/// The obligations whose money moved, where the client issues documents for that.
pub(crate) fn moved(client: &Client, case: &ReturnCase, events: &[Event]) -> Vec<ObligationId> {
    if client.settings.seller.is_none() {
        return Vec::new();
    }
    let moved = events.iter().filter_map(|e| match e.what {
        What::PaymentSettled { obligation, .. } | What::PaymentReturned { obligation, .. } => {
            Some(obligation)
        }
        _ => None,
    });
    let is_money = |id: &ObligationId| case.obligation(*id).is_some_and(|o| o.kind.is_money());
    moved.filter(is_money).collect()
}

/// A document of the order as it is read.
struct Issued {
    obligation: ObligationId,
    case: CaseId,
    turn: i64,
    body: Body,
}

/// What documents that stand have given back: the newest of each payment; a correction gives
/// nothing back.
fn held(known: &[Issued]) -> Vec<(CaseId, Stretch)> {
    let newest = |d: &Issued| {
        let mut same = known.iter().filter(|o| o.obligation == d.obligation);
        same.all(|o| o.turn <= d.turn)
    };
    let standing = known.iter().filter(|d| newest(d));
    standing
        .flat_map(|d| d.body.stretches.iter().map(|s| (d.case, *s)))
        .collect()
}

/// The language the customer reads, else the client's first.
fn lang_of(client: &Client, contact: &StoredContact) -> kernel::Lang {
    let own = client.settings.languages.first();
    contact.lang.or(own.copied()).unwrap_or(kernel::Lang::EN)
}

/// Who bought. A person nobody knows the name of is the buyer of the order.
fn buyer_of(order: &SalesOrder, contact: &StoredContact) -> Party {
    let (city, lines) = match contact.address.split_last() {
        Some((city, lines)) if !lines.is_empty() => (city.clone(), lines.to_vec()),
        _ => (String::new(), contact.address.clone()),
    };
    let name = match contact.name.trim() {
        "" => format!("# {}", order.number),
        name => name.to_owned(),
    };
    Party {
        name,
        address: Address {
            lines,
            city,
            postcode: contact.postcode.clone(),
            country: order.place.country,
        },
        // It stands on the document only where the tax depends on it.
        tax_id: Some(contact.vat_id.as_str())
            .filter(|id| !id.is_empty() && order.no_tax.is_some())
            .map(|id| TaxId::Vat(id.to_owned())),
        registration: None,
        email: None,
    }
}

/// Where the goods had gone, for supplies whose tax depends on it.
fn delivered(order: &SalesOrder, paid: &Credited) -> Option<Delivered> {
    if order.no_tax != Some(NoTax::IntraCommunity) {
        return None;
    }
    let sold = paid.parts.iter().filter_map(|p| order.line(p.line?));
    let on = sold.filter_map(|l| l.delivered_on.or(l.fulfilled_on)).max();
    // A document about delivery alone is about the delivery of everything.
    let all = order.lines.iter();
    let on = on.or_else(|| all.filter_map(|l| l.delivered_on.or(l.fulfilled_on)).max());
    Some(Delivered {
        on,
        country: order.place.country,
    })
}

/// What no tax on an order means: what the shop said, else what follows from places.
fn no_tax(order: &SalesOrder, seller: &Party, taxed: bool) -> Category {
    match order.no_tax {
        Some(NoTax::ReverseCharge) => Category::ReverseCharge,
        Some(NoTax::IntraCommunity) => Category::IntraCommunity,
        Some(NoTax::Export) => Category::Export,
        Some(NoTax::Exempt) => Category::Exempt,
        None => untaxed(seller, order.place.country, taxed),
    }
}

/// The lines and amounts of what was given back.
fn filled(mut draft: Draft, order: &SalesOrder, seller: &LegalEntity, paid: &Credited) -> Draft {
    let taxed = paid.parts.iter().any(|p| p.rate.is_some_and(|r| r.0 > 0));
    let no_tax = no_tax(order, &seller.party, taxed);
    let stated = order.no_tax.is_some();
    let amount = |p: &CreditedPart| Taxed {
        net: p.gross - p.tax,
        tax: p.tax,
        key: TaxKey::of(p.rate, no_tax, stated),
    };
    for part in &paid.parts {
        let sold = part.line.and_then(|line| order.line(line));
        let kind = match part.kind {
            CreditedKind::Promotion if part.gross < 0 => {
                draft.adjustments.push(Adjustment {
                    amount: amount(part),
                });
                continue;
            }
            CreditedKind::Promotion => ItemKind::Promotion,
            CreditedKind::Goods => ItemKind::Goods,
            CreditedKind::Charge => ItemKind::Charge,
            CreditedKind::Shipping => ItemKind::Delivery,
        };
        // A part of some units is one amount, not so many units.
        let whole = !part.part && part.units > 0;
        draft.items.push(Item {
            kind,
            name: sold.map_or_else(String::new, |s| s.title.to_string()),
            sku: sold.map(|s| s.sku.to_string()),
            units: if whole { i64::from(part.units) } else { 1 },
            part: !whole,
            amount: amount(part),
        });
    }
    draft
}
