//! What a shopper can do about a return: answer a question, object, call it off. Each is one
//! plain form; what was typed comes back when it could not be taken.

use crate::{
    Rma, frame,
    pass::Shopper,
    status,
    visit::{Posted, Uploaded, Visit},
    words::{NOTE_MAX, SERIAL_MAX, Words, bounded},
};
use app::{App, AppError, cases::Call, photos::Photo, views::CasePage};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use policy::{EvidenceDemand, EvidenceGiven};
use redress_http::{
    L10n, Problem,
    ui::{
        Action, ErrorSummary, Field, FieldError, Icon, Note, TextArea, Tone, Weight, bdi, card,
        csrf_field, form_actions, icon,
    },
};
use returns::{Command, Status};
use surface::{Failure, photo};

/// The longest objection, characters.
const APPEAL_MAX: usize = 2_000;

/// What was typed into a form that could not be taken, and why not.
#[derive(Debug, Default)]
pub struct Given {
    appeal: String,
    note: String,
    serial: String,
    errors: Vec<FieldError>,
    problem: Option<Problem>,
}

impl Given {
    /// The reason on top of the page.
    pub fn summary(&self, l: L10n) -> Markup {
        html! {
            (ErrorSummary { l, errors: &self.errors })
            @if let Some(problem) = &self.problem {
                (Note::new(Tone::Bad, problem.title(l)).body(html! { p { (problem.what_to_do(l)) } }))
            }
        }
    }

    fn error(&self, l: L10n, name: &str) -> Option<String> {
        FieldError::find(&self.errors, name).map(|key| l.say(key))
    }
}

fn action(visit: &Visit, page: &CasePage, what: &str) -> String {
    visit.url(&format!("/r/{}/{what}", page.case.rma))
}

/// The questions the house waits for an answer to, a form each.
pub fn questions(visit: &Visit, page: &CasePage, given: &Given) -> Markup {
    let l = visit.l();
    let open = page.case.lines.iter().filter_map(|line| {
        let missing = line.missing.filter(|_| line.quantities.undecided() > 0)?;
        let title = page.order.line(line.line).map_or("", |sold| &sold.title);
        Some((line.line, missing, title))
    });
    let asked = |line: u16| {
        page.events.iter().rev().find_map(|e| match &e.what {
            returns::What::InfoAsked {
                line: about, note, ..
            } if *about == line => Some(note.clone()),
            _ => None,
        })
    };
    html! {
        @for (line, missing, title) in open {
            (card(&l.t("portal-question-title"), &html! {
                form.stack method="post" action=(action(visit, page, "answer")) enctype="multipart/form-data" {
                    (csrf_field(&visit.view.csrf))
                    input type="hidden" name="line" value=(line);
                    p { strong { (bdi(title)) } }
                    @if let Some(note) = asked(line) { p { (bdi(&note)) } }
                    @if missing.photos > 0 { (photos(visit, page, line, missing, given)) }
                    (TextArea::new("note", l.t("portal-note")).value(&given.note).max(500)
                        .error(given.error(l, "note")))
                    @if missing.serial {
                        (Field::new("serial", l.t("portal-serial")).hint(l.t("portal-serial-hint"))
                            .value(&given.serial).max(64))
                    }
                    (form_actions(&[Action::submit(l.t("portal-question-send"))]))
                }
            }))
        }
    }
}

/// The chooser for photographs; who has none at hand may mail them.
fn photos(
    visit: &Visit,
    page: &CasePage,
    line: u16,
    missing: EvidenceDemand,
    given: &Given,
) -> Markup {
    let l = visit.l();
    let support = &visit.client.settings.brand.support_email;
    let rma = &page.case.rma;
    let id = format!("photos-{line}");
    let error = given.error(l, "photos");
    html! {
        div class=(if error.is_some() { "field field-invalid" } else { "field" }) {
            label for=(id) { (l.t_args("portal-photos", &[("n", missing.photos.into())])) }
            p.hint id={ (id) "-hint" } {
                (l.t("portal-photos-hint")) " "
                a href={ "mailto:" (support) "?subject=" (rma) } { (l.t("portal-photos-mail")) }
            }
            @if let Some(words) = &error {
                p.field-error id={ (id) "-error" } { (icon(Icon::AlertCircle)) span { (words) } }
            }
            input id=(id) type="file" name="photos" accept=(photo::TAKEN) multiple
                aria-describedby={ (id) "-hint" @if error.is_some() { " " (id) "-error" } };
        }
    }
}

