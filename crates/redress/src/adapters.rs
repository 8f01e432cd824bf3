//! The real ports of a command at the prompt: the system's clock and random bits. Commands that
//! run no work of the outbox send nothing, so their post goes nowhere.

use crate::config::{Config, private};
use anyhow::Context as _;
use app::{
    App, House,
    door::{Equipment, Rules},
    house::{NoticeWriter, Post},
    jobs::NoticeFacts,
};
use async_trait::async_trait;
use kernel::Timestamp;
use ports::{
    Clock, Entropy, Mail, Mailer, PaymentGateway, SendError, SignInService, WebhookRequest,
    WebhookSender,
};
use std::sync::Arc;
use store::Store;

/// The clock of the machine.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the Clock everything else is given"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The random bits of the machine.
#[derive(Debug, Clone, Copy)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        // Without random bits no key or link is safe: there is no way to go on.
        if getrandom::fill(bytes).is_err() {
            std::process::abort();
        }
    }
}

/// Says nothing to anyone: nothing runs that would. Messages of erased people are deleted all the
/// same, where mail is kept in files.
struct Silent {
    files: mail::FileMailer,
}

impl NoticeWriter for Silent {
    fn write(&self, _: &NoticeFacts<'_>) -> Option<Mail> {
        None
    }
}

#[async_trait]
impl Mailer for Silent {
    async fn send(&self, _: &Mail) -> Result<(), SendError> {
        Err(SendError::Later("no mail is sent from the prompt".into()))
    }

    async fn forget(&self, id: &str) -> Result<(), SendError> {
        self.files.forget(id).await
    }
}

#[async_trait]
impl WebhookSender for Silent {
    async fn post(&self, _: &WebhookRequest) -> Result<u16, SendError> {
        Err(SendError::Later(
            "no webhook is posted from the prompt".into(),
        ))
    }
}

/// Opens the database of this run.
pub async fn open_store(config: &Config) -> anyhow::Result<Store> {
    let kind = config.engine()?;
    let now = SystemClock.now().as_millisecond();
    Store::open(&kind, now, config.readers)
        .await
        .context("the database cannot be opened")
}

/// Opens the house without anything that reaches outside.
pub async fn open_app(config: &Config) -> anyhow::Result<App> {
    let files = mail::FileMailer::new(config.data.join("mail"), "");
    let silent = Arc::new(Silent { files });
    open_on(
        config,
        open_store(config).await?,
        Vec::new(),
        silent.clone(),
        Post {
            writer: silent.clone(),
            mailer: silent,
        },
    )
    .await
}

/// Opens the house on `store` with these ways outside.
pub async fn open_on(
    config: &Config,
    store: Store,
    gateways: Vec<Arc<dyn PaymentGateway>>,
    webhooks: Arc<dyn WebhookSender>,
    post: Post,
) -> anyhow::Result<App> {
    let house = House {
        store,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        gateways,
        webhooks,
        post,
        reports: Arc::new(gateways::settlement::Reader),
        base_url: config.base_url.clone(),
        ledger_origin: config.ledger_origin.clone(),
        secrets: config.secrets()?,
    };
    let app = App::open(house).await?;
    app.equip(equipment(config)?);
    Ok(app)
}

/// How people show who they are to this installation.
fn equipment(config: &Config) -> anyhow::Result<Equipment> {
    let mut services: Vec<Arc<dyn SignInService>> = Vec::new();
    for (name, oidc) in &config.oidc {
        let secret = oidc.client_secret_file.as_deref().map(private);
        let settings = identity::oidc::Settings {
            name: name.clone(),
            label: oidc.label.clone(),
            issuer: oidc.issuer.clone(),
            client_id: oidc.client_id.clone(),
            client_secret: secret.transpose()?.map(|text| text.trim().to_owned()),
            acr: oidc.acr.clone(),
            amr: oidc.amr.clone(),
        };
        let service = identity::oidc::Oidc::new(settings);
        services.push(Arc::new(service.with_context(|| format!("[oidc.{name}]"))?));
    }
    Ok(Equipment {
        proofs: Arc::new(identity::Checker::new(&config.base_url)),
        services,
        rules: Rules {
            idle_minutes: config.sign_in.idle_minutes.clamp(1, 24 * 60),
            shared_idle_minutes: config.sign_in.shared_idle_minutes.clamp(1, 24 * 60),
            session_hours: config.sign_in.session_hours.clamp(1, 24),
        },
    })
}
