//! What payment providers tell, on both engines: messages in any order and number, about another
//! amount, of a payment that was paid and failed later; and a provider that cannot be asked.

use app::{
    cases::Call,
    news::{AnswerTaken, News},
    settle::{PaymentKey, PaymentState},
};
use kernel::{CaseId, Currency, Money, Role, Scope};
use ports::Attempt;
use returns::{Command, Obligation, ObligationState};
use testkit::{ALFA, Behaviour, Fixture, World, both};

const DAY: i64 = 86_400;

pub(crate) async fn lead(world: &World, case: CaseId, command: &Command) {
    let role = match command {
        Command::RetryPayment { .. } => Role::Finance,
        _ => Role::TeamLead,
    };
    let scope = Fixture::scope(role);
    let call = Call::new(&scope, world.now());
    let done = world.app.command(&call, ALFA, case, None, command).await;
    done.unwrap();
}

/// A case with one refund of 80.00 that is owed.
pub(crate) async fn owed(world: &World, number: &str) -> CaseId {
    Fixture::owed(&world.app, number, 8_000).await
}

pub(crate) async fn refund(world: &World, case: CaseId) -> (Obligation, i64) {
    let page = world.app.case_page(&Scope::system(), ALFA, case).await;
    let page = page.unwrap();
    let owed = page.case.obligations[0].clone();
    (owed, page.account.refunded_minor)
}

pub(crate) fn key(owed: &Obligation) -> PaymentKey {
    let attempt = u8::try_from(owed.attempts).ok().and_then(Attempt::new);
    PaymentKey {
        obligation: owed.id,
        attempt: attempt.unwrap(),
    }
}

/// A message as Adyen's webhooks are read: paid, or failed after it was paid.
async fn tell(world: &World, key: PaymentKey, paid: bool) -> AnswerTaken {
    let later = ["REFUND_FAILED/P/true".to_owned()];
    let (message, state, overtaken_by) = if paid {
        let state = PaymentState::Settled {
            on: None,
            provider_ref: "P".into(),
        };
        ("REFUND/P/true", state, &later[..])
    } else {
        let state = PaymentState::Returned {
            code: "Refund Failed".into(),
            reason: String::new(),
        };
        (later[0].as_str(), state, &[][..])
    };
    let news = News {
        source: "adyen",
        message,
        key,
        state: &state,
        amount: Some(Money::new(8_000, Currency::EUR)),
        overtaken_by,
    };
    world.app.payment_news(ALFA, &news).await.unwrap()
}

#[tokio::test]
async fn messages_in_any_order_and_number_end_the_same() {
    both(|engine| async move {
        let world = World::new(engine, 61).await;
        world.bank.tell_only(6 * DAY);
        let (paid, failed) = (true, false);
        for (n, told) in [
            vec![paid, failed],
            vec![failed, paid],
            vec![paid, paid, failed, failed, paid],
            vec![failed, failed, paid, failed, paid],
        ]
        .into_iter()
        .enumerate()
        {
            world.bank.script([Behaviour::Pend]);
            let case = owed(&world, &format!("P-{n}")).await;
            world.run_jobs().await;
            let (before, _) = refund(&world, case).await;
            assert_eq!(before.state, ObligationState::Pending);
            for is_paid in &told {
                tell(&world, key(&before), *is_paid).await;
            }
            let (after, refunded) = refund(&world, case).await;
            assert_eq!(after.state, ObligationState::Returned, "{told:?}");
            assert_eq!(refunded, 0, "{told:?}");
            // Paid anew; the old message says nothing about the new attempt, nor before it.
            let obligation = before.id;
            lead(&world, case, &Command::RetryPayment { obligation }).await;
            assert_eq!(tell(&world, key(&before), paid).await, AnswerTaken::Nothing);
            world.run_jobs().await;
            let (again, refunded) = refund(&world, case).await;
            assert_eq!((again.state, again.attempts), (ObligationState::Settled, 2));
            assert_eq!(refunded, 8_000);
        }
        while world.app.sequence_all().await.unwrap() > 0 {}
        let audit = world.app.audit(&Scope::system(), |_| ()).await.unwrap();
        assert!(audit.is_ok(), "{audit:#?}");
    })
    .await;
}

