//! Paying through a bank's file exchange: pain.001 out; pain.002, camt.053/054, pacs.004 in.
//!
//! [`PaymentFile`] writes a batch, [`read_answers`] reads what comes back, [`FileGateway`] puts
//! both over a directory. Nothing here talks to a network: how files travel (EBICS, SFTP) is the
//! bank connection's business.

mod file;
mod ids;
mod pain001;
mod read;
mod spool;
mod statement;
mod text;
mod xml;

pub use file::FileGateway;
pub use ids::{BatchId, end_to_end_id, payment_key};
pub use pain001::{Debtor, FileError, ORDERS_MAX, PaymentFile, PaymentGroup};
pub use read::{AnswerStatus, BankAnswer, BankMessage, Subject, read_answers, read_message};
pub use spool::{InboxFile, Spool, SpoolError};
pub use text::epc_text;
pub use xml::{XML_MAX, XmlError};
