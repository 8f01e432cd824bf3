//! Why something was decided. A [`Reason`] is data, not a sentence: a code, what it rests on
//! ([`Basis`]) and the figures a sentence needs. Surfaces turn it into words through the message
//! files (`reason-<code>`), so it reads in every language and a machine can compare it.

use crate::money::Money;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};

macro_rules! reason_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// Every reason a decision or refusal can give; closed, so that each has its sentence.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ReasonCode { $($(#[$doc])* $name,)* }

        impl ReasonCode {
            /// Every code, for the test that demands a sentence for each.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable written form, e.g. `window_open`; message key `reason-window-open`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

reason_codes! {
    /// Inside the client's return window; `date` is its last day.
    WindowOpen = "window_open";
    /// After the client's return window; `date` was its last day.
    WindowClosed = "window_closed";
    /// The anchor of the window (delivery, usually) has not happened yet.
    WindowNotStarted = "window_not_started";
    /// The category is excluded by the policy clause.
    CategoryExcluded = "category_excluded";
    /// The request is not of a kind the policy takes: its value or its number of units.
    NotEligible = "not_eligible";
    /// The goods are not in the state the policy asks for.
    ConditionNotMet = "condition_not_met";
    /// Sold as final.
    FinalSale = "final_sale";
    /// The reason given is one this policy does not take.
    ReasonNotAccepted = "reason_not_accepted";
    /// Evidence the policy demands for this reason is missing; `text` says which.
    EvidenceMissing = "evidence_missing";
    /// The amount is above what the rule may approve alone; `amount` is the limit.
    AboveApprovalLimit = "above_approval_limit";
    /// The goods need not come back: worth less than bringing them back; `amount` the threshold.
    ReturnlessBelowThreshold = "returnless_below_threshold";
    /// The goods need not come back and are to be given to a charity.
    ReturnlessDonate = "returnless_donate";
    /// A statutory right of withdrawal runs; `date` is its last day.
    StatutoryWithdrawal = "statutory_withdrawal";
    /// The withdrawal period has ended; `date` was its last day.
    StatutoryWithdrawalEnded = "statutory_withdrawal_ended";
    /// A statutory exemption takes the withdrawal right away; `text` names it.
    StatutoryExemption = "statutory_exemption";
    /// Statutory rights for goods not in conformity apply; `date` ends the liability period.
    StatutoryConformity = "statutory_conformity";
    /// The short-term right to reject runs; `date` is its last day.
    StatutoryShortTermReject = "statutory_short_term_reject";
    /// The law of the delivery country sets no floor for this case.
    NoStatutoryFloor = "no_statutory_floor";
    /// The law gives more than the policy and wins.
    LawOverridesPolicy = "law_overrides_policy";
    /// The buyer is a business; consumer floors do not apply.
    BusinessBuyer = "business_buyer";
    /// The fault lies with the merchant or carrier: no fee, label paid (R9); what becomes of the
    /// delivery charge is said by its own reason.
    MerchantFault = "merchant_fault";
    /// Units requested exceed the units that can still come back; `number` is what is left.
    NoUnitsLeft = "no_units_left";
    /// The unit already is in a live or settled case; `text` is its RMA.
    UnitInOtherCase = "unit_in_other_case";
    /// Not delivered or shipped yet: cancel instead of return.
    NotFulfilled = "not_fulfilled";
    /// Nothing was paid for this line, so nothing can be refunded (E5).
    NothingPaid = "nothing_paid";
    /// What was paid for the goods; `amount` it.
    PaidValue = "paid_value";
    /// What discounts took off the list price of the goods; `amount` it.
    DiscountShare = "discount_share";
    /// A part of what was paid; `amount` it, `text` says how it was asked: `included` (with
    /// tax), `added` (tax on top), `rest` (what is left).
    PartialAmount = "partial_amount";
    /// A charge that follows the goods; `amount` it, `text` its kind.
    ChargeRefunded = "charge_refunded";
    /// What was spent from a gift card before it came back; `amount` it.
    GiftCardSpent = "gift_card_spent";
    /// A promotion the rest of the order no longer earns is kept; `amount` or `text` (its name).
    PromotionKept = "promotion_kept";
    /// A promotion the rest of the order no longer earns is taken back; `amount` it (R11).
    PromotionClawedBack = "promotion_clawed_back";
    /// A promotion taken back before is given back; `amount` it (R11).
    PromotionRestored = "promotion_restored";
    /// Promotional credit on top of store credit; `amount` it (R13).
    BonusCredit = "bonus_credit";
    /// Loss of value that is not taken: not allowed, or no evidence; `amount` it.
    ValueLossNotTaken = "value_loss_not_taken";
    /// Outbound delivery comes back once the rest of the order does; `amount` it.
    ShippingWithRest = "shipping_with_rest";
    /// A fee of the policy; `amount` its size.
    FeeCharged = "fee_charged";
    /// A fee that does not apply by law or fault.
    FeeWaived = "fee_waived";
    /// Outbound delivery comes back; `amount` how much.
    ShippingRefunded = "shipping_refunded";
    /// Outbound delivery stays paid.
    ShippingKept = "shipping_kept";
    /// The customer pays the way back; `amount` what the label costs.
    ReturnCostCustomer = "return_cost_customer";
    /// The merchant pays the way back.
    ReturnCostMerchant = "return_cost_merchant";
    /// A deduction for diminished value; `amount` its size.
    ValueLossDeducted = "value_loss_deducted";
    /// The figure was cut to what is still refundable on the order; `amount` the ceiling (R5).
    CeilingApplied = "ceiling_applied";
    /// A person with authority decided otherwise; `text` is the reason they gave.
    Override = "override";
    /// Money goes when this control is met; `text` names it.
    RefundControl = "refund_control";
    /// The refund must be made by `date` at the latest.
    RefundDue = "refund_due";
    /// Only these resolutions are offered; `text` lists them.
    OutcomesLimited = "outcomes_limited";
    /// The goods received are not the goods announced.
    WrongItemReceived = "wrong_item_received";
    /// Fewer units arrived than were announced; `number` is the shortfall.
    UnitsMissing = "units_missing";
    /// A person must look before this goes on; never decided by a machine alone.
    NeedsReview = "needs_review";
}

impl fmt::Display for ReasonCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a reason rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "on", rename_all = "snake_case")]
pub enum Basis {
    /// A statutory rule: its id in the law packs (`de.withdrawal.goods`) and the citation to show.
    Law {
        /// Stable rule id.
        rule: Arc<str>,
        /// National article first, then the EU article.
        citation: Arc<str>,
    },
    /// A clause of the pinned policy version, e.g. `window` or `category.swimwear`.
    Policy {
        /// Stable clause id inside the version.
        clause: Arc<str>,
    },
    /// A fact of the order or of the goods.
    Order,
    /// A rule of refund arithmetic, e.g. `R5`.
    Arithmetic {
        /// The rule's number.
        rule: Arc<str>,
    },
    /// A person's decision.
    Person,
}

