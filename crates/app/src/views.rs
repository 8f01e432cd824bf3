//! The questions surfaces ask. Each takes a scope and answers with domain values and read-model
//! rows; how they look is the surface's business. A thing outside the scope is missing.

use crate::{
    App,
    cases::{Call, OrderKey},
    directory::Client,
    error::AppError,
    intake::StoredContact,
    privacy::words::Reader,
    standing::Standing,
};
use kernel::{CaseId, ClientId, CustomerId, Date, OrderId, ParcelId, Permission, Scope, Timestamp};
use logistics::{Address, Rma, Sscc};
use policy::Policy;
use returns::{CaseQuote, Event, OrderAccount, ReturnCase, SalesOrder, credit::CreditAccount};
use std::sync::Arc;
use store::questions::{self, cases::CaseRef};
use uuid::Uuid;

pub use store::questions::{
    cases::{CaseHead, StockRow},
    money::ObligationRow,
    orders::OrderHead,
    work::JobRow,
};

/// Longest text a search takes, characters.
const SEARCH_MAX: usize = 64;

/// A case with everything around it.
#[derive(Debug, Clone)]
pub struct CasePage {
    /// Whose.
    pub client: Arc<Client>,
    /// The case.
    pub case: ReturnCase,
    /// Its order.
    pub order: SalesOrder,
    /// The order's account.
    pub account: OrderAccount,
    /// The policy version pinned at purchase.
    pub policy: Arc<Policy>,
    /// What the law gives for its lines now, under the version of the law it was opened under.
    /// Sign-offs are those of its clocks' rules too.
    pub standing: Standing,
    /// What it comes to now, how that came about, and what other choices come to; none while
    /// nothing was decided.
    pub quote: Option<CaseQuote>,
    /// What happened, oldest first; the version is the position, from 1.
    pub events: Vec<Event>,
    /// Obligations with their gateway and provider reference.
    pub obligations: Vec<ObligationRow>,
    /// Stock movements.
    pub stock: Vec<StockRow>,
    /// Work that followed.
    pub jobs: Vec<JobRow>,
    /// Photographs the customer gave.
    pub photos: Vec<crate::photos::PhotoRow>,
    /// Credit notes and corrections of its payments, in the order they were issued.
    pub documents: Vec<crate::documents::DocumentHead>,
    /// Disputes of the order, for who may see money; the newest first.
    pub disputes: Vec<returns::dispute::Dispute>,
    /// Other cases of the order.
    pub siblings: Vec<CaseHead>,
    /// Store credit of the customer, where the case pays into it.
    pub credit: Vec<CreditAccount>,
    /// The customer; empty if the scope may not see people.
    pub contact: StoredContact,
    /// Where what the customer still owes can be paid.
    pub pay_links: Vec<(kernel::ObligationId, String)>,
}

/// An order with everything around it.
#[derive(Debug, Clone)]
pub struct OrderPage {
    /// Whose.
    pub client: Arc<Client>,
    /// The order.
    pub order: SalesOrder,
    /// Its account.
    pub account: OrderAccount,
    /// The policy version pinned at purchase.
    pub policy: Arc<Policy>,
    /// Its cases, oldest first.
    pub cases: Vec<CaseHead>,
    /// The customer; empty if the scope may not see people.
    pub contact: StoredContact,
}

/// What a return label says; the surface adds the words.
#[derive(Debug, Clone)]
pub struct LabelFacts {
    /// Whose.
    pub client: Arc<Client>,
    /// The customer's address.
    pub from: Address,
    /// The dock's address.
    pub to: Address,
    /// The parcel's number.
    pub sscc: Sscc,
    /// The return's number.
    pub rma: Rma,
    /// The order's number.
    pub order_number: Arc<str>,
    /// Last day to hand it over.
    pub return_by: Option<Date>,
    /// What the QR code opens: the dock's page of the return.
    pub url: String,
}

