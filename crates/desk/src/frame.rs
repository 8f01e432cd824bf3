//! What every page of the desk stands in: who is signed in, the navigation they may use with its
//! live counts, the live stream and the palette.

use app::{App, commit::QUEUES, directory::Client, signin::Person};
use axum::{extract::FromRequestParts, http::request::Parts};
use jiff::tz::TimeZone;
use kernel::{ClientId, Permission, Scope, Timestamp};
use maud::{Markup, html};
use redress_http::{
    L10n, NavItem, Page, Problem, Surface, View,
    ui::{Icon, Tone},
};
use std::sync::Arc;
use surface::{Failure, Signed};

/// A signed-in person who may read cases, and the request they make.
#[derive(Debug)]
pub struct Desk {
    /// The application.
    pub app: App,
    /// Who.
    pub person: Person,
    /// The request.
    pub view: View,
    /// The moment of the request.
    pub now: Timestamp,
}

/// Whether a page has words in every language: those that a client's own people work with, in the
/// studio and on the telephone.
fn speaks_every_language(path: &str) -> bool {
    ["/studio", "/script"].iter().any(|room| {
        let rest = path.strip_prefix(room);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

impl FromRequestParts<App> for Desk {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Signed(person) = Signed::from_request_parts(parts, app).await?;
        // Partners scan parcels; nothing of the desk is theirs.
        if !person.scope.permissions().has(Permission::CaseRead) {
            let problem = Problem::forbidden().rule(Permission::CaseRead.as_str());
            return Err(Failure(problem.who("role-admin")));
        }
        let view = View::signed_in(parts, person.lang);
        let view = if speaks_every_language(parts.uri.path()) {
            view
        } else {
            view.for_staff()
        };
        Ok(Self {
            app: app.clone(),
            person,
            view,
            now: app.now(),
        })
    }
}

impl Desk {
    /// The reader's language.
    pub const fn l(&self) -> L10n {
        self.view.l
    }

    /// What they may reach and do.
    pub const fn scope(&self) -> &Scope {
        &self.person.scope
    }

    /// Whether they hold a right at all.
    pub const fn has(&self, permission: Permission) -> bool {
        self.person.scope.permissions().has(permission)
    }

    /// Refuses without the right, saying who has it.
    pub fn must(&self, permission: Permission) -> Result<(), Failure> {
        if self.has(permission) {
            return Ok(());
        }
        Err(app::AppError::Denied(permission).into())
    }

    /// Their clients, by name.
    pub fn clients(&self) -> Vec<Arc<Client>> {
        let ids = self.app.clients_for(self.scope(), Permission::CaseRead);
        let directory = self.app.directory();
        let mut list: Vec<_> = ids
            .iter()
            .filter_map(|id| directory.client(*id).cloned())
            .collect();
        list.sort_by(|a, b| a.name.cmp(&b.name));
        list
    }

    /// The name of a client they can reach.
    pub fn client_name(&self, client: i64) -> String {
        let directory = self.app.directory();
        directory
            .client(ClientId(client))
            .map_or_else(|| client.to_string(), |c| c.name.clone())
    }

    /// The same person on one client only; everything when none is named or it is not theirs.
    pub fn scope_on(&self, client: Option<ClientId>) -> Scope {
        match client.filter(|c| self.scope().reaches(*c)) {
            Some(client) => Scope::user(self.person.id, self.person.role, vec![client]),
            None => self.scope().clone(),
        }
    }

    /// The zone times are written in: the client's own, else that of the first client.
    pub fn zone(&self, client: Option<&Client>) -> TimeZone {
        let first = self.clients();
        let name = client
            .or(first.first().map(|c| &**c))
            .map(|c| c.settings.time_zone.as_str());
        name.and_then(|n| TimeZone::get(n).ok())
            .unwrap_or(TimeZone::UTC)
    }

    /// How many cases stand in each queue.
    pub async fn counts(&self) -> Result<Vec<(&'static str, i64)>, Failure> {
        Ok(self.app.queue_counts(self.scope(), QUEUES).await?)
    }

    /// A desk page with its navigation; `current` is the address of its place in it.
    pub async fn page(
        &self,
        title: impl Into<String>,
        current: &str,
        wide: bool,
        body: Markup,
    ) -> Result<Page<'_>, Failure> {
        let (l, nav) = (self.l(), self.navigation().await?);
        let mut page = Page::new(&self.view, Surface::Desk, title)
            .nav(nav, current)
            .person(
                &self.person.name,
                l.t(&format!("role-{}", self.person.role.as_str())),
            )
            .sign_out("/sign-out")
            .languages("/language")
            .live("/events")
            .palette("/search")
            .body(html! { (self.sandbox_note()) (body) });
        if wide {
            page = page.wide();
        }
        Ok(page)
    }

    async fn navigation(&self) -> Result<Vec<NavItem>, Failure> {
        let l = self.l();
        let counts = self
            .app
            .queue_counts(self.scope(), &["review", "attention"])
            .await?;
        let waiting = counts.iter().map(|c| c.1).sum();
        let mut nav = vec![
            NavItem::new(l.t("desk-nav-home"), "/", Icon::Home),
            NavItem::new(l.t("desk-nav-queue"), "/desk", Icon::Inbox)
                .count(waiting, Some("waiting")),
        ];
        if self.has(Permission::CaseRequest) {
            nav.push(NavItem::new(l.t("desk-nav-new"), "/desk/new", Icon::Plus));
        }
        if self.has(Permission::DockWork) {
            nav.push(NavItem::new(l.t("desk-nav-dock"), "/dock", Icon::Warehouse));
        }
        let asked = self.app.approvals_waiting(self.scope()).await?
            + self.app.payout_asks_waiting(self.scope()).await?;
        let href = "/approvals";
        nav.push(
            NavItem::new(l.t("desk-nav-approvals"), href, Icon::CheckCircle).count(asked, None),
        );
        let late = self.app.clock_counts(self.scope()).await?.late;
        nav.push(
            NavItem::new(l.t("desk-nav-clocks"), "/desk/clocks", Icon::Clock).count(late, None),
        );
        nav.push(NavItem::new(l.t("lawdesk-title"), "/law", Icon::Scale));
        nav.push(NavItem::new(l.t("studio-title"), "/studio", Icon::File));
        let mut rest = Vec::new();
        if self.has(Permission::MoneyRead) {
            rest.push(NavItem::new(
                l.t("desk-nav-money"),
                "/money",
                Icon::Banknote,
            ));
        }
        if let Some(client) = self.clients().first() {
            let href = format!("/stock/{}", client.id);
            rest.push(NavItem::new(l.t("desk-nav-stock"), href, Icon::Layers));
        }
        if self.has(Permission::JobsOperate) {
            rest.push(NavItem::new(l.t("desk-nav-jobs"), "/jobs", Icon::Refresh));
        }
        if self.has(Permission::Administer) {
            rest.push(NavItem::new(l.t("limits-title"), "/limits", Icon::Users));
            if let Some(client) = self.clients().first() {
                let href = format!("/privacy/{}", client.id);
                rest.push(NavItem::new(l.t("privacy-title"), href, Icon::User));
            }
        }
        if self.has(Permission::LedgerRead) {
            rest.push(NavItem::new(
                l.t("desk-nav-ledger"),
                "/ledger",
                Icon::Shield,
            ));
        }
        rest.push(NavItem::new(l.t("account-title"), "/account", Icon::User));
        if self.has(Permission::Administer) {
            let href = "/security";
            rest.push(NavItem::new(
                l.t("desk-nav-security"),
                href,
                Icon::ShieldAlert,
            ));
            rest.push(NavItem::new(l.t("people-title"), "/people", Icon::Users));
        }
        let heading = l.t("desk-nav-behind");
        let first = rest.first_mut().map(|item| item.clone().section(heading));
        if let (Some(place), Some(with)) = (rest.first_mut(), first) {
            *place = with;
        }
        nav.extend(rest);
        Ok(nav)
    }

    /// Demo clients are marked on every page.
    fn sandbox_note(&self) -> Markup {
        let demo = self.clients().iter().any(|c| c.settings.sandbox);
        html! { @if demo { p.print-only { (self.l().t("desk-sandbox")) } } }
    }

    /// The words of a finished action, for the toast.
    pub fn done(&self, act: Option<&str>) -> Option<(Tone, String)> {
        let key = format!("desk-done-{}", act?);
        self.l().has(&key).then(|| (Tone::Good, self.l().t(&key)))
    }
}
