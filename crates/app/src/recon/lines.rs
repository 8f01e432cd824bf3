//! Bookings without a key of ours: payouts of providers held against the bank, what left an account
//! unexplained, and the reports of providers as people look at them; and breaks by their age.

use super::{
    BY_BANK, CHAIN_DAYS, LineRow, OPEN, PROVIDERS,
    look::{Chains, Run},
    money, way_of,
};
use crate::{App, AppError};
use jiff::{ToSpan as _, Unit};
use kernel::{ClientId, Date, Permission, Scope, Timestamp};
use ports::LooseKind;
use reconcile::{
    Break, Covered, Disputed, Line, Matched, Payout, Rhythm, Standing, Taken, Terms, judge_dispute,
    judge_lines, judge_unheard,
};
use returns::dispute::{Dispute, State};
use std::collections::BTreeMap;
use store::questions::recon as questions;

/// Breaks of one age, over all currencies a row each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Age {
    /// `new` (0 or 1 day), `days` (2 to 7), `weeks` (8 to 30) or `old`.
    pub name: &'static str,
    /// Currency code.
    pub currency: String,
    /// How many.
    pub breaks: i64,
    /// What is at stake in them, minor units.
    pub stake_minor: i64,
}

impl Age {
    /// The ages with the days they begin at.
    pub const FROM: [(&'static str, i64); 4] = [("new", 0), ("days", 2), ("weeks", 8), ("old", 31)];

    /// The age of something that began so many days ago.
    pub fn named(days: i64) -> &'static str {
        let of = Self::FROM.iter().rev().find(|(_, from)| days >= *from);
        of.map_or(Self::FROM[0].0, |(name, _)| name)
    }
}

/// Days from the day something began to another.
pub fn days_old(since: &str, today: Date) -> i64 {
    let since = since.parse::<Date>().ok();
    let span = since.and_then(|since| since.until((Unit::Day, today)).ok());
    span.map_or(0, |s| i64::from(s.get_days())).max(0)
}

/// One report of a provider: what it is made of, and what a bank booked of it in one sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayoutView {
    /// Which provider.
    pub provider: String,
    /// Its name of the report.
    pub report: String,
    /// Currency code.
    pub currency: String,
    /// The newest day in it, ISO.
    pub on: String,
    /// Sales, minor units.
    pub sales_minor: i64,
    /// Refunds; negative.
    pub refunds_minor: i64,
    /// Fees; negative.
    pub fees_minor: i64,
    /// Chargebacks, less what was won back.
    pub chargebacks_minor: i64,
    /// Everything else.
    pub rest_minor: i64,
    /// What was paid out, positive; none when nothing was.
    pub payout_minor: Option<i64>,
    /// The day the bank booked it, ISO; none while it is not.
    pub booked_on: Option<String>,
}

/// How often the reports of an account come; none for a bank.
pub(super) fn rhythm_of(account: &str) -> Option<Rhythm> {
    match way_of(account) {
        BY_BANK => None,
        "paypal" => Some(Rhythm::Daily),
        _ => Some(Rhythm::Payouts),
    }
}

/// The name a break of this booking goes by.
pub(super) fn subject_of(line: &LineRow) -> String {
    match line.n {
        0 => format!("{} {}", line.account, line.reference),
        n => format!("{} {} {n}", line.account, line.reference),
    }
}

/// Payouts against the bank's bookings, and what left without an explanation.
pub(super) fn matched(run: &Run<'_>, chains: &Chains, lines: &[LineRow]) -> Matched {
    let mut reported: BTreeMap<String, Covered> = BTreeMap::new();
    for ((account, _), chain) in chains {
        if rhythm_of(account).is_none() {
            continue;
        }
        let from = chain.iter().map(|(_, s)| s.from).min();
        let until = chain.iter().map(|(_, s)| s.until).max();
        if let Some((from, until)) = from.zip(until) {
            reported.insert(account.clone(), Covered { from, until });
        }
    }
    let mut all = Matched::default();
    let mut currencies: Vec<&str> = lines.iter().map(|l| l.currency.as_str()).collect();
    currencies.sort_unstable();
    currencies.dedup();
    for currency in currencies {
        let bank = (BY_BANK.to_owned(), currency.to_owned());
        let terms = Terms {
            patience: Terms::PATIENCE,
            covered: run.covered.get(&bank).copied(),
        };
        let open = |l: &&LineRow| {
            l.currency == currency && !run.outside.explained.contains(&subject_of(l))
        };
        let (payouts, booked) = sides(lines.iter().filter(open));
        let found = judge_lines(&payouts, &booked, &reported, &terms);
        all.pairs.extend(found.pairs);
        all.breaks.extend(found.breaks);
    }
    all
}

