//! One draft becomes a [`SalesOrder`]: economics computed once, the policy version of its day
//! pinned, facts the law asks for filled in. Pure.
//!
//! Amounts the other system states win over amounts we would compute. Prices, discounts and
//! their proration (R3) are figures both agree on; tax is where systems round differently, so
//! where a line states its tax as an amount, that amount is stored and only its split over units
//! is ours. The order then totals to what its buyer was charged, to the cent.

use super::{extras, ids};
use kernel::{Bps, ClientId, Date, PolicyHash};
use law::{Buyer, Exemption, Informed};
use policy::{ExclusionGround, PolicySource, SalesChannel};
use returns::{
    BuyerInformation, Charge, LineEconomics, LineInput, LineKind, NoTax, OrderLine, PricingError,
    SalesOrder, ShippingCharge, TaxShare, Tender, TenderKind, price_lines,
};
use smallvec::SmallVec;
use wire::{LineDraft, OrderDraft, ShippingDraft, TaxDraft, Told};

/// Why a well-formed draft is still no order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IntakeError {
    /// The prices cannot be computed with.
    #[error(transparent)]
    Pricing(#[from] PricingError),
    /// Stated tax is more than the price it is in.
    #[error("line {line}: the stated tax is more than the price that contains it")]
    TaxAbovePrice {
        /// Index of the line; [`SHIPPING`] for outbound delivery.
        line: usize,
    },
}

/// The index errors use for outbound delivery.
pub const SHIPPING: usize = usize::MAX;

/// What a payment is called whose provider reference the other system does not tell.
pub const UNKNOWN_REFERENCE: &str = "unknown";

/// The order a draft tells of. `placed_on` is its day in the client's time zone and `policy` the
/// version in force then, with its `hash`.
pub fn sales_order(
    client: ClientId,
    draft: &OrderDraft,
    placed_on: Date,
    policy: &PolicySource,
    hash: PolicyHash,
) -> Result<SalesOrder, IntakeError> {
    let id = ids::order_id(client, &draft.number, draft.placed_at);
    let buyer = match draft.buyer {
        wire::Buyer::Consumer => Buyer::Consumer,
        wire::Buyer::Business => Buyer::Business,
    };
    let channel = channel(&draft.channel, buyer);
    let economics = economics(draft)?;
    let shipping = shipping(&draft.shipping, draft.prices_include_tax)?;
    let (on_lines, on_order) = extras::order_charges(draft, &economics)?;
    let promotions = extras::promotions(draft, policy.promotion)?;
    let mut lines = Vec::with_capacity(draft.lines.len());
    for ((l, economics), spread) in draft.lines.iter().zip(economics).zip(on_lines) {
        let charges = extras::line_charges(draft, l, spread)?;
        let sold = OrderLine {
            id: ids::line_id(id, &l.id),
            sku: l.sku.as_str().into(),
            title: if l.title.is_empty() {
                l.sku.as_str().into()
            } else {
                l.title.as_str().into()
            },
            category: l.category.as_str().into(),
            quantity: l.quantity,
            fulfilled: returnable(l, draft.cancelled),
            fulfilled_on: l.fulfilled_on,
            delivered_on: l.delivered_on,
            final_sale: l.final_sale,
            exemptions: exemptions(policy, channel, draft, &l.category),
            serials: l.serials.iter().map(|s| s.as_str().into()).collect(),
            vendor: l.vendor.as_deref().map(Into::into),
            kind: match l.gift_card_spent {
                Some(spent_minor) => LineKind::GiftCard { spent_minor },
                None => LineKind::Goods,
            },
            economics,
            charges,
        };
        if l.parts.is_empty() {
            lines.push(sold);
        } else {
            lines.extend(extras::parts(id, l, &sold));
        }
    }
    let tenders = tenders(draft, &lines, &on_order, &shipping);
    Ok(SalesOrder {
        id,
        client,
        number: draft.number.as_str().into(),
        channel,
        place: draft.delivery,
        buyer,
        currency: draft.currency,
        placed_on,
        placed_at: draft.placed_at,
        policy: hash,
        prices_include_tax: draft.prices_include_tax,
        lines,
        // Dearer ways of delivery are not told apart by any source yet: what was paid is taken
        // as the standard one, so a withdrawal gives all of it back.
        shipping: ShippingCharge {
            standard_minor: shipping.gross,
            economics: shipping,
        },
        captured_minor: tenders.iter().map(|t| t.minor).sum(),
        charges: on_order,
        promotions,
        tenders,
        customer: ids::customer_id(client, &external_customer(draft)),
        informed: informed(policy, draft.told),
        no_tax: draft.no_tax.map(|why| match why {
            wire::NoTax::ReverseCharge => NoTax::ReverseCharge,
            wire::NoTax::IntraCommunity => NoTax::IntraCommunity,
            wire::NoTax::Export => NoTax::Export,
            wire::NoTax::Exempt => NoTax::Exempt,
        }),
    })
}

