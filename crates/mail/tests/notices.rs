//! Every notice of a case's life, as the words a customer reads.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use app::{
    NoticeWriter as _,
    cases::{Call, OrderKey, Request},
    jobs::NoticeFacts,
    views::CasePage,
};
use kernel::{CaseId, Lang, Scope};
use mail::Words;
use policy::{EvidenceGiven, Outcome, ReturnReason};
use ports::Mail;
use returns::{Notice, Path, RequestedLine};
use testkit::{ALFA, Engine, Fixture, World};

const ALL: [Notice; 20] = [
    Notice::Receipt,
    Notice::InfoNeeded,
    Notice::Authorised,
    Notice::Declined,
    Notice::GoodsReceived,
    Notice::RefundDecided,
    Notice::RefundPaid,
    Notice::Cancelled,
    Notice::Expired,
    Notice::AppealReceived,
    Notice::AppealDecided,
    Notice::ExchangeAgreed,
    Notice::ToPay,
    Notice::FellBack,
    Notice::GoodsSent,
    Notice::NotBack,
    Notice::SecurityCharged,
    Notice::SecurityReleased,
    Notice::AccountAsked,
    Notice::DestinationChanged,
];

async fn case(path: Path) -> (World, CasePage) {
    let world = World::new(Engine::sqlite(), 3).await;
    Fixture::orders(
        &world.app,
        ALFA,
        vec![Fixture::draft("A-1", 2, world.now())],
    )
    .await;
    let system = Scope::system();
    let key = OrderKey::Number("A-1".into());
    let line = RequestedLine {
        line: 0,
        units: 2,
        reason: ReturnReason::ChangedMind,
        wanted: Outcome::Refund,
        evidence: EvidenceGiven::default(),
        opened: false,
        noticed_on: None,
        own: None,
        lacks: policy::ConditionSet::EMPTY,
    };
    let request = Request {
        order: key,
        lines: vec![line],
        path,
    };
    let mut call = Call::new(&system, world.now());
    call.lang = Some(Lang::DE);
    let answer = world
        .app
        .request_return(&call, ALFA, &request)
        .await
        .unwrap();
    world.run_jobs().await;
    let page = world
        .app
        .case_page(&system, ALFA, answer.case)
        .await
        .unwrap();
    assert_eq!(page.case.id, CaseId(answer.case.0));
    (world, page)
}

fn write(world: &World, page: &CasePage, lang: Lang, notice: Notice) -> Option<Mail> {
    spoken(world, page, vec![lang], notice)
}

fn spoken(world: &World, page: &CasePage, spoken: Vec<Lang>, notice: Notice) -> Option<Mail> {
    let mut client = (*page.client).clone();
    client.settings.languages = spoken;
    Words.write(&NoticeFacts {
        notice,
        client: &client,
        case: &page.case,
        order: &page.order,
        contact: &page.contact,
        at: world.now(),
        base_url: "https://returns.example",
        pay_links: &[],
        link: Some("https://returns.example/p/alfa/account/t"),
    })
}

#[tokio::test]
async fn every_notice_has_words_and_a_way_to_the_return() {
    let (world, page) = case(Path::Ordinary).await;
    for lang in redress_http::L10n::all().map(redress_http::L10n::lang) {
        for notice in ALL {
            let mail = write(&world, &page, lang, notice).unwrap();
            let all = format!(
                "{}{}{}",
                mail.subject,
                mail.text,
                mail.html.clone().unwrap()
            );
            assert!(
                !all.contains('⟦') && !all.contains("{ $"),
                "{notice:?}: {all}"
            );
            assert!(mail.subject.contains(&*page.case.rma), "{notice:?}");
            let dir = if lang.as_str() == "ar" { "rtl" } else { "ltr" };
            let opens = format!("<html lang=\"{}\" dir=\"{dir}\">", lang.as_str());
            assert!(all.contains(&opens), "{notice:?}: {all}");
            let link = format!("https://returns.example/p/alfa/r/{}", page.case.rma);
            assert!(mail.text.contains(&link) && all.contains(&format!("href=\"{link}\"")));
            assert!(mail.text.contains("Kim Lindqvist") && mail.text.contains("Paper lantern"));
            mail::compose(
                &Mail {
                    id: "job_1".into(),
                    ..mail
                },
                "returns.example",
            )
            .unwrap();
        }
    }
}

#[tokio::test]
async fn mail_comes_in_the_language_the_case_was_asked_in() {
    let (world, mut page) = case(Path::Ordinary).await;
    page.contact.lang = Some(Lang::EN);
    let approval = |page: &CasePage, languages: &[Lang]| {
        let mail = spoken(&world, page, languages.to_vec(), Notice::Authorised).unwrap();
        mail.text.contains("Abgeben bis")
    };
    assert!(
        approval(&page, &[Lang::EN, Lang::DE]),
        "asked in German, as stored with the case"
    );
    assert!(
        !approval(&page, &[Lang::EN]),
        "the client does not speak it"
    );
    page.case.lang = None;
    assert!(
        !approval(&page, &[Lang::DE, Lang::EN]),
        "else as the customer chose last"
    );
    page.contact.lang = None;
    assert!(
        approval(&page, &[Lang::DE, Lang::EN]),
        "else the client's first"
    );
}

#[tokio::test]
async fn an_approval_names_the_money_and_the_last_day() {
    let (world, page) = case(Path::Ordinary).await;
    let mail = write(&world, &page, Lang::DE, Notice::Authorised).unwrap();
    assert!(
        mail.text.contains("Abgeben bis: Montag, 22. Juni 2026"),
        "{}",
        mail.text
    );
    assert!(mail.text.contains("€"), "{}", mail.text);
    assert!(mail.attachments.is_empty());
}

#[tokio::test]
async fn a_withdrawal_is_acknowledged_with_content_moment_and_file() {
    let (world, page) = case(Path::Withdrawal).await;
    let mail = write(&world, &page, Lang::EN, Notice::Receipt).unwrap();
    assert!(
        mail.subject
            .starts_with("Acknowledgement of your withdrawal")
    );
    assert!(
        mail.text.contains("1 Jun 2026, 10:00 (Europe/Berlin)"),
        "{}",
        mail.text
    );
    assert!(mail.text.contains("2 × Paper lantern") && mail.text.contains("SHA-256"));
    let [file, record] = mail.attachments.as_slice() else {
        panic!("the document and its record")
    };
    assert!(file.content.starts_with(b"%PDF-"));
    let record = std::str::from_utf8(&record.content).unwrap();
    assert!(
        mail.text.contains(&app::acknowledge::sha256(record)),
        "the number in the mail is that of the attached bytes"
    );
    let again = write(&world, &page, Lang::EN, Notice::Receipt).unwrap();
    assert_eq!(mail, again, "a second try sends the same");
}

#[tokio::test]
async fn nobody_to_write_to_is_no_mail() {
    let (world, mut page) = case(Path::Ordinary).await;
    page.contact.email.clear();
    assert!(write(&world, &page, Lang::EN, Notice::Receipt).is_none());
}
