//! A policy on one page of A4, in two columns set as large as they fit, and a card of A6 that goes
//! into the parcel.

use crate::{
    PaperError, codes,
    fonts::{Face, Fonts},
    sheet::{Area, BLACK, MM, Mark, count, render},
};

/// Some sentences under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What they are about.
    pub heading: String,
    /// The sentences.
    pub lines: Vec<String>,
}

/// A QR code with what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// What it says to a phone, an address.
    pub text: String,
    /// What it says to people.
    pub caption: String,
}

/// What stands on the page. All words are translated and formatted by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaflet {
    /// BCP 47 language of the text; the page is laid out in its direction.
    pub lang: String,
    /// Whose document this is.
    pub issuer: String,
    /// The title.
    pub title: String,
    /// From when it holds.
    pub meta: String,
    /// What concerns everybody.
    pub sections: Vec<Section>,
    /// What concerns some goods or places; left out when the page is too small for it.
    pub special: Vec<Section>,
    /// Said instead of what is left out.
    pub more: String,
    /// Said beside the code at the foot.
    pub note: String,
    /// The way to the same text online.
    pub code: Code,
    /// Which version this is.
    pub version: String,
}

/// What stands on the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Insert {
    /// BCP 47 language of the text.
    pub lang: String,
    /// Whose card this is.
    pub issuer: String,
    /// The title.
    pub title: String,
    /// The few things everybody wants to know.
    pub points: Vec<String>,
    /// Two ways on.
    pub codes: [Code; 2],
    /// From when it holds, and which version this is.
    pub version: String,
}

const GREY: u8 = 90;
const HAIR: u8 = 190;
const WIDTH: f32 = 210.0 * MM;
const HEIGHT: f32 = 297.0 * MM;
const MARGIN: f32 = 18.0 * MM;
const MEASURE: f32 = WIDTH - 2.0 * MARGIN;
const GAP: f32 = 9.0 * MM;
const COLUMN: f32 = (MEASURE - GAP) / 2.0;
/// Everything at the foot stands below.
const FOOT: f32 = HEIGHT - 48.0 * MM;
const CODE: f32 = 27.0 * MM;
/// Sizes that are tried, largest first; smaller than the last is not read.
const SIZES: [f32; 8] = [10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0];

/// One heading or sentence, set in lines.
struct Item {
    lines: Vec<String>,
    heading: bool,
}

impl Item {
    fn height(&self, size: f32) -> f32 {
        let gap = if self.heading { 0.75 } else { 0.35 };
        (1.35 * count(self.lines.len()) + gap) * size
    }
}

fn items(fonts: &Fonts, size: f32, sections: &[Section]) -> Vec<Item> {
    let mut out = Vec::new();
    for section in sections {
        out.push(Item {
            lines: fonts.wrap(Face::Bold, size, &section.heading, COLUMN),
            heading: true,
        });
        out.extend(section.lines.iter().map(|line| Item {
            lines: fonts.wrap(Face::Regular, size, line, COLUMN - 1.1 * size),
            heading: false,
        }));
    }
    out
}

/// Where the second column begins so that both are of about the same height and no heading ends
/// the first; none when a column would be higher than `room`.
fn split(items: &[Item], size: f32, room: f32) -> Option<usize> {
    let heights: Vec<f32> = items.iter().map(|i| i.height(size)).collect();
    let total: f32 = heights.iter().sum();
    let ends_well = |at: &usize| items.get(at.wrapping_sub(1)).is_none_or(|i| !i.heading);
    let higher = |at: usize| {
        let first: f32 = heights.iter().take(at).sum();
        first.max(total - first)
    };
    let best = (0..=items.len())
        .filter(ends_well)
        .min_by(|a, b| higher(*a).total_cmp(&higher(*b)))?;
    (higher(best) <= room).then_some(best)
}

fn text(x: f32, y: f32, (face, size): (Face, f32), shade: u8, text: String) -> Mark {
    Mark::Text {
        x,
        y,
        face,
        size,
        shade,
        text,
    }
}

fn rule(x: f32, y: f32, w: f32, h: f32, shade: u8) -> Mark {
    Mark::Areas {
        shade,
        areas: vec![Area { x, y, w, h }],
    }
}

