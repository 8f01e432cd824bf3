//! Importing returns another system has already credited: each finds the purchases it speaks of
//! and becomes one closed case per order, or is listed with the reason why not. Taking the same
//! stream in twice changes nothing the second time.

use super::{
    ids,
    matching::{Candidate, Matched, Wanted, WhyUnmatched, match_return},
    orders::ImportOptions,
    replay::Credit,
};
use crate::{
    App, AppError,
    cases::{Call, OrderKey},
    commit::Commit,
    privacy::{people::customer_id, vault::ClientKeys},
};
use kernel::{ClientId, CustomerId, Money, OrderId, Permission, Scope};
use returns::{OrderAccount, SalesOrder};
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};
use store::{Write, WriteError, questions};
use wire::{ReturnDraft, RowError};

/// Orders of one customer that are looked at.
const ORDERS_MAX: i64 = 10_000;
/// Bought lines kept in memory between returns of the same customers.
const CANDIDATES_MAX: usize = 500_000;
/// How often a return is matched again after someone else took its units.
const RACES_MAX: usize = 4;
/// Returns between two reports of progress.
const REPORT_EVERY: u64 = 100;

/// Money of the file in one currency, minor units. Always `told = replayed + there + unmatched`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Totals {
    /// Credited by the file.
    pub told: i64,
    /// Replayed as cases now.
    pub replayed: i64,
    /// Replayed by an earlier import.
    pub already_there: i64,
    /// Not matched.
    pub unmatched: i64,
}

/// What an import of returns did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct ReturnsReport {
    /// Returns read.
    pub read: u64,
    /// Returns replayed, at least in part.
    pub replayed: u64,
    /// Cases made for them.
    pub cases: u64,
    /// Units in those cases.
    pub units: u64,
    /// Returns replayed by an earlier import.
    pub already_there: u64,
    /// Returns of which at least a part found no purchase.
    pub unmatched: u64,
    /// Records that are rightly no return of goods.
    pub left_out: u64,
    /// Records that are wrong.
    pub rejected: u64,
    /// Money by currency code.
    pub totals: BTreeMap<&'static str, Totals>,
}

/// Units of a return that were not replayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    /// Line of the file.
    pub line: u64,
    /// Number of the return.
    pub number: String,
    /// Article.
    pub sku: String,
    /// Units.
    pub units: u32,
    /// Their share of the credit.
    pub amount: Money,
    /// Why.
    pub why: WhyUnmatched,
    /// Code of the refusal, where our rules refused.
    pub refusal: Option<&'static str>,
}

/// Who hears how an import of returns goes.
pub struct ReturnsWatch<'a> {
    /// Every record that was not taken.
    pub rejected: &'a mut (dyn FnMut(&RowError) + Send),
    /// Every return, or part of one, that found no purchase.
    pub unmatched: &'a mut (dyn FnMut(&Unmatched) + Send),
    /// From time to time.
    pub progress: &'a mut (dyn FnMut(&ReturnsReport) + Send),
}

/// What is remembered between returns.
struct Import<'a> {
    call: Call<'a>,
    client: ClientId,
    dry_run: bool,
    /// What customers bought and still have, as far as looked up.
    bought: HashMap<CustomerId, Vec<Candidate>>,
    remembered: usize,
    /// The document being read, and how often each row of it came.
    document: String,
    rows: HashMap<(String, kernel::Timestamp), u32>,
    keys: Arc<ClientKeys>,
}

/// What became of one return.
enum Became {
    There,
    Replayed { cases: u64, matched: Matched },
    Refused(&'static str),
}

impl App {
    /// Takes in a stream of returns. Orders must be here before; rows of one document stand
    /// together. Whatever was stored before a fault stays; import again to go on.
    pub async fn import_returns(
        &self,
        scope: &Scope,
        client: ClientId,
        drafts: impl Iterator<Item = Result<ReturnDraft, RowError>> + Send,
        options: ImportOptions,
        watch: &mut ReturnsWatch<'_>,
    ) -> Result<ReturnsReport, AppError> {
        Self::check(scope, Permission::OrderImport, client)?;
        if self.directory().client(client).is_none() {
            return Err(AppError::Missing);
        }
        let mut import = Import {
            call: Call::new(scope, self.now()),
            client,
            dry_run: options.dry_run,
            bought: HashMap::new(),
            remembered: 0,
            document: String::new(),
            rows: HashMap::new(),
            keys: self.client_keys(client).await?,
        };
        let mut report = ReturnsReport::default();
        for item in drafts {
            match item {
                Ok(draft) => {
                    report.read += 1;
                    let became = self.take_return(&mut import, &draft).await?;
                    tell(&draft, became, &mut report, watch);
                }
                Err(error) => {
                    let left_out = error.fault.is_left_out();
                    *(if left_out {
                        &mut report.left_out
                    } else {
                        &mut report.rejected
                    }) += 1;
                    (watch.rejected)(&error);
                }
            }
            if report.read.is_multiple_of(REPORT_EVERY) {
                (watch.progress)(&report);
            }
        }
        (watch.progress)(&report);
        Ok(report)
    }

