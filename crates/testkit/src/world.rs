//! Time, chance and the app built on them. A [`World`] can crash: at a point chosen by the test,
//! the running command or job unwinds as if the process had died there, and what was stored is
//! all that is left.

use crate::{
    Engine,
    fixture::Fixture,
    outside::{Outbox, ScriptedBank, ScriptedTill},
};
use app::{App, House, Post};
use futures::FutureExt as _;
use kernel::Timestamp;
use ports::{Clock, Entropy};
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng as _, SeedableRng as _},
};
use std::{
    future::Future,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use store::WriteWatch;

/// The unwinding of a crash.
#[derive(Debug)]
pub struct Crash;

/// Counts down over the seams of the outside world and the database; at zero it crashes.
///
/// A *seam* is any use of clock, chance, provider or database. The ones that can leave something
/// behind (a call of the provider, a write; before it and after it) are *points* and have names.
#[derive(Debug, Default)]
pub struct CrashPlan(Mutex<Plan>);

#[derive(Debug, Default)]
struct Plan {
    /// Seams to go, if a crash is planned.
    left: Option<i64>,
    /// Whether only points count.
    points_only: bool,
    /// Points passed, while somebody counts them.
    passed: Option<Vec<String>>,
}

impl CrashPlan {
    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Crash at the `n`-th seam from now.
    pub fn arm(&self, n: i64) {
        let mut plan = self.plan();
        (plan.left, plan.points_only) = (Some(n), false);
    }

    /// Crash at the `n`-th point from now.
    pub fn arm_at_point(&self, n: i64) {
        let mut plan = self.plan();
        (plan.left, plan.points_only) = (Some(n), true);
    }

    /// No crash.
    pub fn disarm(&self) {
        self.plan().left = None;
    }

    /// Counts points from now on, from none.
    pub fn count(&self) {
        self.plan().passed = Some(Vec::new());
    }

    /// The points passed since [`CrashPlan::count`], the one it crashed at included.
    pub fn passed(&self) -> Vec<String> {
        self.plan().passed.clone().unwrap_or_default()
    }

    /// A place where the process may die.
    pub fn seam(&self) {
        self.pass(None);
    }

    /// A place where the process may die and leave something behind.
    pub fn point(&self, name: &str) {
        self.pass(Some(name));
    }

    fn pass(&self, name: Option<&str>) {
        let mut plan = self.plan();
        if let (Some(name), Some(passed)) = (name, &mut plan.passed) {
            passed.push(name.to_owned());
        }
        let counts = name.is_some() || !plan.points_only;
        let Some(left) = plan.left.as_mut().filter(|_| counts) else {
            return;
        };
        *left -= 1;
        if *left < 0 {
            plan.left = None;
            drop(plan);
            // Without the panic hook: a planned crash is no news.
            std::panic::resume_unwind(Box::new(Crash));
        }
    }
}

impl WriteWatch for CrashPlan {
    fn before(&self, to: &[&'static str]) {
        self.point(&format!("before writing {}", to.join(" ")));
    }

    fn after(&self, to: &[&'static str]) {
        self.point(&format!("after writing {}", to.join(" ")));
    }
}

/// A clock set by hand.
#[derive(Debug)]
pub struct HandClock {
    now: Mutex<Timestamp>,
    plan: Arc<CrashPlan>,
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        self.plan.seam();
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Random bits from a seed.
#[derive(Debug)]
pub struct Seeded {
    rng: Mutex<ChaCha8Rng>,
    plan: Arc<CrashPlan>,
}

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        self.plan.seam();
        self.rng
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .fill_bytes(bytes);
    }
}

/// The app, its database, and everything around it.
#[derive(Debug)]
pub struct World {
    /// The app.
    pub app: App,
    /// Its database.
    pub engine: Engine,
    /// The scripted payment provider.
    pub bank: Arc<ScriptedBank>,
    /// Mail and webhooks that went out.
    pub outbox: Arc<Outbox>,
    /// Where it crashes next.
    pub plan: Arc<CrashPlan>,
    clock: Arc<HandClock>,
    entropy: Arc<Seeded>,
}

/// The morning every test begins on: Monday, 1 June 2026.
///
/// # Panics
/// Never; the text is a time.
pub fn morning() -> Timestamp {
    #[expect(clippy::expect_used, reason = "a constant")]
    "2026-06-01T08:00:00Z".parse().expect("a time")
}

impl World {
    /// A world with the two clients, people and policies of the [`Fixture`].
    ///
    /// # Panics
    /// When the app cannot be set up.
    pub async fn new(engine: Engine, seed: u64) -> Self {
        let world = Self::on(engine, seed).await;
        Fixture::install(&world.app).await;
        world
    }

    /// A world on a database that is set up already.
    ///
    /// # Panics
    /// When the app cannot be opened.
    pub async fn on(engine: Engine, seed: u64) -> Self {
        let plan = Arc::new(CrashPlan::default());
        let clock = Arc::new(HandClock {
            now: Mutex::new(morning()),
            plan: plan.clone(),
        });
        let rng = Mutex::new(ChaCha8Rng::seed_from_u64(seed));
        let entropy = Arc::new(Seeded {
            rng,
            plan: plan.clone(),
        });
        let bank = Arc::new(ScriptedBank::new(plan.clone()));
        let outbox = Arc::new(Outbox::default());
        let app = Self::open(&engine, &plan, &clock, &entropy, &bank, &outbox).await;
        Self {
            app,
            engine,
            bank,
            outbox,
            plan,
            clock,
            entropy,
        }
    }

    #[expect(clippy::expect_used, reason = "a test without an app cannot run")]
    async fn open(
        engine: &Engine,
        plan: &Arc<CrashPlan>,
        clock: &Arc<HandClock>,
        entropy: &Arc<Seeded>,
        bank: &Arc<ScriptedBank>,
        outbox: &Arc<Outbox>,
    ) -> App {
        let house = House {
            store: engine.open().await.watched(plan.clone()),
            clock: clock.clone(),
            entropy: entropy.clone(),
            gateways: vec![bank.clone(), Arc::new(ScriptedTill(bank.clone()))],
            webhooks: outbox.clone(),
            post: Post {
                writer: outbox.clone(),
                mailer: outbox.clone(),
            },
            reports: Arc::new(gateways::settlement::Reader),
            base_url: "https://returns.example".to_owned(),
            ledger_origin: "returns.example/ledger".to_owned(),
            secrets: app::house::Secrets::default(),
        };
        App::open(house).await.expect("the app opens")
    }

    /// Starts the app again on the same database, as after a crash.
    pub async fn restart(&mut self) {
        self.plan.disarm();
        self.app = Self::open(
            &self.engine,
            &self.plan,
            &self.clock,
            &self.entropy,
            &self.bank,
            &self.outbox,
        )
        .await;
    }

    /// Another process on the same database and beside the same outside world.
    pub async fn beside(&self) -> App {
        Self::open(
            &self.engine,
            &self.plan,
            &self.clock,
            &self.entropy,
            &self.bank,
            &self.outbox,
        )
        .await
    }

    /// The time now, without a seam.
    pub fn now(&self) -> Timestamp {
        *self
            .clock
            .now
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Chance and time as they are for `seed`, whatever ran before: a seed means the same alone
    /// and among others.
    pub fn begin(&self, seed: u64) {
        let mut rng = self
            .entropy
            .rng
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *rng = ChaCha8Rng::seed_from_u64(seed);
        *self
            .clock
            .now
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = morning();
    }

    /// Lets time pass.
    pub fn pass(&self, seconds: i64) {
        let mut now = self
            .clock
            .now
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *now += jiff::SignedDuration::from_secs(seconds);
    }

    /// Runs `work`; `Err(Crash)` if a planned crash ended it. A real panic goes on.
    pub async fn survive<T>(&self, work: impl Future<Output = T>) -> Result<T, Crash> {
        let done = AssertUnwindSafe(work).catch_unwind().await;
        self.plan.disarm();
        done.map_err(|panic| match panic.downcast::<Crash>() {
            Ok(crash) => *crash,
            Err(other) => std::panic::resume_unwind(other),
        })
    }

    /// Runs jobs until none is due now.
    ///
    /// # Panics
    /// When jobs keep making jobs for ever, or the outbox cannot be read.
    #[expect(
        clippy::expect_used,
        reason = "a test whose outbox cannot be read fails"
    )]
    pub async fn run_jobs(&self) {
        for _ in 0..1000 {
            if self
                .app
                .run_due_jobs()
                .await
                .expect("the outbox is readable")
                == 0
            {
                return;
            }
        }
        panic!("jobs never end");
    }
}
