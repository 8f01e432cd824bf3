//! Reading what a bank answers: `pain.002` (versions 03 to 10), `camt.053` and `camt.054`
//! (02 to 08), `pacs.004`. Only what a payer needs is taken; the rest is skipped, not checked.
//! What an answer means for a case is decided elsewhere.

use super::{
    statement::reports,
    xml::{Node, XmlError, parse},
};
use kernel::{Date, Money};
use ports::{AccountReport, PaymentState};
use serde::{Deserialize, Serialize};

/// What an answer is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Subject {
    /// One payment.
    Payment {
        /// Its `EndToEndId`, as the bank quotes it; see [`super::payment_key`].
        end_to_end_id: String,
    },
    /// Every payment of one `PmtInf` of a file.
    Group {
        /// The file's `MsgId`.
        message_id: String,
        /// The `PmtInfId`.
        group_id: String,
    },
    /// Every payment of a file.
    File {
        /// The file's `MsgId`.
        message_id: String,
    },
}

/// What the bank says about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum AnswerStatus {
    /// Taken over; not booked yet.
    Accepted,
    /// Not executed.
    Rejected {
        /// ISO 20022 reason code (`AC04`); `RJCT` when the bank gave none.
        code: String,
        /// In words; may be empty.
        reason: String,
    },
    /// The bank has seen this file before. Says nothing about the payments in it.
    Duplicate {
        /// ISO 20022 reason code (`DUPL`).
        code: String,
    },
    /// Debited to our account.
    Settled {
        /// The booking day, where the message has one.
        on: Option<Date>,
        /// The amount, where the message has one.
        amount: Option<Money>,
    },
    /// Came back after it was settled.
    Returned {
        /// ISO 20022 reason code; `RRTN` when the bank gave none.
        code: String,
        /// In words; may be empty.
        reason: String,
        /// The booking day, where the message has one.
        on: Option<Date>,
        /// The amount, where the message has one.
        amount: Option<Money>,
    },
    /// Withdrawn before execution.
    Canceled,
}

/// One thing a bank said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankAnswer {
    /// About what.
    pub subject: Subject,
    /// What.
    pub status: AnswerStatus,
    /// The bank's own reference; empty where it gave none.
    pub bank_ref: String,
}

impl BankAnswer {
    /// The state of a payment this answer leads to.
    pub fn state(&self) -> PaymentState {
        let provider_ref = self.bank_ref.clone();
        match &self.status {
            // A repeated file proves the bank has the first one, and no more than that.
            AnswerStatus::Accepted | AnswerStatus::Duplicate { .. } => {
                PaymentState::Pending { provider_ref }
            }
            AnswerStatus::Rejected { code, reason } => PaymentState::Failed {
                code: code.clone(),
                reason: reason.clone(),
            },
            AnswerStatus::Settled { on, .. } => PaymentState::Settled {
                on: *on,
                provider_ref,
            },
            AnswerStatus::Returned { code, reason, .. } => PaymentState::Returned {
                code: code.clone(),
                reason: reason.clone(),
            },
            AnswerStatus::Canceled => PaymentState::Canceled,
        }
    }

    /// The amount the bank names.
    pub fn amount(&self) -> Option<Money> {
        match &self.status {
            AnswerStatus::Settled { amount, .. } | AnswerStatus::Returned { amount, .. } => *amount,
            _ => None,
        }
    }
}

/// One message, read whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankMessage {
    /// What it says about payments.
    pub answers: Vec<BankAnswer>,
    /// What it says was booked on the account; apart, because a statement that cannot be taken
    /// whole says enough about single payments.
    pub reports: Result<Vec<AccountReport>, XmlError>,
}

/// Reads one message into the answers it holds, in its order. Entries that are not about
/// outgoing payments with an `EndToEndId` (incoming money, fees, card turnover) give none.
pub fn read_answers(bytes: &[u8]) -> Result<Vec<BankAnswer>, XmlError> {
    answers(message_of(&parse(bytes)?)?)
}

/// Reads one message into everything it says: answers about payments, and reports about the
/// account.
pub fn read_message(bytes: &[u8]) -> Result<BankMessage, XmlError> {
    let root = parse(bytes)?;
    let message = message_of(&root)?;
    Ok(BankMessage {
        answers: answers(message)?,
        reports: reports(message),
    })
}

/// The message in a document. Some channels wrap the Document in an envelope or leave it away.
fn message_of(root: &Node) -> Result<&Node, XmlError> {
    let message = match root.name.as_str() {
        "Document" => root.first(),
        _ => root.at("Document").and_then(Node::first).or(Some(root)),
    };
    message.ok_or_else(|| XmlError::Foreign(root.name.clone()))
}

