//! The closed list of reasons for which a law takes a line out of a right. What each means in
//! words stands in the packs (`[[exemption]]`).

use crate::words::words;
use serde::{Deserialize, Serialize};

words! {
    /// A statutory exemption that can hold for a line. Whether it matters is the rule's business.
    /// The names are those of the law data; most belong to one country only.
    Exemption {
        CustomMade = "custom_made",
        CustomMadeWithPriorWrittenConsent = "custom_made_with_prior_written_consent",
        CustomAltered = "custom_altered",
        SpecialOrder = "special_order",
        Perishable = "perishable",
        PlantsFlowers = "plants_flowers",
        Food = "food",
        FoodEverydayDelivered = "food_everyday_delivered",
        SealedHygieneUnsealed = "sealed_hygiene_unsealed",
        InseparablyMixed = "inseparably_mixed",
        AlcoholFutures = "alcohol_futures",
        SealedMediaUnsealed = "sealed_media_unsealed",
        SealedCopyablePackageOpened = "sealed_copyable_package_opened",
        NewspaperSingleIssue = "newspaper_single_issue",
        NewspaperAnyPeriodical = "newspaper_any_periodical",
        NewspaperDelivered = "newspaper_delivered",
        Publications = "publications",
        PublicAuction = "public_auction",
        DatedLeisureService = "dated_leisure_service",
        FinancialPriceFluctuation = "financial_price_fluctuation",
        FinancialService = "financial_service",
        Insurance = "insurance",
        Gambling = "gambling",
        UrgentHomeRepair = "urgent_home_repair",
        ServiceFullyPerformedWithConsent = "service_fully_performed_with_consent",
        ServiceBegunWithConsent = "service_begun_with_consent",
        ServiceContract = "service_contract",
        DigitalBegunWithConsent = "digital_begun_with_consent",
        DigitalDownloaded = "digital_downloaded",
        CnDigitalDownloadedOrUnsealedMedia = "cn_digital_downloaded_or_unsealed_media",
        CnNatureAndConfirmedByConsumerAtPurchase = "cn_nature_and_confirmed_by_consumer_at_purchase",
        PrescribedMedicine = "prescribed_medicine",
        MedicineOrMedicalDevice = "medicine_or_medical_device",
        DisplayedReturnTerms = "displayed_return_terms",
        KrLostOrDamagedByConsumer = "kr_lost_or_damaged_by_consumer",
        KrValueDroppedByUse = "kr_value_dropped_by_use",
        KrValueDroppedByTime = "kr_value_dropped_by_time",
        InternationalFlight = "international_flight",
        ArConsumedOrUsed = "ar_consumed_or_used",
        ClPersonalUse = "cl_personal_use",
        ClNatureNotReturnable = "cl_nature_not_returnable",
        PersonalUse = "personal_use",
        SaMisusedByConsumer = "sa_misused_by_consumer",
        SaUsedByConsumer = "sa_used_by_consumer",
        TrRegisteredMovable = "tr_registered_movable",
        JpConsumablesUsed = "jp_consumables_used",
        JpCashUnder3000Yen = "jp_cash_under_3000_yen",
        JpCar = "jp_car",
        UsedOrDamagedAfterPurchase = "used_or_damaged_after_purchase",
        UsedOrDamagedByBuyer = "used_or_damaged_by_buyer",
        NotAcceptableCondition = "not_acceptable_condition",
        OriginalPackagingMissing = "original_packaging_missing",
        NoProofOfPurchase = "no_proof_of_purchase",
        MarkedFinalSale = "marked_final_sale",
        CannotBeResoldForHealth = "cannot_be_resold_for_health",
        CannotBeResoldByLaw = "cannot_be_resold_by_law",
        InternalConsumption = "internal_consumption",
        UsCoolingStoreNegotiated = "us_cooling_store_negotiated",
        UsCoolingPhoneOrMailOnly = "us_cooling_phone_or_mail_only",
        UsCoolingEmergency = "us_cooling_emergency",
        UsCoolingRepairRequested = "us_cooling_repair_requested",
        UsCoolingVehicleAtTemporaryPlaceByLocalDealer = "us_cooling_vehicle_at_temporary_place_by_local_dealer",
        UsCoolingArtsAndCraftsFair = "us_cooling_arts_and_crafts_fair",
        UsCoolingRealEstateInsuranceSecurities = "us_cooling_real_estate_insurance_securities",
    }
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
