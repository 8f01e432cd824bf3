//! Every address of the running server, tried by every role at its own client, at a foreign one and
//! at one that does not exist, and by nobody. The list is what the server itself declares; an
//! address whose words nobody can fill in here fails the test, so a new route comes with its test.

use crate::{
    client::http,
    house::House,
    server::{BOUND, Server, free_port, until},
};
use app::signin::TokenKind;
use kernel::{ClientId, Role};
use redress_http::csrf::{self, Csrf};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use testkit::{ALFA, BRAVO};

/// Words of addresses for which the house here holds nothing: who comes in meets a 404.
const NOTHING_THERE: &[&str] = &[
    "account",
    "act",
    "break",
    "bucket",
    "code",
    "credit",
    "currency",
    "customer",
    "declaration",
    "dispute",
    "document",
    "endpoint",
    "kind",
    "service",
    "subject",
    "user",
    "file",
    "form",
    "goods",
    "grant",
    "id",
    "job",
    "line",
    "number",
    "obligation",
    "pack",
    "parcel",
    "path",
    "photo",
    "run",
    "source",
    "stray",
    "version",
];

/// Addresses whose right says less than what is asked for in the form, and why.
const MORE_IN_THE_FORM: &[(&str, &str)] = &[
    (
        "/law/packs",
        "a pack for everybody needs every client in reach",
    ),
    (
        "/law/rule/{id}/sign",
        "a rule for everybody needs every client in reach",
    ),
    (
        "/api/v1/law/packs",
        "a pack for everybody needs every client in reach",
    ),
    (
        "/api/v1/law/packs/{pack}/retire",
        "a pack for everybody needs every client in reach",
    ),
    ("/account/passkey", "an answer of a passkey"),
    ("/account/app", "a code of the app"),
];

/// Addresses that ask for their client in the form or after the question mark.
const NAMED_ELSEWHERE: &[&str] = &[
    "/desk/new",
    "/money/reconciliation.csv",
    "/dock/now",
    "/account/remove",
    "/account/keys/revoke",
    "/people/new",
];

/// A route as `redress routes` tells it.
struct Route {
    method: Method,
    path: String,
    who: String,
    client: String,
    session_only: bool,
    roles: Option<Vec<String>>,
}

fn routes(house: &House) -> Vec<Route> {
    let printed = house.command().arg("routes").output().unwrap();
    assert!(printed.status.success(), "{printed:?}");
    let rows: Vec<Value> = serde_json::from_slice(&printed.stdout).unwrap();
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    let route = |row: &Value| Route {
        method: text(&row["method"]).parse().unwrap(),
        path: text(&row["path"]),
        who: text(&row["who"]),
        client: text(&row["client"]),
        session_only: row["session_only"] == true,
        roles: row["roles"]
            .as_array()
            .map(|all| all.iter().map(text).collect()),
    };
    rows.iter().map(route).collect()
}

/// What would shut out whoever asks, for all that follows; tried in `identity.rs`.
const ENDS_THE_SESSION: &[&str] = &["/lock", "/account/sessions"];

/// What stands for the words of an address.
#[derive(Clone)]
struct Words {
    number: String,
    slug: &'static str,
    others: HashMap<&'static str, String>,
}

impl Words {
    fn fill(&self, route: &Route) -> String {
        let fill = |part: &str| {
            let Some(name) = part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) else {
                return part.to_owned();
            };
            match name.trim_start_matches('*') {
                "client" if route.client.starts_with("the number") => self.number.clone(),
                "client" => self.slug.to_owned(),
                // Pages name an order by its id, programs by its number.
                "order" if route.session_only => self.others["order_id"].clone(),
                name => match self.others.get(name) {
                    Some(word) => word.clone(),
                    None if NOTHING_THERE.contains(&name) => "1".to_owned(),
                    None => panic!("{}: say in this test what {{{name}}} is", route.path),
                },
            }
        };
        route
            .path
            .split('/')
            .map(fill)
            .collect::<Vec<_>>()
            .join("/")
    }
}

