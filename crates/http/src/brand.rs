//! A client's accent colour as a stylesheet of its own (`/brand/{client}.css`), because inline
//! styles are forbidden. A colour too weak on white is darkened until it carries text.

use std::fmt::Write as _;

/// An accent colour, safe as text on white and under white text (contrast at least 4.5 to 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accent([u8; 3]);

impl Accent {
    /// Reads `#rrggbb`; darkens it when it is too light. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix('#')?;
        let bytes = data_encoding::HEXLOWER_PERMISSIVE
            .decode(hex.as_bytes())
            .ok()?;
        let mut rgb: [u8; 3] = bytes.try_into().ok()?;
        while contrast_on_white(rgb) < 4.5 {
            rgb = rgb.map(|c| c.saturating_sub(c / 16 + 1));
        }
        Some(Self(rgb))
    }

    /// The stylesheet: the one variable every tint of the accent is mixed from.
    pub fn css(self) -> String {
        let mut css = String::from(":root{--brand:#");
        for channel in self.0 {
            // Writing to a String cannot fail.
            let _ = write!(css, "{channel:02x}");
        }
        css.push_str("}\n");
        css
    }
}

/// WCAG 2.2 contrast ratio of a colour against white.
fn contrast_on_white(rgb: [u8; 3]) -> f64 {
    let [r, g, b] = rgb.map(|c| {
        let c = f64::from(c) / 255.0;
        if c <= 0.040_45 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    });
    1.05 / (0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_colours_are_darkened_and_strong_ones_kept() {
        assert_eq!(
            Accent::parse("#1F4E79").unwrap().css(),
            ":root{--brand:#1f4e79}\n"
        );
        let yellow = Accent::parse("#ffdd00").unwrap();
        assert!(contrast_on_white(yellow.0) >= 4.5);
        assert!(Accent::parse("red").is_none() && Accent::parse("#12345").is_none());
        assert!(Accent::parse("#12345g").is_none() && Accent::parse("#1234567").is_none());
    }
}
