//! What happened to a case, every event as a sentence with who, when and the figures.

use super::Shown;
use crate::words;
use kernel::Actor;
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{self, Event, Icon, Tone, badge, bdi, card_with, date_time, timeline},
};
use returns::{Count, What};

/// The timeline, newest first.
pub fn card(shown: &Shown<'_>) -> Markup {
    let l = shown.desk.l();
    let zone = shown.desk.zone(Some(&shown.page.client));
    let events: Vec<Event> = shown
        .page
        .events
        .iter()
        .rev()
        .map(|e| {
            let (which, tone) = sign(&e.what);
            let event = Event::new(
                which,
                tone,
                title(shown, &e.what),
                date_time(l, e.at, &zone),
            );
            let event = event.by(actor(shown, e.by));
            match body(shown, &e.what) {
                Some(body) => event.body(body),
                None => event,
            }
        })
        .collect();
    let count = l.t_args("desk-events", &[("n", events.len().into())]);
    card_with(
        &l.t("desk-timeline"),
        Some(&badge(Tone::Neutral, &count)),
        &timeline(&events),
    )
}

/// Who did it, in words.
pub fn actor(shown: &Shown<'_>, by: Actor) -> String {
    let l = shown.desk.l();
    match by {
        Actor::User { id } => shown
            .names
            .get(&id)
            .cloned()
            .unwrap_or_else(|| l.t("desk-actor-user")),
        Actor::Shopper => l.t("desk-actor-shopper"),
        Actor::Rule => l.t("desk-actor-rule"),
        Actor::System => l.t("desk-actor-system"),
        Actor::Provider => l.t("desk-actor-provider"),
    }
}

