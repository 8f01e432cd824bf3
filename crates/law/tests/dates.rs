//! Date arithmetic by table, holidays by known calendars, and what must hold for every order.
#![expect(clippy::unwrap_used, reason = "test helpers: a panic is the failure")]

use jiff::{Span, civil::Date, civil::date};
use law::{
    Exemption, Floor, Holidays, Informed, LawBook, LawFacts, Period, RefundEvents, RequestKind,
    Right, Rollover, Status, Unit,
};
use proptest::prelude::*;
use std::sync::LazyLock;

static BOOK: LazyLock<LawBook> = LazyLock::new(|| LawBook::builtin().unwrap());

fn place(code: &str) -> kernel::Place {
    kernel::Place::country(code.parse().unwrap())
}

fn period(length: u16, unit: Unit, include_start: bool, rollover: Rollover) -> Period {
    Period {
        length,
        unit,
        include_start,
        rollover,
    }
}

#[test]
fn periods_end_where_the_regulation_says() {
    let easter = Holidays::of(&[date(2026, 4, 6), date(2026, 4, 3)]);
    let roll = Rollover::WeekendOrHoliday;
    let table = [
        // start not counted
        (
            period(14, Unit::CalendarDay, false, roll),
            date(2026, 3, 4),
            date(2026, 3, 18),
        ),
        // Sunday to Monday
        (
            period(14, Unit::CalendarDay, false, roll),
            date(2026, 3, 1),
            date(2026, 3, 16),
        ),
        // Good Friday to the Tuesday after Easter
        (
            period(14, Unit::CalendarDay, false, roll),
            date(2026, 3, 20),
            date(2026, 4, 7),
        ),
        (
            period(14, Unit::CalendarDay, false, Rollover::None),
            date(2026, 3, 20),
            date(2026, 4, 3),
        ),
        // "beginning with"
        (
            period(14, Unit::CalendarDay, true, Rollover::None),
            date(2026, 11, 3),
            date(2026, 11, 16),
        ),
        // missing date number
        (
            period(12, Unit::Month, false, Rollover::None),
            date(2028, 2, 29),
            date(2029, 2, 28),
        ),
        (
            period(1, Unit::Month, false, Rollover::None),
            date(2026, 1, 31),
            date(2026, 2, 28),
        ),
        (
            period(2, Unit::Year, false, Rollover::None),
            date(2026, 5, 5),
            date(2028, 5, 5),
        ),
        // Friday + 3 working days over Easter
        (
            period(3, Unit::BusinessDay, false, Rollover::None),
            date(2026, 4, 2),
            date(2026, 4, 9),
        ),
        // Saturday counts where only Sundays rest
        (
            period(1, Unit::CalendarDay, false, Rollover::SundayOrHoliday),
            date(2026, 3, 6),
            date(2026, 3, 7),
        ),
    ];
    for (period, start, end) in table {
        assert_eq!(
            period.end(start, &easter),
            Some(end),
            "{period:?} from {start}"
        );
    }
}

fn ask(
    code: &str,
    informed: Informed,
    delivered: Option<Date>,
    sent: Date,
    traits: &[Exemption],
    request: RequestKind,
    holidays: &Holidays,
) -> Floor {
    BOOK.entitlements(&LawFacts {
        informed,
        traits,
        delivered_on: delivered,
        line_delivered_on: delivered,
        request,
        notice_sent_on: sent,
        notice_received_on: sent,
        ..LawFacts::new(place(code), date(2024, 1, 1), holidays)
    })
}

#[test]
fn the_last_day_counts_and_the_next_does_not() {
    let none = Holidays::none();
    let got = Some(date(2026, 3, 4));
    for (sent, open) in [(date(2026, 3, 18), true), (date(2026, 3, 19), false)] {
        let floor = ask(
            "DE",
            Informed::Yes,
            got,
            sent,
            &[],
            RequestKind::ChangeOfMind,
            &none,
        );
        assert_eq!(floor.best().is_some(), open);
        assert!(floor.has_statutory_right());
    }
}

