//! The one place that talks to the PDF crate: pages are lists of marks, in points from the top
//! left corner, and [`render`] writes them.

use crate::{
    PaperError,
    fonts::{Face, Fonts},
};
use krilla::{
    Document as Pdf,
    color::luma,
    error::KrillaError,
    geom::{PathBuilder, Point, Rect},
    metadata::Metadata,
    page::PageSettings,
    paint::Fill,
    surface::Surface,
};

/// Points in a millimetre.
pub const MM: f32 = 72.0 / 25.4;
/// Black; larger is lighter, 255 is paper.
pub const BLACK: u8 = 0;

/// A filled rectangle, in points from the top left corner of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

/// One thing on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// A line of text that starts at `x` with its baseline at `y`.
    Text {
        /// Left end.
        x: f32,
        /// Baseline.
        y: f32,
        /// Weight.
        face: Face,
        /// Size in points.
        size: f32,
        /// Grey level, 0 is black.
        shade: u8,
        /// Printable text.
        text: String,
    },
    /// Areas filled together: rules, bars, QR modules.
    Areas {
        /// Grey level, 0 is black.
        shade: u8,
        /// Where.
        areas: Vec<Area>,
    },
    /// A square symbol that is never mirrored.
    Symbol {
        /// Where.
        area: Area,
        /// Its rows, `true` for black.
        modules: Vec<Vec<bool>>,
    },
}

/// The black runs of a symbol laid into `area`.
pub fn symbol(area: Area, modules: &[Vec<bool>]) -> Vec<Area> {
    let size = area.w / count(modules.len().max(1));
    let row = |(y, row): (usize, &Vec<bool>)| {
        let run = move |(start, length): (usize, usize)| Area {
            x: area.x + size * count(start),
            y: area.y + size * count(y),
            w: size * count(length),
            h: size,
        };
        crate::codes::runs(row).into_iter().map(run)
    };
    modules.iter().enumerate().flat_map(row).collect()
}

/// A count as a coordinate; counts here are far below 65,536.
pub fn count(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}

/// Writes the pages as a PDF. No date is set and the ids are a hash of the content, so the same
/// pages give the same bytes. Pages of a language that runs from the right are mirrored here: marks
/// are placed as if it ran from the left.
pub fn render(
    fonts: &Fonts,
    title: &str,
    lang: &str,
    (width, height): (f32, f32),
    pages: &[Vec<Mark>],
) -> Result<Vec<u8>, PaperError> {
    let mut pdf = Pdf::new();
    let metadata = Metadata::new()
        .title(title.to_owned())
        .language(lang.to_owned());
    pdf.set_metadata(metadata.creator("Redress".to_owned()));
    let mirror = |x: f32, w: f32| if fonts.is_rtl() { width - x - w } else { x };
    for marks in pages {
        let settings = PageSettings::from_wh(width, height)
            .ok_or_else(|| PaperError::Pdf("the page size is not a size".to_owned()))?;
        let mut page = pdf.start_page_with(settings);
        let mut surface = page.surface();
        for mark in marks {
            match mark {
                Mark::Text {
                    x,
                    y,
                    face,
                    size,
                    shade,
                    text,
                } => {
                    surface.set_fill(Some(ink(*shade)));
                    let runs = fonts.runs(*face, text);
                    let mut x = mirror(*x, runs.iter().map(|run| run.width(*size)).sum());
                    for run in &runs {
                        let (start, font) = (Point::from_xy(x, *y), run.font.clone());
                        surface.draw_text(start, font, *size, &run.text, false, run.direction);
                        x += run.width(*size);
                    }
                }
                Mark::Areas { shade, areas } => {
                    let areas = areas.iter().map(|a| Area {
                        x: mirror(a.x, a.w),
                        ..*a
                    });
                    fill(&mut surface, *shade, areas);
                }
                Mark::Symbol { area, modules } => {
                    let area = Area {
                        x: mirror(area.x, area.w),
                        ..*area
                    };
                    fill(&mut surface, BLACK, symbol(area, modules));
                }
            }
        }
        surface.finish();
        page.finish();
    }
    pdf.finish()
        .map_err(|e: KrillaError| PaperError::Pdf(format!("{e:?}")))
}

fn fill(surface: &mut Surface<'_>, shade: u8, areas: impl IntoIterator<Item = Area>) {
    let mut path = PathBuilder::new();
    for a in areas {
        if let Some(rect) = Rect::from_xywh(a.x, a.y, a.w, a.h) {
            path.push_rect(rect);
        }
    }
    if let Some(path) = path.finish() {
        surface.set_fill(Some(ink(shade)));
        surface.draw_path(&path);
    }
}

fn ink(shade: u8) -> Fill {
    Fill {
        paint: luma::Color::new(shade).into(),
        ..Fill::default()
    }
}
