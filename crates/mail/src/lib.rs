//! Notices to customers.
