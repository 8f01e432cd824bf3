//! Stopping and starting in good order: nothing is forgotten, requests under way are answered,
//! nothing that hangs holds up the end, and one data directory has one server.

use crate::{
    client::Api,
    house::House,
    load::Load,
    server::{BOUND, Server, free_port, log, until},
};
use serde_json::{Value, json};
use std::net::SocketAddr;
use testkit::ALFA;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

const RETURNS: &str = "/api/v1/clients/alfa/returns";

fn numbers(prefix: &str, n: usize) -> Vec<String> {
    (0..n).map(|i| format!("{prefix}-{i}")).collect()
}

#[tokio::test]
async fn a_restart_keeps_everything_on_sqlite() {
    a_restart_keeps_everything(House::sqlite().await).await;
}

#[tokio::test]
async fn a_restart_keeps_everything_on_postgres() {
    if let Some(house) = House::postgres().await {
        a_restart_keeps_everything(house).await;
    }
}

async fn a_restart_keeps_everything(house: House) {
    let orders = numbers("S", 6);
    house.orders(ALFA, &orders).await;
    let port = free_port();
    let server = Server::ready(&house, port).await;
    let api = Api::new(server.address, &house.alfa);
    let load = Load::new();
    load.run(&api, &orders).await;
    // Jobs go on between the look and the stop; what was there must be there, and first.
    let before = seen(&api).await;
    server.stop().await;
    house.assert_in_order().await;

    let server = Server::ready(&house, port).await;
    let after = seen(&api).await;
    assert_eq!(before.key, after.key, "the ledger has another key");
    assert_eq!(before.cases.len(), after.cases.len());
    for (then, now) in before.cases.iter().zip(&after.cases) {
        for part in [
            "case",
            "rma",
            "order_number",
            "opened_at",
            "lines",
            "decision",
            "policy",
        ] {
            assert_eq!(then[part], now[part], "{part}");
        }
        let (then, now) = (
            then["events"].as_array().unwrap(),
            now["events"].as_array().unwrap(),
        );
        assert_eq!(&now[..then.len()], &then[..]);
    }
    assert_eq!(after.feed[..before.feed.len()], before.feed[..]);
    load.assert_kept(&api).await;
    server.stop().await;
    house.assert_in_order().await;
}

/// What a caller sees.
struct Seen {
    key: Value,
    cases: Vec<Value>,
    feed: Vec<(u64, String, u64)>,
}

async fn seen(api: &Api) -> Seen {
    let key = api.get("/api/v1/clients/alfa/ledger").await.body["vkey"].clone();
    let feed = api.feed("alfa").await;
    let mut cases = Vec::new();
    for row in api.list(RETURNS).await {
        cases.push(
            api.get(&format!("{RETURNS}/{}", row["case"].as_str().unwrap()))
                .await
                .body,
        );
    }
    Seen { key, cases, feed }
}

/// A POST whose body is still to come and whose handler is waiting for it: the server has asked
/// for the body ("100 Continue").
async fn begin_post(address: SocketAddr, key: &str, body: &str) -> TcpStream {
    let mut connection = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST {RETURNS} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {key}\r\n\
         content-type: application/json\r\nidempotency-key: under-way\r\n\
         content-length: {}\r\nexpect: 100-continue\r\n\r\n",
        body.len()
    );
    connection.write_all(head.as_bytes()).await.unwrap();
    let mut asked = [0; 25];
    let read = tokio::time::timeout(BOUND, connection.read_exact(&mut asked)).await;
    read.expect("the server asks for the body").unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    connection
}

