//! What people do about a dispute: open one by hand, name its order, say how it will be answered,
//! note that the answer was sent, record how it ended. Every act names the version it was made for.

use super::{commit::linked, take::Word};
use crate::{
    App, AppError,
    cases::{Call, OrderKey},
    commit::Job,
    intake::ids,
};
use kernel::{CaseId, ClientId, DisputeId, Lang, Money, Permission, Timestamp};
use returns::dispute::{Dispute, DisputeWhat, News, SentEvidence, Stage, State, TEXT_MAX};
use std::sync::Arc;
use store::Write;

/// A dispute somebody heard of on paper or by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// Who has it: the provider's name.
    pub provider: String,
    /// The provider's number of it.
    pub reference: String,
    /// The provider's number of the payment; may be empty.
    pub payment: String,
    /// The shop's number of the order; may be empty.
    pub order_number: String,
    /// An inquiry or a chargeback.
    pub stage: Stage,
    /// The reason; may be empty.
    pub reason: String,
    /// What is disputed.
    pub amount: Money,
    /// The last moment for an answer.
    pub due_at: Option<Timestamp>,
}

/// What somebody does about a dispute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DisputeAct {
    /// It will be contested.
    Contest {
        /// Why.
        note: String,
    },
    /// The buyer may have the money.
    Accept {
        /// Why.
        note: String,
    },
    /// The answer was sent to the provider.
    Submit {
        /// How.
        note: String,
    },
    /// The pack is sent as the answer through the provider's interface.
    Send {
        /// What is said with it.
        note: String,
        /// The pack that was looked at, by its hash.
        sha256: String,
    },
    /// It stands elsewhere than the provider has told us.
    Outcome {
        /// Where.
        stage: Stage,
        /// How it is known.
        note: String,
    },
    /// It is about this order.
    Link {
        /// Which.
        order: OrderKey,
        /// Indexes of the lines it is about; none for the whole payment.
        lines: Vec<u16>,
        /// The return it is about, if it is about one.
        case: Option<CaseId>,
    },
    /// Make its evidence pack.
    Pack {
        /// In which language.
        lang: Lang,
    },
}

fn note_of(text: &str, needed: bool) -> Result<Arc<str>, AppError> {
    let text = text.trim();
    if needed && text.is_empty() || text.chars().count() > TEXT_MAX {
        return Err(AppError::field("note", "dispute-help-note"));
    }
    Ok(text.into())
}

impl App {
    /// Opens a dispute by hand. One that is known by its number is that one.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a field that is missing; by scope.
    pub async fn open_dispute(
        &self,
        call: &Call<'_>,
        client: ClientId,
        new: &ByHand,
    ) -> Result<DisputeId, AppError> {
        Self::check(call.scope, Permission::MoneyOperate, client)?;
        for (field, text) in [("provider", &new.provider), ("reference", &new.reference)] {
            if text.trim().is_empty() {
                return Err(AppError::field(field, "dispute-help-text"));
            }
        }
        if new.payment.trim().is_empty() && new.order_number.trim().is_empty() {
            return Err(AppError::field("order", "dispute-help-order"));
        }
        if !matches!(new.stage, Stage::Inquiry | Stage::NeedsResponse) {
            return Err(AppError::field("stage", "dispute-help-text"));
        }
        if new.amount.minor <= 0 {
            return Err(AppError::field("amount", "dispute-help-amount"));
        }
        let text = |t: &str| -> Arc<str> { t.trim().into() };
        let some = |t: &str| Some(text(t)).filter(|t| !t.is_empty());
        let provider: Arc<str> = new.provider.trim().to_ascii_lowercase().into();
        let word = Word {
            provider,
            reference: text(&new.reference),
            payments: some(&new.payment).into_iter().collect(),
            order_number: text(&new.order_number),
            news: News {
                source: "desk".into(),
                message: "opened".into(),
                at: call.at,
                stage: new.stage,
                round: u8::from(new.stage != Stage::Inquiry),
                amount: Some(new.amount),
                reason: some(&new.reason),
                scheme: None,
                due_at: new.due_at,
                taken: None,
                step: new.stage.as_str().into(),
            },
        };
        self.hear_dispute(call, client, &word, &|_| {}).await?;
        Ok(ids::dispute_id(client, &word.provider, &word.reference))
    }

