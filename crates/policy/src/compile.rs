//! From source to [`Policy`]: checks, inheritance, hash. All the thinking is done here, once per
//! version, so that evaluation only looks up.

use crate::{
    amounts::Amounts,
    answer::{CategoryId, ClauseRef, OwnReasonId},
    error::{Findings, PolicyError, PolicyErrors},
    layer::{ClauseBook, Layer, Reader},
    source::PolicySource,
    table::Cell,
    words::{Fault, Prefer, PromotionRule, ReturnReason, SalesChannel},
    wrong::Wrong,
};
use kernel::{CountryCode, Currency, Date, PolicyHash, Role};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, sync::Arc};

/// Largest policy file, in bytes.
pub(crate) const MAX_BYTES: usize = 256 * 1024;
/// Most combinations of channel, market and category; about a kilobyte each.
const MAX_CELLS: usize = 16_384;

/// A holiday extension.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Holiday {
    pub(crate) from: Date,
    pub(crate) to: Date,
    pub(crate) until: Date,
    pub(crate) clause: ClauseRef,
}

/// A policy version, compiled. Immutable; share it behind an `Arc`.
#[derive(Debug, Clone)]
pub struct Policy {
    source: PolicySource,
    hash: PolicyHash,
    clauses: Vec<Arc<str>>,
    categories: BTreeMap<String, CategoryId>,
    products: BTreeMap<String, CategoryId>,
    /// The client's own reasons that stand for a core code, by path.
    own_reasons: BTreeMap<String, (OwnReasonId, ReturnReason)>,
    own_faults: Vec<Option<Fault>>,
    channels: [usize; SalesChannel::ALL.len()],
    markets: Vec<(CountryCode, usize)>,
    market_count: usize,
    /// By channel, market, category; slot 0 of each is "no rules of its own".
    cells: Vec<Cell>,
    base: Cell,
    authority: Vec<(Role, Amounts)>,
    pub(crate) holidays: Vec<Holiday>,
}

impl Policy {
    /// Reads a TOML policy file and compiles it.
    ///
    /// # Errors
    /// Every finding, with line, path and help.
    pub fn parse_toml(text: &str) -> Result<Self, PolicyErrors> {
        let refuse = |line: Option<usize>, wrong: Wrong| {
            PolicyErrors(vec![PolicyError {
                path: String::new(),
                line,
                wrong,
            }])
        };
        if text.len() > MAX_BYTES {
            return Err(refuse(None, Wrong::TooLarge { most: MAX_BYTES }));
        }
        let source: PolicySource = toml::from_str(text).map_err(|e| {
            let before = e
                .span()
                .and_then(|span| text.get(..span.start))
                .unwrap_or("");
            let line = before.matches('\n').count() + 1;
            let wrong = if toml::de::DeTable::parse(text).is_ok() {
                Wrong::form(e.message())
            } else {
                let detail = e.message().trim().to_owned();
                Wrong::NotToml { detail }
            };
            refuse(Some(line), wrong)
        })?;
        Self::compile(source).map_err(|errors| errors.located(text))
    }

