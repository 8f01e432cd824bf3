//! The receiving bench: scan anything, count what is in the parcel, grade it, send it on.
//!
//! Made for a tablet with a scanner and gloves: big targets, one question at a time, a state word
//! readable from two metres. Every step is a page that works by keyboard and without script, and
//! every form carries its own key, so a double press or a late repeat gets the same answer.
//! No rules live here: what may be received, and what follows from it, is decided in `returns`.

mod bench;
mod fields;
mod grade;
mod receive;
mod recent;
mod recount;
mod scan;
mod strays;
mod unexpected;
mod words;

use kernel::Permission;
use surface::door::{Door, Doors};

/// The routes under `/dock`. Security headers, cross-site checks and error pages are layered by
/// the binary.
pub fn router() -> Doors {
    let work = Door::right(Permission::DockWork);
    let here = work.at_slug();
    Doors::pages()
        .get("/dock", work, scan::home)
        .ask("/dock/scan", work, scan::take)
        .get("/dock/now", work, scan::now)
        .get("/dock/choose", work, scan::choose)
        .get("/dock/unexpected", work, unexpected::page)
        .post("/dock/unexpected", work, unexpected::open)
        .get("/dock/strays", work, strays::page)
        .post("/dock/strays", work, strays::keep)
        .post("/dock/strays/{client}/{stray}", here, strays::matched)
        .post("/dock/{client}/{case}/recount", here, recount::send)
        .get("/dock/{client}/{case}", here, receive::page)
        .post("/dock/{client}/{case}/receive", here, receive::send)
        .get("/dock/{client}/{case}/grade/{line}", here, grade::page)
        .post("/dock/{client}/{case}/grade/{line}", here, grade::send)
        .post("/dock/{client}/{case}/dispose", here, receive::dispose)
}
