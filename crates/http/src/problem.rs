//! Error answers: RFC 9457 problems that always say which rule, who can allow it and what to do
//! now. A handler returns a [`Problem`]; programs get it as `application/problem+json`; under the
//! [`negotiate`] middleware browsers get a page and htmx a fragment, in the reader's language.

use crate::{
    i18n::L10n,
    page::{Page, Surface},
    ui::{ErrorSummary, FieldError, Note, Tone},
    view::View,
};
use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::Reason;
use maud::{Markup, html};
use serde_json::{Value, json};

/// An error answer. The slug names its kind for ever; the messages `problem-<slug>` (title) and
/// `problem-<slug>-do` (what to do now) say it in words.
#[derive(Debug, Clone)]
pub struct Problem {
    /// HTTP status.
    pub status: StatusCode,
    /// Stable kind, e.g. `not-found`, `stale-version`; the `type` is `/problems/<slug>`.
    pub slug: &'static str,
    /// What happened here, in words for people; never internal detail.
    pub detail: Option<Box<str>>,
    /// The rule that stands against it: a clause, a citation, a limit.
    pub rule: Option<Box<str>>,
    /// Who can allow it, in words.
    pub who: Option<Box<str>>,
    /// Reasons of a decision, said through the message files.
    pub reasons: Vec<Reason>,
    /// Fields to put right.
    pub fields: Vec<FieldError>,
    /// Seconds after which to try again.
    pub retry_after: Option<u16>,
}

impl Problem {
    /// A problem of kind `slug`; the named constructors cover the usual ones.
    pub const fn new(status: StatusCode, slug: &'static str) -> Self {
        Self {
            status,
            slug,
            detail: None,
            rule: None,
            who: None,
            reasons: Vec::new(),
            fields: Vec::new(),
            retry_after: None,
        }
    }

    /// 404: not there, or not the reader's to see; the two are not told apart.
    pub const fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found")
    }

    /// 401: sign in first.
    pub const fn sign_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "sign-in")
    }

    /// 403: the right is missing. Say which with [`Problem::rule`].
    pub const fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden")
    }

    /// 403: the request did not come from one of our own pages.
    pub const fn cross_site() -> Self {
        Self::new(StatusCode::FORBIDDEN, "cross-site")
    }

    /// 409: someone changed it meanwhile.
    pub const fn stale() -> Self {
        Self::new(StatusCode::CONFLICT, "stale-version")
    }

    /// 409: the same request is still being worked on; look again in `seconds`.
    pub fn under_way(seconds: u16) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::new(StatusCode::CONFLICT, "under-way")
        }
    }

    /// 409: a rule says no. Give the reasons with [`Problem::reasons`].
    pub const fn refused() -> Self {
        Self::new(StatusCode::CONFLICT, "refused")
    }

    /// 413: more bytes than taken here.
    pub const fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large")
    }

    /// 422: fields to put right.
    pub fn invalid(fields: Vec<FieldError>) -> Self {
        Self {
            fields,
            ..Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid")
        }
    }

    /// 429: too many; try again after `seconds`.
    pub fn too_many(seconds: u16) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many")
        }
    }

    /// 500: our fault; the log has the rest under the request id.
    pub const fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal")
    }

    /// 503: come back in `seconds`.
    pub fn busy(seconds: u16) -> Self {
        Self {
            retry_after: Some(seconds),
            ..Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy")
        }
    }

    /// With what happened, in words for people.
    pub fn detail(mut self, detail: impl Into<Box<str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// With the rule that stands against it.
    pub fn rule(mut self, rule: impl Into<Box<str>>) -> Self {
        self.rule = Some(rule.into());
        self
    }

    /// With who can allow it.
    pub fn who(mut self, who: impl Into<Box<str>>) -> Self {
        self.who = Some(who.into());
        self
    }

    /// With the reasons of a decision.
    pub fn reasons(mut self, reasons: Vec<Reason>) -> Self {
        self.reasons = reasons;
        self
    }

    /// The title in words.
    pub fn title(&self, l: L10n) -> String {
        l.t(&format!("problem-{}", self.slug))
    }

    /// What to do now, in words.
    pub fn what_to_do(&self, l: L10n) -> String {
        l.t(&format!("problem-{}-do", self.slug))
    }

    /// The RFC 9457 object. `request_id` helps support find the log line.
    pub fn json(&self, l: L10n, request_id: Option<&str>) -> Value {
        let mut body = json!({
            "type": format!("/problems/{}", self.slug),
            "title": self.title(l),
            "status": self.status.as_u16(),
            "what_to_do": self.what_to_do(l),
        });
        let mut put = |name: &str, value: Option<Value>| {
            if let (Some(map), Some(value)) = (body.as_object_mut(), value) {
                map.insert(name.to_owned(), value);
            }
        };
        put("detail", self.detail.as_deref().map(Value::from));
        put("rule", self.rule.as_deref().map(Value::from));
        put(
            "who",
            self.who.as_deref().map(|who| Value::from(l.say(who))),
        );
        put(
            "fields",
            (!self.fields.is_empty()).then(|| {
                let said = self
                    .fields
                    .iter()
                    .map(|f| json!({ "field": f.field, "message": l.say(&f.message) }));
                Value::Array(said.collect())
            }),
        );
        put(
            "reasons",
            (!self.reasons.is_empty()).then(|| {
                let said = self
                    .reasons
                    .iter()
                    .map(|r| json!({ "reason": r, "text": l.reason(r) }));
                Value::Array(said.collect())
            }),
        );
        put("retry_after", self.retry_after.map(Value::from));
        put("request_id", request_id.map(Value::from));
        body
    }

    /// The problem as a fragment: what htmx puts in the page's problem region.
    pub fn fragment(&self, l: L10n) -> Markup {
        let tone = if self.status.is_server_error() {
            Tone::Bad
        } else {
            Tone::Warn
        };
        html! {
            (ErrorSummary { l, errors: &self.fields })
            (Note::new(tone, self.title(l)).body(self.words(l)))
        }
    }

    fn words(&self, l: L10n) -> Markup {
        html! {
            @if let Some(detail) = &self.detail { p { (detail) } }
            @if !self.reasons.is_empty() { ul { @for reason in &self.reasons { li { (l.reason(reason)) } } } }
            p { (self.what_to_do(l)) }
            @if let Some(rule) = &self.rule { p { (l.t("problem-rule")) ": " (rule) } }
            @if let Some(who) = &self.who { p { (l.t("problem-who")) ": " (l.say(who)) } }
        }
    }

    fn page(&self, view: &View) -> Markup {
        let l = view.l;
        Page::new(view, Surface::Plain, self.title(l))
            .body(html! {
                div.problem {
                    p.problem-status { (self.status.as_u16()) }
                    h1 { (self.title(l)) }
                    (ErrorSummary { l, errors: &self.fields })
                    (self.words(l))
                    p.problem-id { (l.t("problem-request")) " " code { (view.request_id.0) } }
                    p { a.btn href="/" { (l.t("problem-home")) } }
                }
            })
            .render()
    }

    fn headers(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        headers
    }

    fn json_response(self, l: L10n, request_id: Option<&str>) -> Response {
        let mut headers = self.headers();
        let kind = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, kind);
        let body = self.json(l, request_id).to_string();
        let mut response = (self.status, headers, body).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        self.json_response(L10n::EN, None)
    }
}

