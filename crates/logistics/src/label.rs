//! A return label as data: every word ready to print, in the language of the person who packs.

use crate::{rma::Rma, sscc::Sscc};
use serde::{Deserialize, Serialize};

/// A postal address as printed: a name and the lines below it, the last one the country.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Person or company.
    pub name: String,
    /// Street, postcode and town, country; already in the order of the country.
    pub lines: Vec<String>,
}

/// The small words over the fields, in the language of the sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelCaptions {
    /// "From".
    pub from: String,
    /// "Return to".
    pub to: String,
    /// "Return number".
    pub rma: String,
    /// "Your order".
    pub reference: String,
    /// "Weight".
    pub weight: String,
    /// "Send by".
    pub return_by: String,
}

/// All that one label says. Check it with [`LabelData::check`] before printing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelData {
    /// The client's brand: the name the customer knows.
    pub brand: String,
    /// Carrier service, e.g. "Offline Return Standard".
    pub service: String,
    /// The customer who sends.
    pub from: Address,
    /// The dock it goes to.
    pub to: Address,
    /// The parcel.
    pub sscc: Sscc,
    /// The return it belongs to.
    pub rma: Rma,
    /// What the QR code says: the return's page in the portal, or the return number.
    pub qr_text: String,
    /// The customer's own reference: the order number.
    pub reference: String,
    /// Weight with unit, e.g. "1.2 kg"; empty when unknown.
    pub weight: String,
    /// Last day to hand it in, as printed; empty when there is none.
    pub return_by: String,
    /// At most [`LabelData::MAX_INSTRUCTIONS`] short lines for the sender.
    pub instructions: Vec<String>,
    /// The small words.
    pub captions: LabelCaptions,
}

/// A label that would not be readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// More lines than there is room for.
    #[error("the label has no room for so many lines of {0}")]
    TooManyLines(&'static str),
    /// A text longer than any real one.
    #[error("the text of {0} is too long for a label")]
    TooLong(&'static str),
    /// A field that must be there is empty.
    #[error("the label needs {0}")]
    Missing(&'static str),
    /// Control characters cannot be printed.
    #[error("the text of {0} has control characters")]
    Control(&'static str),
}

impl LabelData {
    /// Address lines that fit under a name.
    pub const MAX_ADDRESS_LINES: usize = 5;
    /// Instruction lines that fit.
    pub const MAX_INSTRUCTIONS: usize = 3;
    /// Longest text of one line, in characters; longer ones are cut with an ellipsis in print.
    pub const MAX_TEXT: usize = 120;
    /// Longest QR text in bytes: what keeps its modules at 0.5 mm or more in 25 mm.
    pub const MAX_QR: usize = 150;

    /// Checks that everything needed is there and within bounds.
    pub fn check(&self) -> Result<(), LabelError> {
        for (what, text) in [
            ("brand", &self.brand),
            ("service", &self.service),
            ("sender", &self.from.name),
            ("recipient", &self.to.name),
            ("QR text", &self.qr_text),
        ] {
            if text.trim().is_empty() {
                return Err(LabelError::Missing(what));
            }
        }
        if self.to.lines.is_empty() {
            return Err(LabelError::Missing("recipient address"));
        }
        if self.qr_text.len() > Self::MAX_QR {
            return Err(LabelError::TooLong("QR text"));
        }
        let addresses = [
            ("sender address", &self.from.lines),
            ("recipient address", &self.to.lines),
        ];
        for (what, lines) in addresses {
            if lines.len() > Self::MAX_ADDRESS_LINES {
                return Err(LabelError::TooManyLines(what));
            }
        }
        if self.instructions.len() > Self::MAX_INSTRUCTIONS {
            return Err(LabelError::TooManyLines("instructions"));
        }
        let lists = [
            ("sender address", &self.from.lines),
            ("recipient address", &self.to.lines),
            ("instructions", &self.instructions),
        ];
        let singles = [
            ("brand", &self.brand),
            ("service", &self.service),
            ("sender", &self.from.name),
            ("recipient", &self.to.name),
            ("reference", &self.reference),
            ("weight", &self.weight),
            ("return date", &self.return_by),
            ("caption", &self.captions.from),
            ("caption", &self.captions.to),
            ("caption", &self.captions.rma),
            ("caption", &self.captions.reference),
            ("caption", &self.captions.weight),
            ("caption", &self.captions.return_by),
        ];
        let lines = lists
            .into_iter()
            .flat_map(|(what, list)| list.iter().map(move |l| (what, l)));
        for (what, text) in singles.into_iter().chain(lines) {
            if text.chars().count() > Self::MAX_TEXT {
                return Err(LabelError::TooLong(what));
            }
            if text.chars().any(char::is_control) {
                return Err(LabelError::Control(what));
            }
        }
        if self.qr_text.chars().any(char::is_control) {
            return Err(LabelError::Control("QR text"));
        }
        Ok(())
    }
}
