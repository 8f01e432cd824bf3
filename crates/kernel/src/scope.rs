//! Who acts and what they may touch. A [`Scope`] comes only from a session, an API key or the
//! system itself; every store and app function takes one, and [`Scope::may`] is the one total,
//! fail-closed answer to "may they?".

use crate::id::{ClientId, OrderId, UserId};
use serde::{Deserialize, Serialize};

macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// One thing a role may do. Roles are sets of these: data, not code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Permission { $($(#[$doc])* $name,)* }

        impl Permission {
            /// Every permission, in declaration order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The permission written as `text`, if there is one.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|p| p.as_str() == text)
            }

            /// The stable written form, as in API keys and audit entries.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }
        }
    };
}

permissions! {
    /// See cases and the orders they are about.
    CaseRead = "case_read";
    /// Ask for a return in someone's name.
    CaseRequest = "case_request";
    /// Authorise, decline, ask, decide within one's own limit.
    CaseDecide = "case_decide";
    /// Decide against the rule, with a reason; approve above others' limits.
    CaseOverride = "case_override";
    /// Receive, count, grade and dispose of goods.
    DockWork = "dock_work";
    /// Move parcels: carrier scans.
    ParcelScan = "parcel_scan";
    /// See obligations, payouts and payment files; reconcile.
    MoneyRead = "money_read";
    /// Release, retry or reconcile payments.
    MoneyOperate = "money_operate";
    /// Import orders and returns.
    OrderImport = "order_import";
    /// Read the ledger and its proofs.
    LedgerRead = "ledger_read";
    /// See and retry background work.
    JobsOperate = "jobs_operate";
    /// Sign a rule of the law off as its reviewer.
    LawReview = "law_review";
    /// Write drafts of a policy, check and try them, ask for review, publish what was approved.
    PolicyWrite = "policy_write";
    /// Approve a policy somebody else wrote.
    PolicyApprove = "policy_approve";
    /// Manage users, keys, webhooks, clients.
    Administer = "administer";
    /// Spend store credit for a shopper: a till or a shop of the client.
    CreditSpend = "credit_spend";
}

/// A set of permissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Permissions(u64);

impl Permissions {
    /// The set of exactly these.
    pub const fn of(list: &[Permission]) -> Self {
        let mut bits = 0;
        let mut i = 0;
        while i < list.len() {
            bits |= 1 << list[i] as u64;
            i += 1;
        }
        Self(bits)
    }

    /// Whether the set holds `permission`.
    pub const fn has(self, permission: Permission) -> bool {
        self.0 & (1 << permission as u64) != 0
    }

    /// Whether the set holds everything `other` does.
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// What both sets hold.
    pub const fn intersect(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

/// The roles the first version signs people in with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Works cases at the desk.
    Agent,
    /// Leads a team: overrides, second approvals, jobs.
    TeamLead,
    /// Works the dock.
    DockOperator,
    /// Looks after payments and their reconciliation.
    Finance,
    /// A person of the client (retailer): reads everything of their own client, writes and
    /// approves its policy.
    ClientUser,
    /// A carrier or warehouse partner: scans only.
    Partner,
    /// Counsel: reads, and answers for rules of the law.
    Reviewer,
    /// Runs the installation.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: &[Self] = &[
        Self::Agent,
        Self::TeamLead,
        Self::DockOperator,
        Self::Finance,
        Self::ClientUser,
        Self::Partner,
        Self::Reviewer,
        Self::Admin,
    ];

    /// The stable written form.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::TeamLead => "team_lead",
            Self::DockOperator => "dock_operator",
            Self::Finance => "finance",
            Self::ClientUser => "client_user",
            Self::Partner => "partner",
            Self::Reviewer => "reviewer",
            Self::Admin => "admin",
        }
    }

    /// The role written as `text`, if there is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|r| r.as_str() == text)
    }

    /// What the role may do.
    pub const fn permissions(self) -> Permissions {
        use Permission as P;
        match self {
            Self::Agent => {
                Permissions::of(&[P::CaseRead, P::CaseRequest, P::CaseDecide, P::LedgerRead])
            }
            Self::TeamLead => Permissions::of(&[
                P::CaseRead,
                P::CaseRequest,
                P::CaseDecide,
                P::CaseOverride,
                P::MoneyRead,
                P::LedgerRead,
                P::JobsOperate,
                P::PolicyWrite,
            ]),
            Self::DockOperator => Permissions::of(&[P::CaseRead, P::DockWork, P::ParcelScan]),
            Self::Finance => Permissions::of(&[
                P::CaseRead,
                P::MoneyRead,
                P::MoneyOperate,
                P::CreditSpend,
                P::LedgerRead,
                P::JobsOperate,
            ]),
            Self::ClientUser => Permissions::of(&[
                P::CaseRead,
                P::MoneyRead,
                P::CreditSpend,
                P::OrderImport,
                P::LedgerRead,
                P::PolicyWrite,
                P::PolicyApprove,
            ]),
            Self::Partner => Permissions::of(&[P::ParcelScan]),
            Self::Reviewer => Permissions::of(&[P::CaseRead, P::LedgerRead, P::LawReview]),
            Self::Admin => Permissions::of(Permission::ALL),
        }
    }
}

/// Who did it; stored with every event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    /// The shopper of an order, known by proof of order number and e-mail or postcode.
    Shopper,
    /// A person or service account.
    User {
        /// Which.
        id: UserId,
    },
    /// A rule of the client's policy or the law, without a person.
    Rule,
    /// Redress itself: jobs, clocks, imports.
    System,
    /// An outside party answering a call of ours: carrier, payment provider, bank.
    Provider,
}