/// Where a client's ledger stands.
#[derive(Debug, Clone)]
pub struct LogState {
    /// Whose.
    pub client: Arc<Client>,
    /// The log's public key in vkey form.
    pub vkey: String,
    /// Leaves in the log.
    pub size: i64,
    /// Events that wait for their index.
    pub pending: i64,
    /// The newest signed checkpoint and when it was signed; none while the log is empty.
    pub checkpoint: Option<(String, Timestamp)>,
}

/// How a shopper proves to know an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The number on the confirmation.
    pub number: String,
    /// The e-mail address or postcode of the order.
    pub email_or_postcode: String,
}

impl App {
    /// The contact, if the scope may see people at all.
    async fn contact_for(
        &self,
        scope: &Scope,
        client: ClientId,
        customer: CustomerId,
    ) -> Result<StoredContact, AppError> {
        if scope.may(Permission::CaseRequest, client) {
            self.contact(client, customer).await
        } else {
            Ok(StoredContact::default())
        }
    }

    /// The contact, if the scope may see people at all, and what reads the words of the order: one
    /// key is unwrapped for both.
    async fn person_for(
        &self,
        scope: &Scope,
        order: &SalesOrder,
    ) -> Result<(StoredContact, Reader), AppError> {
        let known = self.known(order.client, order.customer).await?;
        let (contact, key) = known.map_or_else(Default::default, |k| (k.contact, k.key));
        let contact = if scope.may(Permission::CaseRequest, order.client) {
            contact
        } else {
            StoredContact::default()
        };
        Ok((contact, Reader::new(key, order)))
    }