/// Sets the page; the same content gives the same bytes.
///
/// # Errors
/// [`PaperError::TooLong`] when even what concerns everybody does not fit in the smallest size.
pub fn leaflet_pdf(leaflet: &Leaflet) -> Result<Vec<u8>, PaperError> {
    let fonts = Fonts::load(&leaflet.lang)?;
    let mut page = Vec::new();
    let top = head(&fonts, leaflet, &mut page);
    let whole: Vec<Section> = [&leaflet.sections[..], &leaflet.special[..]].concat();
    let mut short = leaflet.sections.clone();
    short.push(Section {
        heading: leaflet.more.clone(),
        lines: vec![leaflet.code.text.clone()],
    });
    let fitting = [&whole, &short].into_iter().find_map(|sections| {
        SIZES.iter().find_map(|size| {
            let items = items(&fonts, *size, sections);
            let at = split(&items, *size, FOOT - top)?;
            Some((items, *size, at))
        })
    });
    let (items, size, at) = fitting.ok_or(PaperError::TooLong)?;
    for (x, column) in [
        (MARGIN, &items[..at]),
        (MARGIN + COLUMN + GAP, &items[at..]),
    ] {
        let mut y = top;
        for (i, item) in column.iter().enumerate() {
            // The gap of a heading is above it, unless it begins the column.
            let above = if item.heading { 0.6 } else { 0.0 };
            y += if i == 0 { 0.0 } else { above * size };
            let (face, indent) = if item.heading {
                (Face::Bold, 0.0)
            } else {
                page.push(text(
                    x,
                    y + size,
                    (Face::Regular, size),
                    GREY,
                    "•".to_owned(),
                ));
                (Face::Regular, 1.1 * size)
            };
            for line in &item.lines {
                page.push(text(
                    x + indent,
                    y + size,
                    (face, size),
                    BLACK,
                    line.clone(),
                ));
                y += 1.35 * size;
            }
            y += if item.heading { 0.15 } else { 0.35 } * size;
        }
    }
    foot(&fonts, leaflet, &mut page)?;
    let size = (WIDTH, HEIGHT);
    render(&fonts, &leaflet.title, &leaflet.lang, size, &[page])
}

/// The head of the page; where the text begins.
fn head(fonts: &Fonts, leaflet: &Leaflet, page: &mut Vec<Mark>) -> f32 {
    let mut y = MARGIN;
    let issuer = fonts.fit(Face::Bold, 11.0, &leaflet.issuer, MEASURE);
    page.push(text(MARGIN, y + 8.0, (Face::Bold, 11.0), GREY, issuer));
    y += 16.0;
    for line in fonts
        .wrap(Face::Bold, 25.0, &leaflet.title, MEASURE)
        .into_iter()
        .take(2)
    {
        page.push(text(MARGIN, y + 23.0, (Face::Bold, 25.0), BLACK, line));
        y += 32.0;
    }
    let meta = fonts.fit(Face::Regular, 10.0, &leaflet.meta, MEASURE);
    page.push(text(MARGIN, y + 12.0, (Face::Regular, 10.0), GREY, meta));
    page.push(rule(MARGIN, y + 22.0, MEASURE, 1.5, BLACK));
    y + 36.0
}

fn foot(fonts: &Fonts, leaflet: &Leaflet, page: &mut Vec<Mark>) -> Result<(), PaperError> {
    page.push(rule(MARGIN, FOOT + 4.0 * MM, MEASURE, 0.5, HAIR));
    let y = FOOT + 8.0 * MM;
    page.push(Mark::Symbol {
        area: Area {
            x: MARGIN + MEASURE - CODE,
            y,
            w: CODE,
            h: CODE,
        },
        modules: codes::qr(&leaflet.code.text)?,
    });
    let room = MEASURE - CODE - 8.0 * MM;
    let mut at = y + 9.0;
    for line in fonts
        .wrap(Face::Regular, 9.0, &leaflet.note, room)
        .into_iter()
        .take(3)
    {
        page.push(text(MARGIN, at, (Face::Regular, 9.0), BLACK, line));
        at += 12.5;
    }
    at += 5.0;
    let caption = fonts.fit(Face::Bold, 9.0, &leaflet.code.caption, room);
    page.push(text(MARGIN, at, (Face::Bold, 9.0), BLACK, caption));
    let address = fonts.fit(Face::Regular, 9.0, &leaflet.code.text, room);
    page.push(text(
        MARGIN,
        at + 12.5,
        (Face::Regular, 9.0),
        BLACK,
        address,
    ));
    let version = fonts.fit(Face::Regular, 7.0, &leaflet.version, room);
    page.push(text(
        MARGIN,
        y + CODE - 1.0,
        (Face::Regular, 7.0),
        GREY,
        version,
    ));
    Ok(())
}

