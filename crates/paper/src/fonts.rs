//! The embedded typefaces (Noto Sans and Noto Sans Arabic, SIL Open Font License 1.1), the order of
//! runs where directions mix, and the measuring of text.

use crate::PaperError;
use krilla::text::{Font, TextDirection};
use rustybuzz::{Direction, UnicodeBuffer};
use skrifa::{
    FontRef, MetadataProvider,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
};
use unicode_bidi::{BidiInfo, Level};

const ARABIC_REGULAR: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/arabic-400.ttf"));
const ARABIC_BOLD: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/arabic-700.ttf"));

/// A weight of the one typeface used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// Body text.
    Regular,
    /// Names, headings, numbers that matter.
    Bold,
}

struct Cut {
    font: Font,
    charmap: Charmap<'static>,
    /// Widths for a size of one point.
    advances: GlyphMetrics<'static>,
    shaper: rustybuzz::Face<'static>,
}

impl Cut {
    fn load(bytes: &'static [u8]) -> Result<Self, PaperError> {
        let broken = || PaperError::Pdf("the embedded font is unreadable".to_owned());
        let font = Font::new(bytes.into(), 0).ok_or_else(broken)?;
        let face = FontRef::new(bytes).map_err(|_| broken())?;
        let advances = face.glyph_metrics(Size::new(1.0), LocationRef::default());
        Ok(Self {
            font,
            charmap: face.charmap(),
            advances,
            shaper: rustybuzz::Face::from_slice(bytes, 0).ok_or_else(broken)?,
        })
    }

    fn has(&self, c: char) -> bool {
        self.charmap.map(c).is_some()
    }

    /// Width of a run at one point, as it is drawn: joined letters, kerning.
    fn shaped_width(&self, text: &str, rtl: bool) -> f32 {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(if rtl {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        });
        let glyphs = rustybuzz::shape(&self.shaper, &[], buffer);
        let units: i32 = glyphs.glyph_positions().iter().map(|g| g.x_advance).sum();
        #[expect(
            clippy::cast_precision_loss,
            reason = "a line is far below 2^24 font units"
        )]
        let width = units as f32 / self.advances_per_em();
        width
    }

    fn advances_per_em(&self) -> f32 {
        let em = u16::try_from(self.shaper.units_per_em()).unwrap_or(1_000);
        f32::from(em)
    }
}

/// One weight in both scripts.
struct Weight {
    latin: Cut,
    arabic: Cut,
}

impl Weight {
    /// The cut that draws `c`: the one in use where both can.
    fn cut_for<'a>(&'a self, c: char, used: Option<&'a Cut>) -> &'a Cut {
        match used {
            Some(cut) if cut.has(c) => cut,
            _ if self.latin.has(c) => &self.latin,
            _ => &self.arabic,
        }
    }
}

/// A piece of a line drawn with one font in one direction.
pub struct Run {
    /// The font.
    pub font: Font,
    /// What it says, in the order it is read.
    pub text: String,
    /// How its letters run.
    pub direction: TextDirection,
    /// Its width at one point.
    width: f32,
}

impl Run {
    /// Its width at `size` points.
    pub fn width(&self, size: f32) -> f32 {
        self.width * size
    }
}

/// Both weights, ready to draw with and to measure.
pub struct Fonts {
    regular: Weight,
    bold: Weight,
    rtl: bool,
}

impl Fonts {
    /// Reads the embedded fonts for text in `lang`.
    pub fn load(lang: &str) -> Result<Self, PaperError> {
        Ok(Self {
            regular: Weight {
                latin: Cut::load(notosans::REGULAR_TTF)?,
                arabic: Cut::load(ARABIC_REGULAR)?,
            },
            bold: Weight {
                latin: Cut::load(notosans::BOLD_TTF)?,
                arabic: Cut::load(ARABIC_BOLD)?,
            },
            rtl: lang == "ar",
        })
    }

    /// Whether pages are laid out from the right.
    pub const fn is_rtl(&self) -> bool {
        self.rtl
    }

