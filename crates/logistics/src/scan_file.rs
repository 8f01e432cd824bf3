//! Carrier scan files: CSV with a header, read whole, every bad row reported with its line.
//!
//! Columns by name, in any order, others ignored: `tracking` or `sscc` (or both; `sscc` wins when
//! filled), `code`, `time` (RFC 3339 with an offset), `place` (optional).

use crate::{milestone::CodeBook, sscc::Sscc, track::Scan};
use kernel::Timestamp;

/// How a row names its parcel.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ParcelKey {
    /// Our own number on the label.
    Sscc(Sscc),
    /// The carrier's number: upper case, without spaces.
    Tracking(String),
}

/// A readable row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanRow {
    /// Line in the file; the header is line 1.
    pub line: u64,
    /// The parcel.
    pub parcel: ParcelKey,
    /// What happened to it.
    pub scan: Scan,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowProblem {
    /// The CSV itself cannot be read here, or a field is not UTF-8.
    #[error("this line is not readable CSV")]
    Csv,
    /// Neither number is there.
    #[error("neither sscc nor tracking is given")]
    NoParcel,
    /// The SSCC has a wrong shape or check digit.
    #[error(transparent)]
    Sscc(#[from] crate::sscc::SsccError),
    /// A field is longer than any real one.
    #[error("the field {0} is longer than {max} characters", max = ScanFile::MAX_FIELD)]
    TooLong(&'static str),
    /// The carrier's code is not in its code book.
    #[error("the code {0:?} is not known for this carrier")]
    UnknownCode(String),
    /// The time is not RFC 3339 with an offset; a local time would have to be guessed.
    #[error("the time {0:?} is not RFC 3339 with an offset, as in 2026-10-01T12:30:00+02:00")]
    Time(String),
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct RowError {
    /// Line in the file; the header is line 1.
    pub line: u64,
    /// Why.
    pub problem: RowProblem,
}

/// Why a file was not read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScanFileError {
    /// Larger than [`ScanFile::MAX_BYTES`].
    #[error("the scan file is larger than {} bytes", ScanFile::MAX_BYTES)]
    TooLarge,
    /// A needed column is missing from the header.
    #[error("the header has no column {0}")]
    Column(&'static str),
}

/// A scan file, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScanFile {
    /// Good rows, in file order.
    pub rows: Vec<ScanRow>,
    /// Bad rows, in file order.
    pub errors: Vec<RowError>,
}

/// Positions of the columns in this file.
struct Columns {
    tracking: Option<usize>,
    sscc: Option<usize>,
    code: usize,
    time: usize,
    place: Option<usize>,
}

impl ScanFile {
    /// Larger files are refused: 16 MiB, some 200,000 scans.
    pub const MAX_BYTES: usize = 16 << 20;
    /// Longest field, in characters.
    pub const MAX_FIELD: usize = 128;

    /// Reads `bytes` with the codes of `book`. A bad row never stops the rows after it.
    pub fn parse(bytes: &[u8], book: CodeBook) -> Result<Self, ScanFileError> {
        if bytes.len() > Self::MAX_BYTES {
            return Err(ScanFileError::TooLarge);
        }
        // Spreadsheets write a byte order mark before the first column name.
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(bytes);
        let header = reader.headers().cloned().unwrap_or_default();
        let columns = Columns::find(&header)?;
        let mut file = Self::default();
        let mut next_line = reader.position().line();
        let mut record = csv::StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(false) => return Ok(file),
                Ok(true) => {
                    let line = record.position().map_or(next_line, csv::Position::line);
                    match columns.read(&record, book) {
                        Ok((parcel, scan)) => file.rows.push(ScanRow { line, parcel, scan }),
                        Err(problem) => file.errors.push(RowError { line, problem }),
                    }
                }
                Err(e) => {
                    let line = e.position().map_or(next_line, csv::Position::line);
                    file.errors.push(RowError {
                        line,
                        problem: RowProblem::Csv,
                    });
                }
            }
            next_line = reader.position().line();
        }
    }
}

impl Columns {
    fn find(header: &csv::StringRecord) -> Result<Self, ScanFileError> {
        let at = |name: &str| header.iter().position(|h| h.eq_ignore_ascii_case(name));
        let (tracking, sscc) = (at("tracking"), at("sscc"));
        if tracking.is_none() && sscc.is_none() {
            return Err(ScanFileError::Column("tracking or sscc"));
        }
        Ok(Self {
            tracking,
            sscc,
            code: at("code").ok_or(ScanFileError::Column("code"))?,
            time: at("time").ok_or(ScanFileError::Column("time"))?,
            place: at("place"),
        })
    }

