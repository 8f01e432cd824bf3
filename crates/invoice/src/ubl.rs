//! A document as a UBL 2.1 `CreditNote`, in the order the schema wants. A pure function: the same
//! document gives the same bytes. Comments name the business terms of EN 16931.

use crate::{
    Address, Adjustment, Category, CreditNote, Delivered, Item, ItemKind, Party, TaxId, TaxKey,
};
use kernel::Money;
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use std::io;

/// What the document says it follows (BT-24): the core of EN 16931 and no extension.
pub const CUSTOMIZATION: &str = "urn:cen.eu:en16931:2017";
/// Credit note (UNTDID 1001).
const TYPE_CODE: &str = "381";
/// One (UN/ECE recommendation 20).
const UNIT: &str = "C62";
const ROOT: &str = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";
const CAC: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
const CBC: &str = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";

type Out = Writer<Vec<u8>>;

/// The document as XML.
///
/// # Errors
/// Only what the XML writer itself reports.
pub fn ubl(note: &CreditNote) -> io::Result<String> {
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 1);
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = out.create_element("CreditNote").with_attributes([
        ("xmlns", ROOT),
        ("xmlns:cac", CAC),
        ("xmlns:cbc", CBC),
    ]);
    root.write_inner_content(|x| content(x, note))?;
    let mut bytes = out.into_inner();
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))
}

fn content(x: &mut Out, note: &CreditNote) -> io::Result<()> {
    leaf(x, "cbc:CustomizationID", CUSTOMIZATION)?; // BT-24
    leaf(x, "cbc:ID", &note.number)?; // BT-1
    leaf(x, "cbc:IssueDate", &note.issued_on.to_string())?; // BT-2
    leaf(x, "cbc:CreditNoteTypeCode", TYPE_CODE)?; // BT-3
    leaf(x, "cbc:DocumentCurrencyCode", note.currency.code())?; // BT-5
    leaf(x, "cbc:BuyerReference", &note.case)?; // BT-10
    nest(x, "cac:OrderReference", |x| leaf(x, "cbc:ID", &note.order))?; // BT-13
    if let Some(earlier) = &note.corrects {
        nest(x, "cac:BillingReference", |x| {
            // EN 16931 has one element for whatever came before, also for a credit note.
            nest(x, "cac:InvoiceDocumentReference", |x| {
                leaf(x, "cbc:ID", &earlier.number)?; // BT-25
                leaf(x, "cbc:IssueDate", &earlier.issued_on.to_string()) // BT-26
            })
        })?;
    }
    nest(x, "cac:AccountingSupplierParty", |x| party(x, &note.seller))?; // BG-4
    nest(x, "cac:AccountingCustomerParty", |x| party(x, &note.buyer))?; // BG-7
    if let Some(delivered) = note.delivered {
        nest(x, "cac:Delivery", |x| delivery(x, delivered))?; // BG-13
    }
    for adjustment in &note.adjustments {
        allowance(x, note, adjustment)?; // BG-20, BG-21
    }
    nest(x, "cac:TaxTotal", |x| tax_total(x, note))?; // BT-110, BG-23
    nest(x, "cac:LegalMonetaryTotal", |x| totals(x, note))?; // BG-22
    for (n, item) in (1_u32..).zip(&note.items) {
        nest(x, "cac:CreditNoteLine", |x| line(x, note, n, item))?; // BG-25
    }
    Ok(())
}

