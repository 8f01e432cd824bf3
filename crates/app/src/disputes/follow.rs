//! What follows from a dispute for the returns of its order: refunds are held while one is open and
//! freed when none is; and the reminders of its deadline.

use super::{DueFacts, commit::read};
use crate::{
    App, AppError,
    cases::Call,
    jobs::{Done, Retry},
};
use kernel::{CaseId, ClientId, DisputeId, OrderId, Scope, Timestamp};
use ports::SendError;
use returns::{
    Command, ReturnCase,
    dispute::{Dispute, DisputeEvent, DisputeWhat},
};
use store::questions::{cases, disputes};

impl App {
    /// Holds or frees the refunds of the orders a dispute was and is about.
    pub(super) async fn follow_dispute(
        &self,
        client: ClientId,
        before: &Dispute,
        now: &Dispute,
    ) -> Result<(), AppError> {
        let mut orders: Vec<OrderId> = [before, now]
            .into_iter()
            .filter_map(|d| d.link.as_ref().map(|l| l.order))
            .collect();
        orders.dedup();
        for order in orders {
            self.follow_disputes_of(client, order).await?;
        }
        Ok(())
    }

    /// Marks the returns of an order while a dispute of it is open, and frees them when none is.
    /// Doing it again changes nothing.
    async fn follow_disputes_of(&self, client: ClientId, order: OrderId) -> Result<(), AppError> {
        let known: Vec<Dispute> = disputes::of_order(self.store(), client, order)
            .await?
            .iter()
            .map(read)
            .collect::<Result<_, _>>()?;
        let open = known.iter().find(|d| d.state().holds());
        let lost_minor = known.iter().map(|d| d.lost_minor).sum();
        let command = match open {
            Some(d) => Command::OpenDispute { code: code_of(d) },
            None => Command::EndDispute { lost_minor },
        };
        let scope = Scope::system();
        let call = Call::new(&scope, self.now());
        for head in cases::cases_of_order(self.store(), client, order).await? {
            let case = CaseId(head.case_id);
            match self
                .command_with(&call, client, case, None, &command, &|_, _| ())
                .await
            {
                Ok(_) => {}
                Err(AppError::Refused(refusal)) => {
                    tracing::info!(%case, code = %refusal.code, "a dispute changed nothing");
                }
                Err(e) => return Err(e),
            }
        }
        Ok(())
    }

    /// Carries out a `dispute` job.
    pub(crate) async fn follow_dispute_job(
        &self,
        client: ClientId,
        id: DisputeId,
    ) -> Result<Done, Retry> {
        let Some(row) = disputes::by_id(self.store(), client, id).await? else {
            return Ok(Done::Nothing);
        };
        let dispute = read(&row)?;
        // Every order it was ever about: one that it was taken from must be freed too.
        let mut orders: Vec<OrderId> = dispute.link.iter().map(|l| l.order).collect();
        for row in cases::events_of_case(self.store(), client, super::stream(id)).await? {
            let event: DisputeEvent = serde_json::from_str(&row.body).map_err(AppError::from)?;
            if let DisputeWhat::DisputeLinked { order, .. } = event.what
                && !orders.contains(&order)
            {
                orders.push(order);
            }
        }
        for order in orders {
            self.follow_disputes_of(client, order).await?;
        }
        Ok(Done::Nothing)
    }

    /// Marks a return that was opened while the payment of its order is disputed; whether it did.
    /// A dispute that has ended marks nothing.
    pub(crate) async fn marks_dispute(
        &self,
        call: &Call<'_>,
        case: &ReturnCase,
    ) -> Result<bool, AppError> {
        if case.disputed {
            return Ok(false);
        }
        for row in disputes::of_order(self.store(), case.client, case.order).await? {
            let dispute = read(&row)?;
            if !dispute.state().holds() {
                continue;
            }
            let code = code_of(&dispute);
            let mark = Command::OpenDispute { code };
            self.command_with(call, case.client, case.id, None, &mark, &|_, _| ())
                .await?;
            return Ok(true);
        }
        Ok(false)
    }

    /// Carries out a `dispute_due` job: the dispute remembers that its deadline is near, and who
    /// looks after the client's deadlines gets a mail.
    pub(crate) async fn remind_of_dispute(
        &self,
        call: &Call<'_>,
        client: ClientId,
        id: DisputeId,
        (due_at, days): (Timestamp, u8),
    ) -> Result<Done, Retry> {
        let judge = |d: &Dispute| {
            let told = d
                .reminded
                .is_some_and(|(at, left)| at == due_at && left <= days);
            if told || !d.state().waits() || d.due_at() != Some(due_at) {
                return Ok(Vec::new());
            }
            Ok(vec![DisputeWhat::DisputeReminded { due_at, days }])
        };
        let changed = self.change_dispute(call, client, id, None, &judge, &|_| {});
        let (dispute, told) = match changed.await {
            Ok(changed) => changed,
            Err(AppError::Missing) => return Ok(Done::Nothing),
            Err(e) => return Err(e.into()),
        };
        let directory = self.directory();
        let Some(whose) = directory.client(client).filter(|_| told) else {
            return Ok(Done::Nothing);
        };
        let Some(to) = whose.settings.clock_alerts.as_deref() else {
            return Ok(Done::Nothing);
        };
        let facts = DueFacts {
            client: whose,
            dispute: &dispute,
            due_at,
            to,
            base_url: self.base_url(),
        };
        let Some(mut mail) = self.0.post.writer.dispute_due(&facts) else {
            return Ok(Done::Nothing);
        };
        mail.id = format!("{id}-{}-{days}", due_at.as_millisecond());
        match self.0.post.mailer.send(&mail).await {
            Ok(()) | Err(SendError::Never(_)) => Ok(Done::Nothing),
            // The desk shows it in any case; a mail that is late says nothing new.
            Err(SendError::Later(why)) => {
                tracing::warn!(dispute = %id, why, "the reminder of a dispute was not sent");
                Ok(Done::Nothing)
            }
        }
    }
}

/// What a return is marked with: the provider's reason, else its number of the dispute.
fn code_of(d: &Dispute) -> std::sync::Arc<str> {
    match d.reason() {
        "" => d.reference.clone(),
        reason => reason.into(),
    }
}
