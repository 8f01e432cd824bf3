//! What people write inside events: sealed before the domain sees it, opened when a page shows it.
//! State, replay, audit and ledger know the sealed form only.

use crate::{App, AppError, cases::Loaded};
use kernel::{ClientId, CustomerId, OrderId};
use privacy::{Key, Place, Purpose, field::EVENT_WORDS, text};
use returns::{Command, SalesOrder, command::MAX_NOTE_CHARS};
use serde::{Serialize, de::DeserializeOwned};
use std::borrow::Cow;
use store::Write;

/// What stands where words were that nobody can read any more.
pub(crate) const GONE: &str = "[…]";

/// Where the words of an order's events stand.
const fn place(client: ClientId, customer: CustomerId, order: OrderId) -> Place<'static> {
    Place {
        client,
        subject: customer.0,
        field: &EVENT_WORDS,
        row: order.0,
    }
}

/// Opens the words of one person about one order.
pub(crate) struct Reader {
    key: Option<Key>,
    client: ClientId,
    customer: CustomerId,
    order: OrderId,
}

impl Reader {
    pub(crate) const fn new(key: Option<Key>, order: &SalesOrder) -> Self {
        Self {
            key,
            client: order.client,
            customer: order.customer,
            order: order.id,
        }
    }

    /// JSON with its words opened.
    pub(crate) fn json<'t>(&self, json: &'t str) -> Cow<'t, str> {
        let place = place(self.client, self.customer, self.order);
        text::open_in(json, |sealed| {
            let opened = text::open(self.key.as_ref(), &place, sealed);
            opened.map_or_else(|_| GONE.to_owned(), Cow::into_owned)
        })
    }

    /// A value with its words opened.
    pub(crate) fn value<T: Serialize + DeserializeOwned>(&self, value: T) -> Result<T, AppError> {
        let json = serde_json::to_string(&value)?;
        match self.json(&json) {
            Cow::Borrowed(_) => Ok(value),
            Cow::Owned(opened) => Ok(serde_json::from_str(&opened)?),
        }
    }
}

impl App {
    /// The reader of an order's words.
    pub(crate) async fn reader(&self, order: &SalesOrder) -> Result<Reader, AppError> {
        let (client, customer) = (order.client, order.customer);
        let key = self.person_key(client, customer.0, Purpose::Person).await?;
        Ok(Reader::new(key, order))
    }

    /// The command as the domain gets it: what people wrote in it is sealed. A new key goes into
    /// `write`.
    pub(crate) async fn sealed<'c>(
        &self,
        write: &mut Write,
        loaded: &Loaded,
        command: &'c Command,
    ) -> Result<Cow<'c, Command>, AppError> {
        let mut sealed = command.clone();
        let mut words = sealed.words();
        // Nothing but spaces is no text, and one that is too long is refused as it is.
        words.retain(|w| !w.trim().is_empty());
        if words.is_empty() {
            return Ok(Cow::Borrowed(command));
        }
        if words.iter().any(|w| w.chars().count() > MAX_NOTE_CHARS) {
            let forged = words.iter().any(|w| text::is_sealed(w));
            return if forged {
                Err(AppError::field("note", "desk-help-text"))
            } else {
                Ok(Cow::Borrowed(command))
            };
        }
        let order = &loaded.order;
        let (client, customer) = (order.client, order.customer);
        let key = self
            .person_key_for(write, client, customer.0, Purpose::Person)
            .await?;
        let place = place(client, customer, order.id);
        for word in words {
            *word = self.seal_text(&key, &place, word).into();
        }
        Ok(Cow::Owned(sealed))
    }
}
