//! Money from customers: a signed link to a page that says what is asked and why, the provider's
//! page behind it, and what becomes of it. Nothing is taken without the customer on that page.
//!
//! The link is the proof: whoever has it may see what is owed, pay it, and nothing else. It says
//! no name and ends with the day the exchange would end without a payment.

use crate::{
    App, AppError,
    cases::{Call, Loaded},
    commit::taker_of,
    directory::Client,
    jobs::{Done, Retry},
    news::{AnswerTaken, News},
    settle::{PENDING_SECONDS, PaymentKey, PaymentState, command_for},
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::{CaseId, ClientId, Date, JobId, Money, ObligationId, Scope};
use ports::{Attempt, CaptureOrder, CheckoutOrder, GatewayError, PaymentGateway, Taking};
use returns::{
    Command, Exchange, Obligation, ObligationKind, ObligationState, ReturnCase, SalesOrder,
};
use sha2::Sha256;
use std::sync::Arc;
use store::questions;
use subtle::ConstantTimeEq as _;

/// The secret links are signed with.
const SECRET: &str = "pay-link";
/// How long a page nobody heard of is waited for before it counts as never opened.
const NEVER_OPENED_SECONDS: i64 = 3_600;

/// The provider and the charge on a security, or the code of why there is none.
type Capture = Result<(Arc<dyn PaymentGateway>, CaptureOrder), &'static str>;

/// What the page behind a link shows.
#[derive(Debug, Clone)]
pub struct PayPage {
    /// Who asks.
    pub client: Arc<Client>,
    /// The return.
    pub case: ReturnCase,
    /// Its order.
    pub order: SalesOrder,
    /// What is asked.
    pub obligation: Obligation,
    /// The exchange it is for.
    pub exchange: Exchange,
    /// The last day to pay.
    pub until: Date,
    /// That day has passed.
    pub over: bool,
    /// Whether there is a provider to pay with online; else by bank transfer.
    pub online: bool,
}

/// Where a customer goes who wants to pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToPay {
    /// To the provider's page.
    Provider(String),
    /// Nothing is to be paid any more.
    Nothing,
}

impl App {
    async fn pay_tag(&self, client: ClientId, id: ObligationId) -> Result<String, AppError> {
        let key = self.secret(SECRET).await?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(AppError::fault)?;
        mac.update(format!("{client}.{id}").as_bytes());
        Ok(data_encoding::BASE64URL_NOPAD.encode(&mac.finalize().into_bytes()[..18]))
    }

    /// The link to pay what is still open of a case, or to place its security; none where the
    /// customer owes nothing.
    pub async fn pay_links(
        &self,
        client: &Client,
        case: &ReturnCase,
    ) -> Result<Vec<(ObligationId, String)>, AppError> {
        let open = case.obligations.iter().filter(|o| {
            o.state.is_open() && case.is_for_customer(o.id) && case.exchange_with(o.id).is_some()
        });
        let mut links = Vec::new();
        for o in open {
            let token = self.pay_tag(client.id, o.id).await?;
            let base = self.base_url();
            links.push((
                o.id,
                format!("{base}/p/{}/pay/{}.{token}", client.slug, o.id),
            ));
        }
        Ok(links)
    }

    /// The obligation a link names, if it is ours.
    async fn obligation_of_link(
        &self,
        client: ClientId,
        token: &str,
    ) -> Result<(CaseId, ObligationId), AppError> {
        let (id, tag) = token.split_once('.').ok_or(AppError::Missing)?;
        let id: ObligationId = id.parse().map_err(|_| AppError::Missing)?;
        let ours = self.pay_tag(client, id).await?;
        if !bool::from(ours.as_bytes().ct_eq(tag.as_bytes())) {
            return Err(AppError::Missing);
        }
        let row = questions::money::obligation_by_key(self.store(), id).await?;
        let row = row.filter(|r| r.client_id == client.0);
        Ok((CaseId(row.ok_or(AppError::Missing)?.case_id), id))
    }

    /// What a link shows. Whoever holds it may look; it says no name.
    pub async fn pay_page(&self, client: ClientId, token: &str) -> Result<PayPage, AppError> {
        let (case, id) = self.obligation_of_link(client, token).await?;
        let scope = Scope::system();
        let loaded = self
            .load_case(&Call::new(&scope, self.now()), client, case)
            .await?;
        let reader = self.reader(&loaded.order).await?;
        let page = page_of(loaded, id, self.now())?;
        Ok(PayPage {
            exchange: reader.value(page.exchange)?,
            case: reader.value(page.case)?,
            ..page
        })
    }

