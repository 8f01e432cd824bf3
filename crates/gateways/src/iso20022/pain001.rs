//! Writing a batch of refunds as `pain.001.001.09` (customer credit transfer initiation).
//!
//! Deterministic: equal batch, orders, times and debtor give equal bytes, so a repeated write is
//! recognised by the bank by its `MsgId`. Amounts are never touched.

use super::{BatchId, end_to_end_id, epc_text};
use kernel::{Currency, Date, Money, MoneyError, Timestamp};
use ports::{Destination, Iban, PaymentKey, PaymentOrder};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most payments in one file.
pub const ORDERS_MAX: usize = 10_000;
const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

/// Whose account pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Debtor {
    /// The account holder.
    pub name: String,
    /// The account.
    pub iban: Iban,
    /// The bank's BIC; without it the file says `NOTPROVIDED`, as SEPA allows.
    pub bic: Option<String>,
}

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// No orders, more than [`ORDERS_MAX`], or more than 99 currencies.
    #[error("a payment file holds 1 to {ORDERS_MAX} payments in at most 99 currencies, not {0}")]
    Count(usize),
    /// An order that does not belong in a bank file.
    #[error("{key}: {problem}")]
    Order {
        /// Which.
        key: PaymentKey,
        /// Why.
        problem: &'static str,
    },
    /// The total leaves the range of amounts.
    #[error(transparent)]
    Total(#[from] MoneyError),
    /// The XML writer failed.
    #[error("the file could not be written: {0}")]
    Write(#[from] std::io::Error),
}

/// The payments of one currency: one `PmtInf`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentGroup {
    /// Its `PmtInfId`.
    pub id: String,
    /// Its currency.
    pub currency: Currency,
    /// Its payments, by key.
    pub orders: Vec<PaymentOrder>,
}

/// A checked batch, ready to be written.
#[derive(Debug, Clone)]
pub struct PaymentFile {
    batch: BatchId,
    debtor: Debtor,
    created: Timestamp,
    execute_on: Date,
    groups: Vec<PaymentGroup>,
}

/// Checks that one order can go into a file at all.
pub(super) fn check(order: &PaymentOrder) -> Result<(&Iban, &str), &'static str> {
    if order.amount.minor <= 0 {
        return Err("the amount is not positive");
    }
    match &order.destination {
        Destination::Original { .. } => Err("a bank file pays to an account, not to a charge"),
        Destination::Account { name, .. } if epc_text(name, 70).is_empty() => {
            Err("the account holder has no name a bank can read")
        }
        Destination::Account { iban, name } => Ok((iban, name)),
    }
}

impl PaymentFile {
    /// A file of `orders`, to be executed on `execute_on`. Orders are sorted by key; one key
    /// twice is refused.
    pub fn new(
        batch: BatchId,
        debtor: Debtor,
        created: Timestamp,
        execute_on: Date,
        mut orders: Vec<PaymentOrder>,
    ) -> Result<Self, FileError> {
        if orders.is_empty() || orders.len() > ORDERS_MAX {
            return Err(FileError::Count(orders.len()));
        }
        orders.sort_by_key(PaymentOrder::key);
        for pair in orders.windows(2) {
            if pair[0].key() == pair[1].key() {
                let key = pair[0].key();
                return Err(FileError::Order {
                    key,
                    problem: "it is in the batch twice",
                });
            }
        }
        let mut by_currency: BTreeMap<&str, Vec<PaymentOrder>> = BTreeMap::new();
        for order in orders {
            check(&order).map_err(|problem| FileError::Order {
                key: order.key(),
                problem,
            })?;
            by_currency
                .entry(order.amount.currency.code())
                .or_default()
                .push(order);
        }
        let count = by_currency.len();
        if count > 99 {
            return Err(FileError::Count(count));
        }
        let groups = by_currency
            .into_values()
            .zip(1..)
            .map(|(orders, n)| PaymentGroup {
                id: format!("{}-{n:02}", batch.message_id()),
                currency: orders[0].amount.currency,
                orders,
            })
            .collect();
        Ok(Self {
            batch,
            debtor,
            created,
            execute_on,
            groups,
        })
    }

    /// Its batch.
    pub fn batch(&self) -> BatchId {
        self.batch
    }

    /// Its payments by currency.
    pub fn groups(&self) -> &[PaymentGroup] {
        &self.groups
    }

    /// The XML document, UTF-8.
    pub fn to_xml(&self) -> Result<Vec<u8>, FileError> {
        let mut x = Xml(Writer::new(Vec::new()));
        x.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let document = BytesStart::new("Document").with_attributes([("xmlns", NAMESPACE)]);
        x.0.write_event(Event::Start(document))?;
        x.open("CstmrCdtTrfInitn")?;
        x.open("GrpHdr")?;
        x.leaf("MsgId", &self.batch.message_id())?;
        x.leaf(
            "CreDtTm",
            &self.created.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        )?;
        let all = || self.groups.iter().flat_map(|g| &g.orders);
        x.leaf("NbOfTxs", &all().count().to_string())?;
        x.leaf("CtrlSum", &control_sum(all().map(|o| o.amount))?)?;
        x.nest("InitgPty", "Nm", &epc_text(&self.debtor.name, 70))?;
        x.close("GrpHdr")?;
        for group in &self.groups {
            self.group(&mut x, group)?;
        }
        x.close("CstmrCdtTrfInitn")?;
        x.close("Document")?;
        Ok(x.0.into_inner())
    }

