//! The backtest: real cases of the last days decided again, on the facts as they were, under the
//! version of their purchase and under a draft. Both sides are decided here and now, so that
//! whatever differs comes from the policy. Nothing of a case is changed.
//!
//! Cases are read in pages with their orders, in the order they were opened; a page is decoded
//! and decided on its own thread while the next is read.

use super::runs::{Meter, Run, RunKind, Stopped};
use crate::{App, directory::Client, error::AppError};
use kernel::{Basis, ClientId, CustomerId, Date, DraftId, OrderId, Permission, RunId, Scope};
use law::LawBook;
use policy::{Payer, Policy};
use returns::{
    AccountEntry, CaseLine, Decision, Facts, OrderAccount, Path, RequestedLine, SalesOrder, Verdict,
};
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use std::{
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    sync::Arc,
};
use store::{
    Val, Write,
    questions::policies::{self as questions, ReplayRow, RunCaseRow},
    tables,
};
use tokio::task::JoinHandle;
use uuid::Uuid;

/// Longest look back, days.
pub const DAYS_MAX: i64 = 1_100;
/// Cases read at once.
const PAGE: i64 = 1_000;
/// Pages worked on at the same time.
const AT_ONCE: usize = 3;
/// Cases kept of one backtest for drilling down; all are counted.
const KEPT_MAX: usize = 200_000;
const DAY_MS: i64 = 86_400_000;

/// What a case comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// Nothing is granted.
    Declined,
    /// The customer is asked for something.
    Asked,
    /// A person looks.
    Review,
    /// Some lines are granted, others not.
    Partly,
    /// Goods come back.
    Granted,
    /// Money is granted and goods stay.
    Kept,
}

impl Ending {
    /// Every ending, the worst for the customer first.
    pub const ALL: &[Self] = &[
        Self::Declined,
        Self::Asked,
        Self::Review,
        Self::Partly,
        Self::Granted,
        Self::Kept,
    ];

    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Asked => "asked",
            Self::Review => "review",
            Self::Partly => "partly",
            Self::Granted => "granted",
            Self::Kept => "kept",
        }
    }

    pub(super) fn of(decision: &Decision) -> Self {
        let any = |f: fn(Verdict) -> bool| decision.lines.iter().any(|l| f(l.verdict));
        if decision.is_authorised() {
            if any(|v| v == Verdict::AuthoriseReturnless) {
                Self::Kept
            } else {
                Self::Granted
            }
        } else if any(|v| v == Verdict::Review) {
            Self::Review
        } else if any(|v| matches!(v, Verdict::NeedsInfo { .. })) {
            Self::Asked
        } else if any(Verdict::is_authorised) {
            Self::Partly
        } else {
            Self::Declined
        }
    }

    /// A review and a question are equally open to the customer.
    const fn rank(self) -> u8 {
        match self {
            Self::Declined => 0,
            Self::Asked | Self::Review => 1,
            Self::Partly => 2,
            Self::Granted => 3,
            Self::Kept => 4,
        }
    }
}

/// How customers of a bucket fare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Fare {
    Worse,
    Better,
    Other,
    Same,
}

impl Fare {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Worse => "worse",
            Self::Better => "better",
            Self::Other => "other",
            Self::Same => "same",
        }
    }
}

/// Money of one currency under both, minor units.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sums {
    /// Under the version of the purchase.
    pub before: i64,
    /// Under the draft.
    pub after: i64,
}

/// Cases that fare alike, with the same ending before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// `worse`, `better`, `other` or `same`.
    pub fare: String,
    /// Ending under the version of the purchase.
    pub before: String,
    /// Ending under the draft.
    pub after: String,
    /// How many cases.
    pub cases: u64,
    /// How many people.
    pub customers: u64,
    /// What they are granted, by currency.
    pub money: BTreeMap<String, Sums>,
}

impl Bucket {
    /// The name its cases are found by.
    pub fn key(&self) -> String {
        format!("{}.{}.{}", self.fare, self.before, self.after)
    }
}

/// What a backtest found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replayed {
    /// Days looked back.
    pub days: i64,
    /// Cases decided again.
    pub cases: u64,
    /// People they belong to.
    pub customers: u64,
    /// Cases nobody asked for (goods that came unannounced), which are not decided by a policy.
    pub unasked: u64,
    /// Losses first.
    pub buckets: Vec<Bucket>,
    /// Whether all that fare otherwise were kept for drilling down.
    pub complete: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct Params {
    pub(super) days: i64,
}

/// What the decision needs of a stored case.
#[derive(Deserialize)]
struct StoredCase {
    path: Path,
    asked_on: Date,
    notice_sent_on: Date,
    notice_received_on: Date,
    #[serde(default)]
    law: Arc<str>,
    label_cost_minor: i64,
    lines: SmallVec<[CaseLine; 2]>,
}

