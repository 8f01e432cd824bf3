//! Form controls. Each is made from its name and label; hint and error are tied to the control
//! for screen readers.

use super::{Icon, icon};
use crate::csrf::CsrfToken;
use maud::{Markup, Render, html};

/// What a [`Field`] takes; picks `type`, `inputmode` and `autocomplete`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// One line of text.
    #[default]
    Text,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Tel,
    /// A whole number.
    Number,
    /// A decimal amount.
    Amount,
    /// A calendar date.
    Date,
    /// Something to search for.
    Search,
    /// A secret.
    Password,
}

impl Kind {
    const fn attributes(self) -> (&'static str, Option<&'static str>, Option<&'static str>) {
        match self {
            Self::Text => ("text", None, None),
            Self::Email => ("email", Some("email"), Some("email")),
            Self::Tel => ("tel", Some("tel"), Some("tel")),
            Self::Number => ("text", Some("numeric"), None),
            Self::Amount => ("text", Some("decimal"), None),
            Self::Date => ("date", None, None),
            Self::Search => ("search", Some("search"), None),
            Self::Password => ("password", None, Some("current-password")),
        }
    }
}

/// What every control has.
#[derive(Debug, Clone)]
struct Common {
    name: String,
    id: String,
    label: String,
    hint: Option<String>,
    error: Option<String>,
    required: bool,
}

impl Common {
    fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        let name = name.into();
        let id = format!(
            "f-{}",
            name.replace(|c: char| !c.is_ascii_alphanumeric(), "-")
        );
        Self {
            name,
            id,
            label: label.into(),
            hint: None,
            error: None,
            required: false,
        }
    }

    fn described_by(&self) -> Option<String> {
        let ids: Vec<_> = [(&self.hint, "hint"), (&self.error, "error")]
            .into_iter()
            .filter(|(text, _)| text.is_some())
            .map(|(_, kind)| format!("{}-{kind}", self.id))
            .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn class(&self) -> &'static str {
        if self.error.is_some() {
            "field field-invalid"
        } else {
            "field"
        }
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    fn below_label(&self) -> Markup {
        html! {
            @if let Some(hint) = &self.hint { p.hint id={ (self.id) "-hint" } { (hint) } }
            @if let Some(error) = &self.error {
                p.field-error id={ (self.id) "-error" } { (icon(Icon::AlertCircle)) span { (error) } }
            }
        }
    }
}

macro_rules! common_methods {
    () => {
        /// A line of help under the label.
        pub fn hint(mut self, hint: impl Into<String>) -> Self {
            self.common.hint = Some(hint.into());
            self
        }

        /// What is wrong with the value, if something is.
        pub fn error(mut self, error: Option<impl Into<String>>) -> Self {
            self.common.error = error.map(Into::into);
            self
        }

        /// Must be filled in.
        pub const fn required(mut self) -> Self {
            self.common.required = true;
            self
        }
    };
}

/// A one-line input.
///
/// ```
/// # use redress_http::ui::{Field, Kind};
/// # use maud::Render;
/// let html = Field::new("email", "E-mail").kind(Kind::Email).required().render().into_string();
/// assert!(html.contains("<label for=\"f-email\">E-mail</label>"));
/// ```
#[derive(Debug, Clone)]
pub struct Field {
    common: Common,
    kind: Kind,
    value: String,
    placeholder: Option<String>,
    prefix: Option<String>,
    autocomplete: Option<&'static str>,
    max: Option<u16>,
    label_hidden: bool,
    autofocus: bool,
    narrow: bool,
}

