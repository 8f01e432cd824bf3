//! `redress policy render`: what is made from one version of a policy, as a file.

use crate::{Verdict, adapters, config::Config, policies};
use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};
use kernel::{Date, Lang};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use policy::{Policy, publish};
use redress_http::L10n;
use std::{io::Write as _, path::PathBuf, sync::Arc};
use surface::Edition;

/// What to make, of what.
#[derive(Debug, Args)]
pub struct Command {
    /// A policy as TOML, or a client of the house: `alfa` for its version of today, `alfa@1a2b3c4d`
    /// for the version whose hash begins so
    #[arg(value_name = "VERSION")]
    of: String,
    /// Language of the words
    #[arg(long, default_value = "en")]
    lang: Lang,
    /// What to make
    #[arg(long, value_enum, default_value = "page")]
    form: Form,
    /// The policy to tell changes from, as TOML
    #[arg(long, value_name = "FILE", required_if_eq("form", "changes"))]
    since: Option<PathBuf>,
    /// The client's name, for a policy as TOML [default: the policy's]
    #[arg(long)]
    name: Option<String>,
    /// Where customers begin, for a policy as TOML
    #[arg(long, default_value = "https://returns.example/p/shop")]
    portal: String,
    /// First day of orders it holds for, for a policy as TOML
    #[arg(long, value_name = "DAY")]
    from: Option<Date>,
    /// The file to write; standard output if none is given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// What can be made from a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// The public page as HTML
    Page,
    /// One page of A4 as PDF
    Pdf,
    /// The card for the parcel as PDF
    Insert,
    /// What agents say, ask and do not promise, as HTML
    Script,
    /// Everything as canonical JSON
    Json,
    /// Structured data for search engines (schema.org)
    Structured,
    /// What changed since another version, as HTML
    Changes,
}

/// A version and what surrounds it.
struct Found {
    policy: Arc<Policy>,
    client: String,
    from: Option<Date>,
    portal: String,
}

/// Carries out the command.
pub async fn run(config: &Config, command: &Command) -> anyhow::Result<Verdict> {
    let found = find(config, command).await?;
    let edition = Edition {
        l: L10n::new(command.lang),
        policy: &found.policy,
        client: &found.client,
        from: found.from,
        portal: &found.portal,
    };
    let l = edition.l;
    let bytes = match command.form {
        Form::Page => document(l, &l.t("policy-title"), &edition.page()),
        Form::Pdf => edition.sheet()?,
        Form::Insert => edition.insert()?,
        Form::Script => {
            let title = l.t("script-title");
            let body = html! { h1 { (title) } p { (found.client) } (edition.script_block()) };
            document(l, &title, &body)
        }
        Form::Json => publish::open_json(&found.policy)?.into_bytes(),
        Form::Structured => publish::schema_org(&found.policy)?.into_bytes(),
        Form::Changes => {
            let since = command.since.as_deref().context("--since names no file")?;
            let before = policies::open(since)?.1;
            document(l, &l.t("changes-title"), &edition.changes_page(&before))
        }
    };
    match &command.out {
        Some(file) => std::fs::write(file, &bytes)
            .with_context(|| format!("{} cannot be written", file.display()))?,
        None => std::io::stdout().write_all(&bytes)?,
    }
    Ok(Verdict::InOrder)
}

async fn find(config: &Config, command: &Command) -> anyhow::Result<Found> {
    let file = PathBuf::from(&command.of);
    if file.is_file() {
        let policy = policies::open(&file)?.1;
        return Ok(Found {
            client: command
                .name
                .clone()
                .unwrap_or_else(|| policy.source().name.clone()),
            policy: Arc::new(policy),
            from: command.from,
            portal: command.portal.trim_end_matches('/').to_owned(),
        });
    }
    let (slug, hash) = match command.of.split_once('@') {
        Some((slug, hash)) => (slug, Some(hash)),
        None => (command.of.as_str(), None),
    };
    let app = adapters::open_app(config).await?;
    let directory = app.directory();
    let Some(client) = directory.client_by_slug(slug) else {
        bail!("{slug:?} is neither a file nor a client of this house; see `redress client list`");
    };
    let today = client.day(app.now());
    let mut versions = directory.versions(client.id).iter().rev();
    let version = match hash {
        Some(hash) => versions.find(|v| v.policy.hash().to_string().starts_with(hash)),
        None => versions.find(|v| v.effective_from <= today),
    };
    let version = version
        .with_context(|| format!("{slug} has no such version; see `redress policy list {slug}`"))?;
    Ok(Found {
        policy: version.policy.clone(),
        client: client.name.clone(),
        from: Some(version.effective_from),
        portal: format!("{}/p/{slug}", app.base_url()),
    })
}

/// A whole HTML document that stands alone and prints well.
fn document(l: L10n, title: &str, body: &Markup) -> Vec<u8> {
    let page = html! {
        (DOCTYPE)
        html lang=(l.lang()) dir=(l.dir()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { main { (body) } }
        }
    };
    let mut bytes = page.into_string().into_bytes();
    bytes.push(b'\n');
    bytes
}

const STYLE: &str = "@page{margin:16mm}:root{color-scheme:light dark}\
body{font:17px/1.55 system-ui,'Noto Sans','Noto Sans Arabic',sans-serif;margin:0}\
main{max-inline-size:44em;margin:2em auto;padding-inline:1em}h1{line-height:1.2}\
h3{margin-block:1.4em .3em}ul{margin:0;padding-inline-start:1.2em}li{margin-block:.3em}\
.hint,dt{opacity:.7;font-size:.9em}dd{margin:0 0 .6em}.was{text-decoration:line-through}\
section{break-inside:avoid}@media print{body{font-size:10.5pt}}";
