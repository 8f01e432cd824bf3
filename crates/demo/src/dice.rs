//! The one source of chance: the same seed throws the same dice.

use rand::{Rng as _, RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// Dice for everything that is invented.
#[derive(Debug)]
pub struct Dice(ChaCha8Rng);

impl Dice {
    /// Dice of this seed.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number below `end`; 0 if `end` is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        if end == 0 {
            0
        } else {
            self.0.random_range(0..end)
        }
    }

    /// True this many times in ten thousand.
    pub fn per_10k(&mut self, share: u32) -> bool {
        self.below(10_000) < u64::from(share)
    }

    /// One of `list`.
    pub fn pick<'l, T>(&mut self, list: &'l [T]) -> Option<&'l T> {
        let at = self.below(list.len() as u64);
        list.get(usize::try_from(at).ok()?)
    }

    /// Position in `weights`, by weight.
    pub fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let mut left = self.below(weights.clone().map(u64::from).sum());
        for (at, weight) in weights.enumerate() {
            if left < u64::from(weight) {
                return at;
            }
            left -= u64::from(weight);
        }
        0
    }

    /// A value between two neighbouring quantiles, each step as likely as the next.
    pub fn between(&mut self, quantiles: &[u32]) -> u32 {
        let step = usize::try_from(self.below(quantiles.len().saturating_sub(1) as u64));
        let at = step.unwrap_or(0);
        let (low, high) = (quantiles.get(at).copied(), quantiles.get(at + 1).copied());
        let (low, high) = (low.unwrap_or(1), high.unwrap_or(1));
        low + u32::try_from(self.below(u64::from(high.saturating_sub(low)) + 1)).unwrap_or(0)
    }

    /// 128 bits.
    pub fn bits(&mut self) -> u128 {
        u128::from(self.0.next_u64()) << 64 | u128::from(self.0.next_u64())
    }
}