impl Field {
    /// An input called `name`, labelled `label`.
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            common: Common::new(name, label),
            kind: Kind::default(),
            value: String::new(),
            placeholder: None,
            prefix: None,
            autocomplete: None,
            max: None,
            label_hidden: false,
            autofocus: false,
            narrow: false,
        }
    }

    common_methods!();

    /// What it takes.
    pub const fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// The present value.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// An example inside the empty field; never the only help.
    pub fn placeholder(mut self, text: impl Into<String>) -> Self {
        self.placeholder = Some(text.into());
        self
    }

    /// A unit shown before the value, such as a currency.
    pub fn prefix(mut self, text: impl Into<String>) -> Self {
        self.prefix = Some(text.into());
        self
    }

    /// The browser's autofill token, e.g. `postal-code`.
    pub const fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// The most characters it takes.
    pub const fn max(mut self, characters: u16) -> Self {
        self.max = Some(characters);
        self
    }

    /// Keeps the label for screen readers only (search boxes).
    pub const fn hide_label(mut self) -> Self {
        self.label_hidden = true;
        self
    }

    /// Has the caret when the page opens.
    pub const fn autofocus(mut self) -> Self {
        self.autofocus = true;
        self
    }

    /// As wide as a short code or amount, not the whole column.
    pub const fn narrow(mut self) -> Self {
        self.narrow = true;
        self
    }
}

impl Render for Field {
    fn render(&self) -> Markup {
        let c = &self.common;
        let (kind, inputmode, autocomplete) = self.kind.attributes();
        let input = html! {
            input.input id=(c.id) name=(c.name) type=(kind) value=(self.value)
                inputmode=[inputmode] autocomplete=[self.autocomplete.or(autocomplete)]
                placeholder=[&self.placeholder] maxlength=[self.max]
                required[c.required] autofocus[self.autofocus]
                aria-describedby=[c.described_by()] aria-invalid=[c.invalid()];
        };
        html! {
            div class={ (c.class()) @if self.narrow { " field-narrow" } } {
                label for=(c.id) class=[self.label_hidden.then_some("visually-hidden")] { (c.label) }
                (c.below_label())
                @if let Some(prefix) = &self.prefix {
                    div.input-group { span.input-prefix aria-hidden="true" { (prefix) } (input) }
                } @else { (input) }
            }
        }
    }
}

/// Several lines of text. `draft` makes the script side save it on the server while typing.
#[derive(Debug, Clone)]
pub struct TextArea {
    common: Common,
    value: String,
    rows: u8,
    max: Option<u16>,
    draft: Option<String>,
}

impl TextArea {
    /// A text area called `name`, labelled `label`.
    pub fn new(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            common: Common::new(name, label),
            value: String::new(),
            rows: 4,
            max: None,
            draft: None,
        }
    }

    common_methods!();

    /// The present value.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Lines shown.
    pub const fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// The most characters it takes.
    pub const fn max(mut self, characters: u16) -> Self {
        self.max = Some(characters);
        self
    }

    /// The URL the text is saved to (form field `text`) two seconds after typing stops and on blur.
    pub fn draft(mut self, url: impl Into<String>) -> Self {
        self.draft = Some(url.into());
        self
    }
}

impl Render for TextArea {
    fn render(&self) -> Markup {
        let c = &self.common;
        html! {
            div class=(c.class()) {
                label for=(c.id) { (c.label) }
                (c.below_label())
                textarea.input id=(c.id) name=(c.name) rows=(self.rows) maxlength=[self.max]
                    required[c.required] data-draft=[&self.draft]
                    aria-describedby=[c.described_by()] aria-invalid=[c.invalid()] { (self.value) }
            }
        }
    }
}

/// One choice of a [`Select`] or [`Radios`].
#[derive(Debug, Clone)]
pub struct Choice {
    value: String,
    label: String,
    note: Option<String>,
    icon: Option<Icon>,
    disabled: bool,
    figure: Option<Markup>,
}

impl Choice {
    /// Sends `value`, reads `label`.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            note: None,
            icon: None,
            disabled: false,
            figure: None,
        }
    }

    /// A line of explanation (radio cards only).
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// An icon (radio cards only).
    pub const fn icon(mut self, which: Icon) -> Self {
        self.icon = Some(which);
        self
    }

    /// A figure at the end of the card, such as what it pays.
    pub fn figure(mut self, figure: Markup) -> Self {
        self.figure = Some(figure);
        self
    }

    /// Shown but not to be chosen; the note says why.
    pub const fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }
}