    /// Everything about a case.
    pub async fn case_page(
        &self,
        scope: &Scope,
        client: ClientId,
        case: CaseId,
    ) -> Result<CasePage, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        let call = Call::new(scope, self.now());
        let loaded = self.load_case(&call, client, case).await?;
        let state = loaded.case.clone().ok_or(AppError::Missing)?;
        let store = self.store();
        let (events, obligations, stock, jobs, photos, documents, siblings, (contact, reader)) = tokio::try_join!(
            async {
                Ok::<_, AppError>(questions::cases::events_of_case(store, client, case).await?)
            },
            async { Ok(questions::money::obligations_of_case(store, client, case).await?) },
            async { Ok(questions::cases::stock_of_case(store, client, case).await?) },
            async { Ok(questions::work::jobs_of_case(store, client, case).await?) },
            async { Ok(questions::found::photos(store, client, case).await?) },
            async { Ok(questions::documents::of_case(store, client, case).await?) },
            async { Ok(questions::cases::cases_of_order(store, client, loaded.order.id).await?) },
            self.person_for(scope, &loaded.order),
        )?;
        let events: Result<Vec<Event>, _> = events
            .iter()
            .map(|e| serde_json::from_str(&reader.json(&e.body)))
            .collect();
        let events = events?;
        let lines = self.rights_of(&loaded, &state, call.at);
        let quote = self.on_case(&loaded, &state, call.at, |facts| {
            returns::case_quote(facts, &state, &events)
        });
        let rights = lines.iter().flat_map(|l| &l.rights).map(|r| &r.rule);
        let rules = rights.chain(state.statutory.iter().map(|c| &c.rule));
        let signed = self.signed_rules(client, &loaded.law, rules);
        let pays = |o: &returns::Obligation| o.is_credit(&loaded.order);
        let credit = if state.obligations.iter().any(pays) {
            self.credit_held_by(client, loaded.order.customer).await?
        } else {
            Vec::new()
        };
        let pay_links = self.pay_links(&loaded.client, &state).await?;
        let disputes = self
            .disputes_of_order(scope, client, loaded.order.id)
            .await?;
        Ok(CasePage {
            pay_links,
            credit,
            standing: Standing { lines, signed },
            client: loaded.client,
            case: reader.value(state)?,
            order: loaded.order,
            account: loaded.account,
            policy: loaded.policy,
            events,
            quote,
            obligations,
            stock,
            jobs,
            photos,
            documents,
            disputes,
            siblings: siblings
                .into_iter()
                .filter(|c| c.case_id != case.0)
                .collect(),
            contact,
        })
    }

    /// Everything about an order.
    pub async fn order_page(
        &self,
        scope: &Scope,
        client: ClientId,
        key: &OrderKey,
    ) -> Result<OrderPage, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        let call = Call::new(scope, self.now());
        let loaded = self.load_order(&call, client, key).await?;
        let (cases, contact) = tokio::try_join!(
            async {
                let id = loaded.order.id;
                Ok(questions::cases::cases_of_order(self.store(), client, id).await?)
            },
            self.contact_for(scope, client, loaded.order.customer),
        )?;
        Ok(OrderPage {
            client: loaded.client,
            order: loaded.order,
            account: loaded.account,
            policy: loaded.policy,
            cases,
            contact,
        })
    }

    /// Orders of a client placed at or before `until_ms`, newest first.
    pub async fn orders(
        &self,
        scope: &Scope,
        client: ClientId,
        until_ms: i64,
        limit: i64,
    ) -> Result<Vec<OrderHead>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        Self::must_list(scope)?;
        Ok(questions::orders::orders_recent(self.store(), client, until_ms, limit).await?)
    }

    /// Orders of a client, newest first, before the cursor `(placed_at, order)`.
    pub async fn orders_before(
        &self,
        scope: &Scope,
        client: ClientId,
        before: Option<(i64, Uuid)>,
        limit: i64,
    ) -> Result<Vec<OrderHead>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        Self::must_list(scope)?;
        let before = before.unwrap_or((i64::MAX, Uuid::max()));
        Ok(questions::orders::orders_before(self.store(), client, before, limit).await?)
    }

    /// Cases of a client, newest first, before the cursor `(opened_at, case)`.
    pub async fn cases(
        &self,
        scope: &Scope,
        client: ClientId,
        before: Option<(i64, Uuid)>,
        limit: i64,
    ) -> Result<Vec<CaseHead>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        Self::must_list(scope)?;
        let before = before.unwrap_or((i64::MAX, Uuid::max()));
        Ok(questions::cases::cases_recent(self.store(), client, before, limit).await?)
    }

    /// One queue over every client of the scope, next due first, after the cursor
    /// `(due_at, case)`.
    pub async fn queue(
        &self,
        scope: &Scope,
        queue: &str,
        after: Option<(i64, Uuid)>,
        limit: i64,
    ) -> Result<Vec<CaseHead>, AppError> {
        let clients = self.clients_for(scope, Permission::CaseRead);
        let after = after.unwrap_or((i64::MIN, Uuid::nil()));
        Ok(questions::cases::cases_in_queue(self.store(), &clients, queue, after, limit).await?)
    }

    /// How many cases stand in each of these queues, over every client of the scope; counted up
    /// to [`questions::cases::COUNT_MAX`] per client.
    pub async fn queue_counts(
        &self,
        scope: &Scope,
        queues: &[&'static str],
    ) -> Result<Vec<(&'static str, i64)>, AppError> {
        let clients = self.clients_for(scope, Permission::CaseRead);
        let found = questions::cases::queue_counts(self.store(), &clients, queues).await?;
        let count = |queue: &str| {
            found
                .iter()
                .find(|(q, _)| q == queue)
                .map_or(0, |(_, n)| *n)
        };
        Ok(queues.iter().map(|q| (*q, count(q))).collect())
    }

    /// Cases with this RMA or order number, over every client of the scope.
    pub async fn find_cases(&self, scope: &Scope, text: &str) -> Result<Vec<CaseHead>, AppError> {
        let text: String = text.trim().chars().take(SEARCH_MAX).collect();
        let clients = self.clients_for(scope, Permission::CaseRead);
        // An RMA is understood with typing slips; anything else must be exact.
        let wanted = text.parse::<Rma>().map_or(text, |rma| rma.to_string());
        Ok(questions::cases::cases_matching(self.store(), &clients, &wanted, 50).await?)
    }

    /// Orders with exactly this number, over every client of the scope.
    pub async fn find_orders(
        &self,
        scope: &Scope,
        number: &str,
    ) -> Result<Vec<SalesOrder>, AppError> {
        let number: String = number.trim().chars().take(SEARCH_MAX).collect();
        let mut found = Vec::new();
        for client in self.clients_for(scope, Permission::CaseRead) {
            let row = questions::orders::order_by_number(
                self.store(),
                client,
                &number,
                questions::Also::NOTHING,
            )
            .await?;
            if let Some(row) = row {
                found.push(serde_json::from_str(&row.body)?);
            }
        }
        Ok(found)
    }

    /// Where the ledgers of the scope stand.
    pub async fn logs(&self, scope: &Scope) -> Result<Vec<LogState>, AppError> {
        let mut logs = Vec::new();
        for client in self.clients_for(scope, Permission::LedgerRead) {
            logs.push(self.log(scope, client).await?);
        }
        Ok(logs)
    }

    /// Where the ledger of a client stands.
    pub async fn log(&self, scope: &Scope, client: ClientId) -> Result<LogState, AppError> {
        Self::check(scope, Permission::LedgerRead, client)?;
        let head = questions::ledger::head(self.store(), client).await?;
        let signed = |ms| Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
        Ok(LogState {
            client: self
                .directory()
                .client(client)
                .cloned()
                .ok_or(AppError::Missing)?,
            vkey: self.vkey(client).await?,
            size: head.as_ref().map_or(0, |h| h.size),
            pending: questions::ledger::pending_count(self.store(), client).await?,
            checkpoint: head.map(|h| (h.checkpoint, signed(h.at))),
        })
    }

    /// The cases a scanned code stands for: an RMA number, an SSCC, a tracking number or the
    /// address in our QR code.
    pub async fn find_scanned(&self, scope: &Scope, code: &str) -> Result<Vec<CaseHead>, AppError> {
        let code: String = code.trim().chars().take(512).collect();
        let tail = code.rsplit('/').next().unwrap_or(&code);
        let refs = if let Ok(rma) = tail.parse::<Rma>() {
            questions::cases::refs_by_rma(self.store(), &rma.to_string()).await?
        } else {
            let tracking = tail
                .parse::<Sscc>()
                .map_or(tail.to_owned(), |s| s.digits().to_owned());
            questions::cases::refs_by_tracking(self.store(), &tracking).await?
        };
        let mut found = Vec::new();
        for CaseRef { client_id, case_id } in refs {
            let client = ClientId(client_id);
            let allowed = scope.may(Permission::CaseRead, client)
                || scope.may(Permission::ParcelScan, client);
            if allowed
                && let Some(head) =
                    questions::cases::case_head(self.store(), client, CaseId(case_id)).await?
            {
                found.push(head);
            }
        }
        Ok(found)
    }

    /// Whose return an RMA number names, as the client's name in addresses and the number written
    /// right. Says nothing else, so it needs no scope: the portal it leads to asks for a proof.
    pub async fn client_of_rma(&self, text: &str) -> Result<Option<(String, String)>, AppError> {
        let Ok(rma) = text.parse::<Rma>() else {
            return Ok(None);
        };
        let rma = rma.to_string();
        let refs = questions::cases::refs_by_rma(self.store(), &rma).await?;
        let [only] = refs.as_slice() else {
            return Ok(None);
        };
        let directory = self.directory();
        Ok(directory
            .client(ClientId(only.client_id))
            .map(|c| (c.slug.clone(), rma)))
    }

    /// The order a shopper proves to know. A wrong number and a wrong proof get the same answer.
    pub async fn prove_order(
        &self,
        client: ClientId,
        proof: &Proof,
    ) -> Result<Option<OrderId>, AppError> {
        let number = proof.number.trim();
        let row = questions::orders::order_by_number(
            self.store(),
            client,
            number,
            questions::Also::NOTHING,
        )
        .await?;
        // The same questions are asked for a number that does not exist, so that the time it
        // takes tells nothing.
        let customer = row.as_ref().map_or(Uuid::nil(), |r| r.customer_id);
        let contact = self.contact(client, CustomerId(customer)).await?;
        let plain = |s: &str| -> String {
            s.chars()
                .filter(|c| !c.is_whitespace())
                .flat_map(char::to_lowercase)
                .collect()
        };
        let given = plain(&proof.email_or_postcode);
        let knows = |known: &str| !known.is_empty() && plain(known) == given;
        let proven = knows(&contact.email) || knows(&contact.postcode);
        Ok(row.filter(|_| proven).map(|r| OrderId(r.order_id)))
    }

    /// What the label of a parcel says.
    pub async fn label_facts(
        &self,
        scope: &Scope,
        client: ClientId,
        case: CaseId,
        parcel: ParcelId,
    ) -> Result<LabelFacts, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        let call = Call::new(scope, self.now());
        let loaded = self.load_case(&call, client, case).await?;
        let state = loaded.case.ok_or(AppError::Missing)?;
        let parcel = state
            .parcels
            .iter()
            .find(|p| p.id == parcel)
            .ok_or(AppError::Missing)?;
        let contact = self.contact(client, loaded.order.customer).await?;
        let country = loaded.order.place.country;
        let dock = loaded
            .client
            .dock(country, state.return_to())
            .ok_or_else(|| {
                AppError::fault(format!(
                    "no dock of client {client} takes parcels from {country}"
                ))
            })?;
        let mut lines = contact.address;
        lines.push(format!("{} {country}", contact.postcode).trim().to_owned());
        Ok(LabelFacts {
            from: Address {
                name: contact.name,
                lines,
            },
            to: dock.address.clone(),
            sscc: parcel.tracking.parse().map_err(AppError::fault)?,
            rma: state.rma.parse().map_err(AppError::fault)?,
            order_number: loaded.order.number.clone(),
            return_by: state.clocks.authorise_expires,
            url: format!("{}/r/{}", self.base_url(), state.rma),
            client: loaded.client,
        })
    }

    /// Obligations in one state over every client of the scope, longest untouched first.
    pub async fn obligations(
        &self,
        scope: &Scope,
        state: &str,
        limit: i64,
    ) -> Result<Vec<ObligationRow>, AppError> {
        let clients = self.clients_for(scope, Permission::MoneyRead);
        Ok(questions::money::obligations_in_state(self.store(), &clients, state, limit).await?)
    }

    /// Obligations of one client in one state, longest untouched first.
    pub async fn obligations_of(
        &self,
        scope: &Scope,
        client: ClientId,
        state: &str,
        limit: i64,
    ) -> Result<Vec<ObligationRow>, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        Ok(questions::money::obligations_in_state(self.store(), &[client], state, limit).await?)
    }

    /// Jobs in one state (`open`, `done`, `dead`) over every client of the scope.
    pub async fn jobs(
        &self,
        scope: &Scope,
        state: &str,
        limit: i64,
    ) -> Result<Vec<JobRow>, AppError> {
        let clients = self.clients_for(scope, Permission::JobsOperate);
        Ok(questions::work::jobs_in_state(self.store(), &clients, state, limit).await?)
    }

    /// Stock by SKU, location and bucket.
    pub async fn stock(
        &self,
        scope: &Scope,
        client: ClientId,
        limit: i64,
    ) -> Result<Vec<(String, String, String, i64)>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        Self::must_list(scope)?;
        Ok(questions::cases::stock_levels(self.store(), client, limit).await?)
    }

    /// A shopper sees one order and never a list.
    pub(crate) fn must_list(scope: &Scope) -> Result<(), AppError> {
        if scope.clients().is_some_and(<[ClientId]>::is_empty) {
            return Err(AppError::Missing);
        }
        Ok(())
    }
}
