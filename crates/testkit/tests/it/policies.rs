//! The way of a policy from a draft to a version, on both engines: what is below the law is
//! refused at the door with a right witness, a second person approves exactly what is published,
//! and the version in force at purchase decides.

use app::{
    AppError,
    cases::{Call, OrderKey, Request},
    policies::{Below, Flaw, NewVersion, Stage, Standing, Typed, backtest::Replayed},
};
use kernel::{Date, DraftId, Role, RunId, Scope, UserId};
use policy::{
    EvidenceGiven, Outcome, ReturnReason,
    draft::{Refusal, Seal},
};
use returns::{Path, RequestedLine};
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

/// Why a warning may stay, if there is one.
const WHY: &str = "Known and meant.";

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

/// Asks for one unit of the first line of an order, for `reason`.
async fn returned(world: &World, number: &str, reason: ReturnReason) -> (kernel::CaseId, i64) {
    let system = Scope::system();
    let request = Request {
        order: OrderKey::Number(number.to_owned()),
        lines: vec![RequestedLine {
            line: 0,
            units: 1,
            reason,
            wanted: Outcome::Refund,
            evidence: EvidenceGiven::default(),
            opened: false,
            noticed_on: None,
            own: None,
            lacks: policy::ConditionSet::EMPTY,
        }],
        path: Path::Ordinary,
    };
    let call = Call::new(&system, world.now());
    let answer = world
        .app
        .request_return(&call, ALFA, &request)
        .await
        .unwrap();
    (answer.case, answer.amount.minor)
}

/// Orders of another article, whose buyers are known by their order alone.
async fn sold(world: &World, numbers: &[&str], bend: fn(&mut wire::OrderDraft)) {
    let drafts = numbers.iter().map(|n| {
        let mut draft = Fixture::draft(n, 3, world.now());
        bend(&mut draft);
        draft
    });
    Fixture::orders(&world.app, ALFA, drafts.collect()).await;
}

async fn replayed(world: &World, draft: DraftId, days: i64) -> (RunId, Replayed) {
    let app = &world.app;
    let run = app.backtest(&author(), ALFA, draft, days).await.unwrap();
    while app.run_policy_run().await.unwrap() {}
    let all = app.backtests(&author(), ALFA, draft).await.unwrap();
    let (newest, found) = all.into_iter().next().unwrap();
    assert_eq!((newest.id, newest.state.as_str()), (run, "done"));
    (run, found.unwrap())
}

#[tokio::test]
async fn a_backtest_under_the_same_policy_changes_nothing() {
    both(|engine| async move {
        let world = World::new(engine, 1).await;
        sold(&world, &["A-1", "A-2"], |_| ()).await;
        // Two cases of one order: the second is judged on the account as the first left it.
        let mut worth = 0;
        for number in ["A-1", "A-1", "A-2"] {
            worth += returned(&world, number, ReturnReason::ChangedMind).await.1;
        }
        let text = world.app.directory().versions(ALFA)[0]
            .publication
            .source
            .clone();
        let draft = begin(&world, &text).await;
        let (_, found) = replayed(&world, draft, 30).await;
        assert_eq!((found.cases, found.customers, found.unasked), (3, 2, 0));
        assert_eq!(found.buckets.len(), 1, "{:?}", found.buckets);
        let same = &found.buckets[0];
        assert_eq!(
            (same.fare.as_str(), same.before.as_str()),
            ("same", "granted")
        );
        // What the cases themselves say they are worth.
        let money = &same.money["EUR"];
        assert_eq!((money.before, money.after), (worth, worth));
    })
    .await;
}

