//! The return label in ZPL II for 203 dpi (8 dots per millimetre) thermal printers, 4x6 inches.
//!
//! Data is ASCII after escaping: whatever ZPL could read as a command, and every byte beyond
//! ASCII, is written as a `^FH` hexadecimal escape of its UTF-8 (`^CI28`).

use crate::{PaperError, codes};
use logistics::LabelData;
use std::fmt::Write;

const WIDTH: usize = 812;
const HEIGHT: usize = 1218;
const LEFT: usize = 36;
const RIGHT_COLUMN: usize = 536;

/// Escapes field data for `^FH`: `_` starts an escape, `^` and `~` start commands.
fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        match byte {
            b'^' | b'~' | b'_' | b'\\' | 0..=0x1f | 0x7f.. => {
                // Writing to a String cannot fail.
                let _ = write!(out, "_{byte:02X}");
            }
            printable => out.push(char::from(printable)),
        }
        out
    })
}

/// Letters that fit in `room` dots at a glyph height of `size`.
fn letters(size: usize, room: usize) -> usize {
    room * 2 / size
}

/// `text` in lines of at most `fits` letters, broken at spaces.
fn wrapped(text: &str, fits: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= fits => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// `text` cut to what fits in `room` dots at a glyph height of `size`. Font 0 is proportional;
/// half its height per letter is what mixed text needs.
fn fitted(text: &str, size: usize, room: usize) -> String {
    let fits = letters(size, room);
    if text.chars().count() <= fits {
        return text.to_owned();
    }
    let kept: String = text.chars().take(fits.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// Collects fields and rules.
struct Zpl(String);

impl Zpl {
    fn text(&mut self, x: usize, y: usize, size: usize, text: &str, room: usize) {
        if !text.is_empty() {
            let data = escaped(&fitted(text, size, room));
            self.line(&format!("^FO{x},{y}^A0N,{size},{size}^FH^FD{data}^FS"));
        }
    }

    fn rule(&mut self, y: usize, height: usize) {
        let width = WIDTH - 2 * LEFT;
        self.line(&format!("^FO{LEFT},{y}^GB{width},{height},{height}^FS"));
    }

    fn line(&mut self, line: &str) {
        self.0.push_str(line);
        self.0.push('\n');
    }
}

/// The label as one ZPL format, `^XA` to `^XZ`; the same data gives the same text.
pub fn label_zpl(label: &LabelData) -> Result<String, PaperError> {
    label.check()?;
    let full = WIDTH - 2 * LEFT;
    let left = RIGHT_COLUMN - LEFT - 24;
    let right = WIDTH - LEFT - RIGHT_COLUMN;
    let words = &label.captions;
    let mut zpl = Zpl(String::new());
    zpl.line(&format!("^XA^CI28^PW{WIDTH}^LL{HEIGHT}^LH0,0"));
    zpl.text(LEFT, 40, 52, &label.brand, left);
    zpl.text(RIGHT_COLUMN, 62, 26, &label.service, right);
    zpl.rule(104, 5);
    zpl.text(LEFT, 120, 20, &words.from, left);
    zpl.text(LEFT, 144, 26, &label.from.name, left);
    for (i, line) in label.from.lines.iter().enumerate() {
        zpl.text(LEFT, 174 + 29 * i, 25, line, left);
    }
    let facts = [
        (&words.reference, &label.reference),
        (&words.weight, &label.weight),
        (&words.return_by, &label.return_by),
    ];
    let mut y = 120;
    for (caption, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
        zpl.text(RIGHT_COLUMN, y, 20, caption, right);
        zpl.text(RIGHT_COLUMN, y + 22, 28, value, right);
        y += 62;
    }
    zpl.rule(326, 2);
    zpl.text(LEFT, 340, 20, &words.to, full);
    zpl.text(LEFT, 366, 40, &label.to.name, full);
    for (i, line) in label.to.lines.iter().enumerate() {
        zpl.text(LEFT, 412 + 37 * i, 34, line, full);
    }
    zpl.rule(606, 2);
    zpl.text(LEFT, 620, 20, &words.rma, left);
    zpl.text(LEFT, 646, 58, &label.rma.to_string(), left);
    let fits = letters(22, left);
    let instructions = label
        .instructions
        .iter()
        .flat_map(|line| wrapped(line, fits));
    for (i, line) in instructions.take(4).enumerate() {
        zpl.text(LEFT, 722 + 28 * i, 22, &line, left);
    }
    // The printer lays the QR code out itself; 180 dots keep four modules clear on each side.
    let magnification = (180 / codes::qr(&label.qr_text)?.len()).clamp(2, 10);
    let data = escaped(&label.qr_text);
    zpl.line(&format!(
        "^FO{RIGHT_COLUMN},628^BQN,2,{magnification}^FH^FDMA,{data}^FS"
    ));
    zpl.rule(844, 5);
    // Mode D: the printer adds FNC1 and reads the parenthesised element string.
    let element = label.sscc.element_string();
    zpl.line(&format!("^FO94,872^BY4^BCN,254,N,N,N,D^FD{element}^FS"));
    let digits = format!("(00) {}", label.sscc.grouped());
    zpl.line(&format!(
        "^FO0,1142^FB{WIDTH},1,0,C^A0N,34,34^FH^FD{digits}^FS"
    ));
    zpl.line("^XZ");
    Ok(zpl.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_cannot_become_a_command() {
        assert_eq!(escaped("a^XZ~JA_5E\\&"), "a_5EXZ_7EJA_5F5E_5C&");
        assert_eq!(escaped("Łódź\n"), "_C5_81_C3_B3d_C5_BA_0A");
        assert_eq!(
            wrapped("put the slip into the parcel", 13),
            ["put the slip", "into the", "parcel"]
        );
        assert_eq!(fitted("short", 20, 400), "short");
        assert_eq!(fitted("much too long", 20, 55), "much…");
    }
}