    /// Sends the customer to the provider: opens its page under the obligation's key, after it is
    /// recorded that we are about to.
    pub async fn start_payment(&self, client: ClientId, token: &str) -> Result<ToPay, AppError> {
        let (case, id) = self.obligation_of_link(client, token).await?;
        let system = Scope::system();
        let call = Call::new(&system, self.now());
        let loaded = self.load_case(&call, client, case).await?;
        let page = page_of(loaded, id, call.at)?;
        if !page.obligation.state.is_open() {
            return Ok(ToPay::Nothing);
        }
        if page.over || !page.online {
            return Err(AppError::field("pay", "help-pay-link-over"));
        }
        let shopper = Scope::shopper(client, page.order.id);
        let call = Call::new(&shopper, self.now());
        let give = async |command: Command| {
            self.command_with(&call, client, case, None, &command, &|_, _| ())
                .await
        };
        if page.obligation.state == ObligationState::Failed {
            give(Command::RetryPayment { obligation: id }).await?;
        }
        give(Command::PaymentSent { obligation: id }).await?;
        let loaded = self.load_case(&call, client, case).await?;
        let (gateway, order) = self
            .checkout_order(&loaded, id)
            .await
            .map_err(AppError::fault)?;
        match gateway.open_checkout(&order).await {
            Ok(checkout) => {
                let reference = checkout.reference.as_str().into();
                give(Command::CheckoutOpened {
                    obligation: id,
                    reference,
                })
                .await?;
                Ok(ToPay::Provider(checkout.url))
            }
            Err(GatewayError::Refused { code, reason }) => {
                tracing::warn!(obligation = %id, code, reason, "no page to pay on");
                let code = code.as_str().into();
                give(Command::PaymentFailed {
                    obligation: id,
                    code,
                })
                .await?;
                Err(AppError::Busy)
            }
            // The same key gives the same page: the customer presses again.
            Err(GatewayError::NotSent(why) | GatewayError::Unknown(why)) => {
                tracing::warn!(obligation = %id, why, "the provider did not answer");
                Err(AppError::Busy)
            }
        }
    }

    /// What the played card processor of a demo says, in the place of a webhook. Sandbox clients
    /// only.
    pub async fn till_says(
        &self,
        client: ClientId,
        token: &str,
        paid: bool,
    ) -> Result<AnswerTaken, AppError> {
        let sandbox = self
            .directory()
            .client(client)
            .is_some_and(|c| taker_of(c) == "sandbox");
        let page = self.pay_page(client, token).await?;
        let o = &page.obligation;
        let number = u8::try_from(o.attempts.max(1)).ok();
        let (true, Some(attempt)) = (sandbox, number.and_then(Attempt::new)) else {
            return Err(AppError::Missing);
        };
        let key = PaymentKey {
            obligation: o.id,
            attempt,
        };
        let state = if paid {
            PaymentState::Settled {
                on: None,
                provider_ref: format!("till-{key}"),
            }
        } else {
            PaymentState::Failed {
                code: "card_declined".to_owned(),
                reason: String::new(),
            }
        };
        let message = if paid { "paid" } else { "declined" };
        let news = News {
            source: "sandbox",
            message,
            key,
            state: &state,
            amount: None,
            overtaken_by: &[],
        };
        self.payment_news(client, &news).await
    }

