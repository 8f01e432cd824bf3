//! The bounds and contradictions every draft is checked for, whatever format it came in.

use crate::{
    error::{Fault, RowError},
    order::{
        Flaw, LineDraft, MAX_AMOUNT, MAX_ID, MAX_LINES, MAX_PARTS, MAX_QUANTITY, MAX_SERIALS,
        MAX_TEXT, OrderDraft, ReturnDraft, TaxDraft,
    },
};
use std::collections::HashSet;

pub(crate) type Checked = Result<(), Flaw>;

impl Flaw {
    /// The flaw as an error about the record at `line`.
    pub fn at(self, line: u64) -> RowError {
        RowError::new(line, self.fault, self.field, &self.what, self.help)
    }
}

/// Whether this has the form of a VAT identifier of the EU or of a country like it.
fn is_vat_id(text: &str) -> bool {
    let prefix = text.get(..2).unwrap_or_default();
    let rest = text.get(2..).unwrap_or_default();
    prefix.bytes().all(|b| b.is_ascii_uppercase())
        && (2..=13).contains(&rest.len())
        && rest
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'+' || b == b'*')
}

impl OrderDraft {
    /// The first bound or contradiction this order violates.
    pub fn check(&self) -> Result<(), Flaw> {
        id("number", &self.number)?;
        optional_id("external_id", self.external_id.as_deref())?;
        optional_id("customer_id", self.customer_id.as_deref())?;
        id("channel", &self.channel)?;
        if self.lines.is_empty() {
            return flaw(
                Fault::Missing,
                "lines",
                "none",
                "an order has at least one line",
            );
        }
        count("lines", self.lines.len(), MAX_LINES)?;
        count("tenders", self.tenders.len(), MAX_PARTS)?;
        amount("order_discount", self.order_discount)?;
        amount("shipping.list", self.shipping.list)?;
        amount("shipping.discount", self.shipping.discount)?;
        at_most(
            "shipping.discount",
            self.shipping.discount,
            self.shipping.list,
        )?;
        taxes(&self.shipping.taxes)?;
        let mut ids = HashSet::with_capacity(self.lines.len());
        let mut goods = 0_i64;
        for line in &self.lines {
            line.check()?;
            if !ids.insert(line.id.as_str()) {
                return flaw(
                    Fault::Inconsistent,
                    "line.id",
                    &line.id,
                    "unique inside its order",
                );
            }
            goods = goods.saturating_add(line.net_of_discount());
        }
        at_most("order_discount", self.order_discount, goods)?;
        crate::extras::check_order(self)?;
        for tender in &self.tenders {
            optional_id(
                "tender.reference",
                Some(&tender.reference)
                    .filter(|r| !r.is_empty())
                    .map(String::as_str),
            )?;
            amount("tender.amount", tender.amount)?;
            amount("tender.refunded", tender.refunded)?;
            at_most("tender.refunded", tender.refunded, tender.amount)?;
        }
        let vat_id = self.contact.as_ref().map_or("", |c| c.vat_id.as_str());
        if !vat_id.is_empty() && !is_vat_id(vat_id) {
            let help = "a country's prefix and 2 to 13 letters and digits, as DE123456789";
            return flaw(Fault::Malformed, "contact.vat_id", vat_id, help);
        }
        if self.no_tax.is_some_and(crate::order::NoTax::needs_vat_id) && vat_id.is_empty() {
            let help = "the buyer's VAT identifier, which reverse charge and intra-community supplies need";
            return flaw(Fault::Missing, "contact.vat_id", "", help);
        }
        if let Some(contact) = &self.contact {
            count("contact.address", contact.address.len(), MAX_PARTS)?;
            let single = [
                &contact.name,
                &contact.email,
                &contact.phone,
                &contact.postcode,
            ];
            for part in single.into_iter().chain(&contact.address) {
                // Never quoted: personal data.
                if part.len() > MAX_TEXT {
                    return flaw(Fault::TooLarge, "contact", "", "at most 512 bytes a field");
                }
            }
        }
        Ok(())
    }
}

impl LineDraft {
    /// What the line costs after its own discount, minor units.
    pub fn net_of_discount(&self) -> i64 {
        self.unit_list
            .saturating_mul(i64::from(self.quantity))
            .saturating_sub(self.line_discount)
    }

