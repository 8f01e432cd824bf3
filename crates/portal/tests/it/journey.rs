//! The portal driven as a browser without script drives it: get a page, send its form, follow
//! the redirect, carry the cookies.
use crate::browser::{Browser, Page};
use kernel::Scope;
use testkit::{ALFA, Engine, Fixture, World};

/// A world with one order of two lanterns and a vase, ten days after delivery.
async fn world() -> World {
    let world = World::new(Engine::sqlite(), 7).await;
    let orders = vec![
        Fixture::draft("A-100", 2, world.now()),
        Fixture::draft("A-200", 1, world.now()),
    ];
    Fixture::orders(&world.app, ALFA, orders).await;
    world
}

const MAIL: &str = "kim.a-100@shopper.example";

/// Proves to know the order; ends on the items.
async fn found(browser: &mut Browser) -> Page {
    let page = browser.get("/p/alfa/find").await;
    let sent = browser
        .send(&page, &[("number", "A-100"), ("proof", MAIL)])
        .await;
    browser.follow(sent).await
}

/// Walks to the check page for one lantern.
async fn checked(browser: &mut Browser, reason: &str, outcome: &str) -> Page {
    let items = found(browser).await;
    assert!(items.text.contains("Paper lantern"), "{}", items.text);
    let mut page = items;
    for answers in [
        &[("units-0", "1"), ("units-1", "0")][..],
        &[("reason", reason)],
        &[("note", "A scratch on the left"), ("opened", "1")],
        &[("outcome", outcome)],
        &[("send", "show")],
    ] {
        let sent = browser.send(&page, answers).await;
        assert_eq!(sent.status, 303, "{}: {}", page.url, sent.text);
        page = browser.follow(sent).await;
    }
    assert!(page.url.starts_with("/p/alfa/return/check"), "{}", page.url);
    page
}

