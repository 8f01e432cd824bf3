//! One run of `redress serve`, and what can be done to it: wait for it, stop it, kill it.

use crate::{client::http, house::House};
use std::{
    fs::File,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    time::{Duration, Instant},
};

/// Every wait ends here; only a server that hangs takes this long.
pub const BOUND: Duration = Duration::from_secs(30);

/// Asks until there is an answer; fails the test when there is none within `bound`.
pub async fn until<T>(what: &str, bound: Duration, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let end = Instant::now() + bound;
    let mut again = tokio::time::interval(Duration::from_millis(10));
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(Instant::now() < end, "{what}: not within {bound:?}");
        again.tick().await;
    }
}

/// A free port of this machine. It is free again when this returns, so another process may take
/// it first; ports are handed out in turn, which makes that unlikely.
pub fn free_port() -> u16 {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    socket.local_addr().unwrap().port()
}

/// A running server; killed when it is dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts a server on this house and returns at once. What it prints goes to `server.log` in
    /// the data directory.
    pub fn start(house: &House, port: u16) -> Self {
        Self::start_in(house, &house.data, port)
    }

    /// The same on another machine: the same database, a data directory of its own.
    pub fn start_in(house: &House, data: &Path, port: u16) -> Self {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut log = File::options();
        let log = log
            .append(true)
            .create(true)
            .open(house.data.join("server.log"))
            .unwrap();
        let mut command = house.server_in(data);
        command
            .arg("--listen")
            .arg(address.to_string())
            .arg("serve");
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log);
        Self {
            child: command.spawn().unwrap(),
            address,
        }
    }

    /// Starts a server and waits until it is ready.
    pub async fn ready(house: &House, port: u16) -> Self {
        let mut server = Self::start(house, port);
        server.wait_ready(house).await;
        server
    }

    /// Waits until `/readyz` says yes.
    pub async fn wait_ready(&mut self, house: &House) {
        let ended = self.ended_or_ready().await;
        assert!(
            ended.is_none(),
            "the server ended with {ended:?}: {}",
            log(house)
        );
    }

    /// Waits until `/readyz` says yes, or the server has ended: then its exit status.
    pub async fn ended_or_ready(&mut self) -> Option<ExitStatus> {
        let (http, url) = (http(), format!("http://{}/readyz", self.address));
        until("the server is ready", BOUND, async || {
            if let Some(ended) = self.child.try_wait().unwrap() {
                return Some(Some(ended));
            }
            let answer = http.get(&url).send().await.ok()?;
            answer.status().is_success().then_some(None)
        })
        .await
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop, as a service manager does; see [`Server::ended`].
    pub fn terminate(&self) {
        let script = format!("kill -TERM {}", self.child.id());
        assert!(
            Command::new("sh")
                .args(["-c", &script])
                .status()
                .unwrap()
                .success()
        );
    }

    /// Its exit status, if it ends within `bound`.
    pub async fn ended(mut self, bound: Duration) -> ExitStatus {
        until("the server ends", bound, async || {
            self.child.try_wait().unwrap()
        })
        .await
    }

    /// Asks it to stop and asserts that it did so in good order.
    pub async fn stop(self) {
        self.terminate();
        let status = self.ended(BOUND).await;
        assert!(status.success(), "{status}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended; then there is nothing to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the servers of this house printed so far.
pub fn log(house: &House) -> String {
    std::fs::read_to_string(house.data.join("server.log")).unwrap_or_default()
}
