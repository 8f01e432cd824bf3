//! What the world must do after a command, as data. The app writes these to its outbox in the
//! same transaction as the events; nothing here has happened yet.

use crate::case::{Disposition, ObligationKind};
use crate::clock::ClockKind;
use crate::exchange::Shelf;
use kernel::{Date, ObligationId, ParcelId};
use policy::Grade;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A message to the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// The request has come in: the receipt on a durable medium.
    Receipt,
    /// Evidence is missing.
    InfoNeeded,
    /// The return may be sent.
    Authorised,
    /// It may not, and how to appeal.
    Declined,
    /// The goods have arrived.
    GoodsReceived,
    /// What will be paid.
    RefundDecided,
    /// It was paid.
    RefundPaid,
    /// The case was cancelled.
    Cancelled,
    /// The authorisation has expired.
    Expired,
    /// The appeal has come in.
    AppealReceived,
    /// The appeal was decided.
    AppealDecided,
    /// An exchange was agreed: what goes out, and when.
    ExchangeAgreed,
    /// A difference is to be paid, or a security to be placed, before anything goes out.
    ToPay,
    /// An exchange cannot be carried out, and what the customer gets instead.
    FellBack,
    /// The new goods have left.
    GoodsSent,
    /// What was to come back for goods sent in advance has not come.
    NotBack,
    /// The security was charged.
    SecurityCharged,
    /// The security was let go.
    SecurityReleased,
    /// A bank account is asked for, by a link.
    AccountAsked,
    /// Money will go to another account: to the address on the order, with a way to object.
    DestinationChanged,
}

/// Something to do outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Effect {
    /// Get a label for the goods on their way back; answer with `add_label`.
    CreateLabel {
        /// The parcel it is for.
        parcel: ParcelId,
    },
    /// Pay an obligation; its id is the idempotency key.
    PayObligation {
        /// Which.
        obligation: ObligationId,
        /// What.
        kind: ObligationKind,
        /// Index of the tender it goes back to.
        tender: Option<u16>,
        /// Minor units of the case's currency.
        minor: i64,
    },
    /// Ask the provider what became of a payment; never send it again blindly.
    Reconcile {
        /// Which.
        obligation: ObligationId,
    },
    /// Tell the client's stock system.
    PushStock {
        /// Index of the order line.
        line: u16,
        /// Units.
        units: u32,
        /// Their condition.
        grade: Grade,
        /// Where they went.
        disposition: Disposition,
    },
    /// Goods of the catalogue are set aside, freed or gone; part of the same write.
    MoveShelf {
        /// The client's article number.
        sku: Arc<str>,
        /// Units.
        units: u32,
        /// What becomes of them.
        to: Shelf,
    },
    /// Let a placed security go at the provider.
    ReleaseHold {
        /// The obligation it was placed under.
        obligation: ObligationId,
    },
    /// Look at an exchange again after this day: it may be late.
    WatchExchange {
        /// Which, by the obligation of its goods.
        goods: ObligationId,
        /// The last day in time.
        on: Date,
    },
    /// Write to the customer.
    Notify {
        /// What about.
        notice: Notice,
    },
    /// Tell the client's system that the case changed.
    Webhook,
    /// Tell those who look after clocks that one is near its day, or over.
    ClockAlert {
        /// What it counts towards.
        kind: ClockKind,
        /// Its last lawful day.
        due: Date,
        /// That day has passed.
        breached: bool,
    },
    /// Give up what nobody answered by then.
    Lapse {
        /// What waits.
        about: crate::command::About,
        /// Until when.
        at: kernel::Timestamp,
    },
    /// Something for the attention desk: a payment refused, returned or lost sight of.
    Attention {
        /// The obligation it is about.
        obligation: ObligationId,
    },
}
