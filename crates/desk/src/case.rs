//! The case workbench: the queue on the left, the case in the middle, the verdict on the right.
//! Each part of the page is a module; this one loads the case and puts the parts together.

mod act;
pub mod around;
mod ask;
mod claim;
mod clocks;
mod dialog;
pub mod documents;
mod lines;
mod money;
mod payout;
mod post;
pub mod quote;
mod rights;
mod swap;
mod timeline;
mod verdict;

use crate::{due, form::Form, frame::Desk, queue, words};
use act::Act;
use app::{AppError, commit::due_at, views::CasePage};
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{CaseId, ClientId, Money, UserId};
use maud::{Markup, html};
use redress_http::{
    Ids, Problem,
    ui::{FieldError, Icon, Note, Tone, bdi, copy, icon, money, pill},
};
use serde::Deserialize;
use std::collections::HashMap;
use surface::{
    Failure,
    signed::{FRESH_MINUTES, fresh},
};

/// Rows of the list beside the case.
const LIST: i64 = 40;

/// `?queue=review&do=decline&done=authorise`
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    queue: Option<String>,
    #[serde(rename = "do")]
    act: Option<String>,
    done: Option<String>,
    /// The obligation or line the action is about.
    about: Option<String>,
    /// What is searched for in the catalogue.
    q: Option<String>,
}

/// A case as its parts see it.
pub struct Shown<'a> {
    desk: &'a Desk,
    page: &'a CasePage,
    names: HashMap<UserId, String>,
    /// What limits leave to the person, where money is being decided.
    room: app::limits::Room,
    /// The account money is to go to instead, without its middle, and its holder.
    destination: Option<(String, String)>,
}

impl Shown<'_> {
    fn money(&self, minor: i64) -> Markup {
        money(self.desk.l(), self.amount(minor))
    }

    const fn amount(&self, minor: i64) -> Money {
        Money::new(minor, self.page.case.currency)
    }

    fn said(&self, minor: i64) -> String {
        self.desk.l().money(self.amount(minor))
    }

    /// Who bought: the name, or nothing for people who may not see it.
    fn customer(&self) -> String {
        self.page.contact.name.clone()
    }

    fn href(&self) -> String {
        format!("/desk/{}/{}", self.page.case.client, self.page.case.id)
    }
}

/// An action being filled in: what was typed so far and what is wrong with it.
#[derive(Default)]
struct Open {
    act: Option<Act>,
    form: Form,
    errors: Vec<FieldError>,
    problem: Option<Problem>,
    /// Articles to exchange for, with what each comes to.
    articles: Vec<swap::Offered>,
}

/// `GET /desk/{client}/{case}`
pub async fn page(
    desk: Desk,
    Ids(client, case): Ids<ClientId, CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let said = |name: &str, value: &Option<String>| Some((name.to_owned(), value.clone()?));
    let about = [said("about", &asked.about), said("q", &asked.q)];
    let open = Open {
        act: asked.act.as_deref().and_then(Act::parse),
        form: Form(about.into_iter().flatten().collect()),
        ..Open::default()
    };
    let found = desk.app.case_page(desk.scope(), client, case).await?;
    show(&desk, &found, &asked, open).await
}

/// `POST /desk/{client}/{case}/do/{act}`
pub async fn send(
    desk: Desk,
    Path((client, case, act)): Path<(String, String, String)>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let missing = || Failure(Problem::not_found());
    let client: ClientId = client.parse().map_err(|_| missing())?;
    let case: CaseId = case.parse().map_err(|_| missing())?;
    let act = Act::parse(&act).ok_or_else(missing)?;
    let form = Form(fields);
    let found = desk.app.case_page(desk.scope(), client, case).await?;
    let asked = Asked {
        queue: form.text("queue").map(|q| q.to_string()),
        ..Asked::default()
    };
    let refused = match carry_out(&desk, &found, act, &form).await {
        Ok(()) => {
            let queue = queue::known(asked.queue.as_deref());
            let to = format!("/desk/{client}/{case}?queue={queue}&done={}", act.as_str());
            return Ok(Redirect::to(&to).into_response());
        }
        Err(refused) => refused,
    };
    // Nothing typed is lost: the same form again, with what stood against it.
    let fresh = desk.app.case_page(desk.scope(), client, case).await?;
    let (errors, problem) = match refused {
        post::Refused::Fields(errors) => (errors, Problem::invalid(Vec::new())),
        post::Refused::App(AppError::Invalid(fields)) => {
            let said = fields.into_iter().map(|f| FieldError::new(f.field, f.help));
            (said.collect(), Problem::invalid(Vec::new()))
        }
        post::Refused::App(error) => (Vec::new(), answer(error)?),
        post::Refused::Problem(problem) => (Vec::new(), problem),
    };
    let status = problem.status;
    let open = Open {
        act: Some(act),
        form,
        errors,
        problem: Some(problem),
        articles: Vec::new(),
    };
    let mut page = show(&desk, &fresh, &asked, open).await?;
    *page.status_mut() = status;
    Ok(page)
}

/// Carries an action out; where money goes needs a fresh sign-in.
async fn carry_out(
    desk: &Desk,
    page: &CasePage,
    act: Act,
    form: &Form,
) -> Result<(), post::Refused> {
    if act == Act::Redirect {
        fresh(&desk.app, &desk.person, FRESH_MINUTES).map_err(|f| post::Refused::Problem(f.0))?;
        return payout::carry_out(desk, page, form).await;
    }
    post::carry_out(desk, page, act, form).await
}

/// Refusals and stale versions are shown with the form; anything else is a failure of its own.
fn answer(error: AppError) -> Result<Problem, Failure> {
    let shown = matches!(
        error,
        AppError::Refused(_) | AppError::Stale { .. } | AppError::Invalid(_) | AppError::Busy
    );
    let failure = Failure::from(error);
    if shown { Ok(failure.0) } else { Err(failure) }
}

