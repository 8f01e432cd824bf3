//! The frame of every page: head, header bar, side navigation, live regions. One frame, four
//! surfaces: [`Surface::Desk`] for staff, [`Surface::Portal`] for shoppers, [`Surface::Dock`] for
//! the receiving bench, [`Surface::Plain`] for sign-in and errors.

use crate::{
    assets,
    i18n::L10n,
    ui::{Icon, Note, Tone, icon},
    view::View,
};
use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

/// Which kind of page, hence which frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    /// Staff: header bar and side navigation, 14 px.
    Desk,
    /// Shoppers: the client's brand, one column, 17 px.
    Portal,
    /// Receiving bench: big targets, scans taken anywhere.
    Dock,
    /// No frame but the name.
    Plain,
}

impl Surface {
    const fn class(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Portal => "portal",
            Self::Dock => "dock",
            Self::Plain => "plain",
        }
    }
}

/// The brand a page wears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    /// The client's name as customers know it.
    pub name: String,
    /// Address of its stylesheet, `/brand/{client}.css`.
    pub css: String,
}

/// One place in the side navigation.
#[derive(Debug, Clone)]
pub struct NavItem {
    label: String,
    href: String,
    icon: Icon,
    count: Option<i64>,
    live: Option<String>,
    section: Option<String>,
}

impl NavItem {
    /// A place called `label` at `href`.
    pub fn new(label: impl Into<String>, href: impl Into<String>, which: Icon) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            icon: which,
            count: None,
            live: None,
            section: None,
        }
    }

    /// How much waits there; kept fresh by the live event `event` when given.
    pub fn count(mut self, n: i64, event: Option<&str>) -> Self {
        self.count = Some(n);
        self.live = event.map(str::to_owned);
        self
    }

    /// Starts a section with this heading.
    pub fn section(mut self, heading: impl Into<String>) -> Self {
        self.section = Some(heading.into());
        self
    }
}

/// A page being built. `Render`s to the whole document.
///
/// ```
/// # use redress_http::{Page, Surface, View, L10n, ui::Icon, NavItem};
/// # use maud::html;
/// let view = View::sample(L10n::EN);
/// let page = Page::new(&view, Surface::Desk, "Queue")
///     .nav(vec![NavItem::new("Queue", "/desk/queue", Icon::Inbox).count(14, Some("queue"))], "/desk/queue")
///     .person("Ana Kovač", "Agent")
///     .body(html! { h1 { "Queue" } })
///     .render()
///     .into_string();
/// assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\" dir=\"ltr\""));
/// ```
#[derive(Debug, Clone)]
pub struct Page<'a> {
    view: &'a View,
    surface: Surface,
    title: String,
    brand: Option<Brand>,
    home: Option<String>,
    nav: Vec<NavItem>,
    current: String,
    person: Option<(String, String)>,
    sign_out: Option<String>,
    languages: Option<String>,
    tools: Option<Markup>,
    flash: Option<(Tone, String)>,
    live: Option<String>,
    scan: Option<String>,
    palette: Option<String>,
    wide: bool,
    body: Markup,
    footer: Option<Markup>,
}

impl<'a> Page<'a> {
    /// An empty page called `title` (translated).
    pub fn new(view: &'a View, surface: Surface, title: impl Into<String>) -> Self {
        Self {
            view,
            surface,
            title: title.into(),
            brand: None,
            home: None,
            nav: Vec::new(),
            current: String::new(),
            person: None,
            sign_out: None,
            languages: None,
            tools: None,
            flash: None,
            live: None,
            scan: None,
            palette: None,
            wide: false,
            body: html! {},
            footer: None,
        }
    }

    /// Wears a client's brand.
    pub fn brand(mut self, brand: Brand) -> Self {
        self.brand = Some(brand);
        self
    }

    /// Where the name in the header bar leads, if not to the start page of the site.
    pub fn home(mut self, href: impl Into<String>) -> Self {
        self.home = Some(href.into());
        self
    }

    /// Side navigation; the item whose address is `current` is marked.
    pub fn nav(mut self, items: Vec<NavItem>, current: impl Into<String>) -> Self {
        self.nav = items;
        self.current = current.into();
        self
    }

    /// Who is signed in, and as what.
    pub fn person(mut self, name: impl Into<String>, role: impl Into<String>) -> Self {
        self.person = Some((name.into(), role.into()));
        self
    }

