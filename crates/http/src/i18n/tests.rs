use super::*;
use jiff::civil::date;
use kernel::{Basis, Bps, Currency, Money};

#[test]
fn every_reason_has_a_sentence_that_uses_its_figures() {
    for l in L10n::all() {
        for code in ReasonCode::ALL {
            assert!(
                l.has(&reason_key(*code)),
                "{:?} lacks {}",
                l.lang(),
                reason_key(*code)
            );
            let reason = Reason::new(*code, Basis::Order)
                .with_amount(Money::new(1250, Currency::EUR))
                .with_date(date(2026, 11, 30))
                .with_number(2)
                .with_text("photo");
            let text = l.reason(&reason);
            // A list of choices may end with a mark of direction.
            let text = text.replace(['\u{2068}', '\u{2069}'], "");
            assert!(
                text.ends_with('.') && !text.contains(['{', '}', '⟦']),
                "{code}: {text}"
            );
            // Plain language: no sentence longer than 25 words.
            for sentence in text.split(". ") {
                assert!(
                    sentence.split_whitespace().count() <= 25,
                    "{code}: {sentence}"
                );
            }
        }
    }
    let open = Reason::new(ReasonCode::WindowOpen, Basis::Order).with_date(date(2026, 11, 30));
    let said = L10n::EN.reason(&open);
    assert_eq!(
        said,
        "You asked in time: returns are accepted until 30 Nov 2026."
    );
    let missing = Reason::new(ReasonCode::UnitsMissing, Basis::Order).with_number(1);
    assert!(L10n::DE.reason(&missing).ends_with("Eines fehlt."));
}

#[test]
fn money_and_numbers_read_as_the_language_writes_them() {
    let eur = |minor| Money::new(minor, Currency::EUR);
    assert_eq!(L10n::EN.money(eur(123_450)), "€1,234.50");
    assert_eq!(L10n::DE.money(eur(123_450)), "1.234,50\u{a0}€");
    assert_eq!(L10n::EN.money(eur(-5)), "−€0.05");
    assert_eq!(L10n::DE.money(eur(-100_000_000)), "−1.000.000,00\u{a0}€");
    let yen = Money::new(700, "JPY".parse().unwrap());
    assert_eq!(L10n::EN.money(yen), "¥700");
    let franc = Money::new(1200, "CHF".parse().unwrap());
    assert_eq!(L10n::EN.money(franc), "CHF\u{a0}12.00");
    assert_eq!(L10n::EN.money(eur(i64::MIN)), "−€92,233,720,368,547,758.08");
    assert_eq!(L10n::DE.number(-1_234), "−1.234");
    assert_eq!(L10n::EN.number(999), "999");
    let said = |tag: &str| {
        let l = L10n::new(tag.parse().unwrap());
        [
            l.money(eur(123_450)),
            l.number(1_234),
            l.percent(Bps(1_250)),
        ]
    };
    assert_eq!(
        said("fr"),
        ["1\u{202f}234,50\u{a0}€", "1\u{202f}234", "12,5\u{202f}%"]
    );
    assert_eq!(said("es"), ["1234,50\u{a0}€", "1234", "12,5\u{a0}%"]);
    assert_eq!(said("pl"), ["1234,50\u{a0}€", "1234", "12,5%"]);
    assert_eq!(said("ar"), ["\u{200f}1,234.50\u{a0}€", "1,234", "12.5%"]);
    let change = |minor| {
        let arabic = L10n::new("ar".parse().unwrap());
        arabic.money_signed(Money::new(minor, Currency::EUR))
    };
    assert_eq!(change(-450), "\u{200f}\u{200e}−4.50\u{a0}€");
    assert_eq!(change(450), "\u{200f}\u{200e}+4.50\u{a0}€");
    assert_eq!(
        L10n::EN.money_signed(Money::new(450, Currency::EUR)),
        "+€4.50"
    );
    let shares = [0, 5, 50, 1_000, -1_050, -5].map(|b| L10n::EN.percent(Bps(b)));
    assert_eq!(shares, ["0%", "0.05%", "0.5%", "10%", "−10.5%", "−0.05%"]);
}

