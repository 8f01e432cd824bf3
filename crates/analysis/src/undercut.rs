//! Orders for which a policy gives less than the law.
//!
//! Both sides only change at edges: the ends of windows and periods, amounts, seals, marks,
//! conditions, days of rest, parcels that come late. Orders on every edge are tried, the simplest
//! first; the first that shows a breach is its witness. A breach is known by its dimension and
//! clause, and places that show the same are listed together.

use crate::{
    advice::advice,
    compare::{self, Breach, Dimension},
    finding::{Finding, Kind, Undercut},
    grid, ground,
    order::Order,
    statute::{self, At},
};
use jiff::{Span, civil::Date};
use kernel::{Currency, Place};
use law::{Entitlement, Exemption, Floor, LawBook, ReviewState, Status};
use policy::{Anchor, ClauseRef, Condition, Policy, ReturnReason, SalesChannel, Verdict};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    rc::Rc,
};

/// The longest a last day moves because of days of rest; longer than any chain of holidays.
const LONGEST_REST: i32 = 14;

/// Every way in which `policy` is below the law at these places; `progress` hears how many were
/// looked at and may end it.
pub(crate) fn find<E>(
    policy: &Policy,
    law: &LawBook,
    places: &[Place],
    on: Date,
    progress: &mut dyn FnMut(usize) -> Result<(), E>,
) -> Result<Vec<Finding>, E> {
    let mut search = Search::new(policy, law, grid::ordinary_day(policy.source(), on));
    for (done, place) in places.iter().enumerate() {
        progress(done)?;
        search.place(&statute::at(law, *place, on));
    }
    let mut out: Vec<Finding> = search.found.into_values().collect();
    out.sort_by(|a, b| (&a.clause, &*a.what).cmp(&(&b.clause, &*b.what)));
    Ok(out)
}

/// What one order shows: every dimension in which the policy gives less than the law there, with
/// the clause it rests on.
pub fn judge(
    policy: &Policy,
    law: &LawBook,
    place: Place,
    order: &Order,
) -> Vec<(Dimension, String)> {
    let mut search = Search::new(policy, law, order.placed_on);
    let at = statute::at(law, place, order.placed_on);
    let claims = search.claims(order);
    search.with_traits(&at, order, &claims);
    let found = search.found.into_keys();
    found
        .map(|(dimension, clause)| (dimension, policy.clause_id(clause).to_string()))
        .collect()
}

struct Search<'a> {
    policy: &'a Policy,
    law: &'a LawBook,
    on: Date,
    reasons: Vec<ReturnReason>,
    values: Vec<i64>,
    units: Vec<u32>,
    lates: BTreeSet<u16>,
    /// What the law said about a place so far: many goods and reasons ask it the same.
    floors: HashMap<Question, Rc<Floor>>,
    /// An order value below every waiver of a fee.
    cheap: Option<i64>,
    /// Some window counts from a day that can be long before delivery.
    counts_early: bool,
    found: BTreeMap<(Dimension, ClauseRef), Finding>,
}

impl<'a> Search<'a> {
    fn new(policy: &'a Policy, law: &'a LawBook, on: Date) -> Self {
        let source = policy.source();
        let currency = policy.default_currency().unwrap_or(Currency::EUR);
        let mut anchors = grid::levels(source).filter_map(|l| l.window.as_ref()?.anchor);
        Self {
            policy,
            law,
            on,
            reasons: grid::reasons(source, statute::kind),
            values: grid::values(source, currency)
                .into_iter()
                .filter(|v| *v > 0)
                .collect(),
            units: grid::units(source).into_iter().collect(),
            lates: grid::lates(source),
            floors: HashMap::new(),
            cheap: grid::unwaived(source, currency),
            counts_early: anchors.any(|a| matches!(a, Anchor::Ordered | Anchor::Fulfilled)),
            found: BTreeMap::new(),
        }
    }

