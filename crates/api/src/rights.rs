//! What the law gives for a line, as an answer: every right with its figures, beside each other.

use ::law::{
    Deduction, Dimension, LatePayment, NoFloor, Outbound, Payer, Remedy, Right, StandingRight,
    Status, WhyNone,
};
use app::standing::Standing;
use kernel::Date;
use redress_http::L10n;
use returns::LineRights;
use serde::Serialize;
use surface::rights;
use utoipa::ToSchema;

/// The rights of one line by law.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineRightsView {
    /// Index of the order line, from 0.
    pub line: u16,
    /// Every right, ended and exempt ones included.
    pub rights: Vec<RightView>,
    /// Why the law gives nothing, where a rule says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_floor: Option<NoFloorView>,
}

/// A statement that there is no right.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoFloorView {
    /// `no_statute`, `policy_disclosed`, `not_covered` …
    #[schema(value_type = String)]
    pub why: WhyNone,
    /// Id of the rule that says so.
    pub rule: String,
    /// The citation to show.
    pub citation: String,
    /// The sentence in the language asked for.
    pub text: String,
}

/// One right. Days are local days of the consumer.
#[derive(Debug, Serialize, ToSchema)]
pub struct RightView {
    /// `withdrawal`, `conformity`, `short_term_reject`, `non_delivery` …
    #[schema(value_type = String)]
    pub right: Right,
    /// Id of the most specific rule.
    pub rule: String,
    /// The citation to show, national article first.
    pub citation: String,
    /// `open`, `ended`, `not_started` or `exempt`.
    pub status: &'static str,
    /// Whether it can be used now.
    pub usable: bool,
    /// Why the line is taken out of it, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub exemption: Option<::law::Exemption>,
    /// Its last day; for non-delivery the trader's last day.
    #[schema(value_type = Option<String>, format = Date)]
    pub last_day: Option<Date>,
    /// Last lawful day to refund, were it used; null where it does not run or the law names none.
    #[schema(value_type = Option<String>, format = Date)]
    pub refund_due: Option<Date>,
    /// The same without any rollover: the day to work towards.
    #[schema(value_type = Option<String>, format = Date)]
    pub refund_due_strict: Option<Date>,
    /// Where the money may wait for the goods: the last day of the refund period itself.
    #[schema(value_type = Option<String>, format = Date)]
    pub refund_not_before: Option<Date>,
    /// The event the refund waits for, e.g. `goods_received_or_proof_of_sending`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_awaits: Option<&'static str>,
    /// The word of the statute where it names no number of days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refund_basis: Option<&'static str>,
    /// What it gives first: `refund`, `repair_or_replace_first`, `consumer_chooses` or `reject`.
    #[schema(value_type = String)]
    pub gives: Remedy,
    /// The remedies in their order, in the words of the packs.
    pub remedies: Vec<&'static str>,
    /// Who pays the way back: `consumer`, `trader`, `unspecified` or `not_applicable`.
    #[schema(value_type = String)]
    pub return_cost: Payer,
    /// The delivery charge that comes back: `no`, `standard` or `whole`.
    #[schema(value_type = String)]
    pub outbound: Outbound,
    /// What may be taken off: `none`, `excess_handling`, `use` or `fee`.
    #[schema(value_type = String)]
    pub deduction: Deduction,
    /// Last day to send the goods back.
    #[schema(value_type = Option<String>, format = Date)]
    pub return_by: Option<Date>,
    /// Last day to put faulty goods right.
    #[schema(value_type = Option<String>, format = Date)]
    pub cure_by: Option<Date>,
    /// Last day on which a defect is presumed to have been there at delivery.
    #[schema(value_type = Option<String>, format = Date)]
    pub presumed_until: Option<Date>,
    /// Last day to tell of a defect.
    #[schema(value_type = Option<String>, format = Date)]
    pub notice_by: Option<Date>,
    /// What late payment costs on top.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub late_payment: Option<LatePayment>,
    /// In what it gives the consumer more than another right that can be used: `last_day`,
    /// `gives`, `refund_due`, `outbound`, `return_cost`, `deductions`, `presumed_until`.
    #[schema(value_type = Vec<String>)]
    pub best_in: Vec<Dimension>,
    /// How sure the research is: `high`, `medium` or `low`.
    #[schema(value_type = String)]
    pub confidence: ::law::Confidence,
    /// Who signed the rule off; null while it is unreviewed.
    pub reviewed_by: Option<String>,
    /// The same in plain words to the consumer.
    pub text: Vec<String>,
}

/// The rights of every line.
pub fn of(l: L10n, standing: &Standing) -> Vec<LineRightsView> {
    let lines = standing.lines.iter();
    lines.map(|line| line_of(l, line, standing)).collect()
}

fn line_of(l: L10n, line: &LineRights, standing: &Standing) -> LineRightsView {
    let all = &line.rights;
    let best: Vec<(Dimension, Vec<bool>)> =
        Dimension::ALL.iter().map(|d| (*d, d.best(all))).collect();
    let best_in = |n: usize| {
        let holds = best.iter().filter(|(_, best)| best.get(n) == Some(&true));
        holds.map(|(dimension, _)| *dimension).collect()
    };
    let views = all.iter().enumerate().map(|(n, right)| RightView {
        best_in: best_in(n),
        reviewed_by: standing.reviewer(&right.rule).map(str::to_owned),
        ..right_of(l, right)
    });
    LineRightsView {
        line: line.line,
        rights: views.collect(),
        no_floor: line.none.as_ref().map(|none| no_floor(l, none)),
    }
}

fn no_floor(l: L10n, none: &NoFloor) -> NoFloorView {
    NoFloorView {
        why: none.why,
        rule: none.rule.to_string(),
        citation: none.citation.to_string(),
        text: rights::none(l, none),
    }
}

fn right_of(l: L10n, r: &StandingRight) -> RightView {
    let (status, exemption) = match r.status {
        Status::Open { .. } => ("open", None),
        Status::Ended { .. } => ("ended", None),
        Status::NotStarted => ("not_started", None),
        Status::Exempt(e) => ("exempt", Some(e)),
    };
    let said = rights::sentences(l, r).into_iter();
    RightView {
        right: r.right,
        rule: r.rule.to_string(),
        citation: r.citation.to_string(),
        status,
        usable: r.is_usable(),
        exemption,
        last_day: r.deadline,
        refund_due: r.due.map(|d| d.due),
        refund_due_strict: r.due.map(|d| d.strict),
        refund_not_before: r.not_before.map(|d| d.due),
        refund_awaits: r.awaits.map(::law::RefundEvent::as_str),
        refund_basis: r.refund_basis.map(::law::words::UnitWord::as_str),
        gives: r.remedy,
        remedies: r.steps.iter().map(|s| s.as_str()).collect(),
        return_cost: r.return_cost,
        outbound: r.outbound,
        deduction: r.deduction,
        return_by: r.return_by,
        cure_by: r.cure_by,
        presumed_until: r.presumed_until,
        notice_by: r.notice_by,
        late_payment: r.late_payment.clone(),
        best_in: Vec::new(),
        confidence: r.confidence,
        reviewed_by: None,
        text: said.map(|s| s.words).collect(),
    }
}
