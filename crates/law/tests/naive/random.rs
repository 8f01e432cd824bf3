//! Seeded random facts: every place and some unknown ones, every way of selling, and dates that
//! sit on the boundaries the naive evaluator itself finds.

use super::{book::Book, facts, judge::judge};
use jiff::{
    ToSpan,
    civil::{Date, date},
};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};
use serde_json::{Map, Value, json};

/// Draws facts; the same seed gives the same facts, alone and among others.
pub struct Dice<'a> {
    book: &'a Book,
    rng: ChaCha8Rng,
    places: Vec<String>,
    /// Whether the currency of the case has no decimals.
    whole: bool,
}

/// Traits that are no exemption of any rule but change who pays or how long a guarantee runs.
const OTHER_TRAITS: [&str; 5] = [
    "significant_return_cost",
    "bulky",
    "durable",
    "non_durable",
    "used",
];

/// Conditions of rules that have their own place in the facts.
const STATED: [&str; 8] = [
    "return_cost_not_informed",
    "trader_agreed_to_pay",
    "withdrawal_right_not_informed",
    "repair_was_the_remedy",
    "not_delivered_in_30_days_or_formal_defect",
    "off_premises_bulky_delivered_home_at_contract",
    "significant_cost_size_or_attachment",
    "final_reject_within_6_months_of_delivery_except_motor_vehicles",
];

