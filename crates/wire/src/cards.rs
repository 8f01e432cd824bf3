//! Card numbers in free text. Redress keeps none: whoever types or says one into a note is told so,
//! and what is kept has its digits taken out but for the last four. A number is one when its
//! length and beginning are those of a card scheme and its check digit holds, whether it is
//! written in groups, in digits of other scripts, or word by word.
//!
//! Schemes and lengths: ISO/IEC 7812-1; issuer ranges as the schemes publish them. Maestro's
//! ranges are left out: they overlap with too much that is no card.

use std::ops::Range;

/// Text whose card numbers are taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// What may be kept.
    pub text: String,
    /// How many numbers there were.
    pub found: usize,
}

/// Shortest and longest number of a card, digits.
const DIGITS: std::ops::RangeInclusive<usize> = 14..=19;
/// Characters that may stand between two digits or groups of one number.
const BETWEEN_MAX: usize = 3;
/// Digits that stay.
const KEPT: usize = 4;

/// Words that are digits, in the languages customers are spoken to in.
const WORDS: &[(&str, u8)] = &[
    ("zero", 0),
    ("oh", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("null", 0),
    ("eins", 1),
    ("zwei", 2),
    ("zwo", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("fuenf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zéro", 0),
    ("un", 1),
    ("deux", 2),
    ("trois", 3),
    ("quatre", 4),
    ("cinq", 5),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("cero", 0),
    ("uno", 1),
    ("dos", 2),
    ("tres", 3),
    ("cuatro", 4),
    ("cinco", 5),
    ("seis", 6),
    ("siete", 7),
    ("ocho", 8),
    ("nueve", 9),
    ("jeden", 1),
    ("dwa", 2),
    ("trzy", 3),
    ("cztery", 4),
    ("pięć", 5),
    ("sześć", 6),
    ("siedem", 7),
    ("osiem", 8),
    ("dziewięć", 9),
];

/// A digit of the text.
struct Digit {
    value: u8,
    at: Range<usize>,
    /// Whether a number may begin here, and the one before may end: a group of digits begins.
    begins: bool,
}

/// The text without its card numbers; nothing when there is none.
pub fn mask(text: &str) -> Option<Masked> {
    let mut gone: Vec<Range<usize>> = Vec::new();
    let mut found = 0;
    for run in runs(text) {
        let mut from = 0;
        while from < run.len() {
            let card = run[from].begins.then(|| card_at(&run[from..])).flatten();
            let Some(length) = card else {
                from += 1;
                continue;
            };
            let number = &run[from..from + length];
            gone.extend(number[..length - KEPT].iter().map(|d| d.at.clone()));
            found += 1;
            from += length;
        }
    }
    if found == 0 {
        return None;
    }
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for range in gone {
        kept.push_str(&text[at..range.start]);
        kept.push('*');
        at = range.end;
    }
    kept.push_str(&text[at..]);
    Some(Masked { text: kept, found })
}

/// How many digits the number has that begins here and ends where a group ends.
fn card_at(run: &[Digit]) -> Option<usize> {
    DIGITS.rev().find(|length| {
        let ends = run.len() == *length || run.get(*length).is_some_and(|next| next.begins);
        let digits: Vec<u8> = run.iter().take(*length).map(|d| d.value).collect();
        ends && digits.len() == *length && of_a_scheme(&digits) && checks(&digits)
    })
}

/// Digits with little between them.
fn runs(text: &str) -> Vec<Vec<Digit>> {
    let mut runs: Vec<Vec<Digit>> = Vec::new();
    let mut run: Vec<Digit> = Vec::new();
    let mut between = 0;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if let Some(value) = digit(c) {
            // Letters right before make it a name of something: an account number, a tracking
            // number.
            let named = run.is_empty() && is_account(&text[..at]);
            if named {
                while rest
                    .next_if(|(_, c)| digit(*c).is_some() || *c == ' ')
                    .is_some()
                {}
                continue;
            }
            run.push(Digit {
                value,
                at: at..at + c.len_utf8(),
                begins: between > 0 || run.is_empty(),
            });
            between = 0;
        } else if c.is_alphabetic() {
            let mut end = at + c.len_utf8();
            while let Some((at, c)) = rest.next_if(|(_, c)| c.is_alphabetic()) {
                end = at + c.len_utf8();
            }
            let word = text[at..end].to_lowercase();
            match WORDS.iter().find(|(name, _)| *name == word) {
                Some((_, value)) => {
                    run.push(Digit {
                        value: *value,
                        at: at..end,
                        begins: true,
                    });
                    // The next digit begins a group of its own.
                    between = 1;
                }
                None => end_run(&mut runs, &mut run, &mut between),
            }
        } else if !run.is_empty() && between < BETWEEN_MAX && is_between(c) {
            between += 1;
        } else {
            end_run(&mut runs, &mut run, &mut between);
        }
    }
    end_run(&mut runs, &mut run, &mut between);
    runs
}

fn end_run(runs: &mut Vec<Vec<Digit>>, run: &mut Vec<Digit>, between: &mut usize) {
    if run.len() >= *DIGITS.start() {
        runs.push(std::mem::take(run));
    }
    run.clear();
    *between = 0;
}

/// Whether `before` ends like the beginning of an account number: two capital letters.
fn is_account(before: &str) -> bool {
    let mut back = before.chars().rev();
    let letters = back.next().zip(back.next());
    let two = letters.is_some_and(|(a, b)| a.is_ascii_uppercase() && b.is_ascii_uppercase());
    two && back.next().is_none_or(|c| !c.is_alphanumeric())
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || "-./_,|·–".contains(c) || c.is_control()
}

fn digit(c: char) -> Option<u8> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(zero)).ok()
}

