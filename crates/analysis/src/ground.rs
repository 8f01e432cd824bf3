//! Grounds of exclusions as the law names them: what an exclusion claims about its goods, and
//! whether the law knows the ground at all.

use crate::{
    clause::path_of,
    finding::{Finding, Kind},
    said::{Phrase, Value},
};
use law::Exemption;
use policy::{Condition, ExclusionGround, PolicySource, source::ExclusionSource};
use serde::{
    Deserialize,
    de::{IntoDeserializer, value::Error},
};

/// The exemption of this name.
fn parse(name: &str) -> Option<Exemption> {
    let text: serde::de::value::StrDeserializer<'_, Error> = name.into_deserializer();
    Exemption::deserialize(text).ok()
}

/// What a ground stands for when the policy names no exemption itself.
fn usual(ground: ExclusionGround) -> &'static [Exemption] {
    use Exemption as E;
    match ground {
        ExclusionGround::Hygiene => &[E::SealedHygieneUnsealed],
        ExclusionGround::CustomMade => &[E::CustomMade],
        ExclusionGround::Perishable => &[E::Perishable],
        ExclusionGround::SealedMedia => &[E::SealedMediaUnsealed],
        ExclusionGround::Clearance => &[E::MarkedFinalSale],
        ExclusionGround::Digital => &[E::DigitalBegunWithConsent],
        // No statute we hold lets a seller refuse these as such.
        ExclusionGround::GiftCard | ExclusionGround::Hazardous => &[],
    }
}

/// The exemptions an exclusion claims, as facts of a line whose seal is or is not `opened`. What
/// depends on a broken seal holds for broken seals only; what lies in the nature of the goods is
/// taken at the author's word.
pub(crate) fn traits(exclusion: &ExclusionSource, opened: bool) -> Vec<Exemption> {
    let named: Vec<Exemption> = exclusion.legal.iter().filter_map(|n| parse(n)).collect();
    let all = if exclusion.legal.is_empty() {
        usual(exclusion.ground).to_vec()
    } else {
        named
    };
    all.into_iter()
        .filter(|e| opened || !needs_broken_seal(*e))
        .collect()
}

fn needs_broken_seal(exemption: Exemption) -> bool {
    use Exemption as E;
    matches!(
        exemption,
        E::SealedHygieneUnsealed
            | E::SealedMediaUnsealed
            | E::SealedCopyablePackageOpened
            | E::CnDigitalDownloadedOrUnsealedMedia
    )
}

/// What the lack of a condition is to the law, in the places that know such an exemption.
pub(crate) fn lack(condition: Condition) -> &'static [Exemption] {
    use Exemption as E;
    match condition {
        Condition::Unopened | Condition::Tags => &[],
        Condition::Unused => &[E::UsedOrDamagedByBuyer, E::UsedOrDamagedAfterPurchase],
        Condition::Packaging => &[E::OriginalPackagingMissing],
        Condition::Complete => &[E::NotAcceptableCondition],
    }
}

/// The exclusion a clause id stands for.
pub(crate) fn exclusion<'s>(source: &'s PolicySource, clause: &str) -> Option<&'s ExclusionSource> {
    let rules = match clause.split_once('.') {
        None => Some(&source.rules),
        Some(("category", path)) => source.categories.get(path),
        Some(("market", name)) => source.markets.get(name).map(|m| &m.rules),
        Some(("product", sku)) => source.products.get(sku).map(|p| &p.rules),
        Some(("channel", name)) => {
            let known = source.channels.iter().find(|(c, _)| c.as_str() == name);
            known.map(|(_, rules)| rules)
        }
        Some(_) => None,
    };
    rules?.exclusion.as_ref()
}

/// Every exclusion of a policy with its clause id.
fn exclusions(source: &PolicySource) -> impl Iterator<Item = (String, &ExclusionSource)> {
    let channels = source
        .channels
        .iter()
        .map(|(c, r)| (format!("channel.{c}"), r));
    let markets = source
        .markets
        .iter()
        .map(|(n, m)| (format!("market.{n}"), &m.rules));
    let categories = source
        .categories
        .iter()
        .map(|(p, r)| (format!("category.{p}"), r));
    let products = source
        .products
        .iter()
        .map(|(s, p)| (format!("product.{s}"), &p.rules));
    std::iter::once(("exclusion".to_owned(), &source.rules))
        .chain(channels)
        .chain(markets)
        .chain(categories)
        .chain(products)
        .filter_map(|(clause, rules)| Some((clause, rules.exclusion.as_ref()?)))
}

/// Exclusions that name a ground the law packs do not know.
pub(crate) fn unknown(source: &PolicySource) -> Vec<Finding> {
    let mut out = Vec::new();
    for (clause, exclusion) in exclusions(source) {
        for name in exclusion.legal.iter().filter(|n| parse(n).is_none()) {
            let what = Phrase::new("finding-ground")
                .with("name", Value::Name(name.clone()))
                .in_english(format!("the law knows no exemption {name:?}"));
            let help = "use a name of the law packs, such as sealed_hygiene_unsealed; as it stands \
                        the ground carries nothing";
            let mut finding = Finding::new(Kind::UnknownGround, source, &clause, what, help);
            finding.path = format!("{}.legal", path_of(source, &clause));
            out.push(finding);
        }
    }
    out
}
