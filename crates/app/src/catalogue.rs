//! What a client sells today: told by its feed, searched when goods are exchanged for others.

use crate::{App, AppError, intake::ImportOptions};
use kernel::{Bps, ClientId, CountryCode, Currency, Permission, Scope};
use returns::{LineEconomics, LineInput, price_lines};
use std::collections::{BTreeSet, HashMap};
use store::{
    Write,
    questions::articles::{self, ArticleRow},
    tables,
};
use wire::{ArticleDraft, RowError};

/// Articles written together.
const BATCH: usize = 200;
/// Articles a search or the variants of a product show.
pub const SHOWN: i64 = 40;
/// Characters of a word that are looked up.
const WORD: usize = 10;

/// An article as it stands today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// As the feed told it.
    pub told: ArticleDraft,
    /// Units that can still be promised.
    pub free: u32,
}

impl Article {
    fn of(row: &ArticleRow) -> Result<Self, AppError> {
        Ok(Self {
            told: serde_json::from_str(&row.body)?,
            free: u32::try_from((row.stock - row.reserved).max(0)).unwrap_or(u32::MAX),
        })
    }

    /// Title with its variant.
    pub fn title(&self) -> String {
        match self.told.variant.as_str() {
            "" => self.told.title.clone(),
            variant => format!("{}, {variant}", self.told.title),
        }
    }

    /// What units of it cost, delivered to this country; none without a price in the currency.
    pub fn economics(
        &self,
        units: u32,
        currency: Currency,
        country: CountryCode,
    ) -> Option<LineEconomics> {
        let unit_price = *self.told.prices.get(currency.code())?;
        let rate = self.told.tax_rates.get(&country).copied();
        let rate = rate.or(self.told.tax_rate).unwrap_or(Bps(0));
        let input = LineInput {
            unit_price,
            quantity: units,
            line_discount: 0,
            tax_rates: [rate].into_iter().collect(),
        };
        price_lines(&[input], 0, self.told.includes_tax).ok()?.pop()
    }
}

/// What an import of a catalogue did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct CatalogueReport {
    /// Articles read.
    pub read: u64,
    /// Articles stored, new or told again.
    pub stored: u64,
    /// Records that are wrong.
    pub rejected: u64,
}

/// The words an article is found by: each with its beginnings.
fn beginnings(draft: &ArticleDraft) -> BTreeSet<String> {
    let texts = [&draft.sku, &draft.title, &draft.variant, &draft.product];
    let mut all = BTreeSet::new();
    for word in texts.into_iter().flat_map(|t| words(t)) {
        let letters: Vec<char> = word.chars().collect();
        let most = letters.len().min(WORD);
        for end in 2.min(most)..=most {
            all.insert(letters[..end].iter().collect());
        }
    }
    all
}

/// Words in small letters.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let parts = lower.split(|c: char| !c.is_alphanumeric());
    parts.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

impl App {
    /// Takes in a catalogue or a part of it: what is told again is replaced, what is set aside for
    /// exchanges stays so.
    pub async fn import_articles(
        &self,
        scope: &Scope,
        client: ClientId,
        drafts: impl Iterator<Item = Result<ArticleDraft, RowError>> + Send,
        options: ImportOptions,
        rejected: &mut (dyn FnMut(&RowError) + Send),
    ) -> Result<CatalogueReport, AppError> {
        Self::check(scope, Permission::OrderImport, client)?;
        self.directory().client(client).ok_or(AppError::Missing)?;
        let mut report = CatalogueReport::default();
        let mut batch: HashMap<String, ArticleDraft> = HashMap::new();
        for item in drafts {
            report.read += 1;
            match item {
                Ok(draft) => {
                    batch.insert(draft.sku.clone(), draft);
                }
                Err(error) => {
                    report.rejected += 1;
                    rejected(&error);
                }
            }
            if batch.len() >= BATCH {
                report.stored += self
                    .store_articles(client, std::mem::take(&mut batch), options)
                    .await?;
            }
        }
        report.stored += self.store_articles(client, batch, options).await?;
        Ok(report)
    }

