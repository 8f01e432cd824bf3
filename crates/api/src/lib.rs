//! The JSON API under `/api/v1`, its OpenAPI description and its page of documentation, the
//! public ledger files, what carriers and payment providers tell us, health and metrics.
//!
//! Handlers here parse, call one `app` function, and write down the answer. Every answer that is
//! no success is an RFC 9457 problem with a stable `type`. Nothing here decides anything.
//!
//! The binary layers the shared middleware around [`router`]; [`inbound`] stays outside the
//! cross-site check, because carriers sign their messages and hold no session.

mod approvals;
mod articles;
mod books;
mod clocks;
mod commands;
mod credit;
mod describe;
mod disputes;
mod docs;
mod documents;
mod door;
mod exchanges;
mod inbound;
mod input;
mod law;
mod ledger;
pub mod metrics;
mod once;
mod order_schema;
mod orders;
mod output;
mod policies;
mod quotes;
mod recon;
mod refunds;
mod returns_routes;
mod rights;
mod security;
mod tenant;
mod unannounced;
mod webhooks;

pub use inbound::{
    PaymentMessage, PaymentNews, ReadPayments, Told, Unread, carriers as inbound, payments,
};

use door::Operations;
use surface::door::{Door, Doors};

/// The operations of one client, with their descriptions.
fn operations() -> Operations {
    Operations::new()
        .merge(orders::routes())
        .merge(articles::routes())
        .merge(exchanges::routes())
        .merge(returns_routes::routes())
        .merge(commands::routes())
        .merge(approvals::routes())
        .merge(unannounced::routes())
        .merge(clocks::routes())
        .merge(refunds::routes())
        .merge(books::routes())
        .merge(recon::routes())
        .merge(disputes::routes())
        .merge(credit::routes())
        .merge(documents::routes())
        .merge(ledger::routes())
        .merge(policies::routes())
        .merge(webhooks::routes())
        .merge(security::routes())
}

/// Everything under `/api/v1`.
fn described() -> Operations {
    operations()
        .under("/api/v1/clients/{client}")
        .merge(law::routes().under("/api/v1/law"))
}

/// Everything for programs that hold a key or a session, the public ledger, documentation,
/// health and metrics.
pub fn router() -> Doors {
    let (router, description, declared) = described().into_parts();
    let description = describe::finished(description);
    Doors::programs()
        .with(router, declared)
        .merge(ledger::public())
        .merge(docs::routes(description))
        .get("/livez", Door::anybody(), metrics::livez)
        .get("/readyz", Door::anybody(), metrics::readyz)
        .get("/metrics", Door::operator(), metrics::guarded)
}

/// The OpenAPI 3.1 description as JSON.
pub fn openapi() -> serde_json::Value {
    describe::finished(described().into_openapi())
}
