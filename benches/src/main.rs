//! `redress-bench`: how fast Redress is, beside the raw engine of the same run. `./bench` builds
//! and runs it.
//!
//! Absolute figures say as much about the machine as about the program; the ratios within one run
//! are what counts. So every table names the load average, and nothing here is a test.

mod backtest;
mod day;
mod decisions;
mod durable;
mod footprint;
mod form;
mod house;
mod import;
mod law;
mod load;
mod money;
mod pages;
mod policies;
mod quotes;
mod reconcile;
mod rows;
mod seed;
mod server;
mod settle;
mod table;

use clap::{Args, Parser, Subcommand};
use std::{path::PathBuf, time::Duration};

/// The allocator of the program, so that what is measured in process is measured as it runs.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Debug, Parser)]
#[command(
    name = "redress-bench",
    about = "Measures Redress; see docs/benchmarks.md"
)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    part: Part,
}

/// What every part knows.
#[derive(Debug, Args)]
struct Settings {
    /// The program to measure
    #[arg(long, global = true, default_value = "target/release/redress")]
    redress: PathBuf,
    /// A directory on a real disk; everything made there is deleted
    #[arg(long, global = true, default_value = "target")]
    scratch: PathBuf,
    /// Seconds per figure
    #[arg(long, global = true, default_value_t = 4)]
    seconds: u64,
    /// A PostgreSQL whose role may make databases; without it that engine is left out
    #[arg(long, global = true, env = "REDRESS_TEST_PG", hide_env_values = true)]
    postgres: Option<String>,
}

impl Settings {
    const fn time(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}

#[derive(Debug, Clone, Subcommand)]
enum Part {
    /// Decisions per second on one core, in process
    Decisions,
    /// Entitlements per second on one core, and loading every pack
    Law,
    /// One policy decided by Redress and by engines of other people; the check of a policy; reasons
    /// in words
    Policies,
    /// Durable request and decision over HTTP beside the raw engine
    Durable {
        /// Clients at once
        #[arg(long, value_delimiter = ',', default_value = "1,8,32")]
        clients: Vec<usize>,
    },
    /// Import of order lines
    Import,
    /// Pages and commands as the number of cases grows
    Pages {
        /// Numbers of cases
        #[arg(long, value_delimiter = ',', default_value = "10000,100000,1000000")]
        cases: Vec<usize>,
    },
    /// Real cases decided again under a draft of a policy
    Backtest {
        /// Number of cases
        #[arg(long, default_value_t = 100_000)]
        cases: usize,
    },
    /// Size, memory and start
    Footprint,
    /// Balances and statements on a journal of a million postings
    Money,
    /// A day's payments held against the bank's statement
    Reconcile {
        /// Number of payments
        #[arg(long, default_value_t = 100_000)]
        payments: usize,
    },
    /// Refunds through a scripted gateway
    Settle {
        /// Number of refunds
        #[arg(long, default_value_t = 10_000)]
        refunds: usize,
        /// Milliseconds until the gateway answers
        #[arg(long, default_value_t = 5)]
        after: u64,
    },
    /// People at desks and shoppers in the portal, all at once, for two minutes
    Day {
        /// People at desks
        #[arg(long, default_value_t = 200)]
        agents: usize,
        /// Shoppers in the portal
        #[arg(long, default_value_t = 1000)]
        shoppers: usize,
    },
    /// Everything
    All,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let Cli { settings, part } = Cli::parse();
    // Nothing here speaks TLS, but the HTTP client is built for it and wants to know how.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match part {
        Part::Decisions => decisions::run(&settings)?,
        Part::Law => law::run(&settings)?,
        Part::Policies => policies::run(&settings)?,
        Part::Durable { clients } => durable::run(&settings, &clients).await?,
        Part::Import => import::run(&settings).await?,
        Part::Pages { cases } => pages::run(&settings, &cases).await?,
        Part::Backtest { cases } => backtest::run(&settings, cases).await?,
        Part::Footprint => footprint::run(&settings).await?,
        Part::Money => money::run(&settings).await?,
        Part::Reconcile { payments } => reconcile::run(&settings, payments).await?,
        Part::Settle { refunds, after } => {
            settle::run(&settings, refunds, Duration::from_millis(after)).await?;
        }
        Part::Day { agents, shoppers } => day::run(&settings, agents, shoppers).await?,
        Part::All => {
            decisions::run(&settings)?;
            law::run(&settings)?;
            policies::run(&settings)?;
            footprint::run(&settings).await?;
            import::run(&settings).await?;
            money::run(&settings).await?;
            reconcile::run(&settings, 100_000).await?;
            settle::run(&settings, 10_000, Duration::from_millis(5)).await?;
            durable::run(&settings, &[1, 8, 32]).await?;
            pages::run(&settings, &[10_000, 100_000, 1_000_000]).await?;
            backtest::run(&settings, 100_000).await?;
            day::run(&settings, 200, 1000).await?;
        }
    }
    Ok(())
}
