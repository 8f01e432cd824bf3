//! `redress import`: files of other systems, with progress, a list of what was not taken next to
//! the file, and a summary whose figures add up to the file.

use crate::{Verdict, adapters, clients, config::Config, out::Out};
use anyhow::{Context as _, bail};
use app::{
    App,
    intake::{ImportOptions, ReturnsWatch, Unmatched, Watch},
};
use clap::{Args, Subcommand, ValueEnum};
use flate2::read::MultiGzDecoder;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::tz::TimeZone;
use kernel::{ClientId, Money, Scope, Timestamp};
use std::{
    ffi::OsString,
    fmt::Write as _,
    fs::File,
    io::{BufReader, Read},
    path::{Path, PathBuf},
};
use wire::{CsvMap, OrderDraft, ReturnDraft, RowError};

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Orders as they were sold
    Orders(Source),
    /// Returns another system has already credited
    Returns(Source),
    /// What the client sells today, for exchanges: csv or jsonl
    Articles(Source),
    /// Disputes of payments, as a provider or an acquirer lists them: csv
    Disputes(Source),
}

/// The file and how to read it.
#[derive(Debug, Args)]
pub struct Source {
    /// Whose it is: slug or id
    #[arg(long)]
    client: String,
    /// What it is written in
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// Column map for CSV; without one, columns are named as our fields
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Customers of the tau-bench set
    #[arg(long, value_name = "FILE")]
    users: Option<PathBuf>,
    /// When orders of a set without dates were placed
    #[arg(long, value_name = "TIME")]
    placed_at: Option<Timestamp>,
    /// Where to list what was not taken [default: the file's name and `.errors.csv`]
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Check everything, store nothing
    #[arg(long)]
    dry_run: bool,
    /// The file; `.gz` is unpacked
    file: PathBuf,
}

/// Formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Comma-separated values with a header row
    Csv,
    /// One JSON object of our schema per line
    Jsonl,
    /// Orders of Shopify's Admin API
    Shopify,
    /// The tau-bench retail set
    Tau,
}

type Orders = Box<dyn Iterator<Item = Result<OrderDraft, RowError>> + Send>;
type Returns = Box<dyn Iterator<Item = Result<ReturnDraft, RowError>> + Send>;

/// Carries out an import.
pub async fn run(config: &Config, command: &Command, out: Out) -> anyhow::Result<Verdict> {
    let app = adapters::open_app(config).await?;
    match command {
        Command::Orders(source) => orders(&app, source, out).await,
        Command::Returns(source) => returns(&app, source, out).await,
        Command::Articles(source) => articles(&app, source, out).await,
        // Boxed: what follows a dispute makes a large future.
        Command::Disputes(source) => Box::pin(disputes(&app, source, out)).await,
    }
}

async fn orders(app: &App, source: &Source, out: Out) -> anyhow::Result<Verdict> {
    let client = clients::find(app, &source.client)?;
    let bar = bar(source, out)?;
    let drafts = open_orders(source, &bar)?;
    let mut list = ErrorList::new(source);
    let mut broken = None;
    let mut watch = Watch {
        rejected: &mut |error| note(&mut broken, list.row(error)),
        progress: &mut |_| {},
    };
    let report = app
        .import_orders(
            &Scope::system(),
            client,
            drafts,
            source.options(),
            &mut watch,
        )
        .await?;
    bar.finish_and_clear();
    let file = list.finish(broken)?;
    out.answer(&serde_json::json!({ "report": report, "errors": file }), || {
        let r = &report;
        let mut text = format!(
            "{} orders read with {} lines: {} stored, {} were here, {} differ from what is here\n\
             {} stored orders were not paid in full; {} rows are no goods, {} rows are wrong",
            r.read, r.lines, r.stored, r.already_there, r.changed_elsewhere, r.not_fully_paid,
            r.left_out, r.rejected
        );
        text.push_str(&where_listed(file.as_deref(), source.dry_run));
        text
    });
    Ok(if report.rejected == 0 {
        Verdict::InOrder
    } else {
        Verdict::Findings
    })
}

async fn articles(app: &App, source: &Source, out: Out) -> anyhow::Result<Verdict> {
    type Articles = Box<dyn Iterator<Item = Result<wire::ArticleDraft, RowError>> + Send>;
    let client = clients::find(app, &source.client)?;
    let bar = bar(source, out)?;
    let reader = open(&source.file, &bar)?;
    let drafts: Articles = match source.format {
        Format::Csv => Box::new(wire::articles_from_csv(reader)?),
        Format::Jsonl => Box::new(wire::articles_from_jsonl(BufReader::new(reader))),
        Format::Shopify | Format::Tau => bail!("articles are read from csv or jsonl"),
    };
    let mut list = ErrorList::new(source);
    let mut broken = None;
    let mut rejected = |error: &RowError| note(&mut broken, list.row(error));
    let report = app
        .import_articles(
            &Scope::system(),
            client,
            drafts,
            source.options(),
            &mut rejected,
        )
        .await?;
    bar.finish_and_clear();
    let file = list.finish(broken)?;
    out.answer(
        &serde_json::json!({ "report": report, "errors": file }),
        || {
            let r = &report;
            let mut text = format!(
                "{} articles read: {} stored, {} rows are wrong",
                r.read, r.stored, r.rejected
            );
            text.push_str(&where_listed(file.as_deref(), source.dry_run));
            text
        },
    );
    Ok(if report.rejected == 0 {
        Verdict::InOrder
    } else {
        Verdict::Findings
    })
}

