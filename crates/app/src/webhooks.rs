//! Where a client's webhooks go, and the secrets carriers sign theirs to us with.

use crate::{App, AppError, directory::Client};
use data_encoding::HEXLOWER;
use kernel::{ClientId, Permission, Scope, Timestamp};
use std::sync::Arc;
use store::{
    Kind, Val, Write,
    questions::people::{self, EndpointRow},
    tables,
};
use uuid::Uuid;
use wire::webhook::Secret;

/// Longest address of an endpoint, bytes.
const URL_MAX: usize = 1024;
/// Most endpoints of one client: every event is posted to each.
const ENDPOINTS_MAX: usize = 10;

/// A new endpoint; its secret is shown this once.
#[derive(Clone)]
pub struct NewEndpoint {
    /// Which.
    pub id: Uuid,
    /// Where to.
    pub url: String,
    /// The signing secret, `whsec_…`.
    pub secret: String,
}

impl std::fmt::Debug for NewEndpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewEndpoint({})", self.url)
    }
}

/// An endpoint as listed: never with its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Which.
    pub id: Uuid,
    /// Where to.
    pub url: String,
    /// When it was switched off.
    pub disabled_at: Option<Timestamp>,
}

impl App {
    /// Adds an endpoint every event of the client is posted to from now on.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for an address that is no `https` one (a sandbox client may use
    /// `http`) or one too many; by scope.
    pub async fn add_endpoint(
        &self,
        scope: &Scope,
        client: ClientId,
        url: &str,
    ) -> Result<NewEndpoint, AppError> {
        Self::check(scope, Permission::Administer, client)?;
        let directory = self.directory();
        let owner = directory.client(client).ok_or(AppError::Missing)?;
        let passes = owner.settings.sandbox || self.0.webhooks.would_post(url);
        if !may_post_to(owner, url) || !passes {
            return Err(AppError::field("url", "help-endpoint-url"));
        }
        if directory.endpoints(client).len() >= ENDPOINTS_MAX {
            return Err(AppError::field("url", "help-endpoints-max"));
        }
        let now = self.now();
        let secret = Secret::from_bytes(self.random32().to_vec()).map_err(AppError::fault)?;
        let new = NewEndpoint {
            id: self.mint(now),
            url: url.to_owned(),
            secret: secret.reveal(),
        };
        self.put_endpoint(client, &row(&new.id, &new.url, &new.secret, None), now)
            .await?;
        Ok(new)
    }

    /// Every endpoint of a client, switched-off ones included.
    ///
    /// # Errors
    /// By scope.
    pub async fn list_endpoints(
        &self,
        scope: &Scope,
        client: ClientId,
    ) -> Result<Vec<Endpoint>, AppError> {
        Self::check(scope, Permission::Administer, client)?;
        let rows = people::endpoints(self.store(), client).await?;
        let listed = |r: EndpointRow| Endpoint {
            id: r.endpoint_id,
            url: r.url,
            disabled_at: r
                .disabled_at
                .and_then(|ms| Timestamp::from_millisecond(ms).ok()),
        };
        Ok(rows.into_iter().map(listed).collect())
    }

    /// Switches an endpoint off; doing it twice is fine.
    ///
    /// # Errors
    /// [`AppError::Missing`] when the client has no such endpoint; by scope.
    pub async fn disable_endpoint(
        &self,
        scope: &Scope,
        client: ClientId,
        endpoint: Uuid,
    ) -> Result<(), AppError> {
        Self::check(scope, Permission::Administer, client)?;
        let rows = people::endpoints(self.store(), client).await?;
        let known = rows.into_iter().find(|r| r.endpoint_id == endpoint);
        let mut known = known.ok_or(AppError::Missing)?;
        if known.disabled_at.is_some() {
            return Ok(());
        }
        let now = self.now();
        known.disabled_at = Some(now.as_millisecond());
        self.put_endpoint(client, &known, now).await
    }

    async fn put_endpoint(
        &self,
        client: ClientId,
        row: &EndpointRow,
        now: Timestamp,
    ) -> Result<(), AppError> {
        let mut write = Write::new();
        write.row(
            &tables::WEBHOOK_ENDPOINT,
            vec![
                client.into(),
                row.endpoint_id.into(),
                row.url.as_str().into(),
                row.secret.as_str().into(),
                row.disabled_at.map_or(Val::Null(Kind::Int), Val::from),
                now.as_millisecond().into(),
            ],
        );
        self.store().write(write).await?;
        self.reload_directory().await
    }

    /// The secret a carrier or shop signs its messages about a client with, made on first asking.
    /// `source` is the name in the address of the inbound route, e.g. `easypost`.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn inbound_secret(
        &self,
        scope: &Scope,
        client: ClientId,
        source: &str,
    ) -> Result<String, AppError> {
        Self::check(scope, Permission::Administer, client)?;
        let name = setting_name(client, source);
        if let Some(known) = self.setting(&name).await? {
            return Ok(known);
        }
        let mut write = Write::new();
        let made = HEXLOWER.encode(&self.random32());
        // The first writer wins, so two who ask at once are told the same.
        write.row(
            &tables::HOUSE_SETTING,
            vec![name.as_str().into(), made.into()],
        );
        self.store().write(write).await?;
        let kept = people::setting(self.store(), &name).await?;
        kept.ok_or_else(|| AppError::fault(format!("the setting {name} was not kept")))
    }

    /// The client a payment provider's message is for, with the secret this house made for the
    /// provider, if it did: most providers make their own, and that one is in the configuration.
    ///
    /// # Errors
    /// [`AppError::Missing`] for an unknown client; faults of the database.
    pub async fn payment_sender(
        &self,
        slug: &str,
        provider: &str,
    ) -> Result<(Arc<Client>, Option<String>), AppError> {
        let client = self.directory().client_by_slug(slug).cloned();
        let client = client.ok_or(AppError::Missing)?;
        let secret = self.setting(&setting_name(client.id, provider)).await?;
        Ok((client, secret))
    }

    /// The client a signed message is about, with the secret it must be signed with. Nobody is
    /// signed in here: the signature is the only proof, and an unknown client looks the same as
    /// one without a secret.
    ///
    /// # Errors
    /// [`AppError::Missing`] when there is nothing to verify with.
    pub async fn inbound_client(
        &self,
        slug: &str,
        source: &str,
    ) -> Result<(Arc<Client>, String), AppError> {
        let client = self
            .directory()
            .client_by_slug(slug)
            .cloned()
            .ok_or(AppError::Missing)?;
        let secret = self.setting(&setting_name(client.id, source)).await?;
        Ok((client, secret.ok_or(AppError::Missing)?))
    }
}

fn setting_name(client: ClientId, source: &str) -> String {
    format!("inbound_secret:{client}:{source}")
}

fn row(id: &Uuid, url: &str, secret: &str, disabled_at: Option<i64>) -> EndpointRow {
    EndpointRow {
        endpoint_id: *id,
        url: url.to_owned(),
        secret: secret.to_owned(),
        disabled_at,
    }
}

/// `https` with a host and no user name; where it leads is checked again when it is posted to.
fn may_post_to(client: &Client, url: &str) -> bool {
    let rest = match url.strip_prefix("https://") {
        Some(rest) => Some(rest),
        None => url
            .strip_prefix("http://")
            .filter(|_| client.settings.sandbox),
    };
    let Some(rest) = rest else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let printable = url.len() <= URL_MAX && url.bytes().all(|b| b.is_ascii_graphic());
    printable && !host.is_empty() && !host.contains('@')
}
