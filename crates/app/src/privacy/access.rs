//! Who of the house looked at whose data, and why. Fields a role does not need are masked until they
//! are revealed; what was revealed, and looks at orders without an open return, stand in a log.

use crate::{App, AppError, intake::StoredContact};
use kernel::{Actor, ClientId, CustomerId, OrderId, Permission, Scope, Timestamp};
use store::{
    Kind, Val, Write,
    questions::privacy::{self as stored, AccessRow},
    tables,
};
use uuid::Uuid;

/// Longest reason, characters.
const REASON_MAX: usize = 300;
/// For how long a reason holds for the same order, milliseconds.
const HOLDS_MS: i64 = 8 * 3_600_000;
/// What masks a letter.
const DOT: char = '•';

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Revealed masked fields.
    Reveal,
    /// Opened an order without an open return.
    Lookup,
    /// Took out everything about a person.
    Export,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Reveal, Self::Lookup, Self::Export];

    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reveal => "reveal",
            Self::Lookup => "lookup",
            Self::Export => "export",
        }
    }
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// Who; none for the house itself.
    pub by: Option<Uuid>,
    /// What they did.
    pub act: String,
    /// At whose data.
    pub customer: Option<CustomerId>,
    /// From which order.
    pub order: Option<OrderId>,
    /// Why.
    pub reason: String,
}

impl App {
    /// Whether a person may look at an order now: it has an open return, or they gave a reason in
    /// the last hours. Shoppers and programs look at what is theirs.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn may_look(
        &self,
        scope: &Scope,
        client: ClientId,
        order: OrderId,
    ) -> Result<bool, AppError> {
        let Actor::User { id } = scope.actor() else {
            return Ok(true);
        };
        let cases = store::questions::cases::cases_of_order(self.store(), client, order).await?;
        if cases.iter().any(|c| c.queue != "done") {
            return Ok(true);
        }
        let since = self.now().as_millisecond() - HOLDS_MS;
        let given = stored::accesses_since(self.store(), client, order.0, id.0, since).await?;
        Ok(given > 0)
    }

    /// Writes down that somebody looks, and why.
    ///
    /// # Errors
    /// [`AppError::Invalid`] without a reason; by scope; faults of the database.
    pub async fn note_access(
        &self,
        scope: &Scope,
        client: ClientId,
        act: Act,
        (customer, order): (Option<CustomerId>, Option<OrderId>),
        reason: &str,
    ) -> Result<(), AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        let reason: String = reason.trim().chars().take(REASON_MAX).collect();
        if reason.chars().filter(|c| c.is_alphanumeric()).count() < 3 {
            return Err(AppError::field("reason", "privacy-reason-needed"));
        }
        let now = self.now();
        let by = match scope.actor() {
            Actor::User { id } => Val::Uuid(id.0),
            _ => Val::Null(Kind::Uuid),
        };
        let id = |id: Option<Uuid>| id.map_or(Val::Null(Kind::Uuid), Val::Uuid);
        let mut write = Write::new();
        write.row(
            &tables::ACCESS_LOG,
            vec![
                client.into(),
                self.mint(now).into(),
                now.as_millisecond().into(),
                by,
                act.as_str().into(),
                id(customer.map(|c| c.0)),
                id(order.map(|o| o.0)),
                reason.into(),
            ],
        );
        self.store().write(write).await?;
        Ok(())
    }

    /// The log of a client, newest first.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn accesses(
        &self,
        scope: &Scope,
        client: ClientId,
        limit: i64,
    ) -> Result<Vec<Entry>, AppError> {
        Self::check(scope, Permission::Administer, client)?;
        let rows = stored::accesses(self.store(), client, i64::MAX, limit).await?;
        let entry = |row: AccessRow| Entry {
            at: Timestamp::from_millisecond(row.at).unwrap_or_default(),
            by: row.by_user,
            act: row.act,
            customer: row.subject.map(CustomerId),
            order: row.order_id.map(OrderId),
            reason: row.reason,
        };
        Ok(rows.into_iter().map(entry).collect())
    }
}

impl StoredContact {
    /// The contact with telephone, e-mail and street masked: enough to recognise, too little to
    /// write to.
    #[must_use]
    pub fn masked(&self) -> Self {
        Self {
            email: masked_email(&self.email),
            phone: masked_tail(&self.phone, 2),
            address: self
                .address
                .iter()
                .map(|line| line.chars().take(1).chain([DOT; 5]).collect())
                .collect(),
            payout: None,
            accounts: Vec::new(),
            vat_id: String::new(),
            salt: None,
            ..self.clone()
        }
    }
}

/// `kim@shop.example` as `k•••••@s•••••.example`.
fn masked_email(email: &str) -> String {
    let Some((local, domain)) = email.split_once('@') else {
        return masked_tail(email, 0);
    };
    let first = |text: &str| -> String { text.chars().take(1).chain([DOT; 5]).collect() };
    let end = domain.rsplit_once('.').map_or("", |(_, end)| end);
    format!("{}@{}.{end}", first(local), first(domain))
}

/// All but the last letters masked.
fn masked_tail(text: &str, keep: usize) -> String {
    let length = text.chars().count();
    let hide = length.saturating_sub(keep);
    let mask = |(i, c): (usize, char)| if i < hide { DOT } else { c };
    text.chars().enumerate().map(mask).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_masked_can_be_recognised_and_not_used() {
        let contact = StoredContact {
            name: "Kim Doe".into(),
            email: "kim@shop.example".into(),
            phone: "+49 30 1234567".into(),
            address: vec!["Elm Street 5".into(), "Berlin".into()],
            postcode: "10115".into(),
            ..StoredContact::default()
        };
        let masked = contact.masked();
        assert_eq!(masked.email, "k•••••@s•••••.example");
        assert!(masked.phone.ends_with("67") && !masked.phone.contains('3'));
        assert!(
            masked
                .address
                .iter()
                .all(|l| !l.contains("lm") && !l.contains("erlin"))
        );
        assert_eq!(masked.name, contact.name);
    }
}
