//! The answer to a case, and how it is compared with an expected one.

use jiff::civil::Date;
use serde_json::{Value, json};

/// What the law gives on the facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub statutory_right: Option<bool>,
    pub right_type: Option<String>,
    pub deadline: Option<Date>,
    pub in_time: Option<bool>,
    pub refund_due: Option<Date>,
    pub refund_due_strict: Option<Date>,
    pub min_refund: i64,
    pub min_refund_cautious: Option<i64>,
    pub return_cost_payer: Option<String>,
    pub return_by: Option<Date>,
    pub rule_ids: Vec<String>,
    pub exempt_lines: Vec<String>,
    pub burden_on: Option<String>,
    pub remedy_tier: Option<u8>,
    pub refund_form: Option<String>,
    pub refund_due_basis: Option<String>,
    pub confidence: Option<String>,
    /// Not part of the answer: the remedy asked for means money, in time or not.
    pub would_pay: bool,
    /// Not part of the answer: the lines on which the right is used.
    pub used: Vec<String>,
    /// Not part of the answer: the last day of the first line.
    pub first: Option<Date>,
    /// Not part of the answer: exempt lines use another right.
    pub completed: bool,
}

impl Answer {
    /// No right, and the rules that say so.
    pub fn none(rule_ids: Vec<String>, exempt_lines: Vec<String>) -> Self {
        Self {
            statutory_right: Some(false),
            right_type: Some("none".into()),
            rule_ids,
            exempt_lines,
            ..Self::default()
        }
    }

    /// The place is not in the data: no answer, never a guess.
    pub fn unknown() -> Self {
        Self::default()
    }

    /// In the schema of `expected`.
    pub fn json(&self) -> Value {
        let day = |d: Option<Date>| d.map(|d| d.to_string());
        json!({
            "statutory_right": self.statutory_right,
            "right_type": self.right_type,
            "deadline": day(self.deadline),
            "in_time": self.in_time,
            "refund_due": day(self.refund_due),
            "refund_due_strict": day(self.refund_due_strict),
            "min_refund": money(self.min_refund),
            "min_refund_cautious": self.min_refund_cautious.map(money),
            "return_cost_payer": self.return_cost_payer,
            "return_by": day(self.return_by),
            "rule_ids": self.rule_ids,
            "exempt_lines": self.exempt_lines,
            "burden_on": self.burden_on,
            "remedy_tier": self.remedy_tier,
            "refund_form": self.refund_form,
            "refund_due_basis": self.refund_due_basis,
            "confidence": self.confidence,
        })
    }
}

fn money(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// The fields of `expected` that differ. Citations are text to show, and the confidence of a
/// worked case is its author's, not the rule's: neither is compared.
pub fn differences(expected: &Value, got: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (field, want) in expected.as_object().unwrap() {
        if ["citations", "confidence"].contains(&field.as_str()) {
            continue;
        }
        // Here no answer is null; in the form of the cases it is a word.
        let silent = want == "unknown" && got[field].is_null();
        if &got[field] != want && !silent && !same_amount(want, &got[field]) {
            found.push(format!("{field}: expected {want}, got {}", got[field]));
        }
    }
    found
}

/// Amounts are the same however many of their decimals are written: yen have none.
fn same_amount(one: &Value, other: &Value) -> bool {
    let whole = |v: &Value| {
        let text = v.as_str()?;
        let text = text.strip_suffix(".00").unwrap_or(text);
        text.bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| text.to_owned())
    };
    whole(one).is_some() && whole(one) == whole(other)
}
