//! The way of a payment as one row of stages: quoted, approved, sent, confirmed, each with when and
//! who. What is said here follows from the events alone; people of the house and customers see the
//! same row, customers without names.

use jiff::tz::TimeZone;
use kernel::{Actor, ObligationId, Timestamp};
use maud::{Markup, html};
use redress_http::{L10n, ui::date_time};
use returns::{Event, Obligation, ObligationState, ReturnCase, What};

/// How a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// It happened.
    Done,
    /// It is what happens next.
    Now,
    /// It was tried and did not work.
    Wrong,
    /// It comes after what happens next.
    Ahead,
}

/// One stage of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stage {
    /// `quoted`, `approved`, `sent` or `confirmed`.
    pub name: &'static str,
    /// How it stands.
    pub stands: Stands,
    /// When it happened or went wrong, and who did it.
    pub done: Option<(Timestamp, Actor)>,
}

/// The stages of an obligation; none once it is given up, for it goes nowhere.
pub fn stages(case: &ReturnCase, events: &[Event], owed: &Obligation) -> Vec<Stage> {
    use ObligationState as S;
    let of = owed.id;
    let last = |is: &dyn Fn(&What) -> bool| {
        let found = events.iter().rev().find(|e| is(&e.what));
        found.map(|e| (e.at, e.by))
    };
    let created =
        last(&|w| matches!(w, What::ObligationCreated { obligation, .. } if *obligation == of));
    let made = created.map_or(Timestamp::MAX, |(at, _)| at);
    // What was quoted when this was decided, not what was quoted later for something else.
    let quoted = events
        .iter()
        .rev()
        .find(|e| e.at <= made && matches!(e.what, What::Assessed { .. } | What::Exchanged { .. }));
    let quoted = quoted.map(|e| (e.at, e.by)).or(created);
    let (approval, approved) = match case.approval(owed.grant).filter(|_| is_granted(case, of)) {
        None => (Stands::Done, created),
        Some(asked) => match &asked.answer {
            Some(answer) if answer.given => (Stands::Done, Some((answer.at, answer.by))),
            Some(answer) => (Stands::Wrong, Some((answer.at, answer.by))),
            None => (Stands::Now, None),
        },
    };
    let sent = last(&|w| matches!(w, What::PaymentSent { obligation } if *obligation == of));
    let end = last(&|w| match w {
        What::PaymentSettled { obligation, .. }
        | What::PaymentFailed { obligation, .. }
        | What::PaymentReturned { obligation, .. } => *obligation == of,
        _ => false,
    });
    let (sending, confirming) = match owed.state {
        S::Canceled => return Vec::new(),
        S::Requested if approval == Stands::Done => (Stands::Now, Stands::Ahead),
        S::Requested => (Stands::Ahead, Stands::Ahead),
        S::Sent | S::Pending | S::Unknown => (Stands::Done, Stands::Now),
        S::Failed | S::Returned => (Stands::Done, Stands::Wrong),
        S::Settled => (Stands::Done, Stands::Done),
    };
    let stage = |name, stands, done: Option<_>| Stage {
        name,
        stands,
        done: done.filter(|_| matches!(stands, Stands::Done | Stands::Wrong)),
    };
    vec![
        stage("quoted", Stands::Done, quoted),
        stage("approved", approval, approved),
        stage("sent", sending, sent),
        stage("confirmed", confirming, end),
    ]
}

/// Makes what went wrong something that is still to come, for readers who cannot put it right.
pub fn without_failures(stages: &mut [Stage]) {
    for stage in stages.iter_mut().filter(|s| s.stands == Stands::Wrong) {
        (stage.stands, stage.done) = (Stands::Now, None);
    }
}

/// What an exchange owes is not among what its grant was approved for.
fn is_granted(case: &ReturnCase, id: ObligationId) -> bool {
    case.exchange_with(id).is_none()
}

/// The stages as a list; `who` names people, where the reader may know them.
pub fn row(
    l: L10n,
    stages: &[Stage],
    zone: &TimeZone,
    who: Option<&dyn Fn(Actor) -> String>,
) -> Markup {
    html! {
        @if !stages.is_empty() {
            ol.stages {
                @for s in stages {
                    li class=(match s.stands { Stands::Done => "done", Stands::Now => "current", Stands::Wrong => "wrong", Stands::Ahead => "ahead" })
                        aria-current=[(s.stands == Stands::Now).then_some("step")] {
                        span.stage-name {
                            (l.t(&format!("way-{}", s.name)))
                            @if s.stands == Stands::Wrong { ": " (l.t(&format!("way-{}-wrong", s.name))) }
                        }
                        @if let Some((at, by)) = s.done {
                            span { (date_time(l, at, zone)) }
                            @if let Some(who) = who { span { (who(by)) } }
                        }
                    }
                }
            }
        }
    }
}
