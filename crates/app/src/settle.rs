//! Paying what is owed, once.
//!
//! The order of steps is the whole point: record that we are about to pay, then pay under the
//! obligation's key, then record the answer. Whatever dies in between leaves a case that says
//! "sent"; the next look asks the provider what became of that key and never pays blindly.

use crate::{
    App,
    cases::{Call, Loaded},
    commit::gateway_of,
    error::AppError,
    jobs::{Done, Retry},
    settings::GatewayChoice,
};
use kernel::{ClientId, JobId, Money, ObligationId, Timestamp};
use ports::{Asking, Destination, GatewayError, Iban, PaymentGateway, PaymentOrder, Submission};
use returns::{
    Command, Event, Obligation, ObligationKind, ObligationState, ReturnCase, TenderKind, What,
};
use std::sync::Arc;
use store::questions;

pub use ports::{Attempt, PaymentKey, PaymentState};

/// How long after an unanswered call the provider is asked: longer than any call may take, so
/// that "never heard of it" means it.
const ASK_AFTER_SECONDS: i64 = 30;
/// How often a payment the provider works on is asked about, if no message comes before.
pub(crate) const PENDING_SECONDS: i64 = 900;
/// How soon a job is offered again when another process speaks with the provider.
const ELSEWHERE_SECONDS: i64 = 2;

/// What is handed to a gateway.
enum Order {
    Pay(PaymentOrder),
    Capture(ports::CaptureOrder),
}

fn takes_security(case: &ReturnCase, id: ObligationId) -> bool {
    case.exchanges.iter().any(|e| e.takes_security(id))
}

impl App {
    /// Carries out a `pay` job.
    pub(crate) async fn pay(
        &self,
        call: &Call<'_>,
        loaded: Loaded,
        job: JobId,
        id: ObligationId,
    ) -> Result<Done, Retry> {
        let Some(case) = &loaded.case else {
            return Ok(Done::Nothing);
        };
        let Some(obligation) = case.obligation(id) else {
            return Ok(Done::Nothing);
        };
        let way = gateway_of(&loaded.client, &loaded.order, obligation);
        match obligation.state {
            // Goods are sent by people, and what the customer owes is asked for by people, who
            // record it themselves.
            ObligationState::Requested
                if obligation.kind.is_by_hand() && !takes_security(case, id) =>
            {
                return Ok(Done::Nothing);
            }
            ObligationState::Requested if self.is_elsewhere(way, case.client) => {
                return Ok(Done::Later(ELSEWHERE_SECONDS));
            }
            ObligationState::Requested => {}
            state if state.is_in_flight() => {
                return self.reconcile(call, &loaded, job, id).await;
            }
            _ => return Ok(Done::Nothing),
        }
        if obligation.kind == ObligationKind::Refund && self.marks_dispute(call, case).await? {
            // The end of the dispute asks for the payment again.
            return Ok(Done::Nothing);
        }
        let is_lost = !loaded.account.lost.is_empty() && loaded.account.is_over(&loaded.order);
        if obligation.kind == ObligationKind::Refund && !case.disputed && is_lost {
            // A lost dispute gave the buyer this already: a person gives up what is too much.
            if !case.held_back.contains(&id) {
                let held = Command::HoldRefund { obligation: id };
                let given = self.command_with(call, case.client, case.id, None, &held, &|_, _| ());
                match given.await {
                    Ok(_) | Err(AppError::Refused(_)) => {}
                    Err(e) => return Err(e.into()),
                }
            }
            return Ok(Done::Later(PENDING_SECONDS));
        }
        let cools = case.cools_until(id).filter(|until| call.at < *until);
        if let Some(until) = cools {
            // The customer may still object to where it goes.
            let wait = until.as_second() - call.at.as_second();
            return Ok(Done::Later(wait.max(1)));
        }
        let sent = Command::PaymentSent { obligation: id };
        let given = match self.command_on(call, &loaded, &sent, &|_, _| ()).await {
            Some(given) => given,
            // Another write came first.
            None => {
                self.command_with(call, case.client, case.id, None, &sent, &|_, _| ())
                    .await
            }
        };
        match given {
            Ok(_) => {}
            // A dispute was lost meanwhile: looked at again, as above.
            Err(AppError::Refused(r))
                if r.code == returns::RefusalCode::StillOpen && !case.disputed =>
            {
                return Ok(Done::Later(PENDING_SECONDS));
            }
            Err(AppError::Refused(_)) => return Ok(Done::Nothing),
            Err(e) => return Err(e.into()),
        }
        let fresh = self.load_case(call, case.client, case.id).await?;
        let marked = fresh.case.as_ref().and_then(|c| c.obligation(id));
        if !marked.is_some_and(|o| o.state.is_in_flight()) {
            // Its approval was of something else: nothing leaves.
            return Ok(Done::Nothing);
        }
        if way == "house_credit" {
            // Our own liability: recording it is paying it.
            let reference = Obligation::credit_reference(id).into();
            let settled = Command::PaymentSettled {
                obligation: id,
                reference,
            };
            return self.record(call, case, &settled, job).await;
        }
        self.submit(call, &fresh, job, id).await
    }

