//! Headings, definitions and tables of a Markdown page, with whatever a cell holds made harmless.

use crate::funnel::report::Report;
use crate::output::number::grouped;
use crate::output::report_words::NOT_KNOWN;
use std::fmt::Write as _;

/// A page being written.
pub(super) struct Markdown<'x> {
    pub text: String,
    report: &'x Report,
    is_in_table: bool,
}

impl<'x> Markdown<'x> {
    pub(super) fn new(report: &'x Report) -> Self {
        Self { text: String::new(), report, is_in_table: false }
    }

    fn end_table(&mut self) {
        if std::mem::take(&mut self.is_in_table) {
            self.text.push('\n');
        }
    }

    pub(super) fn heading(&mut self, level: usize, text: &str) {
        self.end_table();
        let _ = writeln!(self.text, "{} {}\n", "#".repeat(level), plain(text));
    }

    /// The definition of that key.
    pub(super) fn define(&mut self, key: &str) {
        self.end_table();
        if let Some(definition) = self.report.definitions.iter().find(|definition| definition.key == key) {
            let _ = writeln!(self.text, "_{}:_ {}\n", definition.title, definition.text);
        }
    }

    pub(super) fn line(&mut self, text: &str) {
        self.end_table();
        let _ = writeln!(self.text, "{}\n", plain(text));
    }

    /// Begins a table; a header that begins with `#` is of a column of numbers, aligned to the right.
    pub(super) fn table(&mut self, header: &[&str]) {
        self.end_table();
        self.is_in_table = true;
        let cells: Vec<String> = header.iter().map(|name| plain(name.trim_start_matches('#'))).collect();
        let rules: Vec<&str> = header.iter().map(|name| if name.starts_with('#') { "---:" } else { "---" }).collect();
        let _ = writeln!(self.text, "| {} |\n|{}|", cells.join(" | "), rules.join("|"));
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<String> = cells.into_iter().map(|cell| plain(&cell)).collect();
        let _ = writeln!(self.text, "| {} |", cells.join(" | "));
    }
}

/// A text without meaning to Markdown or HTML, on one line.
pub(in crate::output) fn plain(text: &str) -> String {
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

/// A count that may not be known.
pub(super) fn count_or(n: Option<u64>) -> String {
    n.map_or_else(|| NOT_KNOWN.to_owned(), grouped)
}
