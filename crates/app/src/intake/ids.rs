//! Ids of imported things, computed from what they are called where they come from, so that
//! taking the same file in twice meets the same rows.

use kernel::{
    CaseId, ClientId, CreditId, Currency, CustomerId, DisputeId, OrderId, OrderLineId, Timestamp,
};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};
use wire::ReturnDraft;

/// The id of an order: UUIDv8 whose first 48 bits are the time of the order in milliseconds (so
/// that rows of a season lie together), the rest SHA-256 of client and number.
pub fn order_id(client: ClientId, number: &str, placed_at: Timestamp) -> OrderId {
    OrderId(v8(timed(
        digest(&["order", &client.to_string(), number]),
        placed_at,
    )))
}

/// The id of the case a return is replayed as, and random bits for its RMA number. `nth` counts
/// rows of one document that look alike, `part` the orders its units came from.
pub fn case_id(client: ClientId, told: &ReturnDraft, nth: u32, part: usize) -> (CaseId, u64) {
    let (at, nth, part) = (told.at.to_string(), nth.to_string(), part.to_string());
    let client = client.to_string();
    let bytes = digest(&["return", &client, &told.number, &told.sku, &at, &nth, &part]);
    let mut bits = [0; 8];
    bits.copy_from_slice(&bytes[8..]);
    (CaseId(v8(timed(bytes, told.at))), u64::from_be_bytes(bits))
}

/// Puts milliseconds since 1970 first.
fn timed(mut bytes: [u8; 16], at: Timestamp) -> [u8; 16] {
    let ms = at.as_millisecond().max(0).to_be_bytes();
    bytes[..6].copy_from_slice(&ms[2..]);
    bytes
}

/// The id of a customer: UUIDv8 of SHA-256 of client and the other system's id.
pub fn customer_id(client: ClientId, external: &str) -> CustomerId {
    CustomerId(v8(digest(&["customer", &client.to_string(), external])))
}

/// The id of the store credit of a customer in a currency: UUIDv8 of SHA-256 of all three, so that
/// two who open it at once open the same.
pub fn credit_id(client: ClientId, customer: CustomerId, currency: Currency) -> CreditId {
    let (client, customer) = (client.to_string(), customer.to_string());
    CreditId(v8(digest(&["credit", &client, &customer, currency.code()])))
}

/// The id of a dispute: UUIDv8 of SHA-256 of client, provider and the provider's number, so that
/// two messages that open it at once open the same.
pub fn dispute_id(client: ClientId, provider: &str, reference: &str) -> DisputeId {
    let client = client.to_string();
    DisputeId(v8(digest(&["dispute", &client, provider, reference])))
}

/// The id of an order line: UUIDv8 of SHA-256 of its order and the other system's id.
pub fn line_id(order: OrderId, external: &str) -> OrderLineId {
    OrderLineId(v8(digest(&["line", &order.to_string(), external])))
}

fn v8(bytes: [u8; 16]) -> Uuid {
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// The first 16 bytes of the hash of these parts; each is preceded by its length, so that no two
/// lists of parts read alike.
fn digest(parts: &[&str]) -> [u8; 16] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_depend_on_every_part_and_sort_by_time() {
        let (early, late) = (
            Timestamp::UNIX_EPOCH,
            Timestamp::from_second(1_790_000_000).unwrap(),
        );
        let id = order_id(ClientId(1), "1001", late);
        assert_eq!(id, order_id(ClientId(1), "1001", late));
        assert_ne!(id, order_id(ClientId(2), "1001", late));
        assert_ne!(id, order_id(ClientId(1), "1002", late));
        assert!(order_id(ClientId(1), "1001", early) < id);
        assert_eq!(id.0.get_version_num(), 8);
        assert_ne!(
            customer_id(ClientId(1), "23"),
            customer_id(ClientId(12), "3")
        );
    }
}
