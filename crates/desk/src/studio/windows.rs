//! Windows and seasons of a draft as forms. What is filled in is written into the text of the
//! draft, which the editor then shows with the change; nothing is kept beside the text.

use super::{client_of, crumbs, draft_href, draft_id};
use crate::{form::Form, frame::Desk};
use app::{
    AppError,
    directory::Client,
    policies::{DraftState, Standing, Typed},
};
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Date, Permission};
use maud::{Markup, html};
use policy::{
    Anchor, ClauseScope, PolicySource, SalesChannel,
    edit::{EditError, Level, drop_season, set_season, set_window, source_of, window_of},
    line_of,
    source::{HolidaySource, WindowSource},
};
use redress_http::{
    L10n,
    ui::{
        Action, Choice, Column, ErrorSummary, Field, FieldError, Icon, Kind, Note, Row, Select,
        Table, Tone, Weight, card, csrf_field, form_actions,
    },
};
use serde::Deserialize;
use surface::{Failure, scope_words};

/// Longest window a policy takes, in days.
const DAYS_MAX: u16 = 3650;
/// Longest name of a season or of one step of a category, characters, as the policy takes them.
const NAME_MAX: usize = 40;

/// What is to be changed.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    /// A level with a window.
    level: Option<String>,
    /// A season, by its id.
    season: Option<String>,
}

/// `GET /studio/{client}/{draft}/windows`
pub async fn page(
    desk: Desk,
    Path((slug, draft)): Path<(String, String)>,
    Query(chosen): Query<Chosen>,
) -> Result<Response, Failure> {
    let client = client_of(&desk, &slug)?;
    let draft = draft_id(&draft)?;
    let standing = desk.app.draft(desk.scope(), client.id, draft).await?;
    let form = source_of(&standing.draft.text).map_or_else(Form::default, |source| {
        Form([window_form(&source, &chosen), season_form(&source, &chosen)].concat())
    });
    show(&desk, &client, &standing, &form, &[], None).await
}

/// The form of a window as it stands in the text.
fn window_form(source: &PolicySource, chosen: &Chosen) -> Vec<(String, String)> {
    let level = chosen.level.as_deref().and_then(Level::parse);
    let window = level.as_ref().and_then(|level| window_of(source, level));
    let Some((level, window)) = level.zip(window) else {
        return Vec::new();
    };
    let number = |n: Option<u16>| n.map_or_else(String::new, |n| n.to_string());
    let as_law = window
        .as_law
        .map_or("", |yes| if yes { "yes" } else { "no" });
    let anchor = window.anchor.map_or("", Anchor::as_str);
    fields(&[
        ("level", &level.to_string()),
        ("days", &number(window.days)),
        ("anchor", anchor),
        ("transit_days", &number(window.transit_days)),
        ("as_law", as_law),
    ])
}

/// The form of a season as it stands in the text.
fn season_form(source: &PolicySource, chosen: &Chosen) -> Vec<(String, String)> {
    let id = chosen.season.as_deref();
    let season = source.holidays.iter().find(|h| Some(h.id.as_str()) == id);
    season.map_or_else(Vec::new, |h| {
        fields(&[
            ("replaces", &h.id),
            ("id", &h.id),
            ("ordered_from", &h.ordered_from.to_string()),
            ("ordered_to", &h.ordered_to.to_string()),
            ("return_until", &h.return_until.to_string()),
        ])
    })
}

fn fields(list: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = list.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
    owned.collect()
}

