//! The words of a return label, in the reader's language.

use app::views::LabelFacts;
use logistics::{LabelCaptions, LabelData};
use redress_http::L10n;

/// A label ready to draw.
pub fn label_data(l: L10n, facts: &LabelFacts) -> LabelData {
    LabelData {
        brand: facts.client.name.clone(),
        service: l.t("label-service"),
        from: facts.from.clone(),
        to: facts.to.clone(),
        sscc: facts.sscc,
        rma: facts.rma,
        qr_text: facts.url.clone(),
        reference: facts.order_number.to_string(),
        weight: String::new(),
        return_by: facts.return_by.map(|d| l.date(d)).unwrap_or_default(),
        instructions: vec![
            l.t("label-pack"),
            l.t("label-attach"),
            l.t("label-hand-over"),
        ],
        captions: LabelCaptions {
            from: l.t("label-from"),
            to: l.t("label-to"),
            rma: l.t("label-rma"),
            reference: l.t("label-order"),
            weight: l.t("label-weight"),
            return_by: l.t("label-return-by"),
        },
    }
}
