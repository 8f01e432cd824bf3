//! OpenID Connect: the code flow with PKCE, state and nonce. Signature, issuer, audience, nonce and
//! times of the id token are checked by the library; what of its claims suffices is checked here.

use crate::fault;
use async_trait::async_trait;
use openidconnect::{
    AccessTokenHash, AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError,
    ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse, IssuerUrl, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope,
    TokenResponse as _,
    core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata},
};
use ports::{Challenge, Claimed, ProofError, SignInService};
use reqwest::redirect;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tokio::sync::Mutex;

/// How long the service may take for one answer.
const TIMEOUT: Duration = Duration::from_secs(8);
/// The largest answer read from it, bytes.
const ANSWER_MAX: usize = 256 * 1024;
/// How long what the service says about itself, keys included, is taken from memory.
const KNOWN_FOR: Duration = Duration::from_mins(10);

/// How a sign-in service is reached and what is asked of it.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Its name in addresses.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Its issuer address.
    pub issuer: String,
    /// What it knows us as.
    pub client_id: String,
    /// Our secret with it.
    pub client_secret: Option<String>,
    /// Context classes of which it must state one; none: any will do.
    pub acr: Vec<String>,
    /// Methods of which it must state one, e.g. `mfa`, `hwk`; none: any will do.
    pub amr: Vec<String>,
}

/// A sign-in service.
pub struct Oidc {
    settings: Settings,
    http: reqwest::Client,
    known: Mutex<Option<(tokio::time::Instant, CoreProviderMetadata)>>,
}

/// What is kept while the browser is away.
#[derive(Serialize, Deserialize)]
struct Kept {
    nonce: Nonce,
    verifier: PkceCodeVerifier,
}

