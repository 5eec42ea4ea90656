//! A document for a terminal of 100 columns, or for a file that is read as plain text.

use super::cell::{Cell, Line, Tone};
use super::document::{Amount, Block, Document, LedgerEntry, Mark};
use super::language::truth;
use super::sheet::{Ink, TextSheet};
use super::table::{Setting, Table};
use super::text::{Piece, Text};
use comfy_table::{CellAlignment, ContentArrangement, presets::NOTHING};

/// The columns that are left to a table, which is indented.
const TABLE_WIDTH: u16 = 98;

/// Who signs.
pub(super) const PARTIES: [&str; 2] = ["For marketing", "For sales"];

/// What each of them writes.
pub(super) const SIGNED_WITH: [&str; 3] = ["Name", "Date", "Signature"];

/// Where points inside of a part stand.
const WITHIN: usize = 62;

/// The document as text; ends in a line feed.
#[must_use]
pub fn terminal(document: &Document, color: bool) -> String {
    let mut screen = Screen { document, sheet: TextSheet::new(color) };
    if !document.title.is_empty() {
        screen.sheet.title(&format!("{}: {}", document.kind, document.title));
        screen.sheet.blank();
    }
    screen.facts(&document.about);
    if !document.opening.is_empty() {
        screen.sheet.blank();
    }
    screen.blocks(&document.opening);
    for section in &document.sections {
        screen.sheet.blank();
        let title = screen.line(&section.title);
        screen.sheet.title(&title);
        screen.blocks(&section.blocks);
    }
    for said in &document.closing {
        screen.sheet.blank();
        let said = screen.line(said);
        screen.sheet.text(0, &said, Ink::Faint);
    }
    screen.sheet.into_text()
}

struct Screen<'d> {
    document: &'d Document,
    sheet: TextSheet,
}

