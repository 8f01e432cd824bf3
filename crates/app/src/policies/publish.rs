//! Review, approval and publication: the acts that leave an event and a leaf.

use super::{Draft, DraftState, person, runs};
use crate::{App, error::AppError, ledger::count};
use kernel::{
    Actor, CaseId, ClientId, Date, DraftId, Permission, PolicyHash, Scope, Timestamp, UserId,
};
use policy::{
    Policy,
    draft::{ContentHash, Refusal, Seal, Subject},
};
use serde::Serialize;
use std::sync::Arc;
use store::{
    Kind, Val, Write, WriteError,
    questions::{cases, policies},
    tables,
};
use uuid::Uuid;

/// The stream of policies in each client's event log.
const STREAM: CaseId = CaseId(Uuid::from_u128(0x706f_6c69_6379_4000_8000_0000_0000_0001));

/// A version that was stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Published {
    /// Which of the client, from 1.
    pub number: i64,
    /// Its content hash.
    pub policy: PolicyHash,
    /// The first day of orders it holds for.
    pub effective_from: Date,
}

/// A version the house publishes by itself, from a file.
#[derive(Debug, Clone, Copy)]
pub struct NewVersion<'a> {
    /// TOML text.
    pub text: &'a str,
    /// The first day of orders it holds for.
    pub from: Date,
    /// Why nobody else approves it; recorded. Needed for a client that is no sandbox and has a
    /// version already.
    pub reason: &'a str,
}

#[derive(Serialize)]
struct Fact<'a> {
    schema: u16,
    at: Timestamp,
    by: Actor,
    what: Told<'a>,
}

/// What happened to the policies of a client.
#[expect(
    clippy::enum_variant_names,
    reason = "written as kinds of the client's log"
)]
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Told<'a> {
    PolicyReviewRequested {
        draft: DraftId,
        seal: &'a Seal,
        reason: &'a str,
    },
    PolicyApproved {
        draft: DraftId,
        seal: &'a Seal,
    },
    PolicyPublished {
        number: i64,
        policy: PolicyHash,
        effective_from: Date,
        law: &'a str,
        seal: &'a str,
        reason: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        draft: Option<DraftId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        approved_by: Option<UserId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        goes_back_to: Option<i64>,
        /// Nobody else approved it.
        alone: bool,
    },
}

impl Told<'_> {
    const fn kind(&self) -> &'static str {
        match self {
            Self::PolicyReviewRequested { .. } => "policy_review_requested",
            Self::PolicyApproved { .. } => "policy_approved",
            Self::PolicyPublished { .. } => "policy_published",
        }
    }
}

/// Everything one publication is.
struct Publication<'a> {
    client: ClientId,
    policy: &'a Policy,
    text: &'a str,
    from: Date,
    law: &'a str,
    seal: &'a str,
    reason: &'a str,
    draft: Option<DraftId>,
    approved_by: Option<UserId>,
    goes_back_to: Option<i64>,
}

impl App {
    /// Asks a second person to look at a draft. `reason` says why the warnings of the check may
    /// stay; it is needed where there are any, and is published with the version.
    ///
    /// # Errors
    /// [`AppError::Policy`] for what stands against publishing it.
    pub async fn request_review(
        &self,
        scope: &Scope,
        client: ClientId,
        draft: DraftId,
        reason: &str,
    ) -> Result<Seal, AppError> {
        Self::check(scope, Permission::PolicyWrite, client)?;
        let who = person(scope, Permission::PolicyWrite)?;
        if reason.chars().count() > super::WORDS_MAX {
            return Err(AppError::field("reason", "help-studio-reason"));
        }
        let mut standing = self.draft(scope, client, draft).await?;
        let mut flow = standing.draft.flow.clone();
        self.ask_rules(&standing, |subject| subject.ask(&mut flow, who, reason))?;
        standing.draft.flow = flow;
        let review = standing.draft.flow.review.clone();
        let review = review.ok_or(AppError::Missing)?;
        let told = Told::PolicyReviewRequested {
            draft,
            seal: &review.seal,
            reason: &review.reason,
        };
        let mut write = Write::new();
        self.put_policy_fact(&mut write, client, scope, told)
            .await?;
        let rev = standing.draft.rev;
        self.store_draft(standing.draft, rev, who, write).await?;
        self.0.leaves.notify_one();
        Ok(review.seal)
    }

