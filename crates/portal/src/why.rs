//! Why an item comes back: the reason first, then what belongs to it (opened or not, words, a
//! serial number where the policy asks for one). Only reasons the client's policy takes are shown.

use crate::{
    draft::{Draft, Item},
    frame,
    frame::At,
    items,
    pass::Shopper,
    visit::{Posted, Visit},
    words::{NOTE_MAX, SERIAL_MAX, Words, bounded},
};
use app::{
    App,
    cases::{Call, OrderKey},
};
use axum::{extract::State, response::Response};
use kernel::ReasonCode;
use maud::{Markup, html};
use policy::{EvidenceDemand, Outcome, ReturnReason};
use redress_http::ui::{
    Action, Choice, ErrorSummary, Field, FieldError, Icon, Note, Radios, TextArea, Tone, Weight,
    bdi, checkbox, csrf_field, form_actions,
};
use returns::{OrderLine, Verdict};
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

/// The item a page of the journey is about.
#[derive(Debug)]
pub struct Place {
    /// The answers so far.
    pub draft: Draft,
    /// Which item, from 0.
    pub n: usize,
    /// The item.
    pub item: Item,
    /// What was bought.
    pub sold: OrderLine,
}

impl Place {
    /// Reads the address; a page that makes no sense answers with the way back.
    pub async fn read(shopper: &Shopper, app: &App) -> Result<Result<Self, Response>, Failure> {
        let visit = &shopper.visit;
        let place = async {
            let draft = Draft::decode(visit.asked("d"))?;
            let n: usize = visit.asked("n").parse().ok()?;
            let item = *draft.items.get(n)?;
            Some((draft, n, item))
        };
        let Some((draft, n, item)) = place.await else {
            return Ok(Err(items::lost(visit)));
        };
        let order = items::order_of(shopper, app).await?.order;
        let sold = order.line(item.line).cloned();
        Ok(match sold {
            Some(sold) => Ok(Self {
                draft,
                n,
                item,
                sold,
            }),
            None => Err(items::lost(visit)),
        })
    }

    /// The address of a page of the journey for this item.
    pub fn url(&self, visit: &Visit, page: &str) -> String {
        visit.url(&format!(
            "/return/{page}?d={}&n={}",
            self.draft.encode(),
            self.n
        ))
    }

    /// Which item of how many, and its name.
    pub fn heading(&self, visit: &Visit) -> Markup {
        let l = visit.l();
        let args = [
            ("n", (self.n + 1).into()),
            ("total", self.draft.items.len().into()),
        ];
        html! {
            p.hint {
                @if self.draft.items.len() > 1 { (l.t_args("portal-item-of", &args)) ": " }
                @if self.item.units > 1 { (self.item.units) " × " }
                strong { (bdi(&self.sold.title)) }
            }
        }
    }
}

/// `GET /p/{client}/return/reason`.
pub async fn reason_page(shopper: Shopper, State(app): State<App>) -> Result<Response, Failure> {
    let place = match Place::read(&shopper, &app).await? {
        Ok(place) => place,
        Err(lost) => return Ok(lost),
    };
    let reasons = accepted(&shopper, &app, &place.item).await?;
    let page = reason_form(&shopper.visit, &place, &reasons, &[]);
    Ok(axum::response::IntoResponse::into_response(page))
}

/// The reasons the policy takes for this item.
async fn accepted(shopper: &Shopper, app: &App, item: &Item) -> Result<Vec<ReturnReason>, Failure> {
    let choices: Vec<_> = REASONS
        .iter()
        .map(|reason| vec![item.asked(*reason, Outcome::Refund)])
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
    let pairs = REASONS.iter().zip(&decisions);
    Ok(pairs
        .filter(|(_, d)| takes(d))
        .map(|(reason, _)| *reason)
        .collect())
}

fn reason_form(
    visit: &Visit,
    place: &Place,
    reasons: &[ReturnReason],
    errors: &[FieldError],
) -> Markup {
    let l = visit.l();
    let choices = reasons
        .iter()
        .map(|r| Choice::new(r.as_str(), reason_name(l, *r)))
        .collect();
    let error = FieldError::find(errors, "reason").map(|key| l.say(key));
    let body = html! {
        (frame::steps(visit, At::Reason, &place.draft.encode()))
        form.stack method="post" action=(place.url(visit, "reason")) {
            (csrf_field(&visit.view.csrf))
            (ErrorSummary { l, errors })
            div { (place.heading(visit)) h1 { (l.t("portal-reason-title")) } }
            (Radios::new("reason", l.t("portal-reason-label"), choices)
                .value(place.item.reason.map_or("", ReturnReason::as_str)).error(error).required())
            (form_actions(&[
                Action::submit(l.t("portal-continue")).large(),
                Action::link(l.t("portal-back"), back(visit, place)).weight(Weight::Ghost),
            ]))
        }
    };
    frame::page(visit, &l.t("portal-reason-title"), body)
}

/// The page before the reason of an item: the outcome of the one before, or the items.
fn back(visit: &Visit, place: &Place) -> String {
    let d = place.draft.encode();
    match place.n.checked_sub(1) {
        Some(n) => visit.url(&format!("/return/outcome?d={d}&n={n}")),
        None => visit.url(&format!("/return/items?d={d}")),
    }
}

