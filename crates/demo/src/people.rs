//! Invented people of several countries: names, streets, towns, addresses at example domains and
//! bank accounts with valid check digits at bank codes nobody has.

use crate::dice::Dice;
use wire::Contact;

struct Land {
    code: &'static str,
    first: &'static [&'static str],
    last: &'static [&'static str],
    streets: &'static [&'static str],
    /// Postcode and town.
    towns: &'static [(&'static str, &'static str)],
    /// Whether the house number stands before the street.
    number_first: bool,
    /// Letters of the bank code as the country's IBAN has it, and digits after it.
    bank: &'static str,
    digits: usize,
}

const LANDS: &[Land] = &[
    Land {
        code: "DE",
        first: &["Lena", "Jonas", "Miriam", "Tobias", "Aylin", "Henrik"],
        last: &["Brandt", "Köhler", "Yilmaz", "Seidel", "Vogt", "Albers"],
        streets: &["Lindenstraße", "Am Markt", "Schillerweg", "Hafengasse"],
        towns: &[
            ("04109", "Leipzig"),
            ("20095", "Hamburg"),
            ("50667", "Köln"),
            ("70173", "Stuttgart"),
        ],
        number_first: false,
        bank: "99999999",
        digits: 10,
    },
    Land {
        code: "AT",
        first: &["Anna", "Lukas", "Katharina", "Felix"],
        last: &["Gruber", "Hofer", "Steiner", "Pichler"],
        streets: &["Ringgasse", "Bergstraße", "Am Graben"],
        towns: &[("1010", "Wien"), ("8010", "Graz"), ("4020", "Linz")],
        number_first: false,
        bank: "99999",
        digits: 11,
    },
    Land {
        code: "FR",
        first: &["Camille", "Théo", "Inès", "Antoine"],
        last: &["Moreau", "Lefèvre", "Garnier", "Benali"],
        streets: &["rue des Lilas", "avenue du Port", "rue Neuve"],
        towns: &[("75011", "Paris"), ("69002", "Lyon"), ("44000", "Nantes")],
        number_first: true,
        bank: "9999999999",
        digits: 13,
    },
    Land {
        code: "NL",
        first: &["Sanne", "Daan", "Fleur", "Youssef"],
        last: &["de Wit", "Bakker", "Visser", "Mulder"],
        streets: &["Kerkstraat", "Molenweg", "Havenkade"],
        towns: &[
            ("1012 AB", "Amsterdam"),
            ("3511 CD", "Utrecht"),
            ("9711 EF", "Groningen"),
        ],
        number_first: false,
        bank: "DEMO",
        digits: 10,
    },
    Land {
        code: "BE",
        first: &["Emma", "Lars", "Noor", "Luc"],
        last: &["Peeters", "Claes", "Dubois", "Maes"],
        streets: &["Stationsstraat", "Grote Markt", "rue Haute"],
        towns: &[("1000", "Brussel"), ("9000", "Gent"), ("4000", "Liège")],
        number_first: false,
        bank: "999",
        digits: 9,
    },
    Land {
        code: "GB",
        first: &["Olivia", "Harry", "Priya", "Callum", "Grace"],
        last: &["Whitfield", "Okafor", "Marsh", "Patel", "Ellis"],
        streets: &["Mill Lane", "Church Street", "Harbour Road", "Station Road"],
        towns: &[
            ("M1 2AB", "Manchester"),
            ("BS1 4QD", "Bristol"),
            ("EH1 1YZ", "Edinburgh"),
        ],
        number_first: true,
        bank: "DEMO",
        digits: 14,
    },
    Land {
        code: "IE",
        first: &["Aoife", "Cian", "Niamh", "Oisín"],
        last: &["Byrne", "Walsh", "Kavanagh", "Doyle"],
        streets: &["Quay Street", "Bridge Road", "Abbey Lane"],
        towns: &[("D02 X285", "Dublin"), ("T12 W8KP", "Cork")],
        number_first: true,
        bank: "DEMO",
        digits: 14,
    },
    Land {
        code: "ES",
        first: &["Lucía", "Mateo", "Carmen", "Diego"],
        last: &["Navarro", "Ortega", "Vidal", "Serrano"],
        streets: &["Calle Mayor", "Calle del Sol", "Avenida del Mar"],
        towns: &[
            ("28013", "Madrid"),
            ("46002", "Valencia"),
            ("41001", "Sevilla"),
        ],
        number_first: false,
        bank: "9999999999",
        digits: 10,
    },
    Land {
        code: "IT",
        first: &["Giulia", "Marco", "Chiara", "Luca"],
        last: &["Rinaldi", "Ferri", "Conti", "Greco"],
        streets: &["Via Roma", "Via dei Mille", "Corso Italia"],
        towns: &[("20121", "Milano"), ("10121", "Torino")],
        number_first: false,
        bank: "X9999999999",
        digits: 12,
    },
    Land {
        code: "SE",
        first: &["Elsa", "Oskar", "Maja", "Nils"],
        last: &["Lindgren", "Ekström", "Sandberg", "Nyman"],
        streets: &["Storgatan", "Kungsgatan", "Björkvägen"],
        towns: &[("111 20", "Stockholm"), ("411 03", "Göteborg")],
        number_first: false,
        bank: "999",
        digits: 17,
    },
    Land {
        code: "US",
        first: &["Ava", "Mason", "Zoe", "Marcus"],
        last: &["Caldwell", "Nguyen", "Rivera", "Hughes"],
        streets: &["Maple Avenue", "Oak Street", "Lakeview Drive"],
        towns: &[
            ("97201", "Portland, OR"),
            ("78701", "Austin, TX"),
            ("02108", "Boston, MA"),
        ],
        number_first: true,
        bank: "",
        digits: 0,
    },
];

