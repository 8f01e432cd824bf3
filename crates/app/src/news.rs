//! What payment providers tell: messages that may come twice, late, out of order, or about another
//! amount. Each is taken in once; what it changes is decided by the domain.

use crate::{App, cases::Call, error::AppError, settle::command_for};
use kernel::{CaseId, ClientId, Money, Scope};
use ports::{PaymentKey, PaymentState};
use returns::{Command, ObligationState};
use store::{Write, questions, tables};

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerTaken {
    /// It changed the case.
    Applied,
    /// It had been taken in before, or says nothing new.
    Nothing,
    /// Nobody owes anything under this key.
    UnknownKey,
}

/// One message about one payment. `source` and `message` name it, so that hearing it again changes
/// nothing.
#[derive(Debug, Clone, Copy)]
pub struct News<'n> {
    /// Who says it: the provider's name.
    pub source: &'n str,
    /// The provider's name of the message, or of the fact it tells.
    pub message: &'n str,
    /// Which payment.
    pub key: PaymentKey,
    /// How it stands.
    pub state: &'n PaymentState,
    /// What the provider says it is over; must be what is owed.
    pub amount: Option<Money>,
    /// Messages of the same source that make this one old when they were taken in before it: for
    /// providers that cannot be asked how things stand.
    pub overtaken_by: &'n [String],
}

/// Under this source stand payments a provider named another amount for.
pub(crate) const DOUBTS: &str = "doubts";

/// How a payment is called there.
pub(crate) fn doubt_of(key: PaymentKey) -> String {
    format!("other_amount/{key}")
}

/// How a message is to be read, given what was known before.
enum Reading {
    /// As it says.
    AsTold,
    /// Overtaken by later news.
    Late,
    /// The payment was paid and has come back.
    CameBack,
}

impl App {
    /// Takes in what a provider says with the secret of one client: it cannot speak about
    /// payments of another.
    ///
    /// # Errors
    /// [`AppError::Busy`] when the provider has to be asked first and does not answer: it must say
    /// it again. Faults of the database.
    pub async fn payment_news(
        &self,
        client: ClientId,
        news: &News<'_>,
    ) -> Result<AnswerTaken, AppError> {
        let found = questions::money::obligation_by_key(self.store(), news.key.obligation).await?;
        if found.is_none_or(|row| row.client_id != client.0) {
            return Ok(AnswerTaken::UnknownKey);
        }
        // Kept apart from what comes of it: reconciliation asks who said what.
        let word = [(news.key, news.state.clone())];
        self.take_words(client, news.source, news.message, &word)
            .await?;
        self.take_news(news).await
    }

    /// Takes in what a provider of the house says about a key: a bank's file.
    ///
    /// # Errors
    /// As [`App::payment_news`].
    pub async fn payment_answer(
        &self,
        key: PaymentKey,
        state: &PaymentState,
        source: &str,
        message: &str,
    ) -> Result<AnswerTaken, AppError> {
        self.take_news(&News {
            source,
            message,
            key,
            state,
            amount: None,
            overtaken_by: &[],
        })
        .await
    }

