//! Worked examples of the domain notes (section 2.4) and the conservation of money.

use crate::support::{currency, id, input, order_in};
use kernel::{Bps, CaseId, ObligationId, cumulative_share, prorate};
use proptest::prelude::*;
use returns::account::{AccountChange, OrderAccount};
use returns::economics::{LineEconomics, PricingError, price_lines};
use returns::quote::{TenderStrategy, partial_amount};
use returns::{RefusalCode, Tender, TenderKind, split_tenders};

/// Unit price, quantity, order discount, tax rates, tax inside, units back, paid for them, which.
type PaidValue = (i64, u32, i64, &'static [i32], bool, u32, i64, &'static str);

fn one(unit: i64, quantity: u32, discount: i64, tax: &[i32], inclusive: bool) -> LineEconomics {
    price_lines(&[input(unit, quantity, tax)], discount, inclusive)
        .unwrap()
        .remove(0)
}

fn each(line: &LineEconomics) -> Vec<i64> {
    (0..line.quantity).map(|i| line.units_gross(i, 1)).collect()
}

#[test]
fn e1_discount_units_and_shipping_share() {
    let line = one(1000, 4, 399, &[1000], false);
    let discounts: Vec<i64> = (0..4).map(|i| line.units(i, 1).order_discount).collect();
    assert_eq!(discounts, [100, 100, 100, 99]);
    assert_eq!(each(&line), [990, 990, 990, 991]);
    let shipping = price_lines(&[input(1000, 1, &[1500])], 500, false)
        .unwrap()
        .remove(0);
    assert_eq!(
        (shipping.net, shipping.tax(), shipping.gross),
        (500, 75, 575)
    );
    assert_eq!(line.gross + shipping.gross, 4536);
}

#[test]
fn e2_two_shipments_of_two_rates() {
    let goods = one(1000, 2, 400, &[1000], false);
    assert_eq!((goods.net, goods.tax()), (1600, 160));
    let a = price_lines(&[input(2000, 1, &[0])], 1000, false)
        .unwrap()
        .remove(0);
    let b = price_lines(&[input(1000, 1, &[2300])], 500, false)
        .unwrap()
        .remove(0);
    let both = LineEconomics::merged(&[a, b]);
    assert_eq!((both.gross, both.tax()), (1615, 115));
    assert_eq!(
        (goods.gross + both.gross, goods.tax() + both.tax()),
        (3375, 275)
    );
}

#[test]
fn e3_and_e4_parts_of_a_unit_take_their_tax() {
    let unit = one(1000, 1, 0, &[2300], false);
    assert_eq!(unit.gross, 1230);
    assert_eq!(
        (unit.tax_share(0, 500), unit.tax_share(500, 730)),
        (93, 137)
    );
    let order = order_in("DE", "EUR", &[input(1000, 1, &[2300])], 0, false, &[]);
    let mut account = OrderAccount::open(&order);
    let case = CaseId(id(9));
    let run = account.free_runs(&order, 0, 1).unwrap()[0];
    account
        .post(&order, case, AccountChange::Claimed { line: 0, run })
        .unwrap();
    let grant = |units, minor| AccountChange::Granted {
        line: 0,
        units,
        minor,
    };
    account.post(&order, case, grant(1, 500)).unwrap();
    let code = |r: returns::Refusal| r.code;
    assert_eq!(
        account.post(&order, case, grant(0, 1000)).map_err(code),
        Err(RefusalCode::OverCeiling)
    );
    assert_eq!(
        account.post(&order, case, grant(0, -800)).map_err(code),
        Err(RefusalCode::WrongAmount)
    );
    account.post(&order, case, grant(0, 730)).unwrap();
    assert_eq!(account.refundable_minor(), 0);
}

#[test]
fn e5_nothing_paid_gives_nothing() {
    let order = order_in("DE", "EUR", &[input(1000, 1, &[1900])], 1000, true, &[]);
    assert_eq!(OrderAccount::open(&order).shipping_ceiling(&order), 0);
    assert_eq!(order.lines[0].economics.gross, 0);
}

