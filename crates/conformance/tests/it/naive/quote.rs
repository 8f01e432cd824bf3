//! The naive refund: what a request comes to, from the units themselves.

use super::arithmetic::{between, nearest, shares};
use super::order::{Order, Promotion, Tax, Unit, add, taxes_of};

/// A fee: rate or amount, whether tax comes on top, cap, waived, stands for the label.
#[derive(Debug, Clone)]
pub(super) struct Fee {
    pub rate: Option<i128>,
    pub amount: i128,
    pub excluded: bool,
    pub cap: Option<i128>,
    pub waived: bool,
    pub label: bool,
}

/// What is asked for one line.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub line: usize,
    pub units: usize,
    pub credit: bool,
    pub fault: &'static str,
    pub right: Option<&'static str>,
    pub fees: Vec<Fee>,
    /// Rate, allowed, evidenced, limit.
    pub deduction: Option<(i128, bool, bool, Option<i128>)>,
    pub customer_pays_label: bool,
    pub shipping_rule: &'static str,
    pub keep: bool,
    pub bonus: i128,
}

impl Ask {
    pub(super) fn sellers(&self) -> bool {
        self.fault == "merchant" || self.fault == "carrier"
    }

    fn free(&self) -> bool {
        self.sellers() || self.right.is_some()
    }
}

/// What happened so far.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// Per line, which units some return holds.
    pub held: Vec<Vec<bool>>,
    /// Per line, units whose value was given back as a whole.
    pub gone: Vec<usize>,
    pub granted: i128,
    pub shipping: i128,
    pub clawed: i128,
    pub chargebacks: i128,
    pub to_tender: Vec<i128>,
}

impl State {
    pub(super) fn refundable(&self, order: &Order) -> i128 {
        order.captured - self.granted - self.chargebacks
    }

    /// The lowest units of a line nobody holds.
    pub(super) fn take(&mut self, line: usize, count: usize) -> Vec<usize> {
        let free = (0..self.held[line].len()).filter(|u| !self.held[line][*u]);
        let units: Vec<usize> = free.take(count).collect();
        for u in &units {
            self.held[line][*u] = true;
        }
        units
    }
}

/// The figures of a request.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures {
    pub goods: i128,
    pub charges: i128,
    pub fees: i128,
    pub label: i128,
    pub deduction: i128,
    pub shipping: i128,
    pub promotion: i128,
    pub ceiling: i128,
    pub bonus: i128,
    /// Delivery after the ceiling.
    pub delivery: i128,
    pub taxes: Vec<Tax>,
    pub tenders: Vec<i128>,
}

impl Figures {
    pub(super) fn total(&self) -> i128 {
        self.goods
            + self.charges
            + self.fees
            + self.label
            + self.deduction
            + self.shipping
            + self.promotion
            + self.ceiling
    }
}

/// R4, R6: the tax before a point of some units laid end to end.
pub(super) fn tax_before(units: &[Unit], point: i128) -> Vec<Tax> {
    let (mut sum, mut left) = (Vec::new(), point);
    for u in units {
        let inside = left.clamp(0, u.gross);
        let own: Vec<Tax> = u
            .taxes
            .iter()
            .map(|(r, t)| {
                (
                    *r,
                    if inside == u.gross {
                        *t
                    } else {
                        nearest(t * inside, u.gross)
                    },
                )
            })
            .collect();
        add(&mut sum, &own);
        left -= u.gross;
        if left < 0 {
            break;
        }
    }
    // Rates of units the point never reached.
    for u in units {
        let none: Vec<Tax> = u.taxes.iter().map(|t| (t.0, 0)).collect();
        add(&mut sum, &none);
    }
    sum
}

fn all(taxes: &[Tax]) -> i128 {
    taxes.iter().map(|t| t.1).sum()
}

/// The tax between two points.
pub(super) fn tax_between(units: &[Unit], from: i128, to: i128) -> Vec<Tax> {
    let mut sum = tax_before(units, to);
    let back: Vec<Tax> = tax_before(units, from)
        .iter()
        .map(|t| (t.0, -t.1))
        .collect();
    add(&mut sum, &back);
    sum
}

