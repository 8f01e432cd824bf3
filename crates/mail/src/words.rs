//! What a notice says: a subject, some sentences, the facts that go with it, the way to the
//! return's page. Text and HTML are made from the same parts.

use app::{
    NoticeWriter,
    clocks::AlertFacts,
    declarations::AckFacts,
    directory::Client,
    disputes::{DueFacts, PackFacts},
    jobs::NoticeFacts,
};
use kernel::{Date, Money, Reason};
use maud::{DOCTYPE, html};
use ports::{Attachment, Mail};
use redress_http::{FluentValue, L10n};
use returns::{Notice, ObligationState, Path, Verdict};
use std::fmt::Write as _;
use surface::Receipt;

/// Says notices in the language the customer asked in, else in the client's first.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words;

/// The parts of a mail, in order.
struct Letter {
    subject: String,
    paragraphs: Vec<String>,
    reasons: Vec<String>,
    facts: Vec<(String, String)>,
    attachments: Vec<Attachment>,
}

impl NoticeWriter for Words {
    fn acknowledge(&self, facts: &AckFacts<'_>) -> Option<Mail> {
        Some(acknowledged(facts))
    }

    fn alert(&self, facts: &AlertFacts<'_>) -> Option<Mail> {
        Some(alert(facts))
    }

    fn dispute_due(&self, facts: &DueFacts<'_>) -> Option<Mail> {
        Some(dispute_due(facts))
    }

    fn evidence_pack(
        &self,
        facts: &PackFacts,
        lang: kernel::Lang,
    ) -> Option<Result<Vec<u8>, String>> {
        let document = surface::dispute_pack(L10n::new(lang).for_staff(), facts);
        Some(paper::document_pdf(&document).map_err(|e| e.to_string()))
    }

    fn write(&self, notice: &NoticeFacts<'_>) -> Option<Mail> {
        if notice.contact.email.is_empty() {
            return None;
        }
        let l = language(notice);
        let letter = letter(l, notice);
        let link = format!(
            "{}/p/{}/r/{}",
            notice.base_url, notice.client.slug, notice.case.rma
        );
        let support = &notice.client.settings.brand.support_email;
        Some(Mail {
            // The one who sends gives the id of the job.
            id: String::new(),
            from: format!("\"{}\" <{support}>", plain_name(&notice.client.name)),
            to: notice.contact.email.clone(),
            reply_to: None,
            text: plain(l, notice, &letter, &link),
            html: Some(rich(l, notice, &letter, &link)),
            subject: letter.subject,
            attachments: letter.attachments,
        })
    }
}