    fn check(&self) -> Checked {
        id("line.id", &self.id)?;
        id("line.sku", &self.sku)?;
        text("line.title", &self.title)?;
        text("line.category", &self.category)?;
        optional_id("line.vendor", self.vendor.as_deref())?;
        quantity("line.quantity", self.quantity)?;
        amount("line.unit_list", self.unit_list)?;
        amount("line.line_discount", self.line_discount)?;
        let list = self.unit_list.saturating_mul(i64::from(self.quantity));
        amount("line total", list)?;
        at_most("line.line_discount", self.line_discount, list)?;
        at_most(
            "line.fulfilled",
            i64::from(self.fulfilled),
            i64::from(self.quantity),
        )?;
        at_most(
            "line.refunded",
            i64::from(self.refunded),
            i64::from(self.quantity),
        )?;
        taxes(&self.taxes)?;
        crate::extras::check_line(self)?;
        count("line.serials", self.serials.len(), MAX_SERIALS)?;
        if let (Some(sent), Some(there)) = (self.fulfilled_on, self.delivered_on)
            && there < sent
        {
            return flaw(
                Fault::Inconsistent,
                "line.delivered_on",
                &there.to_string(),
                "goods are delivered on or after the day they are sent",
            );
        }
        self.serials.iter().try_for_each(|s| id("line.serials", s))
    }
}

impl ReturnDraft {
    /// The first bound or contradiction this return violates.
    pub fn check(&self) -> Result<(), Flaw> {
        id("number", &self.number)?;
        optional_id("order", self.order.as_deref())?;
        optional_id("customer_id", self.customer_id.as_deref())?;
        id("sku", &self.sku)?;
        text("reason", &self.reason)?;
        quantity("quantity", self.quantity)?;
        amount("unit_price", self.unit_price)?;
        amount("total", self.total)
    }
}

pub(crate) fn flaw<T>(
    fault: Fault,
    field: &'static str,
    what: &str,
    help: &'static str,
) -> Result<T, Flaw> {
    Err(Flaw {
        fault,
        field,
        what: crate::error::excerpt(what),
        help,
    })
}

pub(crate) fn id(field: &'static str, value: &str) -> Checked {
    if value.trim().is_empty() {
        return flaw(Fault::Missing, field, value, "must not be empty");
    }
    optional_id(field, Some(value))
}

fn optional_id(field: &'static str, value: Option<&str>) -> Checked {
    match value {
        Some(v) if v.len() > MAX_ID => flaw(Fault::TooLarge, field, v, "at most 128 bytes"),
        Some(v) if v.chars().any(char::is_control) => {
            flaw(Fault::Malformed, field, v, "no control characters")
        }
        _ => Ok(()),
    }
}

pub(crate) fn text(field: &'static str, value: &str) -> Checked {
    if value.len() > MAX_TEXT {
        return flaw(Fault::TooLarge, field, value, "at most 512 bytes");
    }
    Ok(())
}

pub(crate) fn count(field: &'static str, found: usize, limit: usize) -> Checked {
    if found > limit {
        return flaw(Fault::TooLarge, field, &found.to_string(), "fewer entries");
    }
    Ok(())
}

pub(crate) fn quantity(field: &'static str, value: u32) -> Checked {
    match value {
        0 => flaw(Fault::Malformed, field, "0", "at least one unit"),
        v if v > MAX_QUANTITY => flaw(
            Fault::TooLarge,
            field,
            &v.to_string(),
            "at most 10,000,000 units",
        ),
        _ => Ok(()),
    }
}

pub(crate) fn amount(field: &'static str, value: i64) -> Checked {
    match value {
        // Not `WrongSign`: that leaves one row out; here the whole order is wrong.
        v if v < 0 => flaw(Fault::Malformed, field, &v.to_string(), "zero or more"),
        v if v > MAX_AMOUNT => flaw(
            Fault::TooLarge,
            field,
            &v.to_string(),
            "at most 1,000,000,000,000 minor units",
        ),
        _ => Ok(()),
    }
}

pub(crate) fn at_most(field: &'static str, value: i64, limit: i64) -> Checked {
    if value > limit {
        let what = format!("{value} of {limit}");
        return flaw(
            Fault::Inconsistent,
            field,
            &what,
            "at most what it is a part of",
        );
    }
    Ok(())
}

pub(crate) fn taxes(list: &[TaxDraft]) -> Checked {
    count("taxes", list.len(), MAX_PARTS)?;
    for tax in list {
        match (tax.rate, tax.amount) {
            (None, None) => {
                return flaw(Fault::Missing, "taxes", "neither", "a rate or an amount");
            }
            (Some(rate), _) if !(0..=10_000).contains(&rate.0) => {
                return flaw(
                    Fault::Malformed,
                    "taxes.rate",
                    &rate.0.to_string(),
                    "0..=10000",
                );
            }
            _ => amount("taxes.amount", tax.amount.unwrap_or(0))?,
        }
    }
    Ok(())
}
