//! "My account": ways in, recovery codes, sessions, language.

use super::{Own, Sent, cookie, passkey_button, passkey_trouble, sign, when};
use crate::form::Form as Fields;
use app::{
    door::{AppOffer, DoorError, Opened, Way, WayKind},
    signin::Held,
};
use axum::{
    Form,
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use redress_http::{
    L10n, Problem,
    ui::{self, Action, Field, Icon, Note, Tone, Weight, bdi, card_with, csrf_field},
};
use surface::Failure;

/// `GET /account`
pub async fn page(own: Own) -> Result<Markup, Failure> {
    show(&own, None, None).await
}

async fn show(
    own: &Own,
    codes: Option<&[String]>,
    refused: Option<&DoorError>,
) -> Result<Markup, Failure> {
    let (l, person) = (own.l(), &own.held.person);
    let ways = own.app.ways(person.id).await?;
    let of = |kind: WayKind| ways.iter().filter(move |w| w.kind == kind.as_str());
    let fresh = own.held.bound || person.is_fresh(own.app.now(), 10);
    let email = own.app.email_of(person).await?;
    let title = l.t("account-title");
    let sessions = if own.held.bound {
        html! {}
    } else {
        sessions(own).await?
    };
    let passkeys: Vec<&Way> = of(WayKind::Passkey).collect();
    let apps: Vec<&Way> = of(WayKind::App).collect();
    let left = of(WayKind::Recovery).count();
    let body = html! {
        div.page-head { div { h1 { (title) }
            p.lede { bdi { (person.name) } @if let Some(email) = &email { ", " bdi { (email) } } }
        } }
        div.stack {
            @if let Some(error) = refused { (sign::trouble(l, error)) }
            @if own.held.bound {
                (Note::new(Tone::Accent, l.t("account-first")).body(html! { p { (l.t("account-first-do")) } }))
            }
            @if !fresh {
                (Note::new(Tone::Warn, l.t("problem-not-fresh")).body(html! {
                    p { (l.t("account-stale")) }
                    (Action::link(l.t("door-again"), "/unlock?back=/account").icon(Icon::Lock))
                }))
            }
            @if let Some(codes) = codes { (shown_codes(l, codes)) }
            (card_with(&l.t("account-passkeys"), None, &html! {
                p { (l.t("account-passkeys-what")) }
                (list(own, &passkeys, fresh))
                @if fresh {
                    @if own.app.has_passkeys() {
                        form.stack method="post" action="/account/passkey" {
                            (csrf_field(&own.view.csrf))
                            (Field::new("name", l.t("account-way-name")).hint(l.t("account-passkey-name-hint")).max(40))
                            (passkey_button(&l.t("account-passkey-add"), "/account/passkey/ask", "/account/passkey"))
                            (passkey_trouble(l))
                        }
                    } @else { p.small { (l.t("account-passkeys-host")) } }
                }
            }))
            (card_with(&l.t("account-apps"), None, &html! {
                p { (l.t("account-apps-what")) }
                (list(own, &apps, fresh))
                @if fresh {
                    div.actions { (Action::link(l.t("account-app-add"), "/account/app").icon(Icon::Qr)) }
                }
            }))
            @if !own.held.bound {
                (card_with(&l.t("account-recovery"), None, &html! {
                    p { (l.t_args("account-recovery-left", &[("n", left.into())])) }
                    @if fresh {
                        form method="post" action="/account/recovery" {
                            (csrf_field(&own.view.csrf))
                            (Action::submit(l.t("account-recovery-make")).weight(Weight::Secondary).icon(Icon::Refresh))
                        }
                    }
                }))
                (sessions)
                (card_with(&l.t("account-keys"), None, &html! {
                    p { (l.t("account-keys-what")) }
                    div.actions { (Action::link(l.t("account-keys-see"), "/account/keys").icon(Icon::Key)) }
                }))
                (language(own))
            }
        }
    };
    own.page(title, body).await
}

fn list(own: &Own, ways: &[&Way], fresh: bool) -> Markup {
    let (l, scope) = (own.l(), &own.held.person.scope);
    html! {
        @if ways.is_empty() { p.muted { (l.t("account-none")) } }
        @else { ul.plain-list {
            @for way in ways { li.way {
                div {
                    strong { (bdi(&way.name)) }
                    p.small.muted {
                        (l.t("account-added")) " " (when(&own.app, scope, l, way.added))
                        @if let Some(used) = way.used { " · " (l.t("account-used")) " " (when(&own.app, scope, l, used)) }
                    }
                }
                @if fresh && !own.held.bound {
                    form method="post" action="/account/remove" {
                        (csrf_field(&own.view.csrf))
                        input type="hidden" name="kind" value=(way.kind);
                        input type="hidden" name="id" value=(way.id);
                        button.btn type="submit" {
                            (ui::icon(Icon::Trash)) (l.t("account-remove"))
                            span.visually-hidden { " " (way.name) }
                        }
                    }
                }
            } }
        } }
    }
}

fn shown_codes(l: L10n, codes: &[String]) -> Markup {
    let note = Note::new(Tone::Good, l.t("account-recovery-made")).body(html! {
        p { (l.t("account-recovery-keep")) }
        ul.codes { @for code in codes { li { code { (code) } } } }
    });
    html! { (note) }
}

async fn sessions(own: &Own) -> Result<Markup, Failure> {
    let (l, person) = (own.l(), &own.held.person);
    let rows = own.app.sessions_of(person.id).await?;
    let this = person.session.map(|s| s.id);
    let at = |ms| kernel::Timestamp::from_millisecond(ms).unwrap_or_default();
    Ok(card_with(
        &l.t("account-sessions"),
        None,
        &html! {
            p { (l.t("account-sessions-what")) }
            ul.plain-list { @for row in &rows { li.way {
                div {
                    strong { @if row.device.is_empty() { (l.t("account-unknown-device")) } @else { (bdi(&row.device)) } }
                    @if Some(row.session_id) == this { " " (ui::badge(Tone::Accent, &l.t("account-this"))) }
                    p.small.muted {
                        (l.t(&format!("method-{}", row.method))) " · " (bdi(&row.address)) " · "
                        (l.t("account-since")) " " (when(&own.app, &person.scope, l, at(row.created_at)))
                        @if row.seen_at > 0 { " · " (l.t("account-seen")) " " (when(&own.app, &person.scope, l, at(row.seen_at))) }
                        @else { " · " (l.t("account-locked")) }
                    }
                }
                @if Some(row.session_id) != this {
                    form method="post" action="/account/sessions" {
                        (csrf_field(&own.view.csrf))
                        input type="hidden" name="id" value=(row.session_id);
                        button.btn type="submit" { (ui::icon(Icon::LogOut)) (l.t("account-end")) }
                    }
                }
            } } }
            form.actions method="post" action="/account/sessions" {
                (csrf_field(&own.view.csrf))
                (Action::submit(l.t("account-end-all")).weight(Weight::Danger).icon(Icon::LogOut))
            }
        },
    ))
}

fn language(own: &Own) -> Markup {
    let l = own.l();
    card_with(
        &l.t("ui-language"),
        None,
        &html! {
            form.stack method="post" action="/language" {
                (csrf_field(&own.view.csrf))
                input type="hidden" name="back" value="/account";
                (ui::Select::new("lang", l.t("ui-language"), L10n::all().map(|one| {
                    ui::Choice::new(one.lang().as_str(), one.t("ui-this-language"))
                }).collect()).value(own.view.chosen.lang().as_str()))
                (Action::submit(l.t("account-language-keep")).weight(Weight::Secondary))
            }
        },
    )
}

/// After a way in was added: on with the session it opened, if there is a new one.
fn added(own: &Own, done: Result<Option<Opened>, DoorError>) -> Result<Response, DoorError> {
    let opened = done?;
    let on = Redirect::to("/account");
    Ok(match opened {
        Some(opened) => ([cookie(&own.app, &opened.token, None)], on).into_response(),
        None => on.into_response(),
    })
}

async fn refusal(own: &Own, error: DoorError) -> Result<Response, Failure> {
    if let DoorError::App(e) = error {
        return Err(e.into());
    }
    let page = show(own, None, Some(&error)).await?;
    Ok(sign::refusal(&error, page))
}

/// `POST /account/passkey/ask`
pub async fn passkey_ask(own: Own) -> Result<Response, Failure> {
    let asked = own.app.passkey_offer(&own.held).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], asked).into_response())
}