    /// Where the sign-out button posts to.
    pub fn sign_out(mut self, url: impl Into<String>) -> Self {
        self.sign_out = Some(url.into());
        self
    }

    /// Where the choice of a language posts to: `lang`, and `back` for the page to come back to.
    pub fn languages(mut self, url: impl Into<String>) -> Self {
        self.languages = Some(url.into());
        self
    }

    /// Something in the header bar, such as a search box or client switch.
    pub fn tools(mut self, tools: Markup) -> Self {
        self.tools = Some(tools);
        self
    }

    /// A message shown once as a toast.
    pub fn flash(mut self, tone: Tone, words: impl Into<String>) -> Self {
        self.flash = Some((tone, words.into()));
        self
    }

    /// The address of the live stream for this tab.
    pub fn live(mut self, url: impl Into<String>) -> Self {
        self.live = Some(url.into());
        self
    }

    /// Takes scans anywhere on the page and posts them, one by one, to this address.
    pub fn scan(mut self, url: impl Into<String>) -> Self {
        self.scan = Some(url.into());
        self
    }

    /// Where the command palette searches (`?q=`, JSON list of `{label, href, hint}`).
    pub fn palette(mut self, url: impl Into<String>) -> Self {
        self.palette = Some(url.into());
        self
    }

    /// Uses the whole width (workbench, boards).
    pub const fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// The content; begins with its `h1`.
    pub fn body(mut self, body: Markup) -> Self {
        self.body = body;
        self
    }

    /// Small print under the content.
    pub fn footer(mut self, footer: Markup) -> Self {
        self.footer = Some(footer);
        self
    }