fn party(x: &mut Out, who: &Party) -> io::Result<()> {
    nest(x, "cac:Party", |x| {
        nest(x, "cac:PostalAddress", |x| address(x, &who.address))?;
        if let Some(id) = &who.tax_id {
            let (number, scheme) = match id {
                TaxId::Vat(number) => (number, "VAT"),  // BT-31
                TaxId::Local(number) => (number, "FC"), // BT-32
            };
            nest(x, "cac:PartyTaxScheme", |x| {
                leaf(x, "cbc:CompanyID", number)?;
                nest(x, "cac:TaxScheme", |x| leaf(x, "cbc:ID", scheme))
            })?;
        }
        nest(x, "cac:PartyLegalEntity", |x| {
            leaf(x, "cbc:RegistrationName", &who.name)?; // BT-27, BT-44
            given(x, "cbc:CompanyID", who.registration.as_deref()) // BT-30
        })?;
        if let Some(email) = &who.email {
            nest(x, "cac:Contact", |x| leaf(x, "cbc:ElectronicMail", email))?; // BT-43
        }
        Ok(())
    })
}

fn address(x: &mut Out, at: &Address) -> io::Result<()> {
    let mut lines = at.lines.iter().map(String::as_str);
    given(x, "cbc:StreetName", lines.next())?; // BT-35, BT-50
    given(x, "cbc:AdditionalStreetName", lines.next())?; // BT-36, BT-51
    given(x, "cbc:CityName", Some(&at.city))?; // BT-37, BT-52
    given(x, "cbc:PostalZone", Some(&at.postcode))?; // BT-38, BT-53
    let rest: Vec<&str> = lines.collect();
    if !rest.is_empty() {
        nest(x, "cac:AddressLine", |x| {
            leaf(x, "cbc:Line", &rest.join(", "))
        })?; // BT-162, BT-163
    }
    nest(x, "cac:Country", |x| {
        leaf(x, "cbc:IdentificationCode", at.country.as_str()) // BT-40, BT-55
    })
}

fn delivery(x: &mut Out, delivered: Delivered) -> io::Result<()> {
    if let Some(on) = delivered.on {
        leaf(x, "cbc:ActualDeliveryDate", &on.to_string())?; // BT-72
    }
    nest(x, "cac:DeliveryLocation", |x| {
        nest(x, "cac:Address", |x| {
            nest(x, "cac:Country", |x| {
                leaf(x, "cbc:IdentificationCode", delivered.country.as_str()) // BT-80
            })
        })
    })
}

fn allowance(x: &mut Out, note: &CreditNote, adjustment: &Adjustment) -> io::Result<()> {
    let larger = adjustment.amount.net > 0;
    nest(x, "cac:AllowanceCharge", |x| {
        leaf(
            x,
            "cbc:ChargeIndicator",
            if larger { "true" } else { "false" },
        )?;
        if !larger {
            leaf(x, "cbc:AllowanceChargeReasonCode", "95")?; // BT-98: discount
        }
        leaf(x, "cbc:AllowanceChargeReason", "Promotion")?; // BT-97, BT-104
        amount(x, note, "cbc:Amount", adjustment.amount.net.abs())?; // BT-92, BT-99
        category(x, "cac:TaxCategory", adjustment.amount.key, false)
    })
}

fn tax_total(x: &mut Out, note: &CreditNote) -> io::Result<()> {
    amount(x, note, "cbc:TaxAmount", note.totals.tax)?; // BT-110
    for row in &note.taxes {
        nest(x, "cac:TaxSubtotal", |x| {
            amount(x, note, "cbc:TaxableAmount", row.net)?; // BT-116
            amount(x, note, "cbc:TaxAmount", row.tax)?; // BT-117
            category(x, "cac:TaxCategory", row.key, true) // BT-118 to BT-121
        })?;
    }
    Ok(())
}

fn totals(x: &mut Out, note: &CreditNote) -> io::Result<()> {
    let t = &note.totals;
    amount(x, note, "cbc:LineExtensionAmount", t.lines)?; // BT-106
    amount(x, note, "cbc:TaxExclusiveAmount", t.net)?; // BT-109
    amount(x, note, "cbc:TaxInclusiveAmount", t.gross)?; // BT-112
    if t.allowances != 0 {
        amount(x, note, "cbc:AllowanceTotalAmount", t.allowances)?; // BT-107
    }
    if t.charges != 0 {
        amount(x, note, "cbc:ChargeTotalAmount", t.charges)?; // BT-108
    }
    amount(x, note, "cbc:PrepaidAmount", t.gross)?; // BT-113: the money has gone
    amount(x, note, "cbc:PayableAmount", 0) // BT-115
}

