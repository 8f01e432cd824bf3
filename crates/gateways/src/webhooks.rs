//! Posting webhooks, by the guarded way out ([`crate::egress`]).

use crate::egress::Egress;
use async_trait::async_trait;
use ports::{SendError, WebhookRequest, WebhookSender};

/// Posts over HTTP.
#[derive(Debug, Clone, Copy)]
pub struct HttpWebhooks {
    /// Lets http and private addresses through: for tests and demos on one machine only.
    pub allow_private: bool,
}

impl HttpWebhooks {
    const fn egress(self) -> Egress {
        Egress {
            allow_private: self.allow_private,
        }
    }
}

#[async_trait]
impl WebhookSender for HttpWebhooks {
    fn would_post(&self, url: &str) -> bool {
        self.egress().look(url).is_ok()
    }

    async fn post(&self, request: &WebhookRequest) -> Result<u16, SendError> {
        let (client, url) = self
            .egress()
            .client(&request.url)
            .await
            .map_err(|refused| {
                if refused.may_pass() {
                    SendError::Later(refused.to_string())
                } else {
                    SendError::Never(refused.to_string())
                }
            })?;
        let mut post = client.post(url).body(request.body.clone());
        for (name, value) in &request.headers {
            post = post.header(name, value);
        }
        match post.send().await {
            Ok(answer) => Ok(answer.status().as_u16()),
            Err(e) => Err(SendError::Later(e.without_url().to_string())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpListener,
    };

    #[tokio::test]
    async fn what_may_not_be_posted_to_is_refused_before_anything_is_sent() {
        let strict = HttpWebhooks {
            allow_private: false,
        };
        for url in [
            "http://93.184.215.14/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "file:///x",
            "https://u:p@example.com/",
        ] {
            let request = WebhookRequest {
                url: url.into(),
                headers: Vec::new(),
                body: Vec::new(),
            };
            let answer = strict.post(&request).await;
            assert!(
                matches!(answer, Err(SendError::Never(_))),
                "{url}: {answer:?}"
            );
        }
    }

    #[tokio::test]
    async fn a19_a_redirect_is_an_answer_and_is_not_followed() {
        let inside = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let outside = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (to, at) = (inside.local_addr().unwrap(), outside.local_addr().unwrap());
        let serve = tokio::spawn(async move {
            let (mut socket, _) = outside.accept().await.unwrap();
            let mut asked = [0; 4096];
            let _ = socket.read(&mut asked).await.unwrap();
            let answer = format!(
                "HTTP/1.1 302 Found\r\nLocation: http://{to}/\r\nContent-Length: 0\r\n\r\n"
            );
            socket.write_all(answer.as_bytes()).await.unwrap();
        });
        let open = HttpWebhooks {
            allow_private: true,
        };
        let request = WebhookRequest {
            url: format!("http://{at}/"),
            headers: Vec::new(),
            body: Vec::new(),
        };
        assert_eq!(open.post(&request).await.unwrap(), 302);
        serve.await.unwrap();
        let asked = futures::FutureExt::now_or_never(inside.accept());
        assert!(asked.is_none(), "nobody came");
    }
}
