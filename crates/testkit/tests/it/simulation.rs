//! The seeded simulation. `REDRESS_SEEDS` asks for more (or names one: `REDRESS_SEEDS=17..18`).

use std::ops::Range;
use testkit::{Engine, World, sim};

#[expect(
    clippy::disallowed_methods,
    reason = "a test run is told how much to do this way"
)]
fn seeds(default: u64) -> Range<u64> {
    let Ok(wanted) = std::env::var("REDRESS_SEEDS") else {
        return 0..default;
    };
    let number = |s: &str| s.parse::<u64>().expect("REDRESS_SEEDS is N or FROM..TO");
    match wanted.split_once("..") {
        Some((from, to)) => number(from)..number(to),
        None => 0..number(&wanted),
    }
}

/// Seeds that share a database: its growth is no part of what is tested.
const SHARED_BY: u64 = 50;

async fn run(world: &mut World, seeds: Range<u64>) -> sim::Tally {
    let mut tally = sim::Tally::default();
    for seed in seeds {
        tally += sim::run_seed(world, seed).await;
    }
    // Sums over all of them: balances, stock levels, store credit, the log.
    world.run_jobs().await;
    let audit = world.app.audit(&kernel::Scope::system(), |_| ()).await;
    let audit = audit.expect("an audit");
    assert!(audit.is_ok(), "{:#?}", audit.findings);
    tally
}

#[tokio::test]
async fn a_thousand_seeds_keep_the_invariants_on_sqlite() {
    let seeds = seeds(1000);
    let count = seeds.end - seeds.start;
    let mut tally = sim::Tally::default();
    let mut from = seeds.start;
    while from < seeds.end {
        let to = seeds.end.min(from + SHARED_BY);
        let mut world = World::new(Engine::sqlite(), from).await;
        tally += run(&mut world, from..to).await;
        from = to;
    }
    println!("{count} seeds: {tally:?}");
    // The simulation must really simulate: crashes, cases and payments in quantity.
    assert!(
        tally.cases >= count && tally.crashes > count && tally.paid > count / 4,
        "{tally:?}"
    );
}

#[tokio::test]
async fn seeds_keep_the_invariants_on_postgres() {
    if let Some(engine) = Engine::postgres().await {
        let mut world = World::new(engine, 1).await;
        let tally = run(&mut world, seeds(60)).await;
        println!("{tally:?}");
        assert!(tally.crashes > 0 && tally.paid > 0, "{tally:?}");
    }
}
