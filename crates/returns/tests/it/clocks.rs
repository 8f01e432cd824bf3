//! Statutory clocks on whole cases, compared by hand with the statutes: goods delivered on
//! Thursday 5 November 2026, asked on Tuesday 10 November.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use crate::support::{AGENT, World, ask, e22, id};
use kernel::{Actor, Date, ParcelId};
use policy::{Grade, Outcome, ReturnReason};
use returns::{
    ClockKind, ClockState, Command, Count, Declared, Disposition, Effect, GrantLine, OrderAccount,
    Outcome as Led, Path, Refusal, RefusalCode, ReturnCase, SalesOrder, StartedBy, StatutoryClock,
    handle,
};

struct Bench {
    world: World,
    order: SalesOrder,
    account: OrderAccount,
    case: Option<ReturnCase>,
    seed: u128,
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

impl Bench {
    fn new(country: &str) -> Self {
        let order = e22(country);
        Self {
            world: World::new("inspected"),
            account: OrderAccount::open(&order),
            order,
            case: None,
            seed: 900,
        }
    }

    fn send(&mut self, today: &str, command: &Command) -> Result<Vec<Effect>, Refusal> {
        self.seed += 10;
        let mut ctx = self.world.ctx(today, AGENT, self.seed);
        if matches!(
            command,
            Command::RingClock { .. } | Command::Acknowledge { .. }
        ) {
            ctx.actor = Actor::System;
        }
        let Led {
            case,
            account,
            effects,
            events,
            ..
        } = handle(
            self.case.as_ref(),
            &self.order,
            &self.account,
            command,
            &ctx,
        )?;
        let mut walk = self.case.take();
        for event in &events {
            match &mut walk {
                Some(case) => case.apply(event),
                None => walk = ReturnCase::open(event),
            }
        }
        assert_eq!(walk.as_ref(), Some(&case), "the events are the state");
        self.account = account;
        self.case = Some(case);
        Ok(effects)
    }

    fn ask(&mut self, today: &str, reason: ReturnReason, path: Path) {
        let request = Command::Request {
            lines: vec![ask(0, 2, reason)],
            path,
            notice_sent_on: None,
            declared: None,
            wishes: Vec::new(),
            claim: None,
        };
        self.send(today, &request).unwrap();
    }

    fn case(&self) -> &ReturnCase {
        self.case.as_ref().unwrap()
    }

    fn clock(&self, kind: ClockKind) -> &StatutoryClock {
        let mut found = self.case().statutory.iter().filter(|c| c.kind == kind);
        let clock = found.next().unwrap_or_else(|| panic!("no {kind}"));
        assert!(found.next().is_none(), "one {kind}");
        clock
    }

