//! The style guide: components in their states, for people who build pages and for the screenshot
//! tests. Its words are samples, seen by no customer, so they are not in the message files.

use crate::{
    i18n::L10n,
    page::{Brand, NavItem, Page, Surface},
    ui::{
        Action, Choice, Column, Crumb, Definition, ErrorSummary, Event, Field, FieldError, Hx,
        Icon, Kind, Note, Pages, Radios, Row, Select, Step, Tab, Table, TextArea, Tone, Weight,
        actions, badge, bdi, breadcrumbs, card, card_with, checkbox, confirm_dialog, copy, date,
        date_time, definitions, delta, empty, form_actions, icon, money, money_signed, pagination,
        pill, progress, quantity, scan_state, skeleton, stepper, tabs, tile, timeline,
    },
    view::View,
};
use jiff::civil::date as day;
use kernel::{Basis, Currency, Money, Reason, ReasonCode};
use maud::{Markup, html};

fn eur(minor: i64) -> Money {
    Money::new(minor, Currency::EUR)
}

/// Every component in every state, as the body of a desk page.
pub fn styleguide(view: &View) -> Markup {
    let l = view.l;
    html! {
        (breadcrumbs(l, &[Crumb { label: "Home".into(), href: "/".into() }]))
        div.page-head {
            div { h1 { "Returns to decide" } p.lede { "Every component in every state." } }
            (actions(&[
                Action::link("Export", "#export").icon(Icon::Download),
                Action::button("New return").weight(Weight::Primary).icon(Icon::Plus).key("C").opens("d-refund"),
            ]))
        }
        div.stack.stack-lg { (figures_part(l)) (lists(l)) (records(l)) (forms(view)) (states(l)) }
        (confirm_dialog(l, "d-refund", "Refund €79.00 to Kim Larsen?",
            &html! { p { "The money goes back to the card ending 4242. You can undo this for ten seconds." } },
            &Action::submit("Refund €79.00")))
    }
}

fn figures_part(l: L10n) -> Markup {
    html! {
        div.tiles {
            (tile("Due today", &quantity(l, 14), "#", Some(&html! { "3 breach within the hour" }), Some("due")))
            (tile("Waiting at the dock", &quantity(l, 1_208), "#", Some(&html! { (delta("−12 %", Tone::Good)) " on last week" }), None))
            (tile("Refunds this week", &money(l, eur(1_284_550)), "#", Some(&html! { (delta("+4 %", Tone::Bad)) " on last week" }), None))
            (tile("Median time to money", &html! { "2.4 days" }, "#", None, None))
        }
    }
}

fn lists(l: L10n) -> Markup {
    let row = |rma: &str, who: &str, tone, state: &str, minor, n| {
        Row::new(vec![
            html! { (rma) },
            bdi(who),
            pill(tone, state),
            quantity(l, n),
            date(l, day(2026, 11, 20)),
            money(l, eur(minor)),
        ])
        .href("#case")
    };
    let columns = vec![
        Column::text("Return"),
        Column::text("Customer"),
        Column::text("State"),
        Column::figure("Units"),
        Column::text("Due").wide_only(),
        Column::figure("Refund"),
    ];
    let rows = vec![
        row("R-10423", "Kim Larsen", Tone::Accent, "To decide", 7_900, 2).current(true),
        row(
            "R-10398",
            "José Núñez-Ibáñez",
            Tone::Warn,
            "Waiting for photo",
            12_450,
            1,
        ),
        row("R-10377", "עדי כהן", Tone::Good, "Refunded", 129_900, 3),
        row(
            "R-10360",
            "Aoife O’Brien",
            Tone::Bad,
            "Payment failed",
            4_999,
            1,
        ),
        row(
            "R-10341",
            "Priya Raghunathan",
            Tone::Neutral,
            "Closed",
            1_250,
            12,
        ),
    ];
    let foot = ["Sum", "", "", "19", "", "€1,564.99"]
        .map(|t| html! { (t) })
        .to_vec();
    html! {
        div {
            (tabs(l, "Queues", &[
                Tab { label: "My due".into(), href: "#".into(), count: Some(14), current: true },
                Tab { label: "Team".into(), href: "#".into(), count: Some(1_204), current: false },
                Tab { label: "Waiting".into(), href: "#".into(), count: None, current: false },
            ]))
            div.gap-top { (Table::new("Returns", columns, rows).foot(foot)) }
            (pagination(l, &Pages { previous: None, next: Some("#".into()), words: Some("1 to 5 of 1,204".into()) }))
        }
    }
}

