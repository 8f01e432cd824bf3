//! Exchanges from what people pick: articles of the catalogue become the priced goods the domain
//! agrees on. Prices, tax and what is left come from the catalogue, never from a form.

use crate::{
    App, AppError,
    cases::{Answer, Call, Loaded, OrderKey, Request},
    catalogue::Article,
};
use data_encoding::HEXLOWER;
use jiff::ToSpan as _;
use kernel::{CaseId, ClientId, Currency, Date, ObligationId, Permission};
use policy::Outcome;
use returns::{
    Advance, Command, Count, ExchangeAsk, ExchangeItem, Refusal, RefusalCode, Wish,
    refund::{ExchangeSum, NewGoods, exchange},
};
use sha2::{Digest as _, Sha256};
use std::sync::Arc;

/// What a customer picks instead of the units of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// Index of the order line.
    pub line: u16,
    /// Units that come back, and units that go out.
    pub units: u32,
    /// The article that goes out.
    pub sku: String,
    /// What they get if it runs out.
    pub fallback: Outcome,
    /// The words they agreed to, where it is to be sent before theirs are back.
    pub consent: Option<Arc<str>>,
}

/// What a pick comes to; nothing is stored by asking.
#[derive(Debug, Clone)]
pub struct Picked {
    /// The article.
    pub article: Article,
    /// The figures.
    pub sum: ExchangeSum,
    /// A variant of the article that comes back.
    pub same_product: bool,
    /// Whether enough are left.
    pub in_stock: bool,
    /// What would be held on a card if it went out first, and until when the others must be back;
    /// none where the client does not send in advance.
    pub advance: Option<(i64, Date)>,
    item: ExchangeItem,
    promotional_minor: i64,
}

/// An exchange a person agrees on at the desk or through the API.
#[derive(Debug, Clone)]
pub struct Swap {
    /// Units that come back, per line.
    pub lines: Vec<Count>,
    /// What goes out: article and units.
    pub items: Vec<(String, u32)>,
    /// What the customer gets if it runs out.
    pub fallback: Outcome,
    /// The words the customer agreed to, where it goes out first.
    pub consent: Option<Arc<str>>,
    /// Why, where it goes against what is offered.
    pub reason: Option<Arc<str>>,
}

impl App {
    /// What each article would come to instead of these units of a line.
    pub async fn price_picks(
        &self,
        call: &Call<'_>,
        client: ClientId,
        order: &OrderKey,
        (line, units): (u16, u32),
        articles: Vec<Article>,
    ) -> Result<Vec<Picked>, AppError> {
        Self::check(call.scope, Permission::CaseRequest, client)?;
        let loaded = self.load_order(call, client, order).await?;
        let sold = self.sold_today(&loaded, line).await?;
        let price = |a| picked(call, &loaded, sold.as_ref(), (line, units), a);
        Ok(articles.into_iter().filter_map(price).collect())
    }

    /// The article that was sold, as the catalogue has it today.
    async fn sold_today(&self, loaded: &Loaded, line: u16) -> Result<Option<Article>, AppError> {
        match loaded.order.line(line) {
            Some(sold) => self.find_article(loaded.client.id, &sold.sku).await,
            None => Ok(None),
        }
    }

    /// Asks for a return of which some lines are to be exchanged for what was picked.
    pub async fn request_exchange(
        &self,
        call: &Call<'_>,
        client: ClientId,
        request: &Request,
        picks: &[Pick],
    ) -> Result<Answer, AppError> {
        Self::check(call.scope, Permission::CaseRequest, client)?;
        let loaded = self.load_order(call, client, &request.order).await?;
        let mut wishes = Vec::with_capacity(picks.len());
        for pick in picks {
            let units = (pick.line, pick.units);
            let sold = self.sold_today(&loaded, pick.line).await?;
            let article = self.find_article(client, &pick.sku).await?;
            let picked = article.and_then(|a| picked(call, &loaded, sold.as_ref(), units, a));
            let picked = picked.ok_or_else(|| no_such(pick.line))?;
            wishes.push(Wish {
                line: pick.line,
                promotional_minor: picked.promotional_minor,
                fallback: pick.fallback,
                advance: match &pick.consent {
                    Some(words) => Some(agreed(&picked, words, pick.line)?),
                    None => None,
                },
                item: picked.item,
            });
        }
        let command = Command::Request {
            lines: request.lines.clone(),
            path: request.path,
            notice_sent_on: None,
            declared: None,
            wishes,
            claim: None,
        };
        self.open_case(call, client, &request.order, &command).await
    }

    /// Exchanges units of a case for articles of the catalogue.
    pub async fn exchange(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
        expected: Option<u64>,
        swap: &Swap,
    ) -> Result<Answer, AppError> {
        Self::check(call.scope, Permission::CaseDecide, client)?;
        let ask = self.ask_of(call, client, case, swap).await?;
        let command = Command::Exchange { ask: Box::new(ask) };
        self.command(call, client, case, expected, &command).await
    }

