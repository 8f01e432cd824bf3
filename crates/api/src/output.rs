//! What answers look like. The domain's values are written down field by field, so that a change
//! inside the house never changes what callers read unnoticed.

use crate::{
    clocks::ClockView,
    quotes::{CaseQuoteView, QuoteView},
    rights::{self, LineRightsView},
};
use app::{cases::Answer, standing::Standing, views::CasePage};
use kernel::{Basis, CaseId, Date, Money, ObligationId, OrderId, ParcelId, Reason, Timestamp};
use policy::{EvidenceDemand, Outcome, ReturnReason};
use redress_http::L10n;
use returns::{CaseLine, Decision, LineDecision, Path, Quantities, SalesOrder, Status, Verdict};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Rows of a list, and where to go on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Pass it as `cursor` to go on; null at the end.
    pub next: Option<String>,
}

/// An amount.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct Amount {
    /// Integer minor units (cents).
    pub minor: i64,
    /// ISO 4217 code.
    #[schema(value_type = String, example = "EUR")]
    pub currency: kernel::Currency,
}

impl From<Money> for Amount {
    fn from(m: Money) -> Self {
        Self {
            minor: m.minor,
            currency: m.currency,
        }
    }
}

/// What a command led to.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerView {
    /// The return.
    #[schema(value_type = String)]
    pub case: CaseId,
    /// Its number for the consumer.
    #[schema(value_type = String)]
    pub rma: Arc<str>,
    /// Its version now; send it with the next command.
    pub version: u64,
    /// Its status now.
    #[schema(value_type = String)]
    pub status: Status,
    /// What it is worth to the customer.
    pub amount: Amount,
    /// The decision on the request, if one was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionView>,
}

impl AnswerView {
    /// The answer in a reader's language.
    pub fn of(l: L10n, answer: &Answer) -> Self {
        Self {
            case: answer.case,
            rma: answer.rma.clone(),
            version: answer.version,
            status: answer.status,
            amount: answer.amount.into(),
            decision: decided(l, None, answer.decision.as_ref(), &answer.standing),
        }
    }
}

/// A reason: a stable code, what it rests on, and the sentence.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonView {
    /// Stable code, e.g. `window_open`.
    pub code: &'static str,
    /// `law`, `policy`, `order`, `arithmetic` or `person`.
    pub on: &'static str,
    /// The citation, clause or rule it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub source: Option<Arc<str>>,
    /// The sentence in the language asked for.
    pub text: String,
}

impl ReasonView {
    /// The reason in a reader's language.
    pub fn of(l: L10n, reason: &Reason) -> Self {
        let (on, source) = match &reason.basis {
            Basis::Law { citation, .. } => ("law", Some(citation)),
            Basis::Policy { clause } => ("policy", Some(clause)),
            Basis::Order => ("order", None),
            Basis::Arithmetic { rule } => ("arithmetic", Some(rule)),
            Basis::Person => ("person", None),
        };
        Self {
            code: reason.code.as_str(),
            on,
            source: source.cloned(),
            text: l.reason(reason),
        }
    }
}

/// The answer to a request.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionView {
    /// One per requested line.
    pub lines: Vec<LineDecisionView>,
    /// What the authorised lines are worth.
    pub quote: QuoteView,
    /// The quote as one opaque text: send it as `seen` with the request, and the request is
    /// refused (409 `quote-changed`) if it would come to anything else. Only in quotes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen: Option<String>,
    /// Whether the rule approves alone, without a person.
    pub auto: bool,
    /// What the law gives, line by line, whatever the policy says: every right beside the others.
    /// Empty in answers to commands on a return that is there already; `GET` the return for them.
    pub rights: Vec<LineRightsView>,
    /// Version of the law book it was made with, SHA-256 of its packs.
    #[schema(value_type = Option<String>)]
    pub law_version: Option<Arc<str>>,
    /// Version of the holiday tables its days were counted with.
    #[schema(value_type = Option<String>)]
    pub holidays_version: Option<Arc<str>>,
}

fn decided(
    l: L10n,
    order: Option<&SalesOrder>,
    decision: Option<&Decision>,
    standing: &Standing,
) -> Option<DecisionView> {
    decision.map(|d| DecisionView::of(l, order, d, standing))
}

impl DecisionView {
    /// The decision in a reader's language.
    pub fn of(
        l: L10n,
        order: Option<&SalesOrder>,
        decision: &Decision,
        standing: &Standing,
    ) -> Self {
        let basis = decision.basis.as_ref();
        Self {
            lines: decision
                .lines
                .iter()
                .map(|d| LineDecisionView::of(l, d))
                .collect(),
            quote: QuoteView::plain(l, order, &decision.quote),
            seen: None,
            auto: decision.auto,
            rights: rights::of(l, standing),
            law_version: basis.map(|b| b.law.clone()),
            holidays_version: basis.and_then(|b| b.holidays.clone()),
        }
    }
}

