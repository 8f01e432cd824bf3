//! The test table: invented orders, decided as real ones would be, by the draft and by the law.
//! Nothing is stored but the table itself.

use super::{Draft, backtest::Ending};
use crate::{App, FieldError, directory::Client, error::AppError, intake};
use kernel::{ClientId, Currency, Date, DraftId, Money, Permission, Place, Scope};
use policy::{EvidenceGiven, Outcome, Policy, ReturnReason};
use returns::{Decision, Facts, OrderAccount, Path, RequestedLine};
use std::sync::Arc;
use wire::{Buyer, LineDraft, OrderDraft, ShippingDraft};

pub use wire::{TrialRow, trials_from_csv, trials_to_csv};

/// What became of one row.
#[derive(Debug, Clone)]
pub struct Tried {
    /// What the decision says, the first line of it.
    pub decision: Decision,
    /// What it comes to.
    pub ending: Ending,
    /// What it grants at once.
    pub granted: Money,
    /// Whether that is what the author expects; none where they expect nothing.
    pub as_expected: Option<bool>,
}

/// A row of the table with its line, and what became of it.
#[derive(Debug, Clone)]
pub struct TriedRow {
    /// Line of the table, from 1.
    pub line: u64,
    /// The row; none where it cannot be read.
    pub row: Option<TrialRow>,
    /// What became of it, or what is wrong with it.
    pub outcome: Result<Tried, Vec<FieldError>>,
}

struct Trial {
    order: OrderDraft,
    placed_on: Date,
    asked_on: Date,
    line: RequestedLine,
    expect: (Option<Ending>, Option<i64>),
}

impl App {
    /// Decides one invented order under a draft.
    ///
    /// # Errors
    /// [`AppError::Policy`] for a draft that is no policy; [`AppError::Invalid`] for fields that
    /// cannot be read.
    pub async fn try_order(
        &self,
        scope: &Scope,
        client: ClientId,
        draft: DraftId,
        row: &TrialRow,
    ) -> Result<Tried, AppError> {
        let (owner, draft, policy) = self.trial_of(scope, client, draft).await?;
        self.tried(&owner, &draft, &policy, row)
            .map_err(AppError::Invalid)
    }

    /// Decides every row of the table of a draft.
    ///
    /// # Errors
    /// [`AppError::Policy`] for a draft that is no policy.
    pub async fn try_table(
        &self,
        scope: &Scope,
        client: ClientId,
        draft: DraftId,
    ) -> Result<Vec<TriedRow>, AppError> {
        let (owner, draft, policy) = self.trial_of(scope, client, draft).await?;
        let rows = wire::trials_from_csv(&draft.tests).into_iter();
        let tried = rows.map(|(line, row)| match row {
            Ok(row) => TriedRow {
                line,
                outcome: self.tried(&owner, &draft, &policy, &row),
                row: Some(row),
            },
            Err(_) => TriedRow {
                line,
                row: None,
                outcome: Err(vec![wrong("row", "help-studio-row")]),
            },
        });
        Ok(tried.collect())
    }

    async fn trial_of(
        &self,
        scope: &Scope,
        client: ClientId,
        draft: DraftId,
    ) -> Result<(Arc<Client>, Draft, Arc<Policy>), AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        let draft = self.load_draft(client, draft).await?;
        let policy = draft.compiled.clone();
        let policy = policy.map_err(|_| policy::draft::Refusal::NoPolicy)?;
        let directory = self.directory();
        let owner = directory.client(client).cloned().ok_or(AppError::Missing)?;
        Ok((owner, draft, policy))
    }

    fn tried(
        &self,
        client: &Client,
        draft: &Draft,
        policy: &Policy,
        row: &TrialRow,
    ) -> Result<Tried, Vec<FieldError>> {
        let trial = read(client, draft, policy, row)?;
        let order = intake::sold::sales_order(
            client.id,
            &trial.order,
            trial.placed_on,
            policy.source(),
            policy.hash(),
        );
        let order = order.map_err(|_| vec![wrong("price", "desk-help-amount")])?;
        let law = self.0.laws.on(client.id.0, trial.asked_on);
        let decision = returns::decide(&Facts {
            order: &order,
            account: &OrderAccount::open(&order),
            case: None,
            lines: &[trial.line],
            path: Path::Ordinary,
            asked_on: trial.asked_on,
            notice_sent_on: trial.asked_on,
            notice_received_on: trial.asked_on,
            policy,
            law: &law,
            holidays: &self.holidays(&law, order.place, trial.asked_on),
            returnless_used_365d: 0,
            claim: None,
            label_cost_minor: client.label_cost(order.currency),
            tenders: client.settings.tender_strategy,
        });
        let ending = Ending::of(&decision);
        let granted = Money::new(super::backtest::granted(&decision), order.currency);
        let (expected, amount) = trial.expect;
        let holds =
            expected.is_none_or(|e| e == ending) && amount.is_none_or(|a| a == granted.minor);
        Ok(Tried {
            decision,
            ending,
            granted,
            as_expected: (expected.is_some() || amount.is_some()).then_some(holds),
        })
    }
}

fn wrong(field: &str, help: &'static str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        help,
    }
}

