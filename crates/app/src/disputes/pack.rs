//! What speaks in a dispute, gathered for its page and its evidence pack: only what concerns it,
//! and nothing that was written for the house. The pack is made by a job and kept by the hash of
//! its bytes.

use super::{commit::read, stream};
use crate::{
    App, AppError,
    acknowledge::sha256_bytes,
    cases::Call,
    commit::Job,
    directory::Client,
    intake::StoredContact,
    jobs::{Done, Retry},
    privacy::{sealed::at, words::Reader},
};
use kernel::{Actor, CaseId, ClientId, Date, DisputeId, Lang, ObligationId, Timestamp};
use policy::Policy;
use privacy::{Purpose, field};
use returns::{
    Event, Notice, ObligationKind, ObligationState, ReturnCase, SalesOrder, What,
    dispute::{Check, Dispute, DisputeEvent, DisputeWhat, Evidence, checklist},
};
use std::sync::Arc;
use store::{
    Write,
    questions::{Also, cases, disputes, documents, found, ledger as log, orders, work},
    tables,
};

/// Proofs that go along at most.
const PROOFS_MAX: usize = 8;

/// Money that went back to the buyer, or is about to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundFact {
    /// Which.
    pub obligation: ObligationId,
    /// Minor units of the order.
    pub minor: i64,
    /// Money, not credit.
    pub is_money: bool,
    /// Where it stands.
    pub state: ObligationState,
    /// The provider's reference: the ARN where it gives one.
    pub reference: Arc<str>,
    /// When it was paid; none if it is not.
    pub paid_at: Option<Timestamp>,
    /// Number and hash of its credit note; none if none is issued.
    pub document: Option<(String, String)>,
}

/// A return as far as a dispute is concerned.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// The return.
    pub case: ReturnCase,
    /// What happened, oldest first.
    pub events: Vec<Event>,
    /// Money of it.
    pub refunds: Vec<RefundFact>,
    /// Photographs of it.
    pub photos: Vec<found::PhotoRow>,
    /// What was written to the customer, and when it was put down.
    pub notices: Vec<(Notice, Timestamp)>,
}

/// Everything that speaks in a dispute.
#[derive(Debug, Clone)]
pub struct PackFacts {
    /// Whose.
    pub client: Arc<Client>,
    /// The dispute.
    pub dispute: Dispute,
    /// What happened to it.
    pub events: Vec<DisputeEvent>,
    /// The order.
    pub order: SalesOrder,
    /// Who bought; personal data.
    pub contact: StoredContact,
    /// The policy that was shown.
    pub policy: Arc<Policy>,
    /// Since when it applied to new orders, if its publication is known.
    pub policy_from: Option<Date>,
    /// The returns it concerns.
    pub cases: Vec<CaseFile>,
    /// What is wanted and what is here.
    pub checks: Vec<Check>,
    /// Receipts of the log (C2SP tlog-proof), each with its checkpoint.
    pub proofs: Vec<String>,
}

impl PackFacts {
    /// Money that reached the buyer, minor units of the order.
    pub fn refunded_minor(&self) -> i64 {
        let paid = self.cases.iter().flat_map(|c| &c.refunds);
        let paid = paid.filter(|r| r.is_money && r.state == ObligationState::Settled);
        paid.map(|r| r.minor).sum()
    }
}

/// What of the evidence is here.
fn here(order: &SalesOrder, dispute: &Dispute, files: &[CaseFile]) -> Vec<Evidence> {
    let about = |line: usize| {
        let lines = dispute.link.as_ref().map_or(&[][..], |l| &l.lines);
        lines.is_empty() || u16::try_from(line).is_ok_and(|l| lines.contains(&l))
    };
    let mut sent = order.lines.iter().enumerate().filter(|(i, _)| about(*i));
    let delivered = order.lines.iter().enumerate().any(|(i, _)| about(i))
        && sent.all(|(_, l)| l.delivered_on.is_some());
    let any = |wanted: &dyn Fn(&CaseFile) -> bool| files.iter().any(wanted);
    let refunded = |f: &CaseFile| {
        let paid = |r: &RefundFact| r.is_money && r.state == ObligationState::Settled;
        f.refunds.iter().any(paid)
    };
    let said = |f: &CaseFile| f.events.iter().any(for_customer) || !f.notices.is_empty();
    let graded = |f: &CaseFile| f.case.lines.iter().any(|l| !l.lots.is_empty());
    let scanned = |f: &CaseFile| f.case.parcels.iter().any(|p| p.shipped_on.is_some());
    [
        (Evidence::RefundProof, any(&refunded)),
        (Evidence::ProofOfDelivery, delivered),
        (Evidence::PolicyShown, order.informed.of_policy),
        (Evidence::Messages, any(&said)),
        (Evidence::ReturnRecord, any(&graded)),
        (Evidence::ReturnScans, any(&scanned)),
        (Evidence::Photos, any(&|f| !f.photos.is_empty())),
        (Evidence::OrderDetails, true),
        (Evidence::OtherPayments, order.tenders.len() > 1),
    ]
    .into_iter()
    .filter_map(|(evidence, is_here)| is_here.then_some(evidence))
    .collect()
}

