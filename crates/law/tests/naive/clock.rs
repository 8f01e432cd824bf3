//! The last day of the consumer: start event, window, extension, pause; and whether the act that
//! meets the deadline was in time.

use super::{
    book::{Part, Rule},
    days::{Days, Whose},
    facts::{self, Facts},
};
use jiff::civil::Date;
use serde_json::Value;

/// One rule on one case.
#[derive(Clone, Copy)]
pub struct Matter<'a> {
    pub rule: &'a Rule,
    pub case: Facts<'a>,
    pub lines: &'a [&'a Value],
    pub days: &'a Days<'a>,
}

/// Units that count something; the others are words ("reasonable_time").
pub fn counts(unit: &str) -> bool {
    unit.ends_with("_day") || unit == "month" || unit == "year"
}

/// Whether a repair was made, with or without success.
pub fn repaired(case: Facts) -> bool {
    repairs(case) > 0
}

/// How many repairs were made: those that failed, and one where the goods came back.
fn repairs(case: Facts) -> i64 {
    let failed = case.at("/request/failed_repairs").as_i64();
    let back = case.day("/request/repaired_goods_received_on");
    failed.unwrap_or(0).max(i64::from(back.is_some()))
}

impl<'a> Matter<'a> {
    /// A table of the rule.
    pub fn part(&self, name: &str) -> Option<Part<'a>> {
        self.rule.part(name)
    }

    /// The last delivery among the lines claimed; `None` while one is outstanding.
    pub fn delivery(&self) -> Option<Date> {
        let all: Option<Vec<Date>> = self.lines.iter().map(|l| facts::delivered(l)).collect();
        all?.into_iter().max()
    }

    /// Possession of the last good of the order, of the first good of regular deliveries.
    fn possession_last_good(&self) -> Option<Date> {
        let mut goods = self.case.lines();
        let subjects = self.rule.words("subjects");
        goods.retain(|l| {
            subjects.contains(&facts::subject(l)) && l["delivery_kind"] != "regular_later"
        });
        let all: Option<Vec<Date>> = goods.into_iter().map(facts::delivered).collect();
        all?.into_iter().max()
    }

    /// The event a period starts with; `None` while it has not happened.
    pub fn start(&self, word: &str) -> Option<Date> {
        let contract = self.case.day("/contract_date");
        // a copy of the contract is a document, where no other is stated
        let document = self
            .case
            .day("/contract_document_received_on")
            .or_else(|| self.case.day("/contract_copy_received_on"));
        let later = |a: Option<Date>, b: Option<Date>| Some(a?.max(b?));
        match word {
            "possession_last_good" => self.possession_last_good(),
            "delivery" => self.delivery(),
            "delivery_or_discovery_if_hidden" => {
                let (delivery, noticed) = (self.delivery(), self.case.defect_noticed());
                later(delivery, noticed.or(delivery))
            }
            "contract" | "purchase" => contract,
            "supply" => later(contract, self.delivery()).or(contract),
            "properly_completed_order" => self.case.day("/order_complete_on").or(contract),
            "contract_copy_received" => self.case.day("/contract_copy_received_on"),
            "statutory_document_received" => document,
            "agreement_or_document_received" | "contract_or_notice_received" => {
                later(contract, document.or(contract))
            }
            "contract_or_delivery_later" => later(contract, self.delivery()),
            "delivery_or_document_later" => later(self.delivery(), document.or(contract)),
            "contract_document_or_delivery_later" => later(document.or(contract), self.delivery()),
            "contract_and_information_later" => match self.informed() {
                "no" => None,
                _ => later(contract, self.information().or(contract)),
            },
            other => panic!("a start event nobody has read: {other}"),
        }
    }

    /// `yes`, `late` or `no`.
    pub fn informed(&self) -> &'a str {
        self.case.word("/informed/withdrawal_right")
    }

    /// The day on which late information came.
    fn information(&self) -> Option<Date> {
        (self.informed() == "late")
            .then(|| self.case.day("/informed/on"))
            .flatten()
    }

    fn roll(&self, day: Date) -> Date {
        self.days.roll(self.rule.calendar(), Whose::Consumer, day)
    }

    fn add(&self, start: Date, length: i64, unit: &str) -> Date {
        self.days
            .add(self.rule.calendar(), start, length, unit, false)
    }

    /// Length of the window in its unit: the longer one for unsolicited visits and excursions,
    /// the one of durable, perishable or used goods where the rule has one.
    fn length(&self, window: Part) -> (i64, &'a str) {
        let unit = self.rule.part("window").unwrap().word("unit");
        if let Some(visit) = self.part("unsolicited_visit_window")
            && self.case.word("/channel") == "off_premises"
            && visit
                .words("applies_to")
                .contains(&self.case.word("/solicitation"))
        {
            return (visit.number("length").unwrap(), visit.word("unit"));
        }
        let every = |has: &str| self.lines.iter().all(|l| facts::has_trait(l, has));
        if let Some(days) = window.number("perishable_days")
            && every("perishable")
        {
            return (days, "calendar_day");
        }
        for (field, kind) in [
            ("durable_goods_length", "durable"),
            ("non_durable_length", "non_durable"),
            ("used_goods_length", "used"),
        ] {
            if let Some(length) = window.number(field)
                && every(kind)
            {
                return (length, unit);
            }
        }
        (window.number("length").unwrap_or(0), unit)
    }

    /// The last day of the consumer, of the trader for non-delivery. `None` where the law fixes
    /// none, where the period has not begun, or where it stays open.
    pub fn deadline(&self) -> Option<Date> {
        // the latest among the lines; none while one has none
        self.deadlines()?.into_iter().max()
    }

    /// The last day of the first line.
    pub fn first(&self) -> Option<Date> {
        self.deadlines()?.into_iter().next()
    }

    fn deadlines(&self) -> Option<Vec<Date>> {
        let each = self.lines.iter().map(|line| {
            let line = [*line];
            let one = Matter {
                rule: self.rule,
                case: self.case,
                lines: &line,
                days: self.days,
            };
            one.deadline_of_all()
        });
        each.collect()
    }

    fn deadline_of_all(&self) -> Option<Date> {
        let window = self.part("window")?;
        if window.word("met_by") == "court_claim" {
            return None;
        }
        if let Some(promised) = self.promised() {
            return Some(promised);
        }
        let initial = self.initial(window);
        let end = self.alternative(window, initial);
        let end = match self.part("extension") {
            Some(extension) => self.extended(extension, window, end)?,
            None => end?,
        };
        let end = self.paused(end)?;
        Some(self.mismatch(window).map_or(end, |day| day.max(end)))
    }

    /// Goods that differ from what was agreed (Korea): three months from the supply and thirty
    /// days from the knowledge, whichever ends first.
    fn mismatch(&self, window: Part) -> Option<Date> {
        let text = window.word("mismatch_window");
        if text.is_empty() || self.case.word("/request/kind") != "defect" {
            return None;
        }
        assert!(text.starts_with("3 months from supply and 30 days from knowledge"));
        let supply = self.delivery()?;
        let known = self.case.defect_noticed().unwrap_or(supply).max(supply);
        let three_months = self.roll(self.add(supply, 3, "month"));
        Some(three_months.min(self.roll(self.add(known, 30, "calendar_day"))))
    }

    /// End of a limitation period for court, which is no last day of the consumer.
    pub fn limitation(&self) -> Option<Date> {
        let window = self.part("window")?;
        (window.word("met_by") == "court_claim")
            .then(|| self.initial(window))
            .flatten()
    }

    /// The promised time replaces the statutory one.
    fn promised(&self) -> Option<Date> {
        (self.rule.word("right_type") == "non_delivery")
            .then(|| self.case.day("/promised_ship_by"))
            .flatten()
    }

    /// The window without any extension, rolled where the calendar says so.
    fn initial(&self, window: Part) -> Option<Date> {
        let (length, unit) = self.length(window);
        if !counts(unit) || length == 0 {
            return None;
        }
        let start = self.start(window.word("start"))?;
        let include = window.word("count") == "include_start";
        let end = self
            .days
            .add(self.rule.calendar(), start, length, unit, include);
        // liability periods are not rolled: the defect must appear within the period
        let liability = self.rule.word("right_type") == "conformity"
            && (unit == "year" || window.word("met_by") == "defect_apparent");
        if liability {
            return Some(end);
        }
        let whose = if self.rule.word("right_type") == "non_delivery" {
            Whose::Trader
        } else {
            Whose::Consumer
        };
        Some(self.days.roll(self.rule.calendar(), whose, end))
    }

    /// "30 days from the contract if no copy" came, in Quebec also if it came after 15 days.
    fn alternative(&self, window: Part, initial: Option<Date>) -> Option<Date> {
        let text = window.word("alternative");
        if text.is_empty() {
            return initial;
        }
        let contract = self.case.day("/contract_date").unwrap();
        let thirty = self.add(contract, 30, "calendar_day");
        let late = text.contains("within 15 days")
            && self
                .case
                .day("/contract_copy_received_on")
                .is_some_and(|copy| copy > self.add(contract, 15, "calendar_day"));
        match initial {
            None => Some(thirty),
            Some(end) if late => Some(end.max(thirty)),
            some => some,
        }
    }

    /// Whether the condition of an extension holds.
    fn extends(&self, when: &str) -> bool {
        let informed_late = self.informed() != "yes";
        let failure = self.case.says("/disclosure_failure");
        self.case.holds(when)
            || match when {
                "withdrawal_right_not_informed" => informed_late,
                // the section 43 disclosures name the right to cancel
                "section_43_disclosures_missing" => failure || informed_late,
                "written_confirmation_not_sent" => {
                    failure || self.case.at("/written_confirmation_sent") == &Value::Bool(false)
                }
                "document_missing_or_obstruction" | "dealer_breach" => failure,
                "not_delivered_in_30_days_or_formal_defect" => {
                    let contract = self.case.day("/contract_date").unwrap();
                    let limit = self.add(contract, 30, "calendar_day");
                    failure
                        || match self.delivery() {
                            Some(delivery) => delivery > limit,
                            None => self.case.notice_sent().is_some_and(|sent| sent > limit),
                        }
                }
                "repair_was_the_remedy" => repaired(self.case),
                _ => false,
            }
    }

    /// The end with its extension; `None` where it stays open.
    fn extended(&self, extension: Part, window: Part, end: Option<Date>) -> Option<Date> {
        if !self.extends(extension.word("when")) {
            return end;
        }
        let unit = extension.word("unit");
        let length = extension.number("length").unwrap_or(0);
        let information = self.information();
        if unit == "open" {
            // once informed, the window runs from the information
            let (days, unit) = self.length(window);
            return Some(end?.max(self.roll(self.add(information?, days, unit))));
        }
        if unit == "open_until_document_given" {
            return None;
        }
        match extension.word("start") {
            "end_of_initial_window" | "end_of_guarantee" => {
                let end = end?;
                if let (Some(on), Some(days)) =
                    (information, extension.number("informed_late_length"))
                    && on <= self.late_information_limit(extension, window)?
                {
                    let unit = extension.word("informed_late_unit");
                    return Some(end.max(self.roll(self.add(on, days, unit))));
                }
                // each repair lengthens a guarantee, as often as the rule says
                let times = extension.number("times").unwrap_or(1);
                let length = length * times.min(repairs(self.case).max(1));
                let end = self.add(end, length, unit);
                Some(if extension.word("start") == "end_of_guarantee" {
                    end
                } else {
                    self.roll(end)
                })
            }
            "information_received" => {
                let end = end?;
                // "right lapses four months after the seven-day period"
                let cap = self.roll(self.add(end, 4, "month"));
                Some(match information {
                    Some(on) => end.max(self.roll(self.add(on, length, unit)).min(cap)),
                    None => cap,
                })
            }
            start => {
                let from = match start {
                    "" => self.start(window.word("start"))?,
                    "contract" => self.case.day("/contract_date").unwrap(),
                    "address_known_or_obstruction_ends" => {
                        self.case.day("/obstruction_ended_on")?
                    }
                    other => self.start(other)?,
                };
                Some(end?.max(self.roll(self.add(from, length, unit))))
            }
        }
    }

    /// Until when late information shortens the extension.
    fn late_information_limit(&self, extension: Part, window: Part) -> Option<Date> {
        let start = self.start(window.word("start"))?;
        Some(match extension.word("informed_late_only_if_within") {
            "12 months from the start event" => self.add(start, 12, "month"),
            "12 months beginning with the first of the 14 days" => {
                let first = start.tomorrow().unwrap();
                self.days
                    .add(self.rule.calendar(), first, 12, "month", true)
            }
            other => panic!("a limit nobody has read: {other}"),
        })
    }

    /// The end after the pause for a repair; `None` while the repair is pending.
    fn paused(&self, end: Date) -> Option<Date> {
        let (Some(_), Some(asked)) = (
            self.part("pause"),
            self.case.day("/request/repair_requested_on"),
        ) else {
            return Some(end);
        };
        if asked > end {
            return Some(end);
        }
        let back = self.case.day("/request/repaired_goods_received_on")?;
        // both days counted
        let waited = i64::from((back - asked).get_days()) + 1;
        let seven = self.add(back, 7, "calendar_day");
        Some(seven.max(self.add(end, waited, "calendar_day")))
    }

    /// Whether the act that meets the deadline was done by then.
    pub fn in_time(&self, deadline: Option<Date>) -> Option<bool> {
        let window = self.part("window");
        let met_by = window.map_or("", |w| w.word("met_by"));
        if met_by.starts_with("trader_") {
            return None;
        }
        let sent = self.case.notice_sent();
        let earliest = |days: [Option<Date>; 2]| days.into_iter().flatten().min();
        let act = match met_by {
            "sending_notice_or_goods" => earliest([sent, self.case.day("/return/dispatched_on")]),
            "return_or_attempt" => earliest([sent, self.case.goods_returned()]),
            // until the goods are back, the notice that offers them stands for the return
            "return" => self.case.goods_returned().or(sent),
            "defect_apparent" => self.case.defect_noticed(),
            _ => sent,
        };
        Some(match deadline.or_else(|| self.limitation()) {
            Some(limit) => act.is_some_and(|act| act <= limit),
            None => true,
        })
    }
}