#[test]
fn exemptions_are_those_of_the_country() {
    let none = Holidays::none();
    let traits = [Exemption::PrescribedMedicine];
    let status = |code| {
        let day = date(2026, 3, 4);
        let floor = ask(
            code,
            Informed::Yes,
            Some(day),
            day,
            &traits,
            RequestKind::ChangeOfMind,
            &none,
        );
        floor.entitlements[0].status
    };
    assert_eq!(status("GB"), Status::Exempt(Exemption::PrescribedMedicine));
    assert!(matches!(status("DE"), Status::Open { .. }));
}

#[test]
fn a_faulty_online_purchase_has_every_right_side_by_side() {
    let (none, day) = (Holidays::none(), date(2026, 3, 4));
    let rights = |code: &str| {
        let request = RequestKind::Defect { noticed_on: day };
        let floor = ask(code, Informed::Yes, Some(day), day, &[], request, &none);
        let best = floor.best().map(|e| e.right);
        (floor.entitlements.len(), best)
    };
    assert_eq!(rights("DE"), (2, Some(Right::Withdrawal)));
    assert_eq!(rights("GB"), (3, Some(Right::ShortTermReject)));
    assert_eq!(rights("IE").0, 3);
    assert_eq!(rights("US"), (1, Some(Right::Conformity)));
}

#[test]
fn national_citation_stands_before_the_european_one() {
    let (none, day) = (Holidays::none(), date(2026, 3, 4));
    let floor = ask(
        "DE",
        Informed::Yes,
        Some(day),
        day,
        &[],
        RequestKind::ChangeOfMind,
        &none,
    );
    let citation = &floor.entitlements[0].citation;
    assert!(
        citation.find("BGB") < citation.find("Directive"),
        "{citation}"
    );
}

#[test]
fn an_undelivered_order_can_be_withdrawn_and_ended_after_thirty_days() {
    let none = Holidays::none();
    let floor = ask(
        "FR",
        Informed::Yes,
        None,
        date(2024, 1, 2),
        &[],
        RequestKind::ChangeOfMind,
        &none,
    );
    assert_eq!(floor.entitlements[0].status, Status::NotStarted);
    assert!(floor.best().is_some());
    let late = |sent| {
        let floor = ask(
            "FR",
            Informed::Yes,
            None,
            sent,
            &[],
            RequestKind::NonDelivery,
            &none,
        );
        floor.entitlements[0].status
    };
    assert_eq!(late(date(2024, 1, 31)), Status::NotStarted);
    assert_eq!(late(date(2024, 2, 1)), Status::Open { until: None });
}

fn any_day() -> impl Strategy<Value = Date> {
    (0i32..1200).prop_map(|n| date(2024, 1, 1).checked_add(Span::new().days(n)).unwrap())
}

fn deadline(code: &str, informed: Informed, delivered: Date, holidays: &Holidays) -> Date {
    let request = RequestKind::ChangeOfMind;
    let floor = ask(
        code,
        informed,
        Some(delivered),
        delivered,
        &[],
        request,
        holidays,
    );
    floor.right(Right::Withdrawal).unwrap().deadline.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn deadlines_hold_for_every_order(
        code in prop::sample::select(vec!["DE", "FR", "ES", "IE", "GB"]),
        delivered in any_day(),
        told in any_day(),
        off in prop::collection::vec(any_day(), 0..60),
    ) {
        let holidays = Holidays::of(&off);
        let plain = deadline(code, Informed::Yes, delivered, &holidays);
        let fortnight = delivered.checked_add(Span::new().days(14)).unwrap();
        prop_assert!(plain >= fortnight, "rollover never shortens");
        prop_assert!(plain >= deadline(code, Informed::Yes, delivered, &Holidays::none()));
        prop_assert!(deadline(code, Informed::Late(told), delivered, &holidays) >= plain);
        prop_assert!(deadline(code, Informed::No, delivered, &holidays) > plain);
    }

    #[test]
    fn the_strict_day_is_never_later(sent in any_day(), proof in any_day()) {
        let none = Holidays::none();
        let floor = ask("FR", Informed::Yes, Some(sent), sent, &[], RequestKind::ChangeOfMind, &none);
        let clock = floor.entitlements[0].refund_clock.unwrap();
        let mut events = RefundEvents::notice(sent, sent);
        prop_assert_eq!(clock.due(&events, &none), None);
        events.proof_of_sending = Some(proof);
        let due = clock.due(&events, &none).unwrap();
        prop_assert!(due.strict <= due.due && due.strict >= sent && due.due >= proof);
    }
}