    fn place(&mut self, at: &At) {
        self.floors.clear();
        for channel in channels(self.policy) {
            for (category, product) in grid::goods(self.policy.source()) {
                let mut plain =
                    Order::plain(self.policy, at.code.clone(), at.place.country, self.on);
                plain.channel = channel;
                (plain.category, plain.product) = (category, product);
                let claims = self.claims(&plain);
                for reason in self.reasons.clone() {
                    let order = Order {
                        reason,
                        ..plain.clone()
                    };
                    self.line(at, &order, &claims);
                }
                self.own_reasons(at, &plain, &claims);
            }
        }
    }

    /// Reasons of the client's own that speak of another fault than their code.
    fn own_reasons(&mut self, at: &At, plain: &Order, claims: &Claims) {
        for (path, own) in &self.policy.source().reasons {
            if let (Some(code), Some(_)) = (own.code, own.fault) {
                let order = Order {
                    reason: code,
                    own_reason: Some(path.as_str().into()),
                    ..plain.clone()
                };
                self.line(at, &order, claims);
            }
        }
    }

    /// What the exclusion of these goods claims, for broken and for intact seals.
    fn claims(&self, plain: &Order) -> Claims {
        let opened = Order {
            opened: true,
            ..plain.clone()
        };
        let answer = self.policy.evaluate(&opened.facts(self.policy));
        let excluded = matches!(
            answer.verdict,
            Verdict::Outside(kernel::ReasonCode::CategoryExcluded)
        );
        let clause = self.policy.clause_id(answer.clauses.verdict);
        let exclusion = ground::exclusion(self.policy.source(), &clause).filter(|_| excluded);
        exclusion.map_or_else(Claims::default, |e| Claims {
            intact: ground::traits(e, false),
            broken: ground::traits(e, true),
        })
    }

    /// One reason for one kind of goods. What stands against a return whatever the day is tried on
    /// the day of delivery, when every right is open; windows and fees on every day that matters.
    fn line(&mut self, at: &At, plain: &Order, claims: &Claims) {
        let floor = self.floor(at, plain, &claims.intact);
        if !floor.entitlements.iter().any(|e| answers(e, plain)) {
            return;
        }
        self.seals(at, plain, claims, &floor, true);
        for order in std::iter::once(plain.clone()).chain(self.deliveries(plain)) {
            self.every_day(at, &order, claims);
        }
        self.rest_days(at, plain, claims);
    }

    /// Every day that matters to either side.
    fn every_day(&mut self, at: &At, order: &Order, claims: &Claims) {
        for day in self.days(at, order, claims) {
            let asked = order.asked(day);
            let floor = self.floor(at, &asked, &claims.intact);
            if floor
                .entitlements
                .iter()
                .any(|e| answers(e, &asked) && usable(e))
            {
                self.seals(at, &asked, claims, &floor, false);
            }
        }
    }

    /// The seal intact and broken, the order large and small; `all`: and everything else.
    fn seals(&mut self, at: &At, order: &Order, claims: &Claims, intact: &Floor, all: bool) {
        let broken = (claims.broken != claims.intact).then(|| {
            let opened = Order {
                opened: true,
                ..order.clone()
            };
            self.floor(at, &opened, &claims.broken)
        });
        for opened in [false, true] {
            let floor = broken.as_deref().filter(|_| opened).unwrap_or(intact);
            let first = Order {
                opened,
                ..order.clone()
            };
            let cheap = self.cheap.map(|minor| Order {
                value_minor: minor.min(first.value_minor),
                order_minor: minor,
                ..first.clone()
            });
            for order in std::iter::once(first).chain(cheap) {
                self.hold(at, &order, floor);
                if all {
                    self.others(at, &order, floor, claims);
                }
            }
        }
    }

