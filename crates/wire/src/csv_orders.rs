//! Orders from CSV: consecutive rows with one order number become one [`OrderDraft`].
//!
//! Every row ends in exactly one place: a line of an order, the order's shipping, a
//! [`RowError`], or (a return's number) left to [`crate::csv_returns`]. A row that is rightly
//! no line (see [`Fault::is_left_out`]) leaves the rest of its order standing; an unreadable
//! one drops the whole order, because half an order would refund wrongly.

use crate::{
    csv_extras,
    csv_map::{CsvMap, Field},
    csv_rows::Rows,
    decimal::Priced,
    error::{Fault, RowError, WireError},
    order::{Buyer, Contact, LineDraft, MAX_LINES, OrderDraft, ShippingDraft, TaxDraft},
};
use jiff::tz::TimeZone;
use kernel::{Bps, Money, Place};
use std::{
    collections::{HashSet, VecDeque},
    io::Read,
};

/// How many rows went where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Rows read, header not counted.
    pub rows: u64,
    /// Orders (or returns) given out.
    pub drafts: u64,
    /// Lines in them.
    pub lines: u64,
    /// Rows that became shipping of an order.
    pub shipping_rows: u64,
    /// Rows left to the other reader: returns here, orders there.
    pub elsewhere: u64,
}

/// Iterator over the orders of a CSV file.
pub struct OrdersCsv<'m, R> {
    rows: Rows<'m, R>,
    open: Option<Group>,
    seen: HashSet<String>,
    ready: VecDeque<Result<OrderDraft, RowError>>,
    tally: Tally,
    done: bool,
}

/// The order whose rows are being read.
struct Group {
    number: String,
    line: u64,
    repeated: bool,
    bad: bool,
    draft: Option<OrderDraft>,
    shipping: Vec<(u64, String, Option<Money>)>,
}

/// Reads the orders of a CSV file with a header row. `zone` is [`CsvMap::time_zone`], looked up.
pub fn orders_from_csv<R: Read>(
    reader: R,
    map: &CsvMap,
    zone: TimeZone,
) -> Result<OrdersCsv<'_, R>, WireError> {
    let required = [
        Field::Number,
        Field::PlacedAt,
        Field::Currency,
        Field::Sku,
        Field::Quantity,
        Field::UnitPrice,
        Field::Country,
    ];
    Ok(OrdersCsv {
        rows: Rows::open(reader, map, zone, &required)?,
        open: None,
        seen: HashSet::new(),
        ready: VecDeque::new(),
        tally: Tally::default(),
        done: false,
    })
}

impl<R: Read> OrdersCsv<'_, R> {
    /// What has been read so far.
    pub const fn tally(&self) -> Tally {
        self.tally
    }

    fn row(&mut self) {
        let map = self.rows.map();
        let number = self.rows.text(Field::Number);
        if number.is_empty() {
            let error = self.rows.wrong(Field::Number, "every row names its order");
            return self.report(error);
        }
        if map
            .return_prefix
            .as_ref()
            .is_some_and(|p| number.starts_with(p.as_str()))
        {
            self.tally.elsewhere += 1;
            return;
        }
        if map
            .other_prefixes
            .iter()
            .any(|p| number.starts_with(p.as_str()))
        {
            let help = "neither an order nor a return by the map file";
            return self.report(left_out(
                &self.rows,
                Fault::OtherDocument,
                Field::Number,
                help,
            ));
        }
        if self.open.as_ref().is_none_or(|g| g.number != number) {
            let number = number.to_owned();
            self.close();
            let repeated = !self.seen.insert(number.clone());
            let line = self.rows.line();
            let draft = None;
            let shipping = Vec::new();
            self.open = Some(Group {
                number,
                line,
                repeated,
                bad: false,
                draft,
                shipping,
            });
        }
        let Some(group) = &mut self.open else { return };
        match take(&self.rows, group) {
            Ok(()) => {}
            Err(error) => {
                group.bad |= !error.fault.is_left_out();
                let worth = error.amount.or_else(|| self.rows.worth());
                self.report(error.worth(worth));
            }
        }
    }

    fn report(&mut self, error: RowError) {
        self.ready.push_back(Err(error));
    }

    /// Gives out the open order.
    fn close(&mut self) {
        let Some(group) = self.open.take() else {
            return;
        };
        if group.repeated {
            return; // each of its rows has been reported
        }
        let error = match group.draft {
            Some(draft) if group.bad => {
                let help = "another row of this order is bad: correct it and import again";
                RowError::new(
                    group.line,
                    Fault::OrderDropped,
                    "number",
                    &group.number,
                    help,
                )
                .worth(Some(worth(&draft)))
            }
            Some(draft) if !draft.lines.is_empty() => match draft.check() {
                Ok(()) => {
                    self.tally.drafts += 1;
                    self.tally.lines += draft.lines.len() as u64;
                    self.tally.shipping_rows += group.shipping.len() as u64;
                    self.ready.push_back(Ok(draft));
                    return;
                }
                Err(flaw) => flaw.at(group.line).worth(Some(worth(&draft))),
            },
            _ => {
                for (line, sku, worth) in group.shipping {
                    let help = "shipping without goods is not an order";
                    let error = RowError::new(line, Fault::LoneShipping, "sku", &sku, help);
                    self.report(error.worth(worth));
                }
                return;
            }
        };
        self.report(error);
    }
}

