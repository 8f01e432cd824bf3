//! Something went wrong: a parcel that never came, an item that was not in it, broken or other
//! goods. One page; nothing has to be sent for it. What was written goes with the case.

use crate::{
    frame, items,
    pass::Shopper,
    visit::{Posted, Uploaded, Visit},
    words::{NOTE_MAX, Words, bounded},
};
use app::{
    App, AppError,
    cases::{Call, Idempotency, OrderKey},
    claims::Claimed,
    photos::Photo,
    views::OrderPage,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use policy::Outcome;
use redress_http::{
    Problem,
    ui::{
        Action, Choice, ErrorSummary, FieldError, Icon, Note, Radios, Select, TextArea, Tone,
        Weight, checkbox, csrf_field, form_actions,
    },
};
use returns::ClaimKind;
use surface::{Failure, claim, outcome_name};

/// What a shopper can say went wrong; goodwill is the house's to give.
const KINDS: [(ClaimKind, Icon); 4] = [
    (ClaimKind::NotReceived, Icon::Truck),
    (ClaimKind::MissingItem, Icon::BoxX),
    (ClaimKind::Damaged, Icon::TriangleAlert),
    (ClaimKind::NotAsDescribed, Icon::Tag),
];
/// What they can want for it.
const WANTED: [Outcome; 3] = [Outcome::Refund, Outcome::Replacement, Outcome::StoreCredit];

/// `GET /p/{client}/claim`.
pub async fn page(shopper: Shopper, State(app): State<App>) -> Result<Markup, Failure> {
    let order = items::order_of(&shopper, &app).await?;
    let key = app.mint(app.now()).simple().to_string();
    Ok(form(
        &shopper.visit,
        &order,
        (&Posted::default(), &[]),
        &key,
        &[],
        None,
    ))
}

fn form(
    visit: &Visit,
    page: &OrderPage,
    (posted, photos): (&Posted, &[Photo]),
    key: &str,
    errors: &[FieldError],
    problem: Option<&Problem>,
) -> Markup {
    let l = visit.l();
    let error = |name: &str| FieldError::find(errors, name).map(|key| l.say(key));
    let kinds = KINDS.map(|(kind, icon)| {
        let name = kind.as_str().replace('_', "-");
        Choice::new(kind.as_str(), l.t(&format!("claim-{name}")))
            .note(l.t(&format!("portal-claim-{name}-note")))
            .icon(icon)
    });
    let wanted = WANTED.map(|o| Choice::new(o.as_str(), outcome_name(l, o)));
    let open = claim::open_lines(page);
    let body = html! {
        form.stack method="post" action=(visit.url("/claim")) enctype="multipart/form-data" {
            (csrf_field(&visit.view.csrf))
            input type="hidden" name="key" value=(key);
            (ErrorSummary { l, errors })
            @if let Some(problem) = problem {
                (Note::new(Tone::Bad, problem.title(l)).body(html! { p { (problem.what_to_do(l)) } }))
            }
            div {
                h1 { (l.t("portal-claim-title")) }
                p.lede { (l.t("portal-claim-lede")) }
            }
            (Radios::new("kind", l.t("portal-claim-kind"), kinds.to_vec())
                .value(posted.get("kind")).error(error("kind")).required())
            @for (i, free) in &open {
                @let title = page.order.line(*i).map_or("", |line| &*line.title);
                @let name = format!("units-{i}");
                @let units = (0..=*free).map(|n| Choice::new(n.to_string(),
                    if n == 0 { l.t("portal-units-none") } else { l.t_args("portal-units", &[("n", n.into())]) }));
                (Select::new(&name, title, units.collect()).value(posted.get(&name)).error(error(&name)))
            }
            @if open.is_empty() { p { (l.t("portal-items-nothing")) } }
            (Select::new("wanted", l.t("portal-outcome-title"), wanted.to_vec()).value(posted.get("wanted")))
            (TextArea::new("note", l.t("portal-note")).hint(l.t("portal-note-hint"))
                .value(posted.get("note")).max(500).error(error("note")))
            (claim::pictures(l, photos, error("photos").as_deref()))
            div.field {
                (checkbox("declared", &l.t("portal-claim-declare"), "yes", posted.get("declared") == "yes",
                    Some(&l.t("portal-claim-declare-hint"))))
                @if let Some(words) = error("declared") { p.field-error { (words) } }
            }
            (form_actions(&[
                Action::submit(l.t("portal-claim-send")).large(),
                Action::link(l.t("portal-back"), visit.url("/return/items")).weight(Weight::Ghost),
            ]))
        }
    };
    frame::page(visit, &l.t("portal-claim-title"), body)
}

/// `POST /p/{client}/claim`. The same form sent twice is one claim.
pub async fn submit(
    shopper: Shopper,
    State(app): State<App>,
    Uploaded { posted, files }: Uploaded,
) -> Result<Response, Failure> {
    let visit = &shopper.visit;
    let order = items::order_of(&shopper, &app).await?;
    let (claimed, mut errors) = read(&order, &posted);
    let (photos, wrong) = claim::photos(&posted, files).await;
    errors.extend(wrong);
    let given = (&posted, photos.as_slice());
    let Some(claimed) = claimed.filter(|_| errors.is_empty()) else {
        let page = form(visit, &order, given, posted.get("key"), &errors, None);
        return Ok(frame::again(page));
    };
    let mut call = Call::new(&shopper.scope, app.now());
    let key = format!("portal-{}", posted.get("key"));
    let said = format!("{claimed:?}");
    call.idempotency = Some(Idempotency::new(&key, said.as_bytes())?);
    call.lang = Some(visit.l().lang());
    let answer = match Box::pin(app.request_claim(&call, visit.client.id, &claimed)).await {
        Ok(answer) => answer,
        Err(AppError::Refused(refusal)) => {
            let problem = surface::failure::refused(&refusal);
            let key = app.mint(app.now()).simple().to_string();
            let page = form(visit, &order, given, &key, &[], Some(&problem));
            return Ok((problem.status, page).into_response());
        }
        Err(other) => return Err(other.into()),
    };
    let note = bounded(posted.get("note"), NOTE_MAX);
    if !note.is_empty() && !answer.replayed {
        let words = Words {
            note,
            ..Words::default()
        };
        let line = claimed.lines.first().map_or(0, |l| l.0);
        let call = Call::new(&shopper.scope, app.now());
        let text = words.sentence(visit.l(), line);
        app.add_words(&call, visit.client.id, answer.case, &text)
            .await?;
    }
    let (client, call) = (visit.client.id, Call::new(&shopper.scope, app.now()));
    let line = claimed.lines.first().map_or(0, |l| l.0);
    app.keep_claim_photos(&call, client, answer.case, line, &photos)
        .await?;
    Ok(frame::go(&visit.url(&format!("/r/{}", answer.rma)), []))
}

fn read(page: &OrderPage, posted: &Posted) -> (Option<Claimed>, Vec<FieldError>) {
    let mut errors = Vec::new();
    let kind = ClaimKind::parse(posted.get("kind")).filter(|k| *k != ClaimKind::Goodwill);
    if kind.is_none() {
        errors.push(FieldError::new("kind", "portal-claim-kind-missing"));
    }
    let wanted = Outcome::parse(posted.get("wanted")).filter(|o| WANTED.contains(o));
    let lines = claim::units(page, posted, "portal-items-none", &mut errors);
    let declared = posted.get("declared") == "yes";
    if kind == Some(ClaimKind::NotReceived) && !declared {
        errors.push(FieldError::new("declared", "portal-claim-declare-missing"));
    }
    let claimed = kind.map(|kind| Claimed {
        order: OrderKey::Id(page.order.id),
        kind,
        lines,
        wanted: wanted.unwrap_or(Outcome::Refund),
        declared,
    });
    (claimed, errors)
}
