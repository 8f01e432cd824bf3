//! The answer to a dispute through the provider's interface: recorded as on its way, handed over under
//! its own key, and what came of it recorded. Whatever dies in between leaves an answer that may be
//! there: the next look asks the provider before anything is handed over again.

use super::stream;
use crate::{
    App, AppError,
    cases::Call,
    jobs::{Done, Retry},
};
use kernel::{ClientId, DisputeId, JobId};
use ports::{EvidenceOrder, GatewayError};
use returns::dispute::{Delivery, Dispute, DisputeWhat, SentEvidence};
use store::{Write, questions::work};

/// How soon the provider is asked about an answer nobody knows the end of, seconds.
const ASK_AFTER_SECONDS: i64 = 30;

impl App {
    /// Whether the answer to a dispute can be handed to its provider from here.
    pub fn takes_evidence(&self, client: ClientId, dispute: &Dispute) -> bool {
        let gateway = self.0.gateways.get(&*dispute.provider);
        gateway.is_some_and(|g| g.takes_evidence(client))
    }

    /// Carries out a `dispute_evidence` job.
    pub(crate) async fn send_evidence(
        &self,
        call: &Call<'_>,
        client: ClientId,
        id: DisputeId,
        job: JobId,
    ) -> Result<Done, Retry> {
        let Some(dispute) = self.dispute_as_stored(client, id).await? else {
            return Ok(Done::Nothing);
        };
        let Some(own) = dispute.evidence.clone().filter(SentEvidence::is_open) else {
            return Ok(Done::Nothing);
        };
        let finish = |write: &mut Write| write.statement(work::finish(client, job));
        let refused = |code: &str| DisputeWhat::DisputeEvidenceRefused {
            key: own.key.clone(),
            code: code.into(),
        };
        // As it was made: what is stored is sealed.
        let pack = match self.dispute_pack(call.scope, client, id, &own.sha256).await {
            Ok(pack) => Some(pack),
            Err(AppError::Missing) => None,
            Err(e) => return Err(e.into()),
        };
        let gateway = self.0.gateways.get(&*dispute.provider);
        let (Some(pack), Some(gateway)) = (pack, gateway) else {
            let why = [refused("no_way")];
            return self
                .evidence_is(call, client, id, &own.key, &why, &finish)
                .await;
        };
        let order = EvidenceOrder {
            client,
            dispute: dispute.reference.to_string(),
            key: own.key.to_string(),
            note: own.note.to_string(),
            pdf: pack.bytes,
        };
        let taken = [DisputeWhat::DisputeSubmitted {
            round: own.round,
            sha256: own.sha256.clone(),
            note: own.note.clone(),
        }];
        if own.delivery == Delivery::Sent {
            match gateway.find_evidence(&order).await {
                Ok(true) => {
                    return self
                        .evidence_is(call, client, id, &own.key, &taken, &finish)
                        .await;
                }
                // It certainly is not there: the same key may be used now.
                Ok(false) => {}
                Err(e) => return Err(Retry(e.to_string())),
            }
        }
        if !dispute.state().waits() {
            let late = [refused("too_late")];
            return self
                .evidence_is(call, client, id, &own.key, &late, &finish)
                .await;
        }
        if own.delivery == Delivery::Asked {
            let sent = [DisputeWhat::DisputeEvidenceSent {
                key: own.key.clone(),
            }];
            self.evidence_is(call, client, id, &own.key, &sent, &|_| {})
                .await?;
        }
        match gateway.submit_evidence(&order).await {
            Ok(()) => {
                self.evidence_is(call, client, id, &own.key, &taken, &finish)
                    .await
            }
            Err(GatewayError::Refused { code, .. }) => {
                let why = [refused(&code)];
                self.evidence_is(call, client, id, &own.key, &why, &finish)
                    .await
            }
            Err(GatewayError::NotSent(why)) => Err(Retry(why)),
            Err(GatewayError::Unknown(why)) => {
                tracing::warn!(dispute = %id, stream = %stream(id), why, "outcome of an answer unknown");
                Ok(Done::Later(ASK_AFTER_SECONDS))
            }
        }
    }

    /// Records what became of an answer, unless something else became of it meanwhile.
    async fn evidence_is(
        &self,
        call: &Call<'_>,
        client: ClientId,
        id: DisputeId,
        key: &str,
        what: &[DisputeWhat],
        extra: &(dyn Fn(&mut Write) + Sync),
    ) -> Result<Done, Retry> {
        let judge = |d: &Dispute| {
            let open = d
                .evidence
                .as_ref()
                .filter(|e| e.is_open() && *e.key == *key);
            Ok::<_, AppError>(open.map_or_else(Vec::new, |_| what.to_vec()))
        };
        let (_, changed) = self
            .change_dispute(call, client, id, None, &judge, extra)
            .await?;
        Ok(if changed { Done::Stored } else { Done::Nothing })
    }
}