/// One reason: code, basis, and the figures its sentence needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What is said.
    pub code: ReasonCode,
    /// What it rests on.
    pub basis: Basis,
    /// Index of the order line it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u16>,
    /// An amount the sentence names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    /// A date the sentence names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// A number the sentence names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// A text the sentence names (an exemption id, an RMA, a person's words).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Arc<str>>,
}

impl Reason {
    /// A bare reason; add figures with the `with_*` methods.
    #[inline]
    pub const fn new(code: ReasonCode, basis: Basis) -> Self {
        Self {
            code,
            basis,
            line: None,
            amount: None,
            date: None,
            number: None,
            text: None,
        }
    }

    /// About the order line with this index.
    #[inline]
    pub fn on_line(mut self, line: u16) -> Self {
        self.line = Some(line);
        self
    }

    /// Naming an amount.
    #[inline]
    pub fn with_amount(mut self, amount: Money) -> Self {
        self.amount = Some(amount);
        self
    }

    /// Naming a date.
    #[inline]
    pub fn with_date(mut self, date: Date) -> Self {
        self.date = Some(date);
        self
    }

    /// Naming a number.
    #[inline]
    pub fn with_number(mut self, number: i64) -> Self {
        self.number = Some(number);
        self
    }

    /// Naming a text.
    pub fn with_text(mut self, text: impl Into<Arc<str>>) -> Self {
        self.text = Some(text.into());
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_codes_match_their_serialised_form() {
        for code in ReasonCode::ALL {
            let json = serde_json::to_string(code).unwrap();
            assert_eq!(json, format!("\"{code}\""));
        }
    }
}
