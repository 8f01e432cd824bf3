//! From source to [`Policy`]: checks, inheritance, hash. All the thinking is done here, once per
//! version, so that evaluation only looks up.

use crate::{
    amounts::Amounts,
    answer::{CategoryId, ClauseRef},
    error::{Findings, PolicyError, PolicyErrors},
    layer::{ClauseBook, Layer, Reader},
    source::PolicySource,
    table::Cell,
    words::{PromotionRule, SalesChannel},
};
use kernel::{CountryCode, Currency, Date, PolicyHash, Role};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, sync::Arc};

/// Largest policy file, in bytes.
const MAX_BYTES: usize = 256 * 1024;
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
    channels: [usize; SalesChannel::ALL.len()],
    markets: Vec<(CountryCode, usize)>,
    market_count: usize,
    /// By channel, market, category; slot 0 of each is "no rules of its own".
    cells: Vec<Cell>,
    base: Cell,
    authority: Vec<(Role, Amounts)>,
    pub(crate) holidays: Vec<Holiday>,
    pub(crate) final_sale: ClauseRef,
}

impl Policy {
    /// Reads a TOML policy file and compiles it.
    ///
    /// # Errors
    /// Every finding, with path and help; an unreadable file gives one, with its line.
    pub fn parse_toml(text: &str) -> Result<Self, PolicyErrors> {
        let refuse = |problem: String, help: &str| {
            PolicyErrors(vec![PolicyError {
                path: String::new(),
                problem,
                help: help.into(),
            }])
        };
        if text.len() > MAX_BYTES {
            let problem = format!("the file is larger than {MAX_BYTES} bytes");
            return Err(refuse(
                problem,
                "move categories that share rules under one parent",
            ));
        }
        let source: PolicySource = toml::from_str(text).map_err(|e| {
            let before = e
                .span()
                .and_then(|span| text.get(..span.start))
                .unwrap_or("");
            let line = before.matches('\n').count() + 1;
            let problem = format!("line {line}: {}", e.message());
            refuse(
                problem,
                "names and values are fixed sets; see the policy reference",
            )
        })?;
        Self::compile(source)
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
        let final_sale = book.number("final_sale");
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
                let problem = format!("{country} is in two markets");
                reader
                    .findings
                    .demand(!twice, &path, &problem, "list it in one market only");
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
        let count = channel_layers.len() * market_layers.len() * category_layers.len();
        findings.within("channels × markets × categories", count, 1..=MAX_CELLS);

        let authority = check_authority(&source, &mut findings);
        let holidays = check_holidays(&source, &mut book, &mut findings);
        findings.done()?;

        let chains = category_chains(&categories);
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
            channels,
            markets,
            market_count: market_layers.len(),
            cells,
            base,
            authority,
            holidays,
            final_sale,
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

    /// Days an authorisation stays valid without a first scan.
    pub fn authorisation_days(&self) -> u16 {
        self.source.authorisation_days
    }

    /// The default currency of the policy.
    pub fn default_currency(&self) -> Option<Currency> {
        self.source.currencies.first().copied()
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
        let width = self.categories.len() + 1;
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

fn hash_of(source: &PolicySource) -> Result<PolicyHash, PolicyErrors> {
    let json = serde_json_canonicalizer::to_vec(source).map_err(|e| {
        let (problem, help) = (
            e.to_string(),
            "report this: every valid policy has a hash".into(),
        );
        PolicyErrors(vec![PolicyError {
            path: String::new(),
            problem,
            help,
        }])
    })?;
    Ok(PolicyHash(Sha256::digest(json).into()))
}

fn check_head(source: &PolicySource, findings: &mut Findings) {
    findings.within("name", source.name.trim().len(), 1..=80);
    findings.within("currencies", source.currencies.len(), 1..=16);
    findings.within("languages", source.languages.len(), 1..=24);
    findings.within("authorisation_days", source.authorisation_days, 1..=365);
    findings.within("markets", source.markets.len(), 0..=100);
    findings.within("categories", source.categories.len(), 0..=500);
    let rules = &source.rules;
    let days = rules.window.as_ref().and_then(|w| w.days);
    let (path, help) = ("rules.window.days", "add rules.window = { days = 30 }");
    findings.demand(
        days.is_some(),
        path,
        "the client-wide window is missing",
        help,
    );
    let help = "add rules.outcomes = [\"refund\"]";
    findings.demand(
        rules.outcomes.is_some(),
        "rules.outcomes",
        "no outcomes",
        help,
    );
}

/// Names become part of clause ids and of addresses on pages.
fn check_name(name: &str, path: &str, findings: &mut Findings) {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-';
    let good = (1..=40).contains(&name.len()) && name.bytes().all(plain);
    let help = "use 1 to 40 of a-z, 0-9, _ and -; children after a slash";
    findings.demand(good, path, "the name cannot be part of a clause id", help);
}

fn check_authority(source: &PolicySource, findings: &mut Findings) -> Vec<(Role, Amounts)> {
    let mut out = Vec::new();
    for (name, amounts) in &source.authority {
        let path = format!("authority.{name}");
        let amounts = Amounts::read(amounts, &source.currencies, &path, findings);
        if let Some(role) = Role::parse(name) {
            out.push((role, amounts));
        } else {
            let roles: Vec<&str> = Role::ALL.iter().map(|r| r.as_str()).collect();
            findings.note(
                &path,
                "no such role",
                format!("one of {}", roles.join(", ")),
            );
        }
    }
    out
}

fn check_holidays(
    source: &PolicySource,
    book: &mut ClauseBook,
    findings: &mut Findings,
) -> Vec<Holiday> {
    findings.within("holidays", source.holidays.len(), 0..=20);
    let mut out = Vec::new();
    for holiday in &source.holidays {
        let path = format!("holidays.{}", holiday.id);
        check_name(&holiday.id, &path, findings);
        let (from, to) = (holiday.ordered_from, holiday.ordered_to);
        let ordered = from <= to && to <= holiday.return_until;
        let help = "ordered_from, ordered_to, return_until must follow each other";
        findings.demand(ordered, &path, "the days are out of order", help);
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
