//! Which way an obligation is paid, and money from customers is taken.

use crate::{directory::Client, settings::GatewayChoice};
use returns::{ManualWay, Obligation, ObligationKind, SalesOrder};

/// Which gateway pays an obligation: credit stays in the house, goods are sent by people, money
/// goes back through the processor that took it where the order names one, and otherwise by the
/// client's choice.
pub fn gateway_of(client: &Client, order: &SalesOrder, obligation: &Obligation) -> &'static str {
    match obligation.kind {
        _ if obligation.is_credit(order) => "house_credit",
        _ if obligation.outside == Some(ManualWay::Bank) => "manual",
        _ if obligation.outside == Some(ManualWay::Cash) => "cash",
        // To a bank account, whatever took the payment.
        _ if obligation.to.is_some() => GatewayChoice::Iso20022.as_str(),
        ObligationKind::Exchange | ObligationKind::Replacement | ObligationKind::Repair => "goods",
        ObligationKind::Collect | ObligationKind::Hold => taker_of(client),
        _ => {
            let took = GatewayChoice::that_took(order, obligation);
            took.unwrap_or(client.settings.gateway).as_str()
        }
    }
}

/// Who takes money from a client's customers: the card processor, the played one of a demo, or
/// nobody online: then the pages say how to pay by bank transfer, and people record it.
pub fn taker_of(client: &Client) -> &'static str {
    match client.settings.gateway {
        GatewayChoice::Stripe => "stripe",
        _ if client.settings.sandbox => "sandbox",
        GatewayChoice::Iso20022 | GatewayChoice::Adyen | GatewayChoice::Paypal => "customer",
    }
}