    fn read(
        &self,
        record: &csv::StringRecord,
        book: CodeBook,
    ) -> Result<(ParcelKey, Scan), RowProblem> {
        let field = |at: Option<usize>, name: &'static str| {
            let text = at.and_then(|i| record.get(i)).unwrap_or("");
            if text.chars().count() > ScanFile::MAX_FIELD {
                Err(RowProblem::TooLong(name))
            } else {
                Ok(text)
            }
        };
        let parcel = match (field(self.sscc, "sscc")?, field(self.tracking, "tracking")?) {
            ("", "") => return Err(RowProblem::NoParcel),
            ("", tracking) => {
                let compact = tracking.split_whitespace().collect::<String>();
                ParcelKey::Tracking(compact.to_ascii_uppercase())
            }
            (sscc, _) => ParcelKey::Sscc(sscc.parse()?),
        };
        let code = field(Some(self.code), "code")?;
        let milestone = book
            .read(code)
            .ok_or_else(|| RowProblem::UnknownCode(code.to_owned()))?;
        let time = field(Some(self.time), "time")?;
        let at: Timestamp = time
            .parse()
            .map_err(|_| RowProblem::Time(time.to_owned()))?;
        let place = field(self.place, "place")?.to_owned();
        Ok((
            parcel,
            Scan {
                at,
                milestone,
                code: code.to_owned(),
                place,
            },
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::milestone::Milestone;
    use proptest::prelude::*;

    #[test]
    fn good_rows_are_read_and_bad_rows_named_by_line() {
        let text = "\u{feff}Time,SSCC,tracking,code,place,note\n\
            2026-10-01T12:30:00+02:00,(00)376104250021234569,,first_scan,\"Halle,\nSaale\",x\n\
            2026-10-01T12:31:00Z,,ez 100 0001,in_transit,,\n\
            2026-10-01 12:31,,EZ1,in_transit,,\n\
            2026-10-01T12:31:00Z,376104250021234560,,in_transit,,\n\
            2026-10-01T12:31:00Z,,EZ1,teleported,,\n\
            2026-10-01T12:31:00Z,,,delivered,,\n\
            2026-10-01T12:32:00Z,,EZ1,delivered\n";
        let file = ScanFile::parse(text.as_bytes(), CodeBook::Redress).unwrap();
        let lines: Vec<_> = file.rows.iter().map(|r| r.line).collect();
        assert_eq!(lines, [2, 4, 9]);
        assert_eq!(file.rows[0].scan.place, "Halle,\nSaale");
        assert_eq!(file.rows[0].scan.milestone, Milestone::FirstScan);
        assert_eq!(
            file.rows[0].scan.at,
            "2026-10-01T10:30:00Z".parse().unwrap()
        );
        assert_eq!(
            file.rows[1].parcel,
            ParcelKey::Tracking("EZ1000001".to_owned())
        );
        let said: Vec<_> = file.errors.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 4);
        assert!(said[0].starts_with("line 5: the time"), "{}", said[0]);
        assert_eq!(said[1], "line 6: the check digit is 0, it should be 9");
        assert!(
            said[2].starts_with("line 7: the code \"teleported\""),
            "{}",
            said[2]
        );
        assert!(said[3].starts_with("line 8: neither"), "{}", said[3]);
    }

    #[test]
    fn files_without_the_needed_columns_are_refused() {
        let parse = |text: &str| ScanFile::parse(text.as_bytes(), CodeBook::Ups);
        assert_eq!(parse(""), Err(ScanFileError::Column("tracking or sscc")));
        assert_eq!(parse("sscc,time\n"), Err(ScanFileError::Column("code")));
        assert_eq!(parse("tracking,code\n"), Err(ScanFileError::Column("time")));
        assert_eq!(parse("tracking,code,time\n"), Ok(ScanFile::default()));
        let huge = vec![b'a'; ScanFile::MAX_BYTES + 1];
        assert_eq!(
            ScanFile::parse(&huge, CodeBook::Ups),
            Err(ScanFileError::TooLarge)
        );
    }

    #[test]
    fn bytes_that_are_not_text_spoil_only_their_row() {
        let bytes =
            b"tracking,code,time\nEZ\xff,D,2026-10-01T00:00:00Z\nEZ2,D,2026-10-01T00:00:00Z\n";
        let file = ScanFile::parse(bytes, CodeBook::Ups).unwrap();
        assert_eq!(
            file.errors,
            [RowError {
                line: 2,
                problem: RowProblem::Csv
            }]
        );
        assert_eq!(file.rows.len(), 1);
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let mut text = b"tracking,code,time\n".to_vec();
            text.extend(bytes);
            prop_assert!(ScanFile::parse(&text, CodeBook::Easypost).is_ok());
        }
    }
}