fn answers(message: &Node) -> Result<Vec<BankAnswer>, XmlError> {
    match message.name.as_str() {
        "CstmrPmtStsRpt" => status_report(message),
        "BkToCstmrStmt" => entries(message, "Stmt"),
        "BkToCstmrDbtCdtNtfctn" => entries(message, "Ntfctn"),
        "PmtRtr" => payment_return(message),
        other => Err(XmlError::Foreign(other.chars().take(40).collect())),
    }
}

fn status_report(report: &Node) -> Result<Vec<BankAnswer>, XmlError> {
    let file = report
        .at("OrgnlGrpInfAndSts")
        .ok_or_else(|| missing("OrgnlGrpInfAndSts"))?;
    let id = file
        .text_at("OrgnlMsgId")
        .ok_or_else(|| missing("OrgnlGrpInfAndSts/OrgnlMsgId"))?;
    let mut out = Vec::new();
    let subject = Subject::File {
        message_id: id.to_owned(),
    };
    push_status(&mut out, file, "GrpSts", subject)?;
    for group in report.all("OrgnlPmtInfAndSts") {
        let group_id = group
            .text_at("OrgnlPmtInfId")
            .ok_or_else(|| missing("OrgnlPmtInfAndSts/OrgnlPmtInfId"))?;
        let subject = Subject::Group {
            message_id: id.to_owned(),
            group_id: group_id.to_owned(),
        };
        push_status(&mut out, group, "PmtInfSts", subject)?;
        for payment in group.all("TxInfAndSts") {
            let Some(end_to_end_id) = reference(payment.text_at("OrgnlEndToEndId")) else {
                continue;
            };
            push_status(
                &mut out,
                payment,
                "TxSts",
                Subject::Payment { end_to_end_id },
            )?;
        }
    }
    Ok(out)
}

/// Adds the status in the child `name` of `node`; none for `PART`, whose parts follow.
fn push_status(
    out: &mut Vec<BankAnswer>,
    node: &Node,
    name: &'static str,
    subject: Subject,
) -> Result<(), XmlError> {
    let Some(code) = node.text_at(name) else {
        return Ok(());
    };
    let (reason_code, reason) = reason(node, "StsRsnInf");
    let status = match code {
        "RCVD" | "PDNG" | "PATC" | "ACTC" | "ACCP" | "ACSP" | "ACWC" | "ACWP" | "ACFC" => {
            AnswerStatus::Accepted
        }
        "ACSC" | "ACCC" => AnswerStatus::Settled {
            on: None,
            amount: None,
        },
        "RJCT" => match reason_code.as_deref() {
            Some("DUPL" | "DU01" | "DU02" | "AM05")
                if !matches!(subject, Subject::Payment { .. }) =>
            {
                AnswerStatus::Duplicate {
                    code: reason_code.unwrap_or_default(),
                }
            }
            _ => AnswerStatus::Rejected {
                code: reason_code.unwrap_or("RJCT".into()),
                reason,
            },
        },
        "CANC" => AnswerStatus::Canceled,
        "PART" => return Ok(()),
        other => return Err(wrong(name, format!("unknown status {other:?}"))),
    };
    let bank_ref = node
        .text_at("AcctSvcrRef")
        .or(node.text_at("ClrSysRef"))
        .unwrap_or_default();
    out.push(BankAnswer {
        subject,
        status,
        bank_ref: bank_ref.to_owned(),
    });
    Ok(())
}

fn entries(message: &Node, list: &'static str) -> Result<Vec<BankAnswer>, XmlError> {
    let mut out = Vec::new();
    for entry in message.all(list).flat_map(|s| s.all("Ntry")) {
        // Version 02 writes <Sts>BOOK</Sts>, later ones <Sts><Cd>BOOK</Cd></Sts>.
        let status = entry
            .text_at("Sts/Cd")
            .or(entry.text_at("Sts"))
            .unwrap_or_default();
        if status != "BOOK" {
            continue;
        }
        let details: Vec<&Node> = entry
            .all("NtryDtls")
            .flat_map(|d| d.all("TxDtls"))
            .collect();
        for detail in &details {
            if let Some(answer) = booked(entry, detail, details.len() == 1)? {
                out.push(answer);
            }
        }
    }
    Ok(out)
}

