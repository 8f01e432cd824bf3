//! Clients, their settings and their policy versions, read once and kept in memory. A policy is
//! compiled when it is read; a decision takes it from here by its hash.

use crate::{error::AppError, settings::ClientSettings};
use kernel::{ClientId, Date, PolicyHash, Timestamp};
use policy::Policy;
use std::{collections::HashMap, sync::Arc};
use store::{
    Kind, Store, Val, Write,
    questions::{
        people,
        policies::{self, PublicationRow},
    },
    tables,
};

/// A client of the house.
#[derive(Debug, Clone)]
pub struct Client {
    /// The tenant key.
    pub id: ClientId,
    /// Its name in addresses.
    pub slug: String,
    /// Its display name.
    pub name: String,
    /// Its settings.
    pub settings: ClientSettings,
    zone: jiff::tz::TimeZone,
}

impl Client {
    /// The day `at` is for this client.
    pub fn day(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// The time zone its days are counted in.
    pub const fn zone(&self) -> &jiff::tz::TimeZone {
        &self.zone
    }

    /// The day `at` is where an order was delivered: the law counts in these. The client's own
    /// day where the zone of the place is not known.
    pub fn local_day(&self, place: kernel::Place, at: Timestamp) -> Date {
        at.to_zoned(self.local_zone(place)).date()
    }

    /// The moment `day` ends where an order was delivered.
    pub fn local_end(&self, place: kernel::Place, day: Date) -> Option<Timestamp> {
        let next = day.tomorrow().ok()?;
        let midnight = next.to_zoned(self.local_zone(place)).ok()?;
        Some(midnight.timestamp())
    }

    fn local_zone(&self, place: kernel::Place) -> jiff::tz::TimeZone {
        crate::zones::of(place).unwrap_or_else(|| self.zone.clone())
    }

    /// The moment `day` begins for this client.
    pub fn midnight(&self, day: Date) -> Option<Timestamp> {
        day.to_zoned(self.zone.clone()).ok().map(|z| z.timestamp())
    }

    /// What a return label costs in `currency`, minor units; 0 where none is set.
    pub fn label_cost(&self, currency: kernel::Currency) -> i64 {
        self.settings
            .label_cost
            .get(currency.code())
            .copied()
            .unwrap_or(0)
    }

    /// The dock parcels from a country go to: one in the country the policy wants goods back in,
    /// where the client has one there, else the one for parcels from `from`.
    pub fn dock(
        &self,
        from: kernel::CountryCode,
        back: Option<kernel::CountryCode>,
    ) -> Option<&logistics::Location> {
        let to = |from| {
            let parcel = logistics::ParcelFacts {
                client: self.id,
                from,
                hazmat: false,
            };
            logistics::route(&self.settings.docks, &parcel).ok()
        };
        // A dock that takes what its own country sends stands there or near it.
        back.and_then(to).or_else(|| to(from))
    }

    /// The code of that dock, empty where no rule fits.
    pub fn dock_code(&self, from: kernel::CountryCode, back: Option<kernel::CountryCode>) -> &str {
        self.dock(from, back).map_or("", |l| &l.code)
    }
}

/// A published policy version.
#[derive(Debug, Clone)]
pub struct PolicyVersion {
    /// Name for people.
    pub name: String,
    /// First day it applies to new orders.
    pub effective_from: Date,
    /// The compiled policy.
    pub policy: Arc<Policy>,
    /// What is recorded of its publication.
    pub publication: Arc<PublicationRow>,
}

/// Everything of the directory at one moment.
#[derive(Debug, Default)]
pub struct Directory {
    clients: Vec<Arc<Client>>,
    by_id: HashMap<ClientId, Arc<Client>>,
    by_slug: HashMap<String, Arc<Client>>,
    versions: HashMap<ClientId, Vec<PolicyVersion>>,
    by_hash: HashMap<(ClientId, PolicyHash), Arc<Policy>>,
    publications: i64,
    endpoints: HashMap<ClientId, Vec<people::EndpointRow>>,
}

impl Directory {
    /// Reads the directory from the store.
    pub async fn load(store: &Store) -> Result<Self, AppError> {
        // It is of every client, whoever's request made it be read again.
        store::seeing(None, Self::read(store)).await
    }