#[tokio::test]
async fn who_cannot_be_asked_gets_the_same_key_while_it_remembers_it() {
    both(|engine| async move {
        let world = World::new(engine, 62).await;
        world.bank.tell_only(6 * DAY);
        world.bank.script([
            Behaviour::SettleSilently,
            Behaviour::SettleSilently,
            Behaviour::Pend,
        ]);
        let calls = |case: Obligation| world.bank.effects()[&key(&case)].calls;
        // The answer is lost; the same key again, and the provider says what it did the first time.
        let case = owed(&world, "Q-1").await;
        world.run_jobs().await;
        let (lost, _) = refund(&world, case).await;
        assert_eq!(lost.state, ObligationState::Unknown);
        assert_eq!(
            calls(lost),
            1,
            "not at once: the first call may be under way"
        );
        world.pass(60);
        world.run_jobs().await;
        let (found, refunded) = refund(&world, case).await;
        assert_eq!(
            (found.state, refunded, calls(found.clone())),
            (ObligationState::Settled, 8_000, 2)
        );
        assert_eq!(world.bank.effects()[&key(&found)].paid, 1);
        // After a week it may have forgotten the key: nothing is handed over, its message counts.
        let case = owed(&world, "Q-2").await;
        world.run_jobs().await;
        world.pass(7 * DAY);
        world.run_jobs().await;
        let (lost, _) = refund(&world, case).await;
        assert_eq!(
            (lost.state, calls(lost.clone())),
            (ObligationState::Unknown, 1)
        );
        assert_eq!(tell(&world, key(&lost), true).await, AnswerTaken::Applied);
        assert_eq!(refund(&world, case).await.1, 8_000);
        // What it works on is waited for.
        let case = owed(&world, "Q-3").await;
        world.run_jobs().await;
        world.pass(DAY);
        world.run_jobs().await;
        let (waits, _) = refund(&world, case).await;
        assert_eq!(
            (waits.state, calls(waits.clone())),
            (ObligationState::Pending, 1)
        );
    })
    .await;
}

#[tokio::test]
async fn failed_after_paid_has_come_back_if_the_provider_says_so() {
    both(|engine| async move {
        let world = World::new(engine, 63).await;
        let case = owed(&world, "R-1").await;
        world.run_jobs().await;
        let (paid, refunded) = refund(&world, case).await;
        assert_eq!((paid.state, refunded), (ObligationState::Settled, 8_000));
        let failed = PaymentState::Failed {
            code: "expired_or_canceled_card".into(),
            reason: String::new(),
        };
        let news = |message: &'static str| News {
            source: "stripe",
            message,
            key: key(&paid),
            state: &failed,
            amount: None,
            overtaken_by: &[],
        };
        // The provider, asked, says paid: the message was old.
        let heard = world.app.payment_news(ALFA, &news("evt_1")).await.unwrap();
        assert_eq!(heard, AnswerTaken::Nothing);
        assert_eq!(refund(&world, case).await.1, 8_000);
        world.bank.finish(key(&paid), failed.clone());
        for wants in [AnswerTaken::Applied, AnswerTaken::Nothing] {
            let heard = world.app.payment_news(ALFA, &news("evt_2")).await.unwrap();
            assert_eq!(heard, wants);
            let (back, refunded) = refund(&world, case).await;
            assert_eq!((back.state, refunded), (ObligationState::Returned, 0));
        }
        // Another client's secret says nothing about it.
        let heard = world.app.payment_news(testkit::BRAVO, &news("evt_3")).await;
        assert_eq!(heard.unwrap(), AnswerTaken::UnknownKey);
    })
    .await;
}

#[tokio::test]
async fn a_message_about_another_amount_settles_nothing() {
    both(|engine| async move {
        let world = World::new(engine, 64).await;
        for (n, other) in [
            Money::new(8_001, Currency::EUR),
            Money::new(8_000, "USD".parse().unwrap()),
        ]
        .into_iter()
        .enumerate()
        {
            world.bank.script([Behaviour::Pend]);
            let case = owed(&world, &format!("S-{n}")).await;
            world.run_jobs().await;
            let (waits, _) = refund(&world, case).await;
            let state = PaymentState::Settled {
                on: None,
                provider_ref: "P".into(),
            };
            let news = |message, amount| News {
                source: "adyen",
                message,
                key: key(&waits),
                state: &state,
                amount: Some(amount),
                overtaken_by: &[],
            };
            world
                .app
                .payment_news(ALFA, &news("m1", other))
                .await
                .unwrap();
            let (doubted, refunded) = refund(&world, case).await;
            assert_eq!((doubted.state, refunded), (ObligationState::Unknown, 0));
            let right = Money::new(8_000, Currency::EUR);
            world
                .app
                .payment_news(ALFA, &news("m2", right))
                .await
                .unwrap();
            assert_eq!(refund(&world, case).await.1, 8_000);
        }
    })
    .await;
}
