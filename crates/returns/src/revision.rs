//! What changed in a quote and why: two quotes compared figure by figure, and the facts they
//! rested on compared fact by fact. Typed values only; words are for surfaces.

use crate::account::OrderAccount;
use crate::apply::replay_each;
use crate::case::ReturnCase;
use crate::decide::Facts;
use crate::decision::{Decision, LawBasis, RequestedLine, Verdict};
use crate::event::{Event, What};
use crate::order::SalesOrder;
use crate::present::present;
use crate::quote::{Quote, QuoteKind};
use kernel::{Date, Money, Timestamp};
use policy::{Grade, Outcome, ReturnReason};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One figure of a quote somebody saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What it is about.
    pub kind: QuoteKind,
    /// Index of the order line; none for outbound delivery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u16>,
    /// Signed minor units, tax included.
    pub minor: i64,
}

/// What a line of a quote rested on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenLine {
    /// As it was asked.
    pub asked: RequestedLine,
    /// Whether it was not granted.
    pub declined: bool,
    /// Units its money was about.
    pub units: u32,
    /// Units declared missing.
    #[serde(default)]
    pub missing: u32,
    /// Units inspected and not taken back.
    #[serde(default)]
    pub rejected: u32,
    /// Units by the condition they came back in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub graded: Vec<(Grade, u32)>,
}

/// What an order had left when a quote was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenOrder {
    /// Still refundable on the whole order, minor units.
    pub refundable_minor: i64,
    /// Per line of the quote: its index, paid for all its units, and units no other case holds.
    pub lines: Vec<(u16, i64, u32)>,
}

/// A quote as somebody saw it, with what it rested on: enough to say later what changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Figure by figure.
    pub figures: Vec<Figure>,
    /// The total, and the bonus on top in minor units.
    pub total: Money,
    /// Promotional credit on top, minor units.
    #[serde(default)]
    pub bonus_minor: i64,
    /// Line by line.
    pub lines: Vec<SeenLine>,
    /// The version of the law, if it was recorded.
    #[serde(default)]
    pub law: Option<LawBasis>,
    /// The day of asking, as the policy counts it.
    #[serde(default)]
    pub asked_on: Option<Date>,
    /// The order, where it is known as it was.
    #[serde(default)]
    pub order: Option<SeenOrder>,
}

/// A fact that is another one than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Changed {
    /// A line was added to what is asked, or taken out.
    Asked {
        /// Index of the order line.
        line: u16,
        /// Units asked before; 0 when it is new.
        from: u32,
        /// Units asked now.
        to: u32,
    },
    /// Why it comes back.
    Reason {
        /// Index of the order line.
        line: u16,
        /// Before.
        from: ReturnReason,
        /// Now.
        to: ReturnReason,
    },
    /// What the customer wants for it.
    Wanted {
        /// Index of the order line.
        line: u16,
        /// Before.
        from: Outcome,
        /// Now.
        to: Outcome,
    },
    /// The state the goods are in, as the customer declared it.
    State {
        /// Index of the order line.
        line: u16,
    },
    /// The evidence there is.
    Evidence {
        /// Index of the order line.
        line: u16,
    },
    /// Units that did not come.
    Missing {
        /// Index of the order line.
        line: u16,
        /// How many now.
        units: u32,
    },
    /// Units that were not taken back.
    Rejected {
        /// Index of the order line.
        line: u16,
        /// How many now.
        units: u32,
    },
    /// The condition the units came back in.
    Grade {
        /// Index of the order line.
        line: u16,
        /// In which condition.
        grade: Grade,
        /// How many.
        units: u32,
    },
    /// Granted before and not now, or the other way round.
    Decided {
        /// Index of the order line.
        line: u16,
        /// Whether it is granted now.
        granted: bool,
    },
    /// The version of the law.
    Law {
        /// Before.
        from: Arc<str>,
        /// Now.
        to: Arc<str>,
    },
    /// The tables public holidays are counted with.
    Holidays,
    /// The day of asking: a window has ended or a promotion begun.
    Day {
        /// Before.
        from: Date,
        /// Now.
        to: Date,
    },
    /// The order: another return, a refund or a chargeback, or what the client says was sold.
    Order,
}