    /// Whether another process pays this way for the client.
    fn is_elsewhere(&self, way: &str, client: ClientId) -> bool {
        self.0.gateways.get(way).is_some_and(|g| !g.is_here(client))
    }

    /// Hands an obligation that is recorded as sent to its gateway and records the answer.
    async fn submit(
        &self,
        call: &Call<'_>,
        loaded: &Loaded,
        job: JobId,
        id: ObligationId,
    ) -> Result<Done, Retry> {
        let Some(case) = &loaded.case else {
            return Ok(Done::Nothing);
        };
        let ordered = match self.capture_order(loaded, id) {
            Some(order) => order.map(|(gateway, order)| (gateway, Order::Capture(order))),
            None => self
                .payment_order(loaded, id)
                .await
                .map(|(gateway, order)| (gateway, Order::Pay(order))),
        };
        let (gateway, order) = match ordered {
            Ok(found) => found,
            Err(code) => {
                let failed = Command::PaymentFailed {
                    obligation: id,
                    code: code.into(),
                };
                return self.record_on(call, loaded, &failed, job).await;
            }
        };
        let answer = match &order {
            Order::Pay(order) => gateway.submit(order).await,
            Order::Capture(order) => gateway.capture(order).await,
        };
        match answer {
            Ok(Submission::Settled { provider_ref }) => {
                let reference = provider_ref.into();
                let settled = Command::PaymentSettled {
                    obligation: id,
                    reference,
                };
                self.record_on(call, loaded, &settled, job).await
            }
            Ok(Submission::Accepted { .. } | Submission::Pending { .. }) => {
                self.record_pending(call, case, id).await
            }
            Err(GatewayError::Refused { code, .. }) => {
                let failed = Command::PaymentFailed {
                    obligation: id,
                    code: code.into(),
                };
                self.record_on(call, loaded, &failed, job).await
            }
            // Certainly nothing happened: the same call under the same key, a little later.
            Err(GatewayError::NotSent(why)) => Err(Retry(why)),
            Err(GatewayError::Unknown(why)) => {
                tracing::warn!(obligation = %id, why, "payment outcome unknown");
                let known = case.obligation(id).map(|o| o.state);
                if known == Some(ObligationState::Unknown) {
                    // Recorded before, so nothing new follows from it: this job goes on asking.
                    return Ok(Done::Later(ASK_AFTER_SECONDS));
                }
                // A job that asks follows from this event and takes over.
                let unknown = Command::PaymentUnknown { obligation: id };
                self.record_on(call, loaded, &unknown, job).await
            }
        }
    }

    /// Records that the provider works on a payment; the job stays and asks again, because the
    /// message that tells of the end may be lost.
    pub(crate) async fn record_pending(
        &self,
        call: &Call<'_>,
        case: &ReturnCase,
        id: ObligationId,
    ) -> Result<Done, Retry> {
        let pending = Command::PaymentPending { obligation: id };
        match self
            .command_with(call, case.client, case.id, None, &pending, &|_, _| ())
            .await
        {
            Ok(_) | Err(AppError::Refused(_)) => Ok(Done::Later(PENDING_SECONDS)),
            Err(e) => Err(e.into()),
        }
    }