    const fn weight(&self, face: Face) -> &Weight {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        }
    }

    /// The runs of a line from left to right.
    pub fn runs(&self, face: Face, text: &str) -> Vec<Run> {
        let weight = self.weight(face);
        // A line of another direction on a page from the left, such as a caption, orders itself.
        let bidi = BidiInfo::new(text, self.rtl.then(Level::rtl));
        let Some(paragraph) = bidi.paragraphs.first() else {
            return Vec::new();
        };
        let (levels, ranges) = bidi.visual_runs(paragraph, paragraph.range.clone());
        let mut out = Vec::new();
        for range in ranges {
            let rtl = levels.get(range.start).is_some_and(Level::is_rtl);
            let mut pieces: Vec<(&Cut, String)> = Vec::new();
            for c in text.get(range).unwrap_or_default().chars() {
                if is_mark_of_direction(c) {
                    continue;
                }
                let used = pieces.last().map(|(cut, _)| *cut);
                let cut = weight.cut_for(c, used);
                match pieces.last_mut() {
                    Some((last, piece)) if std::ptr::eq(*last, cut) => piece.push(c),
                    _ => pieces.push((cut, c.to_string())),
                }
            }
            if rtl {
                pieces.reverse();
            }
            out.extend(pieces.into_iter().map(|(cut, text)| Run {
                font: cut.font.clone(),
                width: cut.shaped_width(&text, rtl),
                text,
                direction: if rtl {
                    TextDirection::RightToLeft
                } else {
                    TextDirection::LeftToRight
                },
            }));
        }
        out
    }

    /// The text with what cannot be printed made visible: control characters and line breaks
    /// become a space, characters the fonts do not have become `?`.
    pub fn printable(&self, text: &str) -> String {
        text.chars()
            .map(|c| match c {
                '\u{a0}' | '\u{202f}' => '\u{a0}',
                c if c.is_control() || c.is_whitespace() => ' ',
                c if is_mark_of_direction(c) => c,
                c if self.regular.cut_for(c, None).has(c) => c,
                _ => '?',
            })
            .collect()
    }

    /// Width in points of `text` at `size` points; for letters that stand alone without kerning
    /// (so never too small by much).
    pub fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        let cut = &self.weight(face).latin;
        let alone = |c: char| c < '\u{590}' || ('\u{2010}'..'\u{2066}').contains(&c);
        if !text.chars().all(alone) {
            return self.runs(face, text).iter().map(|r| r.width(size)).sum();
        }
        let advance = |c| {
            cut.charmap
                .map(c)
                .and_then(|g| cut.advances.advance_width(g))
        };
        text.chars().filter_map(advance).sum::<f32>() * size
    }

    /// `text` cut with an ellipsis so that it is at most `max` points wide.
    pub fn fit(&self, face: Face, size: f32, text: &str, max: f32) -> String {
        let text = self.printable(text);
        if self.width(face, size, &text) <= max {
            return text;
        }
        let room = max - self.width(face, size, "…");
        let mut used = 0.0;
        let kept: String = text
            .chars()
            .take_while(|c| {
                used += self.width(face, size, c.encode_utf8(&mut [0; 4]));
                used <= room
            })
            .collect();
        format!("{}…", kept.trim_end())
    }

    /// `text` in lines of at most `max` points; breaks at spaces, inside a word only when the
    /// word alone is too wide. Always at least one line.
    pub fn wrap(&self, face: Face, size: f32, text: &str, max: f32) -> Vec<String> {
        let space = self.width(face, size, " ");
        let (mut lines, mut line, mut used) = (vec![], String::new(), 0.0);
        for word in self.printable(text).split(' ').filter(|w| !w.is_empty()) {
            let wide = self.width(face, size, word);
            if !line.is_empty() && used + space + wide > max {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            if !line.is_empty() {
                line.push(' ');
                used += space;
            }
            if wide <= max {
                line.push_str(word);
                used += wide;
                continue;
            }
            for c in word.chars() {
                let one = self.width(face, size, c.encode_utf8(&mut [0; 4]));
                if !line.is_empty() && used + one > max {
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                line.push(c);
                used += one;
            }
        }
        lines.push(line);
        lines
    }
}

/// Marks that order the text around them and are not drawn.
const fn is_mark_of_direction(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn european_letters_are_in_the_font_and_others_are_seen_missing() {
        let fonts = Fonts::load("en").unwrap();
        let text = "Größe ÄÖÜß Łódź ąęśćńż Čeština Français ñ ő ş € – „“ … №";
        assert_eq!(fonts.printable(text), text);
        assert_eq!(fonts.printable("a\nb\u{7}漢"), "a b ?");
    }

    #[test]
    fn runs_stand_from_left_to_right_as_they_are_drawn() {
        let fonts = Fonts::load("ar").unwrap();
        let runs = |text: &str| -> Vec<String> {
            let runs = fonts.runs(Face::Regular, text);
            runs.into_iter().map(|run| run.text).collect()
        };
        // Read from the right: the word, then the number of the order, which keeps its own order.
        assert_eq!(runs("الطلب \u{2068}NB-17 x\u{2069}"), ["NB-17 x", "الطلب "]);
        let joined = fonts.width(Face::Regular, 10.0, "سلع");
        let apart: f32 = ["س", "ل", "ع"]
            .map(|c| fonts.width(Face::Regular, 10.0, c))
            .iter()
            .sum();
        assert!(joined < apart * 0.9, "letters join: {joined} of {apart}");
        assert_eq!(
            fonts.printable("عربي \u{200f}12\u{a0}€"),
            "عربي \u{200f}12\u{a0}€"
        );
    }

    #[test]
    fn lines_never_exceed_the_measure_and_lose_nothing() {
        let fonts = Fonts::load("en").unwrap();
        let text = "Donaudampfschifffahrtsgesellschaftskapitänsmütze and a few short words";
        for max in [30.0, 80.0, 200.0] {
            let lines = fonts.wrap(Face::Regular, 10.0, text, max);
            assert!(
                lines
                    .iter()
                    .all(|l| fonts.width(Face::Regular, 10.0, l) <= max + 0.01)
            );
            let squeezed = |s: &str| s.split_whitespace().collect::<String>();
            assert_eq!(squeezed(&lines.concat()), squeezed(text));
        }
        let cut = fonts.fit(Face::Bold, 12.0, text, 60.0);
        assert!(
            cut.ends_with('…') && fonts.width(Face::Bold, 12.0, &cut) <= 60.0,
            "{cut}"
        );
        assert_eq!(fonts.wrap(Face::Regular, 10.0, "", 50.0), [""]);
    }
}
