//! A client's own terms as a shopper meets them, without script: its reasons group by group, the
//! state of goods, photographs, the language of mail.
use crate::browser::{Browser, Page};
use kernel::{Lang, Scope};
use policy::Condition;
use store::{Kind, Val};
use testkit::{ALFA, Engine, Fixture, World};

const OWN: &str = r#"
[reasons.fit]
text = { en = "It does not fit", de = "Es passt nicht" }
[reasons."fit/small"]
code = "size_small"
text = { en = "Too small", de = "Zu klein" }
[reasons."fit/marked_wrong"]
code = "size_small"
fault = "merchant"
text = { en = "The label shows another size", de = "Das Etikett zeigt eine andere Größe" }
[reasons.broken]
code = "damaged_in_transit"
text = { en = "It came broken", de = "Es kam kaputt an" }
"#;

/// Two orders bought under a policy with reasons of its own that asks for unused goods.
async fn world() -> World {
    world_with(|text| text).await
}

/// The same under a text that was changed.
async fn world_with(change: fn(String) -> String) -> World {
    let world = World::new(Engine::sqlite(), 7).await;
    let base = include_str!("../../../../packs/policies/giftware.toml");
    let text = base.replacen(
        "[rules]\n",
        "[rules]\ncondition = [\"unopened\", \"unused\"]\n",
        1,
    );
    // The base speaks six languages, so every reason must; these tests read two of them.
    let others = "\", fr = \"-\", es = \"-\", pl = \"-\", ar = \"-\" }";
    let text = change(text + &OWN.replace("\" }", others));
    let mut write = store::Write::new();
    let (policy, now) = (policy::Policy::parse_toml(&text).unwrap(), world.now());
    let (hash, since, at) = (
        policy.hash().to_string(),
        "2020-02-01",
        now.as_millisecond(),
    );
    let version = vec![
        ALFA.into(),
        hash.as_str().into(),
        "Own terms".into(),
        text.as_str().into(),
        since.into(),
        at.into(),
    ];
    write.row(&store::tables::POLICY_VERSION, version);
    // The second publication of this client.
    let (no_int, no_id) = (Val::Null(Kind::Int), Val::Null(Kind::Uuid));
    let publication = vec![
        ALFA.into(),
        2.into(),
        hash.as_str().into(),
        since.into(),
        no_int,
        no_id.clone(),
        "".into(),
        "".into(),
        no_id.clone(),
        no_id,
        "".into(),
        at.into(),
    ];
    write.row(&store::tables::POLICY_PUBLICATION, publication);
    world.app.store().write(write).await.unwrap();
    world.app.reload_directory().await.unwrap();
    let orders = ["A-100", "A-200"].map(|n| Fixture::draft(n, 2, world.now()));
    Fixture::orders(&world.app, ALFA, orders.to_vec()).await;
    world
}

async fn found(browser: &mut Browser, number: &str) -> Page {
    let page = browser.get("/p/alfa/find").await;
    let proof = format!("kim.{}@shopper.example", number.to_lowercase());
    let sent = browser
        .send(&page, &[("number", number), ("proof", &proof)])
        .await;
    browser.follow(sent).await
}

/// Gives these answers page by page.
async fn walk(browser: &mut Browser, mut page: Page, answers: &[&[(&str, &str)]]) -> Page {
    for answer in answers {
        let sent = browser.send(&page, answer).await;
        assert_eq!(sent.status, 303, "{}: {}", page.url, sent.text);
        page = browser.follow(sent).await;
    }
    page
}

async fn case_of(world: &World, rma: &str) -> app::views::CasePage {
    let scope = Scope::system();
    let found = world.app.find_scanned(&scope, rma).await.unwrap();
    let case = kernel::CaseId(found[0].case_id);
    world.app.case_page(&scope, ALFA, case).await.unwrap()
}

