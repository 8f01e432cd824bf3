//! Masked people, the reason to see them, the log of it, and an erasure after a second look.

use crate::bench::Bench;
use app::cases::OrderKey;
use kernel::{Role, Scope};
use testkit::{ALFA, BRAVO, Fixture};

#[tokio::test]
async fn a_person_without_an_open_return_is_masked_until_a_reason_is_given() {
    let bench = Bench::new().await;
    let app = &bench.world.app;
    let draft = Fixture::draft("M-1", 1, bench.world.now());
    Fixture::orders(app, ALFA, vec![draft]).await;
    let key = OrderKey::Number("M-1".into());
    let order = app.order_page(&Scope::system(), ALFA, &key).await.unwrap();
    let at = format!("/orders/{ALFA}/{}", order.order.id);
    let agent = bench.browser(Role::Agent).await;
    let page = agent.get(&at).await.body;
    assert!(page.contains("Kim Lindqvist") && !page.contains("kim.m-1@shopper.example"));
    assert!(!page.contains("Lindenweg 7"), "the street is masked");

    let refused = agent
        .post(&format!("{at}/reveal"), &[("reason", " ")])
        .await;
    assert!(refused.to.ends_with("?why=needed"), "{}", refused.to);
    let page = agent.get(&refused.to).await.body;
    assert!(page.contains("Say why, in a few words.") && !page.contains("Lindenweg 7"));
    let shown = agent
        .post(
            &format!("{at}/reveal"),
            &[("reason", "customer on the line")],
        )
        .await;
    assert_eq!(shown.to, at);
    assert!(
        agent
            .get(&at)
            .await
            .body
            .contains("kim.m-1@shopper.example")
    );
    // What one was told, another was not.
    let lead = bench.browser(Role::TeamLead).await;
    assert!(!lead.get(&at).await.body.contains("kim.m-1@shopper.example"));

    let admin = bench.browser(Role::Admin).await;
    let log = admin.get(&format!("/privacy/{ALFA}")).await.body;
    assert!(log.contains("customer on the line") && log.contains("Revealed masked fields"));
    let other = bench.browser(Role::Agent).await;
    assert_eq!(other.get(&format!("/privacy/{ALFA}")).await.status, 403);
}

#[tokio::test]
async fn a_person_is_erased_after_a_second_look_and_has_a_certificate() {
    let bench = Bench::new().await;
    let app = &bench.world.app;
    let draft = Fixture::draft("M-2", 1, bench.world.now());
    Fixture::orders(app, ALFA, vec![draft]).await;
    let key = OrderKey::Number("M-2".into());
    let order = app.order_page(&Scope::system(), ALFA, &key).await.unwrap();
    let at = format!("/privacy/{ALFA}/{}", order.order.customer);
    let admin = bench.browser(Role::Admin).await;
    let search = admin.get("/search?q=kim.m-2%40shopper.example").await.body;
    assert!(search.contains("M-2") && search.contains("Kim Lindqvist"));
    assert_eq!(admin.get(&at).await.status, 200);
    let page = admin
        .post(&format!("{at}/erase"), &[("erase_reason", "by letter")])
        .await;
    assert_eq!(page.status, 200, "nothing was done without the second look");
    assert!(page.body.contains("Tick this to erase.") && page.body.contains("by letter"));
    let export = admin
        .post(&format!("{at}/export"), &[("export_reason", "by letter")])
        .await;
    assert!(
        export.body.contains("kim.m-2@shopper.example"),
        "{}",
        export.body
    );
    let fields = [("erase_reason", "by letter"), ("sure", "yes")];
    // Another client's page knows nobody of this name.
    let elsewhere = at.replace(&format!("/{ALFA}/"), &format!("/{BRAVO}/"));
    let missing = admin.post(&format!("{elsewhere}/erase"), &fields).await;
    assert_eq!(missing.status, 404);
    let done = admin.post(&format!("{at}/erase"), &fields).await;
    assert_eq!(done.to, format!("/privacy/{ALFA}"));
    let list = admin.get(&done.to).await.body;
    assert!(list.contains("by letter") && list.contains("Done: nothing is left"));
    let search = admin.get("/search?q=kim.m-2%40shopper.example").await.body;
    assert!(!search.contains("Lindqvist"));
    let erasure = &app.erasures(&Scope::system(), ALFA, 1).await.unwrap()[0];
    let file = format!("/privacy/{ALFA}/erasure/{}.pdf", erasure.id);
    let pdf = admin.get(&file).await;
    assert_eq!(pdf.status, 200);
    assert!(pdf.body.starts_with("%PDF"));
    let foreign = file.replace(&format!("/{ALFA}/"), &format!("/{BRAVO}/"));
    assert_eq!(admin.get(&foreign).await.status, 404);
}
