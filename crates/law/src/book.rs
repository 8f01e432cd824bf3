//! The compiled rule book.
use crate::{Floor, Holidays, LawFacts, PackError};
use kernel::Place;
use std::ops::RangeInclusive;

/// All packs, compiled for questions.
#[derive(Debug, Clone)]
pub struct LawBook {
    version: String,
}

impl LawBook {
    /// The packs shipped with this crate.
    pub fn builtin() -> Result<Self, PackError> {
        Self::parse(&[])
    }
    /// Compiles packs given as (name, text).
    pub fn parse(_packs: &[(&str, &str)]) -> Result<Self, PackError> {
        Ok(Self {
            version: String::new(),
        })
    }
    /// SHA-256 (hex) of the packs.
    pub fn version(&self) -> &str {
        &self.version
    }
    /// Rights for one line.
    pub fn entitlements(&self, _facts: &LawFacts<'_>) -> Floor {
        Floor {
            entitlements: smallvec::SmallVec::new(),
            none: None,
        }
    }
    /// National public holidays of a place.
    pub fn holidays(&self, _place: Place, _years: RangeInclusive<i16>) -> Holidays {
        Holidays::none()
    }
}
