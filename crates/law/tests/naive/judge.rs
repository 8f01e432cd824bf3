//! The answer: every right that fits, side by side; the request picks, and where it is silent
//! the best for the consumer counts.

use super::{
    answer::Answer,
    book::{Book, Rule},
    clock::{self, Matter},
    days::Days,
    facts::{self, Facts},
    select::{self, Fit},
};
use jiff::civil::Date;
use serde_json::{Value, json};
use std::cmp::Reverse;

/// What the law gives on these facts: one right for all lines.
pub fn judge(book: &Book, case: &Value) -> Answer {
    let case = Facts(case);
    let Some(rules) = book.rules_at(case.word("/jurisdiction")) else {
        return Answer::unknown();
    };
    let kind = case.word("/request/kind");
    let days = Days {
        book,
        holidays: case.holidays(),
    };
    let court = Court {
        rules,
        case,
        days: &days,
    };
    let answer = court.judge(kind);
    if kind != "defect" {
        return answer;
    }
    let late = answer.in_time == Some(false);
    if !late && !answer.rule_ids.is_empty() {
        return answer;
    }
    let without = court.judge_without_reason();
    if late && without.in_time != Some(true) {
        return answer;
    }
    without
}

/// The rules of the place and the case they are held against.
struct Court<'a> {
    rules: &'a [Rule],
    case: Facts<'a>,
    days: &'a Days<'a>,
}

impl<'a> Court<'a> {
    /// What the law gives to a request of this kind.
    fn judge(&self, kind: &str) -> Answer {
        let (mut rights, refused, exempt) = self.rights(kind, |_| true);
        for right in &mut rights {
            *right = self.completed(std::mem::take(right), kind);
        }
        match pick(self.case, rights) {
            Some(best) => best,
            None => self.nothing(kind, refused, exempt),
        }
    }

    /// A right that needs no reason serves, in its time, where no rule speaks to the
    /// reason given or what it gave is over.
    fn judge_without_reason(&self) -> Answer {
        let in_time = |a: &Answer| a.in_time == Some(true);
        let (rights, mut refused, _) = self.rights("change_of_mind", in_time);
        // a rule whose trigger or value is missing has nothing to say to a defect
        refused.retain(|r| select::triggered(r, self.case) && select::in_scope(r, self.case));
        match pick(self.case, rights) {
            Some(best) => Answer {
                exempt_lines: Vec::new(),
                ..best
            },
            None => self.nothing("defect", refused, Vec::new()),
        }
    }

    /// Every right that fits and is wanted; the rules that refuse one; the lines exempt.
    fn rights(
        &self,
        kind: &str,
        wanted: impl Fn(&Answer) -> bool,
    ) -> (Vec<Answer>, Vec<&'a Rule>, Vec<String>) {
        let mut rights: Vec<Answer> = Vec::new();
        let mut refused = Vec::new();
        let mut all_exempt: Vec<String> = Vec::new();
        for rule in self.rules.iter().filter(|r| select::answers(r, kind)) {
            let (lines, exempt) = match select::fit(rule, self.case) {
                Fit::Elsewhere => continue,
                Fit::Nothing { exempt } => (Vec::new(), exempt),
                Fit::Right { lines, exempt } => (lines, exempt),
            };
            let names: Vec<String> = exempt.into_iter().map(str::to_owned).collect();
            let answer = (!lines.is_empty()).then(|| self.one_right(rule, kind, &lines));
            if let Some(mut answer) = answer.filter(&wanted) {
                answer.exempt_lines = names;
                rights.push(answer);
            } else if lines.is_empty() || !names.is_empty() {
                refused.push(rule);
                for line in names {
                    if !all_exempt.contains(&line) {
                        all_exempt.push(line);
                    }
                }
            }
        }
        // "Not where ECTA s 44 applies" (South Africa)
        let ecta = |a: &Answer| a.rule_ids[0] == "za.ecta.44";
        if rights.iter().any(ecta) {
            rights.retain(ecta);
        }
        (rights, refused, all_exempt)
    }

