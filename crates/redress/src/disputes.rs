//! What Stripe, Adyen and PayPal say about disputes, in the words of the house.

use api::Told;
use app::disputes::{News, Stage, Word};
use gateways::{adyen::AdyenDispute, paypal::PayPalDispute, stripe::StripeDispute};
use kernel::Timestamp;
use std::sync::Arc;

fn some(text: &str) -> Option<Arc<str>> {
    Some(text.trim())
        .filter(|t| !t.is_empty())
        .map(Arc::<str>::from)
}

/// Stripe: `warning_*` is an inquiry, everything else a chargeback. The scheme's code says more
/// than Stripe's word and is kept where it is told.
pub fn stripe(message: &str, at: Timestamp, told: StripeDispute) -> Told {
    let stage = match told.status.as_str() {
        "warning_needs_response" => Stage::Inquiry,
        "warning_under_review" => Stage::InquiryReview,
        // Prevented: settled before it became one.
        "warning_closed" | "prevented" => Stage::InquiryClosed,
        "under_review" => Stage::UnderReview,
        "won" => Stage::Won,
        "lost" => Stage::Lost,
        _ => Stage::NeedsResponse,
    };
    let taken = match told.step.as_str() {
        "funds_withdrawn" => Some(true),
        "funds_reinstated" => Some(false),
        _ => None,
    };
    let inquiry = matches!(
        stage,
        Stage::Inquiry | Stage::InquiryReview | Stage::InquiryClosed
    );
    Told::Dispute(Box::new(Word {
        provider: "stripe".into(),
        reference: told.dispute.into(),
        payments: told.payments.into_iter().map(Arc::from).collect(),
        order_number: Arc::from(""),
        news: News {
            source: "stripe".into(),
            message: message.into(),
            at,
            stage,
            round: u8::from(!inquiry),
            amount: Some(told.amount),
            reason: told
                .network_code
                .as_deref()
                .and_then(some)
                .or(some(&told.reason)),
            scheme: told.brand.as_deref().and_then(some),
            due_at: told.due_by,
            taken,
            step: told.step.into(),
        },
    }))
}

/// Adyen: where a dispute stands follows from its steps.
pub fn adyen(message: &str, now: Timestamp, told: AdyenDispute) -> Told {
    let (stage, round, taken) = match told.step.as_str() {
        "REQUEST_FOR_INFORMATION" => (Stage::Inquiry, 0, None),
        "INFORMATION_SUPPLIED" => (Stage::UnderReview, 0, None),
        "CHARGEBACK" => (Stage::NeedsResponse, 1, Some(true)),
        "CHARGEBACK_REVERSED" => (Stage::Reversed, 1, Some(false)),
        "SECOND_CHARGEBACK" => (Stage::NeedsResponse, 2, Some(true)),
        "PREARBITRATION_WON" => (Stage::Won, 2, Some(false)),
        "PREARBITRATION_LOST" => (Stage::Lost, 2, Some(true)),
        "DISPUTE_DEFENSE_PERIOD_ENDED" => (Stage::Lapsed, 1, None),
        "ISSUER_RESPONSE_TIMEFRAME_EXPIRED" => (Stage::Won, 1, None),
        // NOTIFICATION_OF_CHARGEBACK: it will be one.
        _ => (Stage::NeedsResponse, 1, None),
    };
    Told::Dispute(Box::new(Word {
        provider: "adyen".into(),
        reference: told.dispute.into(),
        payments: some(&told.payment).into_iter().collect(),
        order_number: told.order.into(),
        news: News {
            source: "adyen".into(),
            message: message.into(),
            at: told.at.unwrap_or(now),
            stage,
            round,
            amount: told.amount,
            reason: some(&told.code),
            scheme: some(&told.scheme),
            due_at: told.due_at,
            taken,
            step: told.step.into(),
        },
    }))
}

/// PayPal: the status of the dispute, its stage, and its outcome once it is resolved.
pub fn paypal(now: Timestamp, told: PayPalDispute) -> Told {
    let round = match told.stage.as_str() {
        "INQUIRY" => 0,
        "PRE_ARBITRATION" | "ARBITRATION" => 2,
        _ => 1,
    };
    let stage = match (told.status.as_str(), told.outcome.as_str()) {
        ("RESOLVED", "RESOLVED_BUYER_FAVOUR") => Stage::Lost,
        ("RESOLVED", "ACCEPTED") => Stage::Accepted,
        // For the seller, taken back by the buyer, denied, or paid by PayPal itself.
        ("RESOLVED", _) if round == 0 => Stage::InquiryClosed,
        ("RESOLVED", _) => Stage::Won,
        ("UNDER_REVIEW" | "WAITING_FOR_BUYER_RESPONSE", _) if round == 0 => Stage::InquiryReview,
        ("UNDER_REVIEW" | "WAITING_FOR_BUYER_RESPONSE", _) => Stage::UnderReview,
        _ if round == 0 => Stage::Inquiry,
        _ => Stage::NeedsResponse,
    };
    let at = told.at.unwrap_or(now);
    // The message names itself; where it does not, the fact does.
    let message = match told.message.as_str() {
        "" => format!("{}/{}/{}", told.dispute, told.status, told.outcome),
        id => id.to_owned(),
    };
    let order = told.captures.iter().map(|(_, number)| number.as_str());
    let order = order.max().unwrap_or_default();
    Told::Dispute(Box::new(Word {
        provider: "paypal".into(),
        reference: told.dispute.into(),
        order_number: order.into(),
        payments: told
            .captures
            .iter()
            .map(|(c, _)| c.as_str().into())
            .collect(),
        news: News {
            source: "paypal".into(),
            message: message.into(),
            at,
            stage,
            round,
            amount: told.amount,
            reason: some(&told.reason),
            scheme: some("paypal"),
            due_at: told.due_at,
            taken: None,
            step: told.step.into(),
        },
    }))
}
