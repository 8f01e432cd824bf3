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
};
use kernel::{CaseId, ClientId, JobId, Money, ObligationId, Scope};
use ports::{Attempt, Destination, GatewayError, Iban, PaymentGateway, PaymentOrder, Submission};
use returns::{Command, Obligation, ObligationKind, ObligationState, ReturnCase, TenderKind};
use std::sync::Arc;
use store::{Write, questions, tables};

pub use ports::{PaymentKey, PaymentState};

/// How long after an unanswered call the provider is asked: longer than any call may take, so
/// that "never heard of it" means it.
const ASK_AFTER_SECONDS: i64 = 30;
/// How often a payment the provider works on is asked about, if no message comes before.
pub(crate) const PENDING_SECONDS: i64 = 900;
/// How soon a job is offered again when another process speaks with the provider.
const ELSEWHERE_SECONDS: i64 = 2;

/// What the provider said, taken in by [`App::payment_answer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerTaken {
    /// It changed the case.
    Applied,
    /// It had been taken in before, or says nothing new.
    Nothing,
    /// Nobody owes anything under this key.
    UnknownKey,
}

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
        let sent = Command::PaymentSent { obligation: id };
        match self
            .command_with(call, case.client, case.id, None, &sent, &|_, _| ())
            .await
        {
            Ok(_) => {}
            Err(AppError::Refused(_)) => return Ok(Done::Nothing),
            Err(e) => return Err(e.into()),
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
        let fresh = self.load_case(call, case.client, case.id).await?;
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
                return self.record(call, case, &failed, job).await;
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
                self.record(call, case, &settled, job).await
            }
            Ok(Submission::Accepted { .. } | Submission::Pending { .. }) => {
                self.record_pending(call, case, id).await
            }
            Err(GatewayError::Refused { code, .. }) => {
                let failed = Command::PaymentFailed {
                    obligation: id,
                    code: code.into(),
                };
                self.record(call, case, &failed, job).await
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
                self.record(call, case, &unknown, job).await
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

    /// Asks the provider what became of an obligation.
    async fn look_up(
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
        let tender = obligation
            .tender
            .and_then(|t| loaded.order.tenders.get(usize::from(t)));
        if let Some(tender) = tender
            && gateway == "stripe"
            && tender.kind == TenderKind::Card
        {
            return Ok(Destination::Original {
                reference: tender.reference.to_string(),
            });
        }
        let contact = self.contact(case.client, loaded.order.customer).await;
        let payout = contact
            .ok()
            .and_then(|c| c.payout)
            .ok_or("no_payout_account")?;
        let iban: Iban = payout.iban.parse().map_err(|_| "bad_payout_account")?;
        Ok(Destination::Account {
            iban,
            name: payout.holder,
        })
    }

    /// Takes in what a provider says with the secret of one client: it cannot speak about
    /// payments of another.
    pub async fn payment_news(
        &self,
        client: ClientId,
        key: PaymentKey,
        state: &PaymentState,
        source: &str,
        message: &str,
    ) -> Result<AnswerTaken, AppError> {
        let found = questions::money::obligation_by_key(self.store(), key.obligation).await?;
        if found.is_none_or(|row| row.client_id != client.0) {
            return Ok(AnswerTaken::UnknownKey);
        }
        self.payment_answer(key, state, source, message).await
    }

    /// Takes in what a provider says about a key: a bank's file, a processor's webhook.
    /// `source` and `message` name the message, so that hearing it again changes nothing.
    pub async fn payment_answer(
        &self,
        key: PaymentKey,
        state: &PaymentState,
        source: &str,
        message: &str,
    ) -> Result<AnswerTaken, AppError> {
        let found = questions::money::obligation_by_key(self.store(), key.obligation).await?;
        let Some(row) = found else {
            return Ok(AnswerTaken::UnknownKey);
        };
        let (client, case) = (ClientId(row.client_id), CaseId(row.case_id));
        let message = format!("{message}/{key}");
        if questions::cases::inbound_seen(self.store(), client, source, &message)
            .await?
            .is_some()
        {
            return Ok(AnswerTaken::Nothing);
        }
        // An answer to an attempt that was given up before says nothing about the present one.
        if i64::from(key.attempt.number()) != row.attempts.max(1) {
            return Ok(AnswerTaken::Nothing);
        }
        let scope = Scope::system();
        let call = Call::new(&scope, self.now());
        let command = command_for(key.obligation, state);
        let note = |outcome: &str| {
            vec![
                client.into(),
                source.into(),
                message.as_str().into(),
                outcome.into(),
                call.at.as_millisecond().into(),
            ]
        };
        if self
            .is_late(&call, client, case, key.obligation, state)
            .await?
        {
            tracing::info!(%key, "a provider's message was overtaken by a later one");
            return self.take_note(note("late")).await;
        }
        let taken_in = |write: &mut Write, _: &returns::Outcome| {
            write.row(&tables::INBOUND, note("applied"));
        };
        match self
            .command_with(&call, client, case, None, &command, &taken_in)
            .await
        {
            Ok(_) => Ok(AnswerTaken::Applied),
            Err(AppError::Refused(refusal)) => {
                tracing::info!(%key, code = %refusal.code, "a provider's answer changed nothing");
                self.take_note(note(refusal.code.as_str())).await
            }
            Err(e) => Err(e),
        }
    }

    /// Remembers a message that changed nothing.
    async fn take_note(&self, row: Vec<store::Val>) -> Result<AnswerTaken, AppError> {
        let mut write = Write::new();
        write.row(&tables::INBOUND, row);
        match self.store().write(write).await {
            // Losing a race to the same message is fine.
            Ok(_) | Err(store::WriteError::Conflict { .. }) => Ok(AnswerTaken::Nothing),
            Err(e) => Err(e.into()),
        }
    }

    /// Whether "it was paid" comes after we heard the payment had failed or come back, and the
    /// provider itself says that this is how it stands. Then the message is old news; if the
    /// provider does say paid, the money has gone and the message counts.
    async fn is_late(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
        id: ObligationId,
        state: &PaymentState,
    ) -> Result<bool, AppError> {
        if !matches!(state, PaymentState::Settled { .. }) {
            return Ok(false);
        }
        let loaded = self.load_case(call, client, case).await?;
        let known = loaded
            .case
            .as_ref()
            .and_then(|c| c.obligation(id))
            .map(|o| o.state);
        let over = [
            ObligationState::Requested,
            ObligationState::Failed,
            ObligationState::Returned,
        ];
        if !known.is_some_and(|k| over.contains(&k)) {
            return Ok(false);
        }
        let Ok((_, found)) = self.look_up(&loaded, id).await else {
            return Ok(false);
        };
        match found {
            Ok(found) => Ok(!matches!(found, Some(PaymentState::Settled { .. }))),
            // The sender will say it again; answering now would be a guess.
            Err(_) => Err(AppError::Busy),
        }
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
