//! Who comes in, who stays, and who is out within seconds: the real server, on both engines.

use crate::{
    client::{Api, http},
    house::House,
    server::{Server, free_port, until},
};
use app::{
    App,
    door::Origin,
    signin::{Person, TokenKind},
};
use kernel::{Permission, Role, Scope, UserId};
use reqwest::{Client, Method, StatusCode, redirect};
use std::{fmt::Write as _, time::Duration};
use store::Write;
use testkit::{ALFA, BRAVO};
use totp_rs::{Builder, Secret};

/// What a leaver may still do: nothing, this long after.
const GONE: Duration = Duration::from_secs(5);

/// A browser: it keeps its session and sends forms as a page of ours does.
struct Browser {
    http: Client,
    base: String,
    session: String,
}

/// An answer, read to its end.
struct Page {
    status: StatusCode,
    to: String,
    body: String,
}

impl Browser {
    fn new(server: &Server) -> Self {
        drop(http());
        let http = Client::builder().redirect(redirect::Policy::none());
        Self {
            http: http.timeout(Duration::from_secs(20)).build().unwrap(),
            base: format!("http://{}", server.address),
            session: String::new(),
        }
    }

    fn with(server: &Server, session: &str) -> Self {
        Self {
            session: session.to_owned(),
            ..Self::new(server)
        }
    }

    async fn send(&mut self, method: Method, path: &str, body: Option<String>) -> Page {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.base))
            .header("accept", "text/html")
            .header("sec-fetch-site", "same-origin")
            .header("cookie", format!("session={}", self.session));
        if let Some(body) = body {
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body);
        }
        let answer = request.send().await.unwrap();
        for set in answer.headers().get_all("set-cookie") {
            let set = set.to_str().unwrap();
            if let Some(value) = set.strip_prefix("session=") {
                assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"));
                value
                    .split(';')
                    .next()
                    .unwrap()
                    .clone_into(&mut self.session);
            }
        }
        let to = answer.headers().get("location");
        Page {
            status: answer.status(),
            to: to
                .map(|v| v.to_str().unwrap().to_owned())
                .unwrap_or_default(),
            body: answer.text().await.unwrap(),
        }
    }

    async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, None).await
    }

    /// Posts a form with the token of the session, read from a page.
    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.get("/sign-in").await.body;
        let token = between(&page, "data-csrf=\"", "\"");
        let mut form = vec![("_csrf", token)];
        form.extend_from_slice(fields);
        let pairs: Vec<String> = form
            .iter()
            .map(|(n, v)| format!("{n}={}", escaped(v)))
            .collect();
        self.send(Method::POST, path, Some(pairs.join("&"))).await
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        let _ = write!(out, "%{byte:02X}");
    }
    out
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text.split_once(start).expect(start).1;
    rest.split_once(end).expect(end).0
}

/// What the command line printed.
fn cli(house: &House, arguments: &[&str]) -> serde_json::Value {
    let done = house.command().args(arguments).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {done:?}");
    serde_json::from_slice(&done.stdout).unwrap()
}

/// The code an app with this secret shows `later` seconds from now.
fn code(secret: &str, now: i64, later: i64) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = Builder::new()
        .with_secret(secret)
        .with_account_name("a")
        .build();
    totp.unwrap()
        .generate((now + later).try_into().unwrap())
        .to_string()
}

/// Somebody with a session, as set-up makes one.
async fn somebody(app: &App, name: &str, role: Role) -> (UserId, String, String) {
    let mut write = Write::new();
    let id = UserId(app.mint(app.now()));
    App::put_user(&mut write, id, name, role, &[ALFA, BRAVO], app.now()).unwrap();
    let one = app.put_token(&mut write, TokenKind::Session, id, "first", 12);
    let two = app.put_token(&mut write, TokenKind::Session, id, "second", 12);
    app.store().write(write).await.unwrap();
    (id, one, two)
}

fn person(id: UserId, role: Role) -> Person {
    Person {
        id,
        name: "Ana".into(),
        role,
        scope: Scope::user(id, role, vec![ALFA, BRAVO]),
        lang: None,
        session: None,
    }
}

