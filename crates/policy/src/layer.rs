//! One level of a policy (client, a channel, a market, a category), read and checked once. Levels
//! are laid over each other in `table`.

use crate::{
    amounts::Amounts,
    answer::{ClauseRef, FeeAmount},
    error::Findings,
    source::{RulesSource, Wording},
    words::{
        Anchor, ConditionSet, EvidenceDemand, Fault, FeeKind, FeeTax, FinalSale, Instead, Outcome,
        OutcomeSet, Payer, RefundControl, ReturnReason, Route, ShippingRule,
    },
    wrong::Wrong,
};
use kernel::{Bps, CountryCode, Currency, Lang};
use std::sync::Arc;

/// Longest window, in days: ten years, longer than any warranty we have seen.
const MAX_DAYS: u16 = 3650;

/// The clause ids of a policy, numbered.
#[derive(Debug, Default)]
pub(crate) struct ClauseBook(Vec<Arc<str>>);

impl ClauseBook {
    /// The number of the clause written `id`, new or known.
    pub(crate) fn number(&mut self, id: &str) -> ClauseRef {
        let at = self
            .0
            .iter()
            .position(|known| &**known == id)
            .unwrap_or_else(|| {
                self.0.push(id.into());
                self.0.len() - 1
            });
        // Sizes are bounded by the checks in `compile`; saturating keeps this total.
        ClauseRef(u16::try_from(at).unwrap_or(u16::MAX))
    }

    /// All ids, by number.
    pub(crate) fn into_ids(self) -> Vec<Arc<str>> {
        self.0
    }
}

/// What reading a level needs.
pub(crate) struct Reader<'a> {
    pub(crate) clauses: &'a mut ClauseBook,
    pub(crate) findings: &'a mut Findings,
    pub(crate) currencies: &'a [Currency],
    pub(crate) languages: &'a [Lang],
}

/// An exclusion.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exclusion {
    pub(crate) only_opened: bool,
    pub(crate) where_lawful: bool,
    pub(crate) clause: ClauseRef,
}

/// What a level says about one reason.
#[derive(Debug, Clone)]
pub(crate) struct ReasonLayer {
    pub(crate) reason: ReturnReason,
    pub(crate) accepted: Option<bool>,
    pub(crate) fault: Option<Fault>,
    pub(crate) days: Option<(u16, ClauseRef)>,
    pub(crate) evidence: Option<EvidenceDemand>,
    pub(crate) outcomes: Option<OutcomeSet>,
    pub(crate) clause: ClauseRef,
}

/// How a fee is sized.
#[derive(Debug, Clone)]
pub(crate) enum FeeSize {
    Rate(Bps),
    Flat(Amounts),
}

impl FeeSize {
    /// The size in one currency; none if the policy does not know that currency.
    pub(crate) fn amount(&self, currency: Currency) -> Option<FeeAmount> {
        match self {
            Self::Rate(rate) => Some(FeeAmount::Rate(*rate)),
            Self::Flat(amounts) => amounts.get(currency).map(FeeAmount::Flat),
        }
    }
}

/// A fee with its conditions.
#[derive(Debug, Clone)]
pub(crate) struct Fee {
    pub(crate) kind: FeeKind,
    pub(crate) size: FeeSize,
    pub(crate) tax: FeeTax,
    pub(crate) cap: Option<Amounts>,
    pub(crate) waiver: Waiver,
    pub(crate) reasons: u32,
    pub(crate) only_opened: bool,
    pub(crate) after_days: Option<u16>,
    pub(crate) clause: ClauseRef,
}

/// When a fee is not taken.
#[derive(Debug, Clone, Default)]
pub(crate) struct Waiver {
    pub(crate) statutory: bool,
    pub(crate) outcomes: OutcomeSet,
    pub(crate) order_from: Option<Amounts>,
}

/// A bonus.
#[derive(Debug, Clone)]
pub(crate) struct BonusRule {
    pub(crate) rate: Bps,
    pub(crate) cap: Option<Amounts>,
}

/// Which requests are taken.
#[derive(Debug, Clone)]
pub(crate) struct Eligibility {
    pub(crate) min_value: Option<Amounts>,
    pub(crate) max_value: Option<Amounts>,
    pub(crate) max_units: Option<u32>,
}

impl Eligibility {
    /// Whether a request for units worth `minor` is taken.
    pub(crate) fn takes(&self, minor: i64, units: u32, currency: Currency) -> bool {
        let bound = |amounts: &Option<Amounts>| amounts.as_ref().and_then(|a| a.get(currency));
        bound(&self.min_value).is_none_or(|min| minor >= min)
            && bound(&self.max_value).is_none_or(|max| minor <= max)
            && self.max_units.is_none_or(|max| units <= max)
    }
}