const CARD: (f32, f32) = (105.0 * MM, 148.0 * MM);
const CARD_MARGIN: f32 = 9.0 * MM;
const CARD_MEASURE: f32 = CARD.0 - 2.0 * CARD_MARGIN;
/// A code of 32 mm is read from an arm's length.
const CARD_CODE: f32 = 32.0 * MM;

/// Sets the card; the same content gives the same bytes.
///
/// # Errors
/// [`PaperError::Code`] when an address is longer than a QR code holds.
pub fn insert_pdf(insert: &Insert) -> Result<Vec<u8>, PaperError> {
    let fonts = Fonts::load(&insert.lang)?;
    let mut page = Vec::new();
    let mut y = CARD_MARGIN;
    let issuer = fonts.fit(Face::Bold, 10.0, &insert.issuer, CARD_MEASURE);
    page.push(text(CARD_MARGIN, y + 8.0, (Face::Bold, 10.0), GREY, issuer));
    y += 15.0;
    let title = fonts.wrap(Face::Bold, 19.0, &insert.title, CARD_MEASURE);
    for line in title.into_iter().take(2) {
        page.push(text(CARD_MARGIN, y + 18.0, (Face::Bold, 19.0), BLACK, line));
        y += 24.0;
    }
    page.push(rule(CARD_MARGIN, y + 5.0, CARD_MEASURE, 1.25, BLACK));
    y += 16.0;
    let codes_top = CARD.1 - CARD_MARGIN - CARD_CODE - 34.0;
    let points = |size: f32| -> Vec<Vec<String>> {
        let wrap = |p: &String| fonts.wrap(Face::Regular, size, p, CARD_MEASURE - 1.1 * size);
        insert.points.iter().map(wrap).collect()
    };
    let height = |size: f32| -> f32 {
        let lines = |p: &Vec<String>| (1.35 * count(p.len()) + 0.4) * size;
        points(size).iter().map(lines).sum()
    };
    let sizes = [10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0];
    let fits = |size: &&f32| height(**size) <= codes_top - y - 4.0;
    let size = sizes.iter().find(fits).copied().unwrap_or(6.5);
    for point in points(size) {
        let bullet = "•".to_owned();
        page.push(text(
            CARD_MARGIN,
            y + size,
            (Face::Regular, size),
            GREY,
            bullet,
        ));
        for line in point {
            let x = CARD_MARGIN + 1.1 * size;
            page.push(text(x, y + size, (Face::Regular, size), BLACK, line));
            y += 1.35 * size;
        }
        y += 0.4 * size;
    }
    let half = CARD_MEASURE / 2.0;
    for (i, code) in insert.codes.iter().enumerate() {
        let left = CARD_MARGIN + half * count(i);
        let area = Area {
            x: left + (half - CARD_CODE) / 2.0,
            y: codes_top,
            w: CARD_CODE,
            h: CARD_CODE,
        };
        page.push(Mark::Symbol {
            area,
            modules: codes::qr(&code.text)?,
        });
        let caption = fonts.wrap(Face::Bold, 9.0, &code.caption, half - 4.0);
        for (n, line) in caption.into_iter().take(2).enumerate() {
            let x = left + (half - fonts.width(Face::Bold, 9.0, &line)) / 2.0;
            let y = codes_top + CARD_CODE + 13.0 + 11.0 * count(n);
            page.push(text(x, y, (Face::Bold, 9.0), BLACK, line));
        }
    }
    let version = fonts.fit(Face::Regular, 6.5, &insert.version, CARD_MEASURE);
    let y = CARD.1 - CARD_MARGIN + 4.0;
    page.push(text(CARD_MARGIN, y, (Face::Regular, 6.5), GREY, version));
    render(&fonts, &insert.title, &insert.lang, CARD, &[page])
}
