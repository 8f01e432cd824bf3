//! Every place and what it gives: a matrix of rights, or one right with its figures. Each cell
//! opens its rule. Filters are in the address.

use super::{books, tabs, words};
use crate::frame::Desk;
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use kernel::Date;
use law::{
    LawBook, RuleEntry,
    pack::Jurisdiction,
    words::{Buyer, FloorKind, RightType, SaleChannel, SubChannel, Subject, UnitWord},
};
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{
        self, Action, Choice, Column, Field, Icon, Kind, Note, Row, Select, Table, Tone, Weight,
        empty,
    },
};
use serde::Deserialize;
use std::sync::Arc;
use surface::Failure;

/// Longest text looked for.
const TEXT_MAX: u16 = 60;

/// `?region=europe&right=withdrawal&q=new`
#[derive(Debug, Default, Deserialize)]
pub struct Filter {
    region: Option<String>,
    right: Option<String>,
    q: Option<String>,
}

/// A column of the matrix: kinds of right that answer one question.
struct Kin {
    code: &'static str,
    kinds: &'static [RightType],
    /// Only rules about this way of selling; `None` is every way.
    sold: Option<SaleChannel>,
}

impl Kin {
    fn has(&self, rule: &RuleEntry) -> bool {
        let c = &rule.content;
        let ways = |online: bool| {
            let web = |w: &SubChannel| matches!(w, SubChannel::Web | SubChannel::Mail);
            let named = c.sub_channels.as_ref();
            named.is_none_or(|all| all.iter().any(|w| web(w) == online))
        };
        let by = |channel| c.channels.as_ref().is_none_or(|all| all.contains(&channel));
        c.right_type.is_some_and(|t| self.kinds.contains(&t))
            && match self.sold {
                None => true,
                // What is sold by a call to the buyer is no purchase the buyer made online.
                Some(SaleChannel::Distance) => by(SaleChannel::Distance) && ways(true),
                Some(channel) => by(channel) && ways(false),
            }
    }
}

const KINDS: &[Kin] = &[
    Kin {
        code: "mind",
        kinds: &[RightType::Withdrawal, RightType::DefaultReturn],
        sold: Some(SaleChannel::Distance),
    },
    Kin {
        code: "door",
        kinds: &[RightType::CoolingOff, RightType::Withdrawal],
        sold: Some(SaleChannel::OffPremises),
    },
    Kin {
        code: "silent",
        kinds: &[
            RightType::CancelForDisclosureFailure,
            RightType::UndisclosedPolicyRefund,
        ],
        sold: None,
    },
    Kin {
        code: "reject",
        kinds: &[RightType::ShortTermReject],
        sold: None,
    },
    Kin {
        code: "defect",
        kinds: &[RightType::Conformity],
        sold: None,
    },
    Kin {
        code: "missing",
        kinds: &[RightType::NonDelivery],
        sold: None,
    },
    Kin {
        code: "payment",
        kinds: &[RightType::PaymentRefund, RightType::PaymentDispute],
        sold: None,
    },
];

const REGIONS: &[(&str, &[&str])] = &[
    (
        "europe",
        &[
            "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "EU", "FI", "FR", "GB",
            "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL",
            "PT", "RO", "SE", "SI", "SK",
        ],
    ),
    ("north-america", &["CA", "US"]),
    ("latin-america", &["AR", "BR", "CL", "CO", "MX"]),
    (
        "asia-pacific",
        &["AU", "CN", "HK", "IN", "JP", "KR", "NZ", "SG", "TW"],
    ),
    ("middle-east-africa", &["AE", "IL", "SA", "TR", "ZA"]),
];
/// Places that no list above names: those somebody added.
const ELSEWHERE: &str = "elsewhere";

/// The region of a place; a part follows its country.
fn region(code: &str) -> &'static str {
    let country = code.split('-').next().unwrap_or(code);
    REGIONS
        .iter()
        .find(|(_, list)| list.contains(&country))
        .map_or(ELSEWHERE, |(name, _)| name)
}