/// `POST /p/{client}/return/reason`.
pub async fn reason_submit(
    shopper: Shopper,
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let mut place = match Place::read(&shopper, &app).await? {
        Ok(place) => place,
        Err(lost) => return Ok(lost),
    };
    let reasons = accepted(&shopper, &app, &place.item).await?;
    let chosen = ReturnReason::parse(posted.get("reason")).filter(|r| reasons.contains(r));
    let Some(reason) = chosen else {
        let errors = [FieldError::new("reason", "portal-reason-missing")];
        return Ok(frame::again(reason_form(
            &shopper.visit,
            &place,
            &reasons,
            &errors,
        )));
    };
    if let Some(item) = place.draft.items.get_mut(place.n) {
        item.reason = Some(reason);
    }
    Ok(frame::go(&place.url(&shopper.visit, "details"), []))
}

/// What the policy asks for besides the reason, for an item nothing was given for.
async fn demanded(shopper: &Shopper, app: &App, item: &Item) -> Result<EvidenceDemand, Failure> {
    let Some(reason) = item.reason else {
        return Ok(EvidenceDemand::default());
    };
    let bare = Item {
        note: false,
        serial: false,
        ..*item
    };
    let choices = [vec![bare.asked(reason, Outcome::Refund)]];
    let call = Call::new(&shopper.scope, app.now());
    let order = OrderKey::Id(shopper.order);
    let decisions = app
        .quote_choices(&call, shopper.visit.client.id, &order, &choices)
        .await?;
    let verdict = decisions
        .first()
        .and_then(|d| d.lines.first())
        .map(|l| l.verdict);
    Ok(match verdict {
        Some(Verdict::NeedsInfo { missing }) => missing,
        _ => EvidenceDemand::default(),
    })
}

/// `GET /p/{client}/return/details`.
pub async fn details_page(shopper: Shopper, State(app): State<App>) -> Result<Response, Failure> {
    let place = match Place::read(&shopper, &app).await? {
        Ok(place) => place,
        Err(lost) => return Ok(lost),
    };
    let demand = demanded(&shopper, &app, &place.item).await?;
    let words = Words::of(&shopper.visit, place.item.line);
    let page = details_form(&shopper.visit, &place, demand, &words, &[]);
    Ok(axum::response::IntoResponse::into_response(page))
}

fn details_form(
    visit: &Visit,
    place: &Place,
    demand: EvidenceDemand,
    words: &Words,
    errors: &[FieldError],
) -> Markup {
    let l = visit.l();
    let error = |name: &str| FieldError::find(errors, name).map(|key| l.say(key));
    let note = if demand.note {
        "portal-note"
    } else {
        "portal-note-optional"
    };
    let field = TextArea::new("note", l.t(note))
        .hint(l.t("portal-note-hint"))
        .value(&words.note)
        .error(error("note"))
        .max(500);
    let body = html! {
        (frame::steps(visit, At::Reason, &place.draft.encode()))
        form.stack method="post" action=(place.url(visit, "details")) {
            (csrf_field(&visit.view.csrf))
            (ErrorSummary { l, errors })
            div { (place.heading(visit)) h1 { (l.t("portal-details-title")) } }
            (checkbox("opened", &l.t("portal-opened"), "1", place.item.opened, Some(&l.t("portal-opened-hint"))))
            (field)
            @if demand.serial {
                (Field::new("serial", l.t("portal-serial")).hint(l.t("portal-serial-hint"))
                    .value(&words.serial).error(error("serial")).max(64))
            }
            @if demand.photos > 0 {
                (Note::new(Tone::Accent, l.t_args("portal-photos", &[("n", demand.photos.into())]))
                    .body(html! { p { (l.t("portal-photos-later")) } }))
            }
            (form_actions(&[
                Action::submit(l.t("portal-continue")).large(),
                Action::link(l.t("portal-back"), place.url(visit, "reason")).weight(Weight::Ghost),
            ]))
        }
    };
    frame::page(visit, &l.t("portal-details-title"), body)
}

/// `POST /p/{client}/return/details`. What the policy demands and is left empty is not refused:
/// the return then waits for it, and says so.
pub async fn details_submit(
    shopper: Shopper,
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let visit = &shopper.visit;
    let mut place = match Place::read(&shopper, &app).await? {
        Ok(place) => place,
        Err(lost) => return Ok(lost),
    };
    let words = Words {
        note: bounded(posted.get("note"), NOTE_MAX),
        serial: bounded(posted.get("serial"), SERIAL_MAX),
        variant: Words::of(visit, place.item.line).variant,
    };
    if let Some(item) = place.draft.items.get_mut(place.n) {
        item.opened = posted.get("opened") == "1";
        item.note = !words.note.is_empty();
        item.serial = !words.serial.is_empty();
        place.item = *item;
    }
    if posted.get("note").chars().count() > NOTE_MAX {
        let demand = demanded(&shopper, &app, &place.item).await?;
        let errors = [FieldError::new("note", "portal-note-long")];
        return Ok(frame::again(details_form(
            visit, &place, demand, &words, &errors,
        )));
    }
    let keep = words.keep(&app, visit, place.item.line);
    Ok(frame::go(&place.url(visit, "outcome"), [keep]))
}

/// The icon that stands for an outcome.
pub const fn outcome_icon(outcome: Outcome) -> Icon {
    match outcome {
        Outcome::Refund => Icon::Banknote,
        Outcome::StoreCredit => Icon::Wallet,
        Outcome::Exchange => Icon::Repeat,
        Outcome::Replacement => Icon::Box,
        Outcome::Repair => Icon::Wrench,
    }
}
