//! Laws of the tree on random sizes, and the same answers from an independent implementation.

#![expect(clippy::unwrap_used, reason = "test helpers fail by panicking")]

use ledger::tile::{needed_for_consistency, needed_for_inclusion, needed_for_root};
use ledger::{
    Frontier, Hash, TileAppender, TileId, TileSet, consistency_proof, inclusion_proof, root_of,
    verify_consistency, verify_inclusion,
};
use proptest::prelude::*;
use std::collections::BTreeMap;
use tlog_tiles::{HashReader, tlog};

fn leaf(n: u64) -> Hash {
    Hash::leaf(&n.to_be_bytes())
}

fn leaves(size: u64) -> Vec<Hash> {
    (0..size).map(leaf).collect()
}

/// The other implementation's storage: every complete node, in its own order.
struct Oracle(Vec<tlog::Hash>);

impl HashReader for Oracle {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog::Hash>, tlog::Error> {
        Ok(indexes
            .iter()
            .map(|i| self.0[usize::try_from(*i).unwrap()])
            .collect())
    }
}

fn oracle(size: u64) -> Oracle {
    let mut store = Oracle(Vec::new());
    for n in 0..size {
        let new = tlog::stored_hashes(n, &n.to_be_bytes(), &store).unwrap();
        store.0.extend(new);
    }
    store
}

fn ours(hashes: Vec<tlog::Hash>) -> Vec<Hash> {
    hashes.into_iter().map(|h| Hash(h.0)).collect()
}

/// Stored tiles by level and index.
type Store = BTreeMap<(u8, u64), (TileId, Vec<u8>)>;

/// Tile store of a log that grew in the given steps, writing tiles and stopping after each.
fn grow(steps: &[u64]) -> (u64, Store) {
    let mut store = Store::new();
    let mut size = 0;
    for step in steps {
        let edge = fetch(&store, &TileAppender::needed(size));
        let mut appender = TileAppender::load(size, &edge).unwrap();
        (size..size + step).for_each(|n| appender.push(leaf(n)));
        size += step;
        assert_eq!(appender.size(), size);
        for (id, bytes) in appender.take_tiles() {
            store.insert((id.level(), id.index()), (id, bytes));
        }
        assert!(appender.take_tiles().is_empty());
    }
    (size, store)
}

fn fetch(store: &Store, needed: &[TileId]) -> TileSet {
    let mut tiles = TileSet::default();
    for id in needed {
        tiles
            .insert(*id, &store[&(id.level(), id.index())].1)
            .unwrap();
    }
    tiles
}