    /// Checks a source, resolves its inheritance and hashes it.
    ///
    /// # Errors
    /// Every finding, with path and help.
    pub fn compile(source: PolicySource) -> Result<Self, PolicyErrors> {
        let mut findings = Findings::default();
        let mut book = ClauseBook::default();
        check_head(&source, &mut findings);
        let silent = Cell::silent(&mut book);
        let mut reader = Reader {
            clauses: &mut book,
            findings: &mut findings,
            currencies: &source.currencies,
            languages: &source.languages,
        };
        if !source.final_sale.is_empty() {
            reader.wording(&source.final_sale, "final_sale");
        }
        let base = silent.with(&reader.layer(&source.rules, "rules", ""));

        let mut channels = [0; SalesChannel::ALL.len()];
        let mut channel_layers = vec![Layer::default()];
        for (channel, rules) in &source.channels {
            channels[channel.index()] = channel_layers.len();
            let (path, prefix) = (format!("channels.{channel}"), format!("channel.{channel}."));
            channel_layers.push(reader.layer(rules, &path, &prefix));
        }
        let mut markets = Vec::new();
        let mut market_layers = vec![Layer::default()];
        for (name, market) in &source.markets {
            let path = format!("markets.{name}");
            for country in &market.countries {
                let twice = markets.iter().any(|(known, _)| known == country);
                let wrong = Wrong::TwoMarkets { country: *country };
                reader.findings.demand(!twice, &path, wrong);
                markets.push((*country, market_layers.len()));
            }
            check_name(name, &path, reader.findings);
            let rules = format!("{path}.rules");
            market_layers.push(reader.layer(&market.rules, &rules, &format!("market.{name}.")));
        }
        markets.sort_unstable();
        let mut categories = BTreeMap::new();
        let mut category_layers = vec![Layer::default()];
        for (path, rules) in &source.categories {
            let id = CategoryId(u16::try_from(category_layers.len()).unwrap_or(0));
            categories.insert(path.clone(), id);
            let (at, prefix) = (format!("categories.{path}"), format!("category.{path}."));
            path.split('/')
                .for_each(|part| check_name(part, &at, reader.findings));
            category_layers.push(reader.layer(rules, &at, &prefix));
        }
        let mut chains = category_chains(&categories);
        let mut products = BTreeMap::new();
        for (sku, product) in &source.products {
            let (at, prefix) = (format!("products.{sku}"), format!("product.{sku}."));
            check_sku(sku, &at, reader.findings);
            let parent = product.category.as_deref().unwrap_or("");
            let known = parent.is_empty() || categories.contains_key(parent);
            let name = parent.to_owned();
            let wrong = Wrong::NoCategory { name };
            reader
                .findings
                .demand(known, &format!("{at}.category"), wrong);
            let mut chain = chains[slot(&categories, parent)].clone();
            chain.push(category_layers.len());
            let id = CategoryId(u16::try_from(chains.len()).unwrap_or(0));
            products.insert(sku.clone(), id);
            category_layers.push(reader.layer(&product.rules, &format!("{at}.rules"), &prefix));
            chains.push(chain);
        }
        let (own_reasons, own_faults) = own_reasons(&source, &mut reader);
        let count = channel_layers.len() * market_layers.len() * category_layers.len();
        findings.counted("channels × markets × goods", count, 1..=MAX_CELLS);

        let authority = check_authority(&source, &mut findings);
        let holidays = check_holidays(&source, &mut book, &mut findings);
        findings.done()?;

        let mut cells = Vec::with_capacity(count);
        for channel in &channel_layers {
            let cell = base.clone().with(channel);
            for market in &market_layers {
                let cell = cell.clone().with(market);
                for chain in &chains {
                    let steps = chain.iter().map(|at| &category_layers[*at]);
                    cells.push(steps.fold(cell.clone(), Cell::with));
                }
            }
        }
        Ok(Self {
            hash: hash_of(&source)?,
            clauses: book.into_ids(),
            categories,
            products,
            own_reasons,
            own_faults,
            channels,
            markets,
            market_count: market_layers.len(),
            cells,
            base,
            authority,
            holidays,
            source,
        })
    }

    /// The version: SHA-256 of the canonical JSON (RFC 8785) of the source. Formatting, comments,
    /// key order and spelled-out defaults do not change it.
    pub fn hash(&self) -> PolicyHash {
        self.hash
    }

    /// What it was compiled from.
    pub fn source(&self) -> &PolicySource {
        &self.source
    }

    /// The category for a path such as `apparel/swimwear/bikinis`: the deepest one the policy has
    /// rules for. Do this once, at import.
    pub fn category(&self, path: &str) -> CategoryId {
        let mut rest = path;
        loop {
            if let Some(id) = self.categories.get(rest) {
                return *id;
            }
            match rest.rsplit_once('/') {
                Some((parent, _)) => rest = parent,
                None => return CategoryId::default(),
            }
        }
    }

    /// The article `sku` if the policy has rules for it, else its category.
    pub fn goods(&self, category: &str, sku: &str) -> CategoryId {
        let article = self.products.get(sku).copied();
        article.unwrap_or_else(|| self.category(category))
    }

