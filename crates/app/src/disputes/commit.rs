//! From what was decided about a dispute to one write: its events with their leaves, its row, what
//! it takes from the account of its order with the postings, and the work that follows. Two who
//! change it at once violate the key of its event or of the account, and look again.

use super::stream;
use crate::{
    App, books,
    cases::Call,
    commit::{Job, int, put_account},
    directory::Client,
    error::AppError,
    settings::GatewayChoice,
};
use kernel::{ClientId, DisputeId, OrderId, Timestamp};
use returns::{
    OrderAccount, SalesOrder,
    dispute::{self, Dispute, DisputeEvent, DisputeWhat, State},
};
use store::{
    Kind, Val, Write, WriteError,
    questions::{Also, disputes, disputes::DisputeRow, orders},
    tables,
};

/// How often a change is tried again after losing a race.
const RACES_MAX: usize = 32;
/// Days before a deadline on which it is reminded of.
const REMIND_DAYS: [u8; 3] = [7, 2, 0];

/// What is asked of a dispute: the events that follow from how it stands; none changes nothing.
type Judge<'j> = &'j (dyn Fn(&Dispute) -> Result<Vec<DisputeWhat>, AppError> + Sync);

/// A dispute as its row has it.
pub(crate) fn read(row: &DisputeRow) -> Result<Dispute, AppError> {
    Ok(serde_json::from_str(&row.body)?)
}

/// The list a state stands on.
const fn list_of(state: State) -> &'static str {
    match state {
        State::Inquiry | State::NeedsResponse => "open",
        State::Submitted => "waiting",
        State::Reversed | State::Won | State::Lost | State::Accepted | State::Expired => "ended",
    }
}

/// The read model of a dispute: a function of its events.
pub(crate) fn row(client: ClientId, d: &Dispute, at: Timestamp) -> Result<Vec<Val>, AppError> {
    let state = d.state();
    let place = match d.due_at() {
        Some(due) if state.waits() => due.as_millisecond(),
        _ => i64::MAX - at.as_millisecond(),
    };
    let amount = d.amount();
    Ok(vec![
        client.into(),
        d.id.0.into(),
        int(d.version).into(),
        list_of(state).into(),
        state.as_str().into(),
        (&*d.provider).into(),
        (&*d.reference).into(),
        d.payments.first().map_or("", |p| p).into(),
        d.link
            .as_ref()
            .map_or(Val::Null(Kind::Uuid), |l| l.order.0.into()),
        (&*d.order_number).into(),
        d.category().as_str().into(),
        d.scheme().as_str().into(),
        d.reason().into(),
        amount.map_or(0, |a| a.minor).into(),
        amount.map_or("", |a| a.currency.code()).into(),
        d.lost_minor.into(),
        place.into(),
        d.heard_at.as_millisecond().into(),
        at.as_millisecond().into(),
        d.pack.as_ref().map_or("", |p| &p.sha256).into(),
        serde_json::to_string(d)?.into(),
    ])
}

/// A dispute being changed: its events so far and the accounts they touch.
struct Work<'a> {
    app: &'a App,
    call: &'a Call<'a>,
    client: &'a Client,
    dispute: Dispute,
    known: u64,
    events: Vec<DisputeEvent>,
    /// It is about other lines now: what it took is counted anew.
    anew: bool,
    write: Write,
}

