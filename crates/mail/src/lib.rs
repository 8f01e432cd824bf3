//! Mail to customers: [`Words`] says a notice in the customer's language, [`FileMailer`] puts
//! mail into a directory as `.eml` files, which is what a house without a mail server (or with
//! one that watches a directory) uses, and [`SmtpMailer`] hands it to a mail server. When a notice
//! is due is decided in `returns`; nothing here knows a rule.

mod file;
mod smtp;
mod words;

pub use file::{FileMailer, compose};
pub use smtp::{BadServer, SmtpMailer};
pub use words::Words;
