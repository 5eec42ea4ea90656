//! `report.json`: the report as it is, for machines. Its shape is [`crate::funnel::report::SCHEMA`]'s.

use crate::funnel::report::Report;

/// The report as JSON, ending in a line feed.
///
/// # Panics
/// Never: plain data without maps of other keys than texts can be written as JSON.
#[must_use]
pub fn report_json(report: &Report) -> String {
    let mut text = serde_json::to_string_pretty(report).expect("plain data can be written as JSON");
    text.push('\n');
    text
}