impl Changed {
    /// The order line it is about; none for what holds for all.
    pub const fn line(&self) -> Option<u16> {
        match self {
            Self::Asked { line, .. }
            | Self::Reason { line, .. }
            | Self::Wanted { line, .. }
            | Self::State { line }
            | Self::Evidence { line }
            | Self::Missing { line, .. }
            | Self::Rejected { line, .. }
            | Self::Grade { line, .. }
            | Self::Decided { line, .. } => Some(*line),
            Self::Law { .. } | Self::Holidays | Self::Day { .. } | Self::Order => None,
        }
    }
}

/// A figure before and now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureChange {
    /// What it is about.
    pub kind: QuoteKind,
    /// Index of the order line; none for outbound delivery.
    pub line: Option<u16>,
    /// Before, signed minor units; 0 when it is new.
    pub from_minor: i64,
    /// Now; 0 when it is gone.
    pub to_minor: i64,
}

/// What changed between two quotes of the same thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// When the later one was made; none for one that is made now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// The total before.
    pub from: Money,
    /// The total now.
    pub to: Money,
    /// Figures that differ.
    pub figures: Vec<FigureChange>,
    /// Facts that differ; never empty while figures do.
    pub facts: Vec<Changed>,
}

impl Revision {
    /// The facts that explain a figure: those of its line and those that hold for all; all of
    /// them where none of these is there.
    pub fn why(&self, figure: &FigureChange) -> Vec<&Changed> {
        let near = |c: &&Changed| c.line().is_none() || c.line() == figure.line;
        let own: Vec<&Changed> = self.facts.iter().filter(near).collect();
        if own.is_empty() {
            return self.facts.iter().collect();
        }
        own
    }
}

impl Seen {
    /// The answer to a request, as it is shown before it is made.
    pub fn of_request(facts: &Facts<'_>, decision: &Decision) -> Self {
        let lines = decision.lines.iter().zip(facts.lines);
        let lines = lines.map(|(d, asked)| SeenLine {
            asked: asked.clone(),
            declined: d.verdict == Verdict::Decline,
            units: d.units,
            missing: 0,
            rejected: 0,
            graded: Vec::new(),
        });
        Self {
            order: Some(SeenOrder::of(facts.order, facts.account, facts.lines)),
            law: decision.basis.clone(),
            asked_on: Some(facts.asked_on),
            ..Self::of(&decision.quote, lines.collect())
        }
    }

    /// A quote of a case, with what was known of it then.
    fn of_case(case: &ReturnCase, quote: &Quote, law: Option<&LawBasis>) -> Self {
        let lines = case.lines.iter().filter_map(|l| {
            let mut graded: Vec<(Grade, u32)> = Vec::new();
            for lot in l.lots.iter().filter(|lot| lot.accepted) {
                match graded.iter_mut().find(|(grade, _)| *grade == lot.grade) {
                    Some((_, units)) => *units += lot.units,
                    None => graded.push((lot.grade, lot.units)),
                }
            }
            let verdict = case.decision.as_ref()?.lines.iter();
            let mut verdict = verdict.filter(|d| d.line == l.line).map(|d| d.verdict);
            let by_rule = verdict.next() == Some(Verdict::Decline);
            let q = &l.quantities;
            Some(SeenLine {
                asked: l.requested()?,
                declined: q.authorised == 0 && (by_rule || l.counting() == 0),
                units: l.counting(),
                missing: q.missing,
                rejected: q.rejected,
                graded,
            })
        });
        Self {
            law: law.cloned(),
            ..Self::of(quote, lines.collect())
        }
    }

    fn of(quote: &Quote, lines: Vec<SeenLine>) -> Self {
        let figure = |l: &crate::quote::QuoteLine| Figure {
            kind: l.kind,
            line: l.line,
            minor: l.minor,
        };
        Self {
            figures: quote.lines.iter().map(figure).collect(),
            total: quote.total,
            bonus_minor: quote.bonus_minor,
            lines,
            law: None,
            asked_on: None,
            order: None,
        }
    }
}

impl SeenOrder {
    /// Whether something is another than before, of the lines both know.
    fn differs(&self, now: &Self) -> bool {
        let other = |l: &(u16, i64, u32)| now.lines.iter().any(|n| n.0 == l.0 && n != l);
        self.refundable_minor != now.refundable_minor || self.lines.iter().any(other)
    }

