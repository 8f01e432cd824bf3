//! The file format of a rule pack ("redress-law/1"), as written by people. Typed and closed: an
//! unknown key or word is refused. Nothing here interprets a rule.

use crate::Exemption;
use crate::words::{
    Buyer, CalendarCount, Circumstance, Confidence, Count, DeductionKind, ExemptionCondition,
    ExtensionStart, FloorKind, LatePaymentKind, MetBy, ObligationArea, PauseCounts, PauseThen,
    PauseWhile, Payer, Proof, RefundEvent, RefundForm, RemedyStep, ReturnStart, ReviewState,
    RightType, RolloverWord, SaleChannel, Solicitation, SubChannel, Subject, UnitWord, WindowStart,
    Withhold, WorkingDays,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// The schema name every pack states first.
pub(crate) const SCHEMA: &str = "redress-law/1";

/// Declares inline tables of a rule: every key optional, overlays merged key by key.
macro_rules! tables {
    ($($(#[$meta:meta])* $name:ident { $($(#[$fmeta:meta])* $field:ident : $ty:ty),* $(,)? })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $(
                $(#[$fmeta])*
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $field: Option<$ty>
            ),*
        }

        impl Overlay for $name {
            fn over(&self, base: &Self) -> Self {
                Self { $($field: self.$field.clone().or_else(|| base.$field.clone())),* }
            }
        }
    )*};
}

/// Laying a national table over its base, key by key.
pub(crate) trait Overlay {
    /// Own keys win, missing ones come from `base`.
    fn over(&self, base: &Self) -> Self;
}

/// An overlay of optional tables.
pub(crate) fn over<T: Overlay + Clone>(own: Option<&T>, base: Option<&T>) -> Option<T> {
    match (own, base) {
        (Some(own), Some(base)) => Some(own.over(base)),
        (own, base) => own.or(base).cloned(),
    }
}

tables! {
    /// The period in which a right can be used.
    Window {
        /// How many units; 0 where `unit` is a word without a number.
        length: u16,
        /// Of what.
        unit: UnitWord,
        /// The event that starts it.
        start: WindowStart,
        /// Whether the day of that event is day one.
        count: Count,
        /// Calendar that says what days of rest do.
        calendar: String,
        /// The act that has to happen in it.
        met_by: MetBy,
        /// What must hold for the window, in words.
        condition: String,
        /// Another window where no copy of the contract came.
        alternative: String,
        /// What a promised day does.
        if_promised: String,
        /// Longer length for things meant to last.
        durable_goods_length: u16,
        /// Shorter length for things that are not.
        non_durable_length: u16,
        /// Shorter length for used goods.
        used_goods_length: u16,
        /// Days for perishable goods.
        perishable_days: u16,
        /// Years a policy must at least give where the statute gives no number.
        policy_floor_years: u16,
        /// A further window for goods that are not as advertised, in words.
        mismatch_window: String,
        /// Hour at which it ends, in words.
        ends: String,
        /// Remark.
        note: String,
    }
    /// A longer window for some ways of selling.
    VisitWindow {
        /// How many units.
        length: u16,
        /// Of what.
        unit: UnitWord,
        /// The ways of selling.
        applies_to: Vec<Solicitation>,
    }
    /// An early right to reject inside a guarantee.
    RejectWindow {
        /// How many units.
        length: u16,
        /// Of what.
        unit: UnitWord,
        /// The event that starts it.
        start: WindowStart,
    }
    /// What makes a window longer, and by how much.
    Extension {
        /// The circumstance.
        when: Circumstance,
        /// How many units.
        length: u16,
        /// Of what; `open` words have no end.
        unit: UnitWord,
        /// Where it is counted from.
        start: ExtensionStart,
        /// It takes the place of the window instead of lengthening it.
        replaces: bool,
        /// How often it can happen.
        times: u16,
        /// Window after late information.
        informed_late_length: u16,
        /// Its unit.
        informed_late_unit: UnitWord,
        /// Its start.
        informed_late_start: ExtensionStart,
        /// Until when late information still shortens the extension, in words of the format.
        informed_late_only_if_within: String,
        /// Last end, in words of the format.
        cap: String,
        /// Remark.
        note: String,
    }
    /// What stops a rejection period.
    Pause {
        /// The state that stops it.
        #[serde(rename = "while")]
        during: PauseWhile,
        /// How the days are counted.
        counts: PauseCounts,
        /// Where it then ends.
        then: PauseThen,
    }
    /// When the trader must have refunded.
    Refund {
        /// How many units.
        length: u16,
        /// Of what, or the word the statute uses instead of a number.
        unit: UnitWord,
        /// The event that starts it.
        start: RefundEvent,
        /// Another start where the trader offered to collect.
        start_if_collection_offered: RefundEvent,
        /// Another start where no goods came.
        start_if_no_goods: RefundEvent,
        /// Calendar.
        calendar: String,
        /// Whether the day of the event is day one.
        count: Count,
        /// Until when the trader may wait.
        withhold: Withhold,
        /// What takes that away.
        withhold_barred_if: Circumstance,
        /// The money goes back the way it came.
        original_method: bool,
        /// A fee may be taken.
        fee_allowed: bool,
        /// Form of the refund where the statute names one.
        form: RefundForm,
        /// Cash refunds, in words of the format.
        cash: String,
        /// Banking days for a credit to a card.
        card_banking_business_days: u16,
        /// Days for a cheque.
        check_days: u16,
        /// Another period in special cases, in words of the format.
        exception: String,
        /// What the card issuer does next, in words.
        issuer_step: String,
        /// Remark.
        note: String,
    }
    /// Until when goods go back.
    ReturnGoods {
        /// How many units.
        length: u16,
        /// Of what.
        unit: UnitWord,
        /// The event that starts it.
        start: ReturnStart,
        /// The act that counts.
        met_by: MetBy,
    }
    /// Until when the trader collects.
    CollectBy {
        /// How many units.
        length: u16,
        /// Of what.
        unit: UnitWord,
        /// The event that starts it.
        start: ReturnStart,
    }
    /// Until when faulty goods must be put right.
    Cure {
        /// How many units.
        length: u16,
        /// Of what.
        unit: UnitWord,
        /// The event that starts it.
        start: ReturnStart,
    }
    /// Until when a declaration must be acknowledged.
    Acknowledge {
        /// How many units.
        length: u16,
        /// Of what; `immediately` is the day it came in.
        unit: UnitWord,
    }
    /// Goods nobody collects.
    UncollectedGoods {
        /// How many units.
        length: u16,
        /// Of what.
        unit: UnitWord,
        /// The event that starts it.
        start: ReturnStart,
        /// What then happens, in words.
        effect: String,
    }
    /// Who pays for the way back.
    ReturnCost {
        /// As a rule.
        default: Payer,
        /// The trader instead, in these circumstances.
        trader_if: Vec<Circumstance>,
        /// The consumer instead, in these circumstances.
        consumer_if: Vec<Circumstance>,
    }
    /// What may be taken off.
    Deduction {
        /// The kind.
        kind: DeductionKind,
        /// For what, in words.
        cause: String,
        /// At most how much, in words of the format.
        limit: String,
        /// What takes the deduction away.
        barred_if: Circumstance,
        /// An exception, in words.
        exception: String,
    }
    /// Who proves that a defect was there at delivery.
    Burden {
        /// How many units.
        length: u16,
        /// Of what.
        unit: UnitWord,
        /// The event that starts it.
        start: WindowStart,
        /// Whether the day of that event is day one.
        count: Count,
        /// Shorter length for used goods.
        used_goods_length: u16,
        /// What is presumed, in words.
        meaning: String,
    }
    /// Remedies for a defect, in order.
    Remedy {
        /// The steps.
        ladder: Vec<RemedyStep>,
        /// What keeps the consumer from ending the contract.
        termination_barred_if: Circumstance,
        /// What opens the second step at once.
        immediate_second_tier_if: Vec<Circumstance>,
        /// What makes a failure a major one, in words.
        major_if: Vec<String>,
        /// What one failed attempt does, in words.
        one_attempt: String,
        /// What a fault after repair does, in words.
        after_repair: String,
        /// What a full warranty adds, in words.
        full_warranty: String,
        /// Remark.
        note: String,
    }
    /// What late payment costs the trader. Never part of a minimum refund.
    LatePayment {
        /// The kind.
        kind: LatePaymentKind,
        /// Steps of it, in words.
        scale: Vec<String>,
        /// Rate, in words.
        rate: String,
        /// Where it stands.
        article: String,
    }
    /// What must have happened for the right to exist, in words.
    Trigger {
        /// The condition.
        rule: String,
    }
}

/// What a statement rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Evidence {
    /// A text that was read.
    Source {
        /// Id of the source.
        id: String,
    },
    /// Written from knowledge; somebody must verify it.
    Knowledge {
        /// What was known.
        what: String,
        /// Who must verify it.
        verify_by: String,
    },
}

