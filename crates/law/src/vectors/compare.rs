//! Files of worked cases and policy checks ("redress-law-vectors/1"), compared with the book.

use super::{
    evaluate::{Coverage, Outcome, evaluate},
    facts::CaseFacts,
    policy::{Witness, check_policy},
    terms::PolicyTerms,
};
use crate::LawBook;
use kernel::{Currency, Money};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// The schema name every file states.
const SCHEMA: &str = "redress-law-vectors/1";
/// Longest file.
const MAX_BYTES: usize = 256 << 20;

/// A file that cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum VectorFileError {
    /// Not JSON of the schema; names line and column.
    #[error("not a vector file")]
    Syntax(#[from] serde_json::Error),
    /// Of another schema.
    #[error("schema is {0:?}; this program reads {SCHEMA:?}")]
    Schema(String),
    /// Too long.
    #[error("longer than 256 MiB; split the file")]
    TooLong,
    /// Nothing in it.
    #[error("holds neither vectors nor policy_checks; nothing was checked")]
    Empty,
}

/// A field that came out otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// Id of the vector or check.
    pub id: String,
    /// The field.
    pub field: String,
    /// What the file expects, as JSON.
    pub expected: String,
    /// What came out, as JSON.
    pub got: String,
}

impl std::fmt::Display for Mismatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            id,
            field,
            expected,
            got,
        } = self;
        write!(f, "{id} {field}: expected {expected}, got {got}")
    }
}

/// What a file of vectors showed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Vectors and checks without a mismatch.
    pub passed: usize,
    /// Vectors and checks with one or more.
    pub failed: usize,
    /// Every mismatch, in the order of the file.
    pub mismatches: Vec<Mismatch>,
    /// Facts that nothing asked for, as `id: fact`.
    pub notes: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    schema: String,
    #[serde(default)]
    vectors: Vec<Vector>,
    #[serde(default)]
    policy_checks: Vec<Check>,
}

#[derive(Debug, Deserialize)]
struct Vector {
    id: String,
    facts: Value,
    expected: Map<String, Value>,
}

#[derive(Debug, Deserialize)]
struct Check {
    id: String,
    jurisdiction: String,
    policy: Value,
    expected: Map<String, Value>,
    #[serde(default)]
    witness: Option<Witness>,
}

/// Runs every vector and policy check of a file.
///
/// # Errors
/// [`VectorFileError`] when the file is not of the schema. A single vector whose facts cannot be
/// used counts as failed instead.
pub fn check_file(book: &LawBook, text: &str) -> Result<Report, VectorFileError> {
    if text.len() > MAX_BYTES {
        return Err(VectorFileError::TooLong);
    }
    let file: File = serde_json::from_str(text)?;
    if file.schema != SCHEMA {
        return Err(VectorFileError::Schema(file.schema));
    }
    if file.vectors.is_empty() && file.policy_checks.is_empty() {
        return Err(VectorFileError::Empty);
    }
    let mut report = Report::default();
    for vector in &file.vectors {
        let found = vector_mismatches(book, vector, &mut report.notes);
        report.add(found);
    }
    for check in &file.policy_checks {
        let found = check_mismatches(book, check, &mut report.notes);
        report.add(found);
    }
    Ok(report)
}

