//! `redress doctor`: what is configured, whether it answers, and what is not as it should be.

use crate::{Verdict, adapters, config::Config, out::Out, production};
use app::App;
use kernel::Scope;
use serde_json::json;
use std::{
    fmt::Write as _,
    time::{Duration, SystemTime},
};

/// A job that waits longer is late, seconds.
const JOB_LATE: u64 = 15 * 60;
/// A backup that is older is too old.
const BACKUP_OLD: Duration = Duration::from_hours(26);
/// Clocks of this machine and of files it writes differ by less.
const CLOCK_OFF: Duration = Duration::from_secs(5);
/// Less room is too little.
const ROOM_BYTES: u64 = 1 << 30;

/// One thing that was looked at.
struct Check {
    name: &'static str,
    /// What is wrong; none if nothing is.
    wrong: Option<String>,
    /// What was seen.
    seen: String,
}

/// Looks at the house.
pub async fn run(config: &Config, out: Out) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    let mut checks = vec![database(config, &app).await];
    checks.push(policies(&app));
    checks.push(jobs(&app).await);
    checks.push(keys(config, &app).await);
    checks.push(ledger(&app).await);
    checks.push(files(config));
    checks.push(backups(config));
    let directory = app.directory();
    let clients: Vec<serde_json::Value> = directory
        .clients()
        .iter()
        .map(|c| {
            json!({
                "id": c.id, "slug": c.slug, "name": c.name,
                "policies": directory.versions(c.id).len(),
            })
        })
        .collect();
    let report = json!({
        "database": app.store().engine_name(), "config": config, "clients": clients,
        "checks": checks.iter().map(|c| json!({
            "name": c.name, "ok": c.wrong.is_none(), "seen": c.seen, "wrong": c.wrong,
        })).collect::<Vec<_>>(),
    });
    out.answer(&report, || {
        let mut text = format!(
            "data in {}; pages at {}; {} clients",
            config.data.display(),
            config.base_url,
            clients.len()
        );
        for check in &checks {
            let mark = if check.wrong.is_none() { "ok " } else { "NOT" };
            let _ = write!(text, "\n{mark} {}: {}", check.name, check.seen);
            if let Some(wrong) = &check.wrong {
                let _ = write!(text, "\n    {wrong}");
            }
        }
        text
    });
    Ok(if checks.iter().all(|c| c.wrong.is_none()) {
        Verdict::InOrder
    } else {
        Verdict::Findings
    })
}

async fn database(config: &Config, app: &App) -> Check {
    let answers = app.store().ping().await;
    Check {
        name: "database",
        // Opening it has brought the schema up to date, or refused a newer one.
        seen: format!(
            "{}, schema {}",
            app.store().engine_name(),
            store::backup::SCHEMA
        ),
        wrong: answers.err().map(|e| e.to_string()).or_else(|| {
            let room = config.is_embedded().then(|| room(config)).flatten()?;
            (room < ROOM_BYTES).then(|| format!("only {} MiB are free for the data", room >> 20))
        }),
    }
}

/// Bytes free where the data lies, as `df` tells; none where it cannot be asked.
fn room(config: &Config) -> Option<u64> {
    let out = std::process::Command::new("df")
        .args(["-Pk", "--"])
        .arg(&config.data)
        .output()
        .ok()?;
    let text = String::from_utf8(out.stdout).ok()?;
    let blocks: u64 = text
        .lines()
        .nth(1)?
        .split_whitespace()
        .nth(3)?
        .parse()
        .ok()?;
    blocks.checked_mul(1024)
}

fn policies(app: &App) -> Check {
    let directory = app.directory();
    let without = directory
        .clients()
        .iter()
        .filter(|c| directory.versions(c.id).is_empty());
    let without: Vec<&str> = without.map(|c| c.slug.as_str()).collect();
    Check {
        name: "policies",
        seen: format!("{} clients", directory.clients().len()),
        wrong: (!without.is_empty()).then(|| {
            format!(
                "no policy, so no orders can be imported: {}",
                without.join(", ")
            )
        }),
    }
}

