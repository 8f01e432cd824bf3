//! Who is paid: whether a holder of an account bears the buyer's name, and whether somebody of the
//! house is, or lives with, the customer. Names are compared, never stored here; which of the
//! rules found somebody is said to nobody.

use serde::{Deserialize, Serialize};
use strsim::damerau_levenshtein;

/// How the holder of an account compares with the buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameMatch {
    /// The same name, in whatever order and letters.
    Match,
    /// Nearly: initials, a middle name more or less, a slip of the finger.
    Close,
    /// Another name.
    Differs,
}

impl NameMatch {
    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Close => "close",
            Self::Differs => "differs",
        }
    }

    /// Compares two names as banks do when they confirm a payee.
    pub fn of(holder: &str, buyer: &str) -> Self {
        let (holder, buyer) = (words(holder), words(buyer));
        if holder.is_empty() || buyer.is_empty() {
            return Self::Differs;
        }
        let sorted = |words: &[String]| {
            let mut words = words.to_vec();
            words.sort_unstable();
            words
        };
        if sorted(&holder) == sorted(&buyer) {
            return Self::Match;
        }
        let (fewer, more) = if holder.len() <= buyer.len() {
            (&holder, &buyer)
        } else {
            (&buyer, &holder)
        };
        // Each word of the shorter name must stand for another word of the longer one, at least one
        // of them whole and longer than an initial.
        let mut left: Vec<&String> = more.iter().collect();
        let mut whole = false;
        for word in fewer {
            let Some(at) = left.iter().position(|other| stands_for(word, other)) else {
                return Self::Differs;
            };
            let other = left.swap_remove(at);
            whole |= word.chars().count() > 2 && other.chars().count() > 2;
        }
        if whole && fewer.len() > 1 {
            Self::Close
        } else {
            Self::Differs
        }
    }
}

/// Whether two words of names may be the same: equal, an initial, or one slip of the finger.
fn stands_for(word: &str, other: &str) -> bool {
    if word == other {
        return true;
    }
    let (short, long) = if word.len() <= other.len() {
        (word, other)
    } else {
        (other, word)
    };
    if short.chars().count() == 1 {
        return long.starts_with(short);
    }
    let slips = if short.chars().count() >= 8 { 2 } else { 1 };
    short.chars().count() > 3 && damerau_levenshtein(word, other) <= slips
}

/// Words of a name in plain small letters, without titles.
fn words(name: &str) -> Vec<String> {
    const TITLES: &[&str] = &[
        "mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "monsieur", "madame", "pan",
        "pani", "sr", "sra",
    ];
    let plain = deunicode::deunicode(name).to_lowercase();
    plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !TITLES.contains(w))
        .map(str::to_owned)
        .collect()
}

/// What is known of somebody, to tell whether two records are of one person or household. What is
/// not known is empty.
#[derive(Clone, Copy, Default)]
pub struct Known<'a> {
    /// Full name.
    pub name: &'a str,
    /// E-mail address.
    pub email: &'a str,
    /// Telephone number.
    pub phone: &'a str,
    /// Postcode.
    pub postcode: &'a str,
    /// Street and number: the first line of an address.
    pub street: &'a str,
}

impl Known<'_> {
    /// Whether both are the same person or live at one address, as far as anybody can tell.
    pub fn is_close_to(&self, other: &Self) -> bool {
        let name = || {
            let (own, of) = (words(self.name), words(other.name));
            // One word is no name to go by.
            own.len() > 1
                && of.len() > 1
                && NameMatch::of(self.name, other.name) == NameMatch::Match
        };
        let email = || {
            let own = mailbox(self.email);
            own.is_some() && own == mailbox(other.email)
        };
        let phone = || {
            let own = digits(self.phone);
            own.is_some() && own == digits(other.phone)
        };
        let home = || {
            let (own, of) = (words(self.street), words(other.street));
            let place = |s: &str| words(s).concat();
            // A street without a number is many homes.
            let numbered = own.iter().any(|w| w.chars().any(|c| c.is_ascii_digit()));
            numbered
                && street(&own) == street(&of)
                && !self.postcode.trim().is_empty()
                && place(self.postcode) == place(other.postcode)
        };
        name() || email() || phone() || home()
    }
}

/// A street as it is compared: its usual ending written one way.
fn street(words: &[String]) -> String {
    words
        .concat()
        .replace("strasse", "str")
        .replace("street", "str")
}

/// A mailbox without what providers ignore: what follows a plus sign, and case.
fn mailbox(address: &str) -> Option<(String, String)> {
    let (local, host) = address.trim().rsplit_once('@')?;
    let local = local.split('+').next().unwrap_or_default().to_lowercase();
    let host = host.to_lowercase();
    // These ignore points as well.
    let local = if ["gmail.com", "googlemail.com"].contains(&host.as_str()) {
        local.replace('.', "")
    } else {
        local
    };
    (!local.is_empty() && !host.is_empty()).then_some((local, host))
}

/// The last nine digits of a telephone number: with or without a country in front.
fn digits(number: &str) -> Option<String> {
    let all: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    let from = all.len().checked_sub(9)?;
    Some(all[from..].iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_as_banks_do() {
        use NameMatch as N;
        for (holder, buyer, is) in [
            ("Kim Lindqvist", "Kim Lindqvist", N::Match),
            ("LINDQVIST, Kim", "Kim Lindqvist", N::Match),
            ("Dr. Jürgen Müller", "Jurgen Muller", N::Match),
            ("K. Lindqvist", "Kim Lindqvist", N::Close),
            ("Kim Anna Lindqvist", "Kim Lindqvist", N::Close),
            ("Kim Lindqvst", "Kim Lindqvist", N::Close),
            ("Lindqvist", "Kim Lindqvist", N::Differs),
            ("K L", "Kim Lindqvist", N::Differs),
            ("Per Olsson", "Kim Lindqvist", N::Differs),
            ("Kim Olsson", "Kim Lindqvist", N::Differs),
            ("", "Kim Lindqvist", N::Differs),
        ] {
            assert_eq!(N::of(holder, buyer), is, "{holder} / {buyer}");
            assert_eq!(N::of(buyer, holder), is, "{buyer} / {holder}");
        }
    }

    #[test]
    fn a_person_or_household_is_found_by_any_of_four_ways() {
        let customer = Known {
            name: "Kim Lindqvist",
            email: "kim.l@shopper.example",
            phone: "+49 341 555 0172",
            postcode: "04109",
            street: "Lindenstraße 7",
        };
        let other = Known {
            name: "Ana Costa",
            email: "ana@house.example",
            phone: "0151 1234567",
            postcode: "10115",
            street: "Lindenstraße 7",
        };
        assert!(!other.is_close_to(&customer), "same street, another town");
        for own in [
            Known {
                name: "LINDQVIST Kim",
                ..other
            },
            Known {
                email: "Kim.L+shop@shopper.example",
                ..other
            },
            Known {
                phone: "0341 5550172",
                ..other
            },
            Known {
                postcode: "04109",
                street: "Lindenstr. 7",
                ..other
            },
        ] {
            assert!(own.is_close_to(&customer));
            assert!(customer.is_close_to(&own));
        }
        let neighbour = Known {
            postcode: "04109",
            street: "Lindenstr. 9",
            ..other
        };
        assert!(!neighbour.is_close_to(&customer));
        // What is not known is nobody's.
        assert!(!Known::default().is_close_to(&Known::default()));
    }
}
