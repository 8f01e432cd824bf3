//! Posting webhooks: https to public addresses, no redirects, small time-outs. The address is
//! looked up once, checked, and the very address that was checked is connected to, so a name
//! that changes its mind in between leads nowhere.

use async_trait::async_trait;
use ports::{SendError, WebhookRequest, WebhookSender};
use reqwest::{Client, Url, redirect};
use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

/// How long one delivery may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Posts over HTTP.
#[derive(Debug, Clone, Copy)]
pub struct HttpWebhooks {
    /// Lets http and private addresses through: for tests and demos on one machine only.
    pub allow_private: bool,
}

#[async_trait]
impl WebhookSender for HttpWebhooks {
    async fn post(&self, request: &WebhookRequest) -> Result<u16, SendError> {
        let url: Url = request
            .url
            .parse()
            .map_err(|_| SendError::Never("the address is not a URL".into()))?;
        let address = self.address(&url).await?;
        let host = url.host_str().unwrap_or_default().to_owned();
        crate::choose_tls();
        // A client per call: pinning the checked address is worth more than a kept connection.
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .timeout(TIMEOUT)
            .resolve(&host, address)
            .build()
            .map_err(|e| SendError::Later(e.to_string()))?;
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

impl HttpWebhooks {
    /// The one address to connect to, if everything the name stands for is allowed.
    async fn address(&self, url: &Url) -> Result<SocketAddr, SendError> {
        let allowed = url.scheme() == "https" || (self.allow_private && url.scheme() == "http");
        if !allowed || !url.username().is_empty() || url.password().is_some() {
            return Err(SendError::Never(
                "only https addresses are posted to".into(),
            ));
        }
        let (host, port) = (
            url.host_str().unwrap_or_default(),
            url.port_or_known_default(),
        );
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let found = tokio::net::lookup_host((host, port.unwrap_or(443)))
            .await
            .map_err(|e| SendError::Later(format!("the name cannot be looked up: {e}")))?;
        let found: Vec<SocketAddr> = found.collect();
        if !self.allow_private && found.iter().any(|a| !is_public(a.ip())) {
            return Err(SendError::Never("the address is not a public one".into()));
        }
        found
            .first()
            .copied()
            .ok_or_else(|| SendError::Later("the name has no address".into()))
    }
}

/// Whether an address is reachable from anywhere: not this machine, not this network, not a
/// documentation, multicast or translated range that hides one of those.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            !(v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_unspecified()
                || v4.is_broadcast()
                || v4.is_multicast()
                || v4.is_documentation()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 192 && b == 0 && c == 0)
                || (a == 198 && (18..20).contains(&b)))
        }
        IpAddr::V6(v6) => {
            if let Some(v4) = v6.to_ipv4_mapped() {
                return is_public(IpAddr::V4(v4));
            }
            let s = v6.segments();
            !(v6.is_loopback()
                || v6.is_unspecified()
                || v6.is_multicast()
                || (s[0] & 0xfe00) == 0xfc00
                || (s[0] & 0xffc0) == 0xfe80
                // 6to4, NAT64, Teredo and documentation carry other addresses inside.
                || s[0] == 0x2002
                || (s[0] == 0x0064 && s[1] == 0xff9b)
                || (s[0] == 0x2001 && (s[1] == 0 || s[1] == 0x0db8)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_count() {
        for bad in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
        ] {
            assert!(!is_public(bad.parse().unwrap()), "{bad}");
        }
        for good in ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"] {
            assert!(is_public(good.parse().unwrap()), "{good}");
        }
    }

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
}