    async fn store_articles(
        &self,
        client: ClientId,
        batch: HashMap<String, ArticleDraft>,
        options: ImportOptions,
    ) -> Result<u64, AppError> {
        let count = batch.len() as u64;
        if options.dry_run || batch.is_empty() {
            return Ok(count);
        }
        let now = self.now().as_millisecond();
        let mut batch: Vec<ArticleDraft> = batch.into_values().collect();
        // Two imports at once touch rows in the same order.
        batch.sort_unstable_by(|a, b| a.sku.cmp(&b.sku));
        let mut write = Write::new();
        for draft in batch {
            write.statement(articles::forget_words(client, &draft.sku));
            for word in beginnings(&draft) {
                write.row(
                    &tables::ARTICLE_WORD,
                    vec![client.into(), word.into(), draft.sku.as_str().into()],
                );
            }
            write.row(
                &tables::ARTICLE,
                vec![
                    client.into(),
                    draft.sku.as_str().into(),
                    draft.product().into(),
                    draft.title.as_str().into(),
                    i64::from(draft.stock).into(),
                    serde_json::to_string(&draft)?.into(),
                    now.into(),
                ],
            );
        }
        self.store().write(write).await?;
        Ok(count)
    }

    /// The article with this number.
    pub async fn article(
        &self,
        scope: &Scope,
        client: ClientId,
        sku: &str,
    ) -> Result<Option<Article>, AppError> {
        Self::check(scope, Permission::CaseRequest, client)?;
        self.find_article(client, sku).await
    }

    pub(crate) async fn find_article(
        &self,
        client: ClientId,
        sku: &str,
    ) -> Result<Option<Article>, AppError> {
        let row = articles::article(self.store(), client, sku).await?;
        row.as_ref().map(Article::of).transpose()
    }

    /// The variants of the product this article is one of; empty when the catalogue has no such
    /// article.
    pub async fn variants(
        &self,
        scope: &Scope,
        client: ClientId,
        sku: &str,
    ) -> Result<Vec<Article>, AppError> {
        let Some(own) = self.article(scope, client, sku).await? else {
            return Ok(Vec::new());
        };
        let rows = articles::of_product(self.store(), client, own.told.product(), SHOWN).await?;
        rows.iter().map(Article::of).collect()
    }

    /// Articles in which every word of the text begins a word; those that can be sent first.
    pub async fn find_articles(
        &self,
        scope: &Scope,
        client: ClientId,
        text: &str,
    ) -> Result<Vec<Article>, AppError> {
        Self::check(scope, Permission::CaseRequest, client)?;
        let asked: Vec<String> = words(&text.chars().take(100).collect::<String>());
        let mut longest: Vec<&String> = asked.iter().collect();
        longest.sort_by_key(|w| std::cmp::Reverse(w.chars().count()));
        let [first, ..] = longest.as_slice() else {
            return Ok(Vec::new());
        };
        let cut = |w: &str| w.chars().take(WORD).collect::<String>();
        let second = longest.get(1).unwrap_or(first);
        let pair = (&*cut(first), &*cut(second));
        let rows = articles::found(self.store(), client, pair, SHOWN).await?;
        let all: Result<Vec<Article>, AppError> = rows.iter().map(Article::of).collect();
        let mut found = all?;
        // The look-up takes two words and their beginnings; the rest is checked here.
        found.retain(|a| {
            let own = [&a.told.sku, &a.told.title, &a.told.variant, &a.told.product];
            let own: Vec<String> = own.into_iter().flat_map(|t| words(t)).collect();
            asked.iter().all(|w| own.iter().any(|o| o.starts_with(w)))
        });
        found.sort_by_key(|a| (a.free == 0, a.title()));
        Ok(found)
    }

    /// A page of the catalogue in the order of its numbers, after this one.
    pub async fn articles_after(
        &self,
        scope: &Scope,
        client: ClientId,
        sku: &str,
        limit: i64,
    ) -> Result<Vec<Article>, AppError> {
        Self::check(scope, Permission::CaseRead, client)?;
        Self::must_list(scope)?;
        let rows = articles::after(self.store(), client, sku, limit).await?;
        rows.iter().map(Article::of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_found_by_the_beginnings_of_its_words() {
        let draft = ArticleDraft {
            sku: "NB-1".into(),
            product: String::new(),
            title: "Fußmatte Grün".into(),
            variant: "M".into(),
            category: String::new(),
            prices: std::iter::once(("EUR".to_owned(), 100)).collect(),
            includes_tax: true,
            tax_rate: None,
            tax_rates: std::collections::BTreeMap::new(),
            stock: 1,
        };
        let all = beginnings(&draft);
        for word in ["fu", "fußmatte", "grün", "m", "nb", "1"] {
            assert!(all.contains(word), "{word}: {all:?}");
        }
        assert!(!all.contains("f"));
    }
}