async fn show(
    desk: &Desk,
    client: &Client,
    standing: &Standing,
    form: &Form,
    errors: &[FieldError],
    refused: Option<&redress_http::Problem>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let draft = &standing.draft;
    let writes = desk.has(Permission::PolicyWrite) && draft.state == DraftState::Open;
    let base = format!("{}/windows", draft_href(client, draft.id));
    let body = html! {
        (crumbs(desk, Some(client)))
        (super::head(desk, client, standing, "windows"))
        div.stack {
            (ErrorSummary { l, errors })
            @if let Some(problem) = refused {
                (Note::new(Tone::Bad, problem.title(l)).body(html! { p { (problem.what_to_do(l)) } }))
            }
            @match source_of(&draft.text) {
                None => {
                    (Note::new(Tone::Warn, l.t("studio-form-broken")).body(html! {
                        p { (Action::link(l.t("studio-tab-write"), draft_href(client, draft.id)).weight(Weight::Secondary)) }
                    }))
                }
                Some(source) => {
                    (windows_card(l, &source, &base, writes))
                    @if writes { (window_card(desk, &source, &base, draft.rev, form, errors)) }
                    (seasons_card(l, &source, &base, writes))
                    @if writes { (season_card(desk, &base, draft.rev, form, errors)) }
                }
            }
        }
    };
    let title = format!("{} · {}", draft.title, client.name);
    let page = desk.page(title, "/studio", false, body).await?;
    let mut answer = page.render().into_response();
    if let Some(problem) = refused {
        *answer.status_mut() = problem.status;
    } else if !errors.is_empty() {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

/// Every level of a policy, the client first.
fn levels(source: &PolicySource) -> Vec<Level> {
    let mut out = vec![Level::Client];
    out.extend(SalesChannel::ALL.iter().copied().map(Level::Channel));
    out.extend(source.markets.keys().cloned().map(Level::Market));
    out.extend(source.categories.keys().cloned().map(Level::Category));
    out.extend(source.products.keys().cloned().map(Level::Product));
    out
}

fn level_words(l: L10n, source: &PolicySource, level: &Level) -> String {
    let scope = match level {
        Level::Client => return l.t("studio-form-everywhere"),
        Level::Channel(channel) => ClauseScope::Channel(channel.as_str()),
        Level::Market(name) => ClauseScope::Market {
            name: name.clone(),
            countries: source
                .markets
                .get(name)
                .map_or_else(Vec::new, |m| m.countries.clone()),
        },
        Level::Country(code) => {
            return l.t_args("studio-form-country", &[("name", l.country(*code).into())]);
        }
        Level::Category(path) => ClauseScope::Category(path.clone()),
        Level::Product(sku) => ClauseScope::Product(sku.clone()),
    };
    scope_words(l, &scope)
}

fn windows_card(l: L10n, source: &PolicySource, base: &str, writes: bool) -> Markup {
    let columns = vec![
        Column::text(l.t("studio-form-where")),
        Column::figure(l.t("studio-form-days")),
        Column::text(l.t("studio-form-anchor")),
        Column::text(l.t("studio-form-as-law")),
    ];
    let inherited = || html! { span.muted { (l.t("studio-form-inherited")) } };
    let rows = levels(source).into_iter().filter_map(|level| {
        let w = window_of(source, &level)?;
        let anchor = w.anchor.map(|a| anchor_words(l, a));
        let cells = vec![
            html! { (level_words(l, source, &level)) },
            w.days.map_or_else(inherited, |n| html! { (n) }),
            anchor.map_or_else(inherited, |words| html! { (words) }),
            w.as_law
                .map_or_else(inherited, |yes| html! { (yes_words(l, yes)) }),
        ];
        let row = Row::new(cells);
        Some(if writes {
            row.href(address(base, "level", &level.to_string()))
        } else {
            row
        })
    });
    let rows: Vec<Row> = rows.collect();
    let body = if rows.is_empty() {
        html! { p.muted { (l.t("studio-form-no-windows")) } }
    } else {
        html! { (Table::new(l.t("studio-form-windows"), columns, rows)) }
    };
    card(&l.t("studio-form-windows"), &body)
}

/// An address that fills a form with what there is.
fn address(base: &str, name: &str, value: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair(name, value);
    let form = if name == "level" { "window" } else { "season" };
    format!("{base}?{}#{form}-form", query.finish())
}

fn anchor_words(l: L10n, anchor: Anchor) -> String {
    l.t(&format!(
        "studio-form-anchor-{}",
        anchor.as_str().replace('_', "-")
    ))
}

fn yes_words(l: L10n, yes: bool) -> String {
    l.t(if yes {
        "studio-form-yes"
    } else {
        "studio-form-no"
    })
}

fn window_card(
    desk: &Desk,
    source: &PolicySource,
    base: &str,
    rev: i64,
    form: &Form,
    errors: &[FieldError],
) -> Markup {
    let l = desk.l();
    let error = |field: &str| FieldError::find(errors, field).map(|m| l.say(m));
    let mut places: Vec<Choice> = levels(source)
        .iter()
        .map(|level| Choice::new(level.to_string(), level_words(l, source, level)))
        .collect();
    // Its market would bear this name: one that has it already is another market.
    let taken = |c: &kernel::CountryCode| {
        source.markets.values().any(|m| m.countries.contains(c))
            || source
                .markets
                .contains_key(&c.as_str().to_ascii_lowercase())
    };
    let countries = source.countries.iter().filter(|c| !taken(c));
    places.extend(countries.map(|c| {
        let level = Level::Country(*c);
        Choice::new(level.to_string(), level_words(l, source, &level))
    }));
    places.push(Choice::new("new", l.t("studio-form-new-category")));
    let anchors = Anchor::ALL.iter();
    let anchors = anchors.map(|a| Choice::new(a.as_str(), anchor_words(l, *a)));
    let yes_no = [("yes", true), ("no", false)].map(|(v, yes)| Choice::new(v, yes_words(l, yes)));
    html! {
        section #window-form { (card(&l.t("studio-form-window"), &html! {
            p.muted { (l.t("studio-form-window-why")) }
            form.stack method="post" action=(base) {
                (csrf_field(&desk.view.csrf))
                input type="hidden" name="rev" value=(rev);
                div.form-grid {
                    (Select::new("level", l.t("studio-form-where"), places).value(form.get("level")).error(error("level")))
                    (Field::new("category", l.t("studio-form-category")).hint(l.t("studio-form-category-hint"))
                        .value(form.get("category")).error(error("category")))
                    (Field::new("days", l.t("studio-form-days")).kind(Kind::Number).max(4)
                        .hint(l.t("studio-form-days-hint")).value(form.get("days")).error(error("days")))
                    (Select::new("anchor", l.t("studio-form-anchor"), anchors.collect())
                        .prompt(l.t("studio-form-inherited")).value(form.get("anchor")))
                    (Field::new("transit_days", l.t("studio-form-transit")).kind(Kind::Number).max(4)
                        .hint(l.t("studio-form-transit-hint")).value(form.get("transit_days")).error(error("transit_days")))
                    (Select::new("as_law", l.t("studio-form-as-law"), yes_no.into())
                        .prompt(l.t("studio-form-inherited")).value(form.get("as_law")))
                }
                (form_actions(&[
                    Action::submit(l.t("studio-form-write")).value("what", "window").icon(Icon::Check),
                ]))
            }
        })) }
    }
}