    /// The whole document.
    pub fn render(&self) -> Markup {
        let (view, l) = (self.view, self.view.l);
        let name = self
            .brand
            .as_ref()
            .map_or_else(|| l.t("app-name"), |b| b.name.clone());
        let headers = serde_json::json!({ crate::csrf::HEADER: view.csrf.as_str() }).to_string();
        html! {
            (DOCTYPE)
            html lang=(l.lang().as_str()) dir=(l.dir()) data-theme=[view.theme.attribute()]
                data-density=[view.compact.then_some("compact")] {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="robots" content="noindex";
                    meta name="htmx-config" content=(HTMX_CONFIG);
                    title { (self.title) " · " (name) }
                    link rel="icon" href=(assets::href("favicon.svg")) type="image/svg+xml";
                    link rel="stylesheet" href=(assets::href("app.css"));
                    @if let Some(brand) = &self.brand { link rel="stylesheet" href=(brand.css); }
                    script src=(assets::href("app.js")) nonce=(view.nonce) defer {}
                }
                body class=(self.surface.class()) hx-headers:inherited=(headers) hx-nonce=(view.nonce)
                    data-live-url=[&self.live] data-scan-url=[&self.scan]
                    data-palette-url=[&self.palette] data-csrf=(view.csrf.as_str())
                    data-words=(self.words()) {
                    a.skip-link href="#main" { (l.t("ui-skip")) }
                    (self.bar(&name))
                    @if !self.nav.is_empty() { (self.side()) }
                    main #main tabindex="-1" class=[self.wide.then_some("wide")] {
                        div #problems aria-live="assertive" {}
                        @if view.masked {
                            (Note::new(Tone::Warn, l.t("masked-card")).body(html! { p { (l.t("masked-card-do")) } }))
                        }
                        (self.body)
                        @if let Some(footer) = &self.footer { footer.page-footer { (footer) } }
                    }
                    div #toasts.toasts role="status" aria-live="polite" {
                        @if let Some((tone, words)) = &self.flash {
                            div class={ "toast " (tone.class()) } { (words) }
                        }
                    }
                    div #announce.visually-hidden aria-live="polite" {}
                }
            }
        }
    }

    fn bar(&self, name: &str) -> Markup {
        let l = self.view.l;
        html! {
            header.bar {
                @if !self.nav.is_empty() {
                    button.btn.btn-ghost.btn-icon.menu-button type="button" data-menu
                        aria-expanded="false" aria-controls="side" {
                        (icon(Icon::Menu)) span.visually-hidden { (l.t("ui-menu")) }
                    }
                }
                a.bar-name href=(self.home.as_deref().unwrap_or("/")) {
                    @if self.brand.is_none() || self.surface == Surface::Desk { span.mark aria-hidden="true" {} }
                    (name)
                }
                @if let Some(tools) = &self.tools { div.bar-tools { (tools) } }
                div.bar-end {
                    @if self.surface == Surface::Desk {
                        button.palette-button type="button" data-palette {
                            (icon(Icon::Search)) span { (l.t("ui-search")) } kbd.key aria-hidden="true" { "Ctrl\u{a0}K" }
                        }
                    }
                    @if self.live.is_some() {
                        span.live-state data-live-state role="status" hidden { (icon(Icon::Refresh)) (l.t("ui-reconnecting")) }
                    }
                    @if self.scan.is_some() { span.scan-queue data-scan-queue role="status" hidden {} }
                    button.btn.btn-ghost.btn-icon type="button" data-theme-toggle title=(l.t("ui-theme")) {
                        span.only-light { (icon(Icon::Moon)) } span.only-dark { (icon(Icon::Sun)) }
                        span.visually-hidden { (l.t("ui-theme")) }
                    }
                    @if let Some(url) = &self.languages { (self.language_menu(url)) }
                    @if let Some((person, role)) = &self.person {
                        span.person { span.person-name { bdi { (person) } } span.person-role { (role) } }
                    }
                    @if let Some(url) = &self.sign_out {
                        form method="post" action=(url) {
                            (crate::ui::csrf_field(&self.view.csrf))
                            button.btn.btn-ghost.btn-icon type="submit" title=(l.t("ui-sign-out")) {
                                (icon(Icon::LogOut)) span.visually-hidden { (l.t("ui-sign-out")) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Every language by its own name; works without script and by keyboard alone.
    fn language_menu(&self, url: &str) -> Markup {
        let (l, chosen) = (self.view.l, self.view.chosen);
        let own = |l: L10n| l.t("ui-this-language");
        html! {
            details.languages {
                summary.btn.btn-ghost.btn-icon title=(l.t("ui-language")) {
                    (icon(Icon::Languages))
                    span.visually-hidden { (l.t("ui-language")) ": " bdi lang=(chosen.lang()) { (own(chosen)) } }
                }
                form method="post" action=(url) aria-label=(l.t("ui-language")) {
                    (crate::ui::csrf_field(&self.view.csrf))
                    input type="hidden" name="back" value=(self.view.here.as_deref().unwrap_or("/"));
                    @for other in L10n::all() {
                        button type="submit" name="lang" value=(other.lang()) lang=(other.lang()) dir="auto"
                            aria-current=[(other == chosen).then_some("true")] {
                            (own(other)) @if other == chosen { (icon(Icon::Check)) }
                        }
                    }
                    @if l != chosen { p.hint { (l.t("ui-language-some")) } }
                }
            }
        }
    }

    fn side(&self) -> Markup {
        let l = self.view.l;
        html! {
            nav #side.side aria-label=(l.t("ui-main-nav")) {
                @for item in &self.nav {
                    @if let Some(section) = &item.section { p.side-section { (section) } }
                    a href=(item.href) title=(item.label) aria-current=[(item.href == self.current).then_some("page")] {
                        (icon(item.icon)) span.side-label { (item.label) }
                        @if let Some(count) = item.count {
                            span.count data-live-text=[&item.live] hidden[count == 0] { (l.number(count)) }
                        }
                    }
                }
            }
        }
    }

    /// Words the script side needs, so that it has none of its own.
    fn words(&self) -> String {
        let l = self.view.l;
        let keys = [
            "close",
            "shortcuts",
            "shortcuts-on",
            "palette",
            "palette-empty",
            "saved",
            "save-failed",
            "offline",
            "scans-waiting",
            "next-row",
            "previous-row",
            "search",
            "help",
            "network",
        ];
        let map: serde_json::Map<_, _> = keys
            .iter()
            .map(|k| ((*k).to_owned(), l.t(&format!("js-{k}")).into()))
            .collect();
        serde_json::Value::Object(map).to_string()
    }
}

impl Render for Page<'_> {
    fn render(&self) -> Markup {
        Page::render(self)
    }
}

/// Features that evaluate script are off; requests stay on this site.
const HTMX_CONFIG: PreEscaped<&str> = PreEscaped(
    "{&quot;extensions&quot;:&quot;hx-csp&quot;,&quot;includeIndicatorCSS&quot;:false,\
     &quot;mode&quot;:&quot;same-origin&quot;,&quot;defaultTimeout&quot;:20000}",
);
