//! Buttons, link buttons, copy buttons and confirm dialogs.

use super::{Icon, icon};
use crate::{i18n::L10n, security::Nonce};
use maud::{Markup, Render, html};

/// How loud an action is. One `Primary` per view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// The one thing to do here.
    Primary,
    /// The usual button.
    #[default]
    Secondary,
    /// Quiet, for tool bars and rows.
    Ghost,
    /// Takes something away or cannot be undone.
    Danger,
}

impl Weight {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "btn btn-primary",
            Self::Secondary => "btn",
            Self::Ghost => "btn btn-ghost",
            Self::Danger => "btn btn-danger",
        }
    }
}

/// An htmx request on a control. Carries the page nonce, without which the script side drops
/// every `hx-` attribute (so markup smuggled in as data never acts).
#[derive(Debug, Clone)]
pub struct Hx {
    nonce: String,
    method: Method,
    url: String,
    target: Option<String>,
    swap: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
    Get,
    Post,
}

impl Hx {
    /// Fetches `url` and puts the answer in place.
    pub fn get(nonce: &Nonce, url: impl Into<String>) -> Self {
        Self::new(nonce, Method::Get, url.into())
    }

    /// Sends to `url` and puts the answer in place.
    pub fn post(nonce: &Nonce, url: impl Into<String>) -> Self {
        Self::new(nonce, Method::Post, url.into())
    }

    fn new(nonce: &Nonce, method: Method, url: String) -> Self {
        Self {
            nonce: nonce.as_str().to_owned(),
            method,
            url,
            target: None,
            swap: None,
        }
    }

    /// The CSS selector of the element the answer goes to (default: the control itself).
    pub fn target(mut self, selector: impl Into<String>) -> Self {
        self.target = Some(selector.into());
        self
    }

    /// How it goes in: `innerMorph`, `outerMorph`, `innerHTML`, `beforeend`...
    pub const fn swap(mut self, swap: &'static str) -> Self {
        self.swap = Some(swap);
        self
    }
}

/// A button or a link that looks like one. Always has a label; `icon_only` keeps it for screen
/// readers and as a tooltip.
#[derive(Debug, Clone)]
pub struct Action {
    label: String,
    weight: Weight,
    icon: Option<Icon>,
    icon_only: bool,
    href: Option<String>,
    hx: Option<Hx>,
    name: Option<(String, String)>,
    key: Option<String>,
    opens: Option<String>,
    large: bool,
    disabled: bool,
    kind: &'static str,
    form: Option<String>,
}

impl Action {
    fn new(label: impl Into<String>, kind: &'static str) -> Self {
        Self {
            label: label.into(),
            weight: Weight::default(),
            icon: None,
            icon_only: false,
            href: None,
            hx: None,
            name: None,
            key: None,
            opens: None,
            large: false,
            disabled: false,
            kind,
            form: None,
        }
    }

    /// A button that does nothing by itself; give it [`Action::hx`] or [`Action::opens`].
    pub fn button(label: impl Into<String>) -> Self {
        Self::new(label, "button")
    }

    /// The button that sends its form; primary.
    pub fn submit(label: impl Into<String>) -> Self {
        Self::new(label, "submit").weight(Weight::Primary)
    }

