//! The law desk: who sees it, what it says of a place, and questions answered as `docs/law.md`
//! counts them.

use crate::bench::Bench;
use axum::http::StatusCode;
use kernel::Role;
use testkit::ALFA;

/// What stands in the element of this id up to the end of its first `span`, tags left out; empty
/// when there is no such element.
fn text_of(body: &str, id: &str) -> String {
    let found = body.split_once(&format!("id=\"{id}\""));
    let inner = found
        .and_then(|(_, rest)| rest.split_once('>'))
        .and_then(|(_, rest)| rest.split_once("</span>"));
    let mut tag = false;
    let plain = |c: &char| {
        let was = tag;
        tag = (tag || *c == '<') && *c != '>';
        !was && !tag
    };
    inner.map_or_else(String::new, |(text, _)| {
        text.chars().filter(plain).collect()
    })
}

#[tokio::test]
async fn the_matrix_names_every_place_and_filters() {
    let bench = Bench::new().await;
    let lead = bench.browser(Role::TeamLead).await;
    let all = lead.get("/law").await;
    assert_eq!(all.status, StatusCode::OK);
    assert!(all.body.len() < 200_000, "{} bytes", all.body.len());
    for href in [
        "/law/DE",
        "/law/US-CA",
        "/law/ZA",
        "/law/rule/de.withdrawal.goods",
    ] {
        assert!(all.body.contains(&format!("href=\"{href}\"")), "{href}");
    }
    let some = lead.get("/law?q=germ").await;
    assert!(some.body.contains("href=\"/law/DE\"") && !some.body.contains("href=\"/law/FR\""));
    let asia = lead.get("/law?region=asia-pacific&right=mind").await;
    assert!(asia.body.contains("jp.sctl.15_3") && !asia.body.contains("de.withdrawal.goods"));
    let nobody = lead.get("/law?q=atlantis").await;
    assert!(nobody.body.contains("No place fits"));
}

