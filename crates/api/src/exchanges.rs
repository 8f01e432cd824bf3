//! Exchanges and claims: agree, end, send back; proofs, carrier claims, goodwill, repairs,
//! donations. Amounts are minor units.

use crate::{
    commands::{Units, counts, give},
    door::{self, Operations},
    input::Input,
    output::{Amount, AnswerView},
    returns_routes::{answered, case_of},
    tenant::Tenant,
};
use app::{
    App,
    cases::{Call, OrderKey},
    claims::Claimed,
    swaps::Swap,
};
use axum::{Json, extract::State, response::Response};
use kernel::{Date, ObligationId};
use policy::Outcome;
use returns::{ClaimKind, Command, GrantLine, Proof, ProofKind, RepairStep, Speaks};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use surface::Failure;
use utoipa::ToSchema;
use utoipa_axum::routes;

pub fn routes() -> Operations {
    Operations::new()
        .route(door::DECIDE, routes!(exchange))
        .ask(door::DECIDE, routes!(quote))
        .route(door::DECIDE, routes!(end))
        .route(door::ASK, routes!(back))
        .route(door::DECIDE, routes!(security))
        .route(door::ASK, routes!(claim))
        .route(door::DECIDE, routes!(resolve))
        .route(door::DECIDE, routes!(goodwill))
        .route(door::DECIDE, routes!(proof))
        .route(door::DECIDE, routes!(carrier_claim))
        .route(door::DECIDE, routes!(carrier_answer))
        .route(door::DECIDE, routes!(vendor_answer))
        .route(door::DECIDE, routes!(repair))
        .route(door::DECIDE, routes!(donate))
        .route(door::DECIDE, routes!(donated))
}

/// An article that goes out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GoesOut {
    /// Its number in the catalogue.
    sku: String,
    /// Units.
    units: u32,
}

/// An exchange.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 3, "lines": [{ "line": 0, "units": 1 }],
    "items": [{ "sku": "SHIRT-L", "units": 1 }], "fallback": "refund" }))]
pub struct ExchangeAsked {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// Units that come back.
    lines: Vec<Units>,
    /// What goes out instead, at today's price of the catalogue.
    items: Vec<GoesOut>,
    /// `refund` or `store_credit`: what the customer gets if it is sold out.
    #[schema(value_type = String)]
    fallback: Outcome,
    /// To be sent first: the words the customer agreed to. Kept with their hash.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    consent: Option<Arc<str>>,
    /// Why, when it goes against what is offered.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    reason: Option<Arc<str>>,
}

impl ExchangeAsked {
    fn into_swap(self) -> Swap {
        Swap {
            lines: counts(self.lines),
            items: self.items.into_iter().map(|i| (i.sku, i.units)).collect(),
            fallback: self.fallback,
            consent: self.consent,
            reason: self.reason,
        }
    }
}

/// What an exchange comes to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExchangeQuoted {
    /// Paid value of what comes back.
    returned: Amount,
    /// Price of what goes out, tax included.
    new: Amount,
    /// The tax inside it.
    new_tax: Amount,
    /// Promotional value used up; never money.
    promotional_used: Amount,
    /// What the customer pays, by pay link.
    collect: Amount,
    /// What the customer gets back.
    refund: Amount,
}

/// Quote an exchange
///
/// Nothing is stored.
#[utoipa::path(post, path = "/returns/{case}/exchange/quote", tag = "Exchanges",
    request_body = ExchangeAsked,
    responses((status = 200, description = "The figures", body = ExchangeQuoted)))]
async fn quote(
    State(app): State<App>,
    tenant: Tenant,
    input: Input<ExchangeAsked>,
) -> Result<Json<ExchangeQuoted>, Failure> {
    let case = case_of(&app, &tenant).await?;
    let call = Call::new(tenant.scope(), app.now());
    let (sum, currency) = app
        .price_swap(&call, tenant.id(), case, &input.body.into_swap())
        .await?;
    let amount = |minor| Amount { minor, currency };
    Ok(Json(ExchangeQuoted {
        returned: amount(sum.returned_minor),
        new: amount(sum.new_minor),
        new_tax: amount(sum.new_tax_minor()),
        promotional_used: amount(sum.promotional_used_minor),
        collect: amount(sum.collect_minor),
        refund: amount(sum.refund_minor),
    }))
}