struct Opened {
    row: ReplayRow,
    asked: StoredCase,
    lines: SmallVec<[RequestedLine; 2]>,
    order: SalesOrder,
}

/// One case decided twice.
struct Twice {
    fare: Fare,
    endings: (Ending, Ending),
    money: (i64, i64),
    customer: CustomerId,
    currency: kernel::Currency,
    kept: Option<Vec<Val>>,
}

#[derive(Default)]
struct Page {
    read: i64,
    unasked: u64,
    twice: Vec<Twice>,
}

#[derive(Default)]
struct Tally {
    cases: u64,
    customers: HashSet<Uuid>,
    money: BTreeMap<String, Sums>,
}

/// Everything pages share.
struct Replay {
    client: Arc<Client>,
    draft: Arc<Policy>,
    run: RunId,
}

impl App {
    /// Asks for a backtest of a draft over the cases of the last `days`.
    ///
    /// # Errors
    /// [`AppError::Policy`] for a text that is no policy; [`AppError::Invalid`] for a span that is
    /// none.
    pub async fn backtest(
        &self,
        scope: &Scope,
        client: ClientId,
        draft: DraftId,
        days: i64,
    ) -> Result<RunId, AppError> {
        Self::check(scope, Permission::PolicyWrite, client)?;
        if !(1..=DAYS_MAX).contains(&days) {
            return Err(AppError::field("days", "help-studio-days"));
        }
        let draft = self.load_draft(client, draft).await?;
        let params = serde_json::to_string(&Params { days })?;
        // The same question is asked once.
        let kind = RunKind::Backtest.as_str();
        let newest = questions::runs_of_draft(self.store(), client, draft.id, kind, 1).await?;
        let same = newest
            .into_iter()
            .map(Run::of)
            .find(|r| r.is_open() && r.content == draft.content && r.params == params);
        if let Some(same) = same {
            return Ok(same.id);
        }
        self.begin_run(scope, &draft, RunKind::Backtest, &params)
            .await
    }

