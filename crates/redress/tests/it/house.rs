//! A house to start the server in: two clients, their people and keys, and orders to return,
//! written to the database before the server first opens it.

use app::{
    App, House as Built, Post, directory::put_client, settings::PayerAccount, signin::TokenKind,
};
use kernel::{ClientId, Role, Scope, Timestamp, UserId};
use ports::{Clock, Entropy};
use sqlx::{Connection as _, Executor as _};
use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use store::{EngineKind, Store, Write};
use tempfile::TempDir;
use testkit::{ALFA, BRAVO, Engine, Fixture, outside::Outbox};

/// The clock of the machine: the server under test has no other.
#[derive(Debug)]
struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the server under test runs by it, too"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The random bits of the machine.
#[derive(Debug)]
struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).unwrap();
    }
}

/// A data directory, a database, and keys to speak with.
pub struct House {
    /// The data directory.
    pub data: PathBuf,
    /// Key of an administrator of the first client.
    pub alfa: String,
    /// Key of a team lead of the first client.
    pub lead: String,
    /// Key of an administrator of the second client.
    pub bravo: String,
    /// Session of an administrator of both in a browser.
    pub session: String,
    kind: EngineKind,
    /// The role of the database its servers run as: it passes no walls.
    role: Option<String>,
    _files: TempDir,
    _server: Option<Engine>,
}

impl House {
    /// On SQLite in a directory of its own under `target/`.
    pub async fn sqlite() -> Self {
        let files = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let kind = EngineKind::Sqlite(files.path().join("redress.db"));
        Self::furnish(files, kind, None).await
    }

    /// On PostgreSQL; none, and said so, when there is no server.
    pub async fn postgres() -> Option<Self> {
        let server = Engine::postgres().await?;
        let files = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let mut house = Self::furnish(files, server.kind.clone(), Some(server)).await;
        house.role = Some(house.make_role().await);
        Some(house)
    }

