//! The scripted outside world: a payment provider with moods, and a post box.

use crate::world::CrashPlan;
use app::{NoticeWriter, jobs::NoticeFacts};
use async_trait::async_trait;
use kernel::{ClientId, Money, ObligationId};
use ports::{
    Asking, Attempt, CaptureOrder, Checkout, CheckoutOrder, Destination, EvidenceOrder,
    GatewayError, Mail, Mailer, PaymentGateway, PaymentKey, PaymentOrder, PaymentState, SendError,
    Submission, Taking, WebhookRequest, WebhookSender,
};
use std::{
    collections::{HashMap, HashSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::watch;

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

/// A page the customer pays on, or places a security on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its key.
    pub key: PaymentKey,
    /// How much it asks for.
    pub amount: Money,
    /// Charge or security.
    pub taking: Taking,
    /// Where it stands.
    pub state: PaymentState,
}

#[derive(Debug, Default)]
struct Books {
    next: VecDeque<Behaviour>,
    effects: HashMap<PaymentKey, Effect>,
    pages: Vec<Page>,
    captured: Vec<(PaymentKey, i64)>,
    released: Vec<String>,
    /// Answers to disputes by their keys, with how often each was handed over.
    answers: HashMap<String, u32>,
    tells_only: Option<i64>,
    waiting: usize,
    sent_to: Vec<(PaymentKey, Destination)>,
}

/// A payment provider that keeps its own books and honours idempotency keys.
#[derive(Debug)]
pub struct ScriptedBank {
    books: Mutex<Books>,
    plan: Arc<CrashPlan>,
    door: watch::Sender<bool>,
}

impl ScriptedBank {
    pub(crate) fn new(plan: Arc<CrashPlan>) -> Self {
        Self {
            books: Mutex::default(),
            plan,
            door: watch::Sender::new(true),
        }
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How often each answer to a dispute was taken, by its key.
    pub fn answers(&self) -> HashMap<String, u32> {
        self.books().answers.clone()
    }

    /// Scripts the next orders; after the script it settles.
    pub fn script(&self, behaviours: impl IntoIterator<Item = Behaviour>) {
        self.books().next.extend(behaviours);
    }

    /// From now on it cannot be asked and tells by message only; it knows a key for so many seconds.
    pub fn tell_only(&self, seconds: i64) {
        self.books().tells_only = Some(seconds);
    }

    /// Forgets the script: from now on every order settles.
    pub fn behave(&self) {
        self.books().next.clear();
    }

    /// From now on no order gets through, until [`ScriptedBank::open`].
    pub fn shut(&self) {
        self.door.send_replace(false);
    }

    /// Lets everything through that waits.
    pub fn open(&self) {
        self.door.send_replace(true);
    }

    /// How many orders have come to a shut door so far.
    pub fn waiting(&self) -> usize {
        self.books().waiting
    }

    async fn pass_door(&self) {
        let mut door = self.door.subscribe();
        if !*door.borrow_and_update() {
            self.books().waiting += 1;
            // The sender lives as long as the provider.
            let _ = door.wait_for(|open| *open).await;
        }
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

    /// Where each order went, in the order they came.
    pub fn sent_to(&self) -> Vec<(PaymentKey, Destination)> {
        self.books().sent_to.clone()
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

    /// Pages that were opened.
    pub fn pages(&self) -> Vec<Page> {
        self.books().pages.clone()
    }

    /// What was charged on securities, minor units.
    pub fn captured(&self) -> Vec<i64> {
        self.books().captured.iter().map(|c| c.1).collect()
    }

    /// Securities that were let go.
    pub fn released(&self) -> Vec<String> {
        self.books().released.clone()
    }

    /// The customer ends the newest page of an obligation: pays, or lets it run out. Gives the
    /// message that tells of it.
    ///
    /// # Panics
    /// When no page was opened.
    pub fn end_page(&self, obligation: ObligationId, paid: bool) -> (PaymentKey, PaymentState) {
        let mut books = self.books();
        let of = |p: &&mut Page| p.key.obligation == obligation;
        #[expect(clippy::expect_used, reason = "a test that ends a page opened one")]
        let page = books.pages.iter_mut().rfind(of).expect("a page");
        page.state = if paid {
            PaymentState::Settled {
                on: None,
                provider_ref: format!("pi-{}", page.key),
            }
        } else {
            PaymentState::Failed {
                code: "expired".into(),
                reason: String::new(),
            }
        };
        (page.key, page.state.clone())
    }

    /// Pages the customer has not ended, in the order they were opened.
    pub fn open_pages(&self, wanted: &HashSet<ObligationId>) -> Vec<Page> {
        let pages = self.pages().into_iter();
        pages
            .filter(|p| wanted.contains(&p.key.obligation))
            .filter(|p| matches!(p.state, PaymentState::Pending { .. }))
            .collect()
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

    fn asking(&self) -> Asking {
        match self.books().tells_only {
            Some(seconds) => Asking::SameKey { seconds },
            None => Asking::LookUp,
        }
    }

    async fn submit(&self, order: &PaymentOrder) -> Result<Submission, GatewayError> {
        self.plan.point("before submitting");
        self.pass_door().await;
        let (key, provider_ref) = (order.key(), format!("bank-{}", order.key()));
        let answer = {
            let mut books = self.books();
            books.sent_to.push((key, order.destination.clone()));
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
        self.plan.point("after submitting");
        answer
    }

    fn takes_evidence(&self, _: ClientId) -> bool {
        true
    }

    async fn submit_evidence(&self, order: &EvidenceOrder) -> Result<(), GatewayError> {
        // A bank cannot open what the house sealed.
        assert!(!order.pdf.starts_with(kernel::SEALED_PREFIX.as_bytes()));
        assert!(!order.note.contains(kernel::SEALED_PREFIX));
        self.plan.point("before answering");
        let answer = {
            let mut books = self.books();
            let mood = books.next.pop_front().unwrap_or(Behaviour::Settle);
            match mood {
                Behaviour::Refuse => Err(GatewayError::Refused {
                    code: "closed".to_owned(),
                    reason: String::new(),
                }),
                Behaviour::Unreachable => Err(GatewayError::NotSent("no route".to_owned())),
                Behaviour::DropSilently => Err(GatewayError::Unknown("timed out".to_owned())),
                Behaviour::Settle | Behaviour::Pend | Behaviour::SettleSilently => {
                    *books.answers.entry(order.key.clone()).or_default() += 1;
                    match mood {
                        Behaviour::SettleSilently => {
                            Err(GatewayError::Unknown("timed out".to_owned()))
                        }
                        _ => Ok(()),
                    }
                }
            }
        };
        self.plan.point("after answering");
        answer
    }

    async fn find_evidence(&self, order: &EvidenceOrder) -> Result<bool, GatewayError> {
        self.plan.point("before looking for an answer");
        Ok(self.books().answers.contains_key(&order.key))
    }

    async fn find(&self, order: &PaymentOrder) -> Result<Option<PaymentState>, GatewayError> {
        self.plan.point("before asking");
        let found = {
            let books = self.books();
            if books.tells_only.is_some() {
                return Err(GatewayError::Unknown("it tells by message only".to_owned()));
            }
            books.effects.get(&order.key()).map(|e| e.state.clone())
        };
        self.plan.point("after asking");
        Ok(found)
    }
}

/// The same provider as the one that takes money: its pages and securities.
#[derive(Debug)]
pub struct ScriptedTill(pub Arc<ScriptedBank>);

#[async_trait]
impl PaymentGateway for ScriptedTill {
    fn name(&self) -> &'static str {
        "sandbox"
    }

    async fn submit(&self, _: &PaymentOrder) -> Result<Submission, GatewayError> {
        Err(GatewayError::NotSent("takes only".to_owned()))
    }

    async fn find(&self, _: &PaymentOrder) -> Result<Option<PaymentState>, GatewayError> {
        Ok(None)
    }

    async fn open_checkout(&self, order: &CheckoutOrder) -> Result<Checkout, GatewayError> {
        self.0.plan.point("before opening a page");
        let answer = {
            let mut books = self.0.books();
            let mood = books.next.pop_front().unwrap_or(Behaviour::Settle);
            let reference = format!("page-{}", order.key());
            let known = books.pages.iter().any(|p| p.key == order.key());
            let opens = !matches!(mood, Behaviour::Unreachable | Behaviour::DropSilently);
            if opens && !known {
                books.pages.push(Page {
                    key: order.key(),
                    amount: order.amount,
                    taking: order.taking,
                    state: PaymentState::Pending {
                        provider_ref: reference.clone(),
                    },
                });
            }
            match mood {
                Behaviour::Unreachable => Err(GatewayError::NotSent("no route".to_owned())),
                Behaviour::DropSilently | Behaviour::SettleSilently => {
                    Err(GatewayError::Unknown("timed out".to_owned()))
                }
                _ => Ok(Checkout {
                    url: format!("{}/{reference}", order.page),
                    reference,
                }),
            }
        };
        self.0.plan.point("after opening a page");
        answer
    }

    async fn find_checkout(
        &self,
        order: &CheckoutOrder,
    ) -> Result<Option<PaymentState>, GatewayError> {
        self.0.plan.point("before asking about a page");
        let pages = self.0.pages();
        let known = pages.into_iter().find(|p| p.key == order.key());
        // Like a real one, it finds a page by its own number only.
        Ok(known.filter(|_| order.opened.is_some()).map(|p| p.state))
    }

    async fn capture(&self, order: &CaptureOrder) -> Result<Submission, GatewayError> {
        self.0.plan.point("before capturing");
        let answer = {
            let mut books = self.0.books();
            let mood = books.next.pop_front().unwrap_or(Behaviour::Settle);
            let moves = !matches!(mood, Behaviour::Unreachable | Behaviour::DropSilently);
            if moves && !books.captured.iter().any(|c| c.0 == order.key) {
                books.captured.push((order.key, order.amount.minor));
            }
            match mood {
                Behaviour::Unreachable => Err(GatewayError::NotSent("no route".to_owned())),
                Behaviour::DropSilently | Behaviour::SettleSilently => {
                    Err(GatewayError::Unknown("timed out".to_owned()))
                }
                _ => Ok(Submission::Settled {
                    provider_ref: format!("pi-{}", order.key),
                }),
            }
        };
        self.0.plan.point("after capturing");
        answer
    }

    async fn find_capture(
        &self,
        order: &CaptureOrder,
    ) -> Result<Option<PaymentState>, GatewayError> {
        self.0.plan.point("before asking about a capture");
        let done = self.0.books().captured.iter().any(|c| c.0 == order.key);
        Ok(done.then(|| PaymentState::Settled {
            on: None,
            provider_ref: format!("pi-{}", order.key),
        }))
    }

    async fn release(&self, _: kernel::ClientId, hold: &str) -> Result<(), GatewayError> {
        self.0.plan.point("before releasing");
        let mut books = self.0.books();
        if !books.released.iter().any(|r| r == hold) {
            books.released.push(hold.to_owned());
        }
        Ok(())
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

    /// Not a PDF: what would stand in it, so that tests can read it.
    fn evidence_pack(
        &self,
        facts: &app::disputes::PackFacts,
        lang: kernel::Lang,
    ) -> Option<Result<Vec<u8>, String>> {
        let refunded = facts.refunded_minor();
        let cases = facts.cases.len();
        let number = &facts.order.number;
        let text = format!(
            "{lang} {number}: {cases} returns, {refunded} paid, {:?}",
            facts.checks
        );
        Some(Ok(text.into_bytes()))
    }

    fn dispute_due(&self, facts: &app::disputes::DueFacts<'_>) -> Option<Mail> {
        Some(Mail {
            id: String::new(),
            from: facts.client.settings.brand.support_email.clone(),
            to: facts.to.to_owned(),
            reply_to: None,
            subject: format!("Due {}", facts.dispute.reference),
            text: facts.due_at.to_string(),
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
            text: facts.link.unwrap_or_default().to_owned(),
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
