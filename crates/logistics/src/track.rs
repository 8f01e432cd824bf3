//! What the carrier saw of one parcel: scans merged by carrier time.
//!
//! Scans arrive late, twice and out of order, from webhooks, polls and files at once. A track is
//! the set of its scans, and its state a fold over that set in carrier time: so the order of
//! arrival and repeats cannot matter.

use crate::milestone::Milestone;
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One thing a carrier said about a parcel. Equal scans are the same scan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Scan {
    /// When it happened by the carrier's clock, not when we heard of it.
    pub at: Timestamp,
    /// What it means.
    pub milestone: Milestone,
    /// The carrier's own code, for the disputes in which only that counts.
    pub code: String,
    /// Where, as the carrier writes it; may be empty.
    pub place: String,
}

/// The journey of one parcel.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ParcelTrack {
    scans: BTreeSet<Scan>,
}

impl ParcelTrack {
    /// Scans kept; more than that is a looping carrier. The middle ones go first, because the
    /// first scan and the latest ones are what money and promises hang on.
    pub const MAX_SCANS: usize = 256;

    /// Adds a scan; false when it was already known.
    pub fn merge(&mut self, scan: Scan) -> bool {
        let fresh = self.scans.insert(scan);
        // A scan with MAX/2 others on either side stays in the middle whatever comes later, so
        // dropping it gives the same set for every order of arrival.
        while self.scans.len() > Self::MAX_SCANS {
            let middle = self.scans.iter().nth(Self::MAX_SCANS / 2).cloned();
            if let Some(middle) = middle {
                self.scans.remove(&middle);
            }
        }
        fresh
    }

    /// The scans in carrier time.
    pub fn scans(&self) -> impl DoubleEndedIterator<Item = &Scan> {
        self.scans.iter()
    }

    /// Where the parcel stands; `None` before anything was heard.
    pub fn milestone(&self) -> Option<Milestone> {
        self.scans.iter().fold(None, |state, scan| {
            Some(state.map_or(scan.milestone, |from| advance(from, scan.milestone)))
        })
    }

    /// The first scan that proves the carrier holds the parcel: the "first scan" of a policy.
    pub fn first_scan(&self) -> Option<&Scan> {
        self.scans.iter().find(|s| s.milestone.carrier_has_it())
    }

    /// The handover at the destination, unless the parcel was sent back afterwards.
    pub fn delivered(&self) -> Option<&Scan> {
        if self.milestone() != Some(Milestone::Delivered) {
            return None;
        }
        self.scans
            .iter()
            .find(|s| s.milestone == Milestone::Delivered)
    }

    /// The last thing heard; how quiet a parcel is counts from here.
    pub fn latest(&self) -> Option<&Scan> {
        self.scans.last()
    }
}

impl FromIterator<Scan> for ParcelTrack {
    fn from_iter<I: IntoIterator<Item = Scan>>(scans: I) -> Self {
        let mut track = Self::default();
        for scan in scans {
            track.merge(scan);
        }
        track
    }
}

