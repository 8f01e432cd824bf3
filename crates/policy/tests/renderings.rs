//! What a policy says to people and programs: every term of the language has its clause, and the
//! machine forms are the same bytes for the same version. The sentences are tested where they are
//! made (`crates/surface/tests/`).
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use policy::{Policy, PolicySource, describe, publish};
use serde_json::Value;

const POLICIES: [&str; 4] = [
    include_str!("data/everything.toml"),
    include_str!("../../../packs/policies/apparel.toml"),
    include_str!("../../../packs/policies/giftware.toml"),
    include_str!("../../../packs/policies/marketplace.toml"),
];

/// Terms customers need not read: beginnings or ends of paths, and why.
const UNSAID: [(&str, &str); 10] = [
    ("/name", "the name of the file"),
    (
        "/languages",
        "which languages there are is seen from the links",
    ),
    ("/currencies", "amounts are said in the default currency"),
    ("/JPY", "amounts are said in the default currency"),
    ("/countries", "the law of each is a page of its own"),
    (
        "/disclosure",
        "what the shop shows before a sale is seen there",
    ),
    ("/authority", "who may decide what is a matter of the house"),
    ("/return_to", "the label says where goods go"),
    ("/route", "the label says where goods go"),
    ("/id", "the name of a season"),
];

/// Every leaf of a document, by its path.
fn leaves(value: &Value, path: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                leaves(value, &format!("{path}/{key}"), out);
            }
        }
        Value::Array(list) if list.iter().any(Value::is_object) => {
            for (i, value) in list.iter().enumerate() {
                leaves(value, &format!("{path}/{i}"), out);
            }
        }
        _ => out.push(path.to_owned()),
    }
}

/// The document without the leaf at `path`; with another value there if it cannot be left out.
fn changed(document: &Value, path: &str) -> Vec<Value> {
    let (parent, key) = path.rsplit_once('/').unwrap();
    let mut without = document.clone();
    if let Some(Value::Object(map)) = without.pointer_mut(parent) {
        map.remove(&key.replace("~1", "/").replace("~0", "~"));
    }
    let mut other = document.clone();
    let leaf = other.pointer_mut(path).unwrap();
    *leaf = match leaf.clone() {
        Value::Bool(set) => (!set).into(),
        Value::Number(n) => (n.as_i64().unwrap() - 1).into(),
        Value::Array(mut list) => {
            list.pop();
            list.into()
        }
        Value::String(text) if text.contains(' ') => format!("{text}!").into(),
        Value::String(text) => match text.parse::<f64>() {
            Ok(_) => text.replacen(char::is_numeric, "7", 1).into(),
            Err(_) => text
                .replace("merchant", "none")
                .replace("donate", "keep")
                .into(),
        },
        value => value,
    };
    vec![without, other]
}

#[test]
fn every_term_of_the_language_has_a_clause() {
    let toml: toml::Value = toml::from_str(POLICIES[0]).unwrap();
    let document = serde_json::to_value(toml).unwrap();
    let compile = |value: &Value| {
        let source: PolicySource = serde_json::from_value(value.clone()).ok()?;
        Policy::compile(source).ok()
    };
    let whole = compile(&document).unwrap();
    let said = describe(&whole);
    let mut paths = Vec::new();
    leaves(&document, "", &mut paths);
    let (mut tried, mut silent) = (0, Vec::new());
    for path in &paths {
        let quiet = |(part, _): &(&str, &str)| path.starts_with(part) || path.ends_with(part);
        if UNSAID.iter().any(quiet) {
            continue;
        }
        let versions: Vec<Policy> = changed(&document, path)
            .iter()
            .filter_map(compile)
            .collect();
        let versions: Vec<&Policy> = versions
            .iter()
            .filter(|p| p.hash() != whole.hash())
            .collect();
        tried += usize::from(!versions.is_empty());
        if !versions.is_empty() && versions.iter().all(|policy| describe(policy) == said) {
            silent.push(path.as_str());
        }
    }
    assert!(tried > 75, "{tried} of {} terms tried", paths.len());
    assert_eq!(
        silent, EXPLAINED_AS_A_WHOLE,
        "no clause changes with these terms"
    );
}

/// Figures of which a clause says only that they matter, the statutory ground behind the client's
/// words, and names under which rules and reasons are grouped.
const EXPLAINED_AS_A_WHOLE: [&str; 5] = [
    "/categories/apparel~1swimwear/exclusion/legal",
    "/products/EV-1.0/category",
    "/reasons/fit/text/en",
    "/rules/returnless/economics/resale",
    "/rules/returnless/economics/return_cost/EUR",
];

#[test]
fn machine_forms_are_the_same_bytes_for_the_same_version() {
    for text in POLICIES {
        let policy = Policy::parse_toml(text).unwrap();
        // Written again in another order, with comments: the same version.
        let value: toml::Value = toml::from_str(text).unwrap();
        let again =
            Policy::parse_toml(&format!("# again\n{}", toml::to_string(&value).unwrap())).unwrap();
        assert_eq!(policy.hash(), again.hash());
        assert_eq!(
            publish::open_json(&policy).unwrap(),
            publish::open_json(&again).unwrap()
        );
        assert_eq!(
            publish::schema_org(&policy).unwrap(),
            publish::schema_org(&again).unwrap()
        );
        let changed = text.replace("authorisation_days = ", "authorisation_days = 1");
        let changed = Policy::parse_toml(&changed).unwrap();
        assert_ne!(
            publish::open_json(&policy).unwrap(),
            publish::open_json(&changed).unwrap()
        );
    }
}

#[test]
fn structured_data_says_what_the_policy_says() {
    let policy = Policy::parse_toml(POLICIES[1]).unwrap();
    let data: Value = serde_json::from_str(&publish::schema_org(&policy).unwrap()).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    let [general, us] = &data["@graph"].as_array().unwrap()[..] else {
        panic!("one for everywhere, one for the United States");
    };
    assert_eq!(general["@type"], "MerchantReturnPolicy");
    assert_eq!(general["merchantReturnDays"], 30);
    assert_eq!(general["returnFees"], "https://schema.org/FreeReturn");
    assert_eq!(us["applicableCountry"], serde_json::json!(["US"]));
    assert_eq!(us["returnFees"], "https://schema.org/ReturnShippingFees");
    assert_eq!(us["returnShippingFeesAmount"]["value"], "6.50");
    assert!(
        !general["applicableCountry"]
            .as_array()
            .unwrap()
            .contains(&"US".into())
    );
    let open: Value = serde_json::from_str(&publish::open_json(&policy).unwrap()).unwrap();
    assert_eq!(open["schema"], publish::SCHEMA);
    assert_eq!(open["version"], policy.hash().to_string());
    let window = open["clauses"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["id"] == "window")
        .unwrap();
    assert_eq!(window["figures"]["days"], 30);
    // What is published can be read back and is the same version.
    let source: PolicySource = serde_json::from_value(open["policy"].clone()).unwrap();
    assert_eq!(Policy::compile(source).unwrap().hash(), policy.hash());
}