/// Exchange units for other goods
///
/// The goods are set aside in the same write. A difference is asked for by pay link, never charged;
/// new goods go when it is paid and what comes back is here.
#[utoipa::path(post, path = "/returns/{case}/exchange", tag = "Exchanges",
    request_body = ExchangeAsked,
    responses((status = 200, description = "Agreed", body = AnswerView)))]
async fn exchange(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<ExchangeAsked>,
) -> Result<Response, Failure> {
    let case = case_of(&app, &tenant).await?;
    let call = Call {
        idempotency: key,
        ..Call::new(tenant.scope(), app.now())
    };
    let version = body.version;
    let swap = body.into_swap();
    let asked = app.exchange(&call, tenant.id(), case, version, &swap);
    Ok(answered(&tenant, &Box::pin(asked).await?))
}

/// How an exchange ends that has not left.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The goods ran out: the customer gets what they chose for that case.
    SoldOut,
    /// Called off: the units are open again, for anything.
    CalledOff,
}

/// The end of an exchange.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 5, "ending": "sold_out", "note": "the last one was broken" }))]
pub struct ExchangeEnded {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// How.
    ending: Ending,
    /// Why.
    #[schema(value_type = String)]
    note: Arc<str>,
}

/// End an exchange before its goods have left
#[utoipa::path(post, path = "/returns/{case}/exchanges/{goods}/end", tag = "Exchanges",
    request_body = ExchangeEnded,
    responses((status = 200, description = "Ended", body = AnswerView)))]
async fn end(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<ExchangeEnded>,
) -> Result<Response, Failure> {
    let (goods, note) = (tenant.param("goods")?, body.note);
    let command = match body.ending {
        Ending::SoldOut => Command::FallBack { goods, note },
        Ending::CalledOff => Command::CallOffExchange { goods, note },
    };
    give(&app, &tenant, key, body.version, command).await
}

/// New goods on their way back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 9, "wanted": "refund" }))]
pub struct ExchangeBack {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// What the customer wants for them.
    #[schema(value_type = String)]
    wanted: Outcome,
}

/// Let the new goods of an exchange come back
///
/// They are worth all that was paid in the chain: the first price and every difference since.
#[utoipa::path(post, path = "/returns/{case}/exchanges/{goods}/return", tag = "Exchanges",
    request_body = ExchangeBack,
    responses((status = 200, description = "Expected again", body = AnswerView)))]
async fn back(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<ExchangeBack>,
) -> Result<Response, Failure> {
    let goods: ObligationId = tenant.param("goods")?;
    let wanted = body.wanted;
    let command = Command::ReturnExchanged { goods, wanted };
    give(&app, &tenant, key, body.version, command).await
}

/// The end of a security.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 9, "charge": false, "note": "posted, lost by the carrier" }))]
pub struct SecurityEnd {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// Charge it; only after its day, and at most what is not back.
    charge: bool,
    /// Why.
    #[schema(value_type = String)]
    note: Arc<str>,
}

/// Charge the security of goods in advance, or let it go
#[utoipa::path(post, path = "/returns/{case}/exchanges/{goods}/security", tag = "Exchanges",
    request_body = SecurityEnd,
    responses((status = 200, description = "Ended", body = AnswerView)))]
async fn security(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<SecurityEnd>,
) -> Result<Response, Failure> {
    let command = Command::EndSecurity {
        goods: tenant.param("goods")?,
        charge: body.charge,
        note: body.note,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// A claim.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "order": "1001", "kind": "missing_item", "wanted": "replacement",
    "lines": [{ "line": 0, "units": 1 }] }))]
pub struct ClaimMade {
    /// The order's number or id.
    order: String,
    /// `not_received`, `missing_item`, `damaged`, `not_as_described` or `goodwill`.
    #[schema(value_type = String)]
    kind: ClaimKind,
    /// Units it is about.
    lines: Vec<Units>,
    /// `refund` (unless told), `replacement` or `store_credit`.
    #[serde(default = "refund")]
    #[schema(value_type = String)]
    wanted: Outcome,
    /// The consumer declares that it is so: filed as a proof.
    #[serde(default)]
    declared: bool,
}

const fn refund() -> Outcome {
    Outcome::Refund
}

/// Make a claim
///
/// A person settles it; nothing has to come back.
#[utoipa::path(post, path = "/claims", tag = "Claims", request_body = ClaimMade,
    responses((status = 200, description = "Opened", body = AnswerView)))]
