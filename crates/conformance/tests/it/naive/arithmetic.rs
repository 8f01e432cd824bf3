//! Plain whole-number arithmetic, written again from the words of `docs/money.md`.

/// `a / b` to the nearest whole number, halves away from zero.
pub(super) fn nearest(a: i128, b: i128) -> i128 {
    let (sign, a) = (if (a < 0) == (b < 0) { 1 } else { -1 }, a.abs());
    let b = b.abs();
    sign * ((2 * a + b) / (2 * b))
}

/// R3: largest remainder.
pub(super) fn shares(total: i128, weights: &[i128]) -> Vec<i128> {
    let mut weights: Vec<i128> = weights.iter().map(|w| (*w).max(0)).collect();
    if weights.iter().sum::<i128>() == 0 {
        weights = vec![1; weights.len()];
    }
    let sum: i128 = weights.iter().sum();
    let mut parts: Vec<i128> = weights.iter().map(|w| total.abs() * w / sum).collect();
    let mut left = total.abs() - parts.iter().sum::<i128>();
    // The largest remainder first; of equal ones the earlier line.
    let mut taken = vec![false; parts.len()];
    while left > 0 {
        let remainder = |i: usize| total.abs() * weights[i] % sum;
        let mut best: Option<usize> = None;
        for i in (0..parts.len()).filter(|i| !taken[*i]) {
            if best.is_none_or(|b| remainder(i) > remainder(b)) {
                best = Some(i);
            }
        }
        let best = best.unwrap();
        taken[best] = true;
        parts[best] += 1;
        left -= 1;
    }
    parts.iter().map(|p| p * total.signum()).collect()
}

/// R4: what lies between two points of a whole when a total is spread over it.
pub(super) fn between(total: i128, from: i128, to: i128, whole: i128) -> i128 {
    if whole <= 0 {
        return 0;
    }
    nearest(total * to, whole) - nearest(total * from, whole)
}

/// Dice: a small generator, so that a seed means the same everywhere (splitmix64).
pub(super) struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn from(&mut self, low: i128, high: i128) -> i128 {
        let span = u128::try_from(high - low).unwrap() + 1;
        low + i128::try_from(u128::from(self.next()) % span).unwrap()
    }

    /// Whether something happens that does so once in `n` times.
    pub(super) fn one_in(&mut self, n: i128) -> bool {
        self.from(1, n) == 1
    }

    /// One of these.
    pub(super) fn of<T: Copy>(&mut self, all: &[T]) -> T {
        let last = i128::try_from(all.len()).unwrap() - 1;
        all[usize::try_from(self.from(0, last)).unwrap()]
    }
}
