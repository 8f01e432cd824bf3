//! The scripted outside world: a payment provider with moods, and a post box.

use crate::world::CrashPlan;
use app::{NoticeWriter, jobs::NoticeFacts};
use async_trait::async_trait;
use kernel::{Money, ObligationId};
use ports::{
    Attempt, GatewayError, Mail, Mailer, PaymentGateway, PaymentKey, PaymentOrder, PaymentState,
    SendError, Submission, WebhookRequest, WebhookSender,
};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What the provider does with the next order it gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// Pays and says so.
    Settle,
    /// Takes it and pays later, when told by [`ScriptedBank::finish`].
    Pend,
    /// Refuses for good.
    Refuse,
    /// Cannot be reached; does nothing.
    Unreachable,
    /// Pays and the answer is lost.
    SettleSilently,
    /// Does nothing and the answer is lost.
    DropSilently,
}

/// What happened to one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The amount of the order.
    pub amount: Money,
    /// Where it stands at the provider.
    pub state: PaymentState,
    /// How often money moved under this key; more than once is the provider's fault, never ours
    /// to cause: it dedupes by key and counts the calls in `calls`.
    pub paid: u32,
    /// How often it was submitted.
    pub calls: u32,
}

#[derive(Debug, Default)]
struct Books {
    next: VecDeque<Behaviour>,
    effects: HashMap<PaymentKey, Effect>,
}

/// A payment provider that keeps its own books and honours idempotency keys.
#[derive(Debug)]
pub struct ScriptedBank {
    books: Mutex<Books>,
    plan: Arc<CrashPlan>,
}

impl ScriptedBank {
    pub(crate) fn new(plan: Arc<CrashPlan>) -> Self {
        Self {
            books: Mutex::default(),
            plan,
        }
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Scripts the next orders; after the script it settles.
    pub fn script(&self, behaviours: impl IntoIterator<Item = Behaviour>) {
        self.books().next.extend(behaviours);
    }

    /// Forgets the script: from now on every order settles.
    pub fn behave(&self) {
        self.books().next.clear();
    }

    /// Everything the provider knows.
    pub fn effects(&self) -> HashMap<PaymentKey, Effect> {
        self.books().effects.clone()
    }

    /// What the provider knows about these obligations, in the order of their keys.
    pub fn effects_of(&self, wanted: &HashSet<ObligationId>) -> Vec<(PaymentKey, Effect)> {
        let books = self.books();
        let of = |key: PaymentKey| books.effects.get(&key).map(|e| (key, e.clone()));
        let mut found: Vec<_> = wanted
            .iter()
            .flat_map(|id| {
                let tries = (1..=99).map_while(|n| {
                    let key = PaymentKey {
                        obligation: *id,
                        attempt: Attempt::new(n)?,
                    };
                    of(key)
                });
                tries.collect::<Vec<_>>()
            })
            .collect();
        found.sort_unstable_by_key(|(key, _)| *key);
        found
    }

    /// Ends a pending payment; returns its state for the message that tells of it.
    pub fn finish(&self, key: PaymentKey, state: PaymentState) -> PaymentState {
        let mut books = self.books();
        if let Some(effect) = books.effects.get_mut(&key) {
            if matches!(state, PaymentState::Settled { .. }) {
                effect.paid += 1;
            }
            effect.state = state.clone();
        }
        state
    }

    /// Keys of payments that wait.
    pub fn pending(&self) -> Vec<PaymentKey> {
        let waits = |e: &Effect| matches!(e.state, PaymentState::Pending { .. });
        let mut keys: Vec<PaymentKey> = self
            .books()
            .effects
            .iter()
            .filter(|(_, e)| waits(e))
            .map(|(k, _)| *k)
            .collect();
        keys.sort_unstable();
        keys
    }
}

#[async_trait]
impl PaymentGateway for ScriptedBank {
    fn name(&self) -> &'static str {
        "iso20022"
    }

