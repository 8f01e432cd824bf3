//! The bench as an operator meets it, without script.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod house;

use axum::{
    body::Body,
    http::{Request as Http, StatusCode},
};
use house::{Dock, session};
use kernel::{Role, Scope};
use redress_http::L10n;
use testkit::{ALFA, BRAVO};

#[tokio::test]
async fn from_scan_to_the_shelf() {
    let dock = Dock::new(Role::DockOperator, &[ALFA]).await;
    let (address, rma, tracking) = dock.expected("A-1", 2).await;
    assert!(dock.get("/dock").await.body.contains("READY"));
    for code in [
        rma.clone(),
        tracking,
        format!("https://returns.example/r/{rma}"),
        "A-1".into(),
    ] {
        let got = dock.post("/dock/scan", &[("scan", &code)]).await;
        assert_eq!(
            (got.status, got.location()),
            (StatusCode::SEE_OTHER, &*address),
            "{code}"
        );
    }

    let page = dock.get(&address).await;
    assert!(page.body.contains("EXPECTED") && page.body.contains("2 expected"));
    let (version, key) = (page.hidden("version"), page.hidden("key"));
    let receive = format!("{address}/receive");
    let bumped = [
        ("version", &*version),
        ("key", &key),
        ("count-0", "1"),
        ("bump", "0:+1"),
    ];
    let again = dock.post(&receive, &bumped).await;
    assert_eq!(
        (again.status, again.hidden("key")),
        (StatusCode::OK, key.clone())
    );
    assert!(
        again
            .body
            .contains("name=\"count-0\" type=\"text\" value=\"2\"")
    );

    let fields = [
        ("version", &*version),
        ("key", &key),
        ("count-0", "2"),
        ("complete", "yes"),
    ];
    for _ in 0..2 {
        let got = dock.post(&receive, &fields).await;
        assert_eq!(
            (got.status, got.location()),
            (StatusCode::SEE_OTHER, &*address)
        );
    }
    let page = dock.get(&address).await;
    assert!(page.body.contains("RECEIVED") && page.body.contains("Grade 2 × Paper lantern"));

    let grade = format!("{address}/grade/0");
    assert!(
        dock.get(&grade)
            .await
            .body
            .contains("Is it safe to handle?")
    );
    assert!(
        dock.get(&format!("{grade}?a=y"))
            .await
            .body
            .contains("Is the seal unbroken")
    );
    let summary = dock.get(&format!("{grade}?a=yy")).await;
    assert!(summary.body.contains("<option value=\"a\" selected>"));
    assert!(summary.body.contains("<option value=\"restock\" selected>"));
    let (version, key) = (summary.hidden("version"), summary.hidden("key"));
    let fields = [
        ("version", &*version),
        ("key", &*key),
        ("units", "2"),
        ("grade", "b"),
        ("accept", "yes"),
        ("disposition", "open_box"),
    ];
    for _ in 0..2 {
        let got = dock.post(&grade, &fields).await;
        assert_eq!(
            (got.status, got.location()),
            (StatusCode::SEE_OTHER, &*address)
        );
    }
    assert!(dock.get(&address).await.body.contains("DONE"));
    let stock = dock
        .world
        .app
        .stock(&Scope::system(), ALFA, 10)
        .await
        .unwrap();
    assert!(
        stock
            .iter()
            .any(|(sku, _, _, n)| sku == "LAMP-1" && *n == 2),
        "{stock:?}"
    );
}

