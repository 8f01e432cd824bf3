//! The work that follows a commit, as data in the outbox.

use serde::{Deserialize, Serialize};

/// Work that follows a commit, as the outbox holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Make a return label and record it.
    Label {
        /// For which parcel.
        parcel: kernel::ParcelId,
    },
    /// Pay an obligation.
    Pay {
        /// Which.
        obligation: kernel::ObligationId,
    },
    /// Find out what became of a payment.
    Reconcile {
        /// Which.
        obligation: kernel::ObligationId,
    },
    /// Let a placed security go at the provider.
    ReleaseHold {
        /// The obligation it was placed under.
        obligation: kernel::ObligationId,
    },
    /// Look whether an exchange is late; runs when the day is over.
    Watch {
        /// Which, by the obligation of its goods.
        goods: kernel::ObligationId,
        /// The last day in time.
        on: kernel::Date,
    },
    /// Give up what nobody answered; runs when its time is over.
    Lapse {
        /// What waits.
        about: returns::About,
        /// Until when.
        at: kernel::Timestamp,
    },
    /// Issue the documents of an obligation whose money moved.
    Document {
        /// Which.
        obligation: kernel::ObligationId,
    },
    /// Write to the customer.
    Notify {
        /// What about.
        notice: returns::Notice,
    },
    /// Acknowledge a declaration; its `case_id` in the outbox is the declaration's stream.
    Acknowledge {
        /// Which.
        declaration: kernel::DeclarationId,
    },
    /// Hold or free the refunds of a dispute's order; its `case_id` is the dispute's stream.
    Dispute {
        /// Which.
        dispute: kernel::DisputeId,
    },
    /// Remind of a dispute's deadline; runs when it is near.
    DisputeDue {
        /// Which.
        dispute: kernel::DisputeId,
        /// The deadline it was put down for.
        due_at: kernel::Timestamp,
        /// Whole days that are left then.
        days: u8,
    },
    /// Make the evidence pack of a dispute.
    DisputePack {
        /// Which.
        dispute: kernel::DisputeId,
        /// In which language.
        lang: kernel::Lang,
    },
    /// Hand the answer to a dispute to its provider.
    DisputeEvidence {
        /// Which.
        dispute: kernel::DisputeId,
    },
    /// Write to those who look after the client's clocks.
    Alert {
        /// What the clock counts towards.
        clock: returns::ClockKind,
        /// Its last lawful day.
        due: kernel::Date,
        /// That day has passed.
        breached: bool,
    },
    /// Post a signed webhook to one endpoint of the client.
    Webhook {
        /// Which endpoint.
        endpoint: uuid::Uuid,
        /// The case's version it tells of.
        version: u64,
        /// CloudEvents type.
        event: String,
        /// CloudEvents data.
        data: serde_json::Value,
    },
}

impl Job {
    /// The name in the outbox, in metrics and on the jobs page.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Label { .. } => "label",
            Self::Pay { .. } => "pay",
            Self::Reconcile { .. } => "reconcile",
            Self::ReleaseHold { .. } => "release_hold",
            Self::Watch { .. } => "watch",
            Self::Lapse { .. } => "lapse",
            Self::Document { .. } => "document",
            Self::Notify { .. } => "notify",
            Self::Acknowledge { .. } => "acknowledge",
            Self::Dispute { .. } => "dispute",
            Self::DisputeDue { .. } => "dispute_due",
            Self::DisputePack { .. } => "dispute_pack",
            Self::DisputeEvidence { .. } => "dispute_evidence",
            Self::Alert { .. } => "alert",
            Self::Webhook { .. } => "webhook",
        }
    }
}
