//! From a posted form to a command: parsed at the edge, then given to the case for exactly the
//! version the form was made for.

use super::{act::Act, ask};
use crate::{asked, form::Form, frame::Desk};
use app::{AppError, cases::Call, views::CasePage};
use kernel::{ObligationId, ReasonCode};
use policy::{EvidenceDemand, EvidenceGiven, Outcome};
use redress_http::ui::FieldError;
use returns::{Command, Count, GrantLine, RequestedLine};
use std::sync::Arc;

/// Why nothing happened.
pub enum Refused {
    /// These fields cannot be read.
    Fields(Vec<FieldError>),
    /// The application says no.
    App(AppError),
    /// It needs something else first.
    Problem(redress_http::Problem),
}

impl From<AppError> for Refused {
    fn from(e: AppError) -> Self {
        Self::App(e)
    }
}

/// Carries out a posted action.
pub async fn carry_out(desk: &Desk, page: &CasePage, act: Act, form: &Form) -> Result<(), Refused> {
    let mut errors = Vec::new();
    if act == Act::Exchange {
        return super::swap::carry_out(desk, page, form).await;
    }
    let command = command(page, act, form, &mut errors);
    // A form without its version was not made by our page.
    let Ok(version) = form.get("version").parse::<u64>() else {
        return Err(AppError::Stale {
            current: page.case.version,
        }
        .into());
    };
    let Some(command) = command.filter(|_| errors.is_empty()) else {
        return Err(Refused::Fields(errors));
    };
    let call = Call::new(desk.scope(), desk.now);
    let case = &page.case;
    desk.app
        .command(&call, case.client, case.id, Some(version), &command)
        .await?;
    Ok(())
}

fn command(
    page: &CasePage,
    act: Act,
    form: &Form,
    errors: &mut Vec<FieldError>,
) -> Option<Command> {
    Some(match act {
        Act::Announce => Command::Announce {
            lines: announced(page, form, errors),
        },
        Act::Authorise => Command::Authorise {
            lines: counts(page, form, errors),
            keep: form.ticked("keep"),
            reason: form.text("reason"),
        },
        Act::Decline => Command::Decline {
            lines: counts(page, form, errors),
            ground: ground(form, errors)?,
            note: form.text("note"),
        },
        Act::Decide => decide(page, form, errors),
        Act::AskApproval => {
            let Command::Decide {
                lines,
                shipping_minor,
                reason,
            } = decide(page, form, errors)
            else {
                return None;
            };
            Command::AskApproval {
                lines,
                shipping_minor,
                reason,
                why: form.needed("why", errors),
            }
        }
        Act::TakeBack => Command::TakeBack {
            grant: page.case.obligation(obligation(form, errors)?)?.grant,
            note: form.needed("note", errors),
        },
        Act::AskAgain => Command::AskAgain {
            grant: page.case.obligation(obligation(form, errors)?)?.grant,
            why: form.needed("note", errors),
        },
        Act::AskAccount => Command::InviteAccount,
        Act::PaidOutside => super::payout::proposed(form, errors)?,
        Act::Ask => Command::AskInfo {
            line: line(form, errors),
            missing: EvidenceDemand {
                photos: small(form, "photos", errors),
                note: form.ticked("words"),
                serial: form.ticked("serial"),
            },
            note: form.needed("note", errors),
        },
        Act::Evidence => Command::AnswerInfo {
            line: line(form, errors),
            evidence: EvidenceGiven {
                photos: small(form, "photos", errors),
                note: form.ticked("words"),
                serial: form.ticked("serial"),
            },
        },
        Act::Uphold => Command::Uphold {
            note: form.needed("note", errors),
        },
        Act::Overturn => Command::Overturn {
            note: form.needed("note", errors),
        },
        Act::Hold => Command::Hold {
            note: form.needed("note", errors),
        },
        Act::Release => Command::ReleaseHold {
            note: form.needed("note", errors),
        },
        Act::Reopen => Command::Reopen {
            note: form.needed("note", errors),
        },
        Act::Note => Command::Note {
            note: form.needed("note", errors),
        },
        Act::Appeal => Command::Appeal {
            note: form.needed("note", errors),
        },
        Act::Close => Command::Close,
        Act::Cancel => Command::Cancel {
            note: form.text("note"),
        },
        Act::Sent => {
            let obligation = obligation(form, errors)?;
            // That a refund was paid takes two people: it was paid outside (`ProposeManual`).
            let owed = page.case.obligation(obligation);
            if !owed.is_some_and(|o| o.kind.is_by_hand()) {
                errors.push(FieldError::new("about", "desk-help-choose"));
                return None;
            }
            let reference = form
                .text("reference")
                .unwrap_or_else(|| Arc::from("by-hand"));
            Command::PaymentSettled {
                obligation,
                reference,
            }
        }
        // Has its articles from the catalogue: carried out beside the others.
        Act::Exchange | Act::Redirect => return None,
        Act::Resolve
        | Act::Goodwill
        | Act::Proof
        | Act::CarrierClaim
        | Act::CarrierAnswer
        | Act::VendorAnswer
        | Act::Donate
        | Act::Donated
        | Act::Workshop
        | Act::Mended
        | Act::Beyond => return super::claim::command(page, act, form, errors),
        Act::FallBack => Command::FallBack {
            goods: obligation(form, errors)?,
            note: form.needed("note", errors),
        },
        Act::CallOff => Command::CallOffExchange {
            goods: obligation(form, errors)?,
            note: form.needed("note", errors),
        },
        Act::SendBack => Command::ReturnExchanged {
            goods: obligation(form, errors)?,
            wanted: Outcome::parse(form.get("wanted")).unwrap_or(Outcome::Refund),
        },
        Act::Charge | Act::Waive => {
            let hold = obligation(form, errors)?;
            Command::EndSecurity {
                goods: page.case.exchange_with(hold)?.goods,
                charge: act == Act::Charge,
                note: form.needed("note", errors),
            }
        }
        Act::Retry => Command::RetryPayment {
            obligation: obligation(form, errors)?,
        },
        Act::Drop => Command::CancelObligation {
            obligation: obligation(form, errors)?,
            note: form.needed("note", errors),
        },
    })
}

