//! What the three retailers sell. Titles are invented; price ranges of apparel and electronics
//! follow the spread of the tau-bench catalogue, scaled to a high street.

/// An article.
#[derive(Debug, Clone, Copy)]
pub struct Article {
    /// Article number.
    pub sku: &'static str,
    /// Title.
    pub title: &'static str,
    /// Category, as the client's policy names it.
    pub category: &'static str,
    /// Price of one unit with tax, cents.
    pub price: i64,
    /// Marketplace vendor; empty for own goods.
    pub vendor: &'static str,
}

macro_rules! articles {
    ($($sku:literal $title:literal $category:literal $price:literal $vendor:literal;)*) => {
        &[$(Article { sku: $sku, title: $title, category: $category, price: $price, vendor: $vendor },)*]
    };
}

/// Lantern & Loom.
pub const GIFTWARE: &[Article] = articles! {
    "LL-1001" "Hanging heart tealight holder" "decoration" 295 "";
    "LL-1002" "Storm lantern, slate" "decoration" 2490 "";
    "LL-1003" "Woven picnic blanket" "textiles" 3450 "";
    "LL-1004" "Retro spot cake tin" "kitchen" 850 "";
    "LL-1005" "Set of six linen napkins" "textiles" 1690 "";
    "LL-1006" "Beeswax pillar candle" "candles" 795 "";
    "LL-1007" "Fig and cedar candle in glass" "candles" 1290 "";
    "LL-1008" "Engraved walnut frame" "personalised" 2990 "";
    "LL-1009" "Embroidered baby blanket" "personalised" 3990 "";
    "LL-1010" "Herb shortbread, gift box" "food" 650 "";
    "LL-1011" "Enamel jug, cream" "kitchen" 1490 "";
    "LL-1012" "Paper garland, stars" "decoration" 425 "";
    "LL-1013" "Wooden advent house" "decoration" 3290 "";
    "LL-1014" "Alarm clock, bakelite look" "decoration" 1095 "";
    "LL-1015" "Felt craft kit, owls" "toys" 975 "";
};

/// Northbeam.
pub const MIXED: &[Article] = articles! {
    "NB-A01" "Fleece jacket Fell" "apparel/jackets" 8990 "";
    "NB-A02" "Rain shell Tarn" "apparel/jackets" 14900 "";
    "NB-A03" "Merino base layer" "apparel/tops" 5990 "";
    "NB-A04" "Trail running shoes Scree" "apparel/shoes" 12900 "";
    "NB-A05" "Hiking boots Ridge" "apparel/shoes" 18900 "";
    "NB-A06" "Swim shorts Cove" "apparel/swimwear" 3490 "";
    "NB-A07" "Swimsuit Lagoon" "apparel/swimwear" 4990 "";
    "NB-A08" "Backpack 28 l" "apparel/bags" 9900 "";
    "NB-E01" "Wireless earbuds Pip" "electronics/audio" 11900 "";
    "NB-E02" "Bluetooth speaker Drum" "electronics/audio" 7900 "";
    "NB-E03" "Action camera A3" "electronics/cameras" 24900 "";
    "NB-E04" "Smart watch Orbit" "electronics/wearables" 19900 "";
    "NB-E05" "Tablet Slate 11" "electronics/tablets" 42900 "";
    "NB-E06" "Portable charger 20k" "electronics/power" 4490 "";
    "NB-E07" "Route planner, licence on card" "electronics/software" 3990 "";
};

/// Halle 7.
pub const MARKET: &[Article] = articles! {
    "H7-2001" "Cordless drill 18 V" "tools" 12900 "Werkbank Nord";
    "H7-2002" "Bit set, 46 pieces" "tools" 2490 "Werkbank Nord";
    "H7-2003" "Office chair Lindau" "furniture" 21900 "Sitzgut";
    "H7-2004" "Desk lamp, dimmable" "furniture" 5490 "Sitzgut";
    "H7-2005" "Espresso machine Duo" "household" 34900 "Kaffeekontor Elbe";
    "H7-2006" "Tea kettle 1.7 l" "household" 3990 "Kaffeekontor Elbe";
    "H7-2007" "Vacuum cleaner Kompakt" "household" 15900 "Haushalt Harz";
    "H7-2008" "Wood stain, 2.5 l" "chemicals" 2790 "Farbwerk";
    "H7-2009" "Voucher 50" "vouchers" 5000 "";
    "H7-2010" "Garden hose 25 m" "garden" 4290 "Haushalt Harz";
    "H7-2011" "Label printer" "office" 9900 "Bürobedarf Süd";
    "H7-2012" "Shelf unit, steel" "furniture" 8900 "Sitzgut";
};