/// The decision on one line.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineDecisionView {
    /// Index of the order line, from 0.
    pub line: u16,
    /// Units decided on.
    pub units: u32,
    /// `authorise`, `authorise_returnless`, `review`, `needs_info` or `decline`.
    pub verdict: &'static str,
    /// The evidence still missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<EvidenceView>,
    /// What the customer may choose.
    #[schema(value_type = Vec<String>)]
    pub offered: Vec<Outcome>,
    /// Why, the deciding one first.
    pub reasons: Vec<ReasonView>,
    /// Last day of the client's return window.
    #[schema(value_type = Option<String>, format = Date)]
    pub window_until: Option<Date>,
    /// Last day of the statutory withdrawal period.
    #[schema(value_type = Option<String>, format = Date)]
    pub withdrawal_until: Option<Date>,
    /// The day the refund must be made by, once its clock runs.
    #[schema(value_type = Option<String>, format = Date)]
    pub refund_due: Option<Date>,
    /// Who pays the way back.
    #[schema(value_type = String)]
    pub label_paid_by: policy::Payer,
    /// Whether a statutory right carries the line.
    pub statutory: bool,
}

impl LineDecisionView {
    fn of(l: L10n, d: &LineDecision) -> Self {
        let (verdict, missing) = match d.verdict {
            Verdict::Authorise => ("authorise", None),
            Verdict::AuthoriseReturnless => ("authorise_returnless", None),
            Verdict::Review => ("review", None),
            Verdict::NeedsInfo { missing } => ("needs_info", Some(missing.into())),
            Verdict::Decline => ("decline", None),
        };
        Self {
            line: d.line,
            units: d.units,
            verdict,
            missing,
            offered: d.offered.to_vec(),
            reasons: d.reasons.iter().map(|r| ReasonView::of(l, r)).collect(),
            window_until: d.clocks.window_until,
            withdrawal_until: d.clocks.withdrawal_until,
            refund_due: d.clocks.refund_due,
            label_paid_by: d.terms.label_paid_by,
            statutory: d.terms.statutory,
        }
    }
}

/// Evidence asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceView {
    /// Photos, at least this many.
    pub photos: u8,
    /// A note in the customer's words.
    pub note: bool,
    /// The serial number.
    pub serial: bool,
}

impl From<EvidenceDemand> for EvidenceView {
    fn from(d: EvidenceDemand) -> Self {
        Self {
            photos: d.photos,
            note: d.note,
            serial: d.serial,
        }
    }
}

/// The units of a line on their way through.
#[derive(Debug, Serialize, ToSchema)]
pub struct QuantitiesView {
    /// Asked to come back.
    pub announced: u32,
    /// Let come back, or kept.
    pub authorised: u32,
    /// Declined.
    pub declined: u32,
    /// On their way or arrived, by carrier scan.
    pub shipped: u32,
    /// Counted at the dock, of the authorised ones.
    pub received: u32,
    /// Declared missing.
    pub missing: u32,
    /// Counted beyond the authorised ones.
    pub unexpected: u32,
    /// Inspected and taken back.
    pub accepted: u32,
    /// Inspected and not taken back.
    pub rejected: u32,
    /// Authorised to stay with the customer.
    pub kept: u32,
    /// Covered by a decision about money or goods.
    pub granted: u32,
    /// Done.
    pub settled: u32,
}

impl From<Quantities> for QuantitiesView {
    fn from(q: Quantities) -> Self {
        let Quantities {
            announced,
            authorised,
            declined,
            shipped,
            received,
            missing,
            unexpected,
            accepted,
            rejected,
            kept,
            granted,
            settled,
        } = q;
        Self {
            announced,
            authorised,
            declined,
            shipped,
            received,
            missing,
            unexpected,
            accepted,
            rejected,
            kept,
            granted,
            settled,
        }
    }
}

/// One line of a return.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseLineView {
    /// Index of the order line, from 0.
    pub line: u16,
    /// The client's article number.
    #[schema(value_type = String)]
    pub sku: Arc<str>,
    /// Title as sold.
    #[schema(value_type = String)]
    pub title: Arc<str>,
    /// Why it comes back; absent for goods that came unannounced.
    #[schema(value_type = Option<String>)]
    pub reason: Option<ReturnReason>,
    /// The path of the client's own reason, if one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub own_reason: Option<Arc<str>>,
    /// What the goods are not, as declared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>)]
    pub lacks: Vec<policy::Condition>,
    /// What the customer wants.
    #[schema(value_type = String)]
    pub wanted: Outcome,
    /// Where its units are.
    pub quantities: QuantitiesView,
    /// Money granted so far, minor units.
    pub granted_minor: i64,
}

