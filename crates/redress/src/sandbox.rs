//! Plays the bank of sandbox clients, through the very folders a real bank connection would use.

use app::App;
use std::{path::PathBuf, time::Duration};
use tokio::sync::watch;

/// How often the played bank looks into its folders.
const TICK: Duration = Duration::from_secs(3);

/// Answers payment files of sandbox clients until `stop` turns true.
pub async fn run(app: App, data: PathBuf, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        for client in app.directory().clients() {
            let root = data.join("bank").join(&client.slug);
            let plays = client.settings.sandbox && root.join("outbox").is_dir();
            if !plays {
                continue;
            }
            let today = client.day(app.now()).to_string();
            let answered =
                tokio::task::spawn_blocking(move || demo::sandbox::answer(&root, &today)).await;
            if let Ok(Err(error)) = answered {
                tracing::warn!(client = client.slug, %error, "the demo bank is stuck");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(TICK) => {}
            _ = stop.changed() => {}
        }
    }
}