#[test]
fn table_of_paid_values() {
    // (unit, quantity, discount, tax, inclusive, units back, paid for them, which example)
    let rows: &[PaidValue] = &[
        (10_000, 2, 2_000, &[1000], false, 1, 9_900, "E10"),
        (5_000, 2, 2_000, &[1000], false, 1, 4_400, "E11"),
        (8_999, 3, 0, &[], true, 2, 17_998, "E12"),
        (13_800, 1, 2_760, &[], true, 1, 11_040, "E16"),
        (10_000, 3, 3_000, &[], true, 2, 18_000, "E18"),
        (5_000, 6, 3_000, &[], true, 5, 22_500, "E19 keep"),
        (3_000, 3, 3_000, &[], true, 2, 4_000, "BOGO 2+1"),
    ];
    for (unit, quantity, discount, tax, inclusive, back, paid, name) in rows {
        let line = one(*unit, *quantity, *discount, tax, *inclusive);
        assert_eq!(line.units_gross(0, *back), *paid, "{name}");
    }
}

#[test]
fn e9_basket_discount() {
    let lines = price_lines(&[input(600, 1, &[]), input(400, 1, &[])], 100, true).unwrap();
    assert_eq!(
        lines.iter().map(|l| l.gross).collect::<Vec<_>>(),
        [540, 360]
    );
}

#[test]
fn e13_a_capped_refund_is_spread() {
    assert_eq!(prorate(103, &[100, 100]), [52, 51]);
}

#[test]
fn e15_equal_units_carry_equal_tax() {
    let line = one(10_000, 3, 0, &[1900], false);
    let taxes: Vec<i64> = (0..3).map(|i| line.units(i, 1).tax()).collect();
    assert_eq!((line.tax(), taxes), (5700, vec![1900; 3]));
}

#[test]
fn e20_including_or_plus_tax() {
    assert_eq!(partial_amount(2000, Bps(700), true), (1869, 131));
    assert_eq!(partial_amount(2000, Bps(700), false), (2000, 140));
}

#[test]
fn e21_tenders() {
    let mut order = order_in("DE", "EUR", &[input(10_000, 1, &[])], 0, true, &[]);
    let tender = |kind, minor| Tender {
        kind,
        reference: "r".into(),
        minor,
    };
    order.tenders = smallvec::smallvec![
        tender(TenderKind::Card, 6000),
        tender(TenderKind::GiftCard, 4000)
    ];
    let account = OrderAccount::open(&order);
    let split = |strategy| {
        let shares = split_tenders(&order.tenders, &account, strategy, 5001);
        let of = |t: u16| shares.iter().find(|s| s.tender == t).map_or(0, |s| s.minor);
        (of(0), of(1))
    };
    assert_eq!(split(TenderStrategy::First), (5001, 0));
    assert_eq!(split(TenderStrategy::Last), (1001, 4000));
    assert_eq!(split(TenderStrategy::Ratio), (3001, 2000));
    assert_eq!(split(TenderStrategy::OwnFirst), (1001, 4000));
}

#[test]
fn e22_units() {
    let line = &crate::support::e22("DE").lines[0].economics;
    let unit = line.units(0, 1);
    assert_eq!((unit.gross, unit.net, unit.tax()), (3600, 3025, 575));
}

#[test]
fn prices_that_make_no_sense_are_refused() {
    let bad = |l: returns::LineInput| price_lines(&[l], 0, true).unwrap_err();
    assert!(matches!(
        bad(input(1, 0, &[])),
        PricingError::Quantity { .. }
    ));
    assert!(matches!(bad(input(-1, 1, &[])), PricingError::Price { .. }));
    assert!(matches!(
        bad(input(i64::MAX, 2, &[])),
        PricingError::Price { .. }
    ));
    assert!(matches!(
        bad(input(1, 1, &[10_001])),
        PricingError::TaxRate { .. }
    ));
    assert_eq!(
        price_lines(&[input(5, 1, &[])], 6, true),
        Err(PricingError::OrderDiscount)
    );
}

