//! Documents on paper: return labels as 4x6 inch PDF and as ZPL, A4 text documents, and a policy as
//! one A4 page and as a card for the parcel.
//!
//! The PDF crate, the fonts and the barcode encoders live only here. Everything is a pure
//! function of its argument: the same input gives the same bytes, with no date and no random id
//! inside. What a label or a document says is decided elsewhere; words arrive translated.

mod codes;
mod document;
mod document_pdf;
mod fonts;
mod label_pdf;
mod label_zpl;
mod leaflet;
mod packing_slip;
mod sheet;

pub use codes::qr;
pub use document::{Align, Block, Column, Document, Table};
pub use document_pdf::document_pdf;
pub use label_pdf::label_pdf;
pub use label_zpl::label_zpl;
pub use leaflet::{Code, Insert, Leaflet, Section, insert_pdf, leaflet_pdf};
pub use packing_slip::{PackedLine, SlipWords, packing_slip};

/// Why something cannot be printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// The label lacks something or has too much of it.
    #[error(transparent)]
    Label(#[from] logistics::LabelError),
    /// The text does not fit into a barcode or QR code.
    #[error("the text cannot be written as a {0}")]
    Code(&'static str),
    /// More pages than anybody prints.
    #[error("the document has more than {max} pages", max = Document::MAX_PAGES)]
    TooLong,
    /// A table row has another number of cells than the table has columns.
    #[error("table row {row} has {cells} cells for {columns} columns")]
    Cells {
        /// Row, from 1.
        row: usize,
        /// Cells in it.
        cells: usize,
        /// Columns of the table.
        columns: usize,
    },
    /// The PDF writer refused; the text is its own.
    #[error("the PDF cannot be written: {0}")]
    Pdf(String),
}
