//! What belongs to the reason of an item: opened or not, the state it is in, words, a serial number
//! where the policy asks for one. The reason itself is chosen in `reason`.

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
    views::OrderPage,
};
use axum::{extract::State, response::Response};
use maud::{Markup, html};
use policy::{Condition, ConditionSet, EvidenceDemand, Outcome, Policy};
use redress_http::ui::{
    Action, ErrorSummary, Field, FieldError, Icon, Note, TextArea, Tone, Weight, bdi, checkbox,
    csrf_field, form_actions,
};
use returns::{OrderLine, Verdict};
use std::sync::Arc;
use surface::Failure;

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
    /// The policy it was bought under.
    pub policy: Arc<Policy>,
    /// The states the policy asks of it, beside whether it was opened.
    pub demanded: ConditionSet,
}

impl Place {
    /// Reads the address; a page that makes no sense answers with the way back.
    pub async fn read(shopper: &Shopper, app: &App) -> Result<Result<Self, Response>, Failure> {
        let visit = &shopper.visit;
        let place = async {
            let draft = Draft::decode(visit.asked("d"))?;
            let n: usize = visit.asked("n").parse().ok()?;
            let item = draft.items.get(n)?.clone();
            Some((draft, n, item))
        };
        let Some((draft, n, item)) = place.await else {
            return Ok(Err(items::lost(visit)));
        };
        let page = items::order_of(shopper, app).await?;
        let sold = page.order.line(item.line).cloned();
        Ok(match sold {
            Some(sold) => Ok(Self {
                demanded: demanded_of(&page, &sold),
                policy: page.policy,
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

/// The states the policy asks of goods like these that are asked beside whether they were opened.
fn demanded_of(page: &OrderPage, sold: &OrderLine) -> ConditionSet {
    let goods = page.policy.goods(&sold.category, &sold.sku);
    let all = page
        .policy
        .conditions(page.order.channel, page.order.place.country, goods);
    let asked = all.iter().filter(|c| *c != Condition::Unopened);
    asked.fold(ConditionSet::EMPTY, ConditionSet::with)
}

/// What is asked about an item besides the reason.
#[derive(Debug, Clone, Copy, Default)]
struct Demand {
    evidence: EvidenceDemand,
    /// States it must be in; none where the seller or carrier is at fault.
    states: ConditionSet,
}

/// What the policy asks for besides the reason, for an item nothing was given for.
async fn demanded(shopper: &Shopper, app: &App, place: &Place) -> Result<Demand, Failure> {
    let Some(reason) = place.item.reason else {
        return Ok(Demand::default());
    };
    let bare = Item {
        note: false,
        serial: false,
        lacks: ConditionSet::EMPTY,
        ..place.item.clone()
    };
    let choices = [vec![bare.asked(reason, Outcome::Refund)]];
    let call = Call::new(&shopper.scope, app.now());
    let order = OrderKey::Id(shopper.order);
    let decisions = app
        .quote_choices(&call, shopper.visit.client.id, &order, &choices)
        .await?;
    let Some(line) = decisions.first().and_then(|d| d.lines.first()) else {
        return Ok(Demand::default());
    };
    Ok(Demand {
        evidence: match line.verdict {
            Verdict::NeedsInfo { missing } => missing,
            _ => EvidenceDemand::default(),
        },
        states: if line.terms.fault.is_sellers_side() {
            ConditionSet::EMPTY
        } else {
            place.demanded
        },
    })
}

/// `GET /p/{client}/return/details`.
pub async fn details_page(shopper: Shopper, State(app): State<App>) -> Result<Response, Failure> {
    let place = match Place::read(&shopper, &app).await? {
        Ok(place) => place,
        Err(lost) => return Ok(lost),
    };
    let demand = demanded(&shopper, &app, &place).await?;
    let words = Words::of(&shopper.visit, place.item.line);
    let page = details_form(&shopper.visit, &place, demand, &words, &[]);
    Ok(axum::response::IntoResponse::into_response(page))
}

fn details_form(
    visit: &Visit,
    place: &Place,
    Demand { evidence, states }: Demand,
    words: &Words,
    errors: &[FieldError],
) -> Markup {
    let l = visit.l();
    let error = |name: &str| FieldError::find(errors, name).map(|key| l.say(key));
    let note = if evidence.note {
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
            @if !states.is_empty() {
                fieldset.stack {
                    legend { (l.t("portal-lacks")) }
                    p.hint { (l.t("portal-lacks-hint")) }
                    @for state in states.iter() {
                        (checkbox(&lacks_field(state), &l.t(&format!("portal-lacks-{state}")), "1",
                            place.item.lacks.has(state), None))
                    }
                }
            }
            (field)
            @if evidence.serial {
                (Field::new("serial", l.t("portal-serial")).hint(l.t("portal-serial-hint"))
                    .value(&words.serial).error(error("serial")).max(64))
            }
            @if evidence.photos > 0 {
                (Note::new(Tone::Accent, l.t_args("portal-photos", &[("n", evidence.photos.into())]))
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

fn lacks_field(state: Condition) -> String {
    format!("lacks-{state}")
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
    let lacking = place.demanded.iter();
    let lacking = lacking.filter(|c| posted.get(&lacks_field(*c)) == "1");
    let lacks = lacking.fold(ConditionSet::EMPTY, ConditionSet::with);
    if let Some(item) = place.draft.items.get_mut(place.n) {
        item.lacks = lacks;
        item.opened = posted.get("opened") == "1";
        item.note = !words.note.is_empty();
        item.serial = !words.serial.is_empty();
        place.item = item.clone();
    }
    if posted.get("note").chars().count() > NOTE_MAX {
        let demand = demanded(&shopper, &app, &place).await?;
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
