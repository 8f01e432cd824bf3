//! Settlement reports in the shapes Stripe, Adyen and PayPal document: refunds of ours by their key,
//! fees and chargebacks in sums, and the payout that a bank books in one sum.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use gateways::settlement::{ReportError, read_settlement};
use kernel::{Currency, Date, Money, ObligationId};
use ports::{AccountReport, LooseKind};
use uuid::Uuid;

fn obligation(n: u128) -> ObligationId {
    ObligationId(Uuid::from_u128(
        0x0190_0000_0000_7000_8000_0000_0000_0000 + n,
    ))
}

fn sum(report: &AccountReport, kind: LooseKind) -> i64 {
    let of = report.loose.iter().filter(|l| l.kind == kind);
    of.map(|l| l.minor).sum()
}

fn booked(report: &AccountReport) -> i64 {
    report.statement.as_ref().unwrap().booked_minor
}

#[test]
fn stripe_lists_what_a_payout_is_made_of() {
    let (a, b) = (obligation(1), obligation(2));
    let csv = format!(
        "automatic_payout_id,automatic_payout_effective_at,balance_transaction_id,created,currency,\
         gross,fee,net,reporting_category,source_id,refund_metadata[redress_key]\n\
         po_1,2026-11-20 00:00:00,txn_1,2026-11-17 10:00:00,eur,100.00,3.20,96.80,charge,ch_1,\n\
         po_1,2026-11-20 00:00:00,txn_2,2026-11-17 11:00:00,eur,-25.00,0.00,-25.00,refund,re_1,{a}\n\
         po_1,2026-11-20 00:00:00,txn_3,2026-11-18 09:00:00,eur,-10.00,15.00,-25.00,dispute,dp_1,\n\
         po_1,2026-11-20 00:00:00,txn_4,2026-11-18 12:00:00,eur,8.00,0.00,8.00,refund_failure,re_2,{b}-02\n\
         po_2,2026-11-21 00:00:00,txn_5,2026-11-19 12:00:00,eur,50.00,1.75,48.25,charge,ch_2,\n"
    );
    let reports = read_settlement(csv.as_bytes()).unwrap();
    let [first, second] = reports.as_slice() else {
        panic!("{reports:#?}");
    };
    assert_eq!(
        (first.account.as_str(), first.id.as_str()),
        ("stripe", "po_1")
    );
    assert_eq!(first.entries.len(), 2);
    let out = &first.entries[0];
    assert_eq!((out.key.obligation, out.is_back), (a, false));
    assert_eq!(out.amount, Money::new(2_500, Currency::EUR));
    assert_eq!(out.on, Date::constant(2026, 11, 17));
    let back = &first.entries[1];
    assert_eq!((back.key.obligation, back.is_back), (b, true));
    assert_eq!(back.key.attempt.number(), 2);
    assert_eq!(sum(first, LooseKind::Sales), 10_000);
    assert_eq!(sum(first, LooseKind::Refunds), -1_700);
    assert_eq!(sum(first, LooseKind::Chargeback), -1_000);
    assert_eq!(sum(first, LooseKind::Fees), -1_820);
    assert_eq!(sum(first, LooseKind::Payout), -5_480);
    let payout = first.loose.iter().find(|l| l.kind == LooseKind::Payout);
    assert_eq!(payout.unwrap().on, Date::constant(2026, 11, 20));
    // Sums and payout leave nothing on the balance.
    assert_eq!(booked(first), 0);
    assert_eq!(first.loose.iter().map(|l| l.minor).sum::<i64>(), 0);
    assert_eq!(sum(second, LooseKind::Payout), -4_825);
}

