//! Every page answers, for who may see it and for nobody else.

use crate::bench::Bench;
use axum::http::StatusCode;
use kernel::Role;
use policy::ReturnReason;
use testkit::{ALFA, BRAVO};

#[tokio::test]
async fn every_page_answers_in_both_languages() {
    let bench = Bench::filled().await;
    let case = bench.ask(ALFA, "A-9", 9, ReturnReason::ChangedMind).await;
    let page = bench
        .world
        .app
        .case_page(&kernel::Scope::system(), ALFA, case)
        .await
        .unwrap();
    let lead = bench.browser(Role::Admin).await;
    let order = page.case.order;
    for path in [
        "/".to_owned(),
        "/desk".into(),
        "/desk?queue=goods&client=1".into(),
        format!("/desk/{ALFA}/{case}"),
        format!("/desk/{ALFA}/{case}?do=decide"),
        format!("/orders/{ALFA}/{order}"),
        "/desk/new".into(),
        format!("/desk/new?client={ALFA}&order=A-3"),
        "/search?q=A-9".into(),
        "/money".into(),
        "/money?state=settled".into(),
        "/money/books".into(),
        format!("/money/books?client={ALFA}&from=2026-01&to=2026-12"),
        format!("/money/books/{ALFA}/EUR/shopper_liability"),
        format!("/money/books/{ALFA}/of/{case}"),
        format!("/money/credit/{ALFA}"),
        "/jobs".into(),
        format!("/stock/{ALFA}"),
        "/ledger".into(),
        format!("/ledger/{ALFA}/{case}"),
        "/desk/clocks".into(),
        "/desk/clocks?list=waiting&kind=refund&client=1".into(),
        "/desk/clocks/breaches".into(),
        "/desk/declarations".into(),
        "/law".into(),
        "/law?q=us&region=north-america&right=silent".into(),
        "/law/US-CA".into(),
        "/law/DE".into(),
        "/law/rule/de.withdrawal.goods".into(),
        "/law/try".into(),
        "/law/try?place=DE&contract=2026-03-01&price1=10&delivered1=2026-03-04&sent=2026-03-10"
            .into(),
        "/law/changes".into(),
        "/law/packs".into(),
        "/sign-in".into(),
        "/sign-in/abc".into(),
    ] {
        let answer = lead.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(
            answer.body.lines().count() < 1_500 && answer.body.len() < 120_000,
            "{path}"
        );
        assert!(answer.body.contains("<h1"), "{path}");
    }
}