/// R6: the step from a point whose part without tax is exactly this, nearest to the proportion.
pub(super) fn step_of_net(units: &[Unit], from: i128, net: i128) -> Option<i128> {
    let gross: i128 = units.iter().map(|u| u.gross).sum();
    let net_at = |x: i128| x - all(&tax_before(units, x));
    let (whole, start) = (net_at(gross), net_at(from));
    let target = start + net;
    if target < 0 || target > whole {
        return None;
    }
    if target == whole {
        return Some(gross - from);
    }
    let near = from + between(gross, start, target, whole);
    let mut best: Option<i128> = None;
    for x in (near - 6).max(0)..=(near + 6).min(gross) {
        let closer = best.is_none_or(|b: i128| (x - near).abs() < (b - near).abs());
        if net_at(x) == target && closer {
            best = Some(x);
        }
    }
    best.map(|x| x - from)
}

/// One line of a request on its way: its units, and the stretch that is given back.
struct Part<'a> {
    ask: &'a Ask,
    units: Vec<Unit>,
    top: i128,
    base: i128,
    sum: i128,
}

/// A whole request: goods with terms, delivery, promotions, ceiling, bonus, tenders.
pub(super) fn quote(
    order: &Order,
    state: &State,
    asks: &[(Ask, Vec<usize>)],
    label_cost: i128,
) -> Figures {
    let mut f = Figures::default();
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (ask, which) in asks {
        let units: Vec<Unit> = which
            .iter()
            .map(|u| order.lines[ask.line].units[*u].clone())
            .collect();
        let base: i128 = units.iter().map(|u| u.gross).sum();
        f.goods += base;
        add(&mut f.taxes, &tax_before(&units, base));
        let mut sum = base;
        for charge in units.iter().flat_map(|u| &u.charges) {
            f.charges += charge.gross;
            sum += charge.gross;
            add(&mut f.taxes, &charge.taxes);
        }
        let mut part = Part {
            ask,
            units,
            top: base,
            base,
            sum,
        };
        fees(&mut part, &mut f);
        parts.push(part);
    }
    label(&mut parts, label_cost, &mut f);
    shipping(order, state, &parts, &mut f);
    promotion(order, state, asks, &mut f);
    let delivery = ceiling(order, state, &mut parts, &mut f);
    f.delivery = delivery;
    for p in parts.iter().filter(|p| p.ask.credit) {
        f.bonus += nearest(p.sum * p.ask.bonus, 10_000).max(0);
    }
    let credit: i128 = parts.iter().filter(|p| p.ask.credit).map(|p| p.sum).sum();
    let money: i128 = parts
        .iter()
        .filter(|p| !p.ask.credit)
        .map(|p| p.sum)
        .sum::<i128>()
        + delivery;
    let out = if money == 0 && credit > 0 {
        0
    } else {
        (money + f.promotion).max(0)
    };
    f.tenders = tenders(order, state, out);
    f
}

/// Takes from the upper end of a part.
fn take(part: &mut Part<'_>, minor: i128, taxes: &mut Vec<Tax>) {
    let to = (part.top - minor).max(0);
    add(taxes, &tax_between(&part.units, part.top, to));
    part.top = to;
    part.sum -= minor;
}

fn fees(part: &mut Part<'_>, f: &mut Figures) {
    let ask = part.ask;
    let base_tax = all(&tax_before(&part.units, part.base));
    for fee in &ask.fees {
        let raw = match fee.rate {
            None => fee.amount,
            Some(rate) if fee.excluded => nearest((part.base - base_tax) * rate, 10_000),
            Some(rate) => nearest(part.base * rate, 10_000),
        };
        let gross = if fee.excluded {
            step_of_net(&part.units, part.top, -raw).map_or(part.top, |s| -s)
        } else {
            raw
        };
        let minor = gross.min(fee.cap.unwrap_or(i128::MAX)).clamp(0, part.top);
        if fee.waived || ask.free() {
            continue;
        }
        *(if fee.label { &mut f.label } else { &mut f.fees }) -= minor;
        take(part, minor, &mut f.taxes);
    }
    if let Some((rate, allowed, evidenced, limit)) = ask.deduction {
        let raw = nearest(part.base * rate, 10_000).min(limit.unwrap_or(i128::MAX));
        if allowed && evidenced && !ask.sellers() {
            let minor = raw.clamp(0, part.top);
            f.deduction -= minor;
            take(part, minor, &mut f.taxes);
        }
    }
}