/// What the order says its buyer was told, or what the policy in force says buyers are told.
fn informed(policy: &PolicySource, order: Told) -> BuyerInformation {
    let told = policy.disclosure;
    let of_withdrawal = order.withdrawal_right.unwrap_or(told.withdrawal_right);
    BuyerInformation {
        of_withdrawal: if of_withdrawal {
            Informed::Yes
        } else {
            Informed::No
        },
        of_return_costs: order.return_costs.unwrap_or(told.return_costs),
        of_policy: order.policy.unwrap_or(told.before_purchase),
    }
}

/// What the customer is called in the other system; a guest is known by their order alone.
pub fn external_customer(draft: &OrderDraft) -> String {
    draft
        .customer_id
        .clone()
        .unwrap_or_else(|| format!("order:{}", draft.number))
}

/// What the buyer was charged: lines and delivery with tax, minor units.
pub fn gross(order: &SalesOrder) -> i64 {
    let on_lines = order.lines.iter().flat_map(|l| &l.charges);
    let charges = on_lines.chain(&order.charges);
    let charges: i64 = charges.map(|c| c.economics.gross).sum();
    order.goods_minor() + charges + order.shipping.economics.gross
}

/// Units that can come back to us: what was sent, less what the other system has refunded or
/// cancelled itself. Those units count as never sent, so no case can claim them.
fn returnable(line: &LineDraft, cancelled: bool) -> u32 {
    if cancelled {
        return 0;
    }
    line.fulfilled
        .min(line.quantity.saturating_sub(line.refunded))
}

/// Businesses have rules of their own wherever they buy; any other name is a marketplace's.
fn channel(name: &str, buyer: Buyer) -> SalesChannel {
    if buyer == Buyer::Business {
        return SalesChannel::Business;
    }
    let name = name.trim().to_ascii_lowercase();
    match name.as_str() {
        "" | "web" | "online" | "shop" | "app" | "import" | "api" | "ios" | "android" => {
            SalesChannel::Online
        }
        "store" | "pos" | "retail" => SalesChannel::Store,
        "phone" | "catalogue" | "catalog" | "mail" => SalesChannel::Phone,
        "business" | "b2b" => SalesChannel::Business,
        // Shopify names its own sources so, and apps by a number.
        other if other.starts_with("shopify") => SalesChannel::Online,
        other if other.bytes().all(|b| b.is_ascii_digit()) => SalesChannel::Online,
        _ => SalesChannel::Marketplace,
    }
}

/// Economics of every line.
fn economics(draft: &OrderDraft) -> Result<Vec<LineEconomics>, IntakeError> {
    let inputs: Vec<LineInput> = draft
        .lines
        .iter()
        .map(|l| LineInput {
            unit_price: l.unit_list,
            quantity: l.quantity,
            line_discount: l.line_discount,
            tax_rates: rates(&l.taxes),
        })
        .collect();
    let mut priced = price_lines(&inputs, draft.order_discount, draft.prices_include_tax)?;
    for (line, (economics, draft)) in priced.iter_mut().zip(&draft.lines).enumerate() {
        keep_stated(economics, &draft.taxes, line)?;
    }
    Ok(priced)
}

/// Economics of outbound delivery, as one unit.
fn shipping(draft: &ShippingDraft, includes_tax: bool) -> Result<LineEconomics, IntakeError> {
    let input = LineInput {
        unit_price: draft.list,
        quantity: 1,
        line_discount: draft.discount,
        tax_rates: rates(&draft.taxes),
    };
    let mut priced = price_lines(&[input], 0, includes_tax)?;
    let mut charge = priced.pop().unwrap_or_else(|| LineEconomics::free(1));
    keep_stated(&mut charge, &draft.taxes, SHIPPING)?;
    Ok(charge)
}

/// The rates to price with, one per stated tax; a tax stated by amount alone adds nothing here.
pub(super) fn rates(taxes: &[TaxDraft]) -> SmallVec<[Bps; 2]> {
    taxes.iter().map(|t| t.rate.unwrap_or(Bps(0))).collect()
}

