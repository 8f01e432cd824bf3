//! Prepared questions: one for each kind of answer, told in `lawdesk-example-<name>`. The facts are
//! made up.

/// Name and address parameters.
pub const EXAMPLES: &[(&str, &str)] = &[
    (
        "de",
        "place=DE&contract=2026-03-16&item1=Lamp&price1=89.00&delivered1=2026-03-21&shipping=5.90&sent=2026-04-07&received=2026-04-07&proof=2026-04-09",
    ),
    (
        "fr",
        "place=FR&contract=2026-04-13&item1=Kite&price1=45.00&delivered1=2026-04-17&shipping=14.90&standard=4.90&sent=2026-05-04&received=2026-05-04&proof=2026-05-05",
    ),
    (
        "gb",
        "place=GB&channel=in_store&contract=2026-10-01&item1=Phone&price1=349.00&delivered1=2026-10-01&kind=defect&wanted=reject&noticed=2026-10-20&sent=2026-10-28&agreed=2026-11-03",
    ),
    (
        "us-ca",
        "place=US-CA&channel=in_store&contract=2026-11-02&item1=Kettle&price1=84.00&delivered1=2026-11-02&sent=2026-11-24&back=2026-11-24&payment=card",
    ),
    (
        "us-ny",
        "place=US-NY&contract=2026-06-15&item1=Jacket&price1=59.00&delivered1=2026-06-18&sent=2026-07-10&back=2026-07-10&payment=card",
    ),
    (
        "jp",
        "place=JP&contract=2026-11-05&item1=Vase&price1=12800&delivered1=2026-11-10&sent=2026-11-17",
    ),
    (
        "br",
        "place=BR&contract=2026-08-24&item1=Radio&price1=199.90&delivered1=2026-08-31&shipping=19.90&sent=2026-09-08",
    ),
    (
        "au",
        "place=AU&channel=in_store&contract=2026-02-09&item1=Washer&price1=1099.00&delivered1=2026-02-11&trait1=significant_cost_size_or_attachment&kind=defect&wanted=refund&major=1&noticed=2026-07-12&sent=2026-07-15",
    ),
    (
        "tr",
        "place=TR&contract=2026-05-04&item1=Carpet&price1=2400.00&delivered1=2026-05-07&shipping=60.00&sent=2026-05-20",
    ),
    (
        "ch",
        "place=CH&way=web&contract=2026-03-06&item1=Boots&price1=119.00&delivered1=2026-03-10&sent=2026-03-12",
    ),
    (
        "ke",
        "elsewhere=KE&currency=KES&contract=2026-03-06&item1=Boots&price1=5000.00&delivered1=2026-03-10&sent=2026-03-12",
    ),
];

/// The address of an example.
pub fn href(query: &str) -> String {
    format!("/law/try?{query}")
}
