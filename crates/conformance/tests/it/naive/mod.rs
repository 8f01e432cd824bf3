//! A second calculator, written straight from the rules in `docs/money.md` with a row per unit
//! and no code shared with the product, rolls orders and refunds; the product plays them as case
//! files and must come to the same figures. `REDRESS_ORDERS` says how many (a million before a
//! release, built with optimisation); `REDRESS_SEED` starts elsewhere.

mod arithmetic;
mod order;
mod quote;

use arithmetic::Dice;
use order::{Order, Unit, roll};
use quote::{Ask, Fee, Figures, State, quote, step_of_net, tax_between, tenders};
use std::fmt::Write as _;

#[expect(
    clippy::disallowed_methods,
    reason = "how many orders is said where the tests are run"
)]
fn number(name: &str, default: u64) -> u64 {
    let set = std::env::var(name).ok();
    set.map_or(default, |v| {
        v.parse()
            .unwrap_or_else(|_| panic!("{name} is not a number: {v}"))
    })
}

#[test]
fn a_naive_second_calculator_agrees_on_random_orders() {
    let (first, count) = (number("REDRESS_SEED", 1), number("REDRESS_ORDERS", 2_500));
    let mut steps = 0;
    for seed in first..first + count {
        let (text, played) = case(seed);
        steps += played;
        let report =
            conformance::evaluate(&text).unwrap_or_else(|e| panic!("seed {seed}: {e}\n{text}"));
        let wrong: Vec<String> = report.mismatches.iter().map(ToString::to_string).collect();
        assert!(
            wrong.is_empty(),
            "seed {seed}:\n{}\n{text}",
            wrong.join("\n")
        );
    }
    println!("{count} orders, {steps} steps agreed");
    assert!(steps >= count);
}

/// A case file by chance, with the figures of the second calculator, and its number of steps.
fn case(seed: u64) -> (String, u64) {
    let mut dice = Dice(seed);
    let order = roll(&mut dice);
    let mut out = format!(
        "[[case]]\nid = \"{seed}\"\ntitle = \"by chance\"\nsource = \"the second calculator\"\n"
    );
    order.write(&mut out);
    let mut state = State {
        held: order
            .lines
            .iter()
            .map(|l| vec![false; l.units.len()])
            .collect(),
        gone: vec![0; order.lines.len()],
        granted: 0,
        shipping: 0,
        clawed: 0,
        chargebacks: 0,
        to_tender: vec![0; order.tenders.len()],
    };
    let mut steps = 0;
    for _ in 0..dice.from(1, 5) {
        steps += match dice.from(1, 10) {
            1 => chargeback(&mut dice, &order, &mut state, &mut out),
            2 | 3 => parts(&mut dice, &order, &mut state, steps, &mut out),
            _ => request(&mut dice, &order, &mut state, &mut out),
        };
    }
    (out, steps)
}

fn chargeback(dice: &mut Dice, order: &Order, state: &mut State, out: &mut String) -> u64 {
    let minor = dice.from(0, order.captured - state.chargebacks);
    state.chargebacks += minor;
    let (minor, left) = (order.amount(minor), order.amount(state.refundable(order)));
    write!(out, "[[case.steps]]\ndo = \"chargeback_lost\"\namount = \"{minor}\"\nexpect = {{ refundable = \"{left}\" }}\n").unwrap();
    1
}

/// Some units in one request.
fn request(dice: &mut Dice, order: &Order, state: &mut State, out: &mut String) -> u64 {
    let mut asks = Vec::new();
    for line in 0..order.lines.len() {
        let free = state.held[line].iter().filter(|h| !**h).count();
        if free == 0 || dice.one_in(3) {
            continue;
        }
        let units = usize::try_from(dice.from(1, i128::try_from(free).unwrap())).unwrap();
        let ask = ask(dice, order, line, units);
        let which = state.take(line, units);
        asks.push((ask, which));
    }
    if asks.is_empty() {
        return 0;
    }
    let label_cost = if dice.one_in(2) { dice.from(0, 900) } else { 0 };
    let f = quote(order, state, &asks, label_cost);
    for (ask, which) in &asks {
        state.gone[ask.line] += which.len();
    }
    state.granted += f.total();
    state.clawed -= f.promotion;
    state.shipping += f.delivery;
    for (sum, share) in state.to_tender.iter_mut().zip(&f.tenders) {
        *sum += share;
    }
    let a = |minor| order.amount(minor);
    writeln!(
        out,
        "[[case.steps]]\ndo = \"refund\"\nlabel_cost = \"{}\"",
        a(label_cost)
    )
    .unwrap();
    write!(out, "expect = {{ {}", expected(order, &f)).unwrap();
    writeln!(out, ", refundable = \"{}\" }}", a(state.refundable(order))).unwrap();
    for (ask, _) in &asks {
        write_ask(order, ask, out);
    }
    1
}

