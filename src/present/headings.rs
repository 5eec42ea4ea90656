//! The headings of a document alone, a line each: a form as an example.

use super::document::Document;
use super::markdown::spoken;

/// The headings of a document.
#[must_use]
pub fn headings(document: &Document) -> String {
    document.sections.iter().map(|section| spoken(&section.title) + "\n").collect()
}
