//! Carrier scans taken in: each said once, matched to its parcel, given to the case as a command.

use crate::{App, AppError, cases::Call, directory::Client};
use data_encoding::HEXLOWER;
use kernel::{CaseId, ClientId, ParcelId, Permission, Scope};
use logistics::{Milestone, Scan};
use returns::Command;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use store::{Write, WriteError, questions::cases, tables};

/// One scan of one parcel, its code already read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelScan {
    /// The number on the label.
    pub tracking: String,
    /// What the carrier saw.
    pub scan: Scan,
}

/// What became of a batch of scans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct ScansTaken {
    /// Scans that were given to a case.
    pub taken: u32,
    /// Scans heard before.
    pub repeated: u32,
    /// Scans of parcels that are not ours.
    pub unknown: u32,
    /// Scans that say nothing a return waits for (delays, facility to facility), or that its
    /// case has no use for any more.
    pub no_change: u32,
}

impl App {
    /// Takes in scans of parcels of a client. `source` names who told, so that hearing the same
    /// scan again from there changes nothing; late and disordered scans are fine.
    ///
    /// # Errors
    /// By scope; faults of the database. Scans before a fault stay taken: send all again.
    pub async fn take_scans(
        &self,
        scope: &Scope,
        client: ClientId,
        source: &str,
        scans: &[ParcelScan],
    ) -> Result<ScansTaken, AppError> {
        Self::check(scope, Permission::ParcelScan, client)?;
        let directory = self.directory();
        let owner = directory.client(client).ok_or(AppError::Missing)?;
        let mut report = ScansTaken::default();
        for scan in scans {
            let count = self.take_scan(scope, owner, source, scan).await?;
            *match count {
                Taken::Applied => &mut report.taken,
                Taken::Repeated => &mut report.repeated,
                Taken::Unknown => &mut report.unknown,
                Taken::NoChange => &mut report.no_change,
            } += 1;
        }
        Ok(report)
    }

    async fn take_scan(
        &self,
        scope: &Scope,
        owner: &Client,
        source: &str,
        told: &ParcelScan,
    ) -> Result<Taken, AppError> {
        let client = owner.id;
        let message = message_id(told);
        if cases::inbound_seen(self.store(), client, source, &message)
            .await?
            .is_some()
        {
            return Ok(Taken::Repeated);
        }
        let refs = cases::refs_by_tracking(self.store(), &told.tracking).await?;
        let Some(found) = refs.iter().find(|r| r.client_id == client.0) else {
            return Ok(Taken::Unknown);
        };
        let case = CaseId(found.case_id);
        let parcels = cases::parcels_of_case(self.store(), client, case).await?;
        let parcel = parcels.iter().find(|p| p.tracking == told.tracking);
        let parcel = ParcelId(parcel.ok_or(AppError::Missing)?.parcel_id);
        let on = owner.day(told.scan.at);
        let command = match told.scan.milestone {
            Milestone::Delivered => Command::DeliverScan { parcel, on },
            seen if seen.carrier_has_it() => Command::ShipScan { parcel, on },
            _ => return Ok(Taken::NoChange),
        };
        let call = Call::new(scope, self.now());
        let row = |outcome: &str| {
            let at = call.at.as_millisecond();
            vec![
                client.into(),
                source.into(),
                message.as_str().into(),
                outcome.into(),
                at.into(),
            ]
        };
        let noted = |write: &mut Write, outcome: &returns::Outcome| {
            let what = if outcome.events.is_empty() {
                "no_change"
            } else {
                "applied"
            };
            write.row(&tables::INBOUND, row(what));
        };
        let before = version_of(self, client, case).await?;
        match self
            .command_with(&call, client, case, None, &command, &noted)
            .await
        {
            Ok(answer) if answer.version == before => Ok(Taken::NoChange),
            Ok(_) => Ok(Taken::Applied),
            Err(AppError::Refused(refusal)) => {
                let mut write = Write::new();
                write.row(&tables::INBOUND, row(refusal.code.as_str()));
                match self.store().write(write).await {
                    Ok(_) | Err(WriteError::Conflict { .. }) => Ok(Taken::NoChange),
                    Err(e) => Err(e.into()),
                }
            }
            // Somebody else is taking in the same scan.
            Err(AppError::Fault { .. })
                if cases::inbound_seen(self.store(), client, source, &message)
                    .await?
                    .is_some() =>
            {
                Ok(Taken::Repeated)
            }
            Err(e) => Err(e),
        }
    }
}

enum Taken {
    Applied,
    Repeated,
    Unknown,
    NoChange,
}

async fn version_of(app: &App, client: ClientId, case: CaseId) -> Result<u64, AppError> {
    let head = cases::case_head(app.store(), client, case).await?;
    Ok(head.map_or(0, |h| crate::ledger::count(h.version)))
}

/// Carriers number tracker updates, not scans: the same scan comes again with every update. So
/// what it says is its name.
fn message_id(told: &ParcelScan) -> String {
    let Scan {
        at,
        milestone,
        code,
        ..
    } = &told.scan;
    let said = format!(
        "{}\n{}\n{milestone}\n{code}",
        told.tracking,
        at.as_millisecond()
    );
    HEXLOWER.encode(&Sha256::digest(said)[..16])
}