    /// Backtests of a draft, the newest first, with what those that are done found.
    ///
    /// # Errors
    /// [`AppError::Missing`] outside the scope.
    pub async fn backtests(
        &self,
        scope: &Scope,
        client: ClientId,
        draft: DraftId,
    ) -> Result<Vec<(Run, Option<Replayed>)>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        let kind = RunKind::Backtest.as_str();
        let rows = questions::runs_of_draft(self.store(), client, draft, kind, 10).await?;
        let runs = rows.into_iter().map(|row| {
            let run = Run::of(row);
            let found = (run.state == "done").then(|| serde_json::from_str(&run.result));
            Ok((run, found.transpose()?))
        });
        runs.collect()
    }

    /// Cases of one bucket of a backtest, in order of id, after `after`.
    ///
    /// # Errors
    /// [`AppError::Missing`] outside the scope.
    pub async fn backtest_cases(
        &self,
        scope: &Scope,
        client: ClientId,
        run: RunId,
        (bucket, after): (&str, Uuid),
        limit: i64,
    ) -> Result<Vec<RunCaseRow>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        Ok(questions::run_cases(self.store(), client, run, (bucket, after), limit).await?)
    }

    /// Decides the cases again; `Ok(None)` when it was stopped.
    pub(super) async fn replay_cases(
        &self,
        (client, of, run): (ClientId, DraftId, RunId),
        draft: &Arc<Policy>,
        days: i64,
        meter: &Meter,
    ) -> Result<Option<Replayed>, AppError> {
        let since = self.now().as_millisecond() - days * DAY_MS;
        let mut write = Write::new();
        write.statement(questions::drop_run_cases(client, of));
        self.store().write(write).await?;
        let total = questions::replay_count(self.store(), client, since).await?;
        let directory = self.directory();
        let replay = Replay {
            client: directory.client(client).cloned().ok_or(AppError::Missing)?,
            draft: draft.clone(),
            run,
        };
        let replay = Arc::new(replay);
        let mut after = Some((since - 1, Uuid::max()));
        let mut flying: VecDeque<JoinHandle<Result<Page, AppError>>> = VecDeque::new();
        let mut tallies: BTreeMap<(Fare, Ending, Ending), Tally> = BTreeMap::new();
        let mut people: HashSet<Uuid> = HashSet::new();
        let (mut cases, mut unasked, mut read, mut kept) = (0_u64, 0_u64, 0_i64, 0_usize);
        loop {
            while let (true, Some(at)) = (flying.len() < AT_ONCE, after) {
                let (rows, shared) = self.read_page(client, at).await?;
                after = rows.last().map(|r| (r.opened_at, r.case_id));
                if !rows.is_empty() {
                    let (app, replay) = (self.clone(), replay.clone());
                    let work = async move { app.replay_page(&replay, rows, shared).await };
                    flying.push_back(tokio::spawn(work));
                }
            }
            let Some(first) = flying.pop_front() else {
                break;
            };
            let page = first.await.map_err(AppError::fault)??;
            read += page.read;
            unasked += page.unasked;
            let mut write = Write::new();
            for twice in page.twice {
                cases += 1;
                people.insert(twice.customer.0);
                let (before, after) = twice.endings;
                let tally = tallies.entry((twice.fare, before, after)).or_default();
                tally.cases += 1;
                tally.customers.insert(twice.customer.0);
                let code = twice.currency.code().to_owned();
                let sums = tally.money.entry(code).or_default();
                sums.before += twice.money.0;
                sums.after += twice.money.1;
                if let Some(row) = twice.kept.filter(|_| kept < KEPT_MAX) {
                    kept += 1;
                    write.row(&tables::POLICY_RUN_CASE, row);
                }
            }
            if !write.is_empty() {
                self.store().write(write).await?;
            }
            if let Err(Stopped) = meter.at(read.min(total), total) {
                return Ok(None);
            }
        }
        let count = |set: &HashSet<Uuid>| u64::try_from(set.len()).unwrap_or(u64::MAX);
        let buckets = tallies
            .into_iter()
            .map(|((fare, before, after), t)| Bucket {
                fare: fare.as_str().to_owned(),
                before: before.as_str().to_owned(),
                after: after.as_str().to_owned(),
                cases: t.cases,
                customers: count(&t.customers),
                money: t.money,
            });
        Ok(Some(Replayed {
            days,
            cases,
            unasked,
            customers: count(&people),
            buckets: buckets.collect(),
            complete: kept < KEPT_MAX,
        }))
    }

    /// The next page, and the account entries of its orders that have several cases.
    async fn read_page(
        &self,
        client: ClientId,
        after: (i64, Uuid),
    ) -> Result<(Vec<ReplayRow>, HashMap<Uuid, Vec<String>>), AppError> {
        let rows = questions::replay(self.store(), client, after, PAGE).await?;
        let mut shared: HashMap<Uuid, Vec<String>> = HashMap::new();
        if let Some(last) = rows.last() {
            let until = last.opened_at;
            for e in questions::replay_shared(self.store(), client, after, until).await? {
                shared.entry(e.order_id).or_default().push(e.body);
            }
        }
        Ok((rows, shared))
    }

    async fn replay_page(
        &self,
        replay: &Replay,
        rows: Vec<ReplayRow>,
        shared: HashMap<Uuid, Vec<String>>,
    ) -> Result<Page, AppError> {
        let decoded = tokio::task::spawn_blocking(move || decode(rows)).await;
        let (read, opened) = decoded.map_err(AppError::fault)??;
        let mut books: HashMap<Arc<str>, Arc<LawBook>> = HashMap::new();
        for case in &opened {
            let version = &case.asked.law;
            if !books.contains_key(version) {
                let book = if version.is_empty() {
                    self.0.laws.on(replay.client.id.0, case.asked.asked_on)
                } else {
                    self.0.laws.version(self.store(), version).await?
                };
                books.insert(version.clone(), book);
            }
        }
        let (app, client) = (self.clone(), replay.client.clone());
        let (draft, run) = (replay.draft.clone(), replay.run);
        let decided = tokio::task::spawn_blocking(move || {
            let directory = app.directory();
            let unasked = opened.iter().filter(|c| c.lines.is_empty()).count();
            let asked = opened.iter().filter(|c| !c.lines.is_empty());
            let twice = asked.map(|case| {
                let pinned = directory.policy(client.id, case.order.policy);
                let pinned = pinned.ok_or_else(|| {
                    AppError::fault(format!(
                        "order {} pins a policy that is gone",
                        case.order.id
                    ))
                })?;
                let account = account_before(case, &shared)?;
                let law = &books[&case.asked.law];
                let holidays = app.holidays(law, case.order.place, case.asked.asked_on);
                let facts = Facts {
                    order: &case.order,
                    account: &account,
                    case: None,
                    lines: &case.lines,
                    path: case.asked.path,
                    asked_on: case.asked.asked_on,
                    notice_sent_on: case.asked.notice_sent_on,
                    notice_received_on: case.asked.notice_received_on,
                    policy: pinned,
                    law,
                    holidays: &holidays,
                    returnless_used_365d: u32::try_from(case.row.kept_before).unwrap_or(u32::MAX),
                    claim: None,
                    label_cost_minor: case.asked.label_cost_minor,
                    tenders: client.settings.tender_strategy,
                };
                let before = returns::decide(&facts);
                let after = returns::decide(&Facts {
                    policy: &draft,
                    ..facts
                });
                Ok(twice((client.id, run), case, &before, &after))
            });
            Ok::<_, AppError>(Page {
                read,
                unasked: u64::try_from(unasked).unwrap_or(u64::MAX),
                twice: twice.collect::<Result<_, AppError>>()?,
            })
        });
        decided.await.map_err(AppError::fault)?
    }
}

