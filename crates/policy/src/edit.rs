//! Changes of a policy's text by forms: a window, or the longer windows of a season. Everything
//! else of the text stays byte for byte as its author wrote it, comments included.

use crate::{
    source::{HolidaySource, PolicySource, WindowSource},
    words::SalesChannel,
};
use kernel::CountryCode;
use std::fmt;
use toml_edit::{
    Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value, value,
};

/// Where a window is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Level {
    /// For everything the client sells.
    Client,
    /// For one sales channel.
    Channel(SalesChannel),
    /// For a market the policy has, by its name.
    Market(String),
    /// For a country that gets a market of its own.
    Country(CountryCode),
    /// For a category, which begins with this if the policy has not got it.
    Category(String),
    /// For one article the policy names.
    Product(String),
}

/// `client`, `channel:store`, `market:uk`, `country:DE`, `category:apparel/knit`, `product:A-1`.
impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Client => f.write_str("client"),
            Self::Channel(channel) => write!(f, "channel:{}", channel.as_str()),
            Self::Market(name) => write!(f, "market:{name}"),
            Self::Country(code) => write!(f, "country:{}", code.as_str()),
            Self::Category(path) => write!(f, "category:{path}"),
            Self::Product(sku) => write!(f, "product:{sku}"),
        }
    }
}

impl Level {
    /// One as it was written by `Display`; none for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "client" {
            return Some(Self::Client);
        }
        let (kind, name) = text.split_once(':')?;
        if name.is_empty() {
            return None;
        }
        match kind {
            "channel" => {
                let mut all = SalesChannel::ALL.iter();
                all.find(|c| c.as_str() == name).copied().map(Self::Channel)
            }
            "market" => Some(Self::Market(name.to_owned())),
            "country" => name.parse().ok().map(Self::Country),
            "category" => Some(Self::Category(name.to_owned())),
            "product" => Some(Self::Product(name.to_owned())),
            _ => None,
        }
    }

    /// The keys from the top of the file to the rules of this level.
    fn keys(&self) -> Vec<String> {
        let keys: &[&str] = match self {
            Self::Client => &["rules"],
            Self::Channel(channel) => &["channels", channel.as_str()],
            Self::Market(name) => &["markets", name, "rules"],
            Self::Country(code) => {
                let name = code.as_str().to_ascii_lowercase();
                return vec!["markets".to_owned(), name, "rules".to_owned()];
            }
            Self::Category(path) => &["categories", path],
            Self::Product(sku) => &["products", sku, "rules"],
        };
        keys.iter().map(|k| (*k).to_owned()).collect()
    }

    /// The path of its window, as findings write paths.
    pub fn window_path(&self) -> String {
        format!("{}.window", self.keys().join("."))
    }
}

/// The text as a source, also while it is not yet a policy; none if it has not even the form of one.
pub fn source_of(text: &str) -> Option<PolicySource> {
    toml::from_str(text).ok()
}

/// The window a level has of its own.
pub fn window_of<'s>(source: &'s PolicySource, level: &Level) -> Option<&'s WindowSource> {
    let rules = match level {
        Level::Client => Some(&source.rules),
        Level::Channel(channel) => source.channels.get(channel),
        Level::Market(name) => source.markets.get(name).map(|m| &m.rules),
        Level::Country(_) => None,
        Level::Category(path) => source.categories.get(path),
        Level::Product(sku) => source.products.get(sku).map(|p| &p.rules),
    };
    rules?.window.as_ref()
}

/// Why a text cannot be changed by a form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It is not TOML.
    #[error("the text is not TOML: {0}")]
    NotToml(String),
    /// Where a table belongs stands something else.
    #[error("{0} is not a table")]
    Shape(String),
}

/// The text with `window` as the whole window of a level; an empty one inherits everything.
///
/// # Errors
/// [`EditError`]; the text is then to be mended by hand first.
pub fn set_window(text: &str, level: &Level, window: &WindowSource) -> Result<String, EditError> {
    let mut doc = read(text)?;
    if let Level::Country(code) = level {
        let name = code.as_str().to_ascii_lowercase();
        let market = descend(doc.as_table_mut(), &["markets".to_owned(), name])?;
        if !market.contains_key("countries") {
            let only: Array = [code.as_str()].into_iter().collect();
            market.insert("countries", value(only));
        }
    }
    let rules = descend(doc.as_table_mut(), &level.keys())?;
    let mut parts = InlineTable::new();
    if let Some(days) = window.days {
        parts.insert("days", i64::from(days).into());
    }
    if let Some(anchor) = window.anchor {
        parts.insert("anchor", anchor.as_str().into());
    }
    if let Some(days) = window.transit_days {
        parts.insert("transit_days", i64::from(days).into());
    }
    if let Some(as_law) = window.as_law {
        parts.insert("as_law", as_law.into());
    }
    if parts.is_empty() {
        rules.remove("window");
    } else {
        put(rules, "window", parts.into());
    }
    Ok(doc.to_string())
}

