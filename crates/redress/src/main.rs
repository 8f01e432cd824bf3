//! The `redress` command: reads arguments, environment and configuration file, opens the house
//! and does one thing. What it does lives in the rooms below; here is only the way there.
//!
//! Exit codes: 0 done; 1 it could not be done; 2 wrong usage; 3 it was done, and what was looked
//! at is not in order (a log that does not hold, records that were not taken).

mod adapters;
mod admin;
mod audit;
mod backup;
mod bank;
mod cards;
mod clients;
mod config;
mod demo;
mod disputes;
mod doctor;
mod import;
mod keys;
mod law;
mod ledger;
mod limits;
mod migrate;
mod money;
mod out;
mod packs;
mod policies;
mod privacy;
mod production;
mod reconcile;
mod render;
mod routes;
mod sandbox;
mod secrets;
mod senders;
mod serve;
mod studio;
mod users;

use clap::{Parser, Subcommand};
use config::{Config, Settings};
use out::Out;
use std::process::ExitCode;

/// Returns and refunds for the people who run them.
#[derive(Debug, Parser)]
#[command(name = "redress", version, about, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the service until it is told to stop
    Serve,
    /// Make an invented firm in an empty house and serve it
    Demo(demo::Demo),
    /// Take in orders or returns of another system
    #[command(subcommand)]
    Import(import::Command),
    /// Check the ledger and hand out proofs
    #[command(subcommand)]
    Ledger(ledger::Command),
    /// Check refund arithmetic against stated figures
    #[command(subcommand)]
    Money(money::Command),
    Reconcile(reconcile::Command),
    Limits(limits::Command),
    /// Check the invariants of the house on its database, running or not
    Audit,
    /// Make read models again from the event log; stop the service first
    Rebuild {
        /// Only say what differs
        #[arg(long)]
        dry_run: bool,
    },
    /// Copy everything the house keeps, running or not; `backup verify` tries a copy
    Backup(backup::Backup),
    /// Put a backup back into an empty place
    Restore(backup::Restore),
    /// People of the house: invite, disable, sessions, keys, passwords for emergencies
    #[command(subcommand)]
    Admin(admin::Command),
    /// People and their sign-in links
    #[command(subcommand)]
    User(users::Command),
    /// Print the description of the API as OpenAPI 3.1
    Openapi,
    /// Print every address with who may use it
    Routes,
    /// Bring the tables of the database up to date, as the role that owns them
    Migrate(migrate::Migrate),
    /// Set up the retailers this house works for
    #[command(subcommand)]
    Client(clients::Command),
    /// Check, compare and explain policy files; draft, approve and publish policies
    #[command(subcommand)]
    Policy(policies::Command),
    /// Make API keys
    #[command(subcommand)]
    Key(keys::Command),
    /// Take the installation's secrets out of its database
    #[command(subcommand)]
    Secrets(secrets::Command),
    /// Check rule packs and worked cases, and tell how the law comes to its answer
    #[command(subcommand)]
    Law(law::Command),
    /// Say what is configured and whether it answers
    Doctor,
    /// One person's data: export, erasure; sealing; keys
    #[command(subcommand)]
    Privacy(privacy::Command),
    /// Look at the configuration alone
    #[command(subcommand)]
    Config(production::Command),
}

/// Whether everything that was looked at is in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    InOrder,
    Findings,
}

/// Returns freed memory to the system sooner than the system's own allocator does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_env("REDRESS_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let out = Out::new(cli.settings.json);
    // Arithmetic needs no house: no configuration, no database.
    if let Command::Money(command) = &cli.command {
        return match money::run(command, out) {
            Ok(()) => ExitCode::SUCCESS,
            Err(e) => out.failure(&e),
        };
    }
    if let Command::Routes = &cli.command {
        routes::run(out);
        return ExitCode::SUCCESS;
    }
    if let Command::Law(command) = &cli.command
        && let Some(code) = law::run(command, out)
    {
        return code;
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(e) => return out.failure(&e.into()),
    };
    match runtime.block_on(run(&cli, out)) {
        Ok(Verdict::InOrder) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(3),
        Err(e) => out.failure(&e),
    }
}

async fn run(cli: &Cli, out: Out) -> anyhow::Result<Verdict> {
    let config = Config::load(&cli.settings)?;
    match &cli.command {
        Command::Serve => serve::run(&config, out).await,
        Command::Demo(demo) => demo::run(&config, demo, out).await,
        Command::Import(command) => import::run(&config, command, out).await,
        Command::Ledger(command) => ledger::run(&config, command, out).await,
        Command::Client(command) => clients::run(&config, command, out).await,
        Command::Policy(policies::Command::House(command)) => {
            studio::run(&config, command, out).await
        }
        Command::Policy(policies::Command::Render(command)) => render::run(&config, command).await,
        Command::Policy(command) => policies::run(command, out),
        Command::Key(command) => keys::run(&config, command, out).await,
        Command::Secrets(command) => secrets::run(&config, command, out).await,
        Command::Money(command) => money::run(command, out).map(|()| Verdict::InOrder),
        Command::Reconcile(command) => reconcile::run(&config, command, out).await,
        Command::Limits(command) => limits::run(&config, command, out).await,
        Command::Audit => audit::audit(&config, out).await,
        Command::Rebuild { dry_run } => audit::rebuild(&config, *dry_run, out).await,
        Command::Backup(what) => backup::run(&config, what, out).await,
        Command::Restore(what) => backup::restore(&config, what, out).await,
        Command::Admin(command) => admin::run(&config, command, out).await,
        Command::User(command) => users::run(&config, command, out).await,
        Command::Openapi => {
            println!("{:#}", api::openapi());
            Ok(Verdict::InOrder)
        }
        Command::Routes => Ok(routes::run(out)),
        Command::Migrate(what) => migrate::run(&config, what, out).await,
        Command::Law(command) => packs::run(&config, command, out).await,
        Command::Doctor => doctor::run(&config, out).await,
        Command::Privacy(command) => privacy::run(&config, command, out).await,
        Command::Config(command) => Ok(production::run(&config, command, out)),
    }
}
