//! Today's work: requests of the last hours that a rule leaves to a person, so that the review
//! queue of a firm just made is worth opening. They come in through the same door as all others.

use app::{
    App, AppError,
    cases::{Call, OrderKey, Request},
};
use jiff::SignedDuration;
use kernel::{ClientId, Scope, Timestamp};
use policy::{EvidenceGiven, Outcome, ReturnReason};
use returns::{Path, RequestedLine, Verdict};
use wire::OrderDraft;

/// Requests that wait for a person, per retailer.
const WAITING: u32 = 4;
/// Hours between two of them.
const APART_HOURS: i64 = 3;
/// Why they are asked for, in turn.
const REASONS: [ReturnReason; 4] = [
    ReturnReason::ChangedMind,
    ReturnReason::Defective,
    ReturnReason::NotAsDescribed,
    ReturnReason::DamagedInTransit,
];

/// Asks for returns of these orders, the newest first, until enough of them wait for a person;
/// gives how many were asked for. The caller names orders without a return only.
pub async fn ask<'a>(
    app: &App,
    client: ClientId,
    orders: impl DoubleEndedIterator<Item = &'a OrderDraft>,
    now: Timestamp,
) -> Result<u64, AppError> {
    let scope = Scope::system();
    let mut asked: u32 = 0;
    for (nth, order) in orders.rev().enumerate() {
        if asked == WAITING {
            break;
        }
        if !order.lines.iter().all(|l| l.delivered_on.is_some()) {
            continue;
        }
        let ago = SignedDuration::from_hours(1 + APART_HOURS * i64::from(asked));
        let at = now.checked_sub(ago).map_err(AppError::fault)?;
        let call = Call::new(&scope, at);
        let request = wish(order, REASONS[nth % REASONS.len()]);
        let decision = app.quote_return(&call, client, &request).await?.decision;
        let waits = |v: &Verdict| matches!(v, Verdict::Review);
        let waiting = decision.lines.iter().all(|l| waits(&l.verdict));
        if decision.lines.is_empty() || !waiting {
            continue;
        }
        match app.request_return(&call, client, &request).await {
            Ok(_) => asked += 1,
            Err(AppError::Refused(_)) => {}
            Err(e) => return Err(e),
        }
    }
    Ok(u64::from(asked))
}

/// The dearest line of the order, whole.
fn wish(order: &OrderDraft, reason: ReturnReason) -> Request {
    let worth = |l: &&(u16, &wire::LineDraft)| l.1.net_of_discount();
    let lines: Vec<(u16, &wire::LineDraft)> = (0..).zip(&order.lines).collect();
    let dearest = lines.iter().max_by_key(worth);
    let line = dearest.map(|(line, sold)| RequestedLine {
        line: *line,
        units: sold.quantity,
        reason,
        wanted: Outcome::Refund,
        evidence: EvidenceGiven {
            photos: 2,
            note: true,
            serial: true,
        },
        opened: false,
        noticed_on: None,
        own: None,
        lacks: policy::ConditionSet::EMPTY,
    });
    Request {
        order: OrderKey::Number(order.number.clone()),
        lines: line.into_iter().collect(),
        path: Path::Ordinary,
    }
}
