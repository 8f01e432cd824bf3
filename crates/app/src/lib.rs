//! One function per command and per question.
//!
//! Here live: loading facts, asking the domain rooms to decide, and storing what they say in one
//! write (`commit`); the work that follows a commit (`jobs`); the questions surfaces ask.
//! Every function takes a [`kernel::Scope`] and checks it before it looks. No HTTP, no SQL, no
//! HTML here, and no rule of returns: those are decided in `returns`, `policy` and `law`.

pub mod acknowledge;
pub mod audit;
pub mod books;
pub mod cases;
pub mod catalogue;
pub mod checkout;
pub mod claims;
pub mod clocks;
pub mod commit;
pub mod credit;
pub mod customers;
pub mod declarations;
pub mod directory;
pub mod disputes;
pub mod dock;
pub mod documents;
pub mod door;
pub mod error;
pub mod folders;
pub mod house;
pub mod intake;
pub mod jobs;
pub mod laws;
pub mod ledger;
pub mod limits;
pub mod live;
pub mod news;
pub mod payouts;
pub mod people;
pub mod photos;
pub mod policies;
pub mod privacy;
pub mod recon;
pub mod refusals;
pub mod scans;
pub mod settings;
pub mod settle;
pub mod signin;
pub mod standing;
pub mod strays;
pub mod swaps;
pub mod views;
pub mod vitals;
pub mod walls;
pub mod webhooks;
mod worker;
mod zones;

pub use error::{AppError, FieldError};
pub use house::{App, House, NoticeWriter, Post};
