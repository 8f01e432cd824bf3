//! Real records of real shops go in, and the money adds up to the penny. The files are read where
//! the repository has a neighbour that holds them; without it these tests say "skipped".

use app::intake::{ImportOptions, ImportReport, ReturnsReport, ReturnsWatch, Watch};
use flate2::read::GzDecoder;
use kernel::{Bps, Scope};
use std::{
    fs::File,
    io::{BufReader, Read as _},
    path::PathBuf,
};
use testkit::{ALFA, Engine, World};
use wire::{CsvMap, OrderDraft, ReturnDraft, RowError};

#[expect(
    clippy::disallowed_methods,
    reason = "tests are told where samples are this way"
)]
fn sample(name: &str) -> Option<PathBuf> {
    let named = std::env::var("REDRESS_SHARED").map(PathBuf::from);
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let path = named.unwrap_or(root).join(name);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {name} is not here");
    None
}

fn open(path: &PathBuf) -> BufReader<GzDecoder<File>> {
    BufReader::new(GzDecoder::new(File::open(path).unwrap()))
}

async fn orders(
    world: &World,
    drafts: impl Iterator<Item = Result<OrderDraft, RowError>> + Send,
) -> (ImportReport, u64) {
    let mut said = 0;
    let mut rejected = |_: &RowError| said += 1;
    let mut watch = Watch {
        rejected: &mut rejected,
        progress: &mut |_| (),
    };
    let options = ImportOptions::default();
    let report = world
        .app
        .import_orders(&Scope::system(), ALFA, drafts, options, &mut watch)
        .await
        .unwrap();
    (report, said)
}

async fn returns(
    world: &World,
    drafts: impl Iterator<Item = Result<ReturnDraft, RowError>> + Send,
) -> (ReturnsReport, i64) {
    let mut listed = 0;
    let mut unmatched = |u: &app::intake::Unmatched| listed += u.amount.minor;
    let mut watch = ReturnsWatch {
        rejected: &mut |_| (),
        unmatched: &mut unmatched,
        progress: &mut |_| (),
    };
    let options = ImportOptions::default();
    let system = Scope::system();
    let report = world
        .app
        .import_returns(&system, ALFA, drafts, options, &mut watch)
        .await
        .unwrap();
    (report, listed)
}

/// 320,705 invoice lines of a British giftware shop, and its cancellations as returns with their
/// own dates. The expected counts are those of the file, taken with an independent sum.
#[tokio::test]
async fn a_year_of_invoices_and_its_cancellations_reconcile_to_the_penny() {
    let name = "data/uci_online_retail/transactions_2010-12_2011-08.csv.gz";
    let Some(path) = sample(name) else { return };
    let map = include_str!("../../../wire/maps/uci-online-retail.toml");
    let map = CsvMap::parse(map).unwrap();
    let zone = jiff::tz::TimeZone::get(map.time_zone()).unwrap();
    let world = World::new(Engine::sqlite(), 11).await;

    let drafts = wire::orders_from_csv(open(&path), &map, zone.clone()).unwrap();
    let (report, said) = orders(&world, drafts).await;
    assert_eq!(
        (report.stored, report.lines),
        (12_380, 311_482),
        "{report:?}"
    );
    assert_eq!(
        said,
        report.left_out + report.rejected,
        "every row not taken is named"
    );
    let again = wire::orders_from_csv(open(&path), &map, zone.clone()).unwrap();
    let (again, _) = orders(&world, again).await;
    assert_eq!(
        (again.stored, again.already_there),
        (0, 12_380),
        "a second import adds nothing"
    );

    let drafts = wire::returns_from_csv(open(&path), &map, zone).unwrap();
    let (report, listed) = returns(&world, drafts).await;
    let totals = &report.totals["GBP"];
    assert_eq!(totals.told, 21_855_004, "{report:?}");
    assert_eq!(
        totals.told,
        totals.replayed + totals.unmatched,
        "nothing is lost: {report:?}"
    );
    assert_eq!(totals.unmatched, listed, "every unmatched part is listed");
    assert!(
        report.cases > 2_500 && totals.replayed > 19_000_000,
        "{report:?}"
    );

    // The same from our own books: what every account says was paid back.
    let mut refunded = 0;
    let mut after = uuid::Uuid::nil();
    loop {
        let page = store::questions::orders::orders_after(world.app.store(), ALFA, after, 500);
        let page = page.await.unwrap();
        let Some(last) = page.last() else { break };
        after = last.order_id;
        for row in &page {
            let account: returns::OrderAccount = serde_json::from_str(&row.account).unwrap();
            refunded += account.refunded_minor;
        }
    }
    assert_eq!(refunded, totals.replayed);
}

#[tokio::test]
async fn a_thousand_invented_orders_of_another_shop_go_in() {
    let (Some(told), Some(users)) = (
        sample("data/tau_retail/orders.json.gz"),
        sample("data/tau_retail/users.json.gz"),
    ) else {
        return;
    };
    let mut texts = [String::new(), String::new()];
    open(&told).read_to_string(&mut texts[0]).unwrap();
    open(&users).read_to_string(&mut texts[1]).unwrap();
    let world = World::new(Engine::sqlite(), 12).await;
    let at = world.now() - jiff::SignedDuration::from_hours(24 * 20);
    let drafts = wire::orders_from_tau(texts[0].as_bytes(), texts[1].as_bytes(), at).unwrap();
    let count = drafts.len() as u64;
    let (report, _) = orders(&world, drafts.into_iter()).await;
    assert_eq!(
        (count, report.stored, report.rejected),
        (1_000, 1_000, 0),
        "{report:?}"
    );
}

/// The recorded shop body has an order without lines: it is named, not guessed at. The order of
/// our own beside it goes in with its economics.
#[tokio::test]
async fn recorded_shop_bodies_are_taken_or_named() {
    let world = World::new(Engine::sqlite(), 13).await;
    if let Some(path) = sample("fixtures/ecommerce/shopify/orders.json") {
        let drafts = wire::orders_from_shopify(File::open(path).unwrap()).unwrap();
        let (report, said) = orders(&world, drafts.into_iter()).await;
        assert_eq!(
            (report.stored, report.rejected, said),
            (0, 1, 1),
            "{report:?}"
        );
    }
    let body = r#"{"order":{"id":1,"name":"S-1","created_at":"2026-05-20T10:00:00Z",
        "currency":"EUR","taxes_included":true,"financial_status":"paid",
        "email":"a@shopper.example","total_discounts":"4.00",
        "shipping_address":{"country_code":"DE","zip":"04109","name":"A","address1":"B","city":"C"},
        "line_items":[{"id":5,"sku":"X","title":"Lamp","quantity":2,"price":"20.00",
          "discount_allocations":[{"amount":"4.00"}],
          "tax_lines":[{"rate":0.19,"price":"5.75"}],"fulfillment_status":"fulfilled"}],
        "shipping_lines":[]}}"#;
    let drafts = wire::orders_from_shopify(body.as_bytes()).unwrap();
    let (report, _) = orders(&world, drafts.into_iter()).await;
    assert_eq!(report.stored, 1, "{report:?}");
    let key = app::cases::OrderKey::Number("S-1".into());
    let order = world
        .app
        .order_page(&Scope::system(), ALFA, &key)
        .await
        .unwrap()
        .order;
    let line = &order.lines[0].economics;
    assert_eq!(
        (line.gross, line.taxes[0].rate, line.taxes[0].minor),
        (3600, Bps(1900), 575)
    );
}
