//! What every surface shares that knows the app: who is signed in, how an [`app::AppError`] is
//! answered, and the words of a label. No pages and no rules live here.

mod broken;
pub mod claim;
pub mod clocks;
pub mod credit_note;
mod declared;
mod dispute_pack;
pub mod door;
pub mod edition;
pub mod entrance;
pub mod erasure;
pub mod failure;
pub mod label;
pub mod names;
pub mod origin;
pub mod photo;
pub mod posted;
pub mod quote;
pub mod receipt;
pub mod rights;
pub mod signed;
pub mod way;

pub use broken::broken_words;
pub use credit_note::{Why, document_file, document_paper, document_title, quote_of_document, why};
pub use declared::declared;
pub use dispute_pack::{dispute_pack, dispute_word, evidence_word, moment_at};
pub use edition::{Change, Edition, Script};
pub use erasure::{erasure_certificate, person_page};
pub use failure::Failure;
pub use label::label_data;
pub use names::{clause_words, client_words, outcome_name, reason_name, scope_words};
pub use receipt::{Receipt, receipt};
pub use signed::{Caller, SESSION_COOKIE, Signed, fresh, session_cookie, session_token};