/// What a return is worth to the client.
#[derive(Debug, Clone)]
pub(crate) struct Economics {
    pub(crate) return_cost: Amounts,
    pub(crate) resale: Bps,
}

/// Goods that may stay.
#[derive(Debug, Clone)]
pub(crate) struct Returnless {
    pub(crate) up_to: Amounts,
    pub(crate) reasons: u32,
    pub(crate) max_per_365_days: u32,
    pub(crate) instead: Instead,
    pub(crate) economics: Option<Economics>,
}

/// One exception of a refund control.
#[derive(Debug, Clone)]
pub(crate) struct RefundTier {
    pub(crate) fault: Option<Fault>,
    pub(crate) up_to: Option<Amounts>,
    pub(crate) control: RefundControl,
    pub(crate) within_days: u16,
    pub(crate) clause: ClauseRef,
}

/// When money may go.
#[derive(Debug, Clone)]
pub(crate) struct Refund {
    pub(crate) control: RefundControl,
    pub(crate) within_days: u16,
    pub(crate) statutory: Option<RefundControl>,
    pub(crate) tiers: Arc<[RefundTier]>,
}

/// A value and the clause that sets it.
pub(crate) type Set<T> = Option<(T, ClauseRef)>;

/// One level.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layer {
    pub(crate) days: Set<u16>,
    pub(crate) anchor: Option<Anchor>,
    pub(crate) transit_days: Option<u16>,
    pub(crate) as_law: Option<bool>,
    pub(crate) exclusion: Option<Exclusion>,
    pub(crate) final_sale: Set<FinalSale>,
    pub(crate) condition: Set<ConditionSet>,
    pub(crate) eligibility: Set<Arc<Eligibility>>,
    pub(crate) reasons: Vec<ReasonLayer>,
    pub(crate) fees: Vec<(FeeKind, Option<Arc<Fee>>)>,
    pub(crate) outcomes: Set<OutcomeSet>,
    pub(crate) store_credit_bonus: Set<Arc<BonusRule>>,
    pub(crate) exchange_bonus: Set<Arc<BonusRule>>,
    pub(crate) auto_approve: Set<Amounts>,
    pub(crate) returnless: Set<Arc<Returnless>>,
    pub(crate) refund: Set<Refund>,
    pub(crate) shipping: Set<(ShippingRule, ShippingRule)>,
    pub(crate) label: Set<Payer>,
    pub(crate) grades: Set<[Bps; 5]>,
    pub(crate) return_to: Option<CountryCode>,
    pub(crate) route: Option<Route>,
}

/// Bits of a set of reasons.
pub(crate) fn reason_bits(list: &[ReturnReason]) -> u32 {
    list.iter().fold(0, |bits, r| bits | 1 << r.index())
}