/// Whether an event is something the customer said or was told in words. Words of the house to
/// itself are not.
pub fn for_customer(event: &Event) -> bool {
    match event.what {
        What::InfoAsked { .. } | What::Appealed { .. } => true,
        What::Noted { .. } => event.by == Actor::Shopper,
        _ => false,
    }
}

impl App {
    /// Everything that speaks in a dispute whose order is known.
    pub(super) async fn dispute_facts(
        &self,
        client: ClientId,
        dispute: &Dispute,
    ) -> Result<Option<PackFacts>, AppError> {
        let Some(link) = &dispute.link else {
            return Ok(None);
        };
        let store = self.store();
        let row = orders::order_by_id(store, client, link.order, Also::NOTHING).await?;
        let row = row.ok_or(AppError::Missing)?;
        let order: SalesOrder = serde_json::from_str(&row.body)?;
        let directory = self.directory();
        let whose = directory.client(client).cloned().ok_or(AppError::Missing)?;
        let policy = directory.policy(client, order.policy).cloned();
        let policy = policy.ok_or_else(|| AppError::fault("the policy of an order is gone"))?;
        let version = directory.versions(client).iter();
        let version = version.filter(|v| v.policy.hash() == order.policy);
        let policy_from = version.map(|v| v.effective_from).min();
        let known = self.known(client, order.customer).await?;
        let (contact, key) = known.map_or_else(Default::default, |k| (k.contact, k.key));
        let reader = Reader::new(key, &order);
        let mut files = Vec::new();
        for head in cases::cases_of_order(store, client, order.id).await? {
            let file = self
                .case_file(client, CaseId(head.case_id), &reader)
                .await?;
            if concerns(dispute, &file.case) {
                files.push(file);
            }
        }
        files.sort_by_key(|f| f.case.opened_at);
        let checks = checklist(dispute.category(), &here(&order, dispute, &files));
        Ok(Some(PackFacts {
            client: whose,
            dispute: dispute.clone(),
            events: self.dispute_log(client, dispute.id).await?,
            contact,
            policy,
            policy_from,
            cases: files,
            checks,
            proofs: Vec::new(),
            order,
        }))
    }

    /// The events of a dispute, oldest first.
    pub(super) async fn dispute_log(
        &self,
        client: ClientId,
        id: DisputeId,
    ) -> Result<Vec<DisputeEvent>, AppError> {
        let rows = cases::events_of_case(self.store(), client, stream(id)).await?;
        let read = |e: &cases::EventRow| Ok(serde_json::from_str(&e.body)?);
        rows.iter().map(read).collect()
    }