/// The text with a season: in the place of the one called `replaces`, else after the others.
///
/// # Errors
/// As [`set_window`].
pub fn set_season(
    text: &str,
    replaces: Option<&str>,
    season: &HolidaySource,
) -> Result<String, EditError> {
    let mut doc = read(text)?;
    let fields = [
        ("id", season.id.clone()),
        ("ordered_from", season.ordered_from.to_string()),
        ("ordered_to", season.ordered_to.to_string()),
        ("return_until", season.return_until.to_string()),
    ];
    let fill = |table: &mut dyn TableLike| {
        for (key, text) in &fields {
            put(table, key, text.as_str().into());
        }
    };
    let is = |table: &dyn TableLike| {
        replaces.is_some() && table.get("id").and_then(Item::as_str) == replaces
    };
    let top = doc.as_table_mut();
    let list = top
        .entry("holidays")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    match list {
        Item::ArrayOfTables(all) => {
            let at = all.iter().position(|t| is(t)).unwrap_or(all.len());
            if at == all.len() {
                all.push(Table::new());
            }
            if let Some(table) = all.get_mut(at) {
                fill(table);
            }
        }
        Item::Value(Value::Array(all)) => {
            let here = |v: &Value| v.as_inline_table().is_some_and(|t| is(t));
            let at = all.iter().position(here).unwrap_or(all.len());
            if at == all.len() {
                all.push(InlineTable::new());
            }
            if let Some(table) = all.get_mut(at).and_then(Value::as_inline_table_mut) {
                fill(table);
            }
        }
        _ => return Err(EditError::Shape("holidays".to_owned())),
    }
    Ok(doc.to_string())
}

/// The text without the season called `id`.
///
/// # Errors
/// As [`set_window`].
pub fn drop_season(text: &str, id: &str) -> Result<String, EditError> {
    let mut doc = read(text)?;
    let is = |table: &dyn TableLike| table.get("id").and_then(Item::as_str) == Some(id);
    match doc.get_mut("holidays") {
        Some(Item::ArrayOfTables(all)) => all.retain(|t| !is(t)),
        Some(Item::Value(Value::Array(all))) => {
            all.retain(|v| v.as_inline_table().is_none_or(|t| !is(t)));
        }
        _ => {}
    }
    Ok(doc.to_string())
}

fn read(text: &str) -> Result<DocumentMut, EditError> {
    text.parse()
        .map_err(|e: toml_edit::TomlError| EditError::NotToml(e.message().to_owned()))
}

/// The table at `keys`; what is missing on the way is made.
fn descend<'t>(top: &'t mut Table, keys: &[String]) -> Result<&'t mut dyn TableLike, EditError> {
    let mut at: &mut dyn TableLike = top;
    let mut inline = false;
    for (depth, key) in keys.iter().enumerate() {
        let last = depth + 1 == keys.len();
        let item = at.entry(key).or_insert_with(|| {
            if inline {
                return Item::Value(InlineTable::new().into());
            }
            let mut table = Table::new();
            // `[markets.de.rules]` needs no `[markets]` above it.
            table.set_implicit(!last);
            Item::Table(table)
        });
        inline = item.is_inline_table();
        let shape = || EditError::Shape(keys[..=depth].join("."));
        at = item.as_table_like_mut().ok_or_else(shape)?;
    }
    Ok(at)
}