#[derive(Debug, thiserror::Error)]
enum HttpFault {
    #[error("{0}")]
    Http(#[from] reqwest::Error),
    #[error("{0}")]
    Form(#[from] http::Error),
    #[error("the answer is too large")]
    Large,
}

impl Oidc {
    /// The service of these settings; nothing is asked yet.
    ///
    /// # Errors
    /// When the issuer is no address, or not https outside this machine.
    pub fn new(settings: Settings) -> Result<Self, ProofError> {
        let issuer = IssuerUrl::new(settings.issuer.clone()).map_err(fault)?;
        let local = matches!(
            issuer.url().host_str(),
            Some("localhost" | "127.0.0.1" | "[::1]")
        );
        if issuer.url().scheme() != "https" && !local {
            return Err(fault("a sign-in service is reached by https only"));
        }
        // The process-wide provider of TLS; an earlier choice stands.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            // A redirect would lead us to where the service, not the configuration, wants.
            .redirect(redirect::Policy::none())
            .timeout(TIMEOUT)
            .build()
            .map_err(fault)?;
        Ok(Self {
            settings,
            http,
            known: Mutex::new(None),
        })
    }

    async fn send(http: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, HttpFault> {
        let (parts, body) = request.into_parts();
        let mut answer = http
            .request(parts.method, parts.uri.to_string())
            .headers(parts.headers)
            .body(body)
            .send()
            .await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await? {
            if body.len() + chunk.len() > ANSWER_MAX {
                return Err(HttpFault::Large);
            }
            body.extend_from_slice(&chunk);
        }
        let mut built = http::Response::builder().status(status);
        if let Some(own) = built.headers_mut() {
            *own = headers;
        }
        Ok(built.body(body)?)
    }

    /// What the service says about itself; asked again when it is old, or `fresh` is wanted.
    async fn metadata(&self, fresh: bool) -> Result<CoreProviderMetadata, ProofError> {
        let mut known = self.known.lock().await;
        if let Some((at, metadata)) = &*known
            && at.elapsed() < KNOWN_FOR
            && !fresh
        {
            return Ok(metadata.clone());
        }
        let issuer = IssuerUrl::new(self.settings.issuer.clone()).map_err(fault)?;
        let http = |request| Self::send(self.http.clone(), request);
        let metadata = CoreProviderMetadata::discover_async(issuer, &http)
            .await
            .map_err(|e| fault(format!("{}: {e:?}", self.settings.name)))?;
        *known = Some((tokio::time::Instant::now(), metadata.clone()));
        Ok(metadata)
    }
}

/// The class of what is wrong with an id token, for the log.
fn class(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "expired",
        ClaimsVerificationError::InvalidAudience(_) => "audience",
        ClaimsVerificationError::InvalidIssuer(_) => "issuer",
        ClaimsVerificationError::InvalidNonce(_) => "nonce",
        ClaimsVerificationError::SignatureVerification(_) => "signature",
        _ => "id token",
    }
}

#[async_trait]
impl SignInService for Oidc {
    fn name(&self) -> &str {
        &self.settings.name
    }

    fn label(&self) -> &str {
        &self.settings.label
    }

    async fn begin(&self, back: &str, state: &str) -> Result<Challenge, ProofError> {
        let metadata = self.metadata(false).await?;
        let client = CoreClient::from_provider_metadata(
            metadata,
            ClientId::new(self.settings.client_id.clone()),
            self.settings.client_secret.clone().map(ClientSecret::new),
        )
        .set_redirect_uri(RedirectUrl::new(back.to_owned()).map_err(fault)?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let state = state.to_owned();
        let mut asked = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".into()))
            .set_pkce_challenge(challenge);
        for acr in &self.settings.acr {
            asked = asked.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
        }
        let (url, _, nonce) = asked.url();
        let kept = serde_json::to_string(&Kept { nonce, verifier }).map_err(fault)?;
        Ok(Challenge {
            asked: url.into(),
            kept,
        })
    }

    async fn finish(
        &self,
        back: &str,
        kept: &str,
        code: &str,
        issuer: Option<&str>,
    ) -> Result<Claimed, ProofError> {
        let kept: Kept = serde_json::from_str(kept).map_err(fault)?;
        let metadata = self.metadata(false).await?;
        // RFC 9207: an answer of another service is not carried to this one.
        if issuer.is_some_and(|said| said != metadata.issuer().as_str()) {
            return Err(ProofError::Refused("issuer"));
        }
        let client = |metadata: CoreProviderMetadata| {
            CoreClient::from_provider_metadata(
                metadata,
                ClientId::new(self.settings.client_id.clone()),
                self.settings.client_secret.clone().map(ClientSecret::new),
            )
        };
        let http = |request| Self::send(self.http.clone(), request);
        let answer = client(metadata.clone())
            .set_redirect_uri(RedirectUrl::new(back.to_owned()).map_err(fault)?)
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(fault)?
            .set_pkce_verifier(kept.verifier)
            .request_async(&http)
            .await
            .map_err(|error| {
                tracing::info!(?error, service = self.settings.name, "no token for a code");
                ProofError::Refused("code exchange")
            })?;
        let token = answer
            .id_token()
            .ok_or(ProofError::Refused("no id token"))?;
        let known = client(metadata);
        let unsigned = matches!(
            token.claims(&known.id_token_verifier(), &kept.nonce),
            Err(ClaimsVerificationError::SignatureVerification(_))
        );
        // The service may have new keys since we last asked.
        let checked = if unsigned {
            client(self.metadata(true).await?)
        } else {
            known
        };
        let verifier = checked.id_token_verifier();
        let claims = token.claims(&verifier, &kept.nonce).map_err(|error| {
            tracing::info!(%error, service = self.settings.name, "an id token was refused");
            ProofError::Refused(class(&error))
        })?;
        if let Some(expected) = claims.access_token_hash() {
            let signing = (token.signing_alg(), token.signing_key(&verifier));
            let (Ok(alg), Ok(key)) = signing else {
                return Err(ProofError::Refused("signature"));
            };
            let actual = AccessTokenHash::from_token(answer.access_token(), alg, key);
            if actual.ok().as_ref() != Some(expected) {
                return Err(ProofError::Refused("access token"));
            }
        }
        let acr = claims.auth_context_ref().map(|acr| acr.as_str());
        if !self.settings.acr.is_empty()
            && !acr.is_some_and(|acr| self.settings.acr.iter().any(|wanted| wanted == acr))
        {
            return Err(ProofError::Refused("acr"));
        }
        let amr = claims.auth_method_refs().into_iter().flatten();
        let mut amr = amr.map(|method| method.as_str());
        if !self.settings.amr.is_empty()
            && !amr.any(|method| self.settings.amr.iter().any(|wanted| wanted == method))
        {
            return Err(ProofError::Refused("amr"));
        }
        let verified = claims.email_verified() == Some(true);
        let email = claims.email().filter(|_| verified);
        Ok(Claimed {
            issuer: claims.issuer().to_string(),
            subject: claims.subject().to_string(),
            email: email.map(|email| email.to_lowercase()),
        })
    }
}