#[tokio::test]
async fn whoever_reads_cases_reads_the_law_and_partners_do_not() {
    let bench = Bench::new().await;
    let client = bench.only_for(Role::ClientUser, ALFA).await;
    for path in [
        "/law",
        "/law/DE",
        "/law/rule/de.withdrawal.goods",
        "/law/try",
        "/law/changes",
        "/law/packs",
    ] {
        assert_eq!(client.get(path).await.status, StatusCode::OK, "{path}");
        let partner = bench.browser(Role::Partner).await;
        assert_eq!(
            partner.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let rule = client.get("/law/rule/de.withdrawal.goods").await.body;
    assert!(!rule.contains("/sign\""), "a client signs nothing off");
}

#[tokio::test]
async fn a_place_shows_rules_sources_and_days_of_rest() {
    let bench = Bench::new().await;
    let lead = bench.browser(Role::TeamLead).await;
    let de = lead.get("/law/DE").await.body;
    for words in [
        "European Union",
        "14 days",
        "possession of the last of the goods",
        "unreviewed",
        "de.withdrawal.goods",
        "loss of value by handling",
        "Next public holidays",
        "custom made",
    ] {
        assert!(de.contains(words), "{words}");
    }
    assert_eq!(lead.get("/law/ZZ").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        lead.get("/law/rule/no.such.rule").await.status,
        StatusCode::NOT_FOUND
    );
    let rule = lead.get("/law/rule/de.withdrawal.goods").await.body;
    assert!(rule.contains("href=\"/law/rule/eu.crd.withdrawal.goods\""));
    assert!(
        rule.contains("scope_threshold"),
        "what it changes in its base"
    );
}

/// Days counted by hand after section 4 of the guide.
#[tokio::test]
async fn questions_are_answered_as_the_guide_counts() {
    let bench = Bench::new().await;
    let lead = bench.browser(Role::TeamLead).await;
    for (query, deadline, refund) in [
        // 21 March + 14 = 4 April, a Saturday; Easter Monday is the 6th: Tuesday 7 April. The
        // notice of 7 April + 14 = 21 April; proof of sending on the 9th is earlier.
        (
            "place=DE&contract=2026-03-16&price1=89&delivered1=2026-03-21&sent=2026-04-07&received=2026-04-07&proof=2026-04-09",
            "Tuesday, 7 April 2026",
            Some("Tuesday, 21 April 2026"),
        ),
        // 17 April + 14 = 1 May, a holiday and a Friday: Monday 4 May; + 14 = 18 May.
        (
            "place=FR&contract=2026-04-13&price1=45&delivered1=2026-04-17&sent=2026-05-04&received=2026-05-04&proof=2026-05-05",
            "Monday, 4 May 2026",
            Some("Monday, 18 May 2026"),
        ),
        // Thirty days after delivery on 1 October; the refund 14 days "beginning with" 3 November.
        (
            "place=GB&channel=in_store&contract=2026-10-01&price1=349&delivered1=2026-10-01&kind=defect&wanted=reject&noticed=2026-10-20&sent=2026-10-28&agreed=2026-11-03",
            "Saturday, 31 October 2026",
            Some("Monday, 16 November 2026"),
        ),
        // Seven days from 31 August end on 7 September, Independence Day: the 8th.
        (
            "place=BR&contract=2026-08-24&price1=199.90&delivered1=2026-08-31&sent=2026-09-08",
            "Tuesday, 8 September 2026",
            None,
        ),
        // Terms not shown: thirty days from the purchase in a shop, and from the day of an order.
        (
            "place=US-CA&channel=in_store&contract=2026-11-02&price1=84&delivered1=2026-11-02&sent=2026-11-24",
            "Wednesday, 2 December 2026",
            None,
        ),
        (
            "place=US-NY&contract=2026-06-15&price1=59&delivered1=2026-06-18&sent=2026-07-10",
            "Wednesday, 15 July 2026",
            None,
        ),
        // Eight days, the day of delivery is day one.
        (
            "place=JP&contract=2026-11-05&price1=12800&delivered1=2026-11-10&sent=2026-11-17",
            "Tuesday, 17 November 2026",
            None,
        ),
        // 7 May + 14; what starts the refund period is not settled, so it has no day.
        (
            "place=TR&contract=2026-05-04&price1=2400&delivered1=2026-05-07&sent=2026-05-20",
            "Thursday, 21 May 2026",
            None,
        ),
    ] {
        let answer = lead.get(&format!("/law/try?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        assert_eq!(text_of(&answer.body, "deadline"), deadline, "{query}");
        if let Some(refund) = refund {
            assert_eq!(text_of(&answer.body, "refund-due"), refund, "{query}");
        }
    }
}

#[tokio::test]
async fn an_unknown_place_is_unknown_and_no_floor_is_said() {
    let bench = Bench::new().await;
    let lead = bench.browser(Role::TeamLead).await;
    let asked = "contract=2026-03-06&price1=50&delivered1=2026-03-10&sent=2026-03-12";
    let unknown = lead
        .get(&format!("/law/try?elsewhere=KE&currency=KES&{asked}"))
        .await
        .body;
    assert!(unknown.contains("KE: unknown"), "never a guess");
    assert!(!unknown.contains("id=\"deadline\""));
    let none = lead
        .get(&format!("/law/try?place=CH&way=web&{asked}"))
        .await
        .body;
    assert!(none.contains("the law gives no right here") && none.contains("ch.distance.none"));
}

#[tokio::test]
async fn what_was_typed_stays_and_the_wrong_fields_are_named() {
    let bench = Bench::new().await;
    let lead = bench.browser(Role::TeamLead).await;
    let wrong =
        "place=DE&contract=2026-02-30&item1=Blue+lamp&price1=abc&trait1=custom_made&told=late";
    let answer = lead.get(&format!("/law/try?{wrong}")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in [
        "value=\"Blue lamp\"",
        "value=\"abc\"",
        "value=\"custom_made\" checked",
        "#f-price1",
        "#f-contract",
        "#f-told-on",
        "Enter an amount such as 12.30",
    ] {
        assert!(answer.body.contains(words), "{words}");
    }
    // Empty fields of the form leave the address, so that a question can be shared.
    let tidy = lead
        .get("/law/try?place=DE&contract=2026-03-02&price1=10&sent=&told_on=&item1=")
        .await;
    assert_eq!(tidy.status, StatusCode::SEE_OTHER);
    assert_eq!(tidy.to, "/law/try?place=DE&contract=2026-03-02&price1=10");
}

#[tokio::test]
async fn a_reviewer_signs_a_rule_off_by_name() {
    let bench = Bench::new().await;
    let counsel = bench.browser(Role::Reviewer).await;
    let path = "/law/rule/de.withdrawal.goods";
    let page = counsel.get(path).await.body;
    let at = page.find("name=\"content\" value=\"").unwrap() + 22;
    let content = &page[at..at + 64];
    let sign = format!("{path}/sign");
    let refused = counsel
        .post(&sign, &[("content", content), ("note", " ")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = counsel
        .post(&sign, &[("content", content), ("note", "Read BGB 355")])
        .await;
    assert_eq!(
        (done.status, done.to.as_str()),
        (
            StatusCode::SEE_OTHER,
            "/law/rule/de.withdrawal.goods?done=signed"
        )
    );
    let lead = bench.browser(Role::TeamLead).await;
    let seen = lead.get(path).await.body;
    assert!(seen.contains("Read BGB 355") && seen.contains("signed off by"));
    assert!(!lead.get("/law/DE").await.body.contains(">signed off by <"));
}

#[tokio::test]
async fn changes_compare_the_versions_there_are() {
    let bench = Bench::new().await;
    let admin = bench.browser(Role::Admin).await;
    let one = admin.get("/law/changes").await.body;
    assert!(one.contains("There is one version of the law"));
    let pack = "schema = \"redress-law/1\"\nas_of = \"2026-12-01\"\n\n[[jurisdiction]]\ncode = \"UY\"\nname = \"Uruguay\"\ncurrency = \"UYU\"\n\n\
        [[rule]]\nid = \"uy.17250.16\"\ntitle = \"Withdrawal\"\njurisdictions = [\"UY\"]\ninstrument = \"Ley 17.250\"\narticles = [\"16\"]\n\
        subjects = [\"goods\"]\nchannels = [\"distance\"]\nconsumer_only = true\nright_type = \"withdrawal\"\nfloor = \"mandatory\"\nconfidence = \"low\"\n\
        evidence = [{ kind = \"knowledge\", what = \"Ley 17.250\", verify_by = \"counsel\" }]\n\
        window = { length = 5, unit = \"calendar_day\", start = \"delivery\", count = \"exclude_start\", met_by = \"sending_notice\" }\n";
    let fields = [
        ("name", "uy"),
        ("client", ""),
        ("effective", "2020-01-01"),
        ("source", pack),
        ("note", "New place"),
    ];
    let made = admin.post("/law/packs", &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let two = admin.get("/law/changes").await.body;
    assert!(two.contains("1 rule differs") && two.contains("uy.17250.16"));
    assert_eq!(admin.get("/law/UY").await.status, StatusCode::OK);
}
