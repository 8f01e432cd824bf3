//! Where a return stands, for shoppers: few stages, plain words, what happens next and by when.

use kernel::Date;
use maud::{Markup, html};
use policy::Outcome;
use redress_http::{
    L10n,
    ui::{self, Icon, Step, Tone, date, stepper},
};
use returns::{Event, ObligationKind, ReturnCase, Status, What};

/// The name of a status.
pub fn name(l: L10n, status: Status) -> String {
    l.t(&format!(
        "portal-status-{}",
        status.as_str().replace('_', "-")
    ))
}

/// What happens next in this status.
pub fn next(l: L10n, status: Status) -> String {
    l.t(&format!(
        "portal-status-{}-next",
        status.as_str().replace('_', "-")
    ))
}

/// How a status looks.
pub const fn tone(status: Status) -> Tone {
    match status {
        Status::NeedsInfo | Status::OnHold | Status::Disputed | Status::Expired => Tone::Warn,
        Status::Declined => Tone::Bad,
        Status::Settled | Status::Closed => Tone::Good,
        Status::Cancelled => Tone::Neutral,
        _ => Tone::Accent,
    }
}

/// The stages as steps: asked, approved, sent, arrived, money.
pub fn steps(l: L10n, case: &ReturnCase) -> Markup {
    let keys = ["asked", "approved", "sent", "arrived", "paid"];
    let list: Vec<Step> = keys
        .iter()
        .map(|k| Step {
            label: l.t(&format!("portal-stage-{k}")),
            href: None,
        })
        .collect();
    html! { @if let Some(at) = stage(case) { (stepper(l, &list, at)) } }
}

/// The stage being worked on; none where the row of stages would mislead.
fn stage(case: &ReturnCase) -> Option<usize> {
    Some(match case.status() {
        Status::Submitted | Status::NeedsInfo | Status::InReview => 1,
        Status::Authorised | Status::PartlyAuthorised | Status::AwaitingGoods => 2,
        Status::InTransit => 3,
        Status::Arrived | Status::Inspecting | Status::Decided | Status::Settling => 4,
        Status::Settled | Status::Closed if case.granted_minor() > 0 => 5,
        _ => return None,
    })
}

/// What has happened, newest last, only what concerns the customer.
pub fn history(
    l: L10n,
    case: &ReturnCase,
    events: &[Event],
    day: impl Fn(kernel::Timestamp) -> Date,
) -> Markup {
    let mut told: Vec<_> = events
        .iter()
        .filter_map(|e| Some((told_of(case, &e.what)?, day(e.at))))
        .collect();
    // One decision about several items is one thing to the customer.
    told.dedup_by_key(|((_, _, key), day)| (*key, *day));
    let shown: Vec<ui::Event> = told
        .into_iter()
        .map(|((which, tone, key), day)| ui::Event::new(which, tone, l.t(key), date(l, day)))
        .collect();
    ui::timeline(&shown)
}

/// What is told about money and goods depends on whose they are.
fn told_of(case: &ReturnCase, what: &What) -> Option<(Icon, Tone, &'static str)> {
    match what {
        What::Granted { lines, .. } if lines.iter().all(|g| g.outcome == Outcome::Exchange) => None,
        What::PaymentSent { obligation } | What::PaymentReturned { obligation, .. }
            if case.exchange_with(*obligation).is_some() =>
        {
            None
        }
        What::PaymentSettled { obligation, .. } if case.exchange_with(*obligation).is_some() => {
            Some(match case.obligation(*obligation)?.kind {
                ObligationKind::Exchange => (Icon::Truck, Tone::Good, "portal-event-goods-sent"),
                ObligationKind::Hold => (Icon::Shield, Tone::Neutral, "portal-event-held"),
                _ => (Icon::CreditCard, Tone::Good, "portal-event-you-paid"),
            })
        }
        other => told(other),
    }
}

const fn told(what: &What) -> Option<(Icon, Tone, &'static str)> {
    Some(match what {
        What::Requested { .. } => (Icon::Box, Tone::Neutral, "portal-event-requested"),
        What::InfoAsked { .. } => (Icon::Help, Tone::Warn, "portal-event-info-asked"),
        What::InfoAnswered { .. } => (Icon::Message, Tone::Neutral, "portal-event-info-answered"),
        What::LineAuthorised { keep: false, .. } => {
            (Icon::CheckCircle, Tone::Good, "portal-event-authorised")
        }
        What::LineAuthorised { keep: true, .. } => {
            (Icon::CheckCircle, Tone::Good, "portal-event-kept")
        }
        What::LineDeclined { .. } => (Icon::XCircle, Tone::Bad, "portal-event-declined"),
        What::LabelCreated { .. } => (Icon::Printer, Tone::Neutral, "portal-event-label"),
        What::ShipScanned { .. } => (Icon::Truck, Tone::Accent, "portal-event-shipped"),
        What::DeliveryScanned { .. } => (Icon::Warehouse, Tone::Accent, "portal-event-delivered"),
        What::Received { .. } => (Icon::BoxOpen, Tone::Accent, "portal-event-received"),
        What::Graded { .. } => (Icon::BoxSearch, Tone::Neutral, "portal-event-graded"),
        What::Claimed { .. } => (Icon::TriangleAlert, Tone::Neutral, "portal-event-claimed"),
        What::RepairMoved { .. } => (Icon::Wrench, Tone::Accent, "portal-event-repair"),
        What::ExchangeWished { .. } => (Icon::Repeat, Tone::Neutral, "portal-event-wished"),
        What::WishSoldOut { .. } => (Icon::BoxX, Tone::Warn, "portal-event-sold-out"),
        What::Exchanged { .. } => (Icon::Repeat, Tone::Good, "portal-event-exchanged"),
        What::ExchangeUndone {
            fallback: Some(_), ..
        } => (Icon::Undo, Tone::Warn, "portal-event-fell-back"),
        What::ExchangeLate { .. } => (Icon::Clock, Tone::Warn, "portal-event-late"),
        What::SecurityEnded { .. } => (Icon::Shield, Tone::Neutral, "portal-event-security"),
        What::ChargeReturned { .. } => (Icon::Shield, Tone::Good, "portal-event-charge-returned"),
        What::PaymentSent { .. } => (Icon::Send, Tone::Accent, "portal-event-sent"),
        What::PaymentSettled { .. } => (Icon::CheckCircle, Tone::Good, "portal-event-paid"),
        What::PaymentReturned { .. } => (Icon::Undo, Tone::Warn, "portal-event-returned"),
        What::Cancelled { .. } => (Icon::X, Tone::Neutral, "portal-event-cancelled"),
        What::Appealed { .. } => (Icon::Gavel, Tone::Accent, "portal-event-appealed"),
        What::AppealUpheld { .. } => (Icon::Gavel, Tone::Bad, "portal-event-upheld"),
        What::AppealOverturned { .. } => (Icon::Gavel, Tone::Good, "portal-event-overturned"),
        What::Expired => (Icon::Clock, Tone::Warn, "portal-event-expired"),
        What::Reopened { .. } => (Icon::Refresh, Tone::Accent, "portal-event-reopened"),
        What::Closed => (Icon::Archive, Tone::Good, "portal-event-closed"),
        _ => return None,
    })
}