fn ask(dice: &mut Dice, order: &Order, line: usize, units: usize) -> Ask {
    let mut fees = Vec::new();
    for _ in 0..dice.of(&[0, 0, 1, 2]) {
        let by_rate = dice.one_in(2);
        fees.push(Fee {
            rate: by_rate.then(|| dice.from(0, 5_000)),
            amount: dice.from(0, 2_000),
            // With two rates the exact point may not exist; the rule names one rate.
            excluded: dice.one_in(3) && order.lines[line].rates.len() < 2,
            cap: dice.one_in(3).then(|| dice.from(0, 900)),
            waived: dice.one_in(8),
            label: dice.one_in(6),
        });
    }
    let deduction = dice.one_in(4).then(|| {
        let limit = dice.one_in(3).then(|| dice.from(0, 900));
        (
            dice.from(0, 10_000),
            !dice.one_in(4),
            !dice.one_in(4),
            limit,
        )
    });
    Ask {
        line,
        units,
        credit: dice.one_in(5),
        fault: dice.of(&["none", "consumer", "consumer", "merchant", "carrier"]),
        right: dice.of(&[
            None,
            None,
            None,
            Some("no_delivery"),
            Some("standard_delivery"),
            Some("whole_delivery"),
        ]),
        fees,
        deduction,
        customer_pays_label: dice.one_in(2),
        shipping_rule: dice.of(&["none", "pro_rata", "full", "full_on_full_order"]),
        keep: dice.one_in(6),
        bonus: dice.of(&[0, 500, 1_000]),
    }
}

fn percent(rate: i128) -> String {
    format!("\"{}.{:02}\"", rate / 100, rate % 100)
}

/// A rate as a quote names it.
fn short(rate: i128) -> String {
    match (rate / 100, rate % 100) {
        (whole, 0) => format!("{whole}"),
        (whole, rest) if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        (whole, rest) => format!("{whole}.{rest:02}"),
    }
}

fn write_ask(order: &Order, ask: &Ask, out: &mut String) {
    let a = |minor| order.amount(minor);
    writeln!(
        out,
        "[[case.steps.lines]]\nline = {}\nunits = {}",
        ask.line, ask.units
    )
    .unwrap();
    writeln!(
        out,
        "fault = \"{}\"\nshipping_rule = \"{}\"",
        ask.fault, ask.shipping_rule
    )
    .unwrap();
    writeln!(out, "keep = {}\nbonus = {}", ask.keep, percent(ask.bonus)).unwrap();
    let (payer, outcome) = (
        if ask.customer_pays_label {
            "customer"
        } else {
            "merchant"
        },
        if ask.credit { "store_credit" } else { "refund" },
    );
    writeln!(out, "label_paid_by = \"{payer}\"\noutcome = \"{outcome}\"").unwrap();
    if let Some(right) = ask.right {
        writeln!(out, "right = \"{right}\"").unwrap();
    }
    if let Some((rate, allowed, evidenced, limit)) = ask.deduction {
        let limit = limit.map_or(String::new(), |l| format!(", limit = \"{}\"", a(l)));
        let rate = percent(rate);
        writeln!(
            out,
            "deduction = {{ rate = {rate}, allowed = {allowed}, evidenced = {evidenced}{limit} }}"
        )
        .unwrap();
    }
    for fee in &ask.fees {
        writeln!(out, "[[case.steps.lines.fees]]").unwrap();
        match fee.rate {
            Some(rate) => writeln!(out, "rate = {}", percent(rate)).unwrap(),
            None => writeln!(out, "amount = \"{}\"", a(fee.amount)).unwrap(),
        }
        let tax = if fee.excluded { "excluded" } else { "included" };
        writeln!(
            out,
            "tax = \"{tax}\"\nwaived = {}\nlabel = {}",
            fee.waived, fee.label
        )
        .unwrap();
        if let Some(cap) = fee.cap {
            writeln!(out, "cap = \"{}\"", a(cap)).unwrap();
        }
    }
}

