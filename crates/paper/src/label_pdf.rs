//! The return label as a PDF of 4 by 6 inches, black only, for thermal and office printers.
//!
//! From top to bottom: brand and service; sender and facts; recipient, largest; return number,
//! instructions and QR code; the parcel's GS1-128 barcode with its digits.

use crate::{
    PaperError,
    codes::{self, SSCC_MODULES},
    fonts::{Face, Fonts},
    sheet::{Area, BLACK, MM, Mark, count, render},
};
use logistics::LabelData;

const WIDTH: f32 = 288.0;
const HEIGHT: f32 = 432.0;
const MARGIN: f32 = 13.0;
/// 0.5 mm: four dots of a 203 dpi printer, six of a 300 dpi one; GS1 asks 0.495 to 0.940 mm.
const MODULE: f32 = 0.5 * MM;
/// 31.75 mm, the least the GS1 logistic label guideline asks.
const BAR_HEIGHT: f32 = 31.75 * MM;
/// The QR code with its quiet zone of four modules on each side.
const QR_BOX: f32 = 84.0;
const RIGHT_COLUMN: f32 = 190.0;

/// Collects marks with the label's few text styles.
struct Label<'f> {
    fonts: &'f Fonts,
    marks: Vec<Mark>,
}

impl Label<'_> {
    fn text(&mut self, (x, y): (f32, f32), face: Face, size: f32, text: &str, max: f32) {
        // An address that is cut does not arrive: shrink first, cut only below two thirds.
        let wide = self.fonts.width(face, size, text);
        let size = if wide > max {
            size * (max / wide).max(0.66)
        } else {
            size
        };
        let text = self.fonts.fit(face, size, text, max + 0.01);
        if !text.is_empty() {
            self.marks.push(Mark::Text {
                x,
                y,
                face,
                size,
                shade: BLACK,
                text,
            });
        }
    }

    fn caption(&mut self, at: (f32, f32), text: &str, max: f32) {
        self.text(at, Face::Regular, 6.5, text, max);
    }

    fn rule(&mut self, y: f32, h: f32) {
        self.fill(vec![Area {
            x: MARGIN,
            y,
            w: WIDTH - 2.0 * MARGIN,
            h,
        }]);
    }

    fn fill(&mut self, areas: Vec<Area>) {
        self.marks.push(Mark::Areas {
            shade: BLACK,
            areas,
        });
    }
}

/// Draws the label; the same data gives the same bytes. Texts that are too wide are set
/// smaller, down to two thirds, then cut with an ellipsis.
pub fn label_pdf(label: &LabelData) -> Result<Vec<u8>, PaperError> {
    label.check()?;
    let fonts = Fonts::load("")?;
    let mut out = Label {
        fonts: &fonts,
        marks: vec![],
    };
    header(&mut out, label);
    sender_and_facts(&mut out, label);
    recipient(&mut out, label);
    return_number(&mut out, label)?;
    barcode(&mut out, label)?;
    render(
        &fonts,
        &label.rma.to_string(),
        "",
        (WIDTH, HEIGHT),
        &[out.marks],
    )
}

fn header(out: &mut Label<'_>, label: &LabelData) {
    let service_width = out
        .fonts
        .width(Face::Regular, 8.5, &label.service)
        .min(110.0);
    let brand_room = WIDTH - 2.0 * MARGIN - service_width - 8.0;
    out.text((MARGIN, 29.0), Face::Bold, 18.0, &label.brand, brand_room);
    let x = WIDTH - MARGIN - service_width;
    out.text(
        (x, 29.0),
        Face::Regular,
        8.5,
        &label.service,
        service_width + 0.1,
    );
    out.rule(37.0, 2.0);
}

fn sender_and_facts(out: &mut Label<'_>, label: &LabelData) {
    let left = RIGHT_COLUMN - MARGIN - 10.0;
    out.caption((MARGIN, 49.0), &label.captions.from, left);
    out.text((MARGIN, 59.5), Face::Bold, 8.5, &label.from.name, left);
    for (i, line) in label.from.lines.iter().enumerate() {
        out.text(
            (MARGIN, 69.5 + 10.0 * count(i)),
            Face::Regular,
            8.5,
            line,
            left,
        );
    }
    let facts = [
        (&label.captions.reference, &label.reference),
        (&label.captions.weight, &label.weight),
        (&label.captions.return_by, &label.return_by),
    ];
    let mut y = 49.0;
    for (caption, value) in facts.into_iter().filter(|(_, value)| !value.is_empty()) {
        let room = WIDTH - MARGIN - RIGHT_COLUMN;
        out.caption((RIGHT_COLUMN, y), caption, room);
        out.text((RIGHT_COLUMN, y + 10.5), Face::Bold, 9.0, value, room);
        y += 22.0;
    }
    out.rule(115.0, 0.75);
}

fn recipient(out: &mut Label<'_>, label: &LabelData) {
    let room = WIDTH - 2.0 * MARGIN;
    out.caption((MARGIN, 126.0), &label.captions.to, room);
    out.text((MARGIN, 141.0), Face::Bold, 13.5, &label.to.name, room);
    for (i, line) in label.to.lines.iter().enumerate() {
        out.text(
            (MARGIN, 155.0 + 13.0 * count(i)),
            Face::Regular,
            11.5,
            line,
            room,
        );
    }
    out.rule(214.0, 0.75);
}

fn return_number(out: &mut Label<'_>, label: &LabelData) -> Result<(), PaperError> {
    let left = WIDTH - QR_BOX - 2.0 * MARGIN;
    out.caption((MARGIN, 226.0), &label.captions.rma, left);
    out.text(
        (MARGIN, 248.0),
        Face::Bold,
        22.0,
        &label.rma.to_string(),
        left,
    );
    let wrapped = label
        .instructions
        .iter()
        .flat_map(|line| out.fonts.wrap(Face::Regular, 7.5, line, left))
        .take(4)
        .collect::<Vec<_>>();
    for (i, line) in wrapped.iter().enumerate() {
        out.text(
            (MARGIN, 262.5 + 9.5 * count(i)),
            Face::Regular,
            7.5,
            line,
            left,
        );
    }
    let rows = codes::qr(&label.qr_text)?;
    let module = QR_BOX / count(rows.len() + 8);
    // Flush with the right margin, which is the quiet zone on that side: nothing else is there.
    let side = module * count(rows.len());
    let corner = (WIDTH - MARGIN - side, 214.75 + 4.0 * module);
    out.marks.push(Mark::Symbol {
        area: Area {
            x: corner.0,
            y: corner.1,
            w: side,
            h: side,
        },
        modules: rows,
    });
    out.rule(299.0, 2.0);
    Ok(())
}

fn barcode(out: &mut Label<'_>, label: &LabelData) -> Result<(), PaperError> {
    // Centred: 33 points are left on each side, more than the ten modules of quiet zone.
    let x = (WIDTH - MODULE * count(SSCC_MODULES)) / 2.0;
    let bars = codes::runs(&codes::gs1_128(&label.sscc)?)
        .into_iter()
        .map(|(start, length)| Area {
            x: x + MODULE * count(start),
            y: 308.0,
            w: MODULE * count(length),
            h: BAR_HEIGHT,
        });
    out.fill(bars.collect());
    let digits = format!("(00) {}", label.sscc.grouped());
    let width = out.fonts.width(Face::Regular, 11.0, &digits);
    let at = ((WIDTH - width) / 2.0, 308.0 + BAR_HEIGHT + 13.5);
    out.text(at, Face::Regular, 11.0, &digits, WIDTH);
    Ok(())
}
