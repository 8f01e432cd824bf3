//! The editor: the text beside its findings and the sentences it makes. What is typed is stored
//! as it is; with script every pause does that and looks again, without it the button does.

use super::{client_of, crumbs, draft_href, draft_id, place, said};
use crate::{form::Form, frame::Desk};
use app::{
    AppError,
    directory::Client,
    policies::{Standing, Typed},
};
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Date, Permission};
use maud::{Markup, html};
use policy::{ClauseScope, Policy, describe};
use redress_http::{
    L10n, Problem,
    ui::{
        Action, Field, FieldError, Icon, Kind, Note, Tone, Weight, card, csrf_field, form_actions,
    },
};
use surface::{Failure, clause_words, scope_words};

/// What a form has changed.
#[derive(Debug, serde::Deserialize)]
pub struct Changed {
    /// The line it wrote.
    written: Option<usize>,
}

/// `GET /studio/{client}/{draft}`
pub async fn page(
    desk: Desk,
    Path((slug, draft)): Path<(String, String)>,
    Query(changed): Query<Changed>,
) -> Result<Response, Failure> {
    let client = client_of(&desk, &slug)?;
    let draft = draft_id(&draft)?;
    let standing = desk.app.draft(desk.scope(), client.id, draft).await?;
    show(&desk, &client, &standing, changed.written, None).await
}

/// The line a form has written and what follows of its table, above the text.
fn written(l: L10n, text: &str, line: usize) -> Markup {
    let block = text.lines().skip(line.saturating_sub(1));
    let more =
        |(at, line): &(usize, &str)| *at == 0 || !(line.trim().is_empty() || line.starts_with('['));
    let lone = |line: &str| !line.starts_with('[');
    let shown: Vec<&str> = match block.clone().next() {
        Some(first) if lone(first) => vec![first],
        _ => block
            .enumerate()
            .take_while(more)
            .map(|(_, line)| line)
            .collect(),
    };
    html! {
        (Note::new(Tone::Good, l.t("studio-form-written")).body(html! {
            div { (place(l, Some(line), "", None)) }
            pre.studio-quote { code { (shown.join("\n")) } }
        }))
    }
}

/// Something typed that was not stored, shown again as it is.
struct Refused {
    form: Form,
    problem: Problem,
}

async fn show(
    desk: &Desk,
    client: &Client,
    standing: &Standing,
    changed: Option<usize>,
    refused: Option<&Refused>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let draft = &standing.draft;
    let writes =
        desk.has(Permission::PolicyWrite) && draft.state == app::policies::DraftState::Open;
    let kept = |name: &str, stored: &str| {
        let typed = refused.and_then(|r| r.form.0.iter().find(|(n, _)| n == name));
        typed.map_or_else(|| stored.to_owned(), |(_, v)| v.clone())
    };
    let errors = refused.map_or(&[][..], |r| &r.problem.fields);
    let error = |field: &str| FieldError::find(errors, field).map(|m| l.say(m));
    let base = draft_href(client, draft.id);
    let look = format!("{base}/look");
    let lines = draft.text.lines().count().clamp(12, 60);
    let body = html! {
        (crumbs(desk, Some(client)))
        (super::head(desk, client, standing, "write"))
        @if let Some(r) = refused {
            (Note::new(Tone::Bad, r.problem.title(l)).body(html! { p { (r.problem.what_to_do(l)) } }))
        }
        @if let Some(line) = changed { (written(l, &draft.text, line)) }
        @if writes {
            form.studio-write #studio-form method="post" action=(base) hx-post=(look)
                hx-trigger="input delay:700ms" hx-target="#look" hx-swap="innerHTML"
                hx-sync="this:queue last" hx-nonce=(desk.view.nonce) {
                (csrf_field(&desk.view.csrf))
                div.studio-left.stack {
                    div.form-grid {
                        (Field::new("title", l.t("studio-draft-title")).value(kept("title", &draft.title))
                            .max(120).error(error("title")).required())
                        (Field::new("from", l.t("studio-from")).kind(Kind::Date)
                            .hint(l.t("studio-from-hint"))
                            .value(kept("from", &draft.from.to_string())).error(error("from")).required())
                    }
                    div.field {
                        label for="f-text" { (l.t("studio-text")) }
                        p.hint id="f-text-hint" { (l.t("studio-text-hint")) }
                        div.studio-editor data-editor {
                            textarea.input id="f-text" name="text" rows=(lines) spellcheck="false" autocomplete="off"
                                autocapitalize="off" wrap="off" aria-describedby="f-text-hint" { "\n" (kept("text", &draft.text)) }
                        }
                    }
                    (form_actions(&[
                        Action::submit(l.t("studio-save-check")).value("then", "check").icon(Icon::Check).key("mod+Enter"),
                        Action::submit(l.t("studio-save")).weight(Weight::Secondary),
                    ]))
                }
                div.studio-right #look { (looked(desk, standing)) }
            }
        } @else {
            div.studio-write {
                div.studio-left { (card(&l.t("studio-text"), &super::version::numbered(&draft.text))) }
                div.studio-right #look { (looked(desk, standing)) }
            }
        }
    };
    let title = format!("{} · {}", draft.title, client.name);
    let page = desk.page(title, "/studio", true, body).await?;
    let mut answer = page.render().into_response();
    if let Some(r) = refused {
        *answer.status_mut() = r.problem.status;
    }
    Ok(answer)
}