/// What providers say they paid out, and what banks booked.
fn sides<'a>(lines: impl Iterator<Item = &'a LineRow>) -> (Vec<Payout>, Vec<Line>) {
    let (mut payouts, mut booked) = (Vec::new(), Vec::new());
    for l in lines {
        let kind = LooseKind::parse(&l.kind);
        let (Some(kind), Some(amount), Ok(on)) = (
            kind,
            money(l.amount_minor, &l.currency),
            l.booked_on.parse(),
        ) else {
            continue;
        };
        match kind {
            LooseKind::Payout => payouts.push(Payout {
                subject: subject_of(l),
                provider: l.account.clone(),
                reference: l.reference.clone(),
                // What leaves the provider's balance arrives on ours.
                amount: kernel::Money::new(amount.minor.saturating_neg(), amount.currency),
                on,
            }),
            LooseKind::Credit | LooseKind::Debit | LooseKind::Charge => booked.push(Line {
                subject: subject_of(l),
                amount,
                on,
                text: l.said.clone(),
                is_charge: kind == LooseKind::Charge,
            }),
            _ => {}
        }
    }
    (payouts, booked)
}

/// What providers booked of disputes against the disputes, one by one.
fn held_disputes(
    run: &Run<'_>,
    lines: &[LineRow],
    disputes: &[(Dispute, Date)],
) -> Vec<(String, Break)> {
    let mut booked: BTreeMap<usize, Vec<Taken>> = BTreeMap::new();
    let mut unheard: BTreeMap<String, Vec<Taken>> = BTreeMap::new();
    for l in lines {
        let (Some(amount), Ok(on)) = (money(l.amount_minor, &l.currency), l.booked_on.parse())
        else {
            continue;
        };
        let number = l.reference.strip_prefix("dispute ").unwrap_or(&l.reference);
        let of = |d: &Dispute| *d.provider == *l.account;
        let by_number = |(d, _): &(Dispute, Date)| of(d) && *d.reference == *number;
        let pays = |d: &Dispute| d.payments.iter().any(|p| **p == *l.said);
        let by_payment = |(d, _): &(Dispute, Date)| of(d) && !l.said.is_empty() && pays(d);
        let at = disputes.iter().position(by_number);
        if let Some(at) = at.or_else(|| disputes.iter().position(by_payment)) {
            booked.entry(at).or_default().push(Taken { amount, on });
        } else {
            let subject = format!("{} {}", l.account, l.reference);
            let taken = unheard.entry(subject).or_default();
            taken.push(Taken { amount, on });
        }
    }
    let mut breaks = Vec::new();
    for (at, (dispute, since)) in disputes.iter().enumerate() {
        let taken = booked.get(&at).map(Vec::as_slice).unwrap_or_default();
        let amount = dispute.amount();
        let currency = taken.first().map(|t| t.amount.currency);
        let Some(currency) = currency.or(amount.map(|a| a.currency)) else {
            continue;
        };
        let way = (dispute.provider.to_string(), currency.code().to_owned());
        let terms = Terms {
            patience: Terms::PATIENCE,
            covered: run.covered.get(&way).copied(),
        };
        let ours = Disputed {
            amount,
            standing: match dispute.state() {
                State::Lost | State::Accepted | State::Expired => Standing::Lost,
                State::Won => Standing::Kept,
                // The bank may come again after it gave the money back.
                State::Inquiry | State::NeedsResponse | State::Submitted | State::Reversed => {
                    Standing::Open
                }
            },
            from: dispute
                .heard
                .iter()
                .map(|n| run.client.day(n.at))
                .min()
                .map_or(*since, |first| first.min(*since)),
            since: *since,
        };
        let broken = judge_dispute(&ours, taken, &terms);
        breaks.extend(broken.map(|b| (dispute_subject(dispute), b)));
    }
    for (subject, taken) in unheard {
        breaks.extend(judge_unheard(&taken).map(|b| (subject, b)));
    }
    breaks
}

/// The name a break about a dispute goes by: that of its bookings.
fn dispute_subject(d: &Dispute) -> String {
    format!("{} dispute {}", d.provider, d.reference)
}

impl App {
    /// What providers booked of disputes against the disputes themselves, and the subjects that
    /// were looked at.
    pub(super) async fn hold_disputes(
        &self,
        run: &Run<'_>,
        lines: &[LineRow],
        since: Date,
    ) -> Result<(Vec<(String, Break)>, Vec<String>), AppError> {
        let from = run.client.midnight(since).unwrap_or(run.until);
        let client = run.client.id;
        let found = questions::disputes(self.store(), client, from.as_millisecond()).await?;
        let mut disputes: Vec<(Dispute, Date)> = Vec::with_capacity(found.len());
        for (body, at) in found {
            let dispute: Dispute = serde_json::from_str(&body)?;
            let at = Timestamp::from_millisecond(at).unwrap_or(run.until);
            disputes.push((dispute, run.client.day(at)));
        }
        // The oldest dispute of a payment is found by the payment, on every run.
        disputes.sort_by_key(|(d, _)| (d.heard_at, d.id));
        let seen = disputes.iter().map(|(d, _)| dispute_subject(d)).collect();
        // What a dispute took may have been booked long before it ended.
        let mut all: BTreeMap<(String, i64), LineRow> = BTreeMap::new();
        for (dispute, _) in disputes.iter().filter(|(d, _)| !d.state().waits()) {
            let provider = &*dispute.provider;
            let name = format!("dispute {}", dispute.reference);
            let mut old = questions::lines_of(self.store(), client, (provider, &name)).await?;
            for payment in &dispute.payments {
                let of = (provider, &**payment);
                old.extend(questions::chargebacks_of(self.store(), client, of).await?);
            }
            all.extend(old.into_iter().map(|l| ((subject_of(&l), l.n), l)));
        }
        let chargebacks = lines
            .iter()
            .filter(|l| l.kind == LooseKind::Chargeback.as_str());
        all.extend(chargebacks.map(|l| ((subject_of(l), l.n), l.clone())));
        let all: Vec<LineRow> = all.into_values().collect();
        Ok((held_disputes(run, &all, &disputes), seen))
    }

