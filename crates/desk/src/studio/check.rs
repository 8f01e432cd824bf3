//! What the check found, who is better or worse off, and the acts that lead to a version: check,
//! send for review, approve, publish.

use super::{client_of, crumbs, draft_href, draft_id, href, place, said};
use crate::{form::Form, frame::Desk};
use app::{
    AppError,
    directory::Client,
    policies::{Below, Flaw, Found, Shift, Stage, Standing},
};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Permission, UserId};
use maud::{Markup, html};
use policy::draft::{Refusal, Seal};
use redress_http::{
    L10n, Problem,
    ui::{
        self, Action, Column, Definition, Icon, Note, Row, Step, Table, TextArea, Tone, Weight,
        badge, card, card_with, csrf_field, definitions, empty, form_actions, progress, stepper,
    },
};
use std::collections::HashMap;
use surface::{
    Failure,
    signed::{FRESH_MINUTES, fresh},
};

/// An act that was refused, with what was typed.
struct Refused {
    problem: Problem,
    reason: String,
}

/// `GET /studio/{client}/{draft}/check`
pub async fn page(
    desk: Desk,
    Path((slug, draft)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let client = client_of(&desk, &slug)?;
    let draft = draft_id(&draft)?;
    let standing = desk.app.draft(desk.scope(), client.id, draft).await?;
    show(&desk, &client, &standing, None).await
}

async fn show(
    desk: &Desk,
    client: &Client,
    standing: &Standing,
    refused: Option<&Refused>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let draft = &standing.draft;
    let names = desk.app.user_names().await?;
    let here = format!("{}/check", draft_href(client, draft.id));
    // While the check runs the page asks again by itself.
    let live = (standing.stage == Stage::Checking).then_some(&here);
    let body = html! {
        (crumbs(desk, Some(client)))
        div.stack #standing hx-get=[live] hx-select="#standing" hx-trigger=[live.map(|_| "every 700ms")]
            hx-swap="outerHTML" hx-nonce=(desk.view.nonce) {
            (super::head(desk, client, standing, "check"))
            (way(l, standing.stage))
            @if let Some(r) = refused {
                (Note::new(Tone::Bad, r.problem.title(l)).body(html! { p { (r.problem.what_to_do(l)) } }))
            }
            (next(desk, client, standing, &names, refused))
            @if let Some(found) = standing.check.as_ref().filter(|_| standing.check_holds).and_then(|c| c.found.as_ref()) {
                (findings(desk, client, standing, found))
                (changes(desk, client, standing, found))
            }
        }
    };
    let title = format!("{} · {}", draft.title, client.name);
    let page = desk.page(title, "/studio", false, body).await?;
    let mut answer = page.render().into_response();
    if let Some(r) = refused {
        *answer.status_mut() = r.problem.status;
    }
    Ok(answer)
}

/// Where the draft is on its way.
fn way(l: L10n, stage: Stage) -> Markup {
    let steps = ["write", "check", "review", "approve", "publish"].map(|name| Step {
        label: l.t(&format!("studio-step-{name}")),
        href: None,
    });
    let at = match stage {
        Stage::Broken | Stage::Dropped => 0,
        Stage::Unchecked | Stage::Checking | Stage::Undercut => 1,
        Stage::Ready => 2,
        Stage::InReview => 3,
        Stage::Approved => 4,
        Stage::Published => 5,
    };
    stepper(l, &steps, at)
}

/// The next act, or why there is none.
fn next(
    desk: &Desk,
    client: &Client,
    standing: &Standing,
    names: &HashMap<UserId, String>,
    refused: Option<&Refused>,
) -> Markup {
    let l = desk.l();
    let draft = &standing.draft;
    let writes = desk.has(Permission::PolicyWrite);
    let name = |id: &UserId| names.get(id).map_or("", String::as_str);
    let to = |act: &str| format!("{}/do/{act}", draft_href(client, draft.id));
    let form = |act: &str, fields: Markup, action: Action| {
        html! { form.stack method="post" action=(to(act)) {
            (csrf_field(&desk.view.csrf)) (fields) (form_actions(&[action]))
        } }
    };
    let seal = standing.seal.as_ref().map_or("", Seal::as_str);
    let body = match standing.stage {
        Stage::Broken => html! {
            p { (l.t("studio-do-broken")) }
            p { (Action::link(l.t("studio-tab-write"), draft_href(client, draft.id)).weight(Weight::Secondary)) }
        },
        Stage::Unchecked => html! {
            p { (l.t(standing.refusal.filter(|r| *r == Refusal::LawChanged).map_or("studio-do-unchecked", |_| "studio-do-law"))) }
            @if writes { (form("check", html! {}, Action::submit(l.t("studio-check")).icon(Icon::Check))) }
        },
        Stage::Checking => {
            let run = standing.check.as_ref().map(|c| &c.run);
            let count = |n: i64| u64::try_from(n).unwrap_or(0);
            let (done, total) = run.map_or((0, 0), |r| (count(r.done), count(r.total)));
            let words = [
                ("done", done.to_string().into()),
                ("total", total.to_string().into()),
            ];
            html! {
                (progress(&l.t("studio-checking"), done, total, &l.t_args("studio-places", &words)))
                @if writes { (form("cancel", html! {}, Action::submit(l.t("studio-cancel")).weight(Weight::Secondary).icon(Icon::X))) }
            }
        }
        Stage::Undercut => html! {
            p { (l.t("studio-do-undercut")) }
            p { (Action::link(l.t("studio-tab-write"), draft_href(client, draft.id)).weight(Weight::Secondary)) }
        },
        Stage::Ready => {
            let warnings = standing
                .check
                .as_ref()
                .and_then(|c| c.checked())
                .map_or(0, |c| c.warnings);
            let typed = refused.map_or("", |r| r.reason.as_str());
            let late = matches!(standing.refusal, Some(Refusal::TooEarly { .. }));
            html! {
                @if let (true, Some(day)) = (late, standing.earliest) {
                    (Note::new(Tone::Warn, l.t_args("studio-too-early", &[("day", l.date(day).into())])))
                }
                p { (l.t("studio-do-ready")) }
                @if writes { (form("review", html! {
                    @if warnings > 0 {
                        (TextArea::new("reason", l.t("studio-reason")).hint(l.t("studio-reason-hint")).rows(2)
                            .max(2000).value(typed).required())
                    }
                }, Action::submit(l.t("studio-ask-review")).icon(Icon::Send))) }
            }
        }
        Stage::InReview => {
            let review = draft.flow.review.as_ref();
            let own = draft.flow.writers.contains(&desk.person.id)
                || review.is_some_and(|r| r.by == desk.person.id);
            html! {
                p { (l.t_args("studio-do-review", &[("name", review.map_or("", |r| name(&r.by)).into())])) }
                (sealed(l, standing, names))
                @if !desk.has(Permission::PolicyApprove) { p.muted { (l.t("studio-no-approver")) } }
                @else if own { p.muted { (l.t("studio-own")) } }
                @else { (form("approve", html! { input type="hidden" name="seal" value=(seal); },
                    Action::submit(l.t("studio-approve")).icon(Icon::Check))) }
            }
        }
        Stage::Approved => html! {
            p { (l.t_args("studio-do-publish", &[
                ("name", draft.flow.approval.as_ref().map_or("", |a| name(&a.by)).into()),
                ("day", l.date(draft.from).into()),
            ])) }
            (sealed(l, standing, names))
            @if writes { (form("publish", html! {}, Action::submit(l.t("studio-publish")).icon(Icon::Check))) }
        },
        Stage::Published => html! {
            p { (l.t_args("studio-is-published", &[("day", l.date(draft.from).into())])) }
            p { (Action::link(l.t("studio-history"), href(client)).weight(Weight::Secondary)) }
        },
        Stage::Dropped => html! { p { (l.t("studio-is-dropped")) } },
    };
    let open = draft.state == app::policies::DraftState::Open;
    html! {
        (card(&l.t("studio-next-step"), &html! { div.stack { (body) } }))
        @if open && writes && standing.stage != Stage::Checking {
            details.studio-more {
                summary { (l.t("studio-drop")) }
                p.muted { (l.t("studio-drop-why")) }
                (form("drop", html! {}, Action::submit(l.t("studio-drop")).weight(Weight::Danger)))
            }
        }
    }
}

/// What exactly is approved and published.
fn sealed(l: L10n, standing: &Standing, names: &HashMap<UserId, String>) -> Markup {
    let draft = &standing.draft;
    let writers = draft.flow.writers.iter();
    let writers: Vec<&str> = writers
        .filter_map(|id| names.get(id))
        .map(String::as_str)
        .collect();
    let hash = draft
        .compiled
        .as_ref()
        .map_or_else(|_| String::new(), |p| p.hash().to_string());
    let mut facts = vec![
        Definition::new(l.t("studio-from"), html! { (ui::date(l, draft.from)) }),
        Definition::new(
            l.t("studio-written-by"),
            html! { (ui::bdi(&writers.join(", "))) },
        ),
        Definition::new(
            l.t("studio-content-hash"),
            html! { code.studio-hash { (hash) } },
        ),
    ];
    if let Some(review) = draft.flow.review.as_ref().filter(|r| !r.reason.is_empty()) {
        facts.push(Definition::new(
            l.t("studio-reason"),
            html! { (ui::bdi(&review.reason)) },
        ));
    }
    if let Some(seal) = &standing.seal {
        facts.push(Definition::new(
            l.t("studio-seal"),
            html! { code.studio-hash { (seal.as_str()) } },
        ));
    }
    definitions(&facts)
}

fn findings(desk: &Desk, client: &Client, standing: &Standing, found: &Found) -> Markup {
    let l = desk.l();
    let words = [
        ("n", found.findings.len().into()),
        ("places", found.places.into()),
    ];
    if found.findings.is_empty() {
        let title = l.t("studio-clean");
        return html! { (Note::new(Tone::Good, title).body(html! { p { (l.t_args("studio-checked-places", &words)) } })) };
    }
    let editor = draft_href(client, standing.draft.id);
    html! {
        h2 { (l.t("studio-findings")) }
        p.muted { (l.t_args("studio-checked-places", &words)) " " (l.t("studio-their-words")) }
        div.stack.studio-found { @for flaw in &found.findings { (finding(l, &editor, flaw)) } }
    }
}

fn finding(l: L10n, editor: &str, flaw: &Flaw) -> Markup {
    let (tone, key) = match flaw.kind.as_str() {
        "undercut" => (Tone::Bad, "studio-kind-undercut"),
        "contradiction" => (Tone::Warn, "studio-kind-contradiction"),
        "unreachable" => (Tone::Warn, "studio-kind-unreachable"),
        "unknown_ground" => (Tone::Warn, "studio-kind-ground"),
        _ => (Tone::Warn, "studio-kind-gap"),
    };
    let aside = badge(tone, &l.t(key));
    card_with(
        &said::text(l, flaw.what_said.as_ref(), &flaw.what),
        Some(&aside),
        &html! {
            div.stack {
                p { (place(l, flaw.line, &flaw.path, Some(editor))) }
                @if let Some(order) = &flaw.order {
                    dl.studio-witness { dt { (l.t("studio-witness")) } dd { (said::order(l, &flaw.order_said, order)) } }
                }
                @if let Some(below) = &flaw.below { (outcomes(l, below)) }
                p { strong { (l.t("studio-help")) } " " (said::help(l, flaw.what_said.as_ref(), &flaw.help)) }
            }
        },
    )
}

/// Both outcomes beside each other, and what the law's rests on.
fn outcomes(l: L10n, below: &Below) -> Markup {
    html! {
        div.studio-both {
            div.tone-bad {
                h3 { (l.t("studio-policy-gives")) }
                p { (said::sentence(l, below.policy_said.as_ref(), &below.policy)) }
            }
            div.tone-good {
                h3 { (l.t("studio-law-gives")) }
                p { (said::sentence(l, below.law_said.as_ref(), &below.law)) }
            }
        }
        p.small {
            (l.t("studio-source")) " " (ui::bdi(&below.citation)) " · "
            a href={ "/law/rule/" (below.rule) } { code { (below.rule) } }
        }
        @if below.places.len() > 1 {
            p.small.muted { (l.t("studio-also-in")) " " (ui::bdi(&below.places.get(1..).unwrap_or_default().join(", "))) }
        }
    }
}

fn changes(desk: &Desk, client: &Client, standing: &Standing, found: &Found) -> Markup {
    let l = desk.l();
    let editor = draft_href(client, standing.draft.id);
    let title = l.t("studio-changes");
    if found.changes.is_empty() {
        return card(
            &title,
            &empty(
                Icon::CheckCircle,
                &l.t("studio-no-changes"),
                &l.t("studio-no-changes-why"),
                None,
            ),
        );
    }
    let columns = vec![
        Column::text(l.t("studio-who")),
        Column::text(l.t("studio-aspect")),
        Column::text(l.t("studio-before")),
        Column::text(l.t("studio-after")),
        Column::text(l.t("studio-example")),
    ];
    // Clauses that change alike stand together, with the first order that shows it.
    let mut alike: Vec<Vec<&Shift>> = Vec::new();
    let kind = |s: &Shift| [&s.direction, &s.aspect, &s.before, &s.after].map(Clone::clone);
    for shift in &found.changes {
        match alike.last_mut() {
            Some(group) if kind(group[0]) == kind(shift) => group.push(shift),
            _ => alike.push(vec![shift]),
        }
    }
    let row = |group: &Vec<&Shift>| {
        let s = group[0];
        let (tone, key) = match s.direction.as_str() {
            "worse" => (Tone::Bad, "studio-worse"),
            "better" => (Tone::Good, "studio-better"),
            _ => (Tone::Neutral, "studio-different"),
        };
        Row::new(vec![
            badge(tone, &l.t(key)),
            html! { div.studio-aspect { (l.t(&format!("finding-aspect-{}", s.aspect.replace(' ', "-")))) @for s in group { div.small { (place(l, s.line, &s.path, Some(&editor))) } } } },
            said::sentence(l, s.before_said.as_ref(), &s.before),
            said::sentence(l, s.after_said.as_ref(), &s.after),
            html! { span.small { (said::order(l, &s.order_said, &s.order)) } },
        ])
    };
    card(
        &title,
        &html! {
            p.muted { (l.t("studio-changes-why")) }
            div.studio-changes { (Table::new(&title, columns, alike.iter().map(row).collect())) }
            @if found.more_changes > 0 { p.muted { (l.t_args("studio-more-changes", &[("n", found.more_changes.into())])) } }
        },
    )
}

/// `POST /studio/{client}/{draft}/do/{act}`
pub async fn act(
    desk: Desk,
    Path((slug, draft, act)): Path<(String, String, String)>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let client = client_of(&desk, &slug)?;
    let draft = draft_id(&draft)?;
    let form = Form(fields);
    let (app, scope, id) = (&desk.app, desk.scope(), client.id);
    let here = format!("{}/check", draft_href(&client, draft));
    let reason = form.get("reason").to_owned();
    if act == "publish" {
        fresh(app, &desk.person, FRESH_MINUTES)?;
    }
    let done: Result<String, AppError> = match act.as_str() {
        "check" => app.check_draft(scope, id, draft).await.map(|_| here),
        "cancel" => match app.draft(scope, id, draft).await?.check {
            Some(check) => app.cancel_run(scope, id, check.run.id).await.map(|()| here),
            None => Ok(here),
        },
        "review" => app
            .request_review(scope, id, draft, &reason)
            .await
            .map(|_| here),
        "approve" => {
            let seal = Seal::shown(form.get("seal"));
            app.approve_draft(scope, id, draft, &seal)
                .await
                .map(|()| here)
        }
        "publish" => app
            .publish_draft(scope, id, draft)
            .await
            .map(|_| href(&client)),
        "drop" => app
            .drop_draft(scope, id, draft)
            .await
            .map(|()| href(&client)),
        _ => return Err(Problem::not_found().into()),
    };
    match done {
        Ok(to) => Ok(Redirect::to(&to).into_response()),
        Err(error @ (AppError::Policy(_) | AppError::Stale { .. } | AppError::Busy)) => {
            let problem = Failure::from(error).0;
            let standing = app.draft(scope, id, draft).await?;
            let refused = Refused { problem, reason };
            show(&desk, &client, &standing, Some(&refused)).await
        }
        Err(error) => Err(error.into()),
    }
}
