//! The figures of a step against what the case says.

use crate::compare::Sink;
use crate::form::Expect;
use crate::read::Fault;
use kernel::Money;
use returns::refund::ExchangeSum;
use returns::{Quote, QuoteKind};

/// What a step came to.
#[derive(Default)]
pub(crate) struct Done {
    pub quote: Option<Quote>,
    pub parts: Option<Vec<i64>>,
    pub exchange: Option<ExchangeSum>,
    pub loss: Option<Money>,
}

/// Compares what a step came to with what it should.
pub(crate) fn check(expect: &Expect, done: &Done, sink: &mut Sink<'_>) -> Result<(), Fault> {
    if let Some(quote) = &done.quote {
        figures(expect, quote, sink)?;
    }
    if let Some(parts) = &done.parts {
        sink.amounts("parts", expect.parts.as_deref(), parts)?;
    }
    if let Some(sum) = &done.exchange {
        sink.amount("collect", expect.collect.as_ref(), sum.collect_minor)?;
        sink.amount("refund", expect.refund.as_ref(), sum.refund_minor)?;
        let used = sum.promotional_used_minor;
        sink.amount("promotional_used", expect.promotional_used.as_ref(), used)?;
        sink.amount("new_total", expect.new_total.as_ref(), sum.new_minor)?;
        sink.amount("new_tax", expect.new_tax.as_ref(), sum.new_tax_minor())?;
    }
    if let (Some(loss), Some(expected)) = (&done.loss, &expect.loss) {
        let wanted = Money::parse(expected.get_ref(), loss.currency);
        let wanted = wanted.map_err(|e| sink.reader.fault(expected, e.to_string()))?;
        if wanted != *loss {
            sink.differs("loss", wanted.to_string(), loss.to_string());
        }
    }
    Ok(())
}

/// Compares the figures of a quote.
fn figures(expect: &Expect, quote: &Quote, sink: &mut Sink<'_>) -> Result<(), Fault> {
    let of = |kind: QuoteKind| -> i64 {
        let own = quote.lines.iter().filter(|l| l.kind == kind);
        own.map(|l| l.minor).sum()
    };
    let rows = [
        ("total", &expect.total, quote.total.minor),
        ("tax", &expect.tax, quote.tax_minor()),
        ("goods", &expect.goods, of(QuoteKind::Goods)),
        ("charges", &expect.charges, of(QuoteKind::Charge)),
        ("fees", &expect.fees, of(QuoteKind::Fee)),
        ("label", &expect.label, of(QuoteKind::ReturnLabel)),
        ("deduction", &expect.deduction, of(QuoteKind::Deduction)),
        ("shipping", &expect.shipping, of(QuoteKind::Shipping)),
        ("promotion", &expect.promotion, of(QuoteKind::Promotion)),
        ("ceiling", &expect.ceiling, of(QuoteKind::Ceiling)),
        ("bonus", &expect.bonus, quote.bonus_minor),
    ];
    for (name, expected, got) in rows {
        sink.amount(name, expected.as_ref(), got)?;
    }
    let shipping = quote.lines.iter().filter(|l| l.kind == QuoteKind::Shipping);
    let shipping_tax = shipping.map(|l| l.tax_minor).sum();
    sink.amount("shipping_tax", expect.shipping_tax.as_ref(), shipping_tax)?;
    // One figure per order line the quote names, in the order it names them.
    let mut named: Vec<u16> = Vec::new();
    for line in quote.lines.iter().filter_map(|l| l.line) {
        if !named.contains(&line) {
            named.push(line);
        }
    }
    let lines: Vec<i64> = named.iter().map(|l| quote.of_line(*l)).collect();
    sink.amounts("lines", expect.lines.as_deref(), &lines)?;
    let tax = |line: &u16| -> i64 {
        let own = quote.lines.iter().filter(|l| l.line == Some(*line));
        own.filter(|l| l.kind != QuoteKind::Bonus)
            .map(|l| l.tax_minor)
            .sum()
    };
    let taxes: Vec<i64> = named.iter().map(tax).collect();
    sink.amounts("line_taxes", expect.line_taxes.as_deref(), &taxes)?;
    if let Some(expected) = &expect.taxes {
        let got = quote.taxes();
        for (rate, amount) in expected {
            let percent = |b: kernel::Bps| b.percent().replace(" %", "");
            let own = got.iter().filter(|t| percent(t.rate) == *rate);
            let minor = own.map(|t| t.minor).sum();
            sink.amount(&format!("taxes at {rate} %"), Some(amount), minor)?;
        }
    }
    if let Some(expected) = &expect.reasons {
        let codes: Vec<&str> = quote.reasons.iter().map(|r| r.code.as_str()).collect();
        for wanted in expected
            .iter()
            .filter(|w| !codes.contains(&w.get_ref().as_str()))
        {
            sink.differs("reasons", wanted.get_ref().clone(), codes.join(", "));
        }
    }
    if let Some(expected) = &expect.tenders {
        let share = |i: usize| {
            let own = quote.tenders.iter().filter(|t| usize::from(t.tender) == i);
            own.map(|t| t.minor).sum()
        };
        let got: Vec<i64> = (0..expected.len()).map(share).collect();
        sink.amounts("tenders", Some(expected), &got)?;
    }
    Ok(())
}