    async fn take_return(
        &self,
        import: &mut Import<'_>,
        draft: &ReturnDraft,
    ) -> Result<Became, AppError> {
        let nth = import.nth(draft);
        let (first, _) = ids::case_id(import.client, draft, nth, 0);
        if questions::cases::case_head(self.store(), import.client, first)
            .await?
            .is_some()
        {
            return Ok(Became::There);
        }
        for _ in 0..RACES_MAX {
            let candidates = self.candidates(import, draft).await?;
            let Some(candidates) = candidates else {
                let rest = Some((draft.quantity, draft.total, WhyUnmatched::UnknownBuyer));
                let matched = Matched {
                    parts: smallvec::SmallVec::new(),
                    rest,
                };
                return Ok(Became::Replayed { cases: 0, matched });
            };
            let wanted = Wanted {
                sku: &draft.sku,
                units: draft.quantity,
                currency: draft.currency,
                unit_price: draft.unit_price,
                total: draft.total,
                at: draft.at,
            };
            let matched = match_return(&candidates, &wanted);
            let credits = credits(import, draft, nth, &candidates, &matched);
            match self.store_credits(import, &credits).await {
                Ok(()) => {
                    import.consumed(draft, &matched);
                    return Ok(Became::Replayed {
                        cases: credits.len() as u64,
                        matched,
                    });
                }
                Err(AppError::Refused(refusal)) => {
                    return Ok(Became::Refused(refusal.code.as_str()));
                }
                Err(AppError::Busy) => import.bought.clear(),
                Err(e) => return Err(e),
            }
        }
        Err(AppError::Busy)
    }

    /// What the buyer of a return has bought; none if nobody knows the buyer.
    async fn candidates(
        &self,
        import: &mut Import<'_>,
        draft: &ReturnDraft,
    ) -> Result<Option<Vec<Candidate>>, AppError> {
        let client = import.client;
        if let Some(number) = &draft.order {
            let row = questions::orders::order_by_number(
                self.store(),
                client,
                number,
                questions::Also::NOTHING,
            )
            .await?;
            let Some(row) = row else { return Ok(None) };
            return candidates_of(&row.body, &row.account).map(Some);
        }
        let Some(external) = &draft.customer_id else {
            return Ok(None);
        };
        let customer = self.customer_of(client, external).await?;
        if !import.bought.contains_key(&customer) {
            if import.remembered > CANDIDATES_MAX {
                import.bought.clear();
                import.remembered = 0;
            }
            let rows = questions::orders::orders_bought(self.store(), client, customer, ORDERS_MAX)
                .await?;
            let mut all = Vec::new();
            for row in rows {
                all.extend(candidates_of(&row.body, &row.account)?);
            }
            import.remembered += all.len();
            import.bought.insert(customer, all);
        }
        let bought = import.bought.get(&customer).filter(|b| !b.is_empty());
        let same = |b: &Vec<Candidate>| b.iter().filter(|c| *c.sku == draft.sku).cloned().collect();
        Ok(bought.map(same))
    }

