//! The closed list of reasons for which a law takes a line out of a right.

use serde::{Deserialize, Serialize};

/// A statutory exemption that can hold for a line. Whether it matters is the rule's business.
/// The names are those of the law data; most belong to one country only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Exemption {
    /// Made to the buyer's own specification; choosing from a stock range is not enough.
    CustomMade,
    /// Custom made with prior written consent.
    CustomMadeWithPriorWrittenConsent,
    /// Custom altered.
    CustomAltered,
    /// Special order.
    SpecialOrder,
    /// Spoils or expires soon.
    Perishable,
    /// Plants flowers.
    PlantsFlowers,
    /// Food.
    Food,
    /// Food everyday delivered.
    FoodEverydayDelivered,
    /// Hygiene-sealed for a real health reason, and the buyer broke the seal.
    SealedHygieneUnsealed,
    /// Mixed with other things so that it cannot be taken apart again.
    InseparablyMixed,
    /// Alcohol sold ahead at a fixed price, delivered after a month or more.
    AlcoholFutures,
    /// Sealed audio, video or software whose seal the buyer broke.
    SealedMediaUnsealed,
    /// Sealed copyable package opened.
    SealedCopyablePackageOpened,
    /// One issue of a paper or magazine (a subscription is not exempt).
    NewspaperSingleIssue,
    /// Newspaper any periodical.
    NewspaperAnyPeriodical,
    /// Newspaper delivered.
    NewspaperDelivered,
    /// Publications.
    Publications,
    /// Bought in an auction that people could attend.
    PublicAuction,
    /// Lodging, travel, catering or leisure for a fixed date.
    DatedLeisureService,
    /// Price moves with a financial market.
    FinancialPriceFluctuation,
    /// Financial service.
    FinancialService,
    /// Insurance.
    Insurance,
    /// Gambling.
    Gambling,
    /// Urgent repair at home that the buyer called for.
    UrgentHomeRepair,
    /// A service wholly performed at the buyer's express wish.
    ServiceFullyPerformedWithConsent,
    /// Service begun with consent.
    ServiceBegunWithConsent,
    /// Service contract.
    ServiceContract,
    /// Digital content started at the buyer's express wish.
    DigitalBegunWithConsent,
    /// Digital downloaded.
    DigitalDownloaded,
    /// Cn digital downloaded or unsealed media.
    CnDigitalDownloadedOrUnsealedMedia,
    /// Cn nature and confirmed by consumer at purchase.
    CnNatureAndConfirmedByConsumerAtPurchase,
    /// Medicine on prescription (United Kingdom).
    PrescribedMedicine,
    /// Medicine or medical device.
    MedicineOrMedicalDevice,
    /// Displayed return terms.
    DisplayedReturnTerms,
    /// Kr lost or damaged by consumer.
    KrLostOrDamagedByConsumer,
    /// Kr value dropped by use.
    KrValueDroppedByUse,
    /// Kr value dropped by time.
    KrValueDroppedByTime,
    /// International flight.
    InternationalFlight,
    /// Ar consumed or used.
    ArConsumedOrUsed,
    /// Cl personal use.
    ClPersonalUse,
    /// Cl nature not returnable.
    ClNatureNotReturnable,
    /// Personal use.
    PersonalUse,
    /// Sa misused by consumer.
    SaMisusedByConsumer,
    /// Sa used by consumer.
    SaUsedByConsumer,
    /// Tr registered movable.
    TrRegisteredMovable,
    /// Jp consumables used.
    JpConsumablesUsed,
    /// Jp cash under 3000 yen.
    #[serde(rename = "jp_cash_under_3000_yen")]
    JpCashUnder3000Yen,
    /// Jp car.
    JpCar,
    /// Used or damaged after purchase.
    UsedOrDamagedAfterPurchase,
    /// Used or damaged by buyer.
    UsedOrDamagedByBuyer,
    /// Not acceptable condition.
    NotAcceptableCondition,
    /// Original packaging missing.
    OriginalPackagingMissing,
    /// No proof of purchase.
    NoProofOfPurchase,
    /// Marked final sale.
    MarkedFinalSale,
    /// Cannot be resold for health.
    CannotBeResoldForHealth,
    /// Cannot be resold by law.
    CannotBeResoldByLaw,
    /// Internal consumption.
    InternalConsumption,
    /// Us cooling store negotiated.
    UsCoolingStoreNegotiated,
    /// Us cooling phone or mail only.
    UsCoolingPhoneOrMailOnly,
    /// Us cooling emergency.
    UsCoolingEmergency,
    /// Us cooling repair requested.
    UsCoolingRepairRequested,
    /// Us cooling vehicle at temporary place by local dealer.
    UsCoolingVehicleAtTemporaryPlaceByLocalDealer,
    /// Us cooling arts and crafts fair.
    UsCoolingArtsAndCraftsFair,
    /// Us cooling real estate insurance securities.
    UsCoolingRealEstateInsuranceSecurities,
}

/// A set of exemptions in one machine word, so that a question costs one `and`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ExemptionSet(u128);

impl ExemptionSet {
    /// Whether `exemption` is in the set.
    pub fn contains(self, exemption: Exemption) -> bool {
        self.0 & (1 << exemption as u8) != 0
    }

    /// The first of `traits` that is in the set.
    pub fn first_of(self, traits: &[Exemption]) -> Option<Exemption> {
        traits.iter().copied().find(|t| self.contains(*t))
    }
}

impl FromIterator<Exemption> for ExemptionSet {
    fn from_iter<I: IntoIterator<Item = Exemption>>(items: I) -> Self {
        Self(items.into_iter().fold(0, |set, e| set | (1 << e as u8)))
    }
}