/// An answer, as far as it may not differ.
#[derive(Debug, PartialEq, Eq)]
struct Answer {
    status: StatusCode,
    headers: BTreeMap<String, String>,
    body: String,
}

/// The running house and what asks it.
struct Scene {
    base: String,
    csrf: Csrf,
    http: reqwest::Client,
}

/// Who asks.
#[derive(Clone, Copy)]
enum As<'t> {
    Nobody,
    Session(&'t str),
    Key(&'t str),
}

impl Scene {
    async fn ask(&self, route: &Route, path: &str, who: As<'_>) -> Answer {
        let url = format!("{}{path}", self.base);
        let mut request = self.http.request(route.method.clone(), url);
        request = request.header("accept", "application/json");
        request = match who {
            As::Nobody => request,
            As::Key(key) => request.bearer_auth(key),
            As::Session(session) => request
                .header("cookie", format!("session={session}"))
                .header("sec-fetch-site", "same-origin")
                .header(csrf::HEADER, self.csrf.token(session).as_str().to_owned()),
        };
        if route.method != Method::GET {
            let kind = if route.session_only {
                "application/x-www-form-urlencoded"
            } else {
                "application/json"
            };
            let body = if route.session_only { "" } else { "{}" };
            request = request.header("content-type", kind).body(body);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let text =
            |v: &reqwest::header::HeaderValue| String::from_utf8_lossy(v.as_bytes()).into_owned();
        let mut headers: BTreeMap<String, String> = answer
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), text(value)))
            .collect();
        headers.remove("date");
        headers.remove("x-request-id");
        // A nonce of its own for every answer.
        headers.remove("content-security-policy");
        let endless = headers
            .get("content-type")
            .is_some_and(|k| k.contains("event-stream"));
        let body = if endless {
            String::new()
        } else {
            let body = answer.text().await.unwrap();
            match serde_json::from_str::<Value>(&body) {
                Ok(Value::Object(mut object)) => {
                    object.remove("request_id");
                    Value::Object(object).to_string()
                }
                _ => body,
            }
        };
        Answer {
            status,
            headers,
            body,
        }
    }
}

#[tokio::test]
async fn every_route_admits_whom_it_declares_and_nobody_else_on_sqlite() {
    matrix(House::sqlite().await).await;
}

#[tokio::test]
async fn every_route_admits_whom_it_declares_and_nobody_else_on_postgres() {
    if let Some(house) = House::postgres().await {
        matrix(house).await;
    }
}

/// What there is at a client: a return of an order, a draft of a policy.
async fn furnish(
    base: &str,
    key: &str,
    slug: &'static str,
    client: ClientId,
    order: &str,
) -> Words {
    let http = http();
    let post = async |path: &str, body: Value| -> Value {
        let url = format!("{base}/api/v1/clients/{slug}/{path}");
        let request = http.post(url).bearer_auth(key).json(&body);
        let answer = request.send().await.unwrap();
        assert!(
            answer.status().is_success(),
            "{path}: {:?}",
            answer.text().await
        );
        answer.json().await.unwrap()
    };
    let lines = json!([{ "line": 0, "units": 1, "reason": "changed_mind" }]);
    let opened = post("returns", json!({ "order": order, "lines": lines })).await;
    let text = include_str!("../../../../packs/policies/giftware.toml");
    let draft = json!({ "title": "Next", "text": text, "effective_from": "2030-01-01" });
    let draft = post("policies", draft).await;
    let url = format!("{base}/api/v1/clients/{slug}/orders/{order}");
    let found: Value = http
        .get(url)
        .bearer_auth(key)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let word = |v: &Value| {
        v.as_str()
            .unwrap_or_else(|| panic!("no text: {opened} {draft} {found}"))
            .to_owned()
    };
    let others = HashMap::from([
        ("case", word(&opened["case"])),
        ("rma", word(&opened["rma"])),
        ("order", order.to_owned()),
        ("order_id", word(&found["order"])),
        ("draft", word(&draft["id"])),
        ("link", "x".repeat(43)),
        ("token", "x".repeat(43)),
        ("name", "nothing.css".to_owned()),
    ]);
    Words {
        number: client.to_string(),
        slug,
        others,
    }
}

