//! What a change of a rulebook does to the leads, as a document: how far it reaches, who moved, and because of which edit. Every
//! figure comes from [`DiffReport`].

mod edits;
mod extent;
mod figures;
mod scores;
mod stages;

pub use extent::{Extent, MOST_CHARACTERS, diff_markdown};

use super::{Absence, Cell, Document, Look, Text};
use crate::diff::report::{DiffCount, DiffReport};

/// The report as a document, with so much of it.
#[must_use]
pub fn diff(report: &DiffReport, extent: Extent) -> Document {
    let mut sections = Vec::new();
    if !report.is_empty() {
        sections.push(stages::by_stage(report, extent));
        if extent.n_edits > 0 {
            sections.push(edits::edits(report, extent));
            sections.push(scores::totals(report));
            sections.push(stages::gained_and_lost(report));
        }
        if extent.lines && report.has_moves() {
            sections.push(scores::nearest(report));
        }
    }
    let as_of = Text::new().time(report.as_of, &report.zone).words(format!(" ({} time)", report.zone.name()));
    Document {
        kind: "Change of the rulebook",
        title: report.rulebook.clone().unwrap_or_else(|| "unnamed rulebook".to_owned()),
        about: vec![("Old", Text::new().name(&report.old)), ("New", Text::new().name(&report.new)), ("As of", as_of)],
        opening: figures::opening(report),
        sections: sections.into_iter().filter(|section| !section.blocks.is_empty()).collect(),
        closing: closing(report, extent),
        look: Look::Report,
    }
}

fn closing(report: &DiffReport, extent: Extent) -> Vec<Text> {
    let left_out =
        extent.left_out(report).map(|what| format!("Left out to keep this short: {what}. The JSON form has all."));
    let hashed = (!report.shows_ids).then(|| "Lead ids are hashed.".to_owned());
    let hides = report.hides_small_groups && !report.is_empty();
    let hidden = hides.then(|| format!("Counts under five read {}.", Absence::UnderFive.word()));
    left_out.into_iter().chain(hashed).chain(hidden).map(Text::from).collect()
}

/// A number of leads; of an interaction it may be below 0.
fn leads(count: DiffCount) -> Cell {
    let known = |n: i64| u64::try_from(n).map_or(Cell::Change(n), Cell::Count);
    count.n().map_or(Cell::Absent(Absence::UnderFive), known)
}
