//! The pass of a shopper who proved to know an order: a signed cookie for one order of one
//! client, good for two hours. From it, and only from it, a shopper's scope is made.

use crate::visit::Visit;
use app::App;
use axum::{
    extract::FromRequestParts,
    http::{HeaderValue, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::{ClientId, DeclarationId, OrderId, Scope, Timestamp};
use sha2::Sha256;
use std::{fmt::Display, str::FromStr, sync::Arc};
use subtle::ConstantTimeEq as _;
use surface::Failure;
use tokio::sync::OnceCell;

/// How long a pass is good for.
pub const PASS_SECONDS: i64 = 7_200;
/// The cookie it lives in.
const COOKIE: &str = "shopper";
/// The secret it is signed with.
const SECRET: &str = "portal-pass";

/// The signing key, read once.
#[derive(Default)]
pub struct Keys(OnceCell<[u8; 32]>);

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys")
    }
}

impl Keys {
    /// The key of this installation.
    pub async fn key(&self, app: &App) -> Result<&[u8; 32], Failure> {
        Ok(self.0.get_or_try_init(|| app.secret(SECRET)).await?)
    }
}

/// `client.order.expiry` with its tag.
fn sign(key: &[u8; 32], client: ClientId, order: &str, until: i64) -> String {
    let text = format!("{client}.{order}.{until}");
    let tag = Hmac::<Sha256>::new_from_slice(key).map_or_else(
        // HMAC takes keys of any length, so this cannot fail; an empty tag never matches one.
        |_| String::new(),
        |mut mac| {
            mac.update(b"shopper\0");
            mac.update(text.as_bytes());
            data_encoding::BASE64URL_NOPAD.encode(&mac.finalize().into_bytes())
        },
    );
    format!("{text}.{tag}")
}

/// The order a pass is for, if it is ours, of this client, and still good.
fn read<T: FromStr + Display>(
    key: &[u8; 32],
    client: ClientId,
    text: &str,
    now: Timestamp,
) -> Option<T> {
    let mut parts = text.splitn(4, '.');
    let named: ClientId = parts.next()?.parse().ok()?;
    let order: T = parts.next()?.parse().ok()?;
    let until: i64 = parts.next()?.parse().ok()?;
    let ours = sign(key, named, &order.to_string(), until);
    let genuine: bool = ours.as_bytes().ct_eq(text.as_bytes()).into();
    (genuine && named == client && until > now.as_second()).then_some(order)
}

/// The cookie that hands out a pass.
pub fn give(app: &App, visit: &Visit, key: &[u8; 32], order: OrderId) -> Option<HeaderValue> {
    let until = app.now().as_second() + PASS_SECONDS;
    let value = sign(key, visit.client.id, &order.to_string(), until);
    set(app, visit, COOKIE, &value, PASS_SECONDS)
}

/// The cookie that says which declaration this browser made.
const MARK: &str = "declared";

/// Hands out the mark of a declaration: whoever has it may read the acknowledgement for a while.
pub fn mark(app: &App, visit: &Visit, key: &[u8; 32], id: DeclarationId) -> Option<HeaderValue> {
    let until = app.now().as_second() + PASS_SECONDS;
    // Signed like a pass, under a name no order can have.
    let value = sign(key, visit.client.id, &id.to_string(), until);
    set(app, visit, MARK, &value, PASS_SECONDS)
}

/// The declaration this browser made, if it did and its mark is still good.
pub fn marked(app: &App, visit: &Visit, key: &[u8; 32]) -> Option<DeclarationId> {
    let mark = visit.cookie(MARK)?;
    read(key, visit.client.id, mark, app.now())
}

/// The cookie that takes the pass away.
pub fn take(app: &App, visit: &Visit) -> Option<HeaderValue> {
    set(app, visit, COOKIE, "", 0)
}

/// A cookie of this portal: not for scripts, not for other sites.
pub fn set(app: &App, visit: &Visit, name: &str, value: &str, seconds: i64) -> Option<HeaderValue> {
    let secure = if app.base_url().starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    let path = visit.url("");
    let cookie =
        format!("{name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::try_from(cookie).ok()
}

/// A visit with a pass. Without one the answer is the page that asks for the proof, which leads
/// back here.
#[derive(Debug)]
pub struct Shopper {
    /// The visit.
    pub visit: Visit,
    /// What they may do: this order, nothing else.
    pub scope: Scope,
    /// Which order.
    pub order: OrderId,
}

/// A visit that may have a pass.
#[derive(Debug)]
pub struct MaybeShopper(pub Visit, pub Option<OrderId>);

impl FromRequestParts<App> for MaybeShopper {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visit = Visit::from_request_parts(parts, app).await?;
        let keys = parts
            .extensions
            .get::<Arc<Keys>>()
            .cloned()
            .unwrap_or_default();
        let key = keys.key(app).await.map_err(IntoResponse::into_response)?;
        let order = visit
            .cookie(COOKIE)
            .and_then(|c| read(key, visit.client.id, c, app.now()));
        Ok(Self(visit, order))
    }
}

impl FromRequestParts<App> for Shopper {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let MaybeShopper(visit, order) = MaybeShopper::from_request_parts(parts, app).await?;
        match order {
            Some(order) => {
                let scope = Scope::shopper(visit.client.id, order);
                Ok(Self {
                    visit,
                    scope,
                    order,
                })
            }
            None => Err(Redirect::to(&visit.url("/find?late=1")).into_response()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_pass_is_for_one_order_of_one_client_and_ends() {
        let (key, order) = ([7; 32], OrderId(Uuid::from_u128(9)));
        let now = Timestamp::from_second(1_000).unwrap();
        let pass = sign(&key, ClientId(1), &order.to_string(), 2_000);
        assert_eq!(read::<OrderId>(&key, ClientId(1), &pass, now), Some(order));
        assert_eq!(
            read::<OrderId>(&key, ClientId(2), &pass, now),
            None,
            "another client"
        );
        assert_eq!(
            read::<OrderId>(&[8; 32], ClientId(1), &pass, now),
            None,
            "another key"
        );
        let late = Timestamp::from_second(2_000).unwrap();
        assert_eq!(
            read::<OrderId>(&key, ClientId(1), &pass, late),
            None,
            "too late"
        );
        for forged in [
            pass.replace("2000", "9000"),
            pass.replacen('1', "2", 1),
            format!("{pass}A"),
            pass[..pass.len() - 1].to_owned(),
            String::new(),
            "1.2.3".into(),
        ] {
            assert_eq!(
                read::<OrderId>(&key, ClientId(1), &forged, now),
                None,
                "{forged}"
            );
        }
    }
}
