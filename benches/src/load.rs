//! A closed loop of clients: each sends, waits for the answer, sends again.

use anyhow::Context as _;
use reqwest::{Client, Request};
use std::{
    future::Future,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

/// What a loop of clients saw.
#[derive(Debug, Default)]
pub struct Seen {
    /// How long each answer took, seconds, shortest first.
    pub took: Vec<f64>,
    /// How long the loop ran, seconds.
    pub seconds: f64,
}

impl Seen {
    /// Answers per second.
    #[expect(
        clippy::cast_precision_loss,
        reason = "counts of one run are far below 2^52"
    )]
    pub fn rate(&self) -> f64 {
        self.took.len() as f64 / self.seconds
    }

    /// The share `part` of a hundred of the answers took no longer than this, seconds.
    pub fn percentile(&self, part: usize) -> f64 {
        let at = (self.took.len() * part / 100).min(self.took.len().saturating_sub(1));
        self.took.get(at).copied().unwrap_or(f64::NAN)
    }
}

/// Runs `clients` loops for `time`; `worker` makes the state of a loop, `step` does one thing.
pub async fn closed<W, S, M>(
    clients: usize,
    time: Duration,
    worker: impl AsyncFn(usize) -> anyhow::Result<W>,
    step: S,
) -> anyhow::Result<Seen>
where
    W: Send + 'static,
    S: Fn(W) -> M + Clone + Send + 'static,
    M: Future<Output = anyhow::Result<W>> + Send,
{
    let mut workers = Vec::new();
    for i in 0..clients {
        workers.push(worker(i).await?);
    }
    let begin = Instant::now();
    let mut loops = JoinSet::new();
    for mut worker in workers {
        let step = step.clone();
        loops.spawn(async move {
            let mut took = Vec::new();
            while begin.elapsed() < time {
                let sent = Instant::now();
                worker = step(worker).await?;
                took.push(sent.elapsed().as_secs_f64());
            }
            anyhow::Ok(took)
        });
    }
    let mut seen = Seen::default();
    while let Some(took) = loops.join_next().await {
        seen.took.extend(took??);
    }
    seen.seconds = begin.elapsed().as_secs_f64();
    seen.took.sort_by(f64::total_cmp);
    Ok(seen)
}

/// A loop of HTTP clients, each on its own connection; `make` builds the next request. Any answer
/// but a success ends the run.
pub async fn http(
    clients: usize,
    time: Duration,
    make: impl Fn() -> anyhow::Result<Request> + Send + Sync + 'static,
) -> anyhow::Result<Seen> {
    let make = Arc::new(make);
    let step = move |client: Client| {
        let request = make();
        async move {
            answered(&client, request?).await?;
            Ok(client)
        }
    };
    closed(clients, time, async |_| Ok(Client::new()), step).await
}

/// Sends one request and reads the whole answer.
pub async fn answered(client: &Client, request: Request) -> anyhow::Result<String> {
    let what = format!("{} {}", request.method(), request.url());
    let answer = client
        .execute(request)
        .await
        .with_context(|| what.clone())?;
    let status = answer.status();
    let body = answer.text().await?;
    anyhow::ensure!(status.is_success(), "{what}: {status} {body}");
    Ok(body)
}