async fn disputes(app: &App, source: &Source, out: Out) -> anyhow::Result<Verdict> {
    let client = clients::find(app, &source.client)?;
    if source.format != Format::Csv {
        bail!("disputes are read from csv");
    }
    let bar = bar(source, out)?;
    let drafts = wire::disputes_from_csv(open(&source.file, &bar)?)?;
    let mut list = ErrorList::new(source);
    let mut broken = None;
    let mut rejected = |error: &RowError| note(&mut broken, list.row(error));
    let system = Scope::system();
    let taken = app.import_disputes(&system, client, drafts, source.options(), &mut rejected);
    let report = Box::pin(taken).await?;
    bar.finish_and_clear();
    let file = list.finish(broken)?;
    out.answer(
        &serde_json::json!({ "report": report, "errors": file }),
        || {
            let r = &report;
            let mut text = format!(
                "{} disputes read: {} say something new, {} were known, {} rows are wrong; the order \
                 of {} is not known",
                r.read, r.taken, r.known, r.rejected, r.unmatched
            );
            text.push_str(&where_listed(file.as_deref(), source.dry_run));
            text
        },
    );
    Ok(if report.rejected == 0 {
        Verdict::InOrder
    } else {
        Verdict::Findings
    })
}

async fn returns(app: &App, source: &Source, out: Out) -> anyhow::Result<Verdict> {
    let client: ClientId = clients::find(app, &source.client)?;
    let bar = bar(source, out)?;
    let drafts = open_returns(source, &bar)?;
    // Two listeners write one list.
    let list = std::sync::Mutex::new((ErrorList::new(source), None));
    let lock = || {
        list.lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    };
    let mut watch = ReturnsWatch {
        rejected: &mut |error| {
            let (list, broken) = &mut *lock();
            note(broken, list.row(error));
        },
        unmatched: &mut |unmatched| {
            let (list, broken) = &mut *lock();
            note(broken, list.unmatched(unmatched));
        },
        progress: &mut |_| {},
    };
    let report = app
        .import_returns(
            &Scope::system(),
            client,
            drafts,
            source.options(),
            &mut watch,
        )
        .await?;
    bar.finish_and_clear();
    let (list, broken) = list
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let file = list.finish(broken)?;
    out.answer(
        &serde_json::json!({ "report": report, "errors": file }),
        || {
            let r = &report;
            let mut text = format!(
                "{} returns read: {} replayed as {} cases with {} units, {} were here, {} found no \
             purchase for all units; {} rows are no goods, {} rows are wrong",
                r.read,
                r.replayed,
                r.cases,
                r.units,
                r.already_there,
                r.unmatched,
                r.left_out,
                r.rejected
            );
            for (code, t) in &r.totals {
                let show = |minor| match code.parse() {
                    Ok(currency) => Money::new(minor, currency).to_string(),
                    Err(_) => format!("{minor} {code}"),
                };
                let _ = write!(
                    text,
                    "\n{} credited = {} replayed + {} here before + {} unmatched",
                    show(t.told),
                    show(t.replayed),
                    show(t.already_there),
                    show(t.unmatched)
                );
            }
            text.push_str(&where_listed(file.as_deref(), source.dry_run));
            text
        },
    );
    let in_order = report.rejected == 0 && report.unmatched == 0;
    Ok(if in_order {
        Verdict::InOrder
    } else {
        Verdict::Findings
    })
}

fn where_listed(file: Option<&Path>, dry_run: bool) -> String {
    let mut text = String::new();
    if let Some(file) = file {
        let _ = write!(text, "\nwhat was not taken is listed in {}", file.display());
    }
    if dry_run {
        text.push_str("\nnothing was stored: this was a dry run");
    }
    text
}

impl Source {
    const fn options(&self) -> ImportOptions {
        ImportOptions {
            dry_run: self.dry_run,
        }
    }

    fn map(&self) -> anyhow::Result<(CsvMap, TimeZone)> {
        let map = match &self.map {
            None => CsvMap::plain(),
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .with_context(|| format!("{} cannot be read", path.display()))?;
                CsvMap::parse(&text)?
            }
        };
        let zone = TimeZone::get(map.time_zone())
            .with_context(|| format!("the map names the time zone {:?}", map.time_zone()))?;
        Ok((map, zone))
    }
}

