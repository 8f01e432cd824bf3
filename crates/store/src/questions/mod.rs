//! What the app asks. Every text is a named constant that a test prepares on both engines; every
//! question takes the client (or the list of clients in scope) first. Questions that must find
//! the client from an outside key (an RMA on a parcel, a tracking number, an obligation named by
//! a bank) return references only, which the caller then checks against its scope.

pub mod answers;
pub mod approvals;
pub mod articles;
mod assembled;
pub mod books;
pub mod cases;
pub mod clocks;
pub mod credit;
pub mod declarations;
pub mod disputes;
pub mod documents;
pub mod found;
pub mod law;
pub mod ledger;
pub mod money;
pub mod orders;
pub mod payouts;
pub mod people;
pub mod policies;
pub mod privacy;
pub mod recon;
pub mod security;
pub mod signin;
pub mod work;

/// What a command wants to know beside a case and its order, in the same round trip.
#[derive(Debug, Clone, Copy, Default)]
pub struct Also<'a> {
    /// The answer stored under this key.
    pub idempotency_key: Option<&'a str>,
    /// In how many cases opened after this moment, milliseconds, goods stayed with the customer …
    pub kept_after_ms: i64,
    /// … and opened up to this one.
    pub kept_until_ms: i64,
}

impl Also<'_> {
    /// Nothing else.
    pub const NOTHING: Self = Self {
        idempotency_key: None,
        kept_after_ms: 0,
        kept_until_ms: 0,
    };
}

/// Names SQL texts, so that one test can prepare all of them on both engines.
macro_rules! sql {
    ($($name:ident = $text:expr;)*) => {
        $(pub(crate) const $name: &str = $text;)*
        pub(crate) const ALL: &[(&str, &str)] = &[$((stringify!($name), $text)),*];
    };
}

/// A question on whichever engine is open; on PostgreSQL with its wall, in the same round trip.
macro_rules! walled {
    (number, $fetch:ident, $store:expr, $sql:expr $(, $bind:expr)*) => {
        match $store.engine() {
            crate::Engine::Lite(pool) => {
                sqlx::query_scalar::<_, i64>($sql)$(.bind($bind))*.$fetch(pool).await
            }
            crate::Engine::Pg(pool) => {
                sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(crate::wall::question($sql)))
                    $(.bind($bind))*.bind(crate::wall::seen().to_string()).$fetch(pool).await
            }
        }
    };
    ($query:ident, $fetch:ident, $store:expr, $sql:expr $(, $bind:expr)*) => {
        match $store.engine() {
            crate::Engine::Lite(pool) => sqlx::$query($sql)$(.bind($bind))*.$fetch(pool).await,
            crate::Engine::Pg(pool) => {
                sqlx::$query(sqlx::AssertSqlSafe(crate::wall::question($sql)))
                    $(.bind($bind))*.bind(crate::wall::seen().to_string()).$fetch(pool).await
            }
        }
    };
}

/// All rows of a question.
macro_rules! rows {
    ($store:expr, $sql:expr $(, $bind:expr)*) => {
        crate::questions::walled!(query_as, fetch_all, $store, $sql $(, $bind)*)
    };
}

/// The one row of a question, if there is one.
macro_rules! maybe {
    ($store:expr, $sql:expr $(, $bind:expr)*) => {
        crate::questions::walled!(query_as, fetch_optional, $store, $sql $(, $bind)*)
    };
}

/// One number.
macro_rules! number {
    ($store:expr, $sql:expr $(, $bind:expr)*) => {
        crate::questions::walled!(number, fetch_one, $store, $sql $(, $bind)*)
    };
}

pub(crate) use {maybe, number, rows, sql, walled};

/// A question as PostgreSQL is asked it, for the tests that look at plans.
#[doc(hidden)]
pub fn walled_text(sql: &str) -> String {
    crate::wall::walled_question(sql)
}

/// Every text of every module with its name, for the tests that prepare them and look at their
/// plans; those put together for several clients stand for three.
#[doc(hidden)]
pub fn all_texts() -> Vec<(&'static str, String)> {
    let named = [
        answers::sql::ALL,
        approvals::sql::ALL,
        articles::sql::ALL,
        books::sql::ALL,
        cases::sql::ALL,
        clocks::sql::ALL,
        credit::sql::ALL,
        declarations::sql::ALL,
        disputes::sql::ALL,
        documents::sql::ALL,
        found::sql::ALL,
        law::sql::ALL,
        ledger::sql::ALL,
        money::sql::ALL,
        orders::sql::ALL,
        payouts::sql::ALL,
        people::sql::ALL,
        policies::sql::ALL,
        privacy::sql::ALL,
        recon::sql::ALL,
        security::sql::ALL,
        signin::sql::ALL,
        work::sql::ALL,
    ]
    .concat();
    let clients = [1, 2, 3].map(kernel::ClientId);
    let few = [1, 2, 3].map(uuid::Uuid::from_u128);
    let assembled = [
        (
            "CASES_IN_QUEUE",
            cases::in_queue(&clients, "review", (0, uuid::Uuid::nil()), 50),
        ),
        ("QUEUE_COUNTS", cases::counts(&clients, &["review", "done"])),
        (
            "CLOCKS_ON_LIST",
            clocks::listed(&clients, "work", None, &clocks::START, 50),
        ),
        (
            "CLOCKS_OF_KIND",
            clocks::listed(&clients, "work", Some("refund"), &clocks::START, 50),
        ),
        ("CLOCK_COUNTS", clocks::counted(&clients, &[1, 2])),
        (
            "DECLARATIONS_IN_STATE",
            declarations::listed(&clients, "open", (0, uuid::Uuid::nil()), 50),
        ),
        (
            "DISPUTES_ON_LIST",
            disputes::listed(&clients, "open", (0, uuid::Uuid::nil()), 50),
        ),
        ("DISPUTE_OUTCOMES", disputes::counted(&clients)),
        ("APPROVALS_COUNTED", approvals::counted(&clients, "waiting")),
        (
            "APPROVALS_IN_STATE",
            approvals::listed(&clients, "waiting", 50),
        ),
        ("PAYOUT_ASKS_COUNTED", payouts::counted(&clients, "waiting")),
        (
            "PAYOUT_ASKS_IN_STATE",
            payouts::listed(&clients, "waiting", 50),
        ),
        ("STRAYS_OPEN", found::listed(&clients, 50)),
        ("DRAFT_COUNTS", policies::counted(&clients, "open")),
        ("CASES_MATCHING", cases::matching(&clients, "A-1", 20)),
        (
            "PERSON_KEYS",
            privacy::of_people(clients[0], &few, "person"),
        ),
        ("TILES", ledger::named_tiles(clients[0], &[(0, 1), (1, 0)])),
        (
            "OBLIGATIONS_IN_STATE",
            money::in_state(&clients, "sent", 50),
        ),
        (
            "RECON_OBLIGATIONS",
            recon::of_payments(clients[0], recon::Of::Obligations, &few),
        ),
        (
            "RECON_ENTRIES",
            recon::of_payments(clients[0], recon::Of::Entries, &few),
        ),
        (
            "RECON_WORDS",
            recon::of_payments(clients[0], recon::Of::Words, &few),
        ),
        (
            "RECON_BREAKS_OF",
            recon::of_payments(clients[0], recon::Of::Breaks, &few),
        ),
        ("JOBS_IN_STATE", work::in_state(&clients, "dead", 50)),
    ];
    let named = named
        .into_iter()
        .map(|(name, text)| (name, text.to_owned()));
    let assembled = assembled.map(|(name, all)| (name, all.into_text()));
    named.chain(assembled).collect()
}
