//! The stock movements that follow from events of a case.

use logistics::{StockMovement, StockPlace};
use returns::{Disposition, Event, SalesOrder, What};

/// The stock movements an event stands for: SKU, bucket, signed units, reason.
pub(crate) fn stock_of(order: &SalesOrder, event: &Event) -> Vec<(String, String, i64, String)> {
    let sku_of = |line: u16| order.line(line).map_or("", |l| &l.sku);
    let row = |m: StockMovement, reason: &str| {
        let bucket = serde_json::to_value(m.bucket).ok();
        let bucket = bucket
            .as_ref()
            .and_then(|b| b.as_str())
            .unwrap_or_default()
            .to_owned();
        (m.sku, bucket, m.quantity, reason.to_owned())
    };
    match &event.what {
        What::Received {
            counts, unexpected, ..
        } => counts
            .iter()
            .chain(unexpected)
            .filter_map(|c| StockMovement::received(place(sku_of(c.line)), c.units).ok())
            .map(|m| row(m, "return_received"))
            .collect(),
        // A count that was too high never was there.
        What::Recounted {
            line,
            received,
            unexpected,
            ..
        } => StockMovement::received(place(sku_of(*line)), received + unexpected)
            .map(|m| StockMovement {
                quantity: -m.quantity,
                ..m
            })
            .map(|m| row(m, "recounted"))
            .into_iter()
            .collect(),
        What::Disposed {
            line,
            units,
            disposition,
            ..
        } => {
            let moved = StockMovement::disposed(place(sku_of(*line)), shelf(*disposition), *units);
            let moved = moved.unwrap_or_default();
            moved
                .into_iter()
                .map(|m| row(m, disposition.as_str()))
                .collect()
        }
        _ => Vec::new(),
    }
}

fn place(sku: &str) -> StockPlace<'_> {
    StockPlace {
        sku,
        location: "",
        reference: "",
    }
}

/// A case's disposition as the stock room knows it; what goes back to the customer leaves stock
/// for good, like what is recycled.
const fn shelf(disposition: Disposition) -> logistics::Disposition {
    use logistics::Disposition as L;
    match disposition {
        Disposition::Restock => L::Restock,
        Disposition::OpenBox => L::OpenBox,
        Disposition::Refurbish => L::Refurbish,
        Disposition::Repair => L::Repair,
        Disposition::ReturnToVendor => L::ReturnToVendor,
        Disposition::Liquidate => L::Liquidate,
        Disposition::Donate => L::Donate,
        Disposition::Recycle | Disposition::ShipBack => L::Recycle,
        Disposition::Destroy => L::Destroy,
        Disposition::Hold => L::Hold,
    }
}