#[test]
fn adyen_settles_in_batches_that_end_with_their_payout() {
    let a = obligation(3);
    let head = "Company Account,Merchant Account,Psp Reference,Merchant Reference,Payment Method,\
        Creation Date,TimeZone,Type,Modification Reference,Gross Currency,Gross Debit (GC),\
        Gross Credit (GC),Exchange Rate,Net Currency,Net Debit (NC),Net Credit (NC),\
        Commission (NC),Markup (NC),Scheme Fees (NC),Interchange (NC),Payment Method Variant,\
        Modification Merchant Reference,Batch Number";
    let csv = format!(
        "{head}\n\
         Co,House,P1,O-1,visa,2026-11-17 11:26:49,CET,Settled,M1,EUR,,100.00,1,EUR,,98.80,,0.50,0.30,0.40,visa,,12\n\
         Co,House,P1,O-1,visa,2026-11-18 11:26:49,CET,Refunded,M2,EUR,40.00,,1,EUR,40.10,,0.10,,,,visa,{a},12\n\
         Co,House,P2,O-2,visa,2026-11-18 12:00:00,CET,Chargeback,M3,USD,10.00,,0.9,EUR,9.00,,,,,,visa,,12\n\
         Co,House,,,,2026-11-19 01:00:00,CET,Fee,Transaction Fees,,,,,EUR,1.00,,,,,,,,12\n\
         Co,House,,,,2026-11-19 02:00:00,CET,MerchantPayout,\"TX1, batch 12\",,,,,EUR,48.70,,,,,,,,12\n"
    );
    let reports = read_settlement(csv.as_bytes()).unwrap();
    let [batch] = reports.as_slice() else {
        panic!("{reports:#?}");
    };
    let frame = batch.statement.as_ref().unwrap();
    assert_eq!((batch.id.as_str(), frame.number), ("batch 12", Some(12)));
    assert_eq!(booked(batch), 0);
    assert_eq!(batch.entries.len(), 1);
    assert_eq!(batch.entries[0].key.obligation, a);
    assert_eq!(batch.entries[0].amount, Money::new(4_000, Currency::EUR));
    assert_eq!(sum(batch, LooseKind::Sales), 10_000);
    assert_eq!(sum(batch, LooseKind::Refunds), -4_000);
    assert_eq!(sum(batch, LooseKind::Chargeback), -900);
    assert_eq!(sum(batch, LooseKind::Fees), -230);
    let payout = batch.loose.iter().find(|l| l.kind == LooseKind::Payout);
    let payout = payout.unwrap();
    assert_eq!(
        (payout.reference.as_str(), payout.minor),
        ("batch 12", -4_870)
    );
    // A batch that lost a line does not add up.
    let without: String = csv
        .lines()
        .filter(|l| !l.contains("Fee,"))
        .fold(String::new(), |all, l| all + l + "\n");
    let reports = read_settlement(without.as_bytes()).unwrap();
    assert_eq!(booked(&reports[0]), 100);
}

#[test]
fn paypal_writes_sections_in_the_smallest_unit() {
    let (a, b) = (obligation(4), obligation(5));
    let csv = format!(
        "\"RH\",2026/11/19 04:00:00 +0100,\"A\",\"MERCHANT\",011\n\
         \"FH\",01\n\
         \"SH\",2026/11/18 00:00:00 +0100,2026/11/18 23:59:59 +0100,\"MERCHANT\",\"\"\n\
         \"CH\",\"Transaction ID\",\"Invoice ID\",\"PayPal Reference ID\",\"PayPal Reference ID Type\",\
         \"Transaction Event Code\",\"Transaction Initiation Date\",\"Transaction Completion Date\",\
         \"Transaction Debit or Credit\",\"Gross Transaction Amount\",\"Gross Transaction Currency\",\
         \"Fee Debit or Credit\",\"Fee Amount\",\"Fee Currency\",\"Custom Field\",\"Consumer ID\"\n\
         \"SB\",\"S1\",\"\",\"\",\"\",T0006,2026/11/18 10:00:00 +0100,2026/11/18 10:00:01 +0100,CR,5000,EUR,DR,160,EUR,\"\",\"\"\n\
         \"SB\",\"R1\",\"\",\"S0\",TXN,T1107,2026/11/18 11:00:00 +0100,2026/11/18 11:00:01 +0100,DR,1999,EUR,CR,30,EUR,\"{a}\",\"\"\n\
         \"SB\",\"R2\",\"\",\"S0\",TXN,T1107,2026/11/18 11:00:00 +0100,2026/11/18 11:00:01 +0100,CR,700,EUR,,,,\"{b}\",\"\"\n\
         \"SB\",\"W1\",\"\",\"\",\"\",T0400,2026/11/18 20:00:00 +0100,2026/11/18 20:00:01 +0100,DR,3000,EUR,,,,\"\",\"\"\n\
         \"SF\",4\n\"FF\",4\n\"RF\",4\n"
    );
    let reports = read_settlement(csv.as_bytes()).unwrap();
    let [day] = reports.as_slice() else {
        panic!("{reports:#?}");
    };
    assert_eq!(
        (day.account.as_str(), day.id.as_str()),
        ("paypal", "STL 2026-11-18")
    );
    let frame = day.statement.as_ref().unwrap();
    assert_eq!(frame.from, Date::constant(2026, 11, 18));
    let ways: Vec<_> = day
        .entries
        .iter()
        .map(|e| (e.key.obligation, e.is_back, e.amount.minor))
        .collect();
    assert_eq!(ways, [(a, false, 1_999), (b, true, 700)]);
    assert_eq!(sum(day, LooseKind::Sales), 5_000);
    assert_eq!(sum(day, LooseKind::Fees), -130);
    assert_eq!(sum(day, LooseKind::Payout), -3_000);
}

