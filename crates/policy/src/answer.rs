//! What is asked of a policy ([`PolicyFacts`]) and what it answers ([`PolicyAnswer`]). Plain data;
//! the reasoning is in `eval`.

use crate::words::{
    ConditionSet, EvidenceDemand, Fault, FeeKind, FeeTax, Grade, Outcome, OutcomeSet, Payer,
    PromotionRule, RefundControl, ReturnReason, Route, SalesChannel, ShippingRule,
};
use kernel::{Bps, CountryCode, Currency, Date, ReasonCode};
use smallvec::SmallVec;

/// A category or single article as one policy knows it; got from `Policy::category` or
/// `Policy::goods`. Meaningful only with the policy version that gave it; the default is "no rules
/// of its own".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct CategoryId(pub(crate) u16);

/// A reason of the client's own as one policy version knows it; from `Policy::own_reason`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OwnReasonId(pub(crate) u16);

/// A clause of one policy version; `Policy::clause_id` gives its stable written id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClauseRef(pub(crate) u16);

/// Evidence the customer has given so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EvidenceGiven {
    /// Photos.
    pub photos: u8,
    /// A note.
    pub note: bool,
    /// A serial number.
    pub serial: bool,
}

/// Everything a policy looks at for one return line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyFacts {
    /// Day of the order.
    pub placed_on: Date,
    /// Day of delivery of the line, once known.
    pub delivered_on: Option<Date>,
    /// Day of delivery of the order's last parcel, once all have come.
    pub last_delivered_on: Option<Date>,
    /// Day of dispatch, once known.
    pub fulfilled_on: Option<Date>,
    /// Day the customer asks.
    pub asked_on: Date,
    /// How it was sold.
    pub channel: SalesChannel,
    /// Country of delivery.
    pub market: CountryCode,
    /// The category, from `Policy::category` of the same policy.
    pub category: CategoryId,
    /// Marked as final sale at purchase.
    pub final_sale: bool,
    /// Whether the seal or packaging is broken, as declared or found.
    pub opened: bool,
    /// The conditions the goods do not meet, as declared or found; a broken seal is `opened`.
    pub lacks: ConditionSet,
    /// Why it comes back.
    pub reason: ReturnReason,
    /// The same in the client's own words, if those were asked.
    pub own_reason: Option<OwnReasonId>,
    /// What the customer would like.
    pub wanted: Option<Outcome>,
    /// Units of the line asked for.
    pub units: u32,
    /// Paid value of the units asked for, minor units of `currency`.
    pub requested_minor: i64,
    /// Paid value of all goods of the order.
    pub order_minor: i64,
    /// Currency of the order.
    pub currency: Currency,
    /// Evidence given so far.
    pub evidence: EvidenceGiven,
    /// Returnless refunds this customer had from this client in the last 365 days.
    pub returnless_used_365d: u32,
}

/// Whether the policy grants the return of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Granted.
    Eligible,
    /// Not granted, and why.
    Outside(ReasonCode),
    /// Granted once this evidence, still missing, is given; `photos` counts the missing ones.
    NeedsEvidence(EvidenceDemand),
    /// Nobody knows whether the window has begun, and it could be over by now: a person looks.
    NotStarted,
}

/// How large a fee is, before cap and base are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeeAmount {
    /// Minor units of the order's currency, once per line.
    Flat(i64),
    /// Share of the paid value (R8: never of the list price).
    Rate(Bps),
}

/// A fee that applies to the line. Data only: the quote computes with [`FeeRule::amount`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeeRule {
    /// Which fee.
    pub kind: FeeKind,
    /// How large.
    pub amount: FeeAmount,
    /// How a flat amount stands to tax.
    pub tax: FeeTax,
    /// Never more than this, minor units of the order's currency, tax included.
    pub cap: Option<i64>,
    /// Not taken when the return rests on a statutory right.
    pub statutory_waived: bool,
    /// The clause it comes from.
    pub clause: ClauseRef,
}

impl FeeRule {
    /// The fee in minor units for goods paid `base_minor`, `tax_minor` of it tax: tax included,
    /// never negative, never above the cap, never more than the goods themselves.
    pub fn amount(&self, base_minor: i64, tax_minor: i64) -> i64 {
        let base = base_minor.max(0);
        let raw = match (self.amount, self.tax) {
            (FeeAmount::Flat(minor), FeeTax::Included) => minor,
            (FeeAmount::Flat(minor), FeeTax::Added) => {
                minor.saturating_add(tax_on(minor, base, tax_minor))
            }
            (FeeAmount::Rate(rate), _) => rate.of(base),
        };
        raw.min(self.cap.unwrap_or(i64::MAX)).clamp(0, base)
    }
}

