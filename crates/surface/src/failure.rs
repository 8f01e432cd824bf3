//! The one place an [`AppError`] becomes a status and words. A thing outside the caller's scope
//! and a thing that does not exist get the same answer.

use app::AppError;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::{Basis, Permission, Reason, ReasonCode};
use redress_http::{Problem, ui::FieldError};
use returns::{Refusal, RefusalCode};

/// What a handler returns instead of a page.
#[derive(Debug)]
pub struct Failure(pub Problem);

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self(match error {
            AppError::Refused(refusal) => refused(&refusal),
            AppError::Policy(refusal) => policy_refused(refusal),
            AppError::Missing => Problem::not_found(),
            AppError::Denied(permission) => Problem::forbidden()
                .rule(permission.as_str())
                .who(helper(permission)),
            AppError::Stale { .. } => Problem::stale(),
            AppError::Requoted(_) => Problem::new(StatusCode::CONFLICT, "quote-changed"),
            AppError::Invalid(fields) => Problem::invalid(
                fields
                    .into_iter()
                    .map(|f| FieldError::new(f.field, f.help))
                    .collect(),
            ),
            AppError::KeyReused => Problem::new(StatusCode::CONFLICT, "key-reused"),
            AppError::UnderWay => Problem::under_way(2),
            AppError::Busy => Problem::busy(2),
            AppError::Fault { detail } => {
                tracing::error!(detail, "fault");
                Problem::internal()
            }
        })
    }
}

impl From<app::door::DoorError> for Failure {
    fn from(error: app::door::DoorError) -> Self {
        use app::door::DoorError as E;
        match error {
            E::Refused("not fresh") => Self(Problem::new(StatusCode::FORBIDDEN, "not-fresh")),
            E::Refused(_) => Self(Problem::new(StatusCode::FORBIDDEN, "not-proven")),
            E::TooMany(seconds) => Self(Problem::too_many(seconds)),
            E::Unavailable(why) => {
                tracing::warn!(why, "a way in is not there");
                Self(Problem::busy(30))
            }
            E::App(e) => e.into(),
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

/// Message key of who can do what the caller may not.
const fn helper(permission: Permission) -> &'static str {
    match permission {
        Permission::CaseOverride | Permission::JobsOperate | Permission::PolicyWrite => {
            "role-team_lead"
        }
        Permission::MoneyRead | Permission::MoneyOperate => "role-finance",
        Permission::DockWork => "role-dock_operator",
        Permission::LawReview => "role-reviewer",
        Permission::PolicyApprove => "role-client_user",
        _ => "role-admin",
    }
}

/// Why a draft of a policy does not go further.
fn policy_refused(refusal: policy::draft::Refusal) -> Problem {
    use policy::draft::Refusal as R;
    let status = match refusal {
        R::SecondPerson => StatusCode::FORBIDDEN,
        R::WarningsNeedReason { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    };
    Problem::new(status, refusal.code()).detail(refusal.to_string())
}

/// A refusal of the domain: its code is the slug, its figures become reasons.
pub fn refused(refusal: &Refusal) -> Problem {
    let status = match refusal.code {
        RefusalCode::UnknownCase
        | RefusalCode::UnknownLine
        | RefusalCode::UnknownParcel
        | RefusalCode::UnknownObligation => StatusCode::NOT_FOUND,
        RefusalCode::AboveAuthority
        | RefusalCode::NotOwnDecision
        | RefusalCode::FourEyes
        | RefusalCode::OwnMatter
        | RefusalCode::NeedsPerson => StatusCode::FORBIDDEN,
        RefusalCode::WrongQuantity
        | RefusalCode::WrongAmount
        | RefusalCode::LineTwice
        | RefusalCode::TooLarge
        | RefusalCode::NeedsReason
        | RefusalCode::BadReference
        | RefusalCode::WrongCurrency => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    };
    let mut reasons = refusal.reasons.clone();
    if let Some(allowed) = refusal.allowed {
        let left = Reason::new(ReasonCode::NoUnitsLeft, Basis::Order);
        reasons.push(left.with_number(i64::from(allowed)));
    }
    if let Some(limit) = refusal.limit {
        let code = match refusal.code {
            RefusalCode::AboveAuthority => ReasonCode::AboveApprovalLimit,
            _ => ReasonCode::CeilingApplied,
        };
        reasons.push(Reason::new(code, Basis::Order).with_amount(limit));
    }
    let problem = Problem::new(status, refusal.code.as_str()).reasons(reasons);
    match refusal.who {
        Some(role) => problem.who(format!("role-{}", role.as_str())),
        None => problem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use redress_http::L10n;

    #[test]
    fn every_refusal_has_a_title_and_a_way_out_in_every_language() {
        for l in L10n::all() {
            for code in RefusalCode::ALL {
                for suffix in ["", "-do"] {
                    let key = format!("problem-{code}{suffix}");
                    assert!(l.has(&key), "{key}");
                }
            }
        }
    }
}
