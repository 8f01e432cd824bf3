//! Two real processes on one PostgreSQL, as two machines would run them: each answers for what the
//! other stored, one of them works in the bank's folder, and when it is killed the other goes on
//! without ordering anything a second time.

use crate::{
    client::{Api, Got},
    house::House,
    server::{Server, free_port, until},
};
use reqwest::StatusCode;
use serde_json::json;
use std::{os::unix::fs::symlink, time::Duration};
use testkit::ALFA;

const RETURNS: &str = "/api/v1/clients/alfa/returns";

/// Longer than a lease on the bank's folder lasts.
const TAKEN_OVER: Duration = Duration::from_secs(90);

/// Gives each step of a return to the node whose turn it is; answers the return.
async fn journey(nodes: &[&Api], order: &str) -> String {
    let mut turn = nodes.iter().cycle();
    let mut post = async |path: String, body: serde_json::Value| -> Got {
        let node = turn.next().unwrap();
        // A key has no slashes to spare: the step's name is enough.
        let step = path.rsplit('/').next().unwrap_or_default();
        let (key, body) = (format!("{order}-{step}"), body.to_string());
        let got = node.post(&path, &key, &body).await.unwrap();
        assert!(got.status.is_success(), "{path}: {got:?}");
        got
    };
    let asked = json!({ "order": order,
        "lines": [{ "line": 0, "units": 1, "reason": "changed_mind" }] });
    let opened = post(RETURNS.to_owned(), asked).await;
    let case = opened.body["case"].as_str().unwrap().to_owned();
    let unit = json!({ "line": 0, "units": 1, "grade": "b" });
    let mut gone = unit.clone();
    gone["disposition"] = "open_box".into();
    let count = json!({ "counts": [{ "line": 0, "units": 1 }], "complete": true });
    for (what, body) in [
        ("receipts", count),
        ("grades", unit),
        ("dispositions", gone),
    ] {
        post(format!("{RETURNS}/{case}/{what}"), body).await;
    }
    case
}

async fn ordered(house: &House, payments: usize) {
    until("the payment is ordered", TAKEN_OVER, async || {
        (house.assert_paid_once() == payments).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_that_dies_is_replaced_and_nothing_is_paid_twice() {
    let Some(house) = House::postgres().await else {
        return;
    };
    let numbers = ["N-1", "N-2"].map(str::to_owned);
    house.orders(ALFA, &numbers).await;
    // The second machine reaches the same bank folder, over a shared disk say.
    let second = house.data.join("second");
    std::fs::create_dir(&second).unwrap();
    std::fs::create_dir_all(house.data.join("bank")).unwrap();
    symlink(house.data.join("bank"), second.join("bank")).unwrap();

    let one = Server::ready(&house, free_port()).await;
    let api_one = Api::new(one.address, &house.alfa);
    journey(&[&api_one], "N-1").await;
    // It works in the folder from here on, and holds the lease.
    ordered(&house, 1).await;

    let mut two = Server::start_in(&house, &second, free_port());
    two.wait_ready(&house).await;
    let api_two = Api::new(two.address, &house.alfa);
    let case = journey(&[&api_two, &api_one], "N-2").await;
    one.kill();
    let found = api_two.get(&format!("{RETURNS}/{case}")).await;
    assert_eq!(found.status, StatusCode::OK);
    assert_eq!(found.body["lines"][0]["quantities"]["accepted"], 1);
    ordered(&house, 2).await;

    // The first comes back, finds its folder taken and orders nothing.
    let one = Server::ready(&house, free_port()).await;
    let again = Api::new(one.address, &house.alfa);
    let same = again.get(&format!("{RETURNS}/{case}")).await;
    assert_eq!(same.body["refunds"].as_array().map(Vec::len), Some(1));
    one.stop().await;
    two.stop().await;
    house.assert_in_order().await;
    assert_eq!(house.assert_paid_once(), 2);
}
