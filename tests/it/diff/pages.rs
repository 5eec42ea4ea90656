//! A realistic change of a shipped rulebook on the sample data, in every form.

use crate::outline::outline;
use crate::samples;
use leadscore::present::MOST_CHARACTERS;
use leadscore::present::diff_markdown;
use tempfile::TempDir;

/// What is edited: a threshold, points, a limit, a list, a label, whom a disqualifier means; one criterion goes, one comes.
const EDITS: [(&str, &str); 8] = [
    ("{ score: total, gte: 100 }", "{ score: total, gte: 85 }"),
    ("            points: 45\n            within: 70d", "            points: 55\n            within: 70d"),
    ("      offers:\n        max: 70", "      offers:\n        max: 60"),
    (
        "          - { id: unfollowed, label: Stopped following, event: social_unfollow, points: -10, within: 365d, count: once }\n",
        "",
    ),
    ("label: Free mailbox, when", "label: Uses a free mailbox, when"),
    (
        "      - { id: invites,",
        "      - { id: heavy-user, event: feature_used, points: 1, within: 90d, cap: 15 }\n      - { id: invites,",
    ),
    (
        "{ field: status, is: Do Not Contact } }",
        "{ any: [{ field: status, is: Do Not Contact }, { event: email_bounced, within: 365d }] } }",
    ),
    ("[Sales, Pricing, Demo]", "[Sales, Pricing, Demo, Support]"),
];

/// The shipped rulebooks and the sample data, with the edited rulebook beside the other.
fn folder() -> TempDir {
    let folder = samples::folder();
    let old = std::fs::read_to_string(folder.path().join("rules/b2b-saas.yaml")).expect("it is there");
    let new = EDITS.iter().fold(old, |text, (from, to)| {
        assert!(text.contains(from), "{from} is there");
        text.replacen(from, to, 1)
    });
    std::fs::write(folder.path().join("rules/new.yaml"), new).expect("it can be written");
    folder
}

fn run(folder: &TempDir, more: &[&str]) -> String {
    let args = ["diff", "rules/b2b-saas.yaml", "rules/new.yaml", "--as-of", "2026-06-01", "-q"];
    samples::printed(folder, &[&args[..], more].concat())
}

#[test]
fn a_change_reads_well_in_every_form() {
    let folder = folder();
    insta::assert_snapshot!("text", run(&folder, &[]));
    insta::assert_snapshot!("markdown", run(&folder, &["--format", "markdown"]));
    insta::assert_snapshot!("json", run(&folder, &["--format", "json"]));
    let html = run(&folder, &["--format", "html"]);
    assert!(html.starts_with("<!DOCTYPE html>") && !html.contains("<script") && !html.contains("http://"));
    insta::assert_snapshot!("html", outline(&html));
}

#[test]
fn a_page_of_many_edits_fits_into_a_comment() {
    let world = crate::world::rules("").leads("id\n1\n");
    let criterion = |at: usize, points: usize| {
        let label = "A label that takes some room, so that the page grows. ".repeat(3);
        format!("      - {{ id: c{at}, label: \"{label}{points}\", when: {{ present: [note] }}, points: {points} }}\n")
    };
    let text = |points: usize| {
        let criteria: String = (0..400).map(|at| criterion(at, points)).collect();
        let head = "rulebook: 1\nleads: { id: id, fields: { note: { optional: true } } }\nstages: [{ name: Lead }]\n";
        format!("{head}dimensions:\n  fit:\n    criteria:\n{criteria}")
    };
    let report = super::plainly(&world, &text(1), &text(2));
    assert_eq!((report.edits.len(), report.n_together), (401, 200));
    let page = diff_markdown(&report);
    assert!(page.chars().count() <= MOST_CHARACTERS, "{}", page.chars().count());
    assert!(page.contains("Left out to keep this short"));
}