impl Work<'_> {
    fn emit(&mut self, what: DisputeWhat) {
        let event = DisputeEvent {
            at: self.call.at,
            by: self.call.scope.actor(),
            what,
        };
        self.dispute.apply(&event);
        self.events.push(event);
    }

    /// Carries an event out; one that moves the dispute to another order or to other lines frees
    /// first what it took there.
    async fn carry_out(&mut self, what: DisputeWhat) -> Result<(), AppError> {
        if let DisputeWhat::DisputeLinked { order, lines, .. } = &what
            && let Some(link) = self.dispute.link.clone()
            && self.dispute.lost_minor != 0
        {
            if link.order == *order {
                self.anew = link.lines != *lines;
            } else {
                self.count(link.order, &link.lines, 0).await?;
            }
        }
        self.emit(what);
        Ok(())
    }

    /// Brings what the dispute takes from its order to what it must take now.
    async fn settle(&mut self) -> Result<(), AppError> {
        let Some(link) = self.dispute.link.clone() else {
            return Ok(());
        };
        let (order, _) = self.order(link.order).await?;
        let owed = self.dispute.owed_minor(order.currency);
        if owed == self.dispute.lost_minor && !self.anew {
            return Ok(());
        }
        self.count(link.order, &link.lines, owed).await
    }

    async fn order(&self, id: OrderId) -> Result<(SalesOrder, OrderAccount), AppError> {
        let found = orders::order_by_id(self.app.store(), self.client.id, id, Also::NOTHING);
        let row = found.await?.ok_or(AppError::Missing)?;
        Ok((
            serde_json::from_str(&row.body)?,
            serde_json::from_str(&row.account)?,
        ))
    }

    async fn count(&mut self, order: OrderId, lines: &[u16], to: i64) -> Result<(), AppError> {
        let (order, mut account) = self.order(order).await?;
        let own = stream(self.dispute.id);
        let (from, version) = (self.dispute.lost_minor, self.dispute.version + 1);
        let (entries, counted) =
            dispute::count(&order, &mut account, own, lines, (from, to), version)?;
        if entries.is_empty() {
            return Ok(());
        }
        self.emit(DisputeWhat::DisputeCounted {
            lost_minor: counted,
        });
        let at = self.call.at;
        for entry in &entries {
            self.write.row(
                &tables::ACCOUNT_ENTRY,
                vec![
                    self.client.id.into(),
                    order.id.0.into(),
                    int(entry.seq).into(),
                    own.0.into(),
                    serde_json::to_string(entry)?.into(),
                    at.as_millisecond().into(),
                ],
            );
        }
        put_account(&mut self.write, self.client.id, &account)?;
        let posted = dispute::postings(&entries);
        books::put(
            &mut self.write,
            self.client,
            order.currency,
            own,
            &posted,
            at,
        );
        Ok(())
    }

    /// Adds events, row and jobs to the write.
    fn finish(&mut self, before: Option<&Dispute>) -> Result<(), AppError> {
        let (client, at) = (self.client.id, self.call.at);
        let own = stream(self.dispute.id);
        for (event, version) in self.events.iter().zip(self.known + 1..) {
            let head = (int(version), event.what.name(), event.at);
            self.app
                .put_fact(&mut self.write, client, own, head, event)?;
        }
        let now = &self.dispute;
        self.write.row(&tables::DISPUTE, row(client, now, at)?);
        let order = |d: &Dispute| d.link.as_ref().map(|l| l.order);
        let stood = before.map(|b| (b.state(), order(b), b.lost_minor));
        if stood != Some((now.state(), order(now), now.lost_minor)) {
            let job = Job::Dispute { dispute: now.id };
            self.app.put_job(&mut self.write, client, own, &job, at)?;
        }
        let asked = |e: &DisputeEvent| matches!(e.what, DisputeWhat::DisputeEvidenceAsked { .. });
        if self.events.iter().any(asked) {
            let job = Job::DisputeEvidence { dispute: now.id };
            self.app.put_job(&mut self.write, client, own, &job, at)?;
        }
        if let Some(due_at) = now.due_at()
            && before.and_then(Dispute::due_at) != Some(due_at)
        {
            for days in REMIND_DAYS {
                let hours = jiff::SignedDuration::from_hours(24 * i64::from(days));
                let Some(run_at) = due_at.checked_sub(hours).ok().filter(|t| *t > at) else {
                    continue;
                };
                let job = Job::DisputeDue {
                    dispute: now.id,
                    due_at,
                    days,
                };
                self.app
                    .put_job_at(&mut self.write, client, own, &job, (at, run_at))?;
            }
        }
        Ok(())
    }
}

