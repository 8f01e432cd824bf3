//! What others tell us: carriers' webhooks and scan files, payment providers' webhooks. Signed
//! messages stand outside the cross-site check: they carry no session, their signature is all.

use crate::{
    door,
    input::{BODY_MAX, IMPORT_MAX, read},
    tenant::Tenant,
};
use app::{
    App, AppError,
    disputes::Word,
    news::{AnswerTaken, News},
    scans::{ParcelScan, ScansTaken},
    settle::{PaymentKey, PaymentState},
};
use async_trait::async_trait;
use axum::{
    Json,
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header},
};
use kernel::{ClientId, Money, Scope, Timestamp};
use logistics::{CodeBook, ParcelKey, Scan, ScanFile};
use redress_http::{Problem, ui::FieldError};
use serde::Serialize;
use serde_json::{Value, json};
use std::sync::Arc;
use subtle::ConstantTimeEq;
use surface::{
    Failure,
    door::{Door, Doors},
};
use wire::{CarrierScan, scan, webhook};

/// Wrong rows a scan file's answer names; the count is always whole.
const ERRORS_MAX: usize = 100;

/// The signed webhooks of carriers. Layer it outside the cross-site check.
pub fn carriers() -> Doors {
    Doors::programs()
        .post(
            "/inbound/carrier/{client}/easypost",
            Door::sender(),
            easypost,
        )
        .post("/inbound/carrier/{client}/ups", Door::sender(), ups)
        .post("/inbound/carrier/{client}/csv", door::SCAN, csv)
}

/// A refusal that says nothing about what the right signature would have been.
fn unsigned() -> Failure {
    Problem::new(StatusCode::UNAUTHORIZED, "bad-signature").into()
}

fn unreadable(why: impl std::fmt::Display) -> Failure {
    Problem::invalid(vec![FieldError::new("body", why.to_string())]).into()
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> &'h str {
    headers
        .get(name)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default()
}

/// Scans in a carrier's words, in ours; those whose word says nothing are left out.
fn scans(told: Vec<CarrierScan>, book: CodeBook) -> (Vec<ParcelScan>, u32) {
    let mut silent = 0;
    let mut read = Vec::with_capacity(told.len());
    for s in told {
        let code = format!("{}/{}", s.code, s.raw_code);
        match book.read(&code) {
            Some(milestone) => read.push(ParcelScan {
                tracking: s.tracking,
                scan: Scan {
                    at: s.at,
                    milestone,
                    code,
                    place: s.place,
                },
            }),
            None => silent += 1,
        }
    }
    (read, silent)
}

async fn take(
    app: &App,
    client: kernel::ClientId,
    source: &str,
    told: Vec<CarrierScan>,
    book: CodeBook,
) -> Result<Json<ScansTaken>, Failure> {
    let (read, silent) = scans(told, book);
    // The signature has been checked; the message speaks for the carrier, not for a person.
    let mut report = app
        .take_scans(&Scope::system(), client, source, &read)
        .await?;
    report.no_change += silent;
    Ok(Json(report))
}

