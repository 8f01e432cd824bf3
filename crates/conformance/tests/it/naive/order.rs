//! The naive order: every unit a row of its own with its figures.

use super::arithmetic::{Dice, between, nearest, shares};
use std::fmt::Write as _;

/// A rate in basis points and an amount of tax.
pub(super) type Tax = (i128, i128);

/// One unit of something sold, or a charge on it.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub gross: i128,
    pub taxes: Vec<Tax>,
    /// Charges that follow it.
    pub charges: Vec<Unit>,
}

impl Unit {
    pub(super) fn charge(&self) -> i128 {
        self.charges.iter().map(|c| c.gross).sum()
    }
}

/// One line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub price: i128,
    pub discount: i128,
    pub rates: Vec<i128>,
    /// Kind, price, rates.
    pub charges: Vec<(&'static str, i128, Vec<i128>)>,
    /// Everything taken off the list price.
    pub off: i128,
    pub units: Vec<Unit>,
}

impl Line {
    pub(super) fn gross(&self) -> i128 {
        self.units.iter().map(|u| u.gross).sum()
    }

    pub(super) fn list(&self) -> i128 {
        self.price * i128::try_from(self.units.len()).unwrap()
    }
}

#[derive(Debug, Clone)]
pub(super) struct Promotion {
    pub needs_value: Option<i128>,
    pub needs_units: i128,
    pub lines: Vec<usize>,
    pub discount: i128,
    pub shares: Vec<i128>,
    pub delivery: Option<(i128, Vec<i128>)>,
    pub claws_back: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Order {
    pub currency: &'static str,
    pub decimals: usize,
    pub inclusive: bool,
    pub discount: i128,
    pub lines: Vec<Line>,
    /// Price, discount, rates; then gross and taxes of all together.
    pub shipments: Vec<(i128, i128, Vec<i128>)>,
    pub shipping: i128,
    pub shipping_taxes: Vec<Tax>,
    pub standard: i128,
    pub promotions: Vec<Promotion>,
    /// Kind and amount.
    pub tenders: Vec<(&'static str, i128)>,
    pub strategy: &'static str,
    pub captured: i128,
    pub tip: i128,
}

/// R2, R6, R7: taxes of an amount that is paid, by rate.
pub(super) fn taxes_of(paid: i128, rates: &[i128], inclusive: bool) -> Vec<Tax> {
    if !inclusive {
        let tax = |r: &i128| (*r, nearest(paid * r, 10_000));
        return rates.iter().map(tax).collect();
    }
    let sum: i128 = rates.iter().sum();
    let inside = nearest(paid * sum, 10_000 + sum);
    rates.iter().copied().zip(shares(inside, rates)).collect()
}

/// R3: a total over equal units; the first carry the cents.
fn even(total: i128, units: usize) -> Vec<i128> {
    shares(total, &vec![1; units])
}

/// R2: what every unit of a line was sold for.
fn units(price: i128, count: usize, off: i128, rates: &[i128], inclusive: bool) -> Vec<Unit> {
    let offs = even(off, count);
    let bases: Vec<i128> = offs.iter().map(|o| price - o).collect();
    let paid: i128 = bases.iter().sum();
    let taxes = taxes_of(paid, rates, inclusive);
    let mut at = 0;
    let mut out = Vec::new();
    for base in bases {
        let own: Vec<Tax> = taxes
            .iter()
            .map(|(rate, tax)| (*rate, between(*tax, at, at + base, paid)))
            .collect();
        at += base;
        let on_top: i128 = if inclusive {
            0
        } else {
            own.iter().map(|t| t.1).sum()
        };
        out.push(Unit {
            gross: base + on_top,
            taxes: own,
            charges: Vec::new(),
        });
    }
    out
}

/// Adds taxes by rate.
pub(super) fn add(sum: &mut Vec<Tax>, more: &[Tax]) {
    for (rate, tax) in more {
        match sum.iter_mut().find(|t| t.0 == *rate) {
            Some(t) => t.1 += tax,
            None => sum.push((*rate, *tax)),
        }
    }
}

/// An order by chance.
pub(super) fn roll(dice: &mut Dice) -> Order {
    let (currency, decimals) = dice.of(&[("EUR", 2), ("JPY", 0), ("KWD", 3), ("USD", 2)]);
    let inclusive = dice.one_in(2);
    let top = dice.of(&[30, 1_000, 20_000, 3_000_000]);
    let kinds: [&[i128]; 7] = [&[1900], &[700], &[], &[0], &[500, 997], &[2500], &[825]];
    let mut rates = || dice.of(&kinds).to_vec();
    let sets: Vec<Vec<i128>> = (0..8).map(|_| rates()).collect();
    let mut lines: Vec<Line> = Vec::new();
    for set in sets.iter().take(usize::try_from(dice.from(1, 4)).unwrap()) {
        let price = if dice.one_in(12) {
            0
        } else {
            dice.from(1, top)
        };
        let count = usize::try_from(dice.from(1, 5)).unwrap();
        let list = price * i128::try_from(count).unwrap();
        let discount = if dice.one_in(3) {
            dice.from(0, list)
        } else {
            0
        };
        let mut charges = Vec::new();
        if dice.one_in(4) {
            let kind = dice.of(&["deposit", "duty", "eco_fee", "service"]);
            charges.push((kind, dice.from(0, 300), sets[7].clone()));
        }
        let blank = Unit {
            gross: 0,
            taxes: Vec::new(),
            charges: Vec::new(),
        };
        lines.push(Line {
            price,
            discount,
            rates: set.clone(),
            charges,
            off: discount,
            units: vec![blank; count],
        });
    }
    let promotions = promotions(dice, &mut lines, top, &sets[6]);
    let left: Vec<i128> = lines.iter().map(|l| l.list() - l.off).collect();
    let sum: i128 = left.iter().sum();
    let discount = if dice.one_in(2) { dice.from(0, sum) } else { 0 };
    for (line, share) in lines.iter_mut().zip(shares(discount, &left)) {
        line.off += share;
    }
    for line in &mut lines {
        let count = line.units.len();
        line.units = units(line.price, count, line.off, &line.rates, inclusive);
        for (_, price, rates) in line.charges.iter().filter(|c| c.0 != "service") {
            let own = units(*price, count, 0, rates, inclusive);
            for (unit, charge) in line.units.iter_mut().zip(own) {
                unit.charges.push(charge);
            }
        }
    }
    let mut shipments = Vec::new();
    let (mut shipping, mut shipping_taxes) = (0, Vec::new());
    for _ in 0..dice.from(0, 2) {
        let price = dice.from(0, 1_500);
        let off = if dice.one_in(3) {
            dice.from(0, price)
        } else {
            0
        };
        let rates = dice.of(&kinds).to_vec();
        let own = units(price, 1, off, &rates, inclusive).remove(0);
        shipping += own.gross;
        add(&mut shipping_taxes, &own.taxes);
        shipments.push((price, off, rates));
    }
    let standard = dice.from(0, shipping);
    let tip = if dice.one_in(6) { dice.from(1, 900) } else { 0 };
    let services: i128 = lines.iter().map(|l| service(l, inclusive)).sum();
    let goods: i128 = lines
        .iter()
        .flat_map(|l| &l.units)
        .map(|u| u.gross + u.charge())
        .sum();
    let paid = goods + services + shipping + tip;
    let captured = if dice.one_in(8) {
        dice.from(0, paid)
    } else {
        paid
    };
    let mut tenders = Vec::new();
    let mut rest = paid;
    for _ in 0..dice.from(0, 2) {
        let part = dice.from(0, rest);
        rest -= part;
        tenders.push((dice.of(&["card", "gift_card", "store_credit"]), part));
    }
    tenders.push((dice.of(&["card", "bank", "gift_card"]), rest));
    let strategy = dice.of(&["own_first", "first", "last", "ratio"]);
    Order {
        currency,
        decimals,
        inclusive,
        discount,
        lines,
        shipments,
        shipping,
        shipping_taxes,
        standard,
        promotions,
        tenders,
        strategy,
        captured,
        tip,
    }
}

/// What was paid for services on a line.
fn service(line: &Line, inclusive: bool) -> i128 {
    let services = line.charges.iter().filter(|c| c.0 == "service");
    let of = |c: &(&str, i128, Vec<i128>)| -> i128 {
        let own = units(c.1, line.units.len(), 0, &c.2, inclusive);
        own.iter().map(|u| u.gross).sum()
    };
    services.map(of).sum()
}

fn promotions(dice: &mut Dice, lines: &mut [Line], top: i128, rates: &[i128]) -> Vec<Promotion> {
    if !dice.one_in(2) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for _ in 0..dice.from(1, 2) {
        let mut on: Vec<usize> = (0..lines.len()).filter(|_| dice.one_in(2)).collect();
        if on.is_empty() {
            on.push(0);
        }
        let left: Vec<i128> = on
            .iter()
            .map(|i| lines[*i].list() - lines[*i].off)
            .collect();
        let discount = dice.from(0, left.iter().sum());
        let shares = shares(discount, &left);
        for (i, share) in on.iter().zip(&shares) {
            lines[*i].off += share;
        }
        let count: i128 = on
            .iter()
            .map(|i| i128::try_from(lines[*i].units.len()).unwrap())
            .sum();
        let by_value = dice.one_in(2);
        out.push(Promotion {
            needs_value: by_value.then(|| dice.from(0, 4 * top)),
            needs_units: dice.from(0, count),
            lines: on,
            discount,
            shares,
            delivery: dice.one_in(3).then(|| (dice.from(0, 900), rates.to_vec())),
            claws_back: dice.one_in(2),
        });
    }
    out
}

impl Order {
    /// An amount as it is written.
    pub(super) fn amount(&self, minor: i128) -> String {
        let digits = format!("{:0>width$}", minor.abs(), width = self.decimals + 1);
        let (whole, frac) = digits.split_at(digits.len() - self.decimals);
        let sign = if minor < 0 { "-" } else { "" };
        if self.decimals == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{frac}")
        }
    }

    /// The order as a case file writes it.
    pub(super) fn write(&self, out: &mut String) {
        let rates = |rates: &[i128]| {
            let each: Vec<String> = rates
                .iter()
                .map(|r| format!("\"{}.{:02}\"", r / 100, r % 100))
                .collect();
            format!("[{}]", each.join(", "))
        };
        let a = |minor| self.amount(minor);
        writeln!(out, "[case.order]\ncurrency = \"{}\"", self.currency).unwrap();
        writeln!(out, "prices_include_tax = {}", self.inclusive).unwrap();
        writeln!(out, "discount = \"{}\"", a(self.discount)).unwrap();
        writeln!(out, "standard_shipping = \"{}\"", a(self.standard)).unwrap();
        writeln!(out, "captured = \"{}\"", a(self.captured)).unwrap();
        writeln!(out, "tender_strategy = \"{}\"", self.strategy).unwrap();
        if self.tip > 0 {
            writeln!(
                out,
                "charges = [{{ kind = \"tip\", price = \"{}\" }}]",
                a(self.tip)
            )
            .unwrap();
        }
        for l in &self.lines {
            writeln!(out, "[[case.order.lines]]\nprice = \"{}\"", a(l.price)).unwrap();
            writeln!(
                out,
                "quantity = {}\ntaxes = {}",
                l.units.len(),
                rates(&l.rates)
            )
            .unwrap();
            writeln!(out, "discount = \"{}\"", a(l.discount)).unwrap();
            for (kind, price, own) in &l.charges {
                let (price, own) = (a(*price), rates(own));
                writeln!(
                    out,
                    "charges = [{{ kind = \"{kind}\", price = \"{price}\", taxes = {own} }}]"
                )
                .unwrap();
            }
        }
        for (price, off, own) in &self.shipments {
            writeln!(out, "[[case.order.shipping]]\nprice = \"{}\"", a(*price)).unwrap();
            writeln!(out, "discount = \"{}\"\ntaxes = {}", a(*off), rates(own)).unwrap();
        }
        for (i, p) in self.promotions.iter().enumerate() {
            writeln!(
                out,
                "[[case.order.promotions]]\nid = \"P{i}\"\nlines = {:?}",
                p.lines
            )
            .unwrap();
            match p.needs_value {
                Some(value) => writeln!(out, "needs_value = \"{}\"", a(value)).unwrap(),
                None => writeln!(out, "needs_units = {}", p.needs_units).unwrap(),
            }
            writeln!(out, "discount = \"{}\"", a(p.discount)).unwrap();
            if let Some((price, own)) = &p.delivery {
                let (price, own) = (a(*price), rates(own));
                writeln!(out, "delivery = {{ price = \"{price}\", taxes = {own} }}").unwrap();
            }
            let loss = if p.claws_back { "claw_back" } else { "keep" };
            writeln!(out, "on_loss = \"{loss}\"").unwrap();
        }
        for (kind, minor) in &self.tenders {
            let minor = a(*minor);
            writeln!(
                out,
                "[[case.order.tenders]]\nkind = \"{kind}\"\namount = \"{minor}\""
            )
            .unwrap();
        }
        let all = |f: &dyn Fn(&Unit) -> i128| {
            let lines: Vec<String> = self
                .lines
                .iter()
                .map(|l| {
                    let units: Vec<String> =
                        l.units.iter().map(|u| format!("\"{}\"", a(f(u)))).collect();
                    format!("[{}]", units.join(", "))
                })
                .collect();
            format!("[{}]", lines.join(", "))
        };
        writeln!(out, "[case.order.expect]\nunits = {}", all(&|u| u.gross)).unwrap();
        let tax = |u: &Unit| u.taxes.iter().map(|t| t.1).sum();
        writeln!(out, "unit_taxes = {}", all(&tax)).unwrap();
        writeln!(out, "shipping = \"{}\"", a(self.shipping)).unwrap();
    }
}