    /// The client's own reason at `path` and the core code it stands for.
    pub fn own_reason(&self, path: &str) -> Option<(OwnReasonId, ReturnReason)> {
        self.own_reasons.get(path).copied()
    }

    /// The fault the client's own reason speaks of, where it differs from the code's.
    pub(crate) fn own_fault(&self, reason: Option<OwnReasonId>) -> Option<Fault> {
        *self.own_faults.get(usize::from(reason?.0))?
    }

    /// The stable written id of a clause.
    pub fn clause_id(&self, clause: ClauseRef) -> Arc<str> {
        self.clauses
            .get(usize::from(clause.0))
            .cloned()
            .unwrap_or_default()
    }

    /// Up to which amount (minor units) a role may decide alone; none: not at all.
    pub fn authority_limit(&self, role: Role, currency: Currency) -> Option<i64> {
        self.authority
            .iter()
            .find(|(r, _)| *r == role)
            .and_then(|(_, a)| a.get(currency))
    }

    /// The role with the smallest limit that covers an amount in minor units.
    pub fn who_may(&self, minor: i64, currency: Currency) -> Option<Role> {
        let limits = self.authority.iter();
        let limits = limits.filter_map(|(role, a)| Some((a.get(currency)?, *role)));
        let enough = limits.filter(|(limit, _)| *limit >= minor);
        enough.min_by_key(|(limit, _)| *limit).map(|(_, role)| role)
    }

    /// Days an authorisation stays valid without a first scan.
    pub fn authorisation_days(&self) -> u16 {
        self.source.authorisation_days
    }

    /// The default currency of the policy.
    pub fn default_currency(&self) -> Option<Currency> {
        self.source.currencies.first().copied()
    }

    /// Whether an exchange is offered before money. It is an order of showing, never of deciding:
    /// what is granted does not depend on it, so it cannot be below the law.
    pub fn prefers_exchange(&self) -> bool {
        self.source.prefer == Some(Prefer::Exchange)
    }

    pub(crate) fn promotion(&self) -> PromotionRule {
        self.source.promotion
    }

    /// What applies to a combination. A category of another policy counts as none.
    pub(crate) fn cell(
        &self,
        channel: SalesChannel,
        market: CountryCode,
        category: CategoryId,
    ) -> &Cell {
        let found = self
            .markets
            .binary_search_by_key(&market, |(country, _)| *country);
        let market = found.map_or(0, |at| self.markets[at].1);
        let width = self.categories.len() + self.products.len() + 1;
        let category = if usize::from(category.0) < width {
            usize::from(category.0)
        } else {
            0
        };
        let row = self.channels[channel.index()] * self.market_count + market;
        self.cells.get(row * width + category).unwrap_or(&self.base)
    }
}

/// For every category slot the layers to lay, parents first.
fn category_chains(categories: &BTreeMap<String, CategoryId>) -> Vec<Vec<usize>> {
    let mut chains = vec![Vec::new()];
    for path in categories.keys() {
        let ends = path
            .match_indices('/')
            .map(|(at, _)| at)
            .chain([path.len()]);
        let found = ends.filter_map(|end| categories.get(&path[..end]));
        chains.push(found.map(|id| usize::from(id.0)).collect());
    }
    chains
}

/// The slot of a category path; 0 for none.
fn slot(categories: &BTreeMap<String, CategoryId>, path: &str) -> usize {
    categories.get(path).map_or(0, |id| usize::from(id.0))
}

/// The client's own reasons: groups only hold others, leaves stand for a core code.
type OwnReasons = BTreeMap<String, (OwnReasonId, ReturnReason)>;

fn own_reasons(source: &PolicySource, reader: &mut Reader<'_>) -> (OwnReasons, Vec<Option<Fault>>) {
    let (mut known, mut faults) = (BTreeMap::new(), Vec::new());
    for (path, reason) in &source.reasons {
        let at = format!("reasons.{path}");
        for part in path.split('/') {
            check_name(part, &at, reader.findings);
        }
        reader.wording(&reason.text, &format!("{at}.text"));
        let below = format!("{path}/");
        let is_group = source.reasons.keys().any(|other| other.starts_with(&below));
        let good = is_group != reason.code.is_some();
        reader.findings.demand(good, &at, Wrong::GroupOrReason);
        let parent = path.rsplit_once('/').map(|(parent, _)| parent);
        let grouped = parent.is_none_or(|p| source.reasons.contains_key(p));
        reader.findings.demand(grouped, &at, Wrong::NoGroup);
        if let Some(code) = reason.code {
            let id = OwnReasonId(u16::try_from(faults.len()).unwrap_or(u16::MAX));
            known.insert(path.clone(), (id, code));
            faults.push(reason.fault);
        }
    }
    (known, faults)
}