/// A return parcel.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParcelView {
    /// Which.
    #[schema(value_type = String)]
    pub id: ParcelId,
    /// Who carries it.
    #[schema(value_type = String)]
    pub carrier: Arc<str>,
    /// The number on the label.
    #[schema(value_type = String)]
    pub tracking: Arc<str>,
    /// Day of the first scan.
    #[schema(value_type = Option<String>, format = Date)]
    pub shipped_on: Option<Date>,
    /// Day of delivery to us.
    #[schema(value_type = Option<String>, format = Date)]
    pub delivered_on: Option<Date>,
    /// Day it was counted.
    #[schema(value_type = Option<String>, format = Date)]
    pub received_on: Option<Date>,
    /// Its label as PDF.
    pub label_pdf: String,
    /// Its label as ZPL.
    pub label_zpl: String,
}

/// Money, credit or goods owed.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundView {
    /// Which; also the idempotency key of its payment.
    #[schema(value_type = String)]
    pub id: ObligationId,
    /// The return it belongs to.
    #[schema(value_type = String)]
    pub case: CaseId,
    /// `refund`, `store_credit`, `bonus`, `exchange`, `replacement` or `repair`.
    pub kind: String,
    /// `requested`, `sent`, `pending`, `unknown`, `settled`, `failed`, `returned` or `canceled`.
    pub state: String,
    /// Who pays it out.
    pub gateway: String,
    /// How much.
    pub amount: Amount,
    /// Tries so far.
    pub attempts: i64,
    /// The provider's reference; empty until there is one.
    pub reference: String,
    /// The last thing the provider said.
    pub detail: String,
}

impl RefundView {
    /// A stored obligation.
    pub fn of(row: &app::views::ObligationRow) -> Self {
        Self {
            id: ObligationId(row.obligation_id),
            case: CaseId(row.case_id),
            kind: row.kind.clone(),
            state: row.state.clone(),
            gateway: row.gateway.clone(),
            amount: Amount {
                minor: row.amount_minor,
                currency: row.currency.parse().unwrap_or(kernel::Currency::EUR),
            },
            attempts: row.attempts,
            reference: row.provider_ref.clone(),
            detail: row.detail.clone(),
        }
    }
}

/// Something that happened to a return.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventView {
    /// Version of the return after it.
    pub version: u64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// What, e.g. `payment_settled`.
    pub kind: &'static str,
}

/// A return.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReturnView {
    /// Which.
    #[schema(value_type = String)]
    pub case: CaseId,
    /// Its number for the consumer.
    #[schema(value_type = String)]
    pub rma: Arc<str>,
    /// Its version; send it with the next command.
    pub version: u64,
    /// Where it stands.
    #[schema(value_type = String)]
    pub status: Status,
    /// `ordinary` or `withdrawal`.
    #[schema(value_type = String)]
    pub path: Path,
    /// The order.
    #[schema(value_type = String)]
    pub order: OrderId,
    /// The order's number.
    #[schema(value_type = String)]
    pub order_number: Arc<str>,
    /// When it was opened.
    #[schema(value_type = String, format = DateTime)]
    pub opened_at: Timestamp,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    pub changed_at: Timestamp,
    /// The policy version pinned at purchase, SHA-256 of its text.
    pub policy: String,
    /// The lines.
    pub lines: Vec<CaseLineView>,
    /// The last decision on the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionView>,
    /// What the return comes to now, and what changed in it since it was first quoted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<CaseQuoteView>,
    /// The day the refund must be made by, once its clock runs.
    #[schema(value_type = Option<String>, format = Date)]
    pub refund_due: Option<Date>,
    /// What the law counts on it.
    pub clocks: Vec<ClockView>,
    /// The last day for the first scan.
    #[schema(value_type = Option<String>, format = Date)]
    pub send_by: Option<Date>,
    /// Parcels.
    pub parcels: Vec<ParcelView>,
    /// What is owed and how far it is paid.
    pub refunds: Vec<RefundView>,
    /// What happened, oldest first.
    pub events: Vec<EventView>,
    /// What went wrong, for a claim: `not_received`, `missing_item`, `damaged`,
    /// `not_as_described` or `goodwill`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<String>,
    /// Exchanges that were agreed.
    pub exchanges: Vec<ExchangeView>,
    /// Waits for a risk or legal question.
    pub on_hold: bool,
    /// A chargeback is open.
    pub disputed: bool,
}

