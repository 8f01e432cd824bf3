//! Personal data in the whole house, on both engines: never stored in clear, found by keyed hashes,
//! erased for good, and every proof holds afterwards.

use app::{
    AppError,
    cases::{Call, OrderKey},
    declarations::{DeclarationKind, NewDeclaration},
    privacy::{Act, ErasureState, Hold},
};
use kernel::{CaseId, CustomerId, DeclarationId, DocumentId, Role, Scope};
use returns::{Command, What};
use sqlx::Row as _;
use store::{Engine as Readers, EngineKind, Store, Write, tables};
use testkit::{ALFA, BRAVO, Engine, Fixture, World, both};
use uuid::Uuid;

const DAY: i64 = 86_400;
const EMAIL: &str = "zaphira.quellstein@canary.example";
/// What must never lie in a database in clear.
const CANARIES: &[&str] = &[
    "Zaphira",
    "Quellstein",
    "canary.example",
    "5550199",
    "Kanarienweg",
    "canary words",
    "canary grant",
    "canary goods",
];

/// An order of the canary, under the e-mail address as the customer's number.
fn draft(number: &str, world: &World) -> wire::OrderDraft {
    let mut draft = Fixture::draft(number, 2, world.now());
    draft.customer_id = Some(EMAIL.into());
    draft.contact = Some(wire::Contact {
        name: "Zaphira Quellstein".into(),
        email: EMAIL.into(),
        phone: "+49 171 5550199".into(),
        address: vec!["Kanarienweg 77".into(), "Vogelheim".into()],
        postcode: "98765".into(),
        vat_id: String::new(),
    });
    draft
}

async fn customer(world: &World, number: &str) -> CustomerId {
    let key = OrderKey::Number(number.into());
    let page = world.app.order_page(&Scope::system(), ALFA, &key).await;
    page.unwrap().order.customer
}

/// A return of the canary with words of two people, granted and owed.
async fn told(world: &World, number: &str) -> CaseId {
    Fixture::orders(&world.app, ALFA, vec![draft(number, world)]).await;
    let system = Scope::system();
    let call = Call::new(&system, world.now());
    let asks = Fixture::asks(number, 2);
    let case = world.app.request_return(&call, ALFA, &asks).await;
    let case = case.unwrap().case;
    let words = "canary words: my neighbour \"saw\" it\nat Kanarienweg 77";
    world.app.add_words(&call, ALFA, case, words).await.unwrap();
    let lead = Fixture::scope(Role::TeamLead);
    let call = Call::new(&lead, world.now());
    let Command::Decide { lines, .. } = Fixture::grant(7_501) else {
        panic!("a decision");
    };
    let decide = Command::Decide {
        lines,
        shipping_minor: 0,
        reason: Some("canary grant, agreed with Zaphira".into()),
    };
    world
        .app
        .command(&call, ALFA, case, None, &decide)
        .await
        .unwrap();
    case
}

async fn declared(world: &World, key: &str) -> DeclarationId {
    let new = NewDeclaration {
        kind: DeclarationKind::Withdrawal,
        name: "Zaphira Quellstein".into(),
        order_ref: "the order of may".into(),
        email: EMAIL.into(),
        goods: "canary goods".into(),
        lang: kernel::Lang::EN,
        form_key: key.into(),
    };
    let row = world.app.declare(ALFA, &new, world.now()).await.unwrap();
    DeclarationId(row.declaration_id)
}

/// Every byte of a database: its files, or every row of every table.
async fn bytes(engine: &Engine, store: &Store) -> Vec<u8> {
    let mut all = Vec::new();
    match (&engine.kind, store.engine()) {
        (EngineKind::Sqlite(file), _) => {
            for tail in ["", "-wal"] {
                let mut name = file.clone().into_os_string();
                name.push(tail);
                all.extend(std::fs::read(name).unwrap_or_default());
            }
        }
        (_, Readers::Pg(pool)) => {
            let mut names: Vec<&str> = tables::ALL.iter().map(|t| t.name).collect();
            names.dedup();
            for name in names {
                let sql = format!("SELECT CAST(t AS TEXT) FROM {name} t");
                let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
                    .fetch_all(pool)
                    .await
                    .unwrap();
                for row in rows {
                    all.extend(row.get::<String, _>(0).into_bytes());
                }
            }
        }
        _ => panic!("an engine of neither kind"),
    }
    all
}