fn decode(rows: Vec<ReplayRow>) -> Result<(i64, Vec<Opened>), AppError> {
    let read = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let opened = rows.into_iter().map(|row| {
        let asked: StoredCase = serde_json::from_str(&row.state)?;
        let order: SalesOrder = serde_json::from_str(&row.order_body)?;
        let lines = asked.lines.iter().filter_map(CaseLine::requested).collect();
        Ok(Opened {
            row,
            asked,
            lines,
            order,
        })
    });
    Ok((read, opened.collect::<Result<_, AppError>>()?))
}

/// The account of the order as it was when the case was asked for.
fn account_before(
    case: &Opened,
    shared: &HashMap<Uuid, Vec<String>>,
) -> Result<OrderAccount, AppError> {
    let Some(entries) = shared.get(&case.row.order_id) else {
        return Ok(OrderAccount::open(&case.order));
    };
    let mut before = Vec::with_capacity(entries.len());
    for entry in entries {
        let entry: AccountEntry = serde_json::from_str(entry)?;
        if entry.case.0 == case.row.case_id {
            break;
        }
        before.push(entry);
    }
    let order = OrderId(case.row.order_id);
    OrderAccount::replay(&case.order, &before)
        .map_err(|e| AppError::fault(format!("the account of {order} does not replay: {e}")))
}

/// What a decision grants at once, minor units.
pub(super) fn granted(decision: &Decision) -> i64 {
    if decision.is_authorised() {
        return decision.quote.total.minor;
    }
    let lines = decision.lines.iter().filter(|l| l.verdict.is_authorised());
    lines.map(|l| decision.quote.of_line(l.line)).sum()
}

fn fare(before: &Decision, after: &Decision) -> Fare {
    let pays = |d: &Decision| {
        let lines = d.lines.iter();
        lines
            .filter(|l| l.terms.label_paid_by == Payer::Merchant)
            .count()
    };
    let waits =
        |d: &Decision| -> Vec<_> { d.lines.iter().map(|l| l.terms.refund_control).collect() };
    let mut signs = [
        i128::from(Ending::of(after).rank()) - i128::from(Ending::of(before).rank()),
        i128::from(granted(after)) - i128::from(granted(before)),
        0,
        0,
    ];
    // Who pays the way back and when money goes matter to who gets something either way.
    if Ending::of(after).rank() > 1 && Ending::of(before).rank() > 1 {
        signs[2] = pays(after).cmp(&pays(before)) as i128;
        signs[3] = waits(before).cmp(&waits(after)) as i128;
    }
    match (signs.iter().any(|s| *s > 0), signs.iter().any(|s| *s < 0)) {
        (false, false) if Ending::of(before) == Ending::of(after) => Fare::Same,
        (true, false) => Fare::Better,
        (false, true) => Fare::Worse,
        _ => Fare::Other,
    }
}

/// The clause of the draft behind the first line that comes out otherwise.
fn clause(before: &Decision, after: &Decision) -> String {
    let lines = before.lines.iter().zip(&after.lines);
    let changed = lines
        .filter(|(b, a)| b.verdict != a.verdict)
        .map(|(_, a)| a);
    let line = changed.chain(&after.lines).next();
    let reasons = line.into_iter().flat_map(|l| &l.reasons);
    let reasons = reasons.chain(&after.quote.reasons);
    let mut clauses = reasons.filter_map(|r| match &r.basis {
        Basis::Policy { clause } => Some(clause.to_string()),
        _ => None,
    });
    clauses.next().unwrap_or_default()
}

fn twice(
    (client, run): (ClientId, RunId),
    case: &Opened,
    before: &Decision,
    after: &Decision,
) -> Twice {
    let fare = fare(before, after);
    let endings = (Ending::of(before), Ending::of(after));
    let money = (granted(before), granted(after));
    let (row, currency) = (&case.row, case.order.currency);
    let kept = (fare != Fare::Same).then(|| {
        let bucket = format!(
            "{}.{}.{}",
            fare.as_str(),
            endings.0.as_str(),
            endings.1.as_str()
        );
        vec![
            client.into(),
            run.0.into(),
            bucket.into(),
            row.case_id.into(),
            row.rma.as_str().into(),
            case.order.place.country.as_str().into(),
            currency.code().into(),
            money.0.into(),
            money.1.into(),
            clause(before, after).into(),
            row.opened_at.into(),
        ]
    });
    Twice {
        fare,
        endings,
        money,
        customer: CustomerId(row.customer_id),
        currency,
        kept,
    }
}
