//! The answer: every right that fits, side by side; the request picks, and where it is silent
//! the best for the consumer counts.

use super::{
    answer::Answer,
    book::{Book, Rule},
    clock::Matter,
    days::Days,
    facts::Facts,
    select::{self, Fit},
};
use serde_json::Value;
use std::cmp::Reverse;

/// What the law gives on these facts.
pub fn judge(book: &Book, facts: &Value) -> Answer {
    let case = Facts(facts);
    let Some(rules) = book.rules_at(case.word("/jurisdiction")) else {
        return Answer::unknown();
    };
    let kind = case.word("/request/kind");
    let days = Days {
        book,
        holidays: case.holidays(),
    };
    let mut rights = Vec::new();
    let mut refused: Vec<&Rule> = Vec::new();
    let mut exempt_lines: Vec<String> = Vec::new();
    for rule in rules.iter().filter(|r| select::answers(r, kind)) {
        match select::fit(rule, case) {
            Fit::Elsewhere => {}
            Fit::Nothing { exempt } => {
                refused.push(rule);
                for line in exempt {
                    if !exempt_lines.iter().any(|l| l == line) {
                        exempt_lines.push(line.to_owned());
                    }
                }
            }
            Fit::Right { lines, exempt } => {
                let matter = Matter {
                    rule,
                    case,
                    lines: &lines,
                    days: &days,
                };
                let mut answer = decide(matter, kind);
                answer.exempt_lines = exempt.into_iter().map(str::to_owned).collect();
                extend_rules(&mut answer, &matter, rules);
                rights.push(answer);
            }
        }
    }
    pick(case, &mut rights);
    if let Some(best) = rights.into_iter().next() {
        return best;
    }
    let denying = rules
        .iter()
        .filter(|r| select::denies(r, kind) && matches!(select::fit(r, case), Fit::Right { .. }));
    let deciding: Vec<&Rule> = refused.into_iter().chain(denying).collect();
    let ids = deciding.iter().flat_map(|r| r.ids.clone()).collect();
    let mut answer = Answer::none(ids, exempt_lines);
    answer.confidence = confidence(&deciding);
    answer
}

/// One right on the case.
fn decide(matter: Matter, kind: &str) -> Answer {
    let rule = matter.rule;
    let deadline = matter.deadline();
    let in_time = matter.in_time(deadline);
    let mut answer = Answer {
        statutory_right: Some(true),
        right_type: rule.word("right_type").into(),
        deadline,
        in_time,
        rule_ids: rule.ids.clone(),
        confidence: confidence(&[rule]),
        ..Answer::default()
    };
    let mut money = true;
    if kind == "defect" {
        answer.burden_on = matter.burden().map(str::to_owned);
        let remedy = matter.remedy();
        answer.remedy_tier = remedy.tier;
        money = remedy.money;
    }
    if in_time == Some(false) {
        return answer;
    }
    answer.return_cost_payer = Some(matter.payer());
    answer.return_by = matter.return_by();
    let premature = kind == "non_delivery"
        && (matter.case.says("/delay_consent")
            || matter
                .case
                .notice_sent()
                .is_some_and(|sent| deadline.is_some_and(|last| sent <= last)));
    if !money || premature {
        return answer;
    }
    let refund = matter.refund();
    answer.min_refund = refund.least;
    answer.min_refund_cautious = refund.cautious;
    let due = matter.due(deadline);
    answer.refund_due = due.rolled;
    answer.refund_due_strict = due.strict;
    answer.refund_due_basis = due.basis;
    answer.refund_form = matter.form();
    answer
}

/// A completed repair lengthens the guarantee once, where the extension is in force.
fn extend_rules(answer: &mut Answer, matter: &Matter, rules: &[Rule]) {
    if answer.right_type != "conformity" || answer.deadline.is_none() {
        return;
    }
    let lengthens = |r: &&Rule| {
        r.word("right_type") == "conformity"
            && select::is_mere_extension(r)
            && matches!(select::fit(r, matter.case), Fit::Right { .. })
    };
    let repaired = matter
        .case
        .day("/request/repaired_goods_received_on")
        .is_some();
    for extension in rules.iter().filter(lengthens).filter(|_| repaired) {
        let mut longer = matter.rule.clone();
        let table = extension.fields["extension"].clone();
        longer.fields.insert("extension".into(), table);
        let again = Matter {
            rule: &longer,
            ..*matter
        };
        let mut ids = answer.rule_ids.clone();
        ids.extend(extension.ids.clone());
        *answer = Answer {
            exempt_lines: answer.exempt_lines.clone(),
            ..decide(again, "defect")
        };
        answer.rule_ids = ids;
    }
}

/// Orders the rights: what the request names first, then the best for the consumer.
fn pick(case: Facts, rights: &mut [Answer]) {
    let remedy = case.word("/request/remedy");
    let named = |a: &Answer| match remedy {
        // a rejection under the guarantee, where its second step is open
        "reject" => a.right_type == "short_term_reject" || a.min_refund > 0,
        "repair" | "replacement" | "price_reduction" | "final_reject" => {
            a.right_type == "conformity"
        }
        _ => false,
    };
    rights.sort_by_key(|a| {
        (
            !named(a),
            a.in_time == Some(false),
            Reverse(a.min_refund),
            match a.return_cost_payer.as_deref() {
                Some("trader" | "not_applicable") => 0,
                Some("unspecified") => 1,
                _ => 2,
            },
            a.refund_due.is_none(),
            a.refund_due,
            // an open window is the longest
            a.deadline.is_some(),
            Reverse(a.deadline),
        )
    });
}

/// The least confidence among the rules that decide.
fn confidence(rules: &[&Rule]) -> Option<String> {
    let rank = |r: &&Rule| {
        let words = ["low", "medium", "high"];
        words.iter().position(|w| *w == r.word("confidence"))
    };
    let least = rules.iter().filter_map(rank).min()?;
    Some(["low", "medium", "high"][least].to_owned())
}
