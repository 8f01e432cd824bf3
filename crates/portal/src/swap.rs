//! What goes out instead of an item: another size or colour first, anything else by search, what
//! the shopper gets if it runs out, and whether it is sent before the other one is back. Each
//! choice says what it comes to before it is made.

use crate::{
    draft::{Item, Pick},
    frame,
    frame::At,
    pass::Shopper,
    visit::{Posted, Visit},
    why::Place,
    wish,
    words::{VARIANT_MAX, Words, bounded},
};
use app::{
    App,
    cases::{Call, OrderKey},
    catalogue::Article,
    swaps::Picked,
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use kernel::{Currency, Money};
use maud::{Markup, html};
use policy::Outcome;
use redress_http::{
    L10n,
    ui::{
        Action, Choice, ErrorSummary, Field, FieldError, Icon, Kind, Radios, Weight, card,
        csrf_field, form_actions, money,
    },
};
use surface::{Failure, outcome_name};

/// The choice of an article that is not in the list.
const IN_WORDS: &str = "-";
/// The longest search, characters.
const SEARCH_MAX: usize = 60;

/// What an exchange of the item can be.
struct Offer {
    picks: Vec<Picked>,
    fallbacks: Vec<Outcome>,
    currency: Currency,
    asked: String,
}

async fn offer(shopper: &Shopper, app: &App, place: &Place) -> Result<Offer, Failure> {
    let visit = &shopper.visit;
    let client = visit.client.id;
    let asked = bounded(visit.asked("q").trim(), SEARCH_MAX);
    let articles: Vec<Article> = if asked.is_empty() {
        app.variants(&shopper.scope, client, &place.sold.sku)
            .await?
    } else {
        app.find_articles(&shopper.scope, client, &asked).await?
    };
    let offers = wish::offers(shopper, app, place).await?;
    let currency = offers
        .first()
        .map_or(Currency::EUR, |o| o.decision.quote.total.currency);
    let fallbacks = offers.into_iter().map(|o| o.outcome);
    let fallbacks = fallbacks.filter(|o| matches!(o, Outcome::Refund | Outcome::StoreCredit));
    let call = Call::new(&shopper.scope, app.now());
    let order = OrderKey::Id(shopper.order);
    let units = (place.item.line, place.item.units);
    let mut picks = app
        .price_picks(&call, client, &order, units, articles)
        .await?;
    // The very article that comes back is a replacement, not an exchange; what is left comes first.
    picks.retain(|p| p.article.told.sku != *place.sold.sku);
    picks.sort_by_key(|p| !p.in_stock);
    Ok(Offer {
        picks,
        fallbacks: fallbacks.collect(),
        currency,
        asked,
    })
}

/// `GET /p/{client}/return/exchange`.
pub async fn page(shopper: Shopper, State(app): State<App>) -> Result<Response, Failure> {
    let place = match Place::read(&shopper, &app).await? {
        Ok(place) => place,
        Err(lost) => return Ok(lost),
    };
    let offer = offer(&shopper, &app, &place).await?;
    let words = Words::of(&shopper.visit, place.item.line);
    Ok(form(&shopper.visit, &place, &offer, &words, &[]).into_response())
}

/// What a pick comes to, in a few words.
pub fn difference(l: L10n, picked: &Picked, currency: Currency) -> String {
    let amount = |minor| l.money(Money::new(minor, currency));
    let sum = &picked.sum;
    if !picked.in_stock {
        l.t("portal-swap-sold-out")
    } else if sum.collect_minor > 0 {
        l.t_args(
            "portal-swap-more",
            &[("amount", amount(sum.collect_minor).into())],
        )
    } else if sum.refund_minor > 0 {
        l.t_args(
            "portal-swap-less",
            &[("amount", amount(sum.refund_minor).into())],
        )
    } else {
        l.t("portal-swap-even")
    }
}

fn articles(l: L10n, place: &Place, offer: &Offer) -> Vec<Choice> {
    let known = place.item.pick.as_ref().map(|p| &p.sku);
    let choice = |picked: &Picked| {
        let article = &picked.article;
        let variant = article.told.variant.as_str();
        let same = picked.same_product && !variant.is_empty();
        let name = if same {
            variant.to_owned()
        } else {
            article.title()
        };
        let price = Money::new(picked.sum.new_minor, offer.currency);
        let choice = Choice::new(&article.told.sku, name)
            .note(difference(l, picked, offer.currency))
            .icon(Icon::Repeat)
            .figure(money(l, price));
        if picked.in_stock || known == Some(&article.told.sku) {
            choice
        } else {
            choice.disabled()
        }
    };
    let mut all: Vec<Choice> = offer.picks.iter().map(choice).collect();
    all.push(
        Choice::new(IN_WORDS, l.t("portal-swap-words"))
            .note(l.t("portal-swap-words-note"))
            .icon(Icon::Message),
    );
    all
}

fn form(
    visit: &Visit,
    place: &Place,
    offer: &Offer,
    words: &Words,
    errors: &[FieldError],
) -> Markup {
    let l = visit.l();
    let error = |name: &str| FieldError::find(errors, name).map(|key| l.say(key));
    let pick = place.item.pick.as_ref();
    let chosen = match pick {
        Some(pick) => pick.sku.as_str(),
        None if words.variant.is_empty() => "",
        None => IN_WORDS,
    };
    let fallbacks = offer.fallbacks.iter().map(|o| {
        let note = l.t(&format!("portal-outcome-{}", o.as_str().replace('_', "-")));
        Choice::new(o.as_str(), outcome_name(l, *o))
            .note(note)
            .icon(crate::why::outcome_icon(*o))
    });
    let advance = offer.picks.iter().find_map(|p| p.advance);
    // Sizes and colours of the same article come first; what was searched for stands over its results.
    let searched = !offer.asked.is_empty();
    let search = card(
        &l.t("portal-swap-search-title"),
        &html! {
            form.stack method="get" action=(visit.url("/return/exchange")) role="search" {
                input type="hidden" name="d" value=(place.draft.encode());
                input type="hidden" name="n" value=(place.n);
                (Field::new("q", l.t("portal-swap-search")).kind(Kind::Search)
                    .hint(l.t("portal-swap-search-hint")).value(&offer.asked).max(60))
                (form_actions(&[Action::submit(l.t("portal-swap-find")).icon(Icon::Search).weight(Weight::Secondary)]))
            }
        },
    );
    let body = html! {
        (frame::steps(visit, At::Outcome, &place.draft.encode()))
        div.stack {
        div { (place.heading(visit)) h1 { (l.t("portal-swap-title")) } }
        @if searched { (search) }
        form.stack method="post" action={ (place.url(visit, "exchange")) (query(&offer.asked)) } {
            (csrf_field(&visit.view.csrf))
            (ErrorSummary { l, errors })
            @if !offer.asked.is_empty() && offer.picks.is_empty() {
                p.lede role="status" { (l.t_args("portal-swap-none", &[("words", offer.asked.as_str().into())])) }
            }
            (Radios::new("article", l.t(if offer.asked.is_empty() { "portal-swap-variants" } else { "portal-swap-found" }),
                articles(l, place, offer)).value(chosen).error(error("article")).required())
            (Field::new("variant", l.t("portal-variant")).hint(l.t("portal-variant-hint"))
                .value(&words.variant).max(120).error(error("variant")))
            (Radios::new("fallback", l.t("portal-swap-fallback"), fallbacks.collect())
                .value(pick.map_or(offer.fallbacks.first().map_or("", |o| o.as_str()), |p| p.fallback.as_str()))
                .error(error("fallback")).required())
            @if let Some((hold, until)) = advance {
                @let amount = l.money(Money::new(hold, offer.currency));
                (Radios::new("when", l.t("portal-swap-when"), vec![
                    Choice::new("then", l.t("portal-swap-then")).note(l.t("portal-swap-then-note")).icon(Icon::Box),
                    Choice::new("first", l.t("portal-swap-first")).icon(Icon::Truck)
                        .note(l.t_args("portal-swap-first-note", &[
                            ("amount", amount.into()), ("date", l.date_long(until).into())])),
                ]).value(if pick.is_some_and(|p| p.advance) { "first" } else { "then" }))
            }
            (form_actions(&[
                Action::submit(l.t("portal-continue")).large(),
                Action::link(l.t("portal-back"), place.url(visit, "outcome")).weight(Weight::Ghost),
            ]))
        }
        @if !searched { (search) }
        }
    };
    frame::page(visit, &l.t("portal-swap-title"), body)
}

/// The search as a part of an address.
fn query(asked: &str) -> String {
    if asked.is_empty() {
        return String::new();
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("q", asked);
    format!("&{}", query.finish())
}

/// `POST /p/{client}/return/exchange`.
pub async fn submit(
    shopper: Shopper,
    State(app): State<App>,
    posted: Posted,
) -> Result<Response, Failure> {
    let visit = &shopper.visit;
    let mut place = match Place::read(&shopper, &app).await? {
        Ok(place) => place,
        Err(lost) => return Ok(lost),
    };
    let offer = offer(&shopper, &app, &place).await?;
    let mut words = Words::of(visit, place.item.line);
    words.variant = bounded(posted.get("variant"), VARIANT_MAX);
    let (pick, errors) = picked(&posted, &offer, &words);
    place.item.pick.clone_from(&pick);
    if !errors.is_empty() {
        return Ok(frame::again(form(visit, &place, &offer, &words, &errors)));
    }
    if pick.is_some() {
        words.variant.clear();
    }
    if let Some(item) = place.draft.items.get_mut(place.n) {
        *item = Item {
            wanted: Some(Outcome::Exchange),
            pick,
            ..item.clone()
        };
    }
    let keep = words.keep(&app, visit, place.item.line);
    Ok(frame::go(&visit.url(&wish::after(&place.draft)), [keep]))
}

fn picked(posted: &Posted, offer: &Offer, words: &Words) -> (Option<Pick>, Vec<FieldError>) {
    let mut errors = Vec::new();
    let fallback = Outcome::parse(posted.get("fallback")).filter(|o| offer.fallbacks.contains(o));
    if fallback.is_none() && !offer.fallbacks.is_empty() {
        errors.push(FieldError::new("fallback", "portal-swap-fallback-missing"));
    }
    let sku = posted.get("article");
    if sku == IN_WORDS {
        if words.variant.is_empty() {
            errors.push(FieldError::new("variant", "portal-swap-variant-missing"));
        }
        return (None, errors);
    }
    let known = offer.picks.iter().find(|p| p.article.told.sku == sku);
    if known.is_none_or(|p| !p.in_stock) {
        errors.push(FieldError::new("article", "portal-swap-missing"));
    }
    let pick = known.zip(fallback).map(|(p, fallback)| Pick {
        sku: sku.to_owned(),
        fallback,
        advance: posted.get("when") == "first" && p.advance.is_some(),
    });
    (pick, errors)
}
