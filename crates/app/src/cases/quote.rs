//! What the answer to a request would be: the domain is asked, nothing is stored.

use super::{Call, Loaded, OrderKey, Request};
use crate::{App, error::AppError, standing::Quoted};
use kernel::{ClientId, Permission, Timestamp};
use law::RefundEvents;
use returns::{Command, Decision, Facts, Path, RequestedLine, Seen};

impl App {
    /// What the answer to a request would be; stores nothing.
    pub async fn quote_return(
        &self,
        call: &Call<'_>,
        client: ClientId,
        request: &Request,
    ) -> Result<Quoted, AppError> {
        Self::check(call.scope, Permission::CaseRequest, client)?;
        let loaded = self.load_order(call, client, &request.order).await?;
        let ask = |facts: &Facts<'_>| {
            let events = RefundEvents::notice(facts.notice_sent_on, facts.notice_received_on);
            let decision = returns::decide(facts);
            let seen = Seen::of_request(facts, &decision);
            (decision, returns::rights(facts, &events), seen)
        };
        let (decision, lines, seen) =
            self.on_facts(&loaded, call.at, &request.lines, request.path, ask);
        let standing = self.rights_standing(&loaded, lines);
        Ok(Quoted {
            decision,
            standing,
            seen,
            order: loaded.order,
        })
    }

    /// What the answers to several ways of asking would be, on the same facts; stores nothing.
    /// For pages that show what each choice leads to before it is made.
    pub async fn quote_choices(
        &self,
        call: &Call<'_>,
        client: ClientId,
        order: &OrderKey,
        choices: &[Vec<RequestedLine>],
    ) -> Result<Vec<Decision>, AppError> {
        Self::check(call.scope, Permission::CaseRequest, client)?;
        let loaded = self.load_order(call, client, order).await?;
        let quote =
            |lines: &Vec<RequestedLine>| self.decision_on(&loaded, call.at, lines, Path::Ordinary);
        Ok(choices.iter().map(quote).collect())
    }

    /// Refuses a request whose quote is another one than the caller agreed to.
    pub(super) fn as_agreed(
        &self,
        call: &Call<'_>,
        loaded: &Loaded,
        command: &Command,
    ) -> Result<(), AppError> {
        let (Some(agreed), Command::Request { lines, path, .. }) = (&call.agreed, command) else {
            return Ok(());
        };
        // Units somebody else has taken are a refusal of their own, with what to do about it.
        let free = |l: &RequestedLine| l.units <= loaded.account.free_units(&loaded.order, l.line);
        if !lines.iter().all(free) {
            return Ok(());
        }
        let now = self.on_facts(loaded, call.at, lines, *path, |facts| {
            Seen::of_request(facts, &returns::decide(facts))
        });
        match returns::revise(agreed, &now) {
            Some(revision) => Err(AppError::Requoted(Box::new(revision))),
            None => Ok(()),
        }
    }

    /// The decision on a request with these facts; stores nothing.
    pub(crate) fn decision_on(
        &self,
        loaded: &Loaded,
        at: Timestamp,
        lines: &[RequestedLine],
        path: Path,
    ) -> Decision {
        self.on_facts(loaded, at, lines, path, returns::decide)
    }

    /// Asks the domain about a new request.
    fn on_facts<T>(
        &self,
        loaded: &Loaded,
        at: Timestamp,
        lines: &[RequestedLine],
        path: Path,
        ask: impl FnOnce(&Facts<'_>) -> T,
    ) -> T {
        let today = loaded.client.day(at);
        let local = loaded.client.local_day(loaded.order.place, at);
        ask(&Facts {
            order: &loaded.order,
            account: &loaded.account,
            case: None,
            lines,
            path,
            asked_on: today,
            notice_sent_on: local,
            notice_received_on: local,
            policy: &loaded.policy,
            law: &loaded.law,
            holidays: &self.holidays(&loaded.law, loaded.order.place, today),
            returnless_used_365d: loaded.kept_before,
            claim: None,
            label_cost_minor: loaded.client.label_cost(loaded.order.currency),
            tenders: loaded.client.settings.tender_strategy,
        })
    }
}