/// The canaries that can be read, as text or as hexadecimal bytes.
fn readable(bytes: &[u8]) -> Vec<&'static str> {
    let found = |canary: &&&str| {
        let hex = data_encoding::HEXLOWER.encode(canary.as_bytes());
        let has = |needle: &[u8]| bytes.windows(needle.len()).any(|w| w == needle);
        has(canary.as_bytes()) || has(hex.as_bytes())
    };
    CANARIES.iter().filter(found).copied().collect()
}

async fn sound(world: &World) {
    let system = Scope::system();
    let audit = world.app.audit(&system, |_| ()).await.unwrap();
    assert!(audit.is_ok(), "{:#?}", audit.findings);
    world.app.sequence_all().await.unwrap();
    let log = world.app.verify_ledger(&system, ALFA, |_, _| ()).await;
    let log = log.unwrap();
    assert!(log.findings.is_empty(), "{:?}", log.findings);
}

/// A return of the canary that is over: paid, with a credit note, and closed.
async fn over(world: &World, number: &str) -> CaseId {
    Fixture::let_issue(&world.app).await;
    let case = told(world, number).await;
    world.run_jobs().await;
    let lead = Fixture::scope(Role::TeamLead);
    let call = Call::new(&lead, world.now());
    let page = world.app.case_page(&lead, ALFA, case).await.unwrap();
    if page.case.closed {
        return case;
    }
    // The goods come back, are graded and taken; then nothing is left to do.
    let dock = Fixture::scope(Role::DockOperator);
    let at_dock = Call::new(&dock, world.now());
    let count = vec![returns::Count { line: 0, units: 2 }];
    let receive = Command::Receive {
        parcel: None,
        counts: count,
        strays: Vec::new(),
        complete: true,
    };
    let grade = Command::Grade {
        line: 0,
        units: 2,
        grade: policy::Grade::A,
        accept: true,
        wrong_item: false,
        note: Some("canary words of the dock".into()),
    };
    let dispose = Command::Dispose {
        line: 0,
        units: 2,
        grade: policy::Grade::A,
        disposition: returns::Disposition::Restock,
    };
    for command in [receive, grade, dispose] {
        world
            .app
            .command(&at_dock, ALFA, case, None, &command)
            .await
            .unwrap();
    }
    world.run_jobs().await;
    let page = world.app.case_page(&lead, ALFA, case).await.unwrap();
    if !page.case.closed {
        let close = world.app.command(&call, ALFA, case, None, &Command::Close);
        close.await.unwrap();
    }
    case
}

