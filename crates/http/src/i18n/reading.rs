//! How hard an English text is to read. Tests only; those of other crates take it by its path.

/// The hardest text customers should have to read, as a school grade.
pub const HARDEST: f64 = 9.0;

/// Groups of vowels; a silent e at the end does not count. Every word has one.
fn syllables(word: &str) -> u32 {
    let word = word.to_ascii_lowercase();
    let vowel = |c: char| "aeiouy".contains(c);
    let mut count = 0;
    let mut before = false;
    for c in word.chars() {
        count += u32::from(vowel(c) && !before);
        before = vowel(c);
    }
    let silent = word.ends_with('e') && !word.ends_with("le") && count > 1;
    (count - u32::from(silent)).max(1)
}

/// The Flesch-Kincaid grade: 0.39 words per sentence + 11.8 syllables per word - 15.59.
pub fn grade(text: &str) -> f64 {
    let ends = text.matches(['.', '!', '?']).count().max(1);
    let words: Vec<&str> = text
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '\'')
        .filter(|w| w.chars().any(char::is_alphabetic))
        .collect();
    let figure = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let (sentences, count) = (figure(ends), figure(words.len()));
    let syllables = f64::from(words.iter().map(|w| syllables(w)).sum::<u32>());
    0.39 * count / sentences + 11.8 * syllables / count - 15.59
}

#[test]
fn the_measure_of_reading_knows_easy_from_hard() {
    assert_eq!(
        ["the", "returns", "delivery", "example", "price"].map(syllables),
        [1, 2, 4, 3, 1]
    );
    let easy = grade("We pay for the way back. You can keep the box.");
    let hard = grade(
        "Notwithstanding the aforementioned stipulations, reimbursement of consideration is \
         conditional upon satisfactory verification of merchandise integrity by authorised personnel.",
    );
    assert!(easy < 3.0 && hard > 20.0, "{easy} {hard}");
}
