//! What the page says back: notes, error summaries, empty states, progress.

use super::{Action, Icon, Tone, icon};
use crate::i18n::L10n;
use maud::{Markup, Render, html};
use serde::Serialize;

/// A note in the flow of the page.
#[derive(Debug, Clone)]
pub struct Note {
    tone: Tone,
    title: String,
    body: Option<Markup>,
}

impl Note {
    /// A note whose colour and icon say how serious it is.
    pub fn new(tone: Tone, title: impl Into<String>) -> Self {
        Self {
            tone,
            title: title.into(),
            body: None,
        }
    }

    /// More words under the title.
    pub fn body(mut self, body: Markup) -> Self {
        self.body = Some(body);
        self
    }
}

impl Render for Note {
    fn render(&self) -> Markup {
        let which = match self.tone {
            Tone::Neutral | Tone::Accent => Icon::Info,
            Tone::Good => Icon::CheckCircle,
            Tone::Warn => Icon::TriangleAlert,
            Tone::Bad => Icon::AlertCircle,
        };
        html! {
            div class={ "note " (self.tone.class()) } {
                (icon(which))
                div.note-text {
                    p.note-title { (self.title) }
                    @if let Some(body) = &self.body { div { (body) } }
                }
            }
        }
    }
}

/// One wrong field: its form name and what to do about it, already in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// The form name of the field.
    pub field: String,
    /// What is wrong and how to put it right.
    pub message: String,
}

impl FieldError {
    /// `message` about `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
        }
    }

    /// The message about `field` in a list, for [`super::Field::error`].
    pub fn find<'a>(list: &'a [Self], field: &str) -> Option<&'a str> {
        list.iter()
            .find(|e| e.field == field)
            .map(|e| e.message.as_str())
    }
}

/// The box above a form that lists what to put right, each line a link to its field.
#[derive(Debug, Clone)]
pub struct ErrorSummary<'a> {
    /// Language of the heading.
    pub l: L10n,
    /// What is wrong; nothing is drawn when empty.
    pub errors: &'a [FieldError],
}

impl Render for ErrorSummary<'_> {
    fn render(&self) -> Markup {
        if self.errors.is_empty() {
            return html! {};
        }
        html! {
            div.error-summary role="alert" tabindex="-1" data-focus aria-labelledby="error-summary-title" {
                h2 #error-summary-title { (self.l.t("ui-errors-title")) }
                ul {
                    @for error in self.errors {
                        li {
                            a href={ "#f-" (error.field.replace(|c: char| !c.is_ascii_alphanumeric(), "-")) } {
                                (self.l.say(&error.message))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Nothing here yet: what this place is for and the one thing to do.
pub fn empty(which: Icon, title: &str, words: &str, action: Option<&Action>) -> Markup {
    html! {
        div.empty {
            span.empty-icon { (icon(which)) }
            p.empty-title { (title) }
            p.empty-text { (words) }
            @if let Some(action) = action { (action) }
        }
    }
}

/// How far a job is: `done` of `total` with the words beside it.
pub fn progress(label: &str, done: u64, total: u64, words: &str) -> Markup {
    html! {
        div.progress {
            span.progress-label { (label) }
            span.progress-words { (words) }
            progress max=(total.max(1)) value=(done.min(total)) aria-label=(label) {}
        }
    }
}

/// Grey lines where content will come.
pub fn skeleton(lines: u8) -> Markup {
    html! { div.skeleton aria-hidden="true" { @for _ in 0..lines { span {} } } }
}
