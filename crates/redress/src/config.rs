//! Configuration: flags win over the environment, the environment over the file, the file over
//! defaults. The only place that reads any of them; secrets are never printed.

use anyhow::{Context as _, bail};
use app::house::Secrets;
use clap::Args;
use redress_http::peer::Network;
use serde::{Deserialize, Serialize};
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::{Path, PathBuf},
};
use store::EngineKind;

/// Flags every command knows, and their environment variables.
#[derive(Debug, Args)]
pub struct Settings {
    /// Configuration file [default: redress.toml, if there is one]
    #[arg(long, global = true, env = "REDRESS_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Where data is kept [default: ./data]
    #[arg(long, global = true, env = "REDRESS_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// PostgreSQL to use instead of the embedded database
    #[arg(
        long,
        global = true,
        env = "REDRESS_DATABASE_URL",
        hide_env_values = true
    )]
    database_url: Option<String>,
    /// Mail server, e.g. `smtps://user:password@host` [default: files under the data directory]
    #[arg(long, global = true, env = "REDRESS_SMTP_URL", hide_env_values = true)]
    smtp_url: Option<String>,
    /// Secrets that are not to lie in the database: a TOML file of names and values
    #[arg(long, global = true, env = "REDRESS_SECRETS_FILE", value_name = "FILE")]
    secrets_file: Option<PathBuf>,
    /// Where the list of erasures is kept; best where backups lie, not on the disk of the data
    /// [default: `erasures.jsonl` in the data directory]
    #[arg(long, global = true, env = "REDRESS_ERASURE_LIST", value_name = "FILE")]
    erasure_list: Option<PathBuf>,
    /// The folder backups go to, for `doctor` and `config check`
    #[arg(long, global = true, env = "REDRESS_BACKUPS", value_name = "FOLDER")]
    backups: Option<PathBuf>,
    /// File with the token that opens `/metrics` [default: closed]
    #[arg(
        long,
        global = true,
        env = "REDRESS_METRICS_TOKEN_FILE",
        value_name = "FILE"
    )]
    metrics_token_file: Option<PathBuf>,
    /// Address that serves `/metrics` alone, without a token, e.g. 127.0.0.1:9090
    #[arg(
        long,
        global = true,
        env = "REDRESS_METRICS_LISTEN",
        value_name = "ADDR"
    )]
    metrics_listen: Option<SocketAddr>,
    /// Address to listen on [default: 127.0.0.1:8080]
    #[arg(long, global = true, env = "REDRESS_LISTEN", value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Where the pages are reached from outside [default: `http://` and the listen address]
    #[arg(long, global = true, env = "REDRESS_BASE_URL", value_name = "URL")]
    base_url: Option<String>,
    /// Serve on PostgreSQL as a role that row-level security does not bind: for one machine only
    #[arg(long, global = true, env = "REDRESS_ALLOW_BYPASSING_ROLE")]
    allow_bypassing_role: bool,
    /// Print one JSON value instead of text
    #[arg(long, global = true)]
    pub json: bool,
}

/// What the file may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    data: Option<PathBuf>,
    database_url: Option<String>,
    smtp_url: Option<String>,
    secrets_file: Option<PathBuf>,
    erasure_list: Option<PathBuf>,
    backups: Option<PathBuf>,
    metrics_token_file: Option<PathBuf>,
    metrics_listen: Option<SocketAddr>,
    listen: Option<SocketAddr>,
    base_url: Option<String>,
    ledger_origin: Option<String>,
    readers: Option<u32>,
    allow_private_webhooks: Option<bool>,
    allow_bypassing_role: Option<bool>,
    #[serde(default)]
    trusted_proxies: Vec<String>,
    sign_in: Option<SignIn>,
    #[serde(default)]
    oidc: BTreeMap<String, Oidc>,
    #[serde(default)]
    stripe: BTreeMap<String, Stripe>,
    #[serde(default)]
    adyen: BTreeMap<String, Adyen>,
    #[serde(default)]
    paypal: BTreeMap<String, Paypal>,
}