fn seasons_card(l: L10n, source: &PolicySource, base: &str, writes: bool) -> Markup {
    let columns = vec![
        Column::text(l.t("studio-form-id")),
        Column::text(l.t("studio-form-ordered-from")),
        Column::text(l.t("studio-form-ordered-to")),
        Column::text(l.t("studio-form-return-until")),
    ];
    let day = |day: Date| html! { span.nowrap { (redress_http::ui::date(l, day)) } };
    let rows = source.holidays.iter().map(|h| {
        let name = html! { (h.id) };
        let row = Row::new(vec![
            name,
            day(h.ordered_from),
            day(h.ordered_to),
            day(h.return_until),
        ]);
        if writes {
            row.href(address(base, "season", &h.id))
        } else {
            row
        }
    });
    let rows: Vec<Row> = rows.collect();
    let body = if rows.is_empty() {
        html! { p.muted { (l.t("studio-form-no-seasons")) } }
    } else {
        html! { (Table::new(l.t("studio-form-seasons"), columns, rows)) }
    };
    card(&l.t("studio-form-seasons"), &body)
}

fn season_card(desk: &Desk, base: &str, rev: i64, form: &Form, errors: &[FieldError]) -> Markup {
    let l = desk.l();
    let error = |field: &str| FieldError::find(errors, field).map(|m| l.say(m));
    let day = |name: &str, key: &str| {
        Field::new(name, l.t(key))
            .kind(Kind::Date)
            .value(form.get(name))
            .error(error(name))
            .required()
    };
    let replaces = form.get("replaces");
    let mut actions = vec![
        Action::submit(l.t("studio-form-write"))
            .value("what", "season")
            .icon(Icon::Check),
    ];
    if !replaces.is_empty() {
        let drop = Action::submit(l.t("studio-form-drop"));
        actions.push(drop.value("what", "drop").weight(Weight::Secondary));
    }
    html! {
        section #season-form { (card(&l.t("studio-form-season"), &html! {
            p.muted { (l.t("studio-form-season-why")) }
            form.stack method="post" action=(base) {
                (csrf_field(&desk.view.csrf))
                input type="hidden" name="rev" value=(rev);
                input type="hidden" name="replaces" value=(replaces);
                div.form-grid {
                    (Field::new("id", l.t("studio-form-id")).hint(l.t("studio-form-id-hint"))
                        .value(form.get("id")).error(error("id")).required())
                    (day("ordered_from", "studio-form-ordered-from"))
                    (day("ordered_to", "studio-form-ordered-to"))
                    (day("return_until", "studio-form-return-until"))
                }
                (form_actions(&actions))
            }
        })) }
    }
}

/// What a form asks of the text.
enum Change {
    Window(Level, WindowSource),
    Season(Option<String>, HolidaySource),
    Drop(String),
}

impl Change {
    fn read(form: &Form, source: &PolicySource, errors: &mut Vec<FieldError>) -> Option<Self> {
        match form.get("what") {
            "season" => season(form, source, errors),
            "drop" => Some(Self::Drop(form.get("replaces").to_owned())),
            _ => window(form, errors),
        }
    }

    fn apply(&self, text: &str) -> Result<String, EditError> {
        match self {
            Self::Window(level, window) => set_window(text, level, window),
            Self::Season(replaces, season) => set_season(text, replaces.as_deref(), season),
            Self::Drop(id) => drop_season(text, id),
        }
    }

