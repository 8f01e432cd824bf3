//! Cells of files people open in a spreadsheet. Text that a spreadsheet would run as a formula is
//! written with an apostrophe before it; what reads such a file takes it away again, so nothing is
//! lost (A18). Numbers are no text and are written as they are.

use std::borrow::Cow;

/// What a formula begins with, also after characters a spreadsheet passes over, and in the wide
/// forms some of them read alike.
const STARTS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

fn runs(text: &str) -> bool {
    let shown = text.trim_start_matches([' ', '\n', '\u{a0}', '\u{feff}', '\0']);
    [text, shown].iter().any(|t| t.starts_with(STARTS))
}

/// Text as a cell.
pub fn text(text: &str) -> Cow<'_, str> {
    if runs(text.trim_start_matches('\'')) {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}

/// The text that was written as this cell.
pub fn original(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if runs(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a18_formulas_are_neutralised_and_come_back_as_they_were() {
        for formula in [
            "=HYPERLINK(\"http://x\",\"y\")",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(A1:A9)",
            "\t=1+1",
            "\r=1+1",
            "  =1+1",
            "\n=1",
            "＝1+1",
            "'=1",
        ] {
            let cell = text(formula);
            assert!(cell.starts_with('\''), "{formula:?} as {cell:?}");
            assert_eq!(original(&cell), formula);
        }
        for plain in ["", "A-1", "it's", "'quoted'", "1 + 1", "é"] {
            assert_eq!(text(plain), plain);
            assert_eq!(original(plain), plain);
        }
    }

    proptest! {
        #[test]
        fn a18_whatever_is_written_is_read_again(told in "[ '=+@a\t-]{0,6}|.*") {
            let cell = text(&told);
            prop_assert_eq!(original(&cell), told.as_str());
        }
    }
}
