//! Two clients that must never see each other, their people, and orders to return.

use app::{
    App,
    cases::{Call, OrderKey, Request},
    directory::{put_client, put_policy},
    intake::{ImportOptions, Watch},
    settings::{Brand, ClientSettings, GatewayChoice, LegalEntity},
};
use kernel::{Bps, CaseId, ClientId, Currency, Lang, Place, Role, Scope, Timestamp, UserId};
use logistics::{Address, Location, RoutingRule};
use policy::{EvidenceGiven, Outcome, ReturnReason};
use returns::{Command, GrantLine, Path, RequestedLine};
use std::collections::BTreeMap;
use store::Write;
use uuid::Uuid;
use wire::{Contact, LineDraft, OrderDraft, ShippingDraft, TaxDraft, TenderDraft};

/// The first client: giftware, paid by bank.
pub const ALFA: ClientId = ClientId(1);
/// The second client: apparel.
pub const BRAVO: ClientId = ClientId(2);

/// An IBAN from the German bank register's documentation.
pub const IBAN: &str = "DE89370400440532013000";

/// What every test world holds.
#[derive(Debug)]
pub struct Fixture;

impl Fixture {
    /// The id of the user in this role who works for both clients.
    pub fn user(role: Role) -> UserId {
        let at = Role::ALL
            .iter()
            .position(|r| *r == role)
            .unwrap_or_default();
        UserId(Uuid::from_u128(0x7000 + at as u128))
    }

    /// The scope of that user.
    pub fn scope(role: Role) -> Scope {
        Scope::user(Self::user(role), role, vec![ALFA, BRAVO])
    }

    /// Writes clients, policies and people.
    ///
    /// # Panics
    /// When the store refuses.
    #[expect(clippy::expect_used, reason = "a test without its fixture cannot run")]
    pub async fn install(app: &App) {
        let now = app.now();
        let since = kernel::Date::constant(2020, 1, 1);
        let mut write = Write::new();
        for (id, slug, name, policy) in [
            (
                ALFA,
                "alfa",
                "Alfa Gifts",
                include_str!("../../../packs/policies/giftware.toml"),
            ),
            (
                BRAVO,
                "bravo",
                "Bravo Wear",
                include_str!("../../../packs/policies/apparel.toml"),
            ),
        ] {
            put_client(&mut write, id, slug, name, &Self::settings(name), now).expect("client");
            put_policy(&mut write, id, policy, since, now).expect("policy");
        }
        for role in Role::ALL {
            let clients = [ALFA, BRAVO];
            App::put_user(
                &mut write,
                Self::user(*role),
                role.as_str(),
                *role,
                &clients,
                now,
            )
            .expect("user");
        }
        app.store().write(write).await.expect("fixture");
        app.reload_directory().await.expect("directory");
    }

    /// Gives the first client other settings.
    ///
    /// # Panics
    /// When the store refuses.
    #[expect(clippy::expect_used, reason = "a test without its fixture cannot run")]
    pub async fn set_alfa(app: &App, settings: &ClientSettings) {
        let mut write = Write::new();
        put_client(&mut write, ALFA, "alfa", "Alfa Gifts", settings, app.now()).expect("client");
        app.store().write(write).await.expect("settings");
        app.reload_directory().await.expect("directory");
    }

