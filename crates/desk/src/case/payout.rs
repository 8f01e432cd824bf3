//! Money another way than back to what paid: the forms for a bank account and for a payment made
//! outside, and what is said about both beside an obligation.

use super::{
    Open, Shown,
    ask::{about, said, typed},
    post::{Refused, obligation},
};
use crate::{form::Form, frame::Desk, words};
use app::{
    AppError,
    cases::Call,
    payouts::{AccountGiven, HOLDER_MAX},
    views::CasePage,
};
use maud::{Markup, html};
use redress_http::ui::{Choice, Field, FieldError, Kind, Note, Select, TextArea, Tone, pill};
use returns::{Command, ManualWay, Obligation, ObligationState, RedirectState};

/// Holder, account and why.
pub fn redirect(shown: &Shown<'_>, open: &Open) -> Markup {
    let l = shown.desk.l();
    let hours = shown.page.client.settings.cooling_hours;
    let most = u16::try_from(HOLDER_MAX).unwrap_or(u16::MAX);
    html! {
        (about(open))
        p { (l.t_args("desk-why-redirect", &[("hours", hours.into())])) }
        (Field::new("holder", l.t("desk-field-holder")).max(most)
            .hint(l.t_args("desk-field-holder-hint", &[("customer", shown.customer().into())]))
            .value(open.form.get("holder")).error(said(l, open, "holder"))
            .autocomplete("off").required())
        (Field::new("iban", l.t("desk-field-iban")).max(60).hint(l.t("desk-field-iban-hint"))
            .value(open.form.get("iban")).error(said(l, open, "iban"))
            .autocomplete("off").required())
        (TextArea::new("reason", l.t("desk-field-redirect-why")).rows(2).max(500)
            .hint(l.t("desk-field-redirect-why-hint"))
            .value(open.form.get("reason")).error(said(l, open, "reason")))
    }
}

/// Takes the account.
pub async fn carry_out(desk: &Desk, page: &CasePage, form: &Form) -> Result<(), Refused> {
    let Ok(version) = form.get("version").parse::<u64>() else {
        let current = page.case.version;
        return Err(AppError::Stale { current }.into());
    };
    let given = AccountGiven {
        holder: form.get("holder").to_owned(),
        iban: form.get("iban").to_owned(),
        reason: form.get("reason").to_owned(),
    };
    let call = Call::new(desk.scope(), desk.now);
    let (client, case) = (page.case.client, page.case.id);
    desk.app
        .ask_destination(&call, client, case, Some(version), &given)
        .await?;
    Ok(())
}

/// How, under which reference, on which day, and why.
pub fn outside(shown: &Shown<'_>, open: &Open) -> Markup {
    let l = shown.desk.l();
    let today = shown.page.client.day(shown.desk.now).to_string();
    let ways = ManualWay::ALL
        .iter()
        .map(|w| Choice::new(w.as_str(), words::code(l, "manual-way", w.as_str())));
    html! {
        (about(open))
        p { (l.t("desk-why-paid-outside")) }
        (Select::new("way", l.t("desk-field-manual-way"), ways.collect())
            .value(typed(open, "way", ManualWay::Bank.as_str().into())).error(said(l, open, "way")))
        (Field::new("reference", l.t("desk-field-manual-reference")).max(140)
            .hint(l.t("desk-field-manual-reference-hint"))
            .value(open.form.get("reference")).error(said(l, open, "reference")).required())
        (Field::new("on", l.t("desk-field-manual-on")).kind(Kind::Date).narrow()
            .value(typed(open, "on", today)).error(said(l, open, "on")).required())
        (TextArea::new("reason", l.t("desk-field-manual-why")).rows(2).max(500)
            .value(open.form.get("reason")).error(said(l, open, "reason")).required())
    }
}

/// The command of the form.
pub fn proposed(form: &Form, errors: &mut Vec<FieldError>) -> Option<Command> {
    let way = ManualWay::parse(form.get("way"));
    if way.is_none() {
        errors.push(FieldError::new("way", "desk-help-choose"));
    }
    let on = form.get("on").parse().ok();
    if on.is_none() {
        errors.push(FieldError::new("on", "desk-help-day"));
    }
    let reference = form.needed("reference", errors);
    let reason = form.needed("reason", errors);
    Some(Command::ProposeManual {
        obligation: obligation(form, errors)?,
        way: way?,
        reference,
        on: on?,
        reason,
    })
}

/// What is said about where an obligation goes, and about paying it outside.
pub fn beside(shown: &Shown<'_>, o: &Obligation) -> Markup {
    let (l, case) = (shown.desk.l(), &shown.page.case);
    let redirect = case.redirect.as_ref();
    let redirect = redirect.filter(|r| r.what.payments.iter().any(|(id, _)| *id == o.id));
    let manual = case.manual(o.id);
    html! {
        @if let Some(r) = redirect {
            p {
                (pill(Tone::Warn, &words::code(l, "redirect-state", r.state_name())))
                " " a href="/approvals" { (l.t("approval-title")) } " " span.mono.small { (r.hash.short()) }
                @if let Some((account, _)) = &shown.destination { " · " span.mono { (account) } }
            }
            @if let RedirectState::Given { from, .. } = &r.state {
                @if o.state == ObligationState::Requested && o.to.is_some() && shown.desk.now < *from {
                    (Note::new(Tone::Accent, l.t_args("desk-cooling", &[
                        ("when", surface::moment_at(l, &shown.page.client, *from).into())])))
                }
            }
        }
        @if let Some(m) = manual {
            p {
                (pill(Tone::Warn, &words::code(l, "manual-state", m.state_name())))
                " " a href="/approvals" { (l.t("approval-title")) } " " span.mono.small { (m.what.reference) }
            }
        }
    }
}
