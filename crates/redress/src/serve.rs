//! `redress serve`: opens the house and runs its work until it is told to stop.

use crate::{Verdict, adapters, config::Config, out::Out};
use tokio::sync::watch;

/// Runs the service.
pub async fn run(config: &Config, out: Out) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    let (stop, stopped) = watch::channel(false);
    let sequencer = {
        let (app, stopped) = (app.clone(), stopped.clone());
        tokio::spawn(async move { app.run_sequencer(stopped).await })
    };
    out.answer(&serde_json::json!({ "listening": config.listen }), || {
        format!(
            "redress keeps the ledger of {} ({})",
            config.data.display(),
            config.base_url
        )
    });
    tokio::signal::ctrl_c().await?;
    // Nobody listens any more if the sequencer has ended by itself.
    let _ = stop.send(true);
    sequencer.await?;
    Ok(Verdict::InOrder)
}