    /// The same order with one thing changed that some rule looks at.
    fn others(&mut self, at: &At, order: &Order, floor: &Floor, claims: &Claims) {
        let mut same_law = vec![Order {
            evidence: false,
            ..order.clone()
        }];
        same_law.extend(self.units.iter().map(|units| Order {
            units: *units,
            ..order.clone()
        }));
        same_law.extend(self.values.iter().map(|value| Order {
            value_minor: *value,
            order_minor: *value,
            ..order.clone()
        }));
        for order in same_law {
            self.hold(at, &order, floor);
        }
        self.with_traits(
            at,
            &Order {
                final_sale: true,
                ..order.clone()
            },
            claims,
        );
        for condition in Condition::ALL {
            let lacks = vec![*condition];
            self.with_traits(
                at,
                &Order {
                    lacks,
                    ..order.clone()
                },
                claims,
            );
        }
    }

    /// Days to ask on: the policy's edges and the law's last day.
    fn days(&mut self, at: &At, order: &Order, claims: &Claims) -> BTreeSet<Date> {
        let mut days = grid::asks(self.policy, order, &self.lates);
        let floor = self.floor(at, order, &claims.intact);
        days.extend(floor.entitlements.iter().filter_map(|e| e.deadline));
        days.retain(|day| order.delivered_on.is_none_or(|came| *day >= came));
        days
    }

    /// Parcels that come late, and orders whose other parcels come late: as late as the policy's
    /// own window is long, so that a window counted from too early is over.
    fn deliveries(&self, plain: &Order) -> Vec<Order> {
        let answer = self.policy.evaluate(&plain.facts(self.policy));
        let Some(until) = answer.window_until else {
            return Vec::new();
        };
        let late = until.saturating_add(Span::new().days(1));
        let mut out = Vec::new();
        if self.counts_early {
            out.push(Order {
                delivered_on: Some(late),
                last_parcel_on: Some(late),
                ..plain.clone()
            });
        }
        out.push(Order {
            last_parcel_on: Some(late),
            ..plain.clone()
        });
        out
    }

    /// The law's last day moves past days of rest; a policy that ends at about the same time may
    /// not. Orders whose last day falls on every kind of day of rest within a year.
    fn rest_days(&mut self, at: &At, plain: &Order, claims: &Claims) {
        let answer = self.policy.evaluate(&plain.facts(self.policy));
        let floor = self.floor(at, plain, &claims.intact);
        let margin = Span::new().days(LONGEST_REST);
        let near = floor.entitlements.iter().any(|e| {
            let (Some(law), Some(ours)) = (e.deadline, answer.window_until) else {
                return false;
            };
            answers(e, plain)
                && ours < law.saturating_add(margin)
                && law < ours.saturating_add(margin)
        });
        if !near {
            return;
        }
        let Some(length) = answer
            .window_until
            .and_then(|end| end.since(plain.placed_on).ok())
        else {
            return;
        };
        let year = Span::new().years(1);
        let holidays = at.holidays.days().iter();
        let ends = holidays.filter(|h| **h > self.on && **h < self.on.saturating_add(year));
        let around = ends.flat_map(|h| (-2..=1).map(|n| h.saturating_add(Span::new().days(n))));
        let week = (0..7).map(|n| {
            let end = answer.window_until.unwrap_or(self.on);
            end.saturating_add(Span::new().days(n))
        });
        let ends: BTreeSet<Date> = around.chain(week).collect();
        for end in ends {
            let placed = end.saturating_sub(length);
            if placed < self.on {
                continue;
            }
            let shift = placed.since(plain.placed_on).unwrap_or_default();
            let moved = |day: Option<Date>| day.map(|d| d.saturating_add(shift));
            let order = Order {
                placed_on: placed,
                sent_on: moved(plain.sent_on),
                delivered_on: moved(plain.delivered_on),
                last_parcel_on: moved(plain.last_parcel_on),
                ..plain.clone()
            };
            self.every_day(at, &order, claims);
        }
    }