    fn group(&self, x: &mut Xml, group: &PaymentGroup) -> Result<(), FileError> {
        // Only the euro has the SEPA rules: service level SEPA, charges following it.
        let sepa = group.currency == Currency::EUR;
        x.open("PmtInf")?;
        x.leaf("PmtInfId", &group.id)?;
        x.leaf("PmtMtd", "TRF")?;
        x.leaf("NbOfTxs", &group.orders.len().to_string())?;
        x.leaf(
            "CtrlSum",
            &control_sum(group.orders.iter().map(|o| o.amount))?,
        )?;
        if sepa {
            x.open("PmtTpInf")?;
            x.nest("SvcLvl", "Cd", "SEPA")?;
            x.close("PmtTpInf")?;
        }
        x.nest("ReqdExctnDt", "Dt", &self.execute_on.to_string())?;
        x.nest("Dbtr", "Nm", &epc_text(&self.debtor.name, 70))?;
        x.open("DbtrAcct")?;
        x.nest("Id", "IBAN", self.debtor.iban.electronic())?;
        x.close("DbtrAcct")?;
        x.open("DbtrAgt")?;
        x.open("FinInstnId")?;
        match &self.debtor.bic {
            Some(bic) => x.leaf("BICFI", bic)?,
            None => x.nest("Othr", "Id", "NOTPROVIDED")?,
        }
        x.close("FinInstnId")?;
        x.close("DbtrAgt")?;
        x.leaf("ChrgBr", if sepa { "SLEV" } else { "SHAR" })?;
        for order in &group.orders {
            transfer(x, order)?;
        }
        x.close("PmtInf")?;
        Ok(())
    }
}

fn transfer(x: &mut Xml, order: &PaymentOrder) -> Result<(), FileError> {
    let wrong = |problem| FileError::Order {
        key: order.key(),
        problem,
    };
    let (iban, name) = check(order).map_err(wrong)?;
    x.open("CdtTrfTxInf")?;
    x.nest("PmtId", "EndToEndId", &end_to_end_id(order.key()))?;
    x.open("Amt")?;
    let currency = [("Ccy", order.amount.currency.code())];
    x.0.write_event(Event::Start(
        BytesStart::new("InstdAmt").with_attributes(currency),
    ))?;
    x.0.write_event(Event::Text(BytesText::new(&order.amount.decimal())))?;
    x.close("InstdAmt")?;
    x.close("Amt")?;
    x.nest("Cdtr", "Nm", &epc_text(name, 70))?;
    x.open("CdtrAcct")?;
    x.nest("Id", "IBAN", iban.electronic())?;
    x.close("CdtrAcct")?;
    let remittance = epc_text(&order.remittance, 140);
    if !remittance.is_empty() {
        x.nest("RmtInf", "Ustrd", &remittance)?;
    }
    x.close("CdtTrfTxInf")?;
    Ok(())
}

/// The sum of the figures whatever their currency, which is what `CtrlSum` is: a check digit,
/// not money. Aligned to four decimals, the most any currency has, and cut again.
fn control_sum(amounts: impl Iterator<Item = Money>) -> Result<String, MoneyError> {
    let (mut aligned, mut decimals) = (0_i64, 0_u8);
    for amount in amounts {
        let exponent = amount.currency.exponent().min(4);
        decimals = decimals.max(exponent);
        let scale = 10_i64.pow(4 - u32::from(exponent));
        aligned = amount
            .minor
            .checked_mul(scale)
            .and_then(|a| aligned.checked_add(a))
            .ok_or(MoneyError::Overflow)?;
    }
    let (whole, frac) = (aligned / 10_000, aligned % 10_000);
    let frac = format!("{frac:04}");
    let kept = frac.get(..usize::from(decimals)).unwrap_or_default();
    Ok(if kept.is_empty() {
        whole.to_string()
    } else {
        format!("{whole}.{kept}")
    })
}

/// The writer with the three moves a message is made of.
struct Xml(Writer<Vec<u8>>);

impl Xml {
    fn open(&mut self, name: &str) -> std::io::Result<()> {
        self.0.write_event(Event::Start(BytesStart::new(name)))
    }

    fn close(&mut self, name: &str) -> std::io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    fn leaf(&mut self, name: &str, text: &str) -> std::io::Result<()> {
        self.open(name)?;
        self.0.write_event(Event::Text(BytesText::new(text)))?;
        self.close(name)
    }

    fn nest(&mut self, outer: &str, inner: &str, text: &str) -> std::io::Result<()> {
        self.open(outer)?;
        self.leaf(inner, text)?;
        self.close(outer)
    }
}
