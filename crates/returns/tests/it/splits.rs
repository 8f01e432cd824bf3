//! Any way of giving an order back comes to the same sum: by unit, by part, in any order and in
//! currencies of 0, 2 and 3 decimals, tax included; and no way gives more.

use crate::support::{id, input, order_in};
use kernel::{Bps, CaseId};
use policy::Outcome;
use proptest::prelude::*;
use returns::refund::{Amount, Fee, FeeSize, FeeTax, Figures, LineTerms, Request, book, quote};
use returns::{
    AccountChange, GrantLine, OrderAccount, Quote, QuoteKind, RefusalCode, SalesOrder, Tender,
    TenderKind, TenderStrategy,
};

struct Desk {
    order: SalesOrder,
    account: OrderAccount,
    strategy: TenderStrategy,
}

impl Desk {
    fn claim(&mut self, case: CaseId, line: u16, units: u32) {
        for run in self.account.free_runs(&self.order, line, units).unwrap() {
            let change = AccountChange::Claimed { line, run };
            self.account.post(&self.order, case, change).unwrap();
        }
    }

    fn quote(&self, case: CaseId, terms: &[LineTerms]) -> Quote {
        quote(&Request {
            order: &self.order,
            account: &self.account,
            case: Some(case),
            lines: terms,
            label_cost_minor: 0,
            tenders: self.strategy,
        })
    }

    /// Grants what is quoted; a part leaves its units uncovered.
    fn refund(&mut self, case: CaseId, terms: &LineTerms, covers: u32) -> Quote {
        let quote = self.quote(case, std::slice::from_ref(terms));
        let line = GrantLine {
            line: terms.line,
            units: covers,
            outcome: Outcome::Refund,
            minor: quote.of_line(terms.line),
        };
        let figures = Figures {
            lines: &[line],
            shipping_minor: quote.shipping_minor(),
            promotion_minor: quote.promotion_minor(),
        };
        book(
            &mut self.account,
            &self.order,
            case,
            &figures,
            self.strategy,
        )
        .unwrap();
        quote
    }
}

fn any_order() -> impl Strategy<Value = SalesOrder> {
    let lines = proptest::collection::vec((0_i64..50_000, 1_u32..6, 0_usize..5), 1..4);
    let code = prop_oneof![Just("JPY"), Just("EUR"), Just("KWD")];
    (lines, 0_i64..=100, any::<bool>(), code).prop_map(|(lines, cut, inclusive, code)| {
        let rates: [&[i32]; 5] = [&[], &[1900], &[700], &[500, 997], &[2500]];
        let inputs: Vec<_> = lines
            .iter()
            .map(|(price, quantity, set)| input(*price, *quantity, rates[*set]))
            .collect();
        let sum: i64 = lines.iter().map(|l| l.0 * i64::from(l.1)).sum();
        order_in("US", code, &inputs, sum * cut / 100, inclusive, &[])
    })
}

fn desk(order: SalesOrder) -> Desk {
    Desk {
        account: OrderAccount::open(&order),
        order,
        strategy: TenderStrategy::First,
    }
}