#[tokio::test]
async fn reasons_are_asked_group_by_group_and_the_state_of_goods_after_them() {
    let world = world().await;
    let mut browser = Browser::new(&world);
    let items = found(&mut browser, "A-100").await;
    let top = walk(
        &mut browser,
        items,
        &[&[("units-0", "1"), ("units-1", "0")]],
    )
    .await;
    assert!(top.text.contains("It does not fit") && top.text.contains("It came broken"));
    assert!(!top.text.contains("Too small"), "that is inside the group");
    assert!(
        !top.text.contains("Changed my mind"),
        "only the client's own"
    );
    let nothing = browser.send(&top, &[("reason", "changed_mind")]).await;
    assert_eq!(nothing.status, 422);
    let group = walk(&mut browser, top, &[&[("reason", "fit")]]).await;
    assert!(group.text.contains("Too small") && !group.text.contains("It came broken"));
    // The seller is at fault: what state the item is in does not matter.
    let marked = walk(
        &mut browser,
        group.clone(),
        &[&[("reason", "fit/marked_wrong")]],
    )
    .await;
    assert!(!marked.text.contains("What is true for this item?"));
    let details = walk(&mut browser, group, &[&[("reason", "fit/small")]]).await;
    assert!(details.text.contains("What is true for this item?"));
    let answers: [&[(&str, &str)]; 3] = [
        &[("lacks-unused", "1")],
        &[("outcome", "refund")],
        &[("send", "show")],
    ];
    let check = walk(&mut browser, details, &answers).await;
    assert!(
        check.text.contains("It does not fit › Too small"),
        "{}",
        check.text
    );
    assert!(check.text.contains("It was used or worn"));
    let sent = browser.send(&check, &[]).await;
    let rma = sent.location.split('/').nth(4).unwrap().to_owned();
    let page = case_of(&world, &rma).await;
    let line = &page.case.lines[0];
    assert_eq!(line.own.as_deref(), Some("fit/small"));
    assert!(line.lacks.has(Condition::Unused));
    // The law of withdrawal carries it all the same, and says so beside the clause.
    let reasons = &page.case.decision.as_ref().unwrap().lines[0].reasons;
    let codes: Vec<_> = reasons.iter().map(|r| r.code.as_str()).collect();
    assert!(
        codes.contains(&"condition_not_met") && codes.contains(&"law_overrides_policy"),
        "{codes:?}"
    );
}

fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::DynamicImage::from(image::RgbImage::new(64, 48));
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn photographs_answer_the_question_and_only_their_own_order_shows_them() {
    let world = world().await;
    // After the withdrawal period the policy's evidence counts: two photographs.
    world.pass(6 * 86_400);
    let mut browser = Browser::new(&world);
    let items = found(&mut browser, "A-100").await;
    let answers: [&[(&str, &str)]; 5] = [
        &[("units-0", "1"), ("units-1", "0")],
        &[("reason", "broken")],
        &[("note", "Shards in the box")],
        &[("outcome", "refund")],
        &[("send", "show")],
    ];
    let check = walk(&mut browser, items, &answers).await;
    let sent = browser.send(&check, &[]).await;
    let rma = sent.location.split('/').nth(4).unwrap().to_owned();
    let url = format!("/p/alfa/r/{rma}");
    let status = browser.get(&url).await;
    assert!(status.text.contains("type=\"file\"") && status.text.contains("multipart/form-data"));
    let to = format!("{url}/answer");
    let line = [("line", "0"), ("note", "")];
    let no_picture = browser
        .upload(&status, &to, &line, &[("photos", b"%PDF-1.7")])
        .await;
    assert_eq!(no_picture.status, 422);
    assert!(no_picture.text.contains("no photo we can read"));
    let one = picture();
    let seven: Vec<(&str, &[u8])> = (0..7).map(|_| ("photos", one.as_slice())).collect();
    assert_eq!(
        browser.upload(&status, &to, &line, &seven).await.status,
        422
    );
    let given = browser.upload(&status, &to, &line, &seven[..2]).await;
    assert_eq!(given.status, 303, "{}", given.text);
    let status = browser.follow(given).await;
    let page = case_of(&world, &rma).await;
    assert_eq!(page.case.lines[0].evidence.photos, 2);
    assert_eq!(page.case.lines[0].missing, None, "the question is answered");
    assert_eq!(page.photos.len(), 2);
    let at = format!("{url}/photo/");
    let src = status
        .text
        .split(&at)
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let shown = browser.get(&format!("{at}{src}")).await;
    assert_eq!(shown.header("content-type"), Some("image/jpeg"));
    assert!(shown.bytes.starts_with(&[0xff, 0xd8]));
    // Without the token of the page nothing is taken.
    let forged = Page {
        text: status
            .text
            .replace("name=\"_csrf\" value=\"", "name=\"_csrf\" value=\"x"),
        ..status
    };
    assert_eq!(
        browser
            .upload(&forged, &to, &line, &seven[..1])
            .await
            .status,
        403
    );
    let mut other = Browser::new(&world);
    found(&mut other, "A-200").await;
    assert_eq!(other.get(&format!("{at}{src}")).await.status, 404);
}