    /// Does something about version `expected` of a dispute; about whatever it is now without one.
    /// The version afterwards.
    ///
    /// # Errors
    /// [`AppError::Stale`] when somebody was faster; [`AppError::Invalid`] for words that are
    /// missing, or an act that does not fit where it stands; by scope.
    pub async fn act_on_dispute(
        &self,
        call: &Call<'_>,
        client: ClientId,
        id: DisputeId,
        expected: Option<u64>,
        act: &DisputeAct,
    ) -> Result<u64, AppError> {
        Self::check(call.scope, Permission::MoneyOperate, client)?;
        let order = match act {
            DisputeAct::Link { order, lines, case } => {
                let loaded = self.load_order(call, client, order).await?;
                if lines.iter().any(|l| loaded.order.line(*l).is_none()) {
                    return Err(AppError::field("lines", "dispute-help-order"));
                }
                if let Some(case) = case {
                    let found = self.load_case(call, client, *case).await?;
                    if found.order.id != loaded.order.id {
                        return Err(AppError::field("case", "dispute-help-order"));
                    }
                }
                Some(loaded.order)
            }
            _ => None,
        };
        let message: Arc<str> = format!("desk/{}", self.mint(call.at)).into();
        let judge = |d: &Dispute| {
            if expected.is_some_and(|v| v != d.version) {
                return Err(AppError::Stale { current: d.version });
            }
            follows(call, d, act, order.as_ref(), &message)
        };
        if let DisputeAct::Pack { lang } = act {
            return self.order_pack(call, client, id, expected, *lang).await;
        }
        if let DisputeAct::Send { .. } = act {
            let d = self.dispute_as_stored(client, id).await?;
            let d = d.ok_or(AppError::Missing)?;
            if !self.takes_evidence(client, &d) {
                return Err(AppError::field("act", "dispute-help-by-hand"));
            }
        }
        let (now, _) = self
            .change_dispute(call, client, id, None, &judge, &|_| {})
            .await?;
        Ok(now.version)
    }

    /// Puts the job down that makes a pack; the dispute itself changes when it is made.
    async fn order_pack(
        &self,
        call: &Call<'_>,
        client: ClientId,
        id: DisputeId,
        expected: Option<u64>,
        lang: Lang,
    ) -> Result<u64, AppError> {
        let d = self.dispute_as_stored(client, id).await?;
        let d = d.ok_or(AppError::Missing)?;
        if expected.is_some_and(|v| v != d.version) {
            return Err(AppError::Stale { current: d.version });
        }
        if d.link.is_none() {
            return Err(AppError::field("order", "dispute-help-unlinked"));
        }
        let mut write = Write::new();
        let job = Job::DisputePack { dispute: id, lang };
        self.put_job(&mut write, client, super::stream(id), &job, call.at)?;
        self.store().write(write).await?;
        self.0.work.notify_one();
        Ok(d.version)
    }
}

/// The events of an act, given how the dispute stands.
fn follows(
    call: &Call<'_>,
    d: &Dispute,
    act: &DisputeAct,
    order: Option<&returns::SalesOrder>,
    message: &Arc<str>,
) -> Result<Vec<DisputeWhat>, AppError> {
    let not_now = || AppError::field("act", "dispute-help-state");
    let round = d.round;
    let answered = |contest, note| {
        Ok(vec![DisputeWhat::DisputeAnswered {
            contest,
            round,
            note,
        }])
    };
    match act {
        DisputeAct::Contest { note } if d.state().waits() => answered(true, note_of(note, true)?),
        // An inquiry takes no money: who agrees with the buyer pays a refund.
        DisputeAct::Accept { note } if d.state() == State::NeedsResponse => {
            answered(false, note_of(note, true)?)
        }
        DisputeAct::Submit { note } if d.state().waits() => {
            Ok(vec![DisputeWhat::DisputeSubmitted {
                round,
                sha256: d
                    .pack
                    .as_ref()
                    .map_or_else(|| Arc::from(""), |p| p.sha256.clone()),
                note: note_of(note, true)?,
            }])
        }
        DisputeAct::Send { note, sha256 } if d.state().waits() => {
            let pack = d.pack.as_ref().filter(|p| *p.sha256 == **sha256);
            let pack = pack.ok_or_else(|| AppError::field("sha256", "dispute-help-pack"))?;
            if d.evidence.as_ref().is_some_and(SentEvidence::is_open) {
                return Err(not_now());
            }
            Ok(vec![DisputeWhat::DisputeEvidenceAsked {
                key: format!("dsp_{}_{}", d.id.0.simple(), d.version + 1).into(),
                round,
                sha256: pack.sha256.clone(),
                note: note_of(note, true)?,
            }])
        }
        DisputeAct::Outcome { stage, note } => {
            note_of(note, true)?;
            Ok(vec![DisputeWhat::DisputeHeard {
                provider: d.provider.clone(),
                reference: d.reference.clone(),
                payments: Vec::new(),
                order_number: Arc::from(""),
                news: News {
                    source: "desk".into(),
                    message: message.clone(),
                    // Later than anything that was said, also by a provider whose clock is ahead.
                    at: d.heard.last().map_or(call.at, |n| n.at.max(call.at)),
                    stage: *stage,
                    round,
                    amount: None,
                    reason: None,
                    scheme: None,
                    due_at: None,
                    taken: None,
                    step: note_of(note, true)?,
                },
            }])
        }
        DisputeAct::Link { lines, case, .. } => {
            let order = order.ok_or(AppError::Missing)?;
            Ok(vec![linked(order, d, lines, *case)])
        }
        DisputeAct::Contest { .. }
        | DisputeAct::Accept { .. }
        | DisputeAct::Submit { .. }
        | DisputeAct::Send { .. }
        | DisputeAct::Pack { .. } => Err(not_now()),
    }
}