async fn a23(house: House) {
    let server = Server::ready(&house, free_port()).await;
    let app = house.app().await;
    let (ana, one, two) = somebody(&app, "Ana", Role::TeamLead).await;
    let (rights, clients) = ([Permission::CaseRead], [ALFA]);
    let (owner, from) = (person(ana, Role::TeamLead), Origin::default());
    let mut keys = Vec::new();
    for (name, service) in [("her script", false), ("a robot", true)] {
        let scope = (rights.as_slice(), clients.as_slice());
        let made = app.key_make(&owner, (name, service), scope, 30, &from);
        keys.push(Api::new(server.address, &made.await.unwrap()));
    }
    let (mut first, mut second) = (Browser::with(&server, &one), Browser::with(&server, &two));
    let read = "/api/v1/clients/alfa/returns";
    assert_eq!(first.get("/desk").await.status, StatusCode::OK);
    assert_eq!(second.get("/desk").await.status, StatusCode::OK);
    for key in &keys {
        assert_eq!(key.get(read).await.status, StatusCode::OK);
        let other = key.get("/api/v1/clients/bravo/returns").await.status;
        assert_eq!(other, StatusCode::NOT_FOUND, "not a client of the key");
    }
    let mut stream = first
        .http
        .get(format!("{}/events", first.base))
        .header("cookie", format!("session={one}"))
        .timeout(Duration::from_mins(1))
        .send()
        .await
        .unwrap();
    assert_eq!(stream.status(), StatusCode::OK);
    // Another process does it, as another node would.
    cli(&house, &["admin", "disable", &ana.to_string()]);
    until("both sessions are out", GONE, async || {
        let out = first.get("/desk").await.status == StatusCode::UNAUTHORIZED
            && second.get("/desk").await.status == StatusCode::UNAUTHORIZED;
        out.then_some(())
    })
    .await;
    until("her key and her robot are out", GONE, async || {
        for key in &keys {
            if key.get(read).await.status != StatusCode::UNAUTHORIZED {
                return None;
            }
        }
        Some(())
    })
    .await;
    let ended = async { while let Ok(Some(_)) = stream.chunk().await {} };
    let ended = tokio::time::timeout(GONE, ended).await;
    assert!(ended.is_ok(), "the live stream ended");
    let left = app.sessions_of(ana).await.unwrap();
    assert!(left.is_empty(), "{left:?}");
    server.stop().await;
}

#[tokio::test]
async fn a23_a_leaver_is_out_within_five_seconds_on_sqlite() {
    a23(House::sqlite().await).await;
}

#[tokio::test]
async fn a23_a_leaver_is_out_within_five_seconds_on_postgresql() {
    if let Some(house) = House::postgres().await {
        a23(house).await;
    }
}

