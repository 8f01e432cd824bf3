//! `redress policy` on a house: drafts, their check, review, approval and publication. Everything
//! goes through the same door as the pages and the API; `--as` says who acts.

use crate::{Verdict, adapters, clients, config::Config, out::Out, users};
use anyhow::{Context as _, bail};
use app::{
    App, AppError,
    policies::{CheckRun, NewVersion, Stage, Standing, Typed},
};
use clap::Subcommand;
use kernel::{ClientId, Date, DraftId, Money, RunId, Scope};
use policy::draft::Seal;
use serde::Serialize;
use serde_json::json;
use std::{fmt::Write as _, path::PathBuf};

/// What can be done with the policies of a client.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List versions and drafts of a client
    List {
        /// Which client
        client: String,
    },
    /// Begin a draft from a file, or put the file's text into one
    Draft {
        /// Which client
        client: String,
        /// The policy as TOML; kept as it is, even if it is none yet
        file: PathBuf,
        /// First day of orders it is to hold for
        #[arg(long, value_name = "DAY")]
        from: Date,
        /// What it is called [default: the file's name]
        #[arg(long)]
        title: Option<String>,
        /// The draft to put it into
        #[arg(long)]
        draft: Option<DraftId>,
        /// Who writes: name or id of a user
        #[arg(long = "as", value_name = "USER")]
        who: String,
    },
    /// Show a draft: how far it is, what its check found, what would be approved
    Show {
        /// Which client
        client: String,
        /// Which draft
        draft: DraftId,
    },
    /// Check a draft and ask a second person to approve it
    Review {
        /// Which client
        client: String,
        /// Which draft
        draft: DraftId,
        /// Why it may be published with the warnings of the check
        #[arg(long, default_value = "")]
        reason: String,
        /// Who asks
        #[arg(long = "as", value_name = "USER")]
        who: String,
    },
    /// Decide the real cases of the last days again under a draft
    Backtest {
        /// Which client
        client: String,
        /// Which draft
        draft: DraftId,
        /// Days to look back
        #[arg(long, default_value_t = 90)]
        days: i64,
        /// Who asks
        #[arg(long = "as", value_name = "USER")]
        who: String,
    },
    /// Approve a draft that somebody else wrote
    Approve {
        /// Which client
        client: String,
        /// Which draft
        draft: DraftId,
        /// What is approved, as `show` says it
        #[arg(long)]
        seal: String,
        /// Who approves
        #[arg(long = "as", value_name = "USER")]
        who: String,
    },
    /// Publish a draft that was approved
    Publish {
        /// Which client
        client: String,
        /// Which draft
        draft: DraftId,
        /// Who publishes
        #[arg(long = "as", value_name = "USER")]
        who: String,
    },
    /// Begin a draft that goes back to an older version
    Rollback {
        /// Which client
        client: String,
        /// Number of the version, as `list` says it
        number: i64,
        /// First day of orders it is to hold for
        #[arg(long, value_name = "DAY")]
        from: Date,
        /// Who does
        #[arg(long = "as", value_name = "USER")]
        who: String,
    },
}

/// A draft in an answer.
#[derive(Serialize)]
struct Shown<'a> {
    draft: DraftId,
    title: &'a str,
    stage: &'static str,
    from: Date,
    content: &'a str,
    seal: Option<&'a str>,
    errors: Vec<String>,
    check: Option<&'a app::policies::Found>,
}