const fn sign(what: &What) -> (Icon, Tone) {
    match what {
        What::Requested { .. } | What::LinesAnnounced { .. } => (Icon::Inbox, Tone::Accent),
        What::Assessed { .. } => (Icon::Scale, Tone::Neutral),
        What::InfoAsked { .. }
        | What::ApprovalAsked { .. }
        | What::AccountInvited
        | What::DestinationAsked { .. }
        | What::ManualProposed { .. } => (Icon::Help, Tone::Warn),
        What::InfoAnswered { .. } => (Icon::Image, Tone::Accent),
        What::LineAuthorised { .. } => (Icon::Check, Tone::Good),
        What::LineDeclined { .. } => (Icon::X, Tone::Bad),
        What::LabelCreated { .. } => (Icon::Tag, Tone::Neutral),
        What::ShipScanned { .. } | What::DeliveryScanned { .. } => (Icon::Truck, Tone::Accent),
        What::Received { .. } => (Icon::BoxOpen, Tone::Accent),
        What::Recognised { .. } => (Icon::BoxOpen, Tone::Neutral),
        What::RefundDueSet { .. } | What::RefundPromised { .. } => (Icon::Calendar, Tone::Neutral),
        What::Graded { accepted, .. } => (
            Icon::BoxSearch,
            if *accepted { Tone::Good } else { Tone::Warn },
        ),
        What::Disposed { .. } => (Icon::Layers, Tone::Neutral),
        What::Granted { .. } => (Icon::Banknote, Tone::Good),
        What::ObligationCreated { .. } => (Icon::Wallet, Tone::Neutral),
        What::UnitsKept { .. } | What::DonationProved { .. } => (Icon::Check, Tone::Neutral),
        What::ProofFiled { .. } => (Icon::File, Tone::Neutral),
        What::CarrierClaimFiled { .. } | What::CarrierClaimEnded { .. } => {
            (Icon::Truck, Tone::Neutral)
        }
        What::VendorBears { .. } | What::VendorAnswered { .. } => (Icon::Warehouse, Tone::Neutral),
        What::RepairMoved { .. } => (Icon::Wrench, Tone::Accent),
        What::DonationAgreed { .. } => (Icon::Flag, Tone::Neutral),
        What::ExchangeWished { .. } | What::Exchanged { .. } | What::ExchangeReturned { .. } => {
            (Icon::Repeat, Tone::Accent)
        }
        What::ExchangeCleared { .. } => (Icon::Repeat, Tone::Good),
        What::Recounted { .. }
        | What::WishSoldOut { .. }
        | What::ExchangeUndone { .. }
        | What::GrantTakenBack { .. } => (Icon::Undo, Tone::Warn),
        What::CheckoutOpened { .. } => (Icon::Wallet, Tone::Accent),
        What::SecurityEnded { .. } | What::ChargeReturned { .. } => (Icon::Shield, Tone::Neutral),
        What::PaymentSent { .. } | What::PaymentPending { .. } => (Icon::Send, Tone::Accent),
        What::PaymentSettled { .. }
        | What::ApprovalGiven { .. }
        | What::DestinationGiven { .. }
        | What::ManualConfirmed { .. } => (Icon::CheckCircle, Tone::Good),
        What::PaymentFailed { .. }
        | What::PaymentReturned { .. }
        | What::ApprovalRefused { .. }
        | What::DestinationRefused { .. }
        | What::DestinationObjected { .. }
        | What::ManualRefused { .. } => (Icon::XCircle, Tone::Bad),
        What::Claimed { .. }
        | What::PaymentUnknown { .. }
        | What::RefundHeld { .. }
        | What::ApprovalVoided { .. }
        | What::ApprovalLapsed { .. }
        | What::DestinationLapsed { .. }
        | What::ManualLapsed { .. } => (Icon::TriangleAlert, Tone::Warn),
        What::PaymentRetried { .. } | What::Reopened { .. } => (Icon::Refresh, Tone::Accent),
        What::ObligationCanceled { .. } | What::Cancelled { .. } => (Icon::XCircle, Tone::Neutral),
        What::Appealed { .. } | What::AppealUpheld { .. } | What::AppealOverturned { .. } => {
            (Icon::Gavel, Tone::Warn)
        }
        What::Held { .. } | What::DisputeOpened { .. } => (Icon::ShieldAlert, Tone::Bad),
        What::HoldReleased { .. } | What::DisputeClosed { .. } => (Icon::Shield, Tone::Good),
        What::Noted { .. } => (Icon::Message, Tone::Neutral),
        What::ClockReminded { .. } => (Icon::Clock, Tone::Warn),
        What::ClockBreached { .. } | What::ExchangeLate { .. } => (Icon::TriangleAlert, Tone::Bad),
        What::Acknowledged { .. } => (Icon::Send, Tone::Good),
        What::ClocksCounted { .. } | What::SendingProved { .. } | What::Expired => {
            (Icon::Clock, Tone::Neutral)
        }
        What::Closed => (Icon::Archive, Tone::Neutral),
    }
}

/// The figures of an event's sentence; whatever it does not name stays empty.
#[derive(Default)]
struct Figures {
    item: String,
    units: i64,
    amount: String,
    date: String,
    code: String,
    kind: String,
}

fn title(shown: &Shown<'_>, what: &What) -> String {
    let f = figures(shown, what);
    let key = match what {
        What::LineAuthorised {
            keep: true, line, ..
        } if shown.page.case.donates(*line) => "line_donated",
        What::LineAuthorised { keep: true, .. } => "line_kept",
        What::SecurityEnded {
            charged_minor: 0, ..
        } => "security_released",
        What::ExchangeUndone {
            fallback: Some(_), ..
        } => "exchange_fell_back",
        What::Graded {
            accepted: false, ..
        } => "graded_rejected",
        other => other.name(),
    };
    shown.desk.l().t_args(
        &format!("desk-event-{}", key.replace('_', "-")),
        &[
            ("item", f.item.into()),
            ("units", f.units.into()),
            ("amount", f.amount.into()),
            ("date", f.date.into()),
            ("code", f.code.into()),
            ("kind", f.kind.into()),
        ],
    )
}

