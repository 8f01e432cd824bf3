//! Something went wrong: a parcel that never came, an item that was not in it, broken or other
//! goods. One page; nothing has to be sent for it. What was written goes with the case.

use crate::{
    act, frame, items,
    pass::Shopper,
    photo, status,
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
use axum::body::Bytes;
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use data_encoding::BASE64;
use maud::{Markup, html};
use policy::Outcome;
use redress_http::{
    Problem,
    ui::{
        Action, Choice, ErrorSummary, FieldError, Icon, Note, Radios, Select, TextArea, Tone,
        Weight, checkbox, csrf_field, form_actions, icon,
    },
};
use returns::ClaimKind;
use surface::{Failure, outcome_name};

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
    let lines = (0_u16..).zip(&page.order.lines);
    let open: Vec<_> = lines
        .map(|(i, line)| (i, line, page.account.free_units(&page.order, i)))
        .filter(|(_, _, free)| *free > 0)
        .collect();
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
            @for (i, line, free) in &open {
                @let name = format!("units-{i}");
                @let units = (0..=*free).map(|n| Choice::new(n.to_string(),
                    if n == 0 { l.t("portal-units-none") } else { l.t_args("portal-units", &[("n", n.into())]) }));
                (Select::new(&name, &*line.title, units.collect()).value(posted.get(&name)).error(error(&name)))
            }
            @if open.is_empty() { p { (l.t("portal-items-nothing")) } }
            (Select::new("wanted", l.t("portal-outcome-title"), wanted.to_vec()).value(posted.get("wanted")))
            (TextArea::new("note", l.t("portal-note")).hint(l.t("portal-note-hint"))
                .value(posted.get("note")).max(500).error(error("note")))
            (pictures(visit, photos, error("photos").as_deref()))
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

/// The field for photographs. Those of a form that came back are in the form itself, so that
/// nothing has to be chosen again; each can be left out.
fn pictures(visit: &Visit, photos: &[Photo], error: Option<&str>) -> Markup {
    let l = visit.l();
    let said = error.is_some();
    html! {
        div class=(if said { "field field-invalid" } else { "field" }) {
            label for="photos" { (l.t("portal-claim-photos")) }
            p.hint #photos-hint { (l.t("portal-photos-hint")) }
            @if let Some(words) = error {
                p.field-error #photos-error { (icon(Icon::AlertCircle)) span { (words) } }
            }
            @for (n, photo) in (1_u32..).zip(photos) {
                (checkbox(KEPT, &l.t_args("portal-claim-photo-kept", &[("n", n.into())]),
                    &BASE64.encode(&photo.jpeg), true, None))
            }
            input #photos type="file" name="photos" accept=(photo::TAKEN) multiple
                aria-describedby=(if said { "photos-hint photos-error" } else { "photos-hint" });
        }
    }
}

/// The name of a photograph that was sent with the form before.
const KEPT: &str = "kept";

/// The photographs of a form: those it brought before and new ones, and what is wrong with them.
/// What can be read is kept whatever else is wrong.
async fn photos(posted: &Posted, files: Vec<Bytes>) -> (Vec<Photo>, Option<FieldError>) {
    let kept = posted.all(KEPT).take(photo::AT_ONCE);
    let kept = kept.filter_map(|text| BASE64.decode(text.as_bytes()).ok());
    let mut all: Vec<Bytes> = kept.map(Bytes::from).chain(files).collect();
    let many = all.len() > photo::AT_ONCE;
    all.truncate(photo::AT_ONCE);
    let read = act::decoded_each(all).await;
    let unread = read.iter().any(Option::is_none);
    let wrong = match (many, unread) {
        (_, true) => Some("portal-photos-unread"),
        (true, false) => Some("portal-photos-many"),
        (false, false) => None,
    };
    let photos = read.into_iter().flatten().collect();
    (photos, wrong.map(|key| FieldError::new("photos", key)))
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
    let (photos, wrong) = photos(&posted, files).await;
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
    if !photos.is_empty() {
        // Sent again after a crash, they are stored if they were not.
        let page = status::case_of(&shopper, &app, &answer.rma).await?;
        let line = claimed.lines.first().map_or(0, |l| l.0);
        let evidence = page.case.line(line).map(|l| l.evidence);
        if let Some(evidence) = evidence.filter(|_| page.photos.is_empty()) {
            let call = Call::new(&shopper.scope, app.now());
            let client = visit.client.id;
            let given = (evidence, photos.as_slice());
            app.give_evidence(&call, client, answer.case, line, given)
                .await?;
        }
    }
    Ok(frame::go(&visit.url(&format!("/r/{}", answer.rma)), []))
}

fn read(page: &OrderPage, posted: &Posted) -> (Option<Claimed>, Vec<FieldError>) {
    let mut errors = Vec::new();
    let kind = ClaimKind::parse(posted.get("kind")).filter(|k| *k != ClaimKind::Goodwill);
    if kind.is_none() {
        errors.push(FieldError::new("kind", "portal-claim-kind-missing"));
    }
    let wanted = Outcome::parse(posted.get("wanted")).filter(|o| WANTED.contains(o));
    let mut lines = Vec::new();
    for line in (0_u16..).take(page.order.lines.len()) {
        let name = format!("units-{line}");
        let free = page.account.free_units(&page.order, line);
        match posted.get(&name).parse::<u32>() {
            Ok(0) | Err(_) => {}
            Ok(units) if units <= free => lines.push((line, units)),
            Ok(_) => errors.push(FieldError::new(name, "portal-items-wrong")),
        }
    }
    if lines.is_empty() && errors.is_empty() {
        errors.push(FieldError::new("units-0", "portal-items-none"));
    }
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
