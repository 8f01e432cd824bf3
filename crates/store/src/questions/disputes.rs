//! Disputes of payments, their evidence packs, and which order a payment belongs to.

use super::{assembled::Assembled, maybe, rows};
use crate::{Expect, Statement, Store, StoreError};
use kernel::{ClientId, DisputeId, OrderId};
use sqlx::FromRow;
use uuid::Uuid;

/// A dispute as lists show it, with its state.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct DisputeRow {
    /// The client.
    pub client_id: i64,
    /// Which.
    pub dispute_id: Uuid,
    /// Events so far.
    pub version: i64,
    /// `open`, `waiting` or `ended`.
    pub list: String,
    /// Where it stands.
    pub state: String,
    /// The provider that has it.
    pub provider: String,
    /// The provider's number of it.
    pub reference: String,
    /// The provider's number of the payment; may be empty.
    pub payment: String,
    /// Its order, once that is known.
    pub order_id: Option<Uuid>,
    /// The shop's number of the order; may be empty.
    pub order_number: String,
    /// What the buyer says.
    pub category: String,
    /// Whose rules it follows.
    pub scheme: String,
    /// The reason as the provider gives it.
    pub reason: String,
    /// What is disputed, minor units.
    pub amount_minor: i64,
    /// Currency code; empty while no amount was told.
    pub currency: String,
    /// What it takes from its order, minor units of the order.
    pub lost_minor: i64,
    /// Where its list has it: the last moment for an answer, milliseconds; newest first where none
    /// is awaited.
    pub place: i64,
    /// When it was first heard of, milliseconds.
    pub heard_at: i64,
    /// Last change, milliseconds.
    pub updated_at: i64,
    /// SHA-256 of the newest evidence pack; may be empty.
    pub pack: String,
    /// The dispute itself.
    pub body: String,
}

/// An evidence pack.
#[derive(Clone, PartialEq, Eq, FromRow)]
pub struct PackRow {
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
    /// The language it is in.
    pub lang: String,
    /// When it was made, milliseconds.
    pub made_at: i64,
    /// A PDF; personal data.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for PackRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PackRow({}, {} bytes)", self.sha256, self.bytes.len())
    }
}

/// How disputes of one kind ended.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct OutcomeRow {
    /// The client.
    pub client_id: i64,
    /// What buyers say.
    pub category: String,
    /// How they ended.
    pub state: String,
    /// How many.
    pub count: i64,
}

pub(crate) mod sql {
    super::super::sql! {
        DISPUTE = "SELECT client_id, dispute_id, version, list, state, provider, reference, payment, \
            order_id, order_number, category, scheme, reason, amount_minor, currency, lost_minor, \
            place, heard_at, updated_at, pack, body FROM dispute \
            WHERE client_id = $1 AND dispute_id = $2";
        DISPUTES_OF_ORDER = "SELECT client_id, dispute_id, version, list, state, provider, \
            reference, payment, order_id, order_number, category, scheme, reason, amount_minor, \
            currency, lost_minor, place, heard_at, updated_at, pack, body FROM dispute \
            WHERE client_id = $1 AND dispute_id IN \
                (SELECT dispute_id FROM dispute WHERE client_id = $1 AND order_id = $2)";
        DISPUTES_UNLINKED = "SELECT client_id, dispute_id, version, list, state, provider, \
            reference, payment, order_id, order_number, category, scheme, reason, amount_minor, \
            currency, lost_minor, place, heard_at, updated_at, pack, body FROM dispute \
            WHERE client_id = $1 AND dispute_id IN \
                (SELECT dispute_id FROM dispute WHERE client_id = $1 AND order_id IS NULL)";
        PACKS_ERASE = "UPDATE dispute_pack SET bytes = $3 \
            WHERE client_id = $1 AND dispute_id = $2";
        DISPUTE_PACK = "SELECT sha256, lang, made_at, bytes FROM dispute_pack \
            WHERE client_id = $1 AND dispute_id = $2 AND sha256 = $3";
        ORDERS_OF_PAYMENT = "SELECT order_id FROM order_payment \
            WHERE client_id = $1 AND payment = $2 LIMIT 2";
    }
}