/// EasyPost tracker updates, signed with the shared secret.
async fn easypost(
    State(app): State<App>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Json<ScansTaken>, Failure> {
    let (client, secret) = app
        .inbound_client(&slug, "easypost")
        .await
        .map_err(|_| unsigned())?;
    let signature = text(request.headers(), "x-hmac-signature").to_owned();
    let body = read(request, wire::limits::MAX_WEBHOOK).await?;
    webhook::verify_easypost(&secret, &signature, &body).map_err(|_| unsigned())?;
    let told = scan::from_easypost(&body).map_err(unreadable)?;
    take(&app, client.id, "easypost", told, CodeBook::Easypost).await
}

/// UPS Track Alerts, which carry the shared secret itself as their `credential`.
async fn ups(
    State(app): State<App>,
    Path(slug): Path<String>,
    request: Request,
) -> Result<Json<ScansTaken>, Failure> {
    let (client, secret) = app
        .inbound_client(&slug, "ups")
        .await
        .map_err(|_| unsigned())?;
    let headers = request.headers();
    let bearer = text(headers, "authorization").strip_prefix("Bearer ");
    let given = bearer
        .unwrap_or_else(|| text(headers, "credential"))
        .to_owned();
    let same: bool = given.as_bytes().ct_eq(secret.as_bytes()).into();
    if !same {
        return Err(unsigned());
    }
    let body = read(request, BODY_MAX).await?;
    let told = scan::from_ups(&body).map_err(unreadable)?;
    take(&app, client.id, "ups", vec![told], CodeBook::Ups).await
}

/// What became of a scan file.
#[derive(Debug, Serialize)]
struct FileTaken {
    #[serde(flatten)]
    scans: ScansTaken,
    /// Rows that could not be read.
    rejected: usize,
    /// The first hundred of them.
    errors: Vec<Value>,
}

/// A carrier's scan file as CSV, uploaded with an API key that may move parcels.
async fn csv(
    State(app): State<App>,
    tenant: Tenant,
    request: Request,
) -> Result<Json<FileTaken>, Failure> {
    let kind = text(request.headers(), header::CONTENT_TYPE.as_str());
    if !kind.starts_with("text/csv") {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type").into());
    }
    let body = read(request, IMPORT_MAX).await?;
    let file = ScanFile::parse(&body, CodeBook::Redress).map_err(unreadable)?;
    let read: Vec<ParcelScan> = file
        .rows
        .into_iter()
        .map(|row| ParcelScan {
            tracking: match row.parcel {
                ParcelKey::Sscc(sscc) => sscc.digits().to_owned(),
                ParcelKey::Tracking(number) => number,
            },
            scan: row.scan,
        })
        .collect();
    let scans = app
        .take_scans(tenant.scope(), tenant.id(), "csv", &read)
        .await?;
    let named = file.errors.iter().take(ERRORS_MAX);
    let errors = named.map(|e| json!({ "line": e.line, "problem": e.problem.to_string() }));
    Ok(Json(FileTaken {
        scans,
        rejected: file.errors.len(),
        errors: errors.collect(),
    }))
}

/// What a payment provider says about one payment.
#[derive(Debug, Clone)]
pub struct PaymentNews {
    /// The provider's id of the message, by which repeats are known.
    pub message: String,
    /// Which payment.
    pub key: PaymentKey,
    /// How it stands.
    pub state: PaymentState,
    /// What it is over, where the message says so.
    pub amount: Option<Money>,
    /// Ids of messages that make this one old when they came before it.
    pub overtaken_by: Vec<String>,
}

/// One thing a message tells.
#[derive(Debug, Clone)]
pub enum Told {
    /// About a payment of ours.
    Payment(PaymentNews),
    /// About a dispute of a payment the customer made.
    Dispute(Box<Word>),
}

/// Why a provider's message is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// Its signature does not hold, or nobody here has an account with this provider.
    Forged,
    /// It cannot be read.
    Malformed,
    /// It cannot be checked now: the sender must say it again.
    Later,
}

/// A payment provider's message before it is believed.
#[derive(Debug)]
pub struct PaymentMessage<'m> {
    /// The client it was posted for.
    pub client: ClientId,
    /// Its headers.
    pub headers: &'m HeaderMap,
    /// Its raw body, which the signature is over.
    pub body: &'m [u8],
    /// The shared secret this house made for the provider, if it made one.
    pub secret: Option<&'m str>,
    /// The time now.
    pub now: Timestamp,
}

/// Checks a provider's messages and reads them. The binary gives the adapters': surfaces do not
/// know providers.
#[async_trait]
pub trait ReadPayments: Send + Sync {
    /// The provider's name in the address, e.g. `stripe`.
    fn provider(&self) -> &'static str;

    /// What a message says about payments of ours; nothing for one that is about none.
    async fn read(&self, message: &PaymentMessage<'_>) -> Result<Vec<Told>, Unread>;
}

/// `POST /inbound/{provider}/{client}` for one provider. Layer it outside the cross-site check.
pub fn payments(reader: Arc<dyn ReadPayments>) -> Doors {
    let path = format!("/inbound/{}/{{client}}", reader.provider());
    let handler =
        async move |State(app): State<App>, Path(slug): Path<String>, request: Request| {
            payment(&app, &slug, reader.as_ref(), request).await
        };
    Doors::programs().post(&path, Door::sender(), handler)
}

async fn payment(
    app: &App,
    slug: &str,
    reader: &dyn ReadPayments,
    request: Request,
) -> Result<Json<Value>, Failure> {
    let provider = reader.provider();
    let (client, secret) = app
        .payment_sender(slug, provider)
        .await
        .map_err(|_| unsigned())?;
    let headers = request.headers().clone();
    let body = read(request, wire::limits::MAX_WEBHOOK).await?;
    let message = PaymentMessage {
        client: client.id,
        headers: &headers,
        body: &body,
        secret: secret.as_deref(),
        now: app.now(),
    };
    let told = reader.read(&message).await.map_err(|why| match why {
        Unread::Forged => unsigned(),
        Unread::Malformed => unreadable(provider),
        Unread::Later => AppError::Busy.into(),
    })?;
    // One message may tell of several payments. If one of them has to be told again, those before
    // it have been taken in and change nothing then.
    let mut taken = "nothing";
    for told in &told {
        let heard = match told {
            Told::Payment(news) => {
                let news = News {
                    source: provider,
                    message: &news.message,
                    key: news.key,
                    state: &news.state,
                    amount: news.amount,
                    overtaken_by: &news.overtaken_by,
                };
                app.payment_news(client.id, &news).await?
            }
            Told::Dispute(word) => app.dispute_news(client.id, word).await?,
        };
        taken = match heard {
            AnswerTaken::Applied => "applied",
            AnswerTaken::UnknownKey if taken == "nothing" => "unknown",
            AnswerTaken::Nothing | AnswerTaken::UnknownKey => taken,
        };
    }
    Ok(Json(json!({ "taken": taken })))
}