async fn matrix(house: House) {
    house.orders(ALFA, &["R-1".to_owned()]).await;
    house.orders(BRAVO, &["B-1".to_owned()]).await;
    let routes = routes(&house);
    let key = house.app().await.secret("csrf_key").await.unwrap();
    let mut people = Vec::new();
    for role in Role::ALL {
        let session = house.person(TokenKind::Session, *role, &[ALFA]).await;
        let key = house.person(TokenKind::ApiKey, *role, &[ALFA]).await;
        people.push((*role, session, key));
    }
    let server = Server::ready(&house, free_port()).await;
    let base = format!("http://{}", server.address);
    let own = furnish(&base, &house.alfa, "alfa", ALFA, "R-1").await;
    let foreign = furnish(&base, &house.bravo, "bravo", BRAVO, "B-1").await;
    let nowhere = Words {
        number: "999999".into(),
        slug: "nobody",
        ..foreign.clone()
    };
    let scene = Scene {
        base,
        csrf: Csrf::new(key, "session", None),
        http: reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap(),
    };
    assert!(routes.len() > 200, "{} routes", routes.len());
    let mut wrong = Vec::new();
    for route in &routes {
        let name = format!("{} {}", route.method, route.path);
        let at = own.fill(route);
        let nobody = scene.ask(route, &at, As::Nobody).await;
        let Some(roles) = &route.roles else {
            let fine = match route.who.as_str() {
                "its sender, by signature" => nobody.status == StatusCode::UNAUTHORIZED,
                "the operator's token" => nobody.status == StatusCode::NOT_FOUND,
                // Without the proof of an order there is nothing to see.
                "the shopper of the order" => !nobody.status.is_success() || at.ends_with("/claim"),
                _ => true,
            };
            if !fine || nobody.status.is_server_error() {
                wrong.push(format!("{name}: nobody met {}", nobody.status));
            }
            continue;
        };
        // A form without its token is turned away before anybody is looked for.
        let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
        if !refused.contains(&nobody.status) {
            wrong.push(format!("{name}: nobody met {}", nobody.status));
        }
        if ENDS_THE_SESSION.contains(&route.path.as_str()) {
            continue;
        }
        for (role, session, key) in &people {
            let who = if route.session_only {
                As::Session(session)
            } else {
                As::Key(key)
            };
            let admitted = roles.iter().any(|name| name == role.as_str());
            if route.path.contains("{client}") {
                let theirs = scene.ask(route, &foreign.fill(route), who).await;
                let none = scene.ask(route, &nowhere.fill(route), who).await;
                if theirs.status != StatusCode::NOT_FOUND || theirs != none {
                    let role = role.as_str();
                    wrong.push(format!(
                        "{name}: {role}, foreign: {theirs:?}, none: {none:?}"
                    ));
                }
            }
            let mine = scene.ask(route, &at, who).await;
            let role = role.as_str();
            if !admitted {
                let said: Value = serde_json::from_str(&mine.body).unwrap_or_default();
                let words = said["what_to_do"].as_str().unwrap_or_default();
                if mine.status != StatusCode::FORBIDDEN
                    || said["rule"].is_null()
                    || words.is_empty()
                {
                    wrong.push(format!("{name}: {role} without the right met {mine:?}"));
                }
                continue;
            }
            let missing = NOTHING_THERE.iter().any(|n| {
                let (word, rest) = (format!("{{{n}}}"), format!("{{*{n}}}"));
                route.path.contains(&word) || route.path.contains(&rest)
            });
            let missing = missing || NAMED_ELSEWHERE.contains(&route.path.as_str());
            let more = MORE_IN_THE_FORM.iter().any(|(path, _)| *path == route.path);
            let fine = match mine.status {
                StatusCode::NOT_FOUND => missing,
                StatusCode::FORBIDDEN => more,
                // Passkeys need a host name, and this server has a number.
                StatusCode::SERVICE_UNAVAILABLE => route.path == "/account/passkey/ask",
                status => status != StatusCode::UNAUTHORIZED && !status.is_server_error(),
            };
            // What somebody discarded before is gone for who comes after.
            let gone = mine.status == StatusCode::NOT_FOUND && route.path.contains("{draft}");
            if !fine && !gone {
                wrong.push(format!("{name}: {role} with the right met {mine:?}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    // Every refusal left its trace with those the caller works for, and nobody else's.
    let told = |key: String, client: &'static str| {
        let url = format!(
            "{}/api/v1/clients/{client}/security-events?limit=200",
            scene.base
        );
        let request = scene.http.get(url).bearer_auth(key);
        async move { request.send().await.unwrap().json::<Value>().await.unwrap() }
    };
    until("the refusals are stored", BOUND, async || {
        let found = told(house.alfa.clone(), "alfa").await;
        let kinds: Vec<_> = found["items"]
            .as_array()?
            .iter()
            .map(|e| e["kind"].clone())
            .collect();
        ["denied", "foreign"]
            .iter()
            .all(|k| kinds.contains(&json!(k)))
            .then_some(())
    })
    .await;
    let bravos = told(house.bravo.clone(), "bravo").await;
    let foreign = bravos["items"].as_array().unwrap().iter();
    let people: Vec<_> = foreign.filter(|e| e["kind"] == "foreign").collect();
    assert!(people.is_empty(), "{people:?}");
    server.stop().await;
    house.assert_in_order().await;
}

#[tokio::test]
async fn the_page_of_rights_is_what_the_server_declares() {
    let house = House::sqlite().await;
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_redress"));
    let printed = command
        .current_dir(&house.data)
        .arg("routes")
        .output()
        .unwrap();
    let page = String::from_utf8(printed.stdout).unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rights.md");
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept.trim() == page.trim(),
        "docs/rights.md is old: redress routes > docs/rights.md"
    );
}

#[tokio::test]
async fn a03_a_server_whose_role_passes_the_walls_does_not_start() {
    let Some(house) = House::postgres().await else {
        return;
    };
    // The owner of the tables, who is a superuser here.
    let mut command = house.command();
    command.env_remove("REDRESS_ALLOW_BYPASSING_ROLE");
    let address = format!("127.0.0.1:{}", free_port());
    let refused = command
        .args(["--listen", &address, "serve"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(1), "{refused:?}");
    let words = String::from_utf8_lossy(&refused.stderr);
    assert!(
        words.contains("passes the walls between clients"),
        "{words}"
    );
    assert!(words.contains("--server-role"), "{words}");
}

const CARD: &str = "4111 1111 1111 1111";

#[tokio::test]
async fn a17_a_card_number_is_kept_nowhere_on_sqlite() {
    no_card_is_kept(House::sqlite().await).await;
}

#[tokio::test]
async fn a17_a_card_number_is_kept_nowhere_on_postgres() {
    if let Some(house) = House::postgres().await {
        no_card_is_kept(house).await;
    }
}

/// Types a card number wherever words are taken, and looks for it in everything that was kept.
async fn no_card_is_kept(house: House) {
    house.orders(ALFA, &["R-1".to_owned()]).await;
    let key = house.app().await.secret("csrf_key").await.unwrap();
    let csrf = Csrf::new(key, "session", None);
    let session = house.person(TokenKind::Session, Role::Agent, &[ALFA]).await;
    let server = Server::ready(&house, free_port()).await;
    let base = format!("http://{}", server.address);
    let spoken = "four one one one one one one one one one one one one one one one";
    let quiet = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let api = |to: &str| {
        http()
            .post(format!("{base}/api/v1/clients/alfa/{to}"))
            .bearer_auth(&house.alfa)
    };
    let lines = json!([{ "line": 0, "units": 1, "reason": "changed_mind" }]);
    let body = json!({ "order": "R-1", "lines": lines });
    let opened: Value = api("returns")
        .json(&body)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let case = opened["case"]
        .as_str()
        .unwrap_or_else(|| panic!("{opened}"));
    // A remark at the desk; the label moves the case on meanwhile.
    let url = format!("{base}/desk/{ALFA}/{case}/do/note");
    until("the remark is taken", BOUND, async || {
        let found = http().get(format!("{base}/api/v1/clients/alfa/returns/{case}"));
        let found = found.bearer_auth(&house.alfa).send().await.unwrap();
        let found: Value = found.json().await.unwrap();
        let version = found["version"].to_string();
        let form = [("note", CARD), ("version", &version)];
        let request = quiet
            .post(&url)
            .header("cookie", format!("session={session}"));
        let request = request.header("sec-fetch-site", "same-origin").form(&form);
        let token = csrf.token(&session).as_str().to_owned();
        let answer = request.header(csrf::HEADER, token).send().await.unwrap();
        assert_eq!(answer.headers()["redress-masked"], "1", "{answer:?}");
        answer.status().is_redirection().then_some(())
    })
    .await;
    let cookies = format!("session={session}; masked=1; lang=en");
    let page = http().get(format!("{base}/desk/{ALFA}/{case}"));
    let page = page.header("cookie", cookies).send().await.unwrap();
    let mut set = page.headers().get_all("set-cookie").iter();
    assert!(
        set.any(|c| c.as_bytes().starts_with(b"masked=;")),
        "told once"
    );
    let page = page.text().await.unwrap();
    assert!(page.contains("A card number was taken out"), "{page}");
    assert!(
        page.contains("**** **** **** 1111"),
        "the remark stands: {page}"
    );
    // Words through the API, as somebody says a number on the telephone.
    let told = api(&format!("returns/{case}/cancel")).json(&json!({ "note": spoken }));
    let told = told.send().await.unwrap();
    assert_eq!(told.status(), StatusCode::OK, "{:?}", told.text().await);
    assert_eq!(told.headers()["redress-masked"], "1");
    server.stop().await;
    let bytes = everything(&house).await;
    for canary in [
        "4111 1111 1111 1111",
        "4111111111111111",
        "one one one one one one one",
    ] {
        let found = bytes.iter().find(|(_, bytes)| {
            bytes
                .windows(canary.len())
                .any(|window| window == canary.as_bytes())
        });
        assert!(found.is_none(), "{canary:?} is in {}", found.unwrap().0);
    }
    // Remarks are sealed; that the search reads what is stored shows in what is not.
    let read = bytes
        .iter()
        .any(|(_, b)| b.windows(3).any(|window| window == b"R-1"));
    assert!(read, "what is stored in clear was found");
    house.assert_in_order().await;
}

/// Every file of the data directory, and every table of a server.
async fn everything(house: &House) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let mut folders = vec![house.data.clone()];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().path())
        {
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                all.push((path.display().to_string(), bytes));
            }
        }
    }
    if let store::EngineKind::Postgres(url) = house.kind() {
        use sqlx::{AssertSqlSafe, Connection as _};
        let mut on = sqlx::PgConnection::connect(url).await.unwrap();
        let names = "SELECT tablename::TEXT FROM pg_tables WHERE schemaname = 'public'";
        let tables: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut on).await.unwrap();
        for table in tables {
            let text = format!("SELECT t::TEXT FROM {table} t");
            let rows: Vec<String> = sqlx::query_scalar(AssertSqlSafe(text))
                .fetch_all(&mut on)
                .await
                .unwrap();
            all.push((table, rows.join("\n").into_bytes()));
        }
    }
    all
}
