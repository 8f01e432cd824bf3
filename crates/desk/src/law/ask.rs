//! The form of a question: what everybody fills in is open, the rest is folded until it is used.
//! A GET form, so the question is its address.

use super::{
    read::{self, LINES_MAX},
    words,
};
use crate::form::Form;
use law::{
    Buyer, Circumstance, Exemption, LawBook, SaleChannel, Solicitation, SubChannel, Subject,
    pack::RuleContent,
};
use maud::{Markup, html};
use redress_http::{
    L10n,
    ui::{Action, Choice, Field, FieldError, Icon, Kind, Select, Weight, actions, card, checkbox},
};
use std::collections::BTreeSet;

/// Ways of paying that some rules ask for.
const PAYMENTS: &[&str] = &["card", "third_party_card", "cash", "check", "seller_credit"];
/// What a loss of value comes from.
const CAUSES: &[&str] = &["excess_handling", "use"];

/// What the form is made from.
struct Ask<'a> {
    l: L10n,
    book: &'a LawBook,
    form: &'a Form,
    errors: &'a [FieldError],
}

/// The form with what was typed.
pub fn form(l: L10n, book: &LawBook, form: &Form, errors: &[FieldError]) -> Markup {
    let ask = Ask {
        l,
        book,
        form,
        errors,
    };
    html! {
        form.law-ask method="get" action="/law/try" {
            input type="hidden" name="ask" value="1";
            div.stack {
                (card(&l.t("lawdesk-ask-sale"), &ask.sale()))
                (card(&l.t("lawdesk-ask-lines"), &ask.lines()))
                (card(&l.t("lawdesk-ask-request"), &ask.request()))
                (actions(&[
                    Action::submit(l.t("lawdesk-ask")).icon(Icon::Scale),
                    Action::link(l.t("lawdesk-ask-clear"), "/law/try").weight(Weight::Ghost),
                ]))
            }
        }
    }
}