impl Screen<'_> {
    /// Blocks below each other; figures are set apart from what stands above them.
    fn blocks(&mut self, blocks: &[Block]) {
        let is_figures = |block: &Block| match block {
            Block::Tiles(_) => true,
            Block::Table(table) => table.setting != Setting::Prose && !table.rows.is_empty(),
            _ => false,
        };
        let mut above: Option<&Block> = None;
        for block in blocks {
            let is_apart = is_figures(block) || above.is_some_and(is_figures) && matches!(block, Block::Lines(_));
            if above.is_some() && is_apart {
                self.sheet.blank();
            }
            self.block(block);
            above = Some(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, title, .. } => {
                let title = self.line(title);
                self.sheet.blank();
                self.sheet.text(if *level > 3 { 2 } else { 0 }, &title, Ink::Strong);
            }
            Block::Paragraph(text) => self.say(2, text, Ink::Plain),
            Block::Note(text) => self.say(2, &Text::from("! ").then(text.clone()), Ink::Strong),
            Block::Remark(text) => self.say(2, text, Ink::Faint),
            Block::Definition { term, meaning } => {
                self.say(2, &Text::from(format!("{term}: ")).then(meaning.clone()), Ink::Faint);
            }
            Block::List(items) => {
                for item in items {
                    self.say(2, &Text::from("- ").then(item.clone()), Ink::Plain);
                }
            }
            Block::Table(table) if table.setting == Setting::Prose => self.prose(table),
            Block::Table(table) => self.table(table),
            Block::Chart(_) => {}
            Block::Tiles(tiles) => {
                for tile in tiles {
                    let unit = tile.unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"));
                    let more = if tile.more.is_empty() { String::new() } else { format!(" ({})", tile.more) };
                    let title = self.line(&tile.title);
                    self.sheet.text(2, &format!("{title}: {}{unit}{more}", tile.figure), Ink::Plain);
                }
            }
            Block::Product { of, factors, result } => {
                let factors: Vec<String> =
                    factors.iter().map(|(factor, what)| format!("{factor} ({})", self.line(what))).collect();
                let of = self.line(of);
                self.sheet.text(2, &format!("{of}: {} = {result}", factors.join(" × ")), Ink::Plain);
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Lines(entries) => {
                for entry in entries {
                    let text = self.line(&entry.text);
                    match entry.mark {
                        Mark::Verdict(is_good) => self.sheet.verdict(2 * entry.depth, is_good, &text),
                        _ => self.sheet.set(2 * entry.depth, &text),
                    }
                }
            }
            Block::Quoted(blocks) => {
                let mut inner = Screen { document: self.document, sheet: self.sheet.another() };
                inner.blocks(blocks);
                self.sheet.quote(inner.sheet);
            }
            Block::Ledger(entries) => {
                self.sheet.blank();
                for entry in entries {
                    self.entry(entry);
                }
                self.sheet.blank();
            }
            Block::Folded { title, blocks } => {
                self.sheet.blank();
                self.say(0, title, Ink::Strong);
                self.blocks(blocks);
            }
            Block::Signatures { version } => self.signatures(version),
        }
    }

    fn facts(&mut self, facts: &[(&'static str, Text)]) {
        let widest = facts.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
        for (name, said) in facts {
            let said = self.line(said);
            self.sheet.pair(name, &said, widest);
        }
    }

    fn say(&mut self, indent: usize, text: &Text, ink: Ink) {
        let text = self.line(text);
        self.sheet.text(indent, &text, ink);
    }

    fn line(&self, text: &Text) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Words(text) | Piece::Name(text) | Piece::Strong(text) => text.clone(),
            Piece::Code(code) => format!("`{code}`"),
            Piece::Time { wall, .. } => wall.clone(),
            Piece::Link(id) => {
                self.document.title_of(id).map_or_else(String::new, |title| format!("\"{}\"", self.line(title)))
            }
        };
        text.0.iter().map(piece).collect()
    }

    /// Columns aligned by what they show wide, without frames.
    fn table(&mut self, table: &Table) {
        if table.rows.is_empty() {
            return;
        }
        if !table.caption.is_empty() {
            self.say(2, &table.caption, Ink::Faint);
        }
        let mut grid = comfy_table::Table::new();
        grid.load_style(NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        grid.set_header(table.columns.iter().map(|column| self.line(&column.head)));
        grid.add_rows(table.rows.iter().map(|row| row.iter().map(|cell| self.cell(cell))));
        for (column, declared) in grid.column_iter_mut().zip(&table.columns) {
            if declared.is_number {
                column.set_cell_alignment(CellAlignment::Right);
            }
            column.set_padding((0, 2));
        }
        let is_too_wide = |line: String| line.trim_end().chars().count() > TABLE_WIDTH.into();
        if table.setting == Setting::Wrapped && grid.lines().any(is_too_wide) {
            grid.set_content_arrangement(ContentArrangement::Dynamic).set_width(TABLE_WIDTH);
        }
        for line in grid.to_string().lines() {
            self.sheet.set(2, line);
        }
    }

    fn cell(&self, cell: &Cell) -> String {
        match cell {
            Cell::Said(text) => self.line(text),
            Cell::Lines(lines) => lines.iter().map(|line| self.line(&line.text)).collect::<Vec<_>>().join("; "),
            other => other.words(),
        }
    }

    /// A row below the other: what it is about with its points at the right, then the rest.
    fn prose(&mut self, table: &Table) {
        for row in &table.rows {
            let right = row.iter().zip(&table.columns).find(|(_, column)| column.is_number).map(|(cell, _)| cell);
            let mut right = right.map(|cell| (cell.words(), cell.sign()));
            for (cell, _) in row.iter().zip(&table.columns).filter(|(_, column)| !column.is_number) {
                let plain = |text: Text| vec![Line { tone: Tone::Plain, text }];
                let lines = match cell {
                    Cell::Lines(lines) => lines.clone(),
                    Cell::Said(text) => plain(text.clone()),
                    other => plain(other.words().into()),
                };
                for line in lines {
                    let text = self.line(&line.text);
                    match (line.tone, right.take_if(|_| line.tone == Tone::Strong)) {
                        (_, Some((points, sign))) => self.sheet.right(2, &text, &points, Ink::Strong, sign),
                        (Tone::Strong, None) => self.sheet.text(2, &text, Ink::Strong),
                        (Tone::Plain, None) => self.sheet.text(4, &text, Ink::Plain),
                        (Tone::Faint, None) => self.sheet.text(4, &text, Ink::Faint),
                    }
                }
            }
        }
    }

    fn entry(&mut self, entry: &LedgerEntry) {
        let (indent, text) = (2 * entry.depth, self.line(&entry.text));
        let text = match entry.mark {
            Mark::None | Mark::Verdict(_) => text,
            Mark::Point => format!("- {text}"),
            Mark::Truth(value) => format!("{:<8}{text}", truth(value)),
        };
        let ink = match entry.tone {
            Tone::Plain => Ink::Plain,
            Tone::Strong => Ink::Strong,
            Tone::Faint => Ink::Faint,
        };
        let within = |points: &str| format!("{text:<WITHIN$}{points:>12}");
        match entry.amount {
            Amount::None => self.sheet.text(indent, &text, ink),
            Amount::Part(points) if entry.tone == Tone::Faint => self.sheet.brief(indent, &text, &points.to_string()),
            Amount::Off => self.sheet.brief(indent, &text, "off"),
            Amount::Part(points) => self.sheet.points(indent, &text, points, false, ink),
            Amount::Before(points) => self.sheet.right(indent, &text, &points.to_string(), ink, 0),
            Amount::Within(points) => self.sheet.text(indent, &within(&points.to_string()), ink),
            Amount::Cut(points) => self.sheet.text(indent, &within(&points.signed().to_string()), ink),
            Amount::Carried(points) => {
                self.sheet.points(indent, &text, points, true, ink);
                self.sheet.blank();
            }
            Amount::Total(points) => {
                self.sheet.rule();
                self.sheet.points(indent, &text, points, true, ink);
            }
        }
    }

    fn signatures(&mut self, version: &str) {
        self.sheet.text(2, &format!("version {version} of the rules"), Ink::Plain);
        for party in PARTIES {
            self.sheet.blank();
            self.sheet.text(2, party, Ink::Strong);
            for line in SIGNED_WITH {
                self.sheet.text(4, &format!("{line:<10} {}", "_".repeat(40)), Ink::Plain);
            }
        }
    }
}