fn records(l: L10n) -> Markup {
    let zone = jiff::tz::TimeZone::UTC;
    let at = |minute: i64| {
        date_time(
            l,
            jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_mins(29_900_000 + minute),
            &zone,
        )
    };
    let open = Reason::new(ReasonCode::WindowOpen, Basis::Order).with_date(day(2026, 11, 30));
    let law =
        Reason::new(ReasonCode::StatutoryWithdrawal, Basis::Order).with_date(day(2026, 11, 24));
    html! {
        div.split {
            (card_with("What happened", Some(&badge(Tone::Neutral, "5 events")), &timeline(&[
                Event::new(Icon::ShoppingBag, Tone::Neutral, "Ordered", at(0)).by("Kim Larsen"),
                Event::new(Icon::Truck, Tone::Accent, "Delivered", at(4_000)).by("DHL"),
                Event::new(Icon::Message, Tone::Warn, "Asked for a photo", at(9_000)).by("Ana Kovač").body(html! { p { "Could you send a picture of the torn seam?" } }),
                Event::new(Icon::BoxX, Tone::Bad, "Payment failed", at(9_700)).by("Redress"),
                Event::new(Icon::Banknote, Tone::Good, "Refund sent", at(9_900)).body(html! { (money(l, eur(7_900))) " to the card ending 4242" }),
            ])))
            div.stack {
                div class={ "verdict " (Tone::Good.class()) } {
                    (icon(Icon::CheckCircle))
                    div { p.verdict-word { "Eligible" } p.verdict-why { "Policy v7, clause 4.2" } }
                }
                (card("Why", &html! {
                    ul.reasons {
                        @for (reason, basis) in [(&open, "Policy, clause window"), (&law, "BGB § 355; Directive 2011/83/EU Art. 9")] {
                            li class=(Tone::Good.class()) { (icon(Icon::Check)) span { (l.reason(reason)) } span.reason-basis { (basis) } }
                        }
                    }
                }))
                (card("Quote", &definitions(&[
                    Definition::new("Jacket, 1 unit", money(l, eur(7_900))),
                    Definition::new("Delivery", money_signed(l, eur(495))),
                    Definition::new("Return label", money_signed(l, eur(-499))),
                    Definition::new("Refund", money(l, eur(7_896))).strong(),
                ])))
                p { "Reference " (copy(l, "R-10423")) }
            }
        }
    }
}

fn forms(view: &View) -> Markup {
    let l = view.l;
    let errors = [FieldError::new(
        "email",
        "Enter the e-mail address you ordered with",
    )];
    html! {
        div.cards {
            (card("Find the order", &html! {
                (ErrorSummary { l, errors: &errors })
                form.stack {
                    (Field::new("order", "Order number").hint("It is in the e-mail we sent, such as 10423").value("10423").narrow())
                    (Field::new("email", "E-mail").kind(Kind::Email).error(FieldError::find(&errors, "email")).value("kim@").required())
                    (Select::new("reason", "Reason", vec![Choice::new("size", "Does not fit"), Choice::new("fault", "Faulty")]).prompt("Choose a reason"))
                    (Field::new("amount", "Amount").kind(Kind::Amount).prefix("€").value("12.50").narrow())
                    (TextArea::new("note", "Note").hint("Only your team sees this").rows(3).draft("/draft"))
                    (checkbox("label", "Send a label by e-mail", "1", true, Some("Free for this return")))
                    (form_actions(&[Action::submit("Save").key("mod+Enter"), Action::button("Cancel").weight(Weight::Ghost)]))
                }
            }))
            (card("Choose an outcome", &html! {
                form.stack {
                    (Radios::new("outcome", "What would you like?", vec![
                        Choice::new("exchange", "Exchange").note("Another size or colour, sent today").icon(Icon::Repeat),
                        Choice::new("refund", "Money back").note("To the card you paid with").icon(Icon::Banknote).figure(money(l, eur(7_900))),
                        Choice::new("repair", "Repair").note("Not offered for this item").icon(Icon::Wrench).disabled(),
                    ]).value("refund").numbered())
                    (actions(&[
                        Action::button("Refund").weight(Weight::Primary).key("R"),
                        Action::button("Decline").weight(Weight::Danger),
                        Action::button("Refresh").icon(Icon::Refresh).hx(Hx::get(&view.nonce, "/x").target("#main")),
                        Action::button("Print").weight(Weight::Ghost).icon_only(Icon::Printer),
                        Action::button("Not now").disabled(true),
                    ]))
                }
            }))
        }
    }
}

