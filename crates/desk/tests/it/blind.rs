//! Goods nobody announced, told apart by an agent.

use crate::bench::Bench;
use app::cases::{Call, OrderKey};
use axum::http::StatusCode;
use kernel::{Role, Scope};
use policy::ReturnReason;
use returns::{Command, Count, Status};
use testkit::ALFA;

#[tokio::test]
async fn a_parcel_without_lines_is_told_apart_and_judged() {
    let bench = Bench::filled().await;
    let app = &bench.world.app;
    let scope = Scope::system();
    let call = Call::new(&scope, app.now());
    let order = OrderKey::Number("A-6".into());
    let id = app
        .open_unannounced(&call, ALFA, &order)
        .await
        .unwrap()
        .case;
    let here = Command::Receive {
        parcel: None,
        counts: vec![Count { line: 0, units: 2 }],
        strays: Vec::new(),
        complete: false,
    };
    app.command(&call, ALFA, id, None, &here).await.unwrap();

    let agent = bench.browser(Role::Agent).await;
    let address = format!("/desk/{ALFA}/{id}");
    let page = agent.get(&address).await;
    assert!(
        page.body.contains("do=announce"),
        "the desk can give it lines"
    );
    let form = agent.get(&format!("{address}?do=announce")).await.body;
    assert!(form.contains("2 at the dock"));
    let units = form.split("name=\"units-0\"").nth(1).unwrap();
    assert!(
        units.split('>').next().unwrap().contains("value=\"2\""),
        "as counted"
    );
    let version = app
        .case_page(&scope, ALFA, id)
        .await
        .unwrap()
        .case
        .version
        .to_string();
    let send = |units: &'static str, reason: &'static str| {
        vec![
            ("version", version.clone()),
            ("units-0", units.to_owned()),
            ("reason-0", reason.to_owned()),
            ("wanted-0", "refund".to_owned()),
        ]
    };
    let post = async |fields: Vec<(&str, String)>| {
        let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        agent.post(&format!("{address}/do/announce"), &fields).await
    };
    let why = post(send("2", "")).await;
    assert_eq!(why.status, StatusCode::UNPROCESSABLE_ENTITY);
    let none = post(send("0", "")).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let sent = post(send("2", "changed_mind")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let done = agent.get(&sent.to).await.body;
    assert!(done.contains("Recorded and judged."));
    assert!(done.contains("2 units that came unannounced were told apart"));
    assert!(
        !done.contains("do=announce"),
        "there is nothing left to tell apart"
    );
    let case = app.case_page(&scope, ALFA, id).await.unwrap().case;
    assert_eq!(case.status(), Status::Arrived);
    let line = &case.lines[0];
    assert_eq!(line.reason, Some(ReturnReason::ChangedMind));
    assert_eq!(
        (line.quantities.authorised, line.quantities.received),
        (2, 2)
    );
}

/// Whoever may not decide so much is told who may.
#[tokio::test]
async fn above_the_limit_the_answer_names_who_decides() {
    let bench = Bench::filled().await;
    let id = bench.ask(ALFA, "A-6", 6, ReturnReason::ChangedMind).await;
    let admin = bench.browser(Role::Admin).await;
    let app = &bench.world.app;
    let page = app.case_page(&Scope::system(), ALFA, id).await.unwrap();
    let version = page.case.version.to_string();
    let fields = [("version", version.as_str()), ("units-0", "6")];
    let refused = admin
        .post(&format!("/desk/{ALFA}/{id}/do/authorise"), &fields)
        .await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.body.contains("Team lead"), "{}", refused.body);
}