#[tokio::test]
async fn nothing_personal_lies_in_the_database_and_pages_still_show_it() {
    both(|engine| async move {
        let world = World::new(engine, 91).await;
        let case = told(&world, "P-1").await;
        let declaration = declared(&world, "form-p1").await;
        world.run_jobs().await;
        let raw = bytes(&world.engine, world.app.store()).await;
        assert!(raw.len() > 10_000, "something was read");
        assert_eq!(readable(&raw), Vec::<&str>::new());

        let agent = Fixture::scope(Role::Agent);
        let page = world.app.case_page(&agent, ALFA, case).await.unwrap();
        assert_eq!(page.contact.email, EMAIL);
        let notes: Vec<_> = page
            .events
            .iter()
            .filter_map(|e| match &e.what {
                What::Noted { note, .. } => Some(note.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(
            notes,
            ["canary words: my neighbour \"saw\" it\nat Kanarienweg 77"]
        );
        let row = world.app.declaration(ALFA, declaration).await.unwrap();
        assert_eq!(
            (row.email.as_str(), row.goods.as_str()),
            (EMAIL, "canary goods")
        );

        for text in [
            EMAIL,
            "ZAPHIRA.QUELLSTEIN@canary.example ",
            "0171 5550199",
            "98765",
            "quellstein",
            "Zaphira Quellstein",
        ] {
            let found = world.app.find_people(&agent, text).await.unwrap();
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(found[0].contact.name, "Zaphira Quellstein");
            assert_eq!(found[0].orders[0].number, "P-1");
        }
        assert!(
            world
                .app
                .find_people(&agent, "Zaphira Other")
                .await
                .unwrap()
                .is_empty()
        );
        let other = Scope::user(Fixture::user(Role::Agent), Role::Agent, vec![BRAVO]);
        assert!(
            world
                .app
                .find_people(&other, EMAIL)
                .await
                .unwrap()
                .is_empty()
        );
        let proof = app::views::Proof {
            number: "P-1".into(),
            email_or_postcode: " Zaphira.Quellstein@Canary.example".into(),
        };
        assert!(world.app.prove_order(ALFA, &proof).await.unwrap().is_some());
        sound(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a_value_copied_to_another_row_or_client_does_not_open() {
    both(|engine| async move {
        let world = World::new(engine, 92).await;
        told(&world, "P-2").await;
        let mut other = Fixture::draft("P-3", 1, world.now());
        other.customer_id = Some("c-2".into());
        Fixture::orders(&world.app, ALFA, vec![other]).await;
        let (from, to) = (customer(&world, "P-2").await, customer(&world, "P-3").await);
        let store = world.app.store();
        let row = store::questions::privacy::contact(store, ALFA, from).await;
        let stolen = row.unwrap().unwrap().contact;
        let mut write = Write::new();
        write.row(
            &tables::CUSTOMER,
            vec![
                ALFA.into(),
                to.0.into(),
                "h1:x".into(),
                stolen.into(),
                1.into(),
            ],
        );
        store.write(write).await.unwrap();
        let key = OrderKey::Number("P-3".into());
        let shown = world.app.order_page(&Scope::system(), ALFA, &key).await;
        assert!(matches!(shown, Err(AppError::Fault { .. })), "{shown:?}");
    })
    .await;
}

#[tokio::test]
async fn an_erasure_waits_for_what_the_law_holds() {
    both(|engine| async move {
        let world = World::new(engine, 93).await;
        let case = told(&world, "P-4").await;
        let who = customer(&world, "P-4").await;
        let system = Scope::system();
        let call = Call::new(&system, world.now());
        let nobody = world.app.erase_person(&call, ALFA, who, "  ").await;
        assert!(matches!(nobody, Err(AppError::Invalid(_))), "{nobody:?}");
        let agent = Fixture::scope(Role::Agent);
        let by_agent = Call::new(&agent, world.now());
        let refused = world.app.erase_person(&by_agent, ALFA, who, "asked").await;
        assert!(matches!(refused, Err(AppError::Denied(_))), "{refused:?}");

        let erasure = world
            .app
            .erase_person(&call, ALFA, who, "asked")
            .await
            .unwrap();
        assert_eq!(erasure.state, ErasureState::Waiting);
        assert!(erasure.held.iter().any(|h| h.hold == Hold::OpenCase));
        let page = world.app.case_page(&system, ALFA, case).await.unwrap();
        assert_eq!(page.contact.email, EMAIL, "what is held can be read");
        sound(&world).await;

        // The customer keeps nothing open: the watch does the rest.
        let lead = Fixture::scope(Role::TeamLead);
        let cancel = Command::Cancel { note: None };
        let by_lead = Call::new(&lead, world.now());
        let cancelled = world.app.command(&by_lead, ALFA, case, None, &cancel).await;
        if cancelled.is_ok() {
            world.pass(2 * DAY);
            world.run_jobs().await;
            let all = world.app.erasures(&system, ALFA, 10).await.unwrap();
            assert_eq!(all.len(), 1);
            assert_ne!(all[0].state, ErasureState::Waiting, "{:?}", all[0].held);
        }
        sound(&world).await;
    })
    .await;
}

#[tokio::test]
async fn a25_an_erased_person_is_gone_everywhere_and_every_proof_holds() {
    both(|engine| async move {
        let world = World::new(engine, 94).await;
        let case = over(&world, "P-5").await;
        let declaration = declared(&world, "form-p5").await;
        world.run_jobs().await;
        let system = Scope::system();
        let lead = Fixture::scope(Role::TeamLead);
        let call = Call::new(&lead, world.now());
        world
            .app
            .close_declaration(&call, ALFA, declaration, "canary words: matched by hand")
            .await
            .unwrap();
        world.app.sequence_all().await.unwrap();
        let who = customer(&world, "P-5").await;
        let export = world
            .app
            .export_person(&system, ALFA, who, "asked by the person")
            .await;
        let export = export.unwrap();
        let told = export.json.to_string();
        for canary in [
            "Quellstein",
            "Kanarienweg 77",
            "canary words",
            "canary goods",
        ] {
            assert!(told.contains(canary), "the export tells {canary}");
        }
        let documents = world.app.documents(&system, ALFA, 0, 100).await.unwrap();
        assert_eq!(documents.len(), 1);
        let document = DocumentId(documents[0].document_id);
        let proof = world
            .app
            .document_proof(&system, ALFA, document)
            .await
            .unwrap();
        // A backup from before the erasure.
        let copy = match &world.engine.kind {
            EngineKind::Sqlite(_) => {
                let folder = tempfile::tempdir().unwrap();
                let to = folder.path().join("copy.db");
                store::backup::dump(world.app.store(), &world.engine.kind, &to)
                    .await
                    .unwrap();
                Some((folder, to))
            }
            EngineKind::Postgres(_) => None,
        };
        let amount = world.app.case_page(&system, ALFA, case).await.unwrap();
        let owed = |all: &[app::views::ObligationRow]| -> Vec<_> {
            all.iter()
                .map(|o| (o.obligation_id, o.amount_minor, o.state.clone()))
                .collect()
        };
        let amount = (amount.case.version, owed(&amount.obligations));

        world.pass(60);
        let call = Call::new(&system, world.now());
        let erasure = world
            .app
            .erase_person(&call, ALFA, who, "asked")
            .await
            .unwrap();
        assert_eq!(erasure.state, ErasureState::Partial, "{:?}", erasure.held);
        let papers: Vec<_> = erasure
            .held
            .iter()
            .filter(|h| h.hold == Hold::Papers)
            .collect();
        assert_eq!(papers.len(), erasure.held.len(), "{:?}", erasure.held);
        assert!(papers[0].until.unwrap() > export.at.to_zoned(jiff::tz::TimeZone::UTC).date());
        assert_eq!((erasure.went.contacts, erasure.went.declarations), (1, 1));

        // Nothing readable: pages, search, export, the database itself.
        let page = world.app.case_page(&system, ALFA, case).await.unwrap();
        assert_eq!(page.contact, app::intake::StoredContact::default());
        let shown = serde_json::to_string(&(&page.events, &page.case)).unwrap();
        assert_eq!(readable(shown.as_bytes()), Vec::<&str>::new());
        let now = (page.case.version, owed(&page.obligations));
        assert_eq!(now, amount, "amounts stay");
        for text in [EMAIL, "Quellstein", "98765", "01715550199"] {
            assert!(world.app.find_people(&lead, text).await.unwrap().is_empty());
            assert!(
                world
                    .app
                    .people_named(&system, ALFA, text)
                    .await
                    .unwrap()
                    .len()
                    <= 1
            );
        }
        let again = world
            .app
            .export_person(&system, ALFA, who, "asked again")
            .await;
        let again = again.unwrap().json;
        // The credit note, which tax law holds, still names its buyer.
        let mut but_papers = again;
        but_papers["documents"] = serde_json::Value::Null;
        assert_eq!(
            readable(but_papers.to_string().as_bytes()),
            Vec::<&str>::new()
        );
        let row = world.app.declaration(ALFA, declaration).await.unwrap();
        assert_eq!(
            (row.name.as_str(), row.record.as_str(), row.note.as_str()),
            ("", "", "")
        );
        let raw = bytes(&world.engine, world.app.store()).await;
        assert_eq!(readable(&raw), Vec::<&str>::new());

        // Who knows the address and tries it finds nothing it leads to.
        let guess = app::intake::ids::customer_id(ALFA, EMAIL);
        assert_ne!(guess, who, "the id is made under the client's key");
        let hash = app::acknowledge::sha256(EMAIL);
        let has = |needle: &str| raw.windows(needle.len()).any(|w| w == needle.as_bytes());
        assert!(!has(&hash));

        // The proof of the old refund, replay, rebuild and log hold.
        let now = world
            .app
            .document_proof(&system, ALFA, document)
            .await
            .unwrap();
        assert!(proof.is_some() && now.is_some());
        assert!(
            world.app.document(&system, ALFA, document).await.is_ok(),
            "held"
        );
        sound(&world).await;
        let certificate = world
            .app
            .erasure_certificate(&system, ALFA, erasure.id)
            .await;
        let certificate = certificate.unwrap();
        let receipt = certificate.proof.expect("the erasure is in the log");
        let vkey = world.app.vkey(ALFA).await.unwrap();
        app::ledger::verify_receipt(&receipt, &vkey).unwrap();

        // A house put back from before erases again, from the list alone.
        let list = world.app.erasure_list().await.unwrap();
        assert!(
            list.iter()
                .all(|l| readable(l.subject.as_bytes()).is_empty())
        );
        if let Some((_folder, copy)) = copy {
            let restored = Engine::sqlite();
            store::backup::load(&restored.kind, &copy).await.unwrap();
            let old = World::on(restored, 95).await;
            old.pass(120);
            let before = old.app.case_page(&system, ALFA, case).await.unwrap();
            assert_eq!(before.contact.email, EMAIL, "the backup is from before");
            assert_eq!(old.app.replay_erasures(&list).await.unwrap(), 1);
            assert_eq!(old.app.replay_erasures(&list).await.unwrap(), 0);
            let after = old.app.case_page(&system, ALFA, case).await.unwrap();
            assert_eq!(after.contact, app::intake::StoredContact::default());
            sound(&old).await;
        }

        // When the time to keep documents is over, they go too, and all is still proven.
        world.pass(12 * 366 * DAY);
        world.run_jobs().await;
        let all = world.app.erasures(&system, ALFA, 10).await.unwrap();
        assert_eq!((all[0].state, all[0].target), (ErasureState::Done, None));
        let gone = world.app.document(&system, ALFA, document).await;
        assert!(matches!(gone, Err(AppError::Missing)), "{gone:?}");
        sound(&world).await;
    })
    .await;
}

#[tokio::test]
async fn keys_change_and_everything_can_still_be_read() {
    both(|engine| async move {
        let mut world = World::new(engine, 96).await;
        let case = told(&world, "P-6").await;
        let system = Scope::system();
        world.app.new_root_inside(&system).await.unwrap();
        let turned = world.app.rotate_root(&system).await.unwrap();
        assert_eq!(turned.number, 2);
        assert!(turned.rewrapped >= 2);
        assert_eq!(world.app.rotate_root(&system).await.unwrap().rewrapped, 0);
        let turned = world.app.rotate_client(&system, ALFA).await.unwrap();
        assert_eq!(turned.number, 2);
        assert!(turned.rewrapped >= 1);
        world.restart().await;
        let page = world.app.case_page(&system, ALFA, case).await.unwrap();
        assert_eq!(page.contact.email, EMAIL);
        assert_eq!(
            world.app.find_people(&system, EMAIL).await.unwrap().len(),
            1
        );
        let people = Fixture::scope(Role::Admin);
        if people.clients().is_some() {
            let refused = world.app.rotate_root(&people).await;
            assert!(matches!(refused, Err(AppError::Denied(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_stored_in_clear_is_sealed_in_place_and_the_work_goes_on_where_it_stopped() {
    both(|engine| async move {
        let world = World::new(engine, 97).await;
        let store = world.app.store();
        for n in 0..450_u128 {
            let mut write = Write::new();
            let contact = format!(
                r#"{{"name":"Zaphira {n}","email":"n{n}@canary.example","phone":"","address":[],"postcode":""}}"#
            );
            write.row(
                &tables::CUSTOMER,
                vec![
                    ALFA.into(),
                    Uuid::from_u128(n + 1).into(),
                    format!("Quellstein-{n}").into(),
                    contact.into(),
                    1.into(),
                ],
            );
            store.write(write).await.unwrap();
        }
        let system = Scope::system();
        let done = world.app.seal_old(&system, ALFA).await.unwrap();
        assert_eq!((done.sealed, done.left), (450, 0));
        assert_eq!(world.app.seal_old(&system, ALFA).await.unwrap().sealed, 0);
        let rows = store::questions::privacy::customers_after(store, ALFA, Uuid::nil(), 1_000).await;
        for row in rows.unwrap() {
            assert!(readable(row.contact.as_bytes()).is_empty());
            assert!(readable(row.external_id.as_bytes()).is_empty());
        }
        let found = world.app.people_named(&system, ALFA, "n7@canary.example").await.unwrap();
        assert_eq!(found, [CustomerId(Uuid::from_u128(8))]);
    })
    .await;
}

#[tokio::test]
async fn looks_without_an_open_return_need_a_reason_and_are_logged() {
    both(|engine| async move {
        let world = World::new(engine, 98).await;
        Fixture::orders(&world.app, ALFA, vec![draft("P-7", &world)]).await;
        let agent = Fixture::scope(Role::Agent);
        let key = OrderKey::Number("P-7".into());
        let page = world.app.order_page(&agent, ALFA, &key).await.unwrap();
        let (order, who) = (page.order.id, page.order.customer);
        assert!(!world.app.may_look(&agent, ALFA, order).await.unwrap());
        let about = (Some(who), Some(order));
        let refused = world
            .app
            .note_access(&agent, ALFA, Act::Lookup, about, "..")
            .await;
        assert!(matches!(refused, Err(AppError::Invalid(_))), "{refused:?}");
        world
            .app
            .note_access(
                &agent,
                ALFA,
                Act::Lookup,
                about,
                "the customer is on the line",
            )
            .await
            .unwrap();
        assert!(world.app.may_look(&agent, ALFA, order).await.unwrap());
        world.pass(9 * 3_600);
        assert!(!world.app.may_look(&agent, ALFA, order).await.unwrap());
        let log = world
            .app
            .accesses(&Scope::system(), ALFA, 10)
            .await
            .unwrap();
        assert_eq!(log.len(), 1);
        assert_eq!((log[0].act.as_str(), log[0].order), ("lookup", Some(order)));
        let system = Scope::system();
        let call = Call::new(&system, world.now());
        let asks = Fixture::asks("P-7", 1);
        world.app.request_return(&call, ALFA, &asks).await.unwrap();
        assert!(
            world.app.may_look(&agent, ALFA, order).await.unwrap(),
            "open return"
        );
    })
    .await;
}

#[test]
fn every_table_is_placed_once() {
    let personal: Vec<&str> = privacy::field::FIELDS.iter().map(|f| f.table).collect();
    for table in tables::ALL {
        let placed = personal.contains(&table.name);
        let not = privacy::field::IMPERSONAL.contains(&table.name);
        assert!(
            placed != not,
            "{}: say in crates/privacy/src/field.rs whether it holds personal data",
            table.name
        );
        for field in privacy::field::FIELDS
            .iter()
            .filter(|f| f.table == table.name)
        {
            assert!(
                table.columns.iter().any(|(name, _)| *name == field.column),
                "{}.{} is gone",
                field.table,
                field.column
            );
        }
    }
}
