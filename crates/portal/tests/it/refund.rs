//! The receipt of a refund: linked from the return, with why, as files, and for nobody else.

use crate::browser::Browser;
use app::cases::{Call, OrderKey, Request};
use kernel::{DocumentId, Role, Scope};
use policy::{EvidenceGiven, Outcome, ReturnReason};
use redress_http::L10n;
use returns::{Command, Count, Path, RequestedLine};
use testkit::{ALFA, Engine, Fixture, World};

/// Two lamps of 40.00 are back and paid, less the label of 4.99.
async fn refunded(world: &World) -> (String, DocumentId) {
    let drafts = vec![
        Fixture::draft("A-100", 2, world.now()),
        Fixture::draft("A-200", 1, world.now()),
    ];
    Fixture::orders(&world.app, ALFA, drafts).await;
    let system = Scope::system();
    let call = Call::new(&system, world.now());
    let request = Request {
        order: OrderKey::Number("A-100".into()),
        lines: vec![RequestedLine {
            line: 0,
            units: 2,
            reason: ReturnReason::ChangedMind,
            wanted: Outcome::Refund,
            evidence: EvidenceGiven::default(),
            opened: false,
            noticed_on: None,
            own: None,
            lacks: policy::ConditionSet::EMPTY,
        }],
        path: Path::Ordinary,
    };
    let opened = world.app.request_return(&call, ALFA, &request).await;
    let opened = opened.unwrap();
    let receive = Command::Receive {
        parcel: None,
        counts: vec![Count { line: 0, units: 2 }],
        strays: vec![],
        complete: true,
    };
    let dock = Fixture::scope(Role::DockOperator);
    let call = Call::new(&dock, world.now());
    let received = world.app.command(&call, ALFA, opened.case, None, &receive);
    received.await.unwrap();
    world.run_jobs().await;
    let all = world
        .app
        .documents_of_case(&system, ALFA, opened.case)
        .await;
    let id = DocumentId(all.unwrap()[0].document_id);
    (opened.rma.to_string(), id)
}

async fn proved(world: &World, number: &str) -> Browser {
    let mut browser = Browser::new(world);
    let page = browser.get("/p/alfa/find").await;
    let mail = format!("kim.{}@shopper.example", number.to_lowercase());
    let given = [("number", number), ("proof", mail.as_str())];
    let sent = browser.send(&page, &given).await;
    browser.follow(sent).await;
    browser
}

#[tokio::test]
async fn a_refund_has_a_receipt_that_says_why_and_proves_itself() {
    let world = World::new(Engine::sqlite(), 7).await;
    Fixture::let_issue(&world.app).await;
    let (rma, id) = refunded(&world).await;
    let base = format!("/p/alfa/r/{rma}/refund/{id}");
    let mut browser = proved(&world, "A-100").await;
    let status = browser.get(&format!("/p/alfa/r/{rma}")).await;
    assert!(status.text.contains(&base), "{}", status.text);
    let early = browser.get(&format!("{base}/proof.txt")).await;
    assert_eq!(early.status, 404, "it has no place in the log yet");
    world.app.sequence_all().await.unwrap();
    let page = browser.get(&base).await;
    for said in [
        "CN-0001",
        "€75.01",
        "€11.97",
        "Why this amount",
        "−€4.99",
        "check-receipt",
    ] {
        assert!(page.text.contains(said), "{said} is not in {}", page.text);
    }
    let xml = browser.get(&format!("{base}/document.xml")).await;
    assert!(
        xml.text
            .contains("<cbc:PrepaidAmount currencyID=\"EUR\">75.01<")
    );
    let hash = app::acknowledge::sha256(&xml.text);
    assert!(page.text.contains(&hash));
    let proof = browser.get(&format!("{base}/proof.txt")).await;
    let vkey = world.app.vkey(ALFA).await.unwrap();
    let check = app::ledger::verify_receipt(&proof.text, &vkey).unwrap();
    assert_eq!(check.event["what"]["sha256"], hash);
    let pdf = browser.get(&format!("{base}/receipt.pdf")).await;
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    // Another order is another pass.
    let mut stranger = proved(&world, "A-200").await;
    for path in [
        base.clone(),
        format!("{base}/receipt.pdf"),
        format!("{base}/document.xml"),
    ] {
        assert_ne!(stranger.get(&path).await.status, 200, "{path}");
    }
    look(&world, id, &pdf.bytes).await;
}

/// Writes what is to be looked at, where `REDRESS_PAPERS` names a folder.
async fn look(world: &World, id: DocumentId, receipt: &[u8]) {
    let Some(dir) = std::env::var_os("REDRESS_PAPERS").map(std::path::PathBuf::from) else {
        return;
    };
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join("receipt-en.pdf"), receipt).unwrap();
    let page = world
        .app
        .document(&Scope::system(), ALFA, id)
        .await
        .unwrap();
    for l in L10n::all() {
        let paper = surface::document_paper(l, &page, &[]);
        let name = format!("credit-note-{}.pdf", l.lang());
        std::fs::write(dir.join(name), paper::document_pdf(&paper).unwrap()).unwrap();
    }
    std::fs::write(dir.join("credit-note.xml"), &page.xml).unwrap();
}
