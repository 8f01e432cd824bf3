//! Third-party vectors: transparency-dev/merkle proofs and a whole log written by Tessera.

#![expect(clippy::unwrap_used, reason = "test helpers fail by panicking")]

mod common;

use data_encoding::BASE64;
use ledger::{
    Checkpoint, Frontier, Hash, TileId, TileSet, VerifierKey, root_of, verify_consistency,
    verify_inclusion,
};
use serde_json::Value;
use std::path::{Path, PathBuf};

const TESSERA_VKEY: &str =
    "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

fn json_files(dir: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            json_files(&path, into);
        } else if path.extension().is_some_and(|e| e == "json") {
            into.push(path);
        }
    }
}

/// A hash of a vector. Where it is not 32 bytes long, one that stands for it: equal ones stay
/// equal and different ones different. `None` where there are no bytes at all.
fn hash(value: &Value) -> Option<Hash> {
    let bytes = BASE64.decode(value.as_str()?.as_bytes()).ok()?;
    (!bytes.is_empty()).then(|| Hash::from_slice(&bytes).unwrap_or_else(|| Hash::leaf(&bytes)))
}

fn proof(case: &Value) -> Option<Vec<Hash>> {
    case["proof"]
        .as_array()
        .map_or(Some(Vec::new()), |list| list.iter().map(hash).collect())
}

fn inclusion(case: &Value) -> Option<()> {
    let (index, size) = (case["leafIdx"].as_u64()?, case["treeSize"].as_u64()?);
    let (leaf, root) = (hash(&case["leafHash"])?, hash(&case["root"])?);
    verify_inclusion(leaf, index, size, &proof(case)?, root).ok()
}

fn consistency(case: &Value) -> Option<()> {
    let (old, new) = (case["size1"].as_u64()?, case["size2"].as_u64()?);
    let (old_root, new_root) = (hash(&case["root1"])?, hash(&case["root2"])?);
    verify_consistency(old, old_root, new, new_root, &proof(case)?).ok()
}

fn run(part: &str, check: fn(&Value) -> Option<()>) {
    let Some(dir) = common::shared(part) else {
        return;
    };
    let mut files = Vec::new();
    json_files(&dir, &mut files);
    let (mut good, mut bad) = (0, 0);
    for file in files {
        let case: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let refused = check(&case).is_none();
        assert_eq!(
            refused,
            case["wantErr"].as_bool().unwrap(),
            "{}",
            file.display()
        );
        if refused { bad += 1 } else { good += 1 }
    }
    println!("{part}: {good} hold, {bad} refused");
    assert!(good > 0 && bad > 10, "too few vectors in {part}");
}

#[test]
fn inclusion_vectors() {
    run("fixtures/tlog/rfc6962-merkle/inclusion", inclusion);
}

#[test]
fn consistency_vectors() {
    run("fixtures/tlog/rfc6962-merkle/consistency", consistency);
}

/// Entries of a bundle: each a big-endian 16-bit length and that many bytes.
fn entries(mut bundle: &[u8]) -> Vec<&[u8]> {
    let mut out = Vec::new();
    while let Some((length, rest)) = bundle.split_first_chunk::<2>() {
        let (entry, rest) = rest.split_at(usize::from(u16::from_be_bytes(*length)));
        out.push(entry);
        bundle = rest;
    }
    out
}

#[test]
fn tessera_log_at_every_size() {
    let Some(dir) = common::shared("fixtures/tlog/tessera-log") else {
        return;
    };
    let key: VerifierKey = TESSERA_VKEY.parse().unwrap();
    assert_eq!(key.to_string(), TESSERA_VKEY);
    let bundle = std::fs::read(dir.join("tile/entries/000.p/15")).unwrap();
    let leaves: Vec<Hash> = entries(&bundle).into_iter().map(Hash::leaf).collect();
    assert_eq!(leaves.len(), 15);

    let mut frontier = Frontier::default();
    let mut heads = Vec::new();
    for size in 0..=15_u64 {
        let note = std::fs::read_to_string(dir.join(format!("checkpoint.{size}"))).unwrap();
        let head = Checkpoint::open(&note, &key).unwrap();
        assert_eq!(
            (head.size, head.root),
            (size, frontier.root()),
            "size {size}"
        );
        if let Some(id) = TileId::in_tree(0, 0, size) {
            let mut tiles = TileSet::default();
            tiles
                .insert(id, &std::fs::read(dir.join(id.path())).unwrap())
                .unwrap();
            assert_eq!(tiles.root(size).unwrap(), head.root);
            let now = &leaves[..usize::try_from(size).unwrap()];
            assert_eq!(root_of(now), head.root);
            for (index, leaf) in (0..).zip(now) {
                let proof = tiles.inclusion_proof(index, size).unwrap();
                verify_inclusion(*leaf, index, size, &proof, head.root).unwrap();
            }
            for old in heads.iter().skip(1) {
                let Checkpoint {
                    size: old_size,
                    root,
                    ..
                } = old;
                let proof = tiles.consistency_proof(*old_size, size).unwrap();
                verify_consistency(*old_size, *root, size, head.root, &proof).unwrap();
            }
        }
        heads.push(head);
        leaves
            .get(usize::try_from(size).unwrap())
            .into_iter()
            .for_each(|l| frontier.push(*l));
    }
}

#[test]
fn a_changed_tessera_checkpoint_is_refused() {
    let Some(dir) = common::shared("fixtures/tlog/tessera-log") else {
        return;
    };
    let key: VerifierKey = TESSERA_VKEY.parse().unwrap();
    let note = std::fs::read(dir.join("checkpoint.15")).unwrap();
    for at in 0..note.len() {
        let mut changed = note.clone();
        changed[at] ^= 1 << (at % 8);
        let opened = std::str::from_utf8(&changed).map(|text| Checkpoint::open(text, &key));
        assert!(!matches!(opened, Ok(Ok(_))), "byte {at}");
    }
}
