//! A document as GitHub-flavored Markdown, for a pull request, a chat or a wiki.

use super::cell::{Cell, Line, Tone};
use super::document::{Amount, Block, Document, LedgerEntry, Mark, Tile};
use super::language::truth;
use super::table::{Setting, Table};
use super::terminal::{PARTIES, SIGNED_WITH};
use super::text::{Piece, Text};
use super::words;
use std::fmt::Write as _;

/// The document as Markdown, the same bytes for the same document.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let mut page = MarkdownPage { document, text: String::new() };
    let _ = writeln!(page.text, "# {}: {}", document.kind, plain(&document.title));
    if !document.about.is_empty() {
        page.text.push('\n');
    }
    page.text += &page.facts(&document.about);
    page.blocks(&document.opening);
    for section in &document.sections {
        let title = page.line(&section.title);
        let _ = write!(page.text, "\n## {title}\n");
        page.blocks(&section.blocks);
    }
    if !document.closing.is_empty() {
        let said: Vec<String> = document.closing.iter().map(|text| page.line(text)).collect();
        let _ = write!(page.text, "\n---\n\n{}\n", said.join(" "));
    }
    page.text
}

struct MarkdownPage<'d> {
    document: &'d Document,
    text: String,
}

impl MarkdownPage<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    /// A block, with a blank line before it.
    fn block(&mut self, block: &Block) {
        let said = match block {
            Block::Heading { level, title, .. } => format!("{} {}", "#".repeat(usize::from(*level)), self.line(title)),
            Block::Paragraph(text) | Block::Remark(text) => self.line(text),
            Block::Note(text) => format!("> {}", self.line(text)),
            Block::Definition { term, meaning } => format!("_{term}:_ {}", self.line(meaning)),
            Block::List(items) => {
                items.iter().map(|item| format!("- {}", self.line(item))).collect::<Vec<_>>().join("\n")
            }
            Block::Table(table) if table.rows.is_empty() => return,
            Block::Table(table) if table.setting == Setting::Folded => {
                let open = Table { caption: Text::new(), setting: Setting::Grid, ..table.clone() };
                return self.folded(&table.caption, &[Block::Table(open)]);
            }
            Block::Table(table) => self.table(table),
            Block::Chart(_) => return,
            Block::Tiles(tiles) => tiles.iter().map(|tile| self.tile(tile)).collect::<Vec<_>>().join("\n"),
            Block::Product { of, factors, result } => {
                let factors: Vec<String> =
                    factors.iter().map(|(factor, what)| format!("{} ({})", plain(factor), self.line(what))).collect();
                format!("{}: {} = **{}**", self.line(of), factors.join(" × "), plain(result))
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Lines(entries) => {
                entries.iter().map(|entry| self.line(&entry.text)).collect::<Vec<_>>().join("  \n")
            }
            Block::Quoted(blocks) => {
                let mut inner = MarkdownPage { document: self.document, text: String::new() };
                inner.blocks(blocks);
                inner.text.trim().lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
            }
            Block::Ledger(entries) => self.ledger(entries),
            Block::Folded { title, blocks } => return self.folded(title, blocks),
            Block::Signatures { version } => signatures(version),
        };
        let _ = write!(self.text, "\n{said}\n");
    }

    fn folded(&mut self, title: &Text, blocks: &[Block]) {
        let title = self.line(title);
        let _ = write!(self.text, "\n<details><summary>{title}</summary>\n");
        self.blocks(blocks);
        self.text.push_str("\n</details>\n");
    }

    fn tile(&self, tile: &Tile) -> String {
        let unit = tile.unit.as_ref().map_or_else(String::new, |unit| format!(" {}", plain(unit)));
        let more = if tile.more.is_empty() { String::new() } else { format!(" ({})", plain(&tile.more)) };
        format!("- {}: **{}{unit}**{more}", self.line(&tile.title), plain(&tile.figure))
    }

    fn table(&self, table: &Table) -> String {
        let heads: Vec<String> = table.columns.iter().map(|column| self.line(&column.head)).collect();
        let rules: Vec<&str> =
            table.columns.iter().map(|column| if column.is_number { "---:" } else { "---" }).collect();
        let caption =
            if table.caption.is_empty() { String::new() } else { format!("{}:\n\n", self.line(&table.caption)) };
        let mut text = format!("{caption}| {} |\n|{}|", heads.join(" | "), rules.join("|"));
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(|cell| self.cell(cell)).collect();
            let _ = write!(text, "\n| {} |", cells.join(" | "));
        }
        text
    }

    fn cell(&self, cell: &Cell) -> String {
        match cell {
            Cell::Said(text) => self.line(text),
            Cell::Lines(lines) => lines.iter().map(|line| self.toned(line)).collect::<Vec<_>>().join("<br>"),
            other => plain(&other.words()),
        }
    }

    fn toned(&self, line: &Line) -> String {
        match line.tone {
            Tone::Strong => format!("**{}**", self.line(&line.text)),
            Tone::Plain | Tone::Faint => self.line(&line.text),
        }
    }

    fn facts(&self, facts: &[(&'static str, Text)]) -> String {
        facts.iter().fold(String::new(), |text, (name, said)| text + "- " + name + ": " + &self.line(said) + "\n")
    }

    /// A table with the points; without any, points below points.
    fn ledger(&self, entries: &[LedgerEntry]) -> String {
        if entries.iter().all(|entry| matches!(entry.amount, Amount::None)) {
            let least = entries.iter().map(|entry| entry.depth).min().unwrap_or_default();
            let item = |entry: &LedgerEntry| format!("{}- {}", "  ".repeat(entry.depth - least), self.marked(entry));
            return entries.iter().map(item).collect::<Vec<_>>().join("\n");
        }
        let row = |entry: &LedgerEntry| {
            let points = match entry.amount {
                Amount::None => String::new(),
                Amount::Off => "off".to_owned(),
                Amount::Part(points) | Amount::Cut(points) => words::gain(points),
                Amount::Before(points) | Amount::Carried(points) | Amount::Within(points) => points.to_string(),
                Amount::Total(points) => format!("**{points}**"),
            };
            // What is inside of a part does not stand among the parts.
            let indent = "&emsp;".repeat(entry.depth);
            match entry.amount {
                Amount::Within(_) | Amount::Cut(_) => format!("| {indent}{} {points} | |", self.marked(entry)),
                _ => format!("| {indent}{} | {points} |", self.marked(entry)),
            }
        };
        let rows: Vec<String> = entries.iter().map(row).collect();
        format!("| | |\n|---|---:|\n{}", rows.join("\n"))
    }

    fn marked(&self, entry: &LedgerEntry) -> String {
        let text = self.toned(&Line { tone: entry.tone, text: entry.text.clone() });
        match entry.mark {
            Mark::None | Mark::Point | Mark::Verdict(_) => text,
            Mark::Truth(value) => format!("_{}_ {text}", truth(value)),
        }
    }

    /// A text on one line.
    fn line(&self, text: &Text) -> String {
        text.0.iter().map(|piece| self.piece(piece)).collect()
    }

    fn piece(&self, piece: &Piece) -> String {
        match piece {
            Piece::Words(text) | Piece::Name(text) => plain(text),
            Piece::Code(code) => {
                format!("`{}`", code.replace('`', "'").replace('|', "\\|").replace(char::is_control, " "))
            }
            Piece::Strong(text) => format!("**{}**", plain(text)),
            Piece::Time { wall, .. } => wall.clone(),
            Piece::Link(id) => self.document.title_of(id).map_or_else(String::new, |title| {
                let title = self.line(title);
                format!("[{title}](#{})", anchor(&title))
            }),
        }
    }
}

/// The anchor that code hosts give to a heading.
fn anchor(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn signatures(version: &str) -> String {
    let mut text = format!("This document describes version `{version}` of the rules.\n\n");
    let _ = write!(text, "| | {} |\n|---|---|---|", PARTIES.join(" | "));
    for line in SIGNED_WITH {
        let _ = write!(text, "\n| {line} | | |");
    }
    text
}

/// A text as it is read aloud: no marks, links by what they say.
pub(super) fn spoken(text: &Text) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Words(text) | Piece::Name(text) | Piece::Code(text) | Piece::Strong(text) => text.clone(),
        Piece::Time { wall, .. } => wall.clone(),
        Piece::Link(_) => String::new(),
    };
    text.0.iter().map(piece).collect()
}

/// A text without meaning to Markdown or HTML, on one line.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '\\' | '`' | '*' | '[' | ']' | '#' | '~' => plain.extend(['\\', c]),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '&' => plain.push_str("&amp;"),
            c if c.is_control() => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}
