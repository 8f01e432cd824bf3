//! Deciding cases as an agent does: what is offered works, what is refused keeps what was typed.

use crate::bench::{Bench, script};
use axum::http::StatusCode;
use kernel::{CaseId, Role, Scope};
use policy::ReturnReason;
use returns::{ObligationState, Status};
use testkit::{ALFA, Behaviour};

async fn case(bench: &Bench, id: CaseId) -> returns::ReturnCase {
    bench
        .world
        .app
        .case_page(&Scope::system(), ALFA, id)
        .await
        .unwrap()
        .case
}

async fn version(bench: &Bench, id: CaseId) -> String {
    case(bench, id).await.version.to_string()
}

#[tokio::test]
async fn a_review_is_authorised_with_the_form_as_it_comes() {
    let bench = Bench::filled().await;
    let id = bench.ask(ALFA, "A-6", 6, ReturnReason::ChangedMind).await;
    assert_eq!(case(&bench, id).await.status(), Status::InReview);
    let lead = bench.browser(Role::TeamLead).await;
    let page = lead.get(&format!("/desk/{ALFA}/{id}")).await;
    assert!(page.body.contains("do=authorise") && page.body.contains("data-key=\"A\""));
    let form = lead.get(&format!("/desk/{ALFA}/{id}?do=authorise")).await;
    assert!(form.body.contains("Kim Lindqvist") && form.body.contains("name=\"units-0\""));
    let v = version(&bench, id).await;
    let fields = [
        ("version", v.as_str()),
        ("units-0", "6"),
        ("queue", "review"),
    ];
    let sent = lead
        .post(&format!("/desk/{ALFA}/{id}/do/authorise"), &fields)
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let done = lead.get(&sent.to).await;
    assert!(done.body.contains("Authorised. The customer is told."));
    assert_eq!(case(&bench, id).await.lines[0].quantities.authorised, 6);
}

