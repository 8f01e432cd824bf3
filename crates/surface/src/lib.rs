//! What every surface shares that knows the app: who is signed in, how an [`app::AppError`] is
//! answered, and the words of a label. No pages and no rules live here.

pub mod failure;
pub mod label;
pub mod signed;

pub use failure::Failure;
pub use label::label_data;
pub use signed::{Caller, Signed, SESSION_COOKIE};
