//! The live stream: named events from a broadcast channel to one tab. Events say *that* something
//! changed; the page fetches it again under its own rights, so no private data is pushed. Every
//! event passes a filter that knows the reader, and every stream ends with the server.

use axum::response::sse::{self, KeepAlive, Sse};
use futures::{Stream, StreamExt};
use std::{convert::Infallible, future::ready, time::Duration};
use tokio::sync::broadcast;
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};
use tokio_util::sync::CancellationToken;

/// What goes down the wire: a name the page listens for and a short text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveEvent {
    /// Event name, e.g. `queue` or `case-case_01j…`; letters, digits, `-` and `_`.
    pub name: String,
    /// Text: a count for `data-live-text`, or empty.
    pub data: String,
}

impl LiveEvent {
    /// `name` with `data`.
    pub fn new(name: impl Into<String>, data: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            data: data.into(),
        }
    }
}

/// The events of `receiver` that `filter` lets through for this reader, until `shutdown`. A
/// reader too slow for the channel gets one `resync` event, on which the page fetches everything.
pub fn events<T, F>(
    receiver: broadcast::Receiver<T>,
    shutdown: CancellationToken,
    mut filter: F,
) -> impl Stream<Item = LiveEvent>
where
    T: Clone + Send + 'static,
    F: FnMut(T) -> Option<LiveEvent> + Send + 'static,
{
    BroadcastStream::new(receiver)
        .filter_map(move |item| {
            ready(match item {
                Ok(event) => filter(event),
                Err(BroadcastStreamRecvError::Lagged(_)) => Some(LiveEvent::new("resync", "")),
            })
        })
        .take_until(shutdown.cancelled_owned())
}

/// [`events`] as an answer, with a comment every 15 s so that proxies keep it open.
pub fn answer<T, F>(
    receiver: broadcast::Receiver<T>,
    shutdown: CancellationToken,
    filter: F,
) -> Sse<impl Stream<Item = Result<sse::Event, Infallible>>>
where
    T: Clone + Send + 'static,
    F: FnMut(T) -> Option<LiveEvent> + Send + 'static,
{
    let stream = events(receiver, shutdown, filter)
        .map(|event| Ok(sse::Event::default().event(event.name).data(event.data)));
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}
