//! The shipped holiday tables: days known by hand, tables written from statutes, corrections by
//! packs, and what must hold for every place and year.
#![expect(clippy::unwrap_used, reason = "test helpers: a panic is the failure")]

use jiff::civil::{Date, Weekday, date};
use kernel::Place;
use law::{LawBook, Period, Rollover, Unit};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::LazyLock,
};

static BOOK: LazyLock<LawBook> = LazyLock::new(|| LawBook::builtin().unwrap());
const TABLES: &str = include_str!("../holidays/tables.txt");

fn place(code: &str) -> Place {
    let (country, part) = code
        .split_once('-')
        .map_or((code, None), |(c, p)| (c, Some(p)));
    Place {
        country: country.parse().unwrap(),
        subdivision: part.map(|p| p.parse().unwrap()),
    }
}

fn days_in(book: &LawBook, code: &str, year: i16) -> String {
    let all = book.holidays(place(code), year..=year);
    let days: Vec<_> = all
        .days()
        .iter()
        .map(|d| d.strftime("%m-%d").to_string())
        .collect();
    days.join(" ")
}

fn days(code: &str, year: i16) -> String {
    days_in(&BOOK, code, year)
}

/// Days that are (`05-01`) and are not (`-05-01`) public holidays, from official calendars.
const KNOWN: [(&str, i16, &str); 87] = [
    // German Länder
    ("DE", 2026, "04-03 04-06 10-03 -01-06 -06-04 -10-31 -11-01"),
    ("DE-BY", 2026, "01-06 06-04 11-01 10-03 -10-31 -08-15"),
    ("DE-SN", 2026, "10-31 11-18 -06-04"),
    ("DE-BE", 2025, "03-08 05-08"),
    ("DE-BE", 2026, "03-08 -05-08 -11-01"),
    ("DE-SL", 2026, "06-04 08-15 11-01"),
    ("DE-TH", 2026, "09-20 10-31"),
    ("DE-MV", 2022, "-03-08"),
    ("DE-MV", 2023, "03-08"),
    // nations of the United Kingdom
    ("GB", 2026, "04-06 08-31 12-28 -01-02 -03-17"),
    ("GB-WLS", 2026, "04-06 08-31 12-28 -03-01"),
    ("GB-SCT", 2026, "01-02 08-03 11-30 12-28 -04-06 -08-31"),
    ("GB-SCT", 2022, "01-03 01-04 06-02 06-03 09-19"),
    ("GB-NIR", 2026, "03-17 04-06 07-13 08-31"),
    ("GB", 2027, "12-27 12-28"),
    // the United States
    ("US", 2026, "06-19 07-03 11-26 -11-27 -04-20"),
    ("US", 2022, "06-20 12-26"),
    ("US", 2020, "-06-19"),
    ("US-RI", 2026, "06-19 08-10"),
    ("US-MA", 2026, "04-20"),
    ("US-CA", 2026, "03-31 11-27"),
    ("US-NY", 2026, "02-12 11-03"),
    ("US-UT", 2026, "07-24"),
    // Japan: substitutes, a day between two holidays, the Games of 2021
    ("JP", 2026, "05-06 09-21 09-22 09-23 -05-07"),
    ("JP", 2027, "-09-22"),
    ("JP", 2021, "07-22 07-23 08-08 08-09 -10-11 -08-11"),
    // Swiss cantons
    ("CH", 2026, "01-01 05-14 08-01 12-25 -05-01 -12-26"),
    ("CH-ZH", 2026, "04-03 04-06 05-01 05-25 12-26 -06-04"),
    ("CH-GE", 2026, "09-10 12-31 -05-01 -12-26"),
    ("CH-TI", 2026, "01-06 03-19 06-29 12-08 -04-03"),
    ("CH-VS", 2026, "03-19 06-04 11-01 -04-03"),
    // St Stephen's makes no long weekend of three days there.
    ("CH-AI", 2025, "06-19 08-15 12-26"),
    ("CH-AI", 2026, "06-04 08-15 -12-26"),
    // Spanish communities
    ("ES", 2026, "01-06 04-03 12-08 -04-06 -05-02"),
    ("ES-MD", 2026, "04-02 05-02"),
    ("ES-CT", 2026, "04-06 06-24 09-11 12-26 -04-02"),
    ("ES-PV", 2026, "04-02 04-06"),
    // Canadian provinces
    ("CA", 2026, "01-01 04-03 07-01 09-07 12-25"),
    ("CA-QC", 2026, "05-18 06-24 -02-16"),
    ("CA-ON", 2026, "02-16 05-18 10-12 12-26 -11-11"),
    ("CA-BC", 2026, "02-16 08-03 09-30 11-11"),
    ("CA-AB", 2026, "02-16 11-11 -12-26"),
    // Australia and New Zealand
    ("AU", 2026, "01-26 04-25"),
    ("AU-VIC", 2026, "03-09 11-03"),
    ("AU-NSW", 2026, "06-08 10-05 -11-03"),
    ("AU-WA", 2026, "03-02 06-01 -06-08"),
    // Brisbane's show is not a holiday of all Queensland.
    ("AU-QLD", 2026, "05-04 10-05 12-28 -08-12"),
    ("NZ", 2026, "02-06 07-10 10-26"),
    ("NZ-AUK", 2026, "01-26"),
    // France and its east
    ("FR", 2026, "05-08 05-14 07-14 -04-03 -12-26"),
    ("FR-67", 2026, "04-03 12-26"),
    ("FR-57", 2026, "04-03 12-26"),
    // the rest of the Union, the EEA
    ("AT", 2026, "01-06 06-04 10-26 12-08"),
    ("BE", 2026, "07-21 11-11"),
    ("BG", 2026, "03-03 04-10 04-13"),
    ("CY", 2026, "04-01 10-28"),
    ("CZ", 2026, "07-06 09-28 11-17"),
    ("DK", 2023, "05-05"),
    ("DK", 2026, "04-02 05-14 -05-01 -06-05 -12-24 -12-31"),
    ("SE", 2026, "06-06 06-20 10-31 -06-19 -12-24 -12-31 -01-04"),
    ("FI", 2026, "06-19 06-20 12-06 12-24"),
    ("EE", 2026, "02-24 06-24"),
    ("GR", 2026, "02-23 04-10 04-13 06-01"),
    ("HU", 2026, "03-15 08-20 10-23"),
    ("IE", 2026, "02-02 06-01 08-03 -04-03"),
    ("IT", 2026, "04-25 06-02 10-04 -05-25"),
    ("IT-BZ", 2026, "05-25"),
    ("LU", 2026, "05-09 06-23"),
    ("NL", 2025, "04-26 -04-27"),
    ("NL", 2026, "04-27 05-14 05-25"),
    ("NO", 2026, "05-17 -12-24"),
    ("PL", 2024, "-12-24"),
    ("PL", 2025, "12-24"),
    ("PT-30", 2026, "07-01 04-25"),
    ("RO", 2026, "01-06 01-24 12-01"),
    ("IS", 2026, "04-23 06-17"),
    // further
    ("ZA", 2026, "08-09 08-10 09-24 -03-23"),
    ("ZA", 2022, "12-27"),
    ("TR", 2026, "03-20 05-27 07-15 10-29"),
    ("SA", 2026, "02-22 09-23"),
    ("KR", 2026, "02-17 09-24 09-25 10-05 -09-28"),
    ("BR", 2026, "09-07 11-20 -02-17"),
    ("BR", 2023, "-11-20"),
    ("AR", 2026, "05-25 07-09"),
    ("SG", 2026, "08-09 08-10"),
    // general holidays, not only those of labour law
    ("HK", 2026, "04-03 04-04 04-06 04-07 09-26"),
    ("HK", 2023, "04-07 10-02 -10-03"),
];