fn label(parts: &mut [Part<'_>], cost: i128, f: &mut Figures) {
    let travels = |p: &Part<'_>| !p.ask.keep;
    if parts
        .iter()
        .any(|p| travels(p) && (!p.ask.customer_pays_label || p.ask.sellers()))
    {
        return;
    }
    let bears = |p: &Part<'_>| travels(p) && (p.ask.free() || !p.ask.fees.iter().any(|f| f.label));
    let on: Vec<usize> = (0..parts.len()).filter(|i| bears(&parts[*i])).collect();
    let weights: Vec<i128> = on.iter().map(|i| parts[*i].sum).collect();
    let cost = cost.min(weights.iter().sum());
    if on.is_empty() || cost <= 0 {
        return;
    }
    for (i, share) in on.iter().zip(shares(cost, &weights)) {
        f.label -= share;
        take(&mut parts[*i], share, &mut f.taxes);
    }
}

/// Units given back of a line, with this request and before.
fn gone(state: &State, asks: &[(Ask, Vec<usize>)], line: usize) -> usize {
    let now: usize = asks
        .iter()
        .filter(|a| a.0.line == line)
        .map(|a| a.1.len())
        .sum();
    state.gone[line] + now
}

fn shipping(order: &Order, state: &State, parts: &[Part<'_>], f: &mut Figures) {
    let left = order.shipping - state.shipping;
    if left <= 0 {
        return;
    }
    let count = |line: usize| {
        parts
            .iter()
            .filter(|p| p.ask.line == line)
            .map(|p| p.units.len())
            .sum::<usize>()
    };
    let whole =
        (0..order.lines.len()).all(|i| state.gone[i] + count(i) >= order.lines[i].units.len());
    let goods: i128 = order.lines.iter().map(super::order::Line::gross).sum();
    let (mut best, mut in_proportion) = (0, 0);
    for p in parts {
        let by_rule = match p.ask.shipping_rule {
            "full" => left,
            "full_on_full_order" if whole => left,
            "pro_rata" => {
                in_proportion += between(order.shipping, 0, p.base, goods);
                if whole { left } else { in_proportion.min(left) }
            }
            _ => 0,
        };
        let by_right = match p.ask.right {
            Some("standard_delivery") if whole => (order.standard - state.shipping).clamp(0, left),
            Some("whole_delivery") if whole => left,
            _ => 0,
        };
        best = best.max(by_rule).max(by_right);
    }
    f.shipping = best;
    add(
        &mut f.taxes,
        &shipping_tax(order, state.shipping, state.shipping + best),
    );
}

fn shipping_tax(order: &Order, from: i128, to: i128) -> Vec<Tax> {
    let tax = |t: &Tax| (t.0, between(t.1, from, to, order.shipping));
    order.shipping_taxes.iter().map(tax).collect()
}

/// The part of a total on the units that stay.
fn stays(total: i128, gone: usize, units: usize) -> i128 {
    let (gone, units) = (
        i128::try_from(gone.min(units)).unwrap(),
        i128::try_from(units).unwrap(),
    );
    total - nearest(total * gone, units)
}

fn holds(order: &Order, p: &Promotion, gone: &dyn Fn(usize) -> usize) -> bool {
    let stay = |i: usize| order.lines[i].units.len().saturating_sub(gone(i));
    match p.needs_value {
        None => {
            p.lines
                .iter()
                .map(|i| i128::try_from(stay(*i)).unwrap())
                .sum::<i128>()
                >= p.needs_units
        }
        Some(needed) => {
            let value = |(i, share): (&usize, &i128)| {
                let line = &order.lines[*i];
                stays(line.list() - line.off + share, gone(*i), line.units.len())
            };
            p.lines.iter().zip(&p.shares).map(value).sum::<i128>() >= needed
        }
    }
}

/// R11: what promotions take back when this many units are gone.
fn due(order: &Order, gone: &dyn Fn(usize) -> usize) -> (i128, Vec<Tax>) {
    let mut sum = (0, Vec::new());
    if (0..order.lines.len()).all(|i| gone(i) >= order.lines[i].units.len()) {
        return sum;
    }
    for p in order
        .promotions
        .iter()
        .filter(|p| p.claws_back && !holds(order, p, gone))
    {
        for (i, share) in p.lines.iter().zip(&p.shares) {
            let line = &order.lines[*i];
            let lost = stays(*share, gone(*i), line.units.len());
            let taxes = spread_tax(lost, &line.rates, order.inclusive);
            sum.0 += lost + if order.inclusive { 0 } else { all(&taxes) };
            add(&mut sum.1, &taxes);
        }
        if let Some((price, rates)) = &p.delivery {
            let taxes = taxes_of(*price, rates, order.inclusive);
            sum.0 += price + if order.inclusive { 0 } else { all(&taxes) };
            add(&mut sum.1, &taxes);
        }
    }
    sum
}

/// Tax inside or on top of a discount; several rates inside by cumulative rounding.
fn spread_tax(lost: i128, rates: &[i128], inclusive: bool) -> Vec<Tax> {
    if !inclusive {
        return taxes_of(lost, rates, false);
    }
    let sum: i128 = rates.iter().sum();
    let inside = nearest(lost * sum, 10_000 + sum);
    let mut at = 0;
    let mut out = Vec::new();
    for r in rates {
        out.push((*r, between(inside, at, at + r, sum)));
        at += r;
    }
    out
}

fn promotion(order: &Order, state: &State, asks: &[(Ask, Vec<usize>)], f: &mut Figures) {
    let (after, taxes) = due(order, &|i| gone(state, asks, i));
    if after > state.clawed && asks.iter().any(|a| a.0.free()) {
        return;
    }
    let limit = state.refundable(order).max(0);
    f.promotion = (state.clawed - after).max(-f.total().max(0)).min(limit);
    if f.promotion == 0 || state.refundable(order) < 0 {
        f.promotion = 0;
        return;
    }
    let now_clawed = state.clawed - f.promotion;
    let (before, mut was) = due(order, &|i| state.gone[i]);
    for t in &mut was {
        t.1 = between(t.1, 0, state.clawed, before);
    }
    let is: Vec<Tax> = taxes
        .iter()
        .map(|t| (t.0, -between(t.1, 0, now_clawed, after)))
        .collect();
    add(&mut f.taxes, &was);
    add(&mut f.taxes, &is);
}

/// R5. Gives what is left of delivery.
fn ceiling(order: &Order, state: &State, parts: &mut [Part<'_>], f: &mut Figures) -> i128 {
    let limit = state.refundable(order).max(0);
    let mut delivery = f.shipping;
    if f.total() <= limit {
        return delivery;
    }
    let allowed = (limit - f.promotion).max(0);
    let mut weights: Vec<i128> = parts.iter().map(|p| p.sum).collect();
    weights.push(delivery);
    let kept = shares(allowed, &weights);
    for (p, kept) in parts.iter_mut().zip(&kept) {
        let cut = (p.sum - kept).max(0);
        f.ceiling -= cut;
        take(p, cut, &mut f.taxes);
    }
    let last = *kept.last().unwrap();
    let cut = (delivery - last).max(0);
    f.ceiling -= cut;
    delivery -= cut;
    let back = shipping_tax(order, state.shipping + last, state.shipping + last + cut);
    let back: Vec<Tax> = back.iter().map(|t| (t.0, -t.1)).collect();
    add(&mut f.taxes, &back);
    delivery
}

/// R14.
pub(super) fn tenders(order: &Order, state: &State, money: i128) -> Vec<i128> {
    let left: Vec<i128> = order
        .tenders
        .iter()
        .zip(&state.to_tender)
        .map(|(t, done)| (t.1 - done).max(0))
        .collect();
    if order.strategy == "ratio" {
        return shares(money, &left);
    }
    let mut turn: Vec<usize> = (0..left.len()).collect();
    if order.strategy == "last" {
        turn.reverse();
    }
    if order.strategy == "own_first" {
        let own =
            |i: &usize| order.tenders[*i].0 == "gift_card" || order.tenders[*i].0 == "store_credit";
        let (mut first, rest): (Vec<usize>, Vec<usize>) = turn.iter().partition(|i| own(i));
        first.extend(rest);
        turn = first;
    }
    let (mut out, mut rest) = (vec![0; left.len()], money);
    for i in &turn {
        out[*i] = left[*i].min(rest);
        rest -= out[*i];
    }
    out[*turn.last().unwrap()] += rest;
    out
}
