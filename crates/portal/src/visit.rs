//! One request of a shopper: whose portal it is, in which language, with which questions in the
//! address and which cookies.

use app::{App, directory::Client};
use axum::{
    extract::{FromRequestParts, Path},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use kernel::{Lang, Timestamp};
use redress_http::{L10n, Problem, View, csrf::cookie};
use std::sync::Arc;

pub use surface::posted::{Posted, Uploaded};

/// A year: how long a chosen language is kept.
const LANGUAGE_SECONDS: u32 = 31_536_000;

/// A visit to a client's portal. `?lang=` in a GET is answered with a redirect that keeps the
/// language in a cookie.
#[derive(Debug)]
pub struct Visit {
    /// Words, nonce, token, look.
    pub view: View,
    /// Whose portal.
    pub client: Arc<Client>,
    /// Where it is: path and question, for links back to this very page.
    pub path: String,
    /// Where the pages are reached from outside, for codes that phones read.
    pub base_url: String,
    /// The moment of the request.
    pub now: Timestamp,
    query: Vec<(String, String)>,
    headers: HeaderMap,
}

impl Visit {
    /// The language.
    pub const fn l(&self) -> L10n {
        self.view.l
    }

    /// An address inside this portal; `tail` begins with `/` or is empty.
    pub fn url(&self, tail: &str) -> String {
        format!("/p/{}{tail}", self.client.slug)
    }

    /// A question of the address, empty if it is not there.
    pub fn asked(&self, name: &str) -> &str {
        self.query
            .iter()
            .find(|(n, _)| n == name)
            .map_or("", |(_, v)| v.as_str())
    }

    /// A cookie of the request.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        cookie(&self.headers, name)
    }

    /// The same visit in `lang`, unless the reader chose a language or `key`, which the page cannot
    /// do without, is not said in it.
    pub fn speaking(mut self, lang: Lang, key: &str) -> Self {
        let l = L10n::new(lang);
        if self.cookie("lang").is_none() && l.has(key) {
            self.view.l = l;
        }
        self
    }

    /// The address of this page in another language.
    pub fn in_language(&self, lang: Lang) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.query.iter().filter(|(n, _)| n != "lang") {
            query.append_pair(name, value);
        }
        query.append_pair("lang", lang.as_str());
        format!("{}?{}", self.path, query.finish())
    }
}

impl FromRequestParts<App> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let path = Path::<Vec<(String, String)>>::from_request_parts(parts, app).await;
        let segments = path.map(|Path(list)| list).unwrap_or_default();
        let slug = segments
            .iter()
            .find(|(name, _)| name == "client")
            .map(|(_, v)| v.as_str());
        let client = slug.and_then(|slug| app.directory().client_by_slug(slug).cloned());
        let client = client.ok_or_else(|| Problem::not_found().into_response())?;
        let text = parts.uri.query().unwrap_or_default();
        let query: Vec<(String, String)> = form_urlencoded::parse(text.as_bytes())
            .into_owned()
            .take(16)
            .collect();
        let mut view = View::of(&parts.headers, &parts.extensions);
        view.l = language(&client, view.l, cookie(&parts.headers, "lang"));
        let visit = Self {
            view,
            client,
            path: parts.uri.path().to_owned(),
            base_url: app.base_url().to_owned(),
            now: app.now(),
            query,
            headers: parts.headers.clone(),
        };
        match visit.asked("lang").parse::<Lang>() {
            Ok(lang) if parts.method == Method::GET => Err(visit.keep_language(lang)),
            _ => Ok(visit),
        }
    }
}

impl Visit {
    fn keep_language(&self, lang: Lang) -> Response {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.query.iter().filter(|(n, _)| n != "lang") {
            query.append_pair(name, value);
        }
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        let mut response = (
            StatusCode::SEE_OTHER,
            [(header::LOCATION, format!("{}{mark}{query}", self.path))],
        )
            .into_response();
        let cookie = format!("lang={lang}; Path=/; Max-Age={LANGUAGE_SECONDS}; SameSite=Lax");
        if let Ok(value) = HeaderValue::try_from(cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
        response
    }
}

/// What the reader chose; else what the browser asks for, if the client speaks it; else the
/// client's first language.
fn language(client: &Client, negotiated: L10n, chosen: Option<&str>) -> L10n {
    let spoken = &client.settings.languages;
    let chosen = chosen
        .and_then(|tag| tag.parse::<Lang>().ok())
        .map(L10n::new);
    if let Some(chosen) = chosen {
        return chosen;
    }
    if spoken.is_empty() || spoken.contains(&negotiated.lang()) {
        return negotiated;
    }
    spoken.first().map_or(negotiated, |lang| L10n::new(*lang))
}