#[test]
fn days_known_by_hand_are_in_the_tables() {
    let mut wrong = Vec::new();
    for (code, year, known) in KNOWN {
        let table = days(code, year);
        for word in known.split(' ') {
            let (day, kept) = match word.strip_prefix('-') {
                Some(day) => (day, false),
                None => (word, true),
            };
            if table.split(' ').any(|d| d == day) != kept {
                wrong.push(format!("{code} {year}: {word} against {table}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn whole_years_match_published_calendars() {
    for (code, year, want) in [
        (
            "DE",
            2026,
            "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26",
        ),
        (
            "FR",
            2026,
            "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25",
        ),
        (
            "GB",
            2026,
            "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28",
        ),
        (
            "US",
            2026,
            "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25",
        ),
        (
            "JP",
            2026,
            "01-01 01-12 02-11 02-23 03-20 04-29 05-03 05-04 05-05 05-06 07-20 08-11 09-21 09-22 09-23 10-12 11-03 11-23",
        ),
        (
            "BR",
            2026,
            "01-01 04-03 04-21 05-01 09-07 10-12 11-02 11-15 11-20 12-25",
        ),
    ] {
        assert_eq!(days(code, year), want, "{code} {year}");
    }
    // 1 January 2022 is a Saturday: kept on the last day of 2021.
    assert!(days("US", 2021).ends_with("12-31"));
}

#[test]
fn deadlines_follow_the_chain_of_the_place() {
    let fortnight = Period {
        length: 14,
        unit: Unit::CalendarDay,
        include_start: false,
        rollover: Rollover::WeekendOrHoliday,
    };
    let end = |code, start| fortnight.end(start, &BOOK.holidays(place(code), 2025..=2027));
    // Good Friday to the Tuesday after Easter; in Italy Good Friday is a working day.
    assert_eq!(end("DE", date(2026, 3, 20)), Some(date(2026, 4, 7)));
    assert_eq!(end("IT", date(2026, 3, 20)), Some(date(2026, 4, 3)));
    // Epiphany is one in Bavaria and none in Hesse.
    assert_eq!(end("DE-BY", date(2025, 12, 23)), Some(date(2026, 1, 7)));
    assert_eq!(end("DE-HE", date(2025, 12, 23)), Some(date(2026, 1, 6)));
    // Scotland rests on 2 January and works on Easter Monday.
    assert_eq!(end("GB-SCT", date(2025, 12, 19)), Some(date(2026, 1, 5)));
    assert_eq!(end("GB", date(2025, 12, 19)), Some(date(2026, 1, 2)));
    assert_eq!(end("GB-SCT", date(2026, 3, 20)), Some(date(2026, 4, 6)));
    // Monday 21 to Wednesday 23 September 2026 are holidays in Japan.
    assert_eq!(end("JP", date(2026, 9, 5)), Some(date(2026, 9, 24)));
}

/// Six countries written from their statutes, before the tables were made from another source.
#[test]
fn the_tables_agree_with_rules_written_from_the_statutes() {
    let rules = [("rules", include_str!("holiday_rules.toml"))];
    let rules = LawBook::parse(&rules).unwrap();
    let mut differ = Vec::new();
    for code in ["DE", "FR", "IE", "GB", "US", "ES"] {
        for year in 2020..=2035 {
            let (table, rule) = (days(code, year), days_in(&rules, code, year));
            let (table, rule) = (set(&table), set(&rule));
            for day in table.symmetric_difference(&rule) {
                // Spain's tables leave out its Sundays, whose day each community may move.
                let date: Date = format!("{year}-{day}").parse().unwrap();
                if code == "ES" && date.weekday() == Weekday::Sunday {
                    continue;
                }
                let at = if table.contains(day) {
                    "table"
                } else {
                    "rules"
                };
                differ.push(format!("{code} {year}-{day} only in the {at}"));
            }
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}

fn set(days: &str) -> BTreeSet<&str> {
    days.split(' ').collect()
}

/// Codes of the `[[jurisdiction]]` tables in a file; unions of states keep no holidays.
fn jurisdictions(text: &str) -> Vec<String> {
    let all: toml::Table = text.parse().unwrap();
    let tables = all.get("jurisdiction").and_then(toml::Value::as_array);
    tables
        .into_iter()
        .flatten()
        .map(|j| j["code"].as_str().unwrap().to_owned())
        .filter(|code| code != "EU" && code != "EEA")
        .collect()
}

fn assert_covered(codes: &[String]) {
    for code in codes {
        let basis = BOOK.holiday_basis(place(code), 2024..=2030);
        assert!(basis.covered, "{code} has no table");
        for year in 2024..=2030 {
            let count = days(code, year).split(' ').count();
            assert!((4..=30).contains(&count), "{code} {year} has {count} days");
        }
    }
}

#[test]
fn every_jurisdiction_has_a_table() {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs");
    let mut codes = Vec::new();
    for file in packs.read_dir().unwrap() {
        let path = file.unwrap().path();
        codes.extend(jurisdictions(&std::fs::read_to_string(path).unwrap()));
    }
    assert!(codes.len() > 20, "packs were read: {codes:?}");
    assert_covered(&codes);
}

fn shared(file: &str) -> Option<PathBuf> {
    let root = option_env!("REDRESS_SHARED").map(PathBuf::from);
    let above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let found = root
        .into_iter()
        .chain(above.map(|dir| dir.join("../shared")));
    let found = found.map(|dir| dir.join(file)).find(|path| path.is_file());
    if found.is_none() {
        println!("skipped: {file}");
    }
    found
}

#[test]
fn every_jurisdiction_of_the_research_has_a_table() {
    let Some(path) = shared("law/law.toml") else {
        return;
    };
    let codes = jurisdictions(&std::fs::read_to_string(path).unwrap());
    assert!(codes.len() > 100);
    assert_covered(&codes);
}

#[test]
fn holidays_of_the_worked_cases_are_in_the_tables() {
    let Some(path) = shared("law/law-vectors.json") else {
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let all: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut compared = 0;
    for vector in all["vectors"].as_array().unwrap() {
        let facts = &vector["facts"];
        let code = facts["jurisdiction"].as_str().unwrap();
        for day in facts["public_holidays"].as_array().into_iter().flatten() {
            let day: Date = day.as_str().unwrap().parse().unwrap();
            let table = BOOK.holidays(place(code), day.year()..=day.year());
            assert!(table.contains(day), "{}: {code} {day}", vector["id"]);
            compared += 1;
        }
    }
    assert!(compared >= 20, "only {compared} days were compared");
}

#[test]
fn the_version_names_the_rows_it_stands_for() {
    let line = |name: &str| {
        let found = TABLES.lines().find_map(|line| line.strip_prefix(name));
        found.unwrap().to_owned()
    };
    let (_, rows) = TABLES.split_once("\n\n").unwrap();
    let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(rows));
    let version = line("version = ");
    assert!(
        version.ends_with(&format!(".{}", &digest[..8])),
        "rows were changed by hand: {version}"
    );
    assert!(line("source = ").contains("MIT"));
    assert!(TABLES.len() < 200_000, "{} bytes", TABLES.len());
    let basis = BOOK.holiday_basis(place("DE"), 2026..=2026);
    assert_eq!(basis.version, version);
}

#[test]
fn a_year_or_a_country_without_a_table_is_visible() {
    let covered = |code, years| BOOK.holiday_basis(place(code), years).covered;
    assert!(covered("DE", 2020..=2035));
    assert!(covered("DE-BY", 2020..=2035));
    assert!(!covered("DE", 2019..=2020));
    assert!(!covered("DE", 2035..=2036));
    assert!(!covered("DE-BY", 2036..=2036));
    assert!(!covered("ZZ", 2026..=2026));
    assert!(!covered("EU", 2026..=2026));
    assert!(BOOK.holidays(place("ZZ"), 2026..=2026).days().is_empty());
    // A part without rows of its own keeps the days of the country.
    assert_eq!(days("JP-13", 2026), days("JP", 2026));
    assert!(covered("JP-13", 2026..=2026));
}

#[test]
fn feasts_that_wait_for_the_moon_are_estimates() {
    let estimated = |code, year: i16| BOOK.holiday_basis(place(code), year..=year).estimated;
    assert!(estimated("SA", 2025).is_empty());
    assert!(estimated("SA", 2028).contains(&date(2028, 5, 5)));
    assert!(!estimated("SA", 2028).contains(&date(2028, 9, 23)));
    assert!(estimated("TR", 2030).is_empty(), "published ahead");
    assert!(estimated("TR", 2034).contains(&date(2034, 3, 1)));
    assert!(estimated("AE", 2028).len() > 5);
    assert!(estimated("DE-BY", 2035).is_empty());
}

fn with(tables: &str) -> Result<LawBook, law::PackError> {
    LawBook::parse(&[("x", &format!("schema = 'redress-law/1'\n{tables}"))])
}

#[test]
fn a_pack_corrects_and_completes_the_tables_and_says_so() {
    // A day of mourning everywhere, Epiphany gone in Bavaria.
    let book = with(
        "[[holidays]]\njurisdiction='DE'\nversion='a'\nvalid_from=2027\nvalid_to=2027\n\
         once=['2027-03-08']\n\
         [[holidays]]\njurisdiction='DE-BY'\nversion='b'\nvalid_from=2027\nnot=['2027-01-06']",
    )
    .unwrap();
    let has = |code, day: Date| {
        let table = book.holidays(place(code), day.year()..=day.year());
        table.contains(day)
    };
    for code in ["DE", "DE-HE", "DE-BY"] {
        assert!(has(code, date(2027, 3, 8)), "{code}");
        assert!(!has(code, date(2028, 3, 8)), "{code}");
        assert!(has(code, date(2027, 10, 3)), "{code}");
    }
    assert!(!has("DE-BY", date(2027, 1, 6)));
    assert!(has("DE-BY", date(2028, 1, 6)));
    assert!(has("DE-BW", date(2027, 1, 6)));
    let version = |code, year: i16| book.holiday_basis(place(code), year..=year).version;
    assert!(version("DE-BY", 2027).ends_with(", DE a, DE-BY b"));
    assert!(version("DE", 2027).ends_with(", DE a"));
    assert_eq!(
        version("DE", 2028),
        BOOK.holiday_basis(place("DE"), 2028..=2028).version
    );
    // A correction is no table: it does not cover a year the tables lack.
    assert!(!book.holiday_basis(place("DE-BY"), 2036..=2036).covered);
    assert_ne!(book.version(), BOOK.version());

    // A country the tables lack, and a year written anew.
    let book = with(
        "[[holidays]]\njurisdiction='KE'\nversion='c'\nvalid_from=2026\ncomplete=true\n\
         fixed=[{month=12,day=12}]\n\
         [[holidays]]\njurisdiction='DE'\nversion='d'\nvalid_from=2027\nvalid_to=2027\n\
         complete=true\nonce=['2027-07-01']",
    )
    .unwrap();
    let covered = |code, years| book.holiday_basis(place(code), years).covered;
    assert_eq!(days_in(&book, "KE", 2026), "12-12");
    assert!(covered("KE", 2026..=2040) && !covered("KE", 2025..=2026));
    assert_eq!(days_in(&book, "DE", 2027), "07-01");
    assert_eq!(days_in(&book, "DE-NI", 2027), "07-01 10-31");
    assert_eq!(days_in(&book, "DE", 2026), days("DE", 2026));
}

#[test]
fn tables_with_impossible_days_are_refused() {
    let table = |rest: &str| {
        let head = "[[holidays]]\njurisdiction='DE'\nversion='a'\nvalid_from=2027\n";
        format!("{head}{rest}\n")
    };
    assert!(with(&table("once=['2027-01-07']")).is_ok());
    for bad in [
        "once=['2027-02-30']",
        "once=['2026-12-31']",
        "not=['2026-12-31']",
        "valid_to=2026",
        "fixed=[{month=4,day=31}]",
        "fixed=[{month=13,day=1}]",
        "nth=[{month=1,weekday=8,nth=1}]",
        "nth=[{month=1,weekday=1,nth=6}]",
        "nth=[{month=1,weekday=1,nth=0}]",
        "holidays=['2027-01-07']",
    ] {
        assert!(with(&table(bad)).is_err(), "{bad}");
    }
    let complete = table("complete=true");
    assert!(with(&complete).is_ok());
    assert!(with(&format!("{complete}{complete}")).is_err());
    let later = "[[holidays]]\njurisdiction='DE'\nversion='a'\nvalid_from=2020\n\
                 valid_to=2026\ncomplete=true\n";
    assert!(with(&format!("{complete}{later}")).is_ok());
    assert!(with(&complete.replace("'DE'", "'Germany'")).is_err());
    assert!(with(&complete.replace("'a'", "''")).is_err());
}