/// `GET /law`
pub async fn page(desk: Desk, Query(filter): Query<Filter>) -> Result<Response, Failure> {
    let l = desk.l();
    let book = books::current(&desk);
    let today = desk.zone(None).to_datetime(desk.now).date();
    let asked = |text: &Option<String>| text.as_deref().unwrap_or_default().trim().to_owned();
    let (wanted, text) = (asked(&filter.region), asked(&filter.q).to_lowercase());
    let kin = KINDS.iter().find(|k| k.code == asked(&filter.right));
    let mut places: Vec<(&Jurisdiction, String)> = book
        .jurisdictions()
        .map(|j| (j, words::place(l, j)))
        .filter(|(j, name)| {
            (wanted.is_empty() || region(&j.code) == wanted)
                && (name.to_lowercase().contains(&text) || j.code.to_lowercase().contains(&text))
        })
        .collect();
    let order = |code: &str| REGIONS.iter().position(|(name, _)| *name == region(code));
    places.sort_by(|(a, x), (b, y)| {
        let key = |code: &str| (order(code).is_none(), order(code));
        let country = |code: &str| code.contains('-');
        (key(&a.code), country(&a.code), x).cmp(&(key(&b.code), country(&b.code), y))
    });
    let rules = book.rules().len();
    let lede = l.t_args(
        "lawdesk-lede",
        &[
            ("rules", rules.into()),
            ("places", book.jurisdictions().count().into()),
        ],
    );
    let table = match kin {
        Some(kin) => one_right(l, &book, kin, &places, today),
        None => all_rights(l, &book, &places, today),
    };
    let body = html! {
        div.page-head {
            div { h1 { (l.t("lawdesk-title")) } p.lede { (lede) } }
            (Action::link(l.t("lawdesk-tab-try"), "/law/try").icon(Icon::Scale))
        }
        div.stack {
            (ui::tabs(l, &l.t("lawdesk-title"), &tabs(&desk, "/law")))
            (Note::new(Tone::Warn, l.t("lawdesk-unreviewed-title")).body(html! { p { (l.t("lawdesk-unreviewed-body")) } }))
            (filters(l, &filter))
            @if places.is_empty() { (empty(Icon::Search, &l.t("lawdesk-none"), &l.t("lawdesk-none-why"), None)) }
            @else {
                (legend(l, &book, places.len()))
                div.law-matrix { (table) }
            }
        }
    };
    Ok(desk
        .page(l.t("lawdesk-title"), "/law", true, body)
        .await?
        .render()
        .into_response())
}

fn filters(l: L10n, filter: &Filter) -> Markup {
    let regions = REGIONS
        .iter()
        .map(|(name, _)| *name)
        .chain([ELSEWHERE])
        .map(|name| Choice::new(name, words::word(l, "region", name)))
        .collect();
    let rights = KINDS
        .iter()
        .map(|k| Choice::new(k.code, words::word(l, "kin", k.code)))
        .collect();
    let value = |text: &Option<String>| text.clone().unwrap_or_default();
    html! {
        form.filters method="get" action="/law" {
            (Field::new("q", l.t("lawdesk-find")).kind(Kind::Search).value(value(&filter.q)).max(TEXT_MAX))
            (Select::new("region", l.t("lawdesk-region"), regions).prompt(l.t("lawdesk-all-regions")).value(value(&filter.region)))
            (Select::new("right", l.t("lawdesk-right"), rights).prompt(l.t("lawdesk-all-rights")).value(value(&filter.right)))
            (Action::submit(l.t("desk-filter")).weight(Weight::Secondary).icon(Icon::Filter))
        }
    }
}

fn legend(l: L10n, book: &LawBook, n: usize) -> Markup {
    let day = book.as_of().map(|d| l.date(d)).unwrap_or_default();
    html! {
        p.small.muted {
            span role="status" { (l.t_args("lawdesk-shown", &[("n", n.into())])) } ". "
            (l.t("lawdesk-legend")) " "
            (l.t_args("lawdesk-version", &[("day", day.into())])) " "
            code { (book.version().get(..12).unwrap_or_default()) }
        }
    }
}

fn name(j: &Jurisdiction, name: &str) -> Markup {
    html! { (name) " " span.muted.small { (j.code) } }
}

fn all_rights(l: L10n, book: &LawBook, places: &[(&Jurisdiction, String)], today: Date) -> Markup {
    let columns = std::iter::once(Column::text(l.t("lawdesk-place")))
        .chain(
            KINDS
                .iter()
                .map(|k| Column::text(words::word(l, "kin", k.code))),
        )
        .collect();
    let rows = places.iter().map(|(j, title)| {
        let rules = speaking(book, &j.code, today);
        let cells = KINDS.iter().map(|kin| cell(l, &rules, kin));
        Row::new(std::iter::once(name(j, title)).chain(cells).collect())
            .href(words::place_href(&j.code))
    });
    html! { (Table::new(l.t("lawdesk-matrix"), columns, rows.collect())) }
}

