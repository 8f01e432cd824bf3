//! One return at the bench: what is expected, what is here, what is left to do.

use crate::{
    bench::Bench,
    fields::{Fields, wrong},
    recount, words,
};
use app::{
    App,
    cases::{Answer, Call, Idempotency},
    directory::Client,
    views::CasePage,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use kernel::{CaseId, ParcelId};
use maud::{Markup, html};
use policy::Grade;
use redress_http::{
    Problem,
    ui::{
        Action, Choice, Definition, Field, Icon, Kind, Select, Weight, actions, bdi, card,
        checkbox, csrf_field, definitions, scan_state,
    },
};
use returns::{Command, Count, Disposition, Stray};
use std::sync::Arc;
use surface::Failure;

/// Most lines of the order that are shown beyond those of the return.
const OTHER_LINES_MAX: usize = 50;

/// One return, found for this bench.
pub struct Opened {
    pub client: Arc<Client>,
    pub page: CasePage,
}

impl Opened {
    /// Its address.
    pub fn href(&self) -> String {
        format!("/dock/{}/{}", self.client.slug, self.page.case.id)
    }

    /// Title of an order line.
    pub fn title(&self, line: u16) -> &str {
        self.page.order.line(line).map_or("", |l| &l.title)
    }

    /// Gives a command under the form's key; `step` keeps two commands of one form apart.
    pub async fn give(
        &self,
        app: &App,
        bench: &Bench,
        fields: &Fields,
        step: &str,
        command: &Command,
    ) -> Result<Answer, Failure> {
        let version = fields
            .read("version", "dock-reload")?
            .filter(|_| step.is_empty());
        let said = serde_json::to_vec(&(self.page.case.id, command));
        let said = said.map_err(|_| Problem::internal())?;
        let key = Idempotency::new(&format!("{}{step}", fields.text("key")), &said)?;
        let call = Call {
            idempotency: Some(key),
            ..Call::new(&bench.person.scope, app.now())
        };
        Ok(app
            .command(&call, self.client.id, self.page.case.id, version, command)
            .await?)
    }

    /// The hidden fields that bind a form to what was seen.
    pub fn hidden(&self, app: &App, bench: &Bench, fields: &Fields) -> Markup {
        let key = match fields.text("key") {
            "" => app.mint(app.now()).to_string(),
            key => key.to_owned(),
        };
        html! {
            (csrf_field(&bench.view.csrf))
            input type="hidden" name="version" value=(self.page.case.version);
            input type="hidden" name="key" value=(key);
        }
    }
}

/// Finds the return of an address; another client's is missing.
pub async fn find(app: &App, bench: &Bench, slug: &str, case: &str) -> Result<Opened, Failure> {
    let client = bench.client(app, slug)?;
    let case: CaseId = case.parse().map_err(|_| Problem::not_found())?;
    let page = app.case_page(&bench.person.scope, client.id, case).await?;
    Ok(Opened { client, page })
}

/// `/dock/{client}/{case}`.
pub async fn page(
    State(app): State<App>,
    bench: Bench,
    Path((slug, case)): Path<(String, String)>,
) -> Result<Markup, Failure> {
    let opened = find(&app, &bench, &slug, &case).await?;
    Ok(draw(&app, &bench, &opened, &Fields::default(), None))
}

/// The page; after a refusal with the problem and everything that was typed.
pub fn draw(
    app: &App,
    bench: &Bench,
    opened: &Opened,
    typed: &Fields,
    problem: Option<&Problem>,
) -> Markup {
    let l = bench.view.l;
    let case = &opened.page.case;
    let (tone, word, hint) = words::state(case);
    let stopped = word == "dock-word-stop";
    let title = l.t_args("dock-case-title", &[("rma", case.rma.as_ref().into())]);
    bench.page(
        &title,
        &html! {
            (scan_state(tone, &l.t(word), &format!("{} · {}", case.rma, opened.client.name)))
            h1.visually-hidden { (title) }
            p.lede { (l.t(hint)) }
            @if let Some(problem) = problem { div { (problem.fragment(l)) } }
            @if !stopped {
                (to_grade(bench, opened))
                (to_dispose(app, bench, opened))
                (to_count(app, bench, opened, typed))
            }
            (facts(bench, opened))
            @if !stopped && !case.closed { (recount::form(app, bench, opened)) }
            p.hint { (l.t("dock-undo")) }
        },
    )
}

fn facts(bench: &Bench, opened: &Opened) -> Markup {
    let l = bench.view.l;
    let page = &opened.page;
    let rows = page.case.lines.iter().map(|line| {
        let q = &line.quantities;
        let figures = l.t_args(
            "dock-figures",
            &[
                ("announced", q.announced.into()),
                ("received", q.received.into()),
                ("missing", q.missing.into()),
                ("unexpected", q.unexpected.into()),
                ("graded", (q.accepted + q.rejected).into()),
            ],
        );
        Definition::new(opened.title(line.line), html! { (figures) })
    });
    let strays = page.case.strays.iter().map(|s| {
        Definition::new(
            l.t("dock-stray"),
            html! { (l.number(s.units.into())) " × " (bdi(&s.label)) },
        )
    });
    let order = Definition::new(l.t("dock-col-order"), html! { (page.order.number) });
    let routes = page.case.lines.iter().filter_map(|line| {
        let route = words::route(l, line.terms?.route?);
        let title = opened.title(line.line);
        Some(Definition::new(
            l.t("dock-route"),
            html! { (bdi(title)) ": " strong { (route) } },
        ))
    });
    let list: Vec<_> = std::iter::once(order)
        .chain(rows)
        .chain(routes)
        .chain(strays)
        .collect();
    card(&l.t("dock-so-far"), &definitions(&list))
}

/// A count with buttons beside it that work without script: they send the form, which comes
/// back with the new count.
fn counter(bench: &Bench, opened: &Opened, line: u16, typed: &Fields, expected: u32) -> Markup {
    let l = bench.view.l;
    let name = format!("count-{line}");
    let value = match typed.text(&name) {
        "" => "0",
        text => text,
    };
    let title = opened.title(line).to_owned();
    let less = l.t_args("dock-less", &[("item", title.as_str().into())]);
    let more = l.t_args("dock-more", &[("item", title.as_str().into())]);
    let bump = |by: &str, words: String, which| {
        Action::submit(words)
            .weight(Weight::Secondary)
            .icon_only(which)
            .large()
            .value("bump", format!("{line}:{by}"))
    };
    html! {
        div.dock-count {
            (bump("-1", less, Icon::Minus))
            (Field::new(name, title).kind(Kind::Number).value(value).max(6).narrow()
                .hint(l.t_args("dock-expected", &[("n", expected.into())])))
            (bump("+1", more, Icon::Plus))
        }
    }
}

fn to_count(app: &App, bench: &Bench, opened: &Opened, typed: &Fields) -> Markup {
    let l = bench.view.l;
    let case = &opened.page.case;
    let known: Vec<u16> = case.lines.iter().map(|line| line.line).collect();
    let sold = 0..u16::try_from(opened.page.order.lines.len()).unwrap_or(u16::MAX);
    let others: Vec<u16> = sold
        .filter(|line| !known.contains(line))
        .take(OTHER_LINES_MAX)
        .collect();
    let expected = |line: u16| case.line(line).map_or(0, |l| l.quantities.expected());
    let waiting: Vec<_> = case
        .parcels
        .iter()
        .filter(|p| p.received_on.is_none())
        .collect();
    let choices = case
        .parcels
        .iter()
        .map(|p| Choice::new(p.id.to_string(), p.tracking.to_string()));
    let parcel = match typed.text("parcel") {
        "" => waiting.first().map_or(String::new(), |p| p.id.to_string()),
        text => text.to_owned(),
    };
    let form = html! {
        form.stack method="post" action={ (opened.href()) "/receive" } {
            (opened.hidden(app, bench, typed))
            // Enter in a field counts; without this the first button would be pressed instead.
            button.visually-hidden type="submit" tabindex="-1" aria-hidden="true" {}
            @if !case.parcels.is_empty() {
                (Select::new("parcel", l.t("dock-parcel"), choices.collect())
                    .prompt(l.t("dock-parcel-none")).value(parcel))
            }
            @for line in &known { (counter(bench, opened, *line, typed, expected(*line))) }
            @if !others.is_empty() {
                details open[known.is_empty() || others.iter().any(|line| typed.has(&format!("count-{line}")))] {
                    summary { (l.t("dock-other-lines")) }
                    div.stack { @for line in &others { (counter(bench, opened, *line, typed, 0)) } }
                }
            }
            details open[typed.has("stray_label")] {
                summary { (l.t("dock-stray-title")) }
                div.stack {
                    (Field::new("stray_label", l.t("dock-stray-label")).hint(l.t("dock-stray-hint"))
                        .max(200).value(typed.text("stray_label")))
                    (Field::new("stray_units", l.t("dock-units")).kind(Kind::Number).max(6).narrow()
                        .value(typed.text("stray_units")))
                }
            }
            (checkbox("complete", &l.t("dock-complete"), "yes", typed.has("complete"), Some(&l.t("dock-complete-hint"))))
            (Action::submit(l.t("dock-count-go")).icon(Icon::BoxCheck).large().key("mod+Enter"))
        }
    };
    card(&l.t("dock-count-title"), &form)
}

/// `POST …/receive`: counts what is here, or moves one count and asks again.
pub async fn send(
    State(app): State<App>,
    bench: Bench,
    Path((slug, case)): Path<(String, String)>,
    body: String,
) -> Result<Response, Failure> {
    let opened = find(&app, &bench, &slug, &case).await?;
    let mut fields = Fields::parse(&body);
    if fields.has("bump") {
        bump(&mut fields);
        return Ok(draw(&app, &bench, &opened, &fields, None).into_response());
    }
    let given = match command(&opened, &fields) {
        Ok(command) => opened.give(&app, &bench, &fields, "", &command).await,
        Err(problem) => Err(Failure(problem)),
    };
    answer(given, &opened, |problem| {
        draw(&app, &bench, &opened, &fields, Some(problem))
    })
}

/// On to the return, or the page again with what is wrong and all that was typed.
pub fn answer(
    given: Result<Answer, Failure>,
    opened: &Opened,
    again: impl Fn(&Problem) -> Markup,
) -> Result<Response, Failure> {
    match given {
        Ok(_) => Ok(Redirect::to(&opened.href()).into_response()),
        Err(Failure(problem)) if problem.status.is_client_error() => {
            Ok((problem.status, again(&problem)).into_response())
        }
        Err(failure) => Err(failure),
    }
}

/// `bump=3:+1` adds one to `count-3`.
fn bump(fields: &mut Fields) {
    let wanted = fields.text("bump").to_owned();
    let Some((line, by)) = wanted.split_once(':') else {
        return;
    };
    let name = format!("count-{line}");
    let now: i64 = fields.text(&name).parse().unwrap_or(0);
    let by: i64 = by.parse().unwrap_or(0);
    if line.parse::<u16>().is_ok() {
        fields.set(&name, now.saturating_add(by).clamp(0, 999_999).to_string());
    }
}

fn command(opened: &Opened, fields: &Fields) -> Result<Command, Problem> {
    let mut counts = Vec::new();
    for line in 0..opened.page.order.lines.len() {
        let Ok(line) = u16::try_from(line) else { break };
        let units: Option<u32> = fields.read(&format!("count-{line}"), "dock-whole-number")?;
        if let Some(units) = units.filter(|n| *n > 0) {
            counts.push(Count { line, units });
        }
    }
    let stray = fields.text("stray_label");
    let strays = if stray.is_empty() {
        Vec::new()
    } else {
        let units = fields
            .read("stray_units", "dock-whole-number")?
            .unwrap_or(1);
        vec![Stray {
            label: stray.into(),
            units,
        }]
    };
    let complete = fields.has("complete");
    if counts.is_empty() && strays.is_empty() && !complete {
        let first = opened.page.case.lines.first().map_or(0, |l| l.line);
        return Err(wrong(&format!("count-{first}"), "dock-count-needed"));
    }
    let parcel: Option<ParcelId> = fields.read("parcel", "dock-parcel-unknown")?;
    Ok(Command::Receive {
        parcel,
        counts,
        strays,
        complete,
    })
}

fn to_grade(bench: &Bench, opened: &Opened) -> Markup {
    let l = bench.view.l;
    let lines: Vec<_> = opened
        .page
        .case
        .lines
        .iter()
        .filter(|line| line.quantities.ungraded() > 0)
        .collect();
    let buttons: Vec<Action> = lines
        .iter()
        .zip(1..=9)
        .map(|(line, n)| {
            let words = l.t_args(
                "dock-grade-go",
                &[
                    ("n", line.quantities.ungraded().into()),
                    ("item", opened.title(line.line).into()),
                ],
            );
            let href = format!("{}/grade/{}", opened.href(), line.line);
            let weight = if n == 1 {
                Weight::Primary
            } else {
                Weight::Secondary
            };
            Action::link(words, href)
                .weight(weight)
                .large()
                .key(n.to_string())
        })
        .collect();
    html! { @if !buttons.is_empty() { (card(&l.t("dock-grade-title"), &actions(&buttons))) } }
}

/// Graded units that have not gone anywhere: from a grade given elsewhere.
fn to_dispose(app: &App, bench: &Bench, opened: &Opened) -> Markup {
    let l = bench.view.l;
    let lots = opened.page.case.lines.iter().flat_map(|line| {
        line.lots
            .iter()
            .filter(|lot| lot.undisposed() > 0)
            .map(move |lot| (line.line, lot))
    });
    let forms: Vec<Markup> = lots
        .map(|(line, lot)| {
            let label = l.t_args(
                "dock-dispose-of",
                &[
                    ("n", lot.undisposed().into()),
                    ("item", opened.title(line).into()),
                    ("grade", words::grade(l, lot.grade).into()),
                ],
            );
            let usual = if lot.accepted {
                Disposition::Restock
            } else {
                Disposition::ShipBack
            };
            html! {
                form.stack method="post" action={ (opened.href()) "/dispose" } {
                    (opened.hidden(app, bench, &Fields::default()))
                    input type="hidden" name="line" value=(line);
                    input type="hidden" name="units" value=(lot.undisposed());
                    input type="hidden" name="grade" value=(lot.grade);
                    (dispositions(bench, &label, usual.as_str()))
                    (Action::submit(l.t("dock-dispose-go")).large())
                }
            }
        })
        .collect();
    html! { @if !forms.is_empty() { (card(&l.t("dock-dispose-title"), &html! { @for form in &forms { (form) } })) } }
}

/// The list of places goods can go to.
pub fn dispositions(bench: &Bench, label: &str, value: &str) -> Select {
    let l = bench.view.l;
    let choices = Disposition::ALL
        .iter()
        .map(|d| Choice::new(d.as_str(), words::disposition(l, *d)));
    Select::new("disposition", label, choices.collect())
        .value(value)
        .required()
}

/// The disposition of a form.
pub fn disposition(fields: &Fields) -> Result<Disposition, Problem> {
    let text = fields.text("disposition");
    let known = Disposition::ALL.iter().find(|d| d.as_str() == text);
    known
        .copied()
        .ok_or_else(|| wrong("disposition", "dock-to-needed"))
}

/// The grade of a form.
pub fn grade(fields: &Fields) -> Result<Grade, Problem> {
    Grade::parse(fields.text("grade")).ok_or_else(|| wrong("grade", "dock-grade-needed"))
}

/// `POST …/dispose`.
pub async fn dispose(
    State(app): State<App>,
    bench: Bench,
    Path((slug, case)): Path<(String, String)>,
    body: String,
) -> Result<Response, Failure> {
    let opened = find(&app, &bench, &slug, &case).await?;
    let fields = Fields::parse(&body);
    let line = fields.read("line", "dock-reload")?.unwrap_or_default();
    let units = fields.read("units", "dock-whole-number")?.unwrap_or(0);
    let command = Command::Dispose {
        line,
        units,
        grade: grade(&fields)?,
        disposition: disposition(&fields)?,
    };
    let given = opened.give(&app, &bench, &fields, "", &command).await;
    answer(given, &opened, |problem| {
        draw(&app, &bench, &opened, &Fields::default(), Some(problem))
    })
}