    async fn read(store: &Store) -> Result<Self, AppError> {
        let mut directory = Self::default();
        for row in people::clients(store).await? {
            let settings: ClientSettings = serde_json::from_str(&row.settings)?;
            let zone = jiff::tz::TimeZone::get(&settings.time_zone).map_err(AppError::fault)?;
            let id = ClientId(row.client_id);
            let client = Arc::new(Client {
                id,
                slug: row.slug,
                name: row.name,
                settings,
                zone,
            });
            directory.by_id.insert(id, client.clone());
            directory
                .by_slug
                .insert(client.slug.clone(), client.clone());
            directory.clients.push(client);
        }
        for client in &directory.clients {
            let mut endpoints = people::endpoints(store, client.id).await?;
            endpoints.retain(|e| e.disabled_at.is_none());
            directory.endpoints.insert(client.id, endpoints);
        }
        for row in policies::publications(store).await? {
            let client = ClientId(row.client_id);
            let hash: PolicyHash = row.hash.parse().map_err(AppError::fault)?;
            let policy = match directory.by_hash.get(&(client, hash)) {
                // A version that goes back to an older one has its content.
                Some(known) => known.clone(),
                None => Arc::new(Policy::parse_toml(&row.source).map_err(AppError::fault)?),
            };
            if policy.hash() != hash {
                return Err(AppError::fault(format!(
                    "policy {} of client {client} does not hash to what is stored",
                    row.hash
                )));
            }
            directory.by_hash.insert((client, hash), policy.clone());
            directory.publications += 1;
            directory
                .versions
                .entry(client)
                .or_default()
                .push(PolicyVersion {
                    name: row.name.clone(),
                    effective_from: row.effective_from.parse().map_err(AppError::fault)?,
                    policy,
                    publication: Arc::new(row),
                });
        }
        Ok(directory)
    }

    /// Every client, by id.
    pub fn clients(&self) -> &[Arc<Client>] {
        &self.clients
    }

    /// The client with this id.
    pub fn client(&self, id: ClientId) -> Option<&Arc<Client>> {
        self.by_id.get(&id)
    }

    /// The client with this name in addresses.
    pub fn client_by_slug(&self, slug: &str) -> Option<&Arc<Client>> {
        self.by_slug.get(slug)
    }

    /// Webhook endpoints of a client that are not disabled.
    pub fn endpoints(&self, client: ClientId) -> &[people::EndpointRow] {
        self.endpoints.get(&client).map_or(&[], Vec::as_slice)
    }

    /// The policy version with this hash.
    pub fn policy(&self, client: ClientId, hash: PolicyHash) -> Option<&Arc<Policy>> {
        self.by_hash.get(&(client, hash))
    }

    /// How many versions are known, of all clients.
    pub(crate) const fn publications(&self) -> i64 {
        self.publications
    }

    /// Published versions of a client, in the order they come into force.
    pub fn versions(&self, client: ClientId) -> &[PolicyVersion] {
        self.versions.get(&client).map_or(&[], Vec::as_slice)
    }

    /// The version in force for an order placed on `day`: the last one effective by then, or the
    /// oldest for an order older than all of them.
    pub fn policy_on(&self, client: ClientId, day: Date) -> Option<&Arc<Policy>> {
        let versions = self.versions(client);
        let at = versions.iter().rev().find(|v| v.effective_from <= day);
        at.or(versions.first()).map(|v| &v.policy)
    }
}

/// Adds rows for a new or changed client to a write.
pub fn put_client(
    write: &mut Write,
    id: ClientId,
    slug: &str,
    name: &str,
    settings: &ClientSettings,
    now: Timestamp,
) -> Result<(), AppError> {
    let settings = serde_json::to_string(settings)?;
    write.row(
        &tables::CLIENT,
        vec![
            id.into(),
            slug.into(),
            name.into(),
            settings.into(),
            now.as_millisecond().into(),
        ],
    );
    Ok(())
}

/// Adds the first policy version of a new client to a write; its hash is computed here, from its
/// content. Later versions go through [`crate::policies`].
pub fn put_policy(
    write: &mut Write,
    client: ClientId,
    source: &str,
    effective_from: Date,
    now: Timestamp,
) -> Result<PolicyHash, AppError> {
    let policy = Policy::parse_toml(source).map_err(AppError::fault)?;
    write.row(
        &tables::POLICY_VERSION,
        vec![
            client.into(),
            policy.hash().to_string().into(),
            policy.source().name.clone().into(),
            source.into(),
            effective_from.to_string().into(),
            now.as_millisecond().into(),
        ],
    );
    write.row(
        &tables::POLICY_PUBLICATION,
        vec![
            client.into(),
            1.into(),
            policy.hash().to_string().into(),
            effective_from.to_string().into(),
            Val::Null(Kind::Int),
            Val::Null(Kind::Uuid),
            "".into(),
            "".into(),
            Val::Null(Kind::Uuid),
            Val::Null(Kind::Uuid),
            "".into(),
            now.as_millisecond().into(),
        ],
    );
    Ok(policy.hash())
}
