//! The quote: every figure with its why and the tax inside it, the total, and where it goes.

use super::Shown;
use crate::words;
use maud::{Markup, html};
use redress_http::ui::{self, bdi};
use returns::{Quote, QuoteKind, QuoteLine, SalesOrder};

/// The quote of the case, if there is one.
pub fn card(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    html! {
        @if let Some(decision) = &shown.page.case.decision {
            (ui::card(&l.t("desk-quote"), &body(l, &shown.page.order, &decision.quote)))
        }
    }
}

/// A quote line by line; also shown before a return exists.
pub fn body(l: redress_http::L10n, order: &SalesOrder, quote: &Quote) -> Markup {
    let amount = |minor| kernel::Money::new(minor, quote.total.currency);
    let signed = |line: &QuoteLine| match line.kind {
        QuoteKind::Goods | QuoteKind::Charge | QuoteKind::Shipping if line.minor >= 0 => {
            ui::money(l, amount(line.minor))
        }
        _ => ui::money_signed(l, amount(line.minor)),
    };
    html! {
        dl.facts {
            @for line in &quote.lines {
                div {
                    dt {
                        (words::code(l, "quote", &words::name_of(&line.kind)))
                        @if let Some(at) = line.line { " · " (bdi(&words::item(order, at))) }
                        @if line.units > 1 { " × " (l.number(line.units.into())) }
                        @if let Some(reason) = line.because.and_then(|i| quote.reasons.get(usize::from(i))) {
                            div.muted.small { (l.reason(reason)) " (" (words::basis(l, reason)) ")" }
                        }
                        @if line.tax_minor != 0 {
                            div.muted.small { (l.t_args("desk-tax-inside", &[("amount", l.money(amount(line.tax_minor)).into())])) }
                        }
                    }
                    dd { (signed(line)) }
                }
            }
            div.facts-strong { dt { (l.t("desk-quote-total")) } dd { (ui::money(l, quote.total)) } }
            @if quote.bonus_minor > 0 {
                div { dt { (l.t("desk-quote-bonus-on-top")) } dd { (ui::money(l, amount(quote.bonus_minor))) } }
            }
            @if quote.difference_minor > 0 {
                div {
                    dt.muted { (l.t("desk-goes-to-difference")) }
                    dd.muted { (ui::money(l, amount(quote.difference_minor))) }
                }
            }
            @for share in &quote.tenders {
                @let kind = order.tenders.get(usize::from(share.tender)).map(|t| words::name_of(&t.kind));
                div {
                    dt.muted { (l.t_args("desk-goes-to", &[("tender", words::code(l, "tender", &kind.unwrap_or_default()).into())])) }
                    dd.muted { (ui::money(l, amount(share.minor))) }
                }
            }
        }
    }
}
