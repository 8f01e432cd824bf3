//! Where a request comes from: its address, with the last part left out where it is kept, and the
//! browser in words.

use app::door::Origin;
use axum::{
    extract::FromRequestParts,
    http::{Extensions, HeaderMap, header, request::Parts},
};
use std::{convert::Infallible, net::IpAddr, ops::Deref};

/// Where the request comes from. An extractor that cannot fail; without an address (in tests) it is
/// empty.
#[derive(Debug, Clone)]
pub struct From(pub Origin);

impl Deref for From {
    type Target = Origin;
    fn deref(&self) -> &Origin {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for From {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(origin(&parts.headers, &parts.extensions)))
    }
}

/// The same outside an extractor.
pub fn origin(headers: &HeaderMap, extensions: &Extensions) -> Origin {
    let ip = redress_http::peer::of(extensions);
    let agent = headers.get(header::USER_AGENT);
    Origin {
        address: ip.map(|ip| ip.to_string()).unwrap_or_default(),
        shown: ip.map(masked).unwrap_or_default(),
        device: device(agent.and_then(|v| v.to_str().ok()).unwrap_or_default()),
    }
}

/// An address without the part that tells machines of one network apart.
fn masked(ip: IpAddr) -> String {
    match ip {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.x")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::x")
        }
    }
}

/// Browser family and system, from what the browser calls itself.
fn device(agent: &str) -> String {
    let first = |known: &[(&'static str, &'static str)]| {
        let found = known.iter().find(|(mark, _)| agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iOS"),
        ("iPad", "iOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_their_end_and_browsers_get_a_name() {
        let shown = |ip: &str| masked(ip.parse::<IpAddr>().unwrap());
        assert_eq!(shown("203.0.113.77"), "203.0.113.x");
        assert_eq!(shown("2001:db8:1:2::3"), "2001:db8:1::x");
        let edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/140 Safari/537 Edg/140";
        assert_eq!(device(edge), "Edge, Windows");
        assert_eq!(device("curl/8"), "");
    }
}
