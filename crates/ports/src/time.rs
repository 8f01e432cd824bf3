//! Time and randomness, so that everything else can be replayed.

use kernel::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The time now. May step back; ids and windows must not rely on it being monotone.
    fn now(&self) -> Timestamp;
}

/// Gives unpredictable bits.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with bits fit for keys and ids.
    fn fill(&self, bytes: &mut [u8]);

    /// 128 bits, as [`kernel::IdSource::mint`] takes them.
    fn bits(&self) -> u128 {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        u128::from_be_bytes(bytes)
    }
}
