//! The answers once more with the decision they would get, and the request itself.

use crate::{
    draft::{Draft, Item},
    frame,
    frame::At,
    items,
    pass::Shopper,
    quote, rights,
    swapped::{self, Chosen},
    visit::{Posted, Visit},
    wish,
    words::{self, Words},
};
use app::{
    App, AppError,
    cases::{Answer, Call, Idempotency},
    standing::Quoted,
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use policy::Policy;
use redress_http::{
    Problem,
    ui::{
        Action, ErrorSummary, FieldError, Note, Tone, Weight, bdi, card, csrf_field, form_actions,
    },
};
use returns::{Decision, Revision, SalesOrder, Verdict};
use std::time::Duration;
use surface::{Failure, outcome_name, reason_name};

/// How long the answer waits for the label to be made, so that it is there on the next page.
const LABEL_WAIT: Duration = Duration::from_millis(900);

/// `GET /p/{client}/return/check`.
pub async fn page(shopper: Shopper, State(app): State<App>) -> Result<Response, Failure> {
    let (draft, _, quoted) = match wish::decided(&shopper, &app).await? {
        Ok(decided) => decided,
        Err(lost) => return Ok(lost),
    };
    let at = items::order_of(&shopper, &app).await?;
    let key = app.mint(app.now()).simple().to_string();
    let swaps = swapped::chosen(&shopper, &app, &draft).await?;
    let seen = Seen {
        order: &at.order,
        policy: &at.policy,
        draft: &draft,
        quoted: &quoted,
        swaps: &swaps,
    };
    Ok(form(&shopper.visit, &seen, &key, &[], Stands::Nothing).into_response())
}

/// What stands on the page.
#[derive(Clone, Copy)]
struct Seen<'a> {
    order: &'a SalesOrder,
    policy: &'a Policy,
    draft: &'a Draft,
    quoted: &'a Quoted,
    swaps: &'a [Chosen],
}

fn form(
    visit: &Visit,
    seen: &Seen<'_>,
    key: &str,
    errors: &[FieldError],
    stands: Stands<'_>,
) -> Markup {
    let l = visit.l();
    let Seen {
        order,
        draft,
        quoted,
        swaps,
        ..
    } = *seen;
    let decision = &quoted.decision;
    let d = draft.encode();
    let declined = decision
        .lines
        .iter()
        .all(|line| line.verdict == Verdict::Decline);
    let send = if declined {
        "portal-check-send-anyway"
    } else {
        "portal-check-send"
    };
    let body = html! {
        (frame::steps(visit, At::Check, &d))
        div.stack {
            div {
                h1 { (l.t("portal-check-title")) }
                p.lede { (l.t(summary(decision))) }
            }
            (against(visit, stands))
            (quote::items(l, order, decision))
            (answers(visit, seen))
            (swapped::figures(visit, order, swaps))
            @let worth = !declined && (swaps.is_empty() || decision.quote.total.minor > 0);
            @if worth || !stands.revisions().is_empty() {
                (quote::figures(l, order, &decision.quote, stands.revisions()))
            }
            (quote::clocks(l, &quote::earliest(decision)))
            (rights::side_by_side(l, order, &quoted.standing))
            @if declined {
                (Note::new(Tone::Accent, l.t("portal-check-declined")).body(html! {
                    p { (l.t("portal-check-declined-do")) " "
                        a href=(visit.url("/withdraw")) { (l.t("portal-withdraw-here")) } }
                }))
            }
            form method="post" action=(visit.url(&format!("/return/check?d={d}"))) {
                (csrf_field(&visit.view.csrf))
                input type="hidden" name="key" value=(key);
                input type="hidden" name="seen" value=(surface::quote::token(&quoted.seen));
                (ErrorSummary { l, errors })
                (swapped::consents(visit, order, swaps, errors))
                (form_actions(&[
                    Action::submit(l.t(send)).large(),
                    Action::link(l.t("portal-back"), visit.url(&format!("/return/send?d={d}")))
                        .weight(Weight::Ghost),
                ]))
            }
        }
    };
    frame::page(visit, &l.t("portal-check-title"), body)
}