#[tokio::test]
async fn mail_comes_in_the_language_the_return_was_asked_in() {
    let world = world().await;
    let mut browser = Browser::new(&world);
    let german = browser.get("/p/alfa?lang=de").await;
    browser.follow(german).await;
    let items = found(&mut browser, "A-100").await;
    let answers: [&[(&str, &str)]; 5] = [
        &[("units-0", "1"), ("units-1", "0")],
        &[("reason", "broken")],
        &[("note", "")],
        &[("outcome", "refund")],
        &[("send", "show")],
    ];
    let check = walk(&mut browser, items, &answers).await;
    assert!(check.text.contains("Es kam kaputt an"));
    let sent = browser.send(&check, &[]).await;
    let rma = sent.location.split('/').nth(4).unwrap().to_owned();
    let page = case_of(&world, &rma).await;
    assert_eq!(page.contact.lang, Some(Lang::DE));
    let notice = returns::Notice::Receipt;
    let mail = app::NoticeWriter::write(
        &mail::Words,
        &app::jobs::NoticeFacts {
            notice,
            client: &page.client,
            case: &page.case,
            order: &page.order,
            contact: &page.contact,
            at: world.now(),
            base_url: "https://returns.example",
            pay_links: &[],
            link: None,
        },
    );
    let text = mail.unwrap().text;
    assert!(text.contains("Ihre") || text.contains("Sie"), "{text}");
}

#[tokio::test]
async fn the_whole_return_is_priced_when_there_is_more_than_one_item() {
    let world = world().await;
    let mut browser = Browser::new(&world);
    let items = found(&mut browser, "A-100").await;
    let answers: [&[(&str, &str)]; 4] = [
        &[("units-0", "2"), ("units-1", "1")],
        &[("reason", "broken")],
        &[("note", "")],
        &[("outcome", "refund")],
    ];
    let second = walk(&mut browser, items, &answers).await;
    let answers: [&[(&str, &str)]; 2] = [&[("reason", "broken")], &[("note", "")]];
    let outcome = walk(&mut browser, second, &answers).await;
    // 2 x 40.00, 25.00 and, because all of it comes back, 6.95 for delivery.
    assert!(outcome.text.contains("€25.00"), "{}", outcome.text);
    assert!(
        outcome.text.contains("All items so far: €111.95"),
        "{}",
        outcome.text
    );
    let answers: [&[(&str, &str)]; 2] = [&[("outcome", "refund")], &[("send", "show")]];
    let check = walk(&mut browser, outcome, &answers).await;
    assert!(check.text.contains("For all items"));
}

