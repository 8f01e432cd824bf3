//! From a clause id (`market.uk.fee.restocking`) to the path of its value in the file
//! (`markets.uk.rules.fees.restocking`).

use policy::PolicySource;

/// The path of a clause; `rules` for one nobody wrote.
pub fn path_of(source: &PolicySource, clause: &str) -> String {
    if clause.is_empty() {
        return String::new();
    }
    if let Some(id) = clause.strip_prefix("holiday.") {
        return format!("holidays.{id}");
    }
    for whole in [
        "appeal",
        "disclosure",
        "countries",
        "authority",
        "reasons",
        "prefer",
    ] {
        if clause == whole || clause.starts_with(&format!("{whole}.")) {
            return clause.to_owned();
        }
    }
    let channels = source.channels.keys().map(|c| c.as_str().to_owned());
    let levels = channels
        .map(|name| (format!("channel.{name}"), format!("channels.{name}")))
        .chain(
            source
                .markets
                .keys()
                .map(|name| (format!("market.{name}"), format!("markets.{name}.rules"))),
        )
        .chain(
            source
                .categories
                .keys()
                .map(|name| (format!("category.{name}"), format!("categories.{name}"))),
        )
        .chain(
            source
                .products
                .keys()
                .map(|name| (format!("product.{name}"), format!("products.{name}.rules"))),
        );
    let fits = levels.filter_map(|(prefix, path)| {
        let rest = clause.strip_prefix(&prefix)?;
        let rest = rest.strip_prefix('.').or(rest.is_empty().then_some(""))?;
        Some((prefix.len(), path, rest.to_owned()))
    });
    match fits.max_by_key(|(length, ..)| *length) {
        Some((_, path, rest)) => format!("{path}.{}", in_level(&rest)),
        None => format!("rules.{}", in_level(clause)),
    }
}

fn in_level(name: &str) -> String {
    match name.split_once('.') {
        Some(("window" | "reason", reason)) => format!("reasons.{reason}"),
        Some(("fee", kind)) => format!("fees.{kind}"),
        Some(("bonus", outcome)) => format!("bonuses.{outcome}"),
        Some(("refund", tier)) => format!("refund.{}", tier.replace("tier.", "tiers.")),
        _ if name.is_empty() => "exclusion".to_owned(),
        _ if name == "approval" => "auto_approve".to_owned(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::path_of;
    use policy::Policy;

    #[test]
    fn clauses_have_paths() {
        let text = include_str!("../../policy/tests/data/everything.toml");
        let policy = Policy::parse_toml(text).unwrap();
        for (clause, path, written) in [
            ("window", "rules.window", "window = { days = 30"),
            (
                "window.defective",
                "rules.reasons.defective",
                "defective = { days = 730",
            ),
            (
                "refund.tier.1",
                "rules.refund.tiers.1",
                "{ fault = \"consumer\"",
            ),
            (
                "market.us.fee.return_label",
                "markets.us.rules.fees.return_label",
                "rules = { window = { days = 45",
            ),
            (
                "category.vouchers",
                "categories.vouchers.exclusion",
                "[categories.vouchers.exclusion]",
            ),
            (
                "product.EV-1.0.condition",
                "products.EV-1.0.rules.condition",
                "rules = { window = { days = 7",
            ),
            ("holiday.winter", "holidays.winter", "[[holidays]]"),
        ] {
            assert_eq!(path_of(policy.source(), clause), path);
            let line = policy::line_of(text, path).unwrap();
            let found = text.lines().nth(line - 1).unwrap();
            assert!(
                found.trim().starts_with(written),
                "{path}: line {line} is {found}"
            );
        }
    }
}
