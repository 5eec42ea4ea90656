//! The funnel and value report as a document: one file a section. Every figure comes from [`Report`]; nothing is computed here
//! but places on a drawing.

mod accounts;
mod cohorts;
mod criteria;
mod crm;
mod ends;
mod funnel;
mod given_back;
mod key;
mod meaning;
mod pipeline;
mod quality;
pub(super) mod sales;
mod scores;
mod segments;
mod speed;
mod value;

use super::{Block, Document, Look, Section, Text};
use crate::funnel::report::Report;

/// The sections, in order.
const SECTIONS: [fn(&Report) -> Section; 12] = [
    sales::section,
    key::section,
    funnel::section,
    given_back::section,
    value::section,
    accounts::section,
    speed::section,
    cohorts::section,
    scores::section,
    criteria::section,
    crm::section,
    quality::section,
];

/// The report as a document.
#[must_use]
pub fn report(report: &Report) -> Document {
    let title = report.rulebook.clone().unwrap_or_else(|| "unnamed rulebook".to_owned());
    let mut about =
        vec![("As of", Text::new().time(report.as_of, &report.zone).words(format!(" ({} time)", report.zone.name())))];
    about.extend(report.owner.as_ref().map(|owner| ("Rules kept by", Text::new().name(owner))));
    Document {
        kind: "Lead report",
        title,
        about,
        opening: if report.sales.is_some() { Vec::new() } else { key::opening(report) },
        sections: SECTIONS.iter().map(|make| make(report)).filter(|section| !section.blocks.is_empty()).collect(),
        closing: vec![Text::from("The same figures for machines: report.json (").code(report.schema).words(").")],
        look: Look::Report,
    }
}

/// Adds what the words with these keys mean.
fn define(section: &mut Section, keys: &[meaning::Word]) {
    section.blocks.extend(keys.iter().map(|word| Block::Definition { term: word.term, meaning: word.meaning.into() }));
}
