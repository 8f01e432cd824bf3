//! `camt.053` and `camt.054` as reports about an account: balances, and every booking that names
//! a payment of ours. What was booked is taken as it stands; what it means is decided elsewhere.

use super::{
    ids::payment_key,
    read::{date, missing, money, reference, wrong},
    xml::{Node, XmlError},
};
use kernel::Currency;
use ports::{AccountEntry, AccountReport, Balances, LooseEntry, LooseKind};
use std::collections::HashMap;

/// The reports of a message; none for one that is about something else.
pub(super) fn reports(message: &Node) -> Result<Vec<AccountReport>, XmlError> {
    let (list, is_statement) = match message.name.as_str() {
        "BkToCstmrStmt" => ("Stmt", true),
        "BkToCstmrDbtCdtNtfctn" => ("Ntfctn", false),
        _ => return Ok(Vec::new()),
    };
    message.all(list).map(|r| report(r, is_statement)).collect()
}

fn report(node: &Node, is_statement: bool) -> Result<AccountReport, XmlError> {
    let id = node.text_at("Id").ok_or_else(|| missing("Id"))?;
    let account = node
        .text_at("Acct/Id/IBAN")
        .or(node.text_at("Acct/Id/Othr/Id"))
        .ok_or_else(|| missing("Acct/Id"))?;
    let mut entries = Vec::new();
    let (mut others, mut booked_minor) = (0, 0_i64);
    let mut currency = currency_of(node)?;
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut loose = Vec::new();
    for entry in node.all("Ntry") {
        let status = entry.text_at("Sts/Cd").or(entry.text_at("Sts"));
        if status != Some("BOOK") {
            continue;
        }
        let amount = money(entry.at("Amt").ok_or_else(|| missing("Ntry/Amt"))?)?;
        currency = currency.or(Some(amount.currency));
        booked_minor = booked_minor.saturating_add(signed(amount.minor, entry)?);
        let before = entries.len();
        ours(entry, id, &mut seen, &mut entries)?;
        if entries.len() == before {
            others += 1;
            loose.push(foreign(entry, id, amount.minor, &mut seen)?);
        }
    }
    let currency = currency.ok_or_else(|| missing("Acct/Ccy"))?;
    let statement = if is_statement {
        balances(node, booked_minor)?
    } else {
        None
    };
    Ok(AccountReport {
        id: cut(id),
        account: cut(account),
        currency,
        statement,
        entries,
        numbered: Vec::new(),
        others,
        loose,
    })
}

fn currency_of(node: &Node) -> Result<Option<Currency>, XmlError> {
    let stated = node
        .text_at("Acct/Ccy")
        .map(str::parse::<Currency>)
        .transpose();
    let stated = stated.map_err(|e| wrong("Acct/Ccy", e.to_string()))?;
    let balance = node.at("Bal/Amt").map(money).transpose()?;
    Ok(stated.or(balance.map(|b| b.currency)))
}

/// Adds the bookings of one entry that name a payment of ours.
fn ours(
    entry: &Node,
    report: &str,
    seen: &mut HashMap<String, u32>,
    entries: &mut Vec<AccountEntry>,
) -> Result<(), XmlError> {
    let details: Vec<&Node> = entry
        .all("NtryDtls")
        .flat_map(|d| d.all("TxDtls"))
        .collect();
    for detail in &details {
        let Some(end_to_end_id) = reference(detail.text_at("Refs/EndToEndId")) else {
            continue;
        };
        let Some(key) = payment_key(&end_to_end_id) else {
            continue;
        };
        let amount = detail
            .at("Amt")
            .or_else(|| detail.at("AmtDtls/TxAmt/Amt"))
            .or_else(|| entry.at("Amt").filter(|_| details.len() == 1))
            .or_else(|| detail.at("AmtDtls/InstdAmt/Amt"))
            .ok_or_else(|| missing("TxDtls/Amt"))?;
        let on = entry
            .at("BookgDt")
            .and_then(Node::first)
            .ok_or_else(|| missing("Ntry/BookgDt"))?;
        let side = detail.at("CdtDbtInd").map_or(entry, |_| detail);
        let is_back = is_credit(side)?;
        let bank_ref = detail
            .text_at("Refs/AcctSvcrRef")
            .or(entry.text_at("AcctSvcrRef"));
        let way = if is_back { "back" } else { "out" };
        // Without a reference of the bank, the report, the payment and the count name a booking;
        // its place would be another one when the bank sends a statement again with more in it.
        let named = match bank_ref {
            Some(bank_ref) => format!("{}/{key}/{way}", cut(bank_ref)),
            None => format!("{}#{key}/{way}", cut(report)),
        };
        let n = seen.entry(named.clone()).or_default();
        entries.push(AccountEntry {
            reference: named,
            n: *n,
            key,
            is_back,
            amount: money(amount)?,
            on: date(on)?,
        });
        *n += 1;
    }
    Ok(())
}

