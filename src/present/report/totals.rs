//! The leads in all: a section as an example.

use crate::funnel::report::Report;
use crate::present::{Section, words};

pub(super) fn section(report: &Report) -> Section {
    let mut section = Section::new("totals", "In all");
    section.say(format!("{} in {} stages.", words::plural(report.n_leads, "lead"), report.stages.len()));
    section
}
