//! The evidence pack of a dispute on A4, for the provider and the buyer's bank: what is disputed,
//! what was sold and under which terms, what happened, what came back, what was paid back, and
//! proofs that none of it was changed later. Only what concerns the dispute stands in it, and
//! nothing that was written for the house.

use app::{
    directory::Client,
    disputes::{CaseFile, PackFacts, RefundFact, for_customer},
};
use jiff::tz::TimeZone;
use kernel::{Basis, Money, Timestamp};
use paper::{Align, Block, Column, Document, Table};
use redress_http::L10n;
use returns::{
    Event, ObligationState, What,
    dispute::{DisputeWhat, Evidence},
};

/// A set word of a dispute: message `dispute-<set>-<code>`.
pub fn dispute_word(l: L10n, set: &str, code: &str) -> String {
    let key = format!("dispute-{set}-{}", code.replace(['_', '.'], "-"));
    if l.has(&key) {
        l.t(&key)
    } else {
        code.to_owned()
    }
}

/// A moment as the people of a client read it, in its time zone.
pub fn moment_at(l: L10n, client: &Client, at: Timestamp) -> String {
    let zone = TimeZone::get(&client.settings.time_zone).unwrap_or(TimeZone::UTC);
    l.date_time(at, &zone)
}

/// The pack as a document.
pub fn dispute_pack(l: L10n, facts: &PackFacts) -> Document {
    let zone = TimeZone::get(&facts.client.settings.time_zone).unwrap_or(TimeZone::UTC);
    let pack = Pack { l, facts, zone };
    let mut blocks = vec![Block::KeyValue(pack.cover())];
    pack.refunds(&mut blocks);
    pack.sale(&mut blocks);
    pack.policy(&mut blocks);
    pack.delivery(&mut blocks);
    pack.returned(&mut blocks);
    pack.messages(&mut blocks);
    pack.timeline(&mut blocks);
    pack.proofs(&mut blocks);
    Document {
        title: l.t("dispute-pack-title"),
        issuer: facts.client.name.clone(),
        lang: l.lang().as_str().to_owned(),
        blocks,
        footer: format!("{} · {}", facts.client.name, facts.dispute.reference),
    }
}

struct Pack<'a> {
    l: L10n,
    facts: &'a PackFacts,
    zone: TimeZone,
}