#[tokio::test]
async fn nothing_typed_is_lost_when_it_is_refused() {
    let dock = Dock::new(Role::DockOperator, &[ALFA]).await;
    let (address, ..) = dock.expected("A-1", 1).await;
    let page = dock.get(&address).await;
    let receive = format!("{address}/receive");
    let with = |version: &str, count: &str, parcel: &str| {
        let pairs = [
            ("version", version),
            ("key", "k1"),
            ("count-0", count),
            ("parcel", parcel),
        ];
        let all = pairs
            .iter()
            .copied()
            .chain([("stray_label", "red <scarf>")]);
        all.map(|(n, v)| (n.to_owned(), v.to_owned()))
            .collect::<Vec<_>>()
    };
    let version = page.hidden("version");
    let rows = [
        (with("1", "1", ""), 409, "Someone changed this meanwhile"),
        (with(&version, "one", ""), 422, "Give a whole number."),
        (with(&version, "-1", ""), 422, "Give a whole number."),
        (with(&version, "999", ""), 422, ""),
        (
            with(&version, "1", "nonsense"),
            422,
            "Choose one of the parcels.",
        ),
        (
            with(&version, "1", "pcl_00000000000000000000000000"),
            404,
            "",
        ),
    ];
    for (fields, status, words) in rows {
        let fields: Vec<_> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        let got = dock.post(&receive, &fields).await;
        assert_eq!(got.status.as_u16(), status, "{fields:?}");
        assert!(got.body.contains(words), "{words}");
        assert!(
            got.body.contains("value=\"red &lt;scarf&gt;\""),
            "{fields:?}"
        );
    }
    let nothing = dock
        .post(&receive, &[("version", &version), ("key", "k2")])
        .await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.body.contains("Count at least one unit"));
}

#[tokio::test]
async fn over_count_and_strays_are_kept_as_unexpected() {
    let dock = Dock::new(Role::DockOperator, &[ALFA]).await;
    let (address, ..) = dock.expected("A-1", 1).await;
    let key = [
        ("key", "k1"),
        ("count-0", "2"),
        ("count-1", "1"),
        ("stray_label", "red scarf"),
    ];
    let got = dock.post(&format!("{address}/receive"), &key).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER);
    let page = dock.get(&address).await.body;
    assert!(page.contains("received 1 · missing 0 · unexpected 1"));
    assert!(page.contains("red scarf"));
}

