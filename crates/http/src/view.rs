//! What a page knows about the request it answers: language, nonce, token, look. Never who is
//! signed in; that is the surfaces' own session extractor.

use crate::{
    csrf::{CsrfToken, cookie},
    i18n::L10n,
    security::Nonce,
    trace::RequestId,
};
use axum::{
    extract::{FromRequestParts, OriginalUri},
    http::{HeaderMap, Method, header, request::Parts},
};
use kernel::Lang;
use std::convert::Infallible;

/// The colours a person chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme`, if one is forced.
    pub const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// The request as a page sees it. An extractor that cannot fail, for pages of the house; pages for
/// customers begin with [`View::of`].
#[derive(Debug, Clone)]
pub struct View {
    /// Words and figures of the reader's language.
    pub l: L10n,
    /// The language the reader wants, also where a page does not speak it.
    pub chosen: L10n,
    /// For `hx-nonce` and `<script nonce>`.
    pub nonce: Nonce,
    /// For forms.
    pub csrf: CsrfToken,
    /// Shown on error pages so that support finds the log line.
    pub request_id: RequestId,
    /// Colours.
    pub theme: Theme,
    /// Tighter rows.
    pub compact: bool,
    /// The request came from htmx and wants a fragment.
    pub fragment: bool,
    /// A card number was taken out of what the reader sent before.
    pub masked: bool,
    /// The address of this page, where it can be asked for again.
    pub here: Option<String>,
}

impl View {
    /// Reads headers and what the middleware left in the request.
    pub fn of(headers: &HeaderMap, extensions: &axum::http::Extensions) -> Self {
        let accepted = headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|v| v.to_str().ok());
        let chosen = cookie(headers, "lang").and_then(|tag| tag.parse().ok());
        let l = chosen.map_or_else(|| L10n::negotiate(accepted.unwrap_or_default()), L10n::new);
        Self {
            l,
            chosen: l,
            nonce: extensions
                .get()
                .cloned()
                .unwrap_or_else(|| Nonce::from_bytes([0; 16])),
            csrf: extensions.get().cloned().unwrap_or_else(CsrfToken::none),
            request_id: extensions.get().cloned().unwrap_or_default(),
            theme: match cookie(headers, "theme") {
                Some("light") => Theme::Light,
                Some("dark") => Theme::Dark,
                _ => Theme::System,
            },
            compact: cookie(headers, "density") == Some("compact"),
            fragment: headers.contains_key("hx-request"),
            masked: cookie(headers, "masked").is_some(),
            here: None,
        }
    }

    /// The request as a page of the house sees it: in the language its reader chose, else as the
    /// browser asks, and with its own address to come back to. Pages whose words are not there in
    /// every language add [`View::for_staff`].
    pub fn signed_in(parts: &Parts, chosen: Option<Lang>) -> Self {
        let mut view = Self::of(&parts.headers, &parts.extensions);
        if let Some(lang) = chosen {
            view.l = L10n::new(lang);
        }
        view.chosen = view.l;
        if parts.method == Method::GET {
            let whole = parts.extensions.get::<OriginalUri>();
            let uri = whole.map_or(&parts.uri, |whole| &whole.0);
            view.here = uri.path_and_query().map(ToString::to_string);
        }
        view
    }

    /// The same for a page of the house, which speaks fewer languages.
    pub fn for_staff(mut self) -> Self {
        self.l = self.l.for_staff();
        self
    }

    /// A view outside any request: style guide, tests, mails.
    pub fn sample(l: L10n) -> Self {
        Self {
            l,
            chosen: l,
            ..Self::of(&HeaderMap::new(), &axum::http::Extensions::new())
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for View {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.headers, &parts.extensions).for_staff())
    }
}