#[test]
fn what_is_no_report_says_what_would_be_one() {
    let unknown = read_settlement(b"a,b,c\n1,2,3\n").unwrap_err();
    assert!(matches!(unknown, ReportError::Unknown), "{unknown}");
    let column = read_settlement(b"reporting_category,currency\nrefund,eur\n").unwrap_err();
    assert!(
        matches!(column, ReportError::Column("balance_transaction_id")),
        "{column}"
    );
    let damaged = "balance_transaction_id,created,currency,gross,fee,net,reporting_category\n\
        txn_1,2026-11-17 10:00:00,eur,1e3,0,1e3,charge\n";
    let damaged = read_settlement(damaged.as_bytes()).unwrap_err();
    let ReportError::Lines(faults) = damaged else {
        panic!("{damaged}");
    };
    let said: Vec<_> = faults.iter().map(|f| (f.line, f.what, &*f.value)).collect();
    assert_eq!(said, [(2, "amount", "1e3")]);
}

#[test]
fn every_line_that_cannot_be_read_is_named() {
    let adyen = "Psp Reference,Merchant Reference,Creation Date,Type,Modification Reference,\
        Gross Currency,Gross Debit (GC),Gross Credit (GC),Net Currency,Net Debit (NC),Net Credit (NC),\
        Batch Number,Modification Merchant Reference\n\
        P1,O-1,2026-11-17 11:26:49,Settled,M1,EUR,,100.00,EUR,,98.80,twelve,\n\
        P2,O-2,2026-11-17 11:26:49,Settled,M2,EUR,,100.00,EUR,,98.80,12,\n\
        P3,O-3,later,Settled,M3,EUR,,100.00,EUR,,98.80,12,\n";
    let Err(ReportError::Lines(faults)) = read_settlement(adyen.as_bytes()) else {
        panic!("it was read");
    };
    let said: Vec<_> = faults.iter().map(|f| (f.line, f.what)).collect();
    assert_eq!(said, [(2, "batch"), (4, "day")]);
}

/// A report of activity may hold a part of a payout: it names no sum of it.
#[test]
fn an_activity_report_without_the_day_of_its_payout_pays_nothing_out() {
    let csv = "automatic_payout_id,automatic_payout_effective_at,balance_transaction_id,created,\
        currency,gross,fee,net,reporting_category,source_id\n\
        po_1,,txn_1,2026-11-17 10:00:00,eur,100.00,3.20,96.80,charge,ch_1\n\
        ,,txn_2,2026-11-18 10:00:00,eur,50.00,0.00,50.00,charge,ch_2\n";
    let reports = read_settlement(csv.as_bytes()).unwrap();
    let named: Vec<&str> = reports.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(
        named,
        [
            "activity 2026-11-18 2026-11-18",
            "activity 2026-11-17 2026-11-17 of po_1"
        ]
    );
    for report in &reports {
        assert_eq!(sum(report, LooseKind::Payout), 0);
        assert_eq!(booked(report), 0);
    }
}

#[test]
fn refunds_without_a_key_keep_the_number_of_the_provider() {
    let csv = "automatic_payout_id,automatic_payout_effective_at,balance_transaction_id,created,\
        currency,gross,fee,net,reporting_category,source_id,payment_intent_id\n\
        po_1,2026-11-20 00:00:00,txn_1,2026-11-17 10:00:00,eur,-25.00,0.00,-25.00,refund,re_1,pi_1\n\
        po_1,2026-11-20 00:00:00,txn_2,2026-11-18 10:00:00,eur,-10.00,15.00,-25.00,dispute,dp_1,pi_2\n";
    let reports = read_settlement(csv.as_bytes()).unwrap();
    let [report] = reports.as_slice() else {
        panic!("{reports:#?}");
    };
    assert_eq!(report.entries.len(), 0);
    let numbers: Vec<_> = report
        .numbered
        .iter()
        .map(|n| (&*n.number, n.amount.minor))
        .collect();
    assert_eq!(numbers, [("re_1", 2_500)]);
    let taken: Vec<_> = report
        .loose
        .iter()
        .filter(|l| l.kind == LooseKind::Chargeback)
        .map(|l| (&*l.reference, &*l.text, l.minor))
        .collect();
    assert_eq!(taken, [("dispute dp_1", "pi_2", -1_000)]);
}
