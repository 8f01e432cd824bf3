//! An order, a policy and a law to test with.

use kernel::{
    Actor, Bps, CaseId, ClientId, CountryCode, Currency, CustomerId, Date, ObligationId, OrderId,
    OrderLineId, ParcelId, Place, PolicyHash, Timestamp, UserId,
};
use law::{Buyer, Holidays, LawBook};
use policy::{Outcome, Policy, ReturnReason, SalesChannel};
use returns::quote::TenderStrategy;
use returns::{
    Authority, BuyerInformation, Ctx, Facts, Ids, LineInput, OrderAccount, OrderLine, Path,
    RequestedLine, SalesOrder, ShippingCharge, Tender, TenderKind, price_lines,
};
use uuid::Uuid;

pub(crate) fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn input(unit_price: i64, quantity: u32, tax: &[i32]) -> LineInput {
    let tax_rates = tax.iter().map(|t| Bps(*t)).collect();
    LineInput {
        unit_price,
        quantity,
        line_discount: 0,
        tax_rates,
    }
}

/// An order of these lines, delivered on 5 November 2026 to `country`.
pub(crate) fn order_in(
    country: &str,
    currency: &str,
    lines: &[LineInput],
    discount: i64,
    inclusive: bool,
    shipping: &[LineInput],
) -> SalesOrder {
    let priced = price_lines(lines, discount, inclusive).unwrap();
    let charge = price_lines(shipping, 0, inclusive).unwrap();
    let charge = returns::LineEconomics::merged(&charge);
    let captured = priced.iter().map(|l| l.gross).sum::<i64>() + charge.gross;
    let line = |(i, economics): (usize, returns::LineEconomics)| OrderLine {
        id: OrderLineId(id(100 + i as u128)),
        sku: format!("SKU-{i}").into(),
        title: format!("Article {i}").into(),
        category: "".into(),
        quantity: economics.quantity,
        fulfilled: economics.quantity,
        fulfilled_on: Some(day("2026-11-03")),
        delivered_on: Some(day("2026-11-05")),
        final_sale: false,
        exemptions: smallvec::SmallVec::new(),
        serials: Vec::new(),
        vendor: None,
        kind: returns::LineKind::Goods,
        economics,
        charges: smallvec::SmallVec::new(),
    };
    let country: CountryCode = country.parse().unwrap();
    SalesOrder {
        id: OrderId(id(1)),
        client: ClientId(7),
        number: "1001".into(),
        channel: SalesChannel::Online,
        place: Place::country(country),
        buyer: Buyer::Consumer,
        currency: currency.parse().unwrap(),
        placed_on: day("2026-11-01"),
        placed_at: "2026-11-01T10:00:00Z".parse().unwrap(),
        policy: PolicyHash([1; 32]),
        prices_include_tax: inclusive,
        lines: priced.into_iter().enumerate().map(line).collect(),
        shipping: ShippingCharge {
            standard_minor: charge.gross,
            economics: charge,
        },
        charges: Vec::new(),
        promotions: Vec::new(),
        tenders: smallvec::smallvec![Tender {
            kind: TenderKind::Card,
            reference: "pi_1".into(),
            minor: captured,
        }],
        captured_minor: captured,
        customer: CustomerId(id(2)),
        informed: BuyerInformation::default(),
        no_tax: None,
    }
}

/// The reference case E22: A 2×€40, B €25, −€10.50, shipping €6.95, VAT 19 % included.
pub(crate) fn e22(country: &str) -> SalesOrder {
    let lines = [input(4000, 2, &[1900]), input(2500, 1, &[1900])];
    order_in(
        country,
        "EUR",
        &lines,
        1050,
        true,
        &[input(695, 1, &[1900])],
    )
}

/// A policy with a 10 % restocking fee, customer-paid label, and this refund control.
pub(crate) fn policy(control: &str) -> Policy {
    Policy::parse_toml(&policy_text(control)).unwrap()
}

fn policy_text(control: &str) -> String {
    format!(
        r#"
name = "Test"
currencies = ["EUR", "USD", "JPY", "KWD"]
languages = ["en"]
authorisation_days = 14
[final_sale]
en = "Final."
[rules]
window = {{ days = 30, anchor = "delivered" }}
outcomes = ["refund", "store_credit", "replacement"]
bonuses = {{ store_credit = {{ rate = 1000 }} }}
auto_approve = {{ EUR = "500.00", USD = "500.00", JPY = "50000", KWD = "500.000" }}
label = "customer"
shipping = {{ rule = "full_on_full_order" }}
grades = {{ a = 0, b = 0, c = 2500, d = 6000, e = 10000 }}
[rules.refund]
control = "{control}"
[rules.fees.restocking]
rate = 1000
"#
    )
}