/// What the rows taken so far are worth together.
fn worth(draft: &OrderDraft) -> Money {
    let goods = draft.lines.iter().map(LineDraft::net_of_discount);
    Money::new(
        goods.fold(draft.shipping.list, i64::saturating_add),
        draft.currency,
    )
}

/// Adds the current row to `group`.
fn take<R: Read>(rows: &Rows<'_, R>, group: &mut Group) -> Result<(), RowError> {
    if group.repeated {
        let help = "rows of one order stand together; this number came before";
        return Err(left_out(rows, Fault::Repeated, Field::Number, help));
    }
    let sku = rows.text(Field::Sku);
    if sku.is_empty() {
        return Err(rows.wrong(Field::Sku, "every row names its article"));
    }
    let (negative, quantity) = rows.quantity()?;
    let price = rows.price(quantity, rows.currency()?)?;
    if negative || quantity == 0 {
        return Err(left_out(
            rows,
            Fault::WrongSign,
            Field::Quantity,
            "orders have units > 0",
        ));
    }
    if price.unit < 0 {
        return Err(left_out(
            rows,
            Fault::WrongSign,
            Field::UnitPrice,
            "prices are >= 0",
        ));
    }
    if rows.map().not_goods.contains(sku) {
        return Err(left_out(
            rows,
            Fault::NotGoods,
            Field::Sku,
            "no goods by the map file",
        ));
    }
    if price.total == 0 {
        let help = "worth less than half the smallest coin: nothing to refund";
        return Err(left_out(rows, Fault::ZeroPrice, Field::UnitPrice, help));
    }
    let draft = match &mut group.draft {
        Some(draft) => draft,
        none => none.insert(header(rows)?),
    };
    if rows.map().shipping_skus.contains(sku) {
        draft.shipping.list = draft.shipping.list.saturating_add(price.total);
        group
            .shipping
            .push((rows.line(), sku.to_owned(), rows.worth()));
        return Ok(());
    }
    if draft.lines.len() >= MAX_LINES {
        let help = "an order has at most 5,000 lines";
        return Err(RowError::new(
            rows.line(),
            Fault::TooLarge,
            "lines",
            &draft.number,
            help,
        ));
    }
    let line = goods(rows, draft, quantity, price)?;
    draft.lines.push(line);
    csv_extras::promote(rows, draft)
}