    /// Approves what was shown: the seal says exactly what is published. Only a person who
    /// neither wrote the draft nor asked for its review may.
    ///
    /// # Errors
    /// [`AppError::Policy`] when it changed since, or the person had a hand in it.
    pub async fn approve_draft(
        &self,
        scope: &Scope,
        client: ClientId,
        draft: DraftId,
        shown: &Seal,
    ) -> Result<(), AppError> {
        Self::check(scope, Permission::PolicyApprove, client)?;
        let who = person(scope, Permission::PolicyApprove)?;
        let mut standing = self.draft(scope, client, draft).await?;
        let mut flow = standing.draft.flow.clone();
        // Two accounts, or an account and its key, are not two people.
        let own = self.natural(who).await?;
        let mine = |user: &UserId| own.accounts.contains(user);
        if flow.writers.iter().any(mine) || flow.review.as_ref().is_some_and(|r| mine(&r.by)) {
            return Err(policy::draft::Refusal::SecondPerson.into());
        }
        self.ask_rules(&standing, |subject| subject.approve(&mut flow, who, shown))?;
        standing.draft.flow = flow;
        let told = Told::PolicyApproved { draft, seal: shown };
        let mut write = Write::new();
        self.put_policy_fact(&mut write, client, scope, told)
            .await?;
        let rev = standing.draft.rev;
        self.store_draft(standing.draft, rev, who, write).await?;
        self.0.leaves.notify_one();
        Ok(())
    }

    /// Publishes a draft that was approved as it is.
    ///
    /// # Errors
    /// [`AppError::Policy`] for what is missing: a check without undercuts, an approval, a day to
    /// come.
    pub async fn publish_draft(
        &self,
        scope: &Scope,
        client: ClientId,
        draft: DraftId,
    ) -> Result<Published, AppError> {
        Self::check(scope, Permission::PolicyWrite, client)?;
        let who = person(scope, Permission::PolicyWrite)?;
        let standing = self.draft(scope, client, draft).await?;
        let flow = standing.draft.flow.clone();
        let approval = self.ask_rules(&standing, |subject| subject.may_publish(&flow).cloned())?;
        let law = self.law_on(client, standing.draft.from);
        let mut draft = standing.draft;
        let Ok(policy) = draft.compiled.clone() else {
            return Err(Refusal::NoPolicy.into());
        };
        let (text, from) = (draft.text.clone(), draft.from);
        let publication = Publication {
            client,
            policy: &policy,
            text: &text,
            from,
            law: law.version(),
            seal: approval.seal.as_str(),
            reason: flow.review.as_ref().map_or("", |r| r.reason.as_str()),
            draft: Some(draft.id),
            approved_by: Some(approval.by),
            goes_back_to: flow.goes_back_to,
        };
        let mut write = Write::new();
        let published = self
            .put_publication(&mut write, scope, &publication)
            .await?;
        DraftState::Published
            .as_str()
            .clone_into(&mut draft.row.state);
        let rev = draft.rev;
        self.store_draft(draft, rev, who, write).await?;
        self.reload_directory().await?;
        Ok(published)
    }

    /// Publishes a version from a file, without a second person: for setting a client up and for
    /// emergencies. It goes through the same check, an undercut is refused whatever is said, and
    /// the record says that nobody approved it.
    ///
    /// # Errors
    /// [`AppError::Denied`] for anybody but the house itself; [`AppError::Policy`] for what stands
    /// against it; [`AppError::Invalid`] without a reason where one is needed.
    pub async fn publish_alone(
        &self,
        scope: &Scope,
        client: ClientId,
        new: &NewVersion<'_>,
    ) -> Result<Published, AppError> {
        if scope.actor() != Actor::System {
            return Err(AppError::Denied(Permission::Administer));
        }
        Self::check(scope, Permission::Administer, client)?;
        let directory = self.directory();
        let owner = directory.client(client).ok_or(AppError::Missing)?;
        let first = directory.versions(client).is_empty();
        if new.reason.trim().is_empty() && !first && !owner.settings.sandbox {
            return Err(AppError::field("reason", "help-studio-alone"));
        }
        let policy = Policy::parse_toml(new.text).map_err(|_| Refusal::NoPolicy)?;
        let policy = Arc::new(policy);
        let content = ContentHash::of(new.text, new.from);
        let law = self.law_on(client, new.from);
        let on = new.from.max(self.today(client));
        let checked = runs::check_now(policy.clone(), law.clone(), (content.clone(), on)).await?;
        let subject = Subject {
            client,
            content: &content,
            policy: Some(policy.hash()),
            from: new.from,
            earliest: self.earliest(client),
            checked: Some(&checked),
            law: law.version(),
        };
        // Who sets a client up answers for its warnings.
        let reason = match new.reason.trim() {
            "" => "set up",
            said => said,
        };
        let seal = subject.seal(reason, None)?;
        let publication = Publication {
            client,
            policy: &policy,
            text: new.text,
            from: new.from,
            law: law.version(),
            seal: seal.as_str(),
            reason,
            draft: None,
            approved_by: None,
            goes_back_to: None,
        };
        let mut write = Write::new();
        let published = self
            .put_publication(&mut write, scope, &publication)
            .await?;
        match self.store().write(write).await {
            Ok(_) => {}
            Err(WriteError::Conflict { .. }) => return Err(AppError::Busy),
            Err(e) => return Err(e.into()),
        }
        self.reload_directory().await?;
        Ok(published)
    }

