//! A house whose outside world does nothing: a fixed clock, repeatable bits, silent ports.

use app::{House, NoticeWriter, Post, jobs::NoticeFacts};
use kernel::Timestamp;
use ledger::Hash;
use ports::{Clock, Entropy, Mail, Mailer, SendError, WebhookRequest, WebhookSender};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use store::Store;

pub struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(1_775_000_000_000).unwrap()
    }
}

impl Entropy for Fixed {
    fn fill(&self, bytes: &mut [u8]) {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let seed = Hash::leaf(&NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        bytes
            .iter_mut()
            .zip(seed.0.iter().cycle())
            .for_each(|(to, from)| *to = *from);
    }
}

#[async_trait::async_trait]
impl WebhookSender for Fixed {
    async fn post(&self, _: &WebhookRequest) -> Result<u16, SendError> {
        Ok(200)
    }
}

#[async_trait::async_trait]
impl Mailer for Fixed {
    async fn send(&self, _: &Mail) -> Result<(), SendError> {
        Ok(())
    }
}

impl NoticeWriter for Fixed {
    fn write(&self, _: &NoticeFacts<'_>) -> Option<Mail> {
        None
    }
}

impl ports::ReportReader for Fixed {
    fn read(&self, _: &[u8]) -> Result<Vec<ports::AccountReport>, Vec<ports::FileFault>> {
        Ok(Vec::new())
    }
}

/// A house on this store.
pub fn house(store: Store) -> House {
    House {
        store,
        clock: Arc::new(Fixed),
        entropy: Arc::new(Fixed),
        gateways: Vec::new(),
        webhooks: Arc::new(Fixed),
        post: Post {
            writer: Arc::new(Fixed),
            mailer: Arc::new(Fixed),
        },
        reports: Arc::new(Fixed),
        base_url: "https://returns.example.com".into(),
        ledger_origin: "returns.example.com/ledger".into(),
        secrets: app::house::Secrets::default(),
    }
}