/// The order as its first kept row tells it, without lines.
fn header<R: Read>(rows: &Rows<'_, R>) -> Result<OrderDraft, RowError> {
    let currency = rows.currency()?;
    let country = rows.text(Field::Country);
    let country = match rows.map().countries.get(country) {
        Some(code) => *code,
        None => country
            .parse()
            .map_err(|_| rows.wrong(Field::Country, "a country code or a name of [countries]"))?,
    };
    let buyer = match rows.text(Field::Buyer) {
        "" | "consumer" => Buyer::Consumer,
        "business" => Buyer::Business,
        _ => return Err(rows.wrong(Field::Buyer, "consumer or business")),
    };
    let address = rows.text(Field::Address).split(['\n', '|']).map(str::trim);
    let contact = Contact {
        name: rows.text(Field::Name).to_owned(),
        email: rows.text(Field::Email).to_owned(),
        phone: rows.text(Field::Phone).to_owned(),
        address: address
            .filter(|l| !l.is_empty())
            .map(str::to_owned)
            .collect(),
        postcode: rows.text(Field::Postcode).to_owned(),
        vat_id: String::new(),
    };
    Ok(OrderDraft {
        told: crate::order::Told::default(),
        no_tax: None,
        number: rows.text(Field::Number).to_owned(),
        external_id: None,
        placed_at: rows.placed_at()?,
        channel: rows
            .optional(Field::Channel)
            .unwrap_or_else(|| "import".to_owned()),
        buyer,
        delivery: Place::country(country),
        currency,
        prices_include_tax: rows.flag(Field::PricesIncludeTax, true)?,
        lines: Vec::new(),
        order_discount: rows.amount(Field::OrderDiscount, currency)?,
        charges: csv_extras::of_order(rows, currency)?,
        promotions: Vec::new(),
        shipping: ShippingDraft {
            list: rows.amount(Field::Shipping, currency)?,
            discount: rows.amount(Field::ShippingDiscount, currency)?,
            taxes: Vec::new(),
        },
        tenders: csv_extras::tenders(rows, currency)?,
        cancelled: false,
        customer_id: rows.optional(Field::CustomerId),
        contact: Some(contact).filter(|c| !c.is_empty()),
    })
}

fn goods<R: Read>(
    rows: &Rows<'_, R>,
    order: &OrderDraft,
    quantity: u32,
    price: Priced,
) -> Result<LineDraft, RowError> {
    let fulfilled = match rows.text(Field::Fulfilled) {
        "" => 0,
        "all" => quantity,
        number => number
            .parse()
            .map_err(|_| rows.wrong(Field::Fulfilled, "a number or all"))?,
    };
    // Percent with two decimals is basis points.
    let taxes = match rows.text(Field::TaxRate) {
        "" => Vec::new(),
        text => {
            let rate = rows.map().decimal(text).and_then(|d| d.minor(2));
            let rate = rate.and_then(|bps| i32::try_from(bps).ok());
            let wrong = || rows.wrong(Field::TaxRate, "a percentage with at most two decimals");
            vec![TaxDraft {
                rate: Some(Bps(rate.ok_or_else(wrong)?)),
                amount: None,
            }]
        }
    };
    let discount = rows.amount(Field::LineDiscount, order.currency)?;
    let charges = csv_extras::of_line(rows, order.currency, &taxes)?;
    Ok(LineDraft {
        id: rows
            .optional(Field::LineId)
            .unwrap_or_else(|| (order.lines.len() + 1).to_string()),
        sku: rows.text(Field::Sku).to_owned(),
        title: rows.text(Field::Title).to_owned(),
        category: rows.text(Field::Category).to_owned(),
        quantity,
        unit_list: price.unit,
        line_discount: discount.saturating_add(price.excess),
        taxes,
        fulfilled,
        refunded: 0,
        fulfilled_on: rows.date(Field::FulfilledOn, order.placed_at)?,
        delivered_on: rows.date(Field::DeliveredOn, order.placed_at)?,
        final_sale: rows.flag(Field::FinalSale, false)?,
        serials: rows
            .text(Field::Serials)
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        vendor: rows.optional(Field::Vendor),
        charges,
        gift_card_spent: csv_extras::spent(rows, order.currency)?,
        parts: csv_extras::parts(rows)?,
    })
}

/// The current row as one that is rightly not taken, with its worth.
pub(crate) fn left_out<R: Read>(
    rows: &Rows<'_, R>,
    fault: Fault,
    field: Field,
    help: &str,
) -> RowError {
    RowError::new(rows.line(), fault, field.as_str(), rows.text(field), help).worth(rows.worth())
}

impl<R: Read> Iterator for OrdersCsv<'_, R> {
    type Item = Result<OrderDraft, RowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.ready.pop_front() {
                return Some(item);
            }
            if self.done {
                return None;
            }
            match self.rows.advance() {
                Ok(true) => {
                    self.tally.rows += 1;
                    self.row();
                }
                Ok(false) => {
                    self.done = true;
                    self.close();
                }
                Err(error) => {
                    self.tally.rows += 1;
                    // The order it may belong to cannot be known: the open one is not trusted.
                    if let Some(group) = &mut self.open {
                        group.bad = true;
                    }
                    self.report(error);
                }
            }
        }
    }
}