impl From<Problem> for Response {
    fn from(problem: Problem) -> Self {
        problem.into_response()
    }
}

/// Whether the frame itself refused the request, in bare text: a query or a form that cannot be
/// read, a method nobody answers.
fn is_plain(response: &Response) -> bool {
    let bare = match response.headers().get(header::CONTENT_TYPE) {
        Some(kind) => kind.as_bytes().starts_with(b"text/plain"),
        // Our own bare answers (a scan of nothing known) are meant so; the frame sends no words only
        // with this one.
        None => response.status() == StatusCode::METHOD_NOT_ALLOWED,
    };
    response.status().is_client_error() && bare
}

/// The same as a problem. The field is named where the frame names it; values are not said again.
async fn plain(response: Response) -> Problem {
    let status = response.status();
    let allow = response.headers().get(header::ALLOW).cloned();
    match status {
        StatusCode::NOT_FOUND => return Problem::not_found(),
        StatusCode::PAYLOAD_TOO_LARGE => return Problem::too_large(),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => return Problem::new(status, "media-type"),
        StatusCode::METHOD_NOT_ALLOWED => {
            let mut problem = Problem::new(status, "method");
            problem.detail = allow.and_then(|allow| allow.to_str().ok().map(Box::from));
            return problem;
        }
        _ => {}
    }
    let body = axum::body::to_bytes(response.into_body(), 4096).await;
    let words = String::from_utf8(body.unwrap_or_default().to_vec()).unwrap_or_default();
    let named = words.split_once("string: ").or(words.split_once("body: "));
    let field = named.and_then(|(_, rest)| rest.split_once(": "));
    let is_name = |c: char| c.is_ascii_alphanumeric() || "_.[]-".contains(c);
    let field =
        field.filter(|(name, _)| (1..=64).contains(&name.len()) && name.chars().all(is_name));
    let mut problem = Problem::new(StatusCode::BAD_REQUEST, "unreadable");
    problem
        .fields
        .extend(field.map(|(name, _)| FieldError::new(name, "help-unreadable")));
    problem
}

/// Middleware for routers of pages: `axum::middleware::from_fn(problem::negotiate)`. Draws
/// problems as a page, as a fragment for the `#problems` region when htmx asked, or as JSON when
/// the reader accepts no HTML. Inside [`crate::security::apply`], outside [`crate::csrf::check`].
pub async fn negotiate(request: Request, next: Next) -> Response {
    let wants_html = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let view = View::of(request.headers(), request.extensions());
    // The token is minted further in; an error page has no form that needs it.
    let mut response = next.run(request).await;
    let problem = match response.extensions_mut().remove::<Problem>() {
        Some(problem) => problem,
        None if is_plain(&response) => plain(response).await,
        None => return response,
    };
    if view.fragment {
        let mut headers = problem.headers();
        headers.insert("hx-retarget", HeaderValue::from_static("#problems"));
        headers.insert("hx-reswap", HeaderValue::from_static("innerHTML"));
        return (problem.status, headers, problem.fragment(view.l)).into_response();
    }
    if wants_html {
        return (problem.status, problem.headers(), problem.page(&view)).into_response();
    }
    problem.json_response(view.l, Some(&view.request_id.0))
}
