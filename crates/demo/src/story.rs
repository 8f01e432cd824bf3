//! How a return goes: asked for, decided, sent, counted, graded, paid, each by the person whose
//! work it is, at its own past hour. A story stops where the present begins, so that today's
//! queues hold cases of every kind; some stop earlier, because something is wrong with them.

use crate::{dice::Dice, facts, firm::Member};
use app::{
    App, AppError,
    cases::{Call, OrderKey, Request},
};
use jiff::SignedDuration;
use kernel::{CaseId, ClientId, JobId, ObligationId, ParcelId, ReasonCode, Role, Scope, Timestamp};
use logistics::{CompanyPrefix, Sscc};
use policy::{EvidenceGiven, Grade, Outcome, ReturnReason};
use returns::{
    Command, Count, Disposition, GrantLine, ObligationState, Path, RequestedLine, ReturnCase,
    Status, Stray,
};
use store::{Write, questions};
use wire::OrderDraft;

/// What is special about a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Plain,
    Withdrawal,
    Declined,
    Appealed,
    Quiet,
    OverReceipt,
    WrongGoods,
    PaymentFails,
    PaymentUnknown,
    Cancelled,
    Held,
}

/// Turns and their weights among a thousand. Assumed: no open set tells them.
const TURNS: [(Turn, u32); 11] = [
    (Turn::Plain, 560),
    (Turn::Withdrawal, 180),
    (Turn::Declined, 50),
    (Turn::Appealed, 30),
    (Turn::Quiet, 50),
    (Turn::OverReceipt, 25),
    (Turn::WrongGoods, 20),
    (Turn::PaymentFails, 25),
    (Turn::PaymentUnknown, 20),
    (Turn::Cancelled, 25),
    (Turn::Held, 15),
];

const REASONS: [(ReturnReason, u32); 9] = [
    (ReturnReason::ChangedMind, 25),
    (ReturnReason::SizeSmall, 12),
    (ReturnReason::SizeLarge, 10),
    (ReturnReason::Colour, 6),
    (ReturnReason::NotAsDescribed, 12),
    (ReturnReason::DamagedInTransit, 12),
    (ReturnReason::Defective, 13),
    (ReturnReason::WrongItem, 6),
    (ReturnReason::LateDelivery, 4),
];

/// Tells the return of one order; gives 1 if it was asked for, 0 if its hour has not come or
/// nothing has been delivered.
pub async fn tell(
    app: &App,
    client: ClientId,
    order: &OrderDraft,
    members: &[Member],
    now: Timestamp,
    dice: &mut Dice,
) -> Result<u64, AppError> {
    let turn = TURNS[dice.weighted(TURNS.iter().map(|t| t.1))].0;
    // The measured time runs from the order; goods must have come first.
    let hours = dice.between(&facts::HOURS_TO_RETURN).max(24 * 7);
    let at = later(order.placed_at, i64::from(hours))?;
    let delivered = order.lines.iter().all(|l| l.delivered_on.is_some());
    if at > now || !delivered {
        return Ok(0);
    }
    let (lines, path) = wishes(order, turn, dice);
    let request = Request {
        order: OrderKey::Number(order.number.clone()),
        lines,
        path,
    };
    let scope = Scope::system();
    let asked = app
        .request_return(&Call::new(&scope, at), client, &request)
        .await;
    let answer = match asked {
        Ok(answer) => answer,
        Err(AppError::Refused(_)) => return Ok(0),
        Err(e) => return Err(e),
    };
    let case = answer.case;
    let mut story = Story {
        app,
        client,
        members,
        case,
        at,
        now,
        turn,
        dice,
    };
    story.go_on().await?;
    Ok(1)
}

