//! Reads the recorded EasyPost exchanges in `shared/fixtures` and merges their scans.

use logistics::{Milestone, ParcelTrack, Scan};
use std::path::{Path, PathBuf};

/// The `shared` directory beside the repository, when this machine has it.
fn shared() -> Option<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|dir| dir.join("shared/fixtures/shipping/easypost"))
        .find(|dir| dir.is_dir())
}

/// Pulls the tracker objects out of a cassette. The body is JSON folded into a YAML
/// single-quoted scalar: line breaks fold to a space, a quote is doubled.
fn trackers(cassette: &str) -> Vec<serde_json::Value> {
    let mut found = vec![];
    for part in cassette.split("string: '").skip(1) {
        let Some((body, _)) = part.split_once("'\n    headers:") else {
            continue;
        };
        let json = body
            .lines()
            .map(str::trim_start)
            .collect::<Vec<_>>()
            .join(" ")
            .replace("''", "'");
        let Ok(value) = serde_json::from_str::<serde_json::Value>(&json) else {
            continue;
        };
        match value.get("trackers").and_then(|t| t.as_array()) {
            Some(list) => found.extend(list.iter().cloned()),
            None => found.push(value),
        }
    }
    found.retain(|v| v["object"] == "Tracker");
    found
}

#[test]
fn recorded_trackers_end_where_the_carrier_says() {
    let Some(dir) = shared() else {
        eprintln!("skipped: shared/fixtures/shipping/easypost is not here");
        return;
    };
    let mut seen = 0;
    for name in [
        "test_tracker_create.yaml",
        "test_tracker_retrieve.yaml",
        "test_tracker_all.yaml",
    ] {
        let text = std::fs::read_to_string(dir.join(name)).unwrap();
        for tracker in trackers(&text) {
            let word = |v: &serde_json::Value, key: &str| v[key].as_str().unwrap_or("").to_owned();
            let scans = tracker["tracking_details"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|d| {
                    let milestone =
                        Milestone::from_easypost(&word(d, "status"), &word(d, "status_detail"))?;
                    let at = word(d, "datetime").parse().unwrap();
                    Some(Scan {
                        at,
                        milestone,
                        code: word(d, "status"),
                        place: String::new(),
                    })
                });
            let track: ParcelTrack = scans.collect();
            let said = Milestone::from_easypost(&word(&tracker, "status"), "");
            assert_eq!(track.milestone(), said, "{name} {}", tracker["id"]);
            seen += 1;
        }
    }
    assert!(
        seen >= 3,
        "only {seen} trackers were found in the recordings"
    );
}
