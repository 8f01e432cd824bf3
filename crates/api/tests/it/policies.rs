//! A policy over the API: bad text is answered with lines, a draft below the law with its witness,
//! and a key approves nothing.

use crate::house::House;
use kernel::Role;
use serde_json::{Value, json};
use testkit::{ALFA, BRAVO};

const PATH: &str = "/api/v1/clients/alfa/policies";

async fn begun(house: &House, key: &str, text: &str) -> Value {
    let body = json!({ "title": "Spring", "text": text, "effective_from": "2026-06-02" });
    let got = house.post(key, PATH, &body).await;
    assert_eq!(got.status.as_u16(), 201, "{}", got.text());
    got.json()
}

#[tokio::test]
async fn bad_text_is_kept_and_answered_with_its_line() {
    let house = House::new().await;
    let key = house.key(Role::TeamLead, &[ALFA]).await;
    let text = "name = \"A\"\n[rules]\nfinal_sale = \"perhaps\"\n";
    let draft = begun(&house, &key, text).await;
    assert_eq!(draft["stage"], "broken");
    assert_eq!(draft["text"], text);
    assert_eq!(draft["errors"][0]["line"], 3, "{}", draft["errors"]);
    let at = format!("{PATH}/{}", draft["id"].as_str().unwrap());
    let check = house.post(&key, &format!("{at}/check"), &json!({})).await;
    assert_eq!(check.status.as_u16(), 409);
    assert_eq!(check.json()["type"], "/problems/policy-no-policy");
    // Others see neither draft nor client.
    let other = house.key(Role::Admin, &[BRAVO]).await;
    assert_eq!(house.get(&other, &at).await.status.as_u16(), 404);
    let agent = house.key(Role::Agent, &[ALFA]).await;
    let body = json!({ "title": "x", "text": "", "effective_from": "2026-06-02" });
    assert_eq!(house.post(&agent, PATH, &body).await.status.as_u16(), 403);
}

#[tokio::test]
async fn a_draft_below_the_law_shows_its_witness_and_a_key_approves_nothing() {
    let house = House::new().await;
    let key = house.key(Role::ClientUser, &[ALFA]).await;
    let text = "name = \"Seven\"\ncurrencies = [\"EUR\"]\nlanguages = [\"en\"]\ncountries = [\"DE\"]\n\
        authorisation_days = 14\n[rules]\nwindow = { days = 7, anchor = \"last_parcel\" }\noutcomes = [\"refund\"]\n";
    let draft = begun(&house, &key, text).await;
    let at = format!("{PATH}/{}", draft["id"].as_str().unwrap());
    let run = house.post(&key, &format!("{at}/check"), &json!({})).await;
    assert_eq!(run.status.as_u16(), 202, "{}", run.text());
    while house.world.app.run_policy_run().await.unwrap() {}
    let run = format!("{PATH}/runs/{}", run.json()["id"].as_str().unwrap());
    assert_eq!(house.get(&key, &run).await.json()["state"], "done");
    let draft = house.get(&key, &at).await.json();
    assert_eq!(draft["stage"], "undercut");
    assert_eq!(draft["refusal"], "policy-undercut");
    let findings = draft["check"]["findings"].as_array().unwrap();
    let window = findings
        .iter()
        .find(|f| f["below"]["dimension"] == "window");
    let window = window.unwrap();
    assert_eq!(window["line"], 7);
    assert_eq!(window["witness"]["asked_on"], "2026-06-12");
    assert!(
        window["below"]["citation"]
            .as_str()
            .unwrap()
            .contains("BGB")
    );
    let review = house
        .post(
            &key,
            &format!("{at}/review"),
            &json!({ "reason": "Please." }),
        )
        .await;
    assert_eq!(review.json()["type"], "/problems/policy-undercut");
    let approve = json!({ "seal": "00" });
    let approve = house.post(&key, &format!("{at}/approve"), &approve).await;
    assert_eq!(approve.status.as_u16(), 401, "a key is no person");
}