/// One dispute.
pub async fn by_id(
    store: &Store,
    client: ClientId,
    id: DisputeId,
) -> Result<Option<DisputeRow>, StoreError> {
    Ok(maybe!(store, sql::DISPUTE, client.0, id.0)?)
}

/// The disputes of an order.
pub async fn of_order(
    store: &Store,
    client: ClientId,
    order: OrderId,
) -> Result<Vec<DisputeRow>, StoreError> {
    Ok(rows!(store, sql::DISPUTES_OF_ORDER, client.0, order.0)?)
}

/// Disputes whose order is not known; few.
pub async fn unlinked(store: &Store, client: ClientId) -> Result<Vec<DisputeRow>, StoreError> {
    Ok(rows!(store, sql::DISPUTES_UNLINKED, client.0)?)
}

/// The order a payment belongs to; none if no order names it, or several do.
pub async fn order_of_payment(
    store: &Store,
    client: ClientId,
    payment: &str,
) -> Result<Option<OrderId>, StoreError> {
    let found: Vec<(Uuid,)> = rows!(store, sql::ORDERS_OF_PAYMENT, client.0, payment)?;
    Ok(match found[..] {
        [(one,)] => Some(OrderId(one)),
        _ => None,
    })
}

/// An evidence pack by the hash of its bytes.
pub async fn pack(
    store: &Store,
    client: ClientId,
    id: DisputeId,
    sha256: &str,
) -> Result<Option<PackRow>, StoreError> {
    Ok(maybe!(store, sql::DISPUTE_PACK, client.0, id.0, sha256)?)
}

pub(super) fn listed(
    clients: &[ClientId],
    list: &str,
    after: (i64, Uuid),
    limit: i64,
) -> Assembled {
    let mut all = Assembled::new("SELECT * FROM (");
    for (i, client) in clients.iter().enumerate() {
        all.push(if i == 0 {
            "SELECT * FROM (SELECT "
        } else {
            " UNION ALL SELECT * FROM (SELECT "
        });
        all.push(
            "client_id, dispute_id, version, list, state, provider, reference, payment, \
             order_id, order_number, category, scheme, reason, amount_minor, currency, \
             lost_minor, place, heard_at, updated_at, pack, body \
             FROM dispute WHERE client_id = ",
        )
        .bind(*client)
        .push(" AND list = ")
        .bind(list)
        .push(" AND (place, dispute_id) > (")
        .bind(after.0)
        .push(", ")
        .bind(after.1)
        .push(") ORDER BY place, dispute_id LIMIT ")
        .bind(limit)
        .push(") AS part");
    }
    all.push(") AS page ORDER BY place, dispute_id LIMIT ")
        .bind(limit);
    all
}

/// Disputes on one list of these clients, in their order, after a place.
pub async fn on_list(
    store: &Store,
    clients: &[ClientId],
    list: &str,
    after: (i64, Uuid),
    limit: i64,
) -> Result<Vec<DisputeRow>, StoreError> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    listed(clients, list, after, limit).rows(store).await
}

pub(super) fn counted(clients: &[ClientId]) -> Assembled {
    let mut all = Assembled::default();
    for (i, client) in clients.iter().enumerate() {
        all.push(if i == 0 { "" } else { " UNION ALL " });
        all.push(
            "SELECT client_id, category, state, COUNT(*) AS count FROM dispute WHERE client_id = ",
        );
        all.bind(*client).push(" AND list = ").bind("ended");
        all.push(" GROUP BY client_id, category, state");
    }
    all
}

/// How the ended disputes of these clients ended, by what buyers say.
pub async fn outcomes(store: &Store, clients: &[ClientId]) -> Result<Vec<OutcomeRow>, StoreError> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    counted(clients).rows(store).await
}

/// Empties the evidence packs of a dispute; their hashes stay.
pub fn packs_erase(client: ClientId, dispute: Uuid) -> Statement {
    Statement {
        name: "packs_erase",
        sql: sql::PACKS_ERASE,
        params: vec![client.into(), dispute.into(), Vec::new().into()],
        returns: &[],
        expect: Expect::Any,
    }
}