    /// Asks the rules about a draft as it stands now.
    fn ask_rules<T>(
        &self,
        standing: &super::Standing,
        ask: impl FnOnce(Subject<'_>) -> Result<T, Refusal>,
    ) -> Result<T, AppError> {
        let draft: &Draft = &standing.draft;
        if draft.state != DraftState::Open {
            return Err(Refusal::Closed.into());
        }
        let law = self.law_on(draft.client, draft.from);
        let checked = standing.check.as_ref().and_then(runs::CheckRun::checked);
        let subject = draft.subject(standing.earliest, checked, law.version());
        Ok(ask(subject)?)
    }

    async fn put_publication(
        &self,
        write: &mut Write,
        scope: &Scope,
        new: &Publication<'_>,
    ) -> Result<Published, AppError> {
        let at = self.now();
        // Fresh from the store: another process may have published since this one read.
        let number = policies::last_number(self.store(), new.client).await? + 1;
        let by = match scope.actor() {
            Actor::User { id } => Some(id),
            _ => None,
        };
        let hash = new.policy.hash();
        let user = |id: Option<UserId>| id.map_or(Val::Null(Kind::Uuid), |id| id.0.into());
        write.row(
            &tables::POLICY_VERSION,
            vec![
                new.client.into(),
                hash.to_string().into(),
                new.policy.source().name.clone().into(),
                new.text.into(),
                new.from.to_string().into(),
                at.as_millisecond().into(),
            ],
        );
        write.row(
            &tables::POLICY_PUBLICATION,
            vec![
                new.client.into(),
                number.into(),
                hash.to_string().into(),
                new.from.to_string().into(),
                new.goes_back_to.into(),
                new.draft.map_or(Val::Null(Kind::Uuid), |d| d.0.into()),
                new.seal.into(),
                new.law.into(),
                user(by),
                user(new.approved_by),
                new.reason.into(),
                at.as_millisecond().into(),
            ],
        );
        let told = Told::PolicyPublished {
            number,
            policy: hash,
            effective_from: new.from,
            law: new.law,
            seal: new.seal,
            reason: new.reason,
            draft: new.draft,
            approved_by: new.approved_by,
            goes_back_to: new.goes_back_to,
            alone: new.approved_by.is_none(),
        };
        self.put_policy_fact(write, new.client, scope, told).await?;
        Ok(Published {
            number,
            policy: hash,
            effective_from: new.from,
        })
    }

    async fn put_policy_fact(
        &self,
        write: &mut Write,
        client: ClientId,
        scope: &Scope,
        what: Told<'_>,
    ) -> Result<(), AppError> {
        let before = cases::events_of_case(self.store(), client, STREAM).await?;
        let version = before.last().map_or(0, |e| e.version) + 1;
        let (at, kind) = (self.now(), what.kind());
        let fact = Fact {
            schema: returns::SCHEMA,
            at,
            by: scope.actor(),
            what,
        };
        self.put_fact(write, client, STREAM, (version, kind, at), &fact)
    }
}

/// What is wrong with the events of a client's policies: a gap, or a publication that is not
/// stored as it was told.
pub fn stream_fault(
    events: &[cases::EventRow],
    versions: &[crate::directory::PolicyVersion],
) -> Option<String> {
    for (event, n) in events.iter().zip(1_u64..) {
        if count(event.version) != n {
            return Some(format!("event {n} of the policies is missing"));
        }
        if event.kind != "policy_published" {
            continue;
        }
        let told: serde_json::Value = serde_json::from_str(&event.body).unwrap_or_default();
        let what = &told["what"];
        let stored = |v: &&crate::directory::PolicyVersion| {
            what["number"] == v.publication.number
                && what["policy"] == v.publication.hash
                && what["effective_from"] == v.publication.effective_from
        };
        if !versions.iter().any(|v| stored(&v)) {
            return Some(format!("version {} is not as published", what["number"]));
        }
    }
    None
}