/// Waits until nobody listens there any more.
async fn closed(address: SocketAddr) {
    until("the server stops listening", BOUND, async || {
        TcpStream::connect(address).await.is_err().then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_request_under_way_is_answered_before_the_end() {
    let house = House::sqlite().await;
    house.orders(ALFA, &numbers("G", 1)).await;
    let server = Server::ready(&house, free_port()).await;
    let address = server.address;
    let body = json!({ "order": "G-0",
        "lines": [{ "line": 0, "units": 1, "reason": "changed_mind" }] });
    let body = body.to_string();
    let mut connection = begin_post(address, &house.alfa, &body).await;
    server.terminate();
    closed(address).await;
    connection.write_all(body.as_bytes()).await.unwrap();
    let mut answer = String::new();
    let read = tokio::time::timeout(BOUND, connection.read_to_string(&mut answer)).await;
    read.expect("the server answers and closes").unwrap();
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    let status = server.ended(BOUND).await;
    assert!(status.success(), "{status}: {}", log(&house));

    let server = Server::ready(&house, address.port()).await;
    let listed = Api::new(server.address, &house.alfa).list(RETURNS).await;
    assert_eq!(listed.len(), 1, "the answer was a promise");
    server.stop().await;
    house.assert_in_order().await;
}

#[tokio::test]
async fn callers_that_hang_do_not_hold_up_the_end() {
    let house = House::sqlite().await;
    house.orders(ALFA, &numbers("H", 1)).await;
    let server = Server::ready(&house, free_port()).await;
    let address = server.address;
    // One never sends its body, one never sends its head, one listens to live news for ever.
    let silent = begin_post(address, &house.alfa, "{}").await;
    let mute = TcpStream::connect(address).await.unwrap();
    let mut live = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "GET /events HTTP/1.1\r\nhost: {address}\r\naccept: text/event-stream\r\n\
         cookie: session={}\r\n\r\n",
        house.session
    );
    live.write_all(head.as_bytes()).await.unwrap();
    let mut first = [0; 15];
    live.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200 OK", "the live stream is open");
    server.terminate();
    let status = server.ended(BOUND).await;
    assert!(status.success(), "{status}: {}", log(&house));
    drop((silent, mute, live));
    house.assert_in_order().await;
}

#[tokio::test]
async fn a_second_server_on_the_same_directory_does_no_harm() {
    let house = House::sqlite().await;
    let (orders, others) = (numbers("D", 40), numbers("E", 40));
    house.orders(ALFA, &orders).await;
    house.orders(ALFA, &others).await;
    let first = Server::ready(&house, free_port()).await;
    let api = Api::new(first.address, &house.alfa);
    let (load, other_load) = (Load::new(), Load::new());
    let mut second = Server::start(&house, free_port());
    if let Some(status) = second.ended_or_ready().await {
        println!("the second server is turned away: {status}");
        assert!(!status.success());
        load.run(&api, &orders).await;
    } else {
        println!("the second server runs");
        let other = Api::new(second.address, &house.alfa);
        tokio::join!(load.run(&api, &orders), other_load.run(&other, &others));
        // What one was told, the other knows.
        load.assert_kept(&other).await;
        other_load.assert_kept(&api).await;
        second.stop().await;
    }
    // A killed owner leaves nothing behind that keeps the next one out.
    first.kill();
    let next = Server::ready(&house, free_port()).await;
    next.stop().await;
    house.assert_in_order().await;
    house.assert_paid_once();
}

#[tokio::test]
async fn a_second_server_on_the_same_directory_is_turned_away() {
    let house = House::sqlite().await;
    let first = Server::ready(&house, free_port()).await;
    let mut second = Server::start(&house, free_port());
    let status = second.ended_or_ready().await;
    let refused = status.is_some_and(|s| s.code() == Some(1));
    assert!(refused, "{status:?}: {}", log(&house));
    assert!(log(&house).contains("in use"), "{}", log(&house));
    first.stop().await;
}

#[tokio::test]
async fn the_ledger_can_be_verified_while_the_server_runs() {
    let house = House::sqlite().await;
    let orders = numbers("V", 24);
    house.orders(ALFA, &orders).await;
    let server = Server::ready(&house, free_port()).await;
    let api = Api::new(server.address, &house.alfa);
    let load = Load::new();
    let mut progress = load.progress.subscribe();
    let verified = async {
        progress.wait_for(|done| *done >= 10).await.unwrap();
        tokio::task::spawn_blocking({
            let mut command = house.command();
            command.args(["ledger", "verify", "--client", "alfa"]);
            move || command.output().unwrap()
        })
        .await
        .unwrap()
    };
    let ((), checked) = tokio::join!(load.run(&api, &orders), verified);
    assert_eq!(checked.status.code(), Some(0), "{checked:?}");
    server.stop().await;
    house.assert_in_order().await;
}