/// The acknowledgement of a declaration, in the language it was made in.
fn acknowledged(facts: &AckFacts<'_>) -> Mail {
    let declaration = facts.declaration;
    let l = declaration.lang.parse().map_or(L10n::EN, L10n::new);
    let receipt = surface::declared(l, facts.client, declaration);
    let args: [(&str, FluentValue<'_>); 3] = [
        ("rma", declaration.code.as_str().into()),
        ("client", facts.client.name.as_str().into()),
        ("order", declaration.order_ref.as_str().into()),
    ];
    let greeting = l.t_args(
        "mail-greeting-name",
        &[("name", declaration.name.as_str().into())],
    );
    let mut text = format!(
        "{greeting}\n\n{}\n\n{}\n\n",
        receipt.statement,
        l.t("mail-declared")
    );
    // Writing to a String cannot fail.
    for (name, value) in &receipt.rows {
        let _ = writeln!(text, "{name}: {value}");
    }
    let _ = writeln!(text, "{}: {}\n", l.t("receipt-hash"), receipt.sha256);
    let _ = writeln!(text, "{}", l.t("receipt-hash-note"));
    let support = &facts.client.settings.brand.support_email;
    Mail {
        id: String::new(),
        from: format!("\"{}\" <{support}>", plain_name(&facts.client.name)),
        to: declaration.email.clone(),
        reply_to: None,
        subject: l.t_args("mail-withdrawal-subject", &args),
        text,
        html: None,
        attachments: kept(l, facts.client, &receipt, &declaration.code),
    }
}

/// A name that is safe inside the quotes of an address.
fn plain_name(name: &str) -> String {
    name.chars().filter(|c| !"\"\\<>".contains(*c)).collect()
}

/// What is kept of a declaration: the acknowledgement as a document, and the record as the bytes
/// that were hashed.
fn kept(l: L10n, client: &Client, receipt: &Receipt, number: &str) -> Vec<Attachment> {
    let mut files = vec![Attachment {
        name: "record.txt".to_owned(),
        media_type: "application/octet-stream".to_owned(),
        content: receipt.record.clone().into_bytes(),
    }];
    match paper::document_pdf(&receipt.document(l, &client.name)) {
        Ok(content) => files.insert(
            0,
            Attachment {
                name: format!("{number}.pdf"),
                media_type: "application/pdf".to_owned(),
                content,
            },
        ),
        // The mail says all of it in words, so it goes without the file rather than not at all.
        Err(error) => tracing::error!(%error, "no acknowledgement file"),
    }
    files
}

/// The language the case was asked in, else the one the customer chose last; if the client speaks
/// neither, the client's first.
fn language(notice: &NoticeFacts<'_>) -> L10n {
    let spoken = &notice.client.settings.languages;
    let wished = [notice.case.lang, notice.contact.lang]
        .into_iter()
        .flatten();
    let mut chosen = wished.filter(|lang| spoken.contains(lang));
    chosen
        .next()
        .or(spoken.first().copied())
        .map_or(L10n::EN, L10n::new)
}

/// A reminder or breach of a statutory clock, for those who look after them.
fn alert(facts: &AlertFacts<'_>) -> Mail {
    let lang = facts.client.settings.languages.first().copied();
    let l = lang.map_or(L10n::EN, L10n::new);
    let (case, clock) = (facts.case, facts.clock);
    let day = |d: Option<Date>| d.map_or_else(String::new, |d| l.date_long(d));
    let args: [(&str, FluentValue<'_>); 5] = [
        ("rma", (*case.rma).into()),
        ("client", facts.client.name.as_str().into()),
        ("kind", surface::clocks::name(l, clock.kind).into()),
        ("date", day(clock.due).into()),
        ("strict", day(clock.strict).into()),
    ];
    let key = if facts.breached {
        "alert-over"
    } else {
        "alert-near"
    };
    let support = &facts.client.settings.brand.support_email;
    let link = format!("{}/desk/{}/{}", facts.base_url, case.client, case.id);
    let text = format!(
        "{}\n\n{}: {} ({})\n\n{}: {link}\n",
        l.t_args(key, &args),
        l.t("alert-rule"),
        clock.citation,
        clock.rule,
        l.t("alert-open"),
    );
    Mail {
        id: String::new(),
        from: format!("\"Redress\" <{support}>"),
        to: facts.to.to_owned(),
        reply_to: None,
        subject: l.t_args(&format!("{key}-subject"), &args),
        text,
        html: None,
        attachments: Vec::new(),
    }
}

/// The reminder that the answer to a dispute is due.
fn dispute_due(facts: &DueFacts<'_>) -> Mail {
    let lang = facts.client.settings.languages.first().copied();
    let l = lang.map_or(L10n::EN, L10n::new).for_staff();
    let d = facts.dispute;
    let args: [(&str, FluentValue<'_>); 3] = [
        ("name", (*d.reference).into()),
        ("client", facts.client.name.as_str().into()),
        (
            "when",
            surface::moment_at(l, facts.client, facts.due_at).into(),
        ),
    ];
    let link = format!("{}/disputes/{}/{}", facts.base_url, facts.client.id, d.id);
    let support = &facts.client.settings.brand.support_email;
    Mail {
        id: String::new(),
        from: format!("\"Redress\" <{support}>"),
        to: facts.to.to_owned(),
        reply_to: None,
        subject: l.t_args("dispute-mail-subject", &args),
        text: format!(
            "{}\n\n{}: {link}\n",
            l.t_args("dispute-mail-text", &args),
            l.t("dispute-mail-open")
        ),
        html: None,
        attachments: Vec::new(),
    }
}

/// The key of a notice's messages.
fn key(notice: &NoticeFacts<'_>) -> &'static str {
    let withdrawal = notice.case.path == Path::Withdrawal;
    match notice.notice {
        Notice::Receipt if withdrawal => "mail-withdrawal",
        Notice::Receipt => "mail-receipt",
        Notice::InfoNeeded => "mail-info-needed",
        Notice::Authorised if keeps_everything(notice) => "mail-kept",
        Notice::Authorised => "mail-authorised",
        Notice::Declined => "mail-declined",
        Notice::GoodsReceived => "mail-goods-received",
        Notice::RefundDecided => "mail-refund-decided",
        Notice::RefundPaid => "mail-refund-paid",
        Notice::Cancelled => "mail-cancelled",
        Notice::Expired => "mail-expired",
        Notice::AppealReceived => "mail-appeal-received",
        Notice::AppealDecided if notice.case.appeal.is_some_and(|a| a.upheld == Some(true)) => {
            "mail-appeal-upheld"
        }
        Notice::AppealDecided => "mail-appeal-overturned",
        Notice::ExchangeAgreed => "mail-exchange-agreed",
        Notice::ToPay => "mail-to-pay",
        Notice::FellBack => "mail-fell-back",
        Notice::GoodsSent => "mail-goods-sent",
        Notice::NotBack => "mail-not-back",
        Notice::SecurityCharged => "mail-security-charged",
        Notice::SecurityReleased => "mail-security-released",
        Notice::AccountAsked => "mail-account-asked",
        Notice::DestinationChanged => "mail-destination-changed",
    }
}

fn keeps_everything(notice: &NoticeFacts<'_>) -> bool {
    let mut let_back = notice
        .case
        .lines
        .iter()
        .filter(|l| l.quantities.authorised > 0);
    let_back.all(|l| l.quantities.kept == l.quantities.authorised)
}

fn letter(l: L10n, notice: &NoticeFacts<'_>) -> Letter {
    let key = key(notice);
    let args: [(&str, FluentValue<'_>); 3] = [
        ("rma", (*notice.case.rma).into()),
        ("client", notice.client.name.as_str().into()),
        ("order", (*notice.order.number).into()),
    ];
    let mut letter = Letter {
        subject: l.t_args(&format!("{key}-subject"), &args),
        paragraphs: vec![l.t_args(key, &args)],
        reasons: Vec::new(),
        facts: facts(l, notice),
        attachments: Vec::new(),
    };
    match notice.notice {
        Notice::Receipt if notice.case.path == Path::Withdrawal => {
            acknowledge(l, notice, &mut letter);
        }
        Notice::InfoNeeded => {
            letter.reasons = said(l, notice, |v| matches!(v, Verdict::NeedsInfo { .. }));
            letter.paragraphs.push(l.t_args("mail-photos", &args));
        }
        Notice::Declined => {
            letter.reasons = said(l, notice, |v| v == Verdict::Decline);
            letter.paragraphs.push(l.t("mail-appeal-how"));
        }
        _ => {}
    }
    letter
}

/// The acknowledgement of a withdrawal goes whole into the mail and with it as a file: mail is the
/// durable medium.
fn acknowledge(l: L10n, notice: &NoticeFacts<'_>, letter: &mut Letter) {
    let receipt: Receipt =
        surface::receipt(l, notice.client, notice.case, notice.order, notice.contact);
    letter.paragraphs.insert(0, receipt.statement.clone());
    letter.attachments = kept(l, notice.client, &receipt, &notice.case.rma);
    letter.facts = receipt.rows;
    letter.facts.push((l.t("receipt-hash"), receipt.sha256));
}

/// The reasons of the lines with such a verdict, each said once.
fn said(l: L10n, notice: &NoticeFacts<'_>, wanted: impl Fn(Verdict) -> bool) -> Vec<String> {
    let lines = notice.case.decision.iter().flat_map(|d| &d.lines);
    let reasons = lines
        .filter(|line| wanted(line.verdict))
        .flat_map(|line| &line.reasons);
    let mut out: Vec<String> = Vec::new();
    for reason in reasons {
        let sentence = with_citation(l, reason);
        if !out.contains(&sentence) {
            out.push(sentence);
        }
    }
    out
}

fn with_citation(l: L10n, reason: &Reason) -> String {
    match &reason.basis {
        kernel::Basis::Law { citation, .. } => format!("{} ({citation})", l.reason(reason)),
        _ => l.reason(reason),
    }
}

/// The facts that go with a notice: number, goods, money, days.
fn facts(l: L10n, notice: &NoticeFacts<'_>) -> Vec<(String, String)> {
    let case = notice.case;
    let goods: Vec<String> = case
        .lines
        .iter()
        .filter_map(|line| {
            let sold = notice.order.line(line.line)?;
            Some(format!("{} × {}", line.quantities.announced, sold.title))
        })
        .collect();
    let mut out = vec![
        (l.t("receipt-number"), case.rma.to_string()),
        (l.t("receipt-order"), notice.order.number.to_string()),
        (l.t("receipt-goods"), goods.join(", ")),
    ];
    if let Some(amount) = amount(notice).filter(|a| a.minor > 0) {
        out.push((l.t("mail-amount"), l.money(amount)));
    }
    let mut day = |key: &str, day: Option<Date>| {
        if let Some(day) = day {
            out.push((l.t(key), l.date_long(day)));
        }
    };
    let waits = case.lines.iter().any(|line| line.quantities.expected() > 0);
    match notice.notice {
        Notice::Authorised if waits => {
            day("mail-hand-over-by", case.clocks.authorise_expires);
            day("mail-refund-due", case.clocks.refund_due);
        }
        Notice::GoodsReceived | Notice::RefundDecided => {
            day("mail-refund-due", case.clocks.refund_due);
        }
        Notice::ToPay => day("mail-pay-by", case.exchanges.last().and_then(|e| e.pay_by)),
        Notice::NotBack => day(
            "mail-return-by",
            late(notice)
                .and_then(|e| e.advance.as_ref())
                .map(|a| a.1.return_by),
        ),
        Notice::DestinationChanged => {
            let given = case.redirect.as_ref();
            let from = given.and_then(returns::Redirect::from);
            day("mail-not-before", from.map(|from| notice.client.day(from)));
            let no = given.map_or("", |r| &*r.what.no);
            let mut accounts = notice.contact.accounts.iter();
            if let Some(account) = accounts.find(|a| a.no.to_string() == no) {
                out.push((l.t("mail-account"), app::payouts::masked(&account.iban)));
            }
        }
        _ => {}
    }
    if let Some(link) = notice.link {
        let key = match notice.notice {
            Notice::AccountAsked => "mail-account-here",
            _ => "mail-object-here",
        };
        out.push((l.t(key), link.to_owned()));
    }
    out.extend(swapped(l, notice));
    out
}

/// The exchange whose goods are out and whose others are not back.
fn late<'n>(notice: &NoticeFacts<'n>) -> Option<&'n returns::Exchange> {
    notice.case.live_exchanges().find(|e| e.late)
}

/// What goes out instead, and where what is asked can be paid.
fn swapped(l: L10n, notice: &NoticeFacts<'_>) -> Vec<(String, String)> {
    let about = [
        Notice::ExchangeAgreed,
        Notice::ToPay,
        Notice::GoodsSent,
        Notice::NotBack,
    ];
    if !about.contains(&notice.notice) {
        return Vec::new();
    }
    let items = notice.case.live_exchanges().flat_map(|e| &e.items);
    let titles: Vec<&str> = items.map(|i| &*i.title).collect();
    let mut rows = vec![(l.t("mail-new-goods"), titles.join(", "))];
    if notice.notice == Notice::ToPay {
        for (id, link) in notice.pay_links {
            let minor = notice.case.obligation(*id).map_or(0, |o| o.minor);
            let amount = l.money(Money::new(minor, notice.case.currency));
            rows.push((
                l.t_args("mail-pay-here", &[("amount", amount.into())]),
                link.clone(),
            ));
        }
    }
    rows
}

/// The money a notice is about: paid, granted or expected; none where money would mislead.
fn amount(notice: &NoticeFacts<'_>) -> Option<Money> {
    let case = notice.case;
    let sum = |wanted: fn(ObligationState) -> bool| {
        let money = case
            .obligations
            .iter()
            .filter(|o| o.kind.is_money() && wanted(o.state));
        Money::new(money.map(|o| o.minor).sum(), case.currency)
    };
    match notice.notice {
        Notice::RefundPaid => Some(sum(|s| s == ObligationState::Settled)),
        Notice::RefundDecided => Some(sum(|s| s != ObligationState::Canceled)),
        Notice::Receipt | Notice::Authorised => case.decision.as_ref().map(|d| d.quote.total),
        _ => None,
    }
}

fn greeting(l: L10n, notice: &NoticeFacts<'_>) -> String {
    match notice.contact.name.as_str() {
        "" => l.t("mail-greeting"),
        name => l.t_args("mail-greeting-name", &[("name", name.into())]),
    }
}

fn plain(l: L10n, notice: &NoticeFacts<'_>, letter: &Letter, link: &str) -> String {
    let mut out = format!("{}\n\n", greeting(l, notice));
    // Writing to a String cannot fail.
    for paragraph in &letter.paragraphs {
        let _ = writeln!(out, "{paragraph}\n");
    }
    for reason in &letter.reasons {
        let _ = writeln!(out, "- {reason}");
    }
    if !letter.reasons.is_empty() {
        out.push('\n');
    }
    for (name, value) in &letter.facts {
        let _ = writeln!(out, "{name}: {value}");
    }
    let _ = write!(
        out,
        "\n{}\n{link}\n\n{}\n",
        l.t("mail-link"),
        notice.client.name
    );
    out
}

fn rich(l: L10n, notice: &NoticeFacts<'_>, letter: &Letter, link: &str) -> String {
    html! {
        (DOCTYPE)
        html lang=(l.lang().as_str()) dir=(l.dir()) {
            head { meta charset="utf-8"; title { (letter.subject) } }
            body style="font:16px/1.5 system-ui,sans-serif;max-width:36em;margin:24px auto;padding:0 16px" {
                p { (greeting(l, notice)) }
                @for paragraph in &letter.paragraphs { p { (paragraph) } }
                @if !letter.reasons.is_empty() {
                    ul { @for reason in &letter.reasons { li { (reason) } } }
                }
                table style="border-collapse:collapse" {
                    @for (name, value) in &letter.facts {
                        tr {
                            td style="padding:4px 0;padding-inline-end:16px;vertical-align:top;color:#60646c" { (name) }
                            td style="padding:4px 0;word-break:break-word" { bdi { (value) } }
                        }
                    }
                }
                p { a href=(link) { (l.t("mail-link")) } }
                p { (notice.client.name) }
            }
        }
    }
    .into_string()
}
