//! The closed word lists of the pack format. A word that is not here is refused when a pack is
//! loaded; what a word does is decided where it is used, never here.

use serde::{Deserialize, Serialize};

/// Declares an enum whose variants are written as fixed words.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $(
                #[doc = concat!("Written `", $word, "`.")]
                #[serde(rename = $word)]
                $variant
            ),*
        }

        impl $name {
            /// Every word, in the order of the format's description.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word as it is written.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The variant a word stands for.
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|w| w.as_str() == word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(crate) use words;

words! {
    /// In which capacity the buyer bought.
    Buyer { Consumer = "consumer", Business = "business" }
}
words! {
    /// How the contract was made: online, by telephone or mail; away from business premises; in a
    /// shop.
    SaleChannel { Distance = "distance", OffPremises = "off_premises", InStore = "in_store" }
}
words! {
    /// A narrower way of selling that some statutes name.
    SubChannel {
        Web = "web", Mail = "mail", Telephone = "telephone",
        TelephoneColdCall = "telephone_cold_call", Doorstep = "doorstep",
        Workplace = "workplace", PublicPlace = "public_place", Excursion = "excursion",
        DirectMarketing = "direct_marketing",
    }
}
words! {
    /// How the seller came to the buyer.
    Solicitation {
        None = "none", UnsolicitedHomeVisit = "unsolicited_home_visit", Excursion = "excursion",
        DirectMarketing = "direct_marketing",
    }
}
words! {
    /// What was sold.
    Subject { Goods = "goods", Services = "services", Digital = "digital" }
}
words! {
    /// How binding a rule is.
    FloorKind {
        Mandatory = "mandatory", DefaultIfUndisclosed = "default_if_undisclosed",
        ContractDefault = "contract_default", None = "none", Future = "future",
        Operational = "operational",
    }
}
words! {
    /// What a rule gives.
    RightType {
        Withdrawal = "withdrawal", CoolingOff = "cooling_off", DefaultReturn = "default_return",
        Conformity = "conformity", ShortTermReject = "short_term_reject",
        NonDelivery = "non_delivery",
        CancelForDisclosureFailure = "cancel_for_disclosure_failure",
        UndisclosedPolicyRefund = "undisclosed_policy_refund", PaymentRefund = "payment_refund",
        PaymentDispute = "payment_dispute", DisclosureDuty = "disclosure_duty", None = "none",
    }
}
words! {
    /// How sure the research behind a rule is. It is never a substitute for review.
    Confidence { Low = "low", Medium = "medium", High = "high" }
}
words! {
    /// Unit of a period, or the word that stands where a statute gives no number.
    UnitWord {
        CalendarDay = "calendar_day", BusinessDay = "business_day",
        UsWorkingDay = "us_working_day", UsCoolingBusinessDay = "us_cooling_business_day",
        Month = "month", Year = "year", ExpectedLifetime = "expected_lifetime",
        ReasonableTime = "reasonable_time", ReasonableDurability = "reasonable_durability",
        WarrantyOrReasonable = "warranty_or_reasonable", NotStated = "not_stated",
        NotFixed = "not_fixed", WithoutUndueDelay = "without_undue_delay",
        OnReceiptOfGoodsOrProof = "on_receipt_of_goods_or_proof", Immediately = "immediately",
        Promptly = "promptly", AtReturn = "at_return", ByTender = "by_tender",
        SimultaneousRestitution = "simultaneous_restitution", Open = "open",
        OpenUntilDocumentGiven = "open_until_document_given",
    }
}
words! {
    /// Whether the day of the start event is day one.
    Count { ExcludeStart = "exclude_start", IncludeStart = "include_start" }
}
words! {
    /// The event that starts a window. "Later" words take the later of two events.
    WindowStart {
        PossessionLastGood = "possession_last_good", Contract = "contract",
        Delivery = "delivery", Supply = "supply", Purchase = "purchase",
        ContractAndEachRelevantRenewal = "contract_and_each_relevant_renewal",
        ContractAndInformationLater = "contract_and_information_later",
        ProperlyCompletedOrder = "properly_completed_order",
        FirstStatementWithErrorSent = "first_statement_with_error_sent",
        StatementSent = "statement_sent", ContractCopyReceived = "contract_copy_received",
        AgreementOrDocumentReceived = "agreement_or_document_received",
        StatutoryDocumentReceived = "statutory_document_received",
        ContractDocumentOrDeliveryLater = "contract_document_or_delivery_later",
        ContractOrNoticeReceived = "contract_or_notice_received",
        DeliveryOrDiscoveryIfHidden = "delivery_or_discovery_if_hidden",
        ContractOrDeliveryLater = "contract_or_delivery_later",
        DeliveryOrDocumentLater = "delivery_or_document_later",
    }
}
words! {
    /// The act that has to happen within the window.
    MetBy {
        SendingNotice = "sending_notice", SendingNoticeOrGoods = "sending_notice_or_goods",
        ReceiptOfNotice = "receipt_of_notice", DefectApparent = "defect_apparent",
        ConsumerIndicatesRejection = "consumer_indicates_rejection",
        RejectionNotice = "rejection_notice", CourtClaim = "court_claim", Claim = "claim",
        Complaint = "complaint", Request = "request", Return = "return",
        ReturnOrAttempt = "return_or_attempt", TraderDelivery = "trader_delivery",
        TraderShipment = "trader_shipment", Dispatch = "dispatch",
    }
}
words! {
    /// The event that starts the refund period.
    RefundEvent {
        TraderInformed = "trader_informed", Notice = "notice", NoticeReceived = "notice_received",
        GoodsReceived = "goods_received",
        GoodsReceivedOrProofOfSending = "goods_received_or_proof_of_sending",
        TraderInformedOrGoodsReceived = "trader_informed_or_goods_received",
        TraderAgreedRefund = "trader_agreed_refund", Termination = "termination",
        RightToRefundVests = "right_to_refund_vests", ReturnAccepted = "return_accepted",
        RequiredRefund = "required_refund", Return = "return", Request = "request",
        Withdrawal = "withdrawal", Rejection = "rejection", Cancellation = "cancellation",
        Revocation = "revocation", Acceptance = "acceptance", Unsettled = "unsettled",
    }
}
words! {
    /// Until when the trader may keep the money.
    Withhold {
        UntilGoodsOrProofOfSending = "until_goods_or_proof_of_sending",
        BuiltIntoStart = "built_into_start", None = "none",
    }
}
words! {
    /// What starts the period for sending goods back or collecting them.
    ReturnStart {
        NoticeSent = "notice_sent", Notice = "notice", TraderInformed = "trader_informed",
        NoticeReceived = "notice_received", Delivery = "delivery",
        NoticeOrDeliveryLater = "notice_or_delivery_later",
    }
}
words! {
    /// Where an extension is counted from.
    ExtensionStart {
        EndOfInitialWindow = "end_of_initial_window", EndOfGuarantee = "end_of_guarantee",
        Contract = "contract", Delivery = "delivery",
        InformationReceived = "information_received",
        AddressKnownOrObstructionEnds = "address_known_or_obstruction_ends",
        DeliveryOrDocumentLater = "delivery_or_document_later",
    }
}
words! {
    /// A fact of the case that rules ask for by name.
    Circumstance {
        WithdrawalRightNotInformed = "withdrawal_right_not_informed",
        RepairWasTheRemedy = "repair_was_the_remedy",
        NotDeliveredOrFormalDefect = "not_delivered_in_30_days_or_formal_defect",
        DealerBreach = "dealer_breach",
        DocumentMissingOrObstruction = "document_missing_or_obstruction",
        SellerAddressUnknownOrObstruction = "seller_address_unknown_or_obstruction",
        WrittenConfirmationNotSent = "written_confirmation_not_sent",
        Section43DisclosuresMissing = "section_43_disclosures_missing",
        VulnerableWithConversation = "elderly_disabled_or_new_immigrant_with_conversation",
        DisclosureFailure = "disclosure_failure",
        ReturnCostNotInformed = "return_cost_not_informed",
        TraderAgreedToPay = "trader_agreed_to_pay",
        TraderOfferedCollection = "trader_offered_collection",
        BulkyDeliveredHome = "off_premises_bulky_delivered_home_at_contract",
        SignificantReturnCost = "significant_cost_size_or_attachment",
        GoodsDifferFromAd = "goods_differ_from_ad_or_contract",
        DefectMismatchLateDelivery = "defect_mismatch_late_delivery",
        OtherCarrierThanNamed = "consumer_used_other_carrier_than_named",
        ReturnInPerson = "return_in_person_to_place_of_possession",
        NoExpressRequestOrNotInformed = "no_express_request_or_not_informed",
        FinalRejectWithin6Months = "final_reject_within_6_months_of_delivery_except_motor_vehicles",
        LackMinorProved = "lack_is_minor_and_seller_proves_it",
        LackMinorPricePaid = "lack_is_minor_and_price_paid",
        SellerRefused = "seller_refused", SellerFailed = "seller_failed",
        DefectReappears = "defect_reappears", SeriousDefect = "serious_defect",
        SellerWillNotCure = "seller_clearly_will_not_cure",
        EssentialProduct = "essential_product",
        PartReplacementReducesValue = "part_replacement_would_reduce_value",
        MajorFailure = "major_failure", MotorVehicle = "motor_vehicle",
        DurableGoods = "durable", NonDurableGoods = "non_durable", UsedGoods = "used_goods",
        PerishableGoods = "perishable_goods", ApparentDefect = "apparent_defect",
        NegotiationRequested = "negotiation_requested_by_consumer",
        DelayConsent = "delay_consent",
        SellerCredit = "seller_credit", PaidAtOnce = "paid_at_once", ExclusionNotTold = "exclusion_not_told",
    }
}
words! {
    /// A step of the remedies, as the packs word it.
    RemedyStep {
        RepairOrReplaceConsumerChoice = "repair_or_replace_consumer_choice",
        PriceReductionOrTermination = "price_reduction_or_termination",
        BringIntoConformity = "bring_into_conformity",
        PriceReductionOrFinalReject = "price_reduction_or_final_reject",
        PriceReduction = "price_reduction",
        RescissionOrReductionOrReplacement = "rescission_or_price_reduction_or_replacement",
        RejectOrRevoke = "reject_or_revoke_within_reasonable_time",
        CureBySeller = "cure_by_seller", Damages = "damages",
        MinorSupplierChooses = "minor: supplier chooses repair, replacement or refund in a reasonable time",
        MajorConsumerChooses = "major: consumer chooses rejection with refund or replacement, or keeps goods with price reduction",
        SupplierCures = "supplier cures by repair, replacement or refund in reasonable time",
        NotCuredOrSubstantial = "if not cured or substantial: consumer rejects (refund or replacement) or claims loss of value",
        RepairOrReplace = "repair_or_replace",
        PriceReductionOrRefund = "price_reduction_or_refund",
        ThirtyDaysToCure = "supplier has 30 days to cure",
        ThenConsumerChooses = "then consumer chooses replacement, refund with adjustment, or price reduction",
        Repair = "repair",
        ReplacementRefundOrReduction = "replacement_refund_or_price_reduction",
        ConsumerChoosesFreeRepair = "consumer_chooses_free_repair_replacement_or_refund",
        ConsumerChoosesRepair = "consumer_chooses_repair_replacement_or_refund",
        RepairReplaceOrRefund = "repair_replace_or_refund",
        ConsumerChoosesRescission = "consumer_chooses_rescission_price_reduction_repair_or_replacement",
    }
}

impl RemedyStep {
    /// The consumer can have the money back on this step.
    pub const fn gives_money(self) -> bool {
        !matches!(
            self,
            Self::RepairOrReplaceConsumerChoice
                | Self::BringIntoConformity
                | Self::PriceReduction
                | Self::CureBySeller
                | Self::Damages
                | Self::MinorSupplierChooses
                | Self::SupplierCures
                | Self::RepairOrReplace
                | Self::ThirtyDaysToCure
                | Self::Repair
        )
    }
}

words! {
    /// What may be taken off a refund, or what makes the right fall away.
    DeductionKind {
        None = "none", DiminishedValue = "diminished_value",
        NoneBeforeReplacement = "none_for_normal_use_before_replacement",
        ProRataService = "pro_rata_service", UseAllowance = "use_allowance",
        ReasonableHire = "reasonable_hire_if_used",
        PartialUse = "benefit_from_partial_use",
        RightLostIfNotIntact = "right_lost_if_not_intact",
        OriginalElements = "original_elements_required",
        CancellationFee = "cancellation_fee",
        RestockingFeeProhibited = "restocking_fee_prohibited",
    }
}
words! {
    /// Who bears the cost of sending goods back.
    Payer {
        Consumer = "consumer", Trader = "trader", Unspecified = "unspecified",
        NotApplicable = "not_applicable",
    }
}
words! {
    /// What late payment costs the trader.
    LatePaymentKind {
        StatutoryIncrease = "statutory_increase", Double = "double", Interest = "interest",
    }
}
words! {
    /// The subject of a duty beside the return decision.
    ObligationArea {
        Payment = "payment", AutomatedDecisions = "automated_decisions", Erasure = "erasure",
        Processor = "processor", FraudScoring = "fraud_scoring", Ai = "ai",
        Accessibility = "accessibility", DisputeResolution = "dispute_resolution",
        RecordRetention = "record_retention", PaymentSecurity = "payment_security",
    }
}
words! {
    /// How days are counted by a calendar.
    CalendarCount {
        NotFirst = "first day not counted",
        NotFirstButLast = "first day not counted, last day counted",
        First = "first day counted",
    }
}
words! {
    /// Which days are working days of a calendar.
    WorkingDays {
        UsWorking = "Monday to Friday except federal holidays",
        UsCooling = "every day except Sundays and federal holidays",
        Weekdays = "Monday to Friday except public holidays",
        WeekdaysAtPlace = "Monday to Friday except public holidays at the place",
    }
}
words! {
    /// Who proves that a right was used.
    Proof { Consumer = "consumer", Trader = "trader" }
}
words! {
    /// Whether counsel approved a rule.
    ReviewState { Unreviewed = "unreviewed_by_counsel", Approved = "approved_by_counsel" }
}
words! {
    /// What a calendar does with a last day that is a day of rest.
    RolloverWord {
        Weekend = "Saturday, Sunday or public holiday to the next day that is none of these",
        Denmark = "as eu_1182 plus 5 June, 24 December, 31 December",
        Sweden = "as eu_1182 plus Midsummer Eve, Christmas Eve, New Year's Eve",
        Switzerland = "Sunday or public holiday (and Saturday, Federal Act of 1963) to the next working day",
        None = "none",
        NoneAssumed = "none assumed",
        Unconfirmed = "unconfirmed: grant it to the consumer, do not take it for the trader",
        HolidayInclSunday = "holiday incl. Sunday to next day",
        WeekendToBusinessDay = "Saturday, Sunday or public holiday to next business day",
        NotApplicable = "not applicable",
        SundayToBusinessDay = "Sunday or public holiday to the next business day",
        NonBusinessDay = "non-business day to the next business day",
        SundayToNextDay = "Sunday or public holiday to the next day (Saturday counts)",
        Korea = "Saturday or public holiday to the next day",
        Taiwan = "Sunday, holiday or other rest day to the next day",
        China = "statutory holiday to the day after it",
    }
}
words! {
    /// When the exemptions of a rule hold at all.
    ExemptionCondition {
        ToldAndDistance = "trader told the consumer of the exclusion; for distance sales only",
    }
}
words! {
    /// What stops the clock of a rejection period.
    PauseWhile { RepairOrReplacement = "repair_or_replacement_requested" }
}
words! {
    /// How the days of a pause are counted.
    PauseCounts { BothIncluded = "from the day of request to the day of receipt, both included" }
}
words! {
    /// Where a period ends after a pause.
    PauseThen {
        LaterOfSevenDaysOrRest = "later of 7 days after the waiting period and the original limit plus the waiting period",
    }
}
words! {
    /// The form of a refund, as the packs word it.
    RefundForm {
        BuyerChooses = "cash refund or credit at the buyer's option",
        CashCreditOrStoreCredit = "cash, credit or store credit",
        ByTender = "cash for cash, cash or credit for credit, exchange for gifts",
        CashChequeOrCard = "cash at return, cheque in a reasonable time, or credit to the card",
        FullAmount = "full amount incl. taxes and ancillary charges",
        CashOrSameMethod = "cash or same method, no credit note against the consumer's will",
    }
}

impl RefundForm {
    /// A short word for it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::BuyerChooses => "cash_or_credit_buyer_choice",
            Self::CashCreditOrStoreCredit => "cash_credit_or_store_credit",
            Self::ByTender => "as_paid_exchange_for_gifts",
            Self::CashChequeOrCard => "cash_cheque_or_card",
            Self::FullAmount => "full_amount",
            Self::CashOrSameMethod => "cash_or_same_method",
        }
    }

    /// The seller may give store credit.
    pub const fn allows_store_credit(self) -> bool {
        matches!(self, Self::CashCreditOrStoreCredit)
    }
}