    /// A line that is exempt from a right keeps another one that can still be used; the rules are
    /// named in the order of the lines.
    fn completed(&self, right: Answer, kind: &str) -> Answer {
        if right.exempt_lines.is_empty() {
            return right;
        }
        let part = |lines: &[String]| {
            let mut part = self.case.0.clone();
            part["request"]["lines"] = json!(lines);
            part
        };
        let rest = part(&right.exempt_lines);
        let court = Court {
            rules: self.rules,
            case: Facts(&rest),
            days: self.days,
        };
        let in_time = |a: &Answer| a.in_time != Some(false);
        let late = right.in_time == Some(false) && right.rule_ids[0] == "za.ecta.44";
        let (others, _, _) = court.rights(kind, |a| in_time(a) || late);
        let Some(other) = pick(court.case, others) else {
            return right;
        };
        let first = facts::name(self.case.requested()[0]);
        let other_first = right.exempt_lines.iter().any(|l| l == first);
        if late && !in_time(&other) {
            let mut both = vec![right, other];
            if other_first {
                both.reverse();
            }
            return pick(self.case, both).unwrap_or_default();
        }
        // a right used too late is completed by nothing; the South African other one stands alone
        if right.in_time == Some(false) {
            let alone = right.rule_ids[0] == "za.ecta.44";
            return if alone { other } else { right };
        }
        let mut ids = [right.rule_ids.clone(), other.rule_ids.clone()];
        if other_first {
            ids.reverse();
        }
        // the delivery charge follows all lines that go back
        let used = [right.used.clone(), other.used.clone()].concat();
        let mut lines = self.case.requested();
        lines.retain(|l| used.iter().any(|u| u == facts::name(l)));
        let rule = self.rules.iter().find(|r| r.ids == right.rule_ids);
        let refund = rule.map(|rule| {
            Matter {
                rule,
                case: self.case,
                lines: &lines,
                days: self.days,
            }
            .refund()
        });
        let mut exempt_lines = right.exempt_lines.clone();
        exempt_lines.retain(|l| !used.contains(l));
        let both = |main: Answer| Answer {
            min_refund: refund
                .as_ref()
                .map_or(right.min_refund + other.min_refund, |r| r.least),
            min_refund_cautious: refund.as_ref().and_then(|r| r.cautious),
            return_by: main.return_by.or(right.return_by).or(other.return_by),
            rule_ids: ids.concat(),
            exempt_lines: exempt_lines.clone(),
            completed: true,
            used: used.clone(),
            ..main
        };
        // the two South African rights are never rivals for a line: the one of more lines leads
        let follows = right.rule_ids[0] == "za.ecta.44" && other.used.len() > right.used.len();
        both(if follows {
            other.clone()
        } else {
            right.clone()
        })
    }

    /// The right of one rule on the lines it covers: each line has its own delivery, those in
    /// time decide, and all of them where none is.
    fn one_right(&self, rule: &Rule, kind: &str, lines: &[&Value]) -> Answer {
        let rule = &self.lengthened(rule, kind, lines);
        let matter = Matter {
            rule,
            case: self.case,
            lines,
            days: self.days,
        };
        let mut timely = lines.to_vec();
        timely.retain(|line| {
            let alone = Matter {
                lines: &[*line],
                ..matter
            };
            alone.in_time(alone.deadline()) != Some(false)
        });
        if timely.is_empty() {
            decide(matter, kind)
        } else {
            decide(
                Matter {
                    lines: &timely,
                    ..matter
                },
                kind,
            )
        }
    }

    /// A repair lengthens the guarantee once more, where the extension of the union is in force
    /// and gives more than the guarantee's own.
    fn lengthened(&self, rule: &Rule, kind: &str, lines: &[&Value]) -> Rule {
        let fixed = rule
            .part("window")
            .is_some_and(|w| clock::counts(w.word("unit")) && w.word("met_by") != "court_claim");
        let repaired = clock::repaired(self.case);
        let mut best = rule.clone();
        if kind != "defect" || !repaired || !fixed || rule.word("right_type") != "conformity" {
            return best;
        }
        let end = |rule: &Rule| {
            Matter {
                rule,
                case: self.case,
                lines,
                days: self.days,
            }
            .deadline()
        };
        let lengthens = |r: &&Rule| {
            r.word("right_type") == "conformity"
                && select::is_mere_extension(r)
                && matches!(select::fit(r, self.case), Fit::Right { .. })
        };
        for extension in self.rules.iter().filter(lengthens) {
            let mut longer = rule.clone();
            let table = extension.fields["extension"].clone();
            longer.fields.insert("extension".into(), table);
            longer.ids.extend(extension.ids.clone());
            if end(&longer) > end(&best) {
                best = longer;
            }
        }
        best
    }

