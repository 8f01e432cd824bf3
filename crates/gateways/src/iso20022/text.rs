//! The characters banks accept in the SEPA schemes.

/// `text` in the Latin set of EPC217-08 (letters, digits, space and `/-?:().,'+`), at most `max`
/// characters. Accents fall off, other scripts are romanised, what remains becomes `.`; runs of
/// spaces become one; no leading, trailing or double slash, which the scheme forbids.
pub fn epc_text(text: &str, max: usize) -> String {
    // Bounded before romanising: one character can become many.
    let head: String = text.chars().take(max.saturating_mul(2)).collect();
    let mut out = String::with_capacity(max);
    for c in deunicode::deunicode_with_tofu(&head, ".").chars() {
        let c = match c {
            c if c.is_ascii_alphanumeric() || "/-?:().,'+".contains(c) => c,
            c if c.is_ascii_whitespace() => ' ',
            '&' => '+',
            _ => '.',
        };
        let doubled = matches!(c, ' ' | '/') && (out.is_empty() || out.ends_with(c));
        if !doubled && out.len() < max {
            out.push(c);
        }
    }
    out.truncate(out.trim_end_matches([' ', '/']).len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_as_banks_take_them() {
        assert_eq!(epc_text("José Núñez & Søn", 70), "Jose Nunez + Son");
        assert_eq!(epc_text("//RMA 7//8/ ", 70), "RMA 7/8");
        assert_eq!(epc_text("<b>\u{0}x</b>", 70), ".b..x./b.");
        assert_eq!(epc_text("abcdef", 3), "abc");
    }

    proptest! {
        #[test]
        fn only_allowed_characters_come_out(text in any::<String>(), max in 1_usize..150) {
            let out = epc_text(&text, max);
            prop_assert!(out.len() <= max && !out.contains("//"));
            prop_assert!(out.chars().all(|c| c.is_ascii_alphanumeric() || " /-?:().,'+".contains(c)));
        }
    }
}