/// Where the client would rather exchange, other goods are shown first and money one step away;
/// where the law gives a right to money, it stands beside them at once.
#[tokio::test]
async fn an_exchange_comes_first_and_money_stays_one_step_away() {
    let world =
        world_with(|text| text.replacen("currencies =", "prefer = \"exchange\"\ncurrencies =", 1))
            .await;
    let mut abroad = Fixture::draft("A-300", 2, world.now());
    abroad.delivery = kernel::Place::country("US".parse().unwrap());
    Fixture::orders(&world.app, ALFA, vec![abroad]).await;
    for (number, lawful) in [("A-300", false), ("A-100", true)] {
        let mut browser = Browser::new(&world);
        let items = found(&mut browser, number).await;
        let answers: [&[(&str, &str)]; 4] = [
            &[("units-0", "1"), ("units-1", "0")],
            &[("reason", "fit")],
            &[("reason", "fit/small")],
            &[],
        ];
        let wish = walk(&mut browser, items, &answers).await;
        let offers =
            |page: &Page, outcome: &str| page.text.contains(&format!("value=\"{outcome}\""));
        assert!(offers(&wish, "exchange"), "{}", wish.text);
        assert_eq!(offers(&wish, "refund"), lawful, "{number}");
        assert_eq!(wish.text.contains("every=1"), !lawful);
        let every = if lawful {
            wish
        } else {
            browser.get(&format!("{}&every=1", wish.url)).await
        };
        assert!(offers(&every, "exchange") && offers(&every, "refund"));
        let chosen = walk(&mut browser, every, &[&[("outcome", "refund")]]).await;
        assert!(!chosen.url.contains("/outcome"), "{}", chosen.url);
    }
}

/// Photographs go with a claim; a form with a mistake keeps those it brought.
#[tokio::test]
async fn a_claim_takes_photographs_and_loses_none_over_a_mistake() {
    let world = world().await;
    let mut browser = Browser::new(&world);
    found(&mut browser, "A-100").await;
    let claim = browser.get("/p/alfa/claim").await;
    assert!(claim.text.contains("multipart/form-data"));
    let key = claim.text.split("name=\"key\" value=\"").nth(1).unwrap();
    let key = key.split('"').next().unwrap().to_owned();
    let one = picture();
    let mistake = [("key", key.as_str()), ("kind", "damaged"), ("units-0", "0")];
    let files: [(&str, &[u8]); 2] = [("photos", one.as_slice()), ("photos", b"%PDF-1.7")];
    let again = browser
        .upload(&claim, "/p/alfa/claim", &mistake, &files)
        .await;
    assert_eq!(again.status, 422);
    assert!(again.text.contains("no photo we can read"));
    let kept: Vec<&str> = again.text.split("name=\"kept\" value=\"").skip(1).collect();
    assert_eq!(kept.len(), 1, "what could be read is kept");
    let kept = kept[0].split('"').next().unwrap();
    let right = [
        ("key", key.as_str()),
        ("kind", "damaged"),
        ("units-0", "1"),
        ("wanted", "refund"),
        ("kept", kept),
    ];
    let made = browser
        .upload(
            &again,
            "/p/alfa/claim",
            &right,
            &[("photos", one.as_slice())],
        )
        .await;
    assert_eq!(made.status, 303, "{}", made.text);
    let rma = made.location.split('/').nth(4).unwrap().to_owned();
    let page = case_of(&world, &rma).await;
    assert_eq!(
        (page.photos.len(), page.case.lines[0].evidence.photos),
        (2, 2)
    );
    // The same form sent twice is one claim with the same photographs.
    let twice = browser.upload(&again, "/p/alfa/claim", &right, &[]).await;
    assert_eq!(twice.status, 303, "{}", twice.text);
    assert_eq!(case_of(&world, &rma).await.photos.len(), 2);
    let status = browser.follow(made).await;
    assert_eq!(status.text.matches("/photo/").count(), 2, "each is shown");
}
