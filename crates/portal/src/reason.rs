//! Why an item comes back. A client with reasons of its own is asked in its words, group by group;
//! without them the codes every client knows are shown. Only reasons the policy takes are offered.

use crate::{
    frame,
    frame::At,
    pass::Shopper,
    visit::{Posted, Visit},
    why::Place,
};
use app::{
    App,
    cases::{Call, OrderKey},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use kernel::ReasonCode;
use maud::{Markup, html};
use policy::{Outcome, OwnReason, ReturnReason};
use redress_http::ui::{
    Action, Choice, ErrorSummary, FieldError, Radios, Weight, csrf_field, form_actions,
};
use std::sync::Arc;
use surface::{Failure, reason_name};

/// The reasons a shopper can give, in the order shown. The others are given by the house: recalls,
/// parcels that came back, purchases somebody else made.
const REASONS: &[ReturnReason] = &[
    ReturnReason::SizeSmall,
    ReturnReason::SizeLarge,
    ReturnReason::Colour,
    ReturnReason::Style,
    ReturnReason::ChangedMind,
    ReturnReason::OrderedByMistake,
    ReturnReason::BetterPrice,
    ReturnReason::LateDelivery,
    ReturnReason::NotAsDescribed,
    ReturnReason::WrongItem,
    ReturnReason::MissingParts,
    ReturnReason::DamagedInTransit,
    ReturnReason::Defective,
    ReturnReason::Other,
];

/// One thing that can be chosen.
struct Offer {
    /// A code, or a path of the client's own.
    value: String,
    words: String,
    /// What it stands for; a group leads on to what is in it.
    leads: Leads,
}

#[derive(Clone)]
enum Leads {
    On(String),
    To(ReturnReason, Option<Arc<str>>),
}

/// `GET /p/{client}/return/reason`.
pub async fn page(shopper: Shopper, State(app): State<App>) -> Result<Response, Failure> {
    let place = match Place::read(&shopper, &app).await? {
        Ok(place) => place,
        Err(lost) => return Ok(lost),
    };
    let offers = offers(&shopper, &app, &place).await?;
    Ok(form(&shopper.visit, &place, &offers, &[]).into_response())
}

/// What can be chosen on this page: below the group of the address, or at the top.
async fn offers(shopper: &Shopper, app: &App, place: &Place) -> Result<Vec<Offer>, Failure> {
    let visit = &shopper.visit;
    let l = visit.l();
    let own: Vec<OwnReason<'_>> = place.policy.own_reasons().collect();
    if own.is_empty() {
        let codes = accepted(shopper, app, place, REASONS).await?;
        let offer = |code: ReturnReason| Offer {
            value: code.as_str().to_owned(),
            words: reason_name(l, code),
            leads: Leads::To(code, None),
        };
        return Ok(codes.into_iter().map(offer).collect());
    }
    let mut codes: Vec<ReturnReason> = own.iter().filter_map(|r| r.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let taken = accepted(shopper, app, place, &codes).await?;
    let below = |group: &str, path: &str| {
        let rest = path.strip_prefix(group);
        rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let taken = |r: &OwnReason<'_>| r.code.is_some_and(|code| taken.contains(&code));
    let here = place.policy.own_reasons_below(visit.asked("in"));
    let offer = |r: OwnReason<'_>| {
        let leads = match r.code {
            Some(code) => taken(&r).then(|| Leads::To(code, Some(r.path.into())))?,
            // A group whose reasons are all refused leads nowhere.
            None => own
                .iter()
                .any(|o| below(r.path, o.path) && taken(o))
                .then(|| Leads::On(r.path.to_owned()))?,
        };
        Some(Offer {
            value: r.path.to_owned(),
            words: r.text(l.lang(), &place.policy).to_owned(),
            leads,
        })
    };
    Ok(here.filter_map(offer).collect())
}

/// Which of these codes the policy takes for the item.
async fn accepted(
    shopper: &Shopper,
    app: &App,
    place: &Place,
    codes: &[ReturnReason],
) -> Result<Vec<ReturnReason>, Failure> {
    let choices: Vec<_> = codes
        .iter()
        .map(|reason| vec![place.item.asked(*reason, Outcome::Refund)])
        .collect();
    let call = Call::new(&shopper.scope, app.now());
    let order = OrderKey::Id(shopper.order);
    let decisions = app
        .quote_choices(&call, shopper.visit.client.id, &order, &choices)
        .await?;
    let takes = |d: &returns::Decision| {
        let mut reasons = d.lines.iter().flat_map(|l| &l.reasons);
        !reasons.any(|r| r.code == ReasonCode::ReasonNotAccepted)
    };
    let pairs = codes.iter().zip(&decisions);
    Ok(pairs
        .filter(|(_, d)| takes(d))
        .map(|(reason, _)| *reason)
        .collect())
}

fn form(visit: &Visit, place: &Place, offers: &[Offer], errors: &[FieldError]) -> Markup {
    let l = visit.l();
    let choices = offers
        .iter()
        .map(|o| Choice::new(&o.value, &o.words))
        .collect();
    let error = FieldError::find(errors, "reason").map(|key| l.say(key));
    let group = visit.asked("in");
    let heading = match place.policy.own_reason_text(group, l.lang()) {
        Some(words) if !group.is_empty() => words,
        _ => l.t("portal-reason-title"),
    };
    let own = place.item.own.as_deref();
    let chosen = offers.iter().find(|o| match &o.leads {
        Leads::To(code, None) => place.item.reason == Some(*code),
        Leads::To(_, path) => path.as_deref() == own && own.is_some(),
        Leads::On(path) => own.is_some_and(|own| own.starts_with(path.as_str())),
    });
    let body = html! {
        (frame::steps(visit, At::Reason, &place.draft.encode()))
        form.stack method="post" action=(here(visit, place, group)) {
            (csrf_field(&visit.view.csrf))
            (ErrorSummary { l, errors })
            div { (place.heading(visit)) h1 { (heading) } }
            (Radios::new("reason", l.t("portal-reason-label"), choices)
                .value(chosen.map_or("", |o| &o.value)).error(error).required())
            (form_actions(&[
                Action::submit(l.t("portal-continue")).large(),
                Action::link(l.t("portal-back"), back(visit, place, group)).weight(Weight::Ghost),
            ]))
        }
    };
    frame::page(visit, &l.t("portal-reason-title"), body)
}

fn here(visit: &Visit, place: &Place, group: &str) -> String {
    let url = place.url(visit, "reason");
    if group.is_empty() {
        url
    } else {
        format!("{url}&in={group}")
    }
}

/// The page before: the group around this one, the outcome of the item before, or the items.
fn back(visit: &Visit, place: &Place, group: &str) -> String {
    if !group.is_empty() {
        let around = group.rsplit_once('/').map_or("", |(around, _)| around);
        return here(visit, place, around);
    }
    let d = place.draft.encode();
    match place.n.checked_sub(1) {
        Some(n) => visit.url(&format!("/return/outcome?d={d}&n={n}")),
        None => visit.url(&format!("/return/items?d={d}")),
    }
}

/// `POST /p/{client}/return/reason`.
pub async fn submit(
    shopper: Shopper,
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let visit = &shopper.visit;
    let mut place = match Place::read(&shopper, &app).await? {
        Ok(place) => place,
        Err(lost) => return Ok(lost),
    };
    let offers = offers(&shopper, &app, &place).await?;
    let chosen = offers.iter().find(|o| o.value == posted.get("reason"));
    let (reason, own) = match chosen.map(|o| o.leads.clone()) {
        Some(Leads::To(reason, own)) => (reason, own),
        Some(Leads::On(group)) => return Ok(frame::go(&here(visit, &place, &group), [])),
        None => {
            let errors = [FieldError::new("reason", "portal-reason-missing")];
            return Ok(frame::again(form(visit, &place, &offers, &errors)));
        }
    };
    if let Some(item) = place.draft.items.get_mut(place.n) {
        item.reason = Some(reason);
        item.own = own;
    }
    Ok(frame::go(&place.url(visit, "details"), []))
}