/// The state after a later scan: a parcel does not become less travelled by paperwork.
fn advance(from: Milestone, to: Milestone) -> Milestone {
    use Milestone::{Cancelled, Delivered, FirstScan, LabelCreated, ReturnToSender};
    match (from, to) {
        // Label data often reaches the carrier's web page after the van; a void after pick-up
        // does not make the parcel vanish.
        (_, LabelCreated) => from,
        (_, Cancelled) if from != LabelCreated => from,
        // Facilities upload in batches: after the handover only a way back is news, and a parcel
        // going back is handed over at the sender's, which is no delivery to us.
        (Delivered, _) if to != ReturnToSender => from,
        (ReturnToSender, _) => from,
        (_, FirstScan) if from.carrier_has_it() => from,
        _ => to,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Milestone::{
        Cancelled, Delivered, Exception, FirstScan, InTransit, LabelCreated, Lost, ReturnToSender,
    };
    use proptest::prelude::*;

    fn scan(minute: i64, milestone: Milestone) -> Scan {
        Scan {
            at: Timestamp::from_second(1_790_000_000 + minute * 60).unwrap(),
            milestone,
            code: milestone.code().to_owned(),
            place: "Leipzig".to_owned(),
        }
    }

    fn journey() -> [Scan; 6] {
        [
            scan(0, Milestone::LabelCreated),
            scan(60, Milestone::FirstScan),
            scan(200, Milestone::InTransit),
            scan(300, Milestone::Exception),
            scan(400, Milestone::OutForDelivery),
            scan(460, Milestone::Delivered),
        ]
    }

    /// All orders of `rest`, by choosing each head in turn.
    fn permutations(rest: &[Scan]) -> Vec<Vec<Scan>> {
        if rest.is_empty() {
            return vec![vec![]];
        }
        let mut all = vec![];
        for i in 0..rest.len() {
            let mut others = rest.to_vec();
            let head = others.remove(i);
            for mut tail in permutations(&others) {
                tail.insert(0, head.clone());
                all.push(tail);
            }
        }
        all
    }

    #[test]
    fn all_720_orders_of_a_journey_give_the_same_track() {
        let want: ParcelTrack = journey().into_iter().collect();
        assert_eq!(want.milestone(), Some(Milestone::Delivered));
        assert_eq!(want.first_scan().unwrap().milestone, Milestone::FirstScan);
        let orders = permutations(&journey());
        assert_eq!(orders.len(), 720);
        for order in orders {
            // Each order with every scan heard twice.
            let got: ParcelTrack = order.iter().chain(order.iter().rev()).cloned().collect();
            assert_eq!(got, want);
            let hours: Vec<_> = got.scans().map(|s| s.at).collect();
            assert!(hours.is_sorted());
        }
    }

    #[test]
    fn paperwork_and_echoes_do_not_move_a_parcel_back() {
        let state = |steps: &[Milestone]| {
            let scans = (0..).zip(steps).map(|(i, m)| scan(i, *m));
            scans.collect::<ParcelTrack>().milestone().unwrap()
        };
        assert_eq!(state(&[FirstScan, LabelCreated]), FirstScan);
        assert_eq!(state(&[InTransit, FirstScan]), InTransit);
        assert_eq!(state(&[Delivered, InTransit]), Delivered);
        assert_eq!(state(&[Delivered, Exception]), Delivered);
        assert_eq!(
            state(&[Delivered, ReturnToSender, Delivered]),
            ReturnToSender
        );
        assert_eq!(state(&[LabelCreated, Cancelled]), Cancelled);
        assert_eq!(state(&[LabelCreated, Cancelled, FirstScan]), FirstScan);
        assert_eq!(state(&[InTransit, Lost, InTransit]), InTransit);
        assert_eq!(state(&[InTransit, Cancelled]), InTransit);
        assert_eq!(ParcelTrack::default().milestone(), None);
    }

    #[test]
    fn a_parcel_sent_back_was_not_delivered() {
        let track: ParcelTrack = [
            scan(0, Milestone::Delivered),
            scan(5, Milestone::ReturnToSender),
        ]
        .into_iter()
        .collect();
        assert!(track.delivered().is_none());
        assert!(track.first_scan().is_some());
    }

    proptest! {
        #[test]
        fn the_bound_keeps_the_ends_whatever_the_order(seed in any::<u64>()) {
            let count = 400usize;
            let mut order: Vec<usize> = (0..count).collect();
            // A permutation from the seed: rotate, then swap by a multiplicative walk.
            order.rotate_left(usize::try_from(seed % 400).unwrap());
            for i in 0..count {
                order.swap(i, usize::try_from(seed.rotate_left(u32::try_from(i % 64).unwrap()) % 400).unwrap());
            }
            let all: ParcelTrack = (0..400).map(|m| scan(m, Milestone::InTransit)).collect();
            let shuffled: ParcelTrack = order.into_iter()
                .map(|m| scan(i64::try_from(m).unwrap(), Milestone::InTransit)).collect();
            prop_assert_eq!(shuffled.scans().count(), ParcelTrack::MAX_SCANS);
            prop_assert_eq!(shuffled, all);
        }
    }
}
