//! `redress config check --production`: whether this configuration is fit to work for people. Looks
//! at files and settings only, never at the database.

use crate::{Verdict, config::Config, out::Out};
use clap::Subcommand;
use std::{os::unix::fs::PermissionsExt as _, path::Path};

/// What can be asked about the configuration.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say what of it is wrong
    Check {
        /// Also what must not be in a house that works for people
        #[arg(long)]
        production: bool,
    },
}

/// Carries out a command.
pub fn run(config: &Config, command: &Command, out: Out) -> Verdict {
    let Command::Check { production } = command;
    let mut findings = always(config);
    if *production {
        findings.extend(for_people(config));
    }
    let value = serde_json::json!({ "production": production, "findings": findings });
    out.answer(&value, || {
        if findings.is_empty() {
            return "the configuration is in order".to_owned();
        }
        findings.join("\n")
    });
    if findings.is_empty() {
        Verdict::InOrder
    } else {
        Verdict::Findings
    }
}

/// What is wrong whatever the house is for.
fn always(config: &Config) -> Vec<String> {
    let mut found = Vec::new();
    if let Err(e) = config.secrets() {
        found.push(format!("secrets: {e:#}"));
    }
    if let Err(e) = config.metrics_token() {
        found.push(format!("metrics token: {e:#}"));
    }
    let p = &config.processors;
    let stripe = p.stripe.values().map(|s| &s.secret_file);
    let adyen = p.adyen.values();
    let adyen = adyen.flat_map(|a| [&a.api_key_file, &a.hmac_key_file]);
    let paypal = p.paypal.values().map(|p| &p.secret_file);
    for file in stripe.chain(adyen).chain(paypal) {
        if let Err(e) = crate::config::private(file) {
            found.push(format!("key of a payment provider: {e:#}"));
        }
    }
    found
}

/// What must not be in a house that works for people.
fn for_people(config: &Config) -> Vec<String> {
    let mut found = Vec::new();
    let mut say = |words: &str| found.push(words.to_owned());
    let local = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
        .iter()
        .any(|l| config.base_url.starts_with(l));
    if config.base_url.starts_with("http://") {
        say(if local {
            "base_url is this machine: set the https address customers reach"
        } else {
            "base_url is plain http: set the https address customers reach"
        });
    }
    if config.allow_private_webhooks {
        say("allow_private_webhooks lets webhooks reach the inner network: take it out");
    }
    let public = !config.listen.ip().is_loopback();
    if public {
        say("listen is open to the network: listen on loopback, TLS ends in front of Redress");
    }
    if config.metrics_listen.is_some_and(|a| !a.ip().is_loopback()) {
        say("metrics_listen is open to the network and asks for no token");
    }
    if config.smtp_url.is_none() {
        say("smtp_url is missing: messages to customers stay files in the data directory");
    }
    match &config.secrets_file {
        None => say("secrets_file is missing: a copy of the database is enough to read everything"),
        Some(path) => {
            let text = std::fs::read_to_string(path).unwrap_or_default();
            if !text.contains("privacy_root:") {
                say("the secrets file has no root key: redress privacy new-root-key prints one");
            }
        }
    }
    if config.erasure_list.is_none() {
        say("erasure_list is missing: it must survive the disk of the data, so keep it elsewhere");
    }
    match &config.backups {
        None => say("backups is missing: say which folder `redress backup` fills"),
        Some(folder) if newest(folder).is_none() => {
            say("there is no finished backup: redress backup, then redress backup verify");
        }
        Some(_) => {}
    }
    if std::fs::metadata(&config.data).is_ok_and(|m| m.permissions().mode() & 0o007 != 0) {
        say("the data directory can be entered by everybody: chmod o-rwx it");
    }
    let debug = tracing::enabled!(tracing::Level::DEBUG);
    if debug {
        say("REDRESS_LOG asks for debug logs: they are not for a house that works for people");
    }
    let sandbox = |base: &str| {
        ["sandbox", "test", "localhost", "127.0.0.1"]
            .iter()
            .any(|w| base.contains(w))
    };
    let p = &config.processors;
    let stripe = p.stripe.values().map(|s| &s.base);
    let adyen = p.adyen.values().map(|a| &a.base);
    let paypal = p.paypal.values().map(|p| &p.base);
    if stripe.chain(adyen).chain(paypal).any(|b| sandbox(b)) {
        say("a payment provider is set to its sandbox");
    }
    found
}

/// When the newest finished backup in a folder was made, as its file system says.
pub fn newest(folder: &Path) -> Option<std::time::SystemTime> {
    let entries = std::fs::read_dir(folder).ok()?;
    let made = entries.flatten().filter_map(|e| {
        let manifest = e.path().join("manifest.json");
        std::fs::metadata(manifest).ok()?.modified().ok()
    });
    made.max()
}