fn states(l: L10n) -> Markup {
    let step = |label: &str| Step {
        label: label.into(),
        href: Some("#".into()),
    };
    let steps = ["Order", "Items", "Reason", "Outcome", "Send", "Check"].map(step);
    html! {
        (card("Journey", &stepper(l, &steps, 2)))
        div.cards {
            @for (tone, words) in [
                (Tone::Neutral, "For information"), (Tone::Accent, "In progress"), (Tone::Good, "Refund sent"),
                (Tone::Warn, "Answer needed by tomorrow"), (Tone::Bad, "The bank refused the payment"),
            ] {
                (Note::new(tone, words).body(html! { "What to do next stands here. " (badge(tone, "badge")) " " (pill(tone, "state")) }))
            }
        }
        div.cards {
            (empty(Icon::Inbox, "No returns waiting", "New requests appear here as customers send them.", Some(&Action::link("Add a sample return", "#"))))
            (card("Import", &html! { div.stack { (progress("orders.csv", 182_400, 320_705, "182,400 of 320,705 · 2 min left")) (skeleton(3)) } }))
        }
    }
}

/// A shopper's page: one question.
pub fn portal_sample(view: &View) -> Markup {
    let step = |label: &str| Step {
        label: label.into(),
        href: Some("#".into()),
    };
    let steps = ["Order", "Items", "Reason", "Outcome", "Send", "Check"].map(step);
    Page::new(view, Surface::Portal, "Your return")
        .brand(Brand { name: "Fjord & Field".into(), css: "/brand/1.css".into() })
        .body(html! {
            (stepper(view.l, &steps, 3))
            form.stack {
                div { h1 { "What would you like?" } p.lede { "You can change your mind until we receive the parcel." } }
                (Radios::new("outcome", "Choose one", vec![
                    Choice::new("exchange", "Exchange").note("Another size or colour, sent today").icon(Icon::Repeat),
                    Choice::new("refund", "Money back").note("To the card you paid with, by 30 Nov 2026").icon(Icon::Banknote).figure(money(view.l, eur(7_900))),
                    Choice::new("credit", "Store credit").note("At once, with no end date").icon(Icon::Wallet).figure(money(view.l, eur(8_400))),
                ]).value("refund"))
                (form_actions(&[Action::submit("Continue"), Action::link("Back", "#").weight(Weight::Ghost)]))
            }
        })
        .footer(html! { "Questions? " a href="#" { "Contact us" } })
        .render()
}

/// The receiving bench after a good scan.
pub fn dock_sample(view: &View) -> Markup {
    Page::new(view, Surface::Dock, "Receive").scan("/dock/scan").person("Tomás", "Dock").body(html! {
        div.dock-grid {
            div.stack {
                (scan_state(Tone::Good, "Received", "R-10423 · Jacket, blue, M · 1 of 2"))
                (Radios::new("grade", "Is the packaging sealed?", vec![Choice::new("y", "Sealed"), Choice::new("n", "Opened"), Choice::new("d", "Damaged")]).numbered())
            }
            (card("Last scans", &timeline(&[
                Event::new(Icon::Check, Tone::Good, "R-10423", html! { "14:02" }),
                Event::new(Icon::X, Tone::Bad, "Unknown code 99120", html! { "14:01" }),
            ])))
        }
    }).render()
}

/// The style guide as a whole desk page.
pub fn desk_sample(view: &View) -> Markup {
    Page::new(view, Surface::Desk, "Style guide")
        .nav(
            vec![
                NavItem::new("Home", "/", Icon::Home),
                NavItem::new("Queue", "/queue", Icon::Inbox).count(14, Some("due")),
                NavItem::new("Holds", "/holds", Icon::ShieldAlert).count(3, None),
                NavItem::new("Policies", "/policies", Icon::Scale).section("Rules"),
                NavItem::new("Ledger", "/ledger", Icon::Shield),
            ],
            "/queue",
        )
        .person("Ana Kovač", "Agent")
        .sign_out("/sign-out")
        .live("/events")
        .palette("/search")
        .flash(Tone::Good, "Refund of €79.00 sent")
        .body(styleguide(view))
        .render()
}