/// What stands against the request that was sent.
#[derive(Clone, Copy)]
enum Stands<'a> {
    /// Nothing: it was not sent yet.
    Nothing,
    /// A rule.
    Problem(&'a Problem),
    /// The quote is another one than the customer saw; what changed, if that is known.
    Requoted(&'a [Revision]),
}

impl Stands<'_> {
    const fn revisions(&self) -> &[Revision] {
        match self {
            Self::Requoted(revisions) => revisions,
            _ => &[],
        }
    }
}

fn against(visit: &Visit, stands: Stands<'_>) -> Markup {
    let l = visit.l();
    match stands {
        Stands::Nothing => html! {},
        Stands::Problem(problem) => html! {
            (Note::new(Tone::Bad, problem.title(l)).body(html! { p { (problem.what_to_do(l)) } }))
        },
        Stands::Requoted(_) => html! {
            (Note::new(Tone::Warn, l.t("quote-again-title")).body(html! { p { (l.t("quote-again-do")) } }))
        },
    }
}

const fn is_good(verdict: Verdict) -> bool {
    verdict.is_authorised()
}

/// The one sentence on top.
fn summary(decision: &Decision) -> &'static str {
    let any = |wanted: fn(Verdict) -> bool| decision.lines.iter().any(|l| wanted(l.verdict));
    if decision.lines.iter().all(|l| is_good(l.verdict)) {
        "portal-check-approved"
    } else if decision.lines.iter().all(|l| l.verdict == Verdict::Decline) {
        "portal-check-all-declined"
    } else if any(|v| matches!(v, Verdict::NeedsInfo { .. })) {
        "portal-check-info"
    } else if any(|v| v == Verdict::Review) {
        "portal-check-review"
    } else {
        "portal-check-partly"
    }
}

/// What was answered, with the way to change each answer.
fn answers(visit: &Visit, seen: &Seen<'_>) -> Markup {
    let Seen {
        order,
        policy,
        draft,
        swaps,
        ..
    } = *seen;
    let l = visit.l();
    let why = |item: &Item| {
        let own = item.own.as_deref();
        let own = own.and_then(|path| policy.own_reason_text(path, l.lang()));
        own.or_else(|| Some(reason_name(l, item.reason?)))
            .unwrap_or_default()
    };
    let d = draft.encode();
    let change = |page: String| html! { a href=(visit.url(&page)) { (l.t("portal-change")) } };
    let body = html! {
        div.stack {
            @for (n, item) in draft.items.iter().enumerate() {
                @let title = order.line(item.line).map_or("", |sold| &sold.title);
                @let words = Words::of(visit, item.line);
                div {
                    h3 { (bdi(title)) }
                    p {
                        (why(item))
                        @if item.opened { " (" (l.t("portal-opened-short")) ")" }
                        @for state in item.lacks.iter() { " · " (l.t(&format!("portal-lacks-{state}"))) }
                        " → " (item.wanted.map(|o| outcome_name(l, o)).unwrap_or_default())
                        @if !words.variant.is_empty() { ": " (bdi(&words.variant)) }
                        @if let Some(c) = swaps.iter().find(|c| c.line == item.line) {
                            ": " (bdi(&c.picked.article.title()))
                        }
                    }
                    @if !words.note.is_empty() { p.hint { "“" (bdi(&words.note)) "”" } }
                    @if !words.serial.is_empty() {
                        p.hint { (l.t("portal-serial")) ": " (bdi(&words.serial)) }
                    }
                    (change(format!("/return/reason?d={d}&n={n}")))
                }
            }
            @if let Some(send) = draft.send {
                div {
                    h3 { (l.t("portal-step-send")) }
                    p { (l.t(&format!("portal-send-{}", send.as_str()))) }
                    (change(format!("/return/send?d={d}")))
                }
            }
        }
    };
    card(&l.t("portal-check-answers"), &body)
}