/// Sets a value; spaces and a comment behind the old one stay.
fn put(table: &mut dyn TableLike, key: &str, mut new: Value) {
    if let Some(Item::Value(old)) = table.get_mut(key) {
        *new.decor_mut() = old.decor().clone();
        *old = new;
    } else {
        // A table of its own, `[rules.window]`, becomes a line.
        table.remove(key);
        table.insert(key, Item::Value(new));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Anchor, Policy};

    const TEXT: &str = "# Ours.\nname = \"Small\"\ncurrencies = [\"EUR\"]\nlanguages = [\"en\"]\n\
        authorisation_days = 14\n\n[rules]\nwindow = { days = 30 } # a month\noutcomes = [\"refund\"]\n\
        [rules.fees.restocking]\nrate = 500\n[markets.uk]\ncountries = [\"GB\"]\nrules = { return_to = \"GB\" }\n";

    fn wish(days: u16) -> WindowSource {
        WindowSource {
            days: Some(days),
            anchor: Some(Anchor::LastParcel),
            transit_days: None,
            as_law: Some(true),
        }
    }

    #[test]
    fn a_window_changes_and_nothing_else() {
        let changed = set_window(TEXT, &Level::Client, &wish(20)).unwrap();
        let line = "window = { days = 20, anchor = \"last_parcel\", as_law = true } # a month";
        assert_eq!(
            changed,
            TEXT.replace("window = { days = 30 } # a month", line)
        );
        let gone = set_window(TEXT, &Level::Client, &WindowSource::default()).unwrap();
        assert_eq!(gone, TEXT.replace("window = { days = 30 } # a month\n", ""));
    }

    #[test]
    fn every_level_gets_its_window_and_the_rest_means_the_same() {
        let before = Policy::parse_toml(TEXT).unwrap().source().clone();
        let levels = [
            "client",
            "channel:store",
            "market:uk",
            "country:DE",
            "category:apparel/knit_wear",
            "product:NB.1",
        ];
        for text in levels {
            let level = Level::parse(text).unwrap();
            assert_eq!(level.to_string(), text);
            let changed = set_window(TEXT, &level, &wish(20)).unwrap();
            let mut after: crate::PolicySource = toml::from_str(&changed).unwrap();
            let set = match &level {
                Level::Client => after
                    .rules
                    .window
                    .replace(before.rules.window.clone().unwrap()),
                Level::Channel(c) => after.channels.remove(c).unwrap().window,
                Level::Market(m) => after.markets.get_mut(m).unwrap().rules.window.take(),
                Level::Country(_) => {
                    let market = after.markets.remove("de").unwrap();
                    assert_eq!(market.countries.len(), 1);
                    market.rules.window
                }
                Level::Category(c) => after.categories.remove(c).unwrap().window,
                Level::Product(p) => after.products.remove(p).unwrap().rules.window,
            };
            assert_eq!(set, Some(wish(20)), "{changed}");
            assert_eq!(after, before, "{changed}");
            let line = crate::line_of(&changed, &level.window_path()).unwrap();
            assert!(
                changed.lines().nth(line - 1).unwrap().contains("days = 20"),
                "{changed}"
            );
            let again = set_window(&changed, &level, &wish(20)).unwrap();
            assert_eq!(again, changed, "a second time changes nothing");
        }
        assert_eq!(Level::parse("channel:moon"), None);
    }

    #[test]
    fn a_window_written_as_a_table_is_changed_too() {
        let text = TEXT.replace(
            "window = { days = 30 } # a month\noutcomes = [\"refund\"]\n",
            "outcomes = [\"refund\"]\n[rules.window]\ndays = 30\n",
        );
        let changed = set_window(&text, &Level::Client, &wish(20)).unwrap();
        let policy = Policy::parse_toml(&changed).unwrap();
        assert_eq!(policy.source().rules.window, Some(wish(20)), "{changed}");
    }

    #[test]
    fn seasons_are_added_changed_and_dropped() {
        let season = |id: &str, until: &str| HolidaySource {
            id: id.to_owned(),
            ordered_from: "2026-11-15".parse().unwrap(),
            ordered_to: "2026-12-31".parse().unwrap(),
            return_until: until.parse().unwrap(),
        };
        let seasons = |text: &str| Policy::parse_toml(text).unwrap().source().holidays.clone();
        let (a, b) = (
            season("winter", "2027-01-31"),
            season("spring", "2027-05-31"),
        );
        let one = set_season(TEXT, None, &a).unwrap();
        let two = set_season(&one, None, &b).unwrap();
        assert_eq!(seasons(&two), [a.clone(), b.clone()]);
        let longer = season("winter-26", "2027-02-15");
        let changed = set_season(&two, Some("winter"), &longer).unwrap();
        assert_eq!(seasons(&changed), [longer, b.clone()]);
        let left = drop_season(&changed, "winter-26").unwrap();
        assert_eq!(seasons(&left), std::slice::from_ref(&b));
        assert_eq!(seasons(&drop_season(&left, "spring").unwrap()), []);
        let array = format!("holidays = []\n{TEXT}");
        assert_eq!(seasons(&set_season(&array, None, &a).unwrap()), [a]);
    }

    #[test]
    fn what_cannot_be_changed_is_refused() {
        let broken = set_window("= broken", &Level::Client, &wish(1));
        assert!(matches!(broken, Err(EditError::NotToml(_))), "{broken:?}");
        let odd = set_window("rules = 3", &Level::Client, &wish(1));
        assert_eq!(odd, Err(EditError::Shape("rules".into())));
    }
}
