//! A scripted provider on a local socket: one request a connection, answers made by a function.

use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    /// `POST /v1/…`.
    pub line: String,
    head: String,
    /// Its body.
    pub body: String,
}

impl Request {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|l| l.split_once(": "))
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v)
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

/// What the provider does.
pub enum Reply {
    /// Answers.
    Send(u16, String),
    /// Hangs up.
    Drop,
    /// Never answers.
    Hold,
}

/// Everything that was asked, in order.
pub type Asked = Arc<Mutex<Vec<Request>>>;

/// A provider that answers by `answer`; gives its address and what it was asked.
pub async fn provider(answer: impl FnMut(&Request) -> Reply + Send + 'static) -> (String, Asked) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let asked = Asked::default();
    let (answer, heard) = (Arc::new(Mutex::new(answer)), Arc::clone(&asked));
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let (answer, heard) = (Arc::clone(&answer), Arc::clone(&heard));
            tokio::spawn(async move {
                let Some((socket, request)) = read(socket).await else {
                    return;
                };
                let reply = {
                    let mut answer = answer.lock().unwrap();
                    heard.lock().unwrap().push(request.clone());
                    answer(&request)
                };
                send(socket, reply).await;
            });
        }
    });
    (base, asked)
}

async fn read(mut socket: TcpStream) -> Option<(TcpStream, Request)> {
    let mut bytes = Vec::new();
    loop {
        let mut part = [0; 4096];
        let n = socket.read(&mut part).await.unwrap_or(0);
        bytes.extend_from_slice(&part[..n]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let (line, head) = head.split_once("\r\n").unwrap_or((head, ""));
            let request = Request {
                line: line.trim_end_matches(" HTTP/1.1").to_owned(),
                head: head.to_owned(),
                body: body.to_owned(),
            };
            let length = request
                .header("content-length")
                .and_then(|l| l.parse().ok());
            if request.body.len() >= length.unwrap_or(0) {
                return Some((socket, request));
            }
        }
        if n == 0 {
            return None;
        }
    }
}

async fn send(mut socket: TcpStream, reply: Reply) {
    match reply {
        Reply::Send(status, body) => {
            let text = format!(
                "HTTP/1.1 {status} x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = socket.write_all(text.as_bytes()).await;
        }
        Reply::Drop => {}
        Reply::Hold => std::future::pending::<()>().await,
    }
}