fn open_orders(source: &Source, bar: &ProgressBar) -> anyhow::Result<Orders> {
    let reader = open(&source.file, bar)?;
    Ok(match source.format {
        Format::Csv => {
            let (map, zone) = source.map()?;
            // The one map of the process: readers borrow it for as long as they run.
            let map: &'static CsvMap = Box::leak(Box::new(map));
            Box::new(wire::orders_from_csv(reader, map, zone)?)
        }
        Format::Jsonl => Box::new(wire::orders_from_jsonl(BufReader::new(reader))),
        Format::Shopify => Box::new(wire::orders_from_shopify(reader)?.into_iter()),
        Format::Tau => {
            let Some(placed_at) = source.placed_at else {
                bail!("this set has no dates: say when with --placed-at 2026-10-01T12:00:00Z");
            };
            let body = wire::limits::read_body(reader, wire::limits::MAX_DOCUMENT)?;
            let users = match &source.users {
                Some(path) => {
                    let reader = open(path, &ProgressBar::hidden())?;
                    wire::limits::read_body(reader, wire::limits::MAX_DOCUMENT)?
                }
                None => b"{}".to_vec(),
            };
            Box::new(wire::orders_from_tau(&body, &users, placed_at)?.into_iter())
        }
    })
}

fn open_returns(source: &Source, bar: &ProgressBar) -> anyhow::Result<Returns> {
    let reader = open(&source.file, bar)?;
    Ok(match source.format {
        Format::Csv => {
            let (map, zone) = source.map()?;
            let map: &'static CsvMap = Box::leak(Box::new(map));
            Box::new(wire::returns_from_csv(reader, map, zone)?)
        }
        Format::Jsonl => Box::new(wire::returns_from_jsonl(BufReader::new(reader))),
        Format::Shopify | Format::Tau => bail!("returns are read from csv or jsonl"),
    })
}

/// Opens a file, unpacks it if it is packed, and moves the bar by what is read of it.
fn open(path: &Path, bar: &ProgressBar) -> anyhow::Result<Box<dyn Read + Send>> {
    let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let file = BufReader::new(bar.wrap_read(file));
    let packed = path
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("gz"));
    Ok(if packed {
        Box::new(MultiGzDecoder::new(file))
    } else {
        Box::new(file)
    })
}

fn bar(source: &Source, out: Out) -> anyhow::Result<ProgressBar> {
    if out.is_json() {
        return Ok(ProgressBar::hidden());
    }
    let size = std::fs::metadata(&source.file).map_or(0, |m| m.len());
    let bar = ProgressBar::new(size);
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {bytes}/{total_bytes} {elapsed}",
    )?);
    Ok(bar)
}

fn note(broken: &mut Option<anyhow::Error>, written: anyhow::Result<()>) {
    if let (None, Err(e)) = (&broken, written) {
        *broken = Some(e);
    }
}

/// The list of what was not taken; made when there is something to list.
struct ErrorList {
    path: PathBuf,
    writer: Option<csv::Writer<File>>,
}

impl ErrorList {
    fn new(source: &Source) -> Self {
        let beside = || {
            let mut path = OsString::from(&source.file);
            path.push(".errors.csv");
            path.into()
        };
        Self {
            path: source.errors.clone().unwrap_or_else(beside),
            writer: None,
        }
    }

    fn row(&mut self, error: &RowError) -> anyhow::Result<()> {
        let fault = serde_json::to_value(error.fault)?;
        let fault = fault.as_str().unwrap_or_default();
        let amount = error.amount.map(|m| m.to_string()).unwrap_or_default();
        self.write([
            &error.line.to_string(),
            fault,
            &error.field,
            &error.what,
            &error.help,
            &amount,
        ])
    }

    fn unmatched(&mut self, told: &Unmatched) -> anyhow::Result<()> {
        let why = serde_json::to_value(told.why)?;
        let why = told
            .refusal
            .unwrap_or_else(|| why.as_str().unwrap_or_default());
        let what = format!("{}: {} of {}", told.number, told.units, told.sku);
        let amount = told.amount.to_string();
        self.write([
            &told.line.to_string(),
            why,
            "sku",
            &what,
            told.why.as_str(),
            &amount,
        ])
    }

    fn write(&mut self, row: [&str; 6]) -> anyhow::Result<()> {
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => {
                let file = File::create(&self.path);
                let file =
                    file.with_context(|| format!("{} cannot be made", self.path.display()))?;
                let mut writer = csv::Writer::from_writer(file);
                writer.write_record(["line", "fault", "field", "what", "help", "amount"])?;
                none.insert(writer)
            }
        };
        Ok(writer.write_record(row.map(inert))?)
    }

    /// Where the list is, if anything is on it.
    fn finish(self, broken: Option<anyhow::Error>) -> anyhow::Result<Option<PathBuf>> {
        if let Some(e) = broken {
            return Err(e);
        }
        let Some(mut writer) = self.writer else {
            return Ok(None);
        };
        writer.flush()?;
        Ok(Some(self.path))
    }
}

/// Text a spreadsheet does not take for a formula.
fn inert(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_never_formulas() {
        assert_eq!(inert("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(inert("C536379: 1 of A"), "C536379: 1 of A");
    }
}
