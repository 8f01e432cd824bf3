//! `redress routes`: every address the server answers, as its door declares it, and which roles
//! come in. `docs/rights.md` is this, and a test holds it to that.

use crate::{Verdict, out::Out, serve};
use kernel::{Permission, Role};
use serde_json::{Value, json};
use std::fmt::Write as _;
use surface::door::{By, Declared, Effect, Tenant, Who};

/// Prints them.
pub fn run(out: Out) -> Verdict {
    let all = serve::declared();
    let rows: Vec<Value> = all.iter().map(row).collect();
    out.answer(&rows, || page(&all));
    Verdict::InOrder
}

fn who(who: Who) -> String {
    match who {
        Who::Anybody => "everybody".into(),
        Who::Link => "who holds the link".into(),
        Who::Shopper => "the shopper of the order".into(),
        Who::Sender => "its sender, by signature".into(),
        Who::Operator => "the operator's token".into(),
        Who::Holder => "who holds a session".into(),
        Who::Person => "who is signed in".into(),
        Who::Right(right) => right.as_str().into(),
        Who::AnyOf(list) => {
            let names: Vec<_> = list.iter().map(|right| right.as_str()).collect();
            names.join(" or ")
        }
    }
}

const fn tenant(tenant: Tenant) -> &'static str {
    match tenant {
        Tenant::None => "none",
        Tenant::Reach => "those in reach",
        Tenant::Number => "the number in the address",
        Tenant::Slug => "the name in the address",
    }
}

fn row(route: &Declared) -> Value {
    let admitted = Role::ALL
        .iter()
        .filter(|role| route.door.who.admits(role.permissions()) == Some(true));
    let by_rights = route.door.who.admits(Role::Admin.permissions()).is_some();
    json!({
        "method": route.method,
        "path": route.path,
        "who": who(route.door.who),
        "client": tenant(route.door.tenant),
        "changes": route.effect == Effect::Changes,
        "session_only": route.by == By::Session,
        "roles": by_rights.then(|| admitted.map(|role| role.as_str()).collect::<Vec<_>>()),
    })
}

/// The page of `docs/`.
fn page(all: &[Declared]) -> String {
    let mut text = String::from(
        "# Rights\n\n\
         Written by `redress routes`; `crates/redress/tests/it/rights.rs` checks that it is current and tries every\n\
         line of it on a running server: each role at its own client, at a foreign one and at one that does not\n\
         exist, and nobody signed in. Not found and not yours are one answer.\n\n\
         ## Roles\n\n| Right |",
    );
    for role in Role::ALL {
        let _ = write!(text, " {} |", role.as_str());
    }
    text.push_str("\n|---|");
    text.push_str(&"---|".repeat(Role::ALL.len()));
    for right in Permission::ALL {
        let _ = write!(text, "\n| `{}` |", right.as_str());
        for role in Role::ALL {
            let has = role.permissions().has(*right);
            text.push_str(if has { " yes |" } else { " |" });
        }
    }
    text.push_str(
        "\n\n## Addresses\n\nA route is declared with its door (`crates/surface/src/door.rs`) or cannot be served. *Client* says\n\
         whose data it is about; a client out of reach is answered like one that does not exist.\n\n\
         | | Address | Who | Client | Changes |\n|---|---|---|---|---|\n",
    );
    for route in all {
        let changes = if route.effect == Effect::Changes {
            "yes"
        } else {
            ""
        };
        let _ = writeln!(
            text,
            "| {} | `{}` | {} | {} | {} |",
            route.method,
            route.path,
            who(route.door.who),
            tenant(route.door.tenant),
            changes
        );
    }
    text
}