/// `POST /p/{client}/return/check`: asks for the return. The same form sent twice is one request.
pub async fn submit(
    shopper: Shopper,
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let visit = &shopper.visit;
    let (draft, request, quoted) = match wish::decided(&shopper, &app).await? {
        Ok(decided) => decided,
        Err(lost) => return Ok(lost),
    };
    let at = items::order_of(&shopper, &app).await?;
    let swaps = swapped::chosen(&shopper, &app, &draft).await?;
    let seen = Seen {
        order: &at.order,
        policy: &at.policy,
        draft: &draft,
        quoted: &quoted,
        swaps: &swaps,
    };
    let picks = match swapped::asked(visit, &at.order, &swaps, &posted) {
        Ok(picks) => picks,
        Err(errors) => {
            let page = form(visit, &seen, posted.get("key"), &errors, Stands::Nothing);
            return Ok(frame::again(page));
        }
    };
    let mut call = Call::new(&shopper.scope, app.now());
    let key = format!("portal-{}", posted.get("key"));
    call.idempotency = Some(Idempotency::new(&key, draft.encode().as_bytes())?);
    call.lang = Some(visit.l().lang());
    let text = posted.get("seen");
    call.agreed = surface::quote::read_token(text);
    if call.agreed.is_none() && !text.is_empty() {
        // A page of an earlier version of ours: what was seen is not known.
        let page = form(visit, &seen, posted.get("key"), &[], Stands::Requoted(&[]));
        return Ok((StatusCode::CONFLICT, page).into_response());
    }
    prefer_language(&shopper, &app).await;
    let mut news = app.live().listen();
    let asked = if picks.is_empty() {
        app.request_return(&call, visit.client.id, &request).await
    } else {
        Box::pin(app.request_exchange(&call, visit.client.id, &request, &picks)).await
    };
    let answer = match asked {
        Ok(answer) => answer,
        Err(AppError::Refused(refusal)) => {
            // Someone was faster, in another tab perhaps: the page again, with what is true now.
            let problem = surface::failure::refused(&refusal);
            let key = app.mint(app.now()).simple().to_string();
            let page = form(visit, &seen, &key, &[], Stands::Problem(&problem));
            return Ok((problem.status, page).into_response());
        }
        Err(AppError::Requoted(revision)) => {
            // Nothing was stored, so the key is free for the request with the new figures.
            let revisions = [*revision];
            let stands = Stands::Requoted(&revisions);
            let page = form(visit, &seen, posted.get("key"), &[], stands);
            return Ok((StatusCode::CONFLICT, page).into_response());
        }
        Err(other) => return Err(other.into()),
    };
    add_words(&shopper, &app, &draft, &answer).await?;
    let comes_back = answer
        .decision
        .as_ref()
        .is_some_and(|d| d.lines.iter().any(|l| l.verdict == Verdict::Authorise));
    if comes_back {
        let label = async {
            while let Ok(heard) = news.recv().await {
                if heard.case == answer.case && heard.version > answer.version {
                    return;
                }
            }
        };
        // Without the news the page says that the label is on its way.
        let _ = tokio::time::timeout(LABEL_WAIT, label).await;
    }
    let forget = draft
        .items
        .iter()
        .map(|i| words::forget(&app, visit, i.line));
    let send = draft.send.map_or("print", crate::draft::Send::as_str);
    let next = visit.url(&format!("/r/{}/done?send={send}", answer.rma));
    Ok(frame::go(&next, forget))
}

/// Mail about the return comes in the language it was asked in. That it could not be noted is no
/// reason to refuse the return.
async fn prefer_language(shopper: &Shopper, app: &App) {
    let noted = async {
        let order = items::order_of(shopper, app).await?.order;
        let (client, lang) = (shopper.visit.client.id, shopper.visit.l().lang());
        app.prefer_language(&shopper.scope, client, &order, lang)
            .await
            .map_err(Failure::from)
    };
    if let Err(Failure(problem)) = noted.await {
        tracing::warn!(status = %problem.status, "the language of a shopper was not noted");
    }
}

/// Stores what was written about each item with the case, once.
async fn add_words(
    shopper: &Shopper,
    app: &App,
    draft: &Draft,
    answer: &Answer,
) -> Result<(), Failure> {
    let visit = &shopper.visit;
    for item in &draft.items {
        let words = Words::of(visit, item.line);
        if words.is_empty() {
            continue;
        }
        let text = words.sentence(visit.l(), item.line);
        let mut call = Call::new(&shopper.scope, app.now());
        let key = format!("{}-{}", answer.case, item.line);
        call.idempotency = Some(Idempotency::new(&key, text.as_bytes())?);
        match app
            .add_words(&call, visit.client.id, answer.case, &text)
            .await
        {
            // A repeat that was worded otherwise: the first words count.
            Ok(_) | Err(AppError::KeyReused) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Ok(())
}