    /// What each article would come to instead of these units of a case: as many as come back.
    pub async fn price_articles(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
        lines: &[Count],
        articles: Vec<Article>,
    ) -> Result<Vec<(Article, ExchangeSum)>, AppError> {
        Self::check(call.scope, Permission::CaseDecide, client)?;
        let loaded = self.load_case(call, client, case).await?;
        let (currency, country) = (loaded.order.currency, loaded.order.place.country);
        let mut sold = Vec::new();
        for count in lines {
            let worth = worth_of(&loaded, case, *count);
            sold.push((self.sold_today(&loaded, count.line).await?, *count, worth));
        }
        let returned: i64 = sold.iter().map(|s| s.2).sum();
        let units: u32 = lines.iter().map(|c| c.units).sum();
        let price = |article: Article| {
            let economics = article.economics(units, currency, country)?;
            let goods = NewGoods {
                lines: std::slice::from_ref(&economics),
                promotional_minor: promotional(&sold, &[article.told.product()], &loaded),
            };
            Some((article, exchange(returned, &goods)))
        };
        Ok(articles.into_iter().filter_map(price).collect())
    }

    /// What an exchange would come to; stores nothing.
    pub async fn price_swap(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
        swap: &Swap,
    ) -> Result<(ExchangeSum, Currency), AppError> {
        Self::check(call.scope, Permission::CaseDecide, client)?;
        let ask = self.ask_of(call, client, case, swap).await?;
        let loaded = self.load_case(call, client, case).await?;
        let worth = |c: &Count| worth_of(&loaded, case, *c);
        let lines: Vec<_> = ask.items.iter().map(|i| i.economics.clone()).collect();
        let goods = NewGoods {
            lines: &lines,
            promotional_minor: ask.promotional_minor,
        };
        let sum = exchange(ask.lines.iter().map(worth).sum(), &goods);
        Ok((sum, loaded.order.currency))
    }

    async fn ask_of(
        &self,
        call: &Call<'_>,
        client: ClientId,
        case: CaseId,
        swap: &Swap,
    ) -> Result<ExchangeAsk, AppError> {
        let loaded = self.load_case(call, client, case).await?;
        let (currency, country) = (loaded.order.currency, loaded.order.place.country);
        let line = swap.lines.first().map_or(0, |c| c.line);
        let (mut items, mut products) = (Vec::new(), Vec::new());
        for (sku, units) in &swap.items {
            let article = self.find_article(client, sku).await?;
            let article = article.ok_or_else(|| no_such(line))?;
            let economics = article.economics(*units, currency, country);
            items.push(ExchangeItem {
                sku: sku.as_str().into(),
                title: article.title().into(),
                economics: economics.ok_or_else(|| unpriced(line))?,
            });
            products.push(article.told.product().to_owned());
        }
        let mut sold = Vec::new();
        for count in &swap.lines {
            let worth = worth_of(&loaded, case, *count);
            sold.push((self.sold_today(&loaded, count.line).await?, *count, worth));
        }
        let products: Vec<&str> = products.iter().map(String::as_str).collect();
        let promotional_minor = promotional(&sold, &products, &loaded);
        let returned: i64 = sold.iter().map(|s| s.2).sum();
        let advance = match &swap.consent {
            Some(words) => {
                let terms = loaded.client.settings.advance;
                let terms = terms.ok_or_else(|| not_offered(line))?;
                let return_by = days_after(loaded.client.day(call.at), terms.days);
                Some(consented(returned, return_by, words))
            }
            None => None,
        };
        Ok(ExchangeAsk {
            lines: swap.lines.clone(),
            items,
            promotional_minor,
            fallback: swap.fallback,
            advance,
            reason: swap.reason.clone(),
        })
    }

    /// Articles a command needs of which too few are left.
    pub(crate) async fn sold_out(
        &self,
        loaded: &Loaded,
        command: &Command,
    ) -> Result<Vec<Arc<str>>, AppError> {
        let wished: Vec<&ExchangeItem> = match command {
            Command::Exchange { ask } => ask.items.iter().collect(),
            Command::Request { wishes, .. } => wishes.iter().map(|w| &w.item).collect(),
            // Goods that came back undelivered are taken from the shelf once more.
            Command::RetryPayment { obligation } => {
                let swaps = loaded.case.iter().flat_map(|c| &c.exchanges);
                let same = swaps.filter(|e| e.goods == *obligation);
                same.flat_map(|e| &e.items).collect()
            }
            _ => loaded
                .case
                .iter()
                .flat_map(|c| &c.wishes)
                .map(|w| &w.item)
                .collect(),
        };
        let mut needed: Vec<(&Arc<str>, u32)> = Vec::new();
        for item in wished {
            match needed.iter_mut().find(|n| n.0 == &item.sku) {
                Some(same) => same.1 += item.economics.quantity,
                None => needed.push((&item.sku, item.economics.quantity)),
            }
        }
        let mut out = Vec::new();
        for (sku, units) in needed {
            let article = self.find_article(loaded.client.id, sku).await?;
            if article.is_none_or(|a| a.free < units) {
                out.push(sku.clone());
            }
        }
        Ok(out)
    }

