//! What becomes of a returned unit, and the stock movements that follow.
//!
//! Received goods enter quarantine and only a disposition moves them on, so that nothing is
//! sold again before somebody looked at it.

use serde::{Deserialize, Serialize};

/// What to do with a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// Back on the shelf as new.
    Restock,
    /// Sold as opened.
    OpenBox,
    /// Cleaned and completed, then sold as refurbished.
    Refurbish,
    /// To the workshop.
    Repair,
    /// Back to the vendor against credit (RTV).
    ReturnToVendor,
    /// Sold by the pallet.
    Liquidate,
    /// Given away.
    Donate,
    /// For its material.
    Recycle,
    /// Certified destruction.
    Destroy,
    /// Waits for a person.
    Hold,
}

/// A kind of stock at a location.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bucket {
    /// Sold as new.
    Sellable,
    /// Sold as opened.
    OpenBox,
    /// Being refurbished or repaired.
    Workshop,
    /// Not to be sold or moved before a decision.
    Quarantine,
    /// Waits for the vendor's collection.
    Vendor,
    /// Waits for the liquidation buyer.
    Liquidation,
    /// Waits for the charity.
    Donation,
}

impl Disposition {
    /// Where the unit goes; `None` when it leaves stock for good.
    pub const fn bucket(self) -> Option<Bucket> {
        match self {
            Self::Restock => Some(Bucket::Sellable),
            Self::OpenBox => Some(Bucket::OpenBox),
            Self::Refurbish | Self::Repair => Some(Bucket::Workshop),
            Self::ReturnToVendor => Some(Bucket::Vendor),
            Self::Liquidate => Some(Bucket::Liquidation),
            Self::Donate => Some(Bucket::Donation),
            Self::Hold => Some(Bucket::Quarantine),
            Self::Recycle | Self::Destroy => None,
        }
    }
}

/// Why stock moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovementReason {
    /// A return was received at the dock.
    ReturnReceived,
    /// A disposition moved it on.
    Disposed(Disposition),
}

/// What moves, where, and the record it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StockPlace<'a> {
    /// The client's article number.
    pub sku: &'a str,
    /// Location code of the dock.
    pub location: &'a str,
    /// The record that caused it (unit or receipt id); repeats of one movement share it.
    pub reference: &'a str,
}

/// One signed change of one bucket. Equal movements are the same movement.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct StockMovement {
    /// The client's article number.
    pub sku: String,
    /// Location code.
    pub location: String,
    /// The kind of stock.
    pub bucket: Bucket,
    /// Units, positive into the bucket, negative out of it; never zero.
    pub quantity: i64,
    /// Why.
    pub reason: MovementReason,
    /// The record that caused it.
    pub reference: String,
}

/// A movement that cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MovementError {
    /// Nothing moves.
    #[error("a stock movement needs at least one unit")]
    NoUnits,
}

impl StockMovement {
    /// `units` of a return arrived: into quarantine.
    pub fn received(place: StockPlace<'_>, units: u32) -> Result<Self, MovementError> {
        let units = counted(units)?;
        Ok(Self::new(
            place,
            Bucket::Quarantine,
            units,
            MovementReason::ReturnReceived,
        ))
    }

    /// `units` in quarantine were disposed of: out of quarantine and into the disposition's
    /// bucket, or out of stock for good. `Hold` moves nothing.
    pub fn disposed(
        place: StockPlace<'_>,
        disposition: Disposition,
        units: u32,
    ) -> Result<Vec<Self>, MovementError> {
        let units = counted(units)?;
        let reason = MovementReason::Disposed(disposition);
        let target = disposition.bucket();
        if target == Some(Bucket::Quarantine) {
            return Ok(vec![]);
        }
        let out = Self::new(place, Bucket::Quarantine, -units, reason);
        let into = target.map(|bucket| Self::new(place, bucket, units, reason));
        Ok(std::iter::once(out).chain(into).collect())
    }

    fn new(place: StockPlace<'_>, bucket: Bucket, quantity: i64, reason: MovementReason) -> Self {
        Self {
            sku: place.sku.to_owned(),
            location: place.location.to_owned(),
            bucket,
            quantity,
            reason,
            reference: place.reference.to_owned(),
        }
    }
}

fn counted(units: u32) -> Result<i64, MovementError> {
    if units == 0 {
        Err(MovementError::NoUnits)
    } else {
        Ok(i64::from(units))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: StockPlace<'_> = StockPlace {
        sku: "85123A",
        location: "LEJ1",
        reference: "unit-1",
    };

    #[test]
    fn what_is_received_and_disposed_of_balances() {
        use Disposition as D;
        let all = [
            D::Restock,
            D::OpenBox,
            D::Refurbish,
            D::Repair,
            D::ReturnToVendor,
            D::Liquidate,
            D::Donate,
            D::Recycle,
            D::Destroy,
            D::Hold,
        ];
        for disposition in all {
            let mut moves = vec![StockMovement::received(PLACE, 3).unwrap()];
            moves.extend(StockMovement::disposed(PLACE, disposition, 3).unwrap());
            let left: i64 = moves.iter().map(|m| m.quantity).sum();
            let quarantined: i64 = moves
                .iter()
                .filter(|m| m.bucket == Bucket::Quarantine)
                .map(|m| m.quantity)
                .sum();
            let gone = matches!(disposition, D::Recycle | D::Destroy);
            assert_eq!(left, if gone { 0 } else { 3 }, "{disposition:?}");
            assert_eq!(
                quarantined,
                if disposition == D::Hold { 3 } else { 0 },
                "{disposition:?}"
            );
            let sellable = moves.iter().any(|m| m.bucket == Bucket::Sellable);
            assert_eq!(sellable, disposition == D::Restock);
        }
    }

    #[test]
    fn nothing_cannot_move() {
        assert_eq!(
            StockMovement::received(PLACE, 0),
            Err(MovementError::NoUnits)
        );
        assert_eq!(
            StockMovement::disposed(PLACE, Disposition::Restock, 0),
            Err(MovementError::NoUnits)
        );
    }
}