/// Accounts of clients at payment processors, by the client's slug. Keys and secrets lie in files
/// that not everybody may read, never in the configuration.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Processors {
    /// `[stripe.<client>]`.
    pub stripe: BTreeMap<String, Stripe>,
    /// `[adyen.<client>]`.
    pub adyen: BTreeMap<String, Adyen>,
    /// `[paypal.<client>]`.
    pub paypal: BTreeMap<String, Paypal>,
}

/// A client's account at a card processor that speaks Stripe's refund API.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Stripe {
    /// Where its API is.
    pub base: String,
    /// Its secret key.
    pub secret_file: PathBuf,
    /// The signing secret of the webhook that posts to us (`whsec_…`), one a line.
    #[serde(default)]
    pub webhook_secret_file: Option<PathBuf>,
}

/// A client's merchant account at Adyen.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Adyen {
    /// Where its Checkout API is, with the version.
    pub base: String,
    /// The merchant account refunds are paid from.
    pub merchant_account: String,
    /// The API key of a web service user that may refund.
    pub api_key_file: PathBuf,
    /// The HMAC key of the standard webhook that posts to us, one a line.
    pub hmac_key_file: PathBuf,
}

/// A client's app at PayPal.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Paypal {
    /// Where its API is.
    pub base: String,
    /// The app's client id.
    pub client_id: String,
    /// The app's secret.
    pub secret_file: PathBuf,
    /// The id PayPal gave the webhook that posts to us.
    pub webhook_id: String,
}

/// Rules for sessions of people.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct SignIn {
    /// Minutes without anything done after which a session locks.
    pub idle_minutes: i64,
    /// The same where several people share a computer.
    pub shared_idle_minutes: i64,
    /// Hours after which a session ends.
    pub session_hours: i64,
}

impl Default for SignIn {
    fn default() -> Self {
        Self {
            idle_minutes: 15,
            shared_idle_minutes: 5,
            session_hours: 12,
        }
    }
}

/// A sign-in service of another firm (OpenID Connect).
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    /// Its name for people.
    pub label: String,
    /// Its issuer address.
    pub issuer: String,
    /// What it knows us as.
    pub client_id: String,
    /// Our secret with it.
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// Context classes of which it must state one.
    #[serde(default)]
    pub acr: Vec<String>,
    /// Methods of which it must state one.
    #[serde(default)]
    pub amr: Vec<String>,
}

/// What holds for this run.
#[derive(Debug, Clone, Serialize)]
pub struct Config {
    /// Where data is kept.
    pub data: PathBuf,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Where the pages are reached from outside, without a trailing slash.
    pub base_url: String,
    /// The name ledger origins start with.
    pub ledger_origin: String,
    /// Reading database connections.
    pub readers: u32,
    /// Lets webhooks go to http and private addresses: for one machine only.
    pub allow_private_webhooks: bool,
    /// Lets the server run as a role of the database that passes the walls between clients.
    pub allow_bypassing_role: bool,
    /// Whose word about where a request came from is taken: proxies in front of this server.
    pub trusted_proxies: Vec<Network>,
    /// Payment processors by client.
    pub processors: Processors,
    /// Rules for sessions.
    pub sign_in: SignIn,
    /// Sign-in services by name.
    pub oidc: BTreeMap<String, Oidc>,
    /// Secrets that do not lie in the database.
    pub secrets_file: Option<PathBuf>,
    /// Where the list of erasures is kept, if not in the data directory.
    pub erasure_list: Option<PathBuf>,
    /// The folder backups go to.
    pub backups: Option<PathBuf>,
    /// The token that opens `/metrics`; without one it is not there.
    pub metrics_token_file: Option<PathBuf>,
    /// Where `/metrics` is served alone, without a token.
    pub metrics_listen: Option<SocketAddr>,
    /// The mail server; files where there is none. It may hold a password, so it is never shown.
    #[serde(skip)]
    pub smtp_url: Option<String>,
    #[serde(skip)]
    database_url: Option<String>,
}

