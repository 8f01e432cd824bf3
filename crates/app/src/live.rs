//! News for open pages: "case X of client C changed". Carries references only; a page that hears
//! one asks again under its own scope, so nothing leaks and a lost piece of news is harmless.

use kernel::{CaseId, ClientId};
use tokio::sync::broadcast;

/// News kept for a slow listener before it is told to reload.
const BACKLOG: usize = 1024;

/// Something changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// Whose.
    pub client: ClientId,
    /// Which case.
    pub case: CaseId,
    /// Its version now.
    pub version: u64,
    /// The queue it stands in now.
    pub queue: &'static str,
}

/// The in-process fan-out.
#[derive(Debug, Clone)]
pub struct Live {
    sender: broadcast::Sender<News>,
}

impl Default for Live {
    fn default() -> Self {
        Self {
            sender: broadcast::channel(BACKLOG).0,
        }
    }
}

impl Live {
    /// Tells everyone who listens; nobody listening is fine.
    pub fn tell(&self, news: News) {
        let _ = self.sender.send(news);
    }

    /// Starts listening.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.sender.subscribe()
    }
}