/// Invited, in by an app, out, in again by the next code; nobody guesses.
async fn invited(house: House) {
    let server = Server::ready(&house, free_port()).await;
    let app = house.app().await;
    let made = cli(
        &house,
        &["admin", "create", "Ida", "--email", "Ida@House.example"],
    );
    let link = made["link"].as_str().unwrap();
    let path = format!("/sign-in/{}", link.rsplit('/').next().unwrap());
    let mut ida = Browser::new(&server);
    assert_eq!(ida.get(&path).await.status, StatusCode::OK);
    let spent = ida.post(&path, &[]).await;
    assert_eq!(
        (spent.status, spent.to.as_str()),
        (StatusCode::SEE_OTHER, "/account")
    );
    let first_session = ida.session.clone();
    let away = ida.get("/desk").await;
    assert_eq!(
        (away.status, away.to.as_str()),
        (StatusCode::SEE_OTHER, "/account")
    );
    let program = Api::with_session(server.address, &ida.session);
    let refused = program.get("/api/v1/clients/alfa/returns").await.status;
    assert_eq!(refused, StatusCode::FORBIDDEN);
    let again = Browser::new(&server).post(&path, &[]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "a link works once");

    let offer = ida.get("/account/app").await.body;
    let secret = between(&offer, "<code class=\"secret\">", "<").to_owned();
    let ceremony = between(&offer, "name=\"ceremony\" value=\"", "\"").to_owned();
    let wrong = [("ceremony", ceremony.as_str()), ("code", "000000")];
    let wrong = ida.post("/account/app", &wrong).await;
    assert_eq!(wrong.status, StatusCode::FORBIDDEN);
    let ceremony = between(&wrong.body, "name=\"ceremony\" value=\"", "\"").to_owned();
    let now = app.now().as_second();
    let shown = code(&secret, now, 0);
    let right = [("ceremony", ceremony.as_str()), ("code", shown.as_str())];
    let added = ida.post("/account/app", &right).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    assert_ne!(ida.session, first_session, "the token changed");
    assert_eq!(ida.get("/desk").await.status, StatusCode::OK);
    let kept = store::questions::signin::authenticators(app.store(), id_of(&made))
        .await
        .unwrap();
    let plain = secret.replace(' ', "");
    assert!(
        kept.iter().all(|row| !row.body.contains(&plain)),
        "the secret is sealed"
    );

    let codes = ida.post("/account/recovery", &[]).await.body;
    let recovery = between(&codes, "<ul class=\"codes\"><li><code>", "<").to_owned();
    let out = ida.post("/sign-out", &[]).await;
    assert_eq!(out.to, "/sign-in");
    assert!(ida.session.is_empty());
    assert_eq!(ida.get("/desk").await.status, StatusCode::UNAUTHORIZED);

    let sign_in = async |browser: &mut Browser, email: &str, code: &str| {
        browser
            .post("/sign-in/code", &[("email", email), ("code", code)])
            .await
    };
    let replayed = sign_in(&mut ida, "ida@house.example", &shown).await;
    assert_eq!(replayed.status, StatusCode::FORBIDDEN, "a code works once");
    let next = code(&secret, now, 30);
    let entered = sign_in(&mut ida, "IDA@house.example", &next).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
    assert_eq!(ida.get("/desk").await.status, StatusCode::OK);
    let mut other = Browser::new(&server);
    let entered = sign_in(&mut other, "ida@house.example", &recovery).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
    let spent = sign_in(&mut Browser::new(&server), "ida@house.example", &recovery).await;
    assert_eq!(
        spent.status,
        StatusCode::FORBIDDEN,
        "a recovery code works once"
    );

    // Signing out everywhere ends the other one too.
    let all = ida.post("/account/sessions", &[]).await;
    assert_eq!(all.status, StatusCode::SEE_OTHER);
    until("the other is out", GONE, async || {
        (other.get("/desk").await.status == StatusCode::UNAUTHORIZED).then_some(())
    })
    .await;

    // An account that is not there is answered word for word alike.
    let mut stranger = Browser::new(&server);
    let known = sign_in(&mut stranger, "ida@house.example", "123456").await;
    let unknown = sign_in(&mut stranger, "eva@house.example", "123456").await;
    assert_eq!(known.status, unknown.status);
    let same = |page: &Page, email: &str| strip(&page.body).replace(email, "");
    assert_eq!(
        same(&known, "ida@house.example"),
        same(&unknown, "eva@house.example")
    );
    let mut last = unknown.status;
    for _ in 0..6 {
        last = sign_in(&mut stranger, "eva@house.example", "123456")
            .await
            .status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);

    let password = cli(&house, &["admin", "break-glass", "Ida"]);
    let password = password["password"].as_str().unwrap();
    let glass = [("email", "ida@house.example"), ("password", password)];
    let mut breaker = Browser::new(&server);
    let broken = breaker.post("/sign-in/password", &glass).await;
    // The account may be cut off by now; the day's record is what counts.
    if broken.status == StatusCode::SEE_OTHER {
        let twice = Browser::new(&server)
            .post("/sign-in/password", &glass)
            .await;
        assert_eq!(twice.status, StatusCode::FORBIDDEN, "it opens once");
        let log = breaker.get("/people/log").await.body;
        for word in ["Password for emergencies used", "Signed in", "Refused"] {
            assert!(log.contains(word), "{word}");
        }
        let csv = breaker.get("/people/log.csv").await.body;
        assert!(csv.starts_with("at,event,person"), "{csv}");
        assert!(csv.contains("break_glass"));
    } else {
        panic!("{}: {}", broken.status, broken.body);
    }
    server.stop().await;
}

