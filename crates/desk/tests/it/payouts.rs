//! Where money goes, at the desk: a fresh sign-in for naming and approving an account, and what was
//! typed is kept when it is not; the account is never shown whole.

use crate::bench::Bench;
use axum::http::StatusCode;
use kernel::{Role, Scope};
use policy::ReturnReason;
use returns::{Command, GrantLine};
use testkit::{ALFA, Behaviour};

const IBAN: &str = "DE02120300000000202051";

#[tokio::test]
async fn a11_naming_and_approving_an_account_needs_a_fresh_sign_in() {
    let bench = Bench::filled().await;
    let id = bench.ask(ALFA, "A-6", 6, ReturnReason::ChangedMind).await;
    let system = Scope::system();
    let app = &bench.world.app;
    let lead = testkit::Fixture::scope(Role::TeamLead);
    let call = app::cases::Call::new(&lead, bench.world.now());
    let keep = Command::Authorise {
        lines: vec![returns::Count { line: 0, units: 6 }],
        keep: false,
        reason: Some("a good customer".into()),
    };
    app.command(&call, ALFA, id, None, &keep).await.unwrap();
    let decide = Command::Decide {
        lines: vec![GrantLine {
            line: 0,
            units: 6,
            outcome: policy::Outcome::Refund,
            minor: 24_000,
        }],
        shipping_minor: 0,
        reason: Some("a good customer".into()),
    };
    app.command(&call, ALFA, id, None, &decide).await.unwrap();
    bench.world.bank.script([Behaviour::Refuse]);
    bench.world.run_jobs().await;
    let case = app.case_page(&system, ALFA, id).await.unwrap().case;
    let (owed, version) = (case.obligations[0].id.to_string(), case.version.to_string());

    let agent = bench.browser(Role::Agent).await;
    let path = format!("/desk/{ALFA}/{id}/do/redirect");
    let fields = [
        ("version", version.as_str()),
        ("about", owed.as_str()),
        ("holder", "Kim Lindqvist"),
        ("iban", IBAN),
    ];
    bench.world.pass(10 * 60);
    let old = agent.post(&path, &fields).await;
    assert_eq!(old.status, StatusCode::FORBIDDEN, "{}", old.body);
    assert!(old.body.contains("Please show again that it is you"));
    assert!(old.body.contains(IBAN), "what was typed is kept");
    let fresh = bench.browser(Role::Agent).await;
    let wrong = [fields[0], fields[1], fields[2], ("iban", "DE00")];
    let wrong = fresh.post(&path, &wrong).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Kim Lindqvist") && wrong.body.contains("#f-iban"));
    let sent = fresh.post(&path, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = fresh.get(&sent.to).await;
    assert!(page.body.contains("2051") && !page.body.contains(IBAN));

    let (first, asks) = (bench.browser(Role::TeamLead).await, "/approvals");
    let list = first.get(asks).await;
    assert!(list.body.contains("2051") && !list.body.contains(IBAN));
    let case = app.case_page(&system, ALFA, id).await.unwrap().case;
    let asked = case.redirect.unwrap();
    let path = format!(
        "/approvals/{ALFA}/{id}/destination/{}/approve",
        asked.what.no
    );
    let version = case.version.to_string();
    let fields = [("version", version.as_str()), ("hash", asked.hash.as_str())];
    bench.world.pass(11 * 60);
    let old = first.post(&path, &fields).await;
    assert_eq!(old.status, StatusCode::FORBIDDEN, "{}", old.body);
    let own = bench.browser(Role::Agent).await.post(&path, &fields).await;
    assert_eq!(
        own.status,
        StatusCode::FORBIDDEN,
        "an agent approves nothing"
    );
    let again = bench.browser(Role::TeamLead).await;
    let given = again.post(&path, &fields).await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    let done = again.get(&given.to).await;
    assert!(
        done.body
            .contains("nothing is sent before they could object")
    );
}

#[tokio::test]
async fn limits_are_seen_and_set_by_administrators_with_a_fresh_sign_in() {
    let bench = Bench::filled().await;
    let lead = bench.browser(Role::TeamLead).await;
    let path = format!("/limits/{ALFA}/EUR");
    assert_eq!(lead.get(&path).await.status, StatusCode::FORBIDDEN);
    let admin = bench.browser(Role::Admin).await;
    let page = admin.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let fields = [
        ("agent-named", "1"),
        ("agent-refund", "50.00"),
        ("team_lead-named", "1"),
        ("customer_days", "30"),
        ("client_day", "12,x"),
        ("reason", "as agreed"),
    ];
    let wrong = admin.post(&path, &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("12,x") && wrong.body.contains("50.00"));
    let good = [
        fields[0],
        fields[1],
        fields[2],
        fields[3],
        ("client_day", "900"),
        fields[5],
    ];
    bench.world.pass(10 * 60);
    let old = admin.post(&path, &good).await;
    assert_eq!(old.status, StatusCode::FORBIDDEN, "{}", old.body);
    assert!(old.body.contains("50.00"), "what was typed is kept");
    let fresh = bench.browser(Role::Admin).await;
    let set = fresh.post(&path, &good).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    let page = fresh.get(&set.to).await;
    assert!(page.body.contains("Version 1") && page.body.contains("as agreed"));
}