#[tokio::test]
async fn another_article_is_not_taken_back() {
    let dock = Dock::new(Role::DockOperator, &[ALFA]).await;
    let (address, ..) = dock.expected("A-1", 1).await;
    dock.post(
        &format!("{address}/receive"),
        &[("key", "k1"), ("count-0", "1")],
    )
    .await;
    let grade = format!("{address}/grade/0");
    let page = dock.get(&format!("{grade}?wrong=yes")).await.body;
    assert!(page.contains("Another article than the one sold"));
    assert!(page.contains("<option value=\"ship_back\" selected>"));
    let fields = [
        ("key", "k2"),
        ("wrong", "yes"),
        ("units", "1"),
        ("grade", "b"),
        ("accept", "yes"),
        ("disposition", "ship_back"),
    ];
    assert_eq!(
        dock.post(&grade, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    let case = address.rsplit('/').next().unwrap().parse().unwrap();
    let page = dock
        .world
        .app
        .case_page(&Scope::system(), ALFA, case)
        .await
        .unwrap();
    assert_eq!(page.case.lines[0].quantities.rejected, 1);
    assert!(page.case.lines[0].lots[0].wrong_item);
}

#[tokio::test]
async fn a_parcel_nobody_announced() {
    let dock = Dock::new(Role::DockOperator, &[ALFA]).await;
    let got = dock.post("/dock/scan", &[("scan", "JD0099")]).await;
    assert_eq!(got.location(), "/dock/unexpected?code=JD0099");
    let page = dock.get(got.location()).await;
    assert!(page.body.contains("UNEXPECTED") && page.body.contains("Alfa Gifts"));
    assert!(
        !page.body.contains("Bravo Wear"),
        "only the operator's clients"
    );
    let key = page.hidden("key");
    let unknown = [("key", &*key), ("client", "alfa"), ("order", "B-1")];
    let got = dock.post("/dock/unexpected", &unknown).await;
    assert_eq!(got.status, 422);
    assert!(got.body.contains("no order with that number") && got.body.contains("value=\"B-1\""));
    let other = [("key", &*key), ("client", "bravo"), ("order", "B-1")];
    assert_eq!(dock.post("/dock/unexpected", &other).await.status, 422);
    let fields = [("key", &*key), ("client", "alfa"), ("order", "A-2")];
    let first = dock.post("/dock/unexpected", &fields).await;
    let again = dock.post("/dock/unexpected", &fields).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    assert_eq!(first.location(), again.location());
    let page = dock.get(first.location()).await;
    assert!(page.body.contains("UNEXPECTED") && page.body.contains("Stoneware vase"));
    let receive = format!("{}/receive", first.location());
    let got = dock
        .post(&receive, &[("key", "k3"), ("count-1", "1")])
        .await;
    assert_eq!(got.status, StatusCode::SEE_OTHER);
    assert!(
        dock.get(first.location())
            .await
            .body
            .contains("unexpected 1")
    );
}

#[tokio::test]
async fn the_script_gets_a_status_and_the_last_scans_stay() {
    let dock = Dock::new(Role::DockOperator, &[ALFA]).await;
    let (address, rma, _) = dock.expected("A-1", 1).await;
    let scan = async |code: &str, id: &str| {
        dock.post("/dock/scan", &[("scan", code), ("scan_id", id)])
            .await
    };
    let good = scan(&rma, "s1").await;
    assert_eq!(good.status, StatusCode::NO_CONTENT);
    let cookie = good.headers["set-cookie"]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let now = Http::get("/dock/now").header(
        "cookie",
        format!("__Host-session={}; {cookie}", dock.session),
    );
    let now = dock.send(now.body(Body::empty()).unwrap()).await;
    assert_eq!(now.headers["hx-redirect"], address.as_str());
    assert_eq!(
        scan("R-0000-0000", "s2").await.status,
        StatusCode::NOT_FOUND
    );
    let home = Http::get("/dock").header(
        "cookie",
        format!("__Host-session={}; {cookie}", dock.session),
    );
    let home = dock.send(home.body(Body::empty()).unwrap()).await;
    assert!(home.body.contains(&rma) && home.body.contains("Opened a return"));
    assert_eq!(scan(&"x".repeat(201), "s3").await.status, 422);
}

#[tokio::test]
async fn only_the_dock_and_only_its_clients() {
    let dock = Dock::new(Role::DockOperator, &[BRAVO]).await;
    let (address, rma, tracking) = dock.expected("A-1", 1).await;
    for code in [&rma, &tracking] {
        let got = dock.post("/dock/scan", &[("scan", code)]).await;
        assert!(got.location().starts_with("/dock/unexpected"), "{code}");
    }
    let unknown = dock.get("/dock/bravo/case_00").await;
    for path in [
        address.clone(),
        address.replace("alfa", "bravo"),
        format!("{address}/grade/0"),
    ] {
        let got = dock.get(&path).await;
        assert_eq!(
            (got.status, &got.body),
            (StatusCode::NOT_FOUND, &unknown.body),
            "{path}"
        );
    }
    let got = dock
        .post(
            &format!("{address}/receive"),
            &[("key", "k"), ("count-0", "1")],
        )
        .await;
    assert_eq!(got.status, StatusCode::NOT_FOUND);
    let agent = Dock {
        session: session(&dock.world.app, Role::Agent, &[ALFA]).await,
        ..dock
    };
    assert_eq!(agent.get("/dock").await.status, StatusCode::FORBIDDEN);
    let nobody = Dock {
        session: "none".into(),
        ..agent
    };
    assert_eq!(nobody.get("/dock").await.status, StatusCode::UNAUTHORIZED);
}

#[test]
fn every_word_is_there_in_both_languages() {
    let english = include_str!("../../../locales/en/dock.ftl");
    let german = include_str!("../../../locales/de/dock.ftl");
    let keys = |text: &'static str| -> Vec<&str> {
        let lines = text.lines().filter(|l| l.starts_with("dock-"));
        lines.filter_map(|l| l.split(" =").next()).collect()
    };
    assert_eq!(keys(english), keys(german));
    for key in keys(english) {
        assert!(L10n::EN.has(key) && L10n::DE.has(key), "{key}");
    }
    for d in returns::Disposition::ALL {
        assert!(
            L10n::DE.has(&format!("dock-to-{}", d.as_str().replace('_', "-"))),
            "{d:?}"
        );
    }
}