proptest! {
    /// Units of all lines one by one in any order.
    #[test]
    fn units_in_any_order_come_to_the_order(order in any_order(), keys in any::<u64>()) {
        let mut units: Vec<u16> = (0_u16..)
            .zip(&order.lines)
            .flat_map(|(i, l)| vec![i; l.quantity as usize])
            .collect();
        let count = units.len();
        for i in (1..count).rev() {
            let j = usize::try_from(keys.rotate_left(u32::try_from(i).unwrap()) % (i as u64 + 1));
            units.swap(i, j.unwrap());
        }
        let (gross, tax) = (order.captured_minor, order.lines.iter().map(|l| l.economics.tax()).sum::<i64>());
        let mut desk = desk(order);
        let mut sum = (0, 0);
        for (i, line) in units.into_iter().enumerate() {
            let case = CaseId(id(100 + i as u128));
            desk.claim(case, line, 1);
            let quote = desk.refund(case, &LineTerms::plain(line, 1), 1);
            sum = (sum.0 + quote.total.minor, sum.1 + quote.tax_minor());
        }
        prop_assert_eq!(sum, (gross, tax));
        prop_assert_eq!(desk.account.refundable_minor(), 0);
    }

    /// Parts of the value, with and without their tax, and the rest at the end.
    #[test]
    fn parts_in_any_cut_come_to_the_units(
        order in any_order(), cuts in proptest::collection::vec((0_i64..=100, any::<bool>()), 0..6),
    ) {
        let mut desk = desk(order);
        let (case, line) = (CaseId(id(9)), 0);
        let units = desk.order.lines[0].quantity;
        desk.claim(case, line, units);
        let economics = desk.order.lines[0].economics.clone();
        let mut sum = (0, returns::Taxes::new());
        let mut terms = LineTerms::plain(line, units);
        for (share, gross) in cuts {
            let left = economics.gross - sum.0;
            let minor = left * share / 100;
            terms.amount = if gross { Amount::Gross(minor) } else { Amount::Net(minor * 3 / 4) };
            let quote = desk.refund(case, &terms, 0);
            if !gross && economics.taxes.len() < 2 && quote.total.minor < left {
                prop_assert_eq!(quote.total.minor - quote.tax_minor(), minor * 3 / 4);
            }
            sum.0 += quote.total.minor;
            add(&mut sum.1, &quote.taxes());
        }
        terms.amount = Amount::Rest;
        let quote = desk.refund(case, &terms, units);
        sum.0 += quote.total.minor;
        add(&mut sum.1, &quote.taxes());
        prop_assert_eq!(sum.0, economics.gross);
        prop_assert_eq!(sum.1, economics.taxes);
        // And nothing more.
        let more = Figures {
            lines: &[GrantLine { line, units: 0, outcome: Outcome::Refund, minor: 1 }],
            shipping_minor: 0,
            promotion_minor: 0,
        };
        let refused = book(&mut desk.account, &desk.order, case, &more, desk.strategy);
        prop_assert_eq!(refused.unwrap_err().code, RefusalCode::OverCeiling);
    }

    /// Fees are fees: never negative, never more than the goods, whatever they say.
    #[test]
    fn fees_stay_between_nothing_and_the_goods(
        order in any_order(), figures in proptest::collection::vec(
            (any::<bool>(), -5_000_i64..200_000, any::<bool>(), proptest::option::of(-10_i64..5_000)), 0..4),
    ) {
        let mut desk = desk(order);
        let case = CaseId(id(9));
        desk.claim(case, 0, 1);
        let mut terms = LineTerms::plain(0, 1);
        terms.fees = figures.into_iter().map(|(by_rate, figure, included, cap)| Fee {
            name: "fee",
            is_label: false,
            size: if by_rate {
                FeeSize::Rate(Bps(i32::try_from(figure).unwrap()))
            } else {
                FeeSize::Flat(figure)
            },
            tax: if included { FeeTax::Included } else { FeeTax::Excluded },
            cap,
            basis: kernel::Basis::Order,
            waived: None,
        }).collect();
        let quote = desk.quote(case, &[terms]);
        let mut fees = quote.lines.iter().filter(|l| l.kind == QuoteKind::Fee);
        prop_assert!(fees.all(|f| f.minor < 0 && f.tax_minor <= 0));
        prop_assert!(quote.total.minor >= 0 && quote.tax_minor() >= 0);
        let worth = desk.order.lines[0].economics.units_gross(0, 1);
        prop_assert!(quote.total.minor <= worth);
    }

    /// Tenders: each gets at most what it paid, and a later one only when the turn is its own.
    #[test]
    fn tenders_are_paid_in_their_turn(
        order in any_order(), shares in proptest::collection::vec(0_i64..=100, 1..4),
        own in any::<u8>(), pick in 0_usize..4,
    ) {
        let strategy = [TenderStrategy::OwnFirst, TenderStrategy::First, TenderStrategy::Last, TenderStrategy::Ratio][pick];
        let mut order = order;
        let weights: Vec<i64> = shares.iter().map(|s| s + 1).collect();
        let parts = kernel::prorate(order.captured_minor, &weights);
        order.tenders = parts.iter().enumerate().map(|(i, minor)| Tender {
            kind: if own >> i & 1 == 1 { TenderKind::GiftCard } else { TenderKind::Card },
            reference: "r".into(),
            minor: *minor,
        }).collect();
        let mut turn: Vec<usize> = (0..parts.len()).collect();
        match strategy {
            TenderStrategy::Last => turn.reverse(),
            TenderStrategy::OwnFirst => turn.sort_by_key(|i| order.tenders[*i].kind != TenderKind::GiftCard),
            TenderStrategy::First | TenderStrategy::Ratio => {}
        }
        let mut desk = desk(order);
        desk.strategy = strategy;
        let mut paid = vec![0; parts.len()];
        let lines = u16::try_from(desk.order.lines.len()).unwrap();
        for line in 0..lines {
            for unit in 0..desk.order.lines[usize::from(line)].quantity {
                let case = CaseId(id(100 + u128::from(line) * 100 + u128::from(unit)));
                desk.claim(case, line, 1);
                let quote = desk.refund(case, &LineTerms::plain(line, 1), 1);
                for share in &quote.tenders {
                    paid[usize::from(share.tender)] += share.minor;
                }
                if strategy != TenderStrategy::Ratio {
                    // Whoever got something has nobody unpaid before them.
                    let last = turn.iter().rposition(|i| paid[*i] > 0).unwrap_or(0);
                    prop_assert!(turn[..last].iter().all(|i| paid[*i] == parts[*i]));
                }
                prop_assert!(paid.iter().zip(&parts).all(|(paid, part)| paid <= part));
            }
        }
        prop_assert_eq!(paid, parts);
    }
}

fn add(sum: &mut returns::Taxes, more: &[returns::TaxShare]) {
    for t in more {
        match sum.iter_mut().find(|have| have.rate == t.rate) {
            Some(have) => have.minor += t.minor,
            None => sum.push(*t),
        }
    }
}
