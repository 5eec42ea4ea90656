//! The document for a terminal of 100 columns.

use super::document::{Block, Document, PARTIES, SIGNED_WITH, Table, Tone};
use crate::output::explain_text::sheet::{Ink, Sheet};

/// The document as text; ends in a line feed.
#[must_use]
pub fn describe_text(document: &Document, color: bool) -> String {
    let mut sheet = Sheet::new(color);
    sheet.title(&document.title);
    sheet.blank();
    for (name, said) in &document.about {
        sheet.text(2, &format!("{name}: {said}"), Ink::Plain);
    }
    for section in &document.sections {
        sheet.blank();
        sheet.title(section.title);
        for piece in &section.blocks {
            block(&mut sheet, piece);
        }
    }
    sheet.blank();
    sheet.title("Agreed");
    sheet.text(2, &format!("version {} of the rules", document.fingerprint), Ink::Plain);
    for party in PARTIES {
        sheet.blank();
        sheet.text(2, party, Ink::Strong);
        for line in SIGNED_WITH {
            sheet.text(4, &format!("{line:<10} {}", "_".repeat(40)), Ink::Plain);
        }
    }
    sheet.into_text()
}

fn block(sheet: &mut Sheet, block: &Block) {
    match block {
        Block::Heading(title) => {
            sheet.blank();
            sheet.text(0, title, Ink::Strong);
        }
        Block::Subheading(title) => {
            sheet.blank();
            sheet.text(2, title, Ink::Strong);
        }
        Block::Paragraph(words) => sheet.text(2, words, Ink::Plain),
        Block::List(items) => items.iter().for_each(|item| sheet.text(2, &format!("- {item}"), Ink::Plain)),
        Block::Table(table) => rows(sheet, table),
    }
}

/// A row below the other: what it is about with its points at the right, then the rest.
fn rows(sheet: &mut Sheet, table: &Table) {
    for row in &table.rows {
        let points = row.iter().flatten().find(|(tone, _)| *tone == Tone::Number).map(|(_, points)| points.as_str());
        let cells = row.iter().flatten().filter(|(tone, _)| *tone != Tone::Number);
        for (tone, line) in cells {
            match (tone, points) {
                (Tone::Strong, Some(points)) => {
                    let sign = if points.starts_with('-') { i64::from(points.contains('+')) - 1 } else { 1 };
                    sheet.right(2, line, points, Ink::Strong, sign);
                }
                (Tone::Strong, None) => sheet.text(2, line, Ink::Strong),
                (Tone::Faint, _) => sheet.text(4, line, Ink::Faint),
                (Tone::Plain | Tone::Number, _) => sheet.text(4, line, Ink::Plain),
            }
        }
    }
}