    /// The gateway and the order of a page the customer pays on.
    pub(crate) async fn checkout_order(
        &self,
        loaded: &Loaded,
        id: ObligationId,
    ) -> Result<(Arc<dyn PaymentGateway>, CheckoutOrder), &'static str> {
        let case = loaded.case.as_ref().ok_or("no_case")?;
        let o = case.obligation(id).ok_or("no_obligation")?;
        let gateway = self.0.gateways.get(taker_of(&loaded.client)).cloned();
        let gateway = gateway.ok_or("no_gateway")?;
        let attempt = u8::try_from(o.attempts.max(1)).ok().and_then(Attempt::new);
        let exchange = case.exchange_with(id).ok_or("no_exchange")?;
        let titles: Vec<&str> = exchange.items.iter().map(|i| &*i.title).collect();
        let tag = self
            .pay_tag(case.client, id)
            .await
            .map_err(|_| "no_secret")?;
        let (base, slug) = (self.base_url(), &loaded.client.slug);
        let order = CheckoutOrder {
            client: case.client,
            obligation: id,
            attempt: attempt.ok_or("too_many_attempts")?,
            taking: match o.kind {
                ObligationKind::Hold => Taking::Hold,
                _ => Taking::Charge,
            },
            amount: Money::new(o.minor, case.currency),
            title: titles.join(", "),
            remittance: case.rma.to_string(),
            page: format!("{base}/p/{slug}/pay/{id}.{tag}"),
            opened: o
                .reference
                .as_deref()
                .filter(|_| o.state == ObligationState::Pending)
                .map(str::to_owned),
        };
        Ok((gateway, order))
    }

    /// The charge on a security, where the obligation is one.
    pub(crate) fn capture_order(&self, loaded: &Loaded, id: ObligationId) -> Option<Capture> {
        let case = loaded.case.as_ref()?;
        let exchange = case.exchanges.iter().find(|e| e.takes_security(id))?;
        Some(self.capture_of(&loaded.client, case, exchange, id))
    }

    fn capture_of(
        &self,
        client: &Client,
        case: &ReturnCase,
        exchange: &Exchange,
        id: ObligationId,
    ) -> Capture {
        let o = case.obligation(id).ok_or("no_obligation")?;
        let (hold, _) = exchange.advance.as_ref().ok_or("no_security")?;
        let hold = case.obligation(*hold).and_then(|h| h.reference.as_deref());
        let attempt = u8::try_from(o.attempts.max(1)).ok().and_then(Attempt::new);
        let gateway = self.0.gateways.get(taker_of(client)).cloned();
        let order = CaptureOrder {
            client: case.client,
            key: PaymentKey {
                obligation: id,
                attempt: attempt.ok_or("too_many_attempts")?,
            },
            hold: hold.ok_or("no_security")?.to_owned(),
            amount: Money::new(o.minor, case.currency),
        };
        Ok((gateway.ok_or("no_gateway")?, order))
    }

    /// Lets a placed security go at the provider.
    pub(crate) async fn release_hold(
        &self,
        loaded: &Loaded,
        id: ObligationId,
    ) -> Result<Done, Retry> {
        let hold = loaded.case.as_ref().and_then(|c| c.obligation(id));
        let Some(reference) = hold.and_then(|h| h.reference.as_deref()) else {
            return Ok(Done::Nothing);
        };
        match self.0.gateways.get(taker_of(&loaded.client)) {
            Some(gateway) => {
                gateway.release(loaded.client.id, reference).await?;
                Ok(Done::Nothing)
            }
            // By hand there is nothing held.
            None => Ok(Done::Nothing),
        }
    }

    /// Asks the provider what became of a page the customer was sent to.
    pub(crate) async fn reconcile_checkout(
        &self,
        call: &Call<'_>,
        loaded: &Loaded,
        job: JobId,
        id: ObligationId,
    ) -> Result<Done, Retry> {
        let Some(case) = &loaded.case else {
            return Ok(Done::Nothing);
        };
        let Ok((gateway, order)) = self.checkout_order(loaded, id).await else {
            return Ok(Done::Later(PENDING_SECONDS));
        };
        let quiet = call.at.as_second() - case.changed_at.as_second();
        match gateway.find_checkout(&order).await {
            Ok(Some(PaymentState::Pending { .. })) => Ok(Done::Later(PENDING_SECONDS)),
            Ok(Some(state)) => self.record(call, case, &command_for(id, &state), job).await,
            // Nobody was shown a page, or nobody knows which: after a while a new try may be made.
            Ok(None) if quiet < NEVER_OPENED_SECONDS => Ok(Done::Later(PENDING_SECONDS)),
            Ok(None) => {
                let failed = Command::PaymentFailed {
                    obligation: id,
                    code: "abandoned".into(),
                };
                self.record(call, case, &failed, job).await
            }
            Err(e) => Err(Retry(e.to_string())),
        }
    }
}

fn page_of(loaded: Loaded, id: ObligationId, now: kernel::Timestamp) -> Result<PayPage, AppError> {
    let case = loaded.case.ok_or(AppError::Missing)?;
    let obligation = case.obligation(id).cloned().ok_or(AppError::Missing)?;
    let exchange = case.exchange_with(id).cloned().ok_or(AppError::Missing)?;
    let until = exchange.pay_by.ok_or(AppError::Missing)?;
    Ok(PayPage {
        over: loaded.client.day(now) > until || exchange.undone,
        online: taker_of(&loaded.client) != "customer",
        until,
        exchange,
        obligation,
        case,
        order: loaded.order,
        client: loaded.client,
    })
}
