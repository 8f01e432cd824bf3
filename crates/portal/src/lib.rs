//! The shopper portal.
