//! What a question to the law consists of. Facts only: no policy, no prices of single lines.

use crate::{
    Exemption, Holidays,
    words::{Buyer, Circumstance, SaleChannel, Solicitation, SubChannel, Subject},
};
use jiff::civil::Date;
use kernel::{Money, Place, plus_days};
use serde::{Deserialize, Serialize};

/// Whether the trader told the consumer about the right to withdraw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Informed {
    /// Before the contract, as the law demands.
    Yes,
    /// Only on this day, after the contract.
    Late(Date),
    /// Never.
    No,
}

/// What the buyer asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// The goods are fine; the buyer does not want them.
    ChangeOfMind,
    /// The goods are not as agreed.
    Defect {
        /// The day on which the defect showed itself.
        noticed_on: Date,
    },
    /// The goods never came.
    NonDelivery,
    /// The seller accepted a return: when must the card be credited?
    PaymentRefund,
    /// The buyer disputes the payment with the bank.
    PaymentDispute,
}

/// A set of [`Circumstance`]s in one machine word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Circumstances(u64);

impl Circumstances {
    /// None of them.
    pub const NONE: Self = Self(0);

    /// The set with `one` in it.
    #[must_use]
    pub const fn with(self, one: Circumstance) -> Self {
        Self(self.0 | 1 << one as u8)
    }

    /// The set with `one` in it if `holds`.
    #[must_use]
    pub const fn with_if(self, one: Circumstance, holds: bool) -> Self {
        if holds { self.with(one) } else { self }
    }

    /// The set without `one`.
    #[must_use]
    pub const fn without(self, one: Circumstance) -> Self {
        Self(self.0 & !(1 << one as u8))
    }

    /// Whether `one` is in it.
    pub const fn has(self, one: Circumstance) -> bool {
        self.0 & (1 << one as u8) != 0
    }

    /// Whether the two sets have something in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What the two sets have in common.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether nothing is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Its members, in the order of the word list.
    pub fn iter(self) -> impl Iterator<Item = Circumstance> {
        Circumstance::ALL
            .iter()
            .copied()
            .filter(move |one| self.has(*one))
    }
}

impl FromIterator<Circumstance> for Circumstances {
    fn from_iter<I: IntoIterator<Item = Circumstance>>(items: I) -> Self {
        items.into_iter().fold(Self::NONE, Self::with)
    }
}

/// A set of [`SubChannel`]s.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SubChannels(u16);

impl SubChannels {
    /// None known.
    pub const NONE: Self = Self(0);

    /// The set with `one` in it.
    #[must_use]
    pub const fn with(self, one: SubChannel) -> Self {
        Self(self.0 | 1 << one as u8)
    }

    /// Whether `one` is in it.
    pub const fn has(self, one: SubChannel) -> bool {
        self.0 & (1 << one as u8) != 0
    }

    /// Whether the two sets have something in common.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether nothing is in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<SubChannel> for SubChannels {
    fn from_iter<I: IntoIterator<Item = SubChannel>>(items: I) -> Self {
        items.into_iter().fold(Self::NONE, Self::with)
    }
}

/// Days that only some rules ask for; `None` is "did not happen or is not known".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct KnownDays {
    /// The buyer got the copy of the contract.
    pub contract_copy_received_on: Option<Date>,
    /// The buyer got the document the statute demands.
    pub contract_document_received_on: Option<Date>,
    /// The order was complete (paid, or credit granted).
    pub order_complete_on: Option<Date>,
    /// The trader promised to ship or deliver by this day.
    pub promised_by: Option<Date>,
    /// The trader's address became known, or an obstruction ended.
    pub obstruction_ended_on: Option<Date>,
    /// The goods were sent back.
    pub goods_sent_back_on: Option<Date>,
    /// The trader got them back.
    pub goods_received_back_on: Option<Date>,
    /// Repair or replacement was asked for.
    pub repair_requested_on: Option<Date>,
    /// The repaired or new goods came.
    pub repaired_goods_received_on: Option<Date>,
    /// The bank's statement with the payment was sent.
    pub statement_sent_on: Option<Date>,
}

/// Everything the law asks about one order line. All days are local days at the buyer's place.
#[derive(Debug, Clone, Copy)]
pub struct LawFacts<'a> {
    /// Where the goods were (to be) delivered: this country's law governs.
    pub place: Place,
    /// Capacity of the buyer.
    pub buyer: Buyer,
    /// How the contract was made.
    pub channel: SaleChannel,
    /// Narrower ways of selling that hold; empty if none is known.
    pub sub_channels: SubChannels,
    /// How the seller came to the buyer.
    pub solicitation: Solicitation,
    /// What was sold.
    pub subject: Subject,
    /// Day of the contract; decides which version of a rule is in force.
    pub contract_date: Date,
    /// All the buyer pays under the contract, delivery included; `None` if unknown, and then no
    /// threshold takes a right away.
    pub contract_value: Option<Money>,
    /// Information about the withdrawal right.
    pub informed: Informed,
    /// The consumer was told that return postage is theirs.
    pub informed_of_return_cost: bool,
    /// The trader offered to collect the goods.
    pub offered_collection: bool,
    /// The trader agreed to pay return postage.
    pub agreed_to_pay_return: bool,
    /// The seller showed its return policy as the statute of the place demands.
    pub policy_disclosed: bool,
    /// Exemptions that hold for this line, as facts (a broken hygiene seal, made to measure).
    pub traits: &'a [Exemption],
    /// Further facts that rules ask for by name.
    pub circumstances: Circumstances,
    /// Possession of the last good of the order; `None` while something is still to come.
    pub delivered_on: Option<Date>,
    /// Possession of this line; `None` when it has not come.
    pub line_delivered_on: Option<Date>,
    /// What the buyer asks for.
    pub request: RequestKind,
    /// Day the buyer sent the notice.
    pub notice_sent_on: Date,
    /// Day the trader got the notice.
    pub notice_received_on: Date,
    /// Days that only some rules ask for.
    pub days: KnownDays,
    /// Repairs or replacements that were made.
    pub repairs: u16,
    /// Public holidays at the place.
    pub holidays: &'a Holidays,
}

