//! Why a command was not carried out: a stable code, the figures its sentence needs, and nothing
//! changed. A refusal is an answer, not a failure.

use crate::case::Status;
use kernel::{Money, Reason, Role};
use serde::{Deserialize, Serialize};

macro_rules! refusal_codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// Every way a command can be refused; closed, so that each has its sentence
        /// (`refusal-<code>`) and its way out (`refusal-<code>-help`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum RefusalCode { $($(#[$doc])* $name,)* }

        impl RefusalCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The stable written form.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }

        impl std::fmt::Display for RefusalCode {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

refusal_codes! {
    /// A quantity of zero, or more than the step before it allows; `allowed` is the most.
    WrongQuantity = "wrong_quantity";
    /// Fewer units can still come back than were asked for; `allowed` is what is left.
    NoUnitsLeft = "no_units_left";
    /// The units are in another live or settled case; `allowed` is what is free.
    UnitInOtherCase = "unit_in_other_case";
    /// The case changed since it was read: read it again.
    StaleVersion = "stale_version";
    /// Not possible in the case's present status.
    IllegalInState = "illegal_in_state";
    /// The case exists already.
    AlreadyExists = "already_exists";
    /// There is no such case.
    UnknownCase = "unknown_case";
    /// The amount is above what the actor may decide; `limit` says how much.
    AboveAuthority = "above_authority";
    /// More than can still be refunded (R5) or than was quoted (R16); `limit` says how much.
    OverCeiling = "over_ceiling";
    /// An amount that is negative, or zero where money must move.
    WrongAmount = "wrong_amount";
    /// The order or the case has no such line.
    UnknownLine = "unknown_line";
    /// The same line is named twice in one command.
    LineTwice = "line_twice";
    /// The case has no such parcel.
    UnknownParcel = "unknown_parcel";
    /// The case has no such obligation.
    UnknownObligation = "unknown_obligation";
    /// The case is closed.
    Closed = "closed";
    /// Going against the rule needs a reason in words.
    NeedsReason = "needs_reason";
    /// The one who decided may not decide the appeal.
    NotOwnDecision = "not_own_decision";
    /// Goods have arrived: decide about them instead of cancelling.
    AlreadyReceived = "already_received";
    /// The period for an appeal has passed.
    AppealTooLate = "appeal_too_late";
    /// The client's policy has no such reason, or it stands for another one.
    UnknownReason = "unknown_reason";
    /// The client does not offer this outcome here.
    OutcomeNotOffered = "outcome_not_offered";
    /// Too few of the new goods are left.
    SoldOut = "sold_out";
    /// The law forbids it; no override goes against the law.
    AgainstLaw = "against_law";
    /// Goods go out in advance only with the customer's explicit consent to the security.
    NeedsConsent = "needs_consent";
    /// Nobody has approved the payment as it is now.
    NeedsApproval = "needs_approval";
    /// What was shown is not what would be paid now: look again.
    ApprovalVoid = "approval_void";
    /// Whoever asks, whoever approves and whoever is paid are different people.
    FourEyes = "four_eyes";
    /// Where the money goes was changed a short time ago: the customer may still object.
    Cooling = "cooling";
    /// A payment made outside needs a reference it can be found by, and a day that has come.
    BadReference = "bad_reference";
    /// A bank account is changed at the return, with a second person.
    ChangedAtCase = "changed_at_case";
    /// The actor may not decide this case.
    OwnMatter = "own_matter";
    /// It was sent already and cannot be taken back.
    AlreadySent = "already_sent";
    /// Only a person may do this.
    NeedsPerson = "needs_person";
    /// Something is still open: money on its way, units not decided.
    StillOpen = "still_open";
    /// A statutory clock for money runs; `reasons` say which and until when.
    ClockRuns = "clock_runs";
    /// The case has no such clock.
    UnknownClock = "unknown_clock";
    /// The caller minted fewer ids than the command needs.
    TooFewIds = "too_few_ids";
    /// A text, list or number is beyond its bound.
    TooLarge = "too_large";
    /// There is less store credit than is to be spent; `limit` says how much.
    CreditShort = "credit_short";
    /// The store credit to be taken back was used in part or whole; `limit` says what is left.
    CreditUsed = "credit_used";
    /// Two amounts of different currencies met.
    WrongCurrency = "wrong_currency";
}

/// A command that was not carried out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("refused: {code}")]
pub struct Refusal {
    /// Why.
    pub code: RefusalCode,
    /// The line it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u16>,
    /// The quantity that would have been possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<u32>,
    /// The amount that would have been possible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Money>,
    /// The status the case is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Who may decide it instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Role>,
    /// What the refusal rests on, where policy or law say something.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
}

impl Refusal {
    /// A bare refusal; add figures with the `with_*` methods.
    pub const fn new(code: RefusalCode) -> Self {
        Self {
            code,
            line: None,
            allowed: None,
            limit: None,
            status: None,
            who: None,
            reasons: Vec::new(),
        }
    }

    /// About this line.
    pub fn on_line(mut self, line: u16) -> Self {
        self.line = Some(line);
        self
    }

    /// Naming the most that would be possible.
    pub fn with_allowed(mut self, allowed: u32) -> Self {
        self.allowed = Some(allowed);
        self
    }

    /// Naming the largest amount that would be possible.
    pub fn with_limit(mut self, limit: Money) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Naming the status that does not allow it.
    pub fn with_status(mut self, status: Status) -> Self {
        self.status = Some(status);
        self
    }

    /// Message key of the sentence that says what to do instead.
    pub fn help(&self) -> String {
        format!("refusal-{}-help", self.code.as_str().replace('_', "-"))
    }
}