/// The lines told apart; one at least.
fn announced(page: &CasePage, form: &Form, errors: &mut Vec<FieldError>) -> Vec<RequestedLine> {
    let lines = asked::read(&page.order, &page.policy, form, errors);
    if lines.is_empty() && errors.is_empty() {
        let free = |at: &u16| page.account.free_units(&page.order, *at) > 0;
        let first = (0_u16..).take(page.order.lines.len()).find(free);
        let field = format!("units-{}", first.unwrap_or(0));
        errors.push(FieldError::new(field, "desk-help-one-line"));
    }
    lines
}

/// The units typed for each open line; lines with none are left out.
fn counts(page: &CasePage, form: &Form, errors: &mut Vec<FieldError>) -> Vec<Count> {
    let open = page.case.lines.iter().filter(|l| ask::open_units(l) > 0);
    open.map(|l| Count {
        line: l.line,
        units: form.count(&format!("units-{}", l.line), errors),
    })
    .filter(|c| c.units > 0)
    .collect()
}

fn decide(page: &CasePage, form: &Form, errors: &mut Vec<FieldError>) -> Command {
    let currency = page.case.currency;
    let mut lines = Vec::new();
    for line in page
        .case
        .lines
        .iter()
        .filter(|l| l.quantities.grantable() > 0)
    {
        let (units, outcome, amount) = ask::names(line.line);
        let granted = GrantLine {
            line: line.line,
            units: form.count(&units, errors),
            outcome: Outcome::parse(form.get(&outcome)).unwrap_or_else(|| {
                errors.push(FieldError::new(&outcome, "desk-help-choose"));
                line.wanted
            }),
            minor: form.amount(&amount, currency, errors),
        };
        if granted.units > 0 || granted.minor != 0 {
            lines.push(granted);
        }
    }
    Command::Decide {
        lines,
        shipping_minor: form.amount("shipping", currency, errors),
        reason: form.text("reason"),
    }
}

fn ground(form: &Form, errors: &mut Vec<FieldError>) -> Option<ReasonCode> {
    let found = ask::GROUNDS
        .iter()
        .copied()
        .find(|g| g.as_str() == form.get("ground"));
    if found.is_none() {
        errors.push(FieldError::new("ground", "desk-help-choose"));
    }
    found
}

fn line(form: &Form, errors: &mut Vec<FieldError>) -> u16 {
    form.get("line").parse().unwrap_or_else(|_| {
        errors.push(FieldError::new("line", "desk-help-choose"));
        0
    })
}

fn small(form: &Form, name: &str, errors: &mut Vec<FieldError>) -> u8 {
    let n = form.count(name, errors);
    u8::try_from(n)
        .ok()
        .filter(|n| *n <= 10)
        .unwrap_or_else(|| {
            errors.push(FieldError::new(name, "desk-help-photos"));
            0
        })
}

pub fn obligation(form: &Form, errors: &mut Vec<FieldError>) -> Option<ObligationId> {
    let found = form.get("about").parse().ok();
    if found.is_none() {
        errors.push(FieldError::new("about", "desk-help-choose"));
    }
    found
}
