//! A busy day: people at desks and shoppers in the portal, all at once, each thinking between two
//! pages as people do. Every page is fetched and every form sent as a browser without script would.

use crate::{
    Settings,
    form::Form,
    house, rows, seed,
    server::Server,
    settle,
    table::{self, ms},
};
use anyhow::Context as _;
use app::{App, signin::TokenKind};
use jiff::SignedDuration;
use kernel::{Role, Timestamp, UserId};
use reqwest::{Client, Method, StatusCode, header, redirect};
use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};
use store::{EngineKind, Write};
use testkit::{ALFA, Fixture};
use tokio::{task::JoinSet, time::sleep};

/// Cases there are before the day begins.
const CASES: usize = 20_000;
/// Orders of each shopper: more than one return takes while the day lasts.
const ORDERS_EACH: usize = 6;
/// Returns that wait for a decision when the day begins, for each agent.
const WAITING_EACH: usize = 3;
/// A return in the portal takes a minute and a half.
const LEAST: Duration = Duration::from_mins(2);
/// Not counted: people come in one after the other.
const WARM_UP: Duration = Duration::from_secs(12);
/// An agent looks at a page or acts every so many seconds, at random between these.
const AGENT_THINKS: (f64, f64) = (3.0, 9.0);
/// A shopper answers a question every so many seconds.
const SHOPPER_THINKS: (f64, f64) = (4.0, 16.0);

/// What somebody did and how long the answer took, seconds.
#[derive(Debug, Default)]
struct Log {
    reads: Vec<f64>,
    acts: Vec<f64>,
    /// Somebody else was first: the page says so and nothing is lost.
    late: usize,
    done: usize,
}

impl Log {
    fn join(&mut self, other: Self) {
        self.reads.extend(other.reads);
        self.acts.extend(other.acts);
        self.late += other.late;
        self.done += other.done;
    }
}

/// Somebody with a browser: an address, cookies, and a way to pause.
struct Person {
    client: Client,
    root: Arc<str>,
    address: String,
    cookies: BTreeMap<String, String>,
    random: u64,
    thinks: (f64, f64),
    from: Instant,
    log: Log,
}

/// A page as it was answered.
struct Page {
    status: StatusCode,
    path: String,
    text: String,
}

impl Page {
    /// Its address without what is answered already.
    fn step(&self) -> &str {
        self.path.split('?').next().unwrap_or_default()
    }
}

impl Person {
    /// A number below `n`; a fixed sequence per person.
    fn below(&mut self, n: usize) -> usize {
        self.random = self
            .random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.random >> 33).unwrap_or_default() % n.max(1)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "a thousandth of a second is enough"
    )]
    async fn think(&mut self) {
        let (least, most) = self.thinks;
        let part = self.below(1000) as f64 / 1000.0;
        sleep(Duration::from_secs_f64(least + (most - least) * part)).await;
    }

    async fn send(
        &mut self,
        form: Option<&Form>,
        path: &str,
    ) -> anyhow::Result<(Page, Option<String>)> {
        let method = if form.is_some() {
            Method::POST
        } else {
            Method::GET
        };
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.root))
            .header("x-forwarded-for", &self.address)
            .header(header::COOKIE, cookies.join("; "));
        if let Some(form) = form {
            request = request
                .header("sec-fetch-site", "same-origin")
                .form(&form.fields);
        }
        let begin = Instant::now();
        let answer = request.send().await?;
        let status = answer.status();
        for set in answer.headers().get_all(header::SET_COOKIE) {
            let pair = set.to_str()?.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let to = answer
            .headers()
            .get(header::LOCATION)
            .map(|to| to.to_str().map(str::to_owned));
        let to = to.transpose()?;
        let text = answer.text().await?;
        let took = begin.elapsed().as_secs_f64();
        if begin.saturating_duration_since(self.from) > Duration::ZERO {
            if form.is_some() {
                &mut self.log.acts
            } else {
                &mut self.log.reads
            }
            .push(took);
        }
        anyhow::ensure!(
            !status.is_server_error() && status != StatusCode::TOO_MANY_REQUESTS,
            "{path}: {status}"
        );
        Ok((
            Page {
                status,
                path: path.to_owned(),
                text,
            },
            to,
        ))
    }

    /// Opens an address, or sends a form, and follows to where that leads.
    async fn go(&mut self, form: Option<&Form>, path: &str) -> anyhow::Result<Page> {
        let (mut page, mut to) = self.send(form, path).await?;
        while let Some(next) = to.take() {
            let next = next.strip_prefix(&*self.root).unwrap_or(&next).to_owned();
            (page, to) = self.send(None, &next).await?;
        }
        Ok(page)
    }

    async fn open(&mut self, path: &str) -> anyhow::Result<Page> {
        let page = self.go(None, path).await?;
        anyhow::ensure!(page.status.is_success(), "{path}: {}", page.status);
        Ok(page)
    }
}