/// Carries out a command.
pub async fn run(config: &Config, command: &Command, out: Out) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    match command {
        Command::List { client } => list(&app, clients::find(&app, client)?, out).await,
        Command::Draft {
            client,
            file,
            from,
            title,
            draft,
            who,
        } => {
            let (client, scope) = who_on(&app, client, who).await?;
            let name = file.display();
            let text =
                std::fs::read_to_string(file).with_context(|| format!("{name} cannot be read"))?;
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            let typed = Typed {
                title: title.as_deref().unwrap_or(&stem),
                text: &text,
                from: *from,
            };
            let draft = if let Some(draft) = draft {
                let known = app.draft(&scope, client, *draft).await.map_err(told)?;
                app.save_draft(&scope, client, *draft, known.draft.rev, &typed)
                    .await
                    .map_err(told)?;
                *draft
            } else {
                let base = app.directory().policy_on(client, *from).map(|p| p.hash());
                app.begin_draft(&scope, client, &typed, base)
                    .await
                    .map_err(told)?
            };
            show(&app, client, draft, out).await
        }
        Command::Show { client, draft } => {
            show(&app, clients::find(&app, client)?, *draft, out).await
        }
        Command::Review {
            client,
            draft,
            reason,
            who,
        } => {
            let (client, scope) = who_on(&app, client, who).await?;
            app.check_draft(&scope, client, *draft)
                .await
                .map_err(told)?;
            // A service on the same database may be doing it already.
            while app.draft(&scope, client, *draft).await.map_err(told)?.stage == Stage::Checking {
                if !app.run_policy_run().await? {
                    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
                }
            }
            let asked = app.request_review(&scope, client, *draft, reason).await;
            if let Err(error) = asked {
                let standing = app.draft(&scope, client, *draft).await.map_err(told)?;
                bail!("{}\n{}", told(error), words(&standing));
            }
            show(&app, client, *draft, out).await
        }
        Command::Backtest {
            client,
            draft,
            days,
            who,
        } => {
            let (client, scope) = who_on(&app, client, who).await?;
            let run = app
                .backtest(&scope, client, *draft, *days)
                .await
                .map_err(told)?;
            while app.policy_run(&scope, client, run).await?.is_open() {
                if !app.run_policy_run().await? {
                    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
                }
            }
            replayed(&app, &scope, (client, *draft, run), out).await
        }
        Command::Approve {
            client,
            draft,
            seal,
            who,
        } => {
            let (client, scope) = who_on(&app, client, who).await?;
            app.approve_draft(&scope, client, *draft, &Seal::shown(seal))
                .await
                .map_err(told)?;
            show(&app, client, *draft, out).await
        }
        Command::Publish { client, draft, who } => {
            let (client, scope) = who_on(&app, client, who).await?;
            let done = app
                .publish_draft(&scope, client, *draft)
                .await
                .map_err(told)?;
            out.answer(&done, || {
                format!(
                    "version {} ({:.12}) holds for orders from {} on",
                    done.number,
                    done.policy.to_string(),
                    done.effective_from
                )
            });
            Ok(Verdict::InOrder)
        }
        Command::Rollback {
            client,
            number,
            from,
            who,
        } => {
            let (client, scope) = who_on(&app, client, who).await?;
            let title = format!("Back to version {number}");
            let draft = app
                .begin_rollback(&scope, client, *number, (&title, *from))
                .await
                .map_err(told)?;
            show(&app, client, draft, out).await
        }
    }
}

/// `redress client policy`: a version from a file without a second person.
pub async fn publish_file(
    app: &App,
    client: ClientId,
    (file, from): (&PathBuf, Date),
    reason: &str,
) -> anyhow::Result<()> {
    let name = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("{name} cannot be read"))?;
    // Read here first: its findings have lines.
    let policy = crate::policies::read(&name.to_string(), &text)?;
    let new = NewVersion {
        text: &text,
        from,
        reason,
    };
    match app.publish_alone(&Scope::system(), client, &new).await {
        Ok(_) => Ok(()),
        Err(AppError::Policy(refusal)) => bail!(
            "{name} cannot be published: {refusal}\n`redress policy check {name}` says more about {}",
            policy.source().name
        ),
        Err(AppError::Invalid(_)) => bail!(
            "client {client} has a policy in force: a new version is drafted and approved by a \
             second person (`redress policy draft`). In an emergency say why with --break-glass \
             REASON; that nobody approved it is recorded"
        ),
        Err(e) => Err(e.into()),
    }
}

async fn who_on(app: &App, client: &str, who: &str) -> anyhow::Result<(ClientId, Scope)> {
    let client = clients::find(app, client)?;
    let id = users::find(app, who).await?;
    let people = app.people().await?;
    let person = people.into_iter().find(|p| p.id == id);
    let person = person.with_context(|| format!("there is no user {who:?}"))?;
    Ok((client, person.scope))
}

/// An error of the application in the words of a prompt.
fn told(error: AppError) -> anyhow::Error {
    match error {
        AppError::Denied(permission) => anyhow::anyhow!(
            "this needs the right {}; `redress user add --role ...` gives it",
            permission.as_str()
        ),
        AppError::Invalid(fields) => {
            let names: Vec<&str> = fields.iter().map(|f| f.field.as_str()).collect();
            anyhow::anyhow!("{} is too long or missing", names.join(", "))
        }
        other => other.into(),
    }
}

async fn show(app: &App, client: ClientId, draft: DraftId, out: Out) -> anyhow::Result<Verdict> {
    let standing = app
        .draft(&Scope::system(), client, draft)
        .await
        .map_err(told)?;
    out.answer(&shown(&standing), || words(&standing));
    Ok(Verdict::InOrder)
}