    /// Asks the provider what became of a payment and records it.
    pub(crate) async fn reconcile(
        &self,
        call: &Call<'_>,
        loaded: &Loaded,
        job: JobId,
        id: ObligationId,
    ) -> Result<Done, Retry> {
        let Some(case) = &loaded.case else {
            return Ok(Done::Nothing);
        };
        let Some(obligation) = case.obligation(id) else {
            return Ok(Done::Nothing);
        };
        if !obligation.state.is_in_flight() {
            return Ok(Done::Nothing);
        }
        if gateway_of(&loaded.client, &loaded.order, obligation) == "house_credit" {
            let reference = Obligation::credit_reference(id).into();
            let settled = Command::PaymentSettled {
                obligation: id,
                reference,
            };
            return self.record(call, case, &settled, job).await;
        }
        let quiet = call.at.as_second() - case.changed_at.as_second();
        if case.is_for_customer(id) {
            return self.reconcile_checkout(call, loaded, job, id).await;
        }
        if let Some(seconds) = self.tells_by_message_only(loaded, obligation) {
            if obligation.state == ObligationState::Pending {
                return Ok(Done::Later(PENDING_SECONDS));
            }
            if quiet < ASK_AFTER_SECONDS {
                return Ok(Done::Later(ASK_AFTER_SECONDS - quiet));
            }
            let attempt = u8::try_from(obligation.attempts.max(1)).ok();
            if let Some(attempt) = attempt.and_then(Attempt::new) {
                let doubt = crate::news::doubt_of(PaymentKey {
                    obligation: id,
                    attempt,
                });
                let source = crate::news::DOUBTS;
                if self.heard(case.client, source, &doubt).await? {
                    let why = "the provider names another amount: look there";
                    return Err(Retry(why.into()));
                }
            }
            // As long as the provider answers the key as it did the first time, handing the order
            // over again is asking. After that only its message or a person tells.
            let sent = self.sent_at(case, id).await?;
            let asks = sent.is_some_and(|at| call.at.as_second() - at.as_second() < seconds);
            return if asks {
                self.submit(call, loaded, job, id).await
            } else {
                Ok(Done::Later(PENDING_SECONDS))
            };
        }
        let Ok((gateway, found)) = self.look_up(loaded, id).await else {
            return Ok(Done::Later(PENDING_SECONDS));
        };
        if !gateway.is_here(case.client) {
            return Ok(Done::Later(ELSEWHERE_SECONDS));
        }
        match found {
            Ok(Some(PaymentState::Pending { .. })) => self.record_pending(call, case, id).await,
            Ok(Some(state)) => self.record(call, case, &command_for(id, &state), job).await,
            Ok(None) if quiet < ASK_AFTER_SECONDS => Ok(Done::Later(ASK_AFTER_SECONDS - quiet)),
            // The provider has certainly never seen the key: the same key may be used now.
            Ok(None) => self.submit(call, loaded, job, id).await,
            Err(e) => Err(Retry(e.to_string())),
        }
    }

    /// For how many seconds a key may be asked by handing it over again, where the provider of an
    /// obligation cannot be asked otherwise.
    pub(crate) fn tells_by_message_only(
        &self,
        loaded: &Loaded,
        obligation: &Obligation,
    ) -> Option<i64> {
        let way = gateway_of(&loaded.client, &loaded.order, obligation);
        match self.0.gateways.get(way)?.asking() {
            Asking::LookUp => None,
            Asking::SameKey { seconds } => Some(seconds),
        }
    }

    /// When the present attempt at an obligation was handed over.
    async fn sent_at(
        &self,
        case: &ReturnCase,
        id: ObligationId,
    ) -> Result<Option<Timestamp>, AppError> {
        let stored = questions::cases::events_of_case(self.store(), case.client, case.id).await?;
        for row in stored.iter().rev() {
            let event: Event = serde_json::from_str(&row.body).map_err(AppError::fault)?;
            if matches!(event.what, What::PaymentSent { obligation } if obligation == id) {
                return Ok(Some(event.at));
            }
        }
        Ok(None)
    }

    /// Asks the provider what became of an obligation.
    pub(crate) async fn look_up(
        &self,
        loaded: &Loaded,
        id: ObligationId,
    ) -> Result<
        (
            Arc<dyn PaymentGateway>,
            Result<Option<PaymentState>, GatewayError>,
        ),
        &'static str,
    > {
        if let Some(order) = self.capture_order(loaded, id) {
            let (gateway, order) = order?;
            let found = gateway.find_capture(&order).await;
            return Ok((gateway, found));
        }
        if loaded.case.as_ref().is_some_and(|c| c.is_for_customer(id)) {
            let (gateway, order) = self.checkout_order(loaded, id).await?;
            let found = gateway.find_checkout(&order).await;
            return Ok((gateway, found));
        }
        let (gateway, order) = self.payment_order(loaded, id).await?;
        if !gateway.is_here(loaded.client.id) {
            return Ok((gateway, Ok(None)));
        }
        let found = gateway.find(&order).await;
        Ok((gateway, found))
    }