    /// A link to `href` drawn as a button.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        let mut action = Self::new(label, "button");
        action.href = Some(href.into());
        action
    }

    /// How loud it is.
    pub const fn weight(mut self, weight: Weight) -> Self {
        self.weight = weight;
        self
    }

    /// An icon before the label.
    pub const fn icon(mut self, which: Icon) -> Self {
        self.icon = Some(which);
        self
    }

    /// Shows only the icon; the label stays as accessible name and tooltip.
    pub const fn icon_only(mut self, which: Icon) -> Self {
        self.icon = Some(which);
        self.icon_only = true;
        self
    }

    /// The htmx request it makes.
    pub fn hx(mut self, hx: Hx) -> Self {
        self.hx = Some(hx);
        self
    }

    /// Name and value sent with the form when this button sends it.
    pub fn value(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.name = Some((name.into(), value.into()));
        self
    }

    /// The keyboard shortcut: one letter (`R`) or a chord (`mod+Enter`); shown and listed by `?`.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// The id of the `<dialog>` it opens.
    pub fn opens(mut self, dialog_id: impl Into<String>) -> Self {
        self.opens = Some(dialog_id.into());
        self
    }

    /// The id of the form it sends, when it stands outside it.
    pub fn form(mut self, form_id: impl Into<String>) -> Self {
        self.form = Some(form_id.into());
        self
    }

    /// 48 px high, for docks and phones.
    pub const fn large(mut self) -> Self {
        self.large = true;
        self
    }

    /// Cannot be used now; say why beside it.
    pub const fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }

    fn class(&self) -> String {
        let mut class = self.weight.class().to_owned();
        for (on, extra) in [(self.large, " btn-lg"), (self.icon_only, " btn-icon")] {
            if on {
                class.push_str(extra);
            }
        }
        class
    }

    fn inside(&self) -> Markup {
        html! {
            @if let Some(which) = self.icon { (icon(which)) }
            @if self.icon_only { span.visually-hidden { (self.label) } } @else { span { (self.label) } }
            @if let Some(key) = &self.key { kbd.key aria-hidden="true" { (key_words(key)) } }
        }
    }
}

impl Render for Action {
    fn render(&self) -> Markup {
        let title = self.icon_only.then_some(self.label.as_str());
        if let (Some(href), false) = (&self.href, self.disabled) {
            return html! {
                a class=(self.class()) href=(href) title=[title] data-key=[&self.key] { (self.inside()) }
            };
        }
        let hx = self.hx.as_ref();
        let url = |method| hx.filter(|h| h.method == method).map(|h| h.url.as_str());
        html! {
            button class=(self.class()) type=(self.kind) title=[title] disabled[self.disabled]
                name=[self.name.as_ref().map(|n| &n.0)] value=[self.name.as_ref().map(|n| &n.1)]
                form=[&self.form] data-key=[&self.key] data-opens=[&self.opens]
                hx-get=[url(Method::Get)] hx-post=[url(Method::Post)]
                hx-target=[hx.and_then(|h| h.target.as_ref())] hx-swap=[hx.and_then(|h| h.swap)]
                hx-nonce=[hx.map(|h| &h.nonce)] { (self.inside()) }
        }
    }
}

/// A key as printed on it: `mod+Enter` as `Ctrl Enter`.
fn key_words(key: &str) -> String {
    key.replace("mod+", "Ctrl ")
        .replace("shift+", "Shift ")
        .replace(' ', "\u{a0}")
}

/// A row of buttons that wraps.
pub fn actions(list: &[Action]) -> Markup {
    html! { div.actions { @for action in list { (action) } } }
}

/// A value with a button that copies it.
pub fn copy(l: L10n, value: &str) -> Markup {
    html! {
        span.copy {
            code { (value) }
            button.btn.btn-ghost.btn-icon.btn-sm type="button" data-copy=(value)
                data-copied=(l.t("ui-copied")) title=(l.t("ui-copy")) {
                (icon(Icon::Copy))
                span.visually-hidden { (l.t_args("ui-copy-value", &[("value", value.into())])) }
            }
        }
    }
}

/// A dialog that names what will happen before it does; `body` holds the figures and the form
/// fields, `confirm` the button that sends `form`. Opened by [`Action::opens`] with the same id.
pub fn confirm_dialog(l: L10n, id: &str, title: &str, body: &Markup, confirm: &Action) -> Markup {
    let title_id = format!("{id}-title");
    html! {
        dialog.dialog id=(id) aria-labelledby=(title_id) {
            h2 id=(title_id) { (title) }
            div.dialog-body { (body) }
            div.dialog-actions {
                button.btn type="button" data-close { (l.t("ui-cancel")) }
                (confirm)
            }
        }
    }
}
