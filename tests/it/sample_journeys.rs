//! Leads of the sample data that sales gave back, counted from the exports themselves and held against what the shipped rulebooks
//! make of them.

use crate::samples::{folder, printed};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

type Row = BTreeMap<String, String>;

fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).expect("it can be read");
    reader.deserialize().map(|row| row.expect("every row has a cell for each header")).collect()
}

/// What the exports say of one lead: the last time that it qualified, was given back, and first bought; as texts, which are in
/// the order of time.
#[derive(Default)]
struct Told {
    qualified: String,
    given_back: String,
    n_given_back: usize,
    bought: Option<String>,
}

fn told(folder: &Path) -> BTreeMap<String, Told> {
    let mut all: BTreeMap<String, Told> = BTreeMap::new();
    for row in rows(&folder.join("sample-data/stage-history.csv")) {
        let lead = all.entry(row["Contact ID"].clone()).or_default();
        let at = &row["Changed On"];
        match row["Stage"].as_str() {
            "Marketing qualified" | "Product qualified" | "Sales accepted" | "Sales qualified" => {
                lead.qualified = lead.qualified.clone().max(at.clone());
            }
            "Given back" => {
                lead.given_back = lead.given_back.clone().max(at.clone());
                lead.n_given_back += 1;
            }
            _ => {}
        }
    }
    for row in rows(&folder.join("sample-data/deals.csv")).into_iter().filter(|row| row["Deal Stage"] == "Closed Won") {
        let lead = all.entry(row["Contact ID"].trim_matches(['=', '"']).to_owned()).or_default();
        let at = row["Close Date"].clone();
        lead.bought = Some(lead.bought.take().map_or(at.clone(), |before| before.min(at)));
    }
    all
}

#[test]
fn every_comeback_that_qualifies_again_is_handed_over_and_nobody_is_given_back_twice() {
    let folder = folder();
    let told = told(folder.path());
    let nobody = Told::default();
    for rulebook in ["b2b-saas", "product-led", "marketo-style", "profile-channel-action", "content-points"] {
        let path = format!("rules/{rulebook}.yaml");
        printed(&folder, &["score", &path, "--as-of", "2026-06-01", "--out", rulebook]);
        let out = folder.path().join(rulebook);
        let handed: BTreeSet<String> =
            rows(&out.join("handoff.csv")).into_iter().map(|row| row["lead_id"].clone()).collect();
        let (mut n_comebacks, mut n_back) = (0, 0);
        for row in rows(&out.join("scored.csv")) {
            let lead = told.get(&row["lead_id"]).unwrap_or(&nobody);
            let is_back = !lead.given_back.is_empty() && lead.given_back > lead.qualified && lead.bought.is_none();
            n_back += usize::from(is_back);
            let holds = !["Lead", "Disqualified"].contains(&row["stage"].as_str());
            if is_back && holds {
                n_comebacks += 1;
                assert!(handed.contains(&row["lead_id"]), "{rulebook}: {row:?}");
            }
            assert!(!(is_back && row["step"] == "recycle"), "{rulebook} gives it back twice: {row:?}");
            assert!(lead.n_given_back > 0 || row["passes"] == "1", "{rulebook}: nobody gave it back: {row:?}");
        }
        // 176 leads were given back at least once; 27 of them bought, and some qualified again since.
        assert!(n_back > 100 && n_comebacks >= 10, "{rulebook}: {n_back} given back, {n_comebacks} qualify again");
    }
}

#[test]
fn a_lead_has_a_pass_for_each_time_that_it_was_given_back_before_it_bought() {
    let folder = folder();
    printed(&folder, &["score", "rules/b2b-saas.yaml", "--as-of", "2026-06-01", "--out", "b2b"]);
    let told = told(folder.path());
    let nobody = Told::default();
    let mut passes: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows(&folder.path().join("b2b/scored.csv")) {
        let lead = told.get(&row["lead_id"]).unwrap_or(&nobody);
        assert_eq!(row["passes"], (lead.n_given_back + 1).to_string(), "{row:?}");
        assert_eq!(row["returned"].is_empty(), lead.given_back.is_empty(), "{row:?}");
        *passes.entry(row["passes"].clone()).or_default() += 1;
    }
    let counts: Vec<String> = passes.into_iter().map(|(passes, n_leads)| format!("{passes}: {n_leads}")).collect();
    assert_eq!(counts.join(", "), "1: 2323, 2: 165, 3: 9, 4: 2");
}
