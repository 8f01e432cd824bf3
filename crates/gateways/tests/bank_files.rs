//! The readers on real bank samples, and the spool under crashes and repeats.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod common;

use common::{debtor, order, samples};
use gateways::iso20022::{
    AnswerStatus, BankAnswer, BatchId, PaymentFile, Spool, SpoolError, Subject, XmlError,
    end_to_end_id, read_answers, read_message,
};
use kernel::{Currency, Money};
use ports::{Attempt, PaymentState};

fn read(name: &str) -> Option<Result<Vec<BankAnswer>, XmlError>> {
    let path = samples("payments")?.join(name);
    Some(read_answers(&std::fs::read(path).unwrap()))
}

/// What statements of four banks say, read off the files by hand. That of Goldman Sachs is cut:
/// its bookings do not lead to its balance.
#[test]
fn statements_of_banks_say_how_balances_moved() {
    let expected = [
        (
            "iso20022/abn_amro-example_camt.xml",
            0,
            "NL77ABNA0574908765",
            100_001,
            10_001,
            -90_000,
        ),
        (
            "iso20022/goldman_sachs-camt_053_uk_v2_1.xml",
            0,
            "60000635",
            6_820_651,
            6_820_651,
            0,
        ),
        (
            "iso20022/goldman_sachs-camt_053_uk_v2_1.xml",
            1,
            "GB36GSLD04296250000970",
            33_442_521_807,
            33_442_512_642,
            -20_000,
        ),
        (
            "iso20022/nordea-example_camt.xml",
            0,
            "FI8529501800030574",
            20_050,
            880_050,
            860_000,
        ),
        (
            "mock-bank/20-camt.053-ACME.xml",
            0,
            "NL41MOCK0000000001",
            12_500_000,
            12_489_510,
            -10_490,
        ),
    ];
    for (name, at, account, opening, closing, booked) in expected {
        let Some(folder) = samples("payments") else {
            return println!("skipped: no samples of bank messages");
        };
        let message = read_message(&std::fs::read(folder.join(name)).unwrap()).unwrap();
        let reports = message.reports.unwrap();
        let balances = reports[at].statement.as_ref().unwrap();
        assert_eq!(reports[at].account, account, "{name}");
        let figures = (
            balances.opening_minor,
            balances.closing_minor,
            balances.booked_minor,
        );
        assert_eq!(figures, (opening, closing, booked), "{name}");
        // None of them carries a key of ours.
        assert!(reports[at].entries.is_empty(), "{name}");
    }
}

/// The simulator's statement and notification with references of ours put in.
#[test]
fn bookings_of_ours_are_named_by_the_banks_reference() {
    let Some(folder) = samples("payments").map(|f| f.join("mock-bank")) else {
        return println!("skipped: no samples of bank messages");
    };
    let text = |name: &str| {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        text.replace("RMA-1001-R1", &end_to_end_id(order(1, 8_490).key()))
            .replace("RMA-1002-R1", &end_to_end_id(order(2, 2_000).key()))
    };
    let read = |text: &str| {
        read_message(text.as_bytes())
            .unwrap()
            .reports
            .unwrap()
            .remove(0)
    };
    let statement = read(&text("20-camt.053-ACME.xml"));
    let entries: Vec<_> = statement
        .entries
        .iter()
        .map(|e| {
            (
                e.reference.as_str(),
                e.n,
                e.key,
                e.is_back,
                e.amount.minor,
                e.on.to_string(),
            )
        })
        .collect();
    let (first, second) = (order(1, 8_490).key(), order(2, 2_000).key());
    let (one, two) = (
        format!("MB-PMT-1/{first}/out"),
        format!("MB-PMT-2/{second}/out"),
    );
    assert_eq!(
        entries,
        [
            (
                one.as_str(),
                0,
                first,
                false,
                8_490,
                "2026-11-30".to_owned()
            ),
            (
                two.as_str(),
                0,
                second,
                false,
                2_000,
                "2026-11-30".to_owned()
            ),
        ]
    );
    let notice = read(&text("03-camt.054-ACME.xml"));
    assert_eq!(notice.statement, None);
    let back = &notice.entries[0];
    assert_eq!(
        (back.key, back.is_back, back.amount.minor),
        (second, true, 2_000)
    );
    // The same booking twice in one message is two; also without the bank's reference, and
    // wherever in the message they stand: a statement sent again may hold more than before.
    let entry = text("03-camt.054-ACME.xml");
    let (from, to) = (
        entry.find("<Ntry>").unwrap(),
        entry.find("</Ntry>").unwrap() + 7,
    );
    let twice = entry.replace(&entry[from..to], &entry[from..to].repeat(2));
    let counts: Vec<u32> = read(&twice).entries.iter().map(|e| e.n).collect();
    assert_eq!(counts, [0, 1]);
    let bare = twice.replace("<AcctSvcrRef>MB-RTR-2</AcctSvcrRef>", "");
    let names = |text: &str| -> Vec<(String, u32)> {
        let entries = read(text).entries;
        entries.into_iter().map(|e| (e.reference, e.n)).collect()
    };
    let name = format!("MB-C054-ACME-1#{second}/back");
    assert_eq!(names(&bare), [(name.clone(), 0), (name.clone(), 1)]);
    let other = end_to_end_id(order(3, 100).key());
    let before = bare[from..].split_once("</Ntry>").unwrap().0;
    let before = format!("{before}</Ntry>").replace(&end_to_end_id(second), &other);
    let shifted = format!("{}{before}{}", &bare[..from], &bare[from..]);
    assert_eq!(names(&shifted)[1..], [(name.clone(), 0), (name, 1)]);
}