impl Reader<'_> {
    /// Reads the rules at `path`; clause ids get `prefix` (`market.uk.`, empty for the client).
    pub(crate) fn layer(&mut self, rules: &RulesSource, path: &str, prefix: &str) -> Layer {
        let at = |name: &str| format!("{path}.{name}");
        let mut layer = Layer::default();
        if let Some(window) = &rules.window {
            let days = [window.days, window.transit_days];
            for value in days.into_iter().flatten() {
                self.findings.within(&at("window"), value, 0..=MAX_DAYS);
            }
            layer.days = window.days.map(|d| (d, self.clause(prefix, "window")));
            layer.anchor = window.anchor;
            layer.transit_days = window.transit_days;
            layer.as_law = window.as_law;
        }
        layer.final_sale = rules
            .final_sale
            .map(|rule| (rule, self.clause(prefix, "final_sale")));
        if let Some(list) = &rules.condition {
            let set = ConditionSet::of(list);
            layer.condition = Some((set, self.clause(prefix, "condition")));
        }
        if let Some(source) = &rules.eligibility {
            let rule = self.eligibility(source, &at("eligibility"));
            layer.eligibility = Some((Arc::new(rule), self.clause(prefix, "eligibility")));
        }
        if let Some(exclusion) = &rules.exclusion {
            self.wording(&exclusion.text, &at("exclusion.text"));
            self.findings
                .counted(&at("exclusion.legal"), exclusion.legal.len(), 0..=16);
            let id = prefix.strip_suffix('.').unwrap_or("exclusion");
            let clause = self.clauses.number(id);
            layer.exclusion = Some(Exclusion {
                only_opened: exclusion.only_opened,
                where_lawful: exclusion.where_lawful,
                clause,
            });
        }
        for (reason, source) in &rules.reasons {
            let here = at(&format!("reasons.{reason}"));
            if let Some(days) = source.days {
                self.findings.within(&here, days, 0..=MAX_DAYS);
            }
            if let Some(evidence) = source.evidence {
                self.findings.within(&here, evidence.photos, 0..=10);
            }
            let outcomes = source.outcomes.as_ref().map(|list| OutcomeSet::of(list));
            self.not_empty(outcomes, &here);
            let clause = self.clause(prefix, &format!("reason.{reason}"));
            let days = source
                .days
                .map(|d| (d, self.clause(prefix, &format!("window.{reason}"))));
            layer.reasons.push(ReasonLayer {
                reason: *reason,
                accepted: source.accepted,
                fault: source.fault,
                days,
                evidence: source.evidence,
                outcomes,
                clause,
            });
        }
        for (kind, source) in &rules.fees {
            let fee = self.fee(*kind, source, &at(&format!("fees.{kind}")), prefix);
            layer.fees.push((*kind, fee.map(Arc::new)));
        }
        if let Some(list) = &rules.outcomes {
            let set = OutcomeSet::of(list);
            self.not_empty(Some(set), &at("outcomes"));
            layer.outcomes = Some((set, self.clause(prefix, "outcomes")));
        }
        for (outcome, source) in &rules.bonuses {
            let here = at(&format!("bonuses.{outcome}"));
            let rule = Arc::new(self.bonus(source, &here));
            let set = Some((rule, self.clause(prefix, &format!("bonus.{outcome}"))));
            match outcome {
                Outcome::StoreCredit => layer.store_credit_bonus = set,
                Outcome::Exchange => layer.exchange_bonus = set,
                Outcome::Refund | Outcome::Replacement | Outcome::Repair => {
                    self.findings.note(&here, Wrong::NoBonus);
                }
            }
        }
        if let Some(source) = &rules.auto_approve {
            let amounts = self.amounts(source, &at("auto_approve"));
            layer.auto_approve = Some((amounts, self.clause(prefix, "approval")));
        }
        if let Some(source) = &rules.returnless {
            let rule = self.returnless(source, &at("returnless"));
            layer.returnless = Some((Arc::new(rule), self.clause(prefix, "returnless")));
        }
        if let Some(source) = &rules.refund {
            let rule = self.refund(source, &at("refund"), prefix);
            layer.refund = Some((rule, self.clause(prefix, "refund")));
        }
        if let Some(source) = &rules.shipping {
            // R9: when the seller is at fault outbound delivery comes back.
            let good = source.on_fault != ShippingRule::None;
            self.findings
                .demand(good, &at("shipping.on_fault"), Wrong::ShippingOnFault);
            let rules = (source.rule, source.on_fault);
            layer.shipping = Some((rules, self.clause(prefix, "shipping")));
        }
        layer.label = rules
            .label
            .map(|payer| (payer, self.clause(prefix, "label")));
        if let Some(grades) = &rules.grades {
            let mut table = [Bps(0); 5];
            for (grade, rate) in grades {
                self.findings
                    .within(&at(&format!("grades.{grade}")), rate.0, 0..=10_000);
                table[grade.index()] = *rate;
            }
            self.findings
                .demand(table.is_sorted(), &at("grades"), Wrong::FallingGrades);
            layer.grades = Some((table, self.clause(prefix, "grades")));
        }
        layer.return_to = rules.return_to;
        layer.route = rules.route;
        layer
    }

    /// The clause `name` of the level `prefix`.
    pub(crate) fn clause(&mut self, prefix: &str, name: &str) -> ClauseRef {
        self.clauses.number(&format!("{prefix}{name}"))
    }

    /// Amounts at `path`.
    pub(crate) fn amounts(&mut self, source: &crate::source::AmountsSource, path: &str) -> Amounts {
        Amounts::read(source, self.currencies, path, self.findings)
    }

    /// A wording exists in every language of the policy.
    pub(crate) fn wording(&mut self, text: &Wording, path: &str) {
        for lang in self.languages {
            let good = text
                .get(lang)
                .is_some_and(|t| (1..=1000).contains(&t.trim().len()));
            self.findings
                .demand(good, path, Wrong::NoText { lang: *lang });
        }
    }

    fn not_empty(&mut self, outcomes: Option<OutcomeSet>, path: &str) {
        let empty = outcomes.is_some_and(OutcomeSet::is_empty);
        self.findings.demand(!empty, path, Wrong::NothingOffered);
    }
}