/// What a backtest found, a line for each way cases go.
async fn replayed(
    app: &App,
    scope: &Scope,
    (client, draft, run): (ClientId, DraftId, RunId),
    out: Out,
) -> anyhow::Result<Verdict> {
    let runs = app.backtests(scope, client, draft).await?;
    let mine = runs.into_iter().find(|(r, _)| r.id == run);
    let Some((run, Some(found))) = mine else {
        bail!("the backtest was stopped or failed; see the log");
    };
    out.answer(&found, || {
        let mut text = String::new();
        for b in &found.buckets {
            let money = b.money.iter().map(|(code, s)| {
                let side = |minor| {
                    code.parse()
                        .map_or_else(|_| String::new(), |c| Money::new(minor, c).decimal())
                };
                format!("{} -> {} {code}", side(s.before), side(s.after))
            });
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{:<6} {:>8} -> {:<8} {:>8} cases {:>8} people  {}",
                b.fare,
                b.before,
                b.after,
                b.cases,
                b.customers,
                money.collect::<Vec<_>>().join(", ")
            );
        }
        let ms = run.finished_at.map_or(0, |end| end - run.created_at);
        let _ = write!(
            text,
            "{} cases of {} people in {} days, decided again in {ms} ms",
            found.cases, found.customers, found.days
        );
        text
    });
    Ok(Verdict::InOrder)
}

fn errors(standing: &Standing) -> Vec<String> {
    match &standing.draft.compiled {
        Ok(_) => Vec::new(),
        Err(errors) => errors.0.iter().map(ToString::to_string).collect(),
    }
}

fn shown(standing: &Standing) -> Shown<'_> {
    let check = standing.check.as_ref().filter(|_| standing.check_holds);
    Shown {
        draft: standing.draft.id,
        title: &standing.draft.title,
        stage: standing.stage.as_str(),
        from: standing.draft.from,
        content: standing.draft.content.as_str(),
        seal: standing.seal.as_ref().map(Seal::as_str),
        errors: errors(standing),
        check: check.and_then(|c| c.found.as_ref()),
    }
}

fn words(standing: &Standing) -> String {
    let draft = &standing.draft;
    let mut text = format!(
        "{}  {}  {}  for orders from {}\n",
        draft.id,
        standing.stage.as_str(),
        draft.title,
        draft.from
    );
    for error in errors(standing) {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{error}");
    }
    if let Some(found) = standing
        .check
        .as_ref()
        .filter(|_| standing.check_holds)
        .and_then(|c: &CheckRun| c.found.as_ref())
    {
        for flaw in &found.findings {
            let line = flaw.line.unwrap_or(1);
            let _ = writeln!(
                text,
                "line {line}: {}: {}: {} ({})",
                flaw.kind, flaw.path, flaw.what, flaw.help
            );
            if let Some(order) = &flaw.order {
                let _ = writeln!(text, "  order:  {order}");
            }
            if let Some(below) = &flaw.below {
                let _ = writeln!(
                    text,
                    "  policy: {}\n  law:    {}\n  source: {} ({})",
                    below.policy, below.law, below.citation, below.rule
                );
            }
        }
        let _ = writeln!(
            text,
            "checked against the law of {} places: {} below the law, {} warnings",
            found.places, found.checked.undercuts, found.checked.warnings
        );
    }
    if let Some(seal) = &standing.seal {
        let _ = writeln!(text, "seal {seal}");
    }
    text.trim_end().to_owned()
}

async fn list(app: &App, client: ClientId, out: Out) -> anyhow::Result<Verdict> {
    let directory = app.directory();
    let drafts = app.drafts(&Scope::system(), client).await?;
    let versions = directory.versions(client);
    let value = json!({
        "versions": versions.iter().map(|v| json!({
            "number": v.publication.number, "name": v.name, "from": v.effective_from,
            "hash": v.publication.hash, "approved_by": v.publication.approved_by,
        })).collect::<Vec<_>>(),
        "drafts": drafts.iter().map(shown).collect::<Vec<_>>(),
    });
    out.answer(&value, || {
        let mut text = String::new();
        for v in versions {
            let p = &v.publication;
            let _ = writeln!(
                text,
                "{:>4}  {:.12}  from {}  {}",
                p.number, p.hash, v.effective_from, v.name
            );
        }
        for d in &drafts {
            let _ = writeln!(text, "{}", words(d).lines().next().unwrap_or_default());
        }
        text.trim_end().to_owned()
    });
    Ok(Verdict::InOrder)
}
