//! From the form of a step's line to the terms the arithmetic takes.

use crate::form::{AmountTax, FeeForm, RightForm, StepLine};
use crate::read::{Fault, Reader};
use kernel::{Basis, Bps};
use law::Outbound;
use policy::{Bonus, Fault as Blame, Outcome, Payer, ShippingRule};
use returns::refund::{Amount, Deduction, Fee, FeeSize, FeeTax, Gives, LineTerms, StatutoryRight};
use toml::Spanned;

/// What a step asks for one line.
pub(crate) struct Asked {
    pub terms: LineTerms,
    pub outcome: Outcome,
}

pub(crate) fn asked(reader: &Reader<'_>, form: &Spanned<StepLine>) -> Result<Asked, Fault> {
    let at = form.span().start;
    let form = form.get_ref();
    let outcome = form.outcome.unwrap_or(Outcome::Refund);
    let amount = match (&form.amount, form.amount_tax, form.rest) {
        (None, _, false) => Amount::Paid,
        (None, _, true) => Amount::Rest,
        (Some(amount), AmountTax::Included, false) => Amount::Gross(reader.minor(amount)?),
        (Some(amount), AmountTax::Excluded, false) => Amount::Net(reader.minor(amount)?),
        (Some(_), _, true) => {
            return Err(Fault::at(
                reader.text,
                at,
                "a line has an amount or the rest",
            ));
        }
    };
    let mut fees = Vec::new();
    for f in &form.fees {
        fees.push(fee(reader, f, at)?);
    }
    let deduction = match &form.deduction {
        None => None,
        Some(d) => Some(Deduction {
            rate: reader.rate(&d.rate)?,
            allowed_by: d.allowed.then_some(Basis::Order),
            evidenced: d.evidenced,
            limit: d.limit.as_ref().map(|l| reader.minor(l)).transpose()?,
        }),
    };
    let right = form.right.map(|r| StatutoryRight {
        basis: Basis::Order,
        outbound: match r {
            RightForm::No => Outbound::No,
            RightForm::Standard => Outbound::Standard,
            RightForm::Whole => Outbound::Whole,
        },
        free_way_back: false,
    });
    let terms = LineTerms {
        amount,
        gives: match outcome {
            Outcome::Refund => Gives::Money,
            Outcome::StoreCredit => Gives::Credit,
            Outcome::Exchange | Outcome::Replacement | Outcome::Repair => Gives::Nothing,
        },
        travels: !form.keep,
        fault: form.fault.unwrap_or(Blame::None),
        right,
        fees,
        deduction,
        label_paid_by: form.label_paid_by.unwrap_or(Payer::Merchant),
        shipping: form.shipping_rule.unwrap_or(ShippingRule::None),
        bonus: Bonus {
            rate: form.bonus.as_ref().map_or(Ok(Bps(0)), |b| reader.rate(b))?,
            cap: form
                .bonus_cap
                .as_ref()
                .map(|c| reader.minor(c))
                .transpose()?,
        },
        ..LineTerms::plain(form.line, form.units)
    };
    Ok(Asked { terms, outcome })
}

fn fee(reader: &Reader<'_>, form: &FeeForm, at: usize) -> Result<Fee, Fault> {
    let size = match (&form.rate, &form.amount) {
        (Some(rate), None) => FeeSize::Rate(reader.rate(rate)?),
        (None, Some(amount)) => FeeSize::Flat(reader.minor(amount)?),
        _ => return Err(Fault::at(reader.text, at, "a fee has a rate or an amount")),
    };
    Ok(Fee {
        name: if form.label { "return_label" } else { "fee" },
        is_label: form.label,
        size,
        tax: match form.tax {
            AmountTax::Included => FeeTax::Included,
            AmountTax::Excluded => FeeTax::Excluded,
        },
        cap: form.cap.as_ref().map(|c| reader.minor(c)).transpose()?,
        basis: Basis::Order,
        waived: form.waived.then_some(Basis::Person),
    })
}
