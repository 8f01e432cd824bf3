//! What a check finds, as data: for people through `Display`, for programs through `serde`.

use crate::{clause::path_of, compare::Dimension, order::Order, said::Said};
use policy::PolicySource;
use serde::Serialize;
use std::{fmt, sync::Arc};

/// The kind of a finding, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// There is an order for which the policy gives less than the law. It must not be published.
    Undercut,
    /// Two rules say different things about the same orders, or a rule contradicts itself.
    Contradiction,
    /// A rule that no order reaches.
    Unreachable,
    /// An exclusion names a legal ground the law does not know.
    UnknownGround,
    /// Orders about which no rule says anything.
    Gap,
}

impl Kind {
    /// Whether a policy with such a finding may not be published.
    pub const fn is_error(self) -> bool {
        matches!(self, Self::Undercut)
    }

    /// The written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Undercut => "undercut",
            Self::Contradiction => "contradiction",
            Self::Unreachable => "unreachable",
            Self::UnknownGround => "unknown_ground",
            Self::Gap => "gap",
        }
    }
}

/// How the law stands to the witness of an undercut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Undercut {
    /// In what the policy gives less.
    pub dimension: Dimension,
    /// What the policy would do.
    pub policy: Said,
    /// What the law demands.
    pub law: Said,
    /// The rule of the law packs.
    pub rule: String,
    /// Its citation, the national article first.
    pub citation: String,
    /// Counsel has approved the rule.
    pub reviewed: bool,
    /// Every place where an order like the witness shows the same.
    pub places: Vec<Arc<str>>,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its kind.
    pub kind: Kind,
    /// The clause it is about; empty for the policy as a whole.
    pub clause: String,
    /// The same as a path in the file.
    pub path: String,
    /// What is wrong.
    pub what: Said,
    /// What to do, in English; elsewhere the message `<key of what>-help`.
    pub help: String,
    /// The simplest order that shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub witness: Option<Order>,
    /// For an undercut: both outcomes and the citation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undercut: Option<Undercut>,
}

impl Finding {
    /// A finding about a clause.
    pub(crate) fn new(
        kind: Kind,
        source: &PolicySource,
        clause: &str,
        what: Said,
        help: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            clause: clause.to_owned(),
            path: path_of(source, clause),
            what,
            help: help.into(),
            witness: None,
            undercut: None,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path.is_empty() {
            "policy"
        } else {
            &self.path
        };
        write!(
            f,
            "{}: {place}: {} ({})",
            self.kind.as_str(),
            self.what,
            self.help
        )?;
        if let Some(order) = &self.witness {
            write!(f, "\n  order:  {order}")?;
        }
        if let Some(u) = &self.undercut {
            write!(f, "\n  policy: {}\n  law:    {}", u.policy, u.law)?;
            let review = if u.reviewed {
                ""
            } else {
                "; not reviewed by counsel"
            };
            write!(f, "\n  source: {} ({}{review})", u.citation, u.rule)?;
            if u.places.len() > 1 {
                write!(f, "\n  also in: {}", u.places[1..].join(", "))?;
            }
        }
        Ok(())
    }
}

/// The outcome of a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Hash of the policy.
    pub policy: String,
    /// Version of the law it was held against.
    pub law: String,
    /// How many places were looked at.
    pub places: usize,
    /// The gravest first.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Whether something stands against publishing.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|f| f.kind.is_error())
    }

    /// The undercuts.
    pub fn undercuts(&self) -> impl Iterator<Item = (&Finding, &Undercut)> {
        self.findings
            .iter()
            .filter_map(|f| Some((f, f.undercut.as_ref()?)))
    }
}