fn who(own: &Own) -> (&str, &Held) {
    (&own.token, &own.held)
}

/// `POST /account/passkey`
pub async fn passkey(own: Own, Form(sent): Form<Sent>) -> Result<Response, Failure> {
    let proof = (sent.ceremony.as_str(), sent.answer.as_str());
    let done = own.app.passkey_add(who(&own), proof, &sent.name, &own.from);
    match added(&own, done.await) {
        Ok(answer) => Ok(answer),
        Err(error) => refusal(&own, error).await,
    }
}

/// `GET /account/app`: the secret, to be scanned or typed.
pub async fn app_new(own: Own) -> Result<Response, Failure> {
    match own.app.app_offer(&own.held).await {
        Ok(offer) => Ok(offered(&own, &offer, "", None).await?.into_response()),
        Err(error) => refusal(&own, error).await,
    }
}

async fn offered(
    own: &Own,
    offer: &AppOffer,
    name: &str,
    refused: Option<&DoorError>,
) -> Result<Markup, Failure> {
    let l = own.l();
    let title = l.t("account-app-add");
    let code = qr(&offer.secret.url).ok_or(Problem::internal())?;
    let groups: Vec<&str> = offer
        .secret
        .shown
        .as_bytes()
        .chunks(4)
        .filter_map(|c| std::str::from_utf8(c).ok())
        .collect();
    let body = html! {
        div.page-head { div { h1 { (title) } p.lede { (l.t("account-app-how")) } } }
        div.stack {
            @if let Some(error) = refused { (sign::trouble(l, error)) }
            div.qr role="img" aria-label=(l.t("account-app-qr")) { (code) }
            p { (l.t("account-app-type")) " " code.secret { (groups.join(" ")) } }
            form.stack method="post" action="/account/app" {
                (csrf_field(&own.view.csrf))
                input type="hidden" name="ceremony" value=(offer.ceremony);
                (Field::new("name", l.t("account-way-name")).hint(l.t("account-app-name-hint")).max(40).value(name))
                (Field::new("code", l.t("account-app-code")).autocomplete("one-time-code").max(12).required())
                (Action::submit(l.t("account-app-check")).icon(Icon::Check))
            }
            p { a href="/account" { (l.t("account-back")) } }
        }
    };
    own.page(title, body).await
}

