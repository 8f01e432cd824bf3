//! The money side of the simulation: shoppers who use store credit, and the books after each step.

use super::{Run, same};
use crate::ALFA;
use app::{cases::Call, credit::CreditAsk};
use kernel::{CaseId, Money, Scope};
use returns::{AccountEntry, Event, OrderAccount, SalesOrder, credit::CreditAccount, journal};
use store::questions;

impl Run<'_> {
    /// The shopper pays with store credit, holds some, or undoes what was done; sometimes for more
    /// than there is.
    pub(super) async fn shop(&mut self) -> &'static str {
        let app = &self.world.app;
        let named = format!("c-{}", self.number);
        let system = Scope::system();
        let accounts = app.credit_of_customer(&system, ALFA, &named).await;
        let Some(row) = accounts.unwrap_or_default().into_iter().next() else {
            return "no credit";
        };
        let account: CreditAccount = serde_json::from_str(&row.state)
            .unwrap_or_else(|e| panic!("an account of credit: {e}"));
        let amount = Money::new(i64::from(self.below(4000)), account.currency);
        let reference = "SIM".to_owned();
        let used = account.held.first().or(account.spent.last());
        let ask = match (self.below(4), used) {
            (0, _) => CreditAsk::Hold { amount, reference },
            (1, Some(used)) => CreditAsk::Void { id: used.id },
            (2, Some(used)) => CreditAsk::SpendHeld {
                id: used.id,
                amount: None,
            },
            _ => CreditAsk::Spend { amount, reference },
        };
        let call = Call::new(&system, self.world.now());
        self.arm();
        let app = &self.world.app;
        let asked = app.credit_command(&call, ALFA, account.id, &ask);
        match self.world.survive(asked).await {
            Err(_) => self.crashed().await,
            Ok(Err(app::AppError::Fault { detail })) => panic!("{ask:?}: {detail}"),
            Ok(_) => {}
        }
        "credit"
    }

    /// The journal of a case is what its events and the entries of its order give; what it owes
    /// the shopper.
    pub(super) async fn check_books(
        &self,
        order: &SalesOrder,
        id: CaseId,
        events: &[Event],
        entries: &[AccountEntry],
    ) -> Result<i64, String> {
        let fresh = OrderAccount::open(order);
        let want = journal::postings(order, &fresh, None, id, events, entries)
            .map_err(|e| e.to_string())?;
        let have = questions::books::journal_of(self.world.app.store(), ALFA, id)
            .await
            .map_err(|e| e.to_string())?;
        let want_rows: Vec<_> = want
            .iter()
            .map(|p| {
                let t = p.transfer;
                let version = i64::try_from(p.version).unwrap_or(i64::MAX);
                let accounts = (
                    t.debit().as_str().to_owned(),
                    t.credit().as_str().to_owned(),
                );
                (version, i64::from(p.n), accounts, t.minor())
            })
            .collect();
        let have_rows = have.into_iter();
        let have_rows: Vec<_> = have_rows
            .map(|r| (r.version, r.n, (r.debit, r.credit), r.minor))
            .collect();
        same("journal", &want_rows, &have_rows)?;
        let moved = want.iter().map(|p| &p.transfer);
        Ok(-journal::balance(moved, journal::Account::ShopperLiability))
    }
}
