//! The way of a policy from a draft to a version: what must have happened before it is published,
//! and what another person approves. Pure; who is asking and what the check found is told.
//!
//! Everything hangs on two hashes. The *content* of a draft is its text as typed and the day it is
//! to hold from; a check belongs to one content. The *seal* is over everything that is published:
//! content, compiled policy, law it was checked against, the reason given for warnings. An
//! approval belongs to one seal, so that a change of anything voids it without anybody having to
//! notice.

use kernel::{ClientId, Date, PolicyHash, UserId};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// Largest draft, bytes: that of a policy. What is longer was never one.
pub const TEXT_MAX: usize = crate::compile::MAX_BYTES;

/// SHA-256 of what an author wrote: the text, byte for byte, and the first day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContentHash(String);

impl ContentHash {
    /// Of this text, to hold from this day.
    pub fn of(text: &str, from: Date) -> Self {
        let mut hash = Sha256::new();
        hash.update(from.to_string());
        hash.update([0]);
        hash.update(text);
        Self(hex(&hash.finalize()))
    }

    /// A stored one.
    pub const fn stored(hex: String) -> Self {
        Self(hex)
    }

    /// Hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// SHA-256 over all that is published, in canonical JSON (RFC 8785): what a second person approves.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seal(String);

impl Seal {
    /// One as it was shown to a person and came back.
    pub fn shown(hex: &str) -> Self {
        Self(hex.to_owned())
    }

    /// Hex digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a check of a draft came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// The content it looked at.
    pub content: ContentHash,
    /// Version of the law it was held against.
    pub law: String,
    /// Ways in which the policy is below the law.
    pub undercuts: u32,
    /// Gaps, contradictions, dead rules.
    pub warnings: u32,
}

/// A request for review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Who asks.
    pub by: UserId,
    /// What is to be approved.
    pub seal: Seal,
    /// Why it may be published with the warnings the check gave; empty without any.
    pub reason: String,
}

/// An approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who approves.
    pub by: UserId,
    /// What.
    pub seal: Seal,
}

/// How far a draft is, beside its content.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Flow {
    /// Everybody who changed the content, each once.
    pub writers: Vec<UserId>,
    /// The request for review, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
    /// The approval, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
    /// The number of the older version this goes back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goes_back_to: Option<i64>,
}

impl Flow {
    /// The content was changed by `who`: what was asked for and approved is void.
    pub fn changed(&mut self, who: UserId) {
        if !self.writers.contains(&who) {
            self.writers.push(who);
        }
        self.review = None;
        self.approval = None;
    }
}

/// Everything that is published, for one draft as it is now.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Whose policy.
    pub client: ClientId,
    /// The content.
    pub content: &'a ContentHash,
    /// The compiled policy; none while the text is none.
    pub policy: Option<PolicyHash>,
    /// First day of orders it holds for.
    pub from: Date,
    /// The first day a new version may hold from: the day after today, so that all orders of one
    /// day get the same terms. None for the first version of a client, which may reach back.
    pub earliest: Option<Date>,
    /// The newest check of the draft.
    pub checked: Option<&'a Checked>,
    /// Version of the law today.
    pub law: &'a str,
}

/// Why a draft does not go further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// The text is no policy.
    #[error("the draft is no policy: see its findings")]
    NoPolicy,
    /// There is no check of this very content.
    #[error("this text and day were not checked")]
    NotChecked,
    /// The law has changed since the check.
    #[error("the law has changed since the check")]
    LawChanged,
    /// The check found orders for which it gives less than the law.
    #[error("the policy is below the law in {found} ways")]
    Undercut {
        /// How many.
        found: u32,
    },
    /// The check gave warnings, and nobody said why they may stay.
    #[error("{found} warnings of the check need a reason")]
    WarningsNeedReason {
        /// How many.
        found: u32,
    },
    /// The first day is too early.
    #[error("it can hold from {earliest} on at the earliest")]
    TooEarly {
        /// The first possible day.
        earliest: Date,
    },
    /// Nobody asked for a review of what it is now.
    #[error("nobody asked for a review of the draft as it is now")]
    NotInReview,
    /// What was shown is not what would be published.
    #[error("the draft changed since it was shown")]
    OtherSeal,
    /// Only somebody who neither wrote the draft nor asked for its review approves it.
    #[error("who wrote a draft or asked for its review cannot approve it")]
    SecondPerson,
    /// Nobody approved what it is now.
    #[error("nobody approved the draft as it is now")]
    NotApproved,
    /// It was published or dropped.
    #[error("the draft is closed")]
    Closed,
}