#[tokio::test]
async fn a_stale_form_comes_back_with_what_was_typed() {
    let bench = Bench::filled().await;
    let id = bench.ask(ALFA, "A-6", 6, ReturnReason::ChangedMind).await;
    let lead = bench.browser(Role::TeamLead).await;
    let path = format!("/desk/{ALFA}/{id}/do/note");
    let typed = "Spoke with <b>them</b> twice";
    let old = version(&bench, id).await;
    let fields = [("version", old.as_str()), ("note", typed)];
    assert_eq!(
        lead.post(&path, &fields).await.status,
        StatusCode::SEE_OTHER
    );
    let stale = lead.post(&path, &fields).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(
        stale
            .body
            .contains("Spoke with &lt;b&gt;them&lt;/b&gt; twice</textarea>")
    );
    let fresh = version(&bench, id).await;
    assert!(
        stale
            .body
            .contains(&format!("name=\"version\" value=\"{fresh}\""))
    );
    // Nothing but a form of ours is taken.
    let without = lead.post(&path, &[("note", typed)]).await;
    assert_eq!(without.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn wrong_fields_and_refusals_say_what_to_do_and_keep_the_rest() {
    let bench = Bench::filled().await;
    let id = bench.ask(ALFA, "A-6", 6, ReturnReason::ChangedMind).await;
    let lead = bench.browser(Role::TeamLead).await;
    let v = version(&bench, id).await;
    let path = format!("/desk/{ALFA}/{id}/do");
    let wrong = [
        ("version", v.as_str()),
        ("units-0", "two"),
        ("reason", "kept words"),
    ];
    let answer = lead.post(&format!("{path}/authorise"), &wrong).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("href=\"#f-units-0\"") && answer.body.contains("kept words"));
    let many = [("version", v.as_str()), ("units-0", "7")];
    let answer = lead.post(&format!("{path}/authorise"), &many).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer
            .body
            .contains("Enter at least 1 and at most the number shown.")
    );
    // The right to change your mind is open: nobody declines it.
    let decline = [
        ("version", v.as_str()),
        ("units-0", "6"),
        ("ground", "window_closed"),
        ("note", "no"),
    ];
    let answer = lead.post(&format!("{path}/decline"), &decline).await;
    assert!(answer.status.is_client_error() || answer.status == StatusCode::SEE_OTHER);
    for bad in ["nonsense", "authorise%00"] {
        let answer = lead
            .post(&format!("{path}/{bad}"), &[("version", &v)])
            .await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_refused_payment_is_shown_and_paid_again() {
    let bench = Bench::filled().await;
    let id = bench.ask(ALFA, "A-6", 6, ReturnReason::ChangedMind).await;
    let lead = bench.browser(Role::TeamLead).await;
    let path = format!("/desk/{ALFA}/{id}");
    let v = version(&bench, id).await;
    let fields = [("version", v.as_str()), ("units-0", "6")];
    lead.post(&format!("{path}/do/authorise"), &fields).await;
    bench.world.run_jobs().await;
    script(&bench, [Behaviour::Refuse]);
    let v = version(&bench, id).await;
    let form = lead.get(&format!("{path}?do=decide")).await;
    assert!(
        form.body
            .contains("name=\"amount-0\" type=\"text\" value=\"2"),
        "prefilled"
    );
    let fields = [
        ("version", v.as_str()),
        ("units-0", "6"),
        ("outcome-0", "refund"),
        ("amount-0", "235,01"),
    ];
    let sent = lead.post(&format!("{path}/do/decide"), &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    bench.world.run_jobs().await;
    let owed = case(&bench, id).await.obligations[0].clone();
    assert_eq!((owed.minor, owed.state), (23_501, ObligationState::Failed));
    let finance = bench.browser(Role::Finance).await;
    assert!(
        finance
            .get("/money?state=failed")
            .await
            .body
            .contains("€235.01")
    );
    let page = finance.get(&path).await;
    assert!(
        page.body
            .contains(&format!("do=retry&amp;about={}", owed.id))
    );
    bench.world.bank.behave();
    let (v, about) = (version(&bench, id).await, owed.id.to_string());
    let fields = [("version", v.as_str()), ("about", about.as_str())];
    let sent = finance.post(&format!("{path}/do/retry"), &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    bench.world.run_jobs().await;
    assert_eq!(
        case(&bench, id).await.obligations[0].state,
        ObligationState::Settled
    );
}

#[tokio::test]
async fn a_return_for_a_customer_on_the_phone_is_made_once() {
    let bench = Bench::filled().await;
    let agent = bench.browser(Role::Agent).await;
    let found = agent
        .get(&format!("/desk/new?client={ALFA}&order=A-2"))
        .await;
    assert!(found.body.contains("Paper lantern"));
    // The customer's language is guessed from the country; the agent knows better.
    let guess = "<option value=\"de\" selected>Deutsch</option>";
    assert!(found.body.contains(guess), "{}", found.body);
    let order = value_of(&found.body, "order");
    let once = value_of(&found.body, "once");
    let mut fields = vec![
        ("client", "1"),
        ("order", order.as_str()),
        ("once", once.as_str()),
        ("units-0", "1"),
        ("reason-0", "changed_mind"),
        ("wanted-0", "refund"),
        ("lang", "en"),
    ];
    let quoted = agent.post("/desk/new", &fields).await;
    assert_eq!(quoted.status, StatusCode::OK);
    assert!(quoted.body.contains("name=\"create\""), "quoted, not made");
    fields.push(("create", "1"));
    let made = agent.post("/desk/new", &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    assert_eq!(
        agent.post("/desk/new", &fields).await.to,
        made.to,
        "the same return"
    );
    let id = made.to.split(['/', '?']).nth(3).unwrap().parse().unwrap();
    let lang = case(&bench, id).await.lang;
    assert_eq!(lang, Some(kernel::Lang::EN), "kept with the case");
    let missing = agent
        .get(&format!("/desk/new?client={ALFA}&order=NOPE"))
        .await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.body.contains("value=\"NOPE\""));
}

fn value_of(body: &str, name: &str) -> String {
    let at = body
        .find(&format!("name=\"{name}\" value=\""))
        .expect("the field is there");
    let rest = &body[at..];
    let value = rest
        .split("value=\"")
        .nth(1)
        .and_then(|v| v.split('"').next());
    value.expect("a value").to_owned()
}
