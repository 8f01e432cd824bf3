//! The desk: every page people sign in for except the dock. Queues, the case workbench, orders,
//! money, jobs, stock, ledger, search, and one live stream per tab.
//!
//! Pages read through `app` and post commands to it; no rule of returns and no SQL lives here.
//! Everything works without script: each action has its own address (`?do=decline`), a post ends
//! in a redirect, and a refused post shows the form again with what was typed. Words are in
//! `locales/*/desk.ftl`.

mod approvals;
mod asked;
mod books;
mod case;
mod claim;
mod clocks;
mod credit;
mod declarations;
mod disputes;
mod due;
mod form;
mod frame;
mod home;
mod jobs;
mod label;
mod law;
mod ledger;
mod live;
mod money;
mod new;
mod order;
mod privacy;
mod queue;
mod recon;
mod script;
mod search;
mod sign;
mod stock;
mod studio;
mod words;

use app::App;
use axum::{
    Router,
    routing::{get, post},
};

/// The routes. Security headers, cross-site checks and error pages are layered by the binary; a
/// `tokio_util::sync::CancellationToken` in an `axum::Extension` ends live streams with it.
pub fn router() -> Router<App> {
    Router::new()
        .route("/", get(home::page))
        .route("/sign-in", get(sign::explain))
        .route("/sign-in/{link}", get(sign::ask).post(sign::spend))
        .route("/sign-out", post(sign::out))
        .route("/language", post(sign::speak))
        .route("/desk", get(queue::page))
        .route("/desk/clocks", get(clocks::page))
        .route("/desk/clocks/breaches", get(clocks::breaches))
        .route("/desk/clocks/breaches.csv", get(clocks::breaches_csv))
        .route("/desk/declarations", get(declarations::page))
        .route(
            "/desk/declarations/{client}/{declaration}/{act}",
            post(declarations::send),
        )
        .route("/desk/new", get(new::page).post(new::send))
        .route("/desk/{client}/{case}", get(case::page))
        .route(
            "/desk/{client}/{case}/photo/{photo}",
            get(case::around::photo),
        )
        .route("/desk/{client}/{case}/do/{act}", post(case::send))
        .route("/desk/{client}/{case}/label/{file}", get(label::file))
        .route(
            "/desk/{client}/{case}/document/{file}",
            get(case::documents::file),
        )
        .route("/desk/{client}/{case}/quote", get(case::quote::sheet))
        .route("/orders/{client}/{order}", get(order::page))
        .route(
            "/orders/{client}/{order}/claim",
            get(claim::page).post(claim::send),
        )
        .route("/orders/{client}/{order}/reveal", post(privacy::reveal))
        .route("/privacy/{client}", get(privacy::page))
        .route(
            "/privacy/{client}/erasure/{file}",
            get(privacy::certificate),
        )
        .route("/privacy/{client}/{customer}", get(privacy::person))
        .route("/privacy/{client}/{customer}/{act}", post(privacy::send))
        .route("/search", get(search::page))
        .route("/approvals", get(approvals::page))
        .route(
            "/approvals/{client}/{case}/{grant}/{act}",
            post(approvals::answer),
        )
        .route("/money", get(money::page))
        .route("/money/reconciliation", get(recon::page))
        .route("/money/reconciliation.csv", get(recon::csv))
        .route("/money/reconciliation/{client}/run", post(recon::run))
        .route("/money/reconciliation/{client}/{break}", get(recon::one))
        .route(
            "/money/reconciliation/{client}/{break}/{act}",
            post(recon::act),
        )
        .route("/money/books", get(books::page))
        .route("/money/books/{client}/of/{case}", get(books::of_case))
        .route(
            "/money/books/{client}/{currency}/{account}",
            get(books::account),
        )
        .route("/money/credit/{client}", get(credit::list))
        .route("/money/credit/{client}/{credit}", get(credit::statement))
        .route("/jobs", get(jobs::page))
        .route("/jobs/{client}/{job}/retry", post(jobs::retry))
        .route("/script/{client}", get(script::page))
        .route("/stock/{client}", get(stock::page))
        .route("/ledger", get(ledger::page))
        .route("/ledger/{client}/verify", post(ledger::verify))
        .route("/ledger/{client}/{case}", get(ledger::proofs))
        .route("/ledger/{client}/{case}/{file}", get(ledger::receipt))
        .route("/events", get(live::stream))
        .merge(disputes::router())
        .merge(law::router())
        .merge(studio::router())
}
