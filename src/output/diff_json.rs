//! A change for machines, in the shape of [`crate::diff::report::SCHEMA`].

use crate::diff::report::DiffReport;

/// The report as JSON, ending in a line feed.
///
/// # Panics
/// Never: plain data without maps of other keys than texts can be written as JSON.
#[must_use]
pub fn diff_json(report: &DiffReport) -> String {
    let mut text = serde_json::to_string_pretty(report).expect("plain data can be written as JSON");
    text.push('\n');
    text
}