/// The photographs given so far.
pub fn given_photos(visit: &Visit, page: &CasePage) -> Markup {
    let l = visit.l();
    if page.photos.is_empty() {
        return html! {};
    }
    card(
        &l.t("portal-photos-given"),
        &html! {
            ul.photo-list {
                @for (n, photo) in (1_u32..).zip(&page.photos) {
                    li {
                        img src=(action(visit, page, &format!("photo/{}", photo.photo_id)))
                            alt=(l.t_args("portal-photo-n", &[("n", n.into())]))
                            width=(photo.width) height=(photo.height) loading="lazy";
                    }
                }
            }
        },
    )
}

/// `GET /p/{client}/r/{rma}/photo/{id}`.
pub async fn show_photo(
    shopper: Shopper,
    axum::extract::Path((_, rma, id)): axum::extract::Path<(String, String, String)>,
    State(app): State<App>,
) -> Result<Response, Failure> {
    let page = status::case_of(&shopper, &app, &rma).await?;
    let id = id.parse().map_err(|_| Problem::not_found())?;
    let client = shopper.visit.client.id;
    let jpeg = app.photo(&shopper.scope, client, page.case.id, id).await?;
    Ok(([(axum::http::header::CONTENT_TYPE, "image/jpeg")], jpeg).into_response())
}

/// The form to object to a decision, where there is one to object to.
pub fn appeal_card(visit: &Visit, page: &CasePage, given: &Given) -> Markup {
    let l = visit.l();
    let case = &page.case;
    let open = case.appeal.is_some_and(|a| a.upheld.is_none());
    // Only what went against the customer, or decided about money, can be objected to.
    let against = case
        .lines
        .iter()
        .any(|l| l.quantities.declined + l.quantities.rejected > 0);
    let decided = case.decided_at.is_some() && (against || !case.grants.is_empty());
    if case.cancelled {
        return html! {};
    }
    if let Some(day) = case.appeal.filter(|_| open).and_then(|a| a.answer_by) {
        let words = l.t_args("portal-appeal-answer", &[("date", l.date_long(day).into())]);
        return html! { (Note::new(Tone::Accent, words)) };
    }
    let until = case.decided_at.and_then(|at| {
        let days = i64::from(returns::appeal_days(&page.policy));
        at.checked_add(jiff::SignedDuration::from_hours(24 * days))
            .ok()
    });
    let Some(until) = until.filter(|until| decided && !open && visit.now <= *until) else {
        return html! {};
    };
    let until = l.date_long(visit.client.day(until));
    card(
        &l.t("portal-appeal-title"),
        &html! {
            form.stack method="post" action=(action(visit, page, "appeal")) {
                (csrf_field(&visit.view.csrf))
                p { (l.t("portal-appeal-lede")) " " (l.t_args("portal-appeal-until", &[("date", until.into())])) }
                (TextArea::new("appeal", l.t("portal-appeal-label")).value(&given.appeal)
                    .error(given.error(l, "appeal")).max(2000))
                (form_actions(&[Action::submit(l.t("portal-appeal-send")).weight(Weight::Secondary)]))
            }
        },
    )
}

/// The form to call a return off, as long as nothing has arrived and nothing was paid.
pub fn cancel_card(visit: &Visit, page: &CasePage) -> Markup {
    let l = visit.l();
    let case = &page.case;
    let gone = matches!(
        case.status(),
        Status::Cancelled | Status::Closed | Status::Declined
    );
    let moved = case.has_goods() || case.parcels.iter().any(|p| p.shipped_on.is_some());
    // An exchange that waits is called off with the return.
    let money = |g: &returns::GrantLine| g.outcome != policy::Outcome::Exchange;
    let decided = case.grants.iter().any(|g| g.lines.iter().any(money));
    if gone || moved || decided {
        return html! {};
    }
    html! {
        details {
            summary { (l.t("portal-cancel-title")) }
            form.stack method="post" action=(action(visit, page, "cancel")) {
                (csrf_field(&visit.view.csrf))
                p { (l.t_args("portal-cancel-lede", &[("rma", (*case.rma).into())])) }
                (form_actions(&[Action::submit(l.t("portal-cancel-send")).weight(Weight::Danger)]))
            }
        }
    }
}

