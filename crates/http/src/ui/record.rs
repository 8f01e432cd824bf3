//! Ways to show a record: cards, badges, definition lists, timelines, the dock's big state word.

use super::{Icon, Tone, icon};
use maud::{Markup, Render, html};

/// A small label: a fact about the thing beside it.
pub fn badge(tone: Tone, words: &str) -> Markup {
    html! { span class={ "badge " (tone.class()) } { (words) } }
}

/// A state with its dot: where the thing is now.
pub fn pill(tone: Tone, words: &str) -> Markup {
    html! { span class={ "pill " (tone.class()) } { (words) } }
}

/// A titled surface.
pub fn card(title: &str, body: &Markup) -> Markup {
    card_with(title, None, body)
}

/// A titled surface with something at the end of its head: a badge, a count, a button.
pub fn card_with(title: &str, aside: Option<&Markup>, body: &Markup) -> Markup {
    html! {
        section.card {
            header.card-head { h2 { (title) } @if let Some(aside) = aside { div.card-aside { (aside) } } }
            div.card-body { (body) }
        }
    }
}

/// One fact: term and value.
#[derive(Debug, Clone)]
pub struct Definition {
    term: String,
    value: Markup,
    emphasis: bool,
}

impl Definition {
    /// `term` is `value`.
    pub fn new(term: impl Into<String>, value: impl Render) -> Self {
        Self {
            term: term.into(),
            value: value.render(),
            emphasis: false,
        }
    }

    /// The line that matters, such as the total.
    pub const fn strong(mut self) -> Self {
        self.emphasis = true;
        self
    }
}

/// Facts, one a line; money and counts stand at the end in one column.
pub fn definitions(list: &[Definition]) -> Markup {
    html! {
        dl.facts {
            @for fact in list {
                div class=[fact.emphasis.then_some("facts-strong")] { dt { (fact.term) } dd { (fact.value) } }
            }
        }
    }
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct Event {
    icon: Icon,
    tone: Tone,
    title: String,
    when: Markup,
    who: Option<String>,
    body: Option<Markup>,
}

impl Event {
    /// `title` happened at `when` (already drawn by [`super::date_time`]).
    pub fn new(which: Icon, tone: Tone, title: impl Into<String>, when: Markup) -> Self {
        Self {
            icon: which,
            tone,
            title: title.into(),
            when,
            who: None,
            body: None,
        }
    }

    /// Who did it.
    pub fn by(mut self, who: impl Into<String>) -> Self {
        self.who = Some(who.into());
        self
    }

    /// More about it: a note, reasons, figures.
    pub fn body(mut self, body: Markup) -> Self {
        self.body = Some(body);
        self
    }
}

/// What happened, in order.
pub fn timeline(events: &[Event]) -> Markup {
    html! {
        ol.timeline {
            @for event in events {
                li class=(event.tone.class()) {
                    span.timeline-icon { (icon(event.icon)) }
                    div.timeline-head {
                        span.timeline-title { (event.title) }
                        @if let Some(who) = &event.who { span.timeline-who { bdi { (who) } } }
                        span.timeline-when { (event.when) }
                    }
                    @if let Some(body) = &event.body { div.timeline-body { (body) } }
                }
            }
        }
    }
}

/// The dock's answer to a scan, readable from two metres: colour, icon, word and what it was.
/// The script side beeps by tone.
pub fn scan_state(tone: Tone, word: &str, detail: &str) -> Markup {
    let which = match tone {
        Tone::Good => Icon::CheckCircle,
        Tone::Bad => Icon::XCircle,
        Tone::Warn => Icon::TriangleAlert,
        Tone::Neutral | Tone::Accent => Icon::Scan,
    };
    html! {
        div class={ "scan-state " (tone.class()) } role="status" data-beep=(tone.class()) {
            (icon(which))
            p.scan-word { (word) }
            p.scan-detail { (detail) }
        }
    }
}
