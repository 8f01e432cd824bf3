//! The language of pages: chosen by a person, kept for them, and what an author reads in it.

use crate::bench::Bench;
use app::policies::Typed;
use axum::http::StatusCode;
use kernel::Role;
use testkit::{ALFA, Fixture};

#[tokio::test]
async fn a_language_is_chosen_once_and_kept_for_the_person() {
    let bench = Bench::new().await;
    let lead = bench.browser(Role::TeamLead).await;
    let page = lead.get("/studio/alfa?x=1").await;
    assert!(page.body.contains("<html lang=\"en\""), "{}", page.body);
    assert!(page.body.contains("action=\"/language\""), "{}", page.body);
    let back = "name=\"back\" value=\"/studio/alfa?x=1\"";
    assert!(page.body.contains(back), "{}", page.body);

    let wish = [("lang", "fr"), ("back", "/studio/alfa?x=1")];
    let sent = lead.post("/language", &wish).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert_eq!(sent.to, "/studio/alfa?x=1");
    assert!(
        sent.cookie.starts_with("lang=fr;"),
        "for pages that know nobody: {}",
        sent.cookie
    );
    // On every device of theirs, and for nobody else.
    let other = bench.browser(Role::TeamLead).await;
    for browser in [&lead, &other] {
        let page = browser.get("/studio/alfa").await;
        assert!(page.body.contains("<html lang=\"fr\""), "{}", page.body);
    }
    let agent = bench.browser(Role::Agent).await;
    assert!(agent.get("/desk").await.body.contains("<html lang=\"en\""));
    // Pages of the house speak two languages; there the menu still shows what was chosen.
    let page = lead.get("/desk").await;
    assert!(page.body.contains("<html lang=\"en\""), "{}", page.body);
    assert!(page.body.contains("English and German only"));
    let german = lead.post("/language", &[("lang", "de")]).await;
    assert_eq!(german.to, "/");
    assert!(lead.get("/desk").await.body.contains("<html lang=\"de\""));

    // Nobody is sent off the site, and what no page speaks becomes English.
    for away in [
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/a b",
    ] {
        let sent = lead
            .post("/language", &[("lang", "it"), ("back", away)])
            .await;
        assert_eq!(sent.to, "/", "{away}");
    }
    assert!(lead.get("/studio").await.body.contains("<html lang=\"en\""));
    let odd = lead.post("/language", &[("lang", "klingon")]).await;
    assert!(odd.status.is_client_error(), "{}", odd.status);
}

#[tokio::test]
async fn what_is_wrong_with_a_text_is_said_in_the_language_of_its_author() {
    let bench = Bench::new().await;
    let scope = Fixture::scope(Role::TeamLead);
    let typed = Typed {
        title: "Printemps",
        text: "name = \"Alfa\"\ncurrencies = [\"EUR\"]\nlanguages = [\"en\"]\nauthorisation_days = 14\n\
            [rules]\nwindow = { days = 30 }\noutcomes = [\"refund\"]\nfees = { late = { rate = 500 } }\n",
        from: "2026-07-01".parse().unwrap(),
    };
    let app = &bench.world.app;
    let draft = app.begin_draft(&scope, ALFA, &typed, None).await.unwrap();
    let lead = bench.browser(Role::TeamLead).await;
    lead.post("/language", &[("lang", "fr")]).await;
    let page = lead.get(&format!("/studio/alfa/{draft}")).await;
    for said in [
        "data-line=\"8\">ligne 8",
        "Des frais de retard exigent un jour",
        "Ajoutez after_days",
    ] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    assert!(!page.body.contains("a late fee needs its day"));
    // What the TOML library says stays its own, marked as English, beside a French sentence.
    let typed = Typed {
        text: "name = \"Alfa\"\n[rules\n",
        ..typed
    };
    app.save_draft(&scope, ALFA, draft, 1, &typed)
        .await
        .unwrap();
    let page = lead.get(&format!("/studio/alfa/{draft}")).await;
    for said in [
        "data-line=\"2\">ligne 2",
        "Ce n’est pas du TOML",
        "<code lang=\"en\"",
    ] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
}