fn flip(hash: Hash, bit: usize) -> Hash {
    let mut bytes = hash.0;
    bytes[bit / 8] ^= 1 << (bit % 8);
    Hash(bytes)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn roots_and_proofs_equal_the_independent_ones(size in 1_u64..600, a in any::<u64>(), b in any::<u64>()) {
        let (index, old) = (a % size, b % size + 1);
        let (all, other) = (leaves(size), oracle(size));
        prop_assert_eq!(root_of(&all).0, tlog::tree_hash(size, &other).unwrap().0);
        let proof = inclusion_proof(&all, index).unwrap();
        prop_assert_eq!(&proof, &ours(tlog::prove_record(size, index, &other).unwrap()));
        let proof = consistency_proof(&all, old).unwrap();
        prop_assert_eq!(&proof, &ours(tlog::prove_tree(size, old, &other).unwrap()));
    }

    #[test]
    fn proofs_verify_and_no_changed_bit_does(size in 1_u64..400, a in any::<u64>(), b in any::<u64>(), bit in 0_usize..256) {
        let (index, old) = (a % size, b % size + 1);
        let all = leaves(size);
        let root = root_of(&all);
        let proof = inclusion_proof(&all, index).unwrap();
        verify_inclusion(leaf(index), index, size, &proof, root).unwrap();
        prop_assert!(verify_inclusion(flip(leaf(index), bit), index, size, &proof, root).is_err());
        prop_assert!(verify_inclusion(leaf(index), index, size, &proof, flip(root, bit)).is_err());
        let elsewhere = (index + 1) % size;
        prop_assert!(size == 1 || verify_inclusion(leaf(index), elsewhere, size, &proof, root).is_err());
        for at in 0..proof.len() {
            let mut changed = proof.clone();
            changed[at] = flip(changed[at], bit);
            prop_assert!(verify_inclusion(leaf(index), index, size, &changed, root).is_err());
        }
        let old_root = root_of(&all[..usize::try_from(old).unwrap()]);
        let proof = consistency_proof(&all, old).unwrap();
        verify_consistency(old, old_root, size, root, &proof).unwrap();
        prop_assert!(verify_consistency(old, flip(old_root, bit), size, root, &proof).is_err());
        prop_assert!(verify_consistency(old, old_root, size, flip(root, bit), &proof).is_err());
        for at in 0..proof.len() {
            let mut changed = proof.clone();
            changed[at] = flip(changed[at], bit);
            prop_assert!(verify_consistency(old, old_root, size, root, &changed).is_err());
            changed.remove(at);
            prop_assert!(verify_consistency(old, old_root, size, root, &changed).is_err());
        }
    }

    #[test]
    fn frontier_survives_storage_at_any_point(size in 0_u64..300, more in 0_u64..300) {
        let mut frontier = Frontier::default();
        (0..size).for_each(|n| frontier.push(leaf(n)));
        let bytes = frontier.to_bytes();
        prop_assert!(bytes.len() <= 8 + 64 * 32);
        let mut back = Frontier::from_bytes(&bytes).unwrap();
        prop_assert_eq!(&back, &frontier);
        (size..size + more).for_each(|n| back.push(leaf(n)));
        prop_assert_eq!(back.root(), root_of(&leaves(size + more)));
        prop_assert!(Frontier::from_bytes(&bytes[1..]).is_err());
        prop_assert!(Frontier::from_bytes(&[bytes.as_slice(), &[0; 32]].concat()).is_err());
    }

    #[test]
    fn tile_proofs_equal_the_ones_from_all_leaves(steps in prop::collection::vec(0_u64..700, 1..4), a in any::<u64>(), b in any::<u64>()) {
        let (size, store) = grow(&steps);
        prop_assume!(size > 0);
        let all = leaves(size);
        prop_assert_eq!(fetch(&store, &needed_for_root(size)).root(size).unwrap(), root_of(&all));
        // Also at an earlier size, which later tiles must still serve.
        let past = b % size + 1;
        let then = &all[..usize::try_from(past).unwrap()];
        let index = a % past;
        let tiles = fetch(&store, &needed_for_inclusion(index, past).unwrap());
        prop_assert_eq!(tiles.inclusion_proof(index, past).unwrap(), inclusion_proof(then, index).unwrap());
        let tiles = fetch(&store, &needed_for_consistency(past, size).unwrap());
        prop_assert_eq!(tiles.consistency_proof(past, size).unwrap(), consistency_proof(&all, past).unwrap());
    }

    #[test]
    fn tile_paths_round_trip_and_equal_the_independent_ones(level in 0_u8..8, index in any::<u64>(), width in 1_u16..=256) {
        let id = TileId::new(level, index, width).unwrap();
        prop_assert_eq!(TileId::from_path(&id.path()).unwrap(), id);
        // The other implementation writes the tile height into the path: tile/8/0/000.
        let other = tlog_tiles::Tile::new(8, level, index, u32::from(width), false).path();
        prop_assert_eq!(id.path(), other.replacen("tile/8/", "tile/", 1));
    }
}

#[test]
fn a_proof_in_a_log_of_a_million_leaves_needs_few_tiles() {
    let size = 1_000_000;
    let needed = needed_for_inclusion(123_456, size).unwrap();
    assert!(needed.len() <= 6, "{needed:?}");
    assert!(needed_for_consistency(654_321, size).unwrap().len() <= 8);
    assert!(TileAppender::needed(size).len() <= 3);
    let mut tiles = TileSet::default();
    assert!(tiles.inclusion_proof(123_456, size).is_err());
    for id in needed {
        tiles
            .insert(id, &vec![7; usize::from(id.width()) * 32])
            .unwrap();
    }
    assert_eq!(tiles.inclusion_proof(123_456, size).unwrap().len(), 20);
}

#[test]
fn new_tiles_are_the_ones_the_other_implementation_names() {
    for (old, new) in [
        (0, 1),
        (255, 256),
        (256, 257),
        (200, 70_000),
        (65_535, 65_536),
    ] {
        let (_, store) = grow(&[old]);
        let edge = fetch(&store, &TileAppender::needed(old));
        let mut appender = TileAppender::load(old, &edge).unwrap();
        (old..new).for_each(|n| appender.push(leaf(n)));
        let mut got: Vec<String> = appender
            .take_tiles()
            .iter()
            .map(|(id, _)| id.path())
            .collect();
        let named = tlog_tiles::Tile::new_tiles(8, old, new);
        let mut want: Vec<String> = named
            .iter()
            .map(|t| t.path().replacen("tile/8/", "tile/", 1))
            .collect();
        got.sort();
        want.sort();
        assert_eq!(got, want, "{old} to {new}");
    }
}

#[test]
fn wrong_paths_and_tiles_are_refused() {
    for path in [
        "tile/0/0",
        "tile/0/1234",
        "tile/0/x000/001",
        "tile/8/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/00/000",
        "tile/0/+01",
        "x/0/000",
        "tile/0/x999/999/999",
    ] {
        assert!(TileId::from_path(path).is_err(), "{path}");
    }
    assert_eq!(
        TileId::new(0, 1_234_067, 256).unwrap().path(),
        "tile/0/x001/x234/067"
    );
    let id = TileId::new(0, 0, 2).unwrap();
    let mut tiles = TileSet::default();
    for bytes in [32, 65, 257 * 32] {
        assert!(tiles.insert(id, &vec![0; bytes]).is_err());
    }
    assert!(TileId::new(0, 0, 257).is_err() && TileId::new(8, 0, 1).is_err());
}
