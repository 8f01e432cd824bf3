//! The firm: Meridian Care, its three retailers with settings and policies, and its people.

use app::{
    App, AppError, directory,
    settings::{Brand, ClientSettings, GatewayChoice, PayerAccount},
    signin::{LINK_HOURS, TokenKind},
};
use kernel::{ClientId, Lang, Role, Timestamp, UserId};
use logistics::{Address, Location, RoutingRule};
use returns::TenderStrategy;
use std::collections::BTreeMap;
use store::Write;

use crate::dice::Dice;

/// Lantern & Loom: giftware for many countries.
pub const LANTERN: ClientId = ClientId(1);
/// Northbeam: apparel and electronics.
pub const NORTHBEAM: ClientId = ClientId(2);
/// Halle 7: a marketplace.
pub const HALLE: ClientId = ClientId(3);

/// A person of the firm, with a fresh one-time sign-in link.
#[derive(Debug, Clone)]
pub struct Member {
    /// Who.
    pub id: UserId,
    /// Name.
    pub name: &'static str,
    /// Role.
    pub role: Role,
    /// Clients they work for.
    pub clients: Vec<ClientId>,
    /// Token of the sign-in link; works once.
    pub link: String,
}

struct Retailer {
    id: ClientId,
    slug: &'static str,
    name: &'static str,
    accent: &'static str,
    tagline: [&'static str; 2],
    zone: &'static str,
    gateway: GatewayChoice,
    prefix: &'static str,
    docks: &'static [(&'static [&'static str], &'static str, [&'static str; 3])],
    label_cost: &'static [(&'static str, i64)],
    policy: &'static str,
    seller: Seller,
}

/// The legal entity of a retailer; nobody's.
struct Seller {
    name: &'static str,
    street: &'static str,
    postcode: &'static str,
    city: &'static str,
    country: &'static str,
    vat: &'static str,
    register: &'static str,
    prefix: &'static str,
}

const RETAILERS: [Retailer; 3] = [
    Retailer {
        id: LANTERN,
        slug: "lantern-loom",
        name: "Lantern & Loom",
        accent: "8a3b12",
        tagline: ["Small things, well made", "Kleine Dinge, gut gemacht"],
        zone: "Europe/Berlin",
        gateway: GatewayChoice::Iso20022,
        prefix: "9521101",
        docks: &[
            (
                &["GB", "IE"],
                "MAN1",
                ["Returns Quay 4", "Manchester M1 9ZZ", "United Kingdom"],
            ),
            (
                &["SE", "DK", "FI", "NO"],
                "GOT1",
                ["Returkajen 2", "400 01 Göteborg", "Sverige"],
            ),
            (
                &[],
                "LEJ1",
                ["Rücklaufweg 7", "04999 Leipzig", "Deutschland"],
            ),
        ],
        label_cost: &[("EUR", 499), ("GBP", 449), ("SEK", 4_900)],
        policy: include_str!("../../../packs/policies/giftware.toml"),
        seller: Seller {
            name: "Lantern & Loom GmbH",
            street: "Webergasse 12",
            postcode: "04999",
            city: "Leipzig",
            country: "DE",
            vat: "DE999999991",
            register: "HRB 99901 Leipzig",
            prefix: "LL-CN-",
        },
    },
    Retailer {
        id: NORTHBEAM,
        slug: "northbeam",
        name: "Northbeam",
        accent: "0b5c6b",
        tagline: ["Out there, in good order", "Draußen gut gerüstet"],
        zone: "Europe/Amsterdam",
        gateway: GatewayChoice::Iso20022,
        prefix: "9521102",
        docks: &[
            (
                &["US"],
                "PDX1",
                ["Return Dock 12", "Portland, OR 97299", "United States"],
            ),
            (
                &[],
                "RTM1",
                ["Retourkade 9", "3099 ZZ Rotterdam", "Nederland"],
            ),
        ],
        label_cost: &[("EUR", 650), ("USD", 695)],
        policy: include_str!("../../../packs/policies/apparel.toml"),
        seller: Seller {
            name: "Northbeam B.V.",
            street: "Kompaskade 3",
            postcode: "3099 ZZ",
            city: "Rotterdam",
            country: "NL",
            vat: "NL999999992B01",
            register: "KvK 99999902",
            prefix: "NB",
        },
    },
    Retailer {
        id: HALLE,
        slug: "halle7",
        name: "Halle 7",
        accent: "4a2f6b",
        tagline: [
            "Everything for shop and home",
            "Alles für Werkstatt und Haus",
        ],
        zone: "Europe/Berlin",
        gateway: GatewayChoice::Iso20022,
        prefix: "9521103",
        docks: &[(
            &[],
            "HAJ1",
            ["Halle 7, Tor 3", "30999 Hannover", "Deutschland"],
        )],
        label_cost: &[("EUR", 590), ("GBP", 520)],
        policy: include_str!("../../../packs/policies/marketplace.toml"),
        seller: Seller {
            name: "Halle 7 Handels AG",
            street: "Am Güterbahnhof 7",
            postcode: "30999",
            city: "Hannover",
            country: "DE",
            vat: "DE999999993",
            register: "HRB 99903 Hannover",
            prefix: "H7/GS/",
        },
    },
];

const TEAM: [(&str, Role, &[ClientId]); 10] = [
    ("Ines Albrecht", Role::Agent, &[LANTERN, NORTHBEAM, HALLE]),
    ("Femi Adeyemi", Role::Agent, &[LANTERN]),
    ("Petra Novak", Role::TeamLead, &[LANTERN, NORTHBEAM, HALLE]),
    (
        "Marek Zielinski",
        Role::TeamLead,
        &[LANTERN, NORTHBEAM, HALLE],
    ),
    (
        "Aigerim Sadykova",
        Role::DockOperator,
        &[LANTERN, NORTHBEAM, HALLE],
    ),
    (
        "Jean-Luc Perrin",
        Role::Finance,
        &[LANTERN, NORTHBEAM, HALLE],
    ),
    (
        "Rosalind Hart (Lantern & Loom)",
        Role::ClientUser,
        &[LANTERN],
    ),
    ("Sem de Groot (Northbeam)", Role::ClientUser, &[NORTHBEAM]),
    (
        "Parcel partner",
        Role::Partner,
        &[LANTERN, NORTHBEAM, HALLE],
    ),
    ("Administrator", Role::Admin, &[LANTERN, NORTHBEAM, HALLE]),
];

/// Stores retailers, policies and people; gives the people with their links.
pub async fn found(app: &App, dice: &mut Dice, since: Timestamp) -> Result<Vec<Member>, AppError> {
    let mut write = Write::new();
    let zone = jiff::tz::TimeZone::UTC;
    let first_day = since.to_zoned(zone).date();
    for retailer in &RETAILERS {
        let settings = settings(retailer)?;
        let (slug, name) = (retailer.slug, retailer.name);
        directory::put_client(&mut write, retailer.id, slug, name, &settings, since)?;
        directory::put_policy(&mut write, retailer.id, retailer.policy, first_day, since)?;
    }
    let mut members = Vec::new();
    for (name, role, clients) in TEAM {
        let id = UserId(uuid::Builder::from_random_bytes(dice.bits().to_be_bytes()).into_uuid());
        App::put_user(&mut write, id, name, role, clients, since)?;
        let link = app.put_token(&mut write, TokenKind::Link, id, "demo", LINK_HOURS);
        members.push(Member {
            id,
            name,
            role,
            clients: clients.to_vec(),
            link,
        });
    }
    app.store().write(write).await?;
    app.reload_directory().await?;
    Ok(members)
}

fn settings(retailer: &Retailer) -> Result<ClientSettings, AppError> {
    let languages: Result<Vec<Lang>, _> = ["en", "de", "fr", "es", "pl", "ar"]
        .iter()
        .map(|code| code.parse())
        .collect();
    let mut docks = Vec::new();
    for (countries, code, lines) in retailer.docks {
        let countries: Result<_, _> = countries.iter().map(|c| c.parse()).collect();
        docks.push(RoutingRule {
            client: None,
            countries: countries.map_err(AppError::fault)?,
            hazmat: None,
            to: Location {
                code: (*code).to_owned(),
                address: Address {
                    name: format!("{} returns", retailer.name),
                    lines: lines.iter().map(|l| (*l).to_owned()).collect(),
                },
                takes_hazmat: false,
            },
        });
    }
    let label_cost = retailer
        .label_cost
        .iter()
        .map(|(c, m)| ((*c).to_owned(), *m));
    Ok(ClientSettings {
        brand: Brand {
            accent: retailer.accent.to_owned(),
            support_email: format!("help@{}.example", retailer.slug),
            tagline: BTreeMap::from([
                (Lang::EN, retailer.tagline[0].to_owned()),
                (Lang::DE, retailer.tagline[1].to_owned()),
            ]),
        },
        languages: languages.map_err(AppError::fault)?,
        time_zone: retailer.zone.to_owned(),
        tender_strategy: TenderStrategy::default(),
        gateway: retailer.gateway,
        // Account numbers of the bank registers' documentation; nobody's.
        payer: Some(PayerAccount {
            name: retailer.name.to_owned(),
            iban: "DE89370400440532013000".to_owned(),
            bic: None,
        }),
        docks,
        gs1_prefix: retailer.prefix.to_owned(),
        label_cost: label_cost.collect(),
        markets: Vec::new(),
        clock_alerts: None,
        credit: app::settings::CreditTerms::default(),
        advance: Some(app::settings::AdvanceTerms { days: 7 }),
        seller: Some(entity(retailer)?),
        // Their goods name the vendor who sold them.
        vendors_bear: returns::VendorBears::Fault,
        undo_seconds: 0,
        // One of them pays at once, so that the whole way can be seen in a minute.
        cooling_hours: if retailer.slug == "northbeam" { 0 } else { 24 },
        sandbox: true,
    })
}

fn entity(retailer: &Retailer) -> Result<app::settings::LegalEntity, AppError> {
    let seller = &retailer.seller;
    Ok(app::settings::LegalEntity {
        party: invoice::Party {
            name: seller.name.to_owned(),
            address: invoice::Address {
                lines: vec![seller.street.to_owned()],
                city: seller.city.to_owned(),
                postcode: seller.postcode.to_owned(),
                country: seller.country.parse().map_err(AppError::fault)?,
            },
            tax_id: Some(invoice::TaxId::Vat(seller.vat.to_owned())),
            registration: Some(seller.register.to_owned()),
            email: Some(format!("accounts@{}.example", retailer.slug)),
        },
        number_prefix: seller.prefix.to_owned(),
        number_digits: 6,
    })
}
