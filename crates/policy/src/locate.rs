//! From the path of a value to its line in the file it was written in.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// The line, from 1, of the value at `path` (`categories.apparel/swimwear.window`), or of the
/// deepest part of the path the file has; none if the text is not TOML or has none of it.
pub fn line_of(text: &str, path: &str) -> Option<usize> {
    let table = DeTable::parse(text).ok()?;
    let start = in_table(table.get_ref(), path)?;
    let before = text.get(..start)?;
    Some(before.matches('\n').count() + 1)
}

/// Keys hold dots and slashes (article numbers, category paths), so the path is not cut but
/// matched: the longest key it starts with.
fn in_table(table: &DeTable<'_>, path: &str) -> Option<usize> {
    let fits = |key: &str| {
        let rest = path.strip_prefix(key)?;
        if rest.is_empty() {
            Some(rest)
        } else {
            rest.strip_prefix('.')
        }
    };
    let candidates = table.iter().filter_map(|(key, value)| {
        let name: &str = key.get_ref();
        fits(name).map(|rest| (name.len(), key.span().start, value, rest))
    });
    let (_, start, value, rest) = candidates.max_by_key(|c| c.0)?;
    deeper(value, rest).or(Some(start))
}

fn deeper(value: &Spanned<DeValue<'_>>, path: &str) -> Option<usize> {
    if path.is_empty() {
        return None;
    }
    match value.get_ref() {
        DeValue::Table(table) => in_table(table, path),
        DeValue::Array(items) => {
            let (head, rest) = path.split_once('.').unwrap_or((path, ""));
            let named = |item: &Spanned<DeValue<'_>>| match item.get_ref() {
                DeValue::Table(t) => t.get("id").and_then(|id| id.get_ref().as_str()) == Some(head),
                _ => false,
            };
            let by_number = head.parse().ok().and_then(|at: usize| items.get(at));
            let item = by_number.or_else(|| items.iter().find(|item| named(item)))?;
            deeper(item, rest).or(Some(item.span().start))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::line_of;

    const TEXT: &str = "name = \"x\"\n[rules]\nwindow = { days = 3 }\n[rules.refund]\n\
        control = \"received\"\ntiers = [\n  { control = \"approved\" },\n  { control = \"received\" },\n]\n\
        [products.\"A.1\"]\nrules = {}\n[[holidays]]\nid = \"winter\"\nreturn_until = 2027-01-01\n";

    #[test]
    fn paths_have_lines() {
        for (path, line) in [
            ("name", Some(1)),
            ("rules.window.days", Some(3)),
            ("rules.window.absent", Some(3)),
            ("rules.refund.tiers.1", Some(8)),
            ("products.A.1.rules", Some(11)),
            ("holidays.winter.return_until", Some(14)),
            ("absent", None),
        ] {
            assert_eq!(line_of(TEXT, path), line, "{path}");
        }
        assert_eq!(line_of("= broken", "name"), None);
    }
}