async fn claim(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<ClaimMade>,
) -> Result<Response, Failure> {
    let call = Call {
        idempotency: key,
        ..Call::new(tenant.scope(), app.now())
    };
    let lines = counts(body.lines).into_iter().map(|c| (c.line, c.units));
    let claimed = Claimed {
        order: body
            .order
            .parse()
            .map_or(OrderKey::Number(body.order), OrderKey::Id),
        kind: body.kind,
        lines: lines.collect(),
        wanted: body.wanted,
        declared: body.declared,
    };
    let made = app.request_claim(&call, tenant.id(), &claimed);
    Ok(answered(&tenant, &Box::pin(made).await?))
}

/// What one line of a claim gets.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settled {
    /// Index of the order line, from 0.
    line: u16,
    /// Units.
    units: u32,
    /// `refund`, `store_credit`, `replacement`.
    #[schema(value_type = String)]
    outcome: Outcome,
    /// How much, tax included.
    minor: i64,
}

/// The settling of a claim.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 2, "reason": "no scan after the depot",
    "lines": [{ "line": 0, "units": 1, "outcome": "refund", "minor": 4000 }] }))]
pub struct ClaimSettled {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// Per line.
    lines: Vec<Settled>,
    /// Outbound delivery to give back.
    #[serde(default)]
    shipping_minor: i64,
    /// Why.
    #[schema(value_type = String)]
    reason: Arc<str>,
}

/// Settle a claim; nothing comes back
#[utoipa::path(post, path = "/returns/{case}/claim", tag = "Claims", request_body = ClaimSettled,
    responses((status = 200, description = "Granted", body = AnswerView)))]
async fn resolve(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<ClaimSettled>,
) -> Result<Response, Failure> {
    let lines = body.lines.into_iter().map(|s| GrantLine {
        line: s.line,
        units: s.units,
        outcome: s.outcome,
        minor: s.minor,
    });
    let command = Command::ResolveClaim {
        lines: lines.collect(),
        shipping_minor: body.shipping_minor,
        reason: body.reason,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// Goodwill.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 2, "line": 0, "minor": 500, "outcome": "store_credit",
    "reason": "came two days late" }))]
pub struct Goodwill {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// For which line.
    line: u16,
    /// How much; within your own limit.
    minor: i64,
    /// `refund` or `store_credit`.
    #[schema(value_type = String)]
    outcome: Outcome,
    /// Why.
    #[schema(value_type = String)]
    reason: Arc<str>,
}

/// Make up for something; the goods stay
#[utoipa::path(post, path = "/returns/{case}/goodwill", tag = "Claims", request_body = Goodwill,
    responses((status = 200, description = "Granted", body = AnswerView)))]
async fn goodwill(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Goodwill>,
) -> Result<Response, Failure> {
    let command = Command::GiveGoodwill {
        line: body.line,
        minor: body.minor,
        outcome: body.outcome,
        reason: body.reason,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// A proof.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 2, "kind": "delivery", "speaks": "delivered",
    "on": "2026-03-02", "reference": "POD 4711" }))]
pub struct ProofFiled {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// `delivery`, `signature`, `scan`, `position`, `photo`, `non_receipt` or `statement`.
    #[schema(value_type = String)]
    kind: ProofKind,
    /// `delivered`, `not_delivered` or `open`.
    #[schema(value_type = String)]
    speaks: Speaks,
    /// The day it is of.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// Where it is kept, or its number at the carrier.
    #[schema(value_type = String)]
    reference: Arc<str>,
}

/// File a proof
#[utoipa::path(post, path = "/returns/{case}/proofs", tag = "Claims", request_body = ProofFiled,
    responses((status = 200, description = "Filed", body = AnswerView)))]
async fn proof(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<ProofFiled>,
) -> Result<Response, Failure> {
    let proof = Proof {
        kind: body.kind,
        on: body.on,
        speaks: body.speaks,
        reference: body.reference,
    };
    give(
        &app,
        &tenant,
        key,
        body.version,
        Command::FileProof { proof },
    )
    .await
}

/// A claim against a carrier.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 2, "carrier": "DHL", "tracking": "00340434", "minor": 4000 }))]
pub struct CarrierAsked {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// Which carrier.
    #[schema(value_type = String)]
    carrier: Arc<str>,
    /// Its number of the parcel.
    #[schema(value_type = String)]
    tracking: Arc<str>,
    /// What it is asked to pay.
    minor: i64,
}