#[tokio::test]
async fn a_return_from_landing_to_label_without_script() {
    let world = world().await;
    let mut browser = Browser::new(&world);
    let landing = browser.get("/p/alfa").await;
    assert!(
        landing.text.contains("Withdraw from contract here"),
        "the statutory door is named"
    );
    assert!(
        landing.text.contains("30 days of delivery"),
        "the policy in words"
    );
    let check = checked(&mut browser, "changed_mind", "refund").await;
    assert!(
        check.text.contains("Can come back") && check.text.contains("€40.00"),
        "{}",
        check.text
    );
    assert!(
        check.text.contains("A scratch on the left"),
        "nothing typed is lost"
    );
    assert!(
        !check.url.contains("scratch"),
        "and nothing typed is in an address"
    );
    // The same form sent twice, as an impatient thumb does.
    let first = browser.send(&check, &[]).await;
    let second = browser.send(&check, &[]).await;
    assert_eq!((first.status, &first.location), (303, &second.location));
    world.run_jobs().await;
    let done = browser.follow(first).await;
    assert!(done.text.contains("<svg role=\"img\""), "the code to show");
    let rma = done.url.split('/').nth(4).unwrap().to_owned();
    let label = browser.get(&format!("/p/alfa/r/{rma}/label.pdf")).await;
    assert!(label.bytes.starts_with(b"%PDF-"));
    let status = browser.get(&format!("/p/alfa/r/{rma}")).await;
    assert!(
        status.text.contains("Waiting for your parcel"),
        "{}",
        status.text
    );
    assert!(status.text.contains("BGB"), "rights with their citation");
    assert!(status.text.lines().count() < 1_500);
    // The words went with the case.
    let page = world
        .app
        .find_cases(&Fixture::scope(kernel::Role::Agent), &rma)
        .await
        .unwrap();
    let case = kernel::CaseId(page[0].case_id);
    let case = world
        .app
        .case_page(&Scope::system(), ALFA, case)
        .await
        .unwrap();
    let noted = |e: &returns::Event| matches!(&e.what, returns::What::Noted { note } if note.contains("scratch"));
    assert_eq!(case.events.iter().filter(|e| noted(e)).count(), 1);
    // And it can be called off.
    let gone = browser
        .send_to(&status, &format!("/p/alfa/r/{rma}/cancel"), &[])
        .await;
    let gone = browser.follow(gone).await;
    assert!(gone.text.contains("Called off"), "{}", gone.text);
    assert_eq!(
        browser
            .get(&format!("/p/alfa/r/{rma}/label.pdf"))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn units_in_a_return_cannot_be_chosen_again() {
    let world = world().await;
    let mut browser = Browser::new(&world);
    let check = checked(&mut browser, "changed_mind", "store_credit").await;
    assert!(check.text.contains("extra credit"), "the bonus is shown");
    let other = check.clone();
    let sent = browser.send(&check, &[]).await;
    let rma = sent.location.split('/').nth(4).unwrap().to_owned();
    let items = browser.get("/p/alfa/return/items").await;
    assert!(items.text.contains("already in return") && items.text.contains(&rma));
    let sent = browser.send(&items, &[("units-0", "2")]).await;
    assert_eq!(sent.status, 422);
    assert!(sent.text.contains("Choose one of the quantities shown"));
    // A second tab asks for the other unit, a third finds none left and says what to do.
    let mut tab = other;
    tab.text = tab
        .text
        .replace("name=\"key\" value=\"", "name=\"key\" value=\"x");
    assert_eq!(browser.send(&tab, &[]).await.status, 303);
    tab.text = tab.text.replace("value=\"x", "value=\"y");
    let late = browser.send(&tab, &[]).await;
    assert_eq!(late.status, 409);
    assert!(late.text.contains("Open the other return"), "{}", late.text);
}

#[tokio::test]
async fn evidence_is_asked_for_and_answered() {
    let world = world().await;
    // After the withdrawal period: before, the law decides without evidence.
    world.pass(6 * 86_400);
    let mut browser = Browser::new(&world);
    let check = checked(&mut browser, "damaged_in_transit", "refund").await;
    assert!(check.text.contains("More needed"), "{}", check.text);
    let sent = browser.send(&check, &[]).await;
    let done = browser.follow(sent).await;
    assert!(done.text.contains("We need something from you"));
    assert!(
        done.text.contains("mailto:help@alfa.example?subject="),
        "where photos go"
    );
    let rma = done.url.split('/').nth(4).unwrap().to_owned();
    let to = format!("/p/alfa/r/{rma}/answer");
    let status = browser.get(&format!("/p/alfa/r/{rma}")).await;
    let empty = browser
        .send_to(&status, &to, &[("line", "0"), ("note", "")])
        .await;
    assert_eq!(empty.status, 422);
    let sent = browser
        .send_to(
            &status,
            &to,
            &[("line", "0"), ("note", "Photos are on the way")],
        )
        .await;
    assert_eq!(sent.status, 303, "{}", sent.text);
}

#[tokio::test]
async fn wrong_number_and_wrong_proof_look_alike_and_tries_are_limited() {
    let world = world().await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/p/alfa/find").await;
    let number = browser
        .send(&page, &[("number", "A-999"), ("proof", MAIL)])
        .await;
    let proof = browser
        .send(&page, &[("number", "A-100"), ("proof", "x@y.example")])
        .await;
    assert_eq!((number.status, proof.status), (422, 422));
    let same = number
        .text
        .replace("A-999", "A-100")
        .replace(MAIL, "x@y.example");
    assert_eq!(
        same, proof.text,
        "the answers differ in what was typed only"
    );
    assert!(
        proof.text.contains("value=\"A-100\""),
        "the form comes back filled"
    );
    let postcode = browser
        .send(&page, &[("number", "a-100"), ("proof", "04109")])
        .await;
    assert_eq!(postcode.status, 422, "numbers are exact");
    let mut last = 422;
    for _ in 0..6 {
        last = browser
            .send(&page, &[("number", "A-100"), ("proof", "nope")])
            .await
            .status;
    }
    assert_eq!(last, 429);
    let right = browser
        .send(&page, &[("number", "A-100"), ("proof", MAIL)])
        .await;
    assert_eq!(
        (right.status, right.header("retry-after").is_some()),
        (429, true)
    );
    world.pass(901);
    let right = browser
        .send(&page, &[("number", "A-100"), ("proof", " 04109 ")])
        .await;
    assert_eq!(right.status, 303, "the postcode will do");
}

#[tokio::test]
async fn a_pass_opens_its_own_order_only_and_ends() {
    let world = world().await;
    let mut kim = Browser::new(&world);
    let check = checked(&mut kim, "changed_mind", "refund").await;
    let sent = kim.send(&check, &[]).await;
    let rma = sent.location.split('/').nth(4).unwrap().to_owned();
    let address = format!("/p/alfa/r/{rma}");
    // Somebody with another order of the same shop, and somebody with none.
    let mut other = Browser::new(&world);
    let page = other.get("/p/alfa/find").await;
    other
        .send(&page, &[("number", "A-200"), ("proof", "04109")])
        .await;
    for browser in [&mut other, &mut Browser::new(&world)] {
        let seen = browser.get(&address).await;
        assert!(seen.text.contains("Open your return") && !seen.text.contains("lantern"));
        assert_ne!(
            browser.get(&format!("{address}/label.pdf")).await.status,
            200
        );
        let cancel = browser
            .send_to(&page, &format!("{address}/cancel"), &[])
            .await;
        assert!(matches!(cancel.status, 303 | 404));
    }
    assert_eq!(
        kim.get("/p/bravo/return/items").await.status,
        303,
        "not at another client's"
    );
    assert!(
        kim.get(&address).await.text.contains("lantern"),
        "still as it was"
    );
    world.pass(7_201);
    assert!(
        kim.get(&address).await.text.contains("Open your return"),
        "the pass has ended"
    );
    let proof = kim.get(&address).await;
    let sent = kim
        .send(&proof, &[("number", "A-100"), ("proof", MAIL)])
        .await;
    assert_eq!(sent.location, address, "the same proof opens it again");
}

#[tokio::test]
async fn a_withdrawal_needs_two_steps_no_reason_and_is_acknowledged() {
    let world = world().await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/p/alfa/withdraw").await;
    let wrong = [
        ("name", "Kim"),
        ("number", "A-100"),
        ("email", "k@x.example"),
    ];
    let unknown = browser.send(&page, &wrong).await;
    assert!(
        unknown.status == 200 && unknown.text.contains("Confirm withdrawal"),
        "no proof is needed to declare: {}",
        unknown.text
    );
    assert!(
        !unknown.text.contains("Paper lantern"),
        "and none is given away"
    );
    let right = [
        ("name", "Kim Lindqvist"),
        ("number", "A-100"),
        ("email", MAIL),
    ];
    let sent = browser.send(&page, &right).await;
    let confirm = browser.follow(sent).await;
    assert!(
        confirm.text.contains("Confirm withdrawal") && confirm.text.contains("2 × Paper lantern")
    );
    let none = browser
        .send_to(&confirm, "/p/alfa/withdraw/confirm", &[])
        .await;
    assert_eq!(
        none.status, 422,
        "without an item there is nothing to declare"
    );
    let lines = [("line", "0"), ("line", "1")];
    let first = browser.send(&confirm, &lines).await;
    let second = browser.send(&confirm, &lines).await;
    assert_eq!(
        (first.status, &first.location),
        (303, &second.location),
        "declared once"
    );
    let receipt = browser.follow(first).await;
    assert!(receipt.text.contains("Your withdrawal has been received"));
    assert!(
        receipt.text.contains("1 Jun 2026, 10:00"),
        "date and time: {}",
        receipt.text
    );
    let rma = receipt.url.split('/').nth(4).unwrap().to_owned();
    let pdf = browser.get(&format!("/p/alfa/r/{rma}/receipt.pdf")).await;
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    let again = browser.get(&format!("/p/alfa/r/{rma}/receipt")).await;
    let hash = |text: &str| text.split("<code>").nth(1).unwrap()[..64].to_owned();
    assert_eq!(
        hash(&again.text),
        hash(&receipt.text),
        "the same record, the same checksum"
    );
}

#[tokio::test]
async fn an_order_nobody_finds_is_withdrawn_from_all_the_same() {
    let world = world().await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/p/alfa/withdraw").await;
    let who = [
        ("name", "Robin Sol"),
        ("number", "LOST-7"),
        ("email", "robin@shopper.example"),
    ];
    let confirm = browser.send(&page, &who).await;
    assert_eq!(confirm.status, 200);
    let first = browser.send(&confirm, &[]).await;
    let second = browser.send(&confirm, &[]).await;
    assert_eq!(
        (first.status, &*first.location),
        (303, "/p/alfa/withdraw/done")
    );
    assert_eq!(second.location, first.location);
    let done = browser.follow(first).await;
    assert!(done.text.contains("Your withdrawal has been received"));
    assert!(done.text.contains("Robin Sol") && done.text.contains("LOST-7"));
    let pdf = browser.get("/p/alfa/withdraw/done.pdf").await;
    assert!(pdf.bytes.starts_with(b"%PDF-"));
    let stranger = Browser::new(&world).get("/p/alfa/withdraw/done").await;
    assert_eq!(stranger.status, 404, "only the browser that declared");

    let agent = Fixture::scope(kernel::Role::Agent);
    let open = world
        .app
        .declarations(&agent, "open", None, 9)
        .await
        .unwrap();
    assert_eq!(open.len(), 1, "sent twice, declared once");
    world.run_jobs().await;
    world.run_jobs().await;
    let mails = world.outbox.mails();
    let told: Vec<_> = mails.iter().filter(|m| m.to == who[2].1).collect();
    assert_eq!(told.len(), 1, "acknowledged once");
    assert!(told[0].text.contains("order: LOST-7"));
}

#[tokio::test]
async fn what_is_withdrawn_already_can_be_declared_again_and_waits_for_a_person() {
    let world = world().await;
    let mut browser = Browser::new(&world);
    let who = [
        ("name", "Kim Lindqvist"),
        ("number", "A-100"),
        ("email", MAIL),
    ];
    let page = browser.get("/p/alfa/withdraw").await;
    let sent = browser.send(&page, &who).await;
    let confirm = browser.follow(sent).await;
    let lines = [("line", "0"), ("line", "1")];
    browser.send(&confirm, &lines).await;
    let again = browser.get("/p/alfa/withdraw/confirm").await;
    assert!(again.text.contains("No item of this order is open here"));
    let sent = browser.send(&again, &[]).await;
    assert_eq!(
        (sent.status, &*sent.location),
        (303, "/p/alfa/withdraw/done")
    );
    let agent = Fixture::scope(kernel::Role::Agent);
    let open = world
        .app
        .declarations(&agent, "open", None, 9)
        .await
        .unwrap();
    assert_eq!(open.len(), 1);
    let matched = world
        .app
        .declarations(&agent, "matched", None, 9)
        .await
        .unwrap();
    assert_eq!(matched.len(), 1);
}

#[tokio::test]
async fn argentina_s_button_takes_one_step_and_gives_its_code_at_once() {
    let world = world().await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/p/alfa").await;
    assert!(!page.text.contains("arrepentimiento"), "not sold there");
    let mut settings = Fixture::settings("Alfa Gifts");
    settings.markets = vec!["AR".parse().unwrap()];
    Fixture::set_alfa(&world.app, &settings).await;
    for path in ["/p/alfa", "/p/alfa/find", "/p/alfa/withdraw"] {
        let page = browser.get(path).await;
        assert!(page.text.contains("Botón de arrepentimiento"), "{path}");
    }
    let form = browser.get("/p/alfa/revoke").await;
    let empty = browser.send(&form, &[("name", "Ana")]).await;
    assert!(empty.status == 422 && empty.text.contains("value=\"Ana\""));
    let who = [
        ("name", "Ana"),
        ("number", "77"),
        ("email", "ana@x.example"),
    ];
    let sent = browser.send(&form, &who).await;
    let done = browser.follow(sent).await;
    let agent = Fixture::scope(kernel::Role::Agent);
    let open = world
        .app
        .declarations(&agent, "open", None, 9)
        .await
        .unwrap();
    assert!(done.text.contains(&open[0].code), "the code is on the page");
    assert_eq!(open[0].kind, "revocation");
}

#[tokio::test]
async fn german_by_address_and_kept() {
    let world = world().await;
    let mut browser = Browser::new(&world);
    let sent = browser.get("/p/alfa/withdraw?lang=de").await;
    assert_eq!((sent.status, &*sent.location), (303, "/p/alfa/withdraw"));
    let page = browser.get("/p/alfa/find").await;
    assert!(page.text.contains("<html lang=\"de\"") && page.text.contains("Bestellnummer"));
    assert_eq!(browser.get("/p/nobody").await.status, 404);
    let css = browser.get("/p/alfa/brand.css").await;
    assert_eq!(css.text.trim(), ":root{--brand:#1f6f54}");
}

#[tokio::test]
async fn the_code_on_the_label_leads_here() {
    let world = world().await;
    let mut browser = Browser::new(&world);
    let check = checked(&mut browser, "changed_mind", "refund").await;
    let sent = browser.send(&check, &[]).await;
    let rma = sent.location.split('/').nth(4).unwrap().to_owned();
    let answer = portal::open_by_rma(&world.app, &rma.to_lowercase()).await;
    let location = answer.headers().get("location").unwrap().to_str().unwrap();
    assert_eq!(location, format!("/p/alfa/r/{rma}"));
    assert_eq!(
        portal::open_by_rma(&world.app, "nonsense").await.status(),
        404
    );
}

/// Writes every page of the journey as a file, to be looked at:
/// `REDRESS_SHOTS=dir cargo test -p redress-portal --test journey -- --ignored pages`.
#[tokio::test]
#[ignore = "writes files to look at"]
async fn pages() {
    #[expect(clippy::disallowed_methods, reason = "a test told where to write")]
    let Ok(dir) = std::env::var("REDRESS_SHOTS") else {
        return;
    };
    let dir = std::path::Path::new(&dir);
    std::fs::create_dir_all(dir.join("assets")).unwrap();
    std::fs::create_dir_all(dir.join("p/alfa")).unwrap();
    for asset in redress_http::assets::all() {
        std::fs::write(dir.join("assets").join(asset.hashed), asset.bytes).unwrap();
    }
    let world = world().await;
    let mut browser = Browser::new(&world);
    let css = browser.get("/p/alfa/brand.css").await;
    std::fs::write(dir.join("p/alfa/brand.css"), css.bytes).unwrap();
    let save = |name: &str, page: &Page| {
        std::fs::write(dir.join(format!("{name}.html")), &page.bytes).unwrap();
    };
    save("01-landing", &browser.get("/p/alfa").await);
    let find = browser.get("/p/alfa/find").await;
    save("02-find", &find);
    save(
        "02-find-wrong",
        &browser
            .send(&find, &[("number", "A-9"), ("proof", "x")])
            .await,
    );
    let mut page = found(&mut browser).await;
    for (name, answers) in [
        ("03-items", &[("units-0", "1"), ("units-1", "1")][..]),
        ("04-reason", &[("reason", "changed_mind")]),
        (
            "05-details",
            &[("note", "A scratch on the left"), ("opened", "1")],
        ),
        ("06-outcome", &[("outcome", "store_credit")]),
        ("07-reason", &[("reason", "changed_mind")]),
        ("08-details", &[]),
        ("09-outcome", &[("outcome", "refund")]),
        ("10-send", &[("send", "show")]),
    ] {
        save(name, &page);
        let sent = browser.send(&page, answers).await;
        page = browser.follow(sent).await;
    }
    save("11-check", &page);
    let sent = browser.send(&page, &[]).await;
    world.run_jobs().await;
    let done = browser.follow(sent).await;
    save("12-done", &done);
    let rma = done.url.split('/').nth(4).unwrap().to_owned();
    save("13-status", &browser.get(&format!("/p/alfa/r/{rma}")).await);
    save("14-items-again", &browser.get("/p/alfa/return/items").await);
    world.pass(6 * 86_400);
    let mut other = Browser::new(&world);
    let find = other.get("/p/alfa/withdraw?lang=de").await;
    let withdraw = other.follow(find).await;
    save("20-withdraw", &withdraw);
    let who = [
        ("name", "Kim Lindqvist"),
        ("number", "A-200"),
        ("email", "kim.a-200@shopper.example"),
    ];
    let sent = other.send(&withdraw, &who).await;
    let confirm = other.follow(sent).await;
    save("21-confirm", &confirm);
    let sent = other.send(&confirm, &[("line", "0")]).await;
    let receipt = other.follow(sent).await;
    save("22-receipt", &receipt);
    let rma = receipt.url.split('/').nth(4).unwrap().to_owned();
    save("23-review", &other.get(&format!("/p/alfa/r/{rma}")).await);
    let pdf = other.get(&format!("/p/alfa/r/{rma}/receipt.pdf")).await;
    std::fs::write(dir.join("receipt.pdf"), pdf.bytes).unwrap();
}

#[tokio::test]
async fn a_quote_that_changed_is_shown_again_and_nothing_is_sent() {
    let world = world().await;
    let mut browser = Browser::new(&world);
    let check = checked(&mut browser, "changed_mind", "refund").await;
    assert!(check.text.contains("€40.00") && !check.text.contains("What changed"));
    // Meanwhile the vase of the order is in another return, and a chargeback on the order is lost.
    let scope = Scope::system();
    let order = app::cases::OrderKey::Number("A-100".into());
    let line = returns::RequestedLine {
        line: 1,
        units: 1,
        reason: policy::ReturnReason::ChangedMind,
        own: None,
        wanted: policy::Outcome::Refund,
        evidence: policy::EvidenceGiven {
            photos: 0,
            note: false,
            serial: false,
        },
        opened: false,
        lacks: policy::ConditionSet::EMPTY,
        noticed_on: None,
    };
    let request = app::cases::Request {
        order: order.clone(),
        lines: vec![line],
        path: returns::Path::Ordinary,
    };
    let call = app::cases::Call::new(&scope, world.now());
    let made = world.app.request_return(&call, ALFA, &request).await;
    let case = made.unwrap().case;
    let known = world.app.order_page(&scope, ALFA, &order).await.unwrap();
    let lost_minor = known.order.captured_minor - 2_000;
    for command in [
        returns::Command::OpenDispute {
            code: "13.3".into(),
        },
        returns::Command::CloseDispute { lost_minor },
    ] {
        let done = world.app.command(&call, ALFA, case, None, &command).await;
        done.unwrap();
    }
    let again = browser.send(&check, &[]).await;
    assert_eq!(again.status, 409);
    for words in [
        "The amount has changed since you saw it",
        "What changed in this quote",
        "The order has changed",
        "<s class=\"quote-was\">",
    ] {
        assert!(again.text.contains(words), "{words}: {}", again.text);
    }
    let known = world.app.order_page(&scope, ALFA, &order).await.unwrap();
    assert_eq!(known.cases.len(), 1, "nothing was stored");
    // A quote of no page of ours is no agreement.
    let odd = browser.send(&check, &[("seen", "not a quote")]).await;
    assert_eq!(odd.status, 409);
}