impl ReturnView {
    /// A case with what is around it; `href` makes addresses of this client.
    pub fn of(l: L10n, page: &CasePage, now: Timestamp, href: &dyn Fn(String) -> String) -> Self {
        let case = &page.case;
        let today = page.client.local_day(page.order.place, now);
        let label = |parcel: ParcelId, kind: &str| {
            href(format!("returns/{}/parcels/{parcel}/label.{kind}", case.id))
        };
        let parcels = case.parcels.iter().map(|p| ParcelView {
            id: p.id,
            carrier: p.carrier.clone(),
            tracking: p.tracking.clone(),
            shipped_on: p.shipped_on,
            delivered_on: p.delivered_on,
            received_on: p.received_on,
            label_pdf: label(p.id, "pdf"),
            label_zpl: label(p.id, "zpl"),
        });
        let events = page.events.iter().zip(1..).map(|(e, version)| EventView {
            version,
            at: e.at,
            kind: e.name(),
        });
        Self {
            case: case.id,
            rma: case.rma.clone(),
            version: case.version,
            status: case.status(),
            path: case.path,
            order: case.order,
            order_number: page.order.number.clone(),
            opened_at: case.opened_at,
            changed_at: case.changed_at,
            policy: case.policy.to_string(),
            lines: case
                .lines
                .iter()
                .map(|line| line_view(page, line))
                .collect(),
            decision: decided(l, Some(&page.order), case.decision.as_ref(), &page.standing),
            quote: page.quote.as_ref().map(|q| CaseQuoteView::of(l, page, q)),
            refund_due: case.clocks.refund_due,
            clocks: case
                .statutory
                .iter()
                .map(|c| ClockView::of(l, c, today, &page.standing))
                .collect(),
            send_by: case.clocks.authorise_expires,
            parcels: parcels.collect(),
            refunds: page.obligations.iter().map(RefundView::of).collect(),
            events: events.collect(),
            claim: case.claim.map(|c| c.as_str().to_owned()),
            exchanges: case
                .exchanges
                .iter()
                .map(|e| ExchangeView::of(page, e))
                .collect(),
            on_hold: case.on_hold,
            disputed: case.disputed,
        }
    }
}

/// An exchange.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExchangeView {
    /// Which: the obligation of its goods.
    #[schema(value_type = String)]
    pub goods: ObligationId,
    /// Article numbers that go out.
    #[schema(value_type = Vec<String>)]
    pub skus: Vec<Arc<str>>,
    /// What the customer pays, minor units.
    pub collect_minor: i64,
    /// What the customer gets back of the paid value, minor units.
    pub refund_minor: i64,
    /// The security, if goods go out first, minor units.
    pub hold_minor: i64,
    /// Where the customer pays or places the security; empty when there is nothing to pay.
    pub pay_links: Vec<String>,
    /// The last day to pay.
    #[schema(value_type = Option<String>, format = Date)]
    pub pay_by: Option<Date>,
    /// What comes back is here.
    pub cleared: bool,
    /// Called off, fallen back, or on its way back.
    pub undone: bool,
}

impl ExchangeView {
    fn of(page: &CasePage, e: &returns::Exchange) -> Self {
        let own = |id: &ObligationId| {
            e.collect.is_some_and(|c| c.0 == *id) || e.advance.as_ref().is_some_and(|a| a.0 == *id)
        };
        let links = page.pay_links.iter().filter(|(id, _)| own(id));
        Self {
            goods: e.goods,
            skus: e.items.iter().map(|i| i.sku.clone()).collect(),
            collect_minor: e.collect.map_or(0, |c| c.1),
            refund_minor: e.refund_minor,
            hold_minor: e.advance.as_ref().map_or(0, |a| a.1.hold_minor),
            pay_links: links.map(|(_, link)| link.clone()).collect(),
            pay_by: e.pay_by,
            cleared: e.cleared,
            undone: e.undone,
        }
    }
}

fn line_view(page: &CasePage, line: &CaseLine) -> CaseLineView {
    let sold = page.order.line(line.line);
    CaseLineView {
        line: line.line,
        sku: sold.map_or_else(|| "".into(), |s| s.sku.clone()),
        title: sold.map_or_else(|| "".into(), |s| s.title.clone()),
        reason: line.reason,
        own_reason: line.own.clone(),
        lacks: line.lacks.iter().collect(),
        wanted: line.wanted,
        quantities: line.quantities.into(),
        granted_minor: line.granted_minor,
    }
}
