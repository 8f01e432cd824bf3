//! The demo firm's bank: takes payment files out of a spool's outbox and answers them like a bank
//! that likes everybody, accepted first and booked in the next round. For sandbox clients only;
//! it speaks through the same files a real bank connection would.

use quick_xml::{Reader, events::Event};
use std::{fmt::Write as _, fs, io, path::Path};

/// One payment of a file.
#[derive(Debug, Default, PartialEq, Eq)]
struct Paid {
    /// The account it leaves.
    account: String,
    end_to_end: String,
    amount: String,
    currency: String,
}

/// Answers what waits in the spool at `root`; `today` is the booking day as `YYYY-MM-DD`.
/// Returns how many files it answered.
pub fn answer(root: &Path, today: &str) -> io::Result<usize> {
    let (outbox, inbox, taken) = (root.join("outbox"), root.join("inbox"), root.join("taken"));
    fs::create_dir_all(&taken)?;
    let mut answered = 0;
    // Files accepted in an earlier round are booked now.
    for path in files(&taken)? {
        let booked = taken
            .join("booked")
            .join(path.file_name().unwrap_or_default());
        if let Some(parent) = booked.parent() {
            fs::create_dir_all(parent)?;
        }
        let payments = payments(&fs::read_to_string(&path)?);
        let stem = path
            .file_stem()
            .and_then(|s| s.to_str())
            .unwrap_or_default()
            .to_owned();
        put(
            &inbox.join(format!("{stem}-2-camt.054.xml")),
            &camt054(&stem, &payments, today),
        )?;
        fs::rename(&path, booked)?;
        answered += 1;
    }
    for path in files(&outbox)? {
        let stem = path
            .file_stem()
            .and_then(|s| s.to_str())
            .unwrap_or_default()
            .to_owned();
        let payments = payments(&fs::read_to_string(&path)?);
        put(
            &inbox.join(format!("{stem}-1-pain.002.xml")),
            &pain002(&stem, &payments),
        )?;
        fs::rename(&path, taken.join(path.file_name().unwrap_or_default()))?;
        answered += 1;
    }
    Ok(answered)
}

fn files(dir: &Path) -> io::Result<Vec<std::path::PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "xml") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Whole or not at all: the reader may look at any moment.
fn put(path: &Path, text: &str) -> io::Result<()> {
    let draft = path.with_extension("part");
    fs::write(&draft, text)?;
    fs::rename(draft, path)
}

/// The payments of a `pain.001` file; what cannot be read is left out, as nothing was promised.
fn payments(xml: &str) -> Vec<Paid> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut now, mut tag) = (Vec::new(), Paid::default(), String::new());
    let mut account = String::new();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                start.local_name().as_ref().clone_into(&mut tag);
                if tag == "InstdAmt" {
                    let currency = start.try_get_attribute("Ccy").ok().flatten();
                    now.currency = currency.map(|c| c.value.into_owned()).unwrap_or_default();
                }
            }
            Ok(Event::Text(text)) => {
                let text = text.trim().to_owned();
                match tag.as_str() {
                    // Before the first payment stands the account they leave.
                    "IBAN" if now.end_to_end.is_empty() => account = text,
                    "EndToEndId" if !text.is_empty() => now.end_to_end = text,
                    "InstdAmt" if !text.is_empty() => now.amount = text,
                    _ => {}
                }
            }
            Ok(Event::End(end)) => {
                tag.clear();
                if end.local_name().as_ref() == "CdtTrfTxInf" {
                    now.account.clone_from(&account);
                    found.push(std::mem::take(&mut now));
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

fn pain002(message: &str, payments: &[Paid]) -> String {
    let mut lines = String::new();
    for p in payments {
        let _ = write!(
            lines,
            "<TxInfAndSts><OrgnlEndToEndId>{}</OrgnlEndToEndId><TxSts>ACCP</TxSts></TxInfAndSts>",
            p.end_to_end
        );
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt>\
         <GrpHdr><MsgId>DEMO-{message}-1</MsgId></GrpHdr>\
         <OrgnlGrpInfAndSts><OrgnlMsgId>{message}</OrgnlMsgId>\
         <OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>\
         <OrgnlPmtInfAndSts><OrgnlPmtInfId>{message}</OrgnlPmtInfId>{lines}</OrgnlPmtInfAndSts>\
         </CstmrPmtStsRpt></Document>"
    )
}

fn camt054(message: &str, payments: &[Paid], today: &str) -> String {
    let mut entries = String::new();
    for (i, p) in payments.iter().enumerate() {
        let Paid {
            end_to_end,
            amount,
            currency,
            ..
        } = p;
        let _ = write!(
            entries,
            "<Ntry><Amt Ccy=\"{currency}\">{amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd>\
             <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{today}</Dt></BookgDt>\
             <AcctSvcrRef>DEMO-{i}-{end_to_end}</AcctSvcrRef>\
             <NtryDtls><TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>\
             <Amt Ccy=\"{currency}\">{amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls></NtryDtls>\
             </Ntry>"
        );
    }
    let account = payments.first().map_or("", |p| p.account.as_str());
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.054.001.08\">\
         <BkToCstmrDbtCdtNtfctn><GrpHdr><MsgId>DEMO-{message}-2</MsgId></GrpHdr>\
         <Ntfctn><Id>{message}</Id><Acct><Id><IBAN>{account}</IBAN></Id></Acct>{entries}</Ntfctn></BkToCstmrDbtCdtNtfctn></Document>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payments_are_found_in_a_file() {
        let xml = "<Document><CstmrCdtTrfInitn><PmtInf><DbtrAcct><Id><IBAN>DE1</IBAN></Id></DbtrAcct>\
            <CdtTrfTxInf><PmtId>\
            <EndToEndId>abc</EndToEndId></PmtId><Amt><InstdAmt Ccy=\"EUR\">12.30</InstdAmt></Amt>\
            </CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>";
        let paid = Paid {
            account: "DE1".into(),
            end_to_end: "abc".into(),
            amount: "12.30".into(),
            currency: "EUR".into(),
        };
        assert_eq!(payments(xml), [paid]);
        assert!(payments("not xml <").is_empty());
    }
}