/// Tax on `net` at the rate of goods paid `gross` with `tax` inside, half a unit rounded up.
fn tax_on(net: i64, gross: i64, tax: i64) -> i64 {
    let base = gross.saturating_sub(tax);
    if net <= 0 || tax <= 0 || base <= 0 {
        return 0;
    }
    let (net, tax, base) = (i128::from(net), i128::from(tax), i128::from(base));
    i64::try_from((net * tax * 2 + base) / (base * 2)).unwrap_or(i64::MAX)
}

/// A bonus on top of what is granted; promotional credit (R13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bonus {
    /// Share of what is granted.
    pub rate: Bps,
    /// Never more than this, minor units of the order's currency.
    pub cap: Option<i64>,
}

impl Bonus {
    /// No bonus.
    pub const NONE: Self = Self {
        rate: Bps(0),
        cap: None,
    };

    /// The bonus on `minor`.
    pub fn of(&self, minor: i64) -> i64 {
        let raw = self.rate.of(minor.max(0));
        raw.min(self.cap.unwrap_or(i64::MAX)).max(0)
    }
}

/// The clauses an answer rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clauses {
    /// What decided the verdict.
    pub verdict: ClauseRef,
    /// The window, or the holiday extension that lengthened it.
    pub window: ClauseRef,
    /// The rule of the reason given.
    pub reason: ClauseRef,
    /// Outcomes offered.
    pub outcomes: ClauseRef,
    /// Who pays the way back.
    pub label: ClauseRef,
    /// Outbound delivery.
    pub shipping: ClauseRef,
    /// Approval limit.
    pub approval: ClauseRef,
    /// Returnless threshold.
    pub returnless: ClauseRef,
    /// When money goes, or the tier that decided it.
    pub refund_control: ClauseRef,
    /// The bonus on store credit.
    pub bonus: ClauseRef,
    /// Deductions by grade.
    pub grades: ClauseRef,
}

/// What the policy says about one line. The law is not in it: the decision applies the floor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyAnswer {
    /// Granted or not.
    pub verdict: Verdict,
    /// The client's promise yields here: the refusal stands only where the law gives no right.
    pub yields_to_law: bool,
    /// Last day of the window, holiday extension included; none before it starts.
    pub window_until: Option<Date>,
    /// Whose fault the reason speaks of under this policy.
    pub fault: Fault,
    /// Fees that apply; empty when the fault is merchant's or carrier's.
    pub fees: SmallVec<[FeeRule; 2]>,
    /// Who pays the way back.
    pub label_paid_by: Payer,
    /// Outbound delivery.
    pub shipping_rule: ShippingRule,
    /// Threshold promotions.
    pub promotion_rule: PromotionRule,
    /// What may be offered.
    pub outcomes: OutcomeSet,
    /// Bonus on top when the customer takes store credit.
    pub store_credit_bonus: Bonus,
    /// Bonus on top when the customer takes an exchange.
    pub exchange_bonus: Bonus,
    /// Whether the goods may stay with the customer: eligible, below the threshold, under the cap.
    pub returnless: bool,
    /// Goods that stay go to a charity.
    pub donate: bool,
    /// A rule may approve up to this amount, minor units; none: a person must look.
    pub auto_approve_up_to: Option<i64>,
    /// When money may go.
    pub refund_control: RefundControl,
    /// Days after that event within which money goes.
    pub refund_within_days: u16,
    /// When money may go if the return rests on a statutory right; never later than the other.
    pub statutory_refund_control: RefundControl,
    /// Deduction per grade from A to E, of the paid value; zero when the fault is not the
    /// consumer's. The law may limit it further.
    pub grade_deductions: [Bps; 5],
    /// Country the goods should go back to, if the policy prefers one.
    pub return_to: Option<CountryCode>,
    /// Where they should go first.
    pub route: Option<Route>,
    /// The clauses all this rests on.
    pub clauses: Clauses,
}

impl PolicyAnswer {
    /// The deduction for a unit of this grade.
    pub const fn grade_deduction(&self, grade: Grade) -> Bps {
        self.grade_deductions[grade.index()]
    }
}
