//! The shared edge of every surface: what a browser or a program meets before any page exists.
//!
//! Here live words ([`i18n`]), components ([`ui`]), the page frame ([`page`]), embedded front-end
//! files ([`assets`]), security headers ([`security`]), cross-site request checks ([`csrf`]),
//! error answers ([`problem`]), typed path ids ([`path`]), where a request comes from ([`peer`]), cursors ([`cursor`]), the live stream
//! ([`sse`]) and request ids with logging ([`trace`]). No business logic, no SQL, no knowledge of
//! store or app.

pub mod assets;
pub mod brand;
pub mod csrf;
pub mod cursor;
pub mod i18n;
pub mod page;
pub mod path;
pub mod peer;
pub mod problem;
pub mod security;
pub mod sse;
pub mod styleguide;
pub mod trace;
pub mod ui;
pub mod view;

pub use fluent_bundle::FluentValue;
pub use i18n::L10n;
pub use page::{NavItem, Page, Surface};
pub use path::{Id, Ids};
pub use problem::Problem;
pub use view::View;