#[test]
fn counts_in_sentences_choose_their_form_and_their_digits() {
    let items = |tag: &str| {
        let l = L10n::new(tag.parse().unwrap());
        [0, 1, 2, 5, 11, 22, 100, 1_500].map(|n| l.t_args("count-items", &[("n", n.into())]))
    };
    assert_eq!(items("en")[7], "1,500 items");
    assert_eq!(items("de")[7], "1.500 Artikel");
    assert_eq!(items("fr")[..3], ["0 article", "1 article", "2 articles"]);
    assert_eq!(
        items("pl")[..6],
        [
            "0 artykułów",
            "1 artykuł",
            "2 artykuły",
            "5 artykułów",
            "11 artykułów",
            "22 artykuły"
        ]
    );
    let arabic = items("ar").map(|text| text.replace(['\u{2068}', '\u{2069}'], ""));
    assert_eq!(
        arabic,
        [
            "لا سلع",
            "سلعة واحدة",
            "سلعتان",
            "5 سلع",
            "11 سلعة",
            "22 سلعة",
            "100 سلعة",
            "1,500 سلعة"
        ]
    );
    // What comes from elsewhere keeps its own direction inside Arabic text.
    let arabic = L10n::new("ar".parse().unwrap());
    let order = arabic.t_args("portal-items-lede", &[("number", "A-17".into())]);
    assert_eq!(order, "الطلب \u{2068}A-17\u{2069}");
}

#[test]
fn lists_are_joined_as_the_language_joins_them() {
    let joined = |tag: &str| {
        let l = L10n::new(tag.parse().unwrap());
        [l.all_of(&["a", "b", "c"]), l.any_of(&["a", "b", "c"])]
    };
    assert_eq!(joined("en"), ["a, b and c", "a, b or c"]);
    assert_eq!(joined("de"), ["a, b und c", "a, b oder c"]);
    assert_eq!(joined("fr"), ["a, b et c", "a, b ou c"]);
    assert_eq!(joined("es"), ["a, b y c", "a, b o c"]);
    assert_eq!(joined("pl"), ["a, b i c", "a, b lub c"]);
    assert_eq!(joined("ar"), ["a وb وc", "a أو b أو c"]);
    assert_eq!(L10n::EN.all_of(&["a"]), "a");
    assert_eq!(L10n::EN.all_of::<&str>(&[]), "");
}

#[test]
fn dates_and_ages_read_as_the_language_writes_them() {
    let day = date(2026, 11, 15);
    let dates = |tag: &str| {
        let l = L10n::new(tag.parse().unwrap());
        [l.date(day), l.date_long(day)]
    };
    assert_eq!(dates("en"), ["15 Nov 2026", "Sunday, 15 November 2026"]);
    assert_eq!(dates("de"), ["15.11.2026", "Sonntag, 15. November 2026"]);
    assert_eq!(dates("fr"), ["15 nov. 2026", "dimanche 15 novembre 2026"]);
    assert_eq!(
        dates("es"),
        ["15 nov 2026", "domingo, 15 de noviembre de 2026"]
    );
    assert_eq!(dates("pl"), ["15 lis 2026", "niedziela, 15 listopada 2026"]);
    assert_eq!(
        dates("ar"),
        ["15\u{200f}/11\u{200f}/2026", "الأحد، 15 نوفمبر 2026"]
    );
    let now: jiff::Timestamp = "2026-11-15T12:00:00Z".parse().unwrap();
    let ago = |s| L10n::EN.ago(now - jiff::SignedDuration::from_secs(s), now);
    assert_eq!(
        [ago(59), ago(60), ago(7_200), ago(86_400)],
        [
            "just now".to_owned(),
            "1 min ago".to_owned(),
            "2 hours ago".to_owned(),
            "1 day ago".to_owned(),
        ]
    );
    assert_eq!(ago(-5), "just now");
    let berlin = jiff::tz::TimeZone::fixed(jiff::tz::offset(1));
    assert_eq!(L10n::EN.date_time(now, &berlin), "15 Nov 2026, 13:00");
}

#[test]
fn languages_are_negotiated_by_quality() {
    assert_eq!(L10n::negotiate("ja, de;q=0.8, en;q=0.5"), L10n::DE);
    assert_eq!(L10n::negotiate("en;q=0.4,de-AT"), L10n::DE);
    assert_eq!(L10n::negotiate("de;q=0, xx"), L10n::EN);
    assert_eq!(L10n::negotiate(",;q=,=;"), L10n::EN);
    assert_eq!(L10n::new("zz".parse().unwrap()), L10n::EN);
    let arabic = L10n::negotiate("ar-EG,fr;q=0.9");
    assert_eq!((arabic.lang().as_str(), arabic.dir()), ("ar", "rtl"));
    assert_eq!(arabic.for_staff(), L10n::EN);
    assert_eq!(L10n::DE.for_staff(), L10n::DE);
}

#[test]
fn a_missing_key_shows_itself() {
    assert_eq!(L10n::EN.t("no-such-key"), "⟦no-such-key⟧");
}
