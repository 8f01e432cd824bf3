//! Claims: what went wrong becomes a case a person settles. What a consumer declares is filed as a
//! proof of its own.

use crate::{
    App, AppError,
    cases::{Answer, Call, OrderKey},
};
use kernel::{ClientId, Permission};
use policy::{EvidenceGiven, Outcome};
use returns::{ClaimKind, Command, Path, Proof, ProofKind, RequestedLine, Speaks};

/// A claim as it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// About which order.
    pub order: OrderKey,
    /// What went wrong.
    pub kind: ClaimKind,
    /// Lines and units.
    pub lines: Vec<(u16, u32)>,
    /// What is wanted for it.
    pub wanted: Outcome,
    /// The consumer declares that it is so.
    pub declared: bool,
}

impl App {
    /// Makes a claim. With an idempotency key, making it again gives the stored answer.
    pub async fn request_claim(
        &self,
        call: &Call<'_>,
        client: ClientId,
        claimed: &Claimed,
    ) -> Result<Answer, AppError> {
        Self::check(call.scope, Permission::CaseRequest, client)?;
        let asked = |(line, units): &(u16, u32)| RequestedLine {
            line: *line,
            units: *units,
            reason: claimed.kind.reason(),
            wanted: claimed.wanted,
            evidence: EvidenceGiven {
                photos: 0,
                note: true,
                serial: false,
            },
            opened: false,
            noticed_on: None,
            own: None,
            lacks: policy::ConditionSet::EMPTY,
        };
        let command = Command::Request {
            lines: claimed.lines.iter().map(asked).collect(),
            path: Path::Ordinary,
            notice_sent_on: None,
            declared: None,
            wishes: Vec::new(),
            claim: Some(claimed.kind),
        };
        let answer = self
            .open_case(call, client, &claimed.order, &command)
            .await?;
        if !claimed.declared {
            return Ok(answer);
        }
        // Said again with the same key, it is filed if it was not: a crash loses no declaration.
        let after = Call::new(call.scope, call.at);
        let loaded = self.load_case(&after, client, answer.case).await?;
        let filed = |p: &Proof| p.kind == ProofKind::NonReceipt;
        if loaded
            .case
            .as_ref()
            .is_some_and(|c| c.proofs.iter().any(filed))
        {
            return Ok(answer);
        }
        let proof = Proof {
            kind: ProofKind::NonReceipt,
            on: loaded.client.day(call.at),
            speaks: Speaks::NotDelivered,
            reference: "declared in the claim".into(),
        };
        let file = Command::FileProof { proof };
        let filed = self
            .command_with(&after, client, answer.case, None, &file, &|_, _| ())
            .await?;
        Ok(Answer {
            decision: answer.decision,
            replayed: answer.replayed,
            ..filed
        })
    }
}
