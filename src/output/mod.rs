//! Results → bytes. Owns the serialised shapes, one format a file; computes nothing that a card does not say.

mod crm;
pub mod diagnostics;
pub mod draft;
mod findings;
mod inspect_json;
mod json;
mod manifest;
mod metrics;
mod number;
mod proposal;
pub mod reference;
mod rejects;
pub mod schema;
mod scored;
mod sheet;
mod steps;
mod test_junit;
mod xml;

pub use crm::Crm;
pub use findings::{
    CHECK_VERSION, CheckReport, Checked, findings_github, findings_json, findings_junit, findings_sarif,
    findings_short, findings_text,
};

pub use inspect_json::{INSPECT_SCHEMA, inspect_json};
pub use json::{EXPLAIN_SCHEMA, TEST_SCHEMA, diff_json, explain_json, report_json, test_json};
pub use manifest::{Manifest, ManifestFile, ManifestRulebook, Ran, failed_manifest, manifest, read_manifest};
pub use metrics::{RunEnd, is_metrics, last_success, metrics};
pub use number::{average, grouped, points_grouped, share};
pub use proposal::proposed_tests;
pub use rejects::write_rejects;
pub use scored::{ScoredCsv, scored_header};
pub use sheet::{Dialect, Sheet, is_like_formula};
pub use steps::{StepRows, Stepping};
pub use test_junit::test_junit;
