//! Operations behind their doors: none is described or served without one. The doors of the API
//! stand here once, by what they ask for.

use app::App;
use axum::{
    Router,
    routing::{MethodFilter, MethodRouter},
};
use kernel::Permission as P;
use surface::door::{By, Declared, Door, Effect, Guarded};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

/// See cases, orders and what belongs to them.
pub const READ: Door = Door::right(P::CaseRead).at_slug();
/// Ask in a shopper's name.
pub const ASK: Door = Door::right(P::CaseRequest).at_slug();
/// Decide about a case.
pub const DECIDE: Door = Door::right(P::CaseDecide).at_slug();
/// Decide against the rule, approve above others' limits.
pub const OVERRIDE: Door = Door::right(P::CaseOverride).at_slug();
/// Work on goods.
pub const DOCK: Door = Door::right(P::DockWork).at_slug();
/// Move parcels.
pub const SCAN: Door = Door::right(P::ParcelScan).at_slug();
/// See money.
pub const MONEY: Door = Door::right(P::MoneyRead).at_slug();
/// Move money.
pub const OPERATE: Door = Door::right(P::MoneyOperate).at_slug();
/// Spend store credit.
pub const CREDIT: Door = Door::right(P::CreditSpend).at_slug();
/// Bring orders and articles.
pub const IMPORT: Door = Door::right(P::OrderImport).at_slug();
/// Read the ledger.
pub const LEDGER: Door = Door::right(P::LedgerRead).at_slug();
/// Write policies.
pub const POLICY: Door = Door::right(P::PolicyWrite).at_slug();
/// Approve policies.
pub const APPROVE: Door = Door::right(P::PolicyApprove).at_slug();
/// Run the installation.
pub const ADMIN: Door = Door::right(P::Administer).at_slug();
/// Papers that name buyers: the desk, and who looks after the money.
pub const PAPERS: Door = Door::any_of(&[P::CaseRequest, P::MoneyRead]).at_slug();
/// See the law.
pub const LAW: Door = Door::right(P::CaseRead).of_the_house();
/// Publish packs of the law, for the clients in reach.
pub const LAW_ADMIN: Door = Door::right(P::Administer);

/// Operations with their descriptions and doors.
#[must_use]
pub struct Operations {
    router: OpenApiRouter<App>,
    declared: Vec<Declared>,
}

impl Operations {
    /// None yet.
    pub fn new() -> Self {
        Self {
            router: OpenApiRouter::new(),
            declared: Vec::new(),
        }
    }

    /// An operation; it changes something unless it is a GET.
    pub fn route(self, door: Door, operation: UtoipaMethodRouter<App>) -> Self {
        self.add((door, By::Key), Effect::Changes, operation)
    }

    /// An operation for people who signed in: a key is not let in.
    pub fn by_people(self, door: Door, operation: UtoipaMethodRouter<App>) -> Self {
        self.add((door, By::Session), Effect::Changes, operation)
    }

    /// An operation that changes nothing, whatever its method.
    pub fn ask(self, door: Door, operation: UtoipaMethodRouter<App>) -> Self {
        self.add((door, By::Key), Effect::Reads, operation)
    }

    fn add(
        mut self,
        (door, by): (Door, By),
        effect: Effect,
        (schemas, paths, handler): UtoipaMethodRouter<App>,
    ) -> Self {
        let mut guarded = MethodRouter::new();
        for (path, item) in &paths.paths {
            let methods = [
                ("GET", MethodFilter::GET, item.get.is_some()),
                ("POST", MethodFilter::POST, item.post.is_some()),
                ("PUT", MethodFilter::PUT, item.put.is_some()),
                ("DELETE", MethodFilter::DELETE, item.delete.is_some()),
            ];
            for (method, filter, _) in methods.into_iter().filter(|(.., there)| *there) {
                let inner = Guarded::new(door, by, handler.clone());
                guarded = guarded.on(filter, inner);
                self.declared.push(Declared {
                    method,
                    path: path.clone(),
                    door,
                    effect: if method == "GET" {
                        Effect::Reads
                    } else {
                        effect
                    },
                    by,
                });
            }
        }
        self.router = self.router.routes((schemas, paths, guarded));
        self
    }

    /// The operations of another room as well.
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.declared.extend(other.declared);
        self
    }

    /// These operations, all under one address.
    pub fn under(mut self, prefix: &str) -> Self {
        self.router = OpenApiRouter::new().nest(prefix, self.router);
        for declared in &mut self.declared {
            declared.path.insert_str(0, prefix);
        }
        self
    }

    /// The description alone.
    pub fn into_openapi(self) -> utoipa::openapi::OpenApi {
        self.router.into_openapi()
    }

    /// Router, description and doors.
    pub fn into_parts(self) -> (Router<App>, utoipa::openapi::OpenApi, Vec<Declared>) {
        let (router, description) = self.router.split_for_parts();
        (router, description, self.declared)
    }
}
