//! The case a return another system has already credited becomes: a chain of commands with the
//! date of the credit, judged in memory and stored at once.
//!
//! It is not judged by our rules a second time: the goods count as having come unannounced, let
//! back and paid on the other system's word, at the amount it credited. What still holds is
//! arithmetic: no unit twice, nothing above what was paid. Nothing goes outside for it, no label,
//! no message, no payment: those have happened. Condition and whereabouts of the goods are not
//! told, so they count as sealed and back on the shelf.

use crate::{App, cases::Loaded};
use kernel::{Actor, CaseId, Date, ObligationId, ParcelId, Timestamp};
use logistics::Rma;
use policy::{Grade, Outcome as Wish};
use returns::{
    Authority, Command, Count, Ctx, Disposition, GrantLine, Ids, Outcome, Path, Refusal,
};
use std::sync::Arc;

/// A credit to replay on one order.
pub(super) struct Credit<'a> {
    /// Id of the case to make.
    pub(super) case: CaseId,
    /// Random bits of its RMA number.
    pub(super) rma: u64,
    /// The other system's number of the return.
    pub(super) number: &'a str,
    /// Its reason in words; may be empty.
    pub(super) reason: &'a str,
    /// When.
    pub(super) at: Timestamp,
    /// Who imports.
    pub(super) actor: Actor,
    /// Line, units, minor units.
    pub(super) lines: Vec<(u16, u32, i64)>,
}

impl App {
    /// The outcome of replaying a credit on the loaded order.
    pub(super) fn replay(&self, loaded: &Loaded, credit: &Credit<'_>) -> Result<Outcome, Refusal> {
        let Loaded {
            client,
            policy,
            order,
            account,
            ..
        } = loaded;
        let today: Date = client.day(credit.at);
        let pool: Vec<ObligationId> = (0..Ids::obligations_needed(order, account))
            .map(|_| ObligationId(self.mint(credit.at)))
            .collect();
        let holidays = self.holidays(&loaded.law, order.place, today);
        let ctx = Ctx {
            now: credit.at,
            today,
            local_day: client.local_day(order.place, credit.at),
            actor: credit.actor,
            authority: Authority {
                limit_minor: None,
                may_override: true,
                ..Authority::default()
            },
            expected_version: None,
            ids: Ids {
                case: credit.case,
                rma: Rma::from_random_bits(credit.rma).to_string().into(),
                parcel: ParcelId(self.mint(credit.at)),
                obligations: &pool,
            },
            policy,
            law: &loaded.law,
            holidays: &holidays,
            label_cost_minor: 0,
            lang: None,
            returnless_used_365d: loaded.kept_before,
            tenders: client.settings.tender_strategy,
            vendors: returns::VendorBears::Never,
            sold_out: &[],
            payout: None,
            same_person: &[],
            cooling_hours: client.settings.cooling_hours,
        };
        let open = Command::Request {
            lines: Vec::new(),
            path: Path::Ordinary,
            notice_sent_on: None,
            declared: None,
            wishes: Vec::new(),
            claim: None,
        };
        let mut all = returns::handle(None, order, account, &open, &ctx)?;
        for command in commands(credit) {
            all = then(all, &command, loaded, &ctx)?;
        }
        let owed: Vec<ObligationId> = all.case.obligations.iter().map(|o| o.id).collect();
        for obligation in owed {
            let reference = credit.number.into();
            all = then(
                all,
                &Command::PaymentSettled {
                    obligation,
                    reference,
                },
                loaded,
                &ctx,
            )?;
        }
        all = then(all, &Command::Close, loaded, &ctx)?;
        all.effects.clear();
        Ok(all)
    }
}

/// The outcome so far and one command more.
fn then(
    mut all: Outcome,
    command: &Command,
    loaded: &Loaded,
    ctx: &Ctx<'_>,
) -> Result<Outcome, Refusal> {
    let next = returns::handle(Some(&all.case), &loaded.order, &all.account, command, ctx)?;
    all.events.extend(next.events);
    all.entries.extend(next.entries);
    (all.case, all.account) = (next.case, next.account);
    Ok(all)
}

/// What happened to the goods and the decision on the money, in order.
fn commands(credit: &Credit<'_>) -> Vec<Command> {
    let counts: Vec<Count> = credit
        .lines
        .iter()
        .map(|&(line, units, _)| Count { line, units })
        .collect();
    let told: Arc<str> = match credit.reason {
        "" => format!("credited elsewhere as {}", credit.number).into(),
        reason => format!("credited elsewhere as {}: {reason}", credit.number).into(),
    };
    let mut commands = vec![
        Command::Receive {
            parcel: None,
            counts: counts.clone(),
            strays: Vec::new(),
            complete: false,
        },
        Command::Authorise {
            lines: counts,
            keep: false,
            reason: Some(told.clone()),
        },
    ];
    for &(line, units, _) in &credit.lines {
        commands.push(Command::Grade {
            line,
            units,
            grade: Grade::A,
            accept: true,
            wrong_item: false,
            note: None,
        });
        let disposition = Disposition::Restock;
        commands.push(Command::Dispose {
            line,
            units,
            grade: Grade::A,
            disposition,
        });
    }
    let grant = |&(line, units, minor): &(u16, u32, i64)| GrantLine {
        line,
        units,
        outcome: Wish::Refund,
        minor,
    };
    commands.push(Command::Decide {
        lines: credit.lines.iter().map(grant).collect(),
        shipping_minor: 0,
        reason: Some(told),
    });
    commands
}