impl Ask<'_> {
    fn error(&self, name: &str) -> Option<String> {
        FieldError::find(self.errors, name).map(|key| self.l.say(key))
    }

    fn field(&self, name: &str, label: &str, kind: Kind) -> Markup {
        let label = self.l.t(&format!("lawdesk-{label}"));
        let field = Field::new(name, label)
            .kind(kind)
            .value(self.form.get(name))
            .error(self.error(name));
        html! { (field) }
    }

    fn day(&self, name: &str, label: &str) -> Markup {
        self.field(name, label, Kind::Date)
    }

    fn sum(&self, name: &str, label: &str) -> Markup {
        self.field(name, label, Kind::Amount)
    }

    fn tick(&self, name: &str, label: &str) -> Markup {
        let words = self.l.t(&format!("lawdesk-{label}"));
        checkbox(name, &words, "1", self.form.ticked(name), None)
    }

    /// A list of words of one set; `prompt` is the key of an empty first choice.
    fn choose(
        &self,
        name: &str,
        label: &str,
        set: &str,
        all: &[&str],
        prompt: Option<&str>,
    ) -> Markup {
        let l = self.l;
        let choices = all
            .iter()
            .map(|w| Choice::new(*w, words::word(l, set, w)))
            .collect();
        let mut select = Select::new(name, l.t(&format!("lawdesk-{label}")), choices)
            .value(self.form.get(name))
            .error(self.error(name));
        if let Some(prompt) = prompt {
            select = select.prompt(l.t(&format!("lawdesk-{prompt}")));
        }
        html! { (select) }
    }

    fn used(&self, names: &[&str]) -> bool {
        names.iter().any(|n| !self.form.get(n).is_empty())
            || self
                .errors
                .iter()
                .any(|e| names.contains(&e.field.as_str()))
    }

    /// Fields that few questions need; open once one is used.
    fn fold(&self, title: &str, names: &[&str], fields: &Markup) -> Markup {
        html! {
            details.law-more open[self.used(names)] {
                summary { (self.l.t(&format!("lawdesk-{title}"))) }
                (fields)
            }
        }
    }

    fn sale(&self) -> Markup {
        let l = self.l;
        let mut places: Vec<(String, String)> = self
            .book
            .jurisdictions()
            .map(|j| (words::place(l, j), j.code.clone()))
            .collect();
        places.sort();
        let places = places
            .into_iter()
            .map(|(name, code)| Choice::new(&*code, format!("{name} ({code})")))
            .collect();
        let strs = |all: Vec<&'static str>| all;
        let channels = strs(SaleChannel::ALL.iter().map(|w| w.as_str()).collect());
        let ways = strs(SubChannel::ALL.iter().map(|w| w.as_str()).collect());
        let came = strs(
            Solicitation::ALL
                .iter()
                .skip(1)
                .map(|w| w.as_str())
                .collect(),
        );
        let buyers = strs(Buyer::ALL.iter().map(|w| w.as_str()).collect());
        let told = strs(read::TOLD.iter().map(|(w, _)| *w).collect());
        let chosen = self
            .book
            .jurisdiction(&self.form.get("place").to_uppercase());
        // A place that is not on the list stays as it was written.
        let elsewhere = match (self.form.get("elsewhere"), chosen) {
            ("", None) => self.form.get("place"),
            (written, _) => written,
        };
        html! {
            div.stack {
                div.form-grid {
                    (Select::new("place", l.t("lawdesk-place"), places).prompt(l.t("lawdesk-choose"))
                        .value(chosen.map_or("", |j| j.code.as_str())).error(self.error("place")))
                    (Field::new("elsewhere", l.t("lawdesk-elsewhere")).value(elsewhere).max(10).error(self.error("elsewhere")))
                    (self.day("contract", "contract"))
                    (self.choose("channel", "channel", "channel", &channels, None))
                    (self.choose("told", "told", "told", &told, None))
                    (self.day("told_on", "told-on"))
                    (self.choose("policy", "policy", "policy", &["hidden", "shown"], None))
                }
                (self.fold("ask-more-sale", &["buyer", "way", "came", "currency", "payment", "cost_not_told", "collection",
                    "pays_return", "disclosure_failure"], &html! {
                    div.stack {
                        div.form-grid {
                            (self.choose("buyer", "buyer", "buyer", &buyers, None))
                            (self.choose("way", "way", "way", &ways, Some("not-said")))
                            (self.choose("came", "came", "came", &came, Some("not-said")))
                            (self.choose("payment", "payment", "payment", PAYMENTS, Some("not-said")))
                            (self.field("currency", "currency", Kind::Text))
                        }
                        div.law-ticks {
                            (self.tick("cost_not_told", "cost-not-told"))
                            (self.tick("collection", "collection"))
                            (self.tick("pays_return", "pays-return"))
                            (self.tick("disclosure_failure", "disclosure-failure"))
                        }
                    }
                }))
                (self.fold("ask-documents", &["copy", "document", "complete", "ship_by", "deliver_by", "delay_consent",
                    "revised_by", "obstruction", "statement"], &html! {
                    div.stack {
                        div.form-grid {
                            (self.day("copy", "copy")) (self.day("document", "document")) (self.day("complete", "complete"))
                            (self.day("ship_by", "ship-by")) (self.day("deliver_by", "deliver-by"))
                            (self.day("revised_by", "revised-by")) (self.day("obstruction", "obstruction"))
                            (self.day("statement", "statement"))
                        }
                        (self.tick("delay_consent", "delay-consent"))
                    }
                }))
                (self.circumstances())
            }
        }
    }

    /// Circumstances that the rules of the place ask for by name, and those already ticked.
    fn circumstances(&self) -> Markup {
        let place = read::place(self.form);
        let mut all: BTreeSet<Circumstance> = BTreeSet::new();
        for rule in self.book.rules_of(&place) {
            all.extend(asked_by(&rule.content));
        }
        for follows in FOLLOWS {
            all.remove(follows);
        }
        let ticked: Vec<&str> = read::chosen(self.form, "fact").collect();
        all.extend(ticked.iter().filter_map(|w| Circumstance::of(w)));
        if all.is_empty() {
            return html! {};
        }
        self.fold("ask-facts", &["fact"], &html! {
            div.law-ticks {
                @for one in &all { (many("fact", &words::word(self.l, "fact", one.as_str()), one.as_str(), ticked.contains(&one.as_str()))) }
            }
        })
    }

    fn lines(&self) -> Markup {
        let l = self.l;
        let rows = read::rows(self.form);
        html! {
            div.stack {
                @for n in 1..=rows { (self.line(n)) }
                @if rows < LINES_MAX {
                    div { (Action::submit(l.t("lawdesk-add-line")).value("lines", (rows + 1).to_string()).icon(Icon::Plus).weight(Weight::Ghost)) }
                }
                div.form-grid {
                    (self.sum("shipping", "shipping"))
                    (self.sum("standard", "standard"))
                    @if rows > 1 { (self.sum("standard_kept", "standard-kept")) }
                }
            }
        }
    }

    fn line(&self, n: usize) -> Markup {
        let l = self.l;
        let name = |field: &str| format!("{field}{n}");
        let subjects: Vec<&str> = Subject::ALL.iter().map(|w| w.as_str()).collect();
        let seals: Vec<&str> = read::SEALS.iter().map(|(w, ..)| *w).collect();
        let special = [name("trait"), name("seal")];
        let special: Vec<&str> = special.iter().map(String::as_str).collect();
        html! {
            fieldset.law-line {
                legend { (l.t_args("lawdesk-line", &[("n", n.into())])) }
                div.form-grid {
                    (self.field(&name("item"), "item", Kind::Text))
                    (self.choose(&name("subject"), "subject", "subject", &subjects, None))
                    (self.sum(&name("price"), "price"))
                    (self.field(&name("qty"), "qty", Kind::Number))
                    (self.day(&name("delivered"), "delivered"))
                }
                (self.fold("ask-special", &special, &html! {
                    div.stack {
                        (self.choose(&name("seal"), "seal", "seal", &seals, Some("no-seal")))
                        (self.traits(&name("trait")))
                    }
                }))
                @if read::rows(self.form) > 1 { (self.tick(&name("kept"), "kept")) }
            }
        }
    }

    /// Exemptions the rules of the place know, and what is already ticked.
    fn traits(&self, name: &str) -> Markup {
        let ticked: Vec<&str> = read::chosen(self.form, name).collect();
        let place = read::place(self.form);
        let rules = self.book.rules_of(&place);
        let mut all: BTreeSet<Exemption> = rules
            .iter()
            .flat_map(|r| r.content.exemptions.iter().flatten().copied())
            .collect();
        all.extend(ticked.iter().filter_map(|w| Exemption::of(w)));
        html! {
            div.law-ticks {
                @for one in GOODS { (many(name, &words::word(self.l, "fact", one.as_str()), one.as_str(), ticked.contains(&one.as_str()))) }
                @for one in &all { (many(name, &words::exemption(self.l, self.book, *one), one.as_str(), ticked.contains(&one.as_str()))) }
            }
        }
    }

    fn request(&self) -> Markup {
        let kinds: Vec<&str> = read::KINDS.iter().map(|(w, _)| *w).collect();
        let wanted: Vec<&str> = read::WANTED.iter().map(|(w, _)| *w).collect();
        html! {
            div.stack {
                div.form-grid {
                    (self.choose("kind", "kind", "kind", &kinds, None))
                    (self.day("sent", "sent")) (self.day("received", "received"))
                    (self.day("proof", "proof")) (self.day("back", "back"))
                }
                (self.fold("ask-defect", &["wanted", "noticed", "repair", "repaired", "failed", "major", "reduction"], &html! {
                    div.stack {
                        div.form-grid {
                            (self.choose("wanted", "wanted", "wanted", &wanted, Some("not-said")))
                            (self.day("noticed", "noticed")) (self.day("repair", "repair")) (self.day("repaired", "repaired"))
                            (self.field("failed", "failed", Kind::Number)) (self.sum("reduction", "reduction"))
                        }
                        (self.tick("major", "major"))
                    }
                }))
                (self.fold("ask-after", &["agreed", "accepted", "ended", "extra", "sent_back", "loss", "loss_cause"], &html! {
                    div.form-grid {
                        (self.day("sent_back", "sent-back")) (self.day("agreed", "agreed")) (self.day("accepted", "accepted"))
                        (self.day("ended", "ended")) (self.day("extra", "extra")) (self.sum("loss", "loss"))
                        (self.choose("loss_cause", "loss-cause", "cause", CAUSES, Some("not-said")))
                    }
                }))
            }
        }
    }
}