/// The window as a link to the rule; below it the refund days and who pays the way back.
fn cell(l: L10n, rules: &[&Arc<RuleEntry>], kin: &Kin) -> Markup {
    let (Some(rule), more) = main_of(rules, kin) else {
        return html! {
            @if let Some(rule) = no_floor(rules, kin) {
                a.muted href=(words::rule_href(&rule.id)) { (l.t("lawdesk-no-floor")) }
            }
        };
    };
    let c = &rule.content;
    let refund = c.refund.as_ref().filter(|r| r.length.is_some());
    let payer = c.return_cost.as_ref().and_then(|r| r.default);
    let below: Vec<String> = [
        refund.map(|r| short(l, r.length, r.unit)),
        payer.map(|p| words::word(l, "cell-payer", p.as_str())),
    ]
    .into_iter()
    .flatten()
    .collect();
    let shown = window_of(l, rule);
    html! {
        div {
            a href=(words::rule_href(&rule.id)) { (shown) }
            @if more > 0 { " " span.muted.small title=(l.t_args("lawdesk-more-rules", &[("n", more.into())])) { "+" (more) } }
            @if !below.is_empty() { div.small.muted.nowrap { (below.join(" · ")) } }
        }
    }
}

/// The window in as few words as a cell takes.
fn window_of(l: L10n, rule: &RuleEntry) -> String {
    let window = rule.content.window.as_ref();
    let unit = window.and_then(|w| w.unit).map(|unit| match unit {
        UnitWord::UsWorkingDay | UnitWord::UsCoolingBusinessDay => UnitWord::BusinessDay,
        other => other,
    });
    words::period(l, window.and_then(|w| w.length), unit)
}

/// A period by its initial, such as `14 d`.
fn short(l: L10n, length: Option<u16>, unit: Option<UnitWord>) -> String {
    let key = match unit {
        Some(UnitWord::CalendarDay) => "lawdesk-short-day",
        Some(UnitWord::BusinessDay | UnitWord::UsWorkingDay | UnitWord::UsCoolingBusinessDay) => {
            "lawdesk-short-business"
        }
        _ => return words::period(l, length, unit),
    };
    l.t_args(key, &[("n", length.unwrap_or_default().into())])
}

fn one_right(
    l: L10n,
    book: &LawBook,
    kin: &Kin,
    places: &[(&Jurisdiction, String)],
    today: Date,
) -> Markup {
    let columns = [
        "lawdesk-place",
        "lawdesk-window",
        "lawdesk-starts-with",
        "lawdesk-refund",
        "lawdesk-return-cost",
        "lawdesk-rule",
        "lawdesk-sure",
    ]
    .map(|key| Column::text(l.t(key)));
    let rows = places.iter().map(|(j, title)| {
        let rules = speaking(book, &j.code, today);
        let first = name(j, title);
        let cells = match (main_of(&rules, kin).0, no_floor(&rules, kin)) {
            (Some(rule), _) => figures(l, first, rule),
            (None, Some(rule)) => {
                let none = html! { span.muted { (l.t("lawdesk-no-floor")) } };
                let empty = || html! {};
                vec![
                    first,
                    none,
                    empty(),
                    empty(),
                    empty(),
                    cited(rule),
                    sure(l, rule),
                ]
            }
            (None, None) => vec![
                first,
                html! { span.muted { (l.t("lawdesk-nothing-written")) } },
            ],
        };
        Row::new(cells).href(words::place_href(&j.code))
    });
    html! { (Table::new(words::word(l, "kin", kin.code), columns.to_vec(), rows.collect())) }
}

fn figures(l: L10n, first: Markup, rule: &RuleEntry) -> Vec<Markup> {
    let c = &rule.content;
    let window = c.window.as_ref();
    let refund = c.refund.as_ref();
    let text = |text: Option<String>| html! { (text.unwrap_or_default()) };
    let start = window.and_then(|w| w.start);
    let payer = c.return_cost.as_ref().and_then(|r| r.default);
    vec![
        first,
        html! { (words::period(l, window.and_then(|w| w.length), window.and_then(|w| w.unit))) },
        text(start.map(|s| words::word(l, "start", s.as_str()))),
        text(refund.map(|r| words::period(l, r.length, r.unit))),
        text(payer.map(|p| words::word(l, "payer", p.as_str()))),
        cited(rule),
        sure(l, rule),
    ]
}