/// A drop-down list.
#[derive(Debug, Clone)]
pub struct Select {
    common: Common,
    choices: Vec<Choice>,
    value: String,
    first: Option<String>,
}

impl Select {
    /// A list called `name`, labelled `label`.
    pub fn new(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self {
            common: Common::new(name, label),
            choices,
            value: String::new(),
            first: None,
        }
    }

    common_methods!();

    /// The chosen value.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// The words of an empty first choice, such as "Choose a reason".
    pub fn prompt(mut self, words: impl Into<String>) -> Self {
        self.first = Some(words.into());
        self
    }
}

impl Render for Select {
    fn render(&self) -> Markup {
        let c = &self.common;
        html! {
            div class=(c.class()) {
                label for=(c.id) { (c.label) }
                (c.below_label())
                select.input.select id=(c.id) name=(c.name) required[c.required]
                    aria-describedby=[c.described_by()] aria-invalid=[c.invalid()] {
                    @if let Some(first) = &self.first { option value="" { (first) } }
                    @for choice in &self.choices {
                        option value=(choice.value) selected[choice.value == self.value]
                            disabled[choice.disabled] { (choice.label) }
                    }
                }
            }
        }
    }
}

/// One question, answered by choosing a card.
#[derive(Debug, Clone)]
pub struct Radios {
    common: Common,
    choices: Vec<Choice>,
    value: String,
    keys: bool,
}

impl Radios {
    /// A question called `name`; the label is the question.
    pub fn new(name: impl Into<String>, label: impl Into<String>, choices: Vec<Choice>) -> Self {
        Self {
            common: Common::new(name, label),
            choices,
            value: String::new(),
            keys: false,
        }
    }

    common_methods!();

    /// The chosen value.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// Gives the cards the keys 1 to 9.
    pub const fn numbered(mut self) -> Self {
        self.keys = true;
        self
    }
}

impl Render for Radios {
    fn render(&self) -> Markup {
        let c = &self.common;
        html! {
            fieldset class=(c.class()) id=(c.id) aria-describedby=[c.described_by()] {
                legend { (c.label) }
                (c.below_label())
                div.choices {
                    @for (i, choice) in self.choices.iter().enumerate() {
                        label.choice {
                            input type="radio" name=(c.name) value=(choice.value)
                                checked[choice.value == self.value] disabled[choice.disabled]
                                required[c.required] data-key=[(self.keys && i < 9).then_some(i + 1)];
                            @if let Some(which) = choice.icon { (icon(which)) }
                            span.choice-text {
                                span.choice-label { (choice.label) }
                                @if let Some(note) = &choice.note { span.choice-note { (note) } }
                            }
                            @if let Some(figure) = &choice.figure { span.choice-figure { (figure) } }
                            @if self.keys && i < 9 { kbd.key aria-hidden="true" { (i + 1) } }
                        }
                    }
                }
            }
        }
    }
}

/// A box to tick, with its label after it.
pub fn checkbox(name: &str, label: &str, value: &str, checked: bool, hint: Option<&str>) -> Markup {
    html! {
        label.check {
            input type="checkbox" name=(name) value=(value) checked[checked];
            span.choice-text {
                span { (label) }
                @if let Some(hint) = hint { span.choice-note { (hint) } }
            }
        }
    }
}

/// The hidden field every plain form carries; htmx sends the token as a header by itself.
pub fn csrf_field(token: &CsrfToken) -> Markup {
    html! { input type="hidden" name=(crate::csrf::FIELD) value=(token.as_str()); }
}

/// The buttons that end a form.
pub fn form_actions(list: &[super::Action]) -> Markup {
    html! { div.form-actions { @for action in list { (action) } } }
}