fn figures(shown: &Shown<'_>, what: &What) -> Figures {
    let l = shown.desk.l();
    let item = |line: u16| words::item(&shown.page.order, line);
    let day = |on: &kernel::Date| l.date(*on);
    let of_line = |line: u16, units: u32| Figures {
        item: item(line),
        units: units.into(),
        ..Figures::default()
    };
    match what {
        What::Requested {
            lines, path, rma, ..
        } => Figures {
            units: lines.iter().map(|r| i64::from(r.units)).sum(),
            kind: words::code(l, "path", &words::name_of(path)),
            code: rma.to_string(),
            ..Figures::default()
        },
        What::Assessed { decision } => Figures {
            amount: l.money(decision.quote.total),
            ..Figures::default()
        },
        What::InfoAsked { line, .. }
        | What::InfoAnswered { line, .. }
        | What::DonationProved { line, .. } => of_line(*line, 0),
        What::LineAuthorised { line, units, .. } | What::UnitsKept { line, units } => {
            of_line(*line, *units)
        }
        What::LineDeclined {
            line,
            units,
            ground,
            ..
        } => Figures {
            code: words::code(l, "ground", ground.as_str()),
            ..of_line(*line, *units)
        },
        What::LabelCreated {
            carrier, tracking, ..
        } => Figures {
            code: tracking.to_string(),
            kind: words::code(l, "carrier", carrier),
            ..Figures::default()
        },
        What::SendingProved { on, .. }
        | What::Acknowledged { on, .. }
        | What::ShipScanned { on, .. }
        | What::DeliveryScanned { on, .. }
        | What::RefundPromised { on }
        | What::RefundDueSet { on } => Figures {
            date: day(on),
            ..Figures::default()
        },
        What::ClockReminded {
            kind, strict: on, ..
        }
        | What::ClockBreached { kind, due: on, .. } => Figures {
            date: day(on),
            kind: surface::clocks::name(l, *kind),
            ..Figures::default()
        },
        What::LinesAnnounced { lines } => Figures {
            units: lines.iter().map(|r| i64::from(r.units)).sum(),
            ..Figures::default()
        },
        What::Recognised { counts } => Figures {
            units: counts.iter().map(|c| i64::from(c.units)).sum(),
            ..Figures::default()
        },
        What::Recounted {
            line,
            received,
            unexpected,
            ..
        } => of_line(*line, received + unexpected),
        What::Received { counts, on, .. } => Figures {
            units: counts.iter().map(|c| i64::from(c.units)).sum(),
            date: day(on),
            ..Figures::default()
        },
        What::Graded {
            line, units, grade, ..
        } => Figures {
            kind: words::code(l, "grade", grade.as_str()),
            ..of_line(*line, *units)
        },
        What::Exchanged { exchange } => Figures {
            item: exchange
                .items
                .iter()
                .map(|i| i.title.as_ref())
                .collect::<Vec<_>>()
                .join(", "),
            ..Figures::default()
        },
        What::Claimed { claim } => Figures {
            kind: super::claim::name(l, *claim),
            ..Figures::default()
        },
        What::ProofFiled { proof } => Figures {
            kind: words::code(l, "proof", proof.kind.as_str()),
            code: words::code(l, "speaks", proof.speaks.as_str()),
            date: day(&proof.on),
            ..Figures::default()
        },
        What::CarrierClaimFiled { claim } => Figures {
            amount: shown.said(claim.asked_minor),
            kind: claim.carrier.to_string(),
            ..Figures::default()
        },
        What::CarrierClaimEnded {
            recovered_minor, ..
        } => Figures {
            amount: shown.said(*recovered_minor),
            ..Figures::default()
        },
        What::VendorBears { charge } => Figures {
            item: words::item(&shown.page.order, charge.line),
            kind: charge.vendor.to_string(),
            ..Figures::default()
        },
        What::VendorAnswered {
            line,
            recovered_minor,
            ..
        } => Figures {
            item: words::item(&shown.page.order, *line),
            amount: shown.said(*recovered_minor),
            ..Figures::default()
        },
        What::RepairMoved { step, .. } => Figures {
            kind: words::code(l, "repair", step.as_str()),
            ..Figures::default()
        },
        What::DonationAgreed { donation } => of_line(donation.line, donation.units),
        What::ExchangeWished { wish } => Figures {
            item: wish.item.title.to_string(),
            kind: words::code(l, "outcome", wish.fallback.as_str()),
            ..Figures::default()
        },
        What::WishSoldOut { line, wanted } => Figures {
            item: item(*line),
            kind: words::code(l, "outcome", wanted.as_str()),
            ..Figures::default()
        },
        What::SecurityEnded {
            charged_minor: minor,
            ..
        }
        | What::ChargeReturned { minor, .. } => Figures {
            amount: l.money(kernel::Money::new(*minor, shown.page.case.currency)),
            ..Figures::default()
        },
        What::Disposed {
            line,
            units,
            disposition,
            ..
        } => Figures {
            kind: words::code(l, "disposition", disposition.as_str()),
            ..of_line(*line, *units)
        },
        What::Granted {
            lines,
            shipping_minor,
            bonus_minor,
            ..
        } => {
            let lines: i64 = lines.iter().map(|g| g.minor).sum();
            let total = lines
                .saturating_add(*shipping_minor)
                .saturating_add(*bonus_minor);
            Figures {
                amount: shown.said(total),
                ..Figures::default()
            }
        }
        What::ApprovalAsked { payload, hash, .. } => Figures {
            amount: shown.said(payload.total()),
            code: hash.short().to_owned(),
            ..Figures::default()
        },
        What::ApprovalGiven { hash, .. }
        | What::ApprovalVoided { hash, .. }
        | What::ApprovalRefused { hash, .. }
        | What::ApprovalLapsed { hash, .. }
        | What::DestinationGiven { hash, .. }
        | What::DestinationRefused { hash, .. }
        | What::ManualConfirmed { hash, .. }
        | What::ManualRefused { hash, .. }
        | What::ManualLapsed { hash, .. } => Figures {
            code: hash.short().to_owned(),
            ..Figures::default()
        },
        What::DestinationAsked { what, hash, .. } => Figures {
            amount: shown.said(what.total()),
            code: hash.short().to_owned(),
            ..Figures::default()
        },
        What::ManualProposed { what, .. } => payment(shown, what.obligation, &what.reference),
        What::ObligationCreated { kind, minor, .. } => Figures {
            amount: shown.said(*minor),
            kind: words::code(l, "kind", &words::name_of(kind)),
            ..Figures::default()
        },
        What::PaymentSent { obligation }
        | What::PaymentPending { obligation }
        | What::PaymentUnknown { obligation }
        | What::RefundHeld { obligation }
        | What::PaymentRetried { obligation }
        | What::CheckoutOpened { obligation, .. }
        | What::ObligationCanceled { obligation, .. } => payment(shown, *obligation, ""),
        What::PaymentSettled {
            obligation,
            reference,
        } => payment(shown, *obligation, reference),
        What::PaymentFailed { obligation, code } | What::PaymentReturned { obligation, code } => {
            payment(shown, *obligation, &words::code(l, "fault", code))
        }
        What::DisputeOpened { code } => Figures {
            code: code.to_string(),
            ..Figures::default()
        },
        What::DisputeClosed { lost_minor } => Figures {
            amount: shown.said(*lost_minor),
            ..Figures::default()
        },
        _ => Figures::default(),
    }
}

