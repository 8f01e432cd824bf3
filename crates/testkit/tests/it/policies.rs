//! The way of a policy from a draft to a version, on both engines: what is below the law is
//! refused at the door with a right witness, a second person approves exactly what is published,
//! and the version in force at purchase decides.

use app::{
    AppError,
    policies::{Below, Flaw, NewVersion, Stage, Standing, Typed},
};
use kernel::{Date, DraftId, Role, Scope, UserId};
use policy::draft::{Refusal, Seal};
use testkit::{ALFA, BRAVO, Fixture, World, both};

/// Nowhere below the law of Germany, and quiet.
const LAWFUL: &str = r#"
name = "Lawful"
currencies = ["EUR"]
languages = ["en"]
countries = ["DE"]
authorisation_days = 14
[appeal]
days = 30
answer_days = 5
[rules]
window = { days = 30, anchor = "last_parcel", as_law = true }
final_sale = "never"
outcomes = ["refund", "store_credit"]
auto_approve = { EUR = "100.00" }
label = "customer"
shipping = { rule = "full_on_full_order" }
refund = { control = "inspected", statutory = "first_scan" }
"#;

/// Why the one warning it has may stay: an order that has not come has no window yet.
const WHY: &str = "Before delivery a person looks.";

/// The day after the worlds begin.
fn tomorrow() -> Date {
    "2026-06-02".parse().unwrap()
}

/// An administrator who had no hand in anything.
fn second() -> Scope {
    Fixture::scope(Role::Admin)
}

fn author() -> Scope {
    Fixture::scope(Role::TeamLead)
}

fn typed(text: &str) -> Typed<'_> {
    Typed {
        title: "Spring",
        text,
        from: tomorrow(),
    }
}

async fn begin(world: &World, text: &str) -> DraftId {
    let draft = world
        .app
        .begin_draft(&author(), ALFA, &typed(text), None)
        .await;
    draft.unwrap()
}

async fn checked(world: &World, draft: DraftId) -> Standing {
    let app = &world.app;
    app.check_draft(&author(), ALFA, draft).await.unwrap();
    while app.run_policy_run().await.unwrap() {}
    app.draft(&author(), ALFA, draft).await.unwrap()
}