    fn of(order: &SalesOrder, account: &OrderAccount, lines: &[RequestedLine]) -> Self {
        let line = |l: &RequestedLine| {
            let sold = order.line(l.line);
            let paid = sold.map_or(0, |s| s.worth(0, s.quantity));
            (l.line, paid, account.free_units(order, l.line))
        };
        Self {
            refundable_minor: account.refundable_minor(),
            lines: lines.iter().map(line).collect(),
        }
    }
}

/// What changed from one quote to another; none while every figure is the same.
pub fn revise(before: &Seen, now: &Seen) -> Option<Revision> {
    let figures = figures(before, now);
    if figures.is_empty() && before.total == now.total {
        return None;
    }
    let mut facts = Vec::new();
    for line in &now.lines {
        let was = before
            .lines
            .iter()
            .find(|l| l.asked.line == line.asked.line);
        changed_line(was, line, &mut facts);
    }
    let dropped = |l: &&SeenLine| now.lines.iter().all(|n| n.asked.line != l.asked.line);
    facts.extend(before.lines.iter().filter(dropped).map(|l| Changed::Asked {
        line: l.asked.line,
        from: l.asked.units,
        to: 0,
    }));
    if let (Some(was), Some(is)) = (&before.law, &now.law) {
        if was.law != is.law {
            facts.push(Changed::Law {
                from: was.law.clone(),
                to: is.law.clone(),
            });
        }
        if was.holidays != is.holidays {
            facts.push(Changed::Holidays);
        }
    }
    if let (Some(from), Some(to)) = (before.asked_on, now.asked_on)
        && from != to
    {
        facts.push(Changed::Day { from, to });
    }
    let differs = before.order.as_ref().zip(now.order.as_ref());
    let differs = differs.is_some_and(|(was, is)| was.differs(is));
    // What the lines and the law do not explain lies in the order and its account.
    if differs || facts.is_empty() {
        facts.push(Changed::Order);
    }
    Some(Revision {
        at: None,
        from: before.total,
        to: now.total,
        figures,
        facts,
    })
}

/// Figures of one kind and line are one figure: what they come to together is compared.
fn figures(before: &Seen, now: &Seen) -> Vec<FigureChange> {
    let mut out: Vec<FigureChange> = Vec::new();
    let mut add = |f: &Figure, later: bool| {
        let found = out
            .iter()
            .position(|c| c.kind == f.kind && c.line == f.line);
        let at = found.unwrap_or_else(|| {
            out.push(FigureChange {
                kind: f.kind,
                line: f.line,
                from_minor: 0,
                to_minor: 0,
            });
            out.len() - 1
        });
        let slot = &mut out[at];
        if later {
            slot.to_minor = slot.to_minor.saturating_add(f.minor);
        } else {
            slot.from_minor = slot.from_minor.saturating_add(f.minor);
        }
    };
    now.figures.iter().for_each(|f| add(f, true));
    before.figures.iter().for_each(|f| add(f, false));
    out.retain(|c| c.from_minor != c.to_minor);
    out
}

fn changed_line(was: Option<&SeenLine>, is: &SeenLine, facts: &mut Vec<Changed>) {
    let line = is.asked.line;
    let Some(was) = was else {
        return facts.push(Changed::Asked {
            line,
            from: 0,
            to: is.asked.units,
        });
    };
    let (a, b) = (&was.asked, &is.asked);
    if a.units != b.units {
        facts.push(Changed::Asked {
            line,
            from: a.units,
            to: b.units,
        });
    }
    if a.reason != b.reason || a.own != b.own {
        facts.push(Changed::Reason {
            line,
            from: a.reason,
            to: b.reason,
        });
    }
    if a.wanted != b.wanted {
        facts.push(Changed::Wanted {
            line,
            from: a.wanted,
            to: b.wanted,
        });
    }
    if a.opened != b.opened || a.lacks != b.lacks || a.noticed_on != b.noticed_on {
        facts.push(Changed::State { line });
    }
    if a.evidence != b.evidence {
        facts.push(Changed::Evidence { line });
    }
    if was.missing != is.missing {
        facts.push(Changed::Missing {
            line,
            units: is.missing,
        });
    }
    if was.rejected != is.rejected {
        facts.push(Changed::Rejected {
            line,
            units: is.rejected,
        });
    }
    for (grade, units) in is.graded.iter().filter(|g| !was.graded.contains(g)) {
        facts.push(Changed::Grade {
            line,
            grade: *grade,
            units: *units,
        });
    }
    // What no count explains, a decision does.
    let lost = was.units.saturating_sub(is.units);
    let not_here = |l: &SeenLine| l.missing.saturating_add(l.rejected);
    let counted = not_here(is).saturating_sub(not_here(was));
    if was.declined != is.declined || (lost > counted && a.units == b.units) {
        facts.push(Changed::Decided {
            line,
            granted: !is.declined && lost <= counted,
        });
    }
}

