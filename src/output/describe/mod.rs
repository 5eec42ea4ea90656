//! The rulebook in plain words, as a document that two departments can sign: what the stages mean and who acts by when, what
//! earns and costs points and why. Depends on the rulebook and its tests alone, never on data.
//!
//! [`describe`] makes a [`Document`] of it; the forms below only set it: Markdown, a page of HTML, text.

mod criteria;
mod document;
mod example;
mod facts;
mod markdown;
mod points;
mod since;
mod stages;
mod text;
mod worth;

pub use super::html::describe_html;
pub use document::{Block, Cell, Document, Section, Table, Tone};
pub(super) use document::{PARTIES, SIGNED_WITH};
pub use markdown::describe_markdown;
pub use text::describe_text;

use crate::case::TestFile;
use crate::explain::words::Voice;
use crate::rulebook::Rulebook;

/// The rulebook as a document. Of its tests, if they are given, one lead is worked out as an example.
#[must_use]
pub fn describe(rulebook: &Rulebook, tests: Option<&TestFile>) -> Document {
    let voice = Voice::plain(rulebook);
    let mut sections = vec![
        facts::summary(rulebook),
        stages::stages(voice),
        stages::priorities(voice),
        stages::grade(voice),
        points::points(voice),
        stages::disqualifiers(voice),
        facts::missing(rulebook),
        facts::money(voice),
    ];
    sections.extend(tests.map(|tests| example::example(voice, tests)));
    Document {
        title: rulebook.card.name.clone().unwrap_or_else(|| "Lead scoring".to_owned()),
        about: facts::about(rulebook),
        sections: sections.into_iter().filter(|section| !section.blocks.is_empty()).collect(),
        fingerprint: rulebook.fingerprint.to_string(),
    }
}
