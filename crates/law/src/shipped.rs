//! The packs in `packs/`, embedded when the crate is built. A new file there is found by itself.

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// Every shipped pack as (name, text); the name is that of the file without its ending.
pub(crate) fn packs() -> Vec<(&'static str, &'static str)> {
    PACKS.to_vec()
}