/// What a case comes to now, and how its quote came to be what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseQuote {
    /// The quote now.
    pub now: Quote,
    /// What changed, oldest first: from assessment to assessment, then to now.
    pub revisions: Vec<Revision>,
    /// What each outcome that can still be chosen for all open units comes to, the one chosen
    /// now first.
    pub choices: Vec<OutcomeQuote>,
}

/// What a case comes to with one outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeQuote {
    /// Which.
    pub outcome: Outcome,
    /// Its quote; without money for goods.
    pub quote: Quote,
    /// Paid for the units: what counts towards goods instead, minor units.
    pub worth_minor: i64,
}

/// What the outcomes offered for every open line come to; none where fewer than two are.
fn choices(facts: &Facts<'_>, case: &ReturnCase) -> Vec<OutcomeQuote> {
    let Some(decision) = &case.decision else {
        return Vec::new();
    };
    let open = |line: u16| {
        let found = case.line(line).map(|l| &l.quantities);
        found.is_some_and(|q| q.grantable() + q.undecided() > 0)
    };
    let mut lines = decision.lines.iter().filter(|d| open(d.line)).peekable();
    let Some(first) = lines.peek() else {
        return Vec::new();
    };
    let mut offered = first.offered.clone();
    lines.for_each(|d| offered.retain(|o| d.offered.contains(o)));
    if offered.len() < 2 {
        return Vec::new();
    }
    let with = |outcome: Outcome| {
        let mut asked = facts.lines.to_vec();
        for line in asked.iter_mut().filter(|l| open(l.line)) {
            line.wanted = outcome;
        }
        let worth = asked.iter().filter(|l| open(l.line)).map(|l| {
            let units = case.line(l.line).map_or(0, crate::case::CaseLine::counting);
            facts
                .account
                .claimed_gross(facts.order, case.id, l.line, units)
        });
        OutcomeQuote {
            outcome,
            worth_minor: worth.sum(),
            quote: present(
                &Facts {
                    lines: &asked,
                    ..*facts
                },
                case,
            ),
        }
    };
    offered.into_iter().map(with).collect()
}

/// The quotes of a case over its life, from its events; none while nothing was decided.
/// `facts` are as for [`present`].
pub fn case_quote(facts: &Facts<'_>, case: &ReturnCase, events: &[Event]) -> Option<CaseQuote> {
    let decision = case.decision.as_ref()?;
    let mut seen: Vec<(Timestamp, Seen)> = Vec::new();
    replay_each(events, |then, event| {
        if let What::Assessed { decision } = &event.what {
            let basis = decision.basis.as_ref();
            seen.push((event.at, Seen::of_case(then, &decision.quote, basis)));
        }
    });
    let steps = seen.windows(2).filter_map(|pair| {
        let found = revise(&pair[0].1, &pair[1].1)?;
        Some(Revision {
            at: Some(pair[1].0),
            ..found
        })
    });
    let mut revisions: Vec<Revision> = steps.collect();
    // A case that came to nothing has no quote to be paid: the last one is what was offered.
    if case.cancelled || case.expired || case.live_exchanges().next().is_some() {
        let now = decision.quote.clone();
        return Some(CaseQuote {
            now,
            revisions,
            choices: Vec::new(),
        });
    }
    let now = present(facts, case);
    let basis = decision.basis.as_ref();
    let last = seen.last().map(|(_, seen)| seen);
    revisions.extend(last.and_then(|last| revise(last, &Seen::of_case(case, &now, basis))));
    let choices = match case.claim {
        // A claim is settled line by line by a person.
        Some(_) => Vec::new(),
        None => choices(facts, case),
    };
    Some(CaseQuote {
        now,
        revisions,
        choices,
    })
}
