//! Grading by questions: a few keys, one grade, one suggested place. The answers so far stand in
//! the address (`?a=yn`), so going back is the browser's own button.

use crate::{
    bench::Bench,
    fields::Fields,
    receive::{self, Opened},
    words,
};
use app::App;
use axum::{
    extract::{Path, RawQuery, State},
    response::Response,
};
use logistics::{Answer, Answers, Assessment, assess, next_question};
use maud::{Markup, html};
use policy::Grade;
use redress_http::{
    Problem,
    ui::{
        Action, Choice, Field, Icon, Kind, Radios, Select, TextArea, Tone, Weight, actions, card,
        scan_state,
    },
};
use returns::{Command, Disposition};
use surface::Failure;

/// The letters of the answers in the address, with their words.
const LETTERS: [(char, Answer, &str); 3] = [
    ('y', Answer::Yes, "dock-yes"),
    ('n', Answer::No, "dock-no"),
    ('x', Answer::NotApplicable, "dock-na"),
];

/// The answers in `letters`, in the order the questions are asked; what fits no question is
/// left out.
fn answers(letters: &str) -> (Answers, String) {
    let (mut answers, mut kept) = (Answers::new(), String::new());
    for letter in letters.chars() {
        let Some(question) = next_question(&answers) else {
            break;
        };
        if let Some((_, answer, _)) = LETTERS.iter().find(|(l, ..)| *l == letter) {
            answers.insert(question, *answer);
            kept.push(letter);
        }
    }
    (answers, kept)
}

/// `/dock/{client}/{case}/grade/{line}`.
pub async fn page(
    State(app): State<App>,
    bench: Bench,
    Path((slug, case, line)): Path<(String, String, u16)>,
    RawQuery(query): RawQuery,
) -> Result<Markup, Failure> {
    let opened = receive::find(&app, &bench, &slug, &case).await?;
    let fields = Fields::parse(&query.unwrap_or_default());
    Ok(draw(&app, &bench, &opened, line, &fields, None)?)
}

fn draw(
    app: &App,
    bench: &Bench,
    opened: &Opened,
    line: u16,
    fields: &Fields,
    problem: Option<&Problem>,
) -> Result<Markup, Problem> {
    let l = bench.view.l;
    let left = opened
        .page
        .case
        .line(line)
        .ok_or(Problem::not_found())?
        .quantities
        .ungraded();
    let (given, letters) = answers(fields.text("a"));
    let wrong_item = fields.has("wrong");
    let item = opened.title(line);
    let title = l.t_args("dock-grade-one", &[("item", item.into())]);
    let here = format!("{}/grade/{line}", opened.href());
    let work = match assess(&given) {
        Err(question) if !wrong_item => {
            let ask = |(letter, _, key): (char, Answer, &str), n: usize| {
                Action::link(l.t(key), format!("{here}?a={letters}{letter}"))
                    .weight(Weight::Secondary)
                    .large()
                    .key(n.to_string())
            };
            let mut list: Vec<Action> = LETTERS
                .into_iter()
                .zip(1..)
                .map(|(answer, n)| ask(answer, n))
                .collect();
            let wrong = Action::link(l.t("dock-wrong-item"), format!("{here}?wrong=yes"));
            list.push(
                wrong
                    .weight(Weight::Ghost)
                    .icon(Icon::BoxX)
                    .large()
                    .key("4"),
            );
            card(
                &l.t(words::question(question)),
                &html! { div.dock-answers { (actions(&list)) } },
            )
        }
        result => summary(app, bench, opened, line, fields, result.ok(), left),
    };
    Ok(bench.page(&title, &html! {
        (scan_state(Tone::Accent, &l.t("dock-word-grade"), &format!("{} · {item}", opened.page.case.rma)))
        h1.visually-hidden { (title) }
        p.lede { (l.t_args("dock-left", &[("n", left.into())])) }
        @if let Some(problem) = problem { div { (problem.fragment(l)) } }
        (work)
        (actions(&[
            Action::link(l.t("dock-start-over"), here.clone()).weight(Weight::Ghost).icon(Icon::Undo),
            Action::link(l.t("dock-back"), opened.href()).weight(Weight::Ghost).icon(Icon::ArrowLeft),
        ]))
    }))
}

