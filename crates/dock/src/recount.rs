//! A count that was too high, put right: how many are really here, and why.

use crate::{
    bench::Bench,
    fields::{Fields, wrong},
    receive::{self, Opened},
};
use app::App;
use axum::{
    extract::{Path, State},
    response::Response,
};
use maud::{Markup, html};
use redress_http::{
    Problem,
    ui::{Action, Choice, Field, Kind, Select, Weight},
};
use returns::{CaseLine, Command};
use surface::Failure;

/// Units of a line that a second count may take back.
fn open(line: &CaseLine) -> u32 {
    line.quantities.ungraded() + line.quantities.unexpected
}

/// The form, folded; nothing where nothing was counted.
pub fn form(app: &App, bench: &Bench, opened: &Opened) -> Markup {
    let l = bench.view.l;
    let lines = opened.page.case.lines.iter().filter(|line| open(line) > 0);
    let choices: Vec<Choice> = lines
        .map(|line| {
            let q = &line.quantities;
            let words = l.t_args(
                "dock-recount-line",
                &[
                    ("item", opened.title(line.line).into()),
                    ("n", (q.received + q.unexpected).into()),
                ],
            );
            Choice::new(line.line.to_string(), words)
        })
        .collect();
    if choices.is_empty() {
        return html! {};
    }
    html! {
        details {
            summary { (l.t("dock-recount")) }
            form.stack method="post" action={ (opened.href()) "/recount" } {
                (opened.hidden(app, bench, &Fields::default()))
                p.hint { (l.t("dock-recount-hint")) }
                (Select::new("recount_line", l.t("dock-recount-which"), choices).required())
                (Field::new("recount_units", l.t("dock-recount-units")).kind(Kind::Number).narrow().max(6).required())
                (Field::new("recount_note", l.t("dock-recount-why")).max(200).required())
                (Action::submit(l.t("dock-recount-go")).weight(Weight::Secondary).large())
            }
        }
    }
}

/// `POST …/recount`.
pub async fn send(
    State(app): State<App>,
    bench: Bench,
    Path((slug, case)): Path<(String, String)>,
    body: String,
) -> Result<Response, Failure> {
    let opened = receive::find(&app, &bench, &slug, &case).await?;
    let fields = Fields::parse(&body);
    let given = match command(&fields) {
        Ok(command) => opened.give(&app, &bench, &fields, "", &command).await,
        Err(problem) => Err(Failure(problem)),
    };
    receive::answer(given, &opened, |problem| {
        receive::draw(&app, &bench, &opened, &Fields::default(), Some(problem))
    })
}

fn command(fields: &Fields) -> Result<Command, Problem> {
    let needed = |name: &str| wrong(name, "dock-whole-number");
    let note = fields.text("recount_note");
    if note.is_empty() {
        return Err(wrong("recount_note", "dock-recount-why-needed"));
    }
    Ok(Command::Recount {
        line: fields
            .read("recount_line", "dock-reload")?
            .ok_or_else(|| needed("recount_line"))?,
        units: fields
            .read("recount_units", "dock-whole-number")?
            .ok_or_else(|| needed("recount_units"))?,
        note: note.into(),
    })
}