/// Reads a row; every field that cannot be read is named.
fn read(
    client: &Client,
    draft: &Draft,
    policy: &Policy,
    row: &TrialRow,
) -> Result<Trial, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut need = |field: &str, help: &'static str| errors.push(wrong(field, help));
    let or = |text: &str, default: &str| {
        let text = text.trim();
        if text.is_empty() {
            default.to_owned()
        } else {
            text.to_owned()
        }
    };
    let place = place(&row.place);
    if place.is_none() {
        need("place", "help-studio-place");
    }
    let currency: Option<Currency> = match row.currency.trim() {
        "" => policy.default_currency(),
        code => code.parse().ok(),
    };
    let currency = currency.filter(|c| {
        let known = &policy.source().currencies;
        known.iter().any(|k| k == c)
    });
    if currency.is_none() {
        need("currency", "help-studio-currency");
    }
    let mut day = |field: &str, text: &str| -> Option<Date> {
        let text = text.trim();
        let day = text.parse().ok();
        if day.is_none() && !text.is_empty() {
            need(field, "help-date");
        }
        day
    };
    let placed_on = day("ordered", &row.ordered).unwrap_or(draft.from);
    let delivered_on = day("delivered", &row.delivered);
    let asked_on = day("asked", &row.asked).unwrap_or(delivered_on.unwrap_or(placed_on));
    let reason = ReturnReason::parse(&or(&row.reason, ReturnReason::ChangedMind.as_str()));
    if reason.is_none() {
        need("reason", "help-choice");
    }
    let wanted = Outcome::parse(&or(&row.wanted, Outcome::Refund.as_str()));
    if wanted.is_none() {
        need("wanted", "help-choice");
    }
    let units: u32 = or(&row.units, "1").parse().unwrap_or(0);
    if !(1..=10_000).contains(&units) {
        need("units", "desk-help-count");
    }
    let mut money = |field: &str, text: &str| -> Option<i64> {
        let text = text
            .trim()
            .replacen(',', ".", usize::from(!text.contains('.')));
        let minor = Money::parse(&text, currency?).ok().map(|m| m.minor);
        let minor = minor.filter(|m| (0..=wire::order::MAX_AMOUNT).contains(m));
        if minor.is_none() && !text.is_empty() {
            need(field, "desk-help-amount");
        }
        minor
    };
    let price = money("price", &row.price);
    let expected_amount = money("expect_amount", &row.expect_amount);
    let expect = match row.expect.trim() {
        "" => None,
        code => {
            let known = Ending::ALL.iter().copied().find(|e| e.as_str() == code);
            if known.is_none() {
                need("expect", "help-choice");
            }
            known
        }
    };
    let mut flag = |field: &str, text: &str, default: bool| match text.trim() {
        "" => default,
        "yes" | "true" | "1" => true,
        "no" | "false" | "0" => false,
        _ => {
            need(field, "help-choice");
            default
        }
    };
    let opened = flag("opened", &row.opened, false);
    let final_sale = flag("final_sale", &row.final_sale, false);
    let evidence = flag("evidence", &row.evidence, true);
    let text = |t: &str| -> String { t.trim().chars().take(128).collect() };
    let (Some(place), Some(currency), Some(reason), Some(wanted), true) =
        (place, currency, reason, wanted, errors.is_empty())
    else {
        return Err(errors);
    };
    let placed_at = client.midnight(placed_on);
    let placed_at = placed_at.ok_or_else(|| vec![wrong("ordered", "help-date")])?;
    let sku = or(&text(&row.sku), "TEST-1");
    let channel = or(&text(&row.channel), "online");
    let order = OrderDraft {
        number: "TEST".into(),
        external_id: None,
        placed_at,
        buyer: if channel == "business" {
            Buyer::Business
        } else {
            Buyer::Consumer
        },
        channel,
        delivery: place,
        currency,
        prices_include_tax: true,
        told: wire::order::Told::default(),
        no_tax: None,
        lines: vec![LineDraft {
            id: "1".into(),
            sku,
            title: String::new(),
            category: text(&row.category),
            quantity: units,
            unit_list: price.unwrap_or(10_000),
            line_discount: 0,
            taxes: Vec::new(),
            fulfilled: units,
            refunded: 0,
            fulfilled_on: delivered_on.map(|_| placed_on),
            delivered_on,
            final_sale,
            serials: Vec::new(),
            vendor: None,
            charges: Vec::new(),
            gift_card_spent: None,
            parts: Vec::new(),
        }],
        charges: Vec::new(),
        promotions: Vec::new(),
        order_discount: 0,
        shipping: ShippingDraft::default(),
        tenders: Vec::new(),
        cancelled: false,
        customer_id: None,
        contact: None,
    };
    let evidence = if evidence {
        EvidenceGiven {
            photos: u8::MAX,
            note: true,
            serial: true,
        }
    } else {
        EvidenceGiven::default()
    };
    Ok(Trial {
        order,
        placed_on,
        asked_on,
        line: RequestedLine {
            line: 0,
            units,
            reason,
            wanted,
            evidence,
            opened,
            noticed_on: None,
            own: None,
            lacks: policy::ConditionSet::EMPTY,
        },
        expect: (expect, expected_amount),
    })
}

/// `DE` or `US-NY`.
fn place(text: &str) -> Option<Place> {
    let (country, subdivision) = match text.trim().split_once('-') {
        Some((country, sub)) => (country, Some(sub)),
        None => (text.trim(), None),
    };
    Some(Place {
        country: country.parse().ok()?,
        subdivision: subdivision.map(str::parse).transpose().ok()?,
    })
}