    /// A role for the server that neither owns tables nor passes row-level security, and which
    /// `redress migrate` lets read and write.
    async fn make_role(&self) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let role = format!("server_{}_{number}", std::process::id());
        let EngineKind::Postgres(url) = &self.kind else {
            panic!("roles are of PostgreSQL");
        };
        let mut owner = sqlx::PgConnection::connect(url).await.unwrap();
        let drop = format!("DROP ROLE IF EXISTS {role}");
        let make = format!("CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB");
        for statement in [drop, make] {
            let statement = sqlx::raw_sql(sqlx::AssertSqlSafe(statement));
            owner.execute(statement).await.unwrap();
        }
        let mut migrate = self.command();
        let migrated = migrate.args(["migrate", "--server-role", &role]).output();
        let migrated = migrated.unwrap();
        assert!(migrated.status.success(), "{migrated:?}");
        role
    }

    /// Where the database is for who serves it.
    pub fn server_kind(&self) -> EngineKind {
        match (&self.kind, &self.role) {
            (EngineKind::Postgres(url), Some(role)) => {
                let (_, host) = url.split_once('@').unwrap();
                EngineKind::Postgres(format!("postgres://{role}@{host}"))
            }
            (kind, _) => kind.clone(),
        }
    }

    /// A token of a new person in `role` at `clients`.
    pub async fn person(&self, kind: TokenKind, role: Role, clients: &[ClientId]) -> String {
        let app = self.app().await;
        let (now, id) = (app.now(), UserId(app.mint(app.now())));
        let mut write = Write::new();
        App::put_user(&mut write, id, role.as_str(), role, clients, now).unwrap();
        let token = app.put_token(&mut write, kind, id, "test", 24);
        app.store().write(write).await.unwrap();
        token
    }

    async fn furnish(files: TempDir, kind: EngineKind, server: Option<Engine>) -> Self {
        let app = open(&kind).await;
        Fixture::install(&app).await;
        let mut write = Write::new();
        let mut settings = Fixture::settings("Alfa Gifts");
        settings.payer = Some(PayerAccount {
            name: "Alfa Gifts GmbH".into(),
            iban: testkit::fixture::IBAN.into(),
            bic: None,
        });
        put_client(&mut write, ALFA, "alfa", "Alfa Gifts", &settings, app.now()).unwrap();
        let mut person = |kind: TokenKind, role: Role, clients: &[ClientId]| {
            let (now, id) = (app.now(), UserId(app.mint(app.now())));
            App::put_user(&mut write, id, "Fault Test", role, clients, now).unwrap();
            app.put_token(&mut write, kind, id, "fault test", 24)
        };
        let alfa = person(TokenKind::ApiKey, Role::Admin, &[ALFA]);
        let lead = person(TokenKind::ApiKey, Role::TeamLead, &[ALFA]);
        let bravo = person(TokenKind::ApiKey, Role::Admin, &[BRAVO]);
        let session = person(TokenKind::Session, Role::Admin, &[ALFA, BRAVO]);
        app.store().write(write).await.unwrap();
        app.reload_directory().await.unwrap();
        let data = files.path().to_owned();
        Self {
            data,
            alfa,
            lead,
            bravo,
            session,
            kind,
            role: None,
            _files: files,
            _server: server,
        }
    }

    /// Imports orders of one lamp (line 0) and one vase (line 1) for a client.
    pub async fn orders(&self, client: ClientId, numbers: &[String]) {
        let app = self.app().await;
        let drafts = numbers
            .iter()
            .map(|n| Fixture::draft(n, 1, app.now()))
            .collect();
        Fixture::orders(&app, client, drafts).await;
    }

    /// The house opened by the test itself, next to or instead of the server.
    pub async fn app(&self) -> App {
        open(&self.kind).await
    }

    /// Where the database is.
    pub fn kind(&self) -> &EngineKind {
        &self.kind
    }

    /// The `redress` command on this house; the caller adds what to do.
    pub fn command(&self) -> Command {
        self.command_in(&self.data)
    }

    /// The same on another machine: the same database, a data directory of its own.
    pub fn command_in(&self, data: &Path) -> Command {
        Self::command_on(data, &self.kind)
    }

    /// The command that serves: as the role of the database that passes no walls.
    pub fn server_in(&self, data: &Path) -> Command {
        let mut command = Self::command_on(data, &self.server_kind());
        command.env_remove("REDRESS_ALLOW_BYPASSING_ROLE");
        command
    }

    fn command_on(data: &Path, kind: &EngineKind) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
        // What the shell of a developer exports is not part of the test.
        for name in ["CONFIG", "DATA", "DATABASE_URL", "LISTEN", "BASE_URL"] {
            command.env_remove(format!("REDRESS_{name}"));
        }
        command
            .current_dir(data)
            .arg("--data")
            .arg(data)
            .arg("--json");
        if let EngineKind::Postgres(url) = kind {
            command.arg("--database-url").arg(url);
        }
        command
    }

    /// Runs `redress ledger verify` for a client by its slug.
    pub fn verify(&self, client: &str) -> Output {
        let mut command = self.command();
        command
            .args(["ledger", "verify", "--client", client])
            .output()
            .unwrap()
    }

    /// Asserts that the ledger of both clients holds, that every invariant does, and that the read
    /// models are what the events say. For a house whose server has stopped.
    pub async fn assert_in_order(&self) {
        for client in ["alfa", "bravo"] {
            let checked = self.verify(client);
            assert_eq!(checked.status.code(), Some(0), "{client}: {checked:?}");
        }
        let (app, system) = (self.app().await, Scope::system());
        let audit = app.audit(&system, |_| ()).await.unwrap();
        assert!(
            audit.is_ok(),
            "{:#?} and {} more",
            audit.findings,
            audit.more
        );
        let rebuilt = app.rebuild(&system, true).await.unwrap();
        assert!(
            rebuilt.changed.is_empty() && rebuilt.skipped.is_empty(),
            "{rebuilt:?}"
        );
    }

    /// Asserts that no payment stands in two files for the bank of the first client or twice in
    /// one, wherever the files lie by now; gives how many payments there are.
    pub fn assert_paid_once(&self) -> usize {
        let mut files = Vec::new();
        walk(&self.data.join("bank"), &mut files);
        let mut ids = Vec::new();
        for text in files.iter().filter_map(|f| std::fs::read_to_string(f).ok()) {
            if text.contains("<CstmrCdtTrfInitn>") {
                let after = text.split("<EndToEndId>").skip(1);
                ids.extend(after.filter_map(|t| Some(t.split_once('<')?.0.to_owned())));
            }
        }
        let unique: HashSet<&String> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "ordered twice: {ids:?}");
        ids.len()
    }
}

fn walk(dir: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(dir) else {
        return;
    };
    for path in entries.map(|e| e.unwrap().path()) {
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|e| e == "xml") {
            files.push(path);
        }
    }
}

pub async fn open(kind: &EngineKind) -> App {
    let clock = Arc::new(SystemClock);
    let outside = Arc::new(Outbox::default());
    let store = Store::open(kind, clock.now().as_millisecond(), 2)
        .await
        .unwrap();
    let built = Built {
        store,
        clock,
        entropy: Arc::new(SystemEntropy),
        gateways: Vec::new(),
        webhooks: outside.clone(),
        post: Post {
            writer: outside.clone(),
            mailer: outside,
        },
        reports: Arc::new(gateways::settlement::Reader),
        base_url: "https://returns.example".into(),
        ledger_origin: "returns.example/ledger".into(),
        secrets: app::house::Secrets::default(),
    };
    App::open(built).await.unwrap()
}
