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
    Router,
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
    routing::{get, post},
};
use jiff::tz::TimeZone;
use kernel::{Permission, Timestamp};
use maud::{Markup, html};
use redress_http::{L10n, Page, Problem, Surface, View, ui};
use serde::Deserialize;
use surface::{Failure, origin::From, session_cookie, session_token};

/// The routes of the door.
pub fn router() -> Router<App> {
    Router::new()
        .route("/sign-in", get(sign::page))
        .route("/sign-in/passkey/ask", post(sign::ask))
        .route("/sign-in/passkey", post(sign::passkey))
        .route("/sign-in/code", post(sign::code))
        .route("/sign-in/password", get(sign::glass).post(sign::password))
        .route("/sign-in/with/{service}", post(sign::away))
        .route("/sign-in/from/{service}", get(sign::back))
        .route("/sign-in/{link}", get(sign::link).post(sign::spend))
        .route("/sign-out", post(sign::out))
        .route("/language", post(sign::speak))
        .route("/unlock", get(unlock::page))
        .route("/unlock/passkey", post(unlock::passkey))
        .route("/unlock/code", post(unlock::code))
        .route("/lock", post(unlock::lock))
        .route("/account", get(account::page))
        .route("/account/passkey/ask", post(account::passkey_ask))
        .route("/account/passkey", post(account::passkey))
        .route("/account/app", get(account::app_new).post(account::app_add))
        .route("/account/recovery", post(account::recovery))
        .route("/account/remove", post(account::remove))
        .route("/account/sessions", post(account::end))
        .route("/account/keys", get(keys::page).post(keys::make))
        .route("/account/keys/revoke", post(keys::revoke))
        .route("/people", get(people::page))
        .route("/people/new", get(people::new).post(people::invite))
        .route("/people/log", get(log::page))
        .route("/people/log.csv", get(log::csv))
        .route("/people/{user}", get(people::one))
        .route("/people/{user}/{act}", post(people::act))
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