fn cited(rule: &RuleEntry) -> Markup {
    html! { a href=(words::rule_href(&rule.id)) { (rule.id) } }
}

fn sure(l: L10n, rule: &RuleEntry) -> Markup {
    html! { (words::confidence(l, rule.confidence)) }
}

/// The rules of a place that speak on a day, without those another lays over.
pub fn speaking<'b>(book: &'b LawBook, code: &str, today: Date) -> Vec<&'b Arc<RuleEntry>> {
    let all: Vec<_> = book
        .rules_of(code)
        .into_iter()
        .filter(|r| r.in_force_on(today))
        .collect();
    let covered = |rule: &Arc<RuleEntry>| {
        all.iter()
            .any(|other| other.ids.len() > rule.ids.len() && other.ids.contains(&rule.id))
    };
    all.iter().copied().filter(|r| !covered(r)).collect()
}

/// The rule a cell shows: for goods before services, binding before announced, online before the
/// door; and how many more there are of the kind.
fn main_of<'r>(rules: &[&'r Arc<RuleEntry>], kin: &Kin) -> (Option<&'r Arc<RuleEntry>>, usize) {
    let of_kind: Vec<_> = rules.iter().copied().filter(|r| kin.has(r)).collect();
    let rank = |rule: &&Arc<RuleEntry>| {
        let c = &rule.content;
        let has = |list: bool| u8::from(!list);
        let goods = c
            .subjects
            .as_ref()
            .is_none_or(|s| s.contains(&Subject::Goods));
        let online = c
            .channels
            .as_ref()
            .is_none_or(|s| s.contains(&SaleChannel::Distance));
        let binding = !matches!(c.floor, Some(FloorKind::Future));
        // A rule that only lengthens another has no window of its own.
        let timed = c.window.is_some();
        (has(binding), has(timed), has(goods), has(online))
    };
    let main = of_kind.iter().copied().min_by_key(rank);
    (main, of_kind.len().saturating_sub(1))
}

/// A statement that a change of mind online gives a consumer nothing.
fn no_floor<'r>(rules: &[&'r Arc<RuleEntry>], kin: &Kin) -> Option<&'r Arc<RuleEntry>> {
    rules.iter().copied().find(|r| {
        let c = &r.content;
        kin.code == "mind"
            && c.right_type == Some(RightType::None)
            && c.buyer != Some(Buyer::Business)
            && c.channels
                .as_ref()
                .is_none_or(|s| s.contains(&SaleChannel::Distance))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_place_has_a_region() {
        let book = LawBook::builtin().unwrap();
        for j in book.jurisdictions() {
            assert_ne!(region(&j.code), ELSEWHERE, "{}", j.code);
        }
        assert_eq!(region("UY"), ELSEWHERE);
    }

    #[test]
    fn a_cell_shows_the_national_rule_for_goods() {
        let book = LawBook::builtin().unwrap();
        let today = kernel::Date::constant(2026, 11, 23);
        let shown = |code: &str, kin: usize| {
            let rules = speaking(&book, code, today);
            let main = main_of(&rules, &KINDS[kin]).0;
            main.or(no_floor(&rules, &KINDS[kin]))
                .map(|r| r.id.to_string())
        };
        assert_eq!(shown("DE", 0).as_deref(), Some("de.withdrawal.goods"));
        assert_eq!(shown("GB", 3).as_deref(), Some("uk.cra.short_term_reject"));
        assert_eq!(shown("CH", 0).as_deref(), Some("ch.distance.none"));
        assert_eq!(shown("CH", 1).as_deref(), Some("ch.or.40a"));
        assert_eq!(shown("US-NY", 1).as_deref(), Some("us.ftc.429"));
        assert_eq!(shown("US-CA", 2).as_deref(), Some("us_ca.return_policy"));
        assert_eq!(shown("FR", 4).as_deref(), Some("fr.conformity.goods"));
        assert_eq!(shown("DE", 2), None);
    }
}
