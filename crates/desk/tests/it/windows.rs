//! Windows and seasons of a draft, changed by forms.

use crate::bench::Bench;
use app::policies::Typed;
use axum::http::StatusCode;
use kernel::Role;
use testkit::{ALFA, Fixture};

const TEXT: &str = "# By hand.\nname = \"Alfa\"\ncurrencies = [\"EUR\"]\nlanguages = [\"en\"]\n\
    countries = [\"DE\", \"FR\"]\nauthorisation_days = 14\n[rules]\n\
    window = { days = 30, as_law = true } # a month\noutcomes = [\"refund\"]\n\
    [markets.france]\ncountries = [\"FR\"]\n";

#[tokio::test]
async fn forms_change_windows_and_seasons_in_the_text_and_nothing_else() {
    let bench = Bench::new().await;
    let lead = Fixture::scope(Role::TeamLead);
    let typed = Typed {
        title: "Spring",
        text: TEXT,
        from: "2026-07-01".parse().unwrap(),
    };
    let app = &bench.world.app;
    let draft = app.begin_draft(&lead, ALFA, &typed, None).await.unwrap();
    let base = format!("/studio/alfa/{draft}");
    let to = format!("{base}/windows");
    let stored = async || app.draft(&lead, ALFA, draft).await.unwrap().draft;
    let browser = bench.browser(Role::TeamLead).await;

    let page = browser.get(&format!("{to}?level=client")).await;
    assert_eq!(page.status, StatusCode::OK);
    for shown in [
        "Market: France",
        "Deliveries to Germany",
        "value=\"30\"",
        "name=\"rev\"",
    ] {
        assert!(page.body.contains(shown), "{shown}: {}", page.body);
    }
    let rev = stored().await.rev.to_string();
    let window = |level: &'static str, days: &'static str| {
        [
            ("what", "window"),
            ("rev", rev.as_str()),
            ("level", level),
            ("days", days),
            ("anchor", "last_parcel"),
            ("as_law", "yes"),
        ]
    };
    let wrong = browser.post(&to, &window("client", "soon")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("href=\"#f-days\""),
        "the error leads to its field: {}",
        wrong.body
    );
    assert!(
        wrong.body.contains("value=\"soon\""),
        "what was typed stays"
    );
    assert_eq!(stored().await.text, TEXT);

    let done = browser.post(&to, &window("client", "45")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let line = "window = { days = 45, anchor = \"last_parcel\", as_law = true } # a month";
    let after = TEXT.replace("window = { days = 30, as_law = true } # a month", line);
    assert_eq!(stored().await.text, after);
    let shown = browser.get(&format!("{base}?written=8")).await;
    assert!(
        shown.body.contains("Written into the text"),
        "{}",
        shown.body
    );

    // Two people at once: the later one is told, and nothing is lost.
    let late = browser.post(&to, &window("client", "7")).await;
    assert!(late.status.is_client_error(), "{}", late.status);
    assert_eq!(stored().await.text, after);

    let rev = stored().await.rev.to_string();
    let season = |until: &'static str| {
        [
            ("what", "season"),
            ("rev", rev.as_str()),
            ("id", "winter"),
            ("ordered_from", "2026-11-15"),
            ("ordered_to", "2026-12-31"),
            ("return_until", until),
        ]
    };
    let early = browser.post(&to, &season("2026-12-01")).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        early.body.contains("href=\"#f-return-until\""),
        "{}",
        early.body
    );
    let done = browser.post(&to, &season("2027-01-31")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let policy = stored().await.compiled.unwrap();
    assert_eq!(policy.source().holidays[0].id, "winter");
    assert!(
        stored().await.text.starts_with(&after),
        "the rest stays as it was"
    );
}