    /// Stores the cases of one return: all of them or none.
    async fn store_credits(
        &self,
        import: &Import<'_>,
        credits: &[(OrderId, Credit<'_>)],
    ) -> Result<(), AppError> {
        let mut write = Write::new();
        for (order, credit) in credits {
            let loaded = self
                .load_order(&import.call, import.client, &OrderKey::Id(*order))
                .await?;
            let outcome = self.replay(&loaded, credit)?;
            let commit = Commit {
                client: &loaded.client,
                order: &loaded.order,
                account: &loaded.account,
                before: None,
                outcome: &outcome,
                at: credit.at,
            };
            self.put_commit(&mut write, &commit)?;
        }
        if import.dry_run || write.batches.is_empty() {
            return Ok(());
        }
        match self.store().write(write).await {
            Ok(_) => {
                self.0.leaves.notify_one();
                Ok(())
            }
            // Someone took units of the order meanwhile.
            Err(WriteError::Conflict { .. }) => Err(AppError::Busy),
            Err(e) => Err(e.into()),
        }
    }
}

impl Import<'_> {
    /// How many rows like this one came before it in its document.
    fn nth(&mut self, draft: &ReturnDraft) -> u32 {
        if self.document != draft.number {
            self.document.clone_from(&draft.number);
            self.rows.clear();
        }
        let count = self.rows.entry((draft.sku.clone(), draft.at)).or_insert(0);
        let nth = *count;
        *count += 1;
        nth
    }

    /// Takes matched units out of what is remembered.
    fn consumed(&mut self, draft: &ReturnDraft, matched: &Matched) {
        let Some(external) = &draft.customer_id else {
            return;
        };
        let customer = customer_id(&self.keys, self.client, external);
        let Some(bought) = self.bought.get_mut(&customer) else {
            return;
        };
        if draft.order.is_some() {
            // Taken past the memory: look again next time.
            self.remembered = self.remembered.saturating_sub(bought.len());
            self.bought.remove(&customer);
            return;
        }
        let mut same = bought.iter_mut().filter(|c| *c.sku == draft.sku);
        let mut passed = 0;
        let mut parts = matched.parts.clone();
        parts.sort_by_key(|p| p.candidate);
        for part in parts {
            if let Some(candidate) = same.nth(part.candidate - passed) {
                candidate.free -= part.units;
            }
            passed = part.candidate + 1;
        }
    }
}

/// The credits a match stands for, one per order.
fn credits<'d>(
    import: &Import<'_>,
    draft: &'d ReturnDraft,
    nth: u32,
    candidates: &[Candidate],
    matched: &Matched,
) -> Vec<(OrderId, Credit<'d>)> {
    let mut credits: Vec<(OrderId, Credit<'d>)> = Vec::new();
    for part in &matched.parts {
        let Some(candidate) = candidates.get(part.candidate) else {
            continue;
        };
        let line = (candidate.line, part.units, part.minor);
        if let Some((_, known)) = credits.iter_mut().find(|(o, _)| *o == candidate.order) {
            known.lines.push(line);
            continue;
        }
        let (case, rma) = ids::case_id(import.client, draft, nth, credits.len());
        let credit = Credit {
            case,
            rma,
            number: &draft.number,
            reason: &draft.reason,
            at: draft.at,
            actor: import.call.scope.actor(),
            lines: vec![line],
        };
        credits.push((candidate.order, credit));
    }
    credits
}

/// The lines of a stored order that can still come back.
fn candidates_of(order: &str, account: &str) -> Result<Vec<Candidate>, AppError> {
    let order: SalesOrder = serde_json::from_str(order)?;
    let account: OrderAccount = serde_json::from_str(account)?;
    let candidate = |(line, sold): (u16, &returns::OrderLine)| {
        let units = i64::from(sold.quantity.max(1));
        Candidate {
            order: order.id,
            line,
            sku: (&*sold.sku).into(),
            placed_at: order.placed_at,
            currency: order.currency,
            unit_list: sold.economics.list / units,
            unit_paid: (sold.economics.gross + units - 1) / units,
            free: account.free_units(&order, line),
        }
    };
    Ok((0..).zip(&order.lines).map(candidate).collect())
}

/// Books what became of a return in the report and tells what was not taken.
fn tell(
    draft: &ReturnDraft,
    became: Became,
    report: &mut ReturnsReport,
    watch: &mut ReturnsWatch<'_>,
) {
    let totals = report.totals.entry(draft.currency.code()).or_default();
    totals.told += draft.total;
    let (rest, refusal) = match became {
        Became::There => {
            totals.already_there += draft.total;
            report.already_there += 1;
            return;
        }
        Became::Replayed { cases, matched } => {
            totals.replayed += matched.parts.iter().map(|p| p.minor).sum::<i64>();
            report.cases += cases;
            report.units += matched
                .parts
                .iter()
                .map(|p| u64::from(p.units))
                .sum::<u64>();
            report.replayed += u64::from(cases > 0);
            (matched.rest, None)
        }
        Became::Refused(code) => (
            Some((draft.quantity, draft.total, WhyUnmatched::Refused)),
            Some(code),
        ),
    };
    if let Some((units, minor, why)) = rest {
        totals.unmatched += minor;
        report.unmatched += 1;
        (watch.unmatched)(&Unmatched {
            line: draft.line,
            number: draft.number.clone(),
            sku: draft.sku.clone(),
            units,
            amount: Money::new(minor, draft.currency),
            why,
            refusal,
        });
    }
}
