//! What pages ask about disputes: the worklist by deadline, one dispute with everything that speaks
//! in it, how disputes ended.

use super::{commit::read, pack::PackFacts};
use crate::{App, AppError, directory::Client, privacy::sealed::at};
use kernel::{ClientId, DisputeId, OrderId, Permission, Scope};
use privacy::field;
use returns::dispute::{Category, Dispute, DisputeEvent, State};
use std::{collections::BTreeMap, sync::Arc};
use store::questions::{
    Also,
    disputes::{self, DisputeRow, PackRow},
    orders,
};
use uuid::Uuid;

/// The place before the first of a list.
pub const FIRST: (i64, Uuid) = (i64::MIN, Uuid::nil());

/// A dispute in a list.
#[derive(Debug, Clone)]
pub struct DisputeLine {
    /// Whose.
    pub client: ClientId,
    /// Its row.
    pub row: DisputeRow,
    /// Itself.
    pub dispute: Dispute,
}

/// One dispute with everything about it.
#[derive(Debug, Clone)]
pub struct DisputePage {
    /// Whose.
    pub client: Arc<Client>,
    /// The dispute.
    pub dispute: Dispute,
    /// What happened to it, oldest first.
    pub events: Vec<DisputeEvent>,
    /// What speaks in it; none while its order is not known.
    pub facts: Option<PackFacts>,
}

/// How disputes of one client and one kind ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// Whose.
    pub client: ClientId,
    /// What the buyers said.
    pub category: Category,
    /// Ended for the seller.
    pub won: i64,
    /// Ended for the buyer.
    pub lost: i64,
}

impl Rate {
    /// Whole per cent that were won, rounded to the nearest; none of none.
    pub fn percent(&self) -> Option<i64> {
        let all = self.won + self.lost;
        (all > 0).then(|| (self.won * 100 + all / 2) / all)
    }
}

impl App {
    /// Disputes of a list over every client the scope may see money of: open ones by their
    /// deadline, others by their last change, newest first.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn disputes(
        &self,
        scope: &Scope,
        client: Option<ClientId>,
        list: &str,
        after: (i64, Uuid),
        limit: i64,
    ) -> Result<Vec<DisputeLine>, AppError> {
        let mut clients = self.clients_for(scope, Permission::MoneyRead);
        clients.retain(|c| client.is_none_or(|wanted| wanted == *c));
        let rows = disputes::on_list(self.store(), &clients, list, after, limit).await?;
        let line = |row: DisputeRow| {
            Ok(DisputeLine {
                client: ClientId(row.client_id),
                dispute: read(&row)?,
                row,
            })
        };
        rows.into_iter().map(line).collect()
    }

    /// One dispute.
    ///
    /// # Errors
    /// [`AppError::Missing`] when there is none; by scope.
    pub async fn dispute_page(
        &self,
        scope: &Scope,
        client: ClientId,
        id: DisputeId,
    ) -> Result<DisputePage, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        let dispute = self.dispute_as_stored(client, id).await?;
        let dispute = dispute.ok_or(AppError::Missing)?;
        let directory = self.directory();
        let whose = directory.client(client).cloned().ok_or(AppError::Missing)?;
        let facts = self.dispute_facts(client, &dispute).await?;
        let events = match &facts {
            Some(facts) => facts.events.clone(),
            None => self.dispute_log(client, id).await?,
        };
        Ok(DisputePage {
            client: whose,
            dispute,
            events,
            facts,
        })
    }

    /// The disputes of an order, the newest first.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn disputes_of_order(
        &self,
        scope: &Scope,
        client: ClientId,
        order: OrderId,
    ) -> Result<Vec<Dispute>, AppError> {
        if Self::check(scope, Permission::MoneyRead, client).is_err() {
            return Ok(Vec::new());
        }
        let rows = disputes::of_order(self.store(), client, order).await?;
        let mut all = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        all.sort_by_key(|d| std::cmp::Reverse(d.heard_at));
        Ok(all)
    }

    /// An evidence pack by the hash of its bytes. It names people: for who may read customers and
    /// money.
    ///
    /// # Errors
    /// [`AppError::Missing`] when there is none; by scope.
    pub async fn dispute_pack(
        &self,
        scope: &Scope,
        client: ClientId,
        id: DisputeId,
        sha256: &str,
    ) -> Result<PackRow, AppError> {
        Self::check(scope, Permission::MoneyOperate, client)?;
        let found = disputes::pack(self.store(), client, id, sha256).await?;
        let mut pack = found.ok_or(AppError::Missing)?;
        let row = disputes::by_id(self.store(), client, id).await?;
        let row = row.ok_or(AppError::Missing)?;
        let order = row.order_id.ok_or(AppError::Missing)?;
        let order =
            orders::order_by_id(self.store(), client, OrderId(order), Also::NOTHING).await?;
        let customer = order.ok_or(AppError::Missing)?.customer_id;
        let place = at(client, customer, &field::PACK, id.0);
        let bytes = self.open_file(&place, pack.bytes).await?;
        pack.bytes = bytes.ok_or(AppError::Missing)?;
        Ok(pack)
    }

    /// How disputes ended, by client and by what buyers said: what was accepted was not fought for
    /// and counts for neither side.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn dispute_rates(
        &self,
        scope: &Scope,
        client: Option<ClientId>,
    ) -> Result<Vec<Rate>, AppError> {
        let mut clients = self.clients_for(scope, Permission::MoneyRead);
        clients.retain(|c| client.is_none_or(|wanted| wanted == *c));
        let mut rates: BTreeMap<(ClientId, Category), (i64, i64)> = BTreeMap::new();
        for row in disputes::outcomes(self.store(), &clients).await? {
            let (Some(category), Some(state)) =
                (Category::parse(&row.category), State::parse(&row.state))
            else {
                continue;
            };
            let slot = rates
                .entry((ClientId(row.client_id), category))
                .or_default();
            match state {
                State::Won => slot.0 += row.count,
                State::Lost | State::Expired => slot.1 += row.count,
                _ => {}
            }
        }
        let rate = |((client, category), (won, lost))| Rate {
            client,
            category,
            won,
            lost,
        };
        let all = rates.into_iter().filter(|(_, (won, lost))| won + lost > 0);
        Ok(all.map(rate).collect())
    }

    pub(super) async fn dispute_as_stored(
        &self,
        client: ClientId,
        id: DisputeId,
    ) -> Result<Option<Dispute>, AppError> {
        let row = disputes::by_id(self.store(), client, id).await?;
        row.as_ref().map(read).transpose()
    }
}
