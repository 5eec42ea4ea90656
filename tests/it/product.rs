//! What the program shows of the sample data, whole: the reports, the terminal, the explanations and the rulebook in words.
//! A change of any word or figure is seen here, and so is its place.

use crate::outline::outline;
use crate::samples::{folder, printed, run};

/// The day of scoring.
const AS_OF: [&str; 2] = ["--as-of", "2026-06-01"];

const RULEBOOK: &str = "rules/b2b-saas.yaml";

#[test]
fn a_run_and_its_reports() {
    let folder = folder();
    let run = run(&folder, &[&["score", RULEBOOK], &AS_OF[..]].concat());
    assert!(run.status.success());
    let said = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it is UTF-8");
    let file = |name: &str| std::fs::read_to_string(folder.path().join("out").join(name)).expect("it is written");
    insta::assert_snapshot!("score", format!("{}=====\n{}", said(&run.stderr), said(&run.stdout)));
    insta::assert_snapshot!("report_markdown", file("report.md"));
    insta::assert_snapshot!("report_html", outline(&file("report.html")));
}

#[test]
fn three_leads_explained() {
    let folder = folder();
    for (name, lead) in LEADS {
        let text = printed(&folder, &[&["explain", RULEBOOK, lead], &AS_OF[..]].concat());
        insta::assert_snapshot!(format!("explain_{name}"), text);
    }
}

/// Among them they have fading points and limits that cut, a disqualifier, and a stage that the CRM says otherwise.
const LEADS: [(&str, &str); 3] = [("product_led", "102167"), ("disqualified", "100260"), ("given_back", "102811")];

#[test]
fn a_rulebook_in_words() {
    let folder = folder();
    for format in ["text", "markdown", "html"] {
        let shown = printed(&folder, &["describe", RULEBOOK, "--format", format]);
        let shown = if format == "html" { outline(&shown) } else { shown };
        insta::assert_snapshot!(format!("describe_{format}"), shown);
    }
}