    async fn take_news(&self, news: &News<'_>) -> Result<AnswerTaken, AppError> {
        let (key, source) = (news.key, news.source);
        let found = questions::money::obligation_by_key(self.store(), key.obligation).await?;
        let Some(row) = found else {
            return Ok(AnswerTaken::UnknownKey);
        };
        let (client, case) = (ClientId(row.client_id), CaseId(row.case_id));
        let named = |message: &str| format!("{message}/{key}");
        let message = named(news.message);
        if self.heard(client, source, &message).await? {
            return Ok(AnswerTaken::Nothing);
        }
        // An answer to an attempt that was given up before says nothing about the present one.
        if i64::from(key.attempt.number()) != row.attempts.max(1) {
            return Ok(AnswerTaken::Nothing);
        }
        let scope = Scope::system();
        let call = Call::new(&scope, self.now());
        let note = |outcome: &str| {
            vec![
                client.into(),
                source.into(),
                message.as_str().into(),
                outcome.into(),
                call.at.as_millisecond().into(),
            ]
        };
        let differs = |a: Money| a.minor != row.amount_minor || a.currency.code() != row.currency;
        let (command, outcome) = if news.amount.is_some_and(differs) {
            tracing::error!(%key, source, told = ?news.amount, "a provider names another amount");
            // Something happened under our key that we did not order: while the payment is under
            // way nobody knows how it stands, and the look-up that follows shows it to a person.
            let obligation = key.obligation;
            (Command::PaymentUnknown { obligation }, "other_amount")
        } else {
            for later in news.overtaken_by {
                if self.heard(client, source, &named(later)).await? {
                    return self.take_note(note("late")).await;
                }
            }
            match self.reading(&call, client, case, news).await? {
                Reading::AsTold => (command_for(key.obligation, news.state), "applied"),
                Reading::CameBack => (came_back(news), "applied"),
                Reading::Late => {
                    tracing::info!(%key, "a provider's message was overtaken by a later one");
                    return self.take_note(note("late")).await;
                }
            }
        };
        // Who cannot be asked would answer the key as before: the doubt has to stand by itself.
        let doubt = doubt_of(key);
        let doubts = outcome == "other_amount" && !self.heard(client, DOUBTS, &doubt).await?;
        let taken_in = |write: &mut Write, _: &returns::Outcome| {
            write.row(&tables::INBOUND, note(outcome));
            if doubts {
                let row = vec![
                    client.into(),
                    DOUBTS.into(),
                    doubt.as_str().into(),
                    outcome.into(),
                    call.at.as_millisecond().into(),
                ];
                write.row(&tables::INBOUND, row);
            }
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

    pub(crate) async fn heard(
        &self,
        client: ClientId,
        source: &str,
        message: &str,
    ) -> Result<bool, AppError> {
        let seen = questions::cases::inbound_seen(self.store(), client, source, message).await?;
        Ok(seen.is_some())
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

    /// How a message is to be read. Where it contradicts what is known, the provider is asked how
    /// things stand: "paid" after we heard that it failed or came back may be old news, and if it
    /// is not, the money has gone and it counts; "failed" after "paid" means that what was paid has
    /// come back.
    async fn reading(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
        news: &News<'_>,
    ) -> Result<Reading, AppError> {
        let says_paid = matches!(news.state, PaymentState::Settled { .. });
        let says_failed = matches!(
            news.state,
            PaymentState::Failed { .. } | PaymentState::Canceled
        );
        if !says_paid && !says_failed {
            return Ok(Reading::AsTold);
        }
        let loaded = self.load_case(call, client, case).await?;
        let case = loaded.case.as_ref();
        let Some(obligation) = case.and_then(|c| c.obligation(news.key.obligation)) else {
            return Ok(Reading::AsTold);
        };
        let known = obligation.state;
        let over = [
            ObligationState::Requested,
            ObligationState::Failed,
            ObligationState::Returned,
        ];
        let contradicts = if says_paid {
            over.contains(&known)
        } else {
            known == ObligationState::Settled
        };
        // Money goes another way by now, which knows nothing of this payment: what was paid stands.
        let way = crate::commit::gateway_of(&loaded.client, &loaded.order, obligation);
        let sender = crate::settings::GatewayChoice::named(news.source);
        let other = obligation.to.is_some() && sender.is_some_and(|g| g.as_str() != way);
        if says_paid && other {
            return Ok(Reading::AsTold);
        }
        // Who cannot be asked names the later messages instead.
        if !contradicts || self.tells_by_message_only(&loaded, obligation).is_some() {
            return Ok(Reading::AsTold);
        }
        let Ok((_, found)) = self.look_up(&loaded, obligation.id).await else {
            return Ok(Reading::AsTold);
        };
        // The sender will say it again; answering now would be a guess.
        let found = found.map_err(|_| AppError::Busy)?;
        let is_gone = found.as_ref().is_some_and(PaymentState::allows_new_attempt);
        Ok(match found {
            Some(PaymentState::Settled { .. }) if says_failed => Reading::Late,
            Some(PaymentState::Settled { .. }) => Reading::AsTold,
            _ if says_paid => Reading::Late,
            _ if is_gone => Reading::CameBack,
            _ => Reading::AsTold,
        })
    }
}

/// What was paid and has failed since.
fn came_back(news: &News<'_>) -> Command {
    let code = match news.state {
        PaymentState::Failed { code, .. } => code.as_str(),
        _ => "canceled",
    };
    Command::PaymentReturned {
        obligation: news.key.obligation,
        code: code.into(),
    }
}
