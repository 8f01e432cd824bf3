//! The real program as a process: start, stop, and what the kernel counts of it.

use crate::Settings;
use anyhow::Context as _;
use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use store::EngineKind;

/// How long a start may take.
const START_MAX: Duration = Duration::from_secs(30);
/// Ticks of processor time in a second on every Linux.
const TICKS: f64 = 100.0;

/// A running `redress serve`; stopped when dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From start to the first answer.
    pub start: Duration,
}

impl Server {
    /// Starts it on this database and waits until it answers.
    pub async fn start(
        settings: &Settings,
        data: &Path,
        engine: &EngineKind,
    ) -> anyhow::Result<Self> {
        Self::start_with(settings, data, engine, None).await
    }

    /// The same under a configuration file.
    pub async fn start_with(
        settings: &Settings,
        data: &Path,
        engine: &EngineKind,
        config: Option<&Path>,
    ) -> anyhow::Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(&settings.redress);
        command
            .arg("--listen")
            .arg(address.to_string())
            .arg("--data")
            .arg(data);
        if let Some(config) = config {
            command.arg("--config").arg(config);
        }
        command.arg("serve");
        if let EngineKind::Postgres(url) = engine {
            command.arg("--database-url").arg(url);
        }
        let begin = Instant::now();
        let child = command
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("{} cannot be started", settings.redress.display()))?;
        let mut server = Self {
            child,
            address,
            start: Duration::ZERO,
        };
        let client = reqwest::Client::new();
        let alive = format!("http://{address}/livez");
        while begin.elapsed() < START_MAX {
            let answer = client.get(&alive).send().await;
            if answer.is_ok_and(|a| a.status().is_success()) {
                server.start = begin.elapsed();
                return Ok(server);
            }
            if let Some(status) = server.child.try_wait()? {
                anyhow::bail!("the server ended at once: {status}");
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        anyhow::bail!("the server does not answer at {alive}")
    }

    /// An address on it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Processor time it has used, seconds.
    pub fn cpu(&self) -> anyhow::Result<f64> {
        cpu_of(self.child.id())
    }

    /// A figure of `/proc/PID/status` in MiB: `VmRSS` is memory now, `VmHWM` the most so far.
    pub fn memory(&self, figure: &str) -> anyhow::Result<f64> {
        memory_of(self.child.id(), figure)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Nothing it holds is kept, so it need not end in order.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Processor time of one process, seconds.
fn cpu_of(pid: u32) -> anyhow::Result<f64> {
    let (_, user, system) = stat(pid)?;
    Ok((user + system) / TICKS)
}

/// Parent, user ticks and system ticks of a process.
fn stat(pid: u32) -> anyhow::Result<(u32, f64, f64)> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The name in parentheses may hold anything; the fields after it are numbers.
    let (_, fields) = text
        .rsplit_once(") ")
        .context("a process has a stat line")?;
    let fields: Vec<&str> = fields.split(' ').collect();
    let field = |i: usize| fields.get(i).copied().unwrap_or_default();
    Ok((field(1).parse()?, field(11).parse()?, field(12).parse()?))
}

/// A memory figure of one process, MiB.
pub fn memory_of(pid: u32, figure: &str) -> anyhow::Result<f64> {
    let text = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = text
        .lines()
        .find_map(|l| l.strip_prefix(figure)?.strip_prefix(':'));
    let kib: f64 = line
        .unwrap_or_default()
        .trim()
        .trim_end_matches(" kB")
        .parse()?;
    Ok(kib / 1024.0)
}

/// Processor time of every process of the PostgreSQL that `backend` belongs to, seconds.
pub fn postgres_cpu(backend: u32) -> anyhow::Result<f64> {
    let (postmaster, _, _) = stat(backend)?;
    let mut total = 0.0;
    for entry in fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(pid) = name.to_str().and_then(|n| n.parse().ok()) else {
            continue;
        };
        // A process may end while it is looked at.
        if let Ok((parent, user, system)) = stat(pid)
            && parent == postmaster
        {
            total += (user + system) / TICKS;
        }
    }
    Ok(total)
}