/// An invented person of a country, and their account if the country has IBANs. An unknown
/// country gives a German.
pub fn person(country: &str, dice: &mut Dice) -> (Contact, Option<String>) {
    let land = LANDS
        .iter()
        .find(|l| l.code == country)
        .unwrap_or(&LANDS[0]);
    let first = dice.pick(land.first).copied().unwrap_or_default();
    let last = dice.pick(land.last).copied().unwrap_or_default();
    let street = dice.pick(land.streets).copied().unwrap_or_default();
    let (postcode, town) = dice.pick(land.towns).copied().unwrap_or_default();
    let number = 1 + dice.below(140);
    let line = if land.number_first {
        format!("{number} {street}")
    } else {
        format!("{street} {number}")
    };
    let plain = |text: &str| -> String {
        text.to_lowercase()
            .chars()
            .map(ascii)
            .filter(char::is_ascii_alphabetic)
            .collect()
    };
    let serial = dice.below(900) + 100;
    let domain = dice
        .pick(&["example.com", "example.org", "example.net"])
        .copied();
    let contact = Contact {
        name: format!("{first} {last}"),
        email: format!(
            "{}.{}{serial}@{}",
            plain(first),
            plain(last),
            domain.unwrap_or_default()
        ),
        phone: String::new(),
        address: vec![line, town.to_owned()],
        postcode: postcode.to_owned(),
        vat_id: String::new(),
    };
    let account = (land.digits > 0).then(|| {
        let digits: String = (0..land.digits)
            .map(|_| char::from(b'0' + u8::try_from(dice.below(10)).unwrap_or(0)))
            .collect();
        iban(land.code, &format!("{}{digits}", land.bank))
    });
    (contact, account)
}

/// The plain letter for the accented ones our names use.
const fn ascii(c: char) -> char {
    match c {
        'ä' | 'á' | 'à' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'í' => 'i',
        'ö' | 'ó' => 'o',
        'ü' => 'u',
        other => other,
    }
}

/// The IBAN of an account, with check digits by ISO 7064 MOD 97-10.
fn iban(country: &str, account: &str) -> String {
    let moved = format!("{account}{country}00");
    let remainder = moved.chars().fold(0_u32, |sum, c| {
        let value = c.to_digit(36).unwrap_or(0);
        if value > 9 {
            (sum * 100 + value) % 97
        } else {
            (sum * 10 + value) % 97
        }
    });
    format!("{country}{:02}{account}", 98 - remainder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_those_of_published_examples() {
        // Examples of the SWIFT IBAN registry.
        assert_eq!(iban("DE", "370400440532013000"), "DE89370400440532013000");
        assert_eq!(iban("GB", "NWBK60161331926819"), "GB29NWBK60161331926819");
    }
}
