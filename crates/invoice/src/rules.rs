//! The business rules of EN 16931 that a document of ours could break; the others cannot be broken
//! by what [`CreditNote`] can hold. Names are those of the standard.

use crate::{Category, CreditNote, TaxId};
use kernel::Bps;

/// A rule of EN 16931.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// BR-07: the buyer has a name; BR-06: and so does the seller.
    Name,
    /// BR-CO-26: the seller can be told apart by a number.
    Seller,
    /// BR-CO-10, 13, 14, 15: the totals are the sums.
    Totals,
    /// BR-S-08 and its siblings: each row of the breakdown is the sum of its amounts.
    Breakdown,
    /// BR-CO-17: the tax of a row is its rate of its amount, to less than one unit of currency.
    Rate,
    /// BR-S-02, BR-E-02 and siblings: who charges or waives tax says under which number.
    SellerTaxId,
    /// BR-O-02 and BR-O-11: what is outside the scope stands alone, without a VAT identifier.
    OutsideScope,
    /// BR-AE-02, BR-IC-02: who owes the tax instead of the seller is known by a VAT identifier, and so
    /// is the seller.
    BuyerTaxId,
    /// BR-IC-11, BR-IC-12: an intra-community supply says when and where to goods were delivered.
    Delivery,
    /// BR-DEC: no amount has more than two decimals.
    Decimals,
}

/// What keeps `note` from being a document of EN 16931; empty for nearly all.
pub fn broken(note: &CreditNote) -> Vec<Rule> {
    let mut found = Vec::new();
    let mut must = |holds: bool, rule: Rule| {
        if !holds && !found.contains(&rule) {
            found.push(rule);
        }
    };
    let named = |name: &str| !name.trim().is_empty();
    must(
        named(&note.seller.name) && named(&note.buyer.name),
        Rule::Name,
    );
    let tax_id = note.seller.tax_id.as_ref();
    let vat = matches!(tax_id, Some(TaxId::Vat(_)));
    let buyer_vat = matches!(note.buyer.tax_id, Some(TaxId::Vat(_)));
    must(vat || note.seller.registration.is_some(), Rule::Seller);
    let t = &note.totals;
    let lines: i64 = note.items.iter().map(|i| i.amount.net).sum();
    let taxes: i64 = note.taxes.iter().map(|r| r.tax).sum();
    must(lines == t.lines, Rule::Totals);
    must(t.lines - t.allowances + t.charges == t.net, Rule::Totals);
    must(taxes == t.tax && t.net + t.tax == t.gross, Rule::Totals);
    let unit = 10_i64.pow(u32::from(note.currency.exponent()));
    for row in &note.taxes {
        let own = note.items.iter().map(|i| i.amount);
        let own = own.chain(note.adjustments.iter().map(|a| a.amount));
        let own = own.filter(|a| a.key == row.key);
        let (net, tax) = own.fold((0, 0), |sum, a| (sum.0 + a.net, sum.1 + a.tax));
        must((net, tax) == (row.net, row.tax), Rule::Breakdown);
        let standard = row.key.category == Category::Standard;
        must(standard == (row.key.rate.0 > 0), Rule::Rate);
        must(
            (row.key.rate.of(row.net) - row.tax).abs() < unit,
            Rule::Rate,
        );
        must(row.key.rate > Bps(0) || row.tax == 0, Rule::Rate);
        match row.key.category {
            Category::OutsideScope => {
                must(!vat && note.taxes.len() == 1, Rule::OutsideScope);
            }
            Category::Export => must(vat, Rule::SellerTaxId),
            Category::ReverseCharge => {
                must(tax_id.is_some(), Rule::SellerTaxId);
                must(buyer_vat, Rule::BuyerTaxId);
            }
            Category::IntraCommunity => {
                must(vat, Rule::SellerTaxId);
                must(buyer_vat, Rule::BuyerTaxId);
                must(
                    note.delivered.is_some_and(|d| d.on.is_some()),
                    Rule::Delivery,
                );
            }
            _ => must(tax_id.is_some(), Rule::SellerTaxId),
        }
    }
    must(note.currency.exponent() <= 2, Rule::Decimals);
    found
}
