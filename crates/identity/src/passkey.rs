//! Passkeys: discoverable, with the person verified by the authenticator (a touch and a PIN or a
//! fingerprint), so that one of them is two factors.

use crate::fault;
use ports::{Challenge, Passkey, ProofError};
use uuid::Uuid;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, DiscoverableKey, Passkey as Kept, PasskeyRegistration,
    PublicKeyCredential, RegisterPublicKeyCredential, Webauthn,
};
use webauthn_rs_proto::ResidentKeyRequirement;

fn refused(error: &impl std::fmt::Display) -> ProofError {
    tracing::info!(%error, "a passkey was refused");
    ProofError::Refused("passkey")
}

fn read(bodies: &[String]) -> Result<Vec<Kept>, ProofError> {
    let read = bodies.iter().map(|body| serde_json::from_str(body));
    read.collect::<Result<_, _>>().map_err(fault)
}

pub(crate) fn new(
    webauthn: &Webauthn,
    user: Uuid,
    name: &str,
    had: &[String],
) -> Result<Challenge, ProofError> {
    let had = read(had)?.iter().map(|key| key.cred_id().clone()).collect();
    let begun = webauthn.start_passkey_registration(user, name, name, Some(had));
    let (mut asked, kept) = begun.map_err(fault)?;
    // The authenticator must be able to find it by itself: nobody types a name to sign in.
    if let Some(wanted) = &mut asked.public_key.authenticator_selection {
        wanted.resident_key = Some(ResidentKeyRequirement::Required);
        wanted.require_resident_key = true;
    }
    challenge(&asked.public_key, &kept)
}

pub(crate) fn made(webauthn: &Webauthn, kept: &str, answer: &str) -> Result<Passkey, ProofError> {
    let state: PasskeyRegistration = serde_json::from_str(kept).map_err(fault)?;
    let answer: RegisterPublicKeyCredential =
        serde_json::from_str(answer).map_err(|e| refused(&e))?;
    let key = webauthn.finish_passkey_registration(&answer, &state);
    keep(&key.map_err(|e| refused(&e))?)
}

pub(crate) fn ask(webauthn: &Webauthn) -> Result<Challenge, ProofError> {
    let (asked, kept) = webauthn
        .start_discoverable_authentication()
        .map_err(fault)?;
    challenge(&asked.public_key, &kept)
}

pub(crate) fn claims(webauthn: &Webauthn, answer: &str) -> Result<(Uuid, Vec<u8>), ProofError> {
    let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(|e| refused(&e))?;
    let (user, id) = webauthn
        .identify_discoverable_authentication(&answer)
        .map_err(|e| refused(&e))?;
    Ok((user, id.to_vec()))
}

pub(crate) fn check(
    webauthn: &Webauthn,
    kept: &str,
    answer: &str,
    had: &[String],
) -> Result<Passkey, ProofError> {
    let state: DiscoverableAuthentication = serde_json::from_str(kept).map_err(fault)?;
    let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(|e| refused(&e))?;
    let mut keys = read(had)?;
    let signed = keys
        .iter_mut()
        .find(|key| key.cred_id().as_slice() == answer.raw_id.as_slice())
        .ok_or(ProofError::Refused("unknown passkey"))?;
    let result = webauthn
        .finish_discoverable_authentication_v2(&answer, state, DiscoverableKey::from(&*signed))
        .map_err(|e| refused(&e))?;
    if !result.user_verified() {
        return Err(ProofError::Refused("passkey without verification"));
    }
    signed.update_credential(&result);
    keep(signed)
}

fn keep(key: &Kept) -> Result<Passkey, ProofError> {
    Ok(Passkey {
        id: key.cred_id().as_slice().to_vec(),
        body: serde_json::to_string(key).map_err(fault)?,
    })
}

fn challenge(
    asked: &impl serde::Serialize,
    kept: &impl serde::Serialize,
) -> Result<Challenge, ProofError> {
    Ok(Challenge {
        asked: serde_json::to_string(asked).map_err(fault)?,
        kept: serde_json::to_string(kept).map_err(fault)?,
    })
}
