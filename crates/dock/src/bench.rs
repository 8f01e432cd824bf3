//! The frame of a dock page: who works here, and the last scans beside whatever is shown.

use crate::{
    recent::{self, Found, Scanned},
    words,
};
use app::{App, directory::Client};
use axum::{extract::FromRequestParts, http::request::Parts};
use kernel::{Permission, Timestamp};
use maud::{Markup, html};
use redress_http::{
    Page, Problem, Surface, View,
    ui::{Event, Field, Icon, Tone, card, csrf_field, timeline},
};
use std::sync::Arc;
use surface::{Failure, Signed};

/// A person at the bench, with what the page needs to know about the request.
#[derive(Debug, Clone)]
pub struct Bench {
    /// Who.
    pub person: app::signin::Person,
    /// Language, token, nonce.
    pub view: View,
    /// The last scans of this tablet, newest first.
    pub scans: Vec<Scanned>,
}

impl FromRequestParts<App> for Bench {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Signed(person) = Signed::from_request_parts(parts, app).await?;
        if app
            .clients_for(&person.scope, Permission::DockWork)
            .is_empty()
        {
            let rule = Permission::DockWork.as_str();
            return Err(Problem::forbidden()
                .rule(rule)
                .who("role-dock_operator")
                .into());
        }
        let view = View::signed_in(parts, person.lang).for_staff();
        Ok(Self {
            person,
            view,
            scans: recent::read(&parts.headers),
        })
    }
}

impl Bench {
    /// The client in an address, if the person works for it; missing otherwise.
    pub fn client(&self, app: &App, slug: &str) -> Result<Arc<Client>, Problem> {
        let client = app.directory().client_by_slug(slug).cloned();
        let mine = |c: &Arc<Client>| self.person.scope.may(Permission::DockWork, c.id);
        client.filter(mine).ok_or(Problem::not_found())
    }

    /// A whole page: the work on one side, the scan field and the last scans on the other.
    pub fn page(&self, title: &str, work: &Markup) -> Markup {
        let l = self.view.l;
        let role = l.say(&format!("role-{}", self.person.role.as_str()));
        Page::new(&self.view, Surface::Dock, title)
            .scan("/dock/scan")
            .person(&self.person.name, role)
            .sign_out("/sign-out")
            .languages("/language")
            .body(html! {
                div.dock-grid {
                    div.stack { (work) }
                    div.stack { (self.scan_form()) (self.last_scans()) }
                }
                // A scan taken by the script asks here what it led to.
                div data-scan-region hx-get="/dock/now" hx-trigger="scanned" hx-swap="none"
                    hx-nonce=(self.view.nonce) {}
            })
            .render()
    }

    fn scan_form(&self) -> Markup {
        let l = self.view.l;
        html! {
            form.stack method="post" action="/dock/scan" data-scan-form {
                (csrf_field(&self.view.csrf))
                (Field::new("scan", l.t("dock-scan")).hint(l.t("dock-scan-hint")).max(200).required())
                (redress_http::ui::Action::submit(l.t("dock-scan-open"))
                    .weight(redress_http::ui::Weight::Secondary).icon(Icon::Scan).large())
            }
        }
    }

    fn last_scans(&self) -> Markup {
        let l = self.view.l;
        if self.scans.is_empty() {
            return card(
                &l.t("dock-last"),
                &html! { p.hint { (l.t("dock-last-none")) } },
            );
        }
        let events: Vec<_> = self.scans.iter().map(|s| event(self, s)).collect();
        card(&l.t("dock-last"), &timeline(&events))
    }
}

fn event(bench: &Bench, scan: &Scanned) -> Event {
    let l = bench.view.l;
    let (which, tone, key) = match scan.found {
        Found::One => (Icon::Check, Tone::Good, "dock-found-one"),
        Found::Several => (Icon::List, Tone::Warn, "dock-found-several"),
        Found::Nothing => (Icon::X, Tone::Bad, "dock-found-nothing"),
    };
    let at = Timestamp::from_millisecond(scan.at).unwrap_or_default();
    let when = html! { time datetime=(at) { (words::clock(at)) } };
    let body = html! {
        @if let Some(href) = scan.href() { a href=(href) { (l.t(key)) } } @else { (l.t(key)) }
    };
    Event::new(which, tone, scan.code.clone(), when).body(body)
}