/// Prints how fast answers come while so many people work.
pub async fn run(settings: &Settings, agents: usize, shoppers: usize) -> anyhow::Result<()> {
    let scratch = tempfile::tempdir_in(&settings.scratch)?;
    let (_, whole) = rows::capture(scratch.path()).await?;
    let kind = EngineKind::Sqlite(scratch.path().join("redress.db"));
    let app = house::open(&kind).await?;
    // Every third return is worth more than the policy grants by itself, and comes when the law
    // asks for nothing any more: people decide it.
    let bought = shoppers * ORDERS_EACH;
    let large = |n: usize, now: Timestamp| {
        Fixture::draft(
            &seed::number(n),
            4,
            now - SignedDuration::from_hours(24 * 10),
        )
    };
    let draft = |n: usize, now: Timestamp| match n % 3 {
        0 => large(n, now),
        _ => Fixture::draft(&seed::number(n), 2, now),
    };
    seed::orders_of(&app, 0..bought, draft).await?;
    let waiting = bought..bought + agents * WAITING_EACH;
    seed::orders_of(&app, waiting.clone(), large).await?;
    for n in waiting {
        settle::asked(app.clone(), n, 4).await?;
    }
    let sessions = sessions(&app, agents).await?;
    drop(app);
    seed::cases(&kind, &whole, 0..CASES).await?;
    // They are the past: whatever waits for a person came in today.
    rusqlite::Connection::open(scratch.path().join("redress.db"))?.execute(
        "UPDATE return_case SET queue = 'done', due_at = ?1 WHERE queue = 'review'",
        [i64::MAX],
    )?;
    let config = scratch.path().join("redress.toml");
    // Everybody has an address of their own, as behind a proxy.
    std::fs::write(&config, "trusted_proxies = [\"127.0.0.1\"]\n")?;
    let server = Server::start_with(settings, scratch.path(), &kind, Some(&config)).await?;

    let from = Instant::now() + WARM_UP;
    let until = from + settings.time().max(LEAST);
    let mut people = JoinSet::new();
    let person = |n: usize, thinks| Person {
        client: Client::new(),
        root: server.url("").into(),
        address: format!("10.{}.{}.{}", n >> 16, (n >> 8) & 255, n & 255),
        cookies: BTreeMap::new(),
        random: n as u64,
        thinks,
        from,
        log: Log::default(),
    };
    let client = || Client::builder().redirect(redirect::Policy::none()).build();
    for (n, session) in sessions.into_iter().enumerate() {
        let mut agent = person(n + 1, AGENT_THINKS);
        agent.client = client()?;
        agent.cookies.insert("session".to_owned(), session);
        people.spawn(async move { (true, at_desk(agent, until).await) });
    }
    for n in 0..shoppers {
        let mut shopper = person(1 << 16 | n, SHOPPER_THINKS);
        shopper.client = client()?;
        people.spawn(async move { (false, in_portal(shopper, n * ORDERS_EACH, until).await) });
    }
    sleep(from.saturating_duration_since(Instant::now())).await;
    let before = server.cpu()?;
    sleep(until.saturating_duration_since(Instant::now())).await;
    let used = server.cpu()? - before;
    let (mut desk, mut portal) = (Log::default(), Log::default());
    while let Some(ended) = people.join_next().await {
        let (agent, log) = ended?;
        if agent { &mut desk } else { &mut portal }.join(log?);
    }
    report(
        &server,
        (until - from, used),
        (agents, desk),
        (shoppers, portal),
    )
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of one run are far below 2^52"
)]
fn report(
    server: &Server,
    (time, used): (Duration, f64),
    desk: (usize, Log),
    portal: (usize, Log),
) -> anyhow::Result<()> {
    let seconds = time.as_secs_f64();
    table::begin(
        "A busy day (SQLite, fsync on)",
        &[
            "who",
            "what",
            "answers",
            "a second",
            "p50",
            "p95",
            "p99",
            "slowest",
            "target p95",
        ],
    );
    for (who, (people, log)) in [("agents", desk), ("shoppers", portal)] {
        for (what, mut took, target) in [("reads", log.reads, 0.3), ("actions", log.acts, 0.5)] {
            took.sort_by(f64::total_cmp);
            let part = |part: usize| {
                let at = (took.len() * part / 100).min(took.len().saturating_sub(1));
                ms(took.get(at).copied().unwrap_or(f64::NAN))
            };
            table::row(&[
                format!("{people} {who}"),
                what.to_owned(),
                took.len().to_string(),
                format!("{:.1}", took.len() as f64 / seconds),
                part(50),
                part(95),
                part(99),
                part(100),
                ms(target),
            ]);
        }
        println!(
            "<!-- {who}: {} finished, {} refused as somebody else was first -->",
            log.done, log.late
        );
    }
    println!(
        "\nThe program used {:.2} of a core and {:.0} MiB; whoever measures shares the same cores.",
        used / seconds,
        server.memory("VmHWM")?
    );
    Ok(())
}