/// Declares the fields of a rule three times: as written, merged, and their merging.
macro_rules! rule_fields {
    (
        scalars { $($(#[$smeta:meta])* $scalar:ident : $sty:ty),* $(,)? }
        tables { $($(#[$tmeta:meta])* $table:ident : $tty:ty),* $(,)? }
    ) => {
        /// A rule as one pack writes it.
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct RawRule {
            pub id: Spanned<String>,
            pub overlays: Option<String>,
            pub title: String,
            pub jurisdictions: Vec<String>,
            pub instrument: String,
            pub articles: Vec<String>,
            pub confidence: Confidence,
            pub evidence: Vec<Evidence>,
            pub notes: Option<String>,
            #[serde(default)]
            pub cases: Vec<String>,
            $(pub $scalar: Option<$sty>,)*
            $(pub $table: Option<$tty>,)*
        }

        /// What a rule says after its base was merged in. Absent means "not stated or not
        /// researched", never "not allowed".
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
        pub struct RuleContent {
            $($(#[$smeta])* #[serde(skip_serializing_if = "Option::is_none")] pub $scalar: Option<$sty>,)*
            $($(#[$tmeta])* #[serde(skip_serializing_if = "Option::is_none")] pub $table: Option<$tty>,)*
        }

        impl RuleContent {
            pub(crate) fn of(raw: &RawRule) -> Self {
                Self {
                    $($scalar: raw.$scalar.clone(),)*
                    $($table: raw.$table.clone(),)*
                }
            }

            /// Scalars and lists replace, inline tables are merged key by key.
            pub(crate) fn over(&self, base: &Self) -> Self {
                Self {
                    $($scalar: self.$scalar.clone().or_else(|| base.$scalar.clone()),)*
                    $($table: over(self.$table.as_ref(), base.$table.as_ref()),)*
                }
            }
        }
    };
}

rule_fields! {
    scalars {
        /// What was sold.
        subjects: Vec<Subject>,
        /// How the contract was made.
        channels: Vec<SaleChannel>,
        /// Only these narrower ways of selling.
        sub_channels: Vec<SubChannel>,
        /// Not these narrower ways of selling.
        sub_channels_excluded: Vec<SubChannel>,
        /// Only consumers are protected.
        consumer_only: bool,
        /// Only buyers of this kind are meant.
        buyer: Buyer,
        /// What the rule gives.
        right_type: RightType,
        /// How binding it is.
        floor: FloorKind,
        /// From which value on it applies, in words of the format.
        scope_threshold: String,
        /// Exemptions that take a line out.
        exemptions: Vec<Exemption>,
        /// When those exemptions hold at all.
        exemption_condition: ExemptionCondition,
        /// Rules that take its place: where one of them gives a right, this one does not.
        yields_to: Vec<String>,
        /// What the trader must tell.
        disclosures: Vec<String>,
        /// What a breach costs the trader, in words.
        penalties: String,
        /// First contract day; absent means in force on the pack's day, start not researched.
        effective_from: Date,
        /// Last contract day.
        effective_to: Date,
        /// The outbound delivery charge comes back.
        refund_includes_outbound_standard: bool,
        /// Only up to the cheapest standard delivery.
        refund_excludes_express_surplus: bool,
        /// How a partial withdrawal is read, in words.
        partial_withdrawal: String,
        /// How a partial shipment is read, in words.
        partial_shipment: String,
        /// Who proves that the right was used.
        proof_of_exercise: Proof,
        /// Which event starts the window in special orders, in words.
        start_variants: Vec<String>,
        /// Months in which the consumer must tell the trader of a defect.
        consumer_notice_months: u16,
        /// The same where the statute gives no number, in words.
        consumer_notice: String,
        /// Records the trader keeps, in words.
        record_keeping: String,
    }
    tables {
        /// The window.
        window: Window,
        /// Longer window after an unsolicited visit.
        unsolicited_visit_window: VisitWindow,
        /// Early right to reject.
        short_term_reject: RejectWindow,
        /// What makes the window longer.
        extension: Extension,
        /// What stops it.
        pause: Pause,
        /// What must have happened.
        trigger: Trigger,
        /// The refund.
        refund: Refund,
        /// Sending goods back.
        return_goods: ReturnGoods,
        /// Collecting goods.
        collect_by: CollectBy,
        /// Putting faulty goods right.
        cure: Cure,
        /// Acknowledging a declaration.
        acknowledge: Acknowledge,
        /// Goods nobody collects.
        uncollected_goods: UncollectedGoods,
        /// Who pays the way back.
        return_cost: ReturnCost,
        /// What may be taken off.
        deduction: Deduction,
        /// Who proves a defect.
        burden: Burden,
        /// Remedies in order.
        remedy: Remedy,
        /// What late payment costs.
        late_payment: LatePayment,
    }
}

/// A text that was read for the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Id that evidence names.
    pub id: String,
    /// Where it can be read.
    pub address: String,
    /// What was read of it.
    pub read: String,
}

/// A way to count days and to treat days of rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarDef {
    /// Id that rules name.
    pub id: String,
    /// Whether the first day counts.
    pub count: CalendarCount,
    /// What happens to a last day of rest.
    pub rollover: RolloverWord,
    /// Working days, where periods are counted in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_days: Option<WorkingDays>,
    /// Whether the trader's refund day moves too.
    pub applies_to_trader: bool,
    /// The text it rests on.
    pub basis: String,
    /// Whose holidays, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holidays: Option<String>,
    /// Months, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<String>,
    /// Every period of two days or more holds at least two working days.
    #[serde(default)]
    pub min_two_working_days: bool,
    /// What it rests on.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// How sure the research is.
    pub confidence: Confidence,
}

/// A place and where it inherits from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jurisdiction {
    /// ISO 3166-1 alpha-2 or 3166-2, or `EU`.
    pub code: String,
    /// Name in English.
    pub name: String,
    /// The place whose rules apply too, or the name of a group such as `EEA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// ISO 4217.
    pub currency: String,
    /// What a change of mind gives there, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change_of_mind_floor: Option<String>,
}

/// An exemption as the packs explain it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExemptionDef {
    /// Which.
    pub id: Exemption,
    /// What it means.
    pub meaning: String,
    /// Remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A duty beside the return decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Obligation {
    /// Id.
    pub id: String,
    /// Subject.
    pub area: ObligationArea,
    /// Where; `*` is everywhere.
    pub jurisdictions: Vec<String>,
    /// The statute or contract.
    pub instrument: String,
    /// Where in it.
    pub articles: Vec<String>,
    /// What it demands.
    pub duty: String,
    /// What that means for a returns system.
    pub effect: String,
    /// Years that records are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention_years: Option<u16>,
    /// How sure the research is.
    pub confidence: Confidence,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
}

/// The merge rules a pack states; there is one way to merge, and a pack may only repeat it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawMerge {
    pub order: Vec<String>,
    #[serde(rename = "base_lookup")]
    pub _base_lookup: String,
}

/// The word lists a pack states; each must be part of this program's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawEnums {
    #[serde(default, rename = "floor")]
    pub _floor: Vec<FloorKind>,
    #[serde(default, rename = "right_type")]
    pub _right_type: Vec<RightType>,
    #[serde(default, rename = "confidence")]
    pub _confidence: Vec<Confidence>,
    #[serde(default, rename = "channel")]
    pub _channel: Vec<SaleChannel>,
    #[serde(default, rename = "unit")]
    pub _unit: Vec<UnitWord>,
}

/// One file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPack {
    pub schema: Spanned<String>,
    pub as_of: Option<Date>,
    pub review_status: Option<ReviewState>,
    pub sources_read_on: Option<Date>,
    pub merge: Option<Spanned<RawMerge>>,
    #[serde(rename = "enums")]
    pub _enums: Option<RawEnums>,
    #[serde(default, rename = "source")]
    pub sources: Vec<Spanned<Source>>,
    #[serde(default, rename = "calendar")]
    pub calendars: Vec<Spanned<CalendarDef>>,
    #[serde(default, rename = "jurisdiction")]
    pub jurisdictions: Vec<Spanned<Jurisdiction>>,
    #[serde(default, rename = "exemption")]
    pub exemptions: Vec<Spanned<ExemptionDef>>,
    #[serde(default, rename = "rule")]
    pub rules: Vec<RawRule>,
    #[serde(default, rename = "obligation")]
    pub obligations: Vec<Spanned<Obligation>>,
    #[serde(default)]
    pub holidays: Vec<crate::holiday_table::HolidayTable>,
}
