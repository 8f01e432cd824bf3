//! Money and the trader's clock: what comes back, by when, who pays the way back and until when
//! the goods must be sent.

use super::{
    clock::{Matter, counts},
    days::Whose,
    facts::{self, hundredths},
    select,
};
use jiff::civil::Date;
use serde_json::Value;

/// The least refund, and the cautious one where the share of the delivery charge is unsettled.
pub struct Refund {
    pub least: i64,
    pub cautious: Option<i64>,
}

/// The day a refund is due: with rollover, without, and the law's words where it fixes none.
#[derive(Default)]
pub struct Due {
    pub rolled: Option<Date>,
    pub strict: Option<Date>,
    pub basis: Option<String>,
}

/// The event a refund day hangs on has not happened.
fn open() -> Due {
    Due {
        basis: Some("open".into()),
        ..Due::default()
    }
}

impl Matter<'_> {
    /// Price plus outbound delivery less what may be deducted.
    pub fn refund(&self) -> Refund {
        let price = self.price();
        let kept = price - self.deduction(price);
        let Some(charge) = self.outbound_charge() else {
            // a rule silent on the charge leaves the point open, one that keeps it does not
            let silent = self
                .rule
                .flag("refund_includes_outbound_standard")
                .is_none()
                && select::answers(self.rule, "change_of_mind");
            let share = self.pro_rata(hundredths(self.case.at("/outbound_shipping/paid")));
            return Refund {
                least: kept,
                cautious: (silent && share > 0).then_some(kept + share),
            };
        };
        if self.lines.len() == self.case.lines().len() {
            return Refund {
                least: kept + charge,
                cautious: None,
            };
        }
        let stays = hundredths(self.case.at("/outbound_shipping/standard_for_kept_lines"));
        let share = (charge - stays).max(0);
        let pro_rata = self.pro_rata(charge);
        let unsettled = select::answers(self.rule, "change_of_mind") && pro_rata > share;
        Refund {
            least: kept + share,
            cautious: unsettled.then_some(kept + pro_rata),
        }
    }

    /// The part of a charge that falls on the lines claimed, by price, halves up.
    fn pro_rata(&self, charge: i64) -> i64 {
        if self.lines.len() == self.case.lines().len() {
            return charge;
        }
        let total: i64 = self.case.lines().iter().map(|l| facts::price(l)).sum();
        if total == 0 {
            return 0;
        }
        let unit = self.smallest();
        (charge * self.price() * 2 + total * unit) / (total * 2 * unit) * unit
    }

    /// The smallest amount of the currency, in hundredths.
    fn smallest(&self) -> i64 {
        if facts::whole_units(self.case.word("/currency")) {
            100
        } else {
            1
        }
    }

    /// The outbound charge that comes back on a whole withdrawal; `None` where it stays.
    fn outbound_charge(&self) -> Option<i64> {
        let paid = hundredths(self.case.at("/outbound_shipping/paid"));
        let least = hundredths(self.case.at("/outbound_shipping/least_expensive_standard"));
        let right = self.rule.word("right_type");
        // "whole charge comes back on non-delivery, on UK rejection"
        if right == "non_delivery" || self.rule.ids[0] == "uk.cra.tiered_remedies" {
            return Some(paid);
        }
        if self.rule.flag("refund_includes_outbound_standard") != Some(true) {
            return None;
        }
        Some(
            if self.rule.flag("refund_excludes_express_surplus") == Some(true) {
                paid.min(least)
            } else {
                paid
            },
        )
    }

    /// What the trader may keep: real loss, from an allowed cause, never more than the price.
    fn deduction(&self, price: i64) -> i64 {
        let Some(rule) = self.part("deduction") else {
            return 0;
        };
        let loss = hundredths(self.case.at("/return/value_loss")).clamp(0, price);
        let cause = self.case.word("/return/value_loss_cause");
        let bar = rule.word("barred_if");
        match rule.word("kind") {
            "diminished_value" => {
                // told too late is not told
                let informed = bar != "withdrawal_right_not_informed" || self.informed() == "yes";
                if cause == "excess_handling" && informed {
                    loss
                } else {
                    0
                }
            }
            "use_allowance" if cause == "use" && !self.use_allowance_barred(bar) => loss,
            // goods that are not intact: the right stays and gives nothing
            "right_lost_if_not_intact" if loss > 0 && cause == "excess_handling" => price,
            "reasonable_hire_if_used" | "benefit_from_partial_use" if cause == "use" => loss,
            // "lower of 5 % of price and NIS 100"; a fee of a part of a cent more is over 5 %
            "cancellation_fee"
                if !self.cost_condition(bar) && self.case.word("/currency") == "ILS" =>
            {
                let unit = self.smallest();
                (price * 5 / 100 / unit * unit).min(100 * 100)
            }
            _ => 0,
        }
    }

    /// When the refund is due at the latest.
    pub fn due(&self, deadline: Option<Date>) -> Due {
        let Some(refund) = self.part("refund") else {
            return Due::default();
        };
        let unit = refund.word("unit");
        if !counts(unit) {
            return self.due_in_words(unit);
        }
        if refund.word("start") == "unsettled" {
            return Due {
                basis: Some("unsettled".into()),
                ..Due::default()
            };
        }
        let Some(start) = self.refund_start(deadline) else {
            return open();
        };
        let calendar = refund.word("calendar");
        let strict = self.days.add(
            calendar,
            start,
            refund.number("length").unwrap(),
            unit,
            refund.word("count") == "include_start",
        );
        let rolled = if unit.ends_with("_day") && unit != "calendar_day" {
            strict
        } else {
            self.days.roll(calendar, Whose::Trader, strict)
        };
        self.withheld(rolled, strict)
    }

    /// The trader may keep the money until goods or proof, unless it offered to collect; goods
    /// that never came cannot be waited for.
    fn withheld(&self, rolled: Date, strict: Date) -> Due {
        let refund = self.part("refund").unwrap();
        let may = refund.word("withhold") == "until_goods_or_proof_of_sending"
            && !(refund.word("withhold_barred_if") == "trader_offered_collection"
                && self.case.says("/trader_offered_collection"))
            && self.goods_came();
        if !may {
            return Due {
                rolled: Some(rolled),
                strict: Some(strict),
                basis: None,
            };
        }
        // "with neither event the date is open"
        let Some(event) = self.case.goods_or_proof() else {
            return open();
        };
        Due {
            rolled: Some(event.max(rolled)),
            strict: Some(event.max(strict)),
            basis: None,
        }
    }

    fn goods_came(&self) -> bool {
        self.lines.iter().any(|l| facts::delivered(l).is_some())
    }

    /// A refund at an event, or by tender, or at no fixed time.
    fn due_in_words(&self, unit: &str) -> Due {
        let on = match unit {
            "at_return" => self.case.day("/return/received_on"),
            "on_receipt_of_goods_or_proof" => self.case.goods_or_proof(),
            "by_tender" => self.due_by_tender(),
            _ => None,
        };
        Due {
            rolled: on,
            strict: on,
            basis: on.is_none().then(|| unit.to_owned()),
        }
    }

    /// The day the goods were back, or the notice where that is unknown.
    fn back(&self) -> Option<Date> {
        let back = self.case.day("/return/received_on");
        back.or_else(|| self.case.notice_sent())
    }

    /// Hawaii: cash at return, over USD 25 by check; cards in banking days; checks later.
    fn due_by_tender(&self) -> Option<Date> {
        let refund = self.part("refund").unwrap();
        let back = self.back()?;
        let check = self.days.add(
            "",
            back,
            refund.number("check_days")?,
            "calendar_day",
            false,
        );
        match self.case.word("/payment") {
            "cash" if self.case.word("/currency") != "USD" || self.refund().least <= 25 * 100 => {
                Some(back)
            }
            "cash" | "check" => Some(check),
            "third_party_card" | "card" => Some(self.days.add(
                "us_working",
                back,
                refund.number("card_banking_business_days")?,
                "business_day",
                false,
            )),
            _ => None,
        }
    }

    /// The day from which the refund clock counts.
    fn refund_start(&self, deadline: Option<Date>) -> Option<Date> {
        let refund = self.part("refund").unwrap();
        let case = self.case;
        let collects = case.says("/trader_offered_collection");
        let start = match refund.word("start_if_collection_offered") {
            word if collects && !word.is_empty() => word,
            _ => refund.word("start"),
        };
        let start = match refund.word("start_if_no_goods") {
            word if !self.goods_came() && !word.is_empty() => word,
            _ => start,
        };
        match start {
            // the contract ends when the trader has the notice
            "trader_informed" | "notice_received" | "termination" => case.notice_received(),
            "notice" => case.notice_sent(),
            "goods_received" => case.day("/return/received_on"),
            "goods_received_or_proof_of_sending" => case.goods_or_proof(),
            "trader_agreed_refund" => case.day("/request/refund_agreed_on"),
            "right_to_refund_vests" => deadline.filter(|_| !case.says("/delay_consent")),
            "required_refund" => self.back(),
            other => panic!("a refund start nobody has read: {other}"),
        }
    }

    /// How the money comes back.
    pub fn form(&self) -> Option<String> {
        let refund = self.part("refund")?;
        let form = refund.word("form");
        if form == "cash refund or credit at the buyer's option" {
            Some("cash_or_credit_buyer_choice".into())
        } else if !form.is_empty() {
            let words = [
                ("cash or same method", "cash_or_same_method"),
                ("cash, credit or", "cash_credit_or_store_credit"),
                ("cash at return", "cash_cheque_or_card"),
                ("cash for cash", "as_paid_exchange_for_gifts"),
                ("full amount", "full_amount"),
            ];
            let known = words.iter().find(|(start, _)| form.starts_with(start));
            known.map(|(_, word)| (*word).to_owned())
        } else {
            refund
                .is("original_method")
                .then(|| "original_method".into())
        }
    }

    /// Who pays the way back.
    pub fn payer(&self) -> String {
        let Some(cost) = self.part("return_cost") else {
            return "unspecified".into();
        };
        let default = cost.word("default");
        let any = |list: &str| {
            let names = cost.words(list);
            names.into_iter().any(|c| self.cost_condition(c))
        };
        if default == "consumer"
            && (any("trader_if") || self.case.says("/trader_offered_collection"))
        {
            return "trader".into();
        }
        if default == "trader" && any("consumer_if") {
            return "consumer".into();
        }
        default.into()
    }

    fn cost_condition(&self, condition: &str) -> bool {
        let case = self.case;
        let bears = |t: &str| self.lines.iter().any(|l| facts::has_trait(l, t));
        match condition {
            "return_cost_not_informed" => !case.says("/informed/return_cost"),
            "trader_agreed_to_pay" => case.says("/trader_agreed_to_pay_return"),
            "goods_differ_from_ad_or_contract" | "defect_mismatch_late_delivery" => {
                case.word("/request/kind") == "defect" || case.holds(condition)
            }
            "off_premises_bulky_delivered_home_at_contract" => {
                let at_once = |l: &&Value| facts::delivered(l) == case.day("/contract_date");
                case.word("/channel") == "off_premises"
                    && self
                        .lines
                        .iter()
                        .any(|l| facts::has_trait(l, "bulky") && at_once(l))
            }
            "significant_cost_size_or_attachment" => bears("significant_return_cost"),
            other => case.holds(other),
        }
    }

    /// The last day to send the goods back.
    pub fn return_by(&self) -> Option<Date> {
        let goods = self.part("return_goods")?;
        if self.case.says("/trader_offered_collection") || !self.goods_came() {
            return None;
        }
        let sent = self.case.notice_sent();
        let start = match goods.word("start") {
            "notice_sent" | "notice" => sent,
            "trader_informed" => self.case.notice_received(),
            "notice_or_delivery_later" => sent.max(self.delivery()),
            "delivery" => self.delivery(),
            other => panic!("a start of the way back nobody has read: {other}"),
        }?;
        let calendar = self.rule.calendar();
        let end = self.days.add(
            calendar,
            start,
            goods.number("length").unwrap(),
            goods.word("unit"),
            false,
        );
        Some(self.days.roll(calendar, Whose::Consumer, end))
    }
}
