//! Exchanging at the desk: articles of the catalogue with what each comes to, what the customer
//! gets if it is sold out, and the words they said yes to where goods go out first.

use super::{Open, Shown, ask, post::Refused};
use crate::{form::Form, frame::Desk, words};
use app::{cases::Call, catalogue::Article, swaps::Swap, views::CasePage};
use kernel::ObligationId;
use maud::{Markup, html};
use policy::Outcome;
use redress_http::ui::{
    Action, Choice, Field, FieldError, Icon, Kind, Radios, Select, TextArea, Weight, actions, bdi,
    money,
};
use returns::{Count, ReturnCase, refund::ExchangeSum};
use surface::Failure;

/// An article with what it comes to.
pub struct Offered {
    article: Article,
    sum: ExchangeSum,
}

/// Units of each line that can be exchanged.
fn lines(case: &ReturnCase) -> Vec<Count> {
    let all = case.lines.iter().map(|l| Count {
        line: l.line,
        units: l.quantities.grantable(),
    });
    all.filter(|c| c.units > 0).collect()
}

/// Variants of what comes back, or what is searched for.
pub async fn offered(desk: &Desk, page: &CasePage, asked: &str) -> Result<Vec<Offered>, Failure> {
    let (client, case) = (page.case.client, &page.case);
    let lines = lines(case);
    let sku = lines.first().and_then(|c| page.order.line(c.line));
    let articles = if asked.is_empty() {
        let sku = sku.map_or("", |sold| &sold.sku);
        desk.app.variants(desk.scope(), client, sku).await?
    } else {
        desk.app.find_articles(desk.scope(), client, asked).await?
    };
    let call = Call::new(desk.scope(), desk.now);
    let priced = desk
        .app
        .price_articles(&call, client, case.id, &lines, articles)
        .await?;
    let all = priced.into_iter();
    Ok(all.map(|(article, sum)| Offered { article, sum }).collect())
}

/// The search over the form; what it finds stands in the form.
pub fn search(shown: &Shown<'_>, open: &Open, queue: &str) -> Markup {
    let l = shown.desk.l();
    html! {
        form.stack method="get" action=(shown.href()) role="search" {
            input type="hidden" name="queue" value=(queue);
            input type="hidden" name="do" value="exchange";
            (Field::new("q", l.t("desk-swap-search")).kind(Kind::Search)
                .hint(l.t("desk-swap-search-hint")).value(open.form.get("q")).max(60))
            (actions(&[Action::submit(l.t("desk-swap-find")).icon(Icon::Search).weight(Weight::Secondary)]))
        }
    }
}

fn comes_to(shown: &Shown<'_>, sum: &ExchangeSum) -> String {
    let l = shown.desk.l();
    let amount = |minor| l.money(shown.amount(minor));
    match (sum.collect_minor, sum.refund_minor) {
        (0, 0) => l.t("desk-swap-even"),
        (0, back) => l.t_args("desk-swap-less", &[("amount", amount(back).into())]),
        (more, _) => l.t_args("desk-swap-more", &[("amount", amount(more).into())]),
    }
}