    /// Settings of a client: one dock for everywhere.
    pub fn settings(name: &str) -> ClientSettings {
        let address = Address {
            name: format!("{name} returns"),
            lines: vec!["Dockstraße 1".into(), "04347 Leipzig DE".into()],
        };
        ClientSettings {
            brand: Brand {
                accent: "1f6f54".into(),
                support_email: "help@alfa.example".into(),
                tagline: BTreeMap::new(),
            },
            languages: vec![Lang::EN, Lang::DE],
            time_zone: "Europe/Berlin".into(),
            tender_strategy: returns::TenderStrategy::default(),
            gateway: GatewayChoice::Iso20022,
            payer: None,
            docks: vec![RoutingRule {
                client: None,
                countries: std::collections::BTreeSet::new(),
                hazmat: None,
                to: Location {
                    code: "LEJ1".into(),
                    address,
                    takes_hazmat: true,
                },
            }],
            gs1_prefix: "4012345".into(),
            label_cost: [("EUR".to_owned(), 499)].into(),
            markets: Vec::new(),
            clock_alerts: None,
            credit: app::settings::CreditTerms::default(),
            advance: Some(app::settings::AdvanceTerms { days: 7 }),
            seller: None,
            vendors_bear: returns::VendorBears::Fault,
            undo_seconds: 0,
            cooling_hours: 24,
            sandbox: true,
        }
    }

    /// The first client issues documents from now on.
    pub async fn let_issue(app: &App) {
        let name = "Alfa Gifts";
        let settings = ClientSettings {
            seller: Some(Self::seller(name)),
            ..Self::settings(name)
        };
        Self::set_alfa(app, &settings).await;
    }

    /// The legal entity of a client: in Germany, registered for VAT.
    pub fn seller(name: &str) -> LegalEntity {
        LegalEntity {
            party: invoice::Party {
                name: format!("{name} GmbH"),
                address: invoice::Address {
                    lines: vec!["Marktgasse 1".into()],
                    city: "Leipzig".into(),
                    postcode: "04109".into(),
                    country: kernel::CountryCode::literal("DE"),
                },
                tax_id: Some(invoice::TaxId::Vat("DE999999999".into())),
                registration: None,
                email: None,
            },
            number_prefix: "CN-".into(),
            number_digits: 4,
        }
    }

    /// An order: `units` of one article at 40.00 EUR with 19 % tax inside, and one of another at
    /// 25.00, delivered ten days before `now` to Germany, paid by bank.
    ///
    /// # Panics
    /// Never with a time the calendar knows.
    #[expect(clippy::expect_used, reason = "constants and plain dates")]
    pub fn draft(number: &str, units: u32, now: Timestamp) -> OrderDraft {
        let placed_at = now - jiff::SignedDuration::from_hours(24 * 14);
        let day = |days: i64| {
            let at = now - jiff::SignedDuration::from_hours(24 * days);
            Some(at.to_zoned(jiff::tz::TimeZone::UTC).date())
        };
        let taxes = vec![TaxDraft {
            rate: Some(Bps(1900)),
            amount: None,
        }];
        let line = |id: &str, sku: &str, title: &str, quantity: u32, unit_list: i64| LineDraft {
            id: id.into(),
            sku: sku.into(),
            title: title.into(),
            category: String::new(),
            quantity,
            unit_list,
            line_discount: 0,
            taxes: taxes.clone(),
            fulfilled: quantity,
            refunded: 0,
            fulfilled_on: day(13),
            delivered_on: day(10),
            final_sale: false,
            serials: Vec::new(),
            vendor: None,
            charges: Vec::new(),
            gift_card_spent: None,
            parts: Vec::new(),
        };
        let gross = i64::from(units) * 4000 + 2500 + 695;
        OrderDraft {
            told: wire::Told::default(),
            no_tax: None,
            number: number.into(),
            external_id: None,
            placed_at,
            channel: "web".into(),
            buyer: wire::order::Buyer::Consumer,
            delivery: Place::country("DE".parse().expect("a country")),
            currency: Currency::EUR,
            prices_include_tax: true,
            lines: vec![
                line("1", "LAMP-1", "Paper lantern", units, 4000),
                line("2", "VASE-2", "Stoneware vase", 1, 2500),
            ],
            order_discount: 0,
            charges: Vec::new(),
            promotions: Vec::new(),
            shipping: ShippingDraft {
                list: 695,
                discount: 0,
                taxes,
            },
            tenders: vec![TenderDraft {
                kind: wire::order::TenderKind::Bank,
                reference: format!("trf-{number}"),
                amount: gross,
                refunded: 0,
            }],
            cancelled: false,
            customer_id: Some(format!("c-{number}")),
            contact: Some(Contact {
                name: "Kim Lindqvist".into(),
                email: format!("kim.{number}@shopper.example").to_lowercase(),
                phone: String::new(),
                address: vec!["Lindenweg 7".into(), "Leipzig".into()],
                postcode: "04109".into(),
                vat_id: String::new(),
            }),
        }
    }