fn payment(shown: &Shown<'_>, id: kernel::ObligationId, code: &str) -> Figures {
    let owed = shown.page.case.obligation(id);
    Figures {
        amount: owed.map_or_else(String::new, |o| shown.said(o.minor)),
        kind: owed
            .map(|o| words::code(shown.desk.l(), "kind", &words::name_of(&o.kind)))
            .unwrap_or_default(),
        code: code.to_owned(),
        ..Figures::default()
    }
}

/// What stands under the sentence: words people wrote, units per line, verdicts.
fn body(shown: &Shown<'_>, what: &What) -> Option<Markup> {
    let l = shown.desk.l();
    let note = |text: &str| Some(html! { p { (bdi(text)) } });
    match what {
        What::Requested { lines, .. } | What::LinesAnnounced { lines } => Some(html! {
            @for r in lines {
                p {
                    (l.number(r.units.into())) " × " (bdi(&words::item(&shown.page.order, r.line)))
                    " · " (words::why(l, &shown.page.policy, r.own.as_deref(), r.reason))
                    @for lack in r.lacks.iter() { " · " (words::code(l, "lacks", lack.as_str())) }
                    " · " (words::code(l, "outcome", r.wanted.as_str()))
                }
            }
        }),
        What::Assessed { decision } => Some(html! {
            @for d in &decision.lines {
                p { (bdi(&words::item(&shown.page.order, d.line))) ": " (words::verdict(l, d.verdict).0) }
            }
        }),
        What::Received {
            counts,
            unexpected,
            missing,
            strays,
            ..
        } => Some(html! {
            (counted(shown, l, "", counts))
            (counted(shown, l, "desk-count-unexpected", unexpected))
            (counted(shown, l, "desk-count-missing", missing))
            @for stray in strays {
                p { (l.number(stray.units.into())) " × " (bdi(&stray.label)) " · " (l.t("desk-count-stray")) }
            }
        }),
        What::Granted {
            lines,
            shipping_minor,
            bonus_minor,
            overridden,
            ..
        } => Some(html! {
            @for g in lines {
                p {
                    (l.number(g.units.into())) " × " (bdi(&words::item(&shown.page.order, g.line)))
                    " · " (words::code(l, "outcome", g.outcome.as_str())) " · " (shown.money(g.minor))
                }
            }
            @if *shipping_minor > 0 { p { (l.t("desk-quote-shipping")) " · " (shown.money(*shipping_minor)) } }
            @if *bonus_minor > 0 { p { (l.t("desk-quote-bonus")) " · " (shown.money(*bonus_minor)) } }
            (against(l, overridden.as_deref()))
        }),
        What::LineAuthorised {
            overridden: Some(words),
            ..
        } => Some(against(l, Some(words))),
        What::ManualProposed { what, .. } => note(&what.reason),
        What::ApprovalLapsed { why, .. }
        | What::DestinationLapsed { why, .. }
        | What::ManualLapsed { why, .. } => note(&words::code(l, "lapse", &words::name_of(why))),
        What::ClocksCounted { clocks } => Some(html! {
            @for clock in clocks { p { (surface::clocks::words(l, clock)) } }
        }),
        What::ProofFiled { proof } => note(&proof.reference),
        What::CarrierClaimFiled { claim } => note(&claim.tracking),
        What::Acknowledged { sha256, .. } => Some(html! { p { code { (sha256) } } }),
        What::InfoAsked { note: words, .. }
        | What::SendingProved { note: words, .. }
        | What::Appealed { note: words, .. }
        | What::Recounted { note: words, .. }
        | What::AppealUpheld { note: words }
        | What::AppealOverturned { note: words }
        | What::Held { note: words }
        | What::HoldReleased { note: words }
        | What::Noted { note: words }
        | What::Reopened { note: words }
        | What::SecurityEnded { note: words, .. }
        | What::RepairMoved { note: words, .. }
        | What::DonationProved {
            reference: words, ..
        }
        | What::ObligationCanceled { note: words, .. }
        | What::ApprovalAsked { reason: words, .. }
        | What::ApprovalRefused { note: words, .. }
        | What::GrantTakenBack { note: words, .. }
        | What::DestinationAsked {
            reason: Some(words),
            ..
        }
        | What::DestinationRefused { note: words, .. }
        | What::ManualRefused { note: words, .. }
        | What::LineDeclined {
            note: Some(words), ..
        }
        | What::Graded {
            note: Some(words), ..
        }
        | What::Cancelled { note: Some(words) } => note(words),
        _ => None,
    }
}

fn against(l: L10n, words: Option<&str>) -> Markup {
    html! {
        @if let Some(words) = words {
            p { (ui::badge(Tone::Warn, &l.t("desk-override"))) " " (bdi(words)) }
        }
    }
}

fn counted(shown: &Shown<'_>, l: L10n, key: &str, list: &[Count]) -> Markup {
    html! {
        @for c in list {
            p {
                (l.number(c.units.into())) " × " (bdi(&words::item(&shown.page.order, c.line)))
                @if !key.is_empty() { " · " (l.t(key)) }
            }
        }
    }
}
