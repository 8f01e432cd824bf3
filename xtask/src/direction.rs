//! Who may build on whom: `kernel` <- domain <- `app` <- surfaces <- the binary.

use crate::repository::Package;

/// The crates that decide things, and what each may know. They do no I/O.
const DOMAIN: &[(&str, &[&str])] = &[
    ("kernel", &[]),
    ("law", &["kernel"]),
    ("policy", &["kernel", "law"]),
    ("analysis", &["kernel", "law", "policy"]),
    ("returns", &["kernel", "law", "policy"]),
    ("conformance", &["kernel", "law", "policy", "returns"]),
    ("invoice", &["kernel"]),
    ("ledger", &["kernel"]),
    ("logistics", &["kernel"]),
    ("privacy", &["kernel"]),
    ("reconcile", &["kernel"]),
    ("wire", &["kernel"]),
    ("risk", &["kernel"]),
    ("care", &["kernel"]),
    ("insight", &["kernel"]),
];

/// Pages or JSON; siblings that never know each other or the database.
const SURFACES: &[&str] = &["api", "desk", "dock", "portal"];

/// What surfaces share that knows the application.
const SHARED_BY_SURFACES: &str = "surface";

/// Ends of the application's ports; the heavy crates live in these.
const ADAPTERS: &[&str] = &["anchor", "gateways", "identity", "paper"];

/// The names of the domain crates.
pub fn domain() -> impl Iterator<Item = &'static str> {
    DOMAIN.iter().map(|(name, _)| *name)
}

/// Whether `name` builds pages or JSON, or is what those share.
pub fn is_surface(name: &str) -> bool {
    SURFACES.contains(&name) || name == SHARED_BY_SURFACES
}

/// Everything that points the wrong way, one sentence each. Development dependencies are free.
pub fn findings(packages: &[Package]) -> Vec<String> {
    let ours = |name: &String| name.strip_prefix("redress-").map(str::to_owned);
    let mut findings = Vec::new();
    for package in packages {
        let Some(room) = ours(&package.name) else {
            continue;
        };
        for other in package.uses.iter().filter_map(ours) {
            match may_use(&room, &other) {
                Some(true) => {}
                Some(false) => findings.push(format!("{room} must not build on {other}")),
                None => findings.push(format!("say in xtask/src/direction.rs where {room} stands")),
            }
        }
        for other in package.uses.iter().filter(|name| *name == "redress") {
            findings.push(format!("{room} must not build on the binary {other}"));
        }
    }
    findings.dedup();
    findings
}

/// Whether `room` may build on `other`; `None` for a room nobody has placed yet.
fn may_use(room: &str, other: &str) -> Option<bool> {
    if let Some((_, known)) = DOMAIN.iter().find(|(name, _)| *name == room) {
        return Some(known.contains(&other));
    }
    let is_domain = domain().any(|name| name == other);
    Some(match room {
        "ports" | "store" | "http" => other == "kernel",
        "app" => is_domain || ["store", "ports"].contains(&other),
        "bench" | "testkit" => true,
        // The demo firm is told through the application, on a store of its own.
        "demo" => is_domain || ["app", "store"].contains(&other),
        SHARED_BY_SURFACES => is_domain || ["app", "http", "paper"].contains(&other),
        // Mail words what the app decided, with the words and papers the surfaces use.
        "mail" => {
            is_domain || ["app", "http", "paper", "ports", SHARED_BY_SURFACES].contains(&other)
        }
        // Paper draws: a pure function of its argument, so a surface may hand out what it drew.
        _ if is_surface(room) => {
            is_domain || ["app", "http", "paper", SHARED_BY_SURFACES].contains(&other)
        }
        _ if ADAPTERS.contains(&room) => ["kernel", "logistics", "ports"].contains(&other),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Package, findings};

    fn package(name: &str, uses: &[&str]) -> Package {
        let uses: std::collections::BTreeSet<String> =
            uses.iter().map(|u| (*u).to_owned()).collect();
        Package {
            name: name.to_owned(),
            all: uses.clone(),
            uses,
        }
    }

    #[test]
    fn wrong_ways_are_found() {
        for (room, other) in [
            ("redress-kernel", "redress-law"),
            ("redress-law", "redress-policy"),
            ("redress-store", "redress-returns"),
            ("redress-desk", "redress-store"),
            ("redress-desk", "redress-portal"),
            ("redress-http", "redress-app"),
            ("redress-surface", "redress-desk"),
            ("redress-surface", "redress-store"),
            ("redress-app", "redress-gateways"),
            ("redress-app", "redress-testkit"),
            ("redress-paper", "redress-app"),
            ("redress-app", "redress"),
            ("redress-attic", "redress-kernel"),
        ] {
            assert_eq!(
                findings(&[package(room, &[other])]).len(),
                1,
                "{room} -> {other}"
            );
        }
    }

    #[test]
    fn right_ways_and_foreign_crates_are_not_found() {
        let packages = [
            package(
                "redress-returns",
                &["redress-kernel", "redress-policy", "jiff"],
            ),
            package(
                "redress-desk",
                &["redress-app", "redress-http", "redress-surface", "axum"],
            ),
            package("redress", &["redress-desk", "redress-store", "clap"]),
        ];
        assert_eq!(findings(&packages), Vec::<String>::new());
    }
}
