//! The document as GitHub-flavored Markdown.

use super::document::{Block, Cell, Document, PARTIES, SIGNED_WITH, Table, Tone};
use crate::output::report_markdown::plain;
use std::fmt::Write as _;

/// The document as Markdown.
#[must_use]
pub fn describe_markdown(document: &Document) -> String {
    let mut text = format!("# {}\n\n", plain(&document.title));
    for (name, said) in &document.about {
        let _ = writeln!(text, "- {name}: {}", plain(said));
    }
    for section in &document.sections {
        let _ = write!(text, "\n## {}\n", section.title);
        for piece in &section.blocks {
            text.push('\n');
            block(&mut text, piece);
        }
    }
    signatures(&mut text, document);
    text
}

fn block(text: &mut String, block: &Block) {
    let _ = match block {
        Block::Heading(title) => writeln!(text, "### {}", plain(title)),
        Block::Subheading(title) => writeln!(text, "#### {}", plain(title)),
        Block::Paragraph(words) => writeln!(text, "{}", plain(words)),
        Block::List(items) => items.iter().try_for_each(|item| writeln!(text, "- {}", plain(item))),
        Block::Table(rows) => table(text, rows),
    };
}

fn table(text: &mut String, table: &Table) -> std::fmt::Result {
    let rules: Vec<&str> = table.header.iter().map(|name| if *name == "Points" { "---:" } else { "---" }).collect();
    writeln!(text, "| {} |\n|{}|", table.header.join(" | "), rules.join("|"))?;
    table.rows.iter().try_for_each(|row| {
        let cells: Vec<String> = row.iter().map(cell).collect();
        writeln!(text, "| {} |", cells.join(" | "))
    })
}

fn cell(cell: &Cell) -> String {
    let line = |(tone, text): &(Tone, String)| match tone {
        Tone::Strong => format!("**{}**", plain(text)),
        Tone::Plain | Tone::Faint | Tone::Number => plain(text),
    };
    cell.iter().map(line).collect::<Vec<_>>().join("<br>")
}

fn signatures(text: &mut String, document: &Document) {
    let _ = write!(text, "\n## Agreed\n\nThis document describes version `{}` of the rules.\n\n", document.fingerprint);
    let _ = writeln!(text, "| | {} |\n|---|---|---|", PARTIES.join(" | "));
    for line in SIGNED_WITH {
        let _ = writeln!(text, "| {line} | | |");
    }
}