fn booked(entry: &Node, detail: &Node, alone: bool) -> Result<Option<BankAnswer>, XmlError> {
    let Some(end_to_end_id) = reference(detail.text_at("Refs/EndToEndId")) else {
        return Ok(None);
    };
    let amount = detail
        .at("Amt")
        .or_else(|| detail.at("AmtDtls/TxAmt/Amt"))
        .or_else(|| detail.at("AmtDtls/InstdAmt/Amt"))
        .or_else(|| entry.at("Amt").filter(|_| alone))
        .map(money)
        .transpose()?;
    let on = match entry.at("BookgDt") {
        Some(node) => node.first().map(date).transpose()?,
        None => None,
    };
    let side = detail
        .text_at("CdtDbtInd")
        .or(entry.text_at("CdtDbtInd"))
        .unwrap_or_default();
    let code = |node: &Node| {
        node.text_at("BkTxCd/Domn/Fmly/SubFmlyCd")
            .map(str::to_owned)
    };
    let returned = detail.at("RtrInf").is_some()
        || entry.text_at("RvslInd") == Some("true")
        || code(detail).or_else(|| code(entry)).as_deref() == Some("RRTN");
    let status = match (side, returned) {
        ("DBIT", false) => AnswerStatus::Settled { on, amount },
        ("CRDT", true) => {
            let (code, reason) = reason(detail, "RtrInf");
            AnswerStatus::Returned {
                code: code.unwrap_or("RRTN".into()),
                reason,
                on,
                amount,
            }
        }
        // Money coming in, or a direct debit bouncing: not a payment of ours.
        ("CRDT", false) | ("DBIT", true) => return Ok(None),
        (other, _) => return Err(wrong("Ntry/CdtDbtInd", format!("{other:?}"))),
    };
    let bank_ref = detail
        .text_at("Refs/AcctSvcrRef")
        .or(entry.text_at("AcctSvcrRef"));
    let bank_ref = bank_ref.unwrap_or_default().to_owned();
    Ok(Some(BankAnswer {
        subject: Subject::Payment { end_to_end_id },
        status,
        bank_ref,
    }))
}

fn payment_return(message: &Node) -> Result<Vec<BankAnswer>, XmlError> {
    let mut out = Vec::new();
    for payment in message.all("TxInf") {
        let Some(end_to_end_id) = reference(payment.text_at("OrgnlEndToEndId")) else {
            continue;
        };
        let amount = payment.at("RtrdIntrBkSttlmAmt").map(money).transpose()?;
        let day = payment
            .at("IntrBkSttlmDt")
            .or_else(|| message.at("GrpHdr/IntrBkSttlmDt"));
        let on = day.map(date).transpose()?;
        let (code, reason) = reason(payment, "RtrRsnInf");
        let code = code.unwrap_or("RRTN".into());
        let bank_ref = payment.text_at("RtrId").unwrap_or_default().to_owned();
        let status = AnswerStatus::Returned {
            code,
            reason,
            on,
            amount,
        };
        out.push(BankAnswer {
            subject: Subject::Payment { end_to_end_id },
            status,
            bank_ref,
        });
    }
    Ok(out)
}

/// Code and words of the reason in the child `name` (several `AddtlInf` lines are joined).
fn reason(node: &Node, name: &str) -> (Option<String>, String) {
    let code = node
        .all(name)
        .find_map(|r| r.text_at("Rsn/Cd").or(r.text_at("Rsn/Prtry")));
    let words: Vec<&str> = node
        .all(name)
        .flat_map(|r| r.all("AddtlInf"))
        .map(Node::text)
        .collect();
    let cut = |t: &str, max| t.chars().take(max).collect::<String>();
    (code.map(|c| cut(c, 35)), cut(&words.join(" "), 500))
}

/// An end-to-end reference; `NOTPROVIDED` is the standard's word for none.
pub(super) fn reference(text: Option<&str>) -> Option<String> {
    text.filter(|t| *t != "NOTPROVIDED")
        .map(|t| t.chars().take(64).collect())
}

pub(super) fn money(node: &Node) -> Result<Money, XmlError> {
    let code = node
        .currency
        .as_deref()
        .ok_or_else(|| wrong(&node.name, "no Ccy".into()))?;
    let currency = code
        .parse()
        .map_err(|e| wrong(&node.name, format!("{e}")))?;
    Money::parse(node.text(), currency).map_err(|e| wrong(&node.name, e.to_string()))
}

/// An ISO date, or the date part of a date and time.
pub(super) fn date(node: &Node) -> Result<Date, XmlError> {
    let day = node.text().get(..10).unwrap_or_else(|| node.text());
    day.parse()
        .map_err(|_| wrong(&node.name, format!("{:?} is not a date", node.text())))
}

pub(super) fn missing(path: &str) -> XmlError {
    XmlError::Element {
        path: path.to_owned(),
        problem: "is missing".into(),
    }
}

pub(super) fn wrong(path: &str, problem: String) -> XmlError {
    XmlError::Element {
        path: path.to_owned(),
        problem,
    }
}