#[tokio::test]
async fn a_partner_sees_nothing_and_a_client_only_its_own() {
    let bench = Bench::filled().await;
    let ours = bench.ask(ALFA, "A-9", 9, ReturnReason::ChangedMind).await;
    let theirs = bench.ask(BRAVO, "B-4", 4, ReturnReason::ChangedMind).await;
    let partner = bench.browser(Role::Partner).await;
    for path in [
        "/",
        "/desk",
        "/money",
        "/jobs",
        "/ledger",
        "/search?q=x",
        "/events",
    ] {
        assert_eq!(
            partner.get(path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let client = bench.only_for(Role::ClientUser, ALFA).await;
    let own = client.get(&format!("/desk/{ALFA}/{ours}")).await;
    assert_eq!(own.status, StatusCode::OK);
    assert!(
        !own.body.contains("Kim Lindqvist"),
        "a client's people are not shown names here"
    );
    assert!(!own.body.contains("?queue=review&amp;do="), "read only");
    let note = [("version", "1"), ("note", "x")];
    let path = format!("/desk/{ALFA}/{ours}/do/note");
    assert_eq!(
        client.post(&path, &note).await.status,
        StatusCode::FORBIDDEN
    );
    // Another client's case and one that does not exist: the same answer.
    let foreign = client.get(&format!("/desk/{BRAVO}/{theirs}")).await;
    let nobody = client.get(&format!("/desk/{BRAVO}/{ours}")).await;
    assert_eq!(
        (foreign.status, nobody.status),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );
    assert_eq!(
        client.get(&format!("/stock/{BRAVO}")).await.status,
        StatusCode::NOT_FOUND
    );
    let post = client.post(&format!("/ledger/{BRAVO}/verify"), &[]).await;
    assert_eq!(post.status, StatusCode::NOT_FOUND);
    assert_eq!(client.get("/jobs").await.status, StatusCode::FORBIDDEN);
    let queue = client.get("/desk?client=2").await;
    assert!(!queue.body.contains("B-4"));
}

#[tokio::test]
async fn a_link_is_spent_by_its_button_and_never_by_looking() {
    let bench = Bench::new().await;
    let mut write = store::Write::new();
    let app = &bench.world.app;
    let user = testkit::Fixture::user(Role::Agent);
    let link = app.put_token(&mut write, app::signin::TokenKind::Link, user, "mail", 24);
    app.store().write(write).await.unwrap();
    let stranger = crate::bench::Bench::browser(&bench, Role::Agent).await;
    for _ in 0..3 {
        assert_eq!(
            stranger.get(&format!("/sign-in/{link}")).await.status,
            StatusCode::OK
        );
    }
    let first = stranger.post(&format!("/sign-in/{link}"), &[]).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    for part in [
        "__Host-session=",
        "HttpOnly",
        "SameSite=Lax",
        "Path=/",
        "Secure",
    ] {
        assert!(first.cookie.contains(part), "{} lacks {part}", first.cookie);
    }
    let again = stranger.post(&format!("/sign-in/{link}"), &[]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    assert!(again.cookie.is_empty());
    let out = stranger.post("/sign-out", &[]).await;
    assert!(out.cookie.contains("Max-Age=0"));
    assert_eq!(stranger.get("/").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_palette_gets_json_and_proofs_can_be_taken_away() {
    let bench = Bench::filled().await;
    let case = bench.ask(ALFA, "A-9", 9, ReturnReason::ChangedMind).await;
    let lead = bench.browser(Role::TeamLead).await;
    let found = lead.with("/search?q=A-9", "application/json").await;
    let list: serde_json::Value = serde_json::from_str(&found.body).unwrap();
    assert_eq!(
        list.as_array().map(Vec::len),
        Some(2),
        "the case and its order"
    );
    let receipt = lead.get(&format!("/ledger/{ALFA}/{case}/1.txt")).await;
    assert_eq!(receipt.status, StatusCode::OK);
    let vkey = bench.world.app.vkey(ALFA).await.unwrap();
    let held = app::ledger::verify_receipt(&receipt.body, &vkey).unwrap();
    assert_eq!((held.case, held.version), (case, 1));
    let verified = lead.post(&format!("/ledger/{ALFA}/verify"), &[]).await;
    assert!(verified.body.contains("entries hold"));
}

#[tokio::test]
async fn the_desk_writes_a_claim_down_once_and_keeps_what_was_typed() {
    let bench = Bench::filled().await;
    let agent = bench.browser(Role::Agent).await;
    let scope = testkit::Fixture::scope(Role::Agent);
    let key = app::cases::OrderKey::Number("A-2".into());
    let order = bench
        .world
        .app
        .order_page(&scope, ALFA, &key)
        .await
        .unwrap();
    let path = format!("/orders/{ALFA}/{}/claim", order.order.id);
    let shown = agent
        .get(&format!("/orders/{ALFA}/{}", order.order.id))
        .await;
    assert!(shown.body.contains(&path), "{}", shown.body);
    let form = agent.get(&path).await;
    for kind in returns::ClaimKind::ALL {
        assert!(form.body.contains(&format!("value=\"{}\"", kind.as_str())));
    }
    // Nothing chosen: the form again, with what was typed.
    let empty = [("once", "c-1"), ("note", "Chipped <rim>")];
    let refused = agent.post(&path, &empty).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Chipped &lt;rim&gt;"));
    let too_many = [("once", "c-1"), ("kind", "damaged"), ("units-0", "99")];
    let refused = agent.post(&path, &too_many).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [
        ("once", "c-1"),
        ("kind", "not_received"),
        ("units-0", "1"),
        ("wanted", "replacement"),
        ("note", "Called twice"),
        ("declared", "yes"),
    ];
    let made = agent.post(&path, &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    assert_eq!(agent.post(&path, &fields).await.to, made.to, "sent twice");
    let case = agent.get(&made.to).await;
    for words in ["The claim was made.", "It never came", "Called twice"] {
        assert!(case.body.contains(words), "{words}: {}", case.body);
    }
    // Photographs go with it; what is none is said, and what is one is kept in the form.
    let picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let mut shown = vec![
        ("once", "c-2"),
        ("kind", "damaged"),
        ("units-1", "1"),
        ("wanted", "refund"),
        ("kept", picture),
        ("kept", "aGVsbG8="),
    ];
    let refused = agent.post(&path, &shown).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("Photo 1 is kept with this form"),
        "{}",
        refused.body
    );
    shown.pop();
    let made = agent.post(&path, &shown).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    assert_eq!(agent.post(&path, &shown).await.to, made.to, "sent twice");
    let case = agent.get(&made.to).await;
    assert_eq!(case.body.matches("<img").count(), 1, "{}", case.body);
    // Who may not open a case may not claim.
    let dock = bench.browser(Role::DockOperator).await;
    assert_eq!(dock.get(&path).await.status, StatusCode::FORBIDDEN);
}

/// The answer to a dispute goes through the provider's interface after somebody looked at the pack.
#[tokio::test]
async fn an_answer_is_sent_once_it_was_looked_at() {
    use app::disputes::{DisputeAct, News, Stage, Word};
    let bench = Bench::filled().await;
    let world = &bench.world;
    let payment = testkit::Fixture::draft("A-3", 3, world.now()).tenders[0]
        .reference
        .clone();
    let word = Word {
        provider: "iso20022".into(),
        reference: "D-1".into(),
        payments: vec![payment.as_str().into()],
        order_number: "".into(),
        news: News {
            source: "iso20022".into(),
            message: "m-1".into(),
            at: world.now(),
            stage: Stage::NeedsResponse,
            round: 1,
            amount: None,
            reason: None,
            scheme: None,
            due_at: None,
            taken: None,
            step: "opened".into(),
        },
    };
    world.app.dispute_news(ALFA, &word).await.unwrap();
    let scope = testkit::Fixture::scope(Role::Finance);
    let list = world
        .app
        .disputes(&scope, Some(ALFA), "open", app::disputes::FIRST, 5)
        .await
        .unwrap();
    let id = list[0].dispute.id;
    let finance = bench.browser(Role::Finance).await;
    let page = format!("/disputes/{ALFA}/{id}");
    let shown = finance.get(&page).await;
    assert!(
        !shown.body.contains("Send the answer"),
        "there is no pack yet"
    );
    let call = app::cases::Call::new(&scope, world.now());
    let pack = DisputeAct::Pack {
        lang: kernel::Lang::EN,
    };
    let asked = world.app.act_on_dispute(&call, ALFA, id, None, &pack).await;
    asked.unwrap();
    world.run_jobs().await;
    let found = world.app.dispute_page(&scope, ALFA, id).await.unwrap();
    let sha256 = found.dispute.pack.unwrap().sha256.to_string();
    let shown = finance.get(&page).await;
    assert!(shown.body.contains("Send the answer"), "{}", shown.body);
    let send = format!("{page}/send");
    let unseen = [("note", "Signed <for>"), ("sha256", sha256.as_str())];
    let refused = finance.post(&send, &unseen).await;
    assert!(
        refused.body.contains("Signed &lt;for&gt;"),
        "{}",
        refused.body
    );
    assert!(world.bank.answers().is_empty());
    let seen = [unseen[0], unseen[1], ("seen", "yes")];
    let sent = finance.post(&send, &seen).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    world.run_jobs().await;
    assert_eq!(world.bank.answers().len(), 1);
    let shown = finance.get(&page).await;
    for words in ["has the answer", "The answer was handed over"] {
        assert!(shown.body.contains(words), "{words}: {}", shown.body);
    }
    assert!(!shown.body.contains("Send the answer"));
}
