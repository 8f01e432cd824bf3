//! Goods without an order, and counts that were too high, as an operator puts them right.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod house;

use axum::http::StatusCode;
use house::Dock;
use kernel::{Role, Scope};
use testkit::{ALFA, BRAVO};

#[tokio::test]
async fn goods_without_an_order_are_kept_until_somebody_knows_whose_they_are() {
    let dock = Dock::new(Role::DockOperator, &[ALFA]).await;
    let page = dock.get("/dock/unexpected?code=JD0099").await;
    let key = page.hidden("key");
    let keep = |label: &'static str, client: &'static str| {
        vec![
            ("key", key.clone()),
            ("code", "JD0099".into()),
            ("stray_client", client.into()),
            ("label", label.into()),
            ("units", "2".into()),
            ("sender", "K. Lindqvist".into()),
        ]
    };
    let post = async |path: &str, fields: &[(&str, String)]| {
        let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        dock.post(path, &fields).await
    };
    let empty = post("/dock/strays", &keep("", "alfa")).await;
    assert_eq!(empty.status, 422);
    assert!(empty.body.contains("K. Lindqvist"), "nothing typed is lost");
    assert_eq!(
        post("/dock/strays", &keep("cup", "bravo")).await.status,
        422
    );
    for _ in 0..2 {
        let kept = post("/dock/strays", &keep("blue cup", "alfa")).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    }
    let shelf = dock.get("/dock/strays").await;
    assert_eq!(shelf.body.matches("blue cup").count(), 1, "kept once");
    assert!(shelf.body.contains("K. Lindqvist") && shelf.body.contains("JD0099"));
    assert!(dock.get("/dock").await.body.contains("/dock/strays"));

    let at = shelf
        .body
        .split("action=\"/dock/strays/alfa/")
        .nth(1)
        .unwrap();
    let to = format!("/dock/strays/alfa/{}", at.split('"').next().unwrap());
    // An order of another client is none of this one.
    let unknown = dock.post(&to, &[("belongs", "B-1")]).await;
    assert_eq!(unknown.status, 422);
    let matched = dock.post(&to, &[("belongs", "A-2")]).await;
    assert_eq!(matched.status, StatusCode::SEE_OTHER, "{}", matched.body);
    let case = dock.get(matched.location()).await;
    assert!(
        case.body.contains("blue cup"),
        "the goods are the return's now"
    );
    assert!(!dock.get("/dock/strays").await.body.contains("blue cup"));
    assert_eq!(
        dock.post(&to, &[("belongs", "A-2")]).await.status,
        422,
        "once"
    );
    // The other client's people see none of it.
    let bravo = Dock::new(Role::DockOperator, &[BRAVO]).await;
    assert_eq!(bravo.post(&to, &[("belongs", "B-1")]).await.status, 404);
}

#[tokio::test]
async fn goods_are_given_to_a_return_that_is_there_already() {
    let dock = Dock::new(Role::DockOperator, &[ALFA]).await;
    let (address, rma, _) = dock.expected("A-1", 1).await;
    let fields = [
        ("key", "k"),
        ("stray_client", "alfa"),
        ("label", "a cable"),
        ("units", "1"),
    ];
    dock.post("/dock/strays", &fields).await;
    let shelf = dock.get("/dock/strays").await;
    let at = shelf
        .body
        .split("action=\"/dock/strays/alfa/")
        .nth(1)
        .unwrap();
    let to = format!("/dock/strays/alfa/{}", at.split('"').next().unwrap());
    let matched = dock.post(&to, &[("belongs", &rma)]).await;
    assert_eq!(matched.location(), address);
}

#[tokio::test]
async fn a_count_that_was_too_high_is_put_right() {
    let dock = Dock::new(Role::DockOperator, &[ALFA]).await;
    let (address, ..) = dock.expected("A-1", 1).await;
    let receive = format!("{address}/receive");
    dock.post(&receive, &[("key", "k1"), ("count-0", "3")])
        .await;
    let page = dock.get(&address).await;
    assert!(page.body.contains("received 1 · missing 0 · unexpected 2"));
    let recount = |note: &'static str| {
        [
            ("key", "k2"),
            ("recount_line", "0"),
            ("recount_units", "1"),
            ("recount_note", note),
        ]
    };
    let to = format!("{address}/recount");
    assert_eq!(dock.post(&to, &recount("")).await.status, 422);
    let done = dock.post(&to, &recount("two were in another box")).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = dock.get(&address).await;
    assert!(page.body.contains("received 1 · missing 0 · unexpected 0"));
    let case = address.rsplit('/').next().unwrap().parse().unwrap();
    let app = &dock.world.app;
    let page = app.case_page(&Scope::system(), ALFA, case).await.unwrap();
    let here: i64 = page.stock.iter().map(|m| m.quantity).sum();
    assert_eq!(here, 1, "and so does the stock");
    let audit = app.audit(&Scope::system(), |_| ()).await.unwrap();
    assert!(audit.is_ok(), "{:?}", audit.findings);
}