    /// The reports of a client's providers of the last weeks, newest first, each with its parts and
    /// the bank's booking of it.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn recon_payouts(
        &self,
        scope: &Scope,
        client: ClientId,
    ) -> Result<Vec<PayoutView>, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        let directory = self.directory();
        let whose = directory.client(client).ok_or(AppError::Missing)?;
        let today = whose.day(self.now());
        let since = today.checked_sub(CHAIN_DAYS.days()).unwrap_or(today);
        let lines = questions::lines(self.store(), client, &since.to_string()).await?;
        let (payouts, booked) = sides(lines.iter());
        let pairs = judge_lines(&payouts, &booked, &BTreeMap::new(), &NO_TERMS).pairs;
        let mut views: BTreeMap<(&str, &str, &str), PayoutView> = BTreeMap::new();
        for l in lines.iter().filter(|l| PROVIDERS.contains(&&*l.account)) {
            let key = (&*l.account, &*l.statement, &*l.currency);
            let view = views.entry(key).or_insert_with(|| PayoutView {
                provider: l.account.clone(),
                report: l.statement.clone(),
                currency: l.currency.clone(),
                on: l.booked_on.clone(),
                sales_minor: 0,
                refunds_minor: 0,
                fees_minor: 0,
                chargebacks_minor: 0,
                rest_minor: 0,
                payout_minor: None,
                booked_on: None,
            });
            if view.on < l.booked_on {
                view.on.clone_from(&l.booked_on);
            }
            let sum = match LooseKind::parse(&l.kind) {
                Some(LooseKind::Sales) => &mut view.sales_minor,
                Some(LooseKind::Refunds) => &mut view.refunds_minor,
                Some(LooseKind::Fees) => &mut view.fees_minor,
                Some(LooseKind::Chargeback | LooseKind::Chargebacks) => &mut view.chargebacks_minor,
                Some(LooseKind::Payout) => {
                    let subject = subject_of(l);
                    let pair = pairs.iter().find(|(payout, _)| *payout == subject);
                    let line =
                        pair.and_then(|(_, line)| lines.iter().find(|l| subject_of(l) == *line));
                    view.booked_on = line.map(|l| l.booked_on.clone());
                    view.payout_minor.get_or_insert(0)
                }
                _ => &mut view.rest_minor,
            };
            let minor = if l.kind == LooseKind::Payout.as_str() {
                l.amount_minor.saturating_neg()
            } else {
                l.amount_minor
            };
            *sum = sum.saturating_add(minor);
        }
        let mut all: Vec<PayoutView> = views.into_values().collect();
        all.sort_by(|a, b| (&b.on, &b.report).cmp(&(&a.on, &a.report)));
        Ok(all)
    }

    /// How old the open breaks of a client are.
    ///
    /// # Errors
    /// By scope; faults of the database.
    pub async fn recon_ages(&self, scope: &Scope, client: ClientId) -> Result<Vec<Age>, AppError> {
        Self::check(scope, Permission::MoneyRead, client)?;
        let directory = self.directory();
        let whose = directory.client(client).ok_or(AppError::Missing)?;
        let today = whose.day(self.now());
        let mut sums: BTreeMap<(&str, String), (i64, i64)> = BTreeMap::new();
        for state in OPEN {
            for row in questions::ages(self.store(), client, state, 0).await? {
                let name = Age::named(days_old(&row.since_on, today));
                let of = sums.entry((name, row.currency)).or_default();
                of.0 += row.breaks;
                of.1 = of.1.saturating_add(row.stake_minor);
            }
        }
        let ages = Age::FROM.iter().flat_map(|(name, _)| {
            let of = sums.iter().filter(move |((n, _), _)| n == name);
            of.map(|((_, currency), (breaks, stake_minor))| Age {
                name,
                currency: currency.clone(),
                breaks: *breaks,
                stake_minor: *stake_minor,
            })
        });
        Ok(ages.collect())
    }
}

/// Pairs alone are looked for.
const NO_TERMS: Terms = Terms {
    patience: Terms::PATIENCE,
    covered: None,
};
