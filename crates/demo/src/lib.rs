//! An invented firm to look at: Meridian Care works the returns of three retailers. Ninety days of
//! orders and returns, drawn from measured figures with a seed; every return has come about
//! through the same commands people give.
//!
//! Nothing here is a real person, address or account: addresses use example domains and bank
//! codes nobody has. Nothing here writes rows of cases; it calls the application.

mod bank;
mod catalogue;
mod dice;
pub mod facts;
pub mod firm;
mod goods;
mod people;
pub mod sales;
pub mod sandbox;
mod story;
mod today;

use app::{
    App, AppError,
    intake::{ImportOptions, Watch, ids},
};
use dice::Dice;
use firm::{HALLE, LANTERN, Member, NORTHBEAM};
use jiff::SignedDuration;
use kernel::{Scope, Timestamp};

/// What was installed.
#[derive(Debug, Clone)]
pub struct Installed {
    /// People with their one-time sign-in links.
    pub members: Vec<Member>,
    /// Orders stored.
    pub orders: u64,
    /// Returns asked for.
    pub cases: u64,
}

/// Retailer, orders, returning orders per 10,000.
const PLAN: [(kernel::ClientId, u32, u32); 3] = [
    (LANTERN, 700, facts::GIFT_RETURNING_ORDERS),
    (NORTHBEAM, 500, facts::APPAREL_RETURNING_ORDERS),
    (HALLE, 300, facts::MARKET_RETURNING_ORDERS),
];

/// Installs the firm as of `now`: the same seed and time give the same orders and returns (ids of
/// cases and secrets are the house's own). `progress` hears how many orders of how many are done.
///
/// # Errors
/// Faults of the database. A house that has clients already is refused: demo data never mixes
/// with real data.
pub async fn install(
    app: &App,
    seed: u64,
    now: Timestamp,
    progress: &mut (dyn FnMut(u64, u64) + Send),
) -> Result<Installed, AppError> {
    if !app.directory().clients().is_empty() {
        return Err(AppError::field("data", "demo-needs-empty-house"));
    }
    let mut dice = Dice::new(seed);
    let since = now.checked_sub(SignedDuration::from_hours(24 * (sales::DAYS + 30)));
    let members = firm::found(app, &mut dice, since.map_err(AppError::fault)?).await?;
    let all = PLAN.iter().map(|p| u64::from(p.1)).sum();
    let (mut orders, mut cases, mut done) = (0, 0, 0);
    let scope = Scope::system();
    for (client, articles) in catalogue::catalogues() {
        let all = articles.into_iter().map(Ok);
        let options = ImportOptions::default();
        app.import_articles(&scope, client, all, options, &mut |_| {})
            .await?;
    }
    for (client, count, returning) in PLAN {
        let mut sold: Vec<sales::Sale> = (0..count)
            .filter_map(|n| sales::sale(client, n, now, &mut dice))
            .collect();
        let mut wrong = None;
        let mut watch = Watch {
            rejected: &mut |error| wrong = Some(error.to_string()),
            progress: &mut |_| {},
        };
        let drafts = sold.iter().map(|s| Ok(s.draft.clone()));
        let options = ImportOptions::default();
        let report = app
            .import_orders(&scope, client, drafts, options, &mut watch)
            .await?;
        if let Some(wrong) = wrong {
            return Err(AppError::fault(wrong));
        }
        orders += report.stored;
        sold.sort_by_key(|s| s.draft.placed_at);
        let mut kept = Vec::new();
        for sale in &sold {
            done += 1;
            if !dice.per_10k(returning) {
                kept.push(&sale.draft);
                continue;
            }
            if let (Some(payout), Some(external)) = (&sale.payout, &sale.draft.customer_id) {
                let customer = ids::customer_id(client, external);
                app.set_payout(&scope, client, customer, payout.clone())
                    .await?;
            }
            let told = story::tell(app, client, &sale.draft, &members, now, &mut dice);
            cases += Box::pin(told).await?;
            progress(done, all);
        }
        cases += today::ask(app, client, kept.into_iter(), now).await?;
    }
    story::nothing_left_to_send(app, now).await?;
    bank::deliver(app, now).await?;
    progress(all, all);
    Ok(Installed {
        members,
        orders,
        cases,
    })
}
