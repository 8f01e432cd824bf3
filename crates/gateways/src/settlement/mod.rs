//! Settlement reports of card processors as reports about an account: the balance a processor keeps for
//! a client. A refund stands in them under our key, with what it was; sales, fees and chargebacks are
//! summed up, and each payout is one line, which a bank books as one sum. Files are read as the
//! processors document them; what a line means for our books is decided elsewhere.

mod adyen;
mod paypal;
mod stripe;

use kernel::{Currency, Date, Money};
use ports::{AccountEntry, AccountReport, Balances, LooseEntry, LooseKind, PaymentKey};
use std::collections::{BTreeMap, HashMap};

/// Rows of one file.
const ROWS_MAX: usize = 2_000_000;

/// A file that is no settlement report, or a damaged one.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The file is none of the reports that can be read.
    #[error(
        "this is no settlement report: give Stripe's itemised payout reconciliation, Adyen's \
         settlement details or PayPal's settlement report (STL), as CSV"
    )]
    Unknown,
    /// A column is missing.
    #[error("the report has no column {0:?}: ask the provider to add it")]
    Column(&'static str),
    /// A line cannot be read.
    #[error("line {line}: {what} cannot be read")]
    Line {
        /// Which, from 1.
        line: u64,
        /// What of it.
        what: String,
    },
    /// The file is no CSV.
    #[error("the file is no CSV: {0}")]
    Csv(#[from] csv::Error),
    /// It is larger than any report.
    #[error("the report has more than {ROWS_MAX} lines")]
    Large,
}

/// What a line of a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Sale,
    Refund,
    RefundBack,
    Chargeback,
    Fee,
    Payout,
    Rest,
}

impl Class {
    const fn sum(self) -> LooseKind {
        match self {
            Self::Sale => LooseKind::Sales,
            Self::Refund | Self::RefundBack => LooseKind::Refunds,
            Self::Chargeback => LooseKind::Chargebacks,
            Self::Fee => LooseKind::Fees,
            Self::Payout => LooseKind::Payout,
            Self::Rest => LooseKind::Rest,
        }
    }
}

/// One line, as any of them writes it.
#[derive(Debug)]
struct Line {
    class: Class,
    /// Our key, if it is a refund of ours.
    key: Option<PaymentKey>,
    /// The provider's number of it.
    reference: String,
    /// What was paid, in the currency it was paid in; negative when it left the balance.
    gross: Money,
    /// What it does to the balance, fees taken off.
    net: Money,
    /// Its fees; positive when taken.
    fee_minor: i64,
    on: Date,
}

/// A report's lines with what frames them.
#[derive(Debug)]
struct Framed {
    id: String,
    number: Option<i64>,
    /// The days it is about, where it says so; otherwise those of its lines.
    days: Option<(Date, Date)>,
    /// Whether all lines together leave nothing on the balance.
    balanced: bool,
    lines: Vec<Line>,
}

/// Reads a settlement report of any of the processors.
///
/// # Errors
/// When it is none, or damaged: then nothing of it is used.
pub fn read_settlement(bytes: &[u8]) -> Result<Vec<AccountReport>, ReportError> {
    let head = bytes.get(..bytes.len().min(4_096)).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start_matches('\u{feff}');
    let (account, framed) = if head.contains("reporting_category") {
        ("stripe", stripe::read(bytes)?)
    } else if head.contains("Psp Reference") && head.contains("Batch Number") {
        ("adyen", adyen::read(bytes)?)
    } else if head.starts_with("RH") || head.starts_with("\"RH\"") {
        ("paypal", paypal::read(bytes)?)
    } else {
        return Err(ReportError::Unknown);
    };
    Ok(framed
        .into_iter()
        .flat_map(|f| reports(account, f))
        .collect())
}

/// One report for each currency of the balance.
fn reports(account: &str, framed: Framed) -> Vec<AccountReport> {
    let mut by_currency: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for line in framed.lines {
        let of = by_currency.entry(line.net.currency.code().to_owned());
        of.or_default().push(line);
    }
    let several = by_currency.len() > 1;
    by_currency
        .into_values()
        .filter_map(|lines| {
            let currency = lines.first()?.net.currency;
            let first = lines.iter().map(|l| l.on).min()?;
            let last = lines.iter().map(|l| l.on).max()?;
            let (from, until) = framed.days.unwrap_or((first, last));
            let id = if several {
                format!("{} {}", framed.id, currency.code())
            } else {
                framed.id.clone()
            };
            let booked: i64 = lines.iter().map(|l| l.net.minor).sum();
            let (entries, others) = ours(&lines);
            Some(AccountReport {
                account: account.to_owned(),
                currency,
                statement: Some(Balances {
                    from,
                    until,
                    number: framed.number,
                    opening_minor: 0,
                    closing_minor: 0,
                    booked_minor: if framed.balanced { booked } else { 0 },
                }),
                entries,
                others,
                loose: loose(&id, several, &lines),
                id,
            })
        })
        .collect()
}