/// Every sample file of banks and of the simulator, with the number of answers in it (counted
/// by hand: outgoing bookings with a reference, returns, statuses).
#[test]
fn every_sample_is_read_or_refused_by_name() {
    let expected: [(&str, Option<usize>); 18] = [
        ("iso20022/abn_amro-example_camt.xml", Some(1)),
        ("iso20022/cross_river-pain_001_ach_credit.xml", None),
        ("iso20022/cross_river-pain_002_credit_accepted.xml", Some(3)),
        ("iso20022/cross_river-pain_002_debit_accepted.xml", Some(5)),
        (
            "iso20022/example-sepa_pain_001_v3_multiple_pmtinf.xml",
            None,
        ),
        ("iso20022/example-swift_pain_001_v3.xml", None),
        ("iso20022/goldman_sachs-camt_053_uk_v2_1.xml", Some(3)),
        ("iso20022/goldman_sachs-pain_001_ach_credit.xml", None),
        ("iso20022/goldman_sachs-pain_002_v3_accepted.xml", Some(1)),
        (
            "iso20022/goldman_sachs-pain_002_v3_payment_accepted.xml",
            Some(1),
        ),
        ("iso20022/nordea-example_camt.xml", Some(1)),
        ("iso20022/nordea-pain_002_v3_group_reject.xml", Some(1)),
        ("iso20022/nordea-pain_002_v3_payment_reject.xml", Some(1)),
        ("iso20022/nordea-pain_002_v3_txn_reject.xml", Some(3)),
        ("mock-bank/01-pain.002-ACME.xml", Some(4)),
        ("mock-bank/02-pacs.004-ACME.xml", Some(1)),
        ("mock-bank/03-camt.054-ACME.xml", Some(1)),
        ("mock-bank/20-camt.053-ACME.xml", Some(2)),
    ];
    for (name, count) in expected {
        match (read(name), count) {
            (None, _) => return println!("skipped: no samples of bank messages"),
            (Some(Ok(answers)), Some(n)) => assert_eq!(answers.len(), n, "{name}: {answers:#?}"),
            (Some(Err(XmlError::Foreign(root))), None) => assert_eq!(root, "CstmrCdtTrfInitn"),
            (Some(other), _) => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn rejects_name_their_level_and_reason() {
    let Some(file) = read("iso20022/nordea-pain_002_v3_group_reject.xml") else {
        return println!("skipped: no samples of bank messages");
    };
    let answer = file.unwrap().remove(0);
    assert_eq!(
        answer.subject,
        Subject::File {
            message_id: "MSGID-PS-TEST-0708-01".into()
        }
    );
    assert_eq!(
        answer.status,
        AnswerStatus::Duplicate {
            code: "DU01".into()
        }
    );
    let answers = read("iso20022/nordea-pain_002_v3_txn_reject.xml")
        .unwrap()
        .unwrap();
    assert!(
        matches!(&answers[0].subject, Subject::Group { group_id, .. }
        if group_id == "PMTINFID-950-TEST2-2807-01")
    );
    let AnswerStatus::Rejected { code, reason } = &answers[1].status else {
        panic!()
    };
    assert_eq!(code, "NARR");
    assert!(reason.starts_with("CAP Invalid code"), "{reason}");
}

#[test]
fn returns_and_bookings_carry_day_amount_and_reason() {
    let Some(pacs) = read("mock-bank/02-pacs.004-ACME.xml") else {
        return println!("skipped: no samples of bank messages");
    };
    let eur = |minor| Some(Money::new(minor, Currency::EUR));
    let returned = AnswerStatus::Returned {
        code: "AC04".into(),
        reason: String::new(),
        on: Some(jiff::civil::date(2026, 12, 3)),
        amount: eur(2000),
    };
    assert_eq!(pacs.unwrap()[0].status, returned);
    assert_eq!(
        read("mock-bank/03-camt.054-ACME.xml").unwrap().unwrap()[0].status,
        returned
    );
    let booked = read("mock-bank/20-camt.053-ACME.xml").unwrap().unwrap();
    let on = Some(jiff::civil::date(2026, 11, 30));
    assert_eq!(
        booked[0].status,
        AnswerStatus::Settled {
            on,
            amount: eur(8490)
        }
    );
    assert_eq!(booked[0].bank_ref, "MB-PMT-1");
}

#[test]
fn broken_messages_name_the_element() {
    let message =
        |inner: &str| format!("<Document><PmtRtr><TxInf>{inner}</TxInf></PmtRtr></Document>");
    let rows = [
        (
            "<OrgnlEndToEndId>x</OrgnlEndToEndId><RtrdIntrBkSttlmAmt>1</RtrdIntrBkSttlmAmt>",
            "RtrdIntrBkSttlmAmt",
        ),
        (
            "<OrgnlEndToEndId>x</OrgnlEndToEndId><RtrdIntrBkSttlmAmt Ccy='EUR'>1e9</RtrdIntrBkSttlmAmt>",
            "RtrdIntrBkSttlmAmt",
        ),
        (
            "<OrgnlEndToEndId>x</OrgnlEndToEndId><IntrBkSttlmDt>soon</IntrBkSttlmDt>",
            "IntrBkSttlmDt",
        ),
    ];
    for (inner, element) in rows {
        match read_answers(message(inner).as_bytes()) {
            Err(XmlError::Element { path, .. }) => assert_eq!(path, element),
            other => panic!("{inner}: {other:?}"),
        }
    }
    let report = "<Document><CstmrPmtStsRpt/></Document>";
    assert!(matches!(
        read_answers(report.as_bytes()),
        Err(XmlError::Element { .. })
    ));
    assert!(matches!(
        read_answers(b"<html/>"),
        Err(XmlError::Foreign(_))
    ));
}

fn batch(n: u128) -> BatchId {
    BatchId(uuid::Uuid::from_u128(n))
}

fn when() -> jiff::Timestamp {
    "2026-11-23T08:00:00Z".parse().unwrap()
}

fn day() -> jiff::civil::Date {
    jiff::civil::date(2026, 11, 24)
}

#[test]
fn a_file_adds_up_and_is_the_same_twice() {
    let mut orders = vec![order(2, 2000), order(1, 8490)];
    let gbp = Money::new(199, Currency::GBP);
    orders.push(ports::PaymentOrder {
        amount: gbp,
        ..order(3, 1)
    });
    let file = |orders: &[_]| {
        PaymentFile::new(batch(9), debtor(), when(), day(), orders.to_vec()).unwrap()
    };
    let xml = String::from_utf8(file(&orders).to_xml().unwrap()).unwrap();
    orders.reverse();
    assert_eq!(xml.as_bytes(), file(&orders).to_xml().unwrap());
    for part in [
        "<NbOfTxs>3</NbOfTxs><CtrlSum>106.89</CtrlSum>",
        "<NbOfTxs>2</NbOfTxs><CtrlSum>104.90</CtrlSum>",
        "<NbOfTxs>1</NbOfTxs><CtrlSum>1.99</CtrlSum>",
        "<MsgId>00000000000000000000000000000009</MsgId>",
        "<PmtInfId>00000000000000000000000000000009-02</PmtInfId>",
        "<Nm>Jorg Muller + Sohne</Nm>",
        "<InstdAmt Ccy=\"EUR\">84.90</InstdAmt>",
    ] {
        assert!(xml.contains(part), "{part} in {xml}");
    }
    let twice = vec![order(1, 5), order(1, 5)];
    assert!(PaymentFile::new(batch(9), debtor(), when(), day(), twice).is_err());
    assert!(PaymentFile::new(batch(9), debtor(), when(), day(), vec![order(1, 0)]).is_err());
    assert!(PaymentFile::new(batch(9), debtor(), when(), day(), vec![]).is_err());
}

#[test]
fn one_key_leaves_once_whatever_is_repeated() {
    let dir = tempfile::tempdir().unwrap();
    let spool = Spool::open(dir.path(), debtor()).unwrap();
    let first = order(1, 8490);
    spool.add(&first).unwrap();
    spool.add(&first).unwrap();
    assert!(matches!(
        spool.add(&order(1, 8491)),
        Err(SpoolError::Changed(_))
    ));
    assert_eq!(spool.flush(batch(1), when(), day()).unwrap().len(), 1);
    // After the file has gone: the same order again, the same flush again, a new flush.
    spool.add(&first).unwrap();
    assert!(spool.flush(batch(1), when(), day()).unwrap().is_empty());
    assert!(spool.flush(batch(2), when(), day()).unwrap().is_empty());
    let second = ports::PaymentOrder {
        attempt: Attempt::new(2).unwrap(),
        ..first.clone()
    };
    assert_eq!(spool.state(&second).unwrap(), None);
    spool.add(&second).unwrap();
    assert_eq!(
        spool.flush(batch(2), when(), day()).unwrap(),
        [batch(2).message_id()]
    );
    assert_eq!(
        std::fs::read_dir(dir.path().join("outbox"))
            .unwrap()
            .count(),
        2
    );
}

/// A stop after each step of a flush, played by undoing what came after it.
#[test]
fn a_flush_cut_short_is_finished_once() {
    let dir = tempfile::tempdir().unwrap();
    let spool = Spool::open(dir.path(), debtor()).unwrap();
    spool.add(&order(1, 8490)).unwrap();
    spool.flush(batch(1), when(), day()).unwrap();
    let name = batch(1).message_id();
    let out = dir.path().join("outbox").join(format!("{name}.xml"));
    let claimed = dir.path().join("batches").join(&name);
    let sent = std::fs::read(&out).unwrap();
    // Stopped before the rename into the outbox.
    std::fs::rename(&out, claimed.join("file.xml")).unwrap();
    assert_eq!(
        spool.flush(batch(2), when(), day()).unwrap(),
        std::slice::from_ref(&name)
    );
    // Stopped after the claim, half a file written; `open/` not made again.
    std::fs::remove_file(&out).unwrap();
    std::fs::remove_file(claimed.join("written")).unwrap();
    std::fs::write(claimed.join("file.xml"), "<Docu").unwrap();
    std::fs::remove_dir_all(dir.path().join("open")).unwrap();
    assert_eq!(spool.flush(batch(3), when(), day()).unwrap(), [name]);
    assert_eq!(std::fs::read(&out).unwrap(), sent);
}

#[test]
fn answers_in_any_order_end_in_the_same_state() {
    let report = |status: &str| {
        format!(
            "<Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>{}</OrgnlMsgId>{status}\
             </OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>",
            batch(1).message_id()
        )
    };
    let id = end_to_end_id(order(1, 2000).key());
    let entry = |side: &str, more: &str| {
        format!(
            "<Document><BkToCstmrStmt><Stmt><Ntry><Amt Ccy='EUR'>20.00</Amt><CdtDbtInd>{side}\
             </CdtDbtInd><Sts>BOOK</Sts><NtryDtls><TxDtls><Refs><EndToEndId>{id}</EndToEndId>\
             </Refs>{more}</TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>"
        )
    };
    let messages = [
        report("<GrpSts>ACCP</GrpSts>"),
        entry("DBIT", ""),
        entry("CRDT", "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"),
        report("<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>DUPL</Cd></Rsn></StsRsnInf>"),
    ];
    for turn in 0..messages.len() {
        let dir = tempfile::tempdir().unwrap();
        let spool = Spool::open(dir.path(), debtor()).unwrap();
        spool.add(&order(1, 2000)).unwrap();
        spool.add(&order(2, 2000)).unwrap();
        spool.flush(batch(1), when(), day()).unwrap();
        for i in 0..messages.len() {
            let text = &messages[(turn + i) % messages.len()];
            std::fs::write(dir.path().join(format!("inbox/{i}.xml")), text).unwrap();
        }
        let files = spool.read_inbox().unwrap();
        // The file status came back for both payments of the file.
        let spread: usize = files
            .iter()
            .map(|f| f.answers.as_ref().unwrap().len())
            .sum();
        assert_eq!(spread, 6);
        for file in files {
            spool.acknowledge(&file.name).unwrap();
        }
        assert!(spool.read_inbox().unwrap().is_empty());
        assert!(matches!(spool.state(&order(1, 2000)).unwrap(),
            Some(PaymentState::Returned { code, .. }) if code == "AC04"));
        assert!(matches!(
            spool.state(&order(2, 2000)).unwrap(),
            Some(PaymentState::Pending { .. })
        ));
    }
}