    /// The line of `text` where the change stands; none for what is gone.
    fn line(&self, text: &str) -> Option<usize> {
        match self {
            Self::Window(level, _) => line_of(text, &level.window_path()),
            Self::Season(_, season) => line_of(text, &format!("holidays.{}", season.id)),
            Self::Drop(_) => None,
        }
    }
}

fn window(form: &Form, errors: &mut Vec<FieldError>) -> Option<Change> {
    let level = match form.get("level") {
        "new" => {
            let path = form.get("category");
            if !path.split('/').all(is_name) {
                errors.push(FieldError::new("category", "help-studio-form-category"));
            }
            Level::Category(path.to_owned())
        }
        text => Level::parse(text).unwrap_or_else(|| {
            errors.push(FieldError::new("level", "help-studio-form-level"));
            Level::Client
        }),
    };
    let mut number = |name: &str| match form.get(name) {
        "" => None,
        text => {
            let days = text.parse().ok().filter(|n| *n <= DAYS_MAX);
            if days.is_none() {
                errors.push(FieldError::new(name, "help-studio-form-days"));
            }
            days
        }
    };
    let (days, transit_days) = (number("days"), number("transit_days"));
    if level == Level::Client && form.get("days").is_empty() {
        errors.push(FieldError::new("days", "help-studio-form-days"));
    }
    let mut anchors = Anchor::ALL.iter().copied();
    let window = WindowSource {
        days,
        anchor: anchors.find(|a| a.as_str() == form.get("anchor")),
        transit_days,
        as_law: match form.get("as_law") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
    };
    errors.is_empty().then_some(Change::Window(level, window))
}

fn season(form: &Form, source: &PolicySource, errors: &mut Vec<FieldError>) -> Option<Change> {
    let (id, replaces) = (form.get("id"), form.get("replaces"));
    let other = source.holidays.iter().any(|h| h.id == id && id != replaces);
    if !is_name(id) {
        errors.push(FieldError::new("id", "help-studio-form-id"));
    } else if other {
        errors.push(FieldError::new("id", "help-studio-form-taken"));
    }
    let mut day = |name: &str| {
        form.get(name).parse::<Date>().unwrap_or_else(|_| {
            errors.push(FieldError::new(name, "help-date"));
            Date::MAX
        })
    };
    let season = HolidaySource {
        id: id.to_owned(),
        ordered_from: day("ordered_from"),
        ordered_to: day("ordered_to"),
        return_until: day("return_until"),
    };
    if errors.is_empty() {
        if season.ordered_to < season.ordered_from {
            errors.push(FieldError::new("ordered_to", "help-studio-form-order"));
        }
        if season.return_until < season.ordered_to {
            errors.push(FieldError::new("return_until", "help-studio-form-order"));
        }
    }
    let replaces = Some(replaces.to_owned()).filter(|r| !r.is_empty());
    errors
        .is_empty()
        .then_some(Change::Season(replaces, season))
}

/// Lower-case letters, digits, `_` and `-`, not too many.
fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c);
    !text.is_empty() && text.len() <= NAME_MAX && text.chars().all(fits)
}

/// `POST /studio/{client}/{draft}/windows`: writes the change into the text and shows it there.
pub async fn save(
    desk: Desk,
    Path((slug, draft)): Path<(String, String)>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let client = client_of(&desk, &slug)?;
    let draft = draft_id(&draft)?;
    let form = Form(fields);
    let standing = desk.app.draft(desk.scope(), client.id, draft).await?;
    let (text, mut errors) = (&standing.draft.text, Vec::new());
    let source = source_of(text);
    let change = source.and_then(|source| Change::read(&form, &source, &mut errors));
    // What is no policy shows as that on the page, with the way to mend it.
    let Some((change, after)) = change.and_then(|c| c.apply(text).ok().map(|after| (c, after)))
    else {
        return show(&desk, &client, &standing, &form, &errors, None).await;
    };
    let typed = Typed {
        title: &standing.draft.title,
        text: &after,
        from: standing.draft.from,
    };
    let rev = form.get("rev").parse().unwrap_or(0);
    let saved = desk
        .app
        .save_draft(desk.scope(), client.id, draft, rev, &typed);
    match saved.await {
        Ok(_) => {}
        Err(error @ (AppError::Stale { .. } | AppError::Invalid(_) | AppError::Busy)) => {
            let problem = Failure::from(error).0;
            return show(&desk, &client, &standing, &form, &[], Some(&problem)).await;
        }
        Err(error) => return Err(error.into()),
    }
    let to = draft_href(&client, draft);
    let line = change.line(&after);
    let to = line.map_or_else(|| to.clone(), |n| format!("{to}?written={n}#line-{n}"));
    Ok(Redirect::to(&to).into_response())
}
