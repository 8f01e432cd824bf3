//! A seller's return policy as it states it, in the words of the file format.

use crate::{Payer, SaleChannel};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Declares a lower-case word list that this format alone uses.
macro_rules! terms {
    ($(#[$meta:meta])* $name:ident { $($(#[$vm:meta])* $variant:ident),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vm])* $variant),* }
    };
}

terms! {
    /// How the policy counts days.
    DayKind {
        /// Every day.
        Calendar,
        /// Monday to Friday.
        Business,
    }
}
terms! {
    /// What starts the policy's window, earliest first.
    PolicyStart {
        /// The order.
        #[serde(alias = "purchase", alias = "contract")]
        Order,
        /// The goods left.
        #[serde(alias = "dispatch", alias = "shipping")]
        Shipment,
        /// The first parcel came.
        #[serde(alias = "first_parcel")]
        FirstDelivery,
        /// The goods came.
        #[serde(alias = "receipt", alias = "possession", alias = "possession_last_good")]
        Delivery,
    }
}
terms! {
    /// What must happen within the window, easiest first.
    PolicyAct {
        /// The notice leaves the buyer.
        SendingNotice,
        /// The notice reaches the seller.
        #[serde(alias = "receipt_of_notice", alias = "notice_received_by_trader")]
        NoticeReceived,
        /// The goods leave the buyer.
        #[serde(alias = "dispatch", alias = "goods_dispatched", alias = "sending_goods")]
        GoodsSent,
        /// The goods reach the seller.
        #[serde(alias = "goods_received", alias = "return")]
        GoodsReceivedByTrader,
    }
}
terms! {
    /// In what form the policy refunds.
    PolicyForm {
        /// The way the buyer paid.
        OriginalMethod,
        /// Money, another way.
        #[serde(alias = "cash", alias = "money")]
        BankTransfer,
        /// Credit with the seller.
        #[serde(alias = "voucher", alias = "gift_card")]
        StoreCredit,
        /// Other goods.
        #[serde(alias = "exchange")]
        ExchangeOnly,
    }
}
terms! {
    /// What starts the policy's refund days, earliest first.
    PolicyRefundStart {
        /// The notice.
        Notice,
        /// The goods were sent.
        #[serde(alias = "dispatch", alias = "proof_of_sending")]
        GoodsSent,
        /// The goods came back.
        #[serde(alias = "receipt", alias = "goods_received_by_trader")]
        GoodsReceived,
        /// The goods were looked at.
        #[serde(alias = "approval")]
        Inspection,
    }
}

/// A seller's policy as it states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyTerms {
    /// Days of the window; absent is without end.
    #[serde(default)]
    pub window_days: Option<u16>,
    /// How they are counted.
    #[serde(default = "calendar")]
    pub day_kind: DayKind,
    /// What starts them.
    #[serde(default = "delivery")]
    pub window_start: PolicyStart,
    /// What must happen in them.
    #[serde(default = "notice")]
    pub met_by: PolicyAct,
    /// Where the policy applies.
    #[serde(default = "online")]
    pub channels: Vec<SaleChannel>,
    /// Categories it shuts out, in the shop's words or as exemption ids.
    #[serde(default)]
    pub excluded_categories: Vec<String>,
    /// Goods without their packaging are refused.
    #[serde(default)]
    pub requires_original_packaging: bool,
    /// Percent of the price taken off.
    #[serde(default = "nothing")]
    pub restocking_fee_percent: String,
    /// Form of the refund.
    #[serde(default = "as_paid")]
    pub refund_form: PolicyForm,
    /// Days until the refund; absent is not stated.
    #[serde(default)]
    pub refund_days: Option<u16>,
    /// What starts them.
    #[serde(default = "from_notice")]
    pub refund_start: PolicyRefundStart,
    /// Standard delivery comes back.
    #[serde(default = "yes")]
    pub refunds_standard_outbound: bool,
    /// Who pays the way back.
    #[serde(default = "consumer")]
    pub return_cost: Payer,
    /// The buyer is told of the right to withdraw.
    #[serde(default = "yes")]
    pub discloses_withdrawal_right: bool,
    /// The buyer is told that the way back is at their cost.
    #[serde(default = "yes")]
    pub discloses_return_cost: bool,
    /// The policy is shown before the purchase as the statute demands.
    #[serde(default = "yes")]
    pub disclosed_before_purchase: bool,
    /// Terms that are not compared.
    #[serde(flatten)]
    pub other: BTreeMap<String, Value>,
}

fn calendar() -> DayKind {
    DayKind::Calendar
}
fn delivery() -> PolicyStart {
    PolicyStart::Delivery
}
fn notice() -> PolicyAct {
    PolicyAct::SendingNotice
}
pub(super) fn online() -> Vec<SaleChannel> {
    vec![SaleChannel::Distance]
}
fn nothing() -> String {
    "0".to_owned()
}
fn as_paid() -> PolicyForm {
    PolicyForm::OriginalMethod
}
fn from_notice() -> PolicyRefundStart {
    PolicyRefundStart::Notice
}
fn consumer() -> Payer {
    Payer::Consumer
}
fn yes() -> bool {
    true
}
