//! What providers, files and people say about disputes, taken in once each.

use super::{commit::read, stream};
use crate::{App, AppError, cases::Call, intake::ids, news::AnswerTaken};
use kernel::{ClientId, DisputeId, Scope, Timestamp};
use returns::dispute::{Dispute, DisputeEvent, DisputeWhat, News, TEXT_MAX};
use std::sync::Arc;
use store::{Write, questions::disputes};

/// One message about one dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The provider that has the dispute: `stripe`, `adyen`, `paypal`, or another name.
    pub provider: Arc<str>,
    /// The provider's number of the dispute.
    pub reference: Arc<str>,
    /// The provider's numbers of the payment.
    pub payments: Vec<Arc<str>>,
    /// The shop's number of the order, as the provider knows it; may be empty.
    pub order_number: Arc<str>,
    /// What is said.
    pub news: News,
}

impl Word {
    fn fits(&self) -> bool {
        !self.provider.is_empty()
            && !self.reference.is_empty()
            && [&self.provider, &self.reference, &self.order_number]
                .into_iter()
                .chain(&self.payments)
                .chain(self.news.reason.iter())
                .chain([&self.news.message, &self.news.source, &self.news.step])
                .all(|s| s.chars().count() <= TEXT_MAX)
            && self.payments.len() <= 100
            && self.news.amount.is_none_or(|a| a.minor >= 0)
    }

    /// How its dispute stands before anybody said anything.
    pub(super) fn blank(&self, id: DisputeId, at: Timestamp) -> Dispute {
        Dispute::blank(id, self.provider.clone(), self.reference.clone(), at)
    }

    /// The event of hearing it.
    pub(super) fn event(&self, call: &Call<'_>) -> DisputeEvent {
        DisputeEvent {
            at: call.at,
            by: call.scope.actor(),
            what: self.heard(),
        }
    }

    fn heard(&self) -> DisputeWhat {
        DisputeWhat::DisputeHeard {
            provider: self.provider.clone(),
            reference: self.reference.clone(),
            payments: self.payments.clone(),
            order_number: self.order_number.clone(),
            news: self.news.clone(),
        }
    }
}

impl App {
    /// Takes in what a provider says about a dispute with the secret of one client. Its order is
    /// found by the payment; one whose order is not known stays on the desk for a person.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a message beyond all bounds; faults of the database.
    pub async fn dispute_news(
        &self,
        client: ClientId,
        word: &Word,
    ) -> Result<AnswerTaken, AppError> {
        let scope = Scope::system();
        let call = Call::new(&scope, self.now());
        self.hear_dispute(&call, client, word, &|_| {}).await
    }

    pub(super) async fn hear_dispute(
        &self,
        call: &Call<'_>,
        client: ClientId,
        word: &Word,
        extra: &(dyn Fn(&mut Write) + Sync),
    ) -> Result<AnswerTaken, AppError> {
        if !word.fits() {
            return Err(AppError::field("dispute", "dispute-help-text"));
        }
        let id = ids::dispute_id(client, &word.provider, &word.reference);
        let blank = word.blank(id, call.at);
        let judge = |d: &Dispute| {
            let news = &word.news;
            if d.knows(&news.source, &news.message) {
                return Ok(Vec::new());
            }
            Ok(vec![word.heard()])
        };
        let (_, changed) = self
            .change_dispute(call, client, id, Some(&blank), &judge, extra)
            .await?;
        Ok(if changed {
            AnswerTaken::Applied
        } else {
            AnswerTaken::Nothing
        })
    }

    /// Looks again for the orders of disputes that had none: orders may be imported after their
    /// payment was disputed. How many were found.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn link_disputes(&self, client: ClientId) -> Result<usize, AppError> {
        let scope = Scope::system();
        let call = Call::new(&scope, self.now());
        let mut found = 0;
        for row in disputes::unlinked(self.store(), client).await? {
            let dispute = read(&row)?;
            let Some(linked) = self.find_link(client, &dispute).await? else {
                continue;
            };
            let judge = |d: &Dispute| {
                Ok(match d.link {
                    None => vec![linked.clone()],
                    Some(_) => Vec::new(),
                })
            };
            let changed = self
                .change_dispute(&call, client, dispute.id, None, &judge, &|_| {})
                .await?;
            found += usize::from(changed.1);
        }
        Ok(found)
    }

    /// The receipt of a dispute's first event; none while it waits for its index.
    pub(super) async fn dispute_receipt(
        &self,
        client: ClientId,
        id: DisputeId,
    ) -> Result<Option<String>, AppError> {
        self.receipt_of_stream(client, stream(id)).await
    }
}