/// The figures as a case file expects them.
fn expected(order: &Order, f: &Figures) -> String {
    let a = |minor| format!("\"{}\"", order.amount(minor));
    let tax: i128 = f.taxes.iter().map(|t| t.1).sum();
    let rates: Vec<String> = f
        .taxes
        .iter()
        .map(|t| format!("\"{}\" = {}", short(t.0), a(t.1)))
        .collect();
    let tenders: Vec<String> = f.tenders.iter().map(|t| a(*t)).collect();
    format!(
        "total = {}, tax = {}, goods = {}, charges = {}, fees = {}, label = {}, deduction = {}, shipping = {}, promotion = {}, ceiling = {}, bonus = {}, tenders = [{}], taxes = {{ {} }}",
        a(f.total()),
        a(tax),
        a(f.goods),
        a(f.charges),
        a(f.fees),
        a(f.label),
        a(f.deduction),
        a(f.shipping),
        a(f.promotion),
        a(f.ceiling),
        a(f.bonus),
        tenders.join(", "),
        rates.join(", ")
    )
}

/// One return given back in parts, the last being the rest.
fn parts(dice: &mut Dice, order: &Order, state: &mut State, at: u64, out: &mut String) -> u64 {
    let line =
        usize::try_from(dice.from(0, i128::try_from(order.lines.len()).unwrap() - 1)).unwrap();
    let free = state.held[line].iter().filter(|h| !**h).count();
    let promotions = order.promotions.iter().any(|p| p.claws_back) || state.clawed != 0;
    if free == 0 || promotions {
        return 0;
    }
    let count = usize::try_from(dice.from(1, i128::try_from(free).unwrap())).unwrap();
    let which = state.take(line, count);
    let with_charges: Vec<Unit> = which
        .iter()
        .map(|u| {
            let unit = &order.lines[line].units[*u];
            let mut whole = unit.clone();
            for c in &unit.charges {
                whole.gross += c.gross;
                order::add(&mut whole.taxes, &c.taxes);
            }
            whole
        })
        .collect();
    let worth: i128 = with_charges.iter().map(|u| u.gross).sum();
    let rates = with_charges[0].taxes.len();
    let (mut done, mut steps) = (0, 0);
    let pieces = dice.from(1, 4);
    for piece in 1..=pieces {
        let rest = piece == pieces;
        let left = (worth - done).min(state.refundable(order).max(0));
        let wanted = if rest {
            worth - done
        } else {
            dice.from(0, worth - done)
        };
        let excluded = !rest && rates < 2 && dice.one_in(2);
        let step = if excluded {
            step_of_net(&with_charges, done, wanted)
        } else {
            Some(wanted)
        };
        // More than is left of the order is refused or cut; that is another test.
        let Some(step) = step.filter(|s| *s <= left && (rest || *s > 0)) else {
            break;
        };
        let taxes = tax_between(&with_charges, done, done + step);
        let to = tenders(order, state, step);
        let f = Figures {
            goods: step,
            taxes,
            tenders: to,
            ..Figures::default()
        };
        done += step;
        state.granted += step;
        for (sum, share) in state.to_tender.iter_mut().zip(&f.tenders) {
            *sum += share;
        }
        if rest {
            state.gone[line] += count;
        }
        let (e, left) = (expected(order, &f), order.amount(state.refundable(order)));
        writeln!(out, "[[case.steps]]\ndo = \"refund\"\ncase = \"parts {at}\"\nexpect = {{ {e}, refundable = \"{left}\" }}").unwrap();
        writeln!(out, "[[case.steps.lines]]\nline = {line}\nunits = {count}").unwrap();
        if rest {
            writeln!(out, "rest = true").unwrap();
        } else {
            let tax = if excluded { "excluded" } else { "included" };
            writeln!(
                out,
                "amount = \"{}\"\namount_tax = \"{tax}\"",
                order.amount(wanted)
            )
            .unwrap();
        }
        steps += 1;
    }
    if steps == 0 {
        // Nothing was written, so nobody holds them.
        for u in &which {
            state.held[line][*u] = false;
        }
    }
    steps
}
