//! Results → bytes. Owns the serialised shapes, one format a file; computes nothing that a card does not say.

mod crm;
pub mod diagnostics;
pub mod draft;
mod findings;
mod inspect_json;
mod inspect_text;
mod json;
mod manifest;
mod metrics;
mod moves;
mod number;
mod passed;
mod proposal;
pub mod reference;
mod rejects;
mod report_text;
pub mod report_words;
pub mod schema;
mod scored;
mod sheet;
mod steps;
mod summary;
mod table;
mod test_junit;
mod xml;

pub use crm::Crm;
pub use findings::{
    CHECK_VERSION, CheckReport, Checked, findings_github, findings_json, findings_junit, findings_sarif,
    findings_short, findings_text,
};

pub use inspect_json::{INSPECT_SCHEMA, inspect_json};
pub use inspect_text::{inspect_text, type_in_words};
pub use json::{EXPLAIN_SCHEMA, TEST_SCHEMA, diff_json, explain_json, report_json, test_json};
pub use manifest::{Manifest, ManifestFile, ManifestRulebook, Ran, failed_manifest, manifest, read_manifest};
pub use metrics::{RunEnd, is_metrics, last_success, metrics};
pub use moves::moves;
pub use number::{average, grouped, points_grouped, share};
pub use passed::rows_passed;
pub use proposal::proposed_tests;
pub use rejects::write_rejects;
pub use report_text::report_text;
pub use scored::{ScoredCsv, scored_header};
pub use sheet::{Dialect, Sheet, is_like_formula};
pub use steps::{StepRows, Stepping};
pub use summary::{assumptions, dropped_rows, encoding_doubts, summary};
pub use table::Table;
pub use test_junit::test_junit;