    /// What the law says about an order at the place that is looked at.
    fn floor(&mut self, at: &At, order: &Order, traits: &[Exemption]) -> Rc<Floor> {
        let question = Question {
            kind: statute::kind(order.reason),
            channel: order.channel,
            days: [
                Some(order.placed_on),
                Some(order.asked_on),
                order.delivered_on,
                order.last_parcel_on,
            ],
            traits: traits.into(),
        };
        if let Some(known) = self.floors.get(&question) {
            return known.clone();
        }
        let answer = statute::floor(self.law, at, order, traits, self.disclosure());
        self.floors
            .entry(question)
            .or_insert(Rc::new(answer))
            .clone()
    }

    fn disclosure(&self) -> policy::source::DisclosureSource {
        self.policy.source().disclosure
    }

    /// Compares both sides for an order whose state the law may look at.
    fn with_traits(&mut self, at: &At, order: &Order, claims: &Claims) {
        let mut traits = if order.opened {
            claims.broken.clone()
        } else {
            claims.intact.clone()
        };
        for lack in &order.lacks {
            traits.extend_from_slice(ground::lack(*lack));
        }
        if order.final_sale {
            traits.push(Exemption::MarkedFinalSale);
        }
        let floor = self.floor(at, order, &traits);
        self.hold(at, order, &floor);
    }

    /// Holds the policy's answer against every right that can be used.
    fn hold(&mut self, at: &At, order: &Order, floor: &Floor) {
        let answer = self.policy.evaluate(&order.facts(self.policy));
        for right in floor
            .entitlements
            .iter()
            .filter(|e| usable(e) && answers(e, order))
        {
            for breach in compare::breaches(order, &answer, right, &at.holidays) {
                self.note(at, order, right, breach);
            }
        }
    }

    fn note(&mut self, at: &At, order: &Order, right: &Entitlement, breach: Breach) {
        let key = (breach.dimension, breach.clause);
        if let Some(known) = self.found.get_mut(&key) {
            let places = known.undercut.as_mut().map(|u| &mut u.places);
            if let Some(places) = places.filter(|p| p.last() != Some(&at.code)) {
                places.push(at.code.clone());
            }
            return;
        }
        let clause = self.policy.clause_id(breach.clause);
        let (what, help) = advice(breach.dimension);
        let mut finding = Finding::new(Kind::Undercut, self.policy.source(), &clause, what, help);
        finding.witness = Some(order.clone());
        finding.undercut = Some(Undercut {
            dimension: breach.dimension,
            policy: breach.policy,
            law: breach.law,
            rule: right.rule.to_string(),
            citation: right.citation.to_string(),
            reviewed: right.review == ReviewState::Approved,
            places: vec![at.code.clone()],
        });
        self.found.insert(key, finding);
    }
}

/// Everything in an order that the law looks at.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Question {
    kind: u8,
    channel: SalesChannel,
    days: [Option<Date>; 4],
    traits: Box<[Exemption]>,
}

/// What an exclusion claims about its goods.
#[derive(Debug, Default)]
struct Claims {
    intact: Vec<Exemption>,
    broken: Vec<Exemption>,
}

/// Whether a right answers what an order asks.
fn answers(right: &Entitlement, order: &Order) -> bool {
    compare::answers(right, statute::request(order))
}

/// A right that can be used once the goods are there. Before that nothing is refused.
fn usable(right: &Entitlement) -> bool {
    matches!(right.status, Status::Open { .. })
}

/// Channels the law or the policy tells apart.
fn channels(policy: &Policy) -> Vec<SalesChannel> {
    let own = &policy.source().channels;
    let told_apart = [
        SalesChannel::Online,
        SalesChannel::Store,
        SalesChannel::Business,
    ];
    SalesChannel::ALL
        .iter()
        .copied()
        .filter(|c| told_apart.contains(c) || own.contains_key(c))
        .collect()
}