/// What the answers come to; everything may be overridden.
fn summary(
    app: &App,
    bench: &Bench,
    opened: &Opened,
    line: u16,
    fields: &Fields,
    result: Option<Assessment>,
    left: u32,
) -> Markup {
    let l = bench.view.l;
    let wrong_item = fields.has("wrong");
    let or = |name: &str, usual: String| match fields.text(name) {
        "" => usual,
        text => text.to_owned(),
    };
    let grade = result.map_or(Grade::C, |r| words::grade_of(r.grade));
    let to = match result {
        Some(r) if !wrong_item => words::disposition_of(r.disposition),
        _ => Disposition::ShipBack,
    };
    let grades = Grade::ALL
        .iter()
        .map(|g| Choice::new(g.as_str(), words::grade(l, *g)));
    let accept = if wrong_item { "no" } else { "yes" };
    let mut yes = Choice::new("yes", l.t("dock-accept")).icon(Icon::Check);
    if wrong_item {
        yes = yes.note(l.t("dock-accept-wrong")).disabled();
    }
    let no = Choice::new("no", l.t("dock-reject"))
        .note(l.t("dock-reject-note"))
        .icon(Icon::Undo);
    let form = html! {
        form.stack method="post" action={ (opened.href()) "/grade/" (line) } {
            (opened.hidden(app, bench, fields))
            input type="hidden" name="a" value=(fields.text("a"));
            @if wrong_item { input type="hidden" name="wrong" value="yes"; }
            (Field::new("units", l.t("dock-units")).kind(Kind::Number).narrow().max(6)
                .value(or("units", left.to_string())).required())
            (Select::new("grade", l.t("dock-grade"), grades.collect())
                .value(or("grade", grade.to_string())).required())
            (Radios::new("accept", l.t("dock-accept-ask"), vec![yes, no])
                .value(or("accept", accept.to_owned())).required().numbered())
            (receive::dispositions(bench, &l.t("dock-to"), &or("disposition", to.as_str().to_owned())))
            (TextArea::new("note", l.t("dock-note")).hint(l.t("dock-note-hint")).rows(2).max(500)
                .value(fields.text("note")))
            (Action::submit(l.t("dock-grade-save")).icon(Icon::Check).large().key("mod+Enter"))
        }
    };
    let title = if wrong_item {
        "dock-wrong-title"
    } else {
        "dock-suggested"
    };
    card(&l.t(title), &form)
}

/// `POST …/grade/{line}`: the condition, then where the units go.
pub async fn send(
    State(app): State<App>,
    bench: Bench,
    Path((slug, case, line)): Path<(String, String, u16)>,
    body: String,
) -> Result<Response, Failure> {
    let opened = receive::find(&app, &bench, &slug, &case).await?;
    let fields = Fields::parse(&body);
    let given = match commands(line, &fields) {
        Ok([grade, dispose]) => match opened.give(&app, &bench, &fields, "", &grade).await {
            Ok(_) => opened.give(&app, &bench, &fields, "-to", &dispose).await,
            failed => failed,
        },
        Err(problem) => Err(Failure(problem)),
    };
    // Units were graded meanwhile: the return itself says what is left.
    receive::answer(given, &opened, |problem| {
        draw(&app, &bench, &opened, line, &fields, Some(problem)).unwrap_or_default()
    })
}

fn commands(line: u16, fields: &Fields) -> Result<[Command; 2], Problem> {
    let units = fields.read("units", "dock-whole-number")?.unwrap_or(0);
    let grade = receive::grade(fields)?;
    let disposition = receive::disposition(fields)?;
    let wrong_item = fields.has("wrong");
    let note = fields.text("note");
    Ok([
        Command::Grade {
            line,
            units,
            grade,
            accept: fields.text("accept") == "yes" && !wrong_item,
            wrong_item,
            note: (!note.is_empty()).then(|| note.into()),
        },
        Command::Dispose {
            line,
            units,
            grade,
            disposition,
        },
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_answers_in_the_order_asked() {
        let (given, kept) = answers("yny?zy");
        assert_eq!((given.len(), kept.as_str()), (4, "ynyy"));
        assert!(next_question(&given).is_some());
        let (given, kept) = answers("yyyyy");
        assert_eq!(
            (assess(&given).map(|a| a.grade), kept.as_str()),
            (Ok(logistics::Grade::A), "yy")
        );
    }
}