/// Gives a command to the return and shows it again: by redirect when it was taken, with what was
/// typed when it was not.
async fn give(
    shopper: &Shopper,
    app: &App,
    rma: &str,
    command: &Command,
    mut given: Given,
) -> Result<Response, Failure> {
    let visit = &shopper.visit;
    let page = status::case_of(shopper, app, rma).await?;
    if !given.errors.is_empty() {
        return Ok(frame::again(status::draw(visit, &page, &given)));
    }
    let call = Call::new(&shopper.scope, app.now());
    match app
        .command(&call, visit.client.id, page.case.id, None, command)
        .await
    {
        Ok(_) => Ok(frame::go(&visit.url(&format!("/r/{rma}")), [])),
        Err(AppError::Refused(refusal)) => {
            let problem = surface::failure::refused(&refusal);
            let status_code = problem.status;
            given.problem = Some(problem);
            Ok((status_code, status::draw(visit, &page, &given)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /p/{client}/r/{rma}/cancel`.
pub async fn cancel(
    shopper: Shopper,
    Rma(rma): Rma,
    State(app): State<App>,
) -> Result<Response, Failure> {
    give(
        &shopper,
        &app,
        &rma,
        &Command::Cancel { note: None },
        Given::default(),
    )
    .await
}

/// `POST /p/{client}/r/{rma}/appeal`.
pub async fn appeal(
    shopper: Shopper,
    Rma(rma): Rma,
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let words = bounded(posted.get("appeal"), APPEAL_MAX);
    let mut given = Given {
        appeal: words.clone(),
        ..Given::default()
    };
    if words.is_empty() {
        given
            .errors
            .push(FieldError::new("appeal", "portal-appeal-missing"));
    }
    give(
        &shopper,
        &app,
        &rma,
        &Command::Appeal { note: words.into() },
        given,
    )
    .await
}

/// `POST /p/{client}/r/{rma}/answer`: words, a serial number, photographs.
pub async fn answer(
    shopper: Shopper,
    Rma(rma): Rma,
    State(app): State<App>,
    Uploaded { posted, files }: Uploaded,
) -> Result<Response, Failure> {
    let visit = &shopper.visit;
    let page = status::case_of(&shopper, &app, &rma).await?;
    let line: u16 = posted
        .get("line")
        .parse()
        .map_err(|_| Problem::not_found())?;
    let before = page.case.line(line).ok_or(Problem::not_found())?.evidence;
    let mut given = Given {
        note: bounded(posted.get("note"), NOTE_MAX),
        serial: bounded(posted.get("serial"), SERIAL_MAX),
        ..Given::default()
    };
    let wordless = given.note.is_empty() && given.serial.is_empty();
    let photos = if files.len() > photo::AT_ONCE {
        Err("portal-photos-many")
    } else {
        photo::read_each(files)
            .await
            .into_iter()
            .collect::<Option<Vec<Photo>>>()
            .ok_or("portal-photos-unread")
    };
    let problem = match &photos {
        Err(problem) => Some(("photos", *problem)),
        Ok(photos) if photos.is_empty() && wordless => Some(("note", "portal-question-empty")),
        Ok(_) => None,
    };
    if let Some((field, problem)) = problem {
        given.errors.push(FieldError::new(field, problem));
        return Ok(frame::again(status::draw(visit, &page, &given)));
    }
    let client = visit.client.id;
    let call = Call::new(&shopper.scope, app.now());
    if !wordless {
        let written = Words {
            note: given.note.clone(),
            serial: given.serial.clone(),
            ..Words::default()
        };
        let words = written.sentence(visit.l(), line);
        app.add_words(&call, client, page.case.id, &words).await?;
    }
    let evidence = EvidenceGiven {
        photos: before.photos,
        note: before.note || !given.note.is_empty(),
        serial: before.serial || !given.serial.is_empty(),
    };
    let photos = photos.unwrap_or_default();
    let done = app
        .give_evidence(&call, client, page.case.id, line, (evidence, &photos))
        .await;
    let problem = match done {
        Ok(_) => return Ok(frame::go(&visit.url(&format!("/r/{rma}")), [])),
        Err(AppError::Refused(refusal)) => surface::failure::refused(&refusal),
        Err(other) => return Err(other.into()),
    };
    let status_code = problem.status;
    given.problem = Some(problem);
    Ok((status_code, status::draw(visit, &page, &given)).into_response())
}

/// `POST /p/{client}/r/{rma}/send-back`: what was sent instead is to come back.
pub async fn send_back(
    shopper: Shopper,
    Rma(rma): Rma,
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let goods = posted.get("goods").parse().ok();
    let wanted = policy::Outcome::parse(posted.get("wanted"));
    let (goods, wanted) = goods.zip(wanted).ok_or(Problem::not_found())?;
    let command = Command::ReturnExchanged { goods, wanted };
    give(&shopper, &app, &rma, &command, Given::default()).await
}