async fn in_review(world: &World, text: &str) -> (DraftId, Seal) {
    let draft = begin(world, text).await;
    checked(world, draft).await;
    let seal = world.app.request_review(&author(), ALFA, draft, WHY).await;
    (draft, seal.unwrap())
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, AppError>) -> Refusal {
    match outcome {
        Err(AppError::Policy(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// The policy is refused at every step of the door, and what the check says about it.
async fn refused_at_the_door(text: &str, dimension: &str) -> (Flaw, Below) {
    let world = World::new(testkit::Engine::sqlite(), 1).await;
    let app = &world.app;
    let draft = begin(&world, text).await;
    let standing = checked(&world, draft).await;
    assert_eq!(standing.stage, Stage::Undercut);
    let asked = app.request_review(&author(), ALFA, draft, "Please.").await;
    assert!(matches!(refusal(asked), Refusal::Undercut { .. }));
    let published = app.publish_draft(&author(), ALFA, draft).await;
    refusal(published);
    // Nor by the way that needs no second person, whatever is said.
    let alone = NewVersion {
        text,
        from: tomorrow(),
        reason: "An emergency.",
    };
    let alone = app.publish_alone(&Scope::system(), ALFA, &alone).await;
    assert!(matches!(refusal(alone), Refusal::Undercut { .. }));
    assert_eq!(app.directory().versions(ALFA).len(), 1);
    let found = standing.check.unwrap().found.unwrap();
    let flaw = found.findings.into_iter().find(|f| {
        let below = f.below.as_ref();
        below.is_some_and(|b| b.dimension == dimension)
    });
    let flaw = flaw.unwrap_or_else(|| panic!("nothing about {dimension}"));
    let below = flaw.below.clone().unwrap();
    assert!(below.citation.contains("BGB"), "{}", below.citation);
    assert_eq!(below.places, ["DE"]);
    (flaw, below)
}

fn witness(flaw: &Flaw, name: &str) -> serde_json::Value {
    flaw.witness.as_ref().unwrap()[name].clone()
}

#[tokio::test]
async fn seven_days_in_germany_cannot_be_published() {
    let seven = LAWFUL.replace(
        "days = 30, anchor = \"last_parcel\", as_law = true",
        "days = 7, anchor = \"last_parcel\"",
    );
    let (flaw, below) = refused_at_the_door(&seven, "window").await;
    // Ordered on Tuesday 2 June, delivered on the 4th: seven days end on the 11th, the fourteen of
    // the law on the 18th. The eighth day shows it.
    assert_eq!(witness(&flaw, "delivered_on"), "2026-06-04");
    assert_eq!(witness(&flaw, "asked_on"), "2026-06-12");
    assert!(
        below.policy.contains("closed on 2026-06-11"),
        "{}",
        below.policy
    );
    assert!(below.law.contains("until 2026-06-18"), "{}", below.law);
    assert_eq!(flaw.path, "rules.window");
    let line = seven.lines().nth(flaw.line.unwrap() - 1).unwrap();
    assert!(line.starts_with("window"), "{line}");
}

#[tokio::test]
async fn a_restocking_fee_on_withdrawal_cannot_be_published() {
    let fee = format!("{LAWFUL}[rules.fees.restocking]\nrate = 1000\n");
    let (flaw, below) = refused_at_the_door(&fee, "fee").await;
    assert_eq!(flaw.path, "rules.fees.restocking");
    assert_eq!(witness(&flaw, "reason"), "changed_mind");
    assert!(below.policy.contains("10.00 EUR"), "{}", below.policy);
    let line = fee.lines().nth(flaw.line.unwrap() - 1).unwrap();
    assert_eq!(line, "[rules.fees.restocking]");
}

#[tokio::test]
async fn store_credit_only_cannot_be_published() {
    let credit = LAWFUL.replace("[\"refund\", \"store_credit\"]", "[\"store_credit\"]");
    let (flaw, below) = refused_at_the_door(&credit, "refund_form").await;
    assert_eq!(flaw.path, "rules.outcomes");
    assert_eq!(witness(&flaw, "asked_on"), witness(&flaw, "delivered_on"));
    assert!(below.policy.contains("store_credit"), "{}", below.policy);
}

#[tokio::test]
async fn an_over_wide_hygiene_exclusion_cannot_be_published() {
    let wide = format!(
        "{LAWFUL}[categories.swimwear]\nexclusion = {{ ground = \"hygiene\", text = {{ en = \"Not for swimwear.\" }} }}\n"
    );
    let (flaw, below) = refused_at_the_door(&wide, "exclusion").await;
    assert_eq!(flaw.path, "categories.swimwear.exclusion");
    assert_eq!(witness(&flaw, "category"), "swimwear");
    assert_eq!(witness(&flaw, "opened"), false, "the seal is intact");
    assert!(!below.law.is_empty());
}

#[tokio::test]
async fn one_drafts_another_approves_and_the_version_at_purchase_decides() {
    both(|engine| async move {
        let world = World::new(engine, 1).await;
        let app = &world.app;
        let (draft, seal) = in_review(&world, LAWFUL).await;
        assert_eq!(
            refusal(app.publish_draft(&author(), ALFA, draft).await),
            Refusal::NotApproved
        );
        let own = app.approve_draft(&author(), ALFA, draft, &seal).await;
        assert!(
            matches!(own, Err(AppError::Denied(_))),
            "a team lead approves nothing"
        );
        app.approve_draft(&second(), ALFA, draft, &seal)
            .await
            .unwrap();
        let done = app.publish_draft(&author(), ALFA, draft).await.unwrap();
        assert_eq!((done.number, done.effective_from), (2, tomorrow()));
        let standing = app.draft(&author(), ALFA, draft).await.unwrap();
        assert_eq!(standing.stage, Stage::Published);
        let again = app
            .save_draft(&author(), ALFA, draft, standing.draft.rev, &typed("x"))
            .await;
        assert_eq!(refusal(again), Refusal::Closed);
        let (today, before) = (app.directory(), "2026-06-01".parse().unwrap());
        assert_ne!(today.policy_on(ALFA, before).unwrap().hash(), done.policy);
        assert_eq!(
            today.policy_on(ALFA, tomorrow()).unwrap().hash(),
            done.policy
        );
        let recorded = &today.versions(ALFA)[1].publication;
        assert_eq!(recorded.approved_by, Some(Fixture::user(Role::Admin).0));
        assert_eq!(recorded.seal, seal.as_str());
        // Request, approval and publication are events with leaves, and the log holds.
        while app.sequence_all().await.unwrap() > 0 {}
        let report = app.audit(&Scope::system(), |_| ()).await.unwrap();
        assert!(report.is_ok(), "{:?}", report.findings);
        assert_eq!(report.events, 3);
        let log = app
            .verify_ledger(&Scope::system(), ALFA, |_, _| ())
            .await
            .unwrap();
        assert!(log.findings.is_empty(), "{:?}", log.findings);
    })
    .await;
}

#[tokio::test]
async fn any_change_voids_check_and_approval() {
    let world = World::new(testkit::Engine::sqlite(), 1).await;
    let app = &world.app;
    let (draft, seal) = in_review(&world, LAWFUL).await;
    app.approve_draft(&second(), ALFA, draft, &seal)
        .await
        .unwrap();
    let rev = app.draft(&author(), ALFA, draft).await.unwrap().draft.rev;
    let wider = LAWFUL.replace("days = 30, anchor", "days = 60, anchor");
    app.save_draft(&author(), ALFA, draft, rev, &typed(&wider))
        .await
        .unwrap();
    let standing = app.draft(&author(), ALFA, draft).await.unwrap();
    assert_eq!(standing.stage, Stage::Unchecked);
    assert_eq!(
        refusal(app.publish_draft(&author(), ALFA, draft).await),
        Refusal::NotInReview
    );
    checked(&world, draft).await;
    let old = app.approve_draft(&second(), ALFA, draft, &seal).await;
    assert_eq!(refusal(old), Refusal::NotInReview);
    let new = app
        .request_review(&author(), ALFA, draft, WHY)
        .await
        .unwrap();
    let old = app.approve_draft(&second(), ALFA, draft, &seal).await;
    assert_eq!(
        refusal(old),
        Refusal::OtherSeal,
        "what was shown is what is approved"
    );
    // Whoever changes the text becomes one of its writers, an administrator too.
    let rev = app.draft(&author(), ALFA, draft).await.unwrap().draft.rev;
    app.save_draft(&second(), ALFA, draft, rev, &typed(LAWFUL))
        .await
        .unwrap();
    checked(&world, draft).await;
    let back = app
        .request_review(&author(), ALFA, draft, WHY)
        .await
        .unwrap();
    assert_ne!(back, new);
    let own = app.approve_draft(&second(), ALFA, draft, &back).await;
    assert_eq!(refusal(own), Refusal::SecondPerson);
}

#[tokio::test]
async fn what_was_typed_is_kept_whatever_it_is() {
    both(|engine| async move {
        let world = World::new(engine, 1).await;
        let app = &world.app;
        let text = "name = \"Half\"\n[rules\r\n\twindow = 7 ü";
        let draft = begin(&world, text).await;
        let standing = app.draft(&author(), ALFA, draft).await.unwrap();
        assert_eq!(
            (standing.draft.text.as_str(), standing.stage),
            (text, Stage::Broken)
        );
        let errors = standing.draft.compiled.unwrap_err();
        assert_eq!(errors.0[0].line, Some(2), "{errors}");
        assert_eq!(
            refusal(app.check_draft(&author(), ALFA, draft).await),
            Refusal::NoPolicy
        );
        // A value the language does not know is found by its line.
        let bad = LAWFUL.replace("final_sale = \"never\"", "final_sale = \"perhaps\"");
        app.save_draft(&author(), ALFA, draft, 1, &typed(&bad))
            .await
            .unwrap();
        let standing = app.draft(&author(), ALFA, draft).await.unwrap();
        let line = standing.draft.compiled.unwrap_err().0[0].line.unwrap();
        assert!(bad.lines().nth(line - 1).unwrap().contains("perhaps"));
        // Somebody who saw the text before loses nothing of the other's.
        let late = app
            .save_draft(&second(), ALFA, draft, 1, &typed(LAWFUL))
            .await;
        assert!(
            matches!(late, Err(AppError::Stale { current: 2 })),
            "{late:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn warnings_need_a_reason_and_it_is_published_with_the_version() {
    let world = World::new(testkit::Engine::sqlite(), 1).await;
    let app = &world.app;
    let gap = LAWFUL.replace("label = \"customer\"\n", "");
    let draft = begin(&world, &gap).await;
    let standing = checked(&world, draft).await;
    let found = standing.check.unwrap().found.unwrap();
    assert_eq!(found.checked.undercuts, 0, "{:?}", found.findings);
    assert!(
        found.findings.iter().any(|f| f.kind == "gap"),
        "{:?}",
        found.findings
    );
    let silent = app.request_review(&author(), ALFA, draft, " ").await;
    assert!(matches!(
        refusal(silent),
        Refusal::WarningsNeedReason { .. }
    ));
    let why = "The label is in the parcel.";
    let seal = app
        .request_review(&author(), ALFA, draft, why)
        .await
        .unwrap();
    app.approve_draft(&second(), ALFA, draft, &seal)
        .await
        .unwrap();
    app.publish_draft(&author(), ALFA, draft).await.unwrap();
    assert_eq!(app.directory().versions(ALFA)[1].publication.note, why);
}

#[tokio::test]
async fn going_back_is_a_new_version_of_an_old_text() {
    both(|engine| async move {
        let world = World::new(engine, 1).await;
        let app = &world.app;
        let first = app.directory().versions(ALFA)[0].policy.hash();
        let (draft, seal) = in_review(&world, LAWFUL).await;
        app.approve_draft(&second(), ALFA, draft, &seal)
            .await
            .unwrap();
        app.publish_draft(&author(), ALFA, draft).await.unwrap();
        let from: Date = "2026-06-03".parse().unwrap();
        let back = app
            .begin_rollback(&author(), ALFA, 1, ("Back", from))
            .await
            .unwrap();
        let standing = checked(&world, back).await;
        assert_eq!(standing.stage, Stage::Ready, "{:?}", standing.check);
        let why = "Known from the first version.";
        let seal = app
            .request_review(&author(), ALFA, back, why)
            .await
            .unwrap();
        app.approve_draft(&second(), ALFA, back, &seal)
            .await
            .unwrap();
        let done = app.publish_draft(&author(), ALFA, back).await.unwrap();
        assert_eq!((done.number, done.policy), (3, first));
        let directory = app.directory();
        assert_eq!(
            directory.versions(ALFA)[2].publication.goes_back_to,
            Some(1)
        );
        assert_ne!(directory.policy_on(ALFA, tomorrow()).unwrap().hash(), first);
        assert_eq!(directory.policy_on(ALFA, from).unwrap().hash(), first);
    })
    .await;
}

#[tokio::test]
async fn rights_and_walls_hold_at_the_door() {
    let world = World::new(testkit::Engine::sqlite(), 1).await;
    let app = &world.app;
    for role in [
        Role::Agent,
        Role::Finance,
        Role::DockOperator,
        Role::Partner,
        Role::Reviewer,
    ] {
        let scope = Fixture::scope(role);
        let begun = app.begin_draft(&scope, ALFA, &typed(LAWFUL), None).await;
        assert!(matches!(begun, Err(AppError::Denied(_))), "{role:?}");
    }
    // People of the client write and approve, and only at their own.
    let theirs = |id: u128| {
        Scope::user(
            UserId(uuid::Uuid::from_u128(id)),
            Role::ClientUser,
            vec![ALFA],
        )
    };
    let other = app
        .begin_draft(&theirs(1), BRAVO, &typed(LAWFUL), None)
        .await;
    assert!(matches!(other, Err(AppError::Missing)), "{other:?}");
    let draft = app
        .begin_draft(&theirs(1), ALFA, &typed(LAWFUL), None)
        .await
        .unwrap();
    let strange = Scope::user(
        UserId(uuid::Uuid::from_u128(3)),
        Role::ClientUser,
        vec![BRAVO],
    );
    assert!(matches!(
        app.draft(&strange, BRAVO, draft).await,
        Err(AppError::Missing)
    ));
    checked(&world, draft).await;
    let seal = app
        .request_review(&theirs(1), ALFA, draft, WHY)
        .await
        .unwrap();
    app.approve_draft(&theirs(2), ALFA, draft, &seal)
        .await
        .unwrap();
    app.publish_draft(&theirs(1), ALFA, draft).await.unwrap();
    // Nobody but the house itself goes without a second person.
    let alone = NewVersion {
        text: LAWFUL,
        from: tomorrow(),
        reason: "Quick.",
    };
    let alone = app.publish_alone(&second(), ALFA, &alone).await;
    assert!(matches!(alone, Err(AppError::Denied(_))), "{alone:?}");
}

#[tokio::test]
async fn a_cancelled_check_is_not_done() {
    let world = World::new(testkit::Engine::sqlite(), 1).await;
    let app = &world.app;
    let draft = begin(&world, LAWFUL).await;
    let run = app.check_draft(&author(), ALFA, draft).await.unwrap();
    let same = app.check_draft(&author(), ALFA, draft).await.unwrap();
    assert_eq!(run, same, "the same content is checked once");
    app.cancel_run(&author(), ALFA, run).await.unwrap();
    assert!(!app.run_policy_run().await.unwrap());
    let standing = app.draft(&author(), ALFA, draft).await.unwrap();
    assert_eq!(standing.stage, Stage::Unchecked);
    assert_eq!(
        app.policy_run(&author(), ALFA, run).await.unwrap().state,
        "cancelled"
    );
}
