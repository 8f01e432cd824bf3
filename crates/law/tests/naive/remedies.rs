//! Faulty goods: who proves, which step of the ladder is open, and whether money is due on it.

use super::{
    clock::Matter,
    days::Whose,
    facts::{self},
};

/// Remedies that mean the money back.
const MONEY: [&str; 7] = [
    "refund",
    "reject",
    "final_reject",
    "termination",
    "rescission",
    "rejection",
    "",
];

/// What the consumer gets for a defect.
pub struct Remedy {
    /// Step of the ladder, where the rule has one.
    pub tier: Option<u8>,
    /// Whether the price comes back.
    pub money: bool,
}

impl Matter<'_> {
    /// Whether the consumer asks for the money, or asks nothing and so gets the best.
    fn wants_money(&self) -> bool {
        MONEY.contains(&self.case.word("/request/remedy"))
    }

    /// Something that opens the second step at once.
    fn second_step_open(&self) -> bool {
        let failed = self.case.at("/request/failed_repairs").as_i64();
        let named = self.part("remedy").is_some_and(|r| {
            let flags = r.words("immediate_second_tier_if");
            flags.into_iter().any(|f| self.case.holds(f))
        });
        failed.unwrap_or(0) >= 1 || self.case.holds("major_failure") || named
    }

    /// A lack so small that the contract may not be ended for it.
    fn termination_barred(&self) -> bool {
        self.part("remedy").is_some_and(|r| {
            let bar = r.word("termination_barred_if");
            !bar.is_empty() && self.case.holds(bar)
        })
    }

    /// The step and whether money is due on it.
    pub fn remedy(&self) -> Remedy {
        let Some(table) = self.part("remedy") else {
            return Remedy {
                tier: None,
                money: self.wants_money(),
            };
        };
        let ladder = table.words("ladder");
        let wants = self.wants_money();
        // one step: the consumer chooses on it
        if ladder.len() == 1 || ladder[0].starts_with("reject_or_revoke") {
            return Remedy {
                tier: Some(1),
                money: wants,
            };
        }
        let cure = ["repair", "replacement"].contains(&self.case.word("/request/remedy"));
        if cure || !self.second_step_open() {
            return Remedy {
                tier: Some(1),
                money: false,
            };
        }
        let ends = ["termin", "reject", "refund"];
        let money = ends.iter().any(|word| ladder[1].contains(word));
        Remedy {
            tier: Some(2),
            money: wants && money && !self.termination_barred(),
        }
    }

    /// On whom the proof of the defect lies, where the rule shifts it for a time.
    pub fn burden(&self) -> Option<&'static str> {
        let burden = self.part("burden")?;
        let start = self.start(burden.word("start"))?;
        let end = self.days.add(
            self.rule.calendar(),
            start,
            burden.number("length").unwrap(),
            burden.word("unit"),
            burden.word("count") == "include_start",
        );
        let noticed = self.case.defect_noticed()?;
        Some(if noticed <= end { "trader" } else { "consumer" })
    }

    /// Whether a use allowance may be taken on a final rejection.
    pub fn use_allowance_barred(&self, bar: &str) -> bool {
        if bar != "final_reject_within_6_months_of_delivery_except_motor_vehicles" {
            return !bar.is_empty() && self.case.holds(bar);
        }
        let motor = self
            .lines
            .iter()
            .any(|l| ["car", "motor_vehicle"].contains(&l["category"].as_str().unwrap_or("")));
        let (Some(delivery), Some(sent)) = (self.delivery(), self.case.notice_sent()) else {
            return true;
        };
        let six = self
            .days
            .add(self.rule.calendar(), delivery, 6, "month", false);
        !motor && sent <= self.days.roll("none_exclude", Whose::Consumer, six)
    }

    /// Prices of the lines claimed.
    pub fn price(&self) -> i64 {
        self.lines.iter().map(|l| facts::price(l)).sum()
    }
}
