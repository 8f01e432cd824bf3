//! What evidence speaks in which dispute, and what of it there is: a suggestion, not a verdict.

use super::reason::{Category, named};
use serde::{Deserialize, Serialize};

named! {
    /// A piece of evidence.
    Evidence {
        /// The money went back already: the credit note and the provider's reference.
        RefundProof = "refund_proof",
        /// The carrier's proof that the order arrived.
        ProofOfDelivery = "proof_of_delivery",
        /// The policy that was shown at purchase.
        PolicyShown = "policy_shown",
        /// What was written to and by the customer.
        Messages = "messages",
        /// What came back, graded.
        ReturnRecord = "return_record",
        /// Scans of the parcel on its way back.
        ReturnScans = "return_scans",
        /// Photographs of what came back or of the damage.
        Photos = "photos",
        /// What was ordered, when, for how much, to where.
        OrderDetails = "order_details",
        /// How the buyer was authenticated; it lies at the payment provider.
        Authentication = "authentication",
        /// That two payments are for two orders.
        OtherPayments = "other_payments",
    }
}

/// How much a piece of evidence counts in a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Without it the answer is hardly worth sending.
    Needed,
    /// It helps.
    Helps,
}

/// What is wanted for a category, the most telling first. A refund that was paid is asked for in
/// every category: with it, anything the buyer says has been made good.
pub fn wanted(category: Category) -> &'static [(Evidence, Weight)] {
    use Evidence as E;
    use Weight::{Helps, Needed};
    match category {
        Category::Fraud => &[
            (E::Authentication, Needed),
            (E::ProofOfDelivery, Needed),
            (E::OrderDetails, Helps),
            (E::Messages, Helps),
            (E::RefundProof, Helps),
        ],
        Category::NotReceived => &[
            (E::ProofOfDelivery, Needed),
            (E::OrderDetails, Helps),
            (E::Messages, Helps),
            (E::RefundProof, Helps),
        ],
        Category::NotAsDescribed => &[
            (E::OrderDetails, Needed),
            (E::ReturnRecord, Needed),
            (E::Photos, Helps),
            (E::PolicyShown, Helps),
            (E::Messages, Helps),
            (E::RefundProof, Helps),
        ],
        Category::CreditNotProcessed => &[
            (E::RefundProof, Needed),
            (E::PolicyShown, Needed),
            (E::ReturnRecord, Helps),
            (E::ReturnScans, Helps),
            (E::Messages, Helps),
        ],
        Category::Cancelled => &[
            (E::PolicyShown, Needed),
            (E::ProofOfDelivery, Helps),
            (E::Messages, Helps),
            (E::RefundProof, Helps),
        ],
        Category::Duplicate => &[
            (E::OtherPayments, Needed),
            (E::OrderDetails, Needed),
            (E::RefundProof, Helps),
        ],
        Category::WrongAmount => &[
            (E::OrderDetails, Needed),
            (E::RefundProof, Helps),
            (E::PolicyShown, Helps),
        ],
        Category::Processing => &[
            (E::Authentication, Needed),
            (E::OrderDetails, Helps),
            (E::RefundProof, Helps),
        ],
        Category::Other => &[
            (E::OrderDetails, Helps),
            (E::PolicyShown, Helps),
            (E::ProofOfDelivery, Helps),
            (E::Messages, Helps),
            (E::RefundProof, Helps),
        ],
    }
}

/// A line of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What.
    pub evidence: Evidence,
    /// The answer is hardly worth sending without it.
    pub needed: bool,
    /// It is here.
    pub here: bool,
}

/// The checklist of a category, given what is here.
pub fn checklist(category: Category, here: &[Evidence]) -> Vec<Check> {
    let line = |(evidence, weight): &(Evidence, Weight)| Check {
        evidence: *evidence,
        needed: *weight == Weight::Needed,
        here: here.contains(evidence),
    };
    wanted(category).iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_asks_for_something_once_and_for_refunds() {
        for category in Category::ALL {
            let list = wanted(*category);
            let mut seen: Vec<Evidence> = list.iter().map(|w| w.0).collect();
            assert!(seen.contains(&Evidence::RefundProof), "{category:?}");
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), list.len(), "{category:?}");
        }
        let list = checklist(Category::NotReceived, &[Evidence::ProofOfDelivery]);
        assert!(list[0].here && list[0].needed && !list[1].here);
    }
}