pub(crate) fn ask(line: u16, units: u32, reason: ReturnReason) -> RequestedLine {
    RequestedLine {
        line,
        units,
        reason,
        wanted: Outcome::Refund,
        evidence: policy::EvidenceGiven {
            photos: 9,
            note: true,
            serial: true,
        },
        opened: false,
        noticed_on: None,
        own: None,
        lacks: policy::ConditionSet::EMPTY,
    }
}

/// The world around a test: policy, law, ids.
pub(crate) struct World {
    pub policy: Policy,
    pub law: LawBook,
    pub holidays: Holidays,
    pub obligations: Vec<ObligationId>,
    /// Up to what whoever commands may decide.
    pub limit: Option<i64>,
    /// Article numbers nothing is left of.
    pub sold_out: Vec<std::sync::Arc<str>>,
    /// When vendors bear refunds.
    pub vendors: returns::VendorBears,
    control: String,
    free: bool,
}

pub(crate) const AGENT: u128 = 501;
pub(crate) const LEAD: u128 = 502;

impl World {
    pub(crate) fn new(control: &str) -> Self {
        Self {
            policy: policy(control),
            law: LawBook::builtin().unwrap(),
            holidays: Holidays::none(),
            obligations: Vec::new(),
            limit: None,
            sold_out: Vec::new(),
            vendors: returns::VendorBears::Never,
            control: control.into(),
            free: false,
        }
    }

    /// The same world where returns are free: no fee and no label to pay.
    pub(crate) fn fees_off(&mut self) {
        self.free = true;
        let text = policy_text(&self.control)
            .replace("[rules.fees.restocking]\nrate = 1000\n", "")
            .replace("label = \"customer\"", "label = \"merchant\"");
        self.policy = Policy::parse_toml(&text).unwrap();
    }

    /// The same world where a person looks at everything.
    pub(crate) fn approve_nothing(&mut self) {
        let text = policy_text(&self.control).replace("EUR = \"500.00\"", "EUR = \"0.01\"");
        self.policy = Policy::parse_toml(&text).unwrap();
    }

    /// The same world where exchanges are offered.
    pub(crate) fn offer_exchange(&mut self) {
        let text = policy_text(&self.control).replace(
            "outcomes = [\"refund\",",
            "outcomes = [\"exchange\", \"refund\",",
        );
        self.policy = Policy::parse_toml(&text).unwrap();
    }

    /// A context on this day for a user, with fresh ids from `seed`.
    pub(crate) fn ctx(&mut self, today: &str, user: u128, seed: u128) -> Ctx<'_> {
        self.obligations = (0..16).map(|i| ObligationId(id(seed * 1000 + i))).collect();
        let now: Timestamp = format!("{today}T12:00:00Z").parse().unwrap();
        Ctx {
            now,
            today: day(today),
            local_day: day(today),
            actor: Actor::User {
                id: UserId(id(user)),
            },
            authority: Authority {
                limit_minor: self.limit,
                may_override: true,
                ..Authority::default()
            },
            expected_version: None,
            ids: Ids {
                case: CaseId(id(seed)),
                rma: format!("R{seed}").into(),
                parcel: ParcelId(id(seed + 1)),
                obligations: &self.obligations,
            },
            policy: &self.policy,
            law: &self.law,
            holidays: &self.holidays,
            label_cost_minor: if self.free { 0 } else { 499 },
            lang: None,
            returnless_used_365d: 0,
            tenders: TenderStrategy::OwnFirst,
            sold_out: &self.sold_out,
            vendors: self.vendors,
            payout: None,
            same_person: &[],
            cooling_hours: 24,
        }
    }

    pub(crate) fn facts<'a>(
        &'a self,
        order: &'a SalesOrder,
        account: &'a OrderAccount,
        lines: &'a [RequestedLine],
        path: Path,
        asked_on: &str,
    ) -> Facts<'a> {
        Facts {
            order,
            account,
            case: None,
            lines,
            path,
            asked_on: day(asked_on),
            notice_sent_on: day(asked_on),
            notice_received_on: day(asked_on),
            policy: &self.policy,
            law: &self.law,
            holidays: &self.holidays,
            returnless_used_365d: 0,
            claim: None,
            label_cost_minor: if self.free { 0 } else { 499 },
            tenders: TenderStrategy::OwnFirst,
        }
    }
}

pub(crate) fn currency(code: &str) -> Currency {
    code.parse().unwrap()
}