/// The refunds of ours, and how many other lines there are.
fn ours(lines: &[Line]) -> (Vec<AccountEntry>, usize) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut entries = Vec::new();
    for line in lines {
        let (Some(key), Class::Refund | Class::RefundBack) = (line.key, line.class) else {
            continue;
        };
        let is_back = line.class == Class::RefundBack;
        let way = if is_back { "back" } else { "out" };
        let reference = format!("{}/{key}/{way}", cut(&line.reference));
        let n = seen.entry(reference.clone()).or_default();
        entries.push(AccountEntry {
            n: *n,
            reference,
            key,
            is_back,
            amount: Money::new(line.gross.minor.saturating_abs(), line.gross.currency),
            on: line.on,
        });
        *n += 1;
    }
    let others = lines.len() - entries.len();
    (entries, others)
}

/// Payouts one by one, the rest in sums. Fees of single lines are taken out of them.
fn loose(report: &str, several: bool, lines: &[Line]) -> Vec<LooseEntry> {
    let mut sums: BTreeMap<LooseKind, (i64, Date)> = BTreeMap::new();
    let mut out = Vec::new();
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let mut add = |kind, minor: i64, on: Date| {
        let of = sums.entry(kind).or_insert((0, on));
        *of = (of.0.saturating_add(minor), of.1.max(on));
    };
    for line in lines {
        if line.class == Class::Payout {
            let n = seen.entry(&line.reference).or_default();
            // A batch in several currencies is paid out in each of them.
            let named = if several {
                format!("{} {}", line.reference, line.net.currency.code())
            } else {
                line.reference.clone()
            };
            out.push(LooseEntry {
                reference: cut(&named),
                n: *n,
                kind: LooseKind::Payout,
                minor: line.net.minor,
                on: line.on,
                text: String::new(),
            });
            *n += 1;
            continue;
        }
        add(
            line.class.sum(),
            line.net.minor.saturating_add(line.fee_minor),
            line.on,
        );
        if line.fee_minor != 0 {
            add(LooseKind::Fees, -line.fee_minor, line.on);
        }
    }
    for (kind, (minor, on)) in sums {
        out.push(LooseEntry {
            reference: cut(&format!("{report}/{}", kind.as_str())),
            n: 0,
            kind,
            minor,
            on,
            text: String::new(),
        });
    }
    out
}

fn cut(text: &str) -> String {
    text.chars().take(96).collect()
}

/// A file by its columns.
struct Columns {
    at: HashMap<String, usize>,
}

impl Columns {
    fn new(header: &csv::StringRecord) -> Self {
        let named = header.iter().enumerate();
        let at = named.map(|(i, name)| (name.trim().trim_start_matches('\u{feff}').to_owned(), i));
        Self { at: at.collect() }
    }

    fn must(&self, names: &[&'static str]) -> Result<(), ReportError> {
        match names.iter().copied().find(|n| !self.at.contains_key(*n)) {
            Some(missing) => Err(ReportError::Column(missing)),
            None => Ok(()),
        }
    }

    fn get<'r>(&self, record: &'r csv::StringRecord, name: &str) -> &'r str {
        let at = self.at.get(name);
        at.and_then(|i| record.get(*i)).unwrap_or_default().trim()
    }
}

/// What tells where a line cannot be read.
fn bad(record: &csv::StringRecord, what: impl Into<String>) -> ReportError {
    ReportError::Line {
        line: record.position().map_or(0, csv::Position::line),
        what: what.into(),
    }
}

fn currency(record: &csv::StringRecord, text: &str) -> Result<Currency, ReportError> {
    let code = text.to_uppercase();
    code.parse()
        .map_err(|_| bad(record, format!("the currency {text:?}")))
}

/// A decimal; empty is nothing.
fn decimal(record: &csv::StringRecord, text: &str, currency: Currency) -> Result<i64, ReportError> {
    if text.is_empty() {
        return Ok(0);
    }
    Money::parse(text, currency)
        .map(|m| m.minor)
        .map_err(|_| bad(record, format!("the amount {text:?}")))
}

/// The date at the start of a timestamp.
fn day(record: &csv::StringRecord, text: &str) -> Result<Date, ReportError> {
    let ten = text.get(..10).unwrap_or(text).replace('/', "-");
    ten.parse()
        .map_err(|_| bad(record, format!("the day {text:?}")))
}

/// Rows after the header, bounded.
fn rows(bytes: &[u8]) -> Result<(Columns, Vec<csv::StringRecord>), ReportError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let columns = Columns::new(reader.headers()?);
    let mut out = Vec::new();
    for record in reader.records() {
        if out.len() == ROWS_MAX {
            return Err(ReportError::Large);
        }
        out.push(record?);
    }
    Ok((columns, out))
}