fn hash_of(source: &PolicySource) -> Result<PolicyHash, PolicyErrors> {
    let json = serde_json_canonicalizer::to_vec(source).map_err(|e| {
        let detail = e.to_string();
        PolicyErrors(vec![PolicyError {
            path: String::new(),
            line: None,
            wrong: Wrong::NoHash { detail },
        }])
    })?;
    Ok(PolicyHash(Sha256::digest(json).into()))
}

fn check_head(source: &PolicySource, findings: &mut Findings) {
    let length = source.name.trim().len();
    let wrong = Wrong::NameLength {
        length: i64::try_from(length).unwrap_or(i64::MAX),
        most: 80,
    };
    findings.demand((1..=80).contains(&length), "name", wrong);
    findings.counted("currencies", source.currencies.len(), 1..=16);
    findings.counted("languages", source.languages.len(), 1..=24);
    findings.within("authorisation_days", source.authorisation_days, 1..=365);
    findings.counted("markets", source.markets.len(), 0..=100);
    findings.counted("categories", source.categories.len(), 0..=500);
    findings.counted("products", source.products.len(), 0..=2000);
    findings.counted("reasons", source.reasons.len(), 0..=200);
    findings.counted("countries", source.countries.len(), 0..=250);
    if let Some(appeal) = source.appeal {
        findings.within("appeal.days", appeal.days, 1..=3650);
        findings.within("appeal.answer_days", appeal.answer_days, 1..=365);
    }
    let rules = &source.rules;
    let days = rules.window.as_ref().and_then(|w| w.days);
    findings.demand(days.is_some(), "rules.window.days", Wrong::NoWindow);
    let offered = rules.outcomes.is_some();
    findings.demand(offered, "rules.outcomes", Wrong::NoOutcomes);
}

/// Names become part of clause ids and of addresses on pages.
fn check_name(name: &str, path: &str, findings: &mut Findings) {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
    let good = (1..=40).contains(&name.len()) && name.bytes().all(plain);
    findings.demand(good, path, Wrong::BadName);
}

/// Article numbers are the client's own; they only must be short and printable.
fn check_sku(sku: &str, path: &str, findings: &mut Findings) {
    let good = (1..=64).contains(&sku.len()) && sku.bytes().all(|b| b.is_ascii_graphic());
    findings.demand(good, path, Wrong::BadArticle);
}

fn check_authority(source: &PolicySource, findings: &mut Findings) -> Vec<(Role, Amounts)> {
    let mut out = Vec::new();
    for (name, amounts) in &source.authority {
        let path = format!("authority.{name}");
        let amounts = Amounts::read(amounts, &source.currencies, &path, findings);
        if let Some(role) = Role::parse(name) {
            out.push((role, amounts));
        } else {
            findings.note(&path, Wrong::NoRole);
        }
    }
    out
}

fn check_holidays(
    source: &PolicySource,
    book: &mut ClauseBook,
    findings: &mut Findings,
) -> Vec<Holiday> {
    findings.counted("holidays", source.holidays.len(), 0..=20);
    let mut out = Vec::new();
    for holiday in &source.holidays {
        let path = format!("holidays.{}", holiday.id);
        check_name(&holiday.id, &path, findings);
        let (from, to) = (holiday.ordered_from, holiday.ordered_to);
        let ordered = from <= to && to <= holiday.return_until;
        findings.demand(ordered, &path, Wrong::DayOrder);
        let clause = book.number(&format!("holiday.{}", holiday.id));
        out.push(Holiday {
            from,
            to,
            until: holiday.return_until,
            clause,
        });
    }
    out
}
