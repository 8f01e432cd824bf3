//! Exchanges in the simulation: a shelf with few goods, customers who follow pay links and pay or let
//! it be, and what must hold between their payments and ours.

use super::Run;
use crate::ALFA;
use kernel::Scope;
use ports::{PaymentKey, PaymentState};
use returns::ObligationState;

impl Run<'_> {
    /// The articles of this seed: one that costs the same, one that is dearer and the last one, one
    /// that is cheaper.
    pub(super) fn article(&self, nth: u32) -> (String, i64, u32) {
        let (price, stock) = [(4_000, 3), (5_250, 1), (3_000, 2)][nth as usize % 3];
        (format!("{}-{nth}", self.number), price, stock)
    }

    pub(super) async fn fill_shelf(&self) {
        let all = (0..3).map(|nth| {
            let (sku, price, stock) = self.article(nth);
            Ok(wire::ArticleDraft {
                sku,
                product: self.number.clone(),
                title: "Paper lantern".into(),
                variant: nth.to_string(),
                category: String::new(),
                prices: std::iter::once(("EUR".to_owned(), price)).collect(),
                includes_tax: true,
                tax_rate: Some(kernel::Bps(1900)),
                tax_rates: std::collections::BTreeMap::new(),
                stock,
            })
        });
        let all: Vec<_> = all.collect();
        let system = Scope::system();
        let options = app::intake::ImportOptions::default();
        let mut rejected = |e: &wire::RowError| panic!("the catalogue: {e}");
        let all = all.into_iter();
        let app = &self.world.app;
        app.import_articles(&system, ALFA, all, options, &mut rejected)
            .await
            .unwrap_or_else(|e| panic!("the catalogue: {e}"));
    }

    /// The links the customer could follow now.
    async fn links(&self) -> Vec<String> {
        let system = Scope::system();
        let mut all = Vec::new();
        for id in &self.cases {
            if let Ok(page) = self.world.app.case_page(&system, ALFA, *id).await {
                all.extend(page.pay_links.into_iter().map(|(_, link)| link));
            }
        }
        all
    }

    /// The customer follows a link and presses the button.
    pub(super) async fn customer_pays(&mut self) -> &'static str {
        let links = self.links().await;
        let Some(link) = links.first() else {
            return "no case";
        };
        let token = link.rsplit('/').next().unwrap_or_default().to_owned();
        self.arm();
        let app = &self.world.app;
        match self.world.survive(app.start_payment(ALFA, &token)).await {
            Err(_) => self.crashed().await,
            Ok(Ok(app::checkout::ToPay::Provider(url))) => {
                let key = url.rsplit("page-").next();
                let key: Option<PaymentKey> = key.and_then(|k| k.parse().ok());
                self.shown.extend(key);
            }
            Ok(Err(app::AppError::Fault { detail })) => panic!("paying: {detail}"),
            Ok(_) => {}
        }
        "customer pays"
    }

    /// The customer ends a page they saw; the message of it comes once, twice or never.
    pub(super) fn page_ends(&mut self) -> &'static str {
        let open = self.world.bank.open_pages(&self.mine).into_iter();
        let mut seen = open.filter(|p| self.shown.contains(&p.key));
        let Some(page) = seen.next() else {
            return "provider";
        };
        let paid = self.chance(70);
        let (key, state) = self.world.bank.end_page(page.key.obligation, paid);
        self.messages += 1;
        for _ in 0..self.below(3) {
            self.mail.push((key, state.clone(), self.messages));
        }
        "provider"
    }

    /// What customers paid on pages is what we say they paid, once, and it is in the account; a
    /// security nobody needs any more was let go.
    pub(super) fn check_pages(&self, page: &app::views::CasePage) -> Result<(), String> {
        let pages = self.world.bank.pages();
        for o in page
            .case
            .obligations
            .iter()
            .filter(|o| page.case.is_for_customer(o.id))
        {
            let paid = pages.iter().filter(|p| p.key.obligation == o.id);
            let paid = paid.filter(|p| matches!(p.state, PaymentState::Settled { .. }));
            let (paid, settled) = (paid.count(), o.state == ObligationState::Settled);
            if paid > 1 || (paid == 1) != settled {
                return Err(format!("{}: paid {paid} times, we say {:?}", o.id, o.state));
            }
        }
        let kept: i64 = page
            .account
            .lines
            .iter()
            .flat_map(|l| &l.claims)
            .map(|c| c.paid_more_minor)
            .sum();
        if page.account.captured_minor - page.order.captured_minor != kept {
            return Err(format!("{kept} was collected: {:?}", page.account));
        }
        for e in &page.case.exchanges {
            let Some((hold, _)) = &e.advance else {
                continue;
            };
            let placed = page
                .case
                .obligation(*hold)
                .filter(|o| o.state == ObligationState::Settled);
            let reference = placed.and_then(|o| o.reference.as_deref());
            let over = e.security_charged_minor == Some(0);
            let gone = |r: &str| self.world.bank.released().iter().any(|x| x == r);
            if over && reference.is_some_and(|r| !gone(r)) {
                return Err(format!("the security {hold} is held for nothing"));
            }
        }
        Ok(())
    }
}
