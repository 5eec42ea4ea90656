//! The rulebook in plain words, as a document that two departments can sign: what the stages mean and who acts by when, what
//! earns and costs points and why. Depends on the rulebook and its tests alone, never on data.

mod accounts;
mod criteria;
mod example;
mod facts;
mod guard;
mod hours;
mod points;
mod returns;
mod since;
mod stages;
mod worth;

use super::{Block, Cell, Column, Document, Line, Look, Section, Setting, Table, Text, Tone};
use crate::case::TestFile;
use crate::present::language::Voice;
use crate::rulebook::Rulebook;

/// The rulebook as a document. Of its tests, if they are given, one lead is worked out as an example.
#[must_use]
pub fn describe(rulebook: &Rulebook, tests: Option<&TestFile>) -> Document {
    let voice = Voice::plain(rulebook);
    let mut sections = vec![
        facts::summary(rulebook),
        stages::stages(voice),
        returns::returns(voice),
        stages::priorities(voice),
        stages::grade(voice),
        points::points(voice),
        stages::disqualifiers(voice),
        accounts::accounts(voice),
        facts::derived(voice),
        facts::missing(voice),
        facts::automated_events(voice),
        guard::guard(rulebook),
        facts::money(voice),
    ];
    sections.extend(tests.map(|tests| example::example(voice, tests)));
    sections.push(agreed(rulebook));
    Document {
        kind: "Lead scoring",
        title: rulebook.card.name.clone().unwrap_or_else(|| "unnamed rulebook".to_owned()),
        about: facts::about(rulebook),
        opening: Vec::new(),
        sections: sections.into_iter().filter(|section| !section.blocks.is_empty()).collect(),
        closing: Vec::new(),
        look: Look::Agreement,
    }
}

fn agreed(rulebook: &Rulebook) -> Section {
    let mut section = Section::new("agreed", "Agreed");
    section.add(Block::Signatures { version: rulebook.fingerprint.to_string() });
    section
}

/// A table of running text.
fn prose(columns: &[Column]) -> Table {
    Table::new(Text::new(), columns.to_vec()).set(Setting::Prose)
}

/// A table of running text without numbers.
fn table(heads: &[&str]) -> Table {
    prose(&heads.iter().map(|head| Column::text(*head)).collect::<Vec<_>>())
}

/// A line of a cell.
fn line(tone: Tone, said: impl Into<Text>) -> Line {
    Line { tone, text: said.into() }
}

/// The cell that a row is about.
fn strong(said: impl Into<Text>) -> Cell {
    Cell::Lines(vec![line(Tone::Strong, said)])
}

/// A cell of one line.
fn plain(said: impl Into<Text>) -> Cell {
    Cell::said(said)
}

fn list(items: Vec<String>) -> Block {
    Block::List(items.into_iter().map(Text::from).collect())
}

fn paragraph(words: String) -> Block {
    Block::Paragraph(words.into())
}