fn line(x: &mut Out, note: &CreditNote, n: u32, item: &Item) -> io::Result<()> {
    leaf(x, "cbc:ID", &n.to_string())?; // BT-126
    x.create_element("cbc:CreditedQuantity") // BT-129
        .with_attribute(("unitCode", UNIT))
        .write_text_content(BytesText::new(&item.units.to_string()))?;
    amount(x, note, "cbc:LineExtensionAmount", item.amount.net)?; // BT-131
    nest(x, "cac:Item", |x| {
        leaf(x, "cbc:Name", name_of(item))?; // BT-153
        if let Some(sku) = &item.sku {
            nest(x, "cac:SellersItemIdentification", |x| {
                leaf(x, "cbc:ID", sku)
            })?; // BT-155
        }
        category(x, "cac:ClassifiedTaxCategory", item.amount.key, false) // BT-151, BT-152
    })?;
    nest(x, "cac:Price", |x| {
        // The price of all of the units, so that no unit price has to be rounded.
        amount(x, note, "cbc:PriceAmount", item.amount.net.abs())?; // BT-146
        x.create_element("cbc:BaseQuantity") // BT-149
            .with_attribute(("unitCode", UNIT))
            .write_text_content(BytesText::new(&item.units.unsigned_abs().to_string()))?;
        Ok(())
    })
}

/// Lines that have no title of their own.
fn name_of(item: &Item) -> &str {
    match item.kind {
        _ if !item.name.trim().is_empty() => &item.name,
        ItemKind::Goods => "Goods",
        ItemKind::Charge => "Charge",
        ItemKind::Delivery => "Delivery",
        ItemKind::Promotion => "Promotion",
    }
}

fn category(x: &mut Out, element: &str, key: TaxKey, reasoned: bool) -> io::Result<()> {
    nest(x, element, |x| {
        leaf(x, "cbc:ID", key.category.code())?;
        if key.category != Category::OutsideScope {
            let percent = key.rate.percent();
            leaf(x, "cbc:Percent", percent.trim_end_matches(" %"))?;
        }
        if let Some((reason, code)) = key.category.reason().filter(|_| reasoned) {
            given(x, "cbc:TaxExemptionReasonCode", code)?;
            leaf(x, "cbc:TaxExemptionReason", reason)?;
        }
        nest(x, "cac:TaxScheme", |x| leaf(x, "cbc:ID", "VAT"))
    })
}

fn amount(x: &mut Out, note: &CreditNote, element: &str, minor: i64) -> io::Result<()> {
    let text = Money::new(minor, note.currency).decimal();
    x.create_element(element)
        .with_attribute(("currencyID", note.currency.code()))
        .write_text_content(BytesText::new(&text))?;
    Ok(())
}

fn nest(
    x: &mut Out,
    element: &str,
    inner: impl FnOnce(&mut Out) -> io::Result<()>,
) -> io::Result<()> {
    x.create_element(element).write_inner_content(inner)?;
    Ok(())
}

/// Nothing for nothing: EN 16931 knows no empty element.
fn given(x: &mut Out, element: &str, text: Option<&str>) -> io::Result<()> {
    match text.filter(|t| !t.trim().is_empty()) {
        Some(text) => leaf(x, element, text),
        None => Ok(()),
    }
}

fn leaf(x: &mut Out, element: &str, text: &str) -> io::Result<()> {
    // What XML 1.0 cannot hold was never meant to be read.
    let text: String = text.trim().chars().filter(|c| allowed(*c)).collect();
    x.create_element(element)
        .write_text_content(BytesText::new(&text))?;
    Ok(())
}

const fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
