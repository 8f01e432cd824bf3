//! The action bar and the form of the action that is open. A form names what will happen, to whom
//! and with which figures before it is sent; it carries the version it was made for.

use super::{
    Open, Shown,
    act::{Act, offered},
    ask, swap,
};
use maud::{Markup, html};
use redress_http::ui::{Action, ErrorSummary, Weight, actions, csrf_field, icon};

/// The buttons for what can be done now, each with its key. Each is a link to its form.
pub fn bar(shown: &Shown<'_>, queue: &str) -> Markup {
    let l = shown.desk.l();
    let acts = offered(shown);
    let first = acts.first().copied();
    let button = |act: Act| {
        let href = format!("{}?queue={queue}&do={}", shown.href(), act.as_str());
        let weight = match act {
            _ if Some(act) == first && act != Act::Note => Weight::Primary,
            Act::Decline | Act::Cancel => Weight::Danger,
            Act::Authorise | Act::Decide | Act::Uphold | Act::Overturn => Weight::Secondary,
            _ => Weight::Ghost,
        };
        let label = l.t(&format!("desk-act-{}", act.as_str()));
        let action = Action::link(label, href).weight(weight).icon(act.icon());
        if act.key().is_empty() {
            action
        } else {
            action.key(act.key())
        }
    };
    let buttons: Vec<Action> = acts.into_iter().map(button).collect();
    html! { @if !buttons.is_empty() { div.case-actions { (actions(&buttons)) } } }
}

/// The form of the open action.
pub fn opened(shown: &Shown<'_>, open: &Open, queue: &str) -> Markup {
    let Some(act) = open.act else { return html! {} };
    let l = shown.desk.l();
    let (title, fields) = ask::ask(shown, act, open);
    let weight = match act {
        Act::Decline | Act::Cancel | Act::Drop | Act::Beyond | Act::Charge | Act::CallOff => {
            Weight::Danger
        }
        _ => Weight::Primary,
    };
    let send = Action::submit(l.t(&format!("desk-do-{}", act.as_str()))).weight(weight);
    let back = format!("{}?queue={queue}", shown.href());
    html! {
        section.card.act-form aria-labelledby="act-title" {
            header.card-head { h2 #act-title { (icon(act.icon())) " " (title) } }
            div.card-body {
                @if let Some(problem) = &open.problem {
                    @if open.errors.is_empty() { (problem.fragment(l)) }
                }
                (ErrorSummary { l, errors: &open.errors })
                @if act == Act::Exchange { (swap::search(shown, open, queue)) }
                form.stack method="post" action={ (shown.href()) "/do/" (act.as_str()) } {
                    (csrf_field(&shown.desk.view.csrf))
                    input type="hidden" name="version" value=(shown.page.case.version);
                    input type="hidden" name="queue" value=(queue);
                    (fields)
                    (actions(&[
                        send.key("mod+Enter"),
                        Action::link(l.t("ui-cancel"), back).weight(Weight::Ghost),
                    ]))
                }
            }
        }
    }
}
