//! Load that survives faults, as a careful program sends it: every POST has an idempotency key and
//! is sent again, byte for byte, until there is an answer. Every answer is written down.

use crate::client::{Api, Got};
use reqwest::StatusCode;
use serde_json::json;
use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::watch;

const RETURNS: &str = "/api/v1/clients/alfa/returns";

/// Callers at once.
const CALLERS: usize = 8;
/// A caller that hears nothing for so long fails the test.
const PATIENCE: Duration = Duration::from_secs(30);

/// A POST that was acknowledged, and the acknowledgement.
#[derive(Debug)]
pub struct Acknowledged {
    path: String,
    key: String,
    body: String,
    got: Got,
}

/// What a load did.
#[derive(Debug)]
pub struct Load {
    /// Every acknowledged POST.
    pub acknowledged: Mutex<Vec<Acknowledged>>,
    /// Times a POST was cut off: the connection was there, and no answer came.
    pub cut_off: AtomicUsize,
    /// Times a POST turned out to be stored though its first answer was never heard.
    pub stored_unheard: AtomicUsize,
    /// How many were acknowledged so far; rings on every one.
    pub progress: watch::Sender<usize>,
}

impl Load {
    /// A load that has not begun.
    pub fn new() -> Self {
        Self {
            acknowledged: Mutex::default(),
            cut_off: AtomicUsize::default(),
            stored_unheard: AtomicUsize::default(),
            progress: watch::Sender::new(0),
        }
    }

    /// Takes one lamp of every order through request, receipt, grade and disposition. For every
    /// third order two callers want the same lamp at once, and one must get it.
    pub async fn run(&self, api: &Api, orders: &[String]) {
        let next = AtomicUsize::new(0);
        let caller = async || {
            while let Some(order) = orders.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.journey(api, order, next.load(Ordering::Relaxed).is_multiple_of(3))
                    .await;
            }
        };
        futures::future::join_all((0..CALLERS).map(|_| caller())).await;
    }

    /// Acknowledged POSTs of a full run over `orders` orders.
    pub const fn steps(orders: usize) -> usize {
        orders * 4
    }

    async fn journey(&self, api: &Api, order: &str, rival: bool) {
        let asked = json!({ "order": order,
            "lines": [{ "line": 0, "units": 1, "reason": "changed_mind" }] });
        let asked = asked.to_string();
        let ask = |who: &str| (RETURNS.to_owned(), format!("{order}-{who}"), asked.clone());
        let opened = if rival {
            let both = futures::join!(self.post(api, ask("ask")), self.post(api, ask("rival")));
            let (won, lost) = match both {
                (a, b) if a.status.is_success() => (a, b),
                (a, b) => (b, a),
            };
            assert_eq!(
                lost.status,
                StatusCode::CONFLICT,
                "{order}: {won:?} and {lost:?}"
            );
            assert_eq!(
                lost.body["type"], "/problems/unit_in_other_case",
                "{}",
                lost.body
            );
            won
        } else {
            self.post(api, ask("ask")).await
        };
        assert!(opened.status.is_success(), "{order}: {opened:?}");
        let case = opened.body["case"].as_str().unwrap();
        let unit = json!({ "line": 0, "units": 1, "grade": "b" });
        for (what, body) in [
            (
                "receipts",
                json!({ "counts": [{ "line": 0, "units": 1 }], "complete": true }),
            ),
            ("grades", unit.clone()),
            ("dispositions", {
                let mut gone = unit.clone();
                gone["disposition"] = "open_box".into();
                gone
            }),
        ] {
            let path = format!("{RETURNS}/{case}/{what}");
            let done = self
                .post(api, (path, format!("{order}-{what}"), body.to_string()))
                .await;
            assert!(done.status.is_success(), "{order} {what}: {done:?}");
        }
    }

    /// Sends a POST until it is answered; only "come back later" counts as no answer.
    async fn post(&self, api: &Api, (path, key, body): (String, String, String)) -> Got {
        let end = Instant::now() + PATIENCE;
        let mut again = tokio::time::interval(Duration::from_millis(20));
        let mut unheard = false;
        loop {
            again.tick().await;
            match api.post(&path, &key, &body).await {
                Ok(got) if got.status == StatusCode::SERVICE_UNAVAILABLE => {}
                Ok(got) => {
                    assert!(!got.status.is_server_error(), "{path} {body}: {got:?}");
                    assert!(
                        unheard || !got.replayed,
                        "nobody sent {key} before: {got:?}"
                    );
                    if got.status.is_success() {
                        self.stored_unheard
                            .fetch_add(got.replayed.into(), Ordering::Relaxed);
                        let got = got.clone();
                        let said = Acknowledged {
                            path,
                            key,
                            body,
                            got,
                        };
                        self.acknowledged.lock().unwrap().push(said);
                        self.progress.send_modify(|n| *n += 1);
                    }
                    return got;
                }
                // Nobody there: certainly not stored.
                Err(e) if e.is_connect() => {}
                Err(_) => {
                    unheard = true;
                    self.cut_off.fetch_add(1, Ordering::Relaxed);
                }
            }
            assert!(
                Instant::now() < end,
                "{path}: no answer within {PATIENCE:?}"
            );
        }
    }

    /// Sends everything that was acknowledged once more and asserts that every answer is there
    /// and says the same.
    pub async fn assert_kept(&self, api: &Api) {
        let said = std::mem::take(&mut *self.acknowledged.lock().unwrap());
        for Acknowledged {
            path,
            key,
            body,
            got,
        } in &said
        {
            let again = api.post(path, key, body).await.unwrap();
            assert_eq!(again.status, StatusCode::OK, "{key}: {}", again.body);
            assert!(
                again.replayed,
                "{key} was acknowledged and is not known: {}",
                again.body
            );
            assert_eq!(again.body, got.body, "{key}");
        }
    }
}
