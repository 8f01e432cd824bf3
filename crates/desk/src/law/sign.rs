//! Signing a rule off: a named reviewer answers for it as it is worded.

use super::{books, rule, words};
use crate::{form::Form, frame::Desk, words::moment};
use app::{AppError, laws::content_of};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use kernel::Permission;
use law::RuleEntry;
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{self, Action, Icon, Note, TextArea, Tone, badge, card, csrf_field, form_actions},
};
use surface::Failure;

/// A note that was refused, to be shown again.
#[derive(Debug)]
pub struct Refused {
    /// Why.
    pub problem: Problem,
    /// What was typed.
    pub note: String,
    /// The wording it was meant for.
    pub content: String,
}

/// Whether somebody answers for a rule, as a badge.
pub fn state(desk: &Desk, rule: &RuleEntry) -> Markup {
    let l = desk.l();
    books::signed(desk, rule).map_or_else(
        || words::review(l, rule.review),
        |signed| {
            let name = [("name", signed.reviewer.into())];
            badge(Tone::Good, &l.t_args("lawdesk-signed-by", &name))
        },
    )
}

/// Who signed, or the form to sign with; nothing for who may not.
pub fn panel(desk: &Desk, rule: &RuleEntry, refused: Option<&Refused>) -> Markup {
    let l = desk.l();
    let content = content_of(rule);
    let refused = refused.filter(|r| r.content == content);
    html! {
        @if let Some(signed) = books::signed(desk, rule) {
            (Note::new(Tone::Good, l.t("desk-law-signed-title")).body(html! {
                p { (signed.reviewer) " · " (ui::date_time(l, moment(signed.at), &desk.zone(None))) }
                p { (ui::bdi(&signed.note)) }
            }))
        } @else if desk.has(Permission::LawReview) {
            (card(&l.t("desk-law-sign"), &html! {
                form.stack method="post" action={ (words::rule_href(&rule.id)) "/sign" } {
                    (csrf_field(&desk.view.csrf))
                    input type="hidden" name="content" value=(content);
                    p { (l.t("desk-law-sign-lede")) }
                    (TextArea::new("note", l.t("desk-law-sign-note"))
                        .value(refused.map(|r| r.note.as_str()).unwrap_or_default())
                        .error(refused.map(|r| r.problem.what_to_do(l))).required())
                    (form_actions(&[Action::submit(l.t("desk-law-sign")).icon(Icon::Check)]))
                }
            }))
        }
    }
}

/// `POST /law/rule/{id}/sign`
pub async fn send(
    desk: Desk,
    Path(id): Path<String>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let form = Form(fields);
    let (content, note) = (form.get("content").to_owned(), form.get("note").to_owned());
    let wording = (id.as_str(), content.as_str());
    let signer = (desk.person.name.as_str(), note.as_str());
    let signed = desk
        .app
        .sign_off(desk.scope(), books::whose(&desk), wording, signer);
    match signed.await {
        Ok(()) => {
            let back = format!("{}?done=signed", words::rule_href(&id));
            Ok(Redirect::to(&back).into_response())
        }
        Err(error @ AppError::Invalid(_)) => {
            let refused = Refused {
                problem: Failure::from(error).0,
                note,
                content,
            };
            rule::show(&desk, &id, None, Some(refused)).await
        }
        Err(error) => Err(error.into()),
    }
}
