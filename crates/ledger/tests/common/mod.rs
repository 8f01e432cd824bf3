//! Where the real samples are, for the tests that read them.

use std::path::{Path, PathBuf};

/// The folder `part` of the shared samples, or `None` with a line saying that it is skipped.
pub fn shared(part: &str) -> Option<PathBuf> {
    let given = std::env::var_os("REDRESS_SHARED").map(PathBuf::from);
    let above = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|dir| dir.join("shared"));
    let found = given
        .into_iter()
        .chain(above)
        .map(|dir| dir.join(part))
        .find(|dir| dir.is_dir());
    if found.is_none() {
        println!("skipped: {part}");
    }
    found
}
