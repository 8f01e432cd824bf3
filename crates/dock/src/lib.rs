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

use app::App;
use axum::{
    Router,
    routing::{get, post},
};

/// The routes under `/dock`. Security headers, cross-site checks and error pages are layered by
/// the binary.
pub fn router() -> Router<App> {
    Router::new()
        .route("/dock", get(scan::home))
        .route("/dock/scan", post(scan::take))
        .route("/dock/now", get(scan::now))
        .route("/dock/choose", get(scan::choose))
        .route(
            "/dock/unexpected",
            get(unexpected::page).post(unexpected::open),
        )
        .route("/dock/strays", get(strays::page).post(strays::keep))
        .route("/dock/strays/{client}/{stray}", post(strays::matched))
        .route("/dock/{client}/{case}/recount", post(recount::send))
        .route("/dock/{client}/{case}", get(receive::page))
        .route("/dock/{client}/{case}/receive", post(receive::send))
        .route(
            "/dock/{client}/{case}/grade/{line}",
            get(grade::page).post(grade::send),
        )
        .route("/dock/{client}/{case}/dispose", post(receive::dispose))
}
