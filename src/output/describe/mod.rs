//! The rulebook in plain words, as a document that two departments can sign: what the stages mean and who acts by when, what
//! earns and costs points and why. Depends on the rulebook alone, never on data.
//!
//! [`describe`] makes a [`Document`] of it; the forms below only set it: Markdown, a page of HTML, text.

mod criteria;
mod document;
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

use crate::explain::words::Voice;
use crate::rulebook::Rulebook;

/// The rulebook as a document.
#[must_use]
pub fn describe(rulebook: &Rulebook) -> Document {
    let voice = Voice::plain(rulebook);
    let sections = [
        facts::summary(rulebook),
        stages::stages(voice),
        stages::priorities(voice),
        stages::grade(voice),
        points::points(voice),
        stages::disqualifiers(voice),
        facts::missing(rulebook),
        facts::money(voice),
    ];
    Document {
        title: rulebook.card.name.clone().unwrap_or_else(|| "Lead scoring".to_owned()),
        about: facts::about(rulebook),
        sections: sections.into_iter().filter(|section| !section.blocks.is_empty()).collect(),
        fingerprint: rulebook.fingerprint.to_string(),
    }
}
