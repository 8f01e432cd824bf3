//! Orders and sample folders the tests share.
#![allow(
    clippy::allow_attributes,
    dead_code,
    reason = "each test binary uses a part of it"
)]

pub mod server;

use gateways::iso20022::Debtor;
use kernel::{ClientId, Currency, Money, ObligationId};
use ports::{Attempt, Destination, PaymentOrder};
use std::path::{Path, PathBuf};

/// An order of `minor` cents to a German account, one per `n`.
pub fn order(n: u128, minor: i64) -> PaymentOrder {
    PaymentOrder {
        client: ClientId(7),
        obligation: ObligationId(uuid::Uuid::from_u128(n)),
        attempt: Attempt::FIRST,
        amount: Money::new(minor, Currency::EUR),
        destination: Destination::Account {
            iban: "DE89370400440532013000".parse().unwrap(),
            name: "Jörg Müller & Söhne".into(),
        },
        remittance: format!("Return RMA-{n}"),
    }
}

/// The account the simulated bank starts with.
pub fn debtor() -> Debtor {
    Debtor {
        name: "ACME Corporation".into(),
        iban: "NL41MOCK0000000001".parse().unwrap(),
        bic: Some("MOCKNL2A".into()),
    }
}

/// The folder of third-party samples on `topic`, kept beside the repository.
pub fn samples(topic: &str) -> Option<PathBuf> {
    let given = std::env::var_os("REDRESS_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|p| p.join("shared"));
    given
        .into_iter()
        .chain(beside)
        .map(|p| p.join("fixtures").join(topic))
        .find(|p| p.is_dir())
}

/// The repository root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
