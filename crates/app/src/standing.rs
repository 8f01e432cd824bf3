//! What the law gives for a request or a case, all rights beside each other, and who answers for
//! its rules. What a right is worth is decided in `law` and `returns`.

use crate::{App, cases::Loaded};
use kernel::{ClientId, Timestamp};
use returns::{Decision, Facts, LineRights, ReturnCase, SalesOrder, Seen};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What the law gives for the lines of a request or case, and who answers for its rules.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Every right, line by line.
    pub lines: Vec<LineRights>,
    /// Rules that somebody signed off as they are worded: id and reviewer. Every other one is
    /// unreviewed.
    pub signed: Vec<(Arc<str>, String)>,
}

impl Standing {
    /// Nothing was asked of the law.
    pub const fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The rights of a line.
    pub fn line(&self, line: u16) -> Option<&LineRights> {
        self.lines.iter().find(|l| l.line == line)
    }

    /// Who signed a rule off.
    pub fn reviewer(&self, rule: &str) -> Option<&str> {
        let found = self.signed.iter().find(|(id, _)| **id == *rule);
        found.map(|(_, reviewer)| reviewer.as_str())
    }
}

/// What a request would lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The decision.
    pub decision: Decision,
    /// What the law gives.
    pub standing: Standing,
    /// The quote with what it rests on, to tell later what changed.
    pub seen: Seen,
    /// The order it is of.
    pub order: SalesOrder,
}

impl App {
    /// What the law gives for the lines of a case, after what has happened so far.
    pub(crate) fn rights_of(
        &self,
        loaded: &Loaded,
        case: &ReturnCase,
        at: Timestamp,
    ) -> Vec<LineRights> {
        self.on_case(loaded, case, at, |facts| {
            returns::rights(facts, &case.refund_events())
        })
    }

    /// Asks the domain about a case, with its own lines and days.
    pub(crate) fn on_case<T>(
        &self,
        loaded: &Loaded,
        case: &ReturnCase,
        at: Timestamp,
        ask: impl FnOnce(&Facts<'_>) -> T,
    ) -> T {
        let asked = case.requested();
        let today = loaded.client.day(at);
        ask(&Facts {
            order: &loaded.order,
            account: &loaded.account,
            case: Some(case.id),
            lines: &asked,
            path: case.path,
            asked_on: case.asked_on,
            notice_sent_on: case.notice_sent_on,
            notice_received_on: case.notice_received_on,
            policy: &loaded.policy,
            law: &loaded.law,
            holidays: &self.holidays(&loaded.law, loaded.order.place, today),
            returnless_used_365d: loaded.kept_before,
            claim: case.claim,
            label_cost_minor: case.label_cost_minor,
            tenders: loaded.client.settings.tender_strategy,
        })
    }

    /// Rights with those who answer for their rules.
    pub(crate) fn rights_standing(&self, loaded: &Loaded, lines: Vec<LineRights>) -> Standing {
        let rules = lines.iter().flat_map(|l| &l.rights).map(|r| &r.rule);
        let signed = self.signed_rules(loaded.client.id, &loaded.law, rules);
        Standing { lines, signed }
    }

    /// Those of these rules that somebody signed off as they are worded: id and reviewer.
    pub(crate) fn signed_rules<'r>(
        &self,
        client: ClientId,
        law: &law::LawBook,
        rules: impl Iterator<Item = &'r Arc<str>>,
    ) -> Vec<(Arc<str>, String)> {
        let mut out: Vec<(Arc<str>, String)> = Vec::new();
        for rule in rules {
            if out.iter().any(|(known, _)| known == rule) {
                continue;
            }
            let found = law
                .rule(rule)
                .find_map(|r| self.signed_off(Some(client), r));
            if let Some(found) = found {
                out.push((rule.clone(), found.reviewer));
            }
        }
        out
    }
}
