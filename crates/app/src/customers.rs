//! What is kept about a customer's person and who may change it.

use crate::{App, error::AppError, intake::PayoutAccount};
use kernel::{Actor, ClientId, CustomerId, Lang, OrderId, Permission, Scope};
use returns::{Refusal, RefusalCode};
use store::questions::{self, orders};

impl App {
    /// Sets the bank account a customer is paid to when money cannot go back to what paid. The
    /// IBAN is checked; it needs the right to operate money, because a changed account is where
    /// refunds are stolen. People set the first account of a customer of whom no return is open:
    /// anything later is a change of destination at the return, with a second person.
    pub async fn set_payout(
        &self,
        scope: &Scope,
        client: ClientId,
        customer: CustomerId,
        account: PayoutAccount,
    ) -> Result<(), AppError> {
        Self::check(scope, Permission::MoneyOperate, client)?;
        let iban: ports::Iban = account
            .iban
            .parse()
            .map_err(|_| AppError::field("iban", "help-iban"))?;
        let holder = account.holder.trim();
        if holder.is_empty() || holder.chars().count() > 70 {
            return Err(AppError::field("holder", "help-holder"));
        }
        let iban = iban.electronic().to_owned();
        let holder = holder.to_owned();
        let no = self.mint(self.now());
        if let Actor::User { .. } = scope.actor() {
            let known = self.contact(client, customer).await?.payout;
            let same = known
                .as_ref()
                .is_some_and(|k| k.iban == iban && k.holder == holder);
            if same {
                return Ok(());
            }
            if known.is_some() || self.has_open_return(client, customer).await? {
                return Err(Refusal::new(RefusalCode::ChangedAtCase).into());
            }
        }
        self.change_contact(client, customer, |contact| {
            let account = Some(PayoutAccount { iban, holder });
            if contact.payout != account {
                contact.payout = account;
                contact.payout_no = Some(no);
            }
        })
        .await
    }

    /// Whether a return of any order of the customer is open.
    async fn has_open_return(
        &self,
        client: ClientId,
        customer: CustomerId,
    ) -> Result<bool, AppError> {
        let store = self.store();
        let bought = orders::orders_of_customer(store, client, customer, i64::MAX).await?;
        for order in bought {
            let order = OrderId(order.order_id);
            let cases = questions::cases::cases_of_order(store, client, order).await?;
            if cases.iter().any(|c| c.queue != "done") {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Remembers the language a shopper of this order reads, for mail to them.
    ///
    /// # Errors
    /// [`AppError::Missing`] for an order the scope does not reach; faults of the database.
    pub async fn prefer_language(
        &self,
        scope: &Scope,
        client: ClientId,
        order: &returns::SalesOrder,
        lang: Lang,
    ) -> Result<(), AppError> {
        Self::check(scope, Permission::CaseRequest, client)?;
        if order.client != client || !scope.reaches_order(client, order.id) {
            return Err(AppError::Missing);
        }
        self.change_contact(client, order.customer, |contact| contact.lang = Some(lang))
            .await
    }
}
