//! Embeds two folders into the crate: the message files of `locales/` and the built front end of
//! `web/dist`. Each asset is hashed (for its name and `ETag`) and gzipped once, here.

use sha2::{Digest, Sha256};
use std::{
    error::Error,
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or("OUT_DIR is set by cargo")?);
    println!("cargo::rerun-if-changed=build.rs");
    messages(&root.join("locales"), &out)?;
    assets(&root.join("web/dist"), &out)
}

/// Writes `messages.rs`: one `(language, file, text)` per message file.
fn messages(locales: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", locales.display());
    let mut code = String::from("&[\n");
    for dir in sorted(locales)?.into_iter().filter(|p| p.is_dir()) {
        let lang = file_name(&dir);
        println!("cargo::rerun-if-changed={}", dir.display());
        for file in sorted(&dir)?
            .into_iter()
            .filter(|p| p.extension().is_some_and(|e| e == "ftl"))
        {
            let text = fs::read_to_string(&file)?;
            writeln!(code, "({lang:?}, {:?}, {text:?}),", file_name(&file))?;
        }
    }
    code.push(']');
    fs::write(out.join("messages.rs"), code)?;
    Ok(())
}

/// Writes `assets.rs`: one `Asset { .. }` per file of the built front end.
fn assets(dist: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", dist.display());
    if !dist.join("app.js").is_file() {
        return Err(format!(
            "the front end is not built: `{}` has no app.js. Run `npm ci && npm run build` in web/ first",
            dist.display()
        )
        .into());
    }
    let mut code = String::from("&[\n");
    for file in sorted(dist)?.into_iter().filter(|p| p.is_file()) {
        println!("cargo::rerun-if-changed={}", file.display());
        let bytes = fs::read(&file)?;
        let name = file_name(&file);
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes)[..8]);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&bytes)?;
        let gzip_path = out.join(format!("{name}.gz"));
        fs::write(&gzip_path, gzip.finish()?)?;
        let (stem, ext) = name.rsplit_once('.').unwrap_or((&name, ""));
        writeln!(
            code,
            "Asset {{ name: {name:?}, hashed: {:?}, etag: {:?}, bytes: include_bytes!({:?}), gzip: include_bytes!({:?}) }},",
            format!("{stem}.{hash}.{ext}"),
            format!("\"{hash}\""),
            file.canonicalize()?.to_string_lossy(),
            gzip_path.to_string_lossy()
        )?;
    }
    code.push(']');
    fs::write(out.join("assets.rs"), code)?;
    Ok(())
}

fn sorted(dir: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths: Vec<_> = fs::read_dir(dir)
        .map_err(|e| format!("cannot read `{}`: {e}", dir.display()))?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    Ok(paths)
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default()
}