/// One of several boxes of a name; the label makes them apart.
fn many(name: &str, label: &str, value: &str, ticked: bool) -> Markup {
    html! { label.check { input type="checkbox" name=(name) value=(value) checked[ticked]; span { (label) } } }
}

/// What is true of goods, whatever the place.
const GOODS: &[Circumstance] = &[
    Circumstance::UsedGoods,
    Circumstance::DurableGoods,
    Circumstance::NonDurableGoods,
    Circumstance::ApparentDefect,
    Circumstance::MotorVehicle,
    Circumstance::SignificantReturnCost,
    Circumstance::BulkyDeliveredHome,
];

/// Circumstances that follow from other fields of the form.
const FOLLOWS: &[Circumstance] = &[
    Circumstance::WithdrawalRightNotInformed,
    Circumstance::ReturnCostNotInformed,
    Circumstance::TraderAgreedToPay,
    Circumstance::TraderOfferedCollection,
    Circumstance::RepairWasTheRemedy,
    Circumstance::DisclosureFailure,
    Circumstance::NotDeliveredOrFormalDefect,
    Circumstance::FinalRejectWithin6Months,
    Circumstance::DelayConsent,
    Circumstance::MajorFailure,
    Circumstance::BulkyDeliveredHome,
    Circumstance::SignificantReturnCost,
    Circumstance::SellerCredit,
];

/// Circumstances a rule names.
fn asked_by(c: &RuleContent) -> Vec<Circumstance> {
    let cost = c.return_cost.as_ref();
    let remedy = c.remedy.as_ref();
    let lists = [
        cost.and_then(|r| r.trader_if.as_ref()),
        cost.and_then(|r| r.consumer_if.as_ref()),
        remedy.and_then(|r| r.immediate_second_tier_if.as_ref()),
    ];
    let single = [
        c.extension.as_ref().and_then(|e| e.when),
        c.refund.as_ref().and_then(|r| r.withhold_barred_if),
        c.deduction.as_ref().and_then(|d| d.barred_if),
        remedy.and_then(|r| r.termination_barred_if),
    ];
    lists
        .into_iter()
        .flatten()
        .flatten()
        .copied()
        .chain(single.into_iter().flatten())
        .collect()
}
