//! Whose rows a request may see, told to the database once: the wall behind the walls. A surface
//! sets it from the scope of who asks before any handler runs.

pub use store::{carried, seeing};