async fn show(
    desk: &Desk,
    page: &CasePage,
    asked: &Asked,
    mut open: Open,
) -> Result<Response, Failure> {
    let l = desk.l();
    if open.act == Some(Act::Exchange) {
        open.articles = swap::offered(desk, page, open.form.get("q")).await?;
    }
    let here = asked
        .queue
        .as_deref()
        .unwrap_or_else(|| app::commit::queue_of(&page.case));
    let queue = queue::known(Some(here));
    let list = desk.app.queue(desk.scope(), queue, None, LIST).await?;
    let names = desk.app.user_names().await?;
    let room = match open.act {
        Some(Act::Decide | Act::AskApproval) => {
            let (client, case) = (page.case.client, page.case.id);
            desk.app.room(desk.scope(), client, case).await?
        }
        _ => app::limits::Room::default(),
    };
    let destination = desk
        .app
        .destination_of(
            desk.scope(),
            page.case.client,
            &page.case,
            page.order.customer,
        )
        .await?;
    let shown = Shown {
        desk,
        page,
        names,
        room,
        destination,
    };
    let (case, base) = (&page.case, shown.href());
    let live = format!("{base}?queue={queue}");
    let event = format!("case-{}", case.id);
    // While a form is open nothing under it moves; a note says that something changed.
    let still = open.act.is_none();
    let nonce = &desk.view.nonce;
    let body = html! {
        div.workbench {
            div.pane.pane-list #list data-live="queue" hx-get=(live) hx-select="#list"
                hx-trigger="live" hx-swap="outerMorph" hx-nonce=(nonce) {
                p.side-section { a href={ "/desk?queue=" (queue) } { (words::code(l, "queue", queue)) } }
                @if list.is_empty() { p.muted { (l.t("desk-queue-empty")) } }
                (queue::side_list(desk, queue, &list, case.id.0))
            }
            div.pane #case data-live=[still.then_some(&event)] hx-get=[still.then_some(&live)]
                hx-select="#case" hx-trigger="live" hx-swap="outerMorph" hx-nonce=(nonce) {
                div.stack {
                    (head(&shown))
                    (dialog::bar(&shown, queue))
                    @if open.act.is_some() {
                        div data-live=(event) hx-get=(live) hx-select="#moved" hx-trigger="live"
                            hx-swap="innerHTML" hx-nonce=(nonce) {}
                        (dialog::opened(&shown, &open, queue))
                    }
                    @if still { (moved(&shown)) }
                    (claim::card(&shown, queue))
                    (lines::card(&shown))
                    (rights::cards(&shown))
                    (money::card(&shown, queue))
                    (documents::card(&shown))
                    (documents::disputes(&shown))
                    (timeline::card(&shown))
                    (around::cards(&shown))
                }
            }
            div.pane #verdict tabindex="0" role="group" aria-label=(l.t("desk-verdict-pane"))
                data-live=[still.then_some(&event)] hx-get=[still.then_some(&live)]
                hx-select="#verdict" hx-trigger="live" hx-swap="outerMorph" hx-nonce=(nonce) {
                div.stack {
                    (clocks::card(&shown))
                    (verdict::cards(&shown))
                    (quote::card(&shown))
                    @if let Some(client) = desk.app.directory().client(case.client) {
                        (crate::script::card(l, client, &shown.page.policy))
                    }
                }
            }
        }
    };
    let title = format!("{} {}", case.rma, shown.customer());
    let mut frame = desk.page(title, "/desk", true, body).await?;
    if let Some((tone, words)) = desk.done(asked.done.as_deref()) {
        frame = frame.flash(tone, words);
    }
    Ok((StatusCode::OK, frame.render()).into_response())
}

/// What an open form is told when the case changes under it; shown nowhere else.
fn moved(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    html! {
        div hidden { div #moved { (Note::new(Tone::Warn, l.t("desk-moved"))) } }
    }
}

fn head(shown: &Shown<'_>) -> Markup {
    let (desk, page) = (shown.desk, shown.page);
    let (l, case) = (desk.l(), &page.case);
    let due = due::words(l, due_at(case, &page.client), desk.now);
    html! {
        div.case-head {
            div.cluster.small {
                (pill(Tone::Neutral, &page.client.name))
                @if page.client.settings.sandbox { (redress_http::ui::badge(Tone::Warn, &l.t("desk-demo"))) }
                span.muted { (words::code(l, "path", &words::name_of(&case.path))) }
            }
            div.cluster {
                div {
                    h1 { (bdi(&words::item(&page.order, case.lines.first().map_or(0, |c| c.line)))) }
                    p.lede {
                        @if !shown.customer().is_empty() { (bdi(&shown.customer())) " · " }
                        (l.t("desk-order")) " "
                        a href={ "/orders/" (case.client) "/" (case.order) } { (bdi(&page.order.number)) }
                        " · " (page.order.place.country)
                    }
                }
                div.cluster.push {
                    (words::status(l, case.status()))
                    @if let Some((tone, words)) = due { (redress_http::ui::badge(tone, &words)) }
                    span.strong { (shown.money(app::commit::amount_of(case))) }
                }
            }
            div.cluster.small {
                (copy(l, &case.rma))
                span.muted {
                    (l.t_args("desk-opened", &[("when", l.ago(case.opened_at, desk.now).into())]))
                    " · " (l.t_args("desk-version", &[("n", case.version.to_string().into())]))
                }
                a.cluster href={ "/ledger/" (case.client) "/" (case.id) } { (icon(Icon::Shield)) (l.t("desk-proofs")) }
            }
        }
    }
}