/// Ask the carrier to pay
#[utoipa::path(post, path = "/returns/{case}/carrier-claims", tag = "Claims",
    request_body = CarrierAsked,
    responses((status = 200, description = "Filed", body = AnswerView)))]
async fn carrier_claim(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<CarrierAsked>,
) -> Result<Response, Failure> {
    let command = Command::FileCarrierClaim {
        carrier: body.carrier,
        tracking: body.tracking,
        minor: body.minor,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// The answer of a carrier or a vendor.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 4, "recovered_minor": 4000, "currency": "EUR" }))]
pub struct CarrierAnswered {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// What it pays; 0 if it refuses.
    recovered_minor: i64,
    /// In which currency. Anything but the currency of the return is refused.
    #[schema(value_type = String, example = "EUR")]
    currency: kernel::Currency,
}

/// Record a carrier's answer
#[utoipa::path(post, path = "/returns/{case}/carrier-claims/{number}/answer", tag = "Claims",
    request_body = CarrierAnswered,
    responses((status = 200, description = "Recorded", body = AnswerView)))]
async fn carrier_answer(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<CarrierAnswered>,
) -> Result<Response, Failure> {
    let command = Command::EndCarrierClaim {
        number: tenant.param("number")?,
        recovered: kernel::Money::new(body.recovered_minor, body.currency),
    };
    give(&app, &tenant, key, body.version, command).await
}

/// Record a vendor's answer
///
/// What the vendor pays of what it is asked to bear for a line: all, a part, or nothing. What is
/// asked follows the refunds of the line; below zero the vendor gets back what it paid for money
/// that was given up since.
#[utoipa::path(post, path = "/returns/{case}/vendor-charges/{line}/answer", tag = "Claims",
    request_body = CarrierAnswered,
    responses((status = 200, description = "Recorded", body = AnswerView)))]
async fn vendor_answer(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<CarrierAnswered>,
) -> Result<Response, Failure> {
    let command = Command::EndVendorClaim {
        line: tenant.param("line")?,
        recovered: kernel::Money::new(body.recovered_minor, body.currency),
    };
    give(&app, &tenant, key, body.version, command).await
}

/// A step of a repair.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 6, "step": "at_workshop", "note": "W-118" }))]
pub struct RepairStepped {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// `at_workshop`, `returned` or `beyond_repair`.
    #[schema(value_type = String)]
    step: RepairStep,
    /// The workshop's number, or why it is not worth it.
    #[schema(value_type = String)]
    note: Arc<str>,
}

/// Move a repair on
#[utoipa::path(post, path = "/returns/{case}/repairs/{obligation}", tag = "Claims",
    request_body = RepairStepped,
    responses((status = 200, description = "Recorded", body = AnswerView)))]
async fn repair(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<RepairStepped>,
) -> Result<Response, Failure> {
    let command = Command::MoveRepair {
        obligation: tenant.param("obligation")?,
        step: body.step,
        note: body.note,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// Units to be given away.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 2, "lines": [{ "line": 0, "units": 1 }] }))]
pub struct Donated {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// Units per line.
    lines: Vec<Units>,
    /// Why, when it goes against the rule.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    reason: Option<Arc<str>>,
}

/// Let the customer give units away instead of sending them back
///
/// Money follows when there is proof of it.
#[utoipa::path(post, path = "/returns/{case}/donations", tag = "Claims", request_body = Donated,
    responses((status = 200, description = "Agreed", body = AnswerView)))]
async fn donate(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<Donated>,
) -> Result<Response, Failure> {
    let command = Command::LetDonate {
        lines: counts(body.lines),
        reason: body.reason,
    };
    give(&app, &tenant, key, body.version, command).await
}

/// The proof of a donation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "version": 3, "reference": "receipt of the shelter, 2026-03-02" }))]
pub struct DonationProof {
    /// The version you saw.
    #[serde(default)]
    version: Option<u64>,
    /// Where the proof is kept.
    #[schema(value_type = String)]
    reference: Arc<str>,
}

/// Record that units were given away
#[utoipa::path(post, path = "/returns/{case}/donations/{line}/proof", tag = "Claims",
    request_body = DonationProof,
    responses((status = 200, description = "Recorded", body = AnswerView)))]
async fn donated(
    State(app): State<App>,
    tenant: Tenant,
    Input { body, key }: Input<DonationProof>,
) -> Result<Response, Failure> {
    let command = Command::ProveDonation {
        line: tenant.param("line")?,
        reference: body.reference,
    };
    give(&app, &tenant, key, body.version, command).await
}