    async fn case_file(
        &self,
        client: ClientId,
        id: CaseId,
        reader: &Reader,
    ) -> Result<CaseFile, AppError> {
        let store = self.store();
        let row = cases::case_load(store, client, id, Also::NOTHING).await?;
        let row = row.ok_or(AppError::Missing)?;
        let case: ReturnCase = serde_json::from_str(&reader.json(&row.state))?;
        let events = cases::events_of_case(store, client, id).await?;
        let events: Vec<Event> = events
            .iter()
            .map(|e| serde_json::from_str(&reader.json(&e.body)))
            .collect::<Result<_, _>>()?;
        let papers = documents::of_case(store, client, id).await?;
        let refund = |o: &returns::Obligation| {
            let paid_at = events.iter().rev().find_map(|e| match e.what {
                What::PaymentSettled { obligation, .. } if obligation == o.id => Some(e.at),
                _ => None,
            });
            let paper = papers.iter().rfind(|d| d.obligation_id == o.id.0);
            let is_paid = o.state == ObligationState::Settled;
            RefundFact {
                obligation: o.id,
                minor: o.minor,
                is_money: o.kind == ObligationKind::Refund,
                state: o.state,
                reference: o
                    .reference
                    .clone()
                    .filter(|_| is_paid)
                    .unwrap_or_else(|| Arc::from("")),
                paid_at: paid_at.filter(|_| is_paid),
                document: paper.map(|d| (d.name.clone(), d.sha256.clone())),
            }
        };
        let money = |o: &&returns::Obligation| {
            matches!(o.kind, ObligationKind::Refund | ObligationKind::StoreCredit)
                && o.state != ObligationState::Canceled
        };
        let refunds = case.obligations.iter().filter(money).map(refund).collect();
        let jobs = work::jobs_of_case(store, client, id).await?;
        let notice = |j: &work::JobRow| match serde_json::from_str(&j.body) {
            Ok(Job::Notify { notice }) if j.state == "done" => {
                let at = Timestamp::from_millisecond(j.created_at).unwrap_or_default();
                Some((notice, at))
            }
            _ => None,
        };
        let mut notices: Vec<_> = jobs.iter().filter_map(notice).collect();
        notices.sort_by_key(|(_, at)| *at);
        Ok(CaseFile {
            refunds,
            notices,
            photos: found::photos(store, client, id).await?,
            case,
            events,
        })
    }

    /// Carries out a `dispute_pack` job: the pack is kept by the hash of its bytes, and the dispute
    /// remembers it. The same facts give the same pack.
    pub(crate) async fn make_pack(
        &self,
        call: &Call<'_>,
        client: ClientId,
        id: DisputeId,
        lang: Lang,
    ) -> Result<Done, Retry> {
        let Some(row) = disputes::by_id(self.store(), client, id).await? else {
            return Ok(Done::Nothing);
        };
        let dispute = read(&row)?;
        let Some(mut facts) = self.dispute_facts(client, &dispute).await? else {
            return Ok(Done::Nothing);
        };
        facts.proofs = self.proofs_of(client, &facts).await?;
        let Some(drawn) = self.0.post.writer.evidence_pack(&facts, lang) else {
            return Ok(Done::Nothing);
        };
        let bytes = drawn.map_err(Retry)?;
        let sha256: Arc<str> = sha256_bytes(&bytes).into();
        let judge = |d: &Dispute| {
            let same = d.pack.as_ref().is_some_and(|p| p.sha256 == sha256);
            Ok(if same {
                Vec::new()
            } else {
                vec![DisputeWhat::DisputePackMade {
                    sha256: sha256.clone(),
                    lang: lang.as_str().into(),
                }]
            })
        };
        let customer = facts.order.customer.0;
        let key = self
            .ensure_person(client, customer, Purpose::Person)
            .await?;
        let place = at(client, customer, &field::PACK, id.0);
        let sealed = self.seal_file(&key, &place, &bytes);
        let keep = |write: &mut Write| {
            write.row(
                &tables::DISPUTE_PACK,
                vec![
                    client.into(),
                    id.0.into(),
                    (&*sha256).into(),
                    lang.as_str().into(),
                    call.at.as_millisecond().into(),
                    sealed.clone().into(),
                ],
            );
        };
        self.change_dispute(call, client, id, None, &judge, &keep)
            .await?;
        Ok(Done::Nothing)
    }

    /// Receipts of what a pack rests on: that the dispute was heard, and that each refund was paid.
    async fn proofs_of(
        &self,
        client: ClientId,
        facts: &PackFacts,
    ) -> Result<Vec<String>, AppError> {
        let mut proofs: Vec<String> = self
            .dispute_receipt(client, facts.dispute.id)
            .await?
            .into_iter()
            .collect();
        for file in &facts.cases {
            let mut leaves = log::leaves_of_case(self.store(), client, file.case.id).await?;
            leaves.retain(|leaf| leaf.kind.as_deref() == Some("payment_settled"));
            proofs.extend(self.receipts(client, leaves).await?);
        }
        proofs.truncate(PROOFS_MAX);
        Ok(proofs)
    }
}

/// Whether a return is one a dispute concerns: the one a person named, or any that has one of its
/// lines; every return of the order where neither is known.
fn concerns(dispute: &Dispute, case: &ReturnCase) -> bool {
    let Some(link) = &dispute.link else {
        return false;
    };
    match link.case {
        Some(named) => named == case.id,
        None if link.lines.is_empty() => true,
        None => case.lines.iter().any(|l| link.lines.contains(&l.line)),
    }
}
