//! The test table: one invented order by a form, many as CSV, each decided as a real one would be
//! by the draft and by the law.

use super::{client_of, crumbs, draft_href, draft_id};
use crate::{form::Form, frame::Desk};
use app::{
    AppError,
    directory::Client,
    policies::{
        Standing,
        backtest::Ending,
        trial::{TrialRow, Tried, TriedRow, trials_from_csv, trials_to_csv},
    },
};
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{Date, Permission};
use maud::{Markup, html};
use policy::{Outcome, ReturnReason, SalesChannel};
use redress_http::{
    L10n,
    ui::{
        self, Action, Choice, Column, Field, FieldError, Icon, Kind, Note, Row, Select, Table,
        Tone, Weight, card, csrf_field, empty, form_actions, pill,
    },
};
use surface::{Failure, outcome_name, reason_name};

/// `GET /studio/{client}/{draft}/tests`
pub async fn page(
    desk: Desk,
    Path((slug, draft)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let client = client_of(&desk, &slug)?;
    let draft = draft_id(&draft)?;
    let standing = desk.app.draft(desk.scope(), client.id, draft).await?;
    show(&desk, &client, &standing, &TrialRow::default(), None).await
}

type Outcomes<'a> = Result<&'a Tried, &'a [FieldError]>;

async fn show(
    desk: &Desk,
    client: &Client,
    standing: &Standing,
    typed: &TrialRow,
    one: Option<Outcomes<'_>>,
) -> Result<Response, Failure> {
    let l = desk.l();
    let draft = &standing.draft;
    let writes =
        desk.has(Permission::PolicyWrite) && draft.state == app::policies::DraftState::Open;
    let readable = draft.compiled.is_ok();
    let rows = if readable && !draft.tests.trim().is_empty() {
        desk.app
            .try_table(desk.scope(), client.id, draft.id)
            .await?
    } else {
        Vec::new()
    };
    let errors = one.and_then(Result::err).unwrap_or_default();
    let to = format!("{}/tests", draft_href(client, draft.id));
    let body = html! {
        (crumbs(desk, Some(client)))
        (super::head(desk, client, standing, "tests"))
        div.stack {
            @if !readable { (Note::new(Tone::Warn, l.t("studio-do-broken"))) }
            @else {
                @if let Some(Ok(tried)) = one { (outcome_card(l, tried)) }
                (order_form(desk, &to, typed, draft.from, errors, writes))
                (table_card(l, &rows))
            }
            @if writes { (csv_card(desk, &to, &draft.tests)) }
        }
    };
    let title = format!("{} · {}", draft.title, client.name);
    let page = desk.page(title, "/studio", false, body).await?;
    let mut answer = page.render().into_response();
    if !errors.is_empty() {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

fn order_form(
    desk: &Desk,
    to: &str,
    typed: &TrialRow,
    from: Date,
    errors: &[FieldError],
    writes: bool,
) -> Markup {
    let l = desk.l();
    let error = |field: &str| FieldError::find(errors, field).map(|m| l.say(m));
    let or = |text: &str, default: &str| {
        if text.is_empty() {
            default.to_owned()
        } else {
            text.to_owned()
        }
    };
    let later = |days: i64| {
        from.saturating_add(jiff::Span::new().days(days))
            .to_string()
    };
    let channels = SalesChannel::ALL.iter().map(|c| {
        let words = l.t(&format!("studio-channel-{}", c.as_str()));
        Choice::new(c.as_str(), words)
    });
    let reasons = ReturnReason::ALL
        .iter()
        .map(|r| Choice::new(r.as_str(), reason_name(l, *r)));
    let outcomes = Outcome::ALL
        .iter()
        .map(|o| Choice::new(o.as_str(), outcome_name(l, *o)));
    let endings = Ending::ALL
        .iter()
        .map(|e| Choice::new(e.as_str(), ending_words(l, *e)));
    let tick = |name: &str, value: &str, default: bool| {
        let on = if value.is_empty() {
            default
        } else {
            value == "yes"
        };
        ui::checkbox(
            name,
            &l.t(&format!("studio-test-{}", name.replace('_', "-"))),
            "yes",
            on,
            None,
        )
    };
    let mut actions = vec![
        Action::submit(l.t("studio-try"))
            .value("then", "try")
            .icon(Icon::Check)
            .key("mod+Enter"),
    ];
    if writes {
        actions.push(
            Action::submit(l.t("studio-try-keep"))
                .value("then", "keep")
                .weight(Weight::Secondary)
                .icon(Icon::Plus),
        );
    }
    card(
        &l.t("studio-one-order"),
        &html! {
            form.stack method="post" action=(to) {
                (csrf_field(&desk.view.csrf))
                div.form-grid {
                    (Field::new("place", l.t("studio-test-place")).value(or(&typed.place, "DE")).max(16).error(error("place")).required())
                    (Select::new("channel", l.t("studio-test-channel"), channels.collect()).value(or(&typed.channel, "online")))
                    (Field::new("category", l.t("studio-test-category")).value(&typed.category).max(128))
                    (Field::new("sku", l.t("studio-test-sku")).value(&typed.sku).max(128))
                    (Field::new("ordered", l.t("studio-test-ordered")).kind(Kind::Date).value(or(&typed.ordered, &later(0))).error(error("ordered")))
                    (Field::new("delivered", l.t("studio-test-delivered")).kind(Kind::Date).value(or(&typed.delivered, &later(3))).error(error("delivered")))
                    (Field::new("asked", l.t("studio-test-asked")).kind(Kind::Date).value(or(&typed.asked, &later(10))).error(error("asked")))
                    (Select::new("reason", l.t("studio-test-reason"), reasons.collect()).value(or(&typed.reason, "changed_mind")))
                    (Select::new("wanted", l.t("studio-test-wanted"), outcomes.collect()).value(or(&typed.wanted, "refund")))
                    (Field::new("units", l.t("studio-test-units")).kind(Kind::Number).value(or(&typed.units, "1")).error(error("units")))
                    (Field::new("price", l.t("studio-test-price")).kind(Kind::Amount).value(or(&typed.price, "49.00")).error(error("price")))
                    (Field::new("currency", l.t("studio-test-currency")).value(&typed.currency).max(3).error(error("currency")))
                    (Select::new("expect", l.t("studio-test-expect"), endings.collect()).prompt(l.t("studio-test-nothing")).value(&typed.expect))
                }
                div.law-ticks {
                    (tick("opened", &typed.opened, false))
                    (tick("final_sale", &typed.final_sale, false))
                    (tick("evidence", &typed.evidence, true))
                }
                (form_actions(&actions))
            }
        },
    )
}

/// An ending as people say it.
pub fn ending_words(l: L10n, ending: Ending) -> String {
    l.t(&format!("studio-ending-{}", ending.as_str()))
}

pub const fn ending_tone(ending: Ending) -> Tone {
    match ending {
        Ending::Declined => Tone::Bad,
        Ending::Asked | Ending::Review | Ending::Partly => Tone::Warn,
        Ending::Granted | Ending::Kept => Tone::Good,
    }
}

fn outcome_card(l: L10n, tried: &Tried) -> Markup {
    let decision = &tried.decision;
    let line = decision.lines.first();
    card(
        &l.t("studio-answer"),
        &html! {
            div role="status" {
                p { (pill(ending_tone(tried.ending), &ending_words(l, tried.ending))) " " strong { (ui::money(l, tried.granted)) } }
                @if let Some(line) = line {
                    ul { @for reason in line.reasons.iter().chain(&decision.quote.reasons) { li { (l.reason(reason)) } } }
                    @if !line.offered.is_empty() {
                        p.muted { (l.t("studio-offered")) " " (line.offered.iter().map(|o| outcome_name(l, *o)).collect::<Vec<_>>().join(", ")) }
                    }
                }
            }
        },
    )
}

fn table_card(l: L10n, rows: &[TriedRow]) -> Markup {
    let title = l.t("studio-table");
    if rows.is_empty() {
        return card(
            &title,
            &empty(
                Icon::List,
                &l.t("studio-table-none"),
                &l.t("studio-table-none-why"),
                None,
            ),
        );
    }
    let judged: Vec<bool> = rows
        .iter()
        .filter_map(|r| r.outcome.as_ref().map_or(Some(false), |t| t.as_expected))
        .collect();
    let good = judged.iter().filter(|ok| **ok).count();
    let words = [("good", good.into()), ("all", judged.len().into())];
    let tone = if good == judged.len() {
        Tone::Good
    } else {
        Tone::Bad
    };
    let columns = vec![
        Column::figure(l.t("studio-row")),
        Column::text(l.t("studio-test-order")),
        Column::text(l.t("studio-answer")),
        Column::figure(l.t("studio-money")),
        Column::text(l.t("studio-test-expect")),
        Column::text(l.t("studio-why")),
    ];
    let list = rows.iter().map(|r| tried_row(l, r)).collect();
    card(
        &title,
        &html! {
            @if !judged.is_empty() { (Note::new(tone, l.t_args("studio-table-sum", &words))) }
            (Table::new(&title, columns, list))
        },
    )
}

fn tried_row(l: L10n, tried: &TriedRow) -> Row {
    let row = tried.row.clone().unwrap_or_default();
    let named = if row.name.is_empty() {
        let parts = [&row.place, &row.category, &row.sku, &row.reason, &row.asked];
        let parts: Vec<&str> = parts
            .iter()
            .map(|p| p.as_str())
            .filter(|p| !p.is_empty())
            .collect();
        parts.join(" · ")
    } else {
        row.name.clone()
    };
    let expected = Ending::ALL.iter().find(|e| e.as_str() == row.expect);
    let expected = expected.map_or_else(String::new, |e| ending_words(l, *e));
    let line = html! { (tried.line) };
    match &tried.outcome {
        Ok(t) => Row::new(vec![
            line,
            html! { (ui::bdi(&named)) },
            pill(ending_tone(t.ending), &ending_words(l, t.ending)),
            ui::money(l, t.granted),
            html! {
                @match t.as_expected {
                    Some(true) => (pill(Tone::Good, &l.t("studio-as-expected"))),
                    Some(false) => { (pill(Tone::Bad, &l.t("studio-not-expected"))) div.small { (expected) " " (row.expect_amount) } }
                    None => "–",
                }
            },
            html! { span.small { (t.decision.lines.first().and_then(|d| d.reasons.first()).map(|r| l.reason(r)).unwrap_or_default()) } },
        ]),
        Err(errors) => Row::new(vec![
            line,
            html! { (ui::bdi(&named)) },
            pill(Tone::Bad, &l.t("studio-row-bad")),
            html! {},
            html! {},
            html! { ul.small { @for e in errors { li { code { (e.field) } " " (l.t(e.help)) } } } },
        ]),
    }
}

fn csv_card(desk: &Desk, to: &str, tests: &str) -> Markup {
    let l = desk.l();
    let example = trials_to_csv(&[TrialRow {
        name: "Fifteenth day".into(),
        place: "DE".into(),
        ordered: "2027-03-01".into(),
        delivered: "2027-03-04".into(),
        asked: "2027-03-19".into(),
        reason: "changed_mind".into(),
        price: "49.00".into(),
        expect: "granted".into(),
        ..TrialRow::default()
    }]);
    let lines = tests.lines().count().clamp(5, 20);
    card(
        &l.t("studio-csv"),
        &html! {
            form.stack method="post" action=(to) {
                (csrf_field(&desk.view.csrf))
                div.field {
                    label for="f-tests" { (l.t("studio-csv-text")) }
                    p.hint id="f-tests-hint" { (l.t("studio-csv-hint")) }
                    textarea.input.studio-csv id="f-tests" name="tests" rows=(lines) wrap="off" spellcheck="false"
                        aria-describedby="f-tests-hint" { "\n" (tests) }
                }
                div.field data-fills="f-tests" hidden {
                    label for="f-file" { (l.t("studio-csv-file")) }
                    input.input id="f-file" type="file" accept=".csv,text/csv";
                }
                (form_actions(&[Action::submit(l.t("studio-csv-run")).value("then", "table").icon(Icon::Check)]))
            }
            details.studio-more {
                summary { (l.t("studio-csv-columns")) }
                pre.studio-quote tabindex="0" { code { (example) } }
            }
        },
    )
}

/// `POST /studio/{client}/{draft}/tests`: tries one order, keeps it, or stores the table.
pub async fn send(
    desk: Desk,
    Path((slug, draft)): Path<(String, String)>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let client = client_of(&desk, &slug)?;
    let draft = draft_id(&draft)?;
    let form = Form(fields);
    let to = format!("{}/tests", draft_href(&client, draft));
    let (app, scope) = (&desk.app, desk.scope());
    if form.get("then") == "table" {
        let raw = form.0.iter().find(|(n, _)| n == "tests");
        let text = raw.map_or(String::new(), |(_, v)| v.replace("\r\n", "\n"));
        app.save_tests(scope, client.id, draft, text.trim_start_matches('\n'))
            .await?;
        return Ok(Redirect::to(&to).into_response());
    }
    let row = row_of(&form);
    let standing = app.draft(scope, client.id, draft).await?;
    match app.try_order(scope, client.id, draft, &row).await {
        Ok(_) if form.get("then") == "keep" => {
            let known = trials_from_csv(&standing.draft.tests).into_iter();
            let mut rows: Vec<TrialRow> = known.filter_map(|(_, row)| row.ok()).collect();
            rows.push(row);
            app.save_tests(scope, client.id, draft, &trials_to_csv(&rows))
                .await?;
            Ok(Redirect::to(&to).into_response())
        }
        Ok(tried) => show(&desk, &client, &standing, &row, Some(Ok(&tried))).await,
        Err(AppError::Invalid(fields)) => {
            let errors: Vec<FieldError> = fields
                .into_iter()
                .map(|f| FieldError::new(f.field, f.help))
                .collect();
            show(&desk, &client, &standing, &row, Some(Err(&errors))).await
        }
        Err(error) => Err(error.into()),
    }
}

fn row_of(form: &Form) -> TrialRow {
    let text = |name: &str| form.get(name).chars().take(128).collect::<String>();
    let tick = |name: &str| if form.ticked(name) { "yes" } else { "no" }.to_owned();
    TrialRow {
        name: String::new(),
        place: text("place"),
        channel: text("channel"),
        category: text("category"),
        sku: text("sku"),
        ordered: text("ordered"),
        delivered: text("delivered"),
        asked: text("asked"),
        reason: text("reason"),
        wanted: text("wanted"),
        units: text("units"),
        price: text("price"),
        currency: text("currency"),
        opened: tick("opened"),
        final_sale: tick("final_sale"),
        evidence: tick("evidence"),
        expect: text("expect"),
        expect_amount: String::new(),
    }
}
