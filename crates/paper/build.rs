//! Takes the Arabic letters from the front end's build, which unpacks them from an npm package.

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/dist/fonts");
    let out = env::var_os("OUT_DIR").ok_or("OUT_DIR is set by cargo")?;
    println!("cargo::rerun-if-changed=build.rs");
    for name in ["arabic-400.ttf", "arabic-700.ttf"] {
        let from = fonts.join(name);
        println!("cargo::rerun-if-changed={}", from.display());
        fs::copy(&from, Path::new(&out).join(name)).map_err(|e| {
            format!(
                "{}: {e}. Run `npm ci && npm run build` in web/ first",
                from.display()
            )
        })?;
    }
    Ok(())
}
