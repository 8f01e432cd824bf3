//! Settlement reports of card processors as reports about an account: the balance a processor keeps for
//! a client. A refund stands in them under our key or under the provider's number, and a chargeback
//! under its dispute; sales and fees are summed up, and each payout is one line, which a bank books as one sum. Files are read as the
//! processors document them; what a line means for our books is decided elsewhere.

mod adyen;
mod paypal;
mod stripe;

use kernel::{Currency, Date, Money};
use ports::{
    AccountEntry, AccountReport, Balances, FileFault, LooseEntry, LooseKind, NumberedEntry,
    PaymentKey, ReportReader,
};
use std::collections::{BTreeMap, HashMap};

/// Rows of one file.
const ROWS_MAX: usize = 2_000_000;

/// Faults of lines that are named; the count of what is wrong is not whole beyond them.
const FAULTS_MAX: usize = 100;

/// What of a line cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFault {
    /// Which line, from 1.
    pub line: u64,
    /// `amount`, `currency`, `day`, `batch`, `event`, `side` or `category`.
    pub what: &'static str,
    /// What stands there instead.
    pub value: String,
}

impl std::fmt::Display for LineFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { line, what, value } = self;
        write!(f, "line {line}: the {what} {value:?} cannot be read")
    }
}

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
    /// Lines cannot be read: all of them, as far as they are named.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Lines(Vec<LineFault>),
    /// The file is no CSV.
    #[error("the file is no CSV: {0}")]
    Csv(#[from] csv::Error),
    /// It is larger than any report.
    #[error("the report has more than {ROWS_MAX} lines")]
    Large,
}

impl From<LineFault> for ReportError {
    fn from(fault: LineFault) -> Self {
        Self::Lines(vec![fault])
    }
}

/// The faults of a file's lines, all of which are to be seen at once.
#[derive(Debug, Default)]
struct Faults(Vec<LineFault>);

impl Faults {
    /// What was read of a line; its fault is kept.
    fn keep<T>(&mut self, read: Result<T, LineFault>) -> Option<T> {
        match read {
            Ok(read) => Some(read),
            Err(fault) => {
                if self.0.len() < FAULTS_MAX {
                    self.0.push(fault);
                }
                None
            }
        }
    }

    fn none_or(self) -> Result<(), ReportError> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(ReportError::Lines(self.0))
        }
    }
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
            Self::Chargeback => LooseKind::Chargeback,
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
    /// The provider's number of the payment it is about; empty where it is not said.
    payment: String,
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
            let (entries, numbered) = ours(&lines);
            let others = lines.len() - entries.len() - numbered.len();
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
                numbered,
                others,
                loose: loose(&id, several, &lines),
                id,
            })
        })
        .collect()
}

/// The refunds under keys of ours, and those that say the provider's number alone.
fn ours(lines: &[Line]) -> (Vec<AccountEntry>, Vec<NumberedEntry>) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let (mut entries, mut numbered) = (Vec::new(), Vec::new());
    for line in lines {
        let (Class::Refund | Class::RefundBack) = line.class else {
            continue;
        };
        let is_back = line.class == Class::RefundBack;
        let amount = Money::new(line.gross.minor.saturating_abs(), line.gross.currency);
        let Some(key) = line.key else {
            numbered.push(NumberedEntry {
                number: cut(&line.reference),
                is_back,
                amount,
                on: line.on,
            });
            continue;
        };
        let reference = NumberedEntry::reference(&cut(&line.reference), is_back);
        let n = seen.entry(reference.clone()).or_default();
        entries.push(AccountEntry {
            n: *n,
            reference,
            key,
            is_back,
            amount,
            on: line.on,
        });
        *n += 1;
    }
    (entries, numbered)
}

/// Payouts and chargebacks one by one, the rest in sums. Fees of single lines are taken out of them.
fn loose(report: &str, several: bool, lines: &[Line]) -> Vec<LooseEntry> {
    let mut sums: BTreeMap<LooseKind, (i64, Date)> = BTreeMap::new();
    let mut out = Vec::new();
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let mut taken: HashMap<&str, u32> = HashMap::new();
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
        if line.class == Class::Chargeback {
            let n = taken.entry(&line.reference).or_default();
            out.push(LooseEntry {
                reference: cut(&format!("dispute {}", line.reference)),
                n: *n,
                kind: LooseKind::Chargeback,
                minor: line.net.minor.saturating_add(line.fee_minor),
                on: line.on,
                text: cut(&line.payment),
            });
            *n += 1;
            if line.fee_minor != 0 {
                add(LooseKind::Fees, -line.fee_minor, line.on);
            }
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
fn bad(record: &csv::StringRecord, what: &'static str, value: &str) -> LineFault {
    LineFault {
        line: record.position().map_or(0, csv::Position::line),
        what,
        value: value.chars().take(80).collect(),
    }
}

fn currency(record: &csv::StringRecord, text: &str) -> Result<Currency, LineFault> {
    let code = text.to_uppercase();
    code.parse().map_err(|_| bad(record, "currency", text))
}

/// A decimal; empty is nothing.
fn decimal(record: &csv::StringRecord, text: &str, currency: Currency) -> Result<i64, LineFault> {
    if text.is_empty() {
        return Ok(0);
    }
    Money::parse(text, currency)
        .map(|m| m.minor)
        .map_err(|_| bad(record, "amount", text))
}

/// The date at the start of a timestamp.
fn day(record: &csv::StringRecord, text: &str) -> Result<Date, LineFault> {
    let ten = text.get(..10).unwrap_or(text).replace('/', "-");
    ten.parse().map_err(|_| bad(record, "day", text))
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

/// Reads whatever a bank or a card processor reports about an account.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reader;

impl ReportReader for Reader {
    fn read(&self, bytes: &[u8]) -> Result<Vec<AccountReport>, Vec<FileFault>> {
        let whole = |code, value: String| {
            vec![FileFault {
                line: None,
                code,
                value,
            }]
        };
        let first = bytes.trim_ascii_start();
        let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
        if first.starts_with(b"<") {
            let reports = crate::iso20022::read_message(bytes).and_then(|m| m.reports);
            let reports = reports.map_err(|e| whole("xml", e.to_string()))?;
            return if reports.is_empty() {
                Err(whole("unknown", String::new()))
            } else {
                Ok(reports)
            };
        }
        read_settlement(bytes).map_err(|e| match e {
            ReportError::Unknown => whole("unknown", String::new()),
            ReportError::Column(name) => whole("column", name.to_owned()),
            ReportError::Csv(e) => whole("csv", e.to_string()),
            ReportError::Large => whole("large", ROWS_MAX.to_string()),
            ReportError::Lines(faults) => faults
                .into_iter()
                .map(|f| FileFault {
                    line: Some(f.line),
                    code: f.what,
                    value: f.value,
                })
                .collect(),
        })
    }
}