    /// The gateway and the order for an obligation, or the code of why there is no way to pay.
    async fn payment_order(
        &self,
        loaded: &Loaded,
        id: ObligationId,
    ) -> Result<(Arc<dyn PaymentGateway>, PaymentOrder), &'static str> {
        let case = loaded.case.as_ref().ok_or("no_case")?;
        let obligation = case.obligation(id).ok_or("no_obligation")?;
        let name = gateway_of(&loaded.client, &loaded.order, obligation);
        let gateway = self.0.gateways.get(name).cloned().ok_or("no_gateway")?;
        let destination = self.destination(loaded, case, obligation, name).await?;
        let attempt = u8::try_from(obligation.attempts.max(1))
            .ok()
            .and_then(Attempt::new);
        let order = PaymentOrder {
            client: case.client,
            obligation: id,
            attempt: attempt.ok_or("too_many_attempts")?,
            amount: Money::new(obligation.minor, case.currency),
            destination,
            remittance: case.rma.to_string(),
        };
        Ok((gateway, order))
    }

    /// The account a second person approved, if it is still that one.
    async fn named_account(
        &self,
        loaded: &Loaded,
        to: &returns::Toward,
    ) -> Result<Destination, &'static str> {
        let (client, customer) = (loaded.client.id, loaded.order.customer);
        let contact = self.contact(client, customer).await;
        let contact = contact.map_err(|_| "no_payout_account")?;
        let of = |a: &&crate::intake::CaseAccount| a.no.to_string() == *to.no;
        let account = contact.accounts.iter().find(of);
        let account = account.ok_or("no_payout_account")?;
        if *to.account != *crate::payouts::commitment(account) {
            return Err("payout_account_changed");
        }
        let iban: Iban = account.iban.parse().map_err(|_| "bad_payout_account")?;
        Ok(Destination::Account {
            iban,
            name: account.holder.clone(),
        })
    }

    /// Back to the instrument that paid where the gateway can, else to the account the customer
    /// gave.
    async fn destination(
        &self,
        loaded: &Loaded,
        case: &ReturnCase,
        obligation: &Obligation,
        gateway: &str,
    ) -> Result<Destination, &'static str> {
        debug_assert_eq!(obligation.kind, ObligationKind::Refund);
        if let Some(to) = &obligation.to {
            return self.named_account(loaded, to).await;
        }
        let tender = obligation
            .tender
            .and_then(|t| loaded.order.tenders.get(usize::from(t)));
        if let Some(tender) = tender
            && GatewayChoice::named(gateway).is_some_and(GatewayChoice::pays_back)
            && tender.kind == TenderKind::Card
        {
            let (_, reference) = GatewayChoice::of_payment(&tender.reference);
            return Ok(Destination::Original {
                reference: reference.to_owned(),
            });
        }
        let paid = obligation.back_to.and_then(|by| case.obligation(by));
        if let Some(reference) = paid.and_then(|o| o.reference.as_deref())
            && gateway == "stripe"
        {
            // A difference goes back to the payment it was paid with.
            return Ok(Destination::Original {
                reference: reference.to_owned(),
            });
        }
        let contact = self.contact(case.client, loaded.order.customer).await;
        let contact = contact.map_err(|_| "no_payout_account")?;
        // The account may have changed since the payment was marked as sent.
        let no: Option<Arc<str>> = contact.payout_no.map(|no| no.to_string().into());
        let approved = case.approval(obligation.grant);
        if approved.is_some_and(|a| a.payload.account != no) {
            return Err("payout_account_changed");
        }
        let payout = contact.payout.ok_or("no_payout_account")?;
        let iban: Iban = payout.iban.parse().map_err(|_| "bad_payout_account")?;
        Ok(Destination::Account {
            iban,
            name: payout.holder,
        })
    }
}

pub(crate) fn command_for(obligation: ObligationId, state: &PaymentState) -> Command {
    match state {
        PaymentState::Pending { .. } => Command::PaymentPending { obligation },
        PaymentState::Settled { provider_ref, .. } => Command::PaymentSettled {
            obligation,
            reference: provider_ref.as_str().into(),
        },
        PaymentState::Failed { code, .. } => Command::PaymentFailed {
            obligation,
            code: code.as_str().into(),
        },
        PaymentState::Returned { code, .. } => Command::PaymentReturned {
            obligation,
            code: code.as_str().into(),
        },
        PaymentState::Canceled => Command::PaymentFailed {
            obligation,
            code: "canceled".into(),
        },
    }
}
