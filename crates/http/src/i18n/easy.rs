//! Whatever customers read in English is easy to read: every sentence of their message files, with
//! every form it can take, whether or not a policy or a case at hand says it.

use super::{
    complete::{Messages, messages},
    reading::{HARDEST, grade},
};
use fluent_syntax::ast;

/// What customers read, with the words of no other reader among them.
const READ: [&str; 8] = [
    "policy.ftl",
    "mail.ftl",
    "rights.ftl",
    "reasons.ftl",
    "clocks.ftl",
    "portal.ftl",
    "swaps.ftl",
    "quote.ftl",
];
/// What a value is read as: a short word, since amounts and days are not what makes a text hard.
const VALUE: &str = "this";

/// Every text a pattern can become.
fn forms(all: &Messages, pattern: &ast::Pattern<&'static str>) -> Vec<String> {
    let mut out = vec![String::new()];
    for element in &pattern.elements {
        let parts = match element {
            ast::PatternElement::TextElement { value } => vec![(*value).to_owned()],
            ast::PatternElement::Placeable { expression } => placed(all, expression),
        };
        out = out
            .iter()
            .flat_map(|text| parts.iter().map(move |part| format!("{text}{part}")))
            .collect();
    }
    out
}

fn placed(all: &Messages, expression: &ast::Expression<&'static str>) -> Vec<String> {
    match expression {
        ast::Expression::Select { variants, .. } => {
            let each = variants.iter().flat_map(|v| forms(all, &v.value));
            each.collect()
        }
        ast::Expression::Inline(ast::InlineExpression::MessageReference { id, .. }) => {
            all.get(id.name).map_or_else(Vec::new, |p| forms(all, p))
        }
        ast::Expression::Inline(ast::InlineExpression::StringLiteral { value }) => {
            vec![(*value).to_owned()]
        }
        ast::Expression::Inline(_) => vec![VALUE.to_owned()],
    }
}

/// The whole sentences of a file, each of its forms once; labels and headings are no sentences.
fn sentences(file: &str) -> Vec<String> {
    let all = messages("en", |_| true);
    let theirs = messages("en", |f| f == file);
    let said = theirs.values().flat_map(|pattern| forms(&all, pattern));
    let mut said: Vec<String> = said
        .map(|text| text.trim().to_owned())
        .filter(|text| text.ends_with(['.', '?', '!']))
        .collect();
    said.sort_unstable();
    said.dedup();
    said
}

#[test]
fn what_customers_read_is_easy_to_read() {
    for file in READ {
        let said = sentences(file);
        assert!(said.len() >= 10, "{file}: {said:?}");
        let grade = grade(&said.join(" "));
        println!("{file}: {} sentences, grade {grade:.1}", said.len());
        assert!(grade <= HARDEST, "{file}: grade {grade:.1}");
    }
}

#[test]
fn no_sentence_is_missed() {
    let policy = sentences("policy.ftl");
    // One of each family that came later than the first measure.
    for said in ["If we are at fault,", "for the way.", "choose an exchange"] {
        assert!(
            policy.iter().any(|s| s.contains(said)),
            "{said}: {policy:#?}"
        );
    }
    let all = messages("en", |f| f == "policy.ftl");
    let clauses = all.keys().filter(|k| k.starts_with("clause-"));
    let (scopes, clauses): (Vec<&&str>, Vec<&&str>) =
        clauses.partition(|k| k.starts_with("clause-scope-"));
    assert_eq!(scopes.len(), 4);
    for key in clauses {
        // Words of the client are theirs.
        if ["clause-exclusion", "clause-final-sale"].contains(key) {
            continue;
        }
        let texts = forms(&messages("en", |_| true), &all[*key]);
        assert!(
            texts.iter().all(|t| policy.contains(&t.trim().to_owned())),
            "{key}: {texts:?}"
        );
    }
}
