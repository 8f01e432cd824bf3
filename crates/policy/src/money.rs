//! The parts of a level that are about money: fees, bonuses, limits, refund control. Read and
//! checked here, once; what they do is in `eval`.

use crate::{
    layer::{
        BonusRule, Economics, Eligibility, Fee, FeeSize, Reader, Refund, RefundTier, Returnless,
        Waiver, reason_bits,
    },
    source::{
        BonusSource, EligibilitySource, FeeSource, RefundSource, RefundTierSource,
        ReturnlessSource, WaiverSource,
    },
    words::{FeeKind, FeeTax, OutcomeSet},
    wrong::Wrong,
};

/// Longest promise of days until money goes.
const MAX_REFUND_DAYS: u16 = 365;

impl Reader<'_> {
    pub(crate) fn fee(
        &mut self,
        kind: FeeKind,
        source: &FeeSource,
        path: &str,
        prefix: &str,
    ) -> Option<Fee> {
        let clause = self.clause(prefix, &format!("fee.{kind}"));
        let sizes = [source.rate.is_some(), source.amount.is_some(), source.none];
        let one = sizes.iter().filter(|given| **given).count() == 1;
        self.findings.demand(one, path, Wrong::FeeSize);
        let late = kind == FeeKind::Late && source.after_days.is_none() && !source.none;
        self.findings.demand(!late, path, Wrong::LateFee);
        let taxed = source.tax.is_none() || source.amount.is_some();
        self.findings.demand(taxed, path, Wrong::TaxMode);
        let size = if let Some(rate) = source.rate {
            self.findings.within(path, rate.0, 0..=10_000);
            FeeSize::Rate(rate)
        } else {
            FeeSize::Flat(self.amounts(source.amount.as_ref()?, path))
        };
        let waiver = source.waiver.as_ref();
        Some(Fee {
            kind,
            size,
            tax: source.tax.unwrap_or(FeeTax::Included),
            cap: source
                .cap
                .as_ref()
                .map(|cap| self.amounts(cap, &format!("{path}.cap"))),
            waiver: waiver.map_or_else(Waiver::default, |w| {
                self.waiver(w, &format!("{path}.waiver"))
            }),
            reasons: source
                .reasons
                .as_ref()
                .map_or(u32::MAX, |list| reason_bits(list)),
            only_opened: source.only_opened,
            after_days: source.after_days,
            clause,
        })
    }

    fn waiver(&mut self, source: &WaiverSource, path: &str) -> Waiver {
        let from = source.order_from.as_ref();
        Waiver {
            statutory: source.statutory,
            outcomes: OutcomeSet::of(&source.outcomes),
            order_from: from.map(|a| self.amounts(a, &format!("{path}.order_from"))),
        }
    }

    pub(crate) fn bonus(&mut self, source: &BonusSource, path: &str) -> BonusRule {
        self.findings.within(path, source.rate.0, 0..=5000);
        let cap = source.cap.as_ref();
        BonusRule {
            rate: source.rate,
            cap: cap.map(|cap| self.amounts(cap, &format!("{path}.cap"))),
        }
    }

    pub(crate) fn eligibility(&mut self, source: &EligibilitySource, path: &str) -> Eligibility {
        let mut bound = |amounts: Option<&_>, name: &str| {
            amounts.map(|a| self.amounts(a, &format!("{path}.{name}")))
        };
        Eligibility {
            min_value: bound(source.min_value.as_ref(), "min_value"),
            max_value: bound(source.max_value.as_ref(), "max_value"),
            max_units: source.max_units,
        }
    }

    pub(crate) fn returnless(&mut self, source: &ReturnlessSource, path: &str) -> Returnless {
        let economics = source.economics.as_ref().map(|e| {
            let here = format!("{path}.economics");
            self.findings.within(&here, e.resale.0, 0..=10_000);
            Economics {
                return_cost: self.amounts(&e.return_cost, &format!("{here}.return_cost")),
                resale: e.resale,
            }
        });
        Returnless {
            up_to: self.amounts(&source.up_to, &format!("{path}.up_to")),
            reasons: reason_bits(&source.reasons),
            max_per_365_days: u32::from(source.max_per_365_days),
            instead: source.instead,
            economics,
        }
    }

    pub(crate) fn refund(&mut self, source: &RefundSource, path: &str, prefix: &str) -> Refund {
        self.findings
            .counted(&format!("{path}.tiers"), source.tiers.len(), 0..=20);
        self.findings
            .within(path, source.within_days, 0..=MAX_REFUND_DAYS);
        let tiers = source.tiers.iter().take(20).enumerate();
        Refund {
            control: source.control,
            within_days: source.within_days,
            statutory: source.statutory,
            tiers: tiers
                .map(|(i, tier)| self.tier(tier, i, &format!("{path}.tiers.{i}"), prefix))
                .collect(),
        }
    }

    fn tier(
        &mut self,
        source: &RefundTierSource,
        at: usize,
        path: &str,
        prefix: &str,
    ) -> RefundTier {
        self.findings
            .within(path, source.within_days, 0..=MAX_REFUND_DAYS);
        let up_to = source.up_to.as_ref();
        RefundTier {
            fault: source.fault,
            up_to: up_to.map(|a| self.amounts(a, &format!("{path}.up_to"))),
            control: source.control,
            within_days: source.within_days,
            clause: self.clause(prefix, &format!("refund.tier.{at}")),
        }
    }
}