/// What the buyer asks for.
fn wishes(order: &OrderDraft, turn: Turn, dice: &mut Dice) -> (Vec<RequestedLine>, Path) {
    let mut count = usize::try_from(dice.between(&facts::RETURNED_LINES)).unwrap_or(1);
    let withdrawal = turn == Turn::Withdrawal;
    let mut lines = Vec::new();
    let last = order.lines.len().saturating_sub(1);
    for (line, sold) in (0..).zip(&order.lines) {
        // Every request names something: the last line is not skipped when nothing was.
        let may_skip = lines.is_empty() && usize::from(line) < last;
        if count == 0 || (may_skip && dice.per_10k(3_000) && count < order.lines.len()) {
            continue;
        }
        count -= 1;
        let whole = dice.per_10k(facts::WHOLE_LINES);
        let part = 1 + dice.below(u64::from(sold.quantity));
        let units = if whole {
            sold.quantity
        } else {
            u32::try_from(part).unwrap_or(1)
        };
        let reason = REASONS[dice.weighted(REASONS.iter().map(|r| r.1))].0;
        lines.push(RequestedLine {
            line,
            units: units.min(sold.quantity),
            reason: if withdrawal {
                ReturnReason::ChangedMind
            } else {
                reason
            },
            wanted: Outcome::Refund,
            evidence: match turn {
                Turn::Quiet => EvidenceGiven::default(),
                _ => EvidenceGiven {
                    photos: 3,
                    note: true,
                    serial: true,
                },
            },
            opened: dice.per_10k(3_500),
            noticed_on: None,
            own: None,
            lacks: policy::ConditionSet::EMPTY,
        });
    }
    (
        lines,
        if withdrawal {
            Path::Withdrawal
        } else {
            Path::Ordinary
        },
    )
}

struct Story<'a> {
    app: &'a App,
    client: ClientId,
    members: &'a [Member],
    case: CaseId,
    at: Timestamp,
    now: Timestamp,
    turn: Turn,
    dice: &'a mut Dice,
}