    async fn submit(&self, order: &PaymentOrder) -> Result<Submission, GatewayError> {
        self.plan.seam();
        let (key, provider_ref) = (order.key(), format!("bank-{}", order.key()));
        let answer = {
            let mut books = self.books();
            if let Some(known) = books.effects.get_mut(&key) {
                known.calls += 1;
                // The key's effect stands; the provider answers as it did.
                match &known.state {
                    PaymentState::Failed { code, .. } => Err(GatewayError::Refused {
                        code: code.clone(),
                        reason: String::new(),
                    }),
                    PaymentState::Pending { .. } => Ok(Submission::Pending { provider_ref }),
                    _ => Ok(Submission::Settled { provider_ref }),
                }
            } else {
                let mood = books.next.pop_front().unwrap_or(Behaviour::Settle);
                let mut put = |state: PaymentState, paid| {
                    let effect = Effect {
                        amount: order.amount,
                        state,
                        paid,
                        calls: 1,
                    };
                    books.effects.insert(key, effect);
                };
                let settled = PaymentState::Settled {
                    on: None,
                    provider_ref: provider_ref.clone(),
                };
                match mood {
                    Behaviour::Settle => {
                        put(settled, 1);
                        Ok(Submission::Settled { provider_ref })
                    }
                    Behaviour::Pend => {
                        put(
                            PaymentState::Pending {
                                provider_ref: provider_ref.clone(),
                            },
                            0,
                        );
                        Ok(Submission::Pending { provider_ref })
                    }
                    Behaviour::Refuse => {
                        let code = "AC04".to_owned();
                        put(
                            PaymentState::Failed {
                                code: code.clone(),
                                reason: String::new(),
                            },
                            0,
                        );
                        Err(GatewayError::Refused {
                            code,
                            reason: String::new(),
                        })
                    }
                    Behaviour::Unreachable => Err(GatewayError::NotSent("no route".to_owned())),
                    Behaviour::SettleSilently => {
                        put(settled, 1);
                        Err(GatewayError::Unknown("timed out".to_owned()))
                    }
                    Behaviour::DropSilently => Err(GatewayError::Unknown("timed out".to_owned())),
                }
            }
        };
        self.plan.seam();
        answer
    }

    async fn find(&self, order: &PaymentOrder) -> Result<Option<PaymentState>, GatewayError> {
        self.plan.seam();
        Ok(self
            .books()
            .effects
            .get(&order.key())
            .map(|e| e.state.clone()))
    }
}

/// Mail and webhooks that were sent.
#[derive(Debug, Default)]
pub struct Outbox {
    mails: Mutex<Vec<Mail>>,
    webhooks: Mutex<Vec<WebhookRequest>>,
}

impl Outbox {
    /// Mails so far.
    pub fn mails(&self) -> Vec<Mail> {
        self.mails
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Webhooks so far.
    pub fn webhooks(&self) -> Vec<WebhookRequest> {
        self.webhooks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl NoticeWriter for Outbox {
    fn acknowledge(&self, facts: &app::declarations::AckFacts<'_>) -> Option<Mail> {
        Some(Mail {
            id: String::new(),
            from: facts.client.settings.brand.support_email.clone(),
            to: facts.declaration.email.clone(),
            reply_to: None,
            subject: format!("Declared {}", facts.declaration.code),
            text: facts.declaration.record.clone(),
            html: None,
            attachments: Vec::new(),
        })
    }

    fn write(&self, facts: &NoticeFacts<'_>) -> Option<Mail> {
        let to = facts.contact.email.clone();
        (!to.is_empty()).then(|| Mail {
            id: String::new(),
            from: facts.client.settings.brand.support_email.clone(),
            to,
            reply_to: None,
            subject: format!("{:?} {}", facts.notice, facts.case.rma),
            text: String::new(),
            html: None,
            attachments: Vec::new(),
        })
    }
}

#[async_trait]
impl Mailer for Outbox {
    async fn send(&self, mail: &Mail) -> Result<(), SendError> {
        self.mails
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(mail.clone());
        Ok(())
    }
}

#[async_trait]
impl WebhookSender for Outbox {
    async fn post(&self, request: &WebhookRequest) -> Result<u16, SendError> {
        self.webhooks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(request.clone());
        Ok(204)
    }
}
