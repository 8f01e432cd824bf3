//! Notes and checkpoints against an independent implementation; receipts and audits end to end.

#![expect(clippy::unwrap_used, reason = "test helpers fail by panicking")]

use kernel::{CaseId, ClientId};
use ledger::receipt::Disclosure;
use ledger::{
    AuditRow, Checkpoint, CheckpointError, Evidence, Finding, Hash, Leaf, NoteError, Receipt,
    ReceiptError, Signer, VerifierKey, first_bad, inclusion_proof, root_of,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use signed_note::{Note, StandardVerifier, VerifierList};

const ORIGIN: &str = "returns.example.com/ledger/42";

fn signer() -> Signer {
    Signer::from_seed(ORIGIN, &[9; 32]).unwrap()
}

fn disclosure(n: u64) -> Disclosure {
    Disclosure {
        client: ClientId(42),
        case: CaseId(uuid::Uuid::from_u128(77)),
        version: n + 1,
        kind: "item_received".to_owned(),
        salt: [u8::try_from(n).unwrap(); 32],
        event: json!({"line": "line_1", "quantity": n, "note": "Größe passt nicht"}),
    }
}

fn leaves(size: u64) -> Vec<Hash> {
    (0..size)
        .map(|n| disclosure(n).leaf().unwrap().hash())
        .collect()
}

fn head(leaves: &[Hash]) -> Checkpoint {
    Checkpoint {
        origin: ORIGIN.to_owned(),
        size: leaves.len() as u64,
        root: root_of(leaves),
    }
}

fn receipt(index: u64, size: u64) -> Receipt {
    let all = leaves(size);
    Receipt {
        disclosure: disclosure(index),
        index,
        proof: inclusion_proof(&all, index).unwrap(),
        checkpoint: head(&all).sign(&signer()).unwrap(),
    }
}

#[test]
fn our_checkpoint_is_read_by_the_independent_implementation() {
    let note = head(&leaves(5)).sign(&signer()).unwrap();
    let key = StandardVerifier::new(&signer().vkey().to_string()).unwrap();
    let parsed = Note::from_bytes(note.as_bytes()).unwrap();
    let (verified, _) = parsed
        .verify(&VerifierList::new(vec![Box::new(key)]))
        .unwrap();
    assert_eq!(verified.len(), 1);
    let text = tlog_tiles::Checkpoint::from_bytes(parsed.text()).unwrap();
    assert_eq!(
        (text.origin(), text.size(), text.hash().0),
        (ORIGIN, 5, root_of(&leaves(5)).0)
    );
}

/// The example key and note of the Go package `sumdb/note`.
#[test]
fn a_published_note_verifies() {
    let key: VerifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        .parse()
        .unwrap();
    let note = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\n\
        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    assert!(ledger::note::open(note, &key).unwrap().ends_with("is.\n"));
    let again = format!("{note}\u{2014} witness.example AAAAAAA=\n");
    assert!(
        ledger::note::open(&again, &key).is_ok(),
        "unknown signatures are ignored"
    );
    let other = signer();
    assert!(matches!(
        ledger::note::open(note, other.vkey()),
        Err(NoteError::NotSignedBy(_))
    ));
}

#[test]
fn keys_and_origins_must_fit() {
    assert!(Signer::from_seed("two words", &[1; 32]).is_err());
    assert!(Signer::from_seed("a+b", &[1; 32]).is_err());
    let vkey = signer().vkey().to_string();
    assert!(vkey.replacen("42", "43", 1).parse::<VerifierKey>().is_err());
    let other = Checkpoint {
        origin: "other.example".to_owned(),
        ..head(&leaves(1))
    };
    assert!(matches!(
        other.sign(&signer()),
        Err(CheckpointError::Origin { .. })
    ));
    for text in [
        "a\n1\n",
        "a\n01\nx\n",
        "a\n1\nAAAA\n",
        "\n1\n\n",
        "a\n-1\nx\n",
    ] {
        assert!(Checkpoint::parse_text(text).is_err(), "{text:?}");
    }
    assert_eq!(format!("{:?}", signer()), format!("Signer({vkey})"));
}

#[test]
fn a_receipt_proves_its_event_after_a_round_trip() {
    for (index, size) in [(0, 1), (3, 7), (12, 13)] {
        let receipt = receipt(index, size);
        let text = receipt.to_text().unwrap();
        let back = Receipt::parse(&text).unwrap();
        assert_eq!(back, receipt);
        let shown = serde_json::to_vec_pretty(&disclosure(index).event).unwrap();
        back.verify(signer().vkey(), &shown).unwrap();
        assert_eq!(back.verify_enclosed(signer().vkey()).unwrap().size, size);
    }
}

#[test]
fn a_receipt_says_what_is_wrong() {
    let good = receipt(3, 7);
    let (keys, event) = (
        signer(),
        serde_json::to_vec(&good.disclosure.event).unwrap(),
    );
    let key = keys.vkey();
    assert!(matches!(
        good.verify(key, b"{\"quantity\":4}"),
        Err(ReceiptError::OtherEvent)
    ));
    assert!(matches!(
        good.verify(key, b"nonsense"),
        Err(ReceiptError::Event(_))
    ));
    let stranger = Signer::from_seed(ORIGIN, &[1; 32]).unwrap();
    assert!(matches!(
        good.verify(stranger.vkey(), &event),
        Err(ReceiptError::Checkpoint(_))
    ));
    let not_in_log = |change: fn(&mut Receipt)| {
        let mut bad = good.clone();
        change(&mut bad);
        let event = serde_json::to_vec(&bad.disclosure.event).unwrap();
        matches!(bad.verify(key, &event), Err(ReceiptError::NotInLog(_)))
    };
    assert!(not_in_log(|r| r.index = 2));
    assert!(not_in_log(|r| r.index = 7));
    assert!(not_in_log(|r| r.proof.truncate(1)));
    assert!(not_in_log(|r| r.disclosure.salt[31] ^= 1));
    assert!(not_in_log(|r| r.disclosure.client = ClientId(43)));
    assert!(not_in_log(
        |r| r.disclosure.case = CaseId(uuid::Uuid::from_u128(78))
    ));
    assert!(not_in_log(|r| r.disclosure.version += 1));
    assert!(not_in_log(|r| r.disclosure.kind.push('x')));
    assert!(not_in_log(
        |r| r.disclosure.event["quantity"] = Value::from(4)
    ));
    for text in [
        "",
        "c2sp.org/tlog-proof@v1\nindex 1\n\nx",
        "c2sp.org/tlog-proof@v2\n\n",
    ] {
        assert!(matches!(
            Receipt::parse(text),
            Err(ReceiptError::Malformed(_))
        ));
    }
    let text = good.to_text().unwrap();
    assert!(Receipt::parse(&text.replacen("index 3", "index 03", 1)).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_receipt_with_any_changed_bit_is_refused(at in any::<prop::sample::Index>(), bit in 0_u8..8) {
        let mut text = receipt(5, 11).to_text().unwrap().into_bytes();
        let at = at.index(text.len());
        text[at] ^= 1 << bit;
        let held = String::from_utf8(text).ok().and_then(|text| {
            Receipt::parse(&text).ok()?.verify_enclosed(signer().vkey()).ok()
        });
        prop_assert!(held.is_none(), "byte {}, bit {}", at, bit);
    }
}

fn rows(leaves: &[Hash]) -> Vec<AuditRow> {
    let row = |(index, stored): (u64, &Hash)| AuditRow {
        index,
        stored: *stored,
        evidence: Evidence::Recomputed(*stored),
    };
    (0..).zip(leaves).map(row).collect()
}

#[test]
fn a_whole_log_holds() {
    let all = leaves(20);
    let heads = vec![
        head(&all[..15]),
        head(&all[..0]),
        head(&all[..8]),
        head(&all[..8]),
    ];
    let mut log = rows(&all);
    log[4].evidence = Evidence::Erased;
    let report = first_bad(log, heads).unwrap();
    assert_eq!((report.size, report.signed, report.erased), (20, 15, 1));
    assert_eq!(report.root, root_of(&all));
    assert_eq!(first_bad([], vec![]).unwrap().root, Hash::empty_root());
}

#[test]
fn an_audit_names_the_first_bad_index() {
    let all = leaves(20);
    let heads = || vec![head(&all[..8]), head(&all)];
    let bad = |change: fn(&mut Vec<AuditRow>)| {
        let mut log = rows(&all);
        change(&mut log);
        let finding = first_bad(log, heads()).unwrap_err();
        (finding.index(), finding)
    };
    let changed = bad(|log| {
        for at in [9, 13] {
            log[at].evidence = Evidence::Recomputed(Hash([0; 32]));
        }
    });
    assert_eq!(changed, (9, Finding::Changed { index: 9 }));
    assert_eq!(bad(|log| log[3].evidence = Evidence::Missing).0, 3);
    assert_eq!(
        bad(|log| log.retain(|row| row.index != 5)),
        (5, Finding::Gap { index: 5, found: 6 })
    );
    assert_eq!(
        bad(|log| log.insert(6, log[5])),
        (5, Finding::Duplicate { index: 5 })
    );
    assert_eq!(
        bad(|log| log.truncate(12)),
        (
            12,
            Finding::Rollback {
                stored: 12,
                signed: 20
            }
        )
    );
    // Event and leaf replaced together: only the signed root can tell.
    let forged = bad(|log| {
        let hash = Hash::leaf(b"forged");
        log[10] = AuditRow {
            index: 10,
            stored: hash,
            evidence: Evidence::Recomputed(hash),
        };
    });
    assert!(matches!(
        forged,
        (
            8,
            Finding::WrongRoot {
                confirmed: 8,
                size: 20,
                ..
            }
        )
    ));
    let swapped = bad(|log| {
        let (a, b) = (log[1].stored, log[2].stored);
        log[1] = AuditRow {
            index: 1,
            stored: b,
            evidence: Evidence::Recomputed(b),
        };
        log[2] = AuditRow {
            index: 2,
            stored: a,
            evidence: Evidence::Recomputed(a),
        };
    });
    assert!(matches!(swapped, (0, Finding::WrongRoot { size: 8, .. })));
}

#[test]
fn a_leaf_in_the_log_reads_back() {
    let leaf = disclosure(1).leaf().unwrap();
    assert_eq!(Leaf::parse(&leaf.to_bytes()).unwrap(), leaf);
}