impl Report {
    fn add(&mut self, found: Vec<Mismatch>) {
        if found.is_empty() {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
        self.mismatches.extend(found);
    }
}

fn mismatch(id: &str, field: &str, expected: &Value, got: &Value) -> Mismatch {
    Mismatch {
        id: id.to_owned(),
        field: field.to_owned(),
        expected: expected.to_string(),
        got: got.to_string(),
    }
}

fn unusable(id: &str, field: &str, message: &str) -> Vec<Mismatch> {
    vec![mismatch(id, field, &json!("usable"), &json!(message))]
}

fn vector_mismatches(book: &LawBook, vector: &Vector, notes: &mut Vec<String>) -> Vec<Mismatch> {
    let id = &vector.id;
    let facts: CaseFacts = match serde_json::from_value(vector.facts.clone()) {
        Ok(facts) => facts,
        Err(e) => return unusable(id, "facts", &e.to_string()),
    };
    let outcome = match evaluate(book, &facts) {
        Ok(outcome) => outcome,
        Err(e) => return unusable(id, "facts", &e.to_string()),
    };
    notes.extend(outcome.unused_facts.iter().map(|f| format!("{id}: {f}")));
    let got = fields(&outcome);
    let currency = outcome.min_refund.currency;
    let mut out = Vec::new();
    for (field, expected) in &vector.expected {
        let known = got.get(field.as_str());
        match (field.as_str(), known) {
            // Text to show, and the researcher's own trust in the reading.
            ("citations" | "confidence", _) => {}
            (_, None) => out.push(mismatch(id, field, expected, &json!("unknown field"))),
            (_, Some(got)) if !same(field, expected, got, currency) => {
                out.push(mismatch(id, field, expected, got));
            }
            _ => {}
        }
    }
    out
}

/// The outcome in the words of the file format.
fn fields(o: &Outcome) -> Map<String, Value> {
    let right_type = match (o.coverage, o.right_type) {
        (Coverage::Unknown, None) => json!("unknown"),
        (_, right) => json!(right),
    };
    let cautious = o.min_refund_cautious.unwrap_or(o.min_refund);
    let all = json!({
        "statutory_right": o.statutory_right,
        "right_type": right_type,
        "deadline": o.deadline,
        "in_time": o.in_time,
        "refund_due": o.refund_due,
        "refund_due_strict": o.refund_due_strict,
        "refund_due_basis": o.refund_due_basis,
        "min_refund": o.min_refund.decimal(),
        "min_refund_cautious": cautious.decimal(),
        "return_cost_payer": o.return_cost_payer,
        "return_by": o.return_by,
        "rule_ids": o.rule_ids,
        "exempt_lines": o.exempt_lines,
        "burden_on": o.burden_on,
        "remedy_tier": o.remedy_tier,
        "refund_form": o.refund_form,
    });
    match all {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Amounts by value, lists without order, everything else exactly.
fn same(field: &str, expected: &Value, got: &Value, currency: Currency) -> bool {
    let amount = |v: &Value| Money::parse(v.as_str()?, currency).ok();
    match field {
        "min_refund" | "min_refund_cautious" => match (amount(expected), amount(got)) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        },
        "rule_ids" | "exempt_lines" | "breaches" => sorted(expected) == sorted(got),
        _ => expected == got,
    }
}

fn sorted(list: &Value) -> Option<Vec<&str>> {
    let mut out = list
        .as_array()?
        .iter()
        .map(Value::as_str)
        .collect::<Option<Vec<_>>>()?;
    out.sort_unstable();
    Some(out)
}

fn check_mismatches(book: &LawBook, check: &Check, notes: &mut Vec<String>) -> Vec<Mismatch> {
    let id = &check.id;
    let terms: PolicyTerms = match serde_json::from_value(check.policy.clone()) {
        Ok(terms) => terms,
        Err(e) => return unusable(id, "policy", &e.to_string()),
    };
    notes.extend(terms.other.keys().map(|k| format!("{id}: policy.{k}")));
    let on = check.witness.as_ref().and_then(|w| w.contract_date);
    let result = match check_policy(book, &check.jurisdiction, &terms, on) {
        Ok(result) => result,
        Err(e) => return unusable(id, "policy", &e.to_string()),
    };
    let got = json!({
        "verdict": result.verdict, "breaches": result.breaches, "rule_ids": result.rule_ids,
    });
    let mut out = Vec::new();
    for (field, expected) in &check.expected {
        match (field.as_str(), got.get(field)) {
            ("citations", _) => {}
            (_, None) => out.push(mismatch(id, field, expected, &json!("unknown field"))),
            (_, Some(got)) if !same(field, expected, got, Currency::EUR) => {
                out.push(mismatch(id, field, expected, got));
            }
            _ => {}
        }
    }
    out
}