async fn jobs(app: &App) -> Check {
    let name = "jobs";
    match app.vitals().await {
        Ok(vitals) => {
            let age = vitals.outbox_age_seconds;
            let wrong = if age > JOB_LATE {
                Some(format!("the oldest waits for {} minutes", age / 60))
            } else if vitals.jobs_dead > 0 {
                Some(format!(
                    "{} were given up: see the page of jobs",
                    vitals.jobs_dead
                ))
            } else {
                None
            };
            Check {
                name,
                seen: format!("{} open", vitals.jobs_open),
                wrong,
            }
        }
        Err(e) => Check {
            name,
            seen: "unknown".into(),
            wrong: Some(e.to_string()),
        },
    }
}

async fn keys(config: &Config, app: &App) -> Check {
    let name = "keys";
    // Also tries to unwrap the keys of every client.
    let mut wrong = None;
    for client in app.directory().clients() {
        if let Err(e) = app.check_keys(client.id).await {
            wrong = Some(e.to_string());
        }
    }
    match app.root_state().await {
        Ok((number, inside)) => Check {
            name,
            seen: format!("root key {number}"),
            wrong: wrong.or_else(|| {
                (inside && config.secrets_file.is_some())
                    .then(|| "a root key lies in the database too: redress secrets move".into())
            }),
        },
        Err(e) => Check {
            name,
            seen: "unknown".into(),
            wrong: Some(e.to_string()),
        },
    }
}

async fn ledger(app: &App) -> Check {
    let (scope, mut size, mut pending) = (Scope::system(), 0, 0);
    let mut wrong = None;
    for client in app.directory().clients() {
        match app.log(&scope, client.id).await {
            Ok(log) => {
                size += log.size;
                pending += log.pending;
                if log.size > 0 && log.checkpoint.is_none() {
                    wrong = Some(format!("the log of {} has no signed head", client.slug));
                }
            }
            Err(e) => wrong = Some(e.to_string()),
        }
    }
    Check {
        name: "ledger",
        seen: format!("{size} entries, {pending} wait for their place"),
        wrong,
    }
}

/// The data directory can be written, and its file system agrees with this machine's clock.
fn files(config: &Config) -> Check {
    let name = "files";
    let probe = config.data.join(".doctor");
    let tried = std::fs::create_dir_all(&config.data)
        .and_then(|()| std::fs::write(&probe, b"x"))
        .and_then(|()| std::fs::metadata(&probe)?.modified());
    let _ = std::fs::remove_file(&probe);
    let seen = match &config.smtp_url {
        Some(_) => "mail goes to a server",
        None => "mail goes into files",
    };
    let wrong = match tried {
        Err(e) => Some(format!("{} cannot be written: {e}", config.data.display())),
        Ok(stamped) => {
            #[expect(
                clippy::disallowed_methods,
                reason = "the clock of this machine is what is looked at"
            )]
            let now = SystemTime::now();
            let off = now
                .duration_since(stamped)
                .or_else(|_| stamped.duration_since(now))
                .unwrap_or_default();
            (off > CLOCK_OFF).then(|| format!("the clocks of machine and disk differ by {off:?}"))
        }
    };
    Check {
        name,
        seen: seen.into(),
        wrong,
    }
}

fn backups(config: &Config) -> Check {
    let name = "backups";
    let Some(folder) = &config.backups else {
        return Check {
            name,
            seen: "not configured".into(),
            wrong: None,
        };
    };
    let wrong = match production::newest(folder) {
        None => Some(format!("none in {}", folder.display())),
        Some(made) => {
            #[expect(
                clippy::disallowed_methods,
                reason = "the age of a file is told by the clock of this machine"
            )]
            let age = SystemTime::now().duration_since(made).unwrap_or_default();
            (age > BACKUP_OLD).then(|| format!("the newest is {} hours old", age.as_secs() / 3600))
        }
    };
    Check {
        name,
        seen: folder.display().to_string(),
        wrong,
    }
}
