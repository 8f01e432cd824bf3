//! Serves the filled bench for looking at it:
//! `cargo test -p redress-desk --test it -- --ignored preview --nocapture`.

use crate::bench::{Bench, layered, script};
use axum::{extract::Request, http::header, middleware};
use kernel::{Actor, Permission, Role, Scope};
use policy::ReturnReason;
use returns::Command;
use testkit::{ALFA, BRAVO, Behaviour};

#[tokio::test]
#[ignore = "serves until it is stopped"]
async fn preview() {
    let bench = Bench::filled().await;
    let app = &bench.world.app;
    let lead = testkit::Fixture::scope(Role::TeamLead);
    let mut cases = Vec::new();
    for (client, order, units, reason) in [
        (ALFA, "A-1", 1, ReturnReason::ChangedMind),
        (ALFA, "A-2", 2, ReturnReason::Defective),
        (ALFA, "A-4", 4, ReturnReason::ChangedMind),
        (ALFA, "A-5", 5, ReturnReason::ChangedMind),
        (ALFA, "A-6", 6, ReturnReason::ChangedMind),
        (ALFA, "A-9", 9, ReturnReason::ChangedMind),
        (BRAVO, "B-1", 1, ReturnReason::SizeSmall),
        (BRAVO, "B-3", 3, ReturnReason::DamagedInTransit),
        (BRAVO, "B-4", 3, ReturnReason::Other),
    ] {
        cases.push((client, bench.ask(client, order, units, reason).await));
        bench.world.pass(3_600);
    }
    for (nth, bad) in [(2_usize, true), (3, false)] {
        let (client, case) = cases[nth];
        let page = app.case_page(&Scope::system(), client, case).await.unwrap();
        let units = page.case.lines[0].quantities.announced;
        let call = app::cases::Call::new(&lead, bench.world.now());
        let quote = page
            .case
            .decision
            .as_ref()
            .map_or(0, |d| d.quote.of_line(0));
        if page.case.lines[0].quantities.undecided() > 0 {
            let lines = vec![returns::Count { line: 0, units }];
            let authorise = Command::Authorise {
                lines,
                keep: false,
                reason: None,
            };
            app.command(&call, client, case, None, &authorise)
                .await
                .unwrap();
        }
        bench.world.run_jobs().await;
        bench.world.pass(7_200);
        let line = returns::GrantLine {
            line: 0,
            units,
            outcome: policy::Outcome::Refund,
            minor: quote,
        };
        let decide = Command::Decide {
            lines: vec![line],
            shipping_minor: 0,
            reason: None,
        };
        app.command(&call, client, case, None, &decide)
            .await
            .unwrap();
        script(&bench, if bad { vec![Behaviour::Refuse] } else { vec![] });
        bench.world.run_jobs().await;
        bench.world.bank.behave();
    }
    bench.world.pass(26 * 3_600);
    app.sequence_all().await.unwrap();
    assert!(lead.may(Permission::CaseDecide, ALFA) && matches!(lead.actor(), Actor::User { .. }));
    for (client, case) in &cases {
        println!("/desk/{client}/{case}");
    }
    let mut all = Vec::new();
    for (port, role, theme) in [
        (8131, Role::TeamLead, "light"),
        (8132, Role::TeamLead, "dark"),
        (8133, Role::ClientUser, "light"),
        (8134, Role::Finance, "light"),
    ] {
        let session = bench.browser(role).await.session;
        let cookie = format!("__Host-session={session}; theme={theme}");
        let routes = layered(app.clone(), bench.csrf.clone()).layer(middleware::from_fn(
            move |mut request: Request, next: middleware::Next| {
                let cookie = cookie.clone();
                async move {
                    if let Ok(value) = cookie.parse() {
                        request.headers_mut().insert(header::COOKIE, value);
                    }
                    next.run(request).await
                }
            },
        ));
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port))
            .await
            .unwrap();
        all.push(tokio::spawn(
            async move { axum::serve(listener, routes).await },
        ));
    }
    for one in all {
        one.await.unwrap().unwrap();
    }
}
