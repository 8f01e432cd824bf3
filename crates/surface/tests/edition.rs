//! What is made from one version of a policy: the same bytes for the same version, one page, the
//! words in it, and codes that lead where they say. Read back with tools that share no code with us.

use policy::Policy;
use redress_http::L10n;
use std::{path::PathBuf, process::Command};
use surface::Edition;

const EVERYTHING: &str = include_str!("../../policy/tests/data/everything.toml");
const APPAREL: &str = include_str!("../../../packs/policies/apparel.toml");
const PORTAL: &str = "https://returns.example/p/northbeam";

fn edition(policy: &Policy, l: L10n) -> Edition<'_> {
    Edition {
        l,
        policy,
        client: "Northbeam",
        from: Some(jiff::civil::date(2026, 11, 1)),
        portal: PORTAL,
    }
}

#[expect(
    clippy::unwrap_used,
    reason = "a test helper: failing is its way to report"
)]
fn written(bytes: &[u8], name: &str) -> PathBuf {
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.pdf"));
    std::fs::write(&file, bytes).unwrap();
    file
}

/// What a program prints; none, and said so, where it is not installed.
fn told(program: &str, args: &[&str]) -> Option<String> {
    let Ok(out) = Command::new(program).args(args).output() else {
        eprintln!("skipped: {program} is not installed");
        return None;
    };
    Some(String::from_utf8_lossy(&out.stdout).into_owned())
}

#[test]
fn one_version_gives_the_same_bytes_and_one_page_in_every_language() {
    for text in [EVERYTHING, APPAREL] {
        let policy = Policy::parse_toml(text).unwrap();
        let value: toml::Value = toml::from_str(text).unwrap();
        let again = Policy::parse_toml(&toml::to_string(&value).unwrap()).unwrap();
        for l in L10n::all() {
            let (one, other) = (edition(&policy, l), edition(&again, l));
            let sheet = one.sheet().unwrap();
            assert_eq!(sheet, other.sheet().unwrap(), "{}", l.lang());
            assert_eq!(one.insert().unwrap(), other.insert().unwrap());
            assert_eq!(one.page().into_string(), other.page().into_string());
            assert_eq!(one.script(), other.script());
            let file = written(&sheet, &format!("sheet-{}", l.lang()));
            if let Some(info) = told("pdfinfo", &[file.to_str().unwrap()]) {
                assert!(info.contains("Pages:           1"), "{info}");
                assert!(info.contains("A4"), "{info}");
            }
        }
    }
}

#[test]
fn the_words_are_in_the_sheet_and_the_codes_lead_where_they_say() {
    let policy = Policy::parse_toml(APPAREL).unwrap();
    let squeezed = |text: &str| -> String {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    for l in L10n::all() {
        let edition = edition(&policy, l);
        let name = format!("insert-{}", l.lang());
        let card = written(&edition.insert().unwrap(), &name);
        let sheet = written(&edition.sheet().unwrap(), &format!("words-{}", l.lang()));
        let Some(text) = told("pdftotext", &[sheet.to_str().unwrap(), "-"]) else {
            return;
        };
        // The reader of Arabic joins lines its own way; single words are what it surely knows.
        let found = squeezed(&text);
        for section in edition.sections() {
            for word in section.heading.split_whitespace() {
                assert!(
                    found.contains(&squeezed(word)),
                    "{}: {word} in {text}",
                    l.lang()
                );
            }
        }
        assert!(text.contains(&edition.version()), "{text}");
        let picture = card.with_extension("");
        let picture = picture.to_str().unwrap();
        let args = [
            "-r",
            "200",
            "-png",
            "-singlefile",
            card.to_str().unwrap(),
            picture,
        ];
        told("pdftoppm", &args);
        let Some(codes) = told("zbarimg", &["-q", "--raw", &format!("{picture}.png")]) else {
            return;
        };
        let lang = l.lang();
        assert!(
            codes.contains(&format!("{PORTAL}?lang={lang}\n")),
            "{codes}"
        );
        assert!(
            codes.contains(&format!("{}\n", edition.address())),
            "{codes}"
        );
    }
}

#[test]
fn a_note_of_changes_names_what_changed_and_nothing_else() {
    let old = Policy::parse_toml(APPAREL).unwrap();
    let new = APPAREL
        .replace("window = { days = 60 }", "window = { days = 45 }")
        .replace("bonuses = { store_credit = { rate = 1000 } }\n", "");
    let new = Policy::parse_toml(&new).unwrap();
    let changes = edition(&new, L10n::EN).changes(&old);
    let told: Vec<_> = changes
        .iter()
        .map(|c| (c.about.as_str(), c.before.as_deref(), c.now.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            (
                "Goods: Apparel",
                Some("You can return these goods within 60 days."),
                Some("You can return these goods within 45 days."),
            ),
            (
                "",
                Some("If you choose store credit, you get 10% on top."),
                None,
            ),
        ]
    );
    assert!(edition(&old, L10n::EN).changes(&old).is_empty());
}

#[test]
fn the_script_promises_nothing_the_policy_does_not() {
    let policy = Policy::parse_toml(EVERYTHING).unwrap();
    let script = edition(&policy, L10n::EN).script();
    let has = |list: &[String], part: &str| list.iter().any(|line| line.contains(part));
    assert!(has(&script.say, "within 30 days"), "{script:#?}");
    assert!(
        has(&script.ask, "one photo and a short note"),
        "{script:#?}"
    );
    assert!(has(&script.never, "the goods are inspected"), "{script:#?}");
    assert!(has(&script.never, "€100.00"), "{script:#?}");
    assert!(has(&script.never, "Vouchers"), "{script:#?}");
    assert!(has(&script.never, "“Found it cheaper”"), "{script:#?}");
    for l in L10n::all() {
        let script = edition(&policy, l).script();
        for line in script.say.iter().chain(&script.ask).chain(&script.never) {
            // What stands in a sentence of the other direction is closed by a sign nobody sees.
            let end = line.trim_end_matches('\u{2069}');
            assert!(
                !line.contains('⟦') && end.ends_with(['.', '?', '؟']),
                "{line}"
            );
        }
    }
}