#[tokio::test]
async fn a_backtest_finds_who_loses_and_leads_to_their_cases() {
    both(|engine| async move {
        let world = World::new(engine, 1).await;
        // Delivered ten days ago in Germany: the law still gives four days. A business has no
        // such right.
        sold(&world, &["A-1"], |_| ()).await;
        sold(&world, &["B-1", "B-2"], |d| d.buyer = wire::Buyer::Business).await;
        returned(&world, "A-1", ReturnReason::ChangedMind).await;
        let losers = [
            returned(&world, "B-1", ReturnReason::ChangedMind).await.0,
            returned(&world, "B-2", ReturnReason::ChangedMind).await.0,
        ];
        let text = world.app.directory().versions(ALFA)[0]
            .publication
            .source
            .clone();
        let seven = text.replace("window = { days = 30,", "window = { days = 7,");
        assert_ne!(text, seven);
        let draft = begin(&world, &seven).await;
        let (run, found) = replayed(&world, draft, 30).await;
        let bucket = |fare: &str| found.buckets.iter().find(|b| b.fare == fare).unwrap();
        assert_eq!((bucket("same").cases, bucket("worse").cases), (1, 2));
        let worse = bucket("worse");
        assert_eq!(
            (worse.before.as_str(), worse.after.as_str()),
            ("granted", "declined")
        );
        assert_eq!(worse.customers, 2);
        assert_eq!(worse.money["EUR"].after, 0);
        let listed = world
            .app
            .backtest_cases(&author(), ALFA, run, (&worse.key(), uuid::Uuid::nil()), 10)
            .await
            .unwrap();
        let mut ids: Vec<_> = listed.iter().map(|c| kernel::CaseId(c.case_id)).collect();
        let mut expected = losers.to_vec();
        ids.sort();
        expected.sort();
        assert_eq!(ids, expected);
        assert!(listed.iter().all(|c| c.clause == "window"), "{listed:?}");
        let sum: i64 = listed.iter().map(|c| c.before_minor).sum();
        assert_eq!(sum, worse.money["EUR"].before);
        // Another client's people see nothing of it, and no case has changed.
        let strange = Scope::user(
            UserId(uuid::Uuid::from_u128(3)),
            Role::ClientUser,
            vec![BRAVO],
        );
        let theirs = world
            .app
            .backtest_cases(&strange, ALFA, run, (&worse.key(), uuid::Uuid::nil()), 10)
            .await;
        assert!(matches!(theirs, Err(AppError::Missing)));
        while world.app.sequence_all().await.unwrap() > 0 {}
        let report = world.app.audit(&Scope::system(), |_| ()).await.unwrap();
        assert!(report.is_ok(), "{:?}", report.findings);
    })
    .await;
}

#[tokio::test]
async fn the_test_table_decides_rows_as_cases_and_names_bad_ones() {
    let world = World::new(testkit::Engine::sqlite(), 1).await;
    let app = &world.app;
    let seven = LAWFUL.replace(
        "days = 30, anchor = \"last_parcel\", as_law = true",
        "days = 7, anchor = \"last_parcel\"",
    );
    let draft = begin(&world, &seven).await;
    // The eighth day: the policy says no, the law of a consumer yes, a business has none. A
    // German consumer has fourteen days, and after them nothing. The label costs 4.99.
    let table = "name,place,channel,ordered,delivered,asked,price,expect,expect_amount\n\
        eighth,DE,online,2026-06-02,2026-06-04,2026-06-12,49.00,granted,44.01\n\
        business,DE,business,2026-06-02,2026-06-04,2026-06-12,49.00,declined,0\n\
        fifteenth,DE,online,2026-06-02,2026-06-04,2026-06-19,49.00,granted,\n\
        nonsense,DE,online,2026-06-31,x,2026-06-12,a lot,granted,\n";
    app.save_tests(&author(), ALFA, draft, table).await.unwrap();
    let rows = app.try_table(&author(), ALFA, draft).await.unwrap();
    let expected: Vec<Option<bool>> = rows
        .iter()
        .map(|r| r.outcome.as_ref().map_or(None, |t| t.as_expected))
        .collect();
    assert_eq!(expected, [Some(true), Some(true), Some(false), None]);
    let wrong = rows[3].outcome.as_ref().unwrap_err();
    let fields: Vec<&str> = wrong.iter().map(|e| e.field.as_str()).collect();
    assert_eq!(fields, ["ordered", "delivered", "price"]);
    // A changed table voids no check: it is no part of what is published.
    let content = app
        .draft(&author(), ALFA, draft)
        .await
        .unwrap()
        .draft
        .content;
    app.save_tests(&author(), ALFA, draft, "").await.unwrap();
    assert_eq!(
        app.draft(&author(), ALFA, draft)
            .await
            .unwrap()
            .draft
            .content,
        content
    );
}