impl<'a> Dice<'a> {
    /// Dice for one case.
    pub fn new(book: &'a Book, seed: u64) -> Self {
        let mut places = book.codes();
        places.extend(["XX", "US-ZZ", "CA-MB", "DE-BY"].map(str::to_owned));
        Self {
            book,
            rng: ChaCha8Rng::seed_from_u64(seed),
            places,
            whole: false,
        }
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.rng.next_u64() % bound as u64).unwrap()
    }

    /// True `percent` times in a hundred.
    fn often(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// `then` that many times in a hundred, `otherwise` else.
    fn either(&mut self, percent: usize, then: i64, otherwise: i64) -> i64 {
        if self.often(percent) { then } else { otherwise }
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn days(&mut self, day: Date, from: i64, to: i64) -> Date {
        let span = usize::try_from(to - from + 1).unwrap();
        let days = from + i64::try_from(self.below(span)).unwrap();
        day.checked_add(days.days()).unwrap()
    }

    fn maybe(&mut self, percent: usize, day: Date) -> Value {
        if self.often(percent) {
            json!(day.to_string())
        } else {
            Value::Null
        }
    }

    fn money(&mut self, most: usize) -> String {
        let hundredths = match self.below(8) {
            0 => 0,
            // the thresholds of scope
            1 => self.one(&[25, 30, 40, 42, 50, 100, 130, 300, 400]) * 100,
            _ => self.below(most),
        };
        let part = if self.whole { 0 } else { hundredths % 100 };
        format!("{}.{part:02}", hundredths / 100)
    }

    /// A price, never nothing.
    fn price(&mut self) -> String {
        match self.money(60_000) {
            free if free == "0.00" => "1.00".into(),
            price => price,
        }
    }

    /// The day of the contract: months ends, leap days, Easter, Christmas, the days rules begin.
    fn contract(&mut self) -> Date {
        let around = self.one(&[
            date(2028, 2, 14),
            date(2027, 2, 27),
            date(2026, 3, 20),
            date(2026, 12, 10),
            date(2026, 6, 5),
            date(2026, 1, 1),
            date(2026, 7, 31),
            date(2022, 1, 1),
            date(2015, 10, 1),
            date(2014, 6, 13),
            date(2024, 2, 15),
        ]);
        if self.often(30) {
            self.days(date(2024, 1, 1), 0, 2000)
        } else {
            self.days(around, -3, 16)
        }
    }

    /// Traits of a line: mostly the exemptions of the place's own rules.
    fn traits(&mut self, place: &str) -> Vec<String> {
        let own: Vec<String> = self
            .book
            .rules_at(place)
            .into_iter()
            .flatten()
            .flat_map(|r| r.words("exemptions"))
            .map(str::to_owned)
            .collect();
        let all = self.book.exemptions();
        let mut traits = Vec::new();
        if self.often(15) && !own.is_empty() {
            traits.push(own[self.below(own.len())].clone());
        }
        if self.often(5) {
            traits.push(all[self.below(all.len())].clone());
        }
        if self.often(15) {
            traits.push(self.one(&OTHER_TRAITS).to_owned());
        }
        traits
    }

    fn line(
        &mut self,
        place: &str,
        name: &str,
        contract: Date,
        subject: &str,
        came: bool,
    ) -> Value {
        let later = self.either(80, 12, 50);
        let on = self.days(contract, 0, later);
        let mut line = json!({
            "line": name,
            "category": subject,
            "unit_price": self.price(),
            "qty": self.one(&[1, 1, 1, 2, 3]),
            "delivered_on": came.then(|| on.to_string()),
        });
        let fields = line.as_object_mut().unwrap();
        if self.often(15) {
            let seal = self.one(&["hygiene", "media", "protective_film"]);
            let state = self.one(&["intact", "broken_after_delivery"]);
            fields.insert("seal_type".into(), json!(seal));
            fields.insert("seal_state".into(), json!(state));
        }
        let traits = self.traits(place);
        if !traits.is_empty() {
            fields.insert("traits".into(), json!(traits));
        }
        line
    }

    fn order(&mut self, facts: &mut Map<String, Value>, contract: Date, kind: &str) {
        let subject = if self.often(88) {
            self.one(&["apparel", "electronics", "furniture"])
        } else {
            self.one(&["services", "digital"])
        };
        let place = facts["jurisdiction"].as_str().unwrap().to_owned();
        let count = self.one(&[1, 1, 1, 2, 3]);
        let came = match kind {
            "non_delivery" => self.often(8),
            "defect" => true,
            _ => !self.often(3),
        };
        let names = &["A", "B", "C"][..count];
        let mut lines: Vec<Value> = names
            .iter()
            .map(|n| self.line(&place, n, contract, subject, came))
            .collect();
        // regular deliveries: the first line is the first good
        let regular = self.often(6);
        for (line, number) in lines.iter_mut().zip(0..).filter(|_| regular) {
            let kind = if number == 0 {
                "regular_first"
            } else {
                "regular_later"
            };
            line["delivery_kind"] = json!(kind);
        }
        let wanted: Vec<&str> = if self.often(60) {
            names.to_vec()
        } else {
            names[..=self.below(count)].to_vec()
        };
        let paid = self.money(2_000);
        let least = if self.often(70) {
            paid.clone()
        } else {
            self.money(2_000)
        };
        let kept = if self.often(50) {
            "0.00".into()
        } else {
            self.money(2_000)
        };
        facts.insert("lines".into(), json!(lines));
        facts.insert(
            "outbound_shipping".into(),
            json!({"paid": paid, "least_expensive_standard": least, "standard_for_kept_lines": kept}),
        );
        let notice = self.days(contract, 0, 45);
        facts.insert(
            "request".into(),
            json!({"kind": kind, "lines": wanted, "notice_sent_on": notice.to_string(),
                "notice_received_on": notice.to_string()}),
        );
    }

    fn extras(&mut self, facts: &mut Map<String, Value>, contract: Date) {
        if self.often(40) {
            let disclosed = self.often(40);
            facts.insert("policy".into(), json!({"disclosed": disclosed, "text": ""}));
        }
        for (field, percent) in [
            ("contract_copy_received_on", 50),
            ("contract_document_received_on", 50),
            ("order_complete_on", 30),
            ("promised_ship_by", 20),
        ] {
            if self.often(percent) {
                let day = self.days(contract, 0, 20);
                facts.insert(field.into(), json!(day.to_string()));
            }
        }
        for (field, percent) in [("disclosure_failure", 40), ("delay_consent", 10)] {
            if self.often(percent) {
                facts.insert(field.into(), json!(self.often(80)));
            }
        }
        if self.often(30) {
            let way = self.one(&[
                "web",
                "telephone",
                "telephone_cold_call",
                "doorstep",
                "workplace",
            ]);
            facts.insert("sub_channel".into(), json!(way));
        }
        if self.often(30) {
            let how = self.one(&["cash", "check", "third_party_card"]);
            facts.insert("payment".into(), json!(how));
        }
    }

    /// A condition that some rule of the place names holds.
    fn circumstances(&mut self, request: &mut Map<String, Value>, place: &str) {
        let mut named = Vec::new();
        for rule in self.book.rules_at(place).into_iter().flatten() {
            for (part, field) in [
                ("return_cost", "trader_if"),
                ("return_cost", "consumer_if"),
                ("remedy", "immediate_second_tier_if"),
            ] {
                named.extend(rule.part(part).into_iter().flat_map(|p| p.words(field)));
            }
            for (part, field) in [
                ("deduction", "barred_if"),
                ("remedy", "termination_barred_if"),
                ("extension", "when"),
            ] {
                named.extend(rule.part(part).map(|p| p.word(field)));
            }
        }
        // what the facts state in another way is left to them
        named.retain(|w| !w.is_empty() && !STATED.contains(w));
        if !named.is_empty() && self.often(20) {
            let condition = named[self.below(named.len())];
            let holds = self.often(90);
            request.insert(condition.to_owned(), json!(holds));
        }
    }

    /// Facts of the request for a defect.
    fn defect(&mut self, request: &mut Map<String, Value>, delivered: Date) {
        let remedy = self.one(&[
            "repair",
            "replacement",
            "refund",
            "reject",
            "final_reject",
            "price_reduction",
            "",
        ]);
        if !remedy.is_empty() {
            request.insert("remedy".into(), json!(remedy));
        }
        let longest = self.either(50, 45, 1200);
        let noticed = self.days(delivered, 0, longest);
        if self.often(90) {
            request.insert("defect_noticed_on".into(), json!(noticed.to_string()));
        }
        let longest = self.either(70, 10, 100);
        let sent = self.days(noticed, 0, longest);
        let received = self.days(sent, 0, 3);
        request.insert("notice_sent_on".into(), json!(sent.to_string()));
        request.insert("notice_received_on".into(), json!(received.to_string()));
        if self.often(20) {
            let failed = self.below(3);
            request.insert("failed_repairs".into(), json!(failed));
        }
        if self.often(20) {
            request.insert("major_failure".into(), json!(self.often(70)));
        }
        if self.often(50) {
            let agreed = self.days(received, 0, 9);
            request.insert("refund_agreed_on".into(), json!(agreed.to_string()));
        }
        if self.often(25) {
            let asked = self.days(delivered, 0, 40);
            let back = self.days(asked, 0, 30);
            request.insert("repair_requested_on".into(), json!(asked.to_string()));
            let back = self.maybe(80, back);
            request.insert("repaired_goods_received_on".into(), back);
        }
    }

    /// A place; half the list are states of the US, most without a law of their own.
    fn place(&mut self) -> String {
        let index = self.below(self.places.len());
        if self.places[index].starts_with("US-") && self.often(70) {
            let again = self.below(self.places.len());
            return self.places[again].clone();
        }
        self.places[index].clone()
    }

    /// Facts of one case.
    pub fn facts(&mut self) -> Value {
        let contract = self.contract();
        let kind = match self.below(10) {
            0..=5 => "change_of_mind",
            6..=8 => "defect",
            _ => "non_delivery",
        };
        let place = self.place();
        let currency = match self.book.currency(&place) {
            "" => "EUR",
            _ if self.often(10) => "EUR",
            own => own,
        };
        self.whole = facts::whole_units(currency);
        let channel = self.one(&["distance", "distance", "off_premises", "in_store"]);
        let solicitation = match channel {
            "in_store" => "none",
            _ => self.one(&[
                "none",
                "unsolicited_home_visit",
                "excursion",
                "direct_marketing",
            ]),
        };
        let told = self.one(&["yes", "yes", "late", "no"]);
        let longest = self.either(70, 60, 420);
        let on = self.days(contract, 0, longest);
        let mut facts = json!({
            "jurisdiction": place,
            "channel": channel,
            "solicitation": solicitation,
            "buyer": if self.often(90) { "consumer" } else { "business" },
            "contract_date": contract.to_string(),
            "currency": currency,
            "informed": {
                "withdrawal_right": told,
                "on": (told == "late").then(|| on.to_string()),
                "return_cost": self.often(70),
            },
            "trader_offered_collection": self.often(12),
            "trader_agreed_to_pay_return": self.often(12),
        });
        let fields = facts.as_object_mut().unwrap();
        self.order(fields, contract, kind);
        self.extras(fields, contract);
        let delivered = fields["lines"][0]["delivered_on"]
            .as_str()
            .map_or(contract, |d| d.parse().unwrap());
        if kind == "defect" {
            self.defect(fields["request"].as_object_mut().unwrap(), delivered);
        }
        self.circumstances(fields["request"].as_object_mut().unwrap(), &place);
        let mut holidays = Vec::new();
        for _ in 0..self.below(5) {
            let near = self.days(delivered, 5, 35);
            holidays.push(near.to_string());
        }
        fields.insert("public_holidays".into(), json!(holidays));
        fields.insert("return".into(), Value::Null);
        self.near_the_boundary(&mut facts, kind);
        self.way_back(&mut facts);
        facts
    }

    /// Moves the notice to the last lawful day, the one before or the one after.
    fn near_the_boundary(&mut self, facts: &mut Value, kind: &str) {
        if !self.often(50) {
            return;
        }
        let Some(last) = judge(self.book, facts).deadline else {
            return;
        };
        let sent = self.days(last, -1, 1);
        if kind == "defect" {
            facts["request"]["defect_noticed_on"] = json!(sent.to_string());
        }
        let received = self.days(sent, 0, 4);
        facts["request"]["notice_sent_on"] = json!(sent.to_string());
        facts["request"]["notice_received_on"] = json!(received.to_string());
        let held = facts["public_holidays"].as_array_mut().unwrap();
        if self.often(30) {
            let near = self.days(last, -1, 2);
            held.push(json!(near.to_string()));
        }
        if self.often(20) {
            let near = self.days(received, 13, 16);
            held.push(json!(near.to_string()));
        }
    }

    /// What happened to the goods after the notice.
    fn way_back(&mut self, facts: &mut Value) {
        let sent: Date = facts["request"]["notice_sent_on"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap();
        let came = facts["lines"].as_array().unwrap().iter();
        // nothing goes back that never came
        let share = |percent| {
            if came.clone().any(|l| !l["delivered_on"].is_null()) {
                percent
            } else {
                0
            }
        };
        let (often, half) = (share(60), share(50));
        let dispatched = self.days(sent, 0, 20);
        let proof = self.days(dispatched, 0, 3);
        let received = self.days(dispatched, 0, 20);
        let cause = self.one(&["none", "none", "excess_handling", "use"]);
        let loss = if cause == "none" {
            "0.00".into()
        } else {
            self.money(30_000)
        };
        facts["return"] = json!({
            "dispatched_on": self.maybe(often, dispatched),
            "proof_supplied_on": self.maybe(half, proof),
            "received_on": self.maybe(often, received),
            "value_loss": loss,
            "value_loss_cause": cause,
        });
    }
}
