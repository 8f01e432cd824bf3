//! The live stream of one tab: which of the reader's cases changed and how many wait in each
//! queue. Who is asking is looked up again while the stream runs, so that a session that ended or
//! a right that was taken away ends the stream within seconds.

use crate::frame::Desk;
use app::{
    App,
    commit::QUEUES,
    live::News,
    signin::{Person, TokenKind},
};
use axum::{
    Extension,
    http::HeaderMap,
    response::sse::{Event, KeepAlive, Sse},
};
use futures::{Stream, stream};
use kernel::Permission;
use std::{collections::VecDeque, convert::Infallible, time::Duration};
use surface::session_token;
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, Interval, MissedTickBehavior, interval},
};
use tokio_util::sync::CancellationToken;

/// How often counts are sent at most, and how long a lost right may go unnoticed.
const BEAT: Duration = Duration::from_secs(2);

/// One reader.
struct Reader {
    app: App,
    session: String,
    person: Person,
    checked: Instant,
    news: Receiver<News>,
    beat: Interval,
    changed: bool,
    ready: VecDeque<Event>,
    shutdown: CancellationToken,
}

/// `GET /events`
pub async fn stream(
    desk: Desk,
    headers: HeaderMap,
    shutdown: Option<Extension<CancellationToken>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let reader = Reader {
        news: desk.app.live().listen(),
        session: session_token(&desk.app, &headers)
            .unwrap_or_default()
            .to_owned(),
        person: desk.person,
        app: desk.app,
        checked: Instant::now(),
        beat,
        changed: false,
        ready: VecDeque::new(),
        shutdown: shutdown.map(|Extension(token)| token).unwrap_or_default(),
    };
    // What the stream reads later is seen as the request would see it.
    let events = stream::unfold(reader, |mut reader| async {
        let sees = reader
            .person
            .scope
            .clients()
            .map(<[kernel::ClientId]>::to_vec);
        let event = app::walls::seeing(sees.as_deref(), reader.next()).await;
        event.map(|event| (Ok(event), reader))
    });
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

impl Reader {
    /// The next event for this reader; none ends the stream.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            tokio::select! {
                () = self.shutdown.cancelled() => return None,
                heard = self.news.recv() => match heard {
                    Ok(news) => self.hear(&news).await?,
                    Err(RecvError::Lagged(_)) => {
                        self.changed = true;
                        self.ready.push_back(Event::default().event("resync").data(""));
                    }
                    Err(RecvError::Closed) => return None,
                },
                _ = self.beat.tick() => {
                    self.check().await?;
                    if std::mem::take(&mut self.changed) {
                        self.count().await;
                    }
                }
            }
        }
    }

    async fn hear(&mut self, news: &News) -> Option<()> {
        self.check().await?;
        if self.person.scope.may(Permission::CaseRead, news.client) {
            self.changed = true;
            let name = format!("case-{}", news.case);
            self.ready
                .push_back(Event::default().event(name).data(news.version.to_string()));
        }
        Some(())
    }

    /// Looks the person up again when the last look is a beat old; none when they may no longer.
    async fn check(&mut self) -> Option<()> {
        if self.checked.elapsed() >= BEAT {
            let found = self
                .app
                .person(&self.session, TokenKind::Session)
                .await
                .ok()?;
            self.person = found?;
            self.checked = Instant::now();
        }
        Some(())
    }

    /// Counts of all queues, and word that lists changed.
    async fn count(&mut self) {
        let Ok(counts) = self.app.queue_counts(&self.person.scope, QUEUES).await else {
            return;
        };
        let waiting: i64 = counts
            .iter()
            .filter(|(q, _)| matches!(*q, "review" | "attention"))
            .map(|c| c.1)
            .sum();
        let event = |name: &str, data: String| Event::default().event(name).data(data);
        for (queue, n) in counts {
            self.ready
                .push_back(event(&format!("queue-{queue}"), n.to_string()));
        }
        self.ready.push_back(event("waiting", waiting.to_string()));
        self.ready.push_back(event("queue", String::new()));
    }
}