impl<'a> LawFacts<'a> {
    /// A consumer at `place` who bought undelivered goods online on `contract_date` from a seller
    /// that told everything it must, and who changes their mind on the same day.
    pub const fn new(place: Place, contract_date: Date, holidays: &'a Holidays) -> Self {
        Self {
            place,
            buyer: Buyer::Consumer,
            channel: SaleChannel::Distance,
            sub_channels: SubChannels::NONE,
            solicitation: Solicitation::None,
            subject: Subject::Goods,
            contract_date,
            contract_value: None,
            informed: Informed::Yes,
            informed_of_return_cost: true,
            offered_collection: false,
            agreed_to_pay_return: false,
            policy_disclosed: true,
            traits: &[],
            circumstances: Circumstances::NONE,
            delivered_on: None,
            line_delivered_on: None,
            request: RequestKind::ChangeOfMind,
            notice_sent_on: contract_date,
            notice_received_on: contract_date,
            days: KnownDays {
                contract_copy_received_on: None,
                contract_document_received_on: None,
                order_complete_on: None,
                promised_by: None,
                obstruction_ended_on: None,
                goods_sent_back_on: None,
                goods_received_back_on: None,
                repair_requested_on: None,
                repaired_goods_received_on: None,
                statement_sent_on: None,
            },
            repairs: 0,
            holidays,
        }
    }

    /// The circumstances given, with those that follow from the other facts.
    pub(crate) fn all_circumstances(&self) -> Circumstances {
        use Circumstance as C;
        let told = self.informed == Informed::Yes;
        let faulty = matches!(self.request, RequestKind::Defect { .. });
        let mut all = self
            .circumstances
            .with_if(C::WithdrawalRightNotInformed, !told)
            .with_if(C::NoExpressRequestOrNotInformed, !told)
            .with_if(C::Section43DisclosuresMissing, !told)
            .with_if(C::ReturnCostNotInformed, !self.informed_of_return_cost)
            .with_if(C::TraderAgreedToPay, self.agreed_to_pay_return)
            .with_if(C::TraderOfferedCollection, self.offered_collection)
            .with_if(C::RepairWasTheRemedy, self.repairs() > 0)
            .with_if(C::GoodsDifferFromAd, faulty)
            .with_if(C::DefectMismatchLateDelivery, faulty)
            .with_if(C::NotDeliveredOrFormalDefect, self.late_beyond_30_days());
        if all.has(C::DisclosureFailure) {
            for follows in [
                C::WrittenConfirmationNotSent,
                C::Section43DisclosuresMissing,
                C::DocumentMissingOrObstruction,
                C::DealerBreach,
                C::NotDeliveredOrFormalDefect,
            ] {
                all = all.with(follows);
            }
        }
        all
    }

    /// Repairs that were made: those told of, and the one after which the goods came back.
    pub(crate) fn repairs(&self) -> u16 {
        let came_back = self.days.repaired_goods_received_on.is_some();
        self.repairs.max(u16::from(came_back))
    }

    fn late_beyond_30_days(&self) -> bool {
        let limit = plus_days(self.contract_date, 30).unwrap_or(Date::MAX);
        self.line_delivered_on.unwrap_or(self.notice_sent_on) > limit
    }

    /// The narrower ways of selling, with those that follow from how the seller came.
    pub(crate) fn ways(&self) -> SubChannels {
        use SubChannel as S;
        let mut ways = self.sub_channels;
        if self.sub_channels.has(S::TelephoneColdCall) {
            ways = ways.with(S::Telephone);
        }
        match self.solicitation {
            Solicitation::None => {}
            Solicitation::UnsolicitedHomeVisit => ways = ways.with(S::Doorstep),
            Solicitation::Excursion => ways = ways.with(S::Excursion),
            Solicitation::DirectMarketing => {
                ways = ways.with(S::DirectMarketing);
                if self.sub_channels.has(S::Telephone) {
                    ways = ways.with(S::TelephoneColdCall);
                }
            }
        }
        // A contract away from business premises is one at the door unless something else is
        // known: the reading that protects the consumer.
        if self.channel == SaleChannel::OffPremises && ways.is_empty() {
            ways = ways.with(S::Doorstep);
        }
        ways
    }
}
