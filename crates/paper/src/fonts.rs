//! The embedded typeface (Noto Sans, SIL Open Font License 1.1) and the measuring of text.

use crate::PaperError;
use krilla::text::Font;
use skrifa::{
    FontRef, MetadataProvider,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
};

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
        })
    }
}

/// Both weights, ready to draw with and to measure.
pub struct Fonts {
    regular: Cut,
    bold: Cut,
}

impl Fonts {
    /// Reads the embedded fonts.
    pub fn load() -> Result<Self, PaperError> {
        Ok(Self {
            regular: Cut::load(notosans::REGULAR_TTF)?,
            bold: Cut::load(notosans::BOLD_TTF)?,
        })
    }

    fn cut(&self, face: Face) -> &Cut {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
        }
    }

    /// The font to draw with.
    pub fn font(&self, face: Face) -> Font {
        self.cut(face).font.clone()
    }

    /// The text with what cannot be printed made visible: control characters and line breaks
    /// become a space, characters the font does not have become `?`.
    pub fn printable(&self, text: &str) -> String {
        text.chars()
            .map(|c| match c {
                c if c.is_control() || c.is_whitespace() => ' ',
                c if self.regular.charmap.map(c).is_some() => c,
                _ => '?',
            })
            .collect()
    }

    /// Width in points of `text` at `size` points, without kerning (so never too small by much).
    pub fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        let cut = self.cut(face);
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
        for word in self.printable(text).split_whitespace() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn european_letters_are_in_the_font_and_others_are_seen_missing() {
        let fonts = Fonts::load().unwrap();
        let text = "Größe ÄÖÜß Łódź ąęśćńż Čeština Français ñ ő ş € – „“ … №";
        assert_eq!(fonts.printable(text), text);
        assert_eq!(fonts.printable("a\nb\u{7}漢"), "a b ?");
    }

    #[test]
    fn lines_never_exceed_the_measure_and_lose_nothing() {
        let fonts = Fonts::load().unwrap();
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
