//! What is kept about a customer's person and who may change it.

use crate::{App, error::AppError, intake::PayoutAccount};
use kernel::{ClientId, CustomerId, Lang, Permission, Scope};

impl App {
    /// Sets the bank account a customer is paid to when money cannot go back to what paid. The
    /// IBAN is checked; the change needs the right to operate money, because a changed account
    /// is where refunds are stolen.
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
        self.change_contact(client, customer, |contact| {
            let account = Some(PayoutAccount { iban, holder });
            if contact.payout != account {
                contact.payout = account;
                contact.payout_no = Some(no);
            }
        })
        .await
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
