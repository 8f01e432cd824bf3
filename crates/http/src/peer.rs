//! Where a request comes from: the peer of the connection, and only when that is a configured
//! proxy, the last hop before it that is none. Headers of everybody else are not looked at, so a
//! client cannot say who it is (A22).

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{Extensions, HeaderMap},
    middleware::Next,
    response::Response,
};
use serde::{Serialize, Serializer};
use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    str::FromStr,
    sync::Arc,
};

/// Hops of a forwarding header looked at; a real chain is short.
const HOPS_MAX: usize = 32;

/// The address a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// The address of a request with these extensions, if it is known.
pub fn of(extensions: &Extensions) -> Option<IpAddr> {
    let told = extensions.get::<Peer>().map(|Peer(ip)| *ip);
    let socket = extensions.get::<ConnectInfo<SocketAddr>>();
    told.or_else(|| socket.map(|ConnectInfo(socket)| plain(socket.ip())))
}

/// An address as it is written in logs: the last part of it is left out, so that it names a
/// network and no household.
pub fn masked(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{}/24", Ipv4Addr::new(a, b, c, 0))
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
    }
}

/// Middleware: `from_fn_with_state(proxies, peer::tell)`. Puts the [`Peer`] into the request.
pub async fn tell(
    State(proxies): State<Arc<[Network]>>,
    mut request: Request,
    next: Next,
) -> Response {
    let socket = request.extensions().get::<ConnectInfo<SocketAddr>>();
    if let Some(ConnectInfo(socket)) = socket {
        let from = behind(plain(socket.ip()), request.headers(), &proxies);
        request.extensions_mut().insert(Peer(from));
    }
    next.run(request).await
}

/// The first hop from the right that is no proxy of ours. A hop that cannot be read ends the way:
/// what stands before it was written by somebody else.
fn behind(socket: IpAddr, headers: &HeaderMap, proxies: &[Network]) -> IpAddr {
    let ours = |ip: IpAddr| proxies.iter().any(|network| network.holds(ip));
    let mut last = socket;
    let mut hops: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .flat_map(|value| value.to_str().unwrap_or("?").split(','))
        .collect();
    hops.reverse();
    for hop in hops.into_iter().take(HOPS_MAX) {
        if !ours(last) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(ip) => last = plain(ip),
            Err(_) => break,
        }
    }
    last
}

/// An IPv4 address written as IPv6 is the IPv4 address.
fn plain(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(ip, IpAddr::V4),
        IpAddr::V4(_) => ip,
    }
}

/// Addresses that begin alike: `10.0.0.0/8`, or one: `192.0.2.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    ip: IpAddr,
    bits: u8,
}

/// Text that is no network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoNetwork;

impl FromStr for Network {
    type Err = NoNetwork;

    fn from_str(text: &str) -> Result<Self, NoNetwork> {
        let (ip, bits) = text
            .split_once('/')
            .map_or((text, None), |(i, b)| (i, Some(b)));
        let ip: IpAddr = ip.parse().map_err(|_| NoNetwork)?;
        let most = if ip.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.parse().map_err(|_| NoNetwork))?;
        if bits > most {
            return Err(NoNetwork);
        }
        Ok(Self { ip, bits })
    }
}

impl Network {
    /// Whether an address is one of these.
    pub fn holds(self, ip: IpAddr) -> bool {
        match (self.ip, ip) {
            (IpAddr::V4(own), IpAddr::V4(ip)) => {
                let mask = u32::MAX.checked_shl(u32::from(32 - self.bits)).unwrap_or(0);
                (own.to_bits() ^ ip.to_bits()) & mask == 0
            }
            (IpAddr::V6(own), IpAddr::V6(ip)) => {
                let left = u32::from(128 - self.bits);
                let mask = u128::MAX.checked_shl(left).unwrap_or(0);
                (own.to_bits() ^ ip.to_bits()) & mask == 0
            }
            _ => false,
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.ip, self.bits)
    }
}

impl Serialize for Network {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(socket: &str, header: &[&str], proxies: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in header {
            headers.append("x-forwarded-for", line.parse().unwrap());
        }
        let proxies: Vec<Network> = proxies.iter().map(|p| p.parse().unwrap()).collect();
        behind(socket.parse().unwrap(), &headers, &proxies).to_string()
    }

    #[test]
    fn a22_a_header_counts_only_from_a_proxy_and_from_the_right() {
        let ours = ["10.0.0.0/8", "::1"];
        assert_eq!(from("203.0.113.9", &["1.1.1.1"], &ours), "203.0.113.9");
        assert_eq!(from("10.1.2.3", &["1.1.1.1"], &[]), "10.1.2.3");
        assert_eq!(from("10.1.2.3", &["1.1.1.1"], &ours), "1.1.1.1");
        // What the client wrote itself stands on the left of what the proxy saw.
        assert_eq!(from("10.1.2.3", &["6.6.6.6, 1.1.1.1"], &ours), "1.1.1.1");
        assert_eq!(
            from("::1", &["6.6.6.6", "1.1.1.1, 10.9.9.9"], &ours),
            "1.1.1.1"
        );
        assert_eq!(from("10.1.2.3", &["6.6.6.6, nonsense"], &ours), "10.1.2.3");
        assert_eq!(from("10.1.2.3", &["::ffff:1.1.1.1"], &ours), "1.1.1.1");
    }

    #[test]
    fn networks_hold_what_begins_alike() {
        let network = |text: &str| text.parse::<Network>();
        let net = network("192.168.0.0/16").unwrap();
        assert!(net.holds("192.168.255.1".parse().unwrap()));
        assert!(!net.holds("192.169.0.1".parse().unwrap()));
        assert!(
            network("0.0.0.0/0")
                .unwrap()
                .holds("8.8.8.8".parse().unwrap())
        );
        assert!(
            network("2001:db8::/32")
                .unwrap()
                .holds("2001:db8:1::1".parse().unwrap())
        );
        for wrong in ["", "10.0.0.0/33", "10.0.0/8", "host"] {
            assert_eq!(network(wrong), Err(NoNetwork), "{wrong}");
        }
        assert_eq!(masked("192.0.2.77".parse().unwrap()), "192.0.2.0/24");
        assert_eq!(
            masked("2001:db8:1:2::3".parse().unwrap()),
            "2001:db8:1::/48"
        );
    }
}
