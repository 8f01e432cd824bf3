//! What people do about a dispute: each act is a form of its own and names the version it was made
//! for; a refused one shows the page again with what was typed.

use super::one::{Typed, show};
use crate::{form::Form, frame::Desk};
use app::{
    AppError,
    cases::{Call, OrderKey},
    disputes::{DisputeAct, Stage},
};
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use kernel::{ClientId, DisputeId};
use redress_http::Problem;
use surface::Failure;

/// `POST /disputes/{client}/{dispute}/{act}`
pub async fn send(
    desk: Desk,
    Path((client, id, act)): Path<(String, String, String)>,
    axum::Form(fields): axum::Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let missing = || Failure(Problem::not_found());
    let client: ClientId = client.parse().map_err(|_| missing())?;
    let id: DisputeId = id.parse().map_err(|_| missing())?;
    let form = Form(fields);
    let version = form.get("version").parse().ok();
    let done = match read(&act, &form) {
        Ok(Some(what)) => {
            let call = Call::new(desk.scope(), desk.now);
            let given = desk
                .app
                .act_on_dispute(&call, client, id, version, &what)
                .await;
            given.map(|_| ())
        }
        Ok(None) => return Err(missing()),
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => {
            let to = format!("/disputes/{client}/{id}?done=dispute-{act}");
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) => {
            let typed = Typed {
                form,
                problem: Some(Failure::from(error).0),
            };
            show(&desk, client, id, None, &typed).await
        }
    }
}

/// The act of a form; none for a name that is none.
fn read(act: &str, form: &Form) -> Result<Option<DisputeAct>, AppError> {
    let note = || form.get("note").to_owned();
    Ok(Some(match act {
        "contest" => DisputeAct::Contest { note: note() },
        "accept" => DisputeAct::Accept { note: note() },
        "submit" => DisputeAct::Submit { note: note() },
        "send" if form.ticked("seen") => DisputeAct::Send {
            note: note(),
            sha256: form.get("sha256").to_owned(),
        },
        "send" => return Err(AppError::field("seen", "dispute-help-seen")),
        "pack" => DisputeAct::Pack {
            lang: form
                .get("lang")
                .parse()
                .map_err(|_| AppError::field("lang", "dispute-help-text"))?,
        },
        "outcome" => DisputeAct::Outcome {
            stage: Stage::parse(form.get("stage"))
                .ok_or_else(|| AppError::field("stage", "dispute-help-text"))?,
            note: note(),
        },
        "link" => {
            let number = form.get("order");
            if number.is_empty() {
                return Err(AppError::field("order", "dispute-help-order"));
            }
            let ticked = form.0.iter().filter(|(name, _)| name == "line");
            let lines = ticked.filter_map(|(_, line)| line.parse().ok()).collect();
            let case = form.get("case");
            DisputeAct::Link {
                order: OrderKey::Number(number.to_owned()),
                lines,
                case: (!case.is_empty())
                    .then(|| case.parse())
                    .transpose()
                    .map_err(|_| AppError::field("case", "dispute-help-order"))?,
            }
        }
        _ => return Ok(None),
    }))
}