/// Networks as they are written: `10.0.0.0/8`, `::1`.
fn networks(written: &[String]) -> anyhow::Result<Vec<Network>> {
    let read = |text: &String| {
        let network = text.parse::<Network>();
        network.map_err(|_| anyhow::anyhow!("trusted_proxies: {text:?} is no address or network"))
    };
    written.iter().map(read).collect()
}

const DEFAULT_FILE: &str = "redress.toml";

impl Config {
    /// Puts flags, environment, file and defaults together.
    pub fn load(settings: &Settings) -> anyhow::Result<Self> {
        let file = read(settings.config.as_deref())?;
        let listen = settings.listen.or(file.listen);
        let listen = listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let base_url = settings.base_url.clone().or(file.base_url);
        let base_url = base_url.unwrap_or_else(|| format!("http://{listen}"));
        let base_url = base_url.trim_end_matches('/').to_owned();
        let Some((_, host)) = base_url.split_once("://") else {
            bail!("base_url {base_url:?} must start with http:// or https://");
        };
        let ledger_origin = file.ledger_origin.unwrap_or_else(|| format!("{host}/log"));
        let database_url = settings.database_url.clone().or(file.database_url);
        let smtp_url = settings.smtp_url.clone().or(file.smtp_url);
        // On a server a connection also writes, and waits for the disk while it does.
        let readers = if database_url.is_some() { 32 } else { 8 };
        Ok(Self {
            data: settings
                .data
                .clone()
                .or(file.data)
                .unwrap_or_else(|| "data".into()),
            listen,
            ledger_origin,
            base_url,
            processors: Processors {
                stripe: file.stripe,
                adyen: file.adyen,
                paypal: file.paypal,
            },
            sign_in: file.sign_in.unwrap_or_default(),
            oidc: file.oidc,
            allow_private_webhooks: file.allow_private_webhooks.unwrap_or(false),
            allow_bypassing_role: settings.allow_bypassing_role
                || file.allow_bypassing_role.unwrap_or(false),
            trusted_proxies: networks(&file.trusted_proxies)?,
            readers: file.readers.unwrap_or(readers).clamp(1, 256),
            secrets_file: settings
                .secrets_file
                .clone()
                .or(file.secrets_file)
                .or_else(credential),
            erasure_list: settings.erasure_list.clone().or(file.erasure_list),
            backups: settings.backups.clone().or(file.backups),
            metrics_token_file: settings
                .metrics_token_file
                .clone()
                .or(file.metrics_token_file),
            metrics_listen: settings.metrics_listen.or(file.metrics_listen),
            smtp_url,
            database_url,
        })
    }

    /// The secrets given from outside. A file that others may read is refused.
    pub fn secrets(&self) -> anyhow::Result<Secrets> {
        let Some(path) = &self.secrets_file else {
            return Ok(Secrets::default());
        };
        Ok(Secrets::new(toml::from_str(&private(path)?).with_context(
            || format!("{} must hold lines of \"name\" = \"value\"", path.display()),
        )?))
    }

    /// The token that opens `/metrics`.
    pub fn metrics_token(&self) -> anyhow::Result<Option<String>> {
        let Some(path) = &self.metrics_token_file else {
            return Ok(None);
        };
        let token = private(path)?.trim().to_owned();
        if token.len() < 16 {
            bail!(
                "the token in {} is shorter than 16 characters",
                path.display()
            );
        }
        Ok(Some(token))
    }

    /// Where the list of erasures is kept.
    pub fn erasure_list(&self) -> PathBuf {
        self.erasure_list
            .clone()
            .unwrap_or_else(|| self.data.join(crate::privacy::LIST))
    }

    /// Whether the database is the embedded one.
    pub const fn is_embedded(&self) -> bool {
        self.database_url.is_none()
    }

