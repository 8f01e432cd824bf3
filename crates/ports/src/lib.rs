//! What the application asks of the outside world, as traits and plain data.
//!
//! Here live the ports: [`PaymentGateway`], [`Carrier`], [`Mailer`], [`WebhookSender`],
//! [`Clock`] and [`Entropy`]. Nothing here does I/O, and nothing here knows a provider, a file
//! format or a protocol: adapters (the `gateways`, `mail` rooms) implement these traits, `app`
//! calls them, the simulator replaces them.

pub mod account;
pub mod carrier;
pub mod identity;
pub mod message;
pub mod payment;
pub mod time;

pub use account::{
    AccountEntry, AccountReport, Balances, FileFault, LooseEntry, LooseKind, NumberedEntry,
    ReportReader,
};
pub use carrier::{Carrier, CarrierError, Label, LabelOrder, Postal};
pub use identity::{AppSecret, Challenge, Claimed, Passkey, ProofError, Proofs, SignInService};
pub use message::{
    Attachment, Mail, Mailer, SendError, WEBHOOK_BODY_MAX, WebhookRequest, WebhookSender,
};
pub use payment::{
    Asking, Attempt, CaptureOrder, Checkout, CheckoutOrder, Destination, EvidenceOrder,
    GatewayError, Iban, PaymentGateway, PaymentKey, PaymentOrder, PaymentState, Submission, Taking,
};
pub use time::{Clock, Entropy};