/// People who may decide what waits, signed in.
async fn sessions(app: &App, agents: usize) -> anyhow::Result<Vec<String>> {
    let mut write = Write::new();
    let mut sessions = Vec::new();
    for n in 0..agents {
        let user = UserId(app.mint(app.now()));
        App::put_user(
            &mut write,
            user,
            &format!("Agent {n}"),
            Role::TeamLead,
            &[ALFA],
            app.now(),
        )?;
        sessions.push(app.put_token(&mut write, TokenKind::Session, user, "bench", 24));
    }
    app.store().write(write).await?;
    Ok(sessions)
}

/// The queue, a case of it, and what can be done there: granted where that is offered, else noted.
async fn at_desk(mut agent: Person, until: Instant) -> anyhow::Result<Log> {
    agent.think().await;
    while Instant::now() < until {
        let queue = agent.open("/desk?queue=review").await?;
        agent.think().await;
        let cases: Vec<&str> = queue
            .text
            .split("href=\"/desk/1/")
            .skip(1)
            .filter_map(|rest| rest.split(['"', '?']).next())
            .collect();
        let at = agent.below(cases.len());
        let Some(case) = cases.get(at).map(|case| format!("/desk/1/{case}")) else {
            continue;
        };
        let page = agent.open(&case).await?;
        agent.think().await;
        let act = if page.text.contains("do=authorise") {
            "authorise"
        } else {
            "note"
        };
        let asked = agent
            .go(None, &format!("{case}?queue=review&do={act}"))
            .await?;
        agent.think().await;
        let Ok(form) = Form::of(&asked.text, &format!("/do/{act}")) else {
            agent.log.late += 1;
            continue;
        };
        let form = form.with(if act == "note" { "note" } else { "reason" }, "Looked at");
        let path = form.action.clone();
        let answer = agent.go(Some(&form), &path).await?;
        match answer.status {
            StatusCode::OK => agent.log.done += 1,
            StatusCode::CONFLICT => agent.log.late += 1,
            other => anyhow::bail!("{path}: {other}"),
        }
        agent.think().await;
    }
    Ok(agent.log)
}

/// Returns of one order after the other, question by question, then a look at how it stands.
async fn in_portal(mut shopper: Person, first: usize, until: Instant) -> anyhow::Result<Log> {
    shopper.think().await;
    for n in (first..first + ORDERS_EACH).cycle() {
        let number = seed::number(n);
        let mut page = shopper.open("/p/alfa/find").await?;
        while !page.step().ends_with("/done") {
            shopper.think().await;
            if Instant::now() >= until {
                return Ok(shopper.log);
            }
            let step = page.step();
            let form = Form::of(&page.text, "type=\"submit\"")
                .with_context(|| format!("{step}: {}", page.status))?;
            let form = match step.rsplit('/').next().unwrap_or_default() {
                "find" => form.with("number", &number).with(
                    "proof",
                    &format!("kim.{number}@shopper.example").to_lowercase(),
                ),
                "items" => form.with("units-0", if n.is_multiple_of(3) { "4" } else { "1" }),
                "reason" => form.with("reason", "changed_mind"),
                "outcome" => form.with("outcome", "refund"),
                "send" => form.with("send", "print"),
                _ => form,
            };
            let path = form.action.clone();
            let path = if path.is_empty() {
                page.path.clone()
            } else {
                path
            };
            page = shopper.go(Some(&form), &path).await?;
            anyhow::ensure!(page.status.is_success(), "{path}: {}", page.status);
        }
        shopper.log.done += 1;
        shopper.think().await;
        let status = page.step().trim_end_matches("/done").to_owned();
        shopper.open(&status).await?;
        shopper.think().await;
    }
    Ok(shopper.log)
}
