//! Money another way, in the simulation: accounts are named, approved, refused; refunds are said to
//! be paid outside and confirmed, or not. Crashes come in between as everywhere.

use super::Run;
use crate::{ALFA, Fixture};
use app::{AppError, cases::Call, payouts::AccountGiven};
use kernel::{CaseId, Role, Scope};
use returns::{Command, ManualWay, ReturnCase};

/// The second account of every customer.
const ACCOUNT: &str = "DE02120300000000202051";

impl Run<'_> {
    /// Somebody names an account or answers for one, or says or confirms a payment made outside.
    pub(super) async fn other_way(&mut self) -> &'static str {
        if self.cases.is_empty() {
            return "no case";
        }
        let count = u32::try_from(self.cases.len()).unwrap_or(1);
        let at = self.below(count) as usize;
        let id = self.cases[at];
        let system = Scope::system();
        let Ok(page) = self.world.app.case_page(&system, ALFA, id).await else {
            return "no case";
        };
        let today = page.client.day(self.world.now());
        let Some((role, command)) = self.other_command(&page.case, today) else {
            return self.name_account(id).await;
        };
        let scope = Fixture::scope(role);
        let call = Call::new(&scope, self.world.now());
        self.arm();
        let app = &self.world.app;
        let done = app.command(&call, ALFA, id, None, &command);
        match self.world.survive(done).await {
            Err(_) => self.crashed().await,
            Ok(Ok(answer)) => {
                self.acked.insert(id, answer.version);
            }
            Ok(Err(AppError::Fault { detail })) => panic!("{command:?}: {detail}"),
            Ok(Err(_)) => {}
        }
        "another way"
    }

    /// What could be answered or said now; none: an account is named.
    fn other_command(&mut self, case: &ReturnCase, today: kernel::Date) -> Option<(Role, Command)> {
        let waiting = case.redirect.as_ref().filter(|r| r.waits());
        if let Some(asked) = waiting {
            let hash = asked.hash.clone();
            let give = self.chance(70);
            return Some(if give {
                (Role::TeamLead, Command::GiveDestination { hash })
            } else {
                let note = "simulated".into();
                (Role::TeamLead, Command::RefuseDestination { hash, note })
            });
        }
        if let Some(said) = case.manuals.iter().find(|m| m.waits()) {
            // The administrator is the second person of finance.
            return Some((
                Role::Admin,
                Command::ConfirmManual {
                    obligation: said.what.obligation,
                    hash: said.hash.clone(),
                },
            ));
        }
        let owed = case.obligations.first().map(|o| o.id);
        let obligation = owed.filter(|_| self.chance(40))?;
        Some((
            Role::Finance,
            Command::ProposeManual {
                obligation,
                way: ManualWay::Bank,
                reference: "RF-SIM-1".into(),
                on: today,
                reason: "simulated".into(),
            },
        ))
    }

    async fn name_account(&mut self, id: CaseId) -> &'static str {
        let scope = Fixture::scope(Role::Agent);
        let call = Call::new(&scope, self.world.now());
        let given = AccountGiven {
            holder: "Kim Lindqvist".into(),
            iban: ACCOUNT.into(),
            reason: "simulated".into(),
        };
        self.arm();
        let app = &self.world.app;
        let asked = app.ask_destination(&call, ALFA, id, None, &given);
        match self.world.survive(asked).await {
            Err(_) => self.crashed().await,
            Ok(Ok(answer)) => {
                self.acked.insert(id, answer.version);
            }
            Ok(Err(AppError::Fault { detail })) => panic!("naming an account: {detail}"),
            Ok(Err(_)) => {}
        }
        "another account"
    }
}