impl Refusal {
    /// The stable kind, in the form of problems: `policy-undercut`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoPolicy => "policy-no-policy",
            Self::NotChecked => "policy-not-checked",
            Self::LawChanged => "policy-law-changed",
            Self::Undercut { .. } => "policy-undercut",
            Self::WarningsNeedReason { .. } => "policy-warnings",
            Self::TooEarly { .. } => "policy-too-early",
            Self::NotInReview => "policy-not-in-review",
            Self::OtherSeal => "policy-other-seal",
            Self::SecondPerson => "policy-second-person",
            Self::NotApproved => "policy-not-approved",
            Self::Closed => "policy-closed",
        }
    }

    /// Every kind.
    pub const CODES: &[&str] = &[
        "policy-no-policy",
        "policy-not-checked",
        "policy-law-changed",
        "policy-undercut",
        "policy-warnings",
        "policy-too-early",
        "policy-not-in-review",
        "policy-other-seal",
        "policy-second-person",
        "policy-not-approved",
        "policy-closed",
    ];
}

impl Subject<'_> {
    /// The seal of what would be published, if nothing in the draft itself stands against it.
    ///
    /// # Errors
    /// What does.
    pub fn seal(&self, reason: &str, goes_back_to: Option<i64>) -> Result<Seal, Refusal> {
        let policy = self.policy.ok_or(Refusal::NoPolicy)?;
        let checked = self.checked.filter(|c| c.content == *self.content);
        let checked = checked.ok_or(Refusal::NotChecked)?;
        if checked.law != self.law {
            return Err(Refusal::LawChanged);
        }
        if checked.undercuts > 0 {
            let found = checked.undercuts;
            return Err(Refusal::Undercut { found });
        }
        if checked.warnings > 0 && reason.trim().is_empty() {
            let found = checked.warnings;
            return Err(Refusal::WarningsNeedReason { found });
        }
        if let Some(earliest) = self.earliest.filter(|day| self.from < *day) {
            return Err(Refusal::TooEarly { earliest });
        }
        let all = serde_json::json!({
            "client": self.client.0,
            "content": self.content.as_str(),
            "effective_from": self.from.to_string(),
            "goes_back_to": goes_back_to,
            "law": self.law,
            "policy": policy.to_string(),
            "reason": reason,
            "warnings": checked.warnings,
        });
        // Texts and whole numbers always have a canonical form.
        let bytes = serde_json_canonicalizer::to_vec(&all).map_err(|_| Refusal::NoPolicy)?;
        Ok(Seal(hex(&Sha256::digest(&bytes))))
    }

    /// Asks for a review.
    ///
    /// # Errors
    /// What stands against publishing it.
    pub fn ask(&self, flow: &mut Flow, by: UserId, reason: &str) -> Result<(), Refusal> {
        let reason = reason.trim().to_owned();
        let seal = self.seal(&reason, flow.goes_back_to)?;
        flow.approval = None;
        flow.review = Some(Review { by, seal, reason });
        Ok(())
    }

    /// The review that was asked for, if it is of the draft as it is now.
    fn reviewed<'f>(&self, flow: &'f Flow) -> Result<&'f Review, Refusal> {
        let review = flow.review.as_ref().ok_or(Refusal::NotInReview)?;
        if self.seal(&review.reason, flow.goes_back_to)? == review.seal {
            Ok(review)
        } else {
            Err(Refusal::NotInReview)
        }
    }

    /// Approves what was shown to `by`.
    ///
    /// # Errors
    /// When it is no longer what would be published, or `by` had a hand in it.
    pub fn approve(&self, flow: &mut Flow, by: UserId, shown: &Seal) -> Result<(), Refusal> {
        let review = self.reviewed(flow)?;
        if review.seal != *shown {
            return Err(Refusal::OtherSeal);
        }
        if review.by == by || flow.writers.contains(&by) {
            return Err(Refusal::SecondPerson);
        }
        let seal = review.seal.clone();
        flow.approval = Some(Approval { by, seal });
        Ok(())
    }

    /// The approval that lets it be published, if there is one of the draft as it is now.
    ///
    /// # Errors
    /// What is missing.
    pub fn may_publish<'f>(&self, flow: &'f Flow) -> Result<&'f Approval, Refusal> {
        let review = self.reviewed(flow)?;
        let approval = flow.approval.as_ref();
        approval
            .filter(|a| a.seal == review.seal)
            .ok_or(Refusal::NotApproved)
    }
}

fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const ANN: UserId = UserId(uuid::Uuid::from_u128(1));
    const BEN: UserId = UserId(uuid::Uuid::from_u128(2));
    const CLIENT: ClientId = ClientId(1);

    struct Desk {
        content: ContentHash,
        checked: Checked,
        flow: Flow,
        from: Date,
        law: String,
    }

    impl Desk {
        fn new() -> Self {
            let from = date(2026, 6, 2);
            let content = ContentHash::of("name = \"A\"", from);
            let mut flow = Flow::default();
            flow.changed(ANN);
            Self {
                checked: Checked {
                    content: content.clone(),
                    law: "law-1".into(),
                    undercuts: 0,
                    warnings: 0,
                },
                content,
                flow,
                from,
                law: "law-1".into(),
            }
        }

        fn with<T>(&mut self, act: impl FnOnce(Subject<'_>, &mut Flow) -> T) -> T {
            let subject = Subject {
                client: CLIENT,
                content: &self.content,
                policy: Some(PolicyHash([7; 32])),
                from: self.from,
                earliest: Some(date(2026, 6, 2)),
                checked: Some(&self.checked),
                law: &self.law,
            };
            act(subject, &mut self.flow)
        }

        fn approved() -> Self {
            let mut desk = Self::new();
            desk.with(|s, f| s.ask(f, ANN, "")).unwrap();
            let seal = desk.flow.review.clone().unwrap().seal;
            desk.with(|s, f| s.approve(f, BEN, &seal)).unwrap();
            desk
        }
    }

    #[test]
    fn one_writes_another_approves_and_it_may_be_published() {
        let mut desk = Desk::approved();
        assert_eq!(desk.with(|s, f| s.may_publish(f).cloned()).unwrap().by, BEN);
    }

    #[test]
    fn nobody_approves_what_they_wrote_or_asked_for() {
        let mut desk = Desk::new();
        desk.with(|s, f| s.ask(f, BEN, "")).unwrap();
        let seal = desk.flow.review.clone().unwrap().seal;
        for who in [ANN, BEN] {
            let refused = desk.with(|s, f| s.approve(f, who, &seal));
            assert_eq!(refused, Err(Refusal::SecondPerson));
        }
    }

    /// What changes, how, and what stands against going on then.
    type Change = (&'static str, fn(&mut Desk), Refusal);

    #[test]
    fn any_change_voids_the_approval() {
        let changes: [Change; 5] = [
            (
                "text",
                |d| d.content = ContentHash::of("name = \"B\"", d.from),
                Refusal::NotChecked,
            ),
            (
                "text, checked again",
                |d| {
                    d.content = ContentHash::of("name = \"B\"", d.from);
                    d.checked.content = d.content.clone();
                },
                Refusal::NotInReview,
            ),
            ("law", |d| d.law = "law-2".into(), Refusal::LawChanged),
            (
                "law, checked again",
                |d| {
                    d.law = "law-2".into();
                    d.checked.law = "law-2".into();
                },
                Refusal::NotInReview,
            ),
            ("author", |d| d.flow.changed(BEN), Refusal::NotInReview),
        ];
        for (what, change, refusal) in changes {
            let mut desk = Desk::approved();
            change(&mut desk);
            let refused = desk.with(|s, f| s.may_publish(f).cloned());
            assert_eq!(refused, Err(refusal), "{what}");
        }
    }

    #[test]
    fn an_undercut_is_never_published_and_a_warning_needs_a_reason() {
        let mut desk = Desk::new();
        desk.checked.warnings = 2;
        let refused = desk.with(|s, f| s.ask(f, ANN, "  "));
        assert_eq!(refused, Err(Refusal::WarningsNeedReason { found: 2 }));
        desk.with(|s, f| s.ask(f, ANN, "Nobody sells by phone."))
            .unwrap();
        desk.checked.undercuts = 1;
        let refused = desk.with(|s, f| s.ask(f, ANN, "Please."));
        assert_eq!(refused, Err(Refusal::Undercut { found: 1 }));
    }

    #[test]
    fn a_version_holds_from_tomorrow_at_the_earliest() {
        let mut desk = Desk::new();
        desk.from = date(2026, 6, 1);
        desk.content = ContentHash::of("name = \"A\"", desk.from);
        desk.checked.content = desk.content.clone();
        let earliest = date(2026, 6, 2);
        let refused = desk.with(|s, f| s.ask(f, ANN, ""));
        assert_eq!(refused, Err(Refusal::TooEarly { earliest }));
    }

    #[test]
    fn what_was_shown_is_what_is_approved() {
        let mut desk = Desk::new();
        desk.with(|s, f| s.ask(f, ANN, "")).unwrap();
        let refused = desk.with(|s, f| s.approve(f, BEN, &Seal::shown("0123")));
        assert_eq!(refused, Err(Refusal::OtherSeal));
    }
}