    /// The same configuration for a house in another place.
    #[must_use]
    pub fn elsewhere(&self, data: &Path, engine: &EngineKind) -> Self {
        Self {
            data: data.to_owned(),
            database_url: match engine {
                EngineKind::Postgres(url) => Some(url.clone()),
                EngineKind::Sqlite(_) => None,
            },
            ..self.clone()
        }
    }

    /// The database of this run; the data directory is made if it is missing.
    pub fn engine(&self) -> anyhow::Result<EngineKind> {
        if let Some(url) = &self.database_url {
            return Ok(EngineKind::Postgres(url.clone()));
        }
        std::fs::create_dir_all(&self.data).with_context(|| {
            format!("the data directory {} cannot be made", self.data.display())
        })?;
        Ok(EngineKind::Sqlite(self.data.join("redress.db")))
    }
}

/// The secrets file a service manager hands over: `LoadCredential=redress-secrets:…` of systemd.
fn credential() -> Option<PathBuf> {
    let folder = std::env::var_os("CREDENTIALS_DIRECTORY")?;
    let path = Path::new(&folder).join("redress-secrets");
    path.is_file().then_some(path)
}

/// Reads a file that nobody else on the machine may read.
pub fn private(path: &Path) -> anyhow::Result<String> {
    use std::os::unix::fs::PermissionsExt as _;
    let what = || format!("{} cannot be read", path.display());
    let mode = std::fs::metadata(path)
        .with_context(what)?
        .permissions()
        .mode();
    // Group may read: orchestrators mount secrets as 0440 for the group of the service.
    if mode & 0o007 != 0 {
        bail!(
            "{} can be read by everybody: chmod o-rwx it",
            path.display()
        );
    }
    std::fs::read_to_string(path).with_context(what)
}

fn read(given: Option<&Path>) -> anyhow::Result<Written> {
    let path = given.unwrap_or_else(|| Path::new(DEFAULT_FILE));
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        // Only a file that was asked for must be there.
        Err(e) if given.is_none() && e.kind() == std::io::ErrorKind::NotFound => {
            return Ok(Written::default());
        }
        Err(e) => return Err(e).with_context(|| format!("{} cannot be read", path.display())),
    };
    toml::from_str(&text).with_context(|| format!("{} is not a configuration", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(config: PathBuf) -> Settings {
        Settings {
            secrets_file: None,
            erasure_list: None,
            backups: None,
            metrics_token_file: None,
            metrics_listen: None,
            config: Some(config),
            data: None,
            database_url: None,
            smtp_url: None,
            listen: None,
            base_url: Some("https://returns.example.com/".into()),
            allow_bypassing_role: false,
            json: false,
        }
    }

    #[test]
    fn flags_win_over_the_file_and_the_file_over_defaults() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("c.toml");
        std::fs::write(&path, "data = \"/var/x\"\nbase_url = \"http://other\"").unwrap();
        let config = Config::load(&settings(path.clone())).unwrap();
        assert_eq!(config.data, PathBuf::from("/var/x"));
        assert_eq!(config.base_url, "https://returns.example.com");
        assert_eq!(config.ledger_origin, "returns.example.com/log");
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        let processor = "[paypal.alfa]\nbase = \"https://api-m.paypal.com\"\nclient_id = \"a\"\n\
            secret_file = \"/run/secrets/paypal\"\nwebhook_id = \"w\"\n";
        std::fs::write(&path, processor).unwrap();
        let config = Config::load(&settings(path.clone())).unwrap();
        assert_eq!(config.processors.paypal["alfa"].webhook_id, "w");
        std::fs::write(&path, processor.replace("webhook_id", "webhok_id")).unwrap();
        assert!(Config::load(&settings(path.clone())).is_err());
        std::fs::write(&path, "dta = 1").unwrap();
        assert!(Config::load(&settings(path)).is_err());
    }
}