fn id_of(made: &serde_json::Value) -> uuid::Uuid {
    let id: UserId = made["user"].as_str().unwrap().parse().unwrap();
    id.0
}

/// A page without what differs in every answer.
fn strip(body: &str) -> String {
    let mut rest = body.to_owned();
    for (start, end) in [
        ("nonce=\"", "\""),
        ("value=\"", "\""),
        ("data-csrf=\"", "\""),
    ] {
        rest = rest
            .split(start)
            .enumerate()
            .map(|(i, part)| match (i, part.split_once(end)) {
                (0, _) | (_, None) => part.to_owned(),
                (_, Some((_, after))) => after.to_owned(),
            })
            .collect();
    }
    rest.split("hx-headers").next().unwrap().to_owned()
        + rest.split_once("<main").map_or("", |(_, main)| main)
}

#[tokio::test]
async fn an_invitation_leads_in_once_and_nobody_guesses_on_sqlite() {
    invited(House::sqlite().await).await;
}

#[tokio::test]
async fn an_invitation_leads_in_once_and_nobody_guesses_on_postgresql() {
    if let Some(house) = House::postgres().await {
        invited(house).await;
    }
}

/// A locked session does nothing, and what was typed waits.
async fn locked(house: House) {
    let server = Server::ready(&house, free_port()).await;
    let app = house.app().await;
    let (bea, session, _) = somebody(&app, "Bea", Role::Admin).await;
    let mut browser = Browser::with(&server, &session);
    assert_eq!(browser.get("/account").await.status, StatusCode::OK);
    let made = browser.post("/account/recovery", &[]).await.body;
    let recovery = between(&made, "<ul class=\"codes\"><li><code>", "<").to_owned();
    let locked = browser.post("/lock", &[]).await;
    assert_eq!(
        (locked.status, locked.to.as_str()),
        (StatusCode::SEE_OTHER, "/unlock")
    );
    let away = browser.get("/search?q=lamp").await;
    assert_eq!(away.status, StatusCode::SEE_OTHER);
    assert_eq!(away.to, "/unlock?back=%2Fsearch%3Fq%3Dlamp");
    let held = browser
        .post(
            "/people/new",
            &[("name", "Typed <b>here"), ("role", "agent")],
        )
        .await;
    assert_eq!(held.status, StatusCode::UNAUTHORIZED);
    assert!(held.body.contains("Typed &lt;b&gt;here"), "{}", held.body);
    let people = app.people().await.unwrap();
    assert!(
        people.iter().all(|p| !p.name.starts_with("Typed")),
        "nothing was done"
    );
    let carry = between(&held.body, "name=\"carry\" value=\"", "\">");
    let carry = carry
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">");
    let wrong = [("code", "rabcde-fghij-klmnop"), ("carry", carry.as_str())];
    let refused = browser.post("/unlock/code", &wrong).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.body.contains("Typed &lt;b&gt;here"), "still there");
    let right = [("code", recovery.as_str()), ("carry", carry.as_str())];
    let back = browser.post("/unlock/code", &right).await;
    assert_eq!(back.status, StatusCode::OK, "{}", back.body);
    assert!(back.body.contains("action=\"/people/new\""));
    assert!(
        back.body
            .contains("name=\"name\" value=\"Typed &lt;b&gt;here\"")
    );
    assert_eq!(browser.get("/desk").await.status, StatusCode::OK);
    let events = app
        .door_events(
            &Scope::system(),
            (Some(bea), None),
            (jiff::Timestamp::UNIX_EPOCH, jiff::Timestamp::MAX),
        )
        .await
        .unwrap();
    let count = |kind: &str| events.iter().filter(|e| e.kind == kind).count();
    assert_eq!(
        (count("locked"), count("unlocked"), count("refused")),
        (1, 1, 1)
    );
    server.stop().await;
}

#[tokio::test]
async fn a_locked_session_does_nothing_and_keeps_what_was_typed_on_sqlite() {
    locked(House::sqlite().await).await;
}

#[tokio::test]
async fn a_locked_session_does_nothing_and_keeps_what_was_typed_on_postgresql() {
    if let Some(house) = House::postgres().await {
        locked(house).await;
    }
}
