//! An A4 text document as data: withdrawal receipts, case files, packing slips.

/// A document: a title, blocks in order and a footer on every page. All words are translated
/// and formatted by the caller.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Large on the first page, and the title of the file.
    pub title: String,
    /// Small above the title: whose document this is, usually the client's brand.
    pub issuer: String,
    /// BCP 47 language of the text, for screen readers.
    pub lang: String,
    /// The content, in order.
    pub blocks: Vec<Block>,
    /// One line at the foot of every page, beside "page / pages".
    pub footer: String,
}

impl Document {
    /// A document beyond this is refused: nobody prints it, and it bounds time and memory.
    pub const MAX_PAGES: usize = 500;
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Starts a section; stays with what follows.
    Heading(String),
    /// Running text; line breaks start a new line.
    Paragraph(String),
    /// Names and values in two columns.
    KeyValue(Vec<(String, String)>),
    /// Rows under column titles, repeated on every page the table reaches.
    Table(Table),
}

/// Where the text of a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Words.
    #[default]
    Start,
    /// Numbers and money.
    End,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its title.
    pub title: String,
    /// Its share of the width, relative to the other columns; 0 counts as 1.
    pub share: u16,
    /// Where its text stands.
    pub align: Align,
}

/// A table; every row has one cell per column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// The columns, from the left.
    pub columns: Vec<Column>,
    /// The rows, from the top.
    pub rows: Vec<Vec<String>>,
    /// True when the last row is a total and set in bold under a rule.
    pub total: bool,
}
