//! What a question to the law consists of. Facts only: no policy, no money.

use crate::{Exemption, Holidays};
use jiff::civil::Date;
use kernel::Place;
use serde::{Deserialize, Serialize};

/// In which capacity the buyer bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Buyer {
    /// A natural person outside trade, craft or profession.
    Consumer,
    /// Anybody buying for a trade, craft or profession.
    Business,
}

/// How the contract was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaleChannel {
    /// Online, by telephone or by mail.
    Distance,
    /// At the door, on an excursion, at a stand away from business premises.
    OffPremises,
    /// In a shop.
    InStore,
}

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
    /// Day of the contract; decides which version of a rule is in force.
    pub contract_date: Date,
    /// Information about the withdrawal right.
    pub informed: Informed,
    /// The consumer was told that return postage is theirs.
    pub informed_of_return_cost: bool,
    /// The trader offered to collect the goods.
    pub offered_collection: bool,
    /// The trader agreed to pay return postage.
    pub agreed_to_pay_return: bool,
    /// Exemptions that hold for this line, as facts (a broken hygiene seal, made to measure).
    pub traits: &'a [Exemption],
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
    /// Public holidays at the place.
    pub holidays: &'a Holidays,
}