impl Story<'_> {
    /// Step by step until the present, an end, or a turn that waits for a person.
    async fn go_on(&mut self) -> Result<(), AppError> {
        // Every step moves the case on; the bound only guards against a mistake here.
        for _ in 0..40 {
            let case = self.read().await?;
            let Some((role, hours, command)) = self.next(&case) else {
                return Ok(());
            };
            self.at = later(self.at, hours)?;
            if self.at > self.now || !self.give(role, &command).await? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Who does what next, after how many hours.
    fn next(&mut self, case: &ReturnCase) -> Option<(Role, i64, Command)> {
        let hours = 2 + i64::try_from(self.dice.below(30)).ok()?;
        let note = |words: &str| words.into();
        match case.status() {
            Status::NeedsInfo if self.turn != Turn::Quiet => {
                let line = case.lines.iter().find(|l| l.missing.is_some())?.line;
                let evidence = EvidenceGiven {
                    photos: 3,
                    note: true,
                    serial: true,
                };
                Some((Role::Agent, hours, Command::AnswerInfo { line, evidence }))
            }
            Status::Submitted | Status::InReview => self.review(case, hours),
            Status::Declined if self.turn == Turn::Appealed && case.appeal.is_none() => Some((
                Role::Agent,
                hours,
                Command::Appeal {
                    note: note("the seal was intact"),
                },
            )),
            Status::Appealed if self.dice.per_10k(5_000) => {
                let command = Command::Uphold {
                    note: note("the photos show otherwise"),
                };
                Some((Role::TeamLead, hours, command))
            }
            Status::Authorised | Status::PartlyAuthorised => match self.turn {
                Turn::Cancelled => Some((Role::Agent, hours, Command::Cancel { note: None })),
                Turn::Held if !case.on_hold => {
                    let command = Command::Hold {
                        note: note("third claim of this kind"),
                    };
                    Some((Role::TeamLead, hours, command))
                }
                _ => Some((Role::Partner, 1, self.label()?)),
            },
            Status::AwaitingGoods => {
                let parcel = case.parcels.first()?.id;
                let on = self.day(hours + 24)?;
                Some((Role::Partner, hours + 24, Command::ShipScan { parcel, on }))
            }
            Status::InTransit => {
                let parcel = case.parcels.first()?.id;
                let on = self.day(hours + 36)?;
                Some((
                    Role::Partner,
                    hours + 36,
                    Command::DeliverScan { parcel, on },
                ))
            }
            Status::Arrived | Status::Inspecting => self.dock(case, hours),
            _ => self.money(case, hours),
        }
    }

    fn review(&mut self, case: &ReturnCase, hours: i64) -> Option<(Role, i64, Command)> {
        let open = |l: &returns::CaseLine| l.quantities.undecided();
        let lines: Vec<Count> = case
            .lines
            .iter()
            .filter(|l| open(l) > 0)
            .map(|l| Count {
                line: l.line,
                units: open(l),
            })
            .collect();
        if lines.is_empty() {
            return None;
        }
        let statutory = case
            .decision
            .as_ref()
            .is_some_and(|d| d.lines.iter().any(|l| l.terms.statutory));
        if matches!(self.turn, Turn::Declined | Turn::Appealed) && !statutory {
            let note = Some("opened and used".into());
            let ground = ReasonCode::CategoryExcluded;
            return Some((
                Role::Agent,
                hours,
                Command::Decline {
                    lines,
                    ground,
                    note,
                },
            ));
        }
        let reason = Some("photos and order agree".into());
        Some((
            Role::TeamLead,
            hours,
            Command::Authorise {
                lines,
                keep: false,
                reason,
            },
        ))
    }

    /// Counts, then grades, then puts away; what is graded and not paid yet goes to the money.
    fn dock(&mut self, case: &ReturnCase, hours: i64) -> Option<(Role, i64, Command)> {
        let coming = |l: &returns::CaseLine| l.quantities.expected();
        if case.lines.iter().any(|l| coming(l) > 0) {
            let extra = u32::from(self.turn == Turn::OverReceipt);
            let counts = case.lines.iter().filter(|l| coming(l) > 0);
            let counts = counts.map(|l| Count {
                line: l.line,
                units: coming(l) + extra,
            });
            let stray = Stray {
                label: "a child's glove".into(),
                units: 1,
            };
            let strays = if self.dice.per_10k(200) {
                vec![stray]
            } else {
                Vec::new()
            };
            let command = Command::Receive {
                parcel: case.parcels.first().map(|p| p.id),
                counts: counts.collect(),
                strays,
                complete: true,
            };
            return Some((Role::DockOperator, hours, command));
        }
        if let Some(l) = case.lines.iter().find(|l| l.quantities.ungraded() > 0) {
            let grades = [
                (Grade::A, 62),
                (Grade::B, 22),
                (Grade::C, 10),
                (Grade::D, 4),
                (Grade::E, 2),
            ];
            let wrong_item = self.turn == Turn::WrongGoods;
            let command = Command::Grade {
                line: l.line,
                units: l.quantities.ungraded(),
                grade: grades[self.dice.weighted(grades.iter().map(|g| g.1))].0,
                accept: !wrong_item,
                wrong_item,
                note: None,
            };
            return Some((Role::DockOperator, 1, command));
        }
        Self::shelve(case).or_else(|| self.money(case, hours))
    }

    fn shelve(case: &ReturnCase) -> Option<(Role, i64, Command)> {
        let lots = case
            .lines
            .iter()
            .flat_map(|l| l.lots.iter().map(move |lot| (l.line, lot)));
        let (line, lot) = lots.into_iter().find(|(_, lot)| lot.undisposed() > 0)?;
        let disposition = match (lot.accepted, lot.grade) {
            (false, _) => Disposition::ShipBack,
            (true, Grade::A) => Disposition::Restock,
            (true, Grade::B) => Disposition::OpenBox,
            (true, Grade::C) => Disposition::Refurbish,
            (true, Grade::D) => Disposition::Liquidate,
            (true, Grade::E) => Disposition::Recycle,
        };
        let (units, grade) = (lot.undisposed(), lot.grade);
        Some((
            Role::DockOperator,
            1,
            Command::Dispose {
                line,
                units,
                grade,
                disposition,
            },
        ))
    }

    /// Decides what the rule left to a person, then follows the payments, then closes.
    fn money(&mut self, case: &ReturnCase, hours: i64) -> Option<(Role, i64, Command)> {
        let decision = case.decision.as_ref()?;
        let due = case
            .lines
            .iter()
            .filter(|l| l.quantities.accepted > l.quantities.granted);
        let lines: Vec<GrantLine> = due
            .filter_map(|l| {
                let asked = decision.lines.iter().find(|d| d.line == l.line)?;
                let units = l.quantities.grantable().min(l.quantities.accepted);
                let quoted = decision.quote.of_line(l.line);
                let share = quoted * i64::from(units) / i64::from(asked.units.max(1));
                let minor = (share - l.granted_minor).max(0);
                Some(GrantLine {
                    line: l.line,
                    units,
                    outcome: Outcome::Refund,
                    minor,
                })
            })
            .filter(|g| g.units > 0)
            .collect();
        if !lines.is_empty() {
            let reason = Some("as quoted, after inspection".into());
            let command = Command::Decide {
                lines,
                shipping_minor: 0,
                reason,
            };
            return Some((Role::TeamLead, hours, command));
        }
        for owed in &case.obligations {
            let obligation: ObligationId = owed.id;
            let command = match (owed.state, self.turn) {
                (ObligationState::Requested, _) => Command::PaymentSent { obligation },
                (ObligationState::Sent, Turn::PaymentFails) => Command::PaymentFailed {
                    obligation,
                    code: "AC04".into(),
                },
                (ObligationState::Sent, Turn::PaymentUnknown) => {
                    Command::PaymentUnknown { obligation }
                }
                (ObligationState::Sent, _) => Command::PaymentPending { obligation },
                (ObligationState::Pending, _) => {
                    let reference = format!("demo-{obligation}").into();
                    Command::PaymentSettled {
                        obligation,
                        reference,
                    }
                }
                _ => continue,
            };
            return Some((Role::Finance, 4 + hours / 2, command));
        }
        let done = matches!(
            case.status(),
            Status::Settled | Status::Decided | Status::Declined
        );
        if !done {
            return None;
        }
        Self::shelve(case).or(Some((Role::Agent, hours + 24, Command::Close)))
    }

    fn label(&mut self) -> Option<Command> {
        let directory = self.app.directory();
        let prefix: CompanyPrefix = directory
            .client(self.client)?
            .settings
            .gs1_prefix
            .parse()
            .ok()?;
        let serial = self.dice.below(Sscc::max_serial(&prefix));
        let tracking = Sscc::new(3, &prefix, serial).ok()?.digits().into();
        let parcel = ParcelId(self.app.mint(self.at));
        Some(Command::AddLabel {
            parcel,
            carrier: app::jobs::OFFLINE_CARRIER.into(),
            tracking,
        })
    }

    /// The day some hours from now in the story, as the client counts it.
    fn day(&self, hours: i64) -> Option<kernel::Date> {
        let directory = self.app.directory();
        Some(
            directory
                .client(self.client)?
                .day(later(self.at, hours).ok()?),
        )
    }

    async fn read(&self) -> Result<ReturnCase, AppError> {
        let row = questions::cases::case_load(
            self.app.store(),
            self.client,
            self.case,
            questions::Also::NOTHING,
        )
        .await?;
        Ok(serde_json::from_str(&row.ok_or(AppError::Missing)?.state)?)
    }

    /// Lets a person of this role give the command; false if the rules say no, which ends the
    /// story as it would end the person's attempt.
    async fn give(&self, role: Role, command: &Command) -> Result<bool, AppError> {
        let fits = |m: &&Member| m.role == role && m.clients.contains(&self.client);
        let works = self.members.iter().find(fits).ok_or(AppError::Missing)?;
        let person = Scope::user(works.id, works.role, works.clients.clone());
        let system = Scope::system();
        // Appeals are the shopper's; scans come from carriers.
        let scope = match command {
            Command::Appeal { .. } | Command::AnswerInfo { .. } => &system,
            _ => &person,
        };
        let call = Call::new(scope, self.at);
        match self
            .app
            .command(&call, self.client, self.case, None, command)
            .await
        {
            Ok(_) => Ok(true),
            Err(AppError::Refused(_) | AppError::Denied(_)) => Ok(false),
            Err(e) => Err(e),
        }
    }
}

fn later(at: Timestamp, hours: i64) -> Result<Timestamp, AppError> {
    at.checked_add(SignedDuration::from_hours(hours))
        .map_err(AppError::fault)
}

/// Takes the work of the past off the outbox: its labels exist and its mail was read long ago.
/// Payments stay: one that was asked for and not sent is today's work.
pub async fn nothing_left_to_send(app: &App, now: Timestamp) -> Result<(), AppError> {
    let now = now.as_millisecond();
    loop {
        let jobs = questions::work::claim(app.store(), now, now + 3_600_000, 500).await?;
        if jobs.is_empty() {
            return Ok(());
        }
        let mut write = Write::new();
        for job in jobs {
            let (client, id) = (ClientId(job.client_id), JobId(job.job_id));
            write.statement(match job.kind.as_str() {
                "pay" => questions::work::retry(client, id, now + 1_000, ""),
                _ => questions::work::finish(client, id),
            });
        }
        app.store().write(write).await?;
    }
}
