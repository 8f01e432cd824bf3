//! The door's pages: signing in and showing again who one is, one's own account, the people of the
//! house, and the record of what happened here.

mod account;
mod guard;
mod keys;
mod log;
mod people;
mod sign;
mod unlock;

pub use guard::guard;

use crate::frame::Desk;
use app::{App, signin::Held};
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
};
use jiff::tz::TimeZone;
use kernel::{Permission, Timestamp};
use maud::{Markup, html};
use redress_http::{L10n, Page, Problem, Surface, View, ui};
use serde::Deserialize;
use surface::{
    Failure,
    door::{Door, Doors},
    origin::From,
    session_cookie, session_token,
};

/// The routes of the door.
pub fn router() -> Doors {
    let (all, own) = (Door::anybody(), Door::holder());
    let people = Door::right(Permission::Administer);
    Doors::pages()
        .get("/sign-in", all, sign::page)
        .post("/sign-in/passkey/ask", all, sign::ask)
        .post("/sign-in/passkey", all, sign::passkey)
        .post("/sign-in/code", all, sign::code)
        .get("/sign-in/password", all, sign::glass)
        .post("/sign-in/password", all, sign::password)
        .post("/sign-in/with/{service}", all, sign::away)
        .get("/sign-in/from/{service}", all, sign::back)
        .get("/sign-in/{link}", Door::link(), sign::link)
        .post("/sign-in/{link}", Door::link(), sign::spend)
        .post("/sign-out", all, sign::out)
        .post("/language", Door::person(), sign::speak)
        .get("/unlock", all, unlock::page)
        .post("/unlock/passkey", all, unlock::passkey)
        .post("/unlock/code", all, unlock::code)
        .post("/lock", own, unlock::lock)
        .get("/account", own, account::page)
        .post("/account/passkey/ask", own, account::passkey_ask)
        .post("/account/passkey", own, account::passkey)
        .get("/account/app", own, account::app_new)
        .post("/account/app", own, account::app_add)
        .post("/account/recovery", own, account::recovery)
        .post("/account/remove", own, account::remove)
        .post("/account/sessions", own, account::end)
        .get("/account/keys", own, keys::page)
        .post("/account/keys", own, keys::make)
        .post("/account/keys/revoke", own, keys::revoke)
        .get("/people", people, people::page)
        .get("/people/new", people, people::new)
        .post("/people/new", people, people::invite)
        .get("/people/log", people, log::page)
        .get("/people/log.csv", people, log::csv)
        .get("/people/{user}", people, people::one)
        .post("/people/{user}/{act}", people, people::act)
}

/// What the forms of the door send; each uses some of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    email: String,
    code: String,
    password: String,
    ceremony: String,
    answer: String,
    name: String,
    shared: String,
    back: String,
    carry: String,
    kind: String,
    id: String,
}

impl Sent {
    fn shared(&self) -> bool {
        self.shared == "yes"
    }
}

/// An address of this site, or the start page: nobody is sent elsewhere.
fn inside(back: &str) -> &str {
    let plain = back.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if plain && back.starts_with('/') && !back.starts_with("//") {
        back
    } else {
        "/"
    }
}

/// Gives the browser a session, or takes it away.
fn cookie(app: &App, value: &str, max_age: Option<u32>) -> (header::HeaderName, String) {
    let secure = if app.base_url().starts_with("https://") {
        "; Secure"
    } else {
        ""
    };
    let age = max_age.map(|s| format!("; Max-Age={s}"));
    let age = age.unwrap_or_default();
    let name = session_cookie(app);
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    (header::SET_COOKIE, cookie)
}

/// A signed-in person on a page about themselves: also who came by an invitation and has no way in
/// yet, but nobody whose session is locked.
struct Own {
    app: App,
    token: String,
    held: Held,
    view: View,
    from: From,
}

impl FromRequestParts<App> for Own {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Ok(from) = From::from_request_parts(parts, app).await;
        let token = session_token(app, &parts.headers).ok_or(Problem::sign_in())?;
        let token = token.to_owned();
        let held = app.holder(&token).await?.ok_or(Problem::sign_in())?;
        if held.locked {
            return Err(Failure(Problem::new(StatusCode::UNAUTHORIZED, "locked")));
        }
        let view = View::signed_in(parts, held.person.lang).for_staff();
        Ok(Self {
            app: app.clone(),
            token,
            held,
            view,
            from,
        })
    }
}

impl Own {
    const fn l(&self) -> L10n {
        self.view.l
    }

    /// In the frame of the desk for who works there, else alone.
    async fn page(&self, title: String, body: Markup) -> Result<Markup, Failure> {
        let person = &self.held.person;
        if self.held.bound || !person.scope.permissions().has(Permission::CaseRead) {
            let page = Page::new(&self.view, Surface::Plain, title);
            return Ok(page.sign_out("/sign-out").body(body).render());
        }
        let desk = Desk {
            app: self.app.clone(),
            person: person.clone(),
            view: self.view.clone(),
            now: self.app.now(),
        };
        Ok(desk.page(title, "/account", false, body).await?.render())
    }
}

/// A moment, in the zone of the reader's first client.
fn when(app: &App, scope: &kernel::Scope, l: L10n, at: Timestamp) -> Markup {
    let directory = app.directory();
    let first = scope.clients().and_then(|list| list.first().copied());
    let client = first.and_then(|id| directory.client(id));
    let zone = client.and_then(|c| TimeZone::get(&c.settings.time_zone).ok());
    ui::date_time(l, at, &zone.unwrap_or(TimeZone::UTC))
}

/// A button that asks the browser for a passkey and sends its form with the answer. It shows itself
/// only where a script runs and the browser knows passkeys.
fn passkey_button(label: &str, ask: &str, send: &str) -> Markup {
    html! {
        button.btn.btn-primary.btn-lg type="button" hidden data-passkey=(ask) data-send=(send) {
            (ui::icon(ui::Icon::Key)) (label)
        }
        input type="hidden" name="ceremony" value="";
        input type="hidden" name="answer" value="";
    }
}

/// Where the script says that the browser gave no passkey.
fn passkey_trouble(l: L10n) -> Markup {
    html! { p.field-error hidden data-passkey-trouble role="alert" { (l.t("door-passkey-none")) } }
}