/// Whether length and beginning are those of a card scheme.
fn of_a_scheme(digits: &[u8]) -> bool {
    let begins = |count: usize| {
        digits
            .iter()
            .take(count)
            .fold(0_u32, |n, d| n * 10 + u32::from(*d))
    };
    let (two, three, four) = (begins(2), begins(3), begins(4));
    match digits.len() {
        14 => (300..=305).contains(&three) || matches!(two, 36 | 38 | 39),
        15 => matches!(two, 34 | 37),
        16..=19 => {
            let visa = begins(1) == 4 && matches!(digits.len(), 16 | 19);
            let mastercard =
                digits.len() == 16 && ((51..=55).contains(&two) || (2221..=2720).contains(&four));
            visa || mastercard
                || four == 6011
                || (644..=649).contains(&three)
                || matches!(two, 62 | 65)
                || (3528..=3589).contains(&four)
        }
        _ => false,
    }
}

/// Whether the check digit holds (Luhn, ISO/IEC 7812-1 annex B).
fn checks(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| {
            let d = u32::from(*d);
            match (i % 2, d * 2) {
                (0, _) => d,
                (_, twice) if twice > 9 => twice - 9,
                (_, twice) => twice,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::mask;

    fn masked(text: &str) -> String {
        mask(text).map_or_else(|| format!("untouched: {text}"), |m| m.text)
    }

    #[test]
    fn numbers_of_cards_lose_all_but_their_last_digits() {
        // Numbers the schemes publish for tests.
        for (text, kept) in [
            ("4111111111111111", "************1111"),
            (
                "card 4111 1111 1111 1111, 12/27, 123",
                "card **** **** **** 1111, 12/27, 123",
            ),
            ("4111-1111-1111-1111.", "****-****-****-1111."),
            (
                "pays with 378282246310005 now",
                "pays with ***********0005 now",
            ),
            ("5555555555554444", "************4444"),
            ("2223003122003222", "************3222"),
            ("6011111111111117", "************1117"),
            ("3530111333300000", "************0000"),
            ("30569309025904", "**********5904"),
            ("４１１１１１１１１１１１１１１１", "************１１１１"),
            (
                "2026-11-28 4111 1111 1111 1111",
                "2026-11-28 **** **** **** 1111",
            ),
            (
                "four one one one one one one one one one one one one one one one",
                "* * * * * * * * * * * * one one one one",
            ),
            (
                "vier eins eins eins, 1111, 1111, eins eins eins eins",
                "* * * *, ****, ****, eins eins eins eins",
            ),
        ] {
            assert_eq!(masked(text), kept);
        }
        assert_eq!(
            mask("4111111111111111 and 5555555555554444").unwrap().found,
            2
        );
    }

    #[test]
    fn what_is_no_card_stays() {
        for text in [
            "",
            "no number",
            "4111111111111112",
            "order 10000000000000000001",
            "+49 176 1234 5678 90",
            "DE89 3704 0044 0532 0130 00",
            "BE68539007547034",
            "EAN 4006381333931",
            "340123450000000018 is an SSCC",
            "1Z999AA10123456784",
            "one day or two, four of five came back, six are whole",
            "41111111111111111111111111",
        ] {
            assert_eq!(mask(text), None, "{text}");
        }
    }
}
