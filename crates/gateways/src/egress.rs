//! The one way out to an address somebody else chose: a webhook's, an identity provider's. https and
//! a few ports, no user names; the name is looked up once, everything it stands for must be a
//! public address, and one of those very addresses is connected to, so a name that changes its
//! mind in between leads nowhere. No redirects, no proxy of the environment, a small time-out
//! (A19).

use reqwest::{Client, Url, redirect};
use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

/// How long one call may take.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Ports others serve the public on.
const PORTS: [u16; 2] = [443, 8443];

/// Why an address is not called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not a URL.
    #[error("the address is not a URL")]
    NoUrl,
    /// Another scheme, or a user name in it.
    #[error("only https addresses without a user name are called")]
    Scheme,
    /// A port nothing public is served on.
    #[error("only ports 443 and 8443 are called")]
    Port,
    /// This machine, this network, or a range that hides one of those.
    #[error("the address is not a public one")]
    Private,
    /// Nothing by that name, for now.
    #[error("the name cannot be looked up")]
    NoName,
}

impl Refused {
    /// Whether another try may do better.
    pub const fn may_pass(self) -> bool {
        matches!(self, Self::NoName)
    }
}

/// The way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Egress {
    /// Lets http, every port and private addresses through: for tests and demos on one machine.
    pub allow_private: bool,
}

impl Egress {
    /// What can be said against an address before anything is looked up.
    ///
    /// # Errors
    /// Why it is never called.
    pub fn look(self, text: &str) -> Result<Url, Refused> {
        let url: Url = text.parse().map_err(|_| Refused::NoUrl)?;
        let scheme = url.scheme() == "https" || (self.allow_private && url.scheme() == "http");
        if !scheme || !url.username().is_empty() || url.password().is_some() {
            return Err(Refused::Scheme);
        }
        let port = url.port_or_known_default();
        if !self.allow_private && !port.is_some_and(|port| PORTS.contains(&port)) {
            return Err(Refused::Port);
        }
        // The parser has made one form of whatever way the numbers were written in.
        let literal = host(&url).parse::<IpAddr>();
        if !self.allow_private && literal.is_ok_and(|ip| !is_public(ip)) {
            return Err(Refused::Private);
        }
        Ok(url)
    }

    /// A client that connects to this address and to nothing else, and the address.
    ///
    /// # Errors
    /// Why it is not called.
    pub async fn client(self, text: &str) -> Result<(Client, Url), Refused> {
        let url = self.look(text)?;
        let port = url.port_or_known_default().unwrap_or(443);
        let found = tokio::net::lookup_host((host(&url), port)).await;
        let found: Vec<SocketAddr> = found.map_err(|_| Refused::NoName)?.collect();
        if !self.allow_private && found.iter().any(|address| !is_public(address.ip())) {
            return Err(Refused::Private);
        }
        if found.is_empty() {
            return Err(Refused::NoName);
        }
        crate::choose_tls();
        // A client per call: pinning the checked addresses is worth more than a kept connection.
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(TIMEOUT)
            .resolve_to_addrs(url.host_str().unwrap_or_default(), &found)
            .build()
            .map_err(|_| Refused::NoName)?;
        Ok((client, url))
    }
}

fn host(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.trim_start_matches('[').trim_end_matches(']')
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

    #[test]
    fn a19_an_address_inside_is_refused_however_it_is_written() {
        let strict = Egress {
            allow_private: false,
        };
        for (url, why) in [
            ("nonsense", Refused::NoUrl),
            ("file:///etc/passwd", Refused::Scheme),
            ("http://93.184.215.14/", Refused::Scheme),
            ("gopher://93.184.215.14/", Refused::Scheme),
            ("https://u:p@93.184.215.14/", Refused::Scheme),
            ("https://93.184.215.14:22/", Refused::Port),
            ("https://93.184.215.14:6379/", Refused::Port),
            ("https://127.0.0.1/", Refused::Private),
            ("https://2130706433/", Refused::Private),
            ("https://0x7f.1/", Refused::Private),
            ("https://0177.0.0.1/", Refused::Private),
            ("https://169.254.169.254/latest/meta-data", Refused::Private),
            ("https://[::1]/", Refused::Private),
            ("https://[::ffff:10.0.0.1]/", Refused::Private),
            ("https://[64:ff9b::7f00:1]/", Refused::Private),
            ("https://127。0。0。1/", Refused::Private),
        ] {
            assert_eq!(strict.look(url).err(), Some(why), "{url}");
        }
        assert!(strict.look("https://hooks.example.com:8443/x").is_ok());
    }

    #[tokio::test]
    async fn a19_a_name_that_leads_inside_is_refused_when_it_is_called() {
        let strict = Egress {
            allow_private: false,
        };
        let refused = strict.client("https://localhost/").await;
        assert_eq!(refused.err(), Some(Refused::Private));
    }
}