/// The fields of the form.
pub fn fields(shown: &Shown<'_>, open: &Open) -> Markup {
    let l = shown.desk.l();
    let case = &shown.page.case;
    let choice = |o: &Offered| {
        let left = l.t_args("desk-swap-left", &[("n", o.article.free.into())]);
        let choice = Choice::new(&o.article.told.sku, o.article.title())
            .note(format!(
                "{} · {left} · {}",
                o.article.told.sku,
                comes_to(shown, &o.sum)
            ))
            .figure(money(l, shown.amount(o.sum.new_minor)));
        if o.article.free == 0 {
            choice.disabled()
        } else {
            choice
        }
    };
    let wished = case.wishes.first().map_or("", |w| &w.item.sku);
    let fallbacks = [Outcome::Refund, Outcome::StoreCredit]
        .map(|o| Choice::new(o.as_str(), words::code(l, "outcome", o.as_str())));
    let all = lines(case);
    let units: u32 = all.iter().map(|c| c.units).sum();
    html! {
        input type="hidden" name="q" value=(open.form.get("q"));
        @for c in &all {
            @let name = format!("units-{}", c.line);
            div.act-line {
                span { (bdi(&words::item(&shown.page.order, c.line))) }
                (Field::new(&name, l.t("desk-field-units")).kind(Kind::Number).narrow()
                    .value(ask::typed(open, &name, c.units.to_string())).error(ask::said(l, open, &name)))
            }
        }
        @if open.articles.is_empty() { p.muted { (l.t("desk-swap-none")) } } @else {
            (Radios::new("article", l.t("desk-swap-article"), open.articles.iter().map(choice).collect())
                .value(ask::typed(open, "article", wished.to_owned())).error(ask::said(l, open, "article")).required())
        }
        (Field::new("new", l.t("desk-swap-units")).kind(Kind::Number).narrow()
            .value(ask::typed(open, "new", units.to_string())).error(ask::said(l, open, "new")))
        (Select::new("fallback", l.t("desk-swap-fallback"), fallbacks.to_vec())
            .value(ask::typed(open, "fallback", Outcome::Refund.as_str().into())).error(ask::said(l, open, "fallback")))
        @if shown.page.client.settings.advance.is_some() {
            (TextArea::new("consent", l.t("desk-swap-consent")).rows(2).max(2000)
                .hint(l.t("desk-swap-consent-hint")).value(open.form.get("consent"))
                .error(ask::said(l, open, "consent")))
        }
        (ask::reason(l, open, false))
    }
}

/// What the customer wants for new goods that come back.
pub fn wanted(shown: &Shown<'_>, open: &Open) -> Markup {
    let l = shown.desk.l();
    let choices = Outcome::ALL
        .iter()
        .map(|o| Choice::new(o.as_str(), words::code(l, "outcome", o.as_str())));
    html! {
        (Select::new("wanted", l.t("desk-field-wanted"), choices.collect())
            .value(ask::typed(open, "wanted", Outcome::Refund.as_str().into())))
    }
}

/// What may be charged on a security.
pub fn chargeable(shown: &Shown<'_>, hold: ObligationId) -> i64 {
    let (case, page) = (&shown.page.case, shown.page);
    let swap = case.exchange_with(hold);
    swap.map_or(0, |e| e.chargeable(&page.order, &page.account, case))
}

/// Carries the posted exchange out.
pub async fn carry_out(desk: &Desk, page: &CasePage, form: &Form) -> Result<(), Refused> {
    let mut errors = Vec::new();
    let case = &page.case;
    let all = lines(case).into_iter().map(|c| Count {
        line: c.line,
        units: form.count(&format!("units-{}", c.line), &mut errors),
    });
    let all: Vec<Count> = all.filter(|c| c.units > 0).collect();
    let units = form.count("new", &mut errors);
    let sku = form.get("article");
    if sku.is_empty() {
        errors.push(FieldError::new("article", "desk-help-choose"));
    }
    if units == 0 {
        errors.push(FieldError::new("new", "desk-help-count"));
    }
    let Some(fallback) = Outcome::parse(form.get("fallback")) else {
        errors.push(FieldError::new("fallback", "desk-help-choose"));
        return Err(Refused::Fields(errors));
    };
    if !errors.is_empty() {
        return Err(Refused::Fields(errors));
    }
    let Ok(version) = form.get("version").parse::<u64>() else {
        let current = case.version;
        return Err(app::AppError::Stale { current }.into());
    };
    let swap = Swap {
        lines: all,
        items: vec![(sku.to_owned(), units)],
        fallback,
        consent: form.text("consent"),
        reason: form.text("reason"),
    };
    let call = Call::new(desk.scope(), desk.now);
    Box::pin(
        desk.app
            .exchange(&call, case.client, case.id, Some(version), &swap),
    )
    .await?;
    Ok(())
}