/// A QR code as a drawing, dark on light whatever the colours of the page: apps read no other.
fn qr(text: &str) -> Option<Markup> {
    let rows = paper::qr(text).ok()?;
    let size = rows.len() + 8;
    let dark = rows.iter().enumerate().flat_map(|(y, row)| {
        let dark = row.iter().enumerate().filter(|(_, dark)| **dark);
        dark.map(move |(x, _)| format!("M{} {}h1v1h-1z", x + 4, y + 4))
    });
    let path: String = dark.collect();
    Some(html! {
        svg viewBox={ "0 0 " (size) " " (size) } width="220" height="220" aria-hidden="true" {
            rect width=(size) height=(size) fill="#fff" {}
            path d=(path) fill="#000" shape-rendering="crispEdges" {}
        }
    })
}

/// `POST /account/app`
pub async fn app_add(own: Own, Form(sent): Form<Sent>) -> Result<Response, Failure> {
    // The offer is taken and given anew, so that a wrong code does not need another scan.
    let offer = match own.app.app_offered(&own.held, &sent.ceremony).await {
        Ok(offer) => offer,
        Err(error) => return refusal(&own, error).await,
    };
    let proof = (&offer, sent.code.as_str());
    let done = own.app.app_add(who(&own), proof, &sent.name, &own.from);
    match added(&own, done.await) {
        Ok(answer) => Ok(answer),
        Err(DoorError::App(e)) => Err(e.into()),
        Err(error) => {
            let page = offered(&own, &offer, &sent.name, Some(&error)).await?;
            Ok(sign::refusal(&error, page))
        }
    }
}

/// `POST /account/recovery`: codes, shown this once.
pub async fn recovery(own: Own) -> Result<Response, Failure> {
    match own.app.recovery_codes(&own.held, &own.from).await {
        Ok(codes) => Ok(show(&own, Some(&codes), None).await?.into_response()),
        Err(error) => refusal(&own, error).await,
    }
}

/// `POST /account/remove`
pub async fn remove(own: Own, Form(sent): Form<Sent>) -> Result<Response, Failure> {
    let id = sent.id.parse().map_err(|_| Problem::not_found())?;
    let way = (sent.kind.as_str(), id);
    match own.app.way_remove(&own.held, way, &own.from).await {
        Ok(()) => Ok(Redirect::to("/account").into_response()),
        Err(error) => refusal(&own, error).await,
    }
}

/// `POST /account/sessions`: ends the one that is named, or all of them, this one too.
pub async fn end(own: Own, Form(fields): Form<Vec<(String, String)>>) -> Result<Response, Failure> {
    let fields = Fields(fields);
    let user = own.held.person.id;
    let one = match fields.get("id") {
        "" => None,
        id => Some(id.parse().map_err(|_| Problem::not_found())?),
    };
    own.app.end_sessions(user, one, &own.from).await?;
    Ok(match one {
        Some(_) => Redirect::to("/account").into_response(),
        None => sign::gone(&own.app),
    })
}
