//! Components: typed functions and small builders that render to maud [`Markup`]. Every control is
//! made from its label, so none can exist without one. Words come in already translated; only
//! components with words of their own take an [`L10n`](crate::i18n::L10n).
//!
//! No business words here, no styles in attributes, no script: what moves is in `web/src`.

pub mod action;
pub mod feedback;
pub mod figures;
pub mod form;
pub mod icon;
pub mod navigation;
pub mod record;
pub mod table;

pub use action::{Action, Hx, Weight, actions, confirm_dialog, copy};
pub use feedback::{ErrorSummary, FieldError, Note, empty, progress, skeleton};
pub use figures::{bdi, date, date_time, delta, money, money_signed, quantity, tile};
pub use form::{Choice, Field, Kind, Radios, Select, TextArea, checkbox, csrf_field, form_actions};
pub use icon::{Icon, icon};
pub use navigation::{Crumb, Pages, Step, Tab, breadcrumbs, pagination, stepper, tabs};
pub use record::{
    Definition, Event, badge, card, card_with, definitions, pill, scan_state, timeline,
};
pub use table::{Align, Column, Row, Table};

/// What a colour means; always said in words as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Neutral,
    /// The brand's accent: in progress, chosen, for information.
    Accent,
    /// Went well.
    Good,
    /// Look at it soon.
    Warn,
    /// Failed or refused.
    Bad,
}

impl Tone {
    /// The class that carries the colour.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "tone-neutral",
            Self::Accent => "tone-accent",
            Self::Good => "tone-good",
            Self::Warn => "tone-warn",
            Self::Bad => "tone-bad",
        }
    }
}
