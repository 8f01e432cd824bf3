//! Photographs customers give as evidence: stored with the answer they belong to in one write, and
//! shown to who may see people.

use crate::{
    App, AppError,
    cases::{Answer, Call},
    privacy::sealed::at,
};
use data_encoding::HEXLOWER;
use kernel::{CaseId, ClientId, Permission, Scope};
use policy::EvidenceGiven;
use privacy::{Purpose, field};
use returns::Command;
use sha2::{Digest as _, Sha256};
use store::{Write, questions::found, tables};
use uuid::Uuid;

pub use found::PhotoRow;

/// The most photographs of one return.
pub const PHOTOS_MAX: usize = 30;

/// A picture that was made anew: JPEG without anything a camera adds.
#[derive(Clone, PartialEq, Eq)]
pub struct Photo {
    /// The picture.
    pub jpeg: Vec<u8>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Photo({}x{}, {} bytes)",
            self.width,
            self.height,
            self.jpeg.len()
        )
    }
}

impl App {
    /// Keeps the photographs a claim came with. Given again after a crash, they are stored if they
    /// were not.
    ///
    /// # Errors
    /// As [`App::give_evidence`].
    pub async fn keep_claim_photos(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
        line: u16,
        photos: &[Photo],
    ) -> Result<(), AppError> {
        Self::check(call.scope, Permission::CaseRequest, client)?;
        if photos.is_empty() || !found::photos(self.store(), client, case).await?.is_empty() {
            return Ok(());
        }
        let loaded = self.load_case(call, client, case).await?;
        let line = loaded.case.as_ref().and_then(|c| c.line(line));
        if let Some((line, evidence)) = line.map(|l| (l.line, l.evidence)) {
            self.give_evidence(call, client, case, line, (evidence, photos))
                .await?;
        }
        Ok(())
    }

    /// Answers a question about a line with evidence, new photographs among it. `evidence` says
    /// what there is beside photographs; those are counted here.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for more photographs than a return may have; as every command.
    pub async fn give_evidence(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
        line: u16,
        (evidence, photos): (EvidenceGiven, &[Photo]),
    ) -> Result<Answer, AppError> {
        Self::check(call.scope, Permission::CaseRequest, client)?;
        let known = found::photos(self.store(), client, case).await?;
        if known.len() + photos.len() > PHOTOS_MAX {
            return Err(AppError::field("photos", "portal-photos-many"));
        }
        let fresh = u8::try_from(photos.len()).unwrap_or(u8::MAX);
        let command = Command::AnswerInfo {
            line,
            evidence: EvidenceGiven {
                photos: evidence.photos.saturating_add(fresh),
                ..evidence
            },
        };
        let at = call.at;
        let ids: Vec<Uuid> = photos.iter().map(|_| self.mint(at)).collect();
        let sealed = self.sealed_photos(call, client, case, &ids, photos).await?;
        let keep = |write: &mut Write, _: &returns::Outcome| {
            for ((photo, id), sealed) in photos.iter().zip(&ids).zip(&sealed) {
                write.row(
                    &tables::EVIDENCE_PHOTO,
                    vec![
                        client.into(),
                        case.0.into(),
                        (*id).into(),
                        i64::from(line).into(),
                        i64::from(photo.width).into(),
                        i64::from(photo.height).into(),
                        HEXLOWER.encode(&Sha256::digest(&photo.jpeg)).into(),
                        sealed.clone().into(),
                        at.as_millisecond().into(),
                    ],
                );
            }
        };
        self.command_with(call, client, case, None, &command, &keep)
            .await
    }

    /// One photograph of a return, as JPEG.
    ///
    /// # Errors
    /// [`AppError::Missing`] when there is none, or it is of an order the scope does not reach.
    pub async fn photo(
        &self,
        scope: &Scope,
        client: ClientId,
        case: CaseId,
        photo: Uuid,
    ) -> Result<Vec<u8>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        // Who reaches one order only must reach this one.
        let call = Call::new(scope, self.now());
        let order = self.load_case(&call, client, case).await?.order;
        let found = found::photo(self.store(), client, case, photo).await?;
        let place = at(client, order.customer.0, &field::PHOTO, photo);
        let opened = self
            .open_file(&place, found.ok_or(AppError::Missing)?)
            .await?;
        opened.ok_or(AppError::Missing)
    }

    /// Photographs as they are stored.
    async fn sealed_photos(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
        ids: &[Uuid],
        photos: &[Photo],
    ) -> Result<Vec<Vec<u8>>, AppError> {
        if photos.is_empty() {
            return Ok(Vec::new());
        }
        let customer = self.load_case(call, client, case).await?.order.customer.0;
        let key = self
            .ensure_person(client, customer, Purpose::Person)
            .await?;
        let seal = |(photo, id): (&Photo, &Uuid)| {
            self.seal_file(&key, &at(client, customer, &field::PHOTO, *id), &photo.jpeg)
        };
        Ok(photos.iter().zip(ids).map(seal).collect())
    }
}
