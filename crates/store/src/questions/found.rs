//! Goods without an order and photographs: personal data, apart from events.

use super::{assembled::Assembled, maybe, rows};
use crate::{Expect, Statement, Store, StoreError};
use kernel::{CaseId, ClientId, StrayId};
use sqlx::FromRow;
use uuid::Uuid;

/// Goods that came without anything that names an order.
#[derive(Clone, PartialEq, Eq, FromRow)]
pub struct StrayRow {
    /// The client.
    pub client_id: i64,
    /// Which.
    pub stray_id: Uuid,
    /// `open` or `matched`.
    pub state: String,
    /// What was read on the goods.
    pub label: String,
    /// Units.
    pub units: i64,
    /// Who sent them, as far as the parcel says.
    pub sender: String,
    /// The carrier's number, if there is one.
    pub tracking: String,
    /// When they came, milliseconds.
    pub received_at: i64,
    /// The case they were matched to.
    pub case_id: Option<Uuid>,
}

impl std::fmt::Debug for StrayRow {
    // It holds a person's name.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StrayRow({} {})", self.stray_id, self.state)
    }
}

/// A photograph without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct PhotoRow {
    /// Which.
    pub photo_id: Uuid,
    /// Index of the order line it is about.
    pub line: i64,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
    /// When it was given, milliseconds.
    pub added_at: i64,
}

pub(crate) mod sql {
    super::super::sql! {
        STRAY = "SELECT client_id, stray_id, state, label, units, sender, tracking, received_at, \
            case_id FROM stray_receipt WHERE client_id = $1 AND stray_id = $2";
        STRAY_OF_FORM = "SELECT client_id, stray_id, state, label, units, sender, tracking, \
            received_at, case_id FROM stray_receipt WHERE client_id = $1 AND form_key = $2";
        STRAY_MATCH = "UPDATE stray_receipt SET state = 'matched', case_id = $3, sender = '' \
            WHERE client_id = $1 AND stray_id = $2 AND state = 'open'";
        PHOTOS = "SELECT photo_id, line, width, height, added_at FROM evidence_photo \
            WHERE client_id = $1 AND case_id = $2 ORDER BY photo_id";
        PHOTO_SEAL = "UPDATE evidence_photo SET bytes = $4 \
            WHERE client_id = $1 AND case_id = $2 AND photo_id = $3";
        PHOTOS_ERASE = "UPDATE evidence_photo SET bytes = $3 WHERE client_id = $1 AND case_id = $2";
        PHOTO = "SELECT bytes FROM evidence_photo \
            WHERE client_id = $1 AND case_id = $2 AND photo_id = $3";
    }
}

/// The goods with this id.
pub async fn stray(
    store: &Store,
    client: ClientId,
    id: StrayId,
) -> Result<Option<StrayRow>, StoreError> {
    Ok(maybe!(store, sql::STRAY, client.0, id.0)?)
}

/// The goods a form kept.
pub async fn stray_of_form(
    store: &Store,
    client: ClientId,
    form_key: &str,
) -> Result<Option<StrayRow>, StoreError> {
    Ok(maybe!(store, sql::STRAY_OF_FORM, client.0, form_key)?)
}

/// Goods of several clients that wait for an order, oldest first.
pub async fn strays_open(
    store: &Store,
    clients: &[ClientId],
    limit: i64,
) -> Result<Vec<StrayRow>, StoreError> {
    if clients.is_empty() {
        return Ok(Vec::new());
    }
    listed(clients, limit).rows(store).await
}

pub(super) fn listed(clients: &[ClientId], limit: i64) -> Assembled {
    let mut all = Assembled::new("SELECT * FROM (");
    for (i, client) in clients.iter().enumerate() {
        if i > 0 {
            all.push(" UNION ALL ");
        }
        all.push(
            "SELECT * FROM (SELECT client_id, stray_id, state, label, units, sender, tracking, \
             received_at, case_id FROM stray_receipt WHERE client_id = ",
        );
        all.bind(client.0)
            .push(" AND state = 'open' ORDER BY received_at, stray_id LIMIT ")
            .bind(limit)
            .push(") part");
    }
    all.push(") part ORDER BY received_at, stray_id LIMIT ")
        .bind(limit);
    all
}

/// Records the case goods belong to; lost when somebody else was first.
pub fn stray_match(client: ClientId, id: StrayId, case: CaseId) -> Statement {
    Statement {
        name: "stray_match",
        sql: sql::STRAY_MATCH,
        params: vec![client.into(), id.0.into(), case.0.into()],
        returns: &[],
        expect: Expect::Some,
    }
}

/// Photographs of a case, oldest first.
pub async fn photos(
    store: &Store,
    client: ClientId,
    case: CaseId,
) -> Result<Vec<PhotoRow>, StoreError> {
    Ok(rows!(store, sql::PHOTOS, client.0, case.0)?)
}

/// Seals a photograph that was stored in clear.
pub fn photo_seal(client: ClientId, case: CaseId, id: Uuid, sealed: Vec<u8>) -> Statement {
    Statement {
        name: "photo_seal",
        sql: sql::PHOTO_SEAL,
        params: vec![client.into(), case.0.into(), id.into(), sealed.into()],
        returns: &[],
        expect: Expect::Some,
    }
}

/// Empties the photographs of a case; that there were some stays.
pub fn photos_erase(client: ClientId, case: CaseId) -> Statement {
    Statement {
        name: "photos_erase",
        sql: sql::PHOTOS_ERASE,
        params: vec![client.into(), case.0.into(), Vec::new().into()],
        returns: &[],
        expect: Expect::Any,
    }
}

/// The picture itself, sealed; JPEG where it was stored before sealing.
pub async fn photo(
    store: &Store,
    client: ClientId,
    case: CaseId,
    id: Uuid,
) -> Result<Option<Vec<u8>>, StoreError> {
    let row: Option<(Vec<u8>,)> = maybe!(store, sql::PHOTO, client.0, case.0, id)?;
    Ok(row.map(|(bytes,)| bytes))
}
