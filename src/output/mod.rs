//! Results → bytes. Owns the serialised shapes, one format a file; computes nothing that a card does not say.

mod accounts;
mod crm;
pub(crate) mod diagnostics;
pub(crate) mod draft;
mod findings;
mod handoff;
mod inspect_json;
mod json;
mod manifest;
mod metrics;
mod number;
mod passed_over;
mod pen;
mod proposal;
pub mod reference;
mod rejects;
pub(crate) mod schema;
mod scored;
mod shared_keys;
mod sheet;
mod steps;
mod test_junit;
mod xml;

pub use accounts::accounts_csv;
pub use crm::Crm;
pub use findings::{
    CheckReport, Checked, findings_github, findings_json, findings_junit, findings_sarif, findings_short, findings_text,
};

pub use handoff::handoff_columns;
pub use inspect_json::inspect_json;
pub use json::{EXPLAIN_SCHEMA, diff_json, explain_account_json, explain_json, report_json, test_json};
pub use manifest::{Manifest, ManifestFile, Ran, failed_manifest, manifest, read_manifest};
pub use metrics::{RunEnd, is_metrics, last_success, metrics};
pub use number::{average, grouped, share};
pub use proposal::proposed_tests;
pub use rejects::write_rejects;
pub use scored::{ScoredCsv, ScoredForm, scored_header};
pub use shared_keys::{can_share_keys, write_shared_keys};
pub use sheet::{Dialect, Sheet};
pub use steps::{StepRows, Stepping};
pub use test_junit::test_junit;
