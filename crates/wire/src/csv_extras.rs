//! What a row of an order's CSV tells beside its goods: charges, gift cards, kits, promotions, and
//! with what the order was paid. See [`crate::csv_map::Field`] for the columns.

use crate::{
    csv_map::Field,
    csv_rows::Rows,
    error::RowError,
    extras::{ChargeDraft, ChargeKind, PartDraft, PromotedLine, PromotionDraft},
    order::{OrderDraft, TaxDraft, TenderDraft, TenderKind},
};
use kernel::Currency;
use std::io::Read;

/// A charge in a column, if there is one.
fn charge<R: Read>(
    rows: &Rows<'_, R>,
    (field, kind): (Field, ChargeKind),
    currency: Currency,
    taxes: Vec<TaxDraft>,
) -> Result<Option<ChargeDraft>, RowError> {
    let price = rows.amount(field, currency)?;
    Ok((price != 0).then_some(ChargeDraft { kind, price, taxes }))
}

/// Charges on each unit of the row's line. What is collected for the state or as a deposit bears
/// no tax of its own; an eco-fee is taxed like its line.
pub(crate) fn of_line<R: Read>(
    rows: &Rows<'_, R>,
    currency: Currency,
    taxes: &[TaxDraft],
) -> Result<Vec<ChargeDraft>, RowError> {
    let duty = charge(rows, (Field::Duty, ChargeKind::Duty), currency, Vec::new())?;
    let deposit = (Field::Deposit, ChargeKind::Deposit);
    let deposit = charge(rows, deposit, currency, Vec::new())?;
    let eco_fee = (Field::EcoFee, ChargeKind::EcoFee);
    let eco_fee = charge(rows, eco_fee, currency, taxes.to_vec())?;
    Ok([duty, deposit, eco_fee].into_iter().flatten().collect())
}

/// Charges on the order as a whole.
pub(crate) fn of_order<R: Read>(
    rows: &Rows<'_, R>,
    currency: Currency,
) -> Result<Vec<ChargeDraft>, RowError> {
    let tip = charge(rows, (Field::Tip, ChargeKind::Tip), currency, Vec::new())?;
    let service = (Field::Service, ChargeKind::Service);
    let service = charge(rows, service, currency, Vec::new())?;
    Ok([tip, service].into_iter().flatten().collect())
}

/// What was spent of the gift cards the row sold; none if it sold something else.
pub(crate) fn spent<R: Read>(
    rows: &Rows<'_, R>,
    currency: Currency,
) -> Result<Option<i64>, RowError> {
    if rows.text(Field::GiftCardSpent).is_empty() {
        return Ok(None);
    }
    rows.amount(Field::GiftCardSpent, currency).map(Some)
}

/// The parts of a kit: `SKU:units:weight|SKU:units:weight`.
pub(crate) fn parts<R: Read>(rows: &Rows<'_, R>) -> Result<Vec<PartDraft>, RowError> {
    let wrong = || rows.wrong(Field::Parts, "SKU:units:weight, parts separated by |");
    let part = |text: &str| {
        let mut from_end = text.trim().rsplitn(3, ':');
        let weight = from_end.next().and_then(|w| w.trim().parse().ok());
        let units = from_end.next().and_then(|u| u.trim().parse().ok());
        let sku = from_end.next().map(|s| s.trim().to_owned());
        Some(PartDraft {
            sku: sku.filter(|s| !s.is_empty())?,
            title: String::new(),
            units: units?,
            weight: weight?,
        })
    };
    let list = rows.text(Field::Parts);
    let list = list.split('|').filter(|_| !list.is_empty());
    list.map(|text| part(text).ok_or_else(wrong)).collect()
}

/// With what the order was paid, in the order of the columns. Empty if no column says so.
pub(crate) fn tenders<R: Read>(
    rows: &Rows<'_, R>,
    currency: Currency,
) -> Result<Vec<TenderDraft>, RowError> {
    let columns = [
        (Field::PaidGiftCard, TenderKind::GiftCard),
        (Field::PaidStoreCredit, TenderKind::StoreCredit),
        (Field::PaidCard, TenderKind::Card),
        (Field::PaidBank, TenderKind::Bank),
        (Field::PaidCash, TenderKind::Cash),
    ];
    let mut paid = Vec::new();
    for (field, kind) in columns {
        let amount = rows.amount(field, currency)?;
        if amount != 0 {
            paid.push(TenderDraft {
                kind,
                reference: String::new(),
                amount,
                refunded: 0,
            });
        }
    }
    Ok(paid)
}

/// Notes that the row's line, just added, counts for a promotion.
pub(crate) fn promote<R: Read>(rows: &Rows<'_, R>, order: &mut OrderDraft) -> Result<(), RowError> {
    let name = rows.text(Field::Promotion);
    let Some(line) = order.lines.last().filter(|_| !name.is_empty()) else {
        return Ok(());
    };
    let counted = PromotedLine {
        line: line.id.clone(),
        discount: rows.amount(Field::PromotionDiscount, order.currency)?,
    };
    if let Some(known) = order.promotions.iter_mut().find(|p| p.id == name) {
        known.lines.push(counted);
        return Ok(());
    }
    let value = rows.amount(Field::PromotionValue, order.currency)?;
    let units = match rows.text(Field::PromotionUnits) {
        "" => None,
        text => Some(
            text.parse()
                .map_err(|_| rows.wrong(Field::PromotionUnits, "a number of units"))?,
        ),
    };
    order.promotions.push(PromotionDraft {
        id: name.to_owned(),
        needs_value: Some(value).filter(|_| !rows.text(Field::PromotionValue).is_empty()),
        needs_units: units,
        lines: vec![counted],
        free_delivery: None,
    });
    Ok(())
}