#[test]
fn a_paid_order_gives_no_more_after_a_lost_chargeback() {
    let order = order_in("DE", "EUR", &[input(1000, 2, &[])], 0, true, &[]);
    let mut account = OrderAccount::open(&order);
    let case = CaseId(id(9));
    let run = account.free_runs(&order, 0, 2).unwrap()[0];
    account
        .post(&order, case, AccountChange::Claimed { line: 0, run })
        .unwrap();
    account
        .post(&order, case, AccountChange::ChargebackLost { minor: 1500 })
        .unwrap();
    let refused = account
        .post(
            &order,
            case,
            AccountChange::Granted {
                line: 0,
                units: 1,
                minor: 501,
            },
        )
        .unwrap_err();
    assert_eq!(refused.code, RefusalCode::OverCeiling);
    assert_eq!(refused.limit.unwrap().minor, 500);
    account
        .post(
            &order,
            case,
            AccountChange::Granted {
                line: 0,
                units: 1,
                minor: 500,
            },
        )
        .unwrap();
    let obligation = ObligationId(id(3));
    account
        .post(
            &order,
            case,
            AccountChange::Settled {
                obligation,
                minor: 500,
            },
        )
        .unwrap();
    assert_eq!(account.refundable_minor(), 0);
}

proptest! {
    /// Invariant 2: runs of units in any cut and order sum to the line in every component, in
    /// currencies of 0, 2 and 3 decimals, with and without tax inside, and no unit is negative.
    #[test]
    fn runs_of_units_conserve_every_component(
        unit in 0_i64..2_000_000, quantity in 1_u32..400, line_cut in 0_i64..=100,
        order_cut in 0_i64..=100, rates in proptest::collection::vec(0_i32..3000, 0..3),
        inclusive: bool, cuts in proptest::collection::vec(0_u32..400, 0..6),
        code in prop_oneof!["JPY", "EUR", "KWD"],
    ) {
        let mut l = input(unit, quantity, &rates);
        let list = unit * i64::from(quantity);
        l.line_discount = list * line_cut / 100;
        let discount = (list - l.line_discount) * order_cut / 100;
        let line = price_lines(&[l], discount, inclusive).unwrap().remove(0);
        prop_assert_eq!(line.net + line.tax(), line.gross);
        let _ = currency(&code);
        let mut marks: Vec<u32> = cuts.into_iter().map(|c| c % (quantity + 1)).collect();
        marks.extend([0, quantity]);
        marks.sort_unstable();
        let mut sum = LineEconomics::free(0);
        for pair in marks.windows(2) {
            let part = line.units(pair[0], pair[1] - pair[0]);
            prop_assert_eq!(part.gross, line.units_gross(pair[0], pair[1] - pair[0]));
            prop_assert_eq!(part.net + part.tax(), part.gross);
            prop_assert!(part.net >= 0 && part.gross >= 0 && part.taxes.iter().all(|t| t.minor >= 0));
            prop_assert_eq!(part.list - part.line_discount - part.order_discount,
                if inclusive { part.gross } else { part.net });
            sum.quantity += part.quantity;
            sum.list += part.list;
            sum.line_discount += part.line_discount;
            sum.order_discount += part.order_discount;
            sum.net += part.net;
            sum.gross += part.gross;
        }
        prop_assert_eq!(
            (sum.quantity, sum.list, sum.line_discount, sum.order_discount, sum.net, sum.gross),
            (line.quantity, line.list, line.line_discount, line.order_discount, line.net, line.gross)
        );
    }

    /// Invariant 2 inside a unit: partial amounts in any steps carry all the tax.
    #[test]
    fn partial_amounts_carry_all_the_tax(
        unit in 1_i64..1_000_000, rate in 0_i32..3000, steps in proptest::collection::vec(1_i64..100, 1..8),
    ) {
        let line = one(unit, 1, 0, &[rate], true);
        let whole: i64 = steps.iter().sum();
        let (mut at, mut done, mut tax) = (0, 0, 0);
        for step in steps {
            let amount = cumulative_share(line.gross, at, step, whole);
            tax += line.tax_share(done, amount);
            at += step;
            done += amount;
        }
        prop_assert_eq!((done, tax), (line.gross, line.tax()));
    }
}
