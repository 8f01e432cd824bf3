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
mod door;
mod due;
mod form;
mod frame;
mod home;
mod jobs;
mod label;
mod law;
mod ledger;
mod limits;
mod live;
mod money;
mod new;
mod order;
mod privacy;
mod queue;
mod recon;
mod script;
mod search;
mod security;
mod stock;
mod studio;
mod words;

pub use door::guard;

use axum::extract::DefaultBodyLimit;
use kernel::Permission as P;
use surface::door::{Door, Doors};

/// How much a form with files may bring.
const fn uploads() -> DefaultBodyLimit {
    DefaultBodyLimit::max(redress_http::csrf::UPLOAD_MAX)
}

/// The routes. Security headers, cross-site checks and error pages are layered by the binary; a
/// `tokio_util::sync::CancellationToken` in an `axum::Extension` ends live streams with it.
pub fn router() -> Doors {
    let cases = Door::right(P::CaseRead);
    let ask = Door::right(P::CaseRequest);
    let decide = Door::right(P::CaseDecide);
    let acts = Door::any_of(CASE_ACTS);
    let papers = Door::any_of(&[P::CaseRequest, P::MoneyRead]);
    let money = Door::right(P::MoneyRead);
    let operate = Door::right(P::MoneyOperate);
    let jobs = Door::right(P::JobsOperate);
    let ledger = Door::right(P::LedgerRead);
    let admin = Door::right(P::Administer);
    Doors::pages()
        .post(
            "/orders/{client}/{order}/claim",
            ask.at_number(),
            claim::send,
        )
        .post(
            "/money/reconciliation/{client}/file",
            operate.at_number(),
            recon::take,
        )
        .layer(uploads())
        .get("/", cases, home::page)
        .get("/desk", cases, queue::page)
        .get("/desk/clocks", cases, clocks::page)
        .get("/desk/clocks/breaches", cases, clocks::breaches)
        .get("/desk/clocks/breaches.csv", cases, clocks::breaches_csv)
        .get("/desk/declarations", ask, declarations::page)
        .post(
            "/desk/declarations/{client}/{declaration}/{act}",
            decide.at_number(),
            declarations::send,
        )
        .get("/desk/new", ask, new::page)
        .post("/desk/new", ask, new::send)
        .get("/desk/{client}/{case}", cases.at_number(), case::page)
        .get(
            "/desk/{client}/{case}/photo/{photo}",
            cases.at_number(),
            case::around::photo,
        )
        .post(
            "/desk/{client}/{case}/do/{act}",
            acts.at_number(),
            case::send,
        )
        .get(
            "/desk/{client}/{case}/label/{file}",
            cases.at_number(),
            label::file,
        )
        .get(
            "/desk/{client}/{case}/document/{file}",
            papers.at_number(),
            case::documents::file,
        )
        .get(
            "/desk/{client}/{case}/quote",
            cases.at_number(),
            case::quote::sheet,
        )
        .get("/orders/{client}/{order}", cases.at_number(), order::page)
        .get(
            "/orders/{client}/{order}/claim",
            ask.at_number(),
            claim::page,
        )
        .post(
            "/orders/{client}/{order}/reveal",
            cases.at_number(),
            privacy::reveal,
        )
        .get("/privacy/{client}", admin.at_number(), privacy::page)
        .get(
            "/privacy/{client}/erasure/{file}",
            admin.at_number(),
            privacy::certificate,
        )
        .get(
            "/privacy/{client}/{customer}",
            admin.at_number(),
            privacy::person,
        )
        .post(
            "/privacy/{client}/{customer}/{act}",
            admin.at_number(),
            privacy::send,
        )
        .get("/search", cases, search::page)
        .get("/approvals", cases, approvals::page)
        .post(
            "/approvals/{client}/{case}/{grant}/{act}",
            Door::right(P::CaseOverride).at_number(),
            approvals::answer,
        )
        .post(
            "/approvals/{client}/{case}/{kind}/{subject}/{act}",
            Door::any_of(&[P::CaseOverride, P::MoneyOperate]).at_number(),
            approvals::payouts::answer,
        )
        .get("/limits", admin, limits::first)
        .get(
            "/limits/{client}/{currency}",
            admin.at_number(),
            limits::page,
        )
        .post(
            "/limits/{client}/{currency}",
            admin.at_number(),
            limits::set,
        )
        .get("/money", money, money::page)
        .get("/money/reconciliation", money, recon::page)
        .get("/money/reconciliation.csv", money, recon::csv)
        .post(
            "/money/reconciliation/{client}/run",
            operate.at_number(),
            recon::run,
        )
        .get(
            "/money/reconciliation/{client}/{break}",
            money.at_number(),
            recon::one,
        )
        .post(
            "/money/reconciliation/{client}/{break}/{act}",
            operate.at_number(),
            recon::act,
        )
        .get("/money/books", money, books::page)
        .get(
            "/money/books/{client}/of/{case}",
            money.at_number(),
            books::of_case,
        )
        .get(
            "/money/books/{client}/{currency}/{account}",
            money.at_number(),
            books::account,
        )
        .get("/money/credit/{client}", money.at_number(), credit::list)
        .get(
            "/money/credit/{client}/{credit}",
            money.at_number(),
            credit::statement,
        )
        .get("/jobs", jobs, jobs::page)
        .post("/jobs/{client}/{job}/retry", jobs.at_number(), jobs::retry)
        .get("/security", admin, security::page)
        .get("/script/{client}", cases.at_number(), script::page)
        .get("/stock/{client}", cases.at_number(), stock::page)
        .get("/ledger", ledger, ledger::page)
        .ask(
            "/ledger/{client}/verify",
            ledger.at_number(),
            ledger::verify,
        )
        .get(
            "/ledger/{client}/{case}",
            ledger.at_number(),
            ledger::proofs,
        )
        .get(
            "/ledger/{client}/{case}/{file}",
            ledger.at_number(),
            ledger::receipt,
        )
        .get("/events", cases, live::stream)
        .merge(disputes::router())
        .merge(door::router())
        .merge(law::router())
        .merge(studio::router())
}

/// What people do to a case on its page; each act needs one of these.
const CASE_ACTS: &[P] = &[
    P::CaseRequest,
    P::CaseDecide,
    P::CaseOverride,
    P::MoneyOperate,
];
