//! Barcode and QR symbols as modules; where and how large is the label's business.

use crate::PaperError;
use barcoders::sym::code128::Code128;
use logistics::Sscc;
use qrcode::{EcLevel, QrCode};

/// Modules of a GS1-128 symbol of one SSCC, without quiet zones: start, FNC1, ten digit pairs,
/// check and stop.
pub const SSCC_MODULES: usize = 156;

/// The bars of the SSCC as GS1-128, `true` for black, one entry per module.
pub fn gs1_128(sscc: &Sscc) -> Result<Vec<bool>, PaperError> {
    // The crate's own notation: U+0106 starts in code set C, U+0179 is FNC1, which right after
    // the start is what makes a Code 128 symbol a GS1 one.
    let data = format!("\u{0106}\u{0179}{}", sscc.symbol_data());
    let code = Code128::new(data).map_err(|_| PaperError::Code("GS1-128 barcode"))?;
    Ok(code
        .encode()
        .into_iter()
        .map(|module| module == 1)
        .collect())
}

/// Runs of black modules as (start, length).
pub fn runs(modules: &[bool]) -> Vec<(usize, usize)> {
    let mut out = vec![];
    let mut start = None;
    for (i, black) in modules.iter().copied().chain([false]).enumerate() {
        match (black, start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                out.push((from, i - from));
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// The rows of a QR code (error correction M, 15 % damage), `true` for black, no quiet zone.
pub fn qr(text: &str) -> Result<Vec<Vec<bool>>, PaperError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|_| PaperError::Code("QR code"))?;
    let dark: Vec<bool> = code
        .to_colors()
        .into_iter()
        .map(|c| c == qrcode::Color::Dark)
        .collect();
    Ok(dark.chunks(code.width()).map(<[bool]>::to_vec).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_symbol_has_the_width_of_the_standard() {
        let sscc: Sscc = "376104250021234569".parse().unwrap();
        let bars = gs1_128(&sscc).unwrap();
        assert_eq!(bars.len(), SSCC_MODULES);
        let black: usize = runs(&bars).iter().map(|(_, n)| n).sum();
        assert_eq!(black, bars.iter().filter(|b| **b).count());
        assert_eq!(runs(&[true, true, false, true]), [(0, 2), (3, 1)]);
    }
}