impl App {
    /// Changes a dispute: `judge` says what follows from how it stands; `blank` is how one stands
    /// that nobody has heard of. The dispute afterwards, and whether it changed.
    pub(super) async fn change_dispute(
        &self,
        call: &Call<'_>,
        client: ClientId,
        id: DisputeId,
        blank: Option<&Dispute>,
        judge: Judge<'_>,
        extra: &(dyn Fn(&mut Write) + Sync),
    ) -> Result<(Dispute, bool), AppError> {
        let directory = self.directory();
        let whose = directory.client(client).ok_or(AppError::Missing)?;
        for _ in 0..RACES_MAX {
            let found = disputes::by_id(self.store(), client, id).await?;
            let known = found.as_ref().map(read).transpose()?;
            let stands = known.as_ref().or(blank).ok_or(AppError::Missing)?;
            let what = judge(stands)?;
            if what.is_empty() {
                return Ok((stands.clone(), false));
            }
            let mut work = Work {
                app: self,
                call,
                client: whose,
                dispute: stands.clone(),
                known: stands.version,
                events: Vec::new(),
                anew: false,
                write: Write::new(),
            };
            for what in what {
                work.carry_out(what).await?;
            }
            if work.dispute.link.is_none()
                && let Some(linked) = self.find_link(client, &work.dispute).await?
            {
                work.carry_out(linked).await?;
            }
            work.settle().await?;
            work.finish(known.as_ref())?;
            let mut write = work.write;
            extra(&mut write);
            match self.store().write(write).await {
                Ok(_) => {
                    self.0.leaves.notify_one();
                    self.0.work.notify_one();
                    // At once for who waits; the job does it again if the process dies here.
                    self.follow_dispute(client, stands, &work.dispute).await?;
                    return Ok((work.dispute, true));
                }
                Err(WriteError::Conflict { .. }) => {}
                Err(e) => return Err(e.into()),
            }
        }
        Err(AppError::Busy)
    }

    /// The order of a dispute by the payments it names; by its number where it names none, or
    /// where that order names the payment.
    pub(super) async fn find_link(
        &self,
        client: ClientId,
        d: &Dispute,
    ) -> Result<Option<DisputeWhat>, AppError> {
        for payment in &d.payments {
            let order = disputes::order_of_payment(self.store(), client, payment).await?;
            let Some(order) = order else { continue };
            let found = orders::order_by_id(self.store(), client, order, Also::NOTHING).await?;
            if let Some(row) = found {
                let order: SalesOrder = serde_json::from_str(&row.body)?;
                return Ok(Some(linked(&order, d, &[], None)));
            }
        }
        if d.order_number.is_empty() {
            return Ok(None);
        }
        let number = &d.order_number;
        let found = orders::order_by_number(self.store(), client, number, Also::NOTHING).await?;
        let Some(row) = found else { return Ok(None) };
        let order: SalesOrder = serde_json::from_str(&row.body)?;
        let fits = d.payments.is_empty() || paid_by(&order, d) > 0;
        Ok(fits.then(|| linked(&order, d, &[], None)))
    }
}

/// What was paid for an order through the payments a dispute names, minor units.
fn paid_by(order: &SalesOrder, d: &Dispute) -> i64 {
    let named = |t: &&returns::Tender| {
        let (_, payment) = GatewayChoice::of_payment(&t.reference);
        d.payments.iter().any(|p| **p == *payment)
    };
    order.tenders.iter().filter(named).map(|t| t.minor).sum()
}

/// The event that links a dispute to an order: at most what was paid through its payment is lost;
/// all of the order where the payment is not among those it names.
pub(super) fn linked(
    order: &SalesOrder,
    d: &Dispute,
    lines: &[u16],
    case: Option<kernel::CaseId>,
) -> DisputeWhat {
    let paid = paid_by(order, d);
    DisputeWhat::DisputeLinked {
        order: order.id,
        lines: lines.to_vec(),
        case,
        paid_minor: if paid > 0 { paid } else { order.captured_minor },
    }
}