    fn receive(&mut self, today: &str) {
        let counts = vec![Count { line: 0, units: 2 }];
        let receive = Command::Receive {
            parcel: None,
            counts,
            strays: Vec::new(),
            complete: false,
        };
        self.send(today, &receive).unwrap();
    }
}

#[test]
fn a_german_withdrawal_counts_window_withholding_and_refund() {
    let mut bench = Bench::new("DE");
    bench.ask("2026-11-10", ReturnReason::ChangedMind, Path::Withdrawal);
    let window = bench.clock(ClockKind::WindowEnd);
    assert_eq!(
        window.due,
        Some(day("2026-11-19")),
        "14 days after delivery"
    );
    assert_eq!(
        window.state,
        ClockState::Met {
            on: day("2026-11-10")
        }
    );
    assert!(window.citation.contains("355"), "{}", window.citation);
    // BGB 357: 14 days, but the money may be kept until goods or proof of sending.
    assert_eq!(bench.clock(ClockKind::Withholding).state, ClockState::Open);
    assert_eq!(bench.clock(ClockKind::Refund).due, None);
    let acknowledgement = bench.clock(ClockKind::Acknowledgement);
    assert_eq!(acknowledgement.state, ClockState::Open);

    let sha256 = "ab".repeat(32).into();
    bench
        .send("2026-11-10", &Command::Acknowledge { sha256 })
        .unwrap();
    let acknowledgement = bench.clock(ClockKind::Acknowledgement);
    assert_eq!(acknowledgement.met_on(), Some(day("2026-11-10")));

    let proof = Command::ProveSending {
        on: day("2026-11-12"),
        note: "receipt of the post office".into(),
    };
    bench.send("2026-11-13", &proof).unwrap();
    let refund = bench.clock(ClockKind::Refund);
    assert_eq!(refund.due, Some(day("2026-11-24")), "notice + 14 days");
    assert_eq!(refund.strict, refund.due);
    assert_eq!(
        refund.started.map(|s| (s.by, s.on)),
        Some((StartedBy::NoticeReceived, day("2026-11-10")))
    );
    let withheld = bench.clock(ClockKind::Withholding);
    assert_eq!(
        withheld.state,
        ClockState::Ended {
            on: day("2026-11-12")
        }
    );
}

#[test]
fn an_acknowledgement_has_a_day_where_the_law_gives_one() {
    // Disposición 954/2025: the code within 24 hours, so by the next day.
    let mut bench = Bench::new("AR");
    bench.ask("2026-11-10", ReturnReason::ChangedMind, Path::Withdrawal);
    let clock = bench.clock(ClockKind::Acknowledgement);
    assert_eq!(clock.due, Some(day("2026-11-11")));
    assert!(clock.runs());
    // Decreto 7.962: at once.
    let mut bench = Bench::new("BR");
    bench.ask("2026-11-10", ReturnReason::ChangedMind, Path::Withdrawal);
    let clock = bench.clock(ClockKind::Acknowledgement);
    assert_eq!(clock.due, Some(day("2026-11-10")));
    // The union says "without undue delay" and names no day.
    let mut bench = Bench::new("DE");
    bench.ask("2026-11-10", ReturnReason::ChangedMind, Path::Withdrawal);
    assert_eq!(bench.clock(ClockKind::Acknowledgement).due, None);
}

#[test]
fn putting_right_has_a_day_where_the_law_gives_one() {
    // Code de la consommation L217-10: thirty days from the notice.
    let mut bench = Bench::new("FR");
    bench.ask("2026-11-20", ReturnReason::Defective, Path::Ordinary);
    let clock = bench.clock(ClockKind::Remedy);
    assert_eq!(clock.due, Some(day("2026-12-21")), "the 20th is a Sunday");
    let mut bench = Bench::new("DE");
    bench.ask("2026-11-20", ReturnReason::Defective, Path::Ordinary);
    assert_eq!(
        bench.clock(ClockKind::Remedy).due,
        None,
        "a reasonable time"
    );
}

#[test]
fn the_refund_is_due_when_the_goods_come_late() {
    let mut bench = Bench::new("DE");
    bench.ask("2026-11-10", ReturnReason::ChangedMind, Path::Withdrawal);
    bench.receive("2026-12-01");
    let refund = bench.clock(ClockKind::Refund);
    assert_eq!(refund.due, Some(day("2026-12-01")), "the later of the two");
}

#[test]
fn a_saturday_moves_the_lawful_day_but_not_the_day_to_work_towards() {
    let mut bench = Bench::new("DE");
    // 14 November + 14 days = Saturday the 28th; BGB 193 moves it to Monday.
    bench.ask("2026-11-14", ReturnReason::ChangedMind, Path::Withdrawal);
    bench.receive("2026-11-16");
    let refund = bench.clock(ClockKind::Refund);
    assert_eq!(refund.strict, Some(day("2026-11-28")));
    assert_eq!(refund.due, Some(day("2026-11-30")));
}

/// Grades, disposes, grants what the rule did not grant, and pays everything.
fn finish(bench: &mut Bench, on: &str) {
    let grade = Command::Grade {
        line: 0,
        units: 2,
        grade: Grade::A,
        accept: true,
        wrong_item: false,
        note: None,
    };
    bench.send(on, &grade).unwrap();
    let dispose = Command::Dispose {
        line: 0,
        units: 2,
        grade: Grade::A,
        disposition: Disposition::Restock,
    };
    bench.send(on, &dispose).unwrap();
    let grantable = bench.case().lines[0].quantities.grantable();
    if grantable > 0 {
        let decide = Command::Decide {
            lines: vec![GrantLine {
                line: 0,
                units: grantable,
                outcome: Outcome::Refund,
                minor: 100,
            }],
            shipping_minor: 0,
            reason: Some("tested".into()),
        };
        bench.send(on, &decide).unwrap();
    }
    let owed: Vec<_> = bench.case().obligations.iter().map(|o| o.id).collect();
    for obligation in owed {
        let reference = "bank".into();
        let settled = Command::PaymentSettled {
            obligation,
            reference,
        };
        bench.send(on, &settled).unwrap();
    }
}

#[test]
fn nothing_pauses_a_clock_and_a_running_one_is_not_closed_over() {
    let mut bench = Bench::new("DE");
    bench.ask("2026-11-10", ReturnReason::ChangedMind, Path::Withdrawal);
    bench.receive("2026-11-12");
    let before = bench.clock(ClockKind::Refund).clone();
    assert!(before.money_runs());
    for command in [
        Command::Hold {
            note: "risk".into(),
        },
        Command::OpenDispute {
            code: "13.3".into(),
        },
        Command::Note { note: "x".into() },
    ] {
        bench.send("2026-11-13", &command).unwrap();
        assert_eq!(bench.clock(ClockKind::Refund), &before, "{command:?}");
    }
    let refused = bench.send("2026-11-13", &Command::Close);
    assert!(refused.is_err());
}

#[test]
fn money_that_was_given_up_keeps_the_clock_and_the_case() {
    let mut bench = Bench::new("DE");
    bench.ask("2026-11-10", ReturnReason::ChangedMind, Path::Withdrawal);
    bench.receive("2026-11-12");
    let grade = Command::Grade {
        line: 0,
        units: 2,
        grade: Grade::A,
        accept: true,
        wrong_item: false,
        note: None,
    };
    bench.send("2026-11-12", &grade).unwrap();
    let dispose = Command::Dispose {
        line: 0,
        units: 2,
        grade: Grade::A,
        disposition: Disposition::Restock,
    };
    bench.send("2026-11-12", &dispose).unwrap();
    let owed: Vec<_> = bench.case().obligations.iter().map(|o| o.id).collect();
    assert!(!owed.is_empty(), "received goods are paid by the rule");
    for obligation in owed {
        let code = "AC04".into();
        let failed = Command::PaymentFailed { obligation, code };
        bench.send("2026-11-12", &failed).unwrap();
        let give_up = Command::CancelObligation {
            obligation,
            note: "account closed".into(),
        };
        bench.send("2026-11-13", &give_up).unwrap();
    }
    assert!(bench.clock(ClockKind::Refund).money_runs());
    let refused = bench.send("2026-11-13", &Command::Close).unwrap_err();
    assert_eq!(refused.code, RefusalCode::ClockRuns);
    assert_eq!(refused.reasons[0].date, Some(day("2026-11-24")));
}

#[test]
fn a_clock_is_reminded_of_once_breached_once_and_met_late() {
    let mut bench = Bench::new("DE");
    bench.ask("2026-11-10", ReturnReason::ChangedMind, Path::Withdrawal);
    bench.receive("2026-11-12");
    let rule = bench.clock(ClockKind::Refund).rule.clone();
    let ring = |breached| Command::RingClock {
        kind: ClockKind::Refund,
        rule: rule.clone(),
        breached,
    };
    let alerts = |effects: &[Effect]| {
        let alert = |e: &&Effect| matches!(e, Effect::ClockAlert { .. });
        effects.iter().filter(alert).count()
    };
    // Not yet over on its last day.
    assert_eq!(alerts(&bench.send("2026-11-24", &ring(true)).unwrap()), 0);
    for expected in [1, 0] {
        let effects = bench.send("2026-11-21", &ring(false)).unwrap();
        assert_eq!(alerts(&effects), expected);
    }
    for expected in [1, 0] {
        let effects = bench.send("2026-11-25", &ring(true)).unwrap();
        assert_eq!(alerts(&effects), expected);
    }
    finish(&mut bench, "2026-11-27");
    let refund = bench.clock(ClockKind::Refund);
    assert_eq!(refund.met_on(), Some(day("2026-11-27")));
    assert_eq!(refund.breached_on, Some(day("2026-11-25")), "it was late");
    assert!(refund.is_late(day("2026-12-31")));
    bench.send("2026-11-27", &Command::Close).unwrap();
    // Money that comes back is owed again: the clock runs on, over its day.
    let obligation = bench.case().obligations[0].id;
    let code = "AC04".into();
    let back = Command::PaymentReturned { obligation, code };
    bench.send("2026-12-02", &back).unwrap();
    assert!(bench.clock(ClockKind::Refund).money_runs());
}

#[test]
fn a_declaration_counts_from_the_day_it_came_in_and_is_acknowledged_once() {
    let mut bench = Bench::new("DE");
    let declared = Declared {
        id: kernel::DeclarationId(id(77)),
        received_on: day("2026-11-18"),
        acknowledged_on: Some(day("2026-11-18")),
    };
    let request = Command::Request {
        lines: vec![ask(0, 2, ReturnReason::ChangedMind)],
        path: Path::Withdrawal,
        notice_sent_on: None,
        declared: Some(declared),
        wishes: Vec::new(),
        claim: None,
    };
    // A person matched it five days later, when the window had closed.
    let effects = bench.send("2026-11-23", &request).unwrap();
    let receipt =
        |e: &Effect| matches!(e, Effect::Notify { notice } if *notice == returns::Notice::Receipt);
    assert!(!effects.iter().any(receipt), "it has its acknowledgement");
    assert_eq!(
        bench.clock(ClockKind::Acknowledgement).met_on(),
        Some(day("2026-11-18"))
    );
    bench.receive("2026-11-25");
    assert_eq!(
        bench.clock(ClockKind::Refund).due,
        Some(day("2026-12-02")),
        "14 days after the 18th"
    );
}

#[test]
fn a_british_rejection_counts_from_the_trader_s_agreement() {
    let mut bench = Bench::new("GB");
    bench.ask("2026-11-10", ReturnReason::Defective, Path::Ordinary);
    let refund = bench.clock(ClockKind::Refund);
    let (by, on) = refund.started.map(|s| (s.by, s.on)).unwrap();
    assert_eq!((by, on), (StartedBy::TraderAgreed, day("2026-11-10")));
    assert_eq!(
        refund.due,
        Some(day("2026-11-23")),
        "beginning with that day"
    );
    let parcel = ParcelId(id(5));
    let label = Command::AddLabel {
        parcel,
        carrier: "c".into(),
        tracking: "t".into(),
    };
    bench.send("2026-11-14", &label).unwrap();
    assert_eq!(
        bench.clock(ClockKind::Refund).started.unwrap().on,
        on,
        "the first day stands"
    );
}
