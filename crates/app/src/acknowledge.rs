//! The record of a withdrawal: what was declared, in a form that does not depend on language, and
//! its hash. Page, PDF, mail and event all carry the hash of exactly these bytes.

use crate::{directory::Client, intake::StoredContact};
use returns::{ReturnCase, SalesOrder};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// The goods of a case as a declaration names them: units and titles.
pub fn goods_of(case: &ReturnCase, order: &SalesOrder, separator: &str) -> String {
    let lines = case.lines.iter().filter_map(|line| {
        let sold = order.line(line.line)?;
        Some(format!("{} × {}", line.quantities.announced, sold.title))
    });
    lines.collect::<Vec<_>>().join(separator)
}

/// The record of the withdrawal a case was opened with.
pub fn case_record(
    client: &Client,
    case: &ReturnCase,
    order: &SalesOrder,
    contact: &StoredContact,
) -> String {
    let (goods, received) = (goods_of(case, order, "; "), case.opened_at.to_string());
    let mut rows = vec![
        ("declaration", "withdrawal"),
        ("seller", &client.name),
        ("number", &case.rma),
        ("order", &order.number),
        ("consumer", &contact.name),
        ("e-mail", &contact.email),
        ("goods", &goods),
        ("received", &received),
    ];
    // Without it, who has the hash alone could try names and addresses.
    if let Some(salt) = &contact.salt {
        rows.push(("reference", salt));
    }
    lines(&rows)
}

/// Random bits as a line of a record.
pub(crate) fn reference(bits: &[u8; 32]) -> String {
    data_encoding::HEXLOWER.encode(&bits[..16])
}

/// `name: value`, one a line. A value keeps its own line: what would break it becomes a space.
pub(crate) fn lines(rows: &[(&str, &str)]) -> String {
    let mut record = String::new();
    for (name, value) in rows {
        let value: String = value
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        // Writing to a String cannot fail.
        let _ = writeln!(record, "{name}: {value}");
    }
    record
}

/// SHA-256 of a record, hex.
pub fn sha256(record: &str) -> String {
    sha256_bytes(record.as_bytes())
}

/// SHA-256 of bytes, hex.
pub(crate) fn sha256_bytes(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_forge_another_line_and_the_hash_is_that_of_the_bytes() {
        let record = lines(&[("consumer", "Kim\norder: 2"), ("order", "1")]);
        assert_eq!(record, "consumer: Kim order: 2\norder: 1\n");
        // echo "a: b" | sha256sum
        assert_eq!(
            sha256(&lines(&[("a", "b")])),
            "52c9693cf3f219d51ba6af4362ee092c55fb5e6f96d6f9da13c8ede7eff8e71b"
        );
    }
}