/// Which clients a scope reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Reach {
    /// These clients, sorted.
    Clients(Vec<ClientId>),
    /// One order of one client: a shopper.
    Order(ClientId, OrderId),
    /// Everything: the installation's own work. Made only by [`Scope::system`].
    House,
}

/// Who acts, what they may do, and on which clients. Cannot be widened, only narrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    actor: Actor,
    role: Option<Role>,
    permissions: Permissions,
    reach: Reach,
}

impl Scope {
    /// A user in this role on these clients.
    pub fn user(id: UserId, role: Role, mut clients: Vec<ClientId>) -> Self {
        clients.sort_unstable();
        clients.dedup();
        let (actor, reach) = (Actor::User { id }, Reach::Clients(clients));
        Self {
            actor,
            role: Some(role),
            permissions: role.permissions(),
            reach,
        }
    }

    /// A shopper who proved to know one order.
    pub fn shopper(client: ClientId, order: OrderId) -> Self {
        let permissions = Permissions::of(&[Permission::CaseRead, Permission::CaseRequest]);
        Self {
            actor: Actor::Shopper,
            role: None,
            permissions,
            reach: Reach::Order(client, order),
        }
    }

    /// The installation itself (jobs, imports, CLI on the machine). Never made from a request.
    pub fn system() -> Self {
        let permissions = Permissions::of(Permission::ALL);
        Self {
            actor: Actor::System,
            role: None,
            permissions,
            reach: Reach::House,
        }
    }

    /// The same actor with at most these rights and, of a list, at most these clients.
    #[must_use]
    pub fn narrowed(mut self, permissions: Permissions, clients: Option<&[ClientId]>) -> Self {
        self.permissions = self.permissions.intersect(permissions);
        if let (Reach::Clients(own), Some(wanted)) = (&mut self.reach, clients) {
            own.retain(|client| wanted.contains(client));
        }
        self
    }

    /// Who acts.
    pub const fn actor(&self) -> Actor {
        self.actor
    }

    /// The role of a user; decides how much they may approve. None for shoppers and the house.
    pub const fn role(&self) -> Option<Role> {
        self.role
    }

    /// The one answer: may this scope do `permission` on `client`? Anything not clearly allowed
    /// is denied. A shopper's scope also needs [`Scope::reaches_order`].
    pub fn may(&self, permission: Permission, client: ClientId) -> bool {
        self.permissions.has(permission) && self.reaches(client)
    }

    /// Whether `client` is inside this scope at all.
    pub fn reaches(&self, client: ClientId) -> bool {
        match &self.reach {
            Reach::Clients(list) => list.binary_search(&client).is_ok(),
            Reach::Order(own, _) => *own == client,
            Reach::House => true,
        }
    }

    /// Whether `order` of `client` is inside this scope.
    pub fn reaches_order(&self, client: ClientId, order: OrderId) -> bool {
        match &self.reach {
            Reach::Order(c, o) => *c == client && *o == order,
            _ => self.reaches(client),
        }
    }

    /// The clients a user may list over; `None` for the house itself (all), empty for a shopper,
    /// who never lists.
    pub fn clients(&self) -> Option<&[ClientId]> {
        match &self.reach {
            Reach::Clients(list) => Some(list),
            Reach::Order(..) => Some(&[]),
            Reach::House => None,
        }
    }

    /// The permissions held, whatever the client.
    pub const fn permissions(&self) -> Permissions {
        self.permissions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn denied_unless_clearly_allowed() {
        let user = UserId(uuid::Uuid::nil());
        let agent = Scope::user(user, Role::Agent, vec![ClientId(2), ClientId(1)]);
        assert!(agent.may(Permission::CaseDecide, ClientId(1)));
        assert!(!agent.may(Permission::CaseDecide, ClientId(3)));
        assert!(!agent.may(Permission::Administer, ClientId(1)));
        let order = OrderId(uuid::Uuid::nil());
        let other = OrderId(uuid::Uuid::max());
        let shopper = Scope::shopper(ClientId(1), order);
        assert!(shopper.reaches_order(ClientId(1), order));
        assert!(!shopper.reaches_order(ClientId(1), other));
        assert!(!shopper.reaches_order(ClientId(2), order));
        assert!(!shopper.may(Permission::CaseDecide, ClientId(1)));
        assert_eq!(shopper.clients(), Some(&[][..]));
        assert!(Scope::system().may(Permission::Administer, ClientId(9)));
    }

    #[test]
    fn a_narrowed_scope_never_gains() {
        let user = UserId(uuid::Uuid::nil());
        let agent = Scope::user(user, Role::Agent, vec![ClientId(1), ClientId(2)]);
        let wide = Role::Admin.permissions();
        let narrow = agent
            .clone()
            .narrowed(wide, Some(&[ClientId(2), ClientId(3)]));
        assert!(narrow.may(Permission::CaseDecide, ClientId(2)));
        assert!(!narrow.may(Permission::Administer, ClientId(2)));
        assert!(!narrow.reaches(ClientId(1)) && !narrow.reaches(ClientId(3)));
        let read = Permissions::of(&[Permission::CaseRead]);
        let reader = agent.narrowed(read, None);
        assert!(reader.may(Permission::CaseRead, ClientId(1)));
        assert!(!reader.may(Permission::CaseDecide, ClientId(1)));
        assert!(wide.covers(read) && !read.covers(wide));
    }

    #[test]
    fn roles_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(*role));
        }
    }
}
