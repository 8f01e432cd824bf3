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

#[cfg(test)]
mod tests {
    use super::*;

    fn word(told: Told) -> Word {
        match told {
            Told::Dispute(word) => *word,
            Told::Payment(_) => panic!("no dispute"),
        }
    }

    fn stripe_says(status: &str, step: &str) -> News {
        let told = StripeDispute {
            dispute: "dp_1".into(),
            payments: vec!["pi_1".into(), "ch_1".into()],
            amount: kernel::Money::new(100, kernel::Currency::EUR),
            reason: "fraudulent".into(),
            network_code: Some("10.4".into()),
            brand: Some("visa".into()),
            status: status.into(),
            due_by: None,
            step: step.into(),
        };
        word(stripe("evt_1", Timestamp::UNIX_EPOCH, told)).news
    }

    #[test]
    fn stripe_names_no_order_and_warnings_are_inquiries() {
        let opened = stripe_says("needs_response", "created");
        assert_eq!((opened.stage, opened.round), (Stage::NeedsResponse, 1));
        assert_eq!(opened.reason.as_deref(), Some("10.4"));
        let asked = stripe_says("warning_needs_response", "created");
        assert_eq!((asked.stage, asked.round), (Stage::Inquiry, 0));
        assert_eq!(stripe_says("lost", "funds_withdrawn").taken, Some(true));
        assert_eq!(stripe_says("won", "funds_reinstated").taken, Some(false));
    }

    #[test]
    fn a_second_chargeback_is_another_round() {
        let step = |step: &str| {
            let told = AdyenDispute {
                dispute: "D".into(),
                payment: String::new(),
                order: "A-1".into(),
                amount: None,
                step: step.into(),
                code: "4853".into(),
                scheme: "mc".into(),
                due_at: None,
                at: None,
            };
            let news = word(adyen("m", Timestamp::UNIX_EPOCH, told)).news;
            (news.stage, news.round)
        };
        assert_eq!(step("CHARGEBACK"), (Stage::NeedsResponse, 1));
        assert_eq!(step("CHARGEBACK_REVERSED"), (Stage::Reversed, 1));
        assert_eq!(step("SECOND_CHARGEBACK"), (Stage::NeedsResponse, 2));
        assert_eq!(step("PREARBITRATION_LOST"), (Stage::Lost, 2));
    }

    #[test]
    fn paypal_is_read_by_status_stage_and_outcome() {
        let says = |status: &str, stage: &str, outcome: &str| {
            let told = PayPalDispute {
                message: String::new(),
                dispute: "PP-D-1".into(),
                captures: vec![("C".into(), "A-1".into())],
                step: "CUSTOMER.DISPUTE.UPDATED".into(),
                reason: "UNAUTHORISED".into(),
                status: status.into(),
                stage: stage.into(),
                outcome: outcome.into(),
                amount: None,
                due_at: None,
                at: None,
            };
            word(paypal(Timestamp::UNIX_EPOCH, told)).news.stage
        };
        assert_eq!(says("OPEN", "INQUIRY", ""), Stage::Inquiry);
        assert_eq!(says("UNDER_REVIEW", "CHARGEBACK", ""), Stage::UnderReview);
        let buyer = "RESOLVED_BUYER_FAVOUR";
        assert_eq!(says("RESOLVED", "CHARGEBACK", buyer), Stage::Lost);
        assert_eq!(says("RESOLVED", "INQUIRY", buyer), Stage::Lost);
        assert_eq!(says("RESOLVED", "CHARGEBACK", "ACCEPTED"), Stage::Accepted);
        assert_eq!(says("RESOLVED", "CHARGEBACK", "DENIED"), Stage::Won);
    }
}
