//! A scripted sign-in service: right once, then wrong in each of the ways a service, or who stands
//! between, can be wrong.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use axum::{
    Form, Json, Router,
    extract::State,
    routing::{get, post},
};
use data_encoding::BASE64URL_NOPAD;
use identity::oidc::{Oidc, Settings};
use ports::{Claimed, ProofError, SignInService as _};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{SystemTime, UNIX_EPOCH},
};

/// What the service will say next.
#[derive(Default)]
struct Script {
    /// Claims that replace the right ones; null takes one away.
    claims: Value,
    /// Signs with a key that is not in its list.
    other_key: bool,
    nonce: String,
    challenge: String,
}

struct Service {
    issuer: String,
    keys: [EcdsaKeyPair; 2],
    script: Mutex<Script>,
}

fn key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, made.as_ref(), &random).unwrap()
}

async fn metadata(State(service): State<Arc<Service>>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", service.issuer);
    Json(json!({
        "issuer": service.issuer, "authorization_endpoint": at("/auth"),
        "token_endpoint": at("/token"), "jwks_uri": at("/jwks"),
        "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    }))
}

async fn jwks(State(service): State<Arc<Service>>) -> Json<Value> {
    let point = service.keys[0].public_key().as_ref();
    let part = |range: std::ops::Range<usize>| BASE64URL_NOPAD.encode(&point[range]);
    Json(json!({ "keys": [{
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "1",
        "x": part(1..33), "y": part(33..65),
    }] }))
}

async fn token(
    State(service): State<Arc<Service>>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Json<Value>, axum::http::StatusCode> {
    let script = service.script.lock().unwrap();
    let hash = ring::digest::digest(&ring::digest::SHA256, form["code_verifier"].as_bytes());
    if BASE64URL_NOPAD.encode(hash.as_ref()) != script.challenge {
        return Err(axum::http::StatusCode::BAD_REQUEST);
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "the service has a clock of its own"
    )]
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let mut claims = json!({
        "iss": service.issuer, "aud": "redress", "sub": "s-1", "iat": now, "exp": now + 300,
        "nonce": script.nonce, "email": "Ana@House.example", "email_verified": true,
        "acr": "mfa", "amr": ["pwd", "hwk"],
    });
    for (name, value) in script.claims.as_object().into_iter().flatten() {
        claims[name] = value.clone();
    }
    claims
        .as_object_mut()
        .unwrap()
        .retain(|_, value| !value.is_null());
    let head = json!({ "alg": "ES256", "kid": "1" }).to_string();
    let parts = [head, claims.to_string()].map(|part| BASE64URL_NOPAD.encode(part.as_bytes()));
    let signed = parts.join(".");
    let signer = &service.keys[usize::from(script.other_key)];
    let signature = signer
        .sign(&SystemRandom::new(), signed.as_bytes())
        .unwrap();
    let id_token = format!("{signed}.{}", BASE64URL_NOPAD.encode(signature.as_ref()));
    Ok(Json(
        json!({ "access_token": "a", "token_type": "Bearer", "id_token": id_token }),
    ))
}

async fn serve() -> Arc<Service> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let service = Arc::new(Service {
        issuer: format!("http://{}", listener.local_addr().unwrap()),
        keys: [key(), key()],
        script: Mutex::default(),
    });
    let routes = Router::new()
        .route("/.well-known/openid-configuration", get(metadata))
        .route("/jwks", get(jwks))
        .route("/token", post(token))
        .with_state(service.clone());
    tokio::spawn(async { axum::serve(listener, routes).await });
    service
}

fn settings(service: &Service) -> Settings {
    Settings {
        name: "house".into(),
        label: "House".into(),
        issuer: service.issuer.clone(),
        client_id: "redress".into(),
        client_secret: Some("secret".into()),
        acr: vec!["mfa".into()],
        amr: vec!["hwk".into()],
    }
}

const BACK: &str = "https://returns.example/sign-in/from/house";

/// Goes through the whole way once.
async fn once(
    service: &Service,
    claims: Value,
    other_key: bool,
    issuer: Option<&str>,
) -> Result<Claimed, ProofError> {
    let door = Oidc::new(settings(service)).unwrap();
    let begun = door.begin(BACK, "the-state").await.unwrap();
    let (_, query) = begun.asked.split_once('?').unwrap();
    let asked: HashMap<String, String> = url::form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect();
    assert_eq!(asked["state"], "the-state");
    assert_eq!(asked["code_challenge_method"], "S256");
    assert_eq!(asked["acr_values"], "mfa");
    *service.script.lock().unwrap() = Script {
        claims,
        other_key,
        nonce: asked["nonce"].clone(),
        challenge: asked["code_challenge"].clone(),
    };
    door.finish(BACK, &begun.kept, "code", issuer).await
}

#[tokio::test]
async fn a_right_answer_names_the_person() {
    let service = serve().await;
    let claimed = once(&service, json!({}), false, Some(&service.issuer)).await;
    let right = Claimed {
        issuer: service.issuer.clone(),
        subject: "s-1".into(),
        email: Some("ana@house.example".into()),
    };
    assert_eq!(claimed, Ok(right));
    for unverified in [json!(false), Value::Null] {
        let claims = json!({ "email_verified": unverified });
        let claimed = once(&service, claims, false, None).await.unwrap();
        assert_eq!(claimed.email, None, "a mail nobody verified names nobody");
    }
}

#[tokio::test]
async fn every_wrong_answer_is_refused_by_its_class() {
    let service = serve().await;
    for (claims, class) in [
        (json!({ "nonce": "another" }), "nonce"),
        (json!({ "nonce": null }), "nonce"),
        (json!({ "exp": 1_000_000 }), "expired"),
        (json!({ "aud": "somebody else" }), "audience"),
        (json!({ "iss": "https://evil.example" }), "issuer"),
        (json!({ "acr": "pwd" }), "acr"),
        (json!({ "acr": null }), "acr"),
        (json!({ "amr": ["pwd"] }), "amr"),
    ] {
        let refused = once(&service, claims.clone(), false, None).await;
        assert_eq!(refused, Err(ProofError::Refused(class)), "{claims}");
    }
    let forged = once(&service, json!({}), true, None).await;
    assert_eq!(forged, Err(ProofError::Refused("signature")));
    let mixed = once(&service, json!({}), false, Some("https://other.example")).await;
    assert_eq!(mixed, Err(ProofError::Refused("issuer")));
}

#[tokio::test]
async fn a_code_without_our_verifier_brings_nothing() {
    let service = serve().await;
    let door = Oidc::new(settings(&service)).unwrap();
    let begun = door.begin(BACK, "s").await.unwrap();
    // The challenge of another way is what the service knows.
    service.script.lock().unwrap().challenge = "another".into();
    let refused = door.finish(BACK, &begun.kept, "code", None).await;
    assert_eq!(refused, Err(ProofError::Refused("code exchange")));
}

#[test]
fn a_service_is_reached_by_https_outside_this_machine() {
    let mut settings = Settings {
        name: "h".into(),
        label: "H".into(),
        issuer: "http://login.example".into(),
        client_id: "c".into(),
        client_secret: None,
        acr: Vec::new(),
        amr: Vec::new(),
    };
    assert!(Oidc::new(settings.clone()).is_err());
    settings.issuer = "https://login.example".into();
    assert!(Oidc::new(settings).is_ok());
}
