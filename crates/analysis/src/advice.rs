//! What is wrong with a policy that gives too little, and what its author can do.

use crate::{
    compare::Dimension,
    said::{Phrase, Said},
};

/// What is wrong and what to do, by dimension.
pub(crate) fn advice(dimension: Dimension) -> (Said, &'static str) {
    use Dimension as D;
    let (key, what, help) = match dimension {
        D::Window => (
            "finding-window",
            "the window ends before the customer's right does",
            "lengthen it, count from last_parcel, or add as_law = true",
        ),
        D::Exclusion => (
            "finding-exclusion",
            "the exclusion is wider than the law allows",
            "narrow it (only_opened), limit it to markets that allow it, or add where_lawful = true",
        ),
        D::FinalSale => (
            "finding-final-sale",
            "goods sold as final could be returned by law",
            "write final_sale = \"where_lawful\" or \"never\" there",
        ),
        D::Reason => (
            "finding-reason",
            "a reason is refused although the right needs none",
            "take the reason in these places",
        ),
        D::Eligibility => (
            "finding-eligibility",
            "requests of some value or number are refused although the law takes them",
            "drop the bound in these places",
        ),
        D::Condition => (
            "finding-condition",
            "goods are refused for their state although the law takes them back",
            "drop the condition; loss of value may be deducted by grade instead",
        ),
        D::Evidence => (
            "finding-evidence",
            "evidence is demanded although the right needs no reason",
            "drop the evidence for this reason",
        ),
        D::Fee => (
            "finding-fee",
            "a fee is taken although the law allows none",
            "add waiver = { statutory = true }, or none = true in these places",
        ),
        D::Deduction => (
            "finding-deduction",
            "a deduction is taken where the law allows none",
            "deduct nothing for grades a and b, or nothing at all in these places",
        ),
        D::RefundForm => (
            "finding-refund-form",
            "the customer cannot choose what the law gives",
            "add \"refund\" (or \"replacement\" or \"repair\" for faults) to the outcomes",
        ),
        D::Outbound => (
            "finding-outbound",
            "what was paid for delivery is kept",
            "write shipping.rule = \"full_on_full_order\" or better",
        ),
        D::ReturnCost => (
            "finding-return-cost",
            "the customer pays a way back that the seller must pay",
            "write label = \"merchant\" and no return_label fee in these places",
        ),
        D::RefundTime => (
            "finding-refund-time",
            "money goes later than the law allows",
            "write statutory = \"first_scan\" or earlier, and a smaller within_days",
        ),
    };
    (Phrase::new(key).in_english(what), help)
}
