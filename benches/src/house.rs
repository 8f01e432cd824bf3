//! The app in this process, to fill databases before the real program is measured on them.

use app::{App, House, Post, signin::TokenKind};
use jiff::Timestamp;
use kernel::{Role, UserId};
use ports::{Clock, Entropy, PaymentGateway};
use std::sync::Arc;
use store::{EngineKind, Store, Write};
use testkit::{ALFA, Fixture, outside::Outbox};

/// The clock of the machine.
#[derive(Debug)]
struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the Clock the app is given"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The random bits of the machine.
#[derive(Debug)]
struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        if getrandom::fill(bytes).is_err() {
            std::process::abort();
        }
    }
}

/// Opens the app on a database that exists or is made; nothing it does reaches outside.
pub async fn open(kind: &EngineKind) -> anyhow::Result<App> {
    open_with(kind, Vec::new()).await
}

/// The same with ways to pay.
pub async fn open_with(
    kind: &EngineKind,
    gateways: Vec<Arc<dyn PaymentGateway>>,
) -> anyhow::Result<App> {
    let outside = Arc::new(Outbox::default());
    let house = House {
        store: Store::open(kind, 0, 4).await?,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        gateways,
        webhooks: outside.clone(),
        post: Post {
            writer: outside.clone(),
            mailer: outside,
        },
        reports: Arc::new(gateways::settlement::Reader),
        base_url: "https://returns.example".to_owned(),
        ledger_origin: "returns.example/ledger".to_owned(),
        secrets: app::house::Secrets::default(),
    };
    let app = App::open(house).await?;
    if app.directory().clients().is_empty() {
        Fixture::install(&app).await;
    }
    Ok(app)
}

/// Credentials of a person who may do everything at every client.
#[derive(Debug, Clone)]
pub struct Keys {
    /// For `Authorization: Bearer`.
    pub api: String,
    /// For the cookie `session`.
    pub session: String,
}

/// Makes credentials.
pub async fn keys(app: &App) -> anyhow::Result<Keys> {
    let mut write = Write::new();
    let user = UserId(app.mint(app.now()));
    App::put_user(
        &mut write,
        user,
        "bench",
        Role::Admin,
        &[ALFA, testkit::BRAVO],
        app.now(),
    )?;
    let mut token = |kind| app.put_token(&mut write, kind, user, "bench", 24);
    let keys = Keys {
        api: token(TokenKind::ApiKey),
        session: token(TokenKind::Session),
    };
    app.store().write(write).await?;
    Ok(keys)
}
