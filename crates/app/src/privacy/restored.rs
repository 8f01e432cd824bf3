//! The list of erasures, which lives outside the database too: a house that was put back from a
//! backup erases again whom it names.

use super::erasure::Listed;
use crate::{App, AppError, cases::Call};
use kernel::{CustomerId, Scope};
use privacy::Purpose;
use std::collections::{BTreeSet, HashMap};
use store::questions::privacy as stored;
use uuid::Uuid;

impl App {
    /// The list of erasures of every client, to keep outside the database.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn erasure_list(&self) -> Result<BTreeSet<Listed>, AppError> {
        let mut all = BTreeSet::new();
        for client in self.directory().clients() {
            let rows = stored::erasures(self.store(), client.id, i64::MAX, i64::MAX).await?;
            all.extend(rows.into_iter().map(|row| Listed {
                client: row.client_id,
                subject: data_encoding::HEXLOWER.encode(&row.subject),
                at: row.asked_at,
                erasure: row.erasure_id,
            }));
        }
        Ok(all)
    }

    /// Erases again whom the list names, in a house that was put back: everybody whose data is from
    /// before they were erased. How many.
    ///
    /// # Errors
    /// Faults of the database.
    pub async fn replay_erasures(&self, list: &BTreeSet<Listed>) -> Result<u64, AppError> {
        let (scope, mut again) = (Scope::system(), 0);
        let call = Call::new(&scope, self.now());
        for client in self.directory().clients() {
            let own = list.iter().filter(|l| l.client == client.id.0);
            let own: HashMap<&str, i64> = own.map(|l| (l.subject.as_str(), l.at)).collect();
            if own.is_empty() {
                continue;
            }
            let keys = self.client_keys(client.id).await?;
            let mut after = Uuid::nil();
            loop {
                let page = stored::customers_after(self.store(), client.id, after, 500).await?;
                let Some(last) = page.last() else { break };
                after = last.customer_id;
                for row in page {
                    let token = keys.index.erased(row.customer_id);
                    let subject = data_encoding::HEXLOWER.encode(&token);
                    let Some(at) = own.get(subject.as_str()) else {
                        continue;
                    };
                    let gone = row.contact.is_empty();
                    let since = stored::person_since(
                        self.store(),
                        client.id,
                        row.customer_id,
                        Purpose::Person.as_str(),
                    )
                    .await?;
                    // Whoever came back after the erasure is somebody new.
                    if (gone && since.is_none()) || since.is_some_and(|since| since > *at) {
                        continue;
                    }
                    let customer = CustomerId(row.customer_id);
                    self.erase_person(&call, client.id, customer, "erased before, restored")
                        .await?;
                    again += 1;
                }
            }
        }
        Ok(again)
    }
}