    /// Looks at an exchange whose day may have passed.
    pub(crate) async fn watch_exchange(
        &self,
        call: &Call<'_>,
        loaded: &Loaded,
        job: kernel::JobId,
        goods: ObligationId,
    ) -> Result<crate::jobs::Done, crate::jobs::Retry> {
        let command = Command::CheckExchange { goods };
        match &loaded.case {
            Some(case) => self.record(call, case, &command, job).await,
            None => Ok(crate::jobs::Done::Nothing),
        }
    }
}

/// Figures of a pick; none where the article has no price here or the units are not free.
fn picked(
    call: &Call<'_>,
    loaded: &Loaded,
    sold: Option<&Article>,
    (line, units): (u16, u32),
    article: Article,
) -> Option<Picked> {
    let order = &loaded.order;
    let (currency, country) = (order.currency, order.place.country);
    let economics = article.economics(units, currency, country)?;
    let runs = loaded.account.free_runs(order, line, units).ok()?;
    let of_line = &order.line(line)?.economics;
    let returned: i64 = runs
        .iter()
        .map(|r| of_line.units_gross(r.first, r.count))
        .sum();
    let same = sold.filter(|s| s.told.product() == article.told.product());
    // Another size or colour costs nothing more than the one that was bought costs today (R13).
    let today = same.and_then(|s| s.economics(units, currency, country));
    let promotional_minor = today.map_or(0, |e| (e.gross - returned).max(0));
    let goods = NewGoods {
        lines: std::slice::from_ref(&economics),
        promotional_minor,
    };
    let sum = exchange(returned, &goods);
    let terms = loaded.client.settings.advance.filter(|_| returned > 0);
    let today = loaded.client.day(call.at);
    Some(Picked {
        sum,
        same_product: same.is_some(),
        in_stock: article.free >= units,
        advance: terms.map(|t| (returned, days_after(today, t.days))),
        promotional_minor,
        item: ExchangeItem {
            sku: article.told.sku.as_str().into(),
            title: article.title().into(),
            economics,
        },
        article,
    })
}

/// Paid value of the next units of a case.
fn worth_of(loaded: &Loaded, case: CaseId, c: Count) -> i64 {
    loaded
        .account
        .next_gross(&loaded.order, case, c.line, c.units)
}

/// What counts on top of what was paid, for goods of the same product only (R13): what was sold, at
/// its price today, less what was paid for it.
fn promotional(sold: &[(Option<Article>, Count, i64)], products: &[&str], loaded: &Loaded) -> i64 {
    let (currency, country) = (loaded.order.currency, loaded.order.place.country);
    let part = |(article, count, worth): &(Option<Article>, Count, i64)| {
        let same = article
            .as_ref()
            .filter(|s| products.iter().all(|p| *p == s.told.product()));
        let today = same.and_then(|s| s.economics(count.units, currency, country));
        today.map_or(0, |e| (e.gross - worth).max(0))
    };
    sold.iter().map(part).sum()
}

/// The terms of goods in advance with the very words that were agreed to.
fn agreed(picked: &Picked, words: &Arc<str>, line: u16) -> Result<Advance, AppError> {
    let (hold_minor, return_by) = picked.advance.ok_or_else(|| not_offered(line))?;
    Ok(consented(hold_minor, return_by, words))
}

fn consented(hold_minor: i64, return_by: Date, words: &Arc<str>) -> Advance {
    let sha256 = HEXLOWER.encode(&Sha256::digest(words.as_bytes()));
    Advance {
        hold_minor,
        return_by,
        consent: words.clone(),
        sha256: sha256.into(),
    }
}

fn days_after(day: Date, days: u8) -> Date {
    day.checked_add(i64::from(days).days()).unwrap_or(Date::MAX)
}

fn no_such(line: u16) -> AppError {
    Refusal::new(RefusalCode::SoldOut).on_line(line).into()
}

/// The feed tells no price of it in the currency of the order.
fn unpriced(line: u16) -> AppError {
    Refusal::new(RefusalCode::WrongCurrency)
        .on_line(line)
        .into()
}

fn not_offered(line: u16) -> AppError {
    Refusal::new(RefusalCode::OutcomeNotOffered)
        .on_line(line)
        .into()
}
