//! The time zone of a place of delivery, for the law's local days. Facts of the IANA time zone
//! database (zone1970.tab, release 2025b), written down per country and, where a country has
//! several, per subdivision. A place in a country with several zones whose subdivision is not
//! known gets the westernmost of its populous zones: there a day ends last, so a consumer's last
//! day is never cut short.

use jiff::tz::TimeZone;
use kernel::Place;

/// The zone; none for a country that is not in the table.
pub(crate) fn of(place: Place) -> Option<TimeZone> {
    let country = place.country.to_string();
    let subdivision = place.subdivision.map(|s| s.to_string());
    let name = subdivision
        .as_deref()
        .and_then(|sub| find(SUBDIVISIONS, &format!("{country}-{sub}")))
        .or_else(|| find(COUNTRIES, &country))?;
    TimeZone::get(name).ok()
}

fn find(table: &[(&str, &'static str)], code: &str) -> Option<&'static str> {
    let at = table.binary_search_by_key(&code, |(c, _)| c).ok()?;
    table.get(at).map(|(_, zone)| *zone)
}

/// Sorted by code.
const COUNTRIES: &[(&str, &str)] = &[
    ("AE", "Asia/Dubai"),
    ("AR", "America/Argentina/Buenos_Aires"),
    ("AT", "Europe/Vienna"),
    ("AU", "Australia/Perth"),
    ("BE", "Europe/Brussels"),
    ("BG", "Europe/Sofia"),
    ("BR", "America/Manaus"),
    ("CA", "America/Vancouver"),
    ("CH", "Europe/Zurich"),
    ("CL", "America/Santiago"),
    ("CN", "Asia/Shanghai"),
    ("CO", "America/Bogota"),
    ("CY", "Asia/Nicosia"),
    ("CZ", "Europe/Prague"),
    ("DE", "Europe/Berlin"),
    ("DK", "Europe/Copenhagen"),
    ("EE", "Europe/Tallinn"),
    ("ES", "Europe/Madrid"),
    ("FI", "Europe/Helsinki"),
    ("FR", "Europe/Paris"),
    ("GB", "Europe/London"),
    ("GR", "Europe/Athens"),
    ("HK", "Asia/Hong_Kong"),
    ("HR", "Europe/Zagreb"),
    ("HU", "Europe/Budapest"),
    ("IE", "Europe/Dublin"),
    ("IL", "Asia/Jerusalem"),
    ("IN", "Asia/Kolkata"),
    ("IS", "Atlantic/Reykjavik"),
    ("IT", "Europe/Rome"),
    ("JP", "Asia/Tokyo"),
    ("KR", "Asia/Seoul"),
    ("LI", "Europe/Vaduz"),
    ("LT", "Europe/Vilnius"),
    ("LU", "Europe/Luxembourg"),
    ("LV", "Europe/Riga"),
    ("MT", "Europe/Malta"),
    ("MX", "America/Tijuana"),
    ("NL", "Europe/Amsterdam"),
    ("NO", "Europe/Oslo"),
    ("NZ", "Pacific/Auckland"),
    ("PL", "Europe/Warsaw"),
    ("PT", "Europe/Lisbon"),
    ("RO", "Europe/Bucharest"),
    ("SA", "Asia/Riyadh"),
    ("SE", "Europe/Stockholm"),
    ("SG", "Asia/Singapore"),
    ("SI", "Europe/Ljubljana"),
    ("SK", "Europe/Bratislava"),
    ("TR", "Europe/Istanbul"),
    ("TW", "Asia/Taipei"),
    ("US", "America/Los_Angeles"),
    ("ZA", "Africa/Johannesburg"),
];

/// Sorted by code. Where a subdivision itself has two zones, the westernmost populous one.
const SUBDIVISIONS: &[(&str, &str)] = &[
    ("AU-ACT", "Australia/Sydney"),
    ("AU-NSW", "Australia/Sydney"),
    ("AU-NT", "Australia/Darwin"),
    ("AU-QLD", "Australia/Brisbane"),
    ("AU-SA", "Australia/Adelaide"),
    ("AU-TAS", "Australia/Hobart"),
    ("AU-VIC", "Australia/Melbourne"),
    ("AU-WA", "Australia/Perth"),
    ("BR-AC", "America/Rio_Branco"),
    ("BR-RJ", "America/Sao_Paulo"),
    ("BR-SP", "America/Sao_Paulo"),
    ("CA-AB", "America/Edmonton"),
    ("CA-BC", "America/Vancouver"),
    ("CA-MB", "America/Winnipeg"),
    ("CA-NB", "America/Moncton"),
    ("CA-NL", "America/St_Johns"),
    ("CA-NS", "America/Halifax"),
    ("CA-NT", "America/Edmonton"),
    ("CA-NU", "America/Edmonton"),
    ("CA-ON", "America/Toronto"),
    ("CA-PE", "America/Halifax"),
    ("CA-QC", "America/Toronto"),
    ("CA-SK", "America/Regina"),
    ("CA-YT", "America/Whitehorse"),
    ("US-AK", "America/Anchorage"),
    ("US-AL", "America/Chicago"),
    ("US-AR", "America/Chicago"),
    ("US-AZ", "America/Phoenix"),
    ("US-CA", "America/Los_Angeles"),
    ("US-CO", "America/Denver"),
    ("US-CT", "America/New_York"),
    ("US-DC", "America/New_York"),
    ("US-DE", "America/New_York"),
    ("US-FL", "America/Chicago"),
    ("US-GA", "America/New_York"),
    ("US-HI", "Pacific/Honolulu"),
    ("US-IA", "America/Chicago"),
    ("US-ID", "America/Los_Angeles"),
    ("US-IL", "America/Chicago"),
    ("US-IN", "America/Chicago"),
    ("US-KS", "America/Denver"),
    ("US-KY", "America/Chicago"),
    ("US-LA", "America/Chicago"),
    ("US-MA", "America/New_York"),
    ("US-MD", "America/New_York"),
    ("US-ME", "America/New_York"),
    ("US-MI", "America/Chicago"),
    ("US-MN", "America/Chicago"),
    ("US-MO", "America/Chicago"),
    ("US-MS", "America/Chicago"),
    ("US-MT", "America/Denver"),
    ("US-NC", "America/New_York"),
    ("US-ND", "America/Denver"),
    ("US-NE", "America/Denver"),
    ("US-NH", "America/New_York"),
    ("US-NJ", "America/New_York"),
    ("US-NM", "America/Denver"),
    ("US-NV", "America/Los_Angeles"),
    ("US-NY", "America/New_York"),
    ("US-OH", "America/New_York"),
    ("US-OK", "America/Chicago"),
    ("US-OR", "America/Los_Angeles"),
    ("US-PA", "America/New_York"),
    ("US-RI", "America/New_York"),
    ("US-SC", "America/New_York"),
    ("US-SD", "America/Denver"),
    ("US-TN", "America/Chicago"),
    ("US-TX", "America/Denver"),
    ("US-UT", "America/Denver"),
    ("US-VA", "America/New_York"),
    ("US-VT", "America/New_York"),
    ("US-WA", "America/Los_Angeles"),
    ("US-WI", "America/Chicago"),
    ("US-WV", "America/New_York"),
    ("US-WY", "America/Denver"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_every_zone_exists() {
        for table in [COUNTRIES, SUBDIVISIONS] {
            assert!(table.windows(2).all(|w| w[0].0 < w[1].0));
            for (code, zone) in table {
                assert!(TimeZone::get(zone).is_ok(), "{code}: {zone}");
            }
        }
    }

    #[test]
    fn a_day_is_that_of_the_subdivision_and_a_guess_never_ends_early() {
        let place = |country: &str, sub: Option<&str>| Place {
            country: country.parse().unwrap(),
            subdivision: sub.map(|s| s.parse().unwrap()),
        };
        let at: jiff::Timestamp = "2026-03-02T06:30:00Z".parse().unwrap();
        let day = |p| at.to_zoned(of(p).unwrap()).date().day();
        assert_eq!(day(place("US", Some("NY"))), 2);
        assert_eq!(day(place("US", Some("CA"))), 1);
        assert_eq!(
            day(place("US", None)),
            1,
            "west coast, where the day ends last"
        );
        assert_eq!(day(place("JP", None)), 2);
        assert!(of(place("KP", None)).is_none());
    }
}