/// A booking that names no payment of ours.
fn foreign(
    entry: &Node,
    report: &str,
    minor: i64,
    seen: &mut HashMap<String, u32>,
) -> Result<LooseEntry, XmlError> {
    let is_in = is_credit(entry)?;
    // Charges, commissions and fees, as the external code set names them.
    let family = entry.text_at("BkTxCd/Domn/Fmly/SubFmlyCd");
    let is_charge = matches!(family, Some("CHRG" | "COMM" | "FEES" | "COMT"));
    let kind = match (is_in, is_charge) {
        (true, _) => LooseKind::Credit,
        (false, true) => LooseKind::Charge,
        (false, false) => LooseKind::Debit,
    };
    let on = entry
        .at("BookgDt")
        .and_then(Node::first)
        .ok_or_else(|| missing("Ntry/BookgDt"))?;
    let on = date(on)?;
    let details = entry.all("NtryDtls").flat_map(|d| d.all("TxDtls"));
    let said = details.flat_map(|d| {
        let remitted = d.at("RmtInf").into_iter().flat_map(|r| r.all("Ustrd"));
        let remitted = remitted.map(Node::text);
        remitted.chain(reference_of(d))
    });
    let said: Vec<&str> = entry
        .text_at("AddtlNtryInf")
        .into_iter()
        .chain(said)
        .collect();
    let text: String = said.join(" ").chars().take(140).collect();
    let signed = if is_in { minor } else { -minor };
    // Without a reference of the bank, the report and what it says name a booking.
    let named = match entry.text_at("AcctSvcrRef") {
        Some(bank_ref) => cut(bank_ref),
        None => format!("{}#{on}/{signed}", cut(report)),
    };
    let n = seen.entry(named.clone()).or_default();
    let found = LooseEntry {
        reference: named,
        n: *n,
        kind,
        minor: signed,
        on,
        text,
    };
    *n += 1;
    Ok(found)
}

fn reference_of(detail: &Node) -> Option<&str> {
    detail
        .text_at("Refs/EndToEndId")
        .filter(|id| *id != "NOTPROVIDED")
}

/// Opening and closing balance and the days in between; none where the bank states none.
fn balances(node: &Node, booked_minor: i64) -> Result<Option<Balances>, XmlError> {
    let of = |codes: [&str; 2]| {
        let is = |b: &&Node| {
            b.text_at("Tp/CdOrPrtry/Cd")
                .is_some_and(|c| codes.contains(&c))
        };
        node.all("Bal").find(is)
    };
    let (Some(opening), Some(closing)) = (of(["OPBD", "PRCD"]), of(["CLBD", "CLBD"])) else {
        return Ok(None);
    };
    let minor = |balance: &Node| {
        let amount = balance.at("Amt").ok_or_else(|| missing("Bal/Amt"))?;
        signed(money(amount)?.minor, balance)
    };
    let day = |balance: &Node| {
        let on = balance.at("Dt").and_then(Node::first);
        date(on.ok_or_else(|| missing("Bal/Dt"))?)
    };
    let until = day(closing)?;
    let from = match node.at("FrToDt/FrDtTm").or(node.at("FrToDt/FrDt")) {
        Some(from) => date(from)?,
        None => until,
    };
    let number = node.text_at("LglSeqNb").and_then(|n| n.parse().ok());
    Ok(Some(Balances {
        from: from.min(until),
        until,
        number,
        opening_minor: minor(opening)?,
        closing_minor: minor(closing)?,
        booked_minor,
    }))
}

fn signed(minor: i64, node: &Node) -> Result<i64, XmlError> {
    Ok(if is_credit(node)? { minor } else { -minor })
}

fn is_credit(node: &Node) -> Result<bool, XmlError> {
    match node.text_at("CdtDbtInd") {
        Some("CRDT") => Ok(true),
        Some("DBIT") => Ok(false),
        other => Err(wrong("CdtDbtInd", format!("{other:?}"))),
    }
}

fn cut(text: &str) -> String {
    text.chars().take(64).collect()
}