impl Pack<'_> {
    fn money(&self, minor: i64) -> String {
        self.l.money(Money::new(minor, self.facts.order.currency))
    }

    fn moment(&self, at: Timestamp) -> String {
        self.l.date_time(at, &self.zone)
    }

    fn heading(&self, blocks: &mut Vec<Block>, key: &str) {
        blocks.push(Block::Heading(self.l.t(key)));
    }

    fn table(&self, columns: &[(&str, u16, Align)], rows: Vec<Vec<String>>) -> Block {
        let column = |(key, share, align): &(&str, u16, Align)| Column {
            title: self.l.t(key),
            share: *share,
            align: *align,
        };
        Block::Table(Table {
            columns: columns.iter().map(column).collect(),
            rows,
            total: false,
        })
    }

    fn cover(&self) -> Vec<(String, String)> {
        let (l, d) = (self.l, &self.facts.dispute);
        let mut rows = vec![
            (l.t("dispute-reference"), d.reference.to_string()),
            (
                l.t("dispute-provider"),
                dispute_word(l, "provider", &d.provider),
            ),
            (l.t("dispute-payments"), d.payments.join(", ")),
            (
                l.t("dispute-scheme"),
                dispute_word(l, "scheme", d.scheme().as_str()),
            ),
            (
                l.t("dispute-reason"),
                format!(
                    "{} ({})",
                    dispute_word(l, "category", d.category().as_str()),
                    d.reason()
                ),
            ),
        ];
        if let Some(amount) = d.amount() {
            rows.push((l.t("dispute-amount"), l.money(amount)));
        }
        if let Some(due) = d.due_at() {
            rows.push((l.t("dispute-due"), self.moment(due)));
        }
        if let Some(contested) = &d.contested {
            rows.push((l.t("dispute-statement"), contested.note.to_string()));
        }
        rows.retain(|(_, value)| !value.is_empty());
        rows
    }

    fn refunds(&self, blocks: &mut Vec<Block>) {
        let all = || {
            self.facts
                .cases
                .iter()
                .flat_map(|c| c.refunds.iter().map(move |r| (c, r)))
        };
        let paid = |(_, r): &(&CaseFile, &RefundFact)| r.state == ObligationState::Settled;
        self.heading(blocks, "dispute-pack-refunds");
        if !all().any(|r| paid(&r)) {
            blocks.push(Block::Paragraph(self.l.t("dispute-pack-no-refunds")));
            return;
        }
        let sum = self.money(self.facts.refunded_minor());
        blocks.push(Block::Paragraph(
            self.l
                .t_args("dispute-pack-refunded", &[("amount", sum.into())]),
        ));
        let row = |(c, r): (&CaseFile, &RefundFact)| {
            let when = r.paid_at.map_or_else(String::new, |at| self.moment(at));
            let paper = r.document.as_ref().map_or("", |d| &d.0);
            vec![
                when,
                c.case.rma.to_string(),
                paper.to_owned(),
                r.reference.to_string(),
                self.money(r.minor),
            ]
        };
        let rows = all().filter(paid).map(row).collect();
        blocks.push(self.table(
            &[
                ("dispute-when", 3, Align::Start),
                ("dispute-return", 3, Align::Start),
                ("dispute-credit-note", 3, Align::Start),
                ("dispute-refund-reference", 4, Align::Start),
                ("dispute-amount", 2, Align::End),
            ],
            rows,
        ));
        let hashes = all()
            .filter_map(|(_, r)| r.document.as_ref())
            .map(|(name, sha256)| (name.clone(), format!("SHA-256 {sha256}")));
        let hashes: Vec<_> = hashes.collect();
        if !hashes.is_empty() {
            blocks.push(Block::KeyValue(hashes));
        }
    }

    fn sale(&self, blocks: &mut Vec<Block>) {
        let (l, order) = (self.l, &self.facts.order);
        self.heading(blocks, "dispute-pack-order");
        let contact = &self.facts.contact;
        let mut address = contact.address.clone();
        if !contact.postcode.is_empty() && !address.iter().any(|a| a.contains(&contact.postcode)) {
            address.push(contact.postcode.clone());
        }
        let rows = vec![
            (l.t("dispute-order"), order.number.to_string()),
            (l.t("dispute-placed"), l.date_long(order.placed_on)),
            (l.t("dispute-buyer"), contact.name.clone()),
            (l.t("dispute-email"), contact.email.clone()),
            (l.t("dispute-address"), address.join("\n")),
            (l.t("dispute-paid"), self.money(order.captured_minor)),
        ];
        let rows = rows.into_iter().filter(|(_, v)| !v.is_empty()).collect();
        blocks.push(Block::KeyValue(rows));
        let line = |(i, line): (usize, &returns::OrderLine)| {
            self.is_about(i).then(|| {
                vec![
                    line.title.to_string(),
                    line.sku.to_string(),
                    line.quantity.to_string(),
                    self.money(line.economics.gross),
                ]
            })
        };
        let rows = order.lines.iter().enumerate().filter_map(line).collect();
        blocks.push(self.table(
            &[
                ("dispute-item", 5, Align::Start),
                ("dispute-sku", 3, Align::Start),
                ("dispute-units", 1, Align::End),
                ("dispute-amount", 2, Align::End),
            ],
            rows,
        ));
    }

    fn is_about(&self, line: usize) -> bool {
        let link = self.facts.dispute.link.as_ref();
        let lines = link.map_or(&[][..], |l| &l.lines);
        lines.is_empty() || u16::try_from(line).is_ok_and(|l| lines.contains(&l))
    }

    fn policy(&self, blocks: &mut Vec<Block>) {
        let (l, facts) = (self.l, self.facts);
        self.heading(blocks, "dispute-pack-policy");
        let shown = if facts.order.informed.of_policy {
            "dispute-pack-policy-shown"
        } else {
            "dispute-pack-policy-not-shown"
        };
        blocks.push(Block::Paragraph(l.t(shown)));
        let mut rows = vec![(l.t("dispute-policy-hash"), facts.order.policy.to_string())];
        if let Some(from) = facts.policy_from {
            rows.push((l.t("dispute-policy-from"), l.date_long(from)));
        }
        let mut clauses: Vec<String> = Vec::new();
        for decision in facts.cases.iter().filter_map(|c| c.case.decision.as_ref()) {
            for reason in decision.lines.iter().flat_map(|d| &d.reasons) {
                let said = match &reason.basis {
                    Basis::Policy { clause } => format!("{clause}: {}", l.reason(reason)),
                    Basis::Law { citation, .. } => format!("{citation}: {}", l.reason(reason)),
                    _ => continue,
                };
                if !clauses.contains(&said) {
                    clauses.push(said);
                }
            }
        }
        if !clauses.is_empty() {
            rows.push((l.t("dispute-clauses"), clauses.join("\n")));
        }
        blocks.push(Block::KeyValue(rows));
    }

    fn delivery(&self, blocks: &mut Vec<Block>) {
        let l = self.l;
        let day = |d: Option<kernel::Date>| d.map_or_else(String::new, |d| l.date_long(d));
        self.heading(blocks, "dispute-pack-delivery");
        let lines = self.facts.order.lines.iter().enumerate();
        let rows = lines
            .filter(|(i, _)| self.is_about(*i))
            .map(|(_, line)| {
                vec![
                    line.title.to_string(),
                    day(line.fulfilled_on),
                    day(line.delivered_on),
                ]
            })
            .collect();
        blocks.push(self.table(
            &[
                ("dispute-item", 4, Align::Start),
                ("dispute-sent-on", 3, Align::Start),
                ("dispute-delivered-on", 3, Align::Start),
            ],
            rows,
        ));
        let parcels = self.facts.cases.iter().flat_map(|c| &c.case.parcels);
        let rows: Vec<Vec<String>> = parcels
            .map(|p| {
                vec![
                    p.tracking.to_string(),
                    day(p.shipped_on),
                    day(p.delivered_on),
                    day(p.received_on),
                ]
            })
            .collect();
        if !rows.is_empty() {
            blocks.push(Block::Paragraph(l.t("dispute-pack-way-back")));
            blocks.push(self.table(
                &[
                    ("dispute-tracking", 4, Align::Start),
                    ("dispute-first-scan", 3, Align::Start),
                    ("dispute-arrived-on", 3, Align::Start),
                    ("dispute-counted-on", 3, Align::Start),
                ],
                rows,
            ));
        }
    }

    fn returned(&self, blocks: &mut Vec<Block>) {
        let l = self.l;
        self.heading(blocks, "dispute-pack-returned");
        let mut rows = Vec::new();
        for file in &self.facts.cases {
            for line in &file.case.lines {
                let title = self.facts.order.line(line.line).map_or("", |s| &s.title);
                for lot in &line.lots {
                    let grade = serde_json::to_value(lot.grade).ok();
                    let grade = grade.as_ref().and_then(|g| g.as_str()).unwrap_or_default();
                    let taken = if lot.accepted {
                        "dispute-taken-back"
                    } else {
                        "dispute-not-taken-back"
                    };
                    rows.push(vec![
                        file.case.rma.to_string(),
                        title.to_owned(),
                        lot.units.to_string(),
                        grade.to_uppercase(),
                        l.t(taken),
                    ]);
                }
            }
        }
        if rows.is_empty() {
            blocks.push(Block::Paragraph(l.t("dispute-pack-nothing-back")));
        } else {
            blocks.push(self.table(
                &[
                    ("dispute-return", 3, Align::Start),
                    ("dispute-item", 5, Align::Start),
                    ("dispute-units", 1, Align::End),
                    ("dispute-grade", 3, Align::Start),
                    ("dispute-verdict", 3, Align::Start),
                ],
                rows,
            ));
        }
        let photos = self.facts.cases.iter().flat_map(|c| &c.photos);
        let photos: Vec<(String, String)> = photos
            .map(|p| {
                let at = Timestamp::from_millisecond(p.added_at).unwrap_or_default();
                let about = u16::try_from(p.line).ok();
                let about = about.and_then(|line| self.facts.order.line(line));
                let size = format!("{} × {}", p.width, p.height);
                let title = about.map_or("", |s| &s.title);
                (self.moment(at), format!("{title}, {size}, {}", p.photo_id))
            })
            .collect();
        if !photos.is_empty() {
            blocks.push(Block::Paragraph(l.t("dispute-pack-photos")));
            blocks.push(Block::KeyValue(photos));
        }
    }

    fn messages(&self, blocks: &mut Vec<Block>) {
        let l = self.l;
        let mut rows: Vec<(Timestamp, String, String)> = Vec::new();
        for file in &self.facts.cases {
            for event in file.events.iter().filter(|e| for_customer(e)) {
                let (who, words) = match &event.what {
                    What::InfoAsked { note, .. } => ("dispute-from-seller", note),
                    What::Appealed { note, .. } | What::Noted { note, .. } => {
                        ("dispute-from-buyer", note)
                    }
                    _ => continue,
                };
                rows.push((event.at, l.t(who), words.to_string()));
            }
            for (notice, at) in &file.notices {
                let name = serde_json::to_value(notice).ok();
                let name = name.as_ref().and_then(|n| n.as_str()).unwrap_or_default();
                let words = dispute_word(l, "notice", name);
                rows.push((*at, l.t("dispute-from-seller"), words));
            }
        }
        rows.sort();
        self.heading(blocks, "dispute-pack-messages");
        if rows.is_empty() {
            blocks.push(Block::Paragraph(l.t("dispute-pack-no-messages")));
            return;
        }
        let rows = rows
            .into_iter()
            .map(|(at, who, words)| vec![self.moment(at), who, words])
            .collect();
        blocks.push(self.table(
            &[
                ("dispute-when", 3, Align::Start),
                ("dispute-who", 2, Align::Start),
                ("dispute-words", 7, Align::Start),
            ],
            rows,
        ));
    }

    fn timeline(&self, blocks: &mut Vec<Block>) {
        let l = self.l;
        let mut rows: Vec<(Timestamp, String)> = Vec::new();
        rows.push((self.facts.order.placed_at, l.t("dispute-event-ordered")));
        for event in &self.facts.events {
            match &event.what {
                DisputeWhat::DisputeHeard { news, .. } => {
                    let stage = dispute_word(l, "stage", news.stage.as_str());
                    let args = [("stage", stage.into())];
                    rows.push((news.at, l.t_args("dispute-event-heard", &args)));
                }
                DisputeWhat::DisputeSubmitted { .. } => {
                    rows.push((event.at, l.t("dispute-event-submitted")));
                }
                _ => {}
            }
        }
        for file in &self.facts.cases {
            for event in &file.events {
                if let Some(words) = self.told(file, event) {
                    rows.push((event.at, words));
                }
            }
        }
        rows.sort_by_key(|r| r.0);
        rows.dedup();
        self.heading(blocks, "dispute-pack-timeline");
        let rows = rows
            .into_iter()
            .map(|(at, words)| vec![self.moment(at), words])
            .collect();
        let columns = [
            ("dispute-when", 3, Align::Start),
            ("dispute-what", 9, Align::Start),
        ];
        blocks.push(self.table(&columns, rows));
    }

    /// An event of a return for outsiders; none for what is work of the house.
    fn told(&self, file: &CaseFile, event: &Event) -> Option<String> {
        let code = match &event.what {
            What::Requested { .. }
            | What::InfoAsked { .. }
            | What::InfoAnswered { .. }
            | What::LineAuthorised { .. }
            | What::LineDeclined { .. }
            | What::LabelCreated { .. }
            | What::ShipScanned { .. }
            | What::DeliveryScanned { .. }
            | What::Received { .. }
            | What::Graded { .. }
            | What::Granted { .. }
            | What::PaymentSettled { .. }
            | What::PaymentReturned { .. }
            | What::Cancelled { .. }
            | What::Appealed { .. }
            | What::AppealUpheld { .. }
            | What::AppealOverturned { .. } => event.name(),
            _ => return None,
        };
        let rma: &str = &file.case.rma;
        Some(format!("{rma}: {}", dispute_word(self.l, "event", code)))
    }

    fn proofs(&self, blocks: &mut Vec<Block>) {
        self.heading(blocks, "dispute-pack-proofs");
        blocks.push(Block::Paragraph(self.l.t("dispute-pack-proofs-note")));
        for proof in &self.facts.proofs {
            blocks.push(Block::Paragraph(proof.trim_end().to_owned()));
        }
        if self.facts.proofs.is_empty() {
            blocks.push(Block::Paragraph(self.l.t("dispute-pack-no-proofs")));
        }
    }
}

/// A piece of evidence in words.
pub fn evidence_word(l: L10n, evidence: Evidence) -> String {
    dispute_word(l, "evidence", evidence.as_str())
}
