//! Faulty goods: who proves, which step of the ladder is open, and whether money is due on it.

use super::{clock::Matter, days::Whose, facts};

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
    /// The step of the ladder that is open; a rule without a ladder has one.
    pub tier: u8,
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
        failed.unwrap_or(0) >= 1
            || ["major_failure", "seller_failed"]
                .iter()
                .any(|g| self.case.holds(g))
            || named
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
        let wants = self.wants_money();
        let ladder = self
            .part("remedy")
            .map(|r| r.words("ladder"))
            .unwrap_or_default();
        // at most one step: the consumer chooses on it
        let first = ladder.len() < 2 || ladder[0].starts_with("reject_or_revoke");
        let second = ladder.len() > 1 && self.second_step_open();
        let ends = |step: &str| {
            ["termin", "reject", "refund"]
                .iter()
                .any(|w| step.contains(w))
        };
        let cure = ["repair", "replacement"].contains(&self.case.word("/request/remedy"));
        let by_second = second && !cure && ends(ladder[1]) && !self.termination_barred();
        Remedy {
            tier: if second { 2 } else { 1 },
            money: wants && (first || by_second),
        }
    }

    /// On whom the proof of the defect lies, where the rule shifts it for a time.
    pub fn burden(&self) -> Option<&'static str> {
        let burden = self.part("burden")?;
        let start = self.start(burden.word("start"))?;
        let every_used = self.lines.iter().all(|l| facts::has_trait(l, "used"));
        let used = burden.number("used_goods_length").filter(|_| every_used);
        let end = self.days.add(
            self.rule.calendar(),
            start,
            used.or_else(|| burden.number("length")).unwrap(),
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
