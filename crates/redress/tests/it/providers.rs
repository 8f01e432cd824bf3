//! Messages of payment providers over real HTTP: with keys from the configuration, each is checked
//! with its own client's.

use crate::{
    client::http,
    house::House,
    server::{Server, free_port},
};
use serde_json::{Value, json};
use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

/// The key and the signed item Adyen's own libraries are tested with.
const KEY: &str = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";

fn published(value: i64) -> Value {
    let item = json!({
        "additionalData": { "hmacSignature": "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=" },
        "amount": { "value": value, "currency": "EUR" }, "pspReference": "7914073381342284",
        "eventCode": "AUTHORISATION", "eventDate": "2019-05-06T17:15:34.121+02:00",
        "merchantAccountCode": "TestMerchant", "merchantReference": "TestPayment-1407325143704",
        "paymentMethod": "visa", "success": "true",
    });
    json!({ "live": "false", "notificationItems": [{ "NotificationRequestItem": item }] })
}

fn private(path: &Path, text: &str, mode: u32) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn configure(house: &House, mode: u32) {
    let file = |name: &str| house.data.join(name);
    private(&file("api.key"), "AQE-key\n", 0o600);
    private(
        &file("hmac.key"),
        &format!("{}\n{KEY}\n", KEY.replace('4', "5")),
        mode,
    );
    // Nobody listens there.
    let away = format!("http://127.0.0.1:{}", free_port());
    let text = format!(
        "[adyen.alfa]\nbase = \"{away}/v71\"\nmerchant_account = \"TestMerchant\"\n\
         api_key_file = \"{0}\"\nhmac_key_file = \"{1}\"\n\
         [paypal.alfa]\nbase = \"{away}\"\nclient_id = \"house\"\nsecret_file = \"{0}\"\n\
         webhook_id = \"w\"\n",
        file("api.key").display(),
        file("hmac.key").display(),
    );
    fs::write(file("redress.toml"), text).unwrap();
}

#[tokio::test]
async fn a_message_is_checked_with_the_keys_of_its_client() {
    let house = House::sqlite().await;
    configure(&house, 0o600);
    let server = Server::ready(&house, free_port()).await;
    let http = http();
    let post = async |path: &str, body: &Value| {
        let url = format!("http://{}/inbound/{path}", server.address);
        let request = http.post(url).json(body);
        let signed = [
            ("paypal-transmission-id", "1"),
            ("paypal-transmission-time", "2016-02-18T20:01:35Z"),
            ("paypal-transmission-sig", "c2ln"),
            ("paypal-cert-url", "https://api.paypal.com/cert"),
            ("paypal-auth-algo", "SHA256withRSA"),
        ];
        let request = signed
            .into_iter()
            .fold(request, |r, (name, value)| r.header(name, value));
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(post("adyen/alfa", &published(1130)).await, 200);
    assert_eq!(post("adyen/alfa", &published(1131)).await, 401);
    assert_eq!(post("adyen/bravo", &published(1130)).await, 401);
    assert_eq!(post("adyen/nobody", &published(1130)).await, 401);
    assert_eq!(post("stripe/alfa", &published(1130)).await, 401);
    assert_eq!(post("adyen/alfa", &json!({})).await, 422);
    // PayPal cannot be asked whether it sent this: it must say it again.
    let refund = json!({ "event_type": "PAYMENT.CAPTURE.REFUNDED", "resource_type": "refund",
        "resource": { "id": "1JU08902781691411" } });
    assert_eq!(post("paypal/alfa", &refund).await, 503);
    assert_eq!(post("paypal/bravo", &refund).await, 401);
    server.stop().await;
}

#[tokio::test]
async fn keys_everybody_may_read_are_refused() {
    let house = House::sqlite().await;
    configure(&house, 0o644);
    let ended = Server::start(&house, free_port()).ended_or_ready().await;
    assert!(ended.is_some_and(|status| !status.success()), "{ended:?}");
}
