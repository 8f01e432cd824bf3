//! Measured figures the firm is drawn from, with their source. Facts only, in per ten thousand,
//! whole hours, pence or counts; what is assumed says so.
//!
//! `[UCI]`: "Online Retail", UCI Machine Learning Repository 352 (Chen, Sain, Guo 2012), invoice
//! lines 2010-12-01 to 2011-08-31, stock codes of goods only. `[TAU]`: tau-bench retail (Sierra,
//! 2024, MIT), 1,000 orders.

/// Orders with at least one line returned within 60 days, per 10,000. [UCI] 1,522 of 8,796.
pub const GIFT_RETURNING_ORDERS: u32 = 1_730;
/// The same for apparel and electronics. Assumed: no open set tells it.
pub const APPAREL_RETURNING_ORDERS: u32 = 2_800;
/// The same for a marketplace. Assumed.
pub const MARKET_RETURNING_ORDERS: u32 = 1_500;

/// Hours from order to return: the deciles, 0 to 100 %. [UCI] days 0.006 (5 %), 0.131, 2.99, 4.326,
/// 6.108, 7.772, 10.126, 14.993, 20.212, 34.989 and 44.026 (95 %) for 3,258 returned lines.
pub const HOURS_TO_RETURN: [u32; 11] = [0, 3, 72, 104, 147, 187, 243, 360, 485, 840, 1_440];

/// Lines of a giftware order, quantiles 5, 10, 25, 50, 75 % of 12,383 orders [UCI]; the tail up
/// to 74 lines (95 %) is wholesale and left out.
pub const GIFT_LINES: [u32; 5] = [1, 2, 6, 15, 28];
/// Units of a giftware line, the same quantiles and 90 %. [UCI]
pub const GIFT_UNITS: [u32; 6] = [1, 1, 1, 3, 10, 24];
/// Unit prices of giftware in pence, quantiles 5, 10, 25, 50, 75, 90, 95 %. [UCI]
pub const GIFT_PRICES: [i64; 7] = [42, 65, 125, 210, 413, 795, 995];
/// Returned lines of an order that has any: quantiles 50, 75, 90, 95 %. [UCI]
pub const RETURNED_LINES: [u32; 4] = [1, 2, 4, 5];
/// Returned lines that come back with all their units, per 10,000. [UCI]
pub const WHOLE_LINES: u32 = 3_806;
/// Items of an apparel or electronics order: counts of 1, 2, 3, 4, 5 among 1,000. [TAU]
pub const MIXED_ITEMS: [u32; 5] = [202, 217, 190, 183, 208];
/// Hours of the day orders are placed in, from 7 to 19 o'clock, counts. [UCI]
pub const HOURS_OF_DAY: [u32; 13] = [
    21, 332, 907, 1_544, 1_525, 1_969, 1_667, 1_485, 1_474, 795, 411, 133, 106,
];

/// Countries of giftware orders: [UCI] orders outside the United Kingdom (1,127 of 12,383), the
/// eight with the most and Sweden. The shop of the set is British; ours is continental, so the
/// kingdom counts a fifth (assumed) instead of nine tenths.
pub const GIFT_COUNTRIES: [(&str, u32); 9] = [
    ("GB", 230),
    ("DE", 265),
    ("FR", 223),
    ("IE", 162),
    ("BE", 65),
    ("ES", 57),
    ("NL", 54),
    ("IT", 19),
    ("SE", 23),
];