    /// Imports orders for a client and gives every customer a bank account.
    ///
    /// # Panics
    /// When an order is not taken.
    #[expect(clippy::expect_used, reason = "a test without its orders cannot run")]
    pub async fn orders(app: &App, client: ClientId, drafts: Vec<OrderDraft>) {
        let mut bad = Vec::new();
        let mut rejected = |e: &wire::RowError| bad.push(format!("{e:?}"));
        let mut progress = |_: &app::intake::ImportReport| ();
        let mut watch = Watch {
            rejected: &mut rejected,
            progress: &mut progress,
        };
        let numbers: Vec<String> = drafts.iter().map(|d| d.number.clone()).collect();
        let drafts = drafts.into_iter().map(Ok);
        let system = Scope::system();
        app.import_orders(
            &system,
            client,
            drafts,
            ImportOptions::default(),
            &mut watch,
        )
        .await
        .expect("import");
        assert!(bad.is_empty(), "{bad:?}");
        for number in numbers {
            let key = OrderKey::Number(number);
            let page = app
                .order_page(&system, client, &key)
                .await
                .expect("imported");
            let account = app::intake::PayoutAccount {
                iban: IBAN.into(),
                holder: page.contact.name.clone(),
            };
            app.set_payout(&system, client, page.order.customer, account)
                .await
                .expect("payout");
        }
    }

    /// What the customer of such an order asks for: the lamps back, for a better price seen.
    pub fn asks(number: &str, units: u32) -> Request {
        Request {
            order: OrderKey::Number(number.into()),
            lines: vec![RequestedLine {
                line: 0,
                units,
                reason: ReturnReason::BetterPrice,
                wanted: Outcome::Refund,
                evidence: EvidenceGiven::default(),
                opened: false,
                noticed_on: None,
                lacks: policy::ConditionSet::EMPTY,
                own: None,
            }],
            path: Path::Ordinary,
        }
    }

    /// A case of two lamps of 40.00 of a new order of the first client, authorised and waiting.
    ///
    /// # Panics
    /// When the order or the request is not taken.
    #[expect(clippy::expect_used, reason = "a test without its case cannot run")]
    pub async fn lamps(app: &App, number: &str) -> CaseId {
        Self::orders(app, ALFA, vec![Self::draft(number, 2, app.now())]).await;
        let system = Scope::system();
        let call = Call::new(&system, app.now());
        let asks = Self::asks(number, 2);
        let asked = app.request_return(&call, ALFA, &asks).await;
        asked.expect("a case").case
    }

    /// A person gives this much for both lamps.
    pub fn grant(minor: i64) -> Command {
        Command::Decide {
            lines: vec![GrantLine {
                line: 0,
                units: 2,
                outcome: Outcome::Refund,
                minor,
            }],
            shipping_minor: 0,
            reason: Some("agreed on the telephone".into()),
        }
    }

    /// A case as [`Fixture::lamps`] of which this much is owed.
    ///
    /// # Panics
    /// When the grant is refused.
    #[expect(clippy::expect_used, reason = "a test without its case cannot run")]
    pub async fn owed(app: &App, number: &str, minor: i64) -> CaseId {
        let case = Self::lamps(app, number).await;
        let lead = Self::scope(Role::TeamLead);
        let call = Call::new(&lead, app.now());
        let grant = Self::grant(minor);
        let given = app.command(&call, ALFA, case, None, &grant).await;
        given.expect("a grant");
        case
    }
}