/// What the right side says of a draft as it is stored: its number, findings, sentences.
fn looked(desk: &Desk, standing: &Standing) -> Markup {
    let l = desk.l();
    let draft = &standing.draft;
    html! {
        input type="hidden" name="rev" value=(draft.rev) form="studio-form";
        div.stack {
            @match &draft.compiled {
                Err(errors) => {
                    div role="status" {
                        (Note::new(Tone::Bad, l.t_args("studio-errors", &[("n", errors.0.len().into())]))
                            .body(html! { ul.studio-findings {
                                @for e in &errors.0 { li {
                                    div { (place(l, e.line, &e.path, None)) }
                                    @if let Some(line) = e.line.and_then(|n| draft.text.lines().nth(n.saturating_sub(1))) {
                                        pre.studio-quote { code { (line.trim()) } }
                                    }
                                    (said::broken(l, &e.wrong))
                                } }
                            } }))
                    }
                }
                Ok(policy) => {
                    div role="status" { (quick(desk, standing)) }
                    (card(&l.t("studio-preview"), &clauses(l, policy)))
                }
            }
        }
    }
}

/// What the newest check said, in short, with its findings beside the lines.
fn quick(desk: &Desk, standing: &Standing) -> Markup {
    let l = desk.l();
    let check = standing.check.as_ref().filter(|_| standing.check_holds);
    let Some(found) = check.and_then(|c| c.found.as_ref()) else {
        return html! { (Note::new(Tone::Neutral, l.t("studio-reads")).body(html! { p { (l.t("studio-reads-check")) } })) };
    };
    if found.findings.is_empty() {
        return html! { (Note::new(Tone::Good, l.t("studio-clean"))) };
    }
    let tone = if found.checked.undercuts > 0 {
        Tone::Bad
    } else {
        Tone::Warn
    };
    html! {
        (Note::new(tone, l.t_args("studio-found", &[("n", found.findings.len().into())]))
            .body(html! { ul.studio-findings {
                @for f in &found.findings { li {
                    div { (place(l, f.line, &f.path, None)) }
                    div { (said::sentence(l, f.what_said.as_ref(), &f.what)) } div.muted { (said::help(l, f.what_said.as_ref(), &f.help)) }
                } }
            } }))
    }
}

/// Every sentence of a policy under the heading of what it is about.
pub fn clauses(l: L10n, policy: &Policy) -> Markup {
    let all = describe(policy);
    let mut parts: Vec<(&ClauseScope, Vec<String>)> = Vec::new();
    for clause in &all {
        let words = clause_words(l, clause);
        match parts.last_mut() {
            Some((scope, list)) if **scope == clause.scope => list.push(words),
            _ => parts.push((&clause.scope, vec![words])),
        }
    }
    html! {
        div.studio-clauses {
            @for (scope, sentences) in parts {
                @let heading = scope_words(l, scope);
                @if !heading.is_empty() { h3 { (heading) } }
                ul { @for words in sentences { li { (words) } } }
            }
        }
    }
}

/// Stores what was typed.
async fn store(
    desk: &Desk,
    client: &Client,
    draft: kernel::DraftId,
    form: &Form,
) -> Result<(), AppError> {
    let Ok(from) = form.get("from").parse::<Date>() else {
        return Err(AppError::field("from", "help-date"));
    };
    let raw = form.0.iter().find(|(n, _)| n == "text");
    // A browser sends line breaks as CR LF, whatever was typed.
    let text = raw.map_or(String::new(), |(_, v)| v.replace("\r\n", "\n"));
    let rev = form.get("rev").parse().unwrap_or(0);
    let typed = Typed {
        title: form.get("title"),
        text: &text,
        from,
    };
    desk.app
        .save_draft(desk.scope(), client.id, draft, rev, &typed)
        .await?;
    Ok(())
}

/// `POST /studio/{client}/{draft}`: stores the draft, and checks it if asked.
pub async fn save(
    desk: Desk,
    Path((slug, draft)): Path<(String, String)>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let client = client_of(&desk, &slug)?;
    let draft = draft_id(&draft)?;
    let form = Form(fields);
    let to = draft_href(&client, draft);
    if let Err(error) = store(&desk, &client, draft, &form).await {
        let kept = matches!(
            error,
            AppError::Stale { .. } | AppError::Invalid(_) | AppError::Busy
        );
        if !kept {
            return Err(error.into());
        }
        let problem = Failure::from(error).0;
        let standing = desk.app.draft(desk.scope(), client.id, draft).await?;
        let refused = Refused { form, problem };
        return show(&desk, &client, &standing, None, Some(&refused)).await;
    }
    if form.get("then") == "check" {
        match desk.app.check_draft(desk.scope(), client.id, draft).await {
            Ok(_) => return Ok(Redirect::to(&format!("{to}/check")).into_response()),
            // What is no policy is shown where it is typed.
            Err(AppError::Policy(policy::draft::Refusal::NoPolicy)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(Redirect::to(&to).into_response())
}

/// `POST /studio/{client}/{draft}/look`: stores what was typed and says what it is now.
pub async fn look(
    desk: Desk,
    Path((slug, draft)): Path<(String, String)>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let client = client_of(&desk, &slug)?;
    let draft = draft_id(&draft)?;
    store(&desk, &client, draft, &Form(fields)).await?;
    let standing = desk.app.draft(desk.scope(), client.id, draft).await?;
    Ok((StatusCode::OK, looked(&desk, &standing)).into_response())
}
