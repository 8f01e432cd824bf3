//! Tables: captioned, with typed columns; money and counts align at the end. On phones rows become
//! cards, each cell named by its column.

use maud::{Markup, Render, html};

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Words.
    #[default]
    Start,
    /// Figures.
    End,
}

/// A column: its heading and how it stands.
#[derive(Debug, Clone)]
pub struct Column {
    label: String,
    align: Align,
    wide_only: bool,
}

impl Column {
    /// A column of words.
    pub fn text(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            align: Align::Start,
            wide_only: false,
        }
    }

    /// A column of amounts or counts.
    pub fn figure(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            align: Align::End,
            wide_only: false,
        }
    }

    /// Left out on narrow screens.
    pub const fn wide_only(mut self) -> Self {
        self.wide_only = true;
        self
    }

    fn class(&self) -> Option<&'static str> {
        match (self.align, self.wide_only) {
            (Align::Start, false) => None,
            (Align::Start, true) => Some("wide-only"),
            (Align::End, false) => Some("end"),
            (Align::End, true) => Some("end wide-only"),
        }
    }
}

/// A row: cells in column order; with an address its first cell is the link of the whole row.
#[derive(Debug, Clone, Default)]
pub struct Row {
    cells: Vec<Markup>,
    href: Option<String>,
    id: Option<String>,
    current: bool,
}

impl Row {
    /// A row of cells.
    pub fn new(cells: Vec<Markup>) -> Self {
        Self {
            cells,
            ..Self::default()
        }
    }

    /// Where the row leads.
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }

    /// An element id, for morphing live updates.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The row being worked on.
    pub const fn current(mut self, current: bool) -> Self {
        self.current = current;
        self
    }
}

/// A table; the caption is for screen readers unless shown.
#[derive(Debug, Clone)]
pub struct Table {
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
    foot: Option<Vec<Markup>>,
    caption_shown: bool,
}

impl Table {
    /// A table about `caption`.
    pub fn new(caption: impl Into<String>, columns: Vec<Column>, rows: Vec<Row>) -> Self {
        Self {
            caption: caption.into(),
            columns,
            rows,
            foot: None,
            caption_shown: false,
        }
    }

    /// A last row of sums.
    pub fn foot(mut self, cells: Vec<Markup>) -> Self {
        self.foot = Some(cells);
        self
    }

    /// Shows the caption above.
    pub const fn show_caption(mut self) -> Self {
        self.caption_shown = true;
        self
    }

    fn cells(&self, row: &Row) -> Markup {
        html! {
            @for (i, (column, cell)) in self.columns.iter().zip(&row.cells).enumerate() {
                td class=[column.class()] data-label=(column.label) {
                    @match (&row.href, i) {
                        (Some(href), 0) => a.row-link href=(href) { (cell) },
                        _ => (cell),
                    }
                }
            }
        }
    }
}

impl Render for Table {
    fn render(&self) -> Markup {
        // A table that can be scrolled sideways must be reachable by keyboard; links in it do that.
        let focus = self.rows.iter().all(|r| r.href.is_none()).then_some("0");
        html! {
            div.table-wrap tabindex=[focus] role=[focus.map(|_| "group")]
                aria-label=[focus.map(|_| &self.caption)] {
                table.table data-list {
                    caption class=[(!self.caption_shown).then_some("visually-hidden")] { (self.caption) }
                    thead { tr { @for c in &self.columns { th scope="col" class=[c.class()] { (c.label) } } } }
                    tbody {
                        @for row in &self.rows {
                            tr id=[&row.id] class=[row.href.is_some().then_some("row-linked")]
                                aria-current=[row.current.then_some("true")] { (self.cells(row)) }
                        }
                    }
                    @if let Some(foot) = &self.foot {
                        tfoot { tr {
                            @for (column, cell) in self.columns.iter().zip(foot) {
                                td class=[column.class()] data-label=(column.label) { (cell) }
                            }
                        } }
                    }
                }
            }
        }
    }
}