    /// No right, and the rules that say so, the place's own first: what takes a right away, what
    /// says there is none, what was too small to count.
    fn nothing(&self, kind: &str, refused: Vec<&Rule>, exempt: Vec<String>) -> Answer {
        let fits = |r: &&Rule| matches!(select::fit(r, self.case), Fit::Right { .. });
        let denying = self.rules.iter().filter(|r| select::denies(r, kind));
        let (small, refused): (Vec<&Rule>, Vec<&Rule>) = refused
            .into_iter()
            .partition(|r| !select::in_scope(r, self.case));
        let mut deciding: Vec<&Rule> = refused
            .into_iter()
            .chain(denying.filter(fits))
            .chain(small)
            .collect();
        let exempts = |r: &Rule| match select::fit(r, self.case) {
            Fit::Nothing { exempt } => !exempt.is_empty(),
            _ => false,
        };
        deciding.sort_by_key(|r| (!exempts(r), r.depth));
        let ids = deciding.iter().flat_map(|r| r.ids.clone()).collect();
        let mut answer = Answer::none(ids, exempt);
        answer.confidence = confidence(&deciding);
        answer
    }
}

/// One right on the case.
fn decide(matter: Matter, kind: &str) -> Answer {
    let rule = matter.rule;
    let deadline = matter.deadline();
    let in_time = matter.in_time(deadline);
    let mut answer = Answer {
        statutory_right: Some(true),
        right_type: Some(rule.word("right_type").into()),
        deadline,
        in_time,
        rule_ids: rule.ids.clone(),
        confidence: confidence(&[rule]),
        used: names_of(matter.lines),
        first: matter.first(),
        ..Answer::default()
    };
    let mut money = true;
    if kind == "defect" {
        answer.burden_on = matter.burden().map(str::to_owned);
        let remedy = matter.remedy();
        if rule.word("right_type") == "conformity" {
            answer.remedy_tier = Some(remedy.tier);
        }
        money = remedy.money;
        answer.would_pay = money;
    }
    if in_time == Some(false) {
        return answer;
    }
    if kind == "non_delivery" && premature(matter, deadline) {
        return answer;
    }
    answer.return_cost_payer = Some(matter.payer());
    answer.return_by = matter.return_by();
    // a consent to the delay: the refund has not vested
    let waits = kind == "non_delivery" && matter.case.says("/delay_consent");
    if !money || waits {
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

/// Nothing is due yet for goods that came or may still come.
fn premature(matter: Matter, deadline: Option<Date>) -> bool {
    let came = |line: &&Value| matter.case.came(line);
    let early = |last: Date| matter.case.notice_sent().is_some_and(|sent| sent <= last);
    matter.lines.iter().all(came) || deadline.is_some_and(early)
}

/// Orders the rights: what the request names first, then the best for the consumer.
fn pick(case: Facts, mut rights: Vec<Answer>) -> Option<Answer> {
    let remedy = case.word("/request/remedy");
    let named = |a: &Answer| match remedy {
        // a rejection under the guarantee, where its second step is open
        "reject" => right(a) == "short_term_reject" || a.would_pay,
        "repair" | "replacement" | "price_reduction" | "final_reject" => right(a) == "conformity",
        _ => false,
    };
    rights.sort_by_key(|a| {
        (
            !named(a),
            a.in_time == Some(false),
            Reverse(a.min_refund),
            a.completed,
            right(a) != "short_term_reject" || !gives(a),
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
            Reverse(a.first),
        )
    });
    rights.into_iter().next()
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

/// Whether money is due on it, be it nothing for goods that cost nothing.
fn gives(answer: &Answer) -> bool {
    answer.refund_due.is_some() || answer.refund_due_basis.is_some() || answer.min_refund > 0
}

fn names_of(lines: &[&Value]) -> Vec<String> {
    lines.iter().map(|l| facts::name(l).to_owned()).collect()
}

fn right(answer: &Answer) -> &str {
    answer.right_type.as_deref().unwrap_or("")
}
