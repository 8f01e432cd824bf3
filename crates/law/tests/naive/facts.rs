//! Reading the facts of a case, which stay the JSON they came as.

use jiff::civil::Date;
use serde_json::Value;

/// The facts of one case.
#[derive(Clone, Copy)]
pub struct Facts<'a>(pub &'a Value);

impl<'a> Facts<'a> {
    /// The value at a JSON pointer; null where nothing is.
    pub fn at(self, pointer: &str) -> &'a Value {
        self.0.pointer(pointer).unwrap_or(&Value::Null)
    }

    /// The words at a pointer; empty where nothing is.
    pub fn word(self, pointer: &str) -> &'a str {
        self.at(pointer).as_str().unwrap_or("")
    }

    /// The day at a pointer.
    pub fn day(self, pointer: &str) -> Option<Date> {
        self.at(pointer).as_str().map(|s| s.parse().unwrap())
    }

    /// True only where the facts say so.
    pub fn says(self, pointer: &str) -> bool {
        self.at(pointer) == &Value::Bool(true)
    }

    /// A condition named by a rule: a flag of that name on the case, the request or the return,
    /// or a trait of a requested line.
    pub fn holds(self, condition: &str) -> bool {
        ["", "/request", "/return"]
            .iter()
            .any(|at| self.says(&format!("{at}/{condition}")))
            || self.requested().iter().any(|l| has_trait(l, condition))
    }

    /// Every line of the order.
    pub fn lines(self) -> Vec<&'a Value> {
        self.at("/lines").as_array().unwrap().iter().collect()
    }

    /// The lines the request is about.
    pub fn requested(self) -> Vec<&'a Value> {
        let wanted: Vec<&str> = self
            .at("/request/lines")
            .as_array()
            .unwrap()
            .iter()
            .map(|l| l.as_str().unwrap())
            .collect();
        let mut lines = self.lines();
        lines.retain(|l| wanted.contains(&name(l)));
        lines
    }

    /// The public holidays of the place.
    pub fn holidays(self) -> Vec<Date> {
        let list = self.at("/public_holidays").as_array();
        list.into_iter()
            .flatten()
            .map(|d| d.as_str().unwrap().parse().unwrap())
            .collect()
    }

    /// The day the notice was sent, or came in where the sending is unknown.
    pub fn notice_sent(self) -> Option<Date> {
        self.day("/request/notice_sent_on")
            .or_else(|| self.day("/request/notice_received_on"))
    }

    /// The day the trader had the notice.
    pub fn notice_received(self) -> Option<Date> {
        self.day("/request/notice_received_on")
    }

    /// Whether a line had come when the buyer gave notice, or at all where no notice is known.
    pub fn came(self, line: &Value) -> bool {
        delivered(line).is_some_and(|on| self.notice_sent().is_none_or(|sent| on <= sent))
    }

    /// The first day the goods were on their way back, or back.
    pub fn goods_returned(self) -> Option<Date> {
        let days = [
            self.day("/return/dispatched_on"),
            self.day("/return/received_on"),
        ];
        days.into_iter().flatten().min()
    }

    /// The day on which the consumer saw the defect, or told of it where that is not stated.
    pub fn defect_noticed(self) -> Option<Date> {
        self.day("/request/defect_noticed_on")
            .or_else(|| self.notice_sent())
    }

    /// The first of goods back and proof of sending.
    pub fn goods_or_proof(self) -> Option<Date> {
        let days = [
            self.day("/return/received_on"),
            self.day("/return/proof_supplied_on"),
        ];
        days.into_iter().flatten().min()
    }
}

/// The name of a line.
pub fn name(line: &Value) -> &str {
    line["line"].as_str().unwrap()
}

/// The day a line came into the consumer's hands.
pub fn delivered(line: &Value) -> Option<Date> {
    line["delivered_on"].as_str().map(|s| s.parse().unwrap())
}

/// Whether the line carries a trait.
pub fn has_trait(line: &Value, wanted: &str) -> bool {
    let traits = line["traits"].as_array();
    traits.into_iter().flatten().any(|t| t == wanted)
}

/// What the line is about: goods unless its category says services or digital content.
pub fn subject(line: &Value) -> &'static str {
    match line["category"].as_str().unwrap_or("") {
        "service" | "services" => "services",
        "digital" | "digital_content" => "digital",
        _ => "goods",
    }
}

/// Hundredths of a decimal string.
pub fn hundredths(money: &Value) -> i64 {
    let text = money.as_str().unwrap_or("0");
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part = format!("{part:0<2}");
    assert!(part.len() == 2, "at most two decimals: {text}");
    whole.parse::<i64>().unwrap() * 100 + part.parse::<i64>().unwrap()
}

/// Price of a line, all pieces.
pub fn price(line: &Value) -> i64 {
    hundredths(&line["unit_price"]) * line["qty"].as_i64().unwrap_or(1)
}

/// Currencies without decimals, of those the data names (ISO 4217).
pub fn whole_units(currency: &str) -> bool {
    ["JPY", "KRW", "CLP", "ISK"].contains(&currency)
}