/// Puts stated tax amounts in the place of computed ones, then net and gross follow.
fn keep_stated(
    economics: &mut LineEconomics,
    stated: &[TaxDraft],
    line: usize,
) -> Result<(), IntakeError> {
    if stated.iter().all(|t| t.amount.is_none()) {
        return Ok(());
    }
    for (share, tax) in economics.taxes.iter_mut().zip(stated) {
        share.minor = tax.amount.unwrap_or(share.minor);
    }
    let paid = economics.list - economics.line_discount - economics.order_discount;
    let tax = economics.tax();
    if economics.includes_tax {
        if tax > paid {
            return Err(IntakeError::TaxAbovePrice { line });
        }
        (economics.net, economics.gross) = (paid - tax, paid);
    } else {
        (economics.net, economics.gross) = (paid, paid + tax);
    }
    let net = economics.net;
    for (share, tax) in economics.taxes.iter_mut().zip(stated) {
        if tax.rate.is_none() {
            *share = TaxShare {
                rate: implied_rate(share.minor, net),
                ..*share
            };
        }
    }
    Ok(())
}

/// The rate an amount stands for, for display; 0 where there is none to speak of.
fn implied_rate(tax: i64, net: i64) -> Bps {
    if net <= 0 {
        return Bps(0);
    }
    let bps = (i128::from(tax) * 10_000 + i128::from(net) / 2) / i128::from(net);
    Bps(i32::try_from(bps.min(10_000)).unwrap_or(10_000))
}

/// Payments less what was refunded from them elsewhere: that money is not ours to give again.
/// Where the other system names no payment, the order counts as paid in full by bank transfer,
/// less the units it has refunded; a refund then asks for an account.
fn tenders(
    draft: &OrderDraft,
    lines: &[OrderLine],
    charges: &[Charge],
    shipping: &LineEconomics,
) -> SmallVec<[Tender; 1]> {
    if draft.tenders.is_empty() {
        // Of a line some of which was refunded elsewhere, the first units were kept. The parts of
        // a kit are lines of their own and follow each other.
        let mut rest = lines;
        let mut kept = 0_i64;
        for told in &draft.lines {
            let (own, after) = rest.split_at(told.parts.len().max(1).min(rest.len()));
            rest = after;
            for sold in own {
                let each = sold.quantity / told.quantity.max(1);
                let units = each * told.quantity.saturating_sub(told.refunded);
                let charges = sold.charges.iter();
                let charges = charges.map(|c| c.economics.units_gross(0, units));
                kept += sold.economics.units_gross(0, units) + charges.sum::<i64>();
            }
        }
        let charges = charges.iter().map(|c| c.economics.gross);
        let minor = kept + charges.sum::<i64>() + shipping.gross;
        let reference = UNKNOWN_REFERENCE.into();
        return SmallVec::from_iter([Tender {
            kind: TenderKind::Bank,
            reference,
            minor,
        }]);
    }
    let left = draft.tenders.iter().map(|t| Tender {
        kind: tender_kind(t.kind),
        reference: match t.reference.as_str() {
            "" => UNKNOWN_REFERENCE.into(),
            known => known.into(),
        },
        minor: t.amount - t.refunded,
    });
    left.filter(|t| t.minor > 0).collect()
}

/// A wallet pays back like the card behind it; what has no instrument to go back to goes to a
/// bank account.
const fn tender_kind(kind: wire::TenderKind) -> TenderKind {
    use wire::TenderKind as W;
    match kind {
        W::Card | W::Wallet => TenderKind::Card,
        W::GiftCard => TenderKind::GiftCard,
        W::StoreCredit => TenderKind::StoreCredit,
        W::Bank | W::Cash | W::Invoice | W::Other => TenderKind::Bank,
    }
}

/// The statutory exemption that holds for goods of this category by their nature. A policy may
/// exclude more than the law exempts (vouchers, clearance): that binds its own promise only. A
/// broken seal is a fact of the return, not of the sale, so exclusions of opened goods give none.
fn exemptions(
    policy: &PolicySource,
    channel: SalesChannel,
    draft: &OrderDraft,
    category: &str,
) -> SmallVec<[Exemption; 1]> {
    let market = policy
        .markets
        .values()
        .find(|m| m.countries.contains(&draft.delivery.country));
    let ancestors = std::iter::successors(Some(category), |path| Some(path.rsplit_once('/')?.0));
    let mut levels = ancestors
        .filter_map(|path| policy.categories.get(path))
        .chain(market.map(|m| &m.rules))
        .chain(policy.channels.get(&channel))
        .chain(std::iter::once(&policy.rules));
    let exclusion = levels.find_map(|rules| rules.exclusion.as_ref());
    let exempt = exclusion
        .filter(|e| !e.only_opened)
        .and_then(|e| match e.ground {
            ExclusionGround::CustomMade => Some(Exemption::CustomMade),
            ExclusionGround::Perishable => Some(Exemption::Perishable),
            ExclusionGround::Hygiene
            | ExclusionGround::SealedMedia
            | ExclusionGround::Digital
            | ExclusionGround::GiftCard
            | ExclusionGround::Hazardous
            | ExclusionGround::Clearance => None,
        });
    exempt.into_iter().collect()
}

#[cfg(test)]
#[path = "sold_tests.rs"]
mod tests;
