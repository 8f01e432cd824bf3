//! Disputes from a file: each row is a message, named by what it says, so that the same file taken
//! in twice changes nothing.

use super::take::Word;
use crate::{
    App, AppError, acknowledge::sha256, cases::Call, intake::ImportOptions, news::AnswerTaken,
};
use kernel::{ClientId, Permission, Scope};
use returns::dispute::{News, Stage};
use wire::{DisputeDraft, Fault, RowError};

/// A row of a file.
pub type FileDispute = DisputeDraft;

/// What an import of disputes did, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct DisputeReport {
    /// Rows read.
    pub read: u64,
    /// Rows that said something new.
    pub taken: u64,
    /// Rows that were known.
    pub known: u64,
    /// Disputes among the new ones whose order is not known.
    pub unmatched: u64,
    /// Rows that are wrong.
    pub rejected: u64,
}

impl App {
    /// Takes in disputes of a file.
    ///
    /// # Errors
    /// By scope; faults of the database. What was taken in before a fault stays; import again to
    /// go on.
    pub async fn import_disputes(
        &self,
        scope: &Scope,
        client: ClientId,
        drafts: impl Iterator<Item = Result<FileDispute, RowError>> + Send,
        options: ImportOptions,
        rejected: &mut (dyn FnMut(&RowError) + Send),
    ) -> Result<DisputeReport, AppError> {
        Self::check(scope, Permission::MoneyOperate, client)?;
        let call = Call::new(scope, self.now());
        let mut report = DisputeReport::default();
        for item in drafts {
            report.read += 1;
            let draft = match item {
                Ok(draft) => draft,
                Err(error) => {
                    report.rejected += 1;
                    rejected(&error);
                    continue;
                }
            };
            let word = word_of(&call, &draft);
            let id = crate::intake::ids::dispute_id(client, &word.provider, &word.reference);
            let before = self.dispute_as_stored(client, id).await?;
            let is_known = before
                .as_ref()
                .is_some_and(|d| d.knows(&word.news.source, &word.news.message));
            if is_known {
                report.known += 1;
                continue;
            }
            if options.dry_run {
                let mut d = before.unwrap_or_else(|| word.blank(id, call.at));
                d.apply(&word.event(&call));
                let found = d.link.is_some() || self.find_link(client, &d).await?.is_some();
                report.taken += 1;
                report.unmatched += u64::from(!found);
                continue;
            }
            match self.hear_dispute(&call, client, &word, &|_| {}).await {
                Ok(AnswerTaken::Applied) => {
                    report.taken += 1;
                    let now = self.dispute_as_stored(client, id).await?;
                    report.unmatched += u64::from(now.is_some_and(|d| d.link.is_none()));
                }
                Ok(_) => report.known += 1,
                Err(AppError::Invalid(_) | AppError::Refused(_)) => {
                    report.rejected += 1;
                    let what = &draft.reference;
                    let help = "a row the books can take";
                    rejected(&RowError::new(
                        draft.line,
                        Fault::Inconsistent,
                        "dispute",
                        what,
                        help,
                    ));
                }
                Err(e) => return Err(e),
            }
        }
        Ok(report)
    }
}

fn word_of(call: &Call<'_>, draft: &DisputeDraft) -> Word {
    let stage = Stage::parse(&draft.state).unwrap_or(Stage::NeedsResponse);
    let said = format!(
        "{}|{}|{}|{}|{}|{:?}|{:?}|{:?}",
        draft.reference,
        draft.payment,
        draft.order,
        draft.state,
        draft.reason,
        draft.amount,
        draft.due,
        draft.as_of
    );
    let some = |text: &str| (!text.is_empty()).then(|| text.into());
    Word {
        provider: draft.provider.as_str().into(),
        reference: draft.reference.as_str().into(),
        payments: some(&draft.payment).into_iter().collect(),
        order_number: draft.order.as_str().into(),
        news: News {
            source: "file".into(),
            message: sha256(&said).into(),
            at: draft.as_of.unwrap_or(call.at),
            stage,
            round: u8::from(stage != Stage::Inquiry),
            amount: draft.amount,
            reason: some(&draft.reason),
            scheme: some(&draft.scheme),
            due_at: draft.due,
            taken: None,
            step: draft.state.as_str().into(),
        },
    }
}
